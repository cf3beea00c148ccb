//! A person alone on two days, from nothing to a promise kept and to what they take out of it: the program itself by
//! lines. A whole week of it, with a clock that is moved, is in `src/app/week_tests.rs`.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it cannot go on"
)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use common::Home;
use common::way::{BEHIND, TODAY, TOMORROW, Way};

const NOTE: &str = "ZQCANARY a watcher, and a tired one.";
const PROMISE: &str = "ZQCANARY look in on Sunday";

/// To somebody's pages, which are not sealed here: the passphrase has tests of its own.
fn at_their_pages(home: &Home) -> Way {
    let mut way = Way::new(home, &["--plain"], &TODAY);
    way.lines(&["", ""]).choose("Your own pages");
    way.choose("A new notebook").say("Ada");
    way.choose("Without one").choose("Yes, without one");
    way
}

#[test]
fn two_days_alone() {
    let home = Home::new();
    let mut way = at_their_pages(&home);
    // A check-in of a minute, most of it passed.
    way.choose("A short check-in").say("something tight");
    way.lines(&["", "", "6", "5"]).see("It is noted");
    // A part, met just now in the body.
    way.choose("Parts").choose("A new one").say("the Watcher");
    way.lines(&["back", "back"]);

    // Ten minutes: who is here, and one promise that says to whom, and what stands at home when its day has come.
    way.choose("Where you left off").choose("Twelve minutes");
    way.until("What is here in you right now", &["Go"]);
    way.lines(&[NOTE, "."]);
    way.until("would you like to look at it again", &["Yes, to one"]);
    way.choose("Tomorrow").see("Who are you promising this to");
    way.say("the watcher").see("Which hint").say("the lamp");
    way.see("What do you promise?").lines(&[PROMISE, "."]);
    way.until("The session is closed", &["The outline"]);
    way.say("").see("home.");
    assert!(!way.hears("the lamp"));
    way.leave();

    the_next_day(&home);

    // At night, shaken: one key to the first sentence that steadies.
    let mut night = Way::new(&home, &["now", "--plain"], &TOMORROW);
    night.see("Hold one thing").say("").say("");
    night.see("Are you safe right now?").choose("Yes");
    night.see("Listen for one sound");
    night.leave();

    looks_back(&home);
    takes_it_out(&home);
}

/// The promise waits, is gone back to in its own words, was kept, and is let go.
fn the_next_day(home: &Home) {
    let mut way = Way::new(home, &["--plain"], &TOMORROW);
    way.see("Ada, today: the lamp").choose("Your own pages");
    way.choose("Ada").see("A promise is waiting for you today");
    way.choose("Where you left off")
        .see(PROMISE)
        .see(NOTE)
        .say("back");
    way.choose("Promises").choose("Today");
    way.see(PROMISE).see("To the Watcher");
    way.choose("Go back to this part now");
    way.until("Which one did you promise", &["Go"]).see(PROMISE);
    way.choose("I know which one");
    way.until("Did you keep your promise", &["Yes, it is here"]);
    way.choose("Yes")
        .until("When will you come back", &["No, or not now", "No"]);
    way.choose("Done: no more visits")
        .until("The session is closed", &[]);
    way.say("").see("home.");
    assert!(!way.hears("the lamp"));

    // Looking back: both sessions, and the check-in.
    way.choose("Your own pages")
        .choose("Ada")
        .choose("Look back");
    way.see("Solo short")
        .see("Check-back")
        .see("something tight");
    way.choose("Month by month");
    // On the first of a month the day before stands in the month before.
    if !way.hears("Solo short") {
        way.choose("before this one").see("Solo short").say("back");
    }
    way.say("back").see("How stirred up you were").say("back");
    way.choose("Promises").see("There are no promises here");
    way.say("back").choose("Notes").see(NOTE);
    way.leave();
}

