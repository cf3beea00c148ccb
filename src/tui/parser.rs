//! What a terminal sends, made into what it tells: keys, pasted text, the mouse, answers.
//!
//! Pure: bytes and the moment of their arrival go in. It is written here because nothing of what was looked at lets a
//! person through: crossterm and termina wait for the end of whatever was begun, termina without any end in a paste,
//! and vte is a terminal's side of the wire (it drops a letter with Alt). Three rules hold everywhere:
//!
//! - what was begun is let go after a while, and the key that comes then counts;
//! - a control byte is never a part of anything: it breaks off what was begun, and counts;
//! - what is no key (an answer, known or not) never becomes one.

use std::time::Duration;

use super::ground::ground;
use super::held::protects;
use super::key::{Code, Key, Press, PressKind};
use super::key_table::{Action, Context};
use super::pasted::{END, Pasted};
use super::sequence::{Sequence, letter_key};
use super::terminal_event::TerminalEvent;

/// How long Esc waits to be the beginning of something; longer while an answer is under way.
const ESCAPE: Duration = Duration::from_millis(60);
const ESCAPE_AWAITING: Duration = Duration::from_millis(250);
/// How long a letter waits for its other bytes, and a sequence for its end. Long: nothing that protects people is
/// swallowed meanwhile, and digits that come late would choose.
const LETTER: Duration = Duration::from_millis(200);
const SEQUENCE: Duration = Duration::from_secs(1);
/// What is begun is kept to this length; the rest of it is dropped.
const LONGEST: usize = 256;
/// No answer about a colour is longer.
const LONGEST_COLOUR: usize = 48;

/// So many presses of Ctrl-X at the end of a read are somebody's hand, whatever came before them.
const STROKES: usize = 3;
const STROKE: u8 = 0x18;
/// While a paste is open: how long a read of keys is at most, and what of the end of another one is looked at.
const ALONE: usize = 64;
const TAIL: usize = 40;

/// What has begun.
#[derive(Debug)]
enum ParserState {
    /// Nothing.
    Rest,
    /// Esc, or a sequence.
    Escape,
    /// `ESC O`.
    Single,
    /// `ESC [`.
    Control(Vec<u8>),
    /// `ESC [ M`: the old way of mice, and how many bytes are still to come.
    Mouse(u8),
    /// `ESC ]`, `ESC P` or `ESC _`: words up to their end; and whether an Esc that may be it has come.
    Words {
        opened: u8,
        words: Vec<u8>,
        escape: bool,
    },
    /// The first bytes of a letter, and whether Alt was held.
    Letter(Vec<u8>, bool),
    /// Pasted text.
    Paste(Pasted),
}

/// The parser.
#[derive(Debug)]
pub(crate) struct Parser {
    state: ParserState,
    /// When the last byte came, and the first of what has begun.
    last: Duration,
    begun: Duration,
    /// Whether what has begun came in several reads.
    split: bool,
    /// An Esc was taken for the key, and may have been the beginning of a sequence.
    after_escape: bool,
    /// An Esc came right before the one that has begun something: a key of its own, or Alt.
    doubled: bool,
    /// The end of an answer may still come.
    cut: bool,
    /// Until when the rest of a paste may still come.
    torn: Option<Duration>,
    /// Whether an answer is awaited, and among them where the cursor stands.
    pub(crate) awaits: bool,
    /// See [`Parser::awaits`].
    pub(crate) awaits_cursor: bool,
    /// Whether the terminal tells presses from repeats.
    pub(crate) keyboard: bool,
}

impl Default for Parser {
    fn default() -> Self {
        Self {
            state: ParserState::Rest,
            last: Duration::ZERO,
            begun: Duration::ZERO,
            split: false,
            after_escape: false,
            doubled: false,
            cut: false,
            torn: None,
            awaits: false,
            awaits_cursor: false,
            keyboard: false,
        }
    }
}

