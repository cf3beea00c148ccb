//! One program at a time in a folder.
//!
//! The system's own lock on an open file: it ends with the process, however that ends. Where a disk has none, the
//! number of a living process in the file has to do.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::{FileAction, StorageError, careful, has_other_names, lock_file, private_folder};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

/// More than any process id takes.
const MOST_BYTES: u64 = 20;
const NAME: &str = "lock";

/// Held while this program may change what is in the folder.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
    folder: PathBuf,
    /// Whether the system holds it. Otherwise it is a number in a file.
    firm: bool,
}

/// Why a lock could not be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FolderBusy {
    /// Another program holds it.
    Taken {
        /// The id of its process, when it can be read.
        pid: Option<u32>,
    },
    /// The file can't be locked at all.
    Trouble(StorageError),
}

impl FolderLock {
    /// Takes the lock of a folder, which is made when it is missing.
    ///
    /// # Errors
    /// Another program has it, or the disk does not allow it.
    pub fn take(folder: &Path) -> Result<Self, FolderBusy> {
        private_folder(folder).map_err(FolderBusy::Trouble)?;
        let path = folder.join(NAME);
        let mut file = lock_file(&path).map_err(FolderBusy::Trouble)?;
        let firm = match try_lock(&file) {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => {
                return Err(FolderBusy::Taken {
                    pid: pid_in(&mut file),
                });
            }
            Err(TryLockError::Error(error)) if is_unsupported(&error) => {
                if let Some(pid) = pid_in(&mut file).filter(|pid| lives(*pid)) {
                    return Err(FolderBusy::Taken { pid: Some(pid) });
                }
                false
            }
            Err(TryLockError::Error(error)) => {
                return Err(FolderBusy::Trouble(StorageError::new(
                    FileAction::Lock,
                    &path,
                    &error,
                )));
            }
        };
        // The number only helps people to find the other window; a lock that is firm holds without it.
        let _ = note(&mut file, Some(std::process::id()));
        Ok(Self {
            file,
            folder: folder.to_path_buf(),
            firm,
        })
    }

    /// The lock of a folder for something that goes on in memory where the disk gives none; and what there is to say
    /// about that: what is not noticed without, or who else can read there.
    ///
    /// # Errors
    /// Another program has it.
    pub(crate) fn if_possible(
        folder: &Path,
    ) -> Result<(Option<Self>, Option<SafeText>), FolderBusy> {
        match Self::take(folder) {
            Ok(lock) => {
                let said = lock.warning();
                let said = said.or_else(|| super::open_to_others(folder));
                Ok((Some(lock), said))
            }
            Err(FolderBusy::Trouble(trouble)) => Ok((None, Some(trouble.sentence()))),
            Err(busy @ FolderBusy::Taken { .. }) => Err(busy),
        }
    }

    /// What there is to say where the disk has no locks: what is noticed all the same, and what isn't.
    #[must_use]
    pub(crate) fn warning(&self) -> Option<SafeText> {
        let place = self.folder.to_string_lossy();
        (!self.firm).then(|| fill(&words().storage.no_locks, &[("place", &place)]))
    }
}

