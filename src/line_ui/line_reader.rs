//! Lines from a pipe, a file or somebody's keyboard, read where they cannot hold anything up.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use zeroize::Zeroizing;

use super::command_parser;

/// The longest line that is taken, in bytes. Of a longer one nothing is.
pub(super) const MOST: usize = 64 * 1024;
/// How many lines may wait: a file that is piped in waits instead of filling the memory.
pub(super) const WAITING: usize = 64;

const ESCAPE: char = '\u{1b}';

/// What came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InputLine {
    /// A line, without its end and without what is no text (the escape sequence of an arrow key).
    Words(String),
    /// The key of STOP, wherever in a line it was pressed.
    Stop,
    /// The key that interrupts, at a terminal.
    Interrupt,
    /// The key of the quick exit, three times in a row.
    Gone,
    /// A line that is not UTF-8; these are the letters of it that can be read.
    NotText(String),
    /// A line of more bytes than are read at once.
    TooLong(usize),
    /// There will be no more.
    End,
    /// Nothing was typed: something has come from another terminal.
    News,
}

/// Where lines come together, and where they are heard.
#[must_use]
pub(crate) fn lines() -> (SyncSender<InputLine>, Receiver<InputLine>) {
    sync_channel(WAITING)
}

/// Reads lines on a thread of its own until there are no more or nobody listens.
///
/// # Errors
/// When no thread can be started.
pub(crate) fn listen(
    source: impl Read + Send + 'static,
    send: SyncSender<InputLine>,
) -> io::Result<()> {
    thread::Builder::new()
        .name("lines".to_owned())
        .spawn(move || pass_on(io::BufReader::new(source), &send))?;
    Ok(())
}

fn pass_on(mut source: impl BufRead, send: &SyncSender<InputLine>) {
    // An input that cannot be read any more has ended as well.
    while let Ok(Some(line)) = next(&mut source) {
        if send.send(line).is_err() {
            return;
        }
    }
    // When nobody listens any more, nobody has to be told.
    let _nobody_listens = send.send(InputLine::End);
}

pub(super) fn next(source: &mut impl BufRead) -> io::Result<Option<InputLine>> {
    let mut bytes = Zeroizing::new(Vec::new());
    let most = u64::try_from(MOST).unwrap_or(u64::MAX).saturating_add(1);
    let mut len = source.by_ref().take(most).read_until(b'\n', &mut bytes)?;
    if len == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') && len > MOST {
        // Its end is no part of it.
        len += source.skip_until(b'\n')?.saturating_sub(1);
    }
    while let Some(b'\n' | b'\r') = bytes.last() {
        bytes.pop();
        len -= 1;
    }
    Ok(Some(line_of(&bytes, len)))
}

/// The line that these bytes are; `len` is how many there were of it.
pub(super) fn line_of(bytes: &[u8], len: usize) -> InputLine {
    if len > MOST {
        return InputLine::TooLong(len);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => InputLine::Words(words_of(text)),
        // Whoever types the words of the quick exit behind a byte that got lost is not asked to set up a terminal.
        Err(_) => {
            let read = String::from_utf8_lossy(bytes).replace(char::REPLACEMENT_CHARACTER, "");
            InputLine::NotText(words_of(&read))
        }
    }
}

/// What of a line is words. Half of a sequence can have swallowed the first letter of a word that protects.
fn words_of(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    let words = without_sequences(text, true);
    let all = without_sequences(text, false);
    if !command_parser::protects(&words) && command_parser::protects(&all) {
        return all;
    }
    words
}

/// A text without control characters, tabs apart, and without escape sequences; `whole`: with the letter that ends
/// each.
fn without_sequences(text: &str, whole: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            ESCAPE => match rest.peek() {
                Some('[') => {
                    rest.next();
                    // Linux writes its function keys as `ESC [ [ A`.
                    rest.next_if_eq(&'[');
                    while rest.next_if(|c| matches!(c, ' '..='?')).is_some() {}
                    rest.next_if(|c| whole && matches!(c, '@'..='~'));
                }
                Some('O') => {
                    rest.next();
                    rest.next_if(|c| whole && matches!(c, '@'..='~'));
                }
                Some(']' | 'P' | '_' | '^' | 'X') => {
                    rest.next();
                    while rest.next_if(|c| !c.is_control()).is_some() {}
                }
                // Alt with a letter; the letter is one that was typed.
                Some(_) | None => {}
            },
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> InputLine {
        InputLine::Words(text.to_owned())
    }

    #[test]
    fn lines_come_whole_or_are_said_not_to_be_taken_and_the_end_comes_once() {
        let page = "ж".repeat(30_000);
        let long = "x".repeat(200_000);
        let mut text = format!("one\r\n\n{page}\n{long}\nb\u{e9}\nlast").into_bytes();
        text.extend(b"\xe9\nbe\xe9");
        let (send, heard) = lines();
        listen(io::Cursor::new(text), send).unwrap();
        let lines: Vec<InputLine> = heard.iter().collect();
        let expected = [
            words("one"),
            words(""),
            words(&page),
            InputLine::TooLong(200_000),
            words("bé"),
            InputLine::NotText("last".to_owned()),
            InputLine::NotText("be".to_owned()),
            InputLine::End,
        ];
        assert!(lines == expected);
    }

    #[test]
    fn what_keys_without_letters_send_is_no_part_of_a_line() {
        let line = |text: &str| line_of(text.as_bytes(), text.len());
        for key in [
            "\u{1b}[A",
            "\u{1b}OB",
            "\u{1b}[1;5C",
            "\u{1b}[3~",
            "\u{1b}[[A",
            "\u{1b}OP",
            "\u{1b}[24~",
            "\u{1b}",
            "\u{1b}[200~",
            "\u{1b}[I",
            "\u{1b}]11;rgb:0/0/0\u{7}",
            "\u{9b}",
            "\u{1}",
        ] {
            for at in ["Ada{}", "{}Ada", "A{}da"] {
                let typed = at.replace("{}", key);
                if key != "\u{9b}" || at == "Ada{}" {
                    assert_eq!(line(&typed), words("Ada"), "{typed:?}");
                }
            }
            assert_eq!(
                line(&format!("{key}exit now")),
                words("exit now"),
                "{key:?}"
            );
        }
        for half in ["\u{1b}[", "\u{1b}O", "\u{1b}[1;"] {
            assert_eq!(line(&format!("{half}stop")), words("stop"), "{half:?}");
        }
    }
}
