//! A session at one of several terminals: what comes from the others, and what goes to them.

use std::sync::Arc;
use std::time::Duration;

use super::{RunningSession, switches};
use crate::app::door::{Arrived, Door};
use crate::app::kept_line::{KeptLine, LineAgain};
use crate::app::link_program::{LinkNews, LinkOrder, LinkProgram, random};
use crate::app::refused;
use crate::joined::message::Message;
use crate::joined::{Desk, Joined, Line, Written};
use crate::notebook::Notebooks;
use crate::script::{Script, Who};
use crate::session::Session;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{Scene, SceneMood, Verb};
use crate::session::setup::Begin;
use crate::session_log::{self, Log};
use crate::settings::ClockSetting;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill_lines, joined, words};
use crate::time::clock::SystemClock;
use crate::time::moment::{Gap, GapKind, Moment};

/// The others, and how they are reached.
pub(super) struct Others {
    pub(super) joined: Joined,
    link: LinkProgram,
    /// Who comes (again) while the session goes on; at the host's.
    door: Door,
    /// For how many the door was opened.
    open: usize,
    /// Somebody said no to the words: nobody comes in any more, and this is why.
    spent: Option<SafeText>,
    /// What lies beside the log.
    kept: Option<KeptLine>,
    /// Whether it is asked once more whether the person here goes on alone.
    asks_alone: bool,
}

impl Others {
    fn new(joined: Joined, link: LinkProgram, script: &Script, begin: &Begin) -> Self {
        Self {
            joined,
            link,
            door: Door::new(script, &begin.people, begin.first, None).goes_on(),
            open: 0,
            spent: None,
            kept: None,
            asks_alone: false,
        }
    }

    /// How long until something is due.
    pub(super) fn next_wake(&self, here: Moment) -> Option<Duration> {
        let wakes = [
            self.joined.next_wake(here),
            self.link.next_wake(here.mono),
            self.door.next_wake(here),
        ];
        wakes.into_iter().flatten().min()
    }

    /// Who is not there, at the host's.
    fn missing(&self) -> Vec<usize> {
        let missing = self.joined.missing().into_iter();
        missing.map(|who| who.index()).collect()
    }

    /// Somebody is there: the host meets them as it met those who are missing.
    fn meet(&mut self, peer: u32, proof: &str, now: Moment) {
        match self.missing().is_empty() || self.spent.is_some() {
            false => self.door.meet(peer, proof, &random(), now),
            true => self.link.tell(&LinkOrder::Refuse { id: peer }),
        }
    }

    /// Looks after whoever comes, and lets them in once everything was said yes to.
    fn look_at_door(&mut self, now: Moment) {
        let missing = self.missing().len();
        if self.spent.is_none() {
            for _ in self.open..missing {
                self.link.tell(&LinkOrder::Open(true));
            }
        }
        self.open = missing;
        for (to, text) in self.door.take(now) {
            self.link.tell(&LinkOrder::Line { to, text: &text });
        }
        for (id, _, spent) in self.door.take_ended() {
            self.link.tell(&LinkOrder::Refuse { id });
            if spent {
                self.spent = Some(SafeText::new(words().joined.spent));
            }
            self.open = self.open.saturating_sub(1);
        }
        for Arrived {
            peer, who, line, ..
        } in self.door.take_arrived()
        {
            self.joined.welcome(peer, Who::at(who), line);
        }
    }

    /// What is asked of the person here because somebody comes; `None` where nobody does.
    fn asked_at_door(&self) -> Option<Scene> {
        if self.door.is_empty() {
            return None;
        }
        let mut scene = Scene {
            mood: SceneMood::Held,
            title: SafeText::new(words().joined.title),
            ..Scene::default()
        };
        self.door.put(&mut scene, &self.missing());
        Some(scene)
    }
}

/// What a session at one of several terminals knows beside itself.
pub(super) struct Shares {
    script: Arc<Script>,
    /// Who sits here.
    who: Who,
    /// Whether it follows a host's log.
    pub(super) follows: bool,
    pub(super) written: Vec<Written>,
}

impl RunningSession {
    /// The host's session, in which others sit at their own terminals.
    pub(in crate::app) fn welcome(
        &mut self,
        (script, link): (Arc<Script>, LinkProgram),
        guests: Vec<Arrived>,
        notebooks: &Notebooks,
    ) {
        let host = Who::at(0);
        let now = self.clock.now();
        let mut joined = Joined::host(host, &self.session, Vec::new(), now);
        for Arrived {
            peer,
            who,
            mut line,
            ..
        } in guests
        {
            line.at(now.mono);
            joined.welcome(peer, Who::at(who), line);
        }
        self.others = Some(Others::new(joined, link, &script, self.session.begun()));
        self.sits_here(script, host, false, notebooks);
        self.keep_line();
        self.talk(now);
    }

