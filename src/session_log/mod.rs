//! The working log.
//!
//! Owns: one file for each session that is going on, its format, its last moment, and what
//! can be read from it after a crash.
//! Never does: cutting or erasing what it does not understand; keeping anything after
//! a session is closed; reading a clock.
//! May see: session, storage, text, time.

mod beat;
mod reader;
mod writer;

pub(crate) use beat::{Beat, last_moment, mark_the_end};
pub use reader::list;
#[cfg(test)]
pub(crate) use reader::{LogDamage, parse, read};
pub(crate) use reader::{OpenLog, RecordedSession, set_aside};
pub use writer::Log;

#[cfg(test)]
mod tests;
