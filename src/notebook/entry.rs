//! What is written into a notebook: one entry after the other, never changed afterwards.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::text::words::words;
use crate::time::date::Date;

/// Names an entry inside its notebook: 16 hexadecimal letters by chance. It is no secret.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// A name that nothing else has.
    #[must_use]
    pub fn new() -> Self {
        Self::drawn(&mut fastrand::Rng::new())
    }

    /// The next name of a chance with a seed.
    #[must_use]
    pub fn drawn(chance: &mut fastrand::Rng) -> Self {
        Self(format!("{:016x}", chance.u64(..)))
    }

    /// The name with these letters, where they can be one.
    #[must_use]
    pub(crate) fn of(letters: &str) -> Option<Self> {
        let fits = letters.len() == 16 && letters.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then(|| Self(letters.to_owned()))
    }

    /// The letters.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Id {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.0)
    }
}

/// When something was written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct WrittenAt {
    /// Milliseconds since 1970 UTC.
    pub wall: i64,
    /// Seconds east of UTC where the person was.
    pub offset: i32,
}

impl WrittenAt {
    /// The day on the person's calendar.
    #[must_use]
    pub fn day(self) -> Date {
        Date::at(self.wall, self.offset)
    }
}

/// Something that was written into a notebook.
///
/// In a file it is a JSON object whose `entry` says which kind it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "entry",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum NotebookEntry {
    /// Words of one's own.
    Note {
        /// Its name.
        id: Id,
        /// When it was written.
        at: WrittenAt,
        /// The words.
        words: String,
        /// The part that it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part: Option<Id>,
        /// The name of the script during which it was written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<String>,
        /// The last day on which it is kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// How long a note stays. Of several for the same note the latest one counts.
    Stays {
        /// Its name.
        id: Id,
        /// When this was said.
        at: WrittenAt,
        /// The note.
        note: Id,
        /// The last day on which it is kept; without one it stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// A part as it is now. Of several with the same `id` the latest one counts.
    Part {
        /// The part's name in the notebook, the same each time.
        id: Id,
        /// When this was written.
        at: WrittenAt,
        /// Everything about it.
        part: Part,
    },
    /// Two parts turned out to be one.
    Merge {
        /// Its name.
        id: Id,
        /// When.
        at: WrittenAt,
        /// The part that is no longer there by itself.
        from: Id,
        /// The one that it belongs to.
        into: Id,
    },
    /// A part was met.
    Met {
        /// Its name.
        id: Id,
        /// When.
        at: WrittenAt,
        /// The part.
        part: Id,
        /// How it showed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<PartChannel>,
        /// The parts that had not stepped aside.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        apart: Vec<Id>,
        /// The name of the script.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        script: Option<String>,
    },
    /// Something that the person says they will do for a part.
    Promise {
        /// Its name.
        id: Id,
        /// When it was made.
        at: WrittenAt,
        /// What is promised.
        words: String,
        /// To which part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part: Option<Id>,
        /// To whom, as they were called while the notebook was locked and no part could be looked up.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        called: String,
        /// Words that only their owner understands. They may be shown while the notebook is locked, and may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        cue: String,
        /// The days on which it is looked at again.
        on: Vec<Date>,
        /// Whether the part is to be met with a therapist; then the check-back only greets it.
        #[serde(default, skip_serializing_if = "is_false")]
        therapist: bool,
    },
    /// A promise was looked at again.
    Checked {
        /// Its name.
        id: Id,
        /// When.
        at: WrittenAt,
        /// The promise.
        promise: Id,
        /// What became of it.
        how: How,
        /// The new days, when they were changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Vec<Date>>,
    },
    /// A short look at how it is.
    CheckIn {
        /// Its name.
        id: Id,
        /// When.
        at: WrittenAt,
        /// At most five lines ([`NotebookEntry::MOST_LINES`]).
        lines: Vec<String>,
        /// How stirred, 0 to 10.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stirred: Option<u8>,
        /// How resourced, 0 to 10.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resourced: Option<u8>,
    },
    /// A session as one person looks back on it.
    Sitting {
        /// Its name.
        id: Id,
        /// When it began.
        at: WrittenAt,
        /// The script's name.
        script: String,
        /// With whom.
        with: Vec<String>,
        /// How many minutes it took.
        minutes: u16,
        /// How it was before, 0 to 10.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<u8>,
        /// How it was after, 0 to 10.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<u8>,
        /// How resourced before, 0 to 10.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resourced_before: Option<u8>,
        /// How resourced after, 0 to 10.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resourced_after: Option<u8>,
    },
    /// Something was deleted. It and this go when the book is next written.
    Gone {
        /// Its name.
        id: Id,
        /// When.
        at: WrittenAt,
        /// What is deleted.
        what: Id,
    },
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
const fn is_false(yes: &bool) -> bool {
    !*yes
}

impl NotebookEntry {
    /// Its name inside the notebook.
    #[must_use]
    pub(crate) fn id(&self) -> &Id {
        match self {
            Self::Note { id, .. }
            | Self::Stays { id, .. }
            | Self::Part { id, .. }
            | Self::Merge { id, .. }
            | Self::Met { id, .. }
            | Self::Promise { id, .. }
            | Self::Checked { id, .. }
            | Self::CheckIn { id, .. }
            | Self::Sitting { id, .. }
            | Self::Gone { id, .. } => id,
        }
    }

    /// Wipes its words from memory.
    pub(super) fn wipe(&mut self) {
        match self {
            Self::Note { words, .. } => words.zeroize(),
            Self::Part { part, .. } => part.wipe(),
            Self::Promise {
                words, called, cue, ..
            } => {
                words.zeroize();
                called.zeroize();
                cue.zeroize();
            }
            Self::CheckIn { lines, .. } => lines.zeroize(),
            Self::Sitting { with, .. } => with.zeroize(),
            Self::Stays { .. }
            | Self::Merge { .. }
            | Self::Met { .. }
            | Self::Checked { .. }
            | Self::Gone { .. } => {}
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Note { .. } => "Note",
            Self::Stays { .. } => "Stays",
            Self::Part { .. } => "Part",
            Self::Merge { .. } => "Merge",
            Self::Met { .. } => "Met",
            Self::Promise { .. } => "Promise",
            Self::Checked { .. } => "Checked",
            Self::CheckIn { .. } => "CheckIn",
            Self::Sitting { .. } => "Sitting",
            Self::Gone { .. } => "Gone",
        }
    }
}

/// Which kind and which name; no word of what is in it.
impl fmt::Debug for NotebookEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.kind(), self.id().as_str())
    }
}

