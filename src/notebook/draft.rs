//! A page that was begun and is not kept yet: one at most, sealed like everything else, so that a notebook that locks
//! itself, a crash or a power cut costs little of it (reliability.md R9).

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::book_lines::BookLines;
use super::entry::{Id, Note, NotebookEntry, WrittenAt};
use super::locked_notebook::{MOST_BOOK, MOST_NEW, Notebook};
use super::open_error::OpenError;
use super::open_notebook::{OpenNotebook, read_lines, set_aside};
use super::seal::{NotebookKey, Seal};
use crate::storage::Cause;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// A page that was begun.
#[derive(Clone, PartialEq, Eq)]
pub struct PageDraft {
    /// When it was last written on.
    pub(crate) at: WrittenAt,
    /// The words so far. They are wiped from memory when this is dropped.
    pub(crate) words: Zeroizing<String>,
    /// The part that it is about.
    pub(crate) part: Option<Id>,
}

/// How much there is, and no word of it.
impl std::fmt::Debug for PageDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({} bytes)", self.words.len())
    }
}

fn path(folder: &Path, seal: &Seal) -> PathBuf {
    folder.join("draft").with_extension(seal.ending())
}

/// The draft in a file; none where it is not there.
fn read(
    notebook: &Notebook,
    key: &NotebookKey,
    path: &Path,
) -> Result<Option<PageDraft>, OpenError> {
    let (place, folder) = (&notebook.place, &notebook.folder);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if !place.names(folder)?.iter().any(|there| *there == name) {
        return Ok(None);
    }
    let lines = read_lines(place, key, path, MOST_NEW)?;
    let first = lines.entries().into_iter().next();
    let Some(NotebookEntry::Note(Note {
        at, words, part, ..
    })) = first
    else {
        return Err(OpenError::damaged(path));
    };
    let words = Zeroizing::new(words);
    Ok(Some(PageDraft { at, words, part }))
}

/// Whether the draft can be read, where that needs no passphrase.
pub(super) fn look(notebook: &Notebook) -> Result<(), OpenError> {
    if notebook.is_sealed() {
        return Ok(());
    }
    let path = path(&notebook.folder, &notebook.head.seal);
    read(notebook, &NotebookKey::Plain, &path).map(drop)
}

impl OpenNotebook {
    /// The page that was begun, if there is one. What can't be read is put beside, and said with the rest.
    ///
    /// # Errors
    /// The sentence that says why it can't be looked for.
    pub(crate) fn draft(&mut self) -> Result<Option<PageDraft>, SafeText> {
        let path = path(&self.notebook.folder, &self.notebook.head.seal);
        match read(&self.notebook, &self.key, &path) {
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
                let said = set_aside(&self.notebook.place, &path);
                self.said.push(said);
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
    pub(crate) fn keep_draft(&self, draft: &PageDraft) -> Result<(), SafeText> {
        if let Some(why) = &self.draft_closed {
            return Err(why.clone());
        }
        let mut entry = NotebookEntry::Note(Note {
            id: Id::new(),
            at: draft.at,
            words: draft.words.to_string(),
            part: draft.part.clone(),
            session: None,
            until: None,
        });
        let lines = BookLines::of(std::slice::from_ref(&entry));
        entry.wipe();
        let lines = lines.ok_or_else(|| SafeText::new(&words().notebook.cannot_seal))?;
        let seal = &self.notebook.head.seal;
        let bytes = seal.close(lines.encode())?;
        let put = self
            .notebook
            .place
            .put(&path(&self.notebook.folder, seal), &bytes);
        put.map_err(|trouble| trouble.sentence())
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
        let path = path(&self.notebook.folder, &self.notebook.head.seal);
        match self.notebook.place.remove(&path) {
            Err(trouble) if trouble.cause != Cause::Missing => Err(trouble.sentence()),
            Err(_) | Ok(()) => Ok(()),
        }
    }

    /// A sealed notebook has no draft that lies open; one from before it was sealed is sealed, too.
    pub(super) fn seal_draft(&mut self) -> Result<(), OpenError> {
        if !self.notebook.is_sealed() {
            return Ok(());
        }
        let open = path(&self.notebook.folder, &Seal::Plain);
        let sealed = path(&self.notebook.folder, &self.notebook.head.seal);
        let before = match read(&self.notebook, &NotebookKey::Plain, &open) {
            Ok(None) => return Ok(()),
            Ok(before) => before,
            // What can't be read is kept as well, beside.
            Err(OpenError::Damaged(_)) => {
                self.said.push(set_aside(&self.notebook.place, &open));
                return Ok(());
            }
            Err(why) => return Err(why),
        };
        let there = read(&self.notebook, &self.key, &sealed)?.is_some();
        if let Some(draft) = before.filter(|_| !there) {
            self.keep_draft(&draft).map_err(OpenError::Trouble)?;
        }
        self.notebook.place.remove(&open)?;
        Ok(())
    }

    /// What was set aside while the notebook lay open is sealed as it is: there may be words in it.
    pub(super) fn seal_set_aside(&self) -> Result<(), OpenError> {
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
