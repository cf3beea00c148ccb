//! A link as the program beside it sees it: lines in, lines out.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longer than anything here takes, on a machine that has much else to do.
pub const SOON: Duration = Duration::from_secs(30);

/// A link that runs.
pub struct Link {
    /// The process.
    pub child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<(Instant, Value)>,
    /// Whether nobody reads its lines.
    pub deaf: Arc<AtomicBool>,
    /// What it told to keep, the newest.
    pub again: String,
    /// When the last line came.
    pub at: Instant,
}

/// The command, in a namespace if there is one.
pub fn command(namespace: Option<&str>) -> Command {
    let program = env!("CARGO_BIN_EXE_alongside-link");
    let Some(namespace) = namespace else {
        return Command::new(program);
    };
    let mut command = Command::new("ip");
    command.args(["netns", "exec", namespace, program]);
    command
}

impl Link {
    /// Starts one on the loopback.
    pub fn start(words: &[&str]) -> Self {
        let mut command = command(None);
        command.args(words).args(["--bind", "127.0.0.1:0"]);
        Self::run(command)
    }

    /// Starts a command.
    pub fn run(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the link starts");
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().expect("its stdout");
        let (tell, lines) = channel();
        let deaf = Arc::new(AtomicBool::new(false));
        let hears = Arc::clone(&deaf);
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines() {
                let Ok(line) = line else { return };
                while hears.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(5));
                }
                let value = serde_json::from_str(&line).unwrap_or(json!({ "no-json": line }));
                if tell.send((Instant::now(), value)).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            stdin,
            lines,
            deaf,
            again: String::new(),
            at: Instant::now(),
        }
    }

    /// The next line but those of what to keep.
    pub fn next(&mut self, within: Duration) -> Option<Value> {
        let end = Instant::now() + within;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let (at, value) = self.lines.recv_timeout(left).ok()?;
            if let Some(again) = value["again"].as_str() {
                self.again = again.into();
                continue;
            }
            self.at = at;
            return Some(value);
        }
    }

    /// The next line, which has to be of this kind.
    pub fn get(&mut self, kind: &str) -> Value {
        self.get_within(kind, SOON)
    }

    /// The same with a limit of its own.
    pub fn get_within(&mut self, kind: &str, within: Duration) -> Value {
        let line = self.next(within);
        let line = line.unwrap_or_else(|| panic!("nothing came, where {kind} should"));
        assert!(!line[kind].is_null(), "{kind} should come, not {line}");
        line[kind].clone()
    }

    /// The next line of this kind, whatever comes before.
    pub fn find(&mut self, kind: &str, within: Duration) -> Value {
        let end = Instant::now() + within;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.next(left);
            let line = line.unwrap_or_else(|| panic!("{kind} should come"));
            if !line[kind].is_null() {
                return line[kind].clone();
            }
        }
    }

    /// The text of the next line, which a peer has to have said.
    pub fn text(&mut self) -> String {
        self.get("line")["text"].as_str().expect("a text").into()
    }

    /// Nothing comes for a while.
    pub fn quiet(&mut self, within: Duration) {
        let line = self.next(within);
        assert!(line.is_none(), "nothing should come, but {line:?}");
    }

    /// Says a message to the link.
    pub fn say(&mut self, message: Value) {
        let stdin = self.stdin.as_mut().expect("an open stdin");
        let written = stdin.write_all(format!("{message}\n").as_bytes());
        written.expect("the link listens");
    }

    /// Says a text to a peer.
    pub fn send(&mut self, to: u64, text: &str) {
        self.say(json!({ "line": { "to": to, "text": text } }));
    }

    /// Bytes of any kind.
    pub fn raw(&mut self, bytes: &[u8]) {
        let _ = self.stdin.as_mut().expect("an open stdin").write_all(bytes);
    }

    /// As if the other program had ended.
    pub fn hang_up(&mut self) {
        self.stdin = None;
    }

    /// Waits for the end.
    pub fn code(&mut self) -> Option<i32> {
        let end = Instant::now() + SOON;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().expect("a process") {
                return status.code();
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("it does not end");
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(status.expect("kill").success());
    }

    /// How much memory it has, in megabytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("a process that runs");
        let line = status.lines().find(|line| line.starts_with("VmRSS"));
        let number = line.and_then(|line| line.split_whitespace().nth(1));
        number.expect("its size").parse::<u64>().expect("a number") / 1024
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A host with its ticket.
pub fn host(words: &[&str]) -> (Link, String) {
    let mut all = vec!["host"];
    all.extend(words);
    let mut host = Link::start(&all);
    assert_eq!(host.get("ready")["v"], 1);
    let ticket = host.get("ticket").as_str().expect("a ticket").to_string();
    (host, ticket)
}

/// A guest with this ticket.
pub fn guest(ticket: &str, words: &[&str]) -> Link {
    let mut all = vec!["join", ticket];
    all.extend(words);
    let mut guest = Link::start(&all);
    assert_eq!(guest.get("ready")["v"], 1);
    guest
}

/// Two who are joined.
pub fn pair() -> (Link, Link, String) {
    let (mut host, ticket) = host(&[]);
    let mut guest = guest(&ticket, &[]);
    meet(&mut host, &mut guest);
    (host, guest, ticket)
}

/// Both see the other, with the same proof.
pub fn meet(host: &mut Link, guest: &mut Link) -> Value {
    let (seen, sees) = (host.get("peer"), guest.get("peer"));
    assert_eq!(seen["proof"], sees["proof"]);
    assert_eq!(seen["proof"].as_str().map(str::len), Some(32));
    assert_eq!((&seen["id"], &sees["id"]), (&json!(1), &json!(1)));
    seen["proof"].clone()
}

/// What each says arrives at the other.
pub fn talk(host: &mut Link, guest: &mut Link) {
    host.send(1, "to the guest");
    assert_eq!(guest.text(), "to the guest");
    guest.send(1, "to the host");
    assert_eq!(host.text(), "to the host");
}
