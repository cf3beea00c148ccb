//! What a session writes into people's notebooks. It has no words of them: they pass through, and are sealed at once.

use crate::notebook::{Added, At, Entry, How, Id, Notebook, Notebooks, dates};
use crate::script::Who;
use crate::session::begin::Begin;
use crate::session::intent::{Kept, Outline};
use crate::session::own::{Again, Became, KeptOwn, Own};
use crate::session::time::Moment;
use crate::shown::Shown;

/// The notebooks of the people who sit here, in their order; nothing for somebody who has none.
#[derive(Debug, Default)]
pub(super) struct Pages {
    notebooks: Vec<Option<Notebook>>,
    script: String,
    /// What was written since the program began, so that it can be taken back.
    written: Vec<Written>,
    /// Who keeps nothing of today.
    declined: Vec<Who>,
}

#[derive(Debug)]
struct Written {
    who: Who,
    promise: bool,
    added: Added,
}

impl Pages {
    /// The notebooks of the people of this session.
    pub(super) fn of(begin: &Begin, notebooks: &Notebooks) -> Self {
        let has = |(who, name): (usize, &String)| {
            // Who had none when the session began is not asked for one now.
            let had = begin.notebooks.get(who).copied().unwrap_or(false);
            had.then(|| notebooks.of(name).ok().flatten()).flatten()
        };
        Self {
            notebooks: begin.people.iter().enumerate().map(has).collect(),
            script: begin.script.clone(),
            written: Vec::new(),
            declined: Vec::new(),
        }
    }

    /// Who has a notebook here that can be written to.
    pub(super) fn who(names: &[String], notebooks: &Notebooks) -> Vec<bool> {
        let has = |name: &String| matches!(notebooks.of(name), Ok(Some(_)));
        let all: Vec<bool> = names.iter().map(has).collect();
        if all.contains(&true) { all } else { Vec::new() }
    }

    /// Writes it down, durably.
    ///
    /// # Errors
    /// A sentence; then nothing was written.
    pub(super) fn keep(&mut self, who: Who, own: &Own, now: Moment) -> Result<(), Shown> {
        let Some(Some(notebook)) = self.notebooks.get(who.index()) else {
            return Ok(());
        };
        let at = At {
            wall: now.wall,
            offset: now.offset,
        };
        let entry = match own {
            Own::Note(words) => Entry::Note {
                id: Id::new(),
                at,
                words: words.trim_end().to_owned(),
                part: None,
                session: Some(self.script.clone()),
                until: None,
            },
            Own::Promise(vow) => Entry::Promise {
                id: Id::new(),
                at,
                words: vow.words.trim().to_owned(),
                part: None,
                called: vow.called.to_string(),
                cue: vow.cue.to_string(),
                on: days(vow.again, now),
                therapist: false,
            },
            Own::Looked {
                promise,
                became,
                after,
            } => {
                let Some(promise) = Id::of(promise) else {
                    return Ok(());
                };
                let checked = Entry::Checked {
                    id: Id::new(),
                    at,
                    promise,
                    how: match became {
                        Became::Kept => How::Kept,
                        Became::Missed => How::Missed,
                        Became::Released => How::Released,
                    },
                    on: after.map(|days| vec![now.day().after(days)]),
                };
                return notebook.add(&[checked]).map(drop);
            }
            Own::Keep(kept) => return self.take_back(who, *kept),
        };
        let promise = matches!(own, Own::Promise(_));
        let added = notebook.add(&[entry])?;
        self.written.push(Written {
            who,
            promise,
            added,
        });
        Ok(())
    }

    /// Puts the session into the notebook of each person who has one, and keeps what they choose: a line for looking
    /// back. When a program that was cut off does this again, the same line is there once.
    pub(super) fn look_back(&self, outline: &Outline) -> Option<Shown> {
        if outline.kept != Kept::Outline {
            return None;
        }
        let people = outline.people.iter().enumerate();
        let kept = people.filter_map(|(at, name)| {
            let who = Who::at(at);
            let notebook = self.notebooks.get(at)?.as_ref()?;
            let felt = outline.felt.get(at).copied().unwrap_or_default();
            let seed = outline.began.unsigned_abs().wrapping_mul(64);
            let id = Id::drawn(&mut fastrand::Rng::with_seed(seed | who.index() as u64));
            let others = outline.people.iter().filter(|other| *other != name);
            let sitting = Entry::Sitting {
                id,
                at: At {
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
            };
            (!self.declined.contains(&who)).then(|| notebook.add(&[sitting]).err())
        });
        kept.collect::<Vec<_>>().into_iter().flatten().next()
    }

    /// Takes back what somebody does not want to keep. What was written before a crash stays: only its owner can
    /// read which it was.
    fn take_back(&mut self, who: Who, kept: KeptOwn) -> Result<(), Shown> {
        let Some(Some(notebook)) = self.notebooks.get(who.index()) else {
            return Ok(());
        };
        if kept == KeptOwn::Nothing {
            self.declined.push(who);
        }
        let goes = |one: &Written| {
            one.who == who
                && match kept {
                    KeptOwn::All => false,
                    KeptOwn::Promises => !one.promise,
                    KeptOwn::Nothing => true,
                }
        };
        let (gone, stays) = std::mem::take(&mut self.written)
            .into_iter()
            .partition(goes);
        self.written = stays;
        let gone: Vec<Written> = gone;
        gone.into_iter()
            .try_for_each(|one| notebook.take_back(one.added))
    }
}

fn days(again: Again, now: Moment) -> Vec<crate::date::Date> {
    let today = now.day();
    match again {
        Again::Usual => dates::proposed(today),
        Again::Tomorrow => vec![today.after(1)],
        Again::Week => vec![today.after(7)],
        Again::Never => Vec::new(),
    }
}
