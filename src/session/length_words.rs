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

/// How much later something is, as people read it and hear it.
pub(super) fn later_words(minutes: u32) -> SafeText {
    away_words(u64::from(minutes) * 60)
}

/// How long nobody was there, as people read it: in seconds below a minute, and in hours above one.
pub(super) fn away_words(seconds: u64) -> SafeText {
    let w = &words().session;
    let minutes = seconds / 60;
    let hours = match minutes / 60 {
        1 => SafeText::new(w.one_hour),
        n => fill(&w.hours, &[("n", &n.to_string())]),
    };
    match (minutes / 60, minutes % 60, seconds) {
        (0, 0, 1) => SafeText::new(w.one_second),
        (0, 0, n) => fill(&w.seconds, &[("n", &n.to_string())]),
        (0, n, _) => minutes_word(n),
        (_, 0, _) => hours,
        (_, n, _) => {
            let minutes = minutes_word(n);
            let values = [("hours", hours.as_str()), ("minutes", minutes.as_str())];
            fill(&w.hours_minutes, &values)
        }
    }
}

/// A length as people read it and hear it: `16 minutes 30`, `18 minutes` when it is whole.
pub(super) fn clock_words(length: std::time::Duration) -> SafeText {
    let seconds = length.as_secs();
    if seconds < 60 || seconds.is_multiple_of(60) {
        return away_words(seconds);
    }
    let (minutes, s) = (minutes_word(seconds / 60), (seconds % 60).to_string());
    let values = [("minutes", minutes.as_str()), ("s", &s)];
    fill(&words().session.minutes_seconds, &values)
}
