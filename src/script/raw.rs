//! A script as it is typed: read strictly, every value with its place, nothing resolved yet.

use std::collections::HashSet;
use std::ops::Range;
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::keys::{self, THE_REST};
use super::problem::Problems;
use super::raw_step::{RawStep, step};
use super::reader::{At, Reader, table, text, wrong_kind};
use super::steps::is_role;
use crate::words::{ScriptWhatWords, words};

/// A script file.
#[derive(Debug)]
pub struct RawScript {
    pub title: Option<At<String>>,
    pub summary: Option<At<String>>,
    pub language: Option<At<String>>,
    pub needs: Vec<At<String>>,
    pub people: Option<RawPeople>,
    pub roles: Vec<At<String>>,
    pub minutes: Option<At<i64>>,
    pub ceiling: Option<At<String>>,
    pub buffer: Option<At<Duration>>,
    pub shorter: Option<At<String>>,
    pub clock: Option<At<String>>,
    pub one_sided: Option<At<String>>,
    pub rungs: Vec<(At<String>, At<String>)>,
    pub wording: Vec<RawPack>,
    pub stages: Vec<RawStage>,
    /// Whether any were typed, readable or not.
    pub typed_stages: bool,
    /// The same of the whole length.
    pub typed_minutes: bool,
    /// Whether every length that is typed could be read, and for whom it is.
    pub timed: bool,
    /// Where the file's own keys stand, for what is missing.
    pub span: Range<usize>,
}

/// For how many people.
#[derive(Clone, Debug)]
pub struct RawPeople {
    pub from: u8,
    pub to: u8,
}

/// A pack of words.
#[derive(Debug)]
pub struct RawPack {
    pub name: Option<At<String>>,
    pub title: Option<At<String>>,
    pub words: Vec<(At<String>, At<String>)>,
    pub span: Range<usize>,
}

/// A module file.
#[derive(Debug)]
pub struct RawModule {
    pub title: Option<At<String>>,
    pub summary: Option<At<String>>,
    pub offer: Option<At<String>>,
    pub clock: Option<At<String>>,
    pub exits: Vec<At<String>>,
    pub wording: Vec<RawPack>,
    pub steps: Vec<RawStep>,
}

/// A stage, or what stands around a turn.
#[derive(Debug)]
pub struct RawStage {
    /// Under which key it stands around a turn.
    pub around: Option<&'static str>,
    pub kind: Option<At<String>>,
    pub id: Option<At<String>>,
    pub title: Option<At<String>>,
    pub minutes: Option<At<Duration>>,
    /// Whether it gets what the others leave.
    pub rest: bool,
    pub at_least: Option<At<Duration>>,
    pub uses: Option<At<String>>,
    pub landing: Option<At<Duration>>,
    /// Whether these keys are there, readable or not.
    pub typed_kind: bool,
    pub typed_landing: bool,
    pub times: Option<At<i64>>,
    pub moves_on: Option<Range<usize>>,
    pub may_skip: Option<Range<usize>>,
    pub floor: Option<At<String>>,
    pub half_way: Option<At<String>>,
    pub before: Vec<RawStage>,
    pub after: Vec<RawStage>,
    pub between: Option<Box<RawStage>>,
    pub asides: Vec<At<String>>,
    pub roles: Vec<(At<String>, At<String>)>,
    pub at_most: Vec<(At<String>, At<i64>)>,
    pub steps: Vec<RawStep>,
    /// Whether nothing but its steps may be wrong in it, so that its minutes are known.
    pub timed: bool,
    pub span: Range<usize>,
}

fn what_words() -> &'static ScriptWhatWords {
    &words().script.what
}

/// The first letters of a file, so that a problem of the whole file has a place.
fn top() -> Range<usize> {
    0..1
}

