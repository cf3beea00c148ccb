//! A pair or a circle: since when, the agreement now and before, a trial, a loan, and its end.

use super::history_pages::{HistoryView, minutes};
use super::{CircleChange, RecordChoice, RecordMove, RecordPage, RecordRequest, of};
use crate::calendar::{AppointmentStep, Asking, Proposal, Walls};
use crate::memory::{AgreementVersion, Circle, Memory};
use crate::menu::page::{PageView, ask, item, line as field, pick};
use crate::script::Who;
use crate::session::intent::Refused;
use crate::session::scene::ListItem;
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, fill_lines, joined, words};
use crate::time::date::Date;
use crate::time::moment::Moment;

/// The letters of a day.
const DAY: usize = 40;
/// Less than half a minute is no loan.
const LEAST: i64 = 30_000;

pub(super) fn all(memory: &Memory) -> PageView<RecordMove> {
    let w = &words().records;
    let picks = memory.circles().iter().map(|circle| {
        let page = RecordPage::Circle {
            names: circle.names.clone(),
        };
        let text = if circle.ended.is_some() {
            &w.circle_ended
        } else {
            &w.circle
        };
        RecordChoice {
            says: of(text, &circle.names),
            does: RecordMove::To(page),
        }
    });
    PageView::new(w.circles_title, ask(w.circles_ask)).with(picks.collect())
}

fn date(text: &Template, day: Date, now: Moment) -> SafeText {
    fill(text, &[("date", day.said(now.day()).as_str())])
}

/// The loan, by person, in minutes.
fn loan(circle: &Circle, now: Moment) -> Option<SafeText> {
    let w = &words().records;
    let loan = circle.loan_at(now.wall);
    let one = |(at, more): (usize, &i64)| {
        let name = circle.names.get(at).filter(|_| *more >= LEAST)?;
        let time = minutes(circle.loan_of(Who::at(at)));
        let values = [("name", name.as_str()), ("time", time.as_str())];
        Some(fill(&w.circle_loan, &values))
    };
    let each: Vec<SafeText> = loan.iter().enumerate().filter_map(one).collect();
    let each: Vec<&str> = each.iter().map(SafeText::as_str).collect();
    (!each.is_empty()).then(|| SafeText::new(&each.join(" ")))
}

/// Everything that is known of them, without a word of a session.
fn facts(circle: &Circle, now: Moment) -> Vec<ListItem> {
    let w = &words().records;
    let mut list = Vec::new();
    let mut says = |lead: &str, words: SafeText| list.push(item(lead, &words));
    if let Some(since) = circle.since {
        let sessions = circle.sessions.to_string();
        let day = since.said(now.day());
        let values = [("date", day.as_str()), ("n", &sessions)];
        let text = match circle.sessions {
            1 => &w.circle_one,
            _ => &w.circle_many,
        };
        says(w.lead_since, fill(text, &values));
    }
    if let Some(day) = circle.ended {
        says(w.lead_ended, day.said(now.day()));
    }
    if circle.ended.is_some() {
        // A trial is asked about no more.
    } else if circle.trial_is_over() {
        says(w.lead_trial, SafeText::new(w.trial_over));
    } else if let Some((so_far, of)) = circle.trial_so_far() {
        let values = [("n", so_far.to_string()), ("of", of.to_string())];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        says(w.lead_trial, fill(&w.trial_so_far, &values));
    }
    if let Some(day) = circle.review.filter(|_| !circle.agreement.is_empty()) {
        says(w.lead_review, date(&w.review_on, day, now));
    }
    if let Some(loan) = loan(circle, now) {
        says(w.lead_loan, loan);
    }
    if let Some(next) = circle.next.and_then(|next| next.said(now.day())) {
        says(w.lead_next, next);
    }
    list
}

