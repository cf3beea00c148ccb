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
        let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
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
    let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
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
    let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
    way.choose("Ada").say(WORDS).see("Ada's pages");
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
        let mut way = Way::new(&home, &arguments, TODAY);
        way.choose("Ada");
        if !way.offers("Where you left off") {
            way.say("back");
        }
        way.choose("Where you left off").choose("Ten minutes");
        way.see("before you begin");
        assert_eq!(home.logs(), Vec::<std::path::PathBuf>::new());
        way.say("").see("not for everybody").say("");
        // And then what was asked for.
        way.see("Stage: ");
        assert_eq!(home.logs().len(), 1, "{command:?}");
        way.leave();
        // Once is enough.
        let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
        way.choose("Ada").choose("Where you left off");
        assert!(!way.choose("Ten minutes").hears("before you begin"));
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
    // With several notebooks it is asked whose.
    notebooks(&home).create("Ben", &Keeping::Plain).unwrap();
    let said = home.says(&["note"], &["2", "Ben's line"]);
    assert!(
        said.contains("Whose notebook?") && said.contains("It is in your notebook."),
        "{said}"
    );
}
