//! Walks through every page.

#[path = "../test_support/pretend_home.rs"]
mod fake;

use super::{HomeData, HomePages, HomeRequest, SoloCount};
use crate::menu::number_keys;
use crate::menu::page::PageIntent;
use crate::script::{Pack, Who};
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{InputField, Offer, Scene, SceneMood, Verb};
use crate::session::setup::Length;
use crate::test_support::back_walk::{Pages, assert_back_is_where_one_came_from};
use crate::text::safe_text::{SafeText, forbidden};
use crate::text::words::{fill, words};
use crate::time::moment::minutes;
use fake::{NOW, ask, choose, data, home, offered, prompt, setup, title, unfinished, write};

#[test]
fn a_returning_pair_begins_with_three_keys() {
    let mut home = home(data());
    let mut keys = 0;
    let begun = loop {
        keys += 1;
        let requests = ask(&mut home, Intent::GoOn);
        if !requests.is_empty() {
            break requests;
        }
    };
    assert_eq!(
        begun,
        [setup("pair", &["Ada", "Ben"], Length::Minutes(50), 0)]
    );
    // With the names, the script and the minutes of last time; the session's first step comes next.
    assert_eq!(keys, 3);
}

/// A pair whose first meeting is over isn't led into another one.
#[test]
fn after_a_first_meeting_a_pair_chooses_which_session_comes_now() {
    let mut data = data();
    data.scripts[2].needs = vec!["first-time"];
    let mut home = home(data);
    choose(&mut home, "Begin a session");
    choose(&mut home, "Ada and Ben");
    let scene = home.scene();
    assert_eq!(scene.title.as_str(), "which session");
    let says: Vec<_> = scene.choices.iter().map(|one| one.says.as_str()).collect();
    assert!(
        says.iter().all(|says| !says.contains("as last time")),
        "{says:?}"
    );
}

#[test]
fn the_first_run_says_what_this_is_and_asks_to_have_read_it() {
    let mut home = home(HomeData {
        notice_seen: false,
        ..data()
    });
    assert!(prompt(&home).contains("Not therapy"));
    assert!(home.apply(PageIntent::Back, NOW).is_err());
    // The rest of both pages is one key away.
    choose(&mut home, words().home.notice_more);
    assert!(prompt(&home).contains("/data/alongside"));
    assert_eq!(ask(&mut home, Intent::GoOn), []);
    assert_eq!(home.scene().list.len(), words().safety.not_for_short.len());
    choose(&mut home, words().home.not_for_more);
    assert_eq!(home.scene().list.len(), words().safety.not_for.len());
    assert!(prompt(&home).contains(words().safety.not_for_after));
    ask(&mut home, Intent::Back);
    ask(&mut home, Intent::Back);
    ask(&mut home, Intent::GoOn);
    assert_eq!(
        ask(&mut home, Intent::GoOn),
        [HomeRequest::SawNotice { by_all: true }]
    );
    assert_eq!(title(&home), words().home.home_title);
}

#[test]
fn a_script_that_was_named_asks_only_what_is_still_open() {
    // Nobody is known who could follow it, and it is for so many: only their names are asked.
    let mut home = home(data());
    home.set_up(Some("triad"), None);
    for name in ["Cleo", "Dan", "Eve"] {
        write(&mut home, name);
    }
    ask(&mut home, Intent::GoOn);
    assert_eq!(title(&home), words().home.plan_title);
    // Back is where everybody can still be chosen.
    for _ in 0..6 {
        ask(&mut home, Intent::Back);
    }
    assert_eq!(title(&home), words().home.who_title);
    assert_eq!(home.scene().choices.len(), 5);
    // Those who sat together before are asked for first.
    home = fake::home(data());
    home.set_up(Some("short-pair"), Some(Length::Minutes(30)));
    let choices = home.scene().choices.len();
    assert_eq!(choices, 2, "the pair that is known, and two others");
    ask(&mut home, Intent::GoOn);
    assert_eq!(
        ask(&mut home, Intent::GoOn),
        [setup("short-pair", &["Ada", "Ben"], Length::Minutes(30), 0)]
    );
    // Whoever is here for the first time reads the first pages first.
    home = fake::home(HomeData {
        notice_seen: false,
        ..data()
    });
    home.set_up(Some("solo"), None);
    ask(&mut home, Intent::GoOn);
    assert_eq!(
        ask(&mut home, Intent::GoOn),
        [HomeRequest::SawNotice { by_all: true }]
    );
    assert_eq!(prompt(&home), words().home.name_alone);
}

