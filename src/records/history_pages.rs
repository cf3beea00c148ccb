//! What was kept of sessions, as a calendar and as sentences. Nothing is counted that could be a score.

use std::collections::BTreeMap;

use crate::memory::Circle;
use crate::session::intent::Outline;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{Template, fill, joined, words};
use crate::time::date::{Date, Marks, Month};
use crate::time::moment::TimeOfDay;

/// The sessions that were kept, the latest first, and what their scripts are called.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct HistoryView {
    sessions: Vec<(Date, Outline)>,
    titles: BTreeMap<String, SafeText>,
}

impl HistoryView {
    /// These sessions; `titles` are what scripts are called, by their names.
    #[must_use]
    pub(crate) fn new(outlines: Vec<Outline>, titles: BTreeMap<String, SafeText>) -> Self {
        let mut sessions: Vec<(Date, Outline)> = outlines
            .into_iter()
            .map(|outline| (outline.day(), outline))
            .collect();
        sessions.arrange_by_key(|(_, outline)| std::cmp::Reverse(outline.began));
        Self { sessions, titles }
    }

    /// Whether nothing was kept.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.sessions.is_empty()
    }

    /// The years with sessions, the latest first.
    #[must_use]
    pub(crate) fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.sessions.iter().map(|(day, _)| day.year).collect();
        years.arrange_by_key(|year| std::cmp::Reverse(*year));
        years.dedup();
        years
    }

    /// The months of a year with sessions, the first one first, each with its days.
    #[must_use]
    pub(crate) fn months(&self, year: i32) -> Vec<(Month, Marks)> {
        let mut months: BTreeMap<Month, Marks> = BTreeMap::new();
        let of_year = self.sessions.iter().filter(|(day, _)| day.year == year);
        for (day, _) in of_year {
            let marks = months.entry(Month::of(*day)).or_default();
            *marks.entry(day.day).or_default() += 1;
        }
        months.into_iter().collect()
    }

    /// The latest month with a session.
    #[must_use]
    pub(crate) fn latest(&self) -> Option<Month> {
        self.sessions.first().map(|(day, _)| Month::of(*day))
    }

    /// The nearest months with a session before and after this one.
    #[must_use]
    pub(crate) fn beside(&self, month: Month) -> (Option<Month>, Option<Month>) {
        let all = || self.sessions.iter().map(|(day, _)| Month::of(*day));
        (
            all().find(|one| *one < month),
            all().take_while(|one| *one > month).last(),
        )
    }

    /// How many sessions each day of a month has.
    #[must_use]
    pub(crate) fn marks(&self, month: Month) -> Marks {
        let mut marks = Marks::new();
        for (day, _) in self.of(month) {
            *marks.entry(day.day).or_default() += 1;
        }
        marks
    }

    fn of(&self, month: Month) -> impl Iterator<Item = &(Date, Outline)> {
        let later = move |(day, _): &&(Date, Outline)| Month::of(*day) > month;
        let here = move |(day, _): &&(Date, Outline)| Month::of(*day) == month;
        self.sessions.iter().skip_while(later).take_while(here)
    }

    /// The sessions of a month, the first one first: when, and what, in short sentences.
    #[must_use]
    pub(crate) fn sessions(&self, month: Month) -> Vec<(SafeText, Vec<SafeText>)> {
        let told = |(day, outline): &(Date, Outline)| (when(*day, outline), self.what(outline));
        let mut sessions: Vec<_> = self.of(month).map(told).collect();
        sessions.reverse();
        sessions
    }

    /// Where the minutes come from that are open between these people: the sessions, back to the one from which on they
    /// add up to them, and why. The first session comes first.
    #[must_use]
    pub(crate) fn lent(&self, circle: &Circle) -> Vec<(SafeText, Vec<SafeText>)> {
        let place = |name: &String| circle.names.iter().position(|known| known == name);
        let theirs = |(_, outline): &&(Date, Outline)| {
            outline.people.len() == circle.names.len()
                && outline.people.iter().all(|name| place(name).is_some())
        };
        let mut sum = vec![0_i64; circle.names.len()];
        let mut told = Vec::new();
        for (day, outline) in self.sessions.iter().filter(theirs) {
            for (name, more) in outline.people.iter().zip(&outline.loan) {
                if let Some(sum) = place(name).and_then(|at| sum.get_mut(at)) {
                    *sum = sum.saturating_add(*more);
                }
            }
            told.extend(self.lent_in(outline).map(|says| (day.short(*day), says)));
            let least = sum.iter().copied().min().unwrap_or(0);
            if sum
                .iter()
                .map(|sum| sum - least)
                .eq(circle.loan.iter().copied())
            {
                break;
            }
        }
        told.reverse();
        told
    }

    /// Who had more in this session, and why.
    fn lent_in(&self, outline: &Outline) -> Option<Vec<SafeText>> {
        let w = &words().records;
        let mut says = Vec::new();
        for (name, more) in outline.people.iter().zip(&outline.loan) {
            if rounded(*more) > 0 {
                let time = minutes(*more);
                let values = [("name", name.as_str()), ("time", time.as_str())];
                says.push(fill(&w.loan_more, &values));
            }
        }
        if says.is_empty() {
            return None;
        }
        let why = if outline.whole {
            w.loan_agreed
        } else {
            w.session_early
        };
        says.push(SafeText::new(why));
        says.insert(0, self.title(outline));
        Some(says)
    }

    fn title(&self, outline: &Outline) -> SafeText {
        let title = self.titles.get(&outline.script);
        title.map_or_else(|| SafeText::new(&outline.script), Clone::clone)
    }

    /// Who sat there, which script, how long, the minutes of each, and who went first.
    fn what(&self, outline: &Outline) -> Vec<SafeText> {
        let w = &words().records;
        let title = self.title(outline);
        let people = joined(&outline.people);
        let minutes = outline.minutes.to_string();
        let values = [("title", title.as_str()), ("minutes", &minutes)];
        let mut says = vec![
            fill(&w.session_people, &[("people", &people)]),
            // "0 min" says nothing to anybody.
            match outline.minutes {
                0 => fill(&w.session_short, &values),
                _ => fill(&w.session, &values),
            },
        ];
        says.extend(turns(outline));
        let first = outline
            .first
            .and_then(|who| outline.people.get(who.index()));
        if let Some(first) = first.filter(|_| outline.people.len() > 1) {
            says.push(fill(&w.session_first, &[("name", first)]));
        }
        if !outline.whole {
            says.push(SafeText::new(w.session_early));
        }
        if let Some(next) = outline.next {
            let when = next.said_whole();
            says.push(fill(&w.session_next, &[("when", when.as_str())]));
        }
        says
    }
}

