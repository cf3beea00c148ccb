//! One session with its clock and its log.

mod shared;

use std::path::Path;
use std::time::Duration;

use super::draft_timing::DraftTimer;
use super::kept_line::LineAgain;
use super::notebook_writer::SessionNotes;
use super::{Scripts, named};
use crate::joined::Written;
use crate::notebook::{Notebooks, WrittenAt};
use crate::script::{FirstClock, Who};
use crate::session::Session;
use crate::session::intent::{BellRing, Effect, Intent, KeepChoice, Outline, Partnership, Refused};
use crate::session::own_entry::OwnEntry;
use crate::session::scene::{ListItem, Scene};
use crate::session::setup::Length;
use crate::session::steps::own_notes::NotesWritten;
use crate::session_log::{self, Beat, Log};
use crate::settings::ClockSetting;
use crate::storage::FolderLock;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::clock::{SystemClock, TimeSource};
use crate::time::moment::{Gap, GapKind, Moment, gap};

use shared::{Others, Shares};

/// How often the log holds a mark while a clock runs, where the program is awake anyway: what a power cut may cost where
/// seconds are shown. A program that only dies costs less.
const MARK: Duration = Duration::from_secs(10);
/// How long a running clock is not looked at, at most, where nothing that is shown changes sooner: what a power cut, a
/// sleep of the machine or a kill costs at most. Nobody is told of these, so to know better would be to wake more often.
/// A little more than a minute, so that a clock of minutes wakes once for both.
const LOOK: Duration = Duration::from_secs(61);

/// What the last page offers: the next session, for a calendar; or to be asked tomorrow how it is.
pub(super) const LAST_CHOICE: Intent = Intent::Answer { n: 0 };

/// Whoever sits here alone.
const ALONE: Who = Who(0);

/// A session that is going on.
pub(super) struct RunningSession {
    session: Session,
    clock: Box<dyn TimeSource>,
    /// The last moment that the session was told.
    last: Moment,
    /// How long after it the session wanted to be woken.
    asked: Option<Duration>,
    /// How long the machine had slept then.
    asleep: Option<Duration>,
    /// The last moment that stands in the log.
    logged: Moment,
    log: Option<Log>,
    /// The last moment, beside the log.
    beat: Option<Beat>,
    /// Held as long as the session goes on, so that no second program writes the same place.
    lock: Option<FolderLock>,
    bells: Vec<BellRing>,
    /// Whether the crisis card is to open by itself.
    card: bool,
    outline: Option<Outline>,
    /// Whether it has closed, and what people chose to keep or to have deleted could not be done.
    undone: bool,
    rehearsal: bool,
    pages: SessionNotes,
    /// What stands on the page on which a question is answered in writing.
    answering: DraftTimer,
    /// Where somebody who is here alone left off, from their open notebook; it stays in memory.
    left: Vec<ListItem>,
    notice: Option<SafeText>,
    /// Whether home asks tomorrow how it is, where that was offered.
    tomorrow: Option<bool>,
    /// The others, where each has a terminal of their own.
    others: Option<Others>,
    shares: Option<Shares>,
    /// What could not be written into the notebook of whoever sits here, and is tried again.
    unwritten: Vec<(Who, OwnEntry, NotesWritten, Moment)>,
}

/// No word of a session: `Debug` ends up in panics.
impl std::fmt::Debug for RunningSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RunningSession")
    }
}

impl RunningSession {
    /// A session that begins now.
    pub(super) fn new(
        session: Session,
        clock: Box<dyn TimeSource>,
        log: Log,
        lock: Option<FolderLock>,
        notebooks: &Notebooks,
    ) -> Self {
        let mut running = Self::rehearsal(session, clock);
        running.pages = SessionNotes::of(running.session.begun(), notebooks);
        running.rehearsal = false;
        if let Some(folder) = log.path().parent() {
            let (began, now) = (running.session.begun().at.wall, running.clock.elsewhere());
            let beat = Beat::of(folder, began, now);
            if log.is_kept() {
                beat.counts(log.count());
            }
            running.beat = Some(beat);
        }
        running.log = Some(log);
        running.lock = lock;
        running
    }

