//! Every key of the format, what kind of value it has and in which range: the one table that the reader, the
//! schema (`schema.rs`) and, by a test, the tables of `docs/scripts.md` come from.

use std::ops::RangeInclusive;

use super::head::NEEDS;

/// The keys of one kind of table in a file.
#[derive(Debug)]
pub struct Keys {
    /// Its name in `words/format.toml` and in the schema.
    pub name: &'static str,
    /// Its keys, in the order in which they are told.
    pub keys: &'static [Key],
    /// Whether the names of roles are keys, too.
    pub roles: bool,
}

/// One key.
#[derive(Debug)]
pub struct Key {
    /// As it is typed.
    pub name: &'static str,
    /// What stands behind it.
    pub kind: Kind,
    /// Whether it must be there.
    pub needed: bool,
}

/// What can stand behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
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
    /// `true` or `false`.
    Truth,
    /// `true` and nothing else.
    True,
    /// Keys in braces, or below a heading.
    Table(&'static Keys),
    /// Any names, and behind each of them this.
    Named(&'static Kind),
    /// The numbers 0 to 10 as keys, and behind each of them this.
    Bounds(&'static Kind),
    /// A list of these.
    List(&'static Kind),
    /// The one or the other.
    Either(&'static [Kind]),
}

impl Keys {
    /// The names of its keys.
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    /// The range of the number behind a key; any number where the table knows none.
    pub fn range(&self, name: &str) -> RangeInclusive<i64> {
        let key = self.keys.iter().find(|key| key.name == name);
        key.and_then(|key| key.kind.range())
            .unwrap_or(i64::MIN..=i64::MAX)
    }
}

impl Kind {
    /// The range of the number in it, if there is one.
    pub fn range(self) -> Option<RangeInclusive<i64>> {
        match self {
            Self::Number(least, most) => Some(least..=most),
            Self::Named(inner) | Self::Bounds(inner) | Self::List(inner) => inner.range(),
            Self::Either(kinds) => kinds.iter().find_map(|kind| kind.range()),
            Self::Text
            | Self::Short(_)
            | Self::Name
            | Self::Word(_)
            | Self::Truth
            | Self::True
            | Self::Table(_) => None,
        }
    }
}

const fn key(name: &'static str, kind: Kind) -> Key {
    let needed = false;
    Key { name, kind, needed }
}

const fn needed(name: &'static str, kind: Kind) -> Key {
    let needed = true;
    Key { name, kind, needed }
}

const fn keys(name: &'static str, keys: &'static [Key]) -> Keys {
    let roles = false;
    Keys { name, keys, roles }
}

/// What stands in place of minutes in the stage that gets what the others leave.
pub const THE_REST: &str = "the-rest";

/// The longest title, in letters.
pub const LONG_TITLE: u16 = 60;
/// The longest summary, in letters.
pub const LONG_SUMMARY: u16 = 120;

/// The kinds of stages.
pub const KINDS: [&str; 4] = ["together", "each", "turns", "closing"];

const LONGEST: i64 = 240;
const TEXTS: Kind = Kind::List(&Kind::Text);
const NAMES: Kind = Kind::List(&Kind::Name);
const DEPTHS: Kind = Kind::Word(&["notice", "meet", "know"]);
const RUNGS: &[&str] = &["silent", "say-back", "guide"];
const ONLY: Kind = Kind::Word(&["alone", "together"]);
const MINUTES: Kind = Kind::Number(1, LONGEST);
const SOME_MINUTES: Kind = Kind::Number(0, LONGEST);
const WARNING: Kind = Kind::List(&Kind::Number(1, 30));
const MANY: i64 = super::MOST_PEOPLE as i64;

/// A script.
pub static SCRIPT: Keys = keys(
    "script",
    &[
        needed("format", Kind::Number(1, 999)),
        needed("title", Kind::Short(LONG_TITLE)),
        needed("summary", Kind::Short(LONG_SUMMARY)),
        key("language", Kind::Text),
        key("needs", Kind::List(&Kind::Word(&NEEDS))),
        needed(
            "people",
            Kind::Either(&[Kind::Number(1, MANY), Kind::Table(&PEOPLE)]),
        ),
        needed("roles", NAMES),
        needed("minutes", Kind::Number(2, LONGEST)),
        needed("ceiling", DEPTHS),
        key("buffer", SOME_MINUTES),
        key("shorter", Kind::Name),
        key(
            "clock",
            Kind::Word(&["full", "minutes", "bar", "hidden", "none"]),
        ),
        key("one-sided", Kind::Text),
        key("rungs", Kind::Named(&Kind::Text)),
        key("wording", Kind::List(&Kind::Table(&PACK))),
        needed("stage", Kind::List(&Kind::Table(&STAGE))),
    ],
);

/// A module.
pub static MODULE: Keys = keys(
    "module",
    &[
        needed("format", Kind::Number(1, 999)),
        needed("title", Kind::Text),
        key("summary", Kind::Text),
        key("wording", Kind::List(&Kind::Table(&PACK))),
        key("offer", Kind::Text),
        key("clock", Kind::Word(&["held", "runs"])),
        key("exits", NAMES),
        needed("step", Kind::List(&Kind::Table(&STEP))),
    ],
);

/// The fewest and the most people.
pub static PEOPLE: Keys = keys(
    "people",
    &[
        needed("from", Kind::Number(2, MANY)),
        needed("to", Kind::Number(2, MANY)),
    ],
);

/// A pack of words.
pub static PACK: Keys = keys(
    "pack",
    &[
        needed("name", Kind::Name),
        key("title", Kind::Text),
        key("words", Kind::Named(&Kind::Text)),
    ],
);

/// A stage.
pub static STAGE: Keys = keys(
    "stage",
    &[
        needed("kind", Kind::Word(&KINDS)),
        key("id", Kind::Name),
        needed("title", Kind::Short(LONG_TITLE)),
        needed("minutes", Kind::Either(&[MINUTES, Kind::Word(&[THE_REST])])),
        key("at-least", SOME_MINUTES),
        key("use", Kind::Name),
        key("landing", SOME_MINUTES),
        key("times", Kind::Number(1, 30)),
        key("moves-on", Kind::Truth),
        key("floor", Kind::Name),
        key("may-skip", Kind::Truth),
        key("half-way", Kind::Name),
        key("before", Kind::List(&Kind::Table(&PART))),
        key("after", Kind::List(&Kind::Table(&PART))),
        key("between", Kind::Table(&PART)),
        key("asides", NAMES),
        key("roles", Kind::Named(&Kind::Text)),
        key("at-most", Kind::Named(&Kind::Number(1, 9))),
        key("step", Kind::List(&Kind::Table(&STEP))),
    ],
);

/// What stands before, after or between turns.
pub static PART: Keys = keys(
    "part",
    &[
        needed("title", Kind::Short(LONG_TITLE)),
        needed("minutes", MINUTES),
        key("at-least", SOME_MINUTES),
        key("use", Kind::Name),
        key("roles", Kind::Named(&Kind::Text)),
        key("floor", Kind::Name),
        key("step", Kind::List(&Kind::Table(&STEP))),
    ],
);

/// A step. What it can ask stands behind what every step knows.
pub static STEP: Keys = Keys {
    name: "step",
    keys: &[
        key("id", Kind::Name),
        key("all", Kind::Text),
        key("to", Kind::Name),
        key("round", Kind::Truth),
        key("landing", Kind::Truth),
        key("depth", DEPTHS),
        key("beyond", Kind::Name),
        key("at-most", Kind::Table(&BOUND)),
        key("fresh", Kind::Truth),
        key("still", Kind::Truth),
        key("crisis-card", Kind::Truth),
        key("left-off", Kind::Truth),
        key("numbers", Kind::Truth),
        key("carry", Kind::Truth),
        key("unseen", Kind::Truth),
        key("use", Kind::Name),
        key("exits", Kind::Named(&Kind::Name)),
        key("only", ONLY),
        key("answers", Kind::List(&Kind::Table(&ANSWER))),
        key("rating", Kind::Bounds(&Kind::Name)),
        key("consent", Kind::Table(&CONSENT)),
        key("gate", Kind::Table(&GATE)),
        key("agreement", Kind::Table(&AGREEMENT)),
        key("order", Kind::True),
        key("support", Kind::Table(&SUPPORT)),
        key("write", Kind::Table(&WRITE)),
        key("note", Kind::True),
        key("promise", Kind::True),
        key(
            "rest",
            Kind::Either(&[Kind::Number(10, 600), Kind::Table(&REST)]),
        ),
        key("keep", Kind::True),
    ],
    roles: true,
};

/// What can be asked; a step has one of these at most.
pub const ASKS: [&str; 12] = [
    "answers",
    "rating",
    "consent",
    "gate",
    "agreement",
    "order",
    "support",
    "write",
    "note",
    "promise",
    "rest",
    "keep",
];

/// How often, and then where.
pub static BOUND: Keys = keys(
    "bound",
    &[
        needed("visits", Kind::Number(1, 9)),
        needed("then", Kind::Name),
    ],
);

/// Words by company.
pub static BY_RUNG: Keys = keys(
    "by-rung",
    &[
        key("silent", Kind::Text),
        key("say-back", Kind::Text),
        key("guide", Kind::Text),
    ],
);

/// An answer.
pub static ANSWER: Keys = keys(
    "answer",
    &[
        needed("says", Kind::Text),
        key("to", Kind::Name),
        key("rung", Kind::Word(RUNGS)),
        key("ceiling", Kind::Word(&["notice", "meet", "know", "lower"])),
        key("promise", Kind::Word(&LOOKS)),
        key("only", ONLY),
    ],
);

/// What an answer can say about a promise.
const LOOKS: [&str; 7] = [
    "kept",
    "missed",
    "tomorrow",
    "three-days",
    "week",
    "same-days",
    "released",
];

/// A yes from several people.
pub static CONSENT: Keys = keys(
    "consent",
    &[
        key("of", NAMES),
        key("without", Kind::Name),
        key("means", Kind::Word(MEANS)),
    ],
);

/// The gate.
pub static GATE: Keys = keys(
    "gate",
    &[
        needed("questions", TEXTS),
        needed("short", Kind::Name),
        needed("not-today", Kind::Name),
    ],
);

/// What a yes can mean; the model has the same words.
const MEANS: &[&str] = &["loan", "forget", "trial", "goodbye"];
/// The lines of a card; the model has the same words.
const CARD: &[&str] = &["company", "sign", "tears", "silence", "words"];

/// The agreement.
pub static AGREEMENT: Keys = keys(
    "agreement",
    &[
        needed("lines", TEXTS),
        needed("unsigned", Kind::Name),
        key("for-today", Kind::Truth),
    ],
);

/// Company and warnings.
pub static SUPPORT: Keys = keys(
    "support",
    &[
        key("rungs", Kind::List(&Kind::Word(RUNGS))),
        key("warnings", WARNING),
        key("usual", WARNING),
    ],
);

/// One line that everybody may see.
pub static WRITE: Keys = keys(
    "write",
    &[
        needed("as", Kind::Name),
        needed("otherwise", Kind::Text),
        key("suggestions", TEXTS),
        key("card", Kind::Word(CARD)),
    ],
);

/// A quiet while with a pacer.
pub static REST: Keys = keys(
    "rest",
    &[
        needed("seconds", Kind::Number(10, 600)),
        needed("in", Kind::Number(2, 10)),
        needed("out", Kind::Number(2, 10)),
        key("hold", Kind::Number(1, 10)),
    ],
);

/// Every table, for the schema and for the words.
pub static ALL: [&Keys; 16] = [
    &SCRIPT, &MODULE, &PEOPLE, &PACK, &STAGE, &PART, &STEP, &BOUND, &BY_RUNG, &ANSWER, &CONSENT,
    &GATE, &AGREEMENT, &SUPPORT, &WRITE, &REST,
];

/// What stands behind the key of this name, whatever table it is in; of two kinds the first one. Nothing when there is
/// no such key, or when it is another thing in another table.
pub fn of_all(name: &str) -> Option<Kind> {
    let keys = ALL.iter().flat_map(|keys| keys.keys);
    let mut kinds = keys.filter(|key| key.name == name).map(|key| {
        if let Kind::Either([first, ..]) = key.kind {
            return *first;
        }
        key.kind
    });
    let first = kinds.next()?;
    let alike = |kind: Kind| std::mem::discriminant(&kind) == std::mem::discriminant(&first);
    kinds.all(alike).then_some(first)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::card::CardLine;
    use super::super::head::FirstClock;
    use super::super::look::Look;
    use super::super::model::{Depth, Means, Rung};
    use super::*;
    use crate::words::words;

    #[test]
    fn every_key_has_words_and_no_other_has() {
        let told = &words().format;
        for keys in ALL {
            let known: BTreeSet<&str> = keys.names().into_iter().collect();
            let said = told.keys.get(keys.name).expect("it has words");
            assert_eq!(known, said.keys().collect(), "{}", keys.name);
            assert!(told.about.get(keys.name).is_some(), "{}", keys.name);
        }
        let needs: BTreeSet<&str> = told.needs.keys().collect();
        assert_eq!(needs, NEEDS.into_iter().collect());
        assert_eq!(told.keys.keys().count(), ALL.len());
        // Beside the tables: the whole file, and the steps of a module.
        assert_eq!(told.about.keys().count(), ALL.len() + 2);
    }

    #[test]
    fn the_words_are_those_that_are_understood() {
        let words_of = |keys: &Keys, name: &str| -> Vec<&str> {
            let key = keys.keys.iter().find(|key| key.name == name).unwrap();
            let Kind::Word(words) = key.kind else {
                panic!("{name} is no word");
            };
            words.to_vec()
        };
        assert_eq!(words_of(&SCRIPT, "ceiling"), Depth::ALL.map(Depth::word));
        assert_eq!(words_of(&STEP, "depth"), Depth::ALL.map(Depth::word));
        assert_eq!(words_of(&ANSWER, "rung"), Rung::ALL.map(Rung::word));
        assert_eq!(words_of(&CONSENT, "means"), Means::ALL.map(Means::word));
        assert_eq!(words_of(&WRITE, "card"), CardLine::ALL.map(CardLine::word));
        assert_eq!(BY_RUNG.names(), Rung::ALL.map(Rung::word));
        assert_eq!(
            words_of(&SCRIPT, "clock"),
            FirstClock::ALL.map(|(word, _)| word)
        );
        assert_eq!(words_of(&ANSWER, "promise"), Look::ALL.map(Look::word));
        assert!(ASKS.iter().all(|ask| STEP.names().contains(ask)));
    }
}
