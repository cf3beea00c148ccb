//! The echo of a terminal: switched off while something is typed that nobody else may read, and always back on.

use std::io::{self, IsTerminal};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// The terminal as it was, while its echo is off.
static WAS: Mutex<Option<Termios>> = Mutex::new(None);

fn was() -> MutexGuard<'static, Option<Termios>> {
    WAS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The echo of standard input. Where that is no terminal, nothing is ever changed.
#[derive(Default)]
pub struct Echo {
    /// Whether signals are heard: only from the first hidden line on.
    hears: bool,
}

impl Echo {
    /// Switches the echo off while something hidden is asked for, and on again after it.
    pub fn hide(&mut self, hidden: bool) {
        if !hidden {
            give_back();
        } else if was().is_none() && io::stdin().is_terminal() {
            self.hears = self.hears || hear();
            // A program that is ended in between would leave a terminal in which nobody sees what they type.
            if self.hears {
                off();
            }
        }
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        give_back();
    }
}

fn off() {
    let stdin = io::stdin();
    if let Ok(terminal) = tcgetattr(&stdin) {
        let mut quiet = terminal.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        // The end of the line is still seen, so that what is said next has a line of its own.
        quiet.local_modes.insert(LocalModes::ECHONL);
        if tcsetattr(&stdin, OptionalActions::Now, &quiet).is_ok() {
            was().get_or_insert(terminal);
        }
    }
}

/// Switches the echo back on, whoever asks and from whichever thread. Doing it again does nothing.
pub fn give_back() {
    if let Some(terminal) = was().take() {
        // A terminal that is gone has no echo to give back.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &terminal);
    }
}

/// Hears the signals that end or stop a program: the echo comes back first, and then they do what they always do.
fn hear() -> bool {
    let listen = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT];
    let Ok(mut signals) = Signals::new(listen) else {
        return false;
    };
    let work = move || {
        let mut stopped = false;
        for signal in &mut signals {
            if signal == SIGCONT {
                if std::mem::take(&mut stopped) {
                    off();
                }
                continue;
            }
            stopped = signal == SIGTSTP && was().is_some();
            give_back();
            let _ = emulate_default_handler(signal);
        }
    };
    let thread = std::thread::Builder::new().name("echo".to_owned());
    thread.spawn(work).is_ok()
}
