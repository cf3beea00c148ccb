//! Where a key leads that ends something: said on the screen before anybody presses it.

use crate::script::{Answer, Ask, Step, Target};
use crate::session::plan::ActKind;
use crate::session::scene::{Scene, Verb};
use crate::session::state::{AgreementStage, Path, StepState};
use crate::session::{Session, StepList};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

impl Session {
    /// Names what Enter ends, where it leads out of what is going on, and which answer it stands for, where it leads as
    /// one of them does; where it only turns to the next screen, its word stays as it is.
    pub(in crate::session) fn name_the_end(
        &self,
        scene: &mut Scene,
        track: StepList,
        step: &Step,
        path: &Path,
    ) {
        let w = &words().session;
        let to = |target| self.end_named(track, step, path, target);
        let with = |text: &Template, place: SafeText| fill(text, &[("where", place.as_str())]);
        let says = match (&path.doing, &step.ask) {
            (StepState::Reading | StepState::Resting { .. }, _) => to(step.to),
            (StepState::Choosing, Ask::Question(answers)) => {
                match (same(answers, step.to), to(step.to)) {
                    // Nobody has to find out what a key does.
                    (Some(n), _) => Some(pass_as(n + 1)),
                    (None, place) => place.map(|place| with(&w.pass_to, place)),
                }
            }
            (StepState::Seen { said }, Ask::Unseen(answers)) => {
                to(unseen_leads_to(step, answers, said))
            }
            (StepState::Rating, Ask::Rating(bounds)) => {
                let as_from = bounds.iter().find(|(_, to)| *to == step.to);
                let place = || to(step.to).map(|place| with(&w.pass_to, place));
                as_from.map_or_else(place, |(bound, _)| Some(pass_as(usize::from(*bound))))
            }
            (StepState::Writing, _) => to(step.to).map(|place| with(&w.pass_to, place)),
            (StepState::Consenting { .. }, Ask::Consent(consent)) => {
                to(consent.without).map(|place| with(&w.not_yet_to, place))
            }
            (StepState::Agreeing(AgreementStage::Signing { .. }), Ask::Agreement(agreement)) => {
                to(agreement.unsigned).map(|place| with(&w.not_yet_to, place))
            }
            (_, _) => None,
        };
        let on = scene
            .offers
            .iter_mut()
            .find(|offer| offer.verb == Verb::GoOn);
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
        if goes_round && path.go + 1 < self.begin.people.len() {
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
    fn end_of_act(&self) -> Option<SafeText> {
        let w = &words().session;
        let ends = match self.act_kind(self.walk.act)? {
            ActKind::Turn { .. } => &w.leads_turn,
            ActKind::Share { .. } => &w.leads_share,
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
        let title = self.act_title(act);
        let values = [("title", title.as_str())];
        fill(&words().session.leads_on, &values)
    }
}

/// Where answers that each gave unseen lead: the most careful one is the one that stands last.
pub(in crate::session) fn unseen_leads_to(
    step: &Step,
    answers: &[Answer],
    said: &[Option<usize>],
) -> Target {
    let last = said.iter().flatten().max();
    let answer = last.and_then(|n| answers.get(*n));
    answer.map_or(step.to, |answer| answer.to)
}

/// Passing as what answers it stands for: the answer of this number, or this number itself.
fn pass_as(n: usize) -> SafeText {
    fill(&words().session.pass_as, &[("n", &n.to_string())])
}

/// The answer that leads to the same place and does nothing else on the way.
fn same(answers: &[Answer], target: Target) -> Option<usize> {
    answers.iter().position(|answer| {
        let nothing = (answer.rung, answer.ceiling, answer.promise) == (None, None, None);
        answer.to == target && nothing
    })
}
