//! Taking something out: what, how it will look, and where it goes.

use std::ops::Range;

use super::{Pick, View, first_line, name};
use crate::notebook::{At, Book, CheckIn, Id, Known, Note, Promise, Sitting};
use crate::pages::{ask, item, line, pick};
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::study::out::text;
use crate::study::page::{Calendar, Move, Out, Page};
use crate::study::{Open, Shelf};
use crate::words::{fill, words};

/// How many lines of a file are seen before it is written.
const MOST_SEEN: usize = 200;
/// The most letters of a folder.
const MOST_FOLDER: usize = 1_000;
/// How long a session may be, in minutes, as it is offered.
const LONG: [u16; 5] = [30, 60, 75, 90, 120];

pub(super) fn out(open: Open<'_>) -> View {
    let w = &words().study.out;
    let to = |says: &str, page| pick(says, Move::To(page));
    let seen = |what| Page::Preview {
        what,
        back: Box::new(Page::Out),
    };
    let chosen = Vec::new();
    let mut picks = vec![
        to(&w.therapist, Page::Choose { chosen }),
        to(&w.markdown, seen(Out::Markdown)),
        to(&w.data, seen(Out::Data)),
    ];
    if !open.book.parts().is_empty() {
        picks.push(to(&w.map, seen(Out::Map)));
    }
    picks.push(to(&w.calendar, Page::Calendar(Calendar::Day)));
    View::new(&w.title, ask(&w.ask)).with(picks)
}

