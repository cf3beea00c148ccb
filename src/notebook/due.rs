//! `due.toml`: which promise is looked at again when, in words that only its owner understands.
//!
//! It can be read while the notebook is locked. Everything in it comes from the entries, so a damaged one is set aside
//! and written anew when the notebook is opened.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::book::Book;
use super::book_builder::{left, sorted};
use super::entry::{Id, NotebookEntry};
use super::header::{signed, verified};
use super::notebook_disk::NotebookDisk;
use super::open_error::OpenError;
use crate::storage::{Cause, FileAction, StorageError};
use crate::text::words::{fill, words};
use crate::time::date::Date;

const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// A promise as it may be shown while its notebook is locked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DueLater {
    /// The promise's name in the notebook.
    pub(crate) promise: Id,
    /// Words that only their owner understands; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) cue: String,
    /// The days that are still to come, the next one first.
    pub(crate) on: Vec<Date>,
}

/// Its name, and no word of its cue.
impl std::fmt::Debug for DueLater {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DueLater({})", self.promise.as_str())
    }
}

#[derive(Deserialize)]
struct DueContents {
    #[serde(default)]
    promise: Vec<DueLater>,
}

pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("due.toml")
}

/// # Errors
/// The disk does not give it, or it is damaged; then it is left as it is.
pub(super) fn read(place: &NotebookDisk, folder: &Path) -> Result<Vec<DueLater>, OpenError> {
    let bytes = match place.sink().read(&path(folder), MOST_BYTES) {
        Err(trouble) if trouble.cause == Cause::Missing => return Ok(Vec::new()),
        read => read?,
    };
    let text = String::from_utf8(bytes).unwrap_or_default();
    let contents = verified(&text).and_then(|above| toml::from_str::<DueContents>(above).ok());
    let damaged = || {
        let place = path(folder);
        let values = [("place", &*place.to_string_lossy())];
        OpenError::Damaged(fill(&words().notebook.due_damaged, &values))
    };
    Ok(contents.ok_or_else(damaged)?.promise)
}

pub(super) fn write(
    place: &NotebookDisk,
    folder: &Path,
    due: &[DueLater],
) -> Result<(), StorageError> {
    let path = path(folder);
    let mut table = Table::new();
    let values: Result<Vec<Value>, _> = due.iter().map(Value::try_from).collect();
    let values = values.map_err(|error| {
        StorageError::with(FileAction::Write, &path, Cause::Other(error.to_string()))
    })?;
    if !values.is_empty() {
        table.insert("promise".into(), Value::Array(values));
    }
    let text = signed(words().notebook.due, &table);
    place.put(&path, text.as_bytes())
}

/// What a book comes to.
pub(super) fn of(book: &Book) -> Vec<DueLater> {
    let open = book.promises().iter().filter(|promise| promise.is_open());
    let dated = open.filter(|promise| !promise.on.is_empty());
    dated
        .map(|promise| DueLater {
            promise: promise.made.id.clone(),
            cue: promise.made.cue.clone(),
            on: promise.on.clone(),
        })
        .collect()
}

/// What it comes to after these entries, which the book has not seen yet.
pub(super) fn after(mut due: Vec<DueLater>, entries: &[NotebookEntry]) -> Vec<DueLater> {
    for entry in entries {
        match entry {
            NotebookEntry::Promise(made) => {
                due.retain(|one| one.promise != made.id);
                due.push(DueLater {
                    promise: made.id.clone(),
                    cue: made.cue.clone(),
                    on: sorted(made.on.clone()),
                });
            }
            NotebookEntry::Checked(check) => {
                for one in due.iter_mut().filter(|one| one.promise == check.promise) {
                    one.on = left(std::mem::take(&mut one.on), check);
                }
            }
            NotebookEntry::Gone(deletion) => due.retain(|one| one.promise != deletion.what),
            NotebookEntry::Note(_)
            | NotebookEntry::Stays(_)
            | NotebookEntry::Part(_)
            | NotebookEntry::Merge(_)
            | NotebookEntry::Met(_)
            | NotebookEntry::CheckIn(_)
            | NotebookEntry::Sitting(_) => {}
        }
    }
    due.retain(|one| !one.on.is_empty());
    due
}
