//! Whom to reach when it is too much: every place with its numbers, and the lines that tell of them.

use crate::script::nearest;
use crate::session::scene::ListItem;
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::{SafetyWords, fill, words};
use crate::time::date::Date;

/// Every signpost.
#[derive(Debug)]
pub(crate) struct Signposts {
    /// Where all others are listed.
    pub(crate) directory: Directory,
    /// The regions, in the order in which they are offered.
    pub(crate) region: &'static [Region],
}

/// A list of services for many countries.
#[derive(Debug)]
pub(crate) struct Directory {
    /// Its address, as it is said aloud.
    pub(crate) name: &'static str,
    /// When somebody verified it.
    pub(crate) verified_on: Option<Date>,
}

/// One region.
#[derive(Debug)]
pub(crate) struct Region {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it is called as well, such as its letters.
    pub(crate) also: &'static [&'static str],
    /// The numbers for immediate danger.
    pub(crate) emergency: &'static [Emergency],
    /// The lines, in any order.
    pub(crate) line: &'static [ServiceLine],
}

/// A number for immediate danger.
#[derive(Debug)]
pub(crate) struct Emergency {
    /// The number.
    pub(crate) number: &'static str,
    /// When somebody verified it.
    pub(crate) verified_on: Option<Date>,
}

/// One service.
#[derive(Debug)]
pub(crate) struct ServiceLine {
    /// What it is for.
    pub(crate) kind: LineKind,
    /// How it is reached.
    pub(crate) channel: ServiceChannel,
    /// The number or the address.
    pub(crate) number: &'static str,
    /// What it is called, where that is known.
    pub(crate) name: Option<&'static str>,
    /// When it answers, where that is known.
    pub(crate) hours: Option<&'static str>,
    /// What it costs, where that is known.
    pub(crate) cost: Option<&'static str>,
    /// Its languages, where they are known.
    pub(crate) languages: Option<&'static str>,
    /// What else has to be said about it, as a sentence.
    pub(crate) note: Option<&'static str>,
    /// When somebody verified it.
    pub(crate) verified_on: Option<Date>,
    /// The day of a published source; not a verification.
    pub(crate) published_on: Option<Date>,
    /// Where that was published, for whoever verifies it.
    #[allow(
        dead_code,
        reason = "it is read by people who mend the data, and by a test"
    )]
    pub(crate) source: Option<&'static str>,
}

/// What a line is for, in the order of the card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum LineKind {
    /// A human voice.
    Talk,
    /// Writing instead of speaking.
    Write,
    /// Abuse at home.
    Abuse,
}

/// How a line is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ServiceChannel {
    /// By voice.
    Call,
    /// By text message.
    Text,
    /// In writing, in a browser.
    Chat,
    /// A page that shows numbers.
    Page,
}

include!(concat!(env!("OUT_DIR"), "/signposts.rs"));

/// The signposts that are shipped.
#[must_use]
pub(crate) fn signposts() -> &'static Signposts {
    &MADE
}

/// Whether a row that was verified on this day may be relied on today.
fn is_fit(verified: Option<Date>, today: Date) -> bool {
    verified.is_some_and(|date| !date.is_stale(today) && date <= today)
}

impl Signposts {
    /// The lines for one region, or what holds everywhere when it is not known, with the directory at their end.
    #[must_use]
    pub(super) fn lines(&self, region: Option<&str>, today: Date) -> Vec<ListItem> {
        let says = &words().safety;
        let known = region.and_then(|name| self.find(name));
        let mut items = match known {
            Some(region) => region.items(today, says),
            None => Vec::new(),
        };
        items.push(item(says.lead_emergencies, says.next_number));
        let checked = status(self.directory.verified_on, None, today, says);
        let checked = checked.as_ref().map(SafeText::as_str);
        let words: Vec<&str> = [self.directory.name].into_iter().chain(checked).collect();
        items.push(item(says.lead_directory, &sentences(&words)));
        items
    }

    /// The region that people mean by this: its name or a short one, in whatever letters.
    #[must_use]
    pub(crate) fn find(&self, name: &str) -> Option<&Region> {
        let wanted = plain(name);
        self.region
            .iter()
            .find(|region| region.names().any(|known| plain(known) == wanted))
    }

