//! Text that a terminal may show.
//!
//! Owns: the one way from untrusted text (a script, a name, a file, an error)
//! to text that reaches a terminal, for screens and for messages alike.
//! Never does: IO, layout, colour.
//! May see: nothing.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The longest text that is shown, in bytes; what is longer is cut with an ellipsis.
pub(crate) const MOST_BYTES: usize = 16 * 1024;
/// The longest line in bytes, beside what the program itself puts around it.
pub(crate) const MOST_LINE: usize = 440;
/// How many combining marks one letter may carry (terminals have been broken by long runs: CVE-2021-27135).
const MOST_MARKS: usize = 4;
/// What stands in for a character that may not be shown.
const INSTEAD: char = '\u{FFFD}';

/// One line of text without control, bidirectional or hidden characters.
///
/// There is no other way to make one than [`SafeText::new`] and its kin, so a
/// widget or a message that takes `Shown` cannot be handed raw text. A copy shares
/// its letters: a session copies its texts at every word it is told.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SafeText(Arc<str>);

impl SafeText {
    /// Makes any text showable: line ends and tabs become spaces, characters
    /// that act on a terminal or hide become U+FFFD, the length is capped.
    #[must_use]
    pub fn new(untrusted: &str) -> Self {
        if is_plain(untrusted, MOST_BYTES) {
            return Self(untrusted.into());
        }
        Self(clean(untrusted, MOST_BYTES).into())
    }

    /// Like [`SafeText::new`], cut to `graphemes` letters as a reader counts them.
    #[must_use]
    pub(crate) fn short(untrusted: &str, graphemes: usize) -> Self {
        // Of plain letters each is one as a reader counts them.
        if untrusted.len() <= graphemes && is_plain(untrusted, MOST_BYTES) {
            return Self(untrusted.into());
        }
        let whole = clean(untrusted, MOST_BYTES);
        // One letter may be joined from thousands of characters.
        let bytes = graphemes.saturating_mul(8).saturating_add(64);
        if whole.graphemes(true).count() <= graphemes && whole.len() <= bytes {
            return Self(whole.into());
        }
        Self::first(&whole, graphemes.saturating_sub(1), bytes)
    }

    /// Like [`SafeText::new`], cut to what a line may have in bytes: some terminals and editors cut or stall at longer ones.
    #[must_use]
    pub(crate) fn line(untrusted: &str) -> Self {
        Self::of_bytes(untrusted, MOST_LINE)
    }

    /// Like [`SafeText::new`], cut to so many bytes and a sign that it is.
    #[must_use]
    pub(crate) fn of_bytes(untrusted: &str, most: usize) -> Self {
        let whole = Self::new(untrusted);
        match whole.0.len() <= most {
            true => whole,
            false => Self::first(&whole.0, usize::MAX, most),
        }
    }

    /// The first letters of what is longer, with a sign that it is.
    fn first(whole: &str, graphemes: usize, bytes: usize) -> Self {
        let letters = whole.grapheme_indices(true).take(graphemes);
        let ends = letters.map(|(at, letter)| at + letter.len());
        let end = ends.take_while(|end| *end <= bytes).last().unwrap_or(0);
        let kept = whole.get(..end).unwrap_or_default();
        Self(format!("{}…", kept.trim_end()).into())
    }

    /// Splits text at its line ends and makes each line showable.
    #[must_use]
    pub(crate) fn lines(untrusted: &str) -> Vec<Self> {
        untrusted.lines().map(Self::new).collect()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Only the length: a text may be somebody's private word, and `Debug` ends up in panics and logs.
impl fmt::Debug for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shown({} bytes)", self.0.len())
    }
}

/// Each of these texts as a paragraph.
pub(crate) fn paragraphs<T: AsRef<str>>(texts: &[T]) -> Vec<SafeText> {
    texts
        .iter()
        .map(|text| SafeText::new(text.as_ref()))
        .collect()
}

/// How many letters a text has as a reader counts them, however its accents are put together.
#[must_use]
pub(crate) fn letters(text: &str) -> usize {
    text.graphemes(true).count()
}

/// A text in the one form in which names are kept and compared: a letter and its accent are one character.
#[must_use]
pub(crate) fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Whether two names are one, whatever form each is in.
#[must_use]
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one == other || one.nfc().eq(other.nfc())
}

/// The first character that may not stand in a script or a name, where it stands, and why it may not.
pub(crate) fn first_forbidden(text: &str) -> Option<(Range<usize>, char, &'static str)> {
    // Only what is not plain is looked at as a character: a file may have a megabyte of letters.
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r');
    let mut at = 0;
    loop {
        at += text
            .as_bytes()
            .get(at..)?
            .iter()
            .position(|byte| !plain(byte))?;
        let c = text.get(at..)?.chars().next()?;
        let end = at + c.len_utf8();
        if let Some(why) = forbidden(c) {
            return Some((at..end, c, why));
        }
        at = end;
    }
}

