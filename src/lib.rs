//! `alongside` guides two equals through a session of peer parts work, on one shared screen.
//!
//! A bird's-eye view. A script (text that somebody wrote) becomes a session (a
//! pure value that is told what people ask and what time it is). The drive puts
//! what was accepted on the disk and only then lets a face show it. The faces,
//! a full screen and lines, know one scene at a time and nothing else.
//!
//! ```text
//! script ─► session ─► care, journal, people, lobby, rehearse ─► drive ─► tui, plain ─► cli
//! ```
//!
//! Arrows run one way, and `tests/house.rs` holds them; the README's table says
//! what each room owns and which rooms it may see. Below all of them lie
//! `shown` (the one way from any text to a terminal) and `words` (every
//! sentence the program says, as data).
//!
//! What holds, whatever happens:
//! - no turn begins before everybody's yes to the agreement;
//! - STOP works from every state and leads to a neutral screen, and every way out passes a closing;
//! - turns are equal to the second unless everybody agreed otherwise, and then the loan says so;
//! - a session that is told its log again is the same session, but for what is nobody's to write down: the numbers
//!   that people gave, and what was gathered of them one by one;
//! - what was accepted is on the disk before it is shown.

// The screen's tests and its gallery share their sample scenes.
#[cfg(test)]
extern crate self as alongside;

pub mod appointment;
pub mod bell;
pub mod care;
pub mod cli;
pub mod clock;
pub mod date;
pub mod drive;
pub mod files;
pub mod journal;
pub mod lobby;
pub mod nine;
pub mod notebook;
pub mod pages;
pub mod people;
pub mod plain;
pub mod recall;
pub mod rehearse;
pub mod script;
pub mod session;
pub mod settings;
pub mod shown;
pub mod study;
#[cfg(test)]
mod test_support;
#[cfg(test)]
mod tests;
pub mod tui;
pub mod words;
