//! `alongside` guides two equals through a session of peer parts work.
pub mod care;
pub mod cli;
pub mod clock;
pub mod drive;
pub mod files;
pub mod journal;
pub mod lobby;
pub mod nine;
#[cfg(test)]
mod parity;
pub mod people;
pub mod plain;
pub mod rehearse;
pub mod script;
pub mod session;
pub mod shown;
pub mod tui;
pub mod words;

/// The sample scenes of `examples/gallery` name this crate as an example does; tests inside it read them too.
#[cfg(test)]
extern crate self as alongside;
