//! What only a whole can get wrong: the way through steps, the sum of minutes, what every session needs.

use std::ops::Range;
use std::time::Duration;

use super::graph;
use super::model::{Ask, Depth, Kind, Stage, Step};
use super::problem::Problems;
use super::raw::RawScript;
use super::steps::{Found, Place};
use crate::words::{fill, words};

/// Every step can be reached, each circle has a bound, a turn begins whatever its depth.
pub fn check_way(found: &Found, place: Place, ceiling: Depth, problems: &mut Problems) {
    let w = &words().script;
    let name = |at: usize| {
        let id = found.steps.get(at).and_then(|step| step.id.clone());
        match id {
            Some(id) => fill(&w.step, &[("name", &id)]),
            None => fill(&w.whole_step, &[("n", &(at + 1).to_string())]),
        }
    };
    let span = |at: usize| found.spans.get(at).cloned().unwrap_or(0..1);
    for at in graph::unreached(&found.steps, &found.landings) {
        let values = [("step", name(at).as_str().to_owned())];
        let values = values.each_ref().map(|(key, it)| (*key, it.as_str()));
        problems.error(span(at), &w.sentence.unreached, &values);
    }
    if let Some(at) = graph::endless(&found.steps) {
        let name = name(at);
        problems.error(span(at), &w.sentence.endless, &[("step", name.as_str())]);
    }
    let mut shallow = Depth::ALL.into_iter().filter(|depth| *depth <= ceiling);
    if place == Place::Turn
        && !found.steps.is_empty()
        && !shallow.all(|depth| graph::begins(&found.steps, depth))
    {
        problems.error(span(0), &w.sentence.first_too_deep, &[]);
    }
}

/// The minutes add up, and enough of them are kept for the end.
pub fn check_minutes(raw: &RawScript, stages: &[Stage], buffer: Duration, problems: &mut Problems) {
    let (Some(minutes), Some(people)) = (&raw.minutes, &raw.people) else {
        return;
    };
    let w = &words().script.sentence;
    let people = usize::try_from(people.it).unwrap_or(1);
    let whole = u64::try_from(minutes.it).unwrap_or(0);
    let sum = (super::length(stages, people) + buffer).as_secs() / 60;
    if sum != whole {
        let values = [("sum", &*sum.to_string()), ("minutes", &*whole.to_string())];
        problems.error(minutes.span.clone(), &w.minutes_sum, &values);
        return;
    }
    let Some(closing) = stages.last() else { return };
    let each = u32::try_from(people).unwrap_or(1);
    let landings: Duration = stages
        .iter()
        .map(|stage| match stage.kind {
            Kind::Turns { landing, .. } => landing * each,
            Kind::Together | Kind::Each | Kind::Closing => Duration::ZERO,
        })
        .sum();
    let ends = (closing.length + landings).as_secs() / 60;
    // A twelfth, as content.md T2.6 has it: 8 parts of a hundred.
    if closing.length < Duration::from_secs(120) || ends * 100 < whole * 8 {
        let values = [
            ("minutes", &*ends.to_string()),
            ("whole", &*whole.to_string()),
        ];
        let span = raw.stages.last().and_then(|stage| stage.minutes.as_ref());
        let span = span.map_or(minutes.span.clone(), |at| at.span.clone());
        problems.warning(span, &w.small_closing, &values);
    }
    let turns = stages
        .iter()
        .any(|stage| matches!(stage.kind, Kind::Turns { .. }));
    if turns && people > 1 && whole >= 30 && buffer.as_secs() / 60 * 100 < whole * 3 {
        let enough = (whole * 3).div_ceil(100).to_string();
        let span = raw
            .buffer
            .as_ref()
            .unwrap_or(&super::reader::At {
                it: buffer,
                span: minutes.span.clone(),
            })
            .span
            .clone();
        problems.warning(span, &w.small_buffer, &[("buffer", &enough)]);
    }
}

/// A gate and an agreement before the turns, and at the end the question what stays.
pub fn check_needed(stages: &[Stage], top: &Range<usize>, problems: &mut Problems) {
    let w = &words().script.sentence;
    let asked = |stages: &[Stage], wanted: fn(&Ask) -> bool| {
        let mut steps = stages.iter().flat_map(|stage| &stage.steps);
        steps.any(|step: &Step| wanted(&step.ask))
    };
    let is_turns = |stage: &Stage| matches!(stage.kind, Kind::Turns { .. });
    if let Some(first) = stages.iter().position(is_turns) {
        let before = stages.get(..first).unwrap_or_default();
        if !asked(before, |ask| matches!(ask, Ask::Agreement(_))) {
            problems.error(top.clone(), &w.no_agreement, &[]);
        }
        if !asked(before, |ask| matches!(ask, Ask::Gate(_))) {
            problems.error(top.clone(), &w.no_gate, &[]);
        }
    }
    if !asked(stages, |ask| matches!(ask, Ask::Keep)) {
        problems.warning(top.clone(), &w.no_keep, &[]);
    }
}
