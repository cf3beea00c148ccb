//! Times that add up: what is said of the minutes on any screen, and what people had in the end.

use super::*;
use crate::rehearsal::{Play, pretend_begin};
use crate::session::scene::{ClockShows, SegmentState};
use crate::session::state::State;
use crate::time::moment::{Gap, GapKind, TimeOfDay, minutes};

/// How many walks of each script.
const SEEDS: u64 = 60;
const HALF: i64 = 30_000;

/// Walks through a script as pretend people would, over too little and too much time, by minutes and until a time of
/// the wall, and with the lid closed now and then. `look` sees the session before and after everything that happens.
fn walk(script: &Arc<Script>, seed: u64, mut look: impl FnMut(&Play, &Play)) -> Play {
    let more = u16::try_from(seed % 40).unwrap_or(0);
    let long = script.minutes + if seed.is_multiple_of(3) { 0 } else { more };
    let mut begin = pretend_begin(script, long, seed, EVENING);
    if seed.is_multiple_of(4) {
        // No whole minute, as people begin on none.
        begin.length = Length::Until(EVENING.wall + i64::from(long) * 60_000 + 17_000);
    }
    let mut play = Play::begun(script, begin, seed).expect("it fits");
    // With seconds, so that nothing is rounded before it is looked at.
    for _ in 0..4 {
        if left_by(&play.session.scene(play.now)).is_none() {
            let _ = play.session.apply(Intent::Clock, play.now);
        }
    }
    let mut events = 0;
    while !play.session.is_closed() {
        let before = play.clone();
        play.step();
        look(&before, &play);
        events += 1;
        if seed.is_multiple_of(5) && events % 17 == 0 && !play.session.is_closed() {
            let asleep = play.clone();
            play.now = Moment {
                wall: play.now.wall + 700_000,
                ..play.now.later(Duration::from_secs(1))
            };
            let gap = Gap {
                before: asleep.now,
                kind: GapKind::Slept,
            };
            let jumped = Intent::TimeJumped { gap };
            play.session.apply(jumped, play.now).expect("held");
            look(&asleep, &play);
        }
    }
    play
}

/// What everybody had is what their turns took, pauses left out, whatever was offered to them.
#[test]
fn the_ledger_is_the_turn_time_that_was_measured() {
    let mut turns = 0;
    for script in &scripts() {
        for seed in 0..SEEDS {
            let mut took = Vec::new();
            let play = walk(script, seed, |before, after| {
                let whose = before.session.turn_of();
                let slept = after.now.wall - before.now.wall;
                let passed = moment::signed_ms(after.now.mono - before.now.mono);
                took.resize(before.session.begun().people.len(), 0);
                if let (Some(who), true) = (whose, slept == passed) {
                    took[who.index()] += passed;
                }
            });
            let outline = play.session.outline().expect("closed");
            turns += outline.turns.iter().filter(|had| **had > 0).count();
            let near = |(had, took): (&i64, &i64)| (had - took).abs() < 1_000;
            assert!(
                outline.turns.iter().zip(&took).all(near),
                "{} seed {seed}: {:?} are told, {took:?} were measured",
                script.name,
                outline.turns
            );
        }
    }
    assert!(turns > 500, "only {turns}");
}

/// Minutes of the day, so that two times can be compared over midnight.
fn minute(time: TimeOfDay) -> i64 {
    i64::from(time.hour) * 60 + i64::from(time.minute)
}

/// The times of day that stand in a text.
fn times_in(text: &str) -> Vec<i64> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == ':'));
    let times = words.filter_map(|word| {
        let (hour, minute) = word.split_once(':')?;
        let fits = hour.len() == 2 && minute.len() == 2;
        fits.then(|| Some(hour.parse::<i64>().ok()? * 60 + minute.parse::<i64>().ok()?))?
    });
    times.collect()
}

/// Whether one time of day comes after another by so many milliseconds, as far as whole minutes can say so: to half a
/// minute at either end.
fn comes_after(first: TimeOfDay, then: TimeOfDay, ms: i64) -> bool {
    let between = (minute(then) - minute(first)).rem_euclid(24 * 60) * 60_000;
    (between - ms).abs() <= 2 * HALF
}

