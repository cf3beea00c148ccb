//! The body of a scene as rows from top to bottom: the words, the list, what is typed, the choices.

use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use super::breath_pace;
use super::canvas::{Canvas, ClickTarget, columns, wrap};
use crate::session::scene::{self, Scene};
use crate::text::words::words;
use crate::tui::big_letters;
use crate::tui::page_layout::PageWindow;
use crate::tui::text_field::TextField;
use crate::tui::theme::Palette;
use crate::tui::ui_state::UiState;

/// One row: pieces of text beside each other.
#[derive(Default)]
pub(super) struct BodyRow {
    pub(super) pieces: Vec<(u16, String, Style)>,
    /// Where the real cursor stands, if in this row.
    pub(super) caret: Option<u16>,
    /// The choices that stand in this row: the first column of each, its width, and which it is.
    pub(super) chooses: Vec<(u16, u16, usize)>,
}

impl BodyRow {
    pub(super) fn of(x: u16, text: impl Into<String>, style: Style) -> Self {
        Self {
            pieces: vec![(x, text.into(), style)],
            ..Self::default()
        }
    }
}

/// The rows of a body.
pub(crate) struct Body {
    pub(super) rows: Vec<BodyRow>,
    /// Where what can be done begins: what is typed and chosen stays on the screen while the words above it move.
    tail: usize,
    /// Whether there is room for blank rows between quieter words.
    pub(super) airy: bool,
    /// Whether there is not even room without them.
    pub(super) tight: bool,
    /// Whether the page is so small that not even a blank row above the choices is kept then.
    pub(super) small: bool,
    /// The rows that have to be seen, whatever the page: what is marked or typed.
    pub(super) keep: Option<(usize, usize)>,
    /// The window through which several lines of words are seen.
    pub(super) paper: Option<PageWindow>,
    /// What is said where there is more below.
    more: &'static str,
}

/// A body of fewer rows than this has none to spare.
const SMALL: u16 = 16;
/// The fewest and the most rows of a page of words.
const LEAST_PAPER: usize = 3;
const MOST_PAPER: usize = 12;

/// What the drawing of a body tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Drawn {
    /// Where the real cursor stands.
    pub(crate) caret: Option<(u16, u16)>,
    /// The first row that was drawn.
    pub(crate) scroll: usize,
    /// How many rows there was room for.
    pub(crate) page: usize,
    /// Whether there is more below.
    pub(crate) below: bool,
    /// The window through which several lines of words are seen, where there is one.
    pub(crate) paper: Option<PageWindow>,
}

impl Body {
    /// The rows of a scene in a column of this width, and a list in one of its own; closer together where `height` has
    /// no room for them.
    #[must_use]
    pub(crate) fn of(
        scene: &Scene,
        desk: &UiState,
        (width, list, height): (u16, u16, u16),
        colours: Palette,
    ) -> Self {
        let width = (width, list);
        let set = |(airy, large, loose)| {
            let air = (airy, large, loose);
            let small = height < SMALL;
            let mut flow = Self::set(scene, desk, width, air, (LEAST_PAPER, small), colours);
            // A page of words gets the rows that nothing else has.
            let spare = usize::from(height).saturating_sub(flow.rows.len());
            if flow.paper.is_some() && spare > 0 {
                let rows = (LEAST_PAPER + spare).min(MOST_PAPER);
                flow = Self::set(scene, desk, width, air, (rows, small), colours);
            }
            flow
        };
        [
            (true, true, true),
            (true, true, false),
            (false, true, false),
        ]
        .into_iter()
        .map(set)
        .find(|flow| flow.fits(height))
        .unwrap_or_else(|| set((false, false, false)))
    }

    /// Whether everything is seen at once in an area of this height.
    #[must_use]
    pub(crate) fn fits(&self, height: u16) -> bool {
        self.rows.len() <= usize::from(height)
    }

