//! `alongside` guides two equals through a session of peer parts work.
pub mod care;
pub mod drive;
pub mod journal;
pub mod lobby;
pub mod nine;
pub mod plain;
pub mod script;
pub mod session;
pub mod shown;
pub mod tui;
pub mod words;
