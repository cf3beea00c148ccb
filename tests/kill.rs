//! The program is killed at any moment of a session; what it has answered to is on the disk.
//!
//! The line face is the witness: its answer to a line says that the line is kept. `resume --list` in another
//! process tells what the log holds.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use common::{Home, SESSION, Talk, answers, intents};

/// How often it is killed; `ALONGSIDE_KILLS` asks for more.
const KILLS: usize = 60;
/// From home to the plan, where the people are known.
const KNOWN: &[&str] = &["", ""];

/// What an unharmed session shows: the stage after each answer.
fn stages() -> Vec<String> {
    let home = Home::known();
    let mut talk = home.talk(&["--plain"]);
    talk.say_all(KNOWN);
    let mut stage = String::new();
    let mut stages = Vec::new();
    for line in [""].iter().chain(&SESSION[..SESSION.len() - 1]) {
        let answer = talk.say(line);
        for line in answer.lines() {
            if let Some(said) = line.trim_start_matches("> ").strip_prefix("Stage: ") {
                let end = said.find(", until").unwrap_or(said.len());
                said[..end].clone_into(&mut stage);
            }
        }
        stages.push(stage.clone());
    }
    let (_, status) = talk.end();
    assert!(status.success());
    assert_eq!(
        listed(&home),
        Some((stage, intents(SESSION.len() - 1))),
        "each answer is one intent, and the gate is one"
    );
    stages
}

/// The stage and the number of intents of the session that was not closed.
fn listed(home: &Home) -> Option<(String, usize)> {
    let said = home.says(&["resume", "--list"], &[]);
    let (before, n) = said.trim_end().split_once("  (entries: ")?;
    let parts: Vec<&str> = before.split("  ").collect();
    let ([_, stage], Some(n)) = (parts.as_slice(), n.strip_suffix(')')) else {
        panic!("{said}");
    };
    Some(((*stage).to_owned(), n.parse().unwrap()))
}

struct Killed {
    home: Home,
    /// All that it said.
    said: String,
    /// How many answers were acknowledged; the first acknowledges the beginning.
    acknowledged: usize,
}

/// Whether the machine had stood still for seconds while the session went on. Then the session asks whether everybody is
/// there, by itself or instead of taking an answer: there is a prompt that acknowledges nothing, and the answers after it fell
/// on another screen. So a run like that tells nothing of what was kept.
fn stood_still(home: &Home) -> bool {
    let told = |log: &std::path::PathBuf| {
        let log = std::fs::read_to_string(log).unwrap();
        log.contains("\"time-jumped\"")
    };
    home.logs().iter().any(told)
}

/// A session that is killed somewhere.
fn killed(chance: &mut fastrand::Rng) -> Killed {
    let home = Home::known();
    let mut talk = Talk::new(home.command(&["--plain"]));
    talk.say_all(KNOWN);
    let before = talk.prompts();
    talk.type_ahead(&[""]);
    talk.type_ahead(SESSION);
    talk.hear_prompts(before + chance.usize(0..=SESSION.len()));
    // Somewhere in the middle of what comes next.
    for _ in 0..chance.u32(..300_000) {
        std::hint::spin_loop();
    }
    talk.kill();
    let acknowledged = talk.prompts() - before;
    let said = String::from_utf8_lossy(&talk.heard).into_owned();
    if stood_still(&home) {
        return killed(chance);
    }
    Killed {
        home,
        said,
        acknowledged,
    }
}

/// What the next process finds; the answers that were still to come close the session.
fn resumed(killed: &Killed, stages: &[String]) {
    let Killed {
        home,
        said,
        acknowledged,
    } = killed;
    let Some((stage, held)) = listed(home) else {
        let closed = *acknowledged >= SESSION.len();
        assert!(closed || *acknowledged == 0, "{acknowledged} are lost");
        return;
    };
    let answered = acknowledged.saturating_sub(1);
    assert!(
        (intents(answered)..=intents(answered + 1)).contains(&held),
        "{held} of {answered} answers, and the program had said:\n{said}\n{}",
        std::fs::read_to_string(home.log()).unwrap()
    );
    let mut talk = home.talk(&["resume", "--plain"]);
    let held = answers(held);
    if held == SESSION.len() {
        // It was closed already; only its log was still to go.
        let said = String::from_utf8(talk.heard.clone()).unwrap();
        assert!(said.contains("The session is closed."), "{said}");
    } else {
        let said = String::from_utf8(talk.heard.clone()).unwrap();
        assert_eq!(stage, stages[held]);
        // After STOP it comes back to the neutral screen, and nothing of the session is shown.
        if said.contains("Stage:") {
            assert!(said.contains("This is where you were"), "{said}");
            assert!(said.contains(&format!("Stage: {stage}")), "{said}");
            talk.say("");
        } else {
            assert!(!said.contains("This is where you were"), "{said}");
        }
        talk.say_all(&SESSION[held..]);
    }
    let (_, status) = talk.end();
    assert!(status.success());
    assert_eq!(listed(home), None);
    assert_eq!(kept(home), 1);
}

/// How many sessions the record holds.
fn kept(home: &Home) -> usize {
    let record = std::fs::read_to_string(home.data().join("record.jsonl")).unwrap_or_default();
    record.matches("\"began\"").count()
}

#[test]
fn whenever_it_is_killed_it_goes_on_where_it_was() {
    let kills = std::env::var("ALONGSIDE_KILLS").ok();
    let kills = kills.and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let stages = stages();
    let seed = std::env::var("ALONGSIDE_SEED").ok();
    let seed = seed
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| fastrand::u64(..));
    println!("ALONGSIDE_SEED={seed}");
    let mut chance = fastrand::Rng::with_seed(seed);
    for kill in 0..kills {
        println!("kill {kill}");
        resumed(&killed(&mut chance), &stages);
    }
}

#[test]
fn what_was_kept_before_the_log_went_is_kept_once() {
    let home = Home::known();
    let mut talk = home.talk(&["--plain"]);
    talk.say_all(KNOWN);
    talk.say("");
    talk.say_all(&SESSION[..SESSION.len() - 1]);
    // The log as it was in the moment after everything was kept and before it was removed.
    let (log, copy) = (home.log(), home.root().join("copy"));
    std::fs::hard_link(&log, &copy).unwrap();
    let said = talk.say(SESSION[SESSION.len() - 1]);
    assert!(said.contains("The session is closed."), "{said}");
    talk.kill();
    assert!(!log.exists());
    let before = std::fs::read(home.data().join("people.toml")).unwrap();
    std::fs::rename(&copy, &log).unwrap();
    let talk = home.talk(&["resume", "--plain"]);
    let said = String::from_utf8(talk.heard.clone()).unwrap();
    assert!(said.contains("The session is closed."), "{said}");
    drop(talk);
    assert!(!log.exists());
    assert_eq!(kept(&home), 1);
    assert_eq!(
        std::fs::read(home.data().join("people.toml")).unwrap(),
        before
    );
}
