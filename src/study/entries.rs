//! What goes into a notebook: the entries that the pages write.

use crate::date::Date;
use crate::notebook::{At, Channel, Entry, Id, Part, dates};
use crate::session::intent::Said;
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::study::page::{Link, Move, Page, Promised};
use crate::study::{Request, Shelf};
use crate::words::words;

pub(super) fn at(shelf: &Shelf<'_>) -> At {
    at_of(shelf.now)
}

pub(super) fn at_of(now: Moment) -> At {
    At {
        wall: now.wall,
        offset: now.offset,
    }
}

/// What is typed, as it is kept: without what cannot be shown, and without space around it.
pub(super) fn tidy(typed: &str) -> String {
    Shown::new(typed.trim()).as_str().to_owned()
}

/// Writes a note and goes back to the desk.
pub(super) fn note(words_: &Said, part: Option<Id>, at: At) -> Move {
    let entry = Entry::Note {
        id: Id::new(),
        at,
        words: words_.trim_end().to_owned(),
        part,
        session: None,
        until: None,
    };
    Move::Do(
        Request::Write(vec![entry]),
        Page::Desk,
        Some(&words().study.desk.written),
    )
}

/// Writes a promise down.
pub(super) fn vowed(what: &Promised, on: Vec<Date>, cue: &str, at: At) -> Move {
    let entry = match what {
        Promised::New { words, part } => Entry::Promise {
            id: Id::new(),
            at,
            words: tidy(words),
            part: part.clone(),
            called: String::new(),
            cue: cue.to_owned(),
            on,
            therapist: false,
        },
        Promised::Again { id, how } => Entry::Checked {
            id: Id::new(),
            at,
            promise: id.clone(),
            how: *how,
            on: Some(on),
        },
    };
    let says = Some(words().study.desk.kept);
    Move::Do(Request::Write(vec![entry]), Page::Promises, says)
}

/// The usual days, from today on.
pub(super) fn usual_days(shelf: &Shelf<'_>) -> Vec<Date> {
    dates::proposed(shelf.today())
}

/// A part as it is after it was linked to another.
pub(super) fn linked(mut part: Part, other: &Id, how: Link) -> Part {
    part.protects.retain(|one| one != other);
    part.against.retain(|one| one != other);
    match how {
        Link::Protects => part.protects.push(other.clone()),
        Link::Against => part.against.push(other.clone()),
        Link::Neither | Link::Same => {}
    }
    part
}

/// That a part was met just now.
pub(super) fn met(id: &Id, channel: Option<Channel>, apart: Vec<Id>, at: At) -> Move {
    let entry = Entry::Met {
        id: Id::new(),
        at,
        part: id.clone(),
        channel,
        apart,
        script: None,
    };
    Move::Do(
        Request::Write(vec![entry]),
        Page::Part { id: id.clone() },
        Some(&words().study.desk.kept),
    )
}

/// The page after these lines of a check-in.
pub(super) fn after_line(lines: Vec<String>) -> Page {
    if lines.len() < words().study.check_in.lines.len() {
        Page::CheckIn { lines }
    } else {
        Page::Stirred { lines }
    }
}

/// Writes a check-in, unless nothing was said at all.
pub(super) fn check_in(
    lines: &[String],
    (stirred, resourced): (Option<u8>, Option<u8>),
    at: At,
) -> Move {
    let said = stirred.or(resourced).is_some();
    if !said && lines.iter().all(String::is_empty) {
        return Move::To(Page::Desk);
    }
    let entry = Entry::CheckIn {
        id: Id::new(),
        at,
        lines: lines.to_vec(),
        stirred,
        resourced,
    };
    Move::Do(
        Request::Write(vec![entry]),
        Page::Desk,
        Some(&words().study.desk.kept),
    )
}
