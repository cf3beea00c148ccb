//! Modules: steps that several scripts share, for a whole stage, an aside, or a place among other steps. Each is
//! compiled once for a script, in each kind of place, and put where it is named.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::packs::packs;
use super::scope::{Compiled, Scope, StepPlace, Unit, Use};
use super::steps::steps;
use super::text::Names;
use crate::script::asks::{LONG_NAME, RawAsk};
use crate::script::check::graph::ways_mut;
use crate::script::check::limits::MOST_STEPS;
use crate::script::check::ways::check_way;
use crate::script::format::tables::{MODULE_ROLES, RawModule, RawStep};
use crate::script::head::Written;
use crate::script::library::{Barred, Library};
use crate::script::model::{Script, Target};
use crate::script::parse;
use crate::script::problem::{Problem, Problems, Severity, short};
use crate::script::source::{Source, Span};
use crate::script::word::is_id;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::words;

/// How many modules may stand inside of each other.
const MOST_DEEP: usize = 8;
/// How many times a script may use a module.
const MOST_USES: usize = 400;

/// What was read of one library already.
#[derive(Default)]
pub(crate) struct ReadBefore {
    /// Modules, by their names.
    modules: RefCell<HashMap<String, Rc<ParsedModule>>>,
    /// Shorter scripts that can run, by their names.
    pub(crate) shorter: RefCell<HashMap<String, Arc<Script>>>,
    /// Whether somebody reads the warnings.
    pub(crate) warns: bool,
}

impl ReadBefore {
    /// Nothing yet.
    pub(crate) fn of(warns: bool) -> Self {
        Self {
            warns,
            ..Self::default()
        }
    }
}

/// A module as it was typed: what it means depends on who uses it.
pub(crate) struct ParsedModule {
    source: Arc<Source>,
    pub(crate) raw: Option<RawModule>,
    problems: Problems,
}

impl ParsedModule {
    fn new(source: Source, warns: bool) -> Self {
        let source = Arc::new(source);
        let mut problems = Problems::of(Arc::clone(&source));
        problems.warns = warns;
        let raw = parse::module(&source, &mut problems);
        if raw.as_ref().is_some_and(|raw| raw.steps.is_empty()) && problems.all.is_empty() {
            problems.error(&(0..1), &words().script.sentence.no_module_steps, &[]);
        }
        Self {
            source,
            raw,
            problems,
        }
    }
}

/// A module without an error as one script uses it, and what using it counts.
struct CompiledModule {
    compiled: Compiled,
    /// What was read for it: itself, and the modules inside of it.
    read: Vec<Arc<Source>>,
    uses: usize,
    steps: usize,
    /// Inside of how many others it was compiled. Where more stand around it, those inside of it may be too deep.
    depth: usize,
}

/// The modules of one script.
pub(crate) struct Modules<'a> {
    pub(crate) library: &'a dyn Library,
    pub(crate) before: Rc<ReadBefore>,
    /// What was read, for the hash.
    pub(crate) read: Vec<Arc<Source>>,
    /// The warnings of modules.
    pub(crate) warnings: Vec<Problem>,
    /// The names of the packs, in the script's order.
    pub(crate) packs: Vec<String>,
    /// What people write, in the order in which it comes.
    pub(crate) written: Vec<Written>,
    /// Whether steps are missing somewhere, so that nobody knows what they would ask.
    pub(crate) lost: bool,
    /// How many steps there are so far. Those of a module inside of a list count in both.
    pub(crate) steps: usize,
    /// The modules that are being read, each inside of the one before.
    open: Vec<String>,
    /// How many times a module was used.
    uses: usize,
    compiled: HashMap<(String, StepPlace, bool), CompiledModule>,
}

impl<'a> Modules<'a> {
    /// None so far.
    pub(crate) fn new(library: &'a dyn Library, before: Rc<ReadBefore>) -> Self {
        Self {
            library,
            before,
            read: Vec::new(),
            warnings: Vec::new(),
            packs: Vec::new(),
            written: Vec::new(),
            lost: false,
            steps: 0,
            open: Vec::new(),
            uses: 0,
            compiled: HashMap::new(),
        }
    }

