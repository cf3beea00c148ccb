//! The lines of a card: how somebody would like to be accompanied.

/// One line of somebody's card (content.md S1, features row 16).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum CardLine {
    /// What company.
    Company,
    /// When they want to hear that the end is near.
    Sign,
    /// What to do when tears come.
    Tears,
    /// What to do in a long silence.
    Silence,
    /// Words they would rather not hear.
    Words,
}

impl CardLine {
    /// Every line, in the order in which they are asked and shown.
    pub const ALL: [Self; 5] = [
        Self::Company,
        Self::Sign,
        Self::Tears,
        Self::Silence,
        Self::Words,
    ];

    /// Its word in a script.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Sign => "sign",
            Self::Tears => "tears",
            Self::Silence => "silence",
            Self::Words => "words",
        }
    }
}
