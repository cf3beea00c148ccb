//! The pure state machine.
pub mod intent;
pub mod scene;
pub mod time;
