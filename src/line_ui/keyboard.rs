//! A line while it is typed at a terminal: a terminal's own line would end at 4,095 bytes and drop the rest, and it
//! knows of no key before Enter.
//!
//! It echoes and takes back letters as a terminal does, and nothing more: a screen reader hears what it is used to.

use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;
use zeroize::{Zeroize, Zeroizing};

use super::command_parser;
use super::line_reader::{InputLine, MOST, line_of};

/// Whether what is typed must not be seen.
pub(super) static HIDDEN: AtomicBool = AtomicBool::new(false);
/// Whether the program was stopped and goes on: a line that was begun before is no longer seen.
pub(super) static RESUMED: AtomicBool = AtomicBool::new(false);

/// Whether something stands in the row that is typed in. Where there is no prompt, a row with nothing in it is not
/// ended: a screen reader would say that it is blank.
static ROW: AtomicBool = AtomicBool::new(false);

const INTERRUPT: u8 = 0x03;
/// How often the key of the quick exit is pressed in a row.
const STROKES: u8 = 3;
const END: u8 = 0x04;
const STOP: u8 = 0x13;
/// The same key from a terminal that tells every key apart.
const STOP_KEYS: [&[u8]; 2] = [b"\x1b[115;5u", b"\x1b[27;5;115~"];
/// No key is told in more bytes.
const LONGEST_KEY: usize = 32;
const KILL: u8 = 0x15;
const KILL_WORD: u8 = 0x17;
const ESCAPE: u8 = 0x1b;

/// Whether somebody has gone by the quick exit.
static GONE: AtomicBool = AtomicBool::new(false);

/// Whether somebody has gone by the quick exit.
pub(super) fn is_gone() -> bool {
    GONE.load(Ordering::SeqCst)
}

fn leaves(line: &InputLine) -> bool {
    match line {
        InputLine::Words(words) | InputLine::NotText(words) => command_parser::is_gone(words),
        InputLine::Gone => true,
        InputLine::Stop
        | InputLine::Interrupt
        | InputLine::TooLong(_)
        | InputLine::End
        | InputLine::News => false,
    }
}

/// Whether something is typed in this row, which somebody ends who has more to say: what comes next begins a new one.
pub(super) fn ends_row() -> bool {
    ROW.swap(false, Ordering::SeqCst)
}

/// Whether no letter is begun and not ended: what is said meanwhile must not come between its bytes.
fn is_whole(echo: &[u8]) -> bool {
    !matches!(std::str::from_utf8(echo), Err(cut) if cut.error_len().is_none())
}

/// Reads what is typed on a thread of its own, and echoes it. The quick exit is seen here, whatever the program is busy
/// with: `vanish` empties the terminal at once, and from then on nothing more is said ([`is_gone`]). Its keys are told as one of
/// `exits`.
///
/// # Errors
/// When no thread can be started.
pub(super) fn listen_to_keys(
    mut source: impl Read + Send + 'static,
    mut echo: impl Write + Send + 'static,
    vanish: fn(),
    exits: Vec<Vec<u8>>,
    prompted: bool,
    send: SyncSender<InputLine>,
) -> io::Result<()> {
    let work = move || {
        let mut typist = Typist {
            exits,
            ..Typist::default()
        };
        let mut bytes = Zeroizing::new([0; 4096]);
        loop {
            let read = match source.read(&mut *bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Ok(0) | Err(_) => break,
                Ok(read) => read,
            };
            if RESUMED.swap(false, Ordering::SeqCst) {
                typist.clear();
            }
            for byte in &bytes[..read] {
                let line = typist.take(*byte, HIDDEN.load(Ordering::SeqCst));
                if is_whole(&typist.echo) {
                    typist.keep_row(prompted);
                    // A terminal that shows nothing any more is no reason not to listen.
                    let _ = echo.write_all(&typist.echo).and_then(|()| echo.flush());
                    typist.echo.zeroize();
                }
                if line.as_ref().is_some_and(leaves) {
                    GONE.store(true, Ordering::SeqCst);
                    vanish();
                }
                if line.is_some_and(|line| send.send(line).is_err()) {
                    return;
                }
            }
        }
        let _nobody_listens = send.send(InputLine::End);
    };
    thread::Builder::new()
        .name("lines".to_owned())
        .spawn(work)?;
    Ok(())
}

