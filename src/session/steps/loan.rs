//! What was lent in earlier sessions: it is told, given back first, or forgiven by everybody.
use std::time::Duration;

use crate::script::Who;
use crate::session::Session;
use crate::session::flow::turn::WORTH_ASKING_MS;
use crate::session::intent::Intent;
use crate::session::length_words::clock_words;
use crate::session::plan::ActKind;
use crate::session::scene::{Scene, SceneChoice};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::{millis, signed_ms};

impl Session {
    /// How many milliseconds of turn time somebody will have had today, if everything from act `at` on goes as planned.
    pub(in crate::session) fn today_in_all(&self, nth: usize, at: usize) -> i64 {
        let today = self.turns.get(self.who(nth).index()).copied().unwrap_or(0);
        let to_come = self.acts.iter().skip(at);
        let to_come = to_come.filter(|act| act.what.is_turn() && act.what.nth() == Some(nth));
        today.saturating_add(to_come.map(|act| signed_ms(act.length)).sum())
    }

    /// How many milliseconds more this person has had before today than the one who had least.
    pub(in crate::session) fn lent(&self, who: Who) -> i64 {
        self.lent.get(who.index()).copied().unwrap_or(0)
    }

    /// What each was offered today and did not want; empty where nobody was.
    pub(in crate::session) fn waived_today(&self) -> Vec<i64> {
        let any = self.waived.iter().any(|more| *more > 0);
        if any { self.waived.clone() } else { Vec::new() }
    }

    /// Whether there is a loan that is worth a word.
    pub(in crate::session) fn is_lent(&self) -> bool {
        !self.one_sided() && self.lent.iter().any(|more| *more >= WORTH_ASKING_MS)
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
        let people = (0..self.begin.people.len()).map(Who::at);
        let most = people.max_by_key(|who| (self.lent(*who), usize::MAX - who.index()))?;
        let time = clock_words(millis(self.lent(most) / 60_000 * 60_000));
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
            scene
                .choices
                .push(SceneChoice::new(forgive, Intent::Forgive));
        }
    }
}
