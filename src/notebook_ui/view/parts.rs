//! Parts, and how they stand to each other.

use super::notes::erase;
use super::{NotebookChoice, NotebookView, name};
use crate::menu::page::{ask, item, line, pick};
use crate::notebook::{
    Id, NotebookEntry, Part, PartChannel, PartMerge, PartNow, PartRevision, map as drawn,
};
use crate::notebook_ui::new_entries::{at, linked, met as met_now};
use crate::notebook_ui::page::{
    ExportKind, NotebookMove, NotebookPage, PartField, PromiseDraft, RelationDraft,
};
use crate::notebook_ui::{NotebookData, NotebookRequest, OpenPages};
use crate::session::scene::ListItem;
use crate::text::safe_text::{SafeText, capital};
use crate::text::words::{fill, words};

pub(super) fn parts(open: OpenPages<'_>) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let known = open.book.parts();
    let mut picks: Vec<NotebookChoice> = known
        .iter()
        .map(|known| NotebookChoice {
            says: fill(&w.line, &[("name", &name(known))]),
            does: NotebookMove::To(NotebookPage::Part {
                id: known.id.clone(),
            }),
        })
        .collect();
    if known.len() > 1 {
        // It is one of the first, so that it is not behind many parts.
        picks.insert(0, pick(w.map, NotebookMove::To(NotebookPage::Map)));
    }
    let new = NotebookPage::PartLine {
        id: None,
        line: PartField::Name,
    };
    picks.push(pick(w.new, NotebookMove::To(new)));
    let prompt = ask(if known.is_empty() { w.none } else { w.ask });
    NotebookView::new(w.title, prompt).with(picks)
}

/// How wide a map is drawn at most, and how wide where the window is narrow (`tui`'s text is never wider).
const MAPS: [usize; 2] = [66, 54];

pub(super) fn map(open: OpenPages<'_>) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let mut pictures: Vec<Vec<SafeText>> = Vec::new();
    for width in MAPS {
        if let Some(mut lines) = drawn::picture(open.book, width) {
            lines.extend(drawn::alone(open.book));
            pictures.push(lines);
        }
    }
    let told = drawn::told(open.book);
    let what = ExportKind::MapPicture;
    let picture = if pictures.is_empty() {
        Vec::new()
    } else {
        let svg = words().notebook_ui.out.map_svg;
        vec![pick(svg, NotebookMove::To(NotebookPage::Preview { what }))]
    };
    let prompt = if told.is_empty() {
        ask(w.map_none)
    } else {
        Vec::new()
    };
    NotebookView {
        list: told.iter().map(|line| item("", line)).collect(),
        picks: picture,
        pictures,
        on: Some(pick(
            &capital(w.title),
            NotebookMove::To(NotebookPage::Parts),
        )),
        ..NotebookView::new(w.map_title, prompt)
    }
}

fn line_word(line: PartField) -> &'static str {
    let w = &words().notebook_ui.field;
    match line {
        PartField::Name => w.name,
        PartField::Shows => w.shows,
        PartField::Job => w.job,
        PartField::Fears => w.fears,
        PartField::Wants => w.wants,
    }
}

/// What is known of a part, line by line; what is empty is left out.
fn told(known: &PartNow, open: OpenPages<'_>, data: &NotebookData<'_>) -> Vec<ListItem> {
    let w = &words().notebook_ui;
    let lines = PartField::ALL
        .into_iter()
        .filter(|line| *line != PartField::Name);
    let mut list: Vec<ListItem> = lines
        .filter(|line| !line.of(&known.part).is_empty())
        .map(|line| item(line_word(line), &SafeText::new(line.of(&known.part))))
        .collect();
    let mut others = |lead: &str, ids: &[Id]| {
        let names: Vec<String> = ids
            .iter()
            .filter_map(|id| open.book.part(id).map(name))
            .collect();
        if !names.is_empty() {
            list.push(item(lead, &SafeText::new(&names.join(", "))));
        }
    };
    others(w.field.protects, &known.part.protects);
    others(w.field.against, &known.part.against);
    others(w.field.afraid_of, &known.part.afraid_of);
    others(w.field.wants_of, &known.part.wants_of);
    others(w.field.from, known.part.from.as_slice());
    if let Some(last) = known.met.first() {
        let day = last.at.day().said(data.today());
        let met = match last.channel {
            None => day,
            Some(by) => {
                let values = [("day", day.as_str()), ("channel", by.word())];
                fill(&w.parts.met_by, &values)
            }
        };
        list.push(item(w.parts.met, &met));
    }
    list
}

