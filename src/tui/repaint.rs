//! From what stands on the screen to what is to stand there, in whole words.
//!
//! Whoever listens to the terminal hears what is written to it: letters out of the middle of a word are heard as
//! nothing. So a word that changed is written whole, with the space before it, and a line of prose in which more than
//! one did, whole. That is also less than going over every letter that stays.

use std::fmt::Write as _;
use std::ops::Range;

use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// From so many blanks on, to erase the rest of a row is less than to write it.
const WORTH_ERASING: usize = 4;

/// So many blanks are less than to go over them.
const LESS_THAN_TO_GO: usize = 5;

/// What is written for one picture.
#[derive(Default)]
pub(super) struct Repaint {
    pub(super) bytes: String,
    /// How many places are written to: more than one, and they are to be seen at once.
    pub(super) places: usize,
    pen: Option<Pen>,
}

/// How the terminal writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    fn of(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }

    /// What of it is seen where nothing is written.
    fn on_blank(self) -> (Color, Modifier, Option<Color>) {
        let seen =
            self.modifier & (Modifier::UNDERLINED | Modifier::REVERSED | Modifier::CROSSED_OUT);
        (self.bg, seen, (!seen.is_empty()).then_some(self.fg))
    }

    /// Whether to erase with it leaves nothing but the terminal's own ground.
    fn erases(self) -> bool {
        self.bg == Color::Reset && !self.modifier.contains(Modifier::REVERSED)
    }
}

impl Repaint {
    /// From one picture to another of the same size; the terminal writes with this pen, where that is known.
    pub(super) fn of(before: &Buffer, after: &Buffer, pen: Option<Pen>) -> Self {
        let mut repaint = Self {
            pen,
            ..Self::default()
        };
        let width = usize::from(after.area.width).max(1);
        let rows = before
            .content
            .chunks(width)
            .zip(after.content.chunks(width));
        for (y, (before, after)) in rows.enumerate() {
            if before != after {
                for span in spans(before, after) {
                    repaint.write(y, span, after);
                }
            }
        }
        repaint
    }

    /// All of a picture, on a screen that was erased: there is nothing to compare it with.
    pub(super) fn whole(picture: &Buffer) -> Self {
        let mut repaint = Self::default();
        let width = usize::from(picture.area.width).max(1);
        for (y, row) in picture.content.chunks(width).enumerate() {
            let seen = |cell: &Cell| !is_ground(cell);
            if let (Some(first), Some(last)) =
                (row.iter().position(seen), row.iter().rposition(seen))
            {
                repaint.write(y, first..last + 1, row);
            }
        }
        repaint
    }

    /// How the terminal writes afterwards.
    pub(super) fn pen(&self) -> Option<Pen> {
        self.pen
    }

    fn write(&mut self, y: usize, span: Range<usize>, row: &[Cell]) {
        self.places += 1;
        self.go(y, span.start);
        let blanks = row[span.clone()].iter().rev().take_while(|c| is_ground(c));
        let rest = span.end - blanks.count();
        let erases = span.end == row.len() && span.end - rest >= WORTH_ERASING;
        let end = if erases { rest } else { span.end };
        let mut x = span.start;
        while let Some(cell) = row[..end].get(x) {
            self.take_pen(cell);
            let sign = cell.symbol();
            self.bytes.push_str(sign);
            x += width_of(cell);
            if x < end && sign.len() > 1 && sign.chars().nth(1).is_some() {
                // Not every terminal agrees on how wide that is.
                self.go(y, x);
            }
        }
        if erases {
            if !self.pen.is_some_and(Pen::erases) {
                self.pen_is(Pen::PLAIN);
            }
            self.bytes.push_str("\x1b[K");
        }
    }

    fn go(&mut self, y: usize, x: usize) {
        let _ = write!(self.bytes, "\x1b[{};{}H", y + 1, x + 1);
    }

    fn take_pen(&mut self, cell: &Cell) {
        let pen = Pen::of(cell);
        let same = |known: Pen| match is_blank(cell) {
            true => known.on_blank() == pen.on_blank(),
            false => known == pen,
        };
        if !self.pen.is_some_and(same) {
            self.pen_is(pen);
        }
    }

    fn pen_is(&mut self, pen: Pen) {
        self.bytes.push_str("\x1b[");
        let known = self
            .pen
            .filter(|known| pen.modifier.contains(known.modifier));
        if known.is_none() {
            self.bytes.push_str("0;");
        }
        let known = known.unwrap_or(Pen::PLAIN);
        for (modifier, code) in MODIFIERS {
            if pen.modifier.contains(modifier) && !known.modifier.contains(modifier) {
                let _ = write!(self.bytes, "{code};");
            }
        }
        if pen.fg != known.fg {
            self.colour(pen.fg, 30);
        }
        if pen.bg != known.bg {
            self.colour(pen.bg, 40);
        }
        // Every part has its end behind it; the last one's becomes the end of all.
        self.bytes.pop();
        self.bytes.push('m');
        self.pen = Some(pen);
    }

    fn colour(&mut self, colour: Color, from: u8) {
        let index = match colour {
            Color::Reset => {
                let _ = write!(self.bytes, "{};", from + 9);
                return;
            }
            Color::Rgb(r, g, b) => {
                let _ = write!(self.bytes, "{};2;{r};{g};{b};", from + 8);
                return;
            }
            Color::Indexed(index) => index,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        let _ = write!(self.bytes, "{};5;{index};", from + 8);
    }
}

const MODIFIERS: [(Modifier, u8); 8] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::CROSSED_OUT, 9),
];

