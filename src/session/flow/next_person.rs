//! Whoever is ready goes next, and a stage that everybody wants to skip.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use crate::script::StageKind;
use crate::session::consents::Consents;
use crate::session::intent::Intent;
use crate::session::plan::ActKind;
use crate::session::scene::{Scene, Verb};
use crate::session::state::State;
use crate::session::{Applied, Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

impl Session {
    /// Whether an act waits for somebody who is ready, and whose place it is.
    pub(in crate::session) fn waits_for(&self, act: usize) -> Option<usize> {
        let people = self.order.len();
        if !self.any_order || people < 3 || self.script.one_sided.is_some() {
            return None;
        }
        let first_of_turn = |stage: usize| {
            let stage = self.script.stages.get(stage).map(|stage| &stage.kind);
            matches!(stage, Some(StageKind::Turns { before, .. }) if before.is_empty())
        };
        let nth = match self.act_kind(act)? {
            ActKind::Share { nth, .. } | ActKind::Before { nth, part: 0, .. } => nth,
            ActKind::Turn {
                stage,
                nth,
                extra: false,
            } if first_of_turn(stage) => nth,
            ActKind::Turn { .. }
            | ActKind::Whole { .. }
            | ActKind::Between { .. }
            | ActKind::Before { .. }
            | ActKind::After { .. } => return None,
        };
        // The last one needs not be asked for.
        (nth + 1 < people).then_some(nth)
    }

    /// Who goes next.
    pub(in crate::session) fn who_next(&mut self, intent: &Intent, now: Moment) -> Applied {
        let State::WhoNext { nth, act } = self.state else {
            return no(words().session.not_here);
        };
        let who = match intent {
            Intent::First { who } => *who,
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

    pub(in crate::session) fn who_next_scene(&self, nth: usize) -> Scene {
        let w = &words().session;
        let mut scene = self.base_scene(self.act_title(self.walk.act), None);
        scene.prompt = SafeText::lines(w.who_next);
        for who in self.order.get(nth..).unwrap_or_default() {
            let says = self.name(*who);
            scene.add_choice(says, Intent::First { who: *who });
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
