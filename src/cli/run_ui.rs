//! The choice of a face.

use std::fs::File;
use std::io::{self, IsTerminal, Read};

use super::output::{self, broken, problem};
use super::{CommandError, Exit};
use crate::app::{Controller, Program};
use crate::line_ui::{self, LineUiEnd};
use crate::settings::{FaceSetting, Guidance, Settings};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::tui::{self, Appearance, ScreenEnd, Theme};

/// Talks through the full screen, or line by line where somebody asks for it or there is no screen; and changes from
/// one to the other as often as somebody wants.
pub(crate) fn talk(
    program: &mut Program,
    plain: bool,
    settings: &Settings,
) -> Result<Exit, CommandError> {
    let screen = has_screen();
    let spoken = says(env("ACCESSIBLE")) || asked("ALONGSIDE_PLAIN");
    let chosen = match settings.face {
        Some(face) => face == FaceSetting::Lines,
        None => program.chose_lines().unwrap_or(false),
    };
    let mut lines = plain || spoken || chosen;
    if !screen && !lines {
        problem(&SafeText::new(words().cli.no_terminal));
        lines = true;
    }
    let mut look = look(settings);
    // What a terminal answers would be spoken, or typed into what is heard.
    look.answers &= !lines;
    let mut new = false;
    loop {
        let end = if lines {
            by_lines(program, settings, screen, std::mem::take(&mut new))?
        } else {
            on_screen(program, look)?
        };
        match end {
            FaceEnd::Exit(exit) => return Ok(exit),
            FaceEnd::Other => {
                lines = !lines;
                new = lines && program.chose_lines().is_none();
                look.answers = false;
                program.choose_lines(lines);
            }
        }
    }
}

/// How a face ended.
enum FaceEnd {
    /// With the program.
    Exit(Exit),
    /// Somebody wants to go on in the other one.
    Other,
}