    /// The steps of a module that is named in `outer`, and the module as it is typed. It serves many scripts, and
    /// whoever writes this one can't change it: what does not fit is told where it is named.
    pub(crate) fn place(
        &mut self,
        name: &str,
        span: &Span,
        place: StepPlace,
        outer: &mut Unit,
    ) -> Option<(Compiled, Rc<ParsedModule>)> {
        let Some(parsed) = self.parsed(name, (span, place), &mut outer.problems) else {
            self.lost |= place != StepPlace::Aside;
            return None;
        };
        let key = (name.to_owned(), place, outer.inside);
        if let Some(known) = self.compiled.get(&key)
            && self.uses + known.uses <= MOST_USES
            && self.steps + known.steps <= MOST_STEPS
            && self.open.len() <= known.depth
        {
            self.uses += known.uses;
            self.steps += known.steps;
            self.read.extend(known.read.iter().cloned());
            return Some((known.compiled.clone(), parsed));
        }
        let (uses, all_steps, read) = (self.uses, self.steps, self.read.len());
        let (compiled, error) = self.compile(name, &parsed, place, outer);
        if let Some(why) = error {
            let values = [("name", &*short(name)), ("why", &*why)];
            let w = &words().script.sentence;
            let mut own = parsed.problems.all.iter();
            let own = own.any(|problem| problem.severity == Severity::Error);
            let sentence = if own {
                &w.module_broken
            } else {
                &w.module_misfit
            };
            outer.problems.error(span, sentence, &values);
            outer.why.get_or_insert(why);
            // What is only stepped into asks nothing that a session needs.
            self.lost |= place != StepPlace::Aside;
        } else {
            let known = CompiledModule {
                compiled: compiled.clone(),
                read: self.read.get(read..).unwrap_or_default().to_vec(),
                uses: self.uses - uses,
                steps: self.steps - all_steps,
                depth: self.open.len(),
            };
            self.compiled.insert(key, known);
        }
        Some((compiled, parsed))
    }

    /// The steps of a module that no script names.
    pub(crate) fn alone(
        &mut self,
        name: &str,
        raw: &RawModule,
        place: StepPlace,
        unit: &mut Unit,
    ) -> Compiled {
        self.open.push(name.to_owned());
        self.enter(raw, unit);
        self.steps(raw, place, unit)
    }

    /// Compiles a module, and says what is wrong with it.
    fn compile(
        &mut self,
        name: &str,
        parsed: &ParsedModule,
        place: StepPlace,
        outer: &mut Unit,
    ) -> (Compiled, Option<String>) {
        self.read.push(Arc::clone(&parsed.source));
        let mut unit = Unit {
            scope: outer.scope.clone(),
            problems: parsed.problems.clone(),
            inside: outer.inside,
            why: None,
        };
        self.open.push(name.to_owned());
        let mut compiled = Compiled::default();
        if let Some(raw) = &parsed.raw {
            self.enter(raw, &mut unit);
            compiled = self.steps(raw, place, &mut unit);
        }
        self.open.pop();
        outer.scope.names.written = unit.scope.names.written;
        let mut problems = unit.problems.all.iter();
        let error = problems.find(|problem| problem.severity == Severity::Error);
        if let Some(error) = error {
            compiled.sound = false;
            // Of a module inside of a module, what is wrong innermost is what helps.
            let why = unit.why.take().unwrap_or_else(|| error.short());
            return (compiled, Some(why));
        }
        // A module is used by several stages; its warnings are told once.
        for warning in unit.problems.all {
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
        (compiled, None)
    }

    /// What is known inside of a module: its own names for the roles, its packs, its ways out.
    fn enter(&mut self, raw: &RawModule, unit: &mut Unit) {
        let Unit {
            scope, problems, ..
        } = unit;
        let (_, packed) = packs(&raw.wording, Some(&self.packs), problems);
        *scope = Scope {
            names: Names {
                roles: MODULE_ROLES.map(str::to_owned).to_vec(),
                held: scope.names.held.min(MODULE_ROLES.len()),
                packed,
                written: std::mem::take(&mut scope.names.written),
            },
            module: true,
            later: Vec::new(),
            exits: raw.exits.iter().map(|exit| exit.it.clone()).collect(),
            ..scope.clone()
        };
        for exit in raw.exits.iter().filter(|exit| !is_id(&exit.it)) {
            problems.named(&exit.span, &words().script.sentence.bad_id, &exit.it);
        }
    }

    /// The steps of a module that was entered.
    fn steps(&mut self, raw: &RawModule, place: StepPlace, unit: &mut Unit) -> Compiled {
        let compiled = self.list(&raw.steps, place, unit);
        let whole = 0..unit.problems.source().text.len();
        if !unit.problems.touch(&whole) {
            // Whether a turn begins is asked of the whole turn, not of a place in it.
            let (begins, ceiling) = (!unit.inside, unit.scope.ceiling);
            check_way(&compiled, place, begins, ceiling, &mut unit.problems);
        }
        compiled
    }

    /// A list of steps, with those of modules where they stand.
    pub(crate) fn list(&mut self, raw: &[RawStep], place: StepPlace, unit: &mut Unit) -> Compiled {
        self.note_written(raw, unit);
        let compiled = steps(raw, place, unit);
        self.filled_in(compiled, place, unit)
    }

    /// A module, read once however often it is used, unless it can't be read here.
    fn parsed(
        &mut self,
        name: &str,
        (span, place): (&Span, StepPlace),
        problems: &mut Problems,
    ) -> Option<Rc<ParsedModule>> {
        let w = &words().script.sentence;
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
            let values = [("name", &*short(name)), ("known", "")];
            problems.error(span, sentence, &values);
            return None;
        }
        self.uses += 1;
        if let Some(parsed) = self.before.modules.borrow().get(name) {
            return Some(Rc::clone(parsed));
        }
        if let Some(barred) = self.library.barred(name) {
            let (sentence, key, value) = match &barred {
                Barred::Shipped(place) => (&w.module_shadowed, "place", place),
                Barred::Unreadable(why) => (&w.module_unreadable, "why", why),
            };
            let values = [("name", name), (key, value.as_str())];
            problems.error(span, sentence, &values);
            return None;
        }
        let Some(source) = self.library.module(name) else {
            let mut known = self.library.modules();
            if place == StepPlace::Aside {
                known.retain(|name| self.is_stepped_into(name));
            }
            problems.unknown(span, &w.unknown_module, name, &known);
            return None;
        };
        let parsed = Rc::new(ParsedModule::new(source, self.before.warns));
        let mut modules = self.before.modules.borrow_mut();
        modules.insert(name.to_owned(), Rc::clone(&parsed));
        Some(parsed)
    }

