//! A page that was begun in a notebook and not kept: it lies sealed beside it, and is offered again.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use alongside::notebook::{Keeping, Passphrase};
use common::desk::{ada, notebooks};
use common::way::{TODAY, Way};
use common::{Home, Talk};

const WORDS: &str = "tea and toast and jam";
const CANARY: &str = "kanarienvogel-9053";

fn home(keeping: &Keeping) -> Home {
    let home = Home::new();
    notebooks(&home).create("Ada", keeping).unwrap();
    home
}

fn sealed() -> Home {
    home(&Keeping::Sealed(Passphrase::new(WORDS.into())))
}

fn notes(home: &Home) -> Vec<String> {
    let passphrase = Passphrase::new(WORDS.into());
    let open = ada(home).open(Some(&passphrase)).unwrap();
    let notes = open.book().notes().iter();
    notes.map(|note| note.words.clone()).collect()
}

/// The drafts that are there, and whatever was left beside them.
fn drafts(home: &Home) -> Vec<PathBuf> {
    let inside = fs::read_dir(ada(home).folder()).unwrap();
    let paths = inside.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.to_string_lossy().contains("draft"))
        .collect()
}

/// Types two lines of a page and is killed.
fn begun(home: &Home, opens: &[&str]) {
    let mut talk = Talk::new(home.command(&["notebook", "write", "--plain"]));
    talk.say_all(opens);
    talk.say_all(&[CANARY, "a second line"]);
    talk.kill();
}

#[test]
fn what_was_begun_survives_a_kill_sealed_and_is_gone_on_with() {
    let home = sealed();
    begun(&home, &["1", WORDS]);
    let found = drafts(&home);
    assert_eq!(found, [ada(&home).folder().join("draft.age")]);
    let mode = fs::metadata(&found[0]).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(home.holding(CANARY), Vec::<PathBuf>::new());
    // It is one of the notebook's own files, and nothing is wrong with it.
    let paths = home.says(&["paths"], &[]);
    assert!(!paths.contains(CANARY), "{paths}");
    let doctor = home.run(&["doctor"], &[]);
    let said = String::from_utf8(doctor.stdout).unwrap();
    assert!(!said.contains("draft"), "{said}");

    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS);
    way.see("You began something on").see(CANARY).see("sealed");
    // Back, and it waits.
    way.say("back").see("A page that you began is waiting");
    way.choose("Write something").choose("Go on with it");
    way.see("a second line").lines(&["and a third", "."]);
    way.see("It is in your notebook");
    way.leave();
    assert_eq!(drafts(&home), Vec::<PathBuf>::new());
    assert_eq!(
        notes(&home),
        [format!("{CANARY}\na second line\nand a third")]
    );
    assert_eq!(home.holding(CANARY), Vec::<PathBuf>::new());
}

/// A letter, and an answer, are kept sealed while they are typed; gone on with they are still to whom they were.
#[test]
fn a_letter_that_was_begun_is_a_letter_again() {
    let home = sealed();
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada")
        .say(WORDS)
        .choose("Notes")
        .choose("Letters");
    way.choose("One came to me").say("Ben");
    way.lines(&["How are you?", "."]).choose("Answer it");
    way.say(CANARY);
    assert_eq!(drafts(&home), [ada(&home).folder().join("draft.age")]);
    assert_eq!(home.holding(CANARY), Vec::<PathBuf>::new());
    way.kill();
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS);
    way.see("You began something on").choose("Go on with it");
    way.see("To Ben.").see("How are you?").see(CANARY);
    way.lines(&["and well", "."])
        .see("It stays in your notebook for a week");
    way.leave();
    assert_eq!(drafts(&home), Vec::<PathBuf>::new());
    let passphrase = Passphrase::new(WORDS.into());
    let open = ada(&home).open(Some(&passphrase)).unwrap();
    let notes = open.book().notes();
    // Both are to go, as the answer says.
    assert_eq!(notes.len(), 2);
    assert!(notes.iter().all(|note| note.until.is_some()));
    assert_eq!(notes[0].words, format!("{CANARY}\nand well"));
}

#[test]
fn what_was_begun_is_let_go() {
    let home = sealed();
    begun(&home, &["1", WORDS]);
    // Whoever leaves without a word about it finds it again.
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS).see("You began something on");
    way.leave();
    assert_eq!(drafts(&home).len(), 1);
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS).choose("Delete it");
    way.see("It is deleted.");
    assert!(!way.hears("is waiting under"));
    way.choose("Write something").see("Type here");
    // Two lines, and both of them taken back.
    way.lines(&[CANARY]);
    assert_eq!(drafts(&home).len(), 1);
    way.lines(&["undo"]);
    way.leave();
    assert_eq!(drafts(&home), Vec::<PathBuf>::new());
    assert_eq!(notes(&home), Vec::<String>::new());
}

