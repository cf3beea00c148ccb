//! What remembering costs: `cargo bench --bench memory`. Home, what was kept and the people's pages, with few and with
//! many records; one line for each, the middle of many runs, and how much more the many cost.
//!
//! With 10,000 sessions each of these opens within 50 ms of what it takes with 10.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a benchmark reads the clock, says what it found, and stops where it can't go on"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use alongside::app::{Controller, Program, Scripts};
use alongside::memory::{Memory, MemoryStore};
use alongside::script::shipped;
use alongside::session::intent::{Intent, Outline};
use alongside::settings::Settings;
use alongside::storage::{Folders, checked};

/// How many of the records belong to each pair, at most: who meets weekly for four years.
const EACH: usize = 200;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn middle(mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..15).map(|_| run()).collect();
    times.sort();
    times.get(7).copied().unwrap_or_default()
}

fn outline(n: usize) -> Outline {
    let pair = n / EACH;
    let day = i64::try_from(n).unwrap_or(0);
    let outline = serde_json::json!({
        "kept": "outline",
        "began": 1_600_000_000_000 + day * DAY_MS / 2,
        "offset": 3600,
        "people": [format!("Ada {pair}"), format!("Ben {pair}")],
        "script": "standard-pair",
        "minutes": 60,
        "whole": true,
        "first": 0,
        "turns": [1_080_000, 1_080_000],
        "one-sided": false,
        "agreement": vec!["What I hear I tell nobody."; 10],
    });
    serde_json::from_value(outline).expect("an outline as it stands in a file")
}

fn home(root: &Path) -> Folders {
    Folders::find(|name| Some(root.join(name).into())).expect("a home")
}

/// A home with so many records, and everybody of whom they are.
fn fill(root: &Path, records: usize) {
    let home = home(root);
    let folder = home.record();
    let folder = folder.parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(
        folder.join("people.toml"),
        "format = 1\nseen-notice = true\n",
    )
    .expect("the first page was read");
    let (mut people, _) = MemoryStore::load(&home);
    let filled = move |memory: &mut Memory| {
        for pair in (0..records).step_by(EACH) {
            memory.remember_outline(&outline(pair));
        }
    };
    people.change(filled).expect("people are kept");
    // The first one makes the file with its head; the others are the same lines in one write.
    alongside::memory::keep(&home.record(), &outline(0)).expect("a record");
    let mut text = std::fs::read(home.record()).expect("the record");
    for n in 1..records {
        text.extend(checked(&outline(n)).expect("a line"));
    }
    std::fs::write(home.record(), text).expect("the record is written");
}

fn program(root: &Path) -> Program {
    let scripts = shipped().iter().map(Arc::clone).collect();
    let scripts = Scripts::new(scripts, Vec::new());
    Program::new(home(root), scripts, Settings::default(), "Ctrl-X")
}

/// What the program says before a session, and where people look at what is remembered.
const LOBBY: &str = include_str!("../src/text/words/home.toml");
const RECALL: &str = include_str!("../src/text/words/records.toml");

/// What stands under a key.
fn said(words: &str, key: &str) -> String {
    let words: toml::Table = words.parse().expect("it is TOML");
    words[key].as_str().expect("it is a text").to_owned()
}

/// Asks what is behind the choice that says this.
fn choose(program: &mut Program, says: &str) {
    let scene = program.scene();
    let choice = scene.choices.iter().find(|one| one.says.as_str() == says);
    let intent = choice.expect("it is offered").intent.clone();
    program.ask(intent).expect("it is taken");
    std::hint::black_box(program.scene());
}

/// Home; the latest month, and others; everybody and one card; everybody who sits together and one agreement.
fn measure(root: &Path) -> [(&'static str, Duration); 4] {
    let timed = |run: &dyn Fn(&mut Program)| {
        middle(|| {
            let mut program = program(root);
            let begun = Instant::now();
            run(&mut program);
            begun.elapsed()
        })
    };
    let opened = middle(|| {
        let begun = Instant::now();
        std::hint::black_box(program(root).scene());
        begun.elapsed()
    });
    let history = timed(&|program| {
        choose(program, &said(LOBBY, "recall"));
        choose(program, &said(RECALL, "to-history"));
        // It opens on the latest month, and leads on to others where there are some.
        for _ in 0..2 {
            if let Some(choice) = program.scene().choices.last() {
                program.ask(choice.intent.clone()).expect("it is offered");
                std::hint::black_box(program.scene());
            }
        }
    });
    let pages = |to: &'static str| {
        timed(&move |program| {
            choose(program, &said(LOBBY, "recall"));
            choose(program, &said(RECALL, to));
            program.ask(Intent::Answer { n: 0 }).expect("there is one");
            std::hint::black_box(program.scene());
        })
    };
    [
        ("home", opened),
        ("history", history),
        ("people", pages("to-people")),
        ("pairs", pages("to-circles")),
    ]
}

fn main() {
    let few = tempfile::tempdir().expect("a folder");
    let many = tempfile::tempdir().expect("a folder");
    fill(few.path(), 10);
    fill(many.path(), 10_000);
    let (few, many) = (measure(few.path()), measure(many.path()));
    for ((name, few), (_, many)) in few.into_iter().zip(many) {
        let more = many.saturating_sub(few);
        println!(
            "{name}: {few:.1?} with 10, {many:.1?} with 10,000: {more:.1?} more (at most 50 ms)"
        );
    }
}
