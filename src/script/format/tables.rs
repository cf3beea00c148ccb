//! The tables of the format, row by row: the field in which a value is read, what it becomes there, and its key with
//! what may stand behind it. What each key means, in words, is in `words/format.toml`.

use std::time::Duration;

use toml::de::DeValue;

use super::reader::{
    Flag, FromKey, FromValue, KeyValue, Located, NamedValues, Noted, Reader, Report, Tabled, Value,
    table, tables,
};
use super::spec::ValueKind::{
    Either, List, Minutes, Name, Named as Names, Number, Short, Text, Truth, Word,
};
use super::spec::{KeySpec, TableSpec, ValueKind, needed, needed_later, optional};
use super::values::{
    HALVES, RawGroups, RawShown, RawSome, ReadFirst, ScriptReading, ScriptRoles, StageLength,
    THE_REST, TypedList,
};
use crate::script::asks::{self, RawAsk};
use crate::script::head::{FirstClock, NEEDS, People};
use crate::script::source::Span;
use crate::script::{Depth, Rung, TurnOrder};
use crate::script::{LONGEST, MOST_PEOPLE};
use crate::text::words::words;

/// The longest title, in letters.
pub(crate) const LONG_TITLE: u16 = 60;
/// The longest summary, in letters.
pub(crate) const LONG_SUMMARY: u16 = 120;

/// In a module the roles are called this, whatever the script calls them.
pub(crate) const MODULE_ROLES: [&str; 3] = ["processor", "witness", "observer"];

/// The kinds of stages.
pub(crate) const KINDS: [&str; 4] = ["together", "each", "turns", "closing"];

const NAMES: ValueKind = List(&Name);
const DEPTHS: ValueKind = Word(&Depth::WORDS);
const LONG: i64 = LONGEST as i64;
/// Minutes, or those for each length that the script can have.
const MINUTES: ValueKind = Either(&[Minutes(1, LONG), List(&Minutes(1, LONG))]);
const SOME_MINUTES: ValueKind = Either(&[Minutes(0, LONG), List(&Minutes(0, LONG))]);
const WHOLE_MINUTES: ValueKind = Either(&[Number(2, LONG), List(&Number(2, LONG))]);
const STAGE_MINUTES: ValueKind =
    Either(&[Minutes(1, LONG), List(&Minutes(1, LONG)), Word(&[THE_REST])]);
const WARNINGS: ValueKind = List(&Number(1, 30));
const MANY: i64 = MOST_PEOPLE as i64;
/// How often a step can be visited: a circle has an end, and people who talk go round often.
const MOST_VISITS: i64 = 99;

