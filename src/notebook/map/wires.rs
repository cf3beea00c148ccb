//! A sheet of cells with words and lines on it. Lines of one net join where they meet; those of two nets cross.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

#[derive(Default)]
pub(super) struct Sheet {
    /// Words and signs by row and column; what a wide letter covers is empty.
    words: BTreeMap<(usize, usize), String>,
    wires: BTreeMap<(usize, usize), Vec<Wire>>,
}

struct Wire {
    net: usize,
    ways: u8,
    dotted: bool,
}

impl Sheet {
    pub(super) fn put(&mut self, x: usize, y: usize, text: &str) {
        let mut x = x;
        for letter in text.graphemes(true) {
            self.words.insert((y, x), letter.to_owned());
            for covered in 1..letter.width() {
                self.words
                    .insert((y, x.saturating_add(covered)), String::new());
            }
            x = x.saturating_add(letter.width().max(1));
        }
    }

    fn wire(&mut self, x: usize, y: usize, net: usize, ways: u8, dotted: bool) {
        let here = self.wires.entry((y, x)).or_default();
        match here.iter_mut().find(|wire| wire.net == net) {
            Some(wire) => wire.ways |= ways,
            None => here.push(Wire { net, ways, dotted }),
        }
    }

    /// A line from column to column; its ends point inwards only.
    pub(super) fn across(
        &mut self,
        (from, to): (usize, usize),
        y: usize,
        net: usize,
        dotted: bool,
    ) {
        for x in from..=to {
            let left = if x > from { LEFT } else { 0 };
            let right = if x < to { RIGHT } else { 0 };
            self.wire(x, y, net, left | right, dotted);
        }
    }

    /// A line from row to row, `from` above `to`; `open` says which of its ends go on into what lies there.
    pub(super) fn down(
        &mut self,
        x: usize,
        (from, to): (usize, usize),
        open: (bool, bool),
        net: usize,
        dotted: bool,
    ) {
        for y in from..=to {
            let up = if y > from || open.0 { UP } else { 0 };
            let down = if y < to || open.1 { DOWN } else { 0 };
            self.wire(x, y, net, up | down, dotted);
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let rows = self
            .words
            .keys()
            .chain(self.wires.keys())
            .map(|(y, _)| *y)
            .max();
        let Some(last) = rows else {
            return Vec::new();
        };
        (0..=last).map(|y| self.line(y)).collect()
    }

    fn line(&self, y: usize) -> String {
        let mut line = String::new();
        let from = (y, 0)..=(y, usize::MAX);
        let keys = self.words.range(from.clone()).map(|(key, _)| key.1);
        let keys = keys.chain(self.wires.range(from).map(|(key, _)| key.1));
        let Some(last) = keys.max() else {
            return line;
        };
        for x in 0..=last {
            let words = self.words.get(&(y, x)).map(String::as_str);
            line.push_str(
                words.unwrap_or_else(|| self.wires.get(&(y, x)).map_or(" ", |all| sign(all))),
            );
        }
        line
    }
}

/// Where two nets cross, the one that goes down lies above the other.
fn sign(all: &[Wire]) -> &'static str {
    let upright = all.iter().find(|wire| wire.ways == UP | DOWN);
    let Some(wire) = upright.or_else(|| all.first()) else {
        return " ";
    };
    let (up, down) = (wire.ways & UP != 0, wire.ways & DOWN != 0);
    let (left, right) = (wire.ways & LEFT != 0, wire.ways & RIGHT != 0);
    match (up, down, left, right) {
        (true, true, true, true) => "┼",
        (true, true, true, false) => "┤",
        (true, true, false, true) => "├",
        (true, false, true, true) => "┴",
        (false, true, true, true) => "┬",
        (true, false, true, false) => "╯",
        (true, false, false, true) => "╰",
        (false, true, true, false) => "╮",
        (false, true, false, true) => "╭",
        (true, _, false, false) | (false, true, false, false) if wire.dotted => "╎",
        (true, _, false, false) | (false, true, false, false) => "│",
        (false, false, true, _) | (false, false, false, true) if wire.dotted => "╌",
        (false, false, true, _) | (false, false, false, true) => "─",
        (false, false, false, false) => " ",
    }
}
