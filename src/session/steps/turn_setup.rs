//! What each wants for their turn: company and warnings (content.md T2.1 O).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind};
use crate::script::{Rung, Step, Support, Who};
use crate::session::intent::{Effect, Intent, Refused};
use crate::session::plan::ActKind;
use crate::session::scene::Scene;
use crate::session::state::{Notice, PassedAs, StepState, TurnSetup, TurnSetupQuestion};
use crate::session::{Session, no};
use crate::text::words::words;

impl StepKind for Support {
    fn enter(&self, session: &mut Session, _here: StepHere<'_>) -> StepState {
        let own = session.holder_here();
        for nth in 0..session.order.len() {
            let who = session.who(nth);
            if own.is_none_or(|own| own == who) {
                let proposed = session.proposed_warnings(self, who).into_iter();
                let proposed = proposed.filter(|n| session.rings_in_turn(nth, *n));
                let proposed = proposed.collect();
                session.choose_warnings(who, proposed);
            }
        }
        let nth = session.act_kind(session.walk.act).and_then(ActKind::nth);
        StepState::Supporting(TurnSetup {
            nth: nth.unwrap_or(0),
            phase: first_phase(self),
        })
    }

    fn apply(
        &self,
        session: &mut Session,
        mut here: StepAnswered<'_>,
        intent: Intent,
    ) -> Result<Vec<Effect>, Refused> {
        let StepState::Supporting(supporting) = here.path.doing.clone() else {
            return no(words().session.not_here);
        };
        let nth = supporting.nth;
        let processor = session.who(nth);
        let phase = match (&supporting.phase, &intent) {
            // Silent company is the least there is; only for more the witness has to be asked.
            (TurnSetupQuestion::Rung, Intent::Support { rung }) if *rung == least(self) => {
                session.choose_rung(processor, *rung);
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Rung, Intent::Support { rung }) if self.rungs.contains(rung) => {
                TurnSetupQuestion::Accept { asked: *rung }
            }
            // Nothing chosen: the least, which nobody has to be asked for. Whoever can't say what they can give
            // gives that, too.
            (
                TurnSetupQuestion::Rung
                | TurnSetupQuestion::Accept { .. }
                | TurnSetupQuestion::Offer { .. },
                Intent::Pass,
            ) => {
                let least = least(self);
                session.choose_rung(processor, least);
                session.notice = Some(Notice::Passed(PassedAs::Company(least)));
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Accept { asked }, Intent::Accept) => {
                session.choose_rung(processor, *asked);
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Accept { asked }, Intent::No { .. }) => {
                TurnSetupQuestion::Offer { asked: *asked }
            }
            (TurnSetupQuestion::Offer { asked }, Intent::Support { rung })
                if self.rungs.contains(rung) && rung < asked =>
            {
                session.choose_rung(processor, *rung);
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Warnings, Intent::Warning { minutes })
                if self.warnings.contains(minutes) && session.rings_in_turn(nth, *minutes) =>
            {
                session.switch_warning(processor, *minutes);
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Warnings, Intent::Accept | Intent::Pass) => {
                if intent == Intent::Pass {
                    // The landing is said softly all the same; no sign is the quietest turn there is.
                    session.choose_warnings(processor, Vec::new());
                    session.notice = Some(Notice::Passed(PassedAs::NoSigns));
                }
                // In somebody's own stage only they are asked.
                if nth + 1 >= session.turners() || session.holder_here().is_some() {
                    let to = here.step.to;
                    return here.go(session, to);
                }
                let next = TurnSetup {
                    nth: nth + 1,
                    phase: first_phase(self),
                };
                return here.ask(session, StepState::Supporting(next));
            }
            (_, _) => return no(words().session.not_here),
        };
        // Without warnings to choose from there is nothing to ask.
        let nothing_to_warn = phase == TurnSetupQuestion::Warnings
            && !self.warnings.iter().any(|n| session.rings_in_turn(nth, *n));
        here.path.doing = StepState::Supporting(TurnSetup { nth, phase });
        if nothing_to_warn {
            return self.apply(session, here, Intent::Accept);
        }
        session.put(here.track, here.path);
        Ok(Vec::new())
    }

    fn back(&self, session: &Session, doing: &StepState) -> Option<StepState> {
        let StepState::Supporting(supporting) = doing else {
            return None;
        };
        let nth = supporting.nth;
        let to = |nth, phase| Some(StepState::Supporting(TurnSetup { nth, phase }));
        match &supporting.phase {
            TurnSetupQuestion::Accept { .. } | TurnSetupQuestion::Offer { .. } => {
                to(nth, TurnSetupQuestion::Rung)
            }
            TurnSetupQuestion::Warnings if !self.rungs.is_empty() => {
                to(nth, TurnSetupQuestion::Rung)
            }
            TurnSetupQuestion::Warnings | TurnSetupQuestion::Rung
                if session.holder_here().is_some() =>
            {
                None
            }
            TurnSetupQuestion::Warnings | TurnSetupQuestion::Rung => nth
                .checked_sub(1)
                .and_then(|nth| to(nth, TurnSetupQuestion::Warnings)),
        }
    }

    fn again(&self, left: &StepState) -> Option<StepState> {
        matches!(left, StepState::Supporting(_)).then(|| left.clone())
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        if let StepState::Supporting(supporting) = &here.path.doing {
            session.put_support(scene, self, supporting);
        }
    }

    fn going_on(&self, _step: &Step, _doing: &StepState) -> GoingOn {
        GoingOn::Next
    }
}

impl Session {
    /// How many people have turns.
    pub(in crate::session) fn turners(&self) -> usize {
        if self.script.one_sided.is_some() {
            1
        } else {
            self.people.len()
        }
    }

    pub(in crate::session) fn choose_rung(&mut self, who: Who, rung: Rung) {
        if let Some(person) = self.person_mut(who) {
            person.chosen.asked = true;
            person.chosen.rung = rung;
        }
    }

    fn choose_warnings(&mut self, who: Who, warnings: Vec<u8>) {
        if let Some(person) = self.person_mut(who) {
            person.chosen.warnings = warnings;
        }
    }

    fn switch_warning(&mut self, who: Who, minutes: u8) {
        let Some(person) = self.person_mut(who) else {
            return;
        };
        let warnings = &mut person.chosen.warnings;
        match warnings.binary_search(&minutes) {
            Ok(at) => {
                warnings.remove(at);
            }
            Err(at) => warnings.insert(at, minutes),
        }
    }
}

fn first_phase(support: &Support) -> TurnSetupQuestion {
    if support.rungs.is_empty() {
        TurnSetupQuestion::Warnings
    } else {
        TurnSetupQuestion::Rung
    }
}

pub(in crate::session) fn least(support: &Support) -> Rung {
    support.rungs.iter().min().copied().unwrap_or(Rung::Silent)
}
