//! The desk: what the screen holds of its own (a mark, a page, words being typed) and what a key does to it.

use super::field::{Field, Rating};
use super::held::protects;
use super::key::{Key, Kind, Press};
use super::keys::{Context, Does, chord, said, table};
use super::paper::Paper;
use super::rest::Rest;
use crate::session::intent::Intent;
use crate::session::scene::{self, Mood, Offer, Scene, Verb};
use crate::shown::Shown;
use crate::words::{TuiWords, fill, words};

/// What the screen holds beside the scene.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Desk {
    /// What lies over the scene.
    pub over: Over,
    /// The choice that Enter takes, counted from 0.
    pub mark: Option<usize>,
    /// The first row of a long page that is seen.
    pub scroll: usize,
    /// Whether the page goes where the mark, the typed words or the line spoken about are; turning it by hand ends that.
    pub follow: bool,
    /// How many rows of a long page are seen at once.
    pub page: usize,
    /// What is being typed.
    pub field: Option<Field>,
    /// How large the window is through which several lines of words are seen.
    pub paper: Paper,
    /// One sentence until the next key.
    pub says: Option<Shown>,
    /// How long no key came.
    pub rest: Rest,
    /// Whether the last key may act again while it is held down: it writes, takes out, or moves.
    repeats: bool,
    /// What the scene had to say last.
    notice: Option<Shown>,
    /// What the mark, the page and the typed words belong to.
    pub(super) place: Place,
    /// Words that were being typed when something came over them, and where they belong.
    pub(super) laid_by: Option<(Place, Field)>,
}

/// What lies over the scene.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Over {
    /// Nothing.
    #[default]
    Nothing,
    /// The page of keys.
    Help,
    /// The question whether to leave.
    Leaving,
}

/// What a key asks of the face.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Nothing beyond the desk.
    Nothing,
    /// This, of the program behind the face.
    Ask(Intent),
    /// To leave; when `anyway`, also where the scene does not offer it.
    Leave {
        /// Whether nothing may hold it back.
        anyway: bool,
    },
    /// To be set aside.
    Suspend,
    /// To draw everything anew.
    Repaint,
    /// To switch the bell.
    Bell,
    /// To take the next theme.
    Colours,
}

/// As much of a scene as tells whether it is still the same question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Place {
    title: Shown,
    prompt: Vec<Shown>,
    list: Vec<Shown>,
    now: Option<usize>,
    choices: Vec<Shown>,
    to: Vec<usize>,
    pub(super) field: Option<scene::Field>,
}

impl Place {
    pub(super) fn of(scene: &Scene) -> Self {
        Self {
            title: scene.title.clone(),
            prompt: scene.prompt.clone(),
            list: scene.list.iter().map(|item| item.words.clone()).collect(),
            now: scene.list.iter().position(|item| item.now),
            choices: scene
                .choices
                .iter()
                .map(|choice| choice.says.clone())
                .collect(),
            to: scene.to.clone(),
            field: scene.field.clone(),
        }
    }
}

pub(super) fn say() -> &'static TuiWords {
    &words().tui
}

/// What a scene offers of this kind.
#[must_use]
pub fn offered(scene: &Scene, verb: Verb) -> Option<&Offer> {
    scene.offers.iter().find(|offer| offer.verb == verb)
}

/// What pausing asks: to stand still, or, while all stands still, to go on.
fn pause(scene: &Scene) -> Option<&Offer> {
    offered(scene, Verb::Pause).or_else(|| {
        (scene.mood == Mood::Held)
            .then(|| offered(scene, Verb::GoOn))
            .flatten()
    })
}

impl Desk {
    /// Looks at the scene: where it asks something else than before, the desk is cleared.
    pub fn meet(&mut self, scene: &Scene) {
        let place = Place::of(scene);
        // A sentence goes with the next thing that happens, and never stands over what a bell has to say.
        if place != self.place || scene.notice != self.notice && scene.notice.is_some() {
            self.says = None;
        }
        self.notice.clone_from(&scene.notice);
        if place != self.place {
            self.repeats = false;
            self.lay_by();
            self.place = place;
            self.stir();
            self.clear(scene);
            // Whoever comes back from the card or a pause finds the words as they were.
            let back = self.laid_by.take_if(|(place, _)| *place == self.place);
            self.field = back.map(|(_, field)| field).or(self.field.take());
        }
    }

