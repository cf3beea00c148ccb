//! The working log.
//!
//! Owns: one file for each session that is going on, its format, its last moment, what can be read from it after a
//! crash, and where what is kept beside it lies.
//! Never does: cutting or erasing what it does not understand; keeping anything after
//! a session is closed; reading a clock.
//! May see: session, storage, text, time.

mod beat;
mod reader;
mod writer;

pub(crate) use beat::{Beat, last_moment, mark_the_end};
pub use reader::list;
pub(crate) use reader::read;
#[cfg(test)]
pub(crate) use reader::{LogDamage, parse};
pub(crate) use reader::{OpenLog, RecordedSession, forget_line, line_of, set_aside};
pub use writer::Log;

#[cfg(test)]
mod tests;
