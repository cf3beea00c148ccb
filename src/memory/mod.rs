//! What is remembered between sessions.
//!
//! Owns: who sat together, how and with what agreement; the loans; people's cards and where they are; the record of
//! kept outlines.
//! Never does: writing what people did not choose to keep; overwriting a file that it
//! does not understand; reading a clock.
//! May see: script, session, storage, text, time.

mod circle;
mod memory_file;
mod model;
mod record;

use std::fmt;
use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use memory_file::UnreadableMemory;

pub(crate) use circle::{AgreementVersion, Circle, TRIAL};
pub use model::Memory;
pub(crate) use model::{PersonLine, PersonMemory};
pub use record::keep;
pub(crate) use record::{forget, forget_with, latest, outlines};

use crate::storage::{self, Cause, FileAction, FileSystem, Folders, RealFileSystem, StorageError};
use crate::text::safe_text::{SafeText, composed};
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};

/// A change of what is remembered. It may be made again, when the file could not be written the first time.
type MemoryChange = Box<dyn Fn(&mut Memory)>;

/// What is remembered between sessions, and the file that holds it.
pub struct MemoryStore {
    path: PathBuf,
    disk: Box<dyn FileSystem>,
    /// Why the file must not be written, when it holds something that is not understood.
    sealed: Option<SafeText>,
    memory: Memory,
    /// Changes that are not in the file yet, because it could not be written.
    unwritten: Vec<MemoryChange>,
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("People")
    }
}

impl Deref for MemoryStore {
    type Target = Memory;

    fn deref(&self) -> &Memory {
        &self.memory
    }
}

impl MemoryStore {
    /// Reads what is remembered. When that is not possible, the program goes on without,
    /// a notice says why, and the file is left as it is.
    #[must_use]
    pub fn load(home: &Folders) -> (Self, Option<SafeText>) {
        Self::load_on(home.people(), Box::new(RealFileSystem::default()))
    }

    fn load_on(path: PathBuf, mut disk: Box<dyn FileSystem>) -> (Self, Option<SafeText>) {
        let read = memory_file::load(&path, disk.as_mut());
        let mut people = Self {
            path,
            disk,
            sealed: None,
            memory: Memory::default(),
            unwritten: Vec::new(),
        };
        match read {
            Ok(memory) => {
                people.memory = memory;
                (people, None)
            }
            Err(why) => {
                let says = &words().memory.unread;
                let says = |why: &SafeText| fill(says, &[("trouble", why.as_str())]);
                let notice = match why {
                    UnreadableMemory::Disk(trouble) => says(&trouble.sentence()),
                    UnreadableMemory::Strange(why) => {
                        people.sealed = Some(why.clone());
                        why
                    }
                };
                (people, Some(notice))
            }
        }
    }

    /// Reads the file anew. What the disk did not give it may give the next time; what is not understood is left
    /// alone from now on.
    fn again(&mut self) -> Result<Memory, SafeText> {
        memory_file::load(&self.path, self.disk.as_mut()).map_err(|why| match why {
            UnreadableMemory::Disk(trouble) => trouble.sentence(),
            UnreadableMemory::Strange(why) => {
                self.sealed = Some(why.clone());
                why
            }
        })
    }

    /// Changes what is remembered, here and in the file. The file is read anew before it is written, under a lock, so
    /// that nothing is lost which another program wrote in the meantime.
    ///
    /// # Errors
    /// The sentence that says why the file was not written; what was in it is still there, and the change is made
    /// again together with the next one.
    pub fn change(&mut self, change: impl Fn(&mut Memory) + 'static) -> Result<(), SafeText> {
        change(&mut self.memory);
        if let Some(why) = &self.sealed {
            return Err(why.clone());
        }
        self.unwritten.push(Box::new(change));
        let trouble = |doing, place: &Path, error: &io::Error| {
            let trouble = StorageError::new(doing, place, error);
            trouble.sentence()
        };
        if let Some(folder) = self.path.parent() {
            let made = self.disk.make_folder(folder);
            made.map_err(|error| trouble(FileAction::Folder, folder, &error))?;
        }
        // Where files can't be locked, writing without is better than not remembering.
        let _held = storage::lock_file(&self.path.with_extension("lock"))
            .ok()
            .filter(|file| file.lock().is_ok());
        let mut memory = self.again()?;
        for change in &self.unwritten {
            change(&mut memory);
        }
        let text = memory_file::text(&memory).map_err(|error| {
            StorageError::with(
                FileAction::Write,
                &self.path,
                Cause::Other(error.to_string()),
            )
            .sentence()
        })?;
        storage::replace(self.disk.as_mut(), &self.path, text.as_bytes())
            .map_err(|trouble| trouble.sentence())?;
        self.unwritten.clear();
        self.memory = memory;
        Ok(())
    }
}

/// Writes what is remembered into a file of a copy, which is new.
///
/// # Errors
/// The sentence that says why not.
pub(crate) fn write_copy(path: &Path, memory: &Memory) -> Result<(), SafeText> {
    let text = memory_file::text(memory).map_err(|error| {
        StorageError::with(FileAction::Write, path, Cause::Other(error.to_string())).sentence()
    })?;
    let mut disk = RealFileSystem::default();
    storage::replace(&mut disk, path, text.as_bytes()).map_err(|trouble| trouble.sentence())
}

/// What is remembered in a file of a copy; one that is not there holds nothing.
///
/// # Errors
/// The sentence that says why it can't be read.
pub(crate) fn read_copy(path: &Path) -> Result<Memory, SafeText> {
    let read = memory_file::load(path, &mut RealFileSystem::default());
    read.map_err(|why| match why {
        UnreadableMemory::Disk(trouble) => trouble.sentence(),
        UnreadableMemory::Strange(why) => why,
    })
}

/// The same people, in whatever order they are named.
fn sorted(names: &[String]) -> Vec<String> {
    let mut names: Vec<String> = names.iter().map(|name| composed(name)).collect();
    names.arrange();
    names
}

#[cfg(test)]
mod tests;
