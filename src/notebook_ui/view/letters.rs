//! Letters, for two people who can't talk at the same time: nothing is sent from here.

use super::{NotebookChoice, NotebookView};
use crate::menu::page::{ask, line, page, pick};
use crate::notebook::{Letter, Note};
use crate::notebook_ui::new_entries::{answered, letter_with};
use crate::notebook_ui::page::{LetterDraft, NotebookMove, NotebookPage};
use crate::notebook_ui::{NotebookData, NotebookRequest, OpenPages};
use crate::session::steps::own_notes::MOST_OWN;
use crate::text::safe_text::{SafeText, is_same};
use crate::text::words::{fill, words};

/// The most letters of a name.
const MOST_NAME: usize = 40;

pub(super) fn letters(open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.letters;
    let with = |came| NotebookMove::To(NotebookPage::Letter(LetterDraft::With { came }));
    let mut picks = vec![pick(w.write, with(false)), pick(w.came, with(true))];
    let all = open.book.notes().iter();
    picks.extend(all.filter(|note| note.letter.is_some()).map(|note| {
        let id = note.id.clone();
        NotebookChoice {
            says: line_of(note, data),
            does: NotebookMove::To(NotebookPage::Note { id }),
        }
    }));
    NotebookView::new(w.title, SafeText::lines(w.ask)).with(picks)
}

/// A letter in a list: with whom, and by when it is answered.
fn line_of(note: &Note, data: &NotebookData<'_>) -> SafeText {
    let first = super::first_line(&note.words);
    let about = note.letter.as_ref().map(|letter| about(letter, data));
    let about: Vec<SafeText> = about.unwrap_or_default();
    let about: Vec<&str> = about.iter().map(SafeText::as_str).collect();
    let values = [("about", &*about.join(" ")), ("first", first.as_str())];
    fill(&words().notebook_ui.letters.line, &values)
}

pub(super) fn letter(
    draft: &LetterDraft,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.letters;
    match draft {
        LetterDraft::With { came } => {
            let asked = if *came { w.from_ask } else { w.to_ask };
            let known = data.replies.iter().filter(|known| known.knows(open.name));
            let others = known.flat_map(|known| &known.names);
            let others = others.filter(|name| !is_same(name, open.name));
            let picks = others.map(|name| {
                let letter = letter_with(*came, name, data);
                pick(name, NotebookMove::To(NotebookPage::letter(letter)))
            });
            NotebookView {
                field: Some(line("", w.with_hint, MOST_NAME)),
                ..NotebookView::new(w.title, ask(asked)).with(picks.collect())
            }
        }
        LetterDraft::Words { letter, begun } => {
            let answered = letter.answers.as_ref().and_then(|id| {
                let mut notes = open.book.notes().iter();
                notes.find(|note| note.id == *id)
            });
            let asked = match (letter.came, answered) {
                (true, _) => w.came_ask,
                (false, Some(_)) => w.answer_ask,
                (false, None) => w.words_ask,
            };
            let mut prompt = SafeText::lines(asked);
            prompt.extend(about(letter, data));
            NotebookView {
                list: answered.map_or_else(Vec::new, |note| super::paragraphs(&note.words)),
                field: Some(page(begun, w.words_hint, MOST_OWN)),
                ..NotebookView::new(w.title, prompt)
            }
        }
    }
}

/// What can be done with a letter: answered where it came, and where its answer has come it goes.
pub(super) fn picks(note: &Note, data: &NotebookData<'_>) -> Vec<NotebookChoice> {
    let w = &words().notebook_ui.letters;
    let Some(letter) = &note.letter else {
        return Vec::new();
    };
    if letter.came {
        let answer = Letter {
            came: false,
            by: None,
            answers: Some(note.id.clone()),
            ..letter.clone()
        };
        return vec![pick(
            w.answer,
            NotebookMove::To(NotebookPage::letter(answer)),
        )];
    }
    if note.until.is_some() {
        return Vec::new();
    }
    let goes = NotebookRequest::Write(vec![answered(&note.id, data)]);
    let here = NotebookPage::Note {
        id: note.id.clone(),
    };
    vec![pick(w.answered, NotebookMove::Do(goes, here, Some(w.goes)))]
}

/// With whom a letter is exchanged, and by when it is answered.
pub(super) fn about(letter: &Letter, data: &NotebookData<'_>) -> Vec<SafeText> {
    let w = &words().notebook_ui.letters;
    let with = if letter.came { &w.from } else { &w.to };
    let by = if letter.came { &w.own_by } else { &w.by };
    let named = !letter.with.is_empty();
    let with = named.then(|| fill(with, &[("name", &letter.with)]));
    let by = letter.by.map(|day| {
        let day = day.said(data.today());
        fill(by, &[("day", day.as_str())])
    });
    with.into_iter().chain(by).collect()
}
