//! The pages on the way to a session. Each proposes, so that going on is enough.

use std::time::Duration;

use super::{
    HomeChoice, HomeData, HomeMove, HomePage, HomeView, MOST_TIME, OfferedScript, SetupDraft,
    SetupPeople, SetupPlan, ask, item, line, pick,
};
use crate::home::home_data::{KnownCircle, PUBLIC_RELAY, PlannedSession, PlannedStage, Screens};
use crate::home::page::SetupTime;
use crate::home::typed_values::{MINUTES, of_minutes};
use crate::menu::number_keys;
use crate::menu::page;
use crate::script::{Pack, Who};
use crate::session::intent::PrivateText;
use crate::session::scene::ListItem;
use crate::text::safe_text::{SafeText, capital};
use crate::text::sort::Arrange;
use crate::text::words::{Template, fill, joined, words};

pub(super) fn who(data: &HomeData, script: Option<&str>) -> HomeView {
    let says = &words().home;
    let counts = counts(data, script);
    // With the one that joins others, where nothing was asked for from outside.
    let joins = usize::from(script.is_none());
    let room = number_keys::MOST.saturating_sub(counts.len() + joins);
    let mut picks: Vec<HomeChoice> = data
        .circles
        .iter()
        .enumerate()
        .filter(|(_, circle)| counts.iter().any(|n| usize::from(*n) == circle.names.len()))
        .take(room)
        .map(|(n, circle)| {
            let people = SetupPeople {
                names: circle.names.clone(),
                circle: Some(n),
            };
            let does = if circle.review_due && people.names.len() > 1 {
                HomeMove::To(HomePage::ReadByEach { people })
            } else {
                after_people(people, script, data)
            };
            pick(&joined(&circle.names), does)
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
        let known = |circle: &KnownCircle| people > 1 && circle.names.len() == people;
        let says = if data.circles.iter().any(known) {
            fill(&says.who_others, &[("count", words)])
        } else {
            SafeText::new(words)
        };
        let names = vec![String::new(); people];
        let does = HomeMove::To(HomePage::Name { names, at: 0 });
        HomeChoice { says, does }
    }));
    let ticket = || {
        pick(
            says.who_ticket,
            HomeMove::To(HomePage::Ticket {
                torn: false,
                begun: PrivateText::from(""),
            }),
        )
    };
    picks.extend(script.is_none().then(ticket));
    HomeView::new(says.who_title, ask(says.who_ask)).with(picks)
}

/// Where people come to who were chosen. Whoever met before is asked for nothing that is as last time. Alone, each time
/// is for something else.
pub(super) fn after_people(people: SetupPeople, script: Option<&str>, data: &HomeData) -> HomeMove {
    let together = people.names.len() > 1 && script.is_none();
    let last = circle(&people, data).filter(|_| together);
    let last = last.and_then(|circle| offered(circle.script.as_deref()?, data));
    // A first meeting is over for them: which session comes now they choose.
    let again =
        |script: &&OfferedScript| script.takes(people.names.len()) && !script.is_first_time();
    match last.filter(again) {
        Some(script) => HomeMove::Plan(usual_plan(&people, script, data)),
        None => HomeMove::To(HomePage::Script { people }),
    }
}

/// Where people come to whose names were typed. Who is not known to have met before reads first for whom it is not, unless everybody
/// here read it just now.
pub(in crate::home) fn after_names(people: SetupPeople, data: &HomeData) -> HomePage {
    let same = |circle: &KnownCircle| {
        let (mut known, mut typed) = (circle.names.clone(), people.names.clone());
        known.arrange();
        typed.arrange();
        known == typed && !circle.review_due
    };
    if people.names.len() == 1 || data.just_read || data.circles.iter().any(same) {
        HomePage::Script { people }
    } else {
        HomePage::ReadByEach { people }
    }
}

/// A session as these people had it last time, or as the script is written. Whatever of it is to be different is changed
/// on the plan.
pub(in crate::home) fn usual_plan(
    people: &SetupPeople,
    script: &OfferedScript,
    data: &HomeData,
) -> SetupPlan {
    // What they took for another script says nothing about this one, and that time was short once says nothing about today.
    let last = circle(people, data).filter(|circle| circle.script.as_ref() == Some(&script.name));
    let minutes = last.and_then(|circle| circle.minutes);
    let minutes = minutes
        .filter(|minutes| *minutes * 4 >= script.minutes * 3 || script.lengths.contains(minutes));
    SetupPlan {
        draft: SetupDraft {
            people: people.clone(),
            script: script.name.clone(),
        },
        time: of_minutes(minutes.unwrap_or(script.minutes)),
        first: proposed_first(people, data),
        wording: usual_words(people, script, data),
        screens: usual_screens(people, data),
    }
}

