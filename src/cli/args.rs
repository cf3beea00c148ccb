//! The arguments (README, "The command line"). None of them takes a personal word.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use clap_complete::engine::ArgValueCompleter as At;

use super::complete;
use crate::care::notices;
use crate::session::begin::Length;
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::words::{fill, words};

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
    about = words().cli.help.about.as_str(),
    after_help = words().cli.help.after.as_str(),
    help_template = template(),
    disable_help_subcommand = true
)]
pub struct Args {
    #[arg(long, global = true, help = words().cli.help.plain.as_str())]
    pub plain: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    #[command(about = words().cli.help.start.as_str())]
    Start(StartArgs),
    #[command(about = words().cli.help.resume.as_str())]
    Resume(ResumeArgs),
    #[command(about = words().cli.help.rehearse.as_str())]
    Rehearse(RehearseArgs),
    #[command(subcommand, about = words().cli.help.scripts.as_str())]
    Scripts(ScriptsCommand),
    #[command(about = words().cli.help.ground.as_str())]
    Ground,
    #[command(about = words().cli.help.now.as_str())]
    Now,
    #[command(about = words().cli.help.notebook.as_str())]
    Notebook {
        #[command(subcommand)]
        what: Option<NotebookCommand>,
    },
    #[command(about = words().cli.help.parts.as_str())]
    Parts,
    #[command(about = words().cli.help.promises.as_str())]
    Promises,
    #[command(about = words().cli.help.export.as_str())]
    Export,
    #[command(about = words().cli.help.crisis.as_str())]
    Crisis {
        #[arg(value_name = "REGION", num_args = 0.., help = words().cli.help.region.as_str(), add = At::new(complete::regions))]
        region: Vec<String>,
    },
    #[command(about = words().cli.help.settings.as_str())]
    Settings {
        #[arg(long, help = words().cli.help.settings_sample.as_str())]
        sample: bool,
    },
    #[command(about = words().cli.help.history.as_str())]
    History,
    #[command(about = words().cli.help.forget.as_str())]
    Forget,
    #[command(about = words().cli.help.paths.as_str())]
    Paths,
    #[command(about = words().cli.help.doctor.as_str())]
    Doctor,
    #[command(about = words().cli.help.completions.as_str())]
    Completions {
        #[arg(value_name = "SHELL", help = words().cli.help.shell.as_str())]
        shell: Shell,
    },
    #[command(about = words().cli.help.help.as_str())]
    Help {
        #[arg(value_name = "COMMAND", num_args = 0.., help = words().cli.help.help_command.as_str(), add = At::new(complete::commands))]
        command: Vec<String>,
    },
}

#[derive(clap::Subcommand, Clone, Copy, Debug)]
pub enum NotebookCommand {
    #[command(about = words().cli.help.notebook_list.as_str())]
    List,
    #[command(about = words().cli.help.notebook_read.as_str())]
    Read,
    #[command(about = words().cli.help.notebook_write.as_str())]
    Write,
    #[command(about = words().cli.help.notebook_passphrase.as_str())]
    Passphrase,
    #[command(about = words().cli.help.notebook_lock.as_str())]
    Lock,
}

#[derive(ClapArgs, Debug)]
pub struct StartArgs {
    #[arg(value_name = "SCRIPT", help = words().cli.help.script_or_file.as_str(), add = At::new(complete::scripts_or_files))]
    pub script: Option<String>,
    #[arg(long, value_name = "N", help = words().cli.help.minutes.as_str())]
    pub minutes: Option<String>,
    #[arg(long, value_name = "HH:MM", conflicts_with = "minutes", help = words().cli.help.until.as_str())]
    pub until: Option<String>,
    #[arg(skip)]
    pub plain: bool,
}

#[derive(ClapArgs, Debug)]
pub struct ResumeArgs {
    #[arg(long, help = words().cli.help.resume_list.as_str())]
    pub list: bool,
    #[arg(skip)]
    pub plain: bool,
}

