//! What each page shows and where each of its choices leads: one place, so that they cannot differ.

use crate::care::notices;
use crate::lobby::entry::MOST_TIME;
use crate::lobby::page::{Draft, Move, Page, People, Plan};
use crate::lobby::shelf::{Due, Offered, Request, Shelf, Unfinished};
use crate::pages::{self, ask, item, line, pick};
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::words::{Template, fill, words};

mod begin;
mod choose;

pub(super) use begin::{counts, proposed_first};

/// A page of the lobby.
pub(super) type View = pages::View<Move>;
/// A choice and where it leads.
pub(super) type Pick = pages::Pick<Move>;

/// The view of a page. The crisis card has its own scene and needs none.
pub(super) fn view(page: &Page, shelf: &Shelf) -> View {
    let says = &words().lobby;
    match page {
        Page::Notice | Page::NotFor => notice(page, shelf),
        Page::Home => home(shelf),
        Page::Around => around(shelf),
        Page::Help { leaf } => help(*leaf),
        Page::Scripts => scripts(shelf),
        Page::Practise => practise(shelf),
        Page::Files => files(shelf),
        Page::Card { .. } => View::default(),
        Page::Resume => resume(shelf),
        Page::SetAsideWhich => {
            let which = shelf.unfinished.iter();
            let picks = which.map(|one| pick(what(one).as_str(), aside(one)));
            View::new(&says.aside_title, ask(&says.aside_which)).with(picks.collect())
        }
        Page::SetAside { id } => set_aside(id, shelf),
        Page::Who { script } => begin::who(shelf, script.as_deref()),
        Page::Name { names, at } => begin::name(names, *at),
        Page::Script { people } => choose::script(people, shelf),
        Page::ScriptFor { people, need } => choose::of(people, *need, shelf),
        Page::HowLong { draft } => begin::how_long(draft, shelf),
        Page::Minutes { .. } => begin::minutes(),
        Page::Until { .. } => View {
            field: Some(line("", &says.until_hint, MOST_TIME)),
            ..View::new(&says.long_title, ask(&says.until_ask))
        },
        Page::Plan { plan, planned } => begin::plan(plan, planned, shelf),
    }
}

fn notice(page: &Page, shelf: &Shelf) -> View {
    let (care, says) = (&words().care, &words().lobby);
    if *page == Page::Notice {
        return View {
            on: Some(pick(&says.notice_go, Move::To(Page::NotFor))),
            ..View::new(
                &care.first_run_title,
                notices::first_run(&shelf.folder, &shelf.exit_key),
            )
        };
    }
    let lines = notices::not_for().into_iter();
    let mut prompt = ask(&care.not_for_intro);
    prompt.push(Shown::new(&care.not_for_after));
    let seen = Move::Do(Request::SawNotice, Page::Home);
    View {
        list: lines.map(|text| item("", &text)).collect(),
        on: Some(pick(&says.not_for_go, seen)),
        ..View::new(&care.not_for_title, prompt)
    }
}

/// The main thing first, and no more than can be taken in at a glance; leaving is offered on every page anyway.
fn home(shelf: &Shelf) -> View {
    let says = &words().lobby;
    let to = |says: &str, page: Page| pick(says, Move::To(page));
    let mut picks = Vec::new();
    if !shelf.scripts.is_empty() {
        picks.push(to(&says.begin, Page::Who { script: None }));
    }
    // Going on takes the first choice: a session that cannot be resumed must not stand in the way of a new one.
    if shelf.unfinished.iter().any(|one| one.can.is_ok()) {
        picks.insert(0, to(&says.resume, Page::Resume));
    } else if !shelf.unfinished.is_empty() {
        picks.push(to(&says.look, Page::Resume));
    }
    picks.push(pick(&says.ground, Move::Do(Request::Ground, Page::Home)));
    picks.push(pick(&says.study, Move::Do(Request::Study, Page::Home)));
    picks.push(pick(&says.recall, Move::Do(Request::Recall, Page::Home)));
    picks.push(to(&says.around, Page::Around));
    picks.push(to(&says.card, Page::card(shelf, Page::Home)));
    let mut list: Vec<Item> = shelf.notices.iter().map(|text| item("", text)).collect();
    list.extend(shelf.due.iter().map(due));
    View {
        list,
        ..View::new(&says.home_title, ask(&says.home_ask)).with(picks)
    }
}

/// What can be looked at before anything begins.
fn around(shelf: &Shelf) -> View {
    let says = &words().lobby;
    let to = |says: &str, page: Page| pick(says, Move::To(page));
    let mut picks = vec![to(&says.help, Page::Help { leaf: 0 })];
    if !shelf.scripts.is_empty() {
        picks.push(to(&says.practise, Page::Practise));
    }
    picks.push(to(&says.scripts, Page::Scripts));
    // What has a command of its own is here, too: nobody has to leave one in a shell's history.
    picks.push(pick(&says.now, Move::Do(Request::Now, Page::Home)));
    picks.push(pick(&says.files, Move::Do(Request::Files, Page::Files)));
    View::new(&says.around_title, ask(&says.around_ask)).with(picks)
}

fn files(shelf: &Shelf) -> View {
    let says = &words().lobby;
    let lines = shelf.files.iter();
    View {
        list: lines.map(|line| item("", line)).collect(),
        on: Some(pick(&says.go_on, Move::To(Page::Around))),
        ..View::new(&says.files_title, ask(&says.files_says))
    }
}