/// Reads a script, unless its format can't be read at all.
pub fn script(root: &DeTable<'_>, problems: &mut Problems) -> Option<RawScript> {
    if let Some((key, _)) = root.get_key_value("step")
        && !root.contains_key("stage")
    {
        problems.error(key.span(), &words().script.sentence.is_a_module, &[]);
        return None;
    }
    let reader = Reader::new(root, top(), &what_words().script, &keys::SCRIPT, problems);
    format(&reader, problems)?;
    reader.needed_list("roles", problems);
    let roles = texts(&reader, "roles", problems);
    // Without good roles every word to one of them would look like an unknown key.
    let differ = roles
        .iter()
        .map(|role| &role.it)
        .collect::<HashSet<_>>()
        .len()
        == roles.len();
    let usable = differ && !roles.is_empty() && roles.iter().all(|role| is_role(&role.it));
    let stages = if usable {
        stages(&reader, &roles, problems)
    } else {
        Vec::new()
    };
    let found = RawScript {
        title: reader.needed_text("title", problems),
        summary: reader.needed_text("summary", problems),
        language: reader.text("language", problems),
        needs: texts(&reader, "needs", problems),
        people: people(&reader, problems),
        minutes: reader.number("minutes", problems),
        ceiling: reader.needed_text("ceiling", problems),
        buffer: reader.minutes("buffer", problems),
        shorter: reader.text("shorter", problems),
        clock: reader.text("clock", problems),
        one_sided: reader.text("one-sided", problems),
        rungs: pairs(&reader, "rungs", problems, text),
        wording: wording(&reader, problems),
        typed_stages: reader.get_or_meant("stage"),
        typed_minutes: reader.get_or_meant("minutes"),
        timed: false,
        span: top(),
        roles,
        stages,
    };
    let whole = found.people.is_some()
        && found.minutes.is_some() == found.typed_minutes
        && found.buffer.is_some() == reader.get_or_meant("buffer")
        && found.one_sided.is_some() == reader.get_or_meant("one-sided");
    let typed = reader
        .get("stage")
        .and_then(|value| value.get_ref().as_array());
    let all = typed.is_some_and(|typed| typed.len() == found.stages.len());
    let closes = found.stages.iter().rev().map(RawStage::closes);
    let closes = closes.eq((0..found.stages.len()).map(|at| Some(at == 0)));
    Some(RawScript {
        timed: whole && all && closes && found.stages.iter().all(|stage| stage.timed),
        ..found
    })
}

impl RawStage {
    /// Whether it is a closing; nothing when nobody knows what it is.
    fn closes(&self) -> Option<bool> {
        let kind = self.kind.as_ref().map(|at| at.it.as_str());
        let kind = kind.filter(|kind| keys::KINDS.contains(kind))?;
        Some(kind == "closing")
    }
}

/// The texts of a list.
fn texts(reader: &Reader<'_, '_>, key: &str, problems: &mut Problems) -> Vec<At<String>> {
    reader
        .list(key, problems)
        .iter()
        .filter_map(|value| text(value, problems))
        .collect()
}

/// A number of people, or the fewest and the most.
fn people(reader: &Reader<'_, '_>, problems: &mut Problems) -> Option<RawPeople> {
    let small = |at: At<i64>| u8::try_from(at.it).ok();
    if reader
        .get("people")
        .is_none_or(|value| !value.get_ref().is_table())
    {
        if let Some(value) = reader
            .get("people")
            .filter(|value| !value.get_ref().is_integer())
        {
            let people_kind = &words().script.sentence.people_kind;
            problems.error(value.span(), people_kind, &[]);
            return None;
        }
        let from = reader.needed_number("people", problems).and_then(small)?;
        return Some(RawPeople { from, to: from });
    }
    let (table, inner) = reader.table("people", problems)?;
    let range = Reader::new(
        table,
        inner.clone(),
        &what_words().people,
        &keys::PEOPLE,
        problems,
    );
    let from = range.needed_number("from", problems).and_then(small);
    let to = range.needed_number("to", problems).and_then(small);
    let (from, to) = (from?, to?);
    if from > to {
        let few = &words().script.sentence.people_range;
        problems.error(inner, few, &[]);
        return None;
    }
    Some(RawPeople { from, to })
}

fn wording(reader: &Reader<'_, '_>, problems: &mut Problems) -> Vec<RawPack> {
    let mut packs = Vec::new();
    for value in reader.list("wording", problems) {
        let Some((table, span)) = table(value, problems) else {
            continue;
        };
        let what = &what_words().pack;
        let pack = Reader::new(table, span.clone(), what, &keys::PACK, problems);
        packs.push(RawPack {
            name: pack.needed_text("name", problems),
            title: pack.text("title", problems),
            words: pairs(&pack, "words", problems, text),
            span,
        });
    }
    packs
}

fn stages(reader: &Reader<'_, '_>, roles: &[At<String>], problems: &mut Problems) -> Vec<RawStage> {
    reader
        .list("stage", problems)
        .iter()
        .filter_map(|value| {
            let (table, span) = table(value, problems)?;
            Some(stage((table, span), roles, None, problems))
        })
        .collect()
}

/// Reads a module; `roles` are those of the script that uses it.
pub fn module(
    root: &DeTable<'_>,
    roles: &[At<String>],
    problems: &mut Problems,
) -> Option<RawModule> {
    let reader = Reader::new(root, top(), &what_words().module, &keys::MODULE, problems);
    format(&reader, problems)?;
    Some(RawModule {
        title: reader.needed_text("title", problems),
        summary: reader.text("summary", problems),
        offer: reader.text("offer", problems),
        clock: reader.text("clock", problems),
        exits: texts(&reader, "exits", problems),
        wording: wording(&reader, problems),
        steps: steps(&reader, roles, problems),
    })
}

