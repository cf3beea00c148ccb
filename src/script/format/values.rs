//! How the values of a script are read, and what is said of those that are wrong.

use std::ops::Deref;
use std::rc::Rc;
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::reader::{
    FromKey, FromValue, KeyValue, Located, Reader, Report, UnknownKey, Value, Wanted, table,
};
use super::spec::{KeySpec, Presence, TableSpec, ValueKind};
use crate::script::MOST_PEOPLE;
use crate::script::model::GroupSize;
use crate::script::problem::{Problems, short};
use crate::script::source::Span;
use crate::text::safe_text::first_forbidden;
use crate::text::sort::Arrange;
use crate::text::words::{ScriptKind, words};

/// What stands in place of minutes in the stage that gets what the others leave.
pub(crate) const THE_REST: &str = "the-rest";

/// What stands in place of a number where everybody is in one of two groups.
pub(crate) const HALVES: &str = "halves";

/// The tables whose keys stand on lines of their own, below a heading or at the top of a file.
const HEADED: [&str; 6] = ["script", "module", "stage", "part", "step", "module-step"];

/// A number up to this is looked at together with the others, even where it is too large for its key.
const MOST_KNOWN: i64 = 9_999;

/// The longest text of a script, in letters.
pub(crate) const MOST_LETTERS: usize = 2_000;

/// One file can hold a practice for several lengths, and for somebody alone as well as for several: each is read once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Variant {
    /// Which length, in the order in which they are typed.
    pub(crate) length: usize,
    /// Whether it is read for one person.
    pub(crate) alone: bool,
}

/// A script or a module that is being read.
pub(crate) struct ScriptReading<'p> {
    /// The words for the roles, as they are typed.
    pub(crate) typed_roles: Vec<Located<String>>,
    /// Which of its lengths is read, and for whom.
    pub(crate) of: Variant,
    /// How many lengths it has, by what stands at its top; 0 where there is no list.
    pub(crate) lengths: usize,
    /// Whether it is for one person, too.
    pub(crate) alone: bool,
    /// The same as keys of steps; none where they can't be that.
    pub(crate) roles: Rc<[String]>,
    /// Every table there is: a key can stand below another heading.
    tables: Vec<&'static TableSpec>,
    /// What is wrong with it.
    pub(crate) problems: &'p mut Problems,
}

