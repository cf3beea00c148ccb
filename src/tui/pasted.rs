//! Text that is being pasted, which may never come to its end.

use std::time::Duration;

use super::terminal_event::TerminalEvent;

/// What ends a paste.
pub(super) const END: &[u8] = b"\x1b[201~";
/// How long nothing has to come for the paste to be over.
const QUIET: Duration = Duration::from_millis(700);
/// A letter that comes alone, after this long, is somebody's hand: it does not keep a paste open.
const ALONE: Duration = Duration::from_millis(150);
/// More than this is passed on in pieces.
const PIECE: usize = 1 << 16;

/// Pasted text.
#[derive(Debug)]
pub(crate) struct Pasted {
    text: Vec<u8>,
    /// When something came last that kept it open, and when anything did.
    kept: Duration,
    last: Duration,
}

impl Pasted {
    /// How long the rest of a paste may come after it was let go.
    pub(crate) const TORN: Duration = Duration::from_secs(60);

    /// One that has begun.
    pub(crate) fn begun(at: Duration) -> Self {
        Self {
            text: Vec::new(),
            kept: at,
            last: at,
        }
    }

    /// How much longer it stays open by itself.
    pub(crate) fn patience(&self, now: Duration) -> Duration {
        QUIET.saturating_sub(now.saturating_sub(self.kept))
    }

    /// Takes the text of a read; `behind` tells whether keys came behind it while the paste stays open. Answers how
    /// much of the text was pasted when the paste is over.
    pub(crate) fn take(
        &mut self,
        text: &[u8],
        behind: bool,
        at: Duration,
        told: &mut Vec<TerminalEvent>,
    ) -> Option<usize> {
        let before = self.text.len();
        self.text.extend_from_slice(text);
        let from = before.saturating_sub(END.len());
        let end = self.text[from..]
            .windows(END.len())
            .position(|at| at == END);
        if let Some(end) = end {
            let taken = (from + end + END.len()).saturating_sub(before);
            self.text.truncate(from + end);
            told.extend(self.pass_on(true));
            return Some(taken);
        }
        let is_letter = std::str::from_utf8(text).is_ok_and(|text| text.chars().count() == 1);
        if !(is_letter && at.saturating_sub(self.last) >= ALONE || text.is_empty()) {
            self.kept = at;
        }
        self.last = at;
        if self.text.len() > PIECE || behind {
            told.extend(self.pass_on(behind));
        }
        None
    }

    /// What is left when it is let go.
    pub(crate) fn end(mut self) -> Vec<TerminalEvent> {
        self.pass_on(true).into_iter().collect()
    }

    /// The text so far; without `all`, a letter of which only the first bytes have come, or what may be the end of
    /// the paste, is kept.
    fn pass_on(&mut self, all: bool) -> Option<TerminalEvent> {
        let keep = if all { 0 } else { END.len() };
        let mut cut = self.text.len() - keep.min(self.text.len());
        while !all && cut > 0 && self.text.get(cut).is_some_and(|byte| byte & 0xc0 == 0x80) {
            cut -= 1;
        }
        let rest = self.text.split_off(cut);
        let text = std::mem::replace(&mut self.text, rest);
        let text = String::from_utf8_lossy(&text).into_owned();
        (!text.is_empty()).then_some(TerminalEvent::Paste(text))
    }

    /// Whether a read goes on with a paste that was let go: it has its end, or more letters than one key writes.
    pub(crate) fn goes_on_with(bytes: &[u8]) -> bool {
        if bytes.windows(END.len()).any(|at| at == END) {
            return !bytes.starts_with(END);
        }
        let text = String::from_utf8_lossy(bytes);
        let writes = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
        let mut letters = text.chars();
        let first = letters.next();
        // The same key over and over is somebody's hand.
        first.is_some_and(writes) && text.chars().count() > 2 && letters.any(|c| Some(c) != first)
    }
}
