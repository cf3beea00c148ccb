//! What a step asks, compiled.

use std::time::Duration;

use super::scope::StepPlace;
use super::targets::StepCompiler;
use super::text::text;
use crate::script::card::CardLine;
use crate::script::format::reader::{KeyValue, Located};
use crate::script::format::tables::{RawAnswer, RawAsk, RawStep, RawSupport};
use crate::script::head::People;
use crate::script::model::{
    Agreement, Answer, Ask, Consent, Depth, Gate, NewCeiling, Question, RatingQuestion, Rest,
    Support, Text, UnseenQuestion, Write,
};
use crate::script::problem::Problems;
use crate::script::promise_answer::PromiseAnswer;
use crate::script::source::Span;
use crate::script::word::Word;
use crate::text::words::{ScriptSentence, words};

/// Each answer is one key on the keyboard.
const MOST_ANSWERS: usize = 9;

impl StepCompiler<'_> {
    /// What a step asks.
    pub(crate) fn ask(&mut self, raw: &RawStep) -> Ask {
        let w = &words().script.sentence;
        if let Some(second) = raw.asks.get(1) {
            self.problems.error(&second.span, &w.two_asks, &[]);
        }
        let Some(at) = raw.asks.first() else {
            return Ask::Read;
        };
        match &at.it {
            RawAsk::Answers(answers) => {
                let answers = self.answers(answers, &at.span);
                match raw.unseen.is_set() {
                    true => Ask::Unseen(UnseenQuestion { answers }),
                    false => Ask::Question(Question { answers }),
                }
            }
            RawAsk::Rating(rating) => {
                let bounds = rating.0.iter();
                let bounds = bounds.map(|(from, to)| (*from, self.target(to))).collect();
                Ask::Rating(RatingQuestion { bounds })
            }
            RawAsk::Consent(consent) => {
                let of = consent.of.iter();
                Ask::Consent(Consent {
                    of: of.filter_map(|at| self.role(at)).collect(),
                    without: self.target_or_next(&consent.without),
                    means: self.word(&consent.means, &w.unknown_meaning),
                })
            }
            RawAsk::Gate(gate) => Ask::Gate(Gate {
                questions: self.texts(&gate.questions),
                short: self.target_or_next(&gate.short),
                not_today: self.target_or_next(&gate.not_today),
            }),
            RawAsk::Agreement(agreement) => Ask::Agreement(Agreement {
                lines: self.texts(&agreement.lines),
                unsigned: self.target_or_next(&agreement.unsigned),
                for_today: agreement.for_today.is_set(),
            }),
            RawAsk::Order(_) => Ask::Order,
            RawAsk::Support(support) => self.support(support),
            RawAsk::Write(write) => Ask::Write(Write {
                card: self.word::<CardLine>(&write.card, &w.unknown_card_line),
                name: write.name.as_ref().map_or(0, |at| self.written(&at.it)),
                suggestions: self.texts(&write.suggestions),
            }),
            RawAsk::Note(_) => Ask::Note,
            RawAsk::Promise(_) => Ask::Promise,
            RawAsk::Rest(rest) => Ask::Rest(Rest {
                length: Duration::from_secs(u64::try_from(rest.seconds).unwrap_or(60)),
                pacer: rest.pacer,
            }),
            RawAsk::Keep(_) => Ask::Keep,
        }
    }

    /// What a word means that may be left out.
    pub(crate) fn word<W: Word>(
        &mut self,
        at: &KeyValue<String>,
        wrong: &'static ScriptSentence,
    ) -> Option<W> {
        word(at.as_ref()?, wrong, self.problems)
    }

    /// Where a name stands among those of what is written.
    fn written(&self, name: &str) -> usize {
        let mut written = self.scope.names.written.iter();
        written.position(|known| *known == name).unwrap_or(0)
    }

    /// One of the roles, by its word.
    fn role(&mut self, at: &Located<String>) -> Option<usize> {
        let names = &self.scope.names;
        let found = role(at, &names.roles, self.problems);
        // Whom a module names and this session does not have says yes by not being there.
        found.filter(|role| *role < names.held)
    }

    fn answers(&mut self, raw: &[RawAnswer], span: &Span) -> Vec<Answer> {
        let w = &words().script.sentence;
        let mut answers = Vec::new();
        for answer in raw {
            let to_shorter = answer.to.as_ref().is_some_and(|to| to.it == "shorter");
            if !is_for(answer.only.as_ref(), self.scope.people, self.problems)
                || (to_shorter && !self.scope.shorter)
            {
                continue;
            }
            let Some(says) = &answer.says else { continue };
            // A module serves scripts that go less deep: there its deeper answers are not offered.
            if self.scope.module && self.is_above(&answer.ceiling) {
                continue;
            }
            if let (Some(at), StepPlace::Stage | StepPlace::Closing | StepPlace::MiniClose) =
                (&answer.rung, self.place)
            {
                self.problems.error(&at.span, &w.rung_outside, &[]);
            }
            answers.push(Answer {
                says: self.text(says),
                to: self.target_or_next(&answer.to),
                rung: self.word(&answer.rung, &w.not_a_rung),
                ceiling: answer.ceiling.as_ref().and_then(|at| self.ceiling(at)),
                promise: self.word::<PromiseAnswer>(&answer.promise, &w.unknown_look),
            });
        }
        if raw.is_empty() {
            self.problems.error(span, &w.no_answers, &[]);
        } else if answers.len() > MOST_ANSWERS {
            let values = [("n", &*answers.len().to_string())];
            self.problems.error(span, &w.many_answers, &values);
        }
        answers
    }

    fn ceiling(&mut self, at: &Located<String>) -> Option<NewCeiling> {
        if at.it == "lower" {
            return Some(NewCeiling::Lower);
        }
        let w = &words().script.sentence;
        let depth: Depth = word(at, &w.not_a_depth, self.problems)?;
        if depth > self.scope.ceiling {
            let values = [("name", depth.word())];
            self.problems.error(&at.span, &w.above_ceiling, &values);
        }
        Some(NewCeiling::At(depth))
    }

    fn is_above(&self, at: &KeyValue<String>) -> bool {
        let depth = at.as_ref().and_then(|at| meant::<Depth>(&at.it));
        depth.is_some_and(|depth| depth > self.scope.ceiling)
    }

    fn support(&mut self, raw: &RawSupport) -> Ask {
        let w = &words().script.sentence;
        for at in &raw.usual {
            if !raw.warnings.iter().any(|warning| warning.it == at.it) {
                let values = [("n", &*at.it.to_string())];
                self.problems.error(&at.span, &w.usual_warning, &values);
            }
        }
        let numbers = |list: &[Located<i64>]| {
            let mut numbers: Vec<u8> = list.iter().filter_map(|at| at.it.try_into().ok()).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let rungs = raw.rungs.iter();
        let rungs = rungs.filter_map(|at| word(at, &w.not_a_rung_here, self.problems));
        Ask::Support(Support {
            rungs: match self.scope.people.to {
                0..=1 => Vec::new(),
                2.. => rungs.collect(),
            },
            warnings: numbers(&raw.warnings),
            usual: numbers(&raw.usual),
        })
    }

    fn texts(&mut self, list: &[Located<String>]) -> Vec<Text> {
        list.iter().map(|at| self.text(at)).collect()
    }

    fn text(&mut self, at: &Located<String>) -> Text {
        text(at, &self.scope.names, self.problems)
    }
}

