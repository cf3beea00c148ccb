//! What a ledger needs of a disk, so that tests can hand in one that fails.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// One append-only file and the folder it is in. At most one file is open at a time.
pub trait Sink {
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
}

/// The real disk.
#[derive(Debug, Default)]
pub struct Disk {
    file: Option<File>,
}

impl Disk {
    fn file(&mut self) -> io::Result<&mut File> {
        self.file
            .as_mut()
            .ok_or_else(|| io::ErrorKind::NotConnected.into())
    }
}

impl Sink for Disk {
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
}
