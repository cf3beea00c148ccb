//! The one order of things: apply, log, keep, ring, show.
//!
//! Owns: the running program between a face and the rooms below it.
//! Never does: drawing, reading keys, deciding what a session may do.
//! May see: script, session, settings, bell, care, journal, people, recall, notebook, files,
//! lobby, study, rehearse, clock, date, appointment, words, shown.
//!
//! `sitting` holds one session with its clock and its log; `shelf` lays ready
//! what the lobby shows. A face knows [`Talk`] and nothing else.

mod begin;
mod bells;
mod clean;
mod desk;
mod kept;
mod listed;
mod not_resumed;
mod own;
mod pages;
mod shelf;
mod sitting;
mod takeout;
mod talk;
mod writing;

use crate::bell::Ringer;
use crate::care::card::{After, Card};
use crate::care::ground::{Ground, Then};
use crate::care::own::Own;
use crate::clock::{self, Clock, SystemClock};
use crate::date::Date;
use crate::files::Home;
use crate::journal;
use crate::lobby::{Lobby, Request};
use crate::people::{Memory, People};
use crate::recall::Recall;
use crate::session::intent::{Intent, Kept, Refused};
use crate::session::scene::{Offer, Scene, Verb};
use crate::settings::{self, Settings};
use crate::shown::Shown;
use crate::study::Goal;
use crate::words::{Template, fill, words};

pub use crate::journal::mark_the_end;
pub use bells::bell_problems;
pub use clean::{Purge, purge};
pub use not_resumed::NotResumed;
pub use own::likely;
pub use shelf::{ReadScript, Scripts, Standing, standing};
pub use talk::Talk;

#[cfg(test)]
pub(crate) use by_line::files_with;

use bells::{Bells, Tone};
use desk::Desk;
use sitting::Sitting;

/// Where the program is: exactly one of these at a time.
#[derive(Debug)]
enum Floor {
    /// Before and between sessions.
    Lobby(Box<Lobby>),
    /// In a session, or in the rehearsal of one.
    Sitting(Box<Sitting>),
    /// Coming back to here and now.
    Ground(Box<Ground>),
    /// Looking at what is remembered.
    Recall(Box<Recall>),
    /// In the pages that belong to one person.
    Study(Box<Desk>),
}

/// Where a session leads when it is left or closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Afterwards {
    /// To the lobby.
    Home,
    /// Out of the program: only one rehearsal was asked for.
    Out,
}

/// The program between its first screen and its last.
#[derive(Debug)]
pub struct Program {
    home: Home,
    people: People,
    scripts: Scripts,
    clock: Box<dyn Clock>,
    floor: Floor,
    /// The day for which the first page was laid ready.
    day: Date,
    /// How the key of the quick exit is said.
    exit_key: String,
    /// The crisis card lies over whatever is there.
    card: Option<Card>,
    settings: Settings,
    ringer: Ringer,
    bells: Bells,
    /// What went wrong and still matters, beside any scene.
    trouble: Option<Shown>,
    /// That a bell's program can't be run: once, until something is asked.
    unheard: Option<Shown>,
    unheard_said: bool,
    afterwards: Afterwards,
    farewell: Option<Shown>,
    /// What is to begin once the first-run notices were read.
    waits: Option<begin::Waiting>,
    /// Tells where the files are and whether they are well.
    files: Option<TellFiles>,
}

/// What tells where the program's files are, and whether they are well.
pub type TellFiles = fn(&Home) -> Vec<Shown>;

/// How many times as fast the clock of a rehearsal runs, unless somebody says otherwise.
pub const REHEARSAL_SPEED: u32 = 10;

fn refused<T>(sentence: Shown) -> Result<T, Refused> {
    Err(Refused(sentence))
}

impl Program {
    /// The program at its first screen, as people set it for themselves. `exit_key` is how the key of the quick exit
    /// is said.
    #[must_use]
    pub fn new(home: Home, scripts: Scripts, settings: Settings, exit_key: &str) -> Self {
        let clock = Box::new(SystemClock::new());
        Self::with(home, scripts, settings, exit_key, clock)
    }

    fn with(
        home: Home,
        scripts: Scripts,
        settings: Settings,
        exit_key: &str,
        clock: Box<dyn Clock>,
    ) -> Self {
        let (people, trouble) = People::load(&home);
        let day = clock.now().day();
        let mut shelf = shelf::at_home(&home, &people, &scripts, &settings, day);
        exit_key.clone_into(&mut shelf.exit_key);
        shelf.notices.splice(..0, trouble);
        let lobby = Lobby::new(shelf, Box::new(scripts.clone()));
        Self {
            floor: Floor::Lobby(Box::new(lobby)),
            day,
            exit_key: exit_key.to_owned(),
            home,
            people,
            scripts,
            clock,
            card: None,
            bells: Bells::new(&settings.bell),
            settings,
            ringer: Ringer::default(),
            trouble: None,
            unheard: None,
            unheard_said: false,
            afterwards: Afterwards::Home,
            farewell: None,
            waits: None,
            files: None,
        }
    }