/// The pieces of a row that are to be written.
fn spans(before: &[Cell], after: &[Cell]) -> Vec<Range<usize>> {
    let mut due = changes(before, after);
    let words = words(after);
    let is_changed = |word: &Range<usize>, due: &[bool]| {
        let grew =
            |x: Option<usize>| x.is_some_and(|x| before.get(x).is_some_and(|cell| !is_blank(cell)));
        let ends = grew(word.start.checked_sub(1)) || grew(Some(word.end));
        is_read(&after[word.clone()]) && (ends || due[word.clone()].contains(&true))
    };
    let mut number: Option<Range<usize>> = None;
    for line in words.chunk_by(|one, next| one.end + 1 == next.start) {
        // Before it stands nothing, or the sign of what is marked.
        let last = line.split_last().filter(|(word, before)| {
            let mut before = before.iter();
            is_number(&after[(*word).clone()]) && !before.any(|it| is_read(&after[it.clone()]))
        });
        let last = last.map(|(word, _)| word);
        let before_line = std::mem::replace(&mut number, last.cloned());
        let mut new = line.iter().filter(|word| is_changed(word, &due));
        let whole = match (new.next(), new.next()) {
            (None, _) => continue,
            (Some(word), None) => word.clone(),
            (Some(first), Some(_)) => {
                let all = line.first().map_or(first.start, |first| first.start);
                all..line.last().map_or(first.end, |last| last.end)
            }
        };
        // The number of an answer is said with the answer.
        let whole = match before_line {
            Some(number) if number.end + 2 == whole.start => number.start..whole.end,
            Some(_) | None => whole,
        };
        // With the space before it, so that it is heard as a word of its own.
        due[whole.start.saturating_sub(1)..whole.end].fill(true);
    }
    // Blanks to the end of the row are erased at once.
    let tail = after.len()
        - after
            .iter()
            .rev()
            .take_while(|cell| is_ground(cell))
            .count();
    if due[tail..].iter().filter(|due| **due).count() >= WORTH_ERASING {
        let first = due[tail..].iter().position(|due| *due).unwrap_or(0);
        due[tail + first..].fill(true);
    }
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (x, _) in due.iter().enumerate().filter(|(_, due)| **due) {
        match spans.last_mut() {
            Some(last) if goes_on(after, last.end..x) => last.end = x + 1,
            Some(_) | None => spans.push(x..x + 1),
        }
    }
    spans
}

/// Whether to write what lies between two places is less than to go from one to the other.
fn goes_on(row: &[Cell], between: Range<usize>) -> bool {
    between.len() <= LESS_THAN_TO_GO && row[between].iter().all(is_blank)
}

/// For each cell of a row, whether it looks different.
fn changes(before: &[Cell], after: &[Cell]) -> Vec<bool> {
    let mut due = vec![false; after.len()];
    let mut hidden = 0;
    for (x, (old, new)) in before.iter().zip(after).enumerate() {
        // Most cells are the same, and most of those that are not are no two blanks.
        let blanks = || is_blank(old) && is_blank(new);
        let alike = || Pen::of(old).on_blank() == Pen::of(new).on_blank();
        let differs = old != new && !(blanks() && alike());
        // Whatever is behind the left half of a wide sign is nobody's.
        let behind = std::mem::replace(&mut hidden, 0_usize);
        due[x] = due[x] || differs && behind == 0;
        hidden = behind.saturating_sub(1).max(width_of(new) - 1);
        if due[x] {
            // When half of a wide sign is written over, the other half goes, too.
            let end = (x + width_of(old)).min(due.len());
            due[x..end].fill(true);
        }
    }
    due
}

fn width_of(cell: &Cell) -> usize {
    let sign = cell.symbol();
    if sign.len() == 1 {
        1
    } else {
        sign.width().max(1)
    }
}

fn is_blank(cell: &Cell) -> bool {
    matches!(cell.symbol().as_bytes(), b" ")
}

/// Whether it is nothing but the terminal's own ground.
fn is_ground(cell: &Cell) -> bool {
    is_blank(cell) && Pen::of(cell).on_blank() == Pen::PLAIN.on_blank()
}

/// Where the words of a row stand.
fn words(row: &[Cell]) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut x = 0;
    while let Some(cell) = row.get(x) {
        let end = (x + width_of(cell)).min(row.len());
        match words.last_mut() {
            _ if is_blank(cell) => {}
            Some(last) if last.end == x => last.end = end,
            Some(_) | None => words.push(x..end),
        }
        x = end;
    }
    words
}

fn is_number(word: &[Cell]) -> bool {
    let digit = |cell: &Cell| matches!(cell.symbol().as_bytes(), [b'0'..=b'9']);
    word.len() <= 2 && word.iter().all(digit)
}

/// Whether anybody reads it aloud: a bar and the digits that are drawn are pictures.
fn is_read(word: &[Cell]) -> bool {
    let mut signs = word.iter().flat_map(|cell| cell.symbol().chars());
    signs.any(char::is_alphanumeric)
}

#[cfg(test)]
#[path = "repaint_tests.rs"]
mod tests;
