//! What a face talks to.

use std::time::Duration;

use super::{Activity, Program, WakeFace};
use crate::session::intent::{BellRing, Intent, Refused};
use crate::session::scene::{Offer, Scene};
use crate::settings::QuickExit;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// What a face talks to: one scene at a time, one intent at a time.
///
/// A face never learns what stands behind it: home, a session, a rehearsal.
pub trait Controller {
    /// What may be seen and asked now.
    fn scene(&self) -> Scene;
    /// Asks something. When this returns `Ok`, what was accepted is on disk (or a standing notice says why not).
    ///
    /// # Errors
    /// The refusal, one kind sentence; nothing has changed.
    fn ask(&mut self, intent: Intent) -> Result<(), Refused>;
    /// What is to be said before this is asked, where the answer takes longer than a moment (a passphrase is slow to
    /// try on purpose).
    fn takes_a_while(&self, _intent: &Intent) -> Option<SafeText> {
        None
    }
    /// How long until something shown changes by itself; `None`: only when somebody asks something.
    fn next_wake(&self) -> Option<Duration>;
    /// Time went by: looks at the clocks and lets happen what is due.
    fn wake(&mut self);
    /// Wakes the face whenever something comes that nobody here asked for; `None`: it does not listen any more.
    fn wakes_by(&mut self, _wake: Option<WakeFace>) {}
    /// The program is about to be stopped; the next thing that is told is that it goes on.
    fn stand_aside(&mut self) {}
    /// Somebody pressed a key or typed a line, of which this may never hear more: nobody is away.
    fn touched(&mut self) {}
    /// Somebody is writing several lines that are not entered yet: this is what stands there now. `entered`: a whole
    /// line came to it.
    fn written(&mut self, _words: &str, _entered: bool) {}
    /// Bells that have not been told yet; each is given once. What is heard of them comes with [`Controller::ring`].
    fn take_bells(&mut self) -> Vec<BellRing>;
    /// Makes the sound that is due: asked after [`Controller::take_bells`] and whenever [`Controller::next_wake`] is over. `true`:
    /// one stroke of the face's own bell is wanted now.
    fn ring(&mut self) -> bool {
        false
    }
    /// Switches the soft bell off or on; answers what to say about it.
    fn switch_bell(&mut self) -> SafeText {
        SafeText::default()
    }
    /// Words by ear and touch, or the usual ones again; answers what to say about it.
    fn switch_words(&mut self) -> SafeText {
        SafeText::default()
    }
    /// The quick exit: out, without a word. What is open is kept or discarded, as was set before.
    fn exit_now(&mut self) {}
    /// A notice that stands until its cause is gone (the disk is full), beside any scene.
    fn standing(&self) -> Option<SafeText>;
    /// `Some` once the program is to end; the words are printed after the screen is given back.
    fn farewell(&self) -> Option<SafeText>;
}

impl Controller for Program {
    fn scene(&self) -> Scene {
        let (screen, lent) = (self.activity.screen(), self.lent());
        let beneath = screen.scene(&lent);
        let Some(card) = self.card else {
            return beneath;
        };
        let mut scene = card.scene(&screen.people(&lent), lent.now.day());
        let stays = |offer: &Offer| offer.intent() == screen.through_the_card();
        scene.offers.extend(beneath.offers.into_iter().find(stays));
        scene.stop_word = beneath.stop_word;
        scene
    }

    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        self.unheard = None;
        match self.card {
            // STOP goes through everything that lies over a session, and leaving through what lies over a page.
            Some(_) if intent == self.activity.screen().through_the_card() => {
                self.ask_activity(intent)?;
                self.card = None;
                Ok(())
            }
            Some(card) => self.ask_card(card, intent),
            None => self.ask_activity(intent),
        }
    }

    fn takes_a_while(&self, intent: &Intent) -> Option<SafeText> {
        let open = self.card.is_some();
        (!open).then(|| self.activity.screen().takes_a_while(intent))?
    }

    fn next_wake(&self) -> Option<Duration> {
        let now = self.clock.now();
        let wakes = [
            self.activity.screen().next_wake(now),
            self.bells.next(now.mono),
        ];
        wakes.into_iter().flatten().min()
    }

    fn wake(&mut self) {
        let now = self.clock.now();
        self.waker.looks();
        self.activity.screen_mut().wake(now);
        self.follow_joining();
        self.after_closing();
        self.card_by_itself();
        self.look_at_the_day();
    }

    fn wakes_by(&mut self, wake: Option<WakeFace>) {
        self.waker.set(wake);
    }

    fn stand_aside(&mut self) {
        self.activity.screen_mut().stand_aside();
    }

    fn touched(&mut self) {
        let now = self.clock.now();
        self.bells.touched();
        self.activity.screen_mut().touched(now);
        // A machine that slept through midnight wakes with a key.
        self.look_at_the_day();
    }

    fn written(&mut self, words: &str, entered: bool) {
        let now = self.clock.now();
        self.activity.screen_mut().written(words, entered, now);
    }

    fn take_bells(&mut self) -> Vec<BellRing> {
        let bells = self.activity.screen_mut().take_bells();
        let now = self.clock.now().mono;
        for bell in &bells {
            self.bells.ring(*bell, now);
        }
        bells
    }

    fn ring(&mut self) -> bool {
        let quiet = self.is_quiet();
        let tone = self.bells.take(self.clock.now().mono, quiet);
        tone.is_some_and(|tone| !self.sounds(tone))
    }

    fn switch_bell(&mut self) -> SafeText {
        let w = &words().cli;
        let on = self.bells.switch();
        if !on {
            self.ringer.hush();
        }
        SafeText::new(if on { w.bell_on } else { w.bell_off })
    }

    fn switch_words(&mut self) -> SafeText {
        let by_ear = !self.people.by_ear(None);
        self.remember(move |memory| memory.choose_by_ear(None, by_ear));
        match &mut self.activity {
            Activity::Home(home) => home.use_words(by_ear),
            Activity::Grounding(grounding) => grounding.use_words(by_ear),
            // What was read aloud so far stays as it was.
            Activity::Session(_) if by_ear => return SafeText::new(words().line_ui.says.ear_later),
            Activity::Session(_)
            | Activity::Records(_)
            | Activity::Notebook(_)
            | Activity::Joining(_) => {}
        }
        let says = &words().home;
        SafeText::new(if by_ear {
            says.by_ear_now
        } else {
            says.by_eye_now
        })
    }

    fn exit_now(&mut self) {
        self.bells.silence();
        self.ringer.hush();
        let (now, screen) = (self.clock.now(), self.activity.screen_mut());
        if self.settings.quick_exit == QuickExit::Discard {
            screen.discard();
        } else {
            screen.settle(now);
        }
        if let Activity::Notebook(_) = &self.activity {
            // What was open is wiped and locked.
            self.go_home();
        }
        self.farewell = Some(SafeText::default());
    }

    fn standing(&self) -> Option<SafeText> {
        let screen = self.activity.screen().standing();
        let kept = match &self.activity {
            // What was to stay and could not be kept is more than a log that would go now anyway.
            Activity::Session(running) if running.is_closed() => self.trouble.clone().or(screen),
            Activity::Session(_)
            | Activity::Home(_)
            | Activity::Grounding(_)
            | Activity::Records(_)
            | Activity::Joining(_)
            | Activity::Notebook(_) => screen.or_else(|| self.trouble.clone()),
        };
        self.unheard.clone().or(kept)
    }

    fn farewell(&self) -> Option<SafeText> {
        self.farewell.clone()
    }
}
