//! What the last page leads to: by lines.

use std::fs;

use super::by_line::ByLine;

const USUAL: &[&str] = &["Go", "Yes, as planned", "The outline"];

/// The next session is one key from the last page, with what was written about it beside the question; from there the
/// way leads home.
#[test]
fn the_next_session_is_one_key_from_the_last_page() {
    let root = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        two.lines(&["", "", "1", "1", "Ada", "Ben", "2", "1"]);
        two.until("When will you meet again", USUAL);
        two.say("Thursday at 7");
        two.until("The session is closed", USUAL);
        two.choose("The next session, for a calendar");
        two.see("On which day is the next session?")
            .see("Thursday at 7");
        two.see("Thursday, 8 January 2026");
        two.lines(&["2099-03-12", "19:00"]).choose("60 minutes");
        two.say("").choose("Write it to a file");
        two.say(&out.path().to_string_lossy());
        two.see("home.").see("It is written");
        let file = fs::read_dir(out.path()).unwrap().next().unwrap().unwrap();
        let calendar = fs::read_to_string(file.path()).unwrap();
        assert!(calendar.contains("BEGIN:VEVENT") && !calendar.contains("Ada"));
        two.choose("Begin a session");
    });
}

/// Where nothing is kept there is nothing to plan, and one key is home.
#[test]
fn whoever_keeps_nothing_is_asked_for_no_next_session() {
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        two.lines(&["", "", "1", "1", "Ada", "Ben", "2", "1"]);
        two.until(
            "The session is closed",
            &[
                "Go",
                "Yes, as planned",
                "Nothing from today, and no new names",
            ],
        );
        assert!(two.scene().choices.is_empty(), "{}", two.heard);
        two.say("").see("home.");
    });
}
