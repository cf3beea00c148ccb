//! Where the program writes and what it runs: full disks, bells, disks that can little, folders that are copied.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

mod common;

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Output, Stdio};

use alongside::notebook::{Keeping, NotebookEntry, Notebooks, Passphrase};
use alongside::time::date::Date;
use common::pty::Terminal;
use common::{Home, PROGRAM, TO_THE_PLAN, complaint, desk, first_screen};

/// Everything that prints and ends, with what is typed.
const PRINTING: &[(&[&str], &str)] = &[
    (&["--help"], ""),
    (&["--version"], ""),
    (&["scripts", "--help"], ""),
    (&["crisis"], ""),
    (&["crisis", "ireland"], ""),
    (&["paths"], ""),
    (&["doctor"], ""),
    (&["settings"], ""),
    (&["settings", "--sample"], ""),
    (&["history"], ""),
    (&["forget"], "4\nyes\n"),
    (&["notebook", "list"], ""),
    (&["notebook", "lock"], ""),
    (&["resume", "--list"], ""),
    (&["rehearse", "standard-pair", "--seed", "7"], ""),
    (&["scripts", "list"], ""),
    (&["scripts", "modules"], ""),
    (&["scripts", "show", "standard-pair"], ""),
    (&["scripts", "show", "standard-pair", "--toml"], ""),
    (&["scripts", "map", "standard-pair"], ""),
    (&["scripts", "map", "standard-pair", "--mermaid"], ""),
    (&["scripts", "check", "scripts"], ""),
    (&["scripts", "new", "mine"], ""),
    (&["scripts", "reference"], ""),
    (&["scripts", "schema"], ""),
    (&["--plain"], "leave\nleave\n"),
    (&["ground", "--plain"], "\n\n"),
];

