//! Bytes that are not as they were written: cut anywhere, changed anywhere.

use std::path::PathBuf;

use super::store::{FACTOR, keepings, right};
use super::*;
use crate::notebook::notebook_disk::NotebookDisk;
use crate::storage::pretend::FakeDisk;

/// How many changed bytes are tried over all files; `ALONGSIDE_FLIPS` asks for more.
const FLIPS: usize = 1_000;

const WORDS: [&str; 2] = ["in the book", "in a new file"];

fn on(disk: &FakeDisk) -> Notebooks {
    let folder = PathBuf::from("/pretend/notebooks");
    Notebooks::on(folder, NotebookDisk::Pretend(disk.clone())).with_factor(FACTOR)
}

/// The files of a notebook with one note in the book and one in a new file.
fn written(keeping: &Keeping) -> Vec<(PathBuf, Vec<u8>)> {
    let disk = FakeDisk::default();
    let notebook = on(&disk).create("Ada", keeping).unwrap();
    notebook.add(&[note(1, 0, WORDS[0], None)]).unwrap();
    drop(notebook.open(Some(&right())).unwrap());
    notebook
        .add(&[note(2, 1, WORDS[1], None), promise(3, None)])
        .unwrap();
    let files = disk.0.borrow().files();
    assert!(files.len() >= 4);
    files
}

/// Opens these files with one of them changed: nothing wrong is shown, and what is missing is said.
fn look(files: &[(PathBuf, Vec<u8>)], changed: usize, bytes: &[u8], how: &str) {
    let disk = FakeDisk::default();
    for (place, (path, whole)) in files.iter().enumerate() {
        let bytes = if place == changed { bytes } else { whole };
        disk.0.borrow_mut().put(path, bytes);
    }
    let why = format!("{} {how}", files[changed].0.display());
    let Some(notebook) = on(&disk).of("Ada").unwrap() else {
        let [Listed::Unread { why: said, .. }] = &on(&disk).list().unwrap()[..] else {
            panic!("{why}: another name");
        };
        assert!(said.as_str().contains("head.toml"), "{why}: {said}");
        return;
    };
    match notebook.open(Some(&right())) {
        Ok(mut open) => {
            let said = open.take_said();
            let notes = open.book().notes();
            for note in notes {
                assert!(WORDS.contains(&note.words.as_str()), "{why}: a wrong word");
            }
            assert!(
                notes.len() == 2 || !said.is_empty(),
                "{why}: lost, not said"
            );
        }
        Err(closed) => {
            assert_ne!(closed, OpenError::WrongPassphrase, "{why}");
            assert!(closed.to_string().contains("/pretend/"), "{why}: {closed}");
            // What is refused is left as it is.
            let there = disk.0.borrow().get(&files[changed].0);
            assert_eq!(there.as_deref(), Some(bytes), "{why}");
        }
    }
}

#[test]
fn every_cut_is_noticed() {
    for keeping in keepings() {
        let files = written(&keeping);
        for (changed, (_, bytes)) in files.iter().enumerate() {
            for len in 0..bytes.len() {
                look(&files, changed, &bytes[..len], &format!("cut to {len}"));
            }
        }
    }
}

#[test]
fn every_changed_byte_is_noticed() {
    let asked = std::env::var("ALONGSIDE_FLIPS").ok();
    let flips = asked.and_then(|flips| flips.parse().ok()).unwrap_or(FLIPS);
    let mut chance = fastrand::Rng::with_seed(5);
    for keeping in keepings() {
        let files = written(&keeping);
        for _ in 0..flips / 2 {
            let changed = chance.usize(..files.len());
            let mut bytes = files[changed].1.clone();
            let at = chance.usize(..bytes.len());
            let change = chance.u8(1..);
            bytes[at] ^= change;
            look(&files, changed, &bytes, &format!("byte {at} ^ {change}"));
        }
    }
}
