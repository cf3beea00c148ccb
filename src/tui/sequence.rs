//! Control sequences (ECMA-48, 5.4) that tell a key or the mouse.

use super::key::{Code, Key, Press, PressKind};
use super::terminal_event::TerminalEvent;

/// One that has come to its end.
pub(crate) struct Sequence {
    /// The sign before its numbers.
    pub(crate) prefix: Option<u8>,
    numbers: Vec<Vec<Option<u32>>>,
    last: u8,
}

impl Sequence {
    /// These bytes between `ESC [` and its last byte.
    pub(crate) fn of(bytes: &[u8], last: u8) -> Self {
        let prefix = bytes.first().copied();
        let prefix = prefix.filter(|byte| matches!(byte, b'<'..=b'?' | b'['));
        let rest = if prefix.is_some() { &bytes[1..] } else { bytes };
        let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse().ok();
        let numbers = rest.split(|byte| *byte == b';');
        Self {
            prefix: prefix.filter(|byte| *byte != b'[' || bytes.len() > 1),
            numbers: numbers
                .map(|all| all.split(|byte| *byte == b':').map(number).collect())
                .collect(),
            last: if prefix == Some(b'[') {
                last | 0x80
            } else {
                last
            },
        }
    }

    /// One of its numbers.
    pub(crate) fn number(&self, n: usize) -> Option<u32> {
        self.part(n, 0)
    }

    fn part(&self, n: usize, part: usize) -> Option<u32> {
        self.numbers.get(n)?.get(part).copied().flatten()
    }

    /// What the mouse does: only the wheel and the left button are anything here.
    pub(crate) fn mouse(&self) -> Option<TerminalEvent> {
        // Shift, Alt and Ctrl are told among the buttons.
        let button = self.number(0)? & !(4 | 8 | 16);
        let place = |n| u16::try_from(self.number(n)?.checked_sub(1)?).ok();
        match button {
            0 => Some(TerminalEvent::Click(place(1)?, place(2)?)),
            64 => Some(TerminalEvent::Wheel { down: false }),
            65 => Some(TerminalEvent::Wheel { down: true }),
            _ => None,
        }
    }

    /// The key that it tells: `None` where it tells none that is known, `Some(None)` where it says that one was let
    /// go, or nothing that is a key here. `keyboard`: the terminal was asked to tell presses from repeats.
    pub(crate) fn key(&self, keyboard: bool) -> Option<Option<Press>> {
        let (code, mut held) = match (self.last, self.number(0)) {
            (b'~', Some(27)) => (letter(self.number(2)?)?, self.number(1)),
            (b'~' | b'^' | b'@', Some(n)) => (Some(numbered(n)?), self.number(1)),
            (b'u', Some(n)) => {
                let shifted = self
                    .number(1)
                    .is_some_and(|held| (held.saturating_sub(1)) & 1 == 1);
                let n = self.part(0, 1).filter(|_| shifted).unwrap_or(n);
                (letter(n)?, self.number(1))
            }
            // The console of Linux has F1 to F5 like this.
            (0xc1..=0xc5, _) => (Some(Code::F(self.last - 0xc0)), None),
            (b'P'..=b'S', None | Some(1)) => (Some(Code::F(self.last - b'P' + 1)), self.number(1)),
            (b'a'..=b'd', None) => (letter_key(self.last.to_ascii_uppercase()), None),
            (b'Z' | b'E', _) => (Some(Code::Other), None),
            (b'I' | b'O', _) => return Some(None),
            (last, _) => (Some(letter_key(last)?), self.number(1)),
        };
        if matches!(self.last, b'^' | b'@') {
            held = Some(5);
        }
        let Some(code) = code else {
            return Some(None);
        };
        let kind = match self.part(1, 1) {
            Some(3) => return Some(None),
            Some(2) => PressKind::Again,
            Some(_) | None if keyboard => PressKind::Press,
            Some(_) | None => PressKind::Untold,
        };
        Some(Some(self.press(
            code,
            held.map_or(0, |held| held.saturating_sub(1)),
            kind,
        )))
    }

    /// The key with what was held (bits: Shift, Alt, Ctrl, Super, Hyper, Meta, Caps Lock, Num Lock).
    fn press(&self, code: Code, held: u32, kind: PressKind) -> Press {
        let ctrl = held & 4 != 0;
        let letter = if let Code::Char(c) = code {
            Some(c.to_ascii_lowercase()).filter(|_| ctrl)
        } else {
            None
        };
        let key = match letter {
            // What these are on terminals that tell them by one byte.
            Some('i') => Key::plain(Code::Other),
            Some('m') => Key::plain(Code::Enter),
            Some('[') => Key::plain(Code::Esc),
            Some(_) | None => Key { code, ctrl },
        };
        let base = self.part(0, 2).filter(|_| self.last == b'u');
        Press {
            key,
            alt: held & (2 | 8 | 16 | 32) != 0,
            stray: false,
            base: base.and_then(char::from_u32),
            kind,
        }
    }
}

/// The key that a letter at the end of a sequence stands for.
pub(crate) fn letter_key(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        _ => return None,
    })
}

/// The key that a number before `~` stands for.
fn numbered(n: u32) -> Option<Code> {
    let f = |n: u32| u8::try_from(n).ok().map(Code::F);
    match n {
        1 | 7 => Some(Code::Home),
        2 | 25..=34 => Some(Code::Other),
        3 => Some(Code::Delete),
        4 | 8 => Some(Code::End),
        5 => Some(Code::PageUp),
        6 => Some(Code::PageDown),
        11..=15 => f(n - 10),
        17..=21 => f(n - 11),
        23 | 24 => f(n - 12),
        _ => None,
    }
}

/// The key of a code point: `Some(None)` for those of the private use area that are none here (the keys of kitty's
/// protocol, as Caps Lock).
fn letter(n: u32) -> Option<Option<Code>> {
    let pad = |n: u32| char::from_u32(n - 57_399 + u32::from('0')).map(Code::Char);
    Some(match n {
        8 | 127 => Some(Code::Backspace),
        9 => Some(Code::Other),
        13 | 57_414 => Some(Code::Enter),
        27 => Some(Code::Esc),
        0..=31 => return None,
        57_399..=57_408 => pad(n),
        57_409 => Some(Code::Char('.')),
        57_410 => Some(Code::Char('/')),
        57_411 => Some(Code::Char('*')),
        57_412 => Some(Code::Char('-')),
        57_413 => Some(Code::Char('+')),
        57_417 => Some(Code::Left),
        57_418 => Some(Code::Right),
        57_419 => Some(Code::Up),
        57_420 => Some(Code::Down),
        57_421 => Some(Code::PageUp),
        57_422 => Some(Code::PageDown),
        57_423 => Some(Code::Home),
        57_424 => Some(Code::End),
        57_426 => Some(Code::Delete),
        57_344..=63_743 => None,
        n => Some(Code::Char(char::from_u32(n)?)),
    })
}
