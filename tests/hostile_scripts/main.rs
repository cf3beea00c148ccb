//! Scripts from strangers: whatever is in a file, in its name or in its place, the answer is a clear
//! sentence, and nothing of it reaches a terminal as it was typed.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of a test fails as loudly as a test"
)]

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use alongside::script::{self, SHIPPED, Source};
use alongside::text::safe_text::forbidden;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

mod files;

use files::{GOOD, PAYLOADS, files, places};

const PROGRAM: &str = env!("CARGO_BIN_EXE_alongside");

fn folder_of(files: &[(String, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(format!("{name}.toml")), bytes).unwrap();
    }
    folder
}

/// A file name may hold anything but `/` and NUL.
fn hostile_name() -> &'static OsStr {
    OsStr::from_bytes(b"\x1b]0;x\x07\r\xe2\x80\xae.toml")
}

fn assert_harmless(said: &[u8], allow: &[char], about: &str) {
    let said = std::str::from_utf8(said).unwrap_or_else(|_| panic!("{about}: not UTF-8"));
    for line in said.lines() {
        let bad = line
            .chars()
            .find(|c| !allow.contains(c) && (c.is_control() || forbidden(*c).is_some()));
        assert_eq!(bad, None, "{about}: {line:?}");
        assert!(
            line.len() < 4_000,
            "{about}: a line of {} bytes",
            line.len()
        );
    }
    assert!(!said.contains("panicked"), "{about}: {said}");
    assert!(!said.contains("src/"), "{about}: {said}");
}

struct Answer {
    code: i32,
    out: String,
    err: String,
}

fn run(args: &[&OsStr], home: &Path) -> Answer {
    let mut command = Command::new(PROGRAM);
    for name in ["HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(name, home);
    }
    let output = command.args(args).output().unwrap();
    for (bytes, about) in [(&output.stdout, "stdout"), (&output.stderr, "stderr")] {
        assert_harmless(bytes, &[], &format!("{args:?} {about}"));
    }
    Answer {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn check(path: &Path) -> Answer {
    let home = tempfile::tempdir().unwrap();
    run(
        &["scripts".as_ref(), "check".as_ref(), path.as_os_str()],
        home.path(),
    )
}

#[test]
fn no_text_and_no_key_of_a_stranger_is_told_as_it_was_typed() {
    for (at, place) in places().iter().enumerate() {
        for payload in PAYLOADS {
            let source = Source::new(&format!("{payload}.toml"), place.replace('@', payload));
            let checked = script::check("x", source, &SHIPPED);
            // In a remark, TOML's escapes are ordinary letters.
            let fine = place.contains("# @") && (payload.starts_with('\\') || payload == "\r");
            assert_eq!(checked.problems.is_empty(), fine, "{at} {payload:?}");
            for problem in &checked.problems {
                assert_harmless(problem.long().as_bytes(), &[], "long");
                assert_harmless(problem.short().as_bytes(), &[], "short");
            }
        }
    }
}

#[test]
fn every_hostile_file_gets_a_clear_answer_in_a_pipe() {
    let files = files();
    let folder = folder_of(&files);
    for (name, _) in &files {
        let path = folder.path().join(format!("{name}.toml"));
        let Answer { code, out, err } = check(&path);
        assert_eq!(code, 2, "{name}: {out} {err}");
        let told = format!("{out}{err}");
        let place = path.to_str().unwrap();
        assert!(told.contains(place), "{name}: {told}");
        // reliability.md S8, with room for twenty problems of six lines each.
        assert!(told.len() < 16 * 1024, "{name}: {} bytes", told.len());
    }
}

#[test]
fn nothing_hostile_reaches_a_terminal() {
    let files = files();
    let folder = folder_of(&files);
    fs::write(folder.path().join(hostile_name()), "x = \"\u{1b}[31m").unwrap();
    // In full no more is told at once than can be read, and the rest is counted; on one line each, all of it.
    assert!(told_in_a_terminal(folder.path(), "long").contains("-->"));
    let said = told_in_a_terminal(folder.path(), "short");
    assert!(
        said.matches(": error: ").count() > files.len() / 2,
        "{said}"
    );
}

/// What a check of a folder says in a terminal; nothing of it acts there.
fn told_in_a_terminal(folder: &Path, format: &str) -> String {
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["scripts", "check", "--format", format]);
    command.arg(folder);
    command.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut said = Vec::new();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut bytes = [0; 4096];
    // A pty says "input/output error" once nobody is there any more.
    while let Ok(count) = reader.read(&mut bytes) {
        if count == 0 {
            break;
        }
        said.extend_from_slice(&bytes[..count]);
    }
    assert_eq!(child.wait().unwrap().exit_code(), 2);
    assert_harmless(&said, &['\r'], "pty");
    String::from_utf8(said).unwrap()
}

#[test]
fn what_is_no_ordinary_file_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let made = Command::new("mkfifo")
        .arg(at("fifo.toml"))
        .status()
        .unwrap();
    assert!(made.success());
    symlink(at("two.toml"), at("one.toml")).unwrap();
    symlink(at("one.toml"), at("two.toml")).unwrap();
    symlink(at("nowhere"), at("dangling.toml")).unwrap();
    symlink("/dev/zero", at("zero.toml")).unwrap();
    fs::create_dir(at("empty")).unwrap();
    fs::create_dir_all(at("folder/inner.toml")).unwrap();
    let cases = [
        (at("fifo.toml"), "isn't an ordinary file"),
        (at("one.toml"), "link"),
        (at("dangling.toml"), "isn't there"),
        (at("zero.toml"), "isn't an ordinary file"),
        (PathBuf::from("/dev/null"), "isn't an ordinary file"),
        (at("missing.toml"), "There is no file"),
        (at("empty"), "no script here"),
        (at("folder"), "no script here"),
        (folder.path().join(hostile_name()), "There is no file"),
    ];
    for (path, says) in cases {
        let Answer { code, out, err } = check(&path);
        assert_eq!((code, &*out), (2, ""), "{path:?}: {err}");
        assert!(err.contains(says), "{path:?}: {err}");
    }
}

