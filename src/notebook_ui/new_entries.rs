//! What goes into a notebook: the entries that the pages write.

use crate::notebook::{
    CheckIn, Id, Letter, Meeting, Note, NoteExpiry, NotebookEntry, Part, PartChannel, Promise,
    PromiseCheck, WrittenAt, dates,
};
use crate::notebook_ui::page::{NotebookMove, NotebookPage, Promised, RelationDraft};
use crate::notebook_ui::{NotebookData, NotebookRequest};
use crate::session::intent::PrivateText;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::date::Date;
use crate::time::moment::Moment;

/// For how many days an answer stays, unless its owner says otherwise.
pub(crate) const ANSWER_DAYS: u32 = 7;

pub(super) fn at(data: &NotebookData<'_>) -> WrittenAt {
    at_of(data.now)
}

pub(super) fn at_of(now: Moment) -> WrittenAt {
    WrittenAt {
        wall: now.wall,
        offset: now.offset,
    }
}

/// What is typed, as it is kept: without what cannot be shown, and without space around it.
pub(super) fn tidy(typed: &str) -> String {
    SafeText::new(typed.trim()).as_str().to_owned()
}

/// Writes a note and goes back to the front.
pub(super) fn note(words: &PrivateText, part: Option<Id>, at: WrittenAt) -> NotebookMove {
    let note = Note::new(at, words.trim_end().to_owned());
    noted(Note { part, ..note }, NotebookPage::Front)
}

/// Writes a line that somebody wants to bring to their therapist.
pub(super) fn to_bring(words: &PrivateText, at: WrittenAt) -> NotebookMove {
    let note = Note::new(at, words.trim_end().to_owned());
    let bring = true;
    noted(Note { bring, ..note }, NotebookPage::Bring)
}

/// Writes what two voices said in turn, and goes back to the page of the part.
pub(super) fn voices(part: &Id, said: &str, at: WrittenAt) -> NotebookMove {
    let note = Note {
        part: Some(part.clone()),
        voices: true,
        ..Note::new(at, said.trim_end().to_owned())
    };
    noted(note, NotebookPage::Part { id: part.clone() })
}

/// A letter that is exchanged with this person: answered within the time that their agreement names.
pub(super) fn letter_with(came: bool, name: &str, data: &NotebookData<'_>) -> Letter {
    let owner = data.open.map_or("", |open| open.name);
    let mut known = data.replies.iter();
    let known = known.find(|known| known.knows(owner) && known.knows(name));
    let days = known.and_then(|known| known.days);
    Letter {
        came,
        with: name.to_owned(),
        by: days.map(|days| data.today().after(days)),
        answers: None,
    }
}

/// What is answered is deleted the next time that the notebook is opened on a later day, unless its owner says how long
/// it stays.
pub(super) fn answered(note: &Id, data: &NotebookData<'_>) -> NotebookEntry {
    NotebookEntry::Stays(NoteExpiry {
        id: Id::new(),
        at: at(data),
        note: note.clone(),
        until: Some(data.today()),
    })
}

/// Writes a letter, and shows it. The one that it answers has done its work, and the answer has it in a week.
pub(super) fn letter(
    typed: &PrivateText,
    letter: &Letter,
    data: &NotebookData<'_>,
) -> NotebookMove {
    let goes = letter.answers.as_ref().map(|id| answered(id, data));
    let letter = Letter {
        answers: None,
        ..letter.clone()
    };
    let note = Note {
        letter: Some(letter),
        until: goes.as_ref().map(|_| data.today().after(ANSWER_DAYS)),
        ..Note::new(at(data), typed.trim_end().to_owned())
    };
    let page = NotebookPage::Note {
        id: note.id.clone(),
    };
    let says = match goes {
        Some(_) => words().notebook_ui.letters.both_go,
        None => words().notebook_ui.front.written,
    };
    let entries = std::iter::once(NotebookEntry::Note(note)).chain(goes);
    NotebookMove::Do(NotebookRequest::Write(entries.collect()), page, Some(says))
}

