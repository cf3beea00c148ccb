use super::*;
use crate::menu::number_keys;

fn first(ground: &Grounding, now: Moment) -> String {
    let prompt = ground.scene(now).prompt;
    prompt
        .first()
        .map(|p| p.as_str().to_owned())
        .unwrap_or_default()
}

fn seconds(n: f64) -> Duration {
    Duration::from_secs_f64(n)
}

/// Lets time pass as a face does: it wakes when it was told to.
fn until_it_waits(ground: &mut Grounding, now: &mut Moment) -> Vec<String> {
    let mut said = Vec::new();
    while let Some(wake) = ground.next_wake(*now) {
        *now = now.later(wake);
        ground.let_time_pass(*now);
        said.push(first(ground, *now));
    }
    said
}

/// How long a practice's words by the clock take, as content.md 4.4 has them.
#[test]
fn the_patterns_are_exact() {
    let kinds: Vec<ExerciseKind> = library().iter().map(|practice| practice.kind).collect();
    assert_eq!(
        kinds[..4],
        [
            ExerciseKind::Orienting,
            ExerciseKind::Senses,
            ExerciseKind::Movement,
            ExerciseKind::Attention
        ]
    );
    assert!(kinds[4..].iter().all(|kind| *kind == ExerciseKind::Breath));
    let paces: Vec<(&str, Vec<f64>, u32)> = library()
        .iter()
        .flat_map(|practice| {
            practice.step.iter().filter_map(|step| match step {
                ExerciseStep::Pace { pace, times } => {
                    let seconds = pace.iter().map(|phase| phase.seconds).collect();
                    Some((practice.id, seconds, *times))
                }
                ExerciseStep::Says { .. } => None,
            })
        })
        .collect();
    assert_eq!(
        paces,
        [
            ("feet-and-hands", vec![5.0, 5.0], 4),
            ("longer-out", vec![4.0, 6.0], 12),
            ("even", vec![5.0, 5.0], 15),
            ("even-slower", vec![5.5, 5.5], 13),
            ("short", vec![4.0, 4.0], 8),
            ("box", vec![4.0, 4.0, 4.0, 4.0], 4),
        ]
    );
    // Looking around takes 60 to 90 seconds; the breath 2 to 3 minutes, the short ones less.
    let timed = |step: &ExerciseStep| match step {
        ExerciseStep::Says { seconds, .. } => seconds.unwrap_or(0.0),
        ExerciseStep::Pace { pace, times } => {
            pace.iter().map(|phase| phase.seconds).sum::<f64>() * f64::from(*times)
        }
    };
    let lasts = |n: usize| library()[n].step.iter().map(timed).sum::<f64>();
    assert!((60.0..=90.0).contains(&lasts(0)), "{}", lasts(0));
    for n in 4..7 {
        assert!((120.0..=180.0).contains(&lasts(n)), "{n}: {}", lasts(n));
    }
}

#[test]
fn the_first_sentence_is_there_at_once_and_nothing_has_to_be_answered() {
    let ground = Grounding::begin(ZERO, false);
    let scene = ground.scene(ZERO);
    assert!(
        scene.prompt[0]
            .as_str()
            .starts_with("Hold one plain thing, or look around")
    );
    assert!(scene.choices.is_empty());
    // A number can be given, and going on leaves it out.
    assert_eq!(scene.field, Some(InputField::Rating));
    let mut ground = ground;
    ground.ask(Intent::GoOn, ZERO).unwrap();
    assert_eq!(ground.scene(ZERO).field, None);
    assert_eq!(ground.before, None);
}

#[test]
fn going_on_walks_the_order_and_never_comes_to_the_breath() {
    let mut ground = Grounding::begin(ZERO, false);
    let mut seen = Vec::new();
    for _ in 0..200 {
        if let GroundingPage::Step { practice, .. } = ground.page {
            seen.push(practice);
        }
        if ground.ask(Intent::GoOn, ZERO) == Ok(AfterGrounding::Over) {
            seen.dedup();
            assert_eq!(seen, [0, 1, 2, 3]);
            return;
        }
    }
    panic!("it never ended");
}

fn paced(ground: &Grounding, now: Moment) -> (String, u8, u8) {
    let pace = ground.scene(now).pacer.expect("a pace");
    (pace.says.as_str().to_owned(), pace.second, pace.of)
}

