//! Where a way leads: words and ids, and what was probably meant by what is neither.

use super::model::Target;
use super::problem::{Problems, nearest};
use super::raw::RawStage;
use super::raw_step::{RawAnswer, RawAsk, RawStep};
use super::reader::{At, short};
use super::steps::{Lower, Place, WORDS, is_id};
use crate::words::words;

/// What a writer may mean who names something of another stage.
#[derive(Debug)]
pub struct StageNames {
    id: Option<String>,
    title: String,
    closing: bool,
    /// The ids of its steps, and of those around its turns.
    steps: Vec<String>,
}

/// The names in every stage of a script.
pub fn names_of(stages: &[RawStage]) -> Vec<StageNames> {
    let names = |stage: &RawStage| {
        let around = stage.before.iter().chain(&stage.after);
        let around = around.chain(stage.between.as_deref());
        let steps = around.flat_map(|part| &part.steps).chain(&stage.steps);
        let ids = steps.filter_map(|step| step.id.as_ref());
        StageNames {
            id: stage.id.as_ref().map(|at| at.it.clone()),
            title: stage.title.as_ref().map_or("", |at| &at.it).to_owned(),
            closing: stage.kind.as_ref().is_some_and(|at| at.it == "closing"),
            steps: ids.map(|at| at.it.clone()).collect(),
        }
    };
    stages.iter().map(names).collect()
}

impl StageNames {
    /// Whether this is its title, as people say it.
    fn is_called(&self, name: &str) -> bool {
        let plain = |name: &str| {
            let name = name.trim().to_lowercase();
            name.strip_prefix("the ").unwrap_or(&name).to_owned()
        };
        let called = plain(name);
        called == plain(&self.title)
            || self.closing
                && WORDS
                    .iter()
                    .any(|(word, _)| *word == "close" && alike(word, &called))
    }

    /// A name for it: its own, or one that could become its own.
    fn name(&self) -> Option<String> {
        let letters = self.title.to_lowercase().replace("'s ", " ");
        let words = letters.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let made = Some(words.join("-")).filter(|name| is_id(name) && !is_word(name));
        self.id.clone().or(made)
    }
}

fn is_word(name: &str) -> bool {
    WORDS.iter().any(|(word, _)| *word == name)
}

/// Whether somebody who writes `name` may mean the word: `landing` is `land`.
fn alike(word: &str, name: &str) -> bool {
    let root: String = word.chars().take(4).collect();
    name.starts_with(&root) && name.chars().count() <= word.chars().count() + 4
}