/// The words that these people chose last, where the script has them: they are theirs, whatever they follow.
pub(in crate::home) fn usual_words(
    people: &SetupPeople,
    script: &OfferedScript,
    data: &HomeData,
) -> Option<String> {
    let wording = circle(people, data)?.wording.as_ref()?;
    let known = |pack: &Pack| pack.name == *wording;
    script.packs.iter().any(known).then(|| wording.clone())
}

/// At how many screens these people sit: as it was chosen today, or as last time.
pub(in crate::home) fn usual_screens(people: &SetupPeople, data: &HomeData) -> Screens {
    let apart = circle(people, data).is_some_and(|circle| circle.apart);
    let usual = match apart {
        true => Screens::Own { relay: None },
        false => Screens::Shared,
    };
    data.screens.clone().unwrap_or(usual)
}

/// For how many people this script is, or all of them: pairs first.
pub(in crate::home) fn counts(data: &HomeData, script: Option<&str>) -> Vec<u8> {
    let named = |offered: &&OfferedScript| script.is_none_or(|script| offered.name == script);
    let people = data
        .scripts
        .iter()
        .filter(named)
        .map(|script| script.people);
    let mut counts: Vec<u8> = people.flat_map(|p| p.from..=p.to).collect();
    counts.arrange_by_key(|count| (*count != 2, *count));
    counts.dedup();
    counts
}

/// The most letters of a ticket.
const MOST_TICKET: usize = 2_100;

/// Where somebody joins who was sent a ticket; what they pasted before may have been none.
pub(super) fn ticket(torn: bool, begun: &str) -> HomeView {
    let says = &words().home;
    let asks = match (torn, begun.is_empty()) {
        (true, _) => words().joined.bad_ticket,
        (false, false) => says.ticket_rest,
        (false, true) => says.ticket_ask,
    };
    HomeView {
        field: Some(line("", says.ticket_hint, MOST_TICKET)),
        ..HomeView::new(says.ticket_title, SafeText::lines(asks))
    }
}

/// What a public relay sees, before one is used.
pub(super) fn relay(plan: &SetupPlan) -> HomeView {
    let says = &words().home;
    let relay = Some(PUBLIC_RELAY.to_owned());
    HomeView::new(says.plan_title, SafeText::lines(says.relay_ask)).with(vec![
        pick(says.relay_yes, at(plan, Screens::Own { relay })),
        pick(says.relay_no, at(plan, Screens::Own { relay: None })),
    ])
}

/// The same plan at so many screens.
fn at(plan: &SetupPlan, screens: Screens) -> HomeMove {
    HomeMove::Screens(SetupPlan {
        screens,
        ..plan.clone()
    })
}

pub(super) fn name(names: &[String], at: usize) -> HomeView {
    let says = &words().home;
    let initial = names.get(at).map_or("", String::as_str);
    let question = match names.len() {
        1 => &says.name_alone,
        _ => says.name_ask.get(at).unwrap_or(&says.name_hint),
    };
    // Who was named so far is said back: a word that was meant otherwise is heard before anything begins.
    let so_far = names.iter().take(at).filter(|name| !name.is_empty());
    let so_far: Vec<String> = so_far.map(|name| format!("{name}. ")).collect();
    let question = [&so_far.concat(), *question].concat();
    HomeView {
        field: Some(line(initial, says.name_hint, page::MOST_NAME)),
        ..HomeView::new(says.name_title, ask(&question))
    }
}

