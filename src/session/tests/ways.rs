//! What matters most, one walk each.

use super::*;
use crate::session::intent::{BellRing, KeepChoice};
use crate::session::scene::{ClockShows, SceneMood, Verb};
use crate::session::setup::KnownBefore;
use crate::session::state::State;
use crate::text::words::{fill, words};
use crate::time::moment::{Gap, GapKind, TimeOfDay, minutes};

fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

#[test]
fn a_standard_session_goes_from_start_to_closed() {
    let mut told = Told::pair();
    for who in [0, 1] {
        told.until_turn_of(who).wait(minutes(18));
    }
    told.until(|told| told.session.is_closed());
    let State::Closed(outline) = &told.session.state else {
        panic!("closed");
    };
    assert!(outline.whole);
    assert_eq!(outline.turns, [18 * 60_000, 18 * 60_000]);
    assert_eq!(outline.loan_of(0), 0);
    assert_eq!(outline.first, Some(Who(0)));
    assert!(outline.agreement.len() >= 5);
}

#[test]
fn without_everybodys_yes_there_is_no_turn() {
    let mut told = Told::pair();
    told.until(|told| matches!(told.session.walk.path.doing, StepState::Agreeing(_)));
    while !told.session.is_closed() {
        assert_eq!(told.session.turn_of(), None);
        told.on();
    }
}

#[test]
fn a_changed_line_asks_for_every_yes_again() {
    let mut told = Told::pair();
    told.until(|told| matches!(told.session.walk.path.doing, StepState::Agreeing(_)));
    let first = told.scene().list.first().expect("lines").words.to_string();
    told.until(|told| told.scene().choices.iter().any(|c| c.on == Some(false)));
    told.choose("Ada says yes");
    assert_eq!(told.scene().people[0].yes, Some(true));
    told.ask(Intent::ChangeLine)
        .ask(Intent::PickLine { line: 0 });
    assert!(
        told.refused(Intent::Write { words: "  ".into() })
            .contains("empty")
    );
    told.ask(Intent::Write {
        words: "What is said here stays with us\u{1b}[2J.".into(),
    });
    let scene = told.scene();
    assert_eq!(scene.people[0].yes, Some(false));
    assert_ne!(scene.list[0].words.as_str(), first);
    assert!(!scene.list[0].words.as_str().contains('\u{1b}'));
}

#[test]
fn a_pair_that_has_agreed_before_is_only_asked_whether_it_still_holds() {
    let told = Told::pair();
    let mut begin = told.session.begun().clone();
    let asked = script("standard-pair").agreement_lines().count();
    begin.agreement = vec!["We stop when one of us says stop.".into(); asked];
    let mut told = Told {
        session: Session::begin(script("standard-pair"), begin).expect("fits"),
        ..told
    };
    told.until(|told| matches!(told.session.walk.path.doing, StepState::Agreeing(_)));
    assert!(
        told.scene()
            .choices
            .iter()
            .any(|c| c.says.as_str() == "Ben says yes")
    );
    assert_eq!(told.scene().list.len(), asked);
}

#[test]
fn the_gate_gives_only_the_most_careful_word_and_not_whose_it_was() {
    for (ada, ben) in [
        (GateWord::Short, GateWord::Go),
        (GateWord::Go, GateWord::Short),
    ] {
        let mut told = Told::pair();
        told.until(|told| matches!(told.session.walk.path.doing, StepState::Gating { .. }));
        told.ask(Intent::Gate { says: ada })
            .ask(Intent::Gate { says: ben });
        let mut other = Told::pair();
        other.until(|told| matches!(told.session.walk.path.doing, StepState::Gating { .. }));
        other
            .ask(Intent::Gate { says: ben })
            .ask(Intent::Gate { says: ada });
        assert_eq!(told.scene(), other.scene());
    }
}

#[test]
fn at_the_gate_the_screen_is_empty_before_each_and_the_log_gets_one_word() {
    for (ada, ben, all) in [
        (GateWord::Go, GateWord::Go, GateWord::Go),
        (GateWord::Go, GateWord::Short, GateWord::Short),
        (GateWord::NotToday, GateWord::Short, GateWord::NotToday),
    ] {
        let mut told = Told::pair();
        told.until(|told| matches!(told.session.walk.path.doing, StepState::Gating { .. }));
        let mut replayed = told.session.clone();
        let mut log = Vec::new();
        for (at, word) in [ada, ben].into_iter().enumerate() {
            let empty = told.scene();
            assert!(empty.list.is_empty() && empty.choices.is_empty() && empty.way.is_empty());
            assert!(empty.to == [at] && !empty.private);
            for intent in [Intent::GoOn, Intent::Gate { says: word }] {
                log.extend(told.session.to_log(&intent));
                told.ask(intent);
                let open = told.scene().private;
                let gates = matches!(told.session.walk.path.doing, StepState::Gating { .. });
                assert_eq!(open, gates && !told.scene().list.is_empty());
            }
        }
        assert_eq!(log, [Intent::Gated { says: all }]);
        for intent in log {
            replayed.apply(intent, told.now).expect("it fits");
        }
        assert_eq!(replayed, told.session);
    }
}

