//! How much a script may hold: what is more is told once and not looked at.

use std::ops::Range;

use super::lower::Builder;
use super::raw::{RawScript, RawStage};
use crate::words::words;

/// The most steps of a script, its modules included (reliability.md 3).
pub(super) const MOST_STEPS: usize = 2_000;

/// The most stages of a script, with what stands around their turns: nobody can follow a map of more.
pub(super) const MOST_STAGES: usize = 100;

impl Builder<'_> {
    /// Too many steps are not looked at one by one: that would take long and help nobody.
    pub(super) fn count(&mut self, raw: &RawScript) -> Option<()> {
        let steps: usize = raw.stages.iter().map(|stage| stage.steps.len()).sum();
        if steps > MOST_STEPS {
            self.too_many_steps(&raw.span, steps);
            return None;
        }
        let parts = |stage: &RawStage| {
            1 + stage.before.len() + stage.after.len() + usize::from(stage.between.is_some())
        };
        let stages: usize = raw.stages.iter().map(parts).sum();
        if stages > MOST_STAGES {
            let (stages, most) = (stages.to_string(), MOST_STAGES.to_string());
            let values = [("stages", &*stages), ("most", &*most)];
            let sentence = &words().script.sentence.too_many_stages;
            self.problems.error(raw.span.clone(), sentence, &values);
            return None;
        }
        if raw.stages.is_empty() {
            if !raw.typed_stages {
                let no_stages = &words().script.sentence.no_stages;
                self.problems.error(raw.span.clone(), no_stages, &[]);
            }
            return None;
        }
        Some(())
    }

    pub(super) fn too_many_steps(&mut self, span: &Range<usize>, steps: usize) {
        let (steps, most) = (steps.to_string(), MOST_STEPS.to_string());
        self.problems.error(
            span.clone(),
            &words().script.sentence.too_many_steps,
            &[("steps", &steps), ("most", &most)],
        );
    }
}
