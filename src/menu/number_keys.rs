//! Choices by number key: at most nine at a time.
//!
//! Owns: which part of a long list is on the screen, and what the ninth key then leads to.
//! Never does: knowing what is chosen.
//! May see: nothing.

use std::ops::Range;

/// The most choices that one screen has: the keys 1 to 9.
pub(crate) const MOST: usize = 9;

/// The part of a list of `total` that is shown from `from` on.
#[must_use]
pub(crate) fn part(total: usize, from: usize) -> Range<usize> {
    if total <= MOST {
        return 0..total;
    }
    let from = if from < total { from } else { 0 };
    from..total.min(from + MOST - 1)
}

/// Where the part after this one begins, when the list is too long for one; after the last comes the first.
#[must_use]
pub(crate) fn next(total: usize, from: usize) -> Option<usize> {
    if total <= MOST {
        return None;
    }
    let end = part(total, from).end;
    Some(if end < total { end } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_fit_and_ten_are_split_so_that_each_is_reached_once() {
        assert_eq!(part(9, 0), 0..9);
        assert_eq!(next(9, 0), None);
        for total in 10..40 {
            let (mut from, mut seen) = (0, Vec::new());
            loop {
                let here = part(total, from);
                assert!(here.len() < MOST);
                seen.extend(here);
                from = next(total, from).unwrap();
                if from == 0 {
                    break;
                }
            }
            assert_eq!(seen, (0..total).collect::<Vec<_>>());
        }
        assert_eq!(part(12, 99), 0..8);
    }
}
