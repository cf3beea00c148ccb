//! A whole session by lines in braille: no cell that stands for a sign nobody knows. liblouis (UEB, both grades) and
//! brltty's English table are asked where they are; where they are not the test says so and ends.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where it cannot go on"
)]

mod common;

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use common::Home;
use common::walks::{MOST_BEFORE_NAMES, MOST_IN_SESSION, all as walks, before_names, in_session};
use common::way::{TODAY, Way};

/// What a program makes of a text; `None` where there is no such program.
fn made_of(text: &str, program: &str, arguments: &[&str]) -> Option<String> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        println!("There is no {program} here: nothing was translated with it.");
        return None;
    };
    let (mut input, all) = (child.stdin.take().unwrap(), text.to_owned());
    let writes = std::thread::spawn(move || input.write_all(all.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writes.join().unwrap().unwrap();
    assert!(output.status.success(), "{program}: {output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The table of the page on listening. `OTHER_PROGRAM=PATH` counts another build, `--nocapture` shows it.
#[test]
fn the_page_says_how_many_words_there_are() {
    // Words and lines of a build of a week before, by the same walks.
    const BEFORE: [(usize, usize); 5] =
        [(3_004, 58), (1_297, 31), (898, 31), (216, 7), (3_339, 96)];
    let head =
        "| | words | lines typed | words a line | before: words | lines typed | words a line |";
    let mut table = format!("{head}\n|---|---|---|---|---|---|---|\n");
    const MOST: [usize; 5] = [3_250, 1_300, 130, 240, 3_000];
    for ((walk, (had, took)), most) in walks().into_iter().zip(BEFORE).zip(MOST) {
        if std::env::var_os("OTHER_PROGRAM").is_some() {
            println!(
                "{}: {} words, {} lines",
                walk.name,
                walk.words(),
                walk.steps()
            );
            continue;
        }
        let (words, steps) = (walk.words(), walk.steps());
        let (each, once) = (words / steps.max(1), had / took);
        if walk.name.starts_with("Standard") {
            let session = in_session(&walk.said);
            println!("{}: {session} words in the session", walk.name);
            assert!((2_000..=MOST_IN_SESSION).contains(&session), "{session}");
            let pages = before_names(&walk.said);
            assert!((80..=MOST_BEFORE_NAMES).contains(&pages), "{pages}");
        }
        // A sentence more changes the page the next time it is written; much more has a reason.
        assert!(words <= most, "{}: {words}", walk.name);
        let row = format!(
            "| {} | {words} | {steps} | {each} | {had} | {took} | {once} |",
            walk.name
        );
        table.push_str(&format!("{row}\n"));
    }
    println!("{table}");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = root.join("docs/by-ear.md");
    let told = std::fs::read_to_string(&page).unwrap();
    let (before, rest) = told.split_once("| | words |").unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    let new = format!("{before}{table}\n{after}");
    if std::env::var_os("WORDS").is_some() {
        std::fs::write(&page, &new).unwrap();
    }
}

/// The same, and what a session has besides: help, the card, STOP.
fn said() -> String {
    let home = Home::new();
    let mut way = Way::new(&home, &["--plain"], &TODAY);
    way.lines(&["help", "", "", "1", "1", "Ada", "Ben"]);
    way.choose("A session as usual").say("1");
    way.until("This time is yours", &["Go", "Something is here"]);
    for line in [
        "help", "time", "map", "witness", "back", "card", "", "more", "back",
    ] {
        way.say(line);
    }
    way.say("stop").say("3").say("1").say("2");
    way.until("The session is closed", &["Ready", "Something is here"]);
    let all = way.all.clone();
    way.leave();
    let others = walks().into_iter().map(|walk| walk.said);
    std::iter::once(all).chain(others).collect()
}

#[test]
fn no_cell_of_a_session_is_undefined() {
    let all = said();
    assert!(all.split_whitespace().count() > 2_000, "{all}");
    for grade in ["en-ueb-g1.ctb", "en-ueb-g2.ctb"] {
        if let Some(cells) = made_of(&all, "lou_translate", &["--forward", grade]) {
            // An unknown sign is written as its number.
            let unknown = cells.lines().filter(|line| line.contains("'\\x"));
            assert_eq!(unknown.collect::<Vec<_>>(), Vec::<&str>::new(), "{grade}");
        }
    }
    // Each sign by itself: what has no cell becomes the cell of the question mark.
    let signs: BTreeSet<char> = all.chars().filter(|sign| !sign.is_ascii()).collect();
    let signs: Vec<String> = signs.iter().map(char::to_string).collect();
    let text = format!("{}\n", signs.join("\n"));
    let arguments = ["-i", "en_US", "-o", "unicode"];
    if let Some(cells) = made_of(&text, "brltty-trtxt", &arguments) {
        for (sign, cell) in signs.iter().zip(cells.lines()) {
            assert_ne!(cell, "⠹", "{sign} has no cell");
        }
    }
    println!("signs that are not ASCII: {}", signs.join(" "));
}

/// A line as it is with words by ear and touch: of `{one|other}` the other.
fn by_ear(line: &str) -> String {
    let mut said = String::new();
    for piece in line.split('{') {
        let (inside, rest) = piece.split_once('}').unwrap_or(("", piece));
        said.push_str(inside.split_once('|').map_or("", |(_, ear)| ear));
        said.push_str(rest);
    }
    said.to_lowercase()
}

#[test]
fn by_ear_no_script_asks_anybody_to_look() {
    const LOOKING: [&str; 11] = [
        "look around",
        "look at them",
        "look away",
        "look out of",
        "look to you",
        "eyes open",
        "open eyes",
        "half open",
        " nod",
        "frown",
        "finger",
    ];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let mut lines = 0;
    for folder in [root.clone(), root.join("modules")] {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "toml") {
                continue;
            }
            for line in std::fs::read_to_string(&path).unwrap().lines() {
                let said = by_ear(line);
                let found = LOOKING.iter().find(|look| said.contains(**look));
                let is_said = !said.trim_start().starts_with('#');
                assert!(found.is_none() || !is_said, "{}: {line}", path.display());
                lines += 1;
            }
        }
    }
    assert!(lines > 2_000, "{lines}");
}

/// The table of signs is whole: whoever draws a new one looks up what it is read as, and puts a word beside it.
#[test]
fn every_sign_of_the_screens_is_in_the_table() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("docs/by-ear.md")).unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    let known: BTreeSet<char> = rows.filter_map(|row| row.chars().next()).collect();
    let mut drawn = BTreeSet::new();
    for entry in std::fs::read_dir(root.join("src/tui/view/snapshots")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        drawn.extend(text.chars().filter(|sign| !sign.is_ascii()));
    }
    assert!(drawn.len() > 10, "{drawn:?}");
    let unknown: Vec<&char> = drawn.difference(&known).collect();
    assert!(unknown.is_empty(), "not in docs/by-ear.md: {unknown:?}");
}
