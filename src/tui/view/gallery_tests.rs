//! Every kind of screen as the real program makes it, from one list: read by people before it is kept. Screens are
//! found by their step, so that a sentence can be worded anew.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use super::drawn::{LOOK, cells, frame, frames, picture, text};
use super::walk_tests::{WALKED, with_card};
use super::*;
use crate::app::Program;
use crate::line_ui::Voice;
use crate::rehearsal::{EVENING, Play};
use crate::session::intent::Intent;
use crate::session::scene::{ClockShows, SegmentState};
use crate::time::clock::TestClock;
use crate::time::moment::{Gap, GapKind, Moment, TimeOfDay};
use crate::tui::key::{Code, Key};
use crate::tui::samples;
use crate::tui::ui_state::Overlay;

/// Pages outside of a session: a name, and what is typed by lines from the first run on to get there.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("first-run", &[]),
    ("not-for-this", &[""]),
    ("home", &["", ""]),
    ("how-many", &["", "", "1"]),
    ("name", &["", "", "1", "1"]),
    ("read-by-each", &["", "2", "1", "1", "Ada", "Ben"]),
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

/// Moments of sessions: a name, the script, and the name of its screen.
const INSIDE: &[(&str, &str, &str)] = &[
    ("arrive", PAIR, "stage #0+1 rating"),
    ("gate-empty", PAIR, "stage gate gating"),
    ("gate", PAIR, "stage gate gating open"),
    ("rating", PAIR, "stage gate+1 rating"),
    ("not-today", PAIR, "stage not-today choosing"),
    ("check-in", PAIR, "share #1+1 writing"),
    ("agreement", PAIR, "stage promises agreeing signing"),
    ("change-line", "circle", "stage promises agreeing writing"),
    ("order", PAIR, "stage first ordering"),
    ("company", PAIR, "stage first+1 supporting rung"),
    ("warnings", PAIR, "stage first+1 supporting warnings"),
    ("turn", PAIR, "turn feel-toward choosing-several"),
    ("turn-words", PAIR, "turn hurt reading"),
    ("landing", PAIR, "turn resting+1 reading"),
    ("promise-when", PAIR, "turn vow promising when"),
    ("promise", PAIR, "turn vow promising words"),
    ("more", PAIR, "more"),
    ("more-yes", PAIR, "more asked"),
    ("more-same", PAIR, "same for the other"),
    ("asides", PAIR, "asides"),
    ("advice", PAIR, "aside #1+1 choosing"),
    ("signs", "conversation", "aside #3+1 choosing"),
    ("stirred", PAIR, "aside #0+1 reading"),
    ("crossed", "conversation", "aside #5+1 reading"),
    ("call-drops", "conversation", "aside #4+1 reading"),
    ("swap", PAIR, "between ready choosing"),
    ("paused", PAIR, "paused"),
    ("rest", "conversation", "stage rest resting"),
    ("stop", PAIR, "stop stopped choosing"),
    ("stop-back", PAIR, "stop going-back consenting"),
    ("stop-number", PAIR, "stop before rating"),
    ("stop-which", PAIR, "stop how choosing"),
    ("stop-again", PAIR, "stop after+1 rating"),
    ("stop-more", PAIR, "stop more choosing"),
    ("stop-breath", PAIR, "stop breath choosing"),
    ("stop-pace", "circle", "stop longer-out resting"),
    ("stop-calmer", PAIR, "stop calmer choosing"),
    ("stop-between", PAIR, "stop between choosing"),
    ("stop-strong", PAIR, "stop enough reading"),
    ("stop-together", PAIR, "stop enough+1 reading"),
    ("risk", "after-a-trigger-together", "turn act choosing"),
    ("mini-close", PAIR, "mini-close +1 reading"),
    ("mini-close-hours", PAIR, "mini-close +4 reading"),
    (
        "mini-close-all-right",
        PAIR,
        "mini-close all-right consenting",
    ),
    ("closing", PAIR, "stage #6+4 reading"),
    ("keep", PAIR, "stage #6+5 keeping"),
    ("keep-own", PAIR, "stage #6+5 keeping-own"),
    ("closed", PAIR, "closed"),
];

const PAIR: &str = "standard-pair";

