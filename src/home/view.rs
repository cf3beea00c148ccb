//! What each page shows and where each of its choices leads: one place, so that they cannot differ.

use crate::home::home_data::{
    DuePromises, HomeData, HomeRequest, OfferedScript, Screens, UnfinishedSession,
};
use crate::home::page::{HomeMove, HomePage, SetupDraft, SetupPeople, SetupPlan};
use crate::home::typed_values::MOST_TIME;
use crate::menu::page::{self, ask, item, line, pick};
use crate::safety::notices;
use crate::session::scene::{ListItem, SafetyPage};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

mod script_choice;
mod setup;

pub(crate) use setup::length;
pub(super) use setup::{
    after_names, counts, proposed_first, usual_plan, usual_screens, usual_words,
};

/// A page of home.
pub(super) type HomeView = page::PageView<HomeMove>;
/// A choice and where it leads.
pub(super) type HomeChoice = page::PageChoice<HomeMove>;

/// The view of a page. The crisis card has its own scene and needs none.
pub(super) fn view(page: &HomePage, data: &HomeData) -> HomeView {
    let says = &words().home;
    match page {
        HomePage::Notice => notice(data),
        HomePage::NoticeRest => notice_rest(data),
        HomePage::NotFor => not_for(data),
        HomePage::NotForInFull => not_for_in_full(data),
        HomePage::Home => home(data),
        HomePage::Unsettled => unsettled(),
        HomePage::Around => around(data),
        HomePage::Help { leaf } => help(*leaf),
        HomePage::Scripts => scripts(data),
        HomePage::Practise => practise(data),
        HomePage::Files => files(data),
        HomePage::Resume => resume(data),
        HomePage::SetAsideWhich => {
            let which = data.unfinished.iter();
            let picks = which.map(|one| pick(what(one).as_str(), aside(one)));
            HomeView::new(says.aside_title, ask(says.aside_which)).with(picks.collect())
        }
        HomePage::SetAside { id } => set_aside(id, data),
        HomePage::Ticket { torn, begun } => setup::ticket(*torn, begun),
        HomePage::Relay { plan } => setup::relay(plan),
        HomePage::Who { script } => setup::who(data, script.as_deref()),
        HomePage::Name { names, at } => setup::name(names, *at),
        HomePage::ReadByEach { people } => read_by_each(people, data),
        HomePage::Script { people } => script_choice::script(people, data),
        HomePage::ScriptFor { people, need } => script_choice::of(people, *need, data),
        HomePage::HowLong { draft } => setup::how_long(draft, data),
        HomePage::Minutes { .. } => setup::minutes(data),
        HomePage::Until { .. } => HomeView {
            field: Some(line("", says.until_hint, MOST_TIME)),
            ..HomeView::new(says.long_title, ask(says.until_ask))
        },
        HomePage::Plan { plan, planned } => setup::plan(plan, planned, data),
    }
}

/// The first page of a first run; the rest of what it says is one key away.
fn notice(data: &HomeData) -> HomeView {
    let (care, says) = (&words().safety, &words().home);
    let rest = pick(says.notice_more, HomeMove::To(HomePage::NoticeRest));
    HomeView {
        on: Some(pick(says.notice_go, HomeMove::To(HomePage::NotFor))),
        list: by_ear_now(data),
        ..HomeView::new(care.first_run_title, notices::first_run(&data.exit_key))
            .with(vec![rest, senses(data, HomePage::Notice)])
    }
}

/// Words for the ear and the hand, or the usual ones again; this page stays.
fn senses(data: &HomeData, page: HomePage) -> HomeChoice {
    let says = &words().home;
    let says = match data.by_ear {
        true => says.by_eye,
        false => says.by_ear,
    };
    pick(says, HomeMove::Do(HomeRequest::ByEar(!data.by_ear), page))
}

/// That words are for the ear and the hand, where they are.
fn by_ear_now(data: &HomeData) -> Vec<ListItem> {
    let now = SafeText::new(words().home.by_ear_now);
    data.by_ear.then(|| item("", &now)).into_iter().collect()
}

