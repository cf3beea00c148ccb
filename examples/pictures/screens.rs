//! The screens of the pictures: real ones, reached by going through a shipped script as two people would.

use alongside::home::HomePages;
use alongside::session::intent::Intent;
use alongside::session::scene::{Offer, Scene, Verb};
use alongside::text::safe_text::SafeText;
use alongside::tui::{Appearance, Theme, still};

use super::svg::svg;
use super::walk::walked_to;

/// The size of a screen that reads well through a video call.
const SIZE: (u16, u16) = (100, 30);
/// What is said around the program.
const CLI: &str = include_str!("../../src/text/words/cli.toml");
/// The agreement with everybody's yes but the last; a question of a turn; STOP at that question.
fn session() -> Option<[Scene; 3]> {
    let signing = |scene: &Scene| {
        let yes = scene
            .choices
            .iter()
            .filter(|choice| choice.on == Some(true));
        !scene.list.is_empty() && yes.count() == 1
    };
    let asking = |scene: &Scene| {
        let clock = scene.clock.as_ref().is_some_and(|clock| clock.large);
        let to_the_other = scene.whispers.iter().any(|w| !w.to.is_empty());
        clock && to_the_other && scene.field.is_none() && scene.choices.len() >= 3
    };
    let agreement = walked_to(signing)?;
    let mut turn = walked_to(asking)?;
    let asked = turn.session.scene(turn.now);
    turn.session.apply(Intent::Stop, turn.now).ok()?;
    Some([
        agreement.session.scene(agreement.now),
        asked,
        turn.session.scene(turn.now),
    ])
}

/// What the program adds to every screen of a session.
fn with_card(mut scene: Scene) -> Scene {
    let words: toml::Table = CLI.parse().unwrap_or_default();
    for (verb, key) in [(Verb::Card, "card"), (Verb::Leave, "leave-open")] {
        scene.offers.push(Offer {
            verb,
            says: SafeText::new(words[key].as_str().unwrap_or_default()),
        });
    }
    scene
}

/// Every picture with the name of its file; `None` when the script has no such screen any more.
pub fn pictures() -> Option<Vec<(String, String)>> {
    let [agreement, turn, stop] = session()?.map(with_card);
    let screens = [
        (
            "home",
            "The first page of alongside",
            HomePages::to_look_at().scene(),
        ),
        (
            "agreement",
            "The agreement, with one of two yeses",
            agreement,
        ),
        (
            "turn",
            "A question in a turn, and the time that is left",
            turn,
        ),
        (
            "stop",
            "After STOP: nothing of the session is on the screen",
            stop,
        ),
    ];
    let mut pictures = Vec::new();
    for (name, says, scene) in screens {
        for (ground, theme) in [("dark", Theme::Night), ("light", Theme::Day)] {
            let look = Appearance::default().in_theme(theme);
            let screen = still(&scene, look, SIZE);
            pictures.push((format!("{name}-{ground}.svg"), svg(&screen, says)));
        }
    }
    Some(pictures)
}