fn set(begin: &Begin) -> TimeOfDay {
    let wall = match begin.length {
        Length::Minutes(n) => begin.at.wall + i64::from(n) * 60_000,
        Length::Until(wall) => wall,
    };
    TimeOfDay::at(wall, 0)
}

/// What is left by the clock of a scene, where it says so in numbers: at most, in milliseconds.
fn left_by(scene: &Scene) -> Option<i64> {
    match scene.clock.as_ref()?.shows {
        ClockShows::Full {
            seconds,
            over: false,
        } => Some(i64::try_from(seconds).ok()? * 1_000),
        ClockShows::Full { over: true, .. } => Some(0),
        ClockShows::Minutes { .. } | ClockShows::Bar { .. } | ClockShows::Hidden => None,
    }
}

fn told_of(play: &Play, seed: u64) -> String {
    let scene = play.session.scene(play.now);
    let script = &play.session.script().name;
    format!(
        "{script} seed {seed} at {} in {}: {:?} {:?} {:?}",
        play.now.time_at(play.now.wall),
        scene.title,
        scene.ends,
        scene.prompt,
        scene.way
    )
}

/// What every scene says of time agrees with itself and with the plan.
fn adds_up(play: &Play, seed: u64) {
    let scene = play.session.scene(play.now);
    let told = || told_of(play, seed);
    let Some(ends) = scene.ends else { return };
    // The end, and how much later it is than what people set: the same two minutes.
    let late = (minute(ends.at) - minute(set(play.session.begun()))).rem_euclid(24 * 60);
    // A shorter script has an end of its own, before the one that was set.
    let earlier = late > 12 * 60;
    assert!(earlier || late == i64::from(ends.later), "{}", told());
    // Each stage that is to come begins when the one before it is over, and the last is over before the end.
    let begun = scene
        .way
        .iter()
        .position(|leg| leg.state == SegmentState::Ahead);
    if let Some(first) = begun {
        for pair in scene.way[first..].windows(2) {
            let length = i64::from(pair[0].seconds) * 1_000;
            assert!(comes_after(pair[0].at, pair[1].at, length), "{}", told());
        }
        let last = scene.way.last().expect("a stage");
        let spare = (minute(ends.at) - minute(last.at)).rem_euclid(24 * 60) * 60_000
            - i64::from(last.seconds) * 1_000;
        assert!((-2 * HALF..12 * 60 * 60_000).contains(&spare), "{}", told());
    }
    // What the clock says of what is left agrees with when the map says that the next stage begins, to half a minute, and
    // so do the minutes on it with its seconds.
    if let (Some(clock), Some(first)) = (&scene.clock, begun)
        && let ClockShows::Full {
            seconds,
            over: false,
        } = clock.shows
    {
        let left = i64::try_from(seconds).expect("fits") * 1_000;
        let here = play.now.time_at(play.now.wall);
        let stage = |act: usize| play.session.act_kind(act).map(ActKind::stage);
        let at = play.session.walk.act;
        let next = stage(at) != stage(at + 1);
        let agrees = !next || comes_after(here, scene.way[first].at, left);
        assert!(agrees, "{}", told());
        let ClockShows::Minutes { minutes, .. } = ClockShows::in_minutes(seconds, false) else {
            panic!("no minutes")
        };
        let said = i64::try_from(minutes).expect("fits") * 60_000;
        assert!((said - left).abs() <= HALF || seconds < 60, "{}", told());
    }
    // What is planned is in whole and half minutes.
    for leg in &scene.way {
        assert!(leg.seconds.is_multiple_of(30), "{}", told());
    }
}

