//! Both faces can ask the same: everything that a scene offers, by keys and by typed words.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::rehearsal::{EVENING, Play};
use crate::safety::crisis_card::CrisisCard;
use crate::safety::grounding::{AfterGrounding, Grounding};
use crate::script::{SHIPPED, Source, check, shipped};
use crate::session::intent::Intent;
use crate::session::scene::{InputField, Scene, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::words as says;
use crate::{line_ui, tui};

/// How many walks there are of each script.
const SEEDS: u64 = 60;

/// Something that somebody wants to ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Wanted {
    /// The choice of this place, counted from 0.
    Choice(usize),
    /// What is offered of this kind.
    Offer(Verb),
    /// A number.
    Rate(u8),
    /// Words.
    Words(&'static str),
    /// What stands in the field already.
    Keep,
}

/// Everything that a scene offers, and what it asks.
pub(crate) fn offered(scene: &Scene) -> Vec<(Wanted, Intent)> {
    let mut all = Vec::new();
    for (n, choice) in scene.choices.iter().enumerate() {
        all.push((Wanted::Choice(n), choice.intent.clone()));
    }
    for offer in &scene.offers {
        all.push((Wanted::Offer(offer.verb), offer.intent()));
    }
    let write = |words: &str| Intent::Write {
        words: words.into(),
    };
    match &scene.field {
        None => {}
        Some(InputField::Rating) => {
            all.extend((0..=10).map(|value| (Wanted::Rate(value), Intent::Rate { value })));
        }
        Some(InputField::Line { initial, most, .. } | InputField::Page { initial, most, .. }) => {
            // Words that would be a number, a command or a key where no words are asked for.
            // Where there is something to choose, a bare number chooses; as words it has a full stop.
            let number = if scene.choices.is_empty() { "1" } else { "1." };
            let words = ["A line of ours.", number, "leave", "s", "c q ?"];
            // Nobody, and no folder, is called as what leads away.
            let names = [
                says().home.name_hint,
                says().notebook_ui.make.name_hint,
                says().pages.file_hint,
            ];
            let is_name = matches!(&scene.field, Some(InputField::Line { hint, .. }) if names.contains(&hint.as_str()));
            let fit = words.into_iter().filter(|words| words.len() <= *most);
            let fit = fit.filter(|words| !(is_name && *words == "leave"));
            all.extend(fit.map(|words| (Wanted::Words(words), write(words))));
            // What was begun and is too long is told so, and not kept.
            if (1..=*most).contains(&initial.chars().count()) {
                all.push((Wanted::Keep, write(initial)));
            }
        }
    }
    all
}

/// The fields that no script asks for.
fn more_fields() -> Vec<InputField> {
    let mut fields = Vec::new();
    for (initial, hidden) in [
        ("", false),
        ("as before\nand more", false),
        ("", true),
        ("x", true),
    ] {
        let (initial, hint, most) = (initial.to_owned(), SafeText::new("words"), 80);
        fields.push(InputField::Line {
            initial: initial.replace('\n', " "),
            hint: hint.clone(),
            most,
            hidden,
        });
        fields.push(InputField::Page {
            initial,
            hint,
            most,
            hidden,
        });
    }
    fields
}

/// What the program puts beside a session's own offers.
fn with_the_programs_own(mut scene: Scene, closed: bool) -> Scene {
    let last = if closed { Verb::GoOn } else { Verb::Leave };
    for verb in [Verb::Card, last] {
        scene.add_offer(verb, "…");
    }
    scene
}

/// A scene as far as it decides what can be asked, so that each is looked at once.
pub(crate) fn shape(scene: &Scene) -> String {
    let verbs: Vec<Verb> = scene.offers.iter().map(|offer| offer.verb).collect();
    let choices: Vec<_> = scene.choices.iter().map(|c| (&c.intent, c.on)).collect();
    format!("{:?} {verbs:?} {choices:?} {:?}", scene.mood, scene.field)
}

/// What can be chosen or done in a scene that begins with a small letter: all of it is said in one style.
pub(crate) fn small_letters(scene: &Scene) -> impl Iterator<Item = String> + use<'_> {
    let choices = scene.choices.iter().map(|choice| &choice.says);
    let says = choices.chain(scene.offers.iter().map(|offer| &offer.says));
    let small = says.filter(|says| says.as_str().starts_with(char::is_lowercase));
    small.map(|says| format!("{}: a small letter: {says}", scene.title))
}

