//! A day as people say it. Files, and what is typed, have it in figures (`Display`).

use super::Date;
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

impl Date {
    /// The day in words, like "Saturday, 21 November", with the year where it is not that of `today`.
    #[must_use]
    pub(crate) fn said(self, today: Self) -> SafeText {
        let w = &words().date;
        self.fills(if self.year == today.year {
            &w.day
        } else {
            &w.day_year
        })
    }

    /// The day in words with its year, for what is read some day.
    #[must_use]
    pub(crate) fn said_whole(self) -> SafeText {
        self.fills(&words().date.day_year)
    }

    /// The day in few words, like "21 November", with the year where it is not that of `today`.
    #[must_use]
    pub(crate) fn short(self, today: Self) -> SafeText {
        let w = &words().date;
        self.fills(if self.year == today.year {
            &w.short
        } else {
            &w.short_year
        })
    }

    /// This day as it can be typed, in figures and in words: whoever types what a hint says is understood.
    #[must_use]
    pub(crate) fn as_hint(self, text: &Template) -> SafeText {
        let (day, short) = (self.to_string(), self.short(self));
        fill(text, &[("day", &day), ("short", short.as_str())])
    }

    fn fills(self, text: &Template) -> SafeText {
        let w = &words().date;
        let (day, year) = (self.day.to_string(), self.year.to_string());
        let at = usize::from(self.weekday());
        let month = usize::from(self.month).saturating_sub(1);
        let word = |all: &[&'static str], at: usize| all.get(at).copied().unwrap_or_default();
        fill(
            text,
            &[
                ("weekday", word(w.weekdays, at)),
                ("month", word(w.months, month)),
                ("day", &day),
                ("year", &year),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date {
        year: 2026,
        month: 11,
        day: 21,
    };

    #[test]
    fn the_year_is_said_where_it_is_another() {
        let last = Date {
            year: 2025,
            month: 2,
            day: 3,
        };
        assert_eq!(TODAY.said(TODAY).as_str(), "Saturday, 21 November");
        assert_eq!(TODAY.short(TODAY).as_str(), "21 November");
        assert_eq!(last.said(TODAY).as_str(), "Monday, 3 February 2025");
        assert_eq!(last.short(TODAY).as_str(), "3 February 2025");
        assert_eq!(TODAY.said_whole().as_str(), "Saturday, 21 November 2026");
    }

    #[test]
    fn what_is_no_day_is_said_without_a_panic() {
        let none = Date {
            year: -5,
            month: 99,
            day: 99,
        };
        assert_eq!(none.said(TODAY).as_str(), "Monday, 99  -5");
    }
}
