//! Notes and promises.

use std::ops::Range;

use super::{NotebookChoice, NotebookView, first_line, letters, name, paragraphs, voices};
use crate::menu::page::{ask, item, line, page, pick};
use crate::notebook::{
    How, Id, Meeting, Note, NoteExpiry, NotebookEntry, PartChannel, PromiseCheck, PromiseNow,
};
use crate::notebook_ui::new_entries::{self, at, usual_days};
use crate::notebook_ui::page::{
    ExportKind, LetterDraft, MOST_CUE, NotebookMove, NotebookPage, PromiseDraft, Promised,
};
use crate::notebook_ui::{NotebookData, NotebookRequest, OpenPages};
use crate::session::intent::PrivateText;
use crate::session::own_entry::NotesLifetime;
use crate::session::steps::own_notes::MOST_OWN;
use crate::text::safe_text::{SafeText, capital};
use crate::text::sort::Arrange;
use crate::text::words::{fill, words};
use crate::time::date::Date;

pub(super) fn begun(open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.write;
    let Some(draft) = open.begun else {
        return NotebookView::new(w.title, ask(w.begun_gone));
    };
    let day = draft.at.day().said(data.today());
    let kept = if open.sealed {
        &w.begun_sealed
    } else {
        &w.begun_plain
    };
    let prompt = vec![
        fill(&w.begun_ask, &[("day", day.as_str())]),
        SafeText::new(kept),
    ];
    let on = match (&draft.part, draft.voices) {
        _ if draft.letter.is_some() => NotebookPage::Letter(LetterDraft::Words {
            letter: draft.letter.clone().unwrap_or_default(),
            begun: PrivateText::from(draft.words.as_str()),
        }),
        (Some(part), true) => voices::resumed(part, &draft.words),
        (part, _) => NotebookPage::Write {
            part: part.clone(),
            bring: draft.bring,
            begun: PrivateText::from(draft.words.as_str()),
        },
    };
    let go = NotebookMove::Do(
        NotebookRequest::LetGo,
        NotebookPage::Front,
        Some(w.begun_gone),
    );
    NotebookView {
        list: match draft.voices {
            true => voices::spoken(&draft.words, draft.part.as_ref(), open),
            false => paragraphs(&draft.words),
        },
        ..NotebookView::new(w.title, prompt).with(vec![
            pick(w.begun_on, NotebookMove::Stay(on)),
            pick(w.begun_go, go),
        ])
    }
}

pub(super) fn write(
    part: Option<&Id>,
    bring: bool,
    begun: &PrivateText,
    open: OpenPages<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.write;
    let known = part.and_then(|id| open.book.part(id));
    let about = known.map(|known| fill(&words().notebook_ui.notes.of, &[("part", &name(known))]));
    let mut prompt = ask(if bring {
        words().notebook_ui.bring.ask
    } else {
        w.ask
    });
    prompt.extend(about);
    NotebookView {
        field: Some(page(begun, w.hint, MOST_OWN)),
        ..NotebookView::new(w.title, prompt)
    }
}

pub(super) fn write_to(
    typed: &PrivateText,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.write;
    let note = |part| new_entries::note(typed, part, at(data));
    let mut picks = vec![pick(w.no_part, note(None))];
    picks.extend(open.book.parts().iter().map(|known| NotebookChoice {
        says: SafeText::new(&name(known)),
        does: note(Some(known.id.clone())),
    }));
    NotebookView::new(w.title, ask(w.part)).with(picks)
}

