//! Words being typed: one line or several, moved through and taken out by letters as a reader counts them.

use std::sync::Arc;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;
use zeroize::Zeroizing;

use super::key::{Code, Key};
use super::page_layout::{self, PageWindow};
use crate::text::safe_text::forbidden;

/// How many changes can be taken back, and how many bytes they may hold together.
const MOST_CHANGES: usize = 200;
const MOST_BYTES: usize = 1 << 20;
/// The most bytes that are held, pasted ones too.
pub(super) const MOST_HELD: usize = 64 * 1024;
/// Room in bytes that words have from the beginning.
const ROOM: usize = 256;

/// What stands for a letter that is not to be seen.
const MARK: &str = "●";

/// Words being typed. All memory that held them is wiped when it goes.
#[derive(Clone)]
pub(crate) struct TextEditor {
    text: Zeroizing<String>,
    /// Where the caret stands, in bytes; always between two letters.
    caret: usize,
    /// The column that going up and down keeps to.
    goal: Option<usize>,
    /// How many letters it takes.
    most: usize,
    /// Whether it has several lines.
    lines: bool,
    /// Whether what stands in it is never drawn.
    hidden: bool,
    /// What stood there before, the latest last, and what was taken back from there.
    before: Vec<Arc<EditSnapshot>>,
    after: Vec<Arc<EditSnapshot>>,
    /// How many letters there would be with one that there was no room for.
    refused: Option<usize>,
    /// Whether the last change put a letter in: a word is taken back as one.
    typing: bool,
}

/// The words and the caret at some time before.
struct EditSnapshot {
    text: Zeroizing<String>,
    caret: usize,
}

/// Only the length: these are somebody's words.
impl std::fmt::Debug for TextEditor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Editor({} bytes)", self.text.len())
    }
}

/// Equal when they look the same.
impl PartialEq for TextEditor {
    fn eq(&self, other: &Self) -> bool {
        self.words() == other.words() && self.caret == other.caret
    }
}

impl TextEditor {
    /// One line, with these words in it and the caret behind them.
    #[must_use]
    pub(crate) fn line(initial: &str, most: usize, hidden: bool) -> Self {
        Self::new(initial, most, (false, hidden))
    }

    /// Several lines, with these words in them and the caret behind them.
    #[must_use]
    pub(crate) fn page(initial: &str, most: usize, hidden: bool) -> Self {
        Self::new(initial, most, (true, hidden))
    }

    fn new(initial: &str, most: usize, (lines, hidden): (bool, bool)) -> Self {
        let mut editor = Self {
            text: Zeroizing::new(String::with_capacity(ROOM.max(initial.len() * 2))),
            caret: 0,
            goal: None,
            most,
            lines,
            hidden,
            before: Vec::new(),
            after: Vec::new(),
            refused: None,
            typing: false,
        };
        editor.put_all(initial);
        editor
    }

    /// The words.
    #[must_use]
    pub(crate) fn words(&self) -> &str {
        &self.text
    }

    /// Where the caret stands, in bytes.
    #[must_use]
    pub(crate) fn caret(&self) -> usize {
        self.caret
    }

    /// Whether what stands here is never drawn.
    #[must_use]
    pub(crate) fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// What is seen of a line in `width` columns, and the column of the caret in it.
    #[must_use]
    pub(crate) fn window(&self, width: usize) -> (String, usize) {
        let sign = |letter| if self.hidden { MARK } else { letter };
        let before = &self.text[..self.caret];
        let column: usize = before.graphemes(true).map(|l| sign(l).width()).sum();
        let from = (column + 1).saturating_sub(width);
        let mut shown = String::new();
        let (mut at, mut first) = (0, None);
        for letter in self.text.graphemes(true).map(sign) {
            if at >= from {
                first.get_or_insert(at);
                shown.push_str(letter);
            }
            at += letter.width();
        }
        (shown, column - first.unwrap_or(column).min(column))
    }

    /// Puts text in at the caret, made into characters that may be shown; also more of it than may be entered, so that
    /// nothing is cut off. `false`: it is more than is held, and none of it was put in.
    #[must_use]
    pub(crate) fn paste(&mut self, text: &str) -> bool {
        if self.text.len().saturating_add(text.len()) > MOST_HELD {
            return false;
        }
        let was = self.was();
        self.put_all(text);
        self.changed(was, false);
        true
    }