    /// How many rows it has.
    #[must_use]
    pub(crate) fn height(&self) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }

    /// Adds the quiet words for the others, where they have no place of their own.
    pub(crate) fn whispers(&mut self, scene: &Scene, width: u16, colours: Palette) {
        for whisper in &scene.whispers {
            let names = whisper.to.iter().filter_map(|n| scene.people.get(*n));
            let names: Vec<_> = names.map(|seat| seat.name.as_str()).collect();
            if !names.is_empty() {
                let names = names.join(", ");
                self.rows.push(BodyRow::of(0, names, colours.quiet()));
            }
            let lines = wrap(whisper.words.as_str(), width).into_iter();
            self.rows
                .extend(lines.map(|line| BodyRow::of(0, line, colours.ink())));
        }
    }

    fn set(
        scene: &Scene,
        desk: &UiState,
        (width, list): (u16, u16),
        (airy, large, loose): (bool, bool, bool),
        (paper, small): (usize, bool),
        colours: Palette,
    ) -> Self {
        let mut flow = Self {
            small,
            paper: None,
            more: match desk.has_more(scene) {
                true => words().tui.more_enter,
                false => words().tui.more_below,
            },
            rows: Vec::new(),
            tail: 0,
            airy,
            tight: !airy && !large,
            keep: None,
        };
        if large && airy {
            flow.banner(scene, width, colours);
        }
        for (n, words) in scene.prompt.iter().enumerate() {
            // The question stands by itself, where there is any room at all.
            if airy || (n == 1 && !flow.tight) {
                flow.gap();
            }
            let style = if n == 0 {
                colours.strong()
            } else {
                colours.ink()
            };
            for line in wrap(words.as_str(), width) {
                flow.rows.push(BodyRow::of(0, line, style));
            }
        }
        if !scene.grid.is_empty() {
            flow.picture(std::slice::from_ref(&scene.grid), width, colours);
        }
        if !flow.picture(&scene.pictures, width, colours) {
            flow.list(&scene.list, &scene.rare.left, list, colours);
        }
        flow.tail = flow.rows.len();
        if let Some(pace) = &scene.pacer {
            flow.gap();
            let rows = breath_pace::rows(pace, width, (airy, large), colours);
            flow.rows.extend(rows.into_iter().map(|pieces| BodyRow {
                pieces,
                ..BodyRow::default()
            }));
        }
        match (&desk.field, &scene.field) {
            (Some(TextField::Line(line)), Some(scene::InputField::Line { hint, most, .. })) => {
                flow.line(line, hint.as_str(), *most, width, colours);
            }
            (
                Some(TextField::Page { words, aside }),
                Some(scene::InputField::Page { hint, .. }),
            ) => {
                let rows = if words.is_hidden() { 1 } else { paper };
                flow.page(words, (hint.as_str(), *aside), (width, rows), colours);
            }
            // A page that lies over the question has none of its own.
            (Some(TextField::Rating(rating)), Some(scene::InputField::Rating)) => {
                flow.rating(*rating, width, colours);
            }
            (_, _) => {}
        }
        // Below a large word there is a blank row between the ways on.
        let loose = loose && scene.rare.banner.is_some();
        flow.choices(&scene.choices, desk.marked(scene), (width, loose), colours);
        flow
    }

    /// One large word, where there is room for it.
    fn banner(&mut self, scene: &Scene, width: u16, colours: Palette) {
        let word = scene.rare.banner.as_ref().map_or("", |word| word.as_str());
        let rows = big_letters::rows(word).into_iter().flatten();
        let rows = rows.map(|row| BodyRow::of(0, row, colours.accent()));
        let rows: Vec<_> = rows.collect();
        let wide = |row: &BodyRow| row.pieces.iter().any(|(_, text, _)| columns(text) > width);
        if !rows.iter().any(wide) {
            self.rows.extend(rows);
        }
    }

    /// A blank row, except at the beginning.
    pub(super) fn gap(&mut self) {
        if !self.rows.is_empty() {
            self.rows.push(BodyRow::default());
        }
    }

    /// Draws as many rows as there is room for, with a word where there are more.
    pub(crate) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        area: Rect,
        desk: &UiState,
        colours: Palette,
    ) -> Drawn {
        let room = usize::from(area.height);
        if room == 0 || (room < 2 && self.rows.len() > room) {
            return Drawn {
                caret: None,
                scroll: 0,
                page: room,
                below: false,
                paper: self.paper,
            };
        }
        let (words, tail) = self.rows.split_at(self.tail.min(self.rows.len()));
        let pinned = self.rows.len() > room && !tail.is_empty() && tail.len() < room;
        if !pinned {
            let rows = (&self.rows[..], self.more);
            let drawn = draw_rows(canvas, area, rows, self.keep, desk, colours);
            return Drawn {
                paper: self.paper,
                // Where not even the choices have room, they are gone through with their own keys.
                below: drawn.below && tail.is_empty(),
                ..drawn
            };
        }
        let below = u16::try_from(tail.len()).unwrap_or(area.height);
        let above = area.height.saturating_sub(below);
        let keep = self.keep.filter(|(_, end)| *end <= words.len());
        let upper = Rect {
            height: above,
            ..area
        };
        let lower = Rect {
            y: area.y + above,
            height: below,
            ..area
        };
        let drawn = draw_rows(canvas, upper, (words, self.more), keep, desk, colours);
        let choices = draw_rows(canvas, lower, (tail, self.more), None, desk, colours);
        Drawn {
            caret: choices.caret.or(drawn.caret),
            paper: self.paper,
            ..drawn
        }
    }
}

