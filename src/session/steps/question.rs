//! A question: what an answer sets, and where it leads.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that a step does not ask for is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_go_on, put_pass};
use crate::script::{Answer, Depth, NewCeiling, PromiseAnswer, Question, Rung, Step, Target, Who};
use crate::session::intent::{Effect, Intent, Refused};
use crate::session::scene::{InputField, Scene, SceneChoice, Verb};
use crate::session::state::{Notice, PassedAs, StepState};
use crate::session::{Applied, Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::date::Date;

/// The letters of a day.
const DAY: usize = 20;
/// A promise is looked at again within a year.
const MOST_DAYS: u32 = 366;

impl StepKind for Question {
    fn enter(&self, _session: &mut Session, _here: StepHere<'_>) -> StepState {
        self.begins()
    }

    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        if let StepState::Accepting { answer, asked } = here.path.doing {
            return self.accepting(session, here, (answer, asked), &intent);
        }
        if let StepState::TypingDay { answer } = here.path.doing {
            return self.on_day(session, here, answer, &intent);
        }
        let chosen = match (&here.path.doing, &intent) {
            (StepState::ChoosingSeveral { on }, Intent::GoOn) => on.last().copied(),
            (StepState::ChoosingSeveral { on }, Intent::Answer { n })
                if *n < self.answers.len() =>
            {
                let on = switched(on, *n);
                return here.ask(session, StepState::ChoosingSeveral { on });
            }
            _ => None,
        };
        let intent = chosen.map_or(intent, |n| Intent::Answer { n });
        let to = here.step.to;
        match intent {
            Intent::Pass | Intent::Unsure => {
                let ceiling = self.passed_ceiling(to);
                if let Some(ceiling) = ceiling {
                    session.set_ceiling(ceiling);
                }
                let effects = here.go(session, to)?;
                if ceiling.is_some() {
                    let depth = session.ceiling();
                    session.notice = Some(Notice::Passed(PassedAs::Ceiling(depth)));
                }
                Ok(effects)
            }
            Intent::Answer { n } => {
                let Some(answer) = self.answers.get(n) else {
                    return no(words().session.no_such_answer);
                };
                if let (Some(rung), Some(turn)) = (answer.rung, &session.walk.turn) {
                    let who = session.who(turn.nth);
                    if session.asks_for_more(who, rung) {
                        let asked = StepState::Accepting {
                            answer: n,
                            asked: rung,
                        };
                        return here.ask(session, asked);
                    }
                    session.choose_rung(who, rung);
                }
                if answer.promise == Some(PromiseAnswer::OtherDay) && session.comes_back() {
                    return here.ask(session, StepState::TypingDay { answer: n });
                }
                answered(session, here, answer)
            }
            _ => no(words().session.not_here),
        }
    }

    fn back(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        let within = matches!(
            doing,
            StepState::Accepting { .. } | StepState::TypingDay { .. }
        );
        within.then(|| self.begins())
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        let w = &words().session;
        if let StepState::Accepting { asked, .. } = here.path.doing {
            session.put_accepting(scene, asked);
            return;
        }
        if let StepState::TypingDay { .. } = here.path.doing {
            return put_day(scene, here.now.day());
        }
        let chosen = match &here.path.doing {
            StepState::ChoosingSeveral { on } => Some(on),
            _ => None,
        };
        for (n, answer) in self.answers.iter().enumerate() {
            scene.choices.push(SceneChoice {
                says: session.render_at(&answer.says, here),
                on: chosen.map(|on| on.contains(&n)),
                intent: Intent::Answer { n },
            });
        }
        match chosen {
            Some(on) if !on.is_empty() => put_go_on(scene, w.several_take),
            _ => put_pass(scene, w.pass),
        }
        if chosen.is_some() {
            scene.prompt.push(SafeText::new(w.several));
        }
        scene.add_offer(Verb::Unsure, w.unsure);
    }

    fn going_on(&self, step: &Step, doing: &StepState) -> GoingOn {
        match doing {
            StepState::Accepting { .. } => return GoingOn::Next,
            StepState::TypingDay { answer } => {
                let answer = self.answers.get(*answer);
                return GoingOn::PassTo(answer.map_or(step.to, |answer| answer.to));
            }
            StepState::ChoosingSeveral { on } => {
                if let Some(answer) = on.last().and_then(|n| self.answers.get(*n)) {
                    return GoingOn::To(answer.to);
                }
            }
            _ => {}
        }
        // The answer that leads to the same place and does the same on the way: nobody has to find out what a key does.
        let ceiling = self.passed_ceiling(step.to);
        let is_same = |answer: &Answer| {
            let nothing = (answer.rung, answer.promise) == (None, None);
            answer.to == step.to && answer.ceiling == ceiling && nothing
        };
        // In a round, where somebody may stand aside, that is the last of them.
        let same = match step.round {
            true => self.answers.iter().rposition(is_same),
            false => self.answers.iter().position(is_same),
        };
        same.map_or(GoingOn::PassTo(step.to), |n| GoingOn::PassAs(n + 1))
    }
}

