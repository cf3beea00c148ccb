//! The six screens that the program can be in, seen alike.

use std::time::Duration;

use super::joining::Joining;
use super::notebook_screen::NotebookScreen;
use super::running_session::RunningSession;
use super::{AfterSession, crisis_card_people};
use crate::home::HomePages;
use crate::memory::MemoryStore;
use crate::records::RecordPages;
use crate::safety::grounding::Grounding;
use crate::safety::person_region::PersonRegion;
use crate::session::intent::{BellRing, Intent};
use crate::session::scene::{ListItem, Scene, Verb};
use crate::settings::Settings;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::moment::Moment;

/// Where the program is: exactly one of these at a time.
#[derive(Debug)]
pub(super) enum Activity {
    /// Before and between sessions.
    Home(Box<HomePages>),
    /// In a session, or in the rehearsal of one.
    Session(Box<RunningSession>),
    /// Coming back to here and now.
    Grounding(Box<Grounding>),
    /// Looking at what is remembered.
    Records(Box<RecordPages>),
    /// In the pages that belong to one person.
    Notebook(Box<NotebookScreen>),
    /// On the way into a session at several terminals.
    Joining(Box<Joining>),
}

impl Activity {
    pub(super) fn screen(&self) -> &dyn Screen {
        match self {
            Self::Home(home) => &**home,
            Self::Session(running) => &**running,
            Self::Grounding(grounding) => &**grounding,
            Self::Records(records) => &**records,
            Self::Notebook(notebook) => &**notebook,
            Self::Joining(joining) => &**joining,
        }
    }

    pub(super) fn screen_mut(&mut self) -> &mut dyn Screen {
        match self {
            Self::Home(home) => &mut **home,
            Self::Session(running) => &mut **running,
            Self::Grounding(grounding) => &mut **grounding,
            Self::Records(records) => &mut **records,
            Self::Notebook(notebook) => &mut **notebook,
            Self::Joining(joining) => &mut **joining,
        }
    }
}

/// What is lent to a screen for one look.
pub(super) struct Lent<'a> {
    pub(super) now: Moment,
    pub(super) people: &'a MemoryStore,
    pub(super) settings: &'a Settings,
    pub(super) afterwards: AfterSession,
}

impl Lent<'_> {
    /// What leaving leads to from something that ends.
    fn leads_to(&self) -> &'static str {
        match self.afterwards {
            AfterSession::Home => words().cli.home,
            AfterSession::Out => words().session.leave_closed,
        }
    }
}

/// What the program asks of whatever it shows.
pub(super) trait Screen {
    /// What may be seen and asked now.
    fn scene(&self, lent: &Lent<'_>) -> Scene;
    /// Whom the crisis card knows here.
    fn people(&self, lent: &Lent<'_>) -> Vec<PersonRegion> {
        crisis_card_people::likely(lent.settings, lent.people)
    }
    /// What can still be asked while the crisis card lies over it, where it is offered.
    fn through_the_card(&self) -> Intent {
        Intent::Leave
    }
    /// What is said before this is asked, where the answer takes longer than a moment.
    fn takes_a_while(&self, _intent: &Intent) -> Option<SafeText> {
        None
    }
    /// How long until something changes by itself.
    fn next_wake(&self, _now: Moment) -> Option<Duration> {
        None
    }
    /// Time went by.
    fn wake(&mut self, _now: Moment) {}
    /// The program is about to be stopped.
    fn stand_aside(&mut self) {}
    /// Somebody is here.
    fn touched(&mut self, _now: Moment) {}
    /// This stands now where several lines are written; `entered`: a whole line came to it.
    fn written(&mut self, _words: &str, _entered: bool, _now: Moment) {}
    /// Something else is about to be shown: nothing that stands on a page is lost.
    fn settle(&mut self, _now: Moment) {}
    /// The quick exit: what is open goes, where that was set before. Nobody is left to be told what can't be removed.
    fn discard(&mut self) {}
    /// Bells that have not been told yet.
    fn take_bells(&mut self) -> Vec<BellRing> {
        Vec::new()
    }
    /// Whether a bell that only repeats itself is to leave it in peace.
    fn is_quiet(&self) -> bool {
        true
    }
    /// What stands beside any scene until its cause is gone.
    fn standing(&self) -> Option<SafeText> {
        None
    }
}

impl Screen for HomePages {
    fn scene(&self, _lent: &Lent<'_>) -> Scene {
        self.scene()
    }

