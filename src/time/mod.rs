//! Time as everybody here sees it.
//!
//! Owns: moments, countdowns, days, months; the clocks, which nobody else reads.
//! Never does: waiting; deciding what is due.
//! May see: text.

pub(crate) mod clock;
pub mod date;
pub mod moment;
