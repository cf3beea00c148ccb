//! Groups that work at the same time, each at its own pace: one of them is moved on by its number, or by its own clock.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::time::Duration;

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_go_on};
use crate::script::{Stage, StageKind, Step, Target, Who};
use crate::session::intent::{BellRing, Effect, Intent};
use crate::session::length_words::minutes_word;
use crate::session::roles::{Named, join};
use crate::session::scene::{ClockShows, ListItem, Scene};
use crate::session::setup::ClockMode;
use crate::session::state::{GroupWalk, Notice, RungBells, State, StepState};
use crate::session::view::clock::past_from;
use crate::session::{Applied, Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};
use crate::time::moment::{Countdown, Moment, millis, signed_ms};

/// A stage whose groups go each at its own pace.
pub(in crate::session) struct ApartStage;

/// Where a group goes when it is moved on.
enum Onward {
    Step,
    Turn(usize),
    Done,
    /// It was done, and takes up its last turn again.
    Again,
}

impl StepKind for ApartStage {
    fn enter(&self, session: &mut Session, here: StepHere<'_>) -> StepState {
        let walk = GroupWalk {
            turn: 0,
            step: 0,
            clock: Countdown::of(session.apart_length(), here.now),
            bells: RungBells::default(),
        };
        let groups = vec![walk; session.groups_here().len()];
        let before = None;
        StepState::Apart { groups, before }
    }

    fn apply(&self, session: &mut Session, mut here: StepAnswered<'_>, intent: Intent) -> Applied {
        let now = here.now;
        let n = match intent {
            Intent::GoOn => return here.go(session, Target::Done),
            Intent::Answer { n } => n,
            _ => return no(words().session.not_here),
        };
        let StepState::Apart { mut groups, .. } = here.path.doing.clone() else {
            return no(words().session.not_here);
        };
        let Some(walk) = groups.get_mut(n) else {
            return no(words().session.no_such_answer);
        };
        let before = Some((n, walk.clone()));
        session.move_group(walk, now);
        let last = session.apart_steps().len().saturating_sub(1);
        here.path.step = walk.step.min(last);
        let doing = StepState::Apart { groups, before };
        let effects = here.ask(session, doing)?;
        Ok(session.together_again(now).unwrap_or(effects))
    }

    fn back(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        let StepState::Apart { groups, before } = doing else {
            return None;
        };
        let (n, was) = before.clone()?;
        let mut groups = groups.clone();
        *groups.get_mut(n)? = was;
        let before = None;
        Some(StepState::Apart { groups, before })
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        let w = &words().session;
        let StepState::Apart { groups, .. } = &here.path.doing else {
            return;
        };
        let members = session.groups_here();
        let alike = session.apart_steps().len() == 1;
        if !alike {
            // Each has words of its own.
            scene.prompt.clear();
            scene.whispers.clear();
            scene.to.clear();
        }
        let done = groups.iter().all(|walk| session.is_done(walk));
        let says = if done { w.apart_all_done } else { w.apart };
        scene.prompt.push(SafeText::new(says));
        for (n, (walk, people)) in groups.iter().zip(&members).enumerate() {
            let names = session.names(people);
            let at = session.at_apart(walk, (n, people), alike);
            scene.list.push(ListItem::new(names.as_str(), at, false));
            scene.rare.left.push(session.left_apart(walk, here.now));
            let next = session.onward(walk);
            let turn = |turn: usize| people.get(turn % people.len().max(1));
            let (says, name): (Template, _) = match next {
                Onward::Step => (w.apart_on, None),
                Onward::Turn(at) => (w.apart_turn, turn(at)),
                Onward::Done => (w.apart_done, None),
                Onward::Again => (w.apart_again, None),
            };
            let name = name.map(|who| session.name(*who)).unwrap_or_default();
            let values = [("names", names.as_str()), ("name", name.as_str())];
            scene.add_choice(fill(&says, &values), Intent::Answer { n });
        }
        put_go_on(scene, w.go_on);
    }

