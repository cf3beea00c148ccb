//! One's own pages by lines: deleting them from within, wrong words for a new passphrase, what is open elsewhere, and
//! the first run through them.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use alongside::notebook::{Keeping, Passphrase};
use common::desk::{ada, notebooks};
use common::way::{TODAY, Way};
use common::{Home, complaint};

const WORDS: &str = "tea and toast and jam";
const NEW: &str = "bread and salt and rain";

fn sealed() -> Home {
    let home = Home::known();
    let keeping = Keeping::Sealed(Passphrase::new(WORDS.into()));
    notebooks(&home).create("Ada", &keeping).unwrap();
    home
}

#[test]
fn a_notebook_is_deleted_from_its_own_pages() {
    let plain = Home::known();
    notebooks(&plain).create("Ada", &Keeping::Plain).unwrap();
    for (home, opens) in [(sealed(), &[WORDS][..]), (plain, &[])] {
        let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
        way.choose("Ada").lines(opens);
        way.choose("Passphrase, locking, deleting");
        way.choose("Delete the whole notebook");
        way.choose("No, keep it");
        assert!(notebooks(&home).of("Ada").unwrap().is_some());
        way.choose("Delete the whole notebook");
        way.choose("Yes, delete all of it")
            .see("The notebook is deleted");
        assert!(!way.offers("Ada"));
        way.leave();
        assert!(notebooks(&home).of("Ada").unwrap().is_none());
        let left = home.files().into_iter().filter(|(path, bytes)| {
            path.starts_with(home.data().join("notebooks")) && !bytes.is_empty()
        });
        let left: Vec<_> = left.map(|(path, _)| path).collect();
        assert_eq!(left, [home.data().join("notebooks/lock")]);
    }
}

#[test]
fn wrong_words_for_a_new_passphrase_are_said_at_once_and_typed_again_or_left() {
    let home = sealed();
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS);
    way.choose("Passphrase, locking, deleting");
    way.choose("Other words to open it")
        .see("First, the words that open it now");
    way.say("not those words at all");
    way.see("These words don't open the notebook");
    // One way out leaves all as it was.
    way.say("/back").choose("Other words to open it");
    way.say("nor are these").see("don't open the notebook");
    // The other is to type them right.
    way.say(WORDS).lines(&[NEW, NEW]);
    way.see("From now on the new words open it");
    way.leave();
    let opens = |words: &str| {
        ada(&home)
            .open(Some(&Passphrase::new(words.into())))
            .is_ok()
    };
    assert!(opens(NEW) && !opens(WORDS));
}

#[test]
fn locking_says_what_is_open_in_another_window() {
    let home = sealed();
    let nothing = |home: &Home| home.says(&["notebook", "lock"], &[]);
    assert!(nothing(&home).contains("Nothing is open"));
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS).see("Ada's pages");
    // What that sentence says to type leads there.
    way.say("lock").see("Lock it now").say("back");
    let before = home.files();
    let output = home.run(&["notebook", "lock"], &[]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let open = "Ada's notebook is open in another window (process ";
    assert!(said.starts_with(open), "{said}");
    assert!(!said.contains("Nothing is open"), "{said}");
    // It only looks.
    assert_eq!(home.files(), before);
    way.leave();
    assert!(nothing(&home).contains("Nothing is open"));
}

/// Whatever command leads there: the notices come before the first session.
#[test]
fn no_session_begins_before_the_notices_were_read() {
    for command in [&["notebook"][..], &["parts"], &["promises"], &["export"]] {
        let home = Home::new();
        notebooks(&home).create("Ada", &Keeping::Plain).unwrap();
        let arguments = [command, &["--plain"]].concat();
        let mut way = Way::new(&home, &arguments, &TODAY);
        way.choose("Ada");
        if !way.offers("Where you left off") {
            way.say("back");
        }
        way.choose("Where you left off").choose("Twelve minutes");
        way.see("before you begin");
        assert_eq!(home.logs(), Vec::<std::path::PathBuf>::new());
        way.say("").see("not for everybody").say("");
        // And then what was asked for.
        way.see("Stage: ");
        assert_eq!(home.logs().len(), 1, "{command:?}");
        way.leave();
        // Once is enough.
        let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
        way.choose("Ada").choose("Where you left off");
        assert!(!way.choose("Twelve minutes").hears("before you begin"));
        way.leave();
    }
    // Whoever is shaken gets steadier at once, without a session and without pages to read first.
    let home = Home::new();
    let output = home.run(&["now", "--plain"], &[]);
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(
        output.status.success() && said.starts_with("Hold one thing"),
        "{said}"
    );
    assert_eq!(complaint(&output), "");
    assert_eq!(home.logs(), Vec::<std::path::PathBuf>::new());
}

