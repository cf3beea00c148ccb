//! Where a way leads: words and ids, and what was probably meant by what is neither.

use std::collections::HashMap;

use super::lookup::{role, word};
use super::scope::{Scope, StepPlace};
use super::stage_names::{StageNames, alike, plain, target_of, target_words};
use super::text::text;
use crate::script::asks::{RawAnswer, RawAsk};
use crate::script::format::reader::{KeyValue, Located};
use crate::script::format::tables::RawStep;
use crate::script::model::{Target, Text, Whom};
use crate::script::problem::{Problems, nearest, short};
use crate::script::word::{Word, is_id};
use crate::text::sort::Arrange;
use crate::text::words::{ScriptSentence, words};

/// The places of ids; `None` for one whose step is left out in this session.
pub(crate) type Ids = HashMap<String, Option<usize>>;

/// What is known while the steps of one list are compiled.
pub(crate) struct StepCompiler<'a> {
    pub(crate) place: StepPlace,
    pub(crate) scope: &'a Scope,
    pub(crate) problems: &'a mut Problems,
    pub(crate) ids: Ids,
    /// Whether an id stands there twice, so that nobody knows which step is meant.
    pub(crate) twice: bool,
    /// Whether the step that is compiled has a bound, so that its ways may lead back to an earlier stage.
    pub(crate) bounded: bool,
}

