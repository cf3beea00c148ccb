//! Going back undoes whole: what an answer had set is as it was before it.

use std::sync::Arc;

use crate::session::intent::Intent;
use crate::session::state::{ActLeft, AnswersSet, Path, PersonSet, State, StepLeft, StepState};
use crate::session::{Applied, Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::{Moment, signed_ms};

impl Session {
    /// What answers have set so far.
    pub(in crate::session) fn answers_set(&self) -> AnswersSet {
        AnswersSet {
            ceiling: self.ceiling,
            in_turn: self.walk.turn.as_ref().map(|turn| turn.ceiling),
            signed: self.signed,
            lines: Arc::clone(&self.lines),
            lines_of: self.lines_of,
            added: self.added.clone(),
            order: Arc::clone(&self.order),
            any_order: self.any_order,
            loan: self.loan,
            partnership: self.partnership,
            kept: self.kept,
            people: self.of_each(|person| PersonSet {
                chosen: person.chosen.clone(),
                card: person.card.clone(),
            }),
        }
    }

    /// Remembers at the step that was left by an answer what stood there before it.
    pub(in crate::session) fn remember_before(
        &mut self,
        track: StepList,
        (step, go): (usize, usize),
        before: (Option<StepState>, AnswersSet),
    ) {
        let Some((now, path)) = self.asked_alone() else {
            return;
        };
        let is_it = |left: &StepLeft| (left.step, left.go) == (step, go) && left.before.is_none();
        if now != track || !path.trail.last().is_some_and(is_it) {
            return;
        }
        let mut path = path.clone();
        if let Some(left) = path.trail.last_mut() {
            left.before = Some(Arc::new(before));
        }
        self.put(track, path);
    }

    /// Remembers the session as it was before a key that led from one act to the next: on the first screen there, it can
    /// be taken back. Not where somebody had answered alone or written for themselves, and not once something else
    /// happened to the time.
    pub(in crate::session) fn remember_act_left(
        &mut self,
        was: &Self,
        intent: &Intent,
        nothing_done: bool,
        now: Moment,
    ) {
        if self.walk.act != was.walk.act || !Arc::ptr_eq(&self.script, &was.script) {
            let walks = (&self.state, &was.state) == (&State::Walking, &State::Walking);
            let open = !was.is_still() && !was.walk.path.doing.is_ones_own();
            let key = !matches!(intent, Intent::Back | Intent::TimePassed);
            let slip = walks && open && nothing_done && key;
            self.act_left = slip.then(|| {
                // What the wrong screen takes is no time of what is gone back to.
                let mut was = was.clone();
                was.act_left = None;
                was.hold_clocks(now);
                ActLeft {
                    act: self.walk.act,
                    step: self.walk.path.step,
                    target: self.target,
                    was: Arc::new(was),
                }
            });
        } else if !nothing_done
            || intent.moves_time()
            || self.is_closed()
            || self.changed_meanwhile(was)
        {
            self.act_left = None;
        }
    }

    /// Whether the first screen of an act can be gone back from, to the act before.
    pub(in crate::session) fn can_take_back_act(&self, track: StepList, path: &Path) -> bool {
        let lands = self.walk.turn.as_ref();
        let lands = lands.is_some_and(|turn| turn.landed_from.is_some());
        let first = |left: &ActLeft| {
            (track, path.step) == (StepList::Act(left.act), left.step) && path.trail.is_empty()
        };
        !(lands || path.closed) && self.act_left.as_ref().is_some_and(first)
    }

    /// Whether something was changed while everything stood still (a line of the agreement, how far it goes), which a step
    /// back would take with it.
    fn changed_meanwhile(&self, was: &Self) -> bool {
        let walks = (&self.state, &was.state) == (&State::Walking, &State::Walking);
        let set = |session: &Self| (Arc::clone(&session.lines), session.ceiling, session.signed);
        !walks && set(self) != set(was)
    }

    /// As if the key had not been pressed that led on. By what stood still since then the end has moved.
    pub(in crate::session) fn take_back_act(&mut self, now: Moment) -> Applied {
        let Some(left) = self.act_left.take() else {
            return no(words().session.first_step);
        };
        let stood = self.target.saturating_sub(left.target);
        // A turn that began with the wrong key was somebody's time all the same.
        let begun = self.walk.turn.as_ref().map(|turn| {
            let ran = signed_ms(turn.length).saturating_sub(self.walk.clock.left(now));
            (self.who(turn.nth), ran.max(0))
        });
        let clock_mode = self.clock_mode;
        *self = Arc::unwrap_or_clone(left.was);
        self.target = self.target.saturating_add(stood);
        self.clock_mode = clock_mode;
        if let Some((who, ran)) = begun
            && let Some(person) = self.person_mut(who)
        {
            let turns = &mut person.turns;
            turns.had = turns.had.saturating_add(ran);
            turns.counted = turns.counted.saturating_add(ran);
        }
        self.run_clocks(now);
        Ok(Vec::new())
    }

    /// Sets everything as it was.
    pub(in crate::session) fn take_back(&mut self, set: &AnswersSet) {
        self.ceiling = set.ceiling;
        if let (Some(turn), Some(ceiling)) = (&mut self.walk.turn, set.in_turn) {
            turn.ceiling = ceiling;
        }
        self.signed = set.signed;
        self.lines = Arc::clone(&set.lines);
        self.lines_of = set.lines_of;
        self.added = set.added.clone();
        self.order = Arc::clone(&set.order);
        self.any_order = set.any_order;
        self.loan = set.loan;
        self.partnership = set.partnership;
        self.kept = set.kept;
        for (person, set) in Arc::make_mut(&mut self.people).iter_mut().zip(&set.people) {
            person.chosen = set.chosen.clone();
            person.card = set.card.clone();
        }
    }
}
