//! A module that is checked without a script around it: as whatever place it fits.

use std::sync::Arc;

use super::head::People;
use super::lower::{Builder, MOST_STEPS};
use super::model::Depth;
use super::modules::MODULE_ROLES;
use super::problem::{Problem, Problems, Severity};
use super::raw::{self, RawModule};
use super::raw_step::{RawAsk, RawStep};
use super::reader::At;
use super::says::Names;
use super::source::Source;
use super::steps::{Common, Place};
use super::{Library, syntax};
use crate::words::words;

/// The places that steps without a mark of their own may be made for, the likeliest first.
const PLACES: [Place; 6] = [
    Place::Stage,
    Place::Turn,
    Place::Closing,
    Place::Aside,
    Place::Stop,
    Place::MiniClose,
];

/// Reads a module by the name `name` and checks it on its own.
///
/// Nobody says where it will stand. What it is made for shows in it: an `offer` is stepped into, a landing or a
/// depth belongs to a turn. Where nothing shows it is tried in each place, for two people, alone, and for three;
/// it is without a problem when it fits one of them, and otherwise the fewest errors are told. A module that has
/// `only` in it is made for two people and alone, so it has to fit both.
#[must_use]
pub fn check_module(name: &str, source: Source, library: &dyn Library) -> Vec<Problem> {
    let source = Arc::new(source);
    let mut problems = Problems::of(Arc::clone(&source));
    let roles = MODULE_ROLES.map(|role| At {
        it: role.to_owned(),
        span: 0..0,
    });
    let root = syntax::parse(&source, &mut problems);
    let raw = root.and_then(|root| raw::module(root.get_ref(), &roles, &mut problems));
    let Some(raw) = raw else {
        return problems.all;
    };
    let w = &words().script.sentence;
    if raw.steps.len() > MOST_STEPS {
        let (steps, most) = (raw.steps.len().to_string(), MOST_STEPS.to_string());
        let values = [("steps", &*steps), ("most", &*most)];
        problems.error(0..1, &w.too_many_steps, &values);
        return problems.all;
    }
    if raw.steps.is_empty() && problems.all.is_empty() {
        problems.error(0..1, &w.no_module_steps, &[]);
    }
    if let (Some(offer), None) = (&raw.offer, &raw.clock) {
        problems.error(offer.span.clone(), &w.no_clock, &[("name", name)]);
    }
    let mut best: Option<Vec<Problem>> = None;
    for place in places(&raw) {
        for company in companies(&raw) {
            let mut found: Vec<Problem> = Vec::new();
            for people in *company {
                let more = told(name, &source, library, &raw, *place, *people);
                for problem in more {
                    if !found.contains(&problem) {
                        found.push(problem);
                    }
                }
            }
            if best
                .as_ref()
                .is_none_or(|best| errors(&found) < errors(best))
            {
                best = Some(found);
            }
            if best.as_ref().is_some_and(|best| errors(best) == 0) {
                break;
            }
        }
    }
    let mut all = problems.all;
    all.extend(best.unwrap_or_default());
    all.sort_by_key(|problem| problem.span.start);
    all
}

/// The problem of a module that has the name of a shipped one.
#[must_use]
pub fn shadows(name: &str, source: &Source) -> Problem {
    let sentence = &words().script.sentence.module_shadows;
    Problem::error(Arc::new(source.clone()), sentence, &[("name", name)])
}

fn errors(problems: &[Problem]) -> usize {
    let is_error = |problem: &&Problem| problem.severity == Severity::Error;
    problems.iter().filter(is_error).count()
}

/// Where it may stand.
fn places(raw: &RawModule) -> &'static [Place] {
    let in_turn = |step: &RawStep| step.landing || step.depth.is_some() || step.beyond.is_some();
    if raw.offer.is_some() || raw.clock.is_some() {
        &[Place::Aside]
    } else if raw.steps.iter().any(in_turn) {
        &[Place::Turn]
    } else {
        &PLACES
    }
}

/// With how many people it is tried; those of one list have to fit all of them.
fn companies(raw: &RawModule) -> &'static [&'static [u8]] {
    let marked = |step: &RawStep| {
        let answers = step.asks.iter().any(|ask| match &ask.it {
            RawAsk::Answers(answers) => answers.iter().any(|answer| answer.only.is_some()),
            RawAsk::Rating(_)
            | RawAsk::Consent { .. }
            | RawAsk::Gate { .. }
            | RawAsk::Agreement { .. }
            | RawAsk::Order
            | RawAsk::Support { .. }
            | RawAsk::Write { .. }
            | RawAsk::Note
            | RawAsk::Promise
            | RawAsk::Rest { .. }
            | RawAsk::Keep => false,
        });
        answers || step.only.is_some()
    };
    if raw.steps.iter().any(marked) {
        &[&[2, 1]]
    } else {
        &[&[2], &[1], &[3]]
    }
}

/// What is wrong with it in this place, for so many people.
fn told(
    name: &str,
    source: &Arc<Source>,
    library: &dyn Library,
    raw: &RawModule,
    place: Place,
    people: u8,
) -> Vec<Problem> {
    let mut builder = Builder::new(Arc::clone(source), library);
    let script = Common {
        names: Names {
            held: usize::from(people),
            ..Names::default()
        },
        people: People {
            from: people,
            to: people,
        },
        ceiling: Depth::Know,
        shorter: true,
        ..builder.common.clone()
    };
    builder.open.push(name.to_owned());
    builder.enter_module(raw, &script);
    // It may be a piece of a turn: that a whole turn begins is asked of whoever uses it.
    builder.inside = true;
    let found = builder.module_steps(raw, place);
    if let [_, second, ..] = found.landings[..] {
        let span = found.spans.get(second).cloned().unwrap_or(0..1);
        let sentence = &words().script.sentence.two_landing_steps;
        builder.problems.error(span, sentence, &[]);
    }
    builder.problems.all
}
