//! Several terminals in one session: what passes between them, who may say what, and what each of them sees.
//!
//! Owns: the line to another program (numbered, acknowledged, with a clock of its own), how two programs meet before
//! anything of a session crosses, what the host and a guest do with what is asked, and one person's own seat.
//! Never does: IO, reading a clock, starting a program; it decides nothing that a session decides.
//! May see: script, session, text, time.
//!
//! ```text
//! message   what one program says to the other      line      that it arrives, once and in order, and that silence is noticed
//! meeting   before a session: versions, three words, the script, everybody's yes
//! seat      whose terminal this is, and what that person alone has said so far
//! host      the only writer          guest   asks, and follows what was written          desk   what both stand on
//! ```

mod desk;
mod guest;
mod host;
mod line;
pub(crate) mod meeting;
pub(crate) mod message;
mod seat;

use std::time::Duration;

pub(crate) use desk::{Desk, Written};
use guest::Guest;
use host::Host;
pub(crate) use line::{Hearing, Line};
use message::Message;

use crate::script::Who;
use crate::session::Session;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{Offer, Scene, SceneMood, Verb};
use crate::session::setup::Begin;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, joined, words};
use crate::time::moment::{Moment, millis, signed_ms};

/// A session at one of several terminals.
#[derive(Debug)]
pub(crate) struct Joined {
    side: Side,
    /// The line to each of the others, by the number under which they are reached.
    lines: Vec<(u32, Line)>,
    /// Whether it was told that the line has dropped.
    told: bool,
    /// Since when the host was not heard, as long as it has not said since what became of the time; at a guest's.
    unsure: Option<Unsure>,
    /// Who is to be put out: what they said is no conversation.
    put_out: Vec<u32>,
}

/// A guest's program hears the host again, which has not yet said what became of the time meanwhile.
#[derive(Clone, Copy, Debug)]
struct Unsure {
    /// Since when it was not heard.
    since: Duration,
    /// Until when that is waited for; nothing, as long as it is not heard.
    until: Option<Duration>,
}

/// How long it is waited for what a host that is heard again says of the time.
const UNSURE: Duration = Duration::from_secs(6);

/// After how long it is said that the other may have gone on at one screen.
const ALONE_AFTER: Duration = Duration::from_secs(60);

#[derive(Debug)]
enum Side {
    Host(Box<Host>),
    Guest(Box<Guest>),
}

impl Joined {
    /// The host's side of a session in which this was accepted before.
    pub(crate) fn host(
        who: Who,
        session: &Session,
        entries: Vec<(Moment, Intent)>,
        now: Moment,
    ) -> Self {
        Self::new(Side::Host(Box::new(Host::new(who, session, entries, now))))
    }

    /// A guest's side, on the line to the host; so many entries follow that were accepted before.
    pub(crate) fn guest(who: Who, begin: &Begin, entries: u64, peer: u32, line: Line) -> Self {
        let mut joined = Self::new(Side::Guest(Box::new(Guest::new(who, begin.at, entries))));
        joined.lines.push((peer, line));
        joined
    }

    /// The same after this program was killed: the host tells everything from the beginning. `last` is the last moment
    /// that is known here.
    pub(crate) fn guest_again(who: Who, last: Moment, peer: u32, line: Line) -> Self {
        let guest = Guest::again(who, last);
        let mut joined = Self::new(Side::Guest(Box::new(guest)));
        joined.lines.push((peer, line));
        joined.told = true;
        joined
    }

    /// At the host, after this program was killed: somebody was there, and is told everything once they are heard.
    pub(crate) fn welcome_again(&mut self, peer: u32, who: Who, line: Line) {
        self.welcome(peer, who, line);
        // The session stands still already.
        self.told = true;
    }

    fn new(side: Side) -> Self {
        Self {
            side,
            lines: Vec::new(),
            told: false,
            unsure: None,
            put_out: Vec::new(),
        }
    }

    /// The clock is shown as the person here has set it for themselves: switched so often.
    pub(crate) fn switch_clock(&mut self, times: u8) {
        let seat = match &mut self.side {
            Side::Host(host) => host.seat(),
            Side::Guest(guest) => guest.seat(),
        };
        seat.switch_clock(times);
    }