/// A circle in pairs, those first who have met least; nobody is proposed to whom they said goodbye.
fn pairs(circle: &Circle, memory: &Memory) -> Option<ListItem> {
    let w = &words().records;
    let pairs = memory.next_pairs(&circle.names);
    let pairs: Vec<String> = pairs.iter().map(|pair| joined(pair).to_string()).collect();
    let says = fill(&w.pairs_next, &[("pairs", &pairs.join(", "))]);
    (!pairs.is_empty() && circle.ended.is_none()).then(|| item(w.lead_pairs, &says))
}

/// What is known of their next session.
pub(super) fn proposal(names: &[String], memory: &Memory) -> Proposal {
    let circle = memory.circle(names);
    Proposal {
        next: circle.and_then(|circle| circle.next),
        minutes: circle.map(|circle| circle.minutes).filter(|n| *n > 0),
        keeps: true,
    }
}

/// When they meet again is asked.
fn asks_next(circle: &Circle, memory: &Memory, (now, walls): (Moment, Walls)) -> RecordChoice {
    let page = RecordPage::Calendar {
        names: circle.names.clone(),
        asking: proposal(&circle.names, memory).first(now.day(), walls),
    };
    pick(words().calendar.offer, RecordMove::To(page))
}

/// A trial, an end, and whether they meet again after it.
fn going_on(circle: &Circle) -> Vec<RecordChoice> {
    let w = &words().records;
    let names = || circle.names.clone();
    let to = |says: &str, page| pick(says, RecordMove::To(page));
    let change = |says: &str, what| {
        let wish = RecordRequest::Circle {
            names: names(),
            what,
        };
        pick(
            says,
            RecordMove::Do(wish, RecordPage::Circle { names: names() }),
        )
    };
    if circle.names.len() < 2 {
        return Vec::new();
    }
    if circle.ended.is_some() {
        return vec![change(w.meet_again, CircleChange::MeetAgain)];
    }
    let trial = match (circle.trial, circle.trial_is_over()) {
        (None, _) => to(w.begin_trial, RecordPage::BeginTrial { names: names() }),
        (Some(_), true) => change(w.trial_on, CircleChange::NoTrial),
        (Some(_), false) => change(w.no_trial, CircleChange::NoTrial),
    };
    vec![trial, to(w.end, RecordPage::EndCircle { names: names() })]
}

pub(super) fn one(
    names: &[String],
    memory: &Memory,
    (now, walls): (Moment, Walls),
) -> PageView<RecordMove> {
    let w = &words().records;
    let Some(circle) = memory.circle(names) else {
        return PageView {
            on: Some(pick(words().pages.back, RecordMove::To(RecordPage::Front))),
            ..PageView::new(w.circles_title, ask(w.circle_gone))
        };
    };
    let here = || names.to_vec();
    let this = RecordPage::Circle { names: here() };
    let change = |says: &str, what| {
        let wish = RecordRequest::Circle {
            names: here(),
            what,
        };
        pick(says, RecordMove::Do(wish, this.clone()))
    };
    let to = |says: &str, page| pick(says, RecordMove::To(page));
    let mut picks = Vec::new();
    if !circle.agreement.is_empty() {
        let version = 0;
        picks.push(to(
            w.see_agreement,
            RecordPage::Agreement {
                names: here(),
                version,
            },
        ));
        picks.push(to(w.set_review, RecordPage::Review { names: here() }));
    }
    // Whoever stopped meeting is asked for nothing more.
    if circle.ended.is_none() {
        picks.push(asks_next(circle, memory, (now, walls)));
    }
    picks.extend(going_on(circle));
    picks.push(to(
        w.delete_circle,
        RecordPage::DeleteCircle { names: here() },
    ));
    // What is only here on some days stands behind what always is, so that no number changes its meaning.
    if loan(circle, now).is_some() {
        picks.push(to(w.see_loan, RecordPage::Loans { names: here() }));
        picks.push(to(w.forgive, RecordPage::Forgive { names: here() }));
    }
    if circle
        .next
        .and_then(|next| next.coming(now.day()))
        .is_some()
    {
        picks.push(change(w.no_next, CircleChange::Next(None)));
    }
    PageView {
        list: facts(circle, now)
            .into_iter()
            .chain(pairs(circle, memory))
            .collect(),
        on: Some(pick(
            words().pages.back,
            RecordMove::To(RecordPage::Circles),
        )),
        ..PageView::new(&joined(names), ask(w.circle_says)).with(picks)
    }
}