#[derive(ClapArgs, Debug)]
pub struct RehearseArgs {
    #[arg(value_name = "SCRIPT", help = words().cli.help.script_or_file.as_str(), add = At::new(complete::scripts_or_files))]
    pub script: String,
    #[arg(long, value_name = "N", help = words().cli.help.seed.as_str())]
    pub seed: Option<u64>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=6), help = words().cli.help.rehearse_people.as_str())]
    pub people: Option<u8>,
    #[arg(long, value_name = "X", value_parser = clap::value_parser!(u32).range(1..=10_000), help = words().cli.help.speed.as_str())]
    pub speed: Option<u32>,
    #[arg(skip)]
    pub plain: bool,
}

#[derive(Subcommand, Debug)]
pub enum ScriptsCommand {
    #[command(about = words().cli.help.scripts_list.as_str())]
    List,
    #[command(about = words().cli.help.scripts_modules.as_str())]
    Modules,
    #[command(about = words().cli.help.scripts_show.as_str())]
    Show {
        #[arg(value_name = "NAME", help = words().cli.help.script_or_module.as_str(), add = At::new(complete::scripts_modules_or_files))]
        script: String,
        #[arg(long, help = words().cli.help.show_toml.as_str())]
        toml: bool,
    },
    #[command(about = words().cli.help.scripts_new.as_str())]
    New {
        #[arg(value_name = "NAME", help = words().cli.help.new_name.as_str())]
        script: String,
        #[arg(long, value_name = "SCRIPT", help = words().cli.help.new_from.as_str(), add = At::new(complete::shipped_scripts))]
        from: Option<String>,
    },
    #[command(about = words().cli.help.scripts_map.as_str())]
    Map {
        #[arg(value_name = "SCRIPT", help = words().cli.help.script_or_file.as_str(), add = At::new(complete::scripts_or_files))]
        script: String,
        #[arg(long, help = words().cli.help.map_mermaid.as_str())]
        mermaid: bool,
        #[arg(long, help = words().cli.help.map_stop.as_str())]
        stop: bool,
    },
    #[command(about = words().cli.help.scripts_schema.as_str())]
    Schema,
    #[command(about = words().cli.help.scripts_reference.as_str())]
    Reference,
    #[command(about = words().cli.help.scripts_check.as_str())]
    Check {
        #[arg(value_name = "PATH", required = true, help = words().cli.help.check_paths.as_str(), add = At::new(complete::own_scripts_or_files))]
        paths: Vec<PathBuf>,
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT", help = words().cli.help.check_format.as_str())]
        format: Format,
    },
}

/// How problems are told.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
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
    pub fn nothing(plain: bool) -> Self {
        Self {
            script: None,
            minutes: None,
            until: None,
            plain,
        }
    }

    pub fn with_plain(self, plain: bool) -> Self {
        Self { plain, ..self }
    }

    /// The length that was asked for, if one was.
    pub fn length(&self, now: Moment) -> Result<Option<Length>, Shown> {
        let w = &words().cli;
        let clean = |text: &str| Shown::short(text, 40);
        if let Some(text) = &self.minutes {
            let minutes = text.parse().ok().filter(|n| (10..=120).contains(n));
            let bad = || fill(&w.bad_minutes, &[("name", clean(text).as_str())]);
            return minutes.map(|n| Some(Length::Minutes(n))).ok_or_else(bad);
        }
        if let Some(text) = &self.until {
            let wall = crate::lobby::until(text, now);
            let bad = || fill(&w.bad_time, &[("name", clean(text).as_str())]);
            return wall.map(|wall| Some(Length::Until(wall))).ok_or_else(bad);
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Args::command().debug_assert();
    }

    /// Names and other personal words stay out of shell histories and process lists.
    #[test]
    fn no_argument_takes_a_personal_word() {
        let known = [
            "script", "minutes", "until", "seed", "speed", "people", "paths", "format", "name",
            "from", "region", "shell", "command",
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
