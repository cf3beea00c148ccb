//! Writing what is taken out of a notebook into a file of its own, which is new each time.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf, absolute};

use super::refused;
use crate::calendar::{self, Appointment, Slot};
use crate::notebook;
use crate::notebook_ui::{self, ExportKind, text};
use crate::session::intent::Refused;
use crate::storage::{self, Cause, FileAction, FileSystem, RealFileSystem, StorageError};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::clock;
use crate::time::date::Date;
use crate::time::moment::Moment;

/// How many names are tried for one day.
const MOST_A_DAY: u32 = 1_000;

/// The folder that the program was started in.
pub(super) fn here() -> SafeText {
    let here = absolute(".").unwrap_or_default();
    SafeText::new(&here.to_string_lossy())
}

/// Writes something of an open notebook into this folder; answers with the sentence that says where it is.
///
/// # Errors
/// A sentence; then no file of it is there.
pub(super) fn write(
    what: &ExportKind,
    folder: &str,
    open: &notebook::OpenNotebook,
    titles: &BTreeMap<String, SafeText>,
    now: Moment,
) -> Result<SafeText, Refused> {
    let open = notebook_ui::OpenPages {
        name: open.notebook().name(),
        sealed: open.notebook().is_sealed(),
        book: open.book(),
        begun: None,
        copied: None,
    };
    match text(what, open, now.day(), titles) {
        Some((text, ending)) => into(folder, &text, ending, now.day()),
        None => refused(SafeText::new(words().notebook_ui.notes.none)),
    }
}

/// The folder that was typed, also as a terminal writes one that was dropped on it: in quotes, or with its spaces
/// marked.
///
/// # Errors
/// There is none.
pub(super) fn folder(typed: &str) -> Result<PathBuf, Refused> {
    let typed = typed.trim();
    let quoted = |mark: char| typed.strip_prefix(mark)?.strip_suffix(mark);
    let bare = quoted('"').or_else(|| quoted('\'')).unwrap_or(typed);
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(bare.strip_prefix("~/")?));
    let ways = [
        PathBuf::from(if bare.is_empty() { "." } else { bare }),
        PathBuf::from(bare.replace("\\ ", " ")),
    ];
    // A folder that is a link is as good as the one it leads to; the file itself is always a new one.
    let found = ways.into_iter().chain(home()).find_map(|way| {
        let place = way.canonicalize().ok()?;
        place.is_dir().then_some(place)
    });
    found.ok_or_else(|| {
        let here = here();
        let values = [("place", bare), ("folder", here.as_str())];
        Refused(fill(&words().pages.file_none, &values))
    })
}

/// Writes the next session into this folder, for a calendar.
///
/// # Errors
/// The same.
pub(super) fn appointment(
    what: &Appointment,
    folder: &str,
    now: Moment,
) -> Result<SafeText, Refused> {
    let day = what.days.first().copied().unwrap_or_else(|| now.day());
    into(folder, &calendar(what, now), "ics", day)
}

fn into(folder: &str, text: &str, ending: &str, day: Date) -> Result<SafeText, Refused> {
    let w = &words().pages;
    let place = self::folder(folder)?;
    let mut disk = RealFileSystem::default();
    let written = put(&mut disk, &place, day, ending, text.as_bytes());
    let path = written.map_err(|trouble| Refused(trouble.sentence()))?;
    Ok(fill(&w.file_done, &[("place", &path.to_string_lossy())]))
}

fn calendar(what: &Appointment, now: Moment) -> String {
    let slot = |(n, day): (usize, &Date)| {
        // The first of two, and what no clock shows was not taken.
        let moments = calendar::moments(*day, what.at, clock::walls_of_local);
        Some(Slot {
            begins: *moments.first()?,
            reserve: n > 0,
        })
    };
    let slots: Vec<Slot> = what.days.iter().enumerate().filter_map(slot).collect();
    calendar::file(&slots, what.minutes, now.wall)
}

/// Puts bytes into a new private file of this folder, durably. Its name is the day, and nothing says what it is.
///
/// # Errors
/// Why not; then what was begun is removed, and what was there before is as it was.
fn put(
    sink: &mut dyn FileSystem,
    folder: &Path,
    day: Date,
    ending: &str,
    bytes: &[u8],
) -> Result<PathBuf, StorageError> {
    for number in 1..MOST_A_DAY {
        let path = storage::numbered(&folder.join(day.to_string()), number, ending);
        match sink.create(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(StorageError::new(FileAction::Write, &path, &error)),
        }
        let written = sink.write(bytes).and_then(|()| sink.sync());
        sink.close();
        let written = written.and_then(|()| sink.sync_folder(folder));
        return match written {
            Ok(()) => Ok(path),
            Err(error) => {
                // Best effort: half a page must not be taken for a whole one.
                let _ = sink.remove(&path);
                Err(StorageError::new(FileAction::Write, &path, &error))
            }
        };
    }
    let path = folder.join(day.to_string()).with_extension(ending);
    Err(StorageError::with(FileAction::Write, &path, Cause::Exists))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::pretend::{DiskFault, FakeDisk};

    fn day() -> Date {
        Date::parse("2026-03-01").unwrap()
    }

    #[test]
    fn nothing_that_is_there_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = RealFileSystem::default();
        for (words, name) in [("one", "2026-03-01.md"), ("two", "2026-03-01-2.md")] {
            let path = put(&mut disk, folder.path(), day(), "md", words.as_bytes()).unwrap();
            assert_eq!(path.file_name().unwrap(), name);
        }
        let first = std::fs::read_to_string(folder.path().join("2026-03-01.md"));
        assert_eq!(first.unwrap(), "one");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_in_its_place_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("other");
        std::os::unix::fs::symlink(&other, folder.path().join("2026-03-01.md")).unwrap();
        let path = put(
            &mut RealFileSystem::default(),
            folder.path(),
            day(),
            "md",
            b"one",
        )
        .unwrap();
        assert_eq!(path.file_name().unwrap(), "2026-03-01-2.md");
        assert!(!other.exists());
    }

    #[test]
    fn whatever_call_fails_there_is_a_whole_page_or_a_sentence() {
        let folder = Path::new("/pretend");
        let calls = {
            let mut disk = FakeDisk::default();
            disk.make_folder(folder).unwrap();
            put(&mut disk, folder, day(), "md", b"a page").unwrap();
            disk.0.borrow().calls()
        };
        for kind in [
            io::ErrorKind::StorageFull,
            io::ErrorKind::ReadOnlyFilesystem,
            io::ErrorKind::Other,
        ] {
            for (at, times) in (1..=calls).flat_map(|at| [(at, 1), (at, usize::MAX)]) {
                let mut disk = FakeDisk::default();
                disk.make_folder(folder).unwrap();
                disk.fails(DiskFault {
                    at,
                    times,
                    half: true,
                    kind,
                });
                let answer = put(&mut disk, folder, day(), "md", b"a page");
                disk.0.borrow_mut().fault = None;
                match answer {
                    Ok(path) => assert_eq!(disk.read(&path, 99).unwrap(), b"a page"),
                    Err(trouble) => {
                        let said = trouble.sentence();
                        assert!(said.as_str().contains("/pretend/2026-03-01"), "{said}");
                        if times == 1 {
                            assert_eq!(disk.list(folder).unwrap(), Vec::<String>::new());
                        }
                    }
                }
            }
        }
    }
}
