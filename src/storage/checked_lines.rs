//! Checked lines: JSON Lines that carry their checksum, so that a torn or changed one is noticed.
//!
//! `{"sum":"1c291ca3","line":{…}}`, where the sum is the CRC-32 of the bytes after `"line":`.

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
fn value(line: &[u8]) -> Option<&str> {
    let rest = line.strip_prefix(SUM)?;
    let (sum, rest) = rest.split_at_checked(8)?;
    let raw = rest.strip_prefix(LINE)?.strip_suffix(END)?;
    if sum_of(raw).as_bytes() != sum {
        return None;
    }
    std::str::from_utf8(raw).ok()
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
    let mut pieces = bytes.split_inclusive(|byte| *byte == b'\n');
    for piece in pieces.by_ref() {
        let line = piece.strip_suffix(b"\n").unwrap_or(piece);
        let Some(value) = value(line) else {
            let line = good.len() + 1;
            let more = pieces.any(|piece| self::value(piece.trim_ascii_end()).is_some());
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
