//! Walks through every page.

#[path = "../test_support/pretend_shelf.rs"]
mod fake;

use super::{HomeData, HomePages, HomeRequest, SoloCount};
use crate::menu::number_keys;
use crate::script::Who;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{InputField, Offer, Scene, SceneMood, Verb};
use crate::session::setup::Length;
use crate::test_support::back_walk::{Pages, assert_back_is_where_one_came_from};
use crate::text::safe_text::{SafeText, forbidden};
use crate::text::words::{fill, words};
use crate::time::moment::minutes;
use fake::{NOW, ask, choose, lobby, offered, prompt, setup, shelf, title, unfinished, write};

#[test]
fn a_returning_pair_begins_with_five_keys() {
    let mut lobby = lobby(shelf());
    let mut keys = 0;
    let begun = loop {
        keys += 1;
        let requests = ask(&mut lobby, Intent::GoOn);
        if !requests.is_empty() {
            break requests;
        }
    };
    assert_eq!(
        begun,
        [setup("pair", &["Ada", "Ben"], Length::Minutes(50), 0)]
    );
    // With the names, the script and the minutes of last time; the session's first step comes next.
    assert_eq!(keys, 5);
}

#[test]
fn the_first_run_says_what_this_is_and_asks_to_have_read_it() {
    let mut lobby = lobby(HomeData {
        notice_seen: false,
        ..shelf()
    });
    assert!(prompt(&lobby).contains("not therapy") && prompt(&lobby).contains("/data/alongside"));
    assert!(lobby.apply(Intent::Back, NOW).is_err());
    assert_eq!(ask(&mut lobby, Intent::GoOn), []);
    assert_eq!(lobby.scene(NOW).list.len(), words().safety.not_for.len());
    assert!(prompt(&lobby).contains(words().safety.not_for_after));
    ask(&mut lobby, Intent::Back);
    ask(&mut lobby, Intent::GoOn);
    assert_eq!(ask(&mut lobby, Intent::GoOn), [HomeRequest::SawNotice]);
    assert_eq!(title(&lobby), words().home.home_title);
}

#[test]
fn a_script_that_was_named_asks_only_what_is_still_open() {
    // Nobody is known who could follow it, and it is for so many: only their names are asked.
    let mut lobby = lobby(shelf());
    lobby.set_up(Some("triad"), None);
    for name in ["Cleo", "Dan", "Eve"] {
        write(&mut lobby, name);
    }
    assert_eq!(title(&lobby), words().home.long_title);
    // Back is where everybody can still be chosen.
    for _ in 0..5 {
        ask(&mut lobby, Intent::Back);
    }
    assert_eq!(title(&lobby), words().home.who_title);
    assert_eq!(lobby.scene(NOW).choices.len(), 4);
    // Those who sat together before are asked for first.
    lobby = fake::lobby(shelf());
    lobby.set_up(Some("short-pair"), Some(Length::Minutes(30)));
    let choices = lobby.scene(NOW).choices.len();
    assert_eq!(choices, 2, "the pair that is known, and two others");
    ask(&mut lobby, Intent::GoOn);
    assert_eq!(
        ask(&mut lobby, Intent::GoOn),
        [setup("short-pair", &["Ada", "Ben"], Length::Minutes(30), 0)]
    );
    // Whoever is here for the first time reads the first pages first.
    lobby = fake::lobby(HomeData {
        notice_seen: false,
        ..shelf()
    });
    lobby.set_up(Some("solo"), None);
    ask(&mut lobby, Intent::GoOn);
    assert_eq!(ask(&mut lobby, Intent::GoOn), [HomeRequest::SawNotice]);
    assert_eq!(prompt(&lobby), words().home.name_alone);
}

