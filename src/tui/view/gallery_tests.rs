//! Every kind of screen as the real program makes it, at four sizes, from one list: read by people before it is kept.

use std::time::Duration;

use super::sheet_tests::sheet;
use super::tests::{LOOK, cells, picture, text};
use super::walk_tests::SCREENS;
use super::*;
use crate::clock::TestClock;
use crate::drive::Program;
use crate::plain::Voice;
use crate::rehearse::{EVENING, Play};
use crate::session::intent::Intent;
use crate::session::scene::{ClockShows, LegState, Offer, Verb};
use crate::session::time::{Gap, GapKind, Moment, TimeOfDay};
use crate::tui::desk::Over;

/// Pages outside of a session: a name, and what is typed by lines from the first run on to get there.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("first-run", &[]),
    ("not-for-this", &[""]),
    ("home", &["", ""]),
    ("how-many", &["", "", "1"]),
    ("name", &["", "", "1", "1"]),
    ("need", &["", "", "1", "1", "Ada", "Ben"]),
    ("script", &["", "", "1", "1", "Ada", "Ben", "2"]),
    ("length", &["", "", "1", "1", "Ada", "Ben", "2", ""]),
    ("plan", TO_THE_PLAN),
    ("card", &["crisis"]),
    ("card-place", &["crisis", "1"]),
    ("around", &["", "", "5"]),
    ("how-it-works", &["", "", "5", "1"]),
    ("practise", &["", "", "5", "2"]),
    ("scripts", &["", "", "5", "3"]),
    ("kept", &["", "", "4"]),
    ("pages-door", &["", "", "3"]),
    ("pages-name", &["", "", "3", "1"]),
    ("pages-how", &["", "", "3", "1", "Ada"]),
    ("pages-words", &["", "", "3", "1", "Ada", "1"]),
    ("pages-without", &["", "", "3", "1", "Ada", "2"]),
    ("pages", &["", "", "3", "1", "Ada", "2", "2"]),
    ("pages-left-off", &["", "", "3", "1", "Ada", "2", "2", "1"]),
    ("pages-write", &["", "", "3", "1", "Ada", "2", "2", "2"]),
    ("pages-check-in", &["", "", "3", "1", "Ada", "2", "2", "3"]),
    ("pages-promises", &["", "", "3", "1", "Ada", "2", "2", "4"]),
    ("pages-parts", &["", "", "3", "1", "Ada", "2", "2", "5"]),
    ("pages-notes", &["", "", "3", "1", "Ada", "2", "2", "6"]),
    ("pages-look-back", &["", "", "3", "1", "Ada", "2", "2", "7"]),
    ("pages-out", &["", "", "3", "1", "Ada", "2", "2", "8"]),
    ("pages-manage", &["", "", "3", "1", "Ada", "2", "2", "9"]),
    (
        "pages-begun",
        &[
            "",
            "",
            "3",
            "1",
            "Ada",
            "2",
            "2",
            "2",
            "What came up.",
            "/back",
            "2",
        ],
    ),
    ("pages-next", &["", "", "3", "1", "Ada", "2", "2", "8", "4"]),
    (
        "pages-next-seen",
        &[
            "",
            "",
            "3",
            "1",
            "Ada",
            "2",
            "2",
            "8",
            "4",
            "2026-01-08",
            "19:00",
            "1",
            "",
        ],
    ),
    ("ground", &["", "", "2"]),
    ("ground-2", &["", "", "2", "", ""]),
    ("ground-3", &["", "", "2", "", "", ""]),
    ("ground-4", &["", "", "2", "", "", "", ""]),
    ("ground-5", &["", "", "2", "", "", "", "", ""]),
];

/// From the first run to the plan of two people.
const TO_THE_PLAN: &[&str] = &["", "", "1", "1", "Ada", "Ben", "2", "", ""];

