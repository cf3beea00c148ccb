//! The face's own pages, as scenes: so that one composition draws everything.

use super::desk::{Desk, Over, offered};
use super::field::Field;
use super::key::Key;
use super::keys::{Context, Does, Entry, said, table};
use crate::session::scene::{Item, Mood, Offer, Scene, Seat, Verb};
use crate::shown::Shown;
use crate::words::{fill, words};

/// The longest word of a scene's own that a footer takes, in columns.
const SHORT: usize = 28;

/// What is drawn: the scene itself, or the page that lies over it.
#[must_use]
pub fn over(desk: &Desk, scene: &Scene) -> Option<Scene> {
    match desk.over {
        Over::Nothing => desk.is_thin(scene).then(|| thin(scene)),
        Over::Help => Some(help(desk, scene)),
        Over::Leaving => {
            let say = &words().tui;
            let what = offered(scene, Verb::Leave);
            let what = what.map_or(say.leave_anyway, |offer| offer.says.as_str());
            let key = said(Does::Sure);
            let values = [("key", key.as_str()), ("what", what)];
            let detail = fill(&say.leave_detail, &values);
            Some(page(scene, &[&say.leave_question, detail.as_str()]))
        }
    }
}

/// A page of the face's own: the way stays, the question makes room.
fn page(scene: &Scene, prompt: &[&str]) -> Scene {
    Scene {
        // The neutral screen stays neutral: nothing of the session comes back under a page.
        mood: if scene.mood == Mood::Neutral {
            Mood::Neutral
        } else {
            Mood::Home
        },
        way: scene.way.clone(),
        ends: scene.ends,
        title: scene.title.clone(),
        prompt: prompt.iter().map(|words| Shown::new(words)).collect(),
        ..Scene::default()
    }
}

/// As much of a scene as is seen when nobody has pressed a key for a while: who, the question, the clock, the breath.
fn thin(scene: &Scene) -> Scene {
    Scene {
        mood: scene.mood,
        people: bare(scene),
        to: scene.to.clone(),
        prompt: scene.prompt.clone(),
        clock: scene.clock.clone(),
        pacer: scene.pacer.clone(),
        ..Scene::default()
    }
}

/// The people as they stand on a page with little on it: whoever has no part in a question has no place there.
fn bare(scene: &Scene) -> Vec<Seat> {
    let mut people = scene.people.clone();
    for (n, seat) in people.iter_mut().enumerate() {
        seat.yes = None;
        if !scene.to.is_empty() && !scene.to.contains(&n) {
            seat.role = Shown::default();
        }
    }
    people
}

fn help(desk: &Desk, scene: &Scene) -> Scene {
    let mut beneath = desk.clone();
    beneath.over = Over::Nothing;
    let context = beneath.context();
    let list = table()
        .0
        .iter()
        .filter(|entry| entry.first_name(context).is_some() && can(&beneath, entry, scene))
        .map(|entry| Item {
            lead: Shown::new(&key_name(entry, context, scene, true)),
            words: match (of_page(&beneath, entry.does), offer(entry, scene)) {
                (Some(own), _) => Shown::new(own),
                (None, Some(offer)) => offer.says.clone(),
                (None, None) => Shown::new(entry.help),
            },
            now: false,
        })
        .collect();
    let say = &words().tui;
    // Whose time it is and how much is left stay in sight; a clock that runs is not hidden by a question about keys.
    let people = if scene.clock.is_some() {
        bare(scene)
    } else {
        Vec::new()
    };
    Scene {
        list,
        to: scene
            .to
            .iter()
            .copied()
            .filter(|n| *n < people.len())
            .collect(),
        people,
        clock: scene.clock.clone(),
        ..page(scene, &[&say.help_title, &say.help_close])
    }
}

/// What a key does to several lines of words that are written, or set aside; `None` where it does what it always does.
fn of_page(desk: &Desk, does: Does) -> Option<&'static str> {
    let say = &words().tui;
    match (&desk.field, does) {
        (Some(Field::Page { aside: false, .. }), Does::Close) => Some(&say.page_aside),
        (Some(Field::Page { aside: true, .. }), Does::Enter) if desk.mark.is_none() => {
            Some(&say.page_again)
        }
        (_, _) => None,
    }
}

fn offer<'a>(entry: &Entry, scene: &'a Scene) -> Option<&'a Offer> {
    offered(scene, entry.does.verb()?)
}

fn key_name(entry: &Entry, context: Context, scene: &Scene, all: bool) -> String {
    if entry.does == Does::Choose {
        let names = entry.places();
        let here = names
            .get(..scene.choices.len().clamp(1, 9))
            .unwrap_or(&names);
        return of_places(here, all);
    }
    if entry.does == Does::Rate && all && entry.places().len() > 1 {
        // Digits type a number as well, whichever keys it has besides.
        let digits = entry.first_name(context).unwrap_or_default();
        return format!("{digits} {}", entry.places().join(" "));
    }
    if all {
        entry.all_names(context)
    } else {
        entry.first_name(context).unwrap_or_default()
    }
}

/// The keys of places: digits from the first to the last, others by name, and in the footer not all of many.
fn of_places(names: &[String], all: bool) -> String {
    let digits = names
        .iter()
        .enumerate()
        .all(|(n, name)| *name == (n + 1).to_string());
    match names {
        [first, .., last] if digits => format!("{first}–{last}"),
        [first, second, _, .., last] if !all => format!("{first} {second} … {last}"),
        _ => names.join(" "),
    }
}

