//! Where a key leads that ends something: said on the screen before anybody presses it.

use crate::script::{Step, Target};
use crate::session::intent::Intent;
use crate::session::plan::ActKind;
use crate::session::scene::{Scene, Verb};
use crate::session::state::Path;
use crate::session::steps::kind_now;
use crate::session::steps::step_kind::{GoingOn, StepHere};
use crate::session::{Session, StepList};
use crate::text::safe_text::{SafeText, capital};
use crate::text::words::{Template, fill, words};

impl Session {
    /// Names what going on or passing ends, where it leads out of what is going on, and which answer it stands for, where it leads as
    /// one of them does; where it only turns to the next screen, its word stays as it is.
    pub(in crate::session) fn name_the_end(&self, scene: &mut Scene, here: StepHere<'_>) {
        let w = &words().session;
        let to = |target| self.end_named(here.track, here.step, here.path, target);
        let with = |text: &Template, place: SafeText| {
            // Behind a colon it begins small.
            let mut letters = place.as_str().chars();
            let first = letters.next().into_iter().flat_map(char::to_lowercase);
            let place: String = first.chain(letters).collect();
            fill(text, &[("where", &place)])
        };
        let says = match kind_now(&here.step.ask, &here.path.doing)
            .going_on(here.step, &here.path.doing)
        {
            GoingOn::Next => None,
            GoingOn::To(target) => to(target),
            GoingOn::PassTo(target) => {
                // What somebody wrote before can be taken out, and stays when it is passed.
                let mut choices = scene.choices.iter();
                let there = choices.any(|choice| matches!(choice.intent, Intent::PickLine { .. }));
                let text = if there { &w.stays_to } else { &w.pass_to };
                to(target).map(|place| with(text, place))
            }
            GoingOn::NotYetTo(target) => to(target).map(|place| with(&w.not_yet_to, place)),
            GoingOn::PassAs(n) => Some(fill(&w.pass_as, &[("n", &n.to_string())])),
            GoingOn::PassAsFrom(n) => Some(fill(&w.pass_number, &[("n", &n.to_string())])),
        };
        let on = scene
            .offers
            .iter_mut()
            .find(|offer| matches!(offer.verb, Verb::GoOn | Verb::Pass));
        if let (Some(on), Some(says)) = (on, says) {
            on.says = says;
        }
    }

    /// What ends or begins when a step is left for a target; `None` where another screen of the same follows.
    fn end_named(
        &self,
        track: StepList,
        step: &Step,
        path: &Path,
        target: Target,
    ) -> Option<SafeText> {
        let w = &words().session;
        let goes_round = step.round && step.to == target;
        if goes_round && path.go + 1 < self.goes(track, step).len() {
            return None;
        }
        let out = self.out_of(track, path, target)?;
        let place = match (track, out) {
            (StepList::MiniClose, _) => &w.leads_closed,
            (StepList::Stop, Target::Next) | (_, Target::End) => &w.leads_end,
            (StepList::Act(_) | StepList::Aside(_), Target::Stop) => &w.leads_stop,
            (_, Target::Close) => &w.leads_close,
            (_, Target::Shorter) => &w.leads_shorter,
            (_, Target::Land) if self.walk.turn.is_some() => &w.leads_land,
            (StepList::Act(_), Target::Stage(stage)) => {
                let act = self.acts.iter().position(|act| act.what.stage() == stage);
                return act.map(|act| self.on_to(act));
            }
            (StepList::Act(_), _) | (_, Target::Done | Target::Land) => return self.end_of_act(),
            (StepList::Aside(_) | StepList::Stop, _) => &w.leads_back,
        };
        Some(SafeText::new(place))
    }

    /// The end of what is walked: of a turn, of a share, or the beginning of what comes next.
    pub(in crate::session) fn end_of_act(&self) -> Option<SafeText> {
        let w = &words().session;
        let ends = match self.act_kind(self.walk.act)? {
            ActKind::Turn { .. } => &w.leads_turn,
            ActKind::Share { stage, .. } => {
                let next = self.act_kind(self.walk.act + 1);
                if let Some(ActKind::Share { stage: same, nth }) = next
                    && same == stage
                    && self.waits_for(self.walk.act + 1).is_none()
                {
                    let name = self.name(self.who(nth));
                    return Some(fill(&w.leads_on, &[("title", name.as_str())]));
                }
                &w.leads_share
            }
            ActKind::Whole { .. }
            | ActKind::Between { .. }
            | ActKind::Before { .. }
            | ActKind::After { .. } => {
                let next = self.walk.act + 1;
                if next < self.acts.len() {
                    return Some(self.on_to(next));
                }
                &w.leads_closed
            }
        };
        Some(SafeText::new(ends))
    }

    fn on_to(&self, act: usize) -> SafeText {
        // Where it is asked who is next, nobody is named before.
        if self.waits_for(act).is_some() {
            return SafeText::new(words().session.leads_next);
        }
        let title = capital(self.act_title(act).as_str());
        let values = [("title", &*title)];
        fill(&words().session.leads_on, &values)
    }
}