    /// Clears the desk for a scene, also where it asks the same again.
    pub fn clear(&mut self, scene: &Scene) {
        self.mark = None;
        self.scroll = 0;
        self.follow = true;
        self.field = scene.field.as_ref().map(Field::of);
    }

    /// Where keys are pressed now.
    #[must_use]
    pub fn context(&self) -> Context {
        match (self.over, &self.field) {
            (Over::Leaving, _) => Context::Asking,
            (Over::Help, _) | (Over::Nothing, None) => Context::Keys,
            (Over::Nothing, Some(Field::Line(_))) => Context::Typing,
            (Over::Nothing, Some(Field::Page { aside: false, .. })) => Context::Writing,
            (Over::Nothing, Some(Field::Page { aside: true, .. })) => Context::Keys,
            (Over::Nothing, Some(Field::Rating(_))) => Context::Rating,
        }
    }

    /// Takes a key as it was told. What protects people is found in it whatever is held with it and whichever letters
    /// the keyboard writes; a key that is held down acts again only where it writes, takes out, or moves.
    pub fn takes(&mut self, press: Press, scene: &Scene) -> Outcome {
        if press.kind == Kind::Again && !self.repeats {
            self.stir();
            return Outcome::Nothing;
        }
        let here = match self.context() {
            // With Alt no letter is written.
            Context::Typing | Context::Writing if !press.alt => Context::Typing,
            Context::Typing
            | Context::Writing
            | Context::Keys
            | Context::Asking
            | Context::Rating => Context::Keys,
        };
        if let Some((does, key)) = protects(press, &[here]) {
            return self.protect(does, key, scene);
        }
        match press.plain() {
            Some(key) => self.press(key, scene),
            None if press.stray => Outcome::Nothing,
            None => {
                self.stir();
                self.unknown(scene)
            }
        }
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, scene: &Scene) -> Outcome {
        // STOP and the card come before everything, whatever lies over the scene.
        let letters = match self.context() {
            Context::Typing | Context::Writing => Context::Typing,
            Context::Keys | Context::Asking | Context::Rating => Context::Keys,
        };
        if let Some((does, key)) = protects(key.into(), &[letters]) {
            return self.protect(does, key, scene);
        }
        self.press_other(key, scene)
    }

    /// Takes a key that protects people.
    fn protect(&mut self, does: Does, key: Key, scene: &Scene) -> Outcome {
        if does == Does::Stop {
            (self.says, self.repeats) = (None, false);
            self.stir();
            return self.stop(scene);
        }
        let card = offered(scene, Verb::Card);
        if does == Does::Card && card.is_some() {
            // The numbers are one key away, whatever lies over the scene (content.md 4.2, 1).
            (self.says, self.repeats) = (None, false);
            self.stir();
            self.lay(Over::Nothing);
            return self.take(card);
        }
        self.press_other(key, scene)
    }

    fn press_other(&mut self, key: Key, scene: &Scene) -> Outcome {
        (self.says, self.repeats) = (None, false);
        let thin = self.is_thin(scene);
        self.stir();
        if thin {
            // Nobody knows what a key would do that they do not see: this one only brings everything back.
            return Outcome::Nothing;
        }
        match self.over {
            Over::Help => self.press_in_help(key),
            Over::Leaving => self.press_in_question(key),
            Over::Nothing => self.press_here(key, scene),
        }
    }

    fn stop(&mut self, scene: &Scene) -> Outcome {
        let Some(offer) = offered(scene, Verb::Stop) else {
            if scene.mood == Mood::Neutral {
                // Who is frightened presses it again.
                self.says = Some(Shown::new(&say().still));
                return Outcome::Nothing;
            }
            return self.not_here();
        };
        // After STOP nothing that was being written comes back.
        self.laid_by = None;
        self.over = Over::Nothing;
        Outcome::Ask(offer.intent.clone())
    }

