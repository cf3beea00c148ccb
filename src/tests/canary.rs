//! A canary in every private answer of a walk of every shipped script: it is seen nowhere, and nothing tells which of
//! the private choices was taken.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::app::Program;
use crate::line_ui::Voice;
use crate::rehearsal::{Chance, EVENING, Play};
use crate::script::{Ask, Script, shipped};
use crate::session::Session;
use crate::session::intent::{GateWord, Intent};
use crate::session::scene::{InputField, Scene, SceneMood};
use crate::tests::parity::{Wanted, offered};
use crate::time::clock::TestClock;
use crate::time::moment::Moment;
use crate::tui::{Appearance, Hands, keys_for, press_of};

/// What somebody writes for nobody else. No word of the program or of a script has its first letters.
const CANARY: &str = "zqcanary";
const BIRD: &str = "zqc";

/// How many walks of each script go by keys, and as many by lines.
const SEEDS: u64 = 6;
/// How many more are tried until something is written.
const MOST_SEEDS: u64 = 300;
/// No walk is longer.
const MOST: usize = 600;

fn look() -> Appearance {
    Appearance {
        asks: false,
        ..Appearance::from_env(|_| None)
    }
}

/// What somebody wants on a screen, as chance has it; words that are for nobody else are a canary.
fn wanted(scene: &Scene, chance: &mut Chance) -> Wanted {
    let intent = chance.pick(scene);
    if let Intent::Write { .. } = intent {
        let own = matches!(scene.field, Some(InputField::Page { .. }));
        return Wanted::Words(if own { CANARY } else { "A line of ours." });
    }
    let all = offered(scene);
    let found = all.iter().find(|(_, asks)| *asks == intent);
    let first = found.or(all.first()).expect("something is offered");
    first.0.clone()
}

/// Whether a screen may show what somebody writes: only to one who is alone, and only while they write it.
fn may_show(scene: &Scene) -> bool {
    let written = scene.field.as_ref().filter(|field| !field.is_hidden());
    matches!(written, Some(InputField::Page { .. })) && scene.people.len() <= 1
}

/// Every file below a folder that holds the canary, but those of the notebooks.
fn files_with_it(root: &Path) -> Vec<String> {
    let (mut open, mut found) = (vec![root.to_path_buf()], Vec::new());
    while let Some(at) = open.pop() {
        if at.ends_with("notebooks") {
            continue;
        }
        if at.is_dir() {
            let inside = fs::read_dir(&at).unwrap();
            open.extend(inside.map(|entry| entry.unwrap().path()));
        } else if String::from_utf8_lossy(&fs::read(&at).unwrap()).contains(BIRD) {
            found.push(at.display().to_string());
        }
    }
    found
}

/// A session of this script with its log, where everybody has a notebook.
fn at_home(root: &Path, script: usize, seed: u64) -> (Program, TestClock) {
    let script = &shipped()[script];
    let play = Play::new(script, script.minutes, seed).unwrap();
    let clock = TestClock::new(EVENING);
    let program = Program::seated_at_home(root, play.session, clock.clone());
    (program, clock)
}

/// Whether somebody can write for themselves in this script's stages.
fn has_own_pages(script: &Script) -> bool {
    let mut steps = script.stages.iter().flat_map(|stage| &stage.steps);
    steps.any(|step| matches!(step.ask, Ask::Note | Ask::Promise))
}

#[test]
fn what_is_written_for_nobody_else_is_on_no_screen_and_in_no_log() {
    for (script, shipped) in shipped().iter().enumerate() {
        let mut written = 0;
        for seed in 0..MOST_SEEDS {
            // Where somebody can write for themselves, walks go on until somebody did.
            if seed >= SEEDS && (written > 0 || !has_own_pages(shipped)) {
                break;
            }
            let home = tempfile::tempdir().unwrap();
            let (mut program, clock) = at_home(home.path(), script, seed);
            written += walk_by_keys(&mut program, &clock, seed, home.path());
            let printed = format!("{program:?}");
            assert!(!printed.contains(BIRD), "{printed}");
        }
        assert!(
            written > 0 || !has_own_pages(shipped),
            "{}: nothing was written",
            shipped.name
        );
    }
}

