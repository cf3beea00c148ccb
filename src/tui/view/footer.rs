//! The keys that work now, in one row, or in two where one does not hold them.
//!
//! ```text
//! 1–5 choose   enter pass   ← back   space pause   m more time
//! s STOP   d start landing   w witness   c crisis card   ? keys
//! ```

use super::canvas::{Canvas, ClickTarget, columns};
use super::layout::Layout;
use crate::tui::own_pages::FooterKey;
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
            .saturating_add(1)
    })
}

/// The keys in at most `most` rows of this width; what there is no room for goes, the least needed first.
#[must_use]
pub(crate) fn rows(keys: &[FooterKey], width: u16, most: usize) -> Vec<Vec<FooterKey>> {
    if most < 2 || fits(keys, width) {
        let mut keys = keys.to_vec();
        // A sign that is known everywhere loses its word before anything is left out.
        if !fits(&keys, width) {
            let brief = keys.iter_mut().filter(|key| key.brief);
            brief.for_each(|key| key.word.clear());
        }
        shrink(&mut keys, width, 0);
        return vec![keys];
    }
    // STOP begins the second row, so that it is always found in the same place.
    let split = keys.iter().position(|key| key.stands).unwrap_or(keys.len());
    let (mut above, mut below) = (keys[..split].to_vec(), keys[split..].to_vec());
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

fn fits(keys: &[FooterKey], width: u16) -> bool {
    keys.len() <= MOST_IN_A_ROW && wide(keys, width) <= width
}

/// Takes keys of this rank or a higher one out of a row until it fits.
fn shrink(keys: &mut Vec<FooterKey>, width: u16, rank: u8) {
    while keys.len() > 1 && !fits(keys, width) {
        if keys.iter().all(|key| key.rank < rank) {
            return;
        }
        drop_least(keys);
    }
}

/// Takes out the key that can best be missed.
fn drop_least(keys: &mut Vec<FooterKey>) -> Option<FooterKey> {
    let least = keys.iter().enumerate().max_by_key(|(_, key)| key.rank);
    let n = least.map(|(n, _)| n)?;
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
    for (y, row) in (plan.foot..).zip(rows) {
        let mut x = plan.page.x;
        for key in row {
            let from = x;
            x = canvas.put(x, y, &key.key, colours.strong(), right.saturating_sub(x));
            x = canvas.put(
                x + 1,
                y,
                &key.word,
                colours.quiet(),
                right.saturating_sub(x + 1),
            );
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
            let rows = rows(&keys, width, 2);
            assert_eq!(rows.len(), 2, "{width}");
            assert!(rows.iter().all(|row| wide(row, width) <= width), "{width}");
            let shown = keys_of(&rows);
            for key in ["1–5", "p", "←", "space", "m", "s", "d", "w", "c", "?"] {
                assert!(shown.contains(&key), "{key} at {width}: {shown:?}");
            }
            assert_eq!(rows[1][0].key, "s", "STOP begins the second row");
        }
    }

    #[test]
    fn one_row_keeps_the_way_on_the_way_back_and_stop() {
        let scene = samples::turn_with_everything();
        let mut desk = UiState::default();
        desk.meet(&scene);
        let keys = own_pages::footer(&desk, &scene);
        let rows = rows(&keys, 58, 1);
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
                for most in [1, 2] {
                    let rows = rows(&keys, width, most);
                    assert!((1..=most).contains(&rows.len()), "{name} {width}");
                    assert!(rows.iter().all(|row| !row.is_empty()), "{name} {width}");
                    let fits = rows.iter().all(|row| wide(row, width) <= width);
                    assert!(fits, "{name} {width}: {rows:?}");
                }
            }
            if name == "home" {
                assert_eq!(rows(&keys, 76, 2).len(), 1);
            }
        }
    }
}
