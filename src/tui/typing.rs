//! What becomes of words that are being typed: pasted into, entered, set aside, kept behind what comes over them.

use super::key::{Code, Key};
use super::text_editor::{MOST_HELD, TextEditor};
use super::text_field::TextField;
use super::ui_state::{KeyOutcome, Overlay, QuestionPlace, UiState, offered, say};
use crate::session::intent::Intent;
use crate::session::scene::{self, Scene, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, too_long, words as words_of};

impl UiState {
    /// Keeps words that somebody has begun to write, as long as they may be come back to. A hidden line is not kept:
    /// it is soon typed again, and nobody could see what stands in it.
    pub(super) fn lay_by(&mut self) {
        let begun = self.field.take().filter(|field| match field {
            TextField::Line(words) => !words.is_hidden(),
            TextField::Page { .. } => true,
            TextField::Rating(_) => false,
        });
        let first = self
            .place
            .field
            .as_ref()
            .and_then(scene::InputField::initial);
        if let Some(field) = begun.filter(|field| field.words() != first) {
            self.laid_by = Some((self.place.clone(), field));
        }
    }

    /// What stands on the page that is being written, where it may be seen.
    pub(super) fn page_words(&self) -> Option<&str> {
        match &self.field {
            Some(TextField::Page { words, .. }) if !words.is_hidden() => Some(words.words()),
            Some(TextField::Line(words)) if !words.is_hidden() => Some(words.words()),
            Some(TextField::Page { .. } | TextField::Line(_) | TextField::Rating(_)) | None => None,
        }
    }

