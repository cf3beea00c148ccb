//! The face's own pages, as scenes: so that one composition draws everything.

use super::key::Key;
use super::key_table::{Action, Context, KeyRow, names_of_places, of_places, said, table};
use super::text_field::TextField;
use super::ui_state::{Overlay, UiState, offered};
use crate::session::scene::{ListItem, Offer, PersonSeat, Scene, SceneMood, Verb};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// The longest word of a scene's own that a footer takes, in columns.
const SHORT: usize = 28;

/// What is drawn: the scene itself, or the page that lies over it.
#[must_use]
pub(crate) fn over(desk: &UiState, scene: &Scene) -> Option<Scene> {
    match desk.over {
        Overlay::Nothing => desk.is_thin(scene).then(|| thin(scene)),
        Overlay::Help => Some(help(desk, scene)),
        Overlay::Leaving => {
            let say = &words().tui;
            let what = offered(scene, Verb::Leave);
            let what = what.map_or(say.leave_anyway, |offer| offer.says.as_str());
            let key = said(Action::Sure);
            let values = [("key", key.as_str()), ("what", what)];
            let detail = fill(&say.leave_detail, &values);
            Some(page(scene, &[say.leave_question, detail.as_str()]))
        }
    }
}

/// A page of the face's own: the way stays, the question makes room.
fn page(scene: &Scene, prompt: &[&str]) -> Scene {
    Scene {
        // The neutral screen stays neutral: nothing of the session comes back under a page.
        mood: if scene.mood == SceneMood::Neutral {
            SceneMood::Neutral
        } else {
            SceneMood::Home
        },
        way: scene.way.clone(),
        ends: scene.ends,
        title: scene.title.clone(),
        prompt: prompt.iter().map(|words| SafeText::new(words)).collect(),
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

/// What is to be noticed: all of it, or, once nobody has pressed a key for a while, what is wished for in a silence.
#[must_use]
pub(crate) fn agreed<'a>(desk: &UiState, scene: &'a Scene) -> Option<&'a SafeText> {
    match desk.over {
        Overlay::Nothing if desk.is_thin(scene) => {
            // Once the silence is long, the session says it itself.
            let wish = scene.rare.in_silence.as_ref();
            wish.filter(|_| scene.notice != scene.rare.in_silence)
        }
        Overlay::Nothing => scene.rare.agreed.as_ref(),
        Overlay::Help | Overlay::Leaving => None,
    }
}

/// The people as they stand on a page with little on it: whoever has no part in a question has no place there.
fn bare(scene: &Scene) -> Vec<PersonSeat> {
    let mut people = scene.people.clone();
    for (n, seat) in people.iter_mut().enumerate() {
        seat.yes = None;
        if !scene.to.is_empty() && !scene.to.contains(&n) {
            seat.role = SafeText::default();
        }
    }
    people
}

fn help(desk: &UiState, scene: &Scene) -> Scene {
    let mut beneath = desk.clone();
    beneath.over = Overlay::Nothing;
    let context = beneath.context();
    let list = table()
        .0
        .iter()
        .filter(|entry| entry.first_name(context).is_some() && can(&beneath, entry, scene))
        .map(|entry| ListItem {
            lead: SafeText::new(&with_enter(
                &beneath,
                entry,
                scene,
                &key_name(entry, context, scene, true),
            )),
            words: match (of_page(&beneath, entry.does), offer(&beneath, entry, scene)) {
                (Some(own), _) => SafeText::new(own),
                (None, Some(offer)) => offer.says.clone(),
                (None, None) => SafeText::new(entry.help),
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
        ..page(scene, &[say.help_title, say.help_close])
    }
}

/// The names of a key, with Enter where that goes on, too.
fn with_enter(desk: &UiState, entry: &KeyRow, scene: &Scene, names: &str) -> String {
    let mut rows = table().0.iter();
    let enter = rows.find(|row| row.does == Action::Enter && entry.does == Action::GoOn);
    let enter = enter.filter(|enter| !can(desk, enter, scene));
    match enter.and_then(|enter| enter.first_name(desk.context())) {
        Some(enter) => format!("{enter} {names}"),
        None => names.to_owned(),
    }
}

/// What a key does to several lines of words that are written, or set aside; `None` where it does what it always does.
fn of_page(desk: &UiState, does: Action) -> Option<&'static str> {
    let say = &words().tui;
    match (&desk.field, does) {
        (Some(TextField::Page { aside: false, .. }), Action::Close) => Some(say.page_aside),
        (Some(TextField::Page { aside: true, .. }), Action::Enter) if desk.mark.is_none() => {
            Some(say.page_again)
        }
        (None, Action::Enter) if desk.mark.is_none() => Some(say.read_on),
        (_, _) => None,
    }
}

fn offer<'a>(desk: &UiState, entry: &KeyRow, scene: &'a Scene) -> Option<&'a Offer> {
    offered(scene, desk.verb_of(entry.does, scene)?)
}

