//! Three sessions of a pair, a week apart, from nothing to what one of them takes out: by lines.

use std::fs;
use std::path::Path;

use super::by_line::{ByLine, files_with};

const SECRET: &str = "zqsecret geese cross the quiet pond";
const LINE: &str = "We write to each other only on Fridays.";
const PROMISE: &str = "zqnote I look in before the weekend";
const NOTE: &str = "zqnote the one who hurries";
const LETTER: &str = "zqnote It was a full week.";
const CAME: &str = "zqnote Mine was, too.";
const USUAL: &[&str] = &["Go", "Yes, as planned"];

/// They fill their cards, agree, and both choose alone to try three sessions. Ada makes a notebook afterwards.
fn they_meet(two: &mut ByLine<'_, '_>) {
    two.lines(&["", "", "1", "1", "Ada", "Ben"]);
    two.choose("This is our first time together");
    two.until("be with you when you turn inward", USUAL)
        .say("/2");
    two.until("Which word will stop everything", USUAL);
    two.until(
        "Would you like to keep meeting",
        &["Go", "Yes, as planned", "Yes"],
    );
    two.until(
        "When will you meet for the first of the three",
        &["Yes: three sessions, then we ask again", "The outline"],
    );
    two.say("Thursday 19:00 or saturday");
    two.until("The session is closed", &["The outline"]);
    two.see("Next time: Thursday, 8 January 2026, 19:00")
        .say("")
        .see("Next session, Ada and Ben: Thursday, 8 January 19:00, in 7 days");
    two.choose("Your own pages");
    two.choose("A new notebook")
        .say("Ada")
        .choose("With a passphrase");
    two.lines(&[SECRET, SECRET])
        .see("Your notebook is made.")
        .home();
}

fn opens(ada: &mut ByLine<'_, '_>) {
    ada.home().choose("Your own pages").choose("Ada");
    ada.say(SECRET).see("Ada's pages");
}

/// The day after, at Ada's pages: how it is, a letter to Ben and one from him, two parts, and something to bring.
fn in_between(ada: &mut ByLine<'_, '_>) {
    ada.days(1);
    opens(ada);
    ada.choose("A short check-in");
    ada.lines(&["zqnote calm", "", "a walk", "3", "6"])
        .see("It is noted");
    ada.choose("Notes").choose("Letters").choose("Write one");
    ada.choose("Ben").lines(&[LETTER, "."]);
    ada.home();
    opens(ada);
    ada.choose("Notes")
        .choose("Letters")
        .choose("One came to me");
    ada.choose("Ben").lines(&[CAME, "."]).home();
    opens(ada);
    ada.choose("Parts").choose("A new one").say("the quick one");
    ada.say("back").choose("A new one").say("the slow one");
    ada.choose("to another")
        .choose("It wants something")
        .choose("the quick one");
    ada.see("It wants something from: the quick one").home();
    opens(ada);
    ada.choose("Write something").lines(&[NOTE, "."]);
    ada.choose("the quick one").choose("Notes").choose(NOTE);
    ada.choose("Bring it to my therapist")
        .see("It will be at the top")
        .home();
    // What was said to her alone is not what was said to both.
    ada.all.clear();
}

/// Ben goes first. In a pause they change a line, and both say yes to it; Ada promises something, unseen.
fn a_line_is_changed(two: &mut ByLine<'_, '_>) {
    two.days(6).say("again");
    two.see("Next session, Ada and Ben: Thursday 19:00, today");
    two.choose("Begin a session").choose("Ada and Ben");
    two.choose("A session as usual");
    two.until("Ben goes first: Ada was first last time", &[]);
    two.until("This time is yours", USUAL)
        .see("Ben, turned inward");
    two.say("pause").say("change").say("1");
    two.see("What should the line say?").say(LINE);
    two.until("No time is running", &[]).say("");
    two.passes(18);
    // Company as her card has it.
    two.until("This time is yours", &["No, or not now"]);
    two.see("For Ben, keeping company, say back");
    two.passes(18);
    two.until("like you to come back", &[]);
    two.choose("Yes, with a promise and a day");
    two.choose("After 1, 3, 7")
        .lines(&["/pass", "zqcue", PROMISE, "."]);
    two.until("The session is closed", &["The outline", "All of it"]);
    two.say("");
}