#[test]
fn new_names_are_typed_one_by_one_and_kept_on_the_way_back() {
    let mut home = home(data());
    choose(&mut home, "Begin");
    choose(&mut home, "Two of us");
    write(&mut home, "  C\u{1b}leo ");
    for wrong in ["", "cleo", &"x".repeat(41)] {
        let words = wrong.to_owned();
        let before = home.scene();
        assert!(
            home.apply(PageIntent::Write(words.into()), NOW).is_err(),
            "{wrong}"
        );
        assert_eq!(home.scene(), before);
    }
    assert!(home.apply(PageIntent::GoOn, NOW).is_err());
    write(&mut home, "Dan");
    ask(&mut home, Intent::Back);
    ask(&mut home, Intent::Back);
    let field = |home: &HomePages| match home.scene().field {
        Some(InputField::Line { initial, .. }) => initial,
        Some(InputField::Rating | InputField::Page { .. }) | None => panic!("no field"),
    };
    assert_eq!(field(&home), "Cleo");
    ask(&mut home, Intent::GoOn);
    assert_eq!(field(&home), "Dan");
    ask(&mut home, Intent::GoOn);
    ask(&mut home, Intent::GoOn);
    choose(&mut home, "Standard pair");
    assert!(
        prompt(&home).contains("Cleo goes first."),
        "{}",
        prompt(&home)
    );
    choose(&mut home, "Dan goes first");
    assert!(prompt(&home).contains("Dan goes first, as you chose."));
    let begun = choose(&mut home, "Begin");
    assert_eq!(
        begun,
        [setup("pair", &["Cleo", "Dan"], Length::Minutes(60), 1)]
    );
}

/// Once is enough on a first evening: what everybody read on the first pages is not shown again for their first session.
#[test]
fn a_first_evening_shows_once_for_whom_it_is_not() {
    let first_session = |by_all: bool| {
        let mut home = home(HomeData {
            notice_seen: false,
            ..data()
        });
        ask(&mut home, Intent::GoOn);
        if by_all {
            ask(&mut home, Intent::GoOn);
        } else {
            choose(&mut home, words().home.not_for_not_all);
        }
        choose(&mut home, "Begin");
        choose(&mut home, "Two of us");
        write(&mut home, "Cleo");
        write(&mut home, "Dan");
        title(&home)
    };
    assert_eq!(first_session(true), words().home.script_title);
    assert_eq!(first_session(false), words().safety.not_for_title);
}

/// For whom it is not the right thing is read by each: before the first session of people together, and at each review.
#[test]
fn each_reads_for_whom_it_is_not_before_a_first_session_and_at_each_review() {
    let w = &words().safety;
    let reads = |home: &HomePages| {
        let list = home.scene().list;
        title(home) == w.not_for_title && list.len() == w.not_for_short.len()
    };
    let typed = |names: &[&str]| {
        let mut home = home(data());
        choose(&mut home, "Begin");
        let count = ["alone", "Two of us", "Three of us"][names.len() - 1];
        choose(&mut home, count);
        for name in names {
            write(&mut home, name);
        }
        home
    };
    let mut first = typed(&["Cleo", "Dan"]);
    assert!(reads(&first), "{}", title(&first));
    assert!(prompt(&first).contains("Each of you"));
    ask(&mut first, Intent::GoOn);
    assert_eq!(title(&first), words().home.script_title);
    // Whoever has one new person among them, too; and nobody who met before, whatever order their names are typed in.
    assert!(reads(&typed(&["Ada", "Ben", "Cleo"])));
    assert!(!reads(&typed(&["Ben", "Ada"])) && !reads(&typed(&["Cleo"])));
    let known = |review_due| {
        let mut data = data();
        data.circles[0].review_due = review_due;
        let mut home = home(data);
        choose(&mut home, "Begin");
        choose(&mut home, "Ada and Ben");
        home
    };
    assert_eq!(title(&known(false)), words().home.plan_title);
    let mut review = known(true);
    assert!(reads(&review));
    ask(&mut review, Intent::GoOn);
    assert_eq!(title(&review), words().home.plan_title);
}

