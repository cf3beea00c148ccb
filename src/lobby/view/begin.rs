//! The pages on the way to a session. Each proposes, so that going on is enough.

use super::{
    Draft, MOST_TIME, Move, Offered, Page, People, Pick, Plan, Shelf, View, ask, item, line, pick,
};
use crate::lobby::entry::of_minutes;
use crate::lobby::page::Time;
use crate::lobby::shelf::{Circle, Planned, PlannedLeg};
use crate::nine;
use crate::pages;
use crate::script::Who;
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::words::{Template, fill, joined, words};

pub(super) fn who(shelf: &Shelf, script: Option<&str>) -> View {
    let says = &words().lobby;
    let counts = counts(shelf, script);
    let room = nine::MOST.saturating_sub(counts.len());
    let mut picks: Vec<Pick> = shelf
        .circles
        .iter()
        .enumerate()
        .filter(|(_, circle)| counts.iter().any(|n| usize::from(*n) == circle.names.len()))
        .take(room)
        .map(|(n, circle)| {
            let people = People {
                names: circle.names.clone(),
                circle: Some(n),
            };
            pick(&joined(&circle.names), Move::To(Page::Script { people }))
        })
        .collect();
    picks.extend(counts.iter().map(|count| {
        let people = usize::from(*count);
        let words = match count {
            0 | 1 => &says.who_alone,
            2 => &says.who_two,
            _ => says.who_more.get(people - 3).unwrap_or(&says.who_ask),
        };
        // Where some of as many people are known already, these are others.
        let known = |circle: &Circle| people > 1 && circle.names.len() == people;
        let says = if shelf.circles.iter().any(known) {
            fill(&says.who_others, &[("count", words)])
        } else {
            Shown::new(words)
        };
        let names = vec![String::new(); people];
        let does = Move::To(Page::Name { names, at: 0 });
        Pick { says, does }
    }));
    View::new(&says.who_title, ask(&says.who_ask)).with(picks)
}

/// For how many people this script is, or all of them: pairs first.
pub(in crate::lobby) fn counts(shelf: &Shelf, script: Option<&str>) -> Vec<u8> {
    let named = |offered: &&Offered| script.is_none_or(|script| offered.name == script);
    let people = shelf
        .scripts
        .iter()
        .filter(named)
        .map(|script| script.people);
    let mut counts: Vec<u8> = people.flat_map(|p| p.from..=p.to).collect();
    counts.sort_unstable_by_key(|count| (*count != 2, *count));
    counts.dedup();
    counts
}

pub(super) fn name(names: &[String], at: usize) -> View {
    let says = &words().lobby;
    let initial = names.get(at).map_or("", String::as_str);
    let question = match names.len() {
        1 => &says.name_alone,
        _ => says.name_ask.get(at).unwrap_or(&says.name_hint),
    };
    View {
        field: Some(line(initial, &says.name_hint, pages::MOST_NAME)),
        ..View::new(&says.name_title, ask(question))
    }
}

pub(super) fn how_long(draft: &Draft, shelf: &Shelf) -> View {
    let says = &words().lobby;
    let first = proposed_first(&draft.people, shelf);
    let plan = |minutes: u16, text: &Template| Pick {
        says: fill(text, &[("minutes", &minutes.to_string())]),
        does: Move::Plan(Plan {
            wording: None,
            draft: draft.clone(),
            time: of_minutes(minutes),
            first,
        }),
    };
    // What they took for another script says nothing about this one.
    let last =
        circle(&draft.people, shelf).filter(|circle| circle.script.as_ref() == Some(&draft.script));
    let last = last.and_then(|circle| circle.minutes);
    let written = offered(&draft.script, shelf).map(|script| script.minutes);
    let mut picks = Vec::new();
    picks.extend(last.map(|minutes| plan(minutes, &says.long_last)));
    picks.extend(
        written
            .filter(|minutes| Some(*minutes) != last)
            .map(|minutes| plan(minutes, &says.long_written)),
    );
    let draft = || draft.clone();
    picks.push(pick(
        &says.long_other,
        Move::To(Page::Minutes { draft: draft() }),
    ));
    picks.push(pick(
        &says.long_until,
        Move::To(Page::Until { draft: draft() }),
    ));
    View::new(&says.long_title, ask(&says.long_ask)).with(picks)
}

