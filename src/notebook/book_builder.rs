//! From entries to what they come to.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use zeroize::Zeroize;

use super::book::{Book, CheckIn, Meeting, Note, PartNow, Promise, PromiseCheck, SessionReview};
use super::entry::{How, Id, NotebookEntry, Part, WrittenAt};
use crate::time::date::Date;

/// What was deleted, and which parts turned out to be another one.
pub(super) struct Ties {
    here: HashSet<Id>,
    gone: HashSet<Id>,
    into: HashMap<Id, Id>,
}

impl Ties {
    pub(super) fn of<'a>(entries: impl Iterator<Item = &'a NotebookEntry> + Clone) -> Self {
        let mut gone: HashSet<Id> = HashSet::new();
        let mut merges: Vec<(&Id, &Id, &Id)> = Vec::new();
        let mut parts: HashSet<&Id> = HashSet::new();
        let mut here: HashSet<Id> = HashSet::new();
        for entry in entries {
            here.insert(entry.id().clone());
            if let NotebookEntry::Part { id, .. } = entry {
                parts.insert(id);
            }
            if let NotebookEntry::Gone { what, .. } = entry {
                gone.insert(what.clone());
            }
            if let NotebookEntry::Merge { id, from, into, .. } = entry {
                merges.push((id, from, into));
            }
        }
        merges.retain(|(id, ..)| !gone.contains(*id));
        // Without their merge, the parts in a deleted part would come up again.
        while let Some((_, from, _)) = merges
            .iter()
            .find(|(_, from, into)| gone.contains(*into) && !gone.contains(*from))
        {
            gone.insert((*from).clone());
        }
        let mut ties = Self {
            here,
            gone,
            into: HashMap::new(),
        };
        for (_, from, into) in merges {
            // A part that is merged into itself by a detour stays where it is, as does one that would vanish.
            if parts.contains(into) && ties.now(into) != ties.now(from) {
                ties.into
                    .insert(ties.now(from).clone(), ties.now(into).clone());
            }
        }
        ties
    }

    /// The part as it is called now.
    fn now<'a>(&'a self, id: &'a Id) -> &'a Id {
        let mut now = id;
        while let Some(next) = self.into.get(now) {
            now = next;
        }
        now
    }

    /// Whether an entry stays in the file: it says something, or it is about something that is not there yet.
    pub(super) fn stays(&self, entry: &NotebookEntry) -> bool {
        match entry {
            NotebookEntry::Gone { what, .. } => !self.here.contains(what),
            NotebookEntry::Note { .. }
            | NotebookEntry::Stays { .. }
            | NotebookEntry::Part { .. }
            | NotebookEntry::Merge { .. }
            | NotebookEntry::Met { .. }
            | NotebookEntry::Promise { .. }
            | NotebookEntry::Checked { .. }
            | NotebookEntry::CheckIn { .. }
            | NotebookEntry::Sitting { .. } => !self.is_dead(entry),
        }
    }

    /// Whether an entry says nothing any more: it was deleted, or it is only about something that was.
    pub(super) fn is_dead(&self, entry: &NotebookEntry) -> bool {
        let gone = |id: &Id| self.gone.contains(id);
        gone(entry.id())
            || match entry {
                NotebookEntry::Met { part, .. } => gone(part),
                NotebookEntry::Stays { note, .. } => gone(note),
                NotebookEntry::Merge { from, into, .. } => gone(from) || gone(into),
                NotebookEntry::Checked { promise, .. } => gone(promise),
                NotebookEntry::Gone { .. } => true,
                NotebookEntry::Note { .. }
                | NotebookEntry::Part { .. }
                | NotebookEntry::Promise { .. }
                | NotebookEntry::CheckIn { .. }
                | NotebookEntry::Sitting { .. } => false,
            }
    }
}

/// What refers to something else, and comes after all that it can refer to: files that two
/// programs wrote at the same time are read in either order.
#[derive(Default)]
struct Later {
    met: Vec<(Id, Meeting)>,
    checked: Vec<(Id, PromiseCheck, Option<Vec<Date>>)>,
    stays: Vec<(Id, Option<Date>)>,
}

impl Book {
    /// What these entries come to. They stand in the order in which they were written.
    #[must_use]
    pub(crate) fn of(entries: Vec<NotebookEntry>) -> Self {
        let ties = Ties::of(entries.iter());
        let mut book = Self::default();
        let mut later = Later::default();
        for mut entry in entries {
            if ties.is_dead(&entry) {
                entry.wipe();
            } else {
                book.take(entry, &mut later);
            }
        }
        book.refer(later, &ties);
        book.resolve(&ties);
        book.sort(&ties);
        book.recognise();
        book
    }

    fn take(&mut self, entry: NotebookEntry, later: &mut Later) {
        match entry {
            NotebookEntry::Part { id, at, part } => self.take_part(id, at, part),
            note @ NotebookEntry::Note { .. } => self.notes.extend(Note::of(note)),
            NotebookEntry::Stays { note, until, .. } => later.stays.push((note, until)),
            promise @ NotebookEntry::Promise { .. } => self.promises.extend(Promise::of(promise)),
            look @ NotebookEntry::CheckIn { .. } => self.check_ins.extend(CheckIn::of(look)),
            sitting @ NotebookEntry::Sitting { .. } => {
                self.sittings.extend(SessionReview::of(sitting))
            }
            NotebookEntry::Met {
                at,
                part,
                channel,
                apart,
                script,
                ..
            } => {
                let meeting = Meeting {
                    at,
                    channel,
                    apart,
                    script,
                };
                later.met.push((part, meeting));
            }
            NotebookEntry::Checked {
                at,
                promise,
                how,
                on,
                ..
            } => later.checked.push((promise, PromiseCheck { at, how }, on)),
            NotebookEntry::Merge { .. } | NotebookEntry::Gone { .. } => {}
        }
    }

