//! A notebook while it is open.
//!
//! Opening folds what was written since into the book: the book is replaced, then the new files go. When
//! that is cut off in between, the same words are met twice, and counted once.

use std::collections::HashSet;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::book::Book;
use super::book_builder::Ties;
use super::book_lines::{BookLines, raw_of};
use super::draft;
use super::due;
use super::entry::{Deletion, Id, Note, NotebookEntry, WrittenAt};
use super::header::NotebookHeader;
use super::locked_notebook::{
    AppendedFile, MOST_BOOK, MOST_HEAD, MOST_NEW, Notebook, book_path, head_path, identity_path,
    new_folder, read_head,
};
use super::open_error::OpenError;
use super::seal::{NotebookKey, Passphrase, Seal, UnwrapError, generate, unwrap, wrap};
use crate::storage::{Cause, FileAction, FolderLock, StorageError, sum_of};
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::date::Date;

/// How everything that is sealed begins (age-encryption.org/v1).
const SEALED: &[u8] = b"age-encryption.org/v1";

/// A notebook that is open. Nobody else opens it meanwhile; when this is dropped, its key is gone from memory.
pub struct OpenNotebook {
    notebook: Notebook,
    key: NotebookKey,
    lines: BookLines,
    book: Book,
    said: Vec<SafeText>,
    /// Why the page that was begun can't be read, when it can't: then it is left as it is.
    draft_closed: Option<SafeText>,
    _lock: Option<FolderLock>,
}

/// Where it is, and no word of what is in it.
impl std::fmt::Debug for OpenNotebook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Open({:?})", self.notebook)
    }
}

/// What was written since the book was last put together.
#[derive(Default)]
struct New {
    whole: Vec<(PathBuf, BookLines)>,
    damaged: Vec<PathBuf>,
    said: Vec<SafeText>,
}

impl OpenNotebook {
    pub(super) fn new(
        notebook: &Notebook,
        passphrase: Option<&Passphrase>,
    ) -> Result<Self, OpenError> {
        let (folder, place) = (&notebook.folder, &notebook.place);
        // Before the lock, which is a write: a newer program's folder is not touched.
        read_head(place, folder)?;
        let lock = place.lock(folder)?;
        let head = read_head(place, folder)?;
        let notebook = Notebook {
            head,
            ..notebook.clone()
        };
        let key = notebook.key(passphrase)?;
        let book = book_path(folder, &notebook.head.seal);
        let lines = place.read_lines(&key, &book, MOST_BOOK)?;
        let mut open = Self {
            notebook,
            key,
            lines,
            book: Book::default(),
            said: lock.iter().filter_map(FolderLock::warning).collect(),
            draft_closed: None,
            _lock: lock,
        };
        let new = open.read_new()?;
        let trouble = open.fold(new);
        open.said.extend(trouble);
        let removed = open.remove_open_book().err();
        open.said.extend(removed.map(|trouble| trouble.sentence()));
        let beside = open.take_in_beside();
        open.said.extend(beside);
        let sealed = open.seal_draft().err();
        open.said.extend(sealed.map(|why| why.sentence()));
        Ok(open)
    }

    /// Whether it could be opened, as far as that is seen without a passphrase and without a lock, which is a write.
    pub(super) fn look(notebook: &Notebook) -> Result<(), OpenError> {
        let (folder, place) = (&notebook.folder, &notebook.place);
        let seal = &read_head(place, folder)?.seal;
        let book = book_path(folder, seal);
        if notebook.is_sealed() {
            notebook.wrapped()?;
            let bytes = place.sink().read(&book, MOST_BOOK)?;
            if !bytes.starts_with(SEALED) {
                return Err(OpenError::damaged(&book));
            }
        } else {
            let key = notebook.key(None)?;
            place.read_lines(&key, &book, MOST_BOOK)?;
        }
        due::read(place, folder)?;
        draft::look(notebook)
    }

    /// What it comes to.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The notebook.
    #[must_use]
    pub(crate) fn notebook(&self) -> &Notebook {
        &self.notebook
    }

    /// What became of damaged files, and what the disk did not allow. Each is given once.
    pub fn take_said(&mut self) -> Vec<SafeText> {
        std::mem::take(&mut self.said)
    }

    #[cfg(test)]
    /// How many entries only a newer program understands. They are kept.
    #[must_use]
    pub(crate) fn unknown(&self) -> usize {
        let read = self.lines.read().into_iter();
        read.filter(Option::is_none).count()
    }