impl Report for ScriptReading<'_> {
    fn found(&self) -> usize {
        self.problems.all.len()
    }

    fn is_full(&self) -> bool {
        self.problems.is_full()
    }

    fn roles(&self) -> Rc<[String]> {
        Rc::clone(&self.roles)
    }

    fn unknown_key(&mut self, unknown: &UnknownKey<'_>) {
        let w = &words().script.sentence;
        let table = unknown.table;
        let roles = match table.roles {
            true => &self.roles[..],
            false => &[],
        };
        // What is a key below another heading, or a role, is in the wrong place, and nobody misspelt it.
        let headed = |table: &TableSpec| HEADED.contains(&table.name);
        let is_role = self.roles.iter().any(|role| role == unknown.name);
        let tables = self.tables.iter();
        let mut places: Vec<&str> = tables
            .filter(|other| headed(table) && headed(other))
            .filter(|other| {
                other.roles && is_role || other.all().any(|key| key.name == unknown.name)
            })
            .map(|other| match other.name {
                "script" => words().script.top,
                _ => (other.what)(),
            })
            .collect();
        places.dedup();
        let places = places.join(words().script.or);
        // A text stands behind the word for somebody.
        let sentence = match unknown.is_text && !roles.is_empty() {
            _ if !places.is_empty() => &w.misplaced_key,
            true => &w.not_a_role,
            false => &w.unknown_key,
        };
        let (roles, keys) = (roles.join(", "), table.names().join(", "));
        let known = match roles.is_empty() {
            true => keys.clone(),
            false => format!("{roles}, {keys}"),
        };
        let values = [
            ("name", &*short(unknown.name)),
            ("what", (table.what)()),
            ("known", &known),
            ("places", &places),
            ("roles", &roles),
            ("keys", &keys),
        ];
        let span = unknown.span.clone();
        let near = unknown.near.filter(|_| places.is_empty());
        self.problems.error_near(&span, sentence, &values, near);
    }

    fn missing_key(&mut self, key: &KeySpec, table: &'static TableSpec, span: &Span) {
        self.problems.missing_key(span, key.name, (table.what)());
    }

    fn wrong_kind(&mut self, value: &Value, key: &KeySpec, wanted: Wanted) {
        let kind = &words().script.kind;
        match wanted {
            Wanted::Text => self.kind_problem(value, &kind.text, kind.text.example),
            Wanted::Number => {
                if let Some(point) = value.get_ref().as_float() {
                    let n = short(point.as_str());
                    let values = [("key", key.name), ("n", &*n)];
                    let sentence = &words().script.sentence.no_point;
                    self.problems.error(&value.span(), sentence, &values);
                    return;
                }
                // A number in quotes is meant as it stands.
                let digits = value.get_ref().as_str().map(str::trim).filter(|text| {
                    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
                    digits && (1..=3).contains(&text.len())
                });
                let example = digits.unwrap_or(kind.number.example);
                self.kind_problem(value, &kind.number, example);
            }
            Wanted::Truth => self.kind_problem(value, &kind.truth, kind.truth.example),
            Wanted::Table => {
                // A text in place of one thing of a list is what its first key is for.
                let meant = if let ValueKind::List(ValueKind::Table(table)) = key.kind {
                    let text = value.get_ref().as_str();
                    let first = table.keys.first().zip(text);
                    first.map(|(key, text)| format!("{{ {} = \"{}\" }}", key.name, short(text)))
                } else {
                    None
                };
                let example = meant.as_deref().unwrap_or(kind.table.example);
                self.kind_problem(value, &kind.table, example);
            }
            Wanted::List if value.get_ref().is_table() && self.is_heading(value) => {
                self.problems.heading(value.span());
            }
            Wanted::List
                if value.get_ref().is_table() && self.problems.begins_path(&value.span()) =>
            {
                let above = &words().script.sentence.heading_above;
                self.problems
                    .error(&value.span(), above, &[("name", key.name)]);
            }
            Wanted::List => {
                let known = words().script.example.get(key.name);
                // One text in place of a list is meant as a list of one.
                let one = value
                    .get_ref()
                    .as_str()
                    .map(|text| format!("[\"{}\"]", short(text)));
                let example = one.as_deref().filter(|_| known.is_none());
                let example = example.or(known).unwrap_or(kind.list.example);
                self.kind_problem(value, &kind.list, example);
            }
        }
    }

    fn text(&mut self, value: &Value, key: &KeySpec) -> KeyValue<String> {
        let Some(typed) = value.get_ref().as_str() else {
            self.wrong_kind(value, key, Wanted::Text);
            return None;
        };
        let w = &words().script.sentence;
        if let Some((_, c, why)) = first_forbidden(typed) {
            let code = format!("U+{:04X}", u32::from(c));
            let values = [("why", why), ("code", &code)];
            self.problems
                .error(&value.span(), &w.bad_character, &values);
            return None;
        }
        if typed.len() > MOST_LETTERS && typed.chars().count() > MOST_LETTERS {
            let letters = typed.chars().count().to_string();
            let values = [
                ("key", key.name),
                ("letters", &*letters),
                ("most", &*MOST_LETTERS.to_string()),
            ];
            self.problems.error(&value.span(), &w.long_text, &values);
            return None;
        }
        let (it, span) = (typed.to_owned(), value.span());
        Some(Located { it, span })
    }
}

impl<'p> ScriptReading<'p> {
    /// Begins to read a text in which these are the roles.
    pub(crate) fn new(
        roles: &[&str],
        tables: impl Iterator<Item = &'static TableSpec>,
        problems: &'p mut Problems,
    ) -> Self {
        Self {
            typed_roles: Vec::new(),
            of: Variant::default(),
            lengths: 0,
            alone: false,
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            tables: tables.collect(),
            problems,
        }
    }

    fn is_heading(&self, value: &Value) -> bool {
        self.problems.is_heading(&value.span())
    }