fn walk_by_keys(program: &mut Program, clock: &TestClock, seed: u64, home: &Path) -> usize {
    let (mut chance, mut written) = (Chance::new(seed), 0);
    let mut hands = Hands::at(program, look(), (80, 24));
    for n in 0..MOST {
        let scene = hands.talk().scene();
        if scene.mood == SceneMood::Closed {
            break;
        }
        let about = scene.title.clone();
        if n % 7 == 0 {
            clock.pass(chance.wait());
            hands.wakes();
            continue;
        }
        let wanted = wanted(&scene, &mut chance);
        let ours = wanted == Wanted::Words(CANARY);
        written += usize::from(ours);
        let mut keys = keys_for(&scene, &wanted)[0].clone();
        if ours && written % 4 == 1 {
            // Before it is entered something comes over it: the card, a pause, STOP.
            keys.pop();
            keys.push(press_of(["f2", "^p", "^s"][written / 4 % 3]));
        }
        for key in keys {
            hands.press(key);
            let here = hands.talk().scene();
            let seen = hands.screen().contains(BIRD);
            assert!(!seen || may_show(&here), "{about}\n{}", hands.screen());
            let bytes = String::from_utf8(hands.written()).unwrap();
            assert!(!bytes.contains(CANARY) || may_show(&here), "{about}");
            assert!(!hands.printed().contains(BIRD), "{about}");
        }
    }
    assert_eq!(files_with_it(home), Vec::<String>::new());
    written
}

#[test]
fn what_is_written_for_nobody_else_is_told_by_no_line_and_in_no_log() {
    for (script, shipped) in shipped().iter().enumerate() {
        let mut written = 0;
        for seed in 0..MOST_SEEDS {
            // Where somebody can write for themselves, walks go on until somebody did.
            if seed >= SEEDS && (written > 0 || !has_own_pages(shipped)) {
                break;
            }
            let home = tempfile::tempdir().unwrap();
            let (mut program, clock) = at_home(home.path(), script, seed);
            Voice::with(&mut program, |voice| {
                written += walk_by_lines(voice, &clock, seed);
            });
            assert_eq!(files_with_it(home.path()), Vec::<String>::new());
        }
        assert!(
            written > 0 || !has_own_pages(shipped),
            "{}: nothing was written",
            shipped.name
        );
    }
}

fn walk_by_lines(voice: &mut Voice<'_>, clock: &TestClock, seed: u64) -> usize {
    let (mut chance, mut written) = (Chance::new(seed), 0);
    for n in 0..MOST {
        let scene = voice.talk().scene();
        if scene.mood == SceneMood::Closed {
            break;
        }
        if n % 7 == 0 {
            clock.pass(chance.wait());
            voice.wakes();
            continue;
        }
        let mut lines = if scene.private {
            // Words where a number is asked for: nobody's answer is said again.
            assert!(voice.is_hidden(), "{}", scene.title);
            vec![CANARY.to_owned()]
        } else {
            Vec::new()
        };
        let wanted = wanted(&scene, &mut chance);
        if wanted == Wanted::Words(CANARY) {
            written += 1;
            let hidden = scene.field.as_ref().is_some_and(InputField::is_hidden);
            assert_eq!(voice.is_hidden(), hidden, "{}", scene.title);
            let over = ["/crisis", "/pause", "stop", "undo"];
            lines.push(CANARY.to_owned());
            let interrupted = written % 3 == 1 && hidden;
            lines.push(
                if interrupted {
                    over[written / 3 % 4]
                } else {
                    "."
                }
                .to_owned(),
            );
        } else {
            lines.extend(crate::line_ui::lines_for(&scene, &wanted).first().cloned());
        }
        for line in lines {
            let said = voice.types(&line);
            assert!(!said.contains(BIRD), "{}: {said}", scene.title);
        }
    }
    written
}

