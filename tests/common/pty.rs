//! The program in a terminal.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use super::Home;

const SIZE: (u16, u16) = (80, 24);
/// How often a condition is looked at, and for how many times at most: twenty seconds.
const LOOK: Duration = Duration::from_millis(10);
const LOOKS: usize = 2000;
/// The same key twice within less than this is one that is held down.
const HELD: Duration = Duration::from_millis(130);

/// A terminal of 80 by 24 with the program in it.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    stream: Arc<Mutex<Vec<u8>>>,
    /// Whether the drain lets go of the terminal at the next output.
    closing: Arc<AtomicBool>,
    drain: Option<thread::JoinHandle<()>>,
    /// How the terminal read before the program began.
    before: String,
    /// What was sent last.
    last: String,
}

/// The modes of a terminal's own line.
fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().unwrap();
    format!(
        "{:?} {:?} {:?}",
        modes.local_flags, modes.input_flags, modes.output_flags
    )
}

fn parser((columns, rows): (u16, u16)) -> vt100::Parser {
    let (height, width) = (NonZeroU16::new(rows), NonZeroU16::new(columns));
    vt100::Parser::new(height.unwrap(), width.unwrap(), 0)
}

fn size_of((columns, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Terminal {
    /// The program in a home, with these arguments and these surroundings besides the usual ones.
    pub fn new(home: &Home, arguments: &[&str], env: &[(&str, &str)]) -> Self {
        let mut command = home.command(arguments);
        command.envs(env.iter().copied());
        Self::running(&command)
    }

    /// The same in a terminal of so many columns and rows.
    pub fn sized(home: &Home, arguments: &[&str], size: (u16, u16)) -> Self {
        Self::running_in(&home.command(arguments), size)
    }

    /// Any command.
    pub fn running(command: &Command) -> Self {
        Self::running_in(command, SIZE)
    }

    /// Any command in a terminal of so many columns and rows.
    pub fn running_in(command: &Command, size: (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size_of(size)).unwrap();
        let mut builder = CommandBuilder::new(command.get_program());
        builder.args(command.get_args());
        // Without this it begins in HOME, which is not there before somebody makes it.
        builder.cwd(env!("CARGO_MANIFEST_DIR"));
        for (key, value) in command.get_envs() {
            match value {
                Some(value) => builder.env(key, value),
                None => builder.env_remove(key),
            }
        }
        let before = modes(&*pair.master);
        let child = pair.slave.spawn_command(builder).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(parser(size)));
        let closing = Arc::new(AtomicBool::new(false));
        let stream = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (into, all) = (Arc::clone(&screen), Arc::clone(&stream));
        let end = Arc::clone(&closing);
        let drain = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                all.lock().unwrap().extend(&bytes[..count]);
                into.lock().unwrap().process(&bytes[..count]);
            }
        });
        Self {
            child,
            writer: pair.master.take_writer().unwrap(),
            master: pair.master,
            screen,
            stream,
            closing,
            drain: Some(drain),
            before,
            last: String::new(),
        }
    }

    /// Waits until the terminal reads as it did before the program began, or no longer does.
    pub fn until_modes(&self, given_back: bool) {
        for _ in 0..LOOKS {
            if (modes(&*self.master) == self.before) == given_back {
                return;
            }
            thread::sleep(LOOK);
        }
        panic!("{} as before: {}", modes(&*self.master), self.before);
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_raw(self.pid()).unwrap(), signal).unwrap();
    }

    /// What stands on the screen.
    pub fn shows(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Everything that came, byte for byte.
    pub fn stream(&self) -> Vec<u8> {
        self.stream.lock().unwrap().clone()
    }

    pub fn send(&mut self, keys: &str) {
        if self.last == keys || self.last.chars().last() == keys.chars().next() {
            thread::sleep(HELD);
        }
        keys.clone_into(&mut self.last);
        assert!(self.send_bytes(keys.as_bytes()), "the terminal is gone");
    }

    /// Waits until all of this is seen, in whatever order, and nothing of `not`. Line ends count as spaces.
    pub fn until(&self, words: &[&str], not: &[&str]) -> String {
        for _ in 0..LOOKS {
            let shown = self.shows();
            let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            let all = words.iter().all(|words| flat.contains(words));
            if all && !not.iter().any(|not| flat.contains(not)) {
                return shown;
            }
            thread::sleep(LOOK);
        }
        panic!("never {words:?} without {not:?}:\n{}", self.shows());
    }

    /// Waits until something is true of it.
    pub fn until_true(&self, is: impl Fn(&Self) -> bool) {
        for _ in 0..LOOKS {
            if is(self) {
                return;
            }
            thread::sleep(LOOK);
        }
        panic!("never:\n{}", self.shows());
    }

    /// Sends keys and waits for what they bring.
    pub fn press(&mut self, keys: &str, words: &[&str]) -> String {
        self.send(keys);
        self.until(words, &[])
    }

    /// Presses the key of the quick exit three times, as they arrive after a stall: all at once.
    pub fn quick_exit(&mut self, stroke: &str) {
        self.send(&stroke.repeat(3));
    }

    /// Bytes that need not be text; whether somebody took them.
    pub fn send_bytes(&mut self, bytes: &[u8]) -> bool {
        let sent = self.writer.write_all(bytes);
        sent.and_then(|()| self.writer.flush()).is_ok()
    }

    /// Waits until the screen is as it should be.
    pub fn until_screen(&self, what: &str, is: impl Fn(&vt100::Screen) -> bool) {
        for _ in 0..LOOKS {
            if is(self.screen.lock().unwrap().screen()) {
                return;
            }
            thread::sleep(LOOK);
        }
        panic!("never {what}:\n{}", self.shows());
    }

    /// Forgets what stands on the screen, so that it is seen whether it is drawn again.
    pub fn forget(&self) {
        *self.screen.lock().unwrap() = parser(SIZE);
    }

    /// Makes the window as large as this many columns and rows.
    pub fn resize(&self, size: (u16, u16)) {
        let (height, width) = (NonZeroU16::new(size.1), NonZeroU16::new(size.0));
        let mut parser = self.screen.lock().unwrap();
        parser
            .screen_mut()
            .set_size(height.unwrap(), width.unwrap());
        drop(parser);
        self.master.resize(size_of(size)).unwrap();
    }

    /// Tells the program of a size that what is seen here never has.
    pub fn resize_unseen(&self, size: (u16, u16)) {
        self.master.resize(size_of(size)).unwrap();
    }

    /// The modes of the terminal's line discipline.
    pub fn modes(&self) -> String {
        modes(&*self.master)
    }

    /// The number of the process.
    pub fn pid(&self) -> i32 {
        i32::try_from(self.child.process_id().unwrap()).unwrap()
    }

    /// Closes the window: at the next output, which `asks` for, nobody holds the terminal any more.
    pub fn hang_up(&mut self, asks: &str) {
        self.closing.store(true, Ordering::SeqCst);
        self.send(asks);
        self.drain.take().unwrap().join().unwrap();
        let unused = native_pty_system().openpty(size_of(SIZE)).unwrap();
        let unused_writer = unused.master.take_writer().unwrap();
        drop(std::mem::replace(&mut self.writer, unused_writer));
        drop(std::mem::replace(&mut self.master, unused.master));
    }

    /// Waits for the end of the process; `None` when it does not come within this time.
    pub fn exit_code(&mut self, most: Duration) -> Option<u32> {
        let looks = most.as_millis() / LOOK.as_millis();
        for _ in 0..looks {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status.exit_code());
            }
            thread::sleep(LOOK);
        }
        None
    }

    /// The exit code, and what the terminal shows afterwards.
    pub fn end(&mut self) -> (u32, String) {
        let Some(code) = self.exit_code(super::DEADLINE) else {
            panic!("it never ended:\n{}", self.shows());
        };
        if let Some(drain) = self.drain.take() {
            drain.join().unwrap();
        }
        (code, self.shows())
    }

    /// Whether the terminal is as it was: no second screen, the cursor seen, no modes left on.
    pub fn is_given_back(&self) -> bool {
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        let modes = self.master.get_termios();
        let echo = modes.is_some_and(|modes| format!("{:?}", modes.local_flags).contains("ECHO"));
        echo && !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
