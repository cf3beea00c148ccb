//! From one act to the next: what begins, what it may cost, and every way out of a list of steps.

use std::sync::Arc;
use std::time::Duration;

use super::turn::WORTH_ASKING_MS;
use crate::script::{Ask, Script, Stage, StageKind, Target};
use crate::session::intent::Effect;
use crate::session::plan::{self, Act, ActKind};
use crate::session::state::{Notice, Path, RungBells, State, Turn, Walk};
use crate::session::view::notice::first_turn;
use crate::session::{Applied, Session, StepList, no};
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::moment::{Countdown, Moment, millis, signed_ms};

impl Session {
    /// The stage of an act; between two turns, what stands there.
    pub(in crate::session) fn act_stage(&self, act: usize) -> Option<&Stage> {
        stage_of(&self.script, self.act_kind(act)?)
    }

    /// How a list of steps is left.
    pub(in crate::session) fn leave_steps(
        &mut self,
        track: StepList,
        path: Path,
        target: Target,
        now: Moment,
    ) -> Applied {
        if let Some(target) = track.ends_act(target) {
            return self.leave_act(&path, target, now);
        }
        match (track, target) {
            (StepList::Act(_), Target::Stop) => {
                self.walk.path = path;
                Ok(self.stop(now))
            }
            (StepList::Aside(_), Target::Stop) => Ok(self.stop(now)),
            (StepList::MiniClose, _) => {
                let step = self.step_at(track, &path);
                if !step.is_some_and(|step| step.ask == Ask::Keep) {
                    self.keep_no_record();
                }
                Ok(self.close(false, now))
            }
            (StepList::Stop, Target::Next) => Ok(self.mini_close(now)),
            // Later stages and ways out are known to steps of stages and of modules in them, and nowhere else.
            (
                StepList::Aside(_),
                Target::Next | Target::Back | Target::Step(_) | Target::Stage(_) | Target::Exit(_),
            )
            | (
                StepList::Stop,
                Target::Back | Target::Step(_) | Target::Stop | Target::Stage(_) | Target::Exit(_),
            ) => {
                self.return_to_walk(now);
                self.leave_what_is_too_deep(now)
            }
            (StepList::Aside(_) | StepList::Stop, Target::Done | Target::NextPerson) => {
                self.return_to_walk(now);
                // Out of an aside nothing ends that is held; STOP ends everything.
                let held = track != StepList::Stop && self.held_for(now).is_some();
                if self.state == State::Walking && !held {
                    return Ok(self.finish(now));
                }
                // Stopped before a turn began, or in a closing: there is no stage to end here.
                Ok(Vec::new())
            }
            (StepList::Act(_) | StepList::Aside(_) | StepList::Stop, Target::Land) => {
                let aside = track != StepList::Act(self.walk.act);
                if aside {
                    self.return_to_walk(now);
                }
                let lands = self.landing_steps().is_some();
                match &self.walk.turn {
                    // So short a turn has no landing: its end is one.
                    Some(_) if !lands => Ok(self.finish(now)),
                    Some(turn) if !turn.lands() => self.land_now(now),
                    // Already landing, or no turn: an aside comes back to what it left, a step ends.
                    Some(_) | None if aside => Ok(Vec::new()),
                    Some(_) | None => Ok(self.finish(now)),
                }
            }
            (StepList::Act(_) | StepList::Aside(_) | StepList::Stop, Target::Close) => {
                self.leave_behind(now);
                let left = self.left.take();
                self.take_turn_time(false, now);
                let last = self.acts.len().saturating_sub(1);
                let effects = self.enter_act(last, now);
                self.left = left;
                Ok(effects)
            }
            (StepList::Act(_) | StepList::Aside(_) | StepList::Stop, Target::End) => {
                Ok(self.mini_close(now))
            }
            (StepList::Act(_) | StepList::Aside(_) | StepList::Stop, Target::Shorter) => {
                self.follow_shorter(now)
            }
            // What else ends an act was left above.
            (StepList::Act(_), _) => no(words().session.not_here),
        }
    }

