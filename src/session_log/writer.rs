//! The log of a session that is going on.

use std::path::{Path, PathBuf};

use chrono::DateTime;
use serde::Serialize;

use crate::session::intent::Intent;
use crate::session::setup::Begin;
use crate::session_log::reader::{self, HEADER, LogDamage, RecordedSession};
use crate::storage::{
    self, AppendLog, FileAction, FileHeader, FileSystem, RealFileSystem, SaveNotice, StorageError,
    checked,
};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

/// How many torn tails of one session are looked for when it is closed.
const MOST_TORN: u32 = 10;

/// The first line.
#[derive(Serialize)]
struct FirstLine<'a> {
    #[serde(flatten)]
    header: FileHeader,
    begin: &'a Begin,
}

/// Each line after it.
#[derive(Serialize)]
struct WrittenEntry<'a> {
    seq: u64,
    at: Moment,
    #[serde(rename = "do")]
    intent: &'a Intent,
}

/// The log of a session that is going on. Whatever the disk does, the session goes on.
#[derive(Debug)]
pub struct Log {
    ledger: AppendLog,
    count: u64,
    /// The lines that wait until there is an answer worth a file.
    waits: Option<Vec<Vec<u8>>>,
}

impl Log {
    /// Begins the log of a session. When the disk does not take it, it lives in memory,
    /// [`Log::standing`] says so, and each append tries again.
    ///
    /// # Errors
    /// What the session begins with has no form in JSON.
    pub fn create(folder: &Path, begin: &Begin) -> Result<Self, StorageError> {
        Self::create_on(folder, begin, Box::new(RealFileSystem::default()))
    }

    /// The log of a session that leaves no file where nothing was answered: what is read, and the time, wait in
    /// memory until there is.
    ///
    /// # Errors
    /// What the session begins with has no form in JSON.
    pub(crate) fn at_first_answer(folder: &Path, begin: &Begin) -> Result<Self, StorageError> {
        let (path, line) = head(folder, begin)?;
        Ok(Self {
            ledger: AppendLog::new(&path, Box::new(RealFileSystem::default())),
            count: 0,
            waits: Some(vec![line]),
        })
    }

    pub(super) fn create_on(
        folder: &Path,
        begin: &Begin,
        sink: Box<dyn FileSystem>,
    ) -> Result<Self, StorageError> {
        let (path, line) = head(folder, begin)?;
        let mut ledger = AppendLog::new(&path, sink);
        // A failure stands as a notice from now on.
        let _ = ledger.push(&line);
        Ok(Self {
            ledger,
            count: 0,
            waits: None,
        })
    }

    /// Goes on with the log of a session that was cut off. A torn tail is put aside in
    /// a file of its own and cut, and [`Log::take_notices`] says so.
    ///
    /// # Errors
    /// The damage; then nothing was changed.
    pub fn resume(path: &Path) -> Result<(Self, RecordedSession), LogDamage> {
        Self::resume_on(path, Box::new(RealFileSystem::default()))
    }

    pub(super) fn resume_on(
        path: &Path,
        sink: Box<dyn FileSystem>,
    ) -> Result<(Self, RecordedSession), LogDamage> {
        let bytes = reader::bytes_of(path)?;
        let story = parse_at(path, &bytes)?;
        let good = bytes.get(..story.good).unwrap_or_default();
        let mut ledger = AppendLog::of(path, good, sink);
        // A failure stands as a notice from now on.
        let _ = ledger.retry();
        let count = u64::try_from(story.entries.len()).unwrap_or(u64::MAX);
        let waits = None;
        let log = Self {
            ledger,
            count,
            waits,
        };
        Ok((log, story))
    }

