//! Files that an earlier build wrote, in `tests/earlier`: a home in which Ada (her notebook sealed) and Ben (his not) sat
//! together, went on alone and were cut off in the middle of Ada's turn. Today's program opens them with the same
//! content, and writes nothing there that nobody asked for.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use common::Home;
use common::way::{TODAY, Way};
use toml::Table;

const WORDS: &str = "tea and toast and jam";

fn earlier() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    fs::set_permissions(to, fs::Permissions::from_mode(0o700)).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
            fs::set_permissions(target, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }
}

/// The home as the earlier build left it.
fn left() -> Home {
    let home = untouched();
    // Every script uses shipped modules, and a log names the hash of all that was read. Where their words are others by
    // now, the session is refused (`tests/logs.rs`); all the rest of the log has to be understood as it stands.
    let log = fs::read_to_string(home.log()).unwrap();
    let (first, rest) = log.split_once('\n').unwrap();
    let now = begun_now();
    let value = value_of(first).replace(&hash_of(first), &hash_of(&now));
    let value = value.replace(&format_of(first), &format_of(&now));
    let sum = crc32fast::hash(value.as_bytes());
    let rest: String = rest
        .lines()
        .map(|line| as_pressed_now(line) + "\n")
        .collect();
    let fitted = format!("{{\"sum\":\"{sum:08x}\",\"line\":{value}}}\n{rest}");
    fs::write(home.log(), fitted).unwrap();
    home
}

/// Where going on passed a question, passing has a word of its own now.
fn as_pressed_now(line: &str) -> String {
    const PASSED: &str = "\"seq\":6,";
    if !line.contains(PASSED) {
        return line.to_owned();
    }
    let value = value_of(line).replace("\"go-on\"", "\"pass\"");
    let sum = crc32fast::hash(value.as_bytes());
    format!("{{\"sum\":\"{sum:08x}\",\"line\":{value}}}")
}

fn untouched() -> Home {
    let home = Home::new();
    for part in ["state", "data", "config"] {
        copy(&earlier().join(part), &home.root().join(part));
    }
    home
}

/// What a checked line holds.
fn value_of(line: &str) -> &str {
    let (_, value) = line.split_once("\"line\":").unwrap();
    value.strip_suffix('}').unwrap()
}

/// The hash of the script in the first line of a log.
fn hash_of(first: &str) -> String {
    let line: serde_json::Value = serde_json::from_str(value_of(first)).unwrap();
    line["begin"]["hash"].as_str().unwrap().to_owned()
}

/// What it says there of its format.
fn format_of(first: &str) -> String {
    let line: serde_json::Value = serde_json::from_str(value_of(first)).unwrap();
    format!("\"format\":{}", line["format"])
}

/// The first line of a log that today's program writes for the same script.
fn begun_now() -> String {
    let home = untouched();
    let before = home.log();
    let mut way = Way::new(&home, &["start", "tea-pair", "--plain"], &TODAY);
    way.lines(&["Ada", "Ben", "", "", "", ""]);
    drop(way);
    let logs = home.logs();
    let new = logs.iter().find(|log| **log != before).unwrap();
    let log = fs::read_to_string(new).unwrap();
    log.lines().next().unwrap().to_owned()
}

/// Every file with its bytes, without the locks, which say who was there last.
fn files(home: &Home) -> BTreeMap<PathBuf, Vec<u8>> {
    let inner = |path: &Path| path.strip_prefix(home.root()).unwrap().to_path_buf();
    let files = home.files().into_iter().filter(|(path, _)| path.is_file());
    let files = files.map(|(path, bytes)| (inner(&path), bytes));
    files.filter(|(path, _)| !path.ends_with("lock")).collect()
}

/// The files that are others than before, new ones and gone ones too.
fn others(home: &Home, before: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let after = files(home);
    let all = before.keys().chain(after.keys());
    let mut others: Vec<String> = all
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    others.sort();
    others.dedup();
    others
}

