//! Checked lines: JSON Lines that carry their checksum, so that a torn or changed one is noticed.
//!
//! `{"sum":"1c291ca3","line":{…}}`, where the sum is the CRC-32 of the bytes after `"line":`.

use std::io::BufRead;

use serde::Serialize;

const SUM: &[u8] = br#"{"sum":""#;
const LINE: &[u8] = br#"","line":"#;
const END: &[u8] = b"}";

/// A value as one checked line, its line end included.
///
/// # Errors
/// The value has no form in JSON.
pub fn checked(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    Ok(checked_raw(&serde_json::to_vec(value)?))
}

/// A value that is JSON already, in one line, as a checked line, its line end included.
#[must_use]
pub(crate) fn checked_raw(raw: &[u8]) -> Vec<u8> {
    let sum = sum_of(raw);
    [SUM, sum.as_bytes(), LINE, raw, END, b"\n"].concat()
}

/// The CRC-32 of bytes, in eight hexadecimal letters.
#[must_use]
pub(crate) fn sum_of(raw: &[u8]) -> String {
    format!("{:08x}", crc32fast::hash(raw))
}

/// The value of one line, when its checksum is right.
#[must_use]
pub(crate) fn checked_value(line: &[u8]) -> Option<&str> {
    let rest = line.strip_prefix(SUM)?;
    let (sum, rest) = rest.split_at_checked(8)?;
    let raw = rest.strip_prefix(LINE)?.strip_suffix(END)?;
    if number(sum) != Some(crc32fast::hash(raw)) {
        return None;
    }
    std::str::from_utf8(raw).ok()
}

/// The number of eight hexadecimal letters as [`sum_of`] writes them: years of lines are compared without a text for
/// each.
fn number(sum: &[u8]) -> Option<u32> {
    sum.iter().try_fold(0_u32, |number, letter| {
        let digit = match letter {
            b'0'..=b'9' => letter - b'0',
            b'a'..=b'f' => letter - b'a' + 10,
            _ => return None,
        };
        Some(number << 4 | u32::from(digit))
    })
}

/// The first line, its end included, and what follows. Finding a line's end is the library's: it looks at many bytes at
/// once.
fn first_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut rest = bytes;
    let len = rest.skip_until(b'\n').ok().filter(|len| *len > 0)?;
    bytes.split_at_checked(len)
}

/// What a file of checked lines holds.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct CheckedLines<'a> {
    /// The values of the good lines from the beginning to the first bad one.
    pub(crate) good: Vec<&'a str>,
    /// How many bytes those lines take.
    pub(crate) len: usize,
    /// What comes after them.
    pub(crate) rest: LineTail,
}

/// What comes after the good lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LineTail {
    /// Nothing.
    Nothing,
    /// Only the line end of the last line is missing.
    NoLineEnd,
    /// Bytes with no good line among them: a write that did not come to its end.
    Torn,
    /// A bad line (counted from 1) with good lines after it: that was no torn write.
    Damaged {
        /// Which line.
        line: usize,
    },
}

/// Reads checked lines up to the first bad one, and looks at what follows.
#[must_use]
pub(crate) fn scan(bytes: &[u8]) -> CheckedLines<'_> {
    let mut good = Vec::new();
    let mut len = 0;
    let mut behind = bytes;
    let mut pieces = std::iter::from_fn(|| {
        let (piece, rest) = first_line(behind)?;
        behind = rest;
        Some(piece)
    });
    for piece in pieces.by_ref() {
        let line = piece.strip_suffix(b"\n").unwrap_or(piece);
        let Some(value) = checked_value(line) else {
            let line = good.len() + 1;
            let more = pieces.any(|piece| checked_value(piece.trim_ascii_end()).is_some());
            let rest = if more {
                LineTail::Damaged { line }
            } else {
                LineTail::Torn
            };
            return CheckedLines { good, len, rest };
        };
        good.push(value);
        len += piece.len();
    }
    let rest = if bytes.is_empty() || bytes.ends_with(b"\n") {
        LineTail::Nothing
    } else {
        LineTail::NoLineEnd
    };
    CheckedLines { good, len, rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_looks_as_documented_and_reads_back() {
        let line = checked(&[1, 2]).unwrap();
        assert_eq!(
            String::from_utf8(line.clone()).unwrap(),
            format!(
                "{{\"sum\":\"{:08x}\",\"line\":[1,2]}}\n",
                crc32fast::hash(b"[1,2]")
            )
        );
        let lines = scan(&line);
        assert_eq!(lines.good, ["[1,2]"]);
        assert_eq!((lines.len, lines.rest), (line.len(), LineTail::Nothing));
    }

    #[test]
    fn a_sum_is_eight_small_letters_and_nothing_else() {
        let line = checked(&[1, 2]).unwrap();
        let line = line.trim_ascii_end();
        assert_eq!(checked_value(line), Some("[1,2]"));
        let sum = sum_of(b"[1,2]");
        for other in [sum.to_uppercase(), format!("+{}", &sum[1..]), "0".repeat(8)] {
            let text = String::from_utf8(line.to_vec()).unwrap();
            let text = text.replace(&sum, &other);
            assert!(
                other == sum || checked_value(text.as_bytes()).is_none(),
                "{text}"
            );
        }
    }

    #[test]
    fn what_follows_the_good_lines_is_told_apart() {
        let line = checked(&"a").unwrap();
        let rest = |tail: &[u8]| {
            let bytes = [line.as_slice(), tail].concat();
            let lines = scan(&bytes);
            assert_eq!(lines.len, line.len());
            lines.rest
        };
        assert_eq!(rest(b""), LineTail::Nothing);
        assert_eq!(rest(b"{\"sum\":\"00"), LineTail::Torn);
        assert_eq!(rest(b"bad\nbad\n"), LineTail::Torn);
        assert_eq!(rest(&[0; 40]), LineTail::Torn);
        assert_eq!(
            rest(&[b"bad\n", line.as_slice()].concat()),
            LineTail::Damaged { line: 2 }
        );
        assert_eq!(scan(&line[..line.len() - 1]).rest, LineTail::NoLineEnd);
        assert_eq!(scan(b"").rest, LineTail::Nothing);
    }
}
