//! What a shell completes at Tab: it asks the program itself, so that people's own scripts are among the names.

use std::ffi::OsString;
use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_complete::env::{CompleteEnv, Shells};

use super::args::Args;
use super::output::StandardOutput;
use super::{CommandError, Exit, output};

/// What a shell asks by.
const VARIABLE: &str = "ALONGSIDE_COMPLETE";
const NAME: &str = "alongside";

/// How bash asks: the engine's own way takes a time such as 19:30 for three words, and then completes nothing.
const BASH: &str = include_str!("complete.bash");

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
        Some(_) if shell == Shell::Bash => text.write_all(BASH.as_bytes()),
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
