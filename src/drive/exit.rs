//! The strokes of the quick exit: three within five seconds, so that nobody is gone by accident (content.md 4.7).

use std::time::Duration;

/// How many strokes it takes.
const STROKES: usize = 3;
/// Within what time.
const WITHIN: Duration = Duration::from_secs(5);

/// A key that is held down comes again and again: 25 to 40 times a second on most systems. Strokes that are nearer to
/// each other than this are one; nobody presses a chord twice so fast.
const REPEATED: Duration = Duration::from_millis(60);

/// The strokes that still count, by the monotonic clock.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Strokes {
    counted: Vec<Duration>,
    /// The last one, whether it counted or not.
    last: Option<Duration>,
}

impl Strokes {
    /// One more at `now`; answers how many are still needed.
    pub(super) fn one(&mut self, now: Duration) -> u8 {
        let last = self.last.replace(now);
        self.counted
            .retain(|then| now.saturating_sub(*then) <= WITHIN);
        if last.is_none_or(|last| now.saturating_sub(last) >= REPEATED) {
            self.counted.push(now);
        }
        u8::try_from(STROKES.saturating_sub(self.counted.len())).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(seconds: &[u64]) -> Vec<u8> {
        let mut strokes = Strokes::default();
        let at = |s: &u64| strokes.one(Duration::from_secs(*s));
        seconds.iter().map(at).collect()
    }

    #[test]
    fn three_within_five_seconds_and_not_otherwise() {
        assert_eq!(left(&[10, 11, 12]), [2, 1, 0]);
        assert_eq!(left(&[10, 12, 15]), [2, 1, 0]);
        assert_eq!(left(&[10, 12, 16]), [2, 1, 1]);
        assert_eq!(left(&[10, 12, 16, 17]), [2, 1, 1, 0]);
        assert_eq!(left(&[10, 16, 22, 28]), [2, 2, 2, 2]);
    }

    #[test]
    fn a_key_that_is_held_down_is_one_stroke_however_long() {
        let mut strokes = Strokes::default();
        // Half a second until it repeats, and then 30 times a second.
        let mut at = Duration::from_secs(10);
        assert_eq!(strokes.one(at), 2);
        at += Duration::from_millis(500);
        for _ in 0..300 {
            let left = strokes.one(at);
            assert!(left >= 1, "{at:?}");
            at += Duration::from_millis(33);
        }
    }
}