pub(super) fn how_long(draft: &SetupDraft, data: &HomeData) -> HomeView {
    let says = &words().home;
    let first = proposed_first(&draft.people, data);
    let wording =
        offered(&draft.script, data).and_then(|script| usual_words(&draft.people, script, data));
    let plan = |minutes: u16, text: &Template| HomeChoice {
        says: fill(text, &[("minutes", &minutes.to_string())]),
        does: HomeMove::Plan(SetupPlan {
            wording: wording.clone(),
            draft: draft.clone(),
            time: of_minutes(minutes),
            first,
            screens: usual_screens(&draft.people, data),
        }),
    };
    // What they took for another script says nothing about this one.
    let last =
        circle(&draft.people, data).filter(|circle| circle.script.as_ref() == Some(&draft.script));
    let last = last.and_then(|circle| circle.minutes);
    let script = offered(&draft.script, data);
    let lengths = script.map_or(&[][..], |script| &script.lengths);
    let written = script.map(|script| script.minutes).into_iter();
    let written = written.chain(lengths.iter().copied());
    let mut picks = Vec::new();
    picks.extend(last.map(|minutes| plan(minutes, &says.long_last)));
    picks.extend(
        written
            .filter(|minutes| Some(*minutes) != last)
            .map(|minutes| plan(minutes, &says.long_written)),
    );
    let draft = || draft.clone();
    picks.push(pick(
        says.long_other,
        HomeMove::To(HomePage::Minutes { draft: draft() }),
    ));
    picks.push(pick(
        says.long_until,
        HomeMove::To(HomePage::Until { draft: draft() }),
    ));
    HomeView::new(says.long_title, ask(says.long_ask)).with(picks)
}

pub(super) fn minutes(data: &HomeData) -> HomeView {
    let says = &words().home;
    let least = data.least_minutes.max(*MINUTES.start()).to_string();
    let asked = fill(&says.minutes_ask, &[("least", &least)]);
    HomeView {
        field: Some(line("", says.minutes_hint, MOST_TIME)),
        ..HomeView::new(says.long_title, vec![asked])
    }
}

pub(super) fn plan(plan: &SetupPlan, planned: &PlannedSession, data: &HomeData) -> HomeView {
    let title = title(&plan.draft.script, data);
    match planned {
        PlannedSession::Fits { legs, ends, spare } => {
            let mut list: Vec<ListItem> = legs.iter().map(leg).collect();
            // Where nothing is timed, nothing has a time of day.
            let timed = legs.iter().any(|leg| !leg.pieces.is_empty());
            list.extend(spare.filter(|_| timed).map(|(at, time)| {
                let length = length(time);
                let values = [("length", length.as_str())];
                item(&at.to_string(), &fill(&words().home.plan_spare, &values))
            }));
            let end = SafeText::new(words().home.plan_end);
            list.extend(timed.then(|| item(&ends.to_string(), &end)));
            fits(plan, &title, (list, timed), data)
        }
        PlannedSession::TooShort {
            shortest_minutes,
            fits,
        } => too_short(plan, &title, *shortest_minutes, fits.as_deref(), data),
    }
}

fn fits(
    plan: &SetupPlan,
    title: &SafeText,
    (list, timed): (Vec<ListItem>, bool),
    data: &HomeData,
) -> HomeView {
    let says = &words().home;
    let names = &plan.draft.people.names;
    let values = [
        ("title", title.as_str()),
        ("people", &joined(names)),
        ("time", plan.time.says.as_str()),
    ];
    let what = match timed {
        true => &says.plan_what,
        false => &says.plan_what_untimed,
    };
    let mut prompt = vec![fill(what, &values)];
    prompt.extend(who_first(plan, data));
    let over = circle(&plan.draft.people, data).is_some_and(|circle| circle.trial_over);
    prompt.extend(over.then(|| SafeText::new(says.trial_over)));
    prompt.extend(often_alone(plan, data));

    let script = offered(&plan.draft.script, data);
    prompt.extend(script.and_then(|script| script.one_sided.clone()));
    prompt.extend(script.and_then(|script| line_in_words(plan, script)));
    let apart = names.len() > 1 && plan.screens != Screens::Shared;
    let (begin, ready) = match apart {
        true => (says.plan_begin_own, says.plan_ready_own),
        false => (says.plan_begin, says.plan_ready),
    };
    let last = apart && circle(&plan.draft.people, data).is_some_and(|circle| circle.apart);
    prompt.extend(last.then(|| SafeText::new(says.plan_own_last)));
    prompt.extend((names.len() > 1).then(|| SafeText::new(ready)));
    let mut picks = vec![pick(begin, HomeMove::Begin(plan.clone()))];
    // Where nothing is timed no length is another one.
    picks.extend(timed.then(|| another_time(plan)));
    let people = plan.draft.people.clone();
    picks.push(pick(
        says.plan_script,
        HomeMove::To(HomePage::Script { people }),
    ));
    picks.extend(script.and_then(|script| other_words(plan, script)));
    let others = names
        .iter()
        .enumerate()
        .filter(|(n, _)| *n != plan.first.index());
    picks.extend(others.map(|(n, name)| HomeChoice {
        says: fill(&says.plan_swap, &[("name", name)]),
        does: HomeMove::Plan(SetupPlan {
            first: Who::at(n),
            ..plan.clone()
        }),
    }));
    if names.len() > 1 {
        picks.extend(screens(plan));
    }
    HomeView {
        list,
        ..HomeView::new(says.plan_title, prompt).with(picks)
    }
}

