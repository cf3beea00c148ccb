//! Everything that is offered can be asked, and everything that changes is told.

use super::fake::{at, choice, s, turn};
use crate::line_ui::command_parser::{TypedCommand, read};
use crate::session::intent::Intent;
use crate::session::scene::{
    InputField, ListItem, Offer, PlannedEnd, RareParts, SafetyPage, Scene, Verb,
};
use crate::text::words::words;

fn line_field(initial: &str) -> Option<InputField> {
    Some(InputField::Line {
        initial: initial.to_owned(),
        hint: s("your line"),
        most: 20,
        hidden: false,
    })
}

fn write(words: &str) -> TypedCommand {
    let words = words.into();
    TypedCommand::Ask(Intent::Write { words })
}

/// Every offer there is, with choices, in front of each kind of field.
fn full_scenes() -> Vec<Scene> {
    let offers: Vec<Offer> = Verb::ALL
        .into_iter()
        .map(|verb| Offer::new(verb, "does it"))
        .collect();
    let base = Scene {
        choices: (0..12).map(|n| choice(&format!("answer {n}"), n)).collect(),
        offers,
        ..turn(60)
    };
    [
        None,
        Some(InputField::Rating),
        line_field(""),
        line_field("as before"),
    ]
    .into_iter()
    .map(|field| Scene {
        field,
        ..base.clone()
    })
    .collect()
}

#[test]
fn everything_that_a_scene_offers_can_be_asked_and_help_says_how() {
    for scene in full_scenes() {
        let help: Vec<String> = crate::line_ui::information::help(&scene)
            .iter()
            .map(|l| l.to_string())
            .collect();
        for (n, choice) in scene.choices.iter().enumerate() {
            let typed = crate::line_ui::command_words::number(n, &scene);
            assert_eq!(
                read(&typed, &scene),
                TypedCommand::Ask(choice.intent.clone())
            );
        }
        for offer in &scene.offers {
            let wanted = if offer.verb == Verb::Leave {
                TypedCommand::Leave(offer.intent())
            } else {
                TypedCommand::Ask(offer.intent())
            };
            for word in crate::line_ui::command_words::known(offer.verb) {
                let typed = crate::line_ui::command_words::command(word, &scene);
                assert_eq!(read(&typed, &scene), wanted, "{typed}");
                assert_eq!(read(&format!(" /{} ", word.to_uppercase()), &scene), wanted);
            }
            let typed = crate::line_ui::command_words::verb(offer.verb, &scene);
            let said = offer.verb == Verb::GoOn || help.iter().any(|l| l.starts_with(&typed));
            assert!(said, "help does not say {typed}: {help:?}");
        }
        let asks = scene.offers[0].verb == Verb::Pass;
        let enter = read("", &scene);
        let says = if let TypedCommand::Unclear(says) = &enter {
            says.as_str()
        } else {
            ""
        };
        let on = enter == TypedCommand::Ask(scene.offers[0].intent());
        assert_eq!((on, says.contains("pass")), (!asks, asks), "{enter:?}");
    }
    let mut bare = turn(60);
    bare.offers.clear();
    assert_eq!(read("stop", &bare), TypedCommand::Ask(Intent::Stop));
    assert_eq!(read("crisis", &bare), TypedCommand::Ask(Intent::Card));
    for unknown in [
        "",
        "0",
        "13",
        "99999999999999999999",
        "land",
        "frobnicate",
        "\u{1b}[2J",
    ] {
        assert!(
            matches!(read(unknown, &bare), TypedCommand::Unclear(_)),
            "{unknown}"
        );
    }
}

#[test]
fn no_word_means_two_things() {
    let (known, mut seen) = (&crate::text::words::words().line_ui, Vec::new());
    let here = &known.here;
    let own = [
        here.time, here.again, here.map, here.help, here.bell, here.keep, here.rate,
    ];
    seen.extend(
        Verb::ALL
            .iter()
            .flat_map(|verb| crate::line_ui::command_words::known(*verb))
            .copied(),
    );
    seen.extend(own.into_iter().flatten().copied());
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), all);
    assert!(
        seen.iter()
            .all(|word| crate::line_ui::command_parser::plain_word(word) == *word)
    );
}