/// What cannot be asked in a scene, as sentences.
pub(crate) fn missing(scene: &Scene) -> Vec<String> {
    let verbs: BTreeSet<Verb> = scene.offers.iter().map(|offer| offer.verb).collect();
    assert_eq!(verbs.len(), scene.offers.len(), "a kind twice: {verbs:?}");
    let mut missing = Vec::new();
    for (wanted, intent) in offered(scene) {
        for (face, ways) in [
            ("by lines", line_ui::ways(scene, &wanted)),
            ("by keys", tui::ways(scene, &wanted)),
        ] {
            // What a choice says comes before a word for something else.
            let says = |typed: &str| {
                let mut choices = scene.choices.iter().map(|choice| choice.says.as_str());
                choices.any(|says| says.trim_end_matches('.').eq_ignore_ascii_case(typed))
            };
            let mut wrong: Vec<String> = ways
                .iter()
                .filter(|(typed, asked)| asked.as_ref() != Some(&intent) && !says(typed))
                .map(|(typed, asked)| format!("{typed} asks {asked:?}"))
                .collect();
            if ways.is_empty() {
                wrong.push("no way".to_owned());
            }
            let field = &scene.field;
            let say = |wrong| format!("{face}, {wanted:?} with the field {field:?}: {wrong}");
            missing.extend(wrong.into_iter().map(say));
        }
    }
    missing
}

#[test]
fn everything_that_is_offered_can_be_asked_in_both_faces() {
    let mut seen = BTreeSet::new();
    let mut all = BTreeSet::new();
    let mut look = |scene: Scene| {
        all.extend(small_letters(&scene));
        if seen.insert(shape(&scene)) {
            all.extend(missing(&scene));
        }
    };
    // What the shipped scripts may not use is in this one.
    let everything = include_str!("../../tests/scripts/everything.toml");
    let source = Source::new("everything.toml", everything);
    let everything = check("everything", source, &SHIPPED).script.map(Arc::new);
    for script in shipped().iter().chain(&everything) {
        for seed in 0..SEEDS {
            let mut play = Play::new(script, script.minutes, seed).unwrap();
            loop {
                let closed = play.session.is_closed();
                let scene = play.session.scene(play.now);
                look(with_the_programs_own(scene, closed));
                if play.step().is_none() {
                    break;
                }
            }
        }
    }
    let mut ground = Grounding::begin(EVENING, false);
    look(ground.scene(EVENING));
    while ground.ask(Intent::GoOn, EVENING) == Ok(AfterGrounding::Stay) {
        look(ground.scene(EVENING));
    }
    look(CrisisCard::open(&[]).scene(&[], EVENING.day()));
    for field in more_fields() {
        let play = Play::new(&shipped()[0], 60, 0).unwrap();
        let mut scene = with_the_programs_own(play.session.scene(play.now), false);
        // Words are never asked for where there is something not to know.
        scene.offers.retain(|offer| offer.verb != Verb::Unsure);
        // And where there is something to choose, a bare number is no words.
        scene.choices.clear();
        scene.field = Some(field);
        look(scene);
    }
    let all: Vec<String> = all.into_iter().collect();
    assert!(all.is_empty(), "{}", all.join("\n"));
    // The walks reach every kind of thing that can be asked.
    let seen: String = seen.into_iter().collect();
    for verb in Verb::ALL {
        assert!(
            seen.contains(&format!("{verb:?}")),
            "{verb:?} was never offered"
        );
    }
    assert!(
        ["Rating", "Line {", "Page {"]
            .iter()
            .all(|field| seen.contains(field))
    );
}

/// What a face switches by itself, without asking the session, is switched in the other one, too, and says the same.
#[test]
fn the_bell_is_switched_in_both_faces_wherever_somebody_is() {
    use crate::app::Program;
    use crate::text::words::words;
    use crate::time::clock::TestClock;
    let w = &words().cli;
    let look = tui::Appearance {
        asks: false,
        ..tui::Appearance::from_env(|_| None)
    };
    let script = shipped()
        .iter()
        .find(|script| script.name == "standard-pair");
    let mut seen = BTreeSet::new();
    for seed in 0..8 {
        let mut play = Play::new(script.unwrap(), 60, seed).unwrap();
        while play.step().is_some() {
            let scene = play.session.scene(play.now);
            if !seen.insert(shape(&scene)) {
                continue;
            }
            let about = format!("{} {:?}", scene.title, scene.field);
            let written = matches!(
                scene.field,
                Some(InputField::Line { .. } | InputField::Page { .. })
            );
            let program = || Program::seated(play.session.clone(), TestClock::new(play.now));
            let mut by_lines = program();
            line_ui::Voice::with(&mut by_lines, |voice| {
                let word = if written { "/bell" } else { "bell" };
                for says in [&w.bell_off, &w.bell_on] {
                    assert!(voice.types(word).contains(says), "{about}");
                }
                assert!(
                    voice
                        .types(if written { "/help" } else { "help" })
                        .contains(word)
                );
            });
            if !written {
                let mut by_keys = program();
                let mut hands = tui::Hands::at(&mut by_keys, look, (100, 30));
                for says in [&w.bell_off, &w.bell_on] {
                    hands.press(tui::press_of("b"));
                    let screen = hands.screen();
                    assert!(screen.contains(says), "{about}\n{screen}");
                }
            }
        }
    }
    assert!(seen.len() > 20, "{}", seen.len());
}
