//! The one owner of the screen: takes it, draws on it, gives it back, whoever asks and from whichever thread.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{ResetColor, force_color_output};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;

use super::repaint::{Pen, Repaint};
use super::terminal_query::TerminalQuery;
use super::view::Drawn;
use crate::text::words::{fill, words};

/// The exit code of a fault of our own.
const FAULT: i32 = 70;
/// The mouse's buttons and wheel, without its every movement.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// Pasted text comes as such, between two marks.
const PASTE_ON: &[u8] = b"\x1b[?2004h";
const PASTE_OFF: &[u8] = b"\x1b[?2004l";
/// Keys come as presses and repeats, Ctrl with letters and Esc as what they are, and with the letter in their place on
/// a Latin keyboard (kitty's protocol: flags 1, 2 and 4); and as they came before.
const REPEATS_ON: &[u8] = b"\x1b[>7u";
const REPEATS_OFF: &[u8] = b"\x1b[<u";
/// Modes that are switched off whether they were switched on or not: mouse, focus.
const FOREIGN_MODES_OFF: &[u8] = b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l";
/// How long leaving waits for an answer that is still under way. A terminal next door answers within a few
/// milliseconds, one across the world within 300.
const LATE: Duration = Duration::from_millis(300);
/// How long whoever is busy may take to end after the quick exit.
const BUSY: Duration = Duration::from_secs(4);
/// What a terminal has that does not know its size.
const USUAL: (u16, u16) = (80, 24);
/// No terminal is larger; a larger one is drawn in part rather than filling the memory.
const LARGEST: (u16, u16) = (1000, 400);

/// Why there is no full screen, or no longer.
///
/// Print it without `eprintln!`: on a terminal that went away that panics.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TerminalError {
    /// There is no terminal.
    NoTerminal,
    /// It went away.
    Gone,
    /// The system gives no signals or no thread to hear them.
    NoSignals,
}

impl TerminalError {
    /// The exit code that tells it: a terminal that went away counts as a hang-up, whoever sees it first.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Gone => 129,
            Self::NoTerminal | Self::NoSignals => 1,
        }
    }
}

impl fmt::Display for TerminalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let say = &words().tui;
        f.write_str(match self {
            Self::NoTerminal => say.no_terminal,
            Self::Gone => say.gone,
            Self::NoSignals => say.no_signals,
        })
    }
}

impl std::error::Error for TerminalError {}

/// Whose the screen is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The screen is ours.
    Ours,
    /// It is whoever's was there before.
    Theirs,
    /// It was emptied by the quick exit, and is never drawn on again.
    Nobodys,
}

/// Whose the screen is. Whoever writes to the terminal holds this.
static WHOSE: Mutex<Whose> = Mutex::new(Whose::Theirs);

/// Whether the screen was emptied by the quick exit.
static OVER: AtomicBool = AtomicBool::new(false);

/// Whether the terminal tells presses from repeats while the screen is ours.
static REPEATS: AtomicBool = AtomicBool::new(false);

/// Whether the terminal was asked something and has not answered yet.
static ASKED: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// Whether this very thread holds [`WHOSE`]: a panic under it must not wait for itself.
    static HOLDING: RefCell<bool> = const { RefCell::new(false) };
}

struct TerminalLock {
    whose: MutexGuard<'static, Whose>,
}

impl TerminalLock {
    fn wait() -> Self {
        let whose = WHOSE.lock().unwrap_or_else(PoisonError::into_inner);
        HOLDING.with(|holding| *holding.borrow_mut() = true);
        Self { whose }
    }

    /// For those who end the process: a terminal that takes nothing any more must not keep them.
    fn for_a_while() -> Option<Self> {
        for _ in 0..60 {
            match WHOSE.try_lock() {
                Ok(whose) => return Some(Self { whose }),
                Err(TryLockError::Poisoned(poisoned)) => {
                    return Some(Self {
                        whose: poisoned.into_inner(),
                    });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(5)),
            }
        }
        None
    }
}

impl Drop for TerminalLock {
    fn drop(&mut self) {
        HOLDING.with(|holding| *holding.borrow_mut() = false);
    }
}

/// The taken screen. Gives itself back when it is dropped.
pub(crate) struct Screen {
    /// What stands on it; `None` when that is not known.
    cells: Option<Buffer>,
    /// Cells for the next picture.
    spare: Buffer,
    /// How the terminal writes; `None` when that is not known.
    pen: Option<Pen>,
    /// The size, until the terminal says that it is another.
    size: Option<(u16, u16)>,
    mouse: bool,
    caret: Option<(u16, u16)>,
    /// Where a test reads what is written; nothing of it reaches a terminal.
    #[cfg(test)]
    paper: Option<Paper>,
}

