//! What a session writes into people's notebooks. It has no words of them: they pass through, and are sealed at once.

use crate::notebook::{
    AppendedFile, Deletion, How, Id, Letter, Note, NoteExpiry, Notebook, NotebookEntry, Notebooks,
    Promise, PromiseCheck, SessionReview, WrittenAt, dates,
};
use crate::notebook_ui::ANSWER_DAYS;
use crate::script::Who;
use crate::session::intent::{KeepChoice, Outline};
use crate::session::own_entry::{CheckBack, KeptNotes, NotesLifetime, OwnEntry, PromiseOutcome};
use crate::session::setup::Begin;
use crate::session::steps::own_notes::NotesWritten;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::moment::Moment;

use zeroize::Zeroizing;

/// The scripts in which a letter is written, and answered.
const LETTER: &str = "note-exchange";
const ANSWER: &str = "note-answer";

/// The notebooks of the people who sit here, in their order; nothing for somebody who has none.
#[derive(Debug, Default)]
pub(super) struct SessionNotes {
    notebooks: Vec<Option<Notebook>>,
    /// Who had one when the session began, and is asked for words for it: it may be at another terminal, or gone.
    had: Vec<bool>,
    script: String,
    /// When the session began, in milliseconds since 1970 UTC.
    began: i64,
    /// What was written since the program began, so that it can be taken back.
    written: Vec<PendingWrite>,
    /// Who keeps nothing of today.
    declined: Vec<Who>,
    /// The page of questions that somebody alone answers in writing.
    page: Option<AnswerPage>,
}

/// A page of questions and answers, as long as the program has its words: it is one note, written anew with each of
/// them. After a crash nobody here can read it, and another page is begun.
#[derive(Debug)]
struct AnswerPage {
    /// Which one of the session, counted from 1.
    nth: usize,
    at: WrittenAt,
    words: Zeroizing<String>,
}

#[derive(Debug)]
struct PendingWrite {
    id: Id,
    added: AppendedFile,
}

/// A line in somebody's notebook. Its name is drawn from what it is and when it was written, the same after a crash as
/// before it: so that it is there once, and what was written before can be taken back. The moment keeps apart what a
/// log that could not be written would count alike.
#[derive(Clone, Copy)]
enum NotebookOwner {
    /// The line for looking back.
    Sitting,
    /// A note: which one of somebody, counted from 1, and when.
    Note(usize, i64),
    /// A promise.
    Promise(usize, i64),
    /// A page of answers: which one, counted from 1.
    Page(usize),
}

impl SessionNotes {
    /// The notebooks of the people of this session.
    pub(super) fn of(begin: &Begin, notebooks: &Notebooks) -> Self {
        let has = |(who, name): (usize, &String)| {
            // Who had none when the session began is not asked for one now.
            let had = begin.notebooks.get(who).copied().unwrap_or(false);
            had.then(|| notebooks.of(name).ok().flatten()).flatten()
        };
        Self {
            notebooks: begin.people.iter().enumerate().map(has).collect(),
            had: begin.notebooks.clone(),
            script: begin.script.clone(),
            began: begin.at.wall,
            written: Vec::new(),
            declined: Vec::new(),
            page: None,
        }
    }

    /// Only this person sits here: nobody else's notebook is written to, whatever it is called.
    pub(super) fn only(&mut self, who: Who, begin: &Begin, notebooks: &Notebooks) {
        *self = Self::of(begin, notebooks);
        for (at, notebook) in self.notebooks.iter_mut().enumerate() {
            if at != who.index() {
                *notebook = None;
            }
        }
    }

    /// Who has a notebook here that can be written to.
    pub(super) fn who(names: &[String], notebooks: &Notebooks) -> Vec<bool> {
        let has = |name: &String| matches!(notebooks.of(name), Ok(Some(_)));
        let all: Vec<bool> = names.iter().map(has).collect();
        if all.contains(&true) { all } else { Vec::new() }
    }

