//! Looking at what is remembered, and changing it: people and their cards, pairs and circles, what was kept.
//!
//! Owns: these pages, as a pure value that is told things; what was kept, as a calendar and as sentences.
//! Never does: IO, reading a clock, changing anything itself (it hands out wishes); counting what could be a score.
//! May see: calendar, memory, menu, script, session, text, time.
//!
//! ```text
//! front ─┬─ people ─ person ─┬─ a line
//!        │                   └─ delete?
//!        ├─ circles ─ circle ─┬─ the agreement, now and before
//!        │                    └─ review, trial, loan, end, delete?
//!        └─ the latest month ─ other months, years
//! ```

mod circle_pages;
mod history_pages;
mod person_pages;

#[cfg(test)]
mod tests;

pub(crate) use history_pages::HistoryView;

use crate::calendar::{Appointment, AppointmentInput, Asking, Walls};
use crate::memory::{Memory, PersonLine};
use crate::menu::history::History as PageHistory;
use crate::menu::page::{PageAnswer, PageIntent, PageView, ask, item, pick, refused};
use crate::session::intent::{PrivateText, Refused};
use crate::session::next_session::NextSession;
use crate::session::scene::{InputField, Scene, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, joined, words};
use crate::time::date::{Date, Month};
use crate::time::moment::Moment;

/// What is asked of whoever holds these pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum RecordRequest {
    /// Write a line about a person; an empty one is taken away.
    Line {
        /// Who.
        name: String,
        /// Which line.
        line: PersonLine,
        /// The words, clean and short.
        words: String,
    },
    /// Words for the ear and the hand for this person, or the usual ones.
    ByEar {
        /// Who.
        name: String,
        /// Which.
        by_ear: bool,
    },
    /// Forget a person, every circle they sat in, and what was kept of it.
    ForgetPerson {
        /// Who.
        name: String,
    },
    /// Forget a circle and what was kept of it.
    ForgetCircle {
        /// Who sat there.
        names: Vec<String>,
    },
    /// Change something about a circle.
    Circle {
        /// Who sits there.
        names: Vec<String>,
        /// What.
        what: CircleChange,
    },
    /// Write the next session of a circle to a new file, for a calendar.
    Appointment {
        /// Who meets.
        names: Vec<String>,
        /// When.
        what: Appointment,
        /// The folder, as it was typed.
        folder: String,
    },
    /// Read what was kept.
    History,
    /// Go home.
    Home,
}

/// What can be changed about a circle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CircleChange {
    /// They stop meeting, today.
    End(Date),
    /// They meet again.
    MeetAgain,
    /// The agreement is read aloud again from this day on.
    Review(Date),
    /// A trial of three sessions begins.
    Trial,
    /// The trial is over, and they go on.
    NoTrial,
    /// Nobody owes anybody minutes.
    Forgive,
    /// When they meet again; nothing: no day is set any more.
    Next(Option<NextSession>),
}

/// The pages.
pub(crate) struct RecordPages {
    pages: PageHistory<RecordPage>,
    /// What was kept; `None` before somebody asked for it.
    history: Option<HistoryView>,
    /// The folder that is proposed for a file.
    folder: SafeText,
    /// The clocks of this place, for the next session.
    walls: Walls,
    /// What is said beside the page until the next one.
    says: Option<SafeText>,
    /// Whether they were opened from the last page of a session, so that home comes once a file is written.
    after_session: bool,
}

impl std::fmt::Debug for RecordPages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecordPages")
    }
}