    /// What stands behind a key of minutes for the length that is read: a list has one for each.
    fn of_this_length<'v>(&mut self, value: &'v Value<'v>, key: &KeySpec) -> Option<&'v Value<'v>> {
        let Some(list) = value
            .get_ref()
            .as_array()
            .filter(|_| key.kind.is_by_length())
        else {
            return Some(value);
        };
        if self.lengths == 0 {
            // The first list of all stands at the top and says how many there are.
            self.lengths = list.len();
        }
        let found = list.get(self.of.length);
        if found.is_none() || list.len() != self.lengths {
            let (n, wanted) = (list.len().to_string(), self.lengths.to_string());
            let values = [("key", key.name), ("n", &*n), ("wanted", &*wanted)];
            let sentence = &words().script.sentence.lengths_differ;
            self.problems.error(&value.span(), sentence, &values);
            return None;
        }
        found
    }

    /// A number is less or more than can stand behind its key.
    fn out_of_range(&mut self, value: &Value, key: &KeySpec, typed: &str) {
        let range = key.kind.range();
        let (least, most) = (range.start().to_string(), range.end().to_string());
        let (name, typed) = (short(key.name), short(typed));
        let values = [
            ("key", &*name),
            ("n", &*typed),
            ("least", &*least),
            ("most", &*most),
        ];
        let sentence = &words().script.sentence.out_of_range;
        self.problems.error(&value.span(), sentence, &values);
    }

    /// Minutes that come neither in whole nor in half ones.
    fn no_half_minutes(&mut self, value: &Value, key: &KeySpec, typed: f64) {
        let least = (typed * 2.0).floor() / 2.0;
        let [n, least, most] = [typed, least, least + 0.5].map(|n| n.to_string());
        let values = [
            ("key", key.name),
            ("n", &*short(&n)),
            ("least", &*least),
            ("most", &*most),
        ];
        let sentence = &words().script.sentence.no_half_minutes;
        self.problems.error(&value.span(), sentence, &values);
    }

    /// A value is of another kind than it must be.
    fn kind_problem(&mut self, value: &Value, wanted: &ScriptKind, example: &str) {
        let kind = &words().script.kind;
        if value.get_ref().is_array() && self.is_heading(value) {
            self.problems.heading(value.span());
            return;
        }
        let found = match value.get_ref() {
            DeValue::String(_) => &kind.text,
            DeValue::Integer(_) => &kind.number,
            DeValue::Float(_) => &kind.point,
            DeValue::Boolean(_) => &kind.truth,
            DeValue::Datetime(at) if at.date.is_none() => &kind.time,
            DeValue::Datetime(_) => &kind.date,
            DeValue::Array(_) => &kind.list,
            DeValue::Table(_) => &kind.table,
        };
        let values = [
            ("found", found.found),
            ("wanted", wanted.wanted),
            ("example", example),
        ];
        self.problems
            .error(&value.span(), &words().script.sentence.wrong_kind, &values);
    }
}

impl FromValue<ScriptReading<'_>> for Located<i64> {
    fn from_value(value: &Value, key: &KeySpec, report: &mut ScriptReading<'_>) -> Option<Self> {
        let value = report.of_this_length(value, key)?;
        let Some(integer) = value.get_ref().as_integer() else {
            report.wrong_kind(value, key, Wanted::Number);
            return None;
        };
        let found = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
        let range = key.kind.range();
        if !found.is_some_and(|n| range.contains(&n)) {
            report.out_of_range(value, key, integer.as_str());
        }
        // What is only too large is known all the same, so that nothing else that is wrong hides behind it.
        let found = found.filter(|n| (0..=MOST_KNOWN).contains(n));
        let span = value.span();
        found.map(|it| Located { it, span })
    }
}

impl FromValue<ScriptReading<'_>> for Located<Duration> {
    fn from_value(value: &Value, key: &KeySpec, report: &mut ScriptReading<'_>) -> Option<Self> {
        let value = report.of_this_length(value, key)?;
        let Some(point) = value.get_ref().as_float() else {
            let Located { it, span } = Located::<i64>::from_value(value, key, report)?;
            let it = Duration::from_secs(u64::try_from(it).unwrap_or(0) * 60);
            return Some(Located { it, span });
        };
        let halves = point.as_str().parse::<f64>().ok().map(|n| n * 2.0);
        let known = halves.filter(|n| n.fract() == 0.0 && (0.0..=960.0).contains(n));
        let range = key.kind.range();
        let ends = (*range.start() as f64 * 2.0)..=(*range.end() as f64 * 2.0);
        let fits = |n: &f64| ends.contains(n);
        let between = point.as_str().parse::<f64>().ok().filter(|n| n.is_finite());
        let between = between.filter(|n| known.is_none() && fits(&(n * 2.0)));
        if let Some(n) = between {
            report.no_half_minutes(value, key, n);
            return None;
        }
        let Some(halves) = known.filter(fits) else {
            report.out_of_range(value, key, point.as_str());
            return None;
        };
        let it = Duration::from_secs(halves as u64 * 30);
        let span = value.span();
        Some(Located { it, span })
    }
}

