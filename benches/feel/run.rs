//! One program in a terminal of its own, and what it costs.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Nothing takes longer than this.
const MOST: Duration = Duration::from_secs(30);
/// After so long without a byte a frame is whole.
const QUIET: Duration = Duration::from_millis(20);
/// A frame that is seen holds more letters than this.
const SOME_LETTERS: usize = 40;

/// A command with its arguments, in a home of its own.
#[derive(Clone)]
pub struct Program {
    pub words: Vec<String>,
    pub home: std::path::PathBuf,
}

impl Program {
    fn command(&self) -> CommandBuilder {
        let mut command = CommandBuilder::new(&self.words[0]);
        command.args(&self.words[1..]);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        for place in ["HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(place, self.home.join(place));
        }
        command
    }

    /// The same under another program, which is given these words before it.
    pub fn under(&self, words: &[String]) -> Self {
        Self {
            words: words.iter().chain(&self.words).cloned().collect(),
            home: self.home.clone(),
        }
    }
}

/// It runs, in a terminal of 80 by 24 that answers what it is.
pub struct Run {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    begun: Instant,
    /// How many bytes came.
    pub written: usize,
}

impl Run {
    pub fn of(program: &Program) -> Self {
        let size = PtySize {
            rows: 24,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut reader = pair.master.try_clone_reader().expect("a terminal's bytes");
        let (send, bytes) = channel();
        thread::spawn(move || {
            let mut room = [0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut room) {
                if send.send((Instant::now(), room[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let command = program.command();
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).expect("it runs");
        drop(pair.slave);
        Self {
            child,
            writer: pair.master.take_writer().expect("a terminal's keys"),
            _master: pair.master,
            bytes,
            screen: super::parser(),
            begun,
            written: 0,
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.written += bytes.len();
        self.screen.process(bytes);
        if bytes.windows(3).any(|at| at == b"\x1b[c") {
            self.send("\x1b[?62;22c");
        }
    }

    /// The next bytes, and when they came.
    fn next(&mut self, most: Duration) -> Option<Instant> {
        match self.bytes.recv_timeout(most) {
            Ok((at, bytes)) => {
                self.take(&bytes);
                Some(at)
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Takes whatever comes until nothing does for a moment; when the last of it came.
    pub fn settle(&mut self) -> Option<Instant> {
        let mut last = None;
        while let Some(at) = self.next(QUIET) {
            last = Some(at);
        }
        last
    }

    /// From the start to the first frame.
    pub fn first_frame(&mut self) -> Duration {
        loop {
            let at = self.next(MOST).expect("a first frame");
            if self.shows().chars().filter(|c| c.is_alphanumeric()).count() > SOME_LETTERS {
                return at - self.begun;
            }
        }
    }

    /// Waits until this stands on the screen.
    pub fn until(&mut self, words: &str) {
        let end = Instant::now() + MOST;
        while !self.shows().contains(words) {
            assert!(Instant::now() < end, "{words}: {}", self.shows());
            self.next(QUIET);
        }
    }

    pub fn shows(&self) -> String {
        self.screen.screen().contents()
    }

    pub fn send(&mut self, keys: &str) {
        let sent = self.writer.write_all(keys.as_bytes());
        sent.and_then(|()| self.writer.flush()).expect("it reads");
    }

    /// From a key to the frame that it brings, and the CPU time of that.
    pub fn key(&mut self, key: &str) -> (Duration, Duration) {
        self.settle();
        let before = self.cpu();
        let pressed = Instant::now();
        self.send(key);
        let first = self.next(MOST);
        let first = first.unwrap_or_else(|| panic!("no frame after {key:?}: {}", self.shows()));
        let last = self.settle().unwrap_or(first);
        (last - pressed, self.cpu().saturating_sub(before))
    }

    /// Takes what comes in this time; how many bytes that is.
    pub fn watch(&mut self, time: Duration) -> usize {
        let (end, before) = (Instant::now() + time, self.written);
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            self.next(left);
        }
        self.written - before
    }

    fn pid(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// The CPU time of all its threads.
    pub fn cpu(&self) -> Duration {
        let of = |text: String| text.split(' ').next().and_then(|ns| ns.parse::<u64>().ok());
        let spent = self.tasks("schedstat").into_iter().filter_map(of);
        Duration::from_nanos(spent.sum())
    }

    /// How often one of its threads went to sleep by itself, which is how often one was woken.
    pub fn wakes(&self) -> u64 {
        let status = self.tasks("status").into_iter();
        status
            .filter_map(|text| number(&text, "voluntary_ctxt_switches:"))
            .sum()
    }

    /// What it holds in memory, in kB.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid()));
        number(&status.unwrap_or_default(), "VmRSS:").unwrap_or(0)
    }

    fn tasks(&self, file: &str) -> Vec<String> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.pid()));
        let files = tasks.into_iter().flatten().flatten();
        let texts = files.map(|task| fs::read_to_string(task.path().join(file)));
        texts.filter_map(Result::ok).collect()
    }

    /// Asks it to end, and waits.
    pub fn end(mut self) {
        let pid = i32::try_from(self.pid()).ok();
        let pid = pid
            .and_then(rustix::process::Pid::from_raw)
            .expect("a process");
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        // Whoever has a last word for the terminal is to get it said.
        let end = Instant::now() + MOST;
        while Instant::now() < end && matches!(self.child.try_wait(), Ok(None)) {
            self.next(QUIET);
        }
        // What ran under another program may go on; with its terminal it ends, too.
        let _ = self.child.kill();
    }
}

fn number(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Whether there is such a program.
pub fn has(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| is_file(&folder.join(name)))
}

fn is_file(path: &Path) -> bool {
    path.is_file()
}
