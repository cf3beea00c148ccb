//! What is remembered between sessions.
//!
//! Owns: who sat together, how and with what agreement; the loans; people's cards and where they are; the record of
//! kept outlines.
//! Never does: writing what people did not choose to keep; overwriting a file that it
//! does not understand; reading a clock.
//! May see: script, session, date, files, shown, words.

mod circle;
mod file;
mod memory;
mod record;

use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;

pub use circle::{Circle, LOAN_DAYS, TRIAL, Version};
pub use memory::{Memory, Person, PersonLine};
pub use record::{forget, forget_with, keep, outlines};

use crate::files::{self, Cause, Doing, Home, Trouble};
use crate::shown::Shown;

/// A change of what is remembered. It may be made again, when the file could not be written the first time.
type Change = Box<dyn Fn(&mut Memory)>;

/// What is remembered between sessions, and the file that holds it.
pub struct People {
    path: PathBuf,
    /// Why the file must not be written, when it holds something that is not understood.
    sealed: Option<Shown>,
    memory: Memory,
    /// Changes that are not in the file yet, because it could not be written.
    unwritten: Vec<Change>,
}

impl fmt::Debug for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("People")
    }
}

impl Deref for People {
    type Target = Memory;

    fn deref(&self) -> &Memory {
        &self.memory
    }
}

impl People {
    /// Reads what is remembered. When that is not possible, the program goes on without,
    /// a notice says why, and the file is left as it is.
    #[must_use]
    pub fn load(home: &Home) -> (Self, Option<Shown>) {
        let path = home.people();
        let (memory, sealed) = match file::load(&path) {
            Ok(memory) => (memory, None),
            Err(why) => (Memory::default(), Some(why)),
        };
        let people = Self {
            path,
            sealed: sealed.clone(),
            memory,
            unwritten: Vec::new(),
        };
        (people, sealed)
    }

    /// Changes what is remembered, here and in the file. The file is read anew before it is written, under a lock, so
    /// that nothing is lost which another program wrote in the meantime.
    ///
    /// # Errors
    /// The sentence that says why the file was not written; what was in it is still there, and the change is made
    /// again together with the next one.
    pub fn change(&mut self, change: impl Fn(&mut Memory) + 'static) -> Result<(), Shown> {
        change(&mut self.memory);
        if let Some(why) = &self.sealed {
            return Err(why.clone());
        }
        self.unwritten.push(Box::new(change));
        let folder = self.path.parent().map_or(Ok(()), files::private_folder);
        folder.map_err(|trouble| trouble.sentence())?;
        // Where files can't be locked, writing without is better than not remembering.
        let _held = files::lock_file(&self.path.with_extension("lock"))
            .ok()
            .filter(|file| file.lock().is_ok());
        let mut memory = match file::load(&self.path) {
            Ok(memory) => memory,
            Err(why) => {
                self.sealed = Some(why.clone());
                return Err(why);
            }
        };
        for change in &self.unwritten {
            change(&mut memory);
        }
        let text = file::text(&memory).map_err(|error| {
            Trouble::with(Doing::Write, &self.path, Cause::Other(error.to_string())).sentence()
        })?;
        files::replace(&self.path, text.as_bytes()).map_err(|trouble| trouble.sentence())?;
        self.unwritten.clear();
        self.memory = memory;
        Ok(())
    }
}

/// The same people, in whatever order they are named.
fn sorted(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort();
    names
}

#[cfg(test)]
mod tests;