    /// Whether a module is made to be stepped into.
    fn is_stepped_into(&self, name: &str) -> bool {
        let source = self.library.module(name);
        let parsed = source.map(|source| ParsedModule::new(source, false));
        let raw = parsed.and_then(|parsed| parsed.raw);
        raw.is_some_and(|raw| raw.offer.is_some())
    }

    /// Notes what is written at these steps, so that texts can say it again.
    fn note_written(&mut self, steps: &[RawStep], unit: &mut Unit) {
        let Unit {
            scope, problems, ..
        } = unit;
        for ask in steps.iter().filter_map(|step| step.asks.first()) {
            let RawAsk::Write(write) = &ask.it else {
                continue;
            };
            let Some(name) = &write.name else { continue };
            let names = &mut scope.names;
            let is_packed = names.packed.iter().any(|(known, _)| *known == name.it);
            if !is_id(&name.it) || names.roles.contains(&name.it) || is_packed {
                problems.named(&name.span, &words().script.sentence.bad_written, &name.it);
            }
            let title = write
                .title
                .as_ref()
                .map(|at| SafeText::short(&at.it, usize::from(LONG_NAME)));
            let known = names.written.iter().position(|known| *known == name.it);
            let Some(known) = known else {
                names.written.push(name.it.clone());
                self.written.push(Written {
                    name: name.it.clone(),
                    otherwise: SafeText::new(write.otherwise.as_ref().map_or("", |at| &at.it)),
                    title: title.unwrap_or_default(),
                });
                continue;
            };
            if let (Some(title), Some(written)) = (title, self.written.get_mut(known)) {
                written.title = title;
            }
        }
    }

    /// The same steps, with those of modules where they stand.
    fn filled_in(&mut self, mut list: Compiled, place: StepPlace, unit: &mut Unit) -> Compiled {
        // From the last to the first, so that the places of those before stay.
        while let Some(used) = list.uses.pop() {
            if self.steps > MOST_STEPS {
                list.sound = false;
                break;
            }
            let outer = std::mem::replace(&mut unit.inside, true);
            let inner = self.place(&used.name.it, &used.name.span, place, unit);
            unit.inside = outer;
            let inner = inner.map(|(inner, _)| inner).unwrap_or_default();
            list.sound &= inner.sound;
            self.steps += inner.steps.len();
            if inner.steps.is_empty() {
                continue;
            }
            let ways_out = ways_out(&used, &inner, &mut unit.problems);
            put_in(&mut list, &used, inner, &ways_out);
        }
        list
    }
}

