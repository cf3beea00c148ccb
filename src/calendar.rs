//! The next session, for a calendar: asked page by page, and as a file.
//!
//! Owns: these pages, wherever they are opened from; the file of a calendar (RFC 5545).
//! Never does: IO, reading a clock, saying who meets or what is done then.
//! May see: menu, session, text, time.

mod ics;

pub(crate) use ics::{Slot, file};

use crate::menu::page::{PageChoice, PageView, ask, item, line, pick, place, refused};
use crate::session::intent::Refused;
use crate::session::next_session::NextSession;
use crate::session::scene::ListItem;
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};
use crate::time::date::{Date, typed_time};

/// The most letters of a day, and of a time.
const DAY: usize = 40;
const TIME: usize = 12;
/// How long a session may be, in minutes, as it is offered.
const LONG: [u16; 5] = [30, 60, 75, 90, 120];

/// The next session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appointment {
    /// Its day, and perhaps one in reserve.
    pub(crate) days: Vec<Date>,
    /// The hour and the minute, where the people are.
    pub(crate) at: (u8, u8),
    /// How long it is.
    pub(crate) minutes: u16,
    /// Those of its days on which that time comes twice, because clocks are put back: it is the first of the two.
    pub(crate) twice: Vec<Date>,
}

/// What is known of the next session before anybody is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Proposal {
    /// What was agreed on at the closing.
    pub(crate) next: Option<NextSession>,
    /// How long the last session was meant to be, in minutes.
    pub(crate) minutes: Option<u16>,
    /// Whether the day can be kept here, without a file.
    pub(crate) keeps: bool,
}

impl Proposal {
    /// The first question; none where all of it is known.
    #[must_use]
    pub(crate) fn first(self, today: Date, walls: Walls) -> Asking {
        let known = self.known(today, walls);
        known.map_or(Asking::Day, Asking::Seen)
    }

    /// The whole session, where its day is still to come and its time and length are known.
    fn known(self, today: Date, walls: Walls) -> Option<Appointment> {
        let (next, minutes) = (self.next?, self.minutes?);
        let (at, first) = (next.at?, next.coming(today)?);
        let reserve = next.reserve.filter(|reserve| *reserve > first);
        let days: Vec<Date> = [Some(first), reserve].into_iter().flatten().collect();
        let times = days.iter().map(|day| is_twice(*day, at, walls));
        let times: Result<Vec<bool>, Refused> = times.collect();
        let twice = days.iter().zip(times.ok()?).filter(|(_, twice)| *twice);
        Some(Appointment {
            twice: twice.map(|(day, _)| *day).collect(),
            days,
            at,
            minutes,
        })
    }

    /// The time that was agreed on, as it is typed.
    fn time(self) -> String {
        let at = self.next.and_then(|next| next.at);
        let said = at.map(|(hour, minute)| format!("{hour:02}:{minute:02}"));
        said.unwrap_or_default()
    }

    /// How long it can be: as the last one was first.
    fn lengths(self) -> Vec<u16> {
        let others = LONG.into_iter().filter(|long| Some(*long) != self.minutes);
        self.minutes.into_iter().chain(others).collect()
    }
}

/// The moments at which the clocks here show a day and time, in milliseconds since 1970 UTC, the earliest first; what
/// they show is told in milliseconds, too, as if it were in UTC.
pub(crate) type Walls = fn(i64) -> Vec<i64>;

/// The moments at which the clocks here show this on that day: none where they are put forward over it.
#[must_use]
pub(crate) fn moments(day: Date, (hour, minute): (u8, u8), walls: Walls) -> Vec<i64> {
    let midnight = day.days_since(Date::at(0, 0)).saturating_mul(86_400_000);
    let time = (i64::from(hour) * 60 + i64::from(minute)) * 60_000;
    walls(midnight.saturating_add(time))
}

/// What is asked now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Asking {
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
        /// Whether that comes twice on this day.
        twice: bool,
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
pub(crate) enum AppointmentStep {
    /// To this question.
    To(Asking),
    /// Keep the day here, without a file.
    Keep(Appointment),
    /// Back to where these pages were opened from.
    Away,
}