#[test]
fn new_names_are_typed_one_by_one_and_kept_on_the_way_back() {
    let mut lobby = lobby(shelf());
    choose(&mut lobby, "Begin");
    choose(&mut lobby, "Two of us");
    write(&mut lobby, "  C\u{1b}leo ");
    for wrong in ["", "cleo", &"x".repeat(41)] {
        let words = wrong.to_owned();
        let before = lobby.scene(NOW);
        assert!(
            lobby
                .apply(
                    Intent::Write {
                        words: words.into()
                    },
                    NOW
                )
                .is_err(),
            "{wrong}"
        );
        assert_eq!(lobby.scene(NOW), before);
    }
    assert!(lobby.apply(Intent::GoOn, NOW).is_err());
    write(&mut lobby, "Dan");
    ask(&mut lobby, Intent::Back);
    ask(&mut lobby, Intent::Back);
    let field = |lobby: &HomePages| match lobby.scene(NOW).field {
        Some(InputField::Line { initial, .. }) => initial,
        Some(InputField::Rating | InputField::Page { .. }) | None => panic!("no field"),
    };
    assert_eq!(field(&lobby), "Cleo");
    ask(&mut lobby, Intent::GoOn);
    assert_eq!(field(&lobby), "Dan");
    ask(&mut lobby, Intent::GoOn);
    choose(&mut lobby, "Standard pair");
    choose(&mut lobby, "60 minutes, as written");
    assert!(
        prompt(&lobby).contains("Cleo goes first."),
        "{}",
        prompt(&lobby)
    );
    choose(&mut lobby, "Dan goes first");
    assert!(prompt(&lobby).contains("Dan goes first, as you chose."));
    let begun = choose(&mut lobby, "Begin");
    assert_eq!(
        begun,
        [setup("pair", &["Cleo", "Dan"], Length::Minutes(60), 1)]
    );
}

#[test]
fn the_plan_says_when_what_and_who() {
    let mut lobby = lobby(shelf());
    for _ in 0..4 {
        ask(&mut lobby, Intent::GoOn);
    }
    let scene = lobby.scene(NOW);
    let list: Vec<String> = scene
        .list
        .iter()
        .map(|i| format!("{} {}", i.lead, i.words))
        .collect();
    assert_eq!(
        list,
        [
            "19:30 arrive, 3 minutes",
            "19:33 Ada's turn, 16 and a half minutes",
            "19:50 30 minutes to spare",
            "20:20 the end"
        ]
    );
    let said = prompt(&lobby);
    assert_eq!(
        said,
        "Standard pair, Ada and Ben, 50 minutes. Ada goes first: Ben was first last time."
    );
    choose(&mut lobby, "Another length");
    choose(&mut lobby, "Until a time");
    for wrong in ["half past eight", "25:00", ""] {
        let words = wrong.to_owned();
        assert!(
            lobby
                .apply(
                    Intent::Write {
                        words: words.into()
                    },
                    NOW
                )
                .is_err()
        );
    }
    write(&mut lobby, "20:30");
    assert!(prompt(&lobby).contains("until 20:30."));
    let until = Length::Until(NOW.wall + 60 * 60_000);
    assert_eq!(
        choose(&mut lobby, "Begin"),
        [setup("pair", &["Ada", "Ben"], until, 0)]
    );
    // Back is the time that was typed, and before that all of them.
    ask(&mut lobby, Intent::Back);
    let field = lobby.scene(NOW).field;
    assert_eq!(field.as_ref().and_then(InputField::initial), Some("20:30"));
    ask(&mut lobby, Intent::Back);
    choose(&mut lobby, "Until a time");
    let words = "19:00".to_owned().into();
    let refused = lobby.apply(Intent::Write { words }, NOW).unwrap_err();
    assert!(refused.0.as_str().contains("19:00 has passed"));
}

#[test]
fn too_little_time_is_said_with_what_fits() {
    let to_plan = |typed: &str| {
        let mut lobby = lobby(shelf());
        for _ in 0..3 {
            ask(&mut lobby, Intent::GoOn);
        }
        choose(&mut lobby, "Another number");
        write(&mut lobby, typed);
        lobby
    };
    let mut lobby = to_plan("20");
    assert!(
        prompt(&lobby).contains("at least 40 minutes"),
        "{}",
        prompt(&lobby)
    );
    choose(&mut lobby, "Short pair, which fits");
    let short = setup("short-pair", &["Ada", "Ben"], Length::Minutes(20), 0);
    assert_eq!(choose(&mut lobby, "Begin"), [short]);
    let mut lobby = to_plan("20");
    choose(&mut lobby, "Standard pair in 40 minutes");
    assert!(prompt(&lobby).contains("40 minutes."));
    let mut lobby = to_plan("20");
    choose(&mut lobby, "Another length");
    assert_eq!(title(&lobby), words().home.long_title);
}

