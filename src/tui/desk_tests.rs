//! Every key in every scene.

use super::*;
use crate::session::intent::Intent;
use crate::tui::key::Code;
use crate::tui::own_pages;
use crate::tui::samples;

fn key(code: Code) -> Key {
    Key::plain(code)
}

fn letter(c: char) -> Key {
    key(Code::Char(c))
}

fn ctrl(c: char) -> Key {
    Key {
        code: Code::Char(c),
        ctrl: true,
    }
}

fn every_key() -> Vec<Key> {
    let mut keys: Vec<_> = (' '..='~').chain("äж日👍".chars()).map(letter).collect();
    keys.extend(('a'..='z').map(ctrl));
    let named = [
        Code::Enter,
        Code::Esc,
        Code::Backspace,
        Code::Delete,
        Code::Left,
        Code::Right,
        Code::Up,
        Code::Down,
        Code::Home,
        Code::End,
        Code::PageUp,
        Code::PageDown,
    ];
    keys.extend(named.map(key));
    keys.extend((1..=12).map(|n| key(Code::F(n))));
    keys
}

fn desk(scene: &Scene) -> UiState {
    let mut desk = UiState::default();
    desk.meet(scene);
    desk
}

#[test]
fn every_key_in_every_scene_asks_only_what_is_offered() {
    for (name, scene) in samples::all() {
        for over in [Overlay::Nothing, Overlay::Help, Overlay::Leaving] {
            for pressed in every_key() {
                let mut desk = desk(&scene);
                desk.over = over;
                if let KeyOutcome::Ask(intent) = desk.press(pressed, &scene) {
                    let offered = scene.offers.iter().map(|offer| offer.intent());
                    let chosen = scene.choices.iter().map(|choice| choice.intent.clone());
                    let typed = matches!(intent, Intent::Write { .. });
                    // STOP holds everywhere: outside a session it leads to a few quiet steps.
                    let stop = intent == Intent::Stop;
                    assert!(
                        typed || stop || offered.chain(chosen).any(|i| i == intent),
                        "{name} {pressed:?} {intent:?}"
                    );
                }
            }
        }
    }
}

/// The one sentence that stands there until the next key.
fn said(desk: &UiState) -> &str {
    desk.says.as_ref().map_or("", |says| says.as_str())
}

#[test]
fn stop_is_one_key_wherever_one_is() {
    for (name, scene) in samples::all() {
        let offered = scene.offers.iter().any(|offer| offer.verb == Verb::Stop);
        // Where it is quiet already, whoever presses it again is told so.
        let stops = offered || scene.mood != SceneMood::Neutral;
        for over in [Overlay::Nothing, Overlay::Help, Overlay::Leaving] {
            for stop in [letter('s'), letter('S'), ctrl('s')] {
                let mut desk = desk(&scene);
                desk.over = over;
                if stop != ctrl('s') && desk.context() == Context::Typing {
                    continue;
                }
                let outcome = desk.press(stop, &scene);
                assert_eq!(
                    outcome == KeyOutcome::Ask(Intent::Stop),
                    stops,
                    "{name} {over:?} {stop:?}"
                );
                assert_eq!(desk.says.is_some(), !stops, "{name}");
            }
        }
    }
}

#[test]
fn the_word_lines_leads_to_lines_and_its_last_letter_is_not_stop() {
    let mut scene = samples::names();
    scene.field = None;
    scene.add_offer(Verb::Stop, "STOP");
    let stop = KeyOutcome::Ask(Intent::Stop);
    for (typed, last) in [
        ("lines", KeyOutcome::Lines),
        ("llines", KeyOutcome::Lines),
        ("lins", stop.clone()),
        ("line.s", stop.clone()),
        ("s", stop),
    ] {
        let mut desk = desk(&scene);
        let mut outcome = KeyOutcome::Nothing;
        for c in typed.chars() {
            outcome = desk.takes(letter(c).into(), &scene);
        }
        assert_eq!(outcome, last, "{typed}");
    }
}

