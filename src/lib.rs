//! `alongside` guides two equals through a session of peer parts work, on one shared screen.
//!
//! A bird's-eye view. A script (text that somebody wrote) becomes a session (a
//! pure value that is told what people ask and what time it is). The drive puts
//! what was accepted on the disk and only then lets a face show it. The faces,
//! a full screen and lines, know one scene at a time and nothing else.
//!
//! ```text
//! script ─► session ─► joined, safety, session_log, memory, home, rehearsal ─► app ─► tui, line_ui ─► cli
//! ```
//!
//! Arrows run one way, and `tests/house.rs` holds them; docs/ARCHITECTURE.md says
//! what each room is and which rooms it may see. Below all of them lie `text`
//! (the one way from any text to a terminal, and every sentence the program
//! says, as data), `time` and `storage`.
//!
//! What holds, whatever happens:
//! - no turn begins before everybody's yes to the agreement;
//! - STOP works from every state and leads to a neutral screen, and every way out passes a closing;
//! - turns are equal to the second unless everybody agreed otherwise, and then the loan says so;
//! - a session that is told its log again is the same session, but for what is nobody's to write down: the numbers
//!   that people gave, and what was gathered of them one by one;
//! - what was accepted is on the disk before it is shown.

pub mod app;
pub(crate) mod calendar;
pub mod cli;
pub mod home;
pub(crate) mod joined;
pub mod line_ui;
pub mod memory;
pub mod notebook;
pub mod notebook_ui;
pub(crate) mod records;
pub mod rehearsal;
pub(crate) mod safety;
pub mod script;
pub mod session;
pub mod session_log;
pub mod settings;
pub mod storage;
#[cfg(test)]
mod test_support;
#[cfg(test)]
mod tests;
pub mod tui;

pub mod text;

pub mod time;

pub(crate) mod menu;