    /// Lets home say where the files are, in these lines.
    pub fn tell_files_by(&mut self, files: TellFiles) {
        self.files = Some(files);
    }

    /// Goes to the place in the lobby where a session with this script and this length is set up.
    ///
    /// # Errors
    /// A sentence, when the script does not exist.
    pub fn set_up(
        &mut self,
        script: Option<&str>,
        length: Option<crate::session::begin::Length>,
    ) -> Result<(), Shown> {
        if let Some(name) = script
            && self.scripts.head(name).is_none()
        {
            return Err(self.scripts.unknown(name));
        }
        if let Floor::Lobby(lobby) = &mut self.floor {
            lobby.set_up(script, length);
        }
        Ok(())
    }

    /// Resumes the session that was not closed last, or this one.
    ///
    /// # Errors
    /// There is none, it cannot be resumed, or another program has it.
    pub fn resume(&mut self, id: Option<&str>) -> Result<(), NotResumed> {
        let path = shelf::log_path(&self.home, &self.scripts, id).map_err(NotResumed::Cannot)?;
        let (lock, place) =
            journal::Lock::for_session(&self.home.sessions()).map_err(NotResumed::of)?;
        let mut sitting = Sitting::resume(&path, &self.scripts, lock, &self.notebooks())
            .map_err(NotResumed::Cannot)?;
        sitting.lay_notice(place);
        self.sit(sitting);
        Ok(())
    }

    /// Only grounding, from its first sentence on; the program ends with it.
    pub fn ground_only(&mut self) {
        self.afterwards = Afterwards::Out;
        self.ground();
    }

    fn ground(&mut self) {
        self.floor = Floor::Ground(Box::new(Ground::begin(self.clock.now())));
    }

    fn sit(&mut self, sitting: Sitting) {
        self.card = None;
        self.floor = Floor::Sitting(Box::new(sitting));
        self.after_closing();
    }

    fn go_home(&mut self) {
        if self.afterwards == Afterwards::Out {
            self.farewell = Some(Shown::default());
            return;
        }
        self.day = self.clock.now().day();
        let (home, people, scripts) = (&self.home, &self.people, &self.scripts);
        let mut shelf = shelf::at_home(home, people, scripts, &self.settings, self.day);
        shelf.exit_key.clone_from(&self.exit_key);
        self.floor = Floor::Lobby(Box::new(Lobby::new(shelf, Box::new(self.scripts.clone()))));
    }

    fn serve(&mut self, request: Request) -> Result<(), Refused> {
        match request {
            Request::SawNotice => {
                self.remember(Memory::remember_notice);
                self.begin_what_waits()
            }
            Request::Begin(setup) => self.begin(setup),
            Request::Resume { id } => self
                .resume(Some(&id))
                .map_err(|why| Refused(why.sentence())),
            Request::SetAside { id } => {
                // The session that another program is in the middle of keeps its log.
                let _lock = journal::Lock::take(&self.home.sessions())
                    .map_err(|busy| Refused(busy.sentence()))?;
                let path =
                    shelf::log_path(&self.home, &self.scripts, Some(&id)).map_err(Refused)?;
                journal::set_aside(&path).map_err(|trouble| Refused(trouble.sentence()))?;
                self.go_home();
                Ok(())
            }
            Request::Rehearse { script } => match self.scripts.find(&script).cloned() {
                Some(script) => self.rehearse(&script, REHEARSAL_SPEED).map_err(Refused),
                None => refused(self.scripts.unknown(&script)),
            },
            Request::Ground => {
                self.ground();
                Ok(())
            }
            Request::Now => {
                if self.begin_now().is_err() {
                    // Another session is open: what steadies is there all the same.
                    self.ground();
                }
                Ok(())
            }
            Request::Files => {
                let lines = self.files.map(|files| files(&self.home));
                if let Floor::Lobby(lobby) = &mut self.floor {
                    lobby.lay_files(lines.unwrap_or_default());
                }
                Ok(())
            }
            Request::Recall => {
                self.floor =
                    Floor::Recall(Box::new(Recall::at(takeout::here(), clock::walls_of_local)));
                Ok(())
            }
            Request::Study => {
                self.open_study(Goal::Desk);
                Ok(())
            }
            Request::RememberPlace { name, region } => {
                self.remember_place(&name, &region);
                Ok(())
            }
            Request::Leave => {
                self.farewell = Some(Shown::default());
                Ok(())
            }
        }
    }

    /// A session that has just closed: what the people chose is kept, the working log goes.
    fn after_closing(&mut self) {
        let Floor::Sitting(sitting) = &mut self.floor else {
            return;
        };
        let Some(outline) = sitting.take_outline() else {
            return;
        };
        let minutes = sitting.minutes();
        let noted = sitting.look_back(&outline);
        let unkept = self.keep(&outline, minutes);
        let Floor::Sitting(sitting) = &mut self.floor else {
            return;
        };
        if unkept.is_some() {
            // Its log stays, so that it is done the next time.
            sitting.leave_undone();
            self.trouble = unkept;
            return;
        }
        let stays = sitting.put_log_away();
        if stays.is_some() && outline.kept != Kept::Outline {
            sitting.leave_undone();
        }
        self.trouble = stays.or(noted);
    }

