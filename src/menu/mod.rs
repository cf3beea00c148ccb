//! ROOM

pub mod number_keys;
pub mod page;
