//! Deleting what this program has written, when nobody is sitting.

use std::fs;
use std::path::{Path, PathBuf};

use super::NotResumed;
use crate::files::{self, Home};
use crate::journal::Lock;
use crate::shown::Shown;

/// What is to be deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purge {
    /// The working logs, and what was set aside of them.
    Logs,
    /// The record, and what was set aside of it.
    Record,
    /// Everything in the folders of working files and of what is remembered.
    All,
}

/// Deletes files. Settings and people's own scripts are never among them.
///
/// # Errors
/// A session is going on, or a file could not be deleted; the others are gone then.
pub fn purge(home: &Home, what: Purge) -> Result<(), NotResumed> {
    // A session that is going on keeps its log.
    let lock = Lock::take(&home.sessions()).map_err(NotResumed::of)?;
    let mut gone = Vec::new();
    match what {
        Purge::Logs => ordinary(&home.sessions(), &mut gone),
        Purge::Record => {
            let record = home.record();
            if let Some(folder) = record.parent() {
                ordinary(folder, &mut gone);
            }
            gone.retain(|path| same_stem(path, &record));
        }
        Purge::All => {
            ordinary(&home.state(), &mut gone);
            ordinary(&home.data(), &mut gone);
        }
    }
    // The lock is held while the rest goes, and its file is empty of people.
    let own = home.sessions().join("lock");
    gone.retain(|path| *path != own);
    let trouble = |sentence: Shown| NotResumed::Cannot(sentence);
    let mut failed = None;
    for path in gone {
        if let Err(error) = files::remove(&path) {
            failed = Some(error.sentence());
        }
    }
    drop(lock);
    failed.map_or(Ok(()), |sentence| Err(trouble(sentence)))
}

/// Every file and link in a folder and the folders in it. A link is not followed.
fn ordinary(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        let entries = fs::read_dir(&at)
            .into_iter()
            .flatten()
            .filter_map(Result::ok);
        for entry in entries {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(_) | Err(_) => found.push(entry.path()),
            }
        }
    }
}

/// `record.jsonl`, `record.torn`, `record-2.set-aside`: whatever grew out of the same file.
fn same_stem(path: &Path, of: &Path) -> bool {
    let stem = |path: &Path| {
        let stem = path.file_stem()?.to_str()?.to_owned();
        Some(stem.split('-').next().unwrap_or_default().to_owned())
    };
    stem(path).is_some() && stem(path) == stem(of)
}
