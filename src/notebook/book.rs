//! What the entries of a notebook come to: the parts as they are now, the promises that still hold.

use std::collections::HashMap;
use std::fmt;

use zeroize::Zeroize;

use super::entry::{
    CheckIn, How, Id, Meeting, Note, Part, Promise, PromiseCheck, SessionReview, WrittenAt,
};
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::words;
use crate::time::date::Date;

/// A part as it is now.
#[derive(Clone, PartialEq, Eq)]
pub struct PartNow {
    /// Its name in the notebook.
    pub(crate) id: Id,
    /// Everything about it. The parts that it names are there, and are never one that was merged away.
    pub part: Part,
    /// When it was first written down.
    pub(crate) since: WrittenAt,
    /// When it was met, the last time first.
    pub(crate) met: Vec<Meeting>,
    /// As it was before it was changed last.
    pub(crate) before: Option<Part>,
    /// Those that turned out to be this one: what says so, and what each was called. The last one comes last.
    pub(crate) merged: Vec<(Id, String)>,
}

impl PartNow {
    /// What it is called; where it has no name, how it shows.
    #[must_use]
    pub(crate) fn called(&self) -> String {
        let words_of_it = [&self.part.name, &self.part.shows];
        let first = words_of_it.into_iter().find(|text| !text.trim().is_empty());
        first.map_or_else(
            || words().export.nameless.to_owned(),
            |text| SafeText::new(text.trim()).as_str().to_owned(),
        )
    }
}

/// A promise as it is now.
#[derive(Clone, PartialEq, Eq)]
pub struct PromiseNow {
    /// As it was made. A part that it names is there.
    pub made: Promise,
    /// The days that are still to come, the next one first. None: nobody is reminded of it.
    pub(crate) on: Vec<Date>,
    /// When it was looked at again, in order.
    pub(crate) looked: Vec<PromiseCheck>,
}

impl PromiseNow {
    /// Whether it still holds: it was not released, and not kept on the last of its days. One without a day holds
    /// until then.
    #[must_use]
    pub(crate) fn is_open(&self) -> bool {
        self.looked.last().is_none_or(|last| match last.how {
            How::Released => false,
            How::Kept => !self.on.is_empty() || last.on.is_some(),
            How::Missed => true,
        })
    }
}

/// A promise whose day has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DuePromise<'a> {
    /// The promise.
    pub(crate) promise: &'a PromiseNow,
    /// The first of its days that has come.
    pub(crate) on: Date,
}

/// Where somebody left off (features.md row 66).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct LastMet<'a> {
    /// The part that was met last.
    pub(crate) part: &'a PartNow,
    /// When and how.
    pub(crate) meeting: &'a Meeting,
    /// The parts that had not stepped aside.
    pub(crate) apart: Vec<&'a PartNow>,
    /// The newest note about the part.
    pub(crate) note: Option<&'a Note>,
    /// The promises to the part that still hold.
    pub(crate) promises: Vec<&'a PromiseNow>,
}

/// What belongs to one part, the newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct OfPart<'a> {
    /// The notes about it.
    pub(crate) notes: Vec<&'a Note>,
    /// The promises to it.
    pub(crate) promises: Vec<&'a PromiseNow>,
}

/// Its name in the notebook, and no word of what is in it.
impl fmt::Debug for PartNow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PartNow({})", self.id.as_str())
    }
}

/// Its name in the notebook, and no word of what is in it.
impl fmt::Debug for PromiseNow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PromiseNow({})", self.made.id.as_str())
    }
}

/// What the entries of a notebook come to. Its words are wiped from memory when it is dropped.
#[derive(Default, PartialEq, Eq)]
pub struct Book {
    pub(super) parts: Vec<PartNow>,
    pub(super) notes: Vec<Note>,
    pub(super) promises: Vec<PromiseNow>,
    pub(super) check_ins: Vec<CheckIn>,
    pub(super) sittings: Vec<SessionReview>,
    /// Where each part stands in `parts`.
    pub(super) places: HashMap<Id, usize>,
}

/// How much there is, and no word of it.
impl fmt::Debug for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, notes) = (self.parts.len(), self.notes.len());
        write!(f, "Book({parts} parts, {notes} notes)")
    }
}

impl Book {
    /// The parts, the one that was met last first. One that was never met stands where it was written down.
    #[must_use]
    pub fn parts(&self) -> &[PartNow] {
        &self.parts
    }

