//! ROOM

pub mod safe_text;
pub(crate) mod words;
