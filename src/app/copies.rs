//! All that is somebody's in one folder, for another machine or to be safe: their notebook as it is sealed, and what is
//! remembered of them and of those they sat with. And the way back in.

use std::path::{Path, PathBuf};

use super::{Program, export_file};
use crate::memory::{self, Memory};
use crate::notebook::{OpenNotebook, Passphrase};
use crate::session::intent::Refused;
use crate::text::safe_text::{SafeText, is_same};
use crate::text::words::{fill, words};
use crate::time::date::Date;

/// The names of the files beside the notebook in a copy.
const PEOPLE: &str = "people.toml";
const RECORD: &str = "record.jsonl";

/// Copies everything of an open notebook's owner into a new folder inside this one.
///
/// # Errors
/// A sentence with the next step.
pub(super) fn write(
    open: &mut OpenNotebook,
    (people, record): (&Memory, &Path),
    typed: &str,
    today: Date,
) -> Result<SafeText, Refused> {
    let folder = export_file::folder(typed)?;
    let name = open.notebook().name().to_owned();
    let copied = open.copy_into(&folder, today);
    let copy = copied.map_err(|why| Refused(why.sentence()))?;
    beside(&copy, &name, people, record).map_err(Refused)?;
    let w = &words().notebook_ui.copy;
    let text = if open.notebook().is_sealed() {
        &w.done
    } else {
        &w.done_plain
    };
    Ok(fill(text, &[("place", &copy.to_string_lossy())]))
}

fn beside(copy: &Path, name: &str, people: &Memory, record: &Path) -> Result<(), SafeText> {
    memory::write_copy(&copy.join(PEOPLE), &people.around(name))?;
    let (outlines, _) = memory::outlines(record)?;
    let sat = |people: &[String]| people.iter().any(|known| is_same(known, name));
    for outline in outlines.iter().filter(|outline| sat(&outline.people)) {
        memory::keep(&copy.join(RECORD), outline)?;
    }
    Ok(())
}

impl Program {
    /// Brings a notebook to this machine, and what is remembered beside it; answers what is said about that.
    pub(super) fn bring(&mut self, typed: &str) -> Result<SafeText, Refused> {
        let folder = export_file::folder(typed)?;
        let name = self.notebooks().bring(&folder).map_err(Refused)?;
        self.remember_copy(&folder)?;
        Ok(fill(&words().notebook_ui.copy.brought, &[("name", &name)]))
    }

    /// What is remembered beside a notebook in a copy is remembered here as well.
    pub(super) fn remember_copy(&mut self, folder: &Path) -> Result<(), Refused> {
        let other = memory::read_copy(&folder.join(PEOPLE)).map_err(Refused)?;
        self.remember(move |memory| memory.take_over(other.clone()));
        let (outlines, _) = memory::outlines(&folder.join(RECORD)).map_err(Refused)?;
        for outline in &outlines {
            memory::keep(&self.folders.record(), outline).map_err(Refused)?;
        }
        Ok(())
    }
}

/// Takes another copy into an open notebook; answers the folder it was in, and what is said about it.
///
/// # Errors
/// A sentence with the next step; then the notebook is as it was.
pub(super) fn take_in(
    open: &mut OpenNotebook,
    typed: &str,
    secret: Option<&Passphrase>,
) -> Result<(PathBuf, SafeText), Refused> {
    let folder = export_file::folder(typed)?;
    let new = open.take_in(&folder, secret);
    let new = new.map_err(|why| Refused(why.sentence()))?;
    let w = &words().notebook_ui.copy;
    let says = match new {
        0 => SafeText::new(w.taken_none),
        1 => SafeText::new(w.taken_one),
        n => fill(&w.taken, &[("n", &n.to_string())]),
    };
    Ok((folder, says))
}
