//! The pages, each with what is known there.

use crate::home::home_data::{HomeRequest, PlannedSession, Screens, Setup};
use crate::script::Who;
use crate::session::intent::PrivateText;
use crate::session::setup::Length;
use crate::text::safe_text::SafeText;

/// One page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum HomePage {
    /// First run: what this is and is not.
    Notice,
    /// First run: the rest of that.
    NoticeRest,
    /// First run: for whom it is not the right thing.
    NotFor,
    /// First run: the same in full.
    NotForInFull,
    /// Home.
    Home,
    /// It has not settled since the day before.
    Unsettled,
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
    /// The sessions that were not closed.
    Resume,
    /// Which of them to set aside.
    SetAsideWhich,
    /// Whether to set this one aside.
    SetAside { id: String },
    /// A ticket that somebody sent; whether the last one was none, and what was typed of one whose rest is missing.
    Ticket { torn: bool, begun: PrivateText },
    /// What a public relay sees, before it is used for this.
    Relay { plan: SetupPlan },
    /// Who is here; where a script was named from outside, as many as it is for.
    Who { script: Option<String> },
    /// A name; `names` has a place for each person, and the one at `at` is asked.
    Name { names: Vec<String>, at: usize },
    /// For whom it is not the right thing, for people who are here together for the first time, and again where their
    /// agreement is to be looked at anew.
    ReadByEach { people: SetupPeople },
    /// What these people need today, or which script.
    Script { people: SetupPeople },
    /// Which of the scripts for a need; of all, when there is none.
    ScriptFor {
        people: SetupPeople,
        need: Option<&'static str>,
    },
    /// How long.
    HowLong { draft: SetupDraft },
    /// How many minutes.
    Minutes { draft: SetupDraft },
    /// Until when.
    Until { draft: SetupDraft },
    /// What it looks like.
    Plan {
        plan: SetupPlan,
        planned: PlannedSession,
    },
}

impl HomePage {
    /// The names that were typed until this page.
    pub(super) fn typed_names(&self) -> Option<Vec<String>> {
        if let Self::Name { names, .. }
        | Self::ReadByEach {
            people: SetupPeople {
                names,
                circle: None,
            },
        }
        | Self::Script {
            people: SetupPeople {
                names,
                circle: None,
            },
        } = self
        {
            Some(names.clone())
        } else {
            None
        }
    }
}

/// The people of the session that is being set up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SetupPeople {
    /// Their names.
    pub(crate) names: Vec<String>,
    /// The circle that they were chosen from, as an index into the data's.
    pub(crate) circle: Option<usize>,
}

/// People and a script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SetupDraft {
    pub(crate) people: SetupPeople,
    /// The name of the script.
    pub(crate) script: String,
}

/// Everything but a yes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SetupPlan {
    pub(crate) draft: SetupDraft,
    pub(crate) time: SetupTime,
    pub(crate) first: Who,
    /// Which pack of the script's words; the first when none was chosen.
    pub(crate) wording: Option<String>,
    /// At how many screens they sit.
    pub(crate) screens: Screens,
}

/// How long, and how that is said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SetupTime {
    pub(crate) length: Length,
    pub(crate) says: SafeText,
}

impl SetupPlan {
    /// What the planner and the session are told.
    pub(crate) fn setup(&self) -> Setup {
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
pub(super) enum HomeMove {
    /// Another page.
    To(HomePage),
    /// Something for others to do, and where we are then.
    Do(HomeRequest, HomePage),
    /// Make a plan and show it.
    Plan(SetupPlan),
    /// Say what a public relay sees, in the place of the plan.
    AskRelay(SetupPlan),
    /// Sit at as many screens as this plan says, which is shown.
    Screens(SetupPlan),
    /// Begin, if it still fits.
    Begin(SetupPlan),
}
