//! The one order of things: apply, log, keep, ring, show.
//!
//! Owns: the running program between a face and the rooms below it.
//! Never does: drawing, reading keys, deciding what a session may do.
//! May see: calendar, home, joined, memory, menu, notebook, notebook_ui, records, rehearsal, safety, script, session,
//! session_log, settings, storage, text, time.
//!
//! `running_session` holds one session with its clock and its log; `home_loader` lays
//! ready what home shows. A face knows [`Controller`] and nothing else.

mod begin_joined;
mod bell_schedule;
mod controller;
mod copies;
mod crisis_card_people;
mod delete_data;
mod door;
mod draft_timing;
mod export_file;
mod home_loader;
mod joining;
mod keep_records;
mod kept_line;
mod link_program;
mod notebook_list;
mod notebook_screen;
mod notebook_writer;
mod resume_error;
mod running_session;
mod screen;
mod sent_script;
mod start_session;

use crate::app::bell_program::BellProgram;
use crate::home::{HomePages, HomeRequest};
use crate::memory::{Memory, MemoryStore};
use crate::menu::page::PageIntent;
use crate::notebook_ui::Goal;
use crate::records::RecordPages;
use crate::safety::crisis_card::{CardOutcome, CrisisCard};
use crate::safety::grounding::{AfterGrounding, Grounding};
use crate::safety::person_region::PersonRegion;
use crate::session::intent::{FeltNumbers, Intent, KeepChoice, Outline, Refused};
use crate::session_log;
use crate::settings::{self, Settings};
use crate::storage::{FolderLock, Folders};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};
use crate::time::clock::{self, SystemClock, TimeSource};
use crate::time::date::Date;

pub(crate) use crate::session_log::mark_the_end;
pub(crate) use bell_schedule::bell_problems;
pub use controller::Controller;
pub(crate) use crisis_card_people::likely;
pub(crate) use delete_data::{DeletionScope, purge};
pub use home_loader::Scripts;
pub(crate) use home_loader::{SessionStanding, standing};
pub(crate) use resume_error::ResumeError;

#[cfg(test)]
pub(crate) use by_line::files_with;

use bell_schedule::{BellSchedule, Tone};
pub(crate) use link_program::WakeFace;
use link_program::Waker;
use running_session::{LAST_CHOICE, RunningSession};
use screen::{Activity, Lent};

/// What scripts for somebody who is shaken say in their `needs`.
const SHAKEN: &str = "shaken";
/// How stirred somebody is at the end, from 0 to 10, where it is asked the day after (content.md S4).
const HIGH: u8 = 7;

/// Where a session leads when it is left or closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum AfterSession {
    /// To home.
    Home,
    /// Out of the program: only one rehearsal was asked for.
    Out,
}

/// The program between its first screen and its last.
#[derive(Debug)]
pub struct Program {
    folders: Folders,
    people: MemoryStore,
    scripts: Scripts,
    clock: Box<dyn TimeSource>,
    activity: Activity,
    /// The day for which the first page was laid ready.
    day: Date,
    /// How the key of the quick exit is said.
    exit_key: String,
    /// The crisis card lies over whatever is there.
    card: Option<CrisisCard>,
    settings: Settings,
    ringer: BellProgram,
    bells: BellSchedule,
    /// What went wrong and still matters, beside any scene.
    trouble: Option<SafeText>,
    /// That a bell's program can't be run: once, until something is asked.
    unheard: Option<SafeText>,
    unheard_said: bool,
    afterwards: AfterSession,
    farewell: Option<SafeText>,
    /// What is to begin once the first-run notices were read.
    waits: Option<start_session::Waiting>,
    /// Tells where the files are and whether they are well.
    files: Option<TellFiles>,
    /// With which ticket this terminal joins, once the first-run notices were read.
    ticket: Option<String>,
    /// Wakes the face when something comes from another terminal.
    waker: Waker,
}

