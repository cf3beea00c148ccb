//! What holds for the whole program, whichever room does it: both faces, every screen, every key.

mod canary;
mod canary_pages;
mod hostile;
mod lobby_by_line;
mod pages_reach;
pub(crate) mod parity;
mod private;
mod reach;
