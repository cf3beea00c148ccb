//! Rules and words that protect people: notices, signposts, the crisis card, grounding.
//!
//! Owns: what the program says about itself and its limits; whom to reach when it is too much; grounding.
//! Never does: IO, reading a clock (the day is handed in), claiming more than is known.
//! May see: menu, script, session, text, time.

pub(crate) mod crisis_card;
mod exercises;
pub(crate) mod grounding;
pub(crate) mod notices;
pub(crate) mod person_region;
pub(crate) mod signposts;
