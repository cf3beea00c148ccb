//! Screens of `alongside`, one after the other: `cargo run --example gallery [WORDS]`.
//!
//! They are those of a session for two as it goes when everybody is well, from the first that says these words. Every
//! accepted key shows the next one. With `ALONGSIDE_GALLERY_PANIC` set, going on from the first scene panics,
//! so that a test can see what a panic leaves on a terminal.

#[path = "../pictures/walk.rs"]
mod walk;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use alongside::app::Controller;
use alongside::session::intent::{BellRing, Intent, Refused};
use alongside::session::scene::{Offer, Scene, Verb};
use alongside::text::safe_text::SafeText;
use alongside::tui::{Appearance, run};

struct Gallery {
    scenes: Vec<Scene>,
    now: usize,
    over: bool,
    panics: bool,
}

impl Controller for Gallery {
    fn scene(&self) -> Scene {
        let mut scene = self.scenes.get(self.now).cloned().unwrap_or_default();
        // Every scene of the gallery can be left, so that nobody is caught in it.
        if !scene.offers.iter().any(|offer| offer.verb == Verb::Leave) {
            let says = SafeText::new("leave");
            let verb = Verb::Leave;
            scene.offers.push(Offer { verb, says });
        }
        scene
    }

    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "whatever is asked, the next picture comes"
    )]
    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        assert!(!self.panics, "private words of a session");
        match intent {
            Intent::Leave => self.over = true,
            Intent::Back => self.now = self.now.saturating_sub(1),
            Intent::Unsure => {
                return Err(Refused(SafeText::new(
                    "Not knowing is an answer, but not in a gallery.",
                )));
            }
            _ => self.now = (self.now + 1) % self.scenes.len(),
        }
        Ok(())
    }

    fn next_wake(&self) -> Option<Duration> {
        None
    }

    fn wake(&mut self) {}

    fn take_bells(&mut self) -> Vec<BellRing> {
        Vec::new()
    }

    fn standing(&self) -> Option<SafeText> {
        None
    }

    fn farewell(&self) -> Option<SafeText> {
        self.over
            .then(|| SafeText::new("Goodbye from the gallery."))
    }
}

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let says = |scene: &Scene| {
        scene
            .prompt
            .iter()
            .any(|words| words.as_str().contains(&wanted))
    };
    let mut scenes = Vec::new();
    // No scene is wanted, so that the walk goes to its end.
    let _ = walk::walked_to(|scene| {
        scenes.push(scene.clone());
        false
    });
    let first = scenes.iter().position(says).unwrap_or(0);
    scenes.rotate_left(first);
    let mut gallery = Gallery {
        scenes,
        now: 0,
        over: false,
        panics: std::env::var_os("ALONGSIDE_GALLERY_PANIC").is_some(),
    };
    let look = Appearance::from_env(|name| std::env::var(name).ok());
    match run(&mut gallery, look) {
        Ok(farewell) => {
            if let Some(words) = farewell {
                let _ = writeln!(std::io::stdout(), "{words}");
            }
            ExitCode::SUCCESS
        }
        Err(trouble) => {
            // The macros would panic on a terminal that is gone.
            let _ = writeln!(std::io::stderr(), "{trouble}");
            ExitCode::from(trouble.exit_code())
        }
    }
}
