//! What each page shows and where each of its choices leads: one place, so that they cannot differ.

mod back;
mod manage;
mod notes;
mod out;
mod parts;

use crate::date::Date;
use crate::notebook::{Book, Channel, Id, Known as KnownPart, Meeting};
use crate::pages::{self, ask, item, line, pick, secret};
use crate::session::scene::{Field, Item, Scene};
use crate::shown::Shown;
use crate::study::entries::{after_line, at, check_in};
use crate::study::page::{Make, Move, Page};
use crate::study::{Open, Request, Shelf};
use crate::words::{fill, words};

/// A page of these.
pub(super) type View = pages::View<Move>;
/// A choice and where it leads.
pub(super) type Pick = pages::Pick<Move>;

/// How much of a text stands in a line of a list.
const LINE: usize = 48;
/// How much of a text a page of words shows.
const LONG: usize = 4_000;

/// The view of a page. The crisis card has its own scene and needs none; a page of a notebook that has been closed
/// meanwhile is empty. Of a long list only the choices from `from` on may be there.
pub(super) fn view(page: &Page, from: usize, shelf: &Shelf<'_>) -> View {
    match page {
        Page::Door => door(shelf),
        Page::Make(step) => make(step, shelf),
        Page::Pass { name } => {
            let w = &words().study.pass;
            let ask = vec![fill(&w.ask, &[("name", name)])];
            View {
                field: Some(secret(&w.hint)),
                ..View::new(&w.title, ask)
            }
        }
        Page::Card { .. } => View::default(),
        Page::Desk
        | Page::Left
        | Page::Begun
        | Page::Write { .. }
        | Page::WriteTo { .. }
        | Page::Notes { .. }
        | Page::Note { .. }
        | Page::Stay { .. }
        | Page::Promises
        | Page::Promise { .. }
        | Page::Vow(_)
        | Page::Parts
        | Page::Map
        | Page::Part { .. }
        | Page::PartLines { .. }
        | Page::PartLine { .. }
        | Page::Met { .. }
        | Page::MetApart { .. }
        | Page::Link { .. }
        | Page::LinkTo { .. }
        | Page::MergeSure { .. }
        | Page::Split { .. }
        | Page::CheckIn { .. }
        | Page::Stirred { .. }
        | Page::Carry { .. }
        | Page::Back
        | Page::Month { .. }
        | Page::Out
        | Page::Choose { .. }
        | Page::Calendar(_)
        | Page::Preview { .. }
        | Page::Place { .. }
        | Page::Manage
        | Page::Rekey(_)
        | Page::Sure { .. } => match shelf.open {
            Some(open) => inside(page, from, open, shelf),
            None => View::default(),
        },
    }
}

fn inside(page: &Page, from: usize, open: Open<'_>, shelf: &Shelf<'_>) -> View {
    match page {
        Page::Desk => desk(open, shelf),
        Page::Left => left(open, shelf),
        Page::Begun => notes::begun(open, shelf),
        Page::Write { part, begun } => notes::write(part.as_ref(), begun, open),
        Page::WriteTo { words } => notes::write_to(words, open, shelf),
        Page::Notes { part } => notes::notes(part.as_ref(), open, from, shelf),
        Page::Note { id } => notes::note(id, open, shelf),
        Page::Stay { id } => notes::stay(id, shelf),
        Page::Promises => notes::promises(open, shelf),
        Page::Promise { id } => notes::promise(id, open, shelf),
        Page::Vow(vow) => notes::vow(vow, open, shelf),
        Page::Parts => parts::parts(open),
        Page::Map => parts::map(open),
        Page::Part { id } => parts::part(id, open, shelf),
        Page::PartLines { id } => parts::lines(id, open, shelf),
        Page::PartLine { id, line } => parts::one_line(id.as_ref(), *line, open),
        Page::Met { id } => parts::met(id, open, shelf),
        Page::MetApart { id, channel } => parts::apart(id, *channel, open, shelf),
        Page::Link { id } => parts::link(id),
        Page::LinkTo { id, how } => parts::link_to(id, *how, open, shelf),
        Page::MergeSure { id, other } => parts::merge_sure(id, other, open, shelf),
        Page::Split { .. } => parts::split(),
        Page::CheckIn { lines } => line_of_check_in(lines, shelf),
        Page::Stirred { lines } => stirred(lines),
        Page::Carry { lines, stirred } => carry(lines, *stirred, shelf),
        Page::Back => back::back(open, shelf),
        Page::Month { month } => back::month(*month, open, shelf),
        Page::Out => out::out(open),
        Page::Choose { chosen } => out::choose(chosen, open, from, shelf),
        Page::Calendar(calendar) => out::calendar(calendar, shelf),
        Page::Preview { what, back } => out::preview(what, back, open, shelf),
        Page::Place { .. } => out::place(shelf),
        Page::Manage => manage::manage(open),
        Page::Rekey(rekey) => manage::rekey(rekey),
        Page::Sure { what, back } => manage::really(what, back, open),
        Page::Door | Page::Make(_) | Page::Pass { .. } | Page::Card { .. } => View::default(),
    }
}

