//! What the mouse does, where people switched it on: it presses what is seen, and turns pages.

use super::ui_state::{KeyOutcome, Overlay, UiState};
use super::view::ClickTarget;
use crate::session::scene::Scene;

impl UiState {
    /// Takes a click of the mouse on something that can be pressed, or beside it.
    pub(crate) fn click(&mut self, spot: Option<ClickTarget>, scene: &Scene) -> KeyOutcome {
        match spot {
            Some(ClickTarget::Press(key)) => self.press(key, scene),
            Some(ClickTarget::Choice(n))
                if self.over == Overlay::Nothing && !self.is_thin(scene) =>
            {
                self.says = None;
                self.stir();
                match scene.choices.get(n) {
                    Some(choice) => self.take_choice(choice, scene),
                    None => KeyOutcome::Nothing,
                }
            }
            Some(ClickTarget::Choice(_)) | None => {
                self.stir();
                KeyOutcome::Nothing
            }
        }
    }

    /// Turns a long page by a notch of the wheel.
    pub(crate) fn wheel(&mut self, down: bool) {
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
