//! What a session takes over from earlier ones: cards, the agreement and its changes, a loan.

use super::*;
use crate::rehearsal::Play;
use crate::session::intent::Partnership;
use crate::session::scene::Verb;
use crate::session::setup::{KnownBefore, WitnessCard};
use crate::session::state::AgreementStage;
use crate::time::date::Date;
use crate::time::moment::minutes;

/// These lines and others, as many as the script's agreement has.
fn with_others(lines: &[&str]) -> Vec<String> {
    let asked = script("standard-pair").agreement_lines().count();
    let others = (lines.len()..asked).map(|n| format!("Line {n}."));
    lines
        .iter()
        .map(ToString::to_string)
        .chain(others)
        .collect()
}

/// A pair that has sat together before, with an agreement as long as the script's: these lines, and others.
pub(super) fn known(agreement: &[&str], mut known: KnownBefore) -> Told {
    let told = Told::pair();
    let mut begin = Begin::clone(&told.session.begin);
    begin.agreement = with_others(agreement);
    if !known.before.is_empty() {
        known
            .before
            .extend_from_slice(&begin.agreement[agreement.len()..]);
    }
    begin.known = known;
    Told {
        session: Session::begin(script("standard-pair"), begin).expect("fits"),
        ..told
    }
}

fn at_the_order(told: &mut Told) -> &mut Told {
    told.until(|told| told.session.walk.path.doing == StepState::Ordering)
}

fn notice(told: &Told) -> String {
    told.scene().notice.unwrap_or_default().to_string()
}

fn whispers(told: &Told) -> String {
    let whispers = told.scene().whispers;
    let says: Vec<_> = whispers.iter().map(|one| one.words.to_string()).collect();
    says.join(" / ")
}

fn lent() -> KnownBefore {
    KnownBefore {
        loan: vec![3 * 60_000 + 20_000, 0],
        ..KnownBefore::default()
    }
}

#[test]
fn a_card_proposes_company_and_warnings_and_stands_at_the_beginning_of_a_turn() {
    let card = WitnessCard {
        company: "say back, a little".into(),
        sign: "5 and 1 minutes before".into(),
        tears: "just stay".into(),
        silence: String::new(),
        words: "calm down\u{1b}[2J".into(),
        clock: None,
    };
    let cards = vec![card, WitnessCard::default()];
    let mut told = known(
        &["Stop."],
        KnownBefore {
            cards,
            ..KnownBefore::default()
        },
    );
    told.until(|told| matches!(told.session.walk.path.doing, StepState::Supporting(_)));
    assert!(notice(&told).contains("Ada's card: say back, a little"));
    assert!(
        told.scene().choices[0]
            .says
            .as_str()
            .starts_with("Say back")
    );
    // Taking what is proposed asks the other one, once Ben has chosen, too.
    told.choose("Say back");
    // Ben has no card: the least company, and the usual warning.
    assert!(told.scene().choices[0].says.as_str().starts_with("Silent"));
    told.choose("Silent").choose("Yes, I can");
    let on = |told: &Told| -> Vec<bool> {
        let choices = told.scene().choices;
        choices
            .iter()
            .map(|choice| choice.on == Some(true))
            .collect()
    };
    assert_eq!(on(&told), [true, false, false, true, false]);
    told.choose("As marked");
    assert_eq!(on(&told), [false, false, true, false, false]);
    // What Ada chose stands beside her name while Ben is asked.
    let list = told.scene().list;
    assert_eq!(list[0].words.as_str(), "5 and 1 minute before the end");
    assert!(list[1].words.is_empty());
    told.until_turn_of(0);
    // One line at the beginning of the turn holds what was agreed.
    let agreed = told.scene().rare.agreed.expect("agreed");
    assert_eq!(
        agreed.as_str(),
        "Agreed: say back; a sign 5 and 1 minute before the end; if tears come: “just stay”; as far as getting to know it."
    );
    assert!(whispers(&told).contains("rather not hear: “calm down"));
    assert!(
        !whispers(&told).contains("silent for a long time") && !whispers(&told).contains('\u{1b}')
    );
    told.on();
    assert!(!whispers(&told).contains("tears"));
    told.until_turn_of(1);
    assert!(!whispers(&told).contains("tears"));
}