    /// A session of which nothing is written down.
    pub(super) fn rehearsal(session: Session, clock: Box<dyn TimeSource>) -> Self {
        let now = clock.now();
        Self {
            asked: looks(&session, now, now),
            session,
            asleep: clock.asleep(),
            clock,
            last: now,
            logged: now,
            log: None,
            beat: None,
            lock: None,
            bells: Vec::new(),
            card: false,
            outline: None,
            undone: false,
            rehearsal: true,
            pages: SessionNotes::default(),
            answering: DraftTimer::default(),
            left: Vec::new(),
            notice: None,
            tomorrow: None,
            others: None,
            shares: None,
            unwritten: Vec::new(),
        }
    }

    /// Goes on with a session that was cut off: its log is replayed, then everything stands still until the people
    /// go on.
    pub(super) fn resume(
        path: &Path,
        scripts: &Scripts,
        lock: Option<FolderLock>,
        notebooks: &Notebooks,
        line: &mut dyn FnMut() -> Option<LineAgain>,
    ) -> Result<Self, SafeText> {
        let (mut log, story) = Log::resume(path).map_err(|damage| damage.sentence(path))?;
        let (session, last) = super::home_loader::replay(&story, scripts)?;
        let folder = path.parent().unwrap_or(path);
        let known = session_log::last_moment(folder, story.begin.at.wall, story.entries.len());
        let last = known.filter(|at| at.mono >= last.mono).unwrap_or(last);
        let notice = log.take_notices().into_iter().next();
        let clock = Box::new(SystemClock::after(last));
        let mut running = Self::new(session, clock, log, lock, notebooks);
        running.last = last;
        running.logged = last;
        running.notice = notice;
        let now = running.clock.now();
        if let Some(outline) = running.session.outline() {
            // It was closed and then cut off before its log went away: only that is left to do.
            running.outline = Some(outline.clone());
            return Ok(running);
        }
        let script = scripts.followed(&story.begin);
        // Nobody is reached for a session that can't be gone on with.
        let mut line = line().zip(script);
        if let Some((line, script)) = line.take_if(|(line, _)| line.kept.link.joins()) {
            // The host tells what has become of the session, and of the time.
            running.follow_again(line, script, notebooks);
            return Ok(running);
        }
        let gap = Gap {
            before: last,
            kind: GapKind::Crashed,
        };
        let jumped = Intent::TimeJumped { gap };
        running
            .tell(std::slice::from_ref(&jumped), now)
            .map_err(|refused| refused.0)?;
        if let Some((line, script)) = line {
            let mut entries = story.entries;
            entries.push((now, jumped));
            running.welcome_again(line, script, entries, notebooks);
        }
        Ok(running)
    }

    /// Apply, then log, then what follows. What was accepted is on disk when this returns.
    fn tell(&mut self, intents: &[Intent], now: Moment) -> Result<(), Refused> {
        let mut next = self.session.clone();
        let (mut entry, mut effects) = (None, Vec::new());
        for intent in intents {
            entry = next.to_log(intent);
            effects.extend(next.apply(intent.clone(), now)?);
        }
        // What belongs into somebody's notebook is there before anything else moves on; otherwise it stays typed.
        for effect in &effects {
            if let Effect::Own { who, what } = effect {
                self.keep_own(*who, what, next.written_own(*who), now)?;
                self.answering = DraftTimer::default();
            }
        }
        if self.session.in_writing().is_some() && next.in_writing().is_none() {
            self.leave_answer();
        }
        let changed = intents != [Intent::TimePassed] || next != self.session;
        self.session = next;
        self.last = now;
        self.asleep = self.clock.asleep();
        self.asked = looks(&self.session, now, now);
        let marks = self.session.clock_runs() && since(self.logged, now) >= MARK;
        if let Some(entry) = entry.filter(|_| changed || marks) {
            self.logged = now;
            if let Some(log) = &mut self.log {
                // A failure stands as a notice, and the session goes on in memory.
                let _ = log.append(now, &entry);
                if let (Some(beat), true) = (&self.beat, log.is_kept()) {
                    beat.counts(log.count());
                }
            }
            if changed {
                self.share(&entry, now);
            }
        } else {
            self.beat(now);
        }
        for effect in effects {
            match effect {
                Effect::Ring(bell) => self.bells.push(bell),
                Effect::Closed(outline) => self.outline = Some(outline),
                Effect::Card => self.card = true,
                Effect::Own { .. } => {}
            }
        }
        Ok(())
    }

