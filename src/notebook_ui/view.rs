//! What each page shows and where each of its choices leads: one place, so that they cannot differ.

mod export;
mod letters;
mod manage;
mod notes;
mod parts;
mod review;
mod voices;

use crate::menu::page::{self, ask, item, line, pick, secret};
use crate::notebook::{Book, Id, Meeting, Note, PartChannel, PartNow as KnownPart};
use crate::notebook_ui::new_entries::{after_line, at, check_in};
use crate::notebook_ui::page::{CopyPage, NewNotebook, NotebookMove, NotebookPage};
use crate::notebook_ui::{NotebookData, NotebookRequest, OpenPages};
use crate::session::scene::{InputField, ListItem, Scene};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::date::Date;

/// A page of these.
pub(super) type NotebookView = page::PageView<NotebookMove>;
/// A choice and where it leads.
pub(super) type NotebookChoice = page::PageChoice<NotebookMove>;

/// How much of a text stands in a line of a list.
const LINE: usize = 48;
/// How much of a text a page of words shows.
const LONG: usize = 4_000;

/// The view of a page. The crisis card has its own scene and needs none; a page of a notebook that has been closed
/// meanwhile is empty. Of a long list only the choices from `from` on may be there.
pub(super) fn view(page: &NotebookPage, from: usize, data: &NotebookData<'_>) -> NotebookView {
    match page {
        NotebookPage::Door => door(data),
        NotebookPage::Make(step) => make(step, data),
        NotebookPage::Pass { name } => {
            let w = &words().notebook_ui.pass;
            let ask = vec![fill(&w.ask, &[("name", name)])];
            NotebookView {
                field: Some(secret(w.hint)),
                ..NotebookView::new(w.title, ask)
            }
        }
        NotebookPage::Copies(CopyPage::Bring) => export::bring(data),
        NotebookPage::Front
        | NotebookPage::Left
        | NotebookPage::Begun
        | NotebookPage::Write { .. }
        | NotebookPage::Talk { .. }
        | NotebookPage::Bring
        | NotebookPage::WriteTo { .. }
        | NotebookPage::Notes { .. }
        | NotebookPage::Note { .. }
        | NotebookPage::Letters
        | NotebookPage::Letter(_)
        | NotebookPage::Stay { .. }
        | NotebookPage::NoteOf { .. }
        | NotebookPage::Promises
        | NotebookPage::Promise { .. }
        | NotebookPage::Vow(_)
        | NotebookPage::Parts
        | NotebookPage::Map
        | NotebookPage::Part { .. }
        | NotebookPage::PartLines { .. }
        | NotebookPage::PartLine { .. }
        | NotebookPage::Met { .. }
        | NotebookPage::MetApart { .. }
        | NotebookPage::Link { .. }
        | NotebookPage::LinkTo { .. }
        | NotebookPage::MergeSure { .. }
        | NotebookPage::Split { .. }
        | NotebookPage::CheckIn { .. }
        | NotebookPage::Stirred { .. }
        | NotebookPage::Carry { .. }
        | NotebookPage::Back
        | NotebookPage::Weeks
        | NotebookPage::Month { .. }
        | NotebookPage::Out
        | NotebookPage::Choose { .. }
        | NotebookPage::Calendar(_)
        | NotebookPage::Preview { .. }
        | NotebookPage::Place { .. }
        | NotebookPage::Copies(_)
        | NotebookPage::Manage
        | NotebookPage::Rekey(_)
        | NotebookPage::Sure { .. } => match data.open {
            Some(open) => inside(page, from, open, data),
            None => NotebookView::default(),
        },
    }
}

