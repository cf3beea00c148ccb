//! What was kept of sessions, as lines: each month with its days, then its sessions.

use super::{Exit, Failed, home, lines, problem, scripts};
use crate::date::Month;
use crate::people;
use crate::recall::History;
use crate::shown::Shown;
use crate::words::{fill, words};

/// Prints it, the latest year last, so that what is new is what is seen.
pub fn print() -> Result<Exit, Failed> {
    let home = home()?;
    let read = people::outlines(&home.record());
    let (outlines, damage) = read.map_err(|sentence| (sentence, Exit::Found))?;
    let history = History::new(outlines, scripts::all(&home).titles());
    let printed = lines(&told(&history))?;
    Ok(match damage {
        None => printed,
        Some(sentence) => {
            problem(&sentence);
            Exit::Found
        }
    })
}

fn told(history: &History) -> Vec<Shown> {
    let w = &words().recall;
    if history.is_empty() {
        return vec![Shown::new(&w.history_none)];
    }
    let mut told = Vec::new();
    for year in history.years().into_iter().rev() {
        for (month, days) in history.months(year) {
            if !told.is_empty() {
                told.push(Shown::default());
            }
            let (title, days) = (month.title(), Month::said(&days));
            let values = [("month", title.as_str()), ("days", days.as_str())];
            told.push(fill(&w.month_days, &values));
            for (when, what) in history.sessions(month) {
                told.push(when);
                let row = |what: &Shown| fill(&w.session_line, &[("what", what.as_str())]);
                told.extend(what.iter().map(row));
            }
        }
    }
    told
}