    /// Puts something into somebody's notebook. Where a host has it in the log already, it is tried again later.
    fn keep_own(
        &mut self,
        who: Who,
        what: &OwnEntry,
        wrote: NotesWritten,
        now: Moment,
    ) -> Result<(), Refused> {
        match self.pages.keep(who, what, wrote.clone(), now) {
            Err(sentence) if self.follows() => {
                self.notice = Some(sentence);
                self.unwritten.push((who, what.clone(), wrote, now));
                Ok(())
            }
            kept => kept.map_err(Refused),
        }
    }

    /// What came into the log is for the others, too.
    fn share(&mut self, entry: &Intent, at: Moment) {
        let sum = match &self.shares {
            Some(shares) if !shares.follows => self.session.sum(),
            Some(_) | None => return,
        };
        if let Some(shares) = &mut self.shares {
            let intent = entry.clone();
            shares.written.push(Written { at, intent, sum });
        }
    }

    /// The session was going on at this moment.
    fn beat(&self, now: Moment) {
        if let (Some(beat), Some(log)) = (&self.beat, &self.log)
            && log.is_kept()
        {
            beat.mark(log.count(), now);
        }
    }

    /// Somebody pressed a key, whatever it did: the moment of it costs nothing to know.
    pub(super) fn touched(&self) {
        self.beat(self.session_time(self.clock.now()));
    }

    /// A hole in time since the last look is told first, as one.
    fn look_for_gap(&mut self, now: Moment) -> bool {
        if self.follows() {
            // The host looks for holes.
            return false;
        }
        if self.rehearsal {
            // On a fast clock a breath of the machine is a hole of minutes; nobody real loses them.
            return false;
        }
        let asleep = self.clock.asleep().zip(self.asleep);
        let slept = asleep.map(|(now, then)| now.saturating_sub(then));
        let Some(gap) = gap(self.last, now, self.asked, slept) else {
            return false;
        };
        // A hole is never refused while a session goes on.
        !self.session.is_closed() && self.tell(&[Intent::TimeJumped { gap }], now).is_ok()
    }

    pub(super) fn ask(&mut self, intent: Intent) -> Result<(), Refused> {
        let now = self.clock.now();
        self.notice = None;
        if self.look_for_gap(now) && intent != Intent::Stop && self.session.is_held() {
            // It was meant for a screen that is not there any more.
            return super::refused(SafeText::new(words().cli.jumped));
        }
        self.ask_shared(intent, now)
    }

    pub(super) fn wake(&mut self) {
        let now = self.clock.now();
        if self.answering.next_wake(now) == Some(Duration::ZERO) {
            self.keep_answer();
        }
        let others_wake =
            self.others.is_some() && self.asked.is_none_or(|asked| since(self.last, now) < asked);
        if others_wake || self.session.is_closed() || self.follows() || self.look_for_gap(now) {
            // What comes from the others is no reason to write down that time goes by.
        } else {
            // Time passing is never refused.
            let _ = self.tell(&[Intent::TimePassed], now);
        }
        self.hear_others(now);
    }

    pub(super) fn next_wake(&self) -> Option<Duration> {
        let here = self.clock.now();
        let now = self.session_time(here);
        let wake = looks(&self.session, self.last, now).map(|wake| self.real(wake));
        let line = self
            .others
            .as_ref()
            .and_then(|others| others.next_wake(here));
        [wake, line, self.answering.next_wake(here)]
            .into_iter()
            .flatten()
            .min()
    }

