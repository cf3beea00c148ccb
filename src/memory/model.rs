//! What is remembered, as a value.

use serde::{Deserialize, Serialize};

use super::Circle;
use crate::script::{CardLine, Who};
use crate::session::intent::{KeepChoice, Outline};
use crate::session::setup::{KnownBefore, WitnessCard};
use crate::text::safe_text::{composed, is_same};
use crate::time::date::Date;

/// What is known of one person, because they said so.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PersonMemory {
    /// The name.
    pub(crate) name: String,
    /// Where they are: the place's name on the crisis card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    /// Whom the other one can ring for them (features row 25).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) ring: String,
    /// At which number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) number: String,
    /// At which number the others can ring them when the line drops (content.md B8).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) reach: String,
    /// How they would like to be accompanied.
    #[serde(default, skip_serializing_if = "WitnessCard::is_empty")]
    pub(crate) card: WitnessCard,
    /// Whether they have words by ear and touch; as everybody here, where they never said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by_ear: Option<bool>,
}

/// One line about a person that can be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PersonLine {
    /// A line of the card.
    Card(CardLine),
    /// Whom to ring.
    Ring,
    /// At which number.
    Number,
    /// At which number they can be rung themselves.
    Reach,
}

impl PersonLine {
    /// Every line, in the order in which they are shown.
    pub(crate) const ALL: [Self; 8] = [
        Self::Card(CardLine::Company),
        Self::Card(CardLine::Sign),
        Self::Card(CardLine::Tears),
        Self::Card(CardLine::Silence),
        Self::Card(CardLine::Words),
        Self::Ring,
        Self::Number,
        Self::Reach,
    ];
}

impl PersonMemory {
    /// One line; empty when it was not said.
    #[must_use]
    pub(crate) fn line(&self, line: PersonLine) -> &str {
        match line {
            PersonLine::Card(line) => self.card.line(line),
            PersonLine::Ring => &self.ring,
            PersonLine::Number => &self.number,
            PersonLine::Reach => &self.reach,
        }
    }

    fn line_mut(&mut self, line: PersonLine) -> &mut String {
        match line {
            PersonLine::Card(line) => self.card.line_mut(line),
            PersonLine::Ring => &mut self.ring,
            PersonLine::Number => &mut self.number,
            PersonLine::Reach => &mut self.reach,
        }
    }

    /// Whether nothing is known but the name.
    fn is_nothing(&self) -> bool {
        let Self {
            name: _,
            region,
            ring,
            number,
            reach,
            card,
            by_ear,
        } = self;
        let texts = [ring, number, reach];
        region.is_none()
            && by_ear.is_none()
            && texts.iter().all(|text| text.is_empty())
            && card.is_empty()
    }

    /// Takes over what is not known yet.
    fn add(&mut self, other: Self) {
        self.region = self.region.take().or(other.region.clone());
        for line in PersonLine::ALL {
            if self.line(line).is_empty() {
                other.line(line).clone_into(self.line_mut(line));
            }
        }
        self.card.clock = self.card.clock.or(other.card.clock);
        self.by_ear = self.by_ear.or(other.by_ear);
    }

    /// Whom to ring and at which number, as one line.
    #[must_use]
    pub(crate) fn to_ring(&self) -> Option<String> {
        let parts = [self.ring.as_str(), self.number.as_str()];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        (!said.is_empty()).then(|| said.join(", "))
    }
}

/// Everything that is remembered between sessions.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Memory {
    pub(super) seen_notice: bool,
    pub(super) lines: Option<bool>,
    pub(super) by_ear: bool,
    pub(super) look_in: Option<Date>,
    pub(super) persons: Vec<PersonMemory>,
    pub(super) circles: Vec<Circle>,
}

