//! What protects somebody is not led past: by going back, by a crash, by what else a turn offers.

use super::*;
use crate::rehearsal::Play;
use crate::script::Ask;
use crate::session::scene::{SceneMood, Verb};
use crate::session::state::State;
use crate::time::moment::{Gap, GapKind, minutes};

/// How many keys somebody presses who wants to get back.
const KEYS: usize = 30;

/// Which still step is on the screen: it is about somebody's safety, with nothing of the session beside it.
fn still(session: &Session) -> Option<(position::VisitedSteps, usize)> {
    let (track, path) = session.asked_alone()?;
    let step = session.step_at(track, path)?;
    step.still.then(|| session.place()).flatten()
}

/// Everything on the way back is a still screen, too, and there is nothing else that leads on.
fn leads_nowhere_back(session: &Session, now: Moment, script: &str) {
    let mut session = session.clone();
    for _ in 0..KEYS {
        assert!(still(&session).is_some(), "{script}");
        for intent in [
            Intent::Land,
            Intent::More,
            Intent::Asides,
            Intent::Skip,
            Intent::Pause,
        ] {
            let mut other = session.clone();
            if other.apply(intent.clone(), now).is_ok() {
                let words = other.scene(now).prompt;
                assert_eq!(intent, Intent::Pause, "{script}: {words:?}");
            }
        }
        if session.apply(Intent::Back, now).is_err() {
            return;
        }
    }
    panic!("{script}: back leads round");
}

/// Everybody walks every script in some way; wherever two still screens follow each other, something was said.
#[test]
fn nothing_leads_back_past_what_was_said_about_somebodys_safety() {
    let mut seen = std::collections::BTreeSet::new();
    for script in &scripts() {
        for seed in 0..400 {
            let mut play = Play::new(script, script.minutes, seed).expect("it fits");
            loop {
                let before = still(&play.session);
                let trail = play.session.path_here().map_or(0, |path| path.trail.len());
                if play.step().is_none() {
                    break;
                }
                let now = still(&play.session);
                let further = play
                    .session
                    .path_here()
                    .is_some_and(|path| path.trail.len() > trail || path.trail.len() == 1);
                if before.is_some() && now.is_some() && before != now && further {
                    leads_nowhere_back(&play.session, play.now, &script.name);
                    seen.insert((script.name.clone(), now));
                }
            }
        }
    }
    assert!(seen.len() > 20, "{}", seen.len());
}

/// The way that a witness begins who is worried.
fn might_do_harm() -> Told {
    let mut told = Told::pair();
    told.until_turn_of(0).ask(Intent::Asides);
    told.choose("Something worries me")
        .choose("Ask about dying");
    told.on();
    told
}

fn says(told: &Told, words: &str) -> bool {
    let prompt = told.scene().prompt;
    prompt.iter().any(|line| line.as_str().contains(words))
}

#[test]
fn after_a_yes_to_harm_a_wrong_key_is_taken_back_and_the_turn_is_not_behind_it() {
    for (answer, first, next) in [
        (
            "Yes, or I am not sure",
            "safety comes first",
            "Might you end your life",
        ),
        (
            "No, I would not",
            "thoughts of ending your life",
            "Might you end your life",
        ),
    ] {
        let mut told = might_do_harm();
        told.choose(answer);
        assert!(says(&told, first));
        told.ask(Intent::Back);
        assert!(says(&told, next));
        told.ask(Intent::Back);
        assert!(says(&told, "what is it like for you"));
        told.refused(Intent::Back);
        assert_eq!(told.scene().mood, SceneMood::Neutral);
        assert!(!told.scene().offers.iter().any(|one| one.verb == Verb::Back));
    }
    // Known thoughts lead to the end; from there back leads to them, and no further.
    let mut told = might_do_harm();
    told.choose("No, I would not")
        .choose("Yes, or I am not sure");
    assert!(says(&told, "Thank you for saying it"));
    for _ in 0..4 {
        told.on();
        assert_eq!(told.scene().mood, SceneMood::Neutral);
    }
    told.ask(Intent::Yes { who: Who(0) })
        .ask(Intent::Yes { who: Who(1) });
    assert_eq!(told.scene().mood, SceneMood::Closing);
    for _ in 0..KEYS {
        if told.session.apply(Intent::Back, told.now).is_err() {
            break;
        }
        assert_eq!(told.scene().mood, SceneMood::Neutral);
    }
    // And who was only asked, and has said nothing, is not locked in.
    let mut told = Told::pair();
    told.until_turn_of(0).ask(Intent::Asides);
    told.choose("Something worries me")
        .choose("Ask about dying")
        .ask(Intent::Back);
    assert!(says(&told, "what would help now"));
}

