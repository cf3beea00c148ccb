//! Keys as people press them.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key as people press it: shift is in the letter, and a letter has no case outside of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Ctrl was held.
    pub ctrl: bool,
}

/// The keys that this program knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[allow(missing_docs, reason = "the names of keys")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

impl Key {
    /// The key of an event: `None` for releases, for keys with Alt and for keys that nobody here knows.
    #[must_use]
    pub fn of(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let mut ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        if event.modifiers.contains(KeyModifiers::ALT) {
            // AltGr arrives as Ctrl and Alt together; it makes an ordinary letter.
            if !ctrl {
                return None;
            }
            ctrl = false;
        }
        let code = code(event.code)?;
        Some(Self { code, ctrl })
    }

    /// A key without Ctrl.
    #[cfg(test)]
    #[must_use]
    pub fn plain(code: Code) -> Self {
        Self { code, ctrl: false }
    }

    /// Reads a key's name from the table.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (ctrl, name) = match name.strip_prefix("ctrl-") {
            Some(rest) => (true, rest),
            None => (false, name),
        };
        let mut letters = name.chars();
        let code = match (letters.next(), letters.next()) {
            (Some(letter), None) => Code::Char(letter),
            (_, _) => match name {
                "space" => Code::Char(' '),
                "enter" => Code::Enter,
                "esc" => Code::Esc,
                "backspace" => Code::Backspace,
                "delete" => Code::Delete,
                "left" => Code::Left,
                "right" => Code::Right,
                "up" => Code::Up,
                "down" => Code::Down,
                "home" => Code::Home,
                "end" => Code::End,
                "pageup" => Code::PageUp,
                "pagedown" => Code::PageDown,
                _ => Code::F(function(name)?),
            },
        };
        Some(Self { code, ctrl })
    }

    /// The key with its letter in lower case, as the table has it.
    #[must_use]
    pub fn folded(self) -> Self {
        let Code::Char(c) = self.code else {
            return self;
        };
        let code = Code::Char(c.to_lowercase().next().unwrap_or(c));
        Self { code, ..self }
    }
}

impl Key {
    /// Whether it writes something where words are asked for.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self.code, Code::Char(_)) && !self.ctrl
    }

    /// Whether nobody types it by accident, nor leans on it: Ctrl with a letter, or a function key.
    #[must_use]
    pub fn is_chord(self) -> bool {
        self.ctrl || matches!(self.code, Code::F(_))
    }

    /// Whether every terminal tells it as what it is: with Ctrl there are only letters, and two of them are
    /// other keys (Ctrl-I is Tab, Ctrl-M is Enter).
    #[must_use]
    pub fn is_told(self) -> bool {
        let told = |c: char| c.is_ascii_lowercase() && !matches!(c, 'i' | 'm');
        !self.ctrl || matches!(self.code, Code::Char(c) if told(c))
    }
}

/// The number of a function key by its name.
fn function(name: &str) -> Option<u8> {
    let n = name.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&n).then_some(n)
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the keys that are not named here do nothing, whichever a library adds"
)]
fn code(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::{Context, Does, table};

    #[test]
    fn a_recorded_stream_of_presses_and_releases_gives_each_key_once() {
        let stream = [
            KeyEventKind::Press,
            KeyEventKind::Release,
            KeyEventKind::Press,
            KeyEventKind::Repeat,
            KeyEventKind::Release,
        ];
        let keys = stream
            .into_iter()
            .filter_map(|kind| {
                Key::of(KeyEvent::new_with_kind(
                    KeyCode::Char('S'),
                    KeyModifiers::SHIFT,
                    kind,
                ))
            })
            .collect::<Vec<_>>();
        assert_eq!(keys.len(), 3);
        assert!(
            keys.iter()
                .all(|k| table().find(*k, Context::Keys) == Some(Does::Stop))
        );
    }

    #[test]
    fn alt_runs_nothing_and_altgr_makes_letters() {
        let alt = KeyEvent::new(KeyCode::Char('s'), KeyModifiers::ALT);
        assert_eq!(Key::of(alt), None);
        let altgr = KeyEvent::new(
            KeyCode::Char('@'),
            KeyModifiers::ALT | KeyModifiers::CONTROL,
        );
        assert_eq!(Key::of(altgr), Some(Key::plain(Code::Char('@'))));
    }
}