    /// Whether what is written is a letter.
    fn is_letter(&self) -> bool {
        [LETTER, ANSWER].contains(&self.script.as_str())
    }

    fn name_of(&self, who: Who, what: NotebookOwner) -> Id {
        let seed = self.began.unsigned_abs().wrapping_mul(64);
        let mut chance = fastrand::Rng::with_seed(seed | who.index() as u64);
        let (draws, moment) = match what {
            NotebookOwner::Sitting => (0, 0),
            NotebookOwner::Note(nth, moment) => (nth.saturating_mul(2), moment),
            NotebookOwner::Promise(nth, moment) => {
                (nth.saturating_mul(2).saturating_add(1), moment)
            }
            NotebookOwner::Page(nth) => (1, i64::try_from(nth).unwrap_or(i64::MAX)),
        };
        let kind = (0..=draws).fold(0, |_, _| chance.u64(..));
        Id::drawn(&mut fastrand::Rng::with_seed(kind ^ moment.unsigned_abs()))
    }

    /// Writes it down, durably. `wrote` is what this person wrote in the whole session, this included.
    ///
    /// # Errors
    /// A sentence; then nothing was written.
    pub(super) fn keep(
        &mut self,
        who: Who,
        own: &OwnEntry,
        wrote: NotesWritten,
        now: Moment,
    ) -> Result<(), SafeText> {
        let Some(Some(notebook)) = self.notebooks.get(who.index()) else {
            // Words that were typed for a notebook are never dropped without a word.
            let words_of_it = matches!(own, OwnEntry::Note(_) | OwnEntry::Promise(_));
            return match words_of_it && self.had.get(who.index()) == Some(&true) {
                true => Err(SafeText::new(words().session.no_notebook_here)),
                false => Ok(()),
            };
        };
        let at = WrittenAt {
            wall: now.wall,
            offset: now.offset,
        };
        let entry = match own {
            OwnEntry::Note(words) => NotebookEntry::Note(Note {
                id: self.name_of(who, NotebookOwner::Note(wrote.notes.len(), now.wall)),
                session: Some(self.script.clone()),
                letter: self.is_letter().then(Letter::default),
                until: (self.script == ANSWER).then(|| now.day().after(ANSWER_DAYS)),
                ..Note::new(at, words.trim_end().to_owned())
            }),
            OwnEntry::Promise(vow) => NotebookEntry::Promise(Promise {
                id: self.name_of(who, NotebookOwner::Promise(wrote.promises.len(), now.wall)),
                at,
                words: vow.words.trim().to_owned(),
                part: None,
                called: vow.called.to_string(),
                cue: vow.cue.to_string(),
                on: days(vow.again, now),
                therapist: vow.again == CheckBack::Professional,
            }),
            OwnEntry::Looked {
                promise,
                became,
                after,
            } => {
                let Some(promise) = Id::of(promise) else {
                    return Ok(());
                };
                let checked = NotebookEntry::Checked(PromiseCheck {
                    id: Id::new(),
                    at,
                    promise,
                    how: match became {
                        PromiseOutcome::Kept => How::Kept,
                        PromiseOutcome::Missed => How::Missed,
                        PromiseOutcome::Released => How::Released,
                    },
                    on: after.map(|days| vec![now.day().after(days)]),
                });
                return notebook.add(&[checked]).map(drop);
            }
            OwnEntry::Answer { asked, words } => {
                return self.answer(who, asked, words, (wrote.pages, true), at);
            }
            OwnEntry::Keep { what, stay } => return self.settle(who, (*what, *stay), &wrote, at),
        };
        let id = entry.id().clone();
        let added = notebook.add(&[entry])?;
        self.written.push(PendingWrite { id, added });
        Ok(())
    }