#[test]
fn stop_in_a_line_of_words_is_ctrl_s_and_the_footer_says_so() {
    let mut scene = samples::names();
    scene.add_offer(Verb::Stop, "STOP");
    let mut desk = desk(&scene);
    assert_eq!(desk.press(letter('s'), &scene), KeyOutcome::Nothing);
    let footer = own_pages::footer(&desk, &scene);
    assert!(
        footer
            .iter()
            .any(|key| key.key == "ctrl-s" && key.word == "STOP"),
        "{footer:?}"
    );
    assert_eq!(desk.press(ctrl('s'), &scene), KeyOutcome::Ask(Intent::Stop));
}

/// A line to type, with three suggestions beside it.
fn suggested() -> Scene {
    let mut scene = samples::names();
    scene.field = Some(scene::InputField::line(String::new(), "a word", 8));
    let suggest = |n: usize| scene::SceneChoice {
        says: SafeText::new(["stop", "red", "enough"][n]),
        on: None,
        intent: Intent::Answer { n },
    };
    scene.choices = (0..3).map(suggest).collect();
    scene
}

#[test]
fn beside_suggestions_a_number_alone_marks_and_with_letters_it_is_words() {
    let scene = suggested();
    let write = |words: &str| {
        KeyOutcome::Ask(Intent::Write {
            words: words.into(),
        })
    };
    let answer = |n: usize| KeyOutcome::Ask(Intent::Answer { n });
    let footer = |desk: &UiState| own_pages::footer(desk, &scene)[0].clone();
    assert_eq!(footer(&desk(&scene)).key, "1–3");
    for digit in ['2', '\u{ff12}'] {
        let mut desk = desk(&scene);
        assert_eq!(desk.press(letter(digit), &scene), KeyOutcome::Nothing);
        assert_eq!((desk.mark, footer(&desk).word.trim()), (Some(1), "Take it"));
        assert_eq!(desk.press(key(Code::Enter), &scene), answer(1));
        // An arrow moves on from it, and Escape takes it out.
        desk.press(key(Code::Down), &scene);
        assert_eq!(desk.field.as_ref().and_then(TextField::words), Some(""));
        assert_eq!(desk.press(key(Code::Enter), &scene), answer(2));
        desk.press(letter(digit), &scene);
        desk.press(key(Code::Esc), &scene);
        assert_eq!(desk.field.as_ref().and_then(TextField::words), Some(""));
        assert_eq!((desk.mark, footer(&desk).key.as_str()), (None, "1–3"));
    }
    // Typed or pasted, in one go or letter by letter: what has more than a number, or none of these, is words.
    for (typed, words) in [
        ("a2", "a2"),
        (" 2", "2"),
        ("9", "9"),
        ("2 a few", "2 a few"),
        ("1 Dec", "1 Dec"),
        ("10 Dec", "10 Dec"),
        ("0", "0"),
        ("12", "12"),
    ] {
        let mut one = desk(&scene);
        for c in typed.chars() {
            assert_eq!(one.press(letter(c), &scene), KeyOutcome::Nothing, "{typed}");
        }
        assert_eq!(one.press(key(Code::Enter), &scene), write(words));
        let mut one = desk(&scene);
        one.paste(typed, &scene);
        assert_eq!(one.press(key(Code::Enter), &scene), write(words));
    }
    let mut pasted = desk(&scene);
    pasted.paste("2", &scene);
    assert_eq!(pasted.mark, Some(1));
}

#[test]
fn over_words_from_before_a_number_begins_anew_and_letters_go_on_with_them() {
    let scene = suggested();
    let write = |words: &str| {
        KeyOutcome::Ask(Intent::Write {
            words: words.into(),
        })
    };
    let answer = |n: usize| KeyOutcome::Ask(Intent::Answer { n });
    let mut before = scene.clone();
    before.field = Some(scene::InputField::line("old".to_owned(), "a word", 8));
    let mut one = desk(&before);
    one.press(letter('2'), &before);
    assert_eq!(one.press(key(Code::Enter), &before), answer(1));
    one.press(key(Code::Backspace), &before);
    one.press(letter('a'), &before);
    assert_eq!(one.press(key(Code::Enter), &before), write("a"));
    let mut one = desk(&before);
    one.press(letter('r'), &before);
    assert_eq!(one.press(key(Code::Enter), &before), write("oldr"));
}

