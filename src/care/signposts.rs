//! Whom to reach when it is too much: the crisis card's data and its lines.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::care::date::Date;
use crate::session::scene::Item;
use crate::shown::Shown;
use crate::words::{CareWords, fill, read, words};

/// Every signpost.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Signposts {
    /// Where all others are listed.
    pub directory: Directory,
    /// The regions, in the order in which they are offered.
    pub region: Vec<Region>,
}

/// A list of services for many countries.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Directory {
    /// Its address, as it is said aloud.
    pub name: String,
    /// When somebody verified it.
    pub verified_on: Option<Date>,
}

/// One region.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// The numbers for immediate danger.
    pub emergency: Vec<Emergency>,
    /// The lines, in any order.
    pub line: Vec<Line>,
}

/// A number for immediate danger.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Emergency {
    /// The number.
    pub number: String,
    /// When somebody verified it.
    pub verified_on: Option<Date>,
}

/// One service.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Line {
    /// What it is for.
    pub kind: LineKind,
    /// How it is reached.
    pub channel: Channel,
    /// The number or the address.
    pub number: String,
    /// What it is called, where that is known.
    pub name: Option<String>,
    /// When it answers, where that is known.
    pub hours: Option<String>,
    /// What it costs, where that is known.
    pub cost: Option<String>,
    /// Its languages, where they are known.
    pub languages: Option<String>,
    /// What else has to be said about it, as a sentence.
    pub note: Option<String>,
    /// When somebody verified it.
    pub verified_on: Option<Date>,
    /// The day of a published source; not a verification.
    pub published_on: Option<Date>,
}

/// What a line is for, in the order of the card.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// A human voice.
    Talk,
    /// Writing instead of speaking.
    Write,
    /// Abuse at home.
    Abuse,
}

/// How a line is reached.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// By voice.
    Call,
    /// By text message.
    Text,
    /// In a browser.
    Chat,
}

static SHIPPED: LazyLock<Signposts> = LazyLock::new(|| read(include_str!("signposts.toml")));

/// The signposts that are shipped.
#[must_use]
pub fn signposts() -> &'static Signposts {
    &SHIPPED
}

/// The card's lines: for one region, or what holds everywhere when it is not known.
#[must_use]
pub fn card(region: Option<&str>, today: Date) -> Vec<Item> {
    signposts().card(region, today)
}

impl Signposts {
    /// See [`card`].
    #[must_use]
    pub fn card(&self, region: Option<&str>, today: Date) -> Vec<Item> {
        let says = &words().care;
        let known = region.and_then(|name| self.region.iter().find(|region| region.name == name));
        let mut items = match known {
            Some(region) => region.items(today, says),
            None => self.emergencies(says),
        };
        let checked = status(self.directory.verified_on, None, today, says);
        items.push(item(
            &says.lead_directory,
            &sentences(&[&self.directory.name, checked.as_str()]),
        ));
        items.push(item(&says.lead_own, &says.own));
        items.push(item(&says.lead_expect, &says.expect));
        items
    }

    /// What has to be said about the emergency numbers of all places together, which stand where a place is chosen.
    fn emergencies(&self, says: &CareWords) -> Vec<Item> {
        let checked = self
            .region
            .iter()
            .flat_map(|region| &region.emergency)
            .all(|number| number.verified_on.is_some());
        if checked {
            return Vec::new();
        }
        vec![item("", &says.emergencies_unverified)]
    }
}

impl Region {
    /// Its emergency numbers in one breath.
    #[must_use]
    pub fn numbers(&self, says: &CareWords) -> String {
        let numbers: Vec<&str> = self.emergency.iter().map(|e| e.number.as_str()).collect();
        numbers.join(&says.or)
    }

    fn items(&self, today: Date, says: &CareWords) -> Vec<Item> {
        let mut items: Vec<Item> = self
            .emergency
            .iter()
            .map(|number| {
                let checked = status(number.verified_on, None, today, says);
                item(
                    &says.lead_danger,
                    &sentences(&[&number.number, checked.as_str()]),
                )
            })
            .collect();
        let mut lines: Vec<&Line> = self.line.iter().collect();
        lines.sort_by_key(|line| line.kind);
        items.extend(lines.iter().map(|line| line.item(today, says)));
        items
    }
}

impl Line {
    fn item(&self, today: Date, says: &CareWords) -> Item {
        let lead = match self.kind {
            LineKind::Talk => &says.lead_talk,
            LineKind::Write => &says.lead_write,
            LineKind::Abuse => &says.lead_abuse,
        };
        let reach = match self.channel {
            Channel::Call => &says.call,
            Channel::Text => &says.text,
            Channel::Chat => &says.chat,
        };
        let reach = fill(reach, &[("number", &self.number)]);
        let checked = status(self.verified_on, self.published_on, today, says);
        let parts: Vec<&str> = [
            self.name.as_deref(),
            Some(reach.as_str()),
            self.hours.as_deref(),
            self.cost.as_deref(),
            self.languages.as_deref(),
            self.note.as_deref(),
            Some(checked.as_str()),
        ]
        .into_iter()
        .flatten()
        .collect();
        item(lead, &sentences(&parts))
    }
}

