//! The top line and the bar: where we are, what comes next, when it ends.

use super::canvas::{Canvas, columns};
use super::layout::Layout;
use crate::session::scene::{PlannedEnd, Scene, SceneMood, SegmentState, Verb, WaySegment};
use crate::text::safe_text::{SafeText, capital};
use crate::text::words::{fill, words};
use crate::tui::appearance::Appearance;
use crate::tui::key_table::{Action, said};
use crate::tui::theme::Palette;
use crate::tui::ui_state::offered;

/// An end that is some minutes later than was set.
const WIDEST_END: u16 = 16;
const HERE: &str = "● ";
const BETWEEN: &str = " · ";
/// What stands where there are more stages, before and behind; in ASCII an arrow, for one dot says nothing.
const CUTS: [[&str; 2]; 2] = [["… ", " …"], ["< ", " >"]];

/// Draws the top line.
pub(crate) fn top(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    scene: &Scene,
    colours: Palette,
    look: Appearance,
) {
    let right = plan.page.right();
    let ends = scene.ends.map(ends);
    let mut left_end = right;
    if let Some(ends) = &ends {
        left_end = canvas.put_right(right, plan.top, ends.as_str(), colours.ink(), 40);
    }
    // A later end moves no stage, and neither does a pause, in which none is told.
    let paused = scene.mood == SceneMood::Held && scene.clock.is_some();
    if ends.is_some() || paused {
        left_end = left_end
            .min(right.saturating_sub(WIDEST_END))
            .saturating_sub(3);
    }
    let room = left_end.saturating_sub(plan.page.x);
    if scene.way.is_empty() {
        let mut x = lines_hint(canvas, plan, scene, colours);
        if x > plan.page.x {
            x = canvas.put(
                x,
                plan.top,
                BETWEEN,
                colours.quiet(),
                right.saturating_sub(x),
            );
        }
        let room = right.saturating_sub(x);
        let title = capital(scene.title.as_str());
        canvas.put(x, plan.top, title.as_str(), colours.accent(), room);
        return;
    }
    let is_here = |leg: &WaySegment| matches!(leg.state, SegmentState::Here(_));
    if let (true, Some(here)) = (look.heard, scene.way.iter().find(|leg| is_here(leg))) {
        // Where a sign says nothing, the stage that we are in stands alone.
        let title = capital(here.title.as_str());
        canvas.put(
            plan.page.x,
            plan.top,
            title.as_str(),
            colours.accent(),
            room,
        );
        return;
    }
    let cuts = CUTS[usize::from(look.ascii)];
    stages(canvas, plan, &scene.way, left_end, (cuts, colours));
}

/// Draws as many stages of the way as there is room for before this column, the one that we are in marked.
fn stages(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    way: &[WaySegment],
    end: u16,
    ([before, behind], colours): ([&str; 2], Palette),
) {
    let room = end.saturating_sub(plan.page.x);
    let (from, to) = window(way, room);
    let mut x = plan.page.x;
    if from > 0 {
        x = canvas.put(x, plan.top, before, colours.quiet(), room);
    }
    for (n, leg) in way.iter().enumerate().take(to).skip(from) {
        if n > from {
            x = canvas.put(x, plan.top, BETWEEN, colours.quiet(), end.saturating_sub(x));
        }
        let style = match leg.state {
            SegmentState::Here(_) => {
                x = canvas.put(x, plan.top, HERE, colours.accent(), end.saturating_sub(x));
                colours.accent()
            }
            SegmentState::Done | SegmentState::Ahead => colours.quiet(),
        };
        x = canvas.put(
            x,
            plan.top,
            capital(leg.title.as_str()).as_str(),
            style,
            end.saturating_sub(x),
        );
    }
    if to < way.len() {
        canvas.put(x, plan.top, behind, colours.quiet(), end.saturating_sub(x));
    }
}

