//! The strokes of the quick exit: three within five seconds, so that nobody is gone by accident (content.md 4.7).

use std::time::Duration;

/// How many strokes it takes.
const STROKES: usize = 3;
/// Within what time.
const WITHIN: Duration = Duration::from_secs(5);

/// The strokes that still count, by the monotonic clock.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Strokes(Vec<Duration>);

impl Strokes {
    /// One more at `now`; answers how many are still needed.
    pub(super) fn one(&mut self, now: Duration) -> u8 {
        self.0.retain(|then| now.saturating_sub(*then) <= WITHIN);
        self.0.push(now);
        u8::try_from(STROKES.saturating_sub(self.0.len())).unwrap_or(0)
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
        assert_eq!(left(&[10, 10, 10]), [2, 1, 0]);
        assert_eq!(left(&[10, 12, 15]), [2, 1, 0]);
        assert_eq!(left(&[10, 12, 16]), [2, 1, 1]);
        assert_eq!(left(&[10, 12, 16, 17]), [2, 1, 1, 0]);
        assert_eq!(left(&[10, 16, 22, 28]), [2, 2, 2, 2]);
    }
}
