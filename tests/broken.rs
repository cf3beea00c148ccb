//! Scripts with mistakes in them, and what the checker says of each: `tests/broken/NAME.toml` and, word
//! for word, `tests/broken/NAME.expected`.
//!
//! To add one, write the script and run `UPDATE_EXPECTED=1 cargo test --test broken`; then read what was
//! written as somebody who can't program. Sentences are mended in `src/text/words/script.toml`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of a test fails as loudly as a test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use alongside::script::{self, Problem, SHIPPED, Source};
use alongside::text::safe_text::forbidden;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

/// Name and problems of every script of the folder.
fn corpus() -> Vec<(String, Vec<Problem>)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(path).unwrap();
            let source = Source::new(&format!("{name}.toml"), text);
            let checked = script::check(&name, source, &SHIPPED);
            assert!(!checked.problems.is_empty(), "{name} has no problem");
            (name, checked.problems)
        })
        .collect()
}

fn told(problems: &[Problem]) -> String {
    let told: Vec<String> = problems.iter().map(Problem::long).collect();
    format!("{}\n", told.join("\n\n"))
}

#[test]
fn every_mistake_is_told_in_these_words() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for (name, problems) in corpus() {
        let path = folder().join(format!("{name}.expected"));
        let told = told(&problems);
        if update {
            fs::write(&path, &told).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != told {
            wrong.push(format!("{name} is told as:\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_place_is_exact_and_nothing_told_acts_on_a_terminal() {
    for (name, problems) in corpus() {
        for problem in &problems {
            let long = problem.long();
            let at = problem.position();
            let place = format!("--> {name}.toml:{}:{}\n", at.line, at.column);
            assert!(long.contains(&place), "{place} is not in\n{long}");
            assert!(problem.short().starts_with(&place[4..place.len() - 1]));
            let line = problem.source.text.lines().nth(at.line - 1).unwrap_or("");
            let before: usize = line.chars().take(at.column - 1).map(char::len_utf8).sum();
            let begins = problem.source.text[..problem.span.start].rfind('\n');
            assert_eq!(begins.map_or(0, |at| at + 1) + before, problem.span.start);
            assert!(long.chars().all(|c| c == '\n' || forbidden(c).is_none()));
            assert!(
                long.lines().all(|line| line.chars().count() <= 480),
                "{long}"
            );
            // Whatever letters are joined from.
            assert!(long.lines().all(|line| line.len() <= 500), "{long}");
            assert!(problem.help.is_some(), "{long}");
        }
    }
}

/// A sentence that no script here brings about may be wrong, or may not be needed.
#[test]
fn every_sentence_has_a_script() {
    // These need a library of their own, or a file too large to keep: src/script and tests/authoring.rs test them.
    let elsewhere = [
        "too-large",
        "too-many-stages",
        "too-many-steps",
        "shorter-broken",
        "no-clock",
        "no-module-steps",
        "module-shadows",
        "module-shadowed",
        "module-broken",
        "module-unreadable",
        "exits-outside",
        "module-in-itself",
        "modules-deep",
        "modules-many",
        "other-packs",
    ];
    let text = include_str!("../src/text/words/script.toml");
    let table: toml::Table = text.parse().unwrap();
    let said: Vec<String> = corpus()
        .iter()
        .flat_map(|(_, problems)| problems.iter().map(Problem::long))
        .collect();
    let missing: Vec<&String> = table["sentence"]
        .as_table()
        .unwrap()
        .iter()
        .filter(|(key, _)| !elsewhere.contains(&key.as_str()))
        .filter(|(_, sentence)| {
            let is = sentence["is"].as_str().unwrap();
            !said.iter().any(|said| fits(is, said))
        })
        .map(|(key, _)| key)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(table["push"].as_array().is_some_and(|all| !all.is_empty()));
}

/// Whether this template with something in its braces was said.
fn fits(template: &str, said: &str) -> bool {
    let mut rest = said;
    for piece in pieces(template) {
        match rest.find(piece.as_str()) {
            Some(found) => rest = &rest[found + piece.len()..],
            None => return false,
        }
    }
    true
}

fn pieces(template: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        found.last_mut().unwrap().push_str(before);
        let close = tail.find('}').unwrap();
        let value = &tail[1..close];
        if value.chars().all(|c| c.is_ascii_lowercase()) {
            found.push(String::new());
        } else {
            found.last_mut().unwrap().push_str(&tail[..=close]);
        }
        rest = &tail[close + 1..];
    }
    found.last_mut().unwrap().push_str(rest);
    found
}
