//! Where things live.

use std::ffi::OsString;
use std::path::PathBuf;

use directories::ProjectDirs;

use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

const NAME: &str = "alongside";

/// The folders of this program. None of them is made before something is written into it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Folders {
    state: PathBuf,
    data: PathBuf,
    config: PathBuf,
}

impl Folders {
    /// Where this person's folders are: XDG first on every Unix, then what the platform says.
    ///
    /// `env` looks up an environment variable.
    ///
    /// # Errors
    /// A sentence, when the person has no home folder.
    pub fn find(env: impl Fn(&str) -> Option<OsString>) -> Result<Self, SafeText> {
        let platform = ProjectDirs::from("", "", NAME);
        // A home that depends on where one stands is none: folders would be made all over the place.
        let relative = platform
            .as_ref()
            .is_some_and(|dirs| dirs.data_dir().is_relative());
        let platform = platform.filter(|_| !relative);
        let none = || match env("HOME") {
            Some(home) if relative => {
                let place = home.to_string_lossy();
                fill(&words().storage.home_relative, &[("place", &place)])
            }
            Some(_) | None => SafeText::new(words().storage.no_home),
        };
        let xdg = |name: &str| -> Option<PathBuf> {
            let folder = PathBuf::from(env(name).filter(|_| cfg!(unix))?);
            // The XDG specification asks to ignore what is not absolute.
            folder.is_absolute().then(|| folder.join(NAME))
        };
        let place = |name: &str, usual: fn(&ProjectDirs) -> PathBuf| {
            xdg(name)
                .or_else(|| platform.as_ref().map(usual))
                .ok_or_else(none)
        };
        Ok(Self {
            state: place("XDG_STATE_HOME", |dirs| {
                let state = dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir());
                state.to_path_buf()
            })?,
            data: place("XDG_DATA_HOME", |dirs| dirs.data_dir().to_path_buf())?,
            config: place("XDG_CONFIG_HOME", |dirs| dirs.config_dir().to_path_buf())?,
        })
    }

    /// The folder of working files.
    #[must_use]
    pub(crate) fn state(&self) -> PathBuf {
        self.state.clone()
    }

    /// The folder of what is remembered.
    #[must_use]
    pub(crate) fn data(&self) -> PathBuf {
        self.data.clone()
    }

    /// The folder of what is people's own: settings and scripts.
    #[must_use]
    pub(crate) fn config(&self) -> PathBuf {
        self.config.clone()
    }

    /// The folder of the working logs.
    #[must_use]
    pub fn sessions(&self) -> PathBuf {
        self.state.join("sessions")
    }

    /// The file of what is remembered between sessions.
    #[must_use]
    pub(crate) fn people(&self) -> PathBuf {
        self.data.join("people.toml")
    }

    /// The file of the outlines that were kept.
    #[must_use]
    pub fn record(&self) -> PathBuf {
        self.data.join("record.jsonl")
    }

    /// The folder of the notebooks.
    #[must_use]
    pub fn notebooks(&self) -> PathBuf {
        self.data.join("notebooks")
    }

    /// The folder of people's own scripts.
    #[must_use]
    pub(crate) fn scripts(&self) -> PathBuf {
        self.config.join("scripts")
    }

    /// The file of settings.
    #[must_use]
    pub(crate) fn settings(&self) -> PathBuf {
        self.config.join("settings.toml")
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn xdg_comes_first() {
        let home = Folders::find(|name| Some(format!("/x/{name}").into())).unwrap();
        assert_eq!(
            home.sessions(),
            PathBuf::from("/x/XDG_STATE_HOME/alongside/sessions")
        );
        assert_eq!(
            home.people(),
            PathBuf::from("/x/XDG_DATA_HOME/alongside/people.toml")
        );
        assert_eq!(
            home.record(),
            PathBuf::from("/x/XDG_DATA_HOME/alongside/record.jsonl")
        );
        assert_eq!(
            home.notebooks(),
            PathBuf::from("/x/XDG_DATA_HOME/alongside/notebooks")
        );
        assert_eq!(
            home.scripts(),
            PathBuf::from("/x/XDG_CONFIG_HOME/alongside/scripts")
        );
    }

    #[test]
    fn what_is_empty_or_relative_counts_as_not_set() {
        let unset = Folders::find(|_| None);
        assert_eq!(Folders::find(|_| Some("here".into())), unset);
        assert_eq!(Folders::find(|_| Some("".into())), unset);
    }
}
