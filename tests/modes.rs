//! Folders are 0700 and files 0600, whatever the umask. A test binary of its own: the umask belongs to the process.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper of a test fails as loudly as a test"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use alongside::memory::{self, MemoryStore};
use alongside::notebook::{Keeping, Notebooks, Passphrase};
use alongside::session::intent::{Intent, Outline};
use alongside::session::setup::Begin;
use alongside::session_log::Log;
use alongside::storage::{FolderLock, Folders};
use alongside::time::moment::Moment;
use rustix::fs::Mode;

/// Writes everything that there is to write.
fn write_all(home: &Folders) {
    let at = Moment {
        mono: Duration::ZERO,
        wall: 0,
        offset: 0,
        change: None,
    };
    let begin: Begin = serde_json::from_value(serde_json::json!({
        "script": "alone", "hash": "", "people": ["Ada"], "length": {"minutes": 20}, "first": 0,
        "agreement": [], "seed": 0, "at": at,
    }))
    .unwrap();
    let outline: Outline = serde_json::from_value(serde_json::json!({
        "kept": "outline", "began": 0, "offset": 0, "people": ["Ada"], "script": "alone", "minutes": 20,
        "whole": true, "first": null, "turns": [1], "one-sided": false, "agreement": [],
    }))
    .unwrap();
    let sessions = home.sessions();
    let _lock = FolderLock::take(&sessions).unwrap();
    let mut log = Log::create(&sessions, &begin).unwrap();
    log.append(at, &Intent::GoOn).unwrap();
    assert_eq!(log.standing(), None);
    // A torn tail, so that the file it is put aside in is looked at as well.
    let torn = [&fs::read(log.path()).unwrap()[..], b"{"].concat();
    fs::write(log.path(), torn).unwrap();
    Log::resume(log.path()).unwrap();
    assert!(log.path().with_extension("torn").exists());
    let (mut people, _) = MemoryStore::load(home);
    let told = outline.clone();
    let change = people.change(move |memory| memory.remember_outline(&told));
    change.unwrap();
    memory::keep(&home.record(), &outline).unwrap();
    write_notebook(home);
}

/// A notebook that is written to, opened, and sealed.
fn write_notebook(home: &Folders) {
    let notebooks = Notebooks::at(home.notebooks()).with_factor(2);
    let notebook = notebooks.create("Ada", &Keeping::Plain).unwrap();
    let promise = serde_json::from_value(serde_json::json!({
        "entry": "promise", "id": "0123456789abcdef", "at": {"wall": 0, "offset": 0},
        "words": "sit with it", "cue": "tea", "on": ["1970-01-02"], "therapist": false,
    }));
    notebook.add(&[promise.unwrap()]).unwrap();
    let words = Passphrase::new("tea and toast".into());
    notebook.open(None).unwrap().seal(&words).unwrap();
    notebook.add(&[]).unwrap();
}

fn check(at: &Path, found: &mut usize) {
    let mode = fs::metadata(at).unwrap().permissions().mode() & 0o7777;
    let wanted = if at.is_dir() { 0o700 } else { 0o600 };
    assert_eq!(mode, wanted, "{}", at.display());
    *found += 1;
    if at.is_dir() {
        for entry in fs::read_dir(at).unwrap() {
            check(&entry.unwrap().path(), found);
        }
    }
}

#[test]
fn folders_and_files_are_private_whatever_the_umask() {
    for umask in [0o000, 0o002, 0o022, 0o077, 0o277] {
        let root = tempfile::tempdir().unwrap();
        let home = Folders::find(|name| Some(root.path().join(name).into())).unwrap();
        let before = rustix::process::umask(Mode::from_raw_mode(umask));
        write_all(&home);
        rustix::process::umask(before);
        let mut found = 0;
        for entry in fs::read_dir(root.path()).unwrap() {
            check(&entry.unwrap().path(), &mut found);
        }
        // state, alongside, sessions, lock, log, torn; data, alongside, people, its lock, record; notebooks, lock, 1,
        // lock, head, identity, book, due, new, and what is in it.
        assert_eq!(found, 21);
    }
}
