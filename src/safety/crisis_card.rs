//! The crisis card as something that lies over any screen: pick a place, read, close.

use crate::menu::number_keys;
use crate::menu::page::{PageIntent, numbered, refused};
use crate::safety::person_region::PersonRegion;
use crate::safety::signposts::{Region, item, sentences, signposts};
use crate::session::intent::Refused;
use crate::session::scene::{ListItem, Offer, RareParts, SafetyPage, Scene, SceneMood, Verb};
use crate::text::safe_text::{SafeText, capital, paragraphs};
use crate::text::words::{SafetyWords, fill, words};
use crate::time::date::Date;

/// The open card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CrisisCard {
    /// The people who are here, each with their place, their own numbers and their own person.
    People,
    /// Every emergency number, and the places to choose from, beginning with this one.
    Places {
        /// The first place that is offered.
        from: usize,
        /// For whom a place is looked for, where that was said.
        whose: Option<usize>,
    },
    /// One place.
    Place {
        /// Which one, in the order of the data.
        n: usize,
        /// For whom, where that was said.
        whose: Option<usize>,
    },
}

/// What became of the card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum CardOutcome {
    /// It is open.
    Open(CrisisCard),
    /// It is closed; what was under it is there again.
    Closed,
    /// It is open, and somebody's place is to be remembered.
    Remember {
        /// The card.
        card: CrisisCard,
        /// Whose place, in the order of the people.
        who: usize,
        /// The place's name.
        region: String,
    },
}

/// How many people have a line on the card; one more of nine leads to all places.
const MOST_PEOPLE: usize = 8;

/// What choosing something on the card leads to, with its words.
type CardChoice = (SafeText, CardOutcome);

impl CrisisCard {
    /// Opens the card where it is of most use for these people.
    #[must_use]
    pub(crate) fn open(own: &[PersonRegion]) -> Self {
        match own {
            [only] if only.place_number().is_some() => Self::of(0, only),
            own if own.iter().any(PersonRegion::is_known) => Self::People,
            _ => Self::ALL,
        }
    }

    /// The choice of places.
    const ALL: Self = Self::Places {
        from: 0,
        whose: None,
    };

    /// The page for a person: their place, or the choice of one.
    fn of(who: usize, own: &PersonRegion) -> Self {
        let whose = Some(who);
        match own.place_number() {
            Some(n) => Self::Place { n, whose },
            None => Self::Places { from: 0, whose },
        }
    }

    /// What may be seen and asked.
    #[must_use]
    pub(crate) fn scene(self, own: &[PersonRegion], today: Date) -> Scene {
        let says = &words().safety;
        let mut prompt = paragraphs(says.card_intro);
        let person = |whose: Option<usize>| whose.and_then(|who| own.get(who));
        let (title, list) = match self {
            Self::People => {
                let people = own.iter().take(MOST_PEOPLE).filter(|own| own.is_known());
                (
                    SafeText::new(says.card_title),
                    people.flat_map(lines_of).collect(),
                )
            }
            Self::Places { whose, .. } => {
                prompt.push(match person(whose) {
                    Some(own) => fill(&says.card_which_of, &[("name", &own.name)]),
                    None => SafeText::new(says.card_which),
                });
                let mut list = card(None, person(whose), today);
                // What may happen is said once, beside the numbers of the place.
                list.retain(|item| item.lead.as_str() != says.lead_expect);
                (SafeText::new(says.card_title), list)
            }
            Self::Place { n, whose } => {
                let name = signposts().region.get(n).map(|region| region.name);
                let values = [
                    ("region", name.unwrap_or_default()),
                    ("name", person(whose).map_or("", |own| &own.name)),
                ];
                let title = if whose.is_some() {
                    &says.card_region_of
                } else {
                    &says.card_region
                };
                (fill(title, &values), card(name, person(whose), today))
            }
        };
        let back = match self.before(own) {
            CardOutcome::Open(Self::Places { .. }) => &says.card_other_region,
            CardOutcome::Open(_) | CardOutcome::Remember { .. } => &says.card_people,
            CardOutcome::Closed => &says.card_close,
        };
        Scene {
            mood: SceneMood::Home,
            title,
            prompt,
            list,
            choices: numbered(self.ways(own).into_iter().map(|(says, _)| says)),
            offers: vec![
                Offer::new(Verb::GoOn, says.card_close),
                Offer::new(Verb::Back, back),
            ],
            rare: RareParts {
                safety: Some(SafetyPage::Card),
                ..RareParts::default()
            },
            ..Scene::default()
        }
    }

