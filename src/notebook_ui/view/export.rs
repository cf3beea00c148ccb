//! Taking something out: what, how it will look, and where it goes.

use std::ops::Range;

use super::review::weeks_said;
use super::{NotebookChoice, NotebookView, first_line, name};
use crate::calendar::{AppointmentStep, Asking, Proposal};
use crate::menu::page::{self, ask, item, pick};
use crate::notebook::{
    Book, CheckIn, Id, Note, PartNow, Promise, SessionReview, WrittenAt, everything_begins, map,
};
use crate::notebook_ui::export_text::text;
use crate::notebook_ui::page::{CopyPage, ExportKind, NotebookMove, NotebookPage};
use crate::notebook_ui::{CopyRequest, NotebookData, NotebookRequest, OpenPages};
use crate::session::scene::ListItem;
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

/// How many lines of a file are seen before it is written.
const MOST_SEEN: usize = 200;

/// Each has its number from the first day on, also where there is nothing of it yet.
pub(super) fn out(open: OpenPages<'_>) -> NotebookView {
    let w = &words().notebook_ui.out;
    let to = |says: &str, page| pick(says, NotebookMove::To(page));
    let seen = |says: &str, what| to(says, NotebookPage::Preview { what });
    NotebookView::new(w.title, ask(w.ask)).with(vec![
        to(w.therapist, for_therapist(open)),
        seen(w.markdown, ExportKind::Markdown),
        seen(w.data, ExportKind::Data),
        to(words().calendar.offer, NotebookPage::Calendar(Asking::Day)),
        to(
            words().notebook_ui.copy.offer,
            NotebookPage::Copies(CopyPage::Out),
        ),
        seen(w.map, ExportKind::Map),
        seen(w.map_svg, ExportKind::MapPicture),
        seen(w.weeks, ExportKind::Weeks),
        seen(w.numbers, ExportKind::Numbers),
    ])
}

/// Whether there is nothing yet of which this could be made.
fn is_empty(what: &ExportKind, book: &Book) -> bool {
    match what {
        ExportKind::Map | ExportKind::MapPicture => book.parts().is_empty(),
        ExportKind::Weeks | ExportKind::Numbers => {
            book.sittings().is_empty() && book.check_ins().is_empty()
        }
        ExportKind::Therapist(_)
        | ExportKind::Html(_)
        | ExportKind::Note(_)
        | ExportKind::Markdown
        | ExportKind::Data => false,
    }
}

/// The page for somebody's therapist: what was set apart for them is on it at first.
pub(super) fn for_therapist(open: OpenPages<'_>) -> NotebookPage {
    let notes = open.book.notes().iter().filter(|note| note.bring);
    let promises = open.book.promises().iter().filter(|one| one.made.therapist);
    let notes = notes.map(|note| note.id.clone());
    let chosen = notes.chain(promises.map(|one| one.made.id.clone()));
    NotebookPage::Choose {
        chosen: chosen.collect(),
    }
}

pub(super) fn copies(
    page: &CopyPage,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    match page {
        CopyPage::Out => copy(open, data),
        CopyPage::Bring => bring(data),
        CopyPage::TakeIn { folder } => take_in(folder.as_deref(), data),
    }
}

/// In which folder all of it is copied, and when that was done last.
fn copy(open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.copy;
    let last = match open.copied {
        Some(day) => fill(&w.last, &[("day", day.said(data.today()).as_str())]),
        None => SafeText::new(w.never),
    };
    let seal = if open.sealed { w.is_sealed } else { w.is_plain };
    let place = page::place(w.title, data.folder);
    NotebookView {
        prompt: vec![
            SafeText::new(w.ask),
            SafeText::new(w.what),
            SafeText::new(seal),
            last,
        ],
        ..place
    }
}

/// From which folder a notebook is brought.
pub(super) fn bring(data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.copy;
    NotebookView {
        prompt: ask(w.from),
        ..page::place(w.bring_title, data.folder)
    }
}

