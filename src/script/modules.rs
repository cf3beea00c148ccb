//! Modules: steps that several scripts share, for a whole stage, an aside, or a place among other steps.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::Barred;
use super::graph::ways;
use super::head::Written;
use super::limits::MOST_STEPS;
use super::lower::Builder;
use super::model::{Step, Target};
use super::problem::{Problem, Problems, Severity, nearest};
use super::raw::{self, RawModule};
use super::raw_step::{RawAsk, RawStep};
use super::reader::{At, short};
use super::says::Names;
use super::source::Source;
use super::steps::{Common, Found, Place, Use, is_id, steps};
use super::syntax;
use super::whole::check_way;
use super::wording::packs;
use crate::shown::Shown;
use crate::words::words;

/// In a module the roles are called this, whatever the script calls them.
pub(super) const MODULE_ROLES: [&str; 3] = ["processor", "witness", "observer"];
/// How many modules may stand inside of each other.
const MOST_DEEP: usize = 8;
/// How many times a script may read a module.
const MOST_USES: usize = 400;

/// The modules of one library that were read, by their names.
pub type Shelf = Rc<RefCell<HashMap<String, Rc<Opened>>>>;

/// A module as it was typed: what it means depends on who uses it.
pub struct Opened {
    source: Arc<Source>,
    raw: Option<RawModule>,
    problems: Vec<Problem>,
}

impl Opened {
    fn new(source: Source) -> Self {
        let source = Arc::new(source);
        let mut problems = Problems::of(Arc::clone(&source));
        let root = syntax::parse(&source, &mut problems);
        let roles = MODULE_ROLES.map(|role| At {
            it: role.to_owned(),
            span: 0..0,
        });
        let raw = root.and_then(|root| raw::module(root.get_ref(), &roles, &mut problems));
        if raw.as_ref().is_some_and(|raw| raw.steps.is_empty()) && problems.all.is_empty() {
            let no_steps = &words().script.sentence.no_module_steps;
            problems.error(0..1, no_steps, &[]);
        }
        let problems = problems.all;
        Self {
            source,
            raw,
            problems,
        }
    }
}