#[test]
fn whatever_comes_over_the_gate_everybody_answers_anew() {
    for over in [Intent::Stop, Intent::Pause] {
        let mut told = Told::pair();
        told.until(|told| matches!(told.session.walk.path.doing, StepState::Gating { .. }));
        let untouched = told.session.walk.path.clone();
        told.on().ask(Intent::Gate {
            says: GateWord::NotToday,
        });
        told.ask(over);
        assert_eq!(told.session.walk.path, untouched);
    }
    let mut told = Told::pair();
    told.until(|told| matches!(told.session.walk.path.doing, StepState::Gating { .. }));
    told.session.notice = None;
    let untouched = told.session.clone();
    told.on().ask(Intent::Back);
    assert_eq!(told.session, untouched, "the questions go");
    told.on().ask(Intent::Gate { says: GateWord::Go });
    told.ask(Intent::Back);
    assert_eq!(told.session, untouched, "the one before answers anew");
}

#[test]
fn short_leads_to_the_shorter_script_after_its_gate() {
    let mut told = Told::pair();
    told.until(|told| matches!(told.session.walk.path.doing, StepState::Gating { .. }));
    told.ask(Intent::Gate {
        says: GateWord::Short,
    })
    .ask(Intent::Gate { says: GateWord::Go });
    told.choose("shorter session");
    assert_eq!(told.session.script().name, "short-pair");
    told.until_turn_of(0);
    assert_eq!(told.session.planned_here(), minutes(8));
    told.until(|told| told.session.is_closed());
}

#[test]
fn an_open_answer_goes_on_and_a_critical_one_makes_room_first_and_comes_back() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_feel_toward();
    told.choose("Annoyed");
    assert!(told.is_at("room"));
    told.choose("Yes").choose("Open: curious");
    assert!(told.is_at("let-know"));
}

#[test]
fn the_picker_asks_three_times_and_then_the_other_part_becomes_the_target() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_feel_toward();
    for _ in 0..2 {
        told.choose("Annoyed").choose("Yes");
        assert!(told.is_at("feel-toward"));
    }
    told.choose("Annoyed").choose("Yes");
    assert!(!told.is_at("feel-toward"), "{}", told.told());
}

#[test]
fn fear_lowers_the_ceiling_of_this_turn_alone() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_feel_toward();
    told.choose("Scared");
    assert_eq!(told.session.ceiling(), Depth::Meet);
    told.until_turn_of(1);
    assert_eq!(told.session.ceiling(), Depth::Know);
}

#[test]
fn the_landing_comes_by_itself_and_cannot_be_talked_through() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_step("wants");
    told.wait(minutes(16));
    assert!(
        told.session
            .walk
            .turn
            .as_ref()
            .expect("a turn")
            .landed_from
            .is_some()
    );
    assert_eq!(told.left(), minutes(2));
    assert!(told.bells.contains(&BellRing::Landing));
    assert_eq!(
        told.bells
            .iter()
            .filter(|bell| **bell == BellRing::Warning)
            .count(),
        1
    );
    let before = told.session.walk.path.step;
    assert!(told.session.apply(Intent::Back, told.now).is_err());
    assert_eq!(told.session.walk.path.step, before);
    told.wait(minutes(3));
    assert_eq!(
        told.bells
            .iter()
            .filter(|bell| **bell == BellRing::Over)
            .count(),
        1
    );
    let clock = told.scene().clock.expect("a clock");
    assert_eq!(
        clock.shows,
        ClockShows::Minutes {
            minutes: 1,
            over: true
        }
    );
}

/// Nobody's question is taken away by the clock: it stays with a line about the landing, and its answer leads there.
#[test]
fn a_question_that_is_not_answered_stays_when_the_landing_comes_and_leads_there() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_step("wants");
    let asked = told.scene().prompt;
    told.wait(minutes(16));
    let line = Some(SafeText::new(words().session.landing_begins));
    for _ in 0..2 {
        let scene = told.scene();
        assert_eq!((scene.prompt, scene.notice), (asked.clone(), line.clone()));
        told.wait(secs(20));
    }
    told.ask(Intent::Answer { n: 0 });
    let step = told.session.walk.path.step;
    let (lands, _) = told.session.landing_steps().expect("a landing");
    assert_eq!(step, lands);
    assert!(told.refused(Intent::Land).contains("landing"));
    // What is about somebody's safety comes first, however late it is.
    let mut told = Told::pair();
    told.until_turn_of(0).until_step("wants");
    told.wait(minutes(16)).ask(Intent::Answer { n: 2 });
    assert_eq!(told.scene().mood, SceneMood::Neutral);
}

