//! What a ledger and whole files need of a disk, so that tests can hand in one that fails.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::storage_error::StorageError;

/// The files of one folder. At most one file is open at a time.
pub(crate) trait FileSystem {
    /// Makes the folder, durably.
    ///
    /// # Errors
    /// What the system answered.
    fn make_folder(&mut self, folder: &Path) -> io::Result<()>;
    /// Makes and opens a new private file; one that is there already is refused.
    ///
    /// # Errors
    /// What the system answered.
    fn create(&mut self, path: &Path) -> io::Result<()>;
    /// Opens a file that is there, reads at most `most` bytes and stands at its end.
    ///
    /// # Errors
    /// What the system answered.
    fn open(&mut self, path: &Path, most: u64) -> io::Result<Vec<u8>>;
    /// Cuts the open file to `len` bytes and stands at its end.
    ///
    /// # Errors
    /// What the system answered.
    fn cut(&mut self, len: u64) -> io::Result<()>;
    /// Writes at the end of the open file.
    ///
    /// # Errors
    /// What the system answered; some of the bytes may have been written.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes the open file durable.
    ///
    /// # Errors
    /// What the system answered. Such a handle must not be trusted again.
    fn sync(&mut self) -> io::Result<()>;
    /// Closes what is open.
    fn close(&mut self);
    /// Makes the names in a folder durable.
    ///
    /// # Errors
    /// What the system answered.
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()>;
    /// Puts bytes durably into a new file beside `path`, with this ending, and says which.
    ///
    /// # Errors
    /// What the system answered.
    fn put_aside(&mut self, path: &Path, ending: &str, bytes: &[u8]) -> io::Result<PathBuf>;
    /// Renames a file to a free name with this ending, and says which.
    ///
    /// # Errors
    /// What the system answered.
    fn set_aside(&mut self, path: &Path, ending: &str) -> io::Result<PathBuf>;
    /// Reads an ordinary file of at most `most` bytes, through no link.
    ///
    /// # Errors
    /// What was wrong with it.
    fn read(&mut self, path: &Path, most: u64) -> Result<Vec<u8>, StorageError>;
    /// The same, but a link to one is followed: for what people may keep elsewhere.
    ///
    /// # Errors
    /// What was wrong with it.
    fn read_through(&mut self, path: &Path, most: u64) -> Result<Vec<u8>, StorageError> {
        self.read(path, most)
    }
    /// The names in a folder, in no order; what has no name in UTF-8 is not ours.
    ///
    /// # Errors
    /// What the system answered.
    fn list(&mut self, folder: &Path) -> io::Result<Vec<String>>;
    /// Gives a file or folder another name on the same disk, in place of what was called so. Not yet durable.
    ///
    /// # Errors
    /// What the system answered.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file. Not yet durable.
    ///
    /// # Errors
    /// What the system answered.
    fn remove(&mut self, path: &Path) -> io::Result<()>;
    /// Removes a folder and everything in it. Not yet durable.
    ///
    /// # Errors
    /// What the system answered; some of it may be gone.
    fn remove_folder(&mut self, folder: &Path) -> io::Result<()>;
}

/// The real disk.
#[derive(Debug, Default)]
pub(crate) struct RealFileSystem {
    file: Option<File>,
}

impl RealFileSystem {
    fn file(&mut self) -> io::Result<&mut File> {
        self.file
            .as_mut()
            .ok_or_else(|| io::ErrorKind::NotConnected.into())
    }
}

impl FileSystem for RealFileSystem {
    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        super::make_folders(folder)
    }

    fn create(&mut self, path: &Path) -> io::Result<()> {
        self.file = Some(super::new_file(path)?);
        Ok(())
    }

    fn open(&mut self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut file = super::own_file(path, false)?;
        let mut bytes = Vec::new();
        let read = (&mut file)
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)?;
        if u64::try_from(read).is_ok_and(|read| read > most) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if super::has_other_names(&file.metadata()?) {
            // The other name is somebody's copy: what is written from here on is not for that.
            super::replace_alone(self, path, &bytes)?;
            file = super::own_file(path, false)?;
            file.seek(SeekFrom::End(0))?;
        }
        self.file = Some(file);
        Ok(bytes)
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        let file = self.file()?;
        file.set_len(len)?;
        file.seek(SeekFrom::Start(len)).map(|_| ())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file()?.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file()?.sync_data()
    }

    fn close(&mut self) {
        self.file = None;
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        super::sync_folder(folder)
    }

    fn put_aside(&mut self, path: &Path, ending: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let aside = super::free_name(path, ending)?;
        super::put_new(&aside, bytes)?;
        Ok(aside)
    }

    fn set_aside(&mut self, path: &Path, ending: &str) -> io::Result<PathBuf> {
        super::rename_aside(path, ending)
    }

    fn read(&mut self, path: &Path, most: u64) -> Result<Vec<u8>, StorageError> {
        super::read_own(path, most)
    }

    fn read_through(&mut self, path: &Path, most: u64) -> Result<Vec<u8>, StorageError> {
        super::read(path, most)
    }

    fn list(&mut self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for found in fs::read_dir(folder)? {
            names.extend(found?.file_name().into_string().ok());
        }
        Ok(names)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&mut self, folder: &Path) -> io::Result<()> {
        fs::remove_dir_all(folder)
    }
}