fn inside(
    page: &NotebookPage,
    from: usize,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    match page {
        NotebookPage::Front => front(open, data),
        NotebookPage::Left => left(open, data),
        NotebookPage::Begun => notes::begun(open, data),
        NotebookPage::Write { part, bring, begun } => {
            notes::write(part.as_ref(), *bring, begun, open)
        }
        NotebookPage::Talk { part, said, begun } => voices::talk(part, said, begun, open, data),
        NotebookPage::Bring => voices::bring(open, data),
        NotebookPage::WriteTo { words } => notes::write_to(words, open, data),
        NotebookPage::Notes { part } => notes::notes(part.as_ref(), open, from, data),
        NotebookPage::Letters => letters::letters(open, data),
        NotebookPage::Letter(draft) => letters::letter(draft, open, data),
        NotebookPage::Note { id } => notes::note(id, open, data),
        NotebookPage::Stay { id } => notes::stay(id, data),
        NotebookPage::NoteOf { id, part } => notes::note_of(id, part.as_ref(), open),
        NotebookPage::Promises => notes::promises(open, data),
        NotebookPage::Promise { id } => notes::promise(id, open, data),
        NotebookPage::Vow(vow) => notes::vow(vow, open, data),
        NotebookPage::Parts => parts::parts(open),
        NotebookPage::Map => parts::map(open),
        NotebookPage::Part { id } => parts::part(id, open, data),
        NotebookPage::PartLines { id } => parts::lines(id, open, data),
        NotebookPage::PartLine { id, line } => parts::one_line(id.as_ref(), *line, open),
        NotebookPage::Met { id } => parts::met(id, open, data),
        NotebookPage::MetApart { id, channel } => parts::apart(id, *channel, open, data),
        NotebookPage::Link { id } => parts::link(id, open),
        NotebookPage::LinkTo { id, how } => parts::link_to(id, *how, open, data),
        NotebookPage::MergeSure { id, other } => parts::merge_sure(id, other, open, data),
        NotebookPage::Split { .. } => parts::split(),
        NotebookPage::CheckIn { lines } => line_of_check_in(lines, data),
        NotebookPage::Stirred { lines } => stirred(lines),
        NotebookPage::Carry { lines, stirred } => carry(lines, *stirred, data),
        NotebookPage::Back => review::back(open, data),
        NotebookPage::Weeks => review::weeks(open, data),
        NotebookPage::Month { month } => review::month(*month, open, data),
        NotebookPage::Out => export::out(open),
        NotebookPage::Choose { chosen } => export::choose(chosen, open, from, data),
        NotebookPage::Calendar(calendar) => export::calendar(calendar, data),
        NotebookPage::Preview { what } => export::preview(what, open, data),
        NotebookPage::Place { .. } => export::place(data),
        NotebookPage::Copies(page) => export::copies(page, open, data),
        NotebookPage::Manage => manage::manage(open),
        NotebookPage::Rekey(rekey) => manage::rekey(rekey),
        NotebookPage::Sure { what } => manage::really(what, open),
        NotebookPage::Door | NotebookPage::Make(_) | NotebookPage::Pass { .. } => {
            NotebookView::default()
        }
    }
}

/// Which of the choices are switched on, on the page where they are switches.
pub(super) fn mark(
    scene: &mut Scene,
    page: &NotebookPage,
    from: usize,
    chosen: &[Id],
    data: &NotebookData<'_>,
) {
    let view = view(page, from, data);
    for (choice, pick) in scene.choices.iter_mut().zip(view.shown(from)) {
        if let NotebookMove::Stay(NotebookPage::Choose { chosen: then }) = &pick.does {
            choice.on = Some(then.len() < chosen.len());
        }
    }
}

fn door(data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.door;
    let mut picks: Vec<NotebookChoice> = Vec::new();
    let mut list: Vec<ListItem> = Vec::new();
    for known in data.notebooks {
        let name = known.name.clone();
        let says = fill(&w.open, &[("name", &known.name)]);
        match &known.trouble {
            Some(why) => list.push(item("", why)),
            None if known.sealed => picks.push(NotebookChoice {
                says,
                does: NotebookMove::To(NotebookPage::Pass { name }),
            }),
            None => picks.push(NotebookChoice {
                says,
                does: open_plain(name),
            }),
        }
    }
    let none = data.notebooks.is_empty();
    picks.push(pick(
        w.new,
        NotebookMove::To(NotebookPage::Make(NewNotebook::Name)),
    ));
    let bring = words().notebook_ui.copy.bring;
    picks.push(pick(
        bring,
        NotebookMove::To(NotebookPage::Copies(CopyPage::Bring)),
    ));
    picks.push(pick(
        w.home,
        NotebookMove::Do(NotebookRequest::Home, NotebookPage::Door, None),
    ));
    let mut prompt = ask(if none { w.none } else { w.ask });
    prompt.push(SafeText::new(w.alone));
    prompt.push(SafeText::new(w.lines));
    NotebookView {
        list,
        ..NotebookView::new(w.title, prompt).with(picks)
    }
}

fn open_plain(name: String) -> NotebookMove {
    let secret = None;
    NotebookMove::Do(
        NotebookRequest::Open { name, secret },
        NotebookPage::Front,
        None,
    )
}

