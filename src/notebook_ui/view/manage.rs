//! What can't be undone: other words, locking, deleting.

use super::NotebookView;

use crate::menu::page::{ask, pick, secret};
use crate::notebook_ui::page::{NotebookMove, NotebookPage, PassphraseChange};
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
    let (asked, yes, then, done) = if *what == NotebookRequest::Forget {
        let asked = fill(&w.sure, &[("name", open.name)]);
        (asked, &w.yes, NotebookPage::Door, &w.deleted)
    } else {
        let done = &words().notebook_ui.front.gone;
        (
            SafeText::new(w.erase_sure),
            &w.erase_yes,
            NotebookPage::Front,
            done,
        )
    };
    let prompt = vec![asked, SafeText::new(w.cannot)];
    NotebookView::new(w.title, prompt).with(vec![
        pick(w.no, NotebookMove::Back),
        pick(yes, NotebookMove::Do(what.clone(), then, Some(done))),
    ])
}
