//! Minutes that were lent in one session are offered back first in the next one: by lines, with a clock that a test
//! moves.

use std::time::Duration;

use super::*;
use crate::clock::TestClock;
use crate::plain::Voice;
use crate::rehearse::EVENING;
use crate::session::scene::{Mood, Scene};

/// No session has more screens.
const MOST: usize = 400;

/// Two people at the program, who find answers by what they say.
struct Two<'a, 'b> {
    voice: &'a mut Voice<'b>,
    clock: TestClock,
    heard: String,
}

impl Two<'_, '_> {
    fn scene(&mut self) -> Scene {
        self.voice.talk().scene()
    }

    fn say(&mut self, line: &str) {
        self.heard = self.voice.types(line);
    }

    fn choose(&mut self, says: &str) {
        let scene = self.scene();
        let found = scene.choices.iter();
        let found = found
            .map(|choice| choice.says.as_str())
            .position(|text| text.contains(says));
        let n = found.unwrap_or_else(|| panic!("{says} is not here:\n{}", self.heard));
        self.say(&(n + 1).to_string());
    }

    fn passes(&mut self, minutes: u64) {
        for _ in 0..minutes * 12 {
            // In steps: what nobody noticed for longer is a hole in time.
            self.clock.pass(Duration::from_secs(5));
            self.heard = self.voice.wakes();
        }
    }

    /// Goes on until this is on the screen: yes, go, or what is preferred; the rest is passed.
    fn until(&mut self, says: &str, prefer: &[&str]) {
        for _ in 0..MOST {
            let scene = self.scene();
            let prompt = scene.prompt.iter().chain(&scene.notice);
            if prompt
                .into_iter()
                .any(|words| words.as_str().contains(says))
            {
                return;
            }
            assert!(scene.mood != Mood::Closed, "{says} never came");
            // Nobody is as fast as a test.
            self.clock.pass(Duration::from_secs(2));
            let wants = |(n, choice): (usize, &crate::session::scene::Choice)| {
                let text = choice.says.as_str();
                let open = matches!(choice.intent, Intent::Yes { .. }) && choice.on == Some(false);
                (open || prefer.contains(&text)).then_some(n + 1)
            };
            match scene.choices.iter().enumerate().find_map(wants) {
                Some(n) => self.say(&n.to_string()),
                None => self.say(""),
            }
        }
        panic!("{says} never came; the last was:\n{}", self.heard);
    }
}

impl Two<'_, '_> {
    fn looks_at_their_page(&mut self) {
        self.choose("people, agreements");
        self.choose("pairs");
        self.choose("Ada and Ben");
    }
}

const USUAL: &[&str] = &["go", "Yes, as planned", "The outline"];

#[test]
fn what_was_lent_is_offered_back_first_next_time() {
    let root = tempfile::tempdir().unwrap();
    let clock = TestClock::new(EVENING);
    let mut program = Program::at_the_door(root.path(), clock.clone());
    Voice::with(&mut program, |voice| {
        let mut two = Two {
            voice,
            clock,
            heard: String::new(),
        };
        for line in ["", "", "1", "1", "Ada", "Ben", "2", "", "", ""] {
            two.say(line);
        }
        // Ada's turn runs four minutes longer; Ben does not want them today.
        two.until("This time is yours", USUAL);
        two.passes(22);
        two.until("would you like", USUAL);
        assert!(
            two.heard.contains("Ben, would you like 4:"),
            "{}",
            two.heard
        );
        two.until("This time is yours", &["No, thank you"]);
        two.passes(18);
        two.until("The session is closed", &["No, thank you", "The outline"]);
        two.say("");

        // A week later Ben goes first, and they are his before anything else.
        two.clock.pass(Duration::from_secs(7 * 86_400));
        two.looks_at_their_page();
        assert!(
            two.heard
                .contains("Ada has had 4 min more. It is offered back first."),
            "{}",
            two.heard
        );
        for line in ["back", "back", "back"] {
            two.say(line);
        }
        two.choose("begin a session");
        two.choose("Ada and Ben");
        two.until("Ben goes first: Ada was first last time", &[]);
        two.until("Who goes first?", USUAL);
        two.until("Ben, would you like", &[]);
        assert!(
            two.heard.contains("open from an earlier session"),
            "{}",
            two.heard
        );
        assert!(
            !two.scene()
                .people
                .iter()
                .any(|seat| seat.role.as_str() == "processing")
        );
        two.choose("Yes");
        two.until("This time is yours", &[]);
        assert!(
            two.heard.contains("Ben's turn: 22 minutes"),
            "{}",
            two.heard
        );
        two.passes(22);
        // It is given back: nobody is offered anything more.
        two.until("This time is yours", &["Yes, as planned"]);
        assert!(two.heard.contains("Ada's turn: 18"), "{}", two.heard);
        two.passes(18);
        two.until("The session is closed", &["The outline"]);
        assert!(two.heard.contains("The outline is kept"), "{}", two.heard);
        two.say("");
        two.looks_at_their_page();
        assert!(two.heard.contains("2 sessions kept"), "{}", two.heard);
        assert!(!two.heard.contains("more"), "{}", two.heard);
    });
}
