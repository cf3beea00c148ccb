//! The pages of one person to be read by people.

use super::drawn::{LOOK, frame, picture};
use crate::menu::page::PageIntent;
use crate::notebook::{
    Book, How, Id, Meeting, Note, NotebookEntry, Part, PartChannel, PartRevision, Promise,
    PromiseCheck, SessionReview, WrittenAt,
};
use crate::notebook_ui::{Goal, KnownNotebook, NotebookData, NotebookPages, OpenPages};
use crate::session::intent::Intent;
use crate::session::scene::Scene;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::date::Date;
use crate::time::moment::Moment;

const NOW: Moment = Moment {
    mono: std::time::Duration::ZERO,
    wall: 1_795_287_690_000,
    offset: 3_600,
    change: None,
};

fn at(days: i64) -> WrittenAt {
    WrittenAt {
        wall: NOW.wall + days * 86_400_000,
        offset: NOW.offset,
    }
}

fn id(n: u64) -> Id {
    Id::drawn(&mut fastrand::Rng::with_seed(n))
}

fn part(n: u64, name: &str, shows: &str, (protects, against): (&[u64], &[u64])) -> NotebookEntry {
    let ids = |all: &[u64]| all.iter().map(|n| id(*n)).collect();
    let part = Part {
        name: name.into(),
        shows: shows.into(),
        protects: ids(protects),
        against: ids(against),
        ..Part::default()
    };
    NotebookEntry::Part(PartRevision {
        id: id(n),
        at: at(-20 - i64::try_from(n).unwrap()),
        part,
    })
}

fn note(n: u64, words: &str) -> NotebookEntry {
    NotebookEntry::Note(Note {
        id: id(n),
        part: Some(id(1)),
        session: Some("solo-sitting".into()),
        ..Note::new(at(-i64::try_from(n - 20).unwrap()), words.into())
    })
}

/// What is known of them, and what was written.
fn parts_and_notes() -> Vec<NotebookEntry> {
    vec![
        part(
            1,
            "the guard",
            "tight shoulders, late in the evening",
            (&[2, 6], &[3]),
        ),
        part(
            2,
            "the small one",
            "warm, behind the breastbone",
            (&[], &[]),
        ),
        part(3, "the critic", "a voice from the left", (&[2, 4], &[5])),
        part(4, "the one who hides", "", (&[], &[])),
        part(
            5,
            "the pleaser",
            "a smile that is a little too wide",
            (&[4, 6], &[]),
        ),
        part(6, "a hum in the chest", "", (&[4], &[])),
        part(7, "", "a grey picture", (&[], &[])),
        note(
            21,
            "It let me sit beside it for a while.\nIt does not want to be looked at from the front.",
        ),
        note(
            22,
            "Tired. The guard was loud at first and then it was curious.",
        ),
    ]
}

/// Three weeks of somebody.
fn weeks() -> Book {
    let mut all = parts_and_notes();
    all.push(NotebookEntry::Met(Meeting {
        id: id(31),
        at: at(-1),
        part: id(1),
        channel: Some(PartChannel::Body),
        apart: vec![id(3)],
        script: Some("solo-sitting".into()),
    }));
    for (n, words, days) in [
        (41, "sit with it on Sunday", 0),
        (42, "no phone after ten", 6),
    ] {
        all.push(NotebookEntry::Promise(Promise {
            id: id(n),
            at: at(-7),
            words: words.into(),
            called: String::new(),
            part: Some(id(1)),
            cue: "tea".into(),
            on: vec![Date::after(NOW.day(), days), NOW.day().after(14)],
            therapist: false,
        }));
    }
    all.push(NotebookEntry::Checked(PromiseCheck {
        id: id(43),
        at: at(-3),
        promise: id(42),
        how: How::Kept,
        on: None,
    }));
    for n in 0..4 {
        all.push(NotebookEntry::Sitting(SessionReview {
            id: id(50 + n),
            at: at(-7 * i64::try_from(n).unwrap()),
            script: "solo-sitting".into(),
            with: Vec::new(),
            minutes: 30,
            before: Some(8),
            after: Some(u8::try_from(n).unwrap() + 2),
            resourced_before: Some(5),
            resourced_after: None,
        }));
    }
    Book::of(all)
}

/// The page that these choices lead to, from the open notebook; an empty one goes on.
fn page(book: &Book, goal: Goal, ways: &[&str]) -> Scene {
    let known = ["Ada", "Ben"].map(|name| KnownNotebook {
        name: name.into(),
        sealed: name == "Ben",
        trouble: None,
    });
    let titles = [("solo-sitting".to_owned(), SafeText::new("Solo sitting"))].into();
    let folder = SafeText::new("/home/ada/out");
    let data = NotebookData {
        place: None,
        replies: &[],
        notebooks: &known,
        open: Some(OpenPages {
            name: "Ada",
            sealed: true,
            begun: None,
            copied: None,
            book,
        }),
        titles: &titles,
        folder: &folder,
        now: NOW,
        walls: |shown| vec![shown],
    };
    let mut pages = NotebookPages::to(goal);
    for way in ways {
        let scene = pages.scene(&data);
        let found = scene
            .choices
            .iter()
            .find(|choice| choice.says.as_str().contains(way));
        let intent = match found {
            Some(choice) if !way.is_empty() => choice.intent.clone(),
            Some(_) | None => Intent::GoOn,
        };
        let intent = PageIntent::of(intent).unwrap();
        (pages, _) = pages.asked(intent, &data).unwrap();
    }
    pages.scene(&data)
}

#[test]
fn the_pages_of_one_person() {
    let book = weeks();
    let w = &words().notebook_ui;
    let pages: [(&str, Goal, &[&str]); 16] = [
        ("door", Goal::Front, &[]),
        ("pass", Goal::Front, &["Ben"]),
        ("front", Goal::Front, &["Ada"]),
        ("left", Goal::Front, &["Ada", w.front.left]),
        ("write", Goal::Write, &["Ada"]),
        ("notes", Goal::Notes, &["Ada"]),
        ("note", Goal::Notes, &["Ada", "sit beside"]),
        ("promise", Goal::Promises, &["Ada", "Sunday"]),
        ("part", Goal::Parts, &["Ada", "the guard"]),
        ("map", Goal::Parts, &["Ada", w.parts.map]),
        ("back", Goal::Front, &["Ada", w.front.back]),
        (
            "back-month",
            Goal::Front,
            &["Ada", w.front.back, w.back.by_month],
        ),
        ("promises", Goal::Promises, &["Ada"]),
        ("out", Goal::Out, &["Ada"]),
        (
            "choose",
            Goal::Out,
            &["Ada", w.out.therapist, "the guard", "sit beside"],
        ),
        (
            "preview",
            Goal::Out,
            &["Ada", w.out.therapist, "sit beside", ""],
        ),
    ];
    for (name, goal, ways) in pages {
        let scene = page(&book, goal, ways);
        insta::assert_snapshot!(name, frame(&picture(scene, LOOK)));
    }
}
