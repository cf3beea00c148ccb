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

/// Everything that is said in a whole session of two, when they are steadying themselves, and on the way to both.
fn said() -> String {
    let home = Home::new();
    let mut way = Way::new(&home, &["--plain"], TODAY);
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
    way.say("").say("ground");
    for _ in 0..12 {
        way.say("");
    }
    let all = way.all.clone();
    way.leave();
    all
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
