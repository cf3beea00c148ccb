//! How much a script may hold: what is more is told once and not looked at.

use std::time::Duration;

use crate::script::format::tables::{RawScript, RawStage, parts_around};
use crate::script::problem::Problems;
use crate::script::source::Span;
use crate::text::words::words;

/// The most steps of a script, its modules included (reliability.md 3).
pub(crate) const MOST_STEPS: usize = 2_000;

/// The most stages of a script, with what stands around their turns: nobody can follow a map of more.
const MOST_STAGES: usize = 100;

/// The longest turn that needs no landing.
const SHORT_TURN: Duration = Duration::from_secs(5 * 60);

/// Whether a turn is so short that it needs no landing, or says that it has none.
pub(crate) fn needs_no_landing(raw: &RawStage) -> bool {
    let none = raw.landing.as_ref().is_some_and(|at| at.it.is_zero());
    let own_pace = raw.groups.is_some() && raw.order.as_ref().is_some_and(|at| at.it == "ready");
    if none || own_pace || raw.open.is_set() || raw.shared.is_set() {
        return true;
    }
    let length = raw.minutes.as_ref().and_then(|at| at.minutes);
    length.is_some_and(|length| length <= SHORT_TURN)
}

/// Whether a script is looked at: too many steps are not looked at one by one, which would take long and help nobody.
pub(crate) fn is_in_limits(raw: &RawScript, problems: &mut Problems) -> bool {
    let w = &words().script.sentence;
    let steps: usize = raw.stages.iter().map(|stage| stage.steps.len()).sum();
    if steps > MOST_STEPS {
        too_many_steps(&raw.span, steps, problems);
        return false;
    }
    let parts = |stage: &RawStage| 1 + parts_around(stage).count();
    let stages: usize = raw.stages.iter().map(parts).sum();
    if stages > MOST_STAGES {
        let (stages, most) = (stages.to_string(), MOST_STAGES.to_string());
        let values = [("stages", &*stages), ("most", &*most)];
        problems.error(&raw.span, &w.too_many_stages, &values);
        return false;
    }
    if raw.stages.is_empty() && !raw.stages.typed {
        problems.error(&raw.span, &w.no_stages, &[]);
    }
    !raw.stages.is_empty()
}

/// Says that there are too many steps.
pub(crate) fn too_many_steps(span: &Span, steps: usize, problems: &mut Problems) {
    let (steps, most) = (steps.to_string(), MOST_STEPS.to_string());
    let values = [("steps", &*steps), ("most", &*most)];
    problems.error(span, &words().script.sentence.too_many_steps, &values);
}
