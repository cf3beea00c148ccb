//! A quiet while, with a pace for the breath where somebody chose one.

use super::step_kind::{GoingOn, StepHere, StepKind, put_go_on};
use crate::script::{Pacer, Rest, Step, Target};
use crate::session::scene::{BreathPace, Scene};
use crate::session::state::StepState;
use crate::session::{Session, StepList};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::{Countdown, signed_ms};

impl StepKind for Rest {
    fn enter(&self, _session: &mut Session, here: StepHere<'_>) -> StepState {
        StepState::Resting {
            clock: Countdown::of(self.length, here.now),
            length: self.length,
            rung: false,
            pacer: self.pacer,
        }
    }

    fn show(&self, _session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        let w = &words().session;
        let to_choices = here.track == StepList::Stop && here.step.to == Target::Step(0);
        let StepState::Resting { clock, pacer, .. } = &here.path.doing else {
            return;
        };
        let left = clock.left(here.now);
        if let Some(pacer) = pacer {
            let gone = signed_ms(self.length).saturating_sub(left);
            scene.pacer = Some(pace(*pacer, gone));
        }
        let says = match (to_choices, left > 0) {
            (true, _) => w.resting_stop,
            (false, true) => w.resting,
            (false, false) => w.go_on,
        };
        put_go_on(scene, says);
    }

    fn going_on(&self, step: &Step, _doing: &StepState) -> GoingOn {
        GoingOn::To(step.to)
    }
}

/// How long the pattern alone stands there: over a call, what counts from its first picture on has begun before anybody
/// has seen it.
pub(in crate::session) const PACE_READ_MS: i64 = 4_000;

/// Where a pace for the breath stands after `gone` milliseconds.
fn pace(pacer: Pacer, gone: i64) -> BreathPace {
    let w = &words().session;
    let parts = [
        (&w.pace_in, pacer.breath_in),
        (&w.pace_hold, pacer.hold),
        (&w.pace_out, pacer.breath_out),
        (&w.pace_hold, pacer.hold),
    ];
    let whole: i64 = parts.iter().map(|(_, seconds)| i64::from(*seconds)).sum();
    let begun = gone.saturating_sub(PACE_READ_MS);
    let mut second = (begun.max(0) / 1000) % whole.max(1);
    let numbers = [pacer.breath_in, pacer.breath_out, pacer.hold].map(|n| n.to_string());
    let values = [
        ("in", numbers[0].as_str()),
        ("out", numbers[1].as_str()),
        ("hold", numbers[2].as_str()),
    ];
    let pattern = if pacer.hold > 0 {
        fill(&w.pace_pattern_hold, &values)
    } else {
        fill(&w.pace_pattern, &values)
    };
    let mut now = BreathPace {
        says: SafeText::new(w.pace_in),
        second: 1,
        of: pacer.breath_in,
        pattern,
    };
    if begun < 0 {
        (now.says, now.second, now.of) = (SafeText::default(), 0, 0);
        return now;
    }
    for (says, seconds) in parts {
        if second < i64::from(seconds) {
            now.says = SafeText::new(says);
            now.second = u8::try_from(second).unwrap_or(0) + 1;
            now.of = seconds;
            break;
        }
        second -= i64::from(seconds);
    }
    now
}