#[test]
fn the_plan_says_when_what_and_who() {
    let mut home = home(data());
    for _ in 0..2 {
        ask(&mut home, Intent::GoOn);
    }
    let scene = home.scene();
    let list: Vec<String> = scene
        .list
        .iter()
        .map(|i| format!("{} {}", i.lead, i.words))
        .collect();
    assert_eq!(
        list,
        [
            "19:30 Arrive, 3 minutes",
            "19:33 Ada's turn, 16 and a half minutes",
            "19:50 30 minutes to spare",
            "20:20 the end"
        ]
    );
    let said = prompt(&home);
    let first = "Standard pair, Ada and Ben, 50 minutes. Ada goes first: Ben was first last time.";
    assert!(said.starts_with(first), "{said}");
    choose(&mut home, "Another length");
    choose(&mut home, "Until a time");
    for wrong in ["half past eight", "25:00", ""] {
        let words = wrong.to_owned();
        assert!(home.apply(PageIntent::Write(words.into()), NOW).is_err());
    }
    write(&mut home, "20:30");
    assert!(prompt(&home).contains("until 20:30."));
    let until = Length::Until(NOW.wall + 60 * 60_000);
    assert_eq!(
        choose(&mut home, "Begin"),
        [setup("pair", &["Ada", "Ben"], until, 0)]
    );
    // Back is the time that was typed, and before that all of them.
    ask(&mut home, Intent::Back);
    let field = home.scene().field;
    assert_eq!(field.as_ref().and_then(InputField::initial), Some("20:30"));
    ask(&mut home, Intent::Back);
    choose(&mut home, "Until a time");
    let words = "19:00".to_owned().into();
    let refused = home.apply(PageIntent::Write(words), NOW).unwrap_err();
    assert!(refused.0.as_str().contains("19:00 has passed"));
}

/// Where nothing is timed, the plan says no minutes and asks for no others.
#[test]
fn the_plan_of_what_is_not_timed_has_no_length() {
    let mut data = data();
    data.scripts[2].name = "untimed".to_owned();
    data.circles[0].script = Some("untimed".to_owned());
    let mut home = home(data);
    for _ in 0..2 {
        ask(&mut home, Intent::GoOn);
    }
    let said = prompt(&home);
    assert!(said.starts_with("Standard pair, Ada and Ben. "), "{said}");
    let scene = home.scene();
    let says: Vec<_> = scene.choices.iter().map(|one| one.says.as_str()).collect();
    assert!(!says.contains(&"Another length"), "{says:?}");
    assert!(says.contains(&"Another session"), "{says:?}");
}

#[test]
fn too_little_time_is_said_with_what_fits() {
    let to_plan = |typed: &str| {
        let mut home = home(data());
        for _ in 0..2 {
            ask(&mut home, Intent::GoOn);
        }
        choose(&mut home, "Another length");
        choose(&mut home, "Another number");
        write(&mut home, typed);
        home
    };
    let mut home = to_plan("20");
    assert!(
        prompt(&home).contains("at least 40 minutes"),
        "{}",
        prompt(&home)
    );
    choose(&mut home, "Short pair, which fits");
    let short = setup("short-pair", &["Ada", "Ben"], Length::Minutes(20), 0);
    assert_eq!(choose(&mut home, "Begin"), [short]);
    let mut home = to_plan("20");
    choose(&mut home, "Standard pair in 40 minutes");
    assert!(prompt(&home).contains("40 minutes."));
    let mut home = to_plan("20");
    choose(&mut home, "Another length");
    assert_eq!(title(&home), words().home.long_title);
}

