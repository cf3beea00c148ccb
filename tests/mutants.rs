//! Mutants of everything that is shipped: whatever happens to a script, the checker answers with a script
//! or with problems, and every script that it lets through can be rehearsed to its end.
//!
//! By hand, in release: `MUTANTS=100000 cargo test --release --test mutants`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a helper of a test fails as loudly as a test"
)]

use std::sync::Arc;

use alongside::script::{Library, SHIPPED, Severity, Source, check_module};
use fastrand::Rng;

#[path = "common/through.rs"]
mod through;

use through::{bytes, check, rehearse, replaced, tell};

/// How many mutants a run tries when nobody says otherwise.
const MUTANTS: usize = 2_000;

const WORDS: [&str; 67] = [
    "next",
    "done",
    "land",
    "close",
    "end",
    "stop",
    "back",
    "shorter",
    "to",
    "id",
    "at-most",
    "fresh",
    "only",
    "alone",
    "together",
    "round",
    "landing",
    "depth",
    "beyond",
    "know",
    "meet",
    "notice",
    "rest",
    "keep",
    "order",
    "consent",
    "rating",
    "answers",
    "feel-toward",
    "true",
    "{}",
    "{witness}",
    "turns",
    "each",
    "closing",
    "the-rest",
    "times",
    "moves-on",
    "may-skip",
    "floor",
    "half-way",
    "before",
    "after",
    "between",
    "asides",
    "use",
    "exits",
    "unseen",
    "several",
    "still",
    "write",
    "note",
    "gate",
    "agreement",
    "support",
    "means",
    "loan",
    "forget",
    "one-sided",
    "wording",
    "rungs",
    "people",
    "clock",
    "steady",
    "little-room",
    "parts-turn",
    "{instruction}",
];
const NUMBERS: [&str; 12] = [
    "0",
    "1",
    "2",
    "9",
    "10",
    "240",
    "255",
    "256",
    "-1",
    "99999999999999999999",
    "1.5",
    "nan",
];
const NOISE: [&str; 14] = [
    "\"", "\"\"\"", "[", "]", "{", "}", "=", ",", "\n", "\u{0}", "\u{202e}", "\\", "é", "#",
];

/// The shipped library with one module in another text.
struct Changed<'a> {
    name: &'a str,
    text: &'a str,
}

impl Library for Changed<'_> {
    fn module(&self, name: &str) -> Option<Source> {
        if name == self.name {
            return Some(Source::new(name, self.text));
        }
        SHIPPED.module(name)
    }

    fn modules(&self) -> Vec<&str> {
        SHIPPED.modules()
    }

    fn script(&self, name: &str) -> Option<Source> {
        SHIPPED.script(name)
    }

    fn scripts(&self) -> Vec<&str> {
        SHIPPED.scripts()
    }
}

/// The start of a random letter, or the end.
fn place(text: &str, rng: &mut Rng) -> usize {
    let mut at = rng.usize(0..=text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The words of a text with where they stand, by what they are made of.
fn tokens(text: &str, is: fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, at));
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    found
}

/// A line or a whole step more, less, or elsewhere.
fn moved(text: &str, between: &str, rng: &mut Rng) -> String {
    let mut parts: Vec<&str> = text.split(between).collect();
    let (one, other) = (rng.usize(0..parts.len()), rng.usize(0..parts.len()));
    match rng.u8(0..4) {
        0 => drop(parts.remove(one)),
        1 => parts.insert(other, parts[one]),
        2 => parts.swap(one, other),
        _ => {
            let part = parts.remove(one);
            parts.insert(other.min(parts.len()), part);
        }
    }
    parts.join(between)
}

fn mutated(text: &str, rng: &mut Rng) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '-';
    match rng.u8(0..10) {
        0 => moved(text, "\n", rng),
        1 | 2 => moved(text, "\n\n", rng),
        // A word that means something in the place of another word of the text, or one of its own words.
        3..=5 => {
            let all = tokens(text, word);
            let with = match rng.bool() {
                true => WORDS[rng.usize(0..WORDS.len())].to_owned(),
                false => rng
                    .choice(&all)
                    .map_or(String::new(), |(from, to)| text[*from..*to].to_owned()),
            };
            replaced(text, rng.choice(&all), &with)
        }
        6 | 7 => {
            let numbers = tokens(text, |c| c.is_ascii_digit());
            replaced(
                text,
                rng.choice(&numbers),
                NUMBERS[rng.usize(0..NUMBERS.len())],
            )
        }
        // Something that is in quotes, with something else that is.
        8 => {
            let quoted: Vec<(usize, usize)> = tokens(text, |c| c != '"' && c != '\n')
                .into_iter()
                .filter(|(from, to)| text[..*from].ends_with('"') && text[*to..].starts_with('"'))
                .collect();
            let with = rng
                .choice(&quoted)
                .map_or("", |(from, to)| &text[*from..*to]);
            replaced(text, rng.choice(&quoted), with)
        }
        _ => {
            let at = place(text, rng);
            replaced(text, Some(&(at, at)), NOISE[rng.usize(0..NOISE.len())])
        }
    }
}

