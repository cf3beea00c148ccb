//! Looking at what is remembered, and changing it: people and their cards, pairs and circles, what was kept.
//!
//! Owns: these pages, as a pure value that is told things; what was kept, as a calendar and as sentences.
//! Never does: IO, reading a clock, changing anything itself (it hands out wishes); counting what could be a score.
//! May see: script, session, date, appointment, people, pages, shown, words.
//!
//! ```text
//! front ─┬─ people ─ person ─┬─ a line
//!        │                   └─ delete?
//!        ├─ circles ─ circle ─┬─ the agreement, now and before
//!        │                    └─ review, trial, loan, end, delete?
//!        └─ the latest month ─ other months, years
//! ```

mod circle;
mod history;
mod person;

#[cfg(test)]
mod tests;

pub use history::History;

use crate::appointment::{Appointment, Asking, Typed, Walls};
use crate::date::{Date, Month};
use crate::pages::{Asked, Chosen, View, ask, item, pick, refused};
use crate::people::{Memory, PersonLine};
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{Field, Scene, Verb};
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::words::{Template, fill, joined, words};

/// What is asked of whoever holds these pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// Write a line about a person; an empty one is taken away.
    Line {
        /// Who.
        name: String,
        /// Which line.
        line: PersonLine,
        /// The words, clean and short.
        words: String,
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
        what: Change,
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
pub enum Change {
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
}

/// The pages.
pub struct Recall {
    page: Page,
    /// The first of the choices that are shown, where there are more than nine.
    from: usize,
    /// What was kept; `None` before somebody asked for it.
    history: Option<History>,
    /// The folder that is proposed for a file.
    folder: Shown,
    /// The clocks of this place, for the next session.
    walls: Walls,
    /// What is said beside the page until the next one.
    says: Option<Shown>,
}

impl std::fmt::Debug for Recall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recall")
    }
}

