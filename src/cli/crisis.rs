//! The crisis card as lines: at once, and whatever else is wrong.

use super::settings::settings_at_once;
use super::{CommandError, Exit, home, lines};
use crate::app::likely;
use crate::memory::MemoryStore;
use crate::safety::crisis_card::card;
use crate::safety::crisis_card::place_line;
use crate::safety::person_region::PersonRegion;
use crate::safety::signposts::{Region, signposts};
use crate::session::scene::ListItem;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::clock::{SystemClock, TimeSource};
use crate::time::date::Date;

/// Prints the card for a place, or for the people who are known, or for everywhere.
///
/// # Errors
/// It could not be printed.
pub(crate) fn print(asked: &str) -> Result<Exit, CommandError> {
    let today = SystemClock::new().now().day();
    let (settings, problem) = settings_at_once();
    // Without a home nothing is known of anybody; the numbers are there all the same.
    let people = home().map(|home| MemoryStore::load(&home).0);
    let known = people.map(|people| likely(&settings, &people));
    let own: Vec<PersonRegion> = known.unwrap_or_default();
    let own: Vec<PersonRegion> = own.into_iter().filter(PersonRegion::is_known).collect();
    let place = signposts().find(asked);
    let printed = lines(&text(place, &own, today))?;
    if let Some(sentence) = problem {
        super::problem(&sentence);
    }
    if asked.is_empty() || place.is_some() {
        return Ok(printed);
    }
    super::problem(&unknown(asked));
    Ok(Exit::Wrong)
}

fn text(place: Option<&Region>, own: &[PersonRegion], today: Date) -> Vec<SafeText> {
    let (care, w) = (&words().safety, &words().cli);
    let mut text: Vec<SafeText> = care
        .card_intro
        .iter()
        .map(|line| SafeText::new(line))
        .collect();
    if let Some(place) = place {
        let only = match own {
            [only] => Some(only),
            _ => None,
        };
        text.extend(page(
            SafeText::new(place.name),
            Some(place.name),
            only,
            today,
        ));
        return text;
    }
    for own in own {
        let name = ("name", own.name.as_str());
        let place = own.place().map(|place| place.name);
        let title = match place {
            Some(place) => fill(&care.card_region_of, &[name, ("region", place)]),
            None => SafeText::new(&own.name),
        };
        text.extend(page(title, place, Some(own), today));
    }
    text.extend([SafeText::default(), SafeText::new(w.crisis_all)]);
    text.extend(signposts().region.iter().map(place_line));
    if own.is_empty() {
        text.extend(card(None, None, today).into_iter().map(line));
    }
    text.extend([SafeText::default(), SafeText::new(w.crisis_how)]);
    text
}

/// A place with its heading.
fn page(
    title: SafeText,
    region: Option<&str>,
    own: Option<&PersonRegion>,
    today: Date,
) -> Vec<SafeText> {
    let lines = card(region, own, today).into_iter().map(line);
    [SafeText::default(), title]
        .into_iter()
        .chain(lines)
        .collect()
}

fn line(item: ListItem) -> SafeText {
    if item.lead.is_empty() {
        return item.words;
    }
    let values = [("lead", item.lead.as_str()), ("words", item.words.as_str())];
    fill(&words().cli.crisis_line, &values)
}

fn unknown(asked: &str) -> SafeText {
    let w = &words().cli;
    let name = SafeText::short(asked, 60);
    let name = ("name", name.as_str());
    match signposts().nearest(asked) {
        Some(near) => fill(&w.crisis_unknown_near, &[name, ("near", near)]),
        None => fill(&w.crisis_unknown, &[name]),
    }
}