tables! { pub(crate) ScriptReading<'_>;
    /// A script.
    RawScript = "script" (|| words().script.what.script) {
        _format: ReadFirst = needed("format", Number(1, 999)),
        title: KeyValue<String> = needed("title", Short(LONG_TITLE)),
        summary: KeyValue<String> = needed("summary", Short(LONG_SUMMARY)),
        language: KeyValue<String> = optional("language", Text),
        needs: Vec<Located<String>> = optional("needs", List(&Word(&NEEDS))),
        people: Option<People> = needed("people", Either(&[Number(1, MANY), RawPeople::TABLE])),
        roles: ScriptRoles = needed("roles", NAMES),
        minutes: Noted<KeyValue<i64>> = needed_later("minutes", WHOLE_MINUTES),
        ceiling: KeyValue<String> = needed("ceiling", DEPTHS),
        buffer: Noted<KeyValue<Duration>> = optional("buffer", SOME_MINUTES),
        shorter: KeyValue<String> = optional("shorter", Name),
        clock: KeyValue<String> = optional("clock", Word(&FirstClock::WORDS)),
        one_sided: Noted<KeyValue<String>> = optional("one-sided", Text),
        rungs: NamedValues<Located<String>> = optional("rungs", Names(&Text)),
        sentences: Option<RawSentences> = optional("sentences", RawSentences::TABLE),
        wording: Vec<RawPack> = optional("wording", RawPack::LIST),
        stages: Noted<TypedList<RawStage>> = needed_later("stage", RawStage::LIST),
    }; beside {
        /// Whether it is read for one person, and is for several, too.
        alone_of_several: bool = |reader: &mut Reader<'_, ScriptReading<'_>>| {
            reader.report.of.alone && reader.report.alone
        },
    }

    /// A module.
    RawModule = "module" (|| words().script.what.module) {
        _format: ReadFirst = needed("format", Number(1, 999)),
        title: KeyValue<String> = needed("title", Text),
        summary: KeyValue<String> = optional("summary", Text),
        wording: Vec<RawPack> = optional("wording", RawPack::LIST),
        offer: KeyValue<String> = optional("offer", Text),
        clock: KeyValue<String> = optional("clock", Word(&["held", "runs"])),
        exits: Vec<Located<String>> = optional("exits", NAMES),
        steps: Vec<RawStep> = needed_later("step", RawStep::LIST),
    }

    /// The fewest and the most people.
    RawPeople = "people" (|| words().script.what.people) {
        from: KeyValue<i64> = needed("from", Number(1, MANY)),
        to: KeyValue<i64> = needed("to", Number(2, MANY)),
    }

    /// A pack of words.
    RawPack = "pack" (|| words().script.what.pack) {
        name: KeyValue<String> = needed("name", Name),
        title: KeyValue<String> = optional("title", Text),
        words: NamedValues<Located<String>> = optional("words", Names(&Text)),
    }

    /// A stage.
    RawStage = "stage" (|| words().script.what.stage) {
        kind: Noted<KeyValue<String>> = needed_later("kind", Word(&KINDS)),
        id: KeyValue<String> = optional("id", Name),
        title: KeyValue<String> = needed("title", Short(LONG_TITLE)),
        minutes: Option<StageLength> = needed("minutes", STAGE_MINUTES),
        at_least: KeyValue<Duration> = optional("at-least", SOME_MINUTES),
        uses: KeyValue<String> = optional("use", Name),
        landing: Noted<KeyValue<Duration>> = optional("landing", SOME_MINUTES),
        times: KeyValue<i64> = optional("times", Number(1, 30)),
        order: KeyValue<String> = optional("order", Either(&[Word(&TurnOrder::WORDS), Name])),
        some: Option<RawSome> = optional("some", Either(&[Number(1, MANY), Truth])),
        shared: Flag = optional("shared", Truth),
        groups: Option<RawGroups> = optional("groups", Either(&[Number(2, 6), Word(&[HALVES])])),
        moves_on: Flag = optional("moves-on", Truth),
        bell: Option<bool> = optional("bell", Truth),
        warnings: Vec<Located<i64>> = optional("warnings", WARNINGS),
        open: Flag = optional("open", Truth),
        hold: Flag = optional("hold", Truth),
        floor: KeyValue<String> = optional("floor", Name),
        may_skip: Flag = optional("may-skip", Truth),
        half_way: KeyValue<String> = optional("half-way", Name),
        before: Vec<RawPart> = optional("before", RawPart::LIST),
        after: Vec<RawPart> = optional("after", RawPart::LIST),
        between: Option<RawPart> = optional("between", RawPart::TABLE),
        asides: Vec<Located<String>> = optional("asides", NAMES),
        roles: NamedValues<Located<String>> = optional("roles", Names(&Text)),
        at_most: NamedValues<Located<i64>> = optional("at-most", Names(&Number(1, MOST_VISITS))),
        steps: TypedList<RawStep> = optional("step", RawStep::LIST),
    }

    /// What stands before, after or between turns.
    RawPart = "part" (|| words().script.what.part) {
        title: KeyValue<String> = needed("title", Short(LONG_TITLE)),
        minutes: Option<StageLength> = needed("minutes", MINUTES),
        at_least: KeyValue<Duration> = optional("at-least", SOME_MINUTES),
        moves_on: Flag = optional("moves-on", Truth),
        bell: Option<bool> = optional("bell", Truth),
        warnings: Vec<Located<i64>> = optional("warnings", WARNINGS),
        open: Flag = optional("open", Truth),
        hold: Flag = optional("hold", Truth),
        uses: KeyValue<String> = optional("use", Name),
        roles: NamedValues<Located<String>> = optional("roles", Names(&Text)),
        floor: KeyValue<String> = optional("floor", Name),
        steps: Vec<RawStep> = optional("step", RawStep::LIST),
    }

    /// A step. What it can ask stands behind what every step knows.
    RawStep = "step" (|| words().script.what.step) asks RawAsk::KEYS; roles true; {
        id: KeyValue<String> = optional("id", Name),
        all: KeyValue<String> = optional("all", Text),
        again: KeyValue<String> = optional("again", Text),
        to: KeyValue<String> = optional("to", Name),
        round: RawRound = optional("round", Either(&[Truth, RawGoes::TABLE])),
        together: Flag = optional("together", Truth),
        landing: Flag = optional("landing", Truth),
        depth: KeyValue<String> = optional("depth", DEPTHS),
        beyond: KeyValue<String> = optional("beyond", Name),
        at_most: Option<RawBound> = optional("at-most", RawBound::TABLE),
        fresh: Flag = optional("fresh", Truth),
        still: Flag = optional("still", Truth),
        crisis_card: Flag = optional("crisis-card", Truth),
        left_off: Flag = optional("left-off", Truth),
        numbers: Flag = optional("numbers", Truth),
        carry: Flag = optional("carry", Truth),
        recall: Flag = optional("recall", Truth),
        moves_on: Flag = optional("moves-on", Truth),
        floor: KeyValue<String> = optional("floor", Name),
        shows: Option<RawShown> = optional("shows", Either(&[Name, List(&Name)])),
        aloud: KeyValue<i64> = optional("aloud", Number(1, 600)),
        unseen: Flag = optional("unseen", Truth),
        several: Flag = optional("several", Truth),
        uses: KeyValue<String> = optional("use", Name),
        exits: NamedValues<Located<String>> = optional("exits", Names(&Name)),
        only: KeyValue<String> = optional("only", Word(&["alone", "together"])),
    }; beside {
        /// What each role is told, in the order of the script's roles.
        says: Vec<RawSays> = RawSays::read_all,
        asks: Vec<Located<RawAsk>> = RawAsk::read_all,
    }

    /// Who has a go in a round, beside everybody in order.
    RawGoes = "round" (|| words().script.what.round) {
        without: Vec<Located<String>> = optional("without", NAMES),
        first: Vec<Located<String>> = optional("first", NAMES),
        last: Vec<Located<String>> = optional("last", NAMES),
    }

    /// How often, and then where.
    RawBound = "bound" (|| words().script.what.bound) {
        visits: KeyValue<i64> = needed("visits", Number(1, MOST_VISITS)),
        then: KeyValue<String> = needed("then", Name),
    }

    /// What the program itself says beside the script.
    RawSentences = "sentences" (|| words().script.what.sentences) {
        silence: KeyValue<String> = optional("silence", Text),
        landing: KeyValue<String> = optional("landing", Text),
        over: KeyValue<String> = optional("over", Text),
        sign: KeyValue<String> = optional("sign", Text),
        next: KeyValue<String> = optional("next", Text),
    }

    /// Words by company.
    RawByRung = "by-rung" (|| words().script.what.by_rung) {
        silent: KeyValue<String> = optional("silent", Text),
        say_back: KeyValue<String> = optional("say-back", Text),
        guide: KeyValue<String> = optional("guide", Text),
    }
}

