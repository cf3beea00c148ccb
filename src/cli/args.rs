//! The arguments (README, "The command line"). None of them takes a personal word.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use clap_complete::engine::{ArgValueCompleter as At, CompletionCandidate};

use super::candidates;
use crate::home;
use crate::rehearsal::Pace;
use crate::safety::notices;
use crate::session::setup::Length;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// The version, and what this is and is not (content.md 4.8).
fn version_and_notice() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let notice: Vec<String> = notices::about().iter().map(ToString::to_string).collect();
        format!("{}\n\n{}", env!("CARGO_PKG_VERSION"), notice.join("\n"))
    });
    &TEXT
}

/// The order of `--help`: what this is, what people want first, then the whole.
fn template() -> String {
    let first = words().cli.help.first.join("\n");
    format!("{{about}}\n\n{first}\n\n{{usage-heading}} {{usage}}\n\n{{all-args}}{{after-help}}")
}

/// See `[help]` in `words/cli.toml` for every sentence of `--help`.
#[derive(Parser, Debug)]
#[command(
    name = "alongside",
    version,
    long_version = version_and_notice(),
    about = words().cli.help.about,
    after_help = words().cli.help.after,
    help_template = template(),
    // What was understood of a wrong line (`alongside --plain`) is no help in putting it right.
    override_usage = "alongside [OPTIONS] [COMMAND]",
    disable_help_subcommand = true
)]
pub(crate) struct Args {
    #[arg(long, global = true, help = words().cli.help.plain)]
    pub(crate) plain: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

// Only of the command that is asked for is every argument made ready.
#[derive(Subcommand, Debug)]
#[command(defer = true)]
pub(crate) enum Command {
    #[command(about = words().cli.help.start)]
    Start(StartArgs),
    #[command(about = words().cli.help.host)]
    Host {
        #[command(flatten)]
        start: StartArgs,
        #[arg(long, value_name = "RELAY", help = words().cli.help.relay)]
        relay: Option<String>,
    },
    #[command(about = words().cli.help.join)]
    Join {
        #[arg(value_name = "TICKET", num_args = 0.., help = words().cli.help.ticket)]
        ticket: Vec<String>,
    },
    #[command(about = words().cli.help.lines)]
    Lines,
    #[command(about = words().cli.help.resume)]
    Resume(ResumeArgs),
    #[command(about = words().cli.help.rehearse)]
    Rehearse(RehearseArgs),
    #[command(subcommand, about = words().cli.help.scripts)]
    Scripts(ScriptsCommand),
    #[command(about = words().cli.help.ground)]
    Ground,
    #[command(about = words().cli.help.now)]
    Now,
    #[command(about = words().cli.help.note)]
    Note(NoteArgs),
    #[command(about = words().cli.help.notebook)]
    Notebook {
        #[command(subcommand)]
        what: Option<NotebookCommand>,
    },
    #[command(about = words().cli.help.parts)]
    Parts,
    #[command(about = words().cli.help.promises)]
    Promises,
    #[command(about = words().cli.help.export)]
    Export,
    #[command(about = words().cli.help.crisis, alias = "card")]
    Crisis {
        #[arg(value_name = "REGION", num_args = 0.., help = words().cli.help.region, add = At::new(candidates::regions))]
        region: Vec<String>,
    },
    #[command(about = words().cli.help.settings)]
    Settings {
        #[arg(long, help = words().cli.help.settings_sample)]
        sample: bool,
    },
    #[command(about = words().cli.help.history)]
    History,
    #[command(about = words().cli.help.forget)]
    Forget,
    #[command(about = words().cli.help.paths)]
    Paths,
    #[command(about = words().cli.help.doctor)]
    Doctor,
    #[command(about = words().cli.help.completions)]
    Completions {
        #[arg(value_name = "SHELL", help = words().cli.help.shell)]
        shell: Shell,
    },
    #[command(about = words().cli.help.help)]
    Help {
        #[arg(value_name = "COMMAND", num_args = 0.., help = words().cli.help.help_command, add = At::new(commands))]
        command: Vec<String>,
    },
}

/// The commands that go on what was typed.
fn commands(typed: &OsStr) -> Vec<CompletionCandidate> {
    let all = Args::command();
    let names = all.get_subcommands().map(|one| one.get_name().to_owned());
    candidates::going_on(typed, names)
}

#[derive(clap::Args, Debug)]
pub(crate) struct NoteArgs {
    #[arg(long, help = words().cli.help.note_bring)]
    pub(crate) bring: bool,
    /// Words behind the command are not taken, with a sentence: the shell remembers them.
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) words: Vec<String>,
}

