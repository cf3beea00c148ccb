//! Every way out of an act: to its end, to the next person, to another stage, or on a clock that is for everybody.

use std::sync::Arc;
use std::time::Duration;

use crate::script::Target;
use crate::session::intent::{Effect, Refused};
use crate::session::length_words::minutes_word;
use crate::session::plan::{Act, ActKind};
use crate::session::setup::Length;
use crate::session::state::{Path, State};
use crate::session::{Applied, Session, StepList};
use crate::text::words::{fill, words};
use crate::time::moment::{Moment, millis, signed_ms};

impl StepList {
    /// The target, where it ends the act that these steps belong to.
    pub(super) fn ends_act(self, target: Target) -> Option<Target> {
        let ends = matches!(
            target,
            Target::Next
                | Target::Done
                | Target::NextPerson
                | Target::Step(_)
                | Target::Stage(_)
                | Target::Exit(_)
        );
        (ends && matches!(self, Self::Act(_))).then_some(target)
    }
}

impl Session {
    /// Leaves the act that is walked. Where its time is held, no key does that.
    pub(super) fn leave_act(&mut self, path: &Path, target: Target, now: Moment) -> Applied {
        if let Target::Stage(stage) = target {
            let here = self.act_kind(self.walk.act).map_or(0, ActKind::stage);
            return Ok(match stage <= here {
                true => self.go_back_to_stage(stage, here, path, now),
                false => self.go_to_stage(stage, now),
            });
        }
        if self.held_for(now).is_some() {
            return self.refuse_to_end(now);
        }
        Ok(match target == Target::NextPerson {
            true => self.next_person(now),
            false => self.finish(now),
        })
    }

    /// Says that what is walked has its whole time, and how much of it is left.
    pub(in crate::session) fn refuse_to_end(&self, now: Moment) -> Applied {
        let minutes = minutes_word(self.held_for(now).unwrap_or(0));
        let values = [("minutes", minutes.as_str())];
        Err(Refused(fill(&words().session.held_to_the_end, &values)))
    }

    /// Back to an earlier stage. What it takes beyond what was left of others is added to the end; and how often the step
    /// was visited that leads there stays known, so that this has an end.
    fn go_back_to_stage(
        &mut self,
        stage: usize,
        here: usize,
        path: &Path,
        now: Moment,
    ) -> Vec<Effect> {
        let visits = path.visits.get(path.step).copied().unwrap_or(0);
        let known = Arc::make_mut(&mut self.returns);
        known.retain(|(at, step, _)| (*at, *step) != (here, path.step));
        known.push((here, path.step, visits));
        let first = self.acts.iter().position(|act| act.what.stage() == stage);
        let first = first.unwrap_or(self.walk.act);
        let again = self.acts.get(first..=self.walk.act).unwrap_or_default();
        let takes: Duration = again.iter().map(|act| act.length).sum();
        if matches!(self.begin.length, Length::Minutes(_)) {
            // What was left of earlier stages is taken first, and the end moves by the rest.
            let early = self.slack(now).saturating_sub(self.buffer);
            let left = millis(self.left_here(now)).saturating_add(early);
            self.target = self
                .target
                .saturating_add(signed_ms(takes.saturating_sub(left)));
        }
        self.take_turn_time(false, now);
        self.enter_act(first, now)
    }

    /// On to whoever is next, past what comes after this person's turn, and past the turn itself before it.
    fn next_person(&mut self, now: Moment) -> Vec<Effect> {
        if let Some(effects) = self.pass_for_now(now) {
            return effects;
        }
        let here = self.act_kind(self.walk.act);
        let mine = |what: ActKind| {
            let around = matches!(
                what,
                ActKind::Before { .. } | ActKind::Turn { extra: false, .. } | ActKind::After { .. }
            );
            around
                && here.is_some_and(|here| (here.stage(), here.nth()) == (what.stage(), what.nth()))
        };
        let rest = self.acts.iter().skip(self.walk.act + 1);
        let passed: Vec<ActKind> = rest
            .map(|act| act.what)
            .take_while(|what| mine(*what))
            .collect();
        let turned = self.take_turn_time(true, now);
        // A turn that was not wanted is no turn that was broken off.
        self.turns_ended += passed.iter().filter(|what| what.is_turn()).count();
        let next = self.walk.act + 1 + passed.len();
        if let Some((nth, more)) = self.owed_now(turned, next).filter(|_| passed.is_empty()) {
            self.state = State::Same { nth, more };
            return Vec::new();
        }
        self.enter_act(next.min(self.acts.len().saturating_sub(1)), now)
    }

    /// Where only those have a turn who want one, whoever passes before it goes to the end of the round, once, and is asked
    /// again there.
    fn pass_for_now(&mut self, now: Moment) -> Option<Vec<Effect>> {
        let here = self.walk.act;
        let (stage, nth) = match self.act_kind(here)? {
            ActKind::Before { stage, nth, .. } | ActKind::Share { stage, nth } => (stage, nth),
            ActKind::Whole { .. }
            | ActKind::Turn { .. }
            | ActKind::Between { .. }
            | ActKind::After { .. } => return None,
        };
        let some = self
            .script
            .stages
            .get(stage)
            .is_some_and(|stage| stage.some.is_some());
        let who = self.who(nth);
        let begins = |nth: usize| {
            let of = |act: &Act| (act.what.stage(), act.what.nth()) == (stage, Some(nth));
            let before = self.acts.get(..=here)?;
            let last = before.iter().rposition(of)?;
            let other = before.get(..last)?.iter().rposition(|act| !of(act));
            Some(other.map_or(0, |other| other + 1))
        };
        let round = begins(0)?;
        let (first, again) = (begins(nth)?, self.passed.contains(&(round, who)));
        if !some || again || nth + 1 >= self.order.len() {
            return None;
        }
        Arc::make_mut(&mut self.passed).push((round, who));
        if let Some(rest) = Arc::make_mut(&mut self.order).get_mut(nth..) {
            rest.rotate_left(1);
        }
        Some(self.enter_act(first, now))
    }

    /// In a stage with one clock for all, whoever ends their turn hands over what is left of it.
    pub(super) fn hand_over(&mut self, now: Moment) -> Option<Vec<Effect>> {
        let at = self.walk.act;
        let Some(ActKind::Turn { stage, nth, .. }) = self.act_kind(at) else {
            return None;
        };
        let shared = self
            .script
            .stages
            .get(stage)
            .is_some_and(|stage| stage.shared);
        let left = millis(self.walk.clock.left(now));
        if !shared || !self.clock_runs() || left.is_zero() {
            return None;
        }
        self.take_turn_time(true, now);
        let acts = Arc::make_mut(&mut self.acts);
        if let Some(act) = acts.get_mut(at) {
            act.length = act.length.saturating_sub(left);
        }
        let what = ActKind::Turn {
            stage,
            nth: (nth + 1) % self.order.len().max(1),
            extra: false,
        };
        let (length, at_least) = (left, left);
        acts.insert(
            at + 1,
            Act {
                what,
                length,
                at_least,
            },
        );
        Some(self.enter_act(at + 1, now))
    }
}
