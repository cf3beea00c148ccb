//! One person's pages while they are open: the notebook, and what the pages ask of it.

use std::collections::BTreeMap;
use std::time::Duration;

use zeroize::Zeroizing;

use super::draft_timing::DraftTimer;
use super::notebook_list::known;
use super::start_session::{LeftOff, NewLog};
use super::{Activity, Program, copies, export_file, refused};
use crate::home::Setup;
use crate::memory::Circle;
use crate::menu::page::PageIntent;
use crate::notebook::{
    self, Id, Keeping, NotebookEntry, Notebooks, OpenError, PageDraft, Passphrase, WrittenAt,
};
use crate::notebook_ui::{
    self, CopyRequest, Goal, KnownNotebook, NotebookData, NotebookPages, NotebookRequest,
    OpenPages, ReplyTime,
};
use crate::script::Who;
use crate::session::intent::{Intent, PrivateText, Refused};
use crate::session::scene::Scene;
use crate::session::setup::Length;
use crate::session_log::Log;
use crate::storage;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::clock;
use crate::time::moment::Moment;

/// After how long without a key a notebook locks itself (reliability.md P2).
const IDLE: Duration = Duration::from_secs(5 * 60);

/// The script for somebody who is shaken and alone (content.md T2.5, S11).
const AFTER_A_TRIGGER: &str = "after-a-trigger";

/// The pages of one person, and the notebook that lies open under them.
#[derive(Debug)]
pub(super) struct NotebookScreen {
    pages: NotebookPages,
    open: Option<notebook::OpenNotebook>,
    /// The page that was begun in it and is not kept yet.
    begun: Option<PageDraft>,
    /// What stands on the page that is being written.
    writing: DraftTimer,
    known: Vec<KnownNotebook>,
    /// What scripts are called, by their names.
    titles: BTreeMap<String, SafeText>,
    /// The folder that the program was started in.
    folder: SafeText,
    /// What there is to say about the place where notebooks are made.
    place: Option<SafeText>,
    /// Within how many days people answer each other.
    replies: Vec<ReplyTime>,
    /// When somebody was here last: a key, a line, a question.
    touched: Moment,
    /// What was said when the notebook was opened (a damaged line was put aside).
    pub(super) notice: Option<SafeText>,
}

