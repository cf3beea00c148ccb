//! The log of an earlier build, in which going on also passed what was asked: each intent as it is asked now, where that
//! comes to the same.

use super::intent::{Intent, KeepChoice};
use super::state::{StepState, TurnSetupQuestion};
use super::{Session, StepList};
use crate::script::{Ask, NewCeiling, Question, Step};
use crate::time::moment::Moment;

impl Session {
    /// What an intent of such a log is now; `None` where nothing asked now comes to the same.
    pub(crate) fn of_older_log(&self, intent: Intent, now: Moment) -> Option<Intent> {
        let here = self.asked_alone();
        let here = here.and_then(|(track, path)| Some((track, path, self.step_at(track, path)?)));
        match (&intent, here) {
            (Intent::Back, Some((track, _, _))) => {
                self.goes_back_the_same(track, now).then_some(intent)
            }
            (Intent::GoOn | Intent::Unsure, Some((_, path, step))) if self.asks(now) => {
                self.older_pass(step, &path.doing, intent)
            }
            // Whatever lies over the step was left as a pass leaves it.
            (Intent::GoOn, None) if self.asks(now) => Some(Intent::Pass),
            (_, _) => Some(intent),
        }
    }

    /// Whether going back takes back nothing that an answer had set: an earlier build left it as it was.
    fn goes_back_the_same(&self, track: StepList, now: Moment) -> bool {
        let mut next = self.clone();
        let set = self.answers_set();
        let back = next.apply(Intent::Back, now).is_ok();
        !back || track == StepList::Stop || next.answers_set() == set
    }

    fn older_pass(&self, step: &Step, doing: &StepState, intent: Intent) -> Option<Intent> {
        match (&step.ask, doing) {
            (_, StepState::Keeping) => Some(Intent::Keep {
                what: KeepChoice::Outline,
            }),
            (Ask::Support(support), StepState::Supporting(setup)) => Some(match setup.phase {
                TurnSetupQuestion::Rung => Intent::Support {
                    rung: self.proposed_rung(support, self.who(setup.nth)),
                },
                TurnSetupQuestion::Accept { .. } | TurnSetupQuestion::Warnings => Intent::Accept,
                TurnSetupQuestion::Offer { .. } => Intent::Pass,
            }),
            (Ask::Question(question), StepState::Choosing) => self.older_answer(question, step),
            (_, _) if intent == Intent::Unsure => Some(intent),
            (_, _) => Some(Intent::Pass),
        }
    }

    /// A pass left the ceiling as it was. Where one lowers it now, an answer that leaves it says the same.
    fn older_answer(&self, question: &Question, step: &Step) -> Option<Intent> {
        if question.passed_ceiling(step.to).is_none() {
            return Some(Intent::Pass);
        }
        let stays = |ceiling| match ceiling {
            None => true,
            Some(NewCeiling::At(depth)) => depth >= self.ceiling(),
            Some(NewCeiling::Lower) => false,
        };
        let mut answers = question.answers.iter();
        let n = answers.position(|answer| {
            answer.to == step.to && answer.rung.is_none() && stays(answer.ceiling)
        })?;
        Some(Intent::Answer { n })
    }
}