/// What tells where the program's files are, and whether they are well.
pub(crate) type TellFiles = fn(&Folders) -> Vec<SafeText>;

/// How many times as fast the clock of a rehearsal runs, unless somebody says otherwise.
pub(crate) const REHEARSAL_SPEED: u32 = 10;

fn refused<T>(sentence: SafeText) -> Result<T, Refused> {
    Err(Refused(sentence))
}

impl Program {
    /// The program at its first screen, as people set it for themselves. `exit_key` is how the key of the quick exit
    /// is said.
    #[must_use]
    pub fn new(folders: Folders, scripts: Scripts, settings: Settings, exit_key: &str) -> Self {
        let clock = Box::new(SystemClock::new());
        Self::with(folders, scripts, settings, exit_key, clock)
    }

    fn with(
        folders: Folders,
        scripts: Scripts,
        settings: Settings,
        exit_key: &str,
        clock: Box<dyn TimeSource>,
    ) -> Self {
        let (people, trouble) = MemoryStore::load(&folders);
        let day = clock.now().day();
        let mut data = home_loader::at_home(&folders, &people, &scripts, day);
        exit_key.clone_into(&mut data.exit_key);
        data.notices.splice(..0, trouble);
        let home = HomePages::new(data, Box::new(scripts.clone()));
        Self {
            activity: Activity::Home(Box::new(home)),
            day,
            exit_key: exit_key.to_owned(),
            folders,
            people,
            scripts,
            clock,
            card: None,
            bells: BellSchedule::new(&settings.bell),
            settings,
            ringer: BellProgram::default(),
            trouble: None,
            unheard: None,
            unheard_said: false,
            afterwards: AfterSession::Home,
            farewell: None,
            waits: None,
            files: None,
            ticket: None,
            waker: Waker::default(),
        }
    }

    /// Lets home say where the files are, in these lines.
    pub(crate) fn tell_files_by(&mut self, files: TellFiles) {
        self.files = Some(files);
    }

    /// Goes to the place where a session with this script and this length is set up.
    ///
    /// # Errors
    /// A sentence, when the script does not exist.
    pub(crate) fn set_up(
        &mut self,
        script: Option<&str>,
        length: Option<crate::session::setup::Length>,
    ) -> Result<(), SafeText> {
        if let Some(name) = script
            && self.scripts.head(name).is_none()
        {
            return Err(self.scripts.unknown(name));
        }
        if let Activity::Home(home) = &mut self.activity {
            home.set_up(script, length);
        }
        Ok(())
    }

    /// Resumes the session that was not closed last, or this one.
    ///
    /// # Errors
    /// There is none, it cannot be resumed, or another program has it.
    pub(crate) fn resume(&mut self, id: Option<&str>) -> Result<(), ResumeError> {
        let path =
            home_loader::log_path(&self.folders, &self.scripts, id).map_err(ResumeError::Cannot)?;
        let (lock, place) =
            FolderLock::if_possible(&self.folders.sessions()).map_err(ResumeError::of)?;
        let mut unheard = None;
        let mut line = || {
            let (line, says) = self.line_again(&path);
            unheard = says;
            line
        };
        let mut running =
            RunningSession::resume(&path, &self.scripts, lock, &self.notebooks(), &mut line)
                .map_err(ResumeError::Cannot)?;
        running.switch_clock(self.settings.clock);
        running.lay_notice(unheard.or(place));
        self.sit(running);
        Ok(())
    }

    /// Only grounding, from its first sentence on; the program ends with it.
    pub(crate) fn ground_only(&mut self) {
        self.afterwards = AfterSession::Out;
        self.ground();
    }

    fn ground(&mut self) {
        self.activity = Activity::Grounding(Box::new(Grounding::begin(
            self.clock.now(),
            self.people.by_ear(None),
        )));
    }

