//! A step as it is typed.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::model::Rung;
use super::problem::Problems;
use super::reader::{At, Reader, number, table, text, wrong_kind};
use crate::words::{WhatWords, words};

/// A step.
#[derive(Debug)]
pub struct RawStep {
    pub id: Option<At<String>>,
    pub all: Option<At<String>>,
    /// By role, in the order of the script's roles.
    pub says: Vec<RawSays>,
    pub asks: Vec<At<RawAsk>>,
    pub to: Option<At<String>>,
    pub round: bool,
    pub landing: bool,
    pub depth: Option<At<String>>,
    pub beyond: Option<At<String>>,
    pub at_most: Option<RawBound>,
    pub fresh: bool,
    pub still: bool,
    pub only: Option<At<String>>,
    /// Whether something in it could not be read, so that more would only follow from that.
    pub broken: bool,
    pub span: Range<usize>,
}

/// What one role is told: one text, or one for each rung.
#[derive(Debug)]
pub enum RawSays {
    Nothing,
    Same(At<String>),
    ByRung([Option<At<String>>; 3], Range<usize>),
}

/// How often, and then where.
#[derive(Debug)]
pub struct RawBound {
    pub visits: Option<At<i64>>,
    pub then: Option<At<String>>,
}

/// What is asked.
#[derive(Debug)]
pub enum RawAsk {
    Answers(Vec<RawAnswer>),
    Rating(Vec<(u8, At<String>)>),
    Consent(Option<At<String>>),
    Gate {
        questions: Vec<At<String>>,
        short: Option<At<String>>,
        not_today: Option<At<String>>,
    },
    Agreement {
        lines: Vec<At<String>>,
        unsigned: Option<At<String>>,
    },
    Order,
    Support {
        rungs: Vec<At<String>>,
        warnings: Vec<At<i64>>,
        usual: Vec<At<i64>>,
    },
    Rest(i64),
    Keep,
}

/// One answer.
#[derive(Debug)]
pub struct RawAnswer {
    pub says: Option<At<String>>,
    pub to: Option<At<String>>,
    pub rung: Option<At<String>>,
    pub ceiling: Option<At<String>>,
    pub only: Option<At<String>>,
}

const ASKS: [&str; 9] = [
    "answers",
    "rating",
    "consent",
    "gate",
    "agreement",
    "order",
    "support",
    "rest",
    "keep",
];
const OTHERS: [&str; 11] = [
    "id", "all", "to", "round", "landing", "depth", "beyond", "at-most", "fresh", "still", "only",
];

/// Reads a step.
pub fn step(
    table: &DeTable<'_>,
    span: Range<usize>,
    roles: &[At<String>],
    problems: &mut Problems,
) -> RawStep {
    let before = problems.all.len();
    let known: Vec<&str> = OTHERS
        .iter()
        .chain(&ASKS)
        .copied()
        .chain(roles.iter().map(|role| role.it.as_str()))
        .collect();
    let reader = Reader::new(table, span.clone(), &what().step, &known, problems);
    let asks = ASKS
        .iter()
        .filter_map(|key| {
            let value = reader.get(key)?;
            let it = ask(key, value, problems)?;
            Some(At {
                it,
                span: reader.key_span(key),
            })
        })
        .collect();
    let mut step = RawStep {
        id: reader.text("id", problems),
        all: reader.text("all", problems),
        says: roles
            .iter()
            .map(|role| says(reader.get(&role.it), problems))
            .collect(),
        to: reader.text("to", problems),
        round: reader.flag("round", problems),
        landing: reader.flag("landing", problems),
        depth: reader.text("depth", problems),
        beyond: reader.text("beyond", problems),
        at_most: reader.table("at-most", problems).map(|(table, span)| {
            let bound = Reader::new(table, span, &what().bound, &["visits", "then"], problems);
            RawBound {
                visits: bound.needed_number("visits", 1..=9, problems),
                then: bound.needed_text("then", problems),
            }
        }),
        fresh: reader.flag("fresh", problems),
        still: reader.flag("still", problems),
        only: reader.text("only", problems),
        asks,
        broken: false,
        span,
    };
    step.broken = problems.all.len() > before;
    step
}

fn what() -> &'static WhatWords {
    &words().script.what
}

fn says(value: Option<&Spanned<DeValue<'_>>>, problems: &mut Problems) -> RawSays {
    let Some(value) = value else {
        return RawSays::Nothing;
    };
    let Some(table) = value.get_ref().as_table() else {
        return text(value, problems).map_or(RawSays::Nothing, RawSays::Same);
    };
    let known = Rung::ALL.map(Rung::word);
    let reader = Reader::new(table, value.span(), &what().by_rung, &known, problems);
    RawSays::ByRung(known.map(|rung| reader.text(rung, problems)), value.span())
}