/// The line that is being typed.
#[derive(Default)]
struct Typist {
    /// What stands in it.
    bytes: Zeroizing<Vec<u8>>,
    /// All that came since it began, where an escape sequence is in it.
    raw: Zeroizing<Vec<u8>>,
    /// How many bytes there was no room for.
    more: usize,
    /// How often the key of the quick exit was pressed just now.
    strokes: u8,
    within: Within,
    /// What the terminal sends for the keys of the quick exit.
    exits: Vec<Vec<u8>>,
    /// The sequence that the last byte is in.
    sequence: Vec<u8>,
    /// What the terminal is to show next.
    echo: Vec<u8>,
}

/// Where in an escape sequence the last byte was.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Within {
    #[default]
    Nothing,
    Escape,
    /// Behind `ESC [`.
    Sequence,
    /// Behind `ESC O`.
    Key,
    /// An answer of the terminal, up to its end.
    Answer,
}

impl Typist {
    /// Takes a byte; answers the line that it ends.
    fn take(&mut self, byte: u8, hidden: bool) -> Option<InputLine> {
        match byte {
            _ if self.exits.iter().any(|exit| *exit == [byte]) => return self.stroke(),
            INTERRUPT => {
                self.clear();
                return Some(InputLine::Interrupt);
            }
            b'\n' | b'\r' => {
                self.echo.push(b'\n');
                let escaped = self.raw.contains(&ESCAPE);
                let (bytes, len) = (&self.bytes, self.bytes.len() + self.more);
                // Half of a sequence may have swallowed the beginning of a word that protects.
                let whole = escaped.then(|| line_of(&self.raw, self.raw.len()));
                let line = match whole {
                    Some(InputLine::Words(words)) if super::command_parser::protects(&words) => {
                        InputLine::Words(words)
                    }
                    Some(_) | None => line_of(bytes, len),
                };
                self.clear();
                return Some(line);
            }
            STOP => {
                self.clear();
                return Some(InputLine::Stop);
            }
            END if self.bytes.is_empty() && self.more == 0 => return Some(InputLine::End),
            _ => {}
        }
        if self.raw.len() < MOST {
            self.raw.push(byte);
        }
        if byte == ESCAPE {
            self.sequence.clear();
        }
        if self.sequence.len() < LONGEST_KEY {
            self.sequence.push(byte);
        }
        if self.within != Within::Nothing {
            let told = self.sequence.as_slice();
            if self.exits.iter().any(|exit| exit == told) {
                self.within = Within::Nothing;
                return self.stroke();
            }
            if STOP_KEYS.contains(&told) {
                self.clear();
                return Some(InputLine::Stop);
            }
        }
        self.within = match (self.within, byte) {
            (_, ESCAPE) => Within::Escape,
            (Within::Escape, b'[') => Within::Sequence,
            (Within::Escape, b'O') => Within::Key,
            (Within::Escape, b']' | b'P' | b'_' | b'^' | b'X') => Within::Answer,
            (Within::Sequence, b' '..=b'?' | b'[') => Within::Sequence,
            (Within::Answer, b' '..) => Within::Answer,
            (Within::Sequence | Within::Key | Within::Answer, _) => Within::Nothing,
            (Within::Nothing | Within::Escape, byte) => {
                self.write(byte, hidden);
                Within::Nothing
            }
        };
        if self.within == Within::Nothing {
            self.sequence.zeroize();
        }
        None
    }

    /// The key of the quick exit, once more in a row.
    fn stroke(&mut self) -> Option<InputLine> {
        self.strokes += 1;
        if self.strokes < STROKES {
            return None;
        }
        self.clear();
        Some(InputLine::Gone)
    }

