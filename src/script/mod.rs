//! Scripts: text becomes a [`Script`] that is always valid, or a list of every problem in it.
//!
//! Owns: the format, its limits, the checks, the scripts that are shipped.
//! Never does: IO (text is handed in), reading a clock, knowing a sentence of any script.
//! May see: text.
//!
//! The way of a text: `source` → `syntax` → `parse` (strict TOML, as typed, by the one table in `format`) → `compile`
//! (resolved) → `check` (what only a whole can get wrong) → `model`.

mod asks;
mod card;
mod check;
mod compile;
pub(crate) mod format;
mod head;
mod lengths;
mod library;
mod model;
mod parse;
mod problem;
mod promise_answer;
pub mod shipped;
pub(crate) mod source;
mod syntax;
mod word;

use std::rc::Rc;
use std::sync::Arc;

use crate::text::sort::Arrange;
use crate::text::words::words;

pub(crate) use asks::{
    Agreement, Answer, Ask, Consent, Gate, Means, NewCeiling, Pacer, Question, RatingQuestion,
    Rest, Support, UnseenQuestion, WayOn, Write,
};
pub(crate) use card::CardLine;
pub(crate) use check::graph::goes_on;
pub(crate) use check::reading::step_time;
use compile::lint::Lint;
pub use compile::lone_module::check_module;
pub(crate) use compile::lone_module::{Module, ModulePlace, module, shadows};
use compile::modules::ReadBefore;
use compile::scope::StepPlace;
use compile::targets::StepCompiler;
pub use format::schema::schema;
use format::values::Variant;
pub(crate) use head::*;
pub(crate) use lengths::in_minutes;
pub(crate) use library::Barred;
pub use library::Library;
pub use model::*;
pub(crate) use parse::is_module;
pub use problem::{Problem, Severity};
pub(crate) use problem::{nearest, room};
pub(crate) use promise_answer::PromiseAnswer;
pub use shipped::{SHIPPED, shipped};
pub(crate) use shipped::{shipped_heads, shipped_script};
pub(crate) use source::Position;
pub use source::{MOST_BYTES, Source};
pub(crate) use word::is_id;

/// The longest session, in minutes.
pub(crate) const LONGEST: u64 = 480;

/// The most people of a session.
pub(crate) const MOST_PEOPLE: u8 = 12;

/// What came of checking a text.
#[derive(Debug)]
pub struct Checked {
    /// The script, unless something in it can't run.
    pub script: Option<Script>,
    /// Every problem, in the order of the text.
    pub problems: Vec<Problem>,
}

/// Reads a script by the name `name` and checks all of it.
#[must_use]
pub fn check(name: &str, source: Source, library: &dyn Library) -> Checked {
    let before = Rc::new(ReadBefore::of(true));
    build(name, source, (library, &before, Lint::English), 0)
}

/// Reads a script to be followed: nobody looks for what could be said better in it.
#[must_use]
pub(crate) fn ready(name: &str, source: Source, library: &dyn Library) -> Option<Arc<Script>> {
    read(name, source, library, &Rc::default(), 0)
}

/// Reads a file that may be a script or a module, and checks all of it as what it is.
#[must_use]
pub fn check_any(name: &str, source: Source, library: &dyn Library) -> Vec<Problem> {
    let module = words().script.sentence.is_a_module.key;
    let problems = check(name, source.clone(), library).problems;
    match &problems[..] {
        [only] if only.code == module => check_module(name, source, library),
        _ => problems,
    }
}

/// A shorter script may name a shorter one still, but not for ever.
const MOST_SHORTER: u8 = 3;

/// A script of which nobody reads the warnings. A module is read once for a script and for the shorter ones behind it.
fn read(
    name: &str,
    source: Source,
    library: &dyn Library,
    before: &Rc<ReadBefore>,
    below: u8,
) -> Option<Arc<Script>> {
    let checked = build(name, source, (library, before, Lint::Nothing), below);
    checked.script.map(Arc::new)
}

fn build(
    name: &str,
    source: Source,
    (library, before, lint): (&dyn Library, &Rc<ReadBefore>, Lint),
    below: u8,
) -> Checked {
    let shorter = |shorter: &str| {
        if below >= MOST_SHORTER {
            return None;
        }
        if let Some(known) = before.shorter.borrow().get(shorter) {
            return Some(Arc::clone(known));
        }
        let source = library.script(shorter)?;
        let script = read(shorter, source, library, before, below + 1)?;
        let mut known = before.shorter.borrow_mut();
        known.insert(shorter.to_owned(), Arc::clone(&script));
        Some(script)
    };
    let compiled = |of: Variant, lint: Lint| {
        let place = (library, Rc::clone(before), lint);
        compile::script::compile(name, source.clone(), place, of, shorter)
    };
    let (script, mut problems, variants) = compiled(Variant::default(), lint);
    let mut others = Vec::new();
    let mut complete = true;
    for of in variants.iter().flat_map(|variants| variants.others()) {
        let (other, found, _) = compiled(of, lint);
        complete &= other.is_some();
        others.extend(other.map(Arc::new));
        // What is wrong in any of them is told once.
        let new = |found: &Problem| !problems.iter().any(|known| known.is_like(found));
        let new: Vec<Problem> = found.into_iter().filter(new).collect();
        problems.extend(new);
    }
    problems.arrange_by_key(|problem| problem.span.start);
    let script = script.filter(|_| complete).map(|mut script| {
        if variants.is_some_and(|variants| variants.alone) {
            script.people.from = 1;
        }
        Script { others, ..script }
    });
    Checked { script, problems }
}

#[cfg(test)]
mod tests;
