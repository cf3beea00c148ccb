//! Notes and promises.

use std::ops::Range;

use super::{Pick, View, first_line, name, paragraphs};
use crate::date::Date;
use crate::notebook::{Entry, How, Id, Note, Promise};
use crate::pages::{ask, item, line, page, pick};
use crate::session::intent::Said;
use crate::session::own::{MOST_OWN, Stay};
use crate::shown::Shown;
use crate::study::entries::{self, at, usual_days};
use crate::study::page::{Move, Out, Page, Promised, Vow};
use crate::study::walk::MOST_CUE;
use crate::study::{Open, Request, Shelf};
use crate::words::{fill, words};

pub(super) fn begun(open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.write;
    let Some(draft) = open.begun else {
        return View::new(&w.title, ask(&w.begun_gone));
    };
    let day = draft.at.day().said(shelf.today());
    let kept = if open.sealed {
        &w.begun_sealed
    } else {
        &w.begun_plain
    };
    let prompt = vec![
        fill(&w.begun_ask, &[("day", day.as_str())]),
        Shown::new(kept),
    ];
    let on = Page::Write {
        part: draft.part.clone(),
        begun: Said::from(draft.words.as_str()),
    };
    let go = Move::Do(Request::LetGo, Page::Desk, Some(&w.begun_gone));
    View {
        list: paragraphs(&draft.words),
        ..View::new(&w.title, prompt)
            .with(vec![pick(&w.begun_on, Move::To(on)), pick(&w.begun_go, go)])
    }
}

pub(super) fn write(part: Option<&Id>, begun: &Said, open: Open<'_>) -> View {
    let w = &words().study.write;
    let known = part.and_then(|id| open.book.part(id));
    let about = known.map(|known| fill(&words().study.notes.of, &[("part", &name(known))]));
    let mut prompt = ask(&w.ask);
    prompt.extend(about);
    View {
        field: Some(page(begun, &w.hint, MOST_OWN)),
        ..View::new(&w.title, prompt)
    }
}

pub(super) fn write_to(typed: &Said, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.write;
    let note = |part| entries::note(typed, part, at(shelf));
    let mut picks = vec![pick(&w.no_part, note(None))];
    picks.extend(open.book.parts().iter().map(|known| Pick {
        says: Shown::new(&name(known)),
        does: note(Some(known.id.clone())),
    }));
    View::new(&w.title, ask(&w.part)).with(picks)
}

pub(super) fn notes(part: Option<&Id>, open: Open<'_>, from: usize, shelf: &Shelf<'_>) -> View {
    let w = &words().study.notes;
    let to = |note: &Note| {
        let day = note.at.day().short(shelf.today());
        let first = first_line(&note.words);
        let values = [("day", day.as_str()), ("first", first.as_str())];
        Pick {
            says: fill(&w.line, &values),
            does: Move::To(Page::Note {
                id: note.id.clone(),
            }),
        }
    };
    let notes = open.book.notes().iter();
    let about = |note: &&Note| part.is_none() || note.part.as_ref() == part;
    let notes: Vec<&Note> = notes.filter(about).collect();
    let part = |part: Range<usize>| {
        let shown = notes.get(part).unwrap_or_default();
        shown.iter().map(|note| to(note)).collect()
    };
    let prompt = ask(if notes.is_empty() { &w.none } else { &w.ask });
    View::new(&w.title, prompt).with_part(notes.len(), from, part)
}

pub(super) fn note(id: &Id, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.notes;
    let Some(note) = open.book.notes().iter().find(|note| note.id == *id) else {
        return View::new(&w.title, ask(&w.none));
    };
    let mut list = paragraphs(&note.words);
    let about = note.part.as_ref().and_then(|id| open.book.part(id));
    list.extend(about.map(|known| item("", &fill(&w.of, &[("part", &name(known))]))));
    if let Some(script) = &note.session {
        let title = shelf.title(script);
        let says = fill(&w.script, &[("script", title.as_str())]);
        list.push(item("", &says));
    }
    if let Some(until) = note.until {
        let day = until.said(shelf.today());
        list.push(item("", &fill(&w.until, &[("day", day.as_str())])));
    }
    let all = pick(&w.title, Move::To(Page::Notes { part: None }));
    let back = Page::Note { id: id.clone() };
    let preview = Page::Preview {
        what: Out::Note(id.clone()),
        back: Box::new(back.clone()),
    };
    let file = pick(&w.file, Move::To(preview));
    let day = note.at.day().said(shelf.today());
    View {
        list,
        on: Some(all),
        ..View::new(day.as_str(), Vec::new()).with(vec![
            pick(&w.stay, Move::To(Page::Stay { id: id.clone() })),
            file,
            erase(&w.erase, id, back),
        ])
    }
}

/// How long a note stays.
pub(super) fn stay(id: &Id, shelf: &Shelf<'_>) -> View {
    let w = &words().study.notes;
    let back = Page::Note { id: id.clone() };
    let one = |stay: Stay| {
        let entry = Entry::Stays {
            id: Id::new(),
            at: at(shelf),
            note: id.clone(),
            until: stay.days().map(|days| shelf.today().after(days)),
        };
        let does = Move::Do(Request::Write(vec![entry]), back.clone(), None);
        pick(stay.says(), does)
    };
    View {
        on: Some(pick(&words().pages.back, Move::To(back.clone()))),
        ..View::new(&w.title, ask(&w.stay_ask)).with(Stay::ALL.map(one).to_vec())
    }
}

/// Deleting, which is asked once more.
pub(super) fn erase(says: &str, id: &Id, back: Page) -> Pick {
    let what = Request::Erase(id.clone());
    let back = Box::new(back);
    pick(says, Move::To(Page::Sure { what, back }))
}

