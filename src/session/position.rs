//! Where a session stands, for those who play scripts through and want to know what they have seen.

use std::time::Duration;

use super::plan::ActKind;
use super::state::State;
use super::{Session, StepList};
use crate::script::{Ask, Step, Target, Who, step_time};
use crate::text::safe_text::SafeText;
use crate::time::moment::{Moment, millis};

/// A list of steps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub(crate) enum VisitedSteps {
    /// Those of a stage.
    Stage(usize),
    /// Those between the turns of a stage.
    Between(usize),
    /// A part before each turn of a stage.
    Before(usize, usize),
    /// A part after each turn of a stage.
    After(usize, usize),
    /// An aside.
    Aside(usize),
    /// The neutral screen.
    Stop,
    /// The short closing.
    MiniClose,
}

impl Session {
    /// How much turn time is planned for whoever goes first, second and so on, as the plan stands now.
    #[must_use]
    pub(crate) fn planned_turns(&self) -> Vec<Duration> {
        let mut planned = vec![Duration::ZERO; self.order.len()];
        for act in self.acts.iter() {
            let ActKind::Turn {
                nth,
                extra: false,
                stage,
            } = act.what
            else {
                continue;
            };
            let of = self.script.stages.get(stage);
            if of.is_some_and(|stage| stage.shared) {
                // One clock is nobody's.
                continue;
            }
            // In groups, one of each has it at the same time.
            let groups = of.and_then(|stage| stage.groups);
            let circle = groups.map_or(planned.len(), |size| size.of(planned.len()));
            for sum in planned.iter_mut().skip(nth).step_by(circle.max(1)) {
                *sum += act.length;
            }
        }
        planned
    }

    /// Who goes first, second and so on.
    #[must_use]
    pub(crate) fn order(&self) -> &[Who] {
        &self.order
    }

    /// The list of steps that is walked, and which of them is on the screen; `None` where no step is.
    #[must_use]
    pub(crate) fn place(&self) -> Option<(VisitedSteps, usize)> {
        let (track, path) = self.asked_alone()?;
        let steps = match track {
            StepList::Act(act) => match self.act_kind(act)? {
                ActKind::Whole { stage }
                | ActKind::Share { stage, .. }
                | ActKind::Turn { stage, .. } => VisitedSteps::Stage(stage),
                ActKind::Between { stage, .. } => VisitedSteps::Between(stage),
                ActKind::Before { stage, part, .. } => VisitedSteps::Before(stage, part),
                ActKind::After { stage, part, .. } => VisitedSteps::After(stage, part),
            },
            StepList::Aside(aside) => VisitedSteps::Aside(aside),
            StepList::Stop => VisitedSteps::Stop,
            StepList::MiniClose => VisitedSteps::MiniClose,
        };
        Some((steps, path.step))
    }

    /// What is left of time that is there to be filled: somebody's own (a turn up to its landing and what stands around
    /// it, a share), and wherever nothing is asked.
    fn own_time_left(&self, now: Moment) -> Option<Duration> {
        let what = self.act_kind(self.walk.act)?;
        let own = !matches!(what, ActKind::Whole { .. } | ActKind::Between { .. });
        let own = own || self.step_here().is_some_and(|step| step.ask == Ask::Read);
        let walks = own && self.state == State::Walking && !self.is_still();
        let groups = self.groups_left(now).into_iter().min();
        let left = millis(groups.unwrap_or_else(|| self.walk.clock.left(now)));
        let landing = self.walk.turn.as_ref();
        let landing = landing
            .filter(|turn| !turn.lands())
            .map(|turn| turn.landing);
        walks.then(|| left.saturating_sub(landing.unwrap_or_default()))
    }

    /// How much of that time is for the screen that is shown: an even part, as many as there are screens on which nothing
    /// is asked, on the way that leads on without an answer. What the others take on this way is left for them.
    #[must_use]
    pub(crate) fn time_to_fill(&self, now: Moment) -> Option<Duration> {
        let left = self.own_time_left(now)?;
        let (track, path) = self.asked_alone()?;
        let steps = self.steps(track);
        let (mut parts, mut needed, mut at) = (0, Duration::ZERO, path.step);
        while let Some(step) = steps.get(at) {
            let mut goes = match step.round && !step.together {
                true => self.goes(track, step).len(),
                false => 1,
            };
            if at == path.step {
                goes = goes.saturating_sub(path.go);
            } else {
                needed += step_time(step, self.people.len());
            }
            parts += if step.ask == Ask::Read { goes } else { 0 };
            at = match step.to {
                Target::Next => at + 1,
                Target::Step(next) if next > at => next,
                Target::Step(_)
                | Target::Stage(_)
                | Target::Exit(_)
                | Target::Done
                | Target::NextPerson
                | Target::Land
                | Target::Close
                | Target::End
                | Target::Stop
                | Target::Back
                | Target::Shorter => break,
            };
        }
        let parts = u32::try_from(parts).unwrap_or(1).max(1);
        Some(left.saturating_sub(needed) / parts)
    }

    /// The step that is on the screen.
    #[must_use]
    pub(crate) fn step_here(&self) -> Option<&Step> {
        let (track, path) = self.asked_alone()?;
        self.step_at(track, path)
    }

    /// What stands in place of a line that nobody writes, where one is asked for.
    #[must_use]
    pub(crate) fn otherwise_here(&self) -> Option<SafeText> {
        let Ask::Write(write) = &self.step_here()?.ask else {
            return None;
        };
        let written = self.script.written.get(write.name)?;
        (!write.list).then(|| written.otherwise.clone())
    }

    /// How long it takes to say aloud what is asked here, by everybody who is asked now.
    #[must_use]
    pub(crate) fn aloud_here(&self) -> Duration {
        let seconds = self.step_here().map_or(0, |step| {
            let goes = if step.round { 1 } else { self.people.len() };
            step.aloud * u64::try_from(goes).unwrap_or(1)
        });
        Duration::from_secs(seconds)
    }

    /// The title of the stage it is in.
    #[must_use]
    pub(crate) fn stage_title(&self) -> SafeText {
        self.act_title(self.walk.act)
    }

    /// How long what is walked now is planned to be.
    #[must_use]
    pub(crate) fn planned_here(&self) -> Duration {
        self.walk.turn.as_ref().map_or_else(
            || {
                self.acts
                    .get(self.walk.act)
                    .map_or(Duration::ZERO, |act| act.length)
            },
            |turn| turn.length,
        )
    }
}