/// What stood on the plan stands on the clock when its stage begins.
fn begins_as_planned(before: &Play, after: &Play, seed: u64) -> bool {
    let walked = |play: &Play| play.session.walk.act;
    let walks = matches!(after.session.state, State::Walking);
    // Back from a closing that was begun too early, it is no beginning.
    if walked(before) >= walked(after) || !walks {
        return false;
    }
    let scene = after.session.scene(after.now);
    let Some(left) = left_by(&scene) else {
        return false;
    };
    let planned = after.session.acts[walked(after)].length;
    assert!(
        planned.as_secs().is_multiple_of(30),
        "{}",
        told_of(after, seed)
    );
    // Where the bell changes over, the next one began a moment ago.
    let off = (moment::signed_ms(planned) - left).abs();
    assert!(off <= 1_000, "{off}: {}", told_of(after, seed));
    true
}

/// The minute that an offer of more time names is the minute that stands above once everybody has said yes.
fn offers_keep_their_word(play: &Play, seed: u64) -> bool {
    let scene = play.session.scene(play.now);
    let asks = matches!(
        play.session.state,
        State::More(state::MoreTime::Asked { .. }) | State::Same { .. }
    );
    let named = scene.prompt.last().map(|says| times_in(says.as_str()));
    let (Some(named), true) = (named.and_then(|times| times.first().copied()), asks) else {
        return false;
    };
    let mut then = play.session.clone();
    let says_yes = |choice: &&scene::SceneChoice| {
        matches!(choice.intent, Intent::Yes { .. }) && choice.on != Some(true)
    };
    for yes in scene.choices.iter().filter(says_yes) {
        then.apply(yes.intent.clone(), play.now).expect("a yes");
    }
    // The next one may be offered the same, and answers for themselves.
    if let State::Same { .. } = then.state {
        return false;
    }
    let ends = then.scene(play.now).ends.expect("an end");
    assert_eq!(minute(ends.at), named, "{}", told_of(play, seed));
    true
}

#[test]
fn every_time_on_every_screen_adds_up_with_the_plan() {
    let (mut offers, mut begun) = (0, 0);
    for script in &scripts() {
        for seed in 0..SEEDS {
            walk(script, seed, |before, after| {
                adds_up(after, seed);
                begun += usize::from(begins_as_planned(before, after, seed));
                offers += usize::from(offers_keep_their_word(after, seed));
            });
        }
    }
    assert!(offers > 100 && begun > 2_000, "only {offers}, {begun}");
}

/// How much more each has in the end, by what happened in the turns of a pair.
fn loan_of(told: &mut Told) -> [i64; 2] {
    told.until(|told| told.session.is_closed());
    let outline = told.session.outline().expect("closed");
    [outline.loan_of(0), outline.loan_of(1)]
}

fn more(told: &mut Told, n: u8) {
    told.ask(Intent::More).ask(Intent::MoreBy { minutes: n });
    told.choose("Ada says yes").choose("Ben says yes");
}

#[test]
fn what_was_offered_and_not_used_is_no_loan() {
    // More time that nobody used.
    let mut told = Told::pair();
    told.until_turn_of(0);
    more(&mut told, 5);
    told.wait(minutes(4)).until_turn_of(1);
    told.wait(minutes(18));
    assert_eq!(loan_of(&mut told), [0, 0]);
    let had = told.session.turns();
    assert_eq!(had, [4 * 60_000, 18 * 60_000]);
    // A turn that came to its end early, and one that was stopped after it.
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(5)).until_turn_of(1);
    told.wait(minutes(2))
        .ask(Intent::Stop)
        .choose("Finish for today");
    assert_eq!(loan_of(&mut told), [0, 0]);
    // The first turn stopped, and the second.
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(9));
    told.ask(Intent::Stop).choose("Finish for today");
    assert_eq!(loan_of(&mut told), [0, 0]);
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(18)).until_turn_of(1);
    told.wait(minutes(9))
        .ask(Intent::Stop)
        .choose("Finish for today");
    assert_eq!(loan_of(&mut told), [0, 0]);
    // A whole turn, and none for the other: that is one.
    let mut told = Told::pair();
    told.until_turn_of(0).wait(minutes(18));
    told.until(|told| told.is_at("ready"));
    told.ask(Intent::Stop).choose("Finish for today");
    assert_eq!(loan_of(&mut told), [18 * 60_000, 0]);
    // What was used of more time is one, and no more than that.
    let mut told = Told::pair();
    told.until_turn_of(0);
    more(&mut told, 5);
    told.wait(minutes(20));
    told.until(|told| matches!(told.session.state, State::Same { .. }));
    assert!(told.told().contains("2 minutes more"), "{}", told.told());
    told.choose("Not today").until_turn_of(1).wait(minutes(18));
    assert_eq!(loan_of(&mut told), [2 * 60_000, 0]);
}