/// Draws as many rows as an area has room for, with a word where there are more.
fn draw_rows(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (rows, more): (&[BodyRow], &str),
    keep: Option<(usize, usize)>,
    desk: &UiState,
    colours: Palette,
) -> Drawn {
    let room = usize::from(area.height);
    let (scroll, above, below) = if room < 3 {
        // No room to say that there is more: the beginning is what matters.
        (0, false, false)
    } else {
        let (from, above, below) = window(rows.len(), keep, desk, room);
        let begins = entry_from(rows, from);
        let follows = |(first, _): &(usize, usize)| desk.follow && begins <= *first;
        match keep.filter(follows) {
            Some(_) => (
                begins,
                above,
                begins + room - usize::from(above) < rows.len(),
            ),
            None => (from, above, below),
        }
    };
    let seen = room - usize::from(above) - usize::from(below);
    // No entry ends in the middle where the next page begins with it.
    let whole = match below {
        true => entry_to(rows, scroll, scroll + seen) - scroll,
        false => seen,
    };
    let page = if whole < seen { whole + 2 } else { seen };
    let seen = whole;
    let mut y = area.y;
    if above {
        canvas.put(
            area.x,
            y,
            &format!("↑ {}", words().tui.more_above),
            colours.quiet(),
            area.width,
        );
        y += 1;
    }
    let mut caret = None;
    for row in rows.iter().skip(scroll).take(seen) {
        for (x, text, style) in &row.pieces {
            canvas.put(area.x + x, y, text, *style, area.width.saturating_sub(*x));
        }
        for (x, wide, n) in &row.chooses {
            canvas.mark((area.x + x, y), *wide, ClickTarget::Choice(*n));
        }
        caret = caret.or(row.caret.map(|x| (area.x + x, y)));
        y += 1;
    }
    if below {
        y += u16::try_from(room - usize::from(above) - 1 - seen).unwrap_or(0);
        canvas.put(area.x, y, &format!("↓ {more}"), colours.quiet(), area.width);
    }
    Drawn {
        caret,
        scroll,
        page,
        below,
        paper: None,
    }
}

/// Where the last entry ends that stands whole before this row; the row itself where none does.
fn entry_to(rows: &[BodyRow], from: usize, to: usize) -> usize {
    let goes_on = |row: &BodyRow| matches!(row.pieces[..], [(1.., ..)]);
    let ends = |at: &usize| rows.get(*at).is_none_or(|row| !goes_on(row));
    (from + 1..=to).rev().find(ends).unwrap_or(to)
}

/// Where an entry begins that this row belongs to, or the next one: no half entry stands at the top of a list.
fn entry_from(rows: &[BodyRow], from: usize) -> usize {
    let goes_on = |row: &BodyRow| matches!(row.pieces[..], [(1.., ..)]);
    let rest = rows.iter().skip(from);
    from + rest.take_while(|row| from > 0 && goes_on(row)).count()
}

/// The first row that is drawn, and whether a row is needed to say that there is more above and below.
fn window(
    count: usize,
    keep: Option<(usize, usize)>,
    desk: &UiState,
    room: usize,
) -> (usize, bool, bool) {
    if count <= room {
        return (0, false, false);
    }
    // With a row given to "more above", the last page shows one row less.
    let last = count - (room - 1);
    let mut from = desk.scroll.min(last);
    if let Some((first, end)) = keep.filter(|_| desk.follow) {
        // In the middle, so that what comes next is seen as well as what was before.
        let spare = room.saturating_sub(2 + (end - first));
        from = first.saturating_sub(spare / 2).min(last).min(first);
    }
    let above = from > 0;
    let below = from + room - usize::from(above) < count;
    (from, above, below)
}