impl Memory {
    /// Brings every name into the one form in which names are kept. Who stood there twice, once in each form, is one
    /// person: what was said of them first counts.
    pub(super) fn compose_names(&mut self) {
        for name in self.circles.iter_mut().flat_map(|circle| &mut circle.names) {
            *name = composed(name);
        }
        for mut person in std::mem::take(&mut self.persons) {
            person.name = composed(&person.name);
            match self
                .persons
                .iter_mut()
                .find(|known| known.name == person.name)
            {
                Some(known) => known.add(person),
                None => self.persons.push(person),
            }
        }
    }

    /// Whether the page of the first run has been read.
    #[must_use]
    pub(crate) fn seen_notice(&self) -> bool {
        self.seen_notice
    }

    /// Remembers that the page of the first run has been read.
    pub(crate) fn remember_notice(&mut self) {
        self.seen_notice = true;
    }

    /// Whether lines were chosen last, or the full screen; `None` before anybody chose.
    #[must_use]
    pub(crate) fn chose_lines(&self) -> Option<bool> {
        self.lines
    }

    /// Remembers that lines were chosen, or the full screen.
    pub(crate) fn remember_lines(&mut self, lines: bool) {
        self.lines = Some(lines);
    }

    /// Whether words are for the ear and the hand here, or for this person.
    #[must_use]
    pub(crate) fn by_ear(&self, name: Option<&str>) -> bool {
        let own = name.and_then(|name| self.person(name)?.by_ear);
        own.unwrap_or(self.by_ear)
    }

    /// Remembers whether words are for the ear and the hand, for everybody here or for this person.
    pub(crate) fn choose_by_ear(&mut self, name: Option<&str>, by_ear: bool) {
        match name {
            Some(name) => self.of(name).by_ear = Some(by_ear),
            None => self.by_ear = by_ear,
        }
    }

    /// Whether home asks today how it is after the day before.
    #[must_use]
    pub(crate) fn looks_in(&self, today: Date) -> bool {
        self.look_in == Some(today)
    }

    /// Remembers that home asks on this day how it is; without a day nothing is asked any more.
    pub(crate) fn remember_look_in(&mut self, day: Option<Date>) {
        self.look_in = day;
    }

    /// What is known of this person.
    #[must_use]
    pub(crate) fn person(&self, name: &str) -> Option<&PersonMemory> {
        self.persons.iter().find(|person| person.name == name)
    }

    /// Where this person is, as it was chosen on the crisis card.
    #[must_use]
    pub(crate) fn place_of(&self, name: &str) -> Option<&str> {
        self.person(name)?.region.as_deref()
    }

    /// Everybody whose place, or who to phone for them, is remembered.
    pub(crate) fn placed(&self) -> impl Iterator<Item = &str> {
        let helps = |person: &&PersonMemory| person.region.is_some() || person.to_ring().is_some();
        let placed = self.persons.iter().filter(helps);
        placed.map(|person| person.name.as_str())
    }

