//! A month: what it is called, and drawn as a grid with a row for each week.

use std::collections::BTreeMap;

use super::Date;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// How many columns a day of the grid has.
const CELL: usize = 7;

/// A month of a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Month {
    /// The year.
    pub(crate) year: i32,
    /// 1 to 12.
    pub(crate) month: u8,
}

/// How much there was on each day of a month; a day without anything is not in it.
pub(crate) type Marks = BTreeMap<u8, usize>;

impl Month {
    /// The month of a day.
    #[must_use]
    pub(crate) fn of(day: Date) -> Self {
        Self {
            year: day.year,
            month: day.month,
        }
    }

    /// Its name, without the year.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        let at = usize::from(self.month).saturating_sub(1);
        words().date.months.get(at).copied().unwrap_or_default()
    }

    /// Its name with the year.
    #[must_use]
    pub(crate) fn title(self) -> SafeText {
        let year = self.year.to_string();
        let values = [("month", self.name()), ("year", &year)];
        fill(&words().date.month_year, &values)
    }

    fn days(self) -> impl Iterator<Item = Date> {
        let day = move |day| Date {
            day,
            ..self.first()
        };
        (1..=31).map(day).filter(|day| day.civil().is_some())
    }

    fn first(self) -> Date {
        Date {
            year: self.year,
            month: self.month,
            day: 1,
        }
    }

    /// Its weeks as rows, Monday first, under the names of the days. A day with something on it stands in brackets,
    /// with how often where that is more than once: nothing hangs on a colour. The last row says what that means.
    #[must_use]
    pub(crate) fn grid(self, marks: &Marks) -> Vec<SafeText> {
        let mut weeks = vec![String::new()];
        let head = words().date.weekdays_short.iter();
        // A name stands over the figures, which have a bracket before them.
        let head: String = head.map(|name| format!(" {name:<6}")).collect();
        for day in self.days() {
            if day.weekday() == 0 && day.day > 1 {
                weeks.push(String::new());
            }
            if let Some(week) = weeks.last_mut() {
                let before = CELL * usize::from(day.weekday());
                let blank = before.saturating_sub(week.chars().count());
                week.push_str(&" ".repeat(blank));
                week.push_str(&cell(day.day, marks));
            }
        }
        std::iter::once(head)
            .chain(weeks)
            .map(|row| SafeText::new(row.trim_end()))
            .chain([SafeText::new(words().date.legend)])
            .collect()
    }

    /// The days with something on them in one line, with how often where that is more than once.
    #[must_use]
    pub(crate) fn said(marks: &Marks) -> SafeText {
        let w = &words().date;
        let one = |(day, n): (&u8, &usize)| {
            let (day, n) = (day.to_string(), n.to_string());
            let text = if n == "1" {
                &w.said_one
            } else {
                &w.said_several
            };
            fill(text, &[("day", &day), ("n", &n)])
        };
        let days: Vec<SafeText> = marks.iter().map(one).collect();
        let days: Vec<&str> = days.iter().map(SafeText::as_str).collect();
        SafeText::new(&days.join(", "))
    }
}

/// A day as the grid has it, its figures always in the same columns.
fn cell(day: u8, marks: &Marks) -> String {
    let w = &words().date;
    let figures = format!("{day:>2}");
    let n = marks.get(&day).copied().unwrap_or(0);
    let text = match n {
        0 => format!(" {figures}"),
        1 => fill(&w.one, &[("day", &figures)]).to_string(),
        more => fill(&w.several, &[("day", &figures), ("n", &more.to_string())]).to_string(),
    };
    format!("{text:<CELL$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(year: i32, month: u8, marks: &[(u8, usize)]) -> String {
        let rows = Month { year, month }.grid(&marks.iter().copied().collect());
        let rows: Vec<&str> = rows.iter().map(SafeText::as_str).collect();
        rows.join("\n")
    }

    #[test]
    fn a_month_is_a_grid_of_weeks() {
        let grid = drawn(2026, 11, &[(1, 1), (7, 2), (21, 1)]);
        let rows = [
            " Mon    Tue    Wed    Thu    Fri    Sat    Sun",
            "                                          [ 1]",
            "  2      3      4      5      6    [ 7]x2   8",
            "  9     10     11     12     13     14     15",
            " 16     17     18     19     20    [21]    22",
            " 23     24     25     26     27     28     29",
            " 30",
            "[7] is a day with a session, [7]x2 one with two.",
        ];
        assert_eq!(grid, rows.join("\n"), "\n{grid}");
    }

    #[test]
    fn every_month_has_its_days_once_and_never_more_than_six_weeks() {
        for (year, month) in (1900..2101).flat_map(|year| (1..=12).map(move |month| (year, month)))
        {
            let grid = drawn(year, month, &[]);
            assert!(grid.lines().count() <= 8, "{grid}");
            assert!(grid.lines().all(|row| row.len() <= 7 * CELL), "{grid}");
            let days: Vec<u8> = grid
                .lines()
                .skip(1)
                .take_while(|row| !row.starts_with('['))
                .flat_map(|row| row.split_whitespace().map(|day| day.parse().unwrap()))
                .collect();
            assert!(days.len() >= 28, "{grid}");
            assert_eq!(
                days,
                (1..=u8::try_from(days.len()).unwrap()).collect::<Vec<_>>()
            );
        }
        // What is no month has no days.
        assert!(!drawn(2026, 13, &[(1, 1)]).contains("[ 1]"));
    }

    #[test]
    fn the_days_are_a_line_too() {
        let marks = Marks::from([(7, 2), (14, 1)]);
        assert_eq!(Month::said(&marks).as_str(), "7 (2 times), 14");
    }
}