impl Parser {
    /// Takes what one read brought at this moment.
    pub(crate) fn take(&mut self, bytes: &[u8], at: Duration) -> Vec<TerminalEvent> {
        let mut told = self.let_go(at);
        self.look_back(bytes, at);
        self.split = !matches!(self.state, ParserState::Rest);
        let mut rest = bytes;
        if self.cut {
            rest = &bytes[tail(bytes)..];
        }
        self.cut = false;
        while let Some((byte, behind)) = rest.split_first() {
            if let ParserState::Paste(pasted) = &mut self.state {
                let (text, keys) = rest.split_at(rest.len() - pressed(rest));
                let over = pasted.take(text, !keys.is_empty(), at, &mut told);
                if let Some(taken) = over {
                    self.torn = None;
                    self.state = ParserState::Rest;
                    rest = &rest[taken..];
                } else {
                    told.extend(Self::default().take(keys, at));
                    rest = &[];
                }
                continue;
            }
            if matches!(self.state, ParserState::Rest) {
                (self.begun, self.split) = (at, false);
            }
            let before = told.len();
            self.step(*byte, at, &mut told);
            self.settle(before, &mut told);
            rest = behind;
        }
        self.last = at;
        told
    }

    /// How much longer what has begun is waited for; `None` where nothing has.
    pub(crate) fn patience(&self, now: Duration) -> Option<Duration> {
        let since = |then: Duration| now.saturating_sub(then);
        let left = |most: Duration, then: Duration| most.saturating_sub(since(then));
        Some(match &self.state {
            ParserState::Rest => return None,
            ParserState::Escape if self.awaits => left(ESCAPE_AWAITING, self.last),
            ParserState::Escape => left(ESCAPE, self.last),
            ParserState::Letter(..) | ParserState::Mouse(_) => left(LETTER, self.last),
            ParserState::Single | ParserState::Control(_) => left(SEQUENCE, self.last),
            // An answer about a colour breaks off by itself where it is none, however slowly it comes.
            ParserState::Words { words, .. } if is_colour(words) => left(SEQUENCE, self.last),
            ParserState::Words { .. } => left(SEQUENCE, self.begun),
            ParserState::Paste(pasted) => pasted.patience(now),
        })
    }

    /// Lets go of what has begun, where it was waited for long enough.
    pub(crate) fn let_go(&mut self, now: Duration) -> Vec<TerminalEvent> {
        if self.patience(now).is_none_or(|left| !left.is_zero()) {
            return Vec::new();
        }
        let mut told = Vec::new();
        if std::mem::take(&mut self.doubled) {
            told.push(escape_key());
        }
        match std::mem::replace(&mut self.state, ParserState::Rest) {
            ParserState::Escape => {
                self.after_escape = true;
                told.push(escape_key());
            }
            ParserState::Letter(..) => told.push(TerminalEvent::Broken),
            ParserState::Paste(pasted) => {
                self.torn = Some(now.saturating_add(Pasted::TORN));
                told.extend(pasted.end());
            }
            ParserState::Control(_) | ParserState::Words { .. } => self.cut = true,
            ParserState::Rest | ParserState::Single | ParserState::Mouse(_) => {}
        }
        told
    }

    /// What the first of two Esc was: Alt where a function key came with them, which some terminals send like this, and
    /// otherwise a key that was pressed.
    fn settle(&mut self, from: usize, told: &mut Vec<TerminalEvent>) {
        let goes_on = matches!(
            self.state,
            ParserState::Escape | ParserState::Single | ParserState::Control(_)
        );
        if !self.doubled || goes_on {
            return;
        }
        self.doubled = false;
        match told.get_mut(from) {
            Some(TerminalEvent::Key(press)) if matches!(press.key.code, Code::F(_)) => {
                press.alt = true;
            }
            Some(_) | None => told.insert(from, escape_key()),
        }
    }

    /// Finds out whether this goes on with something that was let go.
    fn look_back(&mut self, bytes: &[u8], at: Duration) {
        let resumes = self.after_escape
            && at.saturating_sub(self.last) < SEQUENCE
            && matches!(bytes.first(), Some(b'[' | b']'));
        self.after_escape = false;
        if !matches!(self.state, ParserState::Rest) {
            return;
        }
        if resumes {
            self.state = ParserState::Escape;
        } else if self.torn.is_some_and(|until| at <= until) {
            if Pasted::goes_on_with(bytes) {
                self.state = ParserState::Paste(Pasted::begun(at));
            }
        } else {
            self.torn = None;
        }
    }

