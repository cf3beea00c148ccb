//! A disk in memory that fails on demand and forgets like a real one in a power cut.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::{FileAction, FileSystem, StorageError, numbered, scan};

/// How the disk fails.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DiskFault {
    /// With which of the calls it begins, counted from 1.
    pub(crate) at: usize,
    /// For how many calls.
    pub(crate) times: usize,
    /// Whether a failing write writes half.
    pub(crate) half: bool,
    /// What the system answers.
    pub(crate) kind: io::ErrorKind,
}

/// What a disk may answer to any call.
const KINDS: [io::ErrorKind; 3] = [
    io::ErrorKind::StorageFull,
    io::ErrorKind::ReadOnlyFilesystem,
    io::ErrorKind::Other,
];

/// What people do on a disk that fails at any of so many calls, once or for ever, whole and half. `before` makes the disk
/// as it is until then, `live` does it, and `check` looks at what a power cut and what a kill leave of it.
pub(crate) fn at_every_call<Told>(
    calls: usize,
    before: impl Fn() -> FakeDisk,
    live: impl Fn(&FakeDisk) -> Told,
    check: impl Fn(&FakeDisk, &Told, &str),
) {
    for kind in KINDS {
        for at in 1..=calls {
            for (times, half) in [(1, false), (1, true), (usize::MAX, true)] {
                let disk = before();
                let at = at + disk.0.borrow().calls();
                disk.fails(DiskFault {
                    at,
                    times,
                    half,
                    kind,
                });
                let told = live(&disk);
                disk.0.borrow_mut().fault = None;
                let why = format!("{kind:?} at {at} for {times}");
                after(&disk, |disk, when| {
                    check(disk, &told, &format!("{why}, {when}"));
                });
            }
        }
    }
}

/// What a power cut, and what a kill leaves of a disk.
pub(crate) fn after(disk: &FakeDisk, check: impl Fn(&FakeDisk, &str)) {
    let cut = disk.0.borrow().after_power_cut();
    check(&cut, "power cut");
    check(disk, "kill");
}

#[derive(Default, Clone)]
struct Node {
    /// What a reader sees.
    cache: Vec<u8>,
    /// What is there after a power cut.
    durable: Vec<u8>,
    /// From where on the cache waits to be written. A failed sync forgets it (PostgreSQL's lesson).
    dirty: Option<usize>,
}

#[derive(Default)]
pub(crate) struct World {
    nodes: Vec<Node>,
    names: BTreeMap<PathBuf, usize>,
    durable_names: BTreeMap<PathBuf, usize>,
    open: Option<usize>,
    calls: usize,
    pub(crate) fault: Option<DiskFault>,
    /// Whether the fault has been met.
    pub(crate) failed: bool,
    /// How many lines have been called saved; they have to survive at every moment.
    pub(crate) acknowledged: usize,
}

/// Clones are the same disk.
#[derive(Clone, Default)]
pub(crate) struct FakeDisk(pub(crate) Rc<RefCell<World>>);

impl FakeDisk {
    pub(crate) fn fails(&self, fault: DiskFault) {
        self.0.borrow_mut().fault = Some(fault);
    }

    /// Whether the fault has been met.
    pub(crate) fn failed(&self) -> bool {
        self.0.borrow().failed
    }
}

impl World {
    fn call(&mut self) -> io::Result<()> {
        self.check();
        self.calls += 1;
        match self.fault {
            Some(fault) if self.calls >= fault.at && self.calls - fault.at < fault.times => {
                self.failed = true;
                Err(fault.kind.into())
            }
            _ => Ok(()),
        }
    }

    /// What a power cut and a kill would leave now holds every acknowledged line.
    fn check(&self) {
        if self.acknowledged > 0 {
            let held = self.logs().iter().map(|bytes| scan(bytes).good.len()).max();
            assert!(
                held >= Some(self.acknowledged),
                "{held:?} {}",
                self.acknowledged
            );
        }
    }

    /// The logs after a power cut.
    pub(crate) fn logs(&self) -> Vec<Vec<u8>> {
        let is_log = |path: &Path| path.extension().is_some_and(|ending| ending == "jsonl");
        let names = self.durable_names.iter().filter(|(path, _)| is_log(path));
        names
            .map(|(_, node)| self.nodes[*node].durable.clone())
            .collect()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        self.names.keys().map(name).collect()
    }

    /// Puts a file there, durably.
    pub(crate) fn put(&mut self, path: &Path, bytes: &[u8]) {
        self.names.insert(path.into(), self.nodes.len());
        self.durable_names = self.names.clone();
        self.nodes.push(Node {
            cache: bytes.to_vec(),
            durable: bytes.to_vec(),
            dirty: None,
        });
    }

    pub(crate) fn get(&self, path: &Path) -> Option<Vec<u8>> {
        self.names
            .get(path)
            .map(|node| self.nodes[*node].cache.clone())
    }

