use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::*;
use crate::files::pretend::{Fault, Pretend};
use crate::files::{Cause, checked};
use crate::script::Who;
use crate::session::begin::{Begin, Length};
use crate::session::intent::Intent;
use crate::session::time::Moment;

const AT: Moment = Moment {
    mono: Duration::from_secs(7),
    // 2026-11-21 20:01:30 in a place one hour east of Greenwich.
    wall: 1_795_287_690_000,
    offset: 3_600,
};

fn begin() -> Begin {
    Begin {
        script: "pair".into(),
        hash: "00ff".into(),
        people: vec!["Ada".into(), "Ben".into()],
        length: Length::Minutes(60),
        first: Who(1),
        agreement: vec!["What is said here stays here.".into()],
        seed: u64::MAX,
        at: AT,
    }
}

fn intents() -> Vec<(Moment, Intent)> {
    [
        Intent::GoOn,
        Intent::Yes { who: Who(1) },
        Intent::Write { words: "é \"\n\u{1b}".into() },
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
    assert!(text.contains(r#""line":{"kind":"alongside-log","format":[1,0],"program":""#));
    assert!(text.contains(r#""line":{"seq":1,"at":{"mono":7000,"wall":1795287690000,"offset":3600},"do":"go-on"}}"#));
}

#[test]
fn each_session_has_its_own_file_and_the_newest_is_listed_first() {
    let folder = folder();
    assert_eq!(list(&folder.path().join("none")), Ok(Vec::new()));
    let later = Begin { at: AT.later(Duration::from_secs(60)), ..begin() };
    for begin in [&begin(), &later, &begin()] {
        assert_eq!(Log::create(folder.path(), begin).unwrap().standing(), None);
    }
    fs::write(folder.path().join("lock"), "").unwrap();
    fs::write(folder.path().join("notes.jsonl"), "mine").unwrap();
    let found = list(folder.path()).unwrap();
    let ids: Vec<_> = found.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["notes", "2026-11-21-2002", "2026-11-21-2001-2", "2026-11-21-2001"]);
    assert_eq!(found[0].story, Err(Damage::Foreign));
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

#[test]
fn every_prefix_of_a_log_opens_or_says_what_is_wrong() {
    let folder = folder();
    let bytes = fs::read(left_behind(&folder)).unwrap();
    let ends: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect();
    for cut in 0..=bytes.len() {
        // A line counts once all of it but its line end is there.
        let whole = ends.iter().filter(|end| **end <= cut).count();
        match parse("x", &bytes[..cut]) {
            Ok(story) => {
                assert_eq!(story.entries, intents()[..whole - 1], "cut at {cut}");
                assert_eq!(story.torn, cut - story.good);
            }
            Err(damage) => assert_eq!((damage, whole), (Damage::Empty, 0), "cut at {cut}"),
        }
    }
}

#[test]
fn every_prefix_resumes_with_the_torn_end_put_aside() {
    let folder = folder();
    let path = left_behind(&folder);
    let bytes = fs::read(&path).unwrap();
    let head = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    for cut in (head..bytes.len()).step_by(7) {
        fs::write(&path, &bytes[..cut]).unwrap();
        let (mut log, story) = Log::resume(&path).unwrap();
        let count = story.entries.len();
        let aside = path.with_extension("torn");
        assert_eq!(log.take_notices().len(), usize::from(story.torn > 0));
        assert_eq!(fs::read(&aside).unwrap_or_default(), bytes[story.good..cut]);
        log.append(AT, &Intent::Land).unwrap();
        let again = read(&path).unwrap();
        assert_eq!((again.entries.len(), again.torn), (count + 1, 0));
        assert_eq!(again.entries[..count], intents()[..count]);
        let _ = fs::remove_file(aside);
    }
}

#[test]
fn flipped_bytes_never_lose_a_good_line_and_never_pass_unseen() {
    let folder = folder();
    let bytes = fs::read(left_behind(&folder)).unwrap();
    let line_of = |at: usize| bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let lines = line_of(bytes.len()) - 1;
    let seed = fastrand::u64(..);
    let mut chance = fastrand::Rng::with_seed(seed);
    let mut damaged = bytes.clone();
    for _ in 0..100_000 {
        let at = chance.usize(..bytes.len());
        damaged[at] ^= chance.u8(1..);
        let line = line_of(at);
        let told = parse("x", &damaged);
        let seen = format!("seed {seed}, byte {at} is {}: {told:?}", damaged[at]);
        match told {
            // Only an end without good lines after it may be taken for torn.
            Ok(story) => {
                // A changed line end joins the last two lines, or only takes the last one's end away.
                assert!(line >= lines - 1, "{seen}");
                let joined = usize::from(line < lines);
                assert!(joined == 0 || bytes[at] == b'\n', "{seen}");
                assert_eq!(story.entries, intents()[..line - 2], "{seen}");
                assert!(story.torn > 0, "{seen}");
            }
            Err(Damage::Line { line: said }) => assert_eq!(said, line, "{seen}"),
            Err(damage) => panic!("{damage:?}, {seen}"),
        }
        damaged[at] = bytes[at];
    }
}

#[test]
fn many_flips_at_once_never_panic() {
    let folder = folder();
    let bytes = fs::read(left_behind(&folder)).unwrap();
    let seed = fastrand::u64(..);
    let mut chance = fastrand::Rng::with_seed(seed);
    for _ in 0..10_000 {
        let mut damaged = bytes.clone();
        for _ in 0..chance.usize(1..20) {
            let at = chance.usize(..damaged.len());
            damaged[at] = chance.u8(..);
        }
        damaged.truncate(chance.usize(..=bytes.len()));
        if let Ok(story) = parse("x", &damaged) {
            assert_eq!(story.entries, intents()[..story.entries.len()], "seed {seed}");
        }
    }
}

#[test]
fn what_is_not_ours_is_named_and_not_touched() {
    let folder = folder();
    let path = left_behind(&folder);
    let good = fs::read(&path).unwrap();
    let head = good.split_inclusive(|byte| *byte == b'\n').next().unwrap();
    let line = |json: &str| checked(&serde_json::from_str::<serde_json::Value>(json).unwrap()).unwrap();
    let newer = |format: &str| {
        let kind = format!(r#"{{"kind":"alongside-log","format":{format},"new":1}}"#);
        [line(&kind), b"no line we know\n".to_vec(), line("{}")].concat()
    };
    let entry = |seq: u64, what: &str| {
        let at = r#"{"mono":1,"wall":2,"offset":3}"#;
        line(&format!(r#"{{"seq":{seq},"at":{at},"do":"{what}"}}"#))
    };
    let with = |entry: Vec<u8>| [head, &entry, &line("{}")].concat();
    let cases = [
        (newer("[999,0]"), Damage::Newer { found: [999, 0] }),
        (newer("[0,9]"), Damage::Foreign),
        (line(r#"{"kind":"alongside-record","format":[1,0]}"#), Damage::Foreign),
        (b"hello\n".to_vec(), Damage::Foreign),
        (Vec::new(), Damage::Empty),
        (vec![0; 300], Damage::Empty),
        (b"{\"sum\":\"12345678\",\"line\":{}}\n".to_vec(), Damage::Line { line: 1 }),
        (with(entry(2, "go-on")), Damage::Line { line: 2 }),
        (with(entry(1, "fly")), Damage::Line { line: 2 }),
        (with(entry(1, "go-on")), Damage::Line { line: 3 }),
        (good.replacen_byte(b'o'), Damage::Line { line: 1 }),
    ];
    for (bytes, damage) in cases {
        fs::write(&path, &bytes).unwrap();
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(Log::resume(&path).unwrap_err(), damage);
        assert_eq!(read(&path).unwrap_err(), damage);
        assert_eq!(fs::read(&path).unwrap(), bytes);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
        let sentence = damage.sentence(&path);
        assert!(sentence.as_str().contains("2026-11-21-2001.jsonl"));
        assert!(!sentence.as_str().contains("erase"));
    }
    let said = Damage::Newer { found: [999, 0] }.sentence(&path);
    assert!(said.as_str().contains("999.0") && said.as_str().contains("1.0"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

trait ReplaceByte {
    fn replacen_byte(&self, byte: u8) -> Vec<u8>;
}

impl ReplaceByte for Vec<u8> {
    fn replacen_byte(&self, byte: u8) -> Vec<u8> {
        let mut changed = self.clone();
        let at = changed.iter().position(|one| *one == byte).unwrap();
        changed[at] = b'0';
        changed
    }
}

#[test]
fn what_a_newer_minor_added_is_kept_byte_for_byte() {
    let folder = folder();
    let path = left_behind(&folder);
    let text = fs::read_to_string(&path).unwrap();
    let newer: Vec<u8> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["line"].clone())
        .flat_map(|mut line| {
            line["later"] = "added".into();
            if line["format"].is_array() {
                line["format"] = vec![1, 7].into();
            }
            checked(&line).unwrap()
        })
        .collect();
    fs::write(&path, &newer).unwrap();
    let (mut log, story) = Log::resume(&path).unwrap();
    assert_eq!(story.entries, intents());
    log.append(AT, &Intent::Land).unwrap();
    assert!(fs::read(&path).unwrap().starts_with(&newer));
    assert_eq!(read(&path).unwrap().entries.len(), 6);

    let unknown = checked(&serde_json::json!({"seq": 7, "at": AT, "do": "fly"})).unwrap();
    let unknown = [fs::read(&path).unwrap(), unknown].concat();
    fs::write(&path, &unknown).unwrap();
    assert_eq!(read(&path), Err(Damage::Newer { found: [1, 7] }));
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
        for (times, half) in [(1, false), (1, true), (2, true), (5, false), (5, true), (usize::MAX, true)] {
            for at in 1.. {
                runs += 1;
                if !session_with(Fault { at, times, half, kind }) {
                    break;
                }
            }
        }
    }
    assert!(runs >= 240, "{runs}");
}

/// One session on a failing disk; whether the fault was met.
fn session_with(fault: Fault) -> bool {
    let disk = Pretend::default();
    disk.0.borrow_mut().fault = Some(fault);
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
            assert!(standing.as_str().contains(trouble.next().as_str()), "{standing}");
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
    assert_eq!(disk.0.borrow().names(), ["2026-11-21-2001.jsonl"], "{fault:?}");
    disk.0.borrow().failed
}

#[test]
fn a_folder_that_can_not_be_made_is_told_and_tried_again() {
    let folder = folder();
    let sessions = folder.path().join("state/sessions");
    fs::write(folder.path().join("state"), "in the way").unwrap();
    let mut log = Log::create(&sessions, &begin()).unwrap();
    let standing = log.standing().unwrap();
    assert!(standing.as_str().contains("state/sessions/2026-11-21-2001.jsonl"), "{standing}");
    let trouble = log.append(AT, &Intent::GoOn).unwrap_err();
    assert_eq!(trouble.cause, Cause::NotAFolder);
    fs::remove_file(folder.path().join("state")).unwrap();
    log.append(AT, &Intent::Stop).unwrap();
    assert_eq!(log.standing(), None);
    assert_eq!(read(log.path()).unwrap().entries.len(), 2);
    log.close().unwrap();
    assert_eq!(list(&sessions), Ok(Vec::new()));
}

#[test]
fn one_of_many_gets_the_lock_and_the_others_learn_who_has_it() {
    let folder = folder();
    let sessions = folder.path().join("a/b");
    for _ in 0..100 {
        let taken: Vec<_> = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..4).map(|_| scope.spawn(|| Lock::take(&sessions))).collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });
        let held = taken.iter().filter(|one| one.is_ok()).count();
        assert_eq!(held, 1);
        let busy = Lock::take(&sessions).unwrap_err();
        assert_eq!(busy, Busy::Taken { pid: Some(std::process::id()) });
        assert!(busy.to_string().contains(&std::process::id().to_string()));
    }
    assert!(Lock::take(&sessions).is_ok());
    fs::write(folder.path().join("file"), "").unwrap();
    let trouble = Lock::take(&folder.path().join("file")).unwrap_err();
    assert!(matches!(trouble, Busy::Trouble(_)));
}