    /// Everybody who is known: those who sat with somebody, the last ones first, and those of whom something is known.
    #[must_use]
    pub(crate) fn everybody(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let sat = self.circles.iter().flat_map(|circle| &circle.names);
        let known = self.persons.iter().map(|person| &person.name);
        for name in sat.chain(known) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// Remembers where this person is.
    pub(crate) fn remember_place(&mut self, name: &str, region: &str) {
        self.of(name).region = Some(region.to_owned());
    }

    /// Writes one line about a person; an empty one is taken away.
    pub(crate) fn write_line(&mut self, name: &str, line: PersonLine, words: &str) {
        words.clone_into(self.of(name).line_mut(line));
        self.persons.retain(|person| !person.is_nothing());
    }

    /// What is remembered of this person and of whom they sat with.
    #[must_use]
    pub(crate) fn around(&self, name: &str) -> Self {
        let theirs = |circle: &&Circle| circle.names.iter().any(|known| is_same(known, name));
        let circles: Vec<Circle> = self.circles.iter().filter(theirs).cloned().collect();
        let sat = |person: &&PersonMemory| {
            let mut names = circles.iter().flat_map(|circle| &circle.names);
            is_same(&person.name, name) || names.any(|known| is_same(known, &person.name))
        };
        Self {
            seen_notice: self.seen_notice,
            persons: self.persons.iter().filter(sat).cloned().collect(),
            circles,
            ..Self::default()
        }
    }

    /// Takes over what another machine remembers. Of the same people, what they did last counts; what is known here of
    /// a person stays.
    pub(crate) fn take_over(&mut self, other: Self) {
        for circle in other.circles {
            match self.find(&circle.names) {
                None => self.circles.push(circle),
                Some(at) if circle.last_began > self.circles[at].last_began => {
                    self.circles[at] = circle;
                }
                Some(_) => {}
            }
        }
        for person in other.persons {
            let name = person.name.clone();
            self.of(&name).add(person);
        }
    }

    /// Forgets what is known of this person, and every circle they sat in.
    pub(crate) fn forget_person(&mut self, name: &str) {
        self.persons.retain(|person| person.name != name);
        let sits = |circle: &Circle| circle.names.iter().any(|known| known == name);
        self.circles.retain(|circle| !sits(circle));
    }

    fn of(&mut self, name: &str) -> &mut PersonMemory {
        let at = self.persons.iter().position(|person| person.name == name);
        let at = at.unwrap_or_else(|| {
            self.persons.push(PersonMemory {
                name: name.to_owned(),
                ..PersonMemory::default()
            });
            self.persons.len() - 1
        });
        &mut self.persons[at]
    }

    /// Who sat together, the last ones first.
    #[must_use]
    pub(crate) fn circles(&self) -> &[Circle] {
        &self.circles
    }

    /// What is remembered of these people, in whatever order they are named.
    #[must_use]
    pub(crate) fn circle(&self, names: &[String]) -> Option<&Circle> {
        self.find(names).and_then(|index| self.circles.get(index))
    }

    /// Three and more people in pairs, as a rotation goes: of all ways round in which everybody meets everybody once, the
    /// one in which they have met least. Whoever stopped meeting is not proposed together.
    #[must_use]
    pub(crate) fn next_pairs(&self, names: &[String]) -> Vec<[String; 2]> {
        let seats = names.len().next_multiple_of(2);
        if names.len() < 3 {
            return Vec::new();
        }
        // The last seat stays, the others move on around it; of an odd number one rests.
        let ring = seats - 1;
        let round = |turn: usize| {
            let pairs = (1..seats / 2).map(move |k| ((turn + k) % ring, (turn + ring - k) % ring));
            let pairs = std::iter::once((turn, ring)).chain(pairs);
            pairs.filter_map(|(one, other)| {
                Some([names.get(one)?.clone(), names.get(other)?.clone()])
            })
        };
        let met = |pair: &[String; 2]| {
            let pair = self.circle(pair);
            let ended = pair.is_some_and(|pair| pair.ended.is_some());
            (ended, pair.map_or(0, |pair| pair.sessions))
        };
        let cost = |turn: &usize| {
            let met: Vec<(bool, u32)> = round(*turn).map(|pair| met(&pair)).collect();
            let ended = met.iter().filter(|(ended, _)| *ended).count();
            let sessions: u32 = met.iter().map(|(_, sessions)| sessions).sum();
            (ended, sessions)
        };
        let turn = (0..ring).min_by_key(cost).unwrap_or(0);
        round(turn).filter(|pair| !met(pair).0).collect()
    }

    /// The same, to be changed.
    pub(crate) fn circle_mut(&mut self, names: &[String]) -> Option<&mut Circle> {
        let at = self.find(names)?;
        self.circles.get_mut(at)
    }

    /// What a session of these people needs to know, with what belongs to a person in the order of `names`; `now` in
    /// milliseconds since 1970 UTC.
    #[must_use]
    pub(crate) fn known(&self, names: &[String], now: i64, today: Date) -> KnownBefore {
        let cards: Vec<WitnessCard> = names
            .iter()
            .map(|name| {
                self.person(name)
                    .map_or_else(WitnessCard::default, |p| p.card.clone())
            })
            .collect();
        let nothing = cards.iter().all(WitnessCard::is_empty);
        let by_ear = names.iter().map(|name| self.by_ear(Some(name)));
        let by_ear: Vec<bool> = by_ear.collect();
        let mut known = KnownBefore {
            cards: if nothing { Vec::new() } else { cards },
            by_ear: if by_ear.contains(&true) {
                by_ear
            } else {
                Vec::new()
            },
            ..KnownBefore::default()
        };
        if let Some(circle) = self.circle(names) {
            let mut circle = circle.clone();
            circle.seat(names);
            known.agreed = circle.agreed;
            known.reread = circle.is_review_due(today);
            known.loan = circle.loan_at(now);
            let agreed = circle.next.filter(|next| next.coming(today) == Some(today));
            known.time = agreed.and_then(|next| next.at);
            let before = circle.before.into_iter().next();
            known.before = before.map(|version| version.lines).unwrap_or_default();
        }
        known
    }

    /// Remembers that these people began a session.
    pub(crate) fn remember_begin(&mut self, names: &[String], script: &str, minutes: u16) {
        let circle = self.newest(names);
        script.clone_into(&mut circle.script);
        circle.minutes = minutes;
    }

    /// Remembers whether each of these people sat at a screen of their own.
    pub(crate) fn remember_screens(&mut self, names: &[String], apart: bool) {
        self.newest(names).apart = apart;
    }

    /// Remembers in which words these people followed their session.
    pub(crate) fn remember_wording(&mut self, names: &[String], wording: &str) {
        self.newest(names).wording = Some(wording.to_owned());
    }

    /// Remembers how a session went, when the people chose to keep that.
    pub fn remember_outline(&mut self, outline: &Outline) {
        match outline.kept {
            KeepChoice::Nothing | KeepChoice::Forget => return,
            KeepChoice::Outline => {}
        }
        self.newest(&outline.people).went(outline);
        for (name, card) in outline.people.iter().zip(&outline.cards) {
            for line in CardLine::ALL {
                if !card.line(line).is_empty() {
                    self.write_line(name, PersonLine::Card(line), card.line(line));
                }
            }
            if card.clock.is_some() {
                self.of(name).card.clock = card.clock;
            }
        }
    }

    /// Forgets that these people ever sat together.
    pub(crate) fn forget(&mut self, names: &[String]) {
        if let Some(index) = self.find(names) {
            self.circles.remove(index);
        }
    }

    /// Forgets who sat together.
    pub(crate) fn forget_circles(&mut self) {
        self.circles.clear();
    }

    /// Forgets every card, where people are, and who to phone.
    pub(crate) fn forget_persons(&mut self) {
        self.persons.clear();
    }

    /// Who is proposed to go first: the one who was second the last time, or else whoever was entered first.
    #[must_use]
    pub(crate) fn proposed_first(&self, names: &[String]) -> Who {
        let second = self.circle(names).and_then(|circle| {
            let last = circle.last_first?.index();
            let next = last.checked_add(1)?.checked_rem(circle.names.len())?;
            let name = circle.names.get(next)?;
            names.iter().position(|known| known == name)
        });
        Who::at(second.unwrap_or(0))
    }

    fn find(&self, names: &[String]) -> Option<usize> {
        let wanted = super::sorted(names);
        self.circles
            .iter()
            .position(|circle| super::sorted(&circle.names) == wanted)
    }

    /// The circle of these people, made when it is new, moved to the front, its names in this order.
    fn newest(&mut self, names: &[String]) -> &mut Circle {
        let mut circle = match self.find(names) {
            Some(index) => self.circles.remove(index),
            None => Circle::default(),
        };
        circle.seat(names);
        self.circles.insert(0, circle);
        &mut self.circles[0]
    }
}
