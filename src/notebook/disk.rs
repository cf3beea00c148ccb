//! The disk that notebooks are on.

use std::io;
use std::path::Path;

use super::closed::Closed;
#[cfg(test)]
use crate::files::pretend::Pretend;
use crate::files::{Disk, Doing, Lock, Sink, Trouble};

/// The disk that notebooks are on.
#[derive(Clone)]
pub(super) enum Place {
    Real,
    /// One in memory that fails on demand. It has no locks.
    #[cfg(test)]
    Pretend(Pretend),
}

impl Place {
    pub(super) fn sink(&self) -> Box<dyn Sink> {
        match self {
            Self::Real => Box::new(Disk::default()),
            #[cfg(test)]
            Self::Pretend(disk) => Box::new(disk.clone()),
        }
    }

    pub(super) fn lock(&self, folder: &Path) -> Result<Option<Lock>, Closed> {
        match self {
            Self::Real => Lock::take(folder)
                .map(Some)
                .map_err(|busy| Closed::busy(&busy)),
            #[cfg(test)]
            Self::Pretend(_) => Ok(None),
        }
    }

    /// The names in a folder in their order; none when it is not there.
    pub(super) fn names(&self, folder: &Path) -> Result<Vec<String>, Trouble> {
        match self.sink().list(folder) {
            Ok(mut names) => {
                names.sort_unstable();
                Ok(names)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(Trouble::new(Doing::List, folder, &error)),
        }
    }

    pub(super) fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
        let put = self.sink().put(path, bytes);
        put.map_err(|error| Trouble::new(Doing::Write, path, &error))
    }

    pub(super) fn make_folder(&self, folder: &Path) -> Result<(), Trouble> {
        let made = self.sink().make_folder(folder);
        made.map_err(|error| Trouble::new(Doing::Folder, folder, &error))
    }

    /// Renames a file or folder, durably where both names are in the same folder.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), Trouble> {
        let mut sink = self.sink();
        let renamed = sink.rename(from, to).and_then(|()| {
            to.parent()
                .map_or(Ok(()), |folder| sink.sync_folder(folder))
        });
        renamed.map_err(|error| Trouble::new(Doing::Write, to, &error))
    }

    /// Removes a file, durably. One that is not there any more is as good as removed.
    pub(super) fn remove(&self, path: &Path) -> Result<(), Trouble> {
        let mut sink = self.sink();
        let removed = match sink.remove(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        };
        let removed = removed.and_then(|()| {
            path.parent()
                .map_or(Ok(()), |folder| sink.sync_folder(folder))
        });
        removed.map_err(|error| Trouble::new(Doing::Remove, path, &error))
    }
}
