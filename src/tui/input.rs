//! What wakes the face: what a terminal tells, with the moment at which it came.
//!
//! The terminal is read on a thread of its own. There presses are told from repeats, and the strokes of the quick exit
//! are counted, so that nothing that keeps the face busy stands between the key and the exit.

use std::time::Duration;

use super::appearance::TerminalBackground;
use super::held::{Holds, Strokes, protects};
use super::key::Press;
use super::key_table::{Action, Context};
use super::parser::Parser;
use super::terminal_event::TerminalEvent;
use super::terminal_query::TerminalQuery;

/// How long answers are waited for; one that comes later is swallowed and changes nothing.
const AWAITED: Duration = Duration::from_secs(2);

/// What wakes the face.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum InputEvent {
    /// A key.
    Key(Press),
    /// Pasted text.
    Paste(String),
    /// A notch of the wheel.
    Wheel {
        /// Whether towards the end.
        down: bool,
    },
    /// The left button of the mouse went down, at this column and row.
    Click(u16, u16),
    /// The window has another size.
    Resized,
    /// What the terminal says its ground is.
    Ground(TerminalBackground),
    /// Signs that have no width of their own are drawn two columns wide.
    Wide,
    /// The terminal can tell presses from repeats.
    Keyboard,
    /// The terminal has answered, or will not.
    Answered,
    /// A letter came in another encoding.
    Broken,
    /// So many strokes are still missing to the quick exit.
    Strokes(u8),
    /// The quick exit.
    Exit,
    /// The program was stopped and goes on.
    Continued,
    /// Something has come from another terminal.
    News,
}

impl InputEvent {
    /// Whether somebody's hand did it.
    #[must_use]
    pub(crate) fn is_pressed(&self) -> bool {
        match self {
            Self::Key(_)
            | Self::Paste(_)
            | Self::Wheel { .. }
            | Self::Click(..)
            | Self::Broken
            | Self::Strokes(_) => true,
            Self::Resized
            | Self::Ground(_)
            | Self::Wide
            | Self::Keyboard
            | Self::Answered
            | Self::Exit
            | Self::Continued
            | Self::News => false,
        }
    }
}

/// The terminal's side of the face: bytes and moments go in, and what wakes the face comes out.
#[derive(Debug, Default)]
pub(crate) struct Input {
    parser: Parser,
    holds: Holds,
    strokes: Strokes,
    asked: TerminalQuery,
    /// Until when answers are waited for.
    until: Option<Duration>,
}

impl Input {
    /// At this moment the terminal is asked.
    #[must_use]
    pub(crate) fn new(asked: TerminalQuery, now: Duration) -> Self {
        let mut input = Self {
            asked,
            until: asked.any.then(|| now.saturating_add(AWAITED)),
            ..Self::default()
        };
        input.parser.awaits = asked.any;
        input.parser.awaits_cursor = asked.width;
        input
    }

    /// Takes what one read brought at this moment.
    pub(crate) fn read(&mut self, bytes: &[u8], at: Duration) -> Vec<InputEvent> {
        let mut wakes = self.rest(at);
        for told in self.parser.take(bytes, at) {
            self.pass(told, at, &mut wakes);
        }
        wakes
    }

    /// How long the next read may be waited for; `None`: as long as it takes.
    #[must_use]
    pub(crate) fn patience(&self, now: Duration) -> Option<Duration> {
        let asked = self.until.map(|until| until.saturating_sub(now));
        let all = [
            self.parser.patience(now),
            self.holds.patience(now),
            self.strokes.patience(now),
            asked,
        ];
        all.into_iter().flatten().min()
    }

    /// What was waited for long enough by now.
    pub(crate) fn rest(&mut self, now: Duration) -> Vec<InputEvent> {
        let mut wakes = Vec::new();
        if self.holds.patience(now) == Some(Duration::ZERO) {
            wakes.extend(self.holds.settle().into_iter().map(InputEvent::Key));
        }
        if self.strokes.patience(now) == Some(Duration::ZERO) {
            wakes.extend(self.strokes.settle().map(wake_of));
        }
        for told in self.parser.let_go(now) {
            self.pass(told, now, &mut wakes);
        }
        if self.until.is_some_and(|until| until <= now) {
            wakes.push(self.answered());
        }
        wakes
    }

    fn answered(&mut self) -> InputEvent {
        self.until = None;
        self.asked = TerminalQuery::default();
        (self.parser.awaits, self.parser.awaits_cursor) = (false, false);
        InputEvent::Answered
    }

    fn pass(&mut self, told: TerminalEvent, at: Duration, wakes: &mut Vec<InputEvent>) {
        let TerminalEvent::Key(press) = told else {
            if !matches!(
                told,
                TerminalEvent::Ground(_) | TerminalEvent::Cursor { .. } | TerminalEvent::Fence
            ) {
                wakes.extend(self.holds.settle().into_iter().map(InputEvent::Key));
            }
            wakes.extend(self.other(told));
            return;
        };
        // Its key is a chord wherever it is pressed.
        match protects(press, &[Context::Keys, Context::Typing]) {
            Some((Action::QuickExit, _)) if !press.stray => {
                wakes.extend(self.holds.settle().into_iter().map(InputEvent::Key));
                wakes.extend(self.strokes.take(press.kind, at).map(wake_of));
            }
            None if press.stray => {}
            Some(_) | None => {
                wakes.extend(self.holds.take(press, at).into_iter().map(InputEvent::Key))
            }
        }
    }

