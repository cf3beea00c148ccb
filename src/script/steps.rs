//! Steps, resolved: ids become places, words become targets, what is only for others is left out.

use std::collections::HashMap;
use std::ops::Range;
use std::time::Duration;

use super::model::{
    Agreement, Answer, Ask, Depth, Gate, NewCeiling, Rung, Says, Step, Support, Target, Text,
};
use super::problem::{Problems, nearest};
use super::raw_step::{RawAnswer, RawAsk, RawSays, RawStep};
use super::reader::{At, short};
use super::says::{prompt, text};

/// Where steps stand: not every target makes sense everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In a stage for everybody, a share of each, or between two turns.
    Stage,
    /// In a turn.
    Turn,
    /// In the closing.
    Closing,
    /// In an aside.
    Aside,
    /// On the neutral screen.
    Stop,
    /// In the short closing.
    MiniClose,
}

/// What the steps of one script have in common.
#[derive(Clone, Debug)]
pub struct Common {
    /// The words for the roles, as they stand in the text that is read.
    pub roles: Vec<String>,
    /// How many people.
    pub people: usize,
    /// The script's ceiling.
    pub ceiling: Depth,
    /// Whether there is a shorter script.
    pub shorter: bool,
}

/// The words that lead somewhere without being an id.
const WORDS: [(&str, Target); 8] = [
    ("next", Target::Next),
    ("done", Target::Done),
    ("land", Target::Land),
    ("close", Target::Close),
    ("end", Target::End),
    ("stop", Target::Stop),
    ("back", Target::Back),
    ("shorter", Target::Shorter),
];

/// Resolves the steps of one stage or module. The second value is the step where the landing begins.
pub fn steps(
    raw: &[RawStep],
    place: Place,
    common: &Common,
    problems: &mut Problems,
) -> (Vec<Step>, Vec<(usize, Range<usize>)>) {
    let kept: Vec<&RawStep> = raw
        .iter()
        .filter(|step| is_for(step.only.as_ref(), common, problems))
        .collect();
    let ids = ids(raw, &kept, problems);
    let lower = Lower { place, common, ids };
    let landings = kept
        .iter()
        .enumerate()
        .filter(|(_, step)| step.landing)
        .map(|(at, step)| (at, step.span.clone()))
        .collect();
    let steps = kept.iter().map(|step| lower.step(step, problems)).collect();
    (steps, landings)
}

/// Whether something marked `only` is there in this session.
fn is_for(only: Option<&At<String>>, common: &Common, problems: &mut Problems) -> bool {
    match only.map(|at| (at.it.as_str(), at)) {
        None => true,
        Some(("alone", _)) => common.people == 1,
        Some(("together", _)) => common.people > 1,
        Some((_, at)) => {
            problems.error(
                at.span.clone(),
                "`only` is `\"alone\"` or `\"together\"`",
                "leave it out when the step is for everybody",
            );
            true
        }
    }
}

/// The place of every id; `None` for one whose step is left out in this session.
fn ids(
    raw: &[RawStep],
    kept: &[&RawStep],
    problems: &mut Problems,
) -> HashMap<String, Option<usize>> {
    let mut ids: HashMap<String, Option<usize>> = HashMap::new();
    for step in raw {
        let Some(id) = &step.id else { continue };
        if WORDS.iter().any(|(word, _)| *word == id.it) {
            problems.error(
                id.span.clone(),
                &format!("`{}` has a meaning of its own and can't be an id", id.it),
                "choose another name",
            );
        }
        let well_formed = !id.it.is_empty()
            && id.it.len() <= 40
            && id
                .it
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !well_formed {
            problems.error(
                id.span.clone(),
                &format!("`{}` can't be an id", short(&id.it)),
                "use small letters, digits and `-`, at most 40",
            );
        }
        let at = kept
            .iter()
            .position(|other| std::ptr::eq::<RawStep>(*other, step));
        // Two steps may share an id when only one of them is ever there.
        match ids.get(&id.it) {
            Some(Some(_)) if at.is_some() => problems.error(
                id.span.clone(),
                &format!("`{}` is the id of two steps", short(&id.it)),
                "give one of them another name",
            ),
            Some(Some(_)) => {}
            Some(None) | None => {
                ids.insert(id.it.clone(), at);
            }
        }
    }
    ids
}

struct Lower<'a> {
    place: Place,
    common: &'a Common,
    ids: HashMap<String, Option<usize>>,
}

