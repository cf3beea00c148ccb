//! Stages, resolved: their kinds and minutes, their own steps or those of a module, what can be stepped into.

use std::ops::Range;
use std::time::Duration;

use super::graph;
use super::lower::{Builder, LONG_TITLE};
use super::model::{Aside, Kind, Stage, Text};
use super::problem::nearest;
use super::raw::RawStage;
use super::reader::{At, short};
use super::says;
use super::steps::{Found, Place, steps};
use super::whole::check_way;
use crate::shown::Shown;
use crate::words::{Sentence, words};

/// The kinds of stages, by their words.
const KINDS: [&str; 4] = ["together", "each", "turns", "closing"];

impl Builder<'_> {
    /// One stage; `part` is the part of the text that is its own.
    pub(super) fn stage(&mut self, raw: &RawStage, part: &Range<usize>, last: bool) -> Stage {
        let word = self.kind_word(raw, last);
        let length = raw.minutes.as_ref().map_or(Duration::ZERO, |at| at.it);
        let asides = raw.asides.iter().filter_map(|at| self.aside(at)).collect();
        // Without a kind nobody knows what its steps may do.
        let (kind, found) = match word {
            Some(word) => {
                let place = match word {
                    "turns" => Place::Turn,
                    "closing" => Place::Closing,
                    _ => Place::Stage,
                };
                let found = self.steps_of(raw, place, part);
                (self.kind(raw, word, length, &found, part), found)
            }
            None => (Kind::Together, Found::default()),
        };
        Stage {
            title: self.stage_title(raw),
            asides,
            roles: self.role_words(raw),
            at_least: self.at_least(raw, length, &kind),
            kind,
            length,
            steps: found.steps,
        }
    }

    fn error(&mut self, span: &Range<usize>, sentence: &Sentence) {
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
        length: Duration,
        found: &Found,
        part: &Range<usize>,
    ) -> Kind {
        let w = &words().script.sentence;
        if word != "turns" {
            let landing = raw.landing.as_ref().map(|at| ("landing", &at.span));
            let between = raw.between.as_ref().map(|raw| ("between", &raw.span));
            for (key, span) in landing.into_iter().chain(between) {
                self.problems
                    .error(span.clone(), &w.only_in_turns, &[("key", key)]);
            }
        }
        match word {
            "each" => Kind::Each,
            "closing" => Kind::Closing,
            "turns" => {
                let between = raw
                    .between
                    .as_ref()
                    .map(|raw| Box::new(self.between(raw, part)));
                let landing = self.landing(raw, length);
                if found.sound {
                    match found.landings[..] {
                        [] => self.error(&raw.span, &w.no_landing_step),
                        [_] => {}
                        [_, second, ..] => {
                            let span = found.spans.get(second).cloned();
                            self.error(&span.unwrap_or(raw.span.clone()), &w.two_landing_steps);
                        }
                    }
                }
                let lands_at = found.landings.first().copied().unwrap_or(0);
                Kind::Turns {
                    landing,
                    lands_at,
                    lands: graph::reached(&found.steps, vec![lands_at]),
                    between,
                }
            }
            _ => Kind::Together,
        }
    }

    fn landing(&mut self, raw: &RawStage, length: Duration) -> Duration {
        let w = &words().script.sentence;
        match &raw.landing {
            None if raw.typed_landing => {}
            None => self.error(&raw.span, &w.no_landing),
            Some(at) if raw.minutes.is_some() && (at.it.is_zero() || at.it >= length) => {
                self.error(&at.span, &w.landing_length);
            }
            Some(_) => {}
        }
        raw.landing.as_ref().map_or(Duration::ZERO, |at| at.it)
    }

    fn between(&mut self, raw: &RawStage, part: &Range<usize>) -> Stage {
        let found = self.steps_of(raw, Place::Stage, part);
        let length = raw.minutes.as_ref().map_or(Duration::ZERO, |at| at.it);
        Stage {
            at_least: self.at_least(raw, length, &Kind::Together),
            title: self.stage_title(raw),
            asides: Vec::new(),
            roles: self.role_words(raw),
            kind: Kind::Together,
            length,
            steps: found.steps,
        }
    }

    fn stage_title(&mut self, raw: &RawStage) -> Text {
        let Some(at) = &raw.title else {
            return Text::default();
        };
        if at.it.chars().count() > LONG_TITLE {
            self.error(&at.span, &words().script.sentence.long_stage_title);
        }
        says::text(
            at,
            &self.common.roles,
            self.common.people,
            &mut self.problems,
        )
    }

    fn at_least(&mut self, raw: &RawStage, length: Duration, kind: &Kind) -> Duration {
        let usual = match kind {
            Kind::Closing => length,
            Kind::Together | Kind::Each => length / 2,
            Kind::Turns { landing, .. } => (length / 2).max(*landing * 2).min(length),
        };
        let (Some(at), Some(_)) = (&raw.at_least, &raw.minutes) else {
            return usual;
        };
        let w = &words().script.sentence;
        let wrong = match kind {
            Kind::Closing if at.it != length => Some((&w.at_least_closing, length)),
            _ if at.it > length => Some((&w.at_least_large, length)),
            Kind::Turns { landing, .. } if at.it <= *landing => {
                Some((&w.at_least_landing, *landing))
            }
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
        let roles = self.common.roles.clone();
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
            (Some(at), true) => self.with_module(&at.it, &at.span, place, |_| {}),
            (None, false) => {
                let common = self.common.clone();
                let mut found = steps(&raw.steps, place, &common, &mut self.problems);
                found.sound = !self.problems.touch(part);
                if found.sound {
                    check_way(&found, place, common.ceiling, &mut self.problems);
                }
                found
            }
            (Some(at), false) => {
                self.error(&at.span, &w.module_and_steps);
                Found::default()
            }
            (None, true) => {
                if !self.problems.touch(part) {
                    self.error(&raw.span, &w.no_steps);
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
        let found = self.with_module(&at.it, &at.span, Place::Aside, |raw| {
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
