//! What is written into a notebook: one entry after the other, never changed afterwards.

use std::borrow::Cow;
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
    pub(crate) fn new() -> Self {
        Self::drawn(&mut fastrand::Rng::new())
    }

    /// The next name of a chance with a seed.
    #[must_use]
    pub(crate) fn drawn(chance: &mut fastrand::Rng) -> Self {
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
    pub(crate) wall: i64,
    /// Seconds east of UTC where the person was.
    pub(crate) offset: i32,
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
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "kebab-case")]
pub enum NotebookEntry {
    /// Words of one's own.
    Note(Note),
    /// How long a note stays. Of several for the same note the latest one counts.
    Stays(NoteExpiry),
    /// A part as it is now. Of several with the same `id` the latest one counts.
    Part(PartRevision),
    /// Two parts turned out to be one.
    Merge(PartMerge),
    /// A part was met.
    Met(Meeting),
    /// Something that the person says they will do for a part.
    Promise(Promise),
    /// A promise was looked at again.
    Checked(PromiseCheck),
    /// A short look at how it is.
    CheckIn(CheckIn),
    /// A session as one person looks back on it.
    Sitting(SessionReview),
    /// Something was deleted. It and this go when the book is next written.
    Gone(Deletion),
}

/// How every entry begins that was written here, and what else is read of one that begins otherwise.
const BEGINS: &str = r#"{"entry":""#;

#[derive(Deserialize)]
struct EntryKind<'a> {
    #[serde(borrow)]
    entry: Cow<'a, str>,
}

impl NotebookEntry {
    /// The entry of its text; none where it is of no kind that is known. Which kind it is is looked at first: otherwise
    /// all of it would be copied before it is known what it is.
    pub(super) fn read(text: &str) -> Option<Self> {
        fn of<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
            serde_json::from_str(text).ok()
        }
        let first = text.strip_prefix(BEGINS);
        let kind = match first.and_then(|rest| rest.split_once('"')) {
            Some((kind, _)) => Cow::Borrowed(kind),
            None => of::<EntryKind<'_>>(text)?.entry,
        };
        Some(match &*kind {
            "note" => Self::Note(of(text)?),
            "stays" => Self::Stays(of(text)?),
            "part" => Self::Part(of(text)?),
            "merge" => Self::Merge(of(text)?),
            "met" => Self::Met(of(text)?),
            "promise" => Self::Promise(of(text)?),
            "checked" => Self::Checked(of(text)?),
            "check-in" => Self::CheckIn(of(text)?),
            "sitting" => Self::Sitting(of(text)?),
            "gone" => Self::Gone(of(text)?),
            _ => return None,
        })
    }

    /// Its name inside the notebook.
    #[must_use]
    pub(crate) fn id(&self) -> &Id {
        match self {
            Self::Note(it) => &it.id,
            Self::Stays(it) => &it.id,
            Self::Part(it) => &it.id,
            Self::Merge(it) => &it.id,
            Self::Met(it) => &it.id,
            Self::Promise(it) => &it.id,
            Self::Checked(it) => &it.id,
            Self::CheckIn(it) => &it.id,
            Self::Sitting(it) => &it.id,
            Self::Gone(it) => &it.id,
        }
    }

    /// What it deletes, where it does.
    pub(super) fn deletes(&self) -> Option<&Id> {
        if let Self::Gone(deletion) = self {
            Some(&deletion.what)
        } else {
            None
        }
    }

    /// Wipes its words from memory.
    pub(super) fn wipe(&mut self) {
        match self {
            Self::Note(note) => note.wipe(),
            Self::Part(revision) => revision.part.wipe(),
            Self::Promise(promise) => promise.wipe(),
            Self::CheckIn(check_in) => check_in.wipe(),
            Self::Sitting(review) => review.wipe(),
            Self::Stays(_) | Self::Merge(_) | Self::Met(_) | Self::Checked(_) | Self::Gone(_) => {}
        }
    }
}

/// Words of one's own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Note {
    /// Its name.
    pub(crate) id: Id,
    /// When it was written.
    pub at: WrittenAt,
    /// The words.
    pub words: String,
    /// The part that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) part: Option<Id>,
    /// The name of the script during which it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<String>,
    /// The last day on which it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Whether two voices speak in it in turn, a line each: its owner, and the part that it is about. An empty line is
    /// a voice that said nothing.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) voices: bool,
    /// Whether its owner wants to bring it to their therapist.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) bring: bool,
    /// With whom it is exchanged, where it is a letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) letter: Option<Letter>,
}

