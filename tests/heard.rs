//! What somebody hears of the full screen through real screen readers (yasr and Fenrir, their speech written into a
//! file). Where there is none the tests say so and end. `IDLE=60` listens for a minute to a turn in which nothing happens.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use common::Home;
use common::pty::Terminal;
use common::walks;
use common::way::{TODAY, Way};

/// A screen reader that runs a program inside of itself.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Reader {
    Yasr,
    /// It is told what the screen shows by a terminal of its own (`-e`), because nobody here sits at a console.
    Fenrir,
}

impl Reader {
    fn path(self) -> &'static str {
        match self {
            Self::Yasr => "/usr/bin/yasr",
            Self::Fenrir => "/usr/bin/fenrir",
        }
    }

    /// How it says signs, and what it says of letters.
    fn own_words(self) -> &'static [&'static str] {
        match self {
            Self::Yasr => &[],
            Self::Fenrir => &["has", "attribute", "dash"],
        }
    }

    /// What it says of itself, the second where nobody installed the spelling that Debian only recommends with it.
    fn own_sentences(self) -> &'static [&'static str] {
        match self {
            Self::Yasr => &[],
            Self::Fenrir => &["Start Fenrir", "pychant is not installed"],
        }
    }

    /// The program inside of it, and what it says in a file, each piece as `q {…}` and `d`.
    fn around(self, program: &Command, home: &Home) -> Command {
        let speech = home.root().join("speech");
        let speech = speech.display();
        let says = match self {
            Self::Yasr => format!("#!/bin/sh\nexec cat >> '{speech}'\n"),
            Self::Fenrir => format!("#!/bin/sh\nprintf 'q {{%s}}\\nd\\n' \"$2\" >> '{speech}'\n"),
        };
        let voice = home.root().join("voice");
        fs::write(&voice, says).unwrap();
        fs::set_permissions(&voice, fs::Permissions::from_mode(0o700)).unwrap();
        let voice = voice.display();
        let mut command = Command::new(self.path());
        match self {
            Self::Yasr => {
                command.args(["-s", "emacspeak server", "-p", &format!("|{voice}")]);
                // Its own end of the terminal stays open in what it runs, which would not be told when a test is over.
                let inside = home.root().join("inside");
                fs::write(&inside, "#!/bin/sh\nexec \"$@\" 3>&-\n").unwrap();
                fs::set_permissions(&inside, fs::Permissions::from_mode(0o700)).unwrap();
                command.arg(inside).arg(program.get_program());
                command.args(program.get_args());
            }
            Self::Fenrir => {
                let options = [
                    "speech#driver=genericDriver".to_owned(),
                    format!("speech#genericSpeechCommand={voice} -- \"fenrirText\""),
                    "sound#enabled=False".to_owned(),
                    "remote#driver=dummyDriver".to_owned(),
                    format!(
                        "general#debugFile={}",
                        home.root().join("fenrir.log").display()
                    ),
                    format!("general#shell={}", program.get_program().display()),
                ];
                command.args(["-e", "-o", &options.join(";")]);
            }
        }
        for (name, value) in program.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }
}

/// How often what was said is looked at, and how many times at most.
const LOOK: Duration = Duration::from_millis(20);
const LOOKS: usize = 1_000;
/// How many seconds nobody does anything, unless `IDLE` says another number.
const STILL: u64 = 3;
/// So many looks without a word, and it is said to its end.
const QUIET: usize = 15;

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '\'');
    // Times are not the same in both terminals.
    words.filter(|word| word.contains(|sign: char| sign.is_alphabetic()))
}

/// The program in a terminal of somebody who only listens, and the same in another one, which shows what stands there:
/// what a reader passes on to its own terminal may be cut short.
struct Listener {
    reader: Reader,
    heard_in: Terminal,
    seen_in: Terminal,
    speech: PathBuf,
    heard: usize,
    /// Every word that stood on a screen so far.
    shown: BTreeSet<String>,
}

impl Listener {
    /// `None` where there is no such screen reader.
    fn to(reader: Reader, home: &Home, same: &Home) -> Option<Self> {
        if !PathBuf::from(reader.path()).exists() {
            println!("There is no {reader:?} here (apt-get install yasr fenrir): nobody listened.");
            return None;
        }
        let speech = home.root().join("speech");
        fs::write(&speech, "").unwrap();
        let command = reader.around(&home.command(&[]), home);
        Some(Self {
            reader,
            heard_in: Terminal::running(&command),
            seen_in: Terminal::new(same, &[], &[]),
            speech,
            heard: 0,
            shown: reader
                .own_words()
                .iter()
                .map(|word| (*word).to_owned())
                .collect(),
        })
    }

