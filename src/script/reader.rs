//! Reads TOML values strictly: every unknown key, wrong kind and number out of range is a problem at its place.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::problem::{Problems, nearest};
use crate::shown::forbidden;

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
}

type Value<'i> = Spanned<DeValue<'i>>;

impl<'a, 'i> Reader<'a, 'i> {
    /// Begins to read a table; every key that is not known is a problem.
    pub fn new(
        table: &'a DeTable<'i>,
        span: Range<usize>,
        what: &'static str,
        known: &[&str],
        problems: &mut Problems,
    ) -> Self {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{what} knows: {}", known.join(", ")),
            };
            problems.error(
                key.span(),
                &format!("`{}` is not a key of {what}", short(name)),
                &help,
            );
        }
        Self { table, span, what }
    }

    /// The value under a key, if there is one.
    pub fn get(&self, key: &str) -> Option<&'a Value<'i>> {
        self.table.get(key)
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
        if value.is_none() {
            problems.error(
                self.span.clone(),
                &format!("`{key}` is missing from {}", self.what),
                &format!("add a line `{key} = …`"),
            );
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
    pub fn needed_number(
        &self,
        key: &str,
        range: RangeInclusive<i64>,
        problems: &mut Problems,
    ) -> Option<At<i64>> {
        self.needed(key, problems)
            .and_then(|value| number(value, range, problems))
    }

    /// A number of whole minutes.
    pub fn minutes(&self, key: &str, problems: &mut Problems) -> Option<At<std::time::Duration>> {
        let value = self.get(key)?;
        number(value, 0..=240, problems).map(|at| At {
            it: std::time::Duration::from_secs(u64::try_from(at.it).unwrap_or(0) * 60),
            span: at.span,
        })
    }

    /// `true` or `false` under a key; false when it is not there.
    pub fn flag(&self, key: &str, problems: &mut Problems) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            wrong_kind(value, "`true` or `false`", problems);
            false
        })
    }

    /// A list under a key; empty when it is not there.
    pub fn list(&self, key: &str, problems: &mut Problems) -> &'a [Value<'i>] {
        match self.get(key).map(|value| (value, value.get_ref())) {
            Some((_, DeValue::Array(array))) => items(array),
            Some((value, _)) => {
                wrong_kind(value, "a list in [ ]", problems);
                &[]
            }
            None => &[],
        }
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
        wrong_kind(value, "a table in { }", problems);
    }
    found.map(|table| (table, value.span()))
}

/// A value that must be a text that may be shown.
pub fn text(value: &Value<'_>, problems: &mut Problems) -> Option<At<String>> {
    let Some(words) = value.get_ref().as_str() else {
        wrong_kind(value, "a text in quotes", problems);
        return None;
    };
    if let Some((c, why)) = words.chars().find_map(|c| forbidden(c).map(|why| (c, why))) {
        problems.error(
            value.span(),
            &format!("this text holds {why}, U+{:04X}", u32::from(c)),
            "write the text without it",
        );
        return None;
    }
    if words.chars().count() > MOST_LETTERS {
        problems.error(
            value.span(),
            &format!("this text is longer than {MOST_LETTERS} letters"),
            "a screen holds a few short lines: say less, or make two steps of it",
        );
        return None;
    }
    Some(At {
        it: words.to_owned(),
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
        wrong_kind(value, "a whole number", problems);
        return None;
    };
    let found = i64::from_str_radix(integer.as_str(), integer.radix())
        .ok()
        .filter(|n| range.contains(n));
    if found.is_none() {
        problems.error(
            value.span(),
            &format!(
                "this number is not from {} to {}",
                range.start(),
                range.end()
            ),
            "",
        );
    }
    found.map(|it| At {
        it,
        span: value.span(),
    })
}

/// Says that a value is of another kind than it must be.
pub fn wrong_kind(value: &Value<'_>, expected: &str, problems: &mut Problems) {
    let found = match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    problems.error(
        value.span(),
        &format!("here stands {found}; it must be {expected}"),
        "",
    );
}

/// A key as it is told in a message: never a whole screen of it.
pub fn short(name: &str) -> String {
    crate::shown::Shown::short(name, 40).as_str().to_owned()
}