    /// Adds what was accepted. When this returns `Ok`, it is on the disk with all before it.
    ///
    /// # Errors
    /// It is in memory only; [`Log::standing`] says so until a later append or retry has written it.
    pub fn append(&mut self, at: Moment, intent: &Intent) -> Result<(), StorageError> {
        let seq = self.count.saturating_add(1);
        let line = line(self.path(), &WrittenEntry { seq, at, intent })?;
        self.count = seq;
        match self.waits.take() {
            Some(mut waits) if !answers(intent) => {
                waits.push(line);
                self.waits = Some(waits);
                Ok(())
            }
            Some(waits) => {
                // What could not be written is tried again with the next line.
                for line in &waits {
                    let _ = self.ledger.push(line);
                }
                self.ledger.push(&line)
            }
            None => self.ledger.push(&line),
        }
    }

    /// Whether there is, or is to be, a file that the session can be gone on with from.
    #[must_use]
    pub(crate) fn is_kept(&self) -> bool {
        self.waits.is_none()
    }

    #[cfg(test)]
    /// Tries again to write what is missing on the disk; costs nothing when nothing is.
    ///
    /// # Errors
    /// It is still not possible.
    pub(crate) fn retry(&mut self) -> Result<(), StorageError> {
        self.ledger.retry()
    }

    /// The notice that stands while something is not on the disk.
    #[must_use]
    pub fn standing(&self) -> Option<SafeText> {
        self.ledger.trouble().map(|trouble| {
            fill(
                &words().session_log.standing,
                &[
                    ("why", trouble.why().as_str()),
                    ("next", trouble.next().as_str()),
                ],
            )
        })
    }

    /// What was found in the file that did not belong there, and where it is now. Each is given once.
    pub(crate) fn take_notices(&mut self) -> Vec<SafeText> {
        let journal = &words().session_log;
        let place = self.path().to_string_lossy().into_owned();
        let said = |news| {
            let (text, aside) = match news {
                SaveNotice::Torn(aside) => (&journal.torn, aside),
                SaveNotice::Changed(aside) => (&journal.changed, aside),
            };
            let aside = aside.to_string_lossy();
            fill(text, &[("place", &place), ("aside", &aside)])
        };
        self.ledger.take_news().into_iter().map(said).collect()
    }

    /// Ends the log of a session that is closed: the file goes, and the torn tails that were
    /// put aside from it, for nothing is kept uninvited.
    ///
    /// # Errors
    /// Something can't be removed.
    pub fn close(self) -> Result<(), StorageError> {
        if !self.ledger.made() {
            return Ok(());
        }
        let path = self.ledger.path();
        storage::remove(path)?;
        for number in 1..=MOST_TORN {
            storage::remove(&storage::numbered(path, number, "torn"))?;
        }
        Ok(())
    }

    /// Where it is, or will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.ledger.path()
    }

    /// How many intents it holds.
    #[must_use]
    pub(crate) fn count(&self) -> u64 {
        self.count
    }
}

/// Where a log is to be, and its first line.
fn head(folder: &Path, begin: &Begin) -> Result<(PathBuf, Vec<u8>), StorageError> {
    let path = folder.join(format!("{}.jsonl", id_for(begin.at)));
    let head = FirstLine {
        header: HEADER,
        begin,
    };
    let line = line(&path, &head)?;
    Ok((path, line))
}

/// Whether an intent says something that would be missed; turning the pages of what is read does not.
fn answers(intent: &Intent) -> bool {
    !matches!(
        intent,
        Intent::GoOn
            | Intent::Back
            | Intent::Pause
            | Intent::Stop
            | Intent::Clock
            | Intent::TimePassed
            | Intent::TimeJumped { .. }
    )
}

fn parse_at(path: &Path, bytes: &[u8]) -> Result<RecordedSession, LogDamage> {
    reader::parse(&reader::id_of(path), bytes)
}

fn line(path: &Path, value: &impl Serialize) -> Result<Vec<u8>, StorageError> {
    checked(value).map_err(|error| StorageError::new(FileAction::Write, path, &error.into()))
}

/// The date and time here at a moment, as a name: `2026-11-21-2001`.
fn id_for(at: Moment) -> String {
    let local = at
        .wall
        .saturating_add(i64::from(at.offset).saturating_mul(1000));
    DateTime::from_timestamp_millis(local).map_or_else(
        || "undated".to_owned(),
        |time| time.format("%Y-%m-%d-%H%M").to_string(),
    )
}
