//! A week of somebody who practises alone, from nothing to what they take out of it: by lines, day after day, with a
//! sealed notebook that is locked between the days.

use std::fs;
use std::path::Path;

use super::by_line::{ByLine, files_with};

const SECRET: &str = "zqsecret geese cross the quiet pond";
const NOTE: &str = "zqnote it keeps watch and is tired";
const PROMISE: &str = "zqnote look in at dusk";
const CHECK_IN: &str = "zqnote something tight";
const ANSWER: &str = "zqnote the lamp on the stairs";
const LETTER: &str = "zqnote In me there is something tight.";
const BRING: &str = "zqnote the dream on Monday";
/// What stands on the first page when the day has come: only she knows what it means.
const CUE: &str = "the lamp";

fn opens(ada: &mut ByLine<'_, '_>) {
    ada.home().choose("Your own pages").choose("Ada");
    ada.say(SECRET).see("Ada's pages");
}

/// Whether her promise stands on the first page today.
fn is_due(ada: &mut ByLine<'_, '_>) -> bool {
    ada.home().say("again").see("What would you like to do?");
    ada.heard.contains(&format!("Ada, today: {CUE}"))
}

/// Thursday: a notebook with a passphrase, how it is, a part, half an hour with it, a note and a promise.
fn the_first_day(ada: &mut ByLine<'_, '_>) {
    ada.lines(&["", ""])
        .choose("Your own pages")
        .choose("A new notebook");
    ada.say("Ada").choose("With a passphrase");
    ada.lines(&[SECRET, SECRET]).see("Your notebook is made.");
    ada.choose("A short check-in")
        .lines(&[CHECK_IN, "", "", "6", "5"]);
    ada.see("It is noted.").choose("Parts").choose("A new one");
    ada.lines(&["the Watcher", "back", "back"]);
    ada.choose("Where you left off").see("Last check-in");
    ada.choose("half an hour");
    ada.until("What would you like to begin with", &["Go"]);
    // A question is answered in writing, unseen, and asked as before.
    ada.lines(&["write", ANSWER, "it: not yet", "."]);
    ada.choose("What is here right now");
    ada.until("How do you feel toward", &["Something is here", "Yes"]);
    ada.passes(12);
    ada.choose("Open: curious")
        .until("Does anything in you need to be heard", &["Yes"]);
    ada.say("").choose("Yes, with a promise and a day");
    ada.choose("After 1, 3, 7").lines(&["the watcher", CUE]);
    ada.lines(&[PROMISE, "."]);
    ada.until("What do you want to take with you?", &[]);
    ada.lines(&[NOTE, "."]);
    ada.until("The session is closed", &["The outline", "All of it"]);
    ada.say("");
    assert!(!is_due(ada));
}

/// To the question what became of the promise, in her own words.
fn goes_back(ada: &mut ByLine<'_, '_>) {
    opens(ada);
    ada.see("A promise is waiting for you today");
    ada.choose("Promises").choose("Today").see(PROMISE);
    ada.see("To the Watcher.").choose("Go back to this part");
    ada.until("Which one did you promise", &["Go"]).see(PROMISE);
    ada.choose("I know which one");
    ada.until("Did you keep your promise", &["Yes, it is here"]);
}

/// Friday: she kept it. Saturday: a check-in. Sunday: she did not keep it. Nothing else is due before Thursday.
fn the_next_days(ada: &mut ByLine<'_, '_>) {
    ada.days(1);
    assert!(is_due(ada), "it was promised for the day after");
    opens(ada);
    ada.choose("Where you left off").see(NOTE).see(PROMISE);
    goes_back(ada);
    ada.choose("Yes")
        .until("The session is closed", &["No", "The outline"]);
    ada.say("");
    assert!(!is_due(ada), "it was looked at");

    ada.days(1);
    assert!(!is_due(ada), "the next day is the third");
    opens(ada);
    ada.choose("A short check-in");
    ada.lines(&["zqnote lighter", "", "a walk", "3", "6"]);
    by_the_way(ada);

    ada.days(1);
    assert!(is_due(ada));
    goes_back(ada);
    ada.choose("Partly, or no").see("you are sorry");
    ada.until("The session is closed", &["The outline"]);
    ada.say("");
    assert!(!is_due(ada));
}

/// Saturday: a letter goes out, a second part fears the first one, what came in the session goes to the first one's page,
/// and something is set apart for a therapist.
fn by_the_way(ada: &mut ByLine<'_, '_>) {
    ada.choose("Notes").choose("Letters").choose("Write one");
    ada.say("Ben").see("To Ben.").lines(&[LETTER, "."]);
    ada.home();
    opens(ada);
    ada.choose("Parts")
        .choose("A new one")
        .say("1. the small one");
    ada.choose("to another").choose("It fears another");
    ada.choose("the Watcher").see("It fears: the Watcher");
    ada.lines(&["back", "back"]).choose("Notes").choose(NOTE);
    ada.choose("It is about one of my parts")
        .choose("the Watcher")
        .choose("In the body");
    ada.see("Met last: ").home();
    opens(ada);
    ada.choose("Notes").choose("What I want to bring");
    ada.choose("Add something")
        .lines(&[BRING, "."])
        .see("It is in your notebook");
    ada.home();
}

