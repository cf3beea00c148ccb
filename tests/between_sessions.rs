//! What people come back for between sessions, each by lines as somebody does it: the next day, letters, parts, weeks, a
//! page for a therapist, another machine, and what pairs look at. With `OTHER_PROGRAM=PATH` another build does the same.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it cannot go on"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::way::{BEHIND, TODAY, TOMORROW, Way};
use common::{Home, complaint};

/// Somebody with a notebook that anybody can read, at its pages: passphrases have tests of their own.
fn with_pages(home: &Home) -> Way {
    let mut way = Way::new(home, &["--plain"], &TODAY);
    way.lines(&["", ""]).choose("Your own pages");
    way.choose("A new notebook").say("Ada");
    way.choose("Without one").choose("Yes, without one");
    way
}

/// At the pages of the notebook again.
fn at_pages(home: &Home, zone: &str) -> Way {
    let mut way = Way::new(home, &["notebook", "--plain"], zone);
    way.choose("Ada");
    way
}

/// Where pairs and circles are, in the words of earlier builds, too.
const CIRCLES: &str = "agreements, ";

/// At what is kept about Ada and Ben.
fn their_page(way: &mut Way) {
    way.choose("People, agreements").choose(CIRCLES);
    way.choose("Ada and Ben");
}

fn folder(home: &Home, name: &str) -> PathBuf {
    let folder = home.root().join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The files in a folder, with what is in them, in the order of their names.
fn files(folder: &Path) -> Vec<(String, String)> {
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|found| found.unwrap().path());
    let read = paths.filter(|path| path.is_file()).map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    let mut all: Vec<_> = read.collect();
    all.sort();
    all
}

/// A picture has ink and paper and the greys between them: whoever can't tell colours apart misses nothing.
fn only_ink(picture: &str) {
    let mut colours = 0;
    for colour in picture.split('#').skip(1) {
        let Some(Ok(colour)) = colour.get(..6).map(|hex| u32::from_str_radix(hex, 16)) else {
            continue;
        };
        let [_, red, green, blue] = colour.to_be_bytes();
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        assert!(most - least < 16, "{colour:06x}: {picture}");
        colours += 1;
    }
    assert!(colours > 4, "{picture}");
}

/// Everything of the notebook, as other programs read it.
fn as_data(home: &Home) -> String {
    let out = tempfile::tempdir().unwrap();
    let mut way = at_pages(home, &TODAY);
    way.choose("Take something out").choose("as data");
    way.choose("Write it to a file")
        .say(&out.path().to_string_lossy())
        .see("It is written");
    way.leave();
    files(out.path()).remove(0).1
}

#[test]
fn the_day_that_was_said_at_the_closing_stands_at_home_and_in_the_calendar() {
    let home = Home::new();
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.lines(&["", "", "1", "1", "Ada", "Ben", "3"])
        .choose("Short pair");
    if !way.offers("Begin") {
        way.choose("30 minutes");
    }
    way.choose("Begin");
    way.until("When will you meet again", &["Go", "Yes, as planned"]);
    way.say("in a week 19:30 or in 9 days");
    way.until("The session is closed", &["The outline"]);
    way.see("Next time: ").see("; in reserve: ").say("");
    way.see("Next session, Ada and Ben: ").see("in 7 days");
    their_page(&mut way);
    way.see("Next session: ").choose("The next session");
    // It is as long as their session, and named after its own day.
    way.see("at 19:30, for 30 minutes").see("in reserve");
    way.choose("Write it to a file");
    let out = folder(&home, "out");
    way.say(&out.to_string_lossy()).see("It is written");
    let [(name, text)] = &files(&out)[..] else {
        panic!("one file")
    };
    let day = name.trim_end_matches(".ics").replace('-', "");
    let utc = text.lines().find(|line| line.starts_with("DTSTART:"));
    // Half past seven in a place behind UTC is later there, and may be the next morning.
    let hour = 19 + *BEHIND;
    let begins: u32 = utc.unwrap()[8..16].parse().unwrap();
    assert_eq!(begins > day.parse().unwrap(), hour > 23, "{name}: {text}");
    let clock = format!("T{:02}3000Z", hour % 24);
    assert!(utc.unwrap().ends_with(&clock), "{name}: {text}");
    way.leave();
    let kept = home.says(&["history"], &[]);
    assert!(kept.contains("Next time: "), "{kept}");
}