    fn take_part(&mut self, id: Id, at: WrittenAt, part: Part) {
        if let Some(known) = self
            .places
            .get(&id)
            .and_then(|place| self.parts.get_mut(*place))
        {
            known.part.wipe();
            known.part = part;
            return;
        }
        self.places.insert(id.clone(), self.parts.len());
        self.parts.push(PartNow {
            id,
            part,
            since: at,
            met: Vec::new(),
        });
    }

    fn refer(&mut self, later: Later, ties: &Ties) {
        for (part, meeting) in later.met {
            let place = self.places.get(ties.now(&part));
            if let Some(known) = place.and_then(|place| self.parts.get_mut(*place)) {
                known.met.push(meeting);
            }
        }
        self.stay(later.stays);
        for known in &mut self.parts {
            known.met.sort_by_key(|met| Reverse(met.at.wall));
        }
        let mut promises: HashMap<Id, &mut Promise> = HashMap::new();
        for promise in &mut self.promises {
            promises.insert(promise.id.clone(), promise);
        }
        for (promise, looked, on) in later.checked {
            if let Some(promise) = promises.get_mut(&promise) {
                let again = on.is_some();
                promise.on = left(std::mem::take(&mut promise.on), looked, on);
                promise.done = match looked.how {
                    How::Released => true,
                    How::Kept => promise.on.is_empty() && !again,
                    How::Missed => false,
                };
                promise.looked.push(looked);
            }
        }
    }

    /// Of several notes with the same name the latest one counts, and how long it stays is what was said last.
    fn stay(&mut self, stays: Vec<(Id, Option<Date>)>) {
        let mut latest: HashMap<Id, usize> = HashMap::new();
        for (place, note) in self.notes.iter().enumerate() {
            latest.insert(note.id.clone(), place);
        }
        for (note, until) in stays {
            let place = latest.get(&note);
            if let Some(note) = place.and_then(|place| self.notes.get_mut(*place)) {
                note.until = until;
            }
        }
        let mut place = 0;
        self.notes.retain_mut(|note| {
            let stays = latest.get(&note.id) == Some(&place);
            place += 1;
            if !stays {
                note.words.zeroize();
            }
            stays
        });
    }

    /// Lets everything that names a part name the one that is there now.
    fn resolve(&mut self, ties: &Ties) {
        let here: HashSet<&Id> = self.places.keys().collect();
        let one = |id: &mut Option<Id>| {
            *id = id
                .take()
                .map(|id| ties.now(&id).clone())
                .filter(|id| here.contains(id));
        };
        let many = |ids: &mut Vec<Id>, but: Option<&Id>| {
            let mut seen = HashSet::new();
            *ids = std::mem::take(ids)
                .iter()
                .map(|id| ties.now(id))
                .filter(|id| here.contains(id) && Some(*id) != but && seen.insert((*id).clone()))
                .cloned()
                .collect();
        };
        for known in &mut self.parts {
            let own = Some(&known.id);
            many(&mut known.part.protects, own);
            many(&mut known.part.against, own);
            one(&mut known.part.from);
            for met in &mut known.met {
                many(&mut met.apart, own);
            }
        }
        self.notes.iter_mut().for_each(|note| one(&mut note.part));
        self.promises
            .iter_mut()
            .for_each(|promise| one(&mut promise.part));
    }

    /// Puts the newest first, and lets parts that were merged away be found under what they are now.
    fn sort(&mut self, ties: &Ties) {
        self.parts.retain_mut(|known| {
            let stays = ties.now(&known.id) == &known.id;
            if !stays {
                known.part.wipe();
            }
            stays
        });
        self.parts.sort_by_key(|known| {
            let last = known.met.first().map_or(known.since, |met| met.at);
            Reverse(last.wall)
        });
        let now: HashMap<&Id, usize> = self
            .parts
            .iter()
            .enumerate()
            .map(|(place, known)| (&known.id, place))
            .collect();
        let places = std::mem::take(&mut self.places).into_keys();
        self.places = places
            .filter_map(|id| now.get(ties.now(&id)).map(|place| (*place, id)))
            .map(|(place, id)| (id, place))
            .collect();
        self.notes.sort_by_key(|note| Reverse(note.at.wall));
        self.promises
            .sort_by_key(|promise| Reverse(promise.at.wall));
        self.check_ins
            .sort_by_key(|check_in| Reverse(check_in.at.wall));
        self.sittings
            .sort_by_key(|sitting| Reverse(sitting.at.wall));
    }
}

pub(super) fn sorted(mut days: Vec<Date>) -> Vec<Date> {
    days.sort_unstable();
    days.dedup();
    days
}

/// The days that are left after a promise was looked at again.
pub(super) fn left(days: Vec<Date>, looked: PromiseCheck, new: Option<Vec<Date>>) -> Vec<Date> {
    match (looked.how, new) {
        (How::Released, _) => Vec::new(),
        (How::Kept | How::Missed, Some(new)) => sorted(new),
        (How::Kept | How::Missed, None) => {
            let today = looked.at.day();
            days.into_iter().filter(|day| *day > today).collect()
        }
    }
}
