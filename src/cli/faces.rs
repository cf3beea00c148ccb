//! The choice of a face.

use std::io::{self, IsTerminal};

use super::say::{self, OnlyAscii, broken, problem};
use super::{Exit, Failed};
use crate::drive::Talk;
use crate::plain::{self, Over, Rows};
use crate::settings::Settings;
use crate::shown::Shown;
use crate::tui::{self, Look, Theme};
use crate::words::{fill, words};

/// Talks through the full screen, or line by line where somebody asks for it or there is no screen.
pub fn talk(talk: &mut dyn Talk, plain: bool, settings: &Settings) -> Result<Exit, Failed> {
    if plain || asked("ALONGSIDE_PLAIN") {
        return by_lines(talk, settings);
    }
    let dumb = env("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    if dumb || !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        problem(&Shown::new(&words().cli.no_terminal));
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

fn by_lines(talk: &mut dyn Talk, settings: &Settings) -> Result<Exit, Failed> {
    #[cfg(unix)]
    let terminal = plain::Terminal::take();
    #[cfg(unix)]
    let input = match &terminal {
        Some(terminal) => terminal.listen(),
        None => plain::listen(io::stdin()),
    };
    #[cfg(not(unix))]
    let input = plain::listen(io::stdin());
    let input = match input {
        Ok(input) => input,
        Err(error) => return Err((Shown::new(&error.to_string()), Exit::Fault)),
    };
    let mut hide = |_hidden: bool| {
        #[cfg(unix)]
        if let Some(terminal) = &terminal {
            terminal.hide(_hidden);
        }
    };
    // A pipe or a file gets every letter, unless somebody chose otherwise: whoever reads it decides.
    let chosen = settings.ascii || asked("ALONGSIDE_ASCII");
    let over = if chosen || Look::from_env(env).ascii && io::stdout().is_terminal() {
        let mut out = Rows::new(OnlyAscii(io::stdout()), columns);
        plain::run(talk, &input, &mut out, &mut hide)
    } else {
        let mut out = Rows::new(io::stdout(), columns);
        plain::run(talk, &input, &mut out, &mut hide)
    };
    match over {
        Ok(Over::Left(words)) => farewell_lines(Some(words)),
        Ok(Over::NoMoreInput) => Ok(Exit::Done),
        Ok(Over::Gone) => {
            say::vanish();
            talk.exit_now();
            Ok(Exit::Done)
        }
        Err(error) => broken(&error, Exit::Done),
    }
}

/// How the screen looks: as it was set, and otherwise as the surroundings ask for it.
fn look(settings: &Settings) -> Look {
    let mut look = Look::from_env(env);
    if let Some(theme) = Theme::named(&settings.theme) {
        (look.theme, look.asks) = (theme, false);
    }
    look.still |= settings.reduced_motion;
    look.ascii |= settings.ascii;
    look.thins = settings.thin_out;
    look.mouse = settings.mouse;
    look
}

fn farewell_lines(farewell: Option<Shown>) -> Result<Exit, Failed> {
    match farewell.filter(|words| !words.is_empty()) {
        Some(words) => super::lines(&[words]),
        None => Ok(Exit::Done),
    }
}