#[test]
fn a_plan_that_no_longer_fits_is_not_begun() {
    let mut lobby = lobby(shelf());
    for _ in 0..3 {
        ask(&mut lobby, Intent::GoOn);
    }
    choose(&mut lobby, "Until a time");
    write(&mut lobby, "20:15");
    let late = NOW.later(minutes(20));
    assert_eq!(lobby.apply(Intent::GoOn, late), Ok(Vec::new()));
    assert!(prompt(&lobby).contains("does not fit"));
}

#[test]
fn one_person_alone_is_asked_one_name() {
    let mut lobby = lobby(shelf());
    choose(&mut lobby, "Begin");
    choose(&mut lobby, "Me, alone");
    write(&mut lobby, "Ada");
    let scene = lobby.scene(NOW);
    assert_eq!(scene.choices.len(), 1);
    ask(&mut lobby, Intent::GoOn);
    ask(&mut lobby, Intent::Back);
    ask(&mut lobby, Intent::GoOn);
    choose(&mut lobby, "Another number");
    ask(&mut lobby, Intent::Back);
    choose(&mut lobby, "Another number");
    write(&mut lobby, "45 min");
    assert!(!prompt(&lobby).contains("first"));
    assert_eq!(
        choose(&mut lobby, "Begin"),
        [setup("solo", &["Ada"], Length::Minutes(45), 0)]
    );
}

#[test]
fn an_unfinished_session_is_first_and_is_set_aside_only_after_a_question() {
    let mut lobby = lobby(HomeData {
        unfinished: vec![
            unfinished("broken", Err(SafeText::new("A newer version wrote this."))),
            unfinished("whole", Ok(())),
        ],
        ..shelf()
    });
    let resume = |id: &str| vec![HomeRequest::Resume { id: id.to_owned() }];
    ask(&mut lobby, Intent::GoOn);
    assert_eq!(ask(&mut lobby, Intent::GoOn), resume("whole"));
    choose(&mut lobby, "look at it");
    assert!(prompt(&lobby).contains("A newer version wrote this."));
    assert_eq!(ask(&mut lobby, Intent::GoOn), []);
    assert_eq!(title(&lobby), words().home.resume_title);
    choose(&mut lobby, "Set one aside");
    let id = "whole".to_owned();
    assert_eq!(
        choose(&mut lobby, "Set it aside"),
        [HomeRequest::SetAside { id }]
    );
    // What is left cannot be resumed, and no longer stands before a new session.
    assert_eq!(
        lobby.scene(NOW).choices[0].says.as_str(),
        words().home.begin
    );
    choose(&mut lobby, words().home.look);
    choose(&mut lobby, "look at it");
    choose(&mut lobby, "Set it aside");
    assert!(
        lobby
            .scene(NOW)
            .choices
            .iter()
            .all(|c| c.says.as_str() != words().home.look)
    );
}

#[test]
fn practising_reading_help_the_card_and_leaving() {
    let mut lobby = lobby(shelf());
    choose(&mut lobby, "Look around");
    choose(&mut lobby, "Practise");
    let script = "triad".to_owned();
    assert_eq!(
        choose(&mut lobby, "Triad"),
        [HomeRequest::Rehearse { script }]
    );
    ask(&mut lobby, Intent::Back);
    choose(&mut lobby, "See what sessions");
    assert_eq!(lobby.scene(NOW).list.len(), 4);
    let third = &lobby.scene(NOW).list[2];
    assert_eq!(third.words.as_str(), "60 minutes, for two. Equal turns.");
    ask(&mut lobby, Intent::GoOn);
    choose(&mut lobby, "Look around");
    choose(&mut lobby, "How this works");
    for leaf in words().home.leaf {
        assert_eq!(title(&lobby), leaf.title);
        ask(&mut lobby, Intent::GoOn);
    }
    choose(&mut lobby, "Begin");
    ask(&mut lobby, Intent::Card);
    assert_eq!(title(&lobby), words().safety.card_title);
    assert!(lobby.apply(Intent::Pause, NOW).is_err());
    choose(&mut lobby, "Ireland");
    assert_eq!(ask(&mut lobby, Intent::Leave), [HomeRequest::Leave]);
    ask(&mut lobby, Intent::GoOn);
    assert_eq!(title(&lobby), words().home.who_title);
    ask(&mut lobby, Intent::Back);
    assert_eq!(ask(&mut lobby, Intent::Leave), [HomeRequest::Leave]);
}

