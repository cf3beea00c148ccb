//! What can't be undone: other words, locking, deleting.

use super::{NotebookView, first_line, name};

use crate::menu::page::{ask, pick, secret};
use crate::notebook_ui::page::{CopyPage, NotebookMove, NotebookPage, PassphraseChange};
use crate::notebook_ui::{NotebookRequest, OpenPages};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

pub(super) fn manage(open: OpenPages<'_>) -> NotebookView {
    let w = &words().notebook_ui.manage;
    let lock = NotebookMove::Do(NotebookRequest::Lock, NotebookPage::Door, None);
    let sure = NotebookPage::Sure {
        what: NotebookRequest::Forget,
    };
    let mut picks = vec![pick(w.lock, lock)];
    if open.sealed {
        picks.push(pick(
            w.pass,
            NotebookMove::To(NotebookPage::Rekey(PassphraseChange::Old)),
        ));
    } else {
        picks.push(pick(
            w.seal,
            NotebookMove::To(NotebookPage::Rekey(PassphraseChange::Seal)),
        ));
    }
    let take_in = NotebookPage::Copies(CopyPage::TakeIn { folder: None });
    let copy = &words().notebook_ui.copy;
    picks.push(pick(copy.take_in, NotebookMove::To(take_in)));
    picks.push(pick(w.forget, NotebookMove::To(sure)));
    NotebookView::new(w.title, ask(w.ask)).with(picks)
}

pub(super) fn rekey(rekey: &PassphraseChange) -> NotebookView {
    let w = &words().notebook_ui.manage;
    let hints = &words().notebook_ui;
    let (asked, hint) = match rekey {
        PassphraseChange::Old => (&w.old, &hints.pass.hint),
        PassphraseChange::New { .. } => (&w.new, &hints.make.pass_hint),
        PassphraseChange::Seal => (&w.seal_is, &hints.make.pass_hint),
        PassphraseChange::Again { .. } | PassphraseChange::SealAgain { .. } => {
            (&w.again, &hints.make.again_hint)
        }
    };
    NotebookView {
        field: Some(secret(hint)),
        ..NotebookView::new(w.title, ask(asked))
    }
}

/// Whether to do what can't be undone. The choice that changes nothing is the first.
pub(super) fn really(what: &NotebookRequest, open: OpenPages<'_>) -> NotebookView {
    let w = &words().notebook_ui.manage;
    let whole = *what == NotebookRequest::Forget;
    let (asked, yes, then, done) = if whole {
        let asked = fill(&w.sure, &[("name", open.name)]);
        (asked, &w.yes, NotebookPage::Door, &w.deleted)
    } else {
        let done = &words().notebook_ui.front.gone;
        (named(what, open), &w.erase_yes, NotebookPage::Front, done)
    };
    let mut prompt = vec![asked];
    if let Some(day) = open.copied.filter(|_| whole) {
        let last = &words().notebook_ui.copy.last;
        prompt.push(fill(last, &[("day", day.said_whole().as_str())]));
    }
    prompt.push(SafeText::new(w.cannot));
    let mut picks = vec![
        pick(w.no, NotebookMove::Back),
        pick(yes, NotebookMove::Do(what.clone(), then, Some(done))),
    ];
    if whole {
        let copy = words().notebook_ui.copy.first;
        picks.push(pick(
            copy,
            NotebookMove::To(NotebookPage::Copies(CopyPage::Out)),
        ));
    }
    NotebookView::new(w.erase_title, prompt).with(picks)
}

/// What is deleted, by what it is and what it is called.
fn named(what: &NotebookRequest, open: OpenPages<'_>) -> SafeText {
    let w = &words().notebook_ui.manage;
    let book = open.book;
    let NotebookRequest::Erase(id) = what else {
        return SafeText::new(w.erase_sure);
    };
    if let Some(part) = book.part(id) {
        return fill(&w.erase_part, &[("name", &name(part))]);
    }
    let note = book.notes().iter().find(|note| note.id == *id);
    let note = note.map(|note| (&w.erase_note, &note.words));
    let mut promises = book.promises().iter();
    let promise = promises.find(|promise| promise.made.id == *id);
    let promise = promise.map(|promise| (&w.erase_promise, &promise.made.words));
    match note.or(promise) {
        Some((text, said)) => fill(text, &[("first", first_line(said).as_str())]),
        None => SafeText::new(w.erase_sure),
    }
}