/// On a first page, also of what steadies: how to go on line by line, before everything else, for whoever hears the
/// screen from its first row on. Answers where the row goes on.
pub(super) fn lines_hint(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    scene: &Scene,
    colours: Palette,
) -> u16 {
    let first = match scene.mood {
        // The first of a notebook's pages may be the first of all.
        SceneMood::Home => {
            let door = scene.title.as_str() == words().notebook_ui.door.title;
            (door || offered(scene, Verb::Back).is_none()) && scene.field.is_none()
        }
        SceneMood::Neutral => offered(scene, Verb::Back).is_some_and(|back| {
            // What leads out of it and not back stands on its first page alone.
            back.says.as_str() == words().safety.ground.close
        }),
        SceneMood::Walking | SceneMood::Held | SceneMood::Closing | SceneMood::Closed => false,
    };
    if !first || offered(scene, Verb::Leave).is_none() {
        return plan.page.x;
    }
    let key = said(Action::Lines);
    let hint = fill(&words().tui.lines_hint, &[("key", &key)]);
    let room = plan.page.right().saturating_sub(plan.page.x);
    canvas.put(plan.page.x, plan.top, hint.as_str(), colours.quiet(), room)
}

fn ends(ends: PlannedEnd) -> SafeText {
    let at = ends.at.to_string();
    if ends.later == 0 {
        fill(&words().tui.ends, &[("at", &at)])
    } else {
        let later = ends.later.to_string();
        fill(&words().tui.ends_later, &[("at", &at), ("later", &later)])
    }
}

/// The stages that fit in `room` columns: the one we are in, those ahead up to the end, and then those behind. What
/// comes is asked for more often than what was.
fn window(way: &[WaySegment], room: u16) -> (usize, usize) {
    let here = way
        .iter()
        .position(|leg| matches!(leg.state, SegmentState::Here(_)))
        .or_else(|| way.iter().position(|leg| leg.state == SegmentState::Ahead))
        .unwrap_or(way.len().saturating_sub(1));
    let fits = |from: usize, to: usize| from <= here && width(way, from, to) <= room;
    // The last of several is without a cut behind it: more stages may fit where fewer do not.
    let to = (here + 1..=way.len()).rev().find(|to| fits(here, *to));
    let to = to.unwrap_or(here + 1);
    let from = (0..=here).find(|from| fits(*from, to));
    (from.unwrap_or(here), to)
}

fn width(way: &[WaySegment], from: usize, to: usize) -> u16 {
    let cuts = u16::from(from > 0) * 2 + u16::from(to < way.len()) * 2;
    way.iter()
        .enumerate()
        .take(to)
        .skip(from)
        .fold(cuts, |sum, (n, leg)| {
            let sign = if matches!(leg.state, SegmentState::Here(_)) {
                columns(HERE)
            } else {
                0
            };
            let between = if n > from { columns(BETWEEN) } else { 0 };
            sum.saturating_add(sign + between)
                .saturating_add(columns(leg.title.as_str()))
        })
}

/// Draws the bar: a piece for each stage, as wide as its share of the time.
pub(crate) fn bar(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    way: &[WaySegment],
    colours: Palette,
    ascii: bool,
) {
    // Where colour is missing, or may be, or says too little, the part ahead has a sign of its own.
    let plain = ascii || colours.signs();
    // Where the keys stand right below, the bar keeps to the upper half of its row, so that the two do not touch.
    let full = if plan.foot == plan.bar + 1 && !plain {
        "▀"
    } else {
        "▄"
    };
    let ahead = if plain { "▁" } else { full };
    let mut x = plan.page.x;
    let (pieces, gap) = pieces(way, plan.page.width);
    for (leg, wide) in way.iter().zip(pieces) {
        let filled = match leg.state {
            SegmentState::Done => wide,
            // A stage that has begun shows it, and one that is not over is not full.
            SegmentState::Here(part) => {
                let part = u32::from(part.min(20)) * u32::from(wide) / 20;
                u16::try_from(part).unwrap_or(wide).max(1).min(wide)
            }
            SegmentState::Ahead => 0,
        };
        let parts = [
            (full, filled, colours.accent()),
            (ahead, wide - filled, colours.track()),
        ];
        for (sign, many, style) in parts {
            let signs = sign.repeat(usize::from(many));
            x = canvas.put(x, plan.bar, &signs, style, many);
        }
        x = x.saturating_add(gap);
    }
}

