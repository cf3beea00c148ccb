//! The crisis card as something that lies over any screen: pick a place, read, close.

use crate::care::own::Own;
use crate::care::signposts::{Region, card, signposts, whom_to_ring};
use crate::date::Date;
use crate::nine;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{Choice, Item, Mood, Offer, Scene, Verb};
use crate::shown::Shown;
use crate::words::{fill, words};

/// The open card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Card {
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
pub enum After {
    /// It is open.
    Open(Card),
    /// It is closed; what was under it is there again.
    Closed,
    /// It is open, and somebody's place is to be remembered.
    Remember {
        /// The card.
        card: Card,
        /// Whose place, in the order of the people.
        who: usize,
        /// The place's name.
        region: String,
    },
}

/// How many people have a line on the card; one more of nine leads to all places.
const MOST_PEOPLE: usize = 8;

/// What choosing something on the card leads to, with its words.
type Way = (Shown, After);

impl Card {
    /// Opens the card where it is of most use for these people.
    #[must_use]
    pub fn open(own: &[Own]) -> Self {
        match own {
            [only] if only.place_number().is_some() => Self::of(0, only),
            own if own.iter().any(Own::is_known) => Self::People,
            _ => Self::ALL,
        }
    }

    /// The choice of places.
    const ALL: Self = Self::Places {
        from: 0,
        whose: None,
    };

    /// The page for a person: their place, or the choice of one.
    fn of(who: usize, own: &Own) -> Self {
        let whose = Some(who);
        match own.place_number() {
            Some(n) => Self::Place { n, whose },
            None => Self::Places { from: 0, whose },
        }
    }

