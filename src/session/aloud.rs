//! Who has no keyboard: the first time that somebody alone is asked to choose, and at the first yes of everybody, the
//! screen says that it can be said aloud, and who presses it. Arriving and the gate have words of their own for that.

use super::intent::Intent;
use super::scene::{Field, Scene};
use super::state::State;
use super::time::Moment;
use super::{Session, Who};
use crate::shown::Shown;
use crate::words::{fill, words};

/// What is said aloud.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Aloud {
    /// The answer of one person.
    Answer(Who),
    /// Everybody's yes.
    Yes,
}

impl Session {
    /// The place of it among what was said already.
    fn aloud_at(&self, aloud: Aloud) -> usize {
        match aloud {
            Aloud::Answer(who) => who.index(),
            Aloud::Yes => self.begin.people.len(),
        }
    }

    /// What is to be said aloud in a scene, where that was not told before.
    fn aloud_in(&self, scene: &Scene) -> Option<Aloud> {
        let open = self.state == State::Walking && !scene.private && self.begin.people.len() > 1;
        let own_words = |intent: &Intent| matches!(intent, Intent::Gate { .. } | Intent::Look);
        if !open || scene.choices.iter().any(|choice| own_words(&choice.intent)) {
            return None;
        }
        let consents = |intent: &Intent| matches!(intent, Intent::Yes { .. });
        let aloud = if scene.choices.iter().any(|choice| consents(&choice.intent)) {
            Aloud::Yes
        } else {
            let asks = match &scene.field {
                None => !scene.choices.is_empty(),
                Some(Field::Rating) => true,
                // Words have a field of their own, which says who types.
                Some(Field::Line { .. } | Field::Page { .. }) => false,
            };
            match scene.to[..] {
                [one] if asks => Aloud::Answer(Who::at(one)),
                _ => return None,
            }
        };
        let was_told = self.told_aloud.get(self.aloud_at(aloud)).copied();
        (was_told == Some(false)).then_some(aloud)
    }

    /// What was said beside the screen goes with the next thing that somebody asks; answers what was said to be said
    /// aloud.
    pub(super) fn takes_back_what_it_said(
        &mut self,
        intent: &Intent,
        now: Moment,
    ) -> Option<Aloud> {
        if matches!(
            intent,
            Intent::TimePassed | Intent::TimeJumped { .. } | Intent::Clock
        ) {
            return None;
        }
        let aloud = self.aloud(now);
        self.notice = None;
        aloud
    }

    /// The same now, unless something else has to be said.
    fn aloud(&self, now: Moment) -> Option<Aloud> {
        if self.told_aloud.iter().all(|told| *told) {
            return None;
        }
        let scene = self.asked(now);
        let said = scene.notice.is_some() || self.notice(now).is_some();
        self.aloud_in(&scene).filter(|_| !said)
    }

    /// Its sentence for this scene.
    pub(super) fn aloud_words(&self, scene: &Scene) -> Option<Shown> {
        let w = &words().session;
        Some(match self.aloud_in(scene)? {
            Aloud::Answer(who) => fill(&w.say_aloud, &[("name", self.name(who).as_str())]),
            Aloud::Yes => Shown::new(&w.yes_aloud),
        })
    }

    /// It was told, and something followed. A yes is said by one after the other: until all have, it stays.
    pub(super) fn was_told_aloud(&mut self, told: Option<Aloud>, now: Moment) {
        let Some(told) = told else { return };
        let stays = told == Aloud::Yes && self.aloud_in(&self.asked(now)) == Some(Aloud::Yes);
        let at = self.aloud_at(told);
        if let Some(place) = self.told_aloud.get_mut(at).filter(|_| !stays) {
            *place = true;
        }
    }
}
