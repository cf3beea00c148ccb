//! What stands at home between two sessions: when people meet again, and how it is the day after. By lines, day after day.

use std::fs;

use super::by_line::{ByLine, files_with};

const KEPT: &[&str] = &["Go", "Yes, as planned", "The outline"];

/// Ada and Ben sit together, and say at the closing when they meet again.
fn meet(two: &mut ByLine<'_, '_>, next: &str) {
    two.until("When will you meet again", KEPT).say(next);
    two.until("The session is closed", KEPT);
}

fn begin_short(two: &mut ByLine<'_, '_>) {
    two.lines(&["", "", "1", "1", "Ada", "Ben", "2", "1"]);
}

#[test]
fn the_day_that_was_agreed_on_stands_at_home_until_it_has_passed() {
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        begin_short(two);
        // An evening on Thursday, 1 January.
        meet(two, "Sunday 19:30 or tuesday");
        two.see("Next time: Sunday, 4 January 2026, 19:30; in reserve: Tuesday, 6 January 2026.");
        two.say("").see("home.");
        two.see(
            "Next session, Ada and Ben: Sunday 19:30, in 3 days; in reserve: Tuesday, 6 January.",
        );
        two.days(3).say("again");
        two.see("Next session, Ada and Ben: Sunday 19:30, today; in reserve: Tuesday, 6 January.");
        // It was missed: the day in reserve comes next, and nobody says what was missed.
        two.days(1).say("again");
        two.see("Tuesday 19:30, tomorrow");
        assert!(!two.heard.contains("Sunday"), "{}", two.heard);
        two.days(2).say("again");
        assert!(!two.heard.contains("Next session"), "{}", two.heard);
        // In what was kept it stands as it was said.
        two.choose("People, agreements")
            .choose("Sessions that were kept");
        two.see("Next time: Sunday, 4 January 2026, 19:30; in reserve: Tuesday, 6 January 2026.");
    });
}

#[test]
fn the_calendar_file_is_what_was_agreed_on_and_named_after_its_day() {
    let root = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        begin_short(two);
        meet(two, "Same day and time next week");
        two.choose("The next session, for a calendar");
        two.see("Thursday, 8 January at 19:00, for 60 minutes");
        two.choose("Write it to a file");
        two.say(&out.path().to_string_lossy()).see("It is written");
    });
    let file = fs::read_dir(out.path()).unwrap().next().unwrap().unwrap();
    assert_eq!(file.file_name(), "2026-01-08.ics");
}

#[test]
fn another_day_can_be_kept_without_a_file_and_taken_away_again() {
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        begin_short(two);
        meet(two, "monday 19:00");
        two.say("")
            .choose("People, agreements")
            .choose("Who meets together");
        two.choose("Ada and Ben")
            .see("Next session: Monday 19:00, in 4 days");
        two.choose("The next session").choose("Another day or time");
        two.say("28 dec 2025").see("28 December 2025 has passed");
        two.say("in two weeks").say("7pm").choose("30 minutes");
        two.say("").choose("Keep it here, without a file");
        two.see("It is kept")
            .home()
            .see("15 January 19:00, in 14 days");
        two.choose("People, agreements")
            .choose("Who meets together");
        two.choose("Ada and Ben")
            .choose("No day for the next session");
        two.home();
        assert!(!two.heard.contains("Next session"), "{}", two.heard);
    });
}

/// Somebody alone, shaken, who keeps the outline of it.
fn shaken(ada: &mut ByLine<'_, '_>, keeps: &str) {
    ada.lines(&["", ""])
        .choose("Begin a session")
        .choose("Me, alone");
    ada.say("Ada").choose("I am stirred up right now").say("");
    ada.until("Are you safe right now?", &[]);
    ada.choose("Yes, safe enough");
    ada.until("The session is closed", &["Yes", keeps]);
}