/// A terminal of a test: its size, and every byte that was written to it.
#[cfg(test)]
#[derive(Clone, Default)]
pub(crate) struct Paper {
    pub(crate) size: (u16, u16),
    pub(crate) bytes: std::rc::Rc<RefCell<Vec<u8>>>,
}

#[cfg(test)]
impl Screen {
    /// A screen that writes where a test can read it.
    pub(crate) fn on(paper: &Paper, mouse: bool) -> Self {
        force_color_output(true);
        let mut screen = Self::new(mouse);
        screen.paper = Some(paper.clone());
        screen
    }

    /// What stands on it.
    pub(crate) fn cells(&self) -> Option<&Buffer> {
        self.cells.as_ref()
    }
}

impl Screen {
    fn new(mouse: bool) -> Self {
        Self {
            cells: None,
            spare: Buffer::default(),
            pen: None,
            size: None,
            mouse,
            caret: None,
            #[cfg(test)]
            paper: None,
        }
    }

    /// Takes the screen, and the mouse's buttons and wheel where that is wanted.
    ///
    /// # Errors
    /// When there is no terminal.
    pub(crate) fn take(mouse: bool) -> Result<Self, TerminalError> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(TerminalError::NoTerminal);
        }
        // We choose the colours ourselves; crossterm's own reading of NO_COLOR would take away bold as well.
        force_color_output(true);
        install_hook();
        let mut screen = Self::new(mouse);
        screen.enter_again()?;
        Ok(screen)
    }

    /// Takes the screen once more, after a stop: whatever the shell made of it meanwhile.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn enter_again(&mut self) -> Result<(), TerminalError> {
        let mut held = TerminalLock::wait();
        if *held.whose == Whose::Nobodys {
            return Err(TerminalError::Gone);
        }
        // Enabling is nothing to crossterm while it believes that it is enabled.
        let _ = disable_raw_mode();
        enable_raw_mode().map_err(|_| TerminalError::NoTerminal)?;
        *held.whose = Whose::Ours;
        let mut bytes = Vec::new();
        let _ = queue!(bytes, EnterAlternateScreen, Hide);
        bytes.extend_from_slice(PASTE_ON);
        if REPEATS.load(Ordering::Relaxed) {
            bytes.extend_from_slice(REPEATS_ON);
        }
        if self.mouse {
            bytes.extend_from_slice(MOUSE_ON);
        }
        self.forget();
        self.write(&bytes).map_err(|_| TerminalError::Gone)
    }

    #[cfg(not(test))]
    #[allow(clippy::unused_self, reason = "a screen of a test writes elsewhere")]
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        write_all(bytes)
    }

    #[cfg(test)]
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        match &self.paper {
            Some(paper) => paper.bytes.borrow_mut().write_all(bytes),
            None => write_all(bytes),
        }
    }

    /// Whether what is written now is seen: the screen is ours, or a test's.
    #[cfg(not(test))]
    #[allow(clippy::unused_self, reason = "a screen of a test is always seen")]
    fn is_seen(&self, held: &TerminalLock) -> bool {
        *held.whose == Whose::Ours
    }

    #[cfg(test)]
    fn is_seen(&self, held: &TerminalLock) -> bool {
        *held.whose == Whose::Ours || self.paper.is_some()
    }

    /// Knows no more what stands on the screen: the next drawing draws everything.
    pub(crate) fn forget(&mut self) {
        (self.cells, self.pen, self.size) = (None, None, None);
    }

    /// The window may have another size.
    pub(crate) fn forget_size(&mut self) {
        self.size = None;
    }

    /// The size, in columns and rows. Only a signal tells that it is another one, so it is not asked for again.
    pub(crate) fn size(&mut self) -> (u16, u16) {
        #[cfg(test)]
        if let Some(paper) = &self.paper {
            return paper.size;
        }
        *self.size.get_or_insert_with(|| usable(size()))
    }

    /// Draws, and writes only what has changed, as one update. While the screen is not ours, nothing is written.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn draw(
        &mut self,
        (width, height): (u16, u16),
        view: impl FnOnce(&mut Buffer) -> Drawn,
    ) -> Result<Drawn, TerminalError> {
        let mut cells = std::mem::take(&mut self.spare);
        cells.resize(Rect::new(0, 0, width, height));
        cells.reset();
        let drawn = view(&mut cells);
        self.put(cells, drawn.caret)?;
        Ok(drawn)
    }

    fn put(&mut self, cells: Buffer, caret: Option<(u16, u16)>) -> Result<(), TerminalError> {
        let (bytes, pen) = self.changes(&cells, caret);
        let held = TerminalLock::wait();
        if !self.is_seen(&held) {
            self.forget();
            return Ok(());
        }
        if !bytes.is_empty() {
            self.write(&bytes).map_err(|_| TerminalError::Gone)?;
        }
        self.spare = self.cells.replace(cells).unwrap_or_default();
        (self.caret, self.pen) = (caret, pen);
        Ok(())
    }

    fn changes(&self, cells: &Buffer, caret: Option<(u16, u16)>) -> (Vec<u8>, Option<Pen>) {
        let known = self.cells.as_ref().filter(|known| known.area == cells.area);
        let repaint = match known {
            Some(known) => Repaint::of(known, cells, self.pen),
            None => Repaint::whole(cells),
        };
        let mut bytes = Vec::new();
        if known.is_some() && repaint.places == 0 && caret == self.caret {
            return (bytes, self.pen);
        }
        // What is written in one place is seen at once as it is.
        let is_one = known.is_some() && repaint.places < 2 && caret.is_none();
        if !is_one {
            let _ = queue!(bytes, BeginSynchronizedUpdate);
        }
        if known.is_none() {
            let _ = queue!(bytes, Hide, ResetColor, Clear(ClearType::All));
        } else if self.caret.is_some() {
            let _ = queue!(bytes, Hide);
        }
        bytes.extend_from_slice(repaint.bytes.as_bytes());
        if let Some((x, y)) = caret {
            let _ = queue!(bytes, MoveTo(x, y), Show);
        }
        if !is_one {
            let _ = queue!(bytes, EndSynchronizedUpdate);
        }
        (bytes, repaint.pen())
    }

    /// Asks the terminal what it is to tell of itself; the answers come among the keys, if they come.
    pub(crate) fn ask(&self, asked: TerminalQuery) {
        let held = TerminalLock::wait();
        if asked.any && self.is_seen(&held) {
            ASKED.store(true, Ordering::Relaxed);
            let _ = self.write(&asked.questions());
        }
    }

    /// Empties the screen of a test.
    #[cfg(test)]
    pub(crate) fn vanish(&mut self) {
        let bytes = vanishing(self.size().1);
        let _ = self.write(&bytes);
        self.forget();
    }

    /// Rings once.
    pub(crate) fn ring(&self) {
        let held = TerminalLock::wait();
        if self.is_seen(&held) {
            let _ = self.write(b"\x07");
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the screen back. Doing it again does nothing, and a dead terminal is no trouble.
pub(crate) fn give_back() {
    // Before anybody is kept from writing: whoever reads the answers may have to write.
    await_answer();
    let mine = HOLDING
        .try_with(|holding| *holding.borrow())
        .unwrap_or(false);
    let held = if mine {
        None
    } else {
        TerminalLock::for_a_while()
    };
    match held {
        Some(mut held) => {
            let was = std::mem::replace(&mut *held.whose, Whose::Theirs);
            let _ = disable_raw_mode();
            if was == Whose::Ours {
                let _ = write_all(&leaving(usable(size()).1));
            }
        }
        // A panic while we were writing, or a terminal that takes nothing: what can be done is done all the same.
        None => {
            let _ = disable_raw_mode();
            let _ = write_all(&leaving(usable(size()).1));
        }
    }
}

/// The quick exit, from the thread that reads: the screen is given back at once with nothing on it, and nothing is
/// drawn afterwards. The line stays as it is until the program ends; so nothing that is still typed is seen. Whoever
/// is busy has a few seconds: to be cut off loses nothing.
///
/// Rows are erased one by one. To clear a whole screen makes some terminals put it into their scrollback, and
/// to erase the scrollback would take away what others wrote; of what we draw nothing ever comes there.
pub(crate) fn vanish() {
    if OVER.swap(true, Ordering::SeqCst) {
        return;
    }
    // Without a thread to wait on, whoever is busy ends when it is free.
    let _ = thread::Builder::new().spawn(|| {
        thread::sleep(BUSY);
        exit(0);
    });
    let bytes = vanishing(usable(size()).1);
    if let Some(mut held) = TerminalLock::for_a_while() {
        if *held.whose != Whose::Ours {
            return;
        }
        *held.whose = Whose::Nobodys;
        let _ = write_all(&bytes);
        return;
    }
    // Somebody is drawing on a terminal that takes nothing. What they began stands before this.
    let _ = write_all(&bytes);
}

/// What the terminal says that its size is.
#[cfg(unix)]
fn size() -> Option<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some((size.ws_col, size.ws_row))
}

#[cfg(not(unix))]
fn size() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok()
}

