//! The disk that notebooks are on.

use std::io;
use std::path::Path;

use super::book_lines::BookLines;
use super::open_error::OpenError;
use super::seal::NotebookKey;
#[cfg(test)]
use crate::storage::pretend::FakeDisk;
use crate::storage::{self, FileAction, FileSystem, FolderLock, RealFileSystem, StorageError};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// The disk that notebooks are on.
#[derive(Clone)]
pub(super) enum NotebookDisk {
    Real,
    /// One in memory that fails on demand. It has no locks.
    #[cfg(test)]
    Pretend(FakeDisk),
}

impl NotebookDisk {
    pub(super) fn sink(&self) -> Box<dyn FileSystem> {
        match self {
            Self::Real => Box::new(RealFileSystem::default()),
            #[cfg(test)]
            Self::Pretend(disk) => Box::new(disk.clone()),
        }
    }

    pub(super) fn lock(&self, folder: &Path) -> Result<Option<FolderLock>, OpenError> {
        match self {
            Self::Real => FolderLock::take(folder)
                .map(Some)
                .map_err(|busy| OpenError::busy(&busy)),
            #[cfg(test)]
            Self::Pretend(_) => Ok(None),
        }
    }

    /// The names in a folder in their order; none when it is not there.
    pub(super) fn names(&self, folder: &Path) -> Result<Vec<String>, StorageError> {
        match self.sink().list(folder) {
            Ok(mut names) => {
                names.sort_unstable();
                Ok(names)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(StorageError::new(FileAction::List, folder, &error)),
        }
    }

    pub(super) fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
        let put = storage::replace_alone(self.sink().as_mut(), path, bytes);
        put.map_err(|error| StorageError::new(FileAction::Write, path, &error))
    }

    pub(super) fn make_folder(&self, folder: &Path) -> Result<(), StorageError> {
        let made = self.sink().make_folder(folder);
        made.map_err(|error| StorageError::new(FileAction::Folder, folder, &error))
    }

    /// Renames a file or folder, durably where both names are in the same folder.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), StorageError> {
        let mut sink = self.sink();
        let renamed = sink.rename(from, to).and_then(|()| {
            to.parent()
                .map_or(Ok(()), |folder| sink.sync_folder(folder))
        });
        renamed.map_err(|error| StorageError::new(FileAction::Write, to, &error))
    }

    /// Removes a file, durably. One that is not there any more is as good as removed.
    pub(super) fn remove(&self, path: &Path) -> Result<(), StorageError> {
        let mut sink = self.sink();
        let removed = match sink.remove(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        };
        let removed = removed.and_then(|()| {
            path.parent()
                .map_or(Ok(()), |folder| sink.sync_folder(folder))
        });
        removed.map_err(|error| StorageError::new(FileAction::Remove, path, &error))
    }

    /// The lines of a file that this key opens.
    pub(super) fn read_lines(
        &self,
        key: &NotebookKey,
        path: &Path,
        most: u64,
    ) -> Result<BookLines, OpenError> {
        let bytes = self.sink().read(path, most)?;
        let plain = key.open(bytes).ok_or_else(|| OpenError::damaged(path))?;
        BookLines::decode(plain, path)
    }

    /// Sets a damaged file aside; answers with what there is to say about that.
    pub(super) fn set_aside(&self, path: &Path) -> Result<SafeText, StorageError> {
        let aside = self.sink().set_aside(path, "set-aside");
        let aside = aside.map_err(|error| StorageError::new(FileAction::SetAside, path, &error))?;
        let values = [
            ("place", &*path.to_string_lossy()),
            ("aside", &*aside.to_string_lossy()),
        ];
        Ok(fill(&words().notebook.set_aside, &values))
    }
}
