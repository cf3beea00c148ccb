//! What holds in sessions holds on the program's own pages: home and setting up, what is remembered, the pages of one
//! person, grounding. Walks over all of them, in a home in which people have lived: everything that is offered can be
//! asked in both faces, and the crisis card, the quick exit and, where something can be stopped, STOP are at hand with
//! one picture, whatever lies over the page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use crate::app::{Controller, Program};
use crate::line_ui::{LineUiEnd, Voice};
use crate::rehearsal::EVENING;
use crate::safety::signposts::signposts;
use crate::script::shipped;
use crate::session::intent::{BellRing, Intent, Refused};
use crate::session::scene::{InputField, Offer, Scene, SceneChoice, SceneMood, Verb};
use crate::test_support::lived_in::lived_in;
use crate::tests::parity::{missing, shape, small_letters};
use crate::tests::reach::{
    OVER, Odd, SPELLED, TYPED, assert_nothing_is_cut, begin_to_write, first_of_the_card, flat,
    is_bare, look, stops,
};
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::clock::TestClock;
use crate::tui::{Hands, exit_keys, press_of, stop_keys};

/// Pages at which the walks have been: at home, in what is remembered, in a notebook, on the grounding floor.
const PAGES: [&str; 24] = [
    "home",
    "look around",
    "unfinished sessions",
    "who is here",
    "which session",
    "how long",
    "the plan",
    "crisis card",
    "here and now",
    "your own pages",
    "Ada's pages",
    "promises",
    "parts",
    "a map of your parts",
    "notes",
    "writing",
    "looking back",
    "taking something out",
    "what is remembered",
    "pairs and circles",
    "people",
    "your agreement",
    "sessions that were kept",
    "January 2026",
];
/// Pages that nothing comes before; the last of them is left with the key that leaves.
const FIRST: [&str; 3] = ["before you begin", "home", "here and now"];
/// How many walks there are.
const SEEDS: u64 = 40;
/// How many there are at most until they have been at all these pages.
const MOST_SEEDS: u64 = 400;
/// How far each goes.
const STEPS: usize = 150;
/// How far one goes into a session, which has walks of its own.
const IN_SESSION: usize = 3;

/// The program, from which what would end a walk is kept away: it is heard, and nothing happens.
struct Held<'a> {
    program: &'a mut Program,
    gone: bool,
    stopped: bool,
    back: bool,
}

impl Controller for Held<'_> {
    fn scene(&self) -> Scene {
        self.program.scene()
    }

    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        if intent == Intent::Stop {
            self.stopped = true;
            return Ok(());
        }
        if intent == Intent::Back {
            self.back = true;
            return Ok(());
        }
        self.program.ask(intent)
    }

    fn next_wake(&self) -> Option<Duration> {
        self.program.next_wake()
    }

    fn wake(&mut self) {
        self.program.wake();
    }

    fn touched(&mut self) {
        self.program.touched();
    }

    fn take_bells(&mut self) -> Vec<BellRing> {
        self.program.take_bells()
    }

    fn exit_now(&mut self) {
        self.gone = true;
    }

    fn standing(&self) -> Option<SafeText> {
        self.program.standing()
    }

    fn farewell(&self) -> Option<SafeText> {
        self.gone.then(SafeText::default)
    }
}

fn held(program: &mut Program) -> Held<'_> {
    Held {
        program,
        gone: false,
        stopped: false,
        back: false,
    }
}

/// Back from the card, where it lies there, to the page under it.
fn close_the_card(program: &mut Program, page: &Scene) {
    for _ in 0..3 {
        if has_card(&program.scene()) {
            break;
        }
        program.ask(Intent::GoOn).expect("the card closes");
    }
    let back = program.scene();
    assert_eq!((&back.title, shape(&back)), (&page.title, shape(page)));
}

/// Whether this is a page of the crisis card: it has its own title, or a place's.
fn is_card(page: &Scene) -> bool {
    let title = page.title.as_str();
    let mut places = signposts().region.iter();
    title == words().safety.card_title || places.any(|place| title.contains(place.name))
}

/// Whether the crisis card can be asked for: everywhere but on it.
fn has_card(scene: &Scene) -> bool {
    scene.offers.iter().any(|offer| offer.verb == Verb::Card)
}

