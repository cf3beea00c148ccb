//! What is private is in no screen and in no message: whatever is answered at the gate or as a number, everything
//! that can be seen afterwards is the same, as far as it leads to the same place.

use std::collections::BTreeMap;

use crate::rehearsal::{EVENING, Play};
use crate::script::shipped;
use crate::session::Session;
use crate::session::intent::{GateWord, Intent};
use crate::session::scene::{InputField, Scene};
use crate::time::moment::Moment;

const SEEDS: u64 = 40;

/// Everything of a scene that can be read, as a line face would say it and as data.
fn readable(scene: &Scene) -> String {
    let mut text: Vec<&str> = vec![scene.title.as_str()];
    text.extend(scene.prompt.iter().map(|words| words.as_str()));
    text.extend(
        scene
            .list
            .iter()
            .flat_map(|item| [item.lead.as_str(), item.words.as_str()]),
    );
    text.extend(scene.whispers.iter().map(|whisper| whisper.words.as_str()));
    text.extend(scene.choices.iter().map(|choice| choice.says.as_str()));
    text.extend(scene.offers.iter().map(|offer| offer.says.as_str()));
    let beside = scene.notice.iter().chain(&scene.costs);
    text.extend(beside.map(|words| words.as_str()));
    let people = scene.people.iter();
    text.extend(
        people.flat_map(|seat| [seat.name.as_str(), seat.role.as_str(), seat.rung.as_str()]),
    );
    text.join("\n")
}

/// The scene after an intent, or the refusal of it.
fn after(session: &Session, intent: &Intent, now: Moment) -> (Option<Scene>, String) {
    let mut session = session.clone();
    match session.apply(intent.clone(), now) {
        Ok(_) => {
            let scene = session.scene(now);
            let text = readable(&scene);
            (Some(scene), text)
        }
        Err(refused) => (None, refused.0.as_str().to_owned()),
    }
}

/// Looks at every moment of many walks at which a session asks for something private.
fn at_each(asks: impl Fn(&Scene) -> bool, mut look: impl FnMut(&Session, &Scene, Moment)) -> usize {
    let mut looked = 0;
    for script in shipped() {
        for seed in 0..SEEDS {
            let mut play = Play::new(script, script.minutes, seed).unwrap();
            loop {
                let scene = play.session.scene(play.now);
                if asks(&scene) {
                    looked += 1;
                    look(&play.session, &scene, play.now);
                }
                if play.step().is_none() {
                    break;
                }
            }
        }
    }
    looked
}

/// Eleven numbers lead to as many screens as there are places to lead to, and two screens for the same place do not
/// differ in a letter: the number is in none of them.
#[test]
fn a_number_is_not_seen_once_it_was_given() {
    let asks = |scene: &Scene| scene.field == Some(InputField::Rating);
    let looked = at_each(asks, |session, _, now| {
        let mut places: BTreeMap<String, Vec<Scene>> = BTreeMap::new();
        for value in 0..=10 {
            let (scene, _) = after(session, &Intent::Rate { value }, now);
            let scene = scene.unwrap();
            let place = scene.prompt.first().map(|p| p.as_str().to_owned());
            places
                .entry(place.unwrap_or_default())
                .or_default()
                .push(scene);
        }
        assert!(places.len() <= 3, "{:?}", places.keys());
        for (place, scenes) in places {
            let different = scenes.iter().any(|scene| *scene != scenes[0]);
            assert!(!different, "the number is seen at: {place}");
        }
        // One that is too large is refused without being said.
        let (_, refusal) = after(session, &Intent::Rate { value: 97 }, now);
        assert!(!refusal.contains("97"), "{refusal}");
    });
    assert!(looked > 100, "{looked}");
}

/// Every way in which two people can answer the gate: whose word it was that leads on is seen nowhere.
#[test]
fn nobody_sees_whose_word_at_the_gate_it_was() {
    let words = [GateWord::Go, GateWord::Short, GateWord::NotToday];
    let gate = |says| Intent::Gate { says };
    let asks = |scene: &Scene| scene.choices.iter().any(|c| c.intent == gate(GateWord::Go));
    let mut pairs = 0;
    let looked = at_each(asks, |session, before, now| {
        let others = |scene: &Option<Scene>| {
            let look = |scene: &Scene| {
                scene.offers.iter().any(|offer| {
                    offer.says.as_str() == crate::text::words::words().session.gate_look
                })
            };
            scene.as_ref().is_some_and(look)
        };
        for (n, one) in words.iter().enumerate() {
            // While others are still asked, the screen is the same whatever was answered.
            let given: Vec<Option<Scene>> = words
                .iter()
                .map(|says| after(session, &gate(*says), now).0)
                .collect();
            if others(&given[n]) {
                assert!(
                    given.iter().all(|scene| *scene == given[0]),
                    "{}",
                    before.title
                );
            }
            for other in &words[n..] {
                let both = |first: GateWord, second: GateWord| {
                    let mut session = session.clone();
                    session.apply(gate(first), now).ok()?;
                    session.apply(gate(second), now).ok()?;
                    Some(session.scene(now))
                };
                let (left, right) = (both(*one, *other), both(*other, *one));
                assert_eq!(left.is_some(), right.is_some());
                if left.is_some() {
                    pairs += 1;
                    assert!(
                        left == right,
                        "whose word it was is seen after {}",
                        before.title
                    );
                }
            }
        }
    });
    assert!(looked > 40 && pairs > 40, "{looked} {pairs}");
}

/// `Debug` ends up in panics and in failed tests: no text and no number of a session is in it.
#[test]
fn what_is_printed_of_a_scene_by_mistake_holds_no_words() {
    let play = Play::new(&shipped()[0], shipped()[0].minutes, 1).unwrap();
    let scene = play.session.scene(EVENING);
    let printed = format!("{scene:?}");
    for words in scene
        .prompt
        .iter()
        .chain(scene.people.iter().map(|seat| &seat.name))
    {
        assert!(
            words.is_empty() || !printed.contains(words.as_str()),
            "{words}"
        );
    }
}

/// Of a number the log holds only where it led; told again, it leads there again.
#[test]
fn no_number_is_written_down_as_it_was_given() {
    let asks = |scene: &Scene| scene.field == Some(InputField::Rating);
    let looked = at_each(asks, |session, scene, now| {
        for value in 0..=10 {
            let logged = session.to_log(&Intent::Rate { value }).unwrap();
            let Intent::Rated { least: written } = logged else {
                panic!("{logged:?} at {}", scene.title);
            };
            assert!(
                written <= value && matches!(written, 0 | 3 | 4 | 5 | 6 | 7 | 8),
                "{written} for {value}"
            );
            let (live, _) = after(session, &Intent::Rate { value }, now);
            let (told, _) = after(session, &logged, now);
            assert!(live == told, "{} leads elsewhere: {value}", scene.title);
        }
        let written: std::collections::BTreeSet<String> = (0..=10)
            .map(|value| format!("{:?}", session.to_log(&Intent::Rate { value })))
            .collect();
        assert!(written.len() <= 3, "{written:?}");
    });
    assert!(looked > 100, "{looked}");
}
