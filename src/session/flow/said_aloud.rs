//! Who has no keyboard: the first time that somebody alone is asked to choose, and at the first yes of everybody, the
//! screen says that it can be said aloud, and who presses it, and STOP for everybody who says so. Arriving and the gate have words of their own for that.

use crate::session::intent::Intent;
use crate::session::scene::{InputField, Scene};
use crate::session::state::State;
use crate::session::{Session, Who};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

/// What is said aloud.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::session) enum SaidAloud {
    /// The answer of one person.
    Answer(Who),
    /// Everybody's yes.
    Yes,
}

impl Session {
    /// Whether it was told before.
    fn is_told(&self, aloud: SaidAloud) -> bool {
        match aloud {
            SaidAloud::Answer(who) => self.person(who).is_none_or(|person| person.told_aloud),
            SaidAloud::Yes => self.yes_told_aloud,
        }
    }

    /// What is to be said aloud in a scene, where that was not told before.
    fn aloud_in(&self, scene: &Scene) -> Option<SaidAloud> {
        let open = self.state == State::Walking && !scene.private && !self.is_alone();
        let own_words = |intent: &Intent| matches!(intent, Intent::Gate { .. });
        if !open || scene.choices.iter().any(|choice| own_words(&choice.intent)) {
            return None;
        }
        let consents = |intent: &Intent| matches!(intent, Intent::Yes { .. });
        let aloud = if scene.choices.iter().any(|choice| consents(&choice.intent)) {
            SaidAloud::Yes
        } else {
            let asks = match &scene.field {
                None => !scene.choices.is_empty(),
                Some(InputField::Rating) => true,
                // Words have a field of their own, which says who types.
                Some(InputField::Line { .. } | InputField::Page { .. }) => false,
            };
            match scene.to[..] {
                [one] if asks => SaidAloud::Answer(Who::at(one)),
                _ => return None,
            }
        };
        (!self.is_told(aloud)).then_some(aloud)
    }

    /// What was said beside the screen goes with the next thing that somebody asks; answers what was said to be said
    /// aloud.
    pub(in crate::session) fn takes_back_what_it_said(
        &mut self,
        intent: &Intent,
        now: Moment,
    ) -> Option<SaidAloud> {
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
    fn aloud(&self, now: Moment) -> Option<SaidAloud> {
        if self.yes_told_aloud && self.people.iter().all(|person| person.told_aloud) {
            return None;
        }
        let scene = self.asked(now);
        let said = scene.notice.is_some() || self.notice(now).is_some();
        self.aloud_in(&scene).filter(|_| !said)
    }

    /// Its sentence for this scene.
    pub(in crate::session) fn aloud_words(&self, scene: &Scene) -> Option<SafeText> {
        let w = &words().session;
        let stop = self.stop_word();
        let stop = ("stop", stop.as_ref().map_or(w.stop_said, SafeText::as_str));
        Some(match self.aloud_in(scene)? {
            SaidAloud::Answer(who) => {
                let name = self.name(who);
                fill(&w.say_aloud, &[("name", name.as_str()), stop])
            }
            SaidAloud::Yes => fill(&w.yes_aloud, &[stop]),
        })
    }

    /// It was told, and something followed. A yes is said by one after the other: until all have, it stays.
    pub(in crate::session) fn was_told_aloud(&mut self, told: Option<SaidAloud>, now: Moment) {
        let Some(told) = told else { return };
        match told {
            SaidAloud::Answer(who) => {
                if let Some(person) = self.person_mut(who) {
                    person.told_aloud = true;
                }
            }
            SaidAloud::Yes => {
                self.yes_told_aloud = self.aloud_in(&self.asked(now)) != Some(SaidAloud::Yes);
            }
        }
    }
}
