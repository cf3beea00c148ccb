//! A person alone, from nothing to a promise kept, by lines.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod common;

use common::Home;
use common::way::{TODAY, TOMORROW, Way};

const NOTE: &str = "ZQCANARY a watcher, and a tired one";
const PROMISE: &str = "ZQCANARY look in on Sunday";

/// To somebody's pages, which are not sealed here: the passphrase has tests of its own.
fn at_their_pages(home: &Home) -> Way {
    let mut way = Way::new(home, &["--plain"], TODAY);
    way.lines(&["", ""]).choose("your own pages");
    way.choose("A new notebook").say("Ada");
    way.choose("Without one").choose("Yes, without one");
    way
}

#[test]
fn a_week_alone() {
    let home = Home::new();
    let mut way = at_their_pages(&home);
    // A check-in of a minute, most of it passed.
    way.choose("A short check-in").say("something tight");
    way.lines(&["", "", "", "", "6"]).see("It is noted");
    // A part, met just now in the body.
    way.choose("Parts").choose("A new one").say("the Watcher");
    way.lines(&["back", "back"]);

    // Ten minutes: who is here, and one promise that says to whom, and what stands at home when its day has come.
    way.choose("Where you left off").choose("Ten minutes");
    way.until("Who in you is here right now", &["go"]);
    way.lines(&[NOTE, "."]);
    way.until("look at this promise again", &["Yes, to one", "Calm"]);
    way.choose("Tomorrow").see("Whom do you promise it to");
    way.say("the watcher").see("Which hint").say("the lamp");
    way.see("What do you promise?").lines(&[PROMISE, "."]);
    way.until("The session is closed", &["The outline"]);
    way.say("").see("home.");
    assert!(!way.hears("the lamp"));
    way.leave();

    the_next_day(&home);

    // At night, shaken: one key to the first sentence that steadies.
    let mut night = Way::new(&home, &["now", "--plain"], TOMORROW);
    night
        .see("Are you safe right now?")
        .choose("Yes, safe enough");
    night.see("Let your eyes go slowly around the room");
    night.leave();

    looks_back(&home);
}

/// The promise waits, is gone back to in its own words, was kept, and is let go.
fn the_next_day(home: &Home) {
    let mut way = Way::new(home, &["--plain"], TOMORROW);
    way.see("Ada, today: the lamp").choose("your own pages");
    way.choose("Ada").see("1 promise waits for you today");
    way.choose("Where you left off")
        .see(PROMISE)
        .see(NOTE)
        .say("back");
    way.choose("Promises").choose("today");
    way.see(PROMISE).see("To the Watcher");
    way.choose("Go back to this part now");
    way.until("Which one did you promise", &["go"]).see(PROMISE);
    way.choose("I know which one");
    way.until("Did you keep your promise", &["Yes, it is here"]);
    way.choose("Yes")
        .until("When do you come back", &["No, or not now", "No"]);
    way.choose("It is done").until("The session is closed", &[]);
    way.say("").see("home.");
    assert!(!way.hears("the lamp"));

    // Looking back: both sessions, and the check-in.
    way.choose("your own pages")
        .choose("Ada")
        .choose("Look back");
    way.see("solo-short")
        .see("check-back")
        .see("something tight");
    way.say("back")
        .choose("Promises")
        .see("There are no promises here");
    way.leave();
}

/// What the program remembers of it beside the notebook has no word of it.
fn looks_back(home: &Home) {
    let history = home.says(&["history"], &[]);
    assert!(
        history.contains("Solo short") && history.contains("Check-back"),
        "{history}"
    );
    for file in home.holding("ZQCANARY") {
        assert!(file.to_string_lossy().contains("notebooks"), "{file:?}");
    }
    assert!(!home.holding("ZQCANARY").is_empty());
}
