//! What a terminal goes through with the full screen: few tests, each on a real pty with `examples/gallery`.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use common::pty::Terminal;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

/// Words of a question of a turn.
const QUESTION: &str = "What in you would like some";

fn gallery() -> &'static PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        // target/debug/deps/terminal-… → target/debug/examples/gallery
        let here = std::env::current_exe().unwrap();
        let folder = here.ancestors().nth(2).unwrap();
        // As the tests are built: with `--release` a panic aborts, as it does for people.
        let profile = match folder.ends_with("release") {
            true => "release",
            false => "dev",
        };
        let build = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--example", "gallery"])
            .args(["--profile", profile])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(build.unwrap().success());
        folder.join("examples/gallery")
    })
}

/// The gallery at the question of a turn, once it is drawn.
fn at_a_turn(env: &[(&str, &str)]) -> Terminal {
    let mut command = Command::new(gallery());
    let usual = [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")];
    command.arg(QUESTION).envs(usual).envs(env.iter().copied());
    let terminal = Terminal::running(&command);
    until_shown(&terminal, QUESTION);
    terminal
}

fn until_shown(terminal: &Terminal, words: &str) {
    terminal.until_screen(words, |screen| {
        screen.alternate_screen() && screen.contents().contains(words)
    });
}

fn pid(terminal: &Terminal) -> Pid {
    Pid::from_raw(terminal.pid()).unwrap()
}

fn signal(terminal: &Terminal, signal: Signal) {
    kill_process(pid(terminal), signal).unwrap();
}

fn until_stopped(terminal: &Terminal) {
    let looks = WaitOptions::UNTRACED | WaitOptions::NOHANG;
    for _ in 0..1_000 {
        let state = waitpid(Some(pid(terminal)), looks).unwrap();
        if state.is_some_and(|(_, state)| state.stopped()) {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("never stopped");
}

/// What the terminal shows after the end, which has to be with this code, and as before the beginning.
fn given_back(mut terminal: Terminal, code: u32) -> String {
    let (ended, shown) = terminal.end();
    assert_eq!(ended, code, "{shown}");
    assert_eq!(terminal.modes(), fresh_modes());
    assert!(terminal.is_given_back());
    assert!(!shown.contains(QUESTION), "{shown}");
    shown
}

/// The modes of a terminal in which nothing was changed.
fn fresh_modes() -> String {
    Terminal::running(&Command::new("true")).modes()
}

#[test]
fn signals_give_the_terminal_back() {
    for (sent, code) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let terminal = at_a_turn(&[]);
        signal(&terminal, sent);
        assert_eq!(given_back(terminal, code).trim(), "", "{sent:?}");
    }
}

#[test]
fn leaving_asks_once_and_leaves_only_the_farewell() {
    let mut terminal = at_a_turn(&[]);
    terminal.send("q");
    until_shown(&terminal, "Leave?");
    terminal.send("y");
    assert_eq!(given_back(terminal, 0).trim(), "Goodbye from the gallery.");
}

#[test]
fn a_panic_gives_the_terminal_back_and_tells_no_word_of_it() {
    let mut terminal = at_a_turn(&[("ALONGSIDE_GALLERY_PANIC", "1")]);
    terminal.send("1");
    let shown = given_back(terminal, 70);
    assert!(shown.contains("examples/gallery/main.rs"), "{shown}");
    assert!(!shown.contains("private words"), "{shown}");
}

/// The ground of the first cell.
fn ground(screen: &vt100::Screen) -> vt100::Color {
    screen
        .cell(0, 0)
        .map_or(vt100::Color::Default, vt100::Cell::bgcolor)
}

#[test]
fn the_terminal_is_asked_for_its_ground_and_its_answer_is_no_key() {
    let night = vt100::Color::Idx(234);
    let day = vt100::Color::Idx(255);
    // The first picture does not wait for an answer.
    let mut terminal = at_a_turn(&[]);
    terminal.until_screen("night", |screen| ground(screen) == night);
    // The ones in it would choose, and Esc would go back, if they were keys.
    terminal.send("\x1b]11;rgb:f1f1/f1f1/1111\x1b\\");
    terminal.until_screen("day", |screen| ground(screen) == day);
    until_shown(&terminal, QUESTION);
    // A second answer, and one that comes in pieces: nothing.
    terminal.send("\x1b]11;rgb:1111/");
    terminal.send("1111/1111\x07");
    terminal.send("\x1b[B");
    terminal.until_screen("marked", |screen| screen.contents().contains("\u{203a} 1"));
    terminal.until_screen("day still", |screen| ground(screen) == day);
    // What people choose counts for more.
    terminal.send("v");
    until_shown(&terminal, "Paper:");
}

#[test]
fn a_terminal_that_would_print_the_question_is_not_asked() {
    let mut terminal = at_a_turn(&[("STY", "1.pts-0")]);
    terminal.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\v");
    until_shown(&terminal, "Ember:");
}

#[test]
fn set_aside_and_continued_it_draws_again_and_takes_keys() {
    let mut terminal = at_a_turn(&[]);
    terminal.send("\x1a");
    until_stopped(&terminal);
    terminal.until_screen("given back", |screen| {
        !screen.alternate_screen() && !screen.hide_cursor()
    });
    assert_eq!(terminal.modes(), fresh_modes());
    signal(&terminal, Signal::CONT);
    until_shown(&terminal, QUESTION);
    terminal.send("?");
    until_shown(&terminal, "Keys that work here");
    terminal.send("\x1b");
    until_shown(&terminal, QUESTION);

    // Stopped from outside: nothing could be given back, but everything has to be drawn again.
    signal(&terminal, Signal::STOP);
    until_stopped(&terminal);
    terminal.forget();
    signal(&terminal, Signal::CONT);
    until_shown(&terminal, QUESTION);
    assert_ne!(terminal.modes(), fresh_modes());
    terminal.send("?");
    until_shown(&terminal, "Keys that work here");
}

#[test]
fn a_closed_terminal_ends_the_process_within_two_seconds() {
    let mut terminal = at_a_turn(&[]);
    terminal.hang_up("\x0c");
    assert_eq!(terminal.exit_code(Duration::from_secs(2)), Some(129));
}

#[test]
fn a_resized_window_is_drawn_again() {
    let terminal = at_a_turn(&[]);
    for (size, words) in [((50, 12), "More needed: columns"), ((80, 24), QUESTION)] {
        terminal.resize(size);
        until_shown(&terminal, words);
    }
}

#[test]
fn hostile_input_crashes_nothing() {
    let mut terminal = at_a_turn(&[]);
    for killer in [
        &b"\x1b[<0;0;5M"[..],
        b"\x1b[M  !",
        b"\x1b[0;0R",
        b"\x1b[200~q\ny\x1b[201~",
    ] {
        terminal.send_bytes(killer);
    }
    terminal.send("\x0c");
    let mut seed = 0x2545_f491_u32;
    for _ in 0..40 {
        let noise: Vec<u8> = (0..500)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                u8::try_from(seed >> 24).unwrap()
            })
            // Ctrl-Z and Ctrl-C would rightly stop or end it.
            .filter(|byte| !matches!(byte, 0x1a | 0x03))
            .collect();
        if !terminal.send_bytes(&noise) {
            break;
        }
    }
    // Whatever the noise meant, it is a living program or one that was left: not one that broke.
    assert!(matches!(
        terminal.exit_code(Duration::from_millis(300)),
        None | Some(0)
    ));
}
