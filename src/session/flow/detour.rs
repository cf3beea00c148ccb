//! Leaving the way: stepping aside, STOP and its neutral screen, the short closing.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use crate::session::intent::{Effect, Intent};
use crate::session::state::{Path, ReturnPoint, State, Walk};
use crate::session::{Applied, Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::Moment;

impl Session {
    /// What can be stepped into from the act that is walked, as indices of the script's asides.
    pub(in crate::session) fn asides_here(&self) -> &[usize] {
        self.act_stage(self.walk.act)
            .map_or(&[], |stage| &stage.asides)
    }

    /// Whether the clock stands still during an aside.
    pub(in crate::session) fn aside_holds(&self, aside: usize) -> bool {
        self.script
            .asides
            .get(aside)
            .is_none_or(|aside| aside.holds)
    }

    /// Choosing what to step into.
    pub(in crate::session) fn asides(&mut self, intent: &Intent, now: Moment) -> Applied {
        match intent {
            Intent::Pass | Intent::Back => {
                self.state = State::Walking;
                Ok(Vec::new())
            }
            Intent::Aside { n } => {
                let Some(aside) = self.asides_here().get(*n).copied() else {
                    return no(words().session.no_such_answer);
                };
                self.step_aside(aside, now);
                Ok(Vec::new())
            }
            _ => no(words().session.not_here),
        }
    }

    /// Whether this is the first page of what somebody chose to step into: nothing was said there yet.
    pub(in crate::session) fn is_chosen_aside(&self, track: StepList, path: &Path) -> bool {
        let chosen = |aside: &usize| track == StepList::Aside(*aside);
        let first = path.trail.is_empty() && !path.closed;
        first && self.asides_here().iter().any(chosen)
    }

    /// Steps into an aside.
    pub(in crate::session) fn step_aside(&mut self, aside: usize, now: Moment) {
        if self.aside_holds(aside) {
            self.hold_clocks(now);
        }
        let path = self.path_into(StepList::Aside(aside), now);
        self.state = State::Aside { aside, path };
    }

    /// STOP: from every state, at once, onto the neutral screen. The clocks stand still.
    pub(in crate::session) fn stop(&mut self, now: Moment) -> Vec<Effect> {
        let (since, from) = match std::mem::replace(&mut self.state, State::Walking) {
            // Already there: the neutral screen, from its beginning.
            State::Stopped { since, from, .. } => (since, from),
            State::Held { since, from, .. } => (since, from),
            other => {
                self.state = other;
                self.hold_clocks(now);
                (now.wall, Arc::new(self.state.clone()))
            }
        };
        let path = self.path_into(StepList::Stop, now);
        self.state = State::Stopped { path, since, from };
        Vec::new()
    }

    /// Back from an aside or the neutral screen to where it was left.
    pub(in crate::session) fn return_to_walk(&mut self, now: Moment) {
        match self.state.clone() {
            State::Stopped { since, from, .. } => {
                self.state = Arc::unwrap_or_clone(from);
                self.let_run(since, now);
            }
            State::Aside { .. } | State::Asides => {
                self.state = State::Walking;
                self.run_clocks(now);
            }
            State::Walking
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. }
            | State::Held { .. }
            | State::MiniClose { .. }
            | State::Closed(_) => {}
        }
    }

    /// Remembers where an ending is begun from.
    pub(in crate::session) fn leave_behind(&mut self, now: Moment) {
        self.left = Some(Arc::new(ReturnPoint {
            walk: Walk {
                // What the ending takes is no time of the turn.
                clock: self.walk.clock.held(now),
                ..self.walk.clone()
            },
            state: self.state.clone(),
            turns: self.of_each(|person| person.turns),
            since: now.wall,
        }));
    }

    /// Whether an ending can be gone back from: on its first page, to what it was begun from.
    pub(in crate::session) fn can_return(&self, track: StepList, path: &Path) -> bool {
        let ending = track == StepList::MiniClose || track == StepList::Act(self.acts.len() - 1);
        ending && self.left.is_some() && path.trail.is_empty()
    }

    /// Back from an ending: nobody is finished before everybody is.
    pub(in crate::session) fn return_from_ending(&mut self, now: Moment) -> Applied {
        let Some(left) = self.left.take() else {
            return no(words().session.first_step);
        };
        let held = matches!(self.state, State::MiniClose { .. });
        let left = Arc::unwrap_or_clone(left);
        self.walk = left.walk;
        self.state = left.state;
        let people = Arc::make_mut(&mut self.people).iter_mut();
        for (person, turn) in people.zip(left.turns) {
            person.turns = turn;
        }
        // What stood still before the ending stands still again, and knows since when.
        if matches!(self.state, State::Stopped { .. }) {
            return Ok(Vec::new());
        }
        if held {
            self.move_end(left.since, now);
        }
        self.run_clocks(now);
        Ok(Vec::new())
    }

    /// The short closing that ends every stopped session.
    pub(in crate::session) fn mini_close(&mut self, now: Moment) -> Vec<Effect> {
        self.hold_clocks(now);
        let leave = self.may_leave_at_once().then(|| self.leaving_step());
        self.leave_behind(now);
        let path = self.path_from(StepList::MiniClose, leave.flatten().unwrap_or(0), now);
        self.state = State::MiniClose { path };
        Vec::new()
    }

    /// Whether this was about somebody's safety, or somebody said: not today. Then nobody has to say yes to the end, or to
    /// agree on a next time.
    fn may_leave_at_once(&self) -> bool {
        self.not_today || self.is_about_safety(&self.state)
    }

    /// Where the short closing begins then.
    fn leaving_step(&self) -> Option<usize> {
        let mut steps = self.script.mini_close.iter();
        steps.position(|step| step.id.as_deref() == Some("leave"))
    }

    /// Whether the way to here led over a screen that is about somebody's safety, and brought the crisis card.
    fn is_about_safety(&self, state: &State) -> bool {
        let (track, path) = match state {
            State::Walking => (StepList::Act(self.walk.act), &self.walk.path),
            State::Aside { aside, path } => (StepList::Aside(*aside), path),
            State::Stopped { from, .. } | State::Held { from, .. } => {
                return self.is_about_safety(from);
            }
            _ => return false,
        };
        let steps = self.steps(track);
        let passed = path.trail.iter().map(|left| left.step);
        passed
            .chain([path.step])
            .filter_map(|at| steps.get(at))
            .any(|step| step.still && step.crisis_card)
    }
}