/// Each person finds the clock in their turn as they switched it there, and whoever did not finds minutes.
#[test]
fn how_the_clock_is_shown_belongs_to_whose_turn_it_is_and_to_their_card() {
    let mut told = Told::pair();
    told.until_turn_of(0).ask(Intent::Clock);
    let is_full = |told: &Told| {
        matches!(
            told.scene().clock.expect("a clock").shows,
            ClockShows::Full { .. }
        )
    };
    assert!(is_full(&told));
    told.until_turn_of(1);
    assert!(!is_full(&told));
    told.until(|told| told.session.is_closed());
    let cards = &told.session.outline().expect("closed").cards;
    assert_eq!(cards[0].clock, Some(crate::session::setup::ClockMode::Full));
    assert_eq!(cards[1].clock, None);
    let known = KnownBefore {
        cards: cards.clone(),
        ..KnownBefore::default()
    };
    let mut told = super::before::known(&["Stop."], known);
    told.until_turn_of(0);
    assert!(is_full(&told));
}

#[test]
fn more_time_needs_every_yes_is_bounded_and_is_offered_to_the_other() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_step("wants").wait(minutes(17));
    assert!(
        told.is_at("landing")
            || told
                .session
                .walk
                .turn
                .as_ref()
                .expect("turn")
                .landed_from
                .is_some()
    );
    told.ask(Intent::More);
    assert!(
        told.refused(Intent::MoreBy { minutes: 30 })
            .contains("not possible")
    );
    told.ask(Intent::MoreBy { minutes: 5 });
    assert!(told.told().contains("20:0") || told.told().contains("ends at"));
    told.choose("Ada says yes");
    assert_eq!(
        told.session.planned_here(),
        minutes(18),
        "one yes is not two"
    );
    told.choose("Ben says yes");
    assert_eq!(told.session.planned_here(), minutes(23));
    assert!(
        told.is_at("wants"),
        "out of the landing again: {}",
        told.told()
    );
    // Another five would be more than half a turn: four are left.
    assert_eq!(told.session.portions(told.now), [1, 2]);
    told.wait(minutes(6));
    told.until(|told| matches!(told.session.state, State::Same { .. }));
    assert!(told.told().contains("Ben"));
    let declined = told.clone();
    told.choose("Yes").until_turn_of(1);
    assert_eq!(told.session.planned_here(), minutes(23));
    told.wait(minutes(23));
    told.until(|told| told.session.is_closed());
    assert_eq!(told.session.turns(), [23 * 60_000, 23 * 60_000]);
    // Not today is a loan; a no is none. Neither is asked about a second time.
    for (answer, loan) in [("Not today", 5 * 60_000), ("No, thank you", 0)] {
        let mut declined = declined.clone();
        declined.choose(answer).until_turn_of(1);
        assert_eq!(declined.session.planned_here(), minutes(18));
        declined.wait(minutes(18));
        declined.until(|told| {
            let asked = matches!(told.session.state, State::Same { .. });
            assert!(!asked, "{answer} is asked twice");
            told.session.is_closed()
        });
        let State::Closed(outline) = &declined.session.state else {
            panic!("closed")
        };
        assert_eq!(outline.loan_of(0), loan, "{answer}");
        assert_eq!(outline.loan_of(1), 0);
    }
}

#[test]
fn when_the_second_had_more_the_first_is_offered_the_same() {
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(18)).until_turn_of(1);
    told.ask(Intent::More).ask(Intent::MoreBy { minutes: 2 });
    told.choose("Ada says yes").choose("Ben says yes");
    told.wait(minutes(20));
    told.until(|told| matches!(told.session.state, State::Same { .. }));
    told.choose("Yes");
    assert_eq!(told.session.turn_of(), Some(Who(0)));
    assert_eq!(told.session.planned_here(), minutes(2));
    told.wait(minutes(2)).until(|told| told.session.is_closed());
    assert_eq!(told.session.turns(), [20 * 60_000, 20 * 60_000]);
}

#[test]
fn a_no_to_more_time_changes_nothing_and_explains_nothing() {
    let mut told = Told::pair();
    told.until_turn_of(0);
    told.ask(Intent::More).ask(Intent::MoreBy { minutes: 5 });
    told.choose("Ada says yes").choose("No");
    assert_eq!(told.session.planned_here(), minutes(18));
    assert_eq!(told.scene().mood, SceneMood::Walking);
}

#[test]
fn a_few_seconds_over_are_made_up_without_a_word_and_a_minute_is_asked_about() {
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(18) + secs(40));
    told.until_turn_of(1);
    assert_eq!(told.session.planned_here(), minutes(18) + secs(30));
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(20));
    told.until(|told| matches!(told.session.state, State::Same { .. }));
    told.choose("Yes").until_turn_of(1);
    assert_eq!(told.session.planned_here(), minutes(20));
}

#[test]
fn a_pause_freezes_everything_and_costs_nobody_anything() {
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(5));
    let ends = told.scene().ends.expect("an end");
    told.ask(Intent::Pause);
    assert_eq!(told.session.next_event(told.now), None);
    told.wait(minutes(30));
    assert_eq!(told.left(), minutes(13));
    assert!(
        told.refused(Intent::Answer { n: 0 })
            .contains("Go on first")
    );
    told.on();
    assert_eq!(told.left(), minutes(13));
    let now_ends = told.scene().ends.expect("an end");
    assert_eq!(now_ends.later, 30);
    assert_ne!(ends.at, now_ends.at);
}

