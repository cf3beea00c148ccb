//! Whatever text is in names, agreements, scripts, settings, notebooks and keys: the bytes that reach the terminal are
//! letters and our own drawing, in both faces.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crossterm::event::Event;

use crate::clock::TestClock;
use crate::drive::{Program, Scripts};
use crate::files::Home;
use crate::journal::Log;
use crate::notebook::{At, Entry, Id, Keeping, Notebooks, Part};
use crate::parity_tests::{Wanted, offered};
use crate::plain::Voice;
use crate::rehearse::{Chance, EVENING, pretend_begin};
use crate::script::{Script, shipped};
use crate::session::Session;
use crate::session::begin::Begin;
use crate::session::intent::Intent;
use crate::session::scene::{Field, Scene, Verb};
use crate::settings::{Person, Settings};
use crate::shown::forbidden;
use crate::tui::{Hands, Look, keys_for, press_of};

/// Text that acts, hides, turns round or piles up.
const HOSTILE: &str = "Ada\u{1b}]52;c;UFdORUQ=\u{7}\u{1b}[2J\u{9b}31m\u{9d}0;x\u{9c}\u{202e}b\u{200b}\u{2066}c\u{e0041}\
                       \u{0}\u{8}\u{7f}\u{feff}\u{2028}\u{ad}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}z";

fn hostile() -> String {
    HOSTILE.to_owned()
}

fn look() -> Look {
    Look {
        asks: false,
        mouse: true,
        ..Look::from_env(|name| (name == "COLORTERM").then(|| "truecolor".to_owned()))
    }
}

/// The private modes that drawing switches: cursor, the other screen, pasted text as such, one update at a time.
const MODES: [&str; 4] = ["?25", "?1049", "?2004", "?2026"];

/// What in these bytes is neither a letter nor our own drawing.
fn acts(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Some(error.to_string()),
    };
    let mut marks = 0;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let is_mark = ('\u{300}'..='\u{36f}').contains(&c);
        marks = if is_mark { marks + 1 } else { 0 };
        if marks > 4 {
            return Some("a pile of marks".to_owned());
        }
        if c == '\u{7}' {
            continue;
        }
        if c != '\u{1b}' {
            if c.is_control() || forbidden(c).is_some() {
                return Some(format!("U+{:04X}", u32::from(c)));
            }
            continue;
        }
        if rest.next() != Some('[') {
            return Some("a sequence that is none of ours".to_owned());
        }
        let mut numbers = String::new();
        let end = rest.by_ref().find(|c| {
            numbers.push(*c);
            c.is_ascii_alphabetic()
        });
        numbers.pop();
        let fine = match end {
            Some('m' | 'H' | 'K' | 'J') => numbers.chars().all(|c| c.is_ascii_digit() || c == ';'),
            Some('h' | 'l') => MODES.contains(&numbers.as_str()),
            Some(_) | None => false,
        };
        if !fine {
            return Some(format!("CSI {numbers:?} {end:?}"));
        }
    }
    None
}

/// Lines hold letters and their ends.
fn acts_in_lines(said: &str) -> Option<char> {
    said.chars()
        .find(|c| *c != '\n' && (c.is_control() || forbidden(*c).is_some()))
}

#[test]
fn the_reader_of_these_tests_finds_what_acts() {
    for bad in [
        "\u{1b}]0;x\u{7}",
        "\u{1b}[6n",
        "\u{9b}1m",
        "a\rb",
        "\u{202e}",
        "\u{1b}[?1003h",
        "\u{1b}c",
    ] {
        assert!(acts(bad.as_bytes()).is_some(), "{bad:?}");
    }
    assert_eq!(
        acts(b"\x1b[?2026h\x1b[3;4H\x1b[38;2;1;2;3mAda\x1b[?2026l\x07"),
        None
    );
}

/// What somebody wants on a screen; words are hostile.
fn wanted(scene: &Scene, chance: &mut Chance) -> Option<Wanted> {
    let intent = chance.pick(scene);
    if matches!(intent, Intent::Write { .. }) {
        return None;
    }
    let all = offered(scene);
    let found = all.iter().find(|(_, asks)| *asks == intent);
    let first = all
        .iter()
        .find(|(wanted, _)| !matches!(wanted, Wanted::Words(_) | Wanted::Keep));
    found.or(first).map(|(wanted, _)| wanted.clone())
}

fn by_keys(program: &mut Program, seed: u64, most: usize) -> BTreeSet<String> {
    let mut chance = Chance::new(seed);
    let mut titles = BTreeSet::new();
    let mut hands = Hands::at(program, look(), (80, 24));
    for n in 0..most {
        let scene = hands.talk().scene();
        titles.insert(scene.title.as_str().to_owned());
        if scene.field.as_ref().and_then(Field::initial).is_some() {
            // A paste is all that brings such characters into a field.
            hands.happens(Event::Paste(hostile()));
        }
        match wanted(&scene, &mut chance) {
            Some(wanted) => hands.press_all(&keys_for(&scene, &wanted)[0]),
            None => hands.press_all(keys_for(&scene, &Wanted::Keep)[0].as_slice()),
        }
        if n % 11 == 0 && !hands.over {
            hands.press_all(&["?", "?", "f2", "^l"].map(press_of));
            let back = offered(&hands.talk().scene());
            if back
                .iter()
                .any(|(wanted, _)| *wanted == Wanted::Offer(Verb::Back))
            {
                hands.press(press_of("esc"));
            }
        }
        let bad = acts(&hands.written());
        assert_eq!(bad, None, "{}\n{}", scene.title, hands.screen());
        if hands.over {
            break;
        }
    }
    titles
}

