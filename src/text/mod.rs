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

/// A text in rows as `broken` makes them of this width. Where the last one would have fewer words than these, all are as
/// much narrower as it takes to give it more, where that adds no row.
pub(crate) fn with_full_end(
    width: usize,
    least: usize,
    broken: impl Fn(usize) -> Vec<String>,
) -> Vec<String> {
    let rows = broken(width);
    let is_stub = |rows: &[String]| {
        let last = rows.last().map_or("", String::as_str);
        last.split_whitespace().count() < least
    };
    if rows.len() < 2 || !is_stub(&rows) {
        return rows;
    }
    let narrower = (width / 2..width).rev().map(broken);
    let mut narrower = narrower.take_while(|other| other.len() == rows.len());
    narrower.find(|other| !is_stub(other)).unwrap_or(rows)
}

/// How many cells a text takes in a terminal, letter by letter, as it is drawn. Of a whole text at once
/// `unicode-width` makes the two Arabic letters of "no" one cell (`findings/width-of-a-small-word.sh`).
#[must_use]
pub(crate) fn cells(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.graphemes(true).map(UnicodeWidthStr::width).sum(),
    }
}
