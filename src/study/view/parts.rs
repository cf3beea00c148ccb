//! Parts, and how they stand to each other.

use super::notes::erase;
use super::{Pick, View, name};
use crate::notebook::{Channel, Entry, Id, Known, map as drawn};
use crate::pages::{ask, item, line, pick};
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::study::entries::{at, linked, met as met_now};
use crate::study::page::{Line, Link, Move, Page, Vow};
use crate::study::{Open, Request, Shelf};
use crate::words::{fill, words};

pub(super) fn parts(open: Open<'_>) -> View {
    let w = &words().study.parts;
    let known = open.book.parts();
    let mut picks: Vec<Pick> = known
        .iter()
        .map(|known| Pick {
            says: fill(&w.line, &[("name", &name(known))]),
            does: Move::To(Page::Part {
                id: known.id.clone(),
            }),
        })
        .collect();
    if known.len() > 1 {
        // It is one of the first, so that it is not behind many parts.
        picks.insert(0, pick(&w.map, Move::To(Page::Map)));
    }
    let new = Page::PartLine {
        id: None,
        line: Line::Name,
    };
    picks.push(pick(&w.new, Move::To(new)));
    let prompt = ask(if known.is_empty() { &w.none } else { &w.ask });
    View::new(&w.title, prompt).with(picks)
}

/// How wide a map is drawn at most, and how wide where the window is narrow (`tui`'s text is never wider).
const MAPS: [usize; 2] = [66, 54];

pub(super) fn map(open: Open<'_>) -> View {
    let w = &words().study.parts;
    let mut pictures: Vec<Vec<Shown>> = Vec::new();
    for width in MAPS {
        if let Some(mut lines) = drawn::picture(open.book, width) {
            lines.extend(drawn::alone(open.book));
            pictures.push(lines);
        }
    }
    let told = drawn::told(open.book);
    let prompt = if told.is_empty() {
        ask(&w.map_none)
    } else {
        Vec::new()
    };
    View {
        list: told.iter().map(|line| item("", line)).collect(),
        pictures,
        on: Some(pick(&w.title, Move::To(Page::Parts))),
        ..View::new(&w.map_title, prompt)
    }
}

fn line_word(line: Line) -> &'static str {
    let w = &words().study.field;
    match line {
        Line::Name => &w.name,
        Line::Shows => &w.shows,
        Line::Job => &w.job,
        Line::Fears => &w.fears,
        Line::Wants => &w.wants,
    }
}

/// What is known of a part, line by line; what is empty is left out.
fn told(known: &Known, open: Open<'_>, shelf: &Shelf<'_>) -> Vec<Item> {
    let w = &words().study;
    let lines = Line::ALL.into_iter().filter(|line| *line != Line::Name);
    let mut list: Vec<Item> = lines
        .filter(|line| !line.of(&known.part).is_empty())
        .map(|line| item(line_word(line), &Shown::new(line.of(&known.part))))
        .collect();
    let mut others = |lead: &str, ids: &[Id]| {
        let names: Vec<String> = ids
            .iter()
            .filter_map(|id| open.book.part(id).map(name))
            .collect();
        if !names.is_empty() {
            list.push(item(lead, &Shown::new(&names.join(", "))));
        }
    };
    others(&w.field.protects, &known.part.protects);
    others(&w.field.against, &known.part.against);
    others(&w.field.from, known.part.from.as_slice());
    if let Some(last) = known.met.first() {
        let day = last.at.day().said(shelf.today());
        let met = match last.channel {
            None => day,
            Some(by) => {
                let values = [("day", day.as_str()), ("channel", by.word())];
                fill(&w.parts.met_by, &values)
            }
        };
        list.push(item(&w.parts.met, &met));
    }
    list
}

pub(super) fn part(id: &Id, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.parts;
    let Some(known) = open.book.part(id) else {
        return View::new(&w.title, ask(&w.none));
    };
    let here = || id.clone();
    let to = |says: &str, page| pick(says, Move::To(page));
    let promise = Page::Vow(Vow::Words { part: Some(here()) });
    let mut picks = vec![
        to(&w.change, Page::PartLines { id: here() }),
        to(&w.meet, Page::Met { id: here() }),
        to(&w.note, Page::empty(Some(here()))),
        to(&w.promise, promise),
    ];
    if open.book.parts().len() > 1 {
        picks.push(to(&w.link, Page::Link { id: here() }));
    }
    picks.push(to(&w.split, Page::Split { id: here() }));
    let about = |part: &Option<Id>| part.as_ref() == Some(id);
    if open.book.notes().iter().any(|note| about(&note.part)) {
        let notes = Page::Notes { part: Some(here()) };
        picks.push(to(&words().study.desk.notes, notes));
    }
    picks.push(erase(&w.erase, id, Page::Part { id: here() }));
    View {
        list: told(known, open, shelf),
        on: Some(to(&w.title, Page::Parts)),
        ..View::new(&name(known), Vec::new()).with(picks)
    }
}

