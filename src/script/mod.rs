//! Scripts: text becomes a [`Script`] that is always valid, or a list of every problem in it.
//!
//! Owns: the format, its limits, the checks, the scripts that are shipped.
//! Never does: IO (text is handed in), reading a clock, knowing a sentence of any script.
//! May see: shown.

pub mod model;

pub use model::*;

/// The most people of a session.
pub const MOST_PEOPLE: u8 = 6;
