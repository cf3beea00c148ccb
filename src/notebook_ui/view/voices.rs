//! Two voices on one page, and what somebody wants to bring to their therapist.

use super::{NotebookChoice, NotebookView, export, first_line, name};
use crate::menu::page::{ask, item, line, pick};
use crate::notebook::{Id, Note, NotebookEntry, voice_lines};
use crate::notebook_ui::new_entries::{at, voices};
use crate::notebook_ui::page::{NotebookMove, NotebookPage};
use crate::notebook_ui::{NotebookData, NotebookRequest, OpenPages};
use crate::session::intent::PrivateText;
use crate::session::scene::ListItem;
use crate::text::safe_text::{SafeText, capital};
use crate::text::words::{fill, words};

/// The most letters of what a voice says at once.
const MOST_SAID: usize = 1_000;

/// What a part is called, also where it was deleted meanwhile.
fn called(part: Option<&Id>, open: OpenPages<'_>) -> String {
    let known = part.and_then(|id| open.book.part(id));
    known.map_or_else(|| words().export.nameless.to_owned(), name)
}

/// What two voices said, each line with whose it is.
pub(super) fn spoken(said: &str, part: Option<&Id>, open: OpenPages<'_>) -> Vec<ListItem> {
    let (me, it) = (words().export.me, called(part, open));
    let lines = voice_lines(said).map(|line| {
        let who = if line.own { me } else { &it };
        item(who, &SafeText::new(line.words))
    });
    lines.collect()
}

/// The line of the voice whose turn it is.
pub(super) fn talk(
    part: &Id,
    said: &PrivateText,
    begun: &PrivateText,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.talk;
    let it = called(Some(part), open);
    let own = said.lines().count().is_multiple_of(2);
    let next = fill(
        &w.next,
        &[("name", if own { words().export.me } else { &it })],
    );
    let how = said.is_empty().then(|| fill(&w.how, &[("part", &it)]));
    let prompt = how.into_iter().chain([next]).collect();
    let on = if said.is_empty() {
        let begins = fill(&w.begins, &[("part", &it)]);
        let page = NotebookPage::next_voice(part.clone(), "\n".into());
        Some(pick(&capital(begins.as_str()), NotebookMove::To(page)))
    } else if said.trim().is_empty() {
        Some(pick(w.nothing, NotebookMove::Back))
    } else {
        Some(pick(w.keep, voices(part, said, at(data))))
    };
    NotebookView {
        list: spoken(said, Some(part), open),
        field: Some(line(begun, w.hint, MOST_SAID)),
        // A line that was begun goes on with its words.
        on: on.filter(|_| begun.is_empty()),
        ..NotebookView::new(w.title, prompt)
    }
}

/// Two voices that were interrupted: the last line is written on.
pub(super) fn resumed(part: &Id, words: &str) -> NotebookPage {
    let (said, begun) = match words.trim_end_matches('\n').rsplit_once('\n') {
        Some((said, begun)) => ([said, "\n"].concat(), begun),
        None => (String::new(), words.trim_end_matches('\n')),
    };
    NotebookPage::Talk {
        part: part.clone(),
        said: said.into(),
        begun: begun.into(),
    }
}

/// What was gathered for the next time with a therapist.
pub(super) fn bring(open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.bring;
    let gathered: Vec<&Note> = open.book.notes().iter().filter(|note| note.bring).collect();
    let write = NotebookPage::Write {
        part: None,
        bring: true,
        begun: "".into(),
    };
    let mut picks = vec![
        pick(w.add, NotebookMove::To(write)),
        pick(w.page, NotebookMove::To(export::for_therapist(open))),
    ];
    if !gathered.is_empty() {
        let notes = gathered.iter().map(|note| brought(note, false)).collect();
        let request = NotebookRequest::Write(notes);
        let says = Some(w.done_is);
        picks.push(pick(
            w.done,
            NotebookMove::Do(request, NotebookPage::Bring, says),
        ));
    }
    let list = gathered.iter().rev().map(|note| {
        let day = note.at.day().short(data.today());
        item(day.as_str(), &first_line(&note.words))
    });
    let prompt = if gathered.is_empty() {
        ask(w.none)
    } else {
        Vec::new()
    };
    NotebookView {
        list: list.collect(),
        ..NotebookView::new(w.title, prompt).with(picks)
    }
}

/// The same note, to be brought to a therapist or not.
fn brought(note: &Note, bring: bool) -> NotebookEntry {
    NotebookEntry::Note(Note {
        bring,
        ..note.clone()
    })
}

/// The choice on the page of a note that sets it apart for a therapist, or takes it back.
pub(super) fn bring_or_not(note: &Note) -> NotebookChoice {
    let w = &words().notebook_ui.bring;
    let (says, then) = match note.bring {
        true => (w.not, w.not_is),
        false => (w.this, w.this_is),
    };
    let page = NotebookPage::Note {
        id: note.id.clone(),
    };
    let request = NotebookRequest::Write(vec![brought(note, !note.bring)]);
    pick(says, NotebookMove::Do(request, page, Some(then)))
}
