//! Looking back, deleting, and looking after the program's own files, from outside.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use alongside::memory;
use alongside::notebook::{Keeping, Notebooks};
use alongside::session::intent::Outline;
use common::Home;

/// A home in which Ada and Ben, and Ada and Cem, have each kept a session.
fn kept() -> Home {
    let home = Home::new();
    let path = home.data().join("record.jsonl");
    let mut circles = String::from("format = 1\nseen-notice = true\n");
    circles += "[[person]]\nname = \"Ada\"\nregion = \"Ireland\"\n";
    for (n, other) in ["Ben", "Cem"].into_iter().enumerate() {
        let began = 1_795_282_200_000 + i64::try_from(n).unwrap() * 86_400_000;
        let outline: Outline = serde_json::from_value(serde_json::json!({
            "kept": "outline", "began": began, "offset": 3_600, "people": ["Ada", other],
            "script": "standard-pair", "minutes": 61, "whole": true, "first": 0,
            "turns": [1_080_000, 1_080_000], "one-sided": false, "agreement": [],
        }))
        .unwrap();
        memory::keep(&path, &outline).unwrap();
        circles += &format!(
            "[[circle]]\nnames = [\"Ada\", \"{other}\"]\nscript = \"standard-pair\"\nminutes = 60\n"
        );
    }
    let file = home.data().join("people.toml");
    fs::write(&file, circles).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
    home
}

fn says(home: &Home, arguments: &[&str], typed: &[&str]) -> (Option<i32>, String) {
    let output = home.run(arguments, typed);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    (output.status.code(), said + &complained)
}

/// What is remembered and recorded, as text.
fn everything(home: &Home) -> (String, String) {
    let read = |name: &str| fs::read_to_string(home.data().join(name)).unwrap_or_default();
    (read("people.toml"), read("record.jsonl"))
}

#[test]
fn what_was_kept_is_told_month_by_month() {
    let (code, said) = says(&kept(), &["history"], &[]);
    assert_eq!(code, Some(0));
    assert!(said.starts_with("November 2026: 21, 22\n"), "{said}");
    assert!(
        said.contains("\n21 November, 18:30\n  Ada and Ben.\n  Standard pair, 61 minutes.\n"),
        "{said}"
    );
    assert!(said.lines().all(|row| row.len() <= 40), "{said}");
    let (code, said) = says(&Home::new(), &["history"], &[]);
    assert_eq!(
        (code, said.as_str()),
        (Some(0), "No session was kept yet.\n")
    );
}

