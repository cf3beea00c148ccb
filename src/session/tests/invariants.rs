//! What holds on every way through every shipped script (design.md 4, "Invariants").

use super::*;
use crate::rehearsal::Play;
use crate::session::intent::{FeltNumbers, Outline};
use crate::session::state::State;
use crate::time::moment::{Gap, GapKind};

/// How many walks of each script.
const SEEDS: u64 = 1_000;

fn walk(
    script: &Arc<Script>,
    seed: u64,
    mut look: impl FnMut(&Play),
) -> (Play, Vec<(Intent, Moment)>) {
    let minutes = if seed.is_multiple_of(3) {
        script.minutes
    } else {
        // Any length that fits: from a little under to far over what is written.
        script.minutes + u16::try_from(seed % 40).unwrap_or(0)
    };
    let mut play = Play::new(script, minutes, seed).expect("it fits");
    let mut log = Vec::new();
    look(&play);
    while let Some(event) = play.step() {
        log.extend(event.logged.map(|intent| (intent, event.at)));
        look(&play);
        // Now and then the lid is closed.
        if seed.is_multiple_of(5) && log.len() % 17 == 0 && !play.session.is_closed() {
            let before = play.now;
            play.now = before.later(Duration::from_secs(700));
            let intent = Intent::TimeJumped {
                gap: Gap {
                    before,
                    kind: GapKind::Slept,
                },
            };
            play.session.apply(intent.clone(), play.now).expect("held");
            log.push((intent, play.now));
        }
    }
    (play, log)
}

fn outline(session: &Session) -> &Outline {
    let State::Closed(outline) = &session.state else {
        panic!("not closed: {:?}", session.state);
    };
    outline
}

#[test]
fn every_walk_closes_and_its_log_replays_to_the_same() {
    for script in &scripts() {
        for seed in 0..SEEDS {
            let (play, log) = walk(script, seed, |_| {});
            assert!(play.session.is_closed(), "{} seed {seed}", script.name);
            let begin = play.session.begun().clone();
            let mut again = Session::begin(script, begin).expect("it fits");
            for (intent, at) in log {
                // Refused live is refused again.
                let _ = again.apply(intent, at);
            }
            // How it was for each is not in the log, and so not known again: nobody's number comes back out of it.
            let (felt, unknown) = (|person: &Participant| person.felt, FeltNumbers::default());
            assert!(again.of_each(felt).iter().all(|felt| *felt == unknown));
            let people = Arc::make_mut(&mut again.people).iter_mut();
            for (person, live) in people.zip(play.session.people.iter()) {
                person.felt = live.felt;
            }
            if let (State::Closed(told), State::Closed(live)) =
                (&mut again.state, &play.session.state)
            {
                told.felt.clone_from(&live.felt);
            }
            assert_eq!(again, play.session, "{} seed {seed}", script.name);
        }
    }
}

#[test]
fn no_turn_begins_before_everybodys_yes() {
    for script in &scripts() {
        let mut turns = 0;
        for seed in 0..SEEDS / 5 {
            walk(script, seed, |play| {
                if play.session.turn_of().is_some() {
                    turns += 1;
                    assert!(play.session.is_signed(), "{} seed {seed}", script.name);
                }
            });
        }
        let enough = turns > 200 || !has_turns(script);
        assert!(enough, "{}: {turns} moments of turns", script.name);
    }
}

#[test]
fn turns_are_equal_unless_both_agreed_and_then_the_loan_says_so() {
    let scripts = scripts();
    let for_several = |script: &&Arc<Script>| script.people.to > 1 && has_turns(script);
    for script in scripts.iter().filter(for_several) {
        let mut whole = 0;
        for seed in 0..SEEDS {
            let mut offered = false;
            let (play, _) = walk(script, seed, |play| {
                offered |= matches!(play.session.state, State::Same { .. });
            });
            let outline = outline(&play.session);
            if !outline.whole {
                continue;
            }
            whole += 1;
            let most = outline.turns.iter().copied().max().unwrap_or(0);
            let people = 0..outline.people.len();
            let loans = people.map(|who| outline.loan_of(who));
            let loan = loans.clone().max().unwrap_or(0);
            assert!(loan <= most, "nobody lends what they did not have");
            assert_eq!(loans.min(), Some(0));
            // A shorter script that was followed instead may be so, too.
            if script.one_sided.is_some() || outline.one_sided {
                assert_eq!(loan == 0, outline.one_sided || most < 30_000);
                continue;
            }
            // What is not made up was offered and left, or is less than a minute that the last turn ran over.
            assert!(
                loan < 60_000 || offered,
                "{} seed {seed}: {:?}",
                script.name,
                outline.turns
            );
        }
        assert!(whole > 10, "only {whole} walks were whole");
    }
}