#[test]
fn ratings_and_words_are_taken_as_they_are_meant() {
    let [_, rating, line, kept] = full_scenes().try_into().unwrap();
    for value in 0..=10 {
        let rate = TypedCommand::Ask(Intent::Rate { value });
        assert_eq!(read(&value.to_string(), &rating), rate);
        assert_eq!(read(&format!("Rate {value}."), &rating), rate);
    }
    assert!(matches!(read("11", &rating), TypedCommand::Unclear(_)));
    assert!(matches!(
        read("rate 300", &rating),
        TypedCommand::Unclear(_)
    ));

    let first = TypedCommand::Ask(line.choices[0].intent.clone());
    assert_eq!(
        [read("1", &line), read("/1", &line)],
        [first.clone(), first]
    );
    // A digit that no answer has is no words, unless somebody says so.
    let mut few = line.clone();
    few.choices.truncate(2);
    assert!(matches!(read("9", &few), TypedCommand::Unclear(_)));
    assert_eq!(read("9.", &few), write("9."));
    for words in [
        "1.",
        "9.",
        "300",
        "back",
        "stop it please",
        "help.",
        "don't know",
    ] {
        assert_eq!(read(words, &line), write(words));
    }
    for word in ["help", "crisis", "Card", "pause"] {
        assert_eq!(read(word, &line), read(&format!("/{word}"), &line));
        assert_ne!(read(word, &line), write(word));
    }
    assert_eq!(read("//stop", &line), write("/stop"));
    assert!(matches!(read("/nothing", &line), TypedCommand::Unclear(_)));
    assert!(matches!(
        read(&"é".repeat(21), &line),
        TypedCommand::Unclear(_)
    ));
    assert_eq!(read(&"é".repeat(20), &line), write(&"é".repeat(20)));
    assert_eq!(read("Stop.", &line), read("/stop", &line));
    assert_eq!(read("/keep", &kept), write("as before"));
    let bare = Scene {
        offers: Vec::new(),
        ..kept
    };
    assert_eq!(read("", &bare), write("as before"));
}

#[test]
fn fields_lists_switches_and_yeses_are_told() {
    let mut first = turn(60);
    first.choices[0].on = Some(false);
    first.people[0].yes = Some(false);
    first.list = ["one", "two"]
        .map(|words| ListItem {
            lead: s("Ada"),
            words: s(words),
            now: words == "one",
        })
        .into();
    let mut second = first.clone();
    second.choices[0].on = Some(true);
    second.people[0].yes = Some(true);
    second.list[0].now = false;
    second.list[1].now = true;
    let told = |old: Option<&Scene>, new: &Scene| -> Vec<String> {
        let lines = crate::line_ui::scene_lines::changes(old, new, &[], Default::default());
        lines.iter().map(|line| line.to_string()).collect()
    };
    let lines = told(None, &first);
    assert!(lines.contains(&"Now: Ada: one".to_owned()), "{lines:?}");
    assert!(lines.contains(&"1  warm, curious, not chosen".to_owned()));
    assert_eq!(
        told(Some(&first), &second),
        ["Ada says yes.", "Now: Ada: two", "1  warm, curious, chosen"]
    );
    let open = Scene {
        field: line_field("as before"),
        ..second.clone()
    };
    let lines = told(Some(&second), &open);
    let wanted = [
        "1  warm, curious, chosen",
        "2  annoyed",
        "Type here: your line.",
        "It says: as before",
        "/keep keeps it.",
        "Commands begin with / here, like /back and /again.",
        "These also work without it: stop, help, card and exit now.",
        "/pass: leaves it open.",
    ];
    assert_eq!(lines, wanted);
    let late = Scene {
        ends: Some(PlannedEnd {
            at: at(20, 40),
            later: 5,
        }),
        ..open.clone()
    };
    assert_eq!(
        told(Some(&open), &late),
        ["The session ends at 20:40, 5 minutes later than planned."]
    );
    assert_eq!(
        crate::line_ui::information::map(&late)[1].as_str(),
        "20:12  Ada's turn, we are here"
    );
}

