//! One notebook while it is locked: anybody at the machine can add to it, and nobody can read it.

use std::path::{Path, PathBuf};

use super::book_lines::BookLines;
use super::due::{self, DueLater};
use super::entry::NotebookEntry;
use super::header::NotebookHeader;
use super::notebook_disk::NotebookDisk;
use super::open_error::OpenError;
use super::seal::Seal;
use crate::storage::{self, Cause, StorageError};
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::date::Date;

/// The most bytes of `head.toml` and `identity.age`.
pub(super) const MOST_HEAD: u64 = 64 * 1024;
/// The most bytes that are written at once.
pub(super) const MOST_NEW: u64 = 4 * 1024 * 1024;
/// The most bytes of a book.
pub(super) const MOST_BOOK: u64 = 64 * 1024 * 1024;

pub(super) fn head_path(folder: &Path) -> PathBuf {
    folder.join("head.toml")
}

pub(super) fn identity_path(folder: &Path) -> PathBuf {
    folder.join("identity.age")
}

pub(super) fn book_path(folder: &Path, seal: &Seal) -> PathBuf {
    folder.join("book").with_extension(seal.ending())
}

pub(super) fn new_folder(folder: &Path) -> PathBuf {
    folder.join("new")
}

/// One person's notebook, locked.
#[derive(Clone)]
pub struct Notebook {
    pub(super) folder: PathBuf,
    pub(super) place: NotebookDisk,
    pub(super) head: NotebookHeader,
    pub(super) factor: u8,
}

/// What was just written, so that it can be taken back.
pub struct AppendedFile {
    path: PathBuf,
    due: Option<Vec<DueLater>>,
    trouble: Option<SafeText>,
}

impl AppendedFile {
    /// Why the days of promises could not be noted for home; the entries themselves are safe.
    #[must_use]
    pub fn trouble(&self) -> Option<&SafeText> {
        self.trouble.as_ref()
    }
}

impl std::fmt::Debug for AppendedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Added({})", self.path.display())
    }
}

impl std::fmt::Debug for Notebook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Notebook({})", self.folder.display())
    }
}

impl Notebook {
    /// # Errors
    /// Its head can't be read, or a newer program wrote it.
    pub(super) fn at(folder: PathBuf, place: NotebookDisk, factor: u8) -> Result<Self, OpenError> {
        let head = read_head(&place, &folder)?;
        Ok(Self {
            folder,
            place,
            head,
            factor,
        })
    }

    /// Whose it is.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.head.name
    }

    /// The day on which all of it was copied last, for another machine or to be safe.
    #[must_use]
    pub(crate) fn copied(&self) -> Option<Date> {
        self.head.copied
    }

    /// Whether a passphrase is needed to read it.
    #[must_use]
    pub(crate) fn is_sealed(&self) -> bool {
        match self.head.seal {
            Seal::Plain => false,
            Seal::To(_) => true,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The promises that still hold, as far as they may be shown while it is locked.
    ///
    /// # Errors
    /// The sentence that says why they can't be read.
    pub fn due(&self) -> Result<Vec<DueLater>, SafeText> {
        due::read(&self.place, &self.folder).map_err(|why| why.sentence())
    }

    /// Writes entries. When this returns `Ok`, they are on the disk, all of them; no passphrase is needed.
    ///
    /// # Errors
    /// The sentence that says why not. Writing the same entries again does not double them.
    pub fn add(&self, entries: &[NotebookEntry]) -> Result<AppendedFile, SafeText> {
        let added = self.put_new(entries);
        added.map_err(|why| why.sentence())
    }

    fn put_new(&self, entries: &[NotebookEntry]) -> Result<AppendedFile, OpenError> {
        // A newer program may have come by since this notebook was listed.
        let head = read_head(&self.place, &self.folder)?;
        let cannot = || OpenError::Trouble(SafeText::new(words().notebook.cannot_seal));
        let plain = BookLines::of(entries).ok_or_else(cannot)?.encode();
        let bytes = head.seal.close(plain).map_err(OpenError::Trouble)?;
        if u64::try_from(bytes.len()).is_ok_and(|len| len > MOST_NEW) {
            return Err(OpenError::Trouble(SafeText::new(
                words().notebook.too_large,
            )));
        }
        let folder = new_folder(&self.folder);
        self.place.make_folder(&folder)?;
        let path = folder
            .join(self.next_name(&folder)?)
            .with_extension(head.seal.ending());
        self.place.put(&path, &bytes)?;
        let (due, trouble) = self.note_due(entries);
        Ok(AppendedFile { path, due, trouble })
    }

    /// The next number, and letters by chance: a name is never used again, so that whoever folds the
    /// old file of that name into the book can't remove a new one.
    fn next_name(&self, folder: &Path) -> Result<String, StorageError> {
        let names = self.place.names(folder)?;
        let number = |name: &String| name.split('-').next()?.parse::<u64>().ok();
        let last = names.iter().filter_map(number).max().unwrap_or(0);
        let next = last.saturating_add(1);
        Ok(format!("{next:08}-{:08x}", fastrand::u32(..)))
    }

    /// Notes the days of promises for home. What was there before comes back, and why it did not work.
    fn note_due(&self, entries: &[NotebookEntry]) -> (Option<Vec<DueLater>>, Option<SafeText>) {
        let before = match due::read(&self.place, &self.folder) {
            Ok(before) => before,
            // The entries themselves are safe; the days of all of them are written when the notebook is opened.
            Err(why) => return (None, Some(why.sentence())),
        };
        let after = due::after(before.clone(), entries);
        if after == before {
            return (None, None);
        }
        let written = due::write(&self.place, &self.folder, &after);
        let trouble = written.err().map(|trouble| trouble.sentence());
        (Some(before), trouble)
    }

    /// Takes back what was just written.
    ///
    /// # Errors
    /// The sentence that says why not: the disk does not allow it, or it is part of the book by now.
    pub(crate) fn take_back(&self, added: &AppendedFile) -> Result<(), SafeText> {
        let here = self.place.sink().read(&added.path, MOST_NEW);
        if here.is_err_and(|trouble| trouble.cause == Cause::Missing) {
            return Err(SafeText::new(words().notebook.taken_in));
        }
        let removed = self.place.remove(&added.path);
        removed.map_err(|trouble| trouble.sentence())?;
        added.due.as_ref().map_or(Ok(()), |due| {
            due::write(&self.place, &self.folder, due).map_err(|trouble| trouble.sentence())
        })
    }

    /// Whether it is open in another window: then, the id of that process, where it can be read.
    #[must_use]
    pub(crate) fn is_open(&self) -> Option<Option<u32>> {
        storage::holder(&self.folder)
    }
}

pub(super) fn read_head(place: &NotebookDisk, folder: &Path) -> Result<NotebookHeader, OpenError> {
    let path = head_path(folder);
    let bytes = place.sink().read(&path, MOST_HEAD)?;
    NotebookHeader::read(&bytes, &path)
}