fn notice_rest(data: &HomeData) -> HomeView {
    let (care, says) = (&words().safety, &words().home);
    let rest = notices::first_run_rest(&data.folder, &data.exit_key);
    HomeView {
        on: Some(pick(says.notice_go, HomeMove::To(HomePage::NotFor))),
        ..HomeView::new(care.first_run_title, rest)
    }
}

/// For whom it is not the right thing, in a few words.
fn not_for(data: &HomeData) -> HomeView {
    let (care, says) = (&words().safety, &words().home);
    let full = pick(says.not_for_more, HomeMove::To(HomePage::NotForInFull));
    let prompt = ask(care.not_for_short_intro);
    // Whoever is not here yet reads it before the first session.
    let not_all = pick(says.not_for_not_all, seen_notice(false));
    let mut picks = vec![full, not_all];
    // Nobody else is to come to the screen of whoever brings a ticket.
    picks.truncate(if data.one_here { 1 } else { 2 });
    excluded(&notices::not_for_short(), prompt, data).with(picks)
}

fn not_for_in_full(data: &HomeData) -> HomeView {
    let care = &words().safety;
    let mut prompt = ask(care.not_for_intro);
    prompt.push(SafeText::new(care.not_for_after));
    excluded(&notices::not_for(), prompt, data)
}

fn excluded(lines: &[SafeText], prompt: Vec<SafeText>, data: &HomeData) -> HomeView {
    let go = match data.one_here {
        true => words().safety.read_by_one_go,
        false => words().home.not_for_go,
    };
    HomeView {
        list: lines.iter().map(|text| item("", text)).collect(),
        on: Some(pick(go, seen_notice(true))),
        safety: Some(SafetyPage::NotFor),
        ..HomeView::new(words().safety.not_for_title, prompt)
    }
}

fn seen_notice(by_all: bool) -> HomeMove {
    HomeMove::Do(HomeRequest::SawNotice { by_all }, HomePage::Home)
}

/// The same for people who are here together for the first time, and again at each review: read by each of them.
fn read_by_each(people: &SetupPeople, data: &HomeData) -> HomeView {
    let care = &words().safety;
    // At screens of their own, each reads it at theirs.
    let (asks, go) = match setup::usual_screens(people, data) {
        Screens::Shared if data.by_ear => (care.read_by_ear, care.read_by_each_go),
        Screens::Shared => (care.read_by_each, care.read_by_each_go),
        Screens::Own { .. } => (care.read_by_one, care.read_by_one_go),
    };
    HomeView {
        list: notices::not_for_short()
            .iter()
            .map(|text| item("", text))
            .collect(),
        on: Some(pick(go, setup::after_people(people.clone(), None, data))),
        safety: Some(SafetyPage::NotFor),
        ..HomeView::new(care.not_for_title, SafeText::lines(asks))
    }
}

/// The main thing first, and no more than can be taken in at a glance; leaving is offered on every page anyway.
fn home(data: &HomeData) -> HomeView {
    let says = &words().home;
    let to = |says: &str, page: HomePage| pick(says, HomeMove::To(page));
    let mut picks = Vec::new();
    if !data.scripts.is_empty() {
        picks.push(to(says.begin, HomePage::Who { script: None }));
    }
    picks.push(pick(
        says.ground,
        HomeMove::Do(HomeRequest::Grounding, HomePage::Home),
    ));
    picks.push(pick(
        says.study,
        HomeMove::Do(HomeRequest::Notebook, HomePage::Home),
    ));
    picks.push(pick(
        says.recall,
        HomeMove::Do(HomeRequest::Records, HomePage::Home),
    ));
    picks.push(to(says.around, HomePage::Around));
    picks.push(pick(
        says.card,
        HomeMove::Do(HomeRequest::Card, HomePage::Home),
    ));
    // A number means the same on every day: the two behind these are how yesterday is today, and nothing else.
    picks.push(pick(
        says.now,
        HomeMove::Do(HomeRequest::Now, HomePage::Home),
    ));
    let mut list: Vec<ListItem> = data.notices.iter().map(|text| item("", text)).collect();
    list.extend(data.due.iter().map(due));
    list.extend(data.next.iter().map(|next| item("", next)));
    if data.look_in {
        list.push(item("", &SafeText::new(says.look_in)));
        picks.push(pick(
            says.look_in_calm,
            HomeMove::Do(HomeRequest::LookedIn, HomePage::Home),
        ));
        picks.push(to(says.look_in_not, HomePage::Unsettled));
    }
    let can_resume = data.unfinished.iter().find(|one| one.can.is_ok());
    // What Enter leads to, and `resume` by lines, has no number, which would be another one's on the next day.
    if !data.unfinished.is_empty() {
        list.push(item("", &waits(data, can_resume)));
    }
    let home = HomeView::new(says.home_title, ask(says.home_ask)).with(picks);
    // Going on is what Enter does; a session that cannot be resumed does not stand in the way of a new one.
    let resume = |can: &UnfinishedSession| match data.unfinished.len() {
        // Where there is only this one, nobody has to choose.
        1 => {
            let id = can.id.clone();
            pick(
                says.resume,
                HomeMove::Do(HomeRequest::Resume { id }, HomePage::Home),
            )
        }
        _ => to(says.resume, HomePage::Resume),
    };
    HomeView {
        list,
        on: can_resume.map(resume),
        ..home
    }
}