/// At how many screens they sit, and whether there is a relay between them.
fn screens(plan: &SetupPlan) -> Vec<HomeChoice> {
    let says = &words().home;
    let own = || at(plan, Screens::Own { relay: None });
    let through = match &plan.screens {
        Screens::Shared => return vec![pick(says.plan_own, own())],
        Screens::Own { relay: None } => pick(says.plan_relay, HomeMove::AskRelay(plan.clone())),
        Screens::Own { relay: Some(_) } => pick(says.plan_no_relay, own()),
    };
    vec![pick(says.plan_shared, at(plan, Screens::Shared)), through]
}

/// What stands in place of a time of day.
const UNTIMED: &str = "·";

/// From so many times in seven days on a day without is named (content.md S5: more than five a week).
const OFTEN: usize = 5;
/// What is followed because of a day or a bad moment is never too often.
const NEVER_TOO_OFTEN: [&str; 3] = ["shaken", "promise", "every-day"];

/// A quiet word for somebody who sits alone more than once a day, or nearly every day.
fn often_alone(plan: &SetupPlan, data: &HomeData) -> Option<SafeText> {
    let says = &words().home;
    let [name] = plan.draft.people.names.as_slice() else {
        return None;
    };
    let needs = &offered(&plan.draft.script, data)?.needs;
    if needs.iter().any(|need| NEVER_TOO_OFTEN.contains(need)) {
        return None;
    }
    let sat = data.alone.iter().find(|sat| sat.name == *name)?;
    match (sat.today, sat.week) {
        (1.., _) => Some(SafeText::new(says.alone_today)),
        (0, OFTEN..) => Some(fill(&says.alone_week, &[("n", &sat.week.to_string())])),
        (0, _) => None,
    }
}

/// The next pack of words, where the script has several.
fn other_words(plan: &SetupPlan, script: &OfferedScript) -> Option<HomeChoice> {
    let packs = script.packs.iter();
    let now = packs.clone().position(|pack| is_chosen(plan, pack));
    let pack = packs.cycle().nth(now.unwrap_or(0) + 1)?;
    (script.packs.len() > 1).then(|| HomeChoice {
        says: fill(&words().home.plan_words, &[("words", pack.title.as_str())]),
        does: HomeMove::Plan(SetupPlan {
            wording: Some(pack.name.clone()),
            ..plan.clone()
        }),
    })
}

fn is_chosen(plan: &SetupPlan, pack: &Pack) -> bool {
    plan.wording.as_ref() == Some(&pack.name)
}

/// A line in the words that were chosen, so that people hear them before they begin.
fn line_in_words(plan: &SetupPlan, script: &OfferedScript) -> Option<SafeText> {
    let pack = script.packs.iter().find(|pack| is_chosen(plan, pack))?;
    let values = [
        ("words", pack.title.as_str()),
        ("a-part", pack.a_part.as_ref()?.as_str()),
    ];
    Some(fill(&words().home.plan_words_now, &values))
}