    /// Looks at the scene after something was taken. Words that were begun wait behind the card and a pause, and
    /// nowhere else: whoever is asked next is not shown what the one before them had begun.
    pub(crate) fn follow_up(&mut self, asked: &Intent, scene: &Scene) {
        let comes_back = matches!(asked, Intent::Card | Intent::Pause);
        let entered = matches!(asked, Intent::Write { .. } | Intent::Rate { .. });
        if entered || !comes_back && QuestionPlace::of(scene) != self.place {
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
    pub(crate) fn is_refused(&mut self, says: SafeText, scene: &Scene) {
        if matches!(&self.field, Some(TextField::Line(words)) if words.is_hidden()) {
            self.clear(scene);
        }
        self.says = Some(says);
    }

    /// Takes pasted text: words for the field that is open, and never a command.
    pub(crate) fn paste(&mut self, text: &str, scene: &Scene) {
        self.says = None;
        self.stir();
        match (self.over, &mut self.field) {
            (
                Overlay::Nothing,
                Some(
                    TextField::Line(words)
                    | TextField::Page {
                        words,
                        aside: false,
                    },
                ),
            ) => {
                let room = words.paste(text);
                self.mark = self.numbered(scene);
                self.say_how_long();
                if !room {
                    let (most, bytes) = (MOST_HELD.to_string(), text.len().to_string());
                    let values = [("most", most.as_str()), ("bytes", &bytes)];
                    self.says = Some(fill(&words_of().pages.paste_long, &values));
                }
            }
            (_, _) => self.says = Some(SafeText::new(say().no_paste)),
        }
    }

    /// A key for the words: it changes them, moves in them, or does nothing.
    pub(super) fn type_key(&mut self, key: Key, scene: &Scene) -> bool {
        self.follow = true;
        let paper = self.paper;
        self.make_room(key, scene);
        let Some(TextField::Line(words) | TextField::Page { words, .. }) = &mut self.field else {
            return false;
        };
        let was = words.words().len();
        let known = words.press(key, paper);
        if words.words().len() != was {
            // What is typed counts, whatever was marked before; a number alone marks what it stands for.
            self.mark = self.numbered(scene);
        }
        self.say_how_long();
        known
    }

    /// Says where there are more letters than there is room for; answers whether there are.
    fn say_how_long(&mut self) -> bool {
        let Some(TextField::Line(words) | TextField::Page { words, .. }) = &mut self.field else {
            return false;
        };
        let says = too_long(words.most(), words.wanted());
        let is_long = says.is_some();
        self.says = says.or(self.says.take());
        is_long
    }

    /// Whether numbers choose beside the words: then what stands in the line as a number alone marks a choice.
    fn numbers_choose(&self, scene: &Scene) -> bool {
        let seen = |words: &TextEditor| !words.is_hidden();
        !scene.choices.is_empty()
            && matches!(&self.field, Some(TextField::Line(words)) if seen(words))
    }

    /// The choice whose number stands in the line, and nothing else: one that goes on with letters is words.
    pub(super) fn numbered(&self, scene: &Scene) -> Option<usize> {
        let words = self.field.as_ref().and_then(TextField::words)?;
        let mut number = 0_usize;
        for c in words.chars() {
            let digit = usize::try_from(digit(c)?).ok()?;
            number = number.checked_mul(10)?.checked_add(digit)?;
        }
        let place = number.checked_sub(1)?;
        (place < scene.choices.len() && self.numbers_choose(scene)).then_some(place)
    }

    /// Whether nothing was typed or marked yet where words can be typed or a number can be chosen, and Enter takes nothing.
    pub(super) fn waits_for_words(&self, scene: &Scene) -> bool {
        let empty = self.field.as_ref().and_then(TextField::words) == Some("");
        let waits = empty && self.mark.is_none() && offered(scene, Verb::GoOn).is_none();
        waits && self.numbers_choose(scene)
    }

    /// A number over words that stood there from before begins anew; they come back as any change does.
    fn make_room(&mut self, key: Key, scene: &Scene) {
        let number = matches!(key.code, Code::Char(c) if !key.ctrl && digit(c).is_some());
        let first = scene.field.as_ref().and_then(scene::InputField::initial);
        if !number || !self.numbers_choose(scene) || self.has_typed(scene) || first == Some("") {
            return;
        }
        if let Some(TextField::Line(words)) = &mut self.field {
            words.empty();
        }
    }

    /// Takes the number out of the line, where it only stands for a choice.
    pub(super) fn leave_number(&mut self, scene: &Scene) {
        if self.numbered(scene).is_some()
            && let Some(TextField::Line(words)) = &mut self.field
        {
            words.empty();
        }
    }

    /// Whether words stand in a line that were typed there: then they count, and nothing beside them is marked.
    pub(super) fn has_typed(&self, scene: &Scene) -> bool {
        let first = scene.field.as_ref().and_then(scene::InputField::initial);
        matches!(&self.field, Some(TextField::Line(words))
            if !words.words().is_empty() && Some(words.words()) != first)
    }

    /// Enters the words. Where there are none, as at first, nothing is answered: outside of a session that goes on, and
    /// in one it says what to press.
    pub(super) fn write(&mut self, scene: &Scene) -> KeyOutcome {
        if self.say_how_long() {
            return KeyOutcome::Nothing;
        }
        let words = self.field.as_ref().and_then(TextField::words).unwrap_or("");
        // A blank before a number makes it words; what nobody sees is taken as it was typed.
        let seen = matches!(&self.field, Some(TextField::Line(words)) if !words.is_hidden());
        let words = if seen { words.trim() } else { words };
        let first = scene.field.as_ref().and_then(scene::InputField::initial);
        let leads_on = |verb| offered(scene, verb).is_some();
        if words.is_empty() && first == Some("") && (leads_on(Verb::GoOn) || leads_on(Verb::Pass)) {
            return self.go_on(scene);
        }
        KeyOutcome::Ask(Intent::Write {
            words: words.into(),
        })
    }

    /// Sets several lines of words aside so that keys are keys, or takes them up again.
    pub(super) fn set_aside(&mut self, wanted: bool) -> KeyOutcome {
        if let Some(TextField::Page { aside, .. }) = &mut self.field {
            *aside = wanted;
        }
        self.mark = None;
        KeyOutcome::Nothing
    }
}

/// The number that a letter is, in full width too.
fn digit(c: char) -> Option<u32> {
    let wide = u32::from(c).checked_sub(u32::from('\u{ff10}'));
    c.to_digit(10).or(wide.filter(|n| *n < 10))
}