pub(super) fn part(id: &Id, open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let Some(known) = open.book.part(id) else {
        return NotebookView::new(w.title, ask(w.none));
    };
    let here = || id.clone();
    let to = |says: &str, page| pick(says, NotebookMove::To(page));
    let promise = NotebookPage::Vow(PromiseDraft::Words { part: Some(here()) });
    let mut picks = vec![
        to(w.change, NotebookPage::PartLines { id: here() }),
        to(w.meet, NotebookPage::Met { id: here() }),
        to(w.note, NotebookPage::empty(Some(here()))),
        to(w.promise, promise),
        to(w.talk, NotebookPage::next_voice(here(), "".into())),
        to(w.link, NotebookPage::Link { id: here() }),
    ];
    // What is not always there stands behind what is, so that no number changes its meaning.
    let about = |part: &Option<Id>| part.as_ref() == Some(id);
    if open.book.notes().iter().any(|note| about(&note.part)) {
        let notes = NotebookPage::Notes { part: Some(here()) };
        picks.push(to(words().notebook_ui.front.notes, notes));
    }
    picks.extend(undo(known, open, data));
    NotebookView {
        list: told(known, open, data),
        on: Some(to(&capital(w.title), NotebookPage::Parts)),
        ..NotebookView::new(&name(known), Vec::new()).with(picks)
    }
}

/// What was done to this part last can be taken back: a name, a merging, a splitting.
fn undo(known: &PartNow, open: OpenPages<'_>, data: &NotebookData<'_>) -> Vec<NotebookChoice> {
    let w = &words().notebook_ui.parts;
    let page = || NotebookPage::Part {
        id: known.id.clone(),
    };
    let does = |request, page| NotebookMove::Do(request, page, Some(w.undone));
    let mut picks = Vec::new();
    let before = known.before.as_ref();
    if let Some(before) = before.filter(|before| before.name != known.part.name) {
        let part = Part {
            name: before.name.clone(),
            ..known.part.clone()
        };
        let entry = NotebookEntry::Part(PartRevision {
            id: known.id.clone(),
            at: at(data),
            part,
        });
        let was = SafeText::short(&before.name, 40);
        let says = fill(&w.undo_name, &[("name", was.as_str())]);
        if !was.is_empty() {
            let does = does(NotebookRequest::Write(vec![entry]), page());
            picks.push(NotebookChoice { says, does });
        }
    }
    if let Some((merge, name)) = known.merged.last() {
        let name = SafeText::short(name, 40);
        picks.push(NotebookChoice {
            says: fill(&w.undo_merge, &[("name", name.as_str())]),
            does: does(NotebookRequest::Erase(merge.clone()), page()),
        });
    }
    let from = known.part.from.as_ref().and_then(|id| open.book.part(id));
    if let Some(from) = from {
        let entry = NotebookEntry::Merge(PartMerge {
            id: Id::new(),
            at: at(data),
            from: known.id.clone(),
            into: from.id.clone(),
        });
        let there = NotebookPage::Part {
            id: from.id.clone(),
        };
        picks.push(NotebookChoice {
            says: fill(&w.undo_split, &[("name", &name(from))]),
            does: does(NotebookRequest::Write(vec![entry]), there),
        });
    }
    picks
}

pub(super) fn lines(id: &Id, open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let picks = PartField::ALL.into_iter().map(|line| {
        let id = Some(id.clone());
        pick(
            line_word(line),
            NotebookMove::To(NotebookPage::PartLine { id, line }),
        )
    });
    let picks = picks.chain([erase(w.erase, id)]);
    let known = open.book.part(id);
    NotebookView {
        list: known
            .map(|known| told(known, open, data))
            .unwrap_or_default(),
        on: Some(pick(
            &capital(w.title),
            NotebookMove::To(NotebookPage::Part { id: id.clone() }),
        )),
        ..NotebookView::new(w.title, ask(w.field_ask)).with(picks.collect())
    }
}

pub(super) fn one_line(id: Option<&Id>, which: PartField, open: OpenPages<'_>) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let known = id.and_then(|id| open.book.part(id));
    let initial = known.map_or("", |known| which.of(&known.part));
    let asked = match id {
        None => w.name_ask,
        Some(_) => line_word(which),
    };
    let hint = if id.is_none() {
        &w.name_hint
    } else {
        &w.word_hint
    };
    NotebookView {
        field: Some(line(initial, hint, 200)),
        ..NotebookView::new(w.title, ask(asked))
    }
}