#[test]
fn what_is_typed_or_pasted_counts_before_what_was_marked() {
    let scene = suggested();
    let write = |words: &str| {
        KeyOutcome::Ask(Intent::Write {
            words: words.into(),
        })
    };
    // A suggestion that was marked before, and one that would be marked after.
    for after in [false, true] {
        let mut desk = desk(&scene);
        desk.press(key(Code::Down), &scene);
        assert_eq!(desk.mark, Some(0));
        desk.press(letter('o'), &scene);
        if after {
            desk.press(key(Code::Down), &scene);
            assert!(desk.says.is_some());
        }
        assert_eq!(desk.mark, None);
        assert_eq!(desk.press(key(Code::Enter), &scene), write("o"));
    }
    let mut desk = desk(&scene);
    desk.press(key(Code::Down), &scene);
    desk.paste("ours", &scene);
    assert_eq!(desk.press(key(Code::Enter), &scene), write("ours"));
}

#[test]
fn the_word_that_leads_to_something_lighter_is_marked_first() {
    let mut scene = samples::turn();
    let short = Intent::Gate {
        says: GateWord::Short,
    };
    scene.choices[1].intent = short.clone();
    for then in [letter('2'), key(Code::Enter)] {
        let mut desk = desk(&scene);
        assert_eq!(desk.press(letter('2'), &scene), KeyOutcome::Nothing);
        assert_eq!((desk.mark, said(&desk)), (Some(1), say().short_twice));
        assert_eq!(desk.press(then, &scene), KeyOutcome::Ask(short.clone()));
    }
    let mut desk = desk(&scene);
    desk.press(letter('2'), &scene);
    let other = KeyOutcome::Ask(Intent::Answer { n: 0 });
    assert_eq!(desk.press(letter('1'), &scene), other);
}

#[test]
fn a_letter_too_many_is_said_and_a_paste_too_large_too() {
    let scene = suggested();
    let mut desk = desk(&scene);
    for _ in 0..8 {
        desk.press(letter('a'), &scene);
        assert_eq!(desk.says, None);
    }
    desk.press(letter('a'), &scene);
    assert_eq!(desk.says, crate::text::words::too_long(8, 9));
    desk.paste(&"b".repeat(70_000), &scene);
    let says = desk.says.clone().unwrap();
    assert!(says.as_str().contains("65536 bytes") && says.as_str().contains("70000"));
    desk.paste("bb", &scene);
    assert_eq!(desk.press(key(Code::Enter), &scene), KeyOutcome::Nothing);
    assert_eq!(desk.says, crate::text::words::too_long(8, 10));
}

#[test]
fn a_paste_runs_nothing_and_only_fills_an_open_line() {
    let text = "q\ny\u{1b}[201~s1\r\n".repeat(700);
    for (_, scene) in samples::all() {
        let mut desk = desk(&scene);
        desk.paste(&text, &scene);
        match &desk.field {
            Some(TextField::Line(line)) => assert!(line.words().starts_with("q y")),
            Some(TextField::Page { words, .. }) => assert!(words.words().contains("q\ny")),
            Some(TextField::Rating(rating)) => assert_eq!(rating.0, None),
            None => assert!(desk.says.is_some()),
        }
        assert_eq!(desk.over, Overlay::Nothing);
    }
}

#[test]
fn no_single_key_leaves() {
    for (name, scene) in samples::all() {
        for pressed in every_key() {
            let mut desk = desk(&scene);
            let outcome = desk.press(pressed, &scene);
            assert!(
                !matches!(outcome, KeyOutcome::Leave { .. }),
                "{name} {pressed:?}"
            );
            assert_ne!(
                outcome,
                KeyOutcome::Ask(Intent::Leave),
                "{name} {pressed:?}"
            );
        }
    }
}

