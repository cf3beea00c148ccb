//! The program in the middle of a session, for tests: the whole of it behind a face, on a clock that a test moves.

use std::path::Path;

use super::running_session::RunningSession;
use super::{Activity, Program, Scripts};
use crate::notebook::{Keeping, Notebooks};
use crate::script::shipped;
use crate::session::Session;
use crate::session_log::Log;
use crate::settings::Settings;
use crate::storage::{FolderLock, Folders};
use crate::time::clock::TestClock;

impl Program {
    /// At this moment of a session, of which nothing is written down.
    pub(crate) fn seated(session: Session, clock: TestClock) -> Self {
        // Below a file no folder can be made, by nobody: what a test writes there stays nowhere.
        let mut program = Self::at_the_door(Path::new("/dev/null/at/all"), clock.clone());
        let running = RunningSession::rehearsal(session, Box::new(clock));
        program.activity = Activity::Session(Box::new(running));
        program
    }

    /// At the beginning of a session with its log and with everybody's notebook, in a home of its own.
    pub(crate) fn seated_at_home(root: &Path, mut session: Session, clock: TestClock) -> Self {
        let mut program = Self::at_the_door(root, clock.clone());
        let notebooks: Notebooks = program.notebooks();
        for name in session.begun().people.clone() {
            notebooks
                .create(&name, &Keeping::Plain)
                .expect("a notebook");
        }
        let mut begin = session.begun().clone();
        begin.notebooks = vec![true; begin.people.len()];
        let script = shipped().iter().find(|script| script.name == begin.script);
        session = Session::begin(script.expect("shipped"), begin.clone()).expect("it fits");
        let lock = FolderLock::take(&program.folders.sessions()).expect("nobody else is here");
        let log = Log::create(&program.folders.sessions(), &begin).expect("a log");
        let running = RunningSession::new(session, Box::new(clock), log, Some(lock), &notebooks);
        program.activity = Activity::Session(Box::new(running));
        program
    }

    /// On a clock that a test moves.
    pub(crate) fn on(mut self, clock: &TestClock) -> Self {
        self.clock = Box::new(clock.clone());
        self
    }

    /// At the first screen, in a home of its own.
    pub(crate) fn at_the_door(root: &Path, clock: TestClock) -> Self {
        let home = Folders::find(|name| Some(root.join(name).into())).expect("a home");
        let scripts = Scripts::new(shipped().to_vec(), Vec::new());
        Self::with(
            home,
            scripts,
            Settings::default(),
            "Ctrl-X",
            Box::new(clock),
        )
    }
}
