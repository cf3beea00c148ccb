//! From what was typed to a script that is always valid: its head, its modules, its shorter script.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::asks::depth;
use super::company::check_company;
use super::head::{FirstClock, NEEDS, People, Written};
use super::keys::{LONG_SUMMARY, LONG_TITLE};
use super::limits::MOST_STEPS;
use super::minutes::{check_minutes, missing_minutes};
use super::model::{Aside, Depth, Script, Stage};
use super::modules::Shelf;
use super::problem::{Problem, Problems, Severity, nearest};
use super::raw::{self, RawPeople, RawScript};
use super::reader::{At, short};
use super::says::{Lint, Names};
use super::source::{Source, hash};
use super::steps::{Common, Place};
use super::targets::names_of;
use super::whole::{check_needed, every_step_is_read};
use super::wording::packs;
use super::{Library, syntax};
use crate::shown::Shown;
use crate::words::words;

/// Builds one script.
pub struct Builder<'a> {
    pub(super) library: &'a dyn Library,
    pub(super) problems: Problems,
    /// Problems of modules, and what was read, for the hash.
    pub(super) elsewhere: Vec<Problem>,
    pub(super) read: Vec<Arc<Source>>,
    pub(super) common: Common,
    /// The names of the packs, in the script's order.
    pub(super) packs: Vec<String>,
    /// What people write, in the order in which it comes.
    pub(super) written: Vec<Written>,
    /// The modules that are being read, each inside of the one before.
    pub(super) open: Vec<String>,
    /// What was read already.
    pub(super) shelf: Rc<Shelf>,
    /// Whether the module that is read stands in a place among other steps.
    pub(super) inside: bool,
    /// What is wrong in a module inside of the one that is read.
    pub(super) why: Option<String>,
    /// Whether steps are missing somewhere, so that nobody knows what they would ask.
    pub(super) lost: bool,
    /// How many times a module was read.
    pub(super) uses: usize,
    pub(super) asides: Vec<(String, Aside)>,
    pub(super) steps: usize,
}

