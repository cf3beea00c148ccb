//! ROOM

pub(crate) mod number_keys;
pub(crate) mod page;
