//! A module that is checked without a script around it: as whatever place it fits.

use std::rc::Rc;
use std::sync::Arc;

use super::lint::Lint;
use super::modules::Modules;
use super::scope::{StepPlace, Unit};
use crate::script::asks::{RawAnswer, RawAsk};
use crate::script::check::limits::{MOST_STEPS, too_many_steps};
use crate::script::format::reader::KeyValue;
use crate::script::format::tables::{MODULE_ROLES, RawModule, RawStep};
use crate::script::head::{People, Written};
use crate::script::library::Library;
use crate::script::model::Step;
use crate::script::parse;
use crate::script::problem::{Problem, Problems, Severity};
use crate::script::source::Source;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::words;

/// The places that steps without a mark of their own may be made for, the likeliest first.
const PLACES: [StepPlace; 6] = [
    StepPlace::Stage,
    StepPlace::Turn,
    StepPlace::Closing,
    StepPlace::Aside,
    StepPlace::Stop,
    StepPlace::MiniClose,
];

/// The modules that belong to every script without being named.
const OWN: [&str; 2] = ["stop", "mini-close"];

/// Where a module may stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum ModulePlace {
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
pub(crate) struct Module {
    /// What people call it.
    pub(crate) title: SafeText,
    /// What it is for; empty when it does not say so.
    pub(crate) summary: SafeText,
    /// What the choice says, when it is stepped into.
    pub(crate) offer: Option<SafeText>,
    /// Its ways out. With one or more it stands in the place of a step and not for a whole stage.
    pub(crate) exits: Vec<String>,
    /// Where it may stand.
    pub(crate) fits: Vec<ModulePlace>,
    /// Whether it can be used in a session alone, and in one together.
    pub(crate) company: [bool; 2],
    /// Its steps, for two people or else for one.
    pub(crate) steps: Vec<Step>,
    /// The roles, as modules call them.
    pub(crate) roles: Vec<String>,
    /// What is written in it.
    pub(crate) written: Vec<Written>,
}

/// Reads a module to show it; `None` when there is something wrong with it, or when it is none.
#[must_use]
pub(crate) fn module(name: &str, source: Source, library: &dyn Library) -> Option<Module> {
    let source = Arc::new(source);
    let mut problems = Problems::of(Arc::clone(&source));
    let raw = parse::module(&source, &mut problems).filter(|raw| !raw.steps.is_empty())?;
    if errors(&problems.all) > 0 {
        return None;
    }
    let well = |place: StepPlace, people: u8| {
        let (found, steps, written) = compiled(name, &source, library, &raw, place, people);
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
            _ if OWN.contains(&name) => ModulePlace::Everywhere,
            StepPlace::Stage => ModulePlace::Stage,
            StepPlace::Turn => ModulePlace::Turn,
            StepPlace::Closing => ModulePlace::Closing,
            StepPlace::Aside if raw.offer.is_some() => ModulePlace::Aside,
            // Nobody names a module for these places.
            StepPlace::Aside | StepPlace::Stop | StepPlace::MiniClose => continue,
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
    let said = |at: &KeyValue<String>| SafeText::new(at.as_ref().map_or("", |at| &at.it));
    Some(Module {
        title: said(&raw.title),
        summary: said(&raw.summary),
        offer: raw.offer.as_ref().map(|at| SafeText::short(&at.it, 60)),
        exits: raw.exits.iter().map(|at| at.it.clone()).collect(),
        fits,
        company,
        steps,
        roles: MODULE_ROLES.map(str::to_owned).to_vec(),
        written,
    })
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
    let Some(raw) = parse::module(&source, &mut problems) else {
        return problems.all;
    };
    let w = &words().script.sentence;
    if raw.steps.len() > MOST_STEPS {
        too_many_steps(&(0..1), raw.steps.len(), &mut problems);
        return problems.all;
    }
    if raw.steps.is_empty() && problems.all.is_empty() {
        problems.error(&(0..1), &w.no_module_steps, &[]);
    }
    if let (Some(offer), None) = (&raw.offer, &raw.clock) {
        problems.error(&offer.span, &w.no_clock, &[("name", name)]);
    }
    let mut best: Option<Vec<Problem>> = None;
    for place in places(&raw) {
        for company in companies(&raw) {
            let mut found: Vec<Problem> = Vec::new();
            for people in *company {
                let (more, ..) = compiled(name, &source, library, &raw, *place, *people);
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
    all.arrange_by_key(|problem| problem.span.start);
    all
}

/// The problem of a module that has the name of a shipped one.
#[must_use]
pub(crate) fn shadows(name: &str, source: &Source) -> Problem {
    let sentence = &words().script.sentence.module_shadows;
    Problem::error(source.clone(), sentence, &[("name", name)])
}

fn errors(problems: &[Problem]) -> usize {
    let is_error = |problem: &&Problem| problem.severity == Severity::Error;
    problems.iter().filter(is_error).count()
}

/// Where it may stand.
fn places(raw: &RawModule) -> &'static [StepPlace] {
    let in_turn =
        |step: &RawStep| step.landing.is_set() || step.depth.is_some() || step.beyond.is_some();
    if raw.offer.is_some() || raw.clock.is_some() {
        &[StepPlace::Aside]
    } else if raw.steps.iter().any(in_turn) {
        &[StepPlace::Turn]
    } else {
        &PLACES
    }
}

/// With how many people it is tried; those of one list have to fit all of them.
fn companies(raw: &RawModule) -> &'static [&'static [u8]] {
    let marked = |step: &RawStep| {
        let mut asked = step.asks.iter();
        let answers = asked.any(|ask| {
            let only = |answer: &RawAnswer| answer.only.is_some();
            matches!(&ask.it, RawAsk::Answers(answers) if answers.iter().any(only))
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
fn compiled(
    name: &str,
    source: &Arc<Source>,
    library: &dyn Library,
    raw: &RawModule,
    place: StepPlace,
    people: u8,
) -> (Vec<Problem>, Vec<Step>, Vec<Written>) {
    let mut modules = Modules::new(library, Rc::default());
    let mut unit = Unit::new(Arc::clone(source), Lint::English);
    unit.scope.names.held = usize::from(people);
    unit.scope.people = People {
        from: people,
        to: people,
    };
    unit.scope.shorter = true;
    // It may be a piece of a turn: that a whole turn begins is asked of whoever uses it.
    unit.inside = true;
    let found = modules.alone(name, raw, place, &mut unit);
    if let [_, second, ..] = found.landings[..] {
        let span = found.spans.get(second).cloned().unwrap_or(0..1);
        unit.problems
            .error(&span, &words().script.sentence.two_landing_steps, &[]);
    }
    (unit.problems.all, found.steps, modules.written)
}
