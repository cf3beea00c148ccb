//! What becomes of a promise, in an answer.

/// What an answer says about the promise that a session comes back to (content.md S15). It matters only where somebody
/// has one in their notebook.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// It was kept.
    Kept,
    /// It was not kept, or only in part.
    Missed,
    /// It is looked at again tomorrow.
    Tomorrow,
    /// In three days.
    ThreeDays,
    /// In a week.
    Week,
    /// On the days that were planned.
    SameDays,
    /// It is done, or no longer wanted.
    Released,
}

impl Look {
    /// Everything that an answer can say.
    pub const ALL: [Self; 7] = [
        Self::Kept,
        Self::Missed,
        Self::Tomorrow,
        Self::ThreeDays,
        Self::Week,
        Self::SameDays,
        Self::Released,
    ];

    /// Its word in a script.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Missed => "missed",
            Self::Tomorrow => "tomorrow",
            Self::ThreeDays => "three-days",
            Self::Week => "week",
            Self::SameDays => "same-days",
            Self::Released => "released",
        }
    }
}