#[test]
fn looking_finds_everything_and_changes_nothing() {
    let home = left();
    let before = files(&home);
    let doctor = home.run(&["doctor"], &[]);
    let said = String::from_utf8(doctor.stdout).unwrap();
    // An unfinished session, and what is the program's own to mend: nothing else is to be found.
    assert!(said.contains("Ada's turn, Tea for two"), "{said}");
    let known = |line: &&str| {
        let known = ["is unfinished", "found.", "rows of the crisis card"];
        known.iter().any(|known| line.contains(known))
    };
    assert!(said.lines().all(|line| known(&line)), "{said}");
    for (arguments, words) in [
        (
            &["history"][..],
            &["Ada and Ben.", "Ada 6 minutes, Ben 5 minutes", "Tea alone"][..],
        ),
        (
            &["settings"],
            &[
                "theme = \"ember\"",
                "\"stop\" = [\"z\"]",
                "Mira, 06 1234 5678",
            ],
        ),
        (
            &["notebook", "list"],
            &["Ada: with a passphrase", "Ben: without a passphrase"],
        ),
        (
            &["resume", "--list"],
            &["2026-11-30-0609  Ada's turn  (entries: 13)"],
        ),
        (&["scripts", "check", "tea-pair"], &["no problems"]),
        (
            &["paths"],
            &["record.jsonl", "people.toml", "notebooks/1/book.age"],
        ),
    ] {
        let said = home.says(arguments, &[]);
        for word in words {
            assert!(said.contains(word), "{arguments:?}: {said}");
        }
    }
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.choose("agreements, and what was kept");
    way.choose("Who meets together");
    assert!(way.offers("Ada and Ben"), "{}", way.all);
    way.leave();
    assert_eq!(others(&home, &before), Vec::<String>::new());
}

#[test]
fn a_session_goes_on_in_the_middle_of_a_turn_and_is_added_to_what_was_kept() {
    let home = left();
    let before = files(&home);
    let mut way = Way::new(&home, &["resume", "--plain"], &TODAY);
    way.until("Stay with the warmth.", &[]);
    assert!(way.hears("Ada, speaking"), "{}", way.all);
    way.until("What stays?", &[]);
    way.choose("The outline").see("The session is closed");
    way.leave();
    assert_eq!(home.logs(), Vec::<PathBuf>::new());
    let changed = others(&home, &before);
    let log = "state/alongside/sessions/2026-11-30-0609.jsonl";
    let (people, record) = ("data/alongside/people.toml", "data/alongside/record.jsonl");
    assert!(
        changed
            .iter()
            .all(|path| [log, people, record].contains(&&**path)
            // That they sat together goes into each one's own notebook.
            || path.contains("/new/") || path.ends_with("due.toml")),
        "{changed:#?}"
    );
    let after = files(&home);
    let (old, new) = (&before[Path::new(record)], &after[Path::new(record)]);
    assert!(new.starts_with(old));
    assert_eq!(new.iter().filter(|byte| **byte == b'\n').count(), 4);

    // What was remembered of each circle is there as it was, apart from what this session changed of it.
    let circles = |files: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<Table> {
        let text = std::str::from_utf8(&files[Path::new(people)]).unwrap();
        let table: Table = text.parse().unwrap();
        let circles = table["circle"].as_array().unwrap();
        circles
            .iter()
            .map(|one| one.as_table().unwrap().clone())
            .collect()
    };
    let (was, is) = (circles(&before), circles(&after));
    assert_eq!(was[0], is[1], "Ada alone");
    let session = ["last-began", "last-first", "sessions", "loan"];
    for (key, value) in &was[1] {
        assert!(
            session.contains(&&**key) || is[0].get(key) == Some(value),
            "{key}"
        );
    }
    assert_eq!(is[0]["sessions"].as_integer(), Some(2));
}

/// Everything of somebody's notebook as data, written out by today's program.
fn data_of(home: &Home, name: &str, words: Option<&str>) -> Table {
    let folder = tempfile::tempdir().unwrap();
    let mut way = Way::new(home, &["export", "--plain"], &TODAY);
    way.choose(name);
    way.lines(words.as_slice());
    way.choose("as data").say("");
    way.say(&folder.path().to_string_lossy())
        .see("It is written");
    way.leave();
    let file = fs::read_dir(folder.path()).unwrap().next().unwrap();
    of_the_person(&fs::read_to_string(file.unwrap().path()).unwrap())
}

/// An export without the program's own words in it.
fn of_the_person(text: &str) -> Table {
    let mut table: Table = text.parse().unwrap();
    table.remove("about").unwrap();
    table.remove("written").unwrap();
    table
}

#[test]
fn a_notebook_holds_what_it_held_whether_it_is_sealed_or_not() {
    for (name, words, number) in [("Ada", Some(WORDS), 1), ("Ben", None, 2)] {
        let home = left();
        let before = files(&home);
        let export = format!("exports/{}.toml", name.to_lowercase());
        let export = fs::read_to_string(earlier().join(export)).unwrap();
        for _ in 0..2 {
            assert_eq!(data_of(&home, name, words), of_the_person(&export));
        }
        // Opening puts what was written since into the book; the head, the key and other people's are left alone.
        let folder = format!("data/alongside/notebooks/{number}/");
        let own = |path: &String| {
            let inner = path.strip_prefix(&folder);
            inner.is_some_and(|inner| {
                inner.starts_with("new/") || inner.starts_with("book.") || inner == "due.toml"
            })
        };
        let changed = others(&home, &before);
        assert!(changed.iter().all(own), "{changed:#?}");
    }
}