/// Which of the choices are switched on, on the page where they are switches.
pub(super) fn mark(scene: &mut Scene, page: &Page, from: usize, chosen: &[Id], shelf: &Shelf<'_>) {
    let view = view(page, from, shelf);
    for (choice, pick) in scene.choices.iter_mut().zip(view.shown(from)) {
        if let Move::Stay(Page::Choose { chosen: then }) = &pick.does {
            choice.on = Some(then.len() < chosen.len());
        }
    }
}

fn door(shelf: &Shelf<'_>) -> View {
    let w = &words().study.door;
    let mut picks: Vec<Pick> = Vec::new();
    let mut list: Vec<Item> = Vec::new();
    for known in shelf.notebooks {
        let name = known.name.clone();
        let says = fill(&w.open, &[("name", &known.name)]);
        match &known.trouble {
            Some(why) => list.push(item("", why)),
            None if known.sealed => picks.push(Pick {
                says,
                does: Move::To(Page::Pass { name }),
            }),
            None => picks.push(Pick {
                says,
                does: open_plain(name),
            }),
        }
    }
    let none = shelf.notebooks.is_empty();
    picks.push(pick(&w.new, Move::To(Page::Make(Make::Name))));
    picks.push(pick(&w.home, Move::Do(Request::Home, Page::Door, None)));
    let mut prompt = ask(if none { &w.none } else { &w.ask });
    prompt.push(Shown::new(&w.alone));
    prompt.push(Shown::new(&w.lines));
    View {
        list,
        ..View::new(&w.title, prompt).with(picks)
    }
}

fn open_plain(name: String) -> Move {
    let secret = None;
    Move::Do(Request::Open { name, secret }, Page::Desk, None)
}

fn make(step: &Make, shelf: &Shelf<'_>) -> View {
    let w = &words().study.make;
    match step {
        Make::Name => View {
            field: Some(line("", &w.name_hint, pages::MOST_NAME)),
            ..View::new(&w.title, ask(&w.name))
        },
        Make::How { name } => {
            let prompt = vec![
                fill(&w.how, &[("name", name)]),
                Shown::new(&w.sealed_is),
                Shown::new(&w.plain_is),
            ];
            let prompt = [prompt, shelf.place.cloned().into_iter().collect()].concat();
            let to = |make| Move::To(Page::Make(make));
            View::new(&w.title, prompt).with(vec![
                pick(&w.sealed, to(Make::Pass { name: name.clone() })),
                pick(&w.plain, to(Make::Plain { name: name.clone() })),
            ])
        }
        Make::Pass { .. } => View {
            field: Some(secret(&w.pass_hint)),
            ..View::new(&w.title, ask(&w.pass))
        },
        Make::Again { .. } => View {
            field: Some(secret(&w.again_hint)),
            ..View::new(&w.title, ask(&w.again))
        },
        Make::Plain { name } => {
            let request = Request::Make {
                name: name.clone(),
                secret: None,
            };
            let mut prompt = ask(&w.sure_plain);
            prompt.push(Shown::new(&w.plain_is));
            let back = Page::Make(Make::How { name: name.clone() });
            // The choice that is safer is the first.
            View::new(&w.title, prompt).with(vec![
                pick(&words().pages.back, Move::To(back)),
                pick(&w.sure_yes, Move::Do(request, Page::Desk, Some(&w.made))),
            ])
        }
    }
}

fn desk(open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.desk;
    let to = |says: &str, page| pick(says, Move::To(page));
    let due = open.book.due(shelf.today()).len();
    let mut prompt = ask(&w.ask);
    match due {
        0 => {}
        1 => prompt.push(Shown::new(&w.due_one)),
        many => prompt.push(fill(&w.due, &[("count", &many.to_string())])),
    }
    if open.begun.is_some() {
        prompt.push(fill(&w.begun, &[("write", &w.write)]));
    }
    let mut picks = vec![
        to(&w.left, Page::Left),
        to(&w.write, Page::empty(None)),
        to(&w.check_in, Page::CheckIn { lines: Vec::new() }),
        to(&w.promises, Page::Promises),
        to(&w.parts, Page::Parts),
        to(&w.notes, Page::Notes { part: None }),
        to(&w.back, Page::Back),
    ];
    if due > 0 {
        // What waits for today comes first.
        picks.swap(0, 3);
    }
    picks.push(to(&w.out, Page::Out));
    picks.push(to(&w.manage, Page::Manage));
    let title = fill(&w.title, &[("name", open.name)]);
    View::new(title.as_str(), prompt).with(picks)
}

