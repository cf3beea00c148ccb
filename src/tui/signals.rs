//! A thread that hears signals, from outside the loop.

use std::sync::mpsc::Sender;
use std::thread;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::{Handle, Signals};

use super::input::InputEvent;
use super::terminal::{self, TerminalError};

/// The watch; it ends when it is dropped.
pub(crate) struct SignalWatch {
    signals: Handle,
}

impl Drop for SignalWatch {
    fn drop(&mut self) {
        self.signals.close();
    }
}

/// From here on signals wait to be heard.
///
/// # Errors
/// When the system gives no signals.
pub(crate) fn listen() -> Result<Signals, TerminalError> {
    let listen = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    Signals::new(listen).map_err(|_| TerminalError::NoSignals)
}

/// Starts watching.
///
/// # Errors
/// When the system gives no thread.
pub(crate) fn start(
    mut signals: Signals,
    wakes: Sender<InputEvent>,
) -> Result<SignalWatch, TerminalError> {
    let handle = signals.handle();
    let listen = move || {
        for signal in &mut signals {
            match signal {
                SIGCONT => {
                    let _ = wakes.send(InputEvent::Continued);
                }
                SIGWINCH => {
                    let _ = wakes.send(InputEvent::Resized);
                }
                SIGTSTP => terminal::set_aside(),
                ending => terminal::exit(128 + ending),
            }
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(listen)
        .map_err(|_| TerminalError::NoSignals)?;
    Ok(SignalWatch { signals: handle })
}
