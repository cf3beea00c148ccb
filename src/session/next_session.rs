//! The next session of the people who sit here: the day and the time that they agree on at the closing.

use serde::{Deserialize, Serialize};

use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::date::Date;
use crate::time::moment::{Moment, TimeOfDay};

/// Within so many days the day of the week is enough.
const NEAR: i64 = 7;

/// When people meet again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct NextSession {
    /// The day.
    pub(crate) day: Date,
    /// The hour and the minute, where they were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<(u8, u8)>,
    /// The day in reserve, at the same time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reserve: Option<Date>,
}

/// What people mean who meet at this time: nobody agrees on seven minutes to three.
fn near_quarter(time: TimeOfDay) -> (u8, u8) {
    let minutes = u16::from(time.hour) * 60 + u16::from(time.minute);
    let quarters = ((minutes + 7) / 15).min(24 * 4 - 1);
    let part = |n: u16| u8::try_from(n).unwrap_or_default();
    (part(quarters / 4), part(quarters % 4 * 15))
}

impl NextSession {
    /// What people wrote at the closing of a session that began then, where it names a day. "The same time" is the one
    /// that was agreed on for today, where there was one, or else the nearest quarter of an hour: nobody begins to the
    /// minute.
    #[must_use]
    pub(crate) fn written(
        words_of_it: &str,
        began: Moment,
        agreed: Option<(u8, u8)>,
    ) -> Option<Self> {
        let time = TimeOfDay::at(began.wall, began.offset);
        let now = (began.day(), agreed.unwrap_or_else(|| near_quarter(time)));
        let mut all = words_of_it.split(words().session.next_or);
        let (day, at) = Date::spoken_of(all.next()?, now)?;
        // A Saturday beside a Thursday is the one behind it, though another comes before; what does not come after it
        // stands in for nothing.
        let behind = |other: &str| {
            let (reserve, at) = Date::spoken_of(other, (day, now.1))?;
            (1..=NEAR)
                .contains(&reserve.days_since(day))
                .then_some((reserve, at))
        };
        let after = |other: &str| {
            let found = Date::spoken_of(other, now).filter(|found| found.0 > day);
            found.or_else(|| behind(other))
        };
        let reserve = all.find_map(after);
        // One at another hour has no place here.
        let reserve = reserve.filter(|(_, other)| other.is_none() || *other == at);
        let reserve = reserve.map(|(reserve, _)| reserve);
        Some(Self { day, at, reserve })
    }

    /// The day that is still to come, with its time: the one in reserve, once the first has passed. One that was missed
    /// is not spoken of.
    #[must_use]
    pub(crate) fn coming(self, today: Date) -> Option<Date> {
        let mut days = [Some(self.day), self.reserve()].into_iter().flatten();
        days.find(|day| *day >= today)
    }

    /// The day in reserve. One before the day that it stands in for, as older files have it, is none.
    fn reserve(self) -> Option<Date> {
        self.reserve.filter(|reserve| *reserve > self.day)
    }

    /// The day that is still to come, as it stands on the first page: "Thursday 19:00, in 3 days".
    #[must_use]
    pub(crate) fn said(self, today: Date) -> Option<SafeText> {
        let w = &words().date;
        let day = self.coming(today)?;
        let ahead = day.days_since(today);
        let away = match ahead {
            0 => SafeText::new(w.in_today),
            1 => SafeText::new(w.in_tomorrow),
            n => fill(&w.in_days, &[("n", &n.to_string())]),
        };
        let weekday = w.weekdays.get(usize::from(day.weekday()));
        let weekday = weekday.copied().unwrap_or_default();
        let (whole, time) = (day.said(today), self.time());
        let said = [
            ("weekday", weekday),
            ("day", whole.as_str()),
            ("time", time.as_deref().unwrap_or_default()),
            ("away", away.as_str()),
        ];
        let [weekday, whole, time, away] = said;
        let said = match (ahead < NEAR, self.at.is_some()) {
            (true, true) => fill(&w.near, &[weekday, time, away]),
            (true, false) => fill(&w.near_no_time, &[weekday, away]),
            (false, true) => fill(&w.far, &[whole, time, away]),
            (false, false) => fill(&w.far_no_time, &[whole, away]),
        };
        let reserve = self.reserve().filter(|reserve| *reserve > day);
        Some(with_reserve(said, reserve.map(|day| day.said(today))))
    }