#[test]
fn what_is_written_on_a_card_in_a_session_is_in_its_outline() {
    let mut told = Told::begin("first-meeting", Length::Minutes(60));
    let is_writing = |told: &Told| {
        let doing = &told.session.walk.path.doing;
        *doing == StepState::Writing
            && told.session.stage_title().as_str() == "be with me like this"
    };
    // Each screen is both people's; Ben passes.
    told.until(is_writing).choose("Say back").on();
    told.choose("3 minutes").on();
    told.ask(Intent::Write {
        words: "  hold my gaze\u{202e} ".into(),
    });
    // What they wrote is on their turn, and a sign for which that is too short is not.
    told.until_turn_of(0);
    let agreed = told.scene().rare.agreed.expect("agreed").to_string();
    assert!(agreed.starts_with("Agreed: say back"), "{agreed}");
    assert!(
        agreed.contains("a sign 3 minutes before the end"),
        "{agreed}"
    );
    let mut short = told.clone();
    for act in std::sync::Arc::make_mut(&mut short.session.acts) {
        act.length = act.length.min(crate::time::moment::minutes(3));
    }
    let agreed = short.scene().rare.agreed.expect("agreed").to_string();
    assert!(!agreed.contains("a sign"), "{agreed}");
    told.until(|told| told.session.is_closed());
    let cards = &told.session.outline().expect("closed").cards;
    assert_eq!(cards[0].rung(), Some(Rung::SayBack));
    assert_eq!(cards[0].warnings(), [3]);
    assert!(cards[0].tears.starts_with("hold my gaze") && !cards[0].tears.contains('\u{202e}'));
    assert!(cards[0].silence.is_empty() && cards[1].is_empty());
    let record = serde_json::to_string(told.session.outline().expect("closed")).expect("text");
    assert!(!record.contains("gaze"), "the record holds no card");
}

#[test]
fn a_trial_is_everybodys_yes_and_stays_out_of_the_record() {
    let mut told = Told::begin("first-meeting", Length::Minutes(60));
    let unseen = |told: &Told| matches!(told.session.walk.path.doing, StepState::Unseen { .. });
    told.until(unseen)
        .choose("three sessions")
        .choose("three sessions");
    told.until(|told| told.session.is_closed());
    let outline = told.session.outline().expect("closed");
    assert_eq!(outline.partnership, Some(Partnership::Trial));
    let mut told = Told::begin("first-meeting", Length::Minutes(60));
    told.until(unseen)
        .choose("three sessions")
        .choose("think about it");
    told.until(|told| told.session.is_closed());
    assert_eq!(told.session.outline().expect("closed").partnership, None);
}

#[test]
fn the_agreement_is_asked_for_again_and_what_changed_is_marked() {
    let day = Date {
        year: 2026,
        month: 3,
        day: 1,
    };
    let before = || KnownBefore {
        agreed: Some(day),
        before: vec!["Stop.".into(), "Old.".into()],
        ..KnownBefore::default()
    };
    let agreeing = |told: &Told| matches!(told.session.walk.path.doing, StepState::Agreeing(_));
    let mut told = known(&["Stop.", "New."], before());
    told.until(agreeing);
    let leads = |told: &Told| -> Vec<String> {
        told.scene()
            .list
            .iter()
            .map(|item| item.lead.to_string())
            .collect()
    };
    let leads = |told: &Told| -> Vec<String> {
        let mut all = leads(told);
        assert!(
            all.split_off(2).iter().all(String::is_empty),
            "the others are as they were"
        );
        all
    };
    assert_eq!(leads(&told), ["", "new"]);
    assert!(notice(&told).contains("still true? It dates from Sunday, 1 March."));
    told.ask(Intent::ChangeLine)
        .ask(Intent::PickLine { line: 0 });
    told.ask(Intent::Write {
        words: "Stop at once.".into(),
    });
    assert_eq!(leads(&told), ["new", "new"]);
    assert!(notice(&told).contains("has changed"));
    let reread = KnownBefore {
        reread: true,
        ..before()
    };
    let mut told = known(&["Stop.", "New."], reread);
    told.until(agreeing);
    assert!(notice(&told).contains("reads this line aloud"));
}