pub(super) fn notes(
    part: Option<&Id>,
    open: OpenPages<'_>,
    from: usize,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.notes;
    let to = |note: &Note| {
        let day = note.at.day().short(data.today());
        let first = first_line(&note.words);
        let values = [("day", day.as_str()), ("first", first.as_str())];
        NotebookChoice {
            says: fill(&w.line, &values),
            does: NotebookMove::To(NotebookPage::Note {
                id: note.id.clone(),
            }),
        }
    };
    let notes = open.book.notes().iter();
    let about = |note: &&Note| part.is_none() || note.part.as_ref() == part;
    let notes: Vec<&Note> = notes.filter(about).collect();
    let prompt = ask(if notes.is_empty() { w.none } else { w.ask });
    // What is gathered for a therapist is the first, so that it is not behind many notes.
    let bring = NotebookMove::To(NotebookPage::Bring);
    let bring = pick(words().notebook_ui.bring.offer, bring);
    let letters = NotebookMove::To(NotebookPage::Letters);
    let letters = pick(words().notebook_ui.letters.offer, letters);
    let first = part.is_none().then_some([bring, letters]);
    let first: Vec<NotebookChoice> = first.into_iter().flatten().collect();
    let before = first.len();
    let shown = |part: Range<usize>| {
        let notes = notes.iter().map(|note| to(note));
        let all = first.iter().cloned().chain(notes);
        all.skip(part.start).take(part.len()).collect()
    };
    NotebookView::new(w.title, prompt).with_part(notes.len() + before, from, shown)
}

pub(super) fn note(id: &Id, open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.notes;
    let Some(note) = open.book.notes().iter().find(|note| note.id == *id) else {
        return NotebookView::new(w.title, ask(w.none));
    };
    let mut list = match note.voices {
        true => voices::spoken(&note.words, note.part.as_ref(), open),
        false => paragraphs(&note.words),
    };
    let about = note.part.as_ref().and_then(|id| open.book.part(id));
    list.extend(about.map(|known| item("", &fill(&w.of, &[("part", &name(known))]))));
    if let Some(script) = &note.session {
        let title = data.title(script);
        let says = fill(&w.script, &[("script", title.as_str())]);
        list.push(item("", &says));
    }
    let letter = note
        .letter
        .as_ref()
        .map(|letter| letters::about(letter, data));
    list.extend(letter.unwrap_or_default().iter().map(|says| item("", says)));
    if let Some(until) = note.until {
        let day = until.said(data.today());
        list.push(item("", &fill(&w.until, &[("day", day.as_str())])));
    }
    let preview = NotebookPage::Preview {
        what: ExportKind::Note(id.clone()),
    };
    let mut picks = vec![
        pick(
            w.stay,
            NotebookMove::To(NotebookPage::Stay { id: id.clone() }),
        ),
        pick(w.file, NotebookMove::To(preview)),
    ];
    if note.part.is_none() && !open.book.parts().is_empty() {
        let (id, part) = (id.clone(), None);
        picks.push(pick(
            w.of_part,
            NotebookMove::To(NotebookPage::NoteOf { id, part }),
        ));
    }
    picks.push(erase(w.erase, id));
    picks.push(voices::bring_or_not(note));
    picks.extend(letters::picks(note, data));
    let day = note.at.day().said(data.today());
    NotebookView {
        list,
        // All of them, or those about a part: where it was opened.
        on: Some(pick(&capital(w.title), NotebookMove::Back)),
        ..NotebookView::new(day.as_str(), Vec::new()).with(picks)
    }
}

/// Which part a note is about; then how that one showed itself. Both go to the page of the part, and nothing is typed
/// twice.
pub(super) fn note_of(id: &Id, part: Option<&Id>, open: OpenPages<'_>) -> NotebookView {
    let w = &words().notebook_ui.notes;
    let Some(part) = part else {
        let picks = open.book.parts().iter().map(|known| {
            let page = NotebookPage::NoteOf {
                id: id.clone(),
                part: Some(known.id.clone()),
            };
            pick(&name(known), NotebookMove::To(page))
        });
        return NotebookView::new(w.title, ask(w.of_part_ask)).with(picks.collect());
    };
    let Some(note) = open.book.notes().iter().find(|note| note.id == *id) else {
        return NotebookView::new(w.title, ask(w.none));
    };
    let about = Note {
        part: Some(part.clone()),
        ..note.clone()
    };
    let does = |channel: Option<PartChannel>| {
        let met = Meeting {
            id: Id::new(),
            at: note.at,
            part: part.clone(),
            channel,
            apart: Vec::new(),
            script: note.session.clone(),
        };
        let entries = vec![NotebookEntry::Note(about.clone()), NotebookEntry::Met(met)];
        let page = NotebookPage::Part { id: part.clone() };
        let kept = Some(words().notebook_ui.front.kept);
        NotebookMove::Do(NotebookRequest::Write(entries), page, kept)
    };
    let parts = &words().notebook_ui.parts;
    let mut picks: Vec<NotebookChoice> = [
        PartChannel::Image,
        PartChannel::Body,
        PartChannel::Voice,
        PartChannel::Feeling,
    ]
    .into_iter()
    .map(|channel| pick(&capital(channel.word()), does(Some(channel))))
    .collect();
    picks.push(pick(parts.other, does(None)));
    let only = NotebookRequest::Write(vec![NotebookEntry::Note(about.clone())]);
    let page = NotebookPage::Part { id: part.clone() };
    picks.push(pick(w.of_part_only, NotebookMove::Do(only, page, None)));
    NotebookView::new(w.title, ask(parts.meet_ask)).with(picks)
}

