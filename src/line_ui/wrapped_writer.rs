//! Lines broken at words, for a terminal; a pipe or a file gets each line whole.

use std::io::{self, Write};

use crate::text::{cells, with_full_end};

/// The widest row: longer ones are hard to come back from with the eyes.
const WIDEST: usize = 80;
/// Below this a terminal breaks its lines as it likes: words would stand alone.
const NARROWEST: usize = 20;
/// A screen reader says each row by itself: a last one of fewer words says nothing.
const STUB: usize = 3;

/// Writes rows no wider than the terminal. What has no line end yet waits for it, or for a flush.
pub(crate) struct WrappedWriter<W> {
    to: W,
    columns: fn() -> Option<usize>,
    line: Vec<u8>,
}

impl<W: Write> WrappedWriter<W> {
    /// Rows on `to`; `columns` says how wide the terminal is at that moment, where there is one.
    pub(crate) fn new(to: W, columns: fn() -> Option<usize>) -> Self {
        Self {
            to,
            columns,
            line: Vec::new(),
        }
    }

    fn end_line(&mut self) -> io::Result<()> {
        let line = String::from_utf8_lossy(&self.line).into_owned();
        self.line.clear();
        match (self.columns)().filter(|columns| *columns >= NARROWEST) {
            None => writeln!(self.to, "{line}"),
            Some(columns) => {
                let rows = with_full_end(columns.min(WIDEST), STUB, |width| broken(&line, width));
                rows.iter().try_for_each(|row| writeln!(self.to, "{row}"))
            }
        }
    }
}

impl<W: Write> Write for WrappedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            match piece.strip_suffix(b"\n") {
                Some(end) => {
                    self.line.extend_from_slice(end);
                    self.end_line()?;
                }
                None => self.line.extend_from_slice(piece),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.line);
        self.to.write_all(&rest)?;
        self.to.flush()
    }
}

/// A line as rows of at most so many columns: broken at blanks, the later rows as far in as the first one. A word that
/// is wider than a row is left to the terminal.
fn broken(line: &str, columns: usize) -> Vec<String> {
    if cells(line) <= columns {
        return vec![line.to_owned()];
    }
    let words = line.trim_start();
    let indent = line.get(..line.len() - words.len()).unwrap_or_default();
    let mut rows = Vec::new();
    let mut row = indent.to_owned();
    for word in words.split(' ') {
        let begins = row.len() == indent.len();
        if !begins && cells(&row) + 1 + cells(word) > columns {
            rows.push(std::mem::replace(&mut row, indent.to_owned()));
        } else if !begins {
            row.push(' ');
        }
        row.push_str(word);
    }
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(texts: &[&str], columns: fn() -> Option<usize>) -> String {
        let mut out = Vec::new();
        let mut rows = WrappedWriter::new(&mut out, columns);
        for text in texts {
            rows.write_all(text.as_bytes()).unwrap();
        }
        rows.flush().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_break_at_words_and_the_prompt_waits_for_no_line_end() {
        let text = ["How do you feel toward ", "this part, right now?\n", "> "];
        assert_eq!(
            written(&text, || Some(24)),
            "How do you feel toward\nthis part, right now?\n> "
        );
        assert_eq!(
            written(&text, || None),
            "How do you feel toward this part, right now?\n> "
        );
        assert_eq!(written(&text, || Some(9)), written(&text, || None));
    }

    #[test]
    fn no_row_is_wider_than_eighty_and_no_word_is_cut() {
        let long = format!(
            "  {} https://{}.example\n\n",
            "word ".repeat(60),
            "x".repeat(90)
        );
        let rows = written(&[&long], || Some(200));
        let flat = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(flat(&rows), flat(&long));
        for row in rows.lines().filter(|row| !row.contains("https")) {
            assert!(cells(row) <= 80, "{row}");
            assert!(row.is_empty() || row.starts_with("  w"), "{row}");
        }
    }

    #[test]
    fn wide_letters_count_as_the_columns_they_take() {
        let rows = written(
            &["日本語 日本語 日本語 日本語 日本語 日本語\n"],
            || Some(20),
        );
        assert_eq!(rows, "日本語 日本語 日本語\n日本語 日本語 日本語\n");
    }

    /// Heard alone, "hears?" is no sentence.
    #[test]
    fn no_last_row_is_a_word_alone_where_the_others_can_give_it_some() {
        let text = "Which of you would like to be the first one who speaks, and who listens?\n";
        let rows = written(&[text], || Some(70));
        let rows: Vec<&str> = rows.lines().collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].split_whitespace().count(), 3, "{rows:?}");
        assert_eq!(rows.join(" "), text.trim_end());
        // Where there is nothing to give, it stays as it was.
        assert_eq!(
            written(&["a bb https://an.address.example\n"], || Some(30)),
            "a bb\nhttps://an.address.example\n"
        );
    }
}
