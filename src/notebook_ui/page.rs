//! The pages, each with what is known there.

use crate::calendar::Asking;
use crate::notebook::{How, Id, Letter, Part, PartChannel};
use crate::notebook_ui::NotebookRequest;
use crate::session::intent::PrivateText;
use crate::time::date::{Date, Month};

/// The most letters of a hint.
pub(super) const MOST_CUE: usize = 30;

/// One page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum NotebookPage {
    /// Whose pages?
    Door,
    /// Making a notebook.
    Make(NewNotebook),
    /// Which words open this one?
    Pass { name: String },
    /// The open notebook.
    Front,
    /// Where somebody left off.
    Left,
    /// A page that was begun: go on with it, or let it go?
    Begun,
    /// Writing a note, about this part or for a therapist; `begun` is what stands there at first.
    Write {
        part: Option<Id>,
        bring: bool,
        begun: PrivateText,
    },
    /// Two voices in turn, their owner and this part: what was said so far, each line with its end, and what stands in
    /// the next one at first.
    Talk {
        part: Id,
        said: PrivateText,
        begun: PrivateText,
    },
    /// What somebody wants to bring to their therapist.
    Bring,
    /// To which part these words belong.
    WriteTo { words: PrivateText },
    /// All notes, or those about one part.
    Notes { part: Option<Id> },
    /// Letters: those that wait, and new ones.
    Letters,
    /// A letter in the making.
    Letter(LetterDraft),
    /// One note.
    Note { id: Id },
    /// How long a note stays.
    Stay { id: Id },
    /// Which part a note is about, and then how it showed itself.
    NoteOf { id: Id, part: Option<Id> },
    /// All promises.
    Promises,
    /// One promise.
    Promise { id: Id },
    /// Making a promise, or giving one other days.
    Vow(PromiseDraft),
    /// All parts.
    Parts,
    /// One part.
    Part { id: Id },
    /// All parts as a map.
    Map,
    /// Which line of a part to change.
    PartLines { id: Id },
    /// One line of a part; a new part where there is no `id`.
    PartLine { id: Option<Id>, line: PartField },
    /// How a part showed itself just now.
    Met { id: Id },
    /// Whether one had not stepped aside.
    MetApart {
        id: Id,
        channel: Option<PartChannel>,
    },
    /// How a part stands to another.
    Link { id: Id },
    /// Which other.
    LinkTo { id: Id, how: RelationDraft },
    /// Whether two are one.
    MergeSure { id: Id, other: Id },
    /// What the other half is called.
    Split { id: Id },
    /// A short check-in: the lines so far.
    CheckIn { lines: Vec<String> },
    /// And a number.
    Stirred { lines: Vec<String> },
    /// And how much can be carried.
    Carry {
        lines: Vec<String>,
        stirred: Option<u8>,
    },
    /// Looking back.
    Back,
    /// The weeks of it.
    Weeks,
    /// A month of it.
    Month { month: Month },
    /// What to take out.
    Out,
    /// What stands on the page for a therapist.
    Choose { chosen: Vec<Id> },
    /// The next session, for a calendar.
    Calendar(Asking),
    /// What will stand in the file.
    Preview { what: ExportKind },
    /// In which folder it is written.
    Place { what: ExportKind },
    /// Which copy, and where it is.
    Copies(CopyPage),
    /// Passphrase, locking, deleting.
    Manage,
    /// Other words to open it.
    Rekey(PassphraseChange),
    /// Whether to do what can't be undone.
    Sure { what: NotebookRequest },
}

/// What is asked about a copy of a whole notebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum CopyPage {
    /// In which folder all of it is copied.
    Out,
    /// From which folder a notebook is brought.
    Bring,
    /// Which one is taken in: its folder, and then the words that open it.
    TakeIn { folder: Option<String> },
}

/// Making a notebook, step by step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum NewNotebook {
    Name,
    How { name: String },
    Pass { name: String },
    Again { name: String, first: PrivateText },
    Plain { name: String },
}

/// A letter in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum LetterDraft {
    /// With whom?
    With { came: bool },
    /// What stands in it; `begun` is what stands there at first.
    Words { letter: Letter, begun: PrivateText },
}

/// A promise in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum PromiseDraft {
    /// What?
    Words { part: Option<Id> },
    /// To which part?
    To { words: PrivateText },
    /// Looked at again when?
    When { what: Promised },
    /// On which day?
    Day { what: Promised },
    /// A hint for the first page.
    Cue { what: Promised, on: Vec<Date> },
}

/// What is promised: something new, or one that was looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Promised {
    New {
        words: PrivateText,
        part: Option<Id>,
    },
    Again {
        id: Id,
        how: How,
    },
}

/// The lines of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PartField {
    Name,
    Shows,
    Job,
    Fears,
    Wants,
}

