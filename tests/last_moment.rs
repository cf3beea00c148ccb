//! However a session is cut off, it goes on with the time that was left, to a second.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says where, and measures how long a session went"
)]

mod common;

use std::time::{Duration, Instant};

use common::pty::Terminal;
use common::{Home, Talk, first_screen};
use rustix::process::{Pid, Signal, kill_process};

/// From home to the plan, where the people are known.
const KNOWN: &[&str] = &["", "", "", ""];
/// How many seconds the first stage of their script has.
const WHOLE: u64 = 4 * 60;
/// Long enough to be told apart from what the log alone knows.
const LIVED: Duration = Duration::from_millis(2_600);

/// How many seconds a session says that are left, after it was cut off.
fn left(home: &Home) -> u64 {
    let talk = home.talk(&["resume", "--plain"]);
    let said = String::from_utf8(talk.heard.clone()).unwrap();
    let (_, left) = said
        .split_once("Time left here: ")
        .unwrap_or_else(|| panic!("{said}"));
    let left = left.split_once(".").map_or(left, |(left, _)| left);
    // "17 minutes 59", or "18 minutes".
    let mut numbers = left.split(' ').filter_map(|word| word.parse::<u64>().ok());
    let minutes = numbers.next().unwrap();
    minutes * 60 + numbers.next().unwrap_or(0)
}

/// What was lived is gone, to a second: the clock is shown rounded up.
fn is_right(home: &Home, lived: Duration, how: &str) {
    let gone = WHOLE - left(home);
    let lived = lived.as_millis();
    assert!(
        (u128::from(gone) * 1_000).abs_diff(lived) <= 1_000,
        "{how}: {gone} of {lived}"
    );
}

/// A session that has just begun, and when.
fn begun(home: &Home) -> (Talk, Instant) {
    let mut talk = home.talk(&["--plain"]);
    talk.say_all(KNOWN);
    talk.say("");
    (talk, Instant::now())
}

#[test]
fn a_program_that_is_killed_gives_back_no_more_than_a_second() {
    let home = Home::known();
    home.settings("clock = \"full\"\n");
    let (mut talk, began) = begun(&home);
    std::thread::sleep(LIVED);
    let lived = began.elapsed();
    talk.kill();
    is_right(&home, lived, "killed");
    // Right after something was accepted, too.
    let home = Home::known();
    home.settings("clock = \"full\"\n");
    let (mut talk, began) = begun(&home);
    std::thread::sleep(LIVED);
    talk.say("clock");
    let lived = began.elapsed();
    talk.kill();
    is_right(&home, lived, "accepted");
    // Without a clock on the screen nothing wakes the program; its input ends, and it knows when.
    let home = Home::known();
    home.settings("clock = \"hidden\"\n");
    let (talk, began) = begun(&home);
    std::thread::sleep(LIVED);
    let lived = began.elapsed();
    let (_, status) = talk.end();
    assert!(status.success());
    is_right(&home, lived, "ended");
}

#[test]
fn a_signal_and_a_closed_window_leave_the_moment_behind() {
    let signals = [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT];
    let faces = [&[][..], &["--plain"]];
    for (signal, face) in signals
        .into_iter()
        .flat_map(|signal| faces.map(|face| (signal, face)))
    {
        let home = Home::known();
        home.settings("clock = \"hidden\"\n");
        let mut terminal = Terminal::new(&home, face, &[]);
        terminal.until(&["What would you like to do?"], &[]);
        for words in ["Who is here", "Ada goes first", first_screen()] {
            terminal.press("\r", &[words]);
        }
        let began = Instant::now();
        std::thread::sleep(LIVED);
        let lived = began.elapsed();
        let pid = terminal.pid();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
        let _ = terminal.end();
        is_right(&home, lived, &format!("{signal:?} {face:?}"));
    }
}
