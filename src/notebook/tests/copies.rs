//! Two copies of one notebook that went apart are one again, whichever is taken into the other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::store::{Desk, all_files, desk, keepings, opened, right};
use super::*;

/// How many histories are tried; `MERGES=1000` tries a thousand.
fn histories() -> u64 {
    let many = std::env::var("MERGES").ok().and_then(|n| n.parse().ok());
    many.unwrap_or(40)
}

/// Something that somebody does with a notebook, on this day.
fn does(open: &mut OpenNotebook, chance: &mut fastrand::Rng, day: i64, number: &mut u64) {
    *number += 1;
    let (new, old) = (*number, chance.u64(1..=*number));
    let parts: Vec<Id> = open.book().parts().iter().map(|it| it.id.clone()).collect();
    let some_part = |chance: &mut fastrand::Rng| chance.choice(parts.clone());
    match chance.u8(0..10) {
        0 | 1 => drop(open.write(&part(new, day, &format!("part {new}"))).unwrap()),
        2 => drop(
            open.write(&note(new, day, &format!("note {new}"), Some(old)))
                .unwrap(),
        ),
        3 => drop(open.write(&promise(new, Some(old))).unwrap()),
        4 => drop(open.write(&met(new, day, old)).unwrap()),
        5 => {
            let how = [How::Kept, How::Missed, How::Released][chance.usize(0..3)];
            drop(open.write(&checked(new, day, old, how, None)).unwrap());
        }
        6 => {
            if let (Some(from), Some(into)) = (some_part(chance), some_part(chance)) {
                let merge = PartMerge {
                    id: id(new),
                    at: at(day),
                    from,
                    into,
                };
                drop(open.write(&NotebookEntry::Merge(merge)).unwrap());
            }
        }
        7 => {
            if let Some(id) = some_part(chance) {
                let words = Part {
                    name: format!("renamed {new}"),
                    ..Part::default()
                };
                let (at, part) = (at(day), words);
                drop(
                    open.write(&NotebookEntry::Part(PartRevision { id, at, part }))
                        .unwrap(),
                );
            }
        }
        8 => open.erase(&[id(old)]).unwrap(),
        _ => {
            let stays = NoteExpiry {
                id: id(new),
                at: at(day),
                note: id(old),
                until: Some(super::day(u32::try_from(day).unwrap_or(0) + 20)),
            };
            drop(open.write(&NotebookEntry::Stays(stays)).unwrap());
        }
    }
}

/// A second machine, with what was copied from the first.
fn other_machine(open: &mut OpenNotebook) -> (Desk, tempfile::TempDir) {
    let stick = tempfile::tempdir().unwrap();
    let copy = open.copy_into(stick.path(), day(0)).unwrap();
    let other = desk();
    assert_eq!(other.notebooks.bring(&copy).as_deref(), Ok("Ada"));
    (other, stick)
}

fn ids_of(open: &OpenNotebook) -> BTreeSet<String> {
    let entries = open.lines().entries();
    let ids = entries.iter().filter(|entry| entry.deletes().is_none());
    ids.map(|entry| entry.id().as_str().to_owned()).collect()
}

fn gone_in(open: &OpenNotebook) -> BTreeSet<String> {
    let entries = open.lines().entries();
    let ids = entries.iter().filter_map(NotebookEntry::deletes);
    ids.map(|id| id.as_str().to_owned()).collect()
}

#[test]
fn two_copies_that_went_apart_are_one_again_in_either_order_and_nothing_is_lost() {
    for seed in 0..histories() {
        let mut chance = fastrand::Rng::with_seed(seed);
        let first = desk();
        let notebook = first.notebooks.create("Ada", &Keeping::Plain).unwrap();
        let mut here = opened(&notebook);
        let mut number = seed * 1_000_000;
        let mut today = 0;
        for _ in 0..chance.usize(1..12) {
            does(&mut here, &mut chance, today, &mut number);
            today += 1;
        }
        let (second, _stick) = other_machine(&mut here);
        let mut there = opened(&second.notebooks.of("Ada").unwrap().unwrap());
        assert_eq!(here.book(), there.book());
        for _ in 0..chance.usize(2..20) {
            let side = if chance.bool() { &mut here } else { &mut there };
            does(side, &mut chance, today, &mut number);
            today += i64::from(chance.bool());
        }
        let sticks = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let from_here = here.copy_into(sticks[0].path(), day(1)).unwrap();
        let from_there = there.copy_into(sticks[1].path(), day(1)).unwrap();
        let (all_here, all_there) = (ids_of(&here), ids_of(&there));
        let gone = &gone_in(&here) | &gone_in(&there);
        here.take_in(&from_there, None).unwrap();
        there.take_in(&from_here, None).unwrap();

        assert_eq!(here.book(), there.book(), "{seed}");
        let raw = |open: &OpenNotebook| -> Vec<String> {
            open.lines().raw.iter().map(|raw| raw.to_string()).collect()
        };
        assert_eq!(raw(&here), raw(&there), "{seed}");
        // What is not there any more was deleted by one of them, or was only about such a thing.
        let both = &all_here | &all_there;
        let now = ids_of(&here);
        let lost: Vec<&String> = both.difference(&now).collect();
        let entries = [from_here.as_path(), from_there.as_path()]
            .map(entries_of)
            .concat();
        for id in lost {
            let about_gone = entries.iter().any(|line| {
                line.contains(id.as_str()) && gone.iter().any(|gone| line.contains(gone.as_str()))
            });
            assert!(gone.contains(id) || about_gone, "{seed}: {id}");
        }
        // And once more is the same.
        assert_eq!(here.take_in(&from_there, None), Ok(0));
        drop(here);
        assert_eq!(opened(&notebook).book(), there.book());
    }
}