/// One page.
#[derive(Clone, PartialEq, Eq, Debug)]
enum RecordPage {
    Front,
    People,
    Person {
        name: String,
    },
    Line {
        name: String,
        line: PersonLine,
    },
    DeletePerson {
        name: String,
    },
    Circles,
    Circle {
        names: Vec<String>,
    },
    /// The agreement: 0 is how it stands, 1 how it was before that.
    Agreement {
        names: Vec<String>,
        version: usize,
    },
    Review {
        names: Vec<String>,
    },
    /// Their next session, for a calendar.
    Calendar {
        names: Vec<String>,
        asking: Asking,
    },
    /// Where their open minutes come from.
    Loans {
        names: Vec<String>,
    },
    Forgive {
        names: Vec<String>,
    },
    /// Whether all of them said yes to a trial.
    BeginTrial {
        names: Vec<String>,
    },
    EndCircle {
        names: Vec<String>,
    },
    DeleteCircle {
        names: Vec<String>,
    },
    /// The latest month, as soon as what was kept has been read.
    Latest,
    Years,
    Year {
        year: i32,
    },
    Month {
        month: Month,
    },
}

/// What a choice does.
#[derive(Clone, PartialEq, Eq, Debug)]
enum RecordMove {
    To(RecordPage),
    /// Something for others to do, and where we are then.
    Do(RecordRequest, RecordPage),
}

type RecordChoice = crate::menu::page::PageChoice<RecordMove>;

impl Default for RecordPages {
    fn default() -> Self {
        Self::new()
    }
}

