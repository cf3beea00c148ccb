//! A yes from several people, and what it brings about.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that a step does not ask for is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_pass};
use crate::script::{Consent, Means, Step, Who};
use crate::session::consents::Consents;
use crate::session::intent::{Intent, KeepChoice, Partnership};
use crate::session::scene::Scene;
use crate::session::state::StepState;
use crate::session::{Applied, Session, no};
use crate::text::words::words;

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
                    match self.means {
                        Some(Means::Loan) => session.loan = true,
                        Some(Means::Forget) => session.kept = KeepChoice::Forget,
                        Some(Means::Trial) => session.partnership = Some(Partnership::Trial),
                        Some(Means::Goodbye) => session.partnership = Some(Partnership::Goodbye),
                        Some(Means::NewLine) => session.add_line(),
                        None => {}
                    }
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