#[test]
fn stop_blanks_the_screen_and_can_be_come_back_from() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_step("wants").wait(minutes(4));
    let before = told.session.walk.clone();
    let text = told.scene();
    told.ask(Intent::Stop);
    let neutral = told.scene();
    assert_eq!(neutral.mood, SceneMood::Neutral);
    assert!(neutral.people.is_empty() && neutral.way.is_empty() && neutral.clock.is_none());
    assert!(
        neutral
            .prompt
            .iter()
            .all(|line| !text.prompt.contains(line))
    );
    told.wait(minutes(9));
    told.choose("back");
    for who in [1, 0] {
        assert_eq!(told.scene().mood, SceneMood::Neutral, "everybody says it");
        told.ask(Intent::Yes { who: Who(who) });
    }
    assert_eq!(told.scene().prompt, text.prompt);
    assert_eq!(told.left(), minutes(14));
    assert_eq!(told.session.walk.path, before.path);
}

#[test]
fn stop_and_end_goes_through_the_short_closing() {
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(4)).ask(Intent::Stop);
    told.choose("Finish for today");
    assert_eq!(told.scene().mood, SceneMood::Closing);
    told.until(|told| told.session.is_closed());
    let State::Closed(outline) = &told.session.state else {
        panic!("closed")
    };
    assert!(!outline.whole);
    assert_eq!(outline.turns, [4 * 60_000, 0]);
}

#[test]
fn a_stirred_witness_stops_the_clock_and_the_minutes_are_not_lost() {
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(3)).ask(Intent::Asides);
    told.ask(Intent::Aside { n: 0 }).wait(minutes(2));
    assert_eq!(told.left(), minutes(15));
    told.until(|told| matches!(told.session.state, State::Walking));
}

#[test]
fn what_runs_over_before_the_turns_is_said_and_then_taken_from_both() {
    let mut told = Told::pair();
    told.wait(minutes(4) + minutes(2) + minutes(3));
    let notice = told.scene().costs.expect("the cost");
    assert!(notice.as_str().contains("16 minutes 30"), "{notice}");
    told.until_turn_of(0);
    // From here the earlier stages took no time at all, so nothing is missing any more.
    assert_eq!(told.session.planned_here(), minutes(16) + secs(30));
    let notice = told.scene().notice.expect("the length");
    assert!(notice.as_str().contains("16 minutes 30"), "{notice}");
    told.until_turn_of(1);
    assert_eq!(told.session.planned_here(), minutes(16) + secs(30));
}

#[test]
fn what_running_over_costs_creeps_in_half_minutes() {
    let mut told = Told::pair();
    told.wait(minutes(8));
    let costs = told.scene().costs;
    assert!(costs.is_some());
    // Two turns lose half a minute each in a minute of the clock.
    let mut seen = vec![costs];
    for _ in 0..120 {
        told.wait(secs(1));
        let costs = told.scene().costs;
        if seen.last() != Some(&costs) {
            seen.push(costs);
        }
    }
    assert_eq!(seen.len(), 3, "{seen:?}");
}

#[test]
fn a_closed_lid_holds_the_turn_and_asks() {
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(5));
    let before = told.now;
    told.now = Moment {
        mono: before.mono + secs(1),
        wall: before.wall + 12 * 60_000,
        offset: before.offset,
        change: None,
    };
    told.ask(Intent::TimeJumped {
        gap: Gap {
            before,
            kind: GapKind::Slept,
        },
    });
    let scene = told.scene();
    assert_eq!(scene.mood, SceneMood::Held);
    assert!(
        scene
            .prompt
            .iter()
            .any(|line| line.as_str().contains("12 minutes"))
    );
    told.on();
    assert_eq!(told.left(), minutes(13));
}

#[test]
fn a_clock_that_is_set_back_or_far_ahead_changes_no_time_left() {
    for by in [
        -3_600_000_i64,
        3_600_000,
        -315_360_000_000,
        3_155_760_000_000,
    ] {
        let mut told = Told::pair();
        told.until_turn_of(0).wait(minutes(5));
        let before = told.now;
        told.now = Moment {
            mono: before.mono + secs(1),
            wall: before.wall + by,
            offset: before.offset,
            change: None,
        };
        let gap = crate::time::moment::gap(before, told.now, Some(secs(1)), None).expect("a gap");
        told.ask(Intent::TimeJumped { gap });
        told.on();
        assert_eq!(told.left(), minutes(13));
        told.until(|told| told.session.is_closed());
    }
}

fn act_is_last(session: &Session) -> bool {
    session.walk.act + 1 == session.acts.len()
}