#[test]
fn a_plan_that_no_longer_fits_is_not_begun() {
    let mut home = home(data());
    for _ in 0..2 {
        ask(&mut home, Intent::GoOn);
    }
    choose(&mut home, "Another length");
    choose(&mut home, "Until a time");
    write(&mut home, "20:15");
    let late = NOW.later(minutes(20));
    assert_eq!(home.apply(PageIntent::GoOn, late), Ok(Vec::new()));
    assert!(prompt(&home).contains("does not fit"));
}

#[test]
fn one_person_alone_is_asked_one_name() {
    let mut home = home(data());
    choose(&mut home, "Begin");
    choose(&mut home, "Me, alone");
    write(&mut home, "Ada");
    let scene = home.scene();
    assert_eq!(scene.choices.len(), 1);
    ask(&mut home, Intent::GoOn);
    ask(&mut home, Intent::Back);
    ask(&mut home, Intent::GoOn);
    choose(&mut home, "Another length");
    choose(&mut home, "Another number");
    ask(&mut home, Intent::Back);
    choose(&mut home, "Another number");
    write(&mut home, "45 min");
    assert!(!prompt(&home).contains("first"));
    assert_eq!(
        choose(&mut home, "Begin"),
        [setup("solo", &["Ada"], Length::Minutes(45), 0)]
    );
}

#[test]
fn an_unfinished_session_is_first_and_is_set_aside_only_after_a_question() {
    let mut home = home(HomeData {
        unfinished: vec![
            unfinished("broken", Err(SafeText::new("A newer version wrote this."))),
            unfinished("whole", Ok(())),
        ],
        ..data()
    });
    let resume = |id: &str| vec![HomeRequest::Resume { id: id.to_owned() }];
    ask(&mut home, Intent::GoOn);
    assert_eq!(ask(&mut home, Intent::GoOn), resume("whole"));
    choose(&mut home, "look at it");
    assert!(prompt(&home).contains("A newer version wrote this."));
    assert_eq!(ask(&mut home, Intent::GoOn), []);
    assert_eq!(title(&home), words().home.resume_title);
    choose(&mut home, words().home.aside_some);
    let id = "whole".to_owned();
    assert_eq!(
        choose(&mut home, "Set it aside"),
        [HomeRequest::SetAside { id }]
    );
    // What is left cannot be resumed, and no longer stands before a new session.
    assert_eq!(home.scene().choices[0].says.as_str(), words().home.begin);
    let waits = |home: &HomePages| {
        let list = home.scene().list;
        list.iter()
            .any(|it| it.words.as_str() == words().home.resume_cannot)
    };
    assert!(waits(&home));
    choose(&mut home, "Look around");
    choose(&mut home, words().home.look);
    choose(&mut home, "look at it");
    choose(&mut home, "Set it aside");
    assert!(!waits(&home));
}

/// Home says which session waits, or how many.
#[test]
fn home_says_which_session_is_unfinished() {
    let says = |unfinished| {
        let home = home(HomeData {
            unfinished,
            ..data()
        });
        let list = home.scene().list;
        list.iter()
            .map(|it| it.words.to_string())
            .collect::<String>()
    };
    let one = says(vec![unfinished("a", Ok(()))]);
    assert!(
        one.contains("20 Nov, 19:30, Ada's turn, Standard pair"),
        "{one}"
    );
    let two = says(vec![unfinished("a", Ok(())), unfinished("b", Ok(()))]);
    assert!(two.contains("2 sessions are unfinished"), "{two}");
}

/// Whatever waits today, a number means what it meant yesterday.
#[test]
fn a_number_at_home_means_the_same_on_every_day() {
    let days = [
        (false, None),
        (true, None),
        (true, Some(Ok(()))),
        (false, Some(Ok(()))),
    ];
    let broken = Some(Err(SafeText::new("A newer version wrote this.")));
    let days = days
        .into_iter()
        .chain([(false, broken.clone()), (true, broken)]);
    let mut meant: Vec<Option<String>> = vec![None; 9];
    for (look_in, waits) in days {
        let scene = home(HomeData {
            look_in,
            unfinished: waits.map(|can| unfinished("a", can)).into_iter().collect(),
            ..data()
        })
        .scene();
        for (number, choice) in meant.iter_mut().zip(&scene.choices) {
            let says = number.get_or_insert_with(|| choice.says.as_str().to_owned());
            assert_eq!(says, choice.says.as_str());
        }
        assert!(scene.choices.len() <= 9);
    }
}

