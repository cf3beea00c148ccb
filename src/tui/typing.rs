//! What becomes of words that are being typed: pasted into, entered, set aside, kept behind what comes over them.

use super::desk::{Desk, Outcome, Over, Place, offered, say};
use super::field::Field;
use crate::session::intent::Intent;
use crate::session::scene::{self, Scene, Verb};
use crate::shown::Shown;

impl Desk {
    /// Keeps words that somebody has begun to write, as long as they may be come back to. A hidden line is not kept:
    /// it is soon typed again, and nobody could see what stands in it.
    pub(super) fn lay_by(&mut self) {
        let begun = self.field.take().filter(|field| match field {
            Field::Line(words) => !words.is_hidden(),
            Field::Page { .. } => true,
            Field::Rating(_) => false,
        });
        let first = self.place.field.as_ref().and_then(scene::Field::initial);
        if let Some(field) = begun.filter(|field| field.words() != first) {
            self.laid_by = Some((self.place.clone(), field));
        }
    }

    /// What stands on the page that is being written, where it may be seen.
    pub(super) fn page_words(&self) -> Option<&str> {
        match &self.field {
            Some(Field::Page { words, .. }) if !words.is_hidden() => Some(words.words()),
            Some(Field::Page { .. } | Field::Line(_) | Field::Rating(_)) | None => None,
        }
    }

    /// Looks at the scene after something was taken. Words that were begun wait behind the card and a pause, and
    /// nowhere else: whoever is asked next is not shown what the one before them had begun.
    pub fn follow_up(&mut self, asked: &Intent, scene: &Scene) {
        let comes_back = matches!(asked, Intent::Card | Intent::Pause);
        let entered = matches!(asked, Intent::Write { .. } | Intent::Rate { .. });
        if entered || !comes_back && Place::of(scene) != self.place {
            self.field = None;
        }
        self.meet(scene);
        if entered {
            // The next question may look like the last one (another name); what was entered is gone from it.
            self.clear(scene);
        }
    }

    /// What was asked was refused with this sentence. A hidden line is typed anew: nobody sees what stands in it, and
    /// whoever types the right words would only add them to the wrong ones.
    pub fn is_refused(&mut self, says: Shown, scene: &Scene) {
        if matches!(&self.field, Some(Field::Line(words)) if words.is_hidden()) {
            self.clear(scene);
        }
        self.says = Some(says);
    }

    /// Takes pasted text: words for the field that is open, and never a command.
    pub fn paste(&mut self, text: &str) {
        self.says = None;
        self.stir();
        match (self.over, &mut self.field) {
            (
                Over::Nothing,
                Some(
                    Field::Line(words)
                    | Field::Page {
                        words,
                        aside: false,
                    },
                ),
            ) => {
                words.paste(text);
            }
            (_, _) => self.says = Some(Shown::new(&say().no_paste)),
        }
    }

    /// Enters the words. Where there are none, as at first, that passes, if passing is offered.
    pub(super) fn write(&mut self, scene: &Scene) -> Outcome {
        let words = self.field.as_ref().and_then(Field::words).unwrap_or("");
        let first = scene.field.as_ref().and_then(scene::Field::initial);
        let go_on = offered(scene, Verb::GoOn);
        match go_on.filter(|_| words.is_empty() && first == Some("")) {
            Some(go_on) => Outcome::Ask(go_on.intent.clone()),
            None => Outcome::Ask(Intent::Write {
                words: words.into(),
            }),
        }
    }

    /// Sets several lines of words aside so that keys are keys, or takes them up again.
    pub(super) fn set_aside(&mut self, wanted: bool) -> Outcome {
        if let Some(Field::Page { aside, .. }) = &mut self.field {
            *aside = wanted;
        }
        self.mark = None;
        Outcome::Nothing
    }
}