/// Among a gate's questions is whether somebody fears the other one: a no is not undone by a key.
#[test]
fn what_a_gate_was_told_is_not_taken_back_by_anybody() {
    let gated = |told: &Told| matches!(told.session.walk.path.doing, StepState::Gating { .. });
    let mut gates = 0;
    for script in shipped() {
        let asks = |stage: &crate::script::Stage| {
            let mut steps = stage.steps.iter();
            steps.any(|step| matches!(step.ask, Ask::Gate(_)))
        };
        if !script.stages.iter().any(asks) {
            continue;
        }
        for says in [GateWord::Short, GateWord::NotToday] {
            let mut told = Told::begin(&script.name, Length::Minutes(script.minutes));
            told.until(gated).ask(Intent::Gated { says });
            for _ in 0..KEYS {
                assert!(!gated(&told), "{}", script.name);
                if told.session.apply(Intent::Back, told.now).is_err() {
                    break;
                }
            }
            // Nor from the ending that follows.
            told.until(|told| told.scene().mood == SceneMood::Closing || told.session.is_closed());
            while told.session.apply(Intent::Back, told.now).is_ok() {
                assert!(!gated(&told), "{}", script.name);
            }
            gates += 1;
        }
        // A go can still be followed by second thoughts.
        let mut told = Told::begin(&script.name, Length::Minutes(script.minutes));
        told.until(gated).ask(Intent::Gated { says: GateWord::Go });
        if !matches!(told.session.state, State::Closed(_))
            && !told.session.walk.path.trail.is_empty()
        {
            told.ask(Intent::Back);
            assert!(gated(&told), "{}", script.name);
        }
    }
    assert!(gates > 10, "{gates}");
}

fn hole(told: &mut Told, kind: GapKind, away: Duration) {
    let before = told.now;
    told.now = match kind {
        GapKind::Slept => Moment {
            wall: before.wall + moment::signed_ms(away),
            ..before
        },
        GapKind::ClockSet => Moment {
            wall: before.wall - moment::signed_ms(away),
            ..before
        },
        GapKind::Stopped | GapKind::Crashed | GapKind::Dropped => before.later(away),
    };
    told.ask(Intent::TimeJumped {
        gap: Gap { before, kind },
    });
}

const KINDS: [GapKind; 4] = [
    GapKind::Crashed,
    GapKind::Slept,
    GapKind::Stopped,
    GapKind::ClockSet,
];

#[test]
fn a_crash_in_what_protects_comes_back_to_just_that() {
    let mut met = [0; 3];
    for script in &scripts() {
        for seed in 0..40 {
            let mut play = Play::new(script, script.minutes, seed).expect("it fits");
            loop {
                let is = [
                    matches!(play.session.state, State::Stopped { .. }),
                    matches!(play.session.state, State::MiniClose { .. }),
                    still(&play.session).is_some(),
                ];
                let which = is.iter().position(|is| *is);
                if let Some(which) = which {
                    met[which] += 1;
                    for kind in KINDS {
                        let (session, now) = (play.session.clone(), play.now);
                        let bells = Vec::new();
                        let mut told = Told {
                            session,
                            now,
                            bells,
                        };
                        let before = told.scene();
                        hole(&mut told, kind, minutes(7));
                        let after = told.scene();
                        assert_eq!(after.mood, before.mood, "{} {kind:?}", script.name);
                        assert_eq!(after.prompt, before.prompt, "{} {kind:?}", script.name);
                        assert_eq!(after.people, before.people, "{} {kind:?}", script.name);
                        assert!(after.way.is_empty() && after.ends.is_none());
                    }
                }
                if play.step().is_none() {
                    break;
                }
            }
        }
    }
    assert!(met.iter().all(|met| *met > 20), "{met:?}");
}

#[test]
fn a_hole_after_stop_moves_the_end_once_and_costs_nobody_a_second() {
    for kind in KINDS {
        let mut told = Told::pair();
        told.until_turn_of(0).wait(minutes(5));
        let (left, ends) = (told.left(), told.session.ends(told.now).later);
        told.ask(Intent::Stop).wait(minutes(3));
        hole(&mut told, kind, minutes(30));
        told.wait(minutes(2)).choose("Go back");
        told.ask(Intent::Yes { who: Who(0) })
            .ask(Intent::Yes { who: Who(1) });
        assert_eq!(told.session.turn_of(), Some(Who(0)), "{kind:?}");
        assert_eq!(told.left(), left, "{kind:?}");
        // What the wall says of a clock that was set back is no time.
        let moved = match kind {
            GapKind::ClockSet => 5 - 30,
            GapKind::Slept | GapKind::Stopped | GapKind::Crashed | GapKind::Dropped => 35,
        };
        let target = told.session.target - EVENING.wall - 60 * 60_000;
        assert_eq!(target, moved * 60_000, "{kind:?} {ends}");
    }
}
