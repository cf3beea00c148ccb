use super::pretend::{DiskFault, FakeDisk};
use super::*;

fn file(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    (folder, path)
}

#[test]
fn a_file_is_replaced_whole_and_leaves_nothing_beside_it() {
    let (folder, path) = file("a.toml");
    replace(&mut RealFileSystem::default(), &path, b"one").unwrap();
    replace(&mut RealFileSystem::default(), &path, b"two").unwrap();
    assert_eq!(read(&path, 10).unwrap(), b"two");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_can_not_be_replaced_says_where_and_stays() {
    let (folder, path) = file("a");
    fs::create_dir(&path).unwrap();
    let trouble = replace(&mut RealFileSystem::default(), &path, b"one").unwrap_err();
    assert_eq!(trouble.place, path);
    assert!(path.is_dir());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let nowhere = folder.path().join("no/where");
    assert_eq!(
        replace(&mut RealFileSystem::default(), &nowhere, b"")
            .unwrap_err()
            .cause,
        Cause::Missing
    );
}

#[test]
fn only_ordinary_files_of_a_fair_size_are_read() {
    let (folder, path) = file("a");
    fs::write(&path, [7; 100]).unwrap();
    assert_eq!(read(&path, 100).unwrap().len(), 100);
    assert_eq!(
        read(&path, 99).unwrap_err().cause,
        Cause::TooLarge { most: 99 }
    );
    assert_eq!(read(folder.path(), 99).unwrap_err().cause, Cause::NotAFile);
    let missing = folder.path().join("b");
    assert_eq!(read(&missing, 99).unwrap_err().cause, Cause::Missing);
}

#[test]
#[cfg(unix)]
fn pipes_and_devices_are_refused_at_once() {
    let (_folder, path) = file("pipe");
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, mode, 0).unwrap();
    for path in [
        path.as_path(),
        Path::new("/dev/zero"),
        Path::new("/dev/tty"),
    ] {
        let cause = read(path, 99).unwrap_err().cause;
        assert!(
            matches!(cause, Cause::NotAFile | Cause::Other(_)),
            "{cause:?}"
        );
        let cause = read_own(path, 99).unwrap_err().cause;
        assert!(
            matches!(cause, Cause::NotAFile | Cause::Other(_)),
            "{cause:?}"
        );
    }
    let cause = lock_file(&path).unwrap_err().cause;
    assert_eq!(cause, Cause::NotAFile);
}

#[test]
#[cfg(unix)]
fn links_lead_nowhere_that_was_not_meant() {
    use std::os::unix::fs::symlink;
    let (folder, real) = file("real");
    fs::write(&real, "theirs").unwrap();
    let link = folder.path().join("link");
    symlink("real", &link).unwrap();
    assert_eq!(read(&link, 99).unwrap(), b"theirs");
    assert_eq!(read_own(&link, 99).unwrap_err().cause, Cause::Link);
    assert_eq!(lock_file(&link).unwrap_err().cause, Cause::Link);
    assert!(RealFileSystem::default().open(&link, 99).is_err());
    assert!(RealFileSystem::default().create(&link).is_err());
    assert_eq!(fs::read(&real).unwrap(), b"theirs");

    replace(&mut RealFileSystem::default(), &link, b"ours").unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read(&real).unwrap(), b"ours");
    let second = folder.path().join("second");
    symlink("link", &second).unwrap();
    assert_eq!(
        replace(&mut RealFileSystem::default(), &second, b"x")
            .unwrap_err()
            .cause,
        Cause::Link
    );

    let inside = folder.path().join("inside");
    symlink(folder.path(), &inside).unwrap();
    assert_eq!(private_folder(&inside).unwrap_err().cause, Cause::Link);
    assert!(private_folder(&inside.join("deeper")).is_ok());
    assert_eq!(private_folder(&real).unwrap_err().cause, Cause::NotAFolder);
    assert_eq!(
        private_folder(&real.join("deeper")).unwrap_err().cause,
        Cause::NotAFolder
    );
}

#[test]
fn names_that_are_taken_get_a_number() {
    let (folder, path) = file("a.jsonl");
    for aside in ["a.set-aside", "a-2.set-aside", "a-3.set-aside"] {
        fs::write(&path, aside).unwrap();
        let put = set_aside(&path, "set-aside").unwrap();
        assert_eq!(put, folder.path().join(aside));
        assert_eq!(fs::read_to_string(put).unwrap(), aside);
        assert!(!path.exists());
    }
    assert_eq!(
        set_aside(&path, "set-aside").unwrap_err().cause,
        Cause::Missing
    );
    assert_eq!(remove(&path), Ok(()));
}