#[test]
fn ctrl_c_asks_once_and_leaves_at_the_second() {
    for (name, scene) in samples::all() {
        let mut desk = desk(&scene);
        assert_eq!(desk.press(ctrl('c'), &scene), KeyOutcome::Nothing, "{name}");
        assert_eq!(desk.over, Overlay::Leaving);
        assert_eq!(
            desk.press(ctrl('c'), &scene),
            KeyOutcome::Leave { anyway: true },
            "{name}"
        );
    }
}

#[test]
fn the_question_whether_to_leave_takes_one_letter_and_everything_else_stays() {
    let scene = samples::turn();
    for (pressed, outcome) in [
        (letter('y'), KeyOutcome::Leave { anyway: false }),
        (letter('n'), KeyOutcome::Nothing),
        (key(Code::Enter), KeyOutcome::Nothing),
        (letter('q'), KeyOutcome::Nothing),
        (key(Code::Esc), KeyOutcome::Nothing),
    ] {
        let mut desk = desk(&scene);
        desk.press(letter('q'), &scene);
        assert_eq!(desk.over, Overlay::Leaving);
        assert_eq!(desk.press(pressed, &scene), outcome, "{pressed:?}");
        assert_eq!(desk.over, Overlay::Nothing);
    }
}

#[test]
fn escape_never_leaves_and_goes_back_one_step() {
    let scene = samples::turn();
    let mut desk = desk(&scene);
    desk.press(key(Code::Down), &scene);
    desk.press(letter('?'), &scene);
    assert_eq!(desk.press(key(Code::Esc), &scene), KeyOutcome::Nothing);
    assert_eq!((desk.over, desk.mark), (Overlay::Nothing, Some(0)));
    assert_eq!(desk.press(key(Code::Esc), &scene), KeyOutcome::Nothing);
    assert_eq!(desk.mark, None);
    assert_eq!(
        desk.press(key(Code::Esc), &scene),
        KeyOutcome::Ask(Intent::Back)
    );
}

#[test]
fn enter_takes_what_is_marked_and_otherwise_says_what_to_press() {
    let scene = samples::turn();
    let mut desk = desk(&scene);
    assert_eq!(desk.press(key(Code::Enter), &scene), KeyOutcome::Nothing);
    assert_eq!(said(&desk), "1–5 choose. p passes.");
    assert_eq!(
        desk.press(letter('p'), &scene),
        KeyOutcome::Ask(Intent::Pass)
    );
    desk.press(key(Code::Down), &scene);
    desk.press(letter('j'), &scene);
    assert_eq!(
        desk.press(key(Code::Enter), &scene),
        KeyOutcome::Ask(Intent::Answer { n: 1 })
    );
    assert_eq!(
        desk.press(letter('5'), &scene),
        KeyOutcome::Ask(Intent::Answer { n: 4 })
    );
    assert_eq!(desk.press(letter('6'), &scene), KeyOutcome::Nothing);
    assert!(desk.says.is_some());
}

#[test]
fn a_key_for_what_the_other_answers_says_who_answers_it() {
    let mut scene = samples::turn();
    scene.choices.clear();
    scene.offers.retain(|offer| offer.verb == Verb::Pause);
    let theirs = SafeText::new("Ada answers this, on their own screen.");
    scene.rare.elsewhere = Some(theirs.clone());
    let mut desk = desk(&scene);
    for pressed in [
        letter('1'),
        letter('p'),
        letter('u'),
        key(Code::Enter),
        key(Code::Right),
    ] {
        desk.says = None;
        assert_eq!(desk.press(pressed, &scene), KeyOutcome::Nothing);
        assert_eq!(desk.says, Some(theirs.clone()), "{pressed:?}");
    }
    desk.press(letter('m'), &scene);
    assert_ne!(desk.says, Some(theirs));
}

