//! What only a whole can get wrong.

pub(super) mod company;
pub(super) mod graph;
pub(super) mod limits;
pub(super) mod minutes;
pub(super) mod reading;
pub(super) mod ways;