    /// The same after this program was killed.
    pub(super) fn welcome_again(
        &mut self,
        LineAgain { kept, link }: LineAgain,
        script: Arc<Script>,
        entries: Vec<(Moment, Intent)>,
        notebooks: &Notebooks,
    ) {
        let (host, now) = (Who::at(kept.who), self.clock.now());
        let mut joined = Joined::host(host, &self.session, entries, now);
        for (peer, place) in kept.seats {
            let line = Line::anew(now.mono, fastrand::u64(..));
            joined.welcome_again(peer, Who::at(place), line);
        }
        let begin = self.session.begun().clone();
        self.others = Some(Others::new(joined, link, &script, &begin));
        self.sits_here(script, host, false, notebooks);
    }

    /// The same at a guest's.
    pub(super) fn follow_again(
        &mut self,
        LineAgain { kept, link }: LineAgain,
        script: Arc<Script>,
        notebooks: &Notebooks,
    ) {
        let (who, now) = (Who::at(kept.who), self.clock.now());
        let peer = kept.seats.first().map_or(1, |(peer, _)| *peer);
        let line = Line::anew(now.mono, fastrand::u64(..));
        let joined = Joined::guest_again(who, self.last, peer, line);
        let begin = self.session.begun().clone();
        self.others = Some(Others::new(joined, link, &script, &begin));
        self.sits_here(script, who, true, notebooks);
    }

    /// Keeps beside the log how the others are reached, where that has changed.
    fn keep_line(&mut self) {
        let (Some(others), Some(shares), Some(log)) = (&mut self.others, &self.shares, &self.log)
        else {
            return;
        };
        let Some(same) = others.link.same() else {
            return;
        };
        let seats = others.joined.seats();
        let same_as = |kept: &KeptLine| {
            let places = kept
                .seats
                .iter()
                .map(|(peer, place)| (*peer, Who::at(*place)));
            kept.link == *same && places.eq(seats.iter().copied())
        };
        if others.kept.as_ref().is_some_and(same_as) {
            return;
        }
        let kept = KeptLine {
            who: shares.who.index(),
            seats: seats
                .iter()
                .map(|(peer, who)| (*peer, who.index()))
                .collect(),
            link: same.clone(),
        };
        kept.lay(log.path());
        others.kept = Some(kept);
    }

    /// The session of a guest: so many entries follow that were accepted before, and of them this has come.
    pub(in crate::app) fn follow_host(
        &mut self,
        (script, link): (Arc<Script>, LinkProgram),
        who: Who,
        (peer, mut line): (u32, Line),
        (entries, behind): (u64, Vec<Message>),
        notebooks: &Notebooks,
    ) {
        let now = self.clock.now();
        line.at(now.mono);
        let mut joined = Joined::guest(who, self.session.begun(), entries, peer, line);
        let begin = self.session.begun().clone();
        self.sits_here(Arc::clone(&script), who, true, notebooks);
        for message in behind {
            joined.take_in(self, peer, message, now);
        }
        self.others = Some(Others::new(joined, link, &script, &begin));
        self.keep_line();
        self.talk(now);
    }

    /// Only the notebook of whoever sits here is written to.
    fn sits_here(&mut self, script: Arc<Script>, who: Who, follows: bool, notebooks: &Notebooks) {
        self.pages.only(who, self.session.begun(), notebooks);
        self.shares = Some(Shares {
            script,
            who,
            follows,
            written: Vec::new(),
        });
    }

    /// The clock is shown here as the person here has set it for themselves.
    pub(in crate::app) fn switch_clock(&mut self, wanted: Option<ClockSetting>) {
        let first = self.session.script().clock;
        if let Some(others) = &mut self.others {
            others.joined.switch_clock(switches(wanted, first));
        }
    }

    /// Whether it follows the log of a host.
    pub(super) fn follows(&self) -> bool {
        self.shares.as_ref().is_some_and(|shares| shares.follows)
    }