impl<'a> Builder<'a> {
    /// Begins with the script's own text.
    pub fn new(source: Arc<Source>, library: &'a dyn Library, lint: Lint) -> Self {
        Self {
            library,
            problems: Problems::of(Arc::clone(&source)),
            elsewhere: Vec::new(),
            read: vec![source],
            common: Common {
                names: Names::default(),
                people: People { from: 1, to: 1 },
                ceiling: Depth::Know,
                shorter: false,
                module: false,
                lint,
                later: Vec::new(),
                stages: Rc::default(),
                at: 0,
                exits: Vec::new(),
            },
            packs: Vec::new(),
            written: Vec::new(),
            open: Vec::new(),
            shelf: Rc::default(),
            inside: false,
            why: None,
            uses: 0,
            lost: false,
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
            .and_then(|raw| {
                let script = self.script(name, &raw, shorter);
                missing_minutes(&raw, &mut self.problems);
                script
            });
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
        let language = self.language(raw.language.as_ref());
        let (packs, packed) = packs(&raw.wording, None, &mut self.problems);
        self.packs = packs.iter().map(|pack| pack.name.clone()).collect();
        self.common = Common {
            names: Names {
                roles: raw.roles.iter().map(|role| role.it.clone()).collect(),
                held: raw.roles.len().min(usize::from(people.to)),
                packed,
                written: Vec::new(),
            },
            people,
            // Without one, nothing is called too deep.
            ceiling: ceiling.unwrap_or(Depth::Know),
            shorter: raw.shorter.is_some(),
            lint: self.common.lint.of(&language),
            ..self.common.clone()
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
        let minutes = raw.minutes.as_ref().map(|at| at.it);
        let mut script = Script {
            name: name.to_owned(),
            hash: hash(&self.read),
            file: None,
            title: self.title(raw.title.as_ref(), usize::from(LONG_TITLE)),
            summary: self.title(raw.summary.as_ref(), usize::from(LONG_SUMMARY)),
            needs: self.needs(&raw.needs),
            language,
            people,
            roles: self.common.names.roles.clone(),
            minutes: minutes.and_then(|n| u16::try_from(n).ok()).unwrap_or(0),
            asides: std::mem::take(&mut self.asides)
                .into_iter()
                .map(|(_, aside)| aside)
                .collect(),
            ceiling: self.common.ceiling,
            buffer,
            clock: self.clock(raw.clock.as_ref()),
            one_sided: raw.one_sided.as_ref().map(|at| Shown::new(&at.it)),
            rungs: self.rung_words(raw),
            packs,
            written: std::mem::take(&mut self.written),
            stages,
            stop,
            mini_close,
            shorter,
        };
        if sound || raw.timed {
            check_minutes(raw, &mut script, &mut self.problems);
        }
        // What all stages give is known only when each is sound.
        if sound {
            check_company(raw, &mut script, &mut self.problems);
        }
        if sound || (raw.timed && !self.lost && every_step_is_read(raw)) {
            check_needed(&script.stages, &raw.span, &mut self.problems);
        }
        if self.steps > MOST_STEPS {
            self.too_many_steps(&raw.span, self.steps);
        }
        (raw.minutes.is_some() && raw.ceiling.is_some()).then_some(script)
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
        self.common.stages = Rc::new(names_of(&raw.stages));
        let last = raw.stages.len().saturating_sub(1);
        let stages = raw
            .stages
            .iter()
            .zip(&parts)
            .enumerate()
            .map(|(at, (stage, part))| {
                self.common.later = later(&raw.stages, at);
                self.common.at = at;
                self.stage(stage, part, at == last)
            })
            .collect();
        self.common.later.clear();
        self.check_stage_ids(&raw.stages);
        let first = parts.first().map_or(end, |part| part.start);
        (stages, !self.problems.touch(&(first..end)))
    }

    fn shorter(
        &mut self,
        name: &str,
        at: &At<String>,
        people: People,
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
            Some(script)
                if !(script.people.takes(people.from) && script.people.takes(people.to)) =>
            {
                &w.shorter_people
            }
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
    fn roles(&mut self, raw: &RawScript) -> Option<People> {
        let w = &words().script.sentence;
        let last = raw.roles.last()?;
        let guess = u8::try_from(raw.roles.len()).unwrap_or(1).clamp(1, 2);
        let people = raw.people.as_ref().map_or(
            People {
                from: guess,
                to: guess,
            },
            |RawPeople { from, to, .. }| People {
                from: *from,
                to: *to,
            },
        );
        let roles = raw.roles.len();
        let sentence = match people.from {
            1 if roles != 1 => Some(&w.roles_alone),
            1 => None,
            _ if roles < 2 => Some(&w.roles_together),
            from if roles > usize::from(from) => Some(&w.roles_many),
            _ => None,
        };
        if let Some(sentence) = sentence {
            let values = [("people", &*people.from.to_string())];
            self.problems.error(last.span.clone(), sentence, &values);
        }
        for (at, role) in raw.roles.iter().enumerate() {
            let name = short(&role.it);
            if !super::steps::is_role(&role.it) {
                self.problems
                    .error(role.span.clone(), &w.bad_role, &[("name", &name)]);
            } else if raw.roles.iter().take(at).any(|other| other.it == role.it) {
                self.problems
                    .error(role.span.clone(), &w.role_twice, &[("name", &name)]);
            }
        }
        Some(people)
    }

    /// The language tag: letters and digits in pieces, the first of two or three letters (BCP 47, well-formed).
    fn language(&mut self, at: Option<&At<String>>) -> String {
        let Some(at) = at else {
            return "en".to_owned();
        };
        let mut pieces = at.it.split('-');
        let first = pieces.next().unwrap_or_default();
        let well_formed = matches!(first.len(), 2..=3)
            && first.chars().all(|c| c.is_ascii_lowercase())
            && pieces.all(|piece| {
                (1..=8).contains(&piece.len()) && piece.chars().all(|c| c.is_ascii_alphanumeric())
            });
        if !well_formed {
            let values = [("name", &*short(&at.it))];
            let sentence = &words().script.sentence.bad_language;
            self.problems.error(at.span.clone(), sentence, &values);
        }
        at.it.clone()
    }

    fn needs(&mut self, raw: &[At<String>]) -> Vec<&'static str> {
        let mut found = Vec::new();
        for at in raw {
            match NEEDS.into_iter().find(|need| *need == at.it) {
                Some(need) => found.push(need),
                None => {
                    let values = [("name", &*short(&at.it)), ("known", &*NEEDS.join(", "))];
                    let near = nearest(&at.it, NEEDS);
                    let sentence = &words().script.sentence.unknown_need;
                    self.problems
                        .error_near(at.span.clone(), sentence, &values, near);
                }
            }
        }
        found
    }

    fn clock(&mut self, at: Option<&At<String>>) -> FirstClock {
        let Some(at) = at else {
            return FirstClock::Full;
        };
        let found = FirstClock::ALL.iter().find(|(word, _)| *word == at.it);
        if found.is_none() {
            let near = nearest(&at.it, FirstClock::ALL.map(|(word, _)| word));
            let values = [("name", &*short(&at.it))];
            let sentence = &words().script.sentence.unknown_clock;
            self.problems
                .error_near(at.span.clone(), sentence, &values, near);
        }
        found.map_or(FirstClock::Full, |(_, clock)| *clock)
    }

    fn rung_words(&mut self, raw: &RawScript) -> [Option<Shown>; 3] {
        let mut found = [const { None }; 3];
        for (name, word) in &raw.rungs {
            if let Some(rung) = super::asks::rung(name, &mut self.problems)
                && let Some(place) = found.get_mut(rung as usize)
            {
                *place = Some(Shown::short(&word.it, 40));
            }
        }
        found
    }

    /// Ids of stages are well-formed and there once.
    fn check_stage_ids(&mut self, stages: &[super::raw::RawStage]) {
        let w = &words().script.sentence;
        let mut seen: Vec<&str> = Vec::new();
        for id in stages.iter().filter_map(|stage| stage.id.as_ref()) {
            let name = short(&id.it);
            let sentence = if !super::steps::is_id(&id.it) {
                Some(&w.bad_id)
            } else if seen.contains(&id.it.as_str()) {
                Some(&w.id_twice)
            } else {
                None
            };
            if let Some(sentence) = sentence {
                self.problems
                    .error(id.span.clone(), sentence, &[("name", &name)]);
            }
            seen.push(&id.it);
        }
    }
}

/// The ids of the stages behind this one.
fn later(stages: &[super::raw::RawStage], at: usize) -> Vec<(String, usize)> {
    let stages = stages.iter().enumerate().skip(at + 1);
    stages
        .filter_map(|(at, stage)| Some((stage.id.as_ref()?.it.clone(), at)))
        .collect()
}
