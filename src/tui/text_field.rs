//! What is being typed: one line of words, several, or a number from 0 to 10.

use super::key::{Code, Key};
use super::text_editor::TextEditor;
use crate::session::scene;

/// What is being typed.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum TextField {
    /// One line of words.
    Line(TextEditor),
    /// Several lines of words.
    Page {
        /// The words.
        words: TextEditor,
        /// Whether they are set aside: they stay on the screen, and keys are keys again.
        aside: bool,
    },
    /// A number from 0 to 10.
    Rating(Rating),
}

impl TextField {
    /// The field that a scene asks for, as it is at first.
    #[must_use]
    pub(crate) fn of(field: &scene::InputField) -> Self {
        match field {
            scene::InputField::Rating => Self::Rating(Rating(None)),
            scene::InputField::Line {
                initial,
                most,
                hidden,
                ..
            } => Self::Line(TextEditor::line(initial, *most, *hidden)),
            scene::InputField::Page {
                initial,
                most,
                hidden,
                ..
            } => Self::Page {
                words: TextEditor::page(initial, *most, *hidden),
                aside: false,
            },
        }
    }

    /// The words in it, where words are asked for.
    #[must_use]
    pub(crate) fn words(&self) -> Option<&str> {
        match self {
            Self::Line(words) | Self::Page { words, .. } => Some(words.words()),
            Self::Rating(_) => None,
        }
    }
}

/// A number from 0 to 10, or none yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Rating(pub(crate) Option<u8>);

impl Rating {
    /// Takes a key, which people may have made a digit; `false` when it has nothing to do with the number.
    pub(crate) fn press(&mut self, key: Key, made: Option<u8>) -> bool {
        let letter = if let Code::Char(c) = key.code {
            Some(c)
        } else {
            None
        };
        let typed = letter.filter(|_| !key.ctrl).and_then(|c| c.to_digit(10));
        let digit = made.or(typed.and_then(|digit| u8::try_from(digit).ok()));
        if key.ctrl && digit.is_none() {
            return false;
        }
        self.0 = match (key.code, self.0) {
            (_, Some(1)) if digit == Some(0) => Some(10),
            (_, _) if digit.is_some() => digit,
            (Code::Down, value) => Some(value.map_or(5, |value| value.saturating_sub(1))),
            (Code::Up, value) => Some(value.map_or(5, |value| (value + 1).min(10))),
            (Code::Backspace, Some(_)) => None,
            (_, _) => return false,
        };
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_typed_or_moved() {
        let mut rating = Rating(None);
        for (code, value) in [
            (Code::Char('1'), Some(1)),
            (Code::Char('0'), Some(10)),
            (Code::Up, Some(10)),
            (Code::Down, Some(9)),
            (Code::Char('0'), Some(0)),
            (Code::Down, Some(0)),
            (Code::Backspace, None),
            (Code::Up, Some(5)),
        ] {
            assert!(rating.press(Key::plain(code), None));
            assert_eq!(rating.0, value);
        }
        assert!(!rating.press(Key::plain(Code::Char('s')), None));
    }

    #[test]
    fn a_key_that_was_made_a_digit_is_one() {
        let mut rating = Rating(None);
        for (made, value) in [(1, 1), (0, 10), (0, 0), (7, 7)] {
            assert!(rating.press(Key::plain(Code::Char('&')), Some(made)));
            assert_eq!(rating.0, Some(value));
        }
    }
}
