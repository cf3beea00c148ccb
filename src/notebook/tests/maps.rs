//! The map of parts.

use super::*;
use crate::text::safe_text::{SafeText, ascii};
use unicode_width::UnicodeWidthStr;

/// Parts by name, who protects whom, who is at odds with whom; numbers count from 1.
fn book(names: &[&str], protects: &[(u64, u64)], against: &[(u64, u64)]) -> Book {
    let others = |ties: &[(u64, u64)], me: u64| {
        let mine = ties.iter().filter(|(one, _)| *one == me);
        mine.map(|(_, other)| id(*other)).collect()
    };
    let part = |(n, name): (u64, &&str)| {
        NotebookEntry::Part(PartRevision {
            id: id(n),
            // The first one is the newest, so it comes first.
            at: at(-i64::try_from(n).unwrap()),
            part: Part {
                name: (*name).into(),
                protects: others(protects, n),
                against: others(against, n),
                ..Part::default()
            },
        })
    };
    Book::of((1..).zip(names).map(part).collect())
}

fn drawn(book: &Book, width: usize) -> String {
    let lines = map::picture(book, width).unwrap();
    for line in &lines {
        assert!(line.as_str().width() <= width.max(30), "{line}");
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn family() -> Book {
    let names = [
        "the guard",
        "the small one",
        "the critic",
        "the one who hides",
        "the pleaser",
        "a hum in the chest",
        "日本の子",
    ];
    let protects = [(1, 2), (3, 2), (3, 4), (5, 4), (5, 6), (1, 6), (6, 4)];
    book(&names, &protects, &[(1, 3), (3, 5), (2, 7)])
}

#[test]
fn small_maps() {
    let two = book(&["the guard", "the small one"], &[(1, 2)], &[]);
    let odds = book(&["the guard", "the critic"], &[], &[(1, 2)]);
    let both = book(&["one", "other"], &[(1, 2), (2, 1)], &[(1, 2)]);
    let names = ["mother hen", "a", "b", "c"];
    let fan = book(&names, &[(1, 2), (1, 3), (1, 4)], &[(2, 4)]);
    let all = [two, odds, both, fan].map(|book| drawn(&book, 54));
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn a_family() {
    let wide = drawn(&family(), 66);
    let narrow = drawn(&family(), 54);
    let told: Vec<String> = map::told(&family())
        .iter()
        .map(SafeText::to_string)
        .collect();
    let near = |c: char| if c.is_ascii() { c } else { ascii(c) };
    let plain: String = wide
        .chars()
        .map(|c| if c == '\n' { c } else { near(c) })
        .collect();
    insta::assert_snapshot!(
        [
            wide,
            narrow,
            plain,
            told.join("\n"),
            map::mermaid(&family())
        ]
        .join("\n\n")
    );
}

#[test]
fn any_ties_are_drawn_or_left_to_the_sentences() {
    let mut chance = fastrand::Rng::with_seed(5);
    let mut fits = 0;
    for round in 0..300 {
        let count = chance.u64(2..30);
        let names: Vec<String> = (0..count)
            .map(|n| "x".repeat(1 + (n as usize * 7) % 25))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut tie = |most: u64| -> Vec<(u64, u64)> {
            let ties =
                (0..chance.u64(0..=most)).map(|_| (chance.u64(1..=count), chance.u64(1..=count)));
            ties.collect()
        };
        let (protects, against) = (tie(count), tie(count / 3));
        let book = book(&names, &protects, &against);
        for width in [10, 40, 54, 66] {
            let Some(lines) = map::picture(&book, width) else {
                continue;
            };
            fits += 1;
            for line in &lines {
                assert!(
                    line.as_str().width() <= width.max(30),
                    "{round} at {width}: {line}"
                );
            }
        }
        assert!(!map::told(&book).is_empty());
    }
    assert!(fits > 200, "{fits}");
}

#[test]
fn parts_without_ties_are_named() {
    let lone = book(&["a", "b"], &[], &[]);
    assert!(map::picture(&lone, 66).is_none());
    assert_eq!(
        map::told(&lone)[0].as_str(),
        "Not connected to another yet: a, b"
    );
    assert_eq!(map::told(&Book::default()), []);
    let many: Vec<String> = (0..500).map(|n| format!("part {n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let ties: Vec<(u64, u64)> = (1..400).map(|n| (n, n + 1)).collect();
    let told = map::told(&book(&many, &ties, &[]));
    assert!(told.len() < 70);
    assert!(told[60].as_str().contains("339"), "{}", told[60]);
    assert!(told.last().unwrap().as_str().ends_with("and 88 more"));
}

#[test]
fn mermaid_takes_every_name_as_letters() {
    let text = map::mermaid(&book(&["a \"b\" [c] <d> #e; | end", ""], &[(1, 2)], &[]));
    assert!(text.contains("p1[\"a ”b” [c] ‹d› ＃e; ¦ end\"]"), "{text}");
    assert!(text.contains("p1 -->|protects| p2"), "{text}");
    assert!(text.contains("p2[\"a part without a name\"]"), "{text}");
    // Nothing is read as a list, a heading, or a code; letters stay letters.
    for (name, shown) in [
        ("1. the guard", "1․ the guard"),
        ("12) it", "12❩ it"),
        ("- this one", "– this one"),
        ("+ and", "＋ and"),
        ("# big", "＃ big"),
        ("7 of them", "7 of them"),
        ("a - b", "a - b"),
        ("{it}", "{it}"),
        ("*one* _two_", "∗one∗ ˍtwoˍ"),
    ] {
        let text = map::mermaid(&book(&[name], &[], &[]));
        assert!(text.contains(&format!("p1[\"{shown}\"]")), "{name}: {text}");
        assert!(!text.contains("&#") && !text.contains('#'), "{text}");
    }
}

/// What fears and wants are, between parts.
fn with_fears() -> Book {
    let part = |n: u64, name: &str, afraid_of: &[u64], wants_of: &[u64]| {
        NotebookEntry::Part(PartRevision {
            id: id(n),
            at: at(-i64::try_from(n).unwrap()),
            part: Part {
                name: name.into(),
                protects: vec![id(3)],
                afraid_of: afraid_of.iter().map(|n| id(*n)).collect(),
                wants_of: wants_of.iter().map(|n| id(*n)).collect(),
                ..Part::default()
            },
        })
    };
    Book::of(vec![
        part(1, "the <guard>", &[2], &[]),
        part(2, "the critic & co", &[], &[1]),
        part(3, "the small one", &[], &[]),
    ])
}

/// A line that leads past a row goes between its boxes, and no two lines end in the same place.
#[test]
fn in_the_picture_no_line_is_hidden_behind_a_box() {
    // One row below the other, and ties that skip some of them.
    let names = ["one", "two", "three", "four", "five", "six"];
    let protects = [(1, 2), (1, 3), (1, 4), (2, 3), (2, 5), (3, 4), (6, 4)];
    let book = book(&names, &protects, &[(1, 6), (4, 1), (5, 1)]);
    let svg = map::svg(&book);
    let number = |text: &str, name: &str| -> i64 {
        let (_, rest) = text.split_once(&format!(" {name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let boxes: Vec<[i64; 4]> = svg
        .lines()
        .filter(|line| line.starts_with("<rect class=\"box\""))
        .map(|line| ["x", "y", "width", "height"].map(|name| number(line, name)))
        .collect();
    assert_eq!(boxes.len(), names.len(), "{svg}");
    let mut ends = std::collections::HashSet::new();
    let mut past = 0;
    for line in svg
        .lines()
        .filter(|line| line.contains("class=\"line\"") && line.contains('C'))
    {
        let (_, way) = line.split_once(" d=\"M").unwrap();
        let way = way.split_once('"').unwrap().0.replace('C', " ");
        let numbers: Vec<i64> = way.split_whitespace().map(|n| n.parse().unwrap()).collect();
        let mut points = vec![(numbers[0], numbers[1])];
        points.extend(numbers[2..].chunks(6).map(|piece| (piece[4], piece[5])));
        assert!(
            ends.insert(points[0]) && ends.insert(*points.last().unwrap()),
            "{svg}"
        );
        for (x, y) in &points[1..points.len() - 1] {
            past += 1;
            let behind = |[left, top, wide, high]: &[i64; 4]| {
                (*left..=left + wide).contains(x) && (*top..=top + high).contains(y)
            };
            assert!(!boxes.iter().any(behind), "{x},{y}: {svg}");
        }
    }
    assert!(past > 4, "{svg}");
}

#[test]
fn who_fears_whom_and_who_wants_something_is_in_every_form_of_the_map() {
    let book = with_fears();
    let told: Vec<String> = map::told(&book).iter().map(SafeText::to_string).collect();
    for says in [
        "the <guard> fears the critic & co",
        "the critic & co wants something from the <guard>",
    ] {
        assert!(told.iter().any(|line| line == says), "{told:?}");
        assert!(drawn(&book, 66).contains(says), "{}", drawn(&book, 66));
    }
    let text = map::mermaid(&book);
    assert!(text.contains("p1 -.->|fears| p2"), "{text}");
    assert!(text.contains("p2 -.->|wants something from| p1"), "{text}");
    let svg = map::svg(&book);
    // Words say what each line is, and names are letters.
    for says in [
        ">fears<",
        ">wants something from<",
        ">protects<",
        "the &lt;guard&gt;",
        "co<",
    ] {
        assert!(svg.contains(says), "{says}: {svg}");
    }
    assert!(
        svg.contains("stroke-dasharray=\"2 5\"") && !svg.contains("<guard"),
        "{svg}"
    );
    assert!(
        !svg.contains("http") || svg.matches("http").count() == 1,
        "only the name of the format"
    );
    assert!(map::svg(&Book::default()).starts_with("<svg"));
}
