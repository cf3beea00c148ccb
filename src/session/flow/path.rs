//! Walking through steps: where a target leads, what a step needs when it is entered.

use std::sync::Arc;

use super::acts;
use crate::script::{Ask, Script, Step, Target};
use crate::session::intent::Intent;
use crate::session::plan::ActKind;
use crate::session::state::{Path, State, StepLeft, StepState};
use crate::session::steps::apart::ApartStage;
use crate::session::steps::step_kind::{StepAnswered, StepHere};
use crate::session::steps::{kind_now, kind_of};
use crate::session::{Applied, Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::Moment;

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
    pub(in crate::session) fn steps_of<'s>(
        &self,
        script: &'s Script,
        track: StepList,
    ) -> &'s [Step] {
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
        self.path_from(track, 0, now)
    }

    /// A fresh path that begins at this step of a track.
    pub(in crate::session) fn path_from(
        &mut self,
        track: StepList,
        first: usize,
        now: Moment,
    ) -> Path {
        let mut path = Path {
            step: first,
            go: 0,
            given: Vec::new(),
            visits: vec![0; self.steps(track).len()],
            trail: Vec::new(),
            anew: None,
            closed: false,
            doing: StepState::Reading,
        };
        if let StepList::Act(act) = track
            && let Some(ActKind::Whole { stage } | ActKind::Share { stage, .. }) =
                self.act_kind(act)
        {
            let known = self.returns.iter().filter(|(at, ..)| *at == stage);
            for (_, step, visits) in known {
                if let Some(place) = path.visits.get_mut(*step) {
                    *place = *visits;
                }
            }
        }
        // The first step of a track may be too deep today; the way out of the track is then taken on the first go-on.
        if let StepTarget::Step(step) = self.lead(track, &path, first) {
            path.step = step;
        }
        self.forget_written(track, &path);
        self.enter_step(track, &mut path, now);
        path
    }

    /// What was written before at a step that says so is gone when the way comes there: what each wrote for whom it is
    /// asked there.
    fn forget_written(&mut self, track: StepList, path: &Path) {
        let Some(step) = self.step_at(track, path) else {
            return;
        };
        let Ask::Write(write) = &step.ask else {
            return;
        };
        if !write.fresh {
            return;
        }
        let (name, round) = (write.name, step.round);
        let whose = match round {
            true => self.everybody().collect(),
            false => Vec::from_iter(self.holder(track, step, path)),
        };
        let all = whose.is_empty() || round;
        let written = all.then(|| Arc::make_mut(&mut self.written));
        if let Some(line) = written.and_then(|written| written.get_mut(name)) {
            *line = None;
        }
        for who in whose {
            let person = self.person_mut(who);
            if let Some(line) = person.and_then(|person| person.written.get_mut(name)) {
                *line = None;
            }
        }
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
                (_, _) if step.recall && !self.knows_all_cards() => Some(Target::Next),
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

    /// Where a target leads from where a path stands.
    fn lead_to(&self, track: StepList, path: &Path, target: Target) -> StepTarget {
        match target {
            Target::Next => self.lead(track, path, path.step + 1),
            Target::Step(step) => self.lead(track, path, step),
            Target::Done
            | Target::NextPerson
            | Target::Land
            | Target::Close
            | Target::End
            | Target::Stop
            | Target::Back
            | Target::Shorter
            | Target::Stage(_)
            | Target::Exit(_) => StepTarget::Out(target),
        }
    }

    /// The target by which a way leaves its steps, when a path is left for this one; `None` where a step follows.
    pub(in crate::session) fn out_of(
        &self,
        track: StepList,
        path: &Path,
        target: Target,
    ) -> Option<Target> {
        match self.lead_to(track, path, target) {
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
            let before = path.trail.last().map_or(0, |left| left.step);
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
        path.given.truncate(path.go);
        if path.go == 0
            && let Some(visits) = path.visits.get_mut(path.step)
        {
            *visits = visits.saturating_add(1);
        }
        if step.recall {
            let mut asks = steps.iter().map(|step| &step.ask);
            let support = asks.find_map(Ask::support);
            if let Some(support) = support {
                self.take_cards(support);
            }
        }
        let here = StepHere {
            track,
            step,
            path,
            holder: self.holder(track, step, path),
            now,
        };
        let apart = matches!(track, StepList::Act(act) if self.goes_apart(act));
        let kind = if apart {
            &ApartStage
        } else {
            kind_of(&step.ask)
        };
        path.doing = kind.enter(self, here);
    }

    /// To the next one who has a go in a round. On a screen that holds everybody's, whoever has nothing to enter there
    /// has read it with the first.
    fn next_go(&mut self, track: StepList, path: &mut Path, now: Moment) -> bool {
        let step = self.step_at(track, path);
        let once = step.is_some_and(|step| step.together);
        let goes = step.map_or(0, |step| self.goes(track, step).len());
        let mut next = path.clone();
        while next.go + 1 < goes {
            next.go += 1;
            self.enter_step(track, &mut next, now);
            if !once || next.doing != StepState::Reading {
                *path = next;
                return true;
            }
        }
        false
    }

    /// Follows a target from where a path stands.
    pub(in crate::session) fn go(
        &mut self,
        track: StepList,
        mut path: Path,
        target: Target,
        now: Moment,
    ) -> Applied {
        // A round asks everybody before its way goes on; leading elsewhere ends it at once.
        let next = path.step + 1;
        let place = |to: Target| match to == Target::Next {
            true => Target::Step(next),
            false => to,
        };
        let step = self.step_at(track, &path);
        let answered = step.is_some_and(|step| place(step.to) == place(target));
        let round = answered && step.is_some_and(|step| step.round);
        let here = StepLeft::bare(&path);
        if let Some(asked) = path.anew.take().filter(|_| answered) {
            path.trail.push(here);
            return self.come_back_to(track, path, asked, now);
        }
        if round && self.next_go(track, &mut path, now) {
            path.trail.push(here);
            self.put(track, path);
            self.keep_still(now);
            return Ok(Vec::new());
        }
        match self.lead_to(track, &path, target) {
            StepTarget::Step(step)
                if track == StepList::Act(self.walk.act) && self.lands_instead(&path, step) =>
            {
                self.land_now(now)
            }
            StepTarget::Step(step) if self.asks_anew(track, &path, step) => {
                path.trail.push(here);
                path.anew = Some(path.step);
                path.step = step;
                self.go_to(track, path, now);
                Ok(Vec::new())
            }
            StepTarget::Step(step) => {
                path.trail.push(here);
                self.close_behind(track, &mut path, step);
                path.step = step;
                path.go = 0;
                self.forget_written(track, &path);
                self.enter_step(track, &mut path, now);
                self.put(track, path);
                self.keep_still(now);
                Ok(Vec::new())
            }
            StepTarget::Out(target) => self.leave_steps(track, path, target, now),
        }
    }

    /// Whether a way back leads one person of a round to what everybody was asked: then it is asked of that person alone.
    fn asks_anew(&self, track: StepList, path: &Path, step: usize) -> bool {
        let steps = self.steps(track);
        let round = |at: usize| steps.get(at).is_some_and(|step| step.round);
        step < path.step && round(step) && round(path.step)
    }

    /// Back to the step of a round from which one person was asked something anew.
    fn come_back_to(
        &mut self,
        track: StepList,
        mut path: Path,
        asked: usize,
        now: Moment,
    ) -> Applied {
        if let (1.., Some(visits)) = (path.go, path.visits.get_mut(asked)) {
            *visits = visits.saturating_add(1);
        }
        match self.lead(track, &path, asked) {
            StepTarget::Step(step) => {
                path.step = step;
                self.go_to(track, path, now);
                Ok(Vec::new())
            }
            StepTarget::Out(target) => self.leave_steps(track, path, target, now),
        }
    }

    /// Once something was said that protects somebody, nothing leads back past it: a wrong key is taken back where it was
    /// pressed, and the way to the turn is an answer, given anew.
    fn close_behind(&mut self, track: StepList, path: &mut Path, next: usize) {
        let steps = self.steps(track);
        let still = |at: usize| steps.get(at).is_some_and(|step| step.still);
        let card = steps.get(next).is_some_and(|step| step.crisis_card);
        let kept = if still(path.step) && (still(next) || card) {
            let trail = path.trail.iter().rev();
            trail.take_while(|left| still(left.step)).count()
        } else if card {
            1
        } else {
            return;
        };
        path.trail.drain(..path.trail.len().saturating_sub(kept));
        path.closed = true;
        if track == StepList::MiniClose {
            // Nor back to what the ending was begun from.
            self.left = None;
        }
    }

    /// Nothing leads back to what was left just now.
    pub(in crate::session) fn close_off(&mut self) {
        self.act_left = None;
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
    ) -> Applied {
        let Some(StepLeft {
            step,
            go,
            anew,
            before,
        }) = path.trail.pop()
        else {
            return no(words().session.first_step);
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
        path.anew = anew;
        if let Some(before) = &before {
            self.take_back(&before.1);
        }
        self.enter_step(track, &mut path, now);
        if let Some((Some(again), set)) = before.as_deref() {
            // Whatever coming to it has set anew, the answers of before stand.
            path.doing = again.clone();
            self.take_back(set);
        }
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
    ) -> Applied {
        let script = Arc::clone(&self.script);
        let Some(step) = self.steps_of(&script, track).get(path.step) else {
            return self.leave_steps(track, path, Target::Next, now);
        };
        if intent == Intent::Back {
            return self.back(track, path, step, now);
        }
        let place = (path.step, path.go);
        let before = (
            kind_now(&step.ask, &path.doing).again(&path.doing),
            self.answers_set(),
        );
        let here = StepAnswered {
            track,
            step,
            path,
            now,
        };
        let kind = kind_now(&step.ask, &here.path.doing);
        let effects = kind.apply(self, here, intent)?;
        self.remember_before(track, place, before);
        Ok(effects)
    }

    /// Back, first within a step that has several screens of its own.
    fn back(&mut self, track: StepList, mut path: Path, step: &Step, now: Moment) -> Applied {
        let within = kind_now(&step.ask, &path.doing).back(self, &path.doing);
        match within {
            Some(doing) => {
                path.doing = doing;
                self.put(track, path);
                Ok(Vec::new())
            }
            None if self.can_return(track, &path) => self.return_from_ending(now),
            None if self.can_take_back_act(track, &path) => self.take_back_act(now),
            None if self.is_chosen_aside(track, &path) => {
                self.return_to_walk(now);
                self.state = State::Asides;
                Ok(Vec::new())
            }
            None => self.go_back(track, path, now),
        }
    }
}
