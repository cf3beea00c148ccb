//! What a terminal tells.

use super::appearance::TerminalBackground;
use super::key::Press;

/// What a terminal tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum TerminalEvent {
    /// A key.
    Key(Press),
    /// Pasted text, or a piece of it.
    Paste(String),
    /// A notch of the wheel.
    Wheel {
        /// Whether towards the end.
        down: bool,
    },
    /// The left button of the mouse went down, at this column and row.
    Click(u16, u16),
    /// What it says its ground is.
    Ground(TerminalBackground),
    /// Where the cursor stands.
    Cursor {
        /// The row, as it counts.
        row: u32,
        /// The column, as it counts.
        column: u32,
    },
    /// It can tell presses from repeats.
    Keyboard,
    /// It has answered everything that it was asked.
    Fence,
    /// A byte that is no UTF-8.
    Broken,
}
