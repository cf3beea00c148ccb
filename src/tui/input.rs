//! Reads the terminal on a thread of its own, because a read from a dead terminal may never come back.

use std::sync::mpsc::Sender;
use std::thread;

use crossterm::event::{Event, MouseEventKind, read};

use super::key::Key;
use super::term::Trouble;

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
    /// The window has another size.
    Resized,
    /// The program was stopped and goes on.
    Continued,
    /// There is nothing to read any more.
    Gone,
}

/// Starts reading.
///
/// # Errors
/// When the system gives no thread.
pub fn start(wakes: Sender<Wake>) -> Result<(), Trouble> {
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            loop {
                let wake = match read() {
                    Ok(event) => of(event),
                    Err(_) => Some(Wake::Gone),
                };
                let Some(wake) = wake else {
                    continue;
                };
                let gone = wake == Wake::Gone;
                if wakes.send(wake).is_err() || gone {
                    return;
                }
            }
        })
        .map(drop)
        .map_err(|_| Trouble::NoSignals)
}

/// What an event is to the face. Of the mouse only the wheel is anything to it, and the window's focus is nothing.
fn of(event: Event) -> Option<Wake> {
    match event {
        Event::Key(key) => Key::of(key).map(Wake::Key),
        Event::Paste(text) => Some(Wake::Paste(text)),
        Event::Resize(_, _) => Some(Wake::Resized),
        Event::Mouse(mouse) => wheel(mouse.kind).map(|down| Wake::Wheel { down }),
        Event::FocusGained | Event::FocusLost => None,
    }
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else a mouse can do, or a library adds, does nothing here"
)]
fn wheel(kind: MouseEventKind) -> Option<bool> {
    match kind {
        MouseEventKind::ScrollUp => Some(false),
        MouseEventKind::ScrollDown => Some(true),
        _ => None,
    }
}