#[test]
fn the_clock_leads_through_a_breath_and_through_no_question() {
    let (mut now, longer_out) = (ZERO, 4);
    let mut ground = Grounding::begin(now, false);
    ground.page = at(longer_out, now);
    assert_eq!(ground.next_wake(now), None);
    ground.ask(Intent::GoOn, now).unwrap();
    assert_eq!(paced(&ground, now), ("in".to_owned(), 1, 4));
    assert_eq!(ground.next_wake(now), Some(seconds(1.0)));
    let pattern = ground.scene(now).pacer.unwrap().pattern;
    assert_eq!(pattern.as_str(), "In for 4 seconds, out for 6.");
    let later = now.later(seconds(4.0));
    assert_eq!(paced(&ground, later), ("out".to_owned(), 1, 6));
    // Nothing but the pace changes meanwhile: a face that speaks has nothing new to say.
    assert_eq!(ground.scene(later).prompt, ground.scene(now).prompt);
    let mut heard = vec![paced(&ground, now)];
    while let Some(wake) = ground.next_wake(now) {
        now = now.later(wake);
        ground.let_time_pass(now);
        heard.extend(ground.scene(now).pacer.map(|_| paced(&ground, now)));
    }
    assert_eq!(now.mono, seconds(120.0));
    assert_eq!(heard.len(), 120, "each second once");
    assert_eq!(heard.iter().filter(|(word, ..)| word == "in").count(), 48);
    assert!(first(&ground, now).contains("as it likes"));
}

#[test]
fn half_seconds_and_a_stay_are_paced_as_well() {
    let (mut now, even_slower, square) = (ZERO, 6, 8);
    let mut ground = Grounding::begin(now, false);
    ground.page = at(even_slower, now);
    ground.ask(Intent::GoOn, now).unwrap();
    let pattern = |ground: &Grounding| ground.scene(ZERO).pacer.unwrap().pattern;
    assert_eq!(
        pattern(&ground).as_str(),
        "In for 5.5 seconds, out for 5.5."
    );
    now = now.later(seconds(5.0));
    assert_eq!(paced(&ground, now), ("in".to_owned(), 6, 6));
    assert_eq!(ground.next_wake(now), Some(seconds(0.5)));
    until_it_waits(&mut ground, &mut now);
    assert_eq!(now.mono, seconds(143.0));
    ground.page = at(square, ZERO);
    ground.ask(Intent::GoOn, ZERO).unwrap();
    assert!(pattern(&ground).as_str().contains("hold for 4"));
    let third = ZERO.later(seconds(5.0));
    assert_eq!(paced(&ground, third), ("hold".to_owned(), 2, 4));
}

#[test]
fn words_that_are_no_breath_come_and_go_as_words() {
    let (mut now, feet) = (ZERO, 2);
    let mut ground = Grounding::begin(now, false);
    ground.page = at(feet, now);
    ground.ask(Intent::GoOn, now).unwrap();
    assert_eq!(first(&ground, now), "Press your feet down.");
    assert_eq!(ground.scene(now).prompt[1].as_str(), "1 of 4");
    assert_eq!(ground.next_wake(now), Some(seconds(5.0)));
    let said = until_it_waits(&mut ground, &mut now);
    assert_eq!(now.mono, seconds(40.0));
    assert_eq!(said.iter().filter(|word| *word == "Let go.").count(), 4);
}

#[test]
fn after_a_hole_in_time_nothing_was_missed() {
    let mut ground = Grounding::begin(ZERO, false);
    ground.ask(Intent::GoOn, ZERO).unwrap();
    let hours = ZERO.later(Duration::from_secs(10_000));
    assert_eq!(ground.next_wake(hours), Some(Duration::ZERO));
    ground.let_time_pass(hours);
    let expected = GroundingPage::Step {
        practice: 0,
        step: 2,
        since: hours,
    };
    assert_eq!(ground.page, expected);
}

#[test]
fn numbers_are_said_once_and_a_lot_leads_to_people() {
    let says = &words().safety.ground;
    let end = |before: Option<u8>, after: Option<u8>| {
        let mut ground = Grounding::begin(ZERO, false);
        if let Some(value) = before {
            ground.ask(Intent::Rate { value }, ZERO).unwrap();
        }
        ground.page = GroundingPage::Rate;
        let last = after.map_or(Intent::GoOn, |value| Intent::Rate { value });
        ground.ask(last, ZERO).unwrap();
        ground.scene(ZERO).prompt
    };
    assert_eq!(end(None, None).len(), says.end.len());
    assert_eq!(end(Some(7), None).len(), says.end.len());
    assert!(end(Some(7), Some(4)).last().unwrap().as_str().contains('7'));
    assert_eq!(end(None, Some(8))[0].as_str(), says.too_much[0]);
    assert_eq!(end(Some(9), Some(8))[0].as_str(), says.too_much[0]);
}

