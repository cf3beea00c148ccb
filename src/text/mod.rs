//! Text that a terminal may show, and the words of this program.
//!
//! Owns: the one function that makes text safe; every sentence that the program says of its own.
//! Never does: IO; knowing what a word is for.
//! May see: nothing.

pub mod safe_text;
pub(crate) mod sort;
pub(crate) mod words;
