//! Every screen that a walk through a shipped script can bring, drawn: whole where there is room, and never a panic.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use fastrand::Rng;

use super::drawn::{ASCII, LOOK, cells, picture, text};
use super::*;
use crate::rehearsal::Play;
use crate::script::shipped;
use crate::session::intent::{GateWord, Intent};
use crate::session::scene::{InputField, SceneChoice, Verb};
use crate::time::moment::minutes;
use crate::tui::key::{Code, Key};
use crate::tui::key_table::Context;
use crate::tui::ui_state::KeyOutcome;

/// How many walks go through each script.
const WALKS: u64 = 360;

/// A scene by the script and by something that tells it from the others.
type Screens = BTreeMap<(String, String), Scene>;

/// What walks bring.
pub(super) struct Walked {
    /// Each question of each script.
    by_question: Screens,
    /// Each screen by its name.
    by_name: Screens,
}

/// Walked once for all tests: that takes much longer than looking at it.
pub(super) static WALKED: LazyLock<Walked> = LazyLock::new(screens);

impl Walked {
    /// The screen of this name, where walks of the script find one.
    pub(super) fn screen(&self, script: &str, name: &str) -> Scene {
        let found = self.by_name.get(&(script.to_owned(), name.to_owned()));
        found
            .unwrap_or_else(|| {
                let of_it = self.by_name.keys().filter(|(of, _)| of == script);
                let names: Vec<&str> = of_it.map(|(_, name)| name.as_str()).collect();
                panic!("no {name:?} in {script}, but {names:#?}")
            })
            .clone()
    }
}

/// The scenes that walks bring, each question of each script once, in an order that stays.
fn walked() -> impl Iterator<Item = Scene> {
    WALKED.by_question.values().cloned()
}

/// Keeps the fullest of those that are called the same: the one with the most beside the question.
fn keep(screens: &mut Screens, key: (&str, String), scene: &Scene) {
    let full = |scene: &Scene| scene.choices.len() + scene.whispers.len();
    let key = (key.0.to_owned(), key.1);
    let known = screens.get(&key);
    if known.is_none_or(|known| full(known) < full(scene)) {
        screens.insert(key, scene.clone());
    }
}

fn screens() -> Walked {
    let (mut by_question, mut by_name) = (Screens::new(), Screens::new());
    for script in shipped() {
        for seed in 0..WALKS {
            let mut play = Play::new(script, script.minutes, seed).expect("fits");
            // In some walks the first turn runs over, so that others are offered as much.
            let mut runs_over = seed.is_multiple_of(10);
            loop {
                if runs_over && play.session.turn_of().is_some() {
                    play.now = play.now.later(play.session.planned_here() + minutes(2));
                    runs_over = false;
                }
                let scene = with_card(play.session.scene(play.now));
                let question: Vec<_> = scene.prompt.iter().map(SafeText::as_str).collect();
                let question = format!("{:?} {}", scene.mood, question.join("/"));
                keep(&mut by_question, (&script.name, question), &scene);
                keep(
                    &mut by_name,
                    (&script.name, play.session.screen_name()),
                    &scene,
                );
                if play.step().is_none() {
                    break;
                }
            }
        }
    }
    Walked {
        by_question,
        by_name,
    }
}

/// A session's scene with what the program offers beside it.
pub(super) fn with_card(mut scene: Scene) -> Scene {
    let w = &words().cli;
    for (verb, says) in [(Verb::Card, &w.card), (Verb::Leave, &w.leave_open)] {
        if !scene.offers.iter().any(|offer| offer.verb == verb) {
            scene.add_offer(verb, says);
        }
    }
    scene
}

/// Whether the words stand on the screen in their order; the clock may stand beside them.
fn holds(screen: &str, wanted: &str) -> bool {
    let mut screen = screen.split_whitespace();
    wanted
        .split_whitespace()
        .all(|word| screen.any(|other| other == word))
}

