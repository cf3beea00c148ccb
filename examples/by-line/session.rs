//! A whole session by lines, as two people would type it, on a clock on which every answer takes a moment.

use std::sync::mpsc::channel;
use std::time::Duration;

use alongside::app::Controller;
use alongside::line_ui::{InputLine, run};
use alongside::rehearsal::{EVENING, pretend_begin};
use alongside::script::shipped;
use alongside::session::Session;
use alongside::session::intent::{BellRing, Effect, Intent, Refused};
use alongside::session::scene::{Offer, Scene, Verb};
use alongside::text::safe_text::SafeText;
use alongside::time::moment::Moment;

/// The script that is followed.
const SCRIPT: &str = "five-each";
/// How long every answer takes.
const ANSWER: Duration = Duration::from_secs(12);

/// What is typed, line by line; an empty one is Enter alone.
#[rustfmt::skip]
const TYPED: &[&str] = &[
    // Arrive, and the gate alone.
    "help", "", "1", "", "1",
    // The agreement, and who is first.
    "1", "2", "1",
    // Ada's turn: the time, a pause, a STOP and back, coming to land.
    "time", "pause", "", "stop", "3", "1", "2", "1", "",
    // Ben's turn.
    "", "land", "",
    // The closing, and nothing is kept.
    "map", "", "", "", "2", "leave", "leave",
];

/// A session between the two, without a disk and without a clock of the system.
struct Evening {
    session: Session,
    now: Moment,
    bells: Vec<BellRing>,
    over: bool,
}

impl Evening {
    fn tell(&mut self, intent: Intent) -> Result<(), Refused> {
        for effect in self.session.apply(intent, self.now)? {
            if let Effect::Ring(bell) = effect {
                self.bells.push(bell);
            }
        }
        Ok(())
    }

    /// Lets the time of an answer pass, with what happens in it.
    fn live(&mut self) {
        let mut left = ANSWER;
        while let Some(due) = self.session.next_event(self.now).filter(|due| *due <= left) {
            self.now = self.now.later(due);
            left -= due;
            let _ = self.tell(Intent::TimePassed);
        }
        self.now = self.now.later(left);
    }
}

impl Controller for Evening {
    fn scene(&self) -> Scene {
        let mut scene = self.session.scene(self.now);
        let mut offer = |verb, says: &str| {
            if scene.offers.iter().any(|offer| offer.verb == verb) {
                return;
            }
            let says = SafeText::new(says);
            scene.offers.push(Offer { verb, says });
        };
        offer(Verb::Card, "crisis card");
        offer(Verb::Leave, "leave for now");
        scene
    }

    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        self.live();
        if intent == Intent::Leave {
            self.over = true;
            return Ok(());
        }
        self.tell(intent)
    }

    fn next_wake(&self) -> Option<Duration> {
        None
    }

    fn wake(&mut self) {}

    fn take_bells(&mut self) -> Vec<BellRing> {
        std::mem::take(&mut self.bells)
    }

    fn standing(&self) -> Option<SafeText> {
        None
    }

    fn farewell(&self) -> Option<SafeText> {
        self.over.then(|| SafeText::new("Be well."))
    }
}

/// What stands in a terminal afterwards: what was said, and what was typed behind each prompt. `None` when the script
/// is not there, or does not fit its own minutes.
pub fn transcript() -> Option<String> {
    let script = shipped().iter().find(|script| script.name == SCRIPT)?;
    let begin = pretend_begin(script, script.minutes, 0, EVENING);
    let mut evening = Evening {
        session: Session::begin(script, begin).ok()?,
        now: EVENING,
        bells: Vec::new(),
        over: false,
    };
    let (keyboard, input) = channel();
    for line in TYPED {
        keyboard.send(InputLine::Words((*line).to_owned())).ok()?;
    }
    drop(keyboard);
    let mut out = Vec::new();
    run(&mut evening, &input, &mut out, &mut |_| {}).ok()?;
    let said = String::from_utf8(out).ok()?;
    let mut typed = TYPED.iter();
    let mut whole = String::new();
    let mut pieces = said.split("\n> ");
    whole.push_str(pieces.next()?);
    for piece in pieces {
        whole.push_str("\n> ");
        if let Some(line) = typed.next() {
            whole.push_str(line);
            whole.push('\n');
        }
        whole.push_str(piece);
    }
    // No blank stands at the end of a line.
    let lines = whole.lines().map(|line| format!("{}\n", line.trim_end()));
    Some(lines.collect())
}

/// The page `docs/by-line.md`, around what stands there before the transcript.
pub fn page(before: &str) -> Option<String> {
    let head = before.split("```text").next()?;
    Some(format!("{head}```text\n{}```\n", transcript()?))
}