/// The widths of the pieces, and the gap between them.
fn pieces(way: &[WaySegment], width: u16) -> (Vec<u16>, u16) {
    let count = u16::try_from(way.len()).unwrap_or(u16::MAX);
    let gap = u16::from(count.saturating_mul(3) <= width);
    let room = width.saturating_sub(gap * count.saturating_sub(1));
    // One column each first, so that no stage vanishes; the rest by time.
    let least = u16::from(count <= room);
    let rest = u64::from(room - least * count.min(room));
    let whole: u64 = way
        .iter()
        .map(|leg| u64::from(leg.seconds))
        .sum::<u64>()
        .max(1);
    let mut passed = 0;
    let mut given = 0;
    let pieces = way
        .iter()
        .map(|leg| {
            passed += u64::from(leg.seconds);
            let until = passed * rest / whole;
            let piece = until - given;
            given = until;
            least + u16::try_from(piece).unwrap_or(0)
        })
        .collect();
    (pieces, gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::moment::TimeOfDay;

    fn way(seconds: &[u32]) -> Vec<WaySegment> {
        seconds
            .iter()
            .map(|seconds| WaySegment {
                title: SafeText::new("stage"),
                seconds: *seconds,
                at: TimeOfDay {
                    hour: 19,
                    minute: 0,
                },
                state: SegmentState::Ahead,
            })
            .collect()
    }

    #[test]
    fn the_bar_is_as_wide_as_the_page_and_equal_turns_are_equally_wide() {
        let (pieces, gap) = pieces(&way(&[180, 1080, 180, 1080, 300]), 96);
        assert_eq!(pieces.iter().sum::<u16>() + gap * 4, 96);
        assert!(pieces[1].abs_diff(pieces[3]) <= 1);
        assert!(pieces.iter().all(|piece| *piece > 0));
    }

    #[test]
    fn a_bar_of_more_stages_than_columns_or_no_time_does_not_break() {
        assert_eq!(pieces(&way(&[0; 3]), 20).0, [1, 1, 1]);
        assert!(pieces(&way(&[60; 200]), 58).0.iter().sum::<u16>() <= 58);
        assert!(pieces(&way(&[u32::MAX; 9]), 58).0.iter().sum::<u16>() <= 58);
    }

    #[test]
    fn a_narrow_way_keeps_the_stage_we_are_in() {
        let mut legs = way(&[60; 9]);
        legs[5].state = SegmentState::Here(3);
        let (from, to) = window(&legs, 30);
        assert!(from <= 5 && to > 5);
        assert!(width(&legs, from, to) <= 30);
        assert_eq!(window(&legs, 300), (0, 9));
    }

    /// Nothing is cut that there is room for, and what comes is seen before what was.
    #[test]
    fn the_way_ahead_fills_the_room_and_what_was_gets_the_rest() {
        for here in 0..9 {
            let mut legs = way(&[60; 9]);
            legs[here].state = SegmentState::Here(3);
            for room in 12..100 {
                let (from, to) = window(&legs, room);
                assert!(
                    to == 9 || width(&legs, here, to + 1) > room,
                    "{here} {room}"
                );
                assert!(
                    from == 0 || width(&legs, from - 1, to) > room,
                    "{here} {room}"
                );
                assert!(width(&legs, from, to) <= room, "{here} {room}");
                if from > 0 {
                    assert!(to == 9 || from == here, "{here} {room}");
                }
            }
        }
    }
}
