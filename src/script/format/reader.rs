//! Reads TOML strictly by the rows of a table: every unknown key and wrong kind is a problem at its place. What is said
//! of it is up to who asks: scripts and settings speak differently.

use std::ops::Deref;
use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::spec::{KeySpec, Presence, TableSpec, ValueKind};
use crate::script::problem::nearest;
use crate::script::source::Span;

/// A value as it is typed.
pub(crate) type Value<'i> = Spanned<DeValue<'i>>;

/// A value and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Located<T> {
    /// The value.
    pub(crate) it: T,
    /// Where it stands, in bytes.
    pub(crate) span: Span,
}

/// What is typed behind a key, if it is there and can be read.
pub(crate) type KeyValue<T> = Option<Located<T>>;

/// A key that is `true`: where it stands.
#[derive(Clone, Default, Debug)]
pub(crate) struct Flag(pub(crate) Option<Span>);

impl Flag {
    /// Whether it is set.
    pub(crate) fn is_set(&self) -> bool {
        self.0.is_some()
    }
}

/// Names with something behind each of them.
#[derive(Debug)]
pub(crate) struct NamedValues<T>(pub(crate) Vec<(Located<String>, T)>);

impl<T> Deref for NamedValues<T> {
    type Target = [(Located<String>, T)];
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// What is read, and whether its key is there at all, readable or not, if only misspelt.
#[derive(Debug)]
pub(crate) struct Noted<T> {
    /// What could be read.
    pub(crate) it: T,
    /// Whether the key is there.
    pub(crate) typed: bool,
}

impl<T> Deref for Noted<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.it
    }
}

/// What a value should have been.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wanted {
    Text,
    Number,
    Truth,
    List,
    Table,
}

/// A key that nobody knows.
pub(crate) struct UnknownKey<'a> {
    pub(crate) name: &'a str,
    pub(crate) span: Span,
    /// Whether a text stands behind it.
    pub(crate) is_text: bool,
    /// In which table.
    pub(crate) table: &'static TableSpec,
    /// What was probably meant.
    pub(crate) near: Option<&'a str>,
}

/// Who is told what is wrong.
pub(crate) trait Report {
    /// How many problems there are so far.
    fn found(&self) -> usize;
    /// Whether no more problems are kept, so that nobody has to look for them.
    fn is_full(&self) -> bool {
        false
    }
    /// The names of roles, which are keys in some tables.
    fn roles(&self) -> Rc<[String]> {
        Rc::default()
    }
    /// A key is not known.
    fn unknown_key(&mut self, unknown: &UnknownKey<'_>);
    /// A key is missing that must be there.
    fn missing_key(&mut self, key: &KeySpec, table: &'static TableSpec, span: &Span);
    /// A value is of another kind than it must be.
    fn wrong_kind(&mut self, value: &Value, key: &KeySpec, wanted: Wanted);
    /// A text that may be shown.
    fn text(&mut self, value: &Value, key: &KeySpec) -> KeyValue<String>;
    /// Whether a list of this length is read.
    fn takes(&mut self, _list: &Value, _length: usize, _key: &KeySpec) -> bool {
        true
    }
}

/// Something that can be read from a value.
pub(crate) trait FromValue<R>: Sized {
    /// Reads it, or says why it can't be read.
    fn from_value(value: &Value, key: &KeySpec, report: &mut R) -> Option<Self>;
}

/// Something that can be read from what stands behind a key, or from that nothing does.
pub(crate) trait FromKey<R>: Sized {
    /// Reads it.
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, R>) -> Self;
}

/// A struct that is a table in a file.
pub(crate) trait Tabled {
    /// Its rows.
    const SPEC: &'static TableSpec;
    /// One of them behind a key.
    const TABLE: ValueKind = ValueKind::Table(Self::SPEC);
    /// A list of them behind a key.
    const LIST: ValueKind = ValueKind::List(&Self::TABLE);
}

/// A table that is being read.
pub(crate) struct Reader<'a, R> {
    table: &'a DeTable<'a>,
    /// Where the table stands, for what is missing from it.
    pub(crate) span: Span,
    spec: &'static TableSpec,
    /// A bit for each key that is there, some of them alike: of the many rows of a step few are typed, and the others need no search.
    there: u64,
    /// Keys that were probably meant by misspelt ones: they are not missing as well.
    meant: Vec<String>,
    /// How many problems there were before it.
    pub(crate) begun: usize,
    /// Who is told what is wrong.
    pub(crate) report: &'a mut R,
}