pub(super) fn met(id: &Id, open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let alone = open.book.parts().len() < 2;
    let channels = [
        PartChannel::Image,
        PartChannel::Body,
        PartChannel::Voice,
        PartChannel::Feeling,
        PartChannel::Other,
    ];
    let picks = channels.into_iter().map(|channel| {
        let does = if alone {
            met_now(id, Some(channel), Vec::new(), at(data))
        } else {
            let channel = Some(channel);
            let id = id.clone();
            NotebookMove::To(NotebookPage::MetApart { id, channel })
        };
        let says = match channel {
            PartChannel::Other => words().notebook_ui.parts.other,
            PartChannel::Image | PartChannel::Body | PartChannel::Voice | PartChannel::Feeling => {
                channel.word()
            }
        };
        pick(&capital(says), does)
    });
    NotebookView::new(w.title, ask(w.meet_ask)).with(picks.collect())
}

fn others<'a>(id: &'a Id, open: OpenPages<'a>) -> impl Iterator<Item = &'a PartNow> {
    open.book
        .parts()
        .iter()
        .filter(move |known| known.id != *id)
}

pub(super) fn apart(
    id: &Id,
    channel: Option<PartChannel>,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let when = at(data);
    let mut picks = vec![pick(w.apart_no, met_now(id, channel, Vec::new(), when))];
    picks.extend(others(id, open).map(|other| {
        let does = met_now(id, channel, vec![other.id.clone()], when);
        pick(&name(other), does)
    }));
    NotebookView::new(w.title, ask(w.apart_ask)).with(picks)
}

pub(super) fn link(id: &Id, open: OpenPages<'_>) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let to = |says: &str, how| {
        let id = id.clone();
        pick(says, NotebookMove::To(NotebookPage::LinkTo { id, how }))
    };
    let mut picks = vec![
        to(w.protects, RelationDraft::Protects),
        to(w.against, RelationDraft::Against),
        to(w.fears, RelationDraft::Fears),
        to(w.wants, RelationDraft::Wants),
        to(w.neither, RelationDraft::Neither),
        to(w.merge, RelationDraft::Same),
    ];
    if open.book.parts().len() < 2 {
        // There is no other yet.
        picks.clear();
    }
    let split = NotebookPage::Split { id: id.clone() };
    picks.push(pick(w.split, NotebookMove::To(split)));
    NotebookView::new(w.title, ask(w.link_ask)).with(picks)
}

pub(super) fn link_to(
    id: &Id,
    how: RelationDraft,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let known = open.book.part(id);
    let does = |other: &PartNow| match how {
        RelationDraft::Same => NotebookMove::To(NotebookPage::MergeSure {
            id: id.clone(),
            other: other.id.clone(),
        }),
        RelationDraft::Protects
        | RelationDraft::Against
        | RelationDraft::Fears
        | RelationDraft::Wants
        | RelationDraft::Neither => {
            let part = known.map(|known| known.part.clone()).unwrap_or_default();
            let entry = NotebookEntry::Part(PartRevision {
                id: id.clone(),
                at: at(data),
                part: linked(part, &other.id, how),
            });
            let page = NotebookPage::Part { id: id.clone() };
            let says = words().notebook_ui.front.kept;
            NotebookMove::Do(NotebookRequest::Write(vec![entry]), page, Some(says))
        }
    };
    let picks = others(id, open).map(|other| pick(&name(other), does(other)));
    let asked = match how {
        RelationDraft::Same => &w.merge_ask,
        RelationDraft::Protects
        | RelationDraft::Against
        | RelationDraft::Fears
        | RelationDraft::Wants
        | RelationDraft::Neither => &w.with_ask,
    };
    NotebookView::new(w.title, ask(asked)).with(picks.collect())
}

pub(super) fn merge_sure(
    id: &Id,
    other: &Id,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.parts;
    let called = |id| open.book.part(id).map(name).unwrap_or_default();
    let values = [("one", called(id)), ("other", called(other))];
    let values = values.each_ref().map(|(key, name)| (*key, name.as_str()));
    let entry = NotebookEntry::Merge(PartMerge {
        id: Id::new(),
        at: at(data),
        from: id.clone(),
        into: other.clone(),
    });
    let page = NotebookPage::Part { id: other.clone() };
    let merge = NotebookMove::Do(NotebookRequest::Write(vec![entry]), page, Some(w.merged));
    let no = NotebookMove::To(NotebookPage::Part { id: id.clone() });
    NotebookView::new(w.title, vec![fill(&w.merge_sure, &values)])
        .with(vec![pick(words().pages.back, no), pick(w.merge_yes, merge)])
}

pub(super) fn split() -> NotebookView {
    let w = &words().notebook_ui.parts;
    NotebookView {
        field: Some(line("", w.name_hint, 200)),
        ..NotebookView::new(w.title, ask(w.split_ask))
    }
}
