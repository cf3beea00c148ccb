//! Taking something out: what, how it will look, and where it goes.

use std::ops::Range;

use super::{Pick, View, first_line, name};
use crate::appointment::{Asking, Step};
use crate::notebook::{At, Book, CheckIn, Id, Known, Note, Promise, Sitting};
use crate::pages::{self, ask, item, pick};
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::study::out::text;
use crate::study::page::{Move, Out, Page};
use crate::study::{Open, Shelf};
use crate::words::{Template, fill, words};

/// How many lines of a file are seen before it is written.
const MOST_SEEN: usize = 200;

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
    let next = &words().appointment.offer;
    picks.push(to(next, Page::Calendar(Asking::Day)));
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
        let dated = |text: &Template, at: At, said: &str| {
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
        0 => Shown::new(&w.chosen_none),
        1 => Shown::new(&w.chosen_one),
        n => fill(&w.chosen, &[("n", &n.to_string())]),
    };
    let on = pick(see.as_str(), Move::To(seen));
    let prompt = ask(if all.is_empty() { &w.none } else { &w.choose });
    View {
        on: Some(on),
        ..View::new(&w.therapist, prompt).with_part(all.len(), from, part)
    }
}

fn seen(what: &Out, open: Open<'_>, shelf: &Shelf<'_>) -> Vec<Item> {
    let w = &words().study.out;
    let (text, _) = text(what, open, shelf.today(), shelf.titles).unwrap_or_default();
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let shown = lines.iter().take(MOST_SEEN);
    let mut list: Vec<Item> = shown.map(|line| item("", &Shown::new(line))).collect();
    let rest = lines.len().saturating_sub(MOST_SEEN);
    if rest > 0 {
        list.push(item("", &fill(&w.more, &[("n", &rest.to_string())])));
    }
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
        ..View::new(&w.title, ask(&words().pages.file_preview)).with(vec![
            pick(&words().pages.file_yes, Move::To(place)),
            pick(&words().pages.back, Move::To(back.clone())),
        ])
    }
}

pub(super) fn place(shelf: &Shelf<'_>) -> View {
    pages::place(&words().study.out.title, shelf.folder)
}

pub(super) fn calendar(asking: &Asking, shelf: &Shelf<'_>) -> View {
    asking
        .view(shelf.today(), shelf.folder)
        .map(|step| match step {
            Step::To(asking) => Move::To(Page::Calendar(asking)),
            Step::Away => Move::To(Page::Out),
        })
}