    /// Takes everything out, which can be taken back.
    pub(crate) fn empty(&mut self) {
        let was = self.was();
        self.cut(0, self.text.len());
        self.changed(was, false);
    }

    /// How many letters it takes.
    #[must_use]
    pub(crate) fn most(&self) -> usize {
        self.most
    }

    /// How many letters there are, or would be with the last one that was typed.
    pub(crate) fn wanted(&mut self) -> usize {
        self.refused.take().unwrap_or_else(|| self.letters())
    }

    fn put_all(&mut self, text: &str) {
        let mut clean = Zeroizing::new(String::with_capacity(text.len() * 3));
        let mut last = ' ';
        for c in text.chars() {
            match c {
                '\n' if last == '\r' => {}
                '\n' | '\r' => clean.push(if self.lines { '\n' } else { ' ' }),
                '\t' => clean.push(' '),
                c if forbidden(c).is_some() => clean.push('\u{FFFD}'),
                c => clean.push(c),
            }
            last = c;
        }
        self.put(&clean);
    }

    fn letters(&self) -> usize {
        self.text.graphemes(true).count()
    }

    /// Puts words in at the caret. Where there is no room for them the old memory is wiped before it goes.
    fn put(&mut self, words: &str) {
        let needed = self.text.len() + words.len();
        if needed > self.text.capacity() {
            let mut roomy = Zeroizing::new(String::with_capacity(needed * 2));
            roomy.push_str(&self.text);
            self.text = roomy;
        }
        self.text.insert_str(self.caret, words);
        self.caret += words.len();
        self.settle();
    }

    /// What has come to stand side by side can have become one letter: the caret goes behind it.
    fn settle(&mut self) {
        let mut here = GraphemeCursor::new(self.caret, self.text.len(), true);
        if !matches!(here.is_boundary(&self.text, 0), Ok(true)) {
            self.caret = self.right_of(self.caret);
        }
    }

    /// A letter more, if there is room and it may be shown.
    fn insert(&mut self, c: char) {
        let may = c == '\n' && self.lines || forbidden(c).is_none() && !c.is_control();
        if !may {
            return;
        }
        let (from, len) = (self.caret, self.text.len());
        self.put(c.encode_utf8(&mut [0; 4]));
        let wanted = self.letters();
        if wanted > self.most {
            self.refused = Some(wanted);
            let added = self.text.len() - len;
            self.text.replace_range(from..from + added, "");
            self.caret = from;
            self.settle();
        }
    }

    fn was(&self) -> EditSnapshot {
        EditSnapshot {
            text: self.text.clone(),
            caret: self.caret,
        }
    }

    /// Remembers what stood there, if it has changed. Letters typed one after the other are one change, up to the end
    /// of the word.
    fn changed(&mut self, was: EditSnapshot, letter: bool) {
        if was.text == self.text {
            // The caret was moved: what is typed there is a change of its own.
            self.typing = self.typing && was.caret == self.caret;
            return;
        }
        self.after.clear();
        let ends_word = |text: &str| text.ends_with([' ', '\n']);
        let is_new_word = ends_word(&self.text) && !ends_word(&was.text);
        if !(letter && self.typing) || is_new_word {
            self.before.push(Arc::new(was));
            let mut held: usize = self.before.iter().map(|was| was.text.len()).sum();
            while self.before.len() > MOST_CHANGES || held > MOST_BYTES {
                held -= self.before.remove(0).text.len();
            }
        }
        self.typing = letter;
    }

    /// Takes the last change back, or with `again` makes the one again that was taken back last.
    fn undo(&mut self, again: bool) {
        let now = Arc::new(self.was());
        let (from, to) = if again {
            (&mut self.after, &mut self.before)
        } else {
            (&mut self.before, &mut self.after)
        };
        if let Some(was) = from.pop() {
            to.push(now);
            self.text.clone_from(&was.text);
            self.caret = was.caret;
            self.typing = false;
        }
    }

    /// Takes a key; `false` when it is none of an editor's. On a page of several lines `paper` says how large it is.
    pub(crate) fn press(&mut self, key: Key, paper: PageWindow) -> bool {
        match (key.ctrl, key.code) {
            // Ctrl-_ and Ctrl-/ are one byte on a terminal, and arrive as Ctrl-7.
            (true, Code::Char('_' | '/' | '7')) => self.undo(false),
            (true, Code::Char('y')) => self.undo(true),
            (ctrl, code) => {
                let was = self.was();
                let goal = self.goal.take();
                if !(self.edit(key) || self.lines && self.turn(key, paper, goal)) {
                    return false;
                }
                let letter = matches!(code, Code::Char(_)) && !ctrl;
                self.changed(was, letter);
            }
        }
        true
    }

