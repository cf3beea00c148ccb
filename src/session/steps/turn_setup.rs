//! Who goes first, and what each wants for their turn: company and warnings (content.md T2.1 O).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use crate::script::{Ask, Rung, Step, Support, Who};
use crate::session::intent::{Effect, Intent, Refused};
use crate::session::state::{Notice, Path, StepState, TurnSetup, TurnSetupQuestion};
use crate::session::{Session, StepList, no, order};
use crate::text::words::words;
use crate::time::moment::Moment;

impl Session {
    pub(in crate::session) fn ordering(
        &mut self,
        track: StepList,
        path: Path,
        step: &Step,
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let people = self.begin.people.len();
        match intent {
            Intent::GoOn => {}
            Intent::Forgive if self.is_lent() => {
                let mut path = path;
                path.doing = StepState::Forgiving {
                    yes: vec![false; people],
                };
                self.put(track, path);
                return Ok(Vec::new());
            }
            Intent::First { who } if who.index() < people => {
                self.order = Arc::new(order(*who, people))
            }
            Intent::Toss => {
                let seed = splitmix(self.begin.seed);
                let count = u64::try_from(people).unwrap_or(1).max(1);
                let who = Who::at(usize::try_from(seed % count).unwrap_or(0));
                self.order = Arc::new(order(who, people));
                self.notice = Some(Notice::Tossed { who });
            }
            Intent::AnyOrder if people > 2 => self.any_order = true,
            _ => return no(&words().session.not_here),
        }
        self.go(track, path, step.to, now)
    }

    pub(in crate::session) fn supporting(
        &mut self,
        track: StepList,
        mut path: Path,
        step: &Step,
        supporting: &TurnSetup,
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Ask::Support(support) = &step.ask else {
            return no(&words().session.not_here);
        };
        let nth = supporting.nth;
        let processor = self.who(nth).index();
        let phase = match (&supporting.phase, intent) {
            // Silent company is the least there is; only for more the witness has to be asked.
            (TurnSetupQuestion::Rung, Intent::Support { rung }) if *rung == least(support) => {
                self.choose_rung(processor, *rung);
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Rung, Intent::Support { rung }) if support.rungs.contains(rung) => {
                TurnSetupQuestion::Accept { asked: *rung }
            }
            // Nothing chosen: what the card says, or the least, which nobody has to be asked for.
            (TurnSetupQuestion::Rung, Intent::GoOn) => {
                let asked = self.proposed_rung(support, self.who(nth));
                if asked == least(support) {
                    self.choose_rung(processor, asked);
                    TurnSetupQuestion::Warnings
                } else {
                    TurnSetupQuestion::Accept { asked }
                }
            }
            (TurnSetupQuestion::Accept { asked }, Intent::Accept | Intent::GoOn) => {
                self.choose_rung(processor, *asked);
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Accept { asked }, Intent::No { .. }) => {
                TurnSetupQuestion::Offer { asked: *asked }
            }
            (TurnSetupQuestion::Offer { asked }, Intent::Support { rung })
                if support.rungs.contains(rung) && rung < asked =>
            {
                self.choose_rung(processor, *rung);
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Offer { .. }, Intent::GoOn) => {
                self.choose_rung(processor, least(support));
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Warnings, Intent::Warning { minutes })
                if support.warnings.contains(minutes) && self.rings_in_turn(nth, *minutes) =>
            {
                self.switch_warning(processor, *minutes);
                TurnSetupQuestion::Warnings
            }
            (TurnSetupQuestion::Warnings, Intent::GoOn) => {
                // In somebody's own stage only they are asked.
                if nth + 1 >= self.turners() || self.holder_here().is_some() {
                    return self.go(track, path, step.to, now);
                }
                path.doing = StepState::Supporting(TurnSetup {
                    nth: nth + 1,
                    phase: first_phase(support),
                });
                self.put(track, path);
                return Ok(Vec::new());
            }
            (_, _) => return no(&words().session.not_here),
        };
        // Without warnings to choose from there is nothing to ask.
        let nothing_to_warn = phase == TurnSetupQuestion::Warnings
            && !support.warnings.iter().any(|n| self.rings_in_turn(nth, *n));
        path.doing = StepState::Supporting(TurnSetup { nth, phase });
        if nothing_to_warn {
            let supporting = TurnSetup {
                nth,
                phase: TurnSetupQuestion::Warnings,
            };
            return self.supporting(track, path, step, &supporting, &Intent::GoOn, now);
        }
        self.put(track, path);
        Ok(Vec::new())
    }

    /// How many people have turns.
    pub(in crate::session) fn turners(&self) -> usize {
        if self.script.one_sided.is_some() {
            1
        } else {
            self.begin.people.len()
        }
    }

    pub(in crate::session) fn choose_rung(&mut self, who: usize, rung: Rung) {
        if let Some(chosen) = Arc::make_mut(&mut self.chosen).get_mut(who) {
            chosen.asked = true;
            chosen.rung = rung;
        }
    }

    pub(in crate::session) fn choose_warnings(&mut self, who: usize, warnings: Vec<u8>) {
        if let Some(chosen) = Arc::make_mut(&mut self.chosen).get_mut(who) {
            chosen.warnings = warnings;
        }
    }

    fn switch_warning(&mut self, who: usize, minutes: u8) {
        let Some(chosen) = Arc::make_mut(&mut self.chosen).get_mut(who) else {
            return;
        };
        match chosen.warnings.binary_search(&minutes) {
            Ok(at) => {
                chosen.warnings.remove(at);
            }
            Err(at) => chosen.warnings.insert(at, minutes),
        }
    }

    /// Back within the questions about turns; `None` when that leads out of them.
    pub(in crate::session) fn supporting_back(
        &self,
        step: &Step,
        supporting: &TurnSetup,
    ) -> Option<TurnSetup> {
        let Ask::Support(support) = &step.ask else {
            return None;
        };
        let nth = supporting.nth;
        let to = |nth, phase| Some(TurnSetup { nth, phase });
        match &supporting.phase {
            TurnSetupQuestion::Accept { .. } | TurnSetupQuestion::Offer { .. } => {
                to(nth, TurnSetupQuestion::Rung)
            }
            TurnSetupQuestion::Warnings if !support.rungs.is_empty() => {
                to(nth, TurnSetupQuestion::Rung)
            }
            TurnSetupQuestion::Warnings | TurnSetupQuestion::Rung
                if self.holder_here().is_some() =>
            {
                None
            }
            TurnSetupQuestion::Warnings | TurnSetupQuestion::Rung => nth
                .checked_sub(1)
                .and_then(|nth| to(nth, TurnSetupQuestion::Warnings)),
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

/// One step of SplitMix64 (Steele, Lea, Flood 2014): spreads a seed's bits.
fn splitmix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
