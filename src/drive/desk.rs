//! One person's pages while they are open: the notebook, and what the pages ask of it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::begin::{LeftOff, NewLog};
use super::{Floor, Program, own, refused, takeout};
use crate::care::own::Own;
use crate::date::Date;
use crate::journal::Log;
use crate::lobby::{Due, Setup};
use crate::notebook::{self, Closed, Entry, Id, Keeping, Listed, Notebooks, Passphrase};
use crate::people::Memory;
use crate::script::Who;
use crate::session::begin::Length;
use crate::session::intent::{Intent, Refused, Said};
use crate::session::scene::Scene;
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::study::{self, Goal, Known, Open, Request, Shelf, Study};
use crate::words::words;

/// After how long without a key a notebook locks itself (reliability.md P2).
const IDLE: Duration = Duration::from_secs(5 * 60);

/// The script for somebody who is shaken and alone (content.md T2.5, S11).
const AFTER_A_TRIGGER: &str = "after-a-trigger";

/// The pages of one person, and the notebook that lies open under them.
#[derive(Debug)]
pub(super) struct Desk {
    study: Study,
    open: Option<notebook::Open>,
    known: Vec<Known>,
    own: Vec<Own>,
    /// What scripts are called, by their names.
    titles: BTreeMap<String, Shown>,
    /// The folder that the program was started in.
    folder: Shown,
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
            }),
            own: &self.own,
            titles: &self.titles,
            folder: &self.folder,
            now,
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
        Ok(())
    }

    /// What is said before something is asked that takes longer than a moment.
    pub(super) fn takes_a_while(&self, intent: &Intent) -> Option<Shown> {
        self.study.takes_a_while(intent)
    }

    pub(super) fn standing(&self) -> Option<Shown> {
        self.notice.clone()
    }

    /// Only an open notebook has something to wait for: it locks itself.
    pub(super) fn next_wake(&self, now: Moment) -> Option<Duration> {
        self.open.as_ref()?;
        Some(IDLE.saturating_sub(now.mono.saturating_sub(self.touched.mono)))
    }

    /// Somebody is here: the time after which it locks itself begins anew, unless it is over.
    pub(super) fn touched(&mut self, now: Moment) {
        self.wake(now);
        self.touched = now;
    }

    pub(super) fn wake(&mut self, now: Moment) {
        if self.next_wake(now) == Some(Duration::ZERO) {
            self.open = None;
            self.study = Study::saying(&words().study.idle.locked);
        }
    }
}

fn known(notebooks: &Notebooks) -> Vec<Known> {
    let unread = |why| Known {
        name: String::new(),
        sealed: false,
        trouble: Some(why),
    };
    let list = match notebooks.list() {
        Ok(list) => list,
        Err(why) => return vec![unread(why)],
    };
    list.into_iter()
        .map(|listed| match listed {
            Listed::Here(notebook) => Known {
                name: notebook.name().to_owned(),
                sealed: notebook.is_sealed(),
                trouble: None,
            },
            Listed::Unread { why, .. } => unread(why),
        })
        .collect()
}

/// Whose promises wait today; how many, and what their owners wrote for the first page. Where several people sat last,
/// the first page is shared, and has only how many there are of all.
pub(super) fn due(notebooks: &Notebooks, people: &Memory, today: Date) -> Vec<Due> {
    let shared = people
        .circles()
        .first()
        .is_some_and(|circle| circle.names.len() > 1);
    let mut due: Vec<Due> = Vec::new();
    for listed in notebooks.list().unwrap_or_default() {
        // What can't be read is told where notebooks are opened.
        let Listed::Here(notebook) = listed else {
            continue;
        };
        let mut waiting = notebook.due().unwrap_or_default();
        waiting.retain(|promise| promise.on.first().is_some_and(|on| *on <= today));
        if !waiting.is_empty() {
            let cues = waiting.iter().map(|promise| promise.cue.clone());
            due.push(Due {
                name: Some(notebook.name().to_owned()),
                count: waiting.len(),
                cues: cues.filter(|cue| !cue.is_empty()).collect(),
            });
        }
    }
    if shared && !due.is_empty() {
        return vec![Due {
            name: None,
            count: due.iter().map(|due| due.count).sum(),
            cues: Vec::new(),
        }];
    }
    due
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
            known: known(&self.notebooks()),
            own: own::likely(&self.settings, &self.people),
            titles: self.scripts.titles(),
            folder: takeout::here(),
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
        let (next, requests) = desk.study.asked(intent, &desk.shelf(now))?;
        let mut says = None;
        for request in requests {
            says = self.serve_study(request, now)?.or(says);
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
                desk.open = Some(made.open(secret.as_ref()).map_err(closed)?);
            }
            Request::Open { name, secret } => {
                let Some(found) = notebooks.of(&name).map_err(Refused)? else {
                    return refused(Shown::new(&words().study.door.none));
                };
                let secret = secret.as_ref().map(passphrase);
                let mut open = found.open(secret.as_ref()).map_err(closed)?;
                desk.notice = open.take_said().into_iter().next();
                open.expire(now.day()).map_err(Refused)?;
                desk.open = Some(open);
            }
            Request::Write(entries) => desk.write(&entries)?,
            Request::Erase(id) => {
                if let Some(open) = &mut desk.open {
                    open.erase(&[id]).map_err(Refused)?;
                }
            }
            Request::Rekey { old, new } => {
                if let Some(open) = &mut desk.open {
                    let (old, new) = (passphrase(&old), passphrase(&new));
                    open.change_passphrase(&old, &new).map_err(closed)?;
                }
            }
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
            Request::Forget => {
                if let Some(open) = &desk.open {
                    notebooks.forget(open.notebook()).map_err(Refused)?;
                    desk.open = None;
                }
                desk.known = known(&notebooks);
            }
            Request::Lock => desk.open = None,
            Request::Begin { script, promise } => self.begin_alone(script, promise)?,
            Request::RememberPlace { name, region } => self.remember_place(&name, &region),
            Request::Home => self.go_home(),
            Request::Leave => {
                desk.open = None;
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
        let alone = self
            .people
            .circles()
            .iter()
            .find(|circle| circle.names.len() == 1);
        let name = alone.and_then(|circle| circle.names.first().cloned());
        self.begin_solo(
            AFTER_A_TRIGGER,
            name.unwrap_or_else(|| words().cli.you.clone()),
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
        let name = name.unwrap_or_else(|| words().cli.you.clone());
        self.begin_solo(script, name, from, Log::create)
    }

    fn begin_solo(
        &mut self,
        script: &str,
        name: String,
        from: LeftOff,
        log: NewLog,
    ) -> Result<(), Refused> {
        let minutes = self.scripts.find(script).map_or(0, |script| script.minutes);
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