    /// What was said since the last time, once this was said, if anything, and it is quiet; each piece as it was said.
    fn hears(&mut self, until: &str) -> Vec<String> {
        let (mut length, mut quiet) = (0, 0);
        for _ in 0..LOOKS {
            let all = fs::read_to_string(&self.speech).unwrap();
            let came = all.get(self.heard..).unwrap().contains(until);
            quiet = if all.len() == length && came {
                quiet + 1
            } else {
                0
            };
            length = all.len();
            if quiet >= QUIET {
                break;
            }
            thread::sleep(LOOK);
        }
        let all = fs::read_to_string(&self.speech).unwrap();
        let new = all.get(self.heard..).unwrap().to_owned();
        self.heard = all.len();
        let said = new.split("\nq {").flat_map(|piece| piece.split("q {"));
        let said = said.filter_map(|piece| piece.split_once("}\nd"));
        let said = said.map(|(text, _)| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let own = self.reader.own_sentences();
        let said = said.filter(|text| !text.is_empty() && !own.contains(&text.as_str()));
        let said: Vec<String> = said.collect();
        self.holds(&new, &said);
        said
    }

    /// No piece of a word, and nothing that a terminal is told.
    fn holds(&mut self, raw: &str, said: &[String]) {
        let shown = self.seen_in.shows();
        self.shown.extend(words_of(&shown).map(str::to_owned));
        assert!(!raw.contains('\u{1b}'), "{raw:?}");
        for word in said.iter().flat_map(|text| words_of(text)) {
            let stood = self.shown.contains(word);
            assert!(stood, "{word:?} stood nowhere: {said:#?}\n{shown}");
        }
    }

    /// Presses keys that show this, and hears what comes of it, to these words.
    fn press(&mut self, keys: &str, shows: &str, until: &str) -> String {
        self.seen_in.press(keys, &[shows]);
        self.heard_in.send(keys);
        self.hears(until).join(" ")
    }
}

#[test]
fn the_first_pages_are_heard_in_whole_words_and_lines_come_first() {
    first_pages(Reader::Yasr);
}

#[test]
fn fenrir_too_says_the_first_pages_in_whole_words() {
    first_pages(Reader::Fenrir);
}

fn first_pages(reader: Reader) {
    let homes = [Home::new(), Home::new()];
    let Some(mut listener) = Listener::to(reader, &homes[0], &homes[1]) else {
        return;
    };
    listener.seen_in.until(&["Before you begin"], &[]);
    let said = listener.hears("Leave");
    // Nothing is asked of the terminal, which would be heard before it.
    let first = said.first().unwrap().trim_start_matches([' ', ',']);
    assert!(
        first.starts_with("F4: line by line, for screen readers"),
        "{said:#?}"
    );
    let said = listener.press("\r", "Not for everybody", "Leave");
    assert!(said.contains("I am under 18."), "{said}");
    let said = listener.press("\r", "What would you like to do?", "Leave");
    assert!(said.contains("1 Begin a session"), "{said}");
    // An answer is heard with its number, though that number stood there before.
    let said = listener.press("1", "Who is here today?", "Leave");
    for answer in ["1 Two of us", "2 Me, alone", "3 Three of us"] {
        assert!(said.contains(answer), "{answer}: {said}");
    }
}

#[test]
fn a_turn_is_quiet_its_clock_is_heard_alone_and_stop_in_whole_words() {
    a_turn(Reader::Yasr);
}

#[test]
fn fenrir_too_is_quiet_in_a_turn_and_says_the_clock_alone() {
    a_turn(Reader::Fenrir);
}

fn a_turn(reader: Reader) {
    let homes = [Home::known(), Home::known()];
    for home in &homes {
        let mut way = Way::new(home, &["--plain"], &TODAY);
        way.choose("Begin a session").choose("Ada and Ben");
        way.until("This time is yours", &["Begin", "Go"]);
        way.leave();
    }
    let Some(mut listener) = Listener::to(reader, &homes[0], &homes[1]) else {
        return;
    };
    listener.seen_in.until(&["What would you like to do?"], &[]);
    let said = listener.hears("Leave").join(" ");
    assert!(said.contains("A session is unfinished: "), "{said}");
    // The only one there is goes on, without a list.
    listener.press("\r", "Are you both here?", "Leave");
    let said = listener.press("\r", "This time is yours", "Start landing");
    assert!(said.contains("This time is yours."), "{said}");
    // Of the way only where we are, without a sign.
    assert!(!said.contains("Swap") && !said.contains('●'), "{said}");

    // With minutes nothing is said while nobody does anything.
    let idle = std::env::var("IDLE")
        .ok()
        .and_then(|idle| idle.parse().ok());
    thread::sleep(Duration::from_secs(idle.unwrap_or(STILL)));
    assert_eq!(listener.hears(""), Vec::<String>::new());
    // With seconds, only the clock.
    listener.press("t", "left in this turn", ":");
    thread::sleep(Duration::from_secs(STILL));
    let said = listener.hears("");
    let is_time = |text: &String| {
        text.chars()
            .all(|sign| sign.is_ascii_digit() || [':', ' ', ','].contains(&sign))
    };
    assert!(said.len() >= 2 && said.iter().all(is_time), "{said:?}");

    let said = listener.press("s", "Nobody has to explain.", "Leave");
    for line in ["Nobody has to explain.", "Everything is paused.", "Go back"] {
        assert!(said.contains(line), "{line}: {said}");
    }
}

/// By lines, what is said is what stands there, each line as a whole and in its order, and no prompt. `LINES=all` goes
/// through a whole session of two as well.
#[test]
fn lines_are_heard_as_they_are_written() {
    let mut walks = vec![(
        &["now", "--plain"][..],
        &["", "", "1", ""][..],
        "This is enough",
    )];
    if std::env::var("LINES").is_ok_and(|lines| lines == "all") {
        let names = &["", "", "Ada", "Ben", "", "1"][..];
        walks.push((
            &["start", "standard-pair", "--plain"],
            names,
            "The session is closed",
        ));
    }
    for (arguments, lines, last) in walks {
        let home = Home::new();
        let mut way = Way::new(&home, arguments, &TODAY);
        way.lines(lines).until(last, &["Go", "Something is here"]);
        let heard = heard_by_lines(&Home::new(), arguments, way.typed());
        let Some(heard) = heard else { return };
        let mut rest = heard.as_str();
        // Times are not the same in both.
        let timed = |line: &&str| line.contains(|sign: char| sign.is_ascii_digit());
        let written = way
            .all
            .lines()
            .map(|line| line.trim_start_matches("> ").trim());
        for line in written.filter(|line| !line.is_empty() && *line != ">" && !timed(line)) {
            let found = rest.find(line);
            let at = found.unwrap_or_else(|| panic!("{line:?} was not heard in: {rest}"));
            rest = &rest[at + line.len()..];
        }
        let words = heard.split_whitespace().count();
        println!(
            "{arguments:?}: {words} words, {} lines typed",
            way.typed().len()
        );
        assert!(!heard.contains('>') && !heard.contains('\u{1b}'), "{heard}");
    }
}

/// The table on listening says how a voice reads a sign: nobody changes a sign on its way there.
#[test]
fn each_sign_is_handed_on_to_the_voice_as_it_is() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("docs/by-ear.md")).unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    let signs = rows.filter_map(|row| row.chars().next());
    let signs: BTreeSet<char> = signs.filter(|sign| !sign.is_ascii()).collect();
    assert!(signs.len() > 20, "{signs:?}");
    for reader in [Reader::Yasr, Reader::Fenrir] {
        if !PathBuf::from(reader.path()).exists() {
            println!("There is no {reader:?} here (apt-get install yasr fenrir): nobody listened.");
            continue;
        }
        let home = Home::new();
        let (speech, shows) = (home.root().join("speech"), home.root().join("shows"));
        fs::write(&speech, "").unwrap();
        // The next one is shown when it was said, so that each is a change of its own.
        let signs: Vec<String> = signs.iter().map(char::to_string).collect();
        let script = format!(
            "#!/bin/sh\nfor sign in {}; do echo \"so $sign here\"; read next; done\n",
            signs.join(" ")
        );
        fs::write(&shows, script).unwrap();
        fs::set_permissions(&shows, fs::Permissions::from_mode(0o700)).unwrap();
        let mut command = Command::new(&shows);
        let usual = home.command(&[]);
        command.envs(
            usual
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        let mut terminal = Terminal::running(&reader.around(&command, &home));
        for sign in &signs {
            let said = format!("so {sign} here");
            let heard = (0..LOOKS).any(|_| {
                thread::sleep(LOOK);
                fs::read_to_string(&speech).unwrap().contains(&said)
            });
            assert!(heard, "{reader:?}: {sign} was not handed on");
            terminal.send("\r");
        }
    }
}

