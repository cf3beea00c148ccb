//! Nobody is caught anywhere: at every moment that walks of every shipped script reach, STOP, the crisis card and the
//! quick exit work at once, by the keys and by the lines that people really type, whatever lies over the session.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::TestClock;
use crate::drive::Program;
use crate::plain::{Over, Voice};
use crate::rehearse::{EVENING, Play};
use crate::script::{Script, shipped};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::scene::{Field, Mood, Scene, Verb};
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::tests::parity::{Wanted, shape};
use crate::tui::{Hands, Look, exit_keys, keys_for, press_of, stop_keys};
use crate::words::words;

/// How many walks there are of each script.
const SEEDS: u64 = 24;

/// What was on somebody's mind while they wrote.
pub(crate) const TYPED: &str = "wombat";

pub(crate) fn look() -> Look {
    Look {
        asks: false,
        ..Look::from_env(|_| None)
    }
}

/// Each moment that is of another shape than all before it.
fn moments(script: &Arc<Script>, mut look: impl FnMut(&Session, Moment)) -> usize {
    let mut seen = BTreeSet::new();
    for seed in 0..SEEDS {
        let mut play = Play::new(script, script.minutes, seed).unwrap();
        loop {
            let scene = play.session.scene(play.now);
            if !play.session.is_closed() && seen.insert(shape(&scene)) {
                look(&play.session, play.now);
            }
            if play.step().is_none() {
                break;
            }
        }
    }
    seen.len()
}

/// Whether there is something to stop. In the closing that follows a STOP there is nothing left.
pub(crate) fn stops(scene: &Scene) -> bool {
    scene.offers.iter().any(|offer| offer.verb == Verb::Stop)
}

/// The words of a question, as far as they would be known again.
fn words_of(scene: &Scene) -> Vec<String> {
    let prompt = scene.prompt.iter().map(Shown::as_str);
    let choices = scene.choices.iter().map(|choice| choice.says.as_str());
    let all = prompt.chain(choices).map(str::to_owned);
    all.filter(|words| words.len() > 24).collect()
}

pub(crate) fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Words are typed, where words can be typed.
pub(crate) fn begin_to_write(scene: &Scene, hands: &mut Hands<'_>) {
    if matches!(scene.field, Some(Field::Line { .. } | Field::Page { .. })) {
        for letter in TYPED.chars() {
            hands.press(press_of(&letter.to_string()));
        }
    }
}

/// What lies over the session, as somebody brings it there.
pub(crate) const OVER: &[&[&str]] = &[&[], &["f1"], &["^c"], &["f2"]];

/// The screen that follows STOP has nothing of what was there, and is there with one picture.
fn assert_stopped(screen: &str, before: &[String], neutral: &Scene, about: &str) {
    let screen = flat(screen);
    for words in neutral.prompt.iter().take(1) {
        assert!(screen.contains(words.as_str()), "{about}\n{screen}");
    }
    let stays = words_of(neutral);
    for words in before.iter().filter(|words| !stays.contains(words)) {
        assert!(
            !screen.contains(words.as_str()),
            "{about}: {words}\n{screen}"
        );
    }
    assert!(!screen.contains(TYPED), "{about}\n{screen}");
}

fn by_keys(session: &Session, now: Moment, over: &[&[&str]]) {
    let scene = session.scene(now);
    let before = words_of(&scene);
    let clock = TestClock::new(now);
    let program = || {
        clock.set(now);
        Program::seated(session.clone(), clock.clone())
    };
    for over in over {
        let about = format!("{} under {over:?}", scene.title);
        let laid = |hands: &mut Hands<'_>| {
            begin_to_write(&scene, hands);
            hands.press_all(&over.iter().map(|key| press_of(key)).collect::<Vec<_>>());
        };
        if stops(&scene) {
            let mut program = program();
            let mut hands = Hands::at(&mut program, look(), (80, 24));
            laid(&mut hands);
            let stop = stop_keys(hands.context())[0];
            hands.press(stop);
            let neutral = hands.talk().scene();
            assert_eq!(neutral.mood, Mood::Neutral, "{about}");
            assert_stopped(&hands.screen(), &before, &neutral, &about);
            if let Some(clock) = neutral.clock {
                assert!(clock.held, "{about}");
            }
        }
        let mut program = program();
        let mut hands = Hands::at(&mut program, look(), (80, 24));
        laid(&mut hands);
        let stroke = exit_keys(hands.context())[0];
        for _ in 0..2 {
            hands.press(stroke);
            clock.pass(Duration::from_millis(200));
        }
        assert!(!hands.over, "{about}: two strokes are an accident");
        hands.written();
        hands.press(stroke);
        assert!(hands.over, "{about}: three strokes");
        let gone = String::from_utf8(hands.written()).unwrap();
        assert!(
            gone.contains("\u{1b}[?1049l") && !gone.contains(TYPED),
            "{about}"
        );
        let told = flat(&gone);
        assert!(before.iter().all(|words| !told.contains(words)), "{about}");
    }
    let mut program = program();
    let mut hands = Hands::at(&mut program, look(), (80, 24));
    begin_to_write(&scene, &mut hands);
    hands.press(press_of("f2"));
    let screen = flat(&hands.screen());
    assert!(
        screen.contains(first_of_the_card()),
        "{}\n{screen}",
        scene.title
    );
    assert!(!screen.contains(TYPED), "{}", scene.title);
}