#[test]
fn the_question_and_every_choice_stand_on_every_screen() {
    assert!(WALKED.by_question.len() > 600);
    for scene in walked() {
        for (width, height, look) in [
            (60, 18, LOOK),
            (80, 24, LOOK),
            (100, 30, LOOK),
            (80, 24, ASCII),
        ] {
            let screen = text(&cells(&picture(scene.clone(), look), width, height));
            let question = scene.prompt.first().map_or("", SafeText::as_str);
            // A sign that ASCII has not is another one there.
            let reads = |words: &str| (look.ascii && !words.is_ascii()) || holds(&screen, words);
            assert!(
                reads(question),
                "{width}x{height}: {question:?} is cut off\n{screen}"
            );
            for (n, choice) in scene.choices.iter().enumerate() {
                let wanted = choice.says.as_str();
                // The agreement's lines can be chosen too; they may be longer than a small screen.
                let long = scene
                    .choices
                    .iter()
                    .map(|c| c.says.as_str().len())
                    .sum::<usize>()
                    > 400;
                let start: Vec<&str> = wanted.split_whitespace().take(2).collect();
                assert!(
                    long || reads(&start.join(" ")),
                    "{width}x{height}: choice {} is not there\n{screen}",
                    n + 1
                );
            }
        }
    }
}

#[test]
fn the_quiet_words_for_the_other_stand_whole_on_every_screen() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for scene in walked() {
        if scene.whispers.is_empty() {
            continue;
        }
        for (width, height) in [(60, 18), (80, 24), (100, 30)] {
            seen += 1;
            let screen = text(&cells(&picture(scene.clone(), LOOK), width, height));
            // Under the longest of questions the smallest screen has only the words for the first of them.
            let crowded = height == 18 && scene.choices.len() == 9;
            let room = if crowded { 1 } else { usize::MAX };
            for whisper in scene.whispers.iter().take(room) {
                if !holds(&screen, whisper.words.as_str()) {
                    missing.push(format!("{width}x{height} {whisper:?}\n{screen}"));
                }
            }
        }
    }
    assert!(seen > 60, "only {seen} screens");
    assert!(
        missing.is_empty(),
        "{} of {seen}:\n{}",
        missing.len(),
        missing.join("\n")
    );
}

/// The keys of these offers that a screen's footer lacks, though they work.
fn lacking<'a>(scene: &Scene, screen: &str, keys: &[(Verb, &'a str)]) -> Vec<&'a str> {
    let rows = screen.lines().rev().skip_while(|row| row.is_empty());
    let footer: Vec<&str> = rows.take(2).collect();
    let lacks = |(verb, key): &&(Verb, &str)| {
        let offered = scene.offers.iter().any(|offer| offer.verb == *verb);
        let shown = footer
            .iter()
            .any(|row| row.trim_start().starts_with(key) || row.contains(&format!("  {key}")));
        // What going on does needs no second key.
        let same = |row: &&str| row.contains("enter Start landing") && *verb == Verb::Land;
        offered && !shown && !footer.iter().any(same)
    };
    keys.iter().filter(lacks).map(|(_, key)| *key).collect()
}

#[test]
fn the_footer_has_every_key_of_the_session_that_works_and_the_way_back_on_the_smallest_screen() {
    const SESSION: [(Verb, &str); 7] = [
        (Verb::Back, "← "),
        (Verb::Pause, "space "),
        (Verb::More, "m "),
        (Verb::Asides, "w "),
        (Verb::Land, "d "),
        (Verb::Stop, "s STOP"),
        (Verb::Card, "c "),
    ];
    const LEAST: [(Verb, &str); 2] = [(Verb::Back, "← "), (Verb::Stop, "s STOP")];
    for scene in walked() {
        // While words are typed, letters and arrows belong to them.
        if matches!(
            scene.field,
            Some(InputField::Line { .. } | InputField::Page { .. })
        ) {
            continue;
        }
        for (width, height, keys) in [
            (100, 30, &SESSION[..]),
            (80, 24, &SESSION[..]),
            (60, 18, &LEAST[..]),
        ] {
            let screen = text(&cells(&picture(scene.clone(), LOOK), width, height));
            let lacks = lacking(&scene, &screen, keys);
            assert!(lacks.is_empty(), "{width}x{height} {lacks:?}\n{screen}");
            // No sign stands there without its word.
            let last = screen.lines().last().unwrap_or("").trim();
            let lone = last.split("  ").find(|key| ["←", "?"].contains(key));
            assert!(lone.is_none(), "{width}x{height} {lone:?}\n{screen}");
        }
    }
}

