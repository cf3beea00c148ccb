//! What is being typed: one line of words, or a number from 0 to 10.

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use super::key::{Code, Key};
use crate::session::scene;
use crate::shown::Shown;

/// What is being typed.
#[derive(Clone, PartialEq, Debug)]
pub enum Field {
    /// One line of words.
    Line(Line),
    /// A number from 0 to 10.
    Rating(Rating),
}

impl Field {
    /// The field that a scene asks for, as it is at first.
    #[must_use]
    pub fn of(field: &scene::Field) -> Self {
        match field {
            scene::Field::Rating => Self::Rating(Rating(None)),
            scene::Field::Line { initial, most, .. } => Self::Line(Line::new(initial, *most)),
        }
    }
}

/// One line of words. Moves and deletes by letters as a reader counts them.
#[derive(Clone)]
pub struct Line {
    input: Input,
    most: usize,
    /// What stood there before, the latest last, and what was taken back from there.
    before: Vec<Input>,
    after: Vec<Input>,
    /// Whether the last change put a letter in: a word is taken back as one.
    typing: bool,
}

/// How many changes can be taken back.
const MOST_CHANGES: usize = 200;

/// Only the length: these are somebody's words.
impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Line({} bytes)", self.input.value().len())
    }
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.words() == other.words() && self.input.cursor() == other.input.cursor()
    }
}

impl Line {
    fn new(initial: &str, most: usize) -> Self {
        let mut line = Self {
            input: Input::default(),
            most,
            before: Vec::new(),
            after: Vec::new(),
            typing: false,
        };
        line.put(initial);
        line
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        self.input.value()
    }

    /// What is seen of the words in `width` columns, and the column of the caret in it.
    #[must_use]
    pub fn window(&self, width: usize) -> (String, usize) {
        let scroll = self.input.visual_scroll(width.saturating_sub(1));
        let mut column = 0;
        let mut shown = String::new();
        for letter in self.words().graphemes(true) {
            if column >= scroll {
                shown.push_str(letter);
            }
            column += unicode_width::UnicodeWidthStr::width(letter);
        }
        (shown, self.input.visual_cursor().saturating_sub(scroll))
    }

    /// Puts text in at the caret, made into one line of showable characters, as far as there is room.
    pub fn paste(&mut self, text: &str) {
        let before = self.input.clone();
        self.put(text);
        self.changed(before, false);
    }

    fn put(&mut self, text: &str) {
        for c in Shown::new(text).as_str().chars() {
            self.insert(c);
        }
    }

    /// A letter more, if there is room and it may be shown.
    fn insert(&mut self, c: char) {
        if crate::shown::forbidden(c).is_some() || matches!(c, '\n' | '\r' | '\t') {
            return;
        }
        let before = self.input.clone();
        let _ = self.input.handle(InputRequest::InsertChar(c));
        if self.words().graphemes(true).count() > self.most {
            self.input = before;
        }
    }

    /// Remembers what stood there, if it has changed. Letters typed one after the other are one change, up to the end
    /// of the word.
    fn changed(&mut self, before: Input, letter: bool) {
        if before.value() == self.input.value() {
            // The caret was moved: what is typed there is a change of its own.
            self.typing = self.typing && before.cursor() == self.input.cursor();
            return;
        }
        self.after.clear();
        let ends_word = self.input.value().ends_with(' ') && !before.value().ends_with(' ');
        if !(letter && self.typing) || ends_word {
            if self.before.len() == MOST_CHANGES {
                self.before.remove(0);
            }
            self.before.push(before);
        }
        self.typing = letter;
    }

    /// Takes the last change back.
    fn undo(&mut self) {
        if let Some(before) = self.before.pop() {
            self.after.push(std::mem::replace(&mut self.input, before));
            self.typing = false;
        }
    }

    /// Makes the change again that was taken back last.
    fn redo(&mut self) {
        if let Some(after) = self.after.pop() {
            self.before.push(std::mem::replace(&mut self.input, after));
            self.typing = false;
        }
    }

    /// Takes a key; `false` when it is none of an editor's.
    pub fn press(&mut self, key: Key) -> bool {
        match (key.ctrl, key.code) {
            // Ctrl-_ and Ctrl-/ are one byte on a terminal, and arrive as Ctrl-7.
            (true, Code::Char('_' | '/' | '7')) => {
                self.undo();
                return true;
            }
            (true, Code::Char('y')) => {
                self.redo();
                return true;
            }
            (_, _) => {}
        }
        let before = self.input.clone();
        let took = self.edit(key);
        if took {
            let letter = matches!(key.code, Code::Char(_)) && !key.ctrl;
            self.changed(before, letter);
        }
        took
    }