    /// What can be chosen by number, in order.
    fn ways(self, own: &[PersonRegion]) -> Vec<CardChoice> {
        let says = &words().safety;
        match self {
            Self::People => {
                let people = own.iter().enumerate().take(MOST_PEOPLE);
                let mut ways: Vec<CardChoice> = people
                    .map(|(who, own)| (person_line(own), CardOutcome::Open(Self::of(who, own))))
                    .collect();
                ways.push((SafeText::new(says.card_more), CardOutcome::Open(Self::ALL)));
                ways
            }
            Self::Places { from, whose } => {
                let places = &signposts().region;
                // The emergency number stands beside the place: nobody in danger has to choose first.
                let mut ways: Vec<CardChoice> = number_keys::part(places.len(), from)
                    .filter_map(|n| Some((n, places.get(n)?)))
                    .map(|(n, place)| {
                        let card = Self::Place { n, whose };
                        let open = CardOutcome::Open(card);
                        // Who is asked where somebody is answers by choosing it.
                        let asked = whose.filter(|who| own.get(*who).is_some_and(|own| !own.fixed));
                        let asked = asked.filter(|who| !is_at(own, *who, n));
                        let answered = asked.map(|who| CardOutcome::Remember {
                            card,
                            who,
                            region: place.name.to_owned(),
                        });
                        (place_line(place), answered.unwrap_or(open))
                    })
                    .collect();
                if let Some(from) = number_keys::next(places.len(), from) {
                    let more = Self::Places { from, whose };
                    ways.push((SafeText::new(says.card_more), CardOutcome::Open(more)));
                }
                ways
            }
            Self::Place { n, whose } => {
                let Some(place) = signposts().region.get(n) else {
                    return Vec::new();
                };
                let people = own.iter().enumerate().take(number_keys::MOST);
                people
                    .filter(|(who, _)| whose.is_none_or(|whose| whose == *who))
                    .filter(|(_, own)| !own.fixed && own.place_number() != Some(n))
                    .map(|(who, own)| {
                        let after = CardOutcome::Remember {
                            card: Self::Place {
                                n,
                                whose: Some(who),
                            },
                            who,
                            region: place.name.to_owned(),
                        };
                        let alone = own.name == words().cli.you;
                        let says = if alone {
                            says.card_remember_you.into()
                        } else {
                            says.card_remember
                        };
                        (fill(&says, &[("name", &own.name)]), after)
                    })
                    .collect()
            }
        }
    }

    /// Where going back leads.
    fn before(self, own: &[PersonRegion]) -> CardOutcome {
        let people = own.iter().any(PersonRegion::is_known);
        match self {
            // Whoever's place is known is not asked for it again: the others are one step back.
            Self::Place {
                n,
                whose: Some(who),
            } if own.len() > 1 && is_at(own, who, n) => CardOutcome::Open(Self::People),
            Self::Place { whose, .. } => CardOutcome::Open(Self::Places { from: 0, whose }),
            Self::Places { .. } if people => CardOutcome::Open(Self::People),
            Self::Places { .. } | Self::People => CardOutcome::Closed,
        }
    }

    /// What was asked while the card is open.
    ///
    /// # Errors
    /// Refuses what has nothing to do with the card; the card stays as it is.
    pub(crate) fn ask(
        self,
        own: &[PersonRegion],
        intent: &PageIntent,
    ) -> Result<CardOutcome, Refused> {
        let says = &words().safety;
        match intent {
            PageIntent::GoOn => Ok(CardOutcome::Closed),
            PageIntent::Back => Ok(self.before(own)),
            PageIntent::Answer(n) => {
                let way = self.ways(own).into_iter().nth(*n);
                let outcome = way.map(|(_, outcome)| outcome);
                outcome.ok_or_else(|| refused(says.card_no_such))
            }
            PageIntent::Write(_) | PageIntent::Rate(_) => Err(refused(says.card_only)),
        }
    }
}

/// Whether this person is known to be at this place.
fn is_at(own: &[PersonRegion], who: usize, n: usize) -> bool {
    own.get(who).and_then(PersonRegion::place_number) == Some(n)
}

