//! How long nobody has pressed a key: after a while the screen holds less.

use std::time::Duration;

/// After this long without a key the screen thins out.
const AFTER: Duration = Duration::from_secs(60);
/// And where little is said beside the words.
const SOON: Duration = Duration::from_secs(10);
/// How long a sentence of the screen's own stands in the place of what the session says.
const SAID: Duration = Duration::from_secs(20);

/// The time since the last key, as far as it was waited through: never more than has passed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct IdleTime {
    waited: Duration,
    /// How long the screen's own sentence has stood.
    said: Duration,
    /// Whether little is said beside the words.
    pub(crate) soon: bool,
}

/// Equal when they look the same: a second more of waiting is no new picture.
impl PartialEq for IdleTime {
    fn eq(&self, other: &Self) -> bool {
        self.is_long() == other.is_long()
    }
}

impl IdleTime {
    /// Whether it is long enough for the screen to thin out.
    pub(super) fn is_long(self) -> bool {
        self.left().is_zero()
    }

    /// How long until it is.
    pub(super) fn left(self) -> Duration {
        let after = if self.soon { SOON } else { AFTER };
        after.saturating_sub(self.waited)
    }

    /// A key was pressed.
    pub(super) fn begin_anew(&mut self) {
        (self.waited, self.said) = (Duration::ZERO, Duration::ZERO);
    }

    /// How long the screen's own sentence still stands.
    pub(super) fn still_says(self) -> Duration {
        SAID.saturating_sub(self.said)
    }

    /// This much more went by while it stood; whether that is enough.
    pub(super) fn has_said(&mut self, time: Duration) -> bool {
        self.said = self.said.saturating_add(time);
        self.still_says().is_zero()
    }

