//! A notebook on a real disk, from nothing to forgotten.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::notebook::header::NotebookHeader;
use crate::notebook::locked_notebook::head_path;
use crate::notebook::seal::Seal;
use crate::storage::checked_raw;

/// Few rounds: a test need not be hard to guess.
pub(in super::super) const FACTOR: u8 = 2;

pub(super) struct Desk {
    pub(super) folder: tempfile::TempDir,
    pub(super) notebooks: Notebooks,
}

pub(super) fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let notebooks = Notebooks::at(folder.path().join("notebooks")).with_factor(FACTOR);
    Desk { folder, notebooks }
}

pub(super) fn right() -> Passphrase {
    Passphrase::new("tea and toast".into())
}

fn wrong() -> Passphrase {
    Passphrase::new("tea and Toast".into())
}

pub(super) fn keepings() -> [Keeping; 2] {
    [Keeping::Sealed(right()), Keeping::Plain]
}

pub(super) fn opened(notebook: &Notebook) -> OpenNotebook {
    let mut open = notebook.open(Some(&right())).unwrap();
    assert_eq!(open.take_said(), []);
    open
}

fn words_of(open: &OpenNotebook) -> Vec<&str> {
    let notes = open.book().notes().iter();
    notes.map(|note| note.words.as_str()).collect()
}

pub(super) fn all_files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                found.push((path, bytes));
            }
        }
    }
    found.sort();
    found
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn what_was_written_without_a_passphrase_is_read_with_it() {
    for keeping in keepings() {
        let desk = desk();
        assert_eq!(desk.notebooks.list().unwrap().len(), 0);
        let notebook = desk.notebooks.create("Ada", &keeping).unwrap();
        assert_eq!(notebook.folder().file_name().unwrap(), "1");
        notebook.add(&[note(1, 0, "first", None)]).unwrap();
        notebook
            .add(&[note(2, 1, "second", None), promise(3, None)])
            .unwrap();
        let taken_back = notebook
            .add(&[note(4, 2, "third", None), promise(5, None)])
            .unwrap();
        assert_eq!(notebook.due().unwrap().len(), 2);
        notebook.take_back(&taken_back).unwrap();

        let again = desk.notebooks.of("Ada").unwrap().unwrap();
        let due = again.due().unwrap();
        assert_eq!((due.len(), due[0].cue.as_str()), (1, "tea"));
        assert_eq!(due[0].on.len(), 5);
        let mut open = opened(&again);
        assert_eq!(words_of(&open), ["second", "first"]);
        assert_eq!(names_in(&again.folder().join("new")).len(), 0);
        let entry = note(6, 3, "fourth", None);
        let added = open.write(&entry).unwrap();
        assert_eq!(words_of(&open)[0], "fourth");
        open.take_back(&entry, &added).unwrap();
        assert_eq!(words_of(&open), ["second", "first"]);
        drop(open);
        assert_eq!(words_of(&opened(&again)), ["second", "first"]);
    }
}

#[test]
fn the_folder_of_a_sealed_notebook_has_no_word_of_it() {
    let desk = desk();
    let notebook = desk
        .notebooks
        .create("Ada", &Keeping::Sealed(right()))
        .unwrap();
    let canaries = ["canaryone", "canarytwo", "canarythree", "canaryfour"];
    notebook
        .add(&[note(1, 0, canaries[0], None), part(2, 0, canaries[1])])
        .unwrap();
    let mut open = opened(&notebook);
    open.write(&note(3, 0, canaries[2], None)).unwrap();
    open.write(&NotebookEntry::CheckIn(CheckIn {
        id: id(4),
        at: at(0),
        lines: vec![canaries[3].into()],
        stirred: Some(3),
        resourced: None,
    }))
    .unwrap();
    open.erase(&[id(1)]).unwrap();
    drop(open);
    let files = all_files(desk.folder.path());
    assert!(files.len() >= 4);
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes);
        for canary in canaries.iter().chain(&["tea and toast", "AGE-SECRET"]) {
            assert!(!text.contains(canary), "{canary} in {}", path.display());
        }
    }
    // A plain one has them: the test would see them.
    let plain = desk.notebooks.create("Ben", &Keeping::Plain).unwrap();
    plain.add(&[note(1, 0, canaries[0], None)]).unwrap();
    let files = all_files(plain.folder());
    assert!(
        files
            .iter()
            .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(canaries[0]))
    );
}

