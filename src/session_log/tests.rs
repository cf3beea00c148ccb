mod damage;

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::*;
use crate::script::Who;
use crate::session::intent::Intent;
use crate::session::setup::{Begin, Length};
use crate::storage::pretend::{DiskFault, FakeDisk};
use crate::storage::{Cause, checked, scan};
use crate::time::moment::Moment;

const AT: Moment = Moment {
    mono: Duration::from_secs(7),
    // 2026-11-21 20:01:30 in a place one hour east of Greenwich.
    wall: 1_795_287_690_000,
    offset: 3_600,
    change: None,
};

fn begin() -> Begin {
    Begin {
        wording: None,
        notebooks: Vec::new(),
        script: "pair".into(),
        hash: "00ff".into(),
        file: None,
        people: vec!["Ada".into(), "Ben".into()],
        length: Length::Minutes(60),
        first: Who(1),
        agreement: vec!["What is said here stays here.".into()],
        known: Default::default(),
        seed: u64::MAX,
        at: AT,
    }
}

fn intents() -> Vec<(Moment, Intent)> {
    [
        Intent::GoOn,
        Intent::Yes { who: Who(1) },
        Intent::Write {
            words: "é \"\n\u{1b}".into(),
        },
        Intent::TimePassed,
        Intent::Stop,
    ]
    .into_iter()
    .enumerate()
    .map(|(n, intent)| (AT.later(Duration::from_millis(n as u64 * 1_234)), intent))
    .collect()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A log with everything in it, as it lies there when nobody closed it.
fn left_behind(folder: &tempfile::TempDir) -> PathBuf {
    let mut log = Log::create(folder.path(), &begin()).unwrap();
    for (at, intent) in intents() {
        log.append(at, &intent).unwrap();
    }
    assert_eq!(log.count(), 5);
    log.path().to_path_buf()
}

#[test]
fn what_was_appended_is_read_back() {
    let folder = folder();
    let path = left_behind(&folder);
    let story = read(&path).unwrap();
    assert_eq!(story.id, "2026-11-21-2001");
    assert_eq!(story.begin, begin());
    assert_eq!(story.entries, intents());
    assert_eq!(story.torn, 0);
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(r#""line":{"kind":"alongside-log","format":[1,4],"program":""#));
    assert!(text.contains(
        r#""line":{"seq":1,"at":{"mono":7000,"wall":1795287690000,"offset":3600},"do":"go-on"}}"#
    ));
}

#[test]
fn each_session_has_its_own_file_and_the_newest_is_listed_first() {
    let folder = folder();
    assert_eq!(list(&folder.path().join("none")), Ok(Vec::new()));
    let later = Begin {
        at: AT.later(Duration::from_secs(60)),
        ..begin()
    };
    for begin in [&begin(), &later, &begin()] {
        assert_eq!(Log::create(folder.path(), begin).unwrap().standing(), None);
    }
    fs::write(folder.path().join("lock"), "").unwrap();
    fs::write(folder.path().join("notes.jsonl"), "mine").unwrap();
    let found = list(folder.path()).unwrap();
    let ids: Vec<_> = found.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "notes",
            "2026-11-21-2002",
            "2026-11-21-2001-2",
            "2026-11-21-2001"
        ]
    );
    assert_eq!(found[0].story, Err(LogDamage::Foreign));
    assert!(found[1].story.is_ok());
    let aside = set_aside(&found[0].path).unwrap();
    assert_eq!(fs::read(aside).unwrap(), b"mine");
    assert_eq!(list(folder.path()).unwrap().len(), 3);
}