pub(super) fn agreement(
    names: &[String],
    version: usize,
    memory: &Memory,
    now: Moment,
) -> PageView<RecordMove> {
    let w = &words().records;
    let circle = memory.circle(names).cloned().unwrap_or_default();
    let current = AgreementVersion {
        agreed: circle.agreed,
        lines: circle.agreement,
    };
    let versions: Vec<AgreementVersion> = [current].into_iter().chain(circle.before).collect();
    let shown = versions.get(version);
    let older = versions.get(version + 1);
    let title = if version == 0 {
        &w.agreement_now
    } else {
        &w.agreement_before
    };
    let says = shown.and_then(|version| version.agreed).map_or_else(
        || SafeText::new(w.agreed_some_day),
        |day| date(&w.agreed_on, day, now),
    );
    let is_new = |line: &String| older.is_some_and(|older| !older.lines.contains(line));
    let lines = shown.map(|version| version.lines.as_slice());
    let list = lines.unwrap_or_default().iter().map(|line| {
        let lead = if is_new(line) {
            words().session.line_new
        } else {
            ""
        };
        item(lead, &SafeText::new(line))
    });
    // What was there before and is not any more, so that nobody has to compare.
    let now = |line: &&String| lines.is_some_and(|lines| !lines.contains(line));
    let older_lines = older.map(|older| older.lines.as_slice());
    let gone = older_lines.unwrap_or_default().iter().filter(now);
    let gone = gone.map(|line| item(w.line_gone, &SafeText::new(line)));
    let list: Vec<ListItem> = list.chain(gone).collect();
    let names = names.to_vec();
    let on = match older {
        Some(_) => pick(
            w.agreement_older,
            RecordMove::To(RecordPage::Agreement {
                names,
                version: version + 1,
            }),
        ),
        None => pick(
            words().pages.back,
            RecordMove::To(RecordPage::Circle { names }),
        ),
    };
    PageView {
        list,
        on: Some(on),
        ..PageView::new(title, vec![says])
    }
}

/// Where the open minutes come from, session by session.
pub(super) fn loans(
    names: &[String],
    memory: &Memory,
    history: Option<&HistoryView>,
) -> PageView<RecordMove> {
    let w = &words().records;
    let circle = memory.circle(names);
    let lent = history
        .zip(circle)
        .map(|(history, circle)| history.lent(circle));
    let lent = lent.unwrap_or_default();
    let prompt = if lent.is_empty() {
        w.loan_none
    } else {
        w.see_loan
    };
    let rows = lent.iter().flat_map(|(day, says)| {
        let leads = std::iter::once(day.as_str()).chain(std::iter::repeat(""));
        leads.zip(says).map(|(lead, says)| item(lead, says))
    });
    let circle = RecordPage::Circle {
        names: names.to_vec(),
    };
    PageView {
        list: rows.collect(),
        on: Some(pick(words().pages.back, RecordMove::To(circle))),
        ..PageView::new(&joined(names), ask(prompt))
    }
}

pub(super) fn review(names: &[String], memory: &Memory) -> PageView<RecordMove> {
    let w = &words().records;
    let day = memory.circle(names).and_then(|circle| circle.review);
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    PageView {
        field: Some(field(&day, w.review_hint, DAY)),
        ..PageView::new(&joined(names), ask(w.review_ask))
    }
}