    /// Begins where somebody is alone and stirred up right now.
    fn steady_now(&mut self) {
        self.activity =
            Activity::Grounding(Box::new(Grounding::begin_now(self.people.by_ear(None))));
    }

    /// The same, and the program ends with it.
    pub(crate) fn now_only(&mut self) {
        self.afterwards = AfterSession::Out;
        self.steady_now();
    }

    /// Nobody is sent off from there without a kind word.
    fn end_grounding(&mut self) {
        self.go_home();
        if let Some(farewell) = &mut self.farewell {
            *farewell = SafeText::new(words().safety.now.bye);
        }
    }

    fn sit(&mut self, running: RunningSession) {
        self.card = None;
        self.activity = Activity::Session(Box::new(running));
        self.after_closing();
    }

    fn go_home(&mut self) {
        if self.afterwards == AfterSession::Out {
            self.farewell = Some(SafeText::default());
            return;
        }
        self.activity = self.at_home();
    }

    /// Home, as it is now.
    fn at_home(&mut self) -> Activity {
        self.day = self.clock.now().day();
        let (folders, people, scripts) = (&self.folders, &self.people, &self.scripts);
        let mut data = home_loader::at_home(folders, people, scripts, self.day);
        data.exit_key.clone_from(&self.exit_key);
        Activity::Home(Box::new(HomePages::new(
            data,
            Box::new(self.scripts.clone()),
        )))
    }

    /// Home, with something to say there.
    fn say_at_home(&mut self, says: SafeText) {
        self.go_home();
        if let Activity::Home(home) = &mut self.activity {
            home.say(says);
        }
    }

    fn serve(&mut self, request: HomeRequest) -> Result<(), Refused> {
        match request {
            HomeRequest::SawNotice { .. } => {
                self.remember(Memory::remember_notice);
                self.begin_what_waits()?;
                self.join_what_waits()
            }
            HomeRequest::ByEar(by_ear) => {
                self.remember(move |memory| memory.choose_by_ear(None, by_ear));
                Ok(())
            }
            HomeRequest::LookedIn => {
                self.remember(|memory| memory.remember_look_in(None));
                Ok(())
            }
            HomeRequest::Begin(setup) => self.begin(setup),
            HomeRequest::Host(setup, relay) => self.host(setup, relay.as_deref()),
            HomeRequest::Join(ticket) => self.join(&ticket),
            HomeRequest::Resume { id } => self
                .resume(Some(&id))
                .map_err(|why| Refused(why.sentence())),
            HomeRequest::SetAside { id } => {
                // The session that another program is in the middle of keeps its log.
                let _lock = FolderLock::take(&self.folders.sessions())
                    .map_err(|busy| Refused(ResumeError::of(busy).sentence()))?;
                let path = home_loader::log_path(&self.folders, &self.scripts, Some(&id))
                    .map_err(Refused)?;
                session_log::set_aside(&path).map_err(|trouble| Refused(trouble.sentence()))?;
                self.go_home();
                Ok(())
            }
            HomeRequest::Rehearse { script } => match self.scripts.find(&script).cloned() {
                Some(script) => self
                    .rehearse(&script, script.minutes, REHEARSAL_SPEED)
                    .map_err(Refused),
                None => refused(self.scripts.unknown(&script)),
            },
            HomeRequest::Grounding => {
                self.ground();
                Ok(())
            }
            HomeRequest::Now => {
                self.steady_now();
                Ok(())
            }
            HomeRequest::Files => {
                let lines = self.files.map(|files| files(&self.folders));
                if let Activity::Home(home) = &mut self.activity {
                    home.lay_files(lines.unwrap_or_default());
                }
                Ok(())
            }
            HomeRequest::Records => {
                self.activity = Activity::Records(Box::new(RecordPages::at(
                    export_file::here(),
                    clock::walls_of_local,
                )));
                Ok(())
            }
            HomeRequest::Notebook => {
                self.open_notebook(Goal::Front);
                Ok(())
            }
            HomeRequest::Card => {
                self.open_card();
                Ok(())
            }
        }
    }