    /// Writes an entry, like [`Notebook::add`].
    ///
    /// # Errors
    /// The sentence that says why not; then the book is as it was.
    pub(crate) fn write(&mut self, entry: &NotebookEntry) -> Result<AppendedFile, SafeText> {
        let added = self.notebook.add(std::slice::from_ref(entry))?;
        self.lines.raw.extend(raw_of(entry));
        self.book = Book::of(self.lines.entries());
        Ok(added)
    }

    #[cfg(test)]
    /// Takes what was just written back.
    ///
    /// # Errors
    /// The sentence that says why not.
    pub(crate) fn take_back(
        &mut self,
        entry: &NotebookEntry,
        added: &AppendedFile,
    ) -> Result<(), SafeText> {
        self.notebook.take_back(added)?;
        let raw = raw_of(entry);
        let raw = raw.as_deref();
        self.lines.raw.retain(|line| Some(line.as_str()) != raw);
        self.book = Book::of(self.lines.entries());
        Ok(())
    }

    /// Deletes entries, and what was only about them, from the files of the notebook.
    ///
    /// What can't be promised is in the words (`erased`).
    ///
    /// # Errors
    /// The sentence that says why not; then some of it may still be there, and it is to be erased again.
    pub(crate) fn erase(&mut self, what: &[Id]) -> Result<(), SafeText> {
        // First there must be no second copy of it anywhere, also in what somebody else wrote since.
        let new = self.read_new().map_err(|why| why.sentence())?;
        if let Some(why) = self.fold(new) {
            return Err(why);
        }
        let entries = self.lines.read();
        let gone = |what: &Id| {
            NotebookEntry::Gone(Deletion {
                id: Id::new(),
                at: WrittenAt { wall: 0, offset: 0 },
                what: what.clone(),
            })
        };
        let named: Vec<NotebookEntry> = what.iter().map(gone).collect();
        let ties = Ties::of(entries.iter().flatten().chain(&named));
        let mut lines = BookLines {
            head: self.lines.head.clone(),
            raw: self.lines.raw.clone(),
        };
        lines.keep_alive(&ties, &entries);
        // That it is gone stays, without a word of it: a copy that is taken in later must not bring it back.
        let known: HashSet<&Id> = entries
            .iter()
            .flatten()
            .filter_map(NotebookEntry::deletes)
            .collect();
        let new = ties.gone().filter(|id| !known.contains(id)).map(gone);
        let mut gone: Vec<NotebookEntry> = new.collect();
        gone.sort_by(|one, other| one.deletes().cmp(&other.deletes()));
        lines.raw.extend(gone.iter().filter_map(raw_of));
        self.put_book(&lines)
            .map_err(|trouble| trouble.sentence())?;
        self.lines = lines;
        wipe(entries.into_iter().flatten().collect());
        self.book = Book::of(self.lines.entries());
        self.put_due().map_err(|trouble| trouble.sentence())
    }

    /// Deletes the notes whose last day is over, and says how many.
    ///
    /// # Errors
    /// The sentence that says why not, like [`OpenNotebook::erase`].
    pub(crate) fn expire(&mut self, today: Date) -> Result<usize, SafeText> {
        let over = self.book.notes().iter();
        let over = over.filter(|note| note.until.is_some_and(|until| until < today));
        let over: Vec<Id> = over.map(|note| note.id.clone()).collect();
        if !over.is_empty() {
            self.erase(&over)?;
        }
        Ok(over.len())
    }

    /// Tries a passphrase, and changes nothing.
    ///
    /// # Errors
    /// It is another one, or the disk does not allow to look.
    pub(crate) fn try_passphrase(&self, passphrase: &Passphrase) -> Result<(), OpenError> {
        self.notebook.key(Some(passphrase)).map(drop)
    }

    /// Seals the key with another passphrase. What is in the notebook stays sealed to the same key.
    ///
    /// # Errors
    /// The old passphrase is another one, or the disk does not allow it; then the old one still opens it.
    pub(crate) fn change_passphrase(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
    ) -> Result<(), OpenError> {
        if new.is_empty() {
            return Err(OpenError::Trouble(SafeText::new(
                words().notebook.empty_passphrase,
            )));
        }
        let NotebookKey::Own(identity) = self.notebook.key(Some(old))? else {
            return Ok(());
        };
        let wrapped = wrap(&identity, new, self.notebook.factor).map_err(OpenError::Trouble)?;
        let folder = self.notebook.folder.clone();
        // Both sums first: whichever of the two files is there after a power cut, it fits the head.
        self.notebook.head.sums.push(sum_of(&wrapped));
        let head = head_path(&folder);
        let place = self.notebook.place.clone();
        place.put(&head, self.notebook.head.text().as_bytes())?;
        place.put(&identity_path(&folder), &wrapped)?;
        self.notebook.head.sums = vec![sum_of(&wrapped)];
        place.put(&head, self.notebook.head.text().as_bytes())?;
        Ok(())
    }

