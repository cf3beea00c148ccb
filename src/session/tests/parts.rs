//! What comes around a turn, who goes first in a round there, and what an answer may not decide alone.

use super::*;
use crate::script::{SHIPPED, Source, check};

const SCRIPT: &str = r#"
format  = 1
title   = "Parts"
summary = "For tests."
people  = 3
roles   = ["speaker", "mirror", "circle"]
minutes = 60
ceiling = "notice"
buffer  = 2

[[stage]]
kind    = "together"
title   = "arrive"
minutes = 9
  [[stage.step]]
  all  = "Look."
  gate = { questions = ["Are you safe?"], short = "out", not-today = "out" }
  to   = "agree"
  [[stage.step]]
  id  = "out"
  all = "Good that you said so."
  to  = "close"
  [[stage.step]]
  id  = "agree"
  all = "What we agree on."
  agreement = { lines = ["Either of us can stop."], unsigned = "out" }
  [[stage.step]]
  id  = "support"
  speaker = "What would you like?"
  support = { rungs = ["silent", "say-back"], warnings = [2, 8], usual = [2, 8] }

[[stage]]
kind    = "turns"
title   = "{speaker}'s turn"
minutes = 10
landing = 1
asides  = ["advice"]
  [[stage.step]]
  id      = "ask"
  speaker = "What company would be good now?"
  answers = [
    { says = "Only listen", rung = "silent", to = "lands" },
    { says = "More than that", rung = "guide", to = "lands" },
  ]
  [[stage.step]]
  id      = "lands"
  landing = true
  speaker = "Slowly begin to finish."
  [[stage.after]]
  title   = "what it touched"
  minutes = 3
  floor   = "mirror"
    [[stage.after.step]]
    id    = "touched"
    all   = "What did it touch in you?"
    round = true

[[stage]]
kind    = "closing"
title   = "close"
minutes = 10
  [[stage.step]]
  all  = "What stays?"
  keep = true
"#;

fn told(minutes: u16) -> Told {
    let checked = check("parts", Source::new("parts.toml", SCRIPT), &SHIPPED);
    let told = checked.problems.iter().map(|problem| problem.short());
    let told: Vec<String> = told.collect();
    let script = Arc::new(checked.script.unwrap_or_else(|| panic!("{told:?}")));
    let begin = Begin {
        script: script.name.clone(),
        hash: script.hash.clone(),
        file: None,
        people: ["Ada", "Ben", "Cleo"].map(str::to_owned).to_vec(),
        length: Length::Minutes(minutes),
        first: Who(0),
        agreement: Vec::new(),
        wording: None,
        known: Default::default(),
        notebooks: Vec::new(),
        seed: 1,
        at: EVENING,
    };
    Told {
        session: Session::begin(&script, begin).expect("it fits"),
        now: EVENING,
        bells: Vec::new(),
    }
}

#[test]
fn an_answer_asks_for_more_company_and_gets_it_only_by_a_yes() {
    for (word, rung) in [
        ("Yes, I can give that", Rung::Guide),
        ("Not that", Rung::Silent),
    ] {
        let mut told = told(60);
        told.until_step("ask").choose("More than that");
        assert_eq!(told.session.people[0].chosen.rung, Rung::Silent);
        let scene = told.scene();
        assert_eq!(scene.to, [1]);
        assert!(scene.prompt[0].as_str().contains("Ben"));
        // Back is back at the question, and passing is no yes.
        told.ask(Intent::Back);
        assert!(told.scene().choices.len() == 2 && told.is_at("ask"));
        told.choose("More than that").choose(word);
        assert!(told.is_at("lands"));
        assert_eq!(told.session.people[0].chosen.rung, rung);
    }
    let mut told = told(60);
    told.until_step("ask").choose("More than that").on();
    assert_eq!(told.session.people[0].chosen.rung, Rung::Silent);
    // Less than there is needs nobody's yes.
    told.until_turn_of(1).choose("Only listen");
    assert!(told.is_at("lands"));
}

#[test]
fn in_a_part_whoever_has_the_floor_goes_first_in_a_round() {
    let mut told = told(60);
    told.until_step("touched");
    let mut went = Vec::new();
    while told.is_at("touched") && went.len() < 3 {
        went.push(told.scene().to);
        told.on();
    }
    assert_eq!(went, [[1], [2], [0]]);
}

#[test]
fn what_can_be_stepped_into_from_a_turn_can_be_from_what_comes_after_it() {
    let mut told = told(60);
    told.until_step("touched").ask(Intent::Asides);
    told.ask(Intent::Aside { n: 0 });
    assert!(matches!(told.session.state, State::Aside { .. }));
    told.until(|told| matches!(told.session.state, State::Walking));
    assert!(told.is_at("touched"));
}

#[test]
fn a_warning_that_a_shorter_plan_leaves_no_room_for_is_not_offered() {
    let warnings = |minutes| {
        let mut told = told(minutes);
        told.until_step("support");
        for _ in 0..told.session.people.len() {
            told.choose("Silent");
        }
        let on = told.session.people[0].chosen.warnings.clone();
        (told.scene().choices.len(), on)
    };
    assert_eq!(warnings(60), (3, vec![2, 8]));
    let (offered, on) = warnings(42);
    assert_eq!((offered, on), (2, vec![2]));
}

#[test]
fn words_for_a_role_of_several_are_for_each_of_them() {
    let mut told = Told::begin("circle", Length::Minutes(60));
    let people = told.session.begin.people.len();
    assert!(people > 2);
    told.until_step("share");
    let scene = told.scene();
    let [speaker] = scene.to[..] else {
        panic!("one speaks: {:?}", scene.to);
    };
    let mut listening = scene.whispers[0].to.clone();
    listening.sort_unstable();
    let others: Vec<usize> = (0..people).filter(|who| *who != speaker).collect();
    assert_eq!(listening, others);
}