/// What both faces show after this answer: the screen as it stands, and the lines.
fn shown_after(
    session: &Session,
    now: Moment,
    n: usize,
    wanted: &Wanted,
) -> Option<(Scene, Vec<String>)> {
    let scene = session.scene(now);
    let mut seen = Vec::new();
    let mut after = None;
    for keys in keys_for(&scene, wanted) {
        let mut program = Program::seated(session.clone(), TestClock::new(now));
        let mut hands = Hands::at(&mut program, look(), (80, 24));
        hands.press_all(&keys);
        // Whoever comes back to the program sees all of it drawn anew.
        hands.written();
        hands.press(press_of("^l"));
        seen.push(String::from_utf8(hands.written()).unwrap());
        seen.push(hands.screen());
        after = Some(hands.talk().scene());
    }
    let mut program = Program::seated(session.clone(), TestClock::new(now));
    Voice::with(&mut program, |voice| {
        let line = crate::line_ui::lines_for(&scene, wanted).first().cloned();
        seen.push(voice.types(&line.unwrap_or_default()));
    });
    after
        .filter(|_| n < scene.choices.len().max(11))
        .map(|after| (after, seen))
}

/// Two private answers that lead to the same place leave the same screen and say the same lines.
#[test]
fn no_screen_and_no_line_tells_which_private_answer_was_given() {
    let mut compared = 0;
    for script in shipped() {
        let mut looked = std::collections::BTreeSet::new();
        for seed in 0..12 {
            let mut play = Play::new(script, script.minutes, seed).unwrap();
            loop {
                let (scene, now) = (play.session.scene(play.now), play.now);
                let rates = scene.field == Some(InputField::Rating);
                let question = scene.prompt.first().map(|words| words.as_str().to_owned());
                let here = (question, scene.to.clone(), scene.private);
                if (scene.private || rates) && looked.insert(here) {
                    let answers: Vec<Wanted> = if rates {
                        (0..=10).map(Wanted::Rate).collect()
                    } else {
                        (0..scene.choices.len()).map(Wanted::Choice).collect()
                    };
                    compared += compare(&play.session, now, &answers);
                }
                if play.step().is_none() {
                    break;
                }
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

fn compare(session: &Session, now: Moment, answers: &[Wanted]) -> usize {
    let mut known: BTreeMap<String, Vec<(Scene, Vec<String>)>> = BTreeMap::new();
    for (n, wanted) in answers.iter().enumerate() {
        let Some((scene, seen)) = shown_after(session, now, n, wanted) else {
            continue;
        };
        let place = scene.prompt.first().map(|words| words.as_str().to_owned());
        known
            .entry(place.unwrap_or_default())
            .or_default()
            .push((scene, seen));
    }
    let mut compared = 0;
    for (place, all) in known {
        let (first, seen_first) = &all[0];
        for (scene, seen) in &all[1..] {
            // The unseen answers of everybody are shown to everybody once the last one is given.
            if scene == first {
                compared += 1;
                assert_eq!(seen, seen_first, "{place}");
            }
        }
    }
    compared
}

/// At the gate the log holds one word for all, and it is the same whoever said it.
#[test]
fn the_log_does_not_tell_whose_word_at_the_gate_it_was() {
    let words = [GateWord::Go, GateWord::Short, GateWord::NotToday];
    let mut gates = 0;
    for script in shipped().iter().filter(|script| script.people.to == 2) {
        let mut play = Play::new(script, script.minutes, 0).unwrap();
        while !play.session.is_closed() {
            let scene = play.session.scene(play.now);
            let gate = |says| Intent::Gate { says };
            if scene.choices.iter().any(|c| c.intent == gate(GateWord::Go)) {
                gates += 1;
                for one in words {
                    for other in words {
                        let log = |first, second| {
                            let mut session = play.session.clone();
                            let mut log = Vec::new();
                            for intent in [gate(first), Intent::GoOn, gate(second)] {
                                let line = session.to_log(&intent);
                                if session.apply(intent, play.now).is_ok() {
                                    log.extend(line);
                                }
                            }
                            log
                        };
                        assert_eq!(log(one, other), log(other, one), "{}", script.name);
                        assert!(log(one, other).len() <= 1, "{}", script.name);
                    }
                }
                break;
            }
            play.step();
        }
    }
    assert!(gates > 3, "{gates}");
}
