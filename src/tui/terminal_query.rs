//! What a terminal is asked about itself.

/// What the terminal is asked, all at once and only once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct TerminalQuery {
    /// Whether it is asked anything.
    pub(crate) any: bool,
    /// Its ground.
    pub(crate) ground: bool,
    /// How wide it draws a sign that has no width of its own.
    pub(crate) width: bool,
}

impl TerminalQuery {
    /// The row in which the sign is drawn: an answer for the first one could be a key (F3 with Shift).
    pub(super) const ROW: u32 = 2;

    /// The questions: a sign (one that screen readers pass over, since whoever listens hears it first) and where the cursor stands after it, the ground (xterm's control sequences), whether
    /// presses are told from repeats (kitty's protocol), and one that nearly every terminal answers, as a fence.
    #[must_use]
    pub(crate) fn questions(self) -> Vec<u8> {
        let mut all = Vec::new();
        if self.width {
            all.extend_from_slice("\x1b[2;1H…\x1b[6n\x1b[2K".as_bytes());
        }
        if self.ground {
            all.extend_from_slice(b"\x1b]11;?\x1b\\");
        }
        if self.any {
            all.extend_from_slice(b"\x1b[?u\x1b[c");
        }
        all
    }
}
