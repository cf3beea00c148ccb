//! The two faces, from outside: how lines are found and chosen, that they change at any moment, and what ends them.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use common::pty::Terminal;
use common::{Home, first_screen};

const F4: &str = "\u{1b}OS";
const F8: &str = "\u{1b}[19~";
const CTRL_C: &str = "\u{3}";
const CTRL_X: &str = "\u{18}";

/// Where the program speaks by lines, nothing it wrote is a control sequence.
fn is_spoken(terminal: &Terminal) -> bool {
    !terminal.stream().contains(&0x1b)
}

#[test]
fn the_first_words_of_the_first_page_say_how_to_get_to_lines() {
    for home in [Home::new(), Home::known()] {
        let terminal = Terminal::new(&home, &[], &[("TERM", "xterm-256color")]);
        terminal.until(&["F4: line by line, for screen readers"], &[]);
        let shown = terminal.shows();
        assert!(
            shown.trim_start().starts_with("F4: line by line"),
            "{shown}"
        );
        let drawn = String::from_utf8_lossy(&terminal.stream()).into_owned();
        let at = |words: &str| drawn.find(words).unwrap_or(usize::MAX);
        assert!(at("F4: line by line") < at("before you begin").min(at("home")));
    }
}

#[test]
fn one_key_and_one_word_change_the_face_in_the_middle_of_a_session() {
    let home = Home::new();
    let mut terminal = Terminal::new(&home, &["rehearse", "standard-pair"], &[]);
    terminal.until(&[first_screen()], &[]);
    for _ in 0..2 {
        terminal.press(F4, &["You can type: "]);
        terminal.until_true(|terminal| !terminal.shows().contains("Crisis card"));
        terminal.press("time\n", &["The session ends at"]);
        terminal.send("screen\n");
        terminal.until(&[first_screen(), "Crisis card"], &["You can type: "]);
        // Keys are keys again, and each is read once.
        terminal.press("?", &["Keys that work here"]);
        terminal.press("?", &[first_screen()]);
    }
    // Also over the page of keys, at the question whether to leave, and on the card.
    for (over, shows) in [
        ("?", "Keys that work here"),
        ("q", "Leave?"),
        ("c", "Phone the"),
    ] {
        terminal.press(over, &[shows]);
        terminal.press(F4, &["help."]);
        terminal.press("screen\n", &["Crisis card"]);
        if over == "c" {
            terminal.press("\u{1b}", &[first_screen()]);
        }
    }
    terminal.press(F4, &["You can type: "]);
    terminal.send("leave\nleave\n");
    assert_eq!(terminal.end().0, 0);
    terminal.until_modes(true);
}

#[test]
fn the_face_that_was_chosen_is_there_the_next_time() {
    let home = Home::known();
    let ask = "What would you like to do?";
    let mut terminal = Terminal::new(&home, &[], &[]);
    terminal.until(&[ask], &[]);
    terminal.press(F4, &["You can type: "]);
    terminal.send("leave\nleave\n");
    assert_eq!(terminal.end().0, 0);

    let mut terminal = Terminal::new(&home, &[], &[]);
    terminal.until(&[ask, "You can type: "], &[]);
    assert!(is_spoken(&terminal));
    terminal.press("lines\n", &["It is line by line already."]);
    terminal.send("Screen.\n");
    terminal.until(&[ask], &["You can type: "]);
    terminal.send(F8);
    terminal.quick_exit(F8);
    assert_eq!(terminal.end().0, 0);

    let terminal = Terminal::new(&home, &[], &[]);
    terminal.until(&["F4: line by line", ask], &[]);
}

