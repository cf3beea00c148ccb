//! An append-only file that knows what the disk has acknowledged.
//!
//! The whole text is also in memory (an hour's session is some tens of kilobytes), so that
//! whatever the disk does, what is missing there can be written anew.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::FileSystem;
use super::storage_error::{FileAction, StorageError};

/// The most bytes that a ledger's file may have when it is read.
pub(super) const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// How many names are tried for a new file.
const MOST_NAMES: u32 = 1000;

/// An append-only file that knows what the disk has acknowledged.
pub(crate) struct AppendLog {
    /// The name that was asked for; `path` differs from it when it was taken.
    wanted: PathBuf,
    path: PathBuf,
    /// Everything that the file is to hold.
    text: Vec<u8>,
    /// How much of the text the disk has acknowledged.
    safe: usize,
    /// How much of the text this ledger has ever tried to write; a tail beyond what is safe
    /// is its own only within that.
    tried: usize,
    /// Whether the file at `path` is ours; until then nothing there is opened.
    made: bool,
    /// Whether the folder has durably taken up the file's name.
    listed: bool,
    /// Whether there is a handle that never failed.
    open: bool,
    trouble: Option<StorageError>,
    sink: Box<dyn FileSystem>,
    /// The last tail that was put aside, so that it is not put aside again when cutting failed.
    tail: Vec<u8>,
    news: Vec<SaveNotice>,
}

/// What became of bytes that were found in the file and are not ours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum SaveNotice {
    /// A tail that was no good line is now in this file.
    Torn(PathBuf),
    /// The file was not what had been written; it is now called this.
    Changed(PathBuf),
}

/// How far it is, and no word of what is in it.
impl fmt::Debug for AppendLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ledger({} of {} bytes safe)", self.safe, self.text.len())
    }
}

impl AppendLog {
    /// A ledger with nothing in it, for a file that is not there yet. A name that is taken gets a number.
    #[must_use]
    pub(crate) fn new(path: &Path, sink: Box<dyn FileSystem>) -> Self {
        Self {
            wanted: path.to_path_buf(),
            path: path.to_path_buf(),
            text: Vec::new(),
            safe: 0,
            tried: 0,
            made: false,
            listed: false,
            open: false,
            trouble: None,
            sink,
            tail: Vec::new(),
            news: Vec::new(),
        }
    }

    /// The ledger of a file that holds `good` lines and perhaps a torn tail after them.
    ///
    /// Nothing is changed before the first [`AppendLog::retry`] or [`AppendLog::push`]: that puts the tail aside.
    #[must_use]
    pub(crate) fn of(path: &Path, good: &[u8], sink: Box<dyn FileSystem>) -> Self {
        let mut text = good.to_vec();
        if !text.is_empty() && !text.ends_with(b"\n") {
            text.push(b'\n');
        }
        Self {
            text,
            safe: good.len(),
            made: true,
            ..Self::new(path, sink)
        }
    }

    /// Adds a line. When this returns `Ok`, it is on the disk with all before it.
    ///
    /// # Errors
    /// It is in memory only; it is written with the next push or retry that succeeds.
    pub(crate) fn push(&mut self, line: &[u8]) -> Result<(), StorageError> {
        self.text.extend_from_slice(line);
        self.save()
    }

    /// Tries again to write what is missing on the disk.
    ///
    /// # Errors
    /// It is still not possible.
    pub(crate) fn retry(&mut self) -> Result<(), StorageError> {
        if self.open && self.safe == self.text.len() {
            return Ok(());
        }
        self.save()
    }

    fn save(&mut self) -> Result<(), StorageError> {
        let saved = if self.open {
            self.write_from(self.safe)
        } else {
            self.reopen()
        };
        match saved {
            Ok(()) => {
                self.open = true;
                self.safe = self.text.len();
                self.trouble = None;
                Ok(())
            }
            Err(error) => {
                // A handle that failed once may call lost bytes saved the next time.
                self.sink.close();
                self.open = false;
                let trouble = StorageError::new(FileAction::Write, &self.path, &error);
                self.trouble = Some(trouble.clone());
                Err(trouble)
            }
        }
    }

    fn write_from(&mut self, from: usize) -> io::Result<()> {
        let missing = self.text.get(from..).unwrap_or_default();
        self.tried = self.text.len();
        if !missing.is_empty() {
            self.sink.write(missing)?;
        }
        self.sink.sync()?;
        if !self.listed {
            self.sink.sync_folder(super::above(&self.path))?;
            self.listed = true;
        }
        Ok(())
    }

    fn reopen(&mut self) -> io::Result<()> {
        if !self.made {
            return self.begin();
        }
        match self.sink.open(&self.path, MOST_BYTES) {
            Ok(found) => self.mend(&found),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.begin(),
            Err(error) => Err(error),
        }
    }

    /// Makes the file and writes everything into it.
    fn begin(&mut self) -> io::Result<()> {
        self.made = false;
        self.listed = false;
        self.sink.make_folder(super::above(&self.wanted))?;
        let ending = self.wanted.extension().unwrap_or_default();
        let ending = ending.to_string_lossy().into_owned();
        for number in 1..MOST_NAMES {
            let path = super::numbered(&self.wanted, number, &ending);
            match self.sink.create(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => {
                    made?;
                    self.path = path;
                    self.made = true;
                    return self.write_from(0);
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Compares what was found with what was acknowledged, and writes anew from there.
    fn mend(&mut self, found: &[u8]) -> io::Result<()> {
        let same = found.len().min(self.safe);
        let (kept, tail) = found.split_at(same);
        if self.text.get(..same) != Some(kept) {
            self.sink.close();
            let aside = self.sink.set_aside(&self.path, "set-aside")?;
            self.news.push(SaveNotice::Changed(aside));
            return self.begin();
        }
        let own = self.text.get(same..self.tried).unwrap_or_default();
        if !own.starts_with(tail) && self.tail != tail {
            let aside = self.sink.put_aside(&self.path, "torn", tail)?;
            self.tail = tail.to_vec();
            self.news.push(SaveNotice::Torn(aside));
        }
        if !tail.is_empty() {
            // Also where the tail is what we wrote ourselves: bytes whose sync failed may be
            // in the cache only, marked as saved. Cut and written anew, they are not.
            self.sink.cut(u64::try_from(same).unwrap_or(u64::MAX))?;
        }
        self.write_from(same)
    }

    /// What keeps the disk from acknowledging, while something does.
    #[must_use]
    pub(crate) fn trouble(&self) -> Option<&StorageError> {
        self.trouble.as_ref()
    }

    /// What was found in the file that was not ours, and where it is now. Each is given once.
    pub(crate) fn take_news(&mut self) -> Vec<SaveNotice> {
        std::mem::take(&mut self.news)
    }

    /// Where the file is, or will be.
    #[must_use]
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file at [`AppendLog::path`] is this ledger's own.
    #[must_use]
    pub(crate) fn made(&self) -> bool {
        self.made
    }
}
