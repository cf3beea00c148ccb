//! The mouse, where people switched it on: what is seen can be pressed, and nothing else.

use crate::app::{Controller, Program};
use crate::rehearsal::Play;
use crate::script::shipped;
use crate::session::scene::{SceneMood, Verb};
use crate::time::clock::TestClock;
use crate::tui::appearance::Appearance;
use crate::tui::{Hands, press_of};

fn look() -> Appearance {
    Appearance {
        asks: false,
        mouse: true,
        ..Appearance::from_env(|_| None)
    }
}

/// A click where these words stand, in the last row that has them.
fn click(hands: &mut Hands<'_>, words: &str) {
    let screen = hands.screen();
    let rows: Vec<&str> = screen.lines().collect();
    let row = rows.iter().rposition(|row| row.contains(words));
    let row = row.unwrap_or_else(|| panic!("no {words:?}\n{screen}"));
    let at = rows[row].find(words).unwrap();
    click_at(hands, rows[row][..at].chars().count() + 1, row);
}

fn click_at(hands: &mut Hands<'_>, column: usize, row: usize) {
    for end in ["M", "m"] {
        let told = format!("\x1b[<0;{};{}{end}", column + 1, row + 1);
        hands.sends(told.as_bytes());
    }
}

#[test]
fn every_choice_is_taken_by_a_click_on_its_words_and_stop_by_one_in_the_footer() {
    let mut clicked = 0;
    for script in shipped().iter().take(8) {
        let mut play = Play::new(script, script.minutes, 4).unwrap();
        while play.step().is_some() {
            let scene = play.session.scene(play.now);
            let program = || Program::seated(play.session.clone(), TestClock::new(play.now));
            // Long lists may stand below the screen; those are for keys.
            let listed = scene.choices.iter().enumerate();
            for (n, choice) in listed.take(5).filter(|_| scene.list.is_empty()) {
                let (mut by_click, mut by_hand) = (program(), program());
                let mut hands = Hands::at(&mut by_click, look(), (100, 40));
                let words: Vec<&str> = choice.says.as_str().split(' ').take(3).collect();
                // A short answer may stand within another word: it is looked for behind its number.
                let (words, numbered) =
                    (words.join(" "), format!("{}  {}", n + 1, words.join(" ")));
                let is_numbered = hands.screen().contains(&numbered);
                click(&mut hands, if is_numbered { &numbered } else { &words });
                by_hand.ask(choice.intent.clone()).unwrap();
                let after = hands.talk().scene();
                assert!(after.prompt == by_hand.scene().prompt, "{}", choice.says);
                clicked += 1;
            }
            if scene.offers.iter().any(|offer| offer.verb == Verb::Stop) {
                let mut program = program();
                let mut hands = Hands::at(&mut program, look(), (100, 30));
                click(&mut hands, "STOP");
                assert_eq!(
                    hands.talk().scene().mood,
                    SceneMood::Neutral,
                    "{}",
                    scene.title
                );
            }
        }
    }
    assert!(clicked > 100, "{clicked}");
}

#[test]
fn a_click_beside_everything_does_nothing_and_a_page_of_keys_hides_the_choices() {
    let script = shipped()
        .iter()
        .find(|script| script.name == "standard-pair");
    let mut play = Play::new(script.unwrap(), 60, 1).unwrap();
    while play.session.scene(play.now).choices.is_empty() {
        play.step();
    }
    let mut program = Program::seated(play.session.clone(), TestClock::new(play.now));
    let mut hands = Hands::at(&mut program, look(), (80, 24));
    let scene = hands.talk().scene();
    let words = scene.choices[0].says.as_str();
    let screen = hands.screen();
    let rows: Vec<&str> = screen.lines().collect();
    let at = rows.iter().rposition(|row| row.contains(words)).unwrap();
    click_at(&mut hands, 0, 0);
    assert!(hands.talk().scene() == scene);
    hands.press(press_of("?"));
    click_at(&mut hands, 12, at);
    assert!(
        hands.talk().scene().prompt == scene.prompt,
        "it was not seen"
    );
    hands.press(press_of("esc"));
    click(&mut hands, words);
    assert!(hands.talk().scene() != scene, "{words}\n{}", hands.screen());
}
