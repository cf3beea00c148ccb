//! ROOM

pub(super) mod acts;
pub(super) mod close;
pub(super) mod detour;
pub(super) mod leaving;
pub(super) mod next_person;
pub(super) mod path;
pub(super) mod pause;
pub(super) mod reopen_agreement;
pub(super) mod said_aloud;
pub(super) mod silence;
pub(super) mod turn;
pub(super) mod undo;