pub(super) fn promises(open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.promises;
    let today = shelf.today();
    let mut all: Vec<&Promise> = open
        .book
        .promises()
        .iter()
        .filter(|p| p.is_open())
        .collect();
    all.sort_by_key(|promise| {
        promise
            .on
            .first()
            .copied()
            .map_or((1, None), |on| (0, Some(on)))
    });
    let to = |promise: &&Promise| {
        let (text, when) = match promise.on.first() {
            Some(on) if *on <= today => (&w.line_due, Shown::default()),
            Some(on) => (&w.line, on.short(today)),
            None => (&w.line_open, Shown::default()),
        };
        let first = first_line(&promise.words);
        let values = [("when", when.as_str()), ("first", first.as_str())];
        Pick {
            says: fill(text, &values),
            does: Move::To(Page::Promise {
                id: promise.id.clone(),
            }),
        }
    };
    let none = all.is_empty();
    let mut picks: Vec<Pick> = all.iter().map(to).collect();
    let new = Move::To(Page::Vow(Vow::Words { part: None }));
    picks.push(pick(&w.new, new));
    View::new(&w.title, ask(if none { &w.none } else { &w.ask })).with(picks)
}

fn days(on: &[Date], today: Date) -> String {
    let days: Vec<String> = on.iter().map(|on| on.short(today).to_string()).collect();
    days.join(", ")
}

pub(super) fn promise(id: &Id, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.promises;
    let Some(promise) = open.book.promises().iter().find(|one| one.id == *id) else {
        return View::new(&w.title, ask(&w.none));
    };
    let mut list = paragraphs(&promise.words);
    let to = promise.part.as_ref().and_then(|id| open.book.part(id));
    list.extend(to.map(|known| item("", &fill(&w.to, &[("part", &name(known))]))));
    if !promise.called.is_empty() {
        list.push(item("", &fill(&w.to, &[("part", &promise.called)])));
    }
    list.push(match promise.on.as_slice() {
        [] => item("", &Shown::new(&w.no_days)),
        on => item("", &fill(&w.days, &[("days", &days(on, shelf.today()))])),
    });
    if promise.therapist {
        list.push(item("", &Shown::new(&w.therapist)));
    }
    let looked = |how, on: Option<Vec<Date>>, says| {
        let entry = Entry::Checked {
            id: Id::new(),
            at: at(shelf),
            promise: id.clone(),
            how,
            on,
        };
        Move::Do(Request::Write(vec![entry]), Page::Promises, Some(says))
    };
    let kept = &words().study.desk.kept;
    let again = Promised::Again {
        id: id.clone(),
        how: How::Kept,
    };
    let begin = Request::Begin {
        script: "check-back",
        promise: Some(id.clone()),
    };
    let begin = Move::Do(begin, Page::Promises, None);
    let picks = vec![
        pick(&w.visit, begin),
        pick(&w.kept, looked(How::Kept, None, kept)),
        pick(&w.missed, looked(How::Missed, None, &w.missed_is)),
        pick(&w.again, Move::To(Page::Vow(Vow::When { what: again }))),
        pick(&w.release, looked(How::Released, None, kept)),
        erase(&w.erase, id, Page::Promise { id: id.clone() }),
    ];
    let on = pick(&w.title, Move::To(Page::Promises));
    View {
        list,
        on: Some(on),
        ..View::new(&w.title, Vec::new()).with(picks)
    }
}

pub(super) fn vow(vow: &Vow, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.promises;
    let new = |field, asked: &str| View {
        field: Some(field),
        ..View::new(&w.title, ask(asked))
    };
    match vow {
        Vow::Words { .. } => new(line("", &w.words_hint, 400), &w.words_ask),
        Vow::To { words: typed } => {
            let when = |part| {
                let words = typed.clone();
                let what = Promised::New { words, part };
                Move::To(Page::Vow(Vow::When { what }))
            };
            let mut picks = vec![pick(&words().study.write.no_part, when(None))];
            picks.extend(open.book.parts().iter().map(|known| Pick {
                says: Shown::new(&name(known)),
                does: when(Some(known.id.clone())),
            }));
            View::new(&w.title, ask(&w.to_ask)).with(picks)
        }
        Vow::When { what } => {
            let on = |says: &str, on: Vec<Date>| pick(says, days_are(what, on, shelf));
            let today = shelf.today();
            let own = Page::Vow(Vow::Day { what: what.clone() });
            View::new(&w.title, ask(&w.when_ask)).with(vec![
                on(&w.when_usual, usual_days(shelf)),
                on(&w.when_day, vec![today.after(1)]),
                on(&w.when_week, vec![today.after(7)]),
                pick(&w.when_own, Move::To(own)),
                on(&w.when_none, Vec::new()),
            ])
        }
        Vow::Day { .. } => {
            let example = shelf.today().after(10).to_string();
            let hint = fill(&w.own_hint, &[("day", &example)]);
            new(line("", hint.as_str(), 10), &w.own_ask)
        }
        Vow::Cue { what, on } => View {
            on: Some(pick(
                &words().session.pass,
                entries::vowed(what, on.clone(), "", at(shelf)),
            )),
            ..new(line("", &w.cue_hint, MOST_CUE), &w.cue_ask)
        },
    }
}

/// Where a promise goes once its days are known: a new one with days is asked for a hint.
fn days_are(what: &Promised, on: Vec<Date>, shelf: &Shelf<'_>) -> Move {
    match what {
        Promised::New { .. } if !on.is_empty() => {
            let what = what.clone();
            Move::To(Page::Vow(Vow::Cue { what, on }))
        }
        Promised::New { .. } | Promised::Again { .. } => entries::vowed(what, on, "", at(shelf)),
    }
}
