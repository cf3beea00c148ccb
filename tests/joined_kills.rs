//! Two programs with a line between them, killed again and again: the host, the guest, what carries the line, at any
//! moment. The session goes on and closes, and nothing that stood in a log is lost.
//!
//! `KILLS=200` kills each of them as often, `STOPS=100` measures as often how soon a STOP is on the other terminal;
//! `LINK=/path/to/alongside-link` takes the real one, on the loopback, or with
//! `LINKS='["ip netns exec a alongside-link", "ip netns exec b alongside-link"]'` one command for each. Two of the tests make
//! networks for themselves (link/tests/link/wire/two_networks.py), where they may.
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

/// Until this is so.
fn until(both: &[Player; 2], what: &str, is_so: impl Fn(&[Player; 2]) -> bool) {
    let began = Instant::now();
    while !is_so(both) {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "{what}: {}",
            said(both)
        );
        thread::sleep(Duration::from_millis(1));
    }
}

fn said(both: &[Player; 2]) -> String {
    both.each_ref().map(Player::heard).join("\n==========\n")
}

fn counts(both: &[Player; 2], words: &str) -> [usize; 2] {
    both.each_ref()
        .map(|player| player.heard().matches(words).count())
}

/// A STOP at this terminal, and back to the first question with a yes from each: how long it took to the other one.
fn stop_and_back(both: &mut [Player; 2], at: usize) -> Duration {
    let (paused, asked, there) = (
        "Everything is paused.",
        "says yes, not chosen",
        "How much strength",
    );
    let before = [paused, asked, there].map(|words| counts(both, words));
    let began = Instant::now();
    both[at].type_line("stop");
    until(both, paused, |both| {
        counts(both, paused)[1 - at] > before[0][1 - at]
    });
    let took = began.elapsed();
    // Until the host has heard of a guest's STOP, the guest is asked for one moment; and while the line is away, to wait.
    let (moment, away, back) = (
        "One moment: what you chose",
        "The line is not back yet.",
        "The line is back.",
    );
    while counts(both, asked)[at] == before[1][at] {
        let was = [moment, away, back].map(|words| counts(both, words)[at]);
        both[at].type_line("3");
        let more = |both: &[Player; 2], words: &str, was: usize| counts(both, words)[at] > was;
        until(both, asked, |both| {
            let refused = more(both, moment, was[0]) || more(both, away, was[1]);
            refused || more(both, asked, before[1][at])
        });
        if more(both, away, was[1]) {
            until(both, back, |both| more(both, back, was[2]));
        }
    }
    until(both, asked, |both| {
        (0..2).all(|one| counts(both, asked)[one] > before[1][one])
    });
    both[0].type_line("1");
    both[1].type_line("1");
    until(both, there, |both| {
        (0..2).all(|one| counts(both, there)[one] > before[2][one])
    });
    took
}

/// How long a STOP takes to the other terminal, so many times by turns, in order of size.
fn stops(number: usize) -> Vec<Duration> {
    let folder = tempfile::tempdir().unwrap();
    let mut both = begun(&folder);
    let each = [0, 1].into_iter().cycle().take(number);
    let mut took: Vec<Duration> = each.map(|at| stop_and_back(&mut both, at)).collect();
    took.sort();
    println!(
        "{} times STOP: the fastest {:?}, half within {:?}, 9 of 10 within {:?}, the slowest {:?}",
        took.len(),
        took[0],
        took[took.len() / 2],
        took[took.len() * 9 / 10],
        took[took.len() - 1]
    );
    took
}

/// STOP at one terminal stands on the other within 100 ms and what the line itself takes: nothing over pipes.
#[test]
fn a_stop_is_on_the_other_terminal_at_once() {
    let number = std::env::var("STOPS").ok().and_then(|n| n.parse().ok());
    let took = stops(number.unwrap_or(4));
    assert!(
        is_real() || took[0] < Duration::from_millis(100),
        "{took:?}"
    );
}

/// The same over the real line, between two networks with 150 ms one way and 2 % lost: half of them, for a lost packet is
/// sent again.
#[test]
fn a_stop_is_as_late_as_the_line_and_no_more() {
    if !in_two_networks(
        "a_stop_is_as_late_as_the_line_and_no_more",
        &["--delay", "150", "--loss", "2"],
    ) {
        return;
    }
    let number = std::env::var("STOPS").ok().and_then(|n| n.parse().ok());
    let took = stops(number.unwrap_or(8));
    assert!(took[0] > Duration::from_millis(145), "{took:?}");
    assert!(
        took[took.len() / 2] < Duration::from_millis(250),
        "{took:?}"
    );
}

