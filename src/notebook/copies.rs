//! Copies of a notebook: one for another machine, one that is taken in, and those that a sync program left.
//!
//! Two copies are put together by entry. What stands in either stays, unless one of them deleted it; whichever is taken
//! into the other, the same comes of it. Entries are put in the order in which their clocks say they were written.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::book_builder::Ties;
use super::book_lines::{BookLines, Raw, raw_of};
use super::draft;
use super::due;
use super::entry::{Id, Note, NotebookEntry};
use super::locked_notebook::{
    MOST_BOOK, MOST_NEW, Notebook, book_path, head_path, identity_path, new_folder,
};
use super::notebook_disk::NotebookDisk;
use super::open_error::OpenError;
use super::open_notebook::OpenNotebook;
use super::seal::{NotebookKey, Passphrase, Seal};
use super::store::Notebooks;
use crate::storage::{Cause, sum_of};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::date::Date;

/// The folder of a notebook inside a copy.
const INSIDE: &str = "notebook";

/// When an entry was written, whatever kind it is.
#[derive(Deserialize)]
struct Written {
    at: WrittenWall,
}

#[derive(Deserialize)]
struct WrittenWall {
    wall: i64,
}

/// In the order in which clocks say they were written; those that say no time come last.
fn in_order(raw: Vec<Raw>) -> Vec<Raw> {
    let wall = |raw: &Raw| {
        let written = serde_json::from_str::<Written>(raw);
        written.map_or(i64::MAX, |written| written.at.wall)
    };
    let dated = raw.into_iter().map(|raw| (wall(&raw), raw));
    let mut dated: Vec<(i64, Raw)> = dated.collect();
    dated.sort_by(|(one, raw), (other, next)| (one, raw.as_str()).cmp(&(other, next.as_str())));
    dated.dedup_by(|(_, one), (_, other)| one.as_str() == other.as_str());
    dated.into_iter().map(|(_, raw)| raw).collect()
}

impl Notebook {
    /// The notebook in a copy that somebody names: the folder itself, or the one inside. Nothing of it is changed.
    ///
    /// # Errors
    /// There is none, or a newer program wrote it.
    fn in_copy(folder: &Path, factor: u8) -> Result<Self, OpenError> {
        let inside = folder.join(INSIDE);
        let place = [inside, folder.to_path_buf()]
            .into_iter()
            .find(|at| head_path(at).is_file());
        let none = || {
            let values = [("place", &*folder.to_string_lossy())];
            OpenError::Trouble(fill(&words().notebook.no_copy, &values))
        };
        Self::at(place.ok_or_else(none)?, NotebookDisk::Real, factor)
    }

    /// All that this key reads in a copy, with a page that was begun as a note. Nothing of it is changed.
    fn read_copy(&self, key: &NotebookKey) -> Result<BookLines, OpenError> {
        let (place, folder) = (&self.place, &self.folder);
        let mut lines = place.read_lines(key, &book_path(folder, &self.head.seal), MOST_BOOK)?;
        let added = new_folder(folder);
        for name in place.names(&added)? {
            let path = added.join(name);
            let ending = path.extension().unwrap_or_default();
            if ending == self.head.seal.ending() {
                lines.take(place.read_lines(key, &path, MOST_NEW)?);
            } else if ending == Seal::Plain.ending() {
                lines.take(place.read_lines(&NotebookKey::Plain, &path, MOST_NEW)?);
            }
        }
        let draft = draft::read(self, key, &draft::path(folder, &self.head.seal))?;
        let note = draft.map(|draft| {
            NotebookEntry::Note(Note {
                id: id_of(&draft.words),
                ..draft.note()
            })
        });
        lines.raw.extend(note.as_ref().and_then(raw_of));
        Ok(lines)
    }

    /// The files that it consists of, by their names in its folder.
    fn files(&self) -> Result<Vec<PathBuf>, OpenError> {
        let (folder, seal) = (&self.folder, &self.head.seal);
        let own = [
            head_path(folder),
            identity_path(folder),
            book_path(folder, seal),
            draft::path(folder, seal),
            due::path(folder),
        ];
        let added = new_folder(folder);
        let names = self.place.names(&added)?.into_iter();
        let added = names.map(|name| added.join(name));
        Ok(own
            .into_iter()
            .filter(|path| path.is_file())
            .chain(added)
            .collect())
    }

    /// Writes its files into this new folder, as they are.
    fn copy_to(&self, place: &NotebookDisk, folder: &Path) -> Result<(), OpenError> {
        place.make_folder(&new_folder(folder))?;
        for path in self.files()? {
            let Ok(name) = path.strip_prefix(&self.folder) else {
                continue;
            };
            let bytes = self.place.sink().read(&path, MOST_BOOK)?;
            place.put(&folder.join(name), &bytes)?;
        }
        Ok(())
    }
}

