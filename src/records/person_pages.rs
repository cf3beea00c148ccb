//! A person's card, line by line, and who to phone for them.

use super::{RecordChoice, RecordMove, RecordPage, RecordRequest};
use crate::memory::{Circle, Memory, PersonLine};
use crate::menu::page::{PageView, ask, item, line as field, pick};
use crate::script::CardLine;
use crate::session::intent::Refused;
use crate::session::setup::WitnessCard;
use crate::text::safe_text::{SafeText, letters};
use crate::text::words::{fill, joined, too_long, words};

pub(super) fn all(memory: &Memory) -> PageView<RecordMove> {
    let w = &words().records;
    let names = memory.everybody().into_iter();
    let picks = names.map(|name| {
        let page = RecordPage::Person {
            name: name.to_owned(),
        };
        pick(name, RecordMove::To(page))
    });
    PageView::new(w.people_title, ask(w.people_ask)).with(picks.collect())
}

/// What a line is called.
fn called(line: PersonLine) -> &'static str {
    let w = &words().records;
    match line {
        PersonLine::Card(CardLine::Company) => w.line_company,
        PersonLine::Card(CardLine::Sign) => w.line_sign,
        PersonLine::Card(CardLine::Tears) => w.line_tears,
        PersonLine::Card(CardLine::Silence) => w.line_silence,
        PersonLine::Card(CardLine::Words) => w.line_words,
        PersonLine::Ring => w.line_ring,
        PersonLine::Number => w.line_number,
        PersonLine::Reach => w.line_reach,
    }
}

pub(super) fn one(name: &str, memory: &Memory) -> PageView<RecordMove> {
    let w = &words().records;
    let said = |line| memory.person(name).map_or("", |person| person.line(line));
    let mut list: Vec<_> = PersonLine::ALL
        .into_iter()
        .filter(|line| !said(*line).is_empty())
        .map(|line| item(called(line), &SafeText::new(said(line))))
        .collect();
    if let Some(place) = memory.place_of(name) {
        list.push(item(w.line_place, &SafeText::new(place)));
    }
    let mut picks: Vec<RecordChoice> = PersonLine::ALL
        .into_iter()
        .map(|line| {
            let text = if said(line).is_empty() {
                &w.write_line
            } else {
                &w.change_line
            };
            let page = RecordPage::Line {
                name: name.to_owned(),
                line,
            };
            RecordChoice {
                says: fill(text, &[("line", called(line))]),
                does: RecordMove::To(page),
            }
        })
        .collect();
    let by_ear = memory.by_ear(Some(name));
    let text = match by_ear {
        true => &w.by_eye,
        false => &w.by_ear,
    };
    let here = RecordPage::Person {
        name: name.to_owned(),
    };
    let wish = RecordRequest::ByEar {
        name: name.to_owned(),
        by_ear: !by_ear,
    };
    picks.push(RecordChoice {
        says: fill(text, &[("name", name)]),
        does: RecordMove::Do(wish, here),
    });
    let page = RecordPage::DeletePerson {
        name: name.to_owned(),
    };
    picks.push(pick(w.delete_person, RecordMove::To(page)));
    let prompt = vec![
        fill(&w.person_says, &[("name", name)]),
        SafeText::new(w.person_shared),
    ];
    PageView {
        list,
        on: Some(pick(words().pages.back, RecordMove::To(RecordPage::People))),
        ..PageView::new(name, prompt).with(picks)
    }
}

pub(super) fn line(name: &str, line: PersonLine, memory: &Memory) -> PageView<RecordMove> {
    let w = &words().records;
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
        PersonLine::Ring | PersonLine::Number => Some(SafeText::new(w.ring_is_seen)),
        PersonLine::Reach => Some(SafeText::new(w.reach_is_seen)),
    });
    if !said.is_empty() {
        prompt.push(SafeText::new(w.line_clear));
    }
    PageView {
        field: Some(field(said, w.line_hint, WitnessCard::MOST_LETTERS)),
        ..PageView::new(called(line), prompt)
    }
}

/// A line that was typed; a single `-` takes it away.
pub(super) fn written(
    name: &str,
    line: PersonLine,
    typed: &str,
) -> Result<(RecordRequest, RecordPage), Refused> {
    let clean = SafeText::new(typed.trim());
    if let Some(sentence) = too_long(WitnessCard::MOST_LETTERS, letters(clean.as_str())) {
        return Err(Refused(sentence));
    }
    let says = &words().session;
    let words = if clean.as_str() == "-" {
        String::new()
    } else {
        clean.as_str().to_owned()
    };
    let sign = line == PersonLine::Card(CardLine::Sign);
    if sign && !words.is_empty() && !WitnessCard::is_sign(&words) {
        return Err(Refused(SafeText::new(says.sign_in_minutes)));
    }
    let name = name.to_owned();
    let page = RecordPage::Person { name: name.clone() };
    Ok((RecordRequest::Line { name, line, words }, page))
}

pub(super) fn delete(name: &str, memory: &Memory) -> PageView<RecordMove> {
    let w = &words().records;
    let sits = |circle: &&Circle| circle.names.iter().any(|known| known == name);
    let circles = memory.circles().iter().filter(sits);
    let list = circles.map(|circle| item("", &SafeText::new(&joined(&circle.names))));
    let prompt = vec![
        fill(&w.delete_person_ask, &[("name", name)]),
        SafeText::new(w.delete_person_what),
        SafeText::new(w.delete_promise),
    ];
    let name = name.to_owned();
    let stay = RecordPage::Person { name: name.clone() };
    PageView {
        list: list.collect(),
        ..PageView::new(w.delete_title, prompt).with(vec![
            pick(w.delete_no, RecordMove::To(stay)),
            pick(
                w.delete_yes,
                RecordMove::Do(RecordRequest::ForgetPerson { name }, RecordPage::Front),
            ),
        ])
    }
}
