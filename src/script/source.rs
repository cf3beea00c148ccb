//! The text of a script or a module, and where in it something stands.

use std::ops::Range;
use std::sync::Arc;

use crate::text::safe_text::SafeText;

/// A part of a text, in bytes.
pub(crate) type Span = Range<usize>;

/// The largest file that is read as a script, in bytes (reliability.md 3).
pub const MOST_BYTES: usize = 1024 * 1024;

/// A text and the name by which people know it.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// The path or the name, as it is told to people.
    pub(crate) name: SafeText,
    /// The text.
    pub text: String,
    /// Whether it is one that comes with the program.
    pub(crate) shipped: bool,
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
            name: SafeText::new(name),
            text: text.into(),
            shipped: false,
        }
    }

    /// One that comes with the program.
    #[must_use]
    pub(crate) fn shipped(name: &str, text: &str) -> Self {
        Self {
            shipped: true,
            ..Self::new(name, text)
        }
    }

    /// What people call it: its file's name without the ending.
    fn stem(&self) -> &str {
        let name = self.name.as_str();
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        name.strip_suffix(".toml").unwrap_or(name)
    }

    /// Where a byte of the text stands.
    #[must_use]
    pub(crate) fn position(&self, byte: usize) -> Position {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
        }
    }

    /// The line that a byte stands in, without its line end.
    #[must_use]
    pub(crate) fn line_around(&self, byte: usize) -> Range<usize> {
        let byte = self.whole_letters(byte..byte).start;
        let (before, after) = self.text.split_at_checked(byte).unwrap_or((&self.text, ""));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(self.text.len(), |at| byte + at);
        let line = self.text.get(start..end).unwrap_or_default();
        start..start + line.trim_end_matches('\r').len()
    }

    /// A span moved to the letters around it, inside of the text.
    #[must_use]
    pub(crate) fn whole_letters(&self, span: Range<usize>) -> Range<usize> {
        let mut start = span.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = span.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }
}

/// What another machine needs of what was read: the script's own text, then its modules that don't come with the program,
/// each under its name and never with its path. Nothing, where the script comes with the program.
pub(super) fn texts(read: &[Arc<Source>]) -> Vec<(String, String)> {
    if read.first().is_none_or(|script| script.shipped) {
        return Vec::new();
    }
    let own = read.iter().filter(|source| !source.shipped);
    own.map(|source| (source.stem().to_owned(), source.text.clone()))
        .collect()
}

/// A hash of everything that was read, so that a log knows its script: CRC-32 and length.
pub(super) fn hash(read: &[Arc<Source>]) -> String {
    let mut hasher = crc32fast::Hasher::new();
    let mut length = 0;
    for source in read {
        hasher.update(source.text.as_bytes());
        hasher.update(&[0]);
        length += source.text.len();
    }
    format!("{:08x}-{length}", hasher.finalize())
}
