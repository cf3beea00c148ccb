//! What comes in masses: a key that is held down, keys and pastes without end, windows of every size. The program
//! stays, and what protects people works right after it.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says where, and measures how long STOP takes"
)]

mod common;

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::pty::Terminal;
use common::{Home, SESSION};

/// How many bytes a flood has.
const FLOOD: usize = 100_000;
const STOP: &str = "\u{13}";
const STOPPED: &str = "Nobody has to explain.";
/// On a busy machine; what a flood asks for itself takes twenty seconds.
const MOMENT: Duration = Duration::from_secs(5);
const STROKE: &str = "\u{18}";
/// The answers of a session that lead to the first screen of the first turn.
const TO_A_TURN: usize = 25;

/// A session in its first turn, which was begun by lines and goes on in the full screen.
fn in_a_turn(home: &Home) -> Terminal {
    let mut talk = home.talk(&["--plain"]);
    talk.say_all(&["", "", ""]);
    talk.say_all(&SESSION[..TO_A_TURN]);
    talk.kill();
    let mut terminal = Terminal::new(home, &["resume"], &[]);
    terminal.until(&["This is where you were"], &[]);
    terminal.press("\r", &["in this turn"]);
    terminal
}

/// What people asked for, as the log has it.
fn asked(home: &Home) -> Vec<String> {
    let log = fs::read_to_string(home.log()).unwrap();
    let intents = log.lines().filter_map(|line| line.split_once("\"do\":"));
    let intents = intents.map(|(_, intent)| intent.to_owned());
    intents
        .filter(|intent| !intent.contains("time-passed"))
        .collect()
}

/// It lives, stops within a moment, and lets go.
fn protects(mut terminal: Terminal) {
    let before = Instant::now();
    terminal.press(STOP, &[STOPPED]);
    assert!(before.elapsed() < MOMENT, "{:?}", before.elapsed());
    terminal.quick_exit(STROKE);
    assert_eq!(terminal.end(), (0, String::new()));
}

#[test]
fn three_seconds_of_a_held_enter_in_a_turn_count_once() {
    let home = Home::known();
    let mut terminal = in_a_turn(&home);
    let before = asked(&home).len();
    // As X11 and the console have it: half a second, and then 30 a second.
    terminal.send("\r");
    sleep(Duration::from_millis(500));
    for _ in 0..75 {
        assert!(terminal.send_bytes(b"\r"));
        sleep(Duration::from_millis(33));
    }
    let asked = asked(&home);
    assert_eq!(asked.len() - before, 1, "{:?}", &asked[before..]);
}

/// Keys, many of which go on and back, and halves and wholes of what terminals send.
fn noise() -> Vec<u8> {
    const PIECES: [&str; 16] = [
        "\u{1b}[A",
        "\u{1b}[6~",
        "\u{1b}OB",
        "\u{1b}[1;",
        "\u{1b}[<64;3;9M",
        "\u{1b}[<0;3",
        "\u{1b}[I",
        "\u{1b}",
        "\u{1b}]11;rgb:",
        "\u{1b}P1$r",
        "\u{1b}[12;40R",
        "\u{1b}[120;5:3u",
        "\u{7f}",
        "\t",
        "Ж",
        "\u{ff56}",
    ];
    let mut chance = fastrand::Rng::with_seed(8);
    let mut noise = Vec::new();
    while noise.len() < FLOOD {
        match chance.usize(0..2) {
            0 => noise.extend(PIECES[chance.usize(0..PIECES.len())].bytes()),
            // Without what leaves, stops or ends.
            _ => noise.extend((0..8).map(|_| b"aefghijklnoprxz,;:_#+*"[chance.usize(0..22)])),
        }
    }
    noise
}

#[test]
fn after_a_flood_of_keys_what_protects_works_at_once() {
    let home = Home::known();
    let mut terminal = in_a_turn(&home);
    assert!(terminal.send_bytes(&noise()));
    protects(terminal);
}

#[test]
fn after_a_flood_in_a_paste_without_an_end_what_protects_works_at_once() {
    let home = Home::known();
    let mut terminal = in_a_turn(&home);
    let pasted = "words that are no keys s q 1 \r".repeat(FLOOD / 30);
    assert!(terminal.send_bytes(format!("\u{1b}[200~{pasted}").as_bytes()));
    protects(terminal);
}

#[test]
fn after_a_storm_of_sizes_what_protects_works_at_once() {
    let home = Home::known();
    let terminal = in_a_turn(&home);
    let mut chance = fastrand::Rng::with_seed(8);
    for n in 0..200 {
        terminal.resize_unseen(match n % 10 {
            0 => (0, 0),
            1 => (1, 1),
            _ => (chance.u16(0..300), chance.u16(0..100)),
        });
        sleep(Duration::from_millis(3));
    }
    terminal.forget();
    terminal.resize((80, 24));
    terminal.until(&["in this turn"], &[]);
    protects(terminal);
}