#[test]
fn the_day_after_is_asked_once_with_one_key() {
    let home = Home::new();
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.lines(&["", "", "1", "2", "Ada"])
        .choose("I am stirred up right now")
        .say("");
    way.until("Are you safe right now?", &[])
        .choose("Yes, safe enough");
    way.until("The session is closed", &["Yes", "The outline"]);
    way.leave();
    let mut way = Way::new(&home, &["--plain"], &TOMORROW);
    way.see("Yesterday was a lot. Has it settled?");
    way.say("yes").see("Thank you for saying so");
    way.leave();
    let mut way = Way::new(&home, &["--plain"], &TOMORROW);
    assert!(!way.hears("settled"));
    way.say("again");
    assert!(!way.hears("settled"));
    way.leave();
}

#[test]
fn a_check_in_is_three_lines_and_two_numbers_and_weeks_are_seen() {
    let home = Home::new();
    let mut way = with_pages(&home);
    way.choose("A short check-in");
    way.see("What is here right now?").say("tight");
    way.see("Which part feels closest?").say("");
    way.see("one kind thing").say("a walk");
    way.see("How stirred up are you, from 0 to 10?").say("6");
    way.see("How much strength do you have").say("5");
    way.see("It is noted");
    way.choose("Where you left off")
        .see("Last check-in")
        .say("back");
    way.choose("Look back").choose("Week by week");
    way.see("Week of ").see("after 6, strength 5");
    let out = folder(&home, "out");
    for (what, sees) in [
        ("as a picture", "In words it says"),
        ("a spreadsheet", "strength after"),
    ] {
        way.choose(what).see(sees).choose("Write it to a file");
        way.say(&out.to_string_lossy()).see("It is written");
    }
    way.leave();
    let [(csv, numbers), (svg, picture)] = &files(&out)[..] else {
        panic!("two files")
    };
    assert!(csv.ends_with(".csv") && svg.ends_with(".svg"));
    assert!(
        numbers.contains(",6,") && !numbers.contains("tight"),
        "{numbers}"
    );
    // Each kind has a shape of its own and its name beside it.
    only_ink(picture);
    for words in [
        "<title id",
        "stirred up, before",
        "after, and at check-ins",
        "strength",
        "<circle",
        "<path",
    ] {
        assert!(picture.contains(words), "{words}: {picture}");
    }
}

#[test]
fn a_letter_waits_is_answered_and_goes() {
    let home = Home::new();
    let mut way = with_pages(&home);
    way.choose("Notes").choose("Letters").choose("Write one");
    way.say("Ben").see("To Ben.");
    way.lines(&["In me there is something tight.", "."]);
    // Read again, and out as a file.
    way.see("something tight").choose("Write it to a file");
    let out = folder(&home, "out");
    way.choose("Write it to a file")
        .say(&out.to_string_lossy())
        .see("It is written");
    assert!(files(&out)[0].1.contains("something tight"));
    way.leave();
    let mut way = at_pages(&home, &TODAY);
    way.choose("Notes")
        .choose("Letters")
        .choose("something tight");
    way.choose("The answer has come").see("It is deleted when");
    way.leave();
    let mut way = at_pages(&home, &TOMORROW);
    way.choose("Notes").choose("Letters");
    assert!(!way.hears("something tight"));
    way.leave();
    assert!(!as_data(&home).contains("something tight"));
}

