//! The host: the only one who writes. What a guest asks is checked, stamped, told, written, and said to everybody.

use super::desk::{Desk, Written};
use super::message::{AloneAnswer, Message, SaidEntry};
use super::seat::{Seat, SeatOutcome, for_others, merged};
use crate::script::Who;
use crate::session::Session;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::Scene;
use crate::text::words::words;
use crate::time::moment::{Gap, GapKind, Moment};

/// How often a guest is told the session anew, before it is given up.
const MOST_ANEW: u32 = 8;

/// The host's side of a session.
#[derive(Debug)]
pub(crate) struct Host {
    seat: Seat,
    guests: Vec<GuestSeat>,
    /// All that was accepted, as others may hear it.
    entries: Vec<(Moment, Intent)>,
    /// The last sum that was said.
    sum: u32,
    /// How many entries there were when something else was asked than before.
    asks_since: u64,
    /// The same, where somebody's yes among those of others is no other question.
    place_since: u64,
    /// Since when the stage is walked that is walked now.
    stage_since: Moment,
    /// The session when it was looked at last.
    seen: Session,
    /// Whose question is being told now, and their number for it.
    asking: Option<(u32, u64)>,
    /// By whose key something is being told now.
    by: Option<Who>,
    /// Who is not heard any more.
    missing: Vec<Who>,
    out: Vec<(u32, Message)>,
}

/// Somebody at another terminal.
#[derive(Debug)]
struct GuestSeat {
    peer: u32,
    who: Who,
    /// Whether they have answered what each is asked alone.
    answered: bool,
    /// And what, once everybody has.
    given: Option<AloneAnswer>,
    anew: u32,
}

impl Host {
    /// A host whose own person is this one, of a session in which this was accepted before.
    pub(crate) fn new(
        who: Who,
        session: &Session,
        entries: Vec<(Moment, Intent)>,
        now: Moment,
    ) -> Self {
        let entries: Vec<(Moment, Intent)> = entries
            .into_iter()
            .map(|(at, intent)| (at, for_others(intent)))
            .collect();
        Self {
            seat: Seat::of(who),
            guests: Vec::new(),
            asks_since: len(&entries),
            place_since: len(&entries),
            entries,
            sum: session.sum(),
            stage_since: now,
            seen: session.clone(),
            asking: None,
            by: None,
            missing: Vec::new(),
            out: Vec::new(),
        }
    }

    /// The seat of the person here.
    pub(crate) fn seat(&mut self) -> &mut Seat {
        &mut self.seat
    }

    /// Where others are missing than before, everybody else is told.
    pub(crate) fn tell_missing(&mut self, missing: Vec<Who>) {
        if missing == self.missing {
            return;
        }
        let who: Vec<usize> = missing.iter().map(|who| who.index()).collect();
        self.missing = missing;
        let heard = |guest: &&GuestSeat| !self.missing.contains(&guest.who);
        for guest in self.guests.iter().filter(heard) {
            let who = who.clone();
            self.out.push((guest.peer, Message::Missing { who }));
        }
    }

    /// Whose seat nobody is heard from.
    pub(crate) fn seats_not(&self, heard: impl Fn(u32) -> bool) -> Vec<Who> {
        let here = |who: &Who| {
            let mut guests = self.guests.iter();
            *who == self.seat.who() || guests.any(|guest| guest.who == *who && heard(guest.peer))
        };
        let all = (0..self.seen.seats_in_all()).map(Who::at);
        all.filter(|who| !here(who)).collect()
    }

    /// Somebody has come, and is told everything from the beginning. Who was there for the same person before is not any
    /// more; answers under which number they were.
    pub(crate) fn welcome(&mut self, peer: u32, who: Who) -> Option<u32> {
        let before = self.guests.iter().find(|guest| guest.who == who);
        let before = before.map(|guest| guest.peer);
        self.guests.retain(|guest| guest.who != who);
        self.guests.push(GuestSeat {
            peer,
            who,
            answered: false,
            given: None,
            anew: 0,
        });
        self.tell_anew(peer);
        before
    }

    /// A guest's program knows nothing of what was said to it before.
    pub(crate) fn is_anew(&mut self, peer: u32) {
        let Some(guest) = self.guests.iter_mut().find(|guest| guest.peer == peer) else {
            return;
        };
        (guest.answered, guest.given) = (false, None);
        self.out.retain(|(to, _)| *to != peer);
        self.tell_anew(peer);
    }

    /// Who sits at other terminals.
    pub(crate) fn seats(&self) -> Vec<(u32, Who)> {
        let seats = self.guests.iter();
        seats.map(|guest| (guest.peer, guest.who)).collect()
    }

    /// Everything from the beginning, for one guest.
    fn tell_anew(&mut self, peer: u32) {
        let mut begin = Box::new(self.seen.begun().clone());
        // Which words somebody has is nobody else's business.
        begin.known.by_ear.clear();
        let entries = len(&self.entries);
        self.out.push((peer, Message::Begin { begin, entries }));
        for (n, (at, intent)) in (1..).zip(&self.entries) {
            let entry = SaidEntry {
                n,
                at: *at,
                intent: intent.clone(),
                // Of those before the last nobody needs to know.
                sum: if n == entries { self.sum } else { 0 },
                asked: None,
                by: None,
            };
            self.out.push((peer, Message::Entry(Box::new(entry))));
        }
        if !self.seat.proposed.is_empty() {
            self.tell_proposed(None);
        }
    }

