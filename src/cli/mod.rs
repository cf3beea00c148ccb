//! The command line: arguments, the choice of a face, exit codes. The only room that knows every room.
//!
//! Owns: what the program is asked for from outside, and how it answers there.
//! Never does: anything a session could know about; personal words are never arguments.
//! May see: app, home, line_ui, memory, notebook, notebook_ui, records, rehearsal, safety, script, session, settings,
//! storage, text, time, tui.

mod args;
mod candidates;
mod check;
mod completions;
mod crisis;
mod doctor;
mod forget;
mod history;
mod module_commands;
mod module_library;
mod note;
mod notebook;
mod output;
mod paths;
mod process_guard;
mod run_ui;
mod script_commands;
mod script_files;
mod script_map;
mod script_mermaid;
mod script_questions;
mod settings;
mod stage_titles;
mod toml_files;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, Parser};

use crate::app::{Program, REHEARSAL_SPEED, ResumeError, Scripts, standing};
use crate::notebook_ui::Goal;
use crate::rehearsal;
use crate::script::Script;
use crate::storage::Folders;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::clock::{SystemClock, TimeSource};
use crate::tui;

use args::{Args, Command, RehearseArgs, ResumeArgs, StartArgs};
use output::{lines, problem};

/// What the program answers to whoever called it (the manual lists these).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Exit {
    /// It was done.
    Done = 0,
    /// Something was found that should be looked at.
    Found = 1,
    /// It was asked for something that does not exist, or a script has errors.
    Wrong = 2,
    /// The program is at fault.
    Fault = 70,
    /// Another one is going on; try again later.
    Busy = 75,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the program as the process was asked to.
#[must_use]
pub fn run() -> ExitCode {
    process_guard::close_the_curtains();
    match asked(std::env::args_os().collect()) {
        Ok(exit) => exit.into(),
        Err((sentence, exit)) => {
            problem(&sentence);
            exit.into()
        }
    }
}

/// A sentence to end with, and what to answer.
type CommandError = (SafeText, Exit);

fn wrong(sentence: SafeText) -> CommandError {
    (sentence, Exit::Wrong)
}

fn asked(arguments: Vec<OsString>) -> Result<Exit, CommandError> {
    match completions::answered(&arguments) {
        Ok(false) => {}
        Ok(true) => return Ok(Exit::Done),
        Err(error) => return output::usage(&error),
    }
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => return output::usage(&error),
    };
    match args.command {
        None => start(&StartArgs::nothing(args.plain)),
        Some(Command::Lines) => start(&StartArgs::nothing(true)),
        Some(Command::Start(start_args)) => start(&start_args.with_plain(args.plain)),
        Some(Command::Host {
            start: args_,
            relay,
        }) => host(&args_.with_plain(args.plain), relay),
        Some(Command::Join { ticket }) => join(&ticket.concat(), args.plain),
        Some(Command::Resume(resume_args)) => resume(&resume_args, args.plain),
        Some(Command::Rehearse(rehearse_args)) => rehearsal(&rehearse_args, args.plain),
        Some(Command::Scripts(command)) => script_commands::asked(command, &home()?, args.plain),
        Some(Command::Ground) => ground(args.plain),
        Some(Command::Now) => now(args.plain),
        Some(Command::Note(what)) => note::ask(&what),
        Some(Command::Notebook { what }) => notebook::asked(what, args.plain),
        Some(Command::Parts) => notebook::open(Goal::Parts, args.plain),
        Some(Command::Promises) => notebook::open(Goal::Promises, args.plain),
        Some(Command::Export) => notebook::open(Goal::Out, args.plain),
        Some(Command::Crisis { region }) => crisis::print(&region.join(" ")),
        Some(Command::Settings { sample }) => settings::show(sample),
        Some(Command::History) => history::print(),
        Some(Command::Forget) => forget::ask(),
        Some(Command::Paths) => paths::print(),
        Some(Command::Doctor) => doctor::print(),
        Some(Command::Completions { shell }) => completions::print(shell),
        Some(Command::Help { command }) => help(&command),
    }
}

/// The same as `--help` behind the command, with the same answer to one that does not exist.
fn help(command: &[String]) -> Result<Exit, CommandError> {
    let words = command.iter().map(OsString::from);
    let words = std::iter::once(OsString::from("alongside")).chain(words);
    asked(words.chain([OsString::from("--help")]).collect())
}

/// Every command with its arguments, for the pages of the manual.
#[must_use]
pub fn command() -> clap::Command {
    Args::command()
}

/// The same for the pages of the manual, with what people want first in words of its own.
#[must_use]
pub fn manual() -> clap::Command {
    let help = &words().cli.help;
    let first = help.first.join("\n");
    command().after_help(format!("{first}\n\n{}", help.after))
}

fn home() -> Result<Folders, CommandError> {
    Folders::find(|name| std::env::var_os(name)).map_err(wrong)
}

fn start(args: &StartArgs) -> Result<Exit, CommandError> {
    begin(args, |_| {})
}

/// What is set up is begun once somebody has joined from another terminal.
fn host(args: &StartArgs, relay: Option<String>) -> Result<Exit, CommandError> {
    begin(args, |program| program.will_host(relay))
}