/// A note as a letter, for two people who can't talk at the same time.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Letter {
    /// Whether it came from somebody; otherwise it is for them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) came: bool,
    /// With whom; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) with: String,
    /// The day by which it is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<Date>,
    /// The letter that it answers, while it is being written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answers: Option<Id>,
}

/// One line of a note in two voices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct VoiceLine<'a> {
    /// Whether the owner speaks, and not the part.
    pub(crate) own: bool,
    /// What is said.
    pub(crate) words: &'a str,
}

/// What two voices said in turn, the owner first; who said nothing is left out.
pub(crate) fn voice_lines(words: &str) -> impl Iterator<Item = VoiceLine<'_>> {
    let lines = words.lines().enumerate().map(|(n, words)| VoiceLine {
        own: n.is_multiple_of(2),
        words,
    });
    lines.filter(|line| !line.words.is_empty())
}

/// How long a note stays. Of several for the same note the latest one counts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct NoteExpiry {
    /// Its name.
    pub(crate) id: Id,
    /// When this was said.
    pub(crate) at: WrittenAt,
    /// The note.
    pub(crate) note: Id,
    /// The last day on which it is kept; without one it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<Date>,
}

/// A part as it is now. Of several with the same `id` the latest one counts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartRevision {
    /// The part's name in the notebook, the same each time.
    pub(crate) id: Id,
    /// When this was written.
    pub(crate) at: WrittenAt,
    /// Everything about it.
    pub(crate) part: Part,
}

/// Two parts turned out to be one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartMerge {
    /// Its name.
    pub(crate) id: Id,
    /// When.
    pub(crate) at: WrittenAt,
    /// The part that is no longer there by itself.
    pub(crate) from: Id,
    /// The one that it belongs to.
    pub(crate) into: Id,
}

/// A part was met.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Meeting {
    /// Its name.
    pub(crate) id: Id,
    /// When.
    pub(crate) at: WrittenAt,
    /// The part.
    pub(crate) part: Id,
    /// How it showed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) channel: Option<PartChannel>,
    /// The parts that had not stepped aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) apart: Vec<Id>,
    /// The name of the script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) script: Option<String>,
}

/// Something that the person says they will do for a part.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Promise {
    /// Its name.
    pub(crate) id: Id,
    /// When it was made.
    pub(crate) at: WrittenAt,
    /// What is promised.
    pub words: String,
    /// To which part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) part: Option<Id>,
    /// To whom, as they were called while the notebook was locked and no part could be looked up.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) called: String,
    /// Words that only their owner understands. They may be shown while the notebook is locked, and may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) cue: String,
    /// The days on which it is looked at again.
    pub(crate) on: Vec<Date>,
    /// Whether the part is to be met with a therapist; then the check-back only greets it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) therapist: bool,
}

/// A promise was looked at again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PromiseCheck {
    /// Its name.
    pub(crate) id: Id,
    /// When.
    pub(crate) at: WrittenAt,
    /// The promise.
    pub(crate) promise: Id,
    /// What became of it.
    pub(crate) how: How,
    /// The new days, when they were changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) on: Option<Vec<Date>>,
}

/// A short look at how it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CheckIn {
    /// Its name.
    pub(crate) id: Id,
    /// When.
    pub(crate) at: WrittenAt,
    /// What was written, at most five lines.
    pub(crate) lines: Vec<String>,
    /// How stirred, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stirred: Option<u8>,
    /// How resourced, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) resourced: Option<u8>,
}

/// A session as one person looks back on it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SessionReview {
    /// Its name.
    pub(crate) id: Id,
    /// When it began.
    pub(crate) at: WrittenAt,
    /// The script's name.
    pub(crate) script: String,
    /// With whom.
    pub(crate) with: Vec<String>,
    /// How many minutes it took.
    pub(crate) minutes: u16,
    /// How it was before, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<u8>,
    /// How it was after, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<u8>,
    /// How resourced before, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) resourced_before: Option<u8>,
    /// How resourced after, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) resourced_after: Option<u8>,
}

/// Something was deleted. It and this go when the book is next written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Deletion {
    /// Its name.
    pub(crate) id: Id,
    /// When.
    pub(crate) at: WrittenAt,
    /// What is deleted.
    pub(crate) what: Id,
}

