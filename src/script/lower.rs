//! From what was typed to a script that is always valid: its head, its modules, its shorter script.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::asks::depth;
use super::model::{Aside, Depth, Script, Stage, Step};
use super::problem::{Problem, Problems, Severity, nearest};
use super::raw::{self, RawModule, RawScript};
use super::reader::{At, short};
use super::source::Source;
use super::steps::{Common, Found, Place, steps};
use super::whole::{check_minutes, check_needed, check_way};
use super::{Library, syntax};
use crate::shown::Shown;
use crate::words::words;

/// In a module the roles are called this, whatever the script calls them.
const MODULE_ROLES: [&str; 2] = ["processor", "witness"];
/// The longest title, in letters.
pub const LONG_TITLE: usize = 60;
/// The longest summary, in letters.
const LONG_SUMMARY: usize = 120;
/// The most steps of a script, its modules included (reliability.md 3).
const MOST_STEPS: usize = 2_000;

/// Builds one script.
pub struct Builder<'a> {
    library: &'a dyn Library,
    pub(super) problems: Problems,
    /// Problems of modules, and what was read, for the hash.
    elsewhere: Vec<Problem>,
    read: Vec<Arc<Source>>,
    pub(super) common: Common,
    pub(super) asides: Vec<(String, Aside)>,
    pub(super) steps: usize,
}

impl<'a> Builder<'a> {
    /// Begins with the script's own text.
    pub fn new(source: Arc<Source>, library: &'a dyn Library) -> Self {
        Self {
            library,
            problems: Problems::of(Arc::clone(&source)),
            elsewhere: Vec::new(),
            read: vec![source],
            common: Common {
                roles: Vec::new(),
                people: 1,
                ceiling: Depth::Know,
                shorter: false,
                module: false,
            },
            asides: Vec::new(),
            steps: 0,
        }
    }

    /// Reads, resolves, checks. The script is there unless something can't run.
    pub fn build(
        mut self,
        name: &str,
        shorter: impl FnOnce(&str) -> Option<Arc<Script>>,
    ) -> (Option<Script>, Vec<Problem>) {
        let source = Arc::clone(self.problems.source());
        let root = syntax::parse(&source, &mut self.problems);
        let script = root
            .and_then(|root| raw::script(root.get_ref(), &mut self.problems))
            .and_then(|raw| self.script(name, &raw, shorter));
        let mut problems = self.problems.all;
        problems.extend(self.elsewhere);
        let runs = problems
            .iter()
            .all(|problem| problem.severity != Severity::Error);
        (script.filter(|_| runs), problems)
    }

    fn script(
        &mut self,
        name: &str,
        raw: &RawScript,
        shorter: impl FnOnce(&str) -> Option<Arc<Script>>,
    ) -> Option<Script> {
        let people = self.roles(raw)?;
        let ceiling = raw.ceiling.as_ref();
        let ceiling = ceiling.and_then(|at| depth(at, &mut self.problems));
        self.common = Common {
            roles: raw.roles.iter().map(|role| role.it.clone()).collect(),
            people: usize::try_from(people).unwrap_or(1),
            // Without one, nothing is called too deep.
            ceiling: ceiling.unwrap_or(Depth::Know),
            shorter: raw.shorter.is_some(),
            module: false,
        };
        let shorter = raw
            .shorter
            .as_ref()
            .and_then(|at| self.shorter(name, at, people, shorter));
        self.count(raw)?;
        let (stages, sound) = self.stages(raw);
        let stop = self.own_module("stop", Place::Stop);
        let mini_close = self.own_module("mini-close", Place::MiniClose);
        let buffer = raw.buffer.as_ref().map_or(Duration::ZERO, |at| at.it);
        if sound {
            check_minutes(raw, &stages, buffer, &mut self.problems);
            check_needed(&stages, &raw.span, &mut self.problems);
        }
        if self.steps > MOST_STEPS {
            self.too_many_steps(&raw.span, self.steps);
        }
        Some(Script {
            name: name.to_owned(),
            hash: hash(&self.read),
            title: self.title(raw.title.as_ref(), LONG_TITLE),
            summary: self.title(raw.summary.as_ref(), LONG_SUMMARY),
            people: u8::try_from(people).unwrap_or(1),
            roles: self.common.roles.clone(),
            minutes: u16::try_from(raw.minutes.as_ref()?.it).ok()?,
            asides: std::mem::take(&mut self.asides)
                .into_iter()
                .map(|(_, aside)| aside)
                .collect(),
            ceiling: ceiling?,
            buffer,
            stages,
            stop,
            mini_close,
            shorter,
        })
    }

    /// Too many steps are not looked at one by one: that would take long and help nobody.
    fn count(&mut self, raw: &RawScript) -> Option<()> {
        let steps: usize = raw.stages.iter().map(|stage| stage.steps.len()).sum();
        if steps > MOST_STEPS {
            self.too_many_steps(&raw.span, steps);
            return None;
        }
        if raw.stages.is_empty() {
            if !raw.typed_stages {
                let no_stages = &words().script.sentence.no_stages;
                self.problems.error(raw.span.clone(), no_stages, &[]);
            }
            return None;
        }
        Some(())
    }

    fn too_many_steps(&mut self, span: &Range<usize>, steps: usize) {
        let (steps, most) = (steps.to_string(), MOST_STEPS.to_string());
        self.problems.error(
            span.clone(),
            &words().script.sentence.too_many_steps,
            &[("steps", &steps), ("most", &most)],
        );
    }