    /// Seals a plain notebook. What lies open of it is removed once the sealed files are there.
    ///
    /// # Errors
    /// The disk does not allow it, or the passphrase is empty; then it is as it was, or it is sealed and some of what
    /// lay open is still there: opening it again removes that.
    pub fn seal(&mut self, passphrase: &Passphrase) -> Result<(), OpenError> {
        if self.notebook.is_sealed() {
            return Ok(());
        }
        if passphrase.is_empty() {
            return Err(OpenError::Trouble(SafeText::new(
                words().notebook.empty_passphrase,
            )));
        }
        let (folder, place) = (self.notebook.folder.clone(), self.notebook.place.clone());
        let (identity, recipient) = generate();
        let wrapped =
            wrap(&identity, passphrase, self.notebook.factor).map_err(OpenError::Trouble)?;
        let seal = Seal::To(recipient);
        let bytes = seal
            .close(self.lines.encode())
            .map_err(OpenError::Trouble)?;
        place.put(&identity_path(&folder), &wrapped)?;
        place.put(&book_path(&folder, &seal), &bytes)?;
        let head = NotebookHeader::new(&self.notebook.head.name, seal, vec![sum_of(&wrapped)]);
        // With this file the notebook is sealed: before it everything is as it was.
        place.put(&head_path(&folder), head.text().as_bytes())?;
        self.notebook.head = head;
        self.key = NotebookKey::Own(identity);
        // What was written beside the book meanwhile lies open, too.
        let new = self.read_new()?;
        if let Some(why) = self.fold(new) {
            return Err(OpenError::Trouble(why));
        }
        self.remove_open_book()?;
        self.seal_draft()?;
        self.seal_set_aside()
    }

    /// A sealed notebook has no book that lies open; one from before it was sealed goes.
    fn remove_open_book(&self) -> Result<(), StorageError> {
        let (folder, place) = (&self.notebook.folder, &self.notebook.place);
        let path = book_path(folder, &Seal::Plain);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !self.notebook.is_sealed() || !place.names(folder)?.iter().any(|there| *there == name) {
            return Ok(());
        }
        place.remove(&path)
    }

    /// Reads the new files, in the order in which they were written. Nothing is changed.
    fn read_new(&self) -> Result<New, OpenError> {
        let place = &self.notebook.place;
        let folder = new_folder(&self.notebook.folder);
        let mut new = New::default();
        for name in place.names(&folder)? {
            let path = folder.join(name);
            let ending = path.extension().unwrap_or_default();
            // Before a notebook is sealed, what is added to it lies open; it is taken in all the same.
            let open = ending == Seal::Plain.ending();
            if !open && ending != self.notebook.head.seal.ending() {
                continue;
            }
            let key = if open { &NotebookKey::Plain } else { &self.key };
            match place.read_lines(key, &path, MOST_NEW) {
                Ok(lines) => new.whole.push((path, lines)),
                Err(OpenError::Damaged(_)) => new.damaged.push(path),
                Err(OpenError::Trouble(why)) => new.said.push(why),
                Err(newer @ (OpenError::Newer(_) | OpenError::WrongPassphrase)) => {
                    return Err(newer);
                }
            }
        }
        Ok(new)
    }