/// Monday evening, shaken: not steadier, so it ends with somebody to phone. Tuesday: ten minutes, with room for a few.
fn the_last_days(ada: &mut ByLine<'_, '_>) {
    ada.days(1).choose("Begin a session").choose("Ada");
    ada.choose("I am stirred up right now").say("");
    ada.until("Are you safe right now?", &[]);
    ada.choose("Yes, safe enough");
    ada.until("Phone the emergency number first", &["Not yet", "Too much"]);
    ada.say("").see("a number on the crisis card");
    ada.until("The session is closed", &["The outline"]);
    ada.say("");

    // Tuesday: it is asked once whether that has settled. The letter is answered, and will be gone.
    ada.days(1);
    ada.say("again")
        .see("Yesterday was a lot. Has it settled?")
        .say("yes")
        .see("Thank you for saying so");
    opens(ada);
    ada.choose("Notes").choose("Letters").choose("To Ben");
    ada.choose("The answer has come").home();
    opens(ada);
    ada.choose("Where you left off").choose("Twelve minutes");
    ada.until("What is here in you right now", &["Go"]);
    ada.lines(&["zqnote three of them", "."]);
    ada.until("The session is closed", &["The outline"]);
    ada.say("");
}

/// Wednesday: the week as a list and on a calendar, and out of the notebook.
fn looks_back(ada: &mut ByLine<'_, '_>, out: &Path) {
    ada.days(1);
    ada.say("again");
    assert!(!ada.heard.contains("settled"), "{}", ada.heard);
    opens(ada);
    ada.choose("Notes").choose("Letters");
    assert!(!ada.heard.contains("zqnote In me"), "{}", ada.heard);
    ada.home();
    opens(ada);
    ada.choose("Look back");
    ada.choose("Week by week")
        .see("Week of 29 December 2025")
        .see("Week of 5 January");
    ada.say("back");
    for day in [
        "1 January",
        "2 January",
        "3 January",
        "4 January",
        "5 January",
        "6 January",
    ] {
        ada.see(day);
    }
    ada.see("Solo sitting")
        .see("After a trigger")
        .see("zqnote lighter");
    ada.choose("Month by month")
        .see("January 2026")
        .see("Check-back");
    ada.lines(&["back", "back"])
        .choose("Promises")
        .see("look in at dusk");
    ada.say("back").choose("Take something out");
    let place = out.to_string_lossy().into_owned();
    ada.choose("A page for my therapist");
    ada.see("zqnote the dream on Monday (for a therapist), chosen");
    ada.choose(NOTE).say("");
    ada.see("This is what the file will say").see(NOTE);
    ada.see("What I want to bring").see(BRING);
    ada.choose("Write it to a file").say(&place);
    ada.see("It is written");
    ada.choose("Everything of mine, to read");
    ada.choose("Write it to a file").say(&place);
    ada.see("It is written");
    ada.choose("The next session");
    ada.lines(&["2026-01-15", "19:30"]);
    ada.choose("30 minutes").say("");
    ada.choose("Write it to a file").say(&place);
    ada.see("It is written");
    ada.home();
}

/// All of hers as data for other programs, from her open pages.
fn everything(ada: &mut ByLine<'_, '_>) -> String {
    let out = tempfile::tempdir().unwrap();
    ada.choose("Take something out").choose("as data");
    ada.choose("Write it to a file")
        .say(&out.path().to_string_lossy());
    let file = fs::read_dir(out.path()).unwrap().next().unwrap().unwrap();
    fs::read_to_string(file.path()).unwrap()
}

/// The week goes to a second machine as it is sealed, and nothing of it is different there.
fn goes_to_another_machine(root: &Path) {
    let (stick, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut here = String::new();
    ByLine::at(root, |ada| {
        opens(ada);
        here = everything(ada);
        ada.choose("a copy for another machine")
            .say(&stick.path().to_string_lossy());
        ada.see("opens with the same words");
    });
    assert_eq!(files_with(stick.path(), "zqnote"), Vec::<String>::new());
    let copy = fs::read_dir(stick.path()).unwrap().next().unwrap().unwrap();
    ByLine::at(other.path(), |ada| {
        ada.lines(&["", ""])
            .choose("Your own pages")
            .choose("Bring a notebook");
        ada.say(&copy.path().to_string_lossy()).see("is here now");
        opens(ada);
        assert_eq!(everything(ada), here);
    });
    for words in [
        NOTE,
        PROMISE,
        CHECK_IN,
        ANSWER,
        BRING,
        "It: not yet",
        "afraid-of",
    ] {
        assert!(here.contains(words), "{words}: {here}");
    }
}

#[test]
fn a_week_alone_with_a_sealed_notebook() {
    let root = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |ada| {
        the_first_day(ada);
        the_next_days(ada);
        the_last_days(ada);
        looks_back(ada, out.path());
        // The words that open it were asked for each day, and said by nobody.
        assert!(!ada.all.contains("zqsecret"));
    });
    goes_to_another_machine(root.path());
    let written: Vec<String> = fs::read_dir(out.path())
        .unwrap()
        .map(|found| fs::read_to_string(found.unwrap().path()).unwrap())
        .collect();
    let with = |words: &str| written.iter().filter(|text| text.contains(words)).count();
    assert_eq!(written.len(), 3);
    assert_eq!((with(NOTE), with(PROMISE), with(CHECK_IN)), (2, 1, 1));
    assert_eq!((with("BEGIN:VEVENT"), with("DTSTART:202601")), (1, 1));
    for letters in ["zqnote", "zqsecret"] {
        assert_eq!(files_with(root.path(), letters), Vec::<String>::new());
    }
}
