//! A script as it is typed: read strictly, every value with its place, nothing resolved yet.

use std::collections::HashSet;
use std::ops::Range;
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::problem::Problems;
use super::raw_step::{RawStep, is_role, step};
use super::reader::{At, Reader, table, text, wrong_kind};
use crate::words::{WhatWords, words};

/// A script file.
#[derive(Debug)]
pub struct RawScript {
    pub title: Option<At<String>>,
    pub summary: Option<At<String>>,
    pub people: Option<At<i64>>,
    pub roles: Vec<At<String>>,
    pub minutes: Option<At<i64>>,
    pub ceiling: Option<At<String>>,
    pub buffer: Option<At<Duration>>,
    pub shorter: Option<At<String>>,
    pub stages: Vec<RawStage>,
    /// Whether any were typed, readable or not.
    pub typed_stages: bool,
    /// Where the file's own keys stand, for what is missing.
    pub span: Range<usize>,
}

/// A module file.
#[derive(Debug)]
pub struct RawModule {
    pub offer: Option<At<String>>,
    pub clock: Option<At<String>>,
    pub steps: Vec<RawStep>,
}

/// A stage, or what stands between two turns.
#[derive(Debug)]
pub struct RawStage {
    pub kind: Option<At<String>>,
    pub title: Option<At<String>>,
    pub minutes: Option<At<Duration>>,
    pub at_least: Option<At<Duration>>,
    pub uses: Option<At<String>>,
    pub landing: Option<At<Duration>>,
    /// Whether these keys are there, readable or not.
    pub typed_kind: bool,
    pub typed_landing: bool,
    pub between: Option<Box<RawStage>>,
    pub asides: Vec<At<String>>,
    pub roles: Vec<(At<String>, At<String>)>,
    pub at_most: Vec<(At<String>, At<i64>)>,
    pub steps: Vec<RawStep>,
    pub span: Range<usize>,
}

const SCRIPT_KEYS: [&str; 10] = [
    "format", "title", "summary", "people", "roles", "minutes", "ceiling", "buffer", "shorter",
    "stage",
];
const MODULE_KEYS: [&str; 6] = ["format", "title", "summary", "offer", "clock", "step"];
const STAGE_KEYS: [&str; 11] = [
    "kind", "title", "minutes", "at-least", "use", "landing", "between", "asides", "roles",
    "at-most", "step",
];
const BETWEEN_KEYS: [&str; 5] = ["title", "minutes", "at-least", "use", "step"];

fn what_words() -> &'static WhatWords {
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
    let reader = Reader::new(root, top(), &what_words().script, &SCRIPT_KEYS, problems);
    format(&reader, problems)?;
    let roles: Vec<At<String>> = reader
        .needed_list("roles", problems)
        .iter()
        .filter_map(|value| text(value, problems))
        .collect();
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
    Some(RawScript {
        title: reader.needed_text("title", problems),
        summary: reader.needed_text("summary", problems),
        people: reader.needed_number("people", 1..=i64::from(super::MOST_PEOPLE), problems),
        minutes: reader.needed_number("minutes", 2..=240, problems),
        ceiling: reader.needed_text("ceiling", problems),
        buffer: reader.minutes("buffer", problems),
        shorter: reader.text("shorter", problems),
        typed_stages: reader.get_or_meant("stage"),
        span: top(),
        roles,
        stages,
    })
}

fn stages(reader: &Reader<'_, '_>, roles: &[At<String>], problems: &mut Problems) -> Vec<RawStage> {
    reader
        .list("stage", problems)
        .iter()
        .filter_map(|value| {
            let (table, span) = table(value, problems)?;
            Some(stage(
                table,
                span,
                roles,
                (&what_words().stage, &STAGE_KEYS),
                problems,
            ))
        })
        .collect()
}

/// Reads a module; `roles` are those of the script that uses it.
pub fn module(
    root: &DeTable<'_>,
    roles: &[At<String>],
    problems: &mut Problems,
) -> Option<RawModule> {
    let reader = Reader::new(root, top(), &what_words().module, &MODULE_KEYS, problems);
    format(&reader, problems)?;
    // Read for their own sake: people choose modules by them.
    reader.needed_text("title", problems);
    reader.text("summary", problems);
    Some(RawModule {
        offer: reader.text("offer", problems),
        clock: reader.text("clock", problems),
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
    let format = reader.needed_number("format", 1..=999, problems)?;
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

fn stage(
    table: &DeTable<'_>,
    span: Range<usize>,
    roles: &[At<String>],
    (what, known): (&'static str, &[&str]),
    problems: &mut Problems,
) -> RawStage {
    let reader = Reader::new(table, span.clone(), what, known, problems);
    let between = reader.table("between", problems).map(|(table, span)| {
        Box::new(stage(
            table,
            span,
            roles,
            (&what_words().between, &BETWEEN_KEYS),
            problems,
        ))
    });
    RawStage {
        kind: reader.text("kind", problems),
        title: reader.needed_text("title", problems),
        minutes: reader.needed_minutes("minutes", problems),
        at_least: reader.minutes("at-least", problems),
        uses: reader.text("use", problems),
        landing: reader.minutes("landing", problems),
        typed_kind: reader.get_or_meant("kind"),
        typed_landing: reader.get_or_meant("landing"),
        asides: reader
            .list("asides", problems)
            .iter()
            .filter_map(|value| text(value, problems))
            .collect(),
        roles: pairs(&reader, "roles", problems, text),
        at_most: pairs(&reader, "at-most", problems, |value, problems| {
            super::reader::number(value, 1..=9, problems)
        }),
        steps: steps(&reader, roles, problems),
        between,
        span,
    }
}

/// A table of names to values.
fn pairs<T>(
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