/// Where somebody left off (features.md row 66): who was met last and how, who had not stepped aside, the last note,
/// what is promised. With a promise, that one and whom it was made to.
#[must_use]
pub fn left_off(book: &Book, promise: Option<&Id>, today: Date) -> Vec<Item> {
    let w = &words().study.left;
    let mut list = Vec::new();
    let promise = promise.and_then(|id| book.promises().iter().find(|one| one.id == *id));
    if let Some(promise) = promise {
        list.push(item(&w.promise, &Shown::short(&promise.words, 400)));
        let part = promise.part.as_ref().and_then(|id| book.part(id));
        match part {
            Some(part) => list.extend(last_met(part, part.met.first(), book, today)),
            None if promise.called.is_empty() => {}
            None => {
                let to = &words().study.promises.to;
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
        list.push(item(&w.note, &Shown::short(&note.words, 400)));
    }
    let promises = book.promises().iter().filter(|one| one.is_open());
    for promise in promises.take(5) {
        list.push(item(&w.promise, &Shown::short(&promise.words, 200)));
    }
    list
}

/// When somebody met a part last, how it showed, and who had not stepped aside.
fn last_met(part: &KnownPart, meeting: Option<&Meeting>, book: &Book, today: Date) -> Vec<Item> {
    let w = &words().study.left;
    let called = name(part);
    let Some(meeting) = meeting else {
        let to = &words().study.promises.to;
        return vec![item("", &fill(to, &[("part", &called)]))];
    };
    let day = meeting.at.day().said(today);
    let channel = meeting.channel.map_or("", Channel::word);
    let values = [
        ("part", called.as_str()),
        ("day", day.as_str()),
        ("channel", channel),
    ];
    let text = match meeting.channel {
        Some(_) => &w.last_by,
        None => &w.last,
    };
    let mut list = vec![item(&w.met, &fill(text, &values))];
    let apart = meeting.apart.iter().filter_map(|id| book.part(id));
    let apart: Vec<String> = apart.map(name).collect();
    if !apart.is_empty() {
        let values = [("parts", &*apart.join(", "))];
        list.push(item(&w.beside, &fill(&w.apart, &values)));
    }
    list
}

fn left(open: Open<'_>, shelf: &Shelf<'_>) -> View {
    let w = &words().study.left;
    let list = left_off(open.book, None, shelf.today());
    let begin = |says: &str, script| {
        let promise = None;
        pick(
            says,
            Move::Do(Request::Begin { script, promise }, Page::Desk, None),
        )
    };
    let mut picks = vec![begin(&w.sit, "solo-sitting"), begin(&w.short, "solo-short")];
    if open.book.promises().iter().any(|one| one.is_open()) {
        // Which one is chosen there.
        picks.push(pick(&w.visit, Move::To(Page::Promises)));
    }
    let prompt = if list.is_empty() {
        ask(&w.none)
    } else {
        Vec::new()
    };
    View {
        list,
        ..View::new(&w.title, prompt).with(picks)
    }
}

fn line_of_check_in(lines: &[String], shelf: &Shelf<'_>) -> View {
    let w = &words().study.check_in;
    let asked = w.lines.get(lines.len()).copied().unwrap_or_default();
    let mut empty = lines.to_vec();
    empty.push(String::new());
    let last = empty.len() == w.lines.len();
    let on = if last && empty.iter().all(String::is_empty) {
        check_in(&empty, (None, None), at(shelf))
    } else {
        Move::To(after_line(empty))
    };
    View {
        field: Some(line("", &w.hint, 200)),
        on: Some(pick(&words().session.pass, on)),
        ..View::new(&w.title, ask(asked))
    }
}

fn stirred(lines: &[String]) -> View {
    let (lines, stirred) = (lines.to_vec(), None);
    let on = Move::To(Page::Carry { lines, stirred });
    number(&words().study.check_in.stirred, on)
}

fn carry(lines: &[String], stirred: Option<u8>, shelf: &Shelf<'_>) -> View {
    let on = check_in(lines, (stirred, None), at(shelf));
    number(&words().study.check_in.carry, on)
}

/// A number from 0 to 10, or none.
fn number(asked: &str, on: Move) -> View {
    View {
        field: Some(Field::Rating),
        on: Some(pick(&words().session.pass, on)),
        ..View::new(&words().study.check_in.title, ask(asked))
    }
}

/// A part of the open notebook.
pub(super) fn part_of<'a>(shelf: &Shelf<'a>, id: &Id) -> Option<&'a KnownPart> {
    shelf.open.and_then(|open| open.book.part(id))
}

/// What a part is called.
pub(super) fn name(known: &KnownPart) -> String {
    Shown::short(&known.called(), LINE).as_str().to_owned()
}

/// The first line of some words, as much as a list has room for.
pub(super) fn first_line(text: &str) -> Shown {
    Shown::short(text.lines().next().unwrap_or_default(), LINE)
}

/// Words as paragraphs.
pub(super) fn paragraphs(text: &str) -> Vec<Item> {
    text.lines()
        .map(|line| item("", &Shown::short(line, LONG)))
        .collect()
}