fn by_lines(program: &mut Program, seed: u64, most: usize) {
    let mut chance = Chance::new(seed);
    Voice::with(program, |voice| {
        for n in 0..most {
            let scene = voice.talk().scene();
            let lines = match wanted(&scene, &mut chance) {
                _ if n % 9 == 0 => vec![hostile()],
                Some(wanted) => crate::plain::lines_for(&scene, &wanted)[..1].to_vec(),
                None => vec![hostile(), ".".to_owned()],
            };
            for line in lines.iter().map(String::as_str).chain(["/help", "/map"]) {
                let said = voice.types(line);
                assert_eq!(acts_in_lines(&said), None, "{}: {said:?}", scene.title);
            }
            if voice.over.is_some() || voice.talk().farewell().is_some() {
                break;
            }
        }
    });
}

/// A script whose every text somebody made hostile after it was checked: the check refuses such a file, and the faces
/// do not rely on it.
fn hostile_session(script: &Arc<Script>, seed: u64) -> Option<Session> {
    let begin = pretend_begin(script, script.minutes, seed, EVENING);
    let people = begin.people.iter().map(|name| format!("{name}{HOSTILE}"));
    let begin = Begin {
        people: people.collect(),
        agreement: vec![hostile(), "A line.".to_owned()],
        ..begin
    };
    Session::begin(script, begin).ok()
}

#[test]
fn hostile_names_and_lines_stay_letters_in_every_script() {
    for script in shipped() {
        for seed in 0..2 {
            let session = hostile_session(script, seed).unwrap();
            let clock = TestClock::new(EVENING);
            let mut program = Program::seated(session.clone(), clock.clone());
            by_keys(&mut program, seed, 60);
            let mut program = Program::seated(session, clock);
            by_lines(&mut program, seed, 60);
        }
    }
}

/// A home in which everything that was ever written is hostile.
fn hostile_home(root: &Path) -> Program {
    let home = Home::find(|name| Some(root.join(name).into())).unwrap();
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let people = format!(
        "format = 1\nseen-notice = true\n\n[[circle]]\nnames = [{0}, \"Ben\"]\nscript = {0}\nminutes = 60\n\
         agreement = [{0}]\n\n[[person]]\nname = {0}\nregion = {0}\n",
        quoted(HOSTILE)
    );
    std::fs::create_dir_all(home.people().parent().unwrap()).unwrap();
    std::fs::write(home.people(), people).unwrap();
    let notebooks = Notebooks::at(home.notebooks());
    let notebook = notebooks.create("Ada", &Keeping::Plain).unwrap();
    let at = At {
        wall: EVENING.wall,
        offset: 0,
    };
    let part = Part {
        name: hostile(),
        ..Part::default()
    };
    let entries = [
        Entry::Part {
            id: Id::new(),
            at,
            part,
        },
        Entry::Note {
            id: Id::new(),
            at,
            words: format!("{HOSTILE}\n{HOSTILE}"),
            part: None,
            session: Some(hostile()),
            until: None,
        },
        Entry::Promise {
            id: Id::new(),
            at,
            words: hostile(),
            part: None,
            called: hostile(),
            cue: hostile(),
            on: vec![at.day()],
            therapist: false,
        },
    ];
    notebook.add(&entries).unwrap();
    let script = &shipped()[0];
    let begin = Begin {
        people: vec![hostile(); 2],
        ..pretend_begin(script, 60, 0, EVENING)
    };
    Log::create(&home.sessions(), &begin).unwrap();
    let person = Person {
        name: hostile(),
        region: Some(hostile()),
        ring: Some(hostile()),
        lines: vec![hostile()],
        line: 1,
    };
    let settings = Settings {
        people: vec![person],
        ..Settings::default()
    };
    let scripts = Scripts::new(shipped().to_vec(), Vec::new());
    Program::new(home, scripts, settings, HOSTILE)
}

#[test]
fn a_home_full_of_hostile_text_stays_letters_on_every_page() {
    let mut titles = BTreeSet::new();
    for seed in 0..30 {
        let folder = tempfile::tempdir().unwrap();
        titles.extend(by_keys(&mut hostile_home(folder.path()), seed, 80));
    }
    for seed in 0..30 {
        let folder = tempfile::tempdir().unwrap();
        by_lines(&mut hostile_home(folder.path()), seed, 80);
    }
    assert!(titles.len() > 15, "{titles:?}");
}
