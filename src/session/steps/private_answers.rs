//! Answers that each gives alone: while they are gathered they are in memory and nowhere else.

use super::kind_now;
use crate::session::intent::Intent;
use crate::session::state::{Path, State, StepState};
use crate::session::{Session, StepList};

impl Session {
    /// What the working log holds of an intent that is about to be told. While answers are gathered that each gives
    /// alone there is nothing to write; with the last of them comes one line: the gate's most careful word, and not
    /// whose it was, or all the answers that everybody is shown then. After a crash in between they are asked anew.
    #[must_use]
    pub(crate) fn to_log(&self, intent: &Intent) -> Option<Intent> {
        let asked = self.asked_alone();
        let asked = asked.and_then(|(track, path)| Some((self.step_at(track, path)?, path)));
        match asked {
            Some((step, path)) => {
                kind_now(&step.ask, &path.doing).to_log(self, &path.doing, intent)
            }
            None => Some(intent.as_logged()),
        }
    }

    /// Whether the others are not to know what is answered here.
    pub(in crate::session) fn is_answered_unseen(&self) -> bool {
        let doing = self.asked_alone().map(|(_, path)| &path.doing);
        matches!(
            doing,
            Some(StepState::Gating { .. } | StepState::Unseen { .. })
        )
    }

    /// Drops what has been gathered: whatever comes over it, everybody answers anew.
    pub(in crate::session) fn forget_given(&mut self) {
        let Some((track, path)) = self.asked_alone() else {
            return;
        };
        let step = self.step_at(track, path);
        let anew =
            step.and_then(|step| kind_now(&step.ask, &path.doing).forgotten(self, &path.doing));
        if let Some(doing) = anew {
            let path = Path {
                doing,
                ..path.clone()
            };
            self.put(track, path);
        }
    }

    /// The path whose step is asked right now, with nothing over it.
    pub(in crate::session) fn asked_alone(&self) -> Option<(StepList, &Path)> {
        match &self.state {
            State::Walking => Some((StepList::Act(self.walk.act), &self.walk.path)),
            State::Aside { aside, path } => Some((StepList::Aside(*aside), path)),
            State::Stopped { path, .. } => Some((StepList::Stop, path)),
            State::MiniClose { path } => Some((StepList::MiniClose, path)),
            State::Asides
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. }
            | State::Held { .. }
            | State::Closed(_) => None,
        }
    }
}
