//! A walk through a session for two as it goes when everybody is well.

use std::time::Duration;

use alongside::rehearsal::Play;
use alongside::script::shipped;
use alongside::session::intent::Intent;
use alongside::session::scene::{InputField, Scene, Verb};

/// The script that is followed.
const SCRIPT: &str = "standard-pair";
/// How long the two take for each screen.
const TAKEN: Duration = Duration::from_secs(8);
/// No session has more screens.
const MOST: usize = 400;

/// The session as far as the first screen that is wanted.
pub fn walked_to(mut wanted: impl FnMut(&Scene) -> bool) -> Option<Play> {
    let script = shipped().iter().find(|script| script.name == SCRIPT)?;
    let mut play = Play::new(script, script.minutes, 0).ok()?;
    for _ in 0..MOST {
        let scene = play.session.scene(play.now);
        if wanted(&scene) {
            return Some(play);
        }
        play.now = play.now.later(TAKEN);
        let asked = next(&scene)?;
        play.session.apply(asked, play.now).ok()?;
    }
    None
}

/// What two people who are well ask next.
fn next(scene: &Scene) -> Option<Intent> {
    let yes = scene.choices.iter().find(|choice| choice.on == Some(false));
    let go_on = scene
        .offers
        .iter()
        .find(|offer| matches!(offer.verb, Verb::GoOn | Verb::Pass));
    match (yes, &scene.field, scene.choices.first()) {
        (Some(yes), _, _) if matches!(yes.intent, Intent::Yes { .. }) => Some(yes.intent.clone()),
        (_, Some(InputField::Rating), _) => Some(Intent::Rate { value: 4 }),
        (_, _, Some(choice)) if choice.on.is_none() => Some(choice.intent.clone()),
        (_, _, _) => go_on.map(|offer| offer.intent()),
    }
}