/// One page.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Page {
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
    Forgive {
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
enum Move {
    To(Page),
    /// Something for others to do, and where we are then.
    Do(Wish, Page),
}

type Pick = crate::pages::Pick<Move>;

impl Page {
    /// The page before this one; `None` leads home.
    fn back(&self) -> Option<Self> {
        Some(match self {
            Self::Front => return None,
            Self::People
            | Self::Circles
            | Self::Latest
            | Self::Years
            | Self::Year { .. }
            | Self::Month { .. } => Self::Front,
            Self::Person { .. } => Self::People,
            Self::Line { name, .. } | Self::DeletePerson { name } => {
                Self::Person { name: name.clone() }
            }
            Self::Circle { .. } => Self::Circles,
            Self::Calendar { names, asking } => {
                let names = names.clone();
                match asking.back() {
                    Some(asking) => Self::Calendar { names, asking },
                    None => Self::Circle { names },
                }
            }
            Self::Agreement { names, version } if *version > 0 => Self::Agreement {
                names: names.clone(),
                version: version - 1,
            },
            Self::Agreement { names, .. }
            | Self::Review { names }
            | Self::Forgive { names }
            | Self::EndCircle { names }
            | Self::DeleteCircle { names } => Self::Circle {
                names: names.clone(),
            },
        })
    }
}

impl Default for Recall {
    fn default() -> Self {
        Self::new()
    }
}

impl Recall {
    /// The first page.
    #[must_use]
    pub fn new() -> Self {
        Self {
            page: Page::Front,
            from: 0,
            history: None,
            folder: Shown::default(),
            walls: |shown| vec![shown],
            says: None,
        }
    }

    /// The first page, where this folder is proposed for files, and these are the clocks of the place.
    #[must_use]
    pub fn at(folder: Shown, walls: Walls) -> Self {
        Self {
            folder,
            walls,
            ..Self::new()
        }
    }

    /// A file was written for these people; this says where it is.
    pub fn is_written(&mut self, names: Vec<String>, says: Shown) {
        self.turn_to(Page::Circle { names });
        self.says = Some(says);
    }

    /// Takes what was read of what was kept.
    pub fn lay(&mut self, history: History) {
        if let (Page::Latest, Some(month)) = (&self.page, history.latest()) {
            self.turn_to(Page::Month { month });
        }
        self.history = Some(history);
    }

    /// What was asked, and what others have to do about it.
    ///
    /// # Errors
    /// One kind sentence; nothing has changed.
    pub fn apply(
        &mut self,
        intent: Intent,
        memory: &Memory,
        now: Moment,
    ) -> Result<Option<Wish>, Refused> {
        let says = &words().pages;
        let view = self.view(memory, now);
        match Asked::of(intent)? {
            Asked::GoOn => {
                if let (Some(Field::Line { initial, .. }), None) = (&view.field, &view.on) {
                    return self.write(initial, now);
                }
                let on = view.go_on(self.from).map(|pick| pick.does.clone());
                let on = on.ok_or_else(|| refused(&says.no_such))?;
                Ok(self.take(on))
            }
            Asked::Back => Ok(match self.page.back() {
                Some(page) => {
                    self.turn_to(page);
                    None
                }
                None => Some(Wish::Home),
            }),
            Asked::Answer(n) => Ok(match view.chosen(self.from, n)? {
                Chosen::Does(does) => self.take(does),
                Chosen::Turn(from) => {
                    self.from = from;
                    None
                }
            }),
            Asked::Write(words) => self.write(&words, now),
            Asked::Rate(_) | Asked::Leave | Asked::Card => Err(refused(&says.not_here)),
        }
    }

    fn turn_to(&mut self, page: Page) {
        self.page = page;
        self.from = 0;
        self.says = None;
    }

    fn take(&mut self, does: Move) -> Option<Wish> {
        match does {
            Move::To(page) => {
                let reads = page == Page::Latest;
                self.turn_to(page);
                reads.then_some(Wish::History)
            }
            Move::Do(wish, page) => {
                self.turn_to(page);
                Some(wish)
            }
        }
    }

    fn write(&mut self, typed: &str, now: Moment) -> Result<Option<Wish>, Refused> {
        let (wish, page) = match &self.page {
            Page::Line { name, line } => person::written(name, *line, typed)?,
            Page::Review { names } => circle::reviewed(names, typed, now)?,
            Page::Calendar { names, asking } => {
                let names = names.clone();
                match asking.typed(typed, now.day(), self.walls)? {
                    Typed::To(asking) => {
                        self.turn_to(Page::Calendar { names, asking });
                        return Ok(None);
                    }
                    // The page stays until the file is there: what was typed is not lost where it can't be written.
                    Typed::File { what, folder } => {
                        return Ok(Some(Wish::Appointment {
                            names,
                            what,
                            folder,
                        }));
                    }
                }
            }
            Page::Front
            | Page::People
            | Page::Person { .. }
            | Page::DeletePerson { .. }
            | Page::Circles
            | Page::Circle { .. }
            | Page::Agreement { .. }
            | Page::Forgive { .. }
            | Page::EndCircle { .. }
            | Page::DeleteCircle { .. }
            | Page::Latest
            | Page::Years
            | Page::Year { .. }
            | Page::Month { .. } => return Err(refused(&words().pages.nothing)),
        };
        self.turn_to(page);
        Ok(Some(wish))
    }

    /// What may be seen and asked now. The page before the first one is home.
    #[must_use]
    pub fn scene(&self, memory: &Memory, now: Moment) -> Scene {
        let mut scene = self.view(memory, now).scene(self.from, true);
        scene.notice.clone_from(&self.says);
        if self.page == Page::Front {
            for offer in &mut scene.offers {
                if offer.verb == Verb::Back {
                    offer.says = Shown::new(&words().cli.home);
                }
            }
        }
        scene
    }

    fn view(&self, memory: &Memory, now: Moment) -> View<Move> {
        match &self.page {
            Page::Front => front(memory),
            Page::People => person::all(memory),
            Page::Person { name } => person::one(name, memory),
            Page::Line { name, line } => person::line(name, *line, memory),
            Page::DeletePerson { name } => person::delete(name, memory),
            Page::Circles => circle::all(memory),
            Page::Circle { names } => circle::one(names, memory, now),
            Page::Agreement { names, version } => circle::agreement(names, *version, memory, now),
            Page::Review { names } => circle::review(names, memory),
            Page::Calendar { names, asking } => circle::calendar(names, asking, &self.folder, now),
            Page::Forgive { names } => circle::forgive(names),
            Page::EndCircle { names } => circle::end(names, now),
            Page::DeleteCircle { names } => circle::delete(names),
            Page::Latest => none_kept(),
            Page::Years => self.years(),
            Page::Year { year } => self.year(*year),
            Page::Month { month } => self.month(*month),
        }
    }

    fn years(&self) -> View<Move> {
        let w = &words().recall;
        let Some(history) = self.history.as_ref().filter(|history| !history.is_empty()) else {
            return none_kept();
        };
        let years = history.years().into_iter();
        let picks = years.map(|year| pick(&year.to_string(), Move::To(Page::Year { year })));
        View::new(&w.history_title, ask(&w.history_ask)).with(picks.collect())
    }

    fn year(&self, year: i32) -> View<Move> {
        let w = &words().recall;
        let months = self.history.as_ref().map(|history| history.months(year));
        let months = months.unwrap_or_default();
        let list = months
            .iter()
            .map(|(month, marks)| item(month.name(), &Month::said(marks)));
        let picks = months.iter().rev().map(|(month, _)| {
            let page = Page::Month { month: *month };
            pick(month.name(), Move::To(page))
        });
        View {
            list: list.collect(),
            ..View::new(&year.to_string(), ask(&w.history_month)).with(picks.collect())
        }
    }

    fn month(&self, month: Month) -> View<Move> {
        let w = &words().recall;
        let Some(history) = &self.history else {
            return none_kept();
        };
        // A sentence in each row, so that they are read where rows are short.
        let list = history
            .sessions(month)
            .into_iter()
            .flat_map(|(when, what)| {
                let leads = std::iter::once(when).chain(std::iter::repeat(Shown::default()));
                let rows = leads.zip(what);
                rows.map(|(lead, what)| item(lead.as_str(), &what))
                    .collect::<Vec<_>>()
            });
        let beside = |text: &Template, month: Month| Pick {
            says: fill(text, &[("month", month.title().as_str())]),
            does: Move::To(Page::Month { month }),
        };
        let (before, after) = history.beside(month);
        let mut picks = Vec::new();
        picks.extend(before.map(|month| beside(&w.month_before, month)));
        picks.extend(after.map(|month| beside(&w.month_after, month)));
        if let (Some(_), _) | (_, Some(_)) = (before, after) {
            let all = match history.years().as_slice() {
                [year] => Page::Year { year: *year },
                _ => Page::Years,
            };
            picks.push(pick(&w.month_others, Move::To(all)));
        }
        let on = pick(&words().pages.back, Move::To(Page::Front));
        View {
            list: list.collect(),
            grid: month.grid(&history.marks(month)),
            on: picks.is_empty().then_some(on),
            ..View::new(month.title().as_str(), Vec::new()).with(picks)
        }
    }
}

fn none_kept() -> View<Move> {
    let w = &words().recall;
    View {
        on: Some(pick(&words().pages.back, Move::To(Page::Front))),
        ..View::new(&w.history_title, ask(&w.history_none))
    }
}

fn front(memory: &Memory) -> View<Move> {
    let w = &words().recall;
    let mut picks = Vec::new();
    if !memory.everybody().is_empty() {
        picks.push(pick(&w.to_people, Move::To(Page::People)));
    }
    if !memory.circles().is_empty() {
        picks.push(pick(&w.to_circles, Move::To(Page::Circles)));
    }
    picks.push(pick(&w.to_history, Move::To(Page::Latest)));
    let mut prompt = ask(&w.front_ask);
    prompt.push(Shown::new(&w.front_says));
    View::new(&w.front_title, prompt).with(picks)
}

/// A text with the names in it.
fn of(text: &Template, names: &[String]) -> Shown {
    fill(text, &[("people", &joined(names))])
}