/// Whether each has a go, one after the other, and who not.
#[derive(Debug)]
pub(crate) struct RawRound {
    pub(crate) flag: Flag,
    pub(crate) goes: Option<RawGoes>,
}

impl RawRound {
    /// Whether each has a go.
    pub(crate) fn is_set(&self) -> bool {
        self.flag.is_set()
    }
}

impl FromKey<ScriptReading<'_>> for RawRound {
    fn from_key(key: &'static KeySpec, reader: &mut Reader<'_, ScriptReading<'_>>) -> Self {
        let typed = reader.value(key).filter(|value| value.get_ref().is_table());
        let Some(value) = typed else {
            let (flag, goes) = (Flag::from_key(key, reader), None);
            return Self { flag, goes };
        };
        let flag = Flag(Some(reader.key_span(key.name)));
        let goes = RawGoes::from_value(value, key, reader.report);
        Self { flag, goes }
    }
}

impl RawStage {
    /// Whether its length is what the others leave.
    pub(crate) fn gets_the_rest(&self) -> bool {
        let minutes = self.minutes.as_ref();
        minutes.is_some_and(|at| at.minutes.is_none())
    }

    /// Whether nothing but its steps may be wrong in it, so that its minutes are known.
    pub(crate) fn is_timed(&self) -> bool {
        // What belongs to turns may stand here because they are meant, and turns count for each person.
        let of_turns = self.landing.is_some() || self.between.is_some() || self.times.is_some();
        let of_turns = of_turns || !self.before.is_empty() || !self.after.is_empty();
        let turns = self.kind.as_ref().is_some_and(|kind| kind.it == "turns");
        self.steps.clean_before && (turns || !of_turns)
    }

    /// Whether it is a closing; nothing when nobody knows what it is.
    fn closes(&self) -> Option<bool> {
        let kind = self.kind.as_ref().map(|at| at.it.as_str());
        let kind = kind.filter(|kind| KINDS.contains(kind))?;
        Some(kind == "closing")
    }
}

impl RawScript {
    /// Whether it is read for one person here and is for several, too: then it has more than one role.
    pub(crate) fn is_for_several(&self) -> bool {
        self.alone_of_several
    }

    /// Whether every length that is typed could be read, and for whom it is.
    pub(crate) fn is_timed(&self) -> bool {
        let whole = self.people.is_some()
            && self.minutes.is_some() == self.minutes.typed
            && self.buffer.is_some() == self.buffer.typed
            && self.one_sided.is_some() == self.one_sided.typed;
        let closes = self.stages.iter().rev().map(RawStage::closes);
        let closes = closes.eq((0..self.stages.len()).map(|at| Some(at == 0)));
        let timed = self.stages.iter().all(RawStage::is_timed);
        whole && self.stages.complete && closes && timed
    }
}