/// What is known about a row's age. A published source is said, and is no verification.
fn status(verified: Option<Date>, published: Option<Date>, today: Date, says: &CareWords) -> Shown {
    let (fresh, stale, date) = match (verified, published) {
        (Some(date), _) => (&says.verified, &says.verified_stale, date),
        (None, Some(date)) => (&says.published, &says.published_stale, date),
        (None, None) => return Shown::new(&says.unverified),
    };
    let text = if date.is_stale(today) { stale } else { fresh };
    fill(text, &[("date", &date.to_string())])
}

/// Puts parts together as sentences: each begins large and ends with a full stop.
fn sentences(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push(' ');
        }
        // An address keeps its small letters: it is typed as it stands.
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if part.contains(' ') => out.extend(first.to_uppercase()),
            Some(first) => out.push(first),
            None => continue,
        }
        out.push_str(letters.as_str());
        if !part.ends_with(['.', '!', '?']) {
            out.push('.');
        }
    }
    out
}

fn item(lead: &str, words: &str) -> Item {
    Item {
        lead: Shown::new(lead),
        words: Shown::new(words),
        now: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date {
        year: 2026,
        month: 11,
        day: 21,
    };

    fn texts(items: &[Item]) -> Vec<String> {
        items
            .iter()
            .map(|item| format!("{} | {}", item.lead, item.words))
            .collect()
    }

    #[test]
    fn every_region_begins_with_danger_and_ends_with_the_directory_and_people() {
        let says = &words().care;
        assert_eq!(signposts().region.len(), 14);
        for region in &signposts().region {
            let items = card(Some(&region.name), TODAY);
            assert_eq!(items[0].lead.as_str(), says.lead_danger, "{}", region.name);
            assert!(
                items
                    .iter()
                    .any(|item| item.lead.as_str() == says.lead_talk)
            );
            let leads: Vec<&str> = items
                .iter()
                .rev()
                .take(3)
                .map(|i| i.lead.as_str())
                .collect();
            assert_eq!(
                leads,
                [&says.lead_expect, &says.lead_own, &says.lead_directory]
            );
        }
    }

    #[test]
    fn nothing_that_nobody_verified_looks_verified() {
        let says = &words().care;
        for region in &signposts().region {
            let rows = region.emergency.len() + region.line.len();
            for item in card(Some(&region.name), TODAY).iter().take(rows) {
                let words = item.words.as_str();
                assert!(words.contains("ot verified yet"), "{words}");
            }
        }
        let all = texts(&card(None, TODAY));
        assert!(
            all.iter()
                .any(|line| line.contains(&says.emergencies_unverified))
        );
    }

    #[test]
    fn a_card_reads_aloud() {
        assert_eq!(
            texts(&card(Some("Netherlands"), TODAY))[..3],
            [
                "In danger now | 112. Not verified yet.",
                "A human voice | Call 113. Not verified yet; published on 2020-07-07, more than a year ago.",
                "In writing | Chat at 113.nl. Not verified yet.",
            ]
        );
        assert_eq!(
            texts(&card(Some("United Kingdom"), TODAY))[2],
            "A human voice | Samaritans. Call 116 123. Free from landline and mobile. Not verified yet."
        );
        let overview = texts(&card(None, TODAY));
        assert!(overview[0].contains(&words().care.emergencies_unverified));
        assert_eq!(overview, texts(&card(Some("Atlantis"), TODAY)));
    }

    #[test]
    fn loading_is_strict_and_old_rows_say_so() {
        let text = |extra: &str| {
            format!(
                "directory = {{ name = \"d.example\", verified-on = 2026-10-01 }}\n[[region]]\nname = \"X\"\n\
                 emergency = [{{ number = \"1\", verified-on = 2025-11-20 }}]\n\
                 line = [{{ kind = \"abuse\", channel = \"call\", number = \"3\", verified-on = 2025-11-21 }},\n\
                 {{ kind = \"talk\", channel = \"call\", number = \"2\"{extra} }}]"
            )
        };
        let posts: Signposts = toml::from_str(&text(", hours = \"day and night\"")).unwrap();
        let lines = texts(&posts.card(Some("X"), TODAY));
        assert!(lines[0].contains("more than a year ago"), "{}", lines[0]);
        assert!(lines[1].contains("Call 2. Day and night."), "{}", lines[1]);
        assert!(
            lines[2].ends_with("Verified on 2025-11-21."),
            "{}",
            lines[2]
        );
        assert!(lines[3].contains("d.example. Verified on"), "{}", lines[3]);
        for wrong in [
            ", verified = true",
            ", verified-on = \"soon\"",
            ", verified-on = 2026-01-01T10:00:00",
        ] {
            assert!(
                toml::from_str::<Signposts>(&text(wrong)).is_err(),
                "{wrong}"
            );
        }
    }
}
