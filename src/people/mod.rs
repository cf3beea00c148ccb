//! What is remembered between sessions.
//!
//! Owns: who sat together, how and with what agreement; the loans; where people are; the record of kept outlines.
//! Never does: writing what people did not choose to keep; overwriting a file that it
//! does not understand; reading a clock.
//! May see: script, session, files, shown, words.

mod file;
mod record;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use record::{forget, keep};

use crate::files::{self, Cause, Doing, Home, Trouble};
use crate::script::Who;
use crate::session::intent::{Kept, Outline};
use crate::shown::Shown;

/// People who sit together, in the order in which their names were entered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Circle {
    /// The names.
    pub names: Vec<String>,
    /// The script of the last time.
    pub script: String,
    /// The minutes of the last time.
    pub minutes: u16,
    /// When the last session that was kept began (milliseconds since 1970 UTC), so that it is lent for once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_began: Option<i64>,
    /// Who went first the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_first: Option<Who>,
    /// The lines of the agreement that everybody said yes to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreement: Vec<String>,
    /// How many milliseconds of turn time more each one had than the one who had least.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loan: Vec<i64>,
}

/// Where somebody is, for the crisis card; remembered only when that was asked for there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Place {
    /// The name.
    pub name: String,
    /// The place's name on the card.
    pub region: String,
}

/// What is remembered between sessions.
#[derive(Debug)]
pub struct People {
    path: PathBuf,
    /// Why the file must not be written, when it holds something that is not understood.
    sealed: Option<Shown>,
    seen_notice: bool,
    places: Vec<Place>,
    circles: Vec<Circle>,
}

impl People {
    /// Reads what is remembered. When that is not possible, the program goes on without,
    /// a notice says why, and the file is left as it is.
    #[must_use]
    pub fn load(home: &Home) -> (Self, Option<Shown>) {
        let path = home.people();
        let (contents, sealed) = match file::load(&path) {
            Ok(contents) => (contents, None),
            Err(why) => (file::Contents::default(), Some(why)),
        };
        let people = Self {
            path,
            sealed: sealed.clone(),
            seen_notice: contents.seen_notice,
            places: contents.person,
            circles: contents.circle,
        };
        (people, sealed)
    }

    /// Writes what is remembered.
    ///
    /// # Errors
    /// The sentence that says why not; what was in the file is still there.
    pub fn save(&self) -> Result<(), Shown> {
        if let Some(why) = &self.sealed {
            return Err(why.clone());
        }
        let text = file::text(self.seen_notice, &self.places, &self.circles).map_err(|error| {
            Trouble::with(Doing::Write, &self.path, Cause::Other(error.to_string())).sentence()
        })?;
        self.path
            .parent()
            .map_or(Ok(()), files::private_folder)
            .and_then(|()| files::replace(&self.path, text.as_bytes()))
            .map_err(|trouble| trouble.sentence())
    }

    /// Whether the page of the first run has been read.
    #[must_use]
    pub fn seen_notice(&self) -> bool {
        self.seen_notice
    }

    /// Remembers that the page of the first run has been read.
    pub fn remember_notice(&mut self) {
        self.seen_notice = true;
    }

    /// Where this person is, as it was chosen on the crisis card.
    #[must_use]
    pub fn place_of(&self, name: &str) -> Option<&str> {
        let place = self.places.iter().find(|place| place.name == name)?;
        Some(&place.region)
    }

