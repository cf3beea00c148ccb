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
use alongside::notebook::{Id, Keeping, NotebookEntry, Notebooks, Passphrase, Promise, WrittenAt};
use alongside::script::Who;
use alongside::session::intent::{Intent, KeepChoice, Outline};
use alongside::session::setup::{Begin, Length};
use alongside::session_log::Log;
use alongside::storage::FolderLock;
use alongside::storage::{self, Folders};
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
    let begin = Begin {
        wording: None,
        notebooks: Vec::new(),
        script: "alone".into(),
        hash: String::new(),
        file: None,
        people: vec!["Ada".into()],
        length: Length::Minutes(20),
        first: Who(0),
        agreement: Vec::new(),
        known: Default::default(),
        seed: 0,
        at,
    };
    let outline = Outline {
        one_sided: false,
        kept: KeepChoice::Outline,
        began: 0,
        offset: 0,
        people: begin.people.clone(),
        script: begin.script.clone(),
        minutes: 20,
        whole: true,
        first: None,
        turns: vec![1],
        agreement: Vec::new(),
        forgiven: false,
        waived: Vec::new(),
        cards: Vec::new(),
        partnership: None,
        felt: Vec::new(),
    };
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
    let at = WrittenAt { wall: 0, offset: 0 };
    let promise = NotebookEntry::Promise(Promise {
        id: Id::new(),
        at,
        words: "sit with it".into(),
        part: None,
        called: String::new(),
        cue: "tea".into(),
        on: vec![at.day().after(1)],
        therapist: false,
    });
    notebook.add(&[promise]).unwrap();
    let words = Passphrase::new("tea and toast".into());
    notebook.open(None).unwrap().seal(&words).unwrap();
    notebook.add(&[]).unwrap();
}

fn check(at: &Path, found: &mut usize) {
    let mode = fs::metadata(at).unwrap().permissions().mode() & 0o7777;
    let wanted = if at.is_dir() { 0o700 } else { 0o600 };
    assert_eq!(mode, wanted, "{}", at.display());
    assert_eq!(storage::open_to_others(at), None);
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

    let root = tempfile::tempdir().unwrap();
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let said = storage::open_to_others(root.path()).unwrap();
    assert!(
        said.as_str().contains("755") && said.as_str().contains("chmod 700"),
        "{said}"
    );
}
