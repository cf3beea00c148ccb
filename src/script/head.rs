//! What the head of a script says: for how many, for what, and how it speaks.

use super::word::word_enum;
use crate::text::safe_text::SafeText;

/// What lists and the first page need of a script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Head {
    /// The name it is called by.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) title: SafeText,
    /// For whom, how long.
    pub(crate) summary: SafeText,
    /// The language of its words, as a BCP 47 tag.
    pub(crate) language: String,
    /// What people may need when they choose it, from [`NEEDS`].
    pub(crate) needs: Vec<&'static str>,
    /// How many people it is for.
    pub(crate) people: People,
    /// The whole length as written.
    pub(crate) minutes: u16,
    /// Its other lengths, in the order in which they are written.
    pub(crate) lengths: Vec<u16>,
    /// The packs of words to choose from.
    pub(crate) packs: Vec<Pack>,
    /// Why only the first person has turns, where that is so.
    pub(crate) one_sided: Option<SafeText>,
}

/// How many people a script is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct People {
    /// The fewest.
    pub from: u8,
    /// The most.
    pub to: u8,
}

impl People {
    /// Whether so many can follow it.
    #[must_use]
    pub(crate) fn takes(self, people: u8) -> bool {
        (self.from..=self.to).contains(&people)
    }
}

/// What people may say they need, for choosing a script by it (content.md T2.5, "For").
pub(crate) const NEEDS: [&str; 14] = [
    "first-time",
    "usual",
    "little-time",
    "low-energy",
    "rested",
    "talk",
    "after-hurt",
    "shaken",
    "other-words",
    "learning",
    "no-call",
    "promise",
    "ending",
    "every-day",
];

word_enum! {
    /// How the clock is shown at first.
    #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
    pub(crate) enum FirstClock {
        /// Whole minutes.
        #[default]
        Minutes = "minutes",
        /// Minutes and seconds, in tall digits.
        Full = "full",
        /// A bar without numbers.
        Bar = "bar",
        /// Not at all, until somebody asks.
        Hidden = "hidden",
        /// Nothing is timed.
        None = "none",
    }
}

/// A way of speaking that people can choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Pack {
    /// Its name in the script.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) title: SafeText,
    /// What it says for a part of somebody, so that people can hear it before they begin; `None` where it has no such word.
    pub(crate) a_part: Option<SafeText>,
}

/// Something that people write once and that later texts say again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Written {
    /// What stands in braces.
    pub(crate) name: String,
    /// What is said when nothing was written.
    pub(crate) otherwise: SafeText,
    /// What people call it where it is shown; nothing where no title was given.
    pub(crate) title: SafeText,
}
