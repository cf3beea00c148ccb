//! The next session, for a calendar: asked page by page, and as a file.
//!
//! Owns: these pages, wherever they are opened from; the file of a calendar (RFC 5545).
//! Never does: IO, reading a clock, saying who meets or what is done then.
//! May see: date, pages, session's refusals, shown, words.

mod file;

pub use file::{Slot, file};

use crate::date::Date;
use crate::pages::{Pick, View, ask, item, line, pick, place, refused};
use crate::session::intent::Refused;
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::words::{Template, fill, words};

/// The letters of a day.
const DAY: usize = 10;
/// How long a session may be, in minutes, as it is offered.
const LONG: [u16; 5] = [30, 60, 75, 90, 120];

/// The next session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appointment {
    /// Its day, and perhaps one in reserve.
    pub days: Vec<Date>,
    /// The hour and the minute, where the people are.
    pub at: (u8, u8),
    /// How long it is.
    pub minutes: u16,
}

/// What is asked now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asking {
    /// On which day?
    Day,
    /// At what time?
    Time {
        /// The day.
        day: Date,
    },
    /// For how long?
    Long {
        /// The day.
        day: Date,
        /// The hour and the minute.
        at: (u8, u8),
    },
    /// With a day in reserve?
    Reserve {
        /// All the rest.
        first: Appointment,
    },
    /// What will stand in the file.
    Seen(Appointment),
    /// In which folder?
    Place(Appointment),
}

/// Where a choice leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// To this question.
    To(Asking),
    /// Back to where these pages were opened from.
    Away,
}

/// What becomes of something that was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    /// The next question.
    To(Asking),
    /// A file to write.
    File {
        /// What stands in it.
        what: Appointment,
        /// The folder, as it was typed.
        folder: String,
    },
}

impl Asking {
    /// The question before this one; none where these pages were opened.
    #[must_use]
    pub fn back(&self) -> Option<Self> {
        Some(match self {
            Self::Day | Self::Seen(_) => return None,
            Self::Time { .. } => Self::Day,
            Self::Long { day, .. } => Self::Time { day: *day },
            Self::Reserve { first } => {
                let day = *first.days.first()?;
                Self::Long { day, at: first.at }
            }
            Self::Place(what) => Self::Seen(what.clone()),
        })
    }

    /// The page. `folder` is the one that is proposed for the file.
    #[must_use]
    pub fn view(&self, today: Date, folder: &Shown) -> View<Step> {
        let (w, p) = (&words().appointment, &words().pages);
        match self {
            Self::Day => typed_day(&w.day_ask, today),
            Self::Time { .. } => View {
                field: Some(line("", &w.time_hint, 5)),
                ..View::new(&w.title, ask(&w.time_ask))
            },
            Self::Long { day, at } => {
                let long = |minutes: u16| Pick {
                    says: fill(&w.long, &[("minutes", &minutes.to_string())]),
                    does: Step::To(Self::Reserve {
                        first: Appointment {
                            days: vec![*day],
                            at: *at,
                            minutes,
                        },
                    }),
                };
                View::new(&w.title, ask(&w.long_ask)).with(LONG.map(long).to_vec())
            }
            Self::Reserve { first } => {
                let none = Step::To(Self::Seen(first.clone()));
                View {
                    on: Some(pick(&w.reserve_none, none)),
                    ..typed_day(&w.reserve_ask, today)
                }
            }
            Self::Seen(what) => View {
                list: what.said(today),
                ..View::new(&w.title, ask(&p.file_preview)).with(vec![
                    pick(&p.file_yes, Step::To(Self::Place(what.clone()))),
                    pick(&p.back, Step::Away),
                ])
            },
            Self::Place(_) => place(&w.title, folder),
        }
    }

    /// What becomes of something that was typed here.
    ///
    /// # Errors
    /// A sentence; the question stays.
    pub fn typed(&self, typed: &str, today: Date) -> Result<Typed, Refused> {
        let w = &words().appointment;
        let day = || {
            let day = Date::parse(typed).filter(|day| *day >= today);
            day.ok_or_else(|| {
                let example = today.after(7).to_string();
                Refused(fill(&w.day_wrong, &[("day", &example)]))
            })
        };
        Ok(Typed::To(match self {
            Self::Day => Self::Time { day: day()? },
            Self::Time { day } => {
                let at = hour(typed).ok_or_else(|| refused(&w.time_wrong))?;
                Self::Long { day: *day, at }
            }
            Self::Reserve { first } => {
                let mut what = first.clone();
                what.days.push(day()?);
                Self::Seen(what)
            }
            Self::Place(what) => {
                return Ok(Typed::File {
                    what: what.clone(),
                    folder: typed.trim().to_owned(),
                });
            }
            Self::Long { .. } | Self::Seen(_) => return Err(refused(&words().pages.nothing)),
        }))
    }
}

impl Appointment {
    /// What will stand in the file, in words.
    fn said(&self, today: Date) -> Vec<Item> {
        let w = &words().appointment;
        let time = format!("{:02}:{:02}", self.at.0, self.at.1);
        let minutes = self.minutes.to_string();
        let texts = std::iter::once(&w.session).chain(std::iter::repeat(&w.reserve));
        let says = |(day, text): (&Date, &Template)| {
            let day = day.said(today);
            let values = [
                ("day", day.as_str()),
                ("time", &time),
                ("minutes", &minutes),
            ];
            item("", &fill(text, &values))
        };
        let mut list: Vec<Item> = self.days.iter().zip(texts).map(says).collect();
        list.push(item("", &fill(&w.neutral, &[("name", w.name)])));
        list
    }
}

fn typed_day(asked: &str, today: Date) -> View<Step> {
    let w = &words().appointment;
    let example = today.after(7).to_string();
    let hint = fill(&w.day_hint, &[("day", &example)]);
    View {
        field: Some(line("", hint.as_str(), DAY)),
        ..View::new(&w.title, ask(asked))
    }
}

/// An hour and a minute, as people write them.
fn hour(typed: &str) -> Option<(u8, u8)> {
    let (hour, minute) = typed.trim().split_once([':', '.', 'h'])?;
    let (hour, minute) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}
