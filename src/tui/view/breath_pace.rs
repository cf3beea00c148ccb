//! A pace for the breath: its word, large where there is room, and a step for each second.
//!
//! ```text
//! ██████  ██  ██  ██████
//! ██  ██  ██  ██    ██
//! ██  ██  ██  ██    ██
//! ██  ██  ██  ██    ██
//! ██████  ██████    ██
//!
//! ▄▄▄▄▄ ▄▄▄▄▄ ▁▁▁▁▁ ▁▁▁▁▁ ▁▁▁▁▁ ▁▁▁▁▁
//! ```

use ratatui_core::style::Style;

use super::canvas::{columns, wrap};
use crate::session::scene::BreathPace;
use crate::tui::big_letters;
use crate::tui::theme::Palette;

/// How wide the seconds of a breath are together.
const WIDEST: u16 = 36;

/// Pieces of text beside each other, each with its column.
type Pieces = Vec<(u16, String, Style)>;

/// The rows of a pace in a column of this width; where nothing moves, its pattern as a sentence.
#[must_use]
pub(crate) fn rows(
    pace: &BreathPace,
    width: u16,
    (airy, large): (bool, bool),
    colours: Palette,
) -> Vec<Pieces> {
    if pace.of == 0 {
        let lines = wrap(pace.pattern.as_str(), width).into_iter();
        return lines.map(|line| vec![(0, line, colours.ink())]).collect();
    }
    let mut out = Vec::new();
    let large = big_letters::rows(pace.says.as_str())
        .filter(|rows| large && rows.iter().all(|row| columns(row) <= width));
    if let Some(rows) = large {
        out.extend(rows.map(|row| vec![(0, row, colours.accent())]));
        if airy {
            out.push(Pieces::new());
        }
    } else {
        let word = pace.says.as_str().to_uppercase();
        out.push(vec![(0, word, colours.strong())]);
    }
    out.push(seconds(pace, width, colours));
    out
}

/// A step for each second: those that have come, and those that are still to come.
fn seconds(pace: &BreathPace, width: u16, colours: Palette) -> Pieces {
    let step = (width.min(WIDEST) / u16::from(pace.of)).clamp(2, 9);
    let ahead = if colours.signs() { "▁" } else { "▄" };
    (0..pace.of)
        .map(|second| {
            let (sign, style) = if second < pace.second {
                ("▄", colours.accent())
            } else {
                (ahead, colours.track())
            };
            let piece = sign.repeat(usize::from(step - 1));
            (u16::from(second) * step, piece, style)
        })
        .collect()
}