    fn edit(&mut self, key: Key) -> bool {
        let request = match (key.ctrl, key.code) {
            (false, Code::Char(c)) => {
                self.insert(c);
                return true;
            }
            (false, Code::Backspace) | (true, Code::Char('h')) => InputRequest::DeletePrevChar,
            (false, Code::Delete) | (true, Code::Char('d')) => InputRequest::DeleteNextChar,
            (false, Code::Left) | (true, Code::Char('b')) => InputRequest::GoToPrevChar,
            (false, Code::Right) | (true, Code::Char('f')) => InputRequest::GoToNextChar,
            (true, Code::Left) => InputRequest::GoToPrevWord,
            (true, Code::Right) => InputRequest::GoToNextWord,
            (false, Code::Home) | (true, Code::Char('a')) => InputRequest::GoToStart,
            (false, Code::End) | (true, Code::Char('e')) => InputRequest::GoToEnd,
            (true, Code::Char('w') | Code::Backspace) => InputRequest::DeletePrevWord,
            (true, Code::Char('u')) => InputRequest::DeleteLine,
            (true, Code::Char('k')) => InputRequest::DeleteTillEnd,
            (_, _) => return false,
        };
        let _ = self.input.handle(request);
        true
    }
}

/// A number from 0 to 10, or none yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rating(pub Option<u8>);

impl Rating {
    /// Takes a key; `false` when it has nothing to do with the number.
    pub fn press(&mut self, key: Key) -> bool {
        if key.ctrl {
            return false;
        }
        self.0 = match (key.code, self.0) {
            (Code::Char('0'), Some(1)) => Some(10),
            (Code::Char(c), _) if c.is_ascii_digit() => {
                c.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
            }
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

    fn keys(line: &mut Line, codes: &[Code]) {
        for code in codes {
            line.press(Key::plain(*code));
        }
    }

    #[test]
    fn backspace_takes_a_letter_as_a_reader_counts_them() {
        let mut line = Line::new("a👩‍👩‍👧é", 40);
        keys(&mut line, &[Code::Backspace]);
        assert_eq!(line.words(), "a👩‍👩‍👧");
        keys(&mut line, &[Code::Backspace]);
        assert_eq!(line.words(), "a");
    }

    fn ctrl(letter: char) -> Key {
        Key {
            code: Code::Char(letter),
            ctrl: true,
        }
    }

    fn types(line: &mut Line, text: &str) {
        for letter in text.chars() {
            line.press(Key::plain(Code::Char(letter)));
        }
    }

    #[test]
    fn what_was_typed_deleted_or_pasted_can_be_taken_back_and_made_again() {
        let mut line = Line::new("as before", 80);
        types(&mut line, " and now");
        line.press(ctrl('u'));
        assert_eq!(line.words(), "");
        line.paste("pasted words");
        let states = [
            "pasted words",
            "",
            "as before and now",
            "as before and",
            "as before",
        ];
        for state in &states[1..] {
            line.press(ctrl('7'));
            assert_eq!(line.words(), *state);
        }
        // What stood there at first stays.
        line.press(ctrl('_'));
        assert_eq!(line.words(), "as before");
        for state in states[..4].iter().rev() {
            line.press(ctrl('y'));
            assert_eq!(line.words(), *state);
        }
        line.press(ctrl('7'));
        types(&mut line, "x");
        line.press(ctrl('y'));
        assert_eq!(line.words(), "x", "a new change ends what was taken back");
    }

    #[test]
    fn what_can_be_taken_back_is_bounded() {
        let mut line = Line::new("", 20);
        for _ in 0..MOST_CHANGES * 2 {
            types(&mut line, "a");
            line.press(Key::plain(Code::Backspace));
        }
        assert_eq!(line.before.len(), MOST_CHANGES);
        for _ in 0..MOST_CHANGES * 2 {
            line.press(ctrl('7'));
        }
        assert!(line.before.is_empty());
    }

    #[test]
    fn a_paste_becomes_one_clean_line() {
        let mut line = Line::new("", 40);
        line.paste("a\nb\u{1b}[31m\u{202e}c");
        assert!(!line.words().contains(['\n', '\u{1b}', '\u{202e}']));
        assert!(line.words().starts_with("a b"));
    }

    #[test]
    fn no_more_letters_than_asked_for() {
        let mut line = Line::new(&"x".repeat(100), 5);
        assert_eq!(line.words(), "xxxxx");
        keys(&mut line, &[Code::Home, Code::Char('y')]);
        assert_eq!(line.words(), "xxxxx");
        keys(&mut line, &[Code::Delete, Code::Char('y')]);
        assert_eq!(line.words(), "yxxxx");
    }

    #[test]
    fn the_caret_stays_in_the_window() {
        let mut line = Line::new(&"word ".repeat(20), 200);
        let (shown, caret) = line.window(20);
        assert!(caret < 20, "{caret}");
        assert!(!shown.is_empty() || caret == 0);
        keys(&mut line, &[Code::Home]);
        assert_eq!(line.window(20).1, 0);
    }

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
            assert!(rating.press(Key::plain(code)));
            assert_eq!(rating.0, value);
        }
        assert!(!rating.press(Key::plain(Code::Char('s'))));
    }
}
