//! Looking back: how it was before and after, and the months as a calendar.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{NotebookChoice, NotebookView, first_line};

use crate::menu::page::{ask, item, pick};
use crate::notebook::{CheckIn, SessionReview, WrittenAt, weeks as drawn};
use crate::notebook_ui::page::{ExportKind, NotebookMove, NotebookPage};
use crate::notebook_ui::{NotebookData, OpenPages};
use crate::session::scene::ListItem;
use crate::text::safe_text::{SafeText, capital};
use crate::text::sort::Arrange;
use crate::text::words::{Template, fill, words};
use crate::time::date::{Marks, Month};

/// How many columns a number from 0 to 10 is drawn in, for each of its steps.
const STEP: usize = 2;

/// How many sittings and check-ins are shown, the newest ones; who wants all of them takes them out.
const MOST_BACK: usize = 120;
/// How wide the plots are drawn.
const PLOTS: [usize; 2] = [66, 54];

/// One line of looking back: when, what, and the numbers before and after.
struct PastNumbers {
    when: i64,
    day: SafeText,
    line: SafeText,
    before: Option<u8>,
    after: Option<u8>,
    carry: Option<u8>,
    numbers: String,
}

impl PastNumbers {
    /// The day and what it was; below it the numbers, so that no row is long.
    fn rows(&self) -> Vec<ListItem> {
        let numbers = SafeText::new(&self.numbers);
        let said = [&self.line, &numbers].into_iter();
        let said = said.filter(|said| !said.is_empty());
        let leads = std::iter::once(self.day.as_str()).chain(std::iter::repeat(""));
        leads
            .zip(said)
            .map(|(lead, said)| item(lead, said))
            .collect()
    }
}

pub(super) fn back(open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.back;
    let sittings = open.book.sittings().iter().take(MOST_BACK);
    let sittings = sittings.map(|one| sat(one, data));
    let looks = open.book.check_ins().iter().take(MOST_BACK);
    let looks = looks.map(|one| looked(one, data));
    let mut past: Vec<PastNumbers> = sittings.chain(looks).collect();
    past.arrange_by_key(|one| Reverse(one.when));
    past.truncate(MOST_BACK);
    let all = open.book.sittings().len() + open.book.check_ins().len();
    let rest = all.saturating_sub(past.len());
    let more = (rest > 0).then(|| fill(&w.more, &[("n", &rest.to_string())]));
    let mut list: Vec<ListItem> = past.iter().flat_map(PastNumbers::rows).collect();
    list.extend(more.iter().map(|more| item("", more)));
    let front = fill(&words().notebook_ui.front.title, &[("name", open.name)]);
    let picture = |width: usize| {
        let room = width.saturating_sub(10 * STEP + 3);
        let line = |one: &PastNumbers| {
            let short = SafeText::short(&format!("{:<11}  {}", one.day.as_str(), one.line), room);
            SafeText::new(&format!("{}  {short}", plot(one)))
        };
        let mut lines: Vec<SafeText> = past.iter().map(line).collect();
        lines.extend(more.clone());
        // What its signs are is said where they are.
        lines.push(SafeText::new(w.legend));
        lines
    };
    let mut prompt = ask(if list.is_empty() { w.none } else { w.ask });
    prompt.extend(ended(open, data));
    let pictures = if list.is_empty() {
        Vec::new()
    } else {
        PLOTS.map(picture).to_vec()
    };
    let mut picks = Vec::new();
    if let Some(month) = months(open).last() {
        picks.push(pick(
            w.by_month,
            NotebookMove::To(NotebookPage::Month { month: *month }),
        ));
        picks.push(pick(w.by_week, NotebookMove::To(NotebookPage::Weeks)));
    }
    NotebookView {
        list,
        pictures,
        on: Some(pick(front.as_str(), NotebookMove::To(NotebookPage::Front))),
        ..NotebookView::new(w.title, prompt).with(picks)
    }
}

/// The most weeks that are said or drawn in a window.
const MOST_WEEKS: usize = 12;

/// Each week in a sentence, the first one first.
pub(super) fn weeks_said(open: OpenPages<'_>, data: &NotebookData<'_>) -> Vec<ListItem> {
    let all = drawn::weeks(open.book, data.today(), MOST_WEEKS);
    let said = all.iter().map(|week| {
        let (day, said) = week.said(data.today());
        let lead = fill(&words().notebook_ui.back.weeks_of, &[("day", day.as_str())]);
        item(lead.as_str(), &said)
    });
    said.collect()
}

/// The weeks as small plots: how stirred before and after, how much strength, and the minutes.
pub(super) fn weeks(open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.back;
    let all = drawn::weeks(open.book, data.today(), MOST_WEEKS);
    let out = |says: &str, what| pick(says, NotebookMove::To(NotebookPage::Preview { what }));
    NotebookView {
        list: weeks_said(open, data),
        pictures: PLOTS.map(|width| drawn::plot(&all, width)).to_vec(),
        on: Some(pick(
            &capital(w.title),
            NotebookMove::To(NotebookPage::Back),
        )),
        ..NotebookView::new(w.weeks_title, Vec::new()).with(vec![
            out(w.weeks_svg, ExportKind::Weeks),
            out(w.weeks_csv, ExportKind::Numbers),
        ])
    }
}