impl<'a, R: Report> Reader<'a, R> {
    /// Begins to read a table; every key that is not known is a problem.
    pub(crate) fn new(
        table: &'a DeTable<'a>,
        span: Span,
        spec: &'static TableSpec,
        report: &'a mut R,
    ) -> Self {
        let begun = report.found();
        let mut meant = Vec::new();
        let roles = match spec.roles {
            true => report.roles(),
            false => Rc::default(),
        };
        let mut there = 0;
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            there |= bit_of(name);
            let known = spec.all().any(|key| key.name == name);
            if known || roles.iter().any(|role| role == name) || report.is_full() {
                continue;
            }
            let known = roles.iter().map(String::as_str).chain(spec.names());
            // What is there already was not meant, except by one heading of several, such as `[[stage.steps]]`.
            let listed = is_list_of_tables(value);
            let free = |known: &&str| match table.get(*known) {
                Some(there) => listed && is_list_of_tables(there),
                None => true,
            };
            let near = nearest(name, known.filter(free));
            // A text to somebody in a step in which nobody speaks who has the first role is meant for them.
            let text = value.get_ref().is_str();
            let first = roles.first().map(String::as_str).filter(|_| text);
            let near = near.or(first.filter(|first| !table.contains_key(*first)));
            report.unknown_key(&UnknownKey {
                name,
                span: key.span(),
                is_text: value.get_ref().is_str(),
                table: spec,
                near,
            });
            meant.extend(near.map(str::to_owned));
        }
        Self {
            table,
            span,
            spec,
            there,
            meant,
            begun,
            report,
        }
    }

    /// The value under a key, if there is one.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        if self.there & bit_of(key) == 0 {
            return None;
        }
        self.table.get(key)
    }

    /// Whether a key is there, if only misspelt.
    pub(crate) fn is_typed(&self, key: &str) -> bool {
        self.get(key).is_some() || self.is_misspelt(key)
    }

    /// Whether a misspelt key stands here that was probably meant to be this one.
    pub(crate) fn is_misspelt(&self, key: &str) -> bool {
        self.meant.iter().any(|meant| meant == key)
    }

    /// Where a key stands, or else its table.
    pub(crate) fn key_span(&self, key: &str) -> Span {
        self.table
            .get_key_value(key)
            .map_or_else(|| self.span.clone(), |(key, _)| key.span())
    }

    /// The value under a key; a problem when it must be there and is not.
    pub(crate) fn value(&mut self, key: &KeySpec) -> Option<&'a Value<'a>> {
        let value = self.get(key.name);
        if value.is_none() && key.presence == Presence::Needed && !self.is_typed(key.name) {
            self.report.missing_key(key, self.spec, &self.span);
        }
        value
    }

    /// What stands behind a key that is read before the others; nothing where it has no row.
    pub(crate) fn first<T: FromKey<R>>(&mut self, name: &str) -> Option<T> {
        let key = self.spec.keys.iter().find(|key| key.name == name)?;
        Some(T::from_key(key, self))
    }
}

/// Whether a value is one table after the other, each of which can stand below a heading of its own.
fn is_list_of_tables(value: &Value<'_>) -> bool {
    let items = value.get_ref().as_array();
    items.is_some_and(|items| items.iter().all(|item| item.get_ref().is_table()))
}

/// One bit of 64 for a key, by its length and its first letter.
fn bit_of(key: &str) -> u64 {
    let first = key.as_bytes().first().copied().unwrap_or_default();
    1 << ((usize::from(first) + key.len() * 11) % 64)
}

/// A value that must be a table.
pub(crate) fn table<'a, R: Report>(
    value: &'a Value<'a>,
    key: &KeySpec,
    report: &mut R,
) -> Option<&'a DeTable<'a>> {
    let found = value.get_ref().as_table();
    if found.is_none() {
        report.wrong_kind(value, key, Wanted::Table);
    }
    found
}

impl<R: Report> FromValue<R> for Located<String> {
    fn from_value(value: &Value, key: &KeySpec, report: &mut R) -> Option<Self> {
        report.text(value, key)
    }
}

impl<R: Report> FromValue<R> for bool {
    fn from_value(value: &Value, key: &KeySpec, report: &mut R) -> Option<Self> {
        let found = value.get_ref().as_bool();
        if found.is_none() {
            report.wrong_kind(value, key, Wanted::Truth);
        }
        found
    }
}

