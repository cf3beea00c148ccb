//! Looking back, and what can't be undone.

use std::cmp::Reverse;

use super::{View, first_line};

use crate::notebook::{CheckIn, Sitting};
use crate::pages::{ask, item, pick, secret};
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::study::page::{Move, Page, Rekey};
use crate::study::{Open, Request};
use crate::words::{fill, words};

/// How many columns a number from 0 to 10 is drawn in, for each of its steps.
const STEP: usize = 2;

/// How many sittings and check-ins are shown, the newest ones; who wants all of them takes them out.
const MOST_BACK: usize = 120;
/// How wide the plots are drawn.
const PLOTS: [usize; 2] = [66, 54];

/// One line of looking back: when, what, and the numbers before and after.
struct Past {
    when: i64,
    line: Shown,
    before: Option<u8>,
    after: Option<u8>,
    numbers: String,
}

pub(super) fn back(open: Open<'_>) -> View {
    let w = &words().study.back;
    let sittings = open.book.sittings().iter().take(MOST_BACK).map(sat);
    let looks = open.book.check_ins().iter().take(MOST_BACK).map(looked);
    let mut past: Vec<Past> = sittings.chain(looks).collect();
    past.sort_by_key(|one| Reverse(one.when));
    past.truncate(MOST_BACK);
    let all = open.book.sittings().len() + open.book.check_ins().len();
    let rest = all.saturating_sub(past.len());
    let more = (rest > 0).then(|| fill(&w.more, &[("n", &rest.to_string())]));
    let mut list: Vec<Item> = past
        .iter()
        .map(|one| item("", &Shown::new(&format!("{}{}", one.line, one.numbers))))
        .collect();
    list.extend(more.iter().map(|more| item("", more)));
    let desk = fill(&words().study.desk.title, &[("name", open.name)]);
    let picture = |width: usize| {
        let room = width.saturating_sub(10 * STEP + 3);
        let line = |one: &Past| {
            let short = Shown::short(one.line.as_str(), room);
            Shown::new(&format!("{}  {short}", plot(one.before, one.after)))
        };
        let mut lines: Vec<Shown> = past.iter().map(line).collect();
        lines.extend(more.clone());
        lines
    };
    let prompt = ask(if list.is_empty() { &w.none } else { &w.ask });
    let pictures = if list.is_empty() {
        Vec::new()
    } else {
        PLOTS.map(picture).to_vec()
    };
    View {
        list,
        pictures,
        on: Some(pick(desk.as_str(), Move::To(Page::Desk))),
        ..View::new(&w.title, prompt)
    }
}

/// Numbers as words, for whoever listens.
fn numbers(all: &[(&str, Option<u8>)]) -> String {
    let said = all.iter().filter_map(|(text, number)| {
        let n = number.as_ref()?.to_string();
        Some(format!("; {}", fill(text, &[("n", &n)])))
    });
    said.collect()
}

fn sat(sitting: &Sitting) -> Past {
    let w = &words().study.back;
    let (day, minutes) = (sitting.at.day().to_string(), sitting.minutes.to_string());
    let values = [
        ("day", day.as_str()),
        ("script", sitting.script.as_str()),
        ("minutes", &minutes),
    ];
    Past {
        when: sitting.at.wall,
        line: fill(&w.line, &values),
        before: sitting.before,
        after: sitting.after,
        numbers: numbers(&[(&w.before, sitting.before), (&w.after, sitting.after)]),
    }
}

fn looked(look: &CheckIn) -> Past {
    let said: Vec<&str> = look.lines.iter().map(String::as_str).collect();
    let said = said.join(" ");
    Past {
        when: look.at.wall,
        line: Shown::new(&format!("{}  {}", look.at.day(), first_line(said.trim()))),
        before: None,
        after: look.stirred,
        numbers: numbers(&[(&words().study.back.stirred, look.stirred)]),
    }
}

/// Before and after on one line from 0 to 10: `o` is before, `●` is after.
fn plot(before: Option<u8>, after: Option<u8>) -> Shown {
    let mut cells = ['·'; 10 * STEP + 1];
    let mut put = |at: Option<u8>, sign: char| {
        let cell = at.map(|at| usize::from(at.min(10)) * STEP);
        if let Some(cell) = cell.and_then(|cell| cells.get_mut(cell)) {
            *cell = sign;
        }
    };
    put(before, 'o');
    put(after, '●');
    Shown::new(&cells.iter().collect::<String>())
}

pub(super) fn manage(open: Open<'_>) -> View {
    let w = &words().study.manage;
    let lock = Move::Do(Request::Lock, Page::Door, None);
    let sure = Page::Sure {
        what: Request::Forget,
        back: Box::new(Page::Manage),
    };
    let mut picks = vec![pick(&w.lock, lock)];
    if open.sealed {
        picks.push(pick(&w.pass, Move::To(Page::Rekey(Rekey::Old))));
    } else {
        picks.push(pick(&w.seal, Move::To(Page::Rekey(Rekey::Seal))));
    }
    picks.push(pick(&w.forget, Move::To(sure)));
    View::new(&w.title, ask(&w.ask)).with(picks)
}

pub(super) fn rekey(rekey: &Rekey) -> View {
    let w = &words().study.manage;
    let hints = &words().study;
    let (asked, hint) = match rekey {
        Rekey::Old => (&w.old, &hints.pass.hint),
        Rekey::New { .. } => (&w.new, &hints.make.pass_hint),
        Rekey::Seal => (&w.seal_is, &hints.make.pass_hint),
        Rekey::Again { .. } | Rekey::SealAgain { .. } => (&w.again, &hints.make.again_hint),
    };
    View {
        field: Some(secret(hint)),
        ..View::new(&w.title, ask(asked))
    }
}

/// Whether to do what can't be undone. The choice that changes nothing is the first.
pub(super) fn really(what: &Request, back: &Page, open: Open<'_>) -> View {
    let w = &words().study.manage;
    let (asked, yes, then) = if *what == Request::Forget {
        let asked = fill(&w.sure, &[("name", open.name)]);
        (asked, &w.yes, Page::Door)
    } else {
        (Shown::new(&w.erase_sure), &w.erase_yes, Page::Desk)
    };
    let prompt = vec![asked, Shown::new(&w.cannot)];
    let done = &words().study.desk.gone;
    View::new(&w.title, prompt).with(vec![
        pick(&w.no, Move::To(back.clone())),
        pick(yes, Move::Do(what.clone(), then, Some(done))),
    ])
}
