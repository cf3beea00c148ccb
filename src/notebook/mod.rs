//! One person's private notebook: what they wrote for themselves between and after sessions.
//!
//! ```text
//! entries (what was written, in order) ─► book (what holds now) ─► pages, exports, the map
//! ```
//!
//! Owns: the entries of a notebook, what they come to, and the days on which a promise is looked at again.
//! Never does: reading a clock; showing anything; telling a word of what is in it by Debug, an error or a panic.
//! May see: date, files, shown, words.

mod book;
pub mod dates;
mod entry;
mod fold;

pub use book::{
    Book, CheckIn, Due, Known, LastMet, Looked, Meeting, Note, OfPart, Promise, Sitting,
};
pub use entry::{At, Channel, Entry, How, Id, Part};

#[cfg(test)]
mod tests;
