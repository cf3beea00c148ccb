//! What becomes of a promise, in an answer.

use super::word::word_enum;

word_enum! {
    /// What an answer says about the promise that a session comes back to (content.md S15). It matters only where somebody
    /// has one in their notebook.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) enum PromiseAnswer {
        /// It was kept.
        Kept = "kept",
        /// It was not kept, or only in part.
        Missed = "missed",
        /// It is looked at again tomorrow.
        Tomorrow = "tomorrow",
        /// In three days.
        ThreeDays = "three-days",
        /// In a week.
        Week = "week",
        /// In two weeks.
        TwoWeeks = "two-weeks",
        /// In three weeks.
        ThreeWeeks = "three-weeks",
        /// On a day that is typed.
        OtherDay = "other-day",
        /// On the days that were planned.
        SameDays = "same-days",
        /// It is done, or no longer wanted.
        Released = "released",
    }
}
