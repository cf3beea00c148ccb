//! A page that was begun and is not kept yet: one at most, sealed like everything else, so that a notebook that locks
//! itself, a crash or a power cut costs little of it (reliability.md R9).

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::book_lines::BookLines;
use super::entry::{Id, Letter, Note, NotebookEntry, WrittenAt};
use super::locked_notebook::{MOST_NEW, Notebook};
use super::open_error::OpenError;
use super::seal::{NotebookKey, Seal};
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// A page that was begun.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PageDraft {
    /// When it was last written on.
    pub(crate) at: WrittenAt,
    /// The words so far. They are wiped from memory when this is dropped.
    pub(crate) words: Zeroizing<String>,
    /// The part that it is about.
    pub(crate) part: Option<Id>,
    /// Whether two voices speak in it.
    pub(crate) voices: bool,
    /// Whether it is for a therapist.
    pub(crate) bring: bool,
    /// With whom it is exchanged, where it is a letter.
    pub(crate) letter: Option<Letter>,
}

impl PageDraft {
    /// It as a note.
    pub(super) fn note(&self) -> Note {
        Note {
            part: self.part.clone(),
            voices: self.voices,
            bring: self.bring,
            letter: self.letter.clone(),
            ..Note::new(self.at, self.words.to_string())
        }
    }
}

/// How much there is, and no word of it.
impl std::fmt::Debug for PageDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({} bytes)", self.words.len())
    }
}

pub(super) fn path(folder: &Path, seal: &Seal) -> PathBuf {
    folder.join("draft").with_extension(seal.ending())
}

/// The draft in a file; none where it is not there.
pub(super) fn read(
    notebook: &Notebook,
    key: &NotebookKey,
    path: &Path,
) -> Result<Option<PageDraft>, OpenError> {
    let (place, folder) = (&notebook.place, &notebook.folder);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if !place.names(folder)?.iter().any(|there| *there == name) {
        return Ok(None);
    }
    let lines = place.read_lines(key, path, MOST_NEW)?;
    let first = lines.entries().into_iter().next();
    let Some(NotebookEntry::Note(note)) = first else {
        return Err(OpenError::damaged(path));
    };
    Ok(Some(PageDraft {
        at: note.at,
        words: Zeroizing::new(note.words),
        part: note.part,
        voices: note.voices,
        bring: note.bring,
        letter: note.letter,
    }))
}

/// Whether the draft can be read, where that needs no passphrase.
pub(super) fn look(notebook: &Notebook) -> Result<(), OpenError> {
    if notebook.is_sealed() {
        return Ok(());
    }
    let path = path(&notebook.folder, &notebook.head.seal);
    read(notebook, &NotebookKey::Plain, &path).map(drop)
}

/// Keeps a page that is being written, in place of the one before.
pub(super) fn keep(notebook: &Notebook, draft: &PageDraft) -> Result<(), SafeText> {
    let mut entry = NotebookEntry::Note(draft.note());
    let lines = BookLines::of(std::slice::from_ref(&entry));
    entry.wipe();
    let lines = lines.ok_or_else(|| SafeText::new(words().notebook.cannot_seal))?;
    let seal = &notebook.head.seal;
    let bytes = seal.close(lines.encode())?;
    let put = notebook.place.put(&path(&notebook.folder, seal), &bytes);
    put.map_err(|trouble| trouble.sentence())
}

/// A sealed notebook has no draft that lies open; one from before it was sealed is sealed, too. What became of one
/// that can't be read comes back.
pub(super) fn seal(notebook: &Notebook, key: &NotebookKey) -> Result<Option<SafeText>, OpenError> {
    if !notebook.is_sealed() {
        return Ok(None);
    }
    let open = path(&notebook.folder, &Seal::Plain);
    let sealed = path(&notebook.folder, &notebook.head.seal);
    let before = match read(notebook, &NotebookKey::Plain, &open) {
        Ok(None) => return Ok(None),
        Ok(before) => before,
        // What can't be read is kept as well, beside.
        Err(OpenError::Damaged(_)) => {
            let said = notebook.place.set_aside(&open);
            return Ok(Some(said.unwrap_or_else(|trouble| trouble.sentence())));
        }
        Err(why) => return Err(why),
    };
    let there = read(notebook, key, &sealed)?.is_some();
    if let Some(draft) = before.filter(|_| !there) {
        keep(notebook, &draft).map_err(OpenError::Trouble)?;
    }
    notebook.place.remove(&open)?;
    Ok(None)
}