#[test]
fn home_is_calm_whatever_lies_there() {
    let waits = |can| HomeData {
        unfinished: vec![unfinished("a", can)],
        ..shelf()
    };
    let bare = HomeData {
        scripts: Vec::new(),
        ..shelf()
    };
    let shelves = [
        shelf(),
        waits(Ok(())),
        waits(Err(SafeText::new("No."))),
        bare,
    ];
    for shelf in shelves {
        let scene = lobby(shelf).scene(NOW);
        assert!((4..=7).contains(&scene.choices.len()), "{scene:?}");
        let leaves = |offer: &Offer| offer.verb == Verb::Leave;
        assert!(scene.offers.iter().any(leaves));
    }
}

#[test]
fn what_does_not_belong_here_is_refused_with_a_sentence_and_changes_nothing() {
    let mut lobby = lobby(shelf());
    let before = lobby.scene(NOW);
    let wrong = [
        Intent::Stop,
        Intent::Pause,
        Intent::Unsure,
        Intent::Toss,
        Intent::Back,
        Intent::Answer { n: 99 },
        Intent::Write { words: "x".into() },
    ];
    for intent in wrong {
        let refused = lobby.apply(intent, NOW).unwrap_err();
        assert!(refused.0.as_str().ends_with('.'));
        assert_eq!(lobby.scene(NOW), before);
    }
}

#[test]
fn many_scripts_and_circles_stay_within_the_number_keys() {
    let mut crowded = shelf();
    for n in 0..30 {
        crowded
            .scripts
            .push(offered(&format!("own-{n}"), &format!("Own {n}"), 2, 60));
        crowded.circles.push(crowded.circles[0].clone());
    }
    let mut lobby = lobby(crowded);
    choose(&mut lobby, "Begin");
    assert_eq!(lobby.scene(NOW).choices.len(), number_keys::MOST);
    ask(&mut lobby, Intent::GoOn);
    for _ in 0..3 {
        assert_eq!(lobby.scene(NOW).choices.len(), number_keys::MOST);
        choose(&mut lobby, words().pages.more);
    }
    let first = lobby.scene(NOW).choices[0].says.clone();
    let on = lobby.scene(NOW).offers[0].clone();
    assert_eq!((on.verb, on.says), (Verb::GoOn, first));
    choose(&mut lobby, "Own 29");
    assert_eq!(title(&lobby), words().home.long_title);
}

#[test]
fn an_empty_shelf_has_no_dead_end() {
    let mut lobby = lobby(HomeData {
        notice_seen: true,
        ..HomeData::default()
    });
    choose(&mut lobby, "Look around");
    choose(&mut lobby, "See what sessions");
    assert!(prompt(&lobby).contains("no script"));
    ask(&mut lobby, Intent::GoOn);
    assert_eq!(title(&lobby), words().home.home_title);
}

