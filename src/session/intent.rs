//! What a person can ask of the program, what follows, and how it says no.

use serde::{Deserialize, Serialize};

use crate::script::{Rung, Who};
use crate::session::next_session::NextSession;
use crate::session::own_entry::{CheckBack, KeptNotes, NotesLifetime, OwnEntry};
pub(crate) use crate::session::private_text::PrivateText;
use crate::session::setup::WitnessCard;
use crate::text::safe_text::SafeText;
use crate::time::date::Date;
use crate::time::moment::Gap;

/// A verb that a person would say. It changes something or is [`Refused`].
///
/// The working log holds these, so names here are part of the log's format:
/// they are added to, never renamed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Intent {
    /// Go on where there is nothing to answer; in a pause it resumes, at the empty gate only I see the screen now.
    GoOn,
    /// Pass what is asked: nothing is chosen, and the way that leads on is the gentlest there is.
    Pass,
    /// Back to the step before, within this stage.
    Back,
    /// Choose an answer, counted from 0.
    Answer {
        /// Which one.
        n: usize,
    },
    /// I don't know.
    Unsure,
    /// A number from 0 to 10.
    Rate {
        /// The number.
        value: u8,
    },
    /// What the log has of a number that was given: the lowest that leads the same way. How it was for somebody is
    /// theirs, and after a crash it is not known.
    Rated {
        /// The lowest number.
        least: u8,
    },
    /// What the gate gives for the one whose go it is.
    Gate {
        /// The word given.
        says: GateWord,
    },
    /// What the gate gives for everybody together, the most careful word; in the log it stands for all of them.
    Gated {
        /// The word.
        says: GateWord,
    },
    /// What each has answered unseen, by their place in the order, `None` for who passed; in the log it stands for
    /// all the answers.
    Answered {
        /// The answers, counted from 0.
        said: Vec<Option<usize>>,
    },
    /// Somebody says yes to what is asked of everybody.
    Yes {
        /// Who says it.
        who: Who,
    },
    /// Somebody says no, or not now. No reason is asked.
    No {
        /// Who says it.
        who: Who,
    },
    /// Read the agreement aloud again, line by line.
    ReadAloud,
    /// Change a line of the agreement: asks which.
    ChangeLine,
    /// This line of the agreement, counted from 0.
    PickLine {
        /// Which one.
        line: usize,
    },
    /// These words, into the field that is open.
    Write {
        /// The words.
        words: PrivateText,
    },
    /// This person goes first.
    First {
        /// Who.
        who: Who,
    },
    /// Let chance say who goes first.
    Toss,
    /// Forgive what was lent before, if everybody says yes.
    Forgive,
    /// No order: whoever is ready goes next.
    AnyOrder,
    /// Skip this stage, if everybody says yes.
    Skip,
    /// The processor asks for, or the witness offers, this kind of company.
    Support {
        /// Which rung.
        rung: Rung,
    },
    /// The witness can give what was asked.
    Accept,
    /// Switch a warning on or off.
    Warning {
        /// Minutes before the end of the turn.
        minutes: u8,
    },
    /// Freeze the whole session.
    Pause,
    /// STOP: at once, no reason.
    Stop,
    /// Ask for more time.
    More,
    /// This many minutes more, if everybody says yes.
    MoreBy {
        /// Minutes.
        minutes: u8,
    },
    /// Begin the landing of this turn now.
    Land,
    /// See what the witness can do now.
    Asides,
    /// Step aside for this (counted from 0 among those offered).
    Aside {
        /// Which one.
        n: usize,
    },
    /// Show the clock in the next of its ways.
    Clock,
    /// When a promise is looked at again.
    Again {
        /// The choice.
        when: CheckBack,
    },
    /// Words went into somebody's notebook. Only the log has this, in the place of the words.
    Sealed,
    /// Answer what is asked in writing, into one's own notebook; or, where that is done, leave it.
    InWriting,
    /// What stays of what somebody wrote into their notebook in this session.
    KeepOwn {
        /// The choice.
        what: KeptNotes,
    },
    /// Say how long the notes of this session stay that somebody keeps.
    HowLong,
    /// How long they stay.
    Stay {
        /// The choice.
        stay: NotesLifetime,
    },
    /// What stays of this session.
    Keep {
        /// The choice.
        what: KeepChoice,
    },
    /// Open the crisis card. It lies over whatever is there; nothing else changes.
    Card,
    /// Leave for now; what is open can be resumed.
    Leave,
    /// Where several terminals were joined: go on here without the others. No session takes it; the program around it does.
    Alone,
    /// Time went by. Only logged when it changed something, or as the ten-second mark.
    TimePassed,
    /// There was a hole in time.
    TimeJumped {
        /// The hole.
        gap: Gap,
    },
}