/// The host's machine gets another address in the middle of a session: it goes on by itself, a STOP crosses, and it closes.
/// `MOVES=6` moves as often.
#[test]
fn a_host_who_moves_goes_on_and_both_close_the_same_session() {
    let test = "a_host_who_moves_goes_on_and_both_close_the_same_session";
    if !in_two_networks(test, &["--delay", "5"]) {
        return;
    }
    let links: [String; 2] = serde_json::from_str(&std::env::var("LINKS").unwrap()).unwrap();
    let network = links[0].split_whitespace().nth(3).unwrap();
    let ip = |words: &str| {
        let words = format!("-n {network} addr {words}/24 dev eth0");
        let done = Command::new("ip").args(words.split_whitespace()).output();
        done.is_ok_and(|done| done.status.success())
    };
    let folder = tempfile::tempdir().unwrap();
    let mut both = begun(&folder);
    let moves = std::env::var("MOVES").ok().and_then(|n| n.parse().ok());
    for number in 0..moves.unwrap_or(1) {
        let [old, new] = [number, number + 1].map(|number| format!("10.77.0.{}", number * 10 + 1));
        assert!(ip(&format!("add {new}")) && ip(&format!("del {old}")));
        // Deleting the first address of a network may take the others with it.
        ip(&format!("add {new}"));
        let took = stop_and_back(&mut both, number % 2);
        println!("moved, and a STOP was heard after {took:?}");
    }
    let mut dice = fastrand::Rng::with_seed(1);
    close(&mut both, &mut dice, "moved", &mut |_, _| ());
    let [ada, ben] = &kept(&mut both);
    assert!(
        ada.is_empty() || ben.is_empty() || ada == ben,
        "{ada:?} {ben:?}"
    );
}

/// Whether this runs between two networks that see each other over a wire. Where it does not, this test is run there, or says
/// why it can't be.
fn in_two_networks(test: &str, wire: &[&str]) -> bool {
    if is_real() {
        return std::env::var("LINKS").is_ok();
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = Path::new(env!("CARGO_BIN_EXE_alongside")).with_file_name("alongside-link");
    let own = here.join("link/target/debug/alongside-link");
    let Some(link) = [beside, own].into_iter().find(|link| link.exists()) else {
        println!("Not tried: alongside-link is not built (cargo build in link).");
        return false;
    };
    let done = Command::new("python3")
        .arg(here.join("link/tests/link/wire/two_networks.py"))
        .args(wire)
        .arg("--")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", test])
        .env("ALONGSIDE_LINK", link)
        .output();
    let Ok(done) = done else {
        println!("Not tried: this needs Python.");
        return false;
    };
    let said = [done.stdout, done.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    println!("{}", said.join("\n"));
    assert!(done.status.success());
    false
}

/// People who read little, up to the end of the session; between two keys something may happen.
fn close(
    both: &mut [Player; 2],
    dice: &mut fastrand::Rng,
    told: &str,
    meanwhile: &mut dyn FnMut(&mut [Player; 2], &mut fastrand::Rng),
) {
    let began = Instant::now();
    while both.iter().any(|player| !player.is_closed()) {
        assert!(
            began.elapsed() < Duration::from_secs(400),
            "{told}: {}",
            said(both)
        );
        let at = dice.usize(0..2);
        let alone = both[1 - at].is_closed();
        if !both[at].is_closed() {
            let key = both[at].key(dice, alone);
            both[at].type_line(key);
        }
        thread::sleep(Duration::from_millis(dice.u64(5..90)));
        meanwhile(both, dice);
    }
    println!("{told}: closed after {:?}", began.elapsed());
}

/// What each home keeps of it, once what follows the closing is through.
fn kept(both: &mut [Player; 2]) -> [Vec<String>; 2] {
    for player in both.iter_mut() {
        player.type_line("");
    }
    both.each_ref().map(|player| ledger(&player.home))
}

#[test]
fn whoever_is_killed_at_any_moment_is_back_and_the_session_closes() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let begins = Instant::now();
    // How often the host, the guest and a link are still to be killed.
    let mut left = [number("KILLS").unwrap_or(1_u64); 3];
    let killed = left;
    for seed in number("SEED").unwrap_or(0).. {
        if left == [0; 3] {
            break;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut both = begun(&folder);
        let mut dice = fastrand::Rng::with_seed(seed);
        let mut due = Instant::now() + Duration::from_millis(dice.u64(0..2_500));
        let told = format!("seed {seed}");
        close(&mut both, &mut dice, &told, &mut |both, dice| {
            let which = dice.usize(0..3);
            if left[which] == 0 || due > Instant::now() || both.iter().any(Player::is_closed) {
                return;
            }
            left[which] -= 1;
            due = Instant::now() + Duration::from_millis(dice.u64(500..5_000));
            if which == 2 {
                both[dice.usize(0..2)].kill_link();
                return;
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
        });
        // What is kept, is kept the same.
        let [ada, ben] = &kept(&mut both);
        println!("{told}: {ada:?} {ben:?}, {left:?} kills left");
        assert!(
            ada.is_empty() || ben.is_empty() || ada == ben,
            "{told}: {ada:?} {ben:?}"
        );
    }
    let [hosts, guests, links] = killed;
    println!(
        "killed: {hosts} times the host, {guests} the guest, {links} a link, in {:?}",
        begins.elapsed()
    );
}
