//! What a row of the format says: a key, what may stand behind it, whether it must be there.

use std::ops::RangeInclusive;

/// The keys of one kind of table in a file.
#[derive(Debug)]
pub(crate) struct TableSpec {
    /// Its name in `words/format.toml` and in the schema.
    pub(crate) name: &'static str,
    /// What it is, in words ("a stage").
    pub(crate) what: fn() -> &'static str,
    /// Its keys, in the order in which they are told.
    pub(crate) keys: &'static [KeySpec<'static>],
    /// What can be asked in it, behind these keys.
    pub(crate) asks: &'static [KeySpec<'static>],
    /// Whether the names of roles are keys, too.
    pub(crate) roles: bool,
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeySpec<'n> {
    /// As it is typed.
    pub(crate) name: &'n str,
    /// What stands behind it.
    pub(crate) kind: ValueKind,
    /// Whether it must be there.
    pub(crate) presence: Presence,
}

/// Whether a key must be there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Presence {
    /// It may be left out.
    Optional,
    /// It must be there: the reader says so.
    Needed,
    /// It must be there: whoever reads on says so, and knows better what to write.
    NeededLater,
}

/// What can stand behind a key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ValueKind {
    /// A text.
    Text,
    /// A text of at most so many letters.
    Short(u16),
    /// The name of a module, a step, a role: small letters, digits, `-`.
    Name,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number in this range, both ends included.
    Number(i64, i64),
    /// Minutes in this range, in whole and half ones.
    Minutes(i64, i64),
    /// `true` or `false`.
    Truth,
    /// `true` and nothing else.
    True,
    /// Keys in braces, or below a heading.
    Table(&'static TableSpec),
    /// Any names, and behind each of them this.
    Named(&'static ValueKind),
    /// The numbers 0 to 10 as keys, and behind each of them this.
    Bounds(&'static ValueKind),
    /// A list of these.
    List(&'static ValueKind),
    /// The one or the other.
    Either(&'static [ValueKind]),
}

impl TableSpec {
    /// All of its keys.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static KeySpec<'static>> {
        self.keys.iter().chain(self.asks)
    }

    /// Their names.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.all().map(|key| key.name).collect()
    }
}

impl ValueKind {
    /// Whether a list behind it has one of them for each length of the script.
    pub(crate) fn is_by_length(self) -> bool {
        matches!(
            self,
            Self::Either([Self::Number(..) | Self::Minutes(..), Self::List(_), ..])
        )
    }

    /// The range of the number in it; any number if there is none.
    pub(crate) fn range(self) -> RangeInclusive<i64> {
        match self {
            Self::Number(least, most) | Self::Minutes(least, most) => least..=most,
            Self::Named(inner) | Self::Bounds(inner) | Self::List(inner) => inner.range(),
            Self::Either([first, ..]) => first.range(),
            Self::Either([])
            | Self::Text
            | Self::Short(_)
            | Self::Name
            | Self::Word(_)
            | Self::Truth
            | Self::True
            | Self::Table(_) => i64::MIN..=i64::MAX,
        }
    }
}

const fn key(name: &'static str, kind: ValueKind, presence: Presence) -> KeySpec<'static> {
    KeySpec {
        name,
        kind,
        presence,
    }
}

/// A key that may be left out.
pub(crate) const fn optional(name: &'static str, kind: ValueKind) -> KeySpec<'static> {
    key(name, kind, Presence::Optional)
}

/// A key that must be there.
pub(crate) const fn needed(name: &'static str, kind: ValueKind) -> KeySpec<'static> {
    key(name, kind, Presence::Needed)
}

/// A key that must be there, which the reader leaves to others to say.
pub(crate) const fn needed_later(name: &'static str, kind: ValueKind) -> KeySpec<'static> {
    key(name, kind, Presence::NeededLater)
}
