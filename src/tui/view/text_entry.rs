//! What is typed, as rows: a line, a page of several lines, a number.

use unicode_segmentation::UnicodeSegmentation;

use super::body::{Body, BodyRow};
use super::canvas::wrap;
use crate::text::cells;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::tui::page_layout::{self, PageWindow};
use crate::tui::text_editor::TextEditor;
use crate::tui::text_field::Rating;
use crate::tui::theme::Palette;

impl Body {
    fn hint(&mut self, hint: &str, width: u16, colours: Palette) {
        self.gap();
        if !hint.is_empty() {
            for text in wrap(hint, width) {
                self.rows.push(BodyRow::of(0, text, colours.quiet()));
            }
        }
    }

    /// Several lines of words: as much of them as there is room for, around the caret. Of words that are not to be
    /// seen there is only how many they are.
    pub(super) fn page(
        &mut self,
        words: &TextEditor,
        (hint, aside): (&str, bool),
        (width, rows): (u16, usize),
        colours: Palette,
    ) {
        self.hint(hint, width, colours);
        let from = self.rows.len();
        // The last two columns are for the caret behind a full row, and the signs that there is more.
        let room = PageWindow {
            columns: usize::from(width.saturating_sub(2).max(1)),
            rows,
        };
        self.paper = Some(room);
        let style = if aside {
            colours.ink()
        } else {
            colours.field()
        };
        let breaks = page_layout::rows(words.words(), room.columns);
        let (row, column) = page_layout::place(words.words(), &breaks, words.caret());
        let hidden = words.is_hidden().then(|| how_many(words.words()));
        let top = if hidden.is_some() {
            0
        } else {
            page_layout::first_seen(row, breaks.len(), rows)
        };
        for n in top..top + rows {
            let (text, caret) = match (&hidden, breaks.get(n)) {
                (Some(count), _) => (count.clone(), Some(cells(count.as_str()))),
                (None, bytes) => {
                    let text = bytes.and_then(|bytes| words.words().get(bytes.clone()));
                    let text = SafeText::new(text.unwrap_or_default().trim_end_matches(' '));
                    (text, (n == row).then_some(column.min(room.columns)))
                }
            };
            let blank = usize::from(width).saturating_sub(cells(text.as_str()));
            let mut line = BodyRow::of(0, format!("{text}{}", " ".repeat(blank)), style);
            line.caret = caret
                .filter(|_| !aside)
                .and_then(|at| u16::try_from(at).ok());
            let more = match (n == top && top > 0, n + 1 == top + rows) {
                (true, _) => "↑",
                (false, true) if n + 1 < breaks.len() && hidden.is_none() => "↓",
                (false, _) => "",
            };
            line.pieces
                .push((width.saturating_sub(1), more.to_owned(), style));
            self.rows.push(line);
        }
        self.keep = Some((from, from + rows));
    }

    pub(super) fn line(
        &mut self,
        line: &TextEditor,
        hint: &str,
        most: usize,
        width: u16,
        colours: Palette,
    ) {
        self.hint(hint, width, colours);
        let from = self.rows.len();
        let room = u16::try_from(most.saturating_add(2))
            .unwrap_or(width)
            .clamp(12, width.max(12));
        if !line.is_hidden() && cells(line.words()) >= usize::from(room) {
            return self.long_line(line, room, colours);
        }
        let (shown, caret) = line.window(usize::from(room));
        let blank = " ".repeat(usize::from(room).saturating_sub(cells(&shown)));
        let mut row = BodyRow::of(0, format!("{shown}{blank}"), colours.field());
        row.caret = u16::try_from(caret).ok();
        self.rows.push(row);
        self.keep = Some((from, from + 1));
    }

    /// A line that is longer than a row: broken into several, so that people see the whole sentence they agree on.
    fn long_line(&mut self, line: &TextEditor, room: u16, colours: Palette) {
        let from = self.rows.len();
        let text = line.words();
        // The last column is for the caret behind a full row.
        let breaks = page_layout::rows(text, usize::from(room.saturating_sub(1).max(1)));
        let (row, column) = page_layout::place(text, &breaks, line.caret());
        for (n, bytes) in breaks.iter().enumerate() {
            let seen = text.get(bytes.clone()).unwrap_or_default();
            let seen = SafeText::new(seen.trim_end_matches(' '));
            let blank = usize::from(room).saturating_sub(cells(seen.as_str()));
            let mut drawn = BodyRow::of(0, format!("{seen}{}", " ".repeat(blank)), colours.field());
            let caret = u16::try_from(column).unwrap_or(room);
            drawn.caret = (n == row).then_some(caret.min(room.saturating_sub(1)));
            self.rows.push(drawn);
        }
        self.keep = Some((from, from + breaks.len()));
    }

    pub(super) fn rating(&mut self, rating: Rating, width: u16, colours: Palette) {
        self.gap();
        let step = if width >= 44 { 4 } else { 3 };
        let mut row = BodyRow::default();
        for n in 0..=10_u8 {
            let x = u16::from(n) * step;
            if rating.0 == Some(n) {
                row.pieces.push((x, format!("[{n}]"), colours.marked()));
                row.caret = Some(x + 1);
            } else {
                row.pieces.push((x + 1, n.to_string(), colours.quiet()));
            }
        }
        self.keep = Some((self.rows.len(), self.rows.len() + 1));
        self.rows.push(row);
    }
}

/// How many words there are, for eyes that may not see which.
fn how_many(text: &str) -> SafeText {
    let say = &words().tui;
    match text.unicode_words().count() {
        0 => SafeText::new(say.hidden_none),
        1 => SafeText::new(say.hidden_one),
        n => fill(&say.hidden_words, &[("n", &n.to_string())]),
    }
}
