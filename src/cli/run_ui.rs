//! The choice of a face.

use std::io::{self, IsTerminal};

use super::output::{self, OnlyAscii, broken, problem};
use super::{CommandError, Exit};
use crate::app::Controller;
use crate::line_ui::{self, LineUiEnd, WrappedWriter};
use crate::settings::Settings;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::tui::{self, Appearance, Theme};

/// Talks through the full screen, or line by line where somebody asks for it or there is no screen.
pub(crate) fn talk(
    talk: &mut dyn Controller,
    plain: bool,
    settings: &Settings,
) -> Result<Exit, CommandError> {
    if plain || asked("ALONGSIDE_PLAIN") {
        return by_lines(talk, settings);
    }
    let dumb = env("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    if dumb || !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        problem(&SafeText::new(words().cli.no_terminal));
        return by_lines(talk, settings);
    }
    match tui::run(talk, look(settings)) {
        Ok(farewell) => farewell_lines(farewell),
        Err(trouble) => {
            let why = trouble.to_string();
            Err((
                fill(&words().cli.broken_screen, &[("why", &why)]),
                Exit::Fault,
            ))
        }
    }
}

fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Whether a variable of the environment asks for something: with anything but nothing or `0`.
fn asked(name: &str) -> bool {
    env(name).is_some_and(|value| !value.is_empty() && value != "0")
}

/// How many columns the terminal has that lines go to; `None` where they go somewhere else.
fn columns() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    tui::columns().map(usize::from)
}

fn by_lines(talk: &mut dyn Controller, settings: &Settings) -> Result<Exit, CommandError> {
    #[cfg(unix)]
    let terminal = line_ui::Terminal::take();
    #[cfg(unix)]
    let input = match &terminal {
        Some(terminal) => terminal.listen(output::vanish),
        None => line_ui::listen(io::stdin()),
    };
    #[cfg(not(unix))]
    let input = line_ui::listen(io::stdin());
    let input = match input {
        Ok(input) => input,
        Err(error) => return Err((SafeText::new(&error.to_string()), Exit::Fault)),
    };
    let mut hide = |_hidden: bool| {
        #[cfg(unix)]
        if let Some(terminal) = &terminal {
            terminal.hide(_hidden);
        }
    };
    #[cfg(unix)]
    let said = line_ui::UntilGone(io::stdout());
    #[cfg(not(unix))]
    let said = io::stdout();
    // A pipe or a file gets every letter, unless somebody chose otherwise: whoever reads it decides.
    let chosen = settings.ascii || asked("ALONGSIDE_ASCII");
    let over = if chosen || Appearance::from_env(env).ascii && io::stdout().is_terminal() {
        let mut out = WrappedWriter::new(OnlyAscii(said), columns);
        line_ui::run(talk, &input, &mut out, &mut hide)
    } else {
        let mut out = WrappedWriter::new(said, columns);
        line_ui::run(talk, &input, &mut out, &mut hide)
    };
    match over {
        Ok(LineUiEnd::Left(words)) => farewell_lines(Some(words)),
        Ok(LineUiEnd::NoMoreInput) => Ok(Exit::Done),
        Ok(LineUiEnd::Gone) => {
            output::vanish();
            talk.exit_now();
            Ok(Exit::Done)
        }
        Err(error) => broken(&error, Exit::Done),
    }
}

/// How the screen looks: as it was set, and otherwise as the surroundings ask for it.
fn look(settings: &Settings) -> Appearance {
    let mut look = Appearance::from_env(env);
    if let Some(theme) = Theme::named(&settings.theme) {
        (look.theme, look.asks) = (theme, false);
    }
    look.still |= settings.reduced_motion;
    look.ascii |= settings.ascii;
    look.thins = settings.thin_out;
    look.mouse = settings.mouse;
    look
}

fn farewell_lines(farewell: Option<SafeText>) -> Result<Exit, CommandError> {
    match farewell.filter(|words| !words.is_empty()) {
        Some(words) => super::lines(&[words]),
        None => Ok(Exit::Done),
    }
}
