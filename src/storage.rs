//! Folders and files: the only place that makes them.
//!
//! Owns: private folders and files, whole-file replacement, capped reading,
//! setting aside, what a file says of itself first, checked lines and their ledger, locks,
//! where things live.
//! Never does: deciding what is worth keeping; deleting anything it was not told to.
//! May see: text.

mod append_log;
mod atomic_file;
mod checked_lines;
mod disk;
mod file_header;
mod folders;
mod lock;
mod storage_error;
mod synced;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

pub(crate) use append_log::{AppendLog, SaveNotice};
pub(crate) use atomic_file::{replace, replace_alone};
pub use checked_lines::checked;
pub(crate) use checked_lines::{CheckedLines, LineTail, checked_raw, checked_value, scan, sum_of};
pub(crate) use disk::{FileSystem, RealFileSystem};
pub(crate) use file_header::{FileHeader, HeaderMismatch};
pub use folders::Folders;
pub(crate) use lock::holder;
pub use lock::{FolderBusy, FolderLock};
pub(crate) use storage_error::{Cause, FileAction, StorageError};
pub(crate) use synced::{is_conflict_copy, synced};

use crate::text::safe_text::SafeText;

#[cfg(unix)]
const FOLDER_MODE: u32 = 0o700;
#[cfg(unix)]
const FILE_MODE: u32 = 0o600;
/// How many names are tried for a file that is set aside.
const MOST_NAMES: u32 = 1000;

/// Makes a folder that only its owner can enter, and every missing folder above it.
///
/// Each folder is made durable in the one above, so that a power cut can't take it away.
///
/// # Errors
/// It can't be made, or a link or a file is in its place.
pub(crate) fn private_folder(path: &Path) -> Result<(), StorageError> {
    make_folders(path).map_err(|error| StorageError::new(FileAction::Folder, path, &error))
}

fn make_folders(path: &Path) -> io::Result<()> {
    let mut missing = Vec::new();
    let mut at = path;
    loop {
        match fs::symlink_metadata(at) {
            // A link further up is how people move their home about; one in our own place
            // would send what is private somewhere that nobody looked at.
            Ok(found) if found.is_symlink() && at == path => return Err(link()),
            Ok(_) if at.is_dir() => break,
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.push(at),
            Err(error) => return Err(error),
        }
        match at.parent() {
            Some(above) if !above.as_os_str().is_empty() => at = above,
            _ => break,
        }
    }
    if missing.is_empty() {
        // An earlier run may have died between making the folder and syncing it. What is above
        // need not be ours to open, but when it opens, its sync has to succeed.
        for above in path.ancestors().skip(1).take(2) {
            if let Ok(folder) = File::open(above) {
                sync_opened(&folder)?;
            }
        }
    }
    for folder in missing.into_iter().rev() {
        match make_one(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => made?,
        }
        sync_folder(above(folder))?;
    }
    Ok(())
}

#[cfg(unix)]
fn make_one(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    fs::DirBuilder::new().mode(FOLDER_MODE).create(folder)?;
    // An unusual umask takes even the owner's bits away.
    permitted(fs::set_permissions(
        folder,
        fs::Permissions::from_mode(FOLDER_MODE),
    ))
}

/// Permissions of something that was just made. Its owner is refused only where the disk keeps none (FAT, some network
/// disks): then it is as private as that disk makes it, which [`open_to_others`] tells.
#[cfg(unix)]
fn permitted(done: io::Result<()>) -> io::Result<()> {
    use rustix::io::Errno;
    let error = match done {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    match Errno::from_io_error(&error) {
        Some(Errno::PERM | Errno::OPNOTSUPP | Errno::NOSYS) => Ok(()),
        Some(_) | None => Err(error),
    }
}

#[cfg(not(unix))]
fn make_one(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(unix)]
fn link() -> io::Error {
    rustix::io::Errno::LOOP.into()
}

#[cfg(not(unix))]
fn link() -> io::Error {
    io::ErrorKind::NotADirectory.into()
}

/// The folder that a path is in.
fn above(path: &Path) -> &Path {
    match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    }
}

/// Makes the names in a folder durable.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    sync_opened(&File::open(folder)?)
}

