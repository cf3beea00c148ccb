//! What was kept of sessions, as a calendar and as sentences. Nothing is counted that could be a score.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::session::intent::Outline;
use crate::session::time::TimeOfDay;
use crate::shown::Shown;
use crate::words::{fill, words};

/// The sessions that were kept, the latest first, and what their scripts are called.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct History {
    sessions: Vec<(Date, Outline)>,
    titles: BTreeMap<String, Shown>,
}

/// A month with sessions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
}

impl Month {
    fn of(day: Date) -> Self {
        Self {
            year: day.year,
            month: day.month,
        }
    }

    /// Its name, without the year.
    #[must_use]
    pub fn name(self) -> &'static str {
        let at = usize::from(self.month).saturating_sub(1);
        words().recall.months.get(at).map_or("", String::as_str)
    }

    /// Its name with the year.
    #[must_use]
    pub fn title(self) -> Shown {
        let year = self.year.to_string();
        let values = [("month", self.name()), ("year", &year)];
        fill(&words().recall.month_of_year, &values)
    }
}

impl History {
    /// These sessions; `titles` are what scripts are called, by their names.
    #[must_use]
    pub fn new(outlines: Vec<Outline>, titles: BTreeMap<String, Shown>) -> Self {
        let mut sessions: Vec<(Date, Outline)> = outlines
            .into_iter()
            .map(|outline| (outline.day(), outline))
            .collect();
        sessions.sort_by_key(|(_, outline)| std::cmp::Reverse(outline.began));
        Self { sessions, titles }
    }

    /// Whether nothing was kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sessions.is_empty()
    }

    /// The years with sessions, the latest first.
    #[must_use]
    pub fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.sessions.iter().map(|(day, _)| day.year).collect();
        years.sort_unstable_by_key(|year| std::cmp::Reverse(*year));
        years.dedup();
        years
    }

    /// The months of a year with sessions, the first one first, each with its days.
    #[must_use]
    pub fn months(&self, year: i32) -> Vec<(Month, Vec<u8>)> {
        let mut months: BTreeMap<Month, Vec<u8>> = BTreeMap::new();
        let of_year = self.sessions.iter().filter(|(day, _)| day.year == year);
        for (day, _) in of_year {
            months.entry(Month::of(*day)).or_default().push(day.day);
        }
        for days in months.values_mut() {
            days.sort_unstable();
            days.dedup();
        }
        months.into_iter().collect()
    }

    /// The days of a month in one line.
    #[must_use]
    pub fn days(days: &[u8]) -> Shown {
        let days: Vec<String> = days.iter().map(ToString::to_string).collect();
        Shown::new(&days.join(", "))
    }

    /// The sessions of a month, the first one first: when, and what.
    #[must_use]
    pub fn sessions(&self, month: Month) -> Vec<(Shown, Shown)> {
        let of_month = self.sessions.iter().rev();
        of_month
            .filter(|(day, _)| Month::of(*day) == month)
            .map(|(day, outline)| (when(*day, outline), self.what(outline)))
            .collect()
    }

    /// Who sat there, which script, how long, the minutes of each, and who went first.
    fn what(&self, outline: &Outline) -> Shown {
        let w = &words().recall;
        let title = self.titles.get(&outline.script);
        let title = title.map_or_else(|| Shown::new(&outline.script), Clone::clone);
        let people = super::joined(&outline.people);
        let minutes = outline.minutes.to_string();
        let values = [
            ("people", people.as_str()),
            ("title", title.as_str()),
            ("minutes", &minutes),
        ];
        let mut says = vec![fill(&w.session, &values)];
        says.extend(turns(outline));
        let first = outline
            .first
            .and_then(|who| outline.people.get(who.index()));
        if let Some(first) = first.filter(|_| outline.people.len() > 1) {
            says.push(fill(&w.session_first, &[("name", first)]));
        }
        if !outline.whole {
            says.push(Shown::new(&w.session_early));
        }
        let says: Vec<&str> = says.iter().map(Shown::as_str).collect();
        Shown::new(&says.join(" "))
    }
}

fn when(day: Date, outline: &Outline) -> Shown {
    let time = TimeOfDay::at(outline.began, outline.offset);
    let weekday = words().recall.weekdays.get(usize::from(day.weekday()));
    let values = [
        ("day", day.to_string()),
        ("weekday", weekday.cloned().unwrap_or_default()),
        ("time", time.to_string()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    fill(&words().recall.session_when, &values)
}

/// The minutes of each, where there were turns.
fn turns(outline: &Outline) -> Option<Shown> {
    let w = &words().recall;
    if outline.people.len() < 2 || outline.turns.iter().all(|turn| *turn == 0) {
        return None;
    }
    let one = |(name, turn): (&String, &i64)| {
        let time = minutes(*turn);
        fill(&w.session_turn, &[("name", name), ("time", time.as_str())])
    };
    let each: Vec<Shown> = outline.people.iter().zip(&outline.turns).map(one).collect();
    let each: Vec<&str> = each.iter().map(Shown::as_str).collect();
    Some(fill(&w.session_turns, &[("each", &each.join(", "))]))
}

/// Milliseconds as minutes, rounded to the nearest.
pub(super) fn minutes(ms: i64) -> Shown {
    let w = &words().recall;
    let minutes = ms.max(0).saturating_add(30_000) / 60_000;
    match minutes {
        1 => Shown::new(&w.minute),
        more => fill(&w.minutes, &[("n", &more.to_string())]),
    }
}
