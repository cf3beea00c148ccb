//! Lengths as people read them.

use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// Minutes in words.
pub(super) fn minutes_word(n: u64) -> SafeText {
    let w = &words().session;
    if n == 1 {
        SafeText::new(w.one_minute)
    } else {
        fill(&w.minutes, &[("n", &n.to_string())])
    }
}

/// A length as people read it: `16:30`, or `18 minutes` when it is whole.
pub(super) fn clock_words(length: std::time::Duration) -> SafeText {
    let seconds = length.as_secs();
    if seconds >= 60 && seconds.is_multiple_of(60) {
        return minutes_word(seconds / 60);
    }
    SafeText::new(&format!("{}:{:02}", seconds / 60, seconds % 60))
}