/// How long a note stays.
pub(super) fn stay(id: &Id, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.notes;
    let back = NotebookPage::Note { id: id.clone() };
    let one = |stay: NotesLifetime| {
        let entry = NotebookEntry::Stays(NoteExpiry {
            id: Id::new(),
            at: at(data),
            note: id.clone(),
            until: stay.days().map(|days| data.today().after(days)),
        });
        let does = NotebookMove::Do(NotebookRequest::Write(vec![entry]), back.clone(), None);
        pick(stay.says(), does)
    };
    NotebookView {
        on: Some(pick(words().pages.back, NotebookMove::Back)),
        ..NotebookView::new(w.title, ask(w.stay_ask)).with(NotesLifetime::ALL.map(one).to_vec())
    }
}

/// Deleting, which is asked once more.
pub(super) fn erase(says: &str, id: &Id) -> NotebookChoice {
    let what = NotebookRequest::Erase(id.clone());
    pick(says, NotebookMove::To(NotebookPage::Sure { what }))
}

pub(super) fn promises(open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.promises;
    let today = data.today();
    let mut all: Vec<&PromiseNow> = open
        .book
        .promises()
        .iter()
        .filter(|p| p.is_open())
        .collect();
    all.arrange_by_key(|promise| {
        promise
            .on
            .first()
            .copied()
            .map_or((1, None), |on| (0, Some(on)))
    });
    let to = |promise: &&PromiseNow| {
        let (text, when) = match promise.on.first() {
            Some(on) if *on <= today => (&w.line_due, SafeText::default()),
            Some(on) => (&w.line, on.short(today)),
            None => (&w.line_open, SafeText::default()),
        };
        let first = first_line(&promise.made.words);
        let values = [("when", when.as_str()), ("first", first.as_str())];
        NotebookChoice {
            says: fill(text, &values),
            does: NotebookMove::To(NotebookPage::Promise {
                id: promise.made.id.clone(),
            }),
        }
    };
    let none = all.is_empty();
    let mut picks: Vec<NotebookChoice> = all.iter().map(to).collect();
    let new = NotebookMove::To(NotebookPage::Vow(PromiseDraft::Words { part: None }));
    picks.push(pick(w.new, new));
    NotebookView::new(w.title, ask(if none { w.none } else { w.ask })).with(picks)
}

fn days(on: &[Date], today: Date) -> String {
    let days: Vec<String> = on.iter().map(|on| on.short(today).to_string()).collect();
    days.join(", ")
}

