//! What the crisis card knows of the people who are here: from their settings, and from what they chose on it.

use crate::memory::MemoryStore;
use crate::safety::person_region::PersonRegion;
use crate::session::scene::ListItem;
use crate::settings::{Settings, same_name};
use crate::text::safe_text::SafeText;
use crate::text::words::{Template, fill, words};

/// One person. A place in the settings counts before one that was chosen on the card.
fn one(name: &str, settings: &Settings, people: &MemoryStore) -> PersonRegion {
    let set = settings
        .people
        .iter()
        .find(|set| same_name(&set.name, name));
    let fixed = set.and_then(|set| set.region.clone());
    PersonRegion {
        name: name.to_owned(),
        fixed: fixed.is_some(),
        region: fixed.or_else(|| people.place_of(name).map(str::to_owned)),
        ring: set
            .and_then(|set| set.ring.clone())
            .or_else(|| people.person(name)?.to_ring()),
        lines: set.map(|set| set.lines.clone()).unwrap_or_default(),
    }
}

/// These people, in this order.
#[must_use]
pub(crate) fn these(
    names: &[String],
    settings: &Settings,
    people: &MemoryStore,
) -> Vec<PersonRegion> {
    let own = |name: &String| one(name, settings, people);
    names.iter().map(own).collect()
}

/// Everybody who may be here before a session has begun: those who sat together last, and those of whom a place or
/// a number is known.
#[must_use]
pub(crate) fn likely(settings: &Settings, people: &MemoryStore) -> Vec<PersonRegion> {
    let mut names: Vec<String> = people
        .circles()
        .first()
        .map(|circle| circle.names.clone())
        .unwrap_or_default();
    let others = settings.people.iter().map(|set| set.name.as_str());
    for other in others.chain(people.placed()) {
        if !names.iter().any(|name| same_name(name, other)) {
            names.push(other.to_owned());
        }
    }
    these(&names, settings, people)
}

/// The numbers at which these people can be rung, and who to phone for them, as far as they gave them for this.
#[must_use]
pub(super) fn numbers(
    names: &[String],
    settings: &Settings,
    people: &MemoryStore,
) -> Vec<ListItem> {
    let w = &words().cli;
    let lines = these(names, settings, people).into_iter().flat_map(|own| {
        let reach = people.person(&own.name).map(|person| person.reach.clone());
        let reach = reach.filter(|reach| !reach.is_empty());
        let line = |lead: &Template, words: String| ListItem {
            lead: fill(lead, &[("name", &own.name)]),
            words: SafeText::new(&words),
            now: false,
        };
        let reach = reach.map(|reach| line(&w.rung_at, reach));
        let ring = own.ring.clone().map(|ring| line(&w.rung_for, ring));
        [reach, ring]
    });
    lines.flatten().collect()
}