    /// A session that has just closed: what the people chose is kept, the working log goes.
    fn after_closing(&mut self) {
        let Activity::Session(running) = &mut self.activity else {
            return;
        };
        let Some(outline) = running.take_outline() else {
            return;
        };
        let (minutes, wording) = (running.minutes(), running.wording());
        let noted = running.look_back(&outline);
        let apart = running.sits_apart();
        let unkept = self.keep(&outline, minutes, wording, apart);
        let was_a_lot = self.was_a_lot(&outline);
        if was_a_lot && outline.kept == KeepChoice::Outline {
            self.look_in_tomorrow();
        }
        let Activity::Session(running) = &mut self.activity else {
            return;
        };
        if unkept.is_some() {
            // Its log stays, so that it is done the next time.
            running.leave_undone();
            self.trouble = unkept;
            return;
        }
        if was_a_lot && outline.kept != KeepChoice::Outline {
            running.offer_tomorrow();
        }
        let stays = running.put_log_away();
        if stays.is_some() && outline.kept != KeepChoice::Outline {
            running.leave_undone();
        }
        self.trouble = stays.or(noted);
    }

    /// Whether it is asked the day after how it is: after a trigger, after a STOP, and after a high number.
    fn was_a_lot(&self, outline: &Outline) -> bool {
        let head = self.scripts.head(&outline.script);
        let shaken = head.is_some_and(|head| head.needs.contains(&SHAKEN));
        let high = |felt: &FeltNumbers| felt.after.is_some_and(|after| after >= HIGH);
        outline.cut_short || shaken || outline.felt.iter().any(high)
    }

    /// Home asks tomorrow, once. The day is all that is noted: not whose, and not why.
    fn look_in_tomorrow(&mut self) {
        let day = self.clock.now().day().after(1);
        self.remember(move |memory| memory.remember_look_in(Some(day)));
    }

