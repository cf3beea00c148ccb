//! The soft bell and the crisis card that opens by itself, behind both faces.

use std::time::Duration;

use super::*;
use crate::line_ui::Voice;
use crate::rehearsal::Play;
use crate::script::{Script, shipped};
use crate::session::scene::InputField;
use crate::time::clock::TestClock;
use crate::tui::{Appearance, Hands, press_of};

fn script(name: &str) -> &'static std::sync::Arc<Script> {
    let mut all = shipped().iter();
    all.find(|script| script.name == name).expect("shipped")
}

/// In a turn of a pair, with this bell.
fn in_a_turn(bell: settings::BellSound) -> (Program, TestClock) {
    let mut play = Play::new(script("standard-pair"), 60, 0).expect("it fits");
    while play.session.turn_of().is_none() {
        play.step().expect("a turn comes");
    }
    let clock = TestClock::new(play.now);
    let mut program = Program::seated(play.session, clock.clone());
    program.bells = BellSchedule::new(&bell);
    program.settings.bell = bell;
    (program, clock)
}

/// Lets this time go by, as a face would; answers the strokes that it is asked for.
fn strokes(program: &mut Program, clock: &TestClock, mut time: Duration) -> usize {
    let mut strokes = 0;
    while let Some(wait) = program.next_wake().filter(|wait| *wait <= time) {
        clock.pass(wait);
        time -= wait;
        program.wake();
        program.take_bells();
        strokes += usize::from(program.ring());
    }
    clock.pass(time);
    strokes
}

#[test]
fn the_end_of_a_turn_is_rung_once_more_where_nobody_presses_a_key() {
    const HOUR: Duration = Duration::from_secs(3_600);
    let (mut program, clock) = in_a_turn(settings::BellSound::Terminal);
    let all = strokes(&mut program, &clock, HOUR);
    assert!(all >= 8, "{all}");
    assert_eq!(strokes(&mut program, &clock, HOUR), 0, "and no more");
    let (mut program, clock) = in_a_turn(settings::BellSound::Terminal);
    let mut once = 0;
    for _ in 0..720 {
        program.touched();
        once += strokes(&mut program, &clock, Duration::from_secs(5));
    }
    // The landing and the end have two strokes each, and each of them twice without a key.
    assert_eq!(all - once, 4);
    let (mut program, clock) = in_a_turn(settings::BellSound::Double);
    assert!(strokes(&mut program, &clock, HOUR) > all);
    for silent in [
        settings::BellSound::Off,
        settings::BellSound::command(vec!["true".to_owned()]),
    ] {
        let (mut program, clock) = in_a_turn(silent);
        assert_eq!(strokes(&mut program, &clock, HOUR), 0);
    }
}

#[test]
fn one_word_switches_the_bell_and_says_so() {
    let (mut program, clock) = in_a_turn(settings::BellSound::Terminal);
    let w = &words().cli;
    assert_eq!(program.switch_bell().as_str(), w.bell_off);
    assert_eq!(strokes(&mut program, &clock, Duration::from_secs(3_600)), 0);
    assert_eq!(program.switch_bell().as_str(), w.bell_on);
}

#[test]
fn after_a_stop_a_bell_does_not_repeat_itself() {
    let (mut program, clock) = in_a_turn(settings::BellSound::Terminal);
    let second = Duration::from_secs(1);
    // Until the first end has been rung, and waits for its second time.
    let mut rung = false;
    for _ in 0..3_600 {
        let wait = program.next_wake().unwrap_or(second).max(second / 20);
        clock.pass(wait);
        program.wake();
        program.take_bells();
        program.ring();
        rung = program
            .bells
            .next(clock.now().mono)
            .is_some_and(|next| next > 20 * second);
        if rung {
            break;
        }
    }
    assert!(rung);
    program.ask(Intent::Stop).expect("at once");
    assert_eq!(strokes(&mut program, &clock, 60 * second), 0);
}

/// A pair that stopped and found no ground: before the last number.
fn before_the_number() -> (Program, TestClock) {
    let (mut program, clock) = in_a_turn(settings::BellSound::Off);
    let answer = |n| Intent::Answer { n };
    for intent in [
        Intent::Stop,
        answer(0),
        Intent::Rate { value: 9 },
        answer(0),
    ] {
        program.ask(intent).expect("it is asked");
    }
    while program.scene().field != Some(InputField::Rating) {
        let on = program
            .scene()
            .leads_on()
            .map_or(Intent::GoOn, |on| on.intent());
        program.ask(on).expect("it goes on");
    }
    (program, clock)
}

const UNDER: &str = "The session stops here";

#[test]
fn the_card_opens_by_itself_where_it_is_still_too_much_and_one_key_closes_it() {
    let look = Appearance {
        asks: false,
        ..Appearance::from_env(|_| None)
    };
    let first = words().safety.card_intro[0];
    // A high number, and no number however often it is asked.
    for keys in [&["1", "0", "enter"][..], &["p", "p"]] {
        let (mut program, _clock) = before_the_number();
        let mut hands = Hands::at(&mut program, look, (80, 24));
        hands.press_all(&keys.iter().map(|key| press_of(key)).collect::<Vec<_>>());
        assert!(hands.screen().contains(first), "{}", hands.screen());
        hands.press(press_of("enter"));
        assert!(hands.screen().contains(UNDER), "{}", hands.screen());
        // It opens once; what follows is nothing but the way to somebody and the end.
        hands.press(press_of("enter"));
        assert!(hands.screen().contains("Stay on the line"));
    }
    for lines in [&["10"][..], &["pass", "pass"], &["8"]] {
        let (mut program, _clock) = before_the_number();
        Voice::with(&mut program, |voice| {
            let said: Vec<String> = lines.iter().map(|line| voice.types(line)).collect();
            assert!(said.last().expect("a line").contains(first), "{said:?}");
            let under = voice.types("");
            assert!(under.contains(UNDER), "{under}");
        });
    }
}

#[test]
fn stop_works_on_a_card_that_opened_by_itself() {
    let (mut program, _clock) = before_the_number();
    program
        .ask(Intent::Rate { value: 10 })
        .expect("it is asked");
    assert!(program.card.is_some());
    program.ask(Intent::Stop).expect("at once");
    assert!(program.card.is_none());
    assert!(
        program.scene().prompt[0]
            .as_str()
            .contains("Nobody has to explain.")
    );
}

/// The keys of a notebook live in its screen, and are wiped when it goes.
#[test]
fn the_quick_exit_leaves_no_notebook_open() {
    let home = tempfile::tempdir().expect("a folder");
    let mut program = Program::at_the_door(home.path(), TestClock::new(crate::rehearsal::EVENING));
    let words = "four plain words here";
    Voice::with(&mut program, |voice| {
        for line in ["", "", "3", "1", "Ada", "1", words, words] {
            voice.types(line);
        }
        assert_eq!(voice.talk().scene().title.as_str(), "Ada's pages");
    });
    assert!(matches!(program.activity, Activity::Notebook(_)));
    program.exit_now();
    assert!(matches!(program.activity, Activity::Home(_)));
    assert!(program.farewell().is_some_and(|words| words.is_empty()));
}
