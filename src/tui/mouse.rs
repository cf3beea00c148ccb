//! What the mouse does, where people switched it on: it presses what is seen, and turns pages.

use super::desk::{Desk, Outcome, Over};
use super::view::Spot;
use crate::session::scene::Scene;

impl Desk {
    /// Takes a click of the mouse on something that can be pressed, or beside it.
    pub fn click(&mut self, spot: Option<Spot>, scene: &Scene) -> Outcome {
        match spot {
            Some(Spot::Press(key)) => self.press(key, scene),
            Some(Spot::Choice(n)) if self.over == Over::Nothing && !self.is_thin(scene) => {
                self.says = None;
                self.stir();
                let choice = scene.choices.get(n);
                choice.map_or(Outcome::Nothing, |choice| {
                    Outcome::Ask(choice.intent.clone())
                })
            }
            Some(Spot::Choice(_)) | None => {
                self.stir();
                Outcome::Nothing
            }
        }
    }

    /// Turns a long page by a notch of the wheel.
    pub fn wheel(&mut self, down: bool) {
        const ROWS: usize = 3;
        self.stir();
        self.follow = false;
        self.scroll = if down {
            self.scroll.saturating_add(ROWS)
        } else {
            self.scroll.saturating_sub(ROWS)
        };
    }
}
