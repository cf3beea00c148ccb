//! One person's pages while they are open: the notebook, and what the pages ask of it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::begin::{LeftOff, NewLog};
use super::listed::{due, known};
use super::writing::Writing;
use super::{Floor, Program, own, refused, takeout};
use crate::care::own::Own;
use crate::journal::Log;
use crate::lobby::{Due, Setup};
use crate::notebook::{self, At, Closed, Draft, Entry, Id, Keeping, Notebooks, Passphrase};
use crate::script::Who;
use crate::session::begin::Length;
use crate::session::intent::{Intent, Refused, Said};
use crate::session::scene::Scene;
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::study::{self, Goal, Known, Open, Request, Shelf, Study};
use crate::words::words;
use crate::{clock, files};

/// After how long without a key a notebook locks itself (reliability.md P2).
const IDLE: Duration = Duration::from_secs(5 * 60);

/// The script for somebody who is shaken and alone (content.md T2.5, S11).
const AFTER_A_TRIGGER: &str = "after-a-trigger";

/// The pages of one person, and the notebook that lies open under them.
#[derive(Debug)]
pub(super) struct Desk {
    study: Study,
    open: Option<notebook::Open>,
    /// The page that was begun in it and is not kept yet.
    begun: Option<Draft>,
    /// What stands on the page that is being written.
    writing: Writing,
    known: Vec<Known>,
    own: Vec<Own>,
    /// What scripts are called, by their names.
    titles: BTreeMap<String, Shown>,
    /// The folder that the program was started in.
    folder: Shown,
    /// What there is to say about the place where notebooks are made.
    place: Option<Shown>,
    /// When somebody was here last: a key, a line, a question.
    touched: Moment,
    /// What was said when the notebook was opened (a damaged line was put aside).
    notice: Option<Shown>,
}

impl Desk {
    fn shelf(&self, now: Moment) -> Shelf<'_> {
        Shelf {
            notebooks: &self.known,
            open: self.open.as_ref().map(|open| Open {
                name: open.notebook().name(),
                sealed: open.notebook().is_sealed(),
                book: open.book(),
                begun: self.begun.as_ref(),
            }),
            own: &self.own,
            titles: &self.titles,
            folder: &self.folder,
            place: self.place.as_ref(),
            now,
            walls: clock::walls_of_local,
        }
    }

    pub(super) fn scene(&self, now: Moment) -> Scene {
        self.study.scene(&self.shelf(now))
    }

    fn write(&mut self, entries: &[Entry]) -> Result<(), Refused> {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        for entry in entries {
            let added = open.write(entry).map_err(Refused)?;
            self.notice = added.trouble().cloned();
        }
        if entries
            .iter()
            .any(|entry| matches!(entry, Entry::Note { .. }))
        {
            // The page is kept. A draft of the same words that can't be removed now is not offered again.
            let _ = self.let_go();
        }
        Ok(())
    }

    /// A notebook was opened: notes whose days are over go, and what was begun in it is there again.
    fn opens(&mut self, mut open: notebook::Open, now: Moment) -> Result<(), Refused> {
        open.expire(now.day()).map_err(Refused)?;
        let begun = open.draft();
        let said = open.take_said().into_iter().next();
        self.notice = said.or(begun.as_ref().err().cloned());
        self.begun = begun.unwrap_or_default();
        self.open = Some(open);
        Ok(())
    }

    /// Looks at the page that is there now: what stands on it at first is on the disk.
    fn take_page(&mut self) {
        if let (Some(_), Some(begun)) = (self.study.writes(), &self.begun) {
            self.writing = Writing::of(&begun.words);
        } else if self.study.writes().is_none() {
            self.writing = Writing::default();
        }
    }

    /// Lets the page that was begun go.
    pub(super) fn let_go(&mut self) -> Result<(), Refused> {
        (self.begun, self.writing) = (None, Writing::default());
        let dropped = self.open.as_ref().map(notebook::Open::drop_draft);
        dropped.unwrap_or(Ok(())).map_err(Refused)
    }

    /// Somebody writes on a page: this is what stands there now. A line that was entered goes to the disk at once.
    pub(super) fn written(&mut self, words: &str, entered: bool, now: Moment) {
        if self.study.writes().is_none() {
            return;
        }
        self.writing.typed(words, now);
        if entered || self.writing.next_wake(now) == Some(Duration::ZERO) {
            self.keep_begun(now);
        }
    }

    /// Puts what stands on the page on the disk, where it is not there yet. What goes wrong stands as a notice.
    pub(super) fn keep_begun(&mut self, now: Moment) {
        let (Some(open), Some(part), Some(words)) =
            (&self.open, self.study.writes(), self.writing.unkept())
        else {
            return;
        };
        let at = At {
            wall: now.wall,
            offset: now.offset,
        };
        let draft = (!words.trim().is_empty()).then(|| Draft {
            at,
            words: words.to_owned().into(),
            part: part.cloned(),
        });
        let kept = match &draft {
            Some(draft) => open.keep_draft(draft),
            None => open.drop_draft(),
        };
        match kept {
            Ok(()) => {
                if self.writing.is_kept() {
                    self.notice = None;
                }
                self.begun = draft;
            }
            Err(why) => {
                self.writing.is_refused(now);
                self.notice = Some(why);
            }
        }
    }

    fn rekey(&mut self, old: &Said, new: &Said) -> Result<(), Refused> {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let (old, new) = (passphrase(old), passphrase(new));
        open.change_passphrase(&old, &new).map_err(closed)
    }

    /// The notebook is closed; what stands on a page is kept first.
    fn lock(&mut self, now: Moment) {
        self.keep_begun(now);
        (self.open, self.begun) = (None, None);
        self.writing = Writing::default();
    }

    /// What is said before something is asked that takes longer than a moment.
    pub(super) fn takes_a_while(&self, intent: &Intent) -> Option<Shown> {
        self.study.takes_a_while(intent)
    }

    pub(super) fn standing(&self) -> Option<Shown> {
        self.notice.clone()
    }

    /// How long until the notebook locks itself, where one is open.
    fn idle(&self, now: Moment) -> Option<Duration> {
        self.open.as_ref()?;
        Some(IDLE.saturating_sub(now.mono.saturating_sub(self.touched.mono)))
    }

    /// Only an open notebook has something to wait for: it locks itself, and what is written goes to the disk.
    pub(super) fn next_wake(&self, now: Moment) -> Option<Duration> {
        let idle = self.idle(now)?;
        Some(
            self.writing
                .next_wake(now)
                .map_or(idle, |wake| wake.min(idle)),
        )
    }

    /// Somebody is here: the time after which it locks itself begins anew, unless it is over.
    pub(super) fn touched(&mut self, now: Moment) {
        self.wake(now);
        self.touched = now;
    }

    pub(super) fn wake(&mut self, now: Moment) {
        if self.idle(now) == Some(Duration::ZERO) {
            self.keep_begun(now);
            let w = &words().study.idle;
            let mut says = w.locked.to_owned();
            if self.begun.is_some() {
                says = [w.locked, " ", w.begun].concat();
            }
            self.lock(now);
            self.study = Study::saying(&says);
        } else if self.writing.next_wake(now) == Some(Duration::ZERO) {
            self.keep_begun(now);
        }
    }
}

