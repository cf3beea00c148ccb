//! What a terminal goes through with the full screen: few tests, each on a real pty with `examples/gallery`.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

const SIZE: (u16, u16) = (80, 24);
/// How often a condition is looked at, and for how many times at most: ten seconds.
const LOOK: Duration = Duration::from_millis(20);
const LOOKS: usize = 500;
/// Words of the sample scene of a turn.
const QUESTION: &str = "How do you feel toward this part";

fn gallery() -> &'static PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let build = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--example", "gallery"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(build.unwrap().success());
        // target/debug/deps/terminal-… → target/debug/examples/gallery
        let here = std::env::current_exe().unwrap();
        here.parent()
            .unwrap()
            .parent()
            .unwrap()
            .join("examples/gallery")
    })
}

struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    closing: Arc<AtomicBool>,
    drain: Option<thread::JoinHandle<()>>,
    modes: String,
}

fn parser() -> vt100::Parser {
    vt100::Parser::new(
        NonZeroU16::new(SIZE.1).unwrap(),
        NonZeroU16::new(SIZE.0).unwrap(),
        0,
    )
}

/// The modes of the terminal's line discipline.
fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().unwrap();
    format!(
        "{:?} {:?} {:?}",
        modes.local_flags, modes.input_flags, modes.output_flags
    )
}