impl NotebookScreen {
    fn data(&self, now: Moment) -> NotebookData<'_> {
        NotebookData {
            notebooks: &self.known,
            open: self.open.as_ref().map(|open| OpenPages {
                name: open.notebook().name(),
                sealed: open.notebook().is_sealed(),
                book: open.book(),
                begun: self.begun.as_ref(),
                copied: open.notebook().copied(),
            }),
            titles: &self.titles,
            folder: &self.folder,
            place: self.place.as_ref(),
            replies: &self.replies,
            now,
            walls: clock::walls_of_local,
        }
    }

    pub(super) fn scene(&self, now: Moment) -> Scene {
        self.pages.scene(&self.data(now))
    }

    fn write(&mut self, entries: &[NotebookEntry]) -> Result<(), Refused> {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let known = open.book().notes().iter().map(|note| &note.id);
        let known: Vec<Id> = known.cloned().collect();
        for entry in entries {
            let added = open.write(entry).map_err(Refused)?;
            self.notice = added.trouble().cloned();
        }
        let new = |entry: &NotebookEntry| matches!(entry, NotebookEntry::Note(note) if !known.contains(&note.id));
        if entries.iter().any(new) {
            // The page is kept. A draft of the same words that can't be removed now is not offered again.
            let _ = self.let_go();
        }
        Ok(())
    }

    /// Makes a notebook, and opens it.
    fn make(
        &mut self,
        notebooks: &Notebooks,
        name: &str,
        secret: Option<&PrivateText>,
    ) -> Result<(), Refused> {
        let keeping = match secret {
            Some(words) => Keeping::Sealed(passphrase(words)),
            None => Keeping::Plain,
        };
        let made = notebooks.create(name, &keeping).map_err(Refused)?;
        self.known = known(notebooks);
        let secret = secret.map(passphrase);
        let mut open = made.open(secret.as_ref()).map_err(closed)?;
        // A place that others can read, or that has no locks, is told before the first word is written.
        let said = open.take_said().into_iter().next();
        self.notice = said.or_else(|| storage::open_to_others(open.notebook().folder()));
        self.open = Some(open);
        Ok(())
    }

    /// A notebook was opened: notes whose days are over go, and what was begun in it is there again.
    fn opens(&mut self, mut open: notebook::OpenNotebook, now: Moment) -> Result<(), Refused> {
        open.expire(now.day()).map_err(Refused)?;
        let begun = open.draft();
        let said = open.take_said().into_iter().next();
        self.notice = said.or(begun.as_ref().err().cloned());
        self.begun = begun.unwrap_or_default();
        self.open = Some(open);
        Ok(())
    }

    /// Looks at the page that is there now: what stands on it at first is on the disk.
    fn take_page(&mut self, now: Moment) {
        let page = self.pages.writes();
        if let (Some(_), Some(begun)) = (&page, &self.begun) {
            self.writing = DraftTimer::of(&begun.words);
        } else if page.is_none() {
            self.writing = DraftTimer::default();
        }
        // What a voice has said is entered.
        if let Some(said) = page
            .and_then(|page| page.said)
            .filter(|said| !said.is_empty())
        {
            self.writing.typed(said, now);
            self.keep_begun(now);
        }
    }

    /// Lets the page that was begun go.
    pub(super) fn let_go(&mut self) -> Result<(), Refused> {
        (self.begun, self.writing) = (None, DraftTimer::default());
        let dropped = self.open.as_ref().map(notebook::OpenNotebook::drop_draft);
        dropped.unwrap_or(Ok(())).map_err(Refused)
    }

    /// Somebody writes on a page: this is what stands there now. A line that was entered goes to the disk at once.
    pub(super) fn written(&mut self, words: &str, entered: bool, now: Moment) {
        let Some(page) = self.pages.writes() else {
            return;
        };
        let all = Zeroizing::new([page.said.unwrap_or_default(), words].concat());
        self.writing.typed(&all, now);
        if entered || self.writing.next_wake(now) == Some(Duration::ZERO) {
            self.keep_begun(now);
        }
    }

    /// Puts what stands on the page on the disk, where it is not there yet. What goes wrong stands as a notice.
    pub(super) fn keep_begun(&mut self, now: Moment) {
        let (Some(open), Some(page), Some(words)) =
            (&self.open, self.pages.writes(), self.writing.unkept())
        else {
            return;
        };
        let at = WrittenAt {
            wall: now.wall,
            offset: now.offset,
        };
        let draft = (!words.trim().is_empty()).then(|| PageDraft {
            at,
            words: words.to_owned().into(),
            part: page.part.cloned(),
            voices: page.said.is_some(),
            bring: page.bring,
            letter: page.letter.cloned(),
        });
        let kept = match &draft {
            Some(draft) => open.keep_draft(draft),
            None => open.drop_draft(),
        };
        match kept {
            Ok(()) => {
                if self.writing.is_kept() {
                    self.notice = None;
                }
                self.begun = draft;
            }
            Err(why) => {
                self.writing.is_refused(now);
                self.notice = Some(why);
            }
        }
    }

    fn rekey(&mut self, old: &PrivateText, new: &PrivateText) -> Result<(), Refused> {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let (old, new) = (passphrase(old), passphrase(new));
        open.change_passphrase(&old, &new).map_err(closed)
    }

    /// The notebook is closed; what stands on a page is kept first.
    fn lock(&mut self, now: Moment) {
        self.keep_begun(now);
        (self.open, self.begun) = (None, None);
        self.writing = DraftTimer::default();
    }

    /// What is said before something is asked that takes longer than a moment.
    pub(super) fn takes_a_while(&self, intent: &Intent) -> Option<SafeText> {
        self.pages.takes_a_while(intent)
    }

    /// How long until the notebook locks itself, where one is open.
    fn idle(&self, now: Moment) -> Option<Duration> {
        self.open.as_ref()?;
        Some(IDLE.saturating_sub(now.mono.saturating_sub(self.touched.mono)))
    }

    /// Only an open notebook has something to wait for: it locks itself, and what is written goes to the disk.
    pub(super) fn next_wake(&self, now: Moment) -> Option<Duration> {
        let idle = self.idle(now)?;
        Some(
            self.writing
                .next_wake(now)
                .map_or(idle, |wake| wake.min(idle)),
        )
    }

    /// Somebody is here: the time after which it locks itself begins anew, unless it is over.
    pub(super) fn touched(&mut self, now: Moment) {
        self.wake(now);
        self.touched = now;
    }

    pub(super) fn wake(&mut self, now: Moment) {
        if self.idle(now) == Some(Duration::ZERO) {
            self.keep_begun(now);
            let w = &words().notebook_ui.idle;
            let mut says = w.locked.to_owned();
            if self.begun.is_some() {
                says = [w.locked, " ", w.begun].concat();
            }
            self.lock(now);
            self.pages = NotebookPages::saying(&says);
        } else if self.writing.next_wake(now) == Some(Duration::ZERO) {
            self.keep_begun(now);
        }
    }
}

