//! The grounding library as data (content.md 4.4), and where a pace stands after so long.

use std::time::Duration;

use crate::session::scene::BreathPace;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// Every way to come back, in the order in which they are offered.
#[derive(Debug)]
struct ExerciseLibrary {
    practice: &'static [Exercise],
}

/// One way to come back.
#[derive(Debug)]
pub(super) struct Exercise {
    #[allow(
        dead_code,
        reason = "it names the practice for those who write the file"
    )]
    pub(super) id: &'static str,
    pub(super) kind: ExerciseKind,
    pub(super) title: &'static str,
    pub(super) step: &'static [ExerciseStep],
}

/// What it turns to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ExerciseKind {
    Orienting,
    Senses,
    Movement,
    Attention,
    /// Only when it is chosen: to attend to the breath can make panic worse.
    Breath,
}

/// One screen of it.
#[derive(Debug)]
pub(super) enum ExerciseStep {
    /// Words.
    Says {
        says: &'static str,
        beneath: Option<&'static str>,
        /// The same for whoever hears and touches rather than looks.
        heard: Option<&'static str>,
        heard_beneath: Option<&'static str>,
        /// After so long it goes on by itself.
        seconds: Option<f64>,
    },
    /// Words that come and go by the clock.
    Pace { pace: &'static [Phase], times: u32 },
}

/// A word and how long it stands.
#[derive(Debug)]
pub(super) struct Phase {
    pub(super) word: &'static str,
    pub(super) seconds: f64,
}

include!(concat!(env!("OUT_DIR"), "/grounding.rs"));

pub(super) fn library() -> &'static [Exercise] {
    MADE.practice
}

/// A step of a practice, where both are there.
pub(super) fn step_at(practice: usize, step: usize) -> Option<&'static ExerciseStep> {
    library().get(practice)?.step.get(step)
}

/// Whether a practice is one of the breath.
pub(super) fn is_breath(practice: usize) -> bool {
    let one = library().get(practice);
    one.is_none_or(|one| one.kind == ExerciseKind::Breath)
}

/// Whether going on leads to another practice: never to the breath.
pub(super) fn goes_on(practice: usize) -> bool {
    !is_breath(practice) && !is_breath(practice + 1)
}

/// Half a second is told as one; no phase is shorter than that, and none lasts an hour.
pub(super) fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.clamp(0.5, 3_600.0)).unwrap_or(Duration::from_secs(1))
}

/// Which round and which phase it is after so long, and how long that phase still lasts.
pub(super) fn beat(pace: &[Phase], passed: Duration) -> (u32, usize, Duration) {
    let whole: Duration = pace.iter().map(|phase| duration(phase.seconds)).sum();
    if whole.is_zero() {
        return (u32::MAX, 0, Duration::ZERO);
    }
    let round = u32::try_from(passed.as_millis() / whole.as_millis().max(1)).unwrap_or(u32::MAX);
    let mut rest = passed.saturating_sub(whole.saturating_mul(round));
    for (n, phase) in pace.iter().enumerate() {
        let lasts = duration(phase.seconds);
        if rest < lasts {
            return (round, n, lasts - rest);
        }
        rest -= lasts;
    }
    (round, 0, Duration::ZERO)
}

/// A pace for the breath after so long: its word, which second of it this is, and the whole pattern in words.
pub(super) fn breath(pace: &[Phase], passed: Duration) -> BreathPace {
    let (_, phase, left) = beat(pace, passed);
    let here = pace.get(phase);
    let lasts = here.map_or(Duration::ZERO, |phase| duration(phase.seconds));
    let whole = |seconds: f64| u8::try_from(duration(seconds).as_millis().div_ceil(1_000));
    let second = u8::try_from(lasts.saturating_sub(left).as_secs()).unwrap_or(u8::MAX);
    BreathPace {
        says: SafeText::new(here.map_or("", |phase| phase.word)),
        second: second.saturating_add(1),
        of: here.map_or(Ok(1), |here| whole(here.seconds)).unwrap_or(1),
        pattern: pattern(pace),
    }
}

/// How long until the breath looks different: the next whole second of its word, or the next word.
pub(super) fn next_second(pace: &[Phase], passed: Duration) -> Duration {
    let (_, phase, left) = beat(pace, passed);
    let lasts = pace
        .get(phase)
        .map_or(Duration::ZERO, |phase| duration(phase.seconds));
    let gone = lasts.saturating_sub(left);
    let second = Duration::from_secs(gone.as_secs() + 1).saturating_sub(gone);
    second.min(left)
}

/// In, out; or in, stay, out, stay: as a session says it.
fn pattern(pace: &[Phase]) -> SafeText {
    let say = &words().session;
    let seconds: Vec<String> = pace.iter().map(|phase| phase.seconds.to_string()).collect();
    match seconds.as_slice() {
        [breath_in, hold, out, _] => fill(
            &say.pace_pattern_hold,
            &[("in", breath_in), ("hold", hold), ("out", out)],
        ),
        [breath_in, out, ..] => fill(&say.pace_pattern, &[("in", breath_in), ("out", out)]),
        [] | [_] => SafeText::default(),
    }
}