/// Whether something marked `only` is there in this session.
pub(crate) fn is_for(
    only: Option<&Located<String>>,
    people: People,
    problems: &mut Problems,
) -> bool {
    match only.map(|at| (at.it.as_str(), at)) {
        None => true,
        Some(("alone", _)) => people.to == 1,
        Some(("together", _)) => people.to > 1,
        Some((_, at)) => {
            problems.error(&at.span, &words().script.sentence.only_word, &[]);
            true
        }
    }
}

/// One of these roles, by its word.
pub(crate) fn role(
    at: &Located<String>,
    roles: &[String],
    problems: &mut Problems,
) -> Option<usize> {
    let found = roles.iter().position(|role| *role == at.it);
    if found.is_none() {
        let known: Vec<&str> = roles.iter().map(String::as_str).collect();
        problems.unknown(
            &at.span,
            &words().script.sentence.unknown_role,
            &at.it,
            &known,
        );
    }
    found
}

/// What a word of the format means, or `wrong` where it means nothing.
pub(crate) fn word<W: Word>(
    at: &Located<String>,
    wrong: &'static ScriptSentence,
    problems: &mut Problems,
) -> Option<W> {
    let found = meant(&at.it);
    if found.is_none() {
        let known: Vec<&str> = W::BY_WORD.iter().map(|(word, _)| *word).collect();
        problems.unknown(&at.span, wrong, &at.it, &known);
    }
    found
}

fn meant<W: Word>(word: &str) -> Option<W> {
    let found = W::BY_WORD.iter().find(|(known, _)| *known == word);
    found.map(|(_, it)| *it)
}