impl Note {
    /// A note with these words, and nothing else about it.
    pub(crate) fn new(at: WrittenAt, words: String) -> Self {
        Self {
            id: Id::new(),
            at,
            words,
            part: None,
            session: None,
            until: None,
            voices: false,
            bring: false,
            letter: None,
        }
    }

    pub(super) fn wipe(&mut self) {
        self.words.zeroize();
    }
}

impl Promise {
    pub(super) fn wipe(&mut self) {
        self.words.zeroize();
        self.called.zeroize();
        self.cue.zeroize();
    }
}

impl CheckIn {
    pub(super) fn wipe(&mut self) {
        self.lines.zeroize();
    }
}

impl SessionReview {
    pub(super) fn wipe(&mut self) {
        self.with.zeroize();
    }
}

macro_rules! tells_only_its_name {
    ($($kind:ident),*) => {$(
        /// Its name in the notebook, and no word of what is in it.
        impl fmt::Debug for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($kind), self.id.as_str())
            }
        }
    )*};
}
tells_only_its_name!(
    Note,
    NoteExpiry,
    PartRevision,
    PartMerge,
    Meeting,
    Promise,
    PromiseCheck,
    CheckIn,
    SessionReview,
    Deletion
);

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
const fn is_false(yes: &bool) -> bool {
    !*yes
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
    pub(crate) shows: String,
    /// What it does.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub job: String,
    /// What it fears.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) fears: String,
    /// What it wants.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) wants: String,
    /// Whom it protects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) protects: Vec<Id>,
    /// Whom it is at odds with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) against: Vec<Id>,
    /// Whom it fears.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) afraid_of: Vec<Id>,
    /// Whom it wants something of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) wants_of: Vec<Id>,
    /// The part that it was split off from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Id>,
    /// How it usually shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) channel: Option<PartChannel>,
}

impl Part {
    /// All that it is tied to, kind by kind.
    pub(super) fn ties(&self) -> impl Iterator<Item = &Id> {
        let kinds = [
            &self.protects,
            &self.against,
            &self.afraid_of,
            &self.wants_of,
        ];
        kinds.into_iter().flatten()
    }

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
pub(crate) enum PartChannel {
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
            Self::Image => w.image,
            Self::Body => w.body,
            Self::Voice => w.voice,
            Self::Feeling => w.feeling,
            Self::Other => w.other,
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_entry_is_the_same_whichever_way_it_is_read() {
        let part = json!({"name": "the \"guard\"\n", "protects": ["01"]});
        let kinds = [
            json!({"entry": "note", "words": "a", "until": "2026-03-01", "x": 1}),
            json!({"entry": "stays", "note": "02"}),
            json!({"entry": "part", "part": part}),
            json!({"entry": "merge", "from": "01", "into": "02"}),
            json!({"entry": "met", "part": "01", "channel": "body"}),
            json!({"entry": "promise", "words": "a", "on": ["2026-03-01"]}),
            json!({"entry": "checked", "promise": "01", "how": "kept"}),
            json!({"entry": "check-in", "lines": ["a"], "stirred": 4}),
            json!({"entry": "sitting", "script": "a", "with": ["Ben"], "minutes": 9}),
            json!({"entry": "gone", "what": "01"}),
        ];
        for mut value in kinds {
            value["id"] = json!("00000000000000aa");
            value["at"] = json!({"wall": 7, "offset": -60});
            // In the order of letters the kind is not the first key; as it is written here, it is.
            let text = value.to_string();
            let entry: NotebookEntry = serde_json::from_str(&text).unwrap();
            let written = serde_json::to_string(&entry).unwrap();
            assert!(!text.starts_with(BEGINS) && written.starts_with(BEGINS));
            for text in [&text, &written] {
                assert_eq!(NotebookEntry::read(text).as_ref(), Some(&entry), "{text}");
            }
            let torn = written.trim_end_matches('}');
            assert_eq!(NotebookEntry::read(torn), None, "{torn}");
        }
        for other in [
            r#"{"entry":"dream","id":"01"}"#,
            r#"{"id":"01"}"#,
            r#"{"entry":"note"}"#,
            "7",
        ] {
            assert_eq!(NotebookEntry::read(other), None, "{other}");
        }
    }
}
