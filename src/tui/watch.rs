//! Two threads that look after the terminal from outside the loop: one hears signals, one sees it hang up.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::{Handle, Signals};

use super::input::Wake;
use super::term::{self, Trouble};

/// How often the hang-up watcher looks whether it is still wanted.
const LOOK: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 500_000_000,
};

/// The watch; it ends when it is dropped.
pub struct Watch {
    signals: Handle,
    ended: Arc<AtomicBool>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.signals.close();
        self.ended.store(true, Ordering::Relaxed);
    }
}

/// Starts watching.
///
/// # Errors
/// When the system gives no signals or no thread.
pub fn start(wakes: Sender<Wake>) -> Result<Watch, Trouble> {
    let listen = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT];
    let mut signals = Signals::new(listen).map_err(|_| Trouble::NoSignals)?;
    let handle = signals.handle();
    spawn("signals", move || {
        for signal in &mut signals {
            match signal {
                SIGCONT => {
                    let _ = wakes.send(Wake::Continued);
                }
                SIGTSTP => term::set_aside(),
                ending => term::exit(128 + ending),
            }
        }
    })?;
    let ended = Arc::new(AtomicBool::new(false));
    let wanted = Arc::clone(&ended);
    spawn("hang-up", move || {
        while !wanted.load(Ordering::Relaxed) {
            if is_gone() {
                term::exit(128 + SIGHUP);
            }
        }
    })?;
    Ok(Watch {
        signals: handle,
        ended,
    })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Trouble> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(drop)
        .map_err(|_| Trouble::NoSignals)
}

/// Waits a while for the terminal to hang up. No reading is asked for: input alone does not wake this.
fn is_gone() -> bool {
    let stdin = io::stdin();
    let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
    match poll(&mut watched, Some(&LOOK)) {
        Ok(0) => false,
        Ok(_) => {
            let [terminal] = &watched;
            terminal
                .revents()
                .intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
        }
        Err(trouble) => trouble != rustix::io::Errno::INTR,
    }
}