/// An entry that can stand on a page.
#[derive(Clone, Copy)]
enum Line<'a> {
    Part(&'a Known),
    Note(&'a Note),
    Promise(&'a Promise),
    CheckIn(&'a CheckIn),
    Sitting(&'a Sitting),
}

impl<'a> Line<'a> {
    /// Every one of them, in the order of the page. They are made into words only where they are shown.
    fn all(book: &'a Book) -> Vec<Self> {
        let parts = book.parts().iter().map(Self::Part);
        let notes = book.notes().iter().map(Self::Note);
        let promises = book.promises().iter().map(Self::Promise);
        let looks = book.check_ins().iter().map(Self::CheckIn);
        let sittings = book.sittings().iter().map(Self::Sitting);
        let rest = promises.chain(looks).chain(sittings);
        parts.chain(notes).chain(rest).collect()
    }

    fn id(self) -> &'a Id {
        match self {
            Self::Part(part) => &part.id,
            Self::Note(note) => &note.id,
            Self::Promise(promise) => &promise.id,
            Self::CheckIn(look) => &look.id,
            Self::Sitting(sitting) => &sitting.id,
        }
    }

    /// How it is called in a list.
    fn says(self, shelf: &Shelf<'_>) -> Shown {
        let w = &words().study;
        let dated = |text: &str, at: At, said: &str| {
            let (day, first) = (at.day().short(shelf.today()), first_line(said));
            fill(text, &[("day", day.as_str()), ("first", first.as_str())])
        };
        match self {
            Self::Part(known) => Shown::new(&name(known)),
            Self::Note(note) => dated(&w.notes.line, note.at, &note.words),
            Self::Promise(one) => dated(&w.notes.line, one.at, &one.words),
            Self::CheckIn(look) => dated(&w.out.check_in, look.at, &look.lines.join(" ")),
            Self::Sitting(one) => dated(&w.out.sitting, one.at, shelf.title(&one.script).as_str()),
        }
    }
}

pub(super) fn choose(chosen: &[Id], open: Open<'_>, from: usize, shelf: &Shelf<'_>) -> View {
    let w = &words().study.out;
    let switch = |line: &Line<'_>| {
        let mut then = chosen.to_vec();
        match then.iter().position(|one| one == line.id()) {
            Some(at) => drop(then.remove(at)),
            None => then.push(line.id().clone()),
        }
        let does = Move::Stay(Page::Choose { chosen: then });
        let says = line.says(shelf);
        Pick { says, does }
    };
    let all = Line::all(open.book);
    let part = |part: Range<usize>| {
        let shown = all.get(part).unwrap_or_default();
        shown.iter().map(switch).collect()
    };
    let seen = Page::Preview {
        what: Out::Therapist(chosen.to_vec()),
        back: Box::new(Page::Choose {
            chosen: chosen.to_vec(),
        }),
    };
    let see = match chosen.len() {
        1 => Shown::new(&w.chosen_one),
        n => fill(&w.chosen, &[("n", &n.to_string())]),
    };
    let on = pick(see.as_str(), Move::To(seen));
    let prompt = ask(if all.is_empty() { &w.none } else { &w.choose });
    View {
        on: (!chosen.is_empty()).then_some(on),
        ..View::new(&w.therapist, prompt).with_part(all.len(), from, part)
    }
}

fn seen(what: &Out, open: Open<'_>, shelf: &Shelf<'_>) -> Vec<Item> {
    let w = &words().study.out;
    let Out::Calendar { days, at, minutes } = what else {
        let (text, _) = text(what, open, shelf.today(), shelf.titles).unwrap_or_default();
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        let shown = lines.iter().take(MOST_SEEN);
        let mut list: Vec<Item> = shown.map(|line| item("", &Shown::new(line))).collect();
        let rest = lines.len().saturating_sub(MOST_SEEN);
        if rest > 0 {
            list.push(item("", &fill(&w.more, &[("n", &rest.to_string())])));
        }
        return list;
    };
    let time = format!("{:02}:{:02}", at.0, at.1);
    let minutes = minutes.to_string();
    let texts = std::iter::once(&w.session).chain(std::iter::repeat(&w.reserve));
    let mut list: Vec<Item> = days
        .iter()
        .zip(texts)
        .map(|(day, text)| {
            let day = day.said(shelf.today());
            let values = [
                ("day", day.as_str()),
                ("time", &time),
                ("minutes", &minutes),
            ];
            item("", &fill(text, &values))
        })
        .collect();
    let name = words().export.calendar.meeting.as_str();
    list.push(item("", &fill(&w.neutral, &[("name", name)])));
    list
}

pub(super) fn preview(what: &Out, back: &Page, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.out;
    let place = Page::Place {
        what: what.clone(),
        back: Box::new(back.clone()),
    };
    View {
        list: seen(what, open, shelf),
        ..View::new(&w.title, ask(&w.preview)).with(vec![
            pick(&w.yes, Move::To(place)),
            pick(&words().pages.back, Move::To(back.clone())),
        ])
    }
}

pub(super) fn place(shelf: &Shelf<'_>) -> View {
    let w = &words().study.out;
    let mut prompt = ask(&w.folder);
    prompt.push(Shown::new(&w.where_is));
    View {
        field: Some(line(shelf.folder.as_str(), &w.where_hint, MOST_FOLDER)),
        ..View::new(&w.title, prompt)
    }
}

pub(super) fn calendar(calendar: &Calendar, shelf: &Shelf<'_>) -> View {
    let w = &words().study.out;
    let example = shelf.today().after(7).to_string();
    let hint = fill(&words().study.promises.own_hint, &[("day", &example)]);
    let day = |asked: &str| View {
        field: Some(line("", hint.as_str(), 10)),
        ..View::new(&w.calendar, ask(asked))
    };
    match calendar {
        Calendar::Day => day(&w.day_ask),
        Calendar::Time { .. } => View {
            field: Some(line("", &w.time_hint, 5)),
            ..View::new(&w.calendar, ask(&w.time_ask))
        },
        Calendar::Long { day, at } => {
            let long = |minutes: u16| Pick {
                says: fill(&w.long, &[("minutes", &minutes.to_string())]),
                does: Move::To(Page::Calendar(Calendar::Reserve {
                    day: *day,
                    at: *at,
                    minutes,
                })),
            };
            View::new(&w.calendar, ask(&w.long_ask)).with(LONG.map(long).to_vec())
        }
        Calendar::Reserve {
            day: first,
            at,
            minutes,
        } => {
            let what = Out::Calendar {
                days: vec![*first],
                at: *at,
                minutes: *minutes,
            };
            let seen = Page::Preview {
                what,
                back: Box::new(Page::Out),
            };
            View {
                on: Some(pick(&w.reserve_none, Move::To(seen))),
                ..day(&w.reserve_ask)
            }
        }
    }
}