/// A day that was typed.
pub(super) fn reviewed(
    names: &[String],
    typed: &str,
    now: Moment,
) -> Result<(RecordRequest, RecordPage), Refused> {
    let day = Date::typed(typed, now.day()).map_err(Refused)?;
    let names = names.to_vec();
    let page = RecordPage::Circle {
        names: names.clone(),
    };
    let what = CircleChange::Review(day);
    Ok((RecordRequest::Circle { names, what }, page))
}

/// The next session, for a calendar. Nobody's name is in it.
pub(super) fn calendar(
    names: &[String],
    asking: &Asking,
    folder: &SafeText,
    (memory, now): (&Memory, Moment),
) -> PageView<RecordMove> {
    let known = proposal(names, memory);
    let names = || names.to_vec();
    asking
        .view(now.day(), folder, known)
        .map(|step| match step {
            AppointmentStep::To(asking) => RecordMove::To(RecordPage::Calendar {
                names: names(),
                asking,
            }),
            AppointmentStep::Keep(what) => RecordMove::Do(
                RecordRequest::Circle {
                    names: names(),
                    what: CircleChange::Next(Some(what.next())),
                },
                RecordPage::Circle { names: names() },
            ),
            AppointmentStep::Away => RecordMove::To(RecordPage::Circle { names: names() }),
        })
}

fn asked(
    names: &[String],
    (title, prompt): (&str, Vec<SafeText>),
    no: &str,
    yes: RecordChoice,
) -> PageView<RecordMove> {
    let stay = RecordPage::Circle {
        names: names.to_vec(),
    };
    PageView::new(title, prompt).with(vec![pick(no, RecordMove::To(stay)), yes])
}

pub(super) fn forgive(names: &[String]) -> PageView<RecordMove> {
    let w = &words().records;
    let (names, what) = (names.to_vec(), CircleChange::Forgive);
    let page = RecordPage::Circle {
        names: names.clone(),
    };
    let s = &words().session;
    let all = if names.len() == 2 {
        s.all_two
    } else {
        s.all_many
    };
    let prompt = fill_lines(&s.forgive_asked, &[("all", all)]);
    let yes = RecordRequest::Circle {
        names: names.clone(),
        what,
    };
    let yes = pick(w.forgive_yes, RecordMove::Do(yes, page));
    asked(&names, (w.forgive, prompt), w.forgive_no, yes)
}

/// Nobody begins a trial alone.
pub(super) fn begin_trial(names: &[String]) -> PageView<RecordMove> {
    let w = &words().records;
    let (names, what) = (names.to_vec(), CircleChange::Trial);
    let page = RecordPage::Circle {
        names: names.clone(),
    };
    let prompt = w.trial_ask.iter().map(|line| of(line, &names)).collect();
    let yes = RecordRequest::Circle {
        names: names.clone(),
        what,
    };
    let yes = pick(w.trial_yes, RecordMove::Do(yes, page));
    asked(&names, (w.begin_trial, prompt), w.forgive_no, yes)
}

pub(super) fn end(names: &[String], now: Moment) -> PageView<RecordMove> {
    let w = &words().records;
    let (names, what) = (names.to_vec(), CircleChange::End(now.day()));
    let page = RecordPage::Circle {
        names: names.clone(),
    };
    let prompt = w.end_ask.iter().map(|line| of(line, &names)).collect();
    let yes = RecordRequest::Circle {
        names: names.clone(),
        what,
    };
    let yes = pick(w.end_yes, RecordMove::Do(yes, page));
    asked(&names, (w.end, prompt), w.end_no, yes)
}

pub(super) fn delete(names: &[String]) -> PageView<RecordMove> {
    let w = &words().records;
    let prompt = vec![
        of(&w.delete_circle_ask, names),
        SafeText::new(w.delete_circle_what),
        SafeText::new(w.delete_promise),
    ];
    let yes = RecordRequest::ForgetCircle {
        names: names.to_vec(),
    };
    let yes = pick(w.delete_yes, RecordMove::Do(yes, RecordPage::Front));
    asked(names, (w.delete_title, prompt), w.delete_no, yes)
}