#[test]
fn practising_reading_help_and_the_card() {
    let mut home = home(data());
    choose(&mut home, "Look around");
    choose(&mut home, "Practise");
    let script = "triad".to_owned();
    assert_eq!(
        choose(&mut home, "Triad"),
        [HomeRequest::Rehearse { script }]
    );
    ask(&mut home, Intent::Back);
    choose(&mut home, "See what sessions");
    assert_eq!(home.scene().list.len(), 4);
    let third = &home.scene().list[2];
    assert_eq!(third.words.as_str(), "60 minutes, for two. Equal turns.");
    ask(&mut home, Intent::GoOn);
    choose(&mut home, "Look around");
    choose(&mut home, "How this works");
    for leaf in words().home.leaf {
        assert_eq!(title(&home), leaf.title);
        ask(&mut home, Intent::GoOn);
    }
    choose(&mut home, "Begin");
    assert_eq!(title(&home), words().home.who_title);
    ask(&mut home, Intent::Back);
    assert_eq!(choose(&mut home, words().home.card), [HomeRequest::Card]);
}

#[test]
fn home_is_calm_whatever_lies_there() {
    let waits = |can| HomeData {
        unfinished: vec![unfinished("a", can)],
        ..data()
    };
    let bare = HomeData {
        scripts: Vec::new(),
        ..data()
    };
    let datas = [
        data(),
        waits(Ok(())),
        waits(Err(SafeText::new("No."))),
        bare,
    ];
    for data in datas {
        let scene = home(data).scene();
        assert!((4..=8).contains(&scene.choices.len()), "{scene:?}");
        let leaves = |offer: &Offer| offer.verb == Verb::Leave;
        assert!(scene.offers.iter().any(leaves));
    }
}

#[test]
fn what_does_not_belong_here_is_refused_with_a_sentence_and_changes_nothing() {
    let mut home = home(data());
    let before = home.scene();
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
        let taken = PageIntent::of(intent).and_then(|intent| home.apply(intent, NOW));
        let refused = taken.unwrap_err();
        assert!(refused.0.as_str().ends_with('.'));
        assert_eq!(home.scene(), before);
    }
}

#[test]
fn many_scripts_and_circles_stay_within_the_number_keys() {
    let mut crowded = data();
    for n in 0..30 {
        crowded
            .scripts
            .push(offered(&format!("own-{n}"), &format!("Own {n}"), 2, 60));
        crowded.circles.push(crowded.circles[0].clone());
    }
    let mut home = home(crowded);
    choose(&mut home, "Begin");
    assert_eq!(home.scene().choices.len(), number_keys::MOST);
    ask(&mut home, Intent::GoOn);
    choose(&mut home, words().home.plan_script);
    for _ in 0..3 {
        assert_eq!(home.scene().choices.len(), number_keys::MOST);
        choose(&mut home, words().pages.more);
    }
    let first = home.scene().choices[0].says.clone();
    let on = home.scene().offers[0].clone();
    assert_eq!((on.verb, on.says), (Verb::GoOn, first));
    choose(&mut home, "Own 29");
    assert_eq!(title(&home), words().home.plan_title);
}

#[test]
fn an_empty_shelf_has_no_dead_end() {
    let mut home = home(HomeData {
        notice_seen: true,
        ..HomeData::default()
    });
    choose(&mut home, "Look around");
    choose(&mut home, "See what sessions");
    assert!(prompt(&home).contains("no script"));
    ask(&mut home, Intent::GoOn);
    assert_eq!(title(&home), words().home.home_title);
}

