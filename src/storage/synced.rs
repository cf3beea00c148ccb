//! Folders that are copied to other computers, and what that leaves in them.

use std::fs;
use std::path::Path;

use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// Part of a folder's name, in small letters, and who copies it.
const NAMES: [(&str, &str); 12] = [
    ("dropbox", "Dropbox"),
    ("mobile documents", "iCloud"),
    ("icloud", "iCloud"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("syncthing", "Syncthing"),
    ("seafile", "Seafile"),
    ("pcloud", "pCloud"),
    ("megasync", "MEGA"),
];
/// What a service leaves in the folders that it copies, whatever their names are.
const MARKS: [(&str, &str); 6] = [
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync_folder", "a synchronising program"),
];

/// Says so when a folder is copied to other computers, as far as names tell.
#[must_use]
pub(crate) fn synced(folder: &Path) -> Option<SafeText> {
    let service = service(folder)?;
    let place = folder.to_string_lossy();
    let values = [("place", place.as_ref()), ("service", service)];
    Some(fill(&words().storage.synced, &values))
}

fn service(folder: &Path) -> Option<&'static str> {
    // A link may lead into such a folder.
    let real = folder.ancestors().find_map(|at| fs::canonicalize(at).ok());
    let real = real.filter(|real| !folder.starts_with(real));
    let paths = [Some(folder.to_path_buf()), real];
    paths.into_iter().flatten().find_map(|path| {
        let names = path.components().map(|part| part.as_os_str());
        let mut names = names.map(|name| name.to_string_lossy().to_lowercase());
        let by_name = names.find_map(|name| {
            let known = NAMES.iter().find(|(part, _)| name.contains(part));
            known.map(|(_, service)| *service)
        });
        let marked = |at: &Path| {
            let mark = MARKS.iter().find(|(mark, _)| at.join(mark).exists());
            mark.map(|(_, service)| *service)
        };
        by_name.or_else(|| path.ancestors().find_map(marked))
    })
}

/// Whether a synchronising program gave a file in one of our folders this name, because two computers had written it.
///
/// Syncthing writes `a.sync-conflict-…`, Dropbox, Nextcloud and ownCloud `a (… conflicted copy …)`, Seafile
/// `a (SFConflict …)`, and iCloud and Google Drive `a 2` or `a (1)`. No name of ours has that word or a blank.
#[must_use]
pub(crate) fn is_conflict_copy(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let number = stem.rsplit_once(' ').map(|(_, number)| {
        let inner = number.strip_prefix('(');
        inner.map_or(number, |inner| inner.strip_suffix(')').unwrap_or(""))
    });
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    name.to_lowercase().contains("conflict") || number.is_some_and(is_number)
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

    #[test]
    fn copies_of_sync_programs_are_known_and_no_name_of_ours_is_one() {
        for name in [
            "book.sync-conflict-20261121-200100-ABCDEFG.age",
            "people (Ada's conflicted copy 2026-11-21).toml",
            "record (conflicted copy 2026-11-21 200100).jsonl",
            "due_conflict-20261121-200100.toml",
            "head (SFConflict ada@example.org 2026-11-21-20-01-00).toml",
            "book 2.age",
            "people (1).toml",
        ] {
            assert!(is_conflict_copy(name), "{name}");
        }
        for name in [
            "people.toml",
            "record-2.jsonl",
            "record-2.set-aside",
            "2026-11-21-2001.jsonl",
            "00000001-0a1b2c3d.age",
            "lock",
            ".alongside-abcdefgh",
            "a b.toml",
            "a (b).toml",
        ] {
            assert!(!is_conflict_copy(name), "{name}");
        }
    }
}
