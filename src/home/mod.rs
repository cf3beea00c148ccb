//! Before and between sessions: home, setting up, resuming, reading.
//!
//! Owns: the pages outside a session, as a pure value that is told things.
//! Never does: IO, reading a clock, starting anything itself (it hands out requests).
//! May see: menu, safety, script, session, text, time.
//!
//! ```text
//! notice ─ not for ─ home ─┬─ resume ─ set aside
//!                          ├─ who ─ names ─ script ─ how long ─ minutes, until ─ plan
//!                          ├─ ticket (who, plan)
//!                          └─ practise, scripts, card, help
//! ```

mod home_data;
mod navigation;
mod page;
mod typed_values;
mod view;

#[cfg(test)]
mod tests;

pub(crate) use home_data::{DuePromises, KnownCircle, SoloCount, UnfinishedSession};
pub(crate) use home_data::{
    HomeData, HomeRequest, OfferedScript, PlannedSession, PlannedStage, Planner, Setup,
};
pub use navigation::HomePages;
pub(crate) use typed_values::MINUTES;
pub(crate) use view::length;

use crate::session::setup::Length;
use crate::text::safe_text::SafeText;
use crate::time::moment::Moment;

/// The length that ends at this time of day.
///
/// # Errors
/// The sentence that says why no session ends then.
pub(crate) fn until(typed: &str, now: Moment) -> Result<Length, SafeText> {
    typed_values::until(typed, now).map(|time| time.length)
}