#[derive(clap::Subcommand, Clone, Copy, Debug)]
pub(crate) enum NotebookCommand {
    #[command(about = words().cli.help.notebook_list)]
    List,
    #[command(about = words().cli.help.notebook_read)]
    Read,
    #[command(about = words().cli.help.notebook_write)]
    Write,
    #[command(about = words().cli.help.notebook_passphrase)]
    Passphrase,
    #[command(about = words().cli.help.notebook_lock)]
    Lock,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct StartArgs {
    #[arg(value_name = "SCRIPT", help = words().cli.help.script_or_file, add = At::new(candidates::scripts_or_files))]
    pub(crate) script: Option<String>,
    #[arg(long, value_name = "N", help = words().cli.help.minutes)]
    pub(crate) minutes: Option<String>,
    #[arg(long, value_name = "HH:MM", conflicts_with = "minutes", help = words().cli.help.until)]
    pub(crate) until: Option<String>,
    #[arg(skip)]
    pub(crate) plain: bool,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct ResumeArgs {
    #[arg(long, help = words().cli.help.resume_list)]
    pub(crate) list: bool,
    #[arg(skip)]
    pub(crate) plain: bool,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct RehearseArgs {
    #[arg(value_name = "SCRIPT", help = words().cli.help.script_or_file, add = At::new(candidates::scripts_or_files))]
    pub(crate) script: String,
    #[arg(long, value_name = "N", help = words().cli.help.seed)]
    pub(crate) seed: Option<u64>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000), conflicts_with = "seed", help = words().cli.help.seeds)]
    pub(crate) seeds: Option<u64>,
    #[arg(long, value_name = "PACE", value_parser = pace(), default_value = "chance", help = words().cli.help.pace)]
    pub(crate) pace: Pace,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=12), help = words().cli.help.rehearse_people)]
    pub(crate) people: Option<u8>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=480), help = words().cli.help.rehearse_minutes)]
    pub(crate) minutes: Option<u16>,
    #[arg(long, value_name = "X", value_parser = clap::value_parser!(u32).range(1..=10_000), help = words().cli.help.speed)]
    pub(crate) speed: Option<u32>,
    #[arg(skip)]
    pub(crate) plain: bool,
}

#[derive(Subcommand, Debug)]
pub(crate) enum ScriptsCommand {
    #[command(about = words().cli.help.scripts_list)]
    List,
    #[command(about = words().cli.help.scripts_modules)]
    Modules,
    #[command(about = words().cli.help.scripts_show)]
    Show {
        #[arg(value_name = "NAME", help = words().cli.help.script_or_module, add = At::new(candidates::scripts_modules_or_files))]
        script: String,
        #[arg(long, help = words().cli.help.show_toml)]
        toml: bool,
    },
    #[command(about = words().cli.help.scripts_new)]
    New {
        #[arg(value_name = "NAME", help = words().cli.help.new_name)]
        script: String,
        #[arg(long, value_name = "SCRIPT", help = words().cli.help.new_from, add = At::new(candidates::shipped_scripts))]
        from: Option<String>,
    },
    #[command(about = words().cli.help.scripts_map)]
    Map {
        #[arg(value_name = "SCRIPT", help = words().cli.help.script_or_file, add = At::new(candidates::scripts_or_files))]
        script: String,
        #[arg(long, help = words().cli.help.map_mermaid)]
        mermaid: bool,
        #[arg(long, help = words().cli.help.map_stop)]
        stop: bool,
    },
    #[command(about = words().cli.help.scripts_schema)]
    Schema,
    #[command(about = words().cli.help.scripts_reference)]
    Reference,
    #[command(about = words().cli.help.scripts_check)]
    Check {
        #[arg(value_name = "PATH", required = true, help = words().cli.help.check_paths, add = At::new(candidates::own_scripts_or_files))]
        paths: Vec<PathBuf>,
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT", help = words().cli.help.check_format)]
        format: Format,
    },
}

/// How problems are told.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Format {
    /// With the line, a caret and what to write instead.
    #[default]
    Long,
    /// One line for each: `file:line:column: error: message`.
    Short,
    /// One JSON object on a line for each.
    Json,
}

impl StartArgs {
    /// `alongside` alone.
    pub(crate) fn nothing(plain: bool) -> Self {
        Self {
            script: None,
            minutes: None,
            until: None,
            plain,
        }
    }

    pub(crate) fn with_plain(self, plain: bool) -> Self {
        Self { plain, ..self }
    }

    /// The length that was asked for, if one was.
    pub(crate) fn length(&self, now: Moment) -> Result<Option<Length>, SafeText> {
        let w = &words().cli;
        let clean = |text: &str| SafeText::short(text, 40);
        if let Some(text) = &self.minutes {
            let minutes = text.parse().ok().filter(|n| home::MINUTES.contains(n));
            let bad = || fill(&w.bad_minutes, &[("name", clean(text).as_str())]);
            return minutes.map(|n| Some(Length::Minutes(n))).ok_or_else(bad);
        }
        if let Some(text) = &self.until {
            return home::until(text, now).map(Some);
        }
        Ok(None)
    }
}

/// How long pretend people take, by its word.
fn pace() -> impl TypedValueParser<Value = Pace> {
    PossibleValuesParser::new(["chance", "real"]).map(|word| match &*word {
        "real" => Pace::Real,
        _ => Pace::Chance,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Args::command().debug_assert();
    }

    /// Names and other personal words stay out of shell histories and process lists.
    #[test]
    fn no_argument_takes_a_personal_word() {
        let known = [
            "script", "minutes", "until", "seed", "seeds", "pace", "speed", "people", "paths",
            "format", "name", "from", "region", "shell", "command", "relay", "ticket",
            // Refused with a sentence that says why.
            "words",
        ];
        let mut open = vec![Args::command()];
        while let Some(command) = open.pop() {
            for arg in command.get_arguments() {
                let takes = arg.get_action().takes_values();
                let id = arg.get_id().as_str();
                assert!(!takes || known.contains(&id), "`{id}` takes a value");
            }
            open.extend(command.get_subcommands().cloned());
        }
    }
}