/// What waits to be gone on with: which one it is, where nobody is asked which.
fn waits(data: &HomeData, can_resume: Option<&UnfinishedSession>) -> SafeText {
    let says = &words().home;
    match (can_resume, data.unfinished.len()) {
        (None, _) => SafeText::new(says.resume_cannot),
        (Some(one), 1) => fill(&says.resume_waits, &[("what", what(one).as_str())]),
        (Some(_), n) => fill(&says.resume_several, &[("n", &n.to_string())]),
    }
}

/// It has not settled since the day before: what steadies, and no session first.
fn unsettled() -> HomeView {
    let says = &words().home;
    let does = |says: &str, request| pick(says, HomeMove::Do(request, HomePage::Home));
    HomeView {
        on: Some(pick(says.home, HomeMove::To(HomePage::Home))),
        ..HomeView::new(says.look_in_title, SafeText::lines(says.look_in_says)).with(vec![
            does(says.ground, HomeRequest::Grounding),
            does(says.now, HomeRequest::Now),
            does(says.card, HomeRequest::Card),
        ])
    }
}

/// What can be looked at before anything begins.
fn around(data: &HomeData) -> HomeView {
    let says = &words().home;
    let to = |says: &str, page: HomePage| pick(says, HomeMove::To(page));
    let mut picks = vec![to(says.help, HomePage::Help { leaf: 0 })];
    if !data.scripts.is_empty() {
        picks.push(to(says.practise, HomePage::Practise));
    }
    picks.push(to(says.scripts, HomePage::Scripts));
    // What has a command of its own is here, too: nobody has to leave one in a shell's history.
    picks.push(pick(
        says.files,
        HomeMove::Do(HomeRequest::Files, HomePage::Files),
    ));
    picks.push(senses(data, HomePage::Around));
    picks.push(to(says.look, HomePage::Resume));
    HomeView {
        list: by_ear_now(data),
        ..HomeView::new(says.around_title, ask(says.around_ask)).with(picks)
    }
}

fn files(data: &HomeData) -> HomeView {
    let says = &words().home;
    let lines = data.files.iter();
    HomeView {
        list: lines.map(|line| item("", line)).collect(),
        on: Some(pick(says.go_on, HomeMove::To(HomePage::Around))),
        ..HomeView::new(says.files_title, ask(says.files_says))
    }
}