    /// The keys of a line.
    fn edit(&mut self, key: Key) -> bool {
        let caret = self.caret;
        let (from, to) = self.line_around(caret);
        match (key.ctrl, key.code) {
            (false, Code::Char(c)) => self.insert(c),
            (false, Code::Enter) if self.lines => self.insert('\n'),
            (false, Code::Backspace) | (true, Code::Char('h')) => {
                self.cut(self.left_of(caret), caret)
            }
            (false, Code::Delete) | (true, Code::Char('d')) => {
                self.cut(caret, self.right_of(caret))
            }
            (false, Code::Left) | (true, Code::Char('b')) => self.caret = self.left_of(caret),
            (false, Code::Right) | (true, Code::Char('f')) => self.caret = self.right_of(caret),
            (true, Code::Left) => self.caret = self.word_before(caret),
            (true, Code::Right) => self.caret = self.word_after(caret),
            (false, Code::Home) if !self.lines => self.caret = 0,
            (false, Code::End) if !self.lines => self.caret = self.text.len(),
            (true, Code::Char('a')) => self.caret = from,
            (true, Code::Char('e')) => self.caret = to,
            (true, Code::Home) => self.caret = 0,
            (true, Code::End) => self.caret = self.text.len(),
            (true, Code::Char('w') | Code::Backspace) => self.cut(self.word_before(caret), caret),
            (true, Code::Char('u')) => self.cut(from, to),
            (true, Code::Char('k')) => self.cut(caret, to),
            (_, _) => return false,
        }
        true
    }

    /// The keys that move over the rows of a page.
    fn turn(&mut self, key: Key, paper: PageWindow, goal: Option<usize>) -> bool {
        let rows = page_layout::rows(&self.text, paper.columns);
        let (row, column) = page_layout::place(&self.text, &rows, self.caret);
        let page = paper.rows.saturating_sub(1).max(1);
        let wanted = match (key.ctrl, key.code) {
            (false, Code::Home) => Some((row, 0)),
            (false, Code::End) => Some((row, usize::MAX)),
            (false, Code::Up) if row == 0 => Some((0, 0)),
            (false, Code::Down) if row + 1 >= rows.len() => Some((row, usize::MAX)),
            (_, _) => None,
        };
        if let Some((row, column)) = wanted {
            self.caret = page_layout::at(&self.text, &rows, row, column);
            return true;
        }
        let row = match (key.ctrl, key.code) {
            (false, Code::Up) => row - 1,
            (false, Code::Down) => row + 1,
            (false, Code::PageUp) => row.saturating_sub(page),
            (false, Code::PageDown) => (row + page).min(rows.len() - 1),
            (_, _) => return false,
        };
        let goal = goal.unwrap_or(column);
        self.caret = page_layout::at(&self.text, &rows, row, goal);
        self.goal = Some(goal);
        true
    }

    fn cut(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.caret = from;
        self.settle();
    }

    /// The line around a place, without its end.
    fn line_around(&self, at: usize) -> (usize, usize) {
        let from = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let to = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |end| at + end);
        (from, to)
    }

    fn left_of(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        let found = cursor.prev_boundary(&self.text, 0);
        found.ok().flatten().unwrap_or(0)
    }

    fn right_of(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        let found = cursor.next_boundary(&self.text, 0);
        found.ok().flatten().unwrap_or(self.text.len())
    }

    fn word_before(&self, at: usize) -> usize {
        let words = self.text[..at].split_word_bound_indices().rev();
        words
            .filter(|(_, word)| is_word(word))
            .map(|(at, _)| at)
            .next()
            .unwrap_or(0)
    }

    fn word_after(&self, at: usize) -> usize {
        let mut words = self.text.split_word_bound_indices();
        let after = words.find(|(from, word)| *from > at && is_word(word));
        after.map_or(self.text.len(), |(at, _)| at)
    }
}

/// Whether a piece between two word boundaries is more than blanks and signs.
fn is_word(piece: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
    piece.chars().any(|c| !blank(c))
}

#[cfg(test)]
#[path = "editor_tests.rs"]
mod tests;
