//! Going back undoes whole.

use super::*;
use crate::script::Depth;
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
