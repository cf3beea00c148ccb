//! What is said outside of a face: data to standard output, words to standard error, a broken pipe is no fault.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use super::{Exit, Failed};
use crate::shown::{Shown, ascii};

/// Standard output, line by line.
pub struct Out(BufWriter<Stdout>);

impl Out {
    pub fn new() -> Self {
        Self(BufWriter::new(io::stdout()))
    }

    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.0, "{text}")
    }

    pub fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes lines to standard output.
pub fn lines(texts: &[Shown]) -> Exit {
    let mut out = Out::new();
    for text in texts {
        // Whoever reads may have seen enough: a closed pipe is no fault of theirs or ours.
        if out.line(text.as_str()).is_err() {
            break;
        }
    }
    Exit::Done
}

/// Writes a sentence to standard error. When that is gone too there is nobody left to tell.
pub fn problem(sentence: &Shown) {
    let _ = writeln!(io::stderr(), "{sentence}");
}

/// Empties the terminal after the quick exit by lines. What was said stands in the scrollback, and that can only be
/// erased as a whole; so what others wrote there goes as well. A pipe or a file is left as it is.
pub fn vanish() {
    let mut out = io::stdout();
    if !out.is_terminal() {
        return;
    }
    let dumb = std::env::var("TERM").is_ok_and(|term| term.is_empty() || term == "dumb");
    let bytes = if dumb {
        // It understands nothing but lines: push what was said out of sight.
        vec![b'\n'; 200]
    } else {
        b"\x1b[H\x1b[2J\x1b[3J".to_vec()
    };
    // When it takes nothing any more, nothing more can be done.
    let _ = out.write_all(&bytes).and_then(|()| out.flush());
}

/// What to answer when standard output broke.
pub fn broken(error: &io::Error) -> Result<Exit, Failed> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(Exit::Done);
    }
    Err((Shown::new(&error.to_string()), Exit::Fault))
}

/// Help, version, or what is wrong with the arguments. These hold what was typed, so every line is cleaned.
pub fn usage(error: &clap::Error) -> Exit {
    let text = error.render().to_string();
    let cleaned = Shown::lines(&text);
    if error.use_stderr() {
        for line in &cleaned {
            problem(line);
        }
        return Exit::Wrong;
    }
    lines(&cleaned)
}

/// A terminal that understands nothing but ASCII: each other character becomes the nearest one.
pub struct OnlyAscii<W>(pub W);

impl<W: Write> Write for OnlyAscii<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let near = |c: char| if c.is_ascii() { c } else { ascii(c) };
        let text: String = text.chars().map(near).collect();
        self.0.write_all(text.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
