//! What can't be undone: other words, locking, deleting.

use super::View;

use crate::pages::{ask, pick, secret};
use crate::shown::Shown;
use crate::study::page::{Move, Page, Rekey};
use crate::study::{Open, Request};
use crate::words::{fill, words};

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
    let (asked, yes, then, done) = if *what == Request::Forget {
        let asked = fill(&w.sure, &[("name", open.name)]);
        (asked, &w.yes, Page::Door, &w.deleted)
    } else {
        let done = &words().study.desk.gone;
        (Shown::new(&w.erase_sure), &w.erase_yes, Page::Desk, done)
    };
    let prompt = vec![asked, Shown::new(&w.cannot)];
    View::new(&w.title, prompt).with(vec![
        pick(&w.no, Move::To(back.clone())),
        pick(yes, Move::Do(what.clone(), then, Some(done))),
    ])
}
