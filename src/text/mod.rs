//! ROOM

pub mod safe_text;
pub mod words;