    fn going_on(&self, _step: &Step, _doing: &StepState) -> GoingOn {
        GoingOn::To(Target::Done)
    }
}

impl Session {
    /// Whether the groups of an act go each at its own pace.
    pub(in crate::session) fn goes_apart(&self, act: usize) -> bool {
        let stage = self.act_stage(act);
        stage.is_some_and(Stage::goes_apart) && !self.is_alone()
    }

    /// Whether that is so now, and somebody is not done.
    pub(crate) fn is_apart(&self) -> bool {
        self.apart().iter().any(|walk| !self.is_done(walk))
    }

    fn apart(&self) -> &[GroupWalk] {
        match &self.walk.path.doing {
            StepState::Apart { groups, .. } => groups,
            _ => &[],
        }
    }

    fn apart_steps(&self) -> &[Step] {
        let stage = self.act_stage(self.walk.act);
        stage.map_or(&[], |stage| &stage.steps)
    }

    /// How often a group has the length of the stage, one after the other.
    fn rounds_apart(&self) -> u32 {
        let stage = self.act_stage(self.walk.act);
        stage.map_or(1, |stage| stage.rounds_apart(self.people.len()))
    }

    /// How long each of these is, as the whole is planned.
    fn apart_length(&self) -> Duration {
        self.planned_here() / self.rounds_apart().max(1)
    }

    fn is_done(&self, walk: &GroupWalk) -> bool {
        u32::try_from(walk.turn).is_ok_and(|turn| turn >= self.rounds_apart())
    }

    /// In which group somebody is.
    pub(in crate::session) fn group_of(&self, who: Who) -> usize {
        let groups = self.groups_here();
        let own = groups.iter().position(|group| group.contains(&who));
        own.unwrap_or(0)
    }

    /// Whether somebody may say this here of a group: of their own, and not of another one.
    pub(in crate::session) fn is_of_own_group(&self, who: Who, intent: &Intent) -> bool {
        match intent {
            Intent::Answer { n } if !self.apart().is_empty() => self.group_of(who) == *n,
            _ => true,
        }
    }

    /// Which role somebody has in the turn of their own group, by their place in the order; nothing where all groups go
    /// together.
    pub(in crate::session) fn role_apart(
        &self,
        act: usize,
        at: usize,
        size: usize,
    ) -> Option<usize> {
        let stage = self.act_stage(act).filter(|_| act == self.walk.act)?;
        let walk = self.apart().get(at / size)?;
        let turns = matches!(stage.kind, StageKind::Turns { .. });
        // Who is done only listens.
        let role = match self.is_done(walk) {
            true => usize::MAX,
            false => (at + walk.turn * (size - 1)) % size,
        };
        turns.then_some(role)
    }

    fn onward(&self, walk: &GroupWalk) -> Onward {
        let steps = self.apart_steps();
        let straight = steps
            .get(walk.step)
            .is_some_and(|step| step.to == Target::Next);
        let turn = walk.turn + 1;
        if self.is_done(walk) {
            Onward::Again
        } else if straight && walk.step + 1 < steps.len() {
            Onward::Step
        } else if u32::try_from(turn).is_ok_and(|turn| turn < self.rounds_apart()) {
            Onward::Turn(turn)
        } else {
            Onward::Done
        }
    }

    /// Moves a group on by one.
    fn move_group(&self, walk: &mut GroupWalk, now: Moment) {
        match self.onward(walk) {
            Onward::Step => walk.step += 1,
            Onward::Turn(_) => self.end_turn_apart(walk, now),
            Onward::Done => {
                walk.turn += 1;
                walk.clock = walk.clock.held(now);
            }
            Onward::Again => {
                walk.turn = walk.turn.saturating_sub(1);
                walk.clock = walk.clock.running(now);
            }
        }
    }

