//! Looking back, and what can't be undone.

use super::{View, first_line};
use crate::pages::{ask, pick, secret};
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::study::page::{Move, Page, Rekey};
use crate::study::{Open, Request};
use crate::words::{fill, words};

/// How many columns a number from 0 to 10 is drawn in, for each of its steps.
const STEP: usize = 2;

pub(super) fn back(open: Open<'_>) -> View {
    let w = &words().study.back;
    let mut list: Vec<Item> = Vec::new();
    for sitting in open.book.sittings() {
        let minutes = sitting.minutes.to_string();
        let day = sitting.at.day().to_string();
        let values = [
            ("day", day.as_str()),
            ("script", sitting.script.as_str()),
            ("minutes", &minutes),
        ];
        let bar = match (sitting.before, sitting.after) {
            (None, None) => Shown::default(),
            (before, after) => plot(before, after),
        };
        list.push(Item {
            lead: bar,
            words: fill(&w.line, &values),
            now: false,
        });
    }
    for check_in in open.book.check_ins() {
        let day = check_in.at.day().to_string();
        let lead = check_in.stirred.map(|n| plot(Some(n), None));
        let said: Vec<&str> = check_in.lines.iter().map(String::as_str).collect();
        let said = said.join(" ");
        list.push(Item {
            lead: lead.unwrap_or_default(),
            words: Shown::new(&format!("{day}  {}", first_line(&said))),
            now: false,
        });
    }
    let prompt = ask(if list.is_empty() { &w.none } else { &w.ask });
    View {
        list,
        on: Some(pick(&words().study.door.home, Move::To(Page::Desk))),
        ..View::new(&w.title, prompt)
    }
}

/// Before and after on one line from 0 to 10: `o` is before, `●` is after.
fn plot(before: Option<u8>, after: Option<u8>) -> Shown {
    let mut cells = ['·'; 10 * STEP + 1];
    let mut put = |at: Option<u8>, sign: char| {
        let cell = at.map(|at| usize::from(at.min(10)) * STEP);
        if let Some(cell) = cell.and_then(|cell| cells.get_mut(cell)) {
            *cell = sign;
        }
    };
    put(before, 'o');
    put(after, '●');
    Shown::new(&cells.iter().collect::<String>())
}

pub(super) fn manage(open: Open<'_>) -> View {
    let w = &words().study.manage;
    let lock = Move::Do(Request::Lock, Page::Door, None);
    let sure = Page::Sure {
        what: Request::Forget,
        back: Box::new(Page::Manage),
    };
    let mut picks = vec![pick(&w.lock, lock)];
    if open.sealed {
        picks.push(pick(&w.pass, Move::To(Page::Rekey(Rekey::Old))));
    } else {
        picks.push(pick(&w.seal, Move::To(Page::Rekey(Rekey::Seal))));
    }
    picks.push(pick(&w.forget, Move::To(sure)));
    View::new(&w.title, ask(&w.ask)).with(picks)
}

pub(super) fn rekey(rekey: &Rekey) -> View {
    let w = &words().study.manage;
    let hints = &words().study;
    let (asked, hint) = match rekey {
        Rekey::Old => (&w.old, &hints.pass.hint),
        Rekey::New { .. } => (&w.new, &hints.make.pass_hint),
        Rekey::Seal => (&w.seal_is, &hints.make.pass_hint),
        Rekey::Again { .. } | Rekey::SealAgain { .. } => (&w.again, &hints.make.again_hint),
    };
    View {
        field: Some(secret(hint)),
        ..View::new(&w.title, ask(asked))
    }
}

/// Whether to do what can't be undone. The choice that changes nothing is the first.
pub(super) fn really(what: &Request, back: &Page, open: Open<'_>) -> View {
    let w = &words().study.manage;
    let (asked, yes, then) = if *what == Request::Forget {
        let asked = fill(&w.sure, &[("name", open.name)]);
        (asked, &w.yes, Page::Door)
    } else {
        (Shown::new(&w.erase_sure), &w.erase_yes, Page::Desk)
    };
    let prompt = vec![asked, Shown::new(&w.cannot)];
    let done = &words().study.desk.gone;
    View::new(&w.title, prompt).with(vec![
        pick(&w.no, Move::To(back.clone())),
        pick(yes, Move::Do(what.clone(), then, Some(done))),
    ])
}