/// A place with its emergency numbers, in one line.
#[must_use]
pub(crate) fn place_line(place: &Region) -> SafeText {
    let says = &words().safety;
    let numbers = place.numbers(says);
    let place = capital(place.name);
    let values = [("place", place.as_str()), ("numbers", &numbers)];
    fill(&says.card_place, &values)
}

/// The card's lines: for one region, or what holds everywhere when it is not known, and whom this person can ring.
#[must_use]
pub(crate) fn card(region: Option<&str>, own: Option<&PersonRegion>, today: Date) -> Vec<ListItem> {
    let says = &words().safety;
    let mut items = signposts().lines(region, today);
    items.extend(whom_to_ring(own, says));
    items.push(item(says.lead_expect, says.expect));
    items
}

/// The numbers that somebody wrote down for themselves, and the one they can ring now.
fn whom_to_ring(own: Option<&PersonRegion>, says: &SafetyWords) -> Vec<ListItem> {
    let lines = own.map_or(&[][..], |own| &own.lines);
    let mut items: Vec<ListItem> = lines
        .iter()
        .map(|line| item(says.lead_own_line, &sentences(&[line])))
        .collect();
    items.push(match own.and_then(|own| own.ring.as_deref()) {
        Some(ring) => item(says.lead_own, &sentences(&[ring])),
        None => item(says.lead_own, says.own),
    });
    items
}

/// A person with their place, in one line.
fn person_line(own: &PersonRegion) -> SafeText {
    let says = &words().safety;
    let name = ("name", own.name.as_str());
    match own.place() {
        Some(place) => {
            let numbers = place.numbers(says);
            let values = [name, ("place", place.name), ("numbers", &numbers)];
            fill(&says.card_person, &values)
        }
        None => fill(&says.card_person_nowhere, &[name]),
    }
}

