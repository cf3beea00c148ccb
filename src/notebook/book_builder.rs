//! From entries to what they come to.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use zeroize::Zeroize;

use super::book::{Book, PartNow, PromiseNow};
use super::entry::{
    How, Id, Meeting, NoteExpiry, NotebookEntry, Part, PartMerge, PartRevision, PromiseCheck,
};
use crate::time::date::Date;

/// What was deleted, and which parts turned out to be another one.
pub(super) struct Ties {
    gone: HashSet<Id>,
    into: HashMap<Id, Id>,
    /// What made two parts one, and still does.
    merges: Vec<PartMerge>,
}

impl Ties {
    pub(super) fn of<'a>(entries: impl Iterator<Item = &'a NotebookEntry> + Clone) -> Self {
        let mut gone: HashSet<Id> = HashSet::new();
        let mut merges: Vec<&PartMerge> = Vec::new();
        let mut parts: HashSet<&Id> = HashSet::new();
        for entry in entries {
            if let NotebookEntry::Part(revision) = entry {
                parts.insert(&revision.id);
            }
            if let NotebookEntry::Gone(deletion) = entry {
                gone.insert(deletion.what.clone());
            }
            if let NotebookEntry::Merge(merge) = entry {
                merges.push(merge);
            }
        }
        merges.retain(|merge| !gone.contains(&merge.id));
        // Without their merge, the parts in a deleted part would come up again.
        while let Some(merge) = merges
            .iter()
            .find(|merge| gone.contains(&merge.into) && !gone.contains(&merge.from))
        {
            gone.insert(merge.from.clone());
        }
        let mut ties = Self {
            gone,
            into: HashMap::new(),
            merges: Vec::new(),
        };
        for merge in merges {
            let PartMerge { from, into, .. } = merge;
            // A part that is merged into itself by a detour stays where it is, as does one that would vanish.
            if parts.contains(into) && ties.now(into) != ties.now(from) {
                ties.into
                    .insert(ties.now(from).clone(), ties.now(into).clone());
                ties.merges.push(merge.clone());
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

    /// Whether an entry stays in the file: it says something, or that something is gone, which a copy of the notebook
    /// may not know yet.
    pub(super) fn stays(&self, entry: &NotebookEntry) -> bool {
        matches!(entry, NotebookEntry::Gone(_)) || !self.is_dead(entry)
    }

    /// All that was deleted, also with something else.
    pub(super) fn gone(&self) -> impl Iterator<Item = &Id> {
        self.gone.iter()
    }

    /// Whether an entry says nothing any more: it was deleted, or it is only about something that was.
    pub(super) fn is_dead(&self, entry: &NotebookEntry) -> bool {
        let gone = |id: &Id| self.gone.contains(id);
        gone(entry.id())
            || match entry {
                NotebookEntry::Met(met) => gone(&met.part),
                NotebookEntry::Stays(expiry) => gone(&expiry.note),
                NotebookEntry::Merge(merge) => gone(&merge.from) || gone(&merge.into),
                NotebookEntry::Checked(check) => gone(&check.promise),
                NotebookEntry::Gone(_) => true,
                NotebookEntry::Note(_)
                | NotebookEntry::Part(_)
                | NotebookEntry::Promise(_)
                | NotebookEntry::CheckIn(_)
                | NotebookEntry::Sitting(_) => false,
            }
    }
}

/// What refers to something else, and comes after all that it can refer to: files that two
/// programs wrote at the same time are read in either order.
#[derive(Default)]
struct Later {
    met: Vec<Meeting>,
    checked: Vec<PromiseCheck>,
    stays: Vec<NoteExpiry>,
}

impl Book {
    /// What these entries come to. They stand in the order in which they were written.
    #[must_use]
    pub(crate) fn of(entries: Vec<NotebookEntry>) -> Self {
        let ties = Ties::of(entries.iter());
        Self::tied(entries.into_iter(), &ties)
    }

    /// The same, with what ties these entries.
    pub(super) fn tied(entries: impl Iterator<Item = NotebookEntry>, ties: &Ties) -> Self {
        let mut book = Self::default();
        let mut later = Later::default();
        for mut entry in entries {
            if ties.is_dead(&entry) {
                entry.wipe();
            } else {
                book.take(entry, &mut later);
            }
        }
        book.refer(later, ties);
        book.resolve(ties);
        book.note_merged(ties);
        book.sort(ties);
        book.recognise();
        book
    }

    fn take(&mut self, entry: NotebookEntry, later: &mut Later) {
        match entry {
            NotebookEntry::Part(revision) => self.take_part(revision),
            NotebookEntry::Note(note) => self.notes.push(note),
            NotebookEntry::Stays(expiry) => later.stays.push(expiry),
            NotebookEntry::Promise(made) => self.promises.push(PromiseNow {
                on: sorted(made.on.clone()),
                made,
                looked: Vec::new(),
            }),
            NotebookEntry::CheckIn(check_in) => self.check_ins.push(check_in),
            NotebookEntry::Sitting(review) => self.sittings.push(review),
            NotebookEntry::Met(meeting) => later.met.push(meeting),
            NotebookEntry::Checked(check) => later.checked.push(check),
            NotebookEntry::Merge(_) | NotebookEntry::Gone(_) => {}
        }
    }

    fn take_part(&mut self, PartRevision { id, at, part }: PartRevision) {
        let place = self.places.get(&id);
        if let Some(known) = place.and_then(|place| self.parts.get_mut(*place)) {
            known.before.iter_mut().for_each(Part::wipe);
            known.before = Some(std::mem::replace(&mut known.part, part));
            return;
        }
        self.places.insert(id.clone(), self.parts.len());
        self.parts.push(PartNow {
            id,
            part,
            since: at,
            met: Vec::new(),
            before: None,
            merged: Vec::new(),
        });
    }

    fn refer(&mut self, later: Later, ties: &Ties) {
        for meeting in later.met {
            let place = self.places.get(ties.now(&meeting.part));
            if let Some(known) = place.and_then(|place| self.parts.get_mut(*place)) {
                known.met.push(meeting);
            }
        }
        self.stay(later.stays);
        for known in &mut self.parts {
            known.met.sort_by_key(|met| Reverse(met.at.wall));
        }
        let mut promises: HashMap<Id, &mut PromiseNow> = HashMap::new();
        for promise in &mut self.promises {
            promises.insert(promise.made.id.clone(), promise);
        }
        for check in later.checked {
            if let Some(promise) = promises.get_mut(&check.promise) {
                promise.on = left(std::mem::take(&mut promise.on), &check);
                promise.looked.push(check);
            }
        }
    }

    /// Of several notes with the same name the latest one counts, and how long it stays is what was said last.
    fn stay(&mut self, stays: Vec<NoteExpiry>) {
        let mut latest: HashMap<Id, usize> = HashMap::with_capacity(self.notes.len());
        for (place, note) in self.notes.iter().enumerate() {
            latest.insert(note.id.clone(), place);
        }
        for NoteExpiry { note, until, .. } in stays {
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
            let moved = id
                .as_ref()
                .and_then(|id| ties.into.contains_key(id).then(|| ties.now(id)));
            if let Some(now) = moved.cloned() {
                *id = Some(now);
            }
            if id.as_ref().is_some_and(|id| !here.contains(id)) {
                *id = None;
            }
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
            many(&mut known.part.afraid_of, own);
            many(&mut known.part.wants_of, own);
            one(&mut known.part.from);
            for met in &mut known.met {
                many(&mut met.apart, own);
            }
        }
        self.notes.iter_mut().for_each(|note| one(&mut note.part));
        self.promises
            .iter_mut()
            .for_each(|promise| one(&mut promise.made.part));
    }

    /// Notes on every part which others turned out to be it, so that this can be taken back.
    fn note_merged(&mut self, ties: &Ties) {
        for PartMerge { id, from, .. } in &ties.merges {
            let name = self.places.get(from).and_then(|at| self.parts.get(*at));
            let name = name.map(PartNow::called);
            let into = self.places.get(ties.now(from)).copied();
            let into = into.filter(|_| ties.now(from) != from);
            if let (Some(name), Some(known)) = (name, into.and_then(|at| self.parts.get_mut(at))) {
                known.merged.push((id.clone(), name));
            }
        }
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
            .sort_by_key(|promise| Reverse(promise.made.at.wall));
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
pub(super) fn left(days: Vec<Date>, check: &PromiseCheck) -> Vec<Date> {
    match (check.how, &check.on) {
        (How::Released, _) => Vec::new(),
        (How::Kept | How::Missed, Some(new)) => sorted(new.clone()),
        (How::Kept | How::Missed, None) => {
            let today = check.at.day();
            days.into_iter().filter(|day| *day > today).collect()
        }
    }
}
