//! Scenes for tests of the full screen that want one without a walk; every real screen is in the gallery of view/gallery_tests.rs.

use crate::script::Who;
use crate::session::intent::{GateWord, Intent};
use crate::session::scene::{
    BreathPace, ClockFace, ClockShows, InputField, ListItem, Offer, PersonSeat, PlannedEnd, Scene,
    SceneChoice, SceneMood, SegmentState, Verb, WaySegment, WitnessLine,
};
use crate::text::safe_text::SafeText;
use crate::time::moment::TimeOfDay;

fn s(text: &str) -> SafeText {
    SafeText::new(text)
}

fn prompt(paragraphs: &[&str]) -> Vec<SafeText> {
    paragraphs.iter().map(|text| s(text)).collect()
}

fn at(hour: u8, minute: u8) -> TimeOfDay {
    TimeOfDay { hour, minute }
}

/// The way of a pair's session, with its stage `here` gone this many twentieths.
fn way(here: usize, part: u8) -> Vec<WaySegment> {
    const STAGES: [(&str, u32, (u8, u8)); 8] = [
        ("arrive", 180, (19, 0)),
        ("check-in", 360, (19, 3)),
        ("agreement", 180, (19, 9)),
        ("order", 120, (19, 12)),
        ("Ada's turn", 1080, (19, 14)),
        ("swap", 120, (19, 32)),
        ("Ben's turn", 1080, (19, 34)),
        ("close", 360, (19, 52)),
    ];
    STAGES
        .iter()
        .enumerate()
        .map(|(n, (title, seconds, (hour, minute)))| WaySegment {
            title: s(title),
            seconds: *seconds,
            at: at(*hour, *minute),
            state: match n.cmp(&here) {
                std::cmp::Ordering::Less => SegmentState::Done,
                std::cmp::Ordering::Equal => SegmentState::Here(part),
                std::cmp::Ordering::Greater => SegmentState::Ahead,
            },
        })
        .collect()
}

fn seat(name: &str, role: &str, rung: &str, floor: bool) -> PersonSeat {
    PersonSeat {
        name: s(name),
        role: s(role),
        rung: s(rung),
        floor,
        yes: None,
    }
}

fn pair() -> Vec<PersonSeat> {
    vec![seat("Ada", "", "", false), seat("Ben", "", "", false)]
}

fn turn_pair() -> Vec<PersonSeat> {
    vec![
        seat("Ada", "processing", "", true),
        seat("Ben", "witnessing", "say back", false),
    ]
}

fn choices(says: &[&str]) -> Vec<SceneChoice> {
    says.iter()
        .enumerate()
        .map(|(n, says)| SceneChoice {
            says: s(says),
            on: None,
            intent: Intent::Answer { n },
        })
        .collect()
}

fn offer(verb: Verb, says: &str) -> Offer {
    let says = s(says);
    Offer { verb, says }
}

/// What a stage offers almost everywhere, in the order of [`Verb::ALL`].
fn usual() -> Vec<Offer> {
    vec![
        offer(Verb::GoOn, "go on"),
        offer(Verb::Back, "back"),
        offer(Verb::Unsure, "I don't know"),
        offer(Verb::Pause, "pause"),
        offer(Verb::Stop, "STOP"),
        offer(Verb::Clock, "Show the clock in another way"),
        offer(Verb::Card, "the crisis card"),
        offer(Verb::Leave, "Leave for now"),
    ]
}

/// The same where something is asked.
fn asking() -> Vec<Offer> {
    let mut offers = usual();
    offers[0] = offer(Verb::Pass, "Pass");
    offers
}

fn turn_offers() -> Vec<Offer> {
    let mut offers = asking();
    offers.push(offer(Verb::Land, "start landing"));
    offers.push(offer(Verb::Asides, "something for the witness"));
    offers
}

fn few(verbs: &[Verb]) -> Vec<Offer> {
    [usual(), vec![offer(Verb::Pass, "Pass")]]
        .concat()
        .into_iter()
        .filter(|offer| verbs.contains(&offer.verb))
        .collect()
}

fn clock(seconds: u64, over: bool, large: bool, label: &str) -> Option<ClockFace> {
    Some(ClockFace {
        shows: ClockShows::Full { seconds, over },
        large,
        held: false,
        label: s(label),
    })
}

fn ends(later: u32) -> Option<PlannedEnd> {
    Some(PlannedEnd {
        at: at(20, u8::try_from(later).unwrap_or(0) + 1),
        later,
    })
}