#[test]
fn a_known_key_without_an_offer_says_so_and_an_unknown_one_says_which_always_works() {
    let scene = samples::home();
    let mut desk = desk(&scene);
    assert_eq!(desk.press(letter('m'), &scene), KeyOutcome::Nothing);
    let says = |desk: &UiState| desk.says.as_ref().map(|says| says.as_str().to_owned());
    let not_here = "No such key here. ? shows all.";
    assert_eq!(says(&desk).as_deref(), Some(not_here));
    assert_eq!(desk.press(letter('ж'), &scene), KeyOutcome::Nothing);
    let no_key = "No such key here. F1 shows all.";
    assert_eq!(says(&desk).as_deref(), Some(no_key));
    let scene = samples::turn();
    let mut desk = UiState::default();
    desk.meet(&scene);
    for key in [letter('ж'), key(Code::Other)] {
        assert_eq!(desk.takes(key.into(), &scene), KeyOutcome::Nothing);
        let all = says(&desk).unwrap();
        assert!(all.contains("Ctrl-S always stops"), "{all}");
    }
    // With Alt too, and what would act without it does not.
    let alt = Press {
        alt: true,
        ..letter('1').into()
    };
    assert_eq!(desk.takes(alt, &scene), KeyOutcome::Nothing);
    assert!(says(&desk).unwrap().contains("Ctrl-S"));
}

#[test]
fn what_protects_people_is_found_on_every_keyboard_and_whatever_is_held_with_it() {
    let scene = samples::turn();
    let takes = |press: Press| {
        let mut desk = UiState::default();
        desk.meet(&scene);
        desk.takes(press, &scene)
    };
    let alt = |press: Press| Press { alt: true, ..press };
    let stop = KeyOutcome::Ask(Intent::Stop);
    for c in "sSыЫіσΣדسｓＳㄴと".chars() {
        assert_eq!(takes(letter(c).into()), stop, "{c}");
        assert_eq!(takes(alt(letter(c).into())), stop, "{c}");
        assert_eq!(takes(ctrl(c).into()), stop, "{c}");
        assert_eq!(takes(alt(ctrl(c).into())), stop, "{c}");
    }
    for c in "cCсψבｃ".chars() {
        assert_eq!(
            takes(letter(c).into()),
            KeyOutcome::Ask(Intent::Card),
            "{c}"
        );
    }
    // A keyboard that nobody here knows, where the terminal says which key it was.
    let base = Press {
        base: Some('s'),
        ..ctrl('ྀ').into()
    };
    assert_eq!(takes(base), stop);
    // An answer in full width, or in the digits of other keyboards.
    for c in "2２٢۲२".chars() {
        assert_eq!(
            takes(letter(c).into()),
            KeyOutcome::Ask(Intent::Answer { n: 1 }),
            "{c}"
        );
    }
}

#[test]
fn letters_stay_letters_where_words_are_typed() {
    let scene = samples::names();
    let mut desk = UiState::default();
    desk.meet(&scene);
    for c in "sыσｓc1".chars() {
        assert_eq!(desk.takes(letter(c).into(), &scene), KeyOutcome::Nothing);
    }
    let altgr = Press {
        alt: true,
        ..ctrl('@').into()
    };
    assert_eq!(desk.takes(altgr, &scene), KeyOutcome::Nothing);
    let words = desk.field.as_ref().and_then(TextField::words).unwrap();
    assert!(words.ends_with("sыσｓc1@"), "{words}");
    // Esc and then `s`, faster than a line tells them apart.
    let esc_s = Press {
        alt: true,
        ..letter('s').into()
    };
    if offered(&scene, Verb::Stop).is_some() {
        assert_eq!(desk.takes(esc_s, &scene), KeyOutcome::Ask(Intent::Stop));
    }
}

