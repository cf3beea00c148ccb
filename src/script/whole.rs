//! What only a whole can get wrong: the way through steps, the sum of minutes, what every session needs.

use std::ops::Range;
use std::time::Duration;

use super::company::skips_landing;
use super::graph;
use super::head::FirstClock;
use super::model::{Ask, Depth, Kind, Script, Stage, Step};
use super::problem::Problems;
use super::raw::RawScript;
use super::steps::{Found, Place};
use crate::shown::Shown;
use crate::words::{fill, words};

/// Every step can be reached, each circle has a bound, a turn begins whatever its depth.
///
/// `begins` is false of a piece of a turn, which need not have a first step of its own.
pub fn check_way(
    found: &Found,
    place: Place,
    begins: bool,
    ceiling: Depth,
    problems: &mut Problems,
) {
    let w = &words().script;
    let name = |at: usize| {
        let id = found.steps.get(at).and_then(|step| step.id.clone());
        match id {
            Some(id) => fill(&w.step, &[("name", &id)]),
            None => fill(&w.whole_step, &[("n", &(at + 1).to_string())]),
        }
    };
    let span = |at: usize| found.spans.get(at).cloned().unwrap_or(0..1);
    let mut told = None;
    for at in graph::unreached(&found.steps, &found.landings) {
        // The steps of a module stand where it is named; that is told once.
        if told.replace(span(at)) == Some(span(at)) {
            continue;
        }
        let id = found.steps.get(at).and_then(|step| step.id.as_deref());
        let way = match id {
            Some(id) => fill(&w.way_to, &[("name", id)]),
            None => Shown::new(&w.way_to_nameless),
        };
        let name = name(at);
        let values = [("step", name.as_str()), ("way", way.as_str())];
        problems.error(span(at), &w.sentence.unreached, &values);
    }
    if let Some(at) = graph::endless(&found.steps) {
        let name = name(at);
        let values = [("step", name.as_str()), ("then", way_out(place))];
        problems.error(span(at), &w.sentence.endless, &values);
    }
    if place == Place::Turn && !found.landings.is_empty() {
        let lands = graph::reached(&found.steps, found.landings.clone());
        for span in skips_landing(&found.steps, &found.bounds, &lands) {
            problems.warning(span, &w.sentence.skips_landing, &[]);
        }
    }
    let mut shallow = Depth::ALL.into_iter().filter(|depth| *depth <= ceiling);
    if place == Place::Turn
        && begins
        && !found.steps.is_empty()
        && !shallow.all(|depth| graph::begins(&found.steps, depth))
    {
        problems.error(span(0), &w.sentence.first_too_deep, &[]);
    }
}

/// A word that leads out of a circle in this place, and past nothing that should not be missed.
fn way_out(place: Place) -> &'static str {
    match place {
        Place::Turn => "land",
        Place::Aside | Place::Stop => "back",
        Place::Stage | Place::Closing | Place::MiniClose => "done",
    }
}

/// The minutes add up for every number of people, and enough of them are kept for the end.
///
/// Slack that whole minutes leave beside the stage that gets the rest becomes buffer.
pub fn check_minutes(raw: &RawScript, script: &mut Script, problems: &mut Problems) {
    let (Some(minutes), Some(people)) = (&raw.minutes, &raw.people) else {
        return;
    };
    let w = &words().script.sentence;
    let mut rests = raw.stages.iter().filter(|stage| stage.rest);
    let rest = rests.next();
    if let Some(second) = rests.next() {
        problems.error(second.span.clone(), &w.two_rests, &[]);
        return;
    }
    for count in people.from..=people.to {
        let fixed = script.with_people(count);
        let one_sided = fixed.one_sided.is_some();
        let stages = super::length(&fixed.stages, usize::from(count), one_sided);
        let sum = (stages + fixed.buffer).as_secs() / 60;
        let values = [
            ("people", &*count.to_string()),
            ("sum", &*sum.to_string()),
            ("minutes", &*minutes.it.to_string()),
        ];
        if let Some(raw) = rest {
            let at = script.stages.iter().position(|stage| stage.rest);
            let stage = at.and_then(|at| fixed.stages.get(at));
            let enough = stage.is_some_and(|stage| match &stage.kind {
                Kind::Turns { landing, .. } => stage.length > *landing,
                Kind::Together | Kind::Each | Kind::Closing => !stage.length.is_zero(),
            });
            let span = raw.minutes.as_ref().map_or(0..1, |at| at.span.clone());
            if !enough || stage.is_some_and(|stage| stage.length < stage.at_least) {
                problems.error(span, &w.no_rest, &values);
                return;
            }
        } else if i64::try_from(sum) != Ok(minutes.it) {
            let sentence = if people.from == people.to {
                &w.minutes_sum
            } else {
                &w.minutes_sum_many
            };
            problems.error(minutes.span.clone(), sentence, &values);
            return;
        }
    }
    check_ends(raw, &script.with_people(people.from), problems);
}

/// Enough is kept for coming to an end, and for nobody.
fn check_ends(raw: &RawScript, script: &Script, problems: &mut Problems) {
    let w = &words().script.sentence;
    let Some(minutes) = &raw.minutes else { return };
    let Some(closing) = script.stages.last() else {
        return;
    };
    let whole = u64::from(script.minutes);
    let people = usize::from(script.people.from);
    let landings: Duration = script
        .stages
        .iter()
        .map(|stage| match stage.kind {
            Kind::Turns { landing, .. } => {
                landing * stage.shares(people, script.one_sided.is_some())
            }
            Kind::Together | Kind::Each | Kind::Closing => Duration::ZERO,
        })
        .sum();
    // A check-out round of each is a part of the end, too.
    let ends = (closing.length + landings + check_out(script, people)).as_secs() / 60;
    // A twelfth, as content.md T2.6 has it: 8 parts of a hundred.
    if closing.length < Duration::from_secs(120) || ends * 100 < whole * 8 {
        let closing = closing.length.as_secs() / 60;
        let others = ends.saturating_sub(closing);
        let enough = (whole * 8).div_ceil(100).saturating_sub(others).max(2);
        let values = [
            ("minutes", &*ends.to_string()),
            ("whole", &*whole.to_string()),
            ("enough", &*enough.to_string()),
        ];
        let span = raw.stages.last().and_then(|stage| stage.minutes.as_ref());
        let span = span.map_or(minutes.span.clone(), |at| at.span.clone());
        problems.warning(span, &w.small_closing, &values);
    }
    let turns = script
        .stages
        .iter()
        .any(|stage| matches!(stage.kind, Kind::Turns { .. }));
    let clocked = !matches!(script.clock, FirstClock::None | FirstClock::Hidden);
    let slack = script.buffer.as_secs() / 60;
    if turns && clocked && script.people.from > 1 && whole >= 30 && slack * 100 < whole * 3 {
        let enough = (whole * 3).div_ceil(100).to_string();
        let span = raw.buffer.as_ref().map_or(&minutes.span, |at| &at.span);
        problems.warning(span.clone(), &w.small_buffer, &[("buffer", &enough)]);
    }
}

/// The stage of each just before the closing.
fn check_out(script: &Script, people: usize) -> Duration {
    let before = script.closing().checked_sub(1);
    let stage = before.and_then(|at| script.stages.get(at));
    let stage = stage.filter(|stage| matches!(stage.kind, Kind::Each));
    stage.map_or(Duration::ZERO, |stage| {
        stage.length * stage.shares(people, false)
    })
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
