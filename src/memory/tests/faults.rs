//! A disk that fails at any call, once or for ever, and a kill or a power cut after that: what was accepted is there,
//! and what was not is told.

use super::*;
use crate::memory::record::{forget_where, outlines_on};
use crate::storage::pretend::{after, at_every_call};

const PEOPLE: &str = "/pretend/people.toml";
const RECORD: &str = "/pretend/record.jsonl";

/// What people did, as far as they were told that it is kept.
#[derive(Default)]
struct Told {
    /// The lines of the card that are kept.
    lines: usize,
    /// Whether Ada and Ben are remembered, and whether their session is in the record.
    circle: bool,
    outline: bool,
    /// Whether Ada and Cem are forgotten, and what was kept of them.
    forgotten: (bool, bool),
    /// Whether the last change was taken, which brings all that went before.
    last: bool,
    refused: Vec<String>,
}

const LINES: [&str; 2] = ["just stay", "wait with me"];

/// Ada and Cem have sat together before all this, and it is safely there.
fn before() -> FakeDisk {
    let disk = FakeDisk::default();
    let cem = outline(&["Ada", "Cem"], 0, &[1, 1]);
    let (mut people, why) = MemoryStore::load_on(PEOPLE.into(), Box::new(disk.clone()));
    assert_eq!(why, None);
    let told = cem.clone();
    people
        .change(move |memory| memory.remember_outline(&told))
        .unwrap();
    let eve = outline(&["Eve"], 0, &[1]);
    for one in [&cem, &eve] {
        keep_on(Path::new(RECORD), one, Box::new(disk.clone())).unwrap();
    }
    people
        .change(move |memory| memory.remember_outline(&eve))
        .unwrap();
    disk
}

fn live(disk: &FakeDisk) -> Told {
    let mut told = Told::default();
    let (mut people, why) = MemoryStore::load_on(PEOPLE.into(), Box::new(disk.clone()));
    told.refused.extend(why.map(|why| why.to_string()));
    let does = |told: &mut Told, done: Result<(), SafeText>| {
        let refused = done.err().map(|why| told.refused.push(why.to_string()));
        refused.is_none()
    };
    let tears = PersonLine::Card(CardLine::Tears);
    let silence = PersonLine::Card(CardLine::Silence);
    let done = people.change(move |memory| memory.write_line("Ada", tears, LINES[0]));
    if does(&mut told, done) {
        told.lines = 1;
    }
    let ben = outline(&["Ada", "Ben"], 1, &[0, 300_000]);
    let went = ben.clone();
    let done = people.change(move |memory| memory.remember_outline(&went));
    told.circle = does(&mut told, done);
    let kept = keep_on(Path::new(RECORD), &ben, Box::new(disk.clone()));
    told.outline = does(&mut told, kept.map(drop));
    let cem = names(&["Ada", "Cem"]);
    let theirs = |one: &Outline| one.people == cem;
    let gone = forget_where(Path::new(RECORD), &theirs, &mut disk.clone());
    told.forgotten.1 = does(&mut told, gone);
    let gone = cem.clone();
    let done = people.change(move |memory| memory.forget(&gone));
    told.forgotten.0 = does(&mut told, done);
    let done = people.change(move |memory| memory.write_line("Ada", silence, LINES[1]));
    told.last = does(&mut told, done);
    told
}

fn check(disk: &FakeDisk, told: &Told, why: &str) {
    let (people, unread) = MemoryStore::load_on(PEOPLE.into(), Box::new(disk.clone()));
    assert_eq!(unread, None, "{why}");
    let line = |line| {
        people
            .person("Ada")
            .map_or("", |ada| ada.line(PersonLine::Card(line)))
    };
    let circle = |all: &[&str]| people.circle(&names(all));
    if told.lines > 0 || told.last {
        assert_eq!(line(CardLine::Tears), LINES[0], "{why}");
    }
    if told.circle || told.last {
        let ben = circle(&["Ada", "Ben"]).expect(why);
        // A change that was made again is made once.
        assert_eq!((ben.sessions, &*ben.loan), (1, &[0, 300_000][..]), "{why}");
    }
    if told.last {
        assert_eq!(line(CardLine::Silence), LINES[1], "{why}");
    }
    let gone = circle(&["Ada", "Cem"]).is_none();
    assert!(gone || !told.forgotten.0 && !told.last, "{why}");
    assert!(circle(&["Eve"]).is_some(), "{why}: lost");
    let (kept, _) = outlines_on(Path::new(RECORD), &mut disk.clone()).expect(why);
    let many = |all: &[&str]| kept.iter().filter(|one| one.people == names(all)).count();
    assert_eq!(many(&["Eve"]), 1, "{why}: lost");
    assert!(many(&["Ada", "Ben"]) <= 1 && many(&["Ada", "Cem"]) <= 1);
    if told.outline {
        assert_eq!(many(&["Ada", "Ben"]), 1, "{why}: lost");
    }
    if told.forgotten.1 {
        assert_eq!(many(&["Ada", "Cem"]), 0, "{why}: came back");
    }
}

#[test]
fn nothing_accepted_is_lost_when_any_call_fails() {
    let disk = before();
    let first = disk.0.borrow().calls();
    let told = live(&disk);
    assert_eq!(told.refused, Vec::<String>::new());
    assert!(told.last && told.circle && told.outline);
    assert_eq!(told.forgotten, (true, true));
    let calls = disk.0.borrow().calls() - first;
    after(&disk, |disk, when| check(disk, &told, when));
    assert!(calls >= 40, "{calls}");
    at_every_call(calls, before, live, |disk, told, why| {
        check(disk, told, why);
        if told.refused.is_empty() {
            // Then all of it is kept: the record tries a second time by itself.
            assert!(told.last && told.circle && told.outline, "{why}");
            let for_ever = why.contains(&usize::MAX.to_string());
            assert!(!for_ever || !disk.failed(), "{why}");
        }
        for said in &told.refused {
            assert!(
                said.contains("/pretend") && said.contains(';'),
                "{why}: {said}"
            );
        }
    });
}

/// A record that is larger than the program reads: nothing is added, and it is said where the outline is meanwhile.
#[test]
fn a_record_that_is_too_large_is_left_and_what_was_to_be_kept_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.jsonl");
    let large = 64 * 1024 * 1024 + 1;
    std::fs::File::create(&path)
        .unwrap()
        .set_len(large)
        .unwrap();
    let said = crate::memory::keep(&path, &outline(&["Ada", "Ben"], 0, &[1, 1]))
        .unwrap_err()
        .to_string();
    assert!(said.contains("larger than 64 MiB"), "{said}");
    assert!(said.contains("waits in the working log"), "{said}");
    assert_eq!(path.metadata().unwrap().len(), large);
}