/// One line, Enter, and it is there: also in a sealed notebook, without its passphrase.
#[test]
fn one_line_goes_into_a_notebook_without_a_passphrase() {
    let home = Home::new();
    let words = || Passphrase::new(WORDS.into());
    let ada = notebooks(&home)
        .create("Ada", &Keeping::Sealed(words()))
        .unwrap();
    let said = home.says(&["note"], &["The kettle helped."]);
    assert!(said.ends_with("It is in your notebook.\n"), "{said}");
    let open = ada.open(Some(&words())).unwrap();
    assert!(
        open.book()
            .notes()
            .iter()
            .any(|note| note.words == "The kettle helped.")
    );
    drop(open);
    let nothing = home.says(&["note"], &[""]);
    assert!(nothing.contains("Nothing was written."), "{nothing}");
    // The words that protect are no notes, and whoever is in danger is told who to phone.
    let help = home.says(&["note"], &["/help"]);
    assert!(help.contains("Nothing was written."), "{help}");
    let card = home.says(&["note"], &["card"]);
    assert!(card.contains("Emergency numbers"), "{card}");
    let said = home.says(&["note"], &["I want to die"]);
    assert!(said.contains("alongside crisis"), "{said}");
    let open = ada.open(Some(&words())).unwrap();
    assert_eq!(open.book().notes().len(), 2);
    drop(open);
    // With several notebooks it is asked whose.
    notebooks(&home).create("Ben", &Keeping::Plain).unwrap();
    let said = home.says(&["note"], &["2", "Ben's line"]);
    assert!(
        said.contains("Whose notebook?") && said.contains("It is in your notebook."),
        "{said}"
    );
}

/// A part with this name, on its page.
fn guard(home: &Home) -> Way {
    let mut way = Way::new(home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS);
    way.choose("Parts").choose("A new one").say("the guard");
    way
}

#[test]
fn two_voices_speak_in_turn_and_are_kept_as_such() {
    let home = sealed();
    let mut way = guard(&home);
    way.choose("Write with it, in two voices")
        .see("You and the guard, in turn, a line each.\nMe:");
    // The part may speak first.
    way.see("Enter: The guard speaks first.")
        .say("")
        .see("the guard:");
    way.say("I keep watch.")
        .see("the guard: I keep watch.\nMe:");
    // What was said is not said again, unless somebody asks.
    way.say("Thank you.").see("Me: Thank you.\nthe guard:");
    assert!(!way.hears("I keep watch."));
    way.say("/again")
        .see("the guard: I keep watch.\nMe: Thank you.");
    // A terminal that is gone takes nothing of it.
    drop(way);
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS);
    way.see("You began something")
        .see("the guard: I keep watch.");
    way.choose("Go on with it").see("It says: Thank you.");
    way.say("/keep").see("the guard:");
    way.say("").see("It is in your notebook.");
    way.choose("Notes").choose("I keep watch.");
    way.see("the guard: I keep watch.\nMe: Thank you.");
    way.choose("Write it to a file, for somebody")
        .see("the guard: I keep watch.\nMe: Thank you.");
    way.leave();
    let open = ada(&home)
        .open(Some(&Passphrase::new(WORDS.into())))
        .unwrap();
    assert_eq!(open.book().notes().len(), 1);
    assert_eq!(open.book().notes()[0].words, "\nI keep watch.\nThank you.");
}

#[test]
fn what_is_gathered_in_the_week_opens_the_page_for_a_therapist() {
    let home = sealed();
    // Without the passphrase, on the way.
    let said = home.says(&["note", "--bring"], &["the dream on Monday"]);
    assert!(said.contains("bring to your therapist"), "{said}");
    let mut way = guard(&home);
    way.lines(&["/back", "/back"]).choose("Notes");
    way.choose("What I want to bring")
        .see("the dream on Monday");
    way.choose("Add something")
        .lines(&["why I was late", "."])
        .see("It is in your notebook.");
    way.choose("The page for my therapist");
    way.see("the dream on Monday (for a therapist), chosen");
    way.say("").see("What I want to bring");
    let page = way
        .all
        .rsplit("This is what the file will say")
        .next()
        .unwrap();
    let at = |says: &str| page.find(says).unwrap_or_else(|| panic!("{says}: {page}"));
    assert!(at("# A page from Ada") < at("## What I want to bring"));
    assert!(at("the dream on Monday") < at("why I was late"));
    // What is to be noticed is one line, the last.
    assert!(at("why I was late") < at("Written out on"), "{page}");
    let notices = [
        "Written out on",
        "not sealed",
        "not medical care",
        "IFS Institute",
    ];
    let line = page
        .lines()
        .find(|line| line.contains("Written out on"))
        .unwrap();
    assert!(notices.iter().all(|notice| line.contains(notice)), "{line}");
    // When it was brought, the next page begins empty, and nothing is lost.
    way.lines(&["back", "back"])
        .choose("I brought it: begin a new page");
    way.see("Nothing is gathered yet");
    way.say("back").see("why I was late");
    way.leave();
}

#[test]
fn a_promise_that_waits_changes_no_number_and_is_what_enter_leads_to() {
    let home = sealed();
    let numbers = |home: &Home| {
        let mut way = Way::new(home, &["notebook", "--plain"], &TODAY);
        way.choose("Ada").say(WORDS);
        let lines = way
            .all
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        let heard = way.all.clone();
        way.leave();
        (lines, heard)
    };
    let before = numbers(&home).0;
    let promise = serde_json::json!({
        "entry": "promise", "words": "sit with it", "on": ["1970-01-02"],
    });
    ada(&home).add(&[common::desk::entry(&promise)]).unwrap();
    let (after, heard) = numbers(&home);
    assert_eq!(before, after);
    assert!(
        heard.contains("A promise is waiting for you today."),
        "{heard}"
    );
    assert!(heard.contains("Enter: Promises."), "{heard}");
}

#[test]
fn where_a_name_is_asked_back_leads_back_and_a_call_for_help_is_none() {
    let home = Home::known();
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("A new notebook").see("Whose notebook is it?");
    way.say("back").see("There is no notebook yet");
    way.choose("A new notebook")
        .say("help me")
        .see("crisis card.");
    way.say("").see("Whose notebook is it?");
    way.say("Ada Back")
        .see("How should Ada Back's notebook be kept?");
    way.leave();
}
