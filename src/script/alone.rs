//! A module that is checked without a script around it: as whatever place it fits.

use std::sync::Arc;

use super::head::{People, Written};
use super::limits::MOST_STEPS;
use super::lower::Builder;
use super::model::{Depth, Step};
use super::modules::MODULE_ROLES;
use super::problem::{Problem, Problems, Severity};
use super::raw::{self, RawModule};
use super::raw_step::{RawAsk, RawStep};
use super::reader::At;
use super::says::{Lint, Names};
use super::source::Source;
use super::steps::{Common, Place};
use super::{Library, syntax};
use crate::shown::Shown;
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

/// The modules that belong to every script without being named.
const OWN: [&str; 2] = ["stop", "mini-close"];

/// Where a module may stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fits {
    /// A stage for everybody, or one of each, or a part around a turn.
    Stage,
    /// A turn.
    Turn,
    /// The closing.
    Closing,
    /// It is stepped into from a stage that names it.
    Aside,
    /// It belongs to every script without being named.
    Everywhere,
}

/// A module, for whoever looks for one to use.
#[derive(Debug)]
pub struct Module {
    /// What people call it.
    pub title: Shown,
    /// What it is for; empty when it does not say so.
    pub summary: Shown,
    /// What the choice says, when it is stepped into.
    pub offer: Option<Shown>,
    /// Its ways out. With one or more it stands in the place of a step and not for a whole stage.
    pub exits: Vec<String>,
    /// Where it may stand.
    pub fits: Vec<Fits>,
    /// Whether it can be used in a session alone, and in one together.
    pub company: [bool; 2],
    /// Its steps, for two people or else for one.
    pub steps: Vec<Step>,
    /// The roles, as modules call them.
    pub roles: Vec<String>,
    /// What is written in it.
    pub written: Vec<Written>,
}

/// Reads a module to show it; `None` when there is something wrong with it, or when it is none.
#[must_use]
pub fn module(name: &str, source: Source, library: &dyn Library) -> Option<Module> {
    let source = Arc::new(source);
    let mut problems = Problems::of(Arc::clone(&source));
    let raw = read(&source, &mut problems).filter(|raw| !raw.steps.is_empty())?;
    if errors(&problems.all) > 0 {
        return None;
    }
    let well = |place: Place, people: u8| {
        let (found, steps, written) = lowered(name, &source, library, &raw, place, people);
        (errors(&found) == 0).then_some((steps, written))
    };
    let mut fits = Vec::new();
    let (mut company, mut shown) = ([false; 2], None);
    for place in places(&raw) {
        let (alone, together) = (well(*place, 1), well(*place, 2).or_else(|| well(*place, 3)));
        if alone.is_none() && together.is_none() {
            continue;
        }
        let fit = match place {
            _ if OWN.contains(&name) => Fits::Everywhere,
            Place::Stage => Fits::Stage,
            Place::Turn => Fits::Turn,
            Place::Closing => Fits::Closing,
            Place::Aside if raw.offer.is_some() => Fits::Aside,
            // Nobody names a module for these places.
            Place::Aside | Place::Stop | Place::MiniClose => continue,
        };
        if !fits.contains(&fit) {
            fits.push(fit);
        }
        company = [
            company[0] || alone.is_some(),
            company[1] || together.is_some(),
        ];
        shown = shown.or(together).or(alone);
    }
    let (steps, written) = shown?;
    let said = |at: &Option<At<String>>| Shown::new(at.as_ref().map_or("", |at| &at.it));
    Some(Module {
        title: said(&raw.title),
        summary: said(&raw.summary),
        offer: raw.offer.as_ref().map(|at| Shown::short(&at.it, 60)),
        exits: raw.exits.iter().map(|at| at.it.clone()).collect(),
        fits,
        company,
        steps,
        roles: MODULE_ROLES.map(str::to_owned).to_vec(),
        written,
    })
}

/// Whether a text is a module: whether it has steps of its own and no stages.
#[must_use]
pub fn is_module(source: &Source) -> bool {
    let mut problems = Problems::of(Arc::new(source.clone()));
    let source = Arc::clone(problems.source());
    let root = syntax::parse(&source, &mut problems);
    root.is_some_and(|root| {
        let root = root.get_ref();
        root.contains_key("step") && !root.contains_key("stage")
    })
}

fn read(source: &Arc<Source>, problems: &mut Problems) -> Option<RawModule> {
    let roles = MODULE_ROLES.map(|role| At {
        it: role.to_owned(),
        span: 0..0,
    });
    let root = syntax::parse(source, problems);
    root.and_then(|root| raw::module(root.get_ref(), &roles, problems))
}

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
    let Some(raw) = read(&source, &mut problems) else {
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
                let (more, ..) = lowered(name, &source, library, &raw, *place, *people);
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

/// What is wrong with it in this place, for so many people; its steps, and what is written in them.
fn lowered(
    name: &str,
    source: &Arc<Source>,
    library: &dyn Library,
    raw: &RawModule,
    place: Place,
    people: u8,
) -> (Vec<Problem>, Vec<Step>, Vec<Written>) {
    let mut builder = Builder::new(Arc::clone(source), library, Lint::English);
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
    (builder.problems.all, found.steps, builder.written)
}