#[test]
fn a_strangers_script_is_listed_and_rehearsed_in_harmless_words() {
    let home = tempfile::tempdir().unwrap();
    let own = home.path().join("alongside/scripts");
    fs::create_dir_all(&own).unwrap();
    for (name, bytes) in files().iter().take(PAYLOADS.len()) {
        fs::write(own.join(format!("{name}.toml")), bytes).unwrap();
    }
    // Good in itself, in a file whose name is not; and one that only has letters of other scripts.
    fs::write(own.join(hostile_name()), GOOD).unwrap();
    let many = GOOD.replace("Solo sitting", "שלום مرحبا नमस्ते 日本語 👩‍👩‍👧 é");
    let strange = own.join("strange.toml");
    fs::write(
        &strange,
        many.replace("One person alone", "\u{301}\u{301}é"),
    )
    .unwrap();

    let listed = run(&["scripts".as_ref(), "list".as_ref()], home.path());
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert!(listed.out.contains("strange"), "{}", listed.out);
    for path in [strange, own.join(hostile_name())] {
        let args = ["rehearse".as_ref(), path.as_os_str(), "--seed=1".as_ref()];
        let played = run(&args, home.path());
        assert_eq!(played.code, 0, "{}", played.err);
        assert!(played.out.lines().count() > 10);
    }
    let broken = own.join("payload-00.toml");
    let args = ["rehearse".as_ref(), broken.as_os_str(), "--seed=1".as_ref()];
    let refused = run(&args, home.path());
    assert_eq!(refused.code, 2);
    assert!(refused.out.contains("U+001B"), "{}", refused.out);
}

#[test]
fn a_mark_at_the_beginning_and_other_line_ends_are_fine() {
    for text in [format!("\u{feff}{GOOD}"), GOOD.replace('\n', "\r\n")] {
        let folder = folder_of(&[("mine".to_owned(), text.into_bytes())]);
        let answer = check(&folder.path().join("mine.toml"));
        assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    }
}