/// Promises that wait, in words that only their owner understands, or as a number.
fn due(due: &DuePromises) -> ListItem {
    let says = &words().home;
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

fn help(leaf: usize) -> HomeView {
    let says = &words().home;
    let (title, lines) = says
        .leaf
        .get(leaf)
        .map_or(("", &[][..]), |leaf| (leaf.title, leaf.lines));
    let on = if leaf + 1 < says.leaf.len() {
        pick(says.go_on, HomeMove::To(HomePage::Help { leaf: leaf + 1 }))
    } else {
        pick(says.home, HomeMove::To(HomePage::Home))
    };
    let list = lines.iter().map(|text| item("", &SafeText::new(text)));
    HomeView {
        list: list.collect(),
        on: Some(on),
        ..HomeView::new(title, Vec::new())
    }
}

fn scripts(data: &HomeData) -> HomeView {
    let says = &words().home;
    let entry = |script: &OfferedScript| {
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
    let prompt = if data.scripts.is_empty() {
        ask(says.scripts_none)
    } else {
        ask(says.scripts_ask)
    };
    HomeView {
        list: data.scripts.iter().map(entry).collect(),
        on: Some(pick(says.home, HomeMove::To(HomePage::Home))),
        ..HomeView::new(says.scripts_title, prompt)
    }
}

fn for_people(people: crate::script::People) -> String {
    let says = &words().home;
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

fn practise(data: &HomeData) -> HomeView {
    let says = &words().home;
    let rehearse = |script: &OfferedScript| {
        let script_name = script.name.clone();
        let request = HomeRequest::Rehearse {
            script: script_name,
        };
        let does = HomeMove::Do(request, HomePage::Practise);
        let says = script_line(&says.script_line, script);
        HomeChoice { says, does }
    };
    let picks = data.scripts.iter().map(rehearse).collect();
    HomeView::new(says.practise_title, ask(says.practise_ask)).with(picks)
}

fn script_line(text: &Template, script: &OfferedScript) -> SafeText {
    let minutes = script.minutes.to_string();
    fill(
        text,
        &[("title", script.title.as_str()), ("minutes", &minutes)],
    )
}

/// What and whose, where and when, as far as that is known: first what tells it from the others.
fn what(one: &UnfinishedSession) -> SafeText {
    let parts = [&one.title, &one.stage, &one.when];
    let known: Vec<&str> = parts
        .iter()
        .map(|part| part.as_str())
        .filter(|part| !part.is_empty())
        .collect();
    SafeText::new(&known.join(words().home.comma))
}

fn aside(one: &UnfinishedSession) -> HomeMove {
    HomeMove::To(HomePage::SetAside { id: one.id.clone() })
}

fn resume(data: &HomeData) -> HomeView {
    let says = &words().home;
    let (whole, broken): (Vec<_>, Vec<_>) = data.unfinished.iter().partition(|one| one.can.is_ok());
    let mut picks: Vec<HomeChoice> = whole
        .iter()
        .map(|one| {
            let request = HomeRequest::Resume { id: one.id.clone() };
            pick(what(one).as_str(), HomeMove::Do(request, HomePage::Resume))
        })
        .collect();
    picks.extend(broken.iter().map(|one| HomeChoice {
        says: fill(&says.resume_broken, &[("what", what(one).as_str())]),
        does: aside(one),
    }));
    match whole.as_slice() {
        [] => {}
        [only] => picks.push(pick(says.aside_some, aside(only))),
        _ => picks.push(pick(says.aside_some, HomeMove::To(HomePage::SetAsideWhich))),
    }
    let prompt = if data.unfinished.is_empty() {
        HomeView {
            on: Some(pick(says.home, HomeMove::To(HomePage::Home))),
            ..HomeView::new(says.resume_title, ask(says.resume_none))
        }
    } else {
        let asks = match (whole.len(), broken.len()) {
            (1, 0) => says.resume_ask_one,
            _ => says.resume_ask,
        };
        HomeView::new(says.resume_title, ask(asks))
    };
    prompt.with(picks)
}

fn set_aside(id: &str, data: &HomeData) -> HomeView {
    let says = &words().home;
    let mut prompt = Vec::new();
    if let Some(one) = data.unfinished.iter().find(|one| one.id == id) {
        prompt.push(fill(&says.aside_ask, &[("what", what(one).as_str())]));
        prompt.extend(one.can.clone().err());
    }
    // The choice that changes nothing is the first: going on must not lose a session.
    let request = HomeRequest::SetAside { id: id.to_owned() };
    HomeView::new(says.aside_title, prompt).with(vec![
        pick(says.aside_no, HomeMove::To(HomePage::Resume)),
        pick(says.aside_yes, HomeMove::Do(request, HomePage::Home)),
    ])
}