pub(super) fn minutes() -> View {
    let says = &words().lobby;
    View {
        field: Some(line("", &says.minutes_hint, MOST_TIME)),
        ..View::new(&says.long_title, ask(&says.minutes_ask))
    }
}

pub(super) fn plan(plan: &Plan, planned: &Planned, shelf: &Shelf) -> View {
    let title = title(&plan.draft.script, shelf);
    match planned {
        Planned::Fits { legs, ends, spare } => {
            let mut list: Vec<Item> = legs.iter().map(leg).collect();
            list.extend(spare.map(|(at, minutes)| {
                let values = [("minutes", &*minutes.to_string())];
                item(&at.to_string(), &fill(&words().lobby.plan_spare, &values))
            }));
            let end = Shown::new(&words().lobby.plan_end);
            list.push(item(&ends.to_string(), &end));
            fits(plan, &title, list, shelf)
        }
        Planned::TooShort {
            shortest_minutes,
            fits,
        } => too_short(plan, &title, *shortest_minutes, fits.as_deref(), shelf),
    }
}

fn fits(plan: &Plan, title: &Shown, list: Vec<Item>, shelf: &Shelf) -> View {
    let says = &words().lobby;
    let names = &plan.draft.people.names;
    let values = [
        ("title", title.as_str()),
        ("people", &joined(names)),
        ("time", plan.time.says.as_str()),
    ];
    let mut prompt = vec![fill(&says.plan_what, &values)];
    prompt.extend(who_first(plan, shelf));
    let over = circle(&plan.draft.people, shelf).is_some_and(|circle| circle.trial_over);
    prompt.extend(over.then(|| Shown::new(&says.trial_over)));
    prompt.extend(often_alone(plan, shelf));

    let script = offered(&plan.draft.script, shelf);
    prompt.extend(script.and_then(|script| script.one_sided.clone()));
    let mut picks = vec![pick(&says.plan_begin, Move::Begin(plan.clone()))];
    picks.push(another_time(plan));
    picks.extend(script.and_then(|script| other_words(plan, script)));
    let others = names
        .iter()
        .enumerate()
        .filter(|(n, _)| *n != plan.first.index());
    picks.extend(others.map(|(n, name)| Pick {
        says: fill(&says.plan_swap, &[("name", name)]),
        does: Move::Plan(Plan {
            first: Who::at(n),
            ..plan.clone()
        }),
    }));
    View {
        list,
        ..View::new(&says.plan_title, prompt).with(picks)
    }
}

/// From so many times in seven days on a day without is named (content.md S5: more than five a week).
const OFTEN: usize = 5;
/// What is followed because of a day or a bad moment is never too often.
const NEVER_TOO_OFTEN: [&str; 3] = ["shaken", "promise", "every-day"];

/// A quiet word for somebody who sits alone more than once a day, or nearly every day.
fn often_alone(plan: &Plan, shelf: &Shelf) -> Option<Shown> {
    let says = &words().lobby;
    let [name] = plan.draft.people.names.as_slice() else {
        return None;
    };
    let needs = &offered(&plan.draft.script, shelf)?.needs;
    if needs.iter().any(|need| NEVER_TOO_OFTEN.contains(need)) {
        return None;
    }
    let sat = shelf.alone.iter().find(|sat| sat.name == *name)?;
    match (sat.today, sat.week) {
        (1.., _) => Some(Shown::new(&says.alone_today)),
        (0, OFTEN..) => Some(fill(&says.alone_week, &[("n", &sat.week.to_string())])),
        (0, _) => None,
    }
}

/// The next pack of words, where the script has several.
fn other_words(plan: &Plan, script: &Offered) -> Option<Pick> {
    let packs = script.packs.iter();
    let chosen = |name: &str| plan.wording.as_deref() == Some(name);
    let now = packs.clone().position(|(name, _)| chosen(name));
    let (name, title) = packs.cycle().nth(now.unwrap_or(0) + 1)?;
    (script.packs.len() > 1).then(|| Pick {
        says: fill(&words().lobby.plan_words, &[("words", title.as_str())]),
        does: Move::Plan(Plan {
            wording: Some(name.clone()),
            ..plan.clone()
        }),
    })
}