/// Home.
pub(super) fn home() -> Scene {
    Scene {
        mood: SceneMood::Home,
        title: s("alongside"),
        prompt: prompt(&[
            "What would you like to do?",
            "The last session was on Thursday, with Ada and Ben.",
        ]),
        choices: choices(&[
            "begin a session for two",
            "begin alone",
            "go on with the session of 18:20, in Ada's turn",
            "read how it works",
        ]),
        offers: few(&[Verb::Card, Verb::Leave]),
        ..Scene::default()
    }
}

/// A line of words is asked for.
pub(super) fn names() -> Scene {
    Scene {
        mood: SceneMood::Home,
        title: s("Who is here"),
        prompt: prompt(&[
            "What is the second person's name?",
            "As it is said; it stays on this machine.",
        ]),
        list: vec![ListItem {
            lead: s("first"),
            words: s("Ada"),
            now: false,
        }],
        field: Some(InputField::Line {
            initial: String::new(),
            hint: s("a name"),
            most: 24,
            hidden: false,
        }),
        offers: few(&[Verb::Back, Verb::Card, Verb::Leave]),
        ..Scene::default()
    }
}

/// The gate: read inwardly, answered with one word.
pub(super) fn gate() -> Scene {
    let questions = [
        "In the last day, were there thoughts of ending my life that I might act on?",
        "Is anything frightening or unreal pulling me away from the reality we share?",
        "Am I losing time?",
        "Have I had drink or drugs today?",
        "Am I safe and private here, now?",
        "Is the other one, today, somebody I feel free to say no to?",
    ];
    let words = [
        ("go", GateWord::Go),
        ("short", GateWord::Short),
        ("not today", GateWord::NotToday),
    ];
    Scene {
        mood: SceneMood::Walking,
        way: way(0, 8),
        ends: ends(0),
        people: pair(),
        title: s("arrive"),
        to: vec![0],
        prompt: prompt(&[
            "Read these for yourself, without saying anything.",
            "Only one word is given. Nothing is kept.",
        ]),
        list: questions
            .iter()
            .map(|q| ListItem {
                lead: s(""),
                words: s(q),
                now: false,
            })
            .collect(),
        choices: words
            .iter()
            .map(|(says, gate)| SceneChoice {
                says: s(says),
                on: None,
                intent: Intent::Gate { says: *gate },
            })
            .collect(),
        offers: asking(),
        ..Scene::default()
    }
}

/// A number from 0 to 10.
pub(super) fn rating() -> Scene {
    Scene {
        mood: SceneMood::Walking,
        way: way(0, 14),
        ends: ends(0),
        people: pair(),
        title: s("arrive"),
        to: vec![1],
        prompt: prompt(&[
            "How stirred are you, right now?",
            "0 is quite calm, 10 is too much to bear.",
        ]),
        field: Some(InputField::Rating),
        clock: clock(70, false, false, "for arriving"),
        offers: asking(),
        ..Scene::default()
    }
}

/// The agreement, with one of two yeses.
pub(super) fn agreement() -> Scene {
    let lines = [
        "What is said here stays here.",
        "We end at the time we said.",
        "Each of us can stop at any second, and gives no reason.",
        "No advice, unless it is asked for afterwards.",
    ];
    let mut people = pair();
    for (seat, yes) in people.iter_mut().zip([true, false]) {
        seat.yes = Some(yes);
    }
    let mut offers = asking();
    offers.push(offer(Verb::ChangeLine, "change a line"));
    offers.push(offer(Verb::ReadAloud, "read it aloud again"));
    Scene {
        mood: SceneMood::Walking,
        way: way(2, 16),
        ends: ends(0),
        people,
        title: s("agreement"),
        prompt: prompt(&["Do you both say yes to this?"]),
        list: lines
            .iter()
            .enumerate()
            .map(|(n, line)| ListItem {
                lead: s(&(n + 1).to_string()),
                words: s(line),
                now: n == 2,
            })
            .collect(),
        choices: vec![
            SceneChoice {
                says: s("Ada: yes"),
                on: Some(true),
                intent: Intent::Yes { who: Who(0) },
            },
            SceneChoice {
                says: s("Ben: yes"),
                on: Some(false),
                intent: Intent::Yes { who: Who(1) },
            },
            SceneChoice {
                says: s("not today"),
                on: None,
                intent: Intent::No { who: Who(1) },
            },
        ],
        offers,
        ..Scene::default()
    }
}

/// The question of a turn.
pub(super) fn turn() -> Scene {
    Scene {
        mood: SceneMood::Walking,
        way: way(4, 6),
        ends: ends(0),
        people: turn_pair(),
        title: s("Ada's turn"),
        to: vec![0],
        prompt: prompt(&["How do you feel toward this part, right now?"]),
        choices: choices(&[
            "Open: curious, calm, warm",
            "annoyed, critical, want it gone",
            "afraid, wary",
            "it is me, I am in it",
            "something else, or I don't know",
        ]),
        whispers: vec![WitnessLine {
            to: vec![1],
            words: s("Her words, or none. The silence is hers."),
        }],
        clock: clock(12 * 60 + 47, false, true, "until the landing"),
        offers: turn_offers(),
        ..Scene::default()
    }
}