#[test]
fn a_wrong_passphrase_is_told_from_damage() {
    let desk = desk();
    let notebook = desk
        .notebooks
        .create("Ada", &Keeping::Sealed(right()))
        .unwrap();
    for closed in [notebook.open(Some(&wrong())), notebook.open(None)] {
        assert_eq!(closed.unwrap_err(), OpenError::WrongPassphrase);
    }
    let identity = notebook.folder().join("identity.age");
    let whole = fs::read(&identity).unwrap();
    let mut bytes = whole.clone();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&identity, bytes).unwrap();
    for passphrase in [right(), wrong()] {
        let closed = notebook.open(Some(&passphrase)).unwrap_err();
        assert!(matches!(&closed, OpenError::Damaged(_)), "{closed}");
        assert!(closed.to_string().contains("identity.age"), "{closed}");
    }
    fs::write(&identity, whole).unwrap();
    drop(opened(&notebook));
}

#[test]
fn a_passphrase_is_changed_and_the_old_one_no_longer_opens() {
    let desk = desk();
    let notebook = desk
        .notebooks
        .create("Ada", &Keeping::Sealed(right()))
        .unwrap();
    notebook.add(&[note(1, 0, "kept", None)]).unwrap();
    let mut open = opened(&notebook);
    let refused = open.change_passphrase(&wrong(), &wrong());
    assert_eq!(refused, Err(OpenError::WrongPassphrase));
    assert!(
        open.change_passphrase(&right(), &Passphrase::new(String::new()))
            .is_err()
    );
    open.change_passphrase(&right(), &wrong()).unwrap();
    drop(open);
    // Whoever listed it before can still add to it.
    notebook.add(&[note(2, 1, "later", None)]).unwrap();
    assert_eq!(
        notebook.open(Some(&right())).unwrap_err(),
        OpenError::WrongPassphrase
    );
    assert_eq!(
        words_of(&notebook.open(Some(&wrong())).unwrap()),
        ["later", "kept"]
    );
}

#[test]
fn what_is_erased_is_in_no_file_any_more() {
    let desk = desk();
    let notebook = desk.notebooks.create("Ada", &Keeping::Plain).unwrap();
    notebook
        .add(&[
            part(1, 0, "canaryone"),
            met(2, 1, 1),
            note(3, 1, "stays", Some(1)),
            note(4, 1, "canarytwo", None),
            promise(5, None),
        ])
        .unwrap();
    let mut open = opened(&notebook);
    // Somebody else writes meanwhile.
    notebook.add(&[part(1, 2, "canarythree")]).unwrap();
    open.erase(&[id(1), id(5)]).unwrap();
    notebook.add(&[gone(6, 4)]).unwrap();
    drop(open);
    let open = opened(&notebook);
    assert_eq!(words_of(&open), ["stays"]);
    assert!(open.book().parts().is_empty());
    assert_eq!(notebook.due().unwrap(), []);
    for (path, bytes) in all_files(desk.folder.path()) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("canary"), "{}: {text}", path.display());
    }
}

#[test]
fn a_note_with_a_last_day_goes_after_it() {
    let desk = desk();
    let notebook = desk
        .notebooks
        .create("Ada", &Keeping::Sealed(right()))
        .unwrap();
    let mut entry = note(1, 0, "for a week", None);
    if let NotebookEntry::Note(Note { until, .. }) = &mut entry {
        *until = Some(day(7));
    }
    notebook
        .add(&[entry, note(2, 1, "for long", None)])
        .unwrap();
    let mut open = opened(&notebook);
    assert_eq!(open.expire(day(7)), Ok(0));
    assert_eq!(open.expire(day(8)), Ok(1));
    assert_eq!(words_of(&open), ["for long"]);
    drop(open);
    assert_eq!(words_of(&opened(&notebook)), ["for long"]);
}

#[test]
fn how_long_a_note_stays_is_what_was_said_last() {
    let desk = desk();
    let notebook = desk
        .notebooks
        .create("Ada", &Keeping::Sealed(right()))
        .unwrap();
    let stays = |n, of, until| {
        NotebookEntry::Stays(NoteExpiry {
            id: id(n),
            at: at(9),
            note: id(of),
            until,
        })
    };
    let mut older = note(1, 0, "from before", None);
    if let NotebookEntry::Note(Note { until, .. }) = &mut older {
        *until = Some(day(3));
    }
    let (first, second) = (
        note(1, 0, "from before", None),
        note(2, 1, "for long", None),
    );
    notebook
        .add(&[first, second, stays(3, 2, Some(day(7)))])
        .unwrap();
    // A program of an older version said it by writing the whole note again.
    notebook.add(&[older]).unwrap();
    notebook.add(&[stays(4, 1, None)]).unwrap();
    let mut open = opened(&notebook);
    let until =
        |open: &OpenNotebook| -> Vec<_> { open.book().notes().iter().map(|n| n.until).collect() };
    assert_eq!(until(&open), [Some(day(7)), None]);
    open.write(&stays(5, 2, Some(day(9)))).unwrap();
    assert_eq!(open.expire(day(8)), Ok(0));
    assert_eq!(until(&open), [Some(day(9)), None]);
    assert_eq!(open.expire(day(10)), Ok(1));
    drop(open);
    let open = opened(&notebook);
    assert_eq!(words_of(&open), ["from before"]);
    // What was said about it has gone with it.
    assert_eq!(open.unknown(), 0);
    assert!(!format!("{:?}", open.book()).contains("for long"));
}