    /// After coming back with a lower ceiling, the step that was left may lie beyond it.
    fn leave_what_is_too_deep(&mut self, now: Moment) -> Applied {
        let track = StepList::Act(self.walk.act);
        let path = self.walk.path.clone();
        let depth = self.step_at(track, &path).and_then(|step| step.depth);
        match depth {
            Some((depth, beyond)) if depth > self.ceiling() && self.state == State::Walking => {
                self.go(track, path, beyond, now)
            }
            Some(_) | None => Ok(Vec::new()),
        }
    }

    /// Straight to a later stage; a turn that is left on the way is over.
    pub(super) fn go_to_stage(&mut self, stage: usize, now: Moment) -> Vec<Effect> {
        self.take_turn_time(false, now);
        let last = self.acts.len().saturating_sub(1);
        let later = self.acts.iter().skip(self.walk.act + 1);
        let found = later.clone().position(|act| act.what.stage() >= stage);
        self.enter_act(found.map_or(last, |after| self.walk.act + 1 + after), now)
    }

    /// The act is over; what comes next begins.
    pub(in crate::session) fn finish(&mut self, now: Moment) -> Vec<Effect> {
        if let Some(effects) = self.hand_over(now) {
            return effects;
        }
        let turned = self.take_turn_time(true, now);
        let next = self.walk.act + 1;
        if next >= self.acts.len() {
            return self.close(true, now);
        }
        if let Some((nth, more)) = self.owed_now(turned, next) {
            self.state = State::Same { nth, more };
            return Vec::new();
        }
        self.enter_act(next, now)
    }

    /// Writes down the time of the turn that ends now, as long as it ran. What somebody left of their share counts for
    /// them, too, so that nobody owes it; with what they took and left of another one's minutes they are not asked again.
    pub(in crate::session) fn take_turn_time(&mut self, whole: bool, now: Moment) -> bool {
        let Some(turn) = self.walk.turn.take() else {
            return false;
        };
        let left = self.walk.clock.left(now);
        let had = signed_ms(turn.length).saturating_sub(left).max(0);
        let even = self.is_even_here();
        let share = match self.one_sided() || !even {
            true => 0,
            false => signed_ms(turn.share),
        };
        let planned = matches!(
            self.act_kind(self.walk.act),
            Some(ActKind::Turn { extra: false, .. })
        );
        self.turns_ended += usize::from(whole && planned && even);
        // In groups, one of each had it.
        let had_it = match self.groups_here().is_empty() {
            true => vec![self.who(turn.nth)],
            false => self.having(0, self.who(turn.nth)),
        };
        for who in had_it {
            let Some(person) = self.person_mut(who) else {
                continue;
            };
            let turns = &mut person.turns;
            turns.had = turns.had.saturating_add(had);
            // What takes the time it takes is nobody's debt.
            let counts = if even { had.max(share) } else { 0 };
            turns.counted = turns.counted.saturating_add(counts);
            turns.broken_off |= !whole;
            let accepted = signed_ms(std::mem::take(&mut person.accepted));
            let beyond = had.saturating_sub(share).max(0);
            let left = accepted.saturating_sub(beyond).max(0);
            person.settled = person.settled.saturating_add(left);
        }
        true
    }

    /// Whether the turns of the stage that is walked are to come to the same.
    fn is_even_here(&self) -> bool {
        let stage = self.act_stage(self.walk.act);
        stage.is_none_or(Stage::is_even)
    }

    /// Begins an act. Turns wait for everybody's yes to the agreement; without it the way leads to the closing.
    pub(in crate::session) fn enter_act(&mut self, act: usize, now: Moment) -> Vec<Effect> {
        let closing = self.acts.len().saturating_sub(1);
        let stage = self.act_kind(act).map(ActKind::stage);
        let stage = stage.and_then(|stage| self.script.stages.get(stage));
        let turns = stage.is_some_and(|stage| matches!(stage.kind, StageKind::Turns { .. }));
        let act = if turns && !self.signed { closing } else { act };
        self.draw_lots(act);
        if let Some(nth) = self.waits_for(act) {
            self.state = State::WhoNext { nth, act };
            return Vec::new();
        }
        self.begin_act(act, now)
    }

