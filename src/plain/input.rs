//! Lines from somebody's keyboard, read where they cannot hold anything up.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// The longest line that is taken, in bytes; the rest of a longer one is dropped.
const MOST: u64 = 64 * 1024;
/// How many lines may wait: a file that is piped in waits instead of filling the memory.
const WAITING: usize = 64;

/// What came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// A line, without its end.
    Words(String),
    /// There will be no more.
    End,
}

/// Reads lines on a thread of its own until there are no more or nobody listens.
///
/// # Errors
/// When no thread can be started.
pub fn listen(source: impl Read + Send + 'static) -> io::Result<Receiver<Line>> {
    let (send, receive) = sync_channel(WAITING);
    thread::Builder::new()
        .name("lines".to_owned())
        .spawn(move || pass_on(io::BufReader::new(source), &send))?;
    Ok(receive)
}

fn pass_on(mut source: impl BufRead, send: &SyncSender<Line>) {
    // An input that cannot be read any more has ended as well.
    while let Ok(Some(words)) = next(&mut source) {
        if send.send(Line::Words(words)).is_err() {
            return;
        }
    }
    // When nobody listens any more, nobody has to be told.
    let _nobody_listens = send.send(Line::End);
}

pub(super) fn next(source: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if source.by_ref().take(MOST).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') && bytes.len() as u64 == MOST {
        source.skip_until(b'\n')?;
    }
    let line = String::from_utf8_lossy(&bytes);
    Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_whole_and_the_end_comes_once() {
        let long = "x".repeat(200_000);
        let text = format!("one\r\n\n{long}\nb\u{e9}\nlast").into_bytes();
        let mut text = text;
        text.extend(b"\xff");
        let lines: Vec<Line> = listen(io::Cursor::new(text)).unwrap().iter().collect();
        let words = |text: &str| Line::Words(text.to_owned());
        assert_eq!(lines.len(), 6);
        assert_eq!(lines[..2], [words("one"), words("")]);
        assert!(matches!(&lines[2], Line::Words(cut) if cut.len() == 64 * 1024));
        assert_eq!(lines[3..], [words("bé"), words("last\u{fffd}"), Line::End]);
    }
}