#[test]
fn a_session_ends_on_its_minute_when_nobody_overruns() {
    for m in 10..=120_u16 {
        for script in shipped() {
            // Where nothing is timed, nothing ends on a minute.
            if script.clock == crate::script::FirstClock::None {
                continue;
            }
            let told = std::panic::catch_unwind(|| Told::begin(&script.name, Length::Minutes(m)));
            let Ok(mut told) = told else { continue };
            let mut jumped = false;
            let spare = told.session.slack(told.now);
            let ends = EVENING.time_of_day(minutes(u64::from(m)));
            for _ in 0..500 {
                if told.session.is_closed() {
                    break;
                }
                // A shorter script has an end of its own.
                if told.session.script().name != script.name {
                    jumped = true;
                    break;
                }
                let seen = told.scene();
                // While one person is to be alone with the screen there is no time on it.
                let empty = told.session.is_empty_gate();
                // Passing can lead past stages: in the closing, what they would have taken is left over.
                let said = seen.ends.map(|ends| (ends.at, ends.later));
                let sooner = jumped && seen.mood == scene::SceneMood::Closing;
                // And where it leads to something lighter, nothing of what was planned is ahead.
                let ahead = |leg: &scene::WaySegment| leg.state == scene::SegmentState::Ahead;
                let last = act_is_last(&told.session);
                let tells = !empty && (last || seen.way.iter().any(ahead));
                let told_so = said == tells.then_some((ends, 0));
                assert!(told_so || sooner, "{} at {m}: {said:?}", script.name);
                // Everybody uses exactly what is planned.
                let act = told.session.walk.act;
                let left = told.left();
                told.wait(left);
                told.until(|told| told.session.is_closed() || told.session.walk.act != act);
                jumped |= told.session.walk.act > act + 1;
            }
            let whole = told.session.outline().is_some_and(|outline| outline.whole);
            if jumped || !whole {
                // Passing can lead past stages; then there was nothing to use that time for.
                continue;
            }
            let lasted = told.now.mono.saturating_sub(EVENING.mono);
            let whole = minutes(u64::from(m));
            assert_eq!(lasted + spare, whole, "{} at {m}", script.name);
        }
    }
}

#[test]
fn until_a_time_ends_then_and_more_time_stays_within_it() {
    let wall = EVENING.wall + 58 * 60_000;
    let mut told = Told::begin("standard-pair", Length::Until(wall));
    told.until_turn_of(0);
    assert_eq!(
        told.scene().ends.map(|ends| ends.at),
        Some(TimeOfDay::at(wall, 0))
    );
    // Nothing was used so far: that is slack, and half of it may go to this turn.
    let most = told.session.most_more(told.now);
    assert!((1..=9).contains(&most), "{most}");
    told.wait(minutes(20));
    told.ask(Intent::Pause).wait(minutes(30)).on();
    assert!(told.refused(Intent::More).contains("before the call ends"));
}

#[test]
fn the_clock_has_four_ways_and_wakes_only_for_what_it_shows() {
    let mut told = Told::pair();
    told.until_turn_of(0);
    let wake = |told: &Told| told.session.next_wake(told.now).expect("a turn runs");
    assert!(matches!(
        told.scene().clock.expect("clock").shows,
        ClockShows::Minutes {
            minutes: 18,
            over: false
        }
    ));
    assert!(wake(&told) > secs(1));
    told.ask(Intent::Clock);
    assert!(wake(&told) <= Duration::from_millis(1_001));
    told.ask(Intent::Clock);
    assert!(matches!(
        told.scene().clock.expect("clock").shows,
        ClockShows::Bar { left: 40 }
    ));
    told.ask(Intent::Clock);
    assert_eq!(told.scene().clock.expect("clock").shows, ClockShows::Hidden);
    // Whose turn it is has been said for a minute; then nothing but what happens wakes it, and while everything stands
    // still, nothing does.
    told.wait(minutes(2));
    let next = told.session.next_event(told.now);
    assert!(next.is_some_and(|next| next >= minutes(1)));
    assert_eq!(told.session.next_wake(told.now), next);
    told.ask(Intent::Pause);
    assert_eq!(told.session.next_wake(told.now), None);
    let seen = |told: &Told| {
        let scene = told.scene();
        (scene.prompt, scene.clock, scene.ends, scene.costs)
    };
    let paused = seen(&told);
    told.wait(minutes(7));
    assert_eq!(seen(&told), paused, "nothing that is shown goes on");
    told.ask(Intent::GoOn);
    told.ask(Intent::Clock);
    assert!(matches!(
        told.scene().clock.expect("clock").shows,
        ClockShows::Minutes { .. }
    ));
}

#[test]
fn the_witness_may_give_less_than_is_asked() {
    let mut told = Told::pair();
    told.until(|told| matches!(told.session.walk.path.doing, StepState::Supporting(_)));
    told.choose("Gently guide").choose("Silent");
    told.choose("Less than that");
    assert!(!told.told().contains("Gently guide:"));
    told.choose("Say back");
    told.choose("5 minutes before").choose("As marked");
    assert_eq!(told.session.people[0].chosen.rung, Rung::SayBack);
    assert_eq!(told.session.people[0].chosen.warnings, [3, 5]);
    told.until_turn_of(0);
    assert_eq!(told.scene().people[1].rung.as_str(), "say back");
}

