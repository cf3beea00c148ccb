//! A page of several lines as the rows of a window: where they break, and where the caret is on them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::cells;

/// How large the window is through which a page is seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PageWindow {
    /// How many columns a row has for words.
    pub(crate) columns: usize,
    /// How many rows are seen at once.
    pub(crate) rows: usize,
}

impl Default for PageWindow {
    fn default() -> Self {
        Self {
            columns: 60,
            rows: 8,
        }
    }
}

/// The rows of a text, each as its bytes: broken at line ends and at blanks, and within a word only where it is
/// wider than a row. The blanks at a break stay behind the row's end, so that no row begins with one.
#[must_use]
pub(crate) fn rows(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut from = 0;
    for line in text.split('\n') {
        let end = from + line.len();
        let (mut start, mut at, mut column) = (from, from, 0);
        for piece in line.split_inclusive(' ') {
            let word = piece.trim_end_matches(' ');
            if column > 0 && !word.is_empty() && column + cells(word) > columns {
                rows.push(start..at);
                (start, column) = (at, 0);
            }
            for letter in piece.graphemes(true) {
                let wide = letter.width();
                if column > 0 && letter != " " && column + wide > columns {
                    rows.push(start..at);
                    (start, column) = (at, 0);
                }
                column += wide;
                at += letter.len();
            }
        }
        rows.push(start..end);
        from = end + 1;
    }
    rows
}

/// On which row a place of the text is, and at which column.
#[must_use]
pub(crate) fn place(text: &str, rows: &[Range<usize>], at: usize) -> (usize, usize) {
    let row = rows.iter().rposition(|row| row.start <= at).unwrap_or(0);
    let start = rows.get(row).map_or(0, |row| row.start);
    (row, text.get(start..at).map_or(0, cells))
}

/// The place of the text on this row that is nearest to a column and not behind it.
#[must_use]
pub(crate) fn at(text: &str, rows: &[Range<usize>], row: usize, column: usize) -> usize {
    let Some(range) = rows.get(row) else {
        return text.len();
    };
    // The end of a row that goes on is the beginning of the next one.
    let goes_on = rows
        .get(row + 1)
        .is_some_and(|next| next.start == range.end);
    let (mut at, mut reached) = (range.start, 0);
    for letter in text.get(range.clone()).unwrap_or_default().graphemes(true) {
        let after = at + letter.len();
        if reached + letter.width() > column || goes_on && after == range.end {
            break;
        }
        reached += letter.width();
        at = after;
    }
    at
}

/// The first row that is seen when the caret is on `row` of `count`. The window moves by whole pages, so that it
/// stands still while a line is written.
#[must_use]
pub(crate) fn first_seen(row: usize, count: usize, seen: usize) -> usize {
    if count <= seen {
        return 0;
    }
    let step = seen.saturating_sub(2).max(1);
    let top = row.saturating_sub(1) / step * step;
    top.min(count - seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, columns: usize) -> Vec<&str> {
        let rows = rows(text, columns).into_iter();
        rows.map(|row| text[row].trim_end_matches(' ')).collect()
    }

    #[test]
    fn rows_break_at_blanks_and_never_begin_with_one() {
        let text = "How do you feel toward this part, right now?";
        assert_eq!(
            broken(text, 20),
            ["How do you feel", "toward this part,", "right now?"]
        );
        assert_eq!(broken("a full stop.", 11), ["a full", "stop."]);
        assert_eq!(broken("", 9), [""]);
        assert_eq!(broken("a\n\nb\n", 9), ["a", "", "b", ""]);
        assert_eq!(broken("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(broken("日本語日本語", 5), ["日本", "語日", "本語"]);
        assert_eq!(broken("ab      cd", 3), ["ab", "cd"]);
    }

    #[test]
    fn two_letters_that_are_drawn_in_two_cells_are_two_columns() {
        let text = "قال لا ثم";
        let rows = rows(text, 30);
        assert_eq!(place(text, &rows, text.len()), (0, 9));
        assert_eq!(at(text, &rows, 0, 9), text.len());
    }

    #[test]
    fn every_place_has_a_row_and_is_found_again() {
        let text = "one two  three\n\n👩‍👩‍👧 four fivesixseven  ";
        for columns in 1..30 {
            let rows = rows(text, columns);
            for (from, _) in text.grapheme_indices(true) {
                let (row, column) = place(text, &rows, from);
                let back = at(text, &rows, row, column);
                assert!(back <= from, "{columns} {from}");
                assert_eq!(place(text, &rows, back).0, row, "{columns} {from}");
            }
        }
    }

    #[test]
    fn the_caret_is_always_seen_with_a_row_before_it() {
        for count in 1..40 {
            for seen in 3..12 {
                for row in 0..count {
                    let top = first_seen(row, count, seen);
                    assert!(top <= row && row < top + seen, "{row} of {count}");
                    assert!(row == 0 || top < row, "{row} of {count}, {seen} seen");
                }
            }
        }
    }
}