impl FromValue<ScriptReading<'_>> for People {
    fn from_value(value: &Value, key: &KeySpec, report: &mut ScriptReading<'_>) -> Option<Self> {
        let w = &words().script.sentence;
        let small = |at: Located<i64>| u8::try_from(at.it).ok();
        match value.get_ref() {
            DeValue::Table(_) => {
                let range = RawPeople::from_value(value, key, report)?;
                let (from, to) = (range.from.and_then(small)?, range.to.and_then(small)?);
                if from > to {
                    report.problems.error(&range.span, &w.people_range, &[]);
                    return None;
                }
                // For one person it is read once more, for nobody but them.
                let several = Self {
                    from: from.max(2).min(to),
                    to,
                };
                report.alone = from == 1 && to > 1;
                Some(match report.of.alone && from == 1 {
                    true => Self { from, to: from },
                    false => several,
                })
            }
            DeValue::Integer(_) => {
                let from = Located::from_value(value, key, report).and_then(small)?;
                Some(Self { from, to: from })
            }
            DeValue::String(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                report.problems.error(&value.span(), &w.people_kind, &[]);
                None
            }
        }
    }
}

/// What one role is told: one text, or one for each rung.
#[derive(Debug)]
pub(crate) enum RawSays {
    Nothing,
    Same(Located<String>),
    ByRung([KeyValue<String>; Rung::COUNT], Span),
}

impl RawSays {
    /// Whether this role is told nothing.
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    fn read_all(reader: &mut Reader<'_, ScriptReading<'_>>) -> Vec<Self> {
        const KEY: &KeySpec<'static> = &optional("", Text);
        let roles = reader.report.roles();
        let read = |role: &String| {
            let value = reader.get(role)?;
            if !value.get_ref().is_table() {
                return reader.report.text(value, KEY).map(Self::Same);
            }
            let by = RawByRung::from_value(value, KEY, reader.report)?;
            Some(Self::ByRung([by.silent, by.say_back, by.guide], by.span))
        };
        let all = roles.iter().map(read);
        all.map(|says| says.unwrap_or(Self::Nothing)).collect()
    }
}

/// Whether a word can be a role: it is a key of steps, beside those that every step knows.
pub(crate) fn is_role(word: &str) -> bool {
    let in_role = |c: char| c.is_ascii_lowercase() || c == '-';
    (1..=20).contains(&word.len())
        && word.chars().all(in_role)
        && RawStep::SPEC.all().all(|key| key.name != word)
}

/// What stands around the turns of a stage.
pub(crate) fn parts_around(stage: &RawStage) -> impl Iterator<Item = &RawPart> {
    let parts = stage.before.iter().chain(&stage.after);
    parts.chain(&stage.between)
}

/// Every table, those of what a step can ask among them.
pub(crate) fn every_table() -> impl Iterator<Item = &'static TableSpec> {
    ALL.iter().chain(asks::ALL).copied()
}

/// What stands behind the key of this name, whatever table it is in; of two kinds the first one. Nothing when there is
/// no such key, or when it is another thing in another table.
pub(crate) fn kind_of(name: &str) -> Option<ValueKind> {
    let keys = every_table().flat_map(|table| table.all());
    let mut kinds = keys.filter(|key| key.name == name).map(|key| {
        let kind = if let Either([first, ..]) = key.kind {
            *first
        } else {
            key.kind
        };
        // Whoever types a word in place of minutes is told the same wherever that is.
        if let Minutes(least, most) = kind {
            return Number(least, most);
        }
        kind
    });
    let first = kinds.next()?;
    let alike = |kind: ValueKind| std::mem::discriminant(&kind) == std::mem::discriminant(&first);
    kinds.all(alike).then_some(first)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_has_words_and_no_other_has() {
        let told = &words().format;
        for table in every_table() {
            let known: BTreeSet<&str> = table.names().into_iter().collect();
            let said = told.keys.get(table.name).expect("it has words");
            assert_eq!(known, said.keys().collect(), "{}", table.name);
            assert!(told.about.get(table.name).is_some(), "{}", table.name);
        }
        let needs: BTreeSet<&str> = told.needs.keys().collect();
        assert_eq!(needs, NEEDS.into_iter().collect());
        assert_eq!(told.keys.keys().count(), every_table().count());
        // Beside the tables: the whole file, and the steps of a module.
        assert_eq!(told.about.keys().count(), every_table().count() + 2);
    }

    #[test]
    fn what_a_role_hears_by_rung_has_a_key_for_each_rung() {
        assert_eq!(RawByRung::SPEC.names(), Rung::WORDS);
    }
}
