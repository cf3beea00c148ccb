//! What goes out of a notebook.

use std::collections::BTreeMap;

use super::*;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

fn titles() -> BTreeMap<String, SafeText> {
    let title = SafeText::new("Standard pair");
    BTreeMap::from([("standard-pair".to_owned(), title)])
}

/// A little of everything.
fn all() -> Book {
    let guard = Part {
        name: "the guard".into(),
        shows: "tight shoulders".into(),
        protects: vec![id(2)],
        ..Part::default()
    };
    let guard = NotebookEntry::Part(PartRevision {
        id: id(1),
        at: at(0),
        part: guard,
    });
    let look = NotebookEntry::CheckIn(CheckIn {
        id: id(7),
        at: at(3),
        lines: vec!["tired".into(), String::new()],
        stirred: Some(4),
        resourced: None,
    });
    let sitting = NotebookEntry::Sitting(SessionReview {
        id: id(8),
        at: at(4),
        script: "standard-pair".into(),
        with: vec!["Ben".into()],
        minutes: 75,
        before: Some(6),
        after: Some(3),
        resourced_before: Some(7),
        resourced_after: None,
    });
    Book::of(vec![
        guard,
        part(2, 0, "the small one"),
        met(3, 1, 1),
        note(4, 2, "First line.\nSecond line.\n\nA new thought.", Some(1)),
        note(5, 3, "not for others", None),
        promise(6, Some(2)),
        checked(9, 1, 6, How::Kept, None),
        look,
        sitting,
    ])
}

#[test]
fn a_page_has_what_was_chosen_and_nothing_else() {
    let page = therapist_page(&all(), &[id(4), id(6)], "Ada", day(5), &titles());
    insta::assert_snapshot!(page);
    for word in ["not for others", "tight shoulders", "tired", "Ben"] {
        assert!(!page.contains(word), "{word}: {page}");
    }
}

#[test]
fn everything_is_everything() {
    let page = everything_markdown(&all(), "Ada", day(5), &titles());
    insta::assert_snapshot!(page);
}

/// Of years only the beginning is made to be seen: the same words, and how many entries are behind them.
#[test]
fn what_is_seen_of_everything_is_its_beginning() {
    let whole = everything_markdown(&all(), "Ada", day(5), &titles());
    let entries = whole.matches("\n### ").count();
    for lines in [1, 4, 9, 1_000] {
        let (seen, left) = everything_begins(&all(), "Ada", &titles(), lines);
        assert!(whole.starts_with(seen.trim_end()), "{seen}");
        assert_eq!(seen.matches("\n### ").count() + left, entries, "{seen}");
        let shown = seen.lines().filter(|line| !line.is_empty()).count();
        assert!(left == 0 || shown >= lines, "{shown} of {lines}");
    }
}

#[test]
fn each_page_says_what_this_is_not_and_what_is_to_be_read_in_its_last_line() {
    let book = all();
    let note = book.notes().first().unwrap();
    for page in [
        therapist_page(&book, &[], "Ada", day(0), &titles()),
        everything_markdown(&book, "Ada", day(0), &titles()),
        note_page(&book, note, "Ada", day(0)),
        everything_toml(&book, "Ada", day(0)),
    ] {
        let last = page.lines().last().unwrap();
        let said = if page.starts_with('#') { last } else { &page };
        for line in words().safety.about {
            assert!(said.contains(line), "{line}: {page}");
        }
        let private = page.matches(words().export.private).count();
        assert_eq!(private, usize::from(page.starts_with('#')), "{page}");
    }
}

#[test]
fn what_is_to_be_brought_opens_the_page_and_two_voices_are_kept_apart() {
    let gathered = |number, days, words: &str| {
        let NotebookEntry::Note(note) = note(number, days, words, None) else {
            panic!("a note");
        };
        let bring = true;
        NotebookEntry::Note(Note { bring, ..note })
    };
    let NotebookEntry::Note(both) = note(11, 3, "\nI keep watch.\nThank you. - Me", Some(1)) else {
        panic!("a note");
    };
    let voices = true;
    let book = Book::of(vec![
        part(1, 0, "the guard"),
        gathered(12, 1, "the dream on Monday"),
        gathered(13, 2, "why I was late"),
        NotebookEntry::Note(Note { voices, ..both }),
    ]);
    let chosen = [id(1), id(11), id(12), id(13)];
    let page = therapist_page(&book, &chosen, "Ada", day(5), &titles());
    let at = |says: &str| page.find(says).unwrap_or_else(|| panic!("{says}: {page}"));
    assert!(
        page.starts_with("# A page from Ada\n\n## What I want to bring\n"),
        "{page}"
    );
    assert!(at("the dream on Monday") < at("why I was late"));
    assert!(at("why I was late") < at("## Parts"));
    let said = "the guard: I keep watch.\n\nMe: Thank you. - Me\n";
    assert!(page.contains(said), "{page}");
    let written = everything_toml(&book, "Ada", day(5));
    assert!(
        written.contains("voices = true") && written.contains("bring = true"),
        "{written}"
    );
}

#[test]
fn data_holds_each_word_and_each_tie() {
    let hostile = "a \"\"\" b \u{1b}[2J \u{202e}\n[part]\r\n\\end '''";
    let mut entries = vec![note(4, 2, hostile, Some(1)), part(1, 0, "the guard")];
    entries.extend([promise(6, Some(1)), met(3, 1, 1)]);
    let text = everything_toml(&Book::of(entries), "Ada", day(5));
    let data: toml::Table = toml::from_str(&text).unwrap();
    let first = |kind: &str, key: &str| data[kind][0][key].clone();
    assert_eq!(first("note", "words").as_str(), Some(hostile));
    assert_eq!(first("note", "part").as_str(), Some(id(1).as_str()));
    assert_eq!(first("part", "name").as_str(), Some("the guard"));
    assert_eq!(first("part", "met")[0]["channel"].as_str(), Some("body"));
    assert_eq!(first("promise", "on").as_array().unwrap().len(), 5);
    assert_eq!(first("note", "at").to_string(), "2026-03-03T13:00:00+01:00");
    assert_eq!(data["format"].as_integer(), Some(1));
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn words_are_never_markup() {
    let typed =
        "# loud\n- one\n1. two\n12) three\n<script>\n*a* _b_ [c](d) `e`\n===\n> f\n\u{1b}[31mred";
    let book = Book::of(vec![note(1, 0, typed, None), part(2, 0, "# *bold*")]);
    let page = everything_markdown(&book, "# Ada", day(0), &titles());
    for line in [
        "\\# loud",
        "\\- one",
        "1\\. two",
        "12\\) three",
        "\\<script\\>",
        "\\*a\\* \\_b\\_ \\[c\\](d) \\`e\\`",
        "\\===",
        "\\> f",
        "### \\# \\*bold\\*",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    assert!(!page.contains('\u{1b}'), "{page}");
}

#[test]
fn an_empty_book_goes_out_too() {
    let book = Book::default();
    assert!(!everything_markdown(&book, "Ada", day(0), &titles()).contains("##"));
    let data: toml::Table = toml::from_str(&everything_toml(&book, "Ada", day(0))).unwrap();
    assert_eq!(data["notebook"].as_str(), Some("Ada"));
}
