//! Whether the program's own files are well, each finding with what to do.

use std::fs;
use std::path::Path;

use super::places::{What, places};
use super::{Exit, Failed, home, lines, scripts, settings};
use crate::care::signposts::signposts;
use crate::clock::{Clock, SystemClock};
use crate::date::Date;
use crate::drive::standing;
use crate::files::{self, Home};
use crate::notebook::{Listed, Notebooks};
use crate::people::{self, People};
use crate::shown::Shown;
use crate::words::{fill, words};

/// Folders that are copied to other computers: part of a folder's name, in small letters, and whose it is.
const SYNCED: [(&str, &str); 9] = [
    ("dropbox", "Dropbox"),
    ("mobile documents", "iCloud"),
    ("icloud", "iCloud"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("syncthing", "Syncthing"),
];
/// What a service leaves in the folders that it copies, whatever their names are.
const MARKS: [(&str, &str); 3] = [
    (".stfolder", "Syncthing"),
    (".dropbox.cache", "Dropbox"),
    (".sync_folder", "a synchronising program"),
];

/// Looks at everything and says what was found.
pub fn print() -> Result<Exit, Failed> {
    let (said, well) = told(&home()?);
    let printed = lines(&said)?;
    Ok(if well { printed } else { Exit::Found })
}

/// Every place with what it is for, and then how they are: for the page of the program itself.
pub fn files(home: &Home) -> Vec<Shown> {
    let mut all = super::places::told(home);
    all.extend(told(home).0);
    all
}

/// What was found, and whether that is nothing.
fn told(home: &Home) -> (Vec<Shown>, bool) {
    let today = SystemClock::new().now().day();
    let mut found = files_found(home);
    found.extend(kept(home));
    found.extend(notebooks(home));
    found.extend(synced(home));
    found.extend(unfinished(home));
    found.extend(settings::problems());
    let w = &words().upkeep;
    let well = found.is_empty();
    found.push(match found.len() {
        0 => Shown::new(&w.well),
        1 => Shown::new(&w.found_one),
        n => fill(&w.found_many, &[("n", &n.to_string())]),
    });
    // What comes with the program, and nobody here can mend: it is told, and is no finding.
    found.extend(stale(today));
    (found, well)
}

/// Who can read our files, and what lies among them that should not.
fn files_found(home: &Home) -> Vec<Shown> {
    let w = &words().upkeep;
    let mut found = Vec::new();
    for place in places(home) {
        let path = &place.path;
        let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
        let text = match place.what {
            _ if is_link => Some(&w.linked),
            What::Aside => Some(&w.left_aside),
            What::Temporary => Some(&w.left_temporary),
            What::Foreign => Some(&w.not_ours),
            What::State
            | What::Sessions
            | What::Lock
            | What::Log
            | What::Data
            | What::People
            | What::Record
            | What::Notebooks
            | What::Config
            | What::Scripts
            | What::Script
            | What::Settings => None,
        };
        found.extend(text.map(|text| fill(text, &[("place", &path.to_string_lossy())])));
        // Scripts and settings are people's own: who may read them is theirs to say.
        let private = !path.starts_with(home.config());
        found.extend(files::open_to_others(path).filter(|_| private && !is_link));
    }
    found
}

/// Whether what is remembered can be read.
fn kept(home: &Home) -> Vec<Shown> {
    let (_, people) = People::load(home);
    let record = match people::outlines(&home.record()) {
        Ok((_, damage)) => damage,
        Err(sentence) => Some(sentence),
    };
    people.into_iter().chain(record).collect()
}

/// Whether notebooks can be read. Of a sealed one that is only its head, until its owner opens it.
fn notebooks(home: &Home) -> Vec<Shown> {
    let look = |listed| match listed {
        Listed::Unread { why, .. } => Some(why),
        Listed::Here(notebook) => notebook.look().err().map(|why| why.sentence()),
    };
    match Notebooks::at(home.notebooks()).list() {
        Ok(all) => all.into_iter().filter_map(look).collect(),
        Err(sentence) => vec![sentence],
    }
}

fn synced(home: &Home) -> Vec<Shown> {
    let folders = [home.data(), home.state()];
    let copied = |folder: &std::path::PathBuf| {
        let service = service(folder)?;
        let place = folder.to_string_lossy();
        let values = [("place", place.as_ref()), ("service", service)];
        Some(fill(&words().upkeep.synced, &values))
    };
    folders.iter().filter_map(copied).collect()
}

/// Who copies this folder to other computers, as far as its names tell.
fn service(folder: &Path) -> Option<&'static str> {
    // A link may lead into such a folder.
    let real = folder.ancestors().find_map(|at| fs::canonicalize(at).ok());
    let paths = [Some(folder.to_path_buf()), real];
    paths.into_iter().flatten().find_map(|path| {
        let names = path.components().map(|part| part.as_os_str());
        let mut names = names.map(|name| name.to_string_lossy().to_lowercase());
        let by_name = names.find_map(|name| {
            let known = SYNCED.iter().find(|(part, _)| name.contains(part));
            known.map(|(_, service)| *service)
        });
        let marked = |at: &Path| {
            let mark = MARKS.iter().find(|(mark, _)| at.join(mark).exists());
            mark.map(|(_, service)| *service)
        };
        by_name.or_else(|| path.ancestors().find_map(marked))
    })
}

fn unfinished(home: &Home) -> Vec<Shown> {
    let w = &words().upkeep;
    let all = scripts::all(home);
    let mut found = all.notices().to_vec();
    match standing(home, &all) {
        Err(sentence) => found.push(sentence),
        Ok(standing) => found.extend(standing.into_iter().map(|one| match one.can {
            Ok(()) => {
                let what = [one.when.as_str(), one.stage.as_str(), one.title.as_str()];
                fill(&w.unfinished, &[("what", &what.join(", "))])
            }
            Err(why) => fill(&w.unfinished_broken, &[("why", why.as_str())]),
        })),
    }
    found
}

/// Rows of the crisis card that nobody has verified, or not for a year, each with what people can do.
fn stale(today: Date) -> Vec<Shown> {
    let w = &words().upkeep;
    let (unverified, old) = signposts().unsure(today);
    let say = |text: &str, rows: usize| (rows > 0).then(|| fill(text, &[("n", &rows.to_string())]));
    [say(&w.unverified, unverified), say(&w.stale, old)]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_copied_is_known_by_its_name_or_its_mark() {
        for (path, wanted) in [
            ("/home/ada/Dropbox/data", Some("Dropbox")),
            ("/Users/ada/Library/Mobile Documents/x", Some("iCloud")),
            ("/home/ada/OneDrive - Work/x", Some("OneDrive")),
            ("/home/ada/.local/share", None),
        ] {
            assert_eq!(service(Path::new(path)), wanted, "{path}");
        }
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        assert_eq!(service(&inner), None);
        fs::create_dir(folder.path().join(".stfolder")).unwrap();
        assert_eq!(service(&inner), Some("Syncthing"));
    }
}
