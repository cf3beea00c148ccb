//! What a host and a guest stand on: a session with its log.

use crate::session::Session;
use crate::session::intent::{Intent, Refused};
use crate::session::setup::Begin;
use crate::time::moment::Moment;

/// A session with its log, in the program around it.
pub(crate) trait Desk {
    /// The session as all terminals have it.
    fn session(&self) -> &Session;
    /// Tells the session all of these at one moment, or none of them; what its log holds of it is on the disk then.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    fn tell(&mut self, intents: &[Intent], at: Moment) -> Result<(), Refused>;
    /// What came into the log since this was asked last.
    fn take_written(&mut self) -> Vec<Written>;
    /// The session begins anew, from what a host says; answers what its log held before.
    ///
    /// # Errors
    /// It does not fit what was agreed to.
    fn begin_anew(&mut self, begin: Begin) -> Result<Vec<(Moment, Intent)>, Refused>;
}

/// What came into the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Written {
    /// When.
    pub(crate) at: Moment,
    /// What.
    pub(crate) intent: Intent,
    /// The sum of the session after it.
    pub(crate) sum: u32,
}
