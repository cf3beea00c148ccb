//! Going back undoes whole.

use super::*;
use crate::script::{Depth, SHIPPED, Source};
use crate::session::scene::Verb;

/// At the question how far the turns go.
fn how_far() -> Told {
    let mut told = Told::pair();
    told.until(|told| told.told().contains("How far may a turn go"));
    told
}

#[test]
fn a_pass_goes_no_further_than_noticing_says_so_and_is_undone() {
    for passes in [Intent::Pass, Intent::Unsure] {
        let mut told = how_far();
        let before = told.session.ceiling();
        assert_eq!(before, Depth::Know);
        told.ask(passes);
        assert_eq!(told.session.ceiling(), Depth::Notice);
        assert_eq!(
            told.session.notice,
            Some(Notice::Passed(state::PassedAs::Ceiling(Depth::Notice)))
        );
        if told.session.walk.path.trail.is_empty() {
            continue;
        }
        told.ask(Intent::Back);
        assert_eq!(told.session.ceiling(), before);
    }
}

#[test]
fn a_ceiling_that_an_answer_lowered_in_a_turn_is_as_it_was() {
    let mut told = Told::pair();
    told.until_turn_of(0).until_feel_toward();
    let before = told.session.ceiling();
    told.choose("Scared, on guard, frozen");
    assert!(told.session.ceiling() < before);
    told.ask(Intent::Back);
    assert_eq!(told.session.ceiling(), before);
}

#[test]
fn a_yes_stands_after_something_else_was_looked_at_and_after_a_pass() {
    let mut told = Told::pair();
    let signing = |told: &Told| {
        let mut choices = told.scene().choices.into_iter();
        choices.any(|choice| matches!(choice.intent, Intent::Yes { .. }))
    };
    told.until(signing);
    told.ask(Intent::Yes { who: Who(0) });
    let yes = |told: &Told| -> Vec<_> { told.scene().people.iter().map(|seat| seat.yes).collect() };
    let stood = yes(&told);
    assert_eq!(stood, [Some(true), Some(false)]);
    for verb in [Verb::ChangeLine, Verb::ReadAloud] {
        let offer = told.scene().offers.into_iter().find(|o| o.verb == verb);
        let offer = offer.expect("it is offered");
        told.ask(offer.intent()).ask(Intent::Back);
        assert_eq!(yes(&told), stood, "{verb:?}");
    }
    told.ask(Intent::Pass).ask(Intent::Back);
    assert_eq!(yes(&told), stood);
}

/// Whether going back is offered.
fn leads_back(told: &Told) -> bool {
    let offers = told.scene().offers;
    offers.iter().any(|offer| offer.verb == Verb::Back)
}

#[test]
fn the_last_yes_is_taken_back_on_the_first_screen_of_the_next_stage() {
    let mut told = Told::pair();
    told.until(|told| {
        let mut choices = told.scene().choices.into_iter();
        choices.any(|choice| matches!(choice.intent, Intent::Yes { .. }))
    });
    let stage = told.session.walk.act;
    told.ask(Intent::Yes { who: Who(0) });
    told.ask(Intent::Yes { who: Who(1) });
    assert_eq!(
        (told.session.walk.act, told.session.signed),
        (stage + 1, true)
    );
    told.ask(Intent::Back);
    let yes: Vec<_> = told.scene().people.iter().map(|seat| seat.yes).collect();
    assert_eq!((told.session.walk.act, told.session.signed), (stage, false));
    assert_eq!(yes, [Some(true), Some(false)]);
    // A pause and a STOP change nothing but the end: the way back is the same, and nobody's time was used.
    told.ask(Intent::Yes { who: Who(1) });
    let (keys, ends) = (told.scene().offers, told.session.ends(told.now).later);
    told.ask(Intent::Pause)
        .wait(moment::minutes(4))
        .ask(Intent::GoOn);
    assert_eq!(told.scene().offers, keys, "{}", told.told());
    told.ask(Intent::Stop).wait(moment::minutes(2));
    told.choose("Go back")
        .ask(Intent::Yes { who: Who(0) })
        .ask(Intent::Yes { who: Who(1) });
    assert_eq!(told.scene().offers, keys, "{}", told.told());
    told.ask(Intent::Back);
    assert_eq!(told.session.walk.act, stage);
    assert_eq!(told.session.ends(told.now).later, ends + 6);
    // A line that was changed meanwhile is not taken back with it.
    told.ask(Intent::Yes { who: Who(1) })
        .ask(Intent::Pause)
        .ask(Intent::ChangeLine);
    told.ask(Intent::PickLine { line: 0 }).ask(Intent::Write {
        words: "We go slowly.".into(),
    });
    told.ask(Intent::Yes { who: Who(0) })
        .ask(Intent::Yes { who: Who(1) })
        .ask(Intent::GoOn);
    assert!(!leads_back(&told), "{}", told.told());
}

