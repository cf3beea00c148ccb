//! The transcript in the docs is what the line face says.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot read the project has failed"
)]

mod common;

use std::path::Path;

use common::Home;
use common::way::{TODAY, Way};

#[path = "../examples/by-line/session.rs"]
mod session;

#[test]
fn the_transcript_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/by-line.md");
    let kept = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let page = session::page(&kept).unwrap();
    assert!(
        kept == page,
        "docs/by-line.md is another session; look at what `cargo run --example by-line` makes of it"
    );
}

/// It is a whole session, in which nothing was misunderstood: a gate, two turns, a STOP, the end.
#[test]
fn the_transcript_is_a_whole_session() {
    let text = session::transcript().unwrap();
    let mut rest = text.as_str();
    for words in [
        "This is for Ada alone.",
        "This is for Ben alone.",
        "Ben says yes",
        "Stage: Ada's turn",
        "> stop\nEverything is paused. Nobody has to explain.",
        "Stage: Ben's turn",
        "Stage: close",
        "The session is closed.",
    ] {
        let found = rest.split_once(words);
        assert!(found.is_some(), "no {words:?} in:\n{rest}");
        rest = found.unwrap().1;
    }
    for wrong in [
        "number is not there",
        "here now. Type help",
        "don't know that",
    ] {
        assert!(!text.contains(wrong), "{text}");
    }
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
}

/// Nothing is laid out by columns, so that a narrow window only breaks lines: no blanks in a row but behind a number.
#[test]
fn nothing_needs_a_width() {
    for line in session::transcript().unwrap().lines() {
        let words = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
        let words = words.trim_start();
        assert!(!words.contains("  ") && !words.contains('\t'), "{line:?}");
    }
}

/// After a pause or the card, whoever speaks hears what it was about and what can be answered, and not all of it again.
#[test]
fn what_is_taken_up_again_is_short() {
    let mut way = Way::new(&Home::new(), &["start", "five-each", "--plain"], &TODAY);
    way.lines(&["", "", "Ada", "Ben"]);
    way.until("goes first.", &["as written"]).choose("Begin");
    way.until("What is alive in you right now?", &["Go"]);
    for (away, back) in [("pause", ""), ("card", "")] {
        way.say(away);
        way.say(back)
            .see("Ada, speaking:\nWhat is alive in you right now?")
            .see("1  I have finished");
        assert!(
            !way.hears("You can type") && !way.hears("Anything. Words or silence.\nFor Ben"),
            "{}",
            way.all
        );
        assert_eq!(way.all.matches("left in this turn.\n5 min").count(), 0);
        way.say("again")
            .see("1  I have finished")
            .see("You can type");
    }
    way.leave();
}

/// Where a session is unfinished, home says which one and whose, before Enter leads into it.
#[test]
fn an_unfinished_session_is_told_with_its_people() {
    let home = Home::new();
    let mut way = Way::new(&home, &["start", "five-each", "--plain"], &TODAY);
    way.lines(&["", "", "Ada", "Ben"]);
    way.until("goes first.", &["as written"]).choose("Begin");
    way.leave();
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.see("A session is unfinished: Five each, Ada and Ben, ");
    way.leave();
}