fn noted(note: Note, page: NotebookPage) -> NotebookMove {
    let entries = vec![NotebookEntry::Note(note)];
    let says = Some(words().notebook_ui.front.written);
    NotebookMove::Do(NotebookRequest::Write(entries), page, says)
}

/// Writes a promise down.
pub(super) fn vowed(what: &Promised, on: Vec<Date>, cue: &str, at: WrittenAt) -> NotebookMove {
    let entry = match what {
        Promised::New { words, part } => NotebookEntry::Promise(Promise {
            id: Id::new(),
            at,
            words: tidy(words),
            part: part.clone(),
            called: String::new(),
            cue: cue.to_owned(),
            on,
            therapist: false,
        }),
        Promised::Again { id, how } => NotebookEntry::Checked(PromiseCheck {
            id: Id::new(),
            at,
            promise: id.clone(),
            how: *how,
            on: Some(on),
        }),
    };
    let says = Some(words().notebook_ui.front.kept);
    NotebookMove::Do(
        NotebookRequest::Write(vec![entry]),
        NotebookPage::Promises,
        says,
    )
}

/// The usual days, from today on.
pub(super) fn usual_days(data: &NotebookData<'_>) -> Vec<Date> {
    dates::proposed(data.today())
}

/// A part as it is after it was linked to another.
pub(super) fn linked(mut part: Part, other: &Id, how: RelationDraft) -> Part {
    // One that protects another may fear it as well; to protect and to be at odds take each other's place.
    let kinds: &mut [&mut Vec<Id>] = match how {
        RelationDraft::Fears => &mut [&mut part.afraid_of],
        RelationDraft::Wants => &mut [&mut part.wants_of],
        RelationDraft::Protects | RelationDraft::Against => {
            &mut [&mut part.protects, &mut part.against]
        }
        RelationDraft::Neither | RelationDraft::Same => &mut [
            &mut part.protects,
            &mut part.against,
            &mut part.afraid_of,
            &mut part.wants_of,
        ],
    };
    for ids in kinds {
        ids.retain(|one| one != other);
    }
    match how {
        RelationDraft::Protects => part.protects.push(other.clone()),
        RelationDraft::Against => part.against.push(other.clone()),
        RelationDraft::Fears => part.afraid_of.push(other.clone()),
        RelationDraft::Wants => part.wants_of.push(other.clone()),
        RelationDraft::Neither | RelationDraft::Same => {}
    }
    part
}

/// That a part was met just now.
pub(super) fn met(
    id: &Id,
    channel: Option<PartChannel>,
    apart: Vec<Id>,
    at: WrittenAt,
) -> NotebookMove {
    let entry = NotebookEntry::Met(Meeting {
        id: Id::new(),
        at,
        part: id.clone(),
        channel,
        apart,
        script: None,
    });
    NotebookMove::Do(
        NotebookRequest::Write(vec![entry]),
        NotebookPage::Part { id: id.clone() },
        Some(words().notebook_ui.front.kept),
    )
}

/// The page after these lines of a check-in.
pub(super) fn after_line(lines: Vec<String>) -> NotebookPage {
    if lines.len() < words().notebook_ui.check_in.lines.len() {
        NotebookPage::CheckIn { lines }
    } else {
        NotebookPage::Stirred { lines }
    }
}

/// Writes a check-in, unless nothing was said at all.
pub(super) fn check_in(
    lines: &[String],
    (stirred, resourced): (Option<u8>, Option<u8>),
    at: WrittenAt,
) -> NotebookMove {
    let said = stirred.or(resourced).is_some();
    if !said && lines.iter().all(String::is_empty) {
        return NotebookMove::To(NotebookPage::Front);
    }
    let entry = NotebookEntry::CheckIn(CheckIn {
        id: Id::new(),
        at,
        lines: lines.to_vec(),
        stirred,
        resourced,
    });
    NotebookMove::Do(
        NotebookRequest::Write(vec![entry]),
        NotebookPage::Front,
        Some(words().notebook_ui.front.kept),
    )
}