/// Bytes anywhere in a file, and files put together from pieces of others.
#[test]
fn no_bytes_break_the_checker() {
    let count = mutants() / 10;
    let texts: Vec<Vec<u8>> = SHIPPED
        .scripts()
        .iter()
        .map(|name| SHIPPED.script(name).unwrap().text.into_bytes())
        .chain([include_bytes!("scripts/everything.toml").to_vec()])
        .collect();
    for seed in 0..count {
        let mut rng = Rng::with_seed(u64::try_from(seed).unwrap() + 1_000_000);
        let mut text = rng.choice(&texts).unwrap().clone();
        for _ in 0..rng.usize(1..=4) {
            let at = rng.usize(0..=text.len());
            match rng.u8(0..4) {
                0 => text.truncate(at),
                1 => text.insert(at, rng.u8(..)),
                2 => {
                    let other = rng.choice(&texts).unwrap();
                    let from = rng.usize(0..other.len());
                    let to = rng.usize(from..other.len());
                    text.splice(at..at, other[from..to].iter().copied());
                }
                _ => {
                    let end = (at + rng.usize(0..40)).min(text.len());
                    text.drain(at..end);
                }
            }
        }
        bytes(&text, u64::try_from(seed).unwrap());
    }
}

fn mutants() -> usize {
    std::env::var("MUTANTS").map_or(MUTANTS, |n| n.parse().unwrap())
}

#[test]
fn no_mutant_breaks_the_checker_and_every_script_that_it_lets_through_ends() {
    let count = mutants();
    let scripts: Vec<(&str, String)> = SHIPPED
        .scripts()
        .iter()
        .map(|name| (*name, SHIPPED.script(name).unwrap().text))
        .collect();
    let modules: Vec<(&str, String)> = SHIPPED
        .modules()
        .iter()
        .map(|name| (*name, SHIPPED.module(name).unwrap().text))
        .collect();
    let (mut ran, mut played) = (0, 0);
    for seed in 0..count {
        let mut rng = Rng::with_seed(u64::try_from(seed).unwrap());
        let (name, script) = rng.choice(&scripts).unwrap();
        let (module, module_text) = rng.choice(&modules).unwrap();
        let in_module = rng.bool();
        let mut text = if in_module { module_text } else { script }.clone();
        for _ in 0..rng.usize(1..=3) {
            text = mutated(&text, &mut rng);
        }
        let about = format!(
            "mutant {seed} of {}:\n{text}",
            if in_module { module } else { name }
        );
        let module_now = if in_module { &text } else { module_text };
        let library = Changed {
            name: module,
            text: module_now,
        };
        let script_now = if in_module { script } else { &text };
        let checked = check(name, script_now, &library);
        if in_module {
            // On its own, too: whatever it is made for, there is an answer.
            tell(
                &check_module(module, Source::new(module, text.as_str()), &library),
                &about,
            );
        }
        let errors = checked
            .problems
            .iter()
            .any(|problem| problem.severity == Severity::Error);
        assert_eq!(checked.script.is_none(), errors, "{about}");
        tell(&checked.problems, &about);
        let Some(script) = checked.script.map(Arc::new) else {
            continue;
        };
        ran += 1;
        // A rehearsal takes as long as ten checks: every other one is enough.
        if ran % 2 == 0 {
            continue;
        }
        played += usize::from(rehearse(&script, rng.u64(0..2_000), &about));
    }
    eprintln!("{count} mutants, {ran} of them run, {played} rehearsals");
    // A corpus of which hardly one runs, or all do, would test little.
    assert!(ran * 20 > count && ran < count, "{ran} of {count}");
    assert!(played * 3 > ran);
}