/// The size to draw at: some terminals and pipes between say that they have no columns and no rows.
fn usable(told: Option<(u16, u16)>) -> (u16, u16) {
    let told = told.filter(|(width, height)| *width > 0 && *height > 0);
    let (width, height) = told.unwrap_or(USUAL);
    (width.min(LARGEST.0), height.min(LARGEST.1))
}

/// Whether the quick exit emptied the screen.
#[must_use]
pub(crate) fn is_over() -> bool {
    OVER.load(Ordering::SeqCst)
}

/// The bytes that leave nothing to see: neither what was drawn nor what stood there before us.
fn vanishing(rows: u16) -> Vec<u8> {
    let mut bytes = leaving(rows);
    erase(&mut bytes, rows);
    bytes
}

/// Erases every row and goes to the first.
fn erase(bytes: &mut Vec<u8>, rows: u16) {
    for row in (0..rows).rev() {
        let _ = queue!(bytes, MoveTo(0, row), Clear(ClearType::CurrentLine));
    }
}

/// Makes the terminal tell presses from repeats, which it said it can.
pub(crate) fn tell_repeats() {
    let Some(held) = TerminalLock::for_a_while() else {
        return;
    };
    if *held.whose == Whose::Ours && !REPEATS.swap(true, Ordering::Relaxed) {
        let _ = write_all(REPEATS_ON);
    }
}

