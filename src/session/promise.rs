//! A promise: how it is made for one's own notebook, and how it is looked at again.

use super::Session;
use super::intent::{Effect, Intent, Said};
use super::own::{Again, Own};
use super::state::Doing;
use crate::script::{PromiseAnswer, Who};

/// What became of a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Became {
    /// It was kept.
    Kept,
    /// It was not kept, or nobody said so.
    Missed,
    /// It is done, or no longer wanted.
    Released,
}

/// A promise as somebody makes it in a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Vow {
    /// What is promised.
    pub words: Said,
    /// When it is looked at again.
    pub again: Again,
    /// To whom, as they are called; may be empty.
    pub called: Said,
    /// A hint for the first page that only its owner understands; may be empty.
    pub cue: Said,
}

/// A promise in the making. The words come last, so that all of it is kept at once or nothing of it is; after a crash
/// before that it is asked anew from the day on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Promising {
    /// When is it looked at again?
    When,
    /// Whom is it for?
    For { again: Again },
    /// Which hint is there for the first page?
    Cue { again: Again, called: Said },
    /// What is promised?
    Words {
        again: Again,
        called: Said,
        cue: Said,
    },
}

impl Promising {
    /// The question after this one, with what was typed; nothing where there is none.
    pub(super) fn next(self, typed: Said) -> Option<Self> {
        match self {
            Self::When | Self::Words { .. } => None,
            // Nobody is reminded without a day, so there is no hint to give.
            Self::For {
                again: Again::Never,
            } => Some(Self::Words {
                again: Again::Never,
                called: typed,
                cue: Said::from(""),
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
    pub(super) fn anew(&self) -> Option<Self> {
        match self {
            Self::When => None,
            Self::For { again } | Self::Cue { again, .. } | Self::Words { again, .. } => {
                Some(Self::For { again: *again })
            }
        }
    }

    /// The question before this one.
    pub(super) fn before(&self) -> Option<Self> {
        match self {
            Self::When => None,
            Self::For { .. } => Some(Self::When),
            Self::Cue { again, .. } => Some(Self::For { again: *again }),
            Self::Words { again, called, .. } if *again != Again::Never => Some(Self::Cue {
                again: *again,
                called: called.clone(),
            }),
            Self::Words { again, .. } => Some(Self::For { again: *again }),
        }
    }

    /// What the log holds of an intent here: what is typed before the words is not in it, so that a log that is told
    /// again stands at the first of these questions.
    pub(super) fn to_log(&self, intent: &Intent) -> Option<Intent> {
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
    pub(super) fn is_beside_promise(&self) -> bool {
        matches!(
            self.own_here(),
            Some(Doing::Promising(
                Promising::For { .. } | Promising::Cue { .. }
            ))
        )
    }

    /// What an answer says about the promise that this session comes back to.
    pub(super) fn look_at_promise(&mut self, look: PromiseAnswer) -> Option<Effect> {
        let after = match look {
            PromiseAnswer::Kept => {
                self.became = Some(Became::Kept);
                return None;
            }
            PromiseAnswer::Missed => {
                self.became = Some(Became::Missed);
                return None;
            }
            PromiseAnswer::Tomorrow => Some(1),
            PromiseAnswer::ThreeDays => Some(3),
            PromiseAnswer::Week => Some(7),
            PromiseAnswer::SameDays => None,
            PromiseAnswer::Released => {
                self.became = Some(Became::Released);
                None
            }
        };
        self.looked(after)
    }

    /// At the end of a session: whoever said what became of the promise, and of no day to look at it again, has looked
    /// at it all the same.
    pub(super) fn looked_without_a_day(&mut self) -> Option<Effect> {
        let is_open = self.became.is_some() && !self.looked;
        is_open.then(|| self.looked(None)).flatten()
    }

    fn looked(&mut self, after: Option<u32>) -> Option<Effect> {
        let promise = self.begin.known.promise.clone()?;
        self.looked = true;
        let what = Own::Looked {
            promise,
            became: self.became.unwrap_or(Became::Missed),
            after,
        };
        Some(Effect::Own { who: Who(0), what })
    }
}
