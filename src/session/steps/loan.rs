//! What was lent in earlier sessions: it is told, given back first, or forgiven by everybody.
use std::sync::Arc;
use std::time::Duration;

use crate::script::Who;
use crate::session::Session;
use crate::session::flow::turn::WORTH_ASKING_MS;
use crate::session::intent::Intent;
use crate::session::length_words::clock_words;
use crate::session::plan::ActKind;
use crate::session::scene::Scene;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::{millis, signed_ms};

impl Session {
    /// How many milliseconds of turn time somebody will have had today, if everything from act `at` on goes as planned.
    pub(in crate::session) fn today_in_all(&self, nth: usize, at: usize) -> i64 {
        let today = self.person(self.who(nth)).map_or(0, |person| person.turn);
        let to_come = self.acts.iter().skip(at);
        let to_come = to_come.filter(|act| act.what.is_turn() && act.what.nth() == Some(nth));
        today.saturating_add(to_come.map(|act| signed_ms(act.length)).sum())
    }

    /// Nothing stays open of what was lent before today.
    pub(in crate::session) fn settle_loan(&mut self) {
        for person in Arc::make_mut(&mut self.people) {
            person.lent = 0;
        }
    }

    /// What each was offered today and did not want; empty where nobody was.
    pub(in crate::session) fn waived_today(&self) -> Vec<i64> {
        let waived = self.of_each(|person| person.waived);
        let any = waived.iter().any(|more| *more > 0);
        if any { waived } else { Vec::new() }
    }

    /// Whether there is a loan that is worth a word.
    pub(in crate::session) fn is_lent(&self) -> bool {
        !self.one_sided()
            && self
                .people
                .iter()
                .any(|person| person.lent >= WORTH_ASKING_MS)
    }

    /// Before the first turn: who has had less before today is offered as much now, when it is their turn.
    fn owed_first(&self, next: usize) -> Option<(usize, Duration)> {
        let begins = matches!(
            self.act_kind(next),
            Some(ActKind::Turn { .. } | ActKind::Before { .. })
        );
        if !begins || self.went_first.is_some() || !self.signed || !self.is_lent() {
            return None;
        }
        self.owed_before(next)
    }

    /// Who is to be offered minutes before act `next`: after a turn what it had more, before the first one what was
    /// lent.
    pub(in crate::session) fn owed_now(
        &self,
        turned: bool,
        next: usize,
    ) -> Option<(usize, Duration)> {
        if turned {
            self.owed_before(next)
        } else {
            self.owed_first(next)
        }
    }

    /// The loan in one sentence, in minutes.
    pub(in crate::session) fn lent_words(&self) -> Option<SafeText> {
        if !self.is_lent() {
            return None;
        }
        let lent = |who: Who| self.person(who).map_or(0, |person| person.lent);
        let most = self
            .everybody()
            .max_by_key(|who| (lent(*who), usize::MAX - who.index()))?;
        let time = clock_words(millis(lent(most) / 60_000 * 60_000));
        let (name, other) = (self.name(most), self.others(most));
        let values = [
            ("name", name.as_str()),
            ("other", other.as_str()),
            ("time", time.as_str()),
        ];
        Some(fill(&words().session.lent, &values))
    }

    /// On the page of the order.
    pub(in crate::session) fn put_lent(&self, scene: &mut Scene) {
        if let Some(says) = self.lent_words() {
            scene.notice = Some(says);
            let forgive = SafeText::new(words().session.forgive);
            scene.add_choice(forgive, Intent::Forgive);
        }
    }
}