fn steps(reader: &Reader<'_, '_>, roles: &[At<String>], problems: &mut Problems) -> Vec<RawStep> {
    reader
        .list("step", problems)
        .iter()
        .filter_map(|value| {
            let (table, span) = table(value, problems)?;
            Some(step(table, span, roles, problems))
        })
        .collect()
}

/// Only this format is read: what a newer one means cannot be guessed.
fn format(reader: &Reader<'_, '_>, problems: &mut Problems) -> Option<()> {
    let format = reader.needed_number("format", problems)?;
    if format.it == 1 {
        return Some(());
    }
    problems.error(
        format.span,
        &words().script.sentence.other_format,
        &[("n", &format.it.to_string())],
    );
    None
}

/// A stage, or what stands `around` a turn under this key.
fn stage(
    (table, span): (&DeTable<'_>, Range<usize>),
    roles: &[At<String>],
    around: Option<&'static str>,
    problems: &mut Problems,
) -> RawStage {
    let (what, keys) = match around {
        Some(_) => (&what_words().part, &keys::PART),
        None => (&what_words().stage, &keys::STAGE),
    };
    let known = problems.all.len();
    let reader = Reader::new(table, span.clone(), what, keys, problems);
    let part = |value: &toml::Spanned<DeValue<'_>>, key, problems: &mut Problems| {
        let place = super::reader::table(value, problems)?;
        Some(stage(place, roles, Some(key), problems))
    };
    let parts = |key: &'static str, problems: &mut Problems| {
        let values = reader.list(key, problems).iter();
        let parts = values.filter_map(|value| part(value, key, problems));
        parts.collect()
    };
    // The word for what the others leave is the only one that stands where minutes stand.
    let rest = reader
        .get("minutes")
        .is_some_and(|value| value.get_ref().as_str() == Some(THE_REST));
    let flag = |key: &str, problems: &mut Problems| {
        let set = reader.flag(key, problems);
        set.then(|| reader.key_span(key))
    };
    let mut read = RawStage {
        around,
        kind: reader.text("kind", problems),
        id: reader.text("id", problems),
        title: reader.needed_text("title", problems),
        minutes: if rest {
            Some(At {
                it: Duration::ZERO,
                span: reader.key_span("minutes"),
            })
        } else {
            reader.needed_minutes("minutes", problems)
        },
        rest,
        at_least: reader.minutes("at-least", problems),
        uses: reader.text("use", problems),
        landing: reader.minutes("landing", problems),
        typed_kind: reader.get_or_meant("kind"),
        typed_landing: reader.get_or_meant("landing"),
        times: reader.number("times", problems),
        moves_on: flag("moves-on", problems),
        may_skip: flag("may-skip", problems),
        floor: reader.text("floor", problems),
        half_way: reader.text("half-way", problems),
        before: parts("before", problems),
        after: parts("after", problems),
        between: reader
            .get("between")
            .and_then(|value| part(value, "between", problems).map(Box::new)),
        asides: texts(&reader, "asides", problems),
        roles: pairs(&reader, "roles", problems, text),
        at_most: pairs(&reader, "at-most", problems, |value, problems| {
            super::reader::number(value, reader.range("at-most"), problems)
        }),
        steps: Vec::new(),
        timed: false,
        span,
    };
    // What belongs to turns may stand here because they are meant, and turns count for each person.
    let of_turns = read.landing.is_some() || read.between.is_some() || read.times.is_some();
    let of_turns = of_turns || !read.before.is_empty() || !read.after.is_empty();
    let turns = read.kind.as_ref().is_some_and(|kind| kind.it == "turns");
    read.timed = problems.all.len() == known && (turns || !of_turns);
    read.steps = steps(&reader, roles, problems);
    read
}

/// A table of names to values.
pub fn pairs<T>(
    reader: &Reader<'_, '_>,
    key: &str,
    problems: &mut Problems,
    read: impl Fn(&toml::Spanned<DeValue<'_>>, &mut Problems) -> Option<At<T>>,
) -> Vec<(At<String>, At<T>)> {
    let Some(value) = reader.get(key) else {
        return Vec::new();
    };
    let Some(table) = value.get_ref().as_table() else {
        wrong_kind(value, &words().script.kind.table, problems);
        return Vec::new();
    };
    table
        .iter()
        .filter_map(|(name, value)| {
            let name = At {
                it: name.get_ref().to_string(),
                span: name.span(),
            };
            read(value, problems).map(|value| (name, value))
        })
        .collect()
}
