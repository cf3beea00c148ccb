//! What is wrong with a place on the disk, as a sentence with the next step in it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::text::safe_text::SafeText;
use crate::text::words::{StorageCause, fill, words};

/// Something on the disk that was not possible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StorageError {
    /// What was attempted.
    pub(crate) doing: FileAction,
    /// Where.
    pub(crate) place: PathBuf,
    /// Why it was not possible.
    pub(crate) cause: Cause,
}

/// What was attempted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FileAction {
    /// Read a file.
    Read,
    /// Write a file.
    Write,
    /// Make a folder.
    Folder,
    /// Look into a folder.
    List,
    /// Set a file aside.
    SetAside,
    /// Remove a file.
    Remove,
    /// Lock a file.
    Lock,
}

/// Why it was not possible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Cause {
    /// The disk is full.
    Full,
    /// This account's share of the disk is used up.
    Quota,
    /// The disk is mounted read-only.
    ReadOnly,
    /// No permission.
    Forbidden,
    /// It is not there.
    Missing,
    /// Something of that name is there already.
    Exists,
    /// A link where there must be none.
    Link,
    /// A folder, a pipe or a device instead of a file.
    NotAFile,
    /// Something else instead of a folder.
    NotAFolder,
    /// More bytes than the program reads.
    TooLarge {
        /// How many bytes it reads.
        most: u64,
    },
    /// The device reports an error.
    Device,
    /// Too many files are open.
    TooManyOpen,
    /// Anything else, in the system's words.
    Other(String),
}

impl StorageError {
    /// What was attempted, where, and what the system answered.
    #[must_use]
    pub(crate) fn new(doing: FileAction, place: &Path, error: &io::Error) -> Self {
        Self::with(doing, place, Cause::of(error))
    }

    /// What was attempted, where, and why it was not possible.
    #[must_use]
    pub(crate) fn with(doing: FileAction, place: &Path, cause: Cause) -> Self {
        Self {
            doing,
            place: place.to_path_buf(),
            cause,
        }
    }

    /// The place and the cause, without the next step.
    #[must_use]
    pub(crate) fn why(&self) -> SafeText {
        let files = &words().storage;
        let doing = match self.doing {
            FileAction::Read => &files.doing.read,
            FileAction::Write => &files.doing.write,
            FileAction::Folder => &files.doing.folder,
            FileAction::List => &files.doing.list,
            FileAction::SetAside => &files.doing.set_aside,
            FileAction::Remove => &files.doing.remove,
            FileAction::Lock => &files.doing.lock,
        };
        let place = self.place.to_string_lossy();
        let doing = fill(doing, &[("place", &place)]);
        let cause = self.cause.is();
        fill(
            &files.why,
            &[("doing", doing.as_str()), ("cause", cause.as_str())],
        )
    }

    /// The next step.
    #[must_use]
    pub(crate) fn next(&self) -> SafeText {
        self.cause.next()
    }

    /// The whole sentence: the place, the cause and the next step.
    #[must_use]
    pub(crate) fn sentence(&self) -> SafeText {
        fill(
            &words().storage.sentence,
            &[("why", self.why().as_str()), ("next", self.next().as_str())],
        )
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence().as_str())
    }
}

impl std::error::Error for StorageError {}

impl Cause {
    /// The cause behind what the system answered.
    #[must_use]
    pub(crate) fn of(error: &io::Error) -> Self {
        // Kinds that std has no stable name for are told by their number.
        #[cfg(unix)]
        if let Some(errno) = rustix::io::Errno::from_io_error(error) {
            use rustix::io::Errno;
            for (known, cause) in [
                (Errno::LOOP, Self::Link),
                (Errno::IO, Self::Device),
                (Errno::MFILE, Self::TooManyOpen),
                (Errno::NFILE, Self::TooManyOpen),
            ] {
                if errno == known {
                    return cause;
                }
            }
        }
        for (kind, cause) in [
            (io::ErrorKind::StorageFull, Self::Full),
            (io::ErrorKind::QuotaExceeded, Self::Quota),
            (io::ErrorKind::ReadOnlyFilesystem, Self::ReadOnly),
            (io::ErrorKind::PermissionDenied, Self::Forbidden),
            (io::ErrorKind::NotFound, Self::Missing),
            (io::ErrorKind::AlreadyExists, Self::Exists),
            (io::ErrorKind::IsADirectory, Self::NotAFile),
            (io::ErrorKind::NotADirectory, Self::NotAFolder),
        ] {
            if error.kind() == kind {
                return cause;
            }
        }
        Self::Other(error.to_string())
    }

    /// What to do about it.
    #[must_use]
    pub(crate) fn next(&self) -> SafeText {
        SafeText::new(self.words().next)
    }

    fn words(&self) -> &'static StorageCause {
        let cause = &words().storage.cause;
        match self {
            Self::Full => &cause.full,
            Self::Quota => &cause.quota,
            Self::ReadOnly => &cause.read_only,
            Self::Forbidden => &cause.forbidden,
            Self::Missing => &cause.missing,
            Self::Exists => &cause.exists,
            Self::Link => &cause.link,
            Self::NotAFile => &cause.not_a_file,
            Self::NotAFolder => &cause.not_a_folder,
            Self::TooLarge { .. } => &cause.too_large,
            Self::Device => &cause.device,
            Self::TooManyOpen => &cause.too_many_open,
            Self::Other(_) => &cause.other,
        }
    }

    /// The cause in a few words.
    #[must_use]
    pub(crate) fn is(&self) -> SafeText {
        let mut most = String::new();
        let mut says = "";
        if let Self::TooLarge { most: bytes } = self {
            most = (bytes / 1024).to_string();
        } else if let Self::Other(system) = self {
            says = system;
        }
        // One of the causes has each of them, and the others none.
        let values = [("most", most.as_str()), ("says", says)];
        fill(&self.words().is, &values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_names_the_place_the_cause_and_the_next_step() {
        for cause in [
            Cause::Full,
            Cause::Quota,
            Cause::ReadOnly,
            Cause::Forbidden,
            Cause::Missing,
            Cause::Exists,
            Cause::Link,
            Cause::NotAFile,
            Cause::NotAFolder,
            Cause::TooLarge { most: 65_536 },
            Cause::Device,
            Cause::TooManyOpen,
            Cause::Other("odd".into()),
        ] {
            let trouble =
                StorageError::with(FileAction::Write, Path::new("/a/{next}\u{1b}b"), cause);
            let sentence = trouble.to_string();
            assert!(sentence.contains("/a/{next}"), "{sentence}");
            assert!(sentence.contains(trouble.cause.is().as_str()), "{sentence}");
            assert!(sentence.ends_with(trouble.next().as_str()), "{sentence}");
            assert!(!sentence.contains('\u{1b}'), "{sentence}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn the_systems_numbers_become_causes() {
        use rustix::io::Errno;
        for (errno, cause) in [
            (Errno::NOSPC, Cause::Full),
            (Errno::DQUOT, Cause::Quota),
            (Errno::ROFS, Cause::ReadOnly),
            (Errno::ACCESS, Cause::Forbidden),
            (Errno::PERM, Cause::Forbidden),
            (Errno::NOENT, Cause::Missing),
            (Errno::LOOP, Cause::Link),
            (Errno::IO, Cause::Device),
            (Errno::NOTDIR, Cause::NotAFolder),
            (Errno::NFILE, Cause::TooManyOpen),
        ] {
            assert_eq!(Cause::of(&io::Error::from(errno)), cause);
        }
    }
}