#[test]
fn a_key_that_is_held_down_acts_again_only_where_it_writes_or_moves() {
    let again = |key: Key| Press::from(key).again();
    let scene = samples::turn();
    let mut desk = UiState::default();
    desk.meet(&scene);
    for held in [
        key(Code::Enter),
        letter(' '),
        letter('1'),
        key(Code::Left),
        ctrl('c'),
    ] {
        desk.takes(key(Code::Esc).into(), &scene);
        assert_eq!(
            desk.takes(again(held), &scene),
            KeyOutcome::Nothing,
            "{held:?}"
        );
        assert_eq!(desk.over, Overlay::Nothing);
    }
    desk.takes(key(Code::Down).into(), &scene);
    desk.takes(again(key(Code::Down)), &scene);
    assert_eq!(desk.mark, Some(1));
    // A letter that was held before the question changed writes nothing into the next one.
    let scene = samples::names();
    desk.meet(&scene);
    let before = desk
        .field
        .as_ref()
        .and_then(TextField::words)
        .map(str::to_owned);
    desk.takes(again(letter('l')), &scene);
    assert_eq!(
        desk.field
            .as_ref()
            .and_then(TextField::words)
            .map(str::to_owned),
        before
    );
    desk.takes(letter('l').into(), &scene);
    desk.takes(again(letter('l')), &scene);
    assert!(
        desk.field
            .as_ref()
            .and_then(TextField::words)
            .unwrap()
            .ends_with("ll")
    );
}

#[test]
fn a_number_is_typed_then_entered() {
    let scene = samples::rating();
    let mut desk = desk(&scene);
    desk.press(letter('1'), &scene);
    desk.press(letter('0'), &scene);
    assert_eq!(
        desk.press(key(Code::Enter), &scene),
        KeyOutcome::Ask(Intent::Rate { value: 10 })
    );
    desk.press(key(Code::Down), &scene);
    assert_eq!(
        desk.press(key(Code::Enter), &scene),
        KeyOutcome::Ask(Intent::Rate { value: 9 })
    );
    desk.press(key(Code::Backspace), &scene);
    assert_eq!(desk.press(key(Code::Enter), &scene), KeyOutcome::Nothing);
    assert_eq!(
        said(&desk),
        "Type a number from 0 to 10, then Enter. p passes."
    );
    assert_eq!(
        desk.press(letter('s'), &scene),
        KeyOutcome::Ask(Intent::Stop)
    );
}

#[test]
fn words_are_entered_and_an_untouched_line_passes_where_that_is_offered() {
    let mut scene = samples::names();
    let mut desk = desk(&scene);
    assert_eq!(
        desk.press(key(Code::Enter), &scene),
        KeyOutcome::Ask(Intent::Write { words: "".into() })
    );
    for c in "Ben q?".chars() {
        assert_eq!(desk.press(letter(c), &scene), KeyOutcome::Nothing);
    }
    let words = "Ben q?".into();
    assert_eq!(
        desk.press(key(Code::Enter), &scene),
        KeyOutcome::Ask(Intent::Write { words })
    );
    scene.add_offer(Verb::GoOn, "go on");
    desk.press(ctrl('u'), &scene);
    assert_eq!(
        desk.press(key(Code::Enter), &scene),
        KeyOutcome::Ask(Intent::GoOn)
    );
}

#[test]
fn space_pauses_and_goes_on_again() {
    let (turn, paused) = (samples::turn(), samples::paused());
    assert_eq!(
        desk(&turn).press(letter(' '), &turn),
        KeyOutcome::Ask(Intent::Pause)
    );
    assert_eq!(
        desk(&paused).press(letter(' '), &paused),
        KeyOutcome::Ask(Intent::GoOn)
    );
}

#[test]
fn a_ticking_clock_leaves_the_desk_alone_and_another_question_clears_it() {
    let mut scene = samples::turn();
    let mut desk = desk(&scene);
    desk.press(key(Code::Down), &scene);
    scene.clock = None;
    desk.meet(&scene);
    assert_eq!(desk.mark, Some(0));
    desk.meet(&samples::landing());
    assert_eq!(desk.mark, None);
}

#[test]
fn a_footer_has_stop_and_going_back_exactly_where_they_work() {
    for (name, scene) in samples::all() {
        let desk = desk(&scene);
        let footer = own_pages::footer(&desk, &scene);
        assert!(!footer.is_empty(), "{name}");
        let back = scene.offers.iter().any(|offer| offer.verb == Verb::Back);
        let shown = footer
            .iter()
            .any(|key| matches!(key.key.as_str(), "←" | "esc"));
        assert_eq!(shown, back, "{name} {footer:?}");
        let stop = scene.offers.iter().any(|offer| offer.verb == Verb::Stop);
        assert_eq!(footer.iter().any(|key| key.word == "STOP"), stop, "{name}");
    }
}

