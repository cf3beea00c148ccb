//! What somebody writes for their own notebook in a session, and what they say about it.

use serde::{Deserialize, Serialize};

use crate::session::private_text::PrivateText;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// Something for one person's notebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OwnEntry {
    /// A note.
    Note(PrivateText),
    /// What is asked, and what somebody answered in writing. All of a session stand on one page.
    Answer {
        /// The question, as it stood on the screen.
        asked: SafeText,
        /// The answer.
        words: PrivateText,
    },
    /// A promise to a part.
    Promise(NewPromise),
    /// The promise that this session came back to was looked at.
    Looked {
        /// What its owner's notebook calls it.
        promise: String,
        /// What became of it.
        became: PromiseOutcome,
        /// After how many days it is looked at again; `None`: on the days that were planned.
        after: Option<u32>,
    },
    /// What this person keeps of what they wrote in this session.
    Keep {
        /// How much.
        what: KeptNotes,
        /// How long the notes stay.
        stay: NotesLifetime,
    },
}

/// When somebody wants to look at a promise again (content.md T2.5, S15).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckBack {
    /// After 1, 3 and 7 days, then weekly until the 21st.
    Usual,
    /// Tomorrow.
    Tomorrow,
    /// In a week.
    Week,
    /// On the usual days, and then it is only greeted: it waits for a professional.
    Professional,
    /// On no day.
    Never,
}

/// How much somebody keeps of what they wrote for themselves in this session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptNotes {
    /// All of it.
    All,
    /// Only the promises.
    Promises,
    /// Only the notes.
    Notes,
    /// Nothing.
    Nothing,
}

/// How long a note stays in somebody's notebook.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotesLifetime {
    /// Until its owner deletes it.
    #[default]
    Always,
    /// For a month.
    Month,
    /// For three months.
    ThreeMonths,
    /// For a year.
    Year,
}

impl NotesLifetime {
    /// All of them, as they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::Always, Self::Month, Self::ThreeMonths, Self::Year];

    /// For how many days; `None`: without an end.
    #[must_use]
    pub(crate) const fn days(self) -> Option<u32> {
        match self {
            Self::Always => None,
            Self::Month => Some(30),
            Self::ThreeMonths => Some(91),
            Self::Year => Some(365),
        }
    }

    /// How it is said.
    #[must_use]
    pub(crate) fn says(self) -> &'static str {
        let w = &words().session;
        match self {
            Self::Always => w.stay_always,
            Self::Month => w.stay_month,
            Self::ThreeMonths => w.stay_three_months,
            Self::Year => w.stay_year,
        }
    }
}

/// What became of a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PromiseOutcome {
    /// It was kept.
    Kept,
    /// It was not kept, or nobody said so.
    Missed,
    /// It is done, or no longer wanted.
    Released,
}

/// A promise as somebody makes it in a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewPromise {
    /// What is promised.
    pub(crate) words: PrivateText,
    /// When it is looked at again.
    pub(crate) again: CheckBack,
    /// To whom, as they are called; may be empty.
    pub(crate) called: PrivateText,
    /// A hint for the first page that only its owner understands; may be empty.
    pub(crate) cue: PrivateText,
}

/// A promise in the making. The words come last, so that all of it is kept at once or nothing of it is; after a crash
/// before that it is asked anew from the day on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::session) enum PromiseQuestion {
    /// When is it looked at again?
    When,
    /// Whom is it for?
    For { again: CheckBack },
    /// Which hint is there for the first page?
    Cue {
        again: CheckBack,
        called: PrivateText,
    },
    /// What is promised?
    Words {
        again: CheckBack,
        called: PrivateText,
        cue: PrivateText,
    },
}

impl PromiseQuestion {
    /// The question after this one, with what was typed; nothing where there is none.
    pub(in crate::session) fn next(self, typed: PrivateText) -> Option<Self> {
        match self {
            Self::When | Self::Words { .. } => None,
            // Nobody is reminded without a day, so there is no hint to give.
            Self::For {
                again: CheckBack::Never,
            } => Some(Self::Words {
                again: CheckBack::Never,
                called: typed,
                cue: PrivateText::from(""),
            }),
            Self::For { again } => Some(Self::Cue {
                again,
                called: typed,
            }),
            Self::Cue { again, called } => Some(Self::Words {
                again,
                called,
                cue: typed,
            }),
        }
    }

    /// The first question after the day, with nothing typed: where a log that is told again stands.
    pub(in crate::session) fn anew(&self) -> Option<Self> {
        match self {
            Self::When => None,
            Self::For { again } | Self::Cue { again, .. } | Self::Words { again, .. } => {
                Some(Self::For { again: *again })
            }
        }
    }

    /// The question before this one.
    pub(in crate::session) fn before(&self) -> Option<Self> {
        match self {
            Self::When => None,
            Self::For { .. } => Some(Self::When),
            Self::Cue { again, .. } => Some(Self::For { again: *again }),
            Self::Words { again, called, .. } if *again != CheckBack::Never => Some(Self::Cue {
                again: *again,
                called: called.clone(),
            }),
            Self::Words { again, .. } => Some(Self::For { again: *again }),
        }
    }
}