fn leg(leg: &PlannedStage) -> ListItem {
    let says = &words().home;
    let mut kinds: Vec<(Duration, usize)> = Vec::new();
    for piece in &leg.pieces {
        match kinds.iter_mut().find(|(length, _)| length == piece) {
            Some((_, times)) => *times += 1,
            None => kinds.push((*piece, 1)),
        }
    }
    let kind = |(piece, times): (Duration, usize)| match times {
        1 => length(piece).as_str().to_owned(),
        n => {
            let length = length(piece);
            let values = [("n", &*n.to_string()), ("length", length.as_str())];
            fill(&says.plan_leg_times, &values).as_str().to_owned()
        }
    };
    if kinds.is_empty() {
        return item(UNTIMED, &leg.title);
    }
    let lengths: Vec<String> = kinds.into_iter().map(kind).collect();
    let values = [
        ("title", &*capital(leg.title.as_str())),
        ("length", &*joined(&lengths)),
    ];
    item(&leg.at.to_string(), &fill(&says.plan_leg, &values))
}

/// A planned length in words: so many minutes, or half of one more.
pub(crate) fn length(length: Duration) -> SafeText {
    let says = &words().home;
    let minutes = length.as_secs() / 60;
    let text: Template = match (minutes, length.as_secs() % 60) {
        (0, _) => says.plan_leg_half.into(),
        (1, 0) => says.plan_leg_minute.into(),
        (_, 0) => says.plan_leg_minutes,
        (_, _) => says.plan_leg_and_half,
    };
    fill(&text, &[("minutes", &minutes.to_string())])
}

/// Who goes first, with the reason; nothing when there is only one.
fn who_first(plan: &SetupPlan, data: &HomeData) -> Option<SafeText> {
    let says = &words().home;
    let names = &plan.draft.people.names;
    let first = names.get(plan.first.index()).filter(|_| names.len() > 1)?;
    let was = circle(&plan.draft.people, data)
        .and_then(|circle| circle.was_first)
        .filter(|was| *was != plan.first)
        .and_then(|was| names.get(was.index()));
    let text = match was {
        _ if plan.first != proposed_first(&plan.draft.people, data) => &says.plan_first_chosen,
        Some(_) => &says.plan_first_because,
        None => &says.plan_first,
    };
    let was = was.map_or("", String::as_str);
    Some(fill(text, &[("first", first), ("was", was)]))
}

fn too_short(
    plan: &SetupPlan,
    title: &SafeText,
    shortest: u16,
    fits: Option<&str>,
    data: &HomeData,
) -> HomeView {
    let says = &words().home;
    let minutes = shortest.to_string();
    let values = [("title", title.as_str()), ("shortest", minutes.as_str())];
    let shorter = |time: &SetupTime, script: &str| {
        let draft = SetupDraft {
            script: script.to_owned(),
            ..plan.draft.clone()
        };
        HomeMove::Plan(SetupPlan {
            draft,
            time: time.clone(),
            ..plan.clone()
        })
    };
    // The practice that was asked for stands first: no other one takes its place by a mere Enter.
    let mut picks = vec![HomeChoice {
        says: fill(&says.short_shortest, &values),
        does: shorter(&of_minutes(shortest), &plan.draft.script),
    }];
    picks.extend(
        fits.and_then(|name| offered(name, data))
            .filter(|script| script.takes(plan.draft.people.names.len()))
            .map(|script| HomeChoice {
                says: fill(&says.short_fits, &[("title", script.title.as_str())]),
                does: shorter(&plan.time, &script.name),
            }),
    );
    picks.push(another_time(plan));
    HomeView::new(says.plan_title, vec![fill(&says.short, &values)]).with(picks)
}

fn another_time(plan: &SetupPlan) -> HomeChoice {
    let draft = plan.draft.clone();
    pick(
        words().home.plan_time,
        HomeMove::To(HomePage::HowLong { draft }),
    )
}

pub(in crate::home) fn circle<'a>(
    people: &SetupPeople,
    data: &'a HomeData,
) -> Option<&'a KnownCircle> {
    people.circle.and_then(|n| data.circles.get(n))
}

fn offered<'a>(script: &str, data: &'a HomeData) -> Option<&'a OfferedScript> {
    data.scripts.iter().find(|one| one.name == script)
}

fn title(script: &str, data: &HomeData) -> SafeText {
    offered(script, data).map_or_else(|| SafeText::new(script), |script| script.title.clone())
}

/// Who is proposed: what the circle remembers, or whoever was entered first.
pub(in crate::home) fn proposed_first(people: &SetupPeople, data: &HomeData) -> Who {
    circle(people, data)
        .map(|circle| circle.proposed_first)
        .filter(|who| who.index() < people.names.len())
        .unwrap_or(Who(0))
}