/// Whether there is a full screen.
fn has_screen() -> bool {
    let dumb = env("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    !dumb && io::stdout().is_terminal() && io::stdin().is_terminal()
}

fn on_screen(program: &mut Program, look: Appearance) -> Result<FaceEnd, CommandError> {
    match tui::show(program, look) {
        Ok(ScreenEnd::Left(farewell)) => farewell_lines(farewell).map(FaceEnd::Exit),
        Ok(ScreenEnd::Lines) => Ok(FaceEnd::Other),
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

/// Whether a variable says anything at all.
fn says(value: Option<String>) -> bool {
    value.is_some_and(|value| !value.is_empty())
}

fn by_lines(
    talk: &mut Program,
    settings: &Settings,
    screen: bool,
    new: bool,
) -> Result<FaceEnd, CommandError> {
    let heard = says(env("ACCESSIBLE")) || runs_in_screen_reader();
    let usual = if heard { "" } else { line_ui::PROMPT };
    let prompt = settings.prompt.clone().unwrap_or_else(|| usual.to_owned());
    #[cfg(unix)]
    let terminal = line_ui::Terminal::take();
    let (send, input) = line_ui::lines();
    let news = send.clone();
    #[cfg(unix)]
    let listens = match &terminal {
        Some(terminal) => {
            let prompted = !prompt.is_empty();
            terminal.listen(output::vanish, tui::exit_bytes(), prompted, send)
        }
        None => line_ui::listen(io::stdin(), send),
    };
    #[cfg(not(unix))]
    let listens = line_ui::listen(io::stdin(), send);
    if let Err(error) = listens {
        return Err((SafeText::new(&error.to_string()), Exit::Fault));
    }
    // Where so many lines wait that there is no room, they are looked at first anyway.
    let wake = move || drop(news.try_send(line_ui::InputLine::News));
    talk.wakes_by(Some(Box::new(wake)));
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
    // What comes at once is spoken in one go.
    let mut out = output::words_to(io::BufWriter::new(said), settings.ascii);
    let manner = line_ui::Manner {
        screen,
        prompt,
        brief: settings.is_brief().unwrap_or_else(|| talk.knows_people()),
        new,
    };
    let over = line_ui::run_in(talk, &input, &mut *out, &mut hide, manner);
    talk.wakes_by(None);
    match over {
        Ok(LineUiEnd::Left(words)) => farewell_lines(Some(words)).map(FaceEnd::Exit),
        Ok(LineUiEnd::NoMoreInput) => Ok(FaceEnd::Exit(Exit::Done)),
        Ok(LineUiEnd::Screen) => Ok(FaceEnd::Other),
        Ok(LineUiEnd::Gone) => {
            output::vanish();
            talk.exit_now();
            Ok(FaceEnd::Exit(Exit::Done))
        }
        Err(error) => broken(&error, Exit::Done).map(FaceEnd::Exit),
    }
}

/// How the screen looks: as it was set, and otherwise as the surroundings ask for it.
fn look(settings: &Settings) -> Appearance {
    let mut look = Appearance::from_env(env);
    if runs_in_screen_reader() {
        look = look.to_be_heard();
    }
    if let Some(theme) = Theme::named(&settings.theme) {
        look = look.in_theme(theme);
    }
    look.still |= settings.reduced_motion;
    look.ascii |= settings.ascii;
    // What thins out is said as it goes, and that a key brings it back.
    look.thins = settings.thin_out && settings.guidance != Guidance::High && !look.heard;
    look.fades = settings.guidance == Guidance::Low;
    look.mouse = settings.mouse;
    look
}

/// Whether somebody listens who says so, or has started this program inside of a screen reader.
pub(super) fn is_spoken() -> bool {
    says(env("ACCESSIBLE")) || asked("ALONGSIDE_PLAIN") || runs_in_screen_reader()
}

/// Whether a screen reader that runs programs inside of itself (yasr, Fenrir with -e) has started this one, or the shell around it. It
/// sets nothing in the environment; the list of processes tells, where there is one to read.
fn runs_in_screen_reader() -> bool {
    /// Nobody begins a program from deeper inside of shells.
    const MOST: usize = 12;
    #[cfg(unix)]
    let mut process = std::os::unix::process::parent_id();
    #[cfg(not(unix))]
    let mut process = 0;
    for _ in 0..MOST {
        let stat = stat_of(process);
        let Some((name, parent)) = stat.as_deref().and_then(name_and_parent) else {
            return false;
        };
        if ["yasr", "fenrir"].contains(&name) {
            return true;
        }
        process = parent;
    }
    false
}

/// What the system tells of a process. Its beginning is enough, in one call: this is asked before the first picture.
fn stat_of(process: u32) -> Option<String> {
    let mut stat = [0; 512];
    let mut file = (process > 0).then(|| File::open(format!("/proc/{process}/stat")).ok())??;
    let read = file.read(&mut stat).ok()?;
    Some(String::from_utf8_lossy(stat.get(..read)?).into_owned())
}

/// What a process is called and who started it, from `/proc/N/stat`: `N (name) state parent …`, in which a name may hold
/// brackets and spaces.
fn name_and_parent(stat: &str) -> Option<(&str, u32)> {
    let (before, after) = stat.rsplit_once(')')?;
    let (_, name) = before.split_once('(')?;
    let parent = after.split_whitespace().nth(1)?;
    Some((name, parent.parse().ok()?))
}

fn farewell_lines(farewell: Option<SafeText>) -> Result<Exit, CommandError> {
    match farewell.filter(|words| !words.is_empty()) {
        Some(words) => super::lines(&[words]),
        None => Ok(Exit::Done),
    }
}

#[cfg(test)]
mod tests {
    use super::name_and_parent;

    #[test]
    fn a_process_is_told_from_its_parent() {
        let said = |stat| name_and_parent(stat);
        assert_eq!(said("7 (yasr) S 3 7 3 0"), Some(("yasr", 3)));
        assert_eq!(said("8 (a (b) c) R 1 8"), Some(("a (b) c", 1)));
        assert_eq!(said(""), None);
        assert_eq!(said("8 (sh) S"), None);
    }
}