    /// The next turn of a group begins, or it is done.
    fn end_turn_apart(&self, walk: &mut GroupWalk, now: Moment) {
        walk.turn += 1;
        if self.is_done(walk) {
            walk.clock = walk.clock.held(now);
        } else {
            walk.step = 0;
            walk.clock = Countdown::of(self.apart_length(), now);
            walk.bells = RungBells::default();
        }
    }

    /// What the clocks of the groups bring about: their bells, and the next turn of those that move on by themselves.
    pub(in crate::session) fn tick_groups(&mut self, now: Moment) -> Vec<Effect> {
        let doing = self.walk.path.doing.clone();
        let (StepState::Apart { mut groups, before }, Some(stage)) =
            (doing, self.act_stage(self.walk.act))
        else {
            return Vec::new();
        };
        let (moves, rings) = (stage.moves_on && self.state == State::Walking, stage.rings);
        let length = signed_ms(self.apart_length());
        let (mut over, mut warned) = (Vec::new(), (None, Vec::new()));
        for (n, walk) in groups.iter_mut().enumerate() {
            while !self.is_done(walk) {
                let left = walk.clock.left(now);
                let due = stage.warnings.iter().copied().filter(|minutes| {
                    let at = i64::from(*minutes) * 60_000;
                    let rung = walk.bells.warned.is_some_and(|last| *minutes >= last);
                    left > 0 && left <= at && at < length && !rung
                });
                if let Some(minutes) = due.min() {
                    walk.bells.warned = Some(minutes);
                    warned.0 = Some(minutes);
                    warned.1.push(n);
                }
                if left > 0 || !rings || walk.bells.over {
                    break;
                }
                walk.bells.over = true;
                if !over.contains(&n) {
                    over.push(n);
                }
                if !moves {
                    break;
                }
                self.end_turn_apart(walk, now);
                if !self.is_done(walk) {
                    // It began when the one before was over, not when somebody looked.
                    walk.clock = walk.clock.less(millis(left.saturating_neg()));
                }
            }
        }
        let rung = match (over.is_empty(), warned.1.is_empty()) {
            (false, _) => Some((over, None, BellRing::Over)),
            (true, false) => Some((warned.1, warned.0, BellRing::Warning)),
            (true, true) => None,
        };
        let Some((rung, minutes, ring)) = rung else {
            return Vec::new();
        };
        self.walk.path.doing = StepState::Apart { groups, before };
        let groups = rung;
        self.notice = Some(Notice::Groups { groups, minutes });
        let mut effects = vec![Effect::Ring(ring)];
        effects.extend(self.together_again(now).unwrap_or_default());
        effects
    }

    /// What follows when all groups are done and the stage moves on by itself.
    fn together_again(&mut self, now: Moment) -> Option<Vec<Effect>> {
        let moves = self.moves_on() && self.state == State::Walking;
        let done = !self.apart().is_empty() && !self.is_apart();
        (moves && done).then(|| {
            self.notice = None;
            self.finish(now)
        })
    }

    /// The clocks of the groups, and the one that a step back brings again.
    pub(in crate::session) fn group_clocks(&mut self) -> Vec<&mut Countdown> {
        let StepState::Apart { groups, before } = &mut self.walk.path.doing else {
            return Vec::new();
        };
        let before = before.iter_mut().map(|(_, walk)| walk);
        let all = groups.iter_mut().chain(before);
        all.map(|walk| &mut walk.clock).collect()
    }

    /// Lets the clocks of those groups run that are not done.
    pub(in crate::session) fn run_groups(&mut self, now: Moment) {
        let done: Vec<bool> = self.apart().iter().map(|walk| self.is_done(walk)).collect();
        let done = done.into_iter().chain([false]);
        for (clock, done) in self.group_clocks().into_iter().zip(done) {
            if !done {
                *clock = clock.running(now);
            }
        }
    }

