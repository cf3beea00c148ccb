//! Every screen that a walk through a shipped script can bring, drawn: whole where there is room, and never a panic.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fastrand::Rng;

use super::tests::{LOOK, cells, picture, text};
use super::*;
use crate::rehearse::Play;
use crate::script::shipped;
use crate::session::intent::Intent;
use crate::session::scene::{ClockShows, Field, Offer, Verb};

/// How many walks go through each script.
const WALKS: u64 = 60;

/// The scripts whose screens are all read by people: the usual sitting, a circle, one alone, and many short turns.
const READ: [&str; 4] = ["standard-pair", "circle", "after-a-trigger", "five-each"];

/// The scenes of walks by script and question.
pub(super) type Screens = BTreeMap<(String, String), Scene>;

/// Walked once for all tests: that takes much longer than looking at it.
pub(super) static SCREENS: LazyLock<Screens> = LazyLock::new(screens);

/// The scenes that walks bring, each question of each script once, in an order that stays.
fn walked() -> impl Iterator<Item = Scene> {
    SCREENS.values().cloned()
}

fn screens() -> Screens {
    let mut found = Screens::new();
    for script in shipped() {
        for seed in 0..WALKS {
            let mut play = Play::new(script, script.minutes, seed).expect("fits");
            loop {
                let mut scene = play.session.scene(play.now);
                // What the program adds to every scene of a session.
                for (verb, says, intent) in [
                    (Verb::Card, "crisis card", Intent::Card),
                    (Verb::Leave, "leave for now", Intent::Leave),
                ] {
                    if !scene.offers.iter().any(|offer| offer.verb == verb) {
                        let says = Shown::new(says);
                        scene.offers.push(Offer { verb, says, intent });
                    }
                }
                let question: Vec<_> = scene.prompt.iter().map(Shown::as_str).collect();
                let key = (
                    script.name.clone(),
                    format!("{:?} {}", scene.mood, question.join("/")),
                );
                // The fullest of those that ask the same: the one with the most beside the question.
                let full = |scene: &Scene| scene.choices.len() + scene.whispers.len();
                if found
                    .get(&key)
                    .is_none_or(|known| full(known) < full(&scene))
                {
                    found.insert(key, scene);
                }
                if play.step().is_none() {
                    break;
                }
            }
        }
    }
    found
}

/// Whether the words stand on the screen in their order; the clock may stand beside them.
fn holds(screen: &str, wanted: &str) -> bool {
    let mut screen = screen.split_whitespace();
    wanted
        .split_whitespace()
        .all(|word| screen.any(|other| other == word))
}

#[test]
fn the_question_and_every_choice_stand_on_every_screen() {
    assert!(SCREENS.len() > 600, "only {} screens", SCREENS.len());
    for scene in walked() {
        for (width, height) in [(60, 18), (80, 24), (100, 30)] {
            let screen = text(&cells(&picture(scene.clone(), LOOK), width, height));
            let question = scene.prompt.first().map_or("", Shown::as_str);
            assert!(
                holds(&screen, question),
                "{width}x{height}: {question:?} is cut off\n{screen}"
            );
            for (n, choice) in scene.choices.iter().enumerate() {
                let wanted = choice.says.as_str();
                // The agreement's lines can be chosen too; they may be longer than a small screen.
                let long = scene
                    .choices
                    .iter()
                    .map(|c| c.says.as_str().len())
                    .sum::<usize>()
                    > 400;
                let start: Vec<&str> = wanted.split_whitespace().take(2).collect();
                assert!(
                    long || holds(&screen, &start.join(" ")),
                    "{width}x{height}: choice {} is not there\n{screen}",
                    n + 1
                );
            }
        }
    }
}

#[test]
fn the_quiet_words_for_the_other_stand_whole_on_every_screen() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for scene in walked() {
        if scene.whispers.is_empty() {
            continue;
        }
        for (width, height) in [(60, 18), (80, 24), (100, 30)] {
            seen += 1;
            let screen = text(&cells(&picture(scene.clone(), LOOK), width, height));
            // Under the longest of questions the smallest screen has only the words for the first of them.
            let crowded = height == 18 && scene.choices.len() == 9;
            let whispers = scene.whispers.iter();
            for whisper in whispers.take(if crowded { 1 } else { usize::MAX }) {
                if !holds(&screen, whisper.words.as_str()) {
                    missing.push(format!("{width}x{height} {whisper:?}\n{screen}"));
                }
            }
        }
    }
    assert!(seen > 60, "only {seen} screens");
    assert!(
        missing.is_empty(),
        "{} of {seen}:\n{}",
        missing.len(),
        missing.join("\n")
    );
}

