//! Lines that everybody may see, and answers that nobody sees before all have given theirs.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use super::agreement::STOP_WORD;
use super::private_answers::of_answer;
use crate::script::{Answer, Ask, Step, Who, Write};
use crate::session::intent::{Effect, Intent, Refused};
use crate::session::scene::{InputField, Scene, Verb};
use crate::session::state::{Path, StepState};
use crate::session::view::{choice, item, offer};
use crate::session::{Session, StepList, no};
use crate::text::safe_text::{SafeText, letters};
use crate::text::words::{fill, too_long, words};
use crate::time::moment::Moment;

/// The most letters of a line that is said again on later screens.
const MOST_LETTERS: usize = 100;

impl Session {
    /// Takes a line, or one that was suggested. Passing writes nothing, and what was written before stays.
    pub(in crate::session) fn writing(
        &mut self,
        track: StepList,
        path: Path,
        step: &Step,
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Ask::Write(write) = &step.ask else {
            return no(&words().session.not_here);
        };
        let holder = self.holder(track, step, &path);
        let line = match intent {
            Intent::GoOn | Intent::Unsure => return self.go(track, path, step.to, now),
            Intent::Answer { n } => match write.suggestions.get(*n) {
                Some(text) => self.render(text, holder),
                None => return no(&words().session.no_such_answer),
            },
            Intent::Write { words: typed } => SafeText::new(typed.trim()),
            _ => return no(&words().session.not_here),
        };
        if line.is_empty() {
            return no(&words().session.empty_line);
        }
        if let Some(sentence) = too_long(MOST_LETTERS, letters(line.as_str())) {
            return Err(Refused(sentence));
        }
        let name = self.script.written.get(write.name);
        let is_word = line.as_str().contains(char::is_alphabetic);
        if name.is_some_and(|written| written.name == STOP_WORD) && !is_word {
            return no(&words().session.stop_word_letters);
        }
        if let (Some(on), Some(who)) = (write.card, holder) {
            self.write_on_card(who, on, &line);
        }
        let slot = holder.map_or(self.begin.people.len(), Who::index);
        let slots = Arc::make_mut(&mut self.written).get_mut(write.name);
        if let Some(place) = slots.and_then(|slots| slots.get_mut(slot)) {
            *place = Some(line);
        }
        self.go(track, path, step.to, now)
    }

    pub(in crate::session) fn put_writing(
        &self,
        scene: &mut Scene,
        write: &Write,
        holder: Option<Who>,
    ) {
        let w = &words().session;
        for (n, text) in write.suggestions.iter().enumerate() {
            let says = self.render(text, holder);
            scene.choices.push(choice(says, Intent::Answer { n }));
        }
        scene.field = Some(InputField::line(String::new(), &w.write_hint, MOST_LETTERS));
        scene.offers.push(offer(Verb::GoOn, &w.pass, Intent::GoOn));
    }

    /// Takes one person's answer, unseen. When everybody has answered, all of it is shown at once.
    pub(in crate::session) fn unseen(
        &mut self,
        track: StepList,
        mut path: Path,
        step: &Step,
        mut said: Vec<Option<usize>>,
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Ask::Unseen(answers) = &step.ask else {
            return no(&words().session.not_here);
        };
        if let StepState::Seen { said } = &path.doing {
            if *intent != Intent::GoOn {
                return no(&words().session.not_here);
            }
            let target = crate::session::view::consequences::unseen_leads_to(step, answers, said);
            return self.go(track, path, target, now);
        }
        let people = self.begin.people.len();
        match intent {
            Intent::Answered { said: all } if all.len() == people => said.clone_from(all),
            intent => match of_answer(intent) {
                Some(answer) => said.push(answer),
                None => return no(&words().session.not_here),
            },
        }
        if said.iter().flatten().any(|n| *n >= answers.len()) {
            return no(&words().session.no_such_answer);
        }
        path.doing = if said.len() < people {
            StepState::Unseen { said }
        } else {
            StepState::Seen { said }
        };
        self.put(track, path);
        Ok(Vec::new())
    }

    pub(in crate::session) fn put_unseen(
        &self,
        scene: &mut Scene,
        answers: &[Answer],
        said: &[Option<usize>],
    ) {
        let w = &words().session;
        let who = self.who(said.len());
        let name = self.name(who);
        if self.begin.people.len() > 1 {
            scene.to = vec![who.index()];
            scene.private = true;
            scene.notice = Some(fill(&w.unseen, &[("name", name.as_str())]));
        }
        for (n, answer) in answers.iter().enumerate() {
            let says = self.render(&answer.says, Some(who));
            scene.choices.push(choice(says, Intent::Answer { n }));
        }
        scene.offers.push(offer(Verb::GoOn, &w.pass, Intent::GoOn));
    }

    pub(in crate::session) fn put_seen(
        &self,
        scene: &mut Scene,
        answers: &[Answer],
        said: &[Option<usize>],
    ) {
        let w = &words().session;
        scene.to.clear();
        for (nth, said) in said.iter().enumerate() {
            let who = self.who(nth);
            let says = said
                .and_then(|n| answers.get(n))
                .map_or(SafeText::new(&w.passes), |answer| {
                    self.render(&answer.says, Some(who))
                });
            let name = self.name(who);
            scene.list.push(item(name.as_str(), says, false));
        }
        scene.offers.push(offer(Verb::GoOn, &w.go_on, Intent::GoOn));
    }
}
