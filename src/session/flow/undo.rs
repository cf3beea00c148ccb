//! Going back undoes whole: what an answer had set is as it was before it.

use std::sync::Arc;

use crate::session::state::{AnswersSet, PersonSet, StepLeft, StepState};
use crate::session::{Session, StepList};

impl Session {
    /// What answers have set so far.
    pub(in crate::session) fn answers_set(&self) -> AnswersSet {
        AnswersSet {
            ceiling: self.ceiling,
            in_turn: self.walk.turn.as_ref().map(|turn| turn.ceiling),
            signed: self.signed,
            lines: Arc::clone(&self.lines),
            lines_of: self.lines_of,
            added: self.added.clone(),
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
        self.added = set.added.clone();
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