fn by_keys(program: &mut Program, clock: &TestClock, page: &Scene) {
    let lays = |hands: &mut Hands<'_>, over: &[&str]| {
        begin_to_write(page, hands);
        hands.press_all(&over.iter().map(|key| press_of(key)).collect::<Vec<_>>());
    };
    for over in OVER {
        let about = format!("{} under {over:?}", page.title);
        if stops(page) {
            let mut talk = held(program);
            let mut hands = Hands::at(&mut talk, look(), (80, 24));
            lays(&mut hands, over);
            let stop = stop_keys(hands.context())[0];
            hands.press(stop);
            drop(hands);
            assert!(talk.stopped, "{about}: no STOP");
            close_the_card(program, page);
        }
        // Strokes of before do not count any more.
        clock.pass(Duration::from_secs(6));
        let mut talk = held(program);
        let mut hands = Hands::at(&mut talk, look(), (80, 24));
        lays(&mut hands, over);
        let stroke = exit_keys(hands.context())[0];
        for _ in 0..2 {
            hands.press(stroke);
            clock.pass(Duration::from_millis(200));
        }
        assert!(!hands.over, "{about}: two strokes are an accident");
        hands.written();
        hands.press(stroke);
        assert!(hands.over, "{about}: three strokes");
        let gone = String::from_utf8(hands.written()).expect("UTF-8");
        assert!(
            gone.contains("\u{1b}[?1049l") && !gone.contains(TYPED),
            "{about}"
        );
        drop(hands);
        assert!(talk.gone, "{about}");
        close_the_card(program, page);
    }
    let mut talk = held(program);
    let mut hands = Hands::at(&mut talk, look(), (80, 24));
    begin_to_write(page, &mut hands);
    hands.press(press_of("f2"));
    let screen = flat(&hands.screen());
    assert!(
        screen.contains(first_of_the_card()),
        "{}\n{screen}",
        page.title
    );
    drop(hands);
    close_the_card(program, page);
}

/// As other keyboards, slow links and broken terminals send it, with one thing after the other over the page.
fn by_bytes(program: &mut Program, page: &Scene, n: usize) {
    let over = OVER[n / 5 % OVER.len()];
    let mut with = |work: &dyn Fn(&mut Hands<'_>, Odd, &str)| {
        let mut talk = held(program);
        let mut hands = Hands::at(&mut talk, look(), (80, 24));
        begin_to_write(page, &mut hands);
        hands.press_all(&over.iter().map(|key| press_of(key)).collect::<Vec<_>>());
        let odd = Odd::nth(n, is_bare(&hands));
        let about = format!("{} under {over:?}: {n} {odd:?}", page.title);
        work(&mut hands, odd, &about);
        drop(hands);
        let stopped = talk.stopped;
        close_the_card(program, page);
        stopped
    };
    with(&|hands, odd, about| {
        odd.exits(n, hands);
        assert!(hands.over, "{about}");
    });
    if stops(page) {
        let stopped = with(&|hands, odd, _| odd.sends(n, odd.stop, hands));
        assert!(stopped, "{} under {over:?}: {n}: no STOP", page.title);
    }
    with(&|hands, odd, about| {
        odd.sends(n, odd.card, hands);
        let screen = flat(&hands.screen());
        assert!(screen.contains(first_of_the_card()), "{about}\n{screen}");
    });
}

/// Esc takes away what lies over the page, and then leads back, where words are written too.
fn esc_leaves(program: &mut Program, page: &Scene) {
    let backs = page.offers.iter().any(|offer| offer.verb == Verb::Back);
    let is_first = page.mood != SceneMood::Home || FIRST.contains(&page.title.as_str());
    assert!(backs || is_first, "{}: no way back", page.title);
    for over in ["f1", "^c"] {
        let mut talk = held(program);
        let mut hands = Hands::at(&mut talk, look(), (80, 24));
        begin_to_write(page, &mut hands);
        let before = hands.screen();
        hands.press_all(&[press_of(over), press_of("esc")]);
        assert_eq!(hands.screen(), before, "{} under {over}", page.title);
        drop(hands);
        assert!(!talk.back, "{} under {over}", page.title);
    }
    let mut talk = held(program);
    let mut hands = Hands::at(&mut talk, look(), (80, 24));
    hands.press(press_of("esc"));
    if matches!(page.field, Some(InputField::Page { .. })) {
        // What is being written is set aside first.
        hands.press(press_of("esc"));
    }
    drop(hands);
    assert_eq!(talk.back, backs, "{}", page.title);
}