    /// Somebody has come who said yes to everything, and is told the whole session.
    pub(crate) fn welcome(&mut self, peer: u32, who: Who, line: Line) {
        if let Side::Host(host) = &mut self.side {
            let before = host.welcome(peer, who);
            self.lines
                .retain(|(known, _)| *known != peer && Some(*known) != before);
            self.lines.push((peer, line));
        }
        self.spread();
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
        let waits = match &self.side {
            Side::Host(_) => {
                matches!(intent, Intent::GoOn | Intent::Pause) && desk.session().is_held()
            }
            // Whatever is asked of a host that does not hear it is for a screen that will not be there any more.
            Side::Guest(_) => !matches!(intent, Intent::Stop | Intent::Clock),
        };
        if waits && self.is_dropped() {
            return Err(Refused(SafeText::new(words().joined.not_back)));
        }
        let asked = match &mut self.side {
            Side::Host(host) => host.ask(desk, intent, here),
            Side::Guest(guest) => guest.ask(desk, intent, here),
        };
        self.spread();
        asked
    }

    /// Takes a line that came from one of the others.
    pub(crate) fn hear(&mut self, desk: &mut dyn Desk, peer: u32, text: &str, here: Moment) {
        let Some((_, line)) = self.lines.iter_mut().find(|(known, _)| *known == peer) else {
            return;
        };
        let heard = line.hear(text, here.mono);
        if line.take_anew() {
            match &mut self.side {
                Side::Host(host) => host.is_anew(peer),
                Side::Guest(guest) => guest.is_anew(),
            }
            self.spread();
        }
        let heard = match heard {
            Ok(Some(message)) => return self.take_in(desk, peer, message, here),
            Ok(None) => true,
            Err(_) => false,
        };
        if !heard {
            self.break_with(desk, peer, here);
        }
        self.look(desk, here);
    }

    /// Takes a message that has come.
    pub(crate) fn take_in(
        &mut self,
        desk: &mut dyn Desk,
        peer: u32,
        message: Message,
        here: Moment,
    ) {
        let leaves = message == Message::Bye;
        if matches!(message, Message::Entry(_) | Message::Begin { .. }) {
            self.unsure = None;
        }
        let heard = match &mut self.side {
            Side::Host(host) => host.hear(desk, peer, message, here),
            Side::Guest(guest) => guest.hear(desk, message, here).is_ok(),
        };
        if leaves {
            self.gone(desk, peer, here);
        }
        if !heard {
            self.break_with(desk, peer, here);
        }
        self.spread();
        self.look(desk, here);
    }

    /// What came from them is no conversation: they are put out, and the session goes on as after any other drop.
    fn break_with(&mut self, desk: &mut dyn Desk, peer: u32, here: Moment) {
        self.put_out.push(peer);
        self.gone(desk, peer, here);
    }

    /// The way to them is there again.
    pub(crate) fn is_back(&mut self, peer: u32) {
        if let Some((_, line)) = self.lines.iter_mut().find(|(known, _)| *known == peer) {
            line.is_back();
        }
    }

    /// They are gone for good.
    pub(crate) fn gone(&mut self, desk: &mut dyn Desk, peer: u32, here: Moment) {
        if let Some((_, line)) = self.lines.iter_mut().find(|(known, _)| *known == peer) {
            line.give_up();
        }
        self.look(desk, here);
    }

    /// What came into the log by another way (the time) is said to the others.
    pub(crate) fn publish(&mut self, desk: &mut dyn Desk) {
        if let Side::Host(host) = &mut self.side {
            host.publish(desk);
        }
        self.spread();
    }

    /// Looks at the clock of each line.
    pub(crate) fn look(&mut self, desk: &mut dyn Desk, here: Moment) {
        let mut broken = Vec::new();
        for (peer, line) in &mut self.lines {
            if line.look(here.mono).is_err() {
                line.give_up();
                broken.push(*peer);
            }
        }
        self.put_out.extend(broken);
        let missing = self.missing();
        if let Side::Host(host) = &mut self.side {
            host.tell_missing(missing);
        }
        match self.dropped_since() {
            Some(since) if !self.told => {
                self.told = true;
                let heard = earlier(here, since);
                if let Side::Host(host) = &mut self.side {
                    host.hold(desk, heard, here);
                }
            }
            Some(_) => {}
            None => self.told = false,
        }
        let dropped = self.dropped_since();
        self.unsure = match (dropped, self.unsure) {
            (Some(since), _) if matches!(self.side, Side::Guest(_)) => {
                Some(Unsure { since, until: None })
            }
            (None, Some(Unsure { since, until })) => {
                let until = until.unwrap_or(here.mono + UNSURE);
                let until = Some(until).filter(|until| here.mono < *until);
                until.map(|_| Unsure { since, until })
            }
            (_, _) => None,
        };
        self.spread();
    }