/// The keys of these offers that a screen's footer lacks, though they work.
fn lacking<'a>(scene: &Scene, screen: &str, keys: &[(Verb, &'a str)]) -> Vec<&'a str> {
    let rows = screen.lines().rev().skip_while(|row| row.is_empty());
    let footer: Vec<&str> = rows.take(2).collect();
    let lacks = |(verb, key): &&(Verb, &str)| {
        let offered = scene.offers.iter().any(|offer| offer.verb == *verb);
        let shown = footer
            .iter()
            .any(|row| row.trim_start().starts_with(key) || row.contains(&format!("  {key}")));
        offered && !shown
    };
    keys.iter().filter(lacks).map(|(_, key)| *key).collect()
}

#[test]
fn the_footer_has_every_key_of_the_session_that_works_and_the_way_back_on_the_smallest_screen() {
    const SESSION: [(Verb, &str); 7] = [
        (Verb::Back, "← "),
        (Verb::Pause, "space "),
        (Verb::More, "m "),
        (Verb::Asides, "w "),
        (Verb::Land, "d "),
        (Verb::Stop, "s STOP"),
        (Verb::Card, "c "),
    ];
    const LEAST: [(Verb, &str); 2] = [(Verb::Back, "← "), (Verb::Stop, "s STOP")];
    for scene in walked() {
        // While words are typed, letters and arrows belong to them.
        if matches!(scene.field, Some(Field::Line { .. } | Field::Page { .. })) {
            continue;
        }
        for (width, height, keys) in [
            (100, 30, &SESSION[..]),
            (80, 24, &SESSION[..]),
            (60, 18, &LEAST[..]),
        ] {
            let screen = text(&cells(&picture(scene.clone(), LOOK), width, height));
            let lacks = lacking(&scene, &screen, keys);
            assert!(lacks.is_empty(), "{width}x{height} {lacks:?}\n{screen}");
        }
    }
}

#[test]
fn at_80_by_24_nothing_is_below_the_screen_but_lists() {
    for scene in walked() {
        if !scene.list.is_empty() || scene.choices.len() > 8 {
            continue;
        }
        let screen = text(&cells(&picture(scene, LOOK), 80, 24));
        assert!(!screen.contains(&words().tui.more_below), "{screen}");
    }
}

#[test]
fn no_size_panics_whatever_is_shown() {
    let mut rng = Rng::with_seed(7);
    for scene in walked() {
        for _ in 0..5 {
            let (width, height) = (rng.u16(0..=200), rng.u16(0..=60));
            cells(&picture(scene.clone(), LOOK), width, height);
        }
        cells(&picture(scene.clone(), LOOK), LEAST.0, LEAST.1);
        cells(&picture(scene, LOOK), 0, 0);
    }
}

/// Every screen of some scripts, to be read by people: a change of words or of the composition shows here.
#[test]
fn every_screen_of_four_scripts_at_80_by_24() {
    for script in READ {
        let mut pages = String::new();
        let of_it = SCREENS.iter().filter(|((name, _), _)| name == script);
        for mut scene in of_it.map(|(_, scene)| scene.clone()) {
            // What hangs on how long the pretend people took is left out.
            scene.ends = None;
            scene.notice = None;
            scene.costs = None;
            scene.way.clear();
            if let Some(clock) = &mut scene.clock {
                clock.shows = ClockShows::Full {
                    seconds: 754,
                    over: false,
                };
                clock.label = Shown::default();
            }
            pages.push_str(&text(&cells(&picture(scene, LOOK), 80, 24)));
            pages.push_str(&"-".repeat(80));
            pages.push('\n');
        }
        insta::assert_snapshot!(format!("screens_{script}_80x24"), pages);
    }
}
