//! The files of today, byte by byte: what a person wrote is read and written the same by every later build.

use std::path::Path;

use super::*;
use crate::notebook::book_lines::{BookLines, raw_of};

/// The text of a book with each kind of entry, once with all of its keys and once with as few as there can be.
const BOOK: &str = include_str!("format/book.txt");
/// What goes out of that book for other programs.
const EXPORT: &str = include_str!("format/everything.toml");

fn book() -> BookLines {
    BookLines::decode(BOOK.as_bytes().to_vec().into(), Path::new("book.txt")).unwrap()
}

#[test]
fn a_book_is_written_as_it_was_read() {
    let BookLines { head, raw } = book();
    let entries = BookLines {
        head: head.clone(),
        raw: raw.clone(),
    }
    .entries();
    assert_eq!(entries.len(), raw.len());
    let raw: Vec<_> = entries.iter().map(|entry| raw_of(entry).unwrap()).collect();
    let again = BookLines { head, raw }.encode();
    assert_eq!(std::str::from_utf8(&again), Ok(BOOK));
    for kind in [
        "note", "stays", "part", "merge", "met", "promise", "checked", "check-in", "sitting",
        "gone",
    ] {
        let lines = BOOK
            .matches(&format!("{{\"entry\":\"{kind}\",\"id\":"))
            .count();
        assert!(lines >= 1, "{kind}");
    }
}

#[test]
fn the_data_of_a_book_is_what_it_was() {
    let text = everything_toml(&Book::of(book().entries()), "Ada", day(5));
    let [now, before] = [text.as_str(), EXPORT].map(|text| text.parse::<toml::Table>().unwrap());
    assert_eq!(now, before);
}