    /// Begins an act, now that it is known whose it is.
    pub(in crate::session) fn begin_act(&mut self, act: usize, now: Moment) -> Vec<Effect> {
        let what = self.act_kind(act);
        self.left = None;
        self.fit_the_rest(act, now);
        self.keep_turns_equal(act);
        let length = self.acts.get(act).map_or(Duration::ZERO, |act| act.length);
        self.walk = Walk {
            act,
            path: Path {
                step: 0,
                go: 0,
                given: Vec::new(),
                visits: Vec::new(),
                trail: Vec::new(),
                anew: None,
                closed: false,
                doing: crate::session::state::StepState::Reading,
            },
            clock: Countdown::of(length, now),
            bells: RungBells::default(),
            turn: None,
        };
        if let Some(ActKind::Turn { stage, nth, extra }) = what {
            let landing = self.landing_of(stage, length);
            let accepted = self.person(self.who(nth)).map(|person| person.accepted);
            let accepted = accepted.unwrap_or_default();
            self.walk.turn = Some(Turn {
                nth,
                length,
                share: length.saturating_sub(accepted),
                quiet_from: signed_ms(length),
                landing,
                landed_from: None,
                landing_waits: false,
                ceiling: self.ceiling,
                half_way: false,
            });
            let who = self.who(nth);
            self.went_first = self.went_first.or(Some(who));
            // In a quick exchange of turns a sentence at each would be one too many.
            let says = !extra && self.is_timed() && !self.moves_on() && self.is_even_here();
            if !matches!(
                self.notice,
                Some(Notice::Drawn { .. } | Notice::TurnsNow { .. })
            ) {
                self.notice = says.then(|| self.turn_is(who, length, act));
            }
        }
        self.state = State::Walking;
        self.walk.path = self.path_into(StepList::Act(act), now);
        self.keep_still(now);
        Vec::new()
    }

    /// What of a turn is kept for its end: as written, and at most a third of a short extra turn.
    fn landing_of(&self, stage: usize, length: Duration) -> Duration {
        match self.script.stages.get(stage).map(|stage| &stage.kind) {
            Some(StageKind::Turns { landing, .. }) => (*landing).min(length / 3),
            Some(StageKind::Together | StageKind::Each | StageKind::Closing) | None => {
                Duration::ZERO
            }
        }
    }

    /// Before the first turn, what was overrun is taken from all turns alike.
    fn fit_the_rest(&mut self, act: usize, now: Moment) {
        if !self.before_turns(act) {
            return;
        }
        let left = millis(self.target.saturating_sub(now.wall));
        let Some(rest) = Arc::make_mut(&mut self.acts).get_mut(act..) else {
            return;
        };
        let before = first_turn(rest);
        plan::shrink(rest, left);
        let after = first_turn(rest);
        if let Some(length) = after.filter(|_| after < before) {
            // Nobody finds out by the clock that they have less.
            self.notice = Some(Notice::TurnsNow { length });
        }
    }

    /// A turn is as long as it takes to have had as much as the others, up to what is offered and asked about.
    fn keep_turns_equal(&mut self, at: usize) {
        let Some(ActKind::Turn {
            nth, extra: false, ..
        }) = self.act_kind(at)
        else {
            return;
        };
        if self
            .act_stage(at)
            .is_some_and(|stage| stage.groups.is_some())
        {
            return;
        }
        let more = self.behind(nth, at);
        let Some(act) = Arc::make_mut(&mut self.acts).get_mut(at) else {
            return;
        };
        if more > 0 && more < WORTH_ASKING_MS {
            act.length = millis(signed_ms(act.length).saturating_add(more));
        }
    }

