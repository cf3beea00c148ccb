//! What the entries of a notebook come to: the parts as they are now, the promises that still hold.

use std::collections::HashMap;
use std::fmt;

use zeroize::Zeroize;

use super::entry::{How, Id, Part, PartChannel, WrittenAt};
use crate::text::safe_text::SafeText;
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

/// A time when a part was met.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Meeting {
    /// When.
    pub(crate) at: WrittenAt,
    /// How it showed.
    pub(crate) channel: Option<PartChannel>,
    /// The parts that had not stepped aside.
    pub(crate) apart: Vec<Id>,
    /// The name of the script.
    pub(crate) script: Option<String>,
}

/// Words of one's own.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    /// Its name in the notebook.
    pub(crate) id: Id,
    /// When it was written.
    pub at: WrittenAt,
    /// The words.
    pub words: String,
    /// The part that it is about.
    pub(crate) part: Option<Id>,
    /// The name of the script during which it was written.
    pub(crate) session: Option<String>,
    /// The last day on which it is kept.
    pub until: Option<Date>,
}

/// Something that was promised, and what became of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its name in the notebook.
    pub(crate) id: Id,
    /// When it was made.
    pub(crate) at: WrittenAt,
    /// What is promised.
    pub words: String,
    /// To which part.
    pub(crate) part: Option<Id>,
    /// To whom, where no part here is called so; may be empty.
    pub(crate) called: String,
    /// Words that only their owner understands; may be empty.
    pub(crate) cue: String,
    /// The days that are still to come, the next one first. None: nobody is reminded of it.
    pub(crate) on: Vec<Date>,
    /// Whether it was released, or kept on the last of its days. A promise without a day holds until then.
    pub(crate) done: bool,
    /// Whether the part is to be met with a therapist.
    pub(crate) therapist: bool,
    /// When it was looked at again, in order.
    pub(crate) looked: Vec<PromiseCheck>,
}

/// A time when a promise was looked at again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PromiseCheck {
    /// When.
    pub(crate) at: WrittenAt,
    /// What became of the promise.
    pub(crate) how: How,
}

impl Promise {
    /// Whether it still holds.
    #[must_use]
    pub(crate) fn is_open(&self) -> bool {
        !self.done
    }
}

/// A promise whose day has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DuePromise<'a> {
    /// The promise.
    pub(crate) promise: &'a Promise,
    /// The first of its days that has come.
    pub(crate) on: Date,
}

/// A short look at how it was.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CheckIn {
    /// Its name in the notebook.
    pub(crate) id: Id,
    /// When.
    pub(crate) at: WrittenAt,
    /// What was written, at most five lines.
    pub(crate) lines: Vec<String>,
    /// How stirred, 0 to 10.
    pub(crate) stirred: Option<u8>,
    /// How resourced, 0 to 10.
    pub(crate) resourced: Option<u8>,
}

/// A session as its person looks back on it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SessionReview {
    /// Its name in the notebook.
    pub(crate) id: Id,
    /// When it began.
    pub(crate) at: WrittenAt,
    /// The script's name.
    pub(crate) script: String,
    /// With whom.
    pub(crate) with: Vec<String>,
    /// How many minutes it took.
    pub(crate) minutes: u16,
    /// How it was before, 0 to 10.
    pub(crate) before: Option<u8>,
    /// How it was after, 0 to 10.
    pub(crate) after: Option<u8>,
    /// How resourced before, 0 to 10.
    pub(crate) resourced_before: Option<u8>,
    /// How resourced after, 0 to 10.
    pub(crate) resourced_after: Option<u8>,
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
    pub(crate) promises: Vec<&'a Promise>,
}

/// What belongs to one part, the newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct OfPart<'a> {
    /// The notes about it.
    pub(crate) notes: Vec<&'a Note>,
    /// The promises to it.
    pub(crate) promises: Vec<&'a Promise>,
}

macro_rules! tells_only_its_name {
    ($($kind:ident),*) => {$(
        /// Its name in the notebook, and no word of what is in it.
        impl fmt::Debug for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($kind), self.id.as_str())
            }
        }
    )*};
}
tells_only_its_name!(PartNow, Note, Promise, CheckIn, SessionReview);

/// What the entries of a notebook come to. Its words are wiped from memory when it is dropped.
#[derive(Default, PartialEq, Eq)]
pub struct Book {
    pub(super) parts: Vec<PartNow>,
    pub(super) notes: Vec<Note>,
    pub(super) promises: Vec<Promise>,
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
                .filter(|one| is_its(&one.part))
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
    pub fn promises(&self) -> &[Promise] {
        &self.promises
    }

    /// The promises whose day has come, the one that has waited longest first.
    #[must_use]
    pub(crate) fn due(&self, today: Date) -> Vec<DuePromise<'_>> {
        let first = |promise: &'_ Promise| promise.on.first().copied().filter(|on| *on <= today);
        let mut due: Vec<DuePromise<'_>> = self
            .promises
            .iter()
            .filter_map(|promise| first(promise).map(|on| DuePromise { promise, on }))
            .collect();
        due.sort_by_key(|due| (due.on, due.promise.at));
        due
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
        let nameless =
            |promise: &&mut Promise| promise.part.is_none() && !promise.called.is_empty();
        for promise in self.promises.iter_mut().filter(nameless) {
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
        }
        for note in &mut self.notes {
            note.words.zeroize();
        }
        for promise in &mut self.promises {
            promise.words.zeroize();
            promise.called.zeroize();
            promise.cue.zeroize();
        }
        for check_in in &mut self.check_ins {
            check_in.lines.zeroize();
        }
        for sitting in &mut self.sittings {
            sitting.with.zeroize();
        }
    }
}
