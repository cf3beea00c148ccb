//! What holds for the whole program, whichever room does it: both faces, every screen, every key.

mod canary;
mod canary_pages;
mod home_by_line;
mod hostile;
mod pace;
mod pages_reach;
pub(crate) mod parity;
mod practices;
mod private;
mod reach;
mod recorded;
mod spoken;