    /// The name of the region that is written nearly like this.
    #[must_use]
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        let wanted = plain(name);
        let known = |region: &Region| region.names().map(plain).collect::<Vec<_>>();
        let all: Vec<(String, &str)> = self
            .region
            .iter()
            .flat_map(|region| known(region).into_iter().map(|n| (n, region.name)))
            .collect();
        let near = nearest(&wanted, all.iter().map(|(known, _)| known.as_str()))?;
        // Another country is no misspelling: what is meant begins with the same letter.
        if near.chars().next() != wanted.chars().next() {
            return None;
        }
        all.iter()
            .find(|(known, _)| known == near)
            .map(|(_, name)| *name)
    }

    /// Every row that may not be shipped on this day: nobody has verified it, or that is more than twelve months ago
    /// (content.md 4.2, rule 4).
    #[cfg(test)]
    fn unfit(&self, today: Date) -> Vec<String> {
        let rows = self.rows().into_iter();
        rows.filter(|(_, _, date)| !is_fit(*date, today))
            .map(|(place, number, _)| format!("{place}{number}"))
            .collect()
    }

    /// How many rows nobody has verified, and how many were verified too long ago.
    #[must_use]
    pub(crate) fn unsure(&self, today: Date) -> (usize, usize) {
        let rows = self.rows();
        let unfit = rows.iter().filter(|(_, _, date)| !is_fit(*date, today));
        let (never, once): (Vec<_>, Vec<_>) = unfit.partition(|(_, _, date)| date.is_none());
        (never.len(), once.len())
    }

    /// Every row, with its place and the day it was verified.
    fn rows(&self) -> Vec<(String, &'static str, Option<Date>)> {
        let mut rows = vec![(
            String::new(),
            self.directory.name,
            self.directory.verified_on,
        )];
        for region in self.region {
            let numbers = region.emergency.iter().map(|e| (e.number, e.verified_on));
            let lines = region
                .line
                .iter()
                .map(|line| (line.number, line.verified_on));
            let all = numbers.chain(lines);
            rows.extend(all.map(|(number, date)| (format!("{}: ", region.name), number, date)));
        }
        rows
    }
}

/// A name as it is compared: small letters, no full stops, single spaces.
fn plain(name: &str) -> String {
    let name = name.to_lowercase().replace('.', "");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Region {
    /// What it is called: its name first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name).chain(self.also.iter().copied())
    }

    /// Its emergency numbers in one breath.
    pub(crate) fn numbers(&self, says: &SafetyWords) -> String {
        let numbers: Vec<&str> = self.emergency.iter().map(|e| e.number).collect();
        numbers.join(says.or)
    }

    fn items(&self, today: Date, says: &SafetyWords) -> Vec<ListItem> {
        let groups = self
            .emergency
            .chunk_by(|one, next| one.verified_on == next.verified_on);
        let numbers = groups.map(|group| {
            let all: Vec<&str> = group.iter().map(|e| e.number).collect();
            let date = group.first().and_then(|number| number.verified_on);
            let numbers = all.join(says.or);
            let checked = status(date, None, today, says);
            let checked = checked.as_ref().map(SafeText::as_str);
            let words: Vec<&str> = [numbers.as_str()].into_iter().chain(checked).collect();
            item(says.lead_danger, &sentences(&words))
        });
        let mut items: Vec<ListItem> = numbers.collect();
        let mut lines: Vec<&ServiceLine> = self.line.iter().collect();
        lines.arrange_by_key(|line| line.kind);
        let services = lines.chunk_by(|one, next| one.is_of(next));
        items.extend(services.filter_map(|ways| service(ways, today, says)));
        items
    }
}

impl ServiceLine {
    /// Whether all but the way to reach it is the same: somebody in need reads that once.
    fn is_of(&self, other: &Self) -> bool {
        let about = |line: &Self| {
            let words = [line.name, line.hours, line.cost, line.languages, line.note];
            (line.kind, words, line.verified_on, line.published_on)
        };
        about(self) == about(other)
    }

    fn reach(&self, says: &SafetyWords) -> String {
        let reach = match self.channel {
            ServiceChannel::Call => &says.call,
            ServiceChannel::Text => &says.text,
            ServiceChannel::Chat => &says.chat,
            ServiceChannel::Page => &says.page,
        };
        fill(reach, &[("number", self.number)]).to_string()
    }
}

/// One service with all its ways, as a row of the card; nothing where there is none.
fn service(ways: &[&ServiceLine], today: Date, says: &SafetyWords) -> Option<ListItem> {
    let line = ways.first()?;
    let lead = match line.kind {
        LineKind::Talk => &says.lead_talk,
        LineKind::Write => &says.lead_write,
        LineKind::Abuse => &says.lead_abuse,
    };
    let reach: Vec<String> = ways.iter().map(|way| way.reach(says)).collect();
    let reach = reach.join(says.or);
    let checked = status(line.verified_on, line.published_on, today, says);
    let parts: Vec<&str> = [
        line.name,
        Some(reach.as_str()),
        line.hours,
        line.cost,
        line.languages,
        line.note,
        checked.as_ref().map(SafeText::as_str),
    ]
    .into_iter()
    .flatten()
    .collect();
    Some(item(lead, &sentences(&parts)))
}

