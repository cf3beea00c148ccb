//! What was lent in earlier sessions: it is told, given back first, or forgiven by everybody.
use std::sync::Arc;
use std::time::Duration;

use crate::script::{Stage, Who};
use crate::session::Session;
use crate::session::flow::acts::stage_of;
use crate::session::flow::turn::WORTH_ASKING_MS;
use crate::session::intent::Intent;
use crate::session::length_words::clock_words;
use crate::session::participant::Participant;
use crate::session::plan::{Act, ActKind, in_half_minutes};
use crate::session::scene::Scene;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::{millis, signed_ms};

impl Session {
    /// How many milliseconds of turn time will count for somebody today, if everything from act `at` on goes as planned.
    pub(in crate::session) fn today_in_all(&self, nth: usize, at: usize) -> i64 {
        let today = self.person(self.who(nth));
        let today = today.map_or(0, |person| person.turns.counted);
        today.saturating_add(self.turns_to_come(nth, at))
    }

    /// How many milliseconds of turns somebody still has from act `at` on.
    pub(in crate::session) fn turns_to_come(&self, nth: usize, at: usize) -> i64 {
        let to_come = self.acts.iter().skip(at);
        let even = |act: &Act| stage_of(&self.script, act.what).is_none_or(Stage::is_even);
        let to_come = to_come
            .filter(|act| act.what.is_turn() && act.what.nth() == Some(nth))
            .filter(|act| even(act));
        to_come.map(|act| signed_ms(act.length)).sum()
    }

    /// Nothing stays open of what was lent before today.
    pub(in crate::session) fn settle_loan(&mut self) {
        for person in Arc::make_mut(&mut self.people) {
            person.lent = 0;
        }
    }

    /// Nothing is taken back of what was lent before today: it stays lent, and nobody is asked again.
    pub(in crate::session) fn leave_the_loan(&mut self) {
        let lent = self.people.iter().map(|person| person.lent);
        let most = lent.max().unwrap_or(0);
        for person in Arc::make_mut(&mut self.people) {
            let behind = most.saturating_sub(person.lent);
            person.settled = person.settled.saturating_add(behind);
        }
    }

    /// How many milliseconds more each had today than the one who had least, in whole and half minutes; empty where
    /// nobody had more. A turn that was broken off lends nobody anything, and nobody owes it.
    pub(in crate::session) fn loan_today(&self) -> Vec<i64> {
        if self.one_sided() && !self.loan || !self.is_timed() {
            return Vec::new();
        }
        let even = |person: &&Participant| self.one_sided() || !person.turns.broken_off;
        let whole = self.people.iter().filter(even);
        let least = whole.map(|person| person.turns.counted).min().unwrap_or(0);
        let counted = |person: &Participant| match even(&person) {
            true => person.turns.counted,
            false => person.turns.counted.min(least),
        };
        let most = self.people.iter().map(counted).max().unwrap_or(0);
        // What somebody did not want is as good as had, as far as they are behind.
        let with_waived = |person: &Participant| {
            let counted = counted(person);
            counted.saturating_add(person.waived).min(most).max(counted)
        };
        let in_all = self.of_each(with_waived);
        let least = in_all.iter().copied().min().unwrap_or(0);
        let more = |had: &i64| signed_ms(in_half_minutes(millis(had.saturating_sub(least))));
        let loan: Vec<i64> = in_all.iter().map(more).collect();
        let any = loan.iter().any(|more| *more > 0);
        if any { loan } else { Vec::new() }
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
        let time = clock_words(in_half_minutes(millis(lent(most))));
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
