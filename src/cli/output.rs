//! What is said outside of a face: data to standard output, words to standard error, a broken pipe is no fault.

use std::io::{self, BufWriter, IsTerminal, Write};

use super::{CommandError, Exit};
use crate::line_ui::WrappedWriter;
use crate::storage::Cause;
use crate::text::safe_text::{SafeText, ascii};
use crate::text::words::{fill, words};
use crate::tui::{self, Appearance};

/// Standard output, line by line. It remembers what went wrong first; [`StandardOutput::end`] says it.
pub(crate) struct StandardOutput {
    to: Box<dyn Write>,
    broken: Option<io::Error>,
}

impl StandardOutput {
    pub(crate) fn new() -> Self {
        Self {
            to: Box::new(BufWriter::new(io::stdout())),
            broken: None,
        }
    }

    /// For words that people read: in a terminal its lines are broken at words, and where it can show nothing else they are
    /// ASCII. A pipe or a file gets every line and letter as it is.
    pub(crate) fn of_words() -> Self {
        Self {
            to: words_to(BufWriter::new(io::stdout()), false),
            broken: None,
        }
    }

    pub(crate) fn line(&mut self, text: &str) {
        if self.broken.is_none() {
            self.broken = writeln!(self.to, "{text}").err();
        }
    }

    /// What is said on standard error after this comes after these lines, not before them.
    pub(crate) fn flush(&mut self) {
        if self.broken.is_none() {
            self.broken = self.to.flush().err();
        }
    }

    /// The answer, when all of it was printed or nobody wants to read on.
    ///
    /// # Errors
    /// Something was not printed: a full disk, for one.
    pub(crate) fn end(mut self, exit: Exit) -> Result<Exit, CommandError> {
        self.flush();
        match self.broken {
            None => Ok(exit),
            Some(error) => broken(&error, exit),
        }
    }
}

/// Writes lines to standard output.
///
/// # Errors
/// Like [`StandardOutput::end`].
pub(crate) fn lines(texts: &[SafeText]) -> Result<Exit, CommandError> {
    let mut out = StandardOutput::of_words();
    for text in texts {
        out.line(text.as_str());
    }
    out.end(Exit::Done)
}

/// How wide the terminal is that reads the standard output, where one does.
fn columns() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    tui::columns().map(usize::from)
}

/// Where words go that are to be read: rows no wider than the terminal, in ASCII where somebody `chose` that or the terminal
/// can show nothing else.
pub(crate) fn words_to(out: impl Write + 'static, chosen: bool) -> Box<dyn Write> {
    let env = |name: &str| std::env::var(name).ok();
    let asked = env("ALONGSIDE_ASCII").is_some_and(|value| !matches!(value.as_str(), "" | "0"));
    if chosen || asked || Appearance::from_env(env).ascii && io::stdout().is_terminal() {
        Box::new(WrappedWriter::new(OnlyAscii(out), columns))
    } else {
        Box::new(WrappedWriter::new(out, columns))
    }
}

/// Writes a sentence to standard error. When that is gone too there is nobody left to tell.
pub(crate) fn problem(sentence: &SafeText) {
    let _ = writeln!(io::stderr(), "{sentence}");
}

/// Erases the screen, and the scrollback where the terminal knows that.
const ERASE: &[u8] = b"\x1b[H\x1b[2J\x1b[3J";
/// More rows than a GNU screen keeps, unless somebody asked it for very many.
const PUSHED: usize = 100_000;

/// Empties the terminal after the quick exit by lines. What was said stands in the scrollback, and that can only be
/// erased as a whole; so what others wrote there goes as well. A pipe or a file is left as it is.
pub(crate) fn vanish() {
    let mut out = io::stdout();
    if !out.is_terminal() {
        return;
    }
    let bytes = vanishing(|name| std::env::var(name).unwrap_or_default());
    // When it takes nothing any more, nothing more can be done.
    let _ = out.write_all(&bytes).and_then(|()| out.flush());
}

/// What empties the terminal that these surroundings speak of.
fn vanishing(env: impl Fn(&str) -> String) -> Vec<u8> {
    let term = env("TERM");
    if term.is_empty() || term == "dumb" {
        // It understands nothing but lines: push what was said out of sight.
        return vec![b'\n'; 200];
    }
    if env("STY").is_empty() && !term.starts_with("screen") {
        return ERASE.to_vec();
    }
    // GNU screen erases no scrollback. Empty rows push it out: from here, without asking a second program, and also
    // where it runs at the other end of an ssh. What is on the screen goes first.
    [ERASE, b"\x1b[999;1H", &vec![b'\n'; PUSHED], ERASE].concat()
}

/// What to answer when standard output broke.
///
/// # Errors
/// Whoever reads may have seen enough: a closed pipe is no fault of theirs or ours. Anything else is said.
pub(crate) fn broken(error: &io::Error, exit: Exit) -> Result<Exit, CommandError> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(exit);
    }
    let cause = Cause::of(error);
    let values = [("cause", cause.is()), ("next", cause.next())];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    Err((fill(&words().cli.not_printed, &values), Exit::Found))
}

/// Help, version, or what is wrong with the arguments. These hold what was typed, so every line is cleaned.
///
/// # Errors
/// Help or version could not be printed.
pub(crate) fn usage(error: &clap::Error) -> Result<Exit, CommandError> {
    let text = error.render().to_string();
    let cleaned = SafeText::lines(&text);
    if error.use_stderr() {
        for line in &cleaned {
            problem(line);
        }
        return Ok(Exit::Wrong);
    }
    lines(&cleaned)
}

/// A terminal that understands nothing but ASCII: each other character becomes the nearest one.
struct OnlyAscii<W>(W);

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_gnu_screen_the_scrollback_is_pushed_out_and_elsewhere_erased() {
        let rows = |set: &[(&str, &str)]| {
            let value = |name: &str| set.iter().find(|(known, _)| *known == name);
            let bytes = vanishing(|name| value(name).map_or("", |(_, value)| *value).to_owned());
            let erases = bytes.starts_with(ERASE) && bytes.ends_with(ERASE);
            (erases, bytes.iter().filter(|byte| **byte == b'\n').count())
        };
        for inside in [
            &[("TERM", "screen.xterm-256color")][..],
            &[("TERM", "screen")],
            &[("TERM", "xterm"), ("STY", "1234.pts-0.host")],
        ] {
            assert_eq!(rows(inside), (true, PUSHED), "{inside:?}");
        }
        for term in ["xterm-256color", "tmux-256color", "linux"] {
            assert_eq!(rows(&[("TERM", term)]), (true, 0), "{term}");
        }
        for term in ["dumb", ""] {
            assert_eq!(rows(&[("TERM", term)]), (false, 200), "{term}");
        }
    }
}
