//! Many walks at once: how long they took, and what none of them came to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Pace, Play, TooShort, minutes_of};
use crate::script::{Piece, Script, Stage, StageKind, Step, Text, step_label};
use crate::session::VisitedSteps;
use crate::session::intent::Intent;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};

/// How many steps and answers that nobody came to are told one by one; the rest are counted.
const MOST_TOLD: usize = 20;

/// What was met: each step, and which of its answers were given.
type Met = BTreeMap<(VisitedSteps, usize), BTreeSet<usize>>;

/// Walks through a script with so many seeds, and says what came of it.
///
/// # Errors
/// The sentence for a script that does not fit these minutes.
pub(crate) fn survey(
    script: &Arc<Script>,
    minutes: u16,
    seeds: u64,
    pace: Pace,
) -> Result<Vec<SafeText>, SafeText> {
    let w = &words().rehearsal;
    let mut met = Met::new();
    let mut took: Vec<u64> = Vec::new();
    for seed in 0..seeds {
        let play = Play::new(script, minutes, seed).map_err(|TooShort { shortest }| {
            let minutes = minutes_of(u64::from(shortest));
            fill(&w.too_short, &[("minutes", minutes.as_str())])
        })?;
        took.extend(walked(play.at(pace), &mut met));
    }
    let planned = minutes_of(u64::from(minutes));
    let (seeds, whole) = (seeds.to_string(), took.len().to_string());
    let mut told = vec![
        fill(&w.planned, &[("minutes", planned.as_str())]),
        fill(&w.walks, &[("seeds", &*seeds), ("whole", &*whole)]),
    ];
    took.arrange();
    if let (Some(least), Some(most), Some(half)) =
        (took.first(), took.last(), took.get(took.len() / 2))
    {
        let [least, half, most] = [least, half, most].map(|n| minutes_of(*n));
        let values = [
            ("least", least.as_str()),
            ("half", half.as_str()),
            ("most", most.as_str()),
        ];
        told.push(fill(&w.took, &values));
    }
    told.extend(unmet(script, &met));
    Ok(told
        .iter()
        .map(|line| SafeText::line(line.as_str()))
        .collect())
}

/// Walks to the end; how many minutes it took, where it came to its own end.
fn walked(mut play: Play, met: &mut Met) -> Option<u64> {
    loop {
        let place = play.session.place();
        if let Some(place) = place {
            met.entry(place).or_default();
        }
        let Some(event) = play.step() else { break };
        let answered = event.intent.filter(|_| event.refused.is_none());
        if let (Some(place), Some(Intent::Answer { n })) = (place, answered) {
            met.entry(place).or_default().insert(n);
        }
    }
    let outline = play.session.outline()?;
    outline.whole.then_some(outline.minutes)
}

/// The steps that no walk came to, and the answers that nobody gave.
fn unmet(script: &Script, met: &Met) -> Vec<SafeText> {
    let w = &words().rehearsal;
    let mut told = Vec::new();
    for (stage, list, steps) in lists(script) {
        for (at, step) in steps.iter().enumerate() {
            let name = step_label(steps, at);
            let title = said(&stage.title, script);
            let values = [("stage", title.as_str()), ("step", &*name)];
            let Some(given) = met.get(&(list, at)) else {
                told.push(fill(&w.step_unmet, &values));
                continue;
            };
            let answers = step.ask.answers().iter().enumerate();
            let open = answers.filter(|(n, _)| !given.contains(n));
            told.extend(open.map(|(_, answer)| {
                let answer = said(&answer.says, script);
                let values = [values[0], values[1], ("answer", answer.as_str())];
                fill(&w.answer_unmet, &values)
            }));
        }
    }
    let more = told.len().saturating_sub(MOST_TOLD);
    told.truncate(MOST_TOLD);
    if more > 0 {
        told.push(fill(&w.more_unmet, &[("n", &more.to_string())]));
    }
    if told.is_empty() {
        told.push(SafeText::new(w.all_met));
    }
    told
}

/// Every list of steps that is the script's own, with the stage that it stands in or around.
fn lists(script: &Script) -> Vec<(&Stage, VisitedSteps, &[Step])> {
    let mut lists = Vec::new();
    for (at, stage) in script.stages.iter().enumerate() {
        lists.push((stage, VisitedSteps::Stage(at), &stage.steps[..]));
        let StageKind::Turns {
            before,
            after,
            between,
            ..
        } = &stage.kind
        else {
            continue;
        };
        for (part, stage) in before.iter().enumerate() {
            lists.push((stage, VisitedSteps::Before(at, part), &stage.steps[..]));
        }
        for (part, stage) in after.iter().enumerate() {
            lists.push((stage, VisitedSteps::After(at, part), &stage.steps[..]));
        }
        if let Some(stage) = between {
            lists.push((stage, VisitedSteps::Between(at), &stage.steps[..]));
        }
    }
    lists
}

/// A text of a script with the words for its roles in place of names.
fn said(text: &Text, script: &Script) -> SafeText {
    let pieces = text.0.iter().flatten();
    let says = pieces.map(|piece| match piece {
        Piece::Words(words) | Piece::BySense([words, _]) => words.as_str(),
        Piece::Role(role) => script.roles.get(*role).map_or("", String::as_str),
        Piece::Written(_) => "…",
        Piece::Packed(packs) => packs.first().map_or("", SafeText::as_str),
    });
    SafeText::short(&says.collect::<String>(), 60)
}
