//! A script that is always valid: what the session walks. Made only by [`super::check`].

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::shown::Shown;

/// A person of the session, as an index into the people in the order they were entered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Who(pub u8);

impl Who {
    /// The index.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The person at an index; sessions have at most [`super::MOST_PEOPLE`].
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(u8::try_from(index).unwrap_or(u8::MAX))
    }
}

/// How the witness accompanies, chosen per turn by the processor (content.md T2.3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rung {
    /// Look, breathe, be there.
    Silent,
    /// Some of their words back.
    SayBack,
    /// Read a prompt when asked, offer a choice.
    Guide,
}

impl Rung {
    /// Every rung, from the least to the most.
    pub const ALL: [Self; 3] = [Self::Silent, Self::SayBack, Self::Guide];

    /// Its word in a script.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::SayBack => "say-back",
            Self::Guide => "guide",
        }
    }
}

/// How far a turn may go (content.md T2.2). There is nothing beyond `Know`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Depth {
    /// Find it, notice it.
    Notice,
    /// Meet it: how you feel toward it.
    Meet,
    /// Know it: its job, its fears.
    Know,
}

impl Depth {
    /// Every depth, from the least to the most.
    pub const ALL: [Self; 3] = [Self::Notice, Self::Meet, Self::Know];

    /// Its word in a script.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Meet => "meet",
            Self::Know => "know",
        }
    }

    /// One step less deep; `Notice` stays.
    #[must_use]
    pub fn lower(self) -> Self {
        match self {
            Self::Notice | Self::Meet => Self::Notice,
            Self::Know => Self::Meet,
        }
    }
}

/// One kind of session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// The name it is called by: its file's name without the ending.
    pub name: String,
    /// A hash of its text and of every module it uses, so that a log knows its script.
    pub hash: String,
    /// What people call it.
    pub title: Shown,
    /// For whom, how long.
    pub summary: Shown,
    /// How many people it is for.
    pub people: u8,
    /// The word for who works, and, with more than one person, for who accompanies.
    pub roles: Vec<String>,
    /// The whole length as written.
    pub minutes: u16,
    /// How far a turn may go.
    pub ceiling: Depth,
    /// Slack that belongs to nobody.
    pub buffer: Duration,
    /// The stages, in order; the last is the closing.
    pub stages: Vec<Stage>,
    /// What can be stepped into from a stage that names it.
    pub asides: Vec<Aside>,
    /// The neutral screen and what leads on from it.
    pub stop: Vec<Step>,
    /// The short closing of a stopped session.
    pub mini_close: Vec<Step>,
    /// What to follow instead when there is less time or strength.
    pub shorter: Option<Arc<Script>>,
}

impl Script {
    /// The index of the closing.
    #[must_use]
    pub fn closing(&self) -> usize {
        self.stages.len().saturating_sub(1)
    }
}

/// One stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stage {
    /// What kind it is.
    pub kind: Kind,
    /// Its name, with roles in braces.
    pub title: Text,
    /// Its length: for everybody, or for each person in [`Kind::Each`] and [`Kind::Turns`].
    pub length: Duration,
    /// The least length that still makes sense.
    pub at_least: Duration,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Indices into [`Script::asides`].
    pub asides: Vec<usize>,
    /// The words for the roles on the screen here, as many as the script has roles.
    pub roles: Vec<Shown>,
}

/// The kinds of stages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Everybody at once.
    Together,
    /// The whole stage once for each person.
    Each,
    /// A protected turn for each person.
    Turns {
        /// How much of a turn is kept for coming to an end.
        landing: Duration,
        /// The step at which the landing begins.
        lands_at: usize,
        /// For each step, whether it belongs to the landing: whether the way leads to it from there.
        lands: Vec<bool>,
        /// What happens between two turns.
        between: Option<Box<Stage>>,
    },
    /// The end.
    Closing,
}

/// Something that can be stepped into and out of again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Aside {
    /// What the choice says.
    pub offer: Shown,
    /// Whether the clock stands still meanwhile.
    pub holds: bool,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// One screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Its name, when others go to it.
    pub id: Option<String>,
    /// What is said, and to whom.
    pub says: Says,
    /// What is asked.
    pub ask: Ask,
    /// Where it goes on.
    pub to: Target,
    /// Whether each person has a go, one after the other.
    pub round: bool,
    /// How deep it is, and where the way goes when that is too deep today.
    pub depth: Option<(Depth, Target)>,
    /// How often it may be visited, and where the way goes then.
    pub at_most: Option<(u8, Target)>,
    /// Whether the visits of other steps are counted anew from here.
    pub fresh: bool,
    /// Whether the clock stands still here, and nothing is on the screen but this.
    pub still: bool,
}

/// What a step says, and to whom.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Says {
    /// Words for everybody.
    pub all: Text,
    /// Words for the first role.
    pub first: Text,
    /// Words for the second role, on each rung in the order of [`Rung::ALL`].
    pub second: [Text; 3],
}

/// Text as a script has it: paragraphs, with roles in braces.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text(pub Vec<Vec<Piece>>);

impl Text {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A piece of a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Words as they stand.
    Words(Shown),
    /// The name of the person in this role (an index into [`Script::roles`]).
    Role(usize),
}

/// What a step asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Nothing: words to read.
    Read,
    /// One of these answers.
    Question(Vec<Answer>),
    /// A number from 0 to 10; the first bound that it reaches leads on, from the highest.
    Rating(Vec<(u8, Target)>),
    /// Everybody's yes, or where to go on without.
    Consent(Target),
    /// The gate.
    Gate(Gate),
    /// The agreement.
    Agreement(Agreement),
    /// Who goes first.
    Order,
    /// Company and warnings for each person's turn.
    Support(Support),
    /// A quiet while.
    Rest(Duration),
    /// What stays of the session.
    Keep,
}

/// An answer to a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Its words.
    pub says: Text,
    /// Where it leads.
    pub to: Target,
    /// The rung it sets for this turn.
    pub rung: Option<Rung>,
    /// The ceiling it sets for today.
    pub ceiling: Option<NewCeiling>,
}

/// A ceiling that an answer sets; it never rises above the script's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NewCeiling {
    /// This one.
    At(Depth),
    /// One step lower than it is.
    Lower,
}

/// The gate: questions that are read and answered inwardly, and never typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gate {
    /// The questions.
    pub questions: Vec<Text>,
    /// Where *short* leads.
    pub short: Target,
    /// Where *not today* leads.
    pub not_today: Target,
}

/// The agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agreement {
    /// Its lines, when the people have none of their own yet.
    pub lines: Vec<Text>,
    /// Where the way goes without everybody's yes.
    pub unsigned: Target,
}

/// Company and warnings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Support {
    /// Which rungs there are; none alone.
    pub rungs: Vec<Rung>,
    /// Which warnings can be chosen, in minutes before the end.
    pub warnings: Vec<u8>,
    /// Which are switched on at first.
    pub usual: Vec<u8>,
}

/// Where the way goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// The next step.
    Next,
    /// This step of the same stage or module.
    Step(usize),
    /// The end of this stage, share or turn.
    Done,
    /// The landing of this turn.
    Land,
    /// The closing of the session.
    Close,
    /// The short closing of a stopped session.
    End,
    /// The neutral screen.
    Stop,
    /// Back to where an aside was stepped out of.
    Back,
    /// The shorter script.
    Shorter,
}