impl Builder<'_> {
    /// A module that every script has without naming it.
    pub(super) fn own_module(&mut self, name: &str, place: Place) -> Vec<Step> {
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
        let Some(opened) = self.opened(name, span) else {
            self.lost = true;
            return Found::default();
        };
        let source = &opened.source;
        self.read.push(Arc::clone(source));
        let mut problems = Problems::of(Arc::clone(source));
        problems.all.clone_from(&opened.problems);
        let outer = std::mem::replace(&mut self.problems, problems);
        let script = self.common.clone();
        self.open.push(name.to_owned());
        let mut found = Found::default();
        if let Some(raw) = &opened.raw {
            look(raw);
            self.enter_module(raw, &script);
            found = self.module_steps(raw, place);
        }
        self.open.pop();
        let written = std::mem::take(&mut self.common.names.written);
        self.common = script;
        self.common.names.written = written;
        let problems = std::mem::replace(&mut self.problems, outer);
        self.tell(name, span, problems, &mut found);
        found
    }

    /// The steps of a module that was entered.
    pub(super) fn module_steps(&mut self, raw: &RawModule, place: Place) -> Found {
        self.note_written(&raw.steps);
        let common = self.common.clone();
        let found = steps(&raw.steps, place, &common, &mut self.problems);
        let found = self.filled_in(found, place);
        let whole = 0..self.problems.source().text.len();
        if !self.problems.touch(&whole) {
            // Whether a turn begins is asked of the whole turn, not of a place in it.
            let begins = !self.inside;
            check_way(&found, place, begins, common.ceiling, &mut self.problems);
        }
        found
    }

    /// A module, read once however often it is used, unless it can't be read here.
    fn opened(&mut self, name: &str, span: &Range<usize>) -> Option<Rc<Opened>> {
        let w = &words().script.sentence;
        let known = |builder: &Self| builder.library.modules().join(", ");
        let values = |list: &str| [("name", short(name)), ("known", list.to_owned())];
        let sentence = if !is_id(name) {
            Some(&w.bad_module)
        } else if self.open.iter().any(|open| open == name) {
            Some(&w.module_in_itself)
        } else if self.open.len() >= MOST_DEEP {
            Some(&w.modules_deep)
        } else if self.uses >= MOST_USES {
            Some(&w.modules_many)
        } else {
            None
        };
        if let Some(sentence) = sentence {
            let values = values("");
            let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
            self.problems.error(span.clone(), sentence, &values);
            return None;
        }
        self.uses += 1;
        if let Some(opened) = self.opened.borrow().get(name) {
            return Some(Rc::clone(opened));
        }
        if let Some(barred) = self.library.barred(name) {
            let (sentence, key, value) = match &barred {
                Barred::Shipped(place) => (&w.module_shadowed, "place", place),
                Barred::Unreadable(why) => (&w.module_unreadable, "why", why),
            };
            let values = [("name", name), (key, value.as_str())];
            self.problems.error(span.clone(), sentence, &values);
            return None;
        }
        let source = self.library.module(name);
        if source.is_none() {
            let list = known(self);
            let values = values(&list);
            let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
            let modules = self.library.modules();
            let near = nearest(name, modules.iter().copied());
            self.problems
                .error_near(span.clone(), &w.unknown_module, &values, near);
        }
        let opened = Rc::new(Opened::new(source?));
        let known = Rc::clone(&opened);
        self.opened.borrow_mut().insert(name.to_owned(), known);
        Some(opened)
    }

    /// What is known inside of a module: its own names for the roles, its packs, its ways out.
    pub(super) fn enter_module(&mut self, raw: &RawModule, script: &Common) {
        let (_, packed) = packs(&raw.wording, Some(&self.packs), &mut self.problems);
        let held = script.names.held;
        self.common = Common {
            names: Names {
                roles: MODULE_ROLES.map(str::to_owned).to_vec(),
                held: held.min(MODULE_ROLES.len()),
                packed,
                written: script.names.written.clone(),
            },
            module: true,
            later: Vec::new(),
            exits: raw.exits.iter().map(|exit| exit.it.clone()).collect(),
            ..script.clone()
        };
        let w = &words().script.sentence;
        for exit in &raw.exits {
            if !is_id(&exit.it) {
                let values = [("name", &*short(&exit.it))];
                self.problems.error(exit.span.clone(), &w.bad_id, &values);
            }
        }
    }

    /// Notes what is written at these steps, so that texts can say it again.
    pub(super) fn note_written(&mut self, steps: &[RawStep]) {
        let w = &words().script.sentence;
        for ask in steps.iter().filter_map(|step| step.asks.first()) {
            let RawAsk::Write {
                name: Some(name),
                otherwise,
                ..
            } = &ask.it
            else {
                continue;
            };
            let values = [("name", &*short(&name.it))];
            let names = &self.common.names;
            let taken = names.roles.contains(&name.it)
                || names.packed.iter().any(|(known, _)| *known == name.it);
            if !is_id(&name.it) || taken {
                self.problems
                    .error(name.span.clone(), &w.bad_written, &values);
            }
            if !self.common.names.written.contains(&name.it) {
                self.common.names.written.push(name.it.clone());
                self.written.push(Written {
                    name: name.it.clone(),
                    otherwise: Shown::new(otherwise.as_ref().map_or("", |at| &at.it)),
                });
            }
        }
    }

    /// An error of a module is told where it is named; its warnings stay where they are.
    fn tell(&mut self, name: &str, span: &Range<usize>, problems: Problems, found: &mut Found) {
        let error = problems
            .all
            .iter()
            .find(|problem| problem.severity == Severity::Error);
        if let Some(error) = error {
            found.sound = false;
            self.lost = true;
            // Of a module inside of a module, what is wrong innermost is what helps.
            let why = self.why.take().unwrap_or_else(|| error.short());
            let values = [("name", &*short(name)), ("why", &*why)];
            let misfit = &words().script.sentence.module_misfit;
            self.problems.error(span.clone(), misfit, &values);
            if !self.open.is_empty() {
                self.why = Some(why);
            }
        } else {
            // A module is used by several stages; its warnings are told once.
            for problem in problems.all {
                if !self.elsewhere.contains(&problem) {
                    self.elsewhere.push(problem);
                }
            }
        }
    }

    /// The same steps, with those of modules where they stand.
    pub(super) fn filled_in(&mut self, mut found: Found, place: Place) -> Found {
        // From the last to the first, so that the places of those before stay.
        while let Some(used) = found.uses.pop() {
            if self.steps > MOST_STEPS {
                found.sound = false;
                break;
            }
            let outer = std::mem::replace(&mut self.inside, true);
            let inner = self.with_module(&used.name.it, &used.name.span, place, |_| {});
            self.inside = outer;
            found.sound &= inner.sound;
            self.steps += inner.steps.len();
            if inner.steps.is_empty() {
                continue;
            }
            let ways_out = self.ways_out(&used, &inner);
            put_in(&mut found, &used, inner, &ways_out);
        }
        found
    }

    /// Where each way out of a module leads.
    fn ways_out(&mut self, used: &Use, inner: &Found) -> Vec<Target> {
        let w = &words().script.sentence;
        for (name, _) in &used.exits {
            if !inner.exits.contains(&name.it) {
                let sentence = match &inner.exits[..] {
                    [] => &w.no_exits,
                    _ => &w.unknown_exit,
                };
                let known = inner.exits.join(", ");
                let values = [("name", &*short(&name.it)), ("known", &*known)];
                let near = nearest(&name.it, inner.exits.iter().map(String::as_str));
                self.problems
                    .error_near(name.span.clone(), sentence, &values, near);
            }
        }
        let lead = |exit: &String| {
            let typed = used.exits.iter().find(|(name, _)| name.it == *exit);
            typed.map(|(_, to)| *to)
        };
        let mut leads = Vec::new();
        for exit in &inner.exits {
            match lead(exit) {
                Some(to) => leads.push(to),
                None => {
                    let values = [("name", &*short(exit))];
                    let span = used.name.span.clone();
                    self.problems.error(span, &w.missing_exit, &values);
                    leads.push(Target::Next);
                }
            }
        }
        leads
    }
}