#[test]
fn what_a_choice_says_comes_before_a_command_that_begins_alike() {
    let mut gate = turn(60);
    gate.choices = vec![choice("go", 0), choice("Not today.", 1)];
    assert_eq!(
        read("go", &gate),
        TypedCommand::Ask(gate.choices[0].intent.clone())
    );
    assert_eq!(
        read("not today", &gate),
        TypedCommand::Ask(gate.choices[1].intent.clone())
    );
    assert_eq!(
        read("go", &super::fake::check_in()),
        TypedCommand::Ask(Intent::GoOn)
    );
    // At a question going on answers nothing for anybody.
    for nothing in ["/go", "", "go on"] {
        assert_eq!(
            read(nothing, &turn(60)),
            TypedCommand::Unclear(s("Enter answers nothing here. You can type: 1 to 2, pass."))
        );
    }
    assert_eq!(read("p", &turn(60)), TypedCommand::Ask(Intent::Pass));
}

#[test]
fn words_for_several_name_each_of_them_and_their_role_once() {
    let mut scene = turn(60);
    scene.people.push(scene.people[1].clone());
    scene.people[2].name = s("Cleo");
    scene.whispers[0].to = vec![1, 2];
    let told = |scene: &Scene| -> Vec<String> {
        let lines = crate::line_ui::scene_lines::changes(None, scene, &[], Default::default());
        lines.iter().map(|line| line.to_string()).collect()
    };
    let wanted = "For Ben, Cleo, witnessing, say back: Her words, or none.";
    assert!(
        told(&scene).iter().any(|line| line == wanted),
        "{:?}",
        told(&scene)
    );
    scene.to = vec![1, 2];
    assert!(
        told(&scene)
            .iter()
            .any(|line| line == "Ben, Cleo, witnessing, say back:")
    );
    scene.to.clear();
    assert!(told(&scene).iter().any(|line| line == "All of you:"));
}

#[test]
fn what_running_over_costs_is_told_once_and_to_whoever_asks() {
    let before = turn(0);
    let costs = |says: &str| Scene {
        costs: Some(s(says)),
        ..before.clone()
    };
    let (first, later) = (costs("17:30 each."), costs("17 minutes each."));
    let told = |old: &Scene, new: &Scene| {
        crate::line_ui::scene_lines::changes(Some(old), new, &[], Default::default())
    };
    assert_eq!(told(&before, &first), [s("17:30 each.")]);
    assert_eq!(told(&first, &later), []);
    assert_eq!(
        crate::line_ui::information::time(&later).last(),
        Some(&s("17 minutes each."))
    );
}

fn with(says: &[&str]) -> Scene {
    let choices = says.iter().zip(0..).map(|(says, n)| choice(says, n));
    Scene {
        choices: choices.collect(),
        ..turn(60)
    }
}

/// What somebody types at a scene, and the answer that it is: counted from 0, or `None` where it is none.
type Meanings = &'static [(&'static str, Option<usize>)];

const AT_A_GATE: Meanings = &[
    ("yes", Some(0)),
    ("y", Some(0)),
    ("YES!", Some(0)),
    ("\u{201c}Yes\u{201d}.", Some(0)),
    ("ok", Some(0)),
    ("no", Some(1)),
    ("N", Some(1)),
    ("nope", Some(1)),
    ("not", Some(1)),
    ("no, or", Some(1)),
    ("one", Some(0)),
    ("Two.", Some(1)),
    ("1.", Some(0)),
    ("2)", Some(1)),
    ("number 2", Some(1)),
    ("#1", Some(0)),
    ("three", None),
    ("perhaps", None),
];

