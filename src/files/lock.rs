//! One program at a time in a folder.
//!
//! The system's own lock on an open file: it ends with the process, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::{Doing, Trouble, careful, lock_file, private_folder};

/// More than any process id takes.
const MOST_BYTES: u64 = 20;
const NAME: &str = "lock";

/// Held while this program may change what is in the folder.
#[derive(Debug)]
pub struct Lock {
    _held: File,
}

/// Why a lock could not be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Busy {
    /// Another program holds it.
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
    /// Another program has it, or the disk does not allow it.
    pub fn take(folder: &Path) -> Result<Self, Busy> {
        private_folder(folder).map_err(Busy::Trouble)?;
        let path = folder.join(NAME);
        let mut file = lock_file(&path).map_err(Busy::Trouble)?;
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

/// Who holds the lock of a folder, without taking it or writing there: `None` when nobody does, and within, the id of
/// the process where it can be read.
#[must_use]
pub fn holder(folder: &Path) -> Option<Option<u32>> {
    let mut options = OpenOptions::new();
    let mut file = careful(options.read(true)).open(folder.join(NAME)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(pid_in(&mut file)),
        Ok(()) | Err(TryLockError::Error(_)) => None,
    }
}

fn pid_in(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