fn make(step: &NewNotebook, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.make;
    match step {
        NewNotebook::Name => NotebookView {
            field: Some(line("", w.name_hint, page::MOST_NAME)),
            ..NotebookView::new(w.title, ask(w.name))
        },
        NewNotebook::How { name } => {
            let prompt = vec![
                fill(&w.how, &[("name", name)]),
                SafeText::new(w.sealed_is),
                SafeText::new(w.plain_is),
            ];
            let prompt = [prompt, data.place.cloned().into_iter().collect()].concat();
            let to = |make| NotebookMove::To(NotebookPage::Make(make));
            NotebookView::new(w.title, prompt).with(vec![
                pick(w.sealed, to(NewNotebook::Pass { name: name.clone() })),
                pick(w.plain, to(NewNotebook::Plain { name: name.clone() })),
            ])
        }
        NewNotebook::Pass { .. } => NotebookView {
            field: Some(secret(w.pass_hint)),
            ..NotebookView::new(w.title, ask(w.pass))
        },
        NewNotebook::Again { .. } => NotebookView {
            field: Some(secret(w.again_hint)),
            ..NotebookView::new(w.title, ask(w.again))
        },
        NewNotebook::Plain { name } => {
            let request = NotebookRequest::Make {
                name: name.clone(),
                secret: None,
            };
            let mut prompt = ask(w.sure_plain);
            prompt.push(SafeText::new(w.plain_is));
            // The choice that is safer is the first.
            NotebookView::new(w.title, prompt).with(vec![
                pick(words().pages.back, NotebookMove::Back),
                pick(
                    w.sure_yes,
                    NotebookMove::Do(request, NotebookPage::Front, Some(w.made)),
                ),
            ])
        }
    }
}

fn front(open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.front;
    let to = |says: &str, page| pick(says, NotebookMove::To(page));
    let due = open.book.due(data.today()).len();
    let mut prompt = ask(w.ask);
    match due {
        0 => {}
        1 => prompt.push(SafeText::new(w.due_one)),
        many => prompt.push(fill(&w.due, &[("count", &many.to_string())])),
    }
    if open.begun.is_some() {
        prompt.push(fill(&w.begun, &[("write", w.write)]));
    }
    let picks = vec![
        to(w.left, NotebookPage::Left),
        to(w.write, NotebookPage::empty(None)),
        to(w.check_in, NotebookPage::CheckIn { lines: Vec::new() }),
        to(w.promises, NotebookPage::Promises),
        to(w.parts, NotebookPage::Parts),
        to(w.notes, NotebookPage::Notes { part: None }),
        to(w.back, NotebookPage::Back),
        to(w.out, NotebookPage::Out),
        to(w.manage, NotebookPage::Manage),
    ];
    let title = fill(&w.title, &[("name", open.name)]);
    let write = || to(w.write, NotebookPage::empty(None));
    NotebookView {
        // What waits for today is what going on leads to, and no number changes for it; in a new one there is nothing to
        // look at.
        on: match due {
            0 => open.book.is_empty().then(write),
            _ => Some(to(w.promises, NotebookPage::Promises)),
        },
        ..NotebookView::new(title.as_str(), prompt).with(picks)
    }
}

/// Where somebody left off (features.md row 66): who was met last and how, who had not stepped aside, the last note,
/// what is promised. With a promise, that one and whom it was made to.
#[must_use]
pub(crate) fn left_off(book: &Book, promise: Option<&Id>, today: Date) -> Vec<ListItem> {
    let w = &words().notebook_ui.left;
    let mut list = Vec::new();
    let mut made = book.promises().iter().map(|one| &one.made);
    let promise = promise.and_then(|id| made.find(|made| made.id == *id));
    if let Some(promise) = promise {
        list.push(item(w.promise, &SafeText::short(&promise.words, 400)));
        let part = promise.part.as_ref().and_then(|id| book.part(id));
        match part {
            Some(part) => list.extend(last_met(part, part.met.first(), book, today)),
            None if promise.called.is_empty() => {}
            None => {
                let to = &words().notebook_ui.promises.to;
                list.push(item("", &fill(to, &[("part", &promise.called)])));
            }
        }
        return list;
    }
    let last = book.last_met();
    if let Some(last) = &last {
        list.extend(last_met(last.part, Some(last.meeting), book, today));
    }
    let note = last.as_ref().and_then(|last| last.note);
    let note = note.or_else(|| book.notes().first());
    if let Some(note) = note {
        list.push(item(w.note, &SafeText::short(&note.words, 400)));
    }
    list.extend(book.check_ins().first().map(|look| {
        let said: Vec<&str> = look.lines.iter().map(String::as_str).collect();
        let (day, first) = (look.at.day().short(today), said.join(" "));
        let first = SafeText::short(first.trim(), 200);
        let values = [("day", day.as_str()), ("first", first.as_str())];
        item(w.check_in, &fill(&w.look, &values))
    }));
    let promises = book.promises().iter().filter(|one| one.is_open());
    for promise in promises.take(5) {
        list.push(item(w.promise, &SafeText::short(&promise.made.words, 200)));
    }
    list
}

