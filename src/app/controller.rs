//! What a face talks to.

use std::time::Duration;

use super::{Activity, AfterSession, Program, crisis_card_people};
use crate::session::intent::{BellRing, Intent, Refused};
use crate::session::scene::{Scene, Verb};
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
    /// The quick exit: out, without a word. What is open is kept or discarded, as was set before.
    fn exit_now(&mut self) {}
    /// A notice that stands until its cause is gone (the disk is full), beside any scene.
    fn standing(&self) -> Option<SafeText>;
    /// `Some` once the program is to end; the words are printed after the screen is given back.
    fn farewell(&self) -> Option<SafeText>;
}

impl Controller for Program {
    fn scene(&self) -> Scene {
        if let Some(card) = self.card {
            let mut scene = card.scene(&self.own(), self.clock.now().day());
            scene.offers.extend(self.stop());
            if let Activity::Sitting(sitting) = &self.floor {
                scene.stop_word = sitting.scene().stop_word;
            }
            return scene;
        }
        match &self.floor {
            Activity::Lobby(lobby) => lobby.scene(self.clock.now()),
            Activity::Recall(recall) => recall.scene(&self.people, self.clock.now()),
            Activity::Study(desk) => desk.scene(self.clock.now()),
            Activity::Ground(ground) => {
                let mut scene = ground.scene(self.clock.now());
                let w = &words().cli;
                let leave = match self.afterwards {
                    AfterSession::Home => &w.home,
                    AfterSession::Out => &words().session.leave_closed,
                };
                scene.add_offer(Verb::Card, w.card);
                scene.add_offer(Verb::Leave, leave);
                scene
            }
            Activity::Sitting(sitting) => {
                let mut scene = sitting.scene();
                if scene.numbers && !sitting.is_rehearsal() {
                    let names = sitting.names();
                    let numbers = crisis_card_people::numbers(names, &self.settings, &self.people);
                    scene.list.extend(numbers);
                }
                let w = &words().cli;
                let mut offer = |verb, says: &str| scene.add_offer(verb, says);
                offer(Verb::Card, w.card);
                if sitting.is_closed() {
                    let on = match self.afterwards {
                        AfterSession::Home => &w.home,
                        AfterSession::Out => &words().session.leave_closed,
                    };
                    offer(Verb::GoOn, on);
                } else if sitting.is_rehearsal() {
                    offer(Verb::Leave, w.leave_rehearsal);
                } else if sitting.is_kept() {
                    offer(Verb::Leave, w.leave_open);
                } else {
                    offer(Verb::Leave, words().session.leave_closed);
                }
                scene
            }
        }
    }

    fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        self.unheard = None;
        match self.card {
            // STOP goes through everything that lies over the session.
            Some(_) if intent == Intent::Stop => {
                self.ask_floor(intent)?;
                self.card = None;
                Ok(())
            }
            Some(card) => self.ask_card(card, &intent),
            None => self.ask_floor(intent),
        }
    }

    fn takes_a_while(&self, intent: &Intent) -> Option<SafeText> {
        match &self.floor {
            Activity::Study(desk) if self.card.is_none() => desk.takes_a_while(intent),
            Activity::Lobby(_)
            | Activity::Ground(_)
            | Activity::Sitting(_)
            | Activity::Recall(_)
            | Activity::Study(_) => None,
        }
    }

    fn next_wake(&self) -> Option<Duration> {
        let floor = match &self.floor {
            Activity::Lobby(_) => Some(self.clock.now().until_midnight()),
            Activity::Recall(_) => None,
            Activity::Study(desk) => desk.next_wake(self.clock.now()),
            Activity::Ground(ground) => ground.next_wake(self.clock.now()),
            Activity::Sitting(sitting) => sitting.next_wake(),
        };
        let bell = self.bells.next(self.clock.now().mono);
        floor.into_iter().chain(bell).min()
    }

    fn wake(&mut self) {
        match &mut self.floor {
            Activity::Lobby(_) => self.look_at_the_day(),
            Activity::Recall(_) => {}
            Activity::Study(desk) => desk.wake(self.clock.now()),
            Activity::Sitting(sitting) => {
                sitting.wake();
                self.card_by_itself();
            }
            // Time passing is never refused.
            Activity::Ground(ground) => {
                let _ = ground.apply(&Intent::TimePassed, self.clock.now());
            }
        }
    }

    fn stand_aside(&mut self) {
        if let Activity::Sitting(sitting) = &mut self.floor {
            sitting.stand_aside();
        }
    }

    fn touched(&mut self) {
        let now = self.clock.now();
        self.bells.touched();
        if let Activity::Study(desk) = &mut self.floor {
            desk.touched(now);
        }
        if let Activity::Sitting(sitting) = &self.floor {
            sitting.touched();
        }
        // A machine that slept through midnight wakes with a key.
        self.look_at_the_day();
    }

    fn written(&mut self, words: &str, entered: bool) {
        let now = self.clock.now();
        if let Activity::Study(desk) = &mut self.floor {
            desk.written(words, entered, now);
        }
    }

    fn take_bells(&mut self) -> Vec<BellRing> {
        let bells = match &mut self.floor {
            Activity::Lobby(_) | Activity::Ground(_) | Activity::Recall(_) | Activity::Study(_) => {
                Vec::new()
            }
            Activity::Sitting(sitting) => sitting.take_bells(),
        };
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

    fn exit_now(&mut self) {
        self.bells.silence();
        self.ringer.hush();
        let discard = self.settings.quick_exit == QuickExit::Discard;
        if let Activity::Sitting(sitting) = &mut self.floor
            && discard
            && !sitting.is_closed()
        {
            // Nobody is left to be told what can't be removed.
            let _ = sitting.put_log_away();
        }
        let now = self.clock.now();
        if let Activity::Study(desk) = &mut self.floor {
            if discard {
                // Nobody is left to be told what can't be removed.
                let _ = desk.let_go();
            } else {
                desk.keep_begun(now);
            }
            // What was open is wiped and locked.
            self.go_home();
        }
        self.farewell = Some(SafeText::default());
    }

    fn standing(&self) -> Option<SafeText> {
        let sitting = match &self.floor {
            Activity::Lobby(_) | Activity::Ground(_) | Activity::Recall(_) => None,
            Activity::Study(desk) => desk.standing(),
            // What was to stay and could not be kept is more than a log that would go now anyway.
            Activity::Sitting(sitting) if sitting.is_closed() && self.trouble.is_some() => None,
            Activity::Sitting(sitting) => sitting.standing(),
        };
        let unheard = self.unheard.clone();
        unheard.or(sitting).or_else(|| self.trouble.clone())
    }

    fn farewell(&self) -> Option<SafeText> {
        self.farewell.clone()
    }
}