fn sync_opened(folder: &File) -> io::Result<()> {
    match folder.sync_all() {
        // Some network file systems have no such call; then there is nothing better to do.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        done => done,
    }
}

/// What every file of ours is opened with: no link is followed, no child process inherits it
/// (std sees to that), and opening a pipe does not hang.
fn careful(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options
            .mode(FILE_MODE)
            .custom_flags(flags.bits().cast_signed());
    }
    options
}

/// Makes a new file that only its owner can read, and refuses one that is there already.
fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    let file = careful(&mut options).open(path)?;
    if let Err(error) = make_private(&file) {
        // A file that nobody will write into would stand in the way as a broken log.
        let _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(file)
}

/// Opens a file of ours for reading and writing.
fn own_file(path: &Path, create: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(create);
    let file = careful(&mut options).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(file)
}

#[cfg(unix)]
fn make_private(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    permitted(file.set_permissions(fs::Permissions::from_mode(FILE_MODE)))
}

/// Whether a file has another name somewhere (a hard link): what is written into it changes there, too.
#[cfg(unix)]
fn has_other_names(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.is_file() && found.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_found: &fs::Metadata) -> bool {
    false
}

/// Whether what lies at this path has another name somewhere.
#[must_use]
pub(crate) fn is_hard_linked(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| has_other_names(&found))
}

#[cfg(not(unix))]
fn make_private(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Opens the private file by which a second instance notices the first. One that has another name elsewhere is left as
/// it is: it can be locked all the same.
///
/// # Errors
/// It can't be opened.
pub(crate) fn lock_file(path: &Path) -> Result<File, StorageError> {
    let opened = own_file(path, true).and_then(|file| {
        if !has_other_names(&file.metadata()?) {
            make_private(&file)?;
        }
        Ok(file)
    });
    opened.map_err(|error| StorageError::new(FileAction::Lock, path, &error))
}

/// Reads an ordinary file of at most `most` bytes. A link to one is followed.
///
/// # Errors
/// It can't be read, is no ordinary file, or is larger.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, StorageError> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    read_with(&options, path, most)
}

/// Reads a file of our own making: like [`read`], but no link is followed.
///
/// # Errors
/// It can't be read, is no ordinary file, or is larger.
pub(crate) fn read_own(path: &Path, most: u64) -> Result<Vec<u8>, StorageError> {
    let mut options = OpenOptions::new();
    options.read(true);
    read_with(careful(&mut options), path, most)
}

/// Reads an ordinary file of at most `most` bytes that lies in this very folder: neither the folder nor the
/// file may be a link, so that nothing outside of it is ever read. `name` is a name, not a path.
///
/// # Errors
/// It can't be read, is a link, is no ordinary file, or is larger.
pub(crate) fn read_in(folder: &Path, name: &str, most: u64) -> Result<Vec<u8>, StorageError> {
    let path = folder.join(name);
    let trouble = |error: io::Error| StorageError::new(FileAction::Read, &path, &error);
    if Path::new(name).file_name() != Some(std::ffi::OsStr::new(name)) {
        return Err(trouble(io::ErrorKind::InvalidInput.into()));
    }
    let file = open_in(folder, name).map_err(trouble)?;
    read_opened(file, &path, most)
}

#[cfg(unix)]
fn open_in(folder: &Path, name: &str) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    // Opened by the folder that was looked at, so that nobody can put a link into the way in between.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let folder = rustix::fs::open(folder, flags | OFlags::DIRECTORY, Mode::empty())?;
    let file = rustix::fs::openat(&folder, name, flags | OFlags::NONBLOCK, Mode::empty())?;
    Ok(file.into())
}

#[cfg(not(unix))]
fn open_in(folder: &Path, name: &str) -> io::Result<File> {
    let path = folder.join(name);
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    if is_link(folder) || is_link(&path) {
        return Err(link());
    }
    File::open(path)
}

fn read_with(options: &OpenOptions, path: &Path, most: u64) -> Result<Vec<u8>, StorageError> {
    let trouble = |error: io::Error| StorageError::new(FileAction::Read, path, &error);
    read_opened(options.open(path).map_err(trouble)?, path, most)
}