impl Question {
    /// What is asked first.
    fn begins(&self) -> StepState {
        match self.several {
            true => StepState::ChoosingSeveral { on: Vec::new() },
            false => StepState::Choosing,
        }
    }

    /// How far it may go for whoever passes: the least of what the answers that lead the same way would say.
    pub(in crate::session) fn passed_ceiling(&self, to: Target) -> Option<NewCeiling> {
        let same = self.answers.iter().filter(|answer| answer.to == to);
        let ceilings = same.filter_map(|answer| answer.ceiling);
        ceilings.min_by_key(|ceiling| match ceiling {
            NewCeiling::At(Depth::Notice) => 0,
            NewCeiling::Lower => 1,
            NewCeiling::At(Depth::Meet) => 2,
            NewCeiling::At(Depth::Know) => 3,
        })
    }

    /// More company needs the yes of whoever would give it. Without it, it stays as it was, and the answer leads on.
    fn accepting(
        &self,
        session: &mut Session,
        here: StepAnswered<'_>,
        (answer, asked): (usize, Rung),
        intent: &Intent,
    ) -> Applied {
        let Some(who) = session.holder_here() else {
            return no(words().session.not_here);
        };
        let Some(answer) = self.answers.get(answer) else {
            return no(words().session.no_such_answer);
        };
        match intent {
            Intent::Accept => session.choose_rung(who, asked),
            Intent::No { .. } | Intent::Pass => {}
            _ => return no(words().session.not_here),
        }
        answered(session, here, answer)
    }

    /// Takes the day that an answer has named. Without one the promise is looked at on the days that were planned.
    fn on_day(
        &self,
        session: &mut Session,
        here: StepAnswered<'_>,
        answer: usize,
        intent: &Intent,
    ) -> Applied {
        let Some(answer) = self.answers.get(answer) else {
            return no(words().session.no_such_answer);
        };
        let after = match intent {
            Intent::Pass | Intent::Unsure => None,
            Intent::Write { words: typed } => Some(days_until(typed, here.now.day())?),
            _ => return no(words().session.not_here),
        };
        let mut effects: Vec<Effect> = session.looked(after).into_iter().collect();
        effects.extend(here.go(session, answer.to)?);
        Ok(effects)
    }
}

/// Which day it is that the answer before has named.
fn put_day(scene: &mut Scene, today: Date) {
    let w = &words().session;
    scene.prompt = SafeText::lines(w.promise_day);
    let day = today.after(10).to_string();
    let hint = fill(&w.promise_day_hint, &[("day", &day)]);
    scene.field = Some(InputField::line(String::new(), hint.as_str(), DAY));
    put_pass(scene, w.pass);
}

/// After how many days a typed day comes: one of the calendar, or a number of days.
fn days_until(typed: &str, today: Date) -> Result<u32, Refused> {
    let days = match typed.trim().parse() {
        Ok(days) => days,
        Err(_) => Date::typed(typed, today)
            .map_err(Refused)?
            .days_since(today),
    };
    let days = u32::try_from(days).ok();
    let days = days.filter(|days| (1..=MOST_DAYS).contains(days));
    days.ok_or_else(|| Refused(SafeText::new(words().session.promise_day_wrong)))
}

/// The chosen ones with this one switched on or off.
fn switched(on: &[usize], n: usize) -> Vec<usize> {
    let mut on = on.to_vec();
    match on.binary_search(&n) {
        Ok(at) => {
            on.remove(at);
        }
        Err(at) => on.insert(at, n),
    }
    on
}

fn answered(session: &mut Session, here: StepAnswered<'_>, answer: &Answer) -> Applied {
    if let Some(ceiling) = answer.ceiling {
        session.set_ceiling(ceiling);
    }
    let looked = answer
        .promise
        .and_then(|look| session.look_at_promise(look));
    let mut effects: Vec<Effect> = looked.into_iter().collect();
    effects.extend(here.go(session, answer.to)?);
    Ok(effects)
}

impl Session {
    /// Whether this is more company than somebody has: then those who would give it are asked first.
    fn asks_for_more(&self, who: Who, rung: Rung) -> bool {
        rung > self.rung_of(who) && !self.is_alone()
    }

    /// How far it may go now: today's ceiling, or a lower one of this turn.
    pub(crate) fn ceiling(&self) -> Depth {
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
}
