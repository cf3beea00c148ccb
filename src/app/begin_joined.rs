//! Several terminals: how the program becomes a host or a guest, and how the session begins then.

use std::io;
use std::path::Path;

use super::door::Arrived;
use super::joining::{GuestUp, JoinedUp, Joining};
use super::kept_line::{KeptLine, LineAgain};
use super::link_program::{LinkOrder, LinkProgram, random};
use super::running_session::RunningSession;
use super::start_session::LeftOff;
use super::{Activity, Program, ResumeError, refused};
use crate::home::Setup;
use crate::joined::message::OfferedSession;
use crate::script::Who;
use crate::session::Session;
use crate::session::intent::Refused;
use crate::session::setup::Begin;
use crate::session_log::{self, Log};
use crate::storage::FolderLock;
use crate::text::safe_text::{SafeText, composed};
use crate::text::words::{fill, words};

impl Program {
    /// What is set up next is begun at several terminals.
    pub(crate) fn will_host(&mut self, relay: Option<String>) {
        if let Activity::Home(home) = &mut self.activity {
            home.sit_apart(relay);
        }
    }

    /// Joins with a ticket, once the first-run notices were read. Where there is none, it is asked for.
    ///
    /// # Errors
    /// A sentence, when the program that carries it can't be started.
    pub(crate) fn join(&mut self, ticket: &str) -> Result<(), Refused> {
        if !self.people.seen_notice() {
            self.ticket = Some(ticket.to_owned());
            if let Activity::Home(home) = &mut self.activity {
                home.is_one_here();
            }
            return Ok(());
        }
        let ticket = pasted(ticket);
        if ticket.is_empty() {
            if let Activity::Home(home) = &mut self.activity {
                home.ask_ticket(false);
            }
            return Ok(());
        }
        let mut link = self.start_link(&["join", "-"])?;
        // Not as an argument, which others on this machine could read.
        link.tell(&LinkOrder::Ticket(&ticket));
        let joining = Joining::guest(link, self.scripts.clone(), self.notebooks(), random);
        self.activity = Activity::Joining(Box::new(joining));
        Ok(())
    }

    /// Waits as a host for somebody to join what was set up.
    pub(super) fn host(&mut self, setup: Setup, relay: Option<&str>) -> Result<(), Refused> {
        let Some(script) = self.scripts.find(&setup.script).cloned() else {
            return refused(self.scripts.unknown(&setup.script));
        };
        let guests = setup.people.len().saturating_sub(1).to_string();
        let relay = relay.unwrap_or("none");
        let link = self.start_link(&["host", "--guests", &guests, "--relay", relay])?;
        let joining = Joining::host(link, setup, &script, random);
        self.activity = Activity::Joining(Box::new(joining));
        Ok(())
    }

    fn start_link(&self, arguments: &[&str]) -> Result<LinkProgram, Refused> {
        let command = &self.settings.link;
        LinkProgram::start(command, arguments, &self.waker)
            .map_err(|error| Refused(not_started(command, &error)))
    }

    /// How the others of a session were reached that was cut off, if they were; and what there is to say about it.
    pub(super) fn line_again(&self, log: &Path) -> (Option<LineAgain>, Option<SafeText>) {
        let Some(kept) = KeptLine::beside(log) else {
            return (None, None);
        };
        let command = &self.settings.link;
        match LinkProgram::start_again(command, kept.link.clone(), &self.waker) {
            Ok(link) => (Some(LineAgain { kept, link }), None),
            Err(error) => (None, Some(not_started(command, &error))),
        }
    }

    /// What was asked for from outside begins, once the first-run notices were read.
    pub(super) fn join_what_waits(&mut self) -> Result<(), Refused> {
        match self.ticket.take() {
            Some(ticket) => self.join(&ticket),
            None => Ok(()),
        }
    }

    /// Once both have said yes to everything, the session begins.
    pub(super) fn follow_joining(&mut self) {
        let Activity::Joining(joining) = &mut self.activity else {
            return;
        };
        if joining.is_torn() {
            joining.leave();
            self.activity = self.at_home();
            if let Activity::Home(home) = &mut self.activity {
                home.ask_ticket(true);
            }
            return;
        }
        if !joining.is_agreed() {
            return;
        }
        let home = self.at_home();
        let Activity::Joining(joining) = std::mem::replace(&mut self.activity, home) else {
            return;
        };
        let Some(up) = joining.into_session() else {
            return;
        };
        if let Err(refused) = self.begin_joined(up) {
            self.say_at_home(refused.0);
        }
    }

    fn begin_joined(&mut self, up: JoinedUp) -> Result<(), Refused> {
        match up {
            JoinedUp::Host {
                link,
                setup,
                guests,
            } => self.begin_as_host(*link, *setup, guests),
            JoinedUp::Guest(up) => self.begin_as_guest(*up),
        }
    }

