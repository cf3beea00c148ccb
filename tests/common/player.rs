//! Somebody at a terminal by lines who types what people type who read little.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::Home;

/// Somebody at a terminal, whose program can be killed.
pub struct Player {
    pub home: Home,
    said: PathBuf,
    pub child: Child,
    keys: ChildStdin,
    /// What was held in the log when the program was killed last.
    pub held: Vec<String>,
}

impl Player {
    /// A program in this home; what it says goes into this file.
    pub fn new(home: Home, said: PathBuf, arguments: &[&str]) -> Self {
        let (child, keys) = begin(&home, &said, arguments);
        Self {
            home,
            said,
            child,
            keys,
            held: Vec::new(),
        }
    }

    pub fn heard(&self) -> String {
        let bytes = fs::read(&self.said).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    pub fn type_line(&mut self, line: &str) {
        // It may have ended.
        let _ = writeln!(self.keys, "{line}");
    }

    pub fn hear_until(&self, words: &str) -> String {
        for _ in 0..4_000 {
            let heard = self.heard();
            if heard.contains(words) {
                return heard;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("{words}: {}", self.heard());
    }

    /// Its logs. Other files come and go while it runs.
    fn logs(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.home.sessions()).into_iter().flatten();
        let paths = files.flatten().map(|file| file.path());
        let is_log = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "jsonl");
        paths.filter(is_log).collect()
    }

    /// Every whole line of its log.
    pub fn log(&self) -> Vec<String> {
        let logs = self.logs();
        let text = logs.first().and_then(|log| fs::read_to_string(log).ok());
        let text = text.unwrap_or_default();
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(str::to_owned).collect()
    }

    pub fn is_closed(&self) -> bool {
        self.logs().is_empty()
    }

    /// What a person would type who reads little.
    pub fn key(&self, dice: &mut fastrand::Rng, alone: bool) -> &'static str {
        if dice.u32(0..5) == 0 {
            return "again";
        }
        let heard = self.heard();
        // What was said since a few answers ago.
        let from = heard.rmatch_indices("\n> ").nth(3);
        let last = &heard[from.map_or(0, |(at, _)| at)..];
        let (rating, choice) = (last.rfind("0 to 10"), last.rfind("\n1  "));
        if last.contains("on this one screen") {
            let own = last
                .lines()
                .rfind(|line| line.contains("on this one screen"));
            let digit = own.and_then(|line| line.get(..1)).unwrap_or_default();
            let digits = ["1", "2", "3", "4", "5", "6", "7", "8"];
            let digit = digits.into_iter().find(|known| *known == digit);
            return digit.filter(|_| alone).unwrap_or("");
        }
        match dice.u32(0..100) {
            0 if dice.u32(0..3) == 0 => "stop",
            1..=5 => "pass",
            6 => "2",
            _ if rating > choice => "3",
            _ if choice.is_some() => ["1", "1", "1", ""][dice.usize(0..4)],
            _ => ["", "", "pass"][dice.usize(0..3)],
        }
    }

    pub fn kill(&mut self) {
        self.held = self.log();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub fn resume(&mut self) {
        (self.child, self.keys) = begin(&self.home, &self.said, &["--plain", "resume"]);
    }

    pub fn kill_link(&self) {
        let id = self.child.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"));
        for link in children.unwrap_or_default().split_whitespace() {
            let _ = Command::new("kill")
                .args(["-9", "--", &format!("-{link}")])
                .status();
        }
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn begin(home: &Home, said: &Path, arguments: &[&str]) -> (Child, ChildStdin) {
    let file = File::create(said).unwrap();
    let mut command = home.command(arguments);
    // Whatever is chosen: a file for a calendar is written where the program was started.
    let command = command.current_dir(home.root());
    let command = command.stdin(Stdio::piped()).stdout(file);
    let mut child = command.spawn().unwrap();
    let keys = child.stdin.take().unwrap();
    (child, keys)
}

/// What a home keeps of how long each had their turn, and of what somebody owes.
pub fn ledger(home: &Home) -> Vec<String> {
    let read = |name: &str| fs::read_to_string(home.data().join(name)).unwrap_or_default();
    let turns = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        let outline = &line["line"];
        let kept = outline.get("turns")?;
        Some(format!("{kept} {} {}", outline["first"], outline["whole"]))
    };
    let (record, people) = (read("record.jsonl"), read("people.toml"));
    let owed = people.split("loan = [").skip(1);
    let owed = owed.filter_map(|rest| Some(rest.split_once(']')?.0.replace('\n', "")));
    record.lines().filter_map(turns).chain(owed).collect()
}