#[test]
fn a_circle_is_deleted_after_a_yes_and_no_other_is() {
    let home = kept();
    let before = everything(&home);
    for typed in [
        &[""][..],
        &["1"],
        &["1", "1"],
        &["1", "1", "no"],
        &["9"],
        &["1", "99"],
    ] {
        let (code, said) = says(&home, &["forget"], typed);
        assert!(said.contains("Nothing was deleted."), "{said}");
        assert!(code == Some(0) || (code == Some(2) && said.contains("not among")));
        assert_eq!(everything(&home), before, "{typed:?}");
    }
    let (code, said) = says(&home, &["forget"], &["1", "1", "yes"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("backup") && said.contains("It is deleted."),
        "{said}"
    );
    let (people, record) = everything(&home);
    assert!(!people.contains("Ben") && !record.contains("Ben"));
    assert!(people.contains("Cem") && record.contains("Cem") && people.contains("Ireland"));
}

#[test]
fn a_person_goes_with_every_session_they_sat_in() {
    let home = kept();
    let (_, said) = says(&home, &["forget"], &["2", "1", "yes"]);
    assert!(said.contains("It is deleted."), "{said}");
    let (people, record) = everything(&home);
    assert!(
        !people.contains("Ada") && !record.contains("Ada"),
        "{people}\n{record}"
    );
}

#[test]
fn all_files_go_but_settings_and_scripts() {
    let home = kept();
    let settings = home.settings("theme = \"light\"\n");
    let (code, said) = says(&home, &["forget"], &["4", "yes"]);
    assert_eq!(code, Some(0), "{said}");
    let left = fs::read_dir(home.data()).unwrap().count();
    assert_eq!(left, 0, "{said}");
    assert!(settings.exists());
    // A notebook goes only with its name said.
    let home = kept();
    let all = Notebooks::at(home.data().join("notebooks"));
    all.create("Cleo", &Keeping::Plain).unwrap();
    let (_, said) = says(&home, &["forget"], &["4", ""]);
    assert!(said.contains("Cleo"), "{said}");
    assert_eq!(all.list().unwrap().len(), 1);
    let (code, said) = says(&home, &["forget"], &["4", "yes"]);
    assert_eq!((code, all.list().unwrap().len()), (Some(0), 0), "{said}");
    assert_eq!(fs::read_dir(home.data()).unwrap().count(), 0);
    // The record alone, and nothing beside it.
    let home = kept();
    let before = everything(&home).0;
    says(&home, &["forget"], &["3", "3", "yes"]);
    assert_eq!(everything(&home), (before, String::new()));
}

#[test]
fn every_file_is_told_with_what_it_is_for() {
    let home = kept();
    fs::write(home.data().join("shopping.txt"), "milk").unwrap();
    let (code, said) = says(&home, &["paths"], &[]);
    assert_eq!(code, Some(0));
    for says in [
        "people.toml",
        "mode 0600",
        "shopping.txt",
        "not made by",
        "not there yet",
    ] {
        assert!(said.contains(says), "{says}\n{said}");
    }
}

#[test]
fn what_is_not_well_is_told_with_what_to_do_and_nothing_is_changed() {
    let home = kept();
    let people = home.data().join("people.toml");
    fs::set_permissions(&people, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(&people, "format = 999\n").unwrap();
    fs::write(home.data().join("record.torn"), "{").unwrap();
    let notebooks = Notebooks::at(home.data().join("notebooks"));
    for (name, file, bytes) in [
        ("Ada", "book.jsonl", "not a line\n"),
        (
            "Ben",
            "head.toml",
            "kind = \"alongside-notebook\"\nformat = [99, 0]\n",
        ),
    ] {
        let notebook = notebooks.create(name, &Keeping::Plain).unwrap();
        fs::write(notebook.folder().join(file), bytes).unwrap();
    }
    let before = home.files();
    let (code, said) = says(&home, &["doctor"], &[]);
    assert_eq!(code, Some(1), "{said}");
    for says in [
        "chmod 600",
        "newer `alongside`",
        "record.torn",
        "book.jsonl",
        "format 99.0",
        "things were found",
    ] {
        assert!(said.contains(says), "{says}\n{said}");
    }
    assert_eq!(home.files(), before);
}

/// A zone that the libraries read as UTC without a word is told.
#[test]
fn a_time_zone_that_is_not_understood_is_told() {
    for (zone, told) in [
        ("Europe/Nowhere", true),
        ("IST-2IDT,M3.4.4/26,M10.5.0", true),
        ("", false),
        ("UTC", false),
        ("GMT0BST,M3.5.0/1,M10.5.0", false),
        ("<+00>0", false),
        ("CET-1CEST,M3.5.0,M10.5.0/3", false),
    ] {
        let home = Home::new();
        let mut doctor = home.command(&["doctor"]);
        doctor.env("TZ", zone);
        let output = common::run(doctor, &[]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(said.contains(&format!("TZ={zone}, which")), told, "{said}");
        assert_eq!(output.status.code(), Some(i32::from(told)), "{said}");
    }
}

/// Rows that nobody has verified come with the program: they are told, and nobody's files are unwell for it.
#[test]
fn a_fresh_machine_is_well() {
    let (code, said) = says(&Home::new(), &["doctor"], &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("All is well"), "{said}");
    assert!(said.contains("not been checked yet") && said.contains("alongside settings --sample"));
}

/// Whoever is shaken and only read a little leaves no session behind; whoever answered can go on.
#[test]
fn now_leaves_a_log_only_where_something_was_answered() {
    for (typed, logs) in [
        (&["leave", "leave"][..], 0),
        (&["time", "pause", "", "stop", "leave", "leave"], 0),
        (&["", "", "exit now"], 0),
        (&["", "", "yes", "", "2", "leave", "leave"], 0),
        (&["", "", "yes", "", "2", "2", "2"], 1),
        (&["", "", "yes", "", "2", "1", "", "leave", "leave"], 1),
    ] {
        let home = Home::known();
        let said = home.says(&["now", "--plain"], typed);
        assert_eq!(home.logs().len(), logs, "{typed:?}\n{said}");
        let waits = said.contains("is paused where you left it");
        assert_eq!(waits, logs == 1 && typed.ends_with(&["leave"]), "{said}");
        if logs == 1 {
            let on = home.says(&["resume", "--plain"], &["leave", "leave"]);
            // What is asked about somebody's safety is there again at once, with nothing before it.
            let asks =
                on.contains("Might you end your life") && !on.contains("This is where you were.");
            assert_eq!(asks, typed.ends_with(&["2"]), "{on}");
            assert_eq!(on.contains("This is where you were."), !asks, "{on}");
        }
    }
}

/// Nobody has to leave a command in a shell's history: what has one of its own is reached from home.
#[test]
fn what_has_a_command_is_reached_from_home() {
    for (typed, seen) in [
        (&["2"][..], "Hold one plain thing, or look around you"),
        (&["3"], "A new notebook"),
        (&["4", "3"], "No session was kept yet"),
        (&["7"], "Hold one thing"),
        (&["now"], "Hold one thing"),
        (&["6"], "Phone the emergency number first."),
        (&["crisis"], "Phone the emergency number first."),
    ] {
        let said = Home::known().says(&["--plain"], typed);
        assert!(said.contains(seen), "{typed:?}: {seen}\n{said}");
    }
    let home = kept();
    fs::write(home.data().join("shopping.txt"), "milk").unwrap();
    let said = home.says(&["--plain"], &["5", "4"]);
    for command in ["paths", "doctor"] {
        let (_, told) = says(&home, &[command], &[]);
        for line in told.lines() {
            assert!(said.contains(line.trim()), "{command}: {line}\n{said}");
        }
    }
    assert!(said.contains("shopping.txt") && said.contains("settings.toml"));
}
