//! Keys as people press them.

use super::layouts;

/// A key as people press it: shift is in the letter, and a letter has no case outside of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(crate) struct Key {
    /// Which key.
    pub(crate) code: Code,
    /// Whether Ctrl was held.
    pub(crate) ctrl: bool,
}

/// The keys that this program knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[allow(missing_docs, reason = "the names of keys")]
pub(crate) enum Code {
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
    /// A key that does nothing here, such as Tab.
    Other,
}

/// Whether a key went down, or is held down and tells itself again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum PressKind {
    /// The terminal does not say.
    #[default]
    Untold,
    /// It went down.
    Press,
    /// It is held down.
    Again,
}

/// A key, and what else the terminal told of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Press {
    /// The key.
    pub(crate) key: Key,
    /// Whether Alt was held (or Esc came right before it, which looks the same). Then it writes nothing and does
    /// nothing but protect.
    pub(crate) alt: bool,
    /// Whether it was found behind something broken, where only what protects people is looked for.
    pub(crate) stray: bool,
    /// The letter in the same place on a Latin keyboard, where the terminal says it.
    pub(crate) base: Option<char>,
    /// Whether it is held down.
    pub(crate) kind: PressKind,
}

impl From<Key> for Press {
    fn from(key: Key) -> Self {
        Self {
            key,
            alt: false,
            stray: false,
            base: None,
            kind: PressKind::Untold,
        }
    }
}

impl Press {
    /// The keys that it may stand for where it is to protect people: itself, and the one in its place on a Latin
    /// keyboard. A function key is itself whatever is held with it.
    pub(crate) fn meanings(self) -> impl Iterator<Item = Key> {
        let Key { code, ctrl } = self.key.folded();
        let is_function = matches!(code, Code::F(_));
        let own = Key {
            code,
            ctrl: ctrl && !is_function,
        };
        let place = if let Code::Char(c) = code
            && !c.is_ascii()
        {
            self.base.or(layouts::same_place(c))
        } else {
            None
        };
        let there = place.map(|c| Key {
            code: Code::Char(c),
            ctrl,
        });
        [Some(own), there].into_iter().flatten()
    }

    /// The key that it is where nobody has to be protected: AltGr comes as Ctrl and Alt together from some keyboards,
    /// and writes a letter. With Alt alone it is none.
    #[must_use]
    pub(crate) fn plain(self) -> Option<Key> {
        let Key { code, ctrl } = self.key;
        let writes = matches!(code, Code::Char(c) if !c.is_ascii_alphanumeric());
        if self.alt && ctrl && writes {
            return Some(Key::plain(code));
        }
        (!self.alt && !self.stray).then_some(self.key)
    }

    /// The same, held down.
    #[must_use]
    pub(crate) fn again(self) -> Self {
        Self {
            kind: PressKind::Again,
            ..self
        }
    }
}

impl Key {
    /// A key without Ctrl.
    #[must_use]
    pub(crate) fn plain(code: Code) -> Self {
        Self { code, ctrl: false }
    }

    /// Whether it is a letter or a sign.
    pub(crate) fn is_letter(self) -> bool {
        matches!(self.code, Code::Char(_)) && !self.ctrl
    }

    /// Reads a key's name from the table.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
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

    /// The key with its letter as the table has it: in lower case and no wider than others.
    #[must_use]
    pub(crate) fn folded(self) -> Self {
        let Code::Char(c) = self.code else {
            return self;
        };
        let c = layouts::narrow(c);
        let code = Code::Char(c.to_lowercase().next().unwrap_or(c));
        Self { code, ..self }
    }
}

impl Key {
    /// Whether it writes something where words are asked for.
    #[must_use]
    pub(crate) fn is_text(self) -> bool {
        matches!(self.code, Code::Char(_)) && !self.ctrl
    }

    /// Whether nobody types it by accident, nor leans on it: Ctrl with a letter, or a function key.
    #[must_use]
    pub(crate) fn is_chord(self) -> bool {
        self.ctrl || matches!(self.code, Code::F(_))
    }

    /// A chord as terminals send it that were asked for nothing, and as those do that tell every key apart.
    #[cfg(unix)]
    #[must_use]
    pub(crate) fn sent(self) -> Vec<Vec<u8>> {
        let sequences = match self.code {
            Code::Char(c) if self.ctrl => {
                let c = u32::from(c);
                let control = u8::try_from(c & 0x1f).map(|byte| vec![byte]);
                let told = [format!("\x1b[{c};5u"), format!("\x1b[27;5;{c}~")];
                return control
                    .into_iter()
                    .chain(told.map(String::into_bytes))
                    .collect();
            }
            Code::F(n @ 1..=5) => {
                let (key, console) = (char::from(b'O' + n), char::from(b'@' + n));
                let number = if n < 5 { 10 + n } else { 15 };
                vec![
                    format!("\x1b[{number}~"),
                    format!("\x1bO{key}"),
                    format!("\x1b[[{console}"),
                ]
            }
            Code::F(n @ 6..=10) => vec![format!("\x1b[{}~", n + 11)],
            Code::F(n) => vec![format!("\x1b[{}~", n + 12)],
            Code::Char(_)
            | Code::Enter
            | Code::Esc
            | Code::Backspace
            | Code::Delete
            | Code::Left
            | Code::Right
            | Code::Up
            | Code::Down
            | Code::Home
            | Code::End
            | Code::PageUp
            | Code::PageDown
            | Code::Other => Vec::new(),
        };
        sequences.into_iter().map(String::into_bytes).collect()
    }

    /// Whether every terminal tells it as what it is: with Ctrl there are only letters, and two of them are
    /// other keys (Ctrl-I is Tab, Ctrl-M is Enter).
    #[must_use]
    pub(crate) fn is_told(self) -> bool {
        let told = |c: char| c.is_ascii_lowercase() && !matches!(c, 'i' | 'm');
        !self.ctrl || matches!(self.code, Code::Char(c) if told(c))
    }
}

/// The number of a function key by its name.
fn function(name: &str) -> Option<u8> {
    let n = name.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&n).then_some(n)
}
