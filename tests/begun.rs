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

    let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
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

#[test]
fn what_was_begun_is_let_go() {
    let home = sealed();
    begun(&home, &["1", WORDS]);
    // Whoever leaves without a word about it finds it again.
    let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
    way.choose("Ada").say(WORDS).see("You began something on");
    way.leave();
    assert_eq!(drafts(&home).len(), 1);
    let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
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
    let mut way = Way::new(&home, &["notebook", "passphrase", "--plain"], TODAY);
    way.choose("Ada").see("as plain text").see(CANARY);
    way.say("back").choose("Passphrase, locking, deleting");
    way.choose("passphrase").lines(&[WORDS, WORDS]);
    way.see("It is sealed");
    way.leave();
    assert!(!open.exists());
    assert_eq!(drafts(&home), [ada(&home).folder().join("draft.age")]);
    assert_eq!(home.holding(CANARY), Vec::<PathBuf>::new());
    let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
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
    let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
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
    let mut way = Way::new(&home, &["notebook", "--plain"], TODAY);
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