    /// What may be seen and asked.
    #[must_use]
    pub fn scene(self, own: &[Own], today: Date) -> Scene {
        let says = &words().care;
        let mut prompt: Vec<Shown> = says
            .card_intro
            .iter()
            .map(|text| Shown::new(text))
            .collect();
        let person = |whose: Option<usize>| whose.and_then(|who| own.get(who));
        let (title, list) = match self {
            Self::People => {
                let people = own.iter().take(MOST_PEOPLE).filter(|own| own.is_known());
                (
                    Shown::new(&says.card_title),
                    people.flat_map(lines_of).collect(),
                )
            }
            Self::Places { whose, .. } => {
                prompt.push(match person(whose) {
                    Some(own) => fill(&says.card_which_of, &[("name", &own.name)]),
                    None => Shown::new(&says.card_which),
                });
                let mut list = card(None, person(whose), today);
                // What may happen is said once, beside the numbers of the place.
                list.retain(|item| item.lead.as_str() != says.lead_expect);
                (Shown::new(&says.card_title), list)
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
        let choice = |(n, (says, _)): (usize, Way)| Choice {
            says,
            on: None,
            intent: Intent::Answer { n },
        };
        let back = match self.before(own) {
            After::Open(Self::Places { .. }) => &says.card_other_region,
            After::Open(_) | After::Remember { .. } => &says.card_people,
            After::Closed => &says.card_close,
        };
        Scene {
            mood: Mood::Home,
            title,
            prompt,
            list,
            choices: self.ways(own).into_iter().enumerate().map(choice).collect(),
            offers: vec![
                offer(Verb::GoOn, &says.card_close, Intent::GoOn),
                offer(Verb::Back, back, Intent::Back),
            ],
            ..Scene::default()
        }
    }

    /// What can be chosen by number, in order.
    fn ways(self, own: &[Own]) -> Vec<Way> {
        let says = &words().care;
        match self {
            Self::People => {
                let people = own.iter().enumerate().take(MOST_PEOPLE);
                let mut ways: Vec<Way> = people
                    .map(|(who, own)| (person_line(own), After::Open(Self::of(who, own))))
                    .collect();
                ways.push((Shown::new(&says.card_more), After::Open(Self::ALL)));
                ways
            }
            Self::Places { from, whose } => {
                let places = &signposts().region;
                // The emergency number stands beside the place: nobody in danger has to choose first.
                let mut ways: Vec<Way> = nine::part(places.len(), from)
                    .filter_map(|n| Some((n, places.get(n)?)))
                    .map(|(n, place)| (place_line(place), After::Open(Self::Place { n, whose })))
                    .collect();
                if let Some(from) = nine::next(places.len(), from) {
                    let more = Self::Places { from, whose };
                    ways.push((Shown::new(&says.card_more), After::Open(more)));
                }
                ways
            }
            Self::Place { n, whose } => {
                let Some(place) = signposts().region.get(n) else {
                    return Vec::new();
                };
                let people = own.iter().enumerate().take(nine::MOST);
                people
                    .filter(|(who, _)| whose.is_none_or(|whose| whose == *who))
                    .filter(|(_, own)| !own.fixed && own.place_number() != Some(n))
                    .map(|(who, own)| {
                        let after = After::Remember {
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
    fn before(self, own: &[Own]) -> After {
        let people = own.iter().any(Own::is_known);
        match self {
            Self::Place { whose, .. } => After::Open(Self::Places { from: 0, whose }),
            Self::Places { .. } if people => After::Open(Self::People),
            Self::Places { .. } | Self::People => After::Closed,
        }
    }

    /// What was asked while the card is open.
    ///
    /// # Errors
    /// Refuses what has nothing to do with the card; the card stays as it is.
    pub fn ask(self, own: &[Own], intent: &Intent) -> Result<After, Refused> {
        let says = &words().care;
        if *intent == Intent::GoOn {
            return Ok(After::Closed);
        }
        if *intent == Intent::Back {
            return Ok(self.before(own));
        }
        if let Intent::Answer { n } = intent {
            let way = self.ways(own).into_iter().nth(*n);
            let refused = || Refused(Shown::new(&says.card_no_such));
            return way.map(|(_, after)| after).ok_or_else(refused);
        }
        Err(Refused(Shown::new(&says.card_only)))
    }
}

/// A place with its emergency numbers, in one line.
#[must_use]
pub fn place_line(place: &Region) -> Shown {
    let says = &words().care;
    let numbers = place.numbers(says);
    let values = [("place", place.name), ("numbers", &numbers)];
    fill(&says.card_place, &values)
}

/// A person with their place, in one line.
fn person_line(own: &Own) -> Shown {
    let says = &words().care;
    let name = ("name", own.name.as_str());
    match own.place() {
        Some(place) => {
            let numbers = place.numbers(says);
            let values = [name, ("place", &place.name), ("numbers", &numbers)];
            fill(&says.card_person, &values)
        }
        None => fill(&says.card_person_nowhere, &[name]),
    }
}

/// What a person wrote down for themselves, with their name before it.
fn lines_of(own: &Own) -> Vec<Item> {
    let says = &words().care;
    let leads = own.lines.iter().map(|_| &says.lead_of_line);
    let leads = leads.chain(own.ring.iter().map(|_| &says.lead_of_own));
    // Where nobody is named to ring, the general words at the end have no lead of a person.
    let items = whom_to_ring(Some(own), says).into_iter();
    leads
        .zip(items)
        .map(|(lead, item)| Item {
            lead: fill(lead, &[("name", &own.name)]),
            ..item
        })
        .collect()
}

fn offer(verb: Verb, says: &str, intent: Intent) -> Offer {
    Offer {
        verb,
        says: Shown::new(says),
        intent,
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

    fn own(name: &str, region: Option<&str>) -> Own {
        Own {
            name: name.to_owned(),
            region: region.map(str::to_owned),
            ..Own::default()
        }
    }

    fn says(card: Card, own: &[Own]) -> Vec<String> {
        let choices = card.scene(own, TODAY).choices;
        choices
            .iter()
            .map(|choice| choice.says.as_str().to_owned())
            .collect()
    }

    fn choose(card: Card, own: &[Own], says: &str) -> After {
        let scene = card.scene(own, TODAY);
        let choice = scene.choices.iter().find(|c| c.says.as_str() == says);
        card.ask(own, &choice.unwrap().intent).unwrap()
    }

    #[test]
    fn every_place_is_reached_by_number_keys_and_closed_again() {
        let more = &words().care.card_more;
        for (n, place) in signposts().region.iter().enumerate() {
            let mut card = Card::open(&[]);
            let line = place_line(place).as_str().to_owned();
            while !says(card, &[]).contains(&line) {
                let After::Open(next) = choose(card, &[], more) else {
                    panic!("the card closed");
                };
                card = next;
                assert_ne!(card, Card::open(&[]), "{} is not offered", place.name);
            }
            assert!(says(card, &[]).len() <= nine::MOST);
            let there = Card::Place { n, whose: None };
            assert_eq!(choose(card, &[], &line), After::Open(there));
            assert_eq!(there.scene(&[], TODAY).title.as_str(), place.name);
            assert_eq!(there.ask(&[], &Intent::GoOn), Ok(After::Closed));
            assert_eq!(
                there.ask(&[], &Intent::Back),
                Ok(After::Open(Card::open(&[])))
            );
        }
        assert_eq!(Card::open(&[]).ask(&[], &Intent::Back), Ok(After::Closed));
    }

    #[test]
    fn what_is_not_on_the_card_is_refused() {
        let place = Card::Place { n: 0, whose: None };
        for card in [Card::ALL, place, Card::People] {
            for intent in [Intent::Answer { n: 9 }, Intent::Pause, Intent::Land] {
                assert!(card.ask(&[], &intent).is_err());
            }
        }
        assert!(place.ask(&[], &Intent::Answer { n: 0 }).is_err());
        assert_eq!(Card::open(&[own("Ada", Some("Atlantis"))]), Card::ALL);
    }

    #[test]
    fn a_place_is_remembered_with_the_person_who_is_there() {
        let two = [own("Ada", None), own("Ben", None)];
        let card = Card::Place { n: 4, whose: None };
        assert_eq!(says(card, &two).len(), 2);
        let After::Remember { card, who, region } =
            card.ask(&two, &Intent::Answer { n: 1 }).unwrap()
        else {
            panic!("nothing is remembered");
        };
        assert_eq!((who, region.as_str()), (1, "Netherlands"));
        let two = [own("Ada", None), own("Ben", Some(&region))];
        // It stays open at that place, and says whose it is; remembering it again is not offered.
        assert!(card.scene(&two, TODAY).title.as_str().contains("Ben"));
        assert_eq!(says(card, &two), Vec::<String>::new());
        assert_eq!(Card::open(&two), Card::People);
        assert!(says(Card::People, &two)[1].contains("Netherlands"));
        assert!(says(Card::People, &two)[1].contains("112"));
        let for_ada = After::Open(Card::Places {
            from: 0,
            whose: Some(0),
        });
        assert_eq!(
            Card::People.ask(&two, &Intent::Answer { n: 0 }),
            Ok(for_ada)
        );
        assert_eq!(
            Card::open(&two[1..]),
            Card::Place {
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
        let lines = |card: Card| -> Vec<String> {
            let list = card.scene(&all, TODAY).list;
            list.iter()
                .map(|item| format!("{}: {}", item.lead, item.words))
                .collect()
        };
        assert_eq!(Card::open(&all), Card::People);
        let people = lines(Card::People);
        assert_eq!(people.len(), 2, "{people:?}");
        assert!(
            people.iter().all(|line| line.starts_with("Ada")),
            "{people:?}"
        );
        let place = lines(Card::of(0, &all[0]));
        assert!(
            place.iter().any(|line| line.contains("Mira, 06 1")),
            "{place:?}"
        );
        assert!(
            place.iter().any(|line| line.contains("Night line")),
            "{place:?}"
        );
        // Elsewhere too, but only Ben's place can be remembered there.
        let elsewhere = says(Card::Place { n: 4, whose: None }, &all);
        assert_eq!(elsewhere.len(), 1);
        assert!(elsewhere[0].contains("Ben"));
    }
}