/// What yasr says while these lines are typed; rows that were broken at words are one line again.
fn heard_by_lines(home: &Home, arguments: &[&str], typed: &[String]) -> Option<String> {
    let reader = Reader::Yasr;
    if !PathBuf::from(reader.path()).exists() {
        println!("There is no yasr here (apt-get install yasr): nobody listened.");
        return None;
    }
    let speech = home.root().join("speech");
    fs::write(&speech, "").unwrap();
    // An option of the program would be taken for one of the reader.
    let names: Vec<&str> = arguments
        .iter()
        .copied()
        .filter(|name| *name != "--plain")
        .collect();
    let mut program = home.command(&names);
    program.env("ALONGSIDE_PLAIN", "1").env("TZ", &*TODAY);
    let command = reader.around(&program, home);
    let mut terminal = Terminal::running(&command);
    let mut before = 0;
    let mut quiet = || {
        let (mut length, mut still) = (before, 0);
        for _ in 0..LOOKS {
            let now = fs::metadata(&speech).unwrap().len();
            still = if now == length && now > before {
                still + 1
            } else {
                0
            };
            length = now;
            if still >= QUIET {
                break;
            }
            thread::sleep(LOOK);
        }
        before = length;
    };
    quiet();
    for line in typed {
        terminal.send(&format!("{line}\r"));
        quiet();
    }
    let all = fs::read_to_string(&speech).unwrap();
    // Nobody holds a notebook open when this ends.
    terminal.send("exit now\r");
    terminal.exit_code(Duration::from_secs(20));
    let pieces = all
        .split("q {")
        .filter_map(|piece| piece.split_once("}\nd"));
    let said = pieces.map(|(text, _)| text.split_whitespace().collect::<Vec<_>>().join(" "));
    // What it says of a row without a word.
    let said = said.filter(|text| text != "blank");
    Some(said.collect::<Vec<_>>().join(" "))
}

