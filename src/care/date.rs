//! A day, and how long ago it is.

use chrono::Datelike;
use serde::Deserialize;

use crate::session::time::Moment;

/// A day on somebody's calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
pub struct Date {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// The day at a moment, where the people are. Beyond the calendar's range it is the first day of 1970.
    #[must_use]
    pub fn at(now: Moment) -> Self {
        let local = now
            .wall
            .saturating_add(i64::from(now.offset).saturating_mul(1000));
        let day = chrono::DateTime::from_timestamp_millis(local).unwrap_or_default();
        Self {
            year: day.year(),
            month: u8::try_from(day.month()).unwrap_or(1),
            day: u8::try_from(day.day()).unwrap_or(1),
        }
    }

    /// Whether more than twelve months have gone since.
    #[must_use]
    pub fn is_stale(self, today: Self) -> bool {
        let anniversary = Self {
            year: self.year.saturating_add(1),
            ..self
        };
        today > anniversary
    }
}

impl TryFrom<toml::value::Datetime> for Date {
    type Error = &'static str;

    fn try_from(read: toml::value::Datetime) -> Result<Self, Self::Error> {
        let (Some(date), None) = (read.date, read.time) else {
            return Err("a day alone is expected here, like 2026-03-01");
        };
        Ok(Self {
            year: i32::from(date.year),
            month: date.month,
            day: date.day,
        })
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const fn date(year: i32, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    #[test]
    fn a_moment_has_the_day_of_its_place() {
        let moment = |wall, offset| Moment {
            mono: Duration::ZERO,
            wall,
            offset,
        };
        assert_eq!(Date::at(moment(0, 0)), date(1970, 1, 1));
        assert_eq!(Date::at(moment(0, -60)), date(1969, 12, 31));
        assert_eq!(Date::at(moment(1_709_164_800_000, 0)), date(2024, 2, 29));
        assert_eq!(Date::at(moment(i64::MAX, 0)), date(1970, 1, 1));
    }

    #[test]
    fn twelve_months_are_not_stale_and_a_day_more_is() {
        let then = date(2024, 2, 29);
        assert!(!then.is_stale(date(2025, 2, 28)));
        assert!(then.is_stale(date(2025, 3, 1)));
        assert!(!date(2025, 6, 1).is_stale(date(2026, 6, 1)));
        assert!(date(2025, 6, 1).is_stale(date(2026, 6, 2)));
    }
}
