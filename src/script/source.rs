//! The text of a script or a module, and where in it something stands.

use std::ops::Range;

use crate::shown::{Shown, forbidden};

/// The largest file that is read as a script, in bytes (reliability.md 3).
pub const MOST_BYTES: usize = 1024 * 1024;

/// A text and the name by which people know it.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// The path or the name, as it is told to people.
    pub name: Shown,
    /// The text.
    pub text: String,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({}, {} bytes)", self.name, self.text.len())
    }
}

/// A place in a source as people count: from 1, in letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The letter in the line.
    pub column: usize,
}

impl Source {
    /// A source from a name and a text.
    #[must_use]
    pub fn new(name: &str, text: impl Into<String>) -> Self {
        Self {
            name: Shown::new(name),
            text: text.into(),
        }
    }

    /// Where a byte of the text stands.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
        }
    }

    /// The text with every character that could act on a terminal replaced by
    /// as many bytes of something harmless, so that spans stay true.
    #[must_use]
    pub fn harmless(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        for c in self.text.chars() {
            if forbidden(c).is_none() {
                out.push(if c == '\r' { ' ' } else { c });
                continue;
            }
            match c.len_utf8() {
                1 => out.push('?'),
                2 => out.push_str("??"),
                3 => out.push('\u{FFFD}'),
                _ => out.push_str("\u{FFFD}?"),
            }
        }
        out
    }

    /// The span of the first forbidden character, and what it is.
    #[must_use]
    pub fn first_forbidden(&self) -> Option<(Range<usize>, char, &'static str)> {
        self.text
            .char_indices()
            .find_map(|(at, c)| forbidden(c).map(|why| (at..at + c.len_utf8(), c, why)))
    }
}
