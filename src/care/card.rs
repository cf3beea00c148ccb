//! The crisis card as something that lies over any screen: pick a place, read, close.

use crate::care::date::Date;
use crate::care::signposts::{card, signposts};
use crate::nine;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{Choice, Mood, Offer, Scene, Verb};
use crate::shown::Shown;
use crate::words::{fill, words};

/// The open card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Card {
    /// Every emergency number, and the places to choose from, beginning with this one.
    Places {
        /// The first place that is offered.
        from: usize,
    },
    /// One place.
    Place {
        /// Which one, in the order of the data.
        n: usize,
    },
}

/// What became of the card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum After {
    /// It is open.
    Open(Card),
    /// It is closed; what was under it is there again.
    Closed,
}

impl Card {
    /// Opens the card at a known place, or at the choice of places.
    #[must_use]
    pub fn open(region: Option<&str>) -> Self {
        let known = region.and_then(|name| signposts().region.iter().position(|r| r.name == name));
        known.map_or(Self::Places { from: 0 }, |n| Self::Place { n })
    }

    /// What may be seen and asked.
    #[must_use]
    pub fn scene(self, today: Date) -> Scene {
        let says = &words().care;
        let intro = says.card_intro.iter().map(|text| Shown::new(text));
        let (title, list, back) = match self {
            Self::Places { .. } => (Shown::new(&says.card_title), card(None, today), None),
            Self::Place { n } => {
                let name = signposts().region.get(n).map(|region| region.name.as_str());
                let region = fill(&says.card_region, &[("region", name.unwrap_or_default())]);
                (region, card(name, today), Some(&says.card_other_region))
            }
        };
        let mut prompt: Vec<Shown> = intro.collect();
        if matches!(self, Self::Places { .. }) {
            prompt.push(Shown::new(&says.card_which));
        }
        let mut offers = vec![offer(Verb::GoOn, &says.card_close, Intent::GoOn)];
        let back = back.unwrap_or(&says.card_close);
        offers.push(offer(Verb::Back, back, Intent::Back));
        Scene {
            mood: Mood::Home,
            title,
            prompt,
            list,
            choices: self.choices(),
            offers,
            ..Scene::default()
        }
    }

    fn choices(self) -> Vec<Choice> {
        let Self::Places { from } = self else {
            return Vec::new();
        };
        let places = &signposts().region;
        let says = &words().care;
        // The emergency number stands beside the place: nobody in danger has to choose first.
        let mut names: Vec<Shown> = nine::part(places.len(), from)
            .filter_map(|n| places.get(n))
            .map(|place| {
                let numbers = place.numbers(says);
                let values = [("place", place.name.as_str()), ("numbers", &numbers)];
                fill(&says.card_place, &values)
            })
            .collect();
        if nine::next(places.len(), from).is_some() {
            names.push(Shown::new(&says.card_more));
        }
        let choice = |(n, name): (usize, &Shown)| Choice {
            says: name.clone(),
            on: None,
            intent: Intent::Answer { n },
        };
        names.iter().enumerate().map(choice).collect()
    }

    /// What was asked while the card is open.
    ///
    /// # Errors
    /// Refuses what has nothing to do with the card; the card stays as it is.
    pub fn ask(self, intent: &Intent) -> Result<After, Refused> {
        let says = &words().care;
        match (self, intent) {
            (_, Intent::GoOn) | (Self::Places { .. }, Intent::Back) => Ok(After::Closed),
            (Self::Place { .. }, Intent::Back) => Ok(After::Open(Self::Places { from: 0 })),
            (Self::Places { from }, Intent::Answer { n }) => {
                let total = signposts().region.len();
                let part = nine::part(total, from);
                match nine::next(total, from) {
                    _ if *n < part.len() => Ok(After::Open(Self::Place { n: part.start + n })),
                    Some(from) if *n == part.len() => Ok(After::Open(Self::Places { from })),
                    _ => Err(Refused(Shown::new(&says.card_no_such))),
                }
            }
            (_, _) => Err(Refused(Shown::new(&says.card_only))),
        }
    }
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

    fn choose(card: Card, says: &str) -> Card {
        let scene = card.scene(TODAY);
        let choice = scene.choices.iter().find(|c| c.says.as_str() == says);
        match card.ask(&choice.unwrap().intent).unwrap() {
            After::Open(card) => card,
            After::Closed => panic!("{says} closed the card"),
        }
    }

    #[test]
    fn every_place_is_reached_by_number_keys_and_closed_again() {
        let more = &words().care.card_more;
        for place in &signposts().region {
            let mut card = Card::open(None);
            let says = format!("{}: {}", place.name, place.numbers(&words().care));
            while !card.choices().iter().any(|c| c.says.as_str() == says) {
                card = choose(card, more);
                assert_ne!(card, Card::open(None), "{} is not offered", place.name);
            }
            assert!(card.choices().len() <= nine::MOST);
            let there = choose(card, &says);
            assert_eq!(there, Card::open(Some(&place.name)));
            assert_eq!(there.scene(TODAY).title.as_str(), place.name);
            assert_eq!(there.ask(&Intent::GoOn), Ok(After::Closed));
            assert_eq!(there.ask(&Intent::Back), Ok(After::Open(Card::open(None))));
        }
        assert_eq!(Card::open(None).ask(&Intent::Back), Ok(After::Closed));
    }

    #[test]
    fn what_is_not_on_the_card_is_refused() {
        for intent in [Intent::Answer { n: 9 }, Intent::Pause, Intent::Land] {
            assert!(Card::open(None).ask(&intent).is_err());
        }
        assert!(Card::Place { n: 0 }.ask(&Intent::Answer { n: 0 }).is_err());
        assert_eq!(Card::open(Some("Atlantis")), Card::open(None));
    }
}