/// Moments of sessions: a name, the script, and how the question begins.
const INSIDE: &[(&str, &str, &str)] = &[
    ("arrive", "standard-pair", "Make it quiet around you."),
    ("gate-words", "standard-pair", "Seven questions come now."),
    ("gate-empty", "standard-pair", "when only you can see"),
    ("gate", "standard-pair", "Go, short, or not today?"),
    (
        "rating",
        "standard-pair",
        "How stirred up are you right now",
    ),
    ("not-today", "standard-pair", "No inner work today."),
    ("check-in", "standard-pair", "What went well lately?"),
    ("agreement", "standard-pair", "Is this what you promise"),
    ("change-line", "standard-pair", "How is the line to read?"),
    ("order", "standard-pair", "Who goes first?"),
    (
        "company",
        "standard-pair",
        "How would you like the other one",
    ),
    ("warnings", "standard-pair", "how long before the end"),
    ("turn", "standard-pair", "How do you feel toward it"),
    (
        "turn-words",
        "standard-pair",
        "Greet it from where you are.",
    ),
    ("landing", "standard-pair", "Slowly come to an end."),
    (
        "promise-when",
        "standard-pair",
        "Would you like to write the promise down",
    ),
    ("promise", "standard-pair", "What do you promise?"),
    ("more", "standard-pair", "how much more would you like?"),
    ("more-yes", "standard-pair", "minutes more for"),
    ("more-same", "standard-pair", "more, too?"),
    ("asides", "standard-pair", "What is needed here?"),
    ("advice", "standard-pair", "what do you do with it?"),
    ("signs", "standard-pair", "what do you notice?"),
    ("stirred", "standard-pair", "A pause for"),
    ("crossed", "standard-pair", "What was crossed?"),
    ("call-drops", "standard-pair", "The line is gone."),
    ("swap", "standard-pair", "Are you ready to change places?"),
    ("paused", "standard-pair", "Everything stands still."),
    ("stop", "standard-pair", "What would help now?"),
    ("stop-back", "standard-pair", "Do you all want to go back"),
    ("stop-again", "standard-pair", "Can you say a number now?"),
    ("stop-more", "standard-pair", "What may help a little more?"),
    (
        "stop-breath",
        "standard-pair",
        "Which pace is right for you?",
    ),
    ("rest", "five-each", "Rest now, with each other there."),
    ("stop-quiet", "standard-pair", "Quiet."),
    (
        "stop-number",
        "standard-pair",
        "How strong is it now, from 0 to 10?",
    ),
    (
        "stop-which",
        "standard-pair",
        "Is it too much or too little?",
    ),
    ("stop-look", "standard-pair", "Let your eyes go slowly"),
    ("stop-senses", "standard-pair", "Say it aloud, slowly: five"),
    ("stop-feet", "standard-pair", "Press your feet down"),
    ("stop-move", "standard-pair", "Eyes open. Stand up"),
    ("stop-calmer", "standard-pair", "What would be good now?"),
    ("stop-between", "standard-pair", "What would help now?"),
    ("stop-strong", "standard-pair", "It is still strong"),
    ("stop-together", "standard-pair", "Stay on the line"),
    ("risk", "standard-pair", "Might you harm yourself"),
    (
        "mini-close",
        "standard-pair",
        "Feel the floor under your feet.",
    ),
    (
        "mini-close-hours",
        "standard-pair",
        "Who rings whom, and when?",
    ),
    (
        "mini-close-all-right",
        "standard-pair",
        "Is it all right to stop here now?",
    ),
    (
        "closing",
        "standard-pair",
        "What ordinary thing do you do next?",
    ),
    ("keep", "standard-pair", "What stays of this session?"),
    ("keep-own", "standard-pair", "what stays of what you wrote"),
    ("closed", "standard-pair", "Thank you both."),
];

fn outside(lines: &[&str]) -> Scene {
    let home = tempfile::tempdir().expect("a folder");
    let mut program = Program::at_the_door(home.path(), TestClock::new(EVENING));
    let mut scene = Voice::with(&mut program, |voice| {
        for line in lines {
            voice.types(line);
        }
        voice.talk().scene()
    });
    // The first page names the folder, which has another name each time.
    let root = home.path().to_string_lossy().into_owned();
    for words in &mut scene.prompt {
        *words = Shown::new(&words.as_str().replace(&root, "/home/ada"));
    }
    scene
}

/// The scene without what hangs on how long the pretend people took.
fn still_of(mut scene: Scene) -> Scene {
    scene.notice = None;
    scene.costs = None;
    if let Some(ends) = &mut scene.ends {
        ends.at = TimeOfDay {
            hour: 20,
            minute: 0,
        };
        ends.later = 0;
    }
    for leg in &mut scene.way {
        leg.at = TimeOfDay {
            hour: 19,
            minute: 0,
        };
        if let LegState::Here(gone) = &mut leg.state {
            *gone = 7;
        }
    }
    if let Some(clock) = &mut scene.clock
        && let ClockShows::Full { seconds, over } = &mut clock.shows
    {
        *seconds = if *over { 42 } else { 754 };
    }
    scene
}

/// The plan of each script, in the words of the page before a session begins.
fn plans() -> Vec<(String, Scene)> {
    let plan = |script: &std::sync::Arc<crate::script::Script>| {
        let home = tempfile::tempdir().expect("a folder");
        let mut program = Program::at_the_door(home.path(), TestClock::new(EVENING));
        program.set_up(Some(&script.name), None).expect("shipped");
        let scene = Voice::with(&mut program, |voice| {
            for n in 0..40 {
                let scene = voice.talk().scene();
                if scene.title.as_str() == "the plan" {
                    return scene;
                }
                let named = matches!(scene.field, Some(crate::session::scene::Field::Line { .. }));
                voice.types(&if named {
                    format!("Name{n}")
                } else {
                    String::new()
                });
            }
            voice.talk().scene()
        });
        (script.name.clone(), scene)
    };
    crate::script::shipped().iter().map(plan).collect()
}

/// A session of this script where this holds, as walks find it first.
fn found(script: &str, holds: impl Fn(&Play) -> bool) -> Play {
    let script = crate::script::shipped()
        .iter()
        .find(|known| known.name == script);
    let script = script.expect("shipped");
    for seed in 0..60 {
        let mut play = Play::new(script, script.minutes, seed).expect("fits");
        loop {
            if holds(&play) {
                return play;
            }
            if play.step().is_none() {
                break;
            }
        }
    }
    panic!("never in {}", script.name);
}

