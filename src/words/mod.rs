//! Every word that the program itself says to people, as data.
//!
//! Owns: the texts of `*.toml` in this folder, one file and one struct for each room that speaks.
//! Never does: IO; a missing or unknown key is a failing test, not a surprise for people.
//! May see: shown.

use std::sync::LazyLock;

use serde::de::DeserializeOwned;

use crate::shown::Shown;

#[macro_use]
mod told;

mod appointment;
mod care;
mod cli;
mod date;
mod export;
mod files;
mod format;
mod journal;
mod lobby;
mod notebook;
mod pages;
mod people;
mod plain;
mod recall;
mod rehearse;
mod script;
mod session;
mod settings;
mod study;
mod tui;
mod upkeep;

pub use appointment::AppointmentWords;
pub use care::{CareWords, GroundWords};
pub use cli::{AskWords, AuthorWords, CliWords, HelpWords, ModuleWords, WayWords};
pub use date::DateWords;
pub use export::ExportWords;
pub use files::{FilesWords, OneCause};
pub use format::FormatWords;
pub use journal::JournalWords;
pub use lobby::{Leaf, LobbyWords};
pub use notebook::NotebookWords;
pub use pages::PagesWords;
pub use people::PeopleWords;
pub use plain::{HereWords, PlainSays, PlainWords, VerbWords};
pub use recall::RecallWords;
pub use rehearse::RehearseWords;
pub use script::{OneKind, ProblemWords, Push, ScriptWords, Sentence, WhatWords};
pub use session::SessionWords;
pub use settings::SettingsWords;
pub use study::StudyWords;
pub use tui::TuiWords;
pub use upkeep::UpkeepWords;

/// All words, by room.
#[derive(Debug)]
pub struct Words {
    /// What the program says about itself, its limits, and whom to reach.
    pub care: CareWords,
    /// What is said around the program: arguments, errors, farewells.
    pub cli: CliWords,
    /// The next session, for a calendar.
    pub appointment: AppointmentWords,
    /// How days are said.
    pub date: DateWords,
    /// What goes out of a notebook.
    pub export: ExportWords,
    /// What can be wrong with a place on the disk.
    pub files: FilesWords,
    /// What the keys of scripts are.
    pub format: FormatWords,
    /// What the working log says.
    pub journal: JournalWords,
    /// What is said before and between sessions.
    pub lobby: LobbyWords,
    /// What every page outside of a session says.
    pub pages: PagesWords,
    /// What is said about private notebooks.
    pub notebook: NotebookWords,
    /// What is said about what is remembered.
    pub people: PeopleWords,
    /// What the line face says and understands.
    pub plain: PlainWords,
    /// What is said where people look at what is remembered.
    pub recall: RecallWords,
    /// What a rehearsal says.
    pub rehearse: RehearseWords,
    /// What the checker says of a script.
    pub script: ScriptWords,
    /// What the session says beside its script.
    pub session: SessionWords,
    /// What is said about the file of settings.
    pub settings: SettingsWords,
    /// What the pages say that belong to one person.
    pub study: StudyWords,
    /// What the full screen says of its own.
    pub tui: TuiWords,
    /// What is said about the program's own files.
    pub upkeep: UpkeepWords,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words {
    care: told(include_str!("care.toml")),
    cli: told(include_str!("cli.toml")),
    appointment: told(include_str!("appointment.toml")),
    date: told(include_str!("date.toml")),
    export: told(include_str!("export.toml")),
    files: told(include_str!("files.toml")),
    format: told(include_str!("format.toml")),
    journal: told(include_str!("journal.toml")),
    lobby: told(include_str!("lobby.toml")),
    pages: told(include_str!("pages.toml")),
    notebook: told(include_str!("notebook.toml")),
    people: told(include_str!("people.toml")),
    plain: told(include_str!("plain.toml")),
    recall: told(include_str!("recall.toml")),
    rehearse: told(include_str!("rehearse.toml")),
    script: told(include_str!("script.toml")),
    session: told(include_str!("session.toml")),
    settings: told(include_str!("settings.toml")),
    study: told(include_str!("study.toml")),
    tui: told(include_str!("tui.toml")),
    upkeep: told(include_str!("upkeep.toml")),
});

/// The words of this program.
#[must_use]
pub fn words() -> &'static Words {
    &ENGLISH
}

/// Reads one embedded file of words.
#[allow(
    clippy::expect_used,
    reason = "the text is compiled in and a test reads it; nothing at run time can change it"
)]
fn told<T: told::Told>(text: &str) -> T {
    let table: toml::Table = text.parse().expect("the embedded words are TOML");
    T::told(table.into()).expect("the embedded words fit their struct")
}

/// Reads one embedded file of another room.
#[allow(
    clippy::expect_used,
    reason = "the text is compiled in and a test reads it; nothing at run time can change it"
)]
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("the embedded words fit their struct")
}

/// Names as they are said.
#[must_use]
pub fn joined(names: &[String]) -> String {
    let says = &words().lobby;
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{}{}{last}", before.join(&says.comma), says.and),
    }
}

/// Puts values into a text's `{braces}`. A brace without a value stays as it is.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> Shown {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = tail.find('}') else {
            rest = tail;
            break;
        };
        let name = tail.get(1..close).unwrap_or_default();
        // A brace of the text's own may hold one that has a value: only the sign itself is passed over.
        let behind = match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => {
                out.push_str(value);
                close + 1
            }
            None => {
                out.push('{');
                1
            }
        };
        rest = tail.get(behind..).unwrap_or_default();
    }
    out.push_str(rest);
    Shown::new(&out)
}

/// What is said of more letters than there is room for; `None` where there is room. What is typed is never cut.
#[must_use]
pub fn too_long(most: usize, letters: usize) -> Option<Shown> {
    let values = [("most", most.to_string()), ("letters", letters.to_string())];
    let values = values.each_ref().map(|(name, n)| (*name, n.as_str()));
    (letters > most).then(|| fill(&words().pages.too_long, &values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_fits_its_struct() {
        assert!(!words().session.go_on.is_empty());
        assert!(!words().tui.not_here.is_empty());
    }

    #[test]
    fn braces_are_filled_once_and_values_are_not_read_again() {
        let text = fill("{a} and {b}, {c}", &[("a", "{b}"), ("b", "two")]);
        assert_eq!(text.as_str(), "{b} and two, {c}");
        assert_eq!(fill("open {", &[]).as_str(), "open {");
        let inside = fill("{ then = {a} } {x}", &[("a", "1")]);
        assert_eq!(inside.as_str(), "{ then = 1 } {x}");
    }
}
