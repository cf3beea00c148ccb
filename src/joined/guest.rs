//! A guest: asks, and follows what the host has written. Its session is told the same, and its person sees their own side.

use std::time::Duration;

use super::desk::Desk;
use super::message::{Message, SaidEntry};
use super::seat::{Seat, SeatOutcome, for_others};
use crate::script::Who;
use crate::session::Session;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::Scene;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::moment::{Gap, GapKind, Moment, millis, signed_ms};

/// How much later than the entry before one can be: a day.
const LATEST: Duration = Duration::from_secs(86_400);
/// Wall clocks between the years 2000 and 2200.
const WALLS: std::ops::Range<i64> = 946_684_800_000..7_258_118_400_000;
/// How long it is said that the host did not take something.
const SAID_FOR: Duration = Duration::from_secs(15);
/// The most letters of a sentence of the host.
const MOST_SENTENCE: usize = 400;

/// What the host says is no session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NoSession;

/// A guest's side of a session.
#[derive(Debug)]
pub(crate) struct Guest {
    seat: Seat,
    /// How many entries have come.
    had: u64,
    /// How many are to come before what is shown is what is.
    awaited: u64,
    /// What the host was asked and has not answered, in its order.
    asked: Vec<Asked>,
    /// The number of the last question.
    last_id: u64,
    /// STOP was pressed here: it is shown before the host knows of it.
    stopped: Option<Box<Session>>,
    /// By how much the host's clocks are ahead of the ones here.
    ahead: Option<(i64, i64)>,
    /// The moment of the last entry.
    last: Moment,
    /// Whether it waits to be told anew.
    anew: bool,
    /// What the log here held before it was told anew: some of it is for this person alone.
    before: Vec<(Moment, Intent)>,
    /// What the host did not take, and until when that is said.
    refused: Option<(SafeText, Duration)>,
    /// Who of the others is not heard any more.
    missing: Vec<Who>,
    out: Vec<Message>,
}

/// What the host was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Asked {
    id: u64,
    here: Vec<Intent>,
    elsewhere: Intent,
}

impl Guest {
    /// A guest whose person is this one, before the session was told; so many entries follow that were accepted before.
    pub(crate) fn new(who: Who, begins: Moment, entries: u64) -> Self {
        Self {
            seat: Seat::of(who),
            had: 0,
            awaited: entries,
            asked: Vec::new(),
            last_id: 0,
            stopped: None,
            ahead: None,
            last: begins,
            anew: false,
            before: Vec::new(),
            refused: None,
            missing: Vec::new(),
            out: Vec::new(),
        }
    }

    /// The seat of the person here.
    pub(crate) fn seat(&mut self) -> &mut Seat {
        &mut self.seat
    }

    /// A guest whose program was killed, and knows no later moment than this one.
    pub(crate) fn again(who: Who, last: Moment) -> Self {
        let mut guest = Self::new(who, last, u64::MAX);
        guest.anew = true;
        guest
    }

    /// The host's program knows nothing of what was asked: it tells everything from the beginning. STOP stands, and is
    /// said again.
    pub(crate) fn is_anew(&mut self) {
        self.only_stop();
        self.out.clear();
        for asked in &self.asked {
            self.out.push(Message::Ask {
                id: asked.id,
                after: 0,
                intent: Box::new(asked.elsewhere.clone()),
            });
        }
        self.anew = true;
    }

    /// Of what was asked, only a STOP outlasts a new beginning.
    fn only_stop(&mut self) {
        self.asked.retain(|asked| asked.elsewhere == Intent::Stop);
        if self.asked.is_empty() {
            self.stopped = None;
        }
    }

    /// A moment of the clocks here as the session counts it: what the host's clocks show, where this person is.
    pub(crate) fn time(&self, here: Moment) -> Moment {
        let (mono, wall) = self.ahead.unwrap_or_else(|| difference(self.last, here));
        let mono = millis(signed_ms(here.mono).saturating_add(mono)).max(self.last.mono);
        Moment {
            mono,
            wall: here.wall.saturating_add(wall).max(self.last.wall),
            ..here
        }
    }

