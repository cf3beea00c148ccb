//! Two people, from a first meeting with a trial to an ending and to having it all forgotten, by lines.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod common;

use common::way::{TODAY, TOMORROW, Way};
use common::{Home, first_screen};

/// What is answered where it stands; the rest is passed.
const USUAL: &[&str] = &["Go", "Yes, as planned"];
const LINE: &str = "We write to each other only on Fridays.";

/// From home to the first screen of a session for this, which says `first`.
fn begin(way: &mut Way, need: &str, first: &str) {
    way.choose("Begin a session").choose("Ada and Ben");
    // What they did last time is proposed at once, but for a first meeting.
    if way.offers("Another session") {
        way.choose("Another session");
    }
    if !way.offers(need) {
        way.choose("Show more");
    }
    way.choose(need);
    way.until(first, &["Begin"]);
}

#[test]
fn three_sessions_of_two() {
    let home = Home::new();
    // They meet, each fills a card, and both choose alone to try three sessions.
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.lines(&["", "", "1", "1", "Ada", "Ben"]);
    way.choose("This is our first time together");
    way.until("be with you when you turn inward", USUAL);
    way.say("/2")
        .until("Which word will stop everything", USUAL);
    way.until(
        "Would you like to keep meeting",
        &["Go", "Yes, as planned", "Yes"],
    );
    way.until(
        "The session is closed",
        &["Yes: three sessions", "The outline"],
    );
    way.see("The next session, for a calendar");
    way.say("").see("home.");
    way.leave();
    let people = std::fs::read_to_string(home.data().join("people.toml")).unwrap();
    assert!(
        people.contains("trial") && people.contains("Say back"),
        "{people}"
    );

    // A usual hour: Ben goes first now. In a pause a line of the agreement is changed, and both say yes to it.
    let mut way = Way::new(&home, &["--plain"], &TOMORROW);
    begin(&mut way, "A session as usual", first_screen());
    assert!(
        way.all.contains("Ben goes first: Ada was first last time."),
        "{}",
        way.all
    );
    way.until("This time is yours", USUAL).say("pause");
    way.say("change");
    way.see("Which line").say("1").say(LINE);
    way.until("No time is running", &[]).say("");
    for _ in 0..2 {
        way.until("This time is yours", &[]).say("land");
    }
    way.until("The session is closed", &["The outline"]);
    way.say("").see("home.");
    way.leave();

    they_part(&home);
    forgotten(&home);
}

/// Next time the changed line is shown; they say goodbye, and are no longer proposed to each other.
fn they_part(home: &Home) {
    let mut way = Way::new(home, &["--plain"], &TOMORROW);
    way.choose("People, agreements")
        .choose("Who meets together");
    way.choose("Ada and Ben").see("2 sessions kept");
    way.choose("Read your agreement").see(LINE);
    way.say("");
    assert!(!way.hears(LINE));
    way.lines(&["back", "back", "back", "back", "back"]);
    begin(&mut way, "We want to stop meeting", "Find a quiet place.");
    way.until("The session is closed", &["Go", "Step by step"]);
    way.say("").see("home.").choose("People, agreements");
    way.choose("Who meets together")
        .see("who have stopped meeting");
    way.leave();
    let history = home.says(&["history"], &[]);
    for title in ["First meeting", "Standard pair"] {
        assert!(history.contains(title), "{history}");
    }
}

/// Either of them can have all of it deleted.
fn forgotten(home: &Home) {
    let said = home.says(&["forget"], &["1", "1", "yes"]);
    assert!(said.contains("It is deleted."), "{said}");
    assert!(home.holding("Fridays").is_empty());
    assert_eq!(home.says(&["history"], &[]), "No session was kept yet.\n");
}

/// Two people without notebooks put their next session into a calendar; nothing of them is in the file.
#[test]
fn a_pair_books_its_next_session() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::known();
    let folder = home.root().join("out");
    std::fs::create_dir(&folder).unwrap();
    let place = folder.to_string_lossy().into_owned();
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.choose("People, agreements")
        .choose("Who meets together");
    way.choose("Ada and Ben");
    for (again, name) in [(false, "1"), (true, "2")] {
        way.choose("The next session, for a calendar");
        if again {
            // What is known is proposed.
            way.see("12 January 2030 at 19:30, in reserve");
            way.choose("Another day or time");
        }
        way.say("2020-01-01").see("has passed");
        way.say("2030-01-05").say("19:30").choose("75 minutes");
        if again {
            way.see("a day in reserve").say("");
        } else {
            way.say("2030-01-12")
                .see("12 January 2030 at 19:30, in reserve");
        }
        way.see("Saturday, 5 January 2030 at 19:30, for 75 minutes");
        way.see("called \"Appointment\"")
            .choose("Write it to a file");
        // Where it can't be written the page stays, and what was asked is not lost.
        way.say("/not/here").see("is not an existing folder");
        way.say(&place).see("It is written").see(&place);
        let written = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(written.to_string(), name, "nothing is written over");
    }
    way.say("back")
        .see("Which of them would you like to look at?");
    way.leave();
    for found in std::fs::read_dir(&folder).unwrap() {
        let found = found.unwrap();
        let mode = found.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let text = std::fs::read_to_string(found.path()).unwrap();
        let title = "SUMMARY:Appointment\r\n";
        assert!(text.starts_with("BEGIN:VCALENDAR") && text.contains(title));
        for word in ["Ada", "Ben", "alongside", "standard"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

const NUMBER: &str = "06 12 34 56 78";
const MIRA: &str = "Mira next door";

/// Where the line has dropped, the number that somebody gave for this stands on the screen, and nowhere before that.
#[test]
fn a_number_for_when_the_line_drops() {
    let home = Home::known();
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.choose("People, agreements")
        .choose("Each of you")
        .choose("Ada");
    way.choose("Write: Own number, if the call drops");
    way.see("on the screen everybody sees").say(NUMBER);
    way.see(NUMBER).choose("Write: Somebody to phone").say(MIRA);
    way.lines(&["back", "back", "back"]).see("home.");
    begin(&mut way, "A session as usual", first_screen());
    way.until("This time is yours", USUAL);
    assert!(!way.hears(NUMBER) && !way.hears(MIRA));
    way.say("witness").choose("The line has dropped");
    way.see("The call dropped").see(&format!("Ada: {NUMBER}"));
    way.see(&format!("for Ada: {MIRA}"));
    // It is in the one file that says so, and not in the session's log.
    assert_eq!(home.holding(NUMBER), [home.data().join("people.toml")]);
    way.leave();
    let said = home.says(&["crisis"], &[]);
    assert!(!said.contains(NUMBER), "{said}");

    let mut way = Way::new(&home, &["--plain"], &TOMORROW);
    way.choose("People, agreements")
        .choose("Each of you")
        .choose("Ada");
    way.choose("Change: Own number").say("-");
    assert!(!way.hears(NUMBER));
    way.leave();
    assert_eq!(home.holding(NUMBER), Vec::<std::path::PathBuf>::new());
}
