//! A scripted conversation partner, and scenes to talk about.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use crate::app::Controller;
use crate::line_ui::{InputLine, LineUiEnd, run};
use crate::session::intent::{BellRing, Intent, Refused};
use crate::session::scene::{
    ClockFace, ClockShows, Offer, PersonSeat, PlannedEnd, Scene, SceneChoice, SceneMood,
    SegmentState, Verb, WaySegment, WitnessLine,
};
use crate::text::safe_text::SafeText;
use crate::time::moment::TimeOfDay;

pub(super) fn s(text: &str) -> SafeText {
    SafeText::new(text)
}

pub(super) fn at(hour: u8, minute: u8) -> TimeOfDay {
    TimeOfDay { hour, minute }
}

pub(super) fn choice(says: &str, n: usize) -> SceneChoice {
    SceneChoice {
        says: s(says),
        on: None,
        intent: Intent::Answer { n },
    }
}

/// What leads from one scene to the next.
pub(super) enum By {
    Asked(Intent),
    Time,
}

/// A step of a scripted conversation: what leads to it, what is then there, what is then typed.
pub(super) struct Step {
    pub(crate) by: By,
    pub(crate) scene: Scene,
    pub(crate) bells: Vec<BellRing>,
    pub(crate) types: Vec<&'static str>,
}

pub(super) struct Fake {
    pub(crate) scene: Scene,
    pub(crate) steps: std::vec::IntoIter<Step>,
    pub(crate) keyboard: Option<Sender<InputLine>>,
    pub(crate) bells: Vec<BellRing>,
    /// How often bells were due, and how often somebody rang.
    pub(crate) due: usize,
    pub(crate) rung: usize,
    pub(crate) standing: Option<SafeText>,
    pub(crate) out: Out,
    pub(crate) asked: Vec<Intent>,
}

#[derive(Clone, Default)]
pub(super) struct Out(Rc<RefCell<Vec<u8>>>);

impl Out {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Fake {
    fn step(&mut self) {
        if let Some(step) = self.steps.next() {
            self.scene = step.scene;
            self.bells = step.bells;
            self.types(&step.types);
        }
        if self.steps.as_slice().is_empty() {
            self.keyboard = None;
        }
    }

    pub(crate) fn types(&self, lines: &[&str]) {
        for line in lines {
            let line = InputLine::Words((*line).to_owned());
            self.keyboard.as_ref().unwrap().send(line).unwrap();
        }
    }
}

impl Controller for Fake {
    fn scene(&self) -> Scene {
        self.scene.clone()
    }

    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        self.asked.push(intent.clone());
        if intent == Intent::Land {
            return Err(Refused(s("The landing comes by itself soon.")));
        }
        let expected = match self.steps.as_slice().first().map(|step| &step.by) {
            Some(By::Asked(expected)) => expected.clone(),
            Some(By::Time) | None => panic!("asked {intent:?} where nothing was to be asked"),
        };
        assert_eq!(intent, expected);
        let (before, asked) = (self.out.text(), self.scene.prompt.clone());
        self.step();
        // What an answer leads to is told only after it was accepted.
        for words in self
            .scene
            .prompt
            .iter()
            .filter(|words| !asked.contains(words))
        {
            assert!(!before.contains(words.as_str()), "told too early: {words}");
        }
        Ok(())
    }

    fn next_wake(&self) -> Option<Duration> {
        match self.steps.as_slice().first()?.by {
            By::Time => Some(Duration::ZERO),
            // Nothing changes by itself here; a face that waits for more than was typed fails instead of hanging.
            By::Asked(_) => Some(Duration::from_secs(5)),
        }
    }

    fn wake(&mut self) {
        let due = self.steps.as_slice().first().map(|step| &step.by);
        assert!(
            matches!(due, Some(By::Time)),
            "woken where an answer was due"
        );
        self.step();
    }

    fn take_bells(&mut self) -> Vec<BellRing> {
        self.due += usize::from(!self.bells.is_empty());
        std::mem::take(&mut self.bells)
    }

    fn ring(&mut self) -> bool {
        // Each bell that was told is heard once, and nothing is heard that was not told.
        let heard = self.rung < self.due;
        self.rung += usize::from(heard);
        heard
    }

    fn standing(&self) -> Option<SafeText> {
        self.standing.clone()
    }

    fn farewell(&self) -> Option<SafeText> {
        (self.scene.mood == SceneMood::Closed).then(|| s("Be well."))
    }
}

