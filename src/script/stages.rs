//! Stages, resolved: their kinds and minutes, their own steps or those of a module, what can be stepped into.

use std::ops::Range;
use std::time::Duration;

use super::graph;
use super::keys::{KINDS, LONG_TITLE};
use super::lower::Builder;
use super::model::{Aside, Kind, Stage, Text};
use super::problem::nearest;
use super::raw::{RawModule, RawStage};
use super::reader::{At, short};
use super::says;
use super::steps::{Found, Place, steps};
use super::whole::{check_way, no_steps};
use crate::shown::Shown;
use crate::words::{ScriptSentence, words};

/// The longest turn that needs no landing.
pub(super) const SHORT_TURN: Duration = Duration::from_secs(5 * 60);

fn times(raw: &RawStage) -> u8 {
    let times = raw.times.as_ref().map_or(1, |at| at.it);
    u8::try_from(times).unwrap_or(1)
}

impl Builder<'_> {
    /// One stage; `part` is the part of the text that is its own.
    pub(super) fn stage(&mut self, raw: &RawStage, part: &Range<usize>, last: bool) -> Stage {
        let word = self.kind_word(raw, last);
        let length = raw.minutes.as_ref().map_or(Duration::ZERO, |at| at.it);
        let asides: Vec<usize> = raw.asides.iter().filter_map(|at| self.aside(at)).collect();
        // Without a kind nobody knows what its steps may do.
        let (kind, found) = match word {
            Some(word) => {
                let place = match word {
                    "turns" => Place::Turn,
                    "closing" => Place::Closing,
                    _ => Place::Stage,
                };
                let found = self.steps_of(raw, place, part);
                self.fits_kind(raw, word);
                let kind = self.kind(raw, word, &found, part, &asides);
                (kind, found)
            }
            None => (Kind::Together, Found::default()),
        };
        Stage {
            title: self.stage_title(raw),
            asides,
            roles: self.role_words(raw),
            floor: self.floor(raw),
            moves_on: raw.moves_on.is_some(),
            may_skip: raw.may_skip.is_some(),
            rest: raw.rest,
            at_least: self.at_least(raw, length, &kind),
            kind,
            length,
            steps: found.steps,
        }
    }

    /// Keys that only make sense in some kinds of stages.
    fn fits_kind(&mut self, raw: &RawStage, word: &str) {
        let w = &words().script.sentence;
        let mut wrong = |sentence: &'static ScriptSentence, key: &str, span: &Range<usize>| {
            self.problems.error(span.clone(), sentence, &[("key", key)]);
        };
        if word != "turns" {
            let landing = raw.landing.as_ref().map(|at| ("landing", &at.span));
            let between = raw.between.as_ref().map(|raw| ("between", &raw.span));
            let before = raw.before.first().map(|raw| ("before", &raw.span));
            let after = raw.after.first().map(|raw| ("after", &raw.span));
            let times = raw.times.as_ref().map(|at| ("times", &at.span));
            let half_way = raw.half_way.as_ref().map(|at| ("half-way", &at.span));
            let keys = [landing, between, before, after, times, half_way];
            for (key, span) in keys.into_iter().flatten() {
                wrong(&w.only_in_turns, key, span);
            }
        }
        if let (Some(span), false) = (&raw.moves_on, matches!(word, "turns" | "each")) {
            wrong(&w.moves_on_outside, "moves-on", span);
        }
        if let (Some(span), false) = (&raw.may_skip, matches!(word, "together" | "each")) {
            wrong(&w.may_skip_outside, "may-skip", span);
        }
        if let (true, "closing", Some(at)) = (raw.rest, word, &raw.minutes) {
            wrong(&w.closing_minutes, "minutes", &at.span);
        }
    }

    fn floor(&mut self, raw: &RawStage) -> usize {
        let Some(at) = &raw.floor else { return 0 };
        let names = self.common.names.roles.clone();
        let found = names.iter().position(|role| *role == at.it);
        if found.is_none() {
            let values = [("name", &*short(&at.it)), ("roles", &*names.join(", "))];
            let near = nearest(&at.it, names.iter().map(String::as_str));
            let unknown_role = &words().script.sentence.unknown_role;
            self.problems
                .error_near(at.span.clone(), unknown_role, &values, near);
        }
        found.unwrap_or(0)
    }

    fn error(&mut self, span: &Range<usize>, sentence: &'static ScriptSentence) {
        self.problems.error(span.clone(), sentence, &[]);
    }

    fn kind_word(&mut self, raw: &RawStage, last: bool) -> Option<&'static str> {
        let w = &words().script.sentence;
        let Some(at) = &raw.kind else {
            // A kind that is there and could not be read was told already.
            if !raw.typed_kind {
                self.error(&raw.span, &w.no_kind);
            }
            return None;
        };
        let word = KINDS.into_iter().find(|word| *word == at.it);
        match word {
            None => {
                let near = nearest(&at.it, KINDS);
                let values = [("name", &*short(&at.it))];
                self.problems
                    .error_near(at.span.clone(), &w.unknown_kind, &values, near);
            }
            Some("closing") if !last => self.error(&at.span, &w.early_closing),
            Some("closing") => {}
            Some(_) if last => self.error(&at.span, &w.no_closing),
            Some(_) => {}
        }
        word
    }

    fn kind(
        &mut self,
        raw: &RawStage,
        word: &str,
        found: &Found,
        part: &Range<usize>,
        asides: &[usize],
    ) -> Kind {
        match word {
            "each" => Kind::Each,
            "closing" => Kind::Closing,
            "turns" => {
                let parts = |builder: &mut Self, raw: &[RawStage]| {
                    let parts = raw.iter().map(|raw| builder.part(raw, part, asides));
                    parts.collect::<Vec<Stage>>()
                };
                let before = parts(self, &raw.before);
                let after = parts(self, &raw.after);
                let between = raw
                    .between
                    .as_ref()
                    .map(|raw| Box::new(self.part(raw, part, &[])));
                let half_way = raw.half_way.as_ref().and_then(|at| self.aside(at));
                let length = raw.minutes.as_ref().map_or(Duration::ZERO, |at| at.it);
                let landing = self.landing(raw, length);
                if found.sound {
                    self.landing_steps(raw, found, landing);
                }
                let lands_at = found.landings.first().copied();
                Kind::Turns {
                    landing,
                    lands_at,
                    lands: graph::reached(&found.steps, lands_at.into_iter().collect()),
                    times: times(raw),
                    before,
                    after,
                    between,
                    half_way,
                }
            }
            _ => Kind::Together,
        }
    }

    /// A landing begins at one step, and only where minutes are kept for it.
    fn landing_steps(&mut self, raw: &RawStage, found: &Found, landing: Duration) {
        let w = &words().script.sentence;
        let at = |step: usize| found.spans.get(step).cloned().unwrap_or(raw.span.clone());
        match found.landings[..] {
            [] if landing.is_zero() => {}
            [] => self.error(&raw.span, &w.no_landing_step),
            // That the minutes are missing is told already where they must be there.
            [_] if landing.is_zero() && !Self::may_not_land(raw) => {}
            [step] if landing.is_zero() => self.error(&at(step), &w.no_landing_minutes),
            [_] => {}
            [_, second, ..] => self.error(&at(second), &w.two_landing_steps),
        }
    }

    /// Whether a turn is so short that it needs no landing.
    fn may_not_land(raw: &RawStage) -> bool {
        let length = raw.minutes.as_ref().map(|at| at.it);
        !raw.rest && length.is_some_and(|length| length <= SHORT_TURN)
    }

    fn landing(&mut self, raw: &RawStage, length: Duration) -> Duration {
        let w = &words().script.sentence;
        match &raw.landing {
            None if raw.typed_landing => {}
            None if !Self::may_not_land(raw) => self.error(&raw.span, &w.no_landing),
            None => {}
            Some(at)
                if raw.minutes.is_some() && !raw.rest && (at.it.is_zero() || at.it >= length) =>
            {
                self.error(&at.span, &w.landing_length);
            }
            Some(_) => {}
        }
        raw.landing.as_ref().map_or(Duration::ZERO, |at| at.it)
    }

    /// What comes before, after or between turns. From the first two, what the turn names can be stepped into, too.
    fn part(&mut self, raw: &RawStage, part: &Range<usize>, asides: &[usize]) -> Stage {
        let found = self.steps_of(raw, Place::Stage, part);
        let length = raw.minutes.as_ref().map_or(Duration::ZERO, |at| at.it);
        if let (true, Some(at)) = (raw.rest, &raw.minutes) {
            self.error(&at.span, &words().script.sentence.part_minutes);
        }
        Stage {
            at_least: self.at_least(raw, length, &Kind::Together),
            title: self.stage_title(raw),
            asides: asides.to_vec(),
            roles: self.role_words(raw),
            floor: self.floor(raw),
            moves_on: false,
            may_skip: false,
            rest: false,
            kind: Kind::Together,
            length,
            steps: found.steps,
        }
    }

    fn stage_title(&mut self, raw: &RawStage) -> Text {
        let Some(at) = &raw.title else {
            return Text::default();
        };
        if at.it.chars().count() > usize::from(LONG_TITLE) {
            self.error(&at.span, &words().script.sentence.long_stage_title);
        }
        says::text(at, &self.common.names, &mut self.problems)
    }

    fn at_least(&mut self, raw: &RawStage, length: Duration, kind: &Kind) -> Duration {
        let usual = super::lengths::usual_least(kind, length);
        if raw.rest {
            return raw.at_least.as_ref().map_or(Duration::ZERO, |at| at.it);
        }
        let (Some(at), Some(_)) = (&raw.at_least, &raw.minutes) else {
            return usual;
        };
        let w = &words().script.sentence;
        let wrong = match kind {
            Kind::Closing if at.it != length => Some((&w.at_least_closing, length)),
            _ if at.it > length => Some((&w.at_least_large, length)),
            Kind::Turns { landing, .. } if at.it <= *landing && !at.it.is_zero() => {
                Some((&w.at_least_landing, *landing))
            }
            Kind::Turns { .. } if at.it.is_zero() => Some((&w.at_least_turn, length)),
            Kind::Turns { .. } | Kind::Closing | Kind::Together | Kind::Each => None,
        };
        if let Some((sentence, bound)) = wrong {
            let bound = (bound.as_secs() / 60).to_string();
            let values = [("minutes", &*bound), ("landing", &*bound)];
            self.problems.error(at.span.clone(), sentence, &values);
        }
        at.it
    }

    fn role_words(&mut self, raw: &RawStage) -> Vec<Shown> {
        let roles = self.common.names.roles.clone();
        for (name, _) in &raw.roles {
            if !roles.contains(&name.it) {
                let values = [("name", &*short(&name.it)), ("roles", &*roles.join(", "))];
                let near = nearest(&name.it, roles.iter().map(String::as_str));
                let unknown_role = &words().script.sentence.unknown_role;
                self.problems
                    .error_near(name.span.clone(), unknown_role, &values, near);
            }
        }
        roles
            .iter()
            .map(|role| {
                let word = raw.roles.iter().find(|(name, _)| name.it == *role);
                Shown::short(word.map_or(role, |(_, word)| &word.it), 24)
            })
            .collect()
    }

    /// The steps of a stage: its own, or those of the module that it uses.
    fn steps_of(&mut self, raw: &RawStage, place: Place, part: &Range<usize>) -> Found {
        let w = &words().script.sentence;
        let mut found = match (&raw.uses, raw.steps.is_empty()) {
            (Some(at), true) => self.whole_module(at, place, |_| {}),
            (None, false) => {
                self.note_written(&raw.steps);
                let common = self.common.clone();
                let found = steps(&raw.steps, place, &common, &mut self.problems);
                let mut found = self.filled_in(found, place);
                found.sound = !self.problems.touch(part);
                if found.sound || !self.problems.touch_ways(part) {
                    check_way(&found, place, true, common.ceiling, &mut self.problems);
                }
                found
            }
            (Some(at), false) => {
                self.lost = true;
                self.error(&at.span, &w.module_and_steps);
                Found::default()
            }
            (None, true) => {
                self.lost = true;
                if !self.problems.touch(part) {
                    no_steps(raw, &mut self.problems);
                }
                Found::default()
            }
        };
        if !found.steps.is_empty() {
            self.smaller_bounds(raw, &mut found);
        }
        self.steps += found.steps.len();
        found
    }

    /// A module that is a whole stage or an aside: there is nothing that its ways out could lead to.
    fn whole_module(
        &mut self,
        at: &At<String>,
        place: Place,
        look: impl FnOnce(&RawModule),
    ) -> Found {
        let found = self.with_module(&at.it, &at.span, place, look);
        if !found.exits.is_empty() {
            let values = [("name", &*short(&at.it))];
            let sentence = &words().script.sentence.exits_outside;
            self.problems.error(at.span.clone(), sentence, &values);
        }
        found
    }

    /// A stage may make a bound of its module smaller, and never larger.
    fn smaller_bounds(&mut self, raw: &RawStage, found: &mut Found) {
        let w = &words().script.sentence;
        for (id, most) in &raw.at_most {
            let name = short(&id.it);
            let span = id.span.clone();
            let by_id = |step: &super::Step| step.id.as_ref() == Some(&id.it);
            let Some(at) = found.steps.iter().position(by_id) else {
                let known = found.steps.iter().filter(|step| step.at_most.is_some());
                let near = nearest(&id.it, known.filter_map(|step| step.id.as_deref()));
                self.problems
                    .error_near(span, &w.no_such_step, &[("name", &name)], near);
                continue;
            };
            match found
                .steps
                .get_mut(at)
                .and_then(|step| step.at_most.as_mut())
            {
                Some(bound) if most.it <= i64::from(bound.0) => {
                    bound.0 = u8::try_from(most.it).unwrap_or(1);
                }
                Some(bound) => {
                    let visits = bound.0.to_string();
                    let values = [("name", &*name), ("visits", &*visits)];
                    self.problems
                        .error(most.span.clone(), &w.no_larger_bound, &values);
                }
                None => self.problems.error(span, &w.no_bound, &[("name", &name)]),
            }
        }
    }

    fn aside(&mut self, at: &At<String>) -> Option<usize> {
        if let Some(known) = self.asides.iter().position(|(name, _)| *name == at.it) {
            return Some(known);
        }
        let mut header = None;
        let found = self.whole_module(at, Place::Aside, |raw| {
            header = raw
                .offer
                .as_ref()
                .map(|offer| (offer.it.clone(), raw.clock.as_ref().map(|at| at.it.clone())));
        });
        let w = &words().script.sentence;
        let values = [("name", &*short(&at.it))];
        let Some((offer, clock)) = header else {
            if found.sound {
                self.problems.error(at.span.clone(), &w.no_offer, &values);
            }
            return None;
        };
        if !matches!(clock.as_deref(), Some("held" | "runs")) {
            self.problems.error(at.span.clone(), &w.no_clock, &values);
        }
        let aside = Aside {
            offer: Shown::short(&offer, 60),
            holds: clock.as_deref() != Some("runs"),
            steps: found.steps,
        };
        self.asides.push((at.it.clone(), aside));
        Some(self.asides.len() - 1)
    }
}
