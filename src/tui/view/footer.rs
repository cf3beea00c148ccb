//! The keys that work now, in one row, or in two where one does not hold them.
//!
//! ```text
//! 1–5 Choose   p Pass   ← Back   space Pause   m More time
//! s STOP   c Crisis card   d Start landing   w I need …   ? Keys
//! ```
//!
//! STOP begins the last row of the screen, and the crisis card is next to it, however many rows there are; neither is
//! ever left out.

use super::canvas::{Canvas, ClickTarget, columns};
use super::layout::Layout;
use crate::text::sort::Arrange;
use crate::tui::own_pages::{FooterKey, FooterPlace};
use crate::tui::theme::Palette;

/// More keys than this in one row are a heap.
const MOST_IN_A_ROW: usize = 7;
/// Keys from this rank on may be missing: `?` shows them all.
const DISPENSABLE: u8 = 10;

/// The space between two keys.
fn gap(width: u16) -> u16 {
    if width < 72 { 2 } else { 3 }
}

fn wide(keys: &[FooterKey], width: u16) -> u16 {
    keys.iter().enumerate().fold(0_u16, |sum, (n, key)| {
        sum.saturating_add(if n > 0 { gap(width) } else { 0 })
            .saturating_add(columns(&key.key))
            .saturating_add(columns(&key.word))
            .saturating_add(u16::from(!key.word.is_empty()))
    })
}

/// How many rows the keys may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FooterRows {
    /// One.
    One,
    /// Two, where one does not hold them.
    AtMostTwo,
    /// Two, so that each key is found where it was.
    Two,
}

/// The keys in so many rows of this width; what there is no room for goes, the least needed first.
#[must_use]
pub(crate) fn rows(keys: &[FooterKey], width: u16, most: FooterRows) -> Vec<Vec<FooterKey>> {
    let one = match most {
        FooterRows::One => true,
        FooterRows::AtMostTwo => fits(keys, width),
        FooterRows::Two => false,
    };
    if one {
        let row = one_row(keys.to_vec(), width);
        let leads_back = |keys: &[FooterKey]| keys.iter().any(|key| key.back.is_some());
        if leads_back(&row) || !leads_back(keys) {
            return vec![row];
        }
        let others = keys.iter().filter(|key| !key.on_page);
        return vec![one_row(others.cloned().collect(), width)];
    }
    let is_here = |key: &FooterKey| key.place == FooterPlace::Here;
    let (mut above, mut below): (Vec<_>, Vec<_>) = keys.iter().cloned().partition(is_here);
    shrink(&mut above, width, DISPENSABLE);
    // What the first row has no room for comes at the end of the second.
    while above.len() > 1 && !fits(&above, width) {
        below.extend(drop_least(&mut above));
    }
    shrink(&mut below, width, 0);
    [above, below]
        .into_iter()
        .filter(|row| !row.is_empty())
        .collect()
}

/// One row. The way back has its plain word before anything is left out, and its own again where there is room; no sign
/// stands without a word.
fn one_row(mut keys: Vec<FooterKey>, width: u16) -> Vec<FooterKey> {
    if keys.iter().any(|key| key.place == FooterPlace::Stop) {
        keys.arrange_by_key(|key| key.place);
    }
    if fits(&keys, width) {
        return keys;
    }
    let mut own = None;
    for key in &mut keys {
        if let Some(plain) = key.back {
            own = Some(std::mem::replace(&mut key.word, plain.to_owned()));
        }
    }
    shrink(&mut keys, width, 0);
    if let Some(own) = own
        && let Some(n) = keys.iter().position(|key| key.back.is_some())
    {
        let plain = std::mem::replace(&mut keys[n].word, own);
        if !fits(&keys, width) {
            keys[n].word = plain;
        }
    }
    keys
}

fn fits(keys: &[FooterKey], width: u16) -> bool {
    keys.len() <= MOST_IN_A_ROW && wide(keys, width) <= width
}

/// Takes keys of this rank or a higher one out of a row until it fits.
fn shrink(keys: &mut Vec<FooterKey>, width: u16, rank: u8) {
    while keys.len() > 1 && !fits(keys, width) {
        if keys.iter().all(|key| key.rank < rank) || drop_least(keys).is_none() {
            return;
        }
    }
}