    fn step(&mut self, byte: u8, at: Duration, told: &mut Vec<TerminalEvent>) {
        match std::mem::replace(&mut self.state, ParserState::Rest) {
            ParserState::Rest | ParserState::Paste(_) => self.rest(byte, false, told),
            ParserState::Escape => self.escape(byte, told),
            ParserState::Single => self.single(byte, told),
            ParserState::Control(bytes) => self.control(bytes, byte, at, told),
            ParserState::Mouse(left) if byte >= 0x20 => {
                self.state = match left {
                    0 | 1 => ParserState::Rest,
                    left => ParserState::Mouse(left - 1),
                }
            }
            ParserState::Mouse(_) => self.broken_off(byte, told),
            ParserState::Words {
                opened,
                words,
                escape,
            } => self.words((opened, words, escape), byte, told),
            ParserState::Letter(bytes, alt) => self.letter(bytes, alt, byte, told),
        }
    }

    /// What was begun is none: this byte begins anew.
    fn broken_off(&mut self, byte: u8, told: &mut Vec<TerminalEvent>) {
        self.split = false;
        self.rest(byte, false, told);
    }

    fn rest(&mut self, byte: u8, alt: bool, told: &mut Vec<TerminalEvent>) {
        let ctrl = |c: u8| Key {
            code: Code::Char(char::from(c)),
            ctrl: true,
        };
        let key = match byte {
            0x1b => {
                self.state = ParserState::Escape;
                return;
            }
            b'\r' => Key::plain(Code::Enter),
            b'\t' => Key::plain(Code::Other),
            0x7f => Key::plain(Code::Backspace),
            0x00 => ctrl(b' '),
            0x01..=0x1a => ctrl(byte - 1 + b'a'),
            0x1c..=0x1f => ctrl(byte + 0x40),
            0x20..=0x7e => Key::plain(Code::Char(char::from(byte))),
            0xc2..=0xf4 => {
                self.state = ParserState::Letter(vec![byte], alt);
                return;
            }
            _ => {
                told.push(TerminalEvent::Broken);
                return;
            }
        };
        told.push(TerminalEvent::Key(Press { alt, ..key.into() }));
    }

    fn letter(&mut self, mut bytes: Vec<u8>, alt: bool, byte: u8, told: &mut Vec<TerminalEvent>) {
        if !matches!(byte, 0x80..=0xbf) {
            told.push(TerminalEvent::Broken);
            return self.broken_off(byte, told);
        }
        bytes.push(byte);
        let whole = match bytes[0] {
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        if bytes.len() < whole {
            self.state = ParserState::Letter(bytes, alt);
            return;
        }
        let letter = std::str::from_utf8(&bytes).ok();
        told.push(match letter.and_then(|letter| letter.chars().next()) {
            Some(c) => TerminalEvent::Key(Press {
                alt,
                ..Key::plain(Code::Char(c)).into()
            }),
            None => TerminalEvent::Broken,
        });
    }

    fn escape(&mut self, byte: u8, told: &mut Vec<TerminalEvent>) {
        match byte {
            0x1b => {
                if std::mem::replace(&mut self.doubled, true) {
                    told.push(escape_key());
                }
                self.state = ParserState::Escape;
            }
            b'[' => self.state = ParserState::Control(Vec::new()),
            b'O' => self.state = ParserState::Single,
            b']' | b'P' | b'_' => {
                self.state = ParserState::Words {
                    opened: byte,
                    words: Vec::new(),
                    escape: false,
                }
            }
            _ => self.rest(byte, true, told),
        }
    }

    fn single(&mut self, byte: u8, told: &mut Vec<TerminalEvent>) {
        let (code, ctrl) = match byte {
            b'A'..=b'D' | b'F' | b'H' => (letter_key(byte), false),
            b'a'..=b'd' if !self.split => (letter_key(byte.to_ascii_uppercase()), true),
            b'P'..=b'S' => (Some(Code::F(byte - b'P' + 1)), false),
            b'M' => (Some(Code::Enter), false),
            0x00..=0x1f | 0x7f.. => return self.broken_off(byte, told),
            _ => (None, false),
        };
        told.extend(match code {
            Some(code) => Some(TerminalEvent::Key(Key { code, ctrl }.into())),
            None => stray(byte),
        });
    }

    fn control(
        &mut self,
        mut bytes: Vec<u8>,
        byte: u8,
        at: Duration,
        told: &mut Vec<TerminalEvent>,
    ) {
        match byte {
            // The console of Linux has `ESC [ [ A`; rxvt ends with `$` where Shift was held.
            b'[' if bytes.is_empty() => bytes.push(byte),
            b'$' if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) => {
                told.extend(self.end(&bytes, b'~', at));
                return;
            }
            0x20..=0x3f if bytes.len() < LONGEST => bytes.push(byte),
            0x20..=0x3f => {}
            0x40..=0x7e => {
                told.extend(self.end(&bytes, byte, at));
                return;
            }
            _ => return self.broken_off(byte, told),
        }
        self.state = ParserState::Control(bytes);
    }

