//! One session at a time.

use std::fmt;
use std::path::Path;

use crate::storage::{self, StorageError};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// Held while this instance may write into the folder.
#[derive(Debug)]
pub struct SessionLock {
    held: storage::FolderLock,
}

/// Why the lock could not be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SessionBusy {
    /// Another instance holds it.
    Taken {
        /// The id of its process, when it can be read.
        pid: Option<u32>,
    },
    /// The file can't be locked at all.
    Trouble(StorageError),
}

impl SessionLock {
    /// Takes the lock of a folder, which is made when it is missing.
    ///
    /// # Errors
    /// Another instance has it, or the disk does not allow it.
    pub fn take(folder: &Path) -> Result<Self, SessionBusy> {
        match storage::FolderLock::take(folder) {
            Ok(held) => Ok(Self { held }),
            Err(storage::FolderBusy::Taken { pid }) => Err(SessionBusy::Taken { pid }),
            Err(storage::FolderBusy::Trouble(trouble)) => Err(SessionBusy::Trouble(trouble)),
        }
    }

    /// The lock of a folder for a session, which goes on in memory where the disk gives none; and what there is to say
    /// about that: what is not noticed without, or who else can read there.
    ///
    /// # Errors
    /// Another instance has it.
    pub(crate) fn for_session(
        folder: &Path,
    ) -> Result<(Option<Self>, Option<SafeText>), SessionBusy> {
        match Self::take(folder) {
            Ok(lock) => {
                let said = lock.held.warning();
                let said = said.or_else(|| storage::open_to_others(folder));
                Ok((Some(lock), said))
            }
            Err(busy) if busy.is_another() => Err(busy),
            Err(busy) => Ok((None, Some(busy.sentence()))),
        }
    }
}

impl SessionBusy {
    /// Whether another instance is going on, so that writing here would harm it.
    #[must_use]
    pub(crate) fn is_another(&self) -> bool {
        matches!(self, Self::Taken { .. })
    }

    /// The sentence with the next step in it.
    #[must_use]
    pub(crate) fn sentence(&self) -> SafeText {
        let journal = &words().session_log;
        match self {
            Self::Taken { pid: Some(pid) } => fill(&journal.busy, &[("pid", &pid.to_string())]),
            Self::Taken { pid: None } => SafeText::new(journal.busy_unnamed),
            Self::Trouble(trouble) => trouble.sentence(),
        }
    }
}

impl fmt::Display for SessionBusy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence().as_str())
    }
}

impl std::error::Error for SessionBusy {}
