//! What every kind of step can do, and what it does where it has nothing of its own.

use crate::script::{Step, Target, Who};
use crate::session::intent::Intent;
use crate::session::scene::{Scene, Verb};
use crate::session::state::{Path, StepState};
use crate::session::{Applied, Session, StepList, no};
use crate::text::words::words;
use crate::time::moment::Moment;

/// A step where it stands.
#[derive(Clone, Copy)]
pub(in crate::session) struct StepHere<'a> {
    pub(in crate::session) track: StepList,
    pub(in crate::session) step: &'a Step,
    pub(in crate::session) path: &'a Path,
    /// Whose go it is.
    pub(in crate::session) holder: Option<Who>,
    pub(in crate::session) now: Moment,
}

/// A step that is answered: its path is changed and put back.
pub(in crate::session) struct StepAnswered<'a> {
    pub(in crate::session) track: StepList,
    pub(in crate::session) step: &'a Step,
    pub(in crate::session) path: Path,
    pub(in crate::session) now: Moment,
}

impl StepAnswered<'_> {
    /// The way leads on.
    pub(in crate::session) fn go(self, session: &mut Session, target: Target) -> Applied {
        session.go(self.track, self.path, target, self.now)
    }

    /// Something else is asked on the same step.
    pub(in crate::session) fn ask(mut self, session: &mut Session, doing: StepState) -> Applied {
        self.path.doing = doing;
        session.put(self.track, self.path);
        Ok(Vec::new())
    }
}

/// What the key does that goes on or passes, where it ends something or stands for an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::session) enum GoingOn {
    /// It turns to the next screen, and its word stays as it is.
    Next,
    /// It leads there.
    To(Target),
    /// It passes what is asked, and leads there.
    PassTo(Target),
    /// It passes what is asked as the answer of this number does.
    PassAs(usize),
    /// It passes what is asked as this number and those above it do.
    PassAsFrom(u8),
    /// It leads there without everybody's yes.
    NotYetTo(Target),
}

/// A kind of step.
pub(in crate::session) trait StepKind {
    /// What is asked first when the way comes to such a step.
    fn enter(&self, _session: &mut Session, _here: StepHere<'_>) -> StepState {
        StepState::Reading
    }

    /// What follows from an intent that is not the way back.
    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        if intent != Intent::GoOn {
            return no(words().session.not_here);
        }
        let to = here.step.to;
        here.go(session, to)
    }

    /// What is asked when somebody goes back within the step; `None` when that leads out of it.
    fn back(&self, _session: &Session, _doing: &StepState) -> Option<StepState> {
        None
    }

    /// What is asked when somebody comes back to such a step, of what was asked when it was left; `None` where it is
    /// asked from its beginning.
    fn again(&self, _left: &StepState) -> Option<StepState> {
        None
    }

    /// Puts what is asked into a scene that has the words of the step.
    fn show(&self, _session: &Session, scene: &mut Scene, _here: StepHere<'_>) {
        put_go_on(scene, words().session.go_on);
    }

    /// What the key that goes on does.
    fn going_on(&self, step: &Step, doing: &StepState) -> GoingOn {
        match doing == &StepState::Reading {
            true => GoingOn::To(step.to),
            false => GoingOn::Next,
        }
    }

    /// What the working log holds of an intent: nothing of an answer that each gives alone, as long as it is gathered.
    fn to_log(&self, _session: &Session, _doing: &StepState, intent: &Intent) -> Option<Intent> {
        Some(intent.as_logged())
    }

    /// What is asked once the answers are dropped that were gathered; `None` where there are none.
    fn forgotten(&self, _session: &Session, _doing: &StepState) -> Option<StepState> {
        None
    }
}

/// The key that passes what is asked, with what it says.
pub(in crate::session) fn put_pass(scene: &mut Scene, says: &str) {
    scene.add_offer(Verb::Pass, says);
}

/// The key that goes on, with what it says.
pub(in crate::session) fn put_go_on(scene: &mut Scene, says: &str) {
    scene.add_offer(Verb::GoOn, says);
}