/// Ten frames each of scripts of other kinds: a circle, one alone, many short turns. None of them is among those above.
const KEY_FRAMES: &[(&str, [&str; 10])] = &[
    (
        "circle",
        [
            "stage #0+1 reading",
            "stage number+1 writing",
            "share #2+1 reading",
            "skipping",
            "turn #3+1 choosing",
            "turn #3+1 accepting",
            "turn share choosing",
            "who next",
            "share #4+1 reading",
            "stage #6+1 writing",
        ],
    ),
    (
        "after-a-trigger",
        [
            "stage #0+1 choosing",
            "stage #1+1 reading",
            "stage more-ground choosing",
            "stage name reading",
            "stage #3+1 choosing",
            "stage #4+1 choosing",
            "stage #5+1 choosing",
            "stage come-back choosing",
            "stage help+1 reading",
            "mini-close +4 reading",
        ],
    ),
    (
        "five-each",
        [
            "stage #0+1 gating open",
            "stage first ordering",
            "turn #1+1 choosing",
            "turn quiet reading",
            "aside minute resting",
            "aside minute+1 choosing",
            "aside #2+1 choosing",
            "aside #6+1 choosing",
            "between #1+1 reading",
            "stage lighter choosing",
        ],
    ),
];

/// Compositions that are others on a small screen and on a large one.
const AT_EVERY_SIZE: [&str; 12] = [
    "home",
    "plan",
    "card",
    "pages-write",
    "gate",
    "rating",
    "agreement",
    "turn",
    "marked",
    "keys",
    "stop",
    "crowded",
];

fn outside_of(lines: &[&str]) -> Scene {
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
        *words = SafeText::new(&words.as_str().replace(&root, "/home/ada"));
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
        if let SegmentState::Here(gone) = &mut leg.state {
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
                if scene.title.as_str() == words().home.plan_title {
                    return scene;
                }
                let named = matches!(
                    scene.field,
                    Some(crate::session::scene::InputField::Line { .. })
                );
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
        play.session.turn_of().is_some()
            && !scene.choices.is_empty()
            && scene.mood == SceneMood::Walking
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
    let mut marked = keys.clone();
    marked
        .desk
        .press(Key::plain(Code::Down), &marked.scene.clone());
    keys.desk.over = Overlay::Help;
    leaving.desk.over = Overlay::Leaving;
    thin.desk.pass(Duration::from_secs(60), &thin.scene.clone());
    vec![
        ("overtime", later(40, |_| Intent::TimePassed)),
        ("hole", later(12, gap)),
        ("crash", later(12, crash)),
        ("keys", keys),
        ("leaving", leaving),
        ("thin", thin),
        ("marked", marked),
        ("keep-own-long", how_long_notes_stay()),
    ]
}

/// Every kind of screen with its name; drawn once for all tests.
fn all() -> &'static BTreeMap<String, Picture> {
    static ALL: LazyLock<BTreeMap<String, Picture>> = LazyLock::new(|| {
        let outside = OUTSIDE.iter();
        let outside = outside.map(|(name, lines)| (*name, picture(outside_of(lines), LOOK)));
        let inside = INSIDE.iter().map(|(name, script, screen)| {
            let scene = still_of(WALKED.screen(script, screen));
            (*name, picture(scene, LOOK))
        });
        let made_up = [("crowded", picture(samples::crowded(), LOOK))];
        let all = outside
            .chain(inside)
            .chain(by_time_and_over())
            .chain(made_up);
        all.map(|(name, picture)| (name.to_owned(), picture))
            .collect()
    });
    &ALL
}

#[test]
fn every_kind_of_screen_of_the_program() {
    for (name, picture) in all() {
        if AT_EVERY_SIZE.contains(&name.as_str()) {
            insta::assert_snapshot!(name.as_str(), frames(picture));
        } else {
            insta::assert_snapshot!(name.as_str(), frame(picture));
        }
    }
}

#[test]
fn ten_key_frames_of_scripts_of_other_kinds() {
    for (script, screens) in KEY_FRAMES {
        let drawn = screens.map(|screen| {
            let scene = still_of(WALKED.screen(script, screen));
            format!("# {screen}\n{}", frame(&picture(scene, LOOK)))
        });
        insta::assert_snapshot!(format!("ten-{script}"), drawn.concat());
    }
}

/// Before a session people read the plan whole, whichever script it is for.
#[test]
fn the_plan_of_every_script_is_seen_whole_at_80_by_24() {
    for (script, scene) in plans() {
        let screen = text(&cells(&picture(scene, LOOK), 80, 24));
        // Where nothing is timed there is no time of day, and so no end among them.
        let whole = screen.contains("the end") || screen.contains(" ·  ");
        assert!(whole, "{script}\n{screen}");
        assert!(
            !screen.contains(words().tui.more_below),
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
    for name in read {
        let screen = text(&cells(&all()[name], 80, 24));
        assert!(!screen.contains(words().tui.more_below), "{name}\n{screen}");
    }
}
