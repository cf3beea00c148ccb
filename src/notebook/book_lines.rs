//! The text inside a book or a new file: a checked line that says what it is and how much, then one for each entry.

use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::HEADER;
use super::book_builder::Ties;
use super::entry::NotebookEntry;
use super::open_error::OpenError;
use crate::storage::{FileHeader, LineTail, checked_raw, scan};

const ENTRIES: &str = "entries";
/// So many lines are years of a notebook.
const YEARS: usize = 2_000;

/// Two things done at the same time, where the machine can do that.
fn at_once<A, B: Send>(one: impl FnOnce() -> A, other: impl Fn() -> B + Sync) -> (A, B) {
    let other = &other;
    thread::scope(|scope| {
        let there = thread::Builder::new().spawn_scoped(scope, other);
        let one = one();
        let there = there.ok().and_then(|there| there.join().ok());
        (one, there.unwrap_or_else(other))
    })
}

/// An entry as it stands in a file, word for word: also one that only a newer program understands. Those of a file share
/// its text, which is wiped with the last of them.
#[derive(Clone)]
pub(super) struct Raw {
    text: Arc<Zeroizing<String>>,
    at: Range<usize>,
}

impl Raw {
    fn own(text: String) -> Self {
        Self {
            at: 0..text.len(),
            text: Arc::new(Zeroizing::new(text)),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        self.text.get(self.at.clone()).unwrap_or_default()
    }
}

impl Deref for Raw {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

/// What a file holds.
pub(super) struct BookLines {
    /// What the first line says, also what a newer program put there.
    pub(super) head: Map<String, Value>,
    pub(super) raw: Vec<Raw>,
}

impl BookLines {
    pub(super) fn new(raw: Vec<Raw>) -> Self {
        let mut head = Map::new();
        if let Ok(Value::Object(header)) = serde_json::to_value(HEADER) {
            head.extend(header);
        }
        Self { head, raw }
    }

    pub(super) fn of(entries: &[NotebookEntry]) -> Option<Self> {
        let raw = entries.iter().map(raw_of).collect::<Option<_>>()?;
        Some(Self::new(raw))
    }

    /// The minor version of a newer program is kept, so that it finds its own again.
    pub(super) fn heed(&mut self, other: &Self) {
        let minor = |head: &Map<String, Value>| {
            let format = head.get("format").and_then(|format| format.get(1));
            format.and_then(Value::as_u64)
        };
        if minor(&other.head) > minor(&self.head) {
            self.head = other.head.clone();
        }
    }

    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut head = self.head.clone();
        head.insert(ENTRIES.into(), self.raw.len().into());
        let head = Value::Object(head).to_string();
        let lines =
            || std::iter::once(head.as_str()).chain(self.raw.iter().map(|raw| raw.as_str()));
        // Room for all of it from the beginning: a vector that grows leaves copies behind.
        let room = lines().map(|line| line.len() + 40).sum();
        let mut bytes = Zeroizing::new(Vec::with_capacity(room));
        for line in lines() {
            bytes.extend_from_slice(&Zeroizing::new(checked_raw(line.as_bytes())));
        }
        bytes
    }

    /// # Errors
    /// A newer program wrote it, or it is not whole.
    pub(super) fn decode(mut bytes: Zeroizing<Vec<u8>>, place: &Path) -> Result<Self, OpenError> {
        let damaged = || OpenError::damaged(place);
        let text = String::from_utf8(std::mem::take(&mut *bytes)).map_err(|why| {
            drop(Zeroizing::new(why.into_bytes()));
            damaged()
        })?;
        let text = Arc::new(Zeroizing::new(text));
        let lines = scan(text.as_bytes());
        let (first, rest) = lines.good.split_first().ok_or_else(damaged)?;
        let header: FileHeader = serde_json::from_str(first).map_err(|_| damaged())?;
        OpenError::check(&header, place)?;
        let head: Map<String, Value> = serde_json::from_str(first).map_err(|_| damaged())?;
        let told = head.get(ENTRIES).and_then(Value::as_u64);
        if lines.rest != LineTail::Nothing || told != u64::try_from(rest.len()).ok() {
            return Err(damaged());
        }
        let begins = text.as_ptr().addr();
        let raw_of = |line: &&str| {
            let from = line.as_ptr().addr().saturating_sub(begins);
            Raw {
                text: Arc::clone(&text),
                at: from..from + line.len(),
            }
        };
        let raw = rest.iter().map(raw_of).collect();
        Ok(Self { head, raw })
    }

    /// Drops the lines that say nothing any more, of which each comes to one of these entries. What only a newer program
    /// understands stays.
    pub(super) fn keep_alive(&mut self, ties: &Ties, read: &[Option<NotebookEntry>]) {
        let mut read = read.iter().map(Option::as_ref);
        let before = self.raw.len();
        self.raw
            .retain(|_| read.next().flatten().is_none_or(|entry| ties.stays(entry)));
        if self.raw.len() != before {
            // The text that they share holds what is gone: it is wiped.
            for raw in &mut self.raw {
                *raw = Raw::own(raw.as_str().to_owned());
            }
        }
    }

    /// The entries that are understood.
    pub(super) fn entries(&self) -> Vec<NotebookEntry> {
        self.read().into_iter().flatten().collect()
    }

    /// The entry of each line; none of those that only a newer program understands.
    pub(super) fn read(&self) -> Vec<Option<NotebookEntry>> {
        let read = |some: &[Raw]| -> Vec<Option<NotebookEntry>> {
            some.iter().map(|raw| NotebookEntry::read(raw)).collect()
        };
        if self.raw.len() < YEARS {
            return read(&self.raw);
        }
        // Years of them are read by two at once.
        let (older, newer) = self.raw.split_at(self.raw.len() / 2);
        let (mut all, rest) = at_once(|| read(older), || read(newer));
        all.extend(rest);
        all
    }
}

pub(super) fn raw_of(entry: &NotebookEntry) -> Option<Raw> {
    serde_json::to_string(entry).ok().map(Raw::own)
}