fn passphrase(words: &PrivateText) -> Passphrase {
    Passphrase::new((**words).to_owned())
}

impl Program {
    pub(super) fn notebooks(&self) -> Notebooks {
        Notebooks::at(self.folders.notebooks())
    }

    fn replies(&self) -> Vec<ReplyTime> {
        let pairs = self.people.circles().iter();
        let pairs = pairs.filter(|circle| circle.names.len() == 2 && circle.ended.is_none());
        let reply = |circle: &Circle| ReplyTime {
            names: circle.names.clone(),
            days: circle.reply_days(),
        };
        pairs.map(reply).collect()
    }

    /// Goes to the pages that belong to one person.
    pub(crate) fn open_notebook(&mut self, goal: Goal) {
        self.activity = Activity::Notebook(Box::new(NotebookScreen {
            pages: NotebookPages::to(goal),
            open: None,
            begun: None,
            writing: DraftTimer::default(),
            known: known(&self.notebooks()),
            titles: self.scripts.titles(),
            folder: export_file::here(),
            place: storage::synced(&self.folders.notebooks()),
            replies: self.replies(),
            touched: self.clock.now(),
            notice: None,
        }));
    }

    pub(super) fn ask_notebook(&mut self, intent: PageIntent) -> Result<(), Refused> {
        let now = self.clock.now();
        let Activity::Notebook(screen) = &mut self.activity else {
            return Ok(());
        };
        screen.touched(now);
        let (mut next, requests) = screen.pages.asked(intent, &screen.data(now))?;
        // Whatever comes next, nothing of the page is lost; where it was kept or let go, that goes with it.
        screen.keep_begun(now);
        let mut says = None;
        for request in requests {
            let opens = matches!(request, NotebookRequest::Open { .. });
            says = self.serve_notebook(request, now)?.or(says);
            let waits =
                matches!(&self.activity, Activity::Notebook(screen) if screen.begun.is_some());
            if opens && waits {
                next = NotebookPages::begun();
            }
        }
        let next = match &says {
            Some(says) => next.and_says(says.as_str()),
            None => next,
        };
        if let Activity::Notebook(screen) = &mut self.activity {
            // What is served may have closed the notebook that the page was to show.
            screen.pages = match (screen.open.is_some(), next.is_inside()) {
                (false, true) => NotebookPages::new(),
                (_, _) => next,
            };
            screen.take_page(now);
        }
        Ok(())
    }

    /// Does what the pages ask for; answers what is said about it on the next page.
    fn serve_notebook(
        &mut self,
        request: NotebookRequest,
        now: Moment,
    ) -> Result<Option<SafeText>, Refused> {
        let notebooks = self.notebooks();
        let Activity::Notebook(screen) = &mut self.activity else {
            return Ok(None);
        };
        match request {
            NotebookRequest::Make { name, secret } => {
                screen.make(&notebooks, &name, secret.as_ref())?;
            }
            NotebookRequest::Open { name, secret } => {
                let Some(found) = notebooks.of(&name).map_err(Refused)? else {
                    return refused(SafeText::new(words().notebook_ui.door.none));
                };
                let secret = secret.as_ref().map(passphrase);
                let open = found.open(secret.as_ref()).map_err(closed)?;
                screen.opens(open, now)?;
            }
            NotebookRequest::Write(entries) => screen.write(&entries)?,
            NotebookRequest::LetGo => screen.let_go()?,
            NotebookRequest::Erase(id) => {
                if let Some(open) = &mut screen.open {
                    open.erase(&[id]).map_err(Refused)?;
                }
            }
            NotebookRequest::Try(old) => {
                if let Some(open) = &screen.open {
                    open.try_passphrase(&passphrase(&old)).map_err(closed)?;
                }
            }
            NotebookRequest::Rekey { old, new } => screen.rekey(&old, &new)?,
            NotebookRequest::Seal(new) => {
                if let Some(open) = &mut screen.open {
                    open.seal(&passphrase(&new)).map_err(closed)?;
                    screen.known = known(&notebooks);
                }
            }
            NotebookRequest::Out { what, folder } => {
                if let Some(open) = &screen.open {
                    return export_file::write(&what, &folder, open, &screen.titles, now).map(Some);
                }
            }
            NotebookRequest::Appointment { what, folder } => {
                return export_file::appointment(&what, &folder, now).map(Some);
            }
            NotebookRequest::Copies(request) => return self.serve_copies(request, now),
            NotebookRequest::Forget => {
                if let Some(open) = &screen.open {
                    notebooks.forget_open(open).map_err(Refused)?;
                    (screen.open, screen.begun) = (None, None);
                }
                screen.known = known(&notebooks);
            }
            NotebookRequest::Lock => screen.lock(now),
            NotebookRequest::Begin { script, promise } => self.begin_alone(script, promise)?,
            NotebookRequest::Home => self.go_home(),
        }
        Ok(None)
    }

