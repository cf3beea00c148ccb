//! Reads TOML values strictly: every unknown key, wrong kind and number out of range is a problem at its place.

use std::ops::{Range, RangeInclusive};
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::keys::Keys;
use super::problem::{Problems, nearest};
use super::source::plain;
use crate::shown::forbidden;
use crate::words::{ScriptKind, words};

/// A value and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct At<T> {
    /// The value.
    pub it: T,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

/// The longest text of a script, in letters.
pub const MOST_LETTERS: usize = 2_000;

/// A table that is being read.
pub struct Reader<'a, 'i> {
    table: &'a DeTable<'i>,
    /// Where the table stands, for what is missing from it.
    pub span: Range<usize>,
    /// What the table is, in words ("a stage").
    what: &'static str,
    /// The keys that it may have.
    keys: &'static Keys,
    /// The marks of the keys that are there: of thirty keys that a step may have, three are typed.
    marks: u64,
    /// Keys that were probably meant by misspelt ones: they are not missing as well.
    meant: Vec<String>,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl<'a, 'i> Reader<'a, 'i> {
    /// Begins to read a table; every key that is not known is a problem.
    pub fn new(
        table: &'a DeTable<'i>,
        span: Range<usize>,
        what: &'static str,
        keys: &'static Keys,
        problems: &mut Problems,
    ) -> Self {
        Self::with_roles(table, span, (what, keys), &[], problems)
    }

    /// Begins to read a table in which the names of roles are keys, too.
    pub fn with_roles(
        table: &'a DeTable<'i>,
        span: Range<usize>,
        (what, keys): (&'static str, &'static Keys),
        roles: &[At<String>],
        problems: &mut Problems,
    ) -> Self {
        let (mut meant, mut marks) = (Vec::new(), 0);
        let is_known = |name: &str| {
            let key = keys.keys.iter().any(|key| key.name == name);
            key || roles.iter().any(|role| role.it == name)
        };
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            marks |= mark(name);
            if is_known(name) {
                continue;
            }
            if problems.is_full() {
                continue;
            }
            let names: Vec<&str> = roles.iter().map(|role| role.it.as_str()).collect();
            let known = [&names[..], &keys.names()].concat();
            let free = known
                .iter()
                .copied()
                .filter(|known| !table.contains_key(*known));
            let near = nearest(name, free);
            let w = &words().script.sentence;
            // A text stands behind the word for somebody.
            let text = table
                .get(name)
                .is_some_and(|value| value.get_ref().is_str());
            let sentence = match text && keys.roles && !names.is_empty() {
                true => &w.not_a_role,
                false => &w.unknown_key,
            };
            let values = [
                ("name", &*short(name)),
                ("what", what),
                ("known", &*known.join(", ")),
                ("roles", &*names.join(", ")),
                ("keys", &*keys.names().join(", ")),
            ];
            problems.error_near(key.span(), sentence, &values, near);
            meant.extend(near.map(str::to_owned));
        }
        Self {
            table,
            span,
            what,
            keys,
            marks,
            meant,
        }
    }

    /// The value under a key, if there is one.
    pub fn get(&self, key: &str) -> Option<&'a Value<'i>> {
        let may_be = self.marks & mark(key) != 0;
        may_be.then(|| self.table.get(key)).flatten()
    }

    /// Whether a key is there, if only misspelt.
    pub fn get_or_meant(&self, key: &str) -> bool {
        self.get(key).is_some() || self.meant.iter().any(|meant| meant == key)
    }

    /// Where a key stands, or else its table.
    pub fn key_span(&self, key: &str) -> Range<usize> {
        self.table
            .get_key_value(key)
            .map_or_else(|| self.span.clone(), |(key, _)| key.span())
    }

    /// A key that must be there; a problem when it is not.
    fn needed(&self, key: &str, problems: &mut Problems) -> Option<&'a Value<'i>> {
        let value = self.get(key);
        if value.is_none() && !self.meant.iter().any(|meant| meant == key) {
            let w = &words().script;
            let dots = format!("{key} = …");
            let example = w.example.get(key).unwrap_or(&dots);
            let values = [("key", key), ("what", self.what), ("example", example)];
            problems.error(self.span.clone(), &w.sentence.missing_key, &values);
        }
        value
    }

    /// A text under a key, if there.
    pub fn text(&self, key: &str, problems: &mut Problems) -> Option<At<String>> {
        self.get(key).and_then(|value| text(value, problems))
    }

    /// A text under a key that must be there.
    pub fn needed_text(&self, key: &str, problems: &mut Problems) -> Option<At<String>> {
        self.needed(key, problems)
            .and_then(|value| text(value, problems))
    }

    /// A whole number under a key that must be there.
    pub fn needed_number(&self, key: &str, problems: &mut Problems) -> Option<At<i64>> {
        self.needed(key, problems)
            .and_then(|value| number(value, self.range(key), problems))
    }

    /// A whole number under a key, if there.
    pub fn number(&self, key: &str, problems: &mut Problems) -> Option<At<i64>> {
        number(self.get(key)?, self.range(key), problems)
    }

    /// The numbers that may stand behind a key.
    pub fn range(&self, key: &str) -> RangeInclusive<i64> {
        self.keys.range(key)
    }

    /// Whole minutes under a key, if there.
    pub fn minutes(&self, key: &str, problems: &mut Problems) -> Option<At<Duration>> {
        self.number(key, problems).map(minutes)
    }

    /// Whole minutes under a key that must be there.
    pub fn needed_minutes(&self, key: &str, problems: &mut Problems) -> Option<At<Duration>> {
        self.needed_number(key, problems).map(minutes)
    }

