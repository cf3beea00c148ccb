//! How long a stage takes where everything in it is read and answered once: what a plan must not promise less than.

use std::time::Duration;

use crate::script::LONGEST;
use crate::script::asks::Ask;
use crate::script::format::tables::{RawScript, RawStage};
use crate::script::lengths::in_minutes;
use crate::script::model::{Piece, RoleSays, Rung, Script, Stage, StageKind, Step, Target, Text};
use crate::script::problem::Problems;
use crate::text::safe_text::SafeText;
use crate::text::words::fill;

/// How fast people read together.
const WORDS_A_MINUTE: u64 = 150;
/// How long an answer takes once it is known, in milliseconds.
const ANSWER: u64 = 6_000;

/// A stage, or what stands around its turns.
pub(crate) struct StageTime<'a> {
    pub(crate) stage: &'a Stage,
    /// How long it takes on its longest way that stays on the plan, with nothing read or answered twice.
    pub(crate) takes: Duration,
}

impl StageTime<'_> {
    /// Whether less time than it takes is left of it, when the session is made shorter. A stage of which nothing is left
    /// then may be left out; and a turn is what somebody has, however far they come in it: its landing begins by the clock.
    fn is_cut_short(&self) -> bool {
        let turns = matches!(self.stage.kind, StageKind::Turns { .. });
        let least = self.stage.at_least;
        !turns && !least.is_zero() && least.as_secs() < self.takes.as_secs()
    }
}

/// How long each stage takes, for as many people as the script is for at most.
pub(crate) fn stage_times(script: &Script) -> Vec<StageTime<'_>> {
    let people = u64::from(script.people.to);
    let mut all = Vec::new();
    for stage in &script.stages {
        let time = |stage| StageTime {
            stage,
            takes: Duration::from_millis(longest(stage, people)),
        };
        all.push(time(stage));
        if let StageKind::Turns {
            before,
            after,
            between,
            ..
        } = &stage.kind
        {
            all.extend(before.iter().map(time));
            all.extend(between.as_deref().map(time));
            all.extend(after.iter().map(time));
        }
    }
    all
}

/// The longest way through the steps. What leads back was read before; what leads out to a stop or an end is on no plan.
fn longest(stage: &Stage, people: u64) -> u64 {
    let lands = match &stage.kind {
        StageKind::Turns { lands_at, .. } => *lands_at,
        StageKind::Together | StageKind::Each | StageKind::Closing => None,
    };
    let mut from = vec![None; stage.steps.len()];
    for (at, step) in stage.steps.iter().enumerate().rev() {
        let ways = step.ask.ways().into_iter().map(|(_, to)| to);
        let ways = ways.chain([step.to]).filter_map(|to| {
            let later = |next: usize| match next {
                next if next >= stage.steps.len() => Some(0),
                next if next > at => from.get(next).copied().flatten(),
                _ => None,
            };
            match to {
                Target::Next => later(at + 1),
                Target::Step(next) => later(next),
                Target::Land => lands.map_or(Some(0), later),
                Target::Done
                | Target::NextPerson
                | Target::Close
                | Target::Stage(_)
                | Target::Exit(_) => Some(0),
                Target::End | Target::Stop | Target::Back | Target::Shorter => None,
            }
        });
        let rest = ways.max();
        from[at] = rest.map(|rest: u64| rest + takes(step, people));
    }
    from.first().copied().flatten().unwrap_or(0)
}

/// How long it takes so many people to read a step once and to answer it.
pub(crate) fn step_time(step: &Step, people: usize) -> Duration {
    Duration::from_millis(takes(step, u64::try_from(people).unwrap_or(1)))
}

/// The same, in milliseconds.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else is asked takes the time of one answer"
)]
fn takes(step: &Step, people: u64) -> u64 {
    let goes = if step.round { people } else { 1 };
    // Those who are spoken to beside the others read at the same time.
    let roles = step.says.roles.iter().map(role_words).max().unwrap_or(0);
    let read = reading(words(&step.says.all) + roles);
    let answers = step.ask.answers().iter().map(|answer| words(&answer.says));
    let answers = reading(answers.sum());
    let asked = match &step.ask {
        Ask::Read => 0,
        Ask::Question(_) => answers + ANSWER * goes,
        Ask::Unseen(_) => (answers + ANSWER) * people,
        Ask::Consent(consent) => match consent.of.len() {
            0 => ANSWER * people,
            some => ANSWER * u64::try_from(some).unwrap_or(people),
        },
        // Each reads alone, once the screen is theirs.
        Ask::Gate(gate) => {
            let questions = gate.questions.iter().map(words).sum();
            (reading(questions) + 2 * ANSWER) * people
        }
        Ask::Agreement(agreement) => {
            let lines = agreement.lines.iter().map(words).sum();
            reading(lines) + ANSWER * people
        }
        // Company, whether it can be given, and a sign.
        Ask::Support(support) if !support.rungs.is_empty() => 3 * ANSWER * people,
        Ask::Rest(rest) => u64::try_from(rest.length.as_millis()).unwrap_or(0),
        _ => ANSWER * goes,
    };
    read + asked + step.aloud * 1_000 * people
}

fn reading(words: u64) -> u64 {
    words * 60_000 / WORDS_A_MINUTE
}

