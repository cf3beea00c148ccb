//! Every file and folder that the program uses, with what it is for.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Exit, Failed, home, lines};
use crate::files::{Home, is_conflict_copy};
use crate::notebook::{Belongs, belongs};
use crate::shown::Shown;
use crate::words::{fill, fill_lines, words};

/// How many entries are looked at, and how deep: more was not made by this program.
const MOST: usize = 20_000;
const DEEPEST: usize = 4;

/// What something in one of our folders is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
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

impl What {
    fn says(self) -> &'static str {
        let w = &words().upkeep;
        match self {
            Self::State => &w.state,
            Self::Sessions => &w.sessions,
            Self::Lock => &w.lock,
            Self::Log => &w.log,
            Self::Aside => &w.aside,
            Self::Data => &w.data,
            Self::People => &w.people,
            Self::Record => &w.record,
            Self::Notebooks => &w.notebooks,
            Self::Config => &w.config,
            Self::Scripts => &w.scripts,
            Self::Script => &w.script,
            Self::Settings => &w.settings,
            Self::Copy => &w.copy,
            Self::Temporary => &w.temporary,
            Self::Foreign => &w.foreign,
        }
    }
}

/// A place and what is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub path: PathBuf,
    pub what: What,
}

/// Every place that is used, whether something is there or not, and whatever else lies in our folders.
pub fn places(home: &Home) -> Vec<Place> {
    let mut found = Vec::new();
    let named = [
        (home.state(), What::State),
        (home.sessions(), What::Sessions),
        (home.data(), What::Data),
        (home.people(), What::People),
        (home.record(), What::Record),
        (home.config(), What::Config),
        (home.settings(), What::Settings),
        (home.scripts(), What::Scripts),
    ];
    for (path, what) in &named {
        found.push(Place {
            path: path.clone(),
            what: *what,
        });
        let is_folder = matches!(
            what,
            What::State | What::Data | What::Config | What::Sessions | What::Scripts
        );
        if is_folder {
            let inside = inside(path, home, &named);
            found.extend(inside);
        }
    }
    found
}

/// What lies in one of our folders beside what has a name of its own, in the order of the names.
fn inside(folder: &Path, home: &Home, named: &[(PathBuf, What)]) -> Vec<Place> {
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
            found.push(Place {
                what: what(&path, is_folder, home),
                path,
            });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn what(path: &Path, is_folder: bool, home: &Home) -> What {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    if path.starts_with(home.scripts()) {
        return match (is_folder, ending.as_ref()) {
            (true, _) | (false, "toml") => What::Script,
            (false, _) => What::Foreign,
        };
    }
    let in_sessions = path.starts_with(home.sessions());
    let notebooks = home.data().join("notebooks");
    match (name.as_ref(), ending.as_ref()) {
        (name, _) if is_conflict_copy(name) => What::Copy,
        (name, _) if name.starts_with(".alongside-") => What::Temporary,
        ("lock", _) | (_, "lock") => What::Lock,
        (_, "torn" | "set-aside") => What::Aside,
        (_, "jsonl") | ("beat", _) if in_sessions => What::Log,
        (_, _) => match path.strip_prefix(&notebooks).map(belongs) {
            Ok(_) if path == notebooks => What::Notebooks,
            Ok(Belongs::Notebook) => What::Notebooks,
            Ok(Belongs::Aside) => What::Aside,
            Ok(Belongs::Left) => What::Temporary,
            Ok(Belongs::No) | Err(_) => What::Foreign,
        },
    }
}

/// Every place, one after the other.
pub fn print() -> Result<Exit, Failed> {
    lines(&told(&home()?))
}

/// Every place, in lines.
pub fn told(home: &Home) -> Vec<Shown> {
    places(home).iter().flat_map(line).collect()
}

fn line(place: &Place) -> Vec<Shown> {
    let state = state(&place.path);
    let path = place.path.to_string_lossy();
    let values = [
        ("place", path.as_ref()),
        ("what", place.what.says()),
        ("state", state.as_str()),
    ];
    fill_lines(&words().upkeep.path_line, &values)
}

fn state(path: &Path) -> Shown {
    let w = &words().upkeep;
    let Ok(found) = fs::symlink_metadata(path) else {
        return Shown::new(&w.absent);
    };
    if found.is_symlink() {
        return Shown::new(&w.mode_link);
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