    /// Writes an answer down under its question, durably: one that is entered, or what of it stands there now. `page` is
    /// how many of them were begun in the whole session.
    ///
    /// # Errors
    /// A sentence; then what was written before is still there.
    pub(super) fn answer(
        &mut self,
        who: Who,
        asked: &SafeText,
        words: &str,
        (nth, entered): (usize, bool),
        at: WrittenAt,
    ) -> Result<(), SafeText> {
        let page = self.page.get_or_insert_with(|| AnswerPage {
            nth,
            at,
            words: Zeroizing::default(),
        });
        let gap = if page.words.is_empty() { "" } else { "\n\n" };
        let answer = [&**page.words, gap, asked.as_str(), "\n", words.trim_end()];
        let all = Zeroizing::new(answer.concat());
        self.put_page(who, &all)?;
        if let Some(page) = self.page.as_mut().filter(|_| entered) {
            page.words = all;
        }
        Ok(())
    }

    /// What was begun there and not entered goes.
    ///
    /// # Errors
    /// A sentence; then it is still there.
    pub(super) fn leave_answer(&mut self, who: Who) -> Result<(), SafeText> {
        let Some(page) = &self.page else {
            return Ok(());
        };
        if !page.words.is_empty() {
            let words = page.words.clone();
            return self.put_page(who, &words);
        }
        let id = self.name_of(who, NotebookOwner::Page(page.nth));
        let (Some(Some(notebook)), Some(place)) = (
            self.notebooks.get(who.index()),
            self.written.iter().position(|one| one.id == id),
        ) else {
            return Ok(());
        };
        notebook.take_back(&self.written[place].added)?;
        self.written.remove(place);
        self.page = None;
        Ok(())
    }

    /// The page in the place of the one before.
    fn put_page(&mut self, who: Who, words: &str) -> Result<(), SafeText> {
        let (Some(Some(notebook)), Some(page)) = (self.notebooks.get(who.index()), &self.page)
        else {
            return Ok(());
        };
        let id = self.name_of(who, NotebookOwner::Page(page.nth));
        let added = notebook.add(&[NotebookEntry::Note(Note {
            id: id.clone(),
            session: Some(self.script.clone()),
            ..Note::new(page.at, words.to_owned())
        })])?;
        if let Some(place) = self.written.iter().position(|one| one.id == id) {
            // Where the notebook was opened meanwhile it is part of the book; there the newest counts.
            let _ = notebook.take_back(&self.written[place].added);
            self.written.remove(place);
        }
        self.written.push(PendingWrite { id, added });
        Ok(())
    }

    /// Puts the session into the notebook of each person who has one, and keeps what they choose: a line for looking
    /// back. When a program that was cut off does this again, the same line is there once.
    pub(super) fn look_back(&self, outline: &Outline) -> Option<SafeText> {
        if outline.kept != KeepChoice::Outline {
            return None;
        }
        let people = outline.people.iter().enumerate();
        let kept = people.filter_map(|(at, name)| {
            let who = Who::at(at);
            let notebook = self.notebooks.get(at)?.as_ref()?;
            let felt = outline.felt.get(at).copied().unwrap_or_default();
            let id = self.name_of(who, NotebookOwner::Sitting);
            let others = outline.people.iter().filter(|other| *other != name);
            let sitting = NotebookEntry::Sitting(SessionReview {
                id,
                at: WrittenAt {
                    wall: outline.began,
                    offset: outline.offset,
                },
                script: outline.script.clone(),
                with: others.cloned().collect(),
                minutes: u16::try_from(outline.minutes).unwrap_or(u16::MAX),
                before: felt.before,
                after: felt.after,
                resourced_before: felt.carry_before,
                resourced_after: felt.carry_after,
            });
            (!self.declined.contains(&who)).then(|| notebook.add(&[sitting]).err())
        });
        kept.collect::<Vec<_>>().into_iter().flatten().next()
    }

