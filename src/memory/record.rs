//! The record: one checked line for each outline that people chose to keep.

use std::path::Path;

use serde::Serialize;

use crate::session::intent::{KeepChoice, Outline};
use crate::storage::{
    self, AppendLog, Cause, CheckedLines, FileAction, FileHeader, FileSystem, HeaderMismatch,
    LineTail, RealFileSystem, SaveNotice, StorageError, checked, checked_value, scan,
};
use crate::text::safe_text::{SafeText, composed, is_same};
use crate::text::words::{Template, fill, words};

/// The first line.
const HEADER: FileHeader = FileHeader::new("alongside-record", [1, 1]);
/// How every checked line begins.
const BEGINS: &[u8] = b"{\"sum\":\"";
/// The most bytes of a record.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What is at the record's place.
enum RecordState {
    /// Nothing.
    Nothing,
    /// A record that can be added to; these are its good lines.
    Good(Vec<u8>),
    /// A record with damage before good lines.
    Damaged,
    /// More than is read, or has room for one line more.
    Full(StorageError),
}

/// Adds an outline to the record at `path`, when the people chose to keep it.
///
/// What is said then, if anything, is what became of a damaged or torn record.
///
/// # Errors
/// The sentence that says why it was not added. Nothing that was kept before is lost.
pub fn keep(path: &Path, outline: &Outline) -> Result<Vec<SafeText>, SafeText> {
    keep_on(path, outline, Box::new(RealFileSystem::default()))
}

pub(super) fn keep_on(
    path: &Path,
    outline: &Outline,
    mut sink: Box<dyn FileSystem>,
) -> Result<Vec<SafeText>, SafeText> {
    match outline.kept {
        KeepChoice::Nothing | KeepChoice::Forget => return Ok(Vec::new()),
        KeepChoice::Outline => {}
    }
    let mut said = Vec::new();
    // A second try here too, because nobody comes back to this later.
    let found = look(path, sink.as_mut()).or_else(|_| look(path, sink.as_mut()))?;
    let good = match found {
        RecordState::Good(good) => Some(good),
        RecordState::Nothing => None,
        RecordState::Damaged => {
            let aside = sink.set_aside(path, "set-aside");
            let trouble = |error| StorageError::new(FileAction::SetAside, path, &error).sentence();
            let aside = aside.map_err(trouble)?;
            said.push(moved(&words().memory.record_aside, path, &aside));
            None
        }
        RecordState::Full(_) => return Err(full(path)),
    };
    let own = line(path, outline)?;
    let is_own = |line: &[u8]| line.trim_ascii_end() == own.trim_ascii_end();
    let here = |good: &Vec<u8>| good.split(|byte| *byte == b'\n').any(is_own);
    if good.as_ref().is_some_and(here) {
        // It was kept and then cut off before its log went: it is not kept twice.
        return Ok(said);
    }
    let mut lines = Vec::new();
    if good.as_ref().is_none_or(Vec::is_empty) {
        lines = line(path, &HEADER)?;
    }
    lines.extend(own);
    let room = MOST_BYTES.saturating_sub(good.as_ref().map_or(0, |good| good.len() as u64));
    if (lines.len() as u64) > room {
        // Otherwise nobody could read it the next time.
        return Err(full(path));
    }
    let mut ledger = match good {
        Some(good) => AppendLog::of(path, &good, sink),
        None => AppendLog::new(path, sink),
    };
    // And here: it opens the file anew.
    ledger
        .push(&lines)
        .or_else(|_| ledger.retry())
        .map_err(|trouble| trouble.sentence())?;
    for news in ledger.take_news() {
        said.push(match news {
            SaveNotice::Torn(aside) => moved(&words().memory.record_torn, path, &aside),
            SaveNotice::Changed(aside) => moved(&words().memory.record_aside, path, &aside),
        });
    }
    Ok(said)
}

/// Takes every outline of these people out of the record at `path`, in whatever order they were named.
///
/// # Errors
/// The sentence that says why not; then the record is as it was.
pub(crate) fn forget(path: &Path, people: &[String]) -> Result<(), SafeText> {
    let people = super::sorted(people);
    let theirs = |outline: &Outline| super::sorted(&outline.people) == people;
    forget_where(path, &theirs, &mut RealFileSystem::default())
}

/// Takes every outline of a session in which this person sat out of the record at `path`.
///
/// # Errors
/// The sentence that says why not; then the record is as it was.
pub(crate) fn forget_with(path: &Path, name: &str) -> Result<(), SafeText> {
    let theirs = |outline: &Outline| outline.people.iter().any(|known| is_same(known, name));
    forget_where(path, &theirs, &mut RealFileSystem::default())
}

pub(super) fn forget_where(
    path: &Path,
    theirs: &dyn Fn(&Outline) -> bool,
    disk: &mut dyn FileSystem,
) -> Result<(), SafeText> {
    let good = match look(path, disk)? {
        RecordState::Good(good) => good,
        // Nothing to forget, or nothing that could be read; the damaged file is told of when it is next written to.
        RecordState::Nothing | RecordState::Damaged => return Ok(()),
        RecordState::Full(trouble) => return Err(trouble.sentence()),
    };
    let scanned = scan(&good);
    let raw = good.split_inclusive(|byte| *byte == b'\n');
    let theirs = |said: &str| serde_json::from_str(said).is_ok_and(|outline| theirs(&outline));
    let stays = raw.zip(&scanned.good).filter(|(_, said)| !theirs(said));
    let rest: Vec<u8> = stays.flat_map(|(raw, _)| raw.to_vec()).collect();
    if rest == good {
        return Ok(());
    }
    storage::replace(disk, path, &rest).map_err(|trouble| trouble.sentence())
}

