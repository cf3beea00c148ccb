//! What each wants for their turn: company and warnings (content.md T2.1 O).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind};
use crate::script::{Rung, Step, Support, Target, Who};
use crate::session::intent::{GateWord, Intent};
use crate::session::plan::ActKind;
use crate::session::scene::Scene;
use crate::session::state::{Notice, PassedAs, StepState, TurnSetup, TurnSetupQuestion};
use crate::session::{Applied, Session, no};
use crate::text::words::words;

/// Whoever would accompany somebody does not, today: nobody's turn begins.
pub(in crate::session) const NOT_AVAILABLE: Intent = Intent::Gate {
    says: GateWord::NotToday,
};

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
        let own = session.act_kind(session.walk.act).and_then(ActKind::nth);
        let phase = if self.rungs.is_empty() {
            TurnSetupQuestion::Warnings
        } else {
            TurnSetupQuestion::Rung
        };
        let nth = own.unwrap_or(0);
        StepState::Supporting(TurnSetup::asks(nth, phase))
    }

    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        let StepState::Supporting(supporting) = here.path.doing.clone() else {
            return no(words().session.not_here);
        };
        let nth = supporting.nth;
        let processor = session.who(nth);
        match (&supporting.phase, &intent) {
            (TurnSetupQuestion::Rung, Intent::Support { rung }) if self.rungs.contains(rung) => {
                session.choose_rung(processor, *rung);
            }
            // Nothing chosen: the least, which nobody has to be asked for. Whoever can't say what they can give
            // gives that, too.
            (
                TurnSetupQuestion::Rung | TurnSetupQuestion::Accept | TurnSetupQuestion::Offer,
                Intent::Pass,
            ) => {
                let least = least(self);
                session.choose_rung(processor, least);
                session.notice = Some(Notice::Passed(PassedAs::Company(least)));
            }
            (TurnSetupQuestion::Accept | TurnSetupQuestion::Offer, intent)
                if *intent == NOT_AVAILABLE =>
            {
                return here.go(session, Target::Close);
            }
            (TurnSetupQuestion::Accept, Intent::Accept) => {}
            (TurnSetupQuestion::Accept, Intent::No { .. }) => {
                let phase = TurnSetupQuestion::Offer;
                return here.ask(session, StepState::Supporting(TurnSetup::asks(nth, phase)));
            }
            (TurnSetupQuestion::Offer, Intent::Support { rung })
                if self.rungs.contains(rung) && *rung < session.rung_of(processor) =>
            {
                session.choose_rung(processor, *rung);
            }
            (TurnSetupQuestion::Warnings, Intent::Warning { minutes })
                if self.warnings.contains(minutes) && session.rings_in_turn(nth, *minutes) =>
            {
                session.switch_warning(processor, *minutes);
                let marked = TurnSetup {
                    marked: true,
                    ..supporting
                };
                return here.ask(session, StepState::Supporting(marked));
            }
            (TurnSetupQuestion::Warnings, Intent::Accept) => {}
            (TurnSetupQuestion::Warnings, Intent::GoOn) if supporting.marked => {}
            (TurnSetupQuestion::Warnings, Intent::Pass) => {
                // The landing is said softly all the same; no sign is the quietest turn there is.
                session.choose_warnings(processor, Vec::new());
                session.notice = Some(Notice::Passed(PassedAs::NoSigns));
            }
            (_, _) => return no(words().session.not_here),
        }
        let asked = session.setup_questions(self);
        let place = supporting.place();
        match asked.into_iter().find(|next| next.place() > place) {
            Some(next) => here.ask(session, StepState::Supporting(next)),
            None => {
                session.remember_setups(self);
                let to = here.step.to;
                here.go(session, to)
            }
        }
    }

    fn back(&self, session: &Session, doing: &StepState) -> Option<StepState> {
        let StepState::Supporting(supporting) = doing else {
            return None;
        };
        let place = match supporting.phase {
            TurnSetupQuestion::Offer => {
                let phase = TurnSetupQuestion::Accept;
                let nth = supporting.nth;
                return Some(StepState::Supporting(TurnSetup::asks(nth, phase)));
            }
            TurnSetupQuestion::Rung | TurnSetupQuestion::Accept | TurnSetupQuestion::Warnings => {
                supporting.place()
            }
        };
        let asked = session.setup_questions(self).into_iter();
        let before = asked.rev().find(|before| before.place() < place);
        before.map(StepState::Supporting)
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

    /// What there is to ask about everybody's turn, in order: everybody's company, whether it can be given, everybody's
    /// warnings. In somebody's own stage only they are asked.
    fn setup_questions(&self, support: &Support) -> Vec<TurnSetup> {
        let own = self.holder_here().is_some();
        let own = own.then(|| self.act_kind(self.walk.act).and_then(ActKind::nth));
        let turners = match own.flatten() {
            Some(nth) => nth..nth + 1,
            None => 0..self.turners(),
        };
        // Silent company is the least there is; only for more the witness has to be asked.
        let more = |nth: &usize| self.rung_of(self.who(*nth)) > least(support);
        let rings = |nth: usize| {
            let mut warnings = support.warnings.iter();
            warnings.any(|minutes| self.rings_in_turn(nth, *minutes))
        };
        let company = !support.rungs.is_empty();
        let asked = |phase: TurnSetupQuestion| move |nth| TurnSetup::asks(nth, phase.clone());
        let rungs = turners.clone().filter(|_| company);
        let accepts = turners.clone().filter(|nth| company && more(nth));
        let warnings = turners.filter(|nth| rings(*nth));
        rungs
            .map(asked(TurnSetupQuestion::Rung))
            .chain(accepts.map(asked(TurnSetupQuestion::Accept)))
            .chain(warnings.map(asked(TurnSetupQuestion::Warnings)))
            .collect()
    }

    pub(in crate::session) fn choose_rung(&mut self, who: Who, rung: Rung) {
        if let Some(person) = self.person_mut(who) {
            person.chosen.asked = true;
            person.chosen.rung = rung;
        }
    }

    pub(in crate::session) fn choose_warnings(&mut self, who: Who, warnings: Vec<u8>) {
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

pub(in crate::session) fn least(support: &Support) -> Rung {
    support.rungs.iter().min().copied().unwrap_or(Rung::Silent)
}
