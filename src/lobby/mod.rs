//! Before and between sessions: home, setting up, resuming, reading.
//!
//! Owns: the pages outside a session, as a pure value that is told things.
//! Never does: IO, reading a clock, starting anything itself (it hands out requests).
//! May see: session's intents, scenes and times, script's `Who`, care, nine, pages, shown, words.
//!
//! ```text
//! notice ─ not for ─ home ─┬─ resume ─ set aside
//!                          ├─ who ─ names ─ script ─ how long ─ minutes, until ─ plan
//!                          └─ practise, scripts, card, help
//! ```

mod entry;
mod page;
mod shelf;
mod view;
mod walk;

#[cfg(test)]
mod tests;

pub use shelf::{
    Alone, Circle, Due, Offered, Planned, PlannedLeg, Planner, Request, Setup, Shelf, Unfinished,
};
pub use walk::Lobby;

use crate::session::begin::Length;
use crate::session::time::Moment;

/// The next moment at which the wall shows this time of day, in milliseconds since 1970 UTC; `None` when it is none.
#[must_use]
pub fn until(typed: &str, now: Moment) -> Option<i64> {
    match entry::until(typed, now).ok()?.length {
        Length::Until(wall) => Some(wall),
        Length::Minutes(_) => None,
    }
}
