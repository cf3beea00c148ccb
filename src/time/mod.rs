//! ROOM

pub mod clock;
pub mod date;
pub mod moment;
