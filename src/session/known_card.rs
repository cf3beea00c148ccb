//! What somebody's card says, where it is wanted: company and warnings are proposed, the rest stands by at the
//! beginning of their turn (content.md S1, features row 16).

use super::Session;
use super::length_words::minutes_word;
use super::scene::{ListItem, Scene, WitnessLine};
use super::steps::turn_setup::least;
use crate::script::{CardLine, Depth, Rung, Support, Who};
use crate::session::setup::WitnessCard;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// Some numbers of minutes, the smallest first, as one says them: the largest first, and the unit once, with the last.
fn in_minutes(numbers: &[u8]) -> String {
    let Some((last, before)) = numbers.split_first() else {
        return String::new();
    };
    let before: Vec<String> = before.iter().rev().map(u8::to_string).collect();
    let last = minutes_word(u64::from(*last));
    match before.is_empty() {
        true => last.to_string(),
        false => {
            let before = before.join(words().home.comma);
            format!("{before}{}{last}", words().session.agreed_and)
        }
    }
}

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

    /// How long the longest turn of somebody is, where they ask for signs and it is too short for each of them.
    pub(super) fn too_early(&self, who: Who, line: CardLine, words: &SafeText) -> Option<SafeText> {
        let mut card = WitnessCard::default();
        if line == CardLine::Sign {
            words.as_str().clone_into(card.line_mut(line));
        }
        let signs = card.warnings();
        let nth = self.everybody().position(|one| one == who)?;
        let rings = |sign: &u8| self.rings_in_turn(nth, *sign);
        let longest = (1..=u8::MAX).find(|n| !self.rings_in_turn(nth, *n))?;
        (!signs.is_empty() && !signs.iter().any(rings)).then(|| minutes_word(u64::from(longest)))
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

    /// What everybody chose for their turn stands on their cards, for the next time. A line in somebody's own words
    /// stays as it is.
    pub(super) fn remember_setups(&mut self, support: &Support) {
        if self.is_alone() || support.rungs.is_empty() {
            return;
        }
        for who in self.everybody().take(self.turners()).collect::<Vec<_>>() {
            let Some(person) = self.person(who) else {
                continue;
            };
            let (card, rung) = (&person.card, person.chosen.rung);
            let own_words = !card.company.is_empty() && card.rung().is_none();
            let (same_rung, same_sign) = (
                card.rung() == Some(rung),
                card.warnings() == person.chosen.warnings && !card.sign.is_empty(),
            );
            if !own_words && !same_rung {
                let said = SafeText::new(rung.said());
                self.write_on_card(who, CardLine::Company, &said);
            }
            if !same_sign {
                let says = self.sign_words(who);
                self.write_on_card(who, CardLine::Sign, &says);
            }
        }
    }

    /// When somebody hears that the end is near.
    pub(super) fn sign_words(&self, who: Who) -> SafeText {
        let w = &words().session;
        let warnings = self.warnings_of(who);
        if warnings.is_empty() {
            return SafeText::new(w.no_sign);
        }
        fill(&w.before_the_end, &[("minutes", &in_minutes(warnings))])
    }

    /// Whether it is known of everybody from before how they would like to be accompanied.
    pub(super) fn knows_all_cards(&self) -> bool {
        let known = &self.begin.known.cards;
        let says = |who: Who| {
            let card = known.get(who.index());
            card.is_some_and(|card| !card.company.is_empty())
        };
        !self.is_alone() && self.everybody().all(says)
    }

    /// Company and warnings as on everybody's card, for a question whether they hold.
    pub(super) fn take_cards(&mut self, support: &Support) {
        for nth in 0..self.turners() {
            let who = self.who(nth);
            let rung = self.proposed_rung(support, who);
            let warnings = self.proposed_warnings(support, who).into_iter();
            let warnings = warnings.filter(|n| self.rings_in_turn(nth, *n)).collect();
            self.choose_rung(who, rung);
            self.choose_warnings(who, warnings);
        }
    }

    /// What holds unless somebody says otherwise: who goes first, and everybody's company, sign, tears and words.
    pub(super) fn put_cards(&self, scene: &mut Scene) {
        let w = &words().session;
        let first = self.name(self.who(0));
        let first = fill(&w.first, &[("name", first.as_str())]);
        scene.prompt.push(SafeText::new(&format!("{first}.")));
        let rows = self.everybody().map(|who| {
            let rung = self.rung_word(self.rung_of(who));
            let sign = self.agreed_sign(self.warnings_of(who));
            let sign = sign.unwrap_or_else(|| SafeText::new(w.no_sign_agreed));
            let says = |line| self.card(who).map_or("", |card| card.wish(line));
            let values = [("rung", rung.as_str()), ("sign", sign.as_str())];
            let mut row = fill(&w.as_before, &values).as_str().to_owned();
            for (line, text) in [
                (CardLine::Tears, &w.as_before_tears),
                (CardLine::Silence, &w.as_before_silence),
                (CardLine::Words, &w.as_before_words),
            ] {
                let words = says(line);
                if !words.is_empty() {
                    row.push_str(fill(text, &[("words", words)]).as_str());
                }
            }
            ListItem::new(self.name(who).as_str(), SafeText::new(&row), false)
        });
        scene.list.extend(rows);
        scene.notice = self.lent_words();
    }

    /// A line of the card as a sentence; nothing when it was not said.
    pub(super) fn card_says(&self, who: Who, line: CardLine) -> Option<SafeText> {
        let says = self.card(who)?.wish(line);
        let w = &words().session;
        let text = match line {
            CardLine::Company | CardLine::Sign => &w.card_says,
            CardLine::Tears => &w.card_tears,
            CardLine::Silence => &w.card_silence,
            CardLine::Words => &w.card_words,
        };
        let name = self.name(who);
        // It stands in a sentence that has a full stop of its own.
        let words = says.trim_end_matches('.');
        let values = [("name", name.as_str()), ("words", words)];
        (!says.is_empty()).then(|| fill(text, &values))
    }

    /// What company somebody asked for in words of their own, as it is told to whoever listens.
    pub(super) fn company_words(&self, who: Who) -> Option<SafeText> {
        let (name, words_of_it) = (self.name(who), self.own_company(who)?);
        let values = [("name", name.as_str()), ("words", words_of_it)];
        Some(fill(&words().session.company_own, &values))
    }

    /// The signs that were agreed on.
    fn agreed_sign(&self, minutes: &[u8]) -> Option<SafeText> {
        let w = &words().session;
        let minutes = (!minutes.is_empty()).then(|| in_minutes(minutes))?;
        Some(fill(&w.agreed_sign, &[("minutes", &minutes)]))
    }

    /// What was agreed for somebody's turn, in one line: company, sign, tears, and how far it may go.
    fn agreed_for(&self, who: Who) -> Option<SafeText> {
        let w = &words().session;
        let person = self.person(who)?;
        // Where it was not chosen for this turn, it is what they wrote about themselves, if that is one of the usual words:
        // there is room for no more.
        let wrote = self.card(who).and_then(WitnessCard::rung);
        let wrote = wrote.filter(|_| self.script.follows_cards());
        let company = person.chosen.asked.then_some(person.chosen.rung);
        let company = company.or(wrote).map(|rung| self.rung_word(rung));
        // Only what comes is agreed: a turn may be shorter than a sign is early.
        let nth = self.walk.turn.as_ref().map_or(0, |turn| turn.nth);
        let rings = |minutes: &&u8| self.rings_in_turn(nth, **minutes);
        let comes: Vec<u8> = self
            .warnings_of(who)
            .iter()
            .filter(rings)
            .copied()
            .collect();
        let sign = self.agreed_sign(&comes);
        let tears = self.card_says(who, CardLine::Tears);
        let far = match self.ceiling() {
            Depth::Notice => w.agreed_notice,
            Depth::Meet => w.agreed_meet,
            Depth::Know => w.agreed_know,
        };
        // Where nothing in a turn depends on how far it goes, nobody was asked.
        let far = self.script.knows_depth().then(|| SafeText::new(far));
        let all = [company, sign, tears, far];
        let all: Vec<_> = all.iter().flatten().map(SafeText::as_str).collect();
        (!all.is_empty()).then(|| fill(&w.agreed, &[("what", &all.join(w.agreed_between))]))
    }

    /// On the first screen of a turn: what the one who accompanies may want to know, each line by itself.
    pub(super) fn put_card(&self, scene: &mut Scene) {
        let Some(turn) = self.walk.turn.as_ref().filter(|_| !self.is_alone()) else {
            return;
        };
        let who = self.who(turn.nth);
        scene.rare.in_silence = self.card_says(who, CardLine::Silence);
        let first = self.walk.path.trail.is_empty() && turn.landed_from.is_none();
        if !first {
            return;
        }
        if let Some(words) = self.off_limits() {
            // For everybody, and before what is for one of them: nobody is named twice.
            let to = Vec::new();
            scene.whispers.insert(0, WitnessLine { to, words });
        }
        scene.rare.agreed = self.agreed_for(who);
        let to = self.places_having(1, Some(who));
        // Where the first screen says something else to whoever listens, what was asked of them stands beside it.
        let own = self.company_words(who);
        let own = own.filter(|own| scene.whispers.iter().all(|line| line.words != *own));
        scene.whispers.extend(own.map(|words| WitnessLine {
            to: to.clone(),
            words,
        }));
        let lines = [CardLine::Silence, CardLine::Words];
        let says = lines
            .into_iter()
            .filter_map(|line| self.card_says(who, line));
        scene.whispers.extend(says.map(|words| WitnessLine {
            to: to.clone(),
            words,
        }));
    }
}