#[test]
fn the_day_after_is_asked_once_and_answered_with_one_key_or_let_go() {
    for (answer, says) in [
        (Some("yes"), "Thank you for saying so"),
        (Some("no"), "Go gently today"),
        (None, "There is no notebook yet"),
    ] {
        let root = tempfile::tempdir().unwrap();
        ByLine::at(root.path(), |ada| {
            shaken(ada, "The outline");
            ada.say("").see("home.");
            assert!(!ada.heard.contains("Has it settled"), "{}", ada.heard);
            ada.days(1)
                .say("again")
                .see("Yesterday was a lot. Has it settled?");
            // Whatever else is chosen lets it go.
            ada.say(answer.unwrap_or("notebook")).see(says);
            ada.home().say("again");
            assert!(!ada.heard.contains("Has it settled"), "{}", ada.heard);
            ada.days(1).say("again");
            assert!(!ada.heard.contains("Has it settled"), "{}", ada.heard);
        });
        let kept = fs::read_to_string(root.path().join("data/people.toml"));
        assert!(!kept.unwrap_or_default().contains("look-in"));
    }
}

#[test]
fn a_day_later_nothing_is_asked_and_an_ordinary_session_asks_nothing() {
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |ada| {
        shaken(ada, "The outline");
        ada.say("").days(2).say("again");
        assert!(!ada.heard.contains("Has it settled"), "{}", ada.heard);
    });
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        begin_short(two);
        meet(two, "monday");
        two.say("").days(1).say("again");
        assert!(!two.heard.contains("Has it settled"), "{}", two.heard);
    });
}

/// Who keeps nothing is asked whether they want that, and then the day alone is kept.
#[test]
fn whoever_stops_and_keeps_nothing_may_ask_to_be_asked() {
    for wants in [true, false] {
        let root = tempfile::tempdir().unwrap();
        ByLine::at(root.path(), |two| {
            begin_short(two);
            two.until("When will you meet again", KEPT);
            two.say("stop").choose("Finish");
            two.until(
                "The session is closed",
                &["Yes", "Nothing from today, and no new names"],
            );
            if wants {
                two.choose("Ask me tomorrow how I am").see("asks you once");
            }
            two.say("").days(1).say("again");
            assert_eq!(two.heard.contains("Has it settled"), wants, "{}", two.heard);
            assert!(!two.heard.contains("Ada"), "{}", two.heard);
        });
    }
}

/// A notebook in the open home of this machine, with a part and a note.
fn writes_something(ada: &mut ByLine<'_, '_>) {
    ada.lines(&["", ""]).choose("Your own pages");
    ada.choose("A new notebook")
        .say("Ada")
        .choose("Without one");
    ada.choose("Yes, without one")
        .choose("Parts")
        .choose("A new one");
    ada.lines(&["the Watcher"]).choose("Write about it");
    ada.lines(&["it keeps watch", "."])
        .see("It is in your notebook");
}

fn the_only_folder(folder: &std::path::Path) -> std::path::PathBuf {
    let found = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    found.path()
}

/// Everything of hers, as a program reads it.
fn everything(ada: &mut ByLine<'_, '_>) -> String {
    let out = tempfile::tempdir().unwrap();
    ada.home().choose("Your own pages").choose("Ada");
    ada.choose("Take something out")
        .choose("as data")
        .choose("Write it to a file");
    ada.say(&out.path().to_string_lossy()).see("It is written");
    ada.home();
    fs::read_to_string(the_only_folder(out.path())).unwrap()
}

#[test]
fn all_of_it_goes_into_a_folder_and_comes_back_on_another_machine() {
    let (one, two, stick) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let folder = stick.path().join("my own folder");
    fs::create_dir(&folder).unwrap();
    let mut before = String::new();
    ByLine::at(one.path(), |ada| {
        writes_something(ada);
        ada.home().choose("Begin a session").choose("Two of us");
        ada.lines(&["Ada", "Ben", "", "2", "1"]);
        meet(ada, "Sunday 19:30");
        ada.say("");
        before = everything(ada);
        ada.choose("Your own pages")
            .choose("Ada")
            .choose("Take something out");
        ada.choose("a copy for another machine")
            .see("No copy has been made yet");
        // As a terminal writes a folder that is dropped on it.
        ada.say(&format!("'{}'", folder.display()))
            .see("It is copied");
        ada.choose("a copy for another machine")
            .see("made on Thursday, 1 January");
    });
    let copy = the_only_folder(&folder);
    ByLine::at(two.path(), |ada| {
        ada.lines(&["", ""]).choose("Your own pages");
        ada.choose("Bring a notebook from a copy");
        ada.say(&copy.to_string_lossy())
            .see("Ada's notebook is here now");
        assert_eq!(everything(ada), before);
        // The pair, its agreement and its next session came along.
        ada.say("again")
            .see("Next session, Ada and Ben: Sunday 19:30");
        ada.choose("People, agreements")
            .choose("Who meets together")
            .choose("Ada and Ben");
        ada.see("1 session kept").home();
        ada.choose("People, agreements")
            .choose("Sessions that were kept")
            .see("Ada and Ben");
        // A second time it is already here, and can be taken in.
        ada.home()
            .choose("Your own pages")
            .choose("Bring a notebook from a copy");
        ada.say(&copy.to_string_lossy())
            .see("has a notebook here already")
            .say("/back");
        ada.choose("Ada")
            .choose("Write something")
            .lines(&["and this", "."]);
        ada.choose("To none").choose("Passphrase, locking");
        ada.choose("Take in another copy")
            .say(&copy.to_string_lossy());
        ada.say("").see("Everything in it was here already");
    });
}