    fn begin_as_host(
        &mut self,
        link: LinkProgram,
        setup: Setup,
        guests: Vec<Arrived>,
    ) -> Result<(), Refused> {
        let Some(script) = self.scripts.find(&setup.script).cloned() else {
            return refused(self.scripts.unknown(&setup.script));
        };
        let theirs = guests.iter().map(|guest| (guest.who, guest.notebook));
        let theirs: Vec<(usize, bool)> = theirs.collect();
        self.begin_with(setup, LeftOff::default(), Log::create, Some(&theirs))?;
        let notebooks = self.notebooks();
        if let Activity::Session(running) = &mut self.activity {
            running.welcome((script, link), guests, &notebooks);
            running.switch_clock(self.settings.clock);
        }
        Ok(())
    }

    fn begin_as_guest(&mut self, up: GuestUp) -> Result<(), Refused> {
        let GuestUp {
            link,
            peer,
            line,
            script,
            offer,
            begin,
            entries,
            behind,
            notebook,
        } = up;
        let mut begin = checked(begin, &offer, notebook)?;
        begin.known.by_ear = self.own_words(&offer.people, offer.you);
        let (lock, place) = FolderLock::if_possible(&self.folders.sessions())
            .map_err(|busy| Refused(ResumeError::of(busy).sentence()))?;
        let session = Session::begin(&script, begin.clone())
            .map_err(|_| Refused(SafeText::new(words().joined.end_broken)))?;
        self.let_go_of(&begin);
        let log = Log::create(&self.folders.sessions(), &begin)
            .map_err(|trouble| Refused(trouble.sentence()))?;
        let notebooks = self.notebooks();
        let clock = self.clock.anew();
        let mut running = RunningSession::new(session, clock, log, lock, &notebooks);
        running.follow_host(
            (script, link),
            Who::at(offer.you),
            (peer, line),
            (entries, behind),
            &notebooks,
        );
        running.switch_clock(self.settings.clock);
        running.lay_notice(place);
        self.sit(running);
        Ok(())
    }
}

impl Program {
    /// For whom words are by ear and touch, at a terminal of one's own: all of them, or none.
    pub(super) fn own_words(&self, people: &[String], you: usize) -> Vec<bool> {
        let name = people.get(you).map(String::as_str);
        vec![self.people.by_ear(name); people.len()]
    }

    /// A guest whose program was killed is told the whole session again: what is left here of the same one has done its
    /// work.
    fn let_go_of(&self, begin: &Begin) {
        let same = |known: &Begin| {
            known.at == begin.at && known.people == begin.people && known.hash == begin.hash
        };
        let left = session_log::list(&self.folders.sessions()).unwrap_or_default();
        for one in left {
            let is_it = one.story.as_ref().is_ok_and(|story| same(&story.begin));
            if let (true, Ok((log, _))) = (is_it, Log::resume(&one.path)) {
                // Where it can't be removed, it is offered as one that was not closed.
                let _ = log.close();
            }
        }
    }
}

/// Why the program that carries the line does not run.
fn not_started(command: &[String], error: &io::Error) -> SafeText {
    let w = &words().joined;
    let name = command.first().map(String::as_str).unwrap_or_default();
    let missing = error.kind() == io::ErrorKind::NotFound;
    let text = if missing { &w.no_link } else { &w.link_fails };
    fill(text, &[("name", name)])
}

/// A ticket without what came with it from a chat.
fn pasted(ticket: &str) -> String {
    let words = ticket.split_whitespace();
    words
        .skip_while(|word| ["alongside", "join", "-"].contains(word))
        .collect()
}

/// What a host begins with, where it is what was agreed to. What it says it knows of promises is not believed.
fn checked(mut begin: Begin, offer: &OfferedSession, notebook: bool) -> Result<Begin, Refused> {
    /// The most lines, and the most letters of one.
    const MOST: usize = 60;
    const MOST_LETTERS: usize = 1_000;
    let lines = begin
        .agreement
        .iter()
        .chain(&begin.known.before)
        .chain(&begin.known.own_lines);
    let short =
        lines.clone().count() <= MOST * 3 && lines.clone().all(|line| line.len() <= MOST_LETTERS);
    let named = begin.people.iter().all(|name| !name.trim().is_empty());
    let fits = begin.script == offer.script
        && begin.hash == offer.hash
        && begin.people == offer.people
        && begin.first.index() < begin.people.len()
        && begin.notebooks.get(offer.you).copied().unwrap_or(false) == notebook;
    if !(short && named && fits) {
        return refused(SafeText::new(words().joined.end_broken));
    }
    for name in &mut begin.people {
        *name = composed(name);
    }
    (begin.known.promise, begin.file) = (None, None);
    Ok(begin)
}