/// The terminal has answered, or will not.
pub(crate) fn answered() {
    ASKED.store(false, Ordering::Relaxed);
}

/// Lets answers that are under way arrive here, while nothing is echoed and our own thread still reads: once we are
/// gone they would be typed into somebody's shell. The last question is one that nearly every terminal answers.
fn await_answer() {
    let step = Duration::from_millis(10);
    let mut waited = Duration::ZERO;
    while ASKED.load(Ordering::Relaxed) {
        if waited >= LATE {
            answered();
            #[cfg(unix)]
            let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
            return;
        }
        thread::sleep(step);
        waited += step;
    }
}

/// The bytes that give the screen back. What was drawn is erased first: mosh, for one, has no second screen to come back
/// from (`findings/mosh-one-screen.sh`), and it would stay there for whoever comes next.
fn leaving(rows: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(bytes, EndSynchronizedUpdate, ResetColor);
    erase(&mut bytes, rows);
    bytes.extend_from_slice(PASTE_OFF);
    if REPEATS.load(Ordering::Relaxed) {
        bytes.extend_from_slice(REPEATS_OFF);
    }
    bytes.extend_from_slice(FOREIGN_MODES_OFF);
    let _ = queue!(bytes, LeaveAlternateScreen, Show);
    bytes
}

/// Writes without any macro that would panic on a dead terminal.
fn write_all(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Gives the screen back and ends the process; a session that is going on knows when that was.
#[allow(clippy::disallowed_methods, reason = "the screen is given back first")]
pub(crate) fn exit(code: i32) -> ! {
    crate::app::mark_the_end();
    give_back();
    std::process::exit(code)
}

/// Gives the screen back and stops the process until somebody continues it; then [`Screen::enter_again`] takes it.
pub(crate) fn set_aside() {
    #[cfg(unix)]
    {
        give_back();
        // SIGSTOP, because SIGTSTP is dropped where nobody would continue us.
        let _ = signal_hook::low_level::raise(signal_hook::consts::SIGSTOP);
    }
}

/// A panic is again what it was before the screen was taken.
pub(crate) fn leave_the_hook() {
    drop(std::panic::take_hook());
}

/// A panic gives the screen back and says where it was, never what: its message may hold words of a session.
fn install_hook() {
    let template = &words().tui.fault;
    std::panic::set_hook(Box::new(move |info| {
        give_back();
        let place = info.location().map_or_else(
            || "?".to_owned(),
            |place| format!("{}:{}", place.file(), place.line()),
        );
        let sentence = format!("{}\n", fill(template, &[("place", &place)]));
        let _ = io::stderr().lock().write_all(sentence.as_bytes());
        exit(FAULT);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal without a second screen keeps what was drawn, and shows it to whoever comes next.
    #[test]
    fn what_was_drawn_is_erased_before_the_screen_is_given_back() {
        let mut terminal = vt100::Parser::new(
            std::num::NonZeroU16::new(3).unwrap(),
            std::num::NonZeroU16::new(20).unwrap(),
            0,
        );
        terminal.process(b"\x1b[Hprivate\r\nwords\r\nhere");
        let bytes = leaving(3);
        let text = String::from_utf8(bytes).unwrap();
        let (before, _) = text.split_once("\x1b[?1049l").unwrap();
        terminal.process(before.as_bytes());
        assert_eq!(terminal.screen().contents().trim(), "");
    }

    #[test]
    fn a_terminal_without_a_size_is_drawn_on_as_one_of_80_by_24() {
        for told in [None, Some((0, 0)), Some((0, 24)), Some((80, 0))] {
            assert_eq!(usable(told), USUAL, "{told:?}");
        }
        assert_eq!(usable(Some((1, 1))), (1, 1));
        assert_eq!(usable(Some((u16::MAX, u16::MAX))), LARGEST);
    }
}