#[test]
fn one_program_at_a_time_opens_it_and_anybody_adds() {
    let desk = desk();
    let notebook = desk
        .notebooks
        .create("Ada", &Keeping::Sealed(right()))
        .unwrap();
    let open = opened(&notebook);
    let busy = notebook.open(Some(&right())).unwrap_err();
    assert!(
        busy.to_string().contains(&std::process::id().to_string()),
        "{busy}"
    );
    assert!(desk.notebooks.forget(&notebook).is_err());
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let root = desk.folder.path().join("notebooks");
            std::thread::spawn(move || {
                let notebook = Notebooks::at(root).of("Ada").unwrap().unwrap();
                for number in 0..25 {
                    notebook
                        .add(&[note(writer * 100 + number, 0, "one", None)])
                        .unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    drop(open);
    assert_eq!(opened(&notebook).book().notes().len(), 100);
}

#[test]
fn a_notebook_is_made_once_and_forgotten_whole() {
    let desk = desk();
    let notebooks = &desk.notebooks;
    let ada = notebooks.create("Ada", &Keeping::Sealed(right())).unwrap();
    assert!(
        notebooks
            .create("Ada", &Keeping::Plain)
            .unwrap_err()
            .as_str()
            .contains("Ada")
    );
    let empty = Keeping::Sealed(Passphrase::new(String::new()));
    assert!(notebooks.create("Cem", &empty).is_err());
    let half = desk.folder.path().join("notebooks/.new-1");
    fs::create_dir_all(&half).unwrap();
    let ben = notebooks.create("Ben", &Keeping::Plain).unwrap();
    assert!(!ben.is_sealed() && ada.is_sealed());
    assert_eq!(names_in(half.parent().unwrap()), ["1", "2", "lock"]);
    notebooks.forget(&ada).unwrap();
    assert_eq!(names_in(half.parent().unwrap()), ["2", "lock"]);
    assert!(notebooks.of("Ada").unwrap().is_none());
    assert!(ada.add(&[note(1, 0, "x", None)]).is_err());
    assert!(!ada.folder().exists());
}

#[test]
fn what_cant_be_read_is_listed_and_left() {
    let desk = desk();
    let root = desk.folder.path().join("notebooks");
    desk.notebooks.create("Ada", &Keeping::Plain).unwrap();
    for (name, head) in [
        ("2", "kind = \"alongside-notebook\"\nformat = [2, 0]\n"),
        ("3", "kind = \"something\"\nformat = [1, 0]\n"),
        ("4", "\u{1b}]52;c;UFdORUQ=\u{7}"),
        ("5", ""),
    ] {
        fs::create_dir_all(root.join(name)).unwrap();
        fs::write(root.join(name).join("head.toml"), head).unwrap();
    }
    fs::create_dir_all(root.join("6")).unwrap();
    fs::write(root.join("7"), "a file").unwrap();
    let before = all_files(&root);
    let listed = desk.notebooks.list().unwrap();
    let said: Vec<String> = listed
        .iter()
        .map(|listed| match listed {
            Listed::Here(notebook) => notebook.name().to_owned(),
            Listed::Unread { why, .. } => why.as_str().to_owned(),
        })
        .collect();
    assert_eq!(said.len(), 7);
    assert_eq!(said[0], "Ada");
    for (said, has) in
        said[1..]
            .iter()
            .zip(["2.0", "not a notebook", "damaged", "damaged", "isn't there"])
    {
        assert!(said.contains(has) && said.contains("head.toml"), "{said}");
    }
    assert_eq!(all_files(&root), before);
    // A new one takes a number of its own.
    let ben = desk.notebooks.create("Ben", &Keeping::Plain).unwrap();
    assert_eq!(ben.folder().file_name().unwrap(), "8");
}

/// Writes the text of a file by hand, as a newer program would.
fn by_hand(notebook: &Notebook, name: &str, format: [u32; 2], lines: &[&str]) {
    let ours = super::super::HEADER;
    let head = serde_json::json!({"kind": ours.kind(), "format": format, "entries": lines.len(), "new": "key"});
    let head = head.to_string();
    let all = std::iter::once(head.as_str()).chain(lines.iter().copied());
    let bytes: Vec<u8> = all.flat_map(|line| checked_raw(line.as_bytes())).collect();
    let bytes = notebook
        .head
        .seal
        .close(zeroize::Zeroizing::new(bytes))
        .unwrap();
    let path = notebook
        .folder()
        .join(name)
        .with_extension(notebook.head.seal.ending());
    fs::write(path, bytes).unwrap();
}

/// A page that a newer program began is said, and neither replaced by another nor removed with one.
#[test]
fn a_draft_of_a_newer_version_is_left_byte_for_byte() {
    for keeping in keepings() {
        let desk = desk();
        let notebook = desk.notebooks.create("Ada", &keeping).unwrap();
        by_hand(&notebook, "draft", [2, 0], &[]);
        let ending = notebook.head.seal.ending();
        let path = notebook.folder().join("draft").with_extension(ending);
        let before = fs::read(&path).unwrap();
        let mut open = notebook.open(Some(&right())).unwrap();
        assert!(open.draft().unwrap_err().as_str().contains("2.0"));
        let draft = crate::notebook::PageDraft {
            at: at(1),
            words: "another".to_owned().into(),
            part: None,
            voices: false,
            bring: false,
            letter: None,
        };
        assert!(
            open.keep_draft(&draft)
                .unwrap_err()
                .as_str()
                .contains("2.0")
        );
        open.drop_draft().unwrap();
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_newer_major_version_is_left_byte_for_byte() {
    for keeping in keepings() {
        for name in ["book", "new/00000001-00000000"] {
            let desk = desk();
            let notebook = desk.notebooks.create("Ada", &keeping).unwrap();
            notebook.add(&[note(1, 0, "x", None)]).unwrap();
            drop(opened(&notebook));
            by_hand(&notebook, name, [2, 0], &[]);
            let before = all_files(notebook.folder());
            let closed = notebook.open(Some(&right())).unwrap_err();
            assert!(
                matches!(&closed, OpenError::Newer(why) if why.as_str().contains("2.0")),
                "{closed}"
            );
            assert_eq!(all_files(notebook.folder()), before);
        }
        let desk = desk();
        let notebook = desk.notebooks.create("Ada", &keeping).unwrap();
        let head = notebook.folder().join("head.toml");
        let text = fs::read_to_string(&head).unwrap();
        fs::write(&head, text.replace("format = [1, 1]", "format = [2, 0]")).unwrap();
        let before = all_files(notebook.folder());
        let closed = notebook.open(Some(&right())).unwrap_err();
        assert!(matches!(&closed, OpenError::Newer(_)), "{closed}");
        assert!(
            notebook
                .add(&[note(1, 0, "x", None)])
                .unwrap_err()
                .as_str()
                .contains("2.0")
        );
        assert_eq!(all_files(notebook.folder()), before);
    }
}

#[test]
fn what_a_newer_minor_version_wrote_is_kept_word_for_word() {
    let desk = desk();
    let notebook = desk.notebooks.create("Ada", &Keeping::Plain).unwrap();
    let song = r#"{"entry":"song","id":"s","notes":[1,  2.50],"at":"never"}"#;
    let more = r#"{"id":"n","entry":"note","at":{"wall":0,"offset":0,"zone":"x"},"words":"old","mood":{"b":1,"a":2}}"#;
    by_hand(&notebook, "new/00000001-00000000", [1, 7], &[song, more]);
    let mut open = opened(&notebook);
    assert_eq!((open.unknown(), words_of(&open)), (1, vec!["old"]));
    open.write(&note(1, 1, "new", None)).unwrap();
    open.erase(&[id(1)]).unwrap();
    drop(open);
    let text = fs::read_to_string(notebook.folder().join("book.jsonl")).unwrap();
    assert!(text.contains(song) && text.contains(more), "{text}");
    assert!(
        text.contains("\"format\":[1,7]") && text.contains("\"new\":\"key\""),
        "{text}"
    );
    // Keys that a newer program put into the head stay there, too.
    let head = crate::notebook::header::NotebookHeader::read(
        crate::notebook::header::signed("", &"kind = \"alongside-notebook\"\nformat = [1, 3]\nname = \"A\"\nsealed = false\ncolour = \"red\"\n".parse().unwrap()).as_bytes(),
        Path::new("head.toml"),
    );
    let Ok(head) = head else { panic!("a head") };
    assert!(head.text().contains("colour = \"red\"") && head.text().contains("[1, 3]"));
}

#[test]
fn a_damaged_new_file_is_set_aside_and_the_rest_is_read() {
    for keeping in keepings() {
        let desk = desk();
        let notebook = desk.notebooks.create("Ada", &keeping).unwrap();
        for number in 1..=3 {
            notebook.add(&[note(number, 0, "one", None)]).unwrap();
        }
        let folder = notebook.folder().join("new");
        let second = folder.join(&names_in(&folder)[1]);
        let bytes = fs::read(&second).unwrap();
        fs::write(&second, &bytes[..bytes.len() - 1]).unwrap();
        let mut open = notebook.open(Some(&right())).unwrap();
        let said = open.take_said();
        assert_eq!(said.len(), 1);
        assert!(said[0].as_str().contains("set-aside"), "{said:?}");
        assert_eq!(open.book().notes().len(), 2);
        drop(open);
        assert_eq!(opened(&notebook).book().notes().len(), 2);
        let kept = names_in(&folder);
        assert_eq!(kept.len(), 1);
        assert_eq!(
            fs::read(folder.join(&kept[0])).unwrap(),
            bytes[..bytes.len() - 1]
        );
    }
}

#[test]
fn a_key_that_was_put_in_its_place_is_noticed() {
    let desk = desk();
    let ada = desk
        .notebooks
        .create("Ada", &Keeping::Sealed(right()))
        .unwrap();
    let ben = desk
        .notebooks
        .create("Ben", &Keeping::Sealed(right()))
        .unwrap();
    let mut head = ada.head.clone();
    head.seal = ben.head.seal.clone();
    fs::write(ada.folder().join("head.toml"), head.text()).unwrap();
    let closed = ada.open(Some(&right())).unwrap_err();
    assert!(matches!(closed, OpenError::Damaged(_)), "{closed}");
}

#[test]
fn more_than_is_read_is_not_written() {
    let desk = desk();
    let notebook = desk.notebooks.create("Ada", &Keeping::Plain).unwrap();
    let long = "x".repeat(5 * 1024 * 1024);
    let refused = notebook.add(&[note(1, 0, &long, None)]).unwrap_err();
    assert!(refused.as_str().contains("pieces"), "{refused}");
    assert_eq!(opened(&notebook).book().notes().len(), 0);
}

#[test]
fn nothing_tells_a_word_by_debug() {
    let desk = desk();
    let notebook = desk
        .notebooks
        .create("Ada", &Keeping::Sealed(right()))
        .unwrap();
    let added = notebook
        .add(&[note(1, 0, "canary", None), promise(2, None)])
        .unwrap();
    let due = notebook.due().unwrap();
    let open = opened(&notebook);
    let said = format!(
        "{notebook:?} {added:?} {due:?} {open:?} {:?}",
        Keeping::Sealed(right())
    );
    assert!(!said.contains("canary") && !said.contains("tea"), "{said}");
}

#[test]
fn a_name_with_an_accent_is_one_notebook_and_two_of_before_still_open() {
    let desk = desk();
    let (one, apart) = ("Jos\u{e9}", "Jose\u{301}");
    let made = desk.notebooks.create(apart, &Keeping::Plain).unwrap();
    let found = desk.notebooks.of(one).unwrap().unwrap();
    assert_eq!(found.folder(), made.folder());
    assert!(desk.notebooks.create(one, &Keeping::Plain).is_err());
    // An older program made one for each.
    let other = desk.notebooks.create("x", &Keeping::Plain).unwrap();
    let head = head_path(other.folder());
    let text = NotebookHeader::new(one, Seal::Plain, Vec::new()).text();
    fs::write(head, text).unwrap();
    for (name, folder) in [(one, other.folder()), (apart, made.folder())] {
        let found = desk.notebooks.of(name).unwrap().unwrap();
        assert_eq!((found.name(), found.folder()), (name, folder));
    }
}

/// Where a disk has no locks, notebooks are made and opened all the same; what that means is said.
#[test]
fn a_disk_without_locks_holds_notebooks_too() {
    for keeping in keepings() {
        let desk = desk();
        let _no_locks = crate::storage::without::Locks::here();
        let ada = desk.notebooks.create("Ada", &keeping).unwrap();
        let mut open = ada.open(Some(&right())).unwrap();
        let said = open.take_said();
        assert!(said[0].as_str().contains("can't lock files"), "{said:?}");
        // A second window on this computer is still told apart.
        let second = ada.open(Some(&right())).unwrap_err().sentence();
        assert!(second.as_str().contains("another window"), "{second}");
    }
}
