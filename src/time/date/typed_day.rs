//! A day and a time as people type them: `7 dec`, `monday`, `in a week`, `2026-12-07`, `Thursday 19:00`.

use super::Date;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// How many days a day without a year may have passed and still be told from the same day of next year.
const SLIP: i64 = 180;

/// Why something is not the day that was meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum NoDay {
    /// Nothing in it can be read as a day.
    Unclear,
    /// The month has fewer days.
    NotInMonth,
    /// It is another day of the week than the one that was written.
    OtherWeekday(Date),
    /// It has passed.
    Past(Date),
}

/// What stands in a few words about a day.
#[derive(Default)]
struct Found {
    whole: Option<Date>,
    day: Option<u8>,
    month: Option<u8>,
    year: Option<i32>,
    weekday: Option<u8>,
    /// So many days from today.
    later: Option<u32>,
    next_week: bool,
    /// The hour and the minute.
    time: Option<(u8, u8)>,
    /// As it was this time.
    same: bool,
    /// Something that is neither.
    strange: bool,
    no_such: bool,
}

impl Date {
    /// The coming day that was typed; today counts.
    ///
    /// # Errors
    /// The sentence that says what is wrong with it.
    pub(crate) fn typed(typed: &str, today: Self) -> Result<Self, SafeText> {
        let found = Found::of(typed);
        let day = if found.strange || found.time.is_some() {
            Err(NoDay::Unclear)
        } else {
            found.day(today)
        };
        day.map_err(|why| why.sentence(today))
    }

    /// The coming day of which these words speak, and the time, where they name one. `now` is the day and the time at
    /// which they are written, for "the same day and time next week".
    #[must_use]
    pub(crate) fn spoken_of(
        words_of_it: &str,
        (today, now): (Self, (u8, u8)),
    ) -> Option<(Self, Option<(u8, u8)>)> {
        let found = Found::of(words_of_it);
        let day = found.day(today).ok()?;
        Some((day, found.time.or(found.same.then_some(now))))
    }
}

/// The hour and the minute that were typed.
#[must_use]
pub(crate) fn typed_time(typed: &str) -> Option<(u8, u8)> {
    let found = Found::of(typed);
    let alone = found.whole.is_none() && found.day.is_none() && !found.strange;
    // A number alone is an hour where a time is asked for.
    let bare = || typed.trim().parse().ok().filter(|hour| *hour < 24);
    let hour = || bare().map(|hour: u8| (hour, 0));
    found.time.filter(|_| alone).or_else(hour)
}

impl NoDay {
    fn sentence(self, today: Date) -> SafeText {
        let w = &words().date;
        match self {
            Self::Unclear => {
                let (week, soon) = (today.after(7), today.after(2));
                let short = format!("{} {}", week.day, month_word(week));
                let weekday = w.weekdays.get(usize::from(soon.weekday()));
                let values = [
                    ("day", week.to_string()),
                    ("short", short),
                    ("weekday", weekday.copied().unwrap_or_default().to_owned()),
                ];
                let values = values.each_ref().map(|(key, said)| (*key, said.as_str()));
                fill(&w.typed_unclear, &values)
            }
            Self::NotInMonth => SafeText::new(w.typed_none),
            Self::OtherWeekday(day) => fill(&w.typed_weekday, &[("day", day.said(today).as_str())]),
            Self::Past(day) => fill(&w.typed_past, &[("day", day.said(today).as_str())]),
        }
    }
}

fn month_word(day: Date) -> &'static str {
    let months = words().date.months;
    let at = usize::from(day.month).saturating_sub(1);
    months.get(at).copied().unwrap_or_default()
}

/// The place of the name that begins so; three letters are enough.
fn named(names: &[&str], word: &str) -> Option<u8> {
    let begins = |name: &&str| word.len() > 2 && name.to_lowercase().starts_with(word);
    let at = names.iter().position(begins)?;
    u8::try_from(at).ok()
}

/// A small number, in figures or as a word.
fn number(word: &str) -> Option<u32> {
    let w = &words().date;
    let at = || w.numbers.iter().position(|number| *number == word);
    let said = || at().and_then(|at| u32::try_from(at + 1).ok());
    let figures = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    let one = w.a.contains(&word).then_some(1);
    one.or_else(|| figures.parse().ok()).or_else(said)
}