    /// What each group that is not done has left, in milliseconds.
    pub(in crate::session) fn groups_left(&self, now: Moment) -> Vec<i64> {
        let walks = self.apart().iter().filter(|walk| !self.is_done(walk));
        walks.map(|walk| walk.clock.left(now)).collect()
    }

    /// When bells of the groups are due, in milliseconds from now.
    pub(in crate::session) fn groups_due(&self, now: Moment) -> Vec<i64> {
        let stage = self.act_stage(self.walk.act);
        let warnings = stage.map_or(&[][..], |stage| &stage.warnings);
        let bells = |left: i64| {
            let before = warnings.iter().map(|minutes| i64::from(*minutes) * 60_000);
            [0].into_iter().chain(before).map(move |at| left - at)
        };
        self.groups_left(now).into_iter().flat_map(bells).collect()
    }

    /// For which groups a bell rang, in words, as long as it is so.
    pub(in crate::session) fn groups_notice(
        &self,
        groups: &[usize],
        minutes: Option<u8>,
        now: Moment,
    ) -> Option<SafeText> {
        let w = &words().session;
        let walks = self.apart();
        let past = |n: &usize| {
            let walk = walks.get(*n);
            walk.is_none_or(|walk| match minutes {
                Some(minutes) => walk.clock.left(now) <= past_from(minutes),
                None => false,
            })
        };
        if groups.iter().any(past) {
            return None;
        }
        let all = self.groups_here();
        let names = groups.iter().filter_map(|n| all.get(*n));
        let names = self.names(&names.flatten().copied().collect::<Vec<_>>());
        let left = minutes.map(|minutes| minutes_word(u64::from(minutes)));
        let says = match left {
            Some(_) => &w.apart_warning,
            None => &w.apart_over,
        };
        let left = left.unwrap_or_default();
        let values = [("names", names.as_str()), ("minutes", left.as_str())];
        Some(fill(says, &values))
    }

    /// What a group is at: who speaks, and what is asked, where that is not the same for all of them.
    fn at_apart(&self, walk: &GroupWalk, (n, people): (usize, &[Who]), alike: bool) -> SafeText {
        if self.is_done(walk) {
            return SafeText::new(words().session.apart_is_done);
        }
        let stage = self.act_stage(self.walk.act);
        let turns = stage.is_some_and(|stage| matches!(stage.kind, StageKind::Turns { .. }));
        let holder = people.get(walk.turn % people.len().max(1)).copied();
        let name = holder.map(|who| self.name(who)).unwrap_or_default();
        if turns && alike {
            return name;
        }
        let Some(step) = self.apart_steps().get(walk.step) else {
            return name;
        };
        let named = Named {
            group: Some(n),
            ..self.named(holder)
        };
        let role = match turns {
            true => self.floor_of(step),
            false => n.min(step.says.roles.len().saturating_sub(1)),
        };
        let own = step.says.roles.get(role);
        let own = own.map(|says| self.paragraphs(says.on(crate::script::Rung::Silent), named));
        let mut said = self.paragraphs(&step.says.all, named);
        said.extend(own.unwrap_or_default());
        let said = join(&said);
        match turns {
            true => SafeText::new(&format!("{name}: {said}")),
            false => said,
        }
    }

    /// What a group has left, where numbers are shown.
    fn left_apart(&self, walk: &GroupWalk, now: Moment) -> SafeText {
        let numbers = matches!(self.clock_mode(), ClockMode::Full | ClockMode::Minutes);
        if !numbers || !self.is_timed() || self.is_done(walk) {
            return SafeText::default();
        }
        let left = walk.clock.left(now);
        match left > 0 {
            true => {
                let seconds = millis(left).as_millis().div_ceil(1_000);
                let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
                minutes_word(ClockShows::minutes_left(seconds))
            }
            false => SafeText::new(words().session.clock_over),
        }
    }
}