fn ask(key: &str, value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> Option<RawAsk> {
    match key {
        "answers" => list(value, problems).map(|values| {
            RawAsk::Answers(
                values
                    .iter()
                    .filter_map(|value| answer(value, problems))
                    .collect(),
            )
        }),
        "rating" => rating(value, problems),
        "consent" => {
            let reader = inner(value, &what().consent, &["without"], problems)?;
            Some(RawAsk::Consent(reader.text("without", problems)))
        }
        "gate" => {
            let reader = inner(
                value,
                &what().gate,
                &["questions", "short", "not-today"],
                problems,
            )?;
            Some(RawAsk::Gate {
                questions: texts(&reader, "questions", problems),
                short: reader.needed_text("short", problems),
                not_today: reader.needed_text("not-today", problems),
            })
        }
        "agreement" => {
            let reader = inner(value, &what().agreement, &["lines", "unsigned"], problems)?;
            Some(RawAsk::Agreement {
                lines: texts(&reader, "lines", problems),
                unsigned: reader.needed_text("unsigned", problems),
            })
        }
        "support" => support(value, problems),
        "rest" => number(value, 10..=600, problems).map(|at| RawAsk::Rest(at.it)),
        "order" => yes(value, problems).then_some(RawAsk::Order),
        "keep" => yes(value, problems).then_some(RawAsk::Keep),
        _ => None,
    }
}

fn yes(value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> bool {
    let said = value.get_ref().as_bool() == Some(true);
    if !said {
        problems.error(value.span(), &words().script.sentence.not_true, &[]);
    }
    said
}

fn inner<'a, 'i>(
    value: &'a Spanned<DeValue<'i>>,
    what: &'static str,
    known: &[&str],
    problems: &mut Problems,
) -> Option<Reader<'a, 'i>> {
    let (table, span) = table(value, problems)?;
    Some(Reader::new(table, span, what, known, problems))
}

fn list<'a, 'i>(
    value: &'a Spanned<DeValue<'i>>,
    problems: &mut Problems,
) -> Option<&'a [Spanned<DeValue<'i>>]> {
    let found = value.get_ref().as_array();
    if found.is_none() {
        wrong_kind(value, &words().script.kind.list, problems);
    }
    found.map(|array| &array[..])
}

fn texts(reader: &Reader<'_, '_>, key: &str, problems: &mut Problems) -> Vec<At<String>> {
    let values = reader.list(key, problems);
    if values.is_empty() {
        problems.error(
            reader.key_span(key),
            &words().script.sentence.empty_list,
            &[("key", key)],
        );
    }
    values
        .iter()
        .filter_map(|value| text(value, problems))
        .collect()
}

fn answer(value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> Option<RawAnswer> {
    let reader = inner(
        value,
        &what().answer,
        &["says", "to", "rung", "ceiling", "only"],
        problems,
    )?;
    Some(RawAnswer {
        says: reader.needed_text("says", problems),
        to: reader.text("to", problems),
        rung: reader.text("rung", problems),
        ceiling: reader.text("ceiling", problems),
        only: reader.text("only", problems),
    })
}

fn rating(value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> Option<RawAsk> {
    let (table, _) = table(value, problems)?;
    let mut bounds = Vec::new();
    for (key, value) in table {
        let bound = key.get_ref().parse::<u8>().ok().filter(|n| *n <= 10);
        let Some(bound) = bound else {
            problems.error(key.span(), &words().script.sentence.rating_bound, &[]);
            continue;
        };
        if let Some(target) = text(value, problems) {
            bounds.push((bound, target));
        }
    }
    bounds.sort_by_key(|(bound, _)| std::cmp::Reverse(*bound));
    Some(RawAsk::Rating(bounds))
}

fn support(value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> Option<RawAsk> {
    let reader = inner(
        value,
        &what().support,
        &["rungs", "warnings", "usual"],
        problems,
    )?;
    let numbers = |key: &str, problems: &mut Problems| {
        reader
            .list(key, problems)
            .iter()
            .filter_map(|value| number(value, 1..=30, problems))
            .collect()
    };
    let warnings = numbers("warnings", problems);
    let usual = numbers("usual", problems);
    Some(RawAsk::Support {
        rungs: reader
            .list("rungs", problems)
            .iter()
            .filter_map(|value| text(value, problems))
            .collect(),
        warnings,
        usual,
    })
}

/// Whether a word can be a role: it is a key of steps, beside those that every step knows.
pub fn is_role(word: &str) -> bool {
    (1..=20).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        && !ASKS.contains(&word)
        && !OTHERS.contains(&word)
}
