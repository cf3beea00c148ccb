//! Steps, resolved: ids become places, words become targets, what is only for others is left out.

use std::collections::HashMap;
use std::ops::Range;

use super::asks::depth;
use super::model::{Depth, Rung, Says, Step, Target, Text};
use super::problem::Problems;
use super::raw_step::{RawSays, RawStep};
use super::reader::{At, short};
use super::says::prompt;
use crate::words::words;

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
    /// Whether this is a module, which serves scripts of several kinds.
    pub module: bool,
}

/// The words that lead somewhere without being an id.
pub const WORDS: [(&str, Target); 8] = [
    ("next", Target::Next),
    ("done", Target::Done),
    ("land", Target::Land),
    ("close", Target::Close),
    ("end", Target::End),
    ("stop", Target::Stop),
    ("back", Target::Back),
    ("shorter", Target::Shorter),
];

/// Steps, resolved.
#[derive(Default)]
pub struct Found {
    /// The steps.
    pub steps: Vec<Step>,
    /// Where each of them stands.
    pub spans: Vec<Range<usize>>,
    /// Those at which a landing begins.
    pub landings: Vec<usize>,
    /// Whether nothing in them had an error, so that what is missing is not only a follow-on.
    pub sound: bool,
}

/// Resolves the steps of one stage or module.
pub fn steps(raw: &[RawStep], place: Place, common: &Common, problems: &mut Problems) -> Found {
    let there: Vec<bool> = raw
        .iter()
        .map(|step| is_for(step.only.as_ref(), common, problems))
        .collect();
    let ids = ids(raw, &there, problems);
    let lower = Lower { place, common, ids };
    let kept: Vec<&RawStep> = raw
        .iter()
        .zip(&there)
        .filter(|(_, there)| **there)
        .map(|(step, _)| step)
        .collect();
    Found {
        steps: kept.iter().map(|step| lower.step(step, problems)).collect(),
        spans: kept.iter().map(|step| step.span.clone()).collect(),
        landings: (0..kept.len())
            .filter(|at| kept.get(*at).is_some_and(|step| step.landing))
            .collect(),
        sound: true,
    }
}

/// Whether something marked `only` is there in this session.
pub fn is_for(only: Option<&At<String>>, common: &Common, problems: &mut Problems) -> bool {
    match only.map(|at| (at.it.as_str(), at)) {
        None => true,
        Some(("alone", _)) => common.people == 1,
        Some(("together", _)) => common.people > 1,
        Some((_, at)) => {
            problems.error(at.span.clone(), &words().script.sentence.only_word, &[]);
            true
        }
    }
}

/// The place of every id; `None` for one whose step is left out in this session.
fn ids(raw: &[RawStep], there: &[bool], problems: &mut Problems) -> HashMap<String, Option<usize>> {
    let w = &words().script.sentence;
    let mut ids: HashMap<String, Option<usize>> = HashMap::new();
    let mut kept = 0;
    for (step, there) in raw.iter().zip(there) {
        let at = there.then_some(kept);
        kept += usize::from(*there);
        let Some(id) = &step.id else { continue };
        let name = short(&id.it);
        let mut error = |sentence| problems.error(id.span.clone(), sentence, &[("name", &name)]);
        if WORDS.iter().any(|(word, _)| *word == id.it) {
            error(&w.reserved_id);
        }
        let well_formed = (1..=40).contains(&id.it.len())
            && id
                .it
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !well_formed {
            error(&w.bad_id);
        }
        // Two steps may share an id when only one of them is ever there.
        match ids.get(&id.it) {
            Some(Some(_)) if at.is_some() => error(&w.id_twice),
            Some(Some(_)) => {}
            Some(None) | None => {
                ids.insert(id.it.clone(), at);
            }
        }
    }
    ids
}

/// What is known while steps are resolved.
pub struct Lower<'a> {
    pub place: Place,
    pub common: &'a Common,
    pub ids: HashMap<String, Option<usize>>,
}

impl Lower<'_> {
    fn step(&self, raw: &RawStep, problems: &mut Problems) -> Step {
        let depth = raw.depth.as_ref().and_then(|at| depth(at, problems));
        self.fits(raw, problems);
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
            still: raw.still,
            at_most,
            says,
        }
    }

    /// What a step may only have in some places, or only with something else.
    fn fits(&self, raw: &RawStep, problems: &mut Problems) {
        let w = &words().script.sentence;
        let in_turn = self.place == Place::Turn;
        if let (Some(at), None) = (&raw.beyond, &raw.depth) {
            problems.error(at.span.clone(), &w.beyond_without_depth, &[]);
        }
        if let Some(at) = &raw.depth {
            if !in_turn {
                problems.error(at.span.clone(), &w.depth_outside, &[]);
            } else if raw.landing {
                problems.error(at.span.clone(), &w.depth_landing, &[]);
            }
        }
        if raw.landing && !in_turn {
            problems.error(raw.span.clone(), &w.landing_outside, &[]);
        }
        if raw.fresh && raw.at_most.is_none() {
            problems.error(raw.span.clone(), &w.fresh_without, &[]);
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
        if let Some(RawSays::ByRung(_, span)) = raw.says.first() {
            problems.error(span.clone(), &words().script.sentence.by_company_first, &[]);
        }
        if self.common.people > 1 {
            match raw.says.get(1) {
                Some(RawSays::Same(at)) => {
                    says.second = Rung::ALL.map(|_| Text::default());
                    let words = self.prompt(Some(at), problems);
                    says.second.fill(words);
                }
                Some(RawSays::ByRung(by, _)) => {
                    for (place, at) in says.second.iter_mut().zip(by) {
                        *place = self.prompt(at.as_ref(), problems);
                    }
                }
                Some(RawSays::Nothing) | None => {}
            }
        }
        let silent =
            says.all.is_empty() && says.first.is_empty() && says.second.iter().all(Text::is_empty);
        let typed = |says: &RawSays| !matches!(says, RawSays::Nothing);
        let typed = raw.all.is_some() || raw.says.iter().take(self.common.people).any(typed);
        if silent && !typed && !raw.broken {
            problems.error(raw.span.clone(), &words().script.sentence.says_nothing, &[]);
        }
        says
    }

    fn prompt(&self, at: Option<&At<String>>, problems: &mut Problems) -> Text {
        at.map_or_else(Text::default, |at| {
            prompt(at, &self.common.roles, self.common.people, problems)
        })
    }
}
