//! A disk that fails at any call, once or for ever, and a power cut after any call.

use std::io;
use std::path::PathBuf;

use super::store::{FACTOR, keepings, right};
use super::*;
use crate::notebook::notebook_disk::NotebookDisk;
use crate::storage::pretend::{DiskFault, FakeDisk, after, at_every_call};

fn on(disk: &FakeDisk) -> Notebooks {
    let folder = PathBuf::from("/pretend/notebooks");
    Notebooks::on(folder, NotebookDisk::Pretend(disk.clone())).with_factor(FACTOR)
}

fn words_on(disk: &FakeDisk) -> Option<Vec<String>> {
    let notebook = on(disk).of("Ada").unwrap()?;
    let open = notebook.open(Some(&right())).unwrap();
    let mut words: Vec<String> = open
        .book()
        .notes()
        .iter()
        .map(|note| note.words.clone())
        .collect();
    words.sort();
    Some(words)
}

/// What one person does, and what they were told is kept (`yes`), gone (`no`), or neither.
#[derive(Default)]
struct Told {
    yes: Vec<String>,
    no: Vec<String>,
    refused: Vec<String>,
}

fn live(disk: &FakeDisk, keeping: &Keeping) -> Told {
    let mut told = Told::default();
    let notebook = match on(disk).create("Ada", keeping) {
        Ok(notebook) => notebook,
        Err(why) => {
            told.refused.push(why.as_str().to_owned());
            return told;
        }
    };
    let add = |told: &mut Told, number: u64, words: &str| match notebook
        .add(&[note(number, 0, words, None), promise(100 + number, None)])
    {
        Ok(_) => told.yes.push(words.to_owned()),
        Err(why) => told.refused.push(why.as_str().to_owned()),
    };
    add(&mut told, 1, "one");
    add(&mut told, 2, "two");
    match notebook.open(Some(&right())) {
        Err(closed) => {
            assert_ne!(closed, OpenError::WrongPassphrase);
            told.refused.push(closed.to_string());
        }
        Ok(mut open) => {
            told.refused
                .extend(open.take_said().iter().map(|said| said.as_str().to_owned()));
            match open.write(&note(3, 0, "three", None)) {
                Ok(_) => told.yes.push("three".into()),
                Err(why) => told.refused.push(why.as_str().to_owned()),
            }
            match open.erase(&[id(1)]) {
                Ok(()) => told.no.push("one".into()),
                // It may be gone or not; nobody was told either.
                Err(why) => {
                    told.yes.retain(|words| words != "one");
                    told.refused.push(why.as_str().to_owned());
                }
            }
            told.refused
                .extend(open.take_said().iter().map(|said| said.as_str().to_owned()));
        }
    }
    add(&mut told, 4, "four");
    let Told { yes, no, .. } = &mut told;
    yes.retain(|words| !no.contains(words));
    told
}

fn check(disk: &FakeDisk, told: &Told, why: &str) {
    let words = words_on(disk);
    for yes in &told.yes {
        let here = words.as_ref().is_some_and(|words| words.contains(yes));
        assert!(here, "{why}: `{yes}` is lost: {words:?}");
    }
    let words = words.unwrap_or_default();
    for no in &told.no {
        assert!(!words.contains(no), "{why}: `{no}` came back");
    }
    let mut once = words.clone();
    once.dedup();
    assert_eq!(words, once, "{why}");
    // Reading it a second time is the same.
    assert_eq!(words_on(disk).unwrap_or_default(), words, "{why}");
    for said in &told.refused {
        assert!(
            said.contains("/pretend/") && said.contains(';'),
            "{why}: {said}"
        );
    }
}

#[test]
fn nothing_accepted_is_lost_when_any_call_fails() {
    for keeping in keepings() {
        let disk = FakeDisk::default();
        let told = live(&disk, &keeping);
        assert_eq!(told.refused, Vec::<String>::new());
        assert_eq!(told.yes, ["two", "three", "four"]);
        let calls = disk.0.borrow().calls();
        after(&disk, |disk, when| check(disk, &told, when));
        assert!(calls > 60, "{calls}");
        let live = |disk: &FakeDisk| live(disk, &keeping);
        at_every_call(calls, FakeDisk::default, live, check);
    }
}

#[test]
fn a_failed_call_is_told_or_made_good() {
    let disk = FakeDisk::default();
    live(&disk, &Keeping::Plain);
    let calls = disk.0.borrow().calls();
    let mut silent = Vec::new();
    for at in 1..=calls {
        let disk = FakeDisk::default();
        let kind = io::ErrorKind::Other;
        disk.fails(DiskFault {
            at,
            times: usize::MAX,
            half: true,
            kind,
        });
        let told = live(&disk, &Keeping::Plain);
        if told.refused.is_empty() {
            silent.push(at);
        }
    }
    // The last calls of all note the days of promises, which is told by what `add` gives back.
    assert!(
        silent.iter().all(|at| calls - at < 12),
        "{silent:?} of {calls}"
    );
}

/// The page that was begun, as it is found after everything.
fn begun_on(disk: &FakeDisk) -> Option<String> {
    let notebook = on(disk).of("Ada").unwrap().unwrap();
    let mut open = notebook.open(Some(&right())).unwrap();
    let draft = open.draft().unwrap();
    assert_eq!(open.take_said(), []);
    draft.map(|draft| draft.words.to_string())
}

#[test]
fn a_draft_is_whole_or_the_one_before_whichever_call_fails() {
    let draft = |words: &str| PageDraft {
        at: at(0),
        words: words.to_owned().into(),
        part: None,
        voices: false,
        bring: false,
        letter: None,
    };
    let tries = |keeping: &Keeping, at: usize| {
        let disk = FakeDisk::default();
        let notebook = on(&disk).create("Ada", keeping).unwrap();
        let open = notebook.open(Some(&right())).unwrap();
        open.keep_draft(&draft("first")).unwrap();
        let before = disk.0.borrow().calls();
        disk.fails(DiskFault {
            at: before + at,
            times: usize::MAX,
            half: true,
            kind: io::ErrorKind::StorageFull,
        });
        let answer = open.keep_draft(&draft("second"));
        let gone = disk.0.borrow().calls() - before;
        disk.0.borrow_mut().fault = None;
        after(&disk, |disk, when| {
            let found = begun_on(disk).unwrap();
            match &answer {
                Ok(()) => assert_eq!(found, "second", "{at}, {when}"),
                Err(why) => {
                    assert!(why.as_str().contains("/pretend/"), "{why}");
                    assert!(
                        ["first", "second"].contains(&found.as_str()),
                        "{at}: {found}"
                    );
                }
            }
        });
        (answer.is_ok(), gone)
    };
    for keeping in keepings() {
        let mut at = 1;
        while !tries(&keeping, at).0 {
            at += 1;
        }
        assert!(at > 4, "{at}");
    }
}
