//! Processes that are killed: what was acknowledged is there, and their lock is not in anybody's way.
//!
//! The killed one is this test binary again, running one of the ignored tests below.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper of a test fails as loudly as a test"
)]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use alongside::session::intent::Intent;
use alongside::session::setup::Begin;
use alongside::session_log::{Log, list};
use alongside::storage::{FolderBusy, FolderLock};
use alongside::time::moment::Moment;

/// Tells the child where to write; without it the ignored tests do nothing.
const FOLDER: &str = "ALONGSIDE_TEST_FOLDER";
/// How often the writer is killed; `ALONGSIDE_KILLS` asks for more.
const KILLS: usize = 40;

fn child(test: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", test])
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

fn said(line: &str) -> Option<u64> {
    line.strip_prefix("acknowledged ")?.parse().ok()
}

fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

fn at(n: u64) -> Moment {
    Moment {
        mono: Duration::from_millis(n),
        wall: 0,
        offset: 0,
        change: None,
    }
}

#[test]
#[ignore = "the child of another test"]
fn child_writes_until_killed() {
    let Some(folder) = folder() else { return };
    let begin: Begin = serde_json::from_value(serde_json::json!({
        "script": "alone", "hash": "", "people": ["Ada"], "length": {"minutes": 20}, "first": 0,
        "agreement": [], "seed": 0, "at": at(0),
    }))
    .unwrap();
    let _lock = FolderLock::take(&folder).unwrap();
    let mut log = Log::create(&folder, &begin).unwrap();
    let mut out = std::io::stdout();
    for n in 1.. {
        let words = "x".repeat(usize::try_from(n % 300).unwrap());
        log.append(
            at(n),
            &Intent::Write {
                words: words.into(),
            },
        )
        .unwrap();
        if writeln!(out, "\nacknowledged {n}").is_err() {
            return;
        }
    }
}

#[test]
fn kill_at_any_moment_loses_nothing_that_was_acknowledged() {
    let kills = std::env::var("ALONGSIDE_KILLS").ok();
    let kills = kills.and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let seed = fastrand::u64(..);
    let mut chance = fastrand::Rng::with_seed(seed);
    for _ in 0..kills {
        let folder = tempfile::tempdir().unwrap();
        let mut child = child("child_writes_until_killed", folder.path());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let enough = chance.u64(1..30);
        let mut last = 0;
        while last < enough {
            let line = lines.next().expect("the child goes on").unwrap();
            last = said(&line).unwrap_or(last);
        }
        // Somewhere in the middle of the next write.
        for _ in 0..chance.u32(..20_000) {
            std::hint::spin_loop();
        }
        kill(child);
        for line in lines.map_while(Result::ok) {
            last = said(&line).unwrap_or(last);
        }
        let found = list(folder.path()).unwrap();
        let [unfinished] = found.as_slice() else {
            panic!("seed {seed}: {found:?}");
        };
        let story = unfinished.story.as_ref().unwrap();
        let held = u64::try_from(story.entries.len()).unwrap();
        assert!(
            held == last || held == last + 1,
            "seed {seed}: {held} of {last}"
        );
        let lock = FolderLock::take(folder.path());
        assert!(lock.is_ok(), "seed {seed}: the lock of the dead is free");
        let (mut log, _) = Log::resume(&unfinished.path).unwrap();
        log.append(at(held + 1), &Intent::Stop).unwrap();
        log.close().unwrap();
    }
}

#[test]
#[ignore = "the child of another test"]
fn child_holds_the_lock_until_killed() {
    let Some(folder) = folder() else { return };
    let _lock = FolderLock::take(&folder).unwrap();
    println!("\nacknowledged 1");
    loop {
        std::thread::park();
    }
}

#[test]
fn a_living_process_keeps_its_lock_and_a_dead_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = child("child_holds_the_lock_until_killed", folder.path());
    let pid = child.id();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    while said(&lines.next().expect("the child takes it").unwrap()).is_none() {}
    let busy = FolderLock::take(folder.path()).unwrap_err();
    assert_eq!(busy, FolderBusy::Taken { pid: Some(pid) });
    kill(child);
    assert!(FolderLock::take(folder.path()).is_ok());
}