    /// The end of a control sequence.
    fn end(&mut self, bytes: &[u8], last: u8, at: Duration) -> Option<TerminalEvent> {
        let sequence = Sequence::of(bytes, last);
        match (sequence.prefix, last, sequence.number(0)) {
            (None, b'~', Some(200)) => {
                self.state = ParserState::Paste(Pasted::begun(at));
                return None;
            }
            (None, b'~', Some(201)) => {
                self.torn = None;
                return None;
            }
            (None, b'M', None) => {
                self.state = ParserState::Mouse(3);
                return None;
            }
            (None, b'R', Some(row)) if self.awaits_cursor => {
                let column = sequence.number(1).unwrap_or(1);
                return Some(TerminalEvent::Cursor { row, column });
            }
            (Some(b'?'), b'u', _) => return Some(TerminalEvent::Keyboard),
            (Some(b'?'), b'c', _) => return Some(TerminalEvent::Fence),
            (Some(b'<'), b'M', _) => return sequence.mouse(),
            // Neither reports of the mouse nor answers have such ends: somebody pressed a key behind the half of one.
            (Some(b'<'), _, _) if last != b'm' => return stray(last),
            (Some(_), b's', _) => return stray(last),
            (Some(_), _, _) => return None,
            (None, _, _) => {}
        }
        // Where a sequence was begun, and somebody pressed a key much later, the key is no end of it.
        let is_open =
            bytes.is_empty() && matches!(last, b's' | b'c' | b'S') || bytes.ends_with(b";");
        if self.split && is_open {
            return stray(last);
        }
        match sequence.key(self.keyboard) {
            Some(key) => key.map(TerminalEvent::Key),
            None => stray(last),
        }
    }

    fn words(
        &mut self,
        (opened, mut words, escape): (u8, Vec<u8>, bool),
        byte: u8,
        told: &mut Vec<TerminalEvent>,
    ) {
        if byte == 0x07 || escape && byte == b'\\' {
            let colour = words.strip_prefix(b"11;").filter(|_| opened == b']');
            let colour = colour.and_then(|colour| std::str::from_utf8(colour).ok());
            told.extend(colour.and_then(ground).map(TerminalEvent::Ground));
            return;
        }
        if escape {
            self.split = false;
            return self.escape(byte, told);
        }
        // What no answer begins or goes on with is a key that came behind something broken.
        let fits = match (opened, words.first()) {
            (_, _) if byte == 0x1b => true,
            (b']', None) => byte.is_ascii_digit(),
            (b'P', None) => !byte.is_ascii_alphabetic(),
            (b'_', None) => byte == b'G',
            (_, _) if is_colour(&words) && opened == b']' => {
                let may = byte.is_ascii_hexdigit() || b"rgb:/;#?".contains(&byte);
                may && words.len() < LONGEST_COLOUR
            }
            (_, Some(_)) => true,
            (_, None) => false,
        };
        if !fits || byte < 0x20 && byte != 0x1b || byte == 0x7f {
            return self.broken_off(byte, told);
        }
        if byte != 0x1b && words.len() < LONGEST {
            words.push(byte);
        }
        self.state = ParserState::Words {
            opened,
            words,
            escape: byte == 0x1b,
        };
    }
}

/// Whether words are an answer about a colour of the terminal's own.
fn is_colour(words: &[u8]) -> bool {
    words.first() == Some(&b'1')
}

fn escape_key() -> TerminalEvent {
    TerminalEvent::Key(Key::plain(Code::Esc).into())
}

