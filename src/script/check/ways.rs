//! The way through steps, and what every session needs on it.

use super::company::skips_landing;
use super::graph;
use crate::script::compile::scope::{Compiled, StepPlace};
use crate::script::format::tables::{RawScript, RawStage, RawStep, parts_around};
use crate::script::problem::{Problem, Problems};
use crate::script::source::Span;
use crate::script::{Ask, Depth, Stage, StageKind, Step, Target};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// Every step can be reached, each circle has a bound, a turn begins whatever its depth.
///
/// `begins` is false of a piece of a turn, which need not have a first step of its own.
pub(crate) fn check_way(
    found: &Compiled,
    place: StepPlace,
    begins: bool,
    ceiling: Depth,
    problems: &mut Problems,
) {
    let w = &words().script;
    let name = |at: usize| {
        let id = found.steps.get(at).and_then(|step| step.id.clone());
        match id {
            Some(id) => fill(&w.step, &[("name", &id)]),
            None => {
                // As they are typed: the steps of a module are one.
                let mut typed = found.spans.get(..=at).unwrap_or_default().to_vec();
                typed.dedup();
                fill(&w.whole_step, &[("n", &typed.len().to_string())])
            }
        }
    };
    let span = |at: usize| found.spans.get(at).cloned().unwrap_or(0..1);
    let unreached = graph::unreached(&found.steps, &found.landings);
    for at in unreached.iter().copied() {
        // What one leads to that is told of, or is a piece of the same module, comes with it.
        let before = at.checked_sub(1);
        let follows = before.is_some_and(|before| {
            let on = found
                .steps
                .get(before)
                .is_some_and(|step| step.to == Target::Next);
            unreached.contains(&before) && (on || span(before) == span(at))
        });
        if follows {
            continue;
        }
        // A module that ends the stage is whole only to whoever opens it.
        let module = before.filter(|before| *before > 0 && span(before - 1) == span(*before));
        let id = found.steps.get(at).and_then(|step| step.id.as_deref());
        let way = match id {
            Some(id) => fill(&w.way_to, &[("name", id)]),
            None => SafeText::new(w.way_to_nameless),
        };
        let name = name(at);
        let values = [("step", name.as_str()), ("way", way.as_str())];
        // Behind such a module nothing else is wrong: the steps are only never heard, and the script runs without them.
        match module {
            Some(_) => problems.warning(&span(at), &w.sentence.unreached_behind, &values),
            None => problems.error(&span(at), &w.sentence.unreached, &values),
        }
    }
    for (at, n) in unsaid_yes(&found.steps) {
        let bound = found.bounds.get(at).cloned().unwrap_or(span(at));
        let n = n.to_string();
        problems.warning(&bound, &w.sentence.unsaid_yes, &[("n", &n)]);
    }
    if let Some(at) = graph::endless(&found.steps) {
        let name = name(at);
        let values = [("step", name.as_str()), ("then", way_out(place))];
        problems.error(&span(at), &w.sentence.endless, &values);
    }
    if place == StepPlace::Turn && !found.landings.is_empty() {
        let lands = graph::reached(&found.steps, found.landings.clone());
        for span in skips_landing(&found.steps, &found.bounds, &lands) {
            problems.warning(&span, &w.sentence.skips_landing, &[]);
        }
    }
    let mut shallow = Depth::ALL.into_iter().filter(|depth| *depth <= ceiling);
    if place == StepPlace::Turn
        && begins
        && !found.steps.is_empty()
        && !shallow.all(|depth| graph::begins(&found.steps, depth))
    {
        problems.error(&span(0), &w.sentence.first_too_deep, &[]);
    }
}

/// The steps whose bound leads where only a yes leads, and how often they are visited before.
fn unsaid_yes(steps: &[Step]) -> impl Iterator<Item = (usize, u8)> {
    let steps = steps.iter().enumerate();
    steps.filter_map(|(at, step)| {
        let Ask::Consent(consent) = &step.ask else {
            return None;
        };
        let (visits, then) = step.at_most?;
        let on = |target| match target {
            Target::Next | Target::Done => true,
            Target::Step(_) => target == step.to,
            Target::Stage(_)
            | Target::Exit(_)
            | Target::NextPerson
            | Target::Land
            | Target::Close
            | Target::End
            | Target::Stop
            | Target::Back
            | Target::Shorter => false,
        };
        let unsaid = consent.means.is_none() && on(then) && !on(consent.without);
        unsaid.then_some((at, visits))
    })
}

/// A word that leads out of a circle in this place, and past nothing that should not be missed.
fn way_out(place: StepPlace) -> &'static str {
    match place {
        StepPlace::Turn => "land",
        StepPlace::Aside | StepPlace::Stop => "back",
        StepPlace::Stage | StepPlace::Closing | StepPlace::MiniClose => "done",
    }
}

/// A gate and an agreement before the turns, and at the end the question what stays.
///
/// `raw` are the same stages as they are typed: what is missing is told where it would have to stand before.
pub(crate) fn check_needed(
    stages: &[Stage],
    raw: &[RawStage],
    top: &Span,
    problems: &mut Problems,
) {
    let w = &words().script.sentence;
    let asked = |stages: &[Stage], wanted: fn(&Ask) -> bool| {
        let mut steps = stages.iter().flat_map(|stage| &stage.steps);
        steps.any(|step: &Step| wanted(&step.ask))
    };
    let is_turns = |stage: &Stage| matches!(stage.kind, StageKind::Turns { .. });
    if let Some(first) = stages.iter().position(is_turns) {
        let before = stages.get(..first).unwrap_or_default();
        let typed = raw.get(first).map_or(top, |stage| &stage.span);
        let agreed = asked(before, |ask| matches!(ask, Ask::Agreement(_)));
        let gated = asked(before, |ask| matches!(ask, Ask::Gate(_)));
        if !(agreed && gated) {
            // What only they lead to comes to nothing without them: that would be the same mistake a second time.
            let unreached = [w.unreached.key, w.unreached_behind.key];
            let late = |problem: &Problem| problem.span.start >= typed.start;
            problems
                .all
                .retain(|problem| !unreached.contains(&problem.code) || late(problem));
        }
        if !agreed {
            problems.error(typed, &w.no_agreement, &[]);
        }
        if !gated {
            problems.error(typed, &w.no_gate, &[]);
        }
    }
    if !asked(stages, |ask| matches!(ask, Ask::Keep)) {
        problems.warning(top, &w.no_keep, &[]);
    }
}

/// Whether every step could be read, so that what none of them asks is asked nowhere.
pub(crate) fn every_step_is_read(raw: &RawScript) -> bool {
    let is_read = |step: &RawStep| !step.broken && step.asks.len() <= 1;
    raw.stages.iter().all(|stage: &RawStage| {
        let mut around = parts_around(stage).flat_map(|part| &part.steps);
        around.all(is_read) && stage.steps.iter().all(is_read)
    })
}