impl FolderBusy {
    /// The sentence with the next step in it: these words where the process is known, and those where it isn't.
    #[must_use]
    pub(crate) fn sentence(&self, named: &Template, unnamed: &str) -> SafeText {
        match self {
            Self::Taken { pid: Some(pid) } => fill(named, &[("pid", &pid.to_string())]),
            Self::Taken { pid: None } => SafeText::new(unnamed),
            Self::Trouble(trouble) => trouble.sentence(),
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        if self.firm {
            // Closing is not enough: a program that is being started (a bell's) has the file open as well until it
            // runs, and would keep the lock that long.
            let _ = self.file.unlock();
        } else {
            // A number that stays is one of a process that does not live any more, for all but a very unlucky one.
            let _ = note(&mut self.file, None);
        }
    }
}

/// Puts the number into the file, unless that has another name elsewhere: nothing is written through such a link.
fn note(file: &mut File, pid: Option<u32>) -> io::Result<()> {
    if has_other_names(&file.metadata()?) {
        return Ok(());
    }
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    pid.map_or(Ok(()), |pid| write!(file, "{pid}"))
}

/// Who holds the lock of a folder, without taking it or writing there: `None` when nobody does, and within, the id of
/// the process where it can be read.
#[must_use]
pub(crate) fn holder(folder: &Path) -> Option<Option<u32>> {
    let mut options = OpenOptions::new();
    let mut file = careful(options.read(true)).open(folder.join(NAME)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(pid_in(&mut file)),
        Ok(()) => {
            let _ = file.unlock();
            None
        }
        Err(TryLockError::Error(_)) => None,
    }
}

fn pid_in(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn try_lock(file: &File) -> Result<(), TryLockError> {
    #[cfg(test)]
    if without::locks() {
        return Err(TryLockError::Error(rustix::io::Errno::OPNOTSUPP.into()));
    }
    file.try_lock()
}

/// Whether the disk has no locks, which is another thing than one that somebody holds.
#[cfg(unix)]
fn is_unsupported(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let known = [Errno::OPNOTSUPP, Errno::NOSYS, Errno::INVAL, Errno::NOLCK];
    Errno::from_io_error(error).is_some_and(|errno| known.contains(&errno))
}

#[cfg(not(unix))]
fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

/// Whether a process of this number lives and has our name, as far as this system tells.
#[cfg(unix)]
fn lives(pid: u32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    let Some(of) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
        return false;
    };
    let name = |of: &str| std::fs::read_to_string(format!("/proc/{of}/comm")).ok();
    let is_ours = match (name(&pid.to_string()), name("self")) {
        (Some(one), Some(other)) => one == other,
        (_, _) => true,
    };
    let there = test_kill_process(of);
    is_ours && (there.is_ok() || there == Err(Errno::PERM))
}

#[cfg(not(unix))]
fn lives(_pid: u32) -> bool {
    true
}

/// A disk without locks, for tests: on this thread, while what it gives is held.
#[cfg(test)]
pub(crate) mod without {
    use std::cell::Cell;

    thread_local! {
        static NONE: Cell<bool> = const { Cell::new(false) };
    }

    pub(crate) struct Locks;

    impl Locks {
        pub(crate) fn here() -> Self {
            NONE.set(true);
            Self
        }
    }

    impl Drop for Locks {
        fn drop(&mut self) {
            NONE.set(false);
        }
    }

    pub(super) fn locks() -> bool {
        NONE.get()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn where_a_disk_has_no_locks_a_living_program_is_noticed_and_the_rest_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let no_locks = without::Locks::here();
        let lock = FolderLock::take(folder.path()).unwrap();
        let said = lock.warning().unwrap().to_string();
        assert!(said.contains("one computer at a time"), "{said}");
        let pid = std::process::id();
        let again = FolderLock::take(folder.path()).unwrap_err();
        assert_eq!(again, FolderBusy::Taken { pid: Some(pid) });
        drop(lock);
        assert_eq!(fs::read(&path).unwrap(), b"");
        // A process that was killed leaves its number, and is in nobody's way; neither is one that is no `alongside`.
        for dead in ["999999999", "1", "-1", "4294967295", "x"] {
            fs::write(&path, dead).unwrap();
            drop(FolderLock::take(folder.path()).unwrap());
        }
        drop(no_locks);
        let lock = FolderLock::take(folder.path()).unwrap();
        assert_eq!(lock.warning(), None);
        let again = FolderLock::take(folder.path()).unwrap_err();
        assert_eq!(again, FolderBusy::Taken { pid: Some(pid) });
    }