    /// `true` or `false` under a key; false when it is not there.
    pub fn flag(&self, key: &str, problems: &mut Problems) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            wrong_kind(value, &words().script.kind.truth, problems);
            false
        })
    }

    /// A list under a key; empty when it is not there.
    pub fn list(&self, key: &str, problems: &mut Problems) -> &'a [Value<'i>] {
        match self.get(key).map(|value| (value, value.get_ref())) {
            Some((_, DeValue::Array(array))) => items(array),
            Some((value, _)) => {
                let example = words().script.example.get(key);
                if value.get_ref().is_table() && problems.is_heading(&value.span()) {
                    problems.heading(value.span());
                } else if value.get_ref().is_table() && problems.begins_path(&value.span()) {
                    let above = &words().script.sentence.heading_above;
                    problems.error(value.span(), above, &[("name", key)]);
                } else {
                    let list = &words().script.kind.list;
                    let example = example.unwrap_or(&list.example);
                    kind_problem(value, list, example, problems);
                }
                &[]
            }
            None => &[],
        }
    }

    /// A list under a key that must be there.
    pub fn needed_list(&self, key: &str, problems: &mut Problems) -> &'a [Value<'i>] {
        self.needed(key, problems);
        self.list(key, problems)
    }

    /// A table under a key, if there.
    pub fn table(
        &self,
        key: &str,
        problems: &mut Problems,
    ) -> Option<(&'a DeTable<'i>, Range<usize>)> {
        self.get(key).and_then(|value| table(value, problems))
    }
}

/// A bit for a key. Two keys may share one: it says only what is not there.
fn mark(key: &str) -> u64 {
    let first = key.bytes().next().unwrap_or_default();
    1 << ((usize::from(first) + 11 * key.len()) % 64)
}

fn items<'a, 'i>(array: &'a DeArray<'i>) -> &'a [Value<'i>] {
    array
}

/// A value that must be a table.
pub fn table<'a, 'i>(
    value: &'a Value<'i>,
    problems: &mut Problems,
) -> Option<(&'a DeTable<'i>, Range<usize>)> {
    let found = value.get_ref().as_table();
    if found.is_none() {
        wrong_kind(value, &words().script.kind.table, problems);
    }
    found.map(|table| (table, value.span()))
}

/// A value that must be a text that may be shown.
pub fn text(value: &Value<'_>, problems: &mut Problems) -> Option<At<String>> {
    let Some(typed) = value.get_ref().as_str() else {
        wrong_kind(value, &words().script.kind.text, problems);
        return None;
    };
    let bad = |c: char| forbidden(c).map(|why| (c, why));
    let found = if plain(typed) {
        None
    } else {
        typed.chars().find_map(bad)
    };
    if let Some((c, why)) = found {
        let code = format!("U+{:04X}", u32::from(c));
        problems.error(
            value.span(),
            &words().script.sentence.bad_character,
            &[("why", why), ("code", &code)],
        );
        return None;
    }
    if typed.len() > MOST_LETTERS && typed.chars().count() > MOST_LETTERS {
        problems.error(
            value.span(),
            &words().script.sentence.long_text,
            &[("most", &MOST_LETTERS.to_string())],
        );
        return None;
    }
    Some(At {
        it: typed.to_owned(),
        span: value.span(),
    })
}

/// A value that must be a whole number within a range.
pub fn number(
    value: &Value<'_>,
    range: RangeInclusive<i64>,
    problems: &mut Problems,
) -> Option<At<i64>> {
    let Some(integer) = value.get_ref().as_integer() else {
        let number = &words().script.kind.number;
        // A number in quotes is meant as it stands.
        let digits = value.get_ref().as_str().map(str::trim).filter(|text| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            digits && (1..=3).contains(&text.len())
        });
        kind_problem(value, number, digits.unwrap_or(&number.example), problems);
        return None;
    };
    let found = i64::from_str_radix(integer.as_str(), integer.radix())
        .ok()
        .filter(|n| range.contains(n));
    if found.is_none() {
        problems.error(
            value.span(),
            &words().script.sentence.out_of_range,
            &[
                ("least", &range.start().to_string()),
                ("most", &range.end().to_string()),
            ],
        );
    }
    found.map(|it| At {
        it,
        span: value.span(),
    })
}

/// A number of minutes as a length.
fn minutes(at: At<i64>) -> At<Duration> {
    At {
        it: Duration::from_secs(u64::try_from(at.it).unwrap_or(0) * 60),
        span: at.span,
    }
}

/// Says that a value is of another kind than it must be.
pub fn wrong_kind(value: &Value<'_>, wanted: &ScriptKind, problems: &mut Problems) {
    kind_problem(value, wanted, &wanted.example, problems);
}

/// The same with another example of what to write.
pub fn kind_problem(
    value: &Value<'_>,
    wanted: &ScriptKind,
    example: &str,
    problems: &mut Problems,
) {
    let kind = &words().script.kind;
    if value.get_ref().is_array() && problems.is_heading(&value.span()) {
        problems.heading(value.span());
        return;
    }
    let found = match value.get_ref() {
        DeValue::String(_) => &kind.text,
        DeValue::Integer(_) => &kind.number,
        DeValue::Float(_) => &kind.point,
        DeValue::Boolean(_) => &kind.truth,
        DeValue::Datetime(_) => &kind.date,
        DeValue::Array(_) => &kind.list,
        DeValue::Table(_) => &kind.table,
    };
    let values = [
        ("found", found.found),
        ("wanted", &wanted.wanted),
        ("example", example),
    ];
    problems.error(value.span(), &words().script.sentence.wrong_kind, &values);
}

/// A key as it is told in a message: never a whole screen of it.
pub fn short(name: &str) -> String {
    crate::shown::Shown::short(name, 40).as_str().to_owned()
}