impl Terminal {
    fn new(scene: &str, env: &[(&str, &str)]) -> Self {
        let size = PtySize {
            rows: SIZE.1,
            cols: SIZE.0,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes = modes(&*pair.master);
        let mut command = CommandBuilder::new(gallery());
        command.arg(scene);
        for (key, value) in [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")]
            .iter()
            .chain(env)
        {
            command.env(key, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(parser()));
        let closing = Arc::new(AtomicBool::new(false));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (into, end) = (Arc::clone(&screen), Arc::clone(&closing));
        let drain = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 || end.load(Ordering::SeqCst) {
                    return;
                }
                into.lock().unwrap().process(&bytes[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self {
            child,
            writer,
            master: pair.master,
            screen,
            closing,
            drain: Some(drain),
            modes,
        }
    }

    fn pid(&self) -> Pid {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        Pid::from_raw(id).unwrap()
    }

    fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Waits until the screen is as it should be.
    fn until(&self, what: &str, is: impl Fn(&vt100::Screen) -> bool) {
        for _ in 0..LOOKS {
            if is(self.screen.lock().unwrap().screen()) {
                return;
            }
            thread::sleep(LOOK);
        }
        panic!(
            "never {what}:\n{}",
            self.screen.lock().unwrap().screen().contents()
        );
    }

    fn until_shown(&self, words: &str) {
        self.until(words, |screen| {
            screen.alternate_screen() && screen.contents().contains(words)
        });
    }

    fn until_stopped(&self) {
        for _ in 0..LOOKS {
            let state = waitpid(
                Some(self.pid()),
                WaitOptions::UNTRACED | WaitOptions::NOHANG,
            )
            .unwrap();
            if state.is_some_and(|(_, state)| state.stopped()) {
                return;
            }
            thread::sleep(LOOK);
        }
        panic!("never stopped");
    }

    /// Waits for the end of the process; `None` when it does not come within `looks`.
    fn exit_code(&mut self, looks: usize) -> Option<u32> {
        for _ in 0..looks {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status.exit_code());
            }
            thread::sleep(LOOK);
        }
        None
    }

    /// What the terminal shows after the end, which has to be as before the beginning.
    fn given_back(&mut self) -> String {
        assert_eq!(modes(&*self.master), self.modes);
        if let Some(drain) = self.drain.take() {
            drain.join().unwrap();
        }
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let shown = screen.contents();
        assert!(!shown.contains("feel toward"), "{shown}");
        shown
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn signals_give_the_terminal_back() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let mut terminal = Terminal::new("turn", &[]);
        terminal.until_shown(QUESTION);
        terminal.signal(signal);
        assert_eq!(terminal.exit_code(LOOKS), Some(code), "{signal:?}");
        assert_eq!(terminal.given_back().trim(), "");
    }
}

#[test]
fn leaving_asks_once_and_leaves_only_the_farewell() {
    let mut terminal = Terminal::new("turn", &[]);
    terminal.until_shown(QUESTION);
    terminal.send(b"q");
    terminal.until_shown("Leave?");
    terminal.send(b"y");
    assert_eq!(terminal.exit_code(LOOKS), Some(0));
    assert_eq!(terminal.given_back().trim(), "Goodbye from the gallery.");
}

#[test]
fn a_panic_gives_the_terminal_back_and_tells_no_word_of_it() {
    let mut terminal = Terminal::new("turn", &[("ALONGSIDE_GALLERY_PANIC", "1")]);
    terminal.until_shown(QUESTION);
    terminal.send(b"1");
    assert_eq!(terminal.exit_code(LOOKS), Some(70));
    let shown = terminal.given_back();
    assert!(shown.contains("examples/gallery/main.rs"), "{shown}");
    assert!(!shown.contains("private words"), "{shown}");
}

/// The ground of the first cell.
fn ground(screen: &vt100::Screen) -> vt100::Color {
    screen
        .cell(0, 0)
        .map_or(vt100::Color::Default, vt100::Cell::bgcolor)
}

#[test]
fn the_terminal_is_asked_for_its_ground_and_its_answer_is_no_key() {
    let night = vt100::Color::Idx(234);
    let day = vt100::Color::Idx(255);
    let mut terminal = Terminal::new("turn", &[]);
    // The first picture does not wait for an answer.
    terminal.until_shown(QUESTION);
    terminal.until("night", |screen| ground(screen) == night);
    // The ones in it would choose, and Esc would go back, if they were keys.
    terminal.send(b"\x1b]11;rgb:f1f1/f1f1/1111\x1b\\");
    terminal.until("day", |screen| ground(screen) == day);
    terminal.until_shown(QUESTION);
    // A second answer, and one that comes in pieces: nothing.
    terminal.send(b"\x1b]11;rgb:1111/");
    terminal.send(b"1111/1111\x07");
    terminal.send(b"\x1b[B");
    terminal.until("marked", |screen| screen.contents().contains("\u{203a} 1"));
    terminal.until("day still", |screen| ground(screen) == day);
    // What people choose counts for more.
    terminal.send(b"v");
    terminal.until_shown("Paper:");
}

#[test]
fn a_terminal_that_would_print_the_question_is_not_asked() {
    let mut terminal = Terminal::new("turn", &[("STY", "1.pts-0")]);
    terminal.until_shown(QUESTION);
    terminal.send(b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\v");
    terminal.until_shown("Ember:");
}

#[test]
fn set_aside_and_continued_it_draws_again_and_takes_keys() {
    let mut terminal = Terminal::new("turn", &[]);
    terminal.until_shown(QUESTION);
    terminal.send(b"\x1a");
    terminal.until_stopped();
    terminal.until("given back", |screen| {
        !screen.alternate_screen() && !screen.hide_cursor()
    });
    assert_eq!(modes(&*terminal.master), terminal.modes);
    terminal.signal(Signal::CONT);
    terminal.until_shown(QUESTION);
    terminal.send(b"?");
    terminal.until_shown("Keys that work here");
    terminal.send(b"\x1b");
    terminal.until_shown(QUESTION);

    // Stopped from outside: nothing could be given back, but everything has to be drawn again.
    terminal.signal(Signal::STOP);
    terminal.until_stopped();
    *terminal.screen.lock().unwrap() = parser();
    terminal.signal(Signal::CONT);
    terminal.until_shown(QUESTION);
    assert_ne!(modes(&*terminal.master), terminal.modes);
    terminal.send(b"?");
    terminal.until_shown("Keys that work here");
}

#[test]
fn a_closed_terminal_ends_the_process_within_two_seconds() {
    let mut terminal = Terminal::new("turn", &[]);
    terminal.until_shown(QUESTION);
    // The drain lets go of the terminal at the next output; then nobody holds it.
    terminal.closing.store(true, Ordering::SeqCst);
    terminal.send(b"\x0c");
    terminal.drain.take().unwrap().join().unwrap();
    let size = PtySize::default();
    let unused = native_pty_system().openpty(size).unwrap();
    let unused_writer = unused.master.take_writer().unwrap();
    drop(std::mem::replace(&mut terminal.writer, unused_writer));
    drop(std::mem::replace(&mut terminal.master, unused.master));
    assert_eq!(terminal.exit_code(100), Some(129));
}

#[test]
fn a_resized_window_is_drawn_again() {
    let terminal = Terminal::new("turn", &[]);
    terminal.until_shown(QUESTION);
    for (cols, rows, words) in [(50, 12, "More needed: columns"), (80, 24, QUESTION)] {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let (height, width) = (
            NonZeroU16::new(rows).unwrap(),
            NonZeroU16::new(cols).unwrap(),
        );
        terminal
            .screen
            .lock()
            .unwrap()
            .screen_mut()
            .set_size(height, width);
        terminal.master.resize(size).unwrap();
        terminal.until_shown(words);
    }
}

#[test]
fn hostile_input_crashes_nothing() {
    let mut terminal = Terminal::new("turn", &[]);
    terminal.until_shown(QUESTION);
    for killer in [
        &b"\x1b[<0;0;5M"[..],
        b"\x1b[M  !",
        b"\x1b[0;0R",
        b"\x1b[200~q\ny\x1b[201~",
    ] {
        terminal.send(killer);
    }
    terminal.send(b"\x0c");
    let mut seed = 0x2545_f491_u32;
    for _ in 0..40 {
        let noise: Vec<u8> = (0..500)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                u8::try_from(seed >> 24).unwrap()
            })
            // Ctrl-Z and Ctrl-C would rightly stop or end it.
            .filter(|byte| !matches!(byte, 0x1a | 0x03))
            .collect();
        if terminal.writer.write_all(&noise).is_err() {
            break;
        }
    }
    // Whatever the noise meant, it is a living program or one that was left: not one that broke.
    assert!(matches!(terminal.exit_code(15), None | Some(0)));
}