/// What becomes of something that was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum AppointmentInput {
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
    /// The page. `folder` is the one that is proposed for the file, and `known` what is known before it is asked.
    #[must_use]
    pub(crate) fn view(
        &self,
        today: Date,
        folder: &SafeText,
        known: Proposal,
    ) -> PageView<AppointmentStep> {
        let (w, p) = (&words().calendar, &words().pages);
        match self {
            Self::Day => {
                // What is known is one key away, and the field is empty for whoever types another day.
                let agreed = known.next.and_then(|next| next.coming(today));
                let takes = |day: Date| {
                    let does = AppointmentStep::To(Self::Time { day });
                    pick(day.said(today).as_str(), does)
                };
                PageView {
                    on: agreed.map(takes),
                    ..typed_day(w.day_ask, today.after(7))
                }
            }
            Self::Time { .. } => PageView {
                field: Some(line(&known.time(), w.time_hint, TIME)),
                ..PageView::new(w.title, ask(w.time_ask))
            },
            Self::Long { day, at, twice } => {
                let long = |minutes: u16| PageChoice {
                    says: fill(&w.long, &[("minutes", &minutes.to_string())]),
                    does: AppointmentStep::To(Self::Reserve {
                        first: Appointment {
                            days: vec![*day],
                            at: *at,
                            minutes,
                            twice: if *twice { vec![*day] } else { Vec::new() },
                        },
                    }),
                };
                let all = known.lengths().into_iter().map(long);
                PageView::new(w.title, ask(w.long_ask)).with(all.collect())
            }
            Self::Reserve { first } => {
                let none = AppointmentStep::To(Self::Seen(first.clone()));
                PageView {
                    on: Some(pick(w.reserve_none, none)),
                    ..typed_day(w.reserve_ask, reserve_example(first, today))
                }
            }
            Self::Seen(what) => {
                let mut picks = vec![pick(
                    p.file_yes,
                    AppointmentStep::To(Self::Place(what.clone())),
                )];
                if known.keeps && known.next != Some(what.next()) {
                    picks.push(pick(w.keep, AppointmentStep::Keep(what.clone())));
                }
                picks.push(pick(w.other, AppointmentStep::To(Self::Day)));
                picks.push(pick(p.back, AppointmentStep::Away));
                PageView {
                    list: what.said(today),
                    ..PageView::new(w.title, ask(p.file_preview)).with(picks)
                }
            }
            Self::Place(_) => place(w.title, folder),
        }
    }

    /// What becomes of something that was typed here; `walls` are the clocks of this place.
    ///
    /// # Errors
    /// A sentence; the question stays.
    pub(crate) fn typed(
        &self,
        typed: &str,
        today: Date,
        walls: Walls,
    ) -> Result<AppointmentInput, Refused> {
        let w = &words().calendar;
        let day = || Date::typed(typed, today).map_err(Refused);
        Ok(AppointmentInput::To(match self {
            // Whoever types the time as well is not asked for it.
            Self::Day => match Date::spoken_of(typed, (today, (0, 0))) {
                Some((day, Some(at))) if Date::typed(typed, today).is_err() => {
                    let twice = is_twice(day, at, walls)?;
                    Self::Long { day, at, twice }
                }
                _ => Self::Time { day: day()? },
            },
            Self::Time { day } => {
                let at = typed_time(typed).ok_or_else(|| refused(w.time_wrong))?;
                let twice = is_twice(*day, at, walls)?;
                let day = *day;
                Self::Long { day, at, twice }
            }
            Self::Reserve { first } => {
                let (mut what, day) = (first.clone(), day()?);
                if what.days.contains(&day) {
                    return Err(refused(w.reserve_same));
                }
                if is_twice(day, what.at, walls)? {
                    what.twice.push(day);
                }
                what.days.push(day);
                Self::Seen(what)
            }
            Self::Place(what) => {
                return Ok(AppointmentInput::File {
                    what: what.clone(),
                    folder: typed.trim().to_owned(),
                });
            }
            Self::Long { .. } | Self::Seen(_) => return Err(refused(words().pages.nothing)),
        }))
    }
}

impl Appointment {
    /// When that is, as it is kept.
    #[must_use]
    pub(crate) fn next(&self) -> NextSession {
        let mut days = self.days.iter().copied();
        NextSession {
            day: days.next().unwrap_or_else(|| Date::at(0, 0)),
            at: Some(self.at),
            reserve: days.next(),
        }
    }

    /// What will stand in the file, in words.
    fn said(&self, today: Date) -> Vec<ListItem> {
        let w = &words().calendar;
        let time = format!("{:02}:{:02}", self.at.0, self.at.1);
        let minutes = self.minutes.to_string();
        let texts = std::iter::once((w.session, w.session_first));
        let texts = texts.chain(std::iter::repeat((w.reserve, w.reserve_first)));
        let says = |(day, (once, first)): (&Date, (Template, Template))| {
            let text = if self.twice.contains(day) {
                first
            } else {
                once
            };
            let day = day.said(today);
            let values = [
                ("day", day.as_str()),
                ("time", &time),
                ("minutes", &minutes),
            ];
            item("", &fill(&text, &values))
        };
        let mut list: Vec<ListItem> = self.days.iter().zip(texts).map(says).collect();
        list.push(item("", &fill(&w.neutral, &[("name", w.name)])));
        list
    }
}

