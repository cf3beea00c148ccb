//! A turn: warnings and landing by the clock, more time by everybody's yes, and the same for the other.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;
use std::time::Duration;

use crate::script::{Ask, StageKind};
use crate::session::consents::Consents;
use crate::session::intent::{BellRing, Effect, Intent};
use crate::session::plan::{ActKind, in_half_minutes};
use crate::session::setup::{ClockMode, Length};
use crate::session::state::{MoreTime, Notice, Path, State, StepLeft};
use crate::session::{Applied, Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::millis;
use crate::time::moment::{Countdown, Moment, minutes, signed_ms};

/// A difference between turns below a minute is made up without a word, to half a minute; from a minute on the other is
/// asked.
pub(in crate::session) const WORTH_ASKING_MS: i64 = 60_000;

/// The steps in which more time can be asked for, in minutes.
const PORTIONS: [u8; 4] = [1, 2, 5, 10];

impl Session {
    /// What the clock brings about by itself: bells, the landing. Called after every intent.
    pub(in crate::session) fn tick(&mut self, now: Moment) -> Vec<Effect> {
        let mut effects = self.rest_over(now);
        if !self.clock_runs() {
            return effects;
        }
        effects.extend(self.tick_groups(now));
        let left = self.walk.clock.left(now);
        self.half_way(left, now);
        effects.extend(self.warning_is_due(left));
        if let Some(turn) = &self.walk.turn {
            let lands = !turn.landing.is_zero() && turn.landed_from.is_none();
            if left <= signed_ms(turn.landing) && lands {
                self.landing_is_due(now);
                effects.push(Effect::Ring(BellRing::Landing));
            }
        }
        if left <= 0 && !self.walk.bells.over && self.rings_here() {
            self.walk.bells.over = true;
            effects.extend(self.time_is_over(left, now));
        }
        effects
    }

    /// The soft bell before the end, where its minute has come.
    fn warning_is_due(&mut self, left: i64) -> Option<Effect> {
        let length = signed_ms(self.planned_here());
        let rung = self.walk.bells.warned;
        let due = self.warnings_here().into_iter().filter(|warning| {
            let at = i64::from(*warning) * 60_000;
            left <= at && at < length && rung.is_none_or(|last| *warning < last)
        });
        let minutes = due.min().filter(|_| left > 0)?;
        self.walk.bells.warned = Some(minutes);
        self.notice = Some(Notice::Warning { minutes });
        Some(Effect::Ring(BellRing::Warning))
    }

    /// In how many minutes before the end a bell rings here: those that the script has, and in a turn those that
    /// somebody chose.
    pub(in crate::session) fn warnings_here(&self) -> Vec<u8> {
        // Where each group has its own clock, they ring by those.
        let stage = self.act_stage(self.walk.act);
        let stage = stage.filter(|_| !self.goes_apart(self.walk.act));
        let own = stage.map_or(&[][..], |stage| &stage.warnings);
        let turn = self.walk.turn.as_ref();
        let chosen = turn.map_or(&[][..], |turn| self.warnings_of(self.who(turn.nth)));
        own.iter().chain(chosen).copied().collect()
    }

    /// Whether a bell rings here when the time is over.
    pub(in crate::session) fn rings_here(&self) -> bool {
        let stage = self.act_stage(self.walk.act);
        stage.is_some_and(|stage| stage.rings)
    }

    /// Whether what is walked takes the time that it takes.
    pub(in crate::session) fn is_open(&self) -> bool {
        let stage = self.act_stage(self.walk.act);
        stage.is_some_and(|stage| stage.open)
    }

    /// What the end of the time brings about. Where a yes or a word is still asked for that protects somebody, nothing
    /// moves on without it.
    fn time_is_over(&mut self, left: i64, now: Moment) -> Vec<Effect> {
        if self.is_open() {
            self.notice = Some(Notice::OpenSign);
            return vec![Effect::Ring(BellRing::Warning)];
        }
        self.notice = Some(Notice::Over);
        let mut effects = vec![Effect::Ring(BellRing::Over)];
        let asks = self.walk.path.doing.protects();
        if self.moves_on() && self.state == State::Walking && !asks && !self.is_still() {
            self.notice = None;
            effects.extend(self.finish(now));
            // The next one began when this one was over, not when somebody looked.
            self.walk.clock = self.walk.clock.less(millis(left.saturating_neg()));
        }
        effects
    }

    /// How many minutes are still kept here, where no key ends it before: nothing where its time is over or does not
    /// run, so that nobody waits for ever.
    pub(in crate::session) fn held_for(&self, now: Moment) -> Option<u64> {
        let stage = self.act_stage(self.walk.act)?;
        let left = self.walk.clock.left(now);
        let held = stage.hold && self.clock_runs() && left > 0;
        held.then(|| millis(left).as_secs().div_ceil(60))
    }

    /// Whether the next one begins by itself when the time here is over.
    pub(in crate::session) fn moves_on(&self) -> bool {
        let stage = self.act_stage(self.walk.act);
        stage.is_some_and(|stage| stage.moves_on)
    }

    /// Whether a warning would ring in the turns of somebody as they are planned now: the plan may have made them
    /// shorter than they are written.
    pub(in crate::session) fn rings_in_turn(&self, nth: usize, minutes: u8) -> bool {
        let planned = self.acts.iter().filter_map(|act| match act.what {
            ActKind::Turn { nth: whose, .. } => (whose == nth).then_some(act.length),
            ActKind::Whole { .. }
            | ActKind::Share { .. }
            | ActKind::Between { .. }
            | ActKind::Before { .. }
            | ActKind::After { .. } => None,
        });
        let before = crate::time::moment::minutes(u64::from(minutes));
        planned.max().is_none_or(|longest| before < longest)
    }

    /// What comes half way through the turn that is walked.
    pub(in crate::session) fn half_way_aside(&self) -> Option<usize> {
        self.walk.turn.as_ref()?;
        match &self.act_stage(self.walk.act)?.kind {
            StageKind::Turns { half_way, .. } => *half_way,
            StageKind::Together | StageKind::Each | StageKind::Closing => None,
        }
    }

    /// What comes half way through a turn is stepped into, unless something else is going on.
    fn half_way(&mut self, left: i64, now: Moment) {
        let Some(aside) = self.half_way_aside() else {
            return;
        };
        let due = self.walk.turn.as_ref().is_some_and(|turn| {
            !turn.half_way && turn.landed_from.is_none() && left <= signed_ms(turn.length) / 2
        });
        if !due || self.state != State::Walking {
            return;
        }
        if let Some(turn) = &mut self.walk.turn {
            turn.half_way = true;
        }
        self.step_aside(aside, now);
    }

    fn rest_over(&mut self, now: Moment) -> Vec<Effect> {
        let Some((clock, rung)) = self.rest_here() else {
            return Vec::new();
        };
        if *rung || clock.left(now) > 0 {
            return Vec::new();
        }
        *rung = true;
        self.notice = Some(Notice::RestOver);
        self.rest_moves_on(now);
        vec![Effect::Ring(BellRing::Rest)]
    }

    /// On from a quiet while whose step says so.
    fn rest_moves_on(&mut self, now: Moment) {
        let track = StepList::Act(self.walk.act);
        let path = self.walk.path.clone();
        let step = self.step_at(track, &path);
        if let Some(to) = step.filter(|step| step.moves_on).map(|step| step.to)
            && self.state == State::Walking
        {
            // A way that can't be gone from here is left to a key.
            _ = self.go(track, path, to, now);
        }
    }

    /// Where the landing of this turn begins, and whether a step belongs to it.
    pub(in crate::session) fn landing_steps(&self) -> Option<(usize, &[bool])> {
        match &self.act_stage(self.walk.act)?.kind {
            StageKind::Turns {
                lands_at, lands, ..
            } => Some(((*lands_at)?, lands)),
            StageKind::Together | StageKind::Each | StageKind::Closing => None,
        }
    }

    /// Notes that a step of a turn was entered: in the landing the way back is remembered for more time.
    pub(in crate::session) fn note_landing(&mut self, step: usize, before: usize) {
        let lands = self
            .landing_steps()
            .is_some_and(|(_, lands)| lands.get(step).copied().unwrap_or(false));
        if let Some(turn) = &mut self.walk.turn {
            if lands {
                turn.landed_from.get_or_insert(before);
                turn.landing_waits = false;
            } else if !turn.landing_waits {
                turn.landed_from = None;
            }
        }
    }

    /// The time of the landing has come. A question that is not answered yet is not swept away: it stays, with a line
    /// about the landing beside it, and the answer leads there.
    fn landing_is_due(&mut self, now: Moment) {
        if !self.walk.path.doing.waits_for_answer() || self.landing_steps().is_none() {
            return self.begin_landing(now);
        }
        let from = self.walk.path.step;
        // The time of the landing cannot be gone back from.
        self.walk.path.trail.clear();
        self.notice = Some(Notice::Landing);
        if let Some(turn) = &mut self.walk.turn {
            (turn.landed_from, turn.landing_waits) = (Some(from), true);
        }
    }

    /// Where a way leads while the landing waits: there, unless it is about somebody's safety, or an answer has words of
    /// its own that come before.
    pub(in crate::session) fn lands_instead(&self, path: &Path, next: usize) -> bool {
        let waits = self
            .walk
            .turn
            .as_ref()
            .is_some_and(|turn| turn.landing_waits);
        let lands = self
            .landing_steps()
            .and_then(|(_, lands)| lands.get(next).copied());
        let Some(step) = self.steps(StepList::Act(self.walk.act)).get(next) else {
            return false;
        };
        let care = step.still || step.crisis_card;
        let told = step.depth.is_none() && matches!(step.ask, Ask::Read);
        waits && lands != Some(true) && !care && !(told && path.doing.waits_for_answer())
    }

    /// The landing is reserved: when its time has come the way goes there, from wherever it is.
    fn begin_landing(&mut self, now: Moment) {
        let Some((step, _)) = self.landing_steps() else {
            return;
        };
        let mut path = self.walk.path.clone();
        self.note_landing(step, path.step);
        // The time of the landing cannot be gone back from; a landing that somebody asked for can, and needs no word that it
        // is time.
        let left = self.walk.clock.left(now);
        let due = self
            .walk
            .turn
            .as_ref()
            .is_some_and(|turn| left <= signed_ms(turn.landing));
        if due && left > 0 {
            self.notice = Some(Notice::Landing);
        }
        if due {
            path.trail.clear();
        } else {
            path.trail.push(StepLeft::bare(&path));
        }
        path.step = step;
        path.go = 0;
        // What lies over the walk (an aside, a question about more time) stays where it is.
        let over = std::mem::replace(&mut self.state, State::Walking);
        self.go_to(StepList::Act(self.walk.act), path, now);
        self.state = over;
    }

    /// Begins the landing because somebody asks.
    pub(in crate::session) fn land_now(&mut self, now: Moment) -> Applied {
        match &self.walk.turn {
            None => no(words().session.not_here),
            Some(turn) if turn.lands() => no(words().session.landing_already),
            Some(_) if self.landing_steps().is_none() => no(words().session.not_here),
            Some(_) if self.held_for(now).is_some() => self.refuse_to_end(now),
            Some(_) => {
                self.begin_landing(now);
                Ok(Vec::new())
            }
        }
    }

    /// The most minutes that may still be added: half a turn in all, and never past the end of the call.
    pub(in crate::session) fn most_more(&self, now: Moment) -> u8 {
        let Some(turn) = &self.walk.turn else {
            return 0;
        };
        // Where the bell changes over by itself, nobody takes more; where nothing is timed there is nothing to add to.
        if self.moves_on() || !self.is_timed() || self.is_open() {
            return 0;
        }
        let planned = self
            .acts
            .get(self.walk.act)
            .map_or(Duration::ZERO, |act| act.length);
        let half = planned / 2;
        let added = turn.length.saturating_sub(planned);
        let mut room = half.saturating_sub(added);
        if let Length::Until(_) = self.begin.length {
            // Those whose turn is still to come are offered the same, so it has to be there for them too.
            let to_come = self
                .acts
                .iter()
                .skip(self.walk.act + 1)
                .filter(|act| act.what.is_turn() && act.what.nth() != Some(turn.nth))
                .count();
            let shares = u32::try_from(to_come.min(self.turners()) + 1).unwrap_or(u32::MAX);
            room = room.min(self.slack(now) / shares);
        }
        u8::try_from(room.as_secs() / 60).unwrap_or(u8::MAX)
    }

    /// What can be asked for now, in minutes.
    pub(in crate::session) fn portions(&self, now: Moment) -> Vec<u8> {
        let most = self.most_more(now);
        PORTIONS.into_iter().filter(|n| *n <= most).collect()
    }

    /// Asks for more time.
    pub(in crate::session) fn ask_more(&mut self, now: Moment) -> Applied {
        if self.portions(now).is_empty() {
            return no(match self.begin.length {
                Length::Until(_) => words().session.no_time_before_the_call_ends,
                Length::Minutes(_) => words().session.half_a_turn,
            });
        }
        self.state = State::More(MoreTime::HowMuch);
        Ok(Vec::new())
    }

    /// How much more, and everybody's yes. Without it, it stays as it was, and nobody explains (content.md B11).
    pub(in crate::session) fn more(&mut self, intent: &Intent, now: Moment) -> Applied {
        let State::More(more) = self.state.clone() else {
            return no(words().session.not_here);
        };
        match (more, intent) {
            (MoreTime::HowMuch, Intent::MoreBy { minutes })
                if self.portions(now).contains(minutes) =>
            {
                let (minutes, yes) = (*minutes, Consents::of(self.everybody()));
                self.state = State::More(MoreTime::Asked { minutes, yes });
            }
            (MoreTime::HowMuch, Intent::Pass | Intent::Back) => self.state = State::Walking,
            (MoreTime::Asked { .. }, Intent::Back) => self.state = State::More(MoreTime::HowMuch),
            (MoreTime::Asked { .. }, Intent::No { .. } | Intent::Pass) => {
                self.state = State::Walking;
                self.notice = Some(Notice::NoMore);
            }
            (MoreTime::Asked { minutes, mut yes }, Intent::Yes { who }) => {
                if yes.toggle(*who)? {
                    self.add_minutes(minutes, now);
                } else {
                    self.state = State::More(MoreTime::Asked { minutes, yes });
                }
            }
            (_, _) => return no(words().session.not_here),
        }
        Ok(Vec::new())
    }

    pub(in crate::session) fn add_minutes(&mut self, more: u8, now: Moment) {
        let added = minutes(u64::from(more));
        self.walk.clock = self.walk.clock.with(added);
        self.state = State::Walking;
        self.notice = Some(Notice::Added { minutes: more });
        let left = self.walk.clock.left(now);
        let bells = &mut self.walk.bells;
        bells.over = bells.over && left <= 0;
        bells.warned = bells
            .warned
            .filter(|warning| i64::from(*warning) * 60_000 >= left);
        let Some(turn) = &mut self.walk.turn else {
            return;
        };
        turn.length = turn.length.saturating_add(added);
        if left > signed_ms(turn.landing) && turn.landing_waits {
            (turn.landed_from, turn.landing_waits) = (None, false);
        }
        // Out of the landing again, back to where it was begun from.
        if left > signed_ms(turn.landing)
            && let Some(step) = turn.landed_from.take()
        {
            let mut path = self.walk.path.clone();
            path.step = step;
            path.go = 0;
            path.trail.clear();
            self.go_to(StepList::Act(self.walk.act), path, now);
        }
    }

    /// By how many milliseconds somebody is behind the one who will have had most, in whole and half minutes, if
    /// everything from act `at` on goes as planned.
    pub(in crate::session) fn behind(&self, nth: usize, at: usize) -> i64 {
        if self.one_sided() || !self.is_timed() {
            return 0;
        }
        let gap = |with_settled: bool| {
            let in_all = |nth: usize| {
                let person = self.person(self.who(nth));
                let before = person.map_or(0, |person| match with_settled {
                    true => person.lent.saturating_add(person.settled),
                    false => person.lent,
                });
                before.saturating_add(self.today_in_all(nth, at))
            };
            let most = (0..self.order.len()).map(in_all).max().unwrap_or(0);
            most.saturating_sub(in_all(nth))
        };
        // What somebody left is not offered to them again, and it gives nobody else anything to make up.
        let behind = gap(false).min(gap(true));
        signed_ms(in_half_minutes(millis(behind)))
    }

    /// What others will be offered, or given without a word, of what the turn here has more, as it looks now.
    pub(in crate::session) fn owed_ahead(&self, now: Moment) -> Duration {
        let extra = matches!(
            self.act_kind(self.walk.act),
            Some(ActKind::Turn { extra: true, .. })
        );
        if self.went_first.is_none() || extra || self.walk.act + 1 >= self.acts.len() {
            return Duration::ZERO;
        }
        let mut then = self.clone();
        let over = self.walk.clock.left(now).min(0);
        then.walk.clock = Countdown::Held { left: over };
        let turned = then.take_turn_time(true, now) || matches!(self.state, State::Same { .. });
        let next = self.walk.act + 1;
        let owed = (0..self.order.len()).map(|nth| {
            let more = then.behind(nth, next);
            let comes = then.acts.iter().skip(next).any(|act| {
                matches!(act.what, ActKind::Turn { nth: whose, extra: false, .. } if whose == nth)
            });
            // Less than a minute is only made up where there is a turn to make it up in.
            if comes || turned && more >= WORTH_ASKING_MS {
                millis(more)
            } else {
                Duration::ZERO
            }
        });
        owed.sum()
    }

    /// Whether somebody is to be offered what another one had more, now that a turn is over:
    /// the one whose turn comes next, or after the last turn whoever had less.
    pub(in crate::session) fn owed_before(&self, next: usize) -> Option<(usize, Duration)> {
        let coming = self.acts.iter().skip(next).find_map(|act| match act.what {
            ActKind::Turn { nth, .. } => Some(nth),
            ActKind::Whole { .. }
            | ActKind::Share { .. }
            | ActKind::Between { .. }
            | ActKind::Before { .. }
            | ActKind::After { .. } => None,
        });
        if let Some(nth) = coming {
            let more = self.behind(nth, next);
            return (more >= WORTH_ASKING_MS).then(|| (nth, millis(more)));
        }
        if let Some(ActKind::Turn { extra: true, .. }) = self.act_kind(self.walk.act) {
            return None;
        }
        self.owed_from(0, next)
    }

    fn owed_from(&self, from: usize, next: usize) -> Option<(usize, Duration)> {
        (from..self.order.len()).find_map(|nth| {
            let more = self.behind(nth, next);
            (more >= WORTH_ASKING_MS).then(|| (nth, millis(more)))
        })
    }

    /// The answer to the offer of the same. What is not taken today stays open as a loan, or by a no does not, and
    /// nobody explains.
    pub(in crate::session) fn same(&mut self, intent: &Intent, now: Moment) -> Applied {
        let State::Same { nth, more } = self.state else {
            return no(words().session.not_here);
        };
        let yes = match intent {
            Intent::Yes { .. } => true,
            Intent::No { .. } | Intent::Pass => false,
            _ => return no(words().session.not_here),
        };
        let next = self.walk.act + 1;
        if let (true, Some(person)) = (yes, self.person_mut(self.who(nth))) {
            person.accepted = more;
        }
        // Nobody is asked twice; what is not taken back of earlier times stays lent.
        if !yes && self.went_first.is_none() {
            self.leave_the_loan();
        } else if !yes {
            self.leave_the_same(nth, more, matches!(intent, Intent::No { .. }));
        }
        if yes && self.went_first.is_none() && matches!(self.begin.length, Length::Minutes(_)) {
            // Given back before the first turn: the end moves, so that nobody else's minutes pay for it.
            self.target = self.target.saturating_add(signed_ms(more));
        }
        let coming = self
            .acts
            .iter()
            .skip(next)
            .position(|act| matches!(act.what, ActKind::Turn { extra: false, .. }))
            .map(|at| next + at);
        if let Some(turn) = coming {
            if let (true, Some(act)) = (yes, Arc::make_mut(&mut self.acts).get_mut(turn)) {
                act.length = act.length.saturating_add(more);
            }
            return Ok(self.enter_act(next, now));
        }
        if yes {
            let extras = self
                .acts
                .iter()
                .skip(next)
                .take_while(|act| matches!(act.what, ActKind::Turn { extra: true, .. }))
                .count();
            self.insert_turn(next + extras, nth, more);
        }
        if let Some((nth, more)) = self.owed_from(nth + 1, self.acts.len()) {
            self.state = State::Same { nth, more };
            return Ok(Vec::new());
        }
        Ok(self.enter_act(next, now))
    }

    /// Minutes of today that were offered to somebody and left.
    fn leave_the_same(&mut self, nth: usize, more: Duration, for_good: bool) {
        let Some(person) = self.person_mut(self.who(nth)) else {
            return;
        };
        let more = signed_ms(more);
        person.settled = person.settled.saturating_add(more);
        if for_good {
            person.waived = person.waived.saturating_add(more);
        }
    }

    /// Shows the clock in the next of its ways.
    pub(in crate::session) fn switch_clock(&mut self) -> Vec<Effect> {
        let next = match self.clock_mode() {
            ClockMode::Minutes => ClockMode::Full,
            ClockMode::Full => ClockMode::Bar,
            ClockMode::Bar => ClockMode::Hidden,
            ClockMode::Hidden => ClockMode::Minutes,
        };
        let whose = self.walk.turn.as_ref().map(|turn| self.who(turn.nth));
        match whose.and_then(|who| self.person_mut(who)) {
            // In somebody's turn it is their clock, this time and the next.
            Some(person) => person.card.clock = Some(next),
            None => self.clock_mode = next,
        }
        Vec::new()
    }
}
