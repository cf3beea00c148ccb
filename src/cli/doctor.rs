//! Whether the program's own files are well, each finding with what to do.

use std::fs;
use std::path::Path;

use super::paths::{PathKind, places};
use super::{CommandError, Exit, home, lines, script_files, settings};
use crate::app::standing;
use crate::memory::{self, MemoryStore};
use crate::notebook::{Listed, Notebooks};
use crate::safety::signposts::signposts;
use crate::storage::{self, Folders};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};
use crate::time::clock::{SystemClock, TimeSource};
use crate::time::date::Date;

/// Looks at everything and says what was found.
pub(crate) fn print() -> Result<Exit, CommandError> {
    let (said, well) = told(&home()?);
    let printed = lines(&said)?;
    Ok(if well { printed } else { Exit::Found })
}

/// Every place with what it is for, and then how they are: for the page of the program itself.
pub(crate) fn files(home: &Folders) -> Vec<SafeText> {
    let mut all = super::paths::told(home);
    all.extend(told(home).0);
    all
}

/// What was found, and whether that is nothing.
fn told(home: &Folders) -> (Vec<SafeText>, bool) {
    let now = SystemClock::new().now();
    let today = now.day();
    let mut found = files_found(home);
    found.extend(kept(home));
    found.extend(notebooks(home));
    found.extend(synced(home));
    found.extend(unfinished(home));
    found.extend(settings::problems());
    let zone = std::env::var("TZ").unwrap_or_default();
    if now.offset == 0 && !means_utc(&zone) {
        found.push(fill(&words().upkeep.zone, &[("zone", &zone)]));
    }
    let w = &words().upkeep;
    let well = found.is_empty();
    found.push(match found.len() {
        0 => SafeText::new(w.well),
        1 => SafeText::new(w.found_one),
        n => fill(&w.found_many, &[("n", &n.to_string())]),
    });
    // What comes with the program, and nobody here can mend: it is told, and is no finding.
    found.extend(stale(today));
    (found, well)
}

/// Whether this value of TZ may well mean no offset at all: none, a zone that the machine has a file of, or a rule with
/// a zero. Whatever else is read as UTC was not understood, and nothing tells so: not a misspelt name, and not some
/// rules that POSIX allows (`findings/time-zone-read-as-utc.sh`).
fn means_utc(zone: &str) -> bool {
    let name = zone.strip_prefix(':').unwrap_or(zone);
    let is_file = Path::new("/usr/share/zoneinfo").join(name).is_file();
    let rule = name
        .rsplit('>')
        .next()
        .unwrap_or(name)
        .trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, '+' | '-'));
    is_file || matches!(name, "" | "UTC" | "GMT" | "Z") || rule.starts_with('0')
}

/// Who can read our files, and what lies among them that should not.
fn files_found(home: &Folders) -> Vec<SafeText> {
    let w = &words().upkeep;
    let mut found = Vec::new();
    for place in places(home) {
        let path = &place.path;
        let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
        // Scripts and settings are people's own: who may read them is theirs to say.
        let private = !path.starts_with(home.config());
        let text = match place.what {
            _ if is_link => Some(&w.linked),
            PathKind::Copy => Some(&w.copied),
            PathKind::Temporary => Some(&w.left_temporary),
            PathKind::Foreign => Some(&w.not_ours),
            _ if private && storage::is_hard_linked(path) => Some(&w.hard_linked),
            PathKind::Aside => Some(&w.left_aside),
            PathKind::State
            | PathKind::Sessions
            | PathKind::Lock
            | PathKind::Log
            | PathKind::Data
            | PathKind::People
            | PathKind::Record
            | PathKind::Notebooks
            | PathKind::Config
            | PathKind::Scripts
            | PathKind::Script
            | PathKind::Settings => None,
        };
        found.extend(text.map(|text| fill(text, &[("place", &path.to_string_lossy())])));
        found.extend(storage::open_to_others(path).filter(|_| private && !is_link));
    }
    found
}

/// Whether what is remembered can be read.
fn kept(home: &Folders) -> Vec<SafeText> {
    let (_, people) = MemoryStore::load(home);
    let record = match memory::outlines(&home.record()) {
        Ok((_, damage)) => damage,
        Err(sentence) => Some(sentence),
    };
    people.into_iter().chain(record).collect()
}

/// Whether notebooks can be read. Of a sealed one that is only its head, until its owner opens it.
fn notebooks(home: &Folders) -> Vec<SafeText> {
    let look = |listed| match listed {
        Listed::Unread { why, .. } => Some(why),
        Listed::Here(notebook) => notebook.look().err().map(|why| why.sentence()),
    };
    match Notebooks::at(home.notebooks()).list() {
        Ok(all) => all.into_iter().filter_map(look).collect(),
        Err(sentence) => vec![sentence],
    }
}

fn synced(home: &Folders) -> Vec<SafeText> {
    let folders = [home.data(), home.state()];
    folders
        .iter()
        .filter_map(|at| storage::synced(at))
        .collect()
}

fn unfinished(home: &Folders) -> Vec<SafeText> {
    let w = &words().upkeep;
    let all = script_files::all(home);
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
fn stale(today: Date) -> Vec<SafeText> {
    let w = &words().upkeep;
    let (unverified, old) = signposts().unsure(today);
    let say =
        |text: &Template, rows: usize| (rows > 0).then(|| fill(text, &[("n", &rows.to_string())]));
    [say(&w.unverified, unverified), say(&w.stale, old)]
        .into_iter()
        .flatten()
        .collect()
}
