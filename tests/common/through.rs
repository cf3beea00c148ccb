//! What every file goes through that somebody gave away: check, tell, rehearse. The tests of mutants and the fuzz
//! target share it.
#![allow(
    dead_code,
    clippy::panic,
    reason = "a helper of a test fails as loudly as a test, and not every test needs all of it"
)]

use std::sync::Arc;

use alongside::rehearsal::Play;
use alongside::script::{self, Checked, Library, Problem, SHIPPED, Script, Source};
use alongside::text::safe_text::forbidden;

/// More things than ever happen in a rehearsal: whoever gets there has not closed.
const MOST_EVENTS: usize = 20_000;

/// A text with a piece of it in other words.
pub fn replaced(text: &str, range: Option<&(usize, usize)>, with: &str) -> String {
    match range {
        Some((from, to)) => format!("{}{with}{}", &text[..*from], &text[*to..]),
        None => text.to_owned(),
    }
}

/// Minutes that no longer add up hide everything else a mutant could do: they are set right.
pub fn check(name: &str, text: &str, library: &dyn Library) -> Checked {
    let checked = script::check(name, Source::new(name, text), library);
    let sum = checked.problems.iter().find_map(|problem| {
        let words = problem
            .message
            .as_str()
            .strip_prefix("the stages and the buffer make ")?;
        let sum = words.split_whitespace().next()?;
        Some(replaced(
            text,
            Some(&(problem.span.start, problem.span.end)),
            sum,
        ))
    });
    match sum {
        Some(text) => script::check(name, Source::new(name, text), library),
        None => checked,
    }
}

pub fn rehearse(script: &Arc<Script>, seed: u64, about: &str) -> bool {
    let Ok(mut play) = Play::new(script, script.minutes, seed) else {
        return false;
    };
    for _ in 0..MOST_EVENTS {
        if play.step().is_none() {
            assert!(play.session.is_closed());
            return true;
        }
    }
    panic!("seed {seed} never closes:\n{about}");
}

/// Nothing that is told acts on a terminal or fills it.
pub fn tell(problems: &[Problem], about: &str) {
    for problem in problems {
        let long = problem.long();
        let harmless = long.chars().all(|c| c == '\n' || forbidden(c).is_none());
        assert!(
            harmless && long.lines().all(|line| line.len() < 2_000),
            "{about}\n{long}"
        );
    }
}

/// Bytes that may be no text at all, through everything that a file goes through: check, then rehearse.
pub fn bytes(bytes: &[u8], seed: u64) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let about = format!("{text:?}");
    let problems = script::check_any("mine", Source::new("mine", text), &SHIPPED);
    tell(&problems, &about);
    if let Some(script) = check("mine", text, &SHIPPED).script {
        rehearse(&Arc::new(script), seed, &about);
    }
}