    /// Somebody answers in writing: this is what stands there now.
    pub(super) fn written(&mut self, words: &str, entered: bool) {
        if self.session.in_writing().is_none() {
            return;
        }
        let now = self.clock.now();
        self.answering.typed(words, now);
        if entered || self.answering.next_wake(now) == Some(Duration::ZERO) {
            self.keep_answer();
        }
    }

    /// Puts what stands there into the notebook, where it is not there yet. What goes wrong stands as a notice.
    pub(super) fn keep_answer(&mut self) {
        let now = self.clock.now();
        let (Some(asked), Some(words)) = (self.session.in_writing(), self.answering.unkept())
        else {
            return;
        };
        let nth = self.session.written_own(ALONE).pages;
        let kept = if words.trim().is_empty() {
            self.pages.leave_answer(ALONE)
        } else {
            let at = WrittenAt {
                wall: now.wall,
                offset: now.offset,
            };
            self.pages.answer(ALONE, &asked, words, (nth, false), at)
        };
        match kept {
            Ok(()) => {
                if self.answering.is_kept() {
                    self.notice = None;
                }
            }
            Err(why) => {
                self.answering.is_refused(now);
                self.notice = Some(why);
            }
        }
    }

    /// What was begun there and not entered goes.
    pub(super) fn leave_answer(&mut self) {
        self.answering = DraftTimer::default();
        if let Err(why) = self.pages.leave_answer(ALONE) {
            self.notice = Some(why);
        }
    }

    /// The program is about to be stopped: whatever goes by until the next look is a hole.
    pub(super) fn stand_aside(&mut self) {
        self.wake();
        if self.session.clock_runs() {
            self.asked = Some(Duration::ZERO);
        }
    }

    /// A time of the session's clock as time that a face has to wait.
    fn real(&self, wake: Duration) -> Duration {
        self.clock.real(wake)
    }

    pub(super) fn scene(&self) -> Scene {
        let now = self.clock.now();
        let mut scene = self.shared_scene(now);
        if scene.rare.left_off {
            scene.list.extend(self.left.iter().cloned());
        }
        if let (Some(says), Some(last)) = (self.kept_after_all(), scene.prompt.last_mut()) {
            *last = says;
        } else if self.meets_again() {
            scene.add_choice(SafeText::new(words().calendar.offer), LAST_CHOICE);
        } else if self.asks_tomorrow() {
            scene.add_choice(SafeText::new(words().cli.ask_tomorrow), LAST_CHOICE);
        }
        if self.tomorrow == Some(true) {
            scene.prompt.push(SafeText::new(words().cli.asks_tomorrow));
        }
        scene
    }

    /// Whether it was a lot and nothing of it is kept, so that people may want to be asked tomorrow how it is.
    pub(super) fn asks_tomorrow(&self) -> bool {
        !self.rehearsal && self.is_closed() && self.tomorrow == Some(false)
    }

    /// It was a lot, and nothing of it is kept: they are offered to be asked tomorrow.
    pub(super) fn offer_tomorrow(&mut self) {
        self.tomorrow = Some(false);
    }

    /// They want to be asked tomorrow.
    pub(super) fn is_asked_tomorrow(&mut self) {
        self.tomorrow = Some(true);
    }

    /// Whether several people closed it, are remembered, and did not say goodbye to each other.
    pub(super) fn meets_again(&self) -> bool {
        let meets = |outline: &Outline| {
            !self.rehearsal
                && !self.undone
                && outline.kept == KeepChoice::Outline
                && outline.people.len() > 1
                && outline.partnership != Some(Partnership::Goodbye)
        };
        self.session.outline().is_some_and(meets)
    }

    /// The session itself closes with what was chosen; here is what became of it, where that is something else.
    fn kept_after_all(&self) -> Option<SafeText> {
        let w = &words().cli;
        match (self.session.is_closed(), self.rehearsal, self.undone) {
            (true, true, _) => Some(SafeText::new(w.closed_rehearsal)),
            (true, false, true) => Some(SafeText::new(w.closed_undone)),
            (false, _, _) | (true, false, false) => None,
        }
    }

    /// What these people wrote about when they meet again.
    pub(super) fn next_date(&self) -> Option<SafeText> {
        self.session.next_date()
    }

