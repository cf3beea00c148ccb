//! Steps, resolved: ids become places, words become targets, what is only for others is left out.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::asks::depth;
use super::head::People;
use super::model::{Depth, RoleSays, Rung, Says, Step, Target, Text};
use super::problem::Problems;
use super::raw_step::{RawAsk, RawSays, RawStep};
use super::reader::{At, short};
use super::says::{Lint, Names, prompt};
use super::targets::StageNames;
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
    /// What may stand in braces; its roles are those of the text that is read.
    pub names: Names,
    /// How many people.
    pub people: People,
    /// The script's ceiling.
    pub ceiling: Depth,
    /// Whether there is a shorter script.
    pub shorter: bool,
    /// Whether this is a module, which serves scripts of several kinds.
    pub module: bool,
    /// How closely it is looked at how its texts are said.
    pub lint: Lint,
    /// The later stages that a step can go to, by their ids.
    pub later: Vec<(String, usize)>,
    /// The names in every stage, and which stage is read.
    pub stages: Rc<Vec<StageNames>>,
    pub at: usize,
    /// The ways out of the module that is read.
    pub exits: Vec<String>,
}

/// A step in whose place the steps of a module stand.
pub struct Use {
    /// Which step.
    pub at: usize,
    /// Which module.
    pub name: At<String>,
    /// Where each of its ways out leads.
    pub exits: Vec<(At<String>, Target)>,
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
    /// Where each of them says what follows its last visit; the whole step when it does not.
    pub bounds: Vec<Range<usize>>,
    /// Those at which a landing begins.
    pub landings: Vec<usize>,
    /// Those in whose place a module stands, until they are filled in.
    pub uses: Vec<Use>,
    /// The ways out of the module these are the steps of.
    pub exits: Vec<String>,
    /// Whether nothing in them had an error, so that what is missing is not only a follow-on.
    pub sound: bool,
}

/// Resolves the steps of one stage or module.
pub fn steps(raw: &[RawStep], place: Place, common: &Common, problems: &mut Problems) -> Found {
    let there: Vec<bool> = raw
        .iter()
        .map(|step| is_for(step.only.as_ref(), common, problems))
        .collect();
    let (ids, twice) = ids(raw, &there, problems);
    let lower = Lower {
        place,
        common,
        ids,
        twice,
    };
    let kept: Vec<&RawStep> = raw
        .iter()
        .zip(&there)
        .filter(|(_, there)| **there)
        .map(|(step, _)| step)
        .collect();
    let uses = kept.iter().enumerate();
    let uses = uses.filter_map(|(at, step)| lower.uses(at, step, problems));
    Found {
        uses: uses.collect(),
        exits: common.exits.clone(),
        steps: (kept.iter().enumerate())
            .map(|(at, step)| lower.step(at, step, problems))
            .collect(),
        spans: kept.iter().map(|step| step.span.clone()).collect(),
        bounds: kept.iter().map(|step| bound_span(step)).collect(),
        landings: (0..kept.len())
            .filter(|at| kept.get(*at).is_some_and(|step| step.landing))
            .collect(),
        sound: true,
    }
}

/// Where a step says what follows its last visit.
fn bound_span(step: &RawStep) -> Range<usize> {
    let bound = step.at_most.as_ref();
    let then = bound.and_then(|bound| bound.then.as_ref());
    then.map_or(&step.span, |then| &then.span).clone()
}

/// Whether something marked `only` is there in this session.
pub fn is_for(only: Option<&At<String>>, common: &Common, problems: &mut Problems) -> bool {
    match only.map(|at| (at.it.as_str(), at)) {
        None => true,
        Some(("alone", _)) => common.people.to == 1,
        Some(("together", _)) => common.people.to > 1,
        Some((_, at)) => {
            problems.error(at.span.clone(), &words().script.sentence.only_word, &[]);
            true
        }
    }
}

/// Whether a word can be an id, or the name of a module or a script: it is never a path.
pub fn is_id(word: &str) -> bool {
    (1..=40).contains(&word.len())
        && word
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether a word can be a role: it is a key of steps, beside those that every step knows.
pub fn is_role(word: &str) -> bool {
    (1..=20).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        && !super::keys::STEP.keys.iter().any(|key| key.name == word)
}

/// The places of ids; `None` for one whose step is left out in this session.
type Ids = HashMap<String, Option<usize>>;

/// The place of every id, and whether one stands there twice.
fn ids(raw: &[RawStep], there: &[bool], problems: &mut Problems) -> (Ids, bool) {
    let w = &words().script.sentence;
    let mut ids = Ids::new();
    let (mut kept, mut twice) = (0, false);
    for (step, there) in raw.iter().zip(there) {
        let at = there.then_some(kept);
        kept += usize::from(*there);
        let Some(id) = &step.id else { continue };
        let mut error = |sentence| {
            let name = short(&id.it);
            problems.error(id.span.clone(), sentence, &[("name", &name)]);
        };
        if WORDS.iter().any(|(word, _)| *word == id.it) {
            error(&w.reserved_id);
        }
        if !is_id(&id.it) {
            error(&w.bad_id);
        }
        // Two steps may share an id when only one of them is ever there.
        match ids.get(&id.it) {
            Some(Some(_)) if at.is_some() => {
                twice = true;
                error(&w.id_twice);
            }
            Some(Some(_)) => {}
            Some(None) | None => {
                ids.insert(id.it.clone(), at);
            }
        }
    }
    (ids, twice)
}

/// What is known while steps are resolved.
pub struct Lower<'a> {
    pub place: Place,
    pub common: &'a Common,
    pub ids: Ids,
    /// Whether an id stands there twice, so that nobody knows which step is meant.
    pub twice: bool,
}

