//! One person's private notebook: what they wrote for themselves between and after sessions.
//!
//! ```text
//! entries (what was written, in order) ─► book (what holds now) ─► pages, exports, the map
//!    └─► sealed files: anybody adds, only the passphrase reads
//! ```
//!
//! Owns: the entries of a notebook, what they come to, its sealed files, the days on which a promise
//! is looked at again, and what goes out of it as text.
//! Never does: reading a clock; showing anything; telling a word of what is in it by Debug, an error or a panic.
//! May see: storage, text, time.

mod book;
mod book_builder;
mod book_lines;
mod copies;
pub(crate) mod dates;
mod draft;
mod due;
mod entry;
mod header;
mod html;
mod locked_notebook;
pub mod map;
mod notebook_disk;
mod open_error;
mod open_notebook;
mod seal;
mod store;
mod svg;
mod text_export;
mod toml_export;
pub(crate) mod weeks;

pub(crate) use book::{Book, PartNow, PromiseNow};
pub(crate) use draft::PageDraft;
pub use entry::NotebookEntry;
pub(crate) use entry::voice_lines;
pub(crate) use entry::{
    CheckIn, Deletion, How, Meeting, NoteExpiry, PartChannel, PartMerge, PromiseCheck,
};
pub(crate) use entry::{Id, Letter, Note, Part, PartRevision, Promise, SessionReview, WrittenAt};
pub(crate) use html::html;
pub(crate) use locked_notebook::AppendedFile;
pub use locked_notebook::Notebook;
pub(crate) use open_error::OpenError;
pub use open_notebook::OpenNotebook;
pub use seal::{Keeping, Passphrase};
pub use store::Notebooks;
pub(crate) use store::{Belongs, Listed, belongs};
pub(crate) use text_export::{everything_begins, everything_markdown, note_page, therapist_page};
pub(crate) use toml_export::everything_toml;

use crate::storage::FileHeader;

/// What every file of a notebook says first. A newer minor is read and kept, a newer major is left alone.
const HEADER: FileHeader = FileHeader::new("alongside-notebook", [1, 1]);

#[cfg(test)]
mod tests;
