//! The notebooks of this machine: one folder for each, with a name that says nothing.
//!
//! ```text
//! notebooks/1/head.toml       whose it is, and to which key it is sealed
//!             identity.age    that key, sealed with the passphrase
//!             book.age        everything up to the last opening
//!             new/            one file for each time that something was written since
//!             draft.age       a page that was begun and is not kept yet
//!             due.toml        days of promises, and words for them that may be seen
//! ```
//!
//! Unsealed, the book is `book.jsonl`, and there is no identity.

use std::path::{Path, PathBuf};

use super::book_lines::BookLines;
use super::header::NotebookHeader;
use super::locked_notebook::{Notebook, book_path, head_path, identity_path, new_folder};
use super::notebook_disk::NotebookDisk;
use super::open_error::OpenError;
use super::open_notebook::OpenNotebook;
use super::seal::{FACTOR, Keeping, Seal, generate, wrap};
use crate::storage::{FileAction, StorageError, sum_of};
use crate::text::safe_text::{SafeText, is_same};
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};

/// A folder that is being made, or removed; no name of it is a number.
const MAKING: &str = ".new-";
const LEAVING: &str = ".gone-";

/// The notebooks of this machine.
#[derive(Clone)]
pub struct Notebooks {
    folder: PathBuf,
    place: NotebookDisk,
    factor: u8,
}

/// A folder of the notebooks.
pub enum Listed {
    /// A notebook.
    Here(Notebook),
    /// Something that can't be read. It is left as it is.
    Unread {
        /// Where it is.
        folder: PathBuf,
        /// Why, and what to do.
        why: SafeText,
    },
}

/// What lies in the folder of the notebooks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Belongs {
    /// A part of a notebook.
    Notebook,
    /// What was set aside of one.
    Aside,
    /// Left over from something that did not come to its end.
    Left,
    /// Nothing of ours.
    No,
}

/// What has this path, from the folder of the notebooks on.
#[must_use]
pub(crate) fn belongs(path: &Path) -> Belongs {
    let names: Option<Vec<&str>> = path.iter().map(|name| name.to_str()).collect();
    let names = names.unwrap_or_default();
    let split = |name: &str| {
        let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
        (stem.to_owned(), ending.to_owned())
    };
    let sealed_or_not = |ending: &str| matches!(ending, "age" | "jsonl");
    let (folder, rest) = match names.as_slice() {
        [folder, rest @ ..] => (*folder, rest),
        [] => return Belongs::No,
    };
    if folder.starts_with(MAKING) || folder.starts_with(LEAVING) {
        return Belongs::Left;
    }
    if folder.parse::<u32>().is_err() {
        return Belongs::No;
    }
    let own = match rest {
        [] | ["new" | "head.toml" | "identity.age" | "due.toml" | "lock"] => true,
        [.., name] if name.contains("set-aside") => return Belongs::Aside,
        [.., name] if name.ends_with(".part") => return Belongs::Left,
        [name] => {
            let (stem, ending) = split(name);
            matches!(&*stem, "book" | "draft") && sealed_or_not(&ending)
        }
        ["new", name] => {
            let (stem, ending) = split(name);
            let digits =
                |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit());
            let known = stem.split_once('-');
            known.is_some_and(|(n, chance)| digits(n) && digits(chance)) && sealed_or_not(&ending)
        }
        [..] => false,
    };
    if own { Belongs::Notebook } else { Belongs::No }
}