#[test]
fn parts_fear_and_want_and_what_was_done_to_them_is_taken_back() {
    let home = Home::new();
    let mut way = with_pages(&home);
    way.choose("Parts").choose("A new one").say("1. the guard");
    way.say("back").choose("A new one").say("- this one");
    way.choose("to another").choose("It fears another");
    way.choose("1. the guard").see("It fears: 1. the guard");
    way.choose("to another").choose("It wants something");
    way.choose("1. the guard").see("It wants something from");
    way.choose("Change or add").choose("Its name");
    way.say("the quiet one").say("back");
    way.choose("Back to the name it had: - this one")
        .see("It is as it was");
    way.choose("to another").choose("the same as another");
    way.choose("1. the guard").choose("Yes, they are one");
    way.choose("- this one is separate after all").say("back");
    way.see("- this one").see("1. the guard");
    way.choose("1. the guard").choose("to another");
    way.choose("It turned out to be two").say("the tired one");
    way.choose("It is one with 1. the guard after all");
    way.lines(&["back", "back"]).choose("Take something out");
    let out = folder(&home, "out");
    for map in ["as Mermaid text", "The map of my parts, as a picture"] {
        way.choose(map).choose("Write it to a file");
        way.say(&out.to_string_lossy()).see("It is written");
    }
    way.leave();
    let all = files(&out);
    let of = |ending: &str| {
        &all.iter()
            .find(|(name, _)| name.ends_with(ending))
            .unwrap()
            .1
    };
    let mermaid = of(".mmd");
    assert!(mermaid.contains("fears"), "{mermaid}");
    // No list begins in it, and no code stands in a name.
    for never in ["\"1. ", "\"- ", "&#", "&amp;", "#quot;"] {
        assert!(!mermaid.contains(never), "{never}: {mermaid}");
    }
    let picture = of(".svg");
    // Each kind of tie has a line of its own and its word.
    only_ink(picture);
    for words in [
        "<title id",
        "stroke-dasharray",
        "fears",
        "wants something from",
        "1. the guard",
    ] {
        assert!(picture.contains(words), "{words}: {picture}");
    }
}

