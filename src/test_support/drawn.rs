//! Pictures as tests see them: the cells, the rows as text, and a frame that people read.
//!
//! A frame holds the screen once, and behind each row a letter for each of its colours in the order in which they stand
//! there: `b` strong, `q` quiet, `a` accent, `1` and `2` the people, `t` the track of a bar, `f` a field. Whatever can be
//! said of every screen at every size (the light has the same roles, weight tells without colours what they would, in
//! ASCII there is nothing else) is asserted and not drawn.

use std::fmt::Write;

use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::layout::Rect;
use ratatui_core::style::{Color, Modifier, Style};

use super::Picture;
use super::canvas::columns;
use crate::session::scene::Scene;
use crate::text::safe_text::SafeText;
use crate::tui::appearance::{Appearance, Colour, Theme};
use crate::tui::key::{Code, Key};
use crate::tui::theme::Palette;
use crate::tui::ui_state::{Overlay, UiState};

/// The look of most tests: colours in the dark.
pub(crate) const LOOK: Appearance = Appearance::USUAL;

const DAY: Appearance = Appearance {
    theme: Theme::Day,
    ..LOOK
};
const PLAIN: Appearance = Appearance {
    colour: Colour::None,
    ..LOOK
};
pub(crate) const ASCII: Appearance = Appearance {
    ascii: true,
    ..PLAIN
};

/// The size of most terminals.
const USUAL: (u16, u16) = (80, 24);
/// The size of most terminals, the smallest that is served, and two large ones.
const SIZES: [(u16, u16); 4] = [USUAL, (60, 18), (100, 30), (160, 45)];

pub(crate) fn picture(scene: Scene, look: Appearance) -> Picture {
    let mut desk = UiState::default();
    desk.meet(&scene);
    Picture {
        scene,
        desk,
        standing: None,
        look,
    }
}

pub(crate) fn cells(picture: &Picture, width: u16, height: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    picture.draw(&mut buffer);
    buffer
}

/// The rows as text; what a wide character covers is left out.
pub(crate) fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width)) {
        let _ = writeln!(out, "{}", row_text(row).trim_end());
    }
    out
}

fn row_text(row: &[Cell]) -> String {
    let mut covered = 0;
    let mut line = String::new();
    for cell in row {
        if covered > 0 {
            covered -= 1;
            continue;
        }
        covered = columns(cell.symbol()).saturating_sub(1);
        line.push_str(cell.symbol());
    }
    line
}

/// A scene at every size and with everything that can lie on it: marked, with words typed, under the page of keys.
pub(crate) fn drawn_everywhere(scene: &Scene, look: Appearance) -> Vec<Buffer> {
    let mut out = Vec::new();
    for (width, height) in [(50, 12), (60, 18), (100, 30)] {
        let mut picture = picture(scene.clone(), look);
        out.push(cells(&picture, width, height));
        picture.standing = Some(SafeText::new("The disk is full."));
        for key in [Code::Down, Code::Char('7')] {
            picture.desk.press(Key::plain(key), scene);
            out.push(cells(&picture, width, height));
        }
        for over in [Overlay::Help, Overlay::Leaving] {
            picture.desk.over = over;
            out.push(cells(&picture, width, height));
        }
    }
    out
}

/// The letter of a cell's role; a blank for ink, and for what shows nothing.
fn role(cell: &Cell, colours: Palette) -> char {
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

/// What tells without colours what this role would.
fn weight_of(role: char) -> char {
    match role {
        'b' | 'a' | '1' | '2' => 'b',
        'f' => 'u',
        _ => ' ',
    }
}

/// A picture as people read it, at the size of most terminals.
pub(crate) fn frame(page: &Picture) -> String {
    holds_in_every_look(page);
    frame_at(page, USUAL)
}

/// The same at every size, for compositions that are others on a small screen and on a large one, and the rows that are
/// others without colours and in ASCII.
pub(crate) fn frames(page: &Picture) -> String {
    holds_in_every_look(page);
    let mut out = SIZES.map(|size| frame_at(page, size)).concat();
    let drawn = |look| text(&cells(&with(page, look), USUAL.0, USUAL.1));
    let (screen, plain, ascii) = (drawn(LOOK), drawn(PLAIN), drawn(ASCII));
    for (title, wanted, known) in [
        ("without colours", &plain, &screen),
        ("in ASCII", &ascii, &plain),
    ] {
        let _ = writeln!(out, "=== {title}");
        for (n, (row, known)) in wanted.lines().zip(known.lines()).enumerate() {
            if row != known {
                let _ = writeln!(out, "{:02}|{row}", n + 1);
            }
        }
    }
    out
}

fn frame_at(page: &Picture, (width, height): (u16, u16)) -> String {
    let mut out = format!("=== {width} by {height}\n");
    let page = with(page, LOOK);
    let colours = Palette::of(LOOK);
    let drawn = cells(&page, width, height);
    for row in drawn.content.chunks(usize::from(width)) {
        let mut roles: Vec<char> = row.iter().map(|cell| role(cell, colours)).collect();
        roles.retain(|role| *role != ' ');
        roles.dedup();
        let shown = row_text(row);
        let shown = if roles.is_empty() {
            shown.trim_end()
        } else {
            &shown
        };
        let roles: String = roles.iter().collect();
        let bar = if roles.is_empty() { "" } else { " | " };
        let _ = writeln!(out, "{shown}{bar}{roles}");
    }
    out
}

fn with(page: &Picture, look: Appearance) -> Picture {
    Picture {
        look,
        ..page.clone()
    }
}

/// What is so on every screen, at every size.
fn holds_in_every_look(page: &Picture) {
    for (width, height) in SIZES {
        let drawn = |look| cells(&with(page, look), width, height);
        let (dark, light) = (drawn(LOOK), drawn(DAY));
        let (plain, ascii) = (drawn(PLAIN), drawn(ASCII));
        let screen = text(&dark);
        let roles = |buffer: &Buffer, look| -> Vec<char> {
            let colours = Palette::of(look);
            buffer
                .content
                .iter()
                .map(|cell| role(cell, colours))
                .collect()
        };
        let roles_here = roles(&dark, LOOK);
        assert!(!roles_here.contains(&'?'), "a colour of no role\n{screen}");
        assert_eq!(
            roles_here,
            roles(&light, DAY),
            "the light has others\n{screen}"
        );
        for (role, cell) in roles_here.iter().zip(&plain.content) {
            let weight = weight(cell);
            // What is marked is strong in colours.
            let is_marked = weight == 'r' && matches!(role, 'a' | 'b' | ' ');
            assert!(
                is_marked || weight == weight_of(*role),
                "{role} {cell:?}\n{screen}"
            );
        }
        let ascii = text(&ascii);
        assert!(ascii.is_ascii(), "{ascii}");
    }
}