    /// Takes back what somebody does not want to keep, and says in their notebook how long their notes stay. What was
    /// written since the program began goes from the disk at once; what was written before a crash goes when its owner
    /// opens the notebook, for nobody else can read which words it was.
    fn settle(
        &mut self,
        who: Who,
        (what, stay): (KeptNotes, NotesLifetime),
        wrote: &NotesWritten,
        at: WrittenAt,
    ) -> Result<(), SafeText> {
        let Some(Some(notebook)) = self.notebooks.get(who.index()).cloned() else {
            return Ok(());
        };
        let notes = (1..).zip(&wrote.notes);
        let notes = notes.map(|(nth, at)| self.name_of(who, NotebookOwner::Note(nth, *at)));
        let notes: Vec<Id> = notes.collect();
        // All that this program wrote stands on its first page; where it was cut off before, there is one more.
        let last = self.page.as_ref().map_or(wrote.pages, |page| page.nth);
        let pages = (1..=last).map(|nth| self.name_of(who, NotebookOwner::Page(nth)));
        let pages = pages.filter(|_| wrote.answered);
        let notes: Vec<Id> = pages.chain(notes).collect();
        let promises = (1..).zip(&wrote.promises);
        let promises =
            promises.map(|(nth, at)| self.name_of(who, NotebookOwner::Promise(nth, *at)));
        let promises: Vec<Id> = promises.collect();
        let (stays, goes) = match what {
            KeptNotes::All => (notes, Vec::new()),
            KeptNotes::Promises => (Vec::new(), notes),
            KeptNotes::Notes => (notes, promises),
            KeptNotes::Nothing => (Vec::new(), [notes, promises].concat()),
        };
        let mut entries = Vec::new();
        // The last one first: with each, the days for home are again what they were before it.
        for id in goes.into_iter().rev() {
            match self.written.iter().find(|one| one.id == id) {
                // It stays listed until it is gone: whoever is refused chooses again.
                Some(one) => {
                    notebook.take_back(&one.added)?;
                    self.written.retain(|one| one.id != id);
                }
                None => entries.push(NotebookEntry::Gone(Deletion {
                    id: Id::new(),
                    at,
                    what: id,
                })),
            }
        }
        let until = stay.days().map(|days| at.day().after(days));
        entries.extend(stays.into_iter().filter(|_| until.is_some()).map(|note| {
            let id = Id::new();
            NotebookEntry::Stays(NoteExpiry {
                id,
                at,
                note,
                until,
            })
        }));
        if !entries.is_empty() {
            notebook.add(&entries)?;
        }
        if what == KeptNotes::Nothing {
            self.declined.push(who);
        }
        Ok(())
    }
}

fn days(again: CheckBack, now: Moment) -> Vec<crate::time::date::Date> {
    let today = now.day();
    match again {
        CheckBack::Usual | CheckBack::Professional => dates::proposed(today),
        CheckBack::Tomorrow => vec![today.after(1)],
        CheckBack::Week => vec![today.after(7)],
        CheckBack::Never => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::Keeping;
    use crate::rehearsal::{EVENING, pretend_begin};
    use crate::script::shipped;

    /// Whoever goes on alone where two terminals were joined sits before the other one's questions, too.
    #[test]
    fn words_for_a_notebook_that_is_not_here_are_refused_and_not_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let notebooks = Notebooks::at(folder.path().join("notebooks"));
        let mut begin = pretend_begin(&shipped()[0], 60, 0, EVENING);
        notebooks.create(&begin.people[0], &Keeping::Plain).unwrap();
        let note = OwnEntry::Note("what came".into());
        let keep = |begin: &Begin, who| {
            let mut pages = SessionNotes::of(begin, &notebooks);
            pages.keep(Who(who), &note, NotesWritten::default(), EVENING)
        };
        begin.notebooks = vec![true, true];
        assert_eq!(keep(&begin, 0), Ok(()));
        let told = keep(&begin, 1).unwrap_err();
        assert!(told.as_str().contains("not on this machine"), "{told}");
        // Who has none is asked for nothing that would be written.
        begin.notebooks = vec![true, false];
        assert_eq!(keep(&begin, 1), Ok(()));
    }
}
