//! Who goes first, and what each wants for their turn: company and warnings (content.md T2.1 O).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use super::intent::{Effect, Intent, Refused};
use super::state::{Doing, Notice, Path, SupportPhase, Supporting};
use super::time::Moment;
use super::{Session, Track, no, order};
use crate::script::{Ask, Rung, Step, Support, Who};
use crate::words::words;

impl Session {
    pub(super) fn ordering(
        &mut self,
        track: Track,
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
                path.doing = Doing::Forgiving {
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

    pub(super) fn supporting(
        &mut self,
        track: Track,
        mut path: Path,
        step: &Step,
        supporting: &Supporting,
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
            (SupportPhase::Rung, Intent::Support { rung }) if *rung == least(support) => {
                self.choose_rung(processor, *rung);
                SupportPhase::Warnings
            }
            (SupportPhase::Rung, Intent::Support { rung }) if support.rungs.contains(rung) => {
                SupportPhase::Accept { asked: *rung }
            }
            // Nothing chosen: what the card says, or the least, which nobody has to be asked for.
            (SupportPhase::Rung, Intent::GoOn) => {
                let asked = self.proposed_rung(support, self.who(nth));
                if asked == least(support) {
                    self.choose_rung(processor, asked);
                    SupportPhase::Warnings
                } else {
                    SupportPhase::Accept { asked }
                }
            }
            (SupportPhase::Accept { asked }, Intent::Accept | Intent::GoOn) => {
                self.choose_rung(processor, *asked);
                SupportPhase::Warnings
            }
            (SupportPhase::Accept { asked }, Intent::No { .. }) => {
                SupportPhase::Offer { asked: *asked }
            }
            (SupportPhase::Offer { asked }, Intent::Support { rung })
                if support.rungs.contains(rung) && rung < asked =>
            {
                self.choose_rung(processor, *rung);
                SupportPhase::Warnings
            }
            (SupportPhase::Offer { .. }, Intent::GoOn) => {
                self.choose_rung(processor, least(support));
                SupportPhase::Warnings
            }
            (SupportPhase::Warnings, Intent::Warning { minutes })
                if support.warnings.contains(minutes) =>
            {
                self.switch_warning(processor, *minutes);
                SupportPhase::Warnings
            }
            (SupportPhase::Warnings, Intent::GoOn) => {
                // In somebody's own stage only they are asked.
                if nth + 1 >= self.turners() || self.holder_here().is_some() {
                    return self.go(track, path, step.to, now);
                }
                path.doing = Doing::Supporting(Supporting {
                    nth: nth + 1,
                    phase: first_phase(support),
                });
                self.put(track, path);
                return Ok(Vec::new());
            }
            (_, _) => return no(&words().session.not_here),
        };
        // Without warnings to choose from there is nothing to ask.
        let nothing_to_warn = phase == SupportPhase::Warnings && support.warnings.is_empty();
        path.doing = Doing::Supporting(Supporting { nth, phase });
        if nothing_to_warn {
            let supporting = Supporting {
                nth,
                phase: SupportPhase::Warnings,
            };
            return self.supporting(track, path, step, &supporting, &Intent::GoOn, now);
        }
        self.put(track, path);
        Ok(Vec::new())
    }

    /// How many people have turns.
    pub(super) fn turners(&self) -> usize {
        if self.script.one_sided.is_some() {
            1
        } else {
            self.begin.people.len()
        }
    }

    pub(super) fn choose_rung(&mut self, who: usize, rung: Rung) {
        if let Some(chosen) = Arc::make_mut(&mut self.chosen).get_mut(who) {
            chosen.asked = true;
            chosen.rung = rung;
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
    pub(super) fn supporting_back(
        &self,
        step: &Step,
        supporting: &Supporting,
    ) -> Option<Supporting> {
        let Ask::Support(support) = &step.ask else {
            return None;
        };
        let nth = supporting.nth;
        let to = |nth, phase| Some(Supporting { nth, phase });
        match &supporting.phase {
            SupportPhase::Accept { .. } | SupportPhase::Offer { .. } => to(nth, SupportPhase::Rung),
            SupportPhase::Warnings if !support.rungs.is_empty() => to(nth, SupportPhase::Rung),
            SupportPhase::Warnings | SupportPhase::Rung if self.holder_here().is_some() => None,
            SupportPhase::Warnings | SupportPhase::Rung => nth
                .checked_sub(1)
                .and_then(|nth| to(nth, SupportPhase::Warnings)),
        }
    }
}

fn first_phase(support: &Support) -> SupportPhase {
    if support.rungs.is_empty() {
        SupportPhase::Warnings
    } else {
        SupportPhase::Rung
    }
}

pub(super) fn least(support: &Support) -> Rung {
    support.rungs.iter().min().copied().unwrap_or(Rung::Silent)
}

/// One step of SplitMix64 (Steele, Lea, Flood 2014): spreads a seed's bits.
fn splitmix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