/// A session's scene with what the program offers beside it.
fn with_card(mut scene: Scene) -> Scene {
    let w = &words().cli;
    let offers = [
        (Verb::Card, &w.card, Intent::Card),
        (Verb::Leave, &w.leave_open, Intent::Leave),
    ];
    let offers = offers.into_iter().map(|(verb, says, intent)| Offer {
        verb,
        says: Shown::new(says),
        intent,
    });
    scene.offers.extend(offers);
    scene
}

/// The quiet screen beside what stays of what somebody wrote.
fn how_long_notes_stay() -> Picture {
    let offers = |play: &Play| {
        let mut choices = play.session.scene(play.now).choices.into_iter();
        choices.any(|choice| choice.intent == Intent::HowLong)
    };
    let mut play = found("solo-short", offers);
    play.session
        .apply(Intent::HowLong, play.now)
        .expect("it is offered");
    picture(still_of(with_card(play.session.scene(play.now))), LOOK)
}

/// Moments that come with time alone, and what the face itself lays over a turn.
fn by_time_and_over() -> Vec<(&'static str, Picture)> {
    let in_turn = |play: &Play| {
        let scene = play.session.scene(play.now);
        play.session.turn_of().is_some() && !scene.choices.is_empty() && scene.mood == Mood::Walking
    };
    let later = |minutes: u64, intent: fn(Moment) -> Intent| {
        let mut play = found("standard-pair", in_turn);
        let before = play.now;
        let now = play.now.later(Duration::from_secs(minutes * 60));
        play.session
            .apply(intent(before), now)
            .expect("time is never refused");
        picture(still_of(with_card(play.session.scene(now))), LOOK)
    };
    let gap = |before| Intent::TimeJumped {
        gap: Gap {
            before,
            kind: GapKind::Slept,
        },
    };
    let crash = |before| Intent::TimeJumped {
        gap: Gap {
            before,
            kind: GapKind::Crashed,
        },
    };
    let mut keys = later(0, |_| Intent::TimePassed);
    let mut leaving = keys.clone();
    let mut thin = keys.clone();
    keys.desk.over = Over::Help;
    leaving.desk.over = Over::Leaving;
    thin.desk.pass(Duration::from_secs(60), &thin.scene.clone());
    vec![
        ("overtime", later(40, |_| Intent::TimePassed)),
        ("hole", later(12, gap)),
        ("crash", later(12, crash)),
        ("keys", keys),
        ("leaving", leaving),
        ("thin", thin),
        ("keep-own-long", how_long_notes_stay()),
    ]
}

fn inside(script: &str, question: &str) -> Scene {
    let asks = |scene: &Scene| {
        let first = scene.prompt.first().map_or("", Shown::as_str);
        first.contains(question)
    };
    let all = || SCREENS.iter().filter(|(_, scene)| asks(scene));
    // What chance brings in no walk of this script, it brings in one of another.
    let found = all()
        .find(|((name, _), _)| name == script)
        .or_else(|| all().next());
    let found = found.unwrap_or_else(|| panic!("no {question:?} in {script}"));
    still_of(found.1.clone())
}

fn all() -> Vec<(String, Picture)> {
    let mut all = Vec::new();
    for (name, lines) in OUTSIDE {
        let scene = outside(lines);
        all.push((format!("real-{name}"), picture(scene, LOOK)));
    }
    for (name, picture) in by_time_and_over() {
        all.push((format!("real-{name}"), picture));
    }
    for (name, script, question) in INSIDE {
        all.push((
            format!("real-{name}"),
            picture(inside(script, question), LOOK),
        ));
    }
    all
}

#[test]
fn every_kind_of_screen_of_the_program_at_four_sizes() {
    for (name, picture) in all() {
        insta::assert_snapshot!(name, sheet(&picture));
    }
}

/// Before a session people read the plan whole, whichever script it is for.
#[test]
fn the_plan_of_every_script_is_seen_whole_at_80_by_24() {
    for (script, scene) in plans() {
        let screen = text(&cells(&picture(scene, LOOK), 80, 24));
        assert!(screen.contains("the end"), "{script}\n{screen}");
        assert!(
            !screen.contains(&words().tui.more_below),
            "{script}\n{screen}"
        );
    }
}

/// So are the agreement, the gate and the crisis card.
#[test]
fn what_has_to_be_read_is_seen_whole_at_80_by_24() {
    let read = [
        "agreement",
        "gate",
        "card",
        "card-place",
        "not-for-this",
        "first-run",
        "stop-strong",
    ];
    let read = read.map(|name| format!("real-{name}"));
    let pages = all().into_iter().filter(|(name, _)| read.contains(name));
    let mut seen = 0;
    for (name, picture) in pages {
        seen += 1;
        let screen = text(&cells(&picture, 80, 24));
        assert!(
            !screen.contains(&words().tui.more_below),
            "{name}\n{screen}"
        );
    }
    assert_eq!(seen, read.len());
}