fn passphrase(words: &Said) -> Passphrase {
    Passphrase::new((**words).to_owned())
}

impl Program {
    pub(super) fn notebooks(&self) -> Notebooks {
        Notebooks::at(self.home.notebooks())
    }

    pub(super) fn due(&self) -> Vec<Due> {
        due(&self.notebooks(), &self.people, self.clock.now().day())
    }

    /// Goes to the pages that belong to one person.
    pub fn open_study(&mut self, goal: Goal) {
        self.floor = Floor::Study(Box::new(Desk {
            study: Study::to(goal),
            open: None,
            begun: None,
            writing: Writing::default(),
            known: known(&self.notebooks()),
            own: own::likely(&self.settings, &self.people),
            titles: self.scripts.titles(),
            folder: takeout::here(),
            place: files::synced(&self.home.notebooks()),
            touched: self.clock.now(),
            notice: None,
        }));
    }

    pub(super) fn ask_study(&mut self, intent: Intent) -> Result<(), Refused> {
        let now = self.clock.now();
        let Floor::Study(desk) = &mut self.floor else {
            return Ok(());
        };
        desk.touched(now);
        let (mut next, requests) = desk.study.asked(intent, &desk.shelf(now))?;
        // Whatever comes next, nothing of the page is lost; where it was kept or let go, that goes with it.
        desk.keep_begun(now);
        let mut says = None;
        for request in requests {
            let opens = matches!(request, Request::Open { .. });
            says = self.serve_study(request, now)?.or(says);
            let waits = matches!(&self.floor, Floor::Study(desk) if desk.begun.is_some());
            if opens && waits {
                next = Study::begun();
            }
        }
        let next = match &says {
            Some(says) => next.and_says(says.as_str()),
            None => next,
        };
        if let Floor::Study(desk) = &mut self.floor {
            // What is served may have closed the notebook that the page was to show.
            desk.study = match (desk.open.is_some(), next.is_inside()) {
                (false, true) => Study::new(),
                (_, _) => next,
            };
            desk.take_page();
        }
        Ok(())
    }