    /// Everybody whose place is remembered.
    pub fn placed(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|place| place.name.as_str())
    }

    /// Remembers where this person is.
    pub fn remember_place(&mut self, name: &str, region: &str) {
        self.places.retain(|place| place.name != name);
        self.places.push(Place {
            name: name.to_owned(),
            region: region.to_owned(),
        });
    }

    /// Who sat together, the last ones first.
    #[must_use]
    pub fn circles(&self) -> &[Circle] {
        &self.circles
    }

    /// What is remembered of these people, in whatever order they are named.
    #[must_use]
    pub fn circle(&self, names: &[String]) -> Option<&Circle> {
        self.find(names).and_then(|index| self.circles.get(index))
    }

    /// Remembers that these people began a session.
    pub fn remember_begin(&mut self, names: &[String], script: &str, minutes: u16) {
        let circle = self.newest(names);
        script.clone_into(&mut circle.script);
        circle.minutes = minutes;
    }

    /// Remembers how a session went, when the people chose to keep that.
    pub fn remember_outline(&mut self, outline: &Outline) {
        match outline.kept {
            Kept::Nothing | Kept::Forget => return,
            Kept::Outline => {}
        }
        let circle = self.newest(&outline.people);
        outline.script.clone_into(&mut circle.script);
        if outline.first.is_some() {
            circle.last_first = outline.first;
        }
        if !outline.agreement.is_empty() {
            outline.agreement.clone_into(&mut circle.agreement);
        }
        // A crash before the log went brings the same outline again.
        if circle.last_began != Some(outline.began) {
            circle.last_began = Some(outline.began);
            circle.lend(outline);
        }
    }

    /// Forgets that these people ever sat together.
    pub fn forget(&mut self, names: &[String]) {
        if let Some(index) = self.find(names) {
            self.circles.remove(index);
        }
    }

    /// Who is proposed to go first: the one who was second the last time, or else whoever was entered first.
    #[must_use]
    pub fn proposed_first(&self, names: &[String]) -> Who {
        let second = self.circle(names).and_then(|circle| {
            let last = circle.last_first?.index();
            let next = last.checked_add(1)?.checked_rem(circle.names.len())?;
            let name = circle.names.get(next)?;
            names.iter().position(|known| known == name)
        });
        Who::at(second.unwrap_or(0))
    }

    fn find(&self, names: &[String]) -> Option<usize> {
        let wanted = sorted(names);
        self.circles
            .iter()
            .position(|circle| sorted(&circle.names) == wanted)
    }

    /// The circle of these people, made when it is new, moved to the front, its names in this order.
    fn newest(&mut self, names: &[String]) -> &mut Circle {
        let mut circle = match self.find(names) {
            Some(index) => self.circles.remove(index),
            None => Circle::default(),
        };
        circle.seat(names);
        self.circles.insert(0, circle);
        &mut self.circles[0]
    }
}

/// The same people, in whatever order they are named.
fn sorted(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort();
    names
}

impl Circle {
    /// Takes over the order of `names`; what belongs to a person goes along.
    fn seat(&mut self, names: &[String]) {
        if self.names == names {
            return;
        }
        let old_place = |name: &String| self.names.iter().position(|old| old == name);
        let loan_at = |old: Option<usize>| old.and_then(|old| self.loan.get(old)).copied();
        let loan: Vec<i64> = names
            .iter()
            .map(|name| loan_at(old_place(name)).unwrap_or(0))
            .collect();
        let first = self.last_first.and_then(|who| self.names.get(who.index()));
        let first = first.and_then(|name| names.iter().position(|new| new == name));
        self.last_first = first.map(Who::at);
        self.loan = if self.loan.is_empty() {
            Vec::new()
        } else {
            loan
        };
        self.names = names.to_vec();
    }

    /// Adds what this session's turns differed by. What everybody had alike is no loan.
    fn lend(&mut self, outline: &Outline) {
        let mut loan: Vec<i64> = (0..self.names.len())
            .map(|who| {
                let before = self.loan.get(who).copied().unwrap_or(0);
                before.saturating_add(outline.loan_of(who))
            })
            .collect();
        let least = loan.iter().copied().min().unwrap_or(0);
        for each in &mut loan {
            *each = each.saturating_sub(least);
        }
        self.loan = if loan.iter().all(|each| *each == 0) {
            Vec::new()
        } else {
            loan
        };
    }

    /// How many milliseconds more this person had than the one who had least.
    #[must_use]
    pub fn loan_of(&self, who: Who) -> i64 {
        self.loan.get(who.index()).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
