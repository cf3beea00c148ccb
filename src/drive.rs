//! The one order of things: apply, log, keep, ring, show.
//!
//! Owns: the running program between a face and the rooms below it.
//! Never does: drawing, reading keys, deciding what a session may do.
//! May see: script, session, care, journal, people, lobby, clock, words, shown.

use std::time::Duration;

use crate::session::intent::{Bell, Intent, Refused};
use crate::session::scene::Scene;
use crate::shown::Shown;

/// What a face talks to: one scene at a time, one intent at a time.
///
/// A face never learns what stands behind it: home, a session, a rehearsal.
pub trait Talk {
    /// What may be seen and asked now.
    fn scene(&self) -> Scene;
    /// Asks something. When this returns `Ok`, what was accepted is on disk (or a standing notice says why not).
    ///
    /// # Errors
    /// The refusal, one kind sentence; nothing has changed.
    fn ask(&mut self, intent: Intent) -> Result<(), Refused>;
    /// How long until something shown changes by itself; `None`: only when somebody asks something.
    fn next_wake(&self) -> Option<Duration>;
    /// Time went by: looks at the clocks and lets happen what is due.
    fn wake(&mut self);
    /// Bells that have not been rung yet; each is given once.
    fn take_bells(&mut self) -> Vec<Bell>;
    /// A notice that stands until its cause is gone (the disk is full), beside any scene.
    fn standing(&self) -> Option<Shown>;
    /// `Some` once the program is to end; the words are printed after the screen is given back.
    fn farewell(&self) -> Option<Shown>;
}
