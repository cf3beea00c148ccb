//! Every file and folder that the program uses, with what it is for.

use std::fs;
use std::path::{Path, PathBuf};

use super::{CommandError, Exit, home, lines};
use crate::notebook::{Belongs, belongs};
use crate::storage::{Folders, is_conflict_copy};
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{fill, fill_lines, words};

/// How many entries are looked at, and how deep: more was not made by this program.
const MOST: usize = 20_000;
const DEEPEST: usize = 4;

/// What something in one of our folders is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PathKind {
    State,
    Sessions,
    Lock,
    Log,
    Aside,
    Data,
    People,
    Record,
    Notebooks,
    Config,
    Scripts,
    Script,
    Settings,
    Copy,
    Temporary,
    Foreign,
}

impl PathKind {
    fn says(self) -> &'static str {
        let w = &words().upkeep;
        match self {
            Self::State => w.state,
            Self::Sessions => w.sessions,
            Self::Lock => w.lock,
            Self::Log => w.log,
            Self::Aside => w.aside,
            Self::Data => w.data,
            Self::People => w.people,
            Self::Record => w.record,
            Self::Notebooks => w.notebooks,
            Self::Config => w.config,
            Self::Scripts => w.scripts,
            Self::Script => w.script,
            Self::Settings => w.settings,
            Self::Copy => w.copy,
            Self::Temporary => w.temporary,
            Self::Foreign => w.foreign,
        }
    }
}

/// A place and what is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ListedPath {
    pub(crate) path: PathBuf,
    pub(crate) what: PathKind,
}

/// Every place that is used, whether something is there or not, and whatever else lies in our folders.
pub(crate) fn places(home: &Folders) -> Vec<ListedPath> {
    let mut found = Vec::new();
    let named = [
        (home.state(), PathKind::State),
        (home.sessions(), PathKind::Sessions),
        (home.data(), PathKind::Data),
        (home.people(), PathKind::People),
        (home.record(), PathKind::Record),
        (home.config(), PathKind::Config),
        (home.settings(), PathKind::Settings),
        (home.scripts(), PathKind::Scripts),
    ];
    for (path, what) in &named {
        found.push(ListedPath {
            path: path.clone(),
            what: *what,
        });
        let is_folder = matches!(
            what,
            PathKind::State
                | PathKind::Data
                | PathKind::Config
                | PathKind::Sessions
                | PathKind::Scripts
        );
        if is_folder {
            let inside = inside(path, home, &named);
            found.extend(inside);
        }
    }
    found
}

/// What lies in one of our folders beside what has a name of its own, in the order of the names.
fn inside(folder: &Path, home: &Folders, named: &[(PathBuf, PathKind)]) -> Vec<ListedPath> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_path_buf(), 0)];
    while let Some((at, depth)) = open.pop() {
        let entries = fs::read_dir(&at).into_iter().flatten();
        for entry in entries.filter_map(Result::ok) {
            let path = entry.path();
            if named.iter().any(|(known, _)| *known == path) || found.len() >= MOST {
                continue;
            }
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && depth < DEEPEST {
                open.push((path.clone(), depth + 1));
            }
            found.push(ListedPath {
                what: what(&path, is_folder, home),
                path,
            });
        }
    }
    found.arrange_by(|a, b| a.path.cmp(&b.path));
    found
}

fn what(path: &Path, is_folder: bool, home: &Folders) -> PathKind {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    if path.starts_with(home.scripts()) {
        return match (is_folder, ending.as_ref()) {
            (true, _) | (false, "toml") => PathKind::Script,
            (false, _) => PathKind::Foreign,
        };
    }
    let in_sessions = path.starts_with(home.sessions());
    let notebooks = home.data().join("notebooks");
    match (name.as_ref(), ending.as_ref()) {
        (name, _) if is_conflict_copy(name) => PathKind::Copy,
        (name, _) if name.starts_with(".alongside-") => PathKind::Temporary,
        ("lock", _) | (_, "lock") => PathKind::Lock,
        (_, "torn" | "set-aside") => PathKind::Aside,
        (_, "jsonl" | "line" | "part") | ("beat", _) if in_sessions => PathKind::Log,
        (_, _) => match path.strip_prefix(&notebooks).map(belongs) {
            Ok(_) if path == notebooks => PathKind::Notebooks,
            Ok(Belongs::Notebook) => PathKind::Notebooks,
            Ok(Belongs::Aside) => PathKind::Aside,
            Ok(Belongs::Left) => PathKind::Temporary,
            Ok(Belongs::No) | Err(_) => PathKind::Foreign,
        },
    }
}

/// Every place, one after the other.
pub(crate) fn print() -> Result<Exit, CommandError> {
    lines(&told(&home()?))
}

/// Every place, in lines.
pub(crate) fn told(home: &Folders) -> Vec<SafeText> {
    places(home).iter().flat_map(line).collect()
}

fn line(place: &ListedPath) -> Vec<SafeText> {
    let state = state(&place.path);
    let path = place.path.to_string_lossy();
    let values = [
        ("place", path.as_ref()),
        ("what", place.what.says()),
        ("state", state.as_str()),
    ];
    fill_lines(&words().upkeep.path_line, &values)
}

fn state(path: &Path) -> SafeText {
    let w = &words().upkeep;
    let Ok(found) = fs::symlink_metadata(path) else {
        return SafeText::new(w.absent);
    };
    if found.is_symlink() {
        return SafeText::new(w.mode_link);
    }
    let (mode, size) = (mode(&found), found.len().to_string());
    let values = [("mode", mode.as_str()), ("size", size.as_str())];
    if found.is_dir() {
        fill(&w.mode_folder, &values)
    } else {
        fill(&w.mode_file, &values)
    }
}

#[cfg(unix)]
fn mode(found: &fs::Metadata) -> String {
    use std::os::unix::fs::PermissionsExt;
    format!("{:04o}", found.permissions().mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(found: &fs::Metadata) -> String {
    String::from(if found.permissions().readonly() {
        "r"
    } else {
        "rw"
    })
}