#[test]
fn an_agreement_that_says_more_is_read_whole_and_own_words_stay() {
    let mut told = Told::pair();
    let agreeing = |told: &Told| matches!(told.session.walk.path.doing, StepState::Agreeing(_));
    told.until(agreeing);
    let whole: Vec<SafeText> = told
        .scene()
        .list
        .iter()
        .map(|item| item.words.clone())
        .collect();
    // Before this they followed a short script, and one of its lines is theirs.
    let mut begin = Begin::clone(&told.session.begin);
    begin.agreement = vec!["Short.".into(), "Our own.".into()];
    begin.known.own_lines = vec!["Our own.".into()];
    let script = script("standard-pair");
    let session = Session::begin(script, begin.clone()).expect("fits");
    let mut told = Told { session, ..told };
    told.until(agreeing);
    let list = |told: &Told| -> Vec<SafeText> {
        told.scene()
            .list
            .iter()
            .map(|item| item.words.clone())
            .collect()
    };
    let own = [SafeText::new("Our own.")];
    assert_eq!(list(&told), [&whole[..], &own].concat());
    // What is changed now is not read anew when the question comes back.
    told.ask(Intent::ChangeLine)
        .ask(Intent::PickLine { line: 0 })
        .ask(Intent::Write {
            words: "Otherwise.".into(),
        });
    let changed = list(&told);
    told.until(|told| {
        matches!(
            told.session.walk.path.doing,
            StepState::Agreeing(AgreementStage::Signing { .. })
        )
    });
    told.on();
    told.choose("Read it again");
    assert_eq!(list(&told), changed);
    // Who agreed on as much before is only asked whether it is still true.
    begin.agreement = whole.iter().map(ToString::to_string).collect();
    begin.known.own_lines.clear();
    let session = Session::begin(script, begin).expect("fits");
    let mut told = Told { session, ..told };
    told.until(agreeing);
    assert_eq!(list(&told), whole);
}

/// How people speak in a repair is agreed on each time, however much they agreed on before; that stays as it is.
#[test]
fn an_agreement_for_today_is_read_each_time_and_what_stood_before_stays() {
    const NOW: &str = "The two of us, now";
    let before: Vec<String> = (1..=18).map(|n| format!("Line {n}.")).collect();
    let mut told = Told::begin("repair", Length::Minutes(45));
    let mut begin = Begin::clone(&told.session.begin);
    begin.agreement = before.clone();
    told.session = Session::begin(script("repair"), begin).expect("fits");
    let asked = |told: &Told| {
        let choices = told.scene().choices;
        choices.iter().any(|choice| choice.says.as_str() == NOW)
    };
    told.until(asked).choose(NOW).until(asked).choose(NOW);
    told.on();
    let lines = |told: &Told| -> Vec<String> {
        let list = told.scene().list;
        list.iter().map(|item| item.words.to_string()).collect()
    };
    assert_eq!(lines(&told).len(), 6);
    assert!(lines(&told)[1].contains("what I saw"));
    // None of it is marked as new, and nobody is asked whether it is still true.
    assert!(told.scene().list.iter().all(|item| item.lead.is_empty()));
    told.ask(Intent::ChangeLine)
        .ask(Intent::PickLine { line: 0 })
        .ask(Intent::Write {
            words: "Slower.".into(),
        });
    told.until(|told| {
        let doing = &told.session.walk.path.doing;
        matches!(doing, StepState::Agreeing(AgreementStage::Signing { .. }))
    });
    assert!(!told.told().contains("still true"), "{}", told.told());
    // Without every yes they are asked again, and find the line that they changed.
    told.on().choose("Read it again");
    assert_eq!(lines(&told)[0], "Slower.");
    let closed = |told: &Told| told.session.is_closed();
    told.until(closed);
    let outline = told.session.outline().expect("closed");
    assert_eq!(outline.agreement, Vec::<String>::new());
}

