//! What a step asks and where its ways lead, resolved.

use std::ops::Range;
use std::time::Duration;

use super::card::CardLine;
use super::look::Look;
use super::model::{
    Agreement, Answer, Ask, Consent, Depth, Gate, Means, NewCeiling, Pacer, Rung, Support, Text,
    Write,
};
use super::problem::{Problems, nearest};
use super::raw_step::{RawAnswer, RawAsk, RawStep};
use super::reader::{At, short};
use super::says::text;
use super::steps::{Lower, Place, is_for};
use crate::words::{ScriptSentence, words};

/// Each answer is one key on the keyboard.
const MOST_ANSWERS: usize = 9;

impl Lower<'_> {
    fn agreement(
        &self,
        lines: &[At<String>],
        unsigned: Option<&At<String>>,
        for_today: bool,
        problems: &mut Problems,
    ) -> Agreement {
        Agreement {
            lines: self.texts(lines, problems),
            unsigned: self.go(unsigned, problems),
            for_today,
        }
    }

    /// What a step asks.
    pub fn ask(&self, raw: &RawStep, problems: &mut Problems) -> Ask {
        if let Some(second) = raw.asks.get(1) {
            problems.error(second.span.clone(), &words().script.sentence.two_asks, &[]);
        }
        let Some(at) = raw.asks.first() else {
            return Ask::Read;
        };
        match &at.it {
            RawAsk::Answers(answers) => {
                let answers = self.answers(answers, &at.span, problems);
                match raw.unseen {
                    Some(_) => Ask::Unseen(answers),
                    None => Ask::Question(answers),
                }
            }
            RawAsk::Rating(bounds) => Ask::Rating(
                bounds
                    .iter()
                    .map(|(bound, to)| (*bound, self.target(to, problems)))
                    .collect(),
            ),
            RawAsk::Consent { of, without, means } => Ask::Consent(Consent {
                of: of.iter().filter_map(|at| self.role(at, problems)).collect(),
                without: self.go(without.as_ref(), problems),
                means: means.as_ref().and_then(|at| meaning(at, problems)),
            }),
            RawAsk::Gate {
                questions,
                short,
                not_today,
            } => Ask::Gate(Gate {
                questions: self.texts(questions, problems),
                short: self.go(short.as_ref(), problems),
                not_today: self.go(not_today.as_ref(), problems),
            }),
            RawAsk::Agreement {
                lines,
                unsigned,
                for_today,
            } => Ask::Agreement(self.agreement(lines, unsigned.as_ref(), *for_today, problems)),
            RawAsk::Order => Ask::Order,
            RawAsk::Support {
                rungs,
                warnings,
                usual,
            } => self.support(rungs, warnings, usual, problems),
            RawAsk::Write {
                name,
                suggestions,
                card,
                ..
            } => Ask::Write(Write {
                card: card.as_ref().and_then(|at| card_line(at, problems)),
                name: name.as_ref().map_or(0, |at| self.written(&at.it)),
                suggestions: self.texts(suggestions, problems),
            }),
            RawAsk::Note => Ask::Note,
            RawAsk::Promise => Ask::Promise,
            RawAsk::Rest { seconds, pacer } => Ask::Rest {
                length: Duration::from_secs(u64::try_from(*seconds).unwrap_or(60)),
                pacer: pacer.as_ref().map(|pacer| Pacer {
                    breath_in: pacer.breath_in,
                    breath_out: pacer.breath_out,
                    hold: pacer.hold,
                }),
            },
            RawAsk::Keep => Ask::Keep,
        }
    }

    /// Where a name stands among those of what is written.
    fn written(&self, name: &str) -> usize {
        let mut written = self.common.names.written.iter();
        written.position(|known| *known == name).unwrap_or(0)
    }

    /// One of the roles, by its word.
    pub fn role(&self, at: &At<String>, problems: &mut Problems) -> Option<usize> {
        let names = &self.common.names;
        let found = names.roles.iter().position(|role| *role == at.it);
        if found.is_none() {
            let known = names.roles.join(", ");
            let values = [("name", &*short(&at.it)), ("roles", &*known)];
            let near = nearest(&at.it, names.roles.iter().map(String::as_str));
            let unknown_role = &words().script.sentence.unknown_role;
            problems.error_near(at.span.clone(), unknown_role, &values, near);
        }
        // Whom a module names and this session does not have says yes by not being there.
        found.filter(|role| *role < names.held)
    }

    fn answers(
        &self,
        raw: &[RawAnswer],
        span: &Range<usize>,
        problems: &mut Problems,
    ) -> Vec<Answer> {
        let mut answers = Vec::new();
        for answer in raw {
            let to_shorter = answer.to.as_ref().is_some_and(|to| to.it == "shorter");
            if !is_for(answer.only.as_ref(), self.common, problems)
                || (to_shorter && !self.common.shorter)
            {
                continue;
            }
            let Some(says) = &answer.says else { continue };
            // A module serves scripts that go less deep: there its deeper answers are not offered.
            if self.common.module && self.above(answer.ceiling.as_ref()) {
                continue;
            }
            let w = &words().script.sentence;
            if let (Some(at), Place::Stage | Place::Closing | Place::MiniClose) =
                (&answer.rung, self.place)
            {
                problems.error(at.span.clone(), &w.rung_outside, &[]);
            }
            answers.push(Answer {
                says: text(says, &self.common.names, problems),
                to: self.go(answer.to.as_ref(), problems),
                rung: answer.rung.as_ref().and_then(|at| rung(at, problems)),
                ceiling: answer
                    .ceiling
                    .as_ref()
                    .and_then(|at| self.ceiling(at, problems)),
                promise: answer.promise.as_ref().and_then(|at| look(at, problems)),
            });
        }
        let w = &words().script.sentence;
        if raw.is_empty() {
            problems.error(span.clone(), &w.no_answers, &[]);
        } else if answers.len() > MOST_ANSWERS {
            let n = answers.len().to_string();
            problems.error(span.clone(), &w.many_answers, &[("n", &n)]);
        }
        answers
    }

    fn ceiling(&self, at: &At<String>, problems: &mut Problems) -> Option<NewCeiling> {
        if at.it == "lower" {
            return Some(NewCeiling::Lower);
        }
        let depth = depth(at, problems)?;
        if depth > self.common.ceiling {
            let values = [("name", depth.word())];
            let sentence = &words().script.sentence.above_ceiling;
            problems.error(at.span.clone(), sentence, &values);
        }
        Some(NewCeiling::At(depth))
    }

    fn above(&self, at: Option<&At<String>>) -> bool {
        at.and_then(|at| Depth::ALL.into_iter().find(|depth| depth.word() == at.it))
            .is_some_and(|depth| depth > self.common.ceiling)
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
                let n = at.it.to_string();
                problems.error(
                    at.span.clone(),
                    &words().script.sentence.usual_warning,
                    &[("n", &n)],
                );
            }
        }
        let numbers = |list: &[At<i64>]| {
            let mut numbers: Vec<u8> = list.iter().filter_map(|at| at.it.try_into().ok()).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let rungs = rungs.iter().filter_map(|at| {
            let not_a_rung = &words().script.sentence.not_a_rung_here;
            rung_or(at, not_a_rung, problems)
        });
        Ask::Support(Support {
            rungs: if self.common.people.to > 1 {
                rungs.collect()
            } else {
                Vec::new()
            },
            warnings: numbers(warnings),
            usual: numbers(usual),
        })
    }

    fn texts(&self, list: &[At<String>], problems: &mut Problems) -> Vec<Text> {
        list.iter()
            .map(|at| text(at, &self.common.names, problems))
            .collect()
    }
}