    fn next_wake(&self, now: Moment) -> Option<Duration> {
        Some(now.until_midnight())
    }
}

impl Screen for RecordPages {
    fn scene(&self, lent: &Lent<'_>) -> Scene {
        self.scene(lent.people, lent.now)
    }
}

impl Screen for Grounding {
    fn scene(&self, lent: &Lent<'_>) -> Scene {
        let mut scene = self.scene(lent.now);
        let mut offer = |verb, says: &str| scene.add_offer(verb, says);
        offer(Verb::Card, words().cli.card);
        offer(Verb::Leave, lent.leads_to());
        scene
    }

    fn through_the_card(&self) -> Intent {
        Intent::Stop
    }

    fn next_wake(&self, now: Moment) -> Option<Duration> {
        self.next_wake(now)
    }

    fn wake(&mut self, now: Moment) {
        self.let_time_pass(now);
    }
}

impl Screen for NotebookScreen {
    fn scene(&self, lent: &Lent<'_>) -> Scene {
        self.scene(lent.now)
    }

    fn takes_a_while(&self, intent: &Intent) -> Option<SafeText> {
        self.takes_a_while(intent)
    }

    fn next_wake(&self, now: Moment) -> Option<Duration> {
        self.next_wake(now)
    }

    fn wake(&mut self, now: Moment) {
        self.wake(now);
    }

    fn touched(&mut self, now: Moment) {
        self.touched(now);
    }

    fn written(&mut self, words: &str, entered: bool, now: Moment) {
        self.written(words, entered, now);
    }

    fn settle(&mut self, now: Moment) {
        self.keep_begun(now);
    }

    fn discard(&mut self) {
        let _ = self.let_go();
    }

    fn standing(&self) -> Option<SafeText> {
        self.notice.clone()
    }
}

impl Screen for Joining {
    fn scene(&self, _lent: &Lent<'_>) -> Scene {
        let mut scene = self.scene();
        scene.add_offer(Verb::Card, words().cli.card);
        scene.add_offer(Verb::Leave, words().session.leave_closed);
        scene
    }

    fn next_wake(&self, now: Moment) -> Option<Duration> {
        self.next_wake(now)
    }

    fn wake(&mut self, now: Moment) {
        self.follow(now);
    }
}

impl Screen for RunningSession {
    fn scene(&self, lent: &Lent<'_>) -> Scene {
        let mut scene = self.scene();
        if scene.rare.numbers && !self.is_rehearsal() {
            let numbers = crisis_card_people::numbers(self.names(), lent.settings, lent.people);
            if numbers.is_empty() && self.sits_apart() {
                // Who has none of theirs here wrote it down.
                scene.list.push(ListItem {
                    lead: SafeText::default(),
                    words: SafeText::new(words().joined.no_numbers),
                    now: false,
                });
            }
            scene.list.extend(numbers);
        }
        let w = &words().cli;
        let mut offer = |verb, says: &str| scene.add_offer(verb, says);
        offer(Verb::Card, w.card);
        if self.is_closed() {
            offer(Verb::GoOn, lent.leads_to());
        } else if self.is_rehearsal() {
            offer(Verb::Leave, w.leave_rehearsal);
        } else if self.is_kept() {
            offer(Verb::Leave, w.leave_open);
        } else {
            offer(Verb::Leave, words().session.leave_closed);
        }
        scene
    }

    /// Nobody is real in a rehearsal.
    fn people(&self, lent: &Lent<'_>) -> Vec<PersonRegion> {
        if self.is_rehearsal() {
            return Vec::new();
        }
        crisis_card_people::these(self.names(), lent.settings, lent.people)
    }

    fn through_the_card(&self) -> Intent {
        Intent::Stop
    }

    fn next_wake(&self, _now: Moment) -> Option<Duration> {
        self.next_wake()
    }

    fn wake(&mut self, _now: Moment) {
        self.wake();
    }

    fn stand_aside(&mut self) {
        Self::stand_aside(self);
    }

    fn touched(&mut self, _now: Moment) {
        Self::touched(self);
    }

    fn written(&mut self, words: &str, entered: bool, _now: Moment) {
        Self::written(self, words, entered);
    }

    fn settle(&mut self, _now: Moment) {
        self.keep_answer();
    }

    fn discard(&mut self) {
        self.leave_answer();
        if !self.is_closed() {
            let _ = self.put_log_away();
        }
    }

    fn take_bells(&mut self) -> Vec<BellRing> {
        self.take_bells()
    }

    fn is_quiet(&self) -> bool {
        self.is_quiet()
    }

    fn standing(&self) -> Option<SafeText> {
        self.standing()
    }
}
