//! Where things stand on a screen of a given size: the same places in every scene.

use ratatui_core::layout::Rect;

use crate::tui::big_digits::Size;

/// The smallest screen that holds a question, five answers and a witness's words.
pub(crate) const LEAST: (u16, u16) = (60, 18);
/// Wider or taller than this, the page stands in the middle: what belongs together is not read from edge to edge.
const WIDEST: u16 = 112;
const TALLEST: u16 = 36;
/// A page of fewer rows than this is small.
const SMALL: u16 = 22;
/// Longer lines are hard to find the beginning of.
const LONGEST_LINE: u16 = 62;
/// In a list each line has a beginning of its own, and one that is broken in two is harder to read than a long one.
const LONGEST_ENTRY: u16 = 72;

/// The places, in cells.
///
/// ```text
///  ..top    the way                                   ends
///
///     ..head  whose place it is                       clock
///     ..body  the question, the list, the choices
///
///     ..low   the other person, and quiet words
///     ..notice
///  ..bar
///  ..foot  keys
/// ```
///
/// From one step to the next of a session only what stands in the body changes: whatever else there is has its rows,
/// whether it says something now or not. `top` and `head` never move at all; the others make room where a question would
/// not be seen whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Layout {
    /// The page: everything stands between its sides.
    pub(crate) page: Rect,
    /// The row of the way.
    pub(crate) top: u16,
    /// The row of the one spoken to.
    pub(crate) head: u16,
    /// The column of people's signs.
    pub(crate) sign: u16,
    /// Where the question stands.
    pub(crate) body: Rect,
    /// How wide a list in it is.
    pub(crate) list: u16,
    /// How wide it may be where a list would not be seen whole otherwise.
    pub(crate) widest: u16,
    /// How the clock is drawn; `None`: as a word in the row of `head`.
    pub(crate) clock: Option<Size>,
    /// Where the other person stands.
    pub(crate) low: Rect,
    /// The last row of notices.
    pub(crate) notice: u16,
    /// The row of the bar.
    pub(crate) bar: u16,
    /// Whether there is a bar.
    pub(crate) has_bar: bool,
    /// The first row that keys may have.
    pub(crate) foot: u16,
    /// The last one: where there is one row of them, they stand here.
    pub(crate) last: u16,
}

/// What a scene needs beside its question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Needs {
    /// A clock, and whether it is to be read across a room.
    pub(crate) clock: Option<bool>,
    /// Rows for the place of the other person.
    pub(crate) low: u16,
    /// Whether the places of a session are kept: those of the people, of what is said beside, and of the keys.
    pub(crate) session: bool,
    /// Rows of notices.
    pub(crate) notices: u16,
    /// The bar of the way.
    pub(crate) bar: bool,
    /// Rows of keys.
    pub(crate) foot: u16,
    /// What goes so that the words have room.
    pub(crate) squeeze: Squeeze,
}

/// What goes where there is not room for everything. Each takes away what those before it take.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Squeeze {
    /// Nothing.
    None,
    /// The other person's place begins as late as its words let it; where no session is walked the page ends where the
    /// screen does, and where nobody is named the question begins below the top line.
    Low,
    /// The blank row above the question.
    Air,
    /// The bar of the way; the line at the top still says where we are.
    Bar,
    /// The last blank rows, below the one spoken to and above the other person.
    Pack,
    /// The second row of keys: what it says works all the same, but nothing else says so.
    Keys,
}

impl Squeeze {
    /// Those that take something, in their order.
    pub(crate) const MORE: [Self; 5] = [Self::Low, Self::Air, Self::Bar, Self::Pack, Self::Keys];
}

/// The rows of a page of some height, counted from its first.
struct Rows {
    top: u16,
    head: u16,
    /// Where the others stand, unless their words need more room.
    low: u16,
    /// The last row of keys.
    foot: u16,
    /// From the keys to the bar, and from there to the notices.
    step: u16,
}

impl Rows {
    fn of(height: u16) -> Self {
        let (top, head, low, foot) = match height {
            0..22 => (0, 1, 6, 1),
            22..28 => (1, 2, 9, 1),
            28..34 => (1, 6, 11, 2),
            34.. => (1, 9, 13, 2),
        };
        Self {
            top,
            head,
            low: height.saturating_sub(low),
            foot: height.saturating_sub(foot),
            step: if height < 22 { 1 } else { 2 },
        }
    }
}

impl Layout {
    /// The page on a screen of this size.
    #[must_use]
    pub(crate) fn page(width: u16, height: u16) -> Rect {
        let side = if width < 76 { 1 } else { 2 };
        let wide = width.min(WIDEST).saturating_sub(side * 2);
        let high = height.min(TALLEST);
        let (x, y) = ((width.saturating_sub(wide)) / 2, (height - high) / 2);
        Rect::new(x, y, wide, high)
    }