fn read_opened(file: File, path: &Path, most: u64) -> Result<Vec<u8>, StorageError> {
    let trouble = |error: io::Error| StorageError::new(FileAction::Read, path, &error);
    let found = file.metadata().map_err(trouble)?;
    if !found.is_file() {
        return Err(StorageError::with(FileAction::Read, path, Cause::NotAFile));
    }
    let mut bytes = Vec::new();
    // The length is looked at twice: a file may grow while it is read.
    if found.len() <= most {
        let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
        let read = read.map_err(trouble)?;
        if u64::try_from(read).is_ok_and(|read| read <= most) {
            return Ok(bytes);
        }
    }
    Err(StorageError::with(
        FileAction::Read,
        path,
        Cause::TooLarge { most },
    ))
}

/// Renames a file to a name that is not taken, with another ending, and says which.
///
/// # Errors
/// It can't be renamed; then it stays where it is.
pub(crate) fn set_aside(path: &Path, ending: &str) -> Result<PathBuf, StorageError> {
    rename_aside(path, ending)
        .map_err(|error| StorageError::new(FileAction::SetAside, path, &error))
}

fn rename_aside(path: &Path, ending: &str) -> io::Result<PathBuf> {
    let aside = free_name(path, ending)?;
    fs::rename(path, &aside)?;
    sync_folder(above(path))?;
    Ok(aside)
}

/// `path` with this ending, or with `-2`, `-3` … before it when that is taken.
///
/// Nobody else makes names here: the folder's lock is held by whoever sets something aside.
fn free_name(path: &Path, ending: &str) -> io::Result<PathBuf> {
    for number in 1..MOST_NAMES {
        let name = numbered(path, number, ending);
        match fs::symlink_metadata(&name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(name),
            Err(error) => return Err(error),
            Ok(_) => {}
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The `number`-th name like `path`, with this ending: `a.txt`, `a-2.txt`, `a-3.txt` …
#[must_use]
pub(crate) fn numbered(path: &Path, number: u32, ending: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = match number {
        0 | 1 => format!("{stem}.{ending}"),
        _ => format!("{stem}-{number}.{ending}"),
    };
    path.with_file_name(name)
}

/// Makes a new private file of these bytes, and every missing folder above it.
///
/// # Errors
/// It can't be written, or something of that name is there already; that stays as it is.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    private_folder(above(path))?;
    put_new(path, bytes).map_err(|error| StorageError::new(FileAction::Write, path, &error))
}

/// Writes bytes into a new private file that is durable when this returns.
fn put_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = new_file(path)?;
    let put = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| sync_folder(above(path)));
    if put.is_err() {
        // Half a copy is worth nothing while the whole is still in its place.
        let _ = fs::remove_file(path);
    }
    put
}

/// Removes a file. One that is not there any more is as good as removed.
///
/// # Errors
/// It can't be removed.
pub(crate) fn remove(path: &Path) -> Result<(), StorageError> {
    let removed = match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        removed => removed.and_then(|()| sync_folder(above(path))),
    };
    removed.map_err(|error| StorageError::new(FileAction::Remove, path, &error))
}

/// Says so when other accounts of this computer can read a file or folder of ours.
#[cfg(unix)]
#[must_use]
pub(crate) fn open_to_others(path: &Path) -> Option<SafeText> {
    use crate::text::words::{fill, words};
    use std::os::unix::fs::PermissionsExt;
    let found = fs::metadata(path).ok()?;
    let mode = found.permissions().mode() & 0o777;
    let private = if found.is_dir() {
        FOLDER_MODE
    } else {
        FILE_MODE
    };
    (mode & 0o077 != 0).then(|| {
        fill(
            &words().storage.open_to_others,
            &[
                ("place", &path.to_string_lossy()),
                ("mode", &format!("{mode:o}")),
                ("private", &format!("{private:o}")),
            ],
        )
    })
}

/// Says so when other accounts of this computer can read a file or folder of ours; here that can't be told.
#[cfg(not(unix))]
#[must_use]
pub(crate) fn open_to_others(_path: &Path) -> Option<SafeText> {
    None
}

#[cfg(test)]
pub(crate) use lock::without;

#[cfg(test)]
#[path = "test_support/pretend_disk.rs"]
pub(crate) mod pretend;
#[cfg(test)]
mod tests;
