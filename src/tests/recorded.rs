//! Walks that an earlier build recorded (`tests/earlier/scripts/NAME.SEED.walk`, as its `rehearse` told them): whoever answers
//! the same at the same moments today comes to the same stages with the same minutes, and to the same questions, asked of
//! the same people.
//!
//! Left out of the files is what the program asks by itself: the gate, the agreement, signs before the end, pauses.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::pace::answer;
use crate::rehearsal::{EVENING, Play};
use crate::script::{SHIPPED, Source, check};
use crate::session::intent::Intent;
use crate::session::scene::Scene;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// What one line of a walk says.
#[derive(Debug)]
enum Line<'a> {
    Stage(&'a str),
    Answer {
        who: &'a str,
        question: &'a str,
        says: &'a str,
    },
    End,
}

fn lines(walk: &str) -> Vec<(Duration, Line<'_>)> {
    let read = |line| {
        let (at, rest): (&str, &str) = str::split_once(line, "  ").unwrap();
        let seconds = at.split(':').map(|n| n.parse::<u64>().unwrap());
        let at = Duration::from_secs(seconds.fold(0, |all, n| all * 60 + n));
        let line = match (rest.split_once(" · "), rest.starts_with("closed after")) {
            (Some((who, rest)), _) => {
                let (question, says) = rest.split_once(" → ").unwrap();
                Line::Answer {
                    who,
                    question,
                    says,
                }
            }
            (None, true) => Line::End,
            (None, false) => Line::Stage(rest),
        };
        (at, line)
    };
    walk.lines().map(read).collect()
}

/// A stage: its title and its length.
fn stage(play: &Play) -> (String, u64) {
    let title = play.session.stage_title();
    (title.to_string(), play.session.planned_here().as_secs())
}

/// The same of one that was recorded.
fn parts(stage: &str) -> (&str, u64) {
    let (rest, _) = stage.rsplit_once(", ").unwrap();
    let (title, length) = rest.rsplit_once(": ").unwrap();
    let (minutes, seconds) = length.split_once(':').unwrap();
    let (minutes, seconds): (u64, u64) = (minutes.parse().unwrap(), seconds.parse().unwrap());
    (title, minutes * 60 + seconds)
}

/// What is asked, of whom.
fn asked(scene: &Scene) -> (String, String) {
    let name = |at: &usize| Some(scene.people.get(*at)?.name.as_str());
    let names: Vec<&str> = scene.to.iter().filter_map(name).collect();
    let who = match names.is_empty() {
        true => "everybody".to_owned(),
        false => names.join(", "),
    };
    let question = scene.prompt.first().map_or("", SafeText::as_str);
    (who, SafeText::short(question, 48).to_string())
}

/// The same answer as somebody gave then; where the program's own words are others by now, it is found by its kind.
fn same(scene: &Scene, says: &str) -> Option<Intent> {
    let is = |now: &SafeText| now.as_str().to_lowercase() == says.to_lowercase();
    let choice = scene.choices.iter().find(|choice| is(&choice.says));
    if let Some(choice) = choice {
        return Some(choice.intent.clone());
    }
    if let Some(offer) = scene.offers.iter().find(|offer| is(&offer.says)) {
        return Some(offer.intent());
    }
    let number = says.strip_prefix("says ")?.strip_suffix(" of 10");
    number.map(|n| Intent::Rate {
        value: n.parse().unwrap(),
    })
}

/// The same, for the program's own offers whose words have changed since.
fn by_kind(scene: &Scene, says: &str) -> Intent {
    match says.split([' ', ',', ':']).next().unwrap() {
        // Who passed at company had the quietest.
        "pass" | "silent" => Intent::Pass,
        "go" | "on" | "end" => scene.leads_on().map_or(Intent::GoOn, |on| on.intent()),
        "writes" => Intent::Write {
            words: words().rehearsal.pretend_line.into(),
        },
        "come" => Intent::Land,
        // What is kept is asked in other words.
        "keep" | "The" | "Nothing" => answer(scene),
        _ => panic!("nobody can say “{says}” any more"),
    }
}

fn until(play: &mut Play, at: Duration) {
    let at = EVENING.later(at);
    while let Some(due) = play.session.next_event(play.now)
        && play.now.later(due).mono <= at.mono
    {
        play.now = play.now.later(due);
        play.session.apply(Intent::TimePassed, play.now).unwrap();
    }
    if play.now.mono < at.mono {
        play.now = at;
    }
}

fn follow(script: &str, walk: &str, seed: u64, about: &str) {
    let checked = check(about, Source::new(about, script), &SHIPPED);
    let script = Arc::new(checked.script.unwrap());
    let mut play = Play::new(&script, script.minutes, seed).unwrap();
    let lines = lines(walk);
    let mut to_come = lines.iter().peekable();
    let mut here = SafeText::default();
    for _ in 0..1_000 {
        let now_in = play.session.stage_title();
        if now_in != here && !play.session.is_closed() {
            here = now_in;
            let Some((_, Line::Stage(then))) = to_come.next() else {
                panic!("{about}: {:?} was not there then", stage(&play));
            };
            let (now, then) = (stage(&play), parts(then));
            assert_eq!(now.0, then.0, "{about}");
            // What turns lose to a stage that ran over was counted in quarters of a minute then, and is in halves now.
            let less = then.1.checked_sub(now.1);
            assert!(
                less.is_some_and(|less| less < 30),
                "{about}: {then:?} is {now:?}"
            );
        }
        if play.session.is_closed() {
            break;
        }
        let (at, line) = to_come.peek().unwrap();
        let scene = play.session.asked(play.now);
        let (who, question) = asked(&scene);
        match line {
            Line::Answer {
                who: then,
                question: asks,
                says,
            } if question == *asks => {
                assert_eq!(who, *then, "{about}: {question}");
                to_come.next();
                until(&mut play, *at);
                let scene = play.session.asked(play.now);
                let intent = same(&scene, says).unwrap_or_else(|| by_kind(&scene, says));
                let done = play.session.apply(intent, play.now);
                done.unwrap_or_else(|why| panic!("{about}: {question} → {says}: {}", why.0));
            }
            // Something of the program's own: it takes until what comes next.
            Line::Answer { .. } | Line::Stage(_) | Line::End => {
                if !matches!(line, Line::Answer { .. }) {
                    until(&mut play, *at);
                }
                let scene = play.session.asked(play.now);
                let done = play.session.apply(answer(&scene), play.now);
                done.unwrap_or_else(|why| panic!("{about}: {question}: {}", why.0));
            }
        }
    }
    let (at, _) = lines.last().unwrap();
    assert!(play.session.is_closed(), "{about}: {:?}", to_come.next());
    assert_eq!(play.now.mono.as_secs(), at.as_secs(), "{about}");
}

#[test]
fn who_answers_as_people_did_under_an_earlier_build_comes_the_same_way() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier/scripts");
    let mut walked = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let about = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some((name, seed)) = about
            .strip_suffix(".walk")
            .and_then(|rest| rest.split_once('.'))
        else {
            continue;
        };
        let script = std::fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap();
        let walk = std::fs::read_to_string(&path).unwrap();
        follow(&script, &walk, seed.parse().unwrap(), &about);
        walked += 1;
    }
    assert!(walked >= 6, "{walked}");
}
