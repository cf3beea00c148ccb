//! Reads the terminal on a thread of its own, because a read from a dead terminal may never come back.

use std::sync::mpsc::Sender;
use std::thread;

use crossterm::event::{Event, read};

use super::key::Key;
use super::term::Trouble;

/// What wakes the face.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wake {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
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

/// What an event is to the face. The mouse and the window's focus are nothing to it.
fn of(event: Event) -> Option<Wake> {
    match event {
        Event::Key(key) => Key::of(key).map(Wake::Key),
        Event::Paste(text) => Some(Wake::Paste(text)),
        Event::Resize(_, _) => Some(Wake::Resized),
        Event::FocusGained | Event::FocusLost | Event::Mouse(_) => None,
    }
}