#[test]
fn what_is_deleted_is_named_where_it_is_asked() {
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |ada| {
        writes_something(ada);
        ada.choose("Parts")
            .choose("the Watcher")
            .choose("Change or add")
            .choose("Delete it");
        ada.see("delete?")
            .see("Delete the page about the Watcher")
            .choose("No, keep it");
        ada.say("back")
            .choose("Notes")
            .choose("keeps watch")
            .choose("Delete it");
        ada.see("Delete the note that begins with: it keeps watch");
        ada.choose("Yes, delete it").choose("Passphrase, locking");
        ada.choose("Delete the whole notebook")
            .see("Delete everything in Ada's notebook?");
        ada.choose("First a copy of all of it")
            .see("In which folder?");
    });
}

#[test]
fn what_was_done_to_a_part_can_be_taken_back() {
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |ada| {
        writes_something(ada);
        // Another name, and the old one again.
        ada.choose("Parts")
            .choose("the Watcher")
            .choose("Change or add");
        ada.choose("Its name")
            .say("the Guard")
            .say("back")
            .see("the Guard");
        // Later: no two entries are written in one moment.
        ada.passes(1);
        ada.choose("Back to the name it had: the Watcher")
            .see("It is as it was");
        ada.see("the Watcher.");
        // Two that are one, and two again.
        ada.say("back").choose("A new one").say("the Critic");
        ada.choose("Connect it to another")
            .choose("the same as another");
        ada.choose("the Watcher")
            .choose("Yes, they are one")
            .see("You can undo this");
        ada.choose("the Critic is separate after all");
        ada.say("back").see("the Critic").see("the Watcher");
        // One that turned out to be two, and one again.
        ada.choose("the Watcher")
            .choose("Connect it to another")
            .choose("It turned out to be two")
            .say("the Tired one");
        ada.choose("It is one with the Watcher after all")
            .see("the Watcher.");
        ada.say("back");
        assert!(!ada.heard.contains("the Tired one"), "{}", ada.heard);
        // What it fears of another is a tie of its own.
        ada.choose("the Critic")
            .choose("Connect it to another")
            .choose("It fears another");
        ada.choose("the Watcher").see("It fears: the Watcher");
    });
}

/// A month of check-ins, looked back on as weeks.
#[test]
fn a_check_in_has_five_fields_and_the_weeks_are_seen() {
    let root = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |ada| {
        writes_something(ada);
        for (n, stirred) in ["8", "6", "4"].into_iter().enumerate() {
            ada.home().choose("Your own pages").choose("Ada");
            ada.choose("A short check-in");
            ada.lines(&["here", "", "a walk", stirred, "5"])
                .see("It is noted");
            if n < 2 {
                ada.days(7);
            }
        }
        ada.choose("Where you left off")
            .see("Last check-in: 15 January: here")
            .say("back");
        ada.choose("Look back").choose("Week by week");
        ada.see("Week of 29 December 2025: after 8, strength 5");
        ada.see("Week of 12 January: after 4, strength 5");
        for (what, sees) in [
            ("as a picture", "In words it says"),
            ("a spreadsheet", "2026-01-15"),
        ] {
            ada.choose(what).see(sees).choose("Write it to a file");
            ada.say(&out.path().to_string_lossy()).see("It is written");
        }
    });
    let mut names: Vec<String> = fs::read_dir(out.path())
        .unwrap()
        .map(|found| found.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["2026-01-15.csv", "2026-01-15.svg"]);
}