/// Walks at random over everything that is offered: every page is met, none is a trap, nothing hostile is shown.
#[test]
fn no_page_is_a_trap() {
    let hostile = "E\u{1b}[2J\u{202e}ve";
    let mut titles = std::collections::BTreeSet::new();
    for seed in 0..200 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut shelf = shelf();
        shelf.notice_seen = seed % 2 == 0;
        shelf.unfinished = vec![unfinished("a", Ok(())), unfinished("b", Ok(()))];
        shelf
            .unfinished
            .push(unfinished("c", Err(SafeText::new(hostile))));
        shelf.circles[0].names[0] = hostile.to_owned();
        shelf.circles[0].proposed_first = Who(9);
        let mut lobby = lobby(shelf);
        for step in 0..60 {
            let scene = lobby.scene(NOW);
            check(&scene);
            titles.insert(scene.title.as_str().to_owned());
            let mut can: Vec<Intent> = scene.choices.iter().map(|c| c.intent.clone()).collect();
            can.extend(scene.offers.iter().map(|offer| offer.intent()));
            if scene.field.is_some() {
                let typed = ["20", "20:30", "Dan", hostile][random.usize(..4)];
                let words = format!("{typed}{}", if random.bool() { "" } else { "5" });
                can = vec![
                    Intent::Write {
                        words: words.into(),
                    },
                    Intent::Back,
                ];
            }
            let intent = can[random.usize(..can.len())].clone();
            let typed = matches!(intent, Intent::Write { .. });
            let taken = lobby.apply(intent.clone(), NOW);
            assert!(
                taken.is_ok() || typed,
                "{intent:?} was offered and refused at {step}"
            );
        }
        // Back, often enough, is home (or the first page of a first run).
        for _ in 0..20 {
            if lobby.apply(Intent::Back, NOW).is_err() {
                break;
            }
        }
        let home = [words().home.home_title, words().safety.first_run_title];
        assert!(home.contains(&&*title(&lobby)), "{}", title(&lobby));
    }
    let says = &words().home;
    for wanted in [
        &says.home_title,
        &says.who_title,
        &says.name_title,
        &says.script_title,
        &says.long_title,
        &says.plan_title,
        &says.resume_title,
        &says.aside_title,
        &says.around_title,
        &says.practise_title,
        &says.scripts_title,
        &words().safety.not_for_title,
        &words().safety.card_title,
    ] {
        assert!(titles.contains(*wanted), "{wanted} was never met");
    }
}

fn check(scene: &Scene) {
    assert_eq!(scene.mood, SceneMood::Home);
    assert!(scene.choices.len() <= number_keys::MOST);
    assert!(!scene.title.is_empty());
    assert!(scene.offers.iter().any(|offer| offer.verb == Verb::Leave));
    if let Some(InputField::Line { initial, most, .. }) = &scene.field {
        assert!(initial.chars().all(|c| forbidden(c).is_none()));
        assert!(initial.chars().count() <= *most);
    }
}

/// content.md S5: more than once a day, or more than five times a week. One quiet sentence, and nothing is refused.
#[test]
fn whoever_sits_alone_often_reads_one_quiet_sentence_on_the_plan() {
    let alone = |today, week| SoloCount {
        name: "Ada".to_owned(),
        today,
        week,
    };
    let says = &words().home;
    let week = fill(&says.alone_week, &[("n", "5")]);
    for (sat, expected) in [
        (None, None),
        (Some(alone(0, 4)), None),
        (Some(alone(0, 5)), Some(week.as_str())),
        (Some(alone(1, 1)), Some(says.alone_today)),
    ] {
        let mut lobby = lobby(HomeData {
            alone: sat.into_iter().collect(),
            ..shelf()
        });
        choose(&mut lobby, "Begin a session");
        choose(&mut lobby, "Me, alone");
        write(&mut lobby, "Ada");
        while title(&lobby) != words().home.long_title {
            ask(&mut lobby, Intent::GoOn);
        }
        choose(&mut lobby, "Another number");
        write(&mut lobby, "50");
        assert_eq!(title(&lobby), words().home.plan_title);
        let prompt = lobby.scene(NOW).prompt;
        let said: Vec<&str> = prompt.iter().map(SafeText::as_str).collect();
        for sentence in [says.alone_today, week.as_str()] {
            assert_eq!(
                said.contains(&sentence),
                expected == Some(sentence),
                "{said:?}"
            );
        }
    }
}

impl Pages for HomePages {
    fn scene(&self) -> Scene {
        Self::scene(self, NOW)
    }

    fn ask(&mut self, intent: Intent) -> Result<bool, Refused> {
        Ok(!self.apply(intent, NOW)?.is_empty())
    }
}

#[test]
fn back_is_always_where_one_came_from() {
    let ready = || HomeData {
        unfinished: vec![unfinished("a", Ok(())), unfinished("b", Ok(()))],
        ..shelf()
    };
    let writes = ["Dan", "Eve", "Flo", "45", "20:30"];
    let met = assert_back_is_where_one_came_from(|| lobby(ready()), &writes);
    assert!(met.len() > 15, "only {met:?}");
    assert!(met.values().any(|from| from.len() > 1), "{met:?}");
}
