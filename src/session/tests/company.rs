//! What whoever listens is told, and what was agreed on: one never speaks against the other.

use super::*;
use crate::script::{Ask, StageKind};
use crate::session::setup::{KnownBefore, WitnessCard};

/// What must not be said to somebody who keeps this company.
fn against(rung: Rung) -> &'static [&'static str] {
    match rung {
        Rung::Silent => &[
            "say once",
            "say back",
            "say softly",
            "say their",
            "say that one",
            "say a few",
            "echo",
            "you can say",
            "you could say",
            "you could ask",
            "you can ask",
            "say it back",
        ],
        Rung::SayBack | Rung::Guide => &[
            "without nodding",
            "without words",
            "without a word",
            "no word from",
            "no word is",
            "say nothing",
            "silent",
            "in silence",
            "be quiet",
            "quiet and",
            "no replies",
        ],
    }
}

/// Every line of every shipped script that a listener sees in a turn, with every company that can be agreed on there.
#[test]
fn no_listener_is_told_something_against_what_was_agreed() {
    let (mut lines, mut scripts) = (0, 0);
    for script in shipped().iter().filter(|script| script.people.to > 1) {
        let steps = || script.stages.iter().flat_map(|stage| &stage.steps);
        let mut rungs: Vec<Rung> = steps().flat_map(|step| step.ask.rungs()).collect();
        if script.follows_cards() {
            rungs = Rung::ALL.to_vec();
        }
        scripts += usize::from(!rungs.is_empty());
        let turns = script
            .stages
            .iter()
            .filter(|stage| matches!(stage.kind, StageKind::Turns { .. }));
        for step in turns.flat_map(|stage| &stage.steps) {
            for rung in &rungs {
                let Some(says) = step.says.roles.get(1) else {
                    continue;
                };
                let told = format!("{:?}", says.on(*rung)).to_lowercase();
                lines += 1;
                for wrong in against(*rung) {
                    assert!(
                        !told.contains(wrong),
                        "{} {rung:?} {wrong:?}: {told}",
                        script.name
                    );
                }
            }
        }
    }
    assert!(lines > 200 && scripts > 8, "{lines} {scripts}");
}

fn whispered(told: &Told) -> String {
    let whispers = told.scene().whispers;
    whispers
        .iter()
        .map(|line| line.words.as_str())
        .collect::<Vec<_>>()
        .join(" / ")
}

#[test]
fn in_a_first_meeting_the_listener_is_told_what_was_written_a_minute_before() {
    let asked = |told: &Told| told.session.stage_title().as_str() == "be with me like this";
    for (wrote, told_so) in [
        ("Silent: just be there", "without nodding or speaking"),
        (
            "Say back a few of my words",
            "say a few of their words back",
        ),
        (
            "2 sentences at most, and no advice please.",
            "As Ada asked: “2 sentences at most, and no advice please”.",
        ),
    ] {
        let mut told = Told::begin("first-meeting", Length::Minutes(60));
        told.until(|told| asked(told) && told.session.walk.path.doing == StepState::Writing);
        told.ask(Intent::Write {
            words: wrote.into(),
        });
        told.until_turn_of(0);
        let own = told_so.starts_with("As Ada asked");
        assert_eq!(whispered(&told).contains("As Ada asked"), own, "{wrote}");
        // What is tried out there changes nothing of it.
        assert!(whispered(&told).contains("Try it once"));
        told.ask(Intent::Asides).choose("Something in me is loud");
        told.until(|told| {
            let mut choices = told.scene().choices.into_iter();
            choices.any(|choice| choice.says.as_str() == "Go on as before")
        });
        told.choose("Go on as before").on();
        let whispers = whispered(&told);
        assert!(whispers.contains(told_so), "{wrote}: {whispers}");
        assert_eq!(
            whispers.contains("nodding"),
            wrote.starts_with("Silent"),
            "{whispers}"
        );
        // The other one wrote nothing.
        told.until_turn_of(1).on();
        assert!(whispered(&told).contains("without nodding"));
    }
}

#[test]
fn what_a_card_says_of_company_holds_where_nobody_is_asked_and_a_listener_hears_it() {
    let card = WitnessCard {
        company: "Say back a few of my words".into(),
        ..WitnessCard::default()
    };
    for script in shipped()
        .iter()
        .filter(|script| script.people.to == 2 && has_turns(script))
    {
        let asks = |step: &crate::script::Step| matches!(&step.ask, Ask::Write(write) if write.card.is_some());
        let mut steps = script.stages.iter().flat_map(|stage| &stage.steps);
        if steps.any(asks) {
            continue;
        }
        let mut told = Told::begin_with(script, Length::Minutes(script.minutes));
        let mut begin = Begin::clone(&told.session.begin);
        begin.known = KnownBefore {
            cards: vec![card.clone(); 2],
            ..KnownBefore::default()
        };
        told.session = Session::begin(script, begin).expect("it fits");
        told.until(|told| told.session.is_closed() || told.session.turn_of() == Some(Who(0)));
        let agreed = told
            .scene()
            .rare
            .agreed
            .map(|words| words.to_string())
            .unwrap_or_default();
        let asked = told
            .session
            .person(Who(0))
            .is_some_and(|person| person.chosen.asked);
        let holds = asked || script.follows_cards();
        assert!(
            holds || !agreed.contains("say back"),
            "{}: {agreed}",
            script.name
        );
        if script.name == "five-each" {
            assert!(agreed.contains("say back"), "{agreed}");
            assert!(
                whispered(&told).contains("say a few of their words back"),
                "{}",
                whispered(&told)
            );
        }
    }
}