fn key_name(entry: &KeyRow, context: Context, scene: &Scene, all: bool) -> String {
    if entry.does == Action::Choose {
        return of_places(&names_of_places(entry, scene.choices.len()), all);
    }
    if entry.does == Action::Rate && all && entry.places().len() > 1 {
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

/// A key of the footer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct FooterKey {
    /// The key's name.
    pub(crate) key: String,
    /// What it does.
    pub(crate) word: String,
    /// The lower, the longer it stays.
    pub(crate) rank: u8,
    /// Its plain word where it leads back, for where there is little room.
    pub(crate) back: Option<&'static str>,
    /// Whether what it stands for is on the page anyway, as the numbers before choices are.
    pub(crate) on_page: bool,
    /// Where in the footer it belongs.
    pub(crate) place: FooterPlace,
    /// What a click on it presses; nothing where it stands for several keys.
    pub(crate) press: Option<Key>,
}

/// Where a key belongs in the footer: in one row they come in this order, so that STOP is always found in the same place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum FooterPlace {
    /// STOP.
    Stop,
    /// The crisis card.
    Card,
    /// What this screen is about.
    Here,
    /// What works on every screen.
    Everywhere,
}

/// The keys for the footer: only what works now, in the table's order.
#[must_use]
pub(crate) fn footer(desk: &UiState, scene: &Scene) -> Vec<FooterKey> {
    let context = desk.context();
    if desk.is_thin(scene) {
        return thin_footer(desk, scene);
    }
    let mut others = FooterPlace::Here;
    let mut keys = Vec::new();
    for entry in &table().0 {
        let place = if entry.does == Action::Stop {
            others = FooterPlace::Everywhere;
            FooterPlace::Stop
        } else if entry.does == Action::Card {
            FooterPlace::Card
        } else {
            others
        };
        if in_footer(desk, entry, scene) {
            let key = footer_key(desk, entry, context, scene);
            keys.extend(key.map(|key| FooterKey { place, ..key }));
        }
    }
    // Nobody needs two keys for one thing: going on is kept before going back, and that before passing.
    let twice = |key: &FooterKey, kept: Action| {
        let mut rows = table().0.iter();
        let row = rows.find(|row| row.does == kept && in_footer(desk, row, scene));
        let kept = row.and_then(|row| footer_key(desk, row, context, scene));
        kept.is_some_and(|kept| kept.word == key.word && kept.key != key.key)
    };
    let [passes, lands] = [Action::Pass, Action::Land].map(said);
    keys.retain(|key| {
        let back = key.back.is_some() && twice(key, Action::GoOn);
        let pass = key.key == passes && twice(key, Action::Back);
        let land = key.key == lands && twice(key, Action::GoOn);
        !(back || pass || land)
    });
    keys
}

/// STOP and the crisis card keep their keys and their words; every other key does the same.
fn thin_footer(desk: &UiState, scene: &Scene) -> Vec<FooterKey> {
    let say = &words().tui;
    let entries = table().0.iter();
    let stop = entries
        .filter(|entry| matches!(entry.does, Action::Stop | Action::Card))
        .filter(|entry| offer(desk, entry, scene).is_some())
        .filter_map(|entry| {
            Some(FooterKey {
                key: entry.first_name(Context::Keys)?,
                word: entry.footer.to_owned(),
                rank: 0,
                back: None,
                on_page: false,
                place: if entry.does == Action::Stop {
                    FooterPlace::Stop
                } else {
                    FooterPlace::Card
                },
                press: entry.keys_in(Context::Keys).first().copied(),
            })
        });
    let any = FooterKey {
        key: say.thin_key.to_owned(),
        word: say.thin_word.to_owned(),
        rank: 1,
        back: None,
        on_page: false,
        place: FooterPlace::Everywhere,
        press: None,
    };
    stop.chain([any]).collect()
}

