//! The pure state machine.
pub mod begin;
pub mod intent;
pub mod scene;
pub mod time;
