//! A sheet of cells on which nothing can be put outside its edges.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Position;
use ratatui_core::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::safe_text::{SafeText, forbidden};
use crate::text::{cells, with_full_end};
use crate::tui::key::Key;

/// What the mouse can press.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ClickTarget {
    /// The choice of this place, counted from 0.
    Choice(usize),
    /// This key, as if it were pressed.
    Press(Key),
}

/// The sheet.
pub(crate) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// What can be pressed, and where it stands: a row, its first column, and the column after its last.
    spots: Vec<(u16, u16, u16, ClickTarget)>,
}

impl<'a> Canvas<'a> {
    /// A sheet over a buffer, painted in one style.
    pub(crate) fn new(buffer: &'a mut Buffer, ground: Style) -> Self {
        for cell in &mut buffer.content {
            cell.set_style(ground);
        }
        Self {
            buffer,
            spots: Vec::new(),
        }
    }

    /// Notes that something can be pressed from column `x` on, in one row.
    pub(crate) fn mark(&mut self, (x, y): (u16, u16), width: u16, spot: ClickTarget) {
        self.spots.push((y, x, x.saturating_add(width), spot));
    }

    /// What can be pressed at a column and a row.
    pub(crate) fn spot_at(&self, (x, y): (u16, u16)) -> Option<ClickTarget> {
        let here = |(row, from, to, _): &&(u16, u16, u16, ClickTarget)| {
            *row == y && (*from..*to).contains(&x)
        };
        self.spots.iter().find(here).map(|(.., spot)| *spot)
    }

    /// Puts text at a place, cut at `width` columns with an ellipsis; answers the column after it.
    pub(crate) fn put(&mut self, x: u16, y: u16, text: &str, style: Style, width: u16) -> u16 {
        let room = self.buffer.area.right().saturating_sub(x).min(width);
        if room == 0 || !self.buffer.area.contains(Position { x, y }) {
            return x;
        }
        if text.len() <= usize::from(room) && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return self.put_ascii(x, y, text, style);
        }
        // The last wall: what comes here is `Shown` or our own; should it ever not be, it still cannot act.
        if text.contains(|c| forbidden(c).is_some()) {
            let shown = SafeText::new(text);
            return self.put(x, y, shown.as_str(), style, width);
        }
        let text = cut(text, usize::from(room));
        self.buffer
            .set_stringn(x, y, text, usize::from(room), style)
            .0
    }

    /// Most of what is put: letters of one column each, of which none can act, and all of which have room.
    fn put_ascii(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let first = self.buffer.index_of(x, y);
        let cells = self.buffer.content.iter_mut().skip(first);
        for (cell, letter) in cells.zip(text.chars()) {
            cell.set_char(letter).set_style(style);
        }
        x.saturating_add(u16::try_from(text.len()).unwrap_or(u16::MAX))
    }

    /// Puts text so that it ends before column `right`; answers the column where it begins.
    pub(crate) fn put_right(
        &mut self,
        right: u16,
        y: u16,
        text: &str,
        style: Style,
        width: u16,
    ) -> u16 {
        let wide = columns(text).min(width);
        let x = right.saturating_sub(wide);
        self.put(x, y, text, style, wide);
        x
    }

    /// Changes every cell that is not ASCII into one that is.
    pub(crate) fn only_ascii(&mut self) {
        for cell in &mut self.buffer.content {
            if !cell.symbol().is_ascii() {
                let first = cell.symbol().chars().next().unwrap_or('?');
                cell.set_char(crate::text::safe_text::ascii(first));
            }
        }
    }
}

/// How many columns a text takes.
#[must_use]
pub(crate) fn columns(text: &str) -> u16 {
    u16::try_from(cells(text)).unwrap_or(u16::MAX)
}

/// The text, or as much of it as fits with an ellipsis.
fn cut(text: &str, width: usize) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for letter in text.graphemes(true) {
        used += letter.width();
        if used > width {
            break;
        }
        out.push_str(letter);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// The text in lines of at most `width` columns, broken at spaces; a longer word is broken where it must be. A last
/// line of one word takes another one down to it, where that costs no line.
#[must_use]
pub(crate) fn wrap(text: &str, width: u16) -> Vec<String> {
    with_full_end(usize::from(width), 2, |width| break_up(text, width))
}

fn break_up(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!line.is_empty());
        let wide = gap + cells(word);
        if used + wide <= width {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            used += wide;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for letter in word.graphemes(true) {
            let wide = letter.width();
            if !line.is_empty() && used + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(letter);
            used += wide;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use ratatui_core::layout::Rect;

    use super::*;

    #[test]
    fn a_small_word_of_two_cells_is_not_cut_at_the_edge() {
        assert_eq!(wrap("لا لا لا", 7), ["لا لا", "لا"]);
        assert_eq!(columns("لا"), 2);
    }

    #[test]
    fn lines_break_at_spaces_and_never_begin_with_one() {
        let lines = wrap("How do you feel toward this part, right now?", 20);
        assert_eq!(
            lines,
            ["How do you feel", "toward this part,", "right now?"]
        );
        // No word stands alone in the last line, where there is room for a second one.
        let lines = wrap(
            "Say it in your own words. Then pick what comes closest.",
            46,
        );
        assert_eq!(
            lines,
            ["Say it in your own words. Then pick what", "comes closest."]
        );
        assert_eq!(wrap("one two", 4), ["one", "two"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("日本語日本語", 6), ["日本語", "日本語"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        for width in 2..40 {
            for text in ["👩‍👩‍👧 and 🇫🇷 and é", "one sesquipedalian word", "नमस्ते दुनिया"]
            {
                assert!(wrap(text, width).iter().all(|line| columns(line) <= width));
            }
        }
    }

    #[test]
    fn nothing_is_put_outside_and_nothing_acts() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let mut canvas = Canvas::new(&mut buffer, Style::new());
        assert_eq!(canvas.put(9, 0, "x", Style::new(), 5), 9);
        assert_eq!(canvas.put(0, 1, "x", Style::new(), 5), 0);
        canvas.put(0, 0, "a\u{202e}b longer", Style::new(), 99);
        let text: String = buffer
            .content
            .iter()
            .map(ratatui_core::buffer::Cell::symbol)
            .collect();
        assert_eq!(text, "a\u{fffd}b lon…");
    }
}
