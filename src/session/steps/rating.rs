//! A number from 0 to 10, and how it was for each before and after.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that a step does not ask for is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_pass};
use crate::script::{RatingQuestion, Step, Target};
use crate::session::intent::Intent;
use crate::session::scene::{InputField, Scene};
use crate::session::state::{Notice, Path, StepState};
use crate::session::{Applied, Session, StepList, no};
use crate::text::words::words;

impl StepKind for RatingQuestion {
    fn enter(&self, _session: &mut Session, _here: StepHere<'_>) -> StepState {
        StepState::Rating
    }

    fn apply(&self, session: &mut Session, mut here: StepAnswered<'_>, intent: Intent) -> Applied {
        // Whoever comes back from STOP gives their number anew.
        here.path.given.truncate(here.path.go);
        match &intent {
            Intent::Pass | Intent::Unsure => {
                here.path.given.push(None);
                let target = self.leads_to(session, &here);
                here.go(session, target)
            }
            Intent::Rate { value } | Intent::Rated { least: value } if *value > 10 => {
                no(words().session.zero_to_ten)
            }
            Intent::Rate { value } | Intent::Rated { least: value } => {
                if matches!(intent, Intent::Rate { .. }) && !self.hands {
                    session.felt(here.track, here.step, &here.path, *value);
                }
                here.path.given.push(Some(self.least(*value)));
                let target = self.leads_to(session, &here);
                let effects = here.go(session, target)?;
                if target == Target::Stop {
                    session.notice = Some(Notice::HighNumber);
                }
                Ok(effects)
            }
            _ => no(words().session.not_here),
        }
    }

    fn show(&self, _session: &Session, scene: &mut Scene, _here: StepHere<'_>) {
        scene.field = Some(InputField::Rating);
        put_pass(scene, words().session.pass);
    }

    fn going_on(&self, step: &Step, _doing: &StepState) -> GoingOn {
        let as_from = self.bounds.iter().find(|(_, to)| *to == step.to);
        as_from.map_or(GoingOn::PassTo(step.to), |(bound, _)| {
            GoingOn::PassAs(usize::from(*bound))
        })
    }

    /// The lowest number that leads where this one does: nobody's own number is written down.
    fn to_log(&self, _session: &Session, _doing: &StepState, intent: &Intent) -> Option<Intent> {
        let Intent::Rate { value } = intent else {
            return Some(intent.as_logged());
        };
        if self.hands {
            // How many hands there were is nobody's own.
            return Some(intent.as_logged());
        }
        let least = self.least(*value);
        Some(Intent::Rated { least })
    }
}

impl RatingQuestion {
    /// The lowest number that leads where this one does.
    fn least(&self, value: u8) -> u8 {
        let passed = self.bounds.iter().map(|(bound, _)| *bound);
        passed.filter(|bound| *bound <= value).max().unwrap_or(0)
    }

    /// Where a number leads.
    fn bound(&self, to: Target, value: u8) -> Target {
        let bound = self.bounds.iter().find(|(bound, _)| value >= *bound);
        bound.map_or(to, |(_, to)| *to)
    }

    /// Where the number leads that was given last. On a screen that holds everybody's number, STOP is at once; otherwise
    /// all are heard before the most careful number of them leads on: the highest, or the least strength.
    fn leads_to(&self, session: &Session, here: &StepAnswered<'_>) -> Target {
        let to = here.step.to;
        let given = &here.path.given;
        let last = given.last().copied().flatten();
        let alone = last.map_or(to, |value| self.bound(to, value));
        if !here.step.together || alone == Target::Stop {
            return alone;
        }
        if given.len() < session.goes(here.track, here.step).len() {
            return to;
        }
        let given = given.iter().flatten();
        let careful = if here.step.carry {
            given.min()
        } else {
            given.max()
        };
        careful.map_or(to, |value| self.bound(to, *value))
    }
}

impl Session {
    /// Remembers the first number of before and the last of the closing, for the one who gave it alone to keep.
    fn felt(&mut self, track: StepList, step: &Step, path: &Path, value: u8) {
        let closes = match track {
            StepList::MiniClose => true,
            StepList::Act(act) => act + 1 == self.acts.len(),
            StepList::Aside(_) | StepList::Stop => return,
        };
        let began = self.went_first.is_some();
        let who = self.holder(track, step, path);
        let Some(person) = who.and_then(|who| self.person_mut(who)) else {
            return;
        };
        let felt = &mut person.felt;
        let (before, after) = if step.carry {
            (&mut felt.carry_before, &mut felt.carry_after)
        } else {
            (&mut felt.before, &mut felt.after)
        };
        if closes {
            *after = Some(value);
        } else if !began {
            before.get_or_insert(value);
        }
    }
}