/// A day between the first one and the week after, as an example of one in reserve.
fn reserve_example(first: &Appointment, today: Date) -> Date {
    first.days.first().map_or(today, |day| day.after(2))
}

fn typed_day(asked: &str, example: Date) -> PageView<AppointmentStep> {
    let w = &words().calendar;
    let hint = example.as_hint(&w.day_hint);
    PageView {
        field: Some(line("", hint.as_str(), DAY)),
        ..PageView::new(w.title, ask(asked))
    }
}

/// Whether the clocks show this twice on that day.
fn is_twice(day: Date, at: (u8, u8), walls: Walls) -> Result<bool, Refused> {
    match moments(day, at, walls).len() {
        0 => {
            let time = format!("{:02}:{:02}", at.0, at.1);
            let w = &words().calendar;
            Err(Refused(fill(&w.time_left_out, &[("time", &time)])))
        }
        many => Ok(many > 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clocks that leave out 02:00 to 03:00 on 29 March 2026, and show it twice on 25 October.
    fn walls(local: i64) -> Vec<i64> {
        let hour = 3_600_000;
        let forward = Date::parse("2026-03-29").map_or(0, |day| day.days_since(Date::at(0, 0)));
        let back = Date::parse("2026-10-25").map_or(0, |day| day.days_since(Date::at(0, 0)));
        let (forward, back) = (forward * 24 * hour + 2 * hour, back * 24 * hour + 2 * hour);
        if (forward..forward + hour).contains(&local) {
            Vec::new()
        } else if (back..back + hour).contains(&local) {
            vec![local - 2 * hour, local - hour]
        } else if (forward..back).contains(&local) {
            vec![local - 2 * hour]
        } else {
            vec![local - hour]
        }
    }

    fn typed(asking: &Asking, typed: &str) -> Result<Asking, String> {
        let today = Date::at(1_767_225_600_000, 0);
        match asking.typed(typed, today, walls) {
            Ok(AppointmentInput::To(next)) => Ok(next),
            Ok(AppointmentInput::File { .. }) => panic!("{typed}"),
            Err(why) => Err(why.0.to_string()),
        }
    }

    fn said(what: &Appointment) -> String {
        let list = what.said(Date::at(1_767_225_600_000, 0));
        let said: Vec<String> = list.iter().map(|item| item.words.to_string()).collect();
        said.join(" / ")
    }

    #[test]
    fn a_day_and_a_time_can_be_typed_at_once() {
        let Ok(Asking::Long { day, at, .. }) = typed(&Asking::Day, "thursday 7pm") else {
            panic!("not asked for how long")
        };
        assert_eq!((day.weekday(), at), (3, (19, 0)));
        assert!(matches!(
            typed(&Asking::Day, "thursday"),
            Ok(Asking::Time { .. })
        ));
        assert!(typed(&Asking::Day, "7pm, or so").is_err());
    }

    #[test]
    fn a_time_that_a_day_does_not_have_is_refused_and_one_that_comes_twice_says_which_it_is() {
        let at = |day: &str| typed(&Asking::Day, day).unwrap();
        let why = typed(&at("2026-03-29"), "02:30").unwrap_err();
        assert!(
            why.contains("no 02:30") && why.contains("clocks skip it"),
            "{why}"
        );
        assert!(typed(&at("2026-03-29"), "03:30").is_ok());
        let Asking::Long { day, at, twice } = typed(&at("2026-10-25"), "02:30").unwrap() else {
            panic!("not asked for how long")
        };
        assert!(twice);
        // It is the first of the two, as in RFC 5545, 3.3.5.
        assert_eq!(moments(day, at, walls)[0], 1_792_888_200_000);
        let what = Appointment {
            days: vec![day],
            at,
            minutes: 60,
            twice: vec![day],
        };
        assert!(
            said(&what).contains("02:30, before the clocks go back, for 60"),
            "{}",
            said(&what)
        );
        // The day in reserve is looked at, too.
        let reserve = Asking::Reserve { first: what };
        assert!(typed(&reserve, "2027-03-28").is_ok());
        assert!(
            typed(&reserve, "2026-03-29")
                .unwrap_err()
                .contains("clocks skip it")
        );
        let Asking::Seen(what) = typed(&reserve, "2026-11-01").unwrap() else {
            panic!("not shown")
        };
        assert!(said(&what).contains("02:30, in reserve"), "{}", said(&what));
    }
}