#[test]
fn who_goes_first_is_proposed_chosen_or_tossed() {
    let mut told = Told::pair();
    told.until(|told| told.session.walk.path.doing == StepState::Ordering);
    let mut tossed = told.clone();
    told.choose("Ben goes first").until_turn_of(1);
    tossed.choose("chance");
    let again = {
        let mut other = Told::pair();
        other.until(|told| told.session.walk.path.doing == StepState::Ordering);
        other.choose("chance");
        other.session.order.clone()
    };
    assert_eq!(tossed.session.order, again, "the same seed tosses the same");
    // Whom chance chose is said at the next question, and where the turn begins at once, with its time.
    let says = |told: &Told| told.scene().notice.map(|said| said.to_string());
    let first = again[0];
    assert!(says(&tossed).is_some_and(|said| said.starts_with("Chance says: ")));
    let mut tossed = Told::begin("five-each", Length::Minutes(17));
    tossed.until(|told| told.session.walk.path.doing == StepState::Ordering);
    tossed.choose("chance");
    tossed.until_turn_of(first.0);
    let notice = tossed.scene().notice.unwrap();
    let name = ["Ada", "Ben"][first.index()];
    assert!(
        notice
            .as_str()
            .starts_with(&format!("Chance says {name}: ")),
        "{notice}"
    );
}

#[test]
fn nothing_kept_is_nothing_kept() {
    let mut told = Told::pair();
    told.until(|told| told.session.walk.path.doing == StepState::Keeping);
    told.choose("Nothing")
        .until(|told| told.session.is_closed());
    let State::Closed(outline) = &told.session.state else {
        panic!("closed")
    };
    assert_eq!(outline.kept, KeepChoice::Nothing);
}

#[test]
fn alone_the_same_turn_is_walked_without_a_witness() {
    let mut told = Told::begin("solo-sitting", Length::Minutes(30));
    told.until_turn_of(0);
    let scene = told.scene();
    assert_eq!(scene.people.len(), 1);
    assert!(scene.whispers.is_empty());
    told.until(|told| told.session.is_closed());
}

#[test]
fn everything_that_is_offered_is_taken() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_step("wants");
    let verbs: Vec<Verb> = told.scene().offers.iter().map(|offer| offer.verb).collect();
    for verb in [
        Verb::Pass,
        Verb::Pause,
        Verb::More,
        Verb::Land,
        Verb::Asides,
        Verb::Clock,
        Verb::Unsure,
    ] {
        assert!(verbs.contains(&verb), "{verb:?} is not offered");
    }
    for offer in told.scene().offers {
        let mut told = told.clone();
        told.ask(offer.intent());
    }
}

#[test]
fn where_it_is_about_safety_the_clock_stands_still_and_nothing_else_is_shown() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_feel_toward();
    told.choose("I hate it");
    let scene = told.scene();
    assert_eq!(scene.mood, SceneMood::Neutral);
    assert!(scene.clock.is_none() && scene.way.is_empty() && scene.people.is_empty());
    assert!(scene.offers.iter().any(|offer| offer.verb == Verb::Stop));
    let left = told.left();
    told.wait(minutes(30));
    assert_eq!(told.left(), left);
    told.choose("No, I would not");
    assert_eq!(told.scene().mood, SceneMood::Neutral);
    told.wait(minutes(30)).choose("No, it is something else");
    assert_eq!(told.scene().mood, SceneMood::Walking);
    told.wait(minutes(1));
    assert_eq!(told.left(), left - minutes(1));
}

#[test]
fn an_ending_can_be_come_back_from_on_its_first_page() {
    // After STOP and "end", then back, and back to the turn: nobody has lost anything.
    let mut told = Told::pair();
    told.until_turn_of(0).until_step("wants").wait(minutes(4));
    told.ask(Intent::Stop).choose("Finish for today");
    assert_eq!(told.scene().mood, SceneMood::Closing);
    told.wait(minutes(2)).ask(Intent::Back);
    assert_eq!(told.scene().mood, SceneMood::Neutral);
    told.choose("back");
    assert!(told.is_at("wants"));
    assert_eq!(told.left(), minutes(14));
    // From the swap, where somebody said that there is no second turn.
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(18));
    told.until(|told| told.is_at("ready"));
    told.choose("No more turns");
    assert_eq!(told.scene().mood, SceneMood::Closing);
    told.ask(Intent::Back);
    assert!(told.is_at("ready"));
    told.until_turn_of(1).wait(minutes(18));
    told.until(|told| told.session.is_closed());
    assert_eq!(told.session.turns(), [18 * 60_000, 18 * 60_000]);
}

#[test]
fn a_line_that_is_changed_while_reading_does_not_cut_the_reading_short() {
    let mut told = Told::pair();
    told.until(|told| matches!(told.session.walk.path.doing, StepState::Agreeing(_)));
    told.ask(Intent::ReadAloud).on();
    told.ask(Intent::ChangeLine);
    told.ask(Intent::Write {
        words: "What I hear stays with me.".into(),
    });
    let scene = told.scene();
    let read = scene.list.iter().position(|item| item.now);
    assert_eq!(read, Some(1), "the changed line is read, then the next");
    assert_eq!(scene.list[1].words.as_str(), "What I hear stays with me.");
}

