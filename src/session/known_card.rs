//! What somebody's card says, where it is wanted: company and warnings are proposed, the rest stands by at the
//! beginning of their turn (content.md S1, features row 16).

use super::Session;
use super::scene::{Scene, WitnessLine};
use super::steps::turn_setup::least;
use crate::script::{CardLine, Rung, Support, Who};
use crate::session::setup::WitnessCard;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

impl Session {
    /// The card of one person.
    fn card(&self, who: Who) -> Option<&WitnessCard> {
        self.person(who).map(|person| &person.card)
    }

    /// Writes a line on a card.
    pub(super) fn write_on_card(&mut self, who: Who, line: CardLine, words: &SafeText) {
        if let Some(person) = self.person_mut(who) {
            words.as_str().clone_into(person.card.line_mut(line));
            if line == CardLine::Sign {
                // What somebody says now is what rings, in a script that asks for it in words as in any other.
                person.chosen.warnings = person.card.warnings();
            }
        }
    }

    /// The company that is proposed to somebody: what their card says, where it can be chosen here, or the least.
    pub(super) fn proposed_rung(&self, support: &Support, who: Who) -> Rung {
        let says = self.card(who).and_then(WitnessCard::rung);
        let offered = says.filter(|rung| support.rungs.contains(rung));
        offered.unwrap_or_else(|| least(support))
    }

    /// The warnings that are proposed: those of the card that can be chosen here, or the usual ones.
    pub(super) fn proposed_warnings(&self, support: &Support, who: Who) -> Vec<u8> {
        let mut says = self
            .card(who)
            .map(WitnessCard::warnings)
            .unwrap_or_default();
        says.retain(|minutes| support.warnings.contains(minutes));
        if says.is_empty() {
            return support.usual.clone();
        }
        says
    }

    /// A line of the card as a sentence; nothing when it was not said.
    pub(super) fn card_says(&self, who: Who, line: CardLine) -> Option<SafeText> {
        let says = self.card(who)?.line(line);
        let w = &words().session;
        let text = match line {
            CardLine::Company | CardLine::Sign => &w.card_says,
            CardLine::Tears => &w.card_tears,
            CardLine::Silence => &w.card_silence,
            CardLine::Words => &w.card_words,
        };
        let name = self.name(who);
        let values = [("name", name.as_str()), ("words", says)];
        (!says.is_empty()).then(|| fill(text, &values))
    }

    /// On the first screen of a turn: what the one who accompanies may want to know, each line by itself.
    pub(super) fn put_card(&self, scene: &mut Scene) {
        let Some(turn) = &self.walk.turn else {
            return;
        };
        let first = self.walk.path.trail.is_empty() && turn.landed_from.is_none();
        if !first || self.is_alone() {
            return;
        }
        let who = self.who(turn.nth);
        let to = self.places_having(1, Some(who));
        let lines = [CardLine::Tears, CardLine::Silence, CardLine::Words];
        let says = lines
            .into_iter()
            .filter_map(|line| self.card_says(who, line));
        scene.whispers.extend(says.map(|words| WitnessLine {
            to: to.clone(),
            words,
        }));
    }
}
