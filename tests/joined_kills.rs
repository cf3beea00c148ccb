//! Two programs with a line between them, killed again and again: the host, the guest, what carries the line, at any
//! moment. The session goes on and closes, and nothing that stood in a log is lost.
//!
//! `KILLS=200` kills as often, `STOPS=100` measures as often how soon a STOP is on the other terminal; `LINK=/path/to/alongside-link` takes the real one, on the loopback, or with
//! `LINKS='["ip netns exec a alongside-link", "ip netns exec b alongside-link"]'` one command for each.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that fails says so by panicking, a long one says what it did, and this one measures"
)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use common::Home;
use common::player::{Player, ledger};
use common::shuttle::strangers_home;
use tempfile::TempDir;

/// What carries the line in place of the link: two pipes with names.
const PIPES: &str = r#"
printf '{"ready":{"v":1}}\n{"again":"same"}\n'
[ "$3" = host ] && printf '{"ticket":"alongside1test"}\n'
printf '{"peer":{"id":1,"proof":"00112233445566778899aabbccddeeff"}}\n'
cat "$1/$2" &
[ "$2" = a ] && out=b || out=a
exec sed -un 's/^{"line":{"to":/{"line":{"from":/p' >"$1/$out"
"#;

fn is_real() -> bool {
    std::env::var("LINK").or(std::env::var("LINKS")).is_ok()
}

fn command(at: usize, folder: &Path) -> serde_json::Value {
    let words = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        serde_json::json!(words)
    };
    if let Ok(both) = std::env::var("LINKS") {
        let both: [String; 2] = serde_json::from_str(&both).unwrap();
        let Ok(log) = std::env::var("LOG") else {
            return words(&both[at]);
        };
        let run = format!(
            "tee -a {log}/{at}.said | {} \"$@\" | tee -a {log}/{at}.heard",
            both[at]
        );
        return serde_json::json!(["sh", "-c", run, "sh"]);
    }
    match std::env::var("LINK") {
        Ok(link) => serde_json::json!(["sh", "-c", "exec \"$0\" \"$@\" --bind 127.0.0.1:0", link]),
        Err(_) => {
            let own = if at == 0 { "a" } else { "b" };
            let script = folder.join("pipes.sh");
            fs::write(&script, PIPES).unwrap();
            serde_json::json!(["sh", script, folder, own])
        }
    }
}

fn player(home: Home, at: usize, folder: &Path, arguments: &[&str]) -> Player {
    home.settings(&format!("link = {}\n", command(at, folder)));
    Player::new(home, folder.join(format!("said-{at}")), arguments)
}

fn begun(folder: &TempDir) -> [Player; 2] {
    for name in ["a", "b"] {
        let made = Command::new("mkfifo")
            .arg(folder.path().join(name))
            .status();
        assert!(made.unwrap().success());
    }
    let relay = std::env::var("RELAY").ok();
    let mut host = vec!["--plain", "host", "standard-pair"];
    host.extend(relay.iter().flat_map(|relay| ["--relay", relay]));
    let mut ada = player(Home::known(), 0, folder.path(), &host);
    for line in ["1", ""] {
        ada.type_line(line);
    }
    let ticket = if is_real() {
        let heard = ada.hear_until("alongside1");
        let ticket = heard
            .split_whitespace()
            .rfind(|word| word.starts_with("alongside1"));
        ticket.unwrap().to_owned()
    } else {
        "alongside1test".to_owned()
    };
    let mut ben = player(
        strangers_home(),
        1,
        folder.path(),
        &["--plain", "join", &ticket],
    );
    if relay.is_some() {
        ben.hear_until("Use it?");
        ben.type_line("1");
    }
    for player in [&mut ada, &mut ben] {
        player.hear_until("they are different");
        player.type_line("1");
    }
    ben.hear_until("Begin?");
    ben.type_line("1");
    for player in [&ada, &ben] {
        player.hear_until("How much strength");
    }
    [ada, ben]
}