/// Takes out the key that can best be missed; never one that protects people.
fn drop_least(keys: &mut Vec<FooterKey>) -> Option<FooterKey> {
    let can_go = |key: &FooterKey| key.place > FooterPlace::Card;
    let least = keys.iter().enumerate().filter(|(_, key)| can_go(key));
    let (n, _) = least.max_by_key(|(_, key)| key.rank)?;
    Some(keys.remove(n))
}

/// Draws the rows.
pub(crate) fn draw(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    rows: &[Vec<FooterKey>],
    colours: Palette,
) {
    let right = plan.page.right();
    let count = u16::try_from(rows.len()).unwrap_or(1);
    for (y, row) in ((plan.last + 1).saturating_sub(count)..).zip(rows) {
        let mut x = plan.page.x;
        for key in row {
            let from = x;
            x = canvas.put(x, y, &key.key, colours.strong(), right.saturating_sub(x));
            if !key.word.is_empty() {
                let room = right.saturating_sub(x + 1);
                x = canvas.put(x + 1, y, &key.word, colours.quiet(), room);
            }
            if let Some(press) = key.press {
                canvas.mark((from, y), x.saturating_sub(from), ClickTarget::Press(press));
            }
            x += gap(plan.page.width);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::own_pages;
    use crate::tui::samples;
    use crate::tui::ui_state::UiState;

    fn keys_of(rows: &[Vec<FooterKey>]) -> Vec<&str> {
        rows.iter().flatten().map(|key| key.key.as_str()).collect()
    }

    #[test]
    fn what_matters_in_a_turn_stands_in_two_rows_at_80_and_at_60_columns() {
        let scene = samples::turn_with_everything();
        let mut desk = UiState::default();
        desk.meet(&scene);
        let keys = own_pages::footer(&desk, &scene);
        for width in [58, 76, 96, 108] {
            let rows = rows(&keys, width, FooterRows::AtMostTwo);
            assert_eq!(rows.len(), 2, "{width}");
            assert!(rows.iter().all(|row| wide(row, width) <= width), "{width}");
            let shown = keys_of(&rows);
            for key in ["1–5", "p", "←", "space", "m", "s", "d", "w", "c", "?"] {
                assert!(shown.contains(&key), "{key} at {width}: {shown:?}");
            }
            let places: Vec<_> = rows[1].iter().map(|key| key.place).collect();
            assert!(places.starts_with(&[FooterPlace::Stop, FooterPlace::Card]));
        }
    }

    #[test]
    fn one_row_keeps_the_way_on_the_way_back_and_stop() {
        let scene = samples::turn_with_everything();
        let mut desk = UiState::default();
        desk.meet(&scene);
        let keys = own_pages::footer(&desk, &scene);
        let rows = rows(&keys, 58, FooterRows::One);
        assert_eq!(rows.len(), 1);
        assert!(wide(&rows[0], 58) <= 58);
        for key in ["1–5", "p", "←", "s", "c", "?"] {
            assert!(keys_of(&rows).contains(&key), "{key}");
        }
    }

    #[test]
    fn few_keys_take_one_row_and_no_row_is_ever_too_wide() {
        for (name, scene) in samples::all() {
            let mut desk = UiState::default();
            desk.meet(&scene);
            let keys = own_pages::footer(&desk, &scene);
            for width in [58, 76, 96] {
                for (most, count) in [(FooterRows::One, 1), (FooterRows::AtMostTwo, 2)] {
                    let rows = rows(&keys, width, most);
                    assert!((1..=count).contains(&rows.len()), "{name} {width}");
                    assert!(rows.iter().all(|row| !row.is_empty()), "{name} {width}");
                    let fits = rows.iter().all(|row| wide(row, width) <= width);
                    assert!(fits, "{name} {width}: {rows:?}");
                }
            }
            if name == "home" {
                assert_eq!(rows(&keys, 76, FooterRows::AtMostTwo).len(), 1);
            }
        }
    }
}
