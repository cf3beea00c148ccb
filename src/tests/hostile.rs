//! Whatever text is in names, agreements, scripts, settings, notebooks and keys: the bytes that reach the terminal are
//! letters and our own drawing, in both faces.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::app::Program;
use crate::line_ui::Voice;
use crate::rehearsal::{Chance, EVENING, pretend_begin};
use crate::script::{Piece, RoleSays, Script, Stage, StageKind, Step, Text, shipped};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::scene::{InputField, Scene, Verb};
use crate::session::setup::Begin;
use crate::test_support::lived_in::lived_in;
use crate::tests::parity::{Wanted, offered};
use crate::text::safe_text::{SafeText, forbidden};
use crate::time::clock::TestClock;
use crate::tui::{Appearance, Hands, keys_for, press_of};

/// Text that acts, hides, turns round or piles up.
const HOSTILE: &str = "Ada\u{1b}]52;c;UFdORUQ=\u{7}\u{1b}[2J\u{9b}31m\u{9d}0;x\u{9c}\u{202e}b\u{200b}\u{2066}c\u{e0041}\
                       \u{0}\u{8}\u{7f}\u{feff}\u{2028}\u{ad}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}z";

fn hostile() -> String {
    HOSTILE.to_owned()
}

fn look() -> Appearance {
    Appearance {
        asks: false,
        mouse: true,
        ..Appearance::from_env(|name| (name == "COLORTERM").then(|| "truecolor".to_owned()))
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
        if scene.field.as_ref().and_then(InputField::initial).is_some() {
            // A paste is all that brings such characters into a field.
            hands.pastes(&hostile());
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

/// Whether a whole path stands in the field: going on would write there.
fn asks_for_a_folder(scene: &Scene) -> bool {
    let initial = scene.field.as_ref().and_then(InputField::initial);
    let hint = match &scene.field {
        Some(InputField::Line { hint, .. }) => hint.as_str(),
        Some(InputField::Page { .. } | InputField::Rating) | None => "",
    };
    let folder = crate::text::words::words().pages.file_hint == hint;
    folder || initial.is_some_and(|initial| std::path::Path::new(initial).is_absolute())
}

fn by_lines(program: &mut Program, seed: u64, most: usize) {
    let mut chance = Chance::new(seed);
    Voice::with(program, |voice| {
        for n in 0..most {
            let scene = voice.talk().scene();
            let lines = match wanted(&scene, &mut chance) {
                _ if n % 9 == 0 => vec![hostile()],
                // Going on, and "." as well, would write into the folder that the tests were started in.
                _ if asks_for_a_folder(&scene) && n % 2 == 0 => vec![hostile()],
                _ if asks_for_a_folder(&scene) => vec!["/back".to_owned()],
                Some(wanted) => crate::line_ui::lines_for(&scene, &wanted)[..1].to_vec(),
                // "." ends a page.
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

/// One thing that acts, another for other words, so that a text stays about as long as it was.
fn act(words: &str, seed: u64) -> &'static str {
    const ACTS: [&str; 11] = [
        "\u{1b}[2J",
        "\u{1b}]0;x\u{7}",
        "\u{1b}]52;c;UFdORUQ=\u{1b}\\",
        "\u{9b}31m",
        "\u{9d}0;x\u{9c}",
        "\u{202e}b\u{2066}",
        "\u{200b}\u{feff}\u{ad}",
        "\u{e0041}",
        "\u{0}\u{8}\u{7f}\r",
        "\u{2028}x\u{2029}",
        "\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}z",
    ];
    let at = words.bytes().map(u64::from).sum::<u64>() + seed;
    ACTS[usize::try_from(at).unwrap() % ACTS.len()]
}

fn turn(words: &mut SafeText) {
    *words = SafeText::new(&format!("{words}{}", act(words.as_str(), 0)));
}

/// A script whose every text somebody made hostile after it was checked: the check refuses such a file, and the faces
/// do not rely on it.
fn hostile_script(script: &Arc<Script>) -> Arc<Script> {
    let mut made = Script::clone(script);
    let again = |word: &mut String| word.push_str(act(word, 0));
    turn(&mut made.title);
    turn(&mut made.summary);
    made.roles.iter_mut().for_each(again);
    made.one_sided.iter_mut().for_each(turn);
    made.rungs.iter_mut().flatten().for_each(turn);
    made.packs.iter_mut().for_each(|pack| turn(&mut pack.title));
    for written in &mut made.written {
        again(&mut written.name);
        turn(&mut written.otherwise);
    }
    made.stages.iter_mut().for_each(turn_stage);
    for aside in &mut made.asides {
        turn(&mut aside.offer);
        aside.steps.iter_mut().for_each(turn_step);
    }
    for own in [&mut made.stop, &mut made.mini_close] {
        let mut steps = own.to_vec();
        steps.iter_mut().for_each(turn_step);
        *own = steps.into();
    }
    made.shorter = made.shorter.as_ref().map(hostile_script);
    Arc::new(made)
}

fn turn_stage(stage: &mut Stage) {
    turn_text(&mut stage.title);
    stage.roles.iter_mut().for_each(turn);
    stage.steps.iter_mut().for_each(turn_step);
    if let StageKind::Turns {
        before,
        after,
        between,
        ..
    } = &mut stage.kind
    {
        before.iter_mut().chain(after).for_each(turn_stage);
        between.iter_mut().for_each(|stage| turn_stage(stage));
    }
}

fn turn_step(step: &mut Step) {
    turn_text(&mut step.says.all);
    for says in &mut step.says.roles {
        match says {
            RoleSays::Same(text) => turn_text(text),
            RoleSays::ByRung(texts) => texts.iter_mut().for_each(turn_text),
        }
    }
    step.ask.texts_mut().into_iter().for_each(turn_text);
}

fn turn_text(text: &mut Text) {
    for piece in text.0.iter_mut().flatten() {
        match piece {
            Piece::Words(words) => turn(words),
            Piece::Packed(packed) => packed.iter_mut().for_each(turn),
            Piece::BySense(both) => both.iter_mut().for_each(turn),
            Piece::Role(_) | Piece::Written(_) => {}
        }
    }
}

/// A session of people whose names and lines are hostile.
fn hostile_session(script: &Arc<Script>, seed: u64) -> Option<Session> {
    let begin = pretend_begin(script, script.minutes, seed, EVENING);
    let people = begin.people.iter().map(|name| format!("{name}{HOSTILE}"));
    let begin = Begin {
        people: people.collect(),
        agreement: match seed % 2 {
            0 => vec![hostile(), "A line.".to_owned()],
            _ => Vec::new(),
        },
        ..begin
    };
    Session::begin(script, begin).ok()
}

#[test]
fn hostile_names_lines_and_texts_stay_letters_in_every_script() {
    for script in shipped() {
        let hostile = hostile_script(script);
        for (seed, script) in [(0, script), (1, &hostile), (2, &hostile)] {
            let session = hostile_session(script, seed).unwrap();
            let clock = TestClock::new(EVENING);
            let mut program = Program::seated(session.clone(), clock.clone());
            by_keys(&mut program, seed, 60);
            let mut program = Program::seated(session, clock);
            by_lines(&mut program, seed, 60);
        }
    }
}

/// A home in which everything that was ever written is hostile, and so is every script there is.
fn hostile_home(root: &Path, seed: u64) -> Program {
    // Every other home has all of it in every text.
    let says = |words: &str| match seed % 2 {
        0 => format!("{words}{HOSTILE}"),
        _ => format!("{words}{}", act(words, seed)),
    };
    let scripts = shipped().iter().map(hostile_script);
    lived_in(root, &TestClock::new(EVENING), &says, scripts.collect())
}

#[test]
fn a_home_full_of_hostile_text_stays_letters_on_every_page() {
    let mut titles = BTreeSet::new();
    for seed in 0..30 {
        let folder = tempfile::tempdir().unwrap();
        titles.extend(by_keys(&mut hostile_home(folder.path(), seed), seed, 80));
        let folder = tempfile::tempdir().unwrap();
        by_lines(&mut hostile_home(folder.path(), seed), seed, 80);
    }
    assert!(titles.len() > 15, "{titles:?}");
}
