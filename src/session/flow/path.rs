//! Walking through steps: where a target leads, what a step needs when it is entered.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that a step does not ask for is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use super::acts;
use crate::script::{Ask, Consent, Script, Step, Target, Who};
use crate::session::intent::{Effect, Intent, Refused};
use crate::session::plan::ActKind;
use crate::session::state::{Path, State, StepState, TurnSetup, TurnSetupQuestion};
use crate::session::{Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::{Countdown, Moment};

/// How many steps a way may pass over (too deep, visited enough) before it is
/// taken to be at its end. A checked script never gets near it.
const MOST_PASSED: usize = 4_000;

/// Where a way leads once skipped steps are passed over.
enum StepTarget {
    /// To this step, at this person's go.
    Step(usize),
    /// Out of the steps.
    Out(Target),
}

impl Session {
    /// The steps of a track.
    pub(in crate::session) fn steps(&self, track: StepList) -> &[Step] {
        self.steps_of(&self.script, track)
    }

    /// The steps of a track, from a hold on the script that outlives a change of the session.
    fn steps_of<'s>(&self, script: &'s Script, track: StepList) -> &'s [Step] {
        match track {
            StepList::Act(act) => self
                .act_kind(act)
                .and_then(|what| acts::stage_of(script, what))
                .map_or(&[], |stage| &stage.steps),
            StepList::Aside(aside) => script.asides.get(aside).map_or(&[], |aside| &aside.steps),
            StepList::Stop => &script.stop,
            StepList::MiniClose => &script.mini_close,
        }
    }

    /// The step a path stands on.
    pub(in crate::session) fn step_at(&self, track: StepList, path: &Path) -> Option<&Step> {
        self.steps(track).get(path.step)
    }

    /// A fresh path at the first step of a track.
    pub(in crate::session) fn path_into(&mut self, track: StepList, now: Moment) -> Path {
        let mut path = Path {
            step: 0,
            go: 0,
            visits: vec![0; self.steps(track).len()],
            trail: Vec::new(),
            doing: StepState::Reading,
        };
        // The first step of a track may be too deep today; the way out of the track is then taken on the first go-on.
        if let StepTarget::Step(step) = self.lead(track, &path, 0) {
            path.step = step;
        }
        self.enter_step(track, &mut path, now);
        path
    }

    /// Passes over steps that are too deep today or were visited often enough.
    fn lead(&self, track: StepList, path: &Path, step: usize) -> StepTarget {
        let mut at = step;
        for _ in 0..MOST_PASSED {
            let Some(step) = self.steps(track).get(at) else {
                return StepTarget::Out(Target::Next);
            };
            let visits = path.visits.get(at).copied().unwrap_or(0);
            let away = match (step.depth, step.at_most) {
                (Some((depth, beyond)), _) if depth > self.ceiling() => Some(beyond),
                (_, Some((most, then))) if visits >= most => Some(then),
                (_, _) => None,
            };
            match away {
                None => return StepTarget::Step(at),
                Some(Target::Next) => at += 1,
                Some(Target::Step(step)) => at = step,
                Some(out) => return StepTarget::Out(out),
            }
        }
        StepTarget::Out(Target::Next)
    }

    /// The target by which a way leaves its steps, when a path is left for this one; `None` where a step follows.
    pub(in crate::session) fn out_of(
        &self,
        track: StepList,
        path: &Path,
        target: Target,
    ) -> Option<Target> {
        let lead = match target {
            Target::Next => self.lead(track, path, path.step + 1),
            Target::Step(step) => self.lead(track, path, step),
            out => StepTarget::Out(out),
        };
        match lead {
            StepTarget::Step(_) => None,
            StepTarget::Out(out) => Some(out),
        }
    }

    /// Makes a step ready to be asked.
    fn enter_step(&mut self, track: StepList, path: &mut Path, now: Moment) {
        let script = Arc::clone(&self.script);
        let steps = self.steps_of(&script, track);
        let Some(step) = steps.get(path.step) else {
            return;
        };
        if let StepList::Act(_) = track {
            let before = path.trail.last().map_or(0, |(step, _)| *step);
            self.note_landing(path.step, before);
            self.note_quiet(now);
        }
        if step.fresh {
            for (visits, step) in path.visits.iter_mut().zip(steps) {
                if !step.fresh {
                    *visits = 0;
                }
            }
        }
        if path.go == 0
            && let Some(visits) = path.visits.get_mut(path.step)
        {
            *visits = visits.saturating_add(1);
        }
        path.doing = match &step.ask {
            Ask::Read => StepState::Reading,
            Ask::Question(_) => StepState::Choosing,
            Ask::Rating(_) => StepState::Rating,
            Ask::Keep => StepState::Keeping,
            Ask::Order => StepState::Ordering,
            Ask::Consent(consent) => self.consent_of(track, path, consent),
            Ask::Unseen(_) => StepState::Unseen { said: Vec::new() },
            Ask::Write(_) => StepState::Writing,
            Ask::Note | Ask::Promise => self.first_own(track, path),
            Ask::Gate(_) => self.first_gating(),
            Ask::Agreement(agreement) => {
                let place = (self.walk.act, path.step);
                StepState::Agreeing(self.first_agreeing(agreement, place))
            }
            Ask::Support(support) => {
                let own = self.holder_here();
                for nth in 0..self.order.len() {
                    let who = self.who(nth);
                    if own.is_none_or(|own| own == who) {
                        let proposed = self.proposed_warnings(support, who).into_iter();
                        let proposed = proposed.filter(|n| self.rings_in_turn(nth, *n)).collect();
                        self.choose_warnings(who.index(), proposed);
                    }
                }
                let nth = self.act_kind(self.walk.act).and_then(ActKind::nth);
                StepState::Supporting(TurnSetup {
                    nth: nth.unwrap_or(0),
                    phase: if support.rungs.is_empty() {
                        TurnSetupQuestion::Warnings
                    } else {
                        TurnSetupQuestion::Rung
                    },
                })
            }
            Ask::Rest { length, pacer } => StepState::Resting {
                clock: Countdown::of(*length, now),
                rung: false,
                pacer: *pacer,
            },
        };
    }

    /// Who is asked for a yes; whoever is not asked has nothing to add.
    fn consent_of(&self, track: StepList, path: &Path, consent: &Consent) -> StepState {
        let holder = self
            .step_at(track, path)
            .and_then(|step| self.holder(track, step, path))
            .unwrap_or_else(|| self.who(0));
        let everybody = (0..self.begin.people.len()).map(Who::at);
        let asked =
            |who: &Who| consent.of.is_empty() || consent.of.contains(&self.role_of(*who, holder));
        let of: Vec<Who> = everybody.clone().filter(asked).collect();
        let yes = everybody.map(|who| !of.contains(&who)).collect();
        StepState::Consenting { of, yes }
    }

    /// Follows a target from where a path stands.
    pub(in crate::session) fn go(
        &mut self,
        track: StepList,
        mut path: Path,
        target: Target,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        // A round asks everybody before its way goes on; leading elsewhere ends it at once.
        let round = self
            .step_at(track, &path)
            .is_some_and(|step| step.round && step.to == target);
        let here = (path.step, path.go);
        if round && path.go + 1 < self.begin.people.len() {
            path.trail.push(here);
            path.go += 1;
            self.enter_step(track, &mut path, now);
            self.put(track, path);
            self.keep_still(now);
            return Ok(Vec::new());
        }
        let lead = match target {
            Target::Next => self.lead(track, &path, here.0 + 1),
            Target::Step(step) => self.lead(track, &path, step),
            Target::Done
            | Target::Land
            | Target::Close
            | Target::End
            | Target::Stop
            | Target::Back
            | Target::Shorter
            | Target::Stage(_)
            | Target::Exit(_) => StepTarget::Out(target),
        };
        match lead {
            StepTarget::Step(step) => {
                path.trail.push(here);
                self.close_behind(track, &mut path, step);
                path.step = step;
                path.go = 0;
                self.enter_step(track, &mut path, now);
                self.put(track, path);
                self.keep_still(now);
                Ok(Vec::new())
            }
            StepTarget::Out(target) => self.leave_steps(track, path, target, now),
        }
    }

    /// Once something was said that protects somebody, nothing leads back past it: a wrong key is taken back where it was
    /// pressed, and the way to the turn is an answer, given anew.
    fn close_behind(&self, track: StepList, path: &mut Path, next: usize) {
        let steps = self.steps(track);
        let still = |at: usize| steps.get(at).is_some_and(|step| step.still);
        let card = steps.get(next).is_some_and(|step| step.crisis_card);
        let kept = if still(path.step) && (still(next) || card) {
            let trail = path.trail.iter().rev();
            trail.take_while(|(step, _)| still(*step)).count()
        } else if card {
            1
        } else {
            return;
        };
        path.trail.drain(..path.trail.len().saturating_sub(kept));
    }

    /// Nothing leads back to what was left just now.
    pub(in crate::session) fn close_off(&mut self) {
        match &mut self.state {
            State::Walking => self.walk.path.trail.clear(),
            State::Aside { path, .. } => path.trail.clear(),
            // An ending that was begun from there does not come back either.
            State::MiniClose { .. } => self.left = None,
            State::Asides
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. }
            | State::Held { .. }
            | State::Stopped { .. }
            | State::Closed(_) => {}
        }
    }

    /// Back to the step before.
    pub(in crate::session) fn go_back(
        &mut self,
        track: StepList,
        mut path: Path,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Some((step, go)) = path.trail.pop() else {
            return no(&words().session.first_step);
        };
        // Stepping back takes the visits of both back, so that looking again costs nothing.
        if path.go == 0
            && let Some(visits) = path.visits.get_mut(path.step)
        {
            *visits = visits.saturating_sub(1);
        }
        if go == 0
            && let Some(visits) = path.visits.get_mut(step)
        {
            *visits = visits.saturating_sub(1);
        }
        path.step = step;
        path.go = go;
        self.enter_step(track, &mut path, now);
        self.put(track, path);
        self.keep_still(now);
        Ok(Vec::new())
    }

    /// Puts a path straight onto the step it names, without a trail behind it.
    pub(in crate::session) fn go_to(&mut self, track: StepList, mut path: Path, now: Moment) {
        self.enter_step(track, &mut path, now);
        self.put(track, path);
        self.keep_still(now);
    }

    /// Where the path of a track is kept.
    pub(in crate::session) fn put(&mut self, track: StepList, path: Path) {
        match track {
            StepList::Act(_) => {
                self.walk.path = path;
                self.state = State::Walking;
            }
            StepList::Aside(aside) => self.state = State::Aside { aside, path },
            StepList::MiniClose => self.state = State::MiniClose { path },
            StepList::Stop => {
                if let State::Stopped { path: place, .. } = &mut self.state {
                    *place = path;
                }
            }
        }
    }

    /// An intent while a step is asked, whatever track it is on.
    pub(in crate::session) fn at_step(
        &mut self,
        track: StepList,
        path: Path,
        intent: Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let script = Arc::clone(&self.script);
        let Some(step) = self.steps_of(&script, track).get(path.step) else {
            return self.leave_steps(track, path, Target::Next, now);
        };
        if intent == Intent::Back {
            return self.back(track, path, step, now);
        }
        match path.doing.clone() {
            StepState::Reading | StepState::Resting { .. } => match intent {
                Intent::GoOn => self.go(track, path, step.to, now),
                _ => no(&words().session.not_here),
            },
            StepState::Choosing => self.question(track, path, step, &intent, now),
            StepState::Accepting { answer, asked } => {
                self.accepting(track, path, step, (answer, asked), &intent, now)
            }
            StepState::Rating => self.rating(track, path, step, &intent, now),
            StepState::Keeping => self.keeping(track, path, step, &intent, now),
            StepState::KeepingOwn { who, stay } => {
                self.keeping_own(track, path, step, (who, stay), &intent, now)
            }
            StepState::Staying { who, stay } => self.staying(track, path, (who, stay), &intent),
            StepState::Noting | StepState::Promising(_) => self.own(track, path, step, intent, now),
            StepState::Forgiving { yes } => self.forgiving(track, path, yes, &intent),
            StepState::Ordering => self.ordering(track, path, step, &intent, now),
            StepState::Consenting { of, yes } => {
                self.consenting(track, path, step, (of, yes), &intent, now)
            }
            StepState::Unseen { said } | StepState::Seen { said } => {
                self.unseen(track, path, step, said, &intent, now)
            }
            StepState::Writing => self.writing(track, path, step, &intent, now),
            StepState::Gating { said, open } => {
                self.gating(track, path, step, (said, open), &intent, now)
            }
            StepState::Agreeing(agreeing) => {
                self.agreeing(track, path, step, agreeing, intent, now)
            }
            StepState::Supporting(supporting) => {
                self.supporting(track, path, step, &supporting, &intent, now)
            }
        }
    }

    /// Back, first within a step that has several screens of its own.
    fn back(
        &mut self,
        track: StepList,
        mut path: Path,
        step: &Step,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let within = match &path.doing {
            StepState::Gating { said, open } => self.gating_back(said, *open),
            StepState::Unseen { said } | StepState::Seen { said } if !said.is_empty() => {
                // What was shown is answered anew by everybody.
                let keep = match &path.doing {
                    StepState::Unseen { .. } => said.len() - 1,
                    _ => 0,
                };
                let said = said.iter().take(keep).copied().collect();
                Some(StepState::Unseen { said })
            }
            StepState::Agreeing(agreeing) => self.agreeing_back(agreeing).map(StepState::Agreeing),
            StepState::Supporting(supporting) => self
                .supporting_back(step, supporting)
                .map(StepState::Supporting),
            StepState::Forgiving { .. } => Some(StepState::Ordering),
            StepState::Promising(asked) => asked.before().map(StepState::Promising),
            StepState::Accepting { .. } => Some(StepState::Choosing),
            StepState::KeepingOwn { .. } => Some(StepState::Keeping),
            StepState::Staying { who, stay } => Some(StepState::KeepingOwn {
                who: *who,
                stay: *stay,
            }),
            StepState::Noting
            | StepState::Unseen { .. }
            | StepState::Seen { .. }
            | StepState::Writing
            | StepState::Reading
            | StepState::Choosing
            | StepState::Rating
            | StepState::Keeping
            | StepState::Ordering
            | StepState::Consenting { .. }
            | StepState::Resting { .. } => None,
        };
        match within {
            Some(doing) => {
                path.doing = doing;
                self.put(track, path);
                Ok(Vec::new())
            }
            None if self.can_return(track, &path) => self.return_from_ending(now),
            None => self.go_back(track, path, now),
        }
    }
}
