//! Everything in a notebook as TOML: for other programs, so that nothing is locked in.

use serde::Serialize;
use toml::value::Datetime;

use super::book::{Book, PartNow};
use super::entry::{How, Id, Part, PartChannel, WrittenAt};
use super::text_export::written;
use crate::text::words::words;
use crate::time::date::Date;

/// The version of this format. It is documented in `docs/notebooks.md`.
const FORMAT: u32 = 1;

/// Everything in the book, to be read by programs. The names of entries tie them together.
#[must_use]
pub(crate) fn everything_toml(book: &Book, name: &str, day: Date) -> String {
    let everything = Everything {
        format: FORMAT,
        notebook: name,
        written: day,
        about: words().safety.about,
        part: book.parts().iter().map(OnePart::of).collect(),
        note: notes(book),
        promise: promises(book),
        check_in: check_ins(book),
        sitting: sittings(book),
    };
    // Texts, numbers and tables of them: there is nothing in it that TOML has no form for.
    toml::to_string_pretty(&everything).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Everything<'a> {
    format: u32,
    notebook: &'a str,
    written: Date,
    about: &'a [&'a str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    part: Vec<OnePart<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    note: Vec<OneNote<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    promise: Vec<OnePromise<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    check_in: Vec<OneCheckIn<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sitting: Vec<OneSitting<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OnePart<'a> {
    id: &'a Id,
    since: When,
    #[serde(flatten)]
    part: &'a Part,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    met: Vec<OneMeeting<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OneMeeting<'a> {
    at: When,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<PartChannel>,
    #[serde(skip_serializing_if = "<[Id]>::is_empty")]
    apart: &'a [Id],
    #[serde(skip_serializing_if = "Option::is_none")]
    script: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OneNote<'a> {
    id: &'a Id,
    at: When,
    words: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OnePromise<'a> {
    id: &'a Id,
    at: When,
    words: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a Id>,
    #[serde(skip_serializing_if = "str::is_empty")]
    called: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    cue: &'a str,
    on: &'a [Date],
    therapist: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    looked: Vec<OneLook>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OneLook {
    at: When,
    how: How,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OneCheckIn<'a> {
    id: &'a Id,
    at: When,
    lines: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    stirred: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resourced: Option<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OneSitting<'a> {
    id: &'a Id,
    at: When,
    script: &'a str,
    with: &'a [String],
    minutes: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resourced_before: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resourced_after: Option<u8>,
}

/// A moment: TOML has a form for it; what lies beyond its years is a text.
#[derive(Serialize)]
#[serde(untagged)]
enum When {
    Moment(Datetime),
    Text(String),
}

impl When {
    fn of(at: WrittenAt) -> Self {
        let text = written(at);
        text.parse().map_or(Self::Text(text), Self::Moment)
    }
}

impl<'a> OnePart<'a> {
    fn of(known: &'a PartNow) -> Self {
        let meeting = |met: &'a super::book::Meeting| OneMeeting {
            at: When::of(met.at),
            channel: met.channel,
            apart: &met.apart,
            script: met.script.as_deref(),
        };
        Self {
            id: &known.id,
            since: When::of(known.since),
            part: &known.part,
            met: known.met.iter().map(meeting).collect(),
        }
    }
}

fn notes(book: &Book) -> Vec<OneNote<'_>> {
    let notes = book.notes().iter();
    notes
        .map(|note| OneNote {
            id: &note.id,
            at: When::of(note.at),
            words: &note.words,
            part: note.part.as_ref(),
            session: note.session.as_deref(),
            until: note.until,
        })
        .collect()
}

fn promises(book: &Book) -> Vec<OnePromise<'_>> {
    let look = |looked: &super::book::PromiseCheck| OneLook {
        at: When::of(looked.at),
        how: looked.how,
    };
    let promises = book.promises().iter();
    promises
        .map(|promise| OnePromise {
            id: &promise.id,
            at: When::of(promise.at),
            words: &promise.words,
            part: promise.part.as_ref(),
            called: &promise.called,
            cue: &promise.cue,
            on: &promise.on,
            therapist: promise.therapist,
            looked: promise.looked.iter().map(look).collect(),
        })
        .collect()
}

fn check_ins(book: &Book) -> Vec<OneCheckIn<'_>> {
    let looks = book.check_ins().iter();
    looks
        .map(|look| OneCheckIn {
            id: &look.id,
            at: When::of(look.at),
            lines: &look.lines,
            stirred: look.stirred,
            resourced: look.resourced,
        })
        .collect()
}

fn sittings(book: &Book) -> Vec<OneSitting<'_>> {
    let sittings = book.sittings().iter();
    sittings
        .map(|sitting| OneSitting {
            id: &sitting.id,
            at: When::of(sitting.at),
            script: &sitting.script,
            with: &sitting.with,
            minutes: sitting.minutes,
            before: sitting.before,
            after: sitting.after,
            resourced_before: sitting.resourced_before,
            resourced_after: sitting.resourced_after,
        })
        .collect()
}
