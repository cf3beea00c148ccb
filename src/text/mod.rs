//! Text that a terminal may show, and the words of this program.
//!
//! Owns: the one function that makes text safe; every sentence that the program says of its own.
//! Never does: IO; knowing what a word is for.
//! May see: nothing.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub mod safe_text;
pub(crate) mod sort;
pub(crate) mod words;

/// How many cells a text takes in a terminal, letter by letter, as it is drawn. Of a whole text at once
/// `unicode-width` makes the two Arabic letters of "no" one cell (`findings/width-of-a-small-word.sh`).
#[must_use]
pub(crate) fn cells(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.graphemes(true).map(UnicodeWidthStr::width).sum(),
    }
}
