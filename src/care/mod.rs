//! Rules and words that protect people: notices, signposts, the crisis card.
//!
//! Owns: what the program says about itself and its limits; whom to reach when it is too much.
//! Never does: IO, reading a clock (the day is handed in), claiming more than is known.
//! May see: session's intents and scenes, nine, shown, words.

pub mod card;
pub mod date;
pub mod notices;
pub mod signposts;
