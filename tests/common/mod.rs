//! What the end-to-end tests share: a home of its own for each, the program by lines, a conversation.
#![allow(dead_code, reason = "each test uses a part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test fails as loudly as a test"
)]

pub mod desk;
pub mod player;
pub mod pty;
pub mod shuttle;
pub mod walks;
pub mod way;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_alongside");
/// The first three words of a session's first screen, as its script has them.
pub fn first_screen() -> &'static str {
    let says = include_str!("../../scripts/modules/arrive-gate.toml")
        .split_once("\"\"\"\n")
        .expect("a step with words")
        .1;
    let end = says
        .match_indices([' ', '\n'])
        .nth(2)
        .map_or(says.len(), |(at, _)| at);
    &says[..end]
}

/// Longer than any answer takes on a busy machine.
pub const DEADLINE: Duration = Duration::from_secs(20);
/// What surrounds every run, whatever surrounds the tests.
const SURROUNDINGS: [(&str, &str); 2] = [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")];

/// From the first run to the plan of Ada and Ben, each line with its Enter.
pub const TO_THE_PLAN: &[&str] = &["", "", "1", "1", "Ada", "Ben", "2"];

/// Every answer of a whole session of the standard pair after `begin`; each one is accepted, the last one closes
/// and keeps the outline.
#[rustfmt::skip]
pub const SESSION: &[&str] = &[
    // Arrive: everybody's strength, the gate with an empty screen for each, how stirred up everybody is.
    "5", "6", "", "1", "", "1", "3", "4",
    // Check-in, and what each would like to practise.
    "1", "/pass",
    // Off limits of each, both yeses to the agreement.
    "/pass", "/pass", "1", "2",
    // Who is first, everybody's company, whether it can be given, everybody's warnings, what helps, the ceiling.
    "1", "2", "2", "1", "1", "5", "3", "5", "/pass", "/pass", "3",
    // Ada's turn: to unblending and back, one minute more, a pause, a STOP and back, the landing.
    "", "1", "", "1", "1", "7", "", "", "pass", "1", "more", "1", "1", "2", "pause", "", "stop", "3", "1", "2", "back", "pass",
    "land", "", "", "1", "", "",
    // The swap; the minute was not used, so nothing is owed.
    "", "4", "3", "1",
    // Ben's turn.
    "", "land", "", "", "2", "",
    // Reflection and close.
    "", "",
    "", "4", "3", "/pass", "", "1",
];

/// The answers of it that are one intent together: at the gate nothing is written before everybody has answered.
const GATE: std::ops::Range<usize> = 2..6;

/// How many intents the log holds after this many answers of [`SESSION`].
pub fn intents(answers: usize) -> usize {
    let within = answers.clamp(GATE.start, GATE.end - 1) - GATE.start;
    answers - within
}

/// How many answers of [`SESSION`] a log of this many intents stands for: the gate is answered anew as a whole.
pub fn answers(intents: usize) -> usize {
    if intents > GATE.start {
        intents + GATE.len() - 1
    } else {
        intents
    }
}

/// A home of its own.
pub struct Home {
    root: TempDir,
}

impl Home {
    /// An empty one.
    pub fn new() -> Self {
        Self {
            root: tempfile::tempdir().unwrap(),
        }
    }

    /// One in which Ada and Ben have sat together before, so that a few Enters begin a session.
    pub fn known() -> Self {
        let home = Self::new();
        let people = home.data().join("people.toml");
        fs::create_dir_all(people.parent().unwrap()).unwrap();
        let circle = "format = 1\nseen-notice = true\n\n[[circle]]\nnames = [\"Ada\", \"Ben\"]\n\
                      script = \"standard-pair\"\nminutes = 60\n";
        fs::write(people, circle).unwrap();
        home
    }

    /// Writes the settings; answers where they are.
    pub fn settings(&self, text: &str) -> PathBuf {
        let path = self.root().join("config/alongside/settings.toml");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The places that the program is told of.
    pub fn places(&self) -> Vec<(&'static str, PathBuf)> {
        let place = |name: &str| self.root().join(name);
        vec![
            ("HOME", place("home")),
            ("XDG_STATE_HOME", place("state")),
            ("XDG_DATA_HOME", place("data")),
            ("XDG_CONFIG_HOME", place("config")),
        ]
    }

    pub fn sessions(&self) -> PathBuf {
        self.root().join("state/alongside/sessions")
    }

    pub fn data(&self) -> PathBuf {
        self.root().join("data/alongside")
    }

    /// The one log that is there.
    pub fn log(&self) -> PathBuf {
        let logs = self.logs();
        assert_eq!(logs.len(), 1, "{logs:?}");
        logs[0].clone()
    }

    pub fn logs(&self) -> Vec<PathBuf> {
        let files = self.files();
        let is_log = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "jsonl");
        let paths = files.into_iter().map(|(path, _)| path);
        paths
            .filter(|path| path.starts_with(self.sessions()) && is_log(path))
            .collect()
    }

    /// Every file with its bytes, and every folder, in the order of their paths.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut open = vec![self.root().to_path_buf()];
        while let Some(at) = open.pop() {
            if at.is_dir() {
                open.extend(
                    fs::read_dir(&at)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
                found.push((at, Vec::new()));
            } else {
                let bytes = fs::read(&at).unwrap();
                found.push((at, bytes));
            }
        }
        found.sort();
        found
    }

    /// The files that hold this word, in their bytes or their names.
    pub fn holding(&self, word: &str) -> Vec<PathBuf> {
        let in_bytes = |bytes: &[u8]| bytes.windows(word.len()).any(|at| at == word.as_bytes());
        let in_name = |path: &Path| {
            path.strip_prefix(self.root())
                .is_ok_and(|path| path.to_string_lossy().contains(word))
        };
        let files = self.files();
        let holding = files
            .into_iter()
            .filter(|(path, bytes)| in_bytes(bytes) || in_name(path));
        holding.map(|(path, _)| path).collect()
    }

    /// The program with this home, in known surroundings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        // Another build can be looked at beside this one.
        let program = std::env::var_os("OTHER_PROGRAM").unwrap_or_else(|| PROGRAM.into());
        let mut command = Command::new(program);
        command
            .args(arguments)
            .envs(self.places())
            .envs(SURROUNDINGS);
        for unwanted in [
            "NO_COLOR",
            "COLORTERM",
            "COLORFGBG",
            "ALONGSIDE_PLAIN",
            "ALONGSIDE_ASCII",
            "LANG",
            "LC_CTYPE",
        ] {
            command.env_remove(unwanted);
        }
        command
    }

    /// Runs the program to its end, with these lines typed.
    pub fn run(&self, arguments: &[&str], typed: &[&str]) -> Output {
        run(self.command(arguments), typed)
    }

    /// What the program prints, when it has to end well.
    pub fn says(&self, arguments: &[&str], typed: &[&str]) -> String {
        let output = self.run(arguments, typed);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The program by lines, to be talked with.
    pub fn talk(&self, arguments: &[&str]) -> Talk {
        Talk::new(self.command(arguments))
    }

    /// A session that has just begun, by lines.
    pub fn begun(&self) -> Talk {
        let mut talk = self.talk(&["--plain"]);
        for line in TO_THE_PLAN.iter().chain(&[""]) {
            talk.say(line);
        }
        talk
    }
}

/// Runs a command to its end, with these lines typed.
pub fn run(mut command: Command, typed: &[&str]) -> Output {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The program may be done before it has read everything.
    let _ = stdin.write_all(lines(typed).as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// Typed lines, each with its Enter.
pub fn lines(typed: &[&str]) -> String {
    typed.iter().flat_map(|line| [line, "\n"]).collect()
}

/// What was said on standard error.
pub fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Nothing but words and line ends.
pub fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || !c.is_control())
}

/// A conversation by lines: each answer ends with a prompt.
pub struct Talk {
    child: Child,
    stdin: Option<ChildStdin>,
    chunks: Receiver<Vec<u8>>,
    /// Everything that was printed.
    pub heard: Vec<u8>,
    /// How much of it was answered to.
    read: usize,
    /// Every line that was typed.
    pub typed: Vec<String>,
}

impl Talk {
    /// Begins one and waits for the first prompt.
    pub fn new(command: Command) -> Self {
        let mut talk = Self::silent(command);
        talk.hear();
        talk
    }

    /// Begins one and waits for nothing.
    pub fn silent(mut command: Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let (send, chunks) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = stdout.read(&mut bytes) {
                let _ = send.send(bytes[..count].to_vec());
            }
        });
        let stdin = child.stdin.take();
        Self {
            child,
            stdin,
            chunks,
            heard: Vec::new(),
            read: 0,
            typed: Vec::new(),
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Types without waiting for an answer.
    pub fn type_ahead(&mut self, typed: &[&str]) {
        self.typed
            .extend(typed.iter().map(|line| (*line).to_owned()));
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(lines(typed).as_bytes()).unwrap();
    }

    /// Types a line; the answer to it. Where an empty one answers nothing, the question is passed with its own word.
    pub fn say(&mut self, line: &str) -> String {
        self.type_ahead(&[line]);
        let heard = self.hear();
        if !line.is_empty() || !heard.contains("Enter answers nothing here.") {
            return heard;
        }
        let word = if heard.contains("/pass.") {
            "/pass"
        } else {
            "pass"
        };
        // Whoever knows the word types no empty line before it.
        self.typed.pop();
        self.type_ahead(&[word]);
        self.hear()
    }

    /// The answers to several lines, as one text.
    pub fn say_all(&mut self, typed: &[&str]) -> String {
        typed.iter().map(|line| self.say(line)).collect()
    }

    /// How many prompts there were.
    pub fn prompts(&self) -> usize {
        let ends = |n: &usize| self.heard[..*n].ends_with(b"\n> ") || &self.heard[..*n] == b"> ";
        (2..=self.heard.len()).filter(ends).count()
    }

    /// Waits until there were so many prompts.
    pub fn hear_prompts(&mut self, wanted: usize) {
        while self.prompts() < wanted {
            self.hear_more();
        }
        // What is said next has its own answer, and not one of these.
        self.read = self.heard.len();
    }

    fn hear_more(&mut self) {
        match self.chunks.recv_timeout(DEADLINE) {
            Ok(chunk) => self.heard.extend(chunk),
            Err(why) => panic!("{why} after:\n{}", String::from_utf8_lossy(&self.heard)),
        }
    }

    /// Waits until this was said, since the last answer.
    pub fn hear_until(&mut self, words: &str) -> String {
        let told = |talk: &Self| String::from_utf8_lossy(&talk.heard[talk.read..]).contains(words);
        while !told(self) {
            self.hear_more();
        }
        let text = String::from_utf8_lossy(&self.heard[self.read..]).into_owned();
        self.read = self.heard.len();
        text
    }

    /// What comes up to the next prompt.
    fn hear(&mut self) -> String {
        while !self.heard[self.read..].ends_with(b"> ") {
            self.hear_more();
        }
        let text = String::from_utf8(self.heard[self.read..].to_vec()).unwrap();
        self.read = self.heard.len();
        text
    }

    /// Kills it at once; everything that it had printed is in `heard` then.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.heard.extend(self.chunks.iter().flatten());
    }

    /// Ends the input and waits for the end; everything that was printed after the last answer.
    pub fn end(mut self) -> (String, ExitStatus) {
        drop(self.stdin.take());
        let status = self.child.wait().unwrap();
        self.heard.extend(self.chunks.iter().flatten());
        let rest = String::from_utf8(self.heard[self.read..].to_vec());
        (rest.unwrap(), status)
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