/// The length of a stage.
#[derive(Debug)]
pub(crate) struct StageLength {
    /// As it is typed; nothing where it gets what the others leave.
    pub(crate) minutes: Option<Duration>,
    /// Where it stands.
    pub(crate) span: Span,
}

impl FromKey<ScriptReading<'_>> for Option<StageLength> {
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, ScriptReading<'_>>) -> Self {
        let value = reader.value(key)?;
        // The word for what the others leave is the only one that stands where minutes stand.
        if value.get_ref().as_str() == Some(THE_REST) {
            return Some(StageLength {
                minutes: None,
                span: reader.key_span(key.name),
            });
        }
        let Located { it, span } = Located::<Duration>::from_value(value, key, reader.report)?;
        let minutes = Some(it);
        Some(StageLength { minutes, span })
    }
}

/// Of how many people the groups are that work at the same time.
#[derive(Debug)]
pub(crate) struct RawGroups {
    pub(crate) size: GroupSize,
    /// Where it stands.
    pub(crate) span: Span,
}

impl FromValue<ScriptReading<'_>> for RawGroups {
    fn from_value(value: &Value, key: &KeySpec, report: &mut ScriptReading<'_>) -> Option<Self> {
        let span = value.span();
        if value.get_ref().as_str() == Some(HALVES) {
            let size = GroupSize::Halves;
            return Some(Self { size, span });
        }
        if value.get_ref().as_integer().is_none() {
            let sentence = &words().script.sentence.groups_kind;
            report.problems.error(&span, sentence, &[]);
            return None;
        }
        let size = Located::<i64>::from_value(value, key, report)?.it;
        let size = GroupSize::Of(u8::try_from(size).ok()?);
        Some(Self { size, span })
    }
}

/// What was written that a step shows: one name, or a list of them.
#[derive(Debug)]
pub(crate) struct RawShown {
    pub(crate) names: Vec<Located<String>>,
    /// Whether it is a list.
    pub(crate) listed: bool,
}

impl FromValue<ScriptReading<'_>> for RawShown {
    fn from_value(value: &Value, key: &KeySpec, report: &mut ScriptReading<'_>) -> Option<Self> {
        let listed = value.get_ref().is_array();
        let names = match listed {
            true => Vec::from_value(value, key, report)?,
            false => vec![Located::<String>::from_value(value, key, report)?],
        };
        Some(Self { names, listed })
    }
}

/// How many have a turn at most, where only those have one who want one.
#[derive(Debug)]
pub(crate) struct RawSome {
    pub(crate) most: u8,
    /// Where it stands.
    pub(crate) span: Span,
}

impl FromValue<ScriptReading<'_>> for RawSome {
    fn from_value(value: &Value, key: &KeySpec, report: &mut ScriptReading<'_>) -> Option<Self> {
        let span = value.span();
        if let Some(all) = value.get_ref().as_bool() {
            let most = MOST_PEOPLE;
            return all.then_some(Self { most, span });
        }
        if value.get_ref().as_integer().is_none() {
            let sentence = &words().script.sentence.some_kind;
            report.problems.error(&span, sentence, &[]);
            return None;
        }
        let most = Located::<i64>::from_value(value, key, report)?.it;
        let most = u8::try_from(most).ok()?;
        Some(Self { most, span })
    }
}

/// A key that is read before the others, because they can't be read without it.
#[derive(Debug)]
pub(crate) struct ReadFirst;

impl FromKey<ScriptReading<'_>> for ReadFirst {
    fn from_key(_: &'static KeySpec, _: &mut Reader<'_, ScriptReading<'_>>) -> Self {
        Self
    }
}

/// The roles, which are read before the others, too.
#[derive(Debug)]
pub(crate) struct ScriptRoles(pub(crate) Vec<Located<String>>);

