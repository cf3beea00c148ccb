//! Why a session was not resumed.

use crate::storage::FolderBusy;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// Why a session was not resumed, as a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ResumeError {
    /// Another program is going on here.
    Busy(SafeText),
    /// It is not there, or cannot be gone on with.
    Cannot(SafeText),
}

impl ResumeError {
    pub(super) fn of(busy: FolderBusy) -> Self {
        let says = &words().session_log;
        let sentence = busy.sentence(&says.busy, says.busy_unnamed);
        match busy {
            FolderBusy::Taken { .. } => Self::Busy(sentence),
            FolderBusy::Trouble(_) => Self::Cannot(sentence),
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