    pub(crate) fn take_away(&mut self, path: &Path) {
        self.names.remove(path);
    }

    /// How many calls there were.
    pub(crate) fn calls(&self) -> usize {
        self.calls
    }

    /// The disk as it is after a power cut, with nothing wrong any more.
    pub(crate) fn after_power_cut(&self) -> FakeDisk {
        let mut after = Self::default();
        for (path, node) in &self.durable_names {
            after.put(path, &self.nodes[*node].durable);
        }
        FakeDisk(Rc::new(RefCell::new(after)))
    }

    /// Every file that a reader sees.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let file =
            |(path, node): (&PathBuf, &usize)| (path.clone(), self.nodes[*node].cache.clone());
        self.names.iter().map(file).collect()
    }

    fn node(&mut self) -> &mut Node {
        let open = self.open.expect("a file is open");
        &mut self.nodes[open]
    }

    fn free(&self, path: &Path, ending: &str) -> PathBuf {
        let mut names = (1..).map(|number| numbered(path, number, ending));
        names.find(|name| !self.names.contains_key(name)).unwrap()
    }
}

impl FileSystem for FakeDisk {
    fn make_folder(&mut self, _folder: &Path) -> io::Result<()> {
        self.0.borrow_mut().call()
    }

    fn create(&mut self, path: &Path) -> io::Result<()> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        if world.names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let node = world.nodes.len();
        world.nodes.push(Node::default());
        world.names.insert(path.into(), node);
        world.open = Some(node);
        Ok(())
    }

    fn open(&mut self, path: &Path, _most: u64) -> io::Result<Vec<u8>> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        let node = *world.names.get(path).ok_or(io::ErrorKind::NotFound)?;
        world.open = Some(node);
        Ok(world.nodes[node].cache.clone())
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        let len = usize::try_from(len).unwrap();
        let node = world.node();
        node.cache.truncate(len);
        node.durable.truncate(len);
        node.dirty = node.dirty.map(|from| from.min(len));
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut world = self.0.borrow_mut();
        let called = world.call();
        let half = world.fault.is_some_and(|fault| fault.half);
        let written = match &called {
            Ok(()) => bytes,
            Err(_) if half => &bytes[..bytes.len() / 2],
            Err(_) => &[],
        };
        let node = world.node();
        node.dirty = node.dirty.or(Some(node.cache.len()));
        node.cache.extend_from_slice(written);
        called
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut world = self.0.borrow_mut();
        let called = world.call();
        let node = world.node();
        let dirty = node.dirty.take();
        called?;
        let from = dirty.unwrap_or(node.cache.len());
        // What an earlier failed sync dropped comes out as zeros.
        node.durable.resize(from, 0);
        node.durable.extend_from_slice(&node.cache[from..]);
        Ok(())
    }

    fn close(&mut self) {
        self.0.borrow_mut().open = None;
    }

    fn sync_folder(&mut self, _folder: &Path) -> io::Result<()> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        world.durable_names = world.names.clone();
        Ok(())
    }

    fn put_aside(&mut self, path: &Path, ending: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        let aside = world.free(path, ending);
        world.put(&aside, bytes);
        Ok(aside)
    }

    fn set_aside(&mut self, path: &Path, ending: &str) -> io::Result<PathBuf> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        let aside = world.free(path, ending);
        let node = world.names.remove(path).ok_or(io::ErrorKind::NotFound)?;
        world.names.insert(aside.clone(), node);
        world.durable_names = world.names.clone();
        Ok(aside)
    }

    fn read(&mut self, path: &Path, _most: u64) -> Result<Vec<u8>, StorageError> {
        let mut world = self.0.borrow_mut();
        let read = world
            .call()
            .and_then(|()| world.get(path).ok_or(io::ErrorKind::NotFound.into()));
        read.map_err(|error| StorageError::new(FileAction::Read, path, &error))
    }

    fn list(&mut self, folder: &Path) -> io::Result<Vec<String>> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        let below = world
            .names
            .keys()
            .filter_map(|path| path.strip_prefix(folder).ok());
        let names = below.filter_map(|path| path.iter().next());
        let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into()).collect();
        names.dedup();
        Ok(names)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        let moved: Vec<PathBuf> = world
            .names
            .keys()
            .filter(|path| path.starts_with(from))
            .cloned()
            .collect();
        if moved.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        for path in moved {
            let below = path.strip_prefix(from).unwrap();
            let new = if below.as_os_str().is_empty() {
                to.to_path_buf()
            } else {
                to.join(below)
            };
            let node = world.names.remove(&path).unwrap();
            world.names.insert(new, node);
        }
        Ok(())
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        world
            .names
            .remove(path)
            .map(|_| ())
            .ok_or(io::ErrorKind::NotFound.into())
    }

    fn remove_folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut world = self.0.borrow_mut();
        world.call()?;
        world.names.retain(|path, _| !path.starts_with(folder));
        Ok(())
    }
}
