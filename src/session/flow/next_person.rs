//! Whoever is ready goes next, and a stage that everybody wants to skip.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use crate::script::{Stage, StageKind, TurnOrder, Whom, group_sizes};
use crate::session::consents::Consents;
use crate::session::intent::{Effect, Intent};
use crate::session::plan::{Act, ActKind};
use crate::session::scene::{Scene, Verb};
use crate::session::state::State;
use crate::session::{Applied, Session, StepList, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

impl Session {
    /// Whether an act waits for somebody who is ready, and whose place it is.
    pub(in crate::session) fn waits_for(&self, act: usize) -> Option<usize> {
        let people = self.order.len();
        let what = self.act_kind(act)?;
        let stage = self.script.stages.get(what.stage())?;
        let asks = match stage.order {
            Some(TurnOrder::Ready | TurnOrder::Chosen) => true,
            // So many are drawn as have a turn.
            Some(TurnOrder::Lot | TurnOrder::Ring) => false,
            None => stage.some.is_some() || self.any_order && people > 2,
        };
        let asks = asks && stage.groups.is_none();
        let nth = what.nth();
        // Whose name was written for it is first, and nobody is asked.
        let asks = asks && !(nth == Some(0) && self.begins(stage).is_some());
        if !asks || people < 2 || self.script.one_sided.is_some() {
            return None;
        }
        let first_of_turn =
            matches!(&stage.kind, StageKind::Turns { before, .. } if before.is_empty());
        let nth = match what {
            ActKind::Share { nth, .. } | ActKind::Before { nth, part: 0, .. } => nth,
            ActKind::Turn {
                nth, extra: false, ..
            } if first_of_turn => nth,
            ActKind::Turn { .. }
            | ActKind::Whole { .. }
            | ActKind::Between { .. }
            | ActKind::Before { .. }
            | ActKind::After { .. } => return None,
        };
        // Who speaks is known there: asked is who listens, and is next.
        let place = match stage.order {
            Some(TurnOrder::Chosen) => nth + 1,
            Some(TurnOrder::Ready | TurnOrder::Lot | TurnOrder::Ring) | None => nth,
        };
        // The last one needs not be asked for, unless they may not want it.
        let known = place + 1 >= people && !(stage.some.is_some() && place < people);
        (!known).then_some(place)
    }

    /// Where the first stage is one person after the other, it is drawn or asked who begins, as in any later one.
    pub(in crate::session) fn begin_first_act(&mut self, now: Moment) {
        self.draw_lots(0);
        match self.waits_for(0) {
            Some(nth) => self.state = State::WhoNext { nth, act: 0 },
            None => self.walk.path = self.path_into(StepList::Act(0), now),
        }
    }

    /// Before the first act of a stage whose order is drawn, and wherever a ring moves on.
    pub(in crate::session) fn draw_lots(&mut self, act: usize) {
        let Some(what) = self.act_kind(act) else {
            return;
        };
        let at = what.stage();
        let Some(stage) = self.script.stages.get(at) else {
            return;
        };
        let drawn = stage.order == Some(TurnOrder::Lot);
        let begins = self.begins(stage);
        let before = self.acts.get(..act).unwrap_or_default();
        let begun = before.iter().any(|act| act.what.stage() == at);
        if stage.order == Some(TurnOrder::Ring)
            && let Some(size) = stage.groups
        {
            let last = before.last().map(|act| act.what);
            let last = last.filter(|last| last.stage() == at);
            // Between everybody's turns, and where the whole stage is one piece, when it begins.
            let moves = match what.nth() {
                Some(nth) => nth == 0 && last.is_some_and(|last| last.nth() != Some(0)),
                None => true,
            };
            if moves {
                self.move_ring(size.of(self.order.len()));
            }
        }
        if let (Some(place), false) = (begins, begun) {
            Arc::make_mut(&mut self.order).swap(0, place);
        }
        if drawn && !begun {
            let people = self.order.len();
            for left in (2..=people).rev() {
                let other = self.drawn_of(left, at);
                Arc::make_mut(&mut self.order).swap(left - 1, other);
            }
        }
    }

    /// The place in the order of whoever was chosen or drawn to be first in a stage.
    fn begins(&self, stage: &Stage) -> Option<usize> {
        let whom = [Whom::Written(stage.begins?)];
        let mut order = self.order.iter();
        order.position(|who| self.is_one_of(&whom, *who))
    }

    /// The first of each group stays, the second moves on by one group, the third by two; whoever would come back to their
    /// own group by that moves on by one. Among groups that have so many.
    fn move_ring(&mut self, size: usize) {
        let sizes = group_sizes(self.order.len(), size);
        let most = sizes.iter().copied().max().unwrap_or(0);
        let old = Arc::clone(&self.order);
        let order = Arc::make_mut(&mut self.order);
        for within in 1..most {
            let mut begins = 0;
            let mut places: Vec<usize> = Vec::new();
            for size in &sizes {
                places.extend((within < *size).then_some(begins + within));
                begins += size;
            }
            let others = places.len().saturating_sub(1).max(1);
            let on = (within - 1) % others + 1;
            for (at, from) in places.iter().enumerate() {
                let to = places.get((at + on) % places.len());
                let place = to.and_then(|to| order.get_mut(*to));
                if let (Some(place), Some(who)) = (place, old.get(*from)) {
                    *place = *who;
                }
            }
        }
    }

    /// Who goes next.
    pub(in crate::session) fn who_next(&mut self, intent: &Intent, now: Moment) -> Applied {
        let State::WhoNext { nth, act } = self.state else {
            return no(words().session.not_here);
        };
        let who = match intent {
            Intent::First { who } => *who,
            Intent::Skip if self.is_for_some(act) => return Ok(self.nobody_else(nth, act, now)),
            Intent::Pass => self.who(nth),
            _ => return no(words().session.not_here),
        };
        let Some(at) = self.order.iter().position(|other| *other == who) else {
            return no(words().session.nobody);
        };
        if at < nth {
            return no(words().session.had_a_go);
        }
        Arc::make_mut(&mut self.order).swap(nth, at);
        Ok(self.begin_act(act, now))
    }

    fn is_for_some(&self, act: usize) -> bool {
        let stage = self.act_kind(act).map(ActKind::stage);
        let stage = stage.and_then(|at| self.script.stages.get(at));
        stage.is_some_and(|stage| stage.some.is_some())
    }

    /// Nobody else wants a turn in this round: the next round begins, and where nobody has begun one, the next stage.
    fn nobody_else(&mut self, nth: usize, act: usize, now: Moment) -> Vec<Effect> {
        let here = self.act_kind(act).map(ActKind::stage);
        let stage = here.and_then(|at| self.script.stages.get(at));
        let shared = stage.is_some_and(|stage| stage.shared);
        let within = |act: &Act| Some(act.what.stage()) == here;
        let mut skipped = 0;
        let acts = self.acts.iter().enumerate().skip(act);
        let later = acts.take_while(|(_, act)| within(act)).find(|(at, act)| {
            skipped += usize::from(matches!(act.what, ActKind::Turn { .. }));
            *at > self.walk.act && act.what.nth() == Some(0) && nth > 0
        });
        if let (true, Some((at, _))) = (nth > 0 && !shared, later) {
            return self.enter_act(at, now);
        }
        if shared
            && nth > 0
            && let Some(Act { what, .. }) = Arc::make_mut(&mut self.acts).get_mut(act)
        {
            *what = ActKind::Turn {
                stage: what.stage(),
                nth: 0,
                extra: false,
            };
            return self.enter_act(act, now);
        }
        let mut after = self.acts.iter().enumerate().skip(act);
        let after = after.find(|(_, act)| !within(act)).map(|(at, _)| at);
        self.enter_act(after.unwrap_or(self.acts.len() - 1), now)
    }

    pub(in crate::session) fn who_next_scene(&self, nth: usize, act: usize) -> Scene {
        let w = &words().session;
        let mut scene = self.base_scene(self.act_title(self.walk.act), None);
        let stage = self.act_kind(act).map(ActKind::stage);
        let stage = stage.and_then(|at| self.script.stages.get(at));
        let chosen = stage.is_some_and(|stage| stage.order == Some(TurnOrder::Chosen));
        let chooses = self.who(nth.saturating_sub(1));
        scene.prompt = match &self.script.sentences.next {
            Some(own) if !own.is_empty() => self.paragraphs(own, self.named(Some(chooses))),
            Some(_) | None if chosen => {
                let name = self.name(chooses);
                scene.to = vec![chooses.index()];
                vec![fill(&w.who_listens, &[("name", name.as_str())])]
            }
            Some(_) | None => SafeText::lines(w.who_next),
        };
        for who in self.order.get(nth..).unwrap_or_default() {
            let says = self.name(*who);
            scene.add_choice(says, Intent::First { who: *who });
        }
        if self.is_for_some(act) {
            let says = match nth {
                0 => w.who_next_nobody,
                _ => w.who_next_nobody_else,
            };
            scene.add_choice(SafeText::new(says), Intent::Skip);
        }
        let name = self.name(self.who(nth));
        let says = fill(&w.who_next_go_on, &[("name", name.as_str())]);
        scene.add_offer(Verb::Pass, says.as_str());
        scene
    }

    /// Whether this stage can be skipped from here.
    pub(in crate::session) fn can_skip(&self) -> bool {
        self.state == State::Walking
            && self
                .act_stage(self.walk.act)
                .is_some_and(|stage| stage.may_skip)
    }

    pub(in crate::session) fn ask_skip(&mut self) -> Applied {
        if !self.can_skip() {
            return no(words().session.not_here);
        }
        self.state = State::Skipping {
            yes: Consents::of(self.everybody()),
        };
        Ok(Vec::new())
    }

    /// Everybody's yes skips the whole stage; without it, it stays, and nobody explains.
    pub(in crate::session) fn skipping(&mut self, intent: &Intent, now: Moment) -> Applied {
        let State::Skipping { mut yes } = self.state.clone() else {
            return no(words().session.not_here);
        };
        match intent {
            Intent::Pass | Intent::Back | Intent::No { .. } => {
                self.state = State::Walking;
                Ok(Vec::new())
            }
            Intent::Yes { who } => {
                if !yes.toggle(*who)? {
                    self.state = State::Skipping { yes };
                    return Ok(Vec::new());
                }
                let here = self.act_kind(self.walk.act).map(ActKind::stage);
                let next = self
                    .acts
                    .iter()
                    .skip(self.walk.act)
                    .position(|act| Some(act.what.stage()) != here);
                let next = next.map_or(self.acts.len() - 1, |after| self.walk.act + after);
                Ok(self.enter_act(next, now))
            }
            _ => no(words().session.not_here),
        }
    }

    pub(in crate::session) fn skipping_scene(&self, yes: &Consents, now: Moment) -> Scene {
        let w = &words().session;
        let mut scene = self.base_scene(self.act_title(self.walk.act), None);
        scene.clock = self.clock_face(now);
        let words = self.by_number(&w.skip_asked_alone, &w.skip_asked);
        scene.prompt = SafeText::lines(words);
        self.put_yes(&mut scene, yes);
        scene.add_offer(Verb::Pass, w.skip_not);
        scene.add_offer(Verb::Back, w.back);
        scene
    }
}