pub(super) fn lines(id: &Id, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.parts;
    let picks = Line::ALL.into_iter().map(|line| {
        let id = Some(id.clone());
        pick(line_word(line), Move::To(Page::PartLine { id, line }))
    });
    let known = open.book.part(id);
    View {
        list: known
            .map(|known| told(known, open, shelf))
            .unwrap_or_default(),
        on: Some(pick(&w.title, Move::To(Page::Part { id: id.clone() }))),
        ..View::new(&w.title, ask(&w.field_ask)).with(picks.collect())
    }
}

pub(super) fn one_line(id: Option<&Id>, which: Line, open: Open<'_>) -> View {
    let w = &words().study.parts;
    let known = id.and_then(|id| open.book.part(id));
    let initial = known.map_or("", |known| which.of(&known.part));
    let asked = match id {
        None => &w.name_ask,
        Some(_) => line_word(which),
    };
    let hint = if id.is_none() {
        &w.name_hint
    } else {
        &w.word_hint
    };
    View {
        field: Some(line(initial, hint, 200)),
        ..View::new(&w.title, ask(asked))
    }
}

pub(super) fn met(id: &Id, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.parts;
    let alone = open.book.parts().len() < 2;
    let channels = [
        Channel::Image,
        Channel::Body,
        Channel::Voice,
        Channel::Feeling,
        Channel::Other,
    ];
    let picks = channels.into_iter().map(|channel| {
        let does = if alone {
            met_now(id, Some(channel), Vec::new(), at(shelf))
        } else {
            let channel = Some(channel);
            let id = id.clone();
            Move::To(Page::MetApart { id, channel })
        };
        let says = match channel {
            Channel::Other => &words().study.parts.other,
            Channel::Image | Channel::Body | Channel::Voice | Channel::Feeling => channel.word(),
        };
        pick(says, does)
    });
    View::new(&w.title, ask(&w.meet_ask)).with(picks.collect())
}

fn others<'a>(id: &'a Id, open: Open<'a>) -> impl Iterator<Item = &'a Known> {
    open.book
        .parts()
        .iter()
        .filter(move |known| known.id != *id)
}

pub(super) fn apart(id: &Id, channel: Option<Channel>, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.parts;
    let when = at(shelf);
    let mut picks = vec![pick(&w.apart_no, met_now(id, channel, Vec::new(), when))];
    picks.extend(others(id, open).map(|other| {
        let does = met_now(id, channel, vec![other.id.clone()], when);
        pick(&name(other), does)
    }));
    View::new(&w.title, ask(&w.apart_ask)).with(picks)
}

pub(super) fn link(id: &Id) -> View {
    let w = &words().study.parts;
    let to = |says: &str, how| {
        let id = id.clone();
        pick(says, Move::To(Page::LinkTo { id, how }))
    };
    View::new(&w.title, ask(&w.link_ask)).with(vec![
        to(&w.protects, Link::Protects),
        to(&w.against, Link::Against),
        to(&w.neither, Link::Neither),
        to(&w.merge, Link::Same),
    ])
}

pub(super) fn link_to(id: &Id, how: Link, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.parts;
    let known = open.book.part(id);
    let does = |other: &Known| match how {
        Link::Same => Move::To(Page::MergeSure {
            id: id.clone(),
            other: other.id.clone(),
        }),
        Link::Protects | Link::Against | Link::Neither => {
            let part = known.map(|known| known.part.clone()).unwrap_or_default();
            let entry = Entry::Part {
                id: id.clone(),
                at: at(shelf),
                part: linked(part, &other.id, how),
            };
            let page = Page::Part { id: id.clone() };
            let says = words().study.desk.kept;
            Move::Do(Request::Write(vec![entry]), page, Some(says))
        }
    };
    let picks = others(id, open).map(|other| pick(&name(other), does(other)));
    let asked = match how {
        Link::Same => &w.merge_ask,
        Link::Protects | Link::Against | Link::Neither => &w.with_ask,
    };
    View::new(&w.title, ask(asked)).with(picks.collect())
}

pub(super) fn merge_sure(id: &Id, other: &Id, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.parts;
    let called = |id| open.book.part(id).map(name).unwrap_or_default();
    let values = [("one", called(id)), ("other", called(other))];
    let values = values.each_ref().map(|(key, name)| (*key, name.as_str()));
    let entry = Entry::Merge {
        id: Id::new(),
        at: at(shelf),
        from: id.clone(),
        into: other.clone(),
    };
    let page = Page::Part { id: other.clone() };
    let merge = Move::Do(Request::Write(vec![entry]), page, Some(&w.merged));
    let no = Move::To(Page::Part { id: id.clone() });
    View::new(&w.title, vec![fill(&w.merge_sure, &values)]).with(vec![
        pick(&words().pages.back, no),
        pick(&w.merge_yes, merge),
    ])
}

pub(super) fn split() -> View {
    let w = &words().study.parts;
    View {
        field: Some(line("", &w.name_hint, 200)),
        ..View::new(&w.title, ask(&w.split_ask))
    }
}