fn when(day: Date, outline: &Outline) -> SafeText {
    let time = TimeOfDay::at(outline.began, outline.offset);
    let values = [
        ("day", day.short(day)),
        ("time", SafeText::new(&time.to_string())),
    ];
    let values = values.each_ref().map(|(k, v)| (*k, v.as_str()));
    fill(&words().records.session_when, &values)
}

/// The minutes of each, where there were turns.
fn turns(outline: &Outline) -> Option<SafeText> {
    let w = &words().records;
    // "0:30 min" of a turn that was hardly begun says nothing to anybody.
    if outline.people.len() < 2 || outline.turns.iter().all(|turn| rounded(*turn) < 2) {
        return None;
    }
    let one = |(name, turn): (&String, &i64)| {
        let time = minutes(*turn);
        fill(&w.session_turn, &[("name", name), ("time", time.as_str())])
    };
    let each: Vec<SafeText> = outline.people.iter().zip(&outline.turns).map(one).collect();
    let each: Vec<&str> = each.iter().map(SafeText::as_str).collect();
    // Care for one of them, or a round of one: nobody owes anything for it, and the page says so (content.md T2.5, S11b).
    let label = match outline.one_sided {
        true => &w.session_given,
        false => &w.session_turns,
    };
    Some(fill(label, &[("each", &each.join(", "))]))
}

/// In half minutes, rounded to the nearest.
fn rounded(ms: i64) -> i64 {
    ms.max(0).saturating_add(15_000) / 30_000
}

/// Milliseconds as minutes, true to half a minute.
pub(super) fn minutes(ms: i64) -> SafeText {
    let w = &words().records;
    let halves = rounded(ms);
    let text: Template = match (halves / 2, halves % 2) {
        (1, 0) => w.minute.into(),
        (_, 0) => w.minutes,
        (_, _) => w.minutes_and_half,
    };
    fill(&text, &[("n", &(halves / 2).to_string())])
}