    /// What people chose could not be done.
    pub(super) fn leave_undone(&mut self) {
        self.undone = true;
    }

    /// What there is to say about the place where its log is, until somebody answers; a torn log is told first.
    pub(super) fn lay_notice(&mut self, notice: Option<SafeText>) {
        self.notice = self.notice.take().or(notice);
    }

    /// Where the one who sits here alone left off.
    pub(super) fn lay_left(&mut self, left: Vec<ListItem>) {
        self.left = left;
    }

    /// The pack of words that was chosen, to be proposed next time.
    pub(super) fn wording(&self) -> Option<String> {
        self.session.begun().wording.clone()
    }

    /// The minutes that were set, to be proposed next time.
    pub(super) fn minutes(&self) -> u16 {
        match self.session.begun().length {
            Length::Minutes(n) => n,
            Length::Until(_) => self.session.script().minutes,
        }
    }

    /// The names of the people, in the order in which they were entered.
    pub(super) fn names(&self) -> &[String] {
        &self.session.begun().people
    }

    pub(super) fn is_closed(&self) -> bool {
        self.session.is_closed()
    }

    pub(super) fn is_rehearsal(&self) -> bool {
        self.rehearsal
    }

    pub(super) fn take_bells(&mut self) -> Vec<BellRing> {
        std::mem::take(&mut self.bells)
    }

    /// Whether what goes on now is not to be disturbed by a bell that only repeats itself.
    pub(super) fn is_quiet(&self) -> bool {
        self.session.is_quiet(self.clock.now())
    }

    /// Whether the crisis card is to open by itself now; once.
    pub(super) fn take_card(&mut self) -> bool {
        std::mem::take(&mut self.card)
    }

    /// What there is to keep, once the session has closed. Of a rehearsal there is nothing.
    pub(super) fn take_outline(&mut self) -> Option<Outline> {
        self.outline.take().filter(|_| !self.rehearsal)
    }

    /// Puts this session into people's own notebooks; the sentence is what went wrong.
    pub(super) fn look_back(&self, outline: &Outline) -> Option<SafeText> {
        self.pages.look_back(outline)
    }

    /// The working log has done its work.
    pub(super) fn put_log_away(&mut self) -> Option<SafeText> {
        if let Some(beat) = self.beat.take() {
            beat.forget();
        }
        self.lock = None;
        let log = self.log.take()?;
        session_log::forget_line(log.path());
        log.close().err().map(|trouble| trouble.sentence())
    }

    /// Whether it can be gone on with later.
    pub(super) fn is_kept(&self) -> bool {
        self.log.as_ref().is_some_and(Log::is_kept)
    }

    pub(super) fn standing(&self) -> Option<SafeText> {
        if self.rehearsal {
            return Some(named(&words().cli.rehearsal, &self.session.script().name));
        }
        self.log
            .as_ref()
            .and_then(Log::standing)
            .or_else(|| self.notice.clone())
    }
}

/// How often the clock has to be switched until it shows itself as somebody set it: the ways come round after four.
pub(super) fn switches(wanted: Option<ClockSetting>, first: FirstClock) -> u8 {
    let first = match first {
        // What is not timed has no clock to switch.
        FirstClock::None => return 0,
        FirstClock::Minutes => ClockSetting::Minutes,
        FirstClock::Full => ClockSetting::Full,
        FirstClock::Bar => ClockSetting::Bar,
        FirstClock::Hidden => ClockSetting::Hidden,
    };
    wanted.map_or(0, |wanted| (wanted as u8 + 4 - first as u8) % 4)
}

/// How long until a session that was looked at last then is looked at again; `None` where nothing changes by itself.
fn looks(session: &Session, last: Moment, now: Moment) -> Option<Duration> {
    let wake = session.next_wake(now);
    if !session.clock_runs() {
        return wake;
    }
    let look = LOOK.saturating_sub(since(last, now));
    Some(wake.map_or(look, |wake| wake.min(look)))
}

fn since(before: Moment, now: Moment) -> Duration {
    now.mono.saturating_sub(before.mono)
}
