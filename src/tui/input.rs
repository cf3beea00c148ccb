//! Reads the terminal on a thread of its own, because a read from a dead terminal may never come back.

use std::sync::mpsc::Sender;
use std::thread;

use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind, poll, read};

use super::ground::Sieve;
use super::key::Key;
use super::look::Ground;
use super::term::{self, Trouble};

/// What wakes the face.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wake {
    /// A key.
    Key(Key),
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
    Ground(Ground),
    /// The program was stopped and goes on.
    Continued,
    /// There is nothing to read any more.
    Gone,
}

/// Starts reading; when `asked`, the terminal's answer about its ground is waited for as well.
///
/// # Errors
/// When the system gives no thread.
pub fn start(wakes: Sender<Wake>, asked: bool) -> Result<(), Trouble> {
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            let mut sieve = Sieve::new(asked);
            loop {
                let passed = match next(&sieve) {
                    Ok(Some(event)) => sieve.take(event),
                    Ok(None) => sieve.let_go(),
                    Err(_) => {
                        let _ = wakes.send(Wake::Gone);
                        return;
                    }
                };
                if asked && !sieve.awaits() {
                    term::answered();
                }
                let ground = passed.ground.map(Wake::Ground);
                for wake in passed.events.into_iter().filter_map(of).chain(ground) {
                    if wakes.send(wake).is_err() {
                        return;
                    }
                }
            }
        })
        .map(drop)
        .map_err(|_| Trouble::NoSignals)
}

/// The next event; `None` when nothing came for as long as the sieve has patience.
fn next(sieve: &Sieve) -> std::io::Result<Option<Event>> {
    match sieve.patience() {
        Some(patience) if !poll(patience)? => Ok(None),
        Some(_) | None => read().map(Some),
    }
}

/// What an event is to the face. Of the mouse only the wheel and the left button are anything to it, and the window's
/// focus is nothing.
pub(super) fn of(event: Event) -> Option<Wake> {
    match event {
        Event::Key(key) => Key::of(key).map(Wake::Key),
        Event::Paste(text) => Some(Wake::Paste(text)),
        Event::Resize(_, _) => Some(Wake::Resized),
        Event::Mouse(mouse) => of_mouse(mouse),
        Event::FocusGained | Event::FocusLost => None,
    }
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else a mouse can do, or a library adds, does nothing here"
)]
fn of_mouse(mouse: MouseEvent) -> Option<Wake> {
    match mouse.kind {
        MouseEventKind::ScrollUp => Some(Wake::Wheel { down: false }),
        MouseEventKind::ScrollDown => Some(Wake::Wheel { down: true }),
        MouseEventKind::Down(MouseButton::Left) => Some(Wake::Click(mouse.column, mouse.row)),
        _ => None,
    }
}