/// STOP at one terminal stands on the other within 100 ms and what the line itself takes.
#[test]
fn a_stop_is_on_the_other_terminal_at_once() {
    let stops = std::env::var("STOPS").ok().and_then(|n| n.parse().ok());
    let folder = tempfile::tempdir().unwrap();
    let mut both = begun(&folder);
    let mut took = Vec::new();
    for number in 0..stops.unwrap_or(3) {
        let at = number % 2;
        let paused = |player: &Player| player.heard().matches("Everything is paused.").count();
        let before = both.each_ref().map(paused);
        thread::sleep(Duration::from_millis(150));
        let began = Instant::now();
        both[at].type_line("stop");
        let other = 1 - at;
        while paused(&both[other]) == before[other] {
            assert!(
                began.elapsed() < Duration::from_secs(30),
                "STOP {number} never came: {}",
                both.each_ref().map(Player::heard).join("\n==========\n")
            );
            thread::sleep(Duration::from_millis(1));
        }
        took.push(began.elapsed());
        // Back to where they were, with a yes from each.
        let wait = |both: &[Player; 2], words: &str, before: [usize; 2]| {
            while (0..2).any(|at| both[at].heard().matches(words).count() == before[at]) {
                let said = || both.each_ref().map(Player::heard).join("\n==========\n");
                assert!(
                    began.elapsed() < Duration::from_secs(60),
                    "{number} {words}: {}",
                    said()
                );
                thread::sleep(Duration::from_millis(5));
            }
        };
        let counts = |both: &[Player; 2], words: &str| {
            both.each_ref()
                .map(|player| player.heard().matches(words).count())
        };
        let (asked, there) = ("says yes, not chosen", "How much strength");
        let before = [counts(&both, asked), counts(&both, there)];
        while counts(&both, asked)[at] == before[0][at] {
            // Until the host has heard of the STOP, the guest is asked for one moment.
            both[at].type_line("3");
            thread::sleep(Duration::from_millis(500));
        }
        wait(&both, asked, before[0]);
        both[0].type_line("1");
        both[1].type_line("1");
        wait(&both, there, before[1]);
    }
    took.sort();
    println!(
        "{} times STOP: the fastest {:?}, half within {:?}, 9 of 10 within {:?}, the slowest {:?}",
        took.len(),
        took[0],
        took[took.len() / 2],
        took[took.len() * 9 / 10],
        took[took.len() - 1]
    );
    assert!(
        is_real() || took[0] < Duration::from_millis(100),
        "{took:?}"
    );
}

#[test]
fn whoever_is_killed_at_any_moment_is_back_and_the_session_closes() {
    let kills = std::env::var("KILLS").ok().and_then(|n| n.parse().ok());
    let (mut left, begins) = (kills.unwrap_or(2_u32), Instant::now());
    let mut done = [0; 3];
    for seed in std::env::var("SEED")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0_u64)..
    {
        if left == 0 {
            break;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut both = begun(&folder);
        let mut dice = fastrand::Rng::with_seed(seed);
        let mut due = Instant::now() + Duration::from_millis(dice.u64(0..2_500));
        let began = Instant::now();
        while both.iter().any(|player| !player.is_closed()) {
            let said = || both.each_ref().map(Player::heard).join("\n==========\n");
            assert!(
                began.elapsed() < Duration::from_secs(400),
                "seed {seed}: {}",
                said()
            );
            let at = dice.usize(0..2);
            let alone = both[1 - at].is_closed();
            if !both[at].is_closed() {
                let key = both[at].key(&mut dice, alone);
                both[at].type_line(key);
            }
            thread::sleep(Duration::from_millis(dice.u64(5..90)));
            if left > 0 && due < Instant::now() && both.iter().all(|player| !player.is_closed()) {
                let which = dice.usize(0..3);
                left -= 1;
                done[which] += 1;
                due = Instant::now() + Duration::from_millis(dice.u64(500..5_000));
                if which == 2 {
                    both[dice.usize(0..2)].kill_link();
                    continue;
                }
                both[which].kill();
                thread::sleep(Duration::from_millis(dice.u64(0..1_500)));
                both[which].resume();
                if which == 0 && !both[0].held.is_empty() {
                    // What the host had accepted is the beginning of what it has now.
                    both[0].hear_until("> ");
                    let now = both[0].log();
                    let held = &both[0].held;
                    assert!(now.is_empty() || now.starts_with(held), "seed {seed}");
                }
            }
        }
        // What is kept, is kept the same.
        for player in &mut both {
            player.type_line("");
        }
        let ledgers = both.each_ref().map(|player| ledger(&player.home));
        let [ada, ben] = &ledgers;
        println!(
            "seed {seed}: closed after {:?}, {ledgers:?}, {left} kills left",
            began.elapsed()
        );
        assert!(
            ada.is_empty() || ben.is_empty() || ada == ben,
            "seed {seed}: {ledgers:?}"
        );
    }
    let [hosts, guests, links] = done;
    println!(
        "killed: {hosts} times the host, {guests} the guest, {links} a link, in {:?}",
        begins.elapsed()
    );
}