pub(super) fn converse(
    first: Scene,
    types: &[&str],
    steps: Vec<Step>,
) -> (String, LineUiEnd, Vec<Intent>) {
    let (send, receive) = channel();
    let out = Out::default();
    let mut fake = Fake {
        scene: first,
        steps: steps.into_iter(),
        keyboard: Some(send),
        bells: Vec::new(),
        due: 0,
        rung: 0,
        standing: None,
        out: out.clone(),
        asked: Vec::new(),
    };
    fake.types(types);
    if fake.steps.as_slice().is_empty() {
        fake.keyboard = None;
    }
    let over = run(&mut fake, &receive, &mut out.clone(), &mut |_| {}).unwrap();
    let text = out.text();
    assert_eq!(text.chars().find(|c| c.is_control() && *c != '\n'), None);
    assert_eq!(
        fake.rung, fake.due,
        "each bell that is told is rung as well"
    );
    (text, over, fake.asked)
}

pub(super) fn way(here: usize) -> Vec<WaySegment> {
    let titles = [
        ("check-in", at(20, 0)),
        ("Ada's turn", at(20, 12)),
        ("close", at(20, 30)),
    ];
    let leg = |(n, (title, at)): (usize, &(&str, TimeOfDay))| WaySegment {
        title: s(title),
        seconds: 600,
        at: *at,
        state: match n.cmp(&here) {
            std::cmp::Ordering::Less => SegmentState::Done,
            std::cmp::Ordering::Equal => SegmentState::Here(3),
            std::cmp::Ordering::Greater => SegmentState::Ahead,
        },
    };
    titles.iter().enumerate().map(leg).collect()
}

pub(super) fn seat(name: &str, role: &str, rung: &str) -> PersonSeat {
    PersonSeat {
        name: s(name),
        role: s(role),
        rung: s(rung),
        floor: role == "processing",
        yes: None,
    }
}

pub(super) fn check_in() -> Scene {
    Scene {
        mood: SceneMood::Walking,
        way: way(0),
        ends: Some(PlannedEnd {
            at: at(20, 35),
            later: 0,
        }),
        people: vec![seat("Ada", "", ""), seat("Ben", "", "")],
        title: s("check-in"),
        prompt: vec![s("What went well this week?"), s("One thing is enough.")],
        offers: vec![
            Offer::new(Verb::GoOn, "go on"),
            Offer::new(Verb::Pause, "pause"),
            Offer::new(Verb::Stop, "STOP"),
            Offer::new(Verb::Leave, "Leave for now"),
        ],
        ..Scene::default()
    }
}

pub(super) fn turn(seconds: u64) -> Scene {
    let mut scene = Scene {
        way: way(1),
        people: vec![
            seat("Ada", "processing", ""),
            seat("Ben", "witnessing", "say back"),
        ],
        title: s("Ada's turn"),
        to: vec![0],
        prompt: vec![s("How do you feel toward this part, right now?")],
        whispers: vec![WitnessLine {
            to: vec![1],
            words: s("Her words, or none."),
        }],
        choices: vec![choice("warm, curious", 0), choice("annoyed", 1)],
        clock: Some(ClockFace {
            shows: ClockShows::Full {
                seconds,
                over: false,
            },
            large: true,
            held: false,
            label: s("until the landing"),
        }),
        ..check_in()
    };
    scene.offers[0] = Offer::new(Verb::Pass, "Pass");
    scene.offers.insert(2, Offer::new(Verb::Land, "land now"));
    scene
}

pub(super) fn with_notice(seconds: u64) -> Scene {
    Scene {
        notice: Some(s("3 minutes left")),
        ..turn(seconds)
    }
}

pub(super) fn answered() -> Scene {
    Scene {
        prompt: vec![s("Let it know that.")],
        choices: Vec::new(),
        offers: check_in().offers,
        ..with_notice(170)
    }
}

pub(super) fn stopped() -> Scene {
    Scene {
        mood: SceneMood::Neutral,
        prompt: vec![s("You stopped. That is all right.")],
        choices: vec![choice("end here", 0)],
        offers: vec![Offer::new(Verb::GoOn, "stay here")],
        ..Scene::default()
    }
}

pub(super) fn closed() -> Scene {
    Scene {
        mood: SceneMood::Closed,
        ..Scene::default()
    }
}

pub(super) fn step(by: By, scene: Scene, types: Vec<&'static str>) -> Step {
    Step {
        by,
        scene,
        bells: Vec::new(),
        types,
    }
}