    /// What is lent to the screen that is there now.
    fn lent(&self) -> Lent<'_> {
        Lent {
            now: self.clock.now(),
            people: &self.people,
            settings: &self.settings,
            afterwards: self.afterwards,
        }
    }

    /// Whom the crisis card knows here.
    fn card_people(&self) -> Vec<PersonRegion> {
        self.activity.screen().people(&self.lent())
    }

    /// Lays the crisis card over whatever is there.
    fn open_card(&mut self) {
        let now = self.clock.now();
        self.activity.screen_mut().settle(now);
        self.card = Some(CrisisCard::open(&self.card_people()));
    }

    fn ask_card(&mut self, card: CrisisCard, intent: Intent) -> Result<(), Refused> {
        let own = self.card_people();
        let only = |_| Refused(SafeText::new(words().safety.card_only));
        match card.ask(&own, &PageIntent::of(intent).map_err(only)?)? {
            CardOutcome::Open(card) => self.card = Some(card),
            CardOutcome::Closed => self.card = None,
            CardOutcome::Remember { card, who, region } => {
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
        self.card.is_some() || self.activity.screen().is_quiet()
    }

    /// Begins the program that was chosen for a tone; `false` where it is the terminal's own bell, or has to be: a
    /// program that can't be run is said, and never leaves a bell unheard.
    fn sounds(&mut self, tone: Tone) -> bool {
        let settings::BellSound::Command { warning, end } = &self.settings.bell else {
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
                    self.unheard = Some(bell_schedule::not_run(command, &error));
                    self.unheard_said = true;
                }
                false
            }
        }
    }

    /// Opens the crisis card where the session came to a step that brings it.
    fn card_by_itself(&mut self) {
        if let Activity::Session(running) = &mut self.activity
            && running.take_card()
        {
            self.open_card();
        }
    }

    fn ask_activity(&mut self, intent: Intent) -> Result<(), Refused> {
        let now = self.clock.now();
        if intent == Intent::Card {
            self.open_card();
            return Ok(());
        }
        match &mut self.activity {
            Activity::Session(_) => self.ask_session(intent)?,
            Activity::Joining(joining) => {
                let leaves = intent == Intent::Leave;
                if leaves || joining.ask(&PageIntent::of(intent)?, now)? {
                    joining.leave();
                    self.go_home();
                }
                if leaves {
                    self.farewell = Some(SafeText::default());
                }
                self.follow_joining();
            }
            Activity::Grounding(grounding) => {
                let leaves = intent == Intent::Leave;
                let over = leaves.then_some(AfterGrounding::Over);
                let after = over.map_or_else(|| grounding.ask(intent, now), Ok)?;
                match after {
                    AfterGrounding::Stay => {}
                    AfterGrounding::Over => self.end_grounding(),
                    AfterGrounding::Card => self.open_card(),
                    AfterGrounding::Steps => self.begin_now()?,
                    AfterGrounding::Tomorrow => self.look_in_tomorrow(),
                }
            }
            Activity::Home(_) | Activity::Records(_) | Activity::Notebook(_)
                if intent == Intent::Leave =>
            {
                self.activity.screen_mut().settle(now);
                if matches!(&self.activity, Activity::Home(home) if home.looks_in()) {
                    // Leaving lets it go.
                    self.remember(|memory| memory.remember_look_in(None));
                }
                self.farewell = Some(SafeText::default());
            }
            // STOP holds outside a session, too: what was written is kept, and a few quiet steps are there.
            Activity::Home(_) | Activity::Records(_) | Activity::Notebook(_)
                if intent == Intent::Stop =>
            {
                self.activity.screen_mut().settle(now);
                self.steady_now();
            }
            Activity::Home(home) => {
                for request in home.apply(PageIntent::of(intent)?, now)? {
                    self.serve(request)?;
                }
            }
            Activity::Records(_) => self.ask_records(PageIntent::of(intent)?)?,
            Activity::Notebook(_) => self.ask_notebook(PageIntent::of(intent)?)?,
        }
        Ok(())
    }

    fn ask_session(&mut self, intent: Intent) -> Result<(), Refused> {
        let Activity::Session(running) = &mut self.activity else {
            return Ok(());
        };
        let over = running.is_closed();
        let leaves = intent == Intent::Leave;
        if (leaves && running.is_rehearsal()) || (over && intent == Intent::GoOn) {
            running.say_goodbye();
            self.go_home();
        } else if intent == LAST_CHOICE && running.asks_tomorrow() {
            running.is_asked_tomorrow();
            self.look_in_tomorrow();
        } else if intent == LAST_CHOICE && running.meets_again() {
            let (names, wrote) = (running.names().to_vec(), running.next_date());
            let mut next = RecordPages::at(export_file::here(), clock::walls_of_local);
            next.ask_next(names, wrote, &self.people, self.clock.now().day());
            self.activity = Activity::Records(Box::new(next));
        } else if leaves {
            running.say_goodbye();
            running.keep_answer();
            let waits = !over && running.is_kept();
            let words = if waits { words().cli.left_open } else { "" };
            self.farewell = Some(SafeText::new(words));
        } else {
            running.ask(intent)?;
            self.after_closing();
            self.card_by_itself();
        }
        Ok(())
    }
}

/// A sentence with one name in it.
fn named(text: &Template, name: &str) -> SafeText {
    let name = SafeText::short(name, 60);
    fill(text, &[("name", name.as_str())])
}

pub(crate) mod bell_program;
#[cfg(test)]
mod between_tests;
#[cfg(test)]
#[path = "test_support/people_by_line.rs"]
mod by_line;
#[cfg(test)]
mod care_tests;
#[cfg(test)]
mod closed_tests;
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
#[cfg(unix)]
mod two_programs_tests;
#[cfg(test)]
mod week_tests;
