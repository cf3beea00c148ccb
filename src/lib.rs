//! `alongside` guides two equals through a session of peer parts work.
pub mod drive;
pub mod journal;
pub mod rehearse;
pub mod script;
pub mod session;
pub mod shown;
pub mod tui;
pub mod words;