/// content.md 4.2, 1: one key from every screen, whatever lies over it.
#[test]
fn the_crisis_card_is_one_key_away_under_help_and_before_leaving_too() {
    let mut seen = 0;
    for (name, scene) in samples::all() {
        let Some(card) = offered(&scene, Verb::Card) else {
            continue;
        };
        seen += 1;
        for over in [Overlay::Help, Overlay::Leaving] {
            let mut desk = desk(&scene);
            desk.over = over;
            let f2 = desk.clone().press(key(Code::F(2)), &scene);
            assert_eq!(f2, KeyOutcome::Ask(card.intent()), "{name} {over:?}");
            let asked = desk.press(letter('c'), &scene);
            assert_eq!(asked, KeyOutcome::Ask(card.intent()), "{name} {over:?}");
            assert_eq!(
                desk.over,
                Overlay::Nothing,
                "{name}: nothing covers the card"
            );
        }
    }
    assert!(seen > 5);
}

/// A sentence goes with the next key, and with the next thing that happens without one.
#[test]
fn a_sentence_goes_with_the_next_thing_that_happens() {
    let scene = samples::turn();
    let mut desk = UiState::default();
    desk.meet(&scene);
    desk.is_refused(SafeText::new("not now"), &scene);
    desk.meet(&scene);
    assert!(desk.says.is_some(), "nothing has happened");
    let mut rung = scene.clone();
    rung.notice = Some(SafeText::new("5 minutes are left."));
    desk.meet(&rung);
    assert_eq!(desk.says, None, "a bell has something to say");
    desk.is_refused(SafeText::new("not now"), &rung);
    desk.meet(&scene);
    assert!(desk.says.is_some(), "that a notice went says nothing");
    let mut other = scene.clone();
    other.prompt = vec![SafeText::new("Slowly begin to finish.")];
    desk.meet(&other);
    assert_eq!(desk.says, None, "another question");
    desk.is_refused(SafeText::new("not now"), &other);
    desk.press(key(Code::Down), &other);
    assert_eq!(desk.says, None, "a key");
}

#[test]
fn stop_pressed_once_more_says_that_all_is_still() {
    let neutral = samples::all().into_iter().map(|(_, scene)| scene);
    let neutral = neutral
        .filter(|scene| scene.mood == SceneMood::Neutral && offered(scene, Verb::Stop).is_none());
    let mut seen = 0;
    for scene in neutral {
        let mut desk = desk(&scene);
        assert_eq!(desk.press(letter('s'), &scene), KeyOutcome::Nothing);
        assert_eq!(desk.says.as_ref().map(SafeText::as_str), Some(say().still));
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn in_a_long_list_digits_gather_and_nothing_waits() {
    let mut scene = samples::turn();
    let one = scene.choices[0].clone();
    scene.choices = (0..12)
        .map(|n| scene::SceneChoice {
            intent: Intent::Answer { n },
            ..one.clone()
        })
        .collect();
    let answers = |keys: &str| {
        let mut desk = desk(&scene);
        let mut last = KeyOutcome::Nothing;
        for c in keys.chars() {
            let pressed = if c == '\r' {
                key(Code::Enter)
            } else {
                letter(c)
            };
            last = desk.press(pressed, &scene);
        }
        last
    };
    let answer = |n| KeyOutcome::Ask(Intent::Answer { n });
    // One could be ten, eleven or twelve: it is marked, and Enter takes it.
    assert_eq!(answers("1"), KeyOutcome::Nothing);
    assert_eq!(answers("1\r"), answer(0));
    assert_eq!(answers("10"), answer(9));
    assert_eq!(answers("12"), answer(11));
    assert_eq!(answers("2"), answer(1));
    // There is no 15, and nothing is taken for it.
    assert_eq!(answers("15"), KeyOutcome::Nothing);
    assert_eq!(answers("15\r"), KeyOutcome::Nothing);
    assert_eq!(answers("0"), KeyOutcome::Nothing);
}
