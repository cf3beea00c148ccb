//! The clock: as large as there is room for, never over the question.

use super::canvas::{Canvas, columns, wrap};
use super::layout::Layout;
use crate::session::scene::{ClockFace, ClockShows, Scene};
use crate::text::words::words;
use crate::tui::big_digits::{self, Size};
use crate::tui::theme::Palette;

/// How wide a bar without numbers is.
const BAR: u16 = 20;

/// Whether a clock is seen at all.
#[must_use]
pub(crate) fn seen(scene: &Scene) -> Option<&ClockFace> {
    scene
        .clock
        .as_ref()
        .filter(|clock| clock.shows != ClockShows::Hidden)
}

/// Draws the clock; answers the column at which the row of the one spoken to has to end.
pub(crate) fn draw(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    scene: &Scene,
    colours: Palette,
    plain: bool,
) -> u16 {
    let right = plan.page.right().saturating_sub(2);
    let Some(clock) = seen(scene) else {
        return right;
    };
    let style = if clock.held {
        colours.quiet()
    } else {
        colours.accent()
    };
    let label = label(clock);
    let bar = match clock.shows {
        ClockShows::Bar { left } => Some(u16::from(left.min(40)) * BAR / 40),
        ClockShows::Full { .. } | ClockShows::Minutes { .. } | ClockShows::Hidden => None,
    };
    // What is to be read aloud stands in the row between the names and the question, where there is one.
    let between = plan.body.y > plan.head + 1;
    let Some(size) = plan.clock.filter(|_| !plain || between || bar.is_some()) else {
        // In one row, the label goes first when there is no room for both.
        let label = label.join(" ");
        let x = canvas.put_right(right, plan.head, &label, colours.quiet(), 26);
        let x = x.saturating_sub(u16::from(!label.is_empty()));
        let x = match bar {
            Some(left) => draw_bar(
                canvas,
                x.saturating_sub(BAR / 2),
                plan.head,
                (left / 2, BAR / 2),
                colours,
            ),
            None => canvas.put_right(x, plan.head, &digits_of(clock.shows), style, 12),
        };
        return x.saturating_sub(2);
    };
    let lines = rows_of(&label, clock_width(size));
    if bar.is_none() && plain {
        // Digits that can be read aloud, alone in their row: what a reader says of a row that changed is the time.
        let label = canvas.put_right(right, plan.head, &label.join(" "), colours.quiet(), 34);
        let digits = digits_of(clock.shows);
        let x = canvas.put_right(right, plan.head + 1, &digits, style, 12);
        return label.min(x).saturating_sub(3);
    }
    let (x, below) = match bar {
        Some(left) => {
            // No wider than the room that the question leaves.
            let wide = BAR.min(clock_width(size));
            let x = right.saturating_sub(wide);
            let x = draw_bar(canvas, x, plan.head, (left * wide / BAR, wide), colours);
            (x, plan.head + 1)
        }
        None => blocks(canvas, plan, (right, size), &digits_of(clock.shows), style),
    };
    let widest = lines.iter().map(|line| columns(line)).max().unwrap_or(0);
    let start = x.min(right.saturating_sub(widest));
    let from = below + u16::from(size == Size::Large);
    for (y, line) in (from..).zip(lines.iter().take(2)) {
        // Digits and words end at the same column, whichever of them is wider.
        canvas.put_right(right, y, line, colours.quiet(), clock_width(size));
    }
    start.saturating_sub(3)
}

/// The room beside the question that the plan keeps for a clock.
fn clock_width(size: Size) -> u16 {
    match size {
        Size::Large => 34,
        Size::Small => 17,
    }
}

fn blocks(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    (right, size): (u16, Size),
    text: &str,
    style: ratatui_core::style::Style,
) -> (u16, u16) {
    let mut rows = big_digits::rows(text, size);
    // A number of many digits is drawn smaller rather than over the question.
    if rows
        .first()
        .is_some_and(|row| columns(row) > clock_width(size))
    {
        rows = big_digits::rows(text, Size::Small);
    }
    if rows
        .first()
        .is_some_and(|row| columns(row) > clock_width(size))
    {
        rows = vec![text.to_owned()];
    }
    let mut x = right;
    let mut y = plan.head;
    for row in &rows {
        x = canvas.put_right(right, y, row, style, clock_width(size));
        y += 1;
    }
    (x, y)
}

fn draw_bar(
    canvas: &mut Canvas<'_>,
    x: u16,
    y: u16,
    (left, wide): (u16, u16),
    colours: Palette,
) -> u16 {
    let empty = if colours.signs() { "▁" } else { "▄" };
    for n in 0..wide {
        let (sign, style) = if n < left {
            ("▄", colours.accent())
        } else {
            (empty, colours.track())
        };
        canvas.put(x + n, y, sign, style, 1);
    }
    x
}

fn digits_of(shows: ClockShows) -> String {
    let sign = |over: bool| if over { "+" } else { "" };
    match shows {
        ClockShows::Full { seconds, over } => {
            format!("{}{}:{:02}", sign(over), seconds / 60, seconds % 60)
        }
        // Less than a minute over is said by the label alone.
        ClockShows::Minutes {
            minutes: 0,
            over: true,
        } => String::new(),
        ClockShows::Minutes { minutes, over } => format!("{}{minutes}", sign(over)),
        ClockShows::Bar { .. } | ClockShows::Hidden => String::new(),
    }
}

/// The words under a clock, in one row where they fit; otherwise they break between the unit and what it counts.
fn rows_of(parts: &[String], width: u16) -> Vec<String> {
    let whole = parts.join(" ");
    if columns(&whole) <= width {
        return vec![whole];
    }
    let rows = parts.iter().flat_map(|part| wrap(part, width));
    rows.collect()
}

/// What stands under the clock: the unit, that it stands still, and what it counts towards.
fn label(clock: &ClockFace) -> Vec<String> {
    let say = &words().tui;
    let unit = match clock.shows {
        ClockShows::Minutes {
            minutes: 0,
            over: true,
        } => None,
        ClockShows::Minutes { .. } => Some(say.minutes.to_owned()),
        ClockShows::Full { .. } | ClockShows::Bar { .. } | ClockShows::Hidden => None,
    };
    let (unit, label) = match clock.held {
        true => (unit.map(|unit| format!("{unit},")), say.held),
        false => (unit, clock.label.as_str()),
    };
    let label = Some(label.to_owned()).filter(|label| !label.is_empty());
    unit.into_iter().chain(label).collect()
}
