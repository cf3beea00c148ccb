//! The full screen: keys become intents, a scene becomes cells.
//!
//! Owns: the terminal while it is taken, the table of keys, what is typed before it is entered, the composition.
//! Never does: files, scripts; it knows a scene and offers intents, and nothing is saved at its end.
//! May see: drive::Talk, session::{scene, intent}, script (the nearest known name), settings (keys), clock (when keys
//! arrive), shown, words.
//!
//! ```text
//! input (a thread) ─ key, paste, answer ►┐
//! watch (a thread) ─ size, continued ──►├─ face ─► desk ─► Talk::ask
//! Talk::next_wake ─ time ──────────────►┘   └─► view ─► term ─► cells
//! ```

mod bind;
mod desk;
mod digits;
mod does;
mod editor;
mod face;
mod field;
mod ground;
mod held;
mod input;
mod key;
mod keys;
mod layouts;
mod letters;
mod look;
mod mouse;
#[cfg(test)]
mod mouse_tests;
mod pages;
mod paper;
mod parser;
mod pasted;
mod rest;
mod rows;
mod sequence;
mod term;
mod theme;
mod typing;
mod view;
#[cfg(unix)]
mod watch;
#[cfg(test)]
#[path = "../test_support/ways_by_key.rs"]
mod ways;

#[cfg(test)]
#[path = "../../examples/gallery/samples.rs"]
mod samples;

pub use bind::{bind, exit_key};
#[cfg(test)]
pub(crate) use does::Context;
#[cfg(test)]
pub(crate) use face::hands::Hands;
pub use face::run;
pub use look::{Colour, Ground, Look, Theme};
pub use term::Trouble;
pub use view::still;
#[cfg(test)]
pub(crate) use ways::{exit_keys, keys_for, press_of, stop_keys, ways};

/// How many columns the terminal has, where there is one that says so.
#[must_use]
pub fn columns() -> Option<u16> {
    let size = crossterm::terminal::size().ok();
    size.map(|(columns, _)| columns)
        .filter(|columns| *columns > 0)
}