    /// Takes the new files into the book. What did not work comes back; nothing that was written is lost by that.
    fn fold(&mut self, new: New) -> Option<SafeText> {
        let place = self.notebook.place.clone();
        for path in new.damaged {
            let said = place.set_aside(&path);
            self.said
                .push(said.unwrap_or_else(|trouble| trouble.sentence()));
        }
        let before = self.lines.raw.len();
        let mut done = Vec::new();
        for (path, lines) in new.whole {
            self.lines.heed(&lines);
            self.lines.raw.extend(lines.raw);
            done.push(path);
        }
        // A book that was written whole has nothing twice: a new file may have been cut off on its way into it.
        if !done.is_empty() {
            let mut seen = HashSet::new();
            let lines = self.lines.raw.iter();
            let first: Vec<bool> = lines.map(|raw| seen.insert(raw.as_str())).collect();
            let mut first = first.into_iter();
            self.lines.raw.retain(|_| first.next().unwrap_or(true));
        }
        let entries = self.lines.read();
        let ties = Ties::of(entries.iter().flatten());
        self.lines.keep_alive(&ties, &entries);
        self.book = Book::tied(entries.into_iter().flatten(), &ties);
        let is_new = !done.is_empty() || self.lines.raw.len() != before;
        let book = if is_new {
            self.put_book(&self.lines)
        } else {
            Ok(())
        };
        let due = book.and_then(|()| self.put_due());
        let written = due.and_then(|()| self.remove_new(&done));
        let trouble = written.err().map(|trouble| trouble.sentence());
        trouble.or_else(|| new.said.into_iter().next())
    }

    /// Takes in what was written beside the book since it was opened.
    pub(super) fn fold_new(&mut self) -> Result<(), OpenError> {
        let new = self.read_new()?;
        self.fold(new)
            .map_or(Ok(()), |why| Err(OpenError::Trouble(why)))
    }

    /// Other lines in the place of its own, on the disk first.
    pub(super) fn replace_lines(&mut self, lines: BookLines) -> Result<(), OpenError> {
        self.put_book(&lines)?;
        self.lines = lines;
        self.book = Book::of(self.lines.entries());
        Ok(self.put_due()?)
    }

    /// Notes the day on which a copy was made.
    pub(super) fn note_copied(&mut self, today: Date) -> Result<(), OpenError> {
        self.notebook.head.copied = Some(today);
        let head = head_path(&self.notebook.folder);
        let text = self.notebook.head.text();
        Ok(self.notebook.place.put(&head, text.as_bytes())?)
    }

    /// What opens it.
    pub(super) fn key(&self) -> &NotebookKey {
        &self.key
    }

    /// What stands in it, line by line.
    pub(super) fn lines(&self) -> &BookLines {
        &self.lines
    }

    /// In their order, and none after one that could not be removed: what is deleted by a later file must
    /// not outlive it.
    fn remove_new(&self, done: &[PathBuf]) -> Result<(), StorageError> {
        done.iter()
            .try_for_each(|path| self.notebook.place.remove(path))
    }

    fn put_book(&self, lines: &BookLines) -> Result<(), StorageError> {
        let path = book_path(&self.notebook.folder, &self.notebook.head.seal);
        let other = |why: SafeText| {
            StorageError::with(
                FileAction::Write,
                &path,
                Cause::Other(why.as_str().to_owned()),
            )
        };
        let bytes = self
            .notebook
            .head
            .seal
            .close(lines.encode())
            .map_err(other)?;
        if u64::try_from(bytes.len()).is_ok_and(|len| len > MOST_BOOK) {
            return Err(StorageError::with(
                FileAction::Write,
                &path,
                Cause::TooLarge { most: MOST_BOOK },
            ));
        }
        self.notebook.place.put(&path, &bytes)
    }

    fn put_due(&mut self) -> Result<(), StorageError> {
        let (place, folder) = (&self.notebook.place, &self.notebook.folder);
        let due = due::of(&self.book);
        match due::read(place, folder) {
            Ok(there) if there == due => return Ok(()),
            Err(OpenError::Damaged(_)) => self.said.push(place.set_aside(&due::path(folder))?),
            Ok(_)
            | Err(OpenError::Trouble(_) | OpenError::Newer(_) | OpenError::WrongPassphrase) => {}
        }
        due::write(place, folder, &due)
    }

    /// The page that was begun, if there is one. What can't be read is put beside, and said with the rest.
    ///
    /// # Errors
    /// The sentence that says why it can't be looked for.
    pub(crate) fn draft(&mut self) -> Result<Option<draft::PageDraft>, SafeText> {
        let path = draft::path(&self.notebook.folder, &self.notebook.head.seal);
        match draft::read(&self.notebook, &self.key, &path) {
            Ok(Some(draft)) => {
                // It was kept, and then the program was cut off.
                let is_kept = |note: &Note| {
                    note.at.wall >= draft.at.wall && note.words.trim_end() == draft.words.trim_end()
                };
                if self.book().notes().iter().any(is_kept) {
                    self.drop_draft()?;
                    return Ok(None);
                }
                Ok(Some(draft))
            }
            Ok(None) => Ok(None),
            Err(OpenError::Damaged(_)) => {
                let said = self.notebook.place.set_aside(&path);
                self.said
                    .push(said.unwrap_or_else(|trouble| trouble.sentence()));
                Ok(None)
            }
            Err(
                why @ (OpenError::WrongPassphrase | OpenError::Newer(_) | OpenError::Trouble(_)),
            ) => {
                self.draft_closed = Some(why.sentence());
                Err(why.sentence())
            }
        }
    }

