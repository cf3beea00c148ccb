//! What the crisis card knows of a person who is here.

use crate::safety::signposts::{Region, signposts};

/// A person as the crisis card knows them (content.md 4.2, rule 3: a region belongs to a person).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct PersonRegion {
    /// The name.
    pub(crate) name: String,
    /// Where this person is, by a place's name.
    pub(crate) region: Option<String>,
    /// Whether the place stands in a file of this person's own, so that the card does not change it.
    pub(crate) fixed: bool,
    /// Whom this person can ring.
    pub(crate) ring: Option<String>,
    /// Other numbers, each in words.
    pub(crate) lines: Vec<String>,
}

impl PersonRegion {
    /// The place, where there is one that the card knows.
    #[must_use]
    pub(crate) fn place(&self) -> Option<&'static Region> {
        signposts().find(self.region.as_deref()?)
    }

    /// The place by its number in the order of the data.
    pub(super) fn place_number(&self) -> Option<usize> {
        let name = &self.place()?.name;
        signposts()
            .region
            .iter()
            .position(|region| region.name == *name)
    }

    /// Whether the card has anything to say for this person in particular.
    #[must_use]
    pub(crate) fn is_known(&self) -> bool {
        self.place().is_some() || self.ring.is_some() || !self.lines.is_empty()
    }
}
