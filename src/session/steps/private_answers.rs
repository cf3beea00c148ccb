//! Answers that each gives alone: while they are gathered they are in memory and nowhere else.

use crate::script::Ask;
use crate::session::intent::{GateWord, Intent};
use crate::session::state::{Path, State, StepState};
use crate::session::{Session, StepList};

impl Session {
    /// What the working log holds of an intent that is about to be told. While answers are gathered that each gives
    /// alone there is nothing to write; with the last of them comes one line: the gate's most careful word, and not
    /// whose it was, or all the answers that everybody is shown then. After a crash in between they are asked anew.
    #[must_use]
    pub(crate) fn to_log(&self, intent: &Intent) -> Option<Intent> {
        match self.own_here() {
            // The words are in somebody's notebook, and nowhere else.
            Some(StepState::Noting) if matches!(intent, Intent::Write { .. }) => {
                return Some(Intent::Sealed);
            }
            Some(StepState::Promising(asked)) => return asked.to_log(intent),
            Some(_) | None => {}
        }
        if let Intent::Rate { value } = intent {
            let least = self.least_with_the_same_way(*value);
            return Some(Intent::Rated { least });
        }
        let asked = self.asked_alone().map(|(_, path)| &path.doing);
        let is_last = |said: usize| said + 1 >= self.begin.people.len();
        match (asked, intent) {
            (Some(StepState::Gating { .. }), Intent::Look) => None,
            (Some(StepState::Gating { said, open }), Intent::Back)
                if !said.is_empty() || *open && self.begin.people.len() > 1 =>
            {
                None
            }
            (Some(StepState::Unseen { said }), Intent::Back) if !said.is_empty() => None,
            (Some(StepState::Gating { said, .. }), intent) => match GateWord::of(intent) {
                Some(says) if is_last(said.len()) => Some(Intent::Gated {
                    says: said.iter().copied().fold(says, GateWord::max),
                }),
                Some(_) => None,
                None => Some(intent.clone()),
            },
            (Some(StepState::Unseen { said }), intent) => match of_answer(intent) {
                Some(last) if is_last(said.len()) => Some(Intent::Answered {
                    said: said.iter().copied().chain([last]).collect(),
                }),
                Some(_) => None,
                None => Some(intent.clone()),
            },
            (_, _) => Some(intent.clone()),
        }
    }

    /// Drops what has been gathered: whatever comes over it, everybody answers anew.
    pub(in crate::session) fn forget_given(&mut self) {
        let alone = self.begin.people.len() == 1;
        let path = match &mut self.state {
            State::Walking => &mut self.walk.path,
            State::Aside { path, .. } | State::Stopped { path, .. } | State::MiniClose { path } => {
                path
            }
            State::Asides
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. }
            | State::Held { .. }
            | State::Closed(_) => return,
        };
        if let StepState::Gating { said, open } = &mut path.doing {
            said.clear();
            *open = alone;
        }
        if let StepState::Unseen { said } = &mut path.doing {
            said.clear();
        }
        if let StepState::Promising(asked) = &mut path.doing
            && let Some(anew) = asked.anew()
        {
            *asked = anew;
        }
    }

    /// Whether the screen is empty because one person is to be alone with it first.
    pub(in crate::session) fn is_empty_gate(&self) -> bool {
        let doing = self.asked_alone().map(|(_, path)| &path.doing);
        matches!(doing, Some(StepState::Gating { open: false, .. }))
    }

    /// The lowest number that leads where this one does: nobody's own number is written down.
    fn least_with_the_same_way(&self, value: u8) -> u8 {
        let asked = self.asked_alone();
        let step = asked.and_then(|(track, path)| self.step_at(track, path));
        match step.map(|step| &step.ask) {
            Some(Ask::Rating(bounds)) => {
                let passed = bounds.iter().map(|(bound, _)| *bound);
                passed.filter(|bound| *bound <= value).max().unwrap_or(0)
            }
            Some(_) | None => value,
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

impl GateWord {
    /// The word that an intent gives at the gate. Who passes has not said that they are fit to work.
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "whatever else is asked gives no word"
    )]
    pub(in crate::session) fn of(intent: &Intent) -> Option<Self> {
        match intent {
            Intent::Gate { says } => Some(*says),
            Intent::GoOn | Intent::Unsure => Some(Self::NotToday),
            _ => None,
        }
    }
}

/// The answer that an intent gives unseen; within, `None` for who passes.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else is asked gives no answer"
)]
pub(in crate::session) fn of_answer(intent: &Intent) -> Option<Option<usize>> {
    match intent {
        Intent::GoOn | Intent::Unsure => Some(None),
        Intent::Answer { n } => Some(Some(*n)),
        _ => None,
    }
}