    /// Keeps a page that is being written, in place of the one before. When this returns `Ok`, it is on the disk.
    ///
    /// # Errors
    /// The sentence that says why not; then the one before is still there. One that could not be read, because a newer
    /// program wrote it or the disk did not give it, is never replaced.
    pub(crate) fn keep_draft(&self, draft: &draft::PageDraft) -> Result<(), SafeText> {
        if let Some(why) = &self.draft_closed {
            return Err(why.clone());
        }
        draft::keep(&self.notebook, draft)
    }

    /// Removes the page that was begun; one that is not there is as good as removed, and one that could not be read
    /// stays as it is.
    ///
    /// # Errors
    /// The sentence that says why not.
    pub(crate) fn drop_draft(&self) -> Result<(), SafeText> {
        if self.draft_closed.is_some() {
            return Ok(());
        }
        let path = draft::path(&self.notebook.folder, &self.notebook.head.seal);
        match self.notebook.place.remove(&path) {
            Err(trouble) if trouble.cause != Cause::Missing => Err(trouble.sentence()),
            Err(_) | Ok(()) => Ok(()),
        }
    }

    fn seal_draft(&mut self) -> Result<(), OpenError> {
        let said = draft::seal(&self.notebook, &self.key)?;
        self.said.extend(said);
        Ok(())
    }

    /// What was set aside while the notebook lay open is sealed as it is: there may be words in it.
    fn seal_set_aside(&self) -> Result<(), OpenError> {
        let (place, folder) = (&self.notebook.place, &self.notebook.folder);
        let seal = &self.notebook.head.seal;
        let ending = format!(".{}", seal.ending());
        for name in place.names(folder)? {
            if !name.contains("set-aside") || name.ends_with(&ending) {
                continue;
            }
            let path = folder.join(&name);
            let bytes = Zeroizing::new(place.sink().read(&path, MOST_BOOK)?);
            let sealed = seal.close(bytes).map_err(OpenError::Trouble)?;
            place.put(&folder.join(format!("{name}{ending}")), &sealed)?;
            place.remove(&path)?;
        }
        Ok(())
    }
}

impl Notebook {
    /// Looks whether it can be opened, and changes nothing. Of a sealed one that is only its head.
    ///
    /// # Errors
    /// Why it can't be.
    pub(crate) fn look(&self) -> Result<(), OpenError> {
        OpenNotebook::look(self)
    }

    /// Opens it for reading. A plain one needs no passphrase.
    ///
    /// # Errors
    /// It stays closed, and nothing of it is changed.
    pub fn open(&self, passphrase: Option<&Passphrase>) -> Result<OpenNotebook, OpenError> {
        OpenNotebook::new(self, passphrase)
    }

    /// The key as it lies there, sealed with the passphrase.
    fn wrapped(&self) -> Result<Vec<u8>, OpenError> {
        let path = identity_path(&self.folder);
        let bytes = self.place.sink().read(&path, MOST_HEAD)?;
        if self.head.sums.contains(&sum_of(&bytes)) {
            Ok(bytes)
        } else {
            Err(OpenError::damaged(&path))
        }
    }

    /// The key, which the passphrase opens.
    pub(super) fn key(&self, passphrase: Option<&Passphrase>) -> Result<NotebookKey, OpenError> {
        match self.head.seal {
            Seal::Plain => return Ok(NotebookKey::Plain),
            Seal::To(_) => {}
        }
        let path = identity_path(&self.folder);
        let bytes = self.wrapped()?;
        let passphrase = passphrase.ok_or(OpenError::WrongPassphrase)?;
        let identity = unwrap(&bytes, passphrase).map_err(|why| match why {
            UnwrapError::Wrong => OpenError::WrongPassphrase,
            UnwrapError::Damaged => OpenError::damaged(&path),
        })?;
        let key = NotebookKey::Own(identity);
        if key.fits(&self.head.seal) {
            Ok(key)
        } else {
            Err(OpenError::key_changed(&head_path(&self.folder)))
        }
    }
}

fn wipe(entries: Vec<NotebookEntry>) {
    for mut entry in entries {
        entry.wipe();
    }
}