    #[test]
    fn a_lock_that_was_let_go_is_free_while_something_else_has_its_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let lock = FolderLock::take(folder.path()).unwrap();
        // As in a process between its fork and its exec.
        let _elsewhere = lock.file.try_clone().unwrap();
        drop(lock);
        assert_eq!(holder(folder.path()), None);
        drop(FolderLock::take(folder.path()).unwrap());
    }

    #[test]
    fn every_answer_of_a_disk_without_locks_is_known_and_no_other_is_taken_for_one() {
        use rustix::io::Errno;
        for errno in [Errno::OPNOTSUPP, Errno::NOSYS, Errno::INVAL, Errno::NOLCK] {
            assert!(is_unsupported(&errno.into()), "{errno}");
        }
        for errno in [Errno::IO, Errno::ACCESS, Errno::ROFS, Errno::INTR] {
            assert!(!is_unsupported(&errno.into()), "{errno}");
        }
    }

    #[test]
    fn nothing_is_written_through_a_hard_link() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir_in(folder.path()).unwrap();
        let theirs = elsewhere.path().join("theirs");
        fs::write(&theirs, "a letter").unwrap();
        fs::set_permissions(&theirs, fs::Permissions::from_mode(0o644)).unwrap();
        fs::hard_link(&theirs, folder.path().join(NAME)).unwrap();
        let lock = FolderLock::take(folder.path()).unwrap();
        assert_eq!(
            FolderLock::take(folder.path()).unwrap_err(),
            FolderBusy::Taken { pid: None }
        );
        drop(lock);
        assert_eq!(fs::read(&theirs).unwrap(), b"a letter");
        let mode = fs::metadata(&theirs).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o644);
    }

    #[test]
    fn one_of_many_gets_the_lock_and_the_others_learn_who_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let sessions = folder.path().join("a/b");
        for _ in 0..100 {
            let taken: Vec<_> = std::thread::scope(|scope| {
                let racers: Vec<_> = (0..4)
                    .map(|_| scope.spawn(|| FolderLock::take(&sessions)))
                    .collect();
                racers
                    .into_iter()
                    .map(|racer| racer.join().unwrap())
                    .collect()
            });
            let held = taken.iter().filter(|one| one.is_ok()).count();
            assert_eq!(held, 1);
            let busy = FolderLock::take(&sessions).unwrap_err();
            assert_eq!(
                busy,
                FolderBusy::Taken {
                    pid: Some(std::process::id())
                }
            );
            let said = busy.sentence(&words().session_log.busy, "");
            assert!(said.as_str().contains(&std::process::id().to_string()));
        }
        // What a dead process left in the file does not mix with the new number.
        fs::write(sessions.join("lock"), "12345678901234").unwrap();
        let held = FolderLock::take(&sessions);
        assert!(held.is_ok());
        let text = fs::read_to_string(sessions.join("lock")).unwrap();
        assert_eq!(text, std::process::id().to_string());
        fs::write(folder.path().join("file"), "").unwrap();
        let trouble = FolderLock::take(&folder.path().join("file")).unwrap_err();
        assert!(matches!(trouble, FolderBusy::Trouble(_)));
    }

    #[test]
    fn a_session_goes_on_where_the_disk_has_no_locks_and_says_what_that_means() {
        let folder = tempfile::tempdir().unwrap();
        let sessions = folder.path().join("sessions");
        let no_locks = without::Locks::here();
        let (lock, said) = FolderLock::if_possible(&sessions).unwrap();
        let said = said.unwrap().to_string();
        assert!(said.contains("can't lock files"), "{said}");
        // A second one on this computer is found out all the same.
        assert!(matches!(
            FolderLock::if_possible(&sessions),
            Err(FolderBusy::Taken { .. })
        ));
        drop((lock, no_locks));
        let (lock, said) = FolderLock::if_possible(&sessions).unwrap();
        assert!(lock.is_some() && said.is_none(), "{said:?}");
    }
}
