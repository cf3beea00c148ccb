//! The last moment of a session that is going on, known better than its log knows it.
//!
//! One line beside the log, written over whenever the program looks at the clocks anyway, and never made durable: a
//! program that is killed loses nothing of what it gave to the system, and after a power cut the log's own marks count.
//! Whoever ends the process without dropping what is in it asks for [`mark_the_end`] first.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use serde::{Deserialize, Serialize};

use crate::storage::{self, checked, scan};
use crate::time::moment::Moment;

const NAME: &str = "beat";
/// More than any line of it takes.
const MOST_BYTES: u64 = 4 * 1024;

/// The one that is going on in this process.
static HERE: Mutex<Weak<Mutex<Inner>>> = Mutex::new(Weak::new());

/// Tells the moment that it is now, from whatever thread.
pub(crate) type Now = Box<dyn Fn() -> Moment + Send>;

/// The last moment of a session. Dropping it marks the moment of that.
pub(crate) struct Beat(Arc<Mutex<Inner>>);

struct Inner {
    path: PathBuf,
    file: Option<File>,
    /// When the session began: what tells its moments from those of another one.
    began: i64,
    /// How many entries its log has.
    count: u64,
    now: Option<Now>,
    /// Whether there is, or is to be, a log that this belongs to.
    kept: bool,
}

#[derive(Serialize, Deserialize)]
struct Line {
    began: i64,
    count: u64,
    at: Moment,
}

impl Beat {
    /// For the session whose log is in this folder; `now` is asked when everything ends.
    #[must_use]
    pub(crate) fn of(folder: &Path, began: i64, now: Option<Now>) -> Self {
        let inner = Arc::new(Mutex::new(Inner {
            path: folder.join(NAME),
            file: None,
            began,
            count: 0,
            now,
            kept: false,
        }));
        *held(&HERE) = Arc::downgrade(&inner);
        Self(inner)
    }

    /// The log has so many entries, and the last of them is of this moment.
    pub(crate) fn counts(&self, count: u64) {
        let mut inner = held(&self.0);
        (inner.count, inner.kept) = (count, true);
    }

    /// So many entries, and then this moment.
    pub(crate) fn mark(&self, count: u64, at: Moment) {
        self.counts(count);
        held(&self.0).mark(at);
    }

    /// The session is closed, and nothing of it stays.
    pub(crate) fn forget(&self) {
        let mut inner = held(&self.0);
        (inner.kept, inner.file) = (false, None);
        // Times without a name: where they can't be removed now, the next session writes over them.
        let _ = storage::remove(&inner.path);
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        held(&self.0).end();
    }
}

impl Inner {
    /// Best effort: where it can't be written, the log's marks count.
    fn mark(&mut self, at: Moment) {
        let (began, count) = (self.began, self.count);
        let Ok(line) = checked(&Line { began, count, at }) else {
            return;
        };
        if self.file.is_none() {
            self.file = storage::lock_file(&self.path).ok();
        }
        let write = |file: &mut File| -> io::Result<()> {
            file.seek(SeekFrom::Start(0))?;
            file.write_all(&line)
        };
        if self.file.as_mut().is_some_and(|file| write(file).is_err()) {
            self.file = None;
        }
    }

    fn end(&mut self) {
        if let (true, Some(now)) = (self.kept, &self.now) {
            let at = now();
            self.mark(at);
        }
    }
}

/// Marks the last moment of the session that is going on, if one is. From whatever thread, and it waits for nobody: the
/// process ends right after it.
pub(crate) fn mark_the_end() {
    let here = HERE.try_lock().ok().and_then(|here| here.upgrade());
    if let Some(inner) = here
        && let Ok(mut inner) = inner.try_lock()
    {
        inner.end();
    }
}

/// The last moment of the session that began then and whose log has so many entries; `None` where that is not known.
#[must_use]
pub(crate) fn last_moment(folder: &Path, began: i64, count: usize) -> Option<Moment> {
    let bytes = storage::read_own(&folder.join(NAME), MOST_BYTES).ok()?;
    let line: Line = serde_json::from_str(scan(&bytes).good.first()?).ok()?;
    let same = line.began == began && usize::try_from(line.count) == Ok(count);
    same.then_some(line.at)
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn at(ms: u64) -> Moment {
        Moment {
            mono: Duration::from_millis(ms),
            wall: 5,
            offset: 0,
            change: None,
        }
    }

    #[test]
    fn the_last_moment_is_that_of_this_session_and_of_this_entry() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert_eq!(last_moment(folder, 5, 0), None);
        let beat = Beat::of(folder, 5, None);
        beat.mark(3, at(1_000_000));
        // A shorter line over a longer one.
        beat.mark(3, at(7));
        assert_eq!(last_moment(folder, 5, 3), Some(at(7)));
        assert_eq!(last_moment(folder, 5, 4), None);
        assert_eq!(last_moment(folder, 6, 3), None);
        drop(beat);
        assert_eq!(last_moment(folder, 5, 3), Some(at(7)));
        // What a power cut left of it is nothing.
        std::fs::write(folder.join(NAME), [0; 90]).unwrap();
        assert_eq!(last_moment(folder, 5, 3), None);
    }

    #[test]
    fn it_marks_its_own_end_and_goes_with_the_session() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let now = || -> Option<Now> { Some(Box::new(|| at(9))) };
        // Nothing was kept yet: then nothing is left of it.
        drop(Beat::of(folder, 5, now()));
        assert!(!folder.join(NAME).exists());
        let beat = Beat::of(folder, 5, now());
        beat.counts(2);
        drop(beat);
        assert_eq!(last_moment(folder, 5, 2), Some(at(9)));
        let beat = Beat::of(folder, 5, now());
        beat.mark(2, at(9));
        beat.forget();
        drop(beat);
        assert!(!folder.join(NAME).exists());
    }
}