/// Why a character may not stand in a script or a name, or `None` if it may.
///
/// Zero-width joiner and non-joiner are allowed: emoji, Persian and Indic
/// scripts need them.
#[must_use]
pub fn forbidden(c: char) -> Option<&'static str> {
    if matches!(c, ' '..='~') {
        return None;
    }
    let code = u32::from(c);
    match code {
        0x0A | 0x0D | 0x09 => None,
        0x00..=0x1F | 0x7F => Some("a control character"),
        0x80..=0x9F => Some("a C1 control character"),
        0x200E | 0x200F | 0x061C | 0x202A..=0x202E | 0x2066..=0x2069 => {
            Some("a character that turns the reading direction")
        }
        0x00AD
        | 0x034F
        | 0x115F
        | 0x1160
        | 0x17B4
        | 0x17B5
        | 0x180E
        | 0x200B
        | 0x2060..=0x2065
        | 0x206A..=0x206F
        | 0x3164
        | 0xFEFF
        | 0xFFA0
        | 0xFFF9..=0xFFFB
        | 0xE0000..=0xE0FFF => Some("a hidden character"),
        0x2028 | 0x2029 => Some("a hidden line end"),
        _ => None,
    }
}

/// Whether a character joins the letter before it and takes no room of its own.
fn is_mark(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0) && !matches!(c, '\u{200C}' | '\u{200D}')
}

/// The nearest ASCII character to one that is not.
#[must_use]
pub(crate) fn ascii(c: char) -> char {
    const NEAREST: [(&str, char); 35] = [
        ("…", '.'),
        ("·•", '-'),
        ("–—−─", '-'),
        ("‘’‚", '\''),
        ("“”„«»", '"'),
        ("→›", '>'),
        ("←‹", '<'),
        ("↑", '^'),
        ("↓", 'v'),
        ("●✓", '*'),
        ("■", '='),
        ("▌▐│├└┤", '|'),
        ("╭╮╰╯┬┴┼", '+'),
        ("╌", '.'),
        ("╎", ':'),
        ("◆", '#'),
        ("▲", '^'),
        ("▼", 'v'),
        ("█▀▄", '#'),
        ("▁", '-'),
        ("àáâãäåā", 'a'),
        ("çćč", 'c'),
        ("èéêëēęě", 'e'),
        ("ìíîïī", 'i'),
        ("ñńň", 'n'),
        ("òóôõöøō", 'o'),
        ("ùúûüū", 'u'),
        ("ýÿ", 'y'),
        ("łśšźżž", 's'),
        ("ÀÁÂÃÄÅ", 'A'),
        ("ÇĆČ", 'C'),
        ("ÈÉÊËĘ", 'E'),
        ("ÒÓÔÕÖØ", 'O'),
        ("ÙÚÛÜ", 'U'),
        ("\u{a0}\u{202f}\u{2009}", ' '),
    ];
    NEAREST
        .iter()
        .find(|(all, _)| all.contains(c))
        .map_or('?', |(_, near)| *near)
}

/// Whether a text is short and of plain letters: most are, and a script is full of them.
fn is_plain(text: &str, most: usize) -> bool {
    text.len() < most / 2 && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn clean(untrusted: &str, most: usize) -> String {
    if is_plain(untrusted, most) {
        return untrusted.to_owned();
    }
    let mut out = String::with_capacity(untrusted.len().min(most));
    let mut marks = 0;
    for c in untrusted.chars() {
        let c = match c {
            '\t' | '\n' | '\r' => ' ',
            c if forbidden(c).is_some() => INSTEAD,
            c => c,
        };
        if is_mark(c) {
            // A mark with no letter to stand on would join whatever is left of it on the screen.
            if out.is_empty() {
                out.push('\u{25CC}');
            }
            marks += 1;
            if marks > MOST_MARKS {
                continue;
            }
        } else {
            marks = 0;
        }
        if out.len() + c.len_utf8() + '…'.len_utf8() > most {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

/// A title as a label or a choice: with a capital letter, however it is written where it stands in a sentence.
#[must_use]
pub(crate) fn capital(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_of_many_scripts_stays_as_it_is() {
        for text in [
            "How do you feel toward this part?",
            "שלום",
            "مرحبا",
            "नमस्ते",
            "สวัสดี",
            "日本語",
            "👩‍👩‍👧 🇫🇷 👍🏽 é",
        ] {
            assert_eq!(SafeText::new(text).as_str(), text);
        }
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_gets_through() {
        let hostile = "a\u{1b}[31mb\u{7}c\u{9b}d\u{202e}e\u{200b}f\u{2028}g\u{e0041}h\u{0}";
        let shown = SafeText::new(hostile);
        assert!(shown.as_str().chars().all(|c| forbidden(c).is_none()));
        assert!(!shown.as_str().contains('\u{1b}'));
        assert!(shown.as_str().starts_with('a'));
    }

    #[test]
    fn line_ends_and_tabs_become_spaces() {
        assert_eq!(SafeText::new("a\tb\nc").as_str(), "a b c");
        assert_eq!(SafeText::lines("a\nb").len(), 2);
    }

    #[test]
    fn a_run_of_marks_is_cut_and_a_leading_mark_gets_a_letter() {
        let shown = SafeText::new(&format!("e{}", "\u{301}".repeat(1000)));
        assert_eq!(shown.as_str().chars().count(), 1 + MOST_MARKS);
        assert!(SafeText::new("\u{301}").as_str().starts_with('\u{25CC}'));
    }

    #[test]
    fn long_text_is_cut_at_a_letter() {
        let shown = SafeText::new(&"é".repeat(MOST_BYTES));
        assert!(shown.as_str().len() <= MOST_BYTES);
        assert!(shown.as_str().ends_with('…'));
        assert_eq!(SafeText::short("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2).as_str(), "👩‍👩‍👧…");
    }

    #[test]
    fn debug_tells_no_word() {
        assert_eq!(format!("{:?}", SafeText::new("secret")), "Shown(6 bytes)");
    }
}