#[test]
fn the_page_for_a_therapist_keeps_the_questions_and_can_be_printed() {
    let home = Home::new();
    let mut way = with_pages(&home);
    way.choose("A short check-in")
        .lines(&["tight", "", "a walk", "6", "5"]);
    way.choose("Take something out")
        .choose("A page for my therapist")
        .choose("check-in: tight")
        .say("");
    way.see("What is here right now?")
        .see("one kind thing you could do today?");
    let out = folder(&home, "out");
    way.choose("As HTML, to print");
    way.say(&out.to_string_lossy()).see("It is written");
    way.leave();
    let [(name, page)] = &files(&out)[..] else {
        panic!("one file")
    };
    assert!(name.ends_with(".html"), "{name}");
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    for words in [
        "What is here right now?",
        "tight",
        "a walk",
        "break-inside:avoid",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn all_of_it_goes_to_another_machine_and_two_that_went_apart_are_one_again() {
    let (here, there) = (Home::new(), Home::new());
    let stick = folder(&here, "my own stick");
    let copies = |home: &Home| {
        let into = folder(home, "my own stick");
        let mut way = at_pages(home, &TODAY);
        way.choose("Take something out")
            .choose("All of it: a copy")
            .say(&format!("'{}'", into.display()))
            .see("It is copied");
        way.choose("All of it: a copy")
            .see("The last copy was made on");
        way.leave();
        let mut found: Vec<PathBuf> = fs::read_dir(into)
            .unwrap()
            .map(|found| found.unwrap().path())
            .collect();
        found.sort();
        found.pop().unwrap()
    };
    let mut way = with_pages(&here);
    way.choose("Write something").lines(&["of both", "."]);
    // A part is deleted on its own page, under its own name.
    way.choose("Parts").choose("A new one").say("the cat");
    way.choose("Change or add")
        .choose("Delete it")
        .see("Delete the page about the cat")
        .choose("Yes, delete it");
    way.leave();
    let copy = copies(&here);
    assert!(copy.starts_with(&stick));
    let mut way = Way::new(&there, &["--plain"], &TODAY);
    way.lines(&["", ""]).choose("Your own pages");
    way.choose("Bring a notebook from a copy")
        .say(&copy.to_string_lossy())
        .see("Ada's notebook is here now");
    way.leave();
    assert_eq!(as_data(&here), as_data(&there));
    // Each writes; each takes in what the other has, in its own order.
    for (home, words) in [(&here, "only here"), (&there, "only there")] {
        let mut way = at_pages(home, &TODAY);
        way.choose("Write something").lines(&[words, "."]);
        way.leave();
    }
    let both = [copies(&there), copies(&here)];
    for (home, copy) in [&here, &there].into_iter().zip(&both) {
        let mut way = at_pages(home, &TODAY);
        way.choose("Passphrase, locking")
            .choose("Take in another copy");
        way.say(&copy.to_string_lossy()).say("");
        way.see("1 entry is new here");
        way.leave();
    }
    let all = as_data(&here);
    assert_eq!(all, as_data(&there));
    for words in ["of both", "only here", "only there"] {
        assert!(all.contains(words), "{words}: {all}");
    }
}

#[test]
fn what_a_sync_program_left_is_told_and_taken_in() {
    let (here, there) = (Home::new(), Home::new());
    let mut way = with_pages(&here);
    way.choose("Write something").lines(&["of both", "."]);
    way.leave();
    let notebook = |home: &Home| home.data().join("notebooks/1");
    fs::create_dir_all(notebook(&there)).unwrap();
    for (name, text) in files(&notebook(&here)) {
        fs::write(notebook(&there).join(name), text).unwrap();
    }
    for (home, words) in [(&here, "only here"), (&there, "only there")] {
        let mut way = at_pages(home, &TODAY);
        way.choose("Write something").lines(&[words, "."]);
        way.leave();
        // What was added is in the book from the next opening on.
        at_pages(home, &TODAY).leave();
    }
    let left = notebook(&here).join("book.sync-conflict-20260101-120000-ABCDEF.jsonl");
    fs::copy(notebook(&there).join("book.jsonl"), &left).unwrap();
    // `doctor` names the file, what is in it, and what to do.
    let doctor = here.run(&["doctor"], &[]);
    let said = String::from_utf8(doctor.stdout).unwrap();
    for words in [
        &*left.to_string_lossy(),
        "may hold words that are nowhere else",
        "the next time that notebook is opened",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let mut way = at_pages(&here, &TODAY);
    way.see("nothing is lost").choose("Notes");
    way.see("only here").see("only there").see("of both");
    way.leave();
    assert!(!left.exists());
}

#[test]
fn nobody_begins_a_trial_alone_and_an_ending_asks_nothing_more() {
    let home = Home::known();
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    their_page(&mut way);
    way.choose("Try three sessions")
        .see("Nobody begins this alone");
    way.choose("Not now");
    assert!(!way.hears("0 of 3"));
    way.choose("Try three sessions")
        .choose("Yes, each of us")
        .see("0 of 3 sessions");
    way.choose("Stop meeting")
        .see("Your agreement and open minutes are deleted");
    way.choose("We stop meeting").see("Stopped: ");
    assert!(!way.hears("Trial") && !way.offers("Try three sessions"));
    way.leave();
}

/// The rows of the table of features that were half there: each is where people need it.
#[test]
fn what_was_half_there_is_whole() {
    let home = Home::new();
    let shows = |script: &str| home.says(&["scripts", "show", script], &[]);
    // Two minutes each, back and forth; it begins by itself a minute after the last key.
    let two = shows("two-minutes");
    assert!(two.contains("2 min"), "{two}");
    assert!(home.says(&["rehearse", "two-minutes"], &[]).contains("Ada"));
    // Whoever is observed, and whose screen is shared, says yes to it.
    assert!(shows("triad").contains("that one person observes?"));
    // Distance and sound are checked; a skill is chosen, and asked about again; nobody has to be there for another.
    let mut way = Way::new(&home, &["start", "standard-pair", "--plain"], &TODAY);
    way.lines(&["", "", "Ada", "Ben", "1"]);
    way.until("a skill to practise", &["Go"])
        .until("sound and distance", &["Going slowly", "Go"]);
    way.until("Not available today", &["Go", "Say back"]);
    way.until("Your skill today: ", &["Something is here", "Yes"]);
    way.leave();
    // Guidance is one setting.
    home.settings("guidance = \"low\"\n");
    let settings = home.run(&["settings"], &[]);
    assert!(settings.status.success(), "{}", complaint(&settings));
    // The card has dates and hours.
    let card = home.says(&["crisis", "Netherlands"], &[]);
    for words in ["Day and night.", "Published on 20"] {
        assert!(card.contains(words), "{words}: {card}");
    }
}

/// A circle as pairs: those first who have met least.
#[test]
fn a_circle_is_told_who_has_met_least() {
    let home = Home::new();
    let people = home.data().join("people.toml");
    fs::create_dir_all(people.parent().unwrap()).unwrap();
    let circle = "format = 1\nseen-notice = true\n\n[[circle]]\nnames = [\"Ada\", \"Ben\", \"Cleo\"]\n\
                  script = \"circle\"\nminutes = 60\nsessions = 1\n";
    fs::write(people, circle).unwrap();
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.choose("People, agreements").choose(CIRCLES);
    way.choose("Ada, Ben and Cleo").see("Next, in pairs");
    way.leave();
}