    /// Everybody is told what each proposes for who goes first.
    fn tell_proposed(&mut self, asking: Option<(u32, u64)>) {
        let proposed = self.seat.proposed.iter();
        let all: Vec<(usize, Intent)> = proposed
            .map(|(who, what)| (who.index(), what.clone()))
            .collect();
        for guest in &self.guests {
            let asked = asking.filter(|(peer, _)| *peer == guest.peer);
            let asked = asked.map(|(_, id)| id);
            let all = all.clone();
            self.out
                .push((guest.peer, Message::Proposed { asked, all }));
        }
    }

    /// Who goes first needs everybody: answers whether this is a proposal that others have not made.
    fn only_proposes(
        &mut self,
        session: &Session,
        (who, intent): (Who, &Intent),
        asking: Option<(u32, u64)>,
    ) -> bool {
        let Some(what) = session.proposes(intent) else {
            return false;
        };
        if self.seat.propose(who, what, session.seats_in_all()) {
            return false;
        }
        self.tell_proposed(asking);
        true
    }

    /// The person here asks something.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub(crate) fn ask(
        &mut self,
        desk: &mut dyn Desk,
        intent: Intent,
        now: Moment,
    ) -> Result<(), Refused> {
        let me = self.seat.who();
        match self.seat.ask(desk.session(), intent, now)? {
            SeatOutcome::Stays => {}
            SeatOutcome::Answered(_) => self.gather(desk, now),
            SeatOutcome::Tell { elsewhere, .. }
                if self.only_proposes(desk.session(), (me, &elsewhere), None) => {}
            SeatOutcome::Tell { here, .. } => {
                // What came before by the clock is by nobody's key.
                self.publish(desk);
                self.by = Some(me);
                let told = self.tell(desk, &here, now);
                self.publish(desk);
                self.by = None;
                told?;
            }
        }
        self.publish(desk);
        Ok(())
    }

    /// Tells the session. What somebody chose from a list that was open at their terminal alone is chosen from it here.
    fn tell(
        &mut self,
        desk: &mut dyn Desk,
        intents: &[Intent],
        now: Moment,
    ) -> Result<(), Refused> {
        if let [Intent::Aside { .. }] = intents {
            let asking = self.asking.take();
            // Where it is open for all, this is refused, and the choice is not.
            let _ = desk.tell(&[Intent::Asides], now);
            self.publish(desk);
            self.asking = asking;
        }
        desk.tell(intents, now)
    }

    /// Takes what a guest's program says. Nothing of it is believed. Answers whether it can be gone on with: who is told
    /// everything anew again and again follows nothing.
    pub(crate) fn hear(
        &mut self,
        desk: &mut dyn Desk,
        peer: u32,
        message: Message,
        now: Moment,
    ) -> bool {
        let Some(at) = self.guests.iter().position(|guest| guest.peer == peer) else {
            return true;
        };
        let mut follows = true;
        match message {
            Message::Ask { id, after, intent } => {
                let who = self.guests[at].who;
                if let Err(refused) = self.asked(desk, (peer, id), who, after, *intent, now) {
                    let says = refused.0.as_str().to_owned();
                    self.out.push((peer, Message::Refused { id, says }));
                }
            }
            Message::Answered { after, yes } if after >= self.asks_since => {
                self.guests[at].answered = yes;
                self.gather(desk, now);
            }
            Message::Given { after, answer } if after >= self.asks_since => {
                self.guests[at].answered = answer.is_some();
                self.guests[at].given = answer;
                self.merge(desk, now);
            }
            Message::Differs => {
                self.guests[at].anew += 1;
                follows = self.guests[at].anew <= MOST_ANEW;
                if follows {
                    self.tell_anew(peer);
                }
            }
            // They may come back: until then they have answered nothing.
            Message::Bye => self.guests[at].answered = false,
            Message::Answered { .. }
            | Message::Given { .. }
            | Message::Hello { .. }
            | Message::Reveal { .. }
            | Message::Words { .. }
            | Message::Offer(_)
            | Message::Text { .. }
            | Message::Accept { .. }
            | Message::Begin { .. }
            | Message::Entry(_)
            | Message::Refused { .. }
            | Message::Missing { .. }
            | Message::Proposed { .. }
            | Message::Give { .. } => {}
        }
        self.publish(desk);
        follows
    }

    /// A guest asks something: whether this person may say it here, on the screen that they saw.
    fn asked(
        &mut self,
        desk: &mut dyn Desk,
        asking: (u32, u64),
        who: Who,
        after: u64,
        intent: Intent,
        now: Moment,
    ) -> Result<(), Refused> {
        let w = &words().joined;
        let refuse = |sentence: &str| Err(Refused(crate::text::safe_text::SafeText::new(sentence)));
        let stops = matches!(intent, Intent::Stop | Intent::Pause);
        // A yes is said into one question, whoever says theirs at the same time.
        let own_word = matches!(intent, Intent::Yes { .. } | Intent::No { .. });
        let since = if own_word {
            self.place_since
        } else {
            self.asks_since
        };
        if after < since && !stops {
            return refuse(w.too_late);
        }
        let session = desk.session();
        let goes_on = matches!(intent, Intent::GoOn | Intent::Pause);
        if goes_on && !self.missing.is_empty() && session.is_held() {
            return refuse(w.not_back);
        }
        // What a log would not hold as it is here has no business on the line.
        let as_logged = session.to_log(&intent).map(for_others);
        let may = if let Intent::Aside { n } = intent {
            // Somebody chooses from what everybody may open.
            session.may_choose_aside(n)
        } else {
            session.may_say(who, &intent, now)
        };
        if !may || as_logged.as_ref() != Some(&intent) {
            return refuse(w.not_yours);
        }
        let session = session.clone();
        if self.only_proposes(&session, (who, &intent), Some(asking)) {
            return Ok(());
        }
        self.publish(desk);
        (self.asking, self.by) = (Some(asking), Some(who));
        let told = self.tell(desk, &[intent], now);
        self.publish(desk);
        (self.asking, self.by) = (None, None);
        told
    }

    /// Once everybody has answered what each is asked alone, the answers are asked for.
    fn gather(&mut self, desk: &mut dyn Desk, now: Moment) {
        let everybody = self.seat.has_answered()
            && self.guests.len() + 1 == desk.session().seats_in_all()
            && self.guests.iter().all(|guest| guest.answered);
        if !everybody {
            return;
        }
        let after = len(&self.entries);
        for guest in &mut self.guests {
            guest.given = None;
            self.out.push((guest.peer, Message::Give { after }));
        }
        self.merge(desk, now);
    }

    /// Once all answers are there, they lead on together.
    fn merge(&mut self, desk: &mut dyn Desk, now: Moment) {
        let session = desk.session();
        let (Some(each), Some(own)) = (session.each_asked(), self.seat.answer()) else {
            return;
        };
        let of = |who: Who| {
            if who == self.seat.who() {
                return Some(own);
            }
            self.guests.iter().find(|guest| guest.who == who)?.given
        };
        let answers: Option<Vec<AloneAnswer>> =
            session.order().iter().map(|who| of(*who)).collect();
        let Some(merged) = answers.and_then(|answers| merged(each, &answers)) else {
            return;
        };
        // It was asked for, and is what the question takes.
        let _ = desk.tell(&[self.seat.own_form(merged)], now);
    }

    /// Says what came into the log, whatever brought it there.
    pub(crate) fn publish(&mut self, desk: &mut dyn Desk) {
        for Written { at, intent, sum } in desk.take_written() {
            let intent = for_others(intent);
            self.entries.push((at, intent.clone()));
            self.sum = sum;
            let n = len(&self.entries);
            for guest in &self.guests {
                let asked = self.asking.filter(|(peer, _)| *peer == guest.peer);
                let entry = SaidEntry {
                    n,
                    at,
                    intent: intent.clone(),
                    sum,
                    asked: asked.map(|(_, id)| id),
                    by: self.by.map(Who::index),
                };
                self.out.push((guest.peer, Message::Entry(Box::new(entry))));
            }
            if !self.seen.is_same_stage(desk.session()) {
                self.stage_since = at;
            }
            let both = (&self.seen, desk.session());
            self.seat.came(both, (self.by, &intent), at);
        }
        if !self.seen.is_same_place(desk.session()) {
            self.place_since = len(&self.entries);
        }
        let same = self.seen.asks_the_same(desk.session());
        self.seat.follow(same);
        if !same {
            self.asks_since = len(&self.entries);
            for guest in &mut self.guests {
                (guest.answered, guest.given) = (false, None);
            }
        }
        self.seen = desk.session().clone();
    }

    /// The line has dropped: everything stands still from when it was last heard, and nobody's time is used.
    pub(crate) fn hold(&mut self, desk: &mut dyn Desk, heard: Moment, now: Moment) {
        if desk.session().is_closed() {
            return;
        }
        let later = self.stage_since.mono > heard.mono;
        let before = if later { self.stage_since } else { heard };
        let gap = Gap {
            before,
            kind: GapKind::Dropped,
        };
        // A hole is never refused while a session goes on.
        let _ = desk.tell(&[Intent::TimeJumped { gap }], now);
        self.publish(desk);
    }

    /// What the person here sees.
    pub(crate) fn scene(&self, session: &Session, now: Moment) -> Scene {
        self.seat.scene(session, now)
    }

    /// What is to be said to whom.
    pub(crate) fn take_out(&mut self) -> Vec<(u32, Message)> {
        std::mem::take(&mut self.out)
    }
}

fn len(entries: &[(Moment, Intent)]) -> u64 {
    u64::try_from(entries.len()).unwrap_or(u64::MAX)
}