#[test]
fn a_landing_that_was_asked_for_too_early_can_be_gone_back_from() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_step("wants").wait(minutes(1));
    told.ask(Intent::Land);
    assert!(!told.is_at("wants"));
    told.ask(Intent::Back);
    assert!(told.is_at("wants"));
    told.wait(minutes(15));
    assert!(told.refused(Intent::Back).contains("begins"));
}

/// content.md T2.3: after three minutes on one screen of a turn, whoever listens is told that the silence is theirs.
/// A pause does not count, the next screen begins anew, and nobody sees a clock of it.
#[test]
fn a_long_silence_has_one_sentence_for_whoever_listens() {
    let says = |told: &Told| {
        let notice = told.session.scene(told.now).notice;
        notice.is_some_and(|notice| notice.as_str().contains("the silence is theirs"))
    };
    let mut told = Told::pair();
    told.until_turn_of(0).wait(secs(170));
    assert!(!says(&told));
    told.ask(Intent::Pause).wait(minutes(5));
    assert!(!says(&told));
    told.on();
    assert!(!says(&told));
    let wakes = told.session.next_event(told.now).expect("something is due");
    assert!(wakes <= secs(11), "{wakes:?}");
    told.wait(secs(11));
    assert!(says(&told), "{}", told.told());
    told.on();
    assert!(!says(&told), "the next screen begins anew");
    let mut alone = Told::begin("solo-sitting", Length::Minutes(30));
    alone.until_turn_of(0).wait(secs(200));
    assert!(!says(&alone), "nobody listens");
}

/// Where somebody said what they wish for in a long silence, that is what is said in it.
#[test]
fn in_a_long_silence_the_wish_for_it_is_said() {
    let mut told = Told::pair();
    let cards = &mut std::sync::Arc::make_mut(&mut told.session.people)[0].card;
    "Ask me once if all is well".clone_into(&mut cards.silence);
    told.until_turn_of(0);
    let wish = told.scene().rare.in_silence.expect("a wish");
    told.wait(secs(200));
    let stands = told.scene().whispers.iter().any(|line| line.words == wish);
    assert!(
        stands && told.scene().notice != Some(wish.clone()),
        "{}",
        told.told()
    );
    told.on().wait(secs(200));
    assert_eq!(told.scene().notice, Some(wish), "{}", told.told());
}

/// What was true for a minute does not stand beside another number.
#[test]
fn a_warning_stands_for_its_minute() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_step("wants");
    for _ in 0..2_000 {
        if told.bells.contains(&BellRing::Warning) {
            break;
        }
        told.wait(secs(1));
    }
    let says = |told: &Told| told.scene().notice.map(|notice| notice.as_str().to_owned());
    assert!(says(&told).is_some_and(|says| says.contains(" left. ")));
    // As long as the clock says so, too: that is to the nearest minute.
    told.wait(secs(20));
    assert!(says(&told).is_some_and(|says| says.contains(" left. ")));
    told.wait(secs(15));
    assert!(says(&told).is_none_or(|says| !says.contains(" left. ")));
}

/// Who has no keyboard reads once, when they alone are asked, that they can say it; and all do before their first yes.
#[test]
fn each_is_told_once_that_an_answer_can_be_said_aloud() {
    let mut told = Told::pair();
    let w = &words().session;
    let stop = ("stop", "stop");
    let aloud = |name: &str| fill(&w.say_aloud, &[("name", name), stop]);
    let known = [aloud("Ada"), aloud("Ben"), fill(&w.yes_aloud, &[stop])];
    let mut heard = [0; 3];
    let mut last = None;
    for _ in 0..400 {
        let scene = told.scene();
        let here = known
            .iter()
            .position(|says| scene.notice.as_ref() == Some(says));
        if let Some(at) = here.filter(|_| here != last) {
            heard[at] += 1;
            assert!(at == 2 || scene.to == [at], "whoever is asked");
            assert!(!scene.private);
        }
        last = here;
        if told.session.is_closed() {
            break;
        }
        let yes = scene.choices.iter().find(|choice| {
            choice.intent == Intent::Gate { says: GateWord::Go }
                || matches!(choice.intent, Intent::Yes { .. }) && choice.on == Some(false)
        });
        let on = scene.leads_on();
        let on = on.map_or(Intent::GoOn, |offer| offer.intent());
        told.ask(yes.map_or(on, |choice| choice.intent.clone()));
    }
    assert_eq!(heard, [1, 1, 1]);
}

