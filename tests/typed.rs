//! What is typed by lines at a terminal: it arrives whole or is said not to, STOP is one key, and the terminal is always
//! given back as it was.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use alongside::notebook::{Keeping, Passphrase};
use common::pty::Terminal;
use common::{Home, desk, first_screen};
use rustix::process::Signal;

/// A session at its first step, by lines.
fn seated(home: &Home) -> Terminal {
    let terminal = Terminal::new(home, &["rehearse", "standard-pair", "--plain"], &[]);
    terminal.until(&[first_screen()], &[]);
    terminal.until_modes(false);
    terminal
}

#[test]
fn ctrl_s_is_stop_also_in_the_middle_of_a_line_and_freezes_nothing() {
    for begun in ["", "half a li", "\u{1b}[200~abc", "\u{1b}["] {
        let mut terminal = seated(&Home::new());
        terminal.press(&format!("{begun}\u{13}"), &["Nobody has to explain."]);
        terminal.press("crisis\n", &["Phone the emergency number first."]);
        terminal.press("\u{13}", &["Nobody has to explain."]);
        terminal.send("\u{1b}[D\u{1b}OHexit-now\n");
        assert_eq!(terminal.end().0, 0);
        terminal.until_modes(true);
    }
}

#[test]
fn the_terminal_is_given_back_at_every_end_and_taken_again() {
    for end in [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT] {
        let mut terminal = seated(&Home::new());
        terminal.signal(Signal::TSTP);
        terminal.until_modes(true);
        terminal.signal(Signal::CONT);
        terminal.until_modes(false);
        terminal.press("stop\n", &["Nobody has to explain."]);
        terminal.signal(end);
        terminal.until_modes(true);
        terminal.end();
    }
    for ends in ["leave\nleave\n", "exit now\n", "\u{4}", "\u{3}\u{3}"] {
        let mut terminal = seated(&Home::new());
        terminal.send(ends);
        terminal.until_modes(true);
        terminal.end();
    }
}

#[test]
fn a_page_of_thousands_of_letters_in_one_line_is_in_the_notebook_whole() {
    let home = desk::home(&Keeping::Plain);
    let words = "Ж".repeat(3_000);
    let mut terminal = Terminal::new(&home, &["notebook", "--plain"], &[]);
    terminal.until(&["Whose pages?"], &[]);
    terminal.press("1\n", &["Ada's pages"]);
    terminal.press("2\n", &["Type here"]);
    // What is too much for one line is said in bytes, and what is too much for a page in letters.
    terminal.press(
        &format!("{}\n", "x".repeat(70_000)),
        &["65536 bytes are read in one line", "70000"],
    );
    terminal.press(
        &format!("{}\n", "x".repeat(5_000)),
        &["room for 4000 letters here", "5000"],
    );
    terminal.press(&format!("{words}\n.\n"), &["It is in your notebook"]);
    terminal.send("exit now\n");
    assert_eq!(terminal.end().0, 0);
    let open = desk::ada(&home).open(None).unwrap();
    assert!(open.book().notes().iter().any(|note| note.words == words));
}

#[test]
fn a_passphrase_that_is_not_utf_8_seals_nothing_and_one_with_accents_opens_however_it_is_typed() {
    let home = Home::new();
    let mut terminal = Terminal::new(&home, &["notebook", "--plain"], &[]);
    terminal.until(&["first"], &[]);
    terminal.send("\n");
    terminal.press("Ada\n", &["How should Ada's notebook be kept?"]);
    terminal.press("1\n", &["Which words should open it?"]);
    terminal.send_bytes(b"gr\xfcne V\xf6gel singen\n");
    terminal.until(&["not in UTF-8"], &["The same words once more"]);
    terminal.press(
        "gru\u{308}ne Vo\u{308}gel singen\n",
        &["The same words once more"],
    );
    terminal.press("grüne Vögel singen\n", &["Your notebook is made."]);
    terminal.send("exit now\n");
    assert_eq!(terminal.end().0, 0);
    // Not a letter of it was seen.
    let stream = String::from_utf8_lossy(&terminal.stream()).into_owned();
    assert!(!stream.contains("singen"), "{stream}");
    let notebook = alongside::notebook::Notebooks::at(home.data().join("notebooks"));
    let ada = notebook.of("Ada").unwrap().unwrap();
    for typed in ["grüne Vögel singen", "gru\u{308}ne Vo\u{308}gel singen"] {
        assert!(
            ada.open(Some(&Passphrase::new(typed.to_owned()))).is_ok(),
            "{typed}"
        );
    }
}
