//! Questions, ratings and consents: what an answer sets, and where it leads.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that a step does not ask for is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use crate::script::{Answer, Ask, Depth, Means, NewCeiling, Rung, Step, Target, Who};
use crate::session::intent::{Effect, Intent, KeepChoice, Partnership, Refused};
use crate::session::state::{Notice, Path, StepState};
use crate::session::{Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::Moment;

impl Session {
    pub(in crate::session) fn question(
        &mut self,
        track: StepList,
        mut path: Path,
        step: &Step,
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Ask::Question(answers) = &step.ask else {
            return no(&words().session.not_here);
        };
        match intent {
            Intent::GoOn | Intent::Unsure => self.go(track, path, step.to, now),
            Intent::Answer { n } => {
                let Some(answer) = answers.get(*n) else {
                    return no(&words().session.no_such_answer);
                };
                if let (Some(rung), Some(turn)) = (answer.rung, &self.walk.turn) {
                    let who = self.who(turn.nth).index();
                    if self.asks_for_more(who, rung) {
                        path.doing = StepState::Accepting {
                            answer: *n,
                            asked: rung,
                        };
                        self.put(track, path);
                        return Ok(Vec::new());
                    }
                    self.choose_rung(who, rung);
                }
                self.answered(track, path, answer, now)
            }
            _ => no(&words().session.not_here),
        }
    }

    fn answered(
        &mut self,
        track: StepList,
        path: Path,
        answer: &Answer,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        if let Some(ceiling) = answer.ceiling {
            self.set_ceiling(ceiling);
        }
        let looked = answer.promise.and_then(|look| self.look_at_promise(look));
        let mut effects: Vec<Effect> = looked.into_iter().collect();
        effects.extend(self.go(track, path, answer.to, now)?);
        Ok(effects)
    }

    /// Whether this is more company than somebody has: then those who would give it are asked first.
    fn asks_for_more(&self, who: usize, rung: Rung) -> bool {
        let has = self
            .chosen
            .get(who)
            .map_or(Rung::Silent, |chosen| chosen.rung);
        rung > has && self.begin.people.len() > 1
    }

    /// More company needs the yes of whoever would give it. Without it, it stays as it was, and the answer leads on.
    pub(in crate::session) fn accepting(
        &mut self,
        track: StepList,
        path: Path,
        step: &Step,
        (answer, asked): (usize, Rung),
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let (Ask::Question(answers), Some(who)) = (&step.ask, self.holder_here()) else {
            return no(&words().session.not_here);
        };
        let Some(answer) = answers.get(answer) else {
            return no(&words().session.no_such_answer);
        };
        match intent {
            Intent::Accept => self.choose_rung(who.index(), asked),
            Intent::No { .. } | Intent::GoOn => {}
            _ => return no(&words().session.not_here),
        }
        self.answered(track, path, answer, now)
    }

    /// How far it may go now: today's ceiling, or a lower one of this turn.
    pub(in crate::session) fn ceiling(&self) -> Depth {
        self.walk
            .turn
            .as_ref()
            .map_or(self.ceiling, |turn| turn.ceiling.min(self.ceiling))
    }

    /// In a turn a ceiling is lowered for that turn alone, so that nobody's fear shortens the other's way, and
    /// is never raised again; before the turns it is agreed on for today.
    pub(in crate::session) fn set_ceiling(&mut self, new: NewCeiling) {
        let wanted = match new {
            NewCeiling::At(depth) => depth,
            NewCeiling::Lower => self.ceiling().lower(),
        };
        match &mut self.walk.turn {
            Some(turn) => turn.ceiling = turn.ceiling.min(wanted),
            None => self.ceiling = wanted.min(self.script.ceiling),
        }
    }

    /// What stays of the session; then whoever wrote into a notebook says what of that stays.
    pub(in crate::session) fn keeping(
        &mut self,
        track: StepList,
        mut path: Path,
        step: &Step,
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        match intent {
            Intent::GoOn => {}
            Intent::Keep { what } => self.kept = *what,
            _ => return no(&words().session.not_here),
        }
        match self.keeps_own(0) {
            Some(own) => {
                path.doing = own;
                self.put(track, path);
                Ok(Vec::new())
            }
            None => self.go(track, path, step.to, now),
        }
    }

    pub(in crate::session) fn rating(
        &mut self,
        track: StepList,
        path: Path,
        step: &Step,
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Ask::Rating(bounds) = &step.ask else {
            return no(&words().session.not_here);
        };
        match intent {
            Intent::GoOn | Intent::Unsure => self.go(track, path, step.to, now),
            Intent::Rate { value } | Intent::Rated { least: value } if *value > 10 => {
                no(&words().session.zero_to_ten)
            }
            Intent::Rate { value } | Intent::Rated { least: value } => {
                if matches!(intent, Intent::Rate { .. }) {
                    self.felt(track, step, &path, *value);
                }
                let bound = bounds.iter().find(|(bound, _)| value >= bound);
                let target = bound.map_or(step.to, |(_, to)| *to);
                let effects = self.go(track, path, target, now)?;
                if target == Target::Stop {
                    self.notice = Some(Notice::HighNumber);
                }
                Ok(effects)
            }
            _ => no(&words().session.not_here),
        }
    }

    /// Remembers the first number of before and the last of the closing, for the one who gave it alone to keep.
    fn felt(&mut self, track: StepList, step: &Step, path: &Path, value: u8) {
        let closes = match track {
            StepList::MiniClose => true,
            StepList::Act(act) => act + 1 == self.acts.len(),
            StepList::Aside(_) | StepList::Stop => return,
        };
        let began = self.went_first.is_some();
        let who = self.holder(track, step, path);
        let felt = Arc::make_mut(&mut self.felt);
        let Some(felt) = who.and_then(|who| felt.get_mut(who.index())) else {
            return;
        };
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

    pub(in crate::session) fn consenting(
        &mut self,
        track: StepList,
        mut path: Path,
        step: &Step,
        (of, mut yes): (Vec<Who>, Vec<bool>),
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Ask::Consent(consent) = &step.ask else {
            return no(&words().session.not_here);
        };
        match intent {
            Intent::GoOn => self.go(track, path, consent.without, now),
            Intent::Yes { who } if of.contains(who) => {
                let Some(said) = yes.get_mut(who.index()) else {
                    return no(&words().session.nobody);
                };
                *said = !*said;
                if yes.iter().all(|said| *said) {
                    match consent.means {
                        Some(Means::Loan) => self.loan = true,
                        Some(Means::Forget) => self.kept = KeepChoice::Forget,
                        Some(Means::Trial) => self.partnership = Some(Partnership::Trial),
                        Some(Means::Goodbye) => self.partnership = Some(Partnership::Goodbye),
                        None => {}
                    }
                    return self.go(track, path, step.to, now);
                }
                path.doing = StepState::Consenting { of, yes };
                self.put(track, path);
                Ok(Vec::new())
            }
            _ => no(&words().session.not_here),
        }
    }
}