pub(crate) fn first_of_the_card() -> &'static str {
    &words().care.card_intro[0]
}

fn by_lines(session: &Session, now: Moment, most: usize) {
    let scene = session.scene(now);
    let about = scene.title.as_str();
    let before = words_of(&scene);
    let is_written = matches!(scene.field, Some(Field::Line { .. } | Field::Page { .. }));
    let slash = if is_written { "/" } else { "" };
    // With something begun, with the question whether to leave open, with the card over it.
    let over: [&[&str]; 4] = [
        &[],
        if matches!(scene.field, Some(Field::Page { .. })) {
            &[TYPED]
        } else {
            &["help"]
        },
        if is_written { &["/leave"] } else { &["leave"] },
        if is_written {
            &["/crisis"]
        } else {
            &["crisis"]
        },
    ];
    for over in over.into_iter().take(most) {
        let with = |work: &dyn Fn(&mut Voice<'_>)| {
            let mut program = Program::seated(session.clone(), TestClock::new(now));
            Voice::with(&mut program, |voice| {
                for line in over {
                    voice.types(line);
                }
                work(voice);
            });
        };
        if stops(&scene) {
            with(&|voice| {
                let said = flat(&voice.types("stop"));
                let neutral = voice.talk().scene();
                assert_eq!(neutral.mood, Mood::Neutral, "{about}: {said}");
                assert_stopped(&said, &before, &neutral, about);
            });
        }
        with(&|voice| {
            let said = voice.types("exit now");
            assert_eq!(voice.over, Some(Over::Gone), "{about}");
            assert_eq!(said, "", "{about}");
        });
    }
    let mut program = Program::seated(session.clone(), TestClock::new(now));
    Voice::with(&mut program, |voice| {
        let said = flat(&voice.types(&format!("{slash}crisis")));
        assert!(said.contains(first_of_the_card()), "{about}: {said}");
    });
}

#[test]
fn from_every_moment_stop_the_card_and_the_quick_exit_work_at_once_in_both_faces() {
    let mut shapes = BTreeSet::new();
    for script in shipped() {
        let looked = moments(script, |session, now| {
            let scene = session.scene(now);
            let past = matches!(scene.mood, Mood::Neutral | Mood::Closing);
            assert!(stops(&scene) || past, "{}: no STOP", scene.title);
            // What lies over a moment is looked at once for each shape, whichever script brings it first.
            let is_new = shapes.insert(shape(&scene));
            by_keys(session, now, if is_new { OVER } else { &OVER[..1] });
            by_lines(session, now, if is_new { OVER.len() } else { 1 });
        });
        assert!(looked > 10, "{}: {looked} moments", script.name);
    }
}

/// Neither the people in a rehearsal nor the seed matters here: the first choice of a first meeting is taken by its
/// digit, and the session behind the program has moved on.
#[test]
fn what_is_pressed_reaches_the_session() {
    let script = shipped()
        .iter()
        .find(|script| script.name == "standard-pair");
    let play = Play::new(script.unwrap(), 60, 2).unwrap();
    let clock = TestClock::new(play.now);
    let mut program = Program::seated(play.session.clone(), clock);
    let mut hands = Hands::at(&mut program, look(), (80, 24));
    let before = hands.talk().scene();
    let on = Wanted::Offer(Verb::GoOn);
    hands.press_all(&keys_for(&before, &on)[0]);
    assert!(hands.talk().scene().prompt != before.prompt);
}

/// Outside of a session too: on every page on the way to and into a notebook, and back where it was opened.
#[test]
fn the_card_opens_on_the_pages_before_a_notebook_is_open_and_closes_to_them() {
    let card = &words().care.card_title;
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::at_the_door(home.path(), TestClock::new(EVENING));
    Voice::with(&mut program, |voice| {
        for line in [
            "",
            "",
            "3",
            "1",
            "Ada",
            "1",
            "four plain words here",
            "four plain words here",
        ] {
            let before = voice.talk().scene();
            voice
                .talk()
                .ask(Intent::Card)
                .expect("one word from anywhere");
            assert_eq!(
                voice.talk().scene().title.as_str(),
                card,
                "{}",
                before.title
            );
            voice.talk().ask(Intent::GoOn).expect("closes");
            assert_eq!(voice.talk().scene(), before);
            voice.types(line);
        }
        assert_eq!(voice.talk().scene().title.as_str(), "Ada's pages");
    });
}
