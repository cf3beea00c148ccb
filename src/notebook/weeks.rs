//! The weeks of a notebook: how stirred before and after, how much strength, and how many minutes. Nothing is counted that
//! could be a score.

use super::book::Book;
use super::svg::Svg;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{Template, fill, words};
use crate::time::date::Date;

/// The most weeks of a picture in a file.
const MOST: usize = 26;
/// How wide a week is in a picture in a file, and how high a step from 0 to 10 is.
const WIDE: usize = 64;
const STEP: usize = 22;
/// How many columns a week has in a window, and the scale beside it.
const COLUMN: usize = 7;
const SCALE: usize = 4;

/// Numbers from 0 to 10 whose middle is shown, in tenths.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: usize,
    n: usize,
}

impl Mean {
    fn add(&mut self, number: Option<u8>) {
        if let Some(number) = number {
            self.sum += usize::from(number.min(10)) * 10;
            self.n += 1;
        }
    }

    fn tenths(self) -> Option<usize> {
        (self.n > 0).then(|| (self.sum + self.n / 2) / self.n)
    }

    fn said(self) -> Option<String> {
        let tenths = self.tenths()?;
        Some(match tenths % 10 {
            0 => (tenths / 10).to_string(),
            rest => format!("{}.{rest}", tenths / 10),
        })
    }
}

/// One week.
#[derive(Clone, Copy)]
pub(crate) struct Week {
    monday: Date,
    before: Mean,
    after: Mean,
    strength: Mean,
    minutes: usize,
}

/// The weeks up to this day, the first one first; at most so many, and none before the first entry.
#[must_use]
pub(crate) fn weeks(book: &Book, today: Date, most: usize) -> Vec<Week> {
    let ago = |day: Date| {
        let this = today.days_since(day) + 6 - i64::from(today.weekday());
        usize::try_from(this.div_euclid(7)).ok()
    };
    let sittings = book.sittings().iter().map(|one| one.at.day());
    let looks = book.check_ins().iter().map(|one| one.at.day());
    let first = sittings.chain(looks).filter_map(ago).max();
    let Some(first) = first else {
        return Vec::new();
    };
    let count = first.saturating_add(1).min(most);
    let mut weeks: Vec<Week> = (0..count).map(|ago| Week::empty(today, ago)).collect();
    for one in book.sittings() {
        let Some(week) = ago(one.at.day()).and_then(|ago| weeks.get_mut(ago)) else {
            continue;
        };
        week.before.add(one.before);
        week.after.add(one.after);
        week.strength
            .add(one.resourced_after.or(one.resourced_before));
        week.minutes += usize::from(one.minutes);
    }
    for one in book.check_ins() {
        if let Some(week) = ago(one.at.day()).and_then(|ago| weeks.get_mut(ago)) {
            week.after.add(one.stirred);
            week.strength.add(one.resourced);
        }
    }
    weeks.reverse();
    weeks
}

impl Week {
    fn empty(today: Date, ago: usize) -> Self {
        let days = i64::from(today.weekday()) + i64::try_from(ago).unwrap_or(0) * 7;
        let wall = today.days_since(Date::at(0, 0)).saturating_sub(days);
        Self {
            monday: Date::at(wall.saturating_mul(86_400_000), 0),
            before: Mean::default(),
            after: Mean::default(),
            strength: Mean::default(),
            minutes: 0,
        }
    }

    /// Its first day in a few letters.
    fn day(self) -> String {
        let months = words().date.months_short;
        let month = months.get(usize::from(self.monday.month).saturating_sub(1));
        format!("{} {}", self.monday.day, month.copied().unwrap_or_default())
    }