fn role_words(says: &RoleSays) -> u64 {
    let on = Rung::ALL.into_iter().map(|rung| words(says.on(rung)));
    on.max().unwrap_or(0)
}

/// How many words a text has; a name counts as one.
fn words(text: &Text) -> u64 {
    let count = |says: &str| u64::try_from(says.split_whitespace().count()).unwrap_or(0);
    let pieces = text.0.iter().flatten();
    let words = pieces.map(|piece| match piece {
        Piece::Words(says) => count(says.as_str()),
        Piece::Role(_) | Piece::Written(_) => 1,
        Piece::Packed(packs) => {
            let packs = packs.iter().map(|says| count(says.as_str()));
            packs.max().unwrap_or(0)
        }
        Piece::BySense(both) => {
            let both = both.iter().map(|says| count(says.as_str()));
            both.max().unwrap_or(0)
        }
    });
    words.sum()
}

/// What else changes where a stage gets so many minutes, so that the sum is right again, and no more than there may be.
fn also(script: &Script, stage: &Stage, minutes: u64, gives: bool) -> SafeText {
    let w = &crate::text::words::words().script;
    let people = usize::from(script.people.to);
    let times = stage.shares(people, script.one_sided.is_some());
    let more = Duration::from_secs(minutes * 60).saturating_sub(stage.length) * times;
    let sum = u64::from(script.minutes) + more.as_secs().div_ceil(60);
    let (over, most) = (sum.saturating_sub(LONGEST).to_string(), LONGEST.to_string());
    match gives {
        true => SafeText::default(),
        false if sum > LONGEST => fill(&w.also_over, &[("over", &*over), ("most", &*most)]),
        false => SafeText::new(w.also_sum),
    }
}

/// Says of a stage whose words take longer than its minutes how long they take.
pub(crate) fn check_reading(raw: &RawScript, script: &Script, problems: &mut Problems) {
    let w = &crate::text::words::words().script.sentence;
    let times = stage_times(script);
    let gives = raw.stages.iter().any(RawStage::gets_the_rest);
    for (raw, stage) in raw.stages.iter().zip(&script.stages) {
        let mut times = times.iter();
        let time = times.find(|time| std::ptr::eq(time.stage, stage));
        let (Some(time), Some(minutes)) = (time, &raw.minutes) else {
            continue;
        };
        if !stage.rest && time.takes > stage.length {
            let takes = time.takes.as_secs().div_ceil(60);
            let (sentence, also) = match takes > LONGEST {
                true => (&w.longer_reading, SafeText::default()),
                false => (&w.long_reading, also(script, stage, takes, gives)),
            };
            let [n, most] = [takes, LONGEST].map(|n| n.to_string());
            let values = [("n", &*n), ("most", &*most), ("also", also.as_str())];
            problems.note(&minutes.span, sentence, &values);
        } else if let Some(at) = raw.at_least.as_ref().filter(|_| time.is_cut_short()) {
            let takes = in_minutes(time.takes);
            problems.note(&at.span, &w.short_least, &[("n", &takes)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::Path;

    use super::*;
    use crate::script::shipped;

    fn said(text: &Text) -> String {
        let pieces = text.0.iter().flatten();
        let words = pieces.map(|piece| match piece {
            Piece::Words(says) | Piece::BySense([says, _]) => says.as_str().to_owned(),
            Piece::Role(_) | Piece::Written(_) | Piece::Packed(_) => "…".to_owned(),
        });
        words.collect()
    }

    /// The table of the docs.
    fn table() -> (String, Vec<String>) {
        let mut page = include_str!("minutes.md").to_owned();
        let mut wrong = Vec::new();
        for script in shipped() {
            let _ = writeln!(
                page,
                "\n## {}\n\n| stage | minutes | it takes |\n|---|---|---|",
                script.title
            );
            let lengths = script.lengths(script.people.to);
            for time in &stage_times(script) {
                let seconds = time.takes.as_millis().div_ceil(1000);
                let (minutes, rest) = (seconds / 60, seconds % 60);
                let title = said(&time.stage.title);
                let mut stages = script.stages.iter();
                let at = stages.position(|stage| std::ptr::eq(stage, time.stage));
                let planned = at.map_or(time.stage.length, |at| lengths.of(at, time.stage));
                let whole = planned.as_secs() / 60;
                let _ = writeln!(page, "| {title} | {whole} | {minutes}:{rest:02} |");
                if time.is_cut_short() {
                    let least = time.stage.at_least.as_secs();
                    wrong.push(format!(
                        "{}: {title}, at least {least} seconds, takes {minutes}:{rest:02}",
                        script.name
                    ));
                }
                if time.takes > planned {
                    wrong.push(format!(
                        "{}: {title}, {whole} minutes, takes {minutes}:{rest:02}",
                        script.name
                    ));
                }
            }
        }
        (page, wrong)
    }

    /// `MINUTES=write cargo test --lib every_stage_has` writes the page anew.
    #[test]
    fn every_stage_has_the_minutes_that_its_words_take_and_the_page_says_them() {
        let (page, wrong) = table();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/minutes.md");
        if std::env::var_os("MINUTES").is_some() {
            std::fs::write(&path, &page).unwrap();
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(std::fs::read_to_string(path).unwrap(), page);
    }
}