/// A key of the footer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FooterKey {
    /// The key's name.
    pub key: String,
    /// What it does.
    pub word: String,
    /// The lower, the longer it stays.
    pub rank: u8,
    /// Whether its sign says it without a word, where there is little room.
    pub brief: bool,
    /// Whether it belongs to what stands on every screen, from STOP on in the table.
    pub stands: bool,
    /// What a click on it presses; nothing where it stands for several keys.
    pub press: Option<Key>,
}

/// The keys for the footer: only what works now, in the table's order.
#[must_use]
pub fn footer(desk: &Desk, scene: &Scene) -> Vec<FooterKey> {
    let context = desk.context();
    if desk.is_thin(scene) {
        return thin_footer(scene);
    }
    let mut stands = false;
    let mut keys = Vec::new();
    for entry in &table().0 {
        stands |= entry.does == Does::Stop;
        if in_footer(desk, entry, scene) {
            let key = footer_key(desk, entry, context, scene);
            keys.extend(key.map(|key| FooterKey { stands, ..key }));
        }
    }
    keys
}

/// STOP and the crisis card keep their keys and their words; every other key does the same.
fn thin_footer(scene: &Scene) -> Vec<FooterKey> {
    let say = &words().tui;
    let entries = table().0.iter();
    let stop = entries
        .filter(|entry| matches!(entry.does, Does::Stop | Does::Card))
        .filter(|entry| offer(entry, scene).is_some())
        .filter_map(|entry| {
            Some(FooterKey {
                key: entry.first_name(Context::Keys)?,
                word: entry.footer.to_owned(),
                rank: if entry.does == Does::Stop { 0 } else { 2 },
                brief: false,
                stands: true,
                press: entry.keys_in(Context::Keys).first().copied(),
            })
        });
    let any = FooterKey {
        key: say.thin_key.to_owned(),
        word: say.thin_word.to_owned(),
        rank: 1,
        brief: false,
        stands: true,
        press: None,
    };
    stop.chain([any]).collect()
}

fn footer_key(desk: &Desk, entry: &Entry, context: Context, scene: &Scene) -> Option<FooterKey> {
    entry.first_name(context)?;
    // With nothing marked or written, Enter goes on; that is the key people reach for.
    let enter = table().0.iter().find(|entry| entry.does == Does::Enter);
    let named = enter
        .filter(|enter| entry.does == Does::GoOn && !can(desk, enter, scene))
        .unwrap_or(entry);
    let says = offer(entry, scene)
        .filter(|_| says_more_than_the_table(entry.does))
        .map(|offer| offer.says.as_str())
        .filter(|says| !says.is_empty() && unicode_width::UnicodeWidthStr::width(*says) <= SHORT);
    let own = of_page(desk, entry.does).or(says);
    Some(FooterKey {
        key: key_name(named, context, scene, false),
        word: own.unwrap_or(entry.footer).to_owned(),
        rank: entry.rank?,
        brief: entry.does == Does::Help,
        stands: false,
        press: Some(named)
            .filter(|_| {
                !matches!(
                    entry.does,
                    Does::Choose | Does::Rate | Does::Up | Does::Down
                )
            })
            .and_then(|named| named.keys_in(context).first().copied()),
    })
}

/// Whether a scene's own words say what a key does here; for the others the table has shorter ones.
fn says_more_than_the_table(does: Does) -> bool {
    matches!(
        does,
        Does::GoOn | Does::Back | Does::Pause | Does::ChangeLine | Does::ReadAloud | Does::Leave
    )
}

fn in_footer(desk: &Desk, entry: &Entry, scene: &Scene) -> bool {
    let can = can(desk, entry, scene);
    match (desk.over, entry.does) {
        (_, Does::Stop) | (Over::Help | Over::Leaving, Does::Card) => can,
        (Over::Leaving, does) => matches!(does, Does::Sure | Does::Stay),
        (Over::Help, does) => does == Does::Close,
        // Outside of text, going back has its own key.
        (Over::Nothing, Does::Close) => {
            can && desk
                .field
                .as_ref()
                .is_some_and(|field| field.words().is_some())
        }
        (Over::Nothing, _) => can,
    }
}

/// Whether a line of the table works now, in this scene and with nothing over it.
fn can(desk: &Desk, entry: &Entry, scene: &Scene) -> bool {
    match entry.does {
        Does::Choose => !scene.choices.is_empty(),
        Does::Rate => matches!(desk.field, Some(Field::Rating(_))),
        Does::Enter => match desk.field {
            Some(Field::Line(_) | Field::Page { .. }) => true,
            Some(Field::Rating(rating)) => rating.0.is_some(),
            None => desk.mark.is_some(),
        },
        Does::Done => matches!(desk.field, Some(Field::Page { .. })),
        Does::Close => desk.context() == Context::Writing || offered(scene, Verb::Back).is_some(),
        Does::Sure | Does::Stay => false,
        Does::GoOn
        | Does::Back
        | Does::Unsure
        | Does::Pause
        | Does::More
        | Does::Land
        | Does::Asides
        | Does::ChangeLine
        | Does::ReadAloud
        | Does::Skip
        | Does::Stop
        | Does::Card
        | Does::Clock
        | Does::Leave => entry
            .does
            .verb()
            .is_some_and(|verb| offered(scene, verb).is_some()),
        Does::Up
        | Does::Down
        | Does::PageUp
        | Does::PageDown
        | Does::Top
        | Does::Bottom
        | Does::Help
        | Does::QuickExit
        | Does::Interrupt
        | Does::Suspend
        | Does::Repaint
        | Does::Bell
        | Does::Colours => true,
    }
}
