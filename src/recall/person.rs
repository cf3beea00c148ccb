//! A person's card, line by line, and whom to ring for them.

use super::{Move, Page, Pick, Wish};
use crate::pages::{View, ask, item, line as field, pick};
use crate::people::{Circle, Memory, PersonLine};
use crate::script::CardLine;
use crate::session::begin::Card;
use crate::session::intent::Refused;
use crate::shown::{Shown, letters};
use crate::words::{fill, joined, too_long, words};

pub(super) fn all(memory: &Memory) -> View<Move> {
    let w = &words().recall;
    let names = memory.everybody().into_iter();
    let picks = names.map(|name| {
        let page = Page::Person {
            name: name.to_owned(),
        };
        pick(name, Move::To(page))
    });
    View::new(&w.people_title, ask(&w.people_ask)).with(picks.collect())
}

/// What a line is called.
fn called(line: PersonLine) -> &'static str {
    let w = &words().recall;
    match line {
        PersonLine::Card(CardLine::Company) => &w.line_company,
        PersonLine::Card(CardLine::Sign) => &w.line_sign,
        PersonLine::Card(CardLine::Tears) => &w.line_tears,
        PersonLine::Card(CardLine::Silence) => &w.line_silence,
        PersonLine::Card(CardLine::Words) => &w.line_words,
        PersonLine::Ring => &w.line_ring,
        PersonLine::Number => &w.line_number,
        PersonLine::Reach => &w.line_reach,
    }
}

pub(super) fn one(name: &str, memory: &Memory) -> View<Move> {
    let w = &words().recall;
    let said = |line| memory.person(name).map_or("", |person| person.line(line));
    let mut list: Vec<_> = PersonLine::ALL
        .into_iter()
        .filter(|line| !said(*line).is_empty())
        .map(|line| item(called(line), &Shown::new(said(line))))
        .collect();
    if let Some(place) = memory.place_of(name) {
        list.push(item(&w.line_place, &Shown::new(place)));
    }
    let mut picks: Vec<Pick> = PersonLine::ALL
        .into_iter()
        .map(|line| {
            let text = if said(line).is_empty() {
                &w.write_line
            } else {
                &w.change_line
            };
            let page = Page::Line {
                name: name.to_owned(),
                line,
            };
            Pick {
                says: fill(text, &[("line", called(line))]),
                does: Move::To(page),
            }
        })
        .collect();
    let page = Page::DeletePerson {
        name: name.to_owned(),
    };
    picks.push(pick(&w.delete_person, Move::To(page)));
    let prompt = vec![
        fill(&w.person_says, &[("name", name)]),
        Shown::new(&w.person_shared),
    ];
    View {
        list,
        on: Some(pick(&words().pages.back, Move::To(Page::People))),
        ..View::new(name, prompt).with(picks)
    }
}

pub(super) fn line(name: &str, line: PersonLine, memory: &Memory) -> View<Move> {
    let w = &words().recall;
    let said = memory.person(name).map_or("", |person| person.line(line));
    let question = match line {
        PersonLine::Card(CardLine::Company) => &w.ask_company,
        PersonLine::Card(CardLine::Sign) => &w.ask_sign,
        PersonLine::Card(CardLine::Tears) => &w.ask_tears,
        PersonLine::Card(CardLine::Silence) => &w.ask_silence,
        PersonLine::Card(CardLine::Words) => &w.ask_words,
        PersonLine::Ring => &w.ask_ring,
        PersonLine::Number => &w.ask_number,
        PersonLine::Reach => &w.ask_reach,
    };
    let mut prompt = vec![fill(question, &[("name", name)])];
    prompt.extend(match line {
        PersonLine::Card(_) => None,
        PersonLine::Ring | PersonLine::Number => Some(Shown::new(&w.ring_is_seen)),
        PersonLine::Reach => Some(Shown::new(&w.reach_is_seen)),
    });
    if !said.is_empty() {
        prompt.push(Shown::new(&w.line_clear));
    }
    View {
        field: Some(field(said, &w.line_hint, Card::MOST_LETTERS)),
        ..View::new(called(line), prompt)
    }
}

/// A line that was typed; a single `-` takes it away.
pub(super) fn written(name: &str, line: PersonLine, typed: &str) -> Result<(Wish, Page), Refused> {
    let clean = Shown::new(typed.trim());
    if let Some(sentence) = too_long(Card::MOST_LETTERS, letters(clean.as_str())) {
        return Err(Refused(sentence));
    }
    let words = if clean.as_str() == "-" {
        String::new()
    } else {
        clean.as_str().to_owned()
    };
    let name = name.to_owned();
    let page = Page::Person { name: name.clone() };
    Ok((Wish::Line { name, line, words }, page))
}

pub(super) fn delete(name: &str, memory: &Memory) -> View<Move> {
    let w = &words().recall;
    let sits = |circle: &&Circle| circle.names.iter().any(|known| known == name);
    let circles = memory.circles().iter().filter(sits);
    let list = circles.map(|circle| item("", &Shown::new(&joined(&circle.names))));
    let prompt = vec![
        fill(&w.delete_person_ask, &[("name", name)]),
        Shown::new(&w.delete_person_what),
        Shown::new(&w.delete_promise),
    ];
    let name = name.to_owned();
    let stay = Page::Person { name: name.clone() };
    View {
        list: list.collect(),
        ..View::new(&w.delete_title, prompt).with(vec![
            pick(&w.delete_no, Move::To(stay)),
            pick(
                &w.delete_yes,
                Move::Do(Wish::ForgetPerson { name }, Page::Front),
            ),
        ])
    }
}
