//! A day, how long ago it is, the days after it, how it is said, and its month as a grid.
//!
//! Owns: days on somebody's calendar, and how they are said and drawn.
//! Never does: reading a clock; knowing hours.
//! May see: shown, words.

mod month;
mod spoken_date;
mod typed_day;

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

pub(crate) use month::{Marks, Month};
pub(crate) use typed_day::typed_time;

/// A day on somebody's calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "DateFormat")]
pub struct Date {
    /// The year.
    pub(crate) year: i32,
    /// 1 to 12.
    pub(crate) month: u8,
    /// 1 to 31.
    pub(crate) day: u8,
}

impl Date {
    /// The day at a moment: `wall` in milliseconds since 1970 UTC, where people are `offset` seconds east of UTC.
    /// Beyond the calendar's range it is the first day of 1970.
    #[must_use]
    pub fn at(wall: i64, offset: i32) -> Self {
        let local = wall.saturating_add(i64::from(offset).saturating_mul(1000));
        let day = chrono::DateTime::from_timestamp_millis(local).unwrap_or_default();
        Self::of(day.date_naive())
    }

    /// The day that is so many days later; the same day where the calendar ends.
    #[must_use]
    pub fn after(self, days: u32) -> Self {
        self.civil()
            .and_then(|day| day.checked_add_days(Days::new(days.into())))
            .map_or(self, Self::of)
    }

    /// How many days it is from the other day to this one; negative when this one is earlier.
    #[must_use]
    pub(crate) fn days_since(self, other: Self) -> i64 {
        match (self.civil(), other.civil()) {
            (Some(this), Some(other)) => this.signed_duration_since(other).num_days(),
            (_, _) => 0,
        }
    }

    /// The day of the week, 0 for Monday to 6 for Sunday; 0 for what is no day.
    #[must_use]
    pub(crate) fn weekday(self) -> u8 {
        let day = self.civil().map(|day| day.weekday().num_days_from_monday());
        day.and_then(|day| u8::try_from(day).ok()).unwrap_or(0)
    }

    /// The day that is written like `2026-03-01` (ISO 8601).
    #[must_use]
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let day = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok()?;
        (0..=9999).contains(&day.year()).then(|| Self::of(day))
    }

    fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            month: u8::try_from(day.month()).unwrap_or(1),
            day: u8::try_from(day.day()).unwrap_or(1),
        }
    }

    fn civil(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month.into(), self.day.into())
    }

    /// Whether more than twelve months have gone since.
    #[must_use]
    pub(crate) fn is_stale(self, today: Self) -> bool {
        let anniversary = Self {
            year: self.year.saturating_add(1),
            ..self
        };
        today > anniversary
    }
}

/// A day as files have it: TOML has days of its own, JSON has texts.
#[derive(Deserialize)]
#[serde(untagged)]
enum DateFormat {
    Day(toml::value::Datetime),
    Text(String),
}

impl TryFrom<DateFormat> for Date {
    type Error = &'static str;

    fn try_from(written: DateFormat) -> Result<Self, Self::Error> {
        let text = match written {
            DateFormat::Day(read) => read.to_string(),
            DateFormat::Text(text) => text,
        };
        Self::parse(&text).ok_or("a day alone is expected here, like 2026-03-01")
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn date(year: i32, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    #[test]
    fn a_moment_has_the_day_of_its_place() {
        assert_eq!(Date::at(0, 0), date(1970, 1, 1));
        assert_eq!(Date::at(0, -60), date(1969, 12, 31));
        assert_eq!(Date::at(1_709_164_800_000, 0), date(2024, 2, 29));
        assert_eq!(Date::at(i64::MAX, 0), date(1970, 1, 1));
    }

    #[test]
    fn twelve_months_are_not_stale_and_a_day_more_is() {
        let then = date(2024, 2, 29);
        assert!(!then.is_stale(date(2025, 2, 28)));
        assert!(then.is_stale(date(2025, 3, 1)));
        assert!(!date(2025, 6, 1).is_stale(date(2026, 6, 1)));
        assert!(date(2025, 6, 1).is_stale(date(2026, 6, 2)));
    }

    #[test]
    fn days_are_counted_over_the_ends_of_months_and_years() {
        let last = date(2024, 2, 28);
        assert_eq!(last.after(1), date(2024, 2, 29));
        assert_eq!(last.after(2), date(2024, 3, 1));
        assert_eq!(date(2026, 12, 31).after(1), date(2027, 1, 1));
        assert_eq!(last.after(21).days_since(last), 21);
        assert_eq!(last.days_since(last.after(7)), -7);
        assert_eq!(date(2026, 11, 21).weekday(), 5);
        let end = date(262_142, 12, 31);
        assert_eq!(end.after(u32::MAX), end);
        assert_eq!(date(2026, 13, 40).after(1), date(2026, 13, 40));
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for (typed, day) in [
            ("2026-03-01", Some(date(2026, 3, 1))),
            (" 2026-3-1 ", Some(date(2026, 3, 1))),
            ("2026-02-30", None),
            ("01.03.2026", None),
            ("99999-01-01", None),
            ("2026-03-01T10:00:00", None),
            ("", None),
        ] {
            assert_eq!(Date::parse(typed), day, "{typed}");
        }
        let kept = serde_json::to_string(&date(2026, 3, 1)).unwrap();
        assert_eq!(kept, "\"2026-03-01\"");
        assert_eq!(
            serde_json::from_str::<Date>(&kept).unwrap(),
            date(2026, 3, 1)
        );
        assert!(serde_json::from_str::<Date>("\"soon\"").is_err());
    }
}
