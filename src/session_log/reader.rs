//! What a log tells: its bytes become a [`RecordedSession`], or the [`LogDamage`] that says why not.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::session::intent::Intent;
use crate::session::setup::Begin;
use crate::storage::{self, FileAction, FileHeader, HeaderMismatch, LineTail, StorageError, scan};
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

/// What the first line begins with. A new minor is due where a log may hold what an earlier program does not know: it then
/// says that a newer one wrote it. It is due, too, when a session does something else with the same intents.
pub(super) const HEADER: FileHeader = FileHeader::new("alongside-log", [1, 4]);
/// Since this one a session does the same with the same intents. What came with 1.4: a hole in time because somebody at
/// another terminal was not heard.
const SAME_SINCE: FileHeader = FileHeader::new("alongside-log", [1, 3]);
/// The most bytes of a log.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// What a checked line begins with.
const OPENING: &[u8] = br#"{"sum":""#;

/// What happened in a session, as its log has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordedSession {
    /// The name of the log.
    pub(crate) id: String,
    /// What the session began with.
    pub(crate) begin: Begin,
    /// What was accepted, and when.
    pub entries: Vec<(Moment, Intent)>,
    /// Whether an earlier program wrote it, in which a session did something else with the same intents.
    pub(crate) earlier: bool,
    /// How many bytes at the end are no whole line: a write that did not come to its end.
    pub(crate) torn: usize,
    /// How many bytes the good lines take.
    pub(super) good: usize,
}

/// Why a log can't be gone on with. Nothing in it was touched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LogDamage {
    /// A newer program wrote it.
    Newer {
        /// Its version.
        found: String,
    },
    /// It is something else.
    Foreign,
    /// It ends before its first line does.
    Empty,
    /// A line is damaged, and it is not just the torn end.
    Line {
        /// Which one, counted from 1.
        line: usize,
    },
    /// It can't be read, or is too large.
    Unreadable(StorageError),
}

impl LogDamage {
    /// The sentence with the next step in it.
    #[must_use]
    pub(crate) fn sentence(&self, path: &Path) -> SafeText {
        let damage = &words().session_log.damage;
        let place = path.to_string_lossy();
        let place = ("place", place.as_ref());
        match self {
            Self::Newer { found } => fill(
                &damage.newer,
                &[place, ("found", found), ("ours", &HEADER.version())],
            ),
            Self::Foreign => fill(&damage.foreign, &[place]),
            Self::Empty => fill(&damage.empty, &[place]),
            Self::Line { line } => fill(&damage.line, &[place, ("line", &line.to_string())]),
            Self::Unreadable(trouble) => trouble.sentence(),
        }
    }
}

#[derive(Deserialize)]
struct LogBeginning {
    begin: Begin,
}

#[derive(Deserialize)]
struct LogEntry {
    seq: u64,
    at: Moment,
    #[serde(rename = "do")]
    intent: Intent,
}

/// Reads the bytes of a log.
///
/// # Errors
/// Why they are not a log that can be gone on with.
pub(crate) fn parse(id: &str, bytes: &[u8]) -> Result<RecordedSession, LogDamage> {
    let lines = scan(bytes);
    let Some((first, rest)) = lines.good.split_first() else {
        return Err(headless(bytes, lines.rest));
    };
    let header: FileHeader = serde_json::from_str(first).map_err(|_| LogDamage::Foreign)?;
    let newer = || LogDamage::Newer {
        found: header.version(),
    };
    HEADER.check(&header).map_err(|why| match why {
        HeaderMismatch::Foreign => LogDamage::Foreign,
        HeaderMismatch::Newer => newer(),
    })?;
    // A line that is whole and yet not understood is a newer minor's doing, or damage.
    let strange = |line| {
        if HEADER.is_newer_minor(&header) {
            newer()
        } else {
            LogDamage::Line { line }
        }
    };
    if let LineTail::Damaged { line } = lines.rest {
        return Err(LogDamage::Line { line });
    }
    let head: LogBeginning = serde_json::from_str(first).map_err(|_| strange(1))?;
    let mut entries = Vec::with_capacity(rest.len());
    for (index, text) in rest.iter().enumerate() {
        let line = index + 2;
        let entry: LogEntry = serde_json::from_str(text).map_err(|_| strange(line))?;
        if usize::try_from(entry.seq) != Ok(index + 1) {
            return Err(LogDamage::Line { line });
        }
        entries.push((entry.at, entry.intent));
    }
    Ok(RecordedSession {
        id: id.to_owned(),
        begin: head.begin,
        entries,
        earlier: SAME_SINCE.is_earlier(&header),
        torn: bytes.len() - lines.len,
        good: lines.len,
    })
}

