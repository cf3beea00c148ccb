//! From what was typed to a script that is always valid: the checks that see more than one step.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::Library;
use super::graph;
use super::model::{Aside, Ask, Depth, Kind, Script, Stage, Step, Text};
use super::problem::{Problem, Problems, nearest};
use super::raw::{self, RawModule, RawScript, RawStage};
use super::reader::{At, short};
use super::says;
use super::source::Source;
use super::steps::{Common, Place, depth, steps};
use crate::shown::Shown;

/// In a module the roles are called this, whatever the script calls them.
const MODULE_ROLES: [&str; 2] = ["processor", "witness"];
/// The longest title, in letters.
const LONG_TITLE: usize = 60;
/// The most steps of a script, its modules included (reliability.md 3).
const MOST_STEPS: usize = 2_000;

/// Builds one script.
pub struct Builder<'a> {
    library: &'a dyn Library,
    problems: Problems,
    /// Problems of modules, and what was read, for the hash.
    elsewhere: Vec<Problem>,
    read: Vec<Arc<Source>>,
    common: Common,
    asides: Vec<(String, Aside)>,
    steps: usize,
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
                ceiling: Depth::Notice,
                shorter: false,
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
        let root = super::parse(&source, &mut self.problems);
        let script = root
            .and_then(|root| raw::script(root.get_ref(), &mut self.problems))
            .map(|raw| self.script(name, &raw, shorter));
        let mut problems = self.problems.all;
        problems.extend(self.elsewhere);
        let runs = problems
            .iter()
            .all(|problem| problem.severity != super::Severity::Error);
        (script.flatten().filter(|_| runs), problems)
    }

    fn script(
        &mut self,
        name: &str,
        raw: &RawScript,
        shorter: impl FnOnce(&str) -> Option<Arc<Script>>,
    ) -> Option<Script> {
        let people = raw.people.as_ref().map_or(1, |at| at.it);
        let ceiling = raw
            .ceiling
            .as_ref()
            .and_then(|at| depth(at, &mut self.problems))
            .unwrap_or(Depth::Notice);
        self.roles(raw, people);
        let shorter = raw.shorter.as_ref().and_then(|at| {
            let found = shorter(&at.it).filter(|script| i64::from(script.people) == people);
            if found.is_none() {
                self.problems.error(
                    at.span.clone(),
                    &format!("there is no script `{}` for as many people", short(&at.it)),
                    "name a shipped script, or leave `shorter` out",
                );
            }
            found
        });
        self.common = Common {
            roles: raw.roles.iter().map(|role| role.it.clone()).collect(),
            people: usize::try_from(people).unwrap_or(1),
            ceiling,
            shorter: raw.shorter.is_some(),
        };
        let stages: Vec<Stage> = raw
            .stages
            .iter()
            .enumerate()
            .map(|(at, stage)| self.stage(stage, at + 1 == raw.stages.len()))
            .collect();
        let stop = self.module_steps("stop", &raw.span, Place::Stop);
        let mini_close = self.module_steps("mini-close", &raw.span, Place::MiniClose);
        let buffer = raw.buffer.as_ref().map_or(Duration::ZERO, |at| at.it);
        self.whole(raw, &stages, buffer);
        if self.steps > MOST_STEPS {
            self.problems.error(
                raw.span.clone(),
                &format!(
                    "this script has {} steps; {MOST_STEPS} are the most",
                    self.steps
                ),
                "make several scripts of it",
            );
        }
        Some(Script {
            name: name.to_owned(),
            hash: hash(&self.read),
            title: self.title(raw.title.as_ref()),
            summary: self.title(raw.summary.as_ref()),
            people: u8::try_from(people).unwrap_or(1),
            roles: self.common.roles.clone(),
            minutes: u16::try_from(raw.minutes.as_ref()?.it).ok()?,
            asides: std::mem::take(&mut self.asides)
                .into_iter()
                .map(|(_, aside)| aside)
                .collect(),
            ceiling,
            buffer,
            stages,
            stop,
            mini_close,
            shorter,
        })
    }

    fn title(&mut self, at: Option<&At<String>>) -> Shown {
        let Some(at) = at else {
            return Shown::default();
        };
        let letters = at.it.chars().count();
        if letters == 0 || letters > 2 * LONG_TITLE {
            self.problems.error(
                at.span.clone(),
                &format!("this has {letters} letters"),
                &format!("write 1 to {}", 2 * LONG_TITLE),
            );
        }
        Shown::new(&at.it)
    }

    fn roles(&mut self, raw: &RawScript, people: i64) {
        let needed = if people > 1 { 2 } else { 1 };
        if raw.roles.len() != needed {
            let span = raw
                .roles
                .last()
                .map_or(raw.span.clone(), |role| role.span.clone());
            self.problems.error(
                span,
                &format!("a session for {people} has {needed} role(s)"),
                "write `roles = [\"speaker\", \"listener\"]`, or one word for a session alone",
            );
        }
        for role in &raw.roles {
            let fits = (1..=20).contains(&role.it.len())
                && role.it.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            if !fits || super::raw_step::is_key(&role.it) {
                self.problems.error(
                    role.span.clone(),
                    &format!("`{}` can't be a role", short(&role.it)),
                    "use small letters and `-`, and no word that is a key of a step",
                );
            }
        }
    }

    fn stage(&mut self, raw: &RawStage, last: bool) -> Stage {
        let kind_word = raw
            .kind
            .as_ref()
            .map(|at| at.it.clone())
            .unwrap_or_default();
        let place = match kind_word.as_str() {
            "turns" => Place::Turn,
            "closing" => Place::Closing,
            _ => Place::Stage,
        };
        if last != (place == Place::Closing) {
            self.problems.error(
                raw.kind
                    .as_ref()
                    .map_or(raw.span.clone(), |at| at.span.clone()),
                "a script has exactly one closing, as its last stage",
                "end with a stage of `kind = \"closing\"`, and have no other",
            );
        }
        let (steps, landings) = self.steps_of(raw, place);
        let length = raw.minutes.as_ref().map_or(Duration::ZERO, |at| at.it);
        let kind = self.kind(raw, &kind_word, length, &landings, &steps);
        let at_least = self.at_least(raw, length, &kind);
        Stage {
            title: self.stage_title(raw),
            asides: raw.asides.iter().filter_map(|at| self.aside(at)).collect(),
            roles: self.role_words(raw),
            kind,
            length,
            at_least,
            steps,
        }
    }

    fn kind(
        &mut self,
        raw: &RawStage,
        word: &str,
        length: Duration,
        landings: &[(usize, Range<usize>)],
        steps: &[Step],
    ) -> Kind {
        if word != "turns" && (raw.landing.is_some() || raw.between.is_some()) {
            self.problems.error(
                raw.span.clone(),
                "`landing` and `between` belong to turns",
                "leave them out, or write `kind = \"turns\"`",
            );
        }
        match word {
            "together" => Kind::Together,
            "each" => Kind::Each,
            "closing" => Kind::Closing,
            "turns" => {
                let landing = raw.landing.as_ref().map_or(Duration::ZERO, |at| at.it);
                if landing.is_zero() || landing >= length {
                    self.problems.error(
                        raw.landing
                            .as_ref()
                            .map_or(raw.span.clone(), |at| at.span.clone()),
                        "a turn needs minutes to come to an end, and fewer than it has",
                        "write `landing = 2`",
                    );
                }
                if landings.len() != 1 {
                    let span = landings
                        .get(1)
                        .map_or(raw.span.clone(), |(_, span)| span.clone());
                    self.problems.error(
                        span,
                        &format!(
                            "the landing of this turn begins at {} steps",
                            landings.len()
                        ),
                        "give exactly one step `landing = true`",
                    );
                }
                let lands_at = landings.first().map_or(0, |(at, _)| *at);
                Kind::Turns {
                    landing,
                    lands_at,
                    lands: graph::reached(steps, vec![lands_at]),
                    between: raw.between.as_ref().map(|raw| Box::new(self.between(raw))),
                }
            }
            _ => {
                self.problems.error(
                    raw.kind
                        .as_ref()
                        .map_or(raw.span.clone(), |at| at.span.clone()),
                    "a stage says what kind it is",
                    "write `kind = \"together\"`, `\"each\"`, `\"turns\"` or `\"closing\"`",
                );
                Kind::Together
            }
        }
    }

    fn between(&mut self, raw: &RawStage) -> Stage {
        let (steps, _) = self.steps_of(raw, Place::Stage);
        let length = raw.minutes.as_ref().map_or(Duration::ZERO, |at| at.it);
        Stage {
            at_least: self.at_least(raw, length, &Kind::Together),
            title: self.stage_title(raw),
            asides: Vec::new(),
            roles: self.role_words(raw),
            kind: Kind::Together,
            length,
            steps,
        }
    }

    fn stage_title(&mut self, raw: &RawStage) -> Text {
        raw.title.as_ref().map_or_else(Text::default, |at| {
            if at.it.chars().count() > LONG_TITLE {
                self.problems.error(
                    at.span.clone(),
                    "this title is too long for the map at the top",
                    "a word or two",
                );
            }
            says::text(
                at,
                &self.common.roles,
                self.common.people,
                &mut self.problems,
            )
        })
    }

    fn at_least(&mut self, raw: &RawStage, length: Duration, kind: &Kind) -> Duration {
        let usual = match kind {
            Kind::Closing => length,
            Kind::Together | Kind::Each => length / 2,
            Kind::Turns { landing, .. } => (length / 2).max(*landing * 2).min(length),
        };
        let Some(at) = &raw.at_least else {
            return usual;
        };
        let fits = match kind {
            Kind::Turns { landing, .. } => at.it > *landing && at.it <= length,
            Kind::Closing => at.it == length,
            Kind::Together | Kind::Each => at.it <= length,
        };
        if !fits {
            self.problems.error(
                at.span.clone(),
                "`at-least` is not more than `minutes`, a turn keeps its landing, and a closing is not cut",
                "leave it out to keep half",
            );
        }
        at.it
    }

    fn role_words(&mut self, raw: &RawStage) -> Vec<Shown> {
        for (name, _) in &raw.roles {
            if !self.common.roles.contains(&name.it) {
                self.problems.error(
                    name.span.clone(),
                    &format!("`{}` is not a role of this script", short(&name.it)),
                    &format!("its roles are: {}", self.common.roles.join(", ")),
                );
            }
        }
        self.common
            .roles
            .iter()
            .map(|role| {
                let word = raw.roles.iter().find(|(name, _)| name.it == *role);
                Shown::short(word.map_or(role, |(_, word)| &word.it), 24)
            })
            .collect()
    }

    /// The steps of a stage: its own, or those of the module that it uses.
    fn steps_of(
        &mut self,
        raw: &RawStage,
        place: Place,
    ) -> (Vec<Step>, Vec<(usize, Range<usize>)>) {
        let (mut found, landings) = match (&raw.uses, raw.steps.is_empty()) {
            (Some(at), true) => {
                let name = at.it.clone();
                self.with_module(&name, &at.span, place, |_| {})
            }
            (None, false) => {
                let common = self.common.clone();
                let found = steps(&raw.steps, place, &common, &mut self.problems);
                let span = |at: usize| raw.steps.get(at).map_or(0..1, |step| step.span.clone());
                check_way(&found, span, &mut self.problems);
                found
            }
            (Some(at), false) => {
                self.problems.error(
                    at.span.clone(),
                    "this stage has steps of its own and those of a module",
                    "keep one of the two",
                );
                (Vec::new(), Vec::new())
            }
            (None, true) => {
                self.problems.error(
                    raw.span.clone(),
                    "this stage has no steps",
                    "add `[[stage.step]]`, or `use = \"…\"` with the name of a module",
                );
                (Vec::new(), Vec::new())
            }
        };
        for (id, most) in &raw.at_most {
            let step = found
                .iter_mut()
                .find(|step| step.id.as_ref() == Some(&id.it));
            match step.and_then(|step| step.at_most.as_mut()) {
                Some(bound) if i64::from(bound.0) >= most.it => {
                    bound.0 = u8::try_from(most.it).unwrap_or(1);
                }
                _ => self.problems.error(
                    id.span.clone(),
                    &format!("`{}` has no larger bound here", short(&id.it)),
                    "name a step of this stage with `at-most`, and a smaller number than its own",
                ),
            }
        }
        self.steps += found.len();
        (found, landings)
    }

    fn aside(&mut self, at: &At<String>) -> Option<usize> {
        if let Some(known) = self.asides.iter().position(|(name, _)| *name == at.it) {
            return Some(known);
        }
        let mut header = None;
        let (steps, _) = self.with_module(&at.it, &at.span, Place::Aside, |raw| {
            header = raw
                .offer
                .as_ref()
                .map(|offer| (offer.it.clone(), raw.clock.as_ref().map(|at| at.it.clone())));
        });
        let Some((offer, clock)) = header else {
            if !steps.is_empty() {
                self.problems.error(
                    at.span.clone(),
                    &format!("the module `{}` can't be stepped into", short(&at.it)),
                    "give the module `offer = \"…\"`: what the choice says",
                );
            }
            return None;
        };
        if !matches!(clock.as_deref(), Some("held" | "runs")) {
            self.problems.error(
                at.span.clone(),
                "an aside says what the clock does meanwhile",
                "give the module `clock = \"held\"` or `clock = \"runs\"`",
            );
        }
        let aside = Aside {
            offer: Shown::short(&offer, 60),
            holds: clock.as_deref() != Some("runs"),
            steps,
        };
        self.asides.push((at.it.clone(), aside));
        Some(self.asides.len() - 1)
    }

    fn module_steps(&mut self, name: &str, span: &Range<usize>, place: Place) -> Vec<Step> {
        self.with_module(name, span, place, |_| {}).0
    }

    fn with_module(
        &mut self,
        name: &str,
        span: &Range<usize>,
        place: Place,
        look: impl FnOnce(&RawModule),
    ) -> (Vec<Step>, Vec<(usize, Range<usize>)>) {
        let Some(source) = self.library.module(name) else {
            let help = match nearest(name, self.library.modules()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are: {}", self.library.modules().join(", ")),
            };
            self.problems.error(
                span.clone(),
                &format!("there is no module `{}`", short(name)),
                &help,
            );
            return (Vec::new(), Vec::new());
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
            ..self.common.clone()
        };
        let root = super::parse(&source, &mut problems);
        let raw = root.and_then(|root| raw::module(root.get_ref(), &roles, &mut problems));
        let found = raw.map_or_else(Default::default, |raw| {
            look(&raw);
            let found = steps(&raw.steps, place, &common, &mut problems);
            check_way(&found, |_| 0..1, &mut problems);
            found
        });
        // A module is used by several stages; its problems are told once.
        for problem in problems.all {
            if !self.elsewhere.contains(&problem) {
                self.elsewhere.push(problem);
            }
        }
        found
    }

    /// What only the whole script can get wrong.
    fn whole(&mut self, raw: &RawScript, stages: &[Stage], buffer: Duration) {
        if let Some(minutes) = &raw.minutes {
            let sum = super::length(stages, self.common.people) + buffer;
            if sum != Duration::from_secs(u64::try_from(minutes.it).unwrap_or(0) * 60) {
                self.problems.error(
                    minutes.span.clone(),
                    &format!(
                        "the stages and the buffer make {} minutes, not {}",
                        sum.as_secs() / 60,
                        minutes.it
                    ),
                    "count `each` and `turns` once for each person, and what is between turns",
                );
            }
        }
        let asks = |stage: &Stage, wanted: fn(&Ask) -> bool| {
            stage.steps.iter().any(|step| wanted(&step.ask))
        };
        let is_turns = |stage: &Stage| matches!(stage.kind, Kind::Turns { .. });
        let first_turn = stages.iter().position(is_turns).unwrap_or(stages.len());
        let before = stages.get(..first_turn).unwrap_or_default();
        if first_turn < stages.len() {
            if !before
                .iter()
                .any(|stage| asks(stage, |ask| matches!(ask, Ask::Agreement(_))))
            {
                self.problems.error(
                    raw.span.clone(),
                    "there is no agreement before the turns",
                    "add a step with `agreement`, or a stage with `use = \"agreement\"`",
                );
            }
            if !before
                .iter()
                .any(|stage| asks(stage, |ask| matches!(ask, Ask::Gate(_))))
            {
                self.problems.error(
                    raw.span.clone(),
                    "there is no gate before the turns",
                    "add a step with `gate`, or a stage with `use = \"arrive-gate\"`",
                );
            }
        }
        if !stages
            .iter()
            .any(|stage| asks(stage, |ask| matches!(ask, Ask::Keep)))
        {
            self.problems.warning(
                raw.span.clone(),
                "nobody is asked what stays of the session",
                "end the closing with a step that has `keep = true`",
            );
        }
    }
}

/// Every step can be reached, and every circle has a bound.
fn check_way(
    (steps, landings): &(Vec<Step>, Vec<(usize, Range<usize>)>),
    span: impl Fn(usize) -> Range<usize>,
    problems: &mut Problems,
) {
    let entries: Vec<usize> = landings.iter().map(|(at, _)| *at).collect();
    let name = |at: usize| {
        let id = steps.get(at).and_then(|step| step.id.clone());
        id.map_or_else(
            || format!("step {}", at + 1),
            |id| format!("the step `{id}`"),
        )
    };
    for at in graph::unreached(steps, &entries) {
        problems.error(
            span(at),
            &format!("no way leads to {}", name(at)),
            "lead to it with `to`, or take it out",
        );
    }
    if let Some(at) = graph::endless(steps) {
        problems.error(
            span(at),
            &format!("the way through {} can go round for ever", name(at)),
            "add `at-most = { visits = 3, then = \"…\" }` to a step of the circle",
        );
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