/// How the last session ended, for whoever thinks of a long one (content.md S4: it ended at 4 or less). It is asked
/// there of each alone, and told only here.
fn ended(open: OpenPages<'_>, data: &NotebookData<'_>) -> Option<SafeText> {
    let last = open.book.sittings().first()?;
    let (n, day) = (last.after?.to_string(), last.at.day().said(data.today()));
    let values = [("day", day.as_str()), ("n", &n)];
    Some(fill(&words().notebook_ui.back.ended, &values))
}

/// The months with a session or a check-in, the first one first.
fn months(open: OpenPages<'_>) -> BTreeSet<Month> {
    let sittings = open.book.sittings().iter().map(|one| one.at);
    let looks = open.book.check_ins().iter().map(|one| one.at);
    let days = sittings.chain(looks).map(|at| at.day());
    days.map(Month::of).collect()
}

/// A month of sessions and check-ins: the grid has the sessions, the list has all of it.
pub(super) fn month(month: Month, open: OpenPages<'_>, data: &NotebookData<'_>) -> NotebookView {
    let w = &words().notebook_ui.back;
    let here = |at: WrittenAt| Month::of(at.day()) == month;
    let sittings = open.book.sittings().iter().filter(|one| here(one.at));
    let mut marks = Marks::new();
    for one in sittings.clone() {
        *marks.entry(one.at.day().day).or_default() += 1;
    }
    let looks = open.book.check_ins().iter().filter(|one| here(one.at));
    let sittings = sittings.map(|one| sat(one, data));
    let mut past: Vec<PastNumbers> = sittings.chain(looks.map(|one| looked(one, data))).collect();
    past.arrange_by_key(|one| one.when);
    let months = months(open);
    let beside = |text: &Template, month: &Month| NotebookChoice {
        says: fill(text, &[("month", month.title().as_str())]),
        does: NotebookMove::To(NotebookPage::Month { month: *month }),
    };
    let mut picks = Vec::new();
    let before = months.range(..month).next_back();
    picks.extend(before.map(|month| beside(&w.month_before, month)));
    let after = months.iter().find(|one| **one > month);
    picks.extend(after.map(|month| beside(&w.month_after, month)));
    NotebookView {
        list: past.iter().flat_map(PastNumbers::rows).collect(),
        grid: month.grid(&marks),
        on: Some(pick(
            &capital(w.title),
            NotebookMove::To(NotebookPage::Back),
        )),
        ..NotebookView::new(month.title().as_str(), Vec::new()).with(picks)
    }
}

/// Numbers as words, for whoever listens.
fn numbers(all: &[(&Template, Option<u8>)]) -> String {
    let said = all.iter().filter_map(|(text, number)| {
        let n = number.as_ref()?.to_string();
        Some(fill(text, &[("n", &n)]).to_string())
    });
    let said: Vec<String> = said.collect();
    said.join(", ")
}

fn sat(sitting: &SessionReview, data: &NotebookData<'_>) -> PastNumbers {
    let w = &words().notebook_ui.back;
    let (title, minutes) = (data.title(&sitting.script), sitting.minutes.to_string());
    let values = [("script", title.as_str()), ("minutes", &minutes)];
    PastNumbers {
        when: sitting.at.wall,
        day: sitting.at.day().short(data.today()),
        line: fill(&w.line, &values),
        before: sitting.before,
        after: sitting.after,
        carry: sitting.resourced_after.or(sitting.resourced_before),
        numbers: numbers(&[
            (&w.before, sitting.before),
            (&w.after, sitting.after),
            (&w.carry, sitting.resourced_before),
            (&w.carry_after, sitting.resourced_after),
        ]),
    }
}

fn looked(look: &CheckIn, data: &NotebookData<'_>) -> PastNumbers {
    let w = &words().notebook_ui.back;
    let said: Vec<&str> = look.lines.iter().map(String::as_str).collect();
    let said = said.join(" ");
    PastNumbers {
        when: look.at.wall,
        day: look.at.day().short(data.today()),
        line: first_line(said.trim()),
        before: None,
        after: look.stirred,
        carry: look.resourced,
        numbers: numbers(&[(&w.stirred, look.stirred), (&w.carry, look.resourced)]),
    }
}

/// Before and after on one line from 0 to 10: `o` is before, `●` is after, `+` is what could be carried. Where they
/// meet, what stands later in that row is seen.
fn plot(past: &PastNumbers) -> SafeText {
    let mut cells = ['·'; 10 * STEP + 1];
    let mut put = |at: Option<u8>, sign: char| {
        let cell = at.map(|at| usize::from(at.min(10)) * STEP);
        if let Some(cell) = cell.and_then(|cell| cells.get_mut(cell)) {
            *cell = sign;
        }
    };
    put(past.carry, '+');
    put(past.before, 'o');
    put(past.after, '●');
    SafeText::new(&cells.iter().collect::<String>())
}