    /// Copies a whole notebook, brings one here, or takes one in.
    fn serve_copies(
        &mut self,
        request: CopyRequest,
        now: Moment,
    ) -> Result<Option<SafeText>, Refused> {
        if let CopyRequest::Bring { folder } = request {
            let says = self.bring(&folder)?;
            let here = known(&self.notebooks());
            if let Activity::Notebook(screen) = &mut self.activity {
                screen.known = here;
            }
            return Ok(Some(says));
        }
        let Activity::Notebook(screen) = &mut self.activity else {
            return Ok(None);
        };
        let Some(open) = &mut screen.open else {
            return Ok(None);
        };
        match request {
            CopyRequest::Bring { .. } => Ok(None),
            CopyRequest::Out { folder } => {
                let beside = (&*self.people, &*self.folders.record());
                copies::write(open, beside, &folder, now.day()).map(Some)
            }
            CopyRequest::TakeIn { folder, secret } => {
                let secret = secret.as_ref().map(passphrase);
                let (folder, says) = copies::take_in(open, &folder, secret.as_ref())?;
                self.remember_copy(&folder)?;
                Ok(Some(says))
            }
        }
    }

    /// Begins at once what helps somebody who is shaken and alone. Nothing is asked before.
    ///
    /// # Errors
    /// The sentence that says why it can't begin.
    pub(crate) fn begin_now(&mut self) -> Result<(), Refused> {
        if !self.people.seen_notice() {
            // Whoever is shaken now does not read two pages first.
            return refused(SafeText::new(words().cli.now_first));
        }
        let alone = self
            .people
            .circles()
            .iter()
            .find(|circle| circle.names.len() == 1);
        let name = alone.and_then(|circle| circle.names.first().cloned());
        self.begin_solo(
            AFTER_A_TRIGGER,
            name.unwrap_or_else(|| words().cli.you.to_owned()),
            LeftOff::default(),
            Log::at_first_answer,
        )
    }

    /// Begins a session of the person whose notebook is open; the notebook is locked with that.
    fn begin_alone(&mut self, script: &str, promise: Option<Id>) -> Result<(), Refused> {
        let open = if let Activity::Notebook(screen) = &self.activity {
            screen.open.as_ref()
        } else {
            None
        };
        let name = open.map(|open| open.notebook().name().to_owned());
        let today = self.clock.now().day();
        let lines = open.map(|open| notebook_ui::left_off(open.book(), promise.as_ref(), today));
        let both = open.zip(promise.as_ref());
        let waits = both.is_some_and(|(open, promise)| open.book().only_greets(promise));
        let from = LeftOff {
            promise,
            only_greets: waits,
            lines: lines.unwrap_or_default(),
        };
        let name = name.unwrap_or_else(|| words().cli.you.to_owned());
        self.begin_solo(script, name, from, Log::create)
    }

    fn begin_solo(
        &mut self,
        script: &str,
        name: String,
        from: LeftOff,
        log: NewLog,
    ) -> Result<(), Refused> {
        let minutes = self.scripts.head(script).map_or(0, |head| head.minutes);
        let people = vec![name];
        let known = self.people.circle(&people);
        let setup = Setup {
            script: script.to_owned(),
            wording: known.and_then(|circle| circle.wording.clone()),
            people,
            length: Length::Minutes(minutes),
            first: Who(0),
        };
        self.begin_from(setup, from, log)
    }
}

fn closed(why: OpenError) -> Refused {
    Refused(why.sentence())
}
