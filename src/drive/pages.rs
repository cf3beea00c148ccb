//! What a session writes into people's notebooks. It has no words of them: they pass through, and are sealed at once.

use crate::notebook::{Added, At, Entry, Id, Notebook, Notebooks, dates};
use crate::script::Who;
use crate::session::begin::Begin;
use crate::session::own::{Again, KeptOwn, Own};
use crate::session::time::Moment;
use crate::shown::Shown;

/// The notebooks of the people who sit here, in their order; nothing for somebody who has none.
#[derive(Debug, Default)]
pub(super) struct Pages {
    notebooks: Vec<Option<Notebook>>,
    script: String,
    /// What was written since the program began, so that it can be taken back.
    written: Vec<Written>,
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
            Own::Promise(words, again) => Entry::Promise {
                id: Id::new(),
                at,
                words: words.trim().to_owned(),
                part: None,
                cue: String::new(),
                on: days(*again, now),
                therapist: false,
            },
            Own::Keep(kept) => return self.take_back(who, *kept),
        };
        let promise = matches!(own, Own::Promise(..));
        let added = notebook.add(&[entry])?;
        self.written.push(Written {
            who,
            promise,
            added,
        });
        Ok(())
    }

    /// Takes back what somebody does not want to keep. What was written before a crash stays: only its owner can
    /// read which it was.
    fn take_back(&mut self, who: Who, kept: KeptOwn) -> Result<(), Shown> {
        let Some(Some(notebook)) = self.notebooks.get(who.index()) else {
            return Ok(());
        };
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
