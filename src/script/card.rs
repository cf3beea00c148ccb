//! The lines of a card: how somebody would like to be accompanied.

use super::word::word_enum;

word_enum! {
    /// One line of somebody's card (content.md S1, features row 16).
    #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
    pub(crate) enum CardLine {
        /// What company.
        Company = "company",
        /// When they want to hear that the end is near.
        Sign = "sign",
        /// What to do when tears come.
        Tears = "tears",
        /// What to do in a long silence.
        Silence = "silence",
        /// Words they would rather not hear.
        Words = "words",
    }
}