/// Walks at random over everything that is offered: every page is met, none is a trap, nothing hostile is shown.
#[test]
fn no_page_is_a_trap() {
    let hostile = "E\u{1b}[2J\u{202e}ve";
    let mut titles = std::collections::BTreeSet::new();
    for seed in 0..200 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut data = data();
        data.notice_seen = seed % 2 == 0;
        data.unfinished = vec![unfinished("a", Ok(())), unfinished("b", Ok(()))];
        data.unfinished
            .push(unfinished("c", Err(SafeText::new(hostile))));
        data.circles[0].names[0] = hostile.to_owned();
        data.circles[0].proposed_first = Who(9);
        let mut home = home(data);
        for step in 0..60 {
            let scene = home.scene();
            check(&scene);
            titles.insert(scene.title.as_str().to_owned());
            let mut can: Vec<Intent> = scene.choices.iter().map(|c| c.intent.clone()).collect();
            can.extend(scene.offers.iter().map(|offer| offer.intent()));
            // These are asked of the program, wherever it is.
            can.retain(|intent| ![Intent::Card, Intent::Leave].contains(intent));
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
            let taken = home.apply(PageIntent::of(intent.clone()).unwrap(), NOW);
            assert!(
                taken.is_ok() || typed,
                "{intent:?} was offered and refused at {step}"
            );
        }
        // Back, often enough, is home (or the first page of a first run).
        for _ in 0..20 {
            if home.apply(PageIntent::Back, NOW).is_err() {
                break;
            }
        }
        let first = [words().home.home_title, words().safety.first_run_title];
        assert!(first.contains(&&*title(&home)), "{}", title(&home));
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
        let mut home = home(HomeData {
            alone: sat.into_iter().collect(),
            ..data()
        });
        choose(&mut home, "Begin a session");
        choose(&mut home, "Me, alone");
        write(&mut home, "Ada");
        while title(&home) != words().home.plan_title {
            ask(&mut home, Intent::GoOn);
        }
        choose(&mut home, words().home.plan_time);
        choose(&mut home, "Another number");
        write(&mut home, "50");
        assert_eq!(title(&home), words().home.plan_title);
        let prompt = home.scene().prompt;
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
        Self::scene(self)
    }

    fn ask(&mut self, intent: Intent) -> Result<bool, Refused> {
        Ok(!self.apply(PageIntent::of(intent)?, NOW)?.is_empty())
    }
}

#[test]
fn back_is_always_where_one_came_from() {
    let ready = || HomeData {
        unfinished: vec![unfinished("a", Ok(())), unfinished("b", Ok(()))],
        ..data()
    };
    let writes = ["Dan", "Eve", "Flo", "45", "20:30"];
    let met = assert_back_is_where_one_came_from(|| home(ready()), &writes);
    assert!(met.len() > 15, "only {met:?}");
    assert!(met.values().any(|from| from.len() > 1), "{met:?}");
}

#[test]
fn words_of_a_script_are_heard_before_they_are_followed_and_stay() {
    let packs = || {
        let pack = |name: &str, title: &str, a_part: &str| Pack {
            name: name.to_owned(),
            title: SafeText::new(title),
            a_part: Some(SafeText::new(a_part)),
        };
        vec![
            pack("parts", "words of parts work", "a part of you"),
            pack("plain", "plain words", "something in you"),
        ]
    };
    let mut known = data();
    for script in &mut known.scripts {
        script.packs = packs();
    }
    let mut pages = home(known.clone());
    ask(&mut pages, Intent::GoOn);
    ask(&mut pages, Intent::GoOn);
    assert!(!prompt(&pages).contains("want some attention"));
    choose(&mut pages, "Say it in plain words");
    let line = "In plain words: “Does something in you want some attention?”";
    assert!(prompt(&pages).contains(line), "{}", prompt(&pages));
    choose(&mut pages, "Say it in words of parts work");
    assert!(prompt(&pages).contains("“Does a part of you want some attention?”"));
    // What they chose last is proposed, for every script that has these words.
    known.circles[0].wording = Some("plain".to_owned());
    let mut pages = home(known);
    ask(&mut pages, Intent::GoOn);
    ask(&mut pages, Intent::GoOn);
    assert!(prompt(&pages).contains(line), "{}", prompt(&pages));
    let [HomeRequest::Begin(begun)] = &choose(&mut pages, "Begin")[..] else {
        panic!("it begins");
    };
    assert_eq!(begun.wording.as_deref(), Some("plain"));
}

fn choose_back_to_part(home: &mut HomePages, first: &str) {
    home.ask_ticket(false);
    let asked = home.apply(PageIntent::Write(first.into()), NOW);
    assert_eq!(asked, Ok(Vec::new()));
}