#[test]
fn what_was_written_in_a_session_goes_to_the_page_of_a_part() {
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |ada| {
        writes_something(ada);
        ada.choose("Where you left off").choose("Twelve minutes");
        ada.until("What is here in you right now", &["Go"]);
        ada.lines(&["a tight chest, and the Watcher", "."]);
        ada.until("The session is closed", &["The outline", "All of it"]);
        // Where she left off it is one answer away, and once it was given nobody asks again.
        ada.say("").choose("Your own pages").choose("Ada");
        ada.choose("Where you left off").choose("What I wrote on");
        ada.choose("the Watcher").choose("In the body");
        // Last met, by which channel, and the note: nothing was typed twice.
        ada.see("Met last: Thursday, 1 January, in the body");
        ada.choose("Notes").see("a tight chest");
        ada.home().choose("Your own pages").choose("Ada");
        ada.choose("Where you left off");
        assert!(!ada.heard.contains("What I wrote on"), "{}", ada.heard);
    });
}

#[test]
fn nobody_begins_a_trial_alone_and_an_ending_deletes_what_both_said() {
    let root = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        begin_short(two);
        meet(two, "sunday");
        two.say("")
            .choose("People, agreements")
            .choose("Who meets together");
        two.choose("Ada and Ben").choose("Try three sessions");
        two.see("Nobody begins this alone").choose("Not now");
        assert!(!two.heard.contains("0 of 3"), "{}", two.heard);
        two.choose("Try three sessions")
            .choose("Yes, each of us")
            .see("0 of 3 sessions");
        two.choose("Stop meeting")
            .see("Your agreement and open minutes are deleted");
        two.choose("We stop meeting").see("Stopped");
        assert!(!two.heard.contains("Trial") && !two.heard.contains("Read your agreement"));
        two.home();
        assert!(!two.heard.contains("Next session"), "{}", two.heard);
    });
    let kept = fs::read_to_string(root.path().join("data/people.toml"));
    assert!(!kept.unwrap_or_default().contains("agreement"));
}

#[test]
fn a_letter_is_written_answered_within_what_was_agreed_on_and_then_gone() {
    let root = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        // Ada and Ben meet for the first time, and agree that an answer may take two days.
        two.lines(&["", "", "1", "1", "Ada", "Ben"]);
        two.choose("This is our first time together");
        two.until(
            "The session is closed",
            &["Go", "Yes, as planned", "Yes", "The outline"],
        );
        two.say("")
            .choose("Your own pages")
            .choose("A new notebook");
        two.say("Ada").choose("Without one").choose("Yes, without");
        two.choose("Notes").choose("Letters").choose("Write one");
        two.see("Who is it for?").choose("Ben");
        // An evening on Thursday, 1 January.
        two.see("To Ben.").see("until Saturday");
        two.lines(&["In me there is something tight.", "."]);
        // It is heard or read again, and goes out as a file.
        two.see("something tight").see("To Ben.");
        two.choose("Write it to a file")
            .choose("Write it to a file");
        two.say(&out.path().to_string_lossy()).see("It is written");

        // On the next day one of Ben's came.
        two.home().days(1).choose("Your own pages").choose("Ada");
        two.choose("Notes").choose("Letters").see("To Ben");
        two.choose("One came to me").choose("Ben");
        two.see("You agreed to answer by Sunday");
        two.lines(&["I was tired.", "."]).choose("Answer it");
        two.see("I was tired.").lines(&["I heard you.", "."]);
        two.see("in your notebook for a week").see("I heard you.");
        two.home().choose("Your own pages").choose("Ada");
        two.choose("Notes").choose("Letters");
        two.choose("something tight");
        two.choose("The answer has come").see("It is deleted when");

        // What is answered is gone, and the answer in a week; nothing asks for any of it.
        two.home().days(1).choose("Your own pages").choose("Ada");
        two.choose("Notes").choose("Letters").see("I heard you.");
        assert!(!two.heard.contains("tired") && !two.heard.contains("tight"));
        two.home().days(8).choose("Your own pages").choose("Ada");
        two.choose("Notes").choose("Letters");
        assert!(!two.heard.contains("I heard you."));
    });
    assert_eq!(
        files_with(root.path(), "something tight"),
        Vec::<String>::new()
    );
    let file = the_only_file(out.path());
    assert!(file.contains("something tight"), "{file}");
}

fn the_only_file(folder: &std::path::Path) -> String {
    let file = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    fs::read_to_string(file.path()).unwrap()
}
