//! What can be chosen by number, as rows: below each other, or beside each other where rows are rare.

use super::body::{Body, BodyRow};
use super::canvas::{columns, wrap};
use crate::session::scene::SceneChoice;
use crate::tui::key_table::answers;
use crate::tui::theme::Palette;

impl Body {
    pub(super) fn choices(
        &mut self,
        choices: &[SceneChoice],
        mark: Option<usize>,
        width: u16,
        colours: Palette,
    ) {
        if choices.is_empty() {
            return;
        }
        self.gap();
        let rows = match (self.airy, self.tight) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => 2,
        };
        if self.choices_in_rows(choices, mark, (width, rows), colours) {
            return;
        }
        let switches = choices.iter().any(|choice| choice.on.is_some());
        let names = answers();
        let wide = widest(&names, choices.len());
        let words_x = if switches { 8 + wide } else { 4 + wide };
        for (n, choice) in choices.iter().enumerate() {
            let marked = mark == Some(n);
            let from = self.rows.len();
            let style = if marked {
                colours.marked()
            } else {
                colours.ink()
            };
            for (row, line) in wrap(choice.says.as_str(), width.saturating_sub(words_x))
                .into_iter()
                .enumerate()
            {
                let mut row = if row == 0 {
                    head_of_choice(name_of(&names, n), choice, (marked, wide), colours)
                } else {
                    BodyRow::default()
                };
                row.pieces.push((words_x, line, style));
                row.chooses.push((0, width, n));
                self.rows.push(row);
            }
            if marked {
                self.keep = Some((from, self.rows.len()));
            }
        }
    }

    /// Where rows are rare, a few short choices stand beside each other; false when they do not fit.
    fn choices_in_rows(
        &mut self,
        choices: &[SceneChoice],
        mark: Option<usize>,
        (width, most): (u16, usize),
        colours: Palette,
    ) -> bool {
        let (mut rows, mut row) = (Vec::new(), BodyRow::default());
        let names = answers();
        let lead = 2 + widest(&names, choices.len());
        let mut x = 2;
        for (n, choice) in choices.iter().enumerate() {
            let says = choice.says.as_str();
            let style = if mark == Some(n) {
                colours.marked()
            } else {
                colours.ink()
            };
            let mark_of = choice.on.map(|on| if on { "[x] " } else { "[ ] " });
            let says = format!("{}{says}", mark_of.unwrap_or_default());
            let wide = columns(&says);
            if x > 2 && x + lead + wide > width {
                rows.push(std::mem::take(&mut row));
                x = 2;
            }
            if x + lead + wide > width || rows.len() >= most {
                return false;
            }
            if mark == Some(n) {
                row.pieces.push((x - 2, "›".to_owned(), colours.accent()));
                row.caret = Some(x - 2);
            }
            row.pieces.push((x, name_of(&names, n), colours.accent()));
            row.pieces.push((x + lead, says, style));
            row.chooses.push((x, lead + wide, n));
            x += lead + wide + 4;
        }
        self.rows.extend(rows);
        self.rows.push(row);
        true
    }
}

/// The key of an answer, as it is named; behind the last key there are numbers.
fn name_of(names: &[String], n: usize) -> String {
    names.get(n).cloned().unwrap_or_else(|| (n + 1).to_string())
}

/// How wide the names of so many answers' keys are.
fn widest(names: &[String], count: usize) -> u16 {
    let here = names.iter().take(count);
    here.map(|name| columns(name)).max().unwrap_or(1)
}

fn head_of_choice(
    name: String,
    choice: &SceneChoice,
    (marked, wide): (bool, u16),
    colours: Palette,
) -> BodyRow {
    let mut row = BodyRow::default();
    if marked {
        row.pieces.push((0, "›".to_owned(), colours.accent()));
        row.caret = Some(0);
    }
    row.pieces.push((2, name, colours.accent()));
    if let Some(on) = choice.on {
        let sign = if on { "[x]" } else { "[ ]" };
        row.pieces.push((4 + wide, sign.to_owned(), colours.ink()));
    }
    row
}