impl StepCompiler<'_> {
    /// What a word means that may be left out.
    pub(crate) fn word<W: Word>(
        &mut self,
        at: &KeyValue<String>,
        wrong: &'static ScriptSentence,
    ) -> Option<W> {
        word(at.as_ref()?, wrong, self.problems)
    }

    /// Where a name stands among those of what is written.
    pub(crate) fn written(&self, name: &str) -> usize {
        let mut written = self.scope.names.written.iter();
        written.position(|known| *known == name).unwrap_or(0)
    }

    /// Somebody by their role, or by what is written: the `as` of a step with `write`.
    pub(crate) fn whom(&mut self, list: &[Located<String>]) -> Vec<Whom> {
        let mut found = Vec::new();
        for at in list {
            let names = &self.scope.names;
            let place = |all: &[String]| all.iter().position(|name| *name == at.it);
            if let Some(role) = place(&names.roles) {
                // Whom a module names and this session does not have is nobody.
                found.extend((role < names.held).then_some(Whom::Role(role)));
            } else if let Some(written) = place(&names.written) {
                found.push(Whom::Written(written));
            } else {
                let known = names.roles.iter().chain(&names.written);
                let known: Vec<&str> = known.map(String::as_str).collect();
                let sentence = &words().script.sentence.named_nobody;
                self.problems.unknown(&at.span, sentence, &at.it, &known);
            }
        }
        found
    }

    /// One of the roles, by its word.
    pub(crate) fn role(&mut self, at: &Located<String>) -> Option<usize> {
        let names = &self.scope.names;
        let found = role(at, &names.roles, self.problems);
        // Whom a module names and this session does not have says yes by not being there.
        found.filter(|role| *role < names.held)
    }

    pub(crate) fn texts(&mut self, list: &[Located<String>]) -> Vec<Text> {
        list.iter().map(|at| self.text(at)).collect()
    }

    pub(crate) fn text(&mut self, at: &Located<String>) -> Text {
        text(at, &self.scope.names, self.problems)
    }

    /// A target that may be left out: then it is the next step.
    pub(crate) fn target_or_next(&mut self, at: &KeyValue<String>) -> Target {
        at.as_ref().map_or(Target::Next, |at| self.target(at))
    }

    /// Where a word or an id leads.
    pub(crate) fn target(&mut self, at: &Located<String>) -> Target {
        let w = &words().script;
        if let Some(target) = target_of(&at.it) {
            if !self.makes_sense(target) {
                let place = w.wheres.get(&at.it).unwrap_or_default();
                let values = [("name", &*at.it), ("where", place)];
                let sentence = &w.sentence.nowhere_target;
                self.problems.error(&at.span, sentence, &values);
            }
            return target;
        }
        match self.ids.get(&at.it) {
            Some(Some(step)) => return Target::Step(*step),
            Some(None) => {
                let values = [("name", &*short(&at.it))];
                let sentence = &w.sentence.left_out_target;
                self.problems.error(&at.span, sentence, &values);
            }
            None => {
                let exits = &self.scope.exits;
                if let Some(exit) = exits.iter().position(|exit| *exit == at.it) {
                    return Target::Exit(exit);
                }
                let later = &self.scope.later;
                if let Some((_, stage)) = later.iter().find(|(id, _)| *id == at.it) {
                    return Target::Stage(*stage);
                }
                if let Some(stage) = self.earlier(&at.it) {
                    return Target::Stage(stage);
                }
                // Of two steps with one name, one may be meant here under the name that it lacks.
                if !self.twice && !self.problems.is_full() {
                    self.unknown_target(at);
                }
            }
        }
        Target::Next
    }

    /// An earlier stage of this id, or this one, where a way may lead back to its beginning.
    fn earlier(&self, name: &str) -> Option<usize> {
        let earlier = self.scope.stages.iter().take(self.scope.at + 1);
        let mut earlier = earlier.filter(|_| self.bounded && self.place == StepPlace::Stage);
        earlier
            .position(|stage| stage.id.as_deref() == Some(name))
            .filter(|_| !self.scope.module)
    }

    /// An answer without a `to` falls into the next step, which is that of another answer: hardly anybody means it.
    pub(crate) fn falls_through(&mut self, at: usize, raw: &RawStep) {
        let Some(RawAsk::Answers(answers)) = raw.asks.first().map(|ask| &ask.it) else {
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
        let nameless = answers.iter().filter(nameless);
        for says in nameless.filter_map(|answer| answer.says.as_ref()) {
            let values = [
                ("name", &*short(&to.it)),
                ("other", &*short(&other.it)),
                ("to", &*short(on)),
            ];
            self.problems
                .warning(&says.span, &words().script.sentence.falls_through, &values);
        }
    }

    /// A name that leads nowhere: in another stage, a title, or nothing that there is.
    fn unknown_target(&mut self, at: &Located<String>) {
        let w = &words().script.sentence;
        let known = self.known();
        let (name, list) = (short(&at.it), known.join(", "));
        let here = self.scope.at;
        let meant = self.stage_with(&at.it);
        // Its own title is no name of a stage: a step here lacks the `id`.
        let meant = meant.filter(|(stage, names)| {
            let named = names.id.as_deref() == Some(&*at.it) || names.steps.contains(&at.it);
            named || *stage != here
        });
        if let Some((stage, names)) = meant {
            let has_step = names.steps.contains(&at.it);
            let whole = names.name();
            let closes = names.closing && self.makes_sense(Target::Close);
            let sentence = match &whole {
                _ if stage > here && closes => &w.closing_target,
                Some(_) if stage > here && has_step => &w.later_step_target,
                Some(_) if stage > here => &w.title_target,
                Some(_) | None if has_step && stage == here => &w.other_part_target,
                Some(_) | None if has_step => &w.earlier_step_target,
                // With the bound already there, only the name is missing.
                Some(_) if self.bounded && names.id.as_deref() != Some(&*at.it) => &w.title_target,
                Some(_) | None => &w.earlier_target,
            };
            let title = short(&names.title);
            let values = [
                ("name", &*name),
                ("title", &*title),
                ("stage", &*whole.unwrap_or_default()),
                ("known", &*list),
            ];
            let near = names.id.as_deref();
            let near = near.filter(|_| stage > here && !closes).map(str::to_owned);
            self.problems
                .error_near(&at.span, sentence, &values, near.as_deref());
            return;
        }
        let plain = plain(&at.it);
        let near = nearest(&at.it, known.iter().copied()).or_else(|| {
            let mut words = known.iter().filter(|word| target_of(word).is_some());
            words.find(|word| alike(word, &plain)).copied()
        });
        let near = near.map(str::to_owned);
        let sentence = match is_id(&at.it) {
            true => &w.unknown_target,
            false => &w.no_target,
        };
        let values = [("name", &*name), ("known", &*list)];
        self.problems
            .error_near(&at.span, sentence, &values, near.as_deref());
    }

    /// The stage in which something has this name, be it a step, the stage itself, or its title.
    fn stage_with(&self, name: &str) -> Option<(usize, &StageNames)> {
        let stages = || self.scope.stages.iter().enumerate();
        let has_step = |stage: &StageNames| stage.steps.iter().any(|step| step == name);
        let found = stages()
            .find(|(_, stage)| has_step(stage))
            .or_else(|| stages().find(|(_, stage)| stage.id.as_deref() == Some(name)))
            .or_else(|| stages().find(|(_, stage)| stage.is_called(name)));
        found.filter(|_| !self.scope.module)
    }

    /// Every name that leads somewhere from here.
    fn known(&self) -> Vec<&str> {
        let later = self.scope.later.iter().map(|(id, _)| id);
        let beside = self.scope.exits.iter().chain(later);
        let there = self.ids.iter().filter(|(_, step)| step.is_some());
        let named = there.map(|(id, _)| id).chain(beside);
        let mut known: Vec<&str> = named.map(String::as_str).collect();
        known.arrange();
        let sensible = |target: Target| {
            self.makes_sense(target) && (target != Target::Shorter || self.scope.shorter)
        };
        let words = target_words().filter(|(_, to)| sensible(*to));
        known.extend(words.map(|(word, _)| word));
        known
    }

    fn makes_sense(&self, target: Target) -> bool {
        match target {
            Target::Next | Target::Step(_) | Target::Done | Target::Stage(_) | Target::Exit(_) => {
                true
            }
            Target::NextPerson => matches!(self.place, StepPlace::Turn | StepPlace::Stage),
            Target::Land => matches!(self.place, StepPlace::Turn | StepPlace::Aside),
            Target::Close => !matches!(self.place, StepPlace::Closing | StepPlace::MiniClose),
            Target::End => self.place != StepPlace::MiniClose,
            Target::Stop => !matches!(self.place, StepPlace::Stop | StepPlace::MiniClose),
            Target::Back => matches!(self.place, StepPlace::Aside | StepPlace::Stop),
            Target::Shorter => self.place == StepPlace::Stage,
        }
    }
}
