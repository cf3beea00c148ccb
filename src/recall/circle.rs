//! A pair or a circle: since when, the agreement now and before, a trial, a loan, and its end.

use super::history::minutes;
use super::{Change, Move, Page, Pick, Wish, of};
use crate::appointment::{Asking, Step};
use crate::date::Date;
use crate::pages::{View, ask, item, line as field, pick, refused};
use crate::people::{Circle, Memory, Version};
use crate::script::Who;
use crate::session::intent::Refused;
use crate::session::scene::Item;
use crate::session::time::Moment;
use crate::shown::Shown;
use crate::words::{Template, fill, joined, words};

/// The letters of a day.
const DAY: usize = 10;
/// Less than half a minute is no loan.
const LEAST: i64 = 30_000;

pub(super) fn all(memory: &Memory) -> View<Move> {
    let w = &words().recall;
    let picks = memory.circles().iter().map(|circle| {
        let page = Page::Circle {
            names: circle.names.clone(),
        };
        let text = if circle.ended.is_some() {
            &w.circle_ended
        } else {
            &w.circle
        };
        Pick {
            says: of(text, &circle.names),
            does: Move::To(page),
        }
    });
    View::new(&w.circles_title, ask(&w.circles_ask)).with(picks.collect())
}

fn date(text: &Template, day: Date, now: Moment) -> Shown {
    fill(text, &[("date", day.said(now.day()).as_str())])
}

/// The loan, by person, in minutes.
fn loan(circle: &Circle, now: Moment) -> Option<Shown> {
    let w = &words().recall;
    let loan = circle.loan_at(now.wall);
    let one = |(at, more): (usize, &i64)| {
        let name = circle.names.get(at).filter(|_| *more >= LEAST)?;
        let time = minutes(circle.loan_of(Who::at(at)));
        let values = [("name", name.as_str()), ("time", time.as_str())];
        Some(fill(&w.circle_loan, &values))
    };
    let each: Vec<Shown> = loan.iter().enumerate().filter_map(one).collect();
    let each: Vec<&str> = each.iter().map(Shown::as_str).collect();
    (!each.is_empty()).then(|| Shown::new(&each.join(" ")))
}

/// Everything that is known of them, without a word of a session.
fn facts(circle: &Circle, now: Moment) -> Vec<Item> {
    let w = &words().recall;
    let mut list = Vec::new();
    let mut says = |lead: &str, words: Shown| list.push(item(lead, &words));
    if let Some(since) = circle.since {
        let sessions = circle.sessions.to_string();
        let day = since.said(now.day());
        let values = [("date", day.as_str()), ("n", &sessions)];
        let text = match circle.sessions {
            1 => &w.circle_one,
            _ => &w.circle_many,
        };
        says(&w.lead_since, fill(text, &values));
    }
    if let Some(day) = circle.ended {
        says(&w.lead_ended, day.said(now.day()));
    }
    if circle.trial_is_over() {
        says(&w.lead_trial, Shown::new(&w.trial_over));
    } else if let Some((so_far, of)) = circle.trial_so_far() {
        let values = [("n", so_far.to_string()), ("of", of.to_string())];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        says(&w.lead_trial, fill(&w.trial_so_far, &values));
    }
    if let Some(day) = circle.review.filter(|_| !circle.agreement.is_empty()) {
        says(&w.lead_review, date(&w.review_on, day, now));
    }
    if let Some(loan) = loan(circle, now) {
        says(&w.lead_loan, loan);
    }
    list
}

pub(super) fn one(names: &[String], memory: &Memory, now: Moment) -> View<Move> {
    let w = &words().recall;
    let Some(circle) = memory.circle(names) else {
        return View {
            on: Some(pick(&words().pages.back, Move::To(Page::Front))),
            ..View::new(&w.circles_title, ask(&w.circle_gone))
        };
    };
    let here = || names.to_vec();
    let this = Page::Circle { names: here() };
    let change = |says: &str, what| {
        let wish = Wish::Circle {
            names: here(),
            what,
        };
        pick(says, Move::Do(wish, this.clone()))
    };
    let to = |says: &str, page| pick(says, Move::To(page));
    let mut picks = Vec::new();
    if !circle.agreement.is_empty() {
        let version = 0;
        picks.push(to(
            &w.see_agreement,
            Page::Agreement {
                names: here(),
                version,
            },
        ));
        picks.push(to(&w.set_review, Page::Review { names: here() }));
    }
    if loan(circle, now).is_some() {
        picks.push(to(&w.forgive, Page::Forgive { names: here() }));
    }
    if circle.ended.is_none() {
        let asking = Asking::Day;
        picks.push(to(
            &words().appointment.offer,
            Page::Calendar {
                names: here(),
                asking,
            },
        ));
    }
    if names.len() > 1 {
        picks.push(match (circle.trial, circle.trial_is_over()) {
            (None, _) => change(&w.begin_trial, Change::Trial),
            (Some(_), true) => change(&w.trial_on, Change::NoTrial),
            (Some(_), false) => change(&w.no_trial, Change::NoTrial),
        });
        picks.push(match circle.ended {
            None => to(&w.end, Page::EndCircle { names: here() }),
            Some(_) => change(&w.meet_again, Change::MeetAgain),
        });
    }
    picks.push(to(&w.delete_circle, Page::DeleteCircle { names: here() }));
    View {
        list: facts(circle, now),
        on: Some(pick(&words().pages.back, Move::To(Page::Circles))),
        ..View::new(&joined(names), ask(&w.circle_says)).with(picks)
    }
}