    /// One part, also by the name of one that was merged into it.
    #[must_use]
    pub(crate) fn part(&self, id: &Id) -> Option<&PartNow> {
        self.places.get(id).and_then(|place| self.parts.get(*place))
    }

    /// What belongs to a part.
    #[must_use]
    pub(crate) fn of_part(&self, id: &Id) -> OfPart<'_> {
        let is_its = |part: &Option<Id>| part.as_ref() == Some(id);
        OfPart {
            notes: self
                .notes
                .iter()
                .filter(|note| is_its(&note.part))
                .collect(),
            promises: self
                .promises
                .iter()
                .filter(|one| is_its(&one.made.part))
                .collect(),
        }
    }

    /// The notes, the newest first.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The promises, the newest first, also those that are done or released.
    #[must_use]
    pub fn promises(&self) -> &[PromiseNow] {
        &self.promises
    }

    /// Whether this promise is to a part that waits for a professional, so that it is only greeted.
    #[must_use]
    pub(crate) fn only_greets(&self, promise: &Id) -> bool {
        let mut promises = self.promises.iter();
        promises.any(|now| now.made.id == *promise && now.made.therapist)
    }

    /// The promises whose day has come, the one that has waited longest first.
    #[must_use]
    pub(crate) fn due(&self, today: Date) -> Vec<DuePromise<'_>> {
        let first = |promise: &'_ PromiseNow| promise.on.first().copied().filter(|on| *on <= today);
        let mut due: Vec<DuePromise<'_>> = self
            .promises
            .iter()
            .filter_map(|promise| first(promise).map(|on| DuePromise { promise, on }))
            .collect();
        due.arrange_by_key(|due| (due.on, due.promise.made.at));
        due
    }

    /// Whether nothing has been written.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        let entries = [
            self.parts().len(),
            self.notes().len(),
            self.check_ins().len(),
        ];
        let more = [self.promises().len(), self.sittings().len()];
        entries.iter().chain(&more).all(|n| *n == 0)
    }

    /// The check-ins, the newest first.
    #[must_use]
    pub(crate) fn check_ins(&self) -> &[CheckIn] {
        &self.check_ins
    }

    /// The sittings, the newest first.
    #[must_use]
    pub(crate) fn sittings(&self) -> &[SessionReview] {
        &self.sittings
    }

    /// A promise from a session knows only how the part was called; here it is found, once a part is called so.
    pub(super) fn recognise(&mut self) {
        let mut names: HashMap<String, &Id> = HashMap::new();
        for known in self
            .parts
            .iter()
            .filter(|known| !known.part.name.is_empty())
        {
            names
                .entry(known.part.name.trim().to_lowercase())
                .or_insert(&known.id);
        }
        let made = self.promises.iter_mut().map(|promise| &mut promise.made);
        for promise in made.filter(|made| made.part.is_none() && !made.called.is_empty()) {
            if let Some(id) = names.get(&promise.called.trim().to_lowercase()) {
                promise.part = Some((*id).clone());
                promise.called.zeroize();
            }
        }
    }

    /// Where the person left off; nothing before a part was met.
    #[must_use]
    pub(crate) fn last_met(&self) -> Option<LastMet<'_>> {
        let met = self
            .parts
            .iter()
            .filter_map(|part| part.met.first().map(|met| (part, met)));
        let (part, meeting) = met.max_by_key(|(_, met)| met.at.wall)?;
        let of = self.of_part(&part.id);
        Some(LastMet {
            part,
            meeting,
            apart: meeting
                .apart
                .iter()
                .filter_map(|id| self.part(id))
                .collect(),
            note: of.notes.first().copied(),
            promises: of
                .promises
                .into_iter()
                .filter(|one| one.is_open())
                .collect(),
        })
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        for known in &mut self.parts {
            known.part.wipe();
            known.before.iter_mut().for_each(Part::wipe);
            known.merged.iter_mut().for_each(|(_, name)| name.zeroize());
        }
        self.notes.iter_mut().for_each(Note::wipe);
        let promises = self.promises.iter_mut();
        promises.for_each(|promise| promise.made.wipe());
        self.check_ins.iter_mut().for_each(CheckIn::wipe);
        self.sittings.iter_mut().for_each(SessionReview::wipe);
    }
}
