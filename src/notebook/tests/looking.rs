//! The weeks as plots and numbers, and pages for a browser.

use super::*;
use crate::notebook::{html, therapist_page, weeks};
use crate::text::safe_text::SafeText;

fn sat(number: u64, days: i64, felt: [Option<u8>; 3], minutes: u16) -> NotebookEntry {
    let [before, after, resourced_after] = felt;
    NotebookEntry::Sitting(SessionReview {
        id: id(number),
        at: at(days),
        script: "solo-sitting".into(),
        with: vec!["=Ben".into()],
        minutes,
        before,
        after,
        resourced_before: None,
        resourced_after,
    })
}

fn looked(number: u64, days: i64, lines: &[&str], stirred: Option<u8>) -> NotebookEntry {
    NotebookEntry::CheckIn(CheckIn {
        id: id(number),
        at: at(days),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        stirred,
        resourced: Some(6),
    })
}

/// The first of March 2026 is a Sunday.
fn book() -> Book {
    Book::of(vec![
        sat(1, 0, [Some(8), Some(4), Some(2)], 30),
        sat(2, 3, [Some(7), Some(3), None], 60),
        sat(3, 4, [Some(6), Some(2), None], 0),
        looked(4, 16, &["tight", "", "a walk"], Some(9)),
    ])
}

#[test]
fn weeks_are_drawn_with_signs_and_said_in_words() {
    let all = weeks::weeks(&book(), day(17), 12);
    let said: Vec<String> = all
        .iter()
        .map(|week| week.said(day(17)))
        .map(|(day, said)| format!("{day}: {said}"))
        .collect();
    assert_eq!(
        said,
        [
            "23 February: before 8, after 4, strength 2, 30 minutes",
            "2 March: before 6.5, after 2.5, 60 minutes",
            "9 March: nothing written",
            "16 March: after 9, strength 6",
        ]
    );
    let plot: Vec<String> = weeks::plot(&all, 54)
        .iter()
        .map(SafeText::to_string)
        .collect();
    insta::assert_snapshot!(plot.join("\n"));
    assert_eq!(weeks::weeks(&Book::default(), day(0), 12).len(), 0);
    assert_eq!(weeks::weeks(&book(), day(17), 2).len(), 2);
}

#[test]
fn numbers_go_out_without_a_word_and_pictures_with_a_title() {
    let csv = weeks::csv(&book());
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[1], "2026-03-01,session,30,8,4,,2");
    assert_eq!(lines[4], "2026-03-17,check-in,,,9,,6");
    assert!(!csv.contains("Ben") && !csv.contains("tight"));
    let svg = weeks::svg(&book(), day(17));
    for says in [
        "<title",
        "prefers-color-scheme:dark",
        "stirred up, before",
        ">16 Mar<",
        ">60<",
    ] {
        assert!(svg.contains(says), "{says}: {svg}");
    }
}

#[test]
fn a_page_for_a_therapist_keeps_the_questions_and_is_a_page_for_a_browser() {
    let mut entries = vec![
        looked(4, 1, &["tight <b>", "", "a walk"], Some(5)),
        looked(5, 2, &["one", "two", "three", "four", "five"], None),
        note(6, 3, "- first\n\n# second *line*", None),
    ];
    entries.push(promise(7, None));
    let book = Book::of(entries);
    let page = therapist_page(
        &book,
        &[id(4), id(5), id(6), id(7)],
        "Ada & co",
        day(5),
        &std::collections::BTreeMap::new(),
    );
    for says in [
        "- What is here right now?: tight \\<b\\>",
        "- What is one kind thing you could do today?: a walk",
        // As it was asked then.
        "- Where in the body?: two",
        "- What does it need today?: four",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let page = html(&page, "A page from Ada & co");
    for says in [
        "<title>A page from Ada &amp; co</title>",
        "<h2>Check-ins</h2>",
        "<li>What is here right now?: tight &lt;b&gt;</li>",
        "# second *line*",
        "- first",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    assert!(!page.contains("<b>") && !page.contains("http") && !page.contains("<script"));
}
