//! Replacing whole files, so that a failure at any point leaves the old or the new one.

use std::io;
use std::path::{Path, PathBuf};

use super::{FileAction, FileSystem, StorageError, above, link};

/// How many names are tried for a new file.
const MOST_NAMES: u32 = 1000;

/// Replaces a whole file, so that at every moment either the old or the new one is there.
///
/// A link in its place is resolved once, so that the file it names is replaced and the link stays.
///
/// # Errors
/// It can't be written. What was there is as it was, or the new one is there and not yet durable.
pub(crate) fn replace(
    sink: &mut dyn FileSystem,
    path: &Path,
    bytes: &[u8],
) -> Result<(), StorageError> {
    put_whole(sink, path, bytes).map_err(|error| StorageError::new(FileAction::Write, path, &error))
}

fn put_whole(sink: &mut dyn FileSystem, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = resolved_once(path)?;
    let new = create_beside(sink, above(&target))?;
    fill_and_rename(sink, &new, &target, bytes)
}

/// The same for whoever is alone here, by the folder's lock or by a name that nobody else has; no link is followed.
///
/// What was begun and not finished has a name that is known, so that the next one removes it: a line that was taken
/// back stays nowhere.
///
/// # Errors
/// What the system answered. What was there is as it was, or the new one is there and not yet durable.
pub(crate) fn replace_alone(
    sink: &mut dyn FileSystem,
    path: &Path,
    bytes: &[u8],
) -> io::Result<()> {
    let new = path.with_extension("part");
    match sink.remove(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Err(_) | Ok(()) => {}
    }
    if let Err(error) = sink.create(&new) {
        let _ = sink.remove(&new);
        return Err(error);
    }
    fill_and_rename(sink, &new, path, bytes)
}

/// Writes into the new file, which is open, and puts it in place of the old one.
fn fill_and_rename(
    sink: &mut dyn FileSystem,
    new: &Path,
    target: &Path,
    bytes: &[u8],
) -> io::Result<()> {
    let written = sink.write(bytes).and_then(|()| sink.sync());
    sink.close();
    if let Err(error) = written.and_then(|()| sink.rename(new, target)) {
        // Best effort: what stays of it is told by `alongside doctor`.
        let _ = sink.remove(new);
        return Err(error);
    }
    sink.sync_folder(above(target))
}

/// A new file in this folder, with a name that nobody else has.
fn create_beside(sink: &mut dyn FileSystem, folder: &Path) -> io::Result<PathBuf> {
    let mut chance = fastrand::Rng::new();
    for _ in 0..MOST_NAMES {
        let name: String = std::iter::repeat_with(|| chance.alphanumeric())
            .take(8)
            .collect();
        let path = folder.join(format!(".alongside-{name}"));
        match sink.create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| path),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn resolved_once(path: &Path) -> io::Result<PathBuf> {
    let is_link =
        |path: &Path| std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    if !is_link(path) {
        return Ok(path.to_path_buf());
    }
    let target = above(path).join(std::fs::read_link(path)?);
    if is_link(&target) {
        return Err(link());
    }
    Ok(target)
}