/// Every page by every way: each is left again, STOP works on all, nothing panics.
#[test]
fn every_page_is_reached_and_stop_works_on_each() {
    let mut open = vec![Grounding::begin(ZERO, false), Grounding::begin_now(false)];
    let mut seen: Vec<Grounding> = Vec::new();
    let mut over = 0;
    while let Some(ground) = open.pop() {
        if seen.contains(&ground) {
            continue;
        }
        let scene = ground.scene(ZERO);
        let is_now = matches!(ground.page, GroundingPage::Now(_));
        assert!(!scene.prompt.is_empty() && scene.title.is_empty() == is_now);
        assert!(scene.choices.len() <= number_keys::MOST);
        assert!(!scene.offers.is_empty());
        let mut stopped = ground.clone();
        stopped.ask(Intent::Stop, ZERO).unwrap();
        assert_eq!(stopped.page, GroundingPage::End { stopped: true });
        let choices = scene.choices.iter().map(|choice| choice.intent.clone());
        let offers = scene.offers.iter().map(|offer| offer.intent());
        let rates = [0, 8].map(|value| Intent::Rate { value });
        let rates = rates.into_iter().filter(|_| scene.field.is_some());
        for intent in choices.chain(offers).chain(rates) {
            let mut next = ground.clone();
            match next.ask(intent.clone(), ZERO) {
                Ok(AfterGrounding::Stay) => open.push(next),
                Ok(AfterGrounding::Over) => over += 1,
                Ok(AfterGrounding::Card | AfterGrounding::Steps | AfterGrounding::Tomorrow) => {
                    assert!(is_now)
                }
                Err(refused) => panic!("{intent:?}: {}", refused.0.as_str()),
            }
        }
        assert!(ground.clone().ask(Intent::Answer { n: 9 }, ZERO).is_err());
        assert!(ground.clone().ask(Intent::Land, ZERO).is_err());
        seen.push(ground);
    }
    assert!(over > 0 && seen.len() > 40, "{}", seen.len());
}

#[test]
fn every_sentence_is_short_and_says_that_eyes_may_stay_open_where_it_has_to() {
    for practice in library() {
        for step in practice.step {
            if let ExerciseStep::Says { says, beneath, .. } = step {
                for text in [Some(says), beneath.as_ref()].into_iter().flatten() {
                    assert!(text.chars().count() <= 140, "{text}");
                    assert!(!text.contains("close your eyes"), "{text}");
                }
            }
        }
        let all: String = practice
            .step
            .iter()
            .map(|step| format!("{step:?}"))
            .collect();
        let needed = matches!(
            practice.kind,
            ExerciseKind::Orienting | ExerciseKind::Breath
        );
        assert!(
            !needed || all.to_lowercase().contains("eyes"),
            "{}",
            practice.id
        );
    }
}

/// Alone at night, with one key: the body first, then one question, few words, no clock, and an end.
#[test]
fn whoever_is_stirred_up_and_only_presses_enter_is_met_all_the_way() {
    let mut ground = Grounding::begin_now(false);
    let mut said = Vec::new();
    loop {
        let scene = ground.scene(ZERO);
        let words: Vec<&str> = scene.prompt.iter().map(SafeText::as_str).collect();
        let words = words.join(" ");
        assert!(words.split_whitespace().count() <= 30, "{words}");
        assert!(scene.clock.is_none() && scene.way.is_empty() && scene.people.is_empty());
        assert_eq!(ground.next_wake(ZERO), None, "nothing goes on by itself");
        said.push(words);
        if ground.ask(Intent::GoOn, ZERO).unwrap() == AfterGrounding::Over {
            break;
        }
    }
    let at = |words: &str| said.iter().position(|said| said.contains(words)).unwrap();
    assert_eq!(
        [at("Hold one thing"), at("feet"), at("Are you safe")],
        [0, 1, 2]
    );
    assert!(said[3].contains("You don't have to answer") && said[3].contains("phone"));
    assert!(
        said.last().unwrap().contains("You looked after yourself."),
        "{said:?}"
    );
    assert!(
        said.iter()
            .all(|words| !words.contains("hang up") && !words.contains("may go"))
    );
    // No leads to the numbers, and whoever is safer goes on.
    let mut unsafe_here = Grounding::begin_now(false);
    for intent in [Intent::GoOn, Intent::GoOn, Intent::Answer { n: 1 }] {
        unsafe_here.ask(intent, ZERO).unwrap();
    }
    let card = unsafe_here.clone().ask(Intent::Answer { n: 0 }, ZERO);
    assert_eq!(card, Ok(AfterGrounding::Card));
}

#[test]
fn from_its_first_page_back_leads_out_and_says_so() {
    for begun in [Grounding::begin(ZERO, false), Grounding::begin_now(true)] {
        let mut ground = begun.clone();
        let back = |ground: &Grounding| {
            let offers = ground.scene(ZERO).offers;
            let back = offers.into_iter().find(|offer| offer.verb == Verb::Back);
            back.unwrap().says.to_string()
        };
        assert_eq!(back(&ground), "Close");
        ground.ask(Intent::GoOn, ZERO).unwrap();
        assert_eq!(back(&ground), "Back");
        let stays = ground.ask(Intent::Back, ZERO);
        assert_eq!((stays, &ground), (Ok(AfterGrounding::Stay), &begun));
        assert_eq!(ground.ask(Intent::Back, ZERO), Ok(AfterGrounding::Over));
    }
}
