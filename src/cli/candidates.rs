//! What an argument may be completed to: names that the program knows, and people's own scripts among them.

use std::ffi::OsStr;

use clap_complete::engine::{CompletionCandidate as Candidate, PathCompleter, ValueCompleter};

use super::toml_files::{is_file, stem, tomls};
use super::{home, module_library};
use crate::safety::signposts::signposts;
use crate::script::{Library, SHIPPED};

/// Those that go on what was typed.
pub(super) fn going_on(typed: &OsStr, names: impl IntoIterator<Item = String>) -> Vec<Candidate> {
    let typed = typed.to_string_lossy();
    let names = names.into_iter().filter(|name| name.starts_with(&*typed));
    names.map(Candidate::new).collect()
}

/// Files are offered once something was typed: before it, the names are what people look for.
fn files(typed: &OsStr) -> Vec<Candidate> {
    if typed.is_empty() {
        return Vec::new();
    }
    let is_script = |path: &std::path::Path| is_file(&path.to_string_lossy());
    PathCompleter::any().filter(is_script).complete(typed)
}

fn shipped() -> Vec<String> {
    SHIPPED.scripts().into_iter().map(str::to_owned).collect()
}

fn own() -> Vec<String> {
    let own = home().ok().and_then(|home| tomls(&home.scripts()).ok());
    own.unwrap_or_default()
        .iter()
        .map(|path| stem(path))
        .collect()
}

pub(crate) fn regions(typed: &OsStr) -> Vec<Candidate> {
    let one_word = |name: &&str| !name.contains(' ');
    let regions = signposts().region.iter();
    let names = regions.filter_map(|region| region.names().find(one_word).map(str::to_lowercase));
    going_on(typed, names)
}

pub(crate) fn shipped_scripts(typed: &OsStr) -> Vec<Candidate> {
    going_on(typed, shipped())
}

pub(crate) fn own_scripts_or_files(typed: &OsStr) -> Vec<Candidate> {
    let mut found = going_on(typed, own());
    found.extend(files(typed));
    found
}

pub(crate) fn scripts_or_files(typed: &OsStr) -> Vec<Candidate> {
    let mut found = shipped_scripts(typed);
    found.extend(own_scripts_or_files(typed));
    found
}

pub(crate) fn scripts_modules_or_files(typed: &OsStr) -> Vec<Candidate> {
    let mut found = scripts_or_files(typed);
    let modules = home()
        .map(|home| module_library::ModuleLibrary::beside(&home.scripts().join("any"), &home));
    let names = modules.map(|own| {
        own.modules()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    found.extend(going_on(typed, names.unwrap_or_default()));
    found
}
