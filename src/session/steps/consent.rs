//! A yes from several people, and what it brings about.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that a step does not ask for is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_pass};
use crate::script::{Ask, Consent, Means, Step, Who};
use crate::session::consents::Consents;
use crate::session::intent::{Effect, Intent, KeepChoice, Partnership};
use crate::session::scene::Scene;
use crate::session::state::{State, StepState};
use crate::session::{Applied, Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::Moment;

impl StepKind for Consent {
    /// Who is asked for a yes; whoever is not asked has nothing to add.
    fn enter(&self, session: &mut Session, here: StepHere<'_>) -> StepState {
        let holder = here.holder.unwrap_or_else(|| session.who(0));
        let asked =
            |who: &Who| self.of.is_empty() || self.of.contains(&session.role_of(*who, holder));
        let yes = Consents::of(session.everybody().filter(asked));
        StepState::Consenting { yes }
    }

    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        match (here.path.doing.clone(), intent) {
            (_, Intent::Pass) => here.go(session, self.without),
            (StepState::Consenting { mut yes }, Intent::Yes { who }) if yes.asks(who) => {
                if yes.toggle(who)? {
                    session.everybody_means(self.means);
                    let to = here.step.to;
                    return here.go(session, to);
                }
                here.ask(session, StepState::Consenting { yes })
            }
            (_, _) => no(words().session.not_here),
        }
    }

    fn again(&self, left: &StepState) -> Option<StepState> {
        matches!(left, StepState::Consenting { .. }).then(|| left.clone())
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        if let StepState::Consenting { yes } = &here.path.doing {
            session.put_yes(scene, yes);
        }
        put_pass(scene, words().session.without_yes);
    }

    fn going_on(&self, _step: &Step, _doing: &StepState) -> GoingOn {
        GoingOn::NotYetTo(self.without)
    }
}

impl Session {
    /// What everybody's yes brings about.
    fn everybody_means(&mut self, means: Option<Means>) {
        match means {
            Some(Means::Loan) => self.loan = true,
            Some(Means::Forget) => self.kept = KeepChoice::Forget,
            Some(Means::Trial) => self.partnership = Some(Partnership::Trial),
            Some(Means::Goodbye) => self.partnership = Some(Partnership::Goodbye),
            Some(Means::NewLine) => self.add_line(),
            None => {}
        }
    }

    /// Everybody has given the same answer unseen: where it leads to their yes to a trial, they have said that.
    pub(in crate::session) fn agreed_unseen(
        &mut self,
        effects: Vec<Effect>,
        now: Moment,
    ) -> Applied {
        let track = StepList::Act(self.walk.act);
        let mut path = self.walk.path.clone();
        let step = self.step_at(track, &path);
        let trial = step.filter(|step| match &step.ask {
            Ask::Consent(consent) => consent.means == Some(Means::Trial),
            _ => false,
        });
        let Some(to) = trial
            .map(|step| step.to)
            .filter(|_| self.state == State::Walking)
        else {
            return Ok(effects);
        };
        self.everybody_means(Some(Means::Trial));
        // Going back leads to what was answered.
        if let Some(left) = path.trail.pop() {
            path.step = left.step;
        }
        self.go(track, path, to, now)
    }
}
