//! What people set for themselves in a file of their own.
//!
//! Owns: the settings, what they are when nobody says anything, and what can be wrong with the file.
//! Never does: writing that file; guessing what a wrong line may have meant; knowing what a setting leads to.
//! May see: script, storage, text.

mod read;
mod tell;

#[cfg(test)]
mod tests;

use std::path::Path;

use crate::storage::{self, Cause};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

pub(crate) use read::{CheckedSettings, SettingsProblem, check, same_name};

/// The file with everything in it as it comes, explained; `docs/settings.md` shows it.
pub(crate) const SAMPLE: &str = include_str!("default.toml");

/// The most bytes that are read.
const MOST_BYTES: u64 = 256 * 1024;

/// What people set for themselves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// In which face the program begins; `None`: in the one that was chosen last.
    pub(crate) face: Option<FaceSetting>,
    /// How much is said beside the words themselves, in either face.
    pub(crate) guidance: Guidance,
    /// Whether line by line only what is needed is said beside the words; `None`: once somebody had a session.
    pub(crate) hints: Option<bool>,
    /// What stands where a line is to be typed; `None`: as it suits who listens.
    pub(crate) prompt: Option<String>,
    /// The name of a theme.
    pub(crate) theme: String,
    /// What is heard.
    pub(crate) bell: BellSound,
    /// How the clock shows itself when a session begins; `None`: as its script says.
    pub(crate) clock: Option<ClockSetting>,
    /// Whether nothing moves.
    pub(crate) reduced_motion: bool,
    /// Whether there are only ASCII signs, whatever the locale says.
    pub(crate) ascii: bool,
    /// Whether the mouse does something.
    pub(crate) mouse: bool,
    /// Whether the screen thins out after a while without a key.
    pub(crate) thin_out: bool,
    /// What the quick exit does with a session that is going on.
    pub(crate) quick_exit: QuickExit,
    /// The program that carries what several terminals say to each other, and its arguments.
    pub(crate) link: Vec<String>,
    /// Other keys.
    pub(crate) keys: Vec<Binding>,
    /// What the crisis card knows of each person.
    pub(crate) people: Vec<PersonSettings>,
}

/// How much is said beside the words themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Guidance {
    /// What can be done stays on the screen, and is said line by line.
    High,
    /// As it suits who is there: it thins out after a while, and is said until somebody knows it.
    Medium,
    /// It fades soon, and is said to whoever asks for it.
    Low,
}

impl Settings {
    /// Whether line by line only what is needed is said beside the words; `None`: once somebody had a session.
    pub(crate) fn is_brief(&self) -> Option<bool> {
        self.hints.or(match self.guidance {
            Guidance::High => Some(false),
            Guidance::Medium => None,
            Guidance::Low => Some(true),
        })
    }
}

/// In which face the program begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FaceSetting {
    /// The full screen.
    Screen,
    /// Line by line.
    Lines,
}

/// What is heard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum BellSound {
    /// Nothing.
    Off,
    /// The terminal's bell: one stroke for a warning, two for an end.
    Terminal,
    /// The terminal's bell: two strokes for a warning, three for an end.
    Double,
    /// Programs and their arguments. An empty one is silent; never both.
    Command {
        /// For a warning, and when a rest is over.
        warning: Vec<String>,
        /// When it is time to land, and when the time is over.
        end: Vec<String>,
    },
}

impl BellSound {
    /// One program for everything.
    #[must_use]
    pub(crate) fn command(command: Vec<String>) -> Self {
        Self::Command {
            warning: command.clone(),
            end: command,
        }
    }
}

/// How the clock shows itself, in the order in which it is switched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ClockSetting {
    /// Whole minutes.
    Minutes,
    /// Minutes and seconds.
    Full,
    /// A bar without numbers.
    Bar,
    /// Not at all.
    Hidden,
}

/// What the quick exit does with a session that is going on (content.md 4.7).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum QuickExit {
    /// It can be gone on with later.
    Keep,
    /// Its working log is removed.
    Discard,
}

/// Other keys for something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Binding {
    /// What they do, by its name in the table of keys.
    pub(crate) does: String,
    /// Their names.
    pub(crate) keys: Vec<String>,
    /// The line on which they stand, counted from 1.
    pub(crate) line: usize,
}

/// What the crisis card knows of a person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct PersonSettings {
    /// The name, as it is typed when a session is set up.
    pub(crate) name: String,
    /// Where this person is, by a place's name on the card.
    pub(crate) region: Option<String>,
    /// Whom this person can ring.
    pub(crate) ring: Option<String>,
    /// Other numbers, each in words.
    pub(crate) lines: Vec<String>,
    /// The line on which the region stands, counted from 1.
    pub(crate) line: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            face: None,
            guidance: Guidance::Medium,
            hints: None,
            prompt: None,
            theme: "auto".to_owned(),
            bell: BellSound::Terminal,
            clock: None,
            reduced_motion: false,
            ascii: false,
            mouse: false,
            thin_out: true,
            quick_exit: QuickExit::Keep,
            link: vec!["alongside-link".to_owned()],
            keys: Vec::new(),
            people: Vec::new(),
        }
    }
}

/// Reads the file. One that is not there sets nothing.
///
/// # Errors
/// The sentence that says why it can't be read at all. What is wrong inside of it is in [`CheckedSettings`].
pub(crate) fn load(path: &Path) -> Result<CheckedSettings, SafeText> {
    let bytes = match storage::read(path, MOST_BYTES) {
        Err(trouble) if trouble.cause == Cause::Missing && !path.is_symlink() => {
            return Ok(CheckedSettings::default());
        }
        read => read.map_err(|trouble| {
            let trouble = trouble.sentence();
            fill(&words().settings.unread, &[("trouble", trouble.as_str())])
        })?,
    };
    Ok(match String::from_utf8(bytes) {
        Ok(text) => check(text.strip_prefix('\u{FEFF}').unwrap_or(&text)),
        Err(error) => {
            let good = error.as_bytes().get(..error.utf8_error().valid_up_to());
            let line = good.unwrap_or_default().iter().filter(|b| **b == b'\n');
            CheckedSettings {
                problems: vec![SettingsProblem {
                    line: line.count() + 1,
                    says: fill(&words().settings.syntax, &[("says", "not UTF-8")]),
                }],
                ..CheckedSettings::default()
            }
        }
    })
}