/// A letter that ended something unknown: it may be a key that protects people.
fn stray(byte: u8) -> Option<TerminalEvent> {
    let key = Key::plain(Code::Char(char::from(byte)));
    byte.is_ascii_alphabetic().then(|| {
        TerminalEvent::Key(Press {
            stray: true,
            kind: PressKind::Press,
            ..key.into()
        })
    })
}

/// How many of these bytes are the end of an answer of which the beginning was let go.
fn tail(bytes: &[u8]) -> usize {
    let colour = |byte: &u8| byte.is_ascii_hexdigit() || b"rgb:/".contains(byte);
    let number = |byte: &u8| byte.is_ascii_digit() || b";:".contains(byte);
    let length = |is: &dyn Fn(&u8) -> bool| bytes.iter().take_while(|byte| is(byte)).count();
    let (colours, numbers) = (length(&colour), length(&number));
    for end in [&b"\x07"[..], b"\x1b\\"] {
        if bytes[colours..].starts_with(end) {
            return colours + end.len();
        }
    }
    let is_whole = matches!(bytes.get(numbers + 1), None | Some(0x1b));
    match bytes.get(numbers) {
        Some(b'R' | b'c' | b'u' | b'y' | b't') if numbers > 0 && is_whole => numbers + 1,
        Some(_) | None => 0,
    }
}

/// How many bytes at the end of a read are keys that somebody presses while a paste is open: chords and function keys,
/// where the read has nothing else, and behind text, as after a stall, only what protects.
fn pressed(bytes: &[u8]) -> usize {
    let strokes = bytes.iter().rev().take_while(|byte| **byte == STROKE);
    let strokes = strokes.count();
    if strokes >= STROKES {
        return strokes;
    }
    let is_sign = |byte: u8| byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t');
    let begins = |at: &usize| is_sign(bytes[*at]) && !bytes[*at..].starts_with(END);
    if bytes.len() <= ALONE && begins(&0) && are_chords(bytes) {
        return bytes.len();
    }
    let mut ends = (bytes.len().saturating_sub(TAIL)..bytes.len()).filter(begins);
    ends.find(|at| protect(&bytes[*at..]))
        .map_or(0, |at| bytes.len() - at)
}

/// What whole keys and answers these bytes are; nothing, where they end in the middle of one.
fn whole(bytes: &[u8]) -> Vec<TerminalEvent> {
    let mut parser = Parser::default();
    let told = parser.take(bytes, Duration::ZERO);
    match parser.patience(Duration::ZERO) {
        Some(_) => Vec::new(),
        None => told,
    }
}

/// Whether these are keys that no paste holds, or answers.
fn are_chords(bytes: &[u8]) -> bool {
    let told = whole(bytes);
    let is_chord = |told: &TerminalEvent| match told {
        TerminalEvent::Key(press) => press.key.is_chord() || press.alt,
        TerminalEvent::Ground(_)
        | TerminalEvent::Cursor { .. }
        | TerminalEvent::Keyboard
        | TerminalEvent::Fence => true,
        TerminalEvent::Paste(_)
        | TerminalEvent::Wheel { .. }
        | TerminalEvent::Click(..)
        | TerminalEvent::Broken => false,
    };
    !told.is_empty() && told.iter().all(is_chord)
}

/// Whether this is STOP's or the card's key, or the quick exit's as often as it takes.
fn protect(bytes: &[u8]) -> bool {
    let told = whole(bytes);
    let does = |told: &TerminalEvent| match told {
        TerminalEvent::Key(press) => protects(*press, &[Context::Typing]).map(|(does, _)| does),
        TerminalEvent::Ground(_)
        | TerminalEvent::Cursor { .. }
        | TerminalEvent::Keyboard
        | TerminalEvent::Fence
        | TerminalEvent::Paste(_)
        | TerminalEvent::Wheel { .. }
        | TerminalEvent::Click(..)
        | TerminalEvent::Broken => None,
    };
    let all = |is: &[Action]| {
        told.iter()
            .all(|told| does(told).is_some_and(|does| is.contains(&does)))
    };
    !told.is_empty() && all(&[Action::Stop, Action::Card])
        || told.len() >= STROKES && all(&[Action::QuickExit])
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
