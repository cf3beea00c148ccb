//! What a shell completes at Tab: it asks the program itself, so that people's own scripts are among the names.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory;
use clap_complete::Shell;
use clap_complete::engine::{CompletionCandidate as Candidate, PathCompleter, ValueCompleter};
use clap_complete::env::{CompleteEnv, Shells};

use super::args::Args;
use super::output::StandardOutput;
use super::script_commands::is_file;
use super::script_files::{stem, tomls};
use super::{CommandError, Exit, home, module_library, output};
use crate::safety::signposts::signposts;
use crate::script::{Library, SHIPPED};

/// What a shell asks by.
const VARIABLE: &str = "ALONGSIDE_COMPLETE";
const NAME: &str = "alongside";

/// Answers a shell that asked; whether one did.
pub(crate) fn answered(arguments: &[OsString]) -> Result<bool, clap::Error> {
    let here = std::env::current_dir().ok();
    CompleteEnv::with_factory(Args::command)
        .var(VARIABLE)
        .try_complete(arguments, here.as_deref())
}

/// Prints what a shell reads to know that it can ask.
pub(crate) fn print(shell: Shell) -> Result<Exit, CommandError> {
    let mut text = Vec::new();
    let shells = Shells::builtins();
    let written = match shells.completer(&shell.to_string()) {
        Some(shell) => shell.write_registration(VARIABLE, NAME, NAME, NAME, &mut text),
        None => Ok(()),
    };
    let mut out = StandardOutput::new();
    for line in String::from_utf8_lossy(&text).lines() {
        out.line(line);
    }
    match written {
        Ok(()) => out.end(Exit::Done),
        Err(error) => output::broken(&error, Exit::Done),
    }
}

/// Those that go on what was typed.
fn going_on(typed: &OsStr, names: impl IntoIterator<Item = String>) -> Vec<Candidate> {
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

pub(crate) fn commands(typed: &OsStr) -> Vec<Candidate> {
    let all = Args::command();
    let names = all.get_subcommands().map(|one| one.get_name().to_owned());
    going_on(typed, names)
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