fn join(ticket: &str, plain: bool) -> Result<Exit, CommandError> {
    let settings = settings::settings()?;
    let home = home()?;
    let scripts = script_files::all(&home);
    let mut program = Program::new(home, scripts, settings.clone(), &tui::exit_key());
    program.tell_files_by(doctor::files);
    program.join(ticket).map_err(|refused| wrong(refused.0))?;
    run_ui::talk(&mut program, plain, &settings)
}

fn begin(args: &StartArgs, how: impl FnOnce(&mut Program)) -> Result<Exit, CommandError> {
    let length = args.length(SystemClock::new().now()).map_err(wrong)?;
    let settings = settings::settings()?;
    let home = home()?;
    let mut scripts = script_files::all(&home);
    let script = args.script.as_deref();
    let script = script.map(|asked| script_files::offered(&mut scripts, asked, &home));
    let script = script.transpose()?;
    let mut program = Program::new(home, scripts, settings.clone(), &tui::exit_key());
    program.tell_files_by(doctor::files);
    how(&mut program);
    if script.is_some() || length.is_some() {
        program.set_up(script.as_deref(), length).map_err(wrong)?;
    }
    run_ui::talk(&mut program, args.plain, &settings)
}

/// Nobody waits for scripts to be read or for a file to be mended who wants to come back to here and now.
fn ground(plain: bool) -> Result<Exit, CommandError> {
    let (settings, problem) = settings::settings_at_once();
    if let Some(sentence) = problem {
        output::problem(&sentence);
    }
    let none = Scripts::new(Vec::new(), Vec::new());
    let mut program = Program::new(home()?, none, settings.clone(), &tui::exit_key());
    program.ground_only();
    run_ui::talk(&mut program, plain, &settings)
}

/// Already shaken: the first sentence steadies (features.md row 60).
fn now(plain: bool) -> Result<Exit, CommandError> {
    let (settings, problem) = settings::settings_at_once();
    if let Some(sentence) = problem {
        output::problem(&sentence);
    }
    let home = home()?;
    let scripts = script_files::all(&home);
    let mut program = Program::new(home, scripts, settings.clone(), &tui::exit_key());
    program.tell_files_by(doctor::files);
    program.now_only();
    run_ui::talk(&mut program, plain, &settings)
}

fn resume(args: &ResumeArgs, plain: bool) -> Result<Exit, CommandError> {
    let home = home()?;
    let scripts = script_files::all(&home);
    if args.list {
        let found = standing(&home, &scripts).map_err(|sentence| (sentence, Exit::Found))?;
        return lines(&unfinished(&found));
    }
    let settings = settings::settings()?;
    let mut program = Program::new(home, scripts, settings.clone(), &tui::exit_key());
    program.tell_files_by(doctor::files);
    program.resume(None).map_err(|why| match why {
        ResumeError::Busy(sentence) => (sentence, Exit::Busy),
        ResumeError::Cannot(sentence) => (sentence, Exit::Found),
    })?;
    run_ui::talk(&mut program, plain || args.plain, &settings)
}

fn unfinished(found: &[crate::app::SessionStanding]) -> Vec<SafeText> {
    let w = &words().cli;
    if found.is_empty() {
        return vec![SafeText::new(w.none_unfinished)];
    }
    found
        .iter()
        .map(|standing| match &standing.can {
            Ok(()) => fill(
                &w.unfinished_line,
                &[
                    ("id", &standing.id),
                    ("stage", standing.stage.as_str()),
                    ("n", &standing.intents.to_string()),
                ],
            ),
            Err(why) => fill(
                &w.unfinished_damaged,
                &[("id", &standing.id), ("why", why.as_str())],
            ),
        })
        .collect()
}

/// The script for exactly this many people, when it is for so many.
fn for_so_many(script: &Arc<Script>, people: u8) -> Result<Arc<Script>, CommandError> {
    if script.people.takes(people) {
        return Ok(Arc::new(script.with_people(people)));
    }
    let known = script_commands::people(script.people);
    let values = [
        ("name", &*script.name),
        ("people", known.as_str()),
        ("n", &script.people.from.to_string()),
    ];
    Err(wrong(fill(&words().cli.not_so_many, &values)))
}

fn rehearsal(args: &RehearseArgs, plain: bool) -> Result<Exit, CommandError> {
    let home = home()?;
    let all = script_files::all(&home);
    let mut script: Arc<Script> = script_files::named_or_file(&all, &args.script, &home)?;
    if let Some(people) = args.people {
        script = for_so_many(&script, people)?;
    }
    let minutes = args.minutes.unwrap_or(script.minutes);
    if let Some(seeds) = args.seeds {
        let told = rehearsal::survey(&script, minutes, seeds, args.pace);
        return lines(&told.map_err(wrong)?);
    }
    if let Some(seed) = args.seed {
        let mut out = output::StandardOutput::new();
        let fits = rehearsal::play(&script, minutes, (seed, args.pace), &mut |text| {
            out.line(text);
            Ok(())
        });
        return match fits {
            Ok(true) => out.end(Exit::Done),
            Ok(false) => out.end(Exit::Wrong),
            Err(error) => output::broken(&error, Exit::Done),
        };
    }
    let settings = settings::settings()?;
    let mut program = Program::new(home, all, settings.clone(), &tui::exit_key());
    program
        .rehearse_only(&script, minutes, args.speed.unwrap_or(REHEARSAL_SPEED))
        .map_err(wrong)?;
    run_ui::talk(&mut program, plain || args.plain, &settings)
}