/// What is known about a row's age. The day of a published source is said, and is no verification. Where no day is known
/// nothing is said of it: what to do when a number does not work stands once on the card.
fn status(
    verified: Option<Date>,
    published: Option<Date>,
    today: Date,
    says: &SafetyWords,
) -> Option<SafeText> {
    let (text, date) = match (verified, published) {
        (Some(date), _) if date.is_stale(today) => (&says.verified_stale, date),
        (Some(date), _) => (&says.verified, date),
        (None, Some(date)) => (&says.published, date),
        (None, None) => return None,
    };
    Some(fill(text, &[("date", &date.to_string())]))
}

/// Puts parts together as sentences: each begins large and ends with a full stop.
pub(super) fn sentences(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push(' ');
        }
        // An address keeps its small letters: it is typed as it stands.
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if part.contains(' ') || !part.contains('.') => {
                out.extend(first.to_uppercase());
            }
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

/// A line that begins with what it is about.
pub(super) fn item(lead: &str, words: &str) -> ListItem {
    ListItem {
        lead: SafeText::new(lead),
        words: SafeText::new(words),
        now: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::safety::crisis_card::card;
    use crate::time::clock::{SystemClock, TimeSource as _};

    const TODAY: Date = Date {
        year: 2026,
        month: 11,
        day: 21,
    };

    fn texts(items: &[ListItem]) -> Vec<String> {
        items
            .iter()
            .map(|item| format!("{} | {}", item.lead, item.words))
            .collect()
    }

    /// Whoever ships an unverified or an old number may send somebody in danger to a line that is dead. In everyday
    /// builds this says nothing; `RELEASE=1` makes it strict.
    #[test]
    fn every_crisis_number_was_verified_within_twelve_months() {
        let today = SystemClock::new().now().day();
        let unfit = signposts().unfit(today);
        let strict = std::env::var("RELEASE").is_ok_and(|value| value == "1");
        assert!(
            !strict || unfit.is_empty(),
            "not verified within twelve months (docs/releasing.md says how):\n{}",
            unfit.join("\n")
        );
    }

    #[test]
    fn every_region_begins_with_danger_and_ends_with_the_directory_and_people() {
        let says = &words().safety;
        assert_eq!(signposts().region.len(), 14);
        for region in signposts().region {
            let items = card(Some(region.name), None, TODAY);
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
                [says.lead_expect, says.lead_own, says.lead_directory]
            );
        }
    }

    #[test]
    fn nothing_that_nobody_verified_looks_verified_and_no_row_teaches_doubt() {
        let says = &words().safety;
        for region in signposts().region {
            let all = texts(&card(Some(region.name), None, TODAY));
            for line in &all {
                assert!(!line.to_lowercase().contains("checked"), "{line}");
            }
            // What to do is said once.
            let next = all.iter().filter(|line| line.contains(says.next_number));
            assert_eq!(next.count(), 1, "{}", region.name);
            // Every number is there, whatever stands in one row with it.
            let all = all.join("\n");
            for line in region.line {
                assert!(all.contains(line.number), "{}: {all}", line.number);
            }
        }
        let all = texts(&card(None, None, TODAY));
        assert!(all.iter().any(|line| line.contains(says.next_number)));
    }

    #[test]
    fn every_region_has_a_line_about_abuse() {
        for region in signposts().region {
            let abuse = region.line.iter().any(|line| line.kind == LineKind::Abuse);
            assert!(abuse, "{}", region.name);
        }
    }

    /// What the services published, with the day and the place where it stands; nobody has looked at their own pages yet.
    #[test]
    fn what_is_known_of_a_service_stands_on_its_row() {
        for (place, number, known) in [
            (
                "Netherlands",
                "113",
                "Free. Dutch, others at times. Published on 2025-10-03.",
            ),
            (
                "Spain",
                "024",
                "Day and night. Free. Published on 2025-10-11.",
            ),
            (
                "France",
                "3919",
                "Day and night. Free. French, and at times English, Arabic,",
            ),
            ("France", "114", "Text 114. Day and night. Free."),
            (
                "India",
                "14416",
                "Day and night. Free. 20 languages. Published on 2025-02-07.",
            ),
            (
                "Australia",
                "0477 13 11 14",
                "Text 0477 13 11 14. Day and night.",
            ),
            ("Switzerland", "142", "Announced for May 2026."),
            ("United Kingdom", "0808 2000 247", "England, for women."),
            (
                "United Kingdom",
                "0808 801 0327",
                "Men's Advice Line, for men.",
            ),
            ("United Kingdom", "85258", "Text 85258 (begin with SHOUT)."),
        ] {
            let all = texts(&card(Some(place), None, TODAY));
            let says = |line: &&String| line.contains(number) && line.contains(known);
            assert!(
                all.iter().any(|line| says(&line)),
                "{place} {number}: {all:?}"
            );
            let region = signposts().find(place).unwrap();
            let rows = region
                .line
                .iter()
                .filter(|line| line.number.starts_with(number));
            for row in rows {
                assert!(
                    row.source.is_some() && row.verified_on.is_none(),
                    "{number}"
                );
            }
        }
    }

    #[test]
    fn a_card_reads_aloud() {
        assert_eq!(
            texts(&card(Some("Netherlands"), None, TODAY))[..3],
            [
                "In danger now | 112.",
                "A human voice | Call 113. Day and night. Free. Dutch, others at times. Published on 2025-10-03.",
                "By text or chat | Chat at 113.nl. Day and night. Free. Published on 2025-10-03.",
            ]
        );
        let kingdom = texts(&card(Some("United Kingdom"), None, TODAY));
        assert_eq!(
            kingdom[1],
            "A human voice | Samaritans. Call 116 123. Day and night. Free from landline and mobile."
        );
        assert_eq!(
            kingdom[3],
            "Abuse at home | England, for women. Call 0808 2000 247. Day and night. Free."
        );
        let canada = texts(&card(Some("Canada"), None, TODAY));
        assert!(canada[3].starts_with("Abuse at home | Look at sheltersafe.ca. Free."));
        let overview = texts(&card(None, None, TODAY));
        assert!(overview[0].contains(words().safety.next_number));
        assert_eq!(overview, texts(&card(Some("Atlantis"), None, TODAY)));
    }

    #[test]
    fn a_place_is_found_by_what_people_call_it() {
        for (typed, name) in [
            ("uk", "United Kingdom"),
            ("U.S.A.", "United States"),
            ("  new   zealand ", "New Zealand"),
            ("Nederland", "Netherlands"),
        ] {
            assert_eq!(signposts().find(typed).map(|r| r.name), Some(name));
        }
        assert!(signposts().find("Atlantis").is_none());
        assert_eq!(signposts().nearest("Grmany"), Some("Germany"));
        assert_eq!(signposts().nearest("Atlantis"), None);
        let mut all: Vec<String> = signposts()
            .region
            .iter()
            .flat_map(|r| r.names().map(plain))
            .collect();
        let len = all.len();
        all.arrange();
        all.dedup();
        assert_eq!(all.len(), len, "two places have the same name");
    }

    #[test]
    fn old_rows_say_so() {
        let day = |year, month, day| Some(Date { year, month, day });
        let line = |kind, number, hours, verified_on| ServiceLine {
            kind,
            channel: ServiceChannel::Call,
            number,
            hours,
            verified_on,
            name: None,
            cost: None,
            languages: None,
            note: None,
            published_on: None,
            source: None,
        };
        let emergency = Emergency {
            number: "1",
            verified_on: day(2025, 11, 20),
        };
        let lines = vec![
            line(LineKind::Abuse, "3", None, day(2025, 11, 21)),
            line(LineKind::Talk, "2", Some("day and night"), None),
        ];
        let region = Region {
            name: "X",
            also: &[],
            emergency: vec![emergency].leak(),
            line: lines.leak(),
        };
        let posts = Signposts {
            directory: Directory {
                name: "d.example",
                verified_on: day(2026, 10, 1),
            },
            region: vec![region].leak(),
        };
        let lines = texts(&posts.lines(Some("X"), TODAY));
        assert!(lines[0].contains("more than a year ago"), "{}", lines[0]);
        assert!(lines[1].contains("Call 2. Day and night."), "{}", lines[1]);
        assert!(lines[2].ends_with("Checked on 2025-11-21."), "{}", lines[2]);
        assert!(lines[4].contains("d.example. Checked on"), "{}", lines[4]);
        assert_eq!(posts.unfit(TODAY), ["X: 1", "X: 2"]);
    }
}
