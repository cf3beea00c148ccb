//! People at the program by lines, who find answers by what they say, with a clock that a test moves.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::Program;
use crate::line_ui::Voice;
use crate::rehearsal::EVENING;
use crate::session::intent::Intent;
use crate::session::scene::{InputField, Scene, SceneChoice, SceneMood, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::clock::TestClock;

/// No session has more screens.
const MOST: usize = 400;
/// Nobody is as fast as a test.
const PAUSE: Duration = Duration::from_secs(2);

/// People at the line face.
pub(super) struct ByLine<'a, 'b> {
    voice: &'a mut Voice<'b>,
    clock: TestClock,
    /// What was said last.
    pub(super) heard: String,
    /// Everything that was said.
    pub(super) all: String,
}

impl ByLine<'_, '_> {
    /// A program at its first screen, on an evening, in this home; it ends when `work` is done with it.
    pub(super) fn at(root: &Path, work: impl FnOnce(&mut ByLine<'_, '_>)) {
        let clock = TestClock::new(EVENING);
        let mut program = Program::at_the_door(root, clock.clone());
        Voice::with(&mut program, |voice| {
            work(&mut ByLine {
                voice,
                clock,
                heard: String::new(),
                all: String::new(),
            });
        });
    }

    pub(super) fn scene(&mut self) -> Scene {
        self.voice.talk().scene()
    }

    pub(super) fn say(&mut self, line: &str) -> &mut Self {
        self.heard = self.voice.types(line);
        self.all.push_str(&self.heard);
        self
    }

    pub(super) fn lines(&mut self, lines: &[&str]) -> &mut Self {
        for line in lines {
            self.say(line);
        }
        self
    }

    /// This was just said.
    pub(super) fn see(&mut self, says: &str) -> &mut Self {
        assert!(
            self.heard.contains(says),
            "{says} was not said:\n{}",
            self.heard
        );
        self
    }

    /// Chooses what says this.
    pub(super) fn choose(&mut self, says: &str) -> &mut Self {
        let scene = self.scene();
        let found = scene.choices.iter();
        let found = found
            .map(|choice| choice.says.as_str())
            .position(|text| text.contains(says));
        let n = found.unwrap_or_else(|| panic!("{says} is not here:\n{}", self.heard));
        let says_so = |line: &SafeText| line.as_str() == words().session.several;
        let several = scene.prompt.iter().any(says_so);
        self.say(&(n + 1).to_string());
        // Where several can be chosen, this one alone is taken.
        match several {
            true => self.say(""),
            false => self,
        }
    }

    /// Back to the first page.
    pub(super) fn home(&mut self) -> &mut Self {
        for _ in 0..MOST {
            if self.scene().title.as_str() == "home" {
                return self;
            }
            self.say("back");
        }
        panic!("home never came; the last was:\n{}", self.heard);
    }

    /// Minutes go by while everybody waits.
    pub(super) fn passes(&mut self, minutes: u64) {
        for _ in 0..minutes * 12 {
            // In steps: what nobody noticed for longer is a hole in time.
            self.clock.pass(Duration::from_secs(5));
            self.heard = self.voice.wakes();
            self.all.push_str(&self.heard);
        }
    }

    /// Nobody touches it for some days.
    pub(super) fn days(&mut self, days: u64) -> &mut Self {
        self.clock.pass(Duration::from_secs(days * 86_400));
        self.heard = self.voice.wakes();
        self
    }

    /// Goes on until this is on the screen: yes, or what is preferred; the rest is passed.
    pub(super) fn until(&mut self, says: &str, prefer: &[&str]) -> &mut Self {
        for _ in 0..MOST {
            let scene = self.scene();
            let prompt = scene.prompt.iter().chain(&scene.notice);
            if prompt
                .into_iter()
                .any(|words| words.as_str().contains(says))
            {
                return self;
            }
            assert!(
                scene.mood != SceneMood::Closed,
                "{says} never came:\n{}",
                self.heard
            );
            self.clock.pass(PAUSE);
            let wants = |(n, choice): (usize, &SceneChoice)| {
                let text = choice.says.as_str();
                let open = matches!(choice.intent, Intent::Yes { .. }) && choice.on == Some(false);
                (open || prefer.contains(&text)).then_some(n + 1)
            };
            // Kept, as far as it may go, with the signs that are marked, unless something else is preferred.
            let usual = |(n, choice): (usize, &SceneChoice)| {
                let text = choice.says.as_str();
                let says = ["The outline: ", "As marked", "Get to know it: "];
                let says = says.iter().any(|says| text.starts_with(says));
                let company = matches!(choice.intent, Intent::Support { .. } | Intent::Accept);
                (says || n == 0 && company).then_some(n + 1)
            };
            let choices = || scene.choices.iter().enumerate();
            match choices().find_map(wants).or(choices().find_map(usual)) {
                Some(n) => self.say(&n.to_string()),
                None => self.say(passing(&scene)),
            };
        }
        panic!("{says} never came; the last was:\n{}", self.heard);
    }
}

/// What passes a question by a line; where nothing is asked, what goes on.
pub(super) fn passing(scene: &Scene) -> &'static str {
    let passes = scene.offers.iter().any(|offer| offer.verb == Verb::Pass);
    match (passes, &scene.field) {
        (false, _) => "",
        (true, None | Some(InputField::Rating)) => "pass",
        (true, Some(InputField::Line { .. } | InputField::Page { .. })) => "/pass",
    }
}

/// Every file below a folder that holds these letters.
pub(crate) fn files_with(root: &Path, letters: &str) -> Vec<String> {
    let (mut open, mut found) = (vec![root.to_path_buf()], Vec::new());
    while let Some(at) = open.pop() {
        if at.is_dir() {
            let inside = fs::read_dir(&at).unwrap();
            open.extend(inside.map(|entry| entry.unwrap().path()));
        } else if String::from_utf8_lossy(&fs::read(&at).unwrap()).contains(letters) {
            found.push(at.display().to_string());
        }
    }
    found
}
