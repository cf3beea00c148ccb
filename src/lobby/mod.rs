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

pub use entry::MINUTES;
pub use shelf::{
    Alone, Circle, Due, Offered, Planned, PlannedLeg, Planner, Request, Setup, Shelf, Unfinished,
};
pub use walk::Lobby;

use crate::session::begin::Length;
use crate::session::time::Moment;
use crate::shown::Shown;

/// The length that ends at this time of day.
///
/// # Errors
/// The sentence that says why no session ends then.
pub fn until(typed: &str, now: Moment) -> Result<Length, Shown> {
    entry::until(typed, now).map(|time| time.length)
}