    fn spread(&mut self) {
        match &mut self.side {
            Side::Host(host) => {
                for (to, message) in host.take_out() {
                    if let Some((_, line)) = self.lines.iter_mut().find(|(peer, _)| *peer == to) {
                        line.say(message);
                    }
                }
            }
            Side::Guest(guest) => {
                let out = guest.take_out();
                if let Some((_, line)) = self.lines.first_mut() {
                    out.into_iter().for_each(|message| line.say(message));
                }
            }
        }
    }

    /// The lines that are to be sent now, and to whom.
    pub(crate) fn take(&mut self, here: Moment) -> Vec<(u32, String)> {
        let lines = self.lines.iter_mut();
        let of = |(peer, line): &mut (u32, Line)| {
            let peer = *peer;
            line.take(here.mono)
                .into_iter()
                .map(move |text| (peer, text))
        };
        lines.flat_map(of).collect()
    }

    /// Who is to be put out.
    pub(crate) fn take_put_out(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.put_out)
    }

    /// The program here ends in good order, or goes on alone.
    pub(crate) fn say_goodbye(&mut self) {
        for (_, line) in &mut self.lines {
            line.say(Message::Bye);
        }
    }

    /// Who sits at other terminals, and by which number they are reached; at the host's.
    pub(crate) fn seats(&self) -> Vec<(u32, Who)> {
        match &self.side {
            Side::Host(host) => host.seats(),
            Side::Guest(_) => self.lines.iter().map(|(peer, _)| (*peer, Who(0))).collect(),
        }
    }

    #[cfg(test)]
    /// Whether the others have taken all that was said.
    pub(crate) fn is_told(&self) -> bool {
        self.lines.iter().all(|(_, line)| line.is_told())
    }

    /// Nobody of the others can be reached any more.
    pub(crate) fn all_gone(&mut self, desk: &mut dyn Desk, here: Moment) {
        for (_, line) in &mut self.lines {
            line.give_up();
        }
        self.look(desk, here);
    }

    /// When the one was last heard who is not heard any more, as the session counts it; now, where all are heard.
    #[must_use]
    pub(crate) fn heard(&self, here: Moment) -> Moment {
        let since = self.dropped_since().unwrap_or(here.mono);
        self.time(earlier(here, since))
    }

    /// Since when somebody is not heard any more, where that is so.
    fn dropped_since(&self) -> Option<Duration> {
        let since = self
            .lines
            .iter()
            .filter_map(|(_, line)| match line.hearing() {
                Hearing::Dropped { since } => Some(since),
                Hearing::Clear | Hearing::Quiet => None,
            });
        since.min()
    }

    /// Who is not there, at the host's.
    #[must_use]
    pub(crate) fn missing(&self) -> Vec<Who> {
        let Side::Host(host) = &self.side else {
            return Vec::new();
        };
        let heard = |peer: u32| {
            let mut lines = self.lines.iter();
            lines.any(|(known, line)| {
                *known == peer && !matches!(line.hearing(), Hearing::Dropped { .. })
            })
        };
        host.seats_not(heard)
    }

    /// The names of those who are not there.
    fn missing_names(&self, session: &Session) -> String {
        let missing = match &self.side {
            Side::Host(_) => self.missing(),
            Side::Guest(guest) => guest.missing().to_vec(),
        };
        let people = &session.begun().people;
        let names = missing.iter().filter_map(|who| people.get(who.index()));
        let names: Vec<String> = names.cloned().collect();
        joined(&names)
    }

    /// Whether the line to somebody has dropped.
    #[must_use]
    pub(crate) fn is_dropped(&self) -> bool {
        self.dropped_since().is_some()
    }

    /// Whether this terminal writes the session's log, and the others follow.
    #[cfg(test)]
    #[must_use]
    pub(crate) fn is_host(&self) -> bool {
        matches!(self.side, Side::Host(_))
    }

    /// Whether STOP was pressed here, and the host does not know.
    #[must_use]
    pub(crate) fn has_stopped(&self) -> bool {
        match &self.side {
            Side::Host(_) => false,
            Side::Guest(guest) => guest.has_stopped(),
        }
    }

    /// A moment of the clocks here as the session counts it.
    #[must_use]
    pub(crate) fn time(&self, here: Moment) -> Moment {
        match &self.side {
            Side::Host(_) => here,
            Side::Guest(guest) => guest.time(here),
        }
    }

    /// What the person here sees.
    #[must_use]
    pub(crate) fn scene(&self, session: &Session, here: Moment) -> Scene {
        let dropped = self.dropped_since();
        let mut scene = match &self.side {
            Side::Host(host) => host.scene(session, here),
            Side::Guest(guest) => {
                let unsure = self.unsure.map(|unsure| unsure.since);
                let heard = dropped.or(unsure).map(|since| earlier(here, since));
                guest.scene(session, heard, here)
            }
        };
        let w = &words().joined;
        let quiet = self
            .lines
            .iter()
            .any(|(_, line)| line.hearing() == Hearing::Quiet);
        if session.is_closed() {
            return scene;
        }
        if let Some(since) = dropped {
            let long = here.mono.saturating_sub(since) >= ALONE_AFTER;
            let says = if long { w.dropped_long } else { w.dropped };
            let missing = self.missing_names(session);
            scene.notice = Some(match session.seats_in_all() {
                0..3 => SafeText::new(says),
                _ if missing.is_empty() => SafeText::new(says),
                _ => fill(&w.missing, &[("name", &missing)]),
            });
            (scene.rare.numbers, scene.rare.line_sign) = (true, true);
            if scene.mood == SceneMood::Held {
                // Nobody goes on together before they are back; and here a line is no line of an agreement.
                let waits = |verb| matches!(verb, Verb::GoOn | Verb::ChangeLine);
                scene.offers.retain(|offer| !waits(offer.verb));
                if matches!(&self.side, Side::Guest(guest) if guest.is_behind()) {
                    // How much time is left is the host's to say.
                    scene.prompt.truncate(2);
                }
            }
            scene.add_choice(SafeText::new(w.alone), Intent::Alone);
        } else if matches!(&self.side, Side::Guest(guest) if guest.is_behind() && !guest.has_stopped())
        {
            // Nothing of what stands here, which is of long ago, is shown or spoken.
            let stays = |offer: &Offer| matches!(offer.verb, Verb::Stop | Verb::Card | Verb::Leave);
            scene.offers.retain(stays);
            scene = Scene {
                mood: scene.mood,
                prompt: vec![SafeText::new(w.catching_up)],
                offers: scene.offers,
                ..Scene::default()
            };
        } else if let Side::Guest(guest) = &self.side
            && !guest.missing().is_empty()
        {
            let missing = self.missing_names(session);
            scene.notice = Some(fill(&w.missing, &[("name", &missing)]));
            (scene.rare.numbers, scene.rare.line_sign) = (true, true);
        } else if quiet {
            scene.notice = Some(SafeText::new(w.quiet));
            scene.rare.line_sign = true;
        } else if session.waited_for_line() && scene.mood == SceneMood::Held {
            scene.notice = Some(SafeText::new(w.line_back));
        }
        scene
    }

    /// How long until something is to be said, or noticed.
    #[must_use]
    pub(crate) fn next_wake(&self, here: Moment) -> Option<Duration> {
        let long = self.dropped_since().map(|since| since + ALONE_AFTER);
        let long = long.and_then(|at| at.checked_sub(here.mono));
        let lines = self.lines.iter();
        let lines = lines.map(|(_, line)| line.next_wake(here.mono));
        lines.chain(long.filter(|left| !left.is_zero())).min()
    }
}

/// The moment at which the monotonic clock showed this.
fn earlier(now: Moment, mono: Duration) -> Moment {
    let by = signed_ms(now.mono.saturating_sub(mono));
    Moment {
        mono: millis(signed_ms(now.mono).saturating_sub(by)),
        wall: now.wall.saturating_sub(by),
        ..now
    }
}

#[cfg(test)]
mod tests;
