//! A question that each answers while the others look away; nobody sees an answer before all have given theirs.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_go_on, put_pass};
use crate::script::{Answer, Step, Target, UnseenQuestion};
use crate::session::intent::Intent;
use crate::session::scene::{ListItem, Scene};
use crate::session::state::StepState;
use crate::session::{Applied, Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

impl StepKind for UnseenQuestion {
    fn enter(&self, _session: &mut Session, _here: StepHere<'_>) -> StepState {
        StepState::Unseen { said: Vec::new() }
    }

    /// Takes one person's answer, unseen. When everybody has answered, all of it is shown at once.
    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        let mut said = match here.path.doing.clone() {
            StepState::Seen { said } if intent == Intent::GoOn => {
                let target = self.leads_to(here.step, &said);
                let now = here.now;
                let all_alike = said.iter().all(|one| one.is_some() && *one == said[0]);
                let effects = here.go(session, target)?;
                return match all_alike {
                    true => session.agreed_unseen(effects, now),
                    false => Ok(effects),
                };
            }
            StepState::Unseen { said } => said,
            _ => return no(words().session.not_here),
        };
        let people = session.people.len();
        match intent {
            Intent::Answered { said: all } if all.len() == people => said = all,
            intent => match answer_of(&intent) {
                Some(answer) => said.push(answer),
                None => return no(words().session.not_here),
            },
        }
        if said.iter().flatten().any(|n| *n >= self.answers.len()) {
            return no(words().session.no_such_answer);
        }
        let doing = if said.len() < people {
            StepState::Unseen { said }
        } else {
            StepState::Seen { said }
        };
        here.ask(session, doing)
    }

    fn back(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        match doing {
            StepState::Unseen { said } => {
                let (_, before) = said.split_last()?;
                let said = before.to_vec();
                Some(StepState::Unseen { said })
            }
            // What was shown is answered anew by everybody.
            StepState::Seen { .. } => Some(StepState::Unseen { said: Vec::new() }),
            _ => None,
        }
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        match &here.path.doing {
            StepState::Seen { said } => session.put_seen(scene, &self.answers, said),
            StepState::Unseen { said } => session.put_unseen(scene, &self.answers, said),
            _ => {}
        }
    }

    fn going_on(&self, step: &Step, doing: &StepState) -> GoingOn {
        match doing {
            StepState::Seen { said } => GoingOn::To(self.leads_to(step, said)),
            _ => GoingOn::Next,
        }
    }

    fn to_log(&self, session: &Session, doing: &StepState, intent: &Intent) -> Option<Intent> {
        let StepState::Unseen { said } = doing else {
            return Some(intent.as_logged());
        };
        let is_last = said.len() + 1 >= session.people.len();
        match (intent, answer_of(intent)) {
            (Intent::Back, _) if !said.is_empty() => None,
            (_, Some(last)) => is_last.then(|| Intent::Answered {
                said: said.iter().copied().chain([last]).collect(),
            }),
            (intent, None) => Some(intent.as_logged()),
        }
    }

    fn forgotten(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        let unseen = matches!(doing, StepState::Unseen { .. });
        unseen.then(|| StepState::Unseen { said: Vec::new() })
    }
}

impl UnseenQuestion {
    /// Where answers that each gave unseen lead: the most careful one is the one that stands last.
    fn leads_to(&self, step: &Step, said: &[Option<usize>]) -> Target {
        let last = said.iter().flatten().max();
        let answer = last.and_then(|n| self.answers.get(*n));
        answer.map_or(step.to, |answer| answer.to)
    }
}

/// The answer that an intent gives unseen; within, `None` for who passes.
fn answer_of(intent: &Intent) -> Option<Option<usize>> {
    match intent {
        Intent::Pass | Intent::Unsure => Some(None),
        Intent::Answer { n } => Some(Some(*n)),
        _ => None,
    }
}

impl Session {
    pub(in crate::session) fn put_unseen(
        &self,
        scene: &mut Scene,
        answers: &[Answer],
        said: &[Option<usize>],
    ) {
        let w = &words().session;
        let who = self.who(said.len());
        let name = self.name(who);
        if !self.is_alone() {
            scene.to = vec![who.index()];
            scene.private = true;
            let others = self.others(who);
            let values = [("name", name.as_str()), ("others", others.as_str())];
            scene.notice = Some(fill(&w.unseen, &values));
        }
        for (n, answer) in answers.iter().enumerate() {
            let says = self.render(&answer.says, Some(who));
            scene.add_choice(says, Intent::Answer { n });
        }
        put_pass(scene, w.pass);
    }

    pub(in crate::session) fn put_seen(
        &self,
        scene: &mut Scene,
        answers: &[Answer],
        said: &[Option<usize>],
    ) {
        let w = &words().session;
        scene.to.clear();
        for (nth, said) in said.iter().enumerate() {
            let who = self.who(nth);
            let says = said
                .and_then(|n| answers.get(n))
                .map_or(SafeText::new(w.passes), |answer| {
                    self.render(&answer.says, Some(who))
                });
            let name = self.name(who);
            scene.list.push(ListItem::new(name.as_str(), says, false));
        }
        put_go_on(scene, w.go_on);
    }
}
