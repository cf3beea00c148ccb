mod bytes;
mod copies;
mod exports;
mod faults;
mod format;
mod looking;
mod maps;
mod sealing;
mod store;

use super::*;
use crate::time::date::Date;

/// The same names each time: `id(1)`, `id(2)` …
pub(super) fn id(number: u64) -> Id {
    Id::drawn(&mut fastrand::Rng::with_seed(number))
}

/// The day `days` after the first of March 2026, at noon.
pub(super) const fn at(days: i64) -> WrittenAt {
    WrittenAt {
        wall: 1_772_366_400_000 + days * 86_400_000,
        offset: 3_600,
    }
}

pub(super) fn day(days: u32) -> Date {
    at(0).day().after(days)
}

pub(super) fn part(number: u64, days: i64, name: &str) -> NotebookEntry {
    let part = Part {
        name: name.into(),
        ..Part::default()
    };
    NotebookEntry::Part(PartRevision {
        id: id(number),
        at: at(days),
        part,
    })
}

pub(super) fn met(number: u64, days: i64, part: u64) -> NotebookEntry {
    NotebookEntry::Met(Meeting {
        id: id(number),
        at: at(days),
        part: id(part),
        channel: Some(PartChannel::Body),
        apart: vec![id(2), id(3)],
        script: Some("solo-10".into()),
    })
}

pub(super) fn note(number: u64, days: i64, words: &str, part: Option<u64>) -> NotebookEntry {
    NotebookEntry::Note(Note {
        id: id(number),
        part: part.map(id),
        ..Note::new(at(days), words.into())
    })
}

pub(super) fn promise(number: u64, part: Option<u64>) -> NotebookEntry {
    NotebookEntry::Promise(Promise {
        id: id(number),
        at: at(0),
        words: "sit with it".into(),
        part: part.map(id),
        called: String::new(),
        cue: "tea".into(),
        on: dates::proposed(at(0).day()),
        therapist: false,
    })
}

pub(super) fn checked(
    number: u64,
    days: i64,
    promise: u64,
    how: How,
    on: Option<Vec<Date>>,
) -> NotebookEntry {
    NotebookEntry::Checked(PromiseCheck {
        id: id(number),
        at: at(days),
        promise: id(promise),
        how,
        on,
    })
}

pub(super) fn gone(number: u64, what: u64) -> NotebookEntry {
    NotebookEntry::Gone(Deletion {
        id: id(number),
        at: at(9),
        what: id(what),
    })
}

pub(super) fn merge(number: u64, from: u64, into: u64) -> NotebookEntry {
    NotebookEntry::Merge(PartMerge {
        id: id(number),
        at: at(8),
        from: id(from),
        into: id(into),
    })
}

fn names(book: &Book) -> Vec<&str> {
    let names = book.parts().iter().map(|known| known.part.name.as_str());
    names.collect()
}

#[test]
fn the_latest_word_about_a_part_counts_and_the_last_met_comes_first() {
    let book = Book::of(vec![
        part(1, 0, "the guard"),
        part(2, 1, "the small one"),
        part(3, 2, "fog"),
        met(10, 5, 1),
        met(11, 3, 1),
        part(1, 6, "the gatekeeper"),
    ]);
    assert_eq!(names(&book), ["the gatekeeper", "fog", "the small one"]);
    let guard = book.part(&id(1)).unwrap();
    assert_eq!((guard.since, guard.met.len()), (at(0), 2));
    assert_eq!(guard.met[0].at, at(5));
    let last = book.last_met().unwrap();
    assert_eq!(last.part, guard);
    assert_eq!(last.meeting.channel, Some(PartChannel::Body));
    let apart: Vec<&str> = last
        .apart
        .iter()
        .map(|known| known.part.name.as_str())
        .collect();
    assert_eq!(apart, ["the small one", "fog"]);
    assert_eq!(Book::of(vec![part(1, 0, "x")]).last_met(), None);
}

#[test]
fn what_belongs_to_a_merged_part_moves_over() {
    let mut guard = Part {
        name: "guard".into(),
        ..Part::default()
    };
    guard.protects = vec![id(2), id(3), id(1), id(77)];
    guard.against = vec![id(3)];
    let book = Book::of(vec![
        NotebookEntry::Part(PartRevision {
            id: id(1),
            at: at(0),
            part: guard,
        }),
        part(2, 0, "small"),
        part(3, 0, "smaller"),
        note(20, 1, "about the smaller", Some(3)),
        promise(30, Some(3)),
        met(40, 4, 3),
        merge(50, 3, 2),
        merge(51, 2, 3),
        merge(52, 1, 99),
    ]);
    assert_eq!(names(&book), ["small", "guard"]);
    assert_eq!(book.part(&id(3)), book.part(&id(2)));
    let of = book.of_part(&id(2));
    assert_eq!((of.notes.len(), of.promises.len()), (1, 1));
    let guard = &book.part(&id(1)).unwrap().part;
    assert_eq!(guard.protects, [id(2)]);
    assert_eq!(guard.against, [id(2)]);
    assert_eq!(
        book.last_met().unwrap().note.unwrap().words,
        "about the smaller"
    );
}