    fn press_in_help(&mut self, key: Key) -> Outcome {
        let Some(does) = table().find(key, Context::Keys) else {
            return Outcome::Nothing;
        };
        self.repeats = does.may_repeat();
        match does {
            Does::Up => self.scroll = self.scroll.saturating_sub(1),
            Does::Down => self.scroll = self.scroll.saturating_add(1),
            Does::PageUp | Does::PageDown | Does::Top | Does::Bottom => self.turn_page(does),
            Does::Help | Does::Close | Does::Enter | Does::Leave | Does::Back => {
                self.lay(Over::Nothing)
            }
            Does::Interrupt => self.lay(Over::Leaving),
            Does::Suspend => return Outcome::Suspend,
            Does::Repaint => return Outcome::Repaint,
            Does::Bell => return Outcome::Bell,
            Does::Colours => return Outcome::Colours,
            Does::Choose
            | Does::Rate
            | Does::Done
            | Does::GoOn
            | Does::Unsure
            | Does::Pause
            | Does::More
            | Does::Land
            | Does::Asides
            | Does::ChangeLine
            | Does::ReadAloud
            | Does::Skip
            | Does::Stop
            | Does::QuickExit
            | Does::Card
            | Does::Clock
            | Does::Sure
            | Does::Stay => {}
        }
        Outcome::Nothing
    }

    fn press_in_question(&mut self, key: Key) -> Outcome {
        let does = table().find(key, Context::Asking);
        match does {
            Some(Does::Suspend) => return Outcome::Suspend,
            Some(Does::Repaint) => return Outcome::Repaint,
            Some(_) | None => self.lay(Over::Nothing),
        }
        match does {
            Some(Does::Sure) => Outcome::Leave { anyway: false },
            Some(Does::Interrupt) => Outcome::Leave { anyway: true },
            Some(_) | None => Outcome::Nothing,
        }
    }

    fn press_here(&mut self, key: Key, scene: &Scene) -> Outcome {
        let context = self.context();
        let known = table().find(key, context);
        if let Some(choice) = self.suggested(key, scene) {
            return Outcome::Ask(choice.intent.clone());
        }
        match &mut self.field {
            Some(Field::Line(_) | Field::Page { aside: false, .. }) if known.is_none() => {
                self.repeats = self.type_key(key);
                return match self.repeats {
                    true => Outcome::Nothing,
                    false => self.unknown(scene),
                };
            }
            Some(Field::Rating(rating)) => {
                let number = table()
                    .place(Does::Rate, key)
                    .and_then(|n| u8::try_from(n).ok());
                if rating.press(key.folded(), number) {
                    (self.follow, self.repeats) = (true, true);
                    return Outcome::Nothing;
                }
            }
            Some(Field::Line(_) | Field::Page { .. }) | None => {}
        }
        match known {
            Some(does) => {
                self.repeats = does.may_repeat();
                self.act(does, key, scene)
            }
            None => self.unknown(scene),
        }
    }

    /// A key that is none here: it says which one always works. Somebody may sit at a keyboard with other letters.
    fn unknown(&mut self, scene: &Scene) -> Outcome {
        let w = say();
        let says = match offered(scene, Verb::Stop) {
            Some(_) => &w.no_key_stop,
            None => &w.no_key,
        };
        let values = [("stop", &*chord(Does::Stop)), ("help", &*chord(Does::Help))];
        self.says = Some(fill(says, &values));
        Outcome::Nothing
    }

    /// Says one sentence until the next key.
    pub fn says(&mut self, says: &str) {
        self.stir();
        self.says = Some(Shown::new(says));
    }