/// Runs the program with its output going there.
fn printing_to(home: &Home, arguments: &[&str], typed: &str, to: Stdio) -> Output {
    let input = home.root().join("typed");
    fs::write(&input, typed).unwrap();
    let mut command = home.command(arguments);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.stdin(File::open(input).unwrap()).stdout(to);
    let child = command.stderr(Stdio::piped()).spawn().unwrap();
    child.wait_with_output().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_what_is_printed_is_one_sentence_and_1() {
    for (arguments, typed) in PRINTING {
        let home = Home::known();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = printing_to(&home, arguments, typed, full.into());
        let told = complaint(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
        let last = told.lines().last().unwrap_or_default();
        assert_eq!(
            last,
            "Not everything could be printed: the disk is full. To see it all, make some room on it.",
            "{arguments:?}"
        );
        assert!(!told.contains("os error") && !told.contains("mistake"));
        // A yes that was typed ahead counts for nothing where the question could not be read.
        assert!(home.data().join("people.toml").exists(), "{arguments:?}");
    }
}

#[test]
fn whoever_reads_no_further_is_told_nothing() {
    for (arguments, typed) in PRINTING {
        let home = private();
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let output = printing_to(&home, arguments, typed, writer.into());
        let told = complaint(&output);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {told}");
        let quiet = told.is_empty() || arguments.contains(&"check");
        assert!(quiet, "{arguments:?}: {told}");
    }
}

/// A rehearsal in which a bell is about to ring: a quiet time that is over at once.
fn until_it_rings(home: &Home, plain: bool) -> Terminal {
    let arguments = ["rehearse", "standard-pair", "--speed=1000", "--plain"];
    let arguments = &arguments[..if plain { 4 } else { 3 }];
    let mut terminal = Terminal::new(home, arguments, &[]);
    terminal.until(&[first_screen()], &[]);
    let (stop, quiet) = if plain { ("stop\n", "2\n") } else { ("s", "2") };
    terminal.press(stop, &["Nobody has to explain."]);
    terminal.send(quiet);
    terminal
}

#[test]
fn a_bells_program_has_no_way_to_the_terminal() {
    for plain in [false, true] {
        let home = Home::known();
        let done = home.root().join("done");
        let line = "echo OVER-THE-SCREEN >/dev/tty; : >\\\"$0\\\"";
        home.settings(&format!(
            "bell = [\"sh\", \"-c\", \"{line}\", \"{}\"]\n",
            done.display()
        ));
        let mut terminal = until_it_rings(&home, plain);
        for _ in 0..2_000 {
            if done.exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert!(done.exists(), "it never rang");
        // What is drawn after it has come through the same terminal.
        terminal.press(if plain { "help\n" } else { "?" }, &["Crisis card"]);
        let stream = String::from_utf8_lossy(&terminal.stream()).into_owned();
        assert!(!stream.contains("OVER-THE-SCREEN"), "{stream}");
    }
}

const NOT_RUN: &str = "The bell's program `no-such-bell` can't be run: it isn't there.";

#[test]
fn a_bell_that_cannot_be_run_is_said_before_and_when_it_first_rings() {
    let home = private();
    home.settings("bell = { warning = [\"no-such-bell\", \"x\"], end = [\"sh\"] }\n");
    let doctor = home.run(&["doctor"], &[]);
    assert_eq!(doctor.status.code(), Some(1));
    let said = String::from_utf8(doctor.stdout).unwrap();
    assert!(said.contains(NOT_RUN) && !said.contains("`sh`"), "{said}");
    let settings = home.run(&["settings"], &[]);
    assert_eq!(settings.status.code(), Some(1));
    assert!(complaint(&settings).contains(NOT_RUN));
    // What is printed can be taken as it is all the same.
    let told = String::from_utf8(settings.stdout).unwrap();
    assert!(!told.contains("can't be run"), "{told}");
    for plain in [false, true] {
        let terminal = until_it_rings(&home, plain);
        terminal.until(&[NOT_RUN], &[]);
        // The screen's own bell is heard instead; by lines a bell is words.
        assert_eq!(terminal.stream().contains(&7), !plain);
    }
    home.settings("bell = [\"sh\"]\n");
    assert_eq!(home.run(&["doctor"], &[]).status.code(), Some(0));
    assert_eq!(home.run(&["settings"], &[]).status.code(), Some(0));
}

#[test]
fn inside_gnu_screen_what_was_said_by_lines_is_pushed_out_of_its_scrollback() {
    let home = Home::known();
    let inside = [("TERM", "screen"), ("STY", "1.pts-0.here")];
    let mut terminal = Terminal::new(&home, &["--plain"], &inside);
    terminal.until(&["What would you like to do?"], &[]);
    terminal.send("exit now\n");
    let (code, shown) = terminal.end();
    assert_eq!((code, shown.trim()), (0, ""));
    let stream = terminal.stream();
    let rows = stream.iter().rev().filter(|byte| **byte == b'\n').count();
    assert!(rows >= 100_000, "{rows}");
}

fn doctor(home: &Home) -> (Option<i32>, String) {
    let output = home.run(&["doctor"], &[]);
    let said = String::from_utf8(output.stdout).unwrap();
    (output.status.code(), said)
}

/// A home in which Ada and Ben have sat together, and nobody else can look into it.
fn private() -> Home {
    let home = Home::known();
    for (path, mode) in [
        (home.data(), 0o700),
        (home.data().join("people.toml"), 0o600),
    ] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    home
}

/// A notebook of each kind, with a note, a page that was begun, and a promise with its day.
fn lived_in() -> (Home, Notebooks) {
    let home = private();
    let notebooks = desk::notebooks(&home);
    let sealed = Keeping::Sealed(Passphrase::new("four plain words here".into()));
    for (name, keeping) in [("Ada", &Keeping::Plain), ("Ben", &sealed)] {
        let notebook = notebooks.create(name, keeping).unwrap();
        notebook.add(&[promise()]).unwrap();
    }
    (home, notebooks)
}

fn promise() -> NotebookEntry {
    common::desk::entry(&serde_json::json!({
        "entry": "promise", "words": "rest", "cue": "the bench",
        "on": [Date::at(4_102_444_800_000, 0)], "therapist": false,
    }))
}

#[test]
fn copies_of_sync_programs_are_named_and_whatever_else_lies_among_our_files() {
    let (home, _) = lived_in();
    assert_eq!(doctor(&home).0, Some(0), "{}", doctor(&home).1);
    let book = home.data().join("notebooks/1");
    let copies = [
        home.data()
            .join("people.sync-conflict-20261121-200100-ABCDEFG.toml"),
        home.data()
            .join("record (Ada's conflicted copy 2026-11-21).jsonl"),
        book.join("book.sync-conflict-20261121-200100-ABCDEFG.jsonl"),
        book.join("due (conflicted copy 2026-11-21 200100).toml"),
        book.join("book 2.jsonl"),
    ];
    let foreign = [
        book.join(".book.jsonl.swp"),
        book.join("book-ADASLAPTOP.jsonl"),
    ];
    for path in copies.iter().chain(&foreign) {
        fs::write(path, "x").unwrap();
    }
    let (code, said) = doctor(&home);
    assert_eq!(code, Some(1));
    for (paths, says) in [
        (&copies[..], "is a copy that a sync"),
        (&foreign, "not made by"),
    ] {
        for path in paths {
            let line = said
                .lines()
                .find(|line| line.contains(&*path.to_string_lossy()));
            assert!(
                line.is_some_and(|line| line.contains(says)),
                "{path:?}\n{said}"
            );
        }
    }
}

#[test]
fn a_folder_that_is_copied_is_said_before_anything_is_kept_in_it() {
    const SAYS: &str = "that Syncthing copies to other computers";
    let home = Home::new();
    fs::create_dir(home.root().join(".stfolder")).unwrap();
    let first = home.says(&["--plain"], &["", "", ""]);
    assert_eq!(first.matches(SAYS).count(), 1, "{first}");
    let made = ["", "Ada", "2", "2"];
    let how = home.says(&["notebook", "--plain"], &made[..2]);
    assert_eq!(how.matches(SAYS).count(), 1, "{how}");
    assert!(
        !home.data().join("notebooks/1").exists(),
        "nothing is made yet"
    );
    let all = home.says(&["notebook", "--plain"], &made);
    assert_eq!(all.matches(SAYS).count(), 1, "{all}");
    // Once something is kept, whoever keeps it there knows.
    let known = Home::known();
    fs::create_dir(known.root().join(".stfolder")).unwrap();
    assert!(!known.says(&["--plain"], &[""]).contains(SAYS));
    let elsewhere = Home::new().says(&["notebook", "--plain"], &made);
    assert!(!elsewhere.contains("copies to other"), "{elsewhere}");
}

#[test]
fn files_of_no_bytes_are_not_well() {
    let (home, _) = lived_in();
    let record = home.data().join("record.jsonl");
    let sealed = home.data().join("notebooks/2");
    for path in [
        record.clone(),
        home.data().join("notebooks/1/due.toml"),
        sealed.join("book.age"),
        sealed.join("identity.age"),
        sealed.join("head.toml"),
    ] {
        let before = fs::read(&path).ok();
        fs::write(&path, "").unwrap();
        let (code, said) = doctor(&home);
        let told = said.contains(&*path.to_string_lossy());
        assert!(code == Some(1) && told, "{path:?}\n{said}");
        match before {
            Some(before) => fs::write(&path, before).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        assert_eq!(doctor(&home).0, Some(0), "{}", doctor(&home).1);
    }
    fs::write(&record, "").unwrap();
    let history = home.run(&["history"], &[]);
    assert_eq!(history.status.code(), Some(1));
    assert!(complaint(&history).contains("is empty"));
}

#[test]
fn damaged_days_of_promises_are_said_at_home_and_set_aside_when_the_notebook_opens() {
    let (home, notebooks) = lived_in();
    let folder = home.data().join("notebooks/1");
    let due = folder.join("due.toml");
    let before = fs::read_to_string(&due).unwrap();
    let damaged = before.replace("the bench", "the beach");
    fs::write(&due, &damaged).unwrap();
    let at_home = home.says(&["--plain"], &[""]);
    assert!(at_home.contains("due.toml` is damaged"), "{at_home}");
    let ada = notebooks.of("Ada").unwrap().unwrap();
    // Adding to it says so, writes nothing over it, and loses nothing.
    let added = ada.add(&[promise()]).unwrap();
    let trouble = added.trouble().unwrap().to_string();
    assert!(trouble.contains("due.toml` is damaged"), "{trouble}");
    assert_eq!(fs::read_to_string(&due).unwrap(), damaged);
    let mut open = ada.open(None).unwrap();
    let said: Vec<String> = open.take_said().iter().map(ToString::to_string).collect();
    assert!(said[0].contains("due.set-aside"), "{said:?}");
    let aside = fs::read_to_string(folder.join("due.set-aside")).unwrap();
    assert_eq!(aside, damaged);
    assert_eq!(ada.due().unwrap().len(), 2);
}

#[test]
fn what_is_written_changes_no_file_that_has_another_name_elsewhere() {
    let home = Home::known();
    let mut talk = home.begun();
    let log = home.log();
    talk.kill();
    let theirs = home.root().join("theirs");
    fs::hard_link(&log, &theirs).unwrap();
    let before = fs::read(&theirs).unwrap();
    let (code, said) = doctor(&home);
    assert!(code == Some(1) && said.contains("a hard link"), "{said}");
    home.says(&["resume", "--plain"], &["", "", ""]);
    assert_eq!(fs::read(&theirs).unwrap(), before);
    assert!(fs::read(&log).unwrap().len() > before.len());
}

#[test]
fn a_home_that_depends_on_where_one_stands_is_refused_in_a_sentence() {
    let here = tempfile::tempdir().unwrap();
    for arguments in [&["--plain"][..], &["paths"], &["notebook", "--plain"]] {
        let mut command = Command::new(PROGRAM);
        command
            .args(arguments)
            .current_dir(here.path())
            .env("HOME", "rel/home");
        for name in ["XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, "rel/xdg");
        }
        let output = common::run(command, &["", "", "Ada", "2", "2"]);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = complaint(&output);
        assert!(told.contains("HOME is `rel/home`"), "{told}");
        assert_eq!(fs::read_dir(here.path()).unwrap().count(), 0);
    }
}

#[test]
fn where_nothing_can_be_locked_a_session_is_gone_on_with_and_says_so() {
    let home = Home::known();
    let mut talk = home.begun();
    talk.kill();
    let lock = home.sessions().join("lock");
    fs::remove_file(&lock).unwrap();
    let nowhere = home.root().join("nowhere");
    symlink(&nowhere, &lock).unwrap();
    for arguments in [&["resume", "--plain"][..], &["--plain"]] {
        let typed: &[&str] = if arguments.len() == 1 { &["", ""] } else { &[] };
        let output = home.run(arguments, typed);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains("This is where you were"), "{said}");
        assert!(said.contains("lock` can't be locked"), "{said}");
    }
    assert!(!nowhere.exists());
    let fresh = Home::new();
    fs::create_dir_all(fresh.sessions()).unwrap();
    symlink(fresh.root().join("nowhere"), fresh.sessions().join("lock")).unwrap();
    let typed = [TO_THE_PLAN, &[""]].concat();
    let said = fresh.says(&["--plain"], &typed);
    assert!(said.contains("lock` can't be locked"), "{said}");
}

/// What the quick exit can't do is said where people look for it.
#[test]
fn the_page_of_what_the_quick_exit_cannot_do_is_found_from_where_it_is_explained() {
    let page = include_str!("../docs/quick-exit.md");
    for place in [
        "tmux",
        "GNU screen",
        "asciinema",
        "ssh",
        "history",
        "list of processes",
    ] {
        assert!(page.contains(place), "{place}");
    }
    let settings = include_str!("../docs/settings.md");
    assert!(settings.contains("(quick-exit.md)") && settings.contains("GNU screen erases none"));
    assert!(include_str!("../README.md").contains("(docs/quick-exit.md)"));
}