    /// The places on a screen of this size, which is at least [`LEAST`].
    #[must_use]
    pub(crate) fn of(width: u16, height: u16, needs: Needs) -> Self {
        let page = Self::page(width, height);
        let squeeze = needs.squeeze;
        let (sign, text) = match width {
            0..76 => (page.x + 1, page.x + 3),
            76..96 => (page.x + 2, page.x + 4),
            96.. => (page.x + 4, page.x + 6),
        };
        let rows = Rows::of(page.height);
        let (top, head) = (page.y + rows.top, page.y + rows.head);
        // Where a page is too long for its place in the middle, its end goes down and its head stays. In a session the
        // keys stand where they stood.
        let longer = match squeeze >= Squeeze::Low && !needs.session {
            true => page.y,
            false => 0,
        };
        let down = page.y + longer;
        let kept = if needs.session && page.height >= 22 && squeeze < Squeeze::Keys {
            2
        } else {
            needs.foot.clamp(1, 2)
        };
        let foot = down + rows.foot + 1 - kept;
        let bar = foot - rows.step;
        // A small page has no row for a bar that comes and goes.
        let small = page.height < SMALL;
        let has_bar = needs.bar && squeeze < Squeeze::Bar && !small;
        // Without a bar the words have its rows, and without a notice those of the notice.
        let notice = if has_bar || squeeze < Squeeze::Bar && !small {
            bar - rows.step
        } else {
            bar
        };
        let (noticed, apart) = notice_rows(&needs, small);
        let above_notices = (notice + 1).saturating_sub(noticed + apart);
        let latest = above_notices.saturating_sub(needs.low);
        let low_y = if needs.session && squeeze < Squeeze::Low {
            latest.min(down + rows.low)
        } else {
            latest
        };
        let clock = clock(width, height, needs.clock);
        let beside = beside(clock);
        let start = start(&needs, (top, head), small);
        let above_low = u16::from(needs.low > 0 && squeeze < Squeeze::Pack);
        let right = page.right().saturating_sub(if width < 76 { 0 } else { 2 });
        Self {
            page,
            top,
            head,
            sign,
            body: Rect {
                x: text,
                y: start,
                width: right.saturating_sub(text + beside).min(LONGEST_LINE),
                // Where nobody else has words here, their rows are the question's.
                height: if needs.low > 0 { low_y } else { latest }
                    .saturating_sub(start + above_low),
            },
            list: right.saturating_sub(text + beside).min(LONGEST_ENTRY),
            widest: right.saturating_sub(text + beside),
            clock,
            low: Rect {
                x: text,
                y: low_y,
                width: right.saturating_sub(text).min(LONGEST_LINE),
                height: needs.low,
            },
            notice,
            bar,
            has_bar,
            foot,
            last: down + rows.foot,
        }
    }
}

/// The rows of what is to be noticed, and the one between it and the last answer. Before and after a session, and on a small
/// page, nothing moves when a sentence comes or goes: it has its row.
fn notice_rows(needs: &Needs, small: bool) -> (u16, u16) {
    let squeeze = needs.squeeze;
    let has_row = squeeze < Squeeze::Bar || ((!needs.session || small) && squeeze < Squeeze::Pack);
    let said = needs.notices > 0 || (!needs.session && squeeze < Squeeze::Low);
    // Where a session has nobody else on the page, a sentence that comes moves nothing either.
    let apart = (said || needs.session) && needs.low == 0 && squeeze < Squeeze::Air;
    (needs.notices.max(u16::from(has_row)), u16::from(apart))
}

/// The first row of the question.
fn start(needs: &Needs, (top, head): (u16, u16), small: bool) -> u16 {
    match (needs.session, needs.squeeze) {
        (true, Squeeze::Pack | Squeeze::Keys) => head + 1,
        (true, Squeeze::Air | Squeeze::Bar) if !small => head + 1,
        (true, _) => head + 2,
        (false, Squeeze::None) => head,
        (false, _) => head.min(top + 2),
    }
}

/// How many columns a clock takes from the question.
fn beside(clock: Option<Size>) -> u16 {
    match clock {
        Some(Size::Large) => 34 + 4,
        Some(Size::Small) => 17 + 3,
        None => 0,
    }
}

/// A clock is only drawn large where it does not press the question.
fn clock(width: u16, height: u16, large: Option<bool>) -> Option<Size> {
    let large = large?;
    if large && width >= 96 && height >= 22 {
        Some(Size::Large)
    } else if large && width >= 76 || width >= 96 {
        Some(Size::Small)
    } else {
        None
    }
}