impl<R: Report, T: FromValue<R>> FromValue<R> for Vec<T> {
    fn from_value(value: &Value, key: &KeySpec, report: &mut R) -> Option<Self> {
        let Some(list) = value.get_ref().as_array() else {
            report.wrong_kind(value, key, Wanted::List);
            return None;
        };
        let read = report.takes(value, list.len(), key);
        let values = read.then_some(list)?.iter();
        let values = values.filter_map(|value| T::from_value(value, key, report));
        Some(values.collect())
    }
}

impl<R: Report, T: FromValue<R>> FromValue<R> for NamedValues<T> {
    fn from_value(value: &Value, key: &KeySpec, report: &mut R) -> Option<Self> {
        let pairs = table(value, key, report)?.iter();
        let pairs = pairs.filter_map(|(name, value)| {
            let (it, span) = (name.get_ref().to_string(), name.span());
            let inner = KeySpec { name: &it, ..*key };
            let value = T::from_value(value, &inner, report)?;
            Some((Located { it, span }, value))
        });
        Some(Self(pairs.collect()))
    }
}

impl<R: Report, T: FromValue<R>> FromKey<R> for Option<T> {
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, R>) -> Self {
        let value = reader.value(key)?;
        T::from_value(value, key, reader.report)
    }
}

impl<R: Report, T: FromValue<R>> FromKey<R> for Vec<T> {
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, R>) -> Self {
        Option::from_key(key, reader).unwrap_or_default()
    }
}

impl<R: Report, T: FromValue<R>> FromKey<R> for NamedValues<T> {
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, R>) -> Self {
        Option::from_key(key, reader).unwrap_or(Self(Vec::new()))
    }
}

impl<R: Report> FromKey<R> for Flag {
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, R>) -> Self {
        let set = Option::from_key(key, reader) == Some(true);
        Self(set.then(|| reader.key_span(key.name)))
    }
}

impl<R: Report, T: FromKey<R>> FromKey<R> for Noted<T> {
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, R>) -> Self {
        Self {
            it: T::from_key(key, reader),
            typed: reader.is_typed(key.name),
        }
    }
}

/// Makes a struct for each table of a format: `field: type = row`. Whoever reads a value of this table has every row
/// read into its field, in this order; behind them what stands `beside` the rows, which is no key.
macro_rules! tables {
    ($vis:vis $report:ty; $(
        $(#[$doc:meta])*
        $name:ident = $word:literal ($what:expr) $($mark:ident $value:expr;)* {
            $($(#[$about:meta])* $field:ident: $type:ty = $row:expr,)*
        }
        $(; beside { $($(#[$more:meta])* $also:ident: $other:ty = $read:expr,)* })?
    )*) => {
        /// Every table, in this order.
        #[allow(dead_code, reason = "only a format with a schema looks at all of them")]
        $vis static ALL: &[&TableSpec] = &[$($name::SPEC),*];
        $(
            $(#[$doc])*
            #[derive(Debug)]
            $vis struct $name {
                $($(#[$about])* $vis $field: $type,)*
                $($($(#[$more])* $vis $also: $other,)*)?
                /// Where it stands.
                #[allow(dead_code, reason = "not every table is pointed at")]
                pub(crate) span: Span,
                /// Whether something in it could not be read, so that more would only follow from that.
                #[allow(dead_code, reason = "asked only of some tables")]
                pub(crate) broken: bool,
            }

            impl Tabled for $name {
                const SPEC: &'static TableSpec = &TableSpec {
                    $($mark: $value,)*
                    ..TableSpec {
                        name: $word,
                        what: $what,
                        keys: &[$($row),*],
                        asks: &[],
                        roles: false,
                    }
                };
            }

            impl $name {
                /// Reads every row.
                $vis fn read(reader: &mut Reader<'_, $report>) -> Self {
                    $(let $field = FromKey::from_key(const { &$row }, reader);)*
                    $($(let $also = $read(reader);)*)?
                    Self {
                        $($field,)*
                        $($($also,)*)?
                        span: reader.span.clone(),
                        broken: reader.report.found() > reader.begun,
                    }
                }
            }

            impl FromValue<$report> for $name {
                fn from_value(value: &Value, key: &KeySpec, report: &mut $report) -> Option<Self> {
                    let table = table(value, key, report)?;
                    Some(Self::read(&mut Reader::new(table, value.span(), Self::SPEC, report)))
                }
            }
        )*
    };
}
pub(crate) use tables;
