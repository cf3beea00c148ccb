//! Somebody who goes through the program by lines, and finds answers by what they say.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::SystemTime;

use super::{Home, Talk};

/// No session has more screens.
const MOST: usize = 250;

/// How many hours behind UTC it is between twelve and one now.
pub static BEHIND: LazyLock<u64> = LazyLock::new(|| {
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    (since.as_secs() / 3600 + 12) % 24
});

/// A place where it is noon, and one where it is noon of the next day at the same moment. So a next day comes without
/// anybody waiting, with no clock but the machine's, and no midnight falls into a test.
pub static TODAY: LazyLock<String> = LazyLock::new(|| format!("AAA+{}", *BEHIND));
pub static TOMORROW: LazyLock<String> = LazyLock::new(|| format!("BBB-{}", 24 - *BEHIND));

/// Whether a line has these words, however they are capitalized: earlier builds wrote small letters.
fn has(line: &str, words: &str) -> bool {
    line.to_lowercase().contains(&words.to_lowercase())
}

/// A conversation by lines, and the numbers that stand on the screen.
pub struct Way {
    talk: Talk,
    heard: String,
    choices: BTreeMap<u32, String>,
    /// Everything that was said.
    pub all: String,
}

impl Way {
    /// The program with these arguments, where it is this day.
    pub fn new(home: &Home, arguments: &[&str], zone: &str) -> Self {
        let mut command = home.command(arguments);
        command.env("TZ", zone);
        let talk = Talk::new(command);
        let heard = String::from_utf8(talk.heard.clone()).unwrap();
        let mut way = Self {
            talk,
            heard: String::new(),
            choices: BTreeMap::new(),
            all: String::new(),
        };
        way.heed(heard);
        way
    }

    /// Only what has changed is said: whether everybody said yes stands beside what was there before.
    fn heed(&mut self, heard: String) {
        let numbered = |line: &str| {
            let line = line.trim_start_matches('/');
            let (number, says) = line.split_once("  ")?;
            Some((number.parse().ok()?, says.to_owned()))
        };
        let new: BTreeMap<u32, String> = heard.lines().filter_map(numbered).collect();
        let yes = |says: &String| says.contains("says yes,");
        if new.is_empty() || !new.values().all(yes) {
            self.choices.clear();
        }
        self.choices.extend(new);
        // What people wrote themselves may end with a full stop, too.
        let stops = |line: &str| line.starts_with("Enter: ") && line.ends_with("..");
        assert!(!heard.lines().any(stops), "{heard}");
        self.all.push_str(&heard);
        self.heard = heard;
    }

    /// Types a line.
    pub fn say(&mut self, line: &str) -> &mut Self {
        let heard = self.talk.say(line);
        self.heed(heard);
        self
    }

    /// Types several lines.
    pub fn lines(&mut self, lines: &[&str]) -> &mut Self {
        for line in lines {
            self.say(line);
        }
        self
    }

    /// Chooses what says this.
    pub fn choose(&mut self, says: &str) -> &mut Self {
        let found = self.choices.iter().find(|(_, line)| has(line, says));
        let number = found.map(|(number, _)| number.to_string());
        let number = number.unwrap_or_else(|| panic!("{says} is not here:\n{}", self.heard));
        self.say(&number)
    }

    /// Whether something that says this can be chosen.
    pub fn offers(&self, says: &str) -> bool {
        self.choices.values().any(|line| line.contains(says))
    }

    /// Whether this was just said.
    pub fn hears(&self, says: &str) -> bool {
        self.heard.contains(says)
    }

    /// This was just said.
    pub fn see(&mut self, says: &str) -> &mut Self {
        assert!(self.hears(says), "{says} was not said:\n{}", self.heard);
        self
    }

    /// Goes on until this is said: everybody says yes, these answers are chosen where they stand, the rest is passed.
    pub fn until(&mut self, says: &str, prefer: &[&str]) -> &mut Self {
        for _ in 0..MOST {
            if self.hears(says) {
                return self;
            }
            let open = |line: &&String| line.ends_with(", not chosen") && line.contains("yes");
            let yes = self.choices.values().find(open).cloned();
            let wanted = prefer.iter().find_map(|want| {
                let line = self.choices.values().find(|line| {
                    line.eq_ignore_ascii_case(want) || want.len() > 3 && has(line, want)
                });
                line.cloned()
            });
            // Kept, as far as it may go, with the signs that are marked, unless something else is preferred.
            let usual = ["The outline: ", "As marked", "Get to know it: "];
            let is_usual = |line: &&String| usual.iter().any(|says| line.starts_with(says));
            let usual = self.choices.values().find(is_usual).cloned();
            match yes.or(wanted).or(usual) {
                Some(line) => self.choose(&line),
                None => self.say(""),
            };
        }
        panic!("{says} was never said; the last was:\n{}", self.heard);
    }

    /// Every line that was typed.
    pub fn typed(&self) -> &[String] {
        &self.talk.typed
    }

    /// It is killed.
    pub fn kill(mut self) {
        self.talk.kill();
    }

    /// Ends the input; it ends well.
    pub fn leave(self) {
        let (rest, status) = self.talk.end();
        assert!(status.success(), "{rest}");
    }
}