    /// The stages, and whether nothing in them stands in the way of looking at the whole.
    fn stages(&mut self, raw: &RawScript) -> (Vec<Stage>, bool) {
        let starts = raw.stages.iter().map(|stage| stage.span.start);
        let ends = starts.clone().skip(1);
        let end = self.problems.source().text.len();
        let parts: Vec<Range<usize>> = starts
            .zip(ends.chain([end]))
            .map(|(start, end)| start..end)
            .collect();
        let last = raw.stages.len().saturating_sub(1);
        let stages = raw
            .stages
            .iter()
            .zip(&parts)
            .enumerate()
            .map(|(at, (stage, part))| self.stage(stage, part, at == last))
            .collect();
        let first = parts.first().map_or(end, |part| part.start);
        (stages, !self.problems.touch(&(first..end)))
    }

    fn shorter(
        &mut self,
        name: &str,
        at: &At<String>,
        people: i64,
        find: impl FnOnce(&str) -> Option<Arc<Script>>,
    ) -> Option<Arc<Script>> {
        let w = &words().script.sentence;
        let scripts = self.library.scripts();
        let wanted = short(&at.it);
        let span = at.span.clone();
        if at.it == name {
            self.problems.error(span, &w.shorter_itself, &[]);
            return None;
        }
        if !scripts.contains(&at.it.as_str()) {
            let known = scripts.join(", ");
            let near = nearest(&at.it, scripts);
            let values = [("name", &*wanted), ("known", &*known)];
            self.problems
                .error_near(span, &w.unknown_shorter, &values, near);
            return None;
        }
        let found = find(&at.it);
        let sentence = match &found {
            None => &w.shorter_broken,
            Some(script) if i64::from(script.people) != people => &w.shorter_people,
            Some(_) => return found,
        };
        self.problems.error(span, sentence, &[("name", &wanted)]);
        None
    }

    fn title(&mut self, at: Option<&At<String>>, most: usize) -> Shown {
        let Some(at) = at else {
            return Shown::default();
        };
        let letters = at.it.trim().chars().count();
        if letters == 0 || letters > most {
            let (letters, most) = (letters.to_string(), most.to_string());
            self.problems.error(
                at.span.clone(),
                &words().script.sentence.wrong_length,
                &[("letters", &letters), ("most", &most)],
            );
        }
        Shown::new(&at.it)
    }

    /// Checks the roles and says for how many people the session is; without roles nothing more can be read.
    fn roles(&mut self, raw: &RawScript) -> Option<i64> {
        let w = &words().script.sentence;
        let last = raw.roles.last()?;
        let guess = i64::try_from(raw.roles.len()).unwrap_or(1);
        let people = raw.people.as_ref().map_or(guess.min(2), |at| at.it);
        let (needed, sentence) = match people {
            1 => (1, &w.roles_alone),
            _ => (2, &w.roles_together),
        };
        if raw.roles.len() != needed {
            self.problems.error(last.span.clone(), sentence, &[]);
        }
        for (at, role) in raw.roles.iter().enumerate() {
            let name = short(&role.it);
            if !super::raw_step::is_role(&role.it) {
                self.problems
                    .error(role.span.clone(), &w.bad_role, &[("name", &name)]);
            } else if raw.roles.iter().take(at).any(|other| other.it == role.it) {
                self.problems
                    .error(role.span.clone(), &w.role_twice, &[("name", &name)]);
            }
        }
        Some(people)
    }

    /// A module that every script has without naming it.
    fn own_module(&mut self, name: &str, place: Place) -> Vec<Step> {
        self.with_module(name, &(0..1), place, |_| {}).steps
    }

    /// The steps of a module. It serves many scripts, and whoever writes this one can't change it:
    /// what does not fit is told where it is named.
    pub(super) fn with_module(
        &mut self,
        name: &str,
        span: &Range<usize>,
        place: Place,
        look: impl FnOnce(&RawModule),
    ) -> Found {
        let w = &words().script.sentence;
        let Some(source) = self.library.module(name) else {
            let modules = self.library.modules();
            let values = [("name", &*short(name)), ("known", &*modules.join(", "))];
            let near = nearest(name, modules.iter().copied());
            self.problems
                .error_near(span.clone(), &w.unknown_module, &values, near);
            return Found::default();
        };
        let source = Arc::new(source);
        self.read.push(Arc::clone(&source));
        let mut problems = Problems::of(Arc::clone(&source));
        let roles = MODULE_ROLES.map(|role| At {
            it: role.to_owned(),
            span: 0..0,
        });
        let common = Common {
            roles: MODULE_ROLES.map(str::to_owned).to_vec(),
            module: true,
            ..self.common.clone()
        };
        let root = syntax::parse(&source, &mut problems);
        let raw = root.and_then(|root| raw::module(root.get_ref(), &roles, &mut problems));
        let mut found = raw.map_or_else(Found::default, |raw| {
            look(&raw);
            let found = steps(&raw.steps, place, &common, &mut problems);
            if !problems.touch(&(0..source.text.len())) {
                check_way(&found, place, common.ceiling, &mut problems);
            }
            found
        });
        let error = problems
            .all
            .iter()
            .find(|problem| problem.severity == Severity::Error);
        if let Some(error) = error {
            found.sound = false;
            let values = [("name", &*short(name)), ("why", &*error.short())];
            self.problems.error(span.clone(), &w.module_misfit, &values);
        } else {
            // A module is used by several stages; its warnings are told once.
            for problem in problems.all {
                if !self.elsewhere.contains(&problem) {
                    self.elsewhere.push(problem);
                }
            }
        }
        found
    }
}

/// A hash of everything that was read, so that a log knows its script: CRC-32 and length.
fn hash(read: &[Arc<Source>]) -> String {
    let mut hasher = crc32fast::Hasher::new();
    let mut length = 0;
    for source in read {
        hasher.update(source.text.as_bytes());
        hasher.update(&[0]);
        length += source.text.len();
    }
    format!("{:08x}-{length}", hasher.finalize())
}
