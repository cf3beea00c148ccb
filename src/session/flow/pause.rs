//! Standing still: pauses, and holes in time. Nobody's minutes run while nobody is there.

use std::sync::Arc;

use crate::session::intent::{Effect, Intent};
use crate::session::setup::Length;
use crate::session::state::{Hold, Path, State, StepState};
use crate::session::{Applied, Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::{Countdown, Gap, GapKind, Moment, signed_ms};

impl Session {
    /// Freezes the whole session.
    pub(in crate::session) fn pause(&mut self, now: Moment) -> Applied {
        if !self.can_pause() {
            return no(words().session.stands_still);
        }
        self.hold_clocks(now);
        self.state = State::Held {
            why: Hold::Asked,
            since: now.wall,
            from: Arc::new(self.state.clone()),
            reopened: None,
        };
        Ok(Vec::new())
    }

    /// Whether there is something that a pause would stop.
    pub(in crate::session) fn can_pause(&self) -> bool {
        let waits = matches!(self.state, State::Same { .. } | State::WhoNext { .. });
        let untimed = !self.is_timed() && matches!(self.state, State::Walking);
        self.clock_runs() || waits || untimed
    }

    /// Something is asked while everything stands still.
    pub(in crate::session) fn held(&mut self, intent: &Intent, now: Moment) -> Applied {
        let State::Held {
            since,
            from,
            reopened,
            ..
        } = &self.state
        else {
            return no(words().session.not_here);
        };
        if let Some(reopened) = reopened {
            let reopened = (**reopened).clone();
            return self.reopened(reopened, intent);
        }
        if *intent == Intent::ChangeLine {
            return self.reopen();
        }
        if !matches!(intent, Intent::GoOn | Intent::Pause) {
            return no(words().session.held_go_on);
        }
        let (since, from) = (*since, Arc::clone(from));
        self.state = Arc::unwrap_or_clone(from);
        self.let_run(since, now);
        Ok(Vec::new())
    }

    /// Nobody was there between `gap.before` and now: the clocks stand where they were, and the people are asked.
    pub(in crate::session) fn time_jumped(&mut self, gap: Gap, now: Moment) -> Vec<Effect> {
        if gap.kind == GapKind::ClockSet {
            // The wall clock was set; the end keeps its distance in real time.
            self.target = self.target.saturating_add(jump(gap, now));
        }
        if gap.kind == GapKind::Crashed {
            self.leave_page();
        }
        if gap.kind == GapKind::Dropped {
            // What was said for a moment is not said again after the line was away.
            self.notice.take_if(|notice| notice.is_of_moment());
        }
        if self.protects() {
            self.stand_on(gap, now);
            return Vec::new();
        }
        let away = now.wall.saturating_sub(gap.before.wall).max(0);
        let why = Hold::Gap {
            kind: gap.kind,
            away,
        };
        match &mut self.state {
            State::Held { why: reason, .. } => *reason = why,
            State::Walking
            | State::Asides
            | State::Aside { .. }
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. } => {
                self.hold_clocks(gap.before);
                self.state = State::Held {
                    why,
                    since: since_of(gap, now),
                    from: Arc::new(self.state.clone()),
                    reopened: None,
                };
            }
            State::Stopped { .. } | State::MiniClose { .. } | State::Closed(_) => {}
        }
        Vec::new()
    }

    /// Whether what is on the screen keeps the session away from people: the neutral screen, the short closing, and
    /// where it is about somebody's safety. Whatever happens meanwhile, the turn does not come back by itself.
    pub(in crate::session) fn protects(&self) -> bool {
        match &self.state {
            State::Stopped { .. } | State::MiniClose { .. } | State::Closed(_) => true,
            State::Walking => self.is_still(),
            State::Aside { aside, path } => self.is_bare(StepList::Aside(*aside), path),
            State::Asides
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. }
            | State::Held { .. } => false,
        }
    }

    /// The screen that protects stays as it was; the hole costs nobody's time.
    fn stand_on(&mut self, gap: Gap, now: Moment) {
        self.each_clock(|clock| {
            if clock.runs() {
                clock.held(gap.before).running(now)
            } else {
                clock
            }
        });
        match &mut self.state {
            // The end is moved by all that stood still when people go back; a clock that was set is no part of it.
            State::Stopped { since, .. } => {
                if gap.kind == GapKind::ClockSet {
                    *since = since.saturating_add(jump(gap, now));
                }
            }
            State::Walking | State::Aside { .. } => self.move_end(since_of(gap, now), now),
            State::Asides
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. }
            | State::Held { .. }
            | State::MiniClose { .. }
            | State::Closed(_) => {}
        }
    }

    /// Whether everything stands still and the people are asked to go on.
    #[must_use]
    pub(crate) fn is_held(&self) -> bool {
        matches!(self.state, State::Held { .. })
    }

    /// Holds every clock as it stood at `at`.
    pub(in crate::session) fn hold_clocks(&mut self, at: Moment) {
        self.each_clock(|clock| clock.held(at));
    }

    /// Lets the clocks run again if what is on the screen has them run, and moves the end by the time that stood still.
    pub(in crate::session) fn let_run(&mut self, since: i64, now: Moment) {
        self.run_clocks(now);
        self.move_end(since, now);
    }

    pub(in crate::session) fn move_end(&mut self, since: i64, now: Moment) {
        if matches!(self.begin.length, Length::Minutes(_)) {
            let stood = now.wall.saturating_sub(since).max(0);
            self.target = self.target.saturating_add(stood);
        }
    }

    /// Whether a step is about somebody's safety: nothing of the session stands beside it.
    pub(in crate::session) fn is_bare(&self, track: StepList, path: &Path) -> bool {
        self.step_at(track, path).is_some_and(|step| step.still)
    }

    /// Whether it is quiet now: in a rest, in a pause, after a STOP, where it is about somebody's safety, at the end.
    #[must_use]
    pub(crate) fn is_quiet(&self, now: Moment) -> bool {
        match &self.state {
            State::Walking => self.is_still() || self.walk.path.doing.rests(now),
            State::Aside { aside, path } => {
                self.is_bare(StepList::Aside(*aside), path) || path.doing.rests(now)
            }
            State::Asides
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. } => false,
            State::Held { .. }
            | State::Stopped { .. }
            | State::MiniClose { .. }
            | State::Closed(_) => true,
        }
    }

    /// The crisis card, where a step stands that brings it with it, and did not stand there before.
    pub(in crate::session) fn card_by_itself(&self, before: &Self) -> Option<Effect> {
        let here = |session: &Self| {
            let (track, path) = session.asked_alone()?;
            let brings = session.step_at(track, path)?.crisis_card;
            brings.then(|| (track, path.step, path.visits.get(path.step).copied()))
        };
        let now = here(self);
        (now.is_some() && now != here(before)).then_some(Effect::Card)
    }

    /// Whether the step that is walked is one at which everything stands still.
    pub(in crate::session) fn is_still(&self) -> bool {
        self.is_bare(StepList::Act(self.walk.act), &self.walk.path)
    }

    /// Holds the clocks where the step that was just come to is a still one, and lets them run where it is not.
    pub(in crate::session) fn keep_still(&mut self, now: Moment) {
        if self.state != State::Walking {
            return;
        }
        if self.is_still() {
            self.hold_clocks(now);
        } else {
            self.run_clocks(now);
        }
    }

    /// Lets the clocks run that what is on the screen has running.
    pub(in crate::session) fn run_clocks(&mut self, now: Moment) {
        if self.clock_runs() {
            self.walk.clock = self.walk.clock.running(now);
            self.run_groups(now);
        }
        if let Some((clock, _)) = self.rest_here() {
            *clock = clock.running(now);
        }
    }

    fn each_clock(&mut self, change: impl Fn(Countdown) -> Countdown) {
        self.walk.clock = change(self.walk.clock);
        for clock in self.group_clocks() {
            *clock = change(*clock);
        }
        if let Some((clock, _)) = self.rest_here() {
            *clock = change(*clock);
        }
    }

    /// The path that is on the screen, or right behind what is.
    pub(in crate::session) fn path_here(&self) -> Option<&Path> {
        match &self.state {
            State::Walking | State::Asides | State::More(_) | State::Skipping { .. } => {
                Some(&self.walk.path)
            }
            State::Aside { path, .. } | State::Stopped { path, .. } | State::MiniClose { path } => {
                Some(path)
            }
            State::Same { .. } | State::WhoNext { .. } | State::Held { .. } | State::Closed(_) => {
                None
            }
        }
    }

    /// A rest on that path: its clock, and whether its bell has rung.
    pub(in crate::session) fn rest_here(&mut self) -> Option<(&mut Countdown, &mut bool)> {
        let path = match &mut self.state {
            State::Walking | State::Asides | State::More(_) | State::Skipping { .. } => {
                &mut self.walk.path
            }
            State::Aside { path, .. } | State::Stopped { path, .. } | State::MiniClose { path } => {
                path
            }
            State::Same { .. } | State::WhoNext { .. } | State::Held { .. } | State::Closed(_) => {
                return None;
            }
        };
        if let StepState::Resting { clock, rung, .. } = &mut path.doing {
            return Some((clock, rung));
        }
        None
    }
}

/// When a hole began, as the wall clock shows it now.
fn since_of(gap: Gap, now: Moment) -> i64 {
    match gap.kind {
        GapKind::ClockSet => gap.before.wall.saturating_add(jump(gap, now)),
        GapKind::Slept | GapKind::Stopped | GapKind::Crashed | GapKind::Dropped => gap.before.wall,
    }
    .min(now.wall)
}

/// By how much the wall clock went further than time did.
fn jump(gap: Gap, now: Moment) -> i64 {
    let mono = signed_ms(now.mono.saturating_sub(gap.before.mono));
    let wall = now.wall.saturating_sub(gap.before.wall);
    wall.saturating_sub(mono)
}
