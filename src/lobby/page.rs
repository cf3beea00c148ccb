//! The pages, each with what is known there.

use crate::care::card::Card;
use crate::lobby::shelf::{Planned, Request, Setup, Shelf};
use crate::script::Who;
use crate::session::begin::Length;
use crate::shown::Shown;

/// One page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Page {
    /// First run: what this is and is not.
    Notice,
    /// First run: for whom it is not the right thing.
    NotFor,
    /// Home.
    Home,
    /// What there is to look at: how it works, the scripts, practising.
    Around,
    /// How it works, leaf by leaf.
    Help { leaf: usize },
    /// Every script with its summary.
    Scripts,
    /// Which script to practise.
    Practise,
    /// Where the program's files are, and whether they are well.
    Files,
    /// The crisis card, over another page.
    Card { card: Card, under: Box<Page> },
    /// The sessions that were not closed.
    Resume,
    /// Which of them to set aside.
    SetAsideWhich,
    /// Whether to set this one aside.
    SetAside { id: String },
    /// Who is here; where a script was named from outside, as many as it is for.
    Who { script: Option<String> },
    /// A name; `names` has a place for each person, and the one at `at` is asked.
    Name { names: Vec<String>, at: usize },
    /// What these people need today, or which script.
    Script { people: People },
    /// Which of the scripts for a need; of all, when there is none.
    ScriptFor {
        people: People,
        need: Option<&'static str>,
    },
    /// How long.
    HowLong { draft: Draft },
    /// How many minutes.
    Minutes { draft: Draft },
    /// Until when.
    Until { draft: Draft },
    /// What it looks like.
    Plan { plan: Plan, planned: Planned },
}

impl Page {
    /// The crisis card over this page.
    pub fn card(shelf: &Shelf, under: Self) -> Self {
        Self::Card {
            card: Card::open(&shelf.own),
            under: Box::new(under),
        }
    }
}

/// The people of the session that is being set up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct People {
    /// Their names.
    pub names: Vec<String>,
    /// The circle that they were chosen from, as an index into the shelf's.
    pub circle: Option<usize>,
}

impl People {
    /// The page before the scripts: a remembered circle was chosen; other names were typed, and the last of them
    /// stands there again.
    pub fn before_script(&self) -> Page {
        match self.circle {
            Some(_) => Page::Who { script: None },
            None => Page::Name {
                names: self.names.clone(),
                at: self.names.len().saturating_sub(1),
            },
        }
    }
}

/// People and a script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Draft {
    pub people: People,
    /// The name of the script.
    pub script: String,
}

/// Everything but a yes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Plan {
    pub draft: Draft,
    pub time: Time,
    pub first: Who,
    /// Which pack of the script's words; the first when none was chosen.
    pub wording: Option<String>,
}

/// How long, and how that is said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Time {
    pub length: Length,
    pub says: Shown,
}

impl Plan {
    /// What the planner and the session are told.
    pub fn setup(&self) -> Setup {
        Setup {
            script: self.draft.script.clone(),
            people: self.draft.people.names.clone(),
            length: self.time.length,
            first: self.first,
            wording: self.wording.clone(),
        }
    }
}

/// What follows from a choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Move {
    /// Another page.
    To(Page),
    /// Something for others to do, and where we are then.
    Do(Request, Page),
    /// Make a plan and show it.
    Plan(Plan),
    /// Begin, if it still fits.
    Begin(Plan),
}