impl RecordPages {
    /// The first page.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self {
            pages: PageHistory::new(RecordPage::Front),
            history: None,
            folder: SafeText::default(),
            walls: |shown| vec![shown],
            says: None,
            after_session: false,
        }
    }

    /// The first page, where this folder is proposed for files, and these are the clocks of the place.
    #[must_use]
    pub(crate) fn at(folder: SafeText, walls: Walls) -> Self {
        Self {
            folder,
            walls,
            ..Self::new()
        }
    }

    /// To the next session of these people, as far as it is known; once it is written, home comes.
    pub(crate) fn ask_next(
        &mut self,
        names: Vec<String>,
        wrote: Option<SafeText>,
        memory: &Memory,
        today: Date,
    ) {
        let asking = circle_pages::proposal(&names, memory).first(today, self.walls);
        self.turn_to(RecordPage::Calendar { names, asking });
        self.says = wrote;
        self.after_session = true;
    }

    /// Whether home comes once a file is written.
    #[must_use]
    pub(crate) fn leads_home(&self) -> bool {
        self.after_session
    }

    /// A file was written for these people; this says where it is.
    pub(crate) fn is_written(&mut self, names: Vec<String>, says: SafeText) {
        self.turn_to(RecordPage::Circle { names });
        self.says = Some(says);
    }

    /// Takes what was read of what was kept.
    pub(crate) fn lay(&mut self, history: HistoryView) {
        if let (RecordPage::Latest, Some(month)) = (self.pages.page(), history.latest()) {
            self.pages.replace(RecordPage::Month { month });
        }
        self.history = Some(history);
    }

    /// What was asked, and what others have to do about it.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub(crate) fn apply(
        &mut self,
        intent: PageIntent,
        memory: &Memory,
        now: Moment,
    ) -> Result<Option<RecordRequest>, Refused> {
        let says = &words().pages;
        let view = self.view(memory, now);
        match intent {
            PageIntent::GoOn => {
                if let (Some(InputField::Line { initial, .. }), None) = (&view.field, &view.on) {
                    return self.write(initial.as_str().into(), now);
                }
                let on = view.go_on(self.pages.from()).map(|pick| pick.does.clone());
                let on = on.ok_or_else(|| refused(says.no_such))?;
                Ok(self.take(on))
            }
            PageIntent::Back => {
                self.says = None;
                Ok((!self.pages.back()).then_some(RecordRequest::Home))
            }
            PageIntent::Answer(n) => Ok(match view.chosen(self.pages.from(), n)? {
                PageAnswer::Does(does) => self.take(does),
                PageAnswer::Turn(from) => {
                    self.pages.turn(from);
                    None
                }
            }),
            PageIntent::Write(words) => self.write(words, now),
            PageIntent::Rate(_) => Err(refused(says.not_here)),
        }
    }

    fn turn_to(&mut self, page: RecordPage) {
        self.pages.go_to(page);
        self.says = None;
    }

    fn take(&mut self, does: RecordMove) -> Option<RecordRequest> {
        match does {
            RecordMove::To(page) => {
                let reads = matches!(page, RecordPage::Latest | RecordPage::Loans { .. });
                self.turn_to(page);
                reads.then_some(RecordRequest::History)
            }
            RecordMove::Do(wish, page) => {
                self.turn_to(page);
                if let RecordRequest::Circle {
                    what: CircleChange::Next(Some(_)),
                    ..
                } = wish
                {
                    self.says = Some(SafeText::new(words().calendar.kept));
                }
                Some(wish)
            }
        }
    }

    fn write(&mut self, typed: PrivateText, now: Moment) -> Result<Option<RecordRequest>, Refused> {
        let (wish, page) = match self.pages.page() {
            RecordPage::Line { name, line } => person_pages::written(name, *line, &typed)?,
            RecordPage::Review { names } => circle_pages::reviewed(names, &typed, now)?,
            RecordPage::Calendar { names, asking } => {
                let names = names.clone();
                match asking.typed(&typed, now.day(), self.walls)? {
                    AppointmentInput::To(asking) => {
                        self.pages.keep_typed(typed);
                        self.turn_to(RecordPage::Calendar { names, asking });
                        return Ok(None);
                    }
                    // The page stays until the file is there: what was typed is not lost where it can't be written.
                    AppointmentInput::File { what, folder } => {
                        return Ok(Some(RecordRequest::Appointment {
                            names,
                            what,
                            folder,
                        }));
                    }
                }
            }
            RecordPage::Front
            | RecordPage::People
            | RecordPage::Person { .. }
            | RecordPage::DeletePerson { .. }
            | RecordPage::Circles
            | RecordPage::Circle { .. }
            | RecordPage::Agreement { .. }
            | RecordPage::Loans { .. }
            | RecordPage::Forgive { .. }
            | RecordPage::BeginTrial { .. }
            | RecordPage::EndCircle { .. }
            | RecordPage::DeleteCircle { .. }
            | RecordPage::Latest
            | RecordPage::Years
            | RecordPage::Year { .. }
            | RecordPage::Month { .. } => return Err(refused(words().pages.nothing)),
        };
        self.turn_to(page);
        Ok(Some(wish))
    }

    /// What may be seen and asked now. The page before the first one is home.
    #[must_use]
    pub(crate) fn scene(&self, memory: &Memory, now: Moment) -> Scene {
        let mut scene = self.view(memory, now).scene(self.pages.from(), true);
        scene.notice.clone_from(&self.says);
        if *self.pages.page() == RecordPage::Front {
            for offer in &mut scene.offers {
                if offer.verb == Verb::Back {
                    offer.says = SafeText::new(words().cli.home);
                }
            }
        }
        scene
    }

    fn view(&self, memory: &Memory, now: Moment) -> PageView<RecordMove> {
        let view = match self.pages.page() {
            RecordPage::Front => front(memory),
            RecordPage::People => person_pages::all(memory),
            RecordPage::Person { name } => person_pages::one(name, memory),
            RecordPage::Line { name, line } => person_pages::line(name, *line, memory),
            RecordPage::DeletePerson { name } => person_pages::delete(name, memory),
            RecordPage::Circles => circle_pages::all(memory),
            RecordPage::Circle { names } => circle_pages::one(names, memory, (now, self.walls)),
            RecordPage::Agreement { names, version } => {
                circle_pages::agreement(names, *version, memory, now)
            }
            RecordPage::Review { names } => circle_pages::review(names, memory),
            RecordPage::Calendar { names, asking } => {
                circle_pages::calendar(names, asking, &self.folder, (memory, now))
            }
            RecordPage::Loans { names } => {
                circle_pages::loans(names, memory, self.history.as_ref())
            }
            RecordPage::Forgive { names } => circle_pages::forgive(names),
            RecordPage::BeginTrial { names } => circle_pages::begin_trial(names),
            RecordPage::EndCircle { names } => circle_pages::end(names, now),
            RecordPage::DeleteCircle { names } => circle_pages::delete(names),
            RecordPage::Latest => none_kept(),
            RecordPage::Years => self.years(),
            RecordPage::Year { year } => self.year(*year),
            RecordPage::Month { month } => self.month(*month),
        };
        view.with_typed(self.pages.typed())
    }

    fn years(&self) -> PageView<RecordMove> {
        let w = &words().records;
        let Some(history) = self.history.as_ref().filter(|history| !history.is_empty()) else {
            return none_kept();
        };
        let years = history.years().into_iter();
        let picks =
            years.map(|year| pick(&year.to_string(), RecordMove::To(RecordPage::Year { year })));
        PageView::new(w.history_title, ask(w.history_ask)).with(picks.collect())
    }

    fn year(&self, year: i32) -> PageView<RecordMove> {
        let w = &words().records;
        let months = self.history.as_ref().map(|history| history.months(year));
        let months = months.unwrap_or_default();
        let list = months
            .iter()
            .map(|(month, marks)| item(month.name(), &Month::said(marks)));
        let picks = months.iter().rev().map(|(month, _)| {
            let page = RecordPage::Month { month: *month };
            pick(month.name(), RecordMove::To(page))
        });
        PageView {
            list: list.collect(),
            ..PageView::new(&year.to_string(), ask(w.history_month)).with(picks.collect())
        }
    }

    fn month(&self, month: Month) -> PageView<RecordMove> {
        let w = &words().records;
        let Some(history) = &self.history else {
            return none_kept();
        };
        // A sentence in each row, so that they are read where rows are short.
        let list = history
            .sessions(month)
            .into_iter()
            .flat_map(|(when, what)| {
                let leads = std::iter::once(when).chain(std::iter::repeat(SafeText::default()));
                let rows = leads.zip(what);
                rows.map(|(lead, what)| item(lead.as_str(), &what))
                    .collect::<Vec<_>>()
            });
        let beside = |text: &Template, month: Month| RecordChoice {
            says: fill(text, &[("month", month.title().as_str())]),
            does: RecordMove::To(RecordPage::Month { month }),
        };
        let (before, after) = history.beside(month);
        let mut picks = Vec::new();
        picks.extend(before.map(|month| beside(&w.month_before, month)));
        picks.extend(after.map(|month| beside(&w.month_after, month)));
        if let (Some(_), _) | (_, Some(_)) = (before, after) {
            let all = match history.years().as_slice() {
                [year] => RecordPage::Year { year: *year },
                _ => RecordPage::Years,
            };
            picks.push(pick(w.month_others, RecordMove::To(all)));
        }
        let on = pick(words().pages.back, RecordMove::To(RecordPage::Front));
        PageView {
            list: list.collect(),
            grid: month.grid(&history.marks(month)),
            on: picks.is_empty().then_some(on),
            ..PageView::new(month.title().as_str(), Vec::new()).with(picks)
        }
    }
}

fn none_kept() -> PageView<RecordMove> {
    let w = &words().records;
    PageView {
        on: Some(pick(words().pages.back, RecordMove::To(RecordPage::Front))),
        ..PageView::new(w.history_title, ask(w.history_none))
    }
}

fn front(memory: &Memory) -> PageView<RecordMove> {
    let w = &words().records;
    let mut picks = Vec::new();
    if !memory.everybody().is_empty() {
        picks.push(pick(w.to_people, RecordMove::To(RecordPage::People)));
    }
    if !memory.circles().is_empty() {
        picks.push(pick(w.to_circles, RecordMove::To(RecordPage::Circles)));
    }
    picks.push(pick(w.to_history, RecordMove::To(RecordPage::Latest)));
    let mut prompt = ask(w.front_ask);
    prompt.push(SafeText::new(w.front_says));
    PageView::new(w.front_title, prompt).with(picks)
}

/// A text with the names in it.
fn of(text: &Template, names: &[String]) -> SafeText {
    fill(text, &[("people", &joined(names))])
}
