//! A plain notebook is sealed later.

use std::io;
use std::path::PathBuf;

use super::store::{FACTOR, all_files, desk, opened, right};
use super::*;
use crate::notebook::notebook_disk::NotebookDisk;
use crate::storage::pretend::{DiskFault, FakeDisk};

const SECRET: &str = "a canary sings";

#[test]
fn a_plain_notebook_can_be_sealed_and_nothing_of_it_lies_open_then() {
    let desk = desk();
    let plain = desk.notebooks.create("Ada", &Keeping::Plain).unwrap();
    plain.add(&[note(1, 0, SECRET, None)]).unwrap();
    let mut open = plain.open(None).unwrap();
    // Written beside the book by somebody else while it is open.
    plain.add(&[note(2, 1, SECRET, None)]).unwrap();
    open.seal(&right()).unwrap();
    assert!(open.notebook().is_sealed());
    assert_eq!(open.book().notes().len(), 2);
    open.write(&note(3, 2, SECRET, None)).unwrap();
    // Somebody who still has the plain notebook at hand writes sealed lines, too.
    plain.add(&[note(4, 3, SECRET, None)]).unwrap();
    for (path, bytes) in all_files(desk.folder.path()) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(SECRET), "{}", path.display());
    }
    drop(open);
    let sealed = desk.notebooks.of("Ada").unwrap().unwrap();
    assert_eq!(sealed.open(None).unwrap_err(), OpenError::WrongPassphrase);
    assert_eq!(opened(&sealed).book().notes().len(), 4);
    // Once more changes nothing.
    opened(&sealed).seal(&right()).unwrap();
    let mut open = opened(&sealed);
    let other = Passphrase::new("other words".into());
    open.change_passphrase(&right(), &other).unwrap();
}

#[test]
fn an_empty_passphrase_seals_nothing() {
    let desk = desk();
    let plain = desk.notebooks.create("Ada", &Keeping::Plain).unwrap();
    let mut open = plain.open(None).unwrap();
    assert!(open.seal(&Passphrase::new(String::new())).is_err());
    assert!(!open.notebook().is_sealed());
}

/// Sealing on a disk on which the call `at` fails: what was written is there afterwards, and the person was told.
#[test]
fn whatever_fails_while_it_is_sealed_nothing_is_lost() {
    let on = |disk: &FakeDisk| {
        let folder = PathBuf::from("/pretend/notebooks");
        Notebooks::on(folder, NotebookDisk::Pretend(disk.clone())).with_factor(FACTOR)
    };
    let sealed = |fault: Option<DiskFault>| {
        let disk = FakeDisk::default();
        let plain = on(&disk).create("Ada", &Keeping::Plain).unwrap();
        plain.add(&[note(1, 0, "one", None)]).unwrap();
        let mut open = plain.open(None).unwrap();
        plain.add(&[note(2, 0, "two", None)]).unwrap();
        let before = disk.0.borrow().calls();
        disk.0.borrow_mut().fault = fault.map(|fault| DiskFault {
            at: before + fault.at,
            ..fault
        });
        let told = open.seal(&right());
        disk.0.borrow_mut().fault = None;
        let calls = disk.0.borrow().calls() - before;
        (disk, told, calls)
    };
    let (_, told, calls) = sealed(None);
    assert_eq!(told, Ok(()));
    assert!(calls > 20, "{calls}");
    for at in 1..=calls {
        for times in [1, usize::MAX] {
            let (disk, told, _) = sealed(Some(DiskFault {
                at,
                times,
                half: true,
                kind: io::ErrorKind::StorageFull,
            }));
            let cut = disk.0.borrow().after_power_cut();
            for disk in [cut, disk] {
                let notebook = on(&disk).of("Ada").unwrap().unwrap();
                let open = notebook.open(Some(&right())).unwrap();
                assert_eq!(open.book().notes().len(), 2, "{at} {times}");
                assert!(told.is_err() || notebook.is_sealed(), "{at} {times}");
                drop(open);
                let again = on(&disk).of("Ada").unwrap().unwrap();
                let mut open = again.open(Some(&right())).unwrap();
                open.seal(&right()).unwrap();
                assert_eq!(open.book().notes().len(), 2, "{at} {times}");
            }
        }
    }
}