/// What a yes brings about, by its word.
fn meaning(at: &At<String>, problems: &mut Problems) -> Option<Means> {
    let found = Means::ALL.into_iter().find(|means| means.word() == at.it);
    if found.is_none() {
        let near = nearest(&at.it, Means::ALL.map(Means::word));
        let values = [("name", &*short(&at.it))];
        let unknown = &words().script.sentence.unknown_meaning;
        problems.error_near(at.span.clone(), unknown, &values, near);
    }
    found
}

/// What an answer says about a promise, by its word.
fn look(at: &At<String>, problems: &mut Problems) -> Option<Look> {
    let found = Look::ALL.into_iter().find(|look| look.word() == at.it);
    if found.is_none() {
        let near = nearest(&at.it, Look::ALL.map(Look::word));
        let values = [("name", &*short(&at.it))];
        let unknown = &words().script.sentence.unknown_look;
        problems.error_near(at.span.clone(), unknown, &values, near);
    }
    found
}

/// A line of a card by its word.
fn card_line(at: &At<String>, problems: &mut Problems) -> Option<CardLine> {
    let found = CardLine::ALL.into_iter().find(|line| line.word() == at.it);
    if found.is_none() {
        let near = nearest(&at.it, CardLine::ALL.map(CardLine::word));
        let values = [("name", &*short(&at.it))];
        let unknown = &words().script.sentence.unknown_card_line;
        problems.error_near(at.span.clone(), unknown, &values, near);
    }
    found
}

/// A depth by its word.
pub fn depth(at: &At<String>, problems: &mut Problems) -> Option<Depth> {
    let found = Depth::ALL.into_iter().find(|depth| depth.word() == at.it);
    if found.is_none() {
        problems.error_near(
            at.span.clone(),
            &words().script.sentence.not_a_depth,
            &[("name", &short(&at.it))],
            nearest(&at.it, Depth::ALL.map(Depth::word)),
        );
    }
    found
}

/// A rung by its word.
pub fn rung(at: &At<String>, problems: &mut Problems) -> Option<Rung> {
    rung_or(at, &words().script.sentence.not_a_rung, problems)
}

fn rung_or(
    at: &At<String>,
    sentence: &'static ScriptSentence,
    problems: &mut Problems,
) -> Option<Rung> {
    let found = Rung::ALL.into_iter().find(|rung| rung.word() == at.it);
    if found.is_none() {
        problems.error_near(
            at.span.clone(),
            sentence,
            &[("name", &short(&at.it))],
            nearest(&at.it, Rung::ALL.map(Rung::word)),
        );
    }
    found
}