/// Care for one of them that ended after seconds lends nothing, even where everybody wants it to count.
#[test]
fn care_lends_what_was_had_of_it() {
    let care = script("after-a-trigger-together");
    let begins = |seed| {
        let mut play = Play::new(care, care.minutes, seed).ok()?;
        while play.session.turn_of().is_none() {
            play.step()?;
        }
        Some(play)
    };
    let play = (0..100).find_map(begins).expect("some walk has a turn");
    for (waited, loan) in [(10, 0), (240, 240_000)] {
        let mut told = Told {
            session: play.session.clone(),
            now: play.now,
            bells: Vec::new(),
        };
        told.session.loan = true;
        told.wait(Duration::from_secs(waited)).ask(Intent::Stop);
        told.choose("Finish for today");
        let whose = play.session.turn_of().expect("a turn").index();
        told.until(|told| told.session.is_closed());
        assert_eq!(told.session.outline().expect("closed").loan_of(whose), loan);
    }
}

/// Ada had five minutes more before. When Ben has five more today, that is even, and nobody is offered anything.
#[test]
fn the_offer_at_the_end_of_a_turn_knows_the_open_loan() {
    let mut told = Told::pair();
    let mut begin = Begin::clone(&told.session.begin);
    begin.known.loan = vec![300_000, 0];
    told.session = Session::begin(script("standard-pair"), begin).expect("fits");
    told.until(|told| told.session.walk.path.doing == StepState::Ordering);
    told.choose("Ben goes first");
    told.until(|told| matches!(told.session.state, State::Same { .. }));
    told.choose("Not today").until_turn_of(1);
    more(&mut told, 5);
    told.wait(minutes(23)).until(|told| {
        let asked = matches!(told.session.state, State::Same { .. });
        assert!(!asked, "{}", told.told());
        told.session.turn_of() == Some(Who(0))
    });
    told.wait(minutes(18));
    assert_eq!(loan_of(&mut told), [0, 300_000]);
}

#[test]
fn a_gap_is_said_in_its_unit_and_lateness_in_hours() {
    let away = |seconds: i64, kind: GapKind| {
        let mut told = Told::pair();
        let before = told.now;
        told.now = Moment {
            wall: before.wall + seconds * 1_000,
            ..before.later(Duration::from_secs(1))
        };
        let gap = Gap { before, kind };
        told.ask(Intent::TimeJumped { gap });
        told
    };
    for (seconds, says) in [
        (40, "40 seconds"),
        (59 * 60, "59 minutes"),
        (3_600, "1 hour."),
        (2 * 3_600 + 300, "2 hours 5 minutes"),
    ] {
        let told = away(seconds, GapKind::Slept).told();
        assert!(told.contains(says), "{told}");
    }
    // A clock that was set is no sleep, and the end keeps its distance.
    let mut told = away(3 * 3_600, GapKind::ClockSet);
    assert!(!told.told().contains("slept"), "{}", told.told());
    told.ask(Intent::GoOn);
    let late = told.scene().ends.expect("an end");
    assert_eq!(late.later, 180);
    let left = moment::millis(told.session.target - told.now.wall);
    assert!(left <= minutes(60) && left >= minutes(59), "{left:?}");
    assert_eq!(length_words::later_words(75).as_str(), "1 hour 15 minutes");
    assert_eq!(length_words::later_words(120).as_str(), "2 hours");
}