/// A time with its minutes or its half of the day: `19:00`, `19.30`, `19h`, `7pm`.
fn time(word: &str) -> Option<(u8, u8)> {
    let (figures, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (None, Some(rest)) => (rest, Some(12)),
        (None, None) => (word, None),
    };
    let figures = figures.trim();
    let (hour, minute) = match figures.split_once([':', '.', 'h']) {
        Some((hour, "")) if figures.ends_with('h') => (hour, "0"),
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if half.is_some() => (figures, "0"),
        Some(_) | None => return None,
    };
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

impl Found {
    fn of(typed: &str) -> Self {
        let typed = typed.to_lowercase().replace([',', ';', '\'', '’'], " ");
        let typed = typed.replace(" pm", "pm").replace(" am", "am");
        let all: Vec<&str> = typed.split_whitespace().collect();
        let mut found = Self::default();
        let mut at = 0;
        while let Some(word) = all.get(at) {
            at += found.take(word, all.get(at + 1).copied().unwrap_or_default());
        }
        found
    }

    /// Takes a word, and says how many were used.
    fn take(&mut self, word: &str, next: &str) -> usize {
        let w = &words().date;
        let bare = word.trim_end_matches(['.', '!', '?']);
        let counted = number(bare).zip(w.units.iter().position(|unit| *unit == next));
        if let Some((n, unit)) = counted {
            self.later = Some(n.saturating_mul(if unit < 2 { 1 } else { 7 }));
            return 2;
        }
        if bare == w.at
            && let Some(hour) = next.parse().ok().filter(|hour| *hour < 24)
        {
            // "At 7" may be in the morning or in the evening: nobody knows from here.
            self.time = self.time.or((hour > 12).then_some((hour, 0)));
            return 2;
        }
        if let Some(days) = w.soon.iter().position(|soon| *soon == bare) {
            self.later = u32::try_from(days).ok();
        } else if word.matches('.').count() == 2 {
            self.figures(word);
        } else if let Some(time) = time(bare) {
            self.time = self.time.or(Some(time));
        } else if let Some(month) = named(w.months, bare) {
            self.month = Some(month + 1);
        } else if let Some(weekday) = named(w.weekdays, bare) {
            self.weekday = self.weekday.or(Some(weekday));
        } else if bare == w.next && w.units.get(2) == Some(&next) {
            self.next_week = true;
            return 2;
        } else if bare == w.same {
            self.same = true;
        } else if !w.small.contains(&bare) {
            self.figures(word);
        }
        1
    }

    /// A day in figures: whole, a day of a month, or a year.
    fn figures(&mut self, word: &str) {
        let is_whole = word.find('-') == Some(4);
        let dotted: Vec<u32> = word
            .split('.')
            .filter_map(|part| part.parse().ok())
            .collect();
        let dots = word.matches('.').count();
        match (number(word.trim_end_matches('.')), dotted.as_slice()) {
            _ if is_whole => {
                self.whole = Date::parse(word);
                self.no_such |= self.whole.is_none();
            }
            (_, [day, month, rest @ ..]) if dots == 2 => {
                self.day = u8::try_from(*day).ok();
                self.month = u8::try_from(*month).ok();
                self.year = rest.first().and_then(|year| i32::try_from(*year).ok());
            }
            (Some(n), _) if self.day.is_none() && n < 100 => self.day = u8::try_from(n).ok(),
            (Some(n), _) if (2000..=9999).contains(&n) => self.year = i32::try_from(n).ok(),
            _ => self.strange = true,
        }
    }

    fn day(&self, today: Date) -> Result<Date, NoDay> {
        let day = match (self.whole, self.day, self.month) {
            _ if self.no_such => return Err(NoDay::NotInMonth),
            (Some(day), _, _) => day,
            (None, Some(day), Some(month)) => self.of_month(day, month, today)?,
            (None, None, None) => return self.counted(today),
            (None, _, _) => return Err(NoDay::Unclear),
        };
        if self.weekday.is_some_and(|weekday| weekday != day.weekday()) {
            return Err(NoDay::OtherWeekday(day));
        }
        if day < today {
            return Err(NoDay::Past(day));
        }
        Ok(day)
    }

    /// Without a year it is the one that comes next; one of these last months was a slip.
    fn of_month(&self, day: u8, month: u8, today: Date) -> Result<Date, NoDay> {
        let of = |year: i32| Date::parse(&format!("{year:04}-{month}-{day}"));
        if let Some(year) = self.year {
            return of(year).ok_or(NoDay::NotInMonth);
        }
        let next = || of(today.year.saturating_add(1));
        match of(today.year) {
            Some(day) if today.days_since(day) > SLIP => Ok(next().unwrap_or(day)),
            Some(day) => Ok(day),
            None => next().ok_or(NoDay::NotInMonth),
        }
    }

    /// A day that is counted from today.
    fn counted(&self, today: Date) -> Result<Date, NoDay> {
        match (self.weekday, self.later) {
            (Some(weekday), None) if self.next_week => {
                let monday = today.after(7 - u32::from(today.weekday()));
                Ok(monday.after(weekday.into()))
            }
            (Some(weekday), None) => {
                let ahead = (7 + weekday - today.weekday()) % 7;
                Ok(today.after(if ahead == 0 { 7 } else { ahead.into() }))
            }
            (None, Some(later)) => Ok(today.after(later)),
            (None, None) if self.next_week => Ok(today.after(7)),
            (Some(_), Some(_)) | (None, None) => Err(NoDay::Unclear),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Monday.
    fn today() -> Date {
        Date::parse("2026-11-30").unwrap()
    }

    #[test]
    fn days_are_understood_as_people_type_them() {
        for (typed, day) in [
            ("7 dec", "2026-12-07"),
            ("Dec 7th", "2026-12-07"),
            ("7 December 2027", "2027-12-07"),
            ("7.12.", "2026-12-07"),
            ("7.12.2026", "2026-12-07"),
            ("2026-12-07", "2026-12-07"),
            ("monday", "2026-12-07"),
            ("on Thursday", "2026-12-03"),
            ("next thu", "2026-12-03"),
            ("Thursday next week", "2026-12-10"),
            ("Thu 3 Dec", "2026-12-03"),
            ("in a week", "2026-12-07"),
            ("in two weeks", "2026-12-14"),
            ("in 3 days", "2026-12-03"),
            ("next week", "2026-12-07"),
            ("today", "2026-11-30"),
            ("tomorrow", "2026-12-01"),
            // The next one there is.
            ("29 feb 2028", "2028-02-29"),
            ("3 march", "2027-03-03"),
        ] {
            let read = Date::typed(typed, today()).map(|day| day.to_string());
            assert_eq!(read.as_deref(), Ok(day), "{typed}");
        }
    }

    #[test]
    fn what_a_hint_says_is_understood_on_every_day() {
        let mut today = Date::parse("2026-01-01").unwrap();
        let hints = [
            &words().calendar.day_hint,
            &words().notebook_ui.promises.own_hint,
        ];
        for _ in 0..4 * 366 {
            for (hint, day) in hints.into_iter().zip([today.after(7), today.after(10)]) {
                let hint = day.as_hint(hint);
                let all = hint.as_str().strip_prefix("like ").unwrap();
                for typed in all.split(", ").flat_map(|said| said.split(" or ")) {
                    let read = Date::typed(typed, today);
                    assert!(read.is_ok(), "{typed:?} on {today}: {read:?}");
                }
                assert!(hint.as_str().chars().count() <= 60, "{hint}");
            }
            today = today.after(1);
        }
    }

    #[test]
    fn a_refusal_says_the_true_reason() {
        for (typed, why) in [
            ("28 nov", "Saturday, 28 November has passed"),
            ("2026-11-29", "Sunday, 29 November has passed"),
            ("31 june", "doesn't have that day"),
            ("2026-02-30", "doesn't have that day"),
            ("12-07-2026", "like 2026-12-07"),
            ("Friday 3 dec", "is Thursday, 3 December"),
            ("soon", "like 2026-12-07, 7 December or Wednesday"),
            ("7", "like 2026-12-07"),
            ("", "like 2026-12-07"),
            ("monday 19:00", "like 2026-12-07"),
        ] {
            let said = Date::typed(typed, today()).unwrap_err();
            assert!(said.as_str().contains(why), "{typed}: {said}");
        }
    }

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for (typed, time) in [
            ("19:00", Some((19, 0))),
            ("19.30", Some((19, 30))),
            ("7pm", Some((19, 0))),
            ("7:30 pm", Some((19, 30))),
            ("12am", Some((0, 0))),
            ("19h", Some((19, 0))),
            ("19", Some((19, 0))),
            ("24", None),
            ("7:60", None),
            ("monday", None),
            ("13pm", None),
        ] {
            assert_eq!(typed_time(typed), time, "{typed}");
        }
    }

    #[test]
    fn words_at_a_closing_are_understood_where_they_name_a_day() {
        let now = (today(), (20, 15));
        for (said, day, time) in [
            ("Thursday 19:00", "2026-12-03", Some((19, 0))),
            ("thu 3 dec at 7pm, at mine", "2026-12-03", Some((19, 0))),
            ("Same day and time next week", "2026-12-07", Some((20, 15))),
            ("in two weeks", "2026-12-14", None),
            ("Thursday at 7", "2026-12-03", None),
            ("Thursday at 19", "2026-12-03", Some((19, 0))),
        ] {
            let day = Date::parse(day).unwrap();
            assert_eq!(Date::spoken_of(said, now), Some((day, time)), "{said}");
        }
        assert_eq!(Date::spoken_of("not agreed yet", now), None);
        assert_eq!(Date::spoken_of("after the holidays", now), None);
    }
}