    /// The person here asks something.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub(crate) fn ask(
        &mut self,
        desk: &mut dyn Desk,
        intent: Intent,
        here: Moment,
    ) -> Result<(), Refused> {
        let now = self.time(here);
        self.refused = None;
        let stops = intent == Intent::Stop;
        if self.is_behind() && !stops && intent != Intent::Clock {
            return Err(Refused(SafeText::new(words().joined.catching_up)));
        }
        if !self.asked.is_empty() && !stops {
            return Err(Refused(SafeText::new(words().joined.one_moment)));
        }
        let session = self.stopped.as_deref().unwrap_or(desk.session());
        match self.seat.ask(session, intent.clone(), now)? {
            SeatOutcome::Stays => {}
            SeatOutcome::Answered(yes) => {
                let after = self.had;
                self.out.push(Message::Answered { after, yes });
            }
            SeatOutcome::Tell { here, elsewhere } => {
                if stops {
                    // It holds here before it is on its way.
                    let mut own = desk.session().clone();
                    if own.apply(Intent::Stop, now).is_ok() {
                        self.stopped = Some(Box::new(own));
                    }
                }
                self.last_id += 1;
                let id = self.last_id;
                self.out.push(Message::Ask {
                    id,
                    after: self.had,
                    intent: Box::new(elsewhere.clone()),
                });
                self.asked.push(Asked {
                    id,
                    here,
                    elsewhere,
                });
            }
        }
        Ok(())
    }

    /// Takes what the host's program says. Nothing of it is believed.
    ///
    /// # Errors
    /// It is no session.
    pub(crate) fn hear(
        &mut self,
        desk: &mut dyn Desk,
        message: Message,
        here: Moment,
    ) -> Result<(), NoSession> {
        match message {
            Message::Entry(entry) => self.follow(desk, *entry, here),
            Message::Begin { begin, entries } => {
                self.had = 0;
                (self.awaited, self.anew, self.ahead) = (entries, false, None);
                self.only_stop();
                self.seat.follow(false);
                self.last = sane(begin.at, None).ok_or(NoSession)?;
                let held = desk.begin_anew(*begin).map_err(|_| NoSession)?;
                if held.len() > self.before.len() {
                    self.before = held;
                }
                Ok(())
            }
            Message::Refused { id, says } => {
                if let Some(asked) = self.answered(id) {
                    self.stopped = None;
                    // A STOP that was said twice is no fault of anybody's.
                    let says = SafeText::short(&says, MOST_SENTENCE);
                    let until = here.mono.saturating_add(SAID_FOR);
                    self.refused = (asked.elsewhere != Intent::Stop).then_some((says, until));
                }
                Ok(())
            }
            Message::Give { after } => {
                let answer = self.seat.answer().filter(|_| after == self.had);
                self.out.push(Message::Given { after, answer });
                Ok(())
            }
            Message::Proposed { asked, all } => {
                asked.and_then(|id| self.answered(id));
                let seats = desk.session().seats_in_all();
                let known = all.into_iter().filter(|(who, _)| *who < seats).take(seats);
                self.seat.proposed = known.map(|(who, what)| (Who::at(who), what)).collect();
                Ok(())
            }
            Message::Missing { who } => {
                let all = desk.session().seats_in_all();
                let known = who.into_iter().filter(|who| *who < all).take(all);
                self.missing = known.map(Who::at).collect();
                Ok(())
            }
            Message::Ask { .. }
            | Message::Answered { .. }
            | Message::Given { .. }
            | Message::Hello { .. }
            | Message::Reveal { .. }
            | Message::Words { .. }
            | Message::Offer(_)
            | Message::Text { .. }
            | Message::Accept { .. }
            | Message::Differs
            | Message::Bye => Ok(()),
        }
    }

    /// Tells the session here what the host has written.
    fn follow(
        &mut self,
        desk: &mut dyn Desk,
        entry: SaidEntry,
        here: Moment,
    ) -> Result<(), NoSession> {
        if self.anew {
            // Until it begins anew, nothing of it counts.
            return Ok(());
        }
        let at = sane(entry.at, Some(self.last)).ok_or(NoSession)?;
        if entry.n != self.had + 1 {
            self.differs();
            return Ok(());
        }
        let before = desk.session().clone();
        let own = entry.asked.and_then(|id| self.answered(id));
        let told = match &own {
            Some(own) if own.elsewhere == entry.intent => own.here.clone(),
            Some(_) | None => vec![self.own_form(&entry, at)],
        };
        if desk.tell(&told, at).is_err()
            && desk.tell(std::slice::from_ref(&entry.intent), at).is_err()
        {
            self.differs();
            return Ok(());
        }
        let _ = desk.take_written();
        (self.had, self.last) = (entry.n, at);
        self.learn(at, here);
        let same = before.asks_the_same(desk.session());
        self.seat.follow(same);
        if entry.n > self.awaited {
            let by = entry.by.filter(|by| *by < before.seats_in_all());
            let by = (by.map(Who::at), &entry.intent);
            self.seat.came((&before, desk.session()), by, at);
        }
        self.refused.take_if(|_| !same);
        if own.is_some_and(|own| own.elsewhere == Intent::Stop) {
            self.stopped = None;
        }
        if entry.n >= self.awaited && desk.session().sum() != entry.sum {
            self.differs();
        }
        Ok(())
    }

    /// What was accepted, as the session here is told it: as it was told before, or as this person answered.
    fn own_form(&self, entry: &SaidEntry, at: Moment) -> Intent {
        let place = usize::try_from(entry.n).ok().and_then(|n| n.checked_sub(1));
        let before = place.and_then(|place| self.before.get(place));
        let same = |known: &&(Moment, Intent)| {
            known.0 == at && for_others(known.1.clone()) == entry.intent
        };
        match before.filter(same) {
            Some((_, known)) => known.clone(),
            None => self.seat.own_form(entry.intent.clone()),
        }
    }

    /// What was asked by this number, and has an answer now. What was asked before it has one, too.
    fn answered(&mut self, id: u64) -> Option<Asked> {
        let at = self.asked.iter().position(|asked| asked.id == id)?;
        self.asked.drain(..=at).next_back()
    }

    /// What is here is not what is there.
    fn differs(&mut self) {
        if !self.anew {
            self.anew = true;
            self.out.push(Message::Differs);
        }
    }

    /// The less an entry was under way, the more its moment says about the host's clocks.
    fn learn(&mut self, at: Moment, here: Moment) {
        if self.had < self.awaited {
            // It is of long ago.
            return;
        }
        let new = difference(at, here);
        let better = self.ahead.is_none_or(|(mono, _)| new.0 > mono);
        if better {
            self.ahead = Some(new);
        }
    }

    /// What the person here sees. `heard` is when the host was last heard, where the line has dropped.
    pub(crate) fn scene(&self, session: &Session, heard: Option<Moment>, here: Moment) -> Scene {
        let now = self.time(here);
        let mut own = self.stopped.as_deref().unwrap_or(session).clone();
        if let Some(heard) = heard {
            let before = self.time(heard);
            let gap = Gap {
                before,
                kind: GapKind::Dropped,
            };
            let _ = own.apply(Intent::TimeJumped { gap }, now);
        }
        let mut scene = self.seat.scene(&own, now);
        if let Some((refused, until)) = &self.refused
            && here.mono < *until
        {
            scene.notice = Some(refused.clone());
        }
        scene
    }

    /// Whether it is being told what was accepted before: what stands here is of long ago.
    pub(crate) fn is_behind(&self) -> bool {
        self.anew || self.had < self.awaited
    }

    /// Who of the others is not heard any more, as the host says.
    pub(crate) fn missing(&self) -> &[Who] {
        &self.missing
    }

    /// Whether STOP was pressed here, and the host does not know.
    pub(crate) fn has_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    /// What is to be said to the host.
    pub(crate) fn take_out(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.out)
    }
}

/// By how much one moment's clocks are ahead of another's, in milliseconds.
fn difference(at: Moment, here: Moment) -> (i64, i64) {
    let mono = signed_ms(at.mono).saturating_sub(signed_ms(here.mono));
    (mono, at.wall.saturating_sub(here.wall))
}

/// A moment from elsewhere, where it can be one.
fn sane(at: Moment, last: Option<Moment>) -> Option<Moment> {
    let offset = at.offset.unsigned_abs() <= 18 * 3_600;
    let latest = last.map_or(LATEST * 30, |last| last.mono.saturating_add(LATEST));
    let in_order = last.is_none_or(|last| at.mono >= last.mono) && at.mono <= latest;
    let fits = WALLS.contains(&at.wall) && offset && in_order;
    fits.then_some(Moment { change: None, ..at })
}