    /// This much more went by.
    pub(super) fn pass(&mut self, time: Duration) {
        self.waited = self.waited.saturating_add(time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::intent::Intent;
    use crate::session::scene::{Scene, Verb};
    use crate::tui::key::{Code, Key};
    use crate::tui::samples;
    use crate::tui::ui_state::{KeyOutcome, UiState};

    fn waited(scene: &Scene, time: Duration) -> UiState {
        let mut desk = UiState::default();
        desk.meet(scene);
        desk.pass(time, scene);
        desk
    }

    fn letter(c: char) -> Key {
        Key::plain(Code::Char(c))
    }

    #[test]
    fn a_turn_thins_out_after_a_minute_and_not_before() {
        let scene = samples::turn();
        let mut desk = waited(&scene, Duration::from_secs(59));
        assert!(!desk.is_thin(&scene));
        assert_eq!(desk.thins_in(&scene), Some(Duration::from_secs(1)));
        let before = desk.clone();
        desk.pass(Duration::from_millis(500), &scene);
        assert_eq!(desk, before, "waiting alone is no new picture");
        desk.pass(Duration::from_millis(500), &scene);
        assert!(desk.is_thin(&scene) && desk != before);
        assert_eq!(desk.thins_in(&scene), None, "nothing is left to wait for");
    }

    #[test]
    fn where_little_is_said_it_fades_soon_and_a_key_brings_it_back_as_often_as_it_is_pressed() {
        let scene = samples::turn();
        let mut desk = UiState::default();
        desk.rest.soon = true;
        for _ in 0..2 {
            assert_eq!(desk.thins_in(&scene), Some(SOON));
            desk.pass(SOON, &scene);
            assert!(desk.is_thin(&scene));
            desk.stir();
            assert!(!desk.is_thin(&scene));
        }
    }

    #[test]
    fn any_key_brings_everything_back_and_does_nothing_else() {
        let scene = samples::turn();
        for key in [
            letter('1'),
            letter('q'),
            letter('?'),
            Key::plain(Code::Enter),
            Key::plain(Code::Down),
        ] {
            let mut desk = waited(&scene, AFTER);
            assert_eq!(desk.press(key, &scene), KeyOutcome::Nothing, "{key:?}");
            assert_eq!(desk, waited(&scene, Duration::ZERO), "{key:?}");
        }
        let mut desk = waited(&scene, AFTER);
        desk.paste("1", &scene);
        assert!(!desk.is_thin(&scene));
    }

    #[test]
    fn the_first_space_after_a_quiet_minute_pauses() {
        let scene = samples::turn();
        let mut desk = waited(&scene, AFTER);
        assert_eq!(
            desk.press(letter(' '), &scene),
            KeyOutcome::Ask(Intent::Pause)
        );
        assert!(!desk.is_thin(&scene));
    }

    #[test]
    fn stop_stops_at_once_also_when_the_screen_is_thin() {
        let scene = samples::turn();
        for code in ['s', 'S'] {
            let mut desk = waited(&scene, AFTER);
            assert_eq!(
                desk.press(letter(code), &scene),
                KeyOutcome::Ask(Intent::Stop)
            );
            assert!(!desk.is_thin(&scene));
        }
    }

    #[test]
    fn what_a_key_did_gives_way_to_what_the_session_says() {
        let mut scene = samples::turn();
        scene.notice = Some(crate::text::safe_text::SafeText::new("The time is over."));
        let mut desk = waited(&scene, Duration::ZERO);
        desk.press(letter('~'), &scene);
        assert!(desk.says.is_some());
        assert_eq!(desk.gives_way_in(&scene), Some(SAID));
        desk.pass(SAID, &scene);
        assert!(desk.says.is_none());
        // Where it hides nothing, nobody has to read in a hurry.
        scene.notice = None;
        desk.press(letter('~'), &scene);
        assert_eq!(desk.gives_way_in(&scene), None);
    }

    #[test]
    fn another_question_comes_whole() {
        let scene = samples::turn();
        let mut desk = waited(&scene, AFTER);
        let mut ticked = scene.clone();
        ticked.clock = None;
        desk.meet(&ticked);
        assert!(desk.is_thin(&ticked));
        desk.meet(&samples::landing());
        assert!(!desk.is_thin(&samples::landing()));
    }

    #[test]
    fn where_something_is_typed_read_or_no_session_walks_it_never_thins() {
        for (name, scene) in samples::all() {
            let desk = waited(&scene, AFTER * 10);
            let stays = matches!(
                name,
                "home"
                    | "names"
                    | "plan"
                    | "gate"
                    | "rating"
                    | "agreement"
                    | "neutral"
                    | "paused"
                    | "crisis"
                    | "closed"
                    // Its time is over.
                    | "crowded"
            );
            assert_eq!(desk.is_thin(&scene), !stays, "{name}");
            assert_eq!(desk.thins_in(&scene), None, "{name}");
        }
        let turn = samples::turn();
        let mut desk = waited(&turn, Duration::ZERO);
        desk.press(letter('?'), &turn);
        desk.pass(AFTER, &turn);
        assert!(!desk.is_thin(&turn), "under the page of keys");
    }

    #[test]
    fn the_thin_page_offers_nothing_to_choose_and_keeps_stop() {
        for (name, scene) in samples::all() {
            let desk = waited(&scene, AFTER);
            if !desk.is_thin(&scene) {
                continue;
            }
            let thin = crate::tui::own_pages::over(&desk, &scene).expect("a thin page");
            assert_eq!(
                (&thin.prompt, &thin.clock),
                (&scene.prompt, &scene.clock),
                "{name}"
            );
            assert!(thin.choices.is_empty() && thin.way.is_empty() && thin.whispers.is_empty());
            let footer = crate::tui::own_pages::footer(&desk, &scene);
            let offers = |verb| scene.offers.iter().any(|offer| offer.verb == verb);
            let (stop, card) = (offers(Verb::Stop), offers(Verb::Card));
            let keys = 1 + usize::from(stop) + usize::from(card);
            assert_eq!(footer.len(), keys, "{name}");
            assert_eq!(footer.iter().any(|key| key.word == "STOP"), stop, "{name}");
            // The numbers are one key away here, too.
            let mut desk = waited(&scene, AFTER);
            let asked = desk.press(letter('c'), &scene);
            let opens = matches!(asked, crate::tui::ui_state::KeyOutcome::Ask(Intent::Card));
            assert_eq!(opens, card, "{name}");
        }
    }
}
