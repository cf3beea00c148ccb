//! ROOM

pub(super) mod agreement;
pub(super) mod gate;
pub(super) mod keep_notes;
pub(super) mod loan;
pub(crate) mod own_notes;
pub(super) mod private_answers;
pub(super) mod promise;
pub(super) mod question;
pub(super) mod turn_setup;
pub(super) mod writing;
