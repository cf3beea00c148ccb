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
        (width, loose): (u16, bool),
        colours: Palette,
    ) {
        if choices.is_empty() {
            return;
        }
        if !(self.tight && self.small) {
            self.gap();
        }
        let rows = match (self.airy, self.tight) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => 5,
        };
        if self.choices_in_rows(choices, mark, (width, rows), colours) {
            return;
        }
        let names = answers();
        let wide = widest(&names, choices.len());
        for (n, choice) in choices.iter().enumerate() {
            let words_x = if choice.on.is_some() {
                8 + wide
            } else {
                4 + wide
            };
            let marked = mark == Some(n);
            if loose && n > 0 {
                self.gap();
            }
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

    /// Where rows are rare, short choices stand beside each other: in one row, or in columns; false when they do not fit.
    fn choices_in_rows(
        &mut self,
        choices: &[SceneChoice],
        mark: Option<usize>,
        (width, most): (u16, usize),
        colours: Palette,
    ) -> bool {
        let names = answers();
        let lead = 2 + widest(&names, choices.len());
        let says = |choice: &SceneChoice| {
            let mark_of = choice.on.map(|on| if on { "[x] " } else { "[ ] " });
            format!("{}{}", mark_of.unwrap_or_default(), choice.says)
        };
        let says: Vec<String> = choices.iter().map(says).collect();
        let wide: Vec<u16> = says.iter().map(|says| lead + columns(says)).collect();
        let Some(starts) = starts_of(&wide, width, most) else {
            return false;
        };
        for (n, says) in says.into_iter().enumerate() {
            let (Some(&x), Some(&wide)) = (starts.get(n), wide.get(n)) else {
                return false;
            };
            if x == FIRST_COLUMN {
                self.rows.push(BodyRow::default());
            }
            let Some(row) = self.rows.last_mut() else {
                return false;
            };
            let mut style = colours.ink();
            if mark == Some(n) {
                row.pieces.push((x - 2, "›".to_owned(), colours.accent()));
                row.caret = Some(x - 2);
                style = colours.marked();
            }
            row.pieces.push((x, name_of(&names, n), colours.accent()));
            row.pieces.push((x + lead, says, style));
            row.chooses.push((x, wide, n));
        }
        true
    }
}

/// Where the first choice of a row begins.
const FIRST_COLUMN: u16 = 2;
/// Between two choices beside each other.
const BETWEEN: u16 = 4;

/// The column of each choice: one after the other in a single row, or below each other in columns of one width. `None`
/// where that would take more than `most` rows, or no two have room beside each other.
fn starts_of(wide: &[u16], width: u16, most: usize) -> Option<Vec<u16>> {
    let in_a_row = wide.iter().scan(FIRST_COLUMN, |x, wide| {
        let start = *x;
        *x = start.saturating_add(*wide).saturating_add(BETWEEN);
        Some((start, start.saturating_add(*wide)))
    });
    let in_a_row: Vec<_> = in_a_row.collect();
    if most > 0 && in_a_row.last().is_none_or(|(_, end)| *end <= width) {
        return Some(in_a_row.into_iter().map(|(start, _)| start).collect());
    }
    let column = wide.iter().max().copied()?.saturating_add(BETWEEN);
    let beside = usize::from((width + BETWEEN).saturating_sub(FIRST_COLUMN) / column);
    if beside < 2 || wide.len().div_ceil(beside) > most {
        return None;
    }
    let start = |n: usize| FIRST_COLUMN + u16::try_from(n % beside).unwrap_or(0) * column;
    Some((0..wide.len()).map(start).collect())
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