/// A page for somebody's therapist, everything of theirs, and the next session for a calendar; each as a file.
fn takes_it_out(home: &Home) {
    let folder = home.root().join("out");
    fs::create_dir(&folder).unwrap();
    let place = folder.to_string_lossy().into_owned();
    let mut way = Way::new(home, &["export", "--plain"], &TOMORROW);
    way.choose("Ada").see("What would you like to take out?");
    way.choose("A page for my therapist")
        .choose("a watcher, and a tired one");
    way.say("").see("This is what the file will say").see(NOTE);
    assert!(!way.hears(PROMISE) && files(&folder).is_empty());
    way.choose("Write it to a file").say(&place);
    way.see("It is written").see(&place);
    for what in ["Everything of mine, to read", "as data"] {
        way.choose(what).see(PROMISE).choose("Write it to a file");
        way.say(&place).see("It is written");
    }
    way.choose("The next session").say("2030-01-05");
    way.say("19:30").choose("75 minutes").say("2030-01-12");
    way.see("Saturday, 5 January 2030 at 19:30, for 75 minutes");
    way.choose("Write it to a file").say(&place);
    way.see("It is written");
    way.leave();

    let all = files(&folder);
    let of = |ending: &str| {
        let found = all.iter().filter(|(name, _)| name.ends_with(ending));
        found.map(|(_, text)| text.as_str()).collect::<Vec<_>>()
    };
    let [page, everything] = of(".md")[..] else {
        panic!("{all:?}")
    };
    assert!(page.starts_with("# A page from Ada\n"), "{page}");
    assert!(page.contains(NOTE) && page.contains("Solo short"), "{page}");
    assert!(!page.contains(PROMISE) && !page.contains("something tight"));
    for words in [
        NOTE,
        PROMISE,
        "something tight",
        "the Watcher",
        "Check-back",
    ] {
        assert!(everything.contains(words), "{words}: {everything}");
    }
    let data: toml::Table = of(".toml")[0].parse().unwrap();
    assert!(data.to_string().contains(PROMISE), "{data}");
    in_the_calendar(of(".ics")[0]);
}

/// What was written into a folder, the first one first.
fn files(folder: &Path) -> Vec<(String, String)> {
    let read = fs::read_dir(folder).unwrap().map(|found| {
        let found = found.unwrap();
        let name = found.file_name().to_string_lossy().into_owned();
        let mode = found.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
        (name, fs::read_to_string(found.path()).unwrap())
    });
    let mut all: Vec<(String, String)> = read.collect();
    // `2030-01-01.md`, `2030-01-01-2.md`
    all.sort_by_key(|(name, _)| (name.len(), name.clone()));
    all
}

/// The file as a calendar reads it (RFC 5545): unfolded lines, two events, their times in UTC.
fn in_the_calendar(file: &str) {
    assert!(file.ends_with("END:VCALENDAR\r\n"), "{file}");
    let unfolded = file.replace("\r\n ", "");
    let lines: Vec<(&str, &str)> = unfolded
        .split_terminator("\r\n")
        .map(|line| line.split_once(':').unwrap())
        .collect();
    let all = |name: &str| {
        let found = lines.iter().filter(|(known, _)| *known == name);
        found.map(|(_, value)| *value).collect::<Vec<_>>()
    };
    assert_eq!(all("VERSION"), ["2.0"]);
    assert_eq!(all("BEGIN"), ["VCALENDAR", "VEVENT", "VEVENT"]);
    // Half past seven in the evening of the 5th, where it is so much later than in UTC.
    let at = |day: u64, hour: u64, minute: u64| {
        let hour = hour + *BEHIND;
        format!("203001{:02}T{:02}{minute}00Z", day + hour / 24, hour % 24)
    };
    assert_eq!(all("DTSTART"), [at(4, 19, 30), at(11, 19, 30)]);
    assert_eq!(all("DTEND"), [at(4, 20, 45), at(11, 20, 45)]);
    assert_eq!(all("STATUS"), ["CONFIRMED", "TENTATIVE"]);
    assert_eq!(all("SUMMARY")[0], "Appointment");
    let uids = all("UID");
    assert!(uids.len() == 2 && uids[0] != uids[1], "{uids:?}");
    assert!(!file.contains("Ada") && !file.contains("CANARY"), "{file}");
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