#[test]
fn settings_and_surroundings_choose_lines() {
    let ask = "What would you like to do?";
    let home = Home::known();
    let terminal = Terminal::new(&home, &[], &[("ACCESSIBLE", "1")]);
    terminal.until(&[ask, "You can type: "], &[]);
    assert!(is_spoken(&terminal));
    let terminal = Terminal::new(&home, &[], &[("ACCESSIBLE", "")]);
    terminal.until(&["F4: line by line", ask], &[]);
    home.settings("face = \"lines\"\n");
    let terminal = Terminal::new(&home, &[], &[]);
    terminal.until(&[ask, "You can type: "], &[]);
    assert!(is_spoken(&terminal));
}

#[test]
fn by_lines_one_ctrl_c_asks_and_two_leave_with_a_sentence() {
    let home = Home::known();
    let mut terminal = Terminal::new(&home, &["--plain"], &[]);
    terminal.until(&["You can type: "], &[]);
    terminal.until_modes(false);
    terminal.press(&format!("begi{CTRL_C}"), &["Leave now? Press Ctrl-C again"]);
    terminal.press("\n", &["You are still here."]);
    terminal.press("crisis\n", &["Phone the emergency number first."]);
    // Also where leaving is not offered.
    terminal.press(
        CTRL_C,
        &["Leave now? Press Ctrl-C again, or type yes; Enter stays. >"],
    );
    terminal.send(CTRL_C);
    let (code, shown) = terminal.end();
    assert_eq!(code, 0);
    assert!(shown.contains("You have left the program."), "{shown}");

    let mut session = Terminal::new(&home, &["rehearse", "standard-pair", "--plain"], &[]);
    session.until(&[first_screen()], &[]);
    session.until_modes(false);
    session.press(CTRL_C, &["Leave now?"]);
    session.send("yes\n");
    assert_eq!(session.end().0, 0);
}

/// Whoever opens their own pages first hears how to get to lines, and the word for it works at the shell, too; there words
/// by ear are offered once.
#[test]
fn lines_are_named_on_the_pages_of_a_notebook_and_words_by_ear_are_offered_once() {
    let home = Home::new();
    for command in ["notebook", "parts"] {
        let terminal = Terminal::new(&home, &[command], &[]);
        terminal.until(&["F4: line by line, for screen readers"], &[]);
    }
    let mut terminal = Terminal::new(&home, &["ground"], &[]);
    terminal.until(&["F4: line by line"], &[]);
    terminal.press(F4, &["Type ear: words by ear and touch.", "You can type: "]);
    terminal.until_modes(false);
    terminal.press("ear\n", &["From here on, words by ear and touch."]);
    terminal.send("screen\n");
    terminal.until(&["Crisis card"], &["You can type: "]);
    terminal.press(F4, &["You can type: "]);
    assert_eq!(terminal.shows().matches("Type ear").count(), 1);
    let lines = Terminal::new(&home, &["lines"], &[]);
    lines.until(&["You can type: "], &[]);
    assert!(is_spoken(&lines));
}

#[test]
fn a_note_is_left_with_a_sentence() {
    let home = Home::new();
    common::desk::notebooks(&home)
        .create("Ada", &alongside::notebook::Keeping::Plain)
        .unwrap();
    let terminal = Terminal::new(&home, &["note"], &[]);
    terminal.until(&["What would you like to note?"], &[]);
    terminal.until_modes(false);
    let mut terminal = terminal;
    terminal.send(&format!("hal{CTRL_C}"));
    let (code, shown) = terminal.end();
    assert_eq!(code, 0);
    assert!(
        shown.contains("Nothing was written, and you have left."),
        "{shown}"
    );
}

#[test]
fn by_lines_three_ctrl_x_do_what_the_first_page_promises() {
    let home = Home::new();
    let mut terminal = Terminal::new(&home, &["--plain"], &[]);
    terminal.until(&["F8 or Ctrl-X three times"], &[]);
    terminal.until_modes(false);
    // With a key between they count from the beginning.
    terminal.press(&format!("{CTRL_X}{CTRL_X}help{CTRL_X}\n"), &["exit now: "]);
    terminal.quick_exit(CTRL_X);
    let (code, shown) = terminal.end();
    assert_eq!((code, shown.trim()), (0, ""));
}
