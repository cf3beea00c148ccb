//! A promise: how it is made for one's own notebook, and how it is looked at again.

use super::own_notes::{CheckBack, OwnEntry};
use crate::script::{PromiseAnswer, Who};
use crate::session::Session;
use crate::session::intent::{Effect, Intent, PrivateText};
use crate::session::state::StepState;

/// What became of a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PromiseOutcome {
    /// It was kept.
    Kept,
    /// It was not kept, or nobody said so.
    Missed,
    /// It is done, or no longer wanted.
    Released,
}

/// A promise as somebody makes it in a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewPromise {
    /// What is promised.
    pub(crate) words: PrivateText,
    /// When it is looked at again.
    pub(crate) again: CheckBack,
    /// To whom, as they are called; may be empty.
    pub(crate) called: PrivateText,
    /// A hint for the first page that only its owner understands; may be empty.
    pub(crate) cue: PrivateText,
}

/// A promise in the making. The words come last, so that all of it is kept at once or nothing of it is; after a crash
/// before that it is asked anew from the day on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::session) enum PromiseQuestion {
    /// When is it looked at again?
    When,
    /// Whom is it for?
    For { again: CheckBack },
    /// Which hint is there for the first page?
    Cue {
        again: CheckBack,
        called: PrivateText,
    },
    /// What is promised?
    Words {
        again: CheckBack,
        called: PrivateText,
        cue: PrivateText,
    },
}

impl PromiseQuestion {
    /// The question after this one, with what was typed; nothing where there is none.
    pub(in crate::session) fn next(self, typed: PrivateText) -> Option<Self> {
        match self {
            Self::When | Self::Words { .. } => None,
            // Nobody is reminded without a day, so there is no hint to give.
            Self::For {
                again: CheckBack::Never,
            } => Some(Self::Words {
                again: CheckBack::Never,
                called: typed,
                cue: PrivateText::from(""),
            }),
            Self::For { again } => Some(Self::Cue {
                again,
                called: typed,
            }),
            Self::Cue { again, called } => Some(Self::Words {
                again,
                called,
                cue: typed,
            }),
        }
    }

    /// The first question after the day, with nothing typed: where a log that is told again stands.
    pub(in crate::session) fn anew(&self) -> Option<Self> {
        match self {
            Self::When => None,
            Self::For { again } | Self::Cue { again, .. } | Self::Words { again, .. } => {
                Some(Self::For { again: *again })
            }
        }
    }

    /// The question before this one.
    pub(in crate::session) fn before(&self) -> Option<Self> {
        match self {
            Self::When => None,
            Self::For { .. } => Some(Self::When),
            Self::Cue { again, .. } => Some(Self::For { again: *again }),
            Self::Words { again, called, .. } if *again != CheckBack::Never => Some(Self::Cue {
                again: *again,
                called: called.clone(),
            }),
            Self::Words { again, .. } => Some(Self::For { again: *again }),
        }
    }

    /// What the log holds of an intent here: what is typed before the words is not in it, so that a log that is told
    /// again stands at the first of these questions.
    pub(in crate::session) fn to_log(&self, intent: &Intent) -> Option<Intent> {
        match (self, intent) {
            (Self::For { .. } | Self::Cue { .. }, Intent::Write { .. } | Intent::GoOn)
            | (Self::Cue { .. } | Self::Words { .. }, Intent::Back) => None,
            (Self::Words { .. }, Intent::Write { .. }) => Some(Intent::Sealed),
            (Self::Words { .. }, Intent::GoOn) => Some(Intent::Unsure),
            (_, intent) => Some(intent.clone()),
        }
    }
}

impl Session {
    /// Whether a line is asked that belongs to a promise, before its words.
    pub(in crate::session) fn is_beside_promise(&self) -> bool {
        matches!(
            self.own_here(),
            Some(StepState::Promising(
                PromiseQuestion::For { .. } | PromiseQuestion::Cue { .. }
            ))
        )
    }

    /// What an answer says about the promise that this session comes back to.
    pub(in crate::session) fn look_at_promise(&mut self, look: PromiseAnswer) -> Option<Effect> {
        let after = match look {
            PromiseAnswer::Kept => {
                self.became = Some(PromiseOutcome::Kept);
                return None;
            }
            PromiseAnswer::Missed => {
                self.became = Some(PromiseOutcome::Missed);
                return None;
            }
            PromiseAnswer::Tomorrow => Some(1),
            PromiseAnswer::ThreeDays => Some(3),
            PromiseAnswer::Week => Some(7),
            PromiseAnswer::SameDays => None,
            PromiseAnswer::Released => {
                self.became = Some(PromiseOutcome::Released);
                None
            }
        };
        self.looked(after)
    }

    /// At the end of a session: whoever said what became of the promise, and of no day to look at it again, has looked
    /// at it all the same.
    pub(in crate::session) fn looked_without_a_day(&mut self) -> Option<Effect> {
        let is_open = self.became.is_some() && !self.looked;
        is_open.then(|| self.looked(None)).flatten()
    }

    fn looked(&mut self, after: Option<u32>) -> Option<Effect> {
        let promise = self.begin.known.promise.clone()?;
        self.looked = true;
        let what = OwnEntry::Looked {
            promise,
            became: self.became.unwrap_or(PromiseOutcome::Missed),
            after,
        };
        Some(Effect::Own { who: Who(0), what })
    }
}