const AT_HOME: Meanings = &[
    ("begin", Some(0)),
    ("start", Some(0)),
    ("ground", Some(1)),
    ("steady", Some(1)),
    ("'Steady'", Some(1)),
    ("Notebook", Some(2)),
    ("note", Some(2)),
    ("part", Some(2)),
    ("agreements", Some(3)),
    ("look around", Some(4)),
    ("scripts", Some(4)),
    ("now", Some(6)),
    ("seven", Some(6)),
    ("a", None),
];

const WHO_IS_HERE: Meanings = &[
    ("two", Some(0)),
    ("2", Some(1)),
    ("me", Some(1)),
    ("three", Some(2)),
    ("four", None),
];

const AT_OWN_PAGES: Meanings = &[
    ("note", Some(1)),
    ("write", Some(1)),
    ("notes", Some(3)),
    ("promise", Some(2)),
    ("lock", Some(4)),
];

const AT_SEVERAL: Meanings = &[
    ("yes", None),
    ("yes, to both", Some(1)),
    ("more", Some(2)),
    ("go", Some(3)),
];

#[test]
fn it_understands_what_people_say() {
    let gate = with(&["Yes, safe enough", "No, or not sure"]);
    let home = with(&[
        "Begin a session",
        "Steady myself: a few minutes, here and now",
        "Your own pages: notebook, parts, promises",
        "People, agreements, and what was kept",
        "Look around: how this works, a practice session, scripts, files",
        "Crisis card",
        "Already stirred up, and alone: one small step at a time",
    ]);
    let who = with(&["Two of us", "Me, alone", "Three of us"]);
    let pages = with(&[
        "Where you left off",
        "Write something",
        "Promises",
        "Notes",
        "Passphrase, locking, deleting",
    ]);
    let several = with(&["Yes, to one", "Yes, to both", "More time", "Go"]);
    for (scene, meanings) in [
        (&gate, AT_A_GATE),
        (&home, AT_HOME),
        (&pages, AT_OWN_PAGES),
        (&who, WHO_IS_HERE),
        (&several, AT_SEVERAL),
    ] {
        for (typed, meant) in meanings {
            let got = if let TypedCommand::Ask(Intent::Answer { n }) = read(typed, scene) {
                Some(n)
            } else {
                None
            };
            assert_eq!(got, *meant, "{typed}");
        }
    }
}

#[test]
fn numbers_and_the_agreed_word_are_understood_as_they_are_said() {
    let gate = with(&["Yes, safe enough", "No, or not sure"]);
    // Where there is nothing to choose, a number goes on.
    let on = Scene {
        choices: Vec::new(),
        offers: vec![Offer::new(Verb::GoOn, "go on")],
        ..turn(60)
    };
    for typed in ["1", "7", "one", "1."] {
        assert_eq!(
            read(typed, &on),
            TypedCommand::Ask(on.offers[0].intent()),
            "{typed}"
        );
    }
    // Where that would end somebody's time, it ends nothing.
    for says in [words().session.leads_turn, words().session.leads_share] {
        let mut ends = on.clone();
        ends.offers = vec![Offer::new(Verb::GoOn, says)];
        assert!(
            matches!(read("2", &ends), TypedCommand::Unclear(_)),
            "{says}"
        );
    }
    // The word that people agreed on stops, however it is written.
    let agreed = Scene {
        stop_word: s("Red Bus"),
        ..gate
    };
    for typed in ["red bus", "RED BUS!", "\"red bus\"", "red-bus"] {
        assert_eq!(
            read(typed, &agreed),
            TypedCommand::Ask(Intent::Stop),
            "{typed}"
        );
    }
    // A number may be said as a word.
    let rating = full_scenes().swap_remove(1);
    for (typed, value) in [("seven", 7), ("Ten.", 10), ("zero", 0)] {
        assert_eq!(
            read(typed, &rating),
            TypedCommand::Ask(Intent::Rate { value })
        );
    }
}