fn by_lines(program: &mut Program, page: &Scene) {
    let is_written = page.field.as_ref().and_then(InputField::initial).is_some();
    let slash = if is_written { "/" } else { "" };
    let leaves = page.offers.iter().any(|offer| offer.verb == Verb::Leave);
    let several = matches!(page.field, Some(InputField::Page { .. }));
    let begun: &[&str] = if several { &[TYPED] } else { &["help"] };
    let (leave, crisis) = (format!("{slash}leave"), format!("{slash}crisis"));
    let mut over: Vec<Vec<&str>> = vec![Vec::new(), begun.to_vec(), vec![&crisis]];
    if leaves {
        over.push(vec![&leave]);
    }
    for over in over {
        let about = format!("{} under {over:?}", page.title);
        let mut talk = held(program);
        Voice::with(&mut talk, |voice| {
            for line in &over {
                voice.types(line);
            }
            if stops(page) {
                voice.types("stop");
            }
            let said = voice.types("exit now");
            assert_eq!(
                (voice.over.clone(), said.as_str()),
                (Some(LineUiEnd::Gone), ""),
                "{about}"
            );
        });
        assert_eq!(talk.stopped, stops(page), "{about}: STOP");
        close_the_card(program, page);
    }
    for (stop, exit) in SPELLED {
        let mut talk = held(program);
        Voice::with(&mut talk, |voice| {
            if stops(page) {
                voice.types(stop);
            }
            assert_eq!(voice.types(exit), "", "{}: {exit:?}", page.title);
            assert_eq!(
                voice.over,
                Some(LineUiEnd::Gone),
                "{}: {exit:?}",
                page.title
            );
        });
        assert_eq!(talk.stopped, stops(page), "{}: {stop:?}", page.title);
    }
    let mut talk = held(program);
    Voice::with(&mut talk, |voice| {
        let said = flat(&voice.types(&format!("\u{1b}[A{crisis}")));
        assert!(said.contains(first_of_the_card()), "{}: {said}", page.title);
    });
    close_the_card(program, page);
}

/// What somebody writes on these pages: names, minutes, a time, a line of their own.
const WRITES: [&str; 6] = ["Ada", "Zoe", "45", "21:45", "a line of ours", "4"];

/// What chance asks here, of the choices one of those that were chosen least. Whatever is taken out lands in a folder of the walk's
/// own.
fn asked(
    scene: &Scene,
    chance: &mut fastrand::Rng,
    chosen: &mut BTreeMap<String, usize>,
    out: &Path,
) -> Intent {
    let write = |words: &str| Intent::Write {
        words: words.into(),
    };
    let initial = scene.field.as_ref().and_then(InputField::initial);
    if initial.is_some_and(|initial| Path::new(initial).is_absolute()) {
        // Going on would write where the tests were started.
        return write(&out.to_string_lossy());
    }
    if initial.is_some() && chance.u8(0..4) > 0 {
        return write(WRITES[chance.usize(0..WRITES.len())]);
    }
    if !scene.choices.is_empty() && chance.u8(0..6) > 0 {
        let name = |choice: &SceneChoice| format!("{} {}", scene.title, choice.says);
        let times = |choice: &SceneChoice| chosen.get(&name(choice)).copied().unwrap_or(0);
        let least = scene.choices.iter().map(times).min();
        let rare = scene.choices.iter();
        let rare: Vec<&SceneChoice> = rare.filter(|choice| Some(times(choice)) == least).collect();
        let choice = rare[chance.usize(0..rare.len())];
        *chosen.entry(name(choice)).or_insert(0) += 1;
        return choice.intent.clone();
    }
    let asks = |offer: &&Offer| !matches!(offer.verb, Verb::Leave | Verb::Stop);
    let offers: Vec<&Offer> = scene.offers.iter().filter(asks).collect();
    match offers.is_empty() {
        true => Intent::GoOn,
        false => offers[chance.usize(0..offers.len())].intent(),
    }
}