    fn other(&mut self, told: TerminalEvent) -> Option<InputEvent> {
        match told {
            TerminalEvent::Key(press) => Some(InputEvent::Key(press)),
            TerminalEvent::Paste(text) => Some(InputEvent::Paste(text)),
            TerminalEvent::Wheel { down } => Some(InputEvent::Wheel { down }),
            TerminalEvent::Click(x, y) => Some(InputEvent::Click(x, y)),
            TerminalEvent::Broken => Some(InputEvent::Broken),
            TerminalEvent::Ground(ground) => {
                let awaited = std::mem::take(&mut self.asked.ground);
                awaited.then_some(InputEvent::Ground(ground))
            }
            TerminalEvent::Cursor { row, column } => {
                self.parser.awaits_cursor = false;
                // Some count from zero (dvtm).
                let first = u32::from(row >= TerminalQuery::ROW);
                let awaited = std::mem::take(&mut self.asked.width);
                (awaited && column > first + 1).then_some(InputEvent::Wide)
            }
            TerminalEvent::Keyboard => {
                let first = !std::mem::replace(&mut self.parser.keyboard, true);
                (first && self.until.is_some()).then_some(InputEvent::Keyboard)
            }
            TerminalEvent::Fence => self.until.is_some().then(|| self.answered()),
        }
    }
}

fn wake_of(left: u8) -> InputEvent {
    match left {
        0 => InputEvent::Exit,
        left => InputEvent::Strokes(left),
    }
}

#[cfg(unix)]
pub(crate) use reading::start;

#[cfg(unix)]
mod reading {
    use std::io::{self, PipeReader, PipeWriter};
    use std::sync::mpsc::Sender;
    use std::thread;
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    use signal_hook::consts::SIGHUP;
    use zeroize::Zeroizing;

    use super::{Input, InputEvent, TerminalQuery};
    use crate::time::clock::SystemClock;
    use crate::tui::terminal::{self, TerminalError};

    /// Room for what a terminal's line holds.
    const ROOM: usize = 4096;

    /// Who reads the terminal; it ends when this is dropped, and takes no key that comes after.
    pub(crate) struct Reader(
        #[allow(dead_code, reason = "its end is what is waited for")] PipeWriter,
    );

    /// Starts reading; the terminal is asked now.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn start(
        wakes: Sender<InputEvent>,
        asked: TerminalQuery,
    ) -> Result<Reader, TerminalError> {
        let (end, reader) = io::pipe().map_err(|_| TerminalError::NoSignals)?;
        let clock = SystemClock::new();
        let now = move || clock.mono();
        let mut input = Input::new(asked, now());
        let read = move || {
            let mut room = Zeroizing::new([0; ROOM]);
            loop {
                let some = match next(&mut *room, input.patience(now()), &end) {
                    Ok(None) => return,
                    Ok(Some(0)) => input.rest(now()),
                    Ok(Some(count)) => input.read(&room[..count], now()),
                    // It hung up. Nothing that is busy may keep the program from ending with it.
                    Err(_) => terminal::exit(128 + SIGHUP),
                };
                for wake in some {
                    if wake == InputEvent::Keyboard {
                        terminal::tell_repeats();
                    } else if wake == InputEvent::Answered {
                        terminal::answered();
                    } else {
                        if wake == InputEvent::Exit {
                            terminal::vanish();
                        }
                        if wakes.send(wake).is_err() {
                            return;
                        }
                    }
                }
            }
        };
        thread::Builder::new()
            .name("input".to_owned())
            .spawn(read)
            .map(|_| Reader(reader))
            .map_err(|_| TerminalError::NoSignals)
    }

    /// Reads what has come; nothing when it did not come in time, and `None` once nobody wants to hear of it.
    fn next(
        room: &mut [u8],
        patience: Option<Duration>,
        end: &PipeReader,
    ) -> Result<Option<usize>, Errno> {
        let stdin = io::stdin();
        let most = patience.and_then(|patience| Timespec::try_from(patience).ok());
        let mut watched = [
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::new(end, PollFlags::IN),
        ];
        match poll(&mut watched, most.as_ref()) {
            Ok(0) | Err(Errno::INTR) => return Ok(Some(0)),
            Ok(_) => {}
            Err(trouble) => return Err(trouble),
        }
        let [terminal, end] = &watched;
        if !end.revents().is_empty() {
            return Ok(None);
        }
        if !terminal.revents().contains(PollFlags::IN) {
            return Err(Errno::IO);
        }
        match rustix::io::read(&stdin, room) {
            Ok(0) => Err(Errno::IO),
            Err(Errno::INTR | Errno::AGAIN) => Ok(Some(0)),
            other => other.map(Some),
        }
    }
}

#[cfg(test)]
#[path = "input_tests.rs"]
mod tests;
