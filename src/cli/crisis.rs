//! The crisis card as lines: at once, and whatever else is wrong.

use super::settings::settings_at_once;
use super::{Exit, Failed, home, lines};
use crate::care::card::place_line;
use crate::care::own::Own;
use crate::care::signposts::{Region, card, signposts};
use crate::clock::{Clock, SystemClock};
use crate::date::Date;
use crate::drive::likely;
use crate::people::People;
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::words::{fill, words};

/// Prints the card for a place, or for the people who are known, or for everywhere.
///
/// # Errors
/// It could not be printed.
pub fn print(asked: &str) -> Result<Exit, Failed> {
    let today = SystemClock::new().now().day();
    let (settings, problem) = settings_at_once();
    // Without a home nothing is known of anybody; the numbers are there all the same.
    let people = home().map(|home| People::load(&home).0);
    let known = people.map(|people| likely(&settings, &people));
    let own: Vec<Own> = known.unwrap_or_default();
    let own: Vec<Own> = own.into_iter().filter(Own::is_known).collect();
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

fn text(place: Option<&Region>, own: &[Own], today: Date) -> Vec<Shown> {
    let (care, w) = (&words().care, &words().cli);
    let mut text: Vec<Shown> = care
        .card_intro
        .iter()
        .map(|line| Shown::new(line))
        .collect();
    if let Some(place) = place {
        let only = match own {
            [only] => Some(only),
            _ => None,
        };
        text.extend(page(
            Shown::new(&place.name),
            Some(&place.name),
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
            None => Shown::new(&own.name),
        };
        text.extend(page(title, place, Some(own), today));
    }
    text.extend([Shown::default(), Shown::new(&w.crisis_all)]);
    text.extend(signposts().region.iter().map(place_line));
    if own.is_empty() {
        text.extend(card(None, None, today).into_iter().map(line));
    }
    text.extend([Shown::default(), Shown::new(&w.crisis_how)]);
    text
}

/// A place with its heading.
fn page(title: Shown, region: Option<&str>, own: Option<&Own>, today: Date) -> Vec<Shown> {
    let lines = card(region, own, today).into_iter().map(line);
    [Shown::default(), title].into_iter().chain(lines).collect()
}

fn line(item: Item) -> Shown {
    if item.lead.is_empty() {
        return item.words;
    }
    let values = [("lead", item.lead.as_str()), ("words", item.words.as_str())];
    fill(&words().cli.crisis_line, &values)
}

fn unknown(asked: &str) -> Shown {
    let w = &words().cli;
    let name = Shown::short(asked, 60);
    let name = ("name", name.as_str());
    match signposts().nearest(asked) {
        Some(near) => fill(&w.crisis_unknown_near, &[name, ("near", near)]),
        None => fill(&w.crisis_unknown, &[name]),
    }
}