#[test]
fn what_is_not_known_gets_eight_words_at_most_and_kinder_ones_in_calm() {
    let bare = Scene {
        choices: vec![choice("here", 0)],
        offers: Vec::new(),
        ..turn(60)
    };
    let elsewhere = Verb::ALL
        .into_iter()
        .filter(|verb| !matches!(verb, Verb::GoOn | Verb::Stop | Verb::Card));
    let elsewhere = elsewhere.map(crate::line_ui::command_words::said);
    for typed in ["frobnicate", "99"].into_iter().chain(elsewhere) {
        let TypedCommand::Unclear(said) = read(typed, &bare) else {
            panic!("{typed}");
        };
        assert!(said.as_str().split_whitespace().count() <= 8, "{said}");
        // What is offered elsewhere says why it is not here.
        assert!(!said.as_str().starts_with("No "), "{typed}: {said}");
    }
    let calm = Scene {
        mood: crate::session::scene::SceneMood::Neutral,
        offers: vec![Offer::new(Verb::GoOn, "go on")],
        ..bare
    };
    let kind = TypedCommand::Unclear(s("That's all right. Enter goes on, stop stops."));
    assert_eq!(read("frobnicate", &calm), kind);
    // A late no to the question whether somebody is safe is heard.
    assert_eq!(read("no", &calm), TypedCommand::Ask(Intent::Card));
    // What Enter does can be typed as well.
    let closes = Scene {
        offers: vec![Offer::new(Verb::GoOn, "Close the card")],
        ..turn(60)
    };
    assert_eq!(
        read("close", &closes),
        TypedCommand::Ask(closes.offers[0].intent())
    );
}