impl FromKey<ScriptReading<'_>> for ScriptRoles {
    fn from_key(_: &'static KeySpec, reader: &mut Reader<'_, ScriptReading<'_>>) -> Self {
        Self(std::mem::take(&mut reader.report.typed_roles))
    }
}

/// A list that can't be empty.
#[derive(Debug)]
pub(crate) struct Filled(pub(crate) Vec<Located<String>>);

impl Deref for Filled {
    type Target = [Located<String>];
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl FromKey<ScriptReading<'_>> for Filled {
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, ScriptReading<'_>>) -> Self {
        let typed = reader.value(key);
        let list = typed.and_then(|value| value.get_ref().as_array());
        let texts = Vec::from_key(key, reader);
        let may_lack = typed.is_none() && key.presence == Presence::Optional;
        // What is no list at all was told already.
        let empty = list.map_or(typed.is_none(), |list| list.is_empty());
        if empty && !may_lack {
            let (span, values) = (reader.key_span(key.name), [("key", key.name)]);
            reader
                .report
                .problems
                .error(&span, &words().script.sentence.empty_list, &values);
        }
        Self(texts)
    }
}

/// The list of stages.
#[derive(Debug)]
pub(crate) struct TypedList<T> {
    /// Those that could be read.
    pub(crate) all: Vec<T>,
    /// Whether these are all that are typed.
    pub(crate) complete: bool,
    /// Whether there was no problem before them in their table.
    pub(crate) clean_before: bool,
}

impl<T> Deref for TypedList<T> {
    type Target = Vec<T>;
    fn deref(&self) -> &Vec<T> {
        &self.all
    }
}

impl<'p, T: FromValue<ScriptReading<'p>>> FromKey<ScriptReading<'p>> for TypedList<T> {
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, ScriptReading<'p>>) -> Self {
        let clean_before = reader.report.found() == reader.begun;
        let typed = reader
            .value(key)
            .and_then(|value| value.get_ref().as_array());
        // Without good roles every word to one of them would look like an unknown key.
        let all: Vec<T> = match reader.report.roles.is_empty() {
            true => Vec::new(),
            false => Vec::from_key(key, reader),
        };
        Self {
            complete: typed.is_some_and(|typed| typed.len() == all.len())
                && !reader.is_misspelt(key.name),
            all,
            clean_before,
        }
    }
}

impl<'p, T: FromValue<ScriptReading<'p>>> FromValue<ScriptReading<'p>> for TypedList<T> {
    fn from_value(value: &Value, key: &KeySpec, report: &mut ScriptReading<'p>) -> Option<Self> {
        let begun = report.found();
        let all = Vec::from_value(value, key, report)?;
        Some(Self {
            all,
            complete: report.found() == begun,
            clean_before: true,
        })
    }
}

/// What must be `true` when it is there.
#[derive(Debug)]
pub(crate) struct Yes;

impl FromValue<ScriptReading<'_>> for Yes {
    fn from_value(value: &Value, _: &KeySpec, report: &mut ScriptReading<'_>) -> Option<Self> {
        let said = value.get_ref().as_bool() == Some(true);
        if !said {
            report
                .problems
                .error(&value.span(), &words().script.sentence.not_true, &[]);
        }
        said.then_some(Self)
    }
}

/// A number from 0 to 10, and where it leads from a number on, the highest first.
#[derive(Debug)]
pub(crate) struct RawRating(pub(crate) Vec<(u8, Located<String>)>);

impl FromValue<ScriptReading<'_>> for RawRating {
    fn from_value(value: &Value, key: &KeySpec, report: &mut ScriptReading<'_>) -> Option<Self> {
        let typed: &DeTable<'_> = table(value, key, report)?;
        let mut bounds = Vec::new();
        for (bound, to) in typed {
            let Some(from) = bound.get_ref().parse().ok().filter(|n| *n <= 10) else {
                let values = [("key", key.name), ("n", &*short(bound.get_ref()))];
                let sentence = &words().script.sentence.rating_bound;
                report.problems.error(&bound.span(), sentence, &values);
                continue;
            };
            bounds.extend(report.text(to, key).map(|to| (from, to)));
        }
        bounds.arrange_by_key(|(bound, _)| std::cmp::Reverse(*bound));
        Some(Self(bounds))
    }
}
