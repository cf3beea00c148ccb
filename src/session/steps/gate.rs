//! The gate: each answers alone and inwardly; only go, short or not today is ever given (content.md T2.1 G).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that the gate does not ask for is refused with a sentence, never ignored"
)]

use crate::script::{Ask, Step};
use crate::session::intent::{Effect, GateWord, Intent, Refused};
use crate::session::state::{Path, StepState};
use crate::session::{Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::Moment;

impl Session {
    /// Takes one person's word. When everybody has given one, the most careful of them leads on,
    /// and nothing on the screen tells whose it was.
    pub(in crate::session) fn gating(
        &mut self,
        track: StepList,
        mut path: Path,
        step: &Step,
        (mut said, open): (Vec<GateWord>, bool),
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Ask::Gate(gate) = &step.ask else {
            return no(&words().session.not_here);
        };
        let given = match intent {
            Intent::Look if !open => {
                path.doing = StepState::Gating { said, open: true };
                self.put(track, path);
                return Ok(Vec::new());
            }
            Intent::Gated { says } => *says,
            intent => {
                let Some(word) = GateWord::of(intent) else {
                    return no(&words().session.not_here);
                };
                said.push(word);
                if said.len() < self.begin.people.len() {
                    path.doing = StepState::Gating { said, open: false };
                    self.put(track, path);
                    return Ok(Vec::new());
                }
                said.iter().copied().fold(word, GateWord::max)
            }
        };
        let target = match given {
            GateWord::Go => step.to,
            GateWord::Short => gate.short,
            GateWord::NotToday => gate.not_today,
        };
        path.doing = self.first_gating();
        let effects = self.go(track, path, target, now)?;
        if given != GateWord::Go {
            // Whoever said no is not asked again by the one because of whom they may have said it.
            self.close_off();
        }
        Ok(effects)
    }

    /// A gate that nobody has answered. Who is alone needs no empty screen first.
    pub(in crate::session) fn first_gating(&self) -> StepState {
        StepState::Gating {
            said: Vec::new(),
            open: self.begin.people.len() == 1,
        }
    }

    /// Back within the gate: the questions go, or the one before answers anew.
    pub(in crate::session) fn gating_back(
        &self,
        said: &[GateWord],
        open: bool,
    ) -> Option<StepState> {
        let mut said = said.to_vec();
        if !(open && self.begin.people.len() > 1) {
            said.pop()?;
        }
        Some(StepState::Gating { said, open: false })
    }
}
