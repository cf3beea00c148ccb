//! The terminal by lines: how it reads is ours while we listen, and always as it was at the end.

use std::io::{self, IsTerminal, PipeReader, PipeWriter, Read, Write};
use std::sync::atomic::Ordering;
use std::sync::mpsc::SyncSender;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level::emulate_default_handler;

use super::keyboard::{HIDDEN, RESUMED, is_gone, listen_to_keys};
use super::line_reader::InputLine;

/// No key does it (`_POSIX_VDISABLE`).
const NO_KEY: u8 = if cfg!(any(target_os = "linux", target_os = "android")) {
    0
} else {
    0xff
};

/// The terminal as it was, while it is ours.
static WAS: Mutex<Option<Termios>> = Mutex::new(None);

fn was() -> MutexGuard<'static, Option<Termios>> {
    WAS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The terminal of standard input, while it is read key by key.
pub(crate) struct Terminal {
    signals: Handle,
    /// Whoever reads ends when this does, and takes no key that comes after.
    reads: Mutex<Option<PipeWriter>>,
}

impl Terminal {
    /// Takes it; `None` where standard input is none, or it could not be given back at every end.
    #[must_use]
    pub(crate) fn take() -> Option<Self> {
        if !io::stdin().is_terminal() {
            return None;
        }
        let terminal = tcgetattr(io::stdin()).ok()?;
        let signals = hear()?;
        was().get_or_insert(terminal);
        let reads = Mutex::new(None);
        take_again().then_some(Self { signals, reads })
    }

    /// What is typed, behind a prompt or not; `vanish` empties the terminal as soon as somebody asks for the quick exit, whose keys are told as one of
    /// `exits`.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn listen(
        &self,
        vanish: fn(),
        exits: Vec<Vec<u8>>,
        prompted: bool,
        send: SyncSender<InputLine>,
    ) -> io::Result<()> {
        let (end, reads) = io::pipe()?;
        *self.reads.lock().unwrap_or_else(PoisonError::into_inner) = Some(reads);
        listen_to_keys(Keys { end }, Typed, vanish, exits, prompted, send)
    }

    /// Whether what is typed next must not be seen.
    pub(crate) fn hide(&self, hidden: bool) {
        HIDDEN.store(hidden, Ordering::SeqCst);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
        self.signals.close();
    }
}

/// What is typed at the terminal, until nobody wants to hear of it.
struct Keys {
    end: PipeReader,
}

impl Read for Keys {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let stdin = io::stdin();
        let mut watched = [
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::new(&self.end, PollFlags::IN),
        ];
        match poll(&mut watched, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(trouble) => return Err(trouble.into()),
        }
        let [terminal, end] = &watched;
        if !end.revents().is_empty() {
            return Ok(0);
        }
        if terminal.revents().is_empty() {
            return Err(Errno::INTR.into());
        }
        Ok(rustix::io::read(&stdin, bytes)?)
    }
}

/// Where lines are said until somebody has gone: after that nothing of them reaches the terminal.
pub(crate) struct UntilGone<W>(pub(crate) W);

impl<W: Write> Write for UntilGone<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if is_gone() {
            return Ok(bytes.len());
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Where what is typed is seen: where it is typed, wherever lines are written to.
struct Typed;

impl Write for Typed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(io::stdin(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Key by key, without an echo of its own, and with no key that freezes what is said (Ctrl-S is STOP). What stops a
/// program stays the terminal's; the key that interrupts it (Ctrl-C) is asked about first.
fn take_again() -> bool {
    let Some(mut ours) = was().clone() else {
        return false;
    };
    ours.input_modes.remove(InputModes::IXON);
    ours.local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ECHONL | LocalModes::IEXTEN);
    ours.special_codes[SpecialCodeIndex::VINTR] = NO_KEY;
    ours.special_codes[SpecialCodeIndex::VMIN] = 1;
    ours.special_codes[SpecialCodeIndex::VTIME] = 0;
    tcsetattr(io::stdin(), OptionalActions::Now, &ours).is_ok()
}

/// Gives it back as it was, whoever asks and from whichever thread. Doing it again does nothing.
pub(crate) fn give_back() {
    if let Some(terminal) = was().take() {
        // A terminal that is gone takes nothing back.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &terminal);
    }
}

/// Hears the signals that end or stop a program: the terminal is given back first, and then they do what they always
/// do.
fn hear() -> Option<Handle> {
    let listen = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT];
    let mut signals = Signals::new(listen).ok()?;
    let handle = signals.handle();
    let work = move || {
        let mut stopped = false;
        for signal in &mut signals {
            if signal == SIGCONT {
                if std::mem::take(&mut stopped)
                    && let Ok(terminal) = tcgetattr(io::stdin())
                {
                    was().get_or_insert(terminal);
                }
                RESUMED.store(true, Ordering::SeqCst);
                take_again();
                continue;
            }
            stopped = signal == SIGTSTP && was().is_some();
            give_back();
            if !stopped {
                crate::app::mark_the_end();
            }
            let _ = emulate_default_handler(signal);
        }
    };
    let thread = std::thread::Builder::new().name("terminal".to_owned());
    thread.spawn(work).ok().map(|_| handle)
}