#[test]
fn without_a_passphrase_it_says_that_it_lies_open_and_sealing_seals_it() {
    let home = home(&Keeping::Plain);
    begun(&home, &["1"]);
    let open = ada(&home).folder().join("draft.jsonl");
    assert_eq!(home.holding(CANARY), std::slice::from_ref(&open));
    let mut way = Way::new(&home, &["notebook", "passphrase", "--plain"], &TODAY);
    way.choose("Ada").see("as plain text").see(CANARY);
    way.say("back").choose("Passphrase, locking, deleting");
    way.choose("passphrase").lines(&[WORDS, WORDS]);
    way.see("It is sealed");
    way.leave();
    assert!(!open.exists());
    assert_eq!(drafts(&home), [ada(&home).folder().join("draft.age")]);
    assert_eq!(home.holding(CANARY), Vec::<PathBuf>::new());
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS).see(CANARY).see("sealed");
    way.choose("Go on with it").say("and a third");
    way.say("/keep").see("in your notebook");
    way.leave();
    assert_eq!(
        notes(&home),
        [format!("{CANARY}\na second line\nand a third")]
    );
}

#[test]
fn a_damaged_draft_is_put_beside_and_the_notebook_opens() {
    let home = sealed();
    begun(&home, &["1", WORDS]);
    fs::write(&drafts(&home)[0], "not what was written").unwrap();
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").say(WORDS).see("draft").see("Ada's pages");
    way.leave();
    assert_eq!(drafts(&home), [ada(&home).folder().join("draft.set-aside")]);
}

/// What was set aside while the notebook lay open is kept when it is sealed, and lies open no more.
#[test]
fn what_was_set_aside_is_sealed_with_the_notebook() {
    let home = home(&Keeping::Plain);
    begun(&home, &["1"]);
    fs::write(&drafts(&home)[0], format!("not a draft, {CANARY}")).unwrap();
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.choose("Ada").see("Ada's pages");
    let aside = ada(&home).folder().join("draft.set-aside");
    assert_eq!(home.holding(CANARY), std::slice::from_ref(&aside));
    way.choose("Passphrase, locking, deleting");
    way.choose("passphrase").lines(&[WORDS, WORDS]);
    way.see("It is sealed");
    way.leave();
    assert_eq!(home.holding(CANARY), Vec::<PathBuf>::new());
    assert_eq!(
        drafts(&home),
        [ada(&home).folder().join("draft.set-aside.age")]
    );
}

#[test]
fn it_goes_with_the_notebook() {
    let home = sealed();
    begun(&home, &["1", WORDS]);
    notebooks(&home).forget(&ada(&home)).unwrap();
    assert!(notebooks(&home).of("Ada").unwrap().is_none());
    let left = home.files().into_iter();
    let left = left.filter(|(path, _)| path.to_string_lossy().contains("draft"));
    assert_eq!(left.count(), 0);
}

/// At a question of ten minutes alone, which were begun from the notebook.
fn at_a_question(home: &Home) -> Way {
    let mut way = Way::new(home, &["notebook", "--plain"], &TODAY);
    way.lines(&["1", WORDS]).choose("Where you left off");
    way.choose("Twelve minutes");
    way.until("What is here in you right now", &["Go"]);
    way.say("/pass").see(TURN_TO);
    way
}

const TURN_TO: &str = "Would you like to turn to one of them?";

#[test]
fn questions_are_answered_in_writing_on_one_page_and_the_way_never_needs_it() {
    let home = sealed();
    let mut way = at_a_question(&home);
    way.say("write").see("For your notebook alone");
    way.lines(&[CANARY, "and a second line", "."]);
    // What is asked is asked as before; left without a word, nothing is written.
    way.see("Yes, to one")
        .say("write")
        .say("/pass")
        .see("Yes, to one");
    assert!(!way.hears("Passed."));
    way.choose("Seeing them was enough");
    way.until("What ordinary thing will you do next?", &[]);
    // Where a part speaks, too, each line is kept with whose it is.
    way.say("write").see("begin its lines with It:");
    way.lines(&["tea?", "it: not yet", "All right.", "IT:  later", "."]);
    way.until("The session is closed", &["The outline", "All of it"]);
    way.leave();
    let page = format!(
        "{TURN_TO}\n{CANARY}\nand a second line\n\nWhat ordinary thing will you do next?\n\
         Me: tea?\nIt: not yet\nMe: All right.\nIt: later"
    );
    assert_eq!(notes(&home), [page]);
    assert_eq!(home.holding(CANARY), Vec::<PathBuf>::new());
}

#[test]
fn an_answer_that_was_begun_survives_a_kill_sealed_and_goes_with_what_is_not_kept() {
    let home = sealed();
    let mut way = at_a_question(&home);
    way.lines(&["write", CANARY, "more of it"]);
    way.kill();
    assert_eq!(home.holding(CANARY), Vec::<PathBuf>::new());
    assert_eq!(notes(&home), [format!("{TURN_TO}\n{CANARY}\nmore of it")]);

    // It is gone on with: the question is asked, and what stood on the page is in the notebook.
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.say("resume").until(TURN_TO, &[]);
    way.lines(&["write", "another", "."]).see("Yes, to one");
    way.until("What should stay in your notebook?", &["The outline"]);
    way.choose("None of it");
    way.until("The session is closed", &[]);
    way.leave();
    // Nobody but its owner can take away what was written before the kill: at the next opening.
    let mut way = Way::new(&home, &["notebook", "--plain"], &TODAY);
    way.lines(&["1", WORDS]).choose("Notes").see("no notes yet");
    way.leave();
    assert_eq!(notes(&home), Vec::<String>::new());
}
