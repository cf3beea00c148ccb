//! The program in a terminal.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
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
    drain: Option<thread::JoinHandle<()>>,
    /// How the terminal read before the program began.
    before: String,
    /// What was sent last.
    last: String,
}

/// The modes of a terminal's own line.
fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().unwrap();
    format!("{:?} {:?}", modes.local_flags, modes.input_flags)
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

    fn running_in(command: &Command, (columns, rows): (u16, u16)) -> Self {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
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
        let (height, width) = (NonZeroU16::new(rows), NonZeroU16::new(columns));
        let parser = vt100::Parser::new(height.unwrap(), width.unwrap(), 0);
        let screen = Arc::new(Mutex::new(parser));
        let stream = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (into, all) = (Arc::clone(&screen), Arc::clone(&stream));
        let drain = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
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
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    pub fn send_bytes(&mut self, keys: &[u8]) {
        self.writer.write_all(keys).unwrap();
        self.writer.flush().unwrap();
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
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
        self.send_bytes(keys.as_bytes());
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

    /// The exit code, and what the terminal shows afterwards.
    pub fn end(&mut self) -> (u32, String) {
        for _ in 0..LOOKS {
            if let Some(status) = self.child.try_wait().unwrap() {
                if let Some(drain) = self.drain.take() {
                    drain.join().unwrap();
                }
                return (status.exit_code(), self.shows());
            }
            thread::sleep(LOOK);
        }
        panic!("it never ended:\n{}", self.shows());
    }

    /// Whether the terminal is as it was: no second screen, the cursor seen, no modes left on.
    pub fn is_given_back(&self) -> bool {
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        let modes = self.master.get_termios();
        let echo = modes.is_some_and(|modes| format!("{:?}", modes.local_flags).contains("ECHO"));
        echo && !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
