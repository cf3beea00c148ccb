//! One instance at a time.
//!
//! The system's own lock on an open file: it ends with the process, however that ends.

use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::files::{self, Doing, Trouble};
use crate::shown::Shown;
use crate::words::{fill, words};

/// More than any process id takes.
const MOST_BYTES: u64 = 20;

/// Held while this instance may write into the folder.
#[derive(Debug)]
pub struct Lock {
    _held: File,
}

/// Why the lock could not be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Busy {
    /// Another instance holds it.
    Taken {
        /// The id of its process, when it can be read.
        pid: Option<u32>,
    },
    /// The file can't be locked at all.
    Trouble(Trouble),
}

impl Lock {
    /// Takes the lock of a folder, which is made when it is missing.
    ///
    /// # Errors
    /// Another instance has it, or the disk does not allow it.
    pub fn take(folder: &Path) -> Result<Self, Busy> {
        files::private_folder(folder).map_err(Busy::Trouble)?;
        let path = folder.join("lock");
        let mut file = files::lock_file(&path).map_err(Busy::Trouble)?;
        match file.try_lock() {
            Ok(()) => {
                // The number only helps people to find the other window; the lock holds without it.
                let _ = file
                    .set_len(0)
                    .and_then(|()| write!(file, "{}", std::process::id()));
                Ok(Self { _held: file })
            }
            Err(TryLockError::WouldBlock) => Err(Busy::Taken {
                pid: pid_in(&mut file),
            }),
            Err(TryLockError::Error(error)) => {
                Err(Busy::Trouble(Trouble::new(Doing::Lock, &path, &error)))
            }
        }
    }
}

fn pid_in(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

impl Busy {
    /// Whether another instance is going on, so that writing here would harm it.
    #[must_use]
    pub fn is_another(&self) -> bool {
        matches!(self, Self::Taken { .. })
    }

    /// The sentence with the next step in it.
    #[must_use]
    pub fn sentence(&self) -> Shown {
        let journal = &words().journal;
        match self {
            Self::Taken { pid: Some(pid) } => fill(&journal.busy, &[("pid", &pid.to_string())]),
            Self::Taken { pid: None } => Shown::new(&journal.busy_unnamed),
            Self::Trouble(trouble) => trouble.sentence(),
        }
    }
}

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence().as_str())
    }
}

impl std::error::Error for Busy {}