/// Walks over the program's own pages, and looks at each that is of another shape than all before it. Answers how
/// often a page of each title was of another shape.
fn walk(mut look: impl FnMut(&mut Program, &TestClock, &Scene)) -> BTreeMap<String, usize> {
    let mut seen = BTreeSet::new();
    let mut chosen = BTreeMap::new();
    let mut titles = BTreeMap::new();
    for seed in 0..MOST_SEEDS {
        if seed >= SEEDS && PAGES.iter().all(|title| titles.contains_key(*title)) {
            break;
        }
        let mut chance = fastrand::Rng::with_seed(seed);
        let mut left = STEPS;
        // Where a walk ends in a session, or outside, it begins anew at the door of another home.
        while left > 0 {
            let home = tempfile::tempdir().expect("a folder");
            let clock = TestClock::new(EVENING);
            let mut program = match seed % 8 {
                0 => Program::at_the_door(home.path(), clock.clone()),
                _ => lived_in(home.path(), &clock, &str::to_owned, shipped().to_vec()),
            };
            let mut in_session = 0;
            while left > 0 && program.farewell().is_none() && in_session <= IN_SESSION {
                left -= 1;
                let page = program.scene();
                if seen.insert(format!("{} {}", page.title, shape(&page))) {
                    *titles.entry(page.title.as_str().to_owned()).or_insert(0) += 1;
                    look(&mut program, &clock, &page);
                }
                in_session += usize::from(!page.way.is_empty());
                // A refusal leaves everything as it was; another thing is asked then.
                let _ = program.ask(asked(&page, &mut chance, &mut chosen, home.path()));
                clock.pass(Duration::from_secs(1));
            }
        }
    }
    titles
}

/// Days that lines say in a few letters: they are heard as syllables.
fn short_days(said: &str) -> Vec<String> {
    let date = &words().date;
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = said.split_whitespace().map(bare).collect();
    let is_number = |word: &String| word.parse::<u16>().is_ok();
    // One month is as long as its short name.
    let cut = |word: &String| {
        let (month, day) = (date.months_short, date.weekdays_short);
        month.contains(&&**word) && !date.months.contains(&&**word) || day.contains(&&**word)
    };
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs
        .filter(|(a, b)| cut(a) && is_number(b) || is_number(a) && cut(b))
        .map(|(a, b)| format!("{a} {b}"))
        .collect()
}

#[test]
fn a_short_day_is_found_and_a_whole_one_is_none() {
    assert_eq!(short_days("Sat 21 Nov, 18:30").len(), 2);
    assert_eq!(short_days("on 7 dec. 3 Feb 2025"), ["3 Feb", "Feb 2025"]);
    assert_eq!(short_days("21 November, 3 May 2026."), [""; 0]);
}

#[test]
fn everything_that_a_page_offers_can_be_asked_in_both_faces() {
    let mut all = BTreeSet::new();
    let titles = walk(|program, _, page| {
        assert_nothing_is_cut(program);
        let about = |wrong| format!("{}: {wrong}", page.title);
        all.extend(missing(page).into_iter().map(about));
        // What people wrote themselves stands as they wrote it.
        let own = |says: &String| {
            ["a line of ours", "the critic", "the guard"]
                .iter()
                .any(|own| says.contains(own))
        };
        all.extend(small_letters(page).filter(|says| !own(says)));
        all.extend(short_days(&Voice::with(program, |voice| voice.said())));
    });
    let all: Vec<String> = all.into_iter().collect();
    assert!(all.is_empty(), "{}", all.join("\n"));
    for title in PAGES {
        assert!(titles.contains_key(title), "never at {title:?}: {titles:?}");
    }
}

#[test]
fn from_every_page_the_card_the_quick_exit_and_stop_work_at_once_in_both_faces() {
    let mut n = 0;
    walk(|program, clock, page| {
        if has_card(page) {
            n += 1;
            by_bytes(program, page, n);
            by_keys(program, clock, page);
            by_lines(program, page);
            esc_leaves(program, page);
        } else {
            assert!(is_card(page), "{}: no card", page.title);
        }
    });
}