/// How much is heard of a session, a sitting, `now`, steadying and a week of a notebook: words and lines typed, under yasr.
/// `HEARD=write` listens to all of it and writes the table of the page on listening; with `OTHER_PROGRAM=PATH` and
/// `--nocapture` another build is listened to, and its figures are shown.
#[test]
fn the_page_says_how_much_is_heard() {
    // Words and lines of version 0.1.0 as it was a week earlier, by the same walks.
    const BEFORE: [(usize, usize); 5] =
        [(3_129, 57), (1_364, 30), (961, 30), (231, 6), (3_625, 96)];
    if std::env::var_os("HEARD").is_none() {
        return;
    }
    let head = "| under yasr | words | lines typed | words a line | before: words | lines typed | words a line |";
    let mut table = format!("{head}\n|---|---|---|---|---|---|---|\n");
    for (walk, (had, took)) in walks::all().iter().zip(BEFORE) {
        let home = Home::new();
        let mut words = 0;
        for (arguments, typed) in &walk.runs {
            let Some(heard) = heard_by_lines(&home, arguments, typed) else {
                return;
            };
            words += heard.split_whitespace().count();
            if walk.name.starts_with("Standard") && std::env::var_os("OTHER_PROGRAM").is_none() {
                let session = walks::in_session(&heard);
                println!("{}: {session} words in the session", walk.name);
                assert!(
                    (2_000..=walks::MOST_IN_SESSION).contains(&session),
                    "{session}"
                );
                let pages = walks::before_names(&heard);
                assert!((80..=walks::MOST_BEFORE_NAMES).contains(&pages), "{pages}");
            }
        }
        let steps: usize = walk.runs.iter().map(|(_, typed)| typed.len()).sum();
        println!("{}: {words} words, {steps} lines", walk.name);
        let (each, once) = (words / steps.max(1), had / took);
        let row = format!("| {} | {words} | {steps} | {each} |", walk.name);
        table.push_str(&format!("{row} {had} | {took} | {once} |\n"));
    }
    if std::env::var_os("OTHER_PROGRAM").is_some() {
        return;
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = root.join("docs/by-ear.md");
    let told = fs::read_to_string(&page).unwrap();
    let (before, rest) = told.split_once("| under yasr |").unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    fs::write(&page, format!("{before}{table}\n{after}")).unwrap();
}