/// What it means that there is no good first line.
fn headless(bytes: &[u8], rest: LineTail) -> LogDamage {
    if let LineTail::Damaged { line } = rest {
        return LogDamage::Line { line };
    }
    let opening = OPENING.len().min(bytes.len());
    // A power cut may leave a file of the right length with nothing in it.
    if bytes.iter().all(|byte| *byte == 0) {
        LogDamage::Empty
    } else if bytes.get(..opening) != OPENING.get(..opening) {
        LogDamage::Foreign
    } else if bytes.contains(&b'\n') {
        LogDamage::Line { line: 1 }
    } else {
        LogDamage::Empty
    }
}

/// The name of the log at a path.
pub(super) fn id_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, LogDamage> {
    storage::read_own(path, MOST_BYTES).map_err(LogDamage::Unreadable)
}

/// Reads a log and changes nothing.
///
/// # Errors
/// Why it can't be gone on with.
pub(crate) fn read(path: &Path) -> Result<RecordedSession, LogDamage> {
    parse(&id_of(path), &bytes_of(path)?)
}

/// A session that was begun and not closed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenLog {
    /// The name of its log.
    pub(crate) id: String,
    /// Where its log is.
    pub path: PathBuf,
    /// What the log tells.
    pub story: Result<RecordedSession, LogDamage>,
}

/// The sessions that were not closed, the newest first. A folder that is not there has none.
///
/// # Errors
/// The folder can't be read.
pub fn list(folder: &Path) -> Result<Vec<OpenLog>, StorageError> {
    let trouble = |error: io::Error| StorageError::new(FileAction::List, folder, &error);
    let found = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        found => found.map_err(trouble)?,
    };
    let mut unfinished = Vec::new();
    for entry in found {
        let path = entry.map_err(trouble)?.path();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            unfinished.push(OpenLog {
                id: id_of(&path),
                story: read(&path),
                path,
            });
        }
    }
    unfinished.arrange_by(|a, b| age(&b.id).cmp(&age(&a.id)));
    Ok(unfinished)
}

/// Orders names by their date and time, and after it by their number.
fn age(id: &str) -> (&str, u32, &str) {
    const DATED: usize = "2026-11-21-2001".len();
    let (date, number) = id.split_at_checked(DATED).unwrap_or((id, ""));
    let number = number.strip_prefix('-').and_then(|n| n.parse().ok());
    (date, number.unwrap_or(1), id)
}

/// Sets a log aside under another name, so that it is not offered again. Nothing is deleted.
///
/// # Errors
/// It can't be renamed.
pub(crate) fn set_aside(path: &Path) -> Result<PathBuf, StorageError> {
    forget_line(path);
    storage::set_aside(path, "set-aside")
}

/// Where lies how the others of a session at several terminals are reached again.
pub(crate) fn line_of(log: &Path) -> PathBuf {
    log.with_extension("line")
}

/// Nobody comes back into this session: how they were reached goes, and what a kill left of others.
pub(crate) fn forget_line(log: &Path) {
    // Where it can't be removed now, the next session does it.
    let _ = storage::remove(&line_of(log));
    let _ = storage::remove(&log.with_extension("part"));
    let folder = log.parent().and_then(|folder| fs::read_dir(folder).ok());
    for entry in folder.into_iter().flatten().flatten() {
        let path = entry.path();
        let is_line = path
            .extension()
            .is_some_and(|ending| ending == "line" || ending == "part");
        if is_line && !path.with_extension("jsonl").exists() {
            let _ = storage::remove(&path);
        }
    }
}
