//! Why a session was not resumed.

use crate::session_log::SessionBusy;
use crate::text::safe_text::SafeText;

/// Why a session was not resumed, as a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ResumeError {
    /// Another program is going on here.
    Busy(SafeText),
    /// It is not there, or cannot be gone on with.
    Cannot(SafeText),
}

impl ResumeError {
    pub(super) fn of(busy: SessionBusy) -> Self {
        if busy.is_another() {
            Self::Busy(busy.sentence())
        } else {
            Self::Cannot(busy.sentence())
        }
    }

    /// The sentence.
    #[must_use]
    pub(crate) fn sentence(self) -> SafeText {
        match self {
            Self::Busy(sentence) | Self::Cannot(sentence) => sentence,
        }
    }
}