pub(super) fn promise(id: &Id, open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.promises;
    let Some(promise) = open.book.promises().iter().find(|one| one.made.id == *id) else {
        return NotebookView::new(w.title, ask(w.none));
    };
    let made = &promise.made;
    let mut list = paragraphs(&made.words);
    let to = made.part.as_ref().and_then(|id| open.book.part(id));
    list.extend(to.map(|known| item("", &fill(&w.to, &[("part", &name(known))]))));
    if !made.called.is_empty() {
        list.push(item("", &fill(&w.to, &[("part", &made.called)])));
    }
    list.push(match promise.on.as_slice() {
        [] => item("", &SafeText::new(w.no_days)),
        on => item("", &fill(&w.days, &[("days", &days(on, data.today()))])),
    });
    if made.therapist {
        list.push(item("", &SafeText::new(w.therapist)));
    }
    let looked = |how, on: Option<Vec<Date>>, says| {
        let entry = NotebookEntry::Checked(PromiseCheck {
            id: Id::new(),
            at: at(data),
            promise: id.clone(),
            how,
            on,
        });
        NotebookMove::Do(
            NotebookRequest::Write(vec![entry]),
            NotebookPage::Promises,
            Some(says),
        )
    };
    let kept = &words().notebook_ui.front.kept;
    let again = Promised::Again {
        id: id.clone(),
        how: How::Kept,
    };
    let begin = NotebookRequest::Begin {
        script: "check-back",
        promise: Some(id.clone()),
    };
    let begin = NotebookMove::Do(begin, NotebookPage::Promises, None);
    let picks = vec![
        pick(w.visit, begin),
        pick(w.kept, looked(How::Kept, None, kept)),
        pick(w.missed, looked(How::Missed, None, w.missed_is)),
        pick(
            w.again,
            NotebookMove::To(NotebookPage::Vow(PromiseDraft::When { what: again })),
        ),
        pick(w.release, looked(How::Released, None, kept)),
        erase(w.erase, id),
    ];
    let on = pick(&capital(w.title), NotebookMove::To(NotebookPage::Promises));
    NotebookView {
        list,
        on: Some(on),
        ..NotebookView::new(w.title, Vec::new()).with(picks)
    }
}

pub(super) fn vow(
    vow: &PromiseDraft,
    open: OpenPages<'_>,
    data: &NotebookData<'_>,
) -> NotebookView {
    let w = &words().notebook_ui.promises;
    let new = |field, asked: &str| NotebookView {
        field: Some(field),
        ..NotebookView::new(w.title, ask(asked))
    };
    match vow {
        PromiseDraft::Words { .. } => new(line("", w.words_hint, 400), w.words_ask),
        PromiseDraft::To { words: typed } => {
            let when = |part| {
                let words = typed.clone();
                let what = Promised::New { words, part };
                NotebookMove::To(NotebookPage::Vow(PromiseDraft::When { what }))
            };
            let mut picks = vec![pick(words().notebook_ui.write.no_part, when(None))];
            picks.extend(open.book.parts().iter().map(|known| NotebookChoice {
                says: SafeText::new(&name(known)),
                does: when(Some(known.id.clone())),
            }));
            NotebookView::new(w.title, ask(w.to_ask)).with(picks)
        }
        PromiseDraft::When { what } => {
            let on = |says: &str, on: Vec<Date>| pick(says, days_are(what, on, data));
            let today = data.today();
            let own = NotebookPage::Vow(PromiseDraft::Day { what: what.clone() });
            NotebookView::new(w.title, ask(w.when_ask)).with(vec![
                on(w.when_usual, usual_days(data)),
                on(w.when_day, vec![today.after(1)]),
                on(w.when_week, vec![today.after(7)]),
                pick(w.when_own, NotebookMove::To(own)),
                on(w.when_none, Vec::new()),
            ])
        }
        PromiseDraft::Day { .. } => {
            let hint = data.today().after(10).as_hint(&w.own_hint);
            new(line("", hint.as_str(), 40), w.own_ask)
        }
        PromiseDraft::Cue { what, on } => NotebookView {
            on: Some(pick(
                words().session.pass,
                new_entries::vowed(what, on.clone(), "", at(data)),
            )),
            ..new(line("", w.cue_hint, MOST_CUE), w.cue_ask)
        },
    }
}

/// Where a promise goes once its days are known: a new one with days is asked for a hint.
fn days_are(what: &Promised, on: Vec<Date>, data: &NotebookData<'_>) -> NotebookMove {
    match what {
        Promised::New { .. } if !on.is_empty() => {
            let what = what.clone();
            NotebookMove::To(NotebookPage::Vow(PromiseDraft::Cue { what, on }))
        }
        Promised::New { .. } | Promised::Again { .. } => new_entries::vowed(what, on, "", at(data)),
    }
}
