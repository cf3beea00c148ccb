//! What is known while the steps of one text are compiled.

use std::rc::Rc;
use std::sync::Arc;

use super::lint::Lint;
use super::stage_names::StageNames;
use super::text::Names;
use crate::script::format::reader::Located;
use crate::script::head::People;
use crate::script::model::{Depth, Step, Target};
use crate::script::problem::Problems;
use crate::script::source::{Source, Span};

/// Where steps stand: not every target makes sense everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum StepPlace {
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

/// What the steps of one text have in common.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// What may stand in braces; its roles are those of the text that is read.
    pub(crate) names: Names,
    /// How many people.
    pub(crate) people: People,
    /// The script's ceiling.
    pub(crate) ceiling: Depth,
    /// Whether there is a shorter script.
    pub(crate) shorter: bool,
    /// Whether this is a module, which serves scripts of several kinds.
    pub(crate) module: bool,
    /// How closely it is looked at how its texts are said.
    pub(crate) lint: Lint,
    /// The role that has the floor in what is read.
    pub(crate) floor: usize,
    /// The later stages that a step can go to, by their ids.
    pub(crate) later: Vec<(String, usize)>,
    /// The names in every stage, and which stage is read.
    pub(crate) stages: Rc<Vec<StageNames>>,
    pub(crate) at: usize,
    /// The ways out of the module that is read.
    pub(crate) exits: Vec<String>,
}

/// One text while it is compiled.
pub(crate) struct Unit {
    pub(crate) scope: Scope,
    /// What is wrong with it.
    pub(crate) problems: Problems,
    /// Whether it stands in a place among other steps.
    pub(crate) inside: bool,
    /// What is wrong in a module inside of it.
    pub(crate) why: Option<String>,
}

impl Unit {
    /// A text of which nothing is known yet.
    pub(crate) fn new(source: Arc<Source>, lint: Lint) -> Self {
        let scope = Scope {
            names: Names::default(),
            people: People { from: 1, to: 1 },
            ceiling: Depth::Know,
            shorter: false,
            module: false,
            lint,
            floor: 0,
            later: Vec::new(),
            stages: Rc::default(),
            at: 0,
            exits: Vec::new(),
        };
        let mut problems = Problems::of(source);
        problems.warns = lint != Lint::Nothing;
        Self {
            scope,
            problems,
            inside: false,
            why: None,
        }
    }
}

/// A step in whose place the steps of a module stand.
#[derive(Clone)]
pub(crate) struct Use {
    /// Which step.
    pub(crate) at: usize,
    /// Which module.
    pub(crate) name: Located<String>,
    /// Where each of its ways out leads.
    pub(crate) exits: Vec<(Located<String>, Target)>,
}

/// Steps, compiled.
#[derive(Clone, Default)]
pub(crate) struct Compiled {
    /// The steps.
    pub(crate) steps: Vec<Step>,
    /// Where each of them stands.
    pub(crate) spans: Vec<Span>,
    /// Where each of them says what follows its last visit; the whole step when it does not.
    pub(crate) bounds: Vec<Span>,
    /// Those at which a landing begins.
    pub(crate) landings: Vec<usize>,
    /// Those in whose place a module stands, until they are filled in.
    pub(crate) uses: Vec<Use>,
    /// The ways out of the module these are the steps of.
    pub(crate) exits: Vec<String>,
    /// Whether nothing in them had an error, so that what is missing is not only a follow-on.
    pub(crate) sound: bool,
}