/// Which copy is taken in, and the words that open it.
fn take_in(folder: Option<&str>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.copy;
    if folder.is_none() {
        let mut prompt = ask(w.from);
        prompt.push(SafeText::new(w.take_in_what));
        return NotebookView {
            prompt,
            ..page::place(w.take_in, data.folder)
        };
    }
    let request = NotebookRequest::Copies(CopyRequest::TakeIn {
        folder: folder.unwrap_or_default().to_owned(),
        secret: None,
    });
    let same = NotebookMove::Do(request, NotebookPage::Manage, None);
    NotebookView {
        on: Some(pick(w.same, same)),
        field: Some(page::secret(w.pass_hint)),
        ..NotebookView::new(w.take_in, ask(w.pass))
    }
}

/// An entry that can stand on a page.
#[derive(Clone, Copy)]
enum ExportLine<'a> {
    Part(&'a PartNow),
    Note(&'a Note),
    Promise(&'a Promise),
    CheckIn(&'a CheckIn),
    Sitting(&'a SessionReview),
}

impl<'a> ExportLine<'a> {
    /// Every one of them, in the order of the page. They are made into words only where they are shown.
    fn all(book: &'a Book) -> Vec<Self> {
        let bring = book.notes().iter().filter(|note| note.bring);
        let parts = book.parts().iter().map(Self::Part);
        let parts = bring.map(Self::Note).chain(parts);
        let notes = book.notes().iter().filter(|note| !note.bring);
        let notes = notes.map(Self::Note);
        let promises = book.promises().iter().map(|one| Self::Promise(&one.made));
        let looks = book.check_ins().iter().map(Self::CheckIn);
        let sittings = book.sittings().iter().map(Self::Sitting);
        let rest = promises.chain(looks).chain(sittings);
        parts.chain(notes).chain(rest).collect()
    }

    fn id(self) -> &'a Id {
        match self {
            Self::Part(part) => &part.id,
            Self::Note(note) => &note.id,
            Self::Promise(promise) => &promise.id,
            Self::CheckIn(look) => &look.id,
            Self::Sitting(sitting) => &sitting.id,
        }
    }

    /// How it is called in a list.
    fn says(self, data: &NotebookData<'_>) -> SafeText {
        let w = &words().notebook_ui;
        let dated = |text: &Template, at: WrittenAt, said: &str| {
            let (day, first) = (at.day().short(data.today()), first_line(said));
            fill(text, &[("day", day.as_str()), ("first", first.as_str())])
        };
        match self {
            Self::Part(known) => SafeText::new(&name(known)),
            Self::Note(note) => {
                let line = dated(&w.notes.line, note.at, &note.words);
                for_therapist_said(line, note.bring)
            }
            Self::Promise(one) => {
                let line = dated(&w.notes.line, one.at, &one.words);
                for_therapist_said(line, one.therapist)
            }
            Self::CheckIn(look) => dated(&w.out.check_in, look.at, &look.lines.join(" ")),
            Self::Sitting(one) => dated(&w.out.sitting, one.at, data.title(&one.script).as_str()),
        }
    }
}

/// A line, and that it was set apart for a therapist, where it was.
fn for_therapist_said(line: SafeText, apart: bool) -> SafeText {
    let text = &words().notebook_ui.out.for_therapist;
    match apart {
        true => fill(text, &[("line", line.as_str())]),
        false => line,
    }
}

pub(super) fn choose(
    chosen: &[Id],
    open: OpenPages<'_>,
    from: usize,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.out;
    let switch = |line: &ExportLine<'_>| {
        let mut then = chosen.to_vec();
        match then.iter().position(|one| one == line.id()) {
            Some(at) => drop(then.remove(at)),
            None => then.push(line.id().clone()),
        }
        let does = NotebookMove::Stay(NotebookPage::Choose { chosen: then });
        let says = line.says(data);
        NotebookChoice { says, does }
    };
    let all = ExportLine::all(open.book);
    let part = |part: Range<usize>| {
        let shown = all.get(part).unwrap_or_default();
        shown.iter().map(switch).collect()
    };
    let seen = NotebookPage::Preview {
        what: ExportKind::Therapist(chosen.to_vec()),
    };
    let see = match chosen.len() {
        0 => SafeText::new(w.chosen_none),
        1 => SafeText::new(w.chosen_one),
        n => fill(&w.chosen, &[("n", &n.to_string())]),
    };
    let on = pick(see.as_str(), NotebookMove::To(seen));
    let prompt = ask(if all.is_empty() { w.none } else { w.choose });
    NotebookView {
        on: Some(on),
        ..NotebookView::new(w.therapist, prompt).with_part(all.len(), from, part)
    }
}

/// What a picture says, in words.
fn pictured(
    what: &ExportKind,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> Option<Vec<ListItem>> {
    match what {
        ExportKind::MapPicture => {
            let told = map::told(open.book);
            Some(told.iter().map(|line| item("", line)).collect())
        }
        ExportKind::Weeks => Some(weeks_said(open, data)),
        ExportKind::Therapist(_)
        | ExportKind::Html(_)
        | ExportKind::Note(_)
        | ExportKind::Markdown
        | ExportKind::Data
        | ExportKind::Map
        | ExportKind::Numbers => None,
    }
}

fn seen(what: &ExportKind, open: OpenPages<'_>, data: &NotebookData<'_>) -> Vec<ListItem> {
    let w = &words().notebook_ui.out;
    if let Some(said) = pictured(what, open, data) {
        let first = item("", &SafeText::new(w.picture));
        return std::iter::once(first).chain(said).collect();
    }
    // A page for a browser is seen as it is read.
    let as_text = if let ExportKind::Html(chosen) = what {
        ExportKind::Therapist(chosen.clone())
    } else {
        what.clone()
    };
    // Of years only the beginning is made to be seen.
    let (text, left) = if as_text == ExportKind::Markdown {
        everything_begins(open.book, open.name, data.titles, MOST_SEEN)
    } else {
        let made = text(&as_text, open, data.today(), data.titles);
        (made.unwrap_or_default().0, 0)
    };
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let shown = lines.iter().take(MOST_SEEN);
    let mut list: Vec<ListItem> = shown.map(|line| item("", &SafeText::new(line))).collect();
    let rest = lines.len().saturating_sub(MOST_SEEN);
    if left > 0 {
        list.push(item(
            "",
            &fill(&w.more_entries, &[("n", &left.to_string())]),
        ));
    } else if rest > 0 {
        list.push(item("", &fill(&w.more, &[("n", &rest.to_string())])));
    }
    list
}

pub(super) fn preview(
    what: &ExportKind,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.out;
    if is_empty(what, open.book) {
        let back = vec![pick(words().pages.back, NotebookMove::Back)];
        return NotebookView::new(w.title, ask(w.not_yet)).with(back);
    }
    let place = NotebookPage::Place { what: what.clone() };
    let mut picks = vec![pick(words().pages.file_yes, NotebookMove::To(place))];
    if let ExportKind::Therapist(chosen) = what {
        let what = ExportKind::Html(chosen.clone());
        picks.push(pick(w.html, NotebookMove::To(NotebookPage::Place { what })));
    }
    picks.push(pick(words().pages.back, NotebookMove::Back));
    NotebookView {
        list: seen(what, open, data),
        ..NotebookView::new(w.title, ask(words().pages.file_preview)).with(picks)
    }
}

pub(super) fn place(data: &NotebookData<'_>) -> NotebookView {
    page::place(words().notebook_ui.out.title, data.folder)
}

pub(super) fn calendar(asking: &Asking, data: &NotebookData<'_>) -> NotebookView {
    asking
        .view(data.today(), data.folder, Proposal::default())
        .map(|step| match step {
            AppointmentStep::To(asking) => NotebookMove::To(NotebookPage::Calendar(asking)),
            AppointmentStep::Keep(_) | AppointmentStep::Away => NotebookMove::To(NotebookPage::Out),
        })
}