/// What can lie over a scene, and what is seen of it when nobody has pressed a key for a while.
fn desks(scene: &Scene) -> Vec<UiState> {
    let mut bare = UiState::default();
    bare.meet(scene);
    let with = |over| {
        let mut desk = bare.clone();
        desk.over = over;
        desk
    };
    let mut thin = bare.clone();
    thin.pass(Duration::from_secs(24 * 3600), scene);
    vec![
        bare.clone(),
        with(Overlay::Help),
        with(Overlay::Leaving),
        thin,
    ]
}

#[test]
fn stop_begins_the_last_row_and_the_crisis_card_is_next_to_it_at_60_and_at_80_columns() {
    let mut wrong = Vec::new();
    for scene in walked() {
        let offers = |verb| scene.offers.iter().any(|offer| offer.verb == verb);
        if !offers(Verb::Stop) {
            continue;
        }
        for desk in desks(&scene) {
            let (stop, card) = match desk.context() {
                Context::Typing | Context::Writing => ("ctrl-s STOP", "f2 Crisis card"),
                Context::Keys | Context::Asking | Context::Rating => ("s STOP", "c Crisis card"),
            };
            let over = (desk.over, desk.is_thin(&scene));
            for (width, height) in [(60, 18), (80, 24)] {
                let picture = Picture {
                    desk: desk.clone(),
                    ..picture(scene.clone(), LOOK)
                };
                let screen = text(&cells(&picture, width, height));
                let last = screen.lines().nth(usize::from(height) - 1).unwrap_or("");
                let side = " ".repeat(usize::from(Layout::page(width, height).x));
                let rest = last
                    .strip_prefix(&side)
                    .and_then(|row| row.strip_prefix(stop));
                let next = rest.map_or("", str::trim_start);
                if rest.is_none() || offers(Verb::Card) && !next.starts_with(card) {
                    wrong.push(format!("{width}x{height} {over:?}: {last}\n{screen}"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(6)].join("\n")
    );
}

#[test]
fn at_80_by_24_nothing_is_below_the_screen_but_lists() {
    for scene in walked() {
        if !scene.list.is_empty() || scene.choices.len() > 8 {
            continue;
        }
        let screen = text(&cells(&picture(scene, LOOK), 80, 24));
        assert!(!screen.contains(words().tui.more_below), "{screen}");
    }
}

#[test]
fn no_size_panics_whatever_is_shown() {
    let mut rng = Rng::with_seed(7);
    for scene in walked() {
        for _ in 0..5 {
            let (width, height) = (rng.u16(0..=200), rng.u16(0..=60));
            cells(&picture(scene.clone(), LOOK), width, height);
        }
        cells(&picture(scene.clone(), LOOK), LEAST.0, LEAST.1);
        cells(&picture(scene, LOOK), 0, 0);
    }
}

const ALL_SIZES: [(u16, u16); 4] = [(60, 18), (80, 24), (100, 30), (160, 45)];

/// Draws it as the loop does, and tells the desk what was seen.
fn seen_on(desk: &mut UiState, scene: &Scene, (width, height): (u16, u16)) -> String {
    let picture = Picture {
        desk: desk.clone(),
        ..picture(scene.clone(), LOOK)
    };
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let drawn = picture.draw(&mut buffer);
    (desk.scroll, desk.page) = (drawn.scroll, drawn.page);
    desk.has_drawn(drawn.below);
    text(&buffer)
}

/// One row says that a key did nothing; every other row stands where it stood, the keys and the quiet words too.
#[test]
fn a_key_that_does_nothing_moves_nothing() {
    let mut moved = Vec::new();
    for scene in walked().step_by(3) {
        let session = matches!(scene.mood, SceneMood::Walking | SceneMood::Closing);
        if !session || scene.offers.iter().all(|offer| offer.verb != Verb::Stop) {
            continue;
        }
        for size in ALL_SIZES {
            let mut desk = UiState::default();
            desk.meet(&scene);
            let before = seen_on(&mut desk, &scene, size);
            let before = match desk.has_more(&scene) {
                true => seen_on(&mut desk, &scene, size),
                false => before,
            };
            desk.press(Key::plain(Code::F(12)), &scene);
            let after = seen_on(&mut desk, &scene, size);
            let rows = before.lines().zip(after.lines());
            let others = rows.filter(|(was, is)| was != is).count();
            // What was said before may have had more rows.
            let said = picture(scene.clone(), LOOK).notices(size).len();
            if others > said.max(1) {
                moved.push(format!("{size:?} {others} rows\n{before}\n{after}"));
            }
        }
    }
    assert!(moved.is_empty(), "{}:\n{}", moved.len(), moved[0]);
}

#[test]
fn stop_stands_in_one_row_on_every_screen_of_a_session_whatever_is_asked() {
    for (width, height) in ALL_SIZES {
        let mut rows = std::collections::BTreeSet::new();
        for scene in walked().step_by(3) {
            let typed = matches!(
                scene.field,
                Some(InputField::Line { .. } | InputField::Page { .. })
            );
            if scene.mood != SceneMood::Walking || typed {
                continue;
            }
            let screen = text(&cells(&picture(scene, LOOK), width, height));
            rows.extend(
                screen
                    .lines()
                    .position(|row| row.trim_start().starts_with("s STOP")),
            );
        }
        assert_eq!(rows.len(), 1, "{width}x{height}: {rows:?}");
    }
}

/// What somebody wishes for in a long silence stands there in it, at every size, and which key brings the rest back.
#[test]
fn the_wish_for_a_long_silence_is_there_when_it_comes() {
    let wish = "If Ada is silent for a long time: Leave me.";
    let mut seen = 0;
    for mut scene in walked().filter(|scene| scene.clock.as_ref().is_some_and(|clock| clock.large))
    {
        scene.rare.in_silence = Some(SafeText::new(wish));
        (scene.notice, scene.costs) = (None, None);
        let mut desk = UiState::default();
        desk.meet(&scene);
        desk.pass(Duration::from_secs(3600), &scene);
        if !desk.is_thin(&scene) || scene.rare.beneath.is_some() {
            continue;
        }
        for size in ALL_SIZES {
            seen += 1;
            let screen = seen_on(&mut desk.clone(), &scene, size);
            assert!(holds(&screen, wish), "{size:?}\n{screen}");
            assert!(screen.contains(words().tui.thin_word), "{size:?}\n{screen}");
        }
    }
    assert!(seen > 100, "only {seen}");
}

/// Nobody says yes, or go, to lines that were not on the screen: the same key turns the page first.
#[test]
fn a_yes_waits_until_the_end_was_seen() {
    let mut long = 0;
    for scene in walked() {
        let agrees = |choice: &SceneChoice| {
            let go = Intent::Gate { says: GateWord::Go };
            choice.intent == go
                || matches!(choice.intent, Intent::Yes { .. }) && choice.on == Some(false)
        };
        let Some(n) = scene.choices.iter().position(agrees) else {
            continue;
        };
        let key = Key::plain(Code::Char(
            char::from_digit(u32::try_from(n + 1).expect("few"), 10).expect("few"),
        ));
        for size in ALL_SIZES {
            let mut desk = UiState::default();
            desk.meet(&scene);
            let (mut seen, mut turned) = (String::new(), 0);
            loop {
                seen += &seen_on(&mut desk, &scene, size);
                if desk.press(key, &scene) != KeyOutcome::Nothing {
                    break;
                }
                turned += 1;
                assert!(turned < 9, "{size:?} never ends\n{seen}");
            }
            long += usize::from(turned > 0);
            // Whoever comes back to it, from STOP or the card, has read it.
            desk.meet(&Scene::default());
            seen_on(&mut desk, &Scene::default(), size);
            desk.meet(&scene);
            seen_on(&mut desk, &scene, size);
            let again = desk.press(key, &scene);
            assert!(turned == 0 || again != KeyOutcome::Nothing, "{size:?}");
            for item in &scene.list {
                assert!(
                    holds(&seen, item.words.as_str()),
                    "{size:?} {turned} {}\n{seen}",
                    item.words
                );
            }
        }
    }
    assert!(long > 5, "only {long}");
}