/// A turn in which everything is offered that a turn can offer.
pub(super) fn turn_with_everything() -> Scene {
    let mut scene = turn();
    scene.offers.push(offer(Verb::More, "more time"));
    scene
}

/// A rest with a pace for the breath.
pub(super) fn breath() -> Scene {
    Scene {
        prompt: prompt(&["Rest a little. Let the breath out be the longer one."]),
        choices: Vec::new(),
        whispers: Vec::new(),
        pacer: Some(BreathPace {
            says: s("out"),
            second: 2,
            of: 6,
            pattern: s("In for 4 seconds, out for 6."),
        }),
        offers: usual(),
        ..turn()
    }
}

/// In a turn of three, the two others each have quiet words of their own.
pub(super) fn triad() -> Scene {
    let mut scene = turn();
    scene.people.push(seat("Cleo", "observing", "", false));
    scene.whispers.push(WitnessLine {
        to: vec![2],
        words: s("Watch yourself. You are not watching how they do it."),
    });
    scene
}

/// The last minutes of a turn.
pub(super) fn landing() -> Scene {
    let mut offers = usual();
    offers.push(offer(Verb::More, "Ask for more time"));
    Scene {
        way: way(4, 18),
        prompt: prompt(&[
            "Thank the part for what it has shown you.",
            "Is there anything that it wants you to know before we stop for today?",
            "Take the time that is left to come back into the room.",
        ]),
        choices: Vec::new(),
        whispers: vec![WitnessLine {
            to: vec![1],
            words: s("If she looks for you, be there. You need not say anything."),
        }],
        clock: clock(105, false, true, "to the end of the turn"),
        notice: Some(s("Two minutes.")),
        offers,
        ..turn()
    }
}

/// Standing still.
pub(super) fn paused() -> Scene {
    Scene {
        mood: SceneMood::Held,
        title: s("Paused"),
        to: Vec::new(),
        prompt: prompt(&[
            "Everything is paused.",
            "Nothing is lost. Go on when you both want to.",
        ]),
        choices: Vec::new(),
        whispers: Vec::new(),
        clock: turn().clock.map(|clock| ClockFace {
            held: true,
            ..clock
        }),
        offers: few(&[Verb::GoOn, Verb::Stop, Verb::Card, Verb::Leave]),
        ..turn()
    }
}

/// After STOP.
pub(super) fn neutral() -> Scene {
    Scene {
        mood: SceneMood::Neutral,
        prompt: prompt(&["Stopped.", "Look around the room. There is nothing to do."]),
        people: turn_pair(),
        way: way(4, 6),
        choices: choices(&["too much", "too little", "not sure"]),
        offers: few(&[Verb::Pass, Verb::Card]),
        ..Scene::default()
    }
}

/// Many people, many choices, long words: more than any screen holds.
pub(super) fn crowded() -> Scene {
    let names = [
        "Wilhelmina-Anastasia Featherstonehaugh",
        "李小龍",
        "Zoë",
        "مريم",
        "Łukasz",
        "D",
    ];
    let long =
        "Take as long as you like with this one, and then a little longer, because ".repeat(6);
    let mut people: Vec<_> = names
        .iter()
        .map(|name| seat(name, "witnessing", "gently guide", false))
        .collect();
    people[0].role = s("processing");
    let says: Vec<_> = (0..14)
        .map(|n| format!("answer {n}: {}", &long[..n * 12]))
        .collect();
    Scene {
        people,
        prompt: prompt(&[
            "A question that is rather longer than a question should ever be, is it not?",
            &long,
        ]),
        choices: choices(&says.iter().map(String::as_str).collect::<Vec<_>>()),
        whispers: vec![WitnessLine {
            to: vec![2],
            words: s(&long),
        }],
        clock: clock(
            360_000,
            true,
            true,
            "a label that is far too long for any clock",
        ),
        notice: Some(s(&long)),
        ..turn()
    }
}

/// Every sample with its name.
pub(super) fn all() -> Vec<(&'static str, Scene)> {
    vec![
        ("home", home()),
        ("names", names()),
        ("gate", gate()),
        ("rating", rating()),
        ("agreement", agreement()),
        ("turn", turn()),
        ("everything", turn_with_everything()),
        ("triad", triad()),
        ("breath", breath()),
        ("landing", landing()),
        ("paused", paused()),
        ("neutral", neutral()),
        ("crowded", crowded()),
    ]
}
