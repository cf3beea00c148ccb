use std::num::NonZeroU16;

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use super::*;
use crate::tui::appearance::{Appearance, Colour};
use crate::tui::samples;
use crate::tui::view::still;

fn rows(texts: &[&str]) -> Buffer {
    Buffer::with_lines(texts.iter().copied())
}

/// What is written in each place, without where that is.
fn written(before: &str, after: &str) -> Vec<String> {
    let repaint = Repaint::of(&rows(&[before]), &rows(&[after]), Some(Pen::PLAIN));
    let places = repaint.bytes.split("\x1b[1;").skip(1);
    let text = |place: &str| place.split_once('H').map(|(_, text)| text.to_owned());
    places.filter_map(text).collect()
}

#[test]
fn a_word_that_changed_is_written_whole_with_the_space_before_it() {
    let said = written("12:59 of the turn", "12:58 of the turn");
    assert_eq!(said, ["12:58"]);
    let said = written("we walk slowly", "we talk slowly");
    assert_eq!(said, [" talk"]);
    // A word that became shorter or longer is another one.
    assert_eq!(written("all words here", "all word  here"), [" word "]);
    assert_eq!(written("an  old word", "an cold word"), [" cold"]);
    // Two in one line, and it is a line that is read.
    let said = written("  Read it   now", "  Bead at   now");
    assert_eq!(said, [" Bead at"]);
    // What stands farther away belongs to something else.
    let said = written("old one    same", "new two    same");
    assert_eq!(said, ["new two"]);
}

#[test]
fn the_number_of_an_answer_is_written_with_the_answer() {
    let said = written("  1  Begin a session", "  1  Two of us      ");
    assert_eq!(said, [" 1  Two of us\u{1b}[K"]);
    // Where it stays what it is, it is not said.
    assert_eq!(written("  1  Yes  p", "  1  Yes  q"), [" q"]);
    // What is marked has a sign before it, which nobody hears.
    let marked = written("› 1  Yes", "› 1  No");
    assert!(marked[0].ends_with("1  No"), "{marked:?}");
    assert_eq!(written("  102  one", "  102  two"), [" two"]);
}

#[test]
fn what_nobody_reads_is_written_where_it_changed() {
    assert_eq!(written("▄▄▄▄▁▁▁", "▄▄▄▁▁▁▁"), ["▁"]);
    assert_eq!(written("a rest of words", "a              "), ["\x1b[K"]);
    assert_eq!(written("same", "same"), Vec::<String>::new());
}

#[test]
fn a_sign_that_is_two_columns_wide_goes_as_a_whole() {
    assert_eq!(written("日本 x", "ab本 x"), ["ab本"]);
    assert_eq!(written("日", "a "), ["a "]);
}

/// A terminal that shows this.
fn terminal(bytes: &str, size: (u16, u16), before: Option<vt100::Parser>) -> vt100::Parser {
    let side = |n| NonZeroU16::new(n).unwrap();
    let mut parser = before.unwrap_or_else(|| vt100::Parser::new(side(size.1), side(size.0), 0));
    parser.process(bytes.as_bytes());
    parser
}

/// The places of a repaint: row, first column, and the column after the last.
fn places(bytes: &str) -> Vec<(usize, usize, usize)> {
    let mut places: Vec<(usize, usize, usize)> = Vec::new();
    for piece in bytes.split('\x1b').skip(1) {
        let end = piece.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        let (code, text) = piece.split_at(end + 1);
        if code.ends_with('H') {
            let (y, x) = code[1..end].split_once(';').unwrap();
            let (y, x) = (y.parse::<usize>().unwrap(), x.parse::<usize>().unwrap());
            match places.last_mut() {
                Some(last) if (last.0, last.2) == (y - 1, x - 1) => {}
                _ => places.push((y - 1, x - 1, x - 1)),
            }
        }
        places.last_mut().unwrap().2 += text.width();
    }
    places
}

/// Whether a place begins or ends in the middle of a word.
fn is_torn(row: &[Cell], (_, start, end): (usize, usize, usize)) -> bool {
    let inside = |word: &Range<usize>, x: usize| word.start < x && x < word.end;
    let torn = |word: &Range<usize>| inside(word, start) || inside(word, end);
    words(row)
        .iter()
        .any(|word| torn(word) && is_read(&row[word.clone()]))
}

fn looks() -> [Appearance; 3] {
    let look = |colour, ascii| Appearance {
        colour,
        ascii,
        ..Appearance::USUAL
    };
    [
        look(Colour::True, false),
        look(Colour::Ansi16, false),
        look(Colour::None, true),
    ]
}

#[test]
fn from_every_screen_to_every_other_no_fragment_of_a_word_is_written() {
    let scenes = samples::all();
    for (look, size) in looks().into_iter().zip([(80, 24), (60, 18), (100, 30)]) {
        let pictures: Vec<Buffer> = scenes.iter().map(|(_, s)| still(s, look, size)).collect();
        let blank = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        let mut all: Vec<(&Buffer, &Buffer)> = vec![];
        for n in 0..pictures.len() {
            let other = |by| &pictures[(n + by) % pictures.len()];
            all.extend([1, 2, 7].map(|by| (&pictures[n], other(by))));
            all.push((&blank, &pictures[n]));
        }
        for (before, after) in all {
            let first = Repaint::whole(before);
            let then = Repaint::of(before, after, first.pen());
            let whole = Repaint::whole(after);
            let shown = terminal(&first.bytes, size, None);
            let shown = terminal(&then.bytes, size, Some(shown));
            let meant = terminal(&whole.bytes, size, None);
            let screens = (shown.screen(), meant.screen());
            for y in 0..size.1 {
                for x in 0..size.0 {
                    let (one, two) = (screens.0.cell(y, x).unwrap(), screens.1.cell(y, x).unwrap());
                    let signs = [one, two].map(|cell| cell.contents().trim());
                    assert_eq!(signs[0], signs[1], "{y} {x}");
                    assert_eq!(one.bgcolor(), two.bgcolor(), "{y} {x}");
                    if !signs[0].is_empty() {
                        assert_eq!((one.fgcolor(), one.bold()), (two.fgcolor(), two.bold()));
                    }
                }
            }
            for place in places(&then.bytes) {
                let row = usize::from(size.0) * place.0;
                let row = &after.content[row..row + usize::from(size.0)];
                assert!(!is_torn(row, place), "{place:?} of {row:?}");
            }
        }
    }
}

#[test]
fn a_page_of_prose_costs_less_than_by_letters() {
    let scenes = samples::all();
    let of = |name: &str| scenes.iter().find(|(known, _)| *known == name).unwrap();
    let still = |name: &str| still(&of(name).1, looks()[0], (80, 24));
    let (before, after) = (still("home"), still("turn"));
    let words = Repaint::of(&before, &after, Some(Pen::of(&before.content[0])));
    let mut letters = Vec::new();
    let changed = before.diff(&after);
    CrosstermBackend::new(&mut letters)
        .draw(changed.into_iter())
        .unwrap();
    let letters = letters.len();
    assert!(
        words.bytes.len() < letters,
        "{} {letters}",
        words.bytes.len()
    );
}

#[test]
fn the_pen_is_changed_only_where_it_is_seen() {
    let mut after = rows(&["a b c"]);
    after.set_style(Rect::new(2, 0, 1, 1), Style::new().fg(Color::Indexed(3)));
    let repaint = Repaint::of(&rows(&["     "]), &after, Some(Pen::PLAIN));
    assert_eq!(repaint.bytes, "\x1b[1;1Ha \x1b[38;5;3mb \x1b[39mc");
}