/// What stays out stands at the start of each turn; that nothing does is no line of it.
#[test]
fn only_what_is_off_limits_stands_at_the_start_of_a_turn() {
    let said = |answer: &dyn Fn(&mut Told)| {
        let mut told = Told::pair();
        told.until(|told| {
            told.session.walk.path.doing == StepState::Writing
                && told.scene().prompt[0].as_str().contains("off limits")
        });
        answer(&mut told);
        told.until_turn_of(0);
        let whispers = told.scene().whispers;
        let words: Vec<&str> = whispers.iter().map(|line| line.words.as_str()).collect();
        words.join("\n")
    };
    let named = said(&|told| {
        for words in ["the move", "my sister."] {
            let words = words.into();
            told.ask(Intent::Write { words });
        }
    });
    // A yes names nothing, and a no is no word that stays out.
    let asked = said(&|told| {
        let words = "Yes.".into();
        let sentence = told.refused(Intent::Write { words });
        assert_eq!(sentence, "Then please type what it is, in a few words.");
        for words in ["the move", "no"] {
            let words = words.into();
            told.ask(Intent::Write { words });
        }
    });
    assert!(asked.contains("Off limits today: the move."), "{asked}");
    assert!(
        named.contains("Off limits today: the move; my sister."),
        "{named}"
    );
    let one = said(&|told| {
        let words = "the move".into();
        told.choose("Nothing").ask(Intent::Write { words });
    });
    assert!(one.contains("Off limits today: the move."), "{one}");
    for nothing in [
        said(&|told| _ = told.choose("Nothing")),
        said(&|told| _ = told.ask(Intent::Pass)),
    ] {
        assert!(!nothing.contains("Off limits"), "{nothing}");
    }
}

/// Who looks after the circle is one of the people here, chosen by number.
#[test]
fn names_can_be_chosen_where_one_of_the_people_is_asked_for() {
    let mut told = Told::begin("circle", Length::Minutes(60));
    let asks = |told: &Told| told.told().contains("looks after the circle today");
    told.until(asks);
    let choices = told.scene().choices;
    let says: Vec<&str> = choices.iter().map(|choice| choice.says.as_str()).collect();
    assert_eq!(says, ["Ada", "Ben", "Cleo"]);
    let sentence = told.refused(Intent::Answer { n: 3 });
    assert!(sentence.contains("number"), "{sentence}");
    told.choose("Ben");
    told.until(|told| told.told().contains("Thank Ben for today"));
}

/// Whoever has no keyboard, and may be afraid of the one who has it, answers in a way that is not heard: at the gate,
/// where answers are unseen, and after STOP. What the key is for is on the screen from the start.
#[test]
fn who_has_no_keyboard_can_answer_unheard() {
    let mut told = Told::pair();
    let notice = |told: &Told| told.scene().notice.map(|says| says.to_string());
    let first = notice(&told).expect("what the key is for");
    assert!(
        first.contains("presses STOP at once if anybody says “stop”"),
        "{first}"
    );
    told.until(|told| told.session.is_empty_gate());
    let gate = told.told();
    assert!(
        gate.contains("a private message") && !gate.contains("say one word"),
        "{gate}"
    );
    told.until_turn_of(0).ask(Intent::Stop);
    let stopped = told.told();
    assert!(stopped.contains("a private message"), "{stopped}");
    let mut told = Told::begin("repair", Length::Minutes(45));
    told.until(|told| matches!(told.session.walk.path.doing, StepState::Unseen { .. }));
    let unseen = notice(&told).expect("how to answer");
    assert!(unseen.contains("a private message"), "{unseen}");
    // Alone there is nobody to be afraid of.
    let mut alone = Told::begin("solo-sitting", Length::Minutes(30));
    alone.ask(Intent::Stop);
    assert!(!alone.told().contains("chat"), "{}", alone.told());
}

/// Before a line of the agreement is typed, it is said that it stays, and how long it may be.
#[test]
fn whoever_changes_a_line_reads_first_that_it_is_kept() {
    let mut told = Told::pair();
    told.until_step("promises").ask(Intent::ChangeLine);
    told.ask(Intent::PickLine { line: 0 });
    let says = told.told();
    assert!(
        says.contains("stays in your agreement") && says.contains("140 letters"),
        "{says}"
    );
}

#[test]
fn several_answers_lead_where_the_most_careful_of_them_leads() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_feel_toward();
    let answers = |told: &Told| -> Vec<(String, Option<bool>)> {
        let choices = told.scene().choices.into_iter();
        choices.map(|c| (c.says.to_string(), c.on)).collect()
    };
    let at = |says: &str, told: &Told| {
        let found = answers(told)
            .iter()
            .position(|(text, _)| text.contains(says));
        Intent::Answer { n: found.unwrap() }
    };
    let (annoyed, open) = (at("Annoyed", &told), at("Open: curious", &told));
    told.ask(annoyed.clone()).ask(open.clone());
    assert!(
        told.is_at("feel-toward"),
        "nothing leads on before they go on"
    );
    let on = answers(&told)
        .iter()
        .filter(|(_, on)| *on == Some(true))
        .count();
    assert_eq!(on, 2);
    told.ask(Intent::GoOn);
    assert!(told.is_at("room"), "curious and annoyed is not open yet");
    told.ask(Intent::Back);
    told.ask(annoyed.clone())
        .ask(open)
        .ask(annoyed)
        .ask(Intent::GoOn);
    assert!(told.is_at("let-know"), "{}", told.told());
}
