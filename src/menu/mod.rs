//! ROOM

pub(crate) mod history;
pub(crate) mod number_keys;
pub(crate) mod page;
