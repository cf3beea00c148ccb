//! Steps, compiled: ids become places, words become targets, what is only for others is left out.

use super::lint::{Said, prompt};
use super::lookup::is_for;
use super::scope::{Compiled, Scope, StepPlace, Unit, Use};
use super::stage_names::target_of;
use super::targets::{Ids, StepCompiler};
use crate::script::asks::{Answer, Ask, RawAsk};
use crate::script::format::reader::{Flag, KeyValue, Located};
use crate::script::format::tables::{RawGoes, RawSays, RawStep};
use crate::script::format::values::RawShown;
use crate::script::model::{Depth, RoleSays, RoundGoes, Rung, Says, Step, Target, Text};
use crate::script::problem::{Problems, short};
use crate::script::source::Span;
use crate::script::word::is_id;
use crate::text::words::{ScriptSentence, words};

/// Compiles the steps of one stage or module; those in whose place a module stands are not filled in yet.
pub(crate) fn steps(raw: &[RawStep], place: StepPlace, unit: &mut Unit) -> Compiled {
    let Unit {
        scope, problems, ..
    } = unit;
    let there: Vec<bool> = raw
        .iter()
        .map(|step| is_for(step.only.as_ref(), scope.people, problems))
        .collect();
    let (ids, twice) = ids(raw, &there, problems);
    let mut compiler = StepCompiler {
        place,
        scope,
        problems,
        ids,
        twice,
        bounded: false,
    };
    let kept = raw.iter().zip(&there).filter(|(_, there)| **there);
    let kept: Vec<&RawStep> = kept.map(|(step, _)| step).collect();
    let each = || kept.iter().enumerate();
    Compiled {
        uses: each()
            .filter_map(|(at, step)| compiler.uses(at, step))
            .collect(),
        exits: scope.exits.clone(),
        steps: each().map(|(at, step)| compiler.step(at, step)).collect(),
        spans: kept.iter().map(|step| step.span.clone()).collect(),
        bounds: kept.iter().map(|step| bound_span(step)).collect(),
        landings: each()
            .filter(|(_, step)| step.landing.is_set())
            .map(|(at, _)| at)
            .collect(),
        sound: true,
    }
}