    /// Says what is due, and puts out who is to be put out.
    fn talk(&mut self, now: Moment) {
        if let Some(others) = &mut self.others {
            let said = others.joined.take(now).into_iter();
            // Whoever comes anew by the same number knows nothing of the line that was there before.
            for (to, text) in said.filter(|(to, _)| !others.door.has(*to)) {
                others.link.tell(&LinkOrder::Line { to, text: &text });
            }
            for id in others.joined.take_put_out() {
                others.link.tell(&LinkOrder::Refuse { id });
            }
        }
    }

    /// The person here asks something, where others sit at their own terminals.
    pub(super) fn ask_shared(&mut self, intent: Intent, now: Moment) -> Result<(), Refused> {
        if let Some(others) = &mut self.others {
            let (asks, dropped) = (others.asks_alone, others.joined.is_dropped());
            others.asks_alone = intent == Intent::Alone && dropped && !asks;
            if others.asks_alone || asks && intent == Intent::Back {
                return Ok(());
            }
        }
        if intent == Intent::Alone {
            return self.go_alone(now);
        }
        let Some(mut others) = self.others.take() else {
            return self.tell(&[intent], now);
        };
        let missing = others.missing();
        let asked = if let Intent::Answer { n } = intent
            && !others.door.is_empty()
        {
            let _ = others.door.answer(n, &missing);
            Ok(())
        } else {
            others.joined.ask(self, intent, now)
        };
        others.look_at_door(now);
        self.others = Some(others);
        self.talk(now);
        asked
    }

    /// What is seen here, where others sit at their own terminals.
    pub(super) fn shared_scene(&self, now: Moment) -> Scene {
        let Some(others) = &self.others else {
            return self.session.scene(now);
        };
        let mut scene = others.joined.scene(&self.session, now);
        let w = &words().joined;
        if self.session.is_closed() {
            return scene;
        } else if others.joined.is_dropped() && others.link.is_over() {
            scene.notice = Some(SafeText::new(w.line_over));
        } else if others.joined.is_dropped() && others.spent.is_some() {
            scene.notice.clone_from(&others.spent);
        } else if others.link.is_mending() && !others.joined.is_dropped() {
            scene.notice = Some(SafeText::new(w.line_mending));
            scene.rare.line_sign = true;
        }
        if others.asks_alone && others.joined.is_dropped() {
            scene.prompt = fill_lines(&w.alone_ask, &[("others", &self.names_of_others())]);
            (scene.field, scene.notice, scene.rare.beneath) = (None, None, None);
            (scene.list, scene.rare.numbers) = (Vec::new(), false);
            scene.choices.clear();
            scene.add_choice(SafeText::new(w.alone_yes), Intent::Alone);
            scene.add_choice(SafeText::new(w.alone_no), Intent::Back);
            let stays = |verb: Verb| matches!(verb, Verb::Stop | Verb::Card | Verb::Leave);
            scene.offers.retain(|offer| stays(offer.verb));
        }
        if let Some(mut door) = others.asked_at_door() {
            let stays = |verb: Verb| matches!(verb, Verb::Stop | Verb::Card | Verb::Leave);
            scene.offers.retain(|offer| stays(offer.verb));
            door.offers = scene.offers;
            return door;
        }
        scene
    }

    /// Those who sit at other terminals, by their names.
    fn names_of_others(&self) -> String {
        let own = self.shares.as_ref().map(|shares| shares.who.index());
        let people = self.session.begun().people.iter().enumerate();
        let others = people.filter(|(at, _)| Some(*at) != own);
        let others: Vec<String> = others.map(|(_, name)| name.clone()).collect();
        joined(&others)
    }

    /// Whether each sits at a terminal of their own.
    pub(in crate::app) fn sits_apart(&self) -> bool {
        self.shares.is_some()
    }

    /// Hears what has come from the others, and looks at the line's own clock.
    pub(super) fn hear_others(&mut self, now: Moment) {
        let Some(mut others) = self.others.take() else {
            return;
        };
        others.joined.publish(self);
        for news in others.link.take(now.mono) {
            match news {
                LinkNews::Line { from, text } => {
                    if others.door.hear(from, &text, now) {
                        others.look_at_door(now);
                    } else {
                        others.joined.hear(self, from, &text, now);
                    }
                }
                LinkNews::Peer { id, proof } => others.meet(id, &proof, now),
                LinkNews::Up { id } => {
                    others.door.is_back(id);
                    others.joined.is_back(id);
                }
                LinkNews::Gone { id, why } if others.door.gone(id, &why) => {
                    others.open = others.open.saturating_sub(1);
                }
                LinkNews::Gone { id, .. } => others.joined.gone(self, id, now),
                LinkNews::Ended => others.joined.all_gone(self, now),
                LinkNews::Down(_)
                | LinkNews::Ready { .. }
                | LinkNews::Ticket(_)
                | LinkNews::Relay(_)
                | LinkNews::Error(_)
                | LinkNews::Again(_) => {}
            }
        }
        others.joined.look(self, now);
        others.asks_alone &= others.joined.is_dropped();
        others.look_at_door(now);
        self.others = Some(others);
        self.keep_line();
        self.talk(now);
        self.write_what_waits();
    }

