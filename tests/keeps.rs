//! What each person says at the closing about what they wrote: how much of it stays, and for how long; by lines.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs;

use alongside::notebook::{Keeping, OpenNotebook};
use alongside::time::date::Date;
use common::way::{TODAY, TOMORROW, Way};
use common::{Home, desk};

const NOTE: &str = "ZQCANARY a watcher";
const PROMISE: &str = "ZQCANARY Sunday at ten";

/// Ada has sat alone here before, and has a notebook without a passphrase.
fn home() -> Home {
    desk::home(&Keeping::Plain)
}

fn opened(home: &Home) -> OpenNotebook {
    desk::ada(home).open(None).unwrap()
}

/// From home to the question what stays, with two notes and a promise written.
fn written(home: &Home) -> Way {
    let mut way = Way::new(home, &["--plain"], &TODAY);
    way.until("What is here?", &[]);
    way.lines(&[NOTE, "."]).see("And what else?");
    way.lines(&[NOTE, "."]).choose("Tomorrow");
    way.lines(&["", ""]).lines(&[PROMISE, "."]);
    way
}

/// How many notes and promises the notebook holds, and the last days of the notes.
fn kept(home: &Home) -> (Vec<Option<Date>>, usize) {
    let open = opened(home);
    let until = open.book().notes().iter().map(|note| note.until);
    (until.collect(), open.book().promises().len())
}

fn days_from_today(home: &Home, days: u32) -> Date {
    let open = opened(home);
    let note = open.book().notes().first().unwrap();
    note.at.day().after(days)
}

#[test]
fn notes_alone_stay_for_as_long_as_one_says() {
    let home = home();
    let mut way = written(&home);
    way.choose("The outline")
        .see("What should stay in your notebook");
    assert!(way.offers("All of it") && way.offers("Only the promises"));
    way.choose("How long the notes are kept (Until I delete them)")
        .see("After that they are deleted the next time your notebook is opened.");
    way.choose("For three months")
        .see("How long the notes are kept (For three months)");
    // The log has the choice, and no word.
    let log = fs::read_to_string(home.log()).unwrap();
    assert!(log.contains("three-months") && !log.contains("ZQCANARY"));
    way.choose("Only the notes").see("The session is closed");
    way.leave();
    let end = Some(days_from_today(&home, 91));
    assert_eq!(kept(&home), (vec![end, end], 0));
    let home_tomorrow = home.says(&["--plain"], &["leave", "leave"]);
    assert!(!home_tomorrow.contains("waits"), "{home_tomorrow}");
    for file in home.holding("ZQCANARY") {
        assert!(file.to_string_lossy().contains("notebooks"), "{file:?}");
    }

    // On the note's own page another length, and none.
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").choose("Notes").choose("ZQCANARY");
    way.see("It will be deleted after")
        .choose("How long it is kept");
    way.choose("For a month").see("It will be deleted after");
    way.choose("How long it is kept")
        .choose("Until I delete them");
    assert!(!way.hears("It goes by itself"));
    way.leave();
    let (mut until, _) = kept(&home);
    until.sort();
    assert_eq!(until, [None, end]);
}

#[test]
fn a_pass_keeps_all_of_it_without_an_end() {
    let home = home();
    let mut way = written(&home);
    way.choose("The outline").see("pass: All of it");
    way.say("").see("The session is closed");
    way.leave();
    assert_eq!(kept(&home), (vec![None, None], 1));
}

#[test]
fn what_was_written_before_a_crash_is_kept_and_let_go_like_all_the_rest() {
    let home = home();
    drop(written(&home));
    assert_eq!(kept(&home), (vec![None, None], 1));
    let mut way = Way::new(&home, &["resume", "--plain"], &TODAY);
    way.until("Goodbye.", &[]);
    way.choose("The outline")
        .choose("How long the notes are kept");
    way.choose("For a month").choose("Only the notes");
    way.see("The session is closed");
    way.leave();
    let end = Some(days_from_today(&home, 30));
    assert_eq!(kept(&home), (vec![end, end], 0));

    let other = self::home();
    drop(written(&other));
    let mut way = Way::new(&other, &["resume", "--plain"], &TODAY);
    way.until("Goodbye.", &[]);
    way.choose("Nothing").choose("None of it");
    way.see("The session is closed");
    way.leave();
    let mut way = Way::new(&other, &["--plain"], &TOMORROW);
    assert!(!way.hears("waits for you"));
    way.say("leave");
    drop(way);
    assert_eq!(kept(&other), (Vec::new(), 0));
    assert_eq!(other.holding("ZQCANARY"), Vec::<std::path::PathBuf>::new());
}