#[test]
fn a_closed_session_leaves_nothing() {
    let folder = folder();
    let path = left_behind(&folder);
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend(b"{\"sum\":");
    fs::write(&path, bytes).unwrap();
    let (log, _) = Log::resume(&path).unwrap();
    assert!(folder.path().join("2026-11-21-2001.torn").exists());
    log.close().unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Every call of a session failing, once and for a while and for ever, whole and half.
#[test]
fn whatever_fails_nothing_acknowledged_is_lost_and_nothing_is_silent() {
    let mut runs = 0;
    for kind in [
        io::ErrorKind::Other,
        io::ErrorKind::StorageFull,
        io::ErrorKind::QuotaExceeded,
        io::ErrorKind::ReadOnlyFilesystem,
    ] {
        for (times, half) in [
            (1, false),
            (1, true),
            (2, true),
            (5, false),
            (5, true),
            (usize::MAX, true),
        ] {
            for at in 1.. {
                runs += 1;
                if !session_with(DiskFault {
                    at,
                    times,
                    half,
                    kind,
                }) {
                    break;
                }
            }
        }
    }
    assert!(runs >= 240, "{runs}");
}

/// One session on a failing disk; whether the fault was met.
fn session_with(fault: DiskFault) -> bool {
    let disk = FakeDisk::default();
    disk.fails(fault);
    let folder = PathBuf::from("/s/sessions");
    let mut log = Log::create_on(&folder, &begin(), Box::new(disk.clone())).unwrap();
    let note = |log: &Log, lines: usize| {
        if log.standing().is_none() {
            disk.0.borrow_mut().acknowledged = lines;
        }
    };
    note(&log, 1);
    for (n, (at, intent)) in intents().into_iter().enumerate() {
        let appended = log.append(at, &intent);
        assert_eq!(appended.is_ok(), log.standing().is_none(), "{fault:?}");
        if let Err(trouble) = appended {
            let standing = log.standing().unwrap();
            assert!(standing.as_str().contains("2026-11-21-2001"), "{standing}");
            assert!(
                standing.as_str().contains(trouble.next().as_str()),
                "{standing}"
            );
        }
        note(&log, n + 2);
    }
    disk.0.borrow_mut().fault = None;
    log.retry().unwrap();
    assert_eq!(log.standing(), None);
    let logs = disk.0.borrow().logs();
    let stories: Vec<_> = logs.iter().map(|bytes| parse("x", bytes)).collect();
    let [Ok(story)] = stories.as_slice() else {
        panic!("{fault:?}: {stories:?}");
    };
    assert_eq!((&story.entries, story.torn), (&intents(), 0), "{fault:?}");
    assert_eq!(
        disk.0.borrow().names(),
        ["2026-11-21-2001.jsonl"],
        "{fault:?}"
    );
    disk.0.borrow().failed
}

#[test]
fn a_folder_that_can_not_be_made_is_told_and_tried_again() {
    let folder = folder();
    let sessions = folder.path().join("state/sessions");
    fs::write(folder.path().join("state"), "in the way").unwrap();
    let mut log = Log::create(&sessions, &begin()).unwrap();
    let standing = log.standing().unwrap();
    assert!(
        standing
            .as_str()
            .contains("state/sessions/2026-11-21-2001.jsonl"),
        "{standing}"
    );
    let trouble = log.append(AT, &Intent::GoOn).unwrap_err();
    assert_eq!(trouble.cause, Cause::NotAFolder);
    fs::remove_file(folder.path().join("state")).unwrap();
    log.append(AT, &Intent::Stop).unwrap();
    assert_eq!(log.standing(), None);
    assert_eq!(read(log.path()).unwrap().entries.len(), 2);
    log.close().unwrap();
    assert_eq!(list(&sessions), Ok(Vec::new()));
}

/// A log that an earlier build left in the middle of a turn tells the same, and is written the same to the byte.
#[test]
fn a_log_of_an_earlier_build_is_written_as_it_was_read() {
    const LOG: &[u8] =
        include_bytes!("../../tests/earlier/state/alongside/sessions/2026-11-30-0609.jsonl");
    let story = parse("x", LOG).unwrap();
    assert_eq!((story.entries.len(), story.torn), (13, 0));
    assert_eq!(story.begin.people, ["Ada", "Ben"]);
    let folder = folder();
    let mut log = Log::create(folder.path(), &story.begin).unwrap();
    for (at, intent) in &story.entries {
        log.append(*at, intent).unwrap();
    }
    // The first line also has the version of the program.
    let entries = |bytes: &[u8]| -> Vec<String> {
        let lines = scan(bytes).good.into_iter().skip(1);
        lines.map(str::to_owned).collect()
    };
    let again = fs::read(log.path()).unwrap();
    assert_eq!(entries(&again), entries(LOG));
    // It is told all the same that an earlier program wrote it.
    assert!(story.earlier);
    let again = parse("x", &again).unwrap();
    assert_eq!(again.entries, story.entries);
    assert_eq!((again.begin, again.earlier), (story.begin, false));
}