/// A yes is never a word that nobody knows: it may answer a question about dying.
#[test]
fn a_yes_where_none_is_asked_names_the_card_or_what_can_be_typed() {
    let says = |typed: &str, scene: &Scene| {
        let TypedCommand::Unclear(said) = read(typed, scene) else {
            panic!("{typed}");
        };
        said.to_string()
    };
    let gate = Scene {
        private: true,
        choices: vec![choice("Go", 0), choice("Short", 1), choice("Not today", 2)],
        ..turn(60)
    };
    let not_for = Scene {
        rare: about(SafetyPage::NotFor),
        choices: vec![choice("The full list", 0)],
        ..turn(60)
    };
    let card = Scene {
        rare: about(SafetyPage::Card),
        ..turn(60)
    };
    let page = Scene {
        choices: Vec::new(),
        offers: vec![Offer::new(Verb::GoOn, "go on")],
        ..turn(60)
    };
    let mut wrong = Vec::new();
    for yes in ["yes", "Yes.", "y", "ok"] {
        for (scene, has) in [
            (&gate, "card says who to phone"),
            (&not_for, "type card"),
            (&card, "phone the emergency number now"),
            (&page, "Enter goes on: go on."),
            (&turn(60), "Type 1 to 2"),
        ] {
            let said = says(yes, scene);
            if !said.contains(has) || said.contains("don't know") {
                wrong.push(said);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Whatever is typed at the gate is answered alike: what stands in the window tells nothing.
    assert_eq!(says("yes", &gate), says("frobnicate", &gate));
    assert_eq!(says("no", &gate), says("yes", &gate));
    assert_eq!(says("no", &not_for), "Then Enter goes on.");
    // Nor is it words where one of several answers is asked, such as the word for stopping: each yes would stop then.
    let several = Scene {
        field: line_field(""),
        choices: vec![choice("Stop", 0), choice("Red", 1)],
        ..turn(60)
    };
    for yes in ["yes", "Yes", "ok"] {
        assert_eq!(says(yes, &several), "Type 1 to 2, or how an answer begins.");
    }
    // Where a place was chosen its number is said, and no place is asked for once more.
    let place = Scene {
        list: vec![ListItem {
            lead: s(words().safety.lead_danger),
            words: s("999 or 112"),
            now: false,
        }],
        ..card.clone()
    };
    assert_eq!(says("yes", &place), "Then phone now: 999 or 112.");
    for page in [&card, &place] {
        let no = says("no", page);
        assert_eq!(no, "Then take your time. Enter closes the card.");
    }
}

fn about(page: SafetyPage) -> RareParts {
    RareParts {
        safety: Some(page),
        ..RareParts::default()
    }
}

/// By ear, five lines that may be true are five numbers: none of them says that everybody has read them.
/// At two terminals what was asked may have gone by the other's key, and what is asked may be theirs.
#[test]
fn at_two_terminals_a_number_leads_nobody_on_and_whose_answer_it_is_is_said() {
    let says = &words().line_ui.says;
    let plain = Scene {
        choices: Vec::new(),
        offers: vec![Offer::new(Verb::GoOn, "Go on")],
        ..turn(60)
    };
    assert_eq!(read("2", &plain), TypedCommand::Ask(Intent::GoOn));
    let mut here = plain.clone();
    here.rare.apart = true;
    let said = |text: &str| TypedCommand::Unclear(s(text));
    for typed in ["1", "2", "two"] {
        assert_eq!(read(typed, &here), said(says.unclear_number_on), "{typed}");
    }
    assert_eq!(read("", &here), TypedCommand::Ask(Intent::GoOn));
    let theirs = "Ada answers this, on their own screen.";
    here.offers.clear();
    here.rare.elsewhere = Some(s(theirs));
    for typed in ["", "1", "12", "pass", "back", "don't know"] {
        assert_eq!(read(typed, &here), said(theirs), "{typed}");
    }
}

/// A sign of the line is heard when it comes, and when it is over: not where one of them goes on without a line, nor where
/// it is said with how to go on.
#[test]
fn that_the_line_is_back_is_heard() {
    use crate::line_ui::scene_lines::{Known, changes};
    let known = Known::default();
    let mut clear = turn(60);
    clear.rare.apart = true;
    let mut sign = clear.clone();
    sign.notice = Some(s(words().joined.quiet));
    sign.rare.line_sign = true;
    let back = s(words().line_ui.says.line_back);
    assert_eq!(
        changes(Some(&sign), &clear, &[], known),
        std::slice::from_ref(&back)
    );
    assert!(!changes(Some(&clear), &sign, &[], known).contains(&back));
    let mut told = clear.clone();
    told.notice = Some(s(words().joined.line_back));
    for other in [turn(60), told] {
        assert!(!changes(Some(&sign), &other, &[], known).contains(&back));
    }
}

#[test]
fn a_number_on_a_page_of_lines_leads_nobody_on() {
    let says = &words().line_ui.says;
    let list = ["I might end my life.", "I am under 18."];
    let page = Scene {
        mood: crate::session::scene::SceneMood::Home,
        rare: about(SafetyPage::NotFor),
        list: list
            .map(|words| ListItem {
                lead: s(""),
                words: s(words),
                now: false,
            })
            .to_vec(),
        choices: Vec::new(),
        offers: vec![Offer::new(Verb::GoOn, "We have each read it")],
        ..turn(60)
    };
    let said = |text: &str| TypedCommand::Unclear(s(text));
    for typed in ["1", "2", "two", "number 2"] {
        assert_eq!(read(typed, &page), said(says.yes_not_for), "{typed}");
    }
    for typed in ["0", "3", "9"] {
        assert_eq!(read(typed, &page), said(says.unclear_number), "{typed}");
    }
    let other = Scene {
        rare: RareParts::default(),
        ..page.clone()
    };
    assert_eq!(read("1", &other), said(says.unclear_number));
    assert_eq!(read("", &page), TypedCommand::Ask(Intent::GoOn));
    // Who is done says so in a word of their own.
    let turn = Scene {
        choices: vec![choice("I have finished", 0), choice("Start landing", 1)],
        ..turn(60)
    };
    let first = TypedCommand::Ask(turn.choices[0].intent.clone());
    assert_eq!(read("done", &turn), first);
}

/// A number as a word is no number where an answer begins with it; what is worse is heard where somebody steadies.
#[test]
fn the_word_that_begins_an_answer_wins_and_worse_is_heard() {
    let who = Scene {
        choices: vec![choice("Two of us", 0), choice("Me, alone", 1)],
        ..turn(60)
    };
    let first = TypedCommand::Ask(who.choices[0].intent.clone());
    assert_eq!(read("two", &who), first);
    assert_eq!(
        read("2", &who),
        TypedCommand::Ask(who.choices[1].intent.clone())
    );
    let left = Scene {
        choices: vec![
            choice("Where you left off", 0),
            choice("Write something", 1),
        ],
        ..turn(60)
    };
    assert_eq!(read("where I left off", &left), first);
    let calm = Scene {
        mood: crate::session::scene::SceneMood::Neutral,
        ..turn(60)
    };
    for typed in [
        "worse",
        "it's worse",
        "panic",
        "I can't breathe",
        "too much",
    ] {
        let TypedCommand::Unclear(said) = read(typed, &calm) else {
            panic!("{typed}");
        };
        assert!(said.as_str().contains("one plain thing"), "{typed}: {said}");
    }
}

/// Nobody who says that they are in danger is told that Enter goes on.
#[test]
fn words_of_danger_that_are_nothing_else_open_the_crisis_card() {
    let mut calm = turn(60);
    calm.mood = crate::session::scene::SceneMood::Neutral;
    for scene in [turn(60), calm] {
        for typed in [
            "I want to end my life",
            "I might end my life.",
            "I don't want to live",
            "he hits me",
            "Somebody frightens or controls me.",
            "afraid of him",
            "help me",
            "not safe",
            "I want to die.",
            "I might kill myself",
        ] {
            let asked = read(typed, &scene);
            assert_eq!(asked, TypedCommand::Ask(Intent::Card), "{typed}");
        }
        for typed in ["hello", "the studied word", "diet"] {
            assert!(
                matches!(read(typed, &scene), TypedCommand::Unclear(_)),
                "{typed}"
            );
        }
    }
}

/// One rule for every place where words are typed: in one line, in several, seen or not.
#[test]
fn the_same_words_work_alone_wherever_words_are_typed() {
    use crate::line_ui::page_entry::PageEntry;
    let field = |hidden: bool, page: bool| match page {
        true => InputField::Page {
            initial: String::new(),
            hint: s("your words"),
            most: 400,
            hidden,
        },
        false => InputField::Line {
            initial: String::new(),
            hint: s("your words"),
            most: 400,
            hidden,
        },
    };
    for (hidden, page) in [(false, false), (true, false), (false, true), (true, true)] {
        let scene = Scene {
            field: Some(field(hidden, page)),
            choices: Vec::new(),
            offers: Verb::ALL
                .into_iter()
                .map(|verb| Offer::new(verb, "does it"))
                .collect(),
            ..turn(60)
        };
        for word in ["stop", "help", "Help", "crisis", "card", "pause", "pass"] {
            let mut entry = PageEntry::default();
            entry.meet(&scene);
            let typed = entry.take(word, &scene);
            let typed = typed.unwrap_or_else(|| read(word, &scene));
            let is_words = matches!(
                typed,
                TypedCommand::Taken | TypedCommand::Ask(Intent::Write { .. })
            );
            assert!(!is_words, "{word} where hidden: {hidden}, page: {page}");
        }
        if page {
            // Passing would lose the lines that were begun; without a stroke it is one more of them.
            let mut entry = PageEntry::default();
            entry.meet(&scene);
            for line in ["one line", "pass"] {
                assert_eq!(entry.take(line, &scene), Some(TypedCommand::Taken));
            }
            let helps = crate::line_ui::information::help(&scene);
            let ends = "A line with only a full stop: that is all.";
            let helps = helps.iter().any(|line| line.as_str().starts_with(ends));
            assert!(helps, "how a page ends is in its help");
        }
    }
}