/// In the first meeting people say in words when they want a sign; it rings then.
#[test]
fn the_sign_that_somebody_chose_comes() {
    let first = script("first-meeting");
    let mut rang = 0;
    for (words, at) in [("3 minutes before", Some(3)), ("No sign", None)] {
        let mut told = Told::begin("first-meeting", Length::Minutes(first.minutes));
        let asks = |told: &Told| {
            let choices = told.scene().choices;
            choices.iter().any(|choice| choice.says.as_str() == words)
        };
        told.until(asks);
        let sentence = told.refused(Intent::Write {
            words: "Softly".into(),
        });
        assert!(sentence.contains("minutes"), "{sentence}");
        // A turn is five minutes here: no sign comes as early as that.
        for early in ["10", "5 minutes", "five"] {
            let sentence = told.refused(Intent::Write {
                words: early.into(),
            });
            assert!(sentence.contains("5 minutes long"), "{early}: {sentence}");
        }
        told.choose(words);
        told.until(|told| told.session.turn_of().is_some());
        let turn = told.session.planned_here();
        let whose = told.session.turn_of().expect("a turn");
        assert_eq!(told.session.warnings_of(whose).first().copied(), at);
        told.bells.clear();
        told.wait(turn - Duration::from_secs(61));
        let bells = told.bells.iter();
        let warned = bells
            .filter(|bell| **bell == intent::BellRing::Warning)
            .count();
        assert_eq!(warned, usize::from(at.is_some()), "{words}");
        rang += warned;
    }
    assert_eq!(rang, 1);
}

/// Who runs over before the first turn takes from the turns, and everybody is told: while it happens, as soon as it has,
/// and the end stays the one that was set.
#[test]
fn turns_that_become_shorter_are_told_where_it_happens() {
    let mut told = Told::pair();
    let set = told.session.ends(told.now);
    told.wait(told.session.planned_here() + minutes(16))
        .ask(Intent::TimePassed);
    let scene = told.scene();
    assert_eq!(scene.ends, Some(set));
    let costs = scene.costs.expect("it costs").to_string();
    assert!(
        costs.contains("each turn would now be 11 minutes"),
        "{costs}"
    );
    assert!(scene.rare.gives_way, "nothing hides it");
    let act = told.session.walk.act;
    told.until(|told| told.session.walk.act != act);
    let scene = told.scene();
    let notice = scene.notice.expect("it is told").to_string();
    assert!(
        notice.starts_with("The turns are now 11 minutes each"),
        "{notice}"
    );
    assert_eq!(scene.ends, Some(set));
    told.until_turn_of(0);
    assert_eq!(told.session.planned_here(), minutes(11));
}

#[test]
fn once_nobody_has_a_turn_any_more_the_end_is_when_the_rest_is_done() {
    let mut told = Told::begin("first-meeting", Length::Minutes(60));
    let set = told.session.ends(told.now).at;
    told.until_turn_of(0);
    // What was saved before can still be used.
    assert_eq!(told.scene().ends.expect("timed").at, set);
    told.until(|told| told.scene().mood == crate::session::scene::SceneMood::Closing);
    let left = told.session.planned_here() + told.session.buffer;
    let ends = told.scene().ends.expect("timed");
    let wall = told.now.wall + crate::time::moment::signed_ms(left);
    assert_eq!((ends.at, ends.later), (told.now.time_at(wall), 0));
    assert_ne!(ends.at, set);
}

#[test]
fn where_something_lighter_was_chosen_no_turn_is_on_the_map() {
    let mut told = Told::begin("five-each", Length::Minutes(17));
    let short = Intent::Gate {
        says: GateWord::Short,
    };
    // What it means is said where it is chosen.
    told.on();
    let says: Vec<String> = told
        .scene()
        .prompt
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        says.iter()
            .any(|line| line.contains("short, for something lighter")),
        "{says:?}"
    );
    told.ask(short.clone()).on().ask(short);
    told.wait(minutes(12));
    let scene = told.scene();
    let titles: Vec<&str> = scene.way.iter().map(|leg| leg.title.as_str()).collect();
    assert_eq!(
        (titles, scene.ends, scene.costs),
        (vec!["arrive"], None, None)
    );
}