fn leg(leg: &PlannedLeg) -> Item {
    let says = &words().lobby;
    let seconds = leg.length.as_secs();
    let (minutes, rest) = ((seconds / 60).to_string(), (seconds % 60).to_string());
    let text: Template = match (seconds / 60, seconds % 60) {
        (0, _) => says.plan_leg_less.into(),
        (1, 0) => says.plan_leg_minute.into(),
        (1, _) => says.plan_leg_minute_seconds,
        (_, 0) => says.plan_leg_minutes,
        (_, _) => says.plan_leg_seconds,
    };
    let length = fill(&text, &[("minutes", &minutes), ("seconds", &rest)]);
    let values = [("title", leg.title.as_str()), ("length", length.as_str())];
    item(&leg.at.to_string(), &fill(&says.plan_leg, &values))
}

/// Who goes first, with the reason; nothing when there is only one.
fn who_first(plan: &Plan, shelf: &Shelf) -> Option<Shown> {
    let says = &words().lobby;
    let names = &plan.draft.people.names;
    let first = names.get(plan.first.index()).filter(|_| names.len() > 1)?;
    let was = circle(&plan.draft.people, shelf)
        .and_then(|circle| circle.was_first)
        .filter(|was| *was != plan.first)
        .and_then(|was| names.get(was.index()));
    let text = match was {
        _ if plan.first != proposed_first(&plan.draft.people, shelf) => &says.plan_first_chosen,
        Some(_) => &says.plan_first_because,
        None => &says.plan_first,
    };
    let was = was.map_or("", String::as_str);
    Some(fill(text, &[("first", first), ("was", was)]))
}

fn too_short(plan: &Plan, title: &Shown, shortest: u16, fits: Option<&str>, shelf: &Shelf) -> View {
    let says = &words().lobby;
    let minutes = shortest.to_string();
    let values = [("title", title.as_str()), ("shortest", minutes.as_str())];
    let shorter = |time: &Time, script: &str| {
        let draft = Draft {
            script: script.to_owned(),
            ..plan.draft.clone()
        };
        Move::Plan(Plan {
            draft,
            time: time.clone(),
            first: plan.first,
            wording: None,
        })
    };
    let mut picks = Vec::new();
    picks.extend(
        fits.and_then(|name| offered(name, shelf))
            .filter(|script| script.takes(plan.draft.people.names.len()))
            .map(|script| Pick {
                says: fill(&says.short_fits, &[("title", script.title.as_str())]),
                does: shorter(&plan.time, &script.name),
            }),
    );
    picks.push(Pick {
        says: fill(&says.short_shortest, &values),
        does: shorter(&of_minutes(shortest), &plan.draft.script),
    });
    picks.push(another_time(plan));
    View::new(&says.plan_title, vec![fill(&says.short, &values)]).with(picks)
}

fn another_time(plan: &Plan) -> Pick {
    let draft = plan.draft.clone();
    pick(&words().lobby.plan_time, Move::To(Page::HowLong { draft }))
}

pub(super) fn circle<'a>(people: &People, shelf: &'a Shelf) -> Option<&'a Circle> {
    people.circle.and_then(|n| shelf.circles.get(n))
}

fn offered<'a>(script: &str, shelf: &'a Shelf) -> Option<&'a Offered> {
    shelf.scripts.iter().find(|one| one.name == script)
}

fn title(script: &str, shelf: &Shelf) -> Shown {
    offered(script, shelf).map_or_else(|| Shown::new(script), |script| script.title.clone())
}

/// Who is proposed: what the circle remembers, or whoever was entered first.
pub(in crate::lobby) fn proposed_first(people: &People, shelf: &Shelf) -> Who {
    circle(people, shelf)
        .map(|circle| circle.proposed_first)
        .filter(|who| who.index() < people.names.len())
        .unwrap_or(Who(0))
}