/// Every outline in the record at `path`, in the order in which they were kept; and a sentence, when the record is
/// damaged and this is only what could be read of it.
///
/// # Errors
/// The sentence that says why it can't be read.
pub(crate) fn outlines(path: &Path) -> Result<(Vec<Outline>, Option<SafeText>), SafeText> {
    outlines_on(path, &mut RealFileSystem::default())
}

pub(super) fn outlines_on(
    path: &Path,
    disk: &mut dyn FileSystem,
) -> Result<(Vec<Outline>, Option<SafeText>), SafeText> {
    let bytes = match disk.read(path, MOST_BYTES) {
        Err(trouble) if trouble.cause == Cause::Missing => return Ok((Vec::new(), None)),
        read => read.map_err(|trouble| trouble.sentence())?,
    };
    let lines = scan(&bytes);
    is_ours(path, &bytes, &lines)?;
    let said = lines.good.iter().skip(1);
    let outlines = said.filter_map(|line| serde_json::from_str(line).ok());
    let outlines = outlines.map(with_whole_names);
    let place = path.to_string_lossy();
    let damage = match lines.rest {
        // A record begins with a line about itself; one of no bytes has lost that, and whatever came after it.
        LineTail::Nothing if bytes.is_empty() => {
            Some(fill(&words().memory.record_empty, &[("place", &place)]))
        }
        LineTail::Nothing | LineTail::NoLineEnd => None,
        LineTail::Torn | LineTail::Damaged { .. } => {
            Some(fill(&words().memory.record_part, &[("place", &place)]))
        }
    };
    Ok((outlines.collect(), damage))
}

/// The outlines of the record at `path` from the last one back, as long as `wanted` says so; nothing where it can't be
/// read. What is older is not looked at.
pub(crate) fn latest(path: &Path, wanted: impl Fn(&Outline) -> bool) -> Vec<Outline> {
    let read = RealFileSystem::default().read(path, MOST_BYTES);
    let bytes = read.unwrap_or_default();
    let first = bytes.split_inclusive(|byte| *byte == b'\n').next();
    if is_ours(path, &bytes, &scan(first.unwrap_or_default())).is_err() {
        return Vec::new();
    }
    let lines = bytes.rsplit(|byte| *byte == b'\n');
    let outlines = lines.filter_map(|line| serde_json::from_str(checked_value(line)?).ok());
    outlines.map(with_whole_names).take_while(wanted).collect()
}

/// Names have one form, however they were written.
fn with_whole_names(mut outline: Outline) -> Outline {
    for name in &mut outline.people {
        *name = composed(name);
    }
    outline
}

/// Looks at the record before anything is written.
fn look(path: &Path, disk: &mut dyn FileSystem) -> Result<RecordState, SafeText> {
    let bytes = match disk.read(path, MOST_BYTES) {
        Err(trouble) if trouble.cause == Cause::Missing => return Ok(RecordState::Nothing),
        Err(trouble) if matches!(trouble.cause, Cause::TooLarge { .. }) => {
            return Ok(RecordState::Full(trouble));
        }
        read => read.map_err(|trouble| trouble.sentence())?,
    };
    let lines = scan(&bytes);
    is_ours(path, &bytes, &lines)?;
    Ok(match lines.rest {
        LineTail::Nothing | LineTail::NoLineEnd | LineTail::Torn => {
            RecordState::Good(bytes.get(..lines.len).unwrap_or_default().to_vec())
        }
        LineTail::Damaged { .. } => RecordState::Damaged,
    })
}

/// Whether these are the lines of a record that this program understands.
fn is_ours(path: &Path, bytes: &[u8], lines: &CheckedLines<'_>) -> Result<(), SafeText> {
    let people = &words().memory;
    let place = path.to_string_lossy();
    let foreign = || fill(&people.record_foreign, &[("place", &place)]);
    let Some(first) = lines.good.first() else {
        // Its first line may be damaged above others, cut off, or never have come to the disk; anything else was never
        // ours.
        let damaged = matches!(lines.rest, LineTail::Damaged { .. });
        let cut_off = bytes.iter().zip(BEGINS).all(|(one, other)| one == other);
        let never_came = bytes.iter().all(|byte| *byte == 0);
        return (damaged || cut_off || never_came)
            .then_some(())
            .ok_or_else(foreign);
    };
    let found: FileHeader = serde_json::from_str(first).map_err(|_| foreign())?;
    HEADER.check(&found).map_err(|why| match why {
        HeaderMismatch::Foreign => foreign(),
        HeaderMismatch::Newer => {
            let values = [
                ("place", place.as_ref()),
                ("found", &found.version()),
                ("ours", &HEADER.version()),
            ];
            fill(&people.record_newer, &values)
        }
    })
}

fn full(path: &Path) -> SafeText {
    let most = (MOST_BYTES / (1024 * 1024)).to_string();
    let values = [("place", &*path.to_string_lossy()), ("most", &*most)];
    fill(&words().memory.record_full, &values)
}

fn line(path: &Path, value: &impl Serialize) -> Result<Vec<u8>, SafeText> {
    checked(value)
        .map_err(|error| StorageError::new(FileAction::Write, path, &error.into()).sentence())
}

fn moved(text: &Template, path: &Path, aside: &Path) -> SafeText {
    let (place, aside) = (path.to_string_lossy(), aside.to_string_lossy());
    fill(text, &[("place", &place), ("aside", &aside)])
}