#[test]
fn what_is_gone_takes_along_what_was_only_about_it() {
    let all = vec![
        part(1, 0, "guard"),
        part(2, 0, "small"),
        note(20, 1, "about small", Some(2)),
        met(40, 4, 2),
        promise(30, Some(2)),
        merge(50, 1, 2),
        gone(60, 2),
        gone(61, 30),
        checked(70, 3, 30, How::Kept, None),
    ];
    let book = Book::of(all.clone());
    assert!(book.parts().is_empty() && book.promises().is_empty());
    assert_eq!(book.notes()[0].part, None);
    // Taking back the merge brings its part back.
    let undone = Book::of([all, vec![gone(62, 50)]].concat());
    assert_eq!(names(&undone), ["guard"]);
}

#[test]
fn a_promise_is_due_until_it_was_looked_at() {
    let due = |entries: Vec<NotebookEntry>, today: Date| {
        let book = Book::of(entries);
        let due = book.due(today);
        due.first().map(|due| due.on)
    };
    let made = || vec![promise(1, None)];
    assert_eq!(due(made(), day(0)), None);
    assert_eq!(due(made(), day(1)), Some(day(1)));
    assert_eq!(due(made(), day(300)), Some(day(1)));
    for how in [How::Kept, How::Missed] {
        let kept = [made(), vec![checked(2, 4, 1, how, None)]].concat();
        assert_eq!(due(kept.clone(), day(4)), None);
        assert_eq!(due(kept, day(7)), Some(day(7)));
        let moved = checked(2, 4, 1, how, Some(vec![day(90), day(50)]));
        assert_eq!(due([made(), vec![moved]].concat(), day(60)), Some(day(50)));
    }
    let released = checked(2, 4, 1, How::Released, Some(vec![day(5)]));
    let book = Book::of([vec![released], made()].concat());
    assert!(!book.promises()[0].is_open());
    assert_eq!(book.promises()[0].looked.len(), 1);
    let last = checked(2, 21, 1, How::Kept, None);
    assert_eq!(due([made(), vec![last]].concat(), day(400)), None);
}

#[test]
fn a_promise_without_a_day_holds_until_it_is_done_or_let_go() {
    let without = |number| {
        NotebookEntry::Promise(Promise {
            id: id(number),
            at: at(0),
            words: "sit with it".into(),
            part: None,
            called: " The Watcher".into(),
            cue: String::new(),
            on: Vec::new(),
            therapist: false,
        })
    };
    let open = |looked: Vec<NotebookEntry>| {
        let book = Book::of([vec![without(1)], looked].concat());
        book.promises()[0].is_open()
    };
    assert!(open(Vec::new()));
    assert!(open(vec![checked(2, 4, 1, How::Missed, None)]));
    assert!(open(vec![checked(2, 4, 1, How::Kept, Some(Vec::new()))]));
    assert!(!open(vec![checked(2, 4, 1, How::Kept, None)]));
    assert!(!open(vec![checked(2, 4, 1, How::Released, None)]));
    // Whom it is for is found as soon as a part is called so, and is told as it was said until then.
    let book = Book::of(vec![without(1)]);
    assert_eq!(
        (
            book.promises()[0].made.part.as_ref(),
            &*book.promises()[0].made.called
        ),
        (None, " The Watcher")
    );
    let book = Book::of(vec![without(1), part(7, 1, "the watcher")]);
    assert_eq!(book.promises()[0].made.part, Some(id(7)));
    assert_eq!(book.promises()[0].made.called, "");
}

#[test]
fn entries_have_the_form_that_files_have() {
    let written = serde_json::to_string(&promise(1, Some(2))).unwrap();
    let names = [id(1), id(2)];
    assert_eq!(
        written,
        format!(
            "{{\"entry\":\"promise\",\"id\":\"{}\",\"at\":{{\"wall\":1772366400000,\"offset\":3600}},\
             \"words\":\"sit with it\",\"part\":\"{}\",\"cue\":\"tea\",\"on\":[\"2026-03-02\",\
             \"2026-03-04\",\"2026-03-08\",\"2026-03-15\",\"2026-03-22\"]}}",
            names[0].as_str(),
            names[1].as_str()
        )
    );
    for entry in [
        part(1, 0, "x"),
        met(2, 0, 1),
        note(3, 0, "x", None),
        promise(4, None),
        checked(5, 0, 4, How::Released, Some(Vec::new())),
        gone(6, 1),
        merge(7, 1, 2),
    ] {
        let line = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<NotebookEntry>(&line).unwrap(), entry);
    }
    let newer = r#"{"entry":"song","id":"0","at":{"wall":0,"offset":0}}"#;
    assert!(serde_json::from_str::<NotebookEntry>(newer).is_err());
}

#[test]
fn debug_tells_no_word() {
    let entries = vec![
        part(1, 0, "canary"),
        note(2, 0, "canary", None),
        promise(3, None),
    ];
    let book = Book::of(entries.clone());
    let said = format!("{entries:?} {book:?} {:?} {:?}", book.parts(), book.notes());
    assert!(!said.contains("canary") && !said.contains("tea"), "{said}");
}
