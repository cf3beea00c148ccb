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
//! May see: date, files, shown, words.

mod book;
mod closed;
mod data;
pub mod dates;
mod disk;
mod draft;
mod due;
mod entry;
mod export;
mod fold;
mod head;
mod lines;
pub mod map;
mod one;
mod open;
mod seal;
mod store;
mod taken;

pub use book::{
    Book, CheckIn, Due, Known, LastMet, Looked, Meeting, Note, OfPart, Promise, Sitting,
};
pub use closed::Closed;
pub use data::everything_toml;
pub use draft::Draft;
pub use due::DueLater;
pub use entry::{At, Channel, Entry, How, Id, Part};
pub use export::{everything_markdown, note_page, therapist_page};
pub use one::{Added, Notebook};
pub use open::Open;
pub use seal::{Keeping, Passphrase};
pub use store::{Belongs, Listed, Notebooks, belongs};

/// The kind that every file of a notebook names first.
const KIND: &str = "alongside-notebook";
/// The format that this program writes: major, minor. A newer minor is read and kept, a newer major is left alone.
const FORMAT: [u32; 2] = [1, 1];

#[cfg(test)]
mod tests;
