//! Text that is being pasted, which may never come to its end.

use std::time::Duration;

use super::parser::{Parser, Told};

/// What ends a paste.
const END: &[u8] = b"\x1b[201~";
/// How long nothing has to come for the paste to be over.
const QUIET: Duration = Duration::from_millis(700);
/// A letter that comes alone, after this long, is somebody's hand: it does not keep a paste open.
const ALONE: Duration = Duration::from_millis(150);
/// More than this is passed on in pieces.
const PIECE: usize = 1 << 16;
/// So many presses of Ctrl-X at the end of a read are somebody's hand, whatever came before them.
const STROKES: usize = 3;
const STROKE: u8 = 0x18;

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

    /// Takes a read, or what is left of one; answers whether the paste is over, and what came behind its end.
    pub(crate) fn take<'a>(
        &mut self,
        bytes: &'a [u8],
        at: Duration,
        told: &mut Vec<Told>,
    ) -> (bool, &'a [u8]) {
        let hands = bytes.len() - hands(bytes);
        let (text, keys) = bytes.split_at(hands);
        let before = self.text.len();
        self.text.extend_from_slice(text);
        let from = before.saturating_sub(END.len());
        let end = self.text[from..]
            .windows(END.len())
            .position(|at| at == END);
        if let Some(end) = end {
            let behind = (from + end + END.len()).saturating_sub(before);
            self.text.truncate(from + end);
            told.extend(self.pass_on(true));
            return (true, &bytes[behind.min(bytes.len())..]);
        }
        let is_letter = std::str::from_utf8(text).is_ok_and(|text| text.chars().count() == 1);
        if !(is_letter && at.saturating_sub(self.last) >= ALONE || text.is_empty()) {
            self.kept = at;
        }
        self.last = at;
        if self.text.len() > PIECE || !keys.is_empty() {
            told.extend(self.pass_on(!keys.is_empty()));
        }
        told.extend(Parser::default().take(keys, at));
        (false, &[])
    }

    /// What is left when it is let go.
    pub(crate) fn end(mut self) -> Vec<Told> {
        self.pass_on(true).into_iter().collect()
    }

    /// The text so far; without `all`, a letter of which only the first bytes have come, or what may be the end of
    /// the paste, is kept.
    fn pass_on(&mut self, all: bool) -> Option<Told> {
        let keep = if all { 0 } else { END.len() };
        let mut cut = self.text.len() - keep.min(self.text.len());
        while !all && cut > 0 && self.text.get(cut).is_some_and(|byte| byte & 0xc0 == 0x80) {
            cut -= 1;
        }
        let rest = self.text.split_off(cut);
        let text = std::mem::replace(&mut self.text, rest);
        let text = String::from_utf8_lossy(&text).into_owned();
        (!text.is_empty()).then_some(Told::Paste(text))
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

/// How many bytes at the end of a read are keys that somebody presses while a paste is open: nothing but chords and
/// function keys, which no paste holds, or the quick exit's.
fn hands(bytes: &[u8]) -> usize {
    let strokes = bytes.iter().rev().take_while(|byte| **byte == STROKE);
    let strokes = strokes.count();
    if strokes >= STROKES {
        return strokes;
    }
    let is_sign = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t');
    if bytes.len() > 64 || !bytes.first().is_some_and(is_sign) {
        return 0;
    }
    let mut parser = Parser::default();
    let told = parser.take(bytes, Duration::ZERO);
    let is_chord = |told: &Told| match told {
        Told::Key(press) => press.key.is_chord() || press.alt,
        Told::Ground(_) | Told::Cursor { .. } | Told::Keyboard | Told::Fence => true,
        Told::Paste(_) | Told::Wheel { .. } | Told::Click(..) | Told::Broken => false,
    };
    let is_whole = parser.patience(Duration::ZERO).is_none();
    if is_whole && told.iter().all(is_chord) && !bytes.starts_with(END) {
        bytes.len()
    } else {
        0
    }
}
