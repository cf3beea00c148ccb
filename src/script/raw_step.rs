//! A step as it is typed.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, ASKS};
use super::model::Rung;
use super::problem::Problems;
use super::raw_ask::ask;
use super::reader::{At, Reader, text};
use crate::words::{ScriptWhatWords, words};

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
    pub crisis_card: bool,
    pub left_off: bool,
    pub numbers: bool,
    /// Whether a number says how much somebody can carry.
    pub carry: Option<Range<usize>>,
    pub only: Option<At<String>>,
    /// Whether answers are given unseen.
    pub unseen: Option<Range<usize>>,
    pub uses: Option<At<String>>,
    pub exits: Vec<(At<String>, At<String>)>,
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

impl RawSays {
    /// Whether this role is told nothing.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
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
    Consent {
        of: Vec<At<String>>,
        without: Option<At<String>>,
        means: Option<At<String>>,
    },
    Gate {
        questions: Vec<At<String>>,
        short: Option<At<String>>,
        not_today: Option<At<String>>,
    },
    Agreement {
        lines: Vec<At<String>>,
        unsigned: Option<At<String>>,
        for_today: bool,
    },
    Order,
    Support {
        rungs: Vec<At<String>>,
        warnings: Vec<At<i64>>,
        usual: Vec<At<i64>>,
    },
    Write {
        name: Option<At<String>>,
        otherwise: Option<At<String>>,
        suggestions: Vec<At<String>>,
        card: Option<At<String>>,
    },
    Note,
    Promise,
    Rest {
        seconds: i64,
        pacer: Option<RawPacer>,
    },
    Keep,
}

/// A pace for the breath.
#[derive(Debug)]
pub struct RawPacer {
    pub breath_in: u8,
    pub breath_out: u8,
    pub hold: u8,
}

/// One answer.
#[derive(Debug)]
pub struct RawAnswer {
    pub says: Option<At<String>>,
    pub to: Option<At<String>>,
    pub rung: Option<At<String>>,
    pub ceiling: Option<At<String>>,
    pub promise: Option<At<String>>,
    pub only: Option<At<String>>,
}

/// Reads a step.
pub fn step(
    table: &DeTable<'_>,
    span: Range<usize>,
    roles: &[At<String>],
    problems: &mut Problems,
) -> RawStep {
    let before = problems.all.len();
    let what_keys = (what().step, &keys::STEP);
    let reader = Reader::with_roles(table, span.clone(), what_keys, roles, problems);
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
            let bound = Reader::new(table, span, &what().bound, &keys::BOUND, problems);
            RawBound {
                visits: bound.needed_number("visits", problems),
                then: bound.needed_text("then", problems),
            }
        }),
        fresh: reader.flag("fresh", problems),
        still: reader.flag("still", problems),
        crisis_card: reader.flag("crisis-card", problems),
        left_off: reader.flag("left-off", problems),
        numbers: reader.flag("numbers", problems),
        carry: reader
            .flag("carry", problems)
            .then(|| reader.key_span("carry")),
        only: reader.text("only", problems),
        unseen: reader
            .flag("unseen", problems)
            .then(|| reader.key_span("unseen")),
        uses: reader.text("use", problems),
        exits: super::raw::pairs(&reader, "exits", problems, text),
        asks,
        broken: false,
        span,
    };
    step.broken = problems.all.len() > before;
    step
}

/// What is read, in words.
pub fn what() -> &'static ScriptWhatWords {
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
    let reader = Reader::new(
        table,
        value.span(),
        &what().by_rung,
        &keys::BY_RUNG,
        problems,
    );
    RawSays::ByRung(known.map(|rung| reader.text(rung, problems)), value.span())
}