    fn write(&mut self, byte: u8, hidden: bool) {
        self.strokes = 0;
        match byte {
            0x08 | 0x7f => self.take_back(hidden, |text| {
                text.grapheme_indices(true).next_back().map(|(at, _)| at)
            }),
            KILL => self.take_back(hidden, |_| Some(0)),
            KILL_WORD => self.take_back(hidden, |text| {
                let words = text.trim_end().rfind(char::is_whitespace);
                Some(words.map_or(0, |at| {
                    at + text[at..].chars().next().map_or(1, char::len_utf8)
                }))
            }),
            b'\t' | b' '.. if self.bytes.len() < MOST => {
                if self.bytes.capacity() == self.bytes.len() {
                    // What a vector leaves behind when it grows is not wiped.
                    let mut roomy =
                        Zeroizing::new(Vec::with_capacity((self.bytes.len() * 2).max(256)));
                    roomy.extend_from_slice(&self.bytes);
                    self.bytes = roomy;
                }
                self.bytes.push(byte);
                if !hidden {
                    // A tab would be wider than what taking it back takes away.
                    self.echo.push(if byte == b'\t' { b' ' } else { byte });
                }
            }
            b'\t' | b' '.. => self.more += 1,
            _ => {}
        }
    }

    /// Takes back what stands behind the place that `from` finds; a byte, where it is no text.
    fn take_back(&mut self, hidden: bool, from: impl Fn(&str) -> Option<usize>) {
        if self.more > 0 {
            // Nobody can see what of it is still there.
            return self.clear();
        }
        let (at, columns) = match std::str::from_utf8(&self.bytes) {
            Ok(text) => {
                let at = from(text).unwrap_or(0);
                let tabs = text[at..].matches('\t').count();
                (at, text[at..].replace('\t', "").width() + tabs)
            }
            Err(_) => (self.bytes.len().saturating_sub(1), 0),
        };
        self.bytes.truncate(at);
        if !hidden {
            self.echo.extend(b"\x08 \x08".repeat(columns));
        }
    }

    /// Looks at whether something stands in the row now; an end of a row with nothing in it is left out.
    fn keep_row(&mut self, prompted: bool) {
        match self.echo.as_slice() {
            [] => {}
            [b'\n'] => {
                if !ROW.swap(false, Ordering::SeqCst) && !prompted {
                    self.echo.clear();
                }
            }
            _ => ROW.store(!self.bytes.is_empty(), Ordering::SeqCst),
        }
    }