    /// Does what the pages ask for; answers what is said about it on the next page.
    fn serve_study(&mut self, request: Request, now: Moment) -> Result<Option<Shown>, Refused> {
        let notebooks = self.notebooks();
        let Floor::Study(desk) = &mut self.floor else {
            return Ok(None);
        };
        match request {
            Request::Make { name, secret } => {
                let keeping = match &secret {
                    Some(words) => Keeping::Sealed(passphrase(words)),
                    None => Keeping::Plain,
                };
                let made = notebooks.create(&name, &keeping).map_err(Refused)?;
                desk.known = known(&notebooks);
                let secret = secret.as_ref().map(passphrase);
                let mut open = made.open(secret.as_ref()).map_err(closed)?;
                // A place that others can read, or that has no locks, is told before the first word is written.
                let said = open.take_said().into_iter().next();
                desk.notice = said.or_else(|| files::open_to_others(open.notebook().folder()));
                desk.open = Some(open);
            }
            Request::Open { name, secret } => {
                let Some(found) = notebooks.of(&name).map_err(Refused)? else {
                    return refused(Shown::new(&words().study.door.none));
                };
                let secret = secret.as_ref().map(passphrase);
                let open = found.open(secret.as_ref()).map_err(closed)?;
                desk.opens(open, now)?;
            }
            Request::Write(entries) => desk.write(&entries)?,
            Request::LetGo => desk.let_go()?,
            Request::Erase(id) => {
                if let Some(open) = &mut desk.open {
                    open.erase(&[id]).map_err(Refused)?;
                }
            }
            Request::Try(old) => {
                if let Some(open) = &desk.open {
                    open.try_passphrase(&passphrase(&old)).map_err(closed)?;
                }
            }
            Request::Rekey { old, new } => desk.rekey(&old, &new)?,
            Request::Seal(new) => {
                if let Some(open) = &mut desk.open {
                    open.seal(&passphrase(&new)).map_err(closed)?;
                    desk.known = known(&notebooks);
                }
            }
            Request::Out { what, folder } => {
                if let Some(open) = &desk.open {
                    return takeout::write(&what, &folder, open, &desk.titles, now).map(Some);
                }
            }
            Request::Appointment { what, folder } => {
                return takeout::appointment(&what, &folder, now).map(Some);
            }
            Request::Forget => {
                if let Some(open) = &desk.open {
                    notebooks.forget_open(open).map_err(Refused)?;
                    (desk.open, desk.begun) = (None, None);
                }
                desk.known = known(&notebooks);
            }
            Request::Lock => desk.lock(now),
            Request::Begin { script, promise } => self.begin_alone(script, promise)?,
            Request::RememberPlace { name, region } => self.remember_place(&name, &region),
            Request::Home => self.go_home(),
            Request::Leave => {
                desk.lock(now);
                self.farewell = Some(Shown::default());
            }
        }
        Ok(None)
    }

    /// Begins at once what helps somebody who is shaken and alone. Nothing is asked before.
    ///
    /// # Errors
    /// The sentence that says why it can't begin.
    pub fn begin_now(&mut self) -> Result<(), Refused> {
        if !self.people.seen_notice() {
            // Whoever is shaken now does not read two pages first.
            return refused(Shown::new(&words().cli.now_first));
        }
        let alone = self
            .people
            .circles()
            .iter()
            .find(|circle| circle.names.len() == 1);
        let name = alone.and_then(|circle| circle.names.first().cloned());
        self.begin_solo(
            AFTER_A_TRIGGER,
            name.unwrap_or_else(|| words().cli.you.to_owned()),
            LeftOff::default(),
            Log::at_first_answer,
        )
    }

    /// Begins a session of the person whose notebook is open; the notebook is locked with that.
    fn begin_alone(&mut self, script: &str, promise: Option<Id>) -> Result<(), Refused> {
        let open = match &self.floor {
            Floor::Study(desk) => desk.open.as_ref(),
            Floor::Lobby(_) | Floor::Sitting(_) | Floor::Ground(_) | Floor::Recall(_) => None,
        };
        let name = open.map(|open| open.notebook().name().to_owned());
        let today = self.clock.now().day();
        let lines = open.map(|open| study::left_off(open.book(), promise.as_ref(), today));
        let from = LeftOff {
            promise,
            lines: lines.unwrap_or_default(),
        };
        let name = name.unwrap_or_else(|| words().cli.you.to_owned());
        self.begin_solo(script, name, from, Log::create)
    }

    fn begin_solo(
        &mut self,
        script: &str,
        name: String,
        from: LeftOff,
        log: NewLog,
    ) -> Result<(), Refused> {
        let minutes = self.scripts.head(script).map_or(0, |head| head.minutes);
        let setup = Setup {
            script: script.to_owned(),
            people: vec![name],
            length: Length::Minutes(minutes),
            first: Who(0),
            wording: None,
        };
        self.begin_from(setup, from, log)
    }
}

fn closed(why: Closed) -> Refused {
    Refused(why.sentence())
}