impl Notebooks {
    /// The notebooks in this folder, which need not be there yet.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self::on(folder, NotebookDisk::Real)
    }

    pub(super) fn on(folder: PathBuf, place: NotebookDisk) -> Self {
        Self {
            folder,
            place,
            factor: FACTOR,
        }
    }

    /// The same with passphrases that take 2^`factor` rounds instead of 2^18. Fewer are for tests only.
    #[must_use]
    pub fn with_factor(mut self, factor: u8) -> Self {
        self.factor = factor;
        self
    }

    /// Every notebook, in the order in which they were made, and what can't be read.
    ///
    /// # Errors
    /// The sentence that says why the folder can't be read.
    pub fn list(&self) -> Result<Vec<Listed>, SafeText> {
        let names = self
            .place
            .names(&self.folder)
            .map_err(|trouble| trouble.sentence())?;
        let mut numbers: Vec<u32> = names.iter().filter_map(|name| name.parse().ok()).collect();
        numbers.arrange();
        let listed = |number: u32| {
            let folder = self.folder.join(number.to_string());
            match Notebook::at(folder.clone(), self.place.clone(), self.factor) {
                Ok(notebook) => Listed::Here(notebook),
                Err(why) => Listed::Unread {
                    folder,
                    why: why.sentence(),
                },
            }
        };
        Ok(numbers.into_iter().map(listed).collect())
    }

    /// Somebody's notebook, if there is one.
    ///
    /// # Errors
    /// The sentence that says why the folder can't be read.
    pub fn of(&self, name: &str) -> Result<Option<Notebook>, SafeText> {
        let here = self.list()?.into_iter().filter_map(|listed| match listed {
            Listed::Here(notebook) => Some(notebook),
            Listed::Unread { .. } => None,
        });
        let mut here: Vec<Notebook> = here.collect();
        // Two may be there from before, one in each form of the name: each is still opened by its own.
        let at = here.iter().position(|notebook| notebook.name() == name);
        let same = || here.iter().position(|one| is_same(one.name(), name));
        Ok(at.or_else(same).map(|at| here.swap_remove(at)))
    }

    /// Makes a notebook in one step: it is there with all that belongs to it, or not at all.
    ///
    /// # Errors
    /// The sentence that says why not: somebody of that name has one, the passphrase is empty, or the disk
    /// does not allow it.
    pub fn create(&self, name: &str, keeping: &Keeping) -> Result<Notebook, SafeText> {
        let made = self.make(name, keeping);
        made.map_err(|why| why.sentence())
    }

    fn make(&self, name: &str, keeping: &Keeping) -> Result<Notebook, OpenError> {
        self.place.make_folder(&self.folder)?;
        let _lock = self.place.lock(&self.folder)?;
        if self.of(name).map_err(OpenError::Trouble)?.is_some() {
            let there = &words().notebook.there_already;
            return Err(OpenError::Trouble(fill(there, &[("name", name)])));
        }
        self.tidy();
        let made = self.settled(|beside| self.furnish(beside, name, keeping));
        Notebook::at(made?, self.place.clone(), self.factor)
    }

    /// A folder that this furnishes, once it is whole.
    fn settled(
        &self,
        furnish: impl FnOnce(&Path) -> Result<(), OpenError>,
    ) -> Result<PathBuf, OpenError> {
        let beside = self.aside(MAKING);
        let made = furnish(&beside).and_then(|()| self.settle(&beside));
        if made.is_err() {
            // Best effort: the next one to be made removes what is left.
            let _ = self.place.sink().remove_folder(&beside);
        }
        made
    }

    /// A new notebook whose files are written by this: it is there with all of them, or not at all.
    pub(super) fn put_beside(
        &self,
        write: impl FnOnce(&NotebookDisk, &Path) -> Result<(), OpenError>,
    ) -> Result<PathBuf, OpenError> {
        self.place.make_folder(&self.folder)?;
        let _lock = self.place.lock(&self.folder)?;
        self.tidy();
        self.settled(|beside| write(&self.place, beside))
    }

    /// How many rounds passphrases take here.
    pub(super) fn factor(&self) -> u8 {
        self.factor
    }

    fn furnish(&self, folder: &Path, name: &str, keeping: &Keeping) -> Result<(), OpenError> {
        self.place.make_folder(&new_folder(folder))?;
        let mut sums = Vec::new();
        let seal = match keeping {
            Keeping::Plain => Seal::Plain,
            Keeping::Sealed(passphrase) if passphrase.is_empty() => {
                return Err(OpenError::Trouble(SafeText::new(
                    words().notebook.empty_passphrase,
                )));
            }
            Keeping::Sealed(passphrase) => {
                let (identity, recipient) = generate();
                let wrapped =
                    wrap(&identity, passphrase, self.factor).map_err(OpenError::Trouble)?;
                sums.push(sum_of(&wrapped));
                self.place.put(&identity_path(folder), &wrapped)?;
                Seal::To(recipient)
            }
        };
        let book = seal
            .close(BookLines::new(Vec::new()).encode())
            .map_err(OpenError::Trouble)?;
        self.place.put(&book_path(folder, &seal), &book)?;
        let head = NotebookHeader::new(name, seal, sums);
        self.place.put(&head_path(folder), head.text().as_bytes())?;
        Ok(())
    }

    /// Gives a folder that is whole the next number.
    fn settle(&self, beside: &Path) -> Result<PathBuf, OpenError> {
        let names = self.place.names(&self.folder)?;
        let taken = names
            .iter()
            .filter_map(|name| name.parse::<u32>().ok())
            .max();
        let number = taken.unwrap_or(0).saturating_add(1);
        let folder = self.folder.join(number.to_string());
        self.place.rename(beside, &folder)?;
        Ok(folder)
    }

    /// Removes a whole notebook: it is gone at once, or as it was.
    ///
    /// What can't be promised is in the words (`erased`).
    ///
    /// # Errors
    /// The sentence that says why not.
    pub fn forget(&self, notebook: &Notebook) -> Result<(), SafeText> {
        let folder = notebook.folder();
        let open = self.place.lock(folder);
        let forgotten = open.and_then(|_open| self.leave(folder));
        forgotten.map_err(|why| why.sentence())
    }

    /// Removes a whole notebook that is open here, and so in no other window; like [`Notebooks::forget`].
    ///
    /// # Errors
    /// The sentence that says why not.
    pub(crate) fn forget_open(&self, open: &OpenNotebook) -> Result<(), SafeText> {
        let forgotten = self.leave(open.notebook().folder());
        forgotten.map_err(|why| why.sentence())
    }

    /// Whoever calls this holds the notebook's own lock.
    fn leave(&self, folder: &Path) -> Result<(), OpenError> {
        let _lock = self.place.lock(&self.folder)?;
        let aside = self.aside(LEAVING);
        self.place.rename(folder, &aside)?;
        let mut sink = self.place.sink();
        let removed = sink
            .remove_folder(&aside)
            .and_then(|()| sink.sync_folder(&self.folder));
        removed.map_err(|error| StorageError::new(FileAction::Remove, &aside, &error).into())
    }

    /// Removes what was half made or half removed when a program ended.
    fn tidy(&self) {
        for name in self.place.names(&self.folder).unwrap_or_default() {
            if name.starts_with(MAKING) || name.starts_with(LEAVING) {
                // Best effort: it is in nobody's way.
                let _ = self.place.sink().remove_folder(&self.folder.join(name));
            }
        }
    }

    fn aside(&self, start: &str) -> PathBuf {
        self.folder
            .join(format!("{start}{:08x}", fastrand::u32(..)))
    }
}
