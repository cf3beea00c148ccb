//! Deleting what this program has written, when nobody is sitting.

use std::fs;
use std::path::{Path, PathBuf};

use super::ResumeError;
use crate::storage::{self, FolderLock, Folders};
use crate::text::safe_text::SafeText;

/// What is to be deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DeletionScope {
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
pub(crate) fn purge(home: &Folders, what: DeletionScope) -> Result<(), ResumeError> {
    // A session that is going on keeps its log.
    let lock = FolderLock::take(&home.sessions()).map_err(ResumeError::of)?;
    let mut gone = Vec::new();
    match what {
        DeletionScope::Logs => ordinary(&home.sessions(), &mut gone),
        DeletionScope::Record => {
            let record = home.record();
            if let Some(folder) = record.parent() {
                ordinary(folder, &mut gone);
            }
            gone.retain(|path| same_stem(path, &record));
        }
        DeletionScope::All => {
            ordinary(&home.state(), &mut gone);
            ordinary(&home.data(), &mut gone);
        }
    }
    // The lock is held while the rest goes, and its file is empty of people.
    let own = home.sessions().join("lock");
    gone.retain(|path| *path != own);
    let trouble = |sentence: SafeText| ResumeError::Cannot(sentence);
    let mut failed = None;
    for path in gone {
        if let Err(error) = storage::remove(&path) {
            failed = Some(error.sentence());
        }
    }
    if what == DeletionScope::All {
        // A folder that still holds something stays.
        for folder in [home.state(), home.data()] {
            for empty in folders(&folder).iter().rev() {
                let _ = fs::remove_dir(empty);
            }
        }
    }
    drop(lock);
    failed.map_or(Ok(()), |sentence| Err(trouble(sentence)))
}

/// Every file and link in a folder and the folders in it. A link is not followed.
fn ordinary(folder: &Path, found: &mut Vec<PathBuf>) {
    found.extend(entries(folder).filter(|path| !is_folder(path)));
    for folder in folders(folder) {
        found.extend(entries(&folder).filter(|path| !is_folder(path)));
    }
}

/// The folders in a folder, each before those that are in it. A link is none.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = entries(folder).filter(|path| is_folder(path)).collect();
    let mut next = 0;
    while let Some(at) = found.get(next) {
        let inner: Vec<PathBuf> = entries(at).filter(|path| is_folder(path)).collect();
        found.extend(inner);
        next += 1;
    }
    found
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(Result::ok).map(|entry| entry.path())
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| data.is_dir())
}

/// `record.jsonl`, `record.torn`, `record-2.set-aside`: whatever grew out of the same file.
fn same_stem(path: &Path, of: &Path) -> bool {
    let stem = |path: &Path| {
        let stem = path.file_stem()?.to_str()?.to_owned();
        Some(stem.split('-').next().unwrap_or_default().to_owned())
    };
    stem(path).is_some() && stem(path) == stem(of)
}