impl Lower<'_> {
    fn step(&self, at: usize, raw: &RawStep, problems: &mut Problems) -> Step {
        self.falls_through(at, raw, problems);
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
            crisis_card: raw.crisis_card,
            left_off: raw.left_off,
            numbers: raw.numbers,
            carry: raw.carry.is_some(),
            at_most,
            says,
        }
    }

    /// A step in whose place a module stands has nothing else but a name, ways out and a way on.
    fn uses(&self, at: usize, raw: &RawStep, problems: &mut Problems) -> Option<Use> {
        let w = &words().script.sentence;
        let Some(name) = &raw.uses else {
            if let Some((exit, _)) = raw.exits.first() {
                problems.error(exit.span.clone(), &w.exits_without_use, &[]);
            }
            return None;
        };
        let says = raw.all.is_some() || raw.says.iter().any(|says| !says.is_nothing());
        let marks = raw.round
            || raw.landing
            || raw.fresh
            || raw.still
            || raw.crisis_card
            || raw.left_off
            || raw.numbers
            || raw.carry.is_some();
        let bounds = raw.depth.is_some() || raw.at_most.is_some();
        if says || marks || bounds || !raw.asks.is_empty() {
            problems.error(name.span.clone(), &w.use_and_more, &[]);
        }
        let exits = raw.exits.iter();
        let exits = exits.map(|(exit, to)| {
            let to = At {
                it: to.it.clone(),
                span: to.span.clone(),
            };
            (exit.clone(), self.target(&to, problems))
        });
        Some(Use {
            at,
            name: name.clone(),
            exits: exits.collect(),
        })
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
        if let Some(span) = &raw.unseen {
            let question = |ask: &At<RawAsk>| matches!(ask.it, RawAsk::Answers(_));
            if !raw.asks.first().is_some_and(question) || raw.round {
                problems.error(span.clone(), &w.unseen_without, &[]);
            }
        }
        if let Some(span) = &raw.carry {
            let number = |ask: &At<RawAsk>| matches!(ask.it, RawAsk::Rating(_));
            if !raw.asks.first().is_some_and(number) {
                problems.error(span.clone(), &w.carry_without, &[]);
            }
        }
        if raw.fresh && raw.at_most.is_none() {
            problems.error(raw.span.clone(), &w.fresh_without, &[]);
        }
    }

    fn says(&self, raw: &RawStep, problems: &mut Problems) -> Says {
        let names = &self.common.names;
        let roles = raw.says.iter().take(names.held).enumerate();
        let says = Says {
            all: self.prompt(raw.all.as_ref(), problems),
            roles: roles
                .map(|(role, says)| self.role_says(role, says, problems))
                .collect(),
        };
        let silent = |says: &RoleSays| Rung::ALL.iter().all(|rung| says.on(*rung).is_empty());
        let silent = says.all.is_empty() && says.roles.iter().all(silent);
        let typed = raw.says.iter().take(names.held);
        let typed = raw.all.is_some() || typed.clone().any(|says| !says.is_nothing());
        if silent && !typed && !raw.broken && raw.uses.is_none() {
            problems.error(raw.span.clone(), &words().script.sentence.says_nothing, &[]);
        }
        says
    }

    fn role_says(&self, role: usize, says: &RawSays, problems: &mut Problems) -> RoleSays {
        match says {
            RawSays::Nothing => RoleSays::Same(Text::default()),
            RawSays::Same(at) => RoleSays::Same(self.prompt(Some(at), problems)),
            // Company is what the second role gives; nobody else has a rung.
            RawSays::ByRung(_, span) if role != 1 => {
                problems.error(span.clone(), &words().script.sentence.by_company_first, &[]);
                RoleSays::Same(Text::default())
            }
            RawSays::ByRung(by, _) => {
                RoleSays::ByRung(by.each_ref().map(|at| self.prompt(at.as_ref(), problems)))
            }
        }
    }

    fn prompt(&self, at: Option<&At<String>>, problems: &mut Problems) -> Text {
        at.map_or_else(Text::default, |at| {
            prompt(at, &self.common.names, self.common.lint, problems)
        })
    }
}