/// Puts the steps of a module in the place of the step that names it.
fn put_in(found: &mut Found, used: &Use, inner: Found, ways_out: &[Target]) {
    let (at, length) = (used.at, inner.steps.len());
    let moved = |step: usize| if step > at { step + length - 1 } else { step };
    let outer = |target: Target| match target {
        Target::Step(step) => Target::Step(moved(step)),
        Target::Next
        | Target::Stage(_)
        | Target::Exit(_)
        | Target::Done
        | Target::Land
        | Target::Close
        | Target::End
        | Target::Stop
        | Target::Back
        | Target::Shorter => target,
    };
    let on = found.steps.get(at).map_or(Target::Next, |step| step.to);
    let id = found.steps.get(at).and_then(|step| step.id.clone());
    for step in &mut found.steps {
        for target in ways(step) {
            *target = outer(*target);
        }
    }
    for (_, target) in found.uses.iter_mut().flat_map(|used| &mut used.exits) {
        *target = outer(*target);
    }
    // Behind the module, whatever its place: a step that may lie past the last one, which ends the list.
    let behind = |target: Target| {
        if target == Target::Next {
            Target::Step(at + length)
        } else {
            outer(target)
        }
    };
    let mut steps = inner.steps;
    for (place, step) in steps.iter_mut().enumerate() {
        let last = place + 1 == length;
        for target in ways(step) {
            *target = match *target {
                Target::Step(step) => Target::Step(at + step),
                Target::Exit(exit) => behind(ways_out.get(exit).copied().unwrap_or(Target::Next)),
                Target::Next if last => behind(on),
                Target::Next
                | Target::Stage(_)
                | Target::Done
                | Target::Land
                | Target::Close
                | Target::End
                | Target::Stop
                | Target::Back
                | Target::Shorter => *target,
            };
        }
    }
    if let Some(first) = steps.first_mut()
        && first.id.is_none()
    {
        first.id = id;
    }
    found.steps.splice(at..=at, steps);
    let span = used.name.span.clone();
    for spans in [&mut found.spans, &mut found.bounds] {
        spans.splice(at..=at, std::iter::repeat_n(span.clone(), length));
    }
    for landing in &mut found.landings {
        *landing = moved(*landing);
    }
    let landings = inner.landings.iter().map(|landing| at + landing);
    found.landings.extend(landings);
    found.landings.sort_unstable();
}