#[test]
fn a_file_that_was_changed_behind_our_back_is_set_aside_and_written_anew() {
    let disk = FakeDisk::default();
    let path = Path::new("/f/a.jsonl");
    let mut ledger = AppendLog::new(path, Box::new(disk.clone()));
    ledger.push(b"one\n").unwrap();
    disk.0.borrow_mut().take_away(path);
    disk.0.borrow_mut().put(path, b"something else\n");
    let calls = DiskFault {
        at: 1,
        times: 99,
        half: false,
        kind: io::ErrorKind::StorageFull,
    };
    disk.fails(calls);
    ledger.push(b"two\n").unwrap_err();
    disk.0.borrow_mut().fault = None;
    ledger.retry().unwrap();
    let aside = PathBuf::from("/f/a.set-aside");
    assert_eq!(disk.0.borrow().get(path).unwrap(), b"one\ntwo\n");
    assert_eq!(disk.0.borrow().get(&aside).unwrap(), b"something else\n");
    assert_eq!(ledger.take_news(), [SaveNotice::Changed(aside)]);
}

#[test]
fn a_file_that_vanished_is_written_anew_with_everything() {
    let disk = FakeDisk::default();
    let path = Path::new("/f/a.jsonl");
    let mut ledger = AppendLog::new(path, Box::new(disk.clone()));
    ledger.push(b"one\n").unwrap();
    disk.0.borrow_mut().take_away(path);
    let once = DiskFault {
        at: 1,
        times: 99,
        half: true,
        kind: io::ErrorKind::StorageFull,
    };
    disk.fails(once);
    ledger.push(b"two\n").unwrap_err();
    disk.0.borrow_mut().fault = None;
    ledger.push(b"three\n").unwrap();
    assert_eq!(disk.0.borrow().get(path).unwrap(), b"one\ntwo\nthree\n");
    assert_eq!(ledger.trouble(), None);
}

#[test]
fn a_torn_tail_is_put_aside_once_even_when_cutting_fails() {
    let path = Path::new("/f/a.jsonl");
    for at in 1..8 {
        let disk = FakeDisk::default();
        disk.0.borrow_mut().put(path, b"one\ntw");
        let fault = DiskFault {
            at,
            times: 1,
            half: true,
            kind: io::ErrorKind::StorageFull,
        };
        disk.fails(fault);
        let mut ledger = AppendLog::of(path, b"one\n", Box::new(disk.clone()));
        let _ = ledger.retry();
        let _ = ledger.push(b"three\n");
        ledger.retry().unwrap();
        assert_eq!(disk.0.borrow().logs(), [b"one\nthree\n"]);
        assert_eq!(disk.0.borrow().names(), ["a.jsonl", "a.torn"]);
        let aside = PathBuf::from("/f/a.torn");
        assert_eq!(disk.0.borrow().get(&aside).unwrap(), b"tw");
        assert_eq!(ledger.take_news(), [SaveNotice::Torn(aside)]);
    }
}

#[test]
fn a_torn_tail_that_looks_like_the_next_line_is_still_put_aside() {
    let path = Path::new("/f/a.jsonl");
    let disk = FakeDisk::default();
    disk.0.borrow_mut().put(path, b"one\nth");
    let mut ledger = AppendLog::of(path, b"one\n", Box::new(disk.clone()));
    ledger.push(b"three\n").unwrap();
    let aside = PathBuf::from("/f/a.torn");
    assert_eq!(disk.0.borrow().get(&aside).unwrap(), b"th");
    assert_eq!(ledger.take_news(), [SaveNotice::Torn(aside)]);
    assert_eq!(disk.0.borrow().logs(), [b"one\nthree\n"]);
}

/// FAT and some network disks keep no permissions: what is made there is made all the same.
#[test]
#[cfg(unix)]
fn permissions_that_a_disk_refuses_stop_nobody_and_other_faults_do() {
    use rustix::io::Errno;
    for errno in [Errno::PERM, Errno::OPNOTSUPP, Errno::NOSYS] {
        assert!(permitted(Err(errno.into())).is_ok(), "{errno}");
    }
    for errno in [Errno::IO, Errno::ROFS, Errno::ACCESS, Errno::NOENT] {
        assert!(permitted(Err(errno.into())).is_err(), "{errno}");
    }
    assert!(permitted(Ok(())).is_ok());
}

#[cfg(unix)]
#[test]
fn a_folder_or_file_that_others_can_read_is_told_with_the_command_that_mends_it() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("record");
    fs::write(&file, "").unwrap();
    for (at, private, open) in [(root.path(), 0o700, 0o755), (file.as_path(), 0o600, 0o644)] {
        fs::set_permissions(at, fs::Permissions::from_mode(private)).unwrap();
        assert_eq!(open_to_others(at), None);
        fs::set_permissions(at, fs::Permissions::from_mode(open)).unwrap();
        let said = open_to_others(at).unwrap();
        let [open, mends] = [format!("{open:o}"), format!("chmod {private:o}")];
        let told = said.as_str().contains(&open) && said.as_str().contains(&mends);
        assert!(told, "{said}");
        fs::set_permissions(at, fs::Permissions::from_mode(0o700)).unwrap();
    }
}