impl Lower<'_> {
    fn step(&self, raw: &RawStep, problems: &mut Problems) -> Step {
        let depth = raw.depth.as_ref().and_then(|at| depth(at, problems));
        if raw.beyond.is_some() && depth.is_none() {
            problems.error(
                raw.span.clone(),
                "`beyond` without `depth`",
                "say how deep the step is: `depth = \"meet\"`",
            );
        }
        if depth.is_some() && self.place != Place::Turn {
            problems.error(
                raw.span.clone(),
                "`depth` stands outside a turn",
                "leave it out here",
            );
        }
        if raw.landing && self.place != Place::Turn {
            problems.error(
                raw.span.clone(),
                "`landing` stands outside a turn",
                "leave it out here",
            );
        }
        if raw.fresh && raw.at_most.is_none() {
            problems.error(
                raw.span.clone(),
                "`fresh` without `at-most`",
                "add `at-most = { visits = 1, then = \"land\" }`, so that the way ends",
            );
        }
        let beyond = match &raw.beyond {
            Some(at) => self.target(at, problems),
            None => Target::Land,
        };
        let says = self.says(raw, problems);
        let at_most = raw.at_most.as_ref().and_then(|bound| {
            let visits = u8::try_from(bound.visits.as_ref()?.it).ok()?;
            let then = self.target(bound.then.as_ref()?, problems);
            Some((visits, then))
        });
        Step {
            id: raw.id.as_ref().map(|at| at.it.clone()),
            ask: self.ask(raw, problems),
            to: self.go(raw.to.as_ref(), problems),
            round: raw.round,
            depth: depth.map(|depth| (depth, beyond)),
            fresh: raw.fresh,
            at_most,
            says,
        }
    }

    fn says(&self, raw: &RawStep, problems: &mut Problems) -> Says {
        let mut says = Says {
            all: self.prompt(raw.all.as_ref(), problems),
            ..Says::default()
        };
        if let Some(RawSays::Same(at)) = raw.says.first() {
            says.first = self.prompt(Some(at), problems);
        }
        if let Some(RawSays::ByRung(_)) = raw.says.first() {
            problems.error(
                raw.span.clone(),
                "the first role has no rungs",
                "write one text for it",
            );
        }
        if self.common.people > 1 {
            match raw.says.get(1) {
                Some(RawSays::Same(at)) => {
                    says.second = Rung::ALL.map(|_| Text::default());
                    let words = self.prompt(Some(at), problems);
                    says.second.fill(words);
                }
                Some(RawSays::ByRung(by)) => {
                    for (place, at) in says.second.iter_mut().zip(by) {
                        *place = self.prompt(at.as_ref(), problems);
                    }
                }
                Some(RawSays::Nothing) | None => {}
            }
        }
        let silent =
            says.all.is_empty() && says.first.is_empty() && says.second.iter().all(Text::is_empty);
        if silent {
            problems.error(
                raw.span.clone(),
                "this step says nothing",
                "write `all = \"…\"`, or a role's name and its words",
            );
        }
        says
    }

    fn prompt(&self, at: Option<&At<String>>, problems: &mut Problems) -> Text {
        at.map_or_else(Text::default, |at| {
            prompt(at, &self.common.roles, self.common.people, problems)
        })
    }

    fn texts(&self, list: &[At<String>], problems: &mut Problems) -> Vec<Text> {
        list.iter()
            .map(|at| text(at, &self.common.roles, self.common.people, problems))
            .collect()
    }

    fn ask(&self, raw: &RawStep, problems: &mut Problems) -> Ask {
        if let Some(second) = raw.asks.get(1) {
            problems.error(
                second.span.clone(),
                "this step asks two things",
                "make two steps of it",
            );
        }
        let Some(at) = raw.asks.first() else {
            return Ask::Read;
        };
        match &at.it {
            RawAsk::Answers(answers) => self.answers(answers, &at.span, problems),
            RawAsk::Rating(bounds) => Ask::Rating(
                bounds
                    .iter()
                    .map(|(bound, to)| (*bound, self.target(to, problems)))
                    .collect(),
            ),
            RawAsk::Consent(without) => Ask::Consent(self.go(without.as_ref(), problems)),
            RawAsk::Gate {
                questions,
                short,
                not_today,
            } => Ask::Gate(Gate {
                questions: self.texts(questions, problems),
                short: self.go(short.as_ref(), problems),
                not_today: self.go(not_today.as_ref(), problems),
            }),
            RawAsk::Agreement { lines, unsigned } => Ask::Agreement(Agreement {
                lines: self.texts(lines, problems),
                unsigned: self.go(unsigned.as_ref(), problems),
            }),
            RawAsk::Order => Ask::Order,
            RawAsk::Support {
                rungs,
                warnings,
                usual,
            } => self.support(rungs, warnings, usual, problems),
            RawAsk::Rest(seconds) => {
                Ask::Rest(Duration::from_secs(u64::try_from(*seconds).unwrap_or(60)))
            }
            RawAsk::Keep => Ask::Keep,
        }
    }

    fn answers(&self, raw: &[RawAnswer], span: &Range<usize>, problems: &mut Problems) -> Ask {
        let mut answers = Vec::new();
        for answer in raw {
            let to_shorter = answer.to.as_ref().is_some_and(|to| to.it == "shorter");
            if !is_for(answer.only.as_ref(), self.common, problems)
                || (to_shorter && !self.common.shorter)
            {
                continue;
            }
            let Some(says) = &answer.says else { continue };
            answers.push(Answer {
                says: text(says, &self.common.roles, self.common.people, problems),
                to: self.go(answer.to.as_ref(), problems),
                rung: answer.rung.as_ref().and_then(|at| rung(at, problems)),
                ceiling: answer
                    .ceiling
                    .as_ref()
                    .and_then(|at| self.ceiling(at, problems)),
            });
        }
        if answers.is_empty() || answers.len() > 9 {
            problems.error(
                span.clone(),
                "a question has one to nine answers",
                "each answer is one key on the keyboard",
            );
        }
        Ask::Question(answers)
    }

    fn ceiling(&self, at: &At<String>, problems: &mut Problems) -> Option<NewCeiling> {
        if at.it == "lower" {
            return Some(NewCeiling::Lower);
        }
        let depth = depth(at, problems)?;
        if depth > self.common.ceiling {
            problems.error(
                at.span.clone(),
                "this goes deeper than the script's ceiling",
                "raise `ceiling` at the top, or set a lower one here",
            );
        }
        Some(NewCeiling::At(depth))
    }

    fn support(
        &self,
        rungs: &[At<String>],
        warnings: &[At<i64>],
        usual: &[At<i64>],
        problems: &mut Problems,
    ) -> Ask {
        for at in usual {
            if !warnings.iter().any(|warning| warning.it == at.it) {
                problems.error(
                    at.span.clone(),
                    "a usual warning that is not among the warnings",
                    "add it to `warnings`",
                );
            }
        }
        let numbers = |list: &[At<i64>]| {
            let mut numbers: Vec<u8> = list.iter().filter_map(|at| at.it.try_into().ok()).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let rungs = rungs.iter().filter_map(|at| rung(at, problems));
        Ask::Support(Support {
            rungs: if self.common.people > 1 {
                rungs.collect()
            } else {
                Vec::new()
            },
            warnings: numbers(warnings),
            usual: numbers(usual),
        })
    }

    /// A target that may be left out: then it is the next step.
    fn go(&self, at: Option<&At<String>>, problems: &mut Problems) -> Target {
        at.map_or(Target::Next, |at| self.target(at, problems))
    }

    fn target(&self, at: &At<String>, problems: &mut Problems) -> Target {
        if let Some((word, target)) = WORDS.iter().find(|(word, _)| *word == at.it) {
            if !self.makes_sense(*target) {
                problems.error(
                    at.span.clone(),
                    &format!("`{word}` leads nowhere from here"),
                    "see the table of words in the reference for where each one works",
                );
            }
            return *target;
        }
        match self.ids.get(&at.it) {
            Some(Some(step)) => Target::Step(*step),
            Some(None) => {
                problems.error(
                    at.span.clone(),
                    &format!("the step `{}` is left out in this session", short(&at.it)),
                    "give this one the same `only`, or lead somewhere else",
                );
                Target::Next
            }
            None => {
                let known = self
                    .ids
                    .keys()
                    .map(String::as_str)
                    .chain(WORDS.iter().map(|(word, _)| *word));
                let help = match nearest(&at.it, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "give a step here this `id`, or lead somewhere else".to_owned(),
                };
                problems.error(
                    at.span.clone(),
                    &format!("no step here is called `{}`", short(&at.it)),
                    &help,
                );
                Target::Next
            }
        }
    }

    fn makes_sense(&self, target: Target) -> bool {
        match target {
            Target::Next | Target::Step(_) | Target::Done => true,
            Target::Land => matches!(self.place, Place::Turn | Place::Aside),
            Target::Close => !matches!(self.place, Place::Closing | Place::MiniClose),
            Target::End => self.place != Place::MiniClose,
            Target::Stop => !matches!(self.place, Place::Stop | Place::MiniClose),
            Target::Back => matches!(self.place, Place::Aside | Place::Stop),
            Target::Shorter => self.place == Place::Stage,
        }
    }
}

/// A depth by its word.
pub fn depth(at: &At<String>, problems: &mut Problems) -> Option<Depth> {
    let found = Depth::ALL.into_iter().find(|depth| depth.word() == at.it);
    if found.is_none() {
        problems.error(
            at.span.clone(),
            &format!("`{}` is not a depth", short(&at.it)),
            "a depth is `\"notice\"`, `\"meet\"` or `\"know\"`",
        );
    }
    found
}

fn rung(at: &At<String>, problems: &mut Problems) -> Option<Rung> {
    let found = Rung::ALL.into_iter().find(|rung| rung.word() == at.it);
    if found.is_none() {
        problems.error(
            at.span.clone(),
            &format!("`{}` is not a rung", short(&at.it)),
            "a rung is `\"silent\"`, `\"say-back\"` or `\"guide\"`",
        );
    }
    found
}