    /// Its first day, and its numbers in words.
    #[must_use]
    pub(crate) fn said(self, today: Date) -> (SafeText, SafeText) {
        let w = &words().export.weeks;
        let say =
            |text: &Template, n: Option<String>| n.map(|n| fill(text, &[("n", &n)]).to_string());
        let minutes = (self.minutes > 0).then(|| self.minutes.to_string());
        let said = [
            say(&w.said_before, self.before.said()),
            say(&w.said_after, self.after.said()),
            say(&w.said_strength, self.strength.said()),
            match self.minutes {
                1 => Some(w.said_minute.to_owned()),
                _ => say(&w.said_minutes, minutes),
            },
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        let said = if said.is_empty() {
            SafeText::new(w.said_nothing)
        } else {
            SafeText::new(&said.join(", "))
        };
        (self.monday.short(today), said)
    }
}

/// The weeks as a plot in a window that is so wide: `o` before, `●` after, `+` strength, and the minutes below.
#[must_use]
pub(crate) fn plot(weeks: &[Week], width: usize) -> Vec<SafeText> {
    let w = &words().export.weeks;
    let room = width.saturating_sub(SCALE) / COLUMN;
    let shown = weeks
        .get(weeks.len().saturating_sub(room)..)
        .unwrap_or_default();
    let mut lines = Vec::new();
    for level in (0..=5).rev() {
        let mut line = format!("{:>2} ┤", level * 2);
        for week in shown {
            let sign = |mean: Mean, sign: char| {
                let at = mean.tenths().map(|tenths| (tenths + 10) / 20);
                if at == Some(level) { sign } else { ' ' }
            };
            let [before, after, strength] = [
                sign(week.before, 'o'),
                sign(week.after, '●'),
                sign(week.strength, '+'),
            ];
            line.push_str(&format!(" {before}{after}{strength}   "));
        }
        lines.push(line);
    }
    let row = |lead: &str, cell: &dyn Fn(&Week) -> String| {
        let cells: String = shown
            .iter()
            .map(|week| format!("{:<COLUMN$}", cell(week)))
            .collect();
        format!("{lead:<SCALE$}{cells}")
    };
    lines.push(row(w.minutes_row, &|week| match week.minutes {
        0 => " ·".to_owned(),
        n => format!(" {n}"),
    }));
    lines.push(row("", &|week| week.day()));
    lines.push(w.legend.to_owned());
    lines
        .iter()
        .map(|line| SafeText::new(line.trim_end()))
        .collect()
}

/// The left side and the top of a picture in a file, and where 0 and where the minutes stand.
const LEFT: usize = 60;
const TOP: usize = 90;
const BOTTOM: usize = TOP + 10 * STEP;
const FLOOR: usize = BOTTOM + 130;

fn middle(at: usize) -> usize {
    LEFT + at * WIDE + WIDE / 2
}

/// The weeks as a picture for a browser.
#[must_use]
pub(crate) fn svg(book: &Book, today: Date) -> String {
    let w = &words().export.weeks;
    let weeks = weeks(book, today, MOST);
    let mut svg = Svg::new();
    let wide = LEFT + weeks.len().max(9) * WIDE + 20;
    for number in [0, 5, 10] {
        let y = BOTTOM - number * STEP;
        svg.shape(&format!(
            "<path class=\"faint\" d=\"M{LEFT} {y}H{}\"/>",
            wide - 20
        ));
        svg.text((LEFT - 10, y + 5), "end", &number.to_string());
    }
    let all = |mean: fn(&Week) -> Mean| weeks.iter().map(mean).collect::<Vec<Mean>>();
    line(&mut svg, 0, w.before, &all(|week| week.before));
    line(&mut svg, 1, w.after, &all(|week| week.after));
    line(&mut svg, 2, w.strength, &all(|week| week.strength));
    bars(&mut svg, &weeks);
    svg.text((LEFT - 10, FLOOR - 4), "end", w.minutes_row);
    svg.text((LEFT, 28), "start", w.title);
    svg.file((wide, FLOOR + 40), w.title)
}

/// One line over the weeks: dashed in its own way, with its own marks, named above.
fn line(svg: &mut Svg, kind: usize, word: &str, means: &[Mean]) {
    let points = means.iter().enumerate().filter_map(|(at, mean)| {
        let tenths = mean.tenths()?;
        Some((middle(at), BOTTOM - tenths * STEP / 10))
    });
    let points: Vec<(usize, usize)> = points.collect();
    let way: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let dash = ["6 4", "", "2 4"].get(kind).copied().unwrap_or_default();
    svg.shape(&format!(
        "<polyline class=\"line\" stroke-dasharray=\"{dash}\" points=\"{}\"/>",
        way.join(" ")
    ));
    for point in points {
        svg.shape(&mark(kind, point));
    }
    let x = LEFT + kind * 190;
    svg.shape(&mark(kind, (x, 51)));
    svg.text((x + 16, 56), "start", word);
}

/// The minutes of each week, and its first day.
fn bars(svg: &mut Svg, weeks: &[Week]) {
    let most = weeks.iter().map(|week| week.minutes).max();
    let most = most.unwrap_or(0).max(1);
    for (at, week) in weeks.iter().enumerate() {
        let high = week.minutes * 70 / most;
        let (x, y) = (middle(at) - 14, FLOOR - high);
        if week.minutes > 0 {
            svg.shape(&format!(
                "<rect class=\"bar\" x=\"{x}\" y=\"{y}\" width=\"28\" height=\"{high}\"/>"
            ));
            svg.text((middle(at), y - 6), "middle", &week.minutes.to_string());
        }
        svg.text((middle(at), FLOOR + 22), "middle", &week.day());
    }
}

/// A ring, a disc, or a cross: told apart without a colour.
fn mark(kind: usize, (x, y): (usize, usize)) -> String {
    match kind {
        0 => format!("<circle class=\"box\" stroke-width=\"2\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/>"),
        1 => format!("<circle class=\"ink\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/>"),
        _ => format!(
            "<path class=\"line\" d=\"M{} {y}h14m-7 -7v14\"/>",
            x.saturating_sub(7)
        ),
    }
}

/// Every session and check-in as numbers, for a spreadsheet. No word that somebody wrote is in it.
#[must_use]
pub(crate) fn csv(book: &Book) -> String {
    let w = &words().export.weeks;
    let cell = |n: Option<u8>| n.map(|n| n.to_string()).unwrap_or_default();
    let mut rows: Vec<(i64, String)> = Vec::new();
    for one in book.sittings() {
        let numbers = [
            one.before,
            one.after,
            one.resourced_before,
            one.resourced_after,
        ];
        let numbers = numbers.map(cell).join(",");
        let (day, minutes) = (one.at.day(), one.minutes);
        rows.push((one.at.wall, format!("{day},session,{minutes},{numbers}")));
    }
    for one in book.check_ins() {
        let (day, stirred, strength) = (one.at.day(), cell(one.stirred), cell(one.resourced));
        rows.push((
            one.at.wall,
            format!("{day},check-in,,,{stirred},,{strength}"),
        ));
    }
    rows.arrange();
    let rows = rows.into_iter().map(|(_, row)| row + "\r\n");
    [w.csv.to_owned() + "\r\n"]
        .into_iter()
        .chain(rows)
        .collect()
}