    fn clear(&mut self) {
        self.bytes.zeroize();
        self.raw.zeroize();
        (self.more, self.strokes, self.within) = (0, 0, Within::Nothing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is sent for Ctrl-X and F8.
    const EXITS: [&[u8]; 4] = [b"\x18", b"\x1b[120;5u", b"\x1b[27;5;120~", b"\x1b[19~"];

    /// The lines, and what is echoed.
    fn typed(keys: &[u8], hidden: bool) -> (Vec<InputLine>, String) {
        let mut typist = Typist {
            exits: EXITS.map(<[u8]>::to_vec).to_vec(),
            ..Typist::default()
        };
        let lines = keys.iter().filter_map(|byte| typist.take(*byte, hidden));
        let lines = lines.collect();
        (lines, String::from_utf8_lossy(&typist.echo).into_owned())
    }

    fn line(keys: &str) -> InputLine {
        typed(keys.as_bytes(), false).0.remove(0)
    }

    fn words(text: &str) -> InputLine {
        InputLine::Words(text.to_owned())
    }

    #[test]
    fn a_line_is_as_long_as_it_was_typed_or_it_is_said_how_long_it_was() {
        let long = "ж".repeat(3_000);
        assert!(line(&format!("{long}\n")) == words(&long));
        let page = "x".repeat(MOST);
        assert!(line(&format!("{page}\n")) == words(&page));
        assert_eq!(line(&format!("{page}yz\n")), InputLine::TooLong(MOST + 2));
        assert_eq!(
            typed(b"be\xe9\n", false).0,
            [InputLine::NotText("be".to_owned())]
        );
        assert_eq!(
            typed(b"ab\x04\n\x04", false).0,
            [words("ab"), InputLine::End]
        );
    }

    #[test]
    fn letters_are_taken_back_as_they_were_typed() {
        for (keys, stays, echoed) in [
            ("Adx\u{7f}a\n", "Ada", "Adx\u{8} \u{8}a\n"),
            ("e\u{301}\u{8}A\n", "A", "e\u{301}\u{8} \u{8}A\n"),
            ("日\u{7f}A\n", "A", "日\u{8} \u{8}\u{8} \u{8}A\n"),
            ("\u{7f}\u{7f}A\n", "A", "A\n"),
            (
                "one two \u{17}3\n",
                "one 3",
                "one two \u{8} \u{8}\u{8} \u{8}\u{8} \u{8}\u{8} \u{8}3\n",
            ),
            ("ab\u{15}c\n", "c", "ab\u{8} \u{8}\u{8} \u{8}c\n"),
            ("a\tb\n", "a\tb", "a b\n"),
            ("A\u{1b}[D\u{1b}OH\u{1b}[1;5Cda\u{1b}[3~\n", "Ada", "Ada\n"),
        ] {
            let (lines, echo) = typed(keys.as_bytes(), false);
            assert_eq!(
                (lines, echo.as_str()),
                (vec![words(stays)], echoed),
                "{keys:?}"
            );
            let (lines, echo) = typed(keys.as_bytes(), true);
            assert_eq!(
                (lines, echo.as_str()),
                (vec![words(stays)], "\n"),
                "{keys:?}"
            );
        }
    }

    #[test]
    fn three_strokes_in_a_row_are_the_quick_exit_and_one_ctrl_c_interrupts() {
        let f8 = "\u{1b}[19~";
        for (keys, lines) in [
            ("ab\u{18}\u{18}\u{18}".to_owned(), vec![InputLine::Gone]),
            (f8.repeat(3), vec![InputLine::Gone]),
            // As terminals send it that tell every key apart, and after more than a line holds.
            ("\u{1b}[120;5u".repeat(3), vec![InputLine::Gone]),
            ("\u{1b}[27;5;120~".repeat(3), vec![InputLine::Gone]),
            (
                format!("{}{}", "x".repeat(MOST + 1), f8.repeat(3)),
                vec![InputLine::Gone],
            ),
            (format!("\u{18}{f8}\u{18}"), vec![InputLine::Gone]),
            ("\u{18}\u{18}a\u{18}\n".to_owned(), vec![words("a")]),
            (
                "\u{18}\u{18}\n\u{18}\n".to_owned(),
                vec![words(""), words("")],
            ),
            (
                "ab\u{3}c\n".to_owned(),
                vec![InputLine::Interrupt, words("c")],
            ),
        ] {
            for hidden in [false, true] {
                assert_eq!(typed(keys.as_bytes(), hidden).0, lines, "{keys:?}");
            }
        }
    }

    #[test]
    fn stop_is_one_key_in_the_middle_of_a_line_and_of_a_sequence() {
        for begun in [
            "",
            "half a li",
            "\u{1b}[200~abc",
            "\u{1b}[",
            "\u{1b}]11;",
            "\u{1b}",
        ] {
            let (lines, _) = typed(format!("{begun}\u{13}Ada\n").as_bytes(), false);
            assert_eq!(lines, [InputLine::Stop, words("Ada")], "{begun:?}");
        }
        for key in ["\u{1b}[115;5u", "\u{1b}[27;5;115~"] {
            for begun in ["", "half a li", "\u{1b}[200~abc", "\u{1b}[1;"] {
                let (lines, _) = typed(format!("{begun}{key}Ada\n").as_bytes(), false);
                assert_eq!(lines, [InputLine::Stop, words("Ada")], "{begun:?} {key:?}");
            }
        }
        for half in ["\u{1b}[", "\u{1b}O", "\u{1b}[1;", "\u{1b}[A", "\u{1b}"] {
            for word in ["stop", "exit now"] {
                assert_eq!(line(&format!("{half}{word}\n")), words(word), "{half:?}");
            }
        }
    }
}
