//! The full screen: keys become intents, a scene becomes cells.
//!
//! Owns: the terminal while it is taken, the table of keys, what is typed before it is entered, the composition.
//! Never does: files, scripts; it knows a scene and offers intents, and nothing is saved at its end.
//! May see: app, script, session, settings, text, time.
//!
//! ```text
//! input (a thread)   ─ key, paste, answer ►┐
//! signals (a thread) ─ size, continued ──►├─ event_loop ─► ui_state ─► Controller::ask
//! Controller::next_wake ─ time ─────────►┘       └─► view ─► terminal ─► cells
//! ```

mod action;
mod appearance;
mod big_digits;
mod big_letters;
mod event_loop;
mod ground;
mod held;
mod idle;
mod input;
mod key;
mod key_bindings;
mod key_table;
mod layouts;
mod mouse;
#[cfg(test)]
mod mouse_tests;
mod own_pages;
mod page_layout;
mod parser;
mod pasted;
mod repaint;
mod rows;
mod sequence;
#[cfg(unix)]
mod signals;
mod terminal;
mod terminal_event;
mod terminal_query;
mod text_editor;
mod text_field;
mod theme;
mod typing;
mod ui_state;
mod view;
#[cfg(test)]
#[path = "../test_support/ways_by_key.rs"]
mod ways;

#[cfg(test)]
mod samples;

#[cfg(test)]
pub(crate) use action::Context;
pub use appearance::{Appearance, Theme};
#[cfg(test)]
pub(crate) use event_loop::hands::Hands;
pub use event_loop::run;
pub(crate) use event_loop::{ScreenEnd, show};
#[cfg(unix)]
pub(crate) use key_bindings::exit_bytes;
pub(crate) use key_bindings::{bind, exit_key};
pub use view::still;
#[cfg(test)]
pub(crate) use ways::{enter_shows, exit_keys, keys_for, press_of, stop_keys, ways};

/// How many columns the terminal has, where there is one that says so.
#[must_use]
pub(crate) fn columns() -> Option<u16> {
    let size = crossterm::terminal::size().ok();
    size.map(|(columns, _)| columns)
        .filter(|columns| *columns > 0)
}