#[test]
fn a_turn_that_a_key_ended_is_gone_back_to_and_counts_as_if_it_had_not() {
    let mut told = Told::pair();
    told.until_turn_of(0).wait(moment::minutes(3));
    let left = told.left();
    told.until(|told| told.session.turn_of().is_none());
    told.wait(Duration::from_secs(10)).ask(Intent::Back);
    assert_eq!(told.session.turn_of(), Some(Who(0)));
    assert_eq!(told.session.turns(), [0, 0]);
    assert_eq!(told.left(), left);
}

/// The first meeting with another step in it, before what stands there.
fn first_meeting_with(step: &str, before: &str) -> Told {
    let text = include_str!("../../../scripts/first-meeting.toml");
    assert!(text.contains(before), "the step goes before {before}");
    let text = text.replacen(before, &format!("{step}\n{before}"), 1);
    let source = Source::new("first-meeting-with", text);
    let script = crate::script::ready("first-meeting-with", source, &SHIPPED).expect("it is sound");
    Told::begin_with(&script, Length::Minutes(60))
}

/// A stage ends with what each answers alone.
const ALONE: &str = r#"
  [[stage.step]]
  unseen  = true
  all     = "Is this for us?"
  answers = [{ says = "Yes" }, { says = "Not yet" }]
"#;

#[test]
fn nothing_leads_back_to_what_somebody_answered_alone() {
    let next = "[[stage]]\nkind     = \"together\"\ntitle    = \"agreement\"";
    let mut told = first_meeting_with(ALONE, next);
    told.until(|told| told.told().contains("Is this for us?"));
    let stage = told.session.walk.act;
    told.until(|told| told.session.walk.act == stage + 1);
    assert!(!leads_back(&told), "{}", told.told());
}

#[test]
fn what_was_stepped_into_by_mistake_leads_back_before_anything_was_said() {
    for chosen in [
        "Thoughts of dying",
        "Something in me is loud",
        "Something worries me",
    ] {
        let mut told = Told::pair();
        told.until_turn_of(0).ask(Intent::Asides).choose(chosen);
        told.ask(Intent::Back);
        assert_eq!(told.session.state, State::Asides, "{chosen}");
        told.ask(Intent::Back);
        assert_eq!(told.session.turn_of(), Some(Who(0)));
    }
}

/// Each one's answers together, and a way back to each.
const READ_BACK: &str = r#"
  [[stage.step]]
  at-most = { visits = 20, then = "read" }
  round   = true
  all     = """
  Is this right?
  “{company}”, “{sign}”, “{tears}”, “{unwanted}”. In a long silence: “{quiet}”."""
  answers = [
    { says = "Yes", to = "read" },
    { says = "Change how to be with me", to = "company" },
    { says = "Change the long silence", to = "quiet" },
  ]
  to = "read"

  [[stage.step]]
  id  = "read"
  all = "That is how."
"#;

#[test]
fn one_answer_of_a_round_is_changed_by_the_one_who_asks_for_it_alone() {
    let next = "[[stage]]\nkind     = \"together\"\ntitle    = \"agreement\"";
    let mut told = first_meeting_with(READ_BACK, next);
    let asks = |told: &Told, words: &str| told.told().contains(words);
    told.until(|told| asks(told, "when you turn inward"));
    told.ask(Intent::Write {
        words: "slowly".into(),
    });
    told.until(|told| asks(told, "Is this right?"));
    told.choose("Change how to be with me");
    assert_eq!(told.scene().to, [0]);
    let field = told.scene().field.expect("a line");
    assert_eq!(field.initial(), Some("slowly"));
    told.ask(Intent::Write {
        words: "more slowly".into(),
    });
    assert!(asks(&told, "“more slowly”"), "{}", told.told());
    // The same on the way back, and then it is the other one's.
    told.ask(Intent::Back);
    assert!(asks(&told, "when you turn inward"), "{}", told.told());
    told.ask(Intent::Write {
        words: "warmly".into(),
    });
    told.choose("Yes");
    assert_eq!(told.scene().to, [1]);
    told.choose("Change the long silence").choose("Leave it");
    assert_eq!(told.scene().to, [1]);
    assert!(
        asks(&told, "In a long silence: “Leave it”"),
        "{}",
        told.told()
    );
    told.choose("Yes");
    assert!(asks(&told, "That is how."), "{}", told.told());
}