pub(super) fn agreement(
    names: &[String],
    version: usize,
    memory: &Memory,
    now: Moment,
) -> View<Move> {
    let w = &words().recall;
    let circle = memory.circle(names).cloned().unwrap_or_default();
    let current = Version {
        agreed: circle.agreed,
        lines: circle.agreement,
    };
    let versions: Vec<Version> = [current].into_iter().chain(circle.before).collect();
    let shown = versions.get(version);
    let older = versions.get(version + 1);
    let title = if version == 0 {
        &w.agreement_now
    } else {
        &w.agreement_before
    };
    let says = shown.and_then(|version| version.agreed).map_or_else(
        || Shown::new(&w.agreed_some_day),
        |day| date(&w.agreed_on, day, now),
    );
    let is_new = |line: &String| older.is_some_and(|older| !older.lines.contains(line));
    let lines = shown.map(|version| version.lines.as_slice());
    let list = lines.unwrap_or_default().iter().map(|line| {
        let lead = if is_new(line) {
            &words().session.line_new
        } else {
            ""
        };
        item(lead, &Shown::new(line))
    });
    let names = names.to_vec();
    let on = match older {
        Some(_) => pick(
            &w.agreement_older,
            Move::To(Page::Agreement {
                names,
                version: version + 1,
            }),
        ),
        None => pick(&words().pages.back, Move::To(Page::Circle { names })),
    };
    View {
        list: list.collect(),
        on: Some(on),
        ..View::new(title, vec![says])
    }
}

pub(super) fn review(names: &[String], memory: &Memory) -> View<Move> {
    let w = &words().recall;
    let day = memory.circle(names).and_then(|circle| circle.review);
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    View {
        field: Some(field(&day, &w.review_hint, DAY)),
        ..View::new(&joined(names), ask(&w.review_ask))
    }
}

/// A day that was typed.
pub(super) fn reviewed(
    names: &[String],
    typed: &str,
    now: Moment,
) -> Result<(Wish, Page), Refused> {
    let day = Date::parse(typed).ok_or_else(|| refused(&words().recall.review_wrong))?;
    if day < now.day() {
        return Err(refused(&words().recall.review_past));
    }
    let names = names.to_vec();
    let page = Page::Circle {
        names: names.clone(),
    };
    let what = Change::Review(day);
    Ok((Wish::Circle { names, what }, page))
}

/// The next session, for a calendar. Nobody's name is in it.
pub(super) fn calendar(
    names: &[String],
    asking: &Asking,
    folder: &Shown,
    now: Moment,
) -> View<Move> {
    let names = || names.to_vec();
    asking.view(now.day(), folder).map(|step| {
        Move::To(match step {
            Step::To(asking) => Page::Calendar {
                names: names(),
                asking,
            },
            Step::Away => Page::Circle { names: names() },
        })
    })
}

fn asked(names: &[String], (title, prompt): (&str, Vec<Shown>), no: &str, yes: Pick) -> View<Move> {
    let stay = Page::Circle {
        names: names.to_vec(),
    };
    View::new(title, prompt).with(vec![pick(no, Move::To(stay)), yes])
}

pub(super) fn forgive(names: &[String]) -> View<Move> {
    let w = &words().recall;
    let (names, what) = (names.to_vec(), Change::Forgive);
    let page = Page::Circle {
        names: names.clone(),
    };
    let prompt = Shown::lines(&words().session.forgive_asked);
    let yes = Wish::Circle {
        names: names.clone(),
        what,
    };
    let yes = pick(&w.forgive_yes, Move::Do(yes, page));
    asked(&names, (&w.forgive, prompt), &w.forgive_no, yes)
}

pub(super) fn end(names: &[String], now: Moment) -> View<Move> {
    let w = &words().recall;
    let (names, what) = (names.to_vec(), Change::End(now.day()));
    let page = Page::Circle {
        names: names.clone(),
    };
    let prompt = w.end_ask.iter().map(|line| of(line, &names)).collect();
    let yes = Wish::Circle {
        names: names.clone(),
        what,
    };
    let yes = pick(&w.end_yes, Move::Do(yes, page));
    asked(&names, (&w.end, prompt), &w.end_no, yes)
}

pub(super) fn delete(names: &[String]) -> View<Move> {
    let w = &words().recall;
    let prompt = vec![
        of(&w.delete_circle_ask, names),
        Shown::new(&w.delete_circle_what),
        Shown::new(&w.delete_promise),
    ];
    let yes = Wish::ForgetCircle {
        names: names.to_vec(),
    };
    let yes = pick(&w.delete_yes, Move::Do(yes, Page::Front));
    asked(names, (&w.delete_title, prompt), &w.delete_no, yes)
}