fn footer_key(
    desk: &UiState,
    entry: &KeyRow,
    context: Context,
    scene: &Scene,
) -> Option<FooterKey> {
    entry.first_name(context)?;
    // With nothing marked or written, Enter goes on; that is the key people reach for.
    let enter = table().0.iter().find(|entry| entry.does == Action::Enter);
    let named = enter
        .filter(|enter| entry.does == Action::GoOn && !can(desk, enter, scene))
        .unwrap_or(entry);
    let says = offer(desk, entry, scene)
        .filter(|_| says_more_than_the_table(entry.does))
        .map(|offer| offer.says.as_str())
        .filter(|says| !says.is_empty() && unicode_width::UnicodeWidthStr::width(*says) <= SHORT);
    let own = of_page(desk, entry.does).or(says);
    let mut key = key_name(named, context, scene, false);
    let typed = matches!(
        desk.field,
        Some(TextField::Line(_) | TextField::Page { .. })
    );
    let takes = entry.does == Action::Enter && !typed && own.is_none();
    let mut word = own.unwrap_or(entry.footer).to_owned();
    if takes {
        // It stands where the key stands that chooses, and as wide, so that all others stay where they are.
        let does = match desk.field {
            Some(_) => Action::Rate,
            None => Action::Choose,
        };
        let mut rows = table().0.iter();
        let wide = |text: &str| unicode_width::UnicodeWidthStr::width(text);
        let place = rows.find(|row| row.does == does).map_or(0, |row| {
            wide(&key_name(row, context, scene, false)) + wide(row.footer)
        });
        words().tui.take.clone_into(&mut word);
        let missing = place.saturating_sub(wide(&key) + wide(&word));
        word.push_str(&" ".repeat(missing));
    }
    // Beside words numbers choose, too: Enter takes nothing before something was typed or marked.
    let chooses = entry.does == Action::Enter && desk.waits_for_words(scene);
    let choose = table().0.iter().find(|row| row.does == Action::Choose);
    if let Some(choose) = choose.filter(|_| chooses) {
        let wide = key.chars().count() + word.chars().count();
        key = key_name(choose, context, scene, false);
        let room = wide.saturating_sub(key.chars().count());
        word = format!("{:room$}", choose.footer);
    }
    Some(FooterKey {
        key,
        word,
        rank: entry.rank?,
        back: Some(entry.footer).filter(|_| entry.does == Action::Back),
        on_page: entry.does == Action::Choose,
        place: FooterPlace::Here,
        press: Some(named)
            .filter(|_| {
                !chooses
                    && !matches!(
                        entry.does,
                        Action::Choose | Action::Rate | Action::Up | Action::Down
                    )
            })
            .and_then(|named| named.keys_in(context).first().copied()),
    })
}

/// Whether a scene's own words say what a key does here; for the others the table has shorter ones.
fn says_more_than_the_table(does: Action) -> bool {
    matches!(
        does,
        Action::GoOn
            | Action::Pass
            | Action::Back
            | Action::Pause
            | Action::ChangeLine
            | Action::ReadAloud
            | Action::InWriting
            | Action::Leave
    )
}

fn in_footer(desk: &UiState, entry: &KeyRow, scene: &Scene) -> bool {
    let can = can(desk, entry, scene);
    match (desk.over, entry.does) {
        (_, Action::Stop) | (Overlay::Help | Overlay::Leaving, Action::Card) => can,
        (Overlay::Leaving, does) => matches!(does, Action::Sure | Action::Stay),
        (Overlay::Help, does) => does == Action::Close,
        // Outside of text, going back has its own key.
        (Overlay::Nothing, Action::Close) => {
            can && desk
                .field
                .as_ref()
                .is_some_and(|field| field.words().is_some())
        }
        // What is marked is taken by another key, which stands in the same place.
        (Overlay::Nothing, Action::Choose | Action::Rate) => {
            let marked = match desk.field {
                Some(TextField::Rating(rating)) => rating.0.is_some(),
                Some(TextField::Line(_) | TextField::Page { .. }) => false,
                None => desk.mark.is_some(),
            };
            can && !marked
        }
        (Overlay::Nothing, _) => can,
    }
}

/// Whether a line of the table works now, in this scene and with nothing over it.
fn can(desk: &UiState, entry: &KeyRow, scene: &Scene) -> bool {
    match entry.does {
        Action::Choose => !scene.choices.is_empty(),
        Action::Rate => matches!(desk.field, Some(TextField::Rating(_))),
        Action::Enter => match desk.field {
            Some(TextField::Line(_) | TextField::Page { .. }) => true,
            Some(TextField::Rating(rating)) => rating.0.is_some(),
            None => desk.mark.is_some() || desk.has_more(scene),
        },
        // First what is marked is taken, or what is below is read, with the same key.
        Action::GoOn if desk.mark.is_some() || desk.has_more(scene) => false,
        Action::Done => matches!(desk.field, Some(TextField::Page { .. })),
        Action::Close => desk.context() == Context::Writing || offered(scene, Verb::Back).is_some(),
        Action::Sure | Action::Stay => false,
        Action::GoOn
        | Action::Pass
        | Action::Back
        | Action::Unsure
        | Action::Pause
        | Action::More
        | Action::Land
        | Action::Asides
        | Action::ChangeLine
        | Action::ReadAloud
        | Action::InWriting
        | Action::Skip
        | Action::Stop
        | Action::Card
        | Action::Clock
        | Action::Leave => offer(desk, entry, scene).is_some(),
        Action::Up
        | Action::Down
        | Action::PageUp
        | Action::PageDown
        | Action::Top
        | Action::Bottom
        | Action::Help
        | Action::QuickExit
        | Action::Interrupt
        | Action::Suspend
        | Action::Repaint
        | Action::Bell
        | Action::Colours
        | Action::Lines => true,
    }
}
