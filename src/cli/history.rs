//! What was kept of sessions, as lines: each month with its days, then its sessions.

use super::{CommandError, Exit, home, lines, problem, script_files};
use crate::memory;
use crate::records::HistoryView;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::date::Month;

/// Prints it, the latest year last, so that what is new is what is seen.
pub(crate) fn print() -> Result<Exit, CommandError> {
    let home = home()?;
    let read = memory::outlines(&home.record());
    let (outlines, damage) = read.map_err(|sentence| (sentence, Exit::Found))?;
    let history = HistoryView::new(outlines, script_files::all(&home).titles());
    let printed = lines(&told(&history))?;
    Ok(match damage {
        None => printed,
        Some(sentence) => {
            problem(&sentence);
            Exit::Found
        }
    })
}

fn told(history: &HistoryView) -> Vec<SafeText> {
    let w = &words().records;
    if history.is_empty() {
        return vec![SafeText::new(w.history_none)];
    }
    let mut told = Vec::new();
    for year in history.years().into_iter().rev() {
        for (month, days) in history.months(year) {
            if !told.is_empty() {
                told.push(SafeText::default());
            }
            let (title, days) = (month.title(), Month::said(&days));
            let values = [("month", title.as_str()), ("days", days.as_str())];
            told.push(fill(&w.month_days, &values));
            for (when, what) in history.sessions(month) {
                told.push(when);
                let row = |what: &SafeText| fill(&w.session_line, &[("what", what.as_str())]);
                told.extend(what.iter().map(row));
            }
        }
    }
    told
}
