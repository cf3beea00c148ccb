//! STOP's way as content.md B2 says it: what a number leads to, what none does, and who says yes to going back.

use super::*;
use crate::session::scene::{InputField, SceneMood};

fn stopped(script: &str, minutes: u16) -> Told {
    let mut told = Told::begin(script, Length::Minutes(minutes));
    told.until_turn_of(0).ask(Intent::Stop);
    told
}

/// Through the grounding to the number after it.
fn until_after(told: &mut Told, before: u8) {
    told.choose("Get steadier");
    told.ask(Intent::Rate { value: before }).choose("Too much");
    told.until(|told| told.scene().field == Some(InputField::Rating));
}

fn says(told: &Told, words: &str) -> bool {
    let scene = told.scene();
    scene
        .prompt
        .iter()
        .any(|line| line.as_str().contains(words))
}

/// Whether this brings the crisis card with it.
fn card(told: &mut Told, intent: Intent) -> bool {
    let effects = told.session.apply(intent, told.now).expect("it is asked");
    effects.contains(&Effect::Card)
}

fn on(told: &Told) -> String {
    let scene = told.scene();
    let on = scene.leads_on();
    on.expect("a way on").says.to_string()
}

#[test]
fn a_high_number_after_grounding_brings_the_card_and_ends_the_work() {
    for (script, minutes) in [("standard-pair", 60), ("solo-sitting", 30)] {
        let mut told = stopped(script, minutes);
        until_after(&mut told, 9);
        assert!(card(&mut told, Intent::Rate { value: 8 }));
        assert!(says(&told, "The session stops here"));
        // Under the card there is nothing to choose: somebody is rung, and then the short closing. Only a number that
        // was given by mistake can be gone back to.
        assert!(told.scene().choices.is_empty());
        told.on();
        told.on();
        assert_eq!(told.scene().mood, SceneMood::Closing);
        // Going back to it does not open the card once more.
        let mut again = stopped(script, minutes);
        until_after(&mut again, 9);
        again.ask(Intent::Rate { value: 10 }).on();
        assert!(!card(&mut again, Intent::Back));
        assert!(says(&again, "The session stops here"));
    }
}

#[test]
fn no_number_is_asked_about_once_and_then_taken_for_a_high_one() {
    for none in [Intent::Pass, Intent::Unsure] {
        let mut told = stopped("standard-pair", 60);
        until_after(&mut told, 5);
        assert!(!card(&mut told, none.clone()));
        assert!(says(&told, "Can you say a number now?"));
        assert_eq!(on(&told), "Pass: same as 8 or more");
        let mut said = told.clone();
        assert!(card(&mut told, none));
        assert!(says(&told, "The session stops here"));
        // Who can say one after all goes where it leads.
        assert!(!card(&mut said, Intent::Rate { value: 2 }));
        assert!(says(&said, "What would be good now?"));
    }
}

#[test]
fn in_the_middle_the_inner_work_is_over_and_low_the_closing_is_proposed() {
    let mut told = stopped("standard-pair", 60);
    until_after(&mut told, 7);
    let mut low = told.clone();
    assert!(!card(&mut told, Intent::Rate { value: 5 }));
    assert!(says(&told, "It is best to finish for today"));
    let back = |told: &Told| {
        let scene = told.scene();
        let mut says = scene.choices.iter().map(|choice| choice.says.as_str());
        says.any(|says| says.contains("Go back"))
    };
    assert!(!back(&told));
    low.ask(Intent::Rate { value: 4 });
    assert!(back(&low));
    assert_eq!(on(&low), "Pass: same as 1");
    low.on();
    assert_eq!(low.scene().mood, SceneMood::Closing);
}

#[test]
fn going_back_is_everybodys_yes_and_stopping_is_nobodys_question() {
    for (script, minutes, people) in [("standard-pair", 60, 2), ("triad", 90, 3)] {
        let mut told = stopped(script, minutes);
        let neutral = told.scene();
        told.choose("Go back");
        // One yes alone, or none, leaves everybody where they are.
        for yes in 0..people {
            let mut some = told.clone();
            for who in 0..yes {
                some.ask(Intent::Yes { who: Who(who) });
            }
            some.wait(Duration::from_secs(3_600));
            assert_eq!(some.scene().mood, SceneMood::Neutral);
            assert!(some.session.turn_of().is_none());
            some.on();
            assert_eq!(some.scene().prompt, neutral.prompt);
        }
        // A yes can be taken back.
        told.ask(Intent::Yes { who: Who(0) })
            .ask(Intent::Yes { who: Who(0) });
        for who in (1..people).chain([0]) {
            assert!(told.session.turn_of().is_none());
            told.ask(Intent::Yes { who: Who(who) });
        }
        assert_eq!(told.session.turn_of(), Some(Who(0)));
    }
    // Whoever is alone needs nobody's yes but the key's.
    let mut alone = stopped("solo-sitting", 30);
    alone.choose("Go back");
    assert!(alone.session.turn_of().is_some());
}

/// However often somebody asks to go back and somebody does not, it ends by going on.
#[test]
fn asking_to_go_back_is_bounded() {
    let mut told = stopped("standard-pair", 60);
    for _ in 0..9 {
        told.choose("Go back");
        assert!(says(&told, "Go back to where you were?"));
        told.on();
    }
    told.choose("Go back");
    assert!(says(&told, "Open your eyes"));
}

#[test]
fn the_breath_is_last_and_only_where_it_is_chosen() {
    let breath = |told: &Told| told.scene().pacer.is_some();
    let mut told = stopped("standard-pair", 60);
    let never = |told: &Told| {
        assert!(!breath(told));
        told.session.is_closed()
    };
    let mut straight = told.clone();
    straight.choose("Get steadier").until(never);
    until_after(&mut told, 6);
    told.ask(Intent::Rate { value: 5 })
        .choose("Get a little steadier");
    let scene = told.scene();
    assert!(
        scene
            .choices
            .last()
            .expect("a choice")
            .says
            .as_str()
            .contains("breath")
    );
    assert_ne!(on(&told), format!("Pass: same as {}", scene.choices.len()));
    told.choose("breath").choose("out for 6");
    assert!(breath(&told));
    told.until(|told| told.scene().field == Some(InputField::Rating));
    // More and more of it ends in the short closing.
    let mut rounds = 0;
    while told.scene().mood != SceneMood::Closing {
        told.until(|told| told.scene().field == Some(InputField::Rating));
        told.ask(Intent::Rate { value: 6 })
            .choose("Get a little steadier");
        if told.scene().mood == SceneMood::Neutral {
            told.choose("breath").choose("out for 5");
        }
        rounds += 1;
        assert!(rounds < 9);
    }
}
