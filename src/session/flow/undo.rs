//! Going back undoes whole: what an answer had set is as it was before it.

use std::sync::Arc;

use crate::script::{Depth, Who};
use crate::session::intent::{KeepChoice, Partnership};
use crate::session::setup::WitnessCard;
use crate::session::state::{StepState, TurnChoices};
use crate::session::{Session, StepList};
use crate::text::safe_text::SafeText;

/// A step that was left, for going back to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::session) struct StepLeft {
    pub(in crate::session) step: usize,
    pub(in crate::session) go: usize,
    /// What is asked there again, where it is not asked from its beginning, and what had been set when it was answered.
    pub(in crate::session) before: Option<Arc<(Option<StepState>, AnswersSet)>>,
}

impl StepLeft {
    /// A step left without an answer that set anything.
    pub(in crate::session) fn bare(step: usize, go: usize) -> Self {
        let before = None;
        Self { step, go, before }
    }
}

/// What answers have set so far, as far as going back may take it back. Minutes that went by, and words that are in a
/// notebook already, are no part of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::session) struct AnswersSet {
    ceiling: Depth,
    in_turn: Option<Depth>,
    signed: bool,
    lines: Arc<Vec<SafeText>>,
    lines_of: Option<(usize, usize)>,
    order: Arc<Vec<Who>>,
    any_order: bool,
    loan: bool,
    partnership: Option<Partnership>,
    kept: KeepChoice,
    people: Vec<PersonSet>,
}

/// The same of one person.
#[derive(Clone, PartialEq, Eq, Debug)]
struct PersonSet {
    chosen: TurnChoices,
    card: WitnessCard,
}

impl Session {
    /// What answers have set so far.
    pub(in crate::session) fn answers_set(&self) -> AnswersSet {
        AnswersSet {
            ceiling: self.ceiling,
            in_turn: self.walk.turn.as_ref().map(|turn| turn.ceiling),
            signed: self.signed,
            lines: Arc::clone(&self.lines),
            lines_of: self.lines_of,
            order: Arc::clone(&self.order),
            any_order: self.any_order,
            loan: self.loan,
            partnership: self.partnership,
            kept: self.kept,
            people: self.of_each(|person| PersonSet {
                chosen: person.chosen.clone(),
                card: person.card.clone(),
            }),
        }
    }

    /// Remembers at the step that was left by an answer what stood there before it.
    pub(in crate::session) fn remember_before(
        &mut self,
        track: StepList,
        (step, go): (usize, usize),
        before: (Option<StepState>, AnswersSet),
    ) {
        let Some((now, path)) = self.asked_alone() else {
            return;
        };
        let is_it = |left: &StepLeft| (left.step, left.go) == (step, go) && left.before.is_none();
        if now != track || !path.trail.last().is_some_and(is_it) {
            return;
        }
        let mut path = path.clone();
        if let Some(left) = path.trail.last_mut() {
            left.before = Some(Arc::new(before));
        }
        self.put(track, path);
    }

    /// Sets everything as it was.
    pub(in crate::session) fn take_back(&mut self, set: &AnswersSet) {
        self.ceiling = set.ceiling;
        if let (Some(turn), Some(ceiling)) = (&mut self.walk.turn, set.in_turn) {
            turn.ceiling = ceiling;
        }
        self.signed = set.signed;
        self.lines = Arc::clone(&set.lines);
        self.lines_of = set.lines_of;
        self.order = Arc::clone(&set.order);
        self.any_order = set.any_order;
        self.loan = set.loan;
        self.partnership = set.partnership;
        self.kept = set.kept;
        for (person, set) in Arc::make_mut(&mut self.people).iter_mut().zip(&set.people) {
            person.chosen = set.chosen.clone();
            person.card = set.card.clone();
        }
    }
}
