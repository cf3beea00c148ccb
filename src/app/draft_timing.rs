//! How often a page that is being written goes to the disk, so that little of it is ever lost (reliability.md R9).

use std::time::Duration;

use zeroize::Zeroizing;

use crate::time::moment::Moment;

/// How many letters may be lost.
const LETTERS: usize = 200;
/// Or how much time of writing.
const WITHIN: Duration = Duration::from_secs(2);

/// What stands on a page while somebody writes on it, and how much of that is on the disk.
#[derive(Default)]
pub(super) struct DraftTimer {
    words: Zeroizing<String>,
    kept: Zeroizing<String>,
    /// Since when what stands there is not what is on the disk, by the monotonic clock.
    since: Option<Duration>,
    /// Whether the disk did not take them the last time.
    refused: bool,
}

/// How much there is, and no word of it.
impl std::fmt::Debug for DraftTimer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writing({} bytes)", self.words.len())
    }
}

impl DraftTimer {
    /// A page on which these words stand, on the disk too.
    pub(super) fn of(words: &str) -> Self {
        Self {
            words: words.to_owned().into(),
            kept: words.to_owned().into(),
            since: None,
            refused: false,
        }
    }

    /// Takes what stands on the page now.
    pub(super) fn typed(&mut self, words: &str, now: Moment) {
        self.words = words.to_owned().into();
        self.since = if *self.words == *self.kept {
            None
        } else {
            self.since.or(Some(now.mono))
        };
    }

    /// The words, where they are not those on the disk.
    pub(super) fn unkept(&self) -> Option<&str> {
        self.since.map(|_| self.words.as_str())
    }

    /// They are on the disk now; whether it had not taken them before.
    pub(super) fn is_kept(&mut self) -> bool {
        self.kept = self.words.clone();
        self.since = None;
        std::mem::take(&mut self.refused)
    }

    /// The disk did not take them; it is tried again after the usual time.
    pub(super) fn is_refused(&mut self, now: Moment) {
        self.since = Some(now.mono);
        self.refused = true;
    }

    /// How long until they are to go to the disk.
    pub(super) fn next_wake(&self, now: Moment) -> Option<Duration> {
        let since = self.since?;
        let count = |words: &str| words.chars().count();
        if count(&self.words).abs_diff(count(&self.kept)) >= LETTERS {
            return Some(Duration::ZERO);
        }
        Some(WITHIN.saturating_sub(now.mono.saturating_sub(since)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Moment {
        Moment {
            mono: Duration::from_millis(ms),
            wall: 0,
            offset: 0,
            change: None,
        }
    }

    #[test]
    fn at_most_two_hundred_letters_or_two_seconds_are_not_on_the_disk() {
        let mut writing = DraftTimer::of("");
        assert_eq!(writing.next_wake(at(0)), None);
        writing.typed("a", at(1_000));
        writing.typed("ab", at(2_500));
        assert_eq!(
            writing.next_wake(at(2_500)),
            Some(Duration::from_millis(500))
        );
        assert_eq!(writing.next_wake(at(3_000)), Some(Duration::ZERO));
        assert!(!writing.is_kept());
        assert_eq!(
            (writing.next_wake(at(9_000)), writing.unkept()),
            (None, None)
        );
        writing.typed(&"ü".repeat(199), at(9_000));
        assert_eq!(writing.next_wake(at(9_000)), Some(WITHIN));
        writing.typed(&"ü".repeat(202), at(9_000));
        assert_eq!(writing.next_wake(at(9_000)), Some(Duration::ZERO));
        // Taken back to what is there already, nothing is to be done.
        writing.typed("ab", at(9_100));
        assert_eq!(writing.next_wake(at(9_100)), None);
    }

    #[test]
    fn a_disk_that_takes_nothing_is_asked_again_and_not_at_every_key() {
        let mut writing = DraftTimer::of("");
        writing.typed("a", at(0));
        writing.is_refused(at(2_000));
        writing.typed("ab", at(2_100));
        assert_eq!(
            writing.next_wake(at(2_100)),
            Some(Duration::from_millis(1_900))
        );
        assert!(writing.is_kept() && !writing.is_kept());
        assert!(!format!("{:?}", DraftTimer::of("canary")).contains("canary"));
    }
}
