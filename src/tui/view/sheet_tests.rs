//! Every screen at four sizes, in the dark and in the light, without colours and in ASCII, to be read by people.
//!
//! A sheet holds the text once, then a letter for the colour of each sign (the roles are the same in the dark and in
//! the light; `themes.toml` says what they look like), then the rows that are others without colours and in ASCII.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};

use super::tests::{LOOK, cells, picture, text};
use super::*;
use crate::tui::desk::Over;
use crate::tui::key::{Code, Key};
use crate::tui::look::{Colour, Theme};
use crate::tui::samples;

const SIZES: [(u16, u16); 4] = [(60, 18), (80, 24), (100, 30), (160, 45)];

/// The letter of a cell's role; a blank for ink, and for what shows nothing.
fn letter(cell: &Cell, colours: Palette) -> char {
    let is = |style: Style| {
        style.fg == Some(cell.fg)
            && style.bg == Some(cell.bg)
            && style.add_modifier == cell.modifier
    };
    let roles: [(char, Style); 7] = [
        ('b', colours.strong()),
        ('q', colours.quiet()),
        ('a', colours.accent()),
        ('1', colours.person(0)),
        ('2', colours.person(1)),
        ('t', colours.track()),
        ('f', colours.field()),
    ];
    let shows = cell.symbol() != " " || is(colours.field());
    if is(colours.ink()) || !shows {
        return ' ';
    }
    let found = roles.into_iter().find(|(_, style)| is(*style));
    found.map_or('?', |(letter, _)| letter)
}

fn weight(cell: &Cell) -> char {
    assert!(cell.fg == Color::Reset && cell.bg == Color::Reset);
    let has = |modifier| cell.modifier.contains(modifier);
    match cell.symbol() {
        _ if has(Modifier::REVERSED) => 'r',
        _ if has(Modifier::UNDERLINED) => 'u',
        " " => ' ',
        _ if has(Modifier::BOLD) => 'b',
        _ => ' ',
    }
}

/// A row for each row of the screen, with a letter for each cell.
fn map(buffer: &Buffer, letter: impl Fn(&Cell) -> char) -> String {
    let mut out = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width)) {
        let line: String = row.iter().map(&letter).collect();
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// The rows of `wanted` that differ from those of `known`, with their numbers.
fn others(wanted: &str, known: &str) -> String {
    let mut out = String::new();
    let mut known = known.lines();
    for (n, row) in wanted.lines().enumerate() {
        if known.next().unwrap_or("") != row {
            let _ = writeln!(out, "{:02}|{row}", n + 1);
        }
    }
    out
}

pub(super) fn sheet(page: &Picture) -> String {
    let mut out = String::new();
    for (width, height) in SIZES {
        let drawn = |look: Look| {
            cells(
                &Picture {
                    look,
                    ..page.clone()
                },
                width,
                height,
            )
        };
        let (night, day) = (
            LOOK,
            Look {
                theme: Theme::Day,
                ..LOOK
            },
        );
        let dark = drawn(night);
        let screen = text(&dark);
        let colours = map(&dark, |cell| letter(cell, Palette::of(night)));
        let light = map(&drawn(day), |cell| letter(cell, Palette::of(day)));
        assert_eq!(colours, light, "the light theme gives other roles");
        assert!(!colours.contains('?'), "a colour of no role\n{colours}");
        let plain = drawn(Look {
            colour: Colour::None,
            ..LOOK
        });
        let ascii = drawn(Look {
            colour: Colour::None,
            ascii: true,
            ..LOOK
        });
        let weights = map(&plain, weight);
        let _ = write!(
            out,
            "=== {width} by {height}\n{screen}--- colours\n{}--- weights without colours\n{}--- rows that are others without colours\n{}--- rows that are others in ASCII\n{}",
            others(&colours, ""),
            others(&weights, ""),
            others(&text(&plain), &screen),
            others(&text(&ascii), &text(&plain)),
        );
    }
    out
}

/// The samples, and what the screen lays over them itself.
fn pages() -> Vec<(String, Picture)> {
    let mut pages: Vec<(String, Picture)> = samples::all()
        .into_iter()
        .map(|(name, scene)| (name.to_owned(), picture(scene, LOOK)))
        .collect();
    let turn = samples::turn_with_everything();
    let with = |change: &dyn Fn(&mut Desk)| {
        let mut picture = picture(turn.clone(), LOOK);
        change(&mut picture.desk);
        picture
    };
    pages.push(("turn-keys".into(), with(&|desk| desk.over = Over::Help)));
    pages.push((
        "turn-leaving".into(),
        with(&|desk| desk.over = Over::Leaving),
    ));
    pages.push((
        "turn-marked".into(),
        with(&|desk| {
            desk.press(Key::plain(Code::Down), &turn);
        }),
    ));
    pages.push((
        "turn-thin".into(),
        with(&|desk| desk.pass(std::time::Duration::from_secs(60), &turn)),
    ));
    pages
}

#[test]
fn every_screen_at_four_sizes_in_the_dark_and_the_light_without_colours_and_in_ascii() {
    for (name, picture) in pages() {
        insta::assert_snapshot!(name, sheet(&picture));
    }
}
