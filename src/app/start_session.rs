//! How a session begins, and the rehearsal of one.

use std::path::Path;
use std::sync::Arc;

use crate::home::Setup;
use crate::notebook::Id;
use crate::notebook_ui;
use crate::rehearsal;
use crate::script::Script;
use crate::session::Session;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::ListItem;
use crate::session::setup::Begin;
use crate::session_log::Log;
use crate::storage::{FolderLock, StorageError};
use crate::text::safe_text::SafeText;
use crate::time::clock::{FastClock, TimeSource};

use super::running_session::{RunningSession, switches};
use super::{AfterSession, Program, ResumeError, home_loader, notebook_writer, refused};

impl Program {
    /// Walks a script on a fast clock, with nothing kept.
    ///
    /// # Errors
    /// A sentence, when the script does not fit these minutes.
    pub(super) fn rehearse(
        &mut self,
        script: &Arc<Script>,
        minutes: u16,
        speed: u32,
    ) -> Result<(), SafeText> {
        let clock = FastClock::new(speed);
        let mut begin = rehearsal::pretend_begin(script, minutes, 0, clock.now());
        if self.people.by_ear(None) {
            begin.known.by_ear = vec![true; begin.people.len()];
        }
        let session = Session::begin(script, begin)
            .map_err(|short| home_loader::too_short(short.shortest))?;
        self.sit(RunningSession::rehearsal(session, Box::new(clock)));
        Ok(())
    }

    /// Walks a script with nothing kept, and ends with it.
    ///
    /// # Errors
    /// A sentence, when the script does not fit these minutes.
    pub(crate) fn rehearse_only(
        &mut self,
        script: &Arc<Script>,
        minutes: u16,
        speed: u32,
    ) -> Result<(), SafeText> {
        self.afterwards = AfterSession::Out;
        self.rehearse(script, minutes, speed)
    }

    pub(super) fn begin(&mut self, setup: Setup) -> Result<(), Refused> {
        let from = self.where_left(&setup.people);
        self.begin_from(setup, from, Log::create)
    }

    /// Begins a session with what its person's notebook says of where they left off.
    pub(super) fn begin_from(
        &mut self,
        setup: Setup,
        from: LeftOff,
        log: NewLog,
    ) -> Result<(), Refused> {
        self.begin_with(setup, from, log, None)
    }

    /// The same, where these others sit at their own terminals, each with a notebook there or none.
    pub(super) fn begin_with(
        &mut self,
        setup: Setup,
        from: LeftOff,
        log: NewLog,
        guests: Option<&[(usize, bool)]>,
    ) -> Result<(), Refused> {
        let Some(script) = self.scripts.find(&setup.script).cloned() else {
            return refused(self.scripts.unknown(&setup.script));
        };
        if !self.people.seen_notice() {
            // Whatever way led here: nobody begins a session who has not read what this is and for whom it is not.
            self.go_home();
            self.waits = Some(Waiting { setup, from, log });
            return Ok(());
        }
        let (lock, place) = FolderLock::if_possible(&self.folders.sessions())
            .map_err(|busy| Refused(ResumeError::of(busy).sentence()))?;
        let clock = self.clock.anew();
        let at = clock.now();
        let (agreement, mut known) = self.known(&setup.people);
        known.promise = from.promise.map(|id| id.as_str().to_owned());
        known.only_greets = from.only_greets;
        let mut notebooks = notebook_writer::SessionNotes::who(&setup.people, &self.notebooks());
        if let Some(guests) = guests {
            // How somebody would like to be accompanied stays where it was written, until they say it again.
            known.cards.clear();
            known.by_ear = self.own_words(&setup.people, 0);
            notebooks.resize(setup.people.len(), false);
            for (who, theirs) in guests {
                if let Some(notebook) = notebooks.get_mut(*who) {
                    *notebook = *theirs;
                }
            }
        }
        let begin = Begin {
            script: script.name.clone(),
            hash: script.hash.clone(),
            file: script.file.clone(),
            people: setup.people,
            length: setup.length,
            first: setup.first,
            agreement,
            wording: setup.wording,
            known,
            notebooks,
            // The coin needs chance that nobody can foresee at the table, not more.
            seed: at.wall.unsigned_abs(),
            at,
        };
        let session = Session::begin(&script, begin.clone())
            .map_err(|short| Refused(home_loader::too_short(short.shortest)))?;
        let log =
            log(&self.folders.sessions(), &begin).map_err(|trouble| Refused(trouble.sentence()))?;
        let mut running = RunningSession::new(session, clock, log, lock, &self.notebooks());
        // The clock is switched as people would switch it, so that the log tells the same when it is told again.
        // Where each has a terminal of their own, each has a clock of their own.
        let switches = match guests {
            Some(_) => 0,
            None => switches(self.settings.clock, script.clock),
        };
        for _ in 0..switches {
            running.ask(Intent::Clock)?;
        }
        running.lay_left(from.lines);
        running.lay_notice(place);
        self.sit(running);
        Ok(())
    }

    /// The notices were read: what had to wait for that begins.
    pub(super) fn begin_what_waits(&mut self) -> Result<(), Refused> {
        match self.waits.take() {
            Some(Waiting { setup, from, log }) => self.begin_from(setup, from, log),
            None => Ok(()),
        }
    }

    /// What can be known without a passphrase: a notebook that is not sealed is read; of a sealed one, which promise
    /// waits, where it is one alone.
    fn where_left(&self, people: &[String]) -> LeftOff {
        let [name] = people else {
            return LeftOff::default();
        };
        let Ok(Some(notebook)) = self.notebooks().of(name) else {
            return LeftOff::default();
        };
        let today = self.clock.now().day();
        let mut due = notebook.due().unwrap_or_default();
        due.retain(|promise| promise.on.first().is_some_and(|on| *on <= today));
        let promise = match due.as_slice() {
            [only] => Some(only.promise.clone()),
            _ => None,
        };
        let open = (!notebook.is_sealed()).then(|| notebook.open(None).ok());
        let open = open.flatten();
        let both = open.as_ref().zip(promise.as_ref());
        let only_greets = both.is_some_and(|(open, promise)| open.book().only_greets(promise));
        let lines = open.map(|open| notebook_ui::left_off(open.book(), promise.as_ref(), today));
        LeftOff {
            lines: lines.unwrap_or_default(),
            only_greets,
            promise,
        }
    }
}

/// How the log of a session is begun.
pub(super) type NewLog = fn(&Path, &Begin) -> Result<Log, StorageError>;

/// A session that begins once the first-run notices were read.
pub(super) struct Waiting {
    setup: Setup,
    from: LeftOff,
    log: NewLog,
}

/// No word of somebody's notebook: `Debug` ends up in panics.
impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Waiting")
    }
}

/// Where somebody left off.
#[derive(Default)]
pub(super) struct LeftOff {
    /// The promise that they come back to.
    pub(crate) promise: Option<Id>,
    /// Whether that is to a part that waits for a professional.
    pub(crate) only_greets: bool,
    /// What they see of it in the session, on their own screen alone.
    pub(crate) lines: Vec<ListItem>,
}
