//! What is true of one person in a session.

use std::sync::Arc;
use std::time::Duration;

use super::Session;
use super::intent::FeltNumbers;
use super::setup::{Begin, WitnessCard};
use super::state::{TurnChoices, TurnsHad};
use super::steps::own_notes::NotesWritten;
use crate::script::{Rung, Script, Who};
use crate::text::safe_text::SafeText;

/// One person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Participant {
    /// The name as it is shown.
    pub(super) name: SafeText,
    /// Whether there is a notebook of theirs here.
    pub(super) has_notebook: bool,
    /// How they would like to be accompanied.
    pub(super) card: WitnessCard,
    /// What they chose for their turn.
    pub(super) chosen: TurnChoices,
    /// What they wrote, for each of the script's names.
    pub(super) written: Vec<Option<SafeText>>,
    /// Their turn time.
    pub(super) turns: TurnsHad,
    /// How many milliseconds more they have had before today than the one who had least; 0 once it is settled.
    pub(super) lent: i64,
    /// What they were offered and left: nobody is asked twice.
    pub(super) settled: i64,
    /// What their next turn has of minutes that they were offered.
    pub(super) accepted: Duration,
    /// As much of that as nobody owes them.
    pub(super) waived: i64,
    /// How it was for them before and after.
    pub(super) felt: FeltNumbers,
    /// How much they wrote into their notebook.
    pub(super) wrote: NotesWritten,
    /// Whether they let all of it go.
    pub(super) let_go: bool,
    /// Whether they were told that an answer can be said aloud.
    pub(super) told_aloud: bool,
}

impl Participant {
    /// Everybody at the beginning of a session that follows this script.
    pub(super) fn all(begin: &Begin, script: &Script) -> Vec<Self> {
        let written = script.written.len();
        let known = |at: usize| begin.known.cards.get(at).cloned().unwrap_or_default();
        // Where a bell changes over every few minutes, a sign before each would be one bell too many.
        let rings = !script.stages.iter().any(|stage| stage.moves_on);
        let people = begin.people.iter().enumerate();
        people
            .map(|(at, name)| Self {
                name: SafeText::new(name),
                has_notebook: begin.notebooks.get(at).copied().unwrap_or(false),
                card: known(at),
                chosen: TurnChoices {
                    warnings: if rings {
                        known(at).warnings()
                    } else {
                        Vec::new()
                    },
                    ..TurnChoices::NOTHING
                },
                written: vec![None; written],
                turns: TurnsHad::default(),
                accepted: Duration::ZERO,
                lent: begin.known.loan.get(at).copied().unwrap_or(0),
                settled: 0,
                waived: 0,
                felt: FeltNumbers::default(),
                wrote: NotesWritten::default(),
                let_go: false,
                told_aloud: false,
            })
            .collect()
    }
}

impl Session {
    /// Everybody, in the order in which they were entered.
    pub(super) fn everybody(&self) -> impl Iterator<Item = Who> + Clone + use<> {
        (0..self.people.len()).map(Who::at)
    }

    pub(super) fn person(&self, who: Who) -> Option<&Participant> {
        self.people.get(who.index())
    }

    pub(super) fn person_mut(&mut self, who: Who) -> Option<&mut Participant> {
        Arc::make_mut(&mut self.people).get_mut(who.index())
    }

    /// The same of everybody.
    pub(super) fn of_each<T>(&self, of: impl Fn(&Participant) -> T) -> Vec<T> {
        self.people.iter().map(of).collect()
    }

    /// The name as it is shown.
    pub(super) fn name(&self, who: Who) -> SafeText {
        let person = self.person(who);
        person.map(|person| person.name.clone()).unwrap_or_default()
    }

    /// The company that somebody has in their turn.
    pub(super) fn rung_of(&self, who: Who) -> Rung {
        let Some(person) = self.person(who) else {
            return Rung::Silent;
        };
        let card = || person.card.rung().filter(|_| self.script.follows_cards());
        let chosen = person.chosen.asked.then_some(person.chosen.rung);
        chosen.or_else(card).unwrap_or(Rung::Silent)
    }

    /// What company somebody wrote in words of their own, where that holds in their turn.
    pub(super) fn own_company(&self, who: Who) -> Option<&str> {
        let person = self.person(who)?;
        let says = person.card.company.trim().trim_end_matches('.');
        let own = !says.is_empty() && person.card.rung().is_none();
        (own && !person.chosen.asked && self.script.follows_cards()).then_some(says)
    }

    /// The warnings in somebody's turn, in minutes before its end.
    pub(super) fn warnings_of(&self, who: Who) -> &[u8] {
        let person = self.person(who);
        person.map_or(&[], |person| &person.chosen.warnings)
    }
}