/// A line that people write in a repair and say yes to stands with what they agreed on before, from then on.
#[test]
fn a_new_line_that_everybody_says_yes_to_stands_in_the_agreement() {
    const NOW: &str = "The two of us, now";
    const LINE: &str = "We say when we are late.";
    let before: Vec<String> = vec!["Stop.".into(), "Listen.".into()];
    let mut told = Told::begin("repair", Length::Minutes(45));
    let mut begin = Begin::clone(&told.session.begin);
    begin.agreement = before.clone();
    told.session = Session::begin(script("repair"), begin).expect("fits");
    let offers = |says: &'static str| {
        move |told: &Told| {
            let choices = told.scene().choices;
            choices.iter().any(|choice| choice.says.as_str() == says)
        }
    };
    told.until(offers(NOW))
        .choose(NOW)
        .until(offers(NOW))
        .choose(NOW);
    told.until(offers("Yes, we have one"))
        .choose("Yes, we have one");
    let mut passed = told.clone();
    told.ask(Intent::Write { words: LINE.into() });
    assert!(told.told().contains(LINE), "{}", told.told());
    let mut back = told.clone();
    told.ask(Intent::Yes { who: Who(0) });
    told.ask(Intent::Yes { who: Who(1) });
    let closed = |told: &Told| told.session.is_closed();
    let agreed = |told: &mut Told| {
        told.until(closed);
        told.session.outline().expect("closed").agreement.clone()
    };
    assert_eq!(
        agreed(&mut told),
        [&before[..], &[LINE.to_owned()]].concat()
    );
    // Without everybody's yes, and where it was only said aloud, what stood before stays as it was.
    let none = Vec::<String>::new();
    assert_eq!(agreed(back.on()), none);
    passed.on().ask(Intent::Yes { who: Who(0) });
    passed.ask(Intent::Yes { who: Who(1) });
    assert_eq!(agreed(&mut passed), none);
}

#[test]
fn a_loan_is_told_offered_back_first_and_not_asked_for_twice() {
    let mut told = known(&["Stop."], lent());
    at_the_order(&mut told).choose("Ben goes first");
    told.until(|told| matches!(told.session.state, State::Same { .. }));
    assert!(
        told.told()
            .contains("Ben, would you like 3 minutes more today?"),
        "{}",
        told.told()
    );
    let ends = told.scene().ends;
    let mut no = told.clone();
    told.choose("Yes").until_turn_of(1);
    assert_eq!(
        told.session.planned_here(),
        minutes(21),
        "in whole and half minutes"
    );
    assert_ne!(told.scene().ends, ends);
    // What was given back counts, so nobody is offered anything after it.
    told.wait(minutes(21)).until_turn_of(0);
    assert_eq!(told.session.planned_here(), minutes(18));
    told.wait(minutes(18))
        .until(|told| told.session.is_closed());
    let outline = told.session.outline().expect("closed");
    assert_eq!((outline.loan_of(0), outline.loan_of(1)), (0, 180_000));

    no.on().until_turn_of(1);
    assert_eq!(no.session.planned_here(), minutes(18));
    no.until(|told| {
        assert!(!matches!(told.session.state, State::Same { .. }));
        told.session.is_closed()
    });
    assert_eq!(no.session.outline().expect("closed").loan_of(1), 0);
}

#[test]
fn a_loan_is_forgiven_by_every_yes_and_by_nothing_less() {
    let mut told = known(&["Stop."], lent());
    at_the_order(&mut told);
    assert!(notice(&told).contains("Ada has had 3 minutes more than Ben so far"));
    told.choose("Let go of it").choose("Ada says yes");
    assert!(told.told().contains("let it go"));
    told.on();
    assert!(notice(&told).contains("3 minutes"));
    told.choose("Let go of it")
        .choose("Ada says yes")
        .choose("Ben says yes");
    assert_eq!(notice(&told), "");
    assert!(told.refused(Intent::Forgive).contains("not possible"));
    told.until(|told| {
        assert!(!matches!(told.session.state, State::Same { .. }));
        told.session.is_closed()
    });
    assert!(told.session.outline().expect("closed").forgiven);
    // Less than a minute is not worth a word.
    let little = KnownBefore {
        loan: vec![59_000, 0],
        ..KnownBefore::default()
    };
    let mut told = known(&["Stop."], little);
    assert_eq!(notice(at_the_order(&mut told)), "");
}