/// When somebody met a part last, how it showed, and who had not stepped aside.
fn last_met(
    part: &KnownPart,
    meeting: Option<&Meeting>,
    book: &Book,
    today: Date,
) -> Vec<ListItem> {
    let w = &words().notebook_ui.left;
    let called = name(part);
    let Some(meeting) = meeting else {
        let to = &words().notebook_ui.promises.to;
        return vec![item("", &fill(to, &[("part", &called)]))];
    };
    let day = meeting.at.day().said(today);
    let channel = meeting.channel.map_or("", PartChannel::word);
    let values = [
        ("part", called.as_str()),
        ("day", day.as_str()),
        ("channel", channel),
    ];
    let text = match meeting.channel {
        Some(_) => &w.last_by,
        None => &w.last,
    };
    let mut list = vec![item(w.met, &fill(text, &values))];
    let apart = meeting.apart.iter().filter_map(|id| book.part(id));
    let apart: Vec<String> = apart.map(name).collect();
    if !apart.is_empty() {
        let values = [("parts", &*apart.join(", "))];
        list.push(item(w.beside, &fill(&w.apart, &values)));
    }
    list
}

fn left(open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.left;
    let list = left_off(open.book, None, data.today());
    let begin = |says: &str, script| {
        let promise = None;
        pick(
            says,
            NotebookMove::Do(
                NotebookRequest::Begin { script, promise },
                NotebookPage::Front,
                None,
            ),
        )
    };
    let mut picks = vec![begin(w.sit, "solo-sitting"), begin(w.short, "solo-short")];
    if open.book.promises().iter().any(|one| one.is_open()) {
        // Which one is chosen there.
        picks.push(pick(w.visit, NotebookMove::To(NotebookPage::Promises)));
    }
    // What came in the last session goes to the page of a part with two answers more, and so do its day and how it showed.
    let of_session = |note: &&Note| note.session.is_some();
    let note = open.book.notes().iter().find(of_session);
    let note = note.filter(|note| note.part.is_none() && !open.book.parts().is_empty());
    picks.extend(note.map(|note| {
        let day = note.at.day().said(data.today());
        let says = fill(&w.of_part, &[("day", day.as_str())]);
        let (id, part) = (note.id.clone(), None);
        let does = NotebookMove::To(NotebookPage::NoteOf { id, part });
        NotebookChoice { says, does }
    }));
    let prompt = if list.is_empty() {
        ask(w.none)
    } else {
        Vec::new()
    };
    NotebookView {
        list,
        // No session begins by Enter alone.
        on: Some(pick(words().pages.back, NotebookMove::Back)),
        ..NotebookView::new(w.title, prompt).with(picks)
    }
}

fn line_of_check_in(lines: &[String], data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.check_in;
    let asked = w.lines.get(lines.len()).copied().unwrap_or_default();
    let mut empty = lines.to_vec();
    empty.push(String::new());
    let last = empty.len() == w.lines.len();
    let on = if last && empty.iter().all(String::is_empty) {
        check_in(&empty, (None, None), at(data))
    } else {
        NotebookMove::To(after_line(empty))
    };
    NotebookView {
        field: Some(line("", w.hint, 200)),
        on: Some(pick(words().session.pass, on)),
        ..NotebookView::new(w.title, ask(asked))
    }
}

fn stirred(lines: &[String]) -> NotebookView {
    let (lines, stirred) = (lines.to_vec(), None);
    let on = NotebookMove::To(NotebookPage::Carry { lines, stirred });
    number(words().notebook_ui.check_in.stirred, on)
}

fn carry(lines: &[String], stirred: Option<u8>, data: &NotebookData<'_>) -> NotebookView {
    let on = check_in(lines, (stirred, None), at(data));
    number(words().notebook_ui.check_in.carry, on)
}

/// A number from 0 to 10, or none.
fn number(asked: &str, on: NotebookMove) -> NotebookView {
    NotebookView {
        field: Some(InputField::Rating),
        on: Some(pick(words().session.pass, on)),
        ..NotebookView::new(words().notebook_ui.check_in.title, ask(asked))
    }
}

/// A part of the open notebook.
pub(super) fn part_of<'a>(data: &NotebookData<'a>, id: &Id) -> Option<&'a KnownPart> {
    data.open.and_then(|open| open.book.part(id))
}

/// What a part is called.
pub(super) fn name(known: &KnownPart) -> String {
    SafeText::short(&known.called(), LINE).as_str().to_owned()
}

/// The first line of some words, as much as a list has room for.
pub(super) fn first_line(text: &str) -> SafeText {
    let first = text.lines().find(|line| !line.is_empty());
    SafeText::short(first.unwrap_or_default(), LINE)
}

/// Words as paragraphs.
pub(super) fn paragraphs(text: &str) -> Vec<ListItem> {
    text.lines()
        .map(|line| item("", &SafeText::short(line, LONG)))
        .collect()
}