/// Where a step says what follows its last visit.
fn bound_span(step: &RawStep) -> Span {
    let bound = step.at_most.as_ref();
    let then = bound.and_then(|bound| bound.then.as_ref());
    then.map_or(&step.span, |then| &then.span).clone()
}

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
            problems.error(&id.span, sentence, &[("name", &name)]);
        };
        if target_of(&id.it).is_some() {
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

impl StepCompiler<'_> {
    fn step(&mut self, at: usize, raw: &RawStep) -> Step {
        let w = &words().script.sentence;
        self.bounded = raw.at_most.is_some();
        self.falls_through(at, raw);
        let depth: Option<Depth> = self.word(&raw.depth, &w.not_a_depth);
        self.fits(raw);
        let beyond = match &raw.beyond {
            Some(at) => self.target(at),
            None => Target::Land,
        };
        let says = self.says(raw);
        let ask = self.ask(&raw.asks, raw.unseen.is_set(), raw.several.is_set());
        let to = self.target_or_next(&raw.to);
        self.goes_round(at, raw, (&ask, to));
        let at_most = raw.at_most.as_ref().and_then(|bound| {
            let visits = u8::try_from(bound.visits.as_ref()?.it).ok()?;
            let then = self.target(bound.then.as_ref()?);
            Some((visits, then))
        });
        Step {
            id: raw.id.as_ref().map(|at| at.it.clone()),
            ask,
            to,
            round: raw.round.is_set(),
            goes: self.goes(raw.round.goes.as_ref()),
            together: raw.together.is_set(),
            depth: depth.map(|depth| (depth, beyond)),
            fresh: raw.fresh.is_set(),
            still: raw.still.is_set(),
            crisis_card: raw.crisis_card.is_set(),
            left_off: raw.left_off.is_set(),
            numbers: raw.numbers.is_set(),
            carry: raw.carry.is_set(),
            recall: raw.recall.is_set(),
            moves_on: raw.moves_on.is_set(),
            floor: raw.floor.as_ref().and_then(|at| self.role(at)),
            shows: self.shown(raw.shows.as_ref()),
            only_shows: raw.shows.as_ref().is_some_and(|shown| shown.listed),
            aloud: raw.aloud.as_ref().map_or(0, |at| at.it.unsigned_abs()),
            at_most,
            again: self.prompt(&raw.again, Said::Prompt),
            says,
        }
    }

    /// Who has a go in a round.
    fn goes(&mut self, raw: Option<&RawGoes>) -> RoundGoes {
        raw.map_or_else(RoundGoes::default, |raw| RoundGoes {
            without: self.whom(&raw.without),
            first: self.whom(&raw.first),
            last: self.whom(&raw.last),
        })
    }

    /// A round in which every answer leads away ends with the first person.
    fn goes_round(&mut self, at: usize, raw: &RawStep, (ask, to): (&Ask, Target)) {
        let place = |to: Target| match to == Target::Next {
            true => Target::Step(at + 1),
            false => to,
        };
        // One that leads back asks this one person alone.
        let away = |answer: &Answer| {
            let back = matches!(answer.to, Target::Step(step) if step < at);
            place(answer.to) != place(to) && !back
        };
        let answers = ask.answers();
        let ends = !answers.is_empty() && answers.iter().all(away);
        if let (Some(span), true) = (&raw.round.flag.0, ends) {
            let sentence = &words().script.sentence.round_of_one;
            self.problems.note(span, sentence, &[]);
        }
    }

    /// A step in whose place a module stands has nothing else but a name, ways out and a way on.
    fn uses(&mut self, at: usize, raw: &RawStep) -> Option<Use> {
        let w = &words().script.sentence;
        let Some(name) = &raw.uses else {
            if let Some((exit, _)) = raw.exits.first() {
                self.problems.error(&exit.span, &w.exits_without_use, &[]);
            }
            return None;
        };
        let says = raw.all.is_some() || raw.says.iter().any(|says| !says.is_nothing());
        let marks = [
            &raw.round.flag,
            &raw.together,
            &raw.landing,
            &raw.fresh,
            &raw.still,
            &raw.crisis_card,
            &raw.left_off,
            &raw.numbers,
            &raw.carry,
            &raw.recall,
            &raw.moves_on,
        ];
        let marks = marks.into_iter().any(Flag::is_set);
        let bounds = raw.depth.is_some() || raw.at_most.is_some();
        let says = says || raw.again.is_some();
        if says || marks || bounds || !raw.asks.is_empty() {
            self.problems.error(&name.span, &w.use_and_more, &[]);
        }
        let exits = raw.exits.iter();
        Some(Use {
            at,
            name: name.clone(),
            exits: exits
                .map(|(exit, to)| (exit.clone(), self.target(to)))
                .collect(),
        })
    }

    /// What a step may only have in some places, or only with something else.
    fn fits(&mut self, raw: &RawStep) {
        let w = &words().script.sentence;
        let in_turn = self.place == StepPlace::Turn;
        let mut wrong = |wrong: bool, at: &Span, sentence: &'static ScriptSentence| {
            if wrong {
                self.problems.error(at, sentence, &[]);
            }
        };
        if let Some(at) = &raw.beyond {
            wrong(raw.depth.is_none(), &at.span, &w.beyond_without_depth);
        }
        if let Some(at) = &raw.depth {
            wrong(!in_turn, &at.span, &w.depth_outside);
            let lands = in_turn && raw.landing.is_set();
            wrong(lands, &at.span, &w.depth_landing);
        }
        let lands = raw.landing.is_set() && !in_turn;
        wrong(lands, &raw.span, &w.landing_outside);
        let asked = raw.asks.first().map(|ask| &ask.it);
        if let Some(span) = &raw.unseen.0 {
            let question = matches!(asked, Some(RawAsk::Answers(_)));
            wrong(!question || raw.round.is_set(), span, &w.unseen_without);
        }
        if let Some(span) = &raw.several.0 {
            let question = matches!(asked, Some(RawAsk::Answers(_)));
            let other = raw.unseen.is_set() || raw.recall.is_set();
            wrong(!question || other, span, &w.several_without);
        }
        let for_all = raw.asks.first().is_some_and(|ask| ask.it.asks_everybody());
        if let (Some(span), true) = (&raw.round.flag.0, for_all) {
            wrong(true, span, &w.round_for_all);
        }
        if let Some(span) = &raw.together.0 {
            wrong(!raw.round.is_set(), span, &w.together_without);
        }
        if let Some(span) = &raw.recall.0 {
            let question = matches!(asked, Some(RawAsk::Answers(_)));
            wrong(!question || raw.unseen.is_set(), span, &w.recall_without);
        }
        if let Some(span) = &raw.carry.0 {
            let number = matches!(asked, Some(RawAsk::Rating(_)));
            wrong(!number, span, &w.carry_without);
        }
        if let Some(span) = &raw.moves_on.0 {
            let rests = matches!(asked, Some(RawAsk::Rest(_)));
            wrong(!rests, span, &w.moves_on_without);
        }
        let endless = raw.fresh.is_set() && raw.at_most.is_none();
        wrong(endless, &raw.span, &w.fresh_without);
    }

    /// What people wrote up to here under these names.
    fn shown(&mut self, raw: Option<&RawShown>) -> Vec<usize> {
        let known = &self.scope.names.written;
        let mut shown = Vec::new();
        for at in raw.iter().flat_map(|raw| &raw.names) {
            let found = known.iter().position(|name| *name == at.it);
            if found.is_none() {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let sentence = &words().script.sentence.shows_nothing;
                self.problems.unknown(&at.span, sentence, &at.it, &known);
            }
            shown.extend(found);
        }
        shown
    }

    fn says(&mut self, raw: &RawStep) -> Says {
        let held = self.scope.names.held;
        let asks = |at: &Located<String>| {
            at.it.contains('?') || raw.round.is_set() || !raw.asks.is_empty()
        };
        let all = match raw.all.as_ref().is_some_and(asks) {
            true => Said::Everybody,
            false => Said::Instruction,
        };
        let all = self.prompt(&raw.all, all);
        let roles = raw.says.iter().take(held).enumerate();
        let roles = roles.map(|(role, says)| self.role_says(role, says, self.said_to(role, raw)));
        let says = Says {
            all,
            roles: roles.collect(),
        };
        let silent = |says: &RoleSays| Rung::ALL.iter().all(|rung| says.on(*rung).is_empty());
        let silent = says.all.is_empty() && says.roles.iter().all(silent);
        let mut typed = raw.says.iter().take(held);
        let typed = raw.all.is_some() || typed.any(|says| !says.is_nothing());
        if silent && !typed && !raw.broken && raw.uses.is_none() {
            self.problems
                .error(&raw.span, &words().script.sentence.says_nothing, &[]);
        }
        says
    }

    /// What the words for a role do: those of whoever has the floor ask, and where they are left out, those of the others.
    fn said_to(&self, role: usize, raw: &RawStep) -> Said {
        let typed = raw.floor.as_ref().map(|at| at.it.as_str());
        let roles = &self.scope.names.roles;
        let own = typed.and_then(|typed| roles.iter().position(|role| role == typed));
        let floor = match self.scope.module {
            true => own.unwrap_or(0),
            false => own.unwrap_or(self.scope.floor),
        };
        let has_floor = raw.says.get(floor).is_some_and(|says| !says.is_nothing());
        match role == floor || !(has_floor || raw.all.is_some()) {
            true => Said::Prompt,
            false => Said::Instruction,
        }
    }

    fn role_says(&mut self, role: usize, says: &RawSays, said: Said) -> RoleSays {
        match says {
            RawSays::Nothing => RoleSays::Same(Text::default()),
            RawSays::Same(at) => RoleSays::Same(self.prompt_at(at, said)),
            // Company is what the second role gives; nobody else has a rung.
            RawSays::ByRung(_, span) if role != 1 => {
                self.problems
                    .error(span, &words().script.sentence.by_company_first, &[]);
                RoleSays::Same(Text::default())
            }
            RawSays::ByRung(by, _) => {
                RoleSays::ByRung(by.each_ref().map(|at| self.prompt(at, said)))
            }
        }
    }

    fn prompt(&mut self, at: &KeyValue<String>, said: Said) -> Text {
        at.as_ref()
            .map_or_else(Text::default, |at| self.prompt_at(at, said))
    }

    fn prompt_at(&mut self, at: &Located<String>, said: Said) -> Text {
        let Scope { names, lint, .. } = self.scope;
        prompt(at, said, (names, *lint), self.problems)
    }
}