#[test]
fn in_a_pause_a_line_is_changed_by_every_yes_and_otherwise_stays() {
    let mut told = known(&["Stop.", "Listen."], KnownBefore::default());
    let changes = |told: &Told| {
        told.scene()
            .offers
            .iter()
            .any(|offer| offer.verb == Verb::ChangeLine)
    };
    told.ask(Intent::Pause);
    assert!(
        !changes(&told),
        "before everybody's yes there is nothing to open again"
    );
    told.on().until_turn_of(0).ask(Intent::Pause);
    assert!(changes(&told));
    let left = told.left();
    told.ask(Intent::ChangeLine).choose("Listen.");
    assert!(
        told.refused(Intent::Write { words: " ".into() })
            .contains("empty")
    );
    told.ask(Intent::Write {
        words: "Listen, and be quiet.".into(),
    });
    told.choose("Ada says yes").wait(minutes(2));
    assert_eq!(told.left(), left, "everything stands still");
    let mut stopped = told.clone();
    let mut not = told.clone();
    told.choose("Ben says yes");
    assert!(told.told().contains("Everything is paused"));
    told.on();
    assert_eq!(told.session.turn_of(), Some(Who(0)));
    told.until(|told| told.session.is_closed());
    let outline = told.session.outline().expect("closed");
    assert_eq!(
        outline.agreement,
        with_others(&["Stop.", "Listen, and be quiet."])
    );

    not.on().on().until(|told| told.session.is_closed());
    let outline = not.session.outline().expect("closed");
    assert_eq!(outline.agreement, with_others(&["Stop.", "Listen."]));

    stopped.ask(Intent::Stop);
    assert!(!stopped.told().contains("quiet."));
    stopped.until(|told| told.session.is_closed());
    let outline = stopped.session.outline().expect("closed");
    assert_eq!(outline.agreement, with_others(&["Stop.", "Listen."]));
}

#[test]
fn a_log_of_before_knows_nothing_and_is_read() {
    let begin = Begin::clone(&Told::pair().session.begin);
    let text = serde_json::to_string(&begin).expect("text");
    assert!(!text.contains("known"));
    let read: Begin = serde_json::from_str(&text).expect("a log of before");
    assert_eq!(read, begin);
}

#[test]
fn the_word_that_was_agreed_on_for_stopping_is_known_where_something_can_be_stopped() {
    let first = script("first-meeting");
    let (before, behind) = words()
        .session
        .stop_word_in_line
        .around("word")
        .expect("{word}");
    let line = format!("{before}{{stop-word}}{behind}");
    assert!(include_str!("../../../scripts/first-meeting.toml").contains(&line));
    let mut told = Told::pair();
    assert_eq!(told.scene().stop_word, SafeText::default());
    for (lines, own) in [
        (
            vec!["We stop by saying: Red. No reason needed.".to_owned()],
            vec![],
        ),
        (vec![], vec!["Each by key or by saying: Red.".to_owned()]),
    ] {
        let mut begin = Begin::clone(&told.session.begin);
        begin.agreement = lines;
        begin.known.own_lines = own;
        let session = Session::begin(script("standard-pair"), begin).expect("fits");
        let mut told = Told {
            session,
            ..Told::pair()
        };
        assert_eq!(told.scene().stop_word.as_str(), "Red");
        told.ask(Intent::Stop);
        assert_eq!(told.scene().stop_word, SafeText::default());
    }
    // While it is asked for, a number is no word, nor is what everybody says all the time, and what was agreed on before
    // is one.
    let asks = |play: &Play| {
        let prompt = play.session.scene(play.now).prompt;
        prompt
            .first()
            .is_some_and(|says| says.as_str().starts_with("Which word will stop"))
    };
    let reached = (0..40).find_map(|seed| {
        let mut play = Play::new(first, first.minutes, seed).unwrap();
        while !asks(&play) {
            play.step()?;
        }
        Some(play)
    });
    let play = reached.expect("some walk comes to it");
    (told.session, told.now) = (play.session, play.now);
    for number in ["2", "2.", " 7 ", "yes", "No.", "OK"] {
        let write = Intent::Write {
            words: number.into(),
        };
        assert!(
            told.session.clone().apply(write, told.now).is_err(),
            "{number}"
        );
    }
    assert_eq!(told.scene().stop_word, SafeText::default());
    told.ask(Intent::Write {
        words: "Banana".into(),
    });
    assert_eq!(told.scene().stop_word.as_str(), "Banana");
}
