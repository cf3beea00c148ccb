//! A list below the question, or the picture that says the same.

use super::body::{Body, BodyRow};
use super::canvas::{columns, wrap};
use crate::session::scene::ListItem;
use crate::text::safe_text::SafeText;
use crate::tui::theme::Palette;

/// The widest lead of a list that gets a column of its own.
const WIDEST_LEAD: u16 = 26;

impl Body {
    /// The widest of these pictures that has room; false when none has.
    pub(super) fn picture(
        &mut self,
        pictures: &[Vec<SafeText>],
        width: u16,
        colours: Palette,
    ) -> bool {
        let wide = |lines: &[SafeText]| lines.iter().map(|line| columns(line.as_str())).max();
        let fits = pictures.iter().find(|lines| wide(lines) <= Some(width));
        let Some(lines) = fits else {
            return false;
        };
        self.gap();
        for line in lines {
            let row = BodyRow::of(0, line.as_str(), colours.ink());
            self.rows.push(row);
        }
        true
    }

    /// What each has `left` stands behind it.
    pub(super) fn list(
        &mut self,
        list: &[ListItem],
        left: &[SafeText],
        width: u16,
        colours: Palette,
    ) {
        if list.is_empty() {
            return;
        }
        self.gap();
        let lead = list
            .iter()
            .map(|item| columns(item.lead.as_str()))
            .max()
            .unwrap_or(0)
            .min(WIDEST_LEAD)
            .min(width / 2);
        let words_x = 2 + if lead == 0 { 0 } else { lead + 2 };
        // Long entries are paragraphs; they get a blank row between them.
        let long = list
            .iter()
            .any(|item| columns(item.words.as_str()) > width.saturating_sub(words_x) && lead == 0);
        // Without one, what goes on in a second row is moved in, so that it is seen where each of them begins.
        let hanging = if long && !self.airy { 2 } else { 0 };
        for (n, item) in list.iter().enumerate() {
            if long && n > 0 && self.airy {
                self.rows.push(BodyRow::default());
            }
            let from = self.rows.len();
            let style = if item.now {
                colours.strong()
            } else {
                colours.ink()
            };
            let room = width.saturating_sub(words_x + hanging);
            let left = left.get(n).filter(|left| !left.is_empty());
            let left = left.map(|left| format!("{} · {left}", item.words));
            let words = left.as_deref().unwrap_or(item.words.as_str());
            let lines = hung(words, room, room + hanging);
            for (n, line) in lines.into_iter().enumerate() {
                let moved = if n == 0 { 0 } else { hanging };
                let mut row = BodyRow::of(words_x + moved, line, style);
                if n == 0 {
                    let sign = if item.now { "›" } else { "" };
                    row.pieces.push((0, sign.to_owned(), colours.accent()));
                    let lead_style = if item.now {
                        colours.strong()
                    } else {
                        colours.quiet()
                    };
                    let shown = SafeText::short(item.lead.as_str(), usize::from(lead));
                    row.pieces.push((2, shown.as_str().to_owned(), lead_style));
                }
                self.rows.push(row);
            }
            if item.now {
                self.keep = Some((from, self.rows.len()));
            }
        }
    }
}

/// The lines of an entry, whole where one line of the first width holds it.
fn hung(text: &str, room: u16, first: u16) -> Vec<String> {
    if columns(text) <= first {
        return vec![text.to_owned()];
    }
    wrap(text, room)
}
