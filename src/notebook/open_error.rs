//! Why a notebook does not open.

use std::fmt;
use std::path::Path;

use super::HEADER;
use crate::storage::{self, FileHeader, HeaderMismatch, StorageError};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

/// Why a notebook does not open. None of it changes anything on the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OpenError {
    /// The passphrase is another one.
    WrongPassphrase,
    /// Something is not as it was written.
    Damaged(SafeText),
    /// A newer program wrote it.
    Newer(SafeText),
    /// The disk does not allow it, or another program has it open.
    Trouble(SafeText),
}

impl OpenError {
    /// The sentence with the next step in it.
    #[must_use]
    pub(crate) fn sentence(&self) -> SafeText {
        match self {
            Self::WrongPassphrase => SafeText::new(words().notebook.wrong_passphrase),
            Self::Damaged(why) | Self::Newer(why) | Self::Trouble(why) => why.clone(),
        }
    }

    pub(super) fn damaged(place: &Path) -> Self {
        Self::Damaged(at(&words().notebook.damaged, place))
    }

    pub(super) fn key_changed(place: &Path) -> Self {
        Self::Damaged(at(&words().notebook.key_changed, place))
    }

    pub(super) fn busy(busy: &storage::FolderBusy) -> Self {
        let notebook = &words().notebook;
        Self::Trouble(busy.sentence(&notebook.busy, notebook.busy_unnamed))
    }

    /// Looks at what every version says of itself, before anything else is.
    pub(super) fn check(found: &FileHeader, place: &Path) -> Result<(), Self> {
        HEADER.check(found).map_err(|why| match why {
            HeaderMismatch::Foreign => Self::Damaged(at(&words().notebook.foreign, place)),
            HeaderMismatch::Newer => {
                let values = [
                    ("place", &*place.to_string_lossy()),
                    ("found", &found.version()),
                    ("ours", &HEADER.version()),
                ];
                Self::Newer(fill(&words().notebook.newer, &values))
            }
        })
    }
}

impl From<StorageError> for OpenError {
    fn from(trouble: StorageError) -> Self {
        Self::Trouble(trouble.sentence())
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence().as_str())
    }
}

impl std::error::Error for OpenError {}

fn at(text: &Template, place: &Path) -> SafeText {
    fill(text, &[("place", &place.to_string_lossy())])
}
