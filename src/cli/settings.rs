//! The settings as the program uses them: read before the screen is taken, and said when they are asked for.

use super::{CommandError, Exit, home, wrong};
use crate::app::bell_problems;
use crate::safety::signposts::signposts;
use crate::script::nearest;
use crate::settings::{SAMPLE, Settings, SettingsProblem, load};
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};
use crate::tui::{self, Theme};

/// The settings; every problem has been said when there is one.
///
/// # Errors
/// The sentence to end with. The file is left as it is.
pub(crate) fn settings() -> Result<Settings, CommandError> {
    let (settings, problems) = checked()?;
    if problems.is_empty() {
        return Ok(settings);
    }
    for problem in &problems {
        super::problem(problem);
    }
    Err(wrong(SafeText::new(words().settings.stopped)))
}

/// The settings for those who must not be kept waiting: what can be understood of them, and that something is wrong.
pub(crate) fn settings_at_once() -> (Settings, Option<SafeText>) {
    match checked() {
        Ok((settings, problems)) if problems.is_empty() => (settings, None),
        Ok((settings, _)) => (settings, Some(SafeText::new(words().settings.ignored))),
        Err((sentence, _)) => (Settings::default(), Some(sentence)),
    }
}

/// Everything that is wrong with them.
pub(crate) fn problems() -> Vec<SafeText> {
    match checked() {
        Ok((settings, mut problems)) => {
            problems.extend(bell_problems(&settings));
            problems
        }
        Err((sentence, _)) => vec![sentence],
    }
}

/// Where they are, and what they come to.
pub(crate) fn show(sample: bool) -> Result<Exit, CommandError> {
    if sample {
        return super::lines(&SafeText::lines(SAMPLE));
    }
    let settings = settings()?;
    let path = home()?.settings();
    let w = &words().settings;
    let head = if path.exists() {
        &w.head_file
    } else {
        &w.head_none
    };
    let mut told = vec![fill(head, &[("place", &path.to_string_lossy())])];
    told.extend(settings.told().iter().map(|line| SafeText::new(line)));
    let printed = super::lines(&told)?;
    let unheard = bell_problems(&settings);
    for sentence in &unheard {
        super::problem(sentence);
    }
    Ok(if unheard.is_empty() {
        printed
    } else {
        Exit::Found
    })
}

/// What is set, and everything that is wrong, each in a line of its own. The keys are in use when nothing is wrong.
fn checked() -> Result<(Settings, Vec<SafeText>), CommandError> {
    let path = home()?.settings();
    let checked = load(&path).map_err(wrong)?;
    let mut problems = checked.problems;
    problems.extend(theme(&checked.settings.theme, checked.theme_line));
    problems.extend(regions(&checked.settings));
    let keys = tui::bind(&checked.settings.keys);
    problems.extend(keys.err().unwrap_or_default());
    problems.arrange_by_key(|problem| problem.line);
    let place = path.to_string_lossy();
    let say = |problem: &SettingsProblem| {
        let line = problem.line.to_string();
        let values = [
            ("place", &*place),
            ("line", &line),
            ("says", problem.says.as_str()),
        ];
        fill(&words().settings.problem, &values)
    };
    let problems = problems.iter().map(say).collect();
    Ok((checked.settings, problems))
}

fn theme(name: &str, line: usize) -> Option<SettingsProblem> {
    if Theme::NAMES.contains(&name) {
        return None;
    }
    let w = &words().settings;
    let says = match nearest(name, Theme::NAMES) {
        Some(near) => fill(&w.no_theme_near, &[("name", name), ("near", near)]),
        None => {
            let known = Theme::NAMES.join(", ");
            fill(&w.no_theme, &[("name", name), ("known", &known)])
        }
    };
    Some(SettingsProblem { line, says })
}

fn regions(settings: &Settings) -> Vec<SettingsProblem> {
    let w = &words().settings;
    let people = settings.people.iter();
    people
        .filter_map(|person| Some((person, person.region.as_deref()?)))
        .filter(|(_, name)| signposts().find(name).is_none())
        .map(|(person, name)| {
            let says = match signposts().nearest(name) {
                Some(near) => fill(&w.no_region_near, &[("name", name), ("near", near)]),
                None => fill(&w.no_region, &[("name", name)]),
            };
            SettingsProblem {
                line: person.line,
                says,
            }
        })
        .collect()
}