#[test]
fn two_screens_are_joined_from_home() {
    // As a guest: the ticket is used once, and stands nowhere.
    let mut home = home(data());
    choose(&mut home, words().home.begin);
    choose(&mut home, words().home.who_ticket);
    let asked = home.apply(PageIntent::Write("alongside1secret".into()), NOW);
    assert_eq!(
        asked,
        Ok(vec![HomeRequest::Join("alongside1secret".into())])
    );
    assert!(!format!("{:?}", home.scene()).contains("secret"));
    let field = home.scene().field;
    assert_eq!(field.as_ref().and_then(InputField::initial), Some(""));

    // One that was broken into two rows is whole with its rest.
    let whole = format!("alongside1{}", "a".repeat(87));
    let (first, rest) = whole.split_at(70);
    let mut home = fake::home(data());
    choose(&mut home, words().home.begin);
    choose(&mut home, words().home.who_ticket);
    let asked = home.apply(PageIntent::Write(first.into()), NOW);
    assert_eq!(asked, Ok(Vec::new()));
    assert!(prompt(&home).contains("first part"), "{}", prompt(&home));
    let asked = home.apply(PageIntent::Write(rest.into()), NOW);
    let joined = Ok(vec![HomeRequest::Join(whole.as_str().into())]);
    assert_eq!(asked, joined);
    // Whoever pastes all of it anew has said all of it.
    choose_back_to_part(&mut home, first);
    assert_eq!(
        home.apply(PageIntent::Write(whole.as_str().into()), NOW),
        joined
    );

    // As a host: the plan offers a screen for each, and says of it what is true.
    let mut home = fake::home(data());
    choose(&mut home, words().home.begin);
    choose(&mut home, "Ada and Ben");
    assert_eq!(title(&home), words().home.plan_title);
    let says =
        |home: &HomePages, text: &str| home.scene().prompt.iter().any(|line| line.as_str() == text);
    assert!(says(&home, words().home.plan_ready));
    choose(&mut home, words().home.plan_own);
    assert!(says(&home, words().home.plan_ready_own) && !says(&home, words().home.plan_ready));
    // Nobody uses a public relay who has not read what it sees.
    choose(&mut home, words().home.plan_relay);
    assert!(
        prompt(&home).contains("network addresses"),
        "{}",
        prompt(&home)
    );
    choose(&mut home, words().home.relay_yes);
    let asked = home.apply(PageIntent::Answer(0), NOW).unwrap();
    let relay = |asked: &[HomeRequest]| match asked {
        [HomeRequest::Host(_, relay)] => relay.clone(),
        _ => panic!("{asked:?}"),
    };
    assert_eq!(relay(&asked), Some("public".to_owned()));
    choose(&mut home, words().home.plan_no_relay);
    let asked = home.apply(PageIntent::Answer(0), NOW).unwrap();
    assert_eq!(relay(&asked), None);
    choose(&mut home, words().home.plan_shared);
    let asked = home.apply(PageIntent::Answer(0), NOW).unwrap();
    assert!(matches!(&asked[..], [HomeRequest::Begin(_)]), "{asked:?}");
    // Where they sat apart last time, Enter does that again, and the plan says so.
    let mut known = data();
    known.circles[0].apart = true;
    let mut home = fake::home(known);
    choose(&mut home, words().home.begin);
    choose(&mut home, "Ada and Ben");
    assert!(says(&home, words().home.plan_own_last) && says(&home, words().home.plan_ready_own));
    assert_eq!(relay(&home.apply(PageIntent::GoOn, NOW).unwrap()), None);
    choose(&mut home, words().home.plan_shared);
    assert!(says(&home, words().home.plan_ready) && !says(&home, words().home.plan_own_last));
    // The same where it was asked for from outside.
    let mut home = fake::home(data());
    home.sit_apart(Some("public".to_owned()));
    choose(&mut home, words().home.begin);
    choose(&mut home, "Ada and Ben");
    assert_eq!(home.apply(PageIntent::Answer(0), NOW), Ok(Vec::new()));
    assert!(prompt(&home).contains("network addresses"));
}