/// Where each way out of a module leads.
fn ways_out(used: &Use, inner: &Compiled, problems: &mut Problems) -> Vec<Target> {
    let w = &words().script.sentence;
    let known: Vec<&str> = inner.exits.iter().map(String::as_str).collect();
    for (name, _) in &used.exits {
        if !inner.exits.contains(&name.it) {
            let sentence = match &known[..] {
                [] => &w.no_exits,
                _ => &w.unknown_exit,
            };
            problems.unknown(&name.span, sentence, &name.it, &known);
        }
    }
    let lead = |exit: &String| {
        let typed = used.exits.iter().find(|(name, _)| name.it == *exit);
        if let Some((_, to)) = typed {
            return *to;
        }
        problems.named(&used.name.span, &w.missing_exit, exit);
        Target::Next
    };
    inner.exits.iter().map(lead).collect()
}

/// Puts the steps of a module in the place of the step that names it.
fn put_in(list: &mut Compiled, used: &Use, inner: Compiled, ways_out: &[Target]) {
    let (at, length) = (used.at, inner.steps.len());
    let moved = |step: usize| if step > at { step + length - 1 } else { step };
    let outer = |target: Target| target.moved(moved);
    let on = list.steps.get(at).map_or(Target::Next, |step| step.to);
    let id = list.steps.get(at).and_then(|step| step.id.clone());
    for step in &mut list.steps {
        for target in ways_mut(step) {
            *target = outer(*target);
        }
    }
    for (_, target) in list.uses.iter_mut().flat_map(|used| &mut used.exits) {
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
        for target in ways_mut(step) {
            // A step past the last one is the end of a module that stands at the end of this one.
            let past = matches!(*target, Target::Step(step) if step >= length);
            *target = if let Target::Exit(exit) = *target {
                behind(ways_out.get(exit).copied().unwrap_or(Target::Next))
            } else if past || last && *target == Target::Next {
                behind(on)
            } else {
                target.moved(|step| at + step)
            };
        }
    }
    if let Some(first) = steps.first_mut()
        && first.id.is_none()
    {
        first.id = id;
    }
    list.steps.splice(at..=at, steps);
    let span = used.name.span.clone();
    for spans in [&mut list.spans, &mut list.bounds] {
        spans.splice(at..=at, std::iter::repeat_n(span.clone(), length));
    }
    for landing in &mut list.landings {
        *landing = moved(*landing);
    }
    let landings = inner.landings.iter().map(|landing| at + landing);
    list.landings.extend(landings);
    list.landings.arrange();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::compile::lint::Lint;
    use crate::script::shipped::SHIPPED;

    /// A module of one step that says this.
    fn module(says: &str) -> Rc<ParsedModule> {
        let text = format!("format = 1\ntitle = \"m\"\n[[step]]\nprocessor = \"{says}\"\n");
        Rc::new(ParsedModule::new(Source::new("m", text), true))
    }

    #[test]
    fn a_module_is_compiled_once_in_each_kind_of_place_and_counts_as_often_as_it_is_named() {
        let mut modules = Modules::new(&SHIPPED, Rc::default());
        let known = Rc::clone(&modules.before);
        let set = |says| {
            known
                .modules
                .borrow_mut()
                .insert("m".to_owned(), module(says))
        };
        let mut unit = Unit::new(Arc::new(Source::new("x", "x")), Lint::English);
        unit.scope.names.held = 2;
        let mut place = |place| {
            let (placed, _) = modules.place("m", &(0..1), place, &mut unit).unwrap();
            assert!(placed.sound);
            placed.steps
        };
        set("Look around.");
        let first = place(StepPlace::Stage);
        // What was read meanwhile under the same name is not looked at again for such a place.
        set("Look up.");
        assert_eq!(place(StepPlace::Stage), first);
        assert_ne!(place(StepPlace::Turn), first);
        assert_eq!((modules.uses, modules.read.len()), (3, 3));
    }

    #[test]
    fn a_module_that_does_not_fit_is_told_wherever_it_is_named() {
        let mut modules = Modules::new(&SHIPPED, Rc::default());
        let broken = module("{nobody}");
        modules
            .before
            .modules
            .borrow_mut()
            .insert("m".to_owned(), broken);
        let mut unit = Unit::new(Arc::new(Source::new("x", "x")), Lint::English);
        unit.scope.names.held = 2;
        for times in 1..=2 {
            modules.place("m", &(0..1), StepPlace::Stage, &mut unit);
            assert_eq!(unit.problems.all.len(), times);
        }
    }
}