/// What a person wrote down for themselves, with their name before it.
fn lines_of(own: &PersonRegion) -> Vec<ListItem> {
    let says = &words().safety;
    let leads = own.lines.iter().map(|_| &says.lead_of_line);
    let leads = leads.chain(own.ring.iter().map(|_| &says.lead_of_own));
    // Where nobody is named to ring, the general words at the end have no lead of a person.
    let items = whom_to_ring(Some(own), says).into_iter();
    leads
        .zip(items)
        .map(|(lead, item)| ListItem {
            lead: fill(lead, &[("name", &own.name)]),
            ..item
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date {
        year: 2026,
        month: 11,
        day: 21,
    };

    fn own(name: &str, region: Option<&str>) -> PersonRegion {
        PersonRegion {
            name: name.to_owned(),
            region: region.map(str::to_owned),
            ..PersonRegion::default()
        }
    }

    fn says(card: CrisisCard, own: &[PersonRegion]) -> Vec<String> {
        let choices = card.scene(own, TODAY).choices;
        choices
            .iter()
            .map(|choice| choice.says.as_str().to_owned())
            .collect()
    }

    fn choose(card: CrisisCard, own: &[PersonRegion], says: &str) -> CardOutcome {
        let scene = card.scene(own, TODAY);
        let choice = scene.choices.iter().find(|c| c.says.as_str() == says);
        card.ask(
            own,
            &PageIntent::of(choice.unwrap().intent.clone()).unwrap(),
        )
        .unwrap()
    }

    #[test]
    fn every_place_is_reached_by_number_keys_and_closed_again() {
        let more = &words().safety.card_more;
        for (n, place) in signposts().region.iter().enumerate() {
            let mut card = CrisisCard::open(&[]);
            let line = place_line(place).as_str().to_owned();
            while !says(card, &[]).contains(&line) {
                let CardOutcome::Open(next) = choose(card, &[], more) else {
                    panic!("the card closed");
                };
                card = next;
                assert_ne!(card, CrisisCard::open(&[]), "{} is not offered", place.name);
            }
            assert!(says(card, &[]).len() <= number_keys::MOST);
            let there = CrisisCard::Place { n, whose: None };
            assert_eq!(choose(card, &[], &line), CardOutcome::Open(there));
            assert_eq!(there.scene(&[], TODAY).title.as_str(), place.name);
            assert_eq!(there.ask(&[], &PageIntent::GoOn), Ok(CardOutcome::Closed));
            assert_eq!(
                there.ask(&[], &PageIntent::Back),
                Ok(CardOutcome::Open(CrisisCard::open(&[])))
            );
        }
        assert_eq!(
            CrisisCard::open(&[]).ask(&[], &PageIntent::Back),
            Ok(CardOutcome::Closed)
        );
    }

    #[test]
    fn what_is_not_on_the_card_is_refused() {
        let place = CrisisCard::Place { n: 0, whose: None };
        for card in [CrisisCard::ALL, place, CrisisCard::People] {
            for intent in [
                PageIntent::Answer(9),
                PageIntent::Rate(5),
                PageIntent::Write("x".into()),
            ] {
                assert!(card.ask(&[], &intent).is_err());
            }
        }
        assert!(place.ask(&[], &PageIntent::Answer(0)).is_err());
        assert_eq!(
            CrisisCard::open(&[own("Ada", Some("Atlantis"))]),
            CrisisCard::ALL
        );
    }

    #[test]
    fn a_place_is_remembered_with_the_person_who_is_there() {
        let two = [own("Ada", None), own("Ben", None)];
        let card = CrisisCard::Place { n: 4, whose: None };
        assert_eq!(says(card, &two).len(), 2);
        let CardOutcome::Remember { card, who, region } =
            card.ask(&two, &PageIntent::Answer(1)).unwrap()
        else {
            panic!("nothing is remembered");
        };
        assert_eq!((who, region.as_str()), (1, "Netherlands"));
        let two = [own("Ada", None), own("Ben", Some(&region))];
        // It stays open at that place, and says whose it is; remembering it again is not offered.
        assert!(card.scene(&two, TODAY).title.as_str().contains("Ben"));
        assert_eq!(says(card, &two), Vec::<String>::new());
        assert_eq!(CrisisCard::open(&two), CrisisCard::People);
        assert!(says(CrisisCard::People, &two)[1].contains("Netherlands"));
        assert!(says(CrisisCard::People, &two)[1].contains("112"));
        let for_ada = CardOutcome::Open(CrisisCard::Places {
            from: 0,
            whose: Some(0),
        });
        assert_eq!(
            CrisisCard::People.ask(&two, &PageIntent::Answer(0)),
            Ok(for_ada)
        );
        // Who is asked where somebody is has answered by choosing a place.
        let asked = CrisisCard::Places {
            from: 0,
            whose: Some(0),
        };
        let answered = asked.ask(&two, &PageIntent::Answer(4)).unwrap();
        let there = matches!(&answered, CardOutcome::Remember { who: 0, region, .. } if region == "Netherlands");
        assert!(there, "{answered:?}");
        assert_eq!(
            CrisisCard::open(&two[1..]),
            CrisisCard::Place {
                n: 4,
                whose: Some(0)
            }
        );
    }

    #[test]
    fn own_numbers_and_the_own_person_are_there_and_what_is_fixed_stays() {
        let mut ada = own("Ada", Some("uk"));
        ada.fixed = true;
        ada.ring = Some("Mira, 06 1".to_owned());
        ada.lines = vec!["Night line: 020 1".to_owned()];
        let all = [ada, own("Ben", None)];
        let lines = |card: CrisisCard| -> Vec<String> {
            let list = card.scene(&all, TODAY).list;
            list.iter()
                .map(|item| format!("{}: {}", item.lead, item.words))
                .collect()
        };
        assert_eq!(CrisisCard::open(&all), CrisisCard::People);
        let people = lines(CrisisCard::People);
        assert_eq!(people.len(), 2, "{people:?}");
        assert!(
            people.iter().all(|line| line.starts_with("Ada")),
            "{people:?}"
        );
        let place = lines(CrisisCard::of(0, &all[0]));
        assert!(
            place.iter().any(|line| line.contains("Mira, 06 1")),
            "{place:?}"
        );
        assert!(
            place.iter().any(|line| line.contains("Night line")),
            "{place:?}"
        );
        // Elsewhere too, but only Ben's place can be remembered there.
        let elsewhere = says(CrisisCard::Place { n: 4, whose: None }, &all);
        assert_eq!(elsewhere.len(), 1);
        assert!(elsewhere[0].contains("Ben"));
    }
}