impl PartField {
    pub(crate) const ALL: [Self; 5] =
        [Self::Name, Self::Shows, Self::Job, Self::Fears, Self::Wants];

    /// What stands there.
    pub(crate) fn of(self, part: &Part) -> &str {
        match self {
            Self::Name => &part.name,
            Self::Shows => &part.shows,
            Self::Job => &part.job,
            Self::Fears => &part.fears,
            Self::Wants => &part.wants,
        }
    }

    pub(crate) fn put(self, part: &mut Part, words: String) {
        *match self {
            Self::Name => &mut part.name,
            Self::Shows => &mut part.shows,
            Self::Job => &mut part.job,
            Self::Fears => &mut part.fears,
            Self::Wants => &mut part.wants,
        } = words;
    }
}

/// How one part stands to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RelationDraft {
    Protects,
    Against,
    Fears,
    Wants,
    Neither,
    Same,
}

/// Other words to open a notebook, in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum PassphraseChange {
    Old,
    New {
        old: PrivateText,
    },
    Again {
        old: PrivateText,
        new: PrivateText,
    },
    /// The first words of a notebook that had none.
    Seal,
    SealAgain {
        new: PrivateText,
    },
}

/// What is taken out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExportKind {
    /// A page for somebody's therapist, with these entries on it.
    Therapist(Vec<Id>),
    /// One note.
    Note(Id),
    /// Everything, to read.
    Markdown,
    /// Everything, as data.
    Data,
    /// The map of the parts, as Mermaid text.
    Map,
    /// The map of the parts, as a picture.
    MapPicture,
    /// The weeks, as a picture.
    Weeks,
    /// Every number, for a spreadsheet.
    Numbers,
    /// The page for somebody's therapist, for a browser.
    Html(Vec<Id>),
}

/// What follows from a choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum NotebookMove {
    /// Another page.
    To(NotebookPage),
    /// This page in the place of the one that is there: something on it is changed, or it is answered.
    Stay(NotebookPage),
    /// The page that one came from.
    Back,
    /// Something for others to do, where we are then, and what is said there.
    Do(NotebookRequest, NotebookPage, Option<&'static str>),
}

impl NotebookPage {
    /// An empty page to write on, about this part.
    pub(crate) fn empty(part: Option<Id>) -> Self {
        Self::Write {
            part,
            bring: false,
            begun: PrivateText::from(""),
        }
    }

    /// An empty letter.
    pub(super) fn letter(letter: Letter) -> Self {
        let begun = PrivateText::from("");
        Self::Letter(LetterDraft::Words { letter, begun })
    }

    /// The next line of two voices, after these.
    pub(crate) fn next_voice(part: Id, said: PrivateText) -> Self {
        let begun = PrivateText::from("");
        Self::Talk { part, said, begun }
    }

    /// Whether it is a page to write on, and empty at first.
    pub(crate) fn is_empty_page(&self) -> bool {
        let both = |said: &PrivateText, begun: &PrivateText| said.is_empty() && begun.is_empty();
        matches!(self, Self::Write { begun, .. } if begun.is_empty())
            || matches!(self, Self::Talk { said, begun, .. } if both(said, begun))
            || matches!(self, Self::Letter(LetterDraft::Words { begun, .. }) if begun.is_empty())
    }

    /// Whether it only asks on the way to something that is done then.
    pub(super) fn asks(&self) -> bool {
        match self {
            Self::Make(_)
            | Self::Pass { .. }
            | Self::Begun
            | Self::Write { .. }
            | Self::Talk { .. }
            | Self::WriteTo { .. }
            | Self::Stay { .. }
            | Self::NoteOf { .. }
            | Self::Letter(_)
            | Self::Vow(_)
            | Self::PartLine { .. }
            | Self::Met { .. }
            | Self::MetApart { .. }
            | Self::Link { .. }
            | Self::LinkTo { .. }
            | Self::MergeSure { .. }
            | Self::Split { .. }
            | Self::CheckIn { .. }
            | Self::Stirred { .. }
            | Self::Carry { .. }
            | Self::Choose { .. }
            | Self::Calendar(_)
            | Self::Preview { .. }
            | Self::Place { .. }
            | Self::Copies(_)
            | Self::Rekey(_)
            | Self::Sure { .. } => true,
            Self::Door
            | Self::Front
            | Self::Left
            | Self::Notes { .. }
            | Self::Bring
            | Self::Note { .. }
            | Self::Letters
            | Self::Promises
            | Self::Promise { .. }
            | Self::Parts
            | Self::Part { .. }
            | Self::Map
            | Self::PartLines { .. }
            | Self::Back
            | Self::Weeks
            | Self::Month { .. }
            | Self::Out
            | Self::Manage => false,
        }
    }
}