    /// Its days, as a record has them.
    #[must_use]
    pub(crate) fn said_whole(self) -> SafeText {
        let day = self.day.said_whole();
        let said = match self.time() {
            Some(time) => SafeText::new(&format!("{day}, {time}")),
            None => day,
        };
        with_reserve(said, self.reserve().map(Date::said_whole))
    }

    fn time(self) -> Option<String> {
        let (hour, minute) = self.at?;
        Some(TimeOfDay { hour, minute }.to_string())
    }
}

fn with_reserve(said: SafeText, reserve: Option<SafeText>) -> SafeText {
    let Some(reserve) = reserve else { return said };
    let values = [("said", said.as_str()), ("day", reserve.as_str())];
    fill(&words().date.in_reserve, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 30 November 2026, 20:15.
    fn began() -> Moment {
        Moment {
            mono: std::time::Duration::ZERO,
            wall: 1_796_069_700_000,
            offset: 0,
            change: None,
        }
    }

    #[test]
    fn what_is_written_at_the_closing_is_a_day_and_one_in_reserve() {
        let next = NextSession::written("Thursday 19:00 or sat 5 dec", began(), None).unwrap();
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(next.day, day("2026-12-03"));
        assert_eq!(next.reserve, Some(day("2026-12-05")));
        let said = |today: &str| next.said(day(today)).map(|said| said.to_string());
        assert_eq!(
            said("2026-11-30").as_deref(),
            Some("Thursday 19:00, in 3 days; in reserve: Saturday, 5 December")
        );
        assert_eq!(
            said("2026-12-03").as_deref(),
            Some("Thursday 19:00, today; in reserve: Saturday, 5 December")
        );
        assert_eq!(
            next.said_whole().as_str(),
            "Thursday, 3 December 2026, 19:00; in reserve: Saturday, 5 December 2026"
        );
        // The day that was missed is not spoken of; after the one in reserve nothing is.
        assert_eq!(
            said("2026-12-04").as_deref(),
            Some("Saturday 19:00, tomorrow")
        );
        assert_eq!(said("2026-12-06"), None);
        let same = |agreed| {
            let words_of_it = "same day and time in two weeks";
            NextSession::written(words_of_it, began(), agreed).unwrap()
        };
        assert_eq!(same(Some((19, 45))).at, Some((19, 45)));
        for (began, meant) in [
            ((14, 53), (15, 0)),
            ((19, 7), (19, 0)),
            ((23, 58), (23, 45)),
        ] {
            let (hour, minute) = began;
            assert_eq!(near_quarter(TimeOfDay { hour, minute }), meant);
        }
        let far = same(None);
        let said = far.said(day("2026-11-30")).unwrap();
        assert_eq!(said.as_str(), "Monday, 14 December 20:15, in 14 days");
        assert_eq!(NextSession::written("not agreed yet", began(), None), None);
        // The day in reserve comes after the first one.
        for (written, reserve) in [
            ("friday or tuesday", "2026-12-08"),
            ("monday 19:00 or sunday", "2026-12-13"),
            ("in a week or in 9 days", "2026-12-09"),
            ("Tuesday 8 December 20:00, or Thursday", "2026-12-10"),
        ] {
            let next = NextSession::written(written, began(), None).unwrap();
            assert_eq!(next.reserve, Some(day(reserve)), "{written}");
        }
        // The closing and the first page say the same day, and nothing comes before it: neither what was written, nor
        // what an older file has.
        let written = "Tuesday 8 December 20:00, or Thursday";
        let next = NextSession::written(written, began(), None).unwrap();
        let whole = "Tuesday, 8 December 2026, 20:00; in reserve: Thursday, 10 December 2026";
        assert_eq!(next.said_whole().as_str(), whole);
        let home = next.said(day("2026-11-30")).unwrap();
        assert_eq!(
            home.as_str(),
            "Tuesday, 8 December 20:00, in 8 days; in reserve: Thursday, 10 December"
        );
        let before = NextSession::written("8 december or 3 december", began(), None).unwrap();
        assert_eq!(before.reserve, None);
        let old = NextSession {
            reserve: Some(day("2026-12-03")),
            ..next
        };
        assert_eq!(old.coming(day("2026-11-30")), Some(day("2026-12-08")));
        assert!(!old.said_whole().as_str().contains("reserve"));
    }
}
