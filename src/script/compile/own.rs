//! The two modules that every script has without naming them: STOP's, and the short closing's. They are long, come with
//! the program, and few sessions follow them, so that they are made ready when somebody comes to them.

use std::sync::Arc;

use super::lint::Lint;
use super::modules::Modules;
use super::scope::{Scope, StepPlace, Unit};
use super::stages::StageCompiler;
use super::text::Names;
use crate::script::model::OwnSteps;
use crate::script::shipped::SHIPPED;
use crate::script::source::Source;

/// What STOP's steps and those of the short closing are made of: each itself, and the modules inside of it, in the order
/// in which they are read.
const STOP: [&str; 3] = ["stop", "work-ends", "two-questions"];
const MINI_CLOSE: [&str; 1] = ["mini-close"];

impl StageCompiler<'_> {
    /// The steps of STOP and of the short closing.
    pub(super) fn own_modules(&mut self) -> (OwnSteps, OwnSteps) {
        let stop = self.own_module(&STOP, StepPlace::Stop);
        (stop, self.own_module(&MINI_CLOSE, StepPlace::MiniClose))
    }

    /// A module that every script has without naming it, with those inside of it. Where a script is looked through for what
    /// could be said better, and where something of its author's stands in the way, it is read at once.
    fn own_module(&mut self, names: &'static [&'static str], place: StepPlace) -> OwnSteps {
        let name = names.first().copied().unwrap_or_default();
        let library = self.modules.library;
        let read = names.iter().map(|name| match library.barred(name) {
            None => library.module(name).filter(|source| source.shipped),
            Some(_) => None,
        });
        let later = self.unit.scope.lint == Lint::Nothing;
        let read: Option<Vec<Source>> = read.take_while(|_| later).collect();
        let Some(read) = read.filter(|read| read.len() == names.len()) else {
            let placed = self.modules.place(name, &(0..1), place, &mut self.unit);
            return placed
                .map(|(found, _)| found.steps)
                .unwrap_or_default()
                .into();
        };
        self.modules.read.extend(read.into_iter().map(Arc::new));
        let packs = self.modules.packs.clone();
        let scope = &self.unit.scope;
        let (held, people) = (scope.names.held, scope.people);
        let (ceiling, shorter) = (scope.ceiling, scope.shorter);
        OwnSteps::later(move || {
            let mut modules = Modules::new(&SHIPPED, Default::default());
            modules.packs = packs;
            let mut unit = Unit::new(Arc::new(Source::new("", "")), Lint::Nothing);
            unit.scope = Scope {
                names: Names {
                    held,
                    ..Names::default()
                },
                people,
                ceiling,
                shorter,
                ..unit.scope
            };
            let placed = modules.place(name, &(0..1), place, &mut unit);
            placed.map(|(found, _)| found.steps).unwrap_or_default()
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::script::{self, Library as _, shipped};

    use super::*;

    /// What is made ready later is what is made ready at once, in every script, in each of its lengths.
    #[test]
    fn what_is_made_ready_later_is_the_same_and_changes_no_hash() {
        for later in shipped() {
            let source = SHIPPED.script(&later.name).unwrap();
            let at_once = script::check(&later.name, source, &SHIPPED).script.unwrap();
            let both = [(&at_once, &**later)];
            let others = at_once.others.iter().map(|script| &**script);
            let others = others.zip(later.others.iter().map(|script| &**script));
            for (at_once, later) in both.into_iter().chain(others) {
                assert!(!later.stop.is_empty() && !later.mini_close.is_empty());
                assert_eq!(at_once.stop, later.stop, "{}", later.name);
                assert_eq!(at_once.mini_close, later.mini_close, "{}", later.name);
                assert_eq!(at_once.hash, later.hash, "{}", later.name);
            }
        }
    }

    /// A script of somebody's own may have any roles, ceiling and packs: STOP stands behind it whatever they are.
    #[test]
    fn stop_and_the_short_closing_stand_behind_every_kind_of_script() {
        for people in 1..=12 {
            for ceiling in ["notice", "meet", "know"] {
                for (packs, shorter) in [("", ""), (PACKS, "shorter = \"five-each\"\n")] {
                    let roles = if people == 1 {
                        r#""me""#
                    } else {
                        r#""speaks", "listens""#
                    };
                    let text = format!(
                        "format = 1\ntitle = \"t\"\nsummary = \"s\"\npeople = {people}\nroles = [{roles}]\n\
                         minutes = 10\nceiling = \"{ceiling}\"\n{}{packs}\n[[stage]]\nkind = \"closing\"\n\
                         title = \"close\"\nminutes = 10\n[[stage.step]]\nall = \"Goodbye.\"\nkeep = true\n",
                        if people == 2 { shorter } else { "" },
                    );
                    let source = Source::new("mine.toml", &*text);
                    let Some(at_once) = script::check("mine", source.clone(), &SHIPPED).script
                    else {
                        panic!("{:?}", script::check("mine", source, &SHIPPED).problems);
                    };
                    let later = script::ready("mine", source, &SHIPPED).unwrap();
                    assert_eq!(at_once.stop, later.stop, "{text}");
                    assert_eq!(at_once.mini_close, later.mini_close, "{text}");
                    assert_eq!(at_once.hash, later.hash, "{text}");
                }
            }
        }
    }

    const PACKS: &str = r#"
[[wording]]
name = "mine"
title = "Mine"
words = { it = "it" }
[[wording]]
name = "yours"
title = "Yours"
words = { it = "something" }
"#;
}