    /// What could not be written into the notebook here is tried again.
    fn write_what_waits(&mut self) {
        let waits = std::mem::take(&mut self.unwritten);
        for (who, what, wrote, at) in waits {
            if let Err(sentence) = self.pages.keep(who, &what, wrote.clone(), at) {
                self.notice = Some(sentence);
                self.unwritten.push((who, what, wrote, at));
            }
        }
    }

    /// From here on it is a session on one screen.
    fn go_alone(&mut self, now: Moment) -> Result<(), Refused> {
        let Some(mut others) = self.others.take_if(|others| others.joined.is_dropped()) else {
            return refused(SafeText::new(words().session.not_here));
        };
        let here = others.joined.time(now);
        if self.follows() {
            // What the host's clock showed goes on here.
            let before = others.joined.heard(now);
            self.clock = Box::new(SystemClock::after(here));
            let kind = GapKind::Dropped;
            let _ = self.tell(
                &[Intent::TimeJumped {
                    gap: Gap { before, kind },
                }],
                here,
            );
            if others.joined.has_stopped() {
                let _ = self.tell(&[Intent::Stop], here);
            }
        }
        self.shares = None;
        if let Some(log) = &self.log {
            session_log::forget_line(log.path());
        }
        others.link.say_bye();
        Ok(())
    }

    #[cfg(test)]
    /// Whether the others have taken all that was said here.
    pub(in crate::app) fn is_told(&self) -> bool {
        let others = self.others.as_ref();
        others.is_none_or(|others| others.joined.is_told())
    }

    /// The program here ends: the others are told.
    pub(in crate::app) fn say_goodbye(&mut self) {
        let now = self.clock.now();
        if let Some(others) = &mut self.others {
            others.joined.say_goodbye();
        }
        self.talk(now);
        let closed = self.session.is_closed();
        match self.others.take() {
            Some(mut others) if closed => others.link.say_bye(),
            // It can be gone on with later, together.
            Some(mut others) => others.link.hang_up(),
            None => {}
        }
    }

    /// A moment of the clock here as the session counts it.
    pub(super) fn session_time(&self, now: Moment) -> Moment {
        match &self.others {
            Some(others) => others.joined.time(now),
            None => now,
        }
    }
}

impl Desk for RunningSession {
    fn session(&self) -> &Session {
        &self.session
    }

    fn tell(&mut self, intents: &[Intent], at: Moment) -> Result<(), Refused> {
        self.tell(intents, at)
    }

    fn take_written(&mut self) -> Vec<Written> {
        let shares = self.shares.as_mut();
        shares
            .map(|shares| std::mem::take(&mut shares.written))
            .unwrap_or_default()
    }

    fn begin_anew(&mut self, mut begin: Begin) -> Result<Vec<(Moment, Intent)>, Refused> {
        let unfit = || Refused(SafeText::new(words().joined.end_broken));
        let shares = self.shares.as_ref().ok_or_else(unfit)?;
        let known = self.session.begun();
        let same = (
            &begin.script,
            &begin.hash,
            &begin.people,
            begin.notebooks.get(shares.who.index()),
        ) == (
            &known.script,
            &known.hash,
            &known.people,
            known.notebooks.get(shares.who.index()),
        );
        if !same {
            return Err(unfit());
        }
        // Each has the words that they chose for themselves.
        begin.known.by_ear.clone_from(&known.known.by_ear);
        let session = Session::begin(&shares.script, begin).map_err(|_| unfit())?;
        // The log so far tells of something that did not happen, but for what this person said alone.
        let mut held = Vec::new();
        if let Some(log) = self.log.take() {
            held = session_log::read(log.path()).map_or(held, |story| story.entries);
            let folder = log.path().parent().map(std::path::Path::to_path_buf);
            let _ = log.close();
            self.log = folder.and_then(|folder| Log::create(&folder, session.begun()).ok());
        }
        (self.last, self.logged) = (session.begun().at, session.begun().at);
        (self.session, self.outline) = (session, None);
        Ok(held)
    }
}
