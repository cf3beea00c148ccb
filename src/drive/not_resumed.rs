//! Why a session was not resumed.

use crate::journal::Busy;
use crate::shown::Shown;

/// Why a session was not resumed, as a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotResumed {
    /// Another program is going on here.
    Busy(Shown),
    /// It is not there, or cannot be gone on with.
    Cannot(Shown),
}

impl NotResumed {
    pub(super) fn of(busy: Busy) -> Self {
        if busy.is_another() {
            Self::Busy(busy.sentence())
        } else {
            Self::Cannot(busy.sentence())
        }
    }

    /// The sentence.
    #[must_use]
    pub fn sentence(self) -> Shown {
        match self {
            Self::Busy(sentence) | Self::Cannot(sentence) => sentence,
        }
    }
}