/// A name that the same words have on every machine.
fn id_of(words_of_it: &str) -> Id {
    let sums = [
        sum_of(words_of_it.as_bytes()),
        sum_of([words_of_it, "\n"].concat().as_bytes()),
    ];
    Id::of(&sums.concat()).unwrap_or_default()
}

impl BookLines {
    fn take(&mut self, other: Self) {
        self.heed(&other);
        self.raw.extend(other.raw);
    }
}

impl OpenNotebook {
    /// Takes in another copy of this notebook; answers how many entries are new here. The copy is not changed, and
    /// needs its passphrase only where it is sealed to another key.
    ///
    /// # Errors
    /// Why not; then this notebook is as it was.
    pub(crate) fn take_in(
        &mut self,
        folder: &Path,
        passphrase: Option<&Passphrase>,
    ) -> Result<usize, OpenError> {
        let copy = Notebook::in_copy(folder, self.notebook().factor)?;
        let lines = if self.key().fits(&copy.head.seal) {
            copy.read_copy(self.key())?
        } else {
            copy.read_copy(&copy.key(passphrase)?)?
        };
        self.absorb(lines)
    }

    /// Puts the entries of another copy among its own.
    fn absorb(&mut self, other: BookLines) -> Result<usize, OpenError> {
        // What was written beside the book meanwhile is one of the two copies, too.
        self.fold_new()?;
        let own = self.lines();
        let there: HashSet<String> = own.raw.iter().map(|raw| sum_of(raw.as_bytes())).collect();
        let mut lines = BookLines {
            head: own.head.clone(),
            raw: own.raw.clone(),
        };
        lines.take(other);
        lines.raw = in_order(lines.raw);
        let entries = lines.read();
        let ties = Ties::of(entries.iter().flatten());
        lines.keep_alive(&ties, &entries);
        drop(entries);
        let is_new = |raw: &&Raw| !there.contains(&sum_of(raw.as_bytes()));
        let new = lines.raw.iter().filter(is_new).count();
        self.replace_lines(lines)?;
        Ok(new)
    }

    /// Takes in what a sync program left beside the book, because two machines had written it: nothing of either is
    /// lost. What can't be read stays where it is.
    pub(super) fn take_in_beside(&mut self) -> Vec<SafeText> {
        let place = self.notebook().place.clone();
        let folder = self.notebook().folder.clone();
        let own = book_path(&folder, &self.notebook().head.seal);
        let mut said = Vec::new();
        for name in place.names(&folder).unwrap_or_default() {
            let path = folder.join(&name);
            let beside = name.starts_with("book") && path.extension() == own.extension();
            if !beside || path == own || name.contains("set-aside") {
                continue;
            }
            let read = place.read_lines(self.key(), &path, MOST_BOOK);
            let taken = read.and_then(|lines| self.absorb(lines));
            let done = taken.and_then(|_| Ok(place.remove(&path)?));
            said.push(match done {
                Ok(()) => SafeText::new(words().notebook.taken_beside),
                Err(why) => why.sentence(),
            });
        }
        said
    }

    /// Copies all of it into a new folder, sealed as it is, and notes the day.
    ///
    /// # Errors
    /// Why not; nothing that was there before is written over.
    pub(crate) fn copy_into(&mut self, folder: &Path, today: Date) -> Result<PathBuf, OpenError> {
        self.fold_new()?;
        let copy = new_name(folder, today)?;
        let notebook = self.notebook();
        notebook.place.make_folder(&copy)?;
        notebook.copy_to(&notebook.place, &copy.join(INSIDE))?;
        self.note_copied(today)?;
        Ok(copy)
    }
}

/// A folder that is not there yet, named after the day.
fn new_name(folder: &Path, today: Date) -> Result<PathBuf, OpenError> {
    let named = |n: u32| match n {
        1 => folder.join(today.to_string()),
        n => folder.join(format!("{today}-{n}")),
    };
    let free = (1..1000).map(named).find(|path| !path.exists());
    let full = || {
        let path = named(1);
        let why = crate::storage::StorageError::with(
            crate::storage::FileAction::Write,
            &path,
            Cause::Exists,
        );
        OpenError::from(why)
    };
    free.ok_or_else(full)
}

impl Notebooks {
    /// Brings the notebook of a copy to this machine, where nobody of that name has one; answers whose it is.
    ///
    /// # Errors
    /// The sentence that says why not, with the next step.
    pub(crate) fn bring(&self, folder: &Path) -> Result<String, SafeText> {
        let brought = self.bring_in(folder);
        brought.map_err(|why| why.sentence())
    }

    fn bring_in(&self, folder: &Path) -> Result<String, OpenError> {
        let copy = Notebook::in_copy(folder, self.factor())?;
        OpenNotebook::look(&copy)?;
        let name = copy.name().to_owned();
        if self.of(&name).map_err(OpenError::Trouble)?.is_some() {
            let there = &words().notebook.copy_there;
            return Err(OpenError::Trouble(fill(there, &[("name", &name)])));
        }
        self.put_beside(|place, beside| copy.copy_to(place, beside))?;
        Ok(name)
    }
}
