//! Logs that were cut, changed, or written by something else.

use std::fs;

use super::*;
use crate::time::moment::{Gap, GapKind};

fn changed_at(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    changed[at] ^= 1;
    changed
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
            Err(damage) => assert_eq!((damage, whole), (LogDamage::Empty, 0), "cut at {cut}"),
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
            Err(LogDamage::Line { line: said }) => assert_eq!(said, line, "{seen}"),
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
            assert_eq!(
                story.entries,
                intents()[..story.entries.len()],
                "seed {seed}"
            );
        }
    }
}

#[test]
fn what_is_not_ours_is_named_and_not_touched() {
    let folder = folder();
    let path = left_behind(&folder);
    let good = fs::read(&path).unwrap();
    let head = good.split_inclusive(|byte| *byte == b'\n').next().unwrap();
    let line =
        |json: &str| checked(&serde_json::from_str::<serde_json::Value>(json).unwrap()).unwrap();
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
        (
            newer("[999,0]"),
            LogDamage::Newer {
                found: "999.0".into(),
            },
        ),
        (newer("[0,9]"), LogDamage::Foreign),
        (
            line(r#"{"kind":"alongside-record","format":[1,0]}"#),
            LogDamage::Foreign,
        ),
        (b"hello\n".to_vec(), LogDamage::Foreign),
        (Vec::new(), LogDamage::Empty),
        (vec![0; 300], LogDamage::Empty),
        (
            b"{\"sum\":\"12345678\",\"line\":{}}\n".to_vec(),
            LogDamage::Line { line: 1 },
        ),
        (with(entry(2, "go-on")), LogDamage::Line { line: 2 }),
        (with(entry(1, "fly")), LogDamage::Line { line: 2 }),
        (with(entry(1, "go-on")), LogDamage::Line { line: 3 }),
        (changed_at(&good, 3), LogDamage::Line { line: 1 }),
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
    let said = LogDamage::Newer {
        found: "999.0".into(),
    }
    .sentence(&path);
    assert!(said.as_str().contains("999.0") && said.as_str().contains("1.4"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
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
    assert_eq!(
        read(&path),
        Err(LogDamage::Newer {
            found: "1.7".into()
        })
    );
}

/// What came with 1.4 is a hole in time at two terminals. A build before it says that a newer one wrote such a log, and not
/// that it is damaged; what was written before it is told as it was.
#[test]
fn a_hole_that_an_earlier_build_does_not_know_is_a_newer_ones_and_no_damage() {
    let folder = folder();
    let mut log = Log::create(folder.path(), &begin()).unwrap();
    let gap = Gap {
        before: AT,
        kind: GapKind::Dropped,
    };
    let dropped = Intent::TimeJumped { gap };
    log.append(AT, &dropped).unwrap();
    let path = log.path().to_path_buf();
    let story = read(&path).unwrap();
    assert_eq!((story.entries, story.earlier), (vec![(AT, dropped)], false));
    let text = fs::read_to_string(&path).unwrap();
    let as_written = |minor: u32, kind: &str| -> Vec<u8> {
        let lines = text.lines();
        let values = lines
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["line"].clone());
        let changed = values.map(|mut line| {
            if line["format"].is_array() {
                line["format"] = vec![1, minor].into();
            }
            let line = line.to_string().replace("dropped", kind);
            checked(&serde_json::from_str::<serde_json::Value>(&line).unwrap()).unwrap()
        });
        changed.flatten().collect()
    };
    // As this build is to the next, one of before is to this one.
    assert_eq!(
        parse("x", &as_written(5, "vanished")),
        Err(LogDamage::Newer {
            found: "1.5".into()
        })
    );
    assert_eq!(
        parse("x", &as_written(4, "vanished")),
        Err(LogDamage::Line { line: 2 })
    );
    assert!(!parse("x", &as_written(3, "slept")).unwrap().earlier);
    assert!(parse("x", &as_written(2, "slept")).unwrap().earlier);
}
