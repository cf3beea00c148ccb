//! Whether company and warnings fit the turns that they are chosen for.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::script::asks::RawAsk;
use crate::script::format::tables::{RawSays, RawScript, RawStage, RawStep};
use crate::script::problem::Problems;
use crate::script::source::Span;
use crate::script::{Ask, CardLine, Rung, Script, Stage, StageKind, Step, Target};
use crate::text::words::words;

/// Looks at both, once every stage is known to be sound.
pub(crate) fn check_company(raw: &RawScript, script: &mut Script, problems: &mut Problems) {
    check_warnings(raw, script, problems);
    if script.people.to > 1 {
        check_rungs(raw, script, problems);
    }
}

/// A warning comes within a turn: one that is as long as the turn would ring at its beginning.
///
/// A module serves turns of any length, so what is too long of its warnings is left out here.
fn check_warnings(raw: &RawScript, script: &mut Script, problems: &mut Problems) {
    let lengths = script.lengths(script.people.from);
    let is_turns = |(_, stage): &(usize, &Stage)| matches!(stage.kind, StageKind::Turns { .. });
    let turns = script.stages.iter().enumerate().filter(is_turns);
    let Some(longest) = turns.map(|(at, stage)| lengths.of(at, stage)).max() else {
        return;
    };
    let fits = |minutes: u64| Duration::from_secs(minutes * 60) < longest;
    let turn = (longest.as_secs() / 60).to_string();
    let most = (longest.as_secs() / 60).saturating_sub(1).to_string();
    for (_, step) in raw.stages.iter().flat_map(own_steps) {
        for ask in &step.asks {
            let RawAsk::Support(support) = &ask.it else {
                continue;
            };
            for at in &support.warnings {
                if u64::try_from(at.it).is_ok_and(|minutes| !fits(minutes)) {
                    let n = at.it.to_string();
                    let values = [("n", &*n), ("turn", &*turn), ("most", &*most)];
                    problems.error(&at.span, &words().script.sentence.long_warning, &values);
                }
            }
        }
    }
    for step in script.stages.iter_mut().flat_map(|stage| &mut stage.steps) {
        if let Ask::Support(support) = &mut step.ask {
            support.warnings.retain(|n| fits(u64::from(*n)));
            support.usual.retain(|n| fits(u64::from(*n)));
        }
    }
}

/// Words for each kind of company are said only where one can be chosen, and each one that can be has words.
fn check_rungs(raw: &RawScript, script: &Script, problems: &mut Problems) {
    let w = &words().script.sentence;
    let chosen = choosable(script);
    let role = script.roles.get(1).map_or("", String::as_str);
    for (whose, step) in raw.stages.iter().flat_map(own_steps) {
        let Some(RawSays::ByRung(by, span)) = step.says.get(1) else {
            continue;
        };
        if chosen.is_empty() || !(whose || step.round.is_set()) {
            let sentence = if chosen.is_empty() {
                &w.no_company
            } else {
                &w.company_outside
            };
            problems.warning(span, sentence, &[("role", role)]);
            continue;
        }
        let missing = Rung::ALL.into_iter().zip(by);
        let missing: Vec<&str> = missing
            .filter(|(rung, at)| at.is_none() && chosen.contains(rung))
            .map(|(rung, _)| rung.word())
            .collect();
        if let Some(first) = missing.first() {
            let list = missing.join("`, `");
            let values = [("rungs", &*list), ("first", *first)];
            problems.warning(span, &w.rung_without_words, &values);
        }
    }
}

/// The kinds of company that somebody can come to have in this script.
fn choosable(script: &Script) -> BTreeSet<Rung> {
    let asides = script.asides.iter().flat_map(|aside| &aside.steps);
    let stages = script.stages.iter().flat_map(steps_around);
    // Whoever writes on their card what company they wish for can wish for any.
    let any = |step: &Step| matches!(&step.ask, Ask::Write(write) if write.card == Some(CardLine::Company));
    let all = |step: &Step| {
        if any(step) {
            Rung::ALL.to_vec()
        } else {
            step.ask.rungs()
        }
    };
    stages.chain(asides).flat_map(all).collect()
}

/// The steps of a stage and of what stands around its turns.
fn steps_around(stage: &Stage) -> Vec<&Step> {
    let mut steps: Vec<&Step> = stage.steps.iter().collect();
    if let StageKind::Turns {
        before,
        after,
        between,
        ..
    } = &stage.kind
    {
        let parts = before.iter().chain(after).chain(between.as_deref());
        steps.extend(parts.flat_map(|part| &part.steps));
    }
    steps
}

/// The steps that are typed in a stage and around it, and whether the place is somebody's own.
fn own_steps(stage: &RawStage) -> Vec<(bool, &RawStep)> {
    let kind = stage.kind.as_ref().map(|at| at.it.as_str());
    let whose = matches!(kind, Some("turns" | "each"));
    let around = stage.before.iter().chain(&stage.after);
    let around = around.flat_map(|part| &part.steps).map(|step| (true, step));
    let between = stage.between.iter().flat_map(|part| &part.steps);
    let own = stage.steps.iter().map(|step| (whose, step));
    own.chain(around)
        .chain(between.map(|step| (false, step)))
        .collect()
}

/// A bound in a turn that leads past the landing: where it says so.
pub(crate) fn skips_landing(steps: &[Step], bounds: &[Span], lands: &[bool]) -> Vec<Span> {
    let skips = |at: &usize| {
        let then = steps.get(*at).and_then(|step| step.at_most);
        let landing = lands.get(*at).copied().unwrap_or(false);
        matches!(then, Some((_, Target::Done))) && !landing
    };
    let places = (0..steps.len()).filter(skips);
    places.filter_map(|at| bounds.get(at).cloned()).collect()
}