/// A part in its person's own words. Every text may be empty.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Part {
    /// What it is called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// How and where it shows.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub shows: String,
    /// What it does.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub job: String,
    /// What it fears.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fears: String,
    /// What it wants.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub wants: String,
    /// Whom it protects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub protects: Vec<Id>,
    /// Whom it is at odds with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<Id>,
    /// The part that it was split off from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Id>,
    /// How it usually shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<PartChannel>,
}

impl Part {
    pub(super) fn wipe(&mut self) {
        for text in [
            &mut self.name,
            &mut self.shows,
            &mut self.job,
            &mut self.fears,
            &mut self.wants,
        ] {
            text.zeroize();
        }
    }
}

/// No word of what is in it.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Part(..)")
    }
}

/// How a part shows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartChannel {
    /// As something seen.
    Image,
    /// In the body.
    Body,
    /// As something heard.
    Voice,
    /// As a feeling.
    Feeling,
    /// In another way.
    Other,
}

impl PartChannel {
    /// How a part showed, in words.
    #[must_use]
    pub(crate) fn word(self) -> &'static str {
        let w = &words().export.channels;
        match self {
            Self::Image => &w.image,
            Self::Body => &w.body,
            Self::Voice => &w.voice,
            Self::Feeling => &w.feeling,
            Self::Other => &w.other,
        }
    }
}

/// What became of a promise.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It was kept; it goes on while it has days left.
    Kept,
    /// It was not kept; it goes on while it has days left.
    Missed,
    /// It is done, or no longer wanted.
    Released,
}