    fn act(&mut self, does: Does, key: Key, scene: &Scene) -> Outcome {
        match does {
            Does::Choose => self.choose(key, scene),
            Does::Enter => self.enter(scene),
            Does::Done if matches!(self.field, Some(Field::Page { .. })) => self.write(scene),
            Does::Close if self.context() == Context::Writing => self.set_aside(true),
            Does::Up | Does::Down => self.step(does, scene),
            Does::PageUp | Does::PageDown | Does::Top | Does::Bottom => {
                self.mark = None;
                self.turn_page(does);
                Outcome::Nothing
            }
            Does::Help => {
                self.lay(Over::Help);
                Outcome::Nothing
            }
            Does::Close if self.mark.is_some() => {
                self.mark = None;
                Outcome::Nothing
            }
            Does::Close => self.take(offered(scene, Verb::Back)),
            Does::Leave if offered(scene, Verb::Leave).is_none() => self.not_here(),
            Does::Leave | Does::Interrupt => {
                self.lay(Over::Leaving);
                Outcome::Nothing
            }
            Does::Suspend => Outcome::Suspend,
            Does::Repaint => Outcome::Repaint,
            Does::Bell => Outcome::Bell,
            Does::Colours => Outcome::Colours,
            Does::Pause => self.take(pause(scene)),
            Does::GoOn
            | Does::Back
            | Does::Unsure
            | Does::More
            | Does::Land
            | Does::Asides
            | Does::ChangeLine
            | Does::ReadAloud
            | Does::Skip
            | Does::Stop
            | Does::Card
            | Does::Clock => self.take(does.verb().and_then(|verb| offered(scene, verb))),
            // Its strokes are counted where keys are read.
            Does::QuickExit => Outcome::Nothing,
            Does::Rate | Does::Done | Does::Sure | Does::Stay => self.not_here(),
        }
    }

    fn take(&mut self, offer: Option<&Offer>) -> Outcome {
        match offer {
            Some(offer) => Outcome::Ask(offer.intent.clone()),
            None => self.not_here(),
        }
    }

    fn choose(&mut self, key: Key, scene: &Scene) -> Outcome {
        let place = table().place(Does::Choose, key);
        let chosen = place.and_then(|n| scene.choices.get(n));
        match chosen {
            Some(choice) => Outcome::Ask(choice.intent.clone()),
            None => self.not_here(),
        }
    }

    fn enter(&mut self, scene: &Scene) -> Outcome {
        if let Some(choice) = self.mark.and_then(|mark| scene.choices.get(mark)) {
            return Outcome::Ask(choice.intent.clone());
        }
        match &self.field {
            Some(Field::Rating(Rating(Some(value)))) => {
                Outcome::Ask(Intent::Rate { value: *value })
            }
            Some(Field::Rating(_)) if offered(scene, Verb::GoOn).is_none() => {
                self.says = Some(Shown::new(&say().not_a_number));
                Outcome::Nothing
            }
            Some(Field::Line(_)) => self.write(scene),
            Some(Field::Page { .. }) => self.set_aside(false),
            Some(Field::Rating(_)) | None => self.take(offered(scene, Verb::GoOn)),
        }
    }

    /// Moves the mark, or the page where there is nothing to mark.
    fn step(&mut self, does: Does, scene: &Scene) -> Outcome {
        let down = does == Does::Down;
        let last = scene.choices.len().checked_sub(1);
        if last.is_some() && self.has_typed(scene) {
            self.says = Some(Shown::new(&say().typed_counts));
            return Outcome::Nothing;
        }
        self.follow = last.is_some();
        let Some(last) = last else {
            self.scroll = if down {
                self.scroll.saturating_add(1)
            } else {
                self.scroll.saturating_sub(1)
            };
            return Outcome::Nothing;
        };
        self.mark = Some(match (self.mark, down) {
            (None, true) => 0,
            (None, false) => last,
            (Some(mark), true) => (mark + 1).min(last),
            (Some(mark), false) => mark.saturating_sub(1),
        });
        Outcome::Nothing
    }

    fn turn_page(&mut self, does: Does) {
        // One row stays, so that the eye finds its place again.
        let page = self.page.saturating_sub(2).max(1);
        self.follow = false;
        if does == Does::PageUp {
            self.scroll = self.scroll.saturating_sub(page);
        } else if does == Does::PageDown {
            self.scroll = self.scroll.saturating_add(page);
        } else if does == Does::Top {
            self.scroll = 0;
        } else {
            self.scroll = usize::MAX;
        }
    }

    fn lay(&mut self, over: Over) {
        self.over = over;
        self.scroll = 0;
    }

    fn not_here(&mut self) -> Outcome {
        self.says = Some(fill(&say().not_here, &[("key", &said(Does::Help))]));
        Outcome::Nothing
    }
}

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;