fn entries_of(copy: &Path) -> Vec<String> {
    let book = fs::read_to_string(copy.join("notebook/book.jsonl")).unwrap();
    book.lines().map(str::to_owned).collect()
}

#[test]
fn what_was_deleted_on_one_machine_does_not_come_back_from_the_other() {
    for keeping in keepings() {
        let first = desk();
        let notebook = first.notebooks.create("Ada", &keeping).unwrap();
        let mut here = opened(&notebook);
        for entry in [part(1, 0, "canary"), note(2, 0, "stays", None)] {
            here.write(&entry).unwrap();
        }
        let (second, _stick) = other_machine(&mut here);
        let mut there = opened(&second.notebooks.of("Ada").unwrap().unwrap());
        there.write(&note(3, 1, "written there", None)).unwrap();
        here.erase(&[id(1)]).unwrap();
        let stick = tempfile::tempdir().unwrap();
        let copy = there.copy_into(stick.path(), day(1)).unwrap();
        // Sealed to the same key, it needs no passphrase.
        assert_eq!(here.take_in(&copy, None), Ok(1));
        assert!(here.book().parts().is_empty());
        assert_eq!(here.book().notes().len(), 2);
        assert_eq!(here.notebook().copied(), Some(day(0)));
    }
}

#[test]
fn a_copy_with_words_of_its_own_needs_them_and_a_newer_one_is_left_alone() {
    let (first, second) = (desk(), desk());
    let sealed = Keeping::Sealed(Passphrase::new("other words here".into()));
    let mine = first.notebooks.create("Ada", &Keeping::Sealed(right()));
    let other = second.notebooks.create("Ada", &sealed).unwrap();
    other.add(&[note(1, 0, "from there", None)]).unwrap();
    let mut open = opened(&mine.unwrap());
    let other = other.folder();
    assert_eq!(open.take_in(other, None), Err(OpenError::WrongPassphrase));
    let words = Passphrase::new("other words here".into());
    let before = all_files(other);
    assert_eq!(open.take_in(other, Some(&words)), Ok(1));
    assert_eq!(all_files(other), before, "the copy is not changed");
    assert_eq!(open.book().notes()[0].words, "from there");
    // Where somebody of that name has one, it is not brought beside it.
    let why = first.notebooks.bring(other).unwrap_err();
    assert!(why.as_str().contains("can be taken in"), "{why}");
    let head = other.join("head.toml");
    let newer = fs::read_to_string(&head)
        .unwrap()
        .replace("[1, 1]", "[2, 0]");
    fs::write(&head, newer).unwrap();
    let newer = open.take_in(other, Some(&words));
    assert!(matches!(newer, Err(OpenError::Newer(_))), "{newer:?}");
    assert!(open.take_in(first.folder.path(), None).is_err());
}

#[test]
fn what_a_sync_program_left_beside_the_book_is_taken_in() {
    for (keeping, ending) in keepings().into_iter().zip(["age", "jsonl"]) {
        let first = desk();
        let notebook = first.notebooks.create("Ada", &keeping).unwrap();
        notebook.add(&[note(1, 0, "before", None)]).unwrap();
        drop(opened(&notebook));
        let book = notebook.folder().join(format!("book.{ending}"));
        let apart = fs::read(&book).unwrap();
        notebook.add(&[note(2, 1, "on this one", None)]).unwrap();
        drop(opened(&notebook));
        let here = fs::read(&book).unwrap();
        // The other machine wrote something else into the book of before, and both came here.
        fs::write(&book, apart).unwrap();
        notebook.add(&[note(3, 2, "on that one", None)]).unwrap();
        drop(opened(&notebook));
        let beside = format!("book.sync-conflict-20261130-120000-ABCDEFG.{ending}");
        fs::write(notebook.folder().join(&beside), here).unwrap();

        let mut open = notebook.open(Some(&right())).unwrap();
        let said = open.take_said();
        assert!(said[0].as_str().contains("nothing is lost"), "{said:?}");
        let words: Vec<&str> = open.book().notes().iter().map(|it| &*it.words).collect();
        assert_eq!(words, ["on that one", "on this one", "before"]);
        assert!(!notebook.folder().join(&beside).exists());
        // One that can't be read stays where it is, and is told.
        fs::write(notebook.folder().join(&beside), "no book").unwrap();
        drop(open);
        let mut open = notebook.open(Some(&right())).unwrap();
        assert!(open.take_said()[0].as_str().contains("is damaged"));
        assert!(notebook.folder().join(&beside).exists());
        assert_eq!(open.book().notes().len(), 3);
    }
}