/// Promises that wait, in words that only their owner understands, or as a number.
fn due(due: &Due) -> Item {
    let says = &words().lobby;
    let count = due.count.to_string();
    let cues = due.cues.join(", ");
    let text: Template = match (&due.name, due.count, due.cues.is_empty()) {
        (None, 1, _) => says.due_shared_one.into(),
        (None, _, _) => says.due_shared,
        (Some(_), 1, true) => says.due_one,
        (Some(_), _, true) => says.due_more,
        (Some(_), _, false) => says.due_cues,
    };
    let values = [
        ("name", due.name.as_deref().unwrap_or_default()),
        ("count", &count),
        ("cues", &cues),
    ];
    item("", &fill(&text, &values))
}

fn help(leaf: usize) -> View {
    let says = &words().lobby;
    let (title, lines) = says
        .leaf
        .get(leaf)
        .map_or(("", &[][..]), |leaf| (leaf.title, &leaf.lines));
    let on = if leaf + 1 < says.leaf.len() {
        pick(&says.go_on, Move::To(Page::Help { leaf: leaf + 1 }))
    } else {
        pick(&says.home, Move::To(Page::Home))
    };
    let list = lines.iter().map(|text| item("", &Shown::new(text)));
    View {
        list: list.collect(),
        on: Some(on),
        ..View::new(title, Vec::new())
    }
}

fn scripts(shelf: &Shelf) -> View {
    let says = &words().lobby;
    let entry = |script: &Offered| {
        let minutes = script.minutes.to_string();
        let length = fill(&says.minutes, &[("minutes", &minutes)]);
        // Most summaries begin with for whom and how long; nobody needs that twice.
        if script.summary.as_str().contains(length.as_str()) {
            return item(script.title.as_str(), &script.summary);
        }
        let values = [
            ("minutes", minutes),
            ("people", for_people(script.people)),
            ("summary", script.summary.as_str().to_owned()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        item(script.title.as_str(), &fill(&says.scripts_line, &values))
    };
    let prompt = if shelf.scripts.is_empty() {
        ask(&says.scripts_none)
    } else {
        ask(&says.scripts_ask)
    };
    View {
        list: shelf.scripts.iter().map(entry).collect(),
        on: Some(pick(&says.home, Move::To(Page::Home))),
        ..View::new(&says.scripts_title, prompt)
    }
}

fn for_people(people: crate::script::People) -> String {
    let says = &words().lobby;
    let (from, to) = (people.from.to_string(), people.to.to_string());
    let values = [("count", from.as_str()), ("from", &from), ("to", &to)];
    let sentence: Template = match (people.from, people.to) {
        (1, 1) => says.people_one.into(),
        (2, 2) => says.people_two.into(),
        (from, to) if from == to => says.people_more,
        (_, _) => says.people_range,
    };
    fill(&sentence, &values).as_str().to_owned()
}

fn practise(shelf: &Shelf) -> View {
    let says = &words().lobby;
    let rehearse = |script: &Offered| {
        let script_name = script.name.clone();
        let request = Request::Rehearse {
            script: script_name,
        };
        let does = Move::Do(request, Page::Practise);
        let says = script_line(&says.script_line, script);
        Pick { says, does }
    };
    let picks = shelf.scripts.iter().map(rehearse).collect();
    View::new(&says.practise_title, ask(&says.practise_ask)).with(picks)
}

fn script_line(text: &Template, script: &Offered) -> Shown {
    let minutes = script.minutes.to_string();
    fill(
        text,
        &[("title", script.title.as_str()), ("minutes", &minutes)],
    )
}

/// When, where and what, as far as that is known.
fn what(one: &Unfinished) -> Shown {
    let parts = [&one.when, &one.stage, &one.title];
    let known: Vec<&str> = parts
        .iter()
        .map(|part| part.as_str())
        .filter(|part| !part.is_empty())
        .collect();
    Shown::new(&known.join(&words().lobby.comma))
}

fn aside(one: &Unfinished) -> Move {
    Move::To(Page::SetAside { id: one.id.clone() })
}

fn resume(shelf: &Shelf) -> View {
    let says = &words().lobby;
    let (whole, broken): (Vec<_>, Vec<_>) =
        shelf.unfinished.iter().partition(|one| one.can.is_ok());
    let mut picks: Vec<Pick> = whole
        .iter()
        .map(|one| {
            let request = Request::Resume { id: one.id.clone() };
            pick(what(one).as_str(), Move::Do(request, Page::Resume))
        })
        .collect();
    picks.extend(broken.iter().map(|one| Pick {
        says: fill(&says.resume_broken, &[("what", what(one).as_str())]),
        does: aside(one),
    }));
    match whole.as_slice() {
        [] => {}
        [only] => picks.push(pick(&says.aside_some, aside(only))),
        _ => picks.push(pick(&says.aside_some, Move::To(Page::SetAsideWhich))),
    }
    let prompt = if shelf.unfinished.is_empty() {
        View {
            on: Some(pick(&says.home, Move::To(Page::Home))),
            ..View::new(&says.resume_title, ask(&says.resume_none))
        }
    } else {
        View::new(&says.resume_title, ask(&says.resume_ask))
    };
    prompt.with(picks)
}

fn set_aside(id: &str, shelf: &Shelf) -> View {
    let says = &words().lobby;
    let mut prompt = Vec::new();
    if let Some(one) = shelf.unfinished.iter().find(|one| one.id == id) {
        prompt.push(fill(&says.aside_ask, &[("what", what(one).as_str())]));
        prompt.extend(one.can.clone().err());
    }
    // The choice that changes nothing is the first: going on must not lose a session.
    let request = Request::SetAside { id: id.to_owned() };
    View::new(&says.aside_title, prompt).with(vec![
        pick(&says.aside_no, Move::To(Page::Resume)),
        pick(&says.aside_yes, Move::Do(request, Page::Home)),
    ])
}