impl Intent {
    /// Whether it does something to the time that a step back can't undo.
    pub(in crate::session) fn moves_time(&self) -> bool {
        matches!(
            self,
            Self::MoreBy { .. } | Self::Skip | Self::Land | Self::Aside { .. }
        )
    }

    /// It as the log has it where nothing private is asked. How it was for somebody is theirs all the same.
    pub(in crate::session) fn as_logged(&self) -> Self {
        if let Self::Rate { value } = self {
            return Self::Rated { least: *value };
        }
        self.clone()
    }
}

/// What the gate gives: nothing else about it is ever known to the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateWord {
    /// Fit to work today.
    Go,
    /// A shorter, lighter session.
    Short,
    /// No inner work today.
    NotToday,
}

/// What stays when a session has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeepChoice {
    /// Nothing of today.
    Nothing,
    /// Date, people, script, minutes, who went first, the agreement, a loan.
    #[default]
    Outline,
    /// Nothing of today, and nothing of what was kept before of these people.
    Forget,
}

/// Why an intent was not taken: one kind sentence. Nothing has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused(pub SafeText);

/// A soft sound, and the words that go with it are on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BellRing {
    /// A warning that the processor chose.
    Warning,
    /// The landing begins.
    Landing,
    /// The time of a turn or a share is over.
    Over,
    /// A rest has ended.
    Rest,
}

/// What follows from an accepted intent, in this order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Ring.
    Ring(BellRing),
    /// Something for one person's notebook. Unless it could be written there, the intent is refused.
    Own {
        /// Whose.
        who: Who,
        /// What.
        what: OwnEntry,
    },
    /// Open the crisis card over what is shown: somebody may need it who can't look for its key.
    Card,
    /// The session is closed; keep what the people chose.
    Closed(Outline),
}

/// The facts of a session that may be kept: never a word of what was said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Outline {
    /// What the people chose to keep. With [`KeepChoice::Nothing`] the rest is not written anywhere.
    pub(crate) kept: KeepChoice,
    /// When it began, in milliseconds since 1970 UTC.
    pub(crate) began: i64,
    /// Seconds east of UTC then.
    pub(crate) offset: i32,
    /// The names, in the order they were entered.
    pub people: Vec<String>,
    /// The name of the script.
    pub script: String,
    /// Whole minutes from beginning to end, pauses and all.
    pub(crate) minutes: u64,
    /// Whether everybody had the turns that were planned and it went through its closing.
    pub whole: bool,
    /// Who went first, where the script has an order and a turn was begun.
    pub(crate) first: Option<Who>,
    /// Turn time that each person had, in milliseconds, in the order of `people`.
    pub(crate) turns: Vec<i64>,
    /// Whether only one person was meant to have turns, so that nobody owes anybody minutes.
    #[serde(default)]
    pub(crate) one_sided: bool,
    /// The agreement's lines that everybody said yes to; empty when that did not happen.
    pub(crate) agreement: Vec<String>,
    /// Whether everybody forgave what was lent before today.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) forgiven: bool,
    /// How many milliseconds more each had today than the one who had least, in the order of `people`; empty where
    /// nobody had more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) loan: Vec<i64>,
    /// When they meet again, where they wrote a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<NextSession>,
    /// Whether it ended by the short closing, as after a STOP. It is for the day after, and not for the record.
    #[serde(skip)]
    pub(crate) cut_short: bool,
    /// What each said of how they would like to be accompanied. It is for the cards, and not for the record.
    #[serde(skip)]
    pub(crate) cards: Vec<WitnessCard>,
    /// What everybody said yes to about meeting again. It is for the pair, and not for the record.
    #[serde(skip)]
    pub(crate) partnership: Option<Partnership>,
    /// How it was for each, in the order of `people`. It is for their own notebooks, and not for the record.
    #[serde(skip)]
    pub(crate) felt: Vec<FeltNumbers>,
}

/// How it was for one person, from 0 to 10, where they gave a number: how stirred they were, and how much they could
/// carry (content.md T2.2, A).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct FeltNumbers {
    /// Before the first turn.
    pub(crate) before: Option<u8>,
    /// In the closing.
    pub(crate) after: Option<u8>,
    /// How much they could carry, before the first turn.
    pub(crate) carry_before: Option<u8>,
    /// And in the closing.
    pub(crate) carry_after: Option<u8>,
}

/// What people decided about meeting again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Partnership {
    /// Three sessions to try, and then they ask each other again (content.md S1).
    Trial,
    /// They stop meeting (content.md S17).
    Goodbye,
}

impl Outline {
    /// The day on which it began, where the people were.
    #[must_use]
    pub(crate) fn day(&self) -> Date {
        Date::at(self.began, self.offset)
    }

    /// How many milliseconds more this person had than the one who had least.
    #[must_use]
    pub(crate) fn loan_of(&self, who: usize) -> i64 {
        self.loan.get(who).copied().unwrap_or(0)
    }
}