    /// What the card knows of the people who sit here. Nobody is real in a rehearsal.
    fn own(&self) -> Vec<Own> {
        match &self.floor {
            Floor::Sitting(sitting) if !sitting.is_rehearsal() => {
                own::these(sitting.names(), &self.settings, &self.people)
            }
            Floor::Ground(_) | Floor::Recall(_) => own::likely(&self.settings, &self.people),
            Floor::Sitting(_) | Floor::Lobby(_) | Floor::Study(_) => Vec::new(),
        }
    }

    fn ask_card(&mut self, card: Card, intent: &Intent) -> Result<(), Refused> {
        let own = self.own();
        match card.ask(&own, intent)? {
            After::Open(card) => self.card = Some(card),
            After::Closed => self.card = None,
            After::Remember { card, who, region } => {
                self.card = Some(card);
                if let Some(own) = own.get(who) {
                    self.remember_place(&own.name, &region);
                }
            }
        }
        Ok(())
    }

    /// Whether what is on the screen is to be left in peace by a bell that only repeats itself.
    fn is_quiet(&self) -> bool {
        let Floor::Sitting(sitting) = &self.floor else {
            return true;
        };
        self.card.is_some() || sitting.is_quiet()
    }

    /// Begins the program that was chosen for a tone; `false` where it is the terminal's own bell, or has to be: a
    /// program that can't be run is said, and never leaves a bell unheard.
    fn sounds(&mut self, tone: Tone) -> bool {
        let settings::Bell::Command { warning, end } = &self.settings.bell else {
            return false;
        };
        let command = match tone {
            Tone::Warning => warning,
            Tone::End => end,
        };
        match self.ringer.ring(command) {
            Ok(()) => true,
            Err(error) => {
                if !self.unheard_said {
                    self.unheard = Some(bells::not_run(command, &error));
                    self.unheard_said = true;
                }
                false
            }
        }
    }

    /// Opens the crisis card where the session came to a step that brings it.
    fn card_by_itself(&mut self) {
        if let Floor::Sitting(sitting) = &mut self.floor
            && sitting.take_card()
        {
            self.card = Some(Card::open(&self.own()));
        }
    }

    /// What STOP asks of the session that lies under the card.
    fn stop(&self) -> Option<Offer> {
        match &self.floor {
            Floor::Lobby(_) | Floor::Recall(_) | Floor::Study(_) => None,
            Floor::Sitting(sitting) => stop(sitting.scene()),
            Floor::Ground(ground) => stop(ground.scene(self.clock.now())),
        }
    }

    fn ask_floor(&mut self, intent: Intent) -> Result<(), Refused> {
        match &mut self.floor {
            Floor::Lobby(lobby) => {
                let now = self.clock.now();
                for request in lobby.apply(intent, now)? {
                    self.serve(request)?;
                }
                Ok(())
            }
            Floor::Recall(_) => self.ask_recall(intent),
            Floor::Study(_) => self.ask_study(intent),
            Floor::Ground(ground) => {
                if intent == Intent::Card {
                    self.card = Some(Card::open(&self.own()));
                    return Ok(());
                }
                let over = if intent == Intent::Leave {
                    Then::Over
                } else {
                    ground.apply(&intent, self.clock.now())?
                };
                if over == Then::Over {
                    self.go_home();
                }
                Ok(())
            }
            Floor::Sitting(sitting) => {
                let over = sitting.is_closed();
                let leaves = intent == Intent::Leave;
                if (leaves && sitting.is_rehearsal()) || (over && intent == Intent::GoOn) {
                    self.go_home();
                } else if leaves {
                    let waits = !over && sitting.is_kept();
                    let words = if waits { &words().cli.left_open } else { "" };
                    self.farewell = Some(Shown::new(words));
                } else if intent == Intent::Card {
                    self.card = Some(Card::open(&self.own()));
                } else {
                    sitting.ask(intent)?;
                    self.after_closing();
                    self.card_by_itself();
                }
                Ok(())
            }
        }
    }
}

fn offer(verb: Verb, says: &str, intent: Intent) -> Offer {
    Offer {
        verb,
        says: Shown::new(says),
        intent,
    }
}

/// What STOP asks in a scene.
fn stop(scene: Scene) -> Option<Offer> {
    scene
        .offers
        .into_iter()
        .find(|offer| offer.verb == Verb::Stop)
}

/// A sentence with one name in it.
fn named(text: &Template, name: &str) -> Shown {
    let name = Shown::short(name, 60);
    fill(text, &[("name", name.as_str())])
}

#[cfg(test)]
#[path = "test_support/people_by_line.rs"]
mod by_line;
#[cfg(test)]
mod care_tests;
#[cfg(test)]
mod felt_tests;
#[cfg(test)]
mod lent_tests;
#[cfg(test)]
#[path = "test_support/seated.rs"]
mod seated;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod three_tests;
#[cfg(test)]
mod week_tests;
