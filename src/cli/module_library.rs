//! Where modules come from: the folder `modules` beside a script, then the person's own, then the shipped ones.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::toml_files::{stem, text_of, tomls};
use crate::script::{Barred, Library, MOST_BYTES, SHIPPED, Source, is_id};
use crate::storage::{self, Folders};
use crate::text::safe_text::SafeText;

/// The folder of modules, beside scripts.
const MODULES: &str = "modules";

/// The modules that a script may use.
pub(crate) struct ModuleLibrary {
    /// In the order in which they are searched; the shipped ones come behind all of them.
    folders: Vec<PathBuf>,
    /// Every name, in the order in which they are told.
    names: Vec<String>,
    /// What was read already: a script may use a module many times.
    read: RefCell<BTreeMap<String, Result<Option<Source>, Barred>>>,
}

impl ModuleLibrary {
    /// Those that any script of one's own may use.
    pub(crate) fn own(home: &Folders) -> Self {
        Self::beside(&home.scripts().join("x.toml"), home)
    }

    /// Those for the script or the module in this file.
    pub(crate) fn beside(file: &Path, home: &Folders) -> Self {
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            Some(_) | None => Path::new("."),
        };
        let beside = match is_modules(folder) {
            true => folder.to_path_buf(),
            false => folder.join(MODULES),
        };
        let own = home.scripts().join(MODULES);
        let mut folders = vec![beside];
        if folders.first() != Some(&own) {
            folders.push(own);
        }
        let mut names: Vec<String> = SHIPPED.modules().into_iter().map(str::to_owned).collect();
        for path in folders
            .iter()
            .filter_map(|folder| tomls(folder).ok())
            .flatten()
        {
            let name = stem(&path);
            if is_id(&name) && !names.contains(&name) {
                names.push(name);
            }
        }
        Self {
            folders,
            names,
            read: RefCell::default(),
        }
    }

    fn found(&self, name: &str) -> Result<Option<Source>, Barred> {
        if let Some(known) = self.read.borrow().get(name) {
            return known.clone();
        }
        let found = self.look(name);
        self.read
            .borrow_mut()
            .insert(name.to_owned(), found.clone());
        found
    }

    /// A module by its name, which can't be a path.
    fn look(&self, name: &str) -> Result<Option<Source>, Barred> {
        let shipped = SHIPPED.module(name);
        if !is_id(name) {
            return Ok(shipped);
        }
        let file = format!("{name}.toml");
        for folder in &self.folders {
            let place = folder.join(&file);
            if place.symlink_metadata().is_err() {
                continue;
            }
            let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
            let read = storage::read_in(folder, &file, most)
                .map_err(|trouble| trouble.sentence())
                .and_then(|bytes| text_of(&place, bytes));
            return match (read, &shipped) {
                // The folder of this program's own scripts, or a copy of it.
                (Ok(source), Some(shipped)) if source.text == shipped.text => break,
                (_, Some(_)) => Err(Barred::Shipped(SafeText::new(&place.to_string_lossy()))),
                (Ok(source), None) => Ok(Some(source)),
                (Err(why), None) => Err(Barred::Unreadable(why)),
            };
        }
        Ok(shipped)
    }
}

/// Whether this is a folder of modules, by its name.
pub(crate) fn is_modules(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name == MODULES)
}

impl Library for ModuleLibrary {
    fn barred(&self, name: &str) -> Option<Barred> {
        self.found(name).err()
    }

    fn module(&self, name: &str) -> Option<Source> {
        self.found(name).ok().flatten()
    }

    fn modules(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    fn script(&self, name: &str) -> Option<Source> {
        SHIPPED.script(name)
    }

    fn scripts(&self) -> Vec<&str> {
        SHIPPED.scripts()
    }
}