/// What was changed is marked, they are where they were before, and say yes to it as it is now.
fn as_usual(two: &mut ByLine<'_, '_>) {
    // The first page is shared: that something waits, and neither whose it is nor what.
    two.days(7).say("again").see("A promise is waiting today.");
    two.choose("Begin a session").choose("Ada and Ben");
    two.until("Ada goes first: Ben was first last time", &[]);
    two.until("Is it still true?", USUAL).see(LINE);
    two.see("It dates from Thursday, 8 January. What was changed is marked.");
    two.until("This time is yours", &["Go", "Yes, as planned", "3"])
        .see("Ada, turned inward");
    two.passes(18);
    two.until("This time is yours", &["No, or not now"]);
    two.passes(18);
    // It was a lot for Ada, and the day after it is asked once.
    two.until("How stirred up are you now", &["No, or not now"]);
    two.say("8");
    two.until("The session is closed", &["The outline"]).say("");
    two.days(1)
        .say("again")
        .see("Yesterday was a lot. Has it settled?")
        .say("yes")
        .see("Thank you for saying so");
}

/// What both can see, and what only Ada can: her promise, among everything of hers in a file.
fn what_is_there_now(two: &mut ByLine<'_, '_>, out: &Path) {
    two.choose("People, agreements")
        .choose("Who meets together");
    two.choose("Ada and Ben").see("3 sessions kept");
    two.choose("Read your agreement").see(LINE);
    two.home().choose("People, agreements");
    two.choose("Sessions that were kept");
    two.see("First meeting").see("Standard pair");
    assert!(
        !two.all.contains("zq"),
        "nothing private was said to them: {}",
        two.all
    );
    opens(two);
    two.see("A promise is waiting for you today");
    two.choose("Look back")
        .choose("Week by week")
        .see("Week of 29 December 2025: after 3, strength 6")
        .see("Week of 12 January");
    two.lines(&["back", "back"]).choose("Take something out");
    two.choose("A page for my therapist")
        .see("zqnote the one who hurries (for a therapist), chosen")
        .say("")
        .see("What I want to bring")
        .see(NOTE);
    two.lines(&["back", "back"])
        .choose("Everything of mine, to read");
    two.see(PROMISE).see("Standard pair");
    two.choose("Write it to a file")
        .say(&out.to_string_lossy())
        .see("It is written");
}

/// What stands on the pages of the two, in their history and, once it is opened, in all of Ada's notebook.
fn everything(two: &mut ByLine<'_, '_>) -> String {
    let out = tempfile::tempdir().unwrap();
    two.home().choose("People, agreements");
    two.choose("Who meets together").choose("Ada and Ben");
    let mut all = two.heard.clone();
    two.choose("Read your agreement").see(LINE);
    all.push_str(&two.heard);
    two.home().choose("People, agreements").choose("Sessions");
    all.push_str(&two.heard);
    opens(two);
    two.choose("Take something out");
    two.choose("as data").choose("Write it to a file");
    two.say(&out.path().to_string_lossy()).see("It is written");
    let file = fs::read_dir(out.path()).unwrap().next().unwrap().unwrap();
    all + &fs::read_to_string(file.path()).unwrap()
}

/// All of it goes to a second machine, with what is remembered of the two, and nothing of it is different there.
fn goes_to_another_machine(root: &Path) {
    let (stick, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut here = String::new();
    ByLine::at(root, |two| {
        here = everything(two);
        two.choose("a copy for another machine");
        two.say(&stick.path().to_string_lossy())
            .see("opens with the same words");
    });
    assert_eq!(files_with(stick.path(), "zqnote"), Vec::<String>::new());
    let copy = fs::read_dir(stick.path()).unwrap().next().unwrap().unwrap();
    ByLine::at(other.path(), |two| {
        two.lines(&["", ""]).choose("Your own pages");
        two.choose("Bring a notebook");
        two.say(&copy.path().to_string_lossy()).see("is here now");
        assert_eq!(everything(two), here);
    });
    for words in [
        PROMISE,
        LINE,
        NOTE,
        LETTER,
        CAME,
        "wants-of",
        "3 sessions kept",
        "First meeting",
        "Next time: ",
    ] {
        assert!(here.contains(words), "{words}: {here}");
    }
}

#[test]
fn three_sessions_of_a_pair_a_week_apart() {
    let root = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    ByLine::at(root.path(), |two| {
        they_meet(two);
        in_between(two);
        a_line_is_changed(two);
        as_usual(two);
        what_is_there_now(two, out.path());
    });
    goes_to_another_machine(root.path());
    let written: Vec<String> = fs::read_dir(out.path())
        .unwrap()
        .map(|found| fs::read_to_string(found.unwrap().path()).unwrap())
        .collect();
    let [text] = &written[..] else {
        panic!("{written:?}")
    };
    assert!(text.contains(PROMISE) && text.contains("Standard pair"));
    assert!(!text.contains("zqsecret"));
}
