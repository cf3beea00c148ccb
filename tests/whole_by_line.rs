//! A whole session by lines, as a pipe or a screen reader meets it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use common::{Home, SESSION, TO_THE_PLAN, complaint, is_plain};

/// From the plan to the closed session.
fn whole(last: &'static str) -> Vec<&'static str> {
    let (_, session) = SESSION.split_last().unwrap();
    let parts = [TO_THE_PLAN, &[""], session, &[last, "leave", "yes"]];
    parts.concat()
}

#[test]
fn a_whole_session_is_readable_and_holds_nothing_but_words() {
    let home = Home::new();
    let output = home.run(&["--plain"], &whole("1"));
    assert!(output.status.success());
    assert_eq!(complaint(&output), "");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(is_plain(&text), "{text:?}");
    // Nothing that was typed was misunderstood.
    assert!(!text.contains("You can type: 1"), "{text}");
    assert!(!text.contains("not among the choices"), "{text}");
    let mut rest = text.as_str();
    for words in [
        "Stage: arrive",
        "This is for Ben alone",
        "Stage: check-in",
        "Ada, speaking:",
        "Stage: agreement",
        "Ada says yes.",
        "Stage: order",
        "Ada goes first",
        "How far may a turn go today?",
        "Stage: Ada's turn",
        "Ada, turned inward:",
        "For Ben, keeping company, say back:",
        "It feels like me: I am in the middle of it",
        "Notice what it is like to say: a part of me feels this.",
        "1 minute more for Ada",
        "1 minute more.",
        "Everything is paused.",
        "Nobody has to explain.",
        "Slowly begin to finish.",
        "Stage: swap",
        "Ben's turn: 18 minutes",
        "Ben, turned inward:",
        "Stage: reflection",
        "Stage: close",
        "What should be kept from this session?",
        "The session is closed.",
    ] {
        let Some((_, after)) = rest.split_once(words) else {
            panic!("no {words:?} in:\n{rest}");
        };
        rest = after;
    }
    assert_eq!(home.logs(), Vec::<std::path::PathBuf>::new());
    let people = std::fs::read_to_string(home.data().join("people.toml")).unwrap();
    assert!(
        people.contains("\"Ada\"") && people.contains("last-first = 0"),
        "{people}"
    );
    // Both had a minute more: nobody owes anything.
    assert!(!people.contains("loan ="), "{people}");
    let record = std::fs::read_to_string(home.data().join("record.jsonl")).unwrap();
    assert_eq!(record.lines().count(), 2, "{record}");
    assert!(record.contains("\"whole\":true"), "{record}");
}

#[test]
fn a_list_that_is_read_line_by_line_is_not_told_again_for_each() {
    let home = Home::new();
    let text = home.says(&["--plain"], &whole("1"));
    let line = "In an emergency we stop, stay on the line and phone for help.";
    let told = text.matches(line).count();
    assert!((1..=3).contains(&told), "{told} times");
}

#[test]
fn a_session_that_keeps_nothing_leaves_no_name() {
    let home = Home::new();
    let text = home.says(&["--plain"], &whole("2"));
    assert!(text.contains("The session is closed."), "{text}");
    for name in ["Ada", "Ben"] {
        assert_eq!(home.holding(name), Vec::<std::path::PathBuf>::new());
    }
    assert!(!home.data().join("record.jsonl").exists());
}

#[test]
fn an_input_that_ends_in_the_middle_ends_kindly_and_resume_goes_on() {
    // In the middle of what is agreed on, and after a STOP, which comes back to the neutral screen at once.
    for (middle, again) in [(12, &[""][..]), (42, &[])] {
        let home = Home::new();
        let typed = [TO_THE_PLAN, &[""], &SESSION[..middle]].concat();
        let text = home.says(&["--plain"], &typed);
        let end =
            "There is no more input, so this ends here. Everything that was accepted is kept.\n";
        assert!(text.ends_with(end), "{text}");

        let rest = [again, &SESSION[middle..], &["leave", "leave"]].concat();
        let text = home.says(&["resume", "--plain"], &rest);
        let held = text.contains("This is where you were.");
        assert_eq!(held, !again.is_empty(), "{text}");
        assert!(text.contains("The session is closed."), "{text}");
        assert!(is_plain(&text), "{text:?}");
        assert_eq!(home.logs(), Vec::<std::path::PathBuf>::new());
    }
}
