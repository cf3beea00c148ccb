//! Who goes first: somebody, whom chance says, or whoever is ready. What was lent before can be forgiven here.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_pass};
use crate::script::{Step, Who};
use crate::session::consents::Consents;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::Scene;
use crate::session::state::{Notice, PassedAs, StepState};
use crate::session::{Applied, Session, no, order};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, fill_lines, words};

/// Who goes first.
pub(in crate::session) struct OrderStep;

impl StepKind for OrderStep {
    fn enter(&self, _session: &mut Session, _here: StepHere<'_>) -> StepState {
        StepState::Ordering
    }

    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        if let StepState::Forgiving { yes } = &here.path.doing {
            let doing = session.forgiving(yes.clone(), &intent)?;
            return here.ask(session, doing);
        }
        let people = session.people.len();
        match intent {
            Intent::Pass => {
                let passed = PassedAs::First(session.who(0));
                session.notice = Some(Notice::Passed(passed));
            }
            Intent::Forgive if session.is_lent() => {
                let yes = Consents::of(session.everybody());
                return here.ask(session, StepState::Forgiving { yes });
            }
            Intent::First { who } if who.index() < people => {
                session.order = Arc::new(order(who, people));
            }
            Intent::Toss => {
                let who = session.drawn();
                session.order = Arc::new(order(who, people));
                session.notice = Some(Notice::Tossed { who });
            }
            Intent::AnyOrder if people > 2 => session.any_order = true,
            _ => return no(words().session.not_here),
        }
        let to = here.step.to;
        here.go(session, to)
    }

    fn back(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        matches!(doing, StepState::Forgiving { .. }).then_some(StepState::Ordering)
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        match &here.path.doing {
            StepState::Forgiving { yes } => session.put_forgiving(scene, yes),
            _ => session.put_order(scene),
        }
    }

    fn going_on(&self, _step: &Step, _doing: &StepState) -> GoingOn {
        GoingOn::Next
    }
}

impl Session {
    /// Whom chance says, from the session's own seed: told again, it says the same.
    pub(in crate::session) fn drawn(&self) -> Who {
        let seed = splitmix(self.begin.seed);
        let count = u64::try_from(self.people.len()).unwrap_or(1).max(1);
        Who::at(usize::try_from(seed % count).unwrap_or(0))
    }

    /// One of so many, as chance has it: the same each time it is asked in the same place.
    pub(in crate::session) fn drawn_of(&self, count: usize, place: usize) -> usize {
        let place = u64::try_from(place * 64 + count).unwrap_or(0);
        let seed = splitmix(self.begin.seed ^ splitmix(place));
        let count = u64::try_from(count).unwrap_or(1).max(1);
        usize::try_from(seed % count).unwrap_or(0)
    }

    /// Everybody's yes forgives it.
    fn forgiving(&mut self, mut yes: Consents, intent: &Intent) -> Result<StepState, Refused> {
        match intent {
            Intent::Pass | Intent::Back => Ok(StepState::Ordering),
            Intent::Yes { who } => {
                if yes.toggle(*who)? {
                    self.settle_loan();
                    self.forgiven = true;
                    return Ok(StepState::Ordering);
                }
                Ok(StepState::Forgiving { yes })
            }
            _ => no(words().session.not_here),
        }
    }

    pub(in crate::session) fn put_forgiving(&self, scene: &mut Scene, yes: &Consents) {
        let w = &words().session;
        scene.prompt = fill_lines(&w.forgive_asked, &[("all", self.all_word())]);
        scene.notice = self.lent_words();
        self.put_yes(scene, yes);
        put_pass(scene, w.forgive_not);
    }

    fn put_order(&self, scene: &mut Scene) {
        let w = &words().session;
        for nth in 0..self.people.len() {
            let who = self.who(nth);
            let name = self.name(who);
            let key = if nth == 0 {
                &w.first_proposed
            } else {
                &w.first
            };
            scene.add_choice(fill(key, &[("name", name.as_str())]), Intent::First { who });
        }
        // Nobody draws lots for who has been shaken.
        if self.people.len() > 2 || !self.one_sided() {
            scene.add_choice(SafeText::new(w.toss), Intent::Toss);
        }
        if self.people.len() > 2 && !self.one_sided() {
            let says = SafeText::new(w.any_order);
            scene.add_choice(says, Intent::AnyOrder);
        }
        self.put_lent(scene);
        let proposed = self.name(self.who(0));
        let says = fill(&w.order_go_on, &[("name", proposed.as_str())]);
        put_pass(scene, says.as_str());
    }
}

/// One step of SplitMix64 (Steele, Lea, Flood 2014): spreads a seed's bits.
fn splitmix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
