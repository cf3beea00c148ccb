//! The gate: each answers alone and inwardly; only go, short or not today is ever given (content.md T2.1 G).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that the gate does not ask for is refused with a sentence, never ignored"
)]

use super::intent::{Effect, GateWord, Intent, Refused};
use super::state::{Doing, Path};
use super::time::Moment;
use super::{Session, Track, no};
use crate::script::{Ask, Step};
use crate::words::words;

impl Session {
    /// Takes one person's word. When everybody has given one, the most careful of them leads on,
    /// and nothing on the screen tells whose it was.
    pub(super) fn gating(
        &mut self,
        track: Track,
        mut path: Path,
        step: &Step,
        mut said: Vec<GateWord>,
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Ask::Gate(gate) = &step.ask else {
            return no(&words().session.not_here);
        };
        let word = match intent {
            Intent::Gate { says } => *says,
            // Who passes here has not said that they are fit to work.
            Intent::GoOn | Intent::Unsure => GateWord::NotToday,
            _ => return no(&words().session.not_here),
        };
        said.push(word);
        if said.len() < self.begin.people.len() {
            path.doing = Doing::Gating { said };
            self.put(track, path);
            return Ok(Vec::new());
        }
        let target = match said.iter().max() {
            Some(GateWord::Go) => step.to,
            Some(GateWord::Short) => gate.short,
            Some(GateWord::NotToday) | None => gate.not_today,
        };
        path.doing = Doing::Gating { said: Vec::new() };
        self.go(track, path, target, now)
    }
}