impl Lower<'_> {
    /// A target that may be left out: then it is the next step.
    pub fn go(&self, at: Option<&At<String>>, problems: &mut Problems) -> Target {
        at.map_or(Target::Next, |at| self.target(at, problems))
    }

    /// Where a word or an id leads.
    pub fn target(&self, at: &At<String>, problems: &mut Problems) -> Target {
        let w = &words().script;
        if let Some((word, target)) = WORDS.iter().find(|(word, _)| *word == at.it) {
            if !self.makes_sense(*target) {
                let place = w.wheres.get(word).unwrap_or_default();
                let values = [("name", *word), ("where", place)];
                problems.error(at.span.clone(), &w.sentence.nowhere_target, &values);
            }
            return *target;
        }
        match self.ids.get(&at.it) {
            Some(Some(step)) => return Target::Step(*step),
            Some(None) => {
                let left_out = &w.sentence.left_out_target;
                problems.error(at.span.clone(), left_out, &[("name", &short(&at.it))]);
            }
            None => {
                let exits = &self.common.exits;
                if let Some(exit) = exits.iter().position(|exit| *exit == at.it) {
                    return Target::Exit(exit);
                }
                let later = &self.common.later;
                if let Some((_, stage)) = later.iter().find(|(id, _)| *id == at.it) {
                    return Target::Stage(*stage);
                }
                // Of two steps with one name, one may be meant here under the name that it lacks.
                if !self.twice {
                    self.unknown(at, problems);
                }
            }
        }
        Target::Next
    }

    /// An answer without a `to` falls into the next step, which is that of another answer: hardly anybody means it.
    pub fn falls_through(&self, at: usize, raw: &RawStep, problems: &mut Problems) {
        let answers = raw.asks.first().map(|ask| &ask.it);
        let Some(RawAsk::Answers(answers)) = answers else {
            return;
        };
        let leads = |answer: &&RawAnswer| {
            let to = answer.to.as_ref().and_then(|to| self.ids.get(&to.it));
            to == Some(&Some(at + 1))
        };
        let named = answers.iter().find(leads);
        let Some((other, to)) = named.and_then(|named| named.says.as_ref().zip(named.to.as_ref()))
        else {
            return;
        };
        let nameless = |answer: &&RawAnswer| answer.to.is_none() && answer.only.is_none();
        let on = raw.to.as_ref().map_or("done", |at| &at.it);
        for says in answers
            .iter()
            .filter(nameless)
            .filter_map(|answer| answer.says.as_ref())
        {
            let values = [
                ("name", &*short(&to.it)),
                ("other", &*short(&other.it)),
                ("to", &*short(on)),
            ];
            let sentence = &words().script.sentence.falls_through;
            problems.warning(says.span.clone(), sentence, &values);
        }
    }

    /// A name that leads nowhere: in another stage, a title, or nothing that there is.
    fn unknown(&self, at: &At<String>, problems: &mut Problems) {
        if problems.is_full() {
            return;
        }
        let w = &words().script.sentence;
        let (here, stages) = (self.common.at, &self.common.stages);
        let known = self.known();
        let list = known.join(", ");
        let name = short(&at.it);
        let has_step = |stage: &StageNames| stage.steps.contains(&at.it);
        let is_stage = |stage: &StageNames| stage.id.as_ref() == Some(&at.it);
        let called = |stage: &StageNames| stage.is_called(&at.it);
        let find = |wanted: &dyn Fn(&StageNames) -> bool| {
            let found = stages.iter().enumerate().find(|(_, stage)| wanted(stage));
            found.filter(|_| !self.common.module)
        };
        let found = find(&has_step)
            .or_else(|| find(&is_stage))
            .or_else(|| find(&called));
        if let Some((stage, names)) = found {
            let whole = names.name();
            let closes = names.closing && self.makes_sense(Target::Close);
            let sentence = match &whole {
                _ if stage > here && closes => &w.closing_target,
                Some(_) if stage > here && has_step(names) => &w.later_step_target,
                Some(_) if stage > here => &w.title_target,
                Some(_) | None if has_step(names) => &w.earlier_step_target,
                Some(_) | None => &w.earlier_target,
            };
            let title = short(&names.title);
            let whole = whole.unwrap_or_default();
            let values = [
                ("name", &*name),
                ("title", &*title),
                ("stage", &*whole),
                ("known", &*list),
            ];
            let near = names.id.as_deref();
            let near = near.filter(|_| stage > here && !closes);
            problems.error_near(at.span.clone(), sentence, &values, near);
            return;
        }
        let lower = at.it.trim().to_lowercase();
        let plain = lower.strip_prefix("the ").unwrap_or(&lower);
        let near = nearest(&at.it, known.iter().copied()).or_else(|| {
            let mut words = known.iter().copied().filter(|word| is_word(word));
            words.find(|word| alike(word, plain))
        });
        let sentence = match is_id(&at.it) {
            true => &w.unknown_target,
            false => &w.no_target,
        };
        let values = [("name", &*name), ("known", &*list)];
        problems.error_near(at.span.clone(), sentence, &values, near);
    }

    /// Every name that leads somewhere from here.
    fn known(&self) -> Vec<&str> {
        let later = self.common.later.iter().map(|(id, _)| id);
        let beside = self.common.exits.iter().chain(later);
        let there = self.ids.iter().filter(|(_, step)| step.is_some());
        let named = there.map(|(id, _)| id).chain(beside);
        let mut known: Vec<&str> = named.map(String::as_str).collect();
        known.sort_unstable();
        let sensible = |target: Target| {
            self.makes_sense(target) && (target != Target::Shorter || self.common.shorter)
        };
        let words = WORDS.iter().filter(|(_, to)| sensible(*to));
        known.extend(words.map(|(word, _)| *word));
        known
    }

    fn makes_sense(&self, target: Target) -> bool {
        match target {
            Target::Next | Target::Step(_) | Target::Done | Target::Stage(_) | Target::Exit(_) => {
                true
            }
            Target::Land => matches!(self.place, Place::Turn | Place::Aside),
            Target::Close => !matches!(self.place, Place::Closing | Place::MiniClose),
            Target::End => self.place != Place::MiniClose,
            Target::Stop => !matches!(self.place, Place::Stop | Place::MiniClose),
            Target::Back => matches!(self.place, Place::Aside | Place::Stop),
            Target::Shorter => self.place == Place::Stage,
        }
    }
}
