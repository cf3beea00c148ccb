//! Scripts: text becomes a [`Script`] that is always valid, or a list of every problem in it.
//!
//! Owns: the format, its limits, the checks, the scripts that are shipped.
//! Never does: IO (text is handed in), reading a clock, knowing a sentence of any script.
//! May see: shown, words.
//!
//! The way of a text: `source` → `syntax` → `reader` (strict TOML) → `raw` (as typed) →
//! `lower`, `stages`, `steps`, `asks`, `says` (resolved and checked) → `whole`
//! (what only a whole can get wrong; `graph` walks it, `company` looks at who accompanies) → `model`.

mod alone;
mod asks;
mod card;
mod company;
mod graph;
mod head;
mod keys;
mod lengths;
mod limits;
mod look;
mod lower;
mod minutes;
mod model;
mod modules;
mod problem;
mod raw;
mod raw_ask;
mod raw_step;
mod reader;
mod says;
mod schema;
mod shipped;
mod source;
mod stages;
mod steps;
mod syntax;
mod targets;
mod whole;
mod wording;

use std::rc::Rc;
use std::sync::Arc;

use crate::shown::Shown;
use crate::words::words;

pub use alone::{Fits, Module, check_module, is_module, module, shadows};
pub use card::CardLine;
pub use head::*;
pub use lengths::length;
pub use look::Look;
pub use model::*;
use modules::Shelf;
pub use problem::{Problem, Severity, nearest};
use says::Lint;
pub use schema::schema;
pub use shipped::{SHIPPED, Shipped, shipped, shipped_heads, shipped_script};
pub use source::{MOST_BYTES, Position, Source};
pub use steps::is_id;

/// The most people of a session.
pub const MOST_PEOPLE: u8 = 6;

/// Why a module that is there can't be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Barred {
    /// A shipped one has its name; where it lies.
    Shipped(Shown),
    /// It can't be read: the whole sentence that says why.
    Unreadable(Shown),
}

/// Where modules come from. A module is named, never pathed.
pub trait Library {
    /// Why the module of this name can't be used, when one is there that can't be.
    fn barred(&self, _name: &str) -> Option<Barred> {
        None
    }
    /// The text of a module.
    fn module(&self, name: &str) -> Option<Source>;
    /// The names of all modules.
    fn modules(&self) -> Vec<&str>;
    /// The text of a script that another one names.
    fn script(&self, name: &str) -> Option<Source>;
    /// The names of all scripts.
    fn scripts(&self) -> Vec<&str>;
}

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
    let builder = lower::Builder::new(Arc::new(source), library, Lint::English);
    build(name, builder, 0)
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
    shelf: &Rc<Shelf>,
    below: u8,
) -> Option<Arc<Script>> {
    let mut builder = lower::Builder::new(Arc::new(source), library, Lint::Nothing);
    builder.shelf = Rc::clone(shelf);
    build(name, builder, below).script.map(Arc::new)
}

fn build(name: &str, builder: lower::Builder<'_>, below: u8) -> Checked {
    let (library, shelf) = (builder.library, Rc::clone(&builder.shelf));
    let (script, mut problems) = builder.build(name, |shorter| {
        if below >= MOST_SHORTER {
            return None;
        }
        if let Some(known) = shelf.shorter.borrow().get(shorter) {
            return Some(Arc::clone(known));
        }
        let source = library.script(shorter)?;
        let script = read(shorter, source, library, &shelf, below + 1)?;
        let known = Arc::clone(&script);
        shelf.shorter.borrow_mut().insert(shorter.to_owned(), known);
        Some(script)
    });
    problems.sort_by_key(|problem| problem.span.start);
    Checked { script, problems }
}

#[cfg(test)]
mod tests;