    /// Takes up the shorter script after its gate.
    fn follow_shorter(&mut self, now: Moment) -> Applied {
        let Some(shorter) = self.script.shorter.clone() else {
            return no(words().session.no_shorter);
        };
        let people = u8::try_from(self.people.len()).unwrap_or(u8::MAX);
        let left = millis(self.target.saturating_sub(now.wall));
        let shorter = shorter.for_people(people, left.as_secs() / 60);
        let (stage, step) = after_gate(&shorter);
        let written = crate::time::moment::minutes(u64::from(shorter.minutes));
        // With less time left than it takes, it ends later than was set, and the map says so.
        let (whole, laid) = match plan::lay(&shorter, written.min(left)) {
            Ok(laid) => (written.min(left), laid),
            Err(_) => match plan::lay(&shorter, written) {
                Ok(laid) => (written, laid),
                Err(_) => return no(words().session.no_shorter),
            },
        };
        let skipped: Duration = laid
            .acts
            .iter()
            .filter(|act| act.what.stage() < stage)
            .map(|act| act.length)
            .sum();
        self.ceiling = self.ceiling.min(shorter.ceiling);
        // What was written stays, where the shorter script knows the name.
        let known: Vec<Option<usize>> = shorter
            .written
            .iter()
            .map(|written| {
                let mut known = self.script.written.iter();
                known.position(|old| old.name == written.name)
            })
            .collect();
        let moved = |written: &[Option<SafeText>]| {
            let old = known.iter().map(|at| written.get((*at)?).cloned()?);
            old.collect::<Vec<_>>()
        };
        self.written = Arc::new(moved(&self.written));
        for person in Arc::make_mut(&mut self.people) {
            person.written = moved(&person.written);
        }
        self.pack = crate::session::pack(&shorter, self.begin.wording.as_deref());
        self.script = Arc::clone(&shorter);
        self.acts = Arc::new(laid.acts);
        self.buffer = laid.buffer;
        self.target = now.wall.saturating_add(signed_ms(whole - skipped));
        let act = self
            .acts
            .iter()
            .position(|act| act.what.stage() == stage)
            .unwrap_or(0);
        let effects = self.enter_act(act, now);
        let mut path = self.walk.path.clone();
        path.step = step;
        self.go_to(StepList::Act(act), path, now);
        self.notice = Some(Notice::Shorter);
        Ok(effects)
    }

    /// Puts an act of `length` for `nth` in at `at`.
    pub(in crate::session) fn insert_turn(&mut self, at: usize, nth: usize, length: Duration) {
        let stage = self
            .acts
            .iter()
            .rev()
            .find_map(|act| match act.what {
                ActKind::Turn { stage, .. } => {
                    let of = self.script.stages.get(stage);
                    of.is_none_or(|stage| stage.groups.is_none())
                        .then_some(stage)
                }
                ActKind::Whole { .. }
                | ActKind::Share { .. }
                | ActKind::Between { .. }
                | ActKind::Before { .. }
                | ActKind::After { .. } => None,
            })
            .unwrap_or(0);
        let at = at.min(self.acts.len());
        Arc::make_mut(&mut self.acts).insert(
            at,
            Act {
                what: ActKind::Turn {
                    stage,
                    nth,
                    extra: true,
                },
                length,
                at_least: length,
            },
        );
    }

    /// Whether only the first person has turns.
    pub(in crate::session) fn one_sided(&self) -> bool {
        self.script.one_sided.is_some()
    }
}

/// The stage of a kind of act; between two turns, what stands there.
pub(in crate::session) fn stage_of(script: &Script, what: ActKind) -> Option<&Stage> {
    let stage = script.stages.get(what.stage())?;
    let StageKind::Turns {
        between,
        before,
        after,
        ..
    } = &stage.kind
    else {
        return Some(stage);
    };
    match what {
        ActKind::Between { .. } => between.as_deref(),
        ActKind::Before { part, .. } => before.get(part),
        ActKind::After { part, .. } => after.get(part),
        ActKind::Whole { .. } | ActKind::Share { .. } | ActKind::Turn { .. } => Some(stage),
    }
}

/// The stage and the step after a script's gate; its beginning when it has none.
fn after_gate(script: &Script) -> (usize, usize) {
    script
        .stages
        .iter()
        .enumerate()
        .find_map(|(at, stage)| {
            let gate = stage
                .steps
                .iter()
                .position(|step| matches!(step.ask, Ask::Gate(_)))?;
            match stage.steps.get(gate).map(|step| step.to) {
                Some(Target::Step(step)) => Some((at, step)),
                _ if gate + 1 < stage.steps.len() => Some((at, gate + 1)),
                _ => Some((at + 1, 0)),
            }
        })
        .unwrap_or((0, 0))
}