#[test]
fn from_every_state_stop_leads_through_the_short_closing_to_closed() {
    for script in &scripts() {
        for seed in 0..SEEDS / 5 {
            walk(script, seed, |play| {
                if play.session.is_closed() {
                    return;
                }
                let mut session = play.session.clone();
                session
                    .apply(Intent::Stop, play.now)
                    .expect("STOP is never refused");
                assert_eq!(session.scene(play.now).mood, scene::SceneMood::Neutral);
                let mut closings = 0;
                for _ in 0..100 {
                    if session.is_closed() {
                        break;
                    }
                    let on = on(&session, play.now);
                    session.apply(on, play.now).expect("go on is never refused");
                    closings += usize::from(matches!(session.state, State::MiniClose { .. }));
                }
                assert!(session.is_closed(), "{} seed {seed}", script.name);
                assert!(
                    closings > 0,
                    "{} seed {seed}: no short closing",
                    script.name
                );
            });
        }
    }
}

#[test]
fn from_every_state_going_on_ends() {
    for script in &scripts() {
        for seed in 0..SEEDS / 50 {
            walk(script, seed, |play| {
                let mut session = play.session.clone();
                for _ in 0..400 {
                    if session.is_closed() {
                        return;
                    }
                    let on = on(&session, play.now);
                    session.apply(on, play.now).expect("go on is never refused");
                }
                panic!("{} seed {seed}: going on never ends", script.name);
            });
        }
    }
}

#[test]
fn every_choice_and_every_offer_of_every_scene_is_taken() {
    for script in &scripts() {
        for seed in 0..SEEDS / 50 {
            walk(script, seed, |play| {
                let scene = play.session.scene(play.now);
                let choices = scene.choices.iter().map(|choice| choice.intent.clone());
                let offers = scene.offers.iter().map(|offer| offer.intent());
                for intent in choices
                    .chain(offers)
                    .filter(|intent| *intent != Intent::Leave)
                {
                    let mut session = play.session.clone();
                    let answer = session.apply(intent.clone(), play.now);
                    assert!(
                        answer.is_ok(),
                        "{} seed {seed}: {intent:?} is refused: {answer:?}\n{:?}",
                        script.name,
                        scene.prompt
                    );
                }
            });
        }
    }
}

/// A scene without what creeps: the map of the way, a clock that is a bar, the end and what running over costs are
/// allowed to be a few seconds behind.
fn steady(session: &Session, at: Moment) -> Scene {
    let mut scene = session.scene(at);
    scene
        .clock
        .take_if(|clock| matches!(clock.shows, scene::ClockShows::Bar { .. }));
    scene.way.clear();
    scene.ends = None;
    scene.costs = None;
    scene
}

/// Whoever looks when the session says so misses nothing. Where time runs and is told in numbers, nobody looks for
/// nothing; where it stands still, the end may move.
#[test]
fn two_scenes_differ_when_the_session_says_to_look_again() {
    let mut differ = 0;
    for script in &scripts() {
        for seed in 0..SEEDS / 50 {
            walk(script, seed, |play| {
                let now = play.now;
                let wake = play.session.next_wake(now);
                assert_ne!(wake, Some(Duration::ZERO));
                // It says so a moment after something has changed.
                let until = wake.map_or(Duration::from_secs(59), |wake| {
                    wake.saturating_sub(Duration::from_millis(2))
                });
                let before = steady(&play.session, now.later(until));
                let scene = steady(&play.session, now);
                let words = |scene: &Scene| {
                    let says = scene.prompt.iter().chain(&scene.notice);
                    says.map(ToString::to_string).collect::<Vec<_>>()
                };
                let said = (words(&scene), words(&before), &play.session.state);
                assert_eq!(scene, before, "{} seed {seed} {said:?}", script.name);
                let runs = scene.clock.as_ref().filter(|clock| !clock.held);
                let shows = runs.map(|clock| clock.shows);
                let in_numbers = matches!(
                    shows,
                    Some(scene::ClockShows::Full { .. } | scene::ClockShows::Minutes { .. })
                );
                if let (Some(wake), true) = (wake, in_numbers) {
                    let mut woken = play.session.clone();
                    let then = now.later(wake);
                    let effects = woken
                        .apply(Intent::TimePassed, then)
                        .expect("time is never refused");
                    let (now, then) = (play.session.scene(now), woken.scene(then));
                    // A bell is heard, and need not be seen.
                    let rings = !effects.is_empty();
                    assert!(
                        rings || now != then,
                        "{} seed {seed}: {wake:?}",
                        script.name
                    );
                    differ += 1;
                }
            });
        }
    }
    assert!(differ > 1_000, "only {differ}");
}
