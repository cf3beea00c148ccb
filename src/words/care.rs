//! What the program says about itself, its limits, and whom to reach.

told! {
    /// See `care.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in care.toml, where the words explain themselves"
    )]
    pub struct CareWords {
        pub first_run_title: String,
        pub first_run: Vec<String>,
        pub kept: String,
        pub quick_exit: String,
        pub not_for_title: String,
        pub not_for_intro: String,
        pub not_for: Vec<String>,
        pub not_for_after: String,
        pub about: Vec<String>,
        pub card_title: String,
        pub card_intro: Vec<String>,
        pub card_which: String,
        pub card_which_of: String,
        pub card_region: String,
        pub card_region_of: String,
        pub card_people: String,
        pub card_person: String,
        pub card_person_nowhere: String,
        pub card_remember: String,
        pub card_remember_you: String,
        pub card_place: String,
        pub card_more: String,
        pub card_close: String,
        pub card_other_region: String,
        pub card_only: String,
        pub card_no_such: String,
        pub or: String,
        pub call: String,
        pub text: String,
        pub chat: String,
        /// `{number}`.
        pub page: String,
        pub lead_danger: String,
        pub lead_talk: String,
        pub lead_write: String,
        pub lead_abuse: String,
        pub lead_directory: String,
        pub lead_own_line: String,
        pub lead_of_line: String,
        pub lead_of_own: String,
        pub lead_own: String,
        pub own: String,
        pub lead_expect: String,
        pub expect: String,
        pub verified: String,
        pub verified_stale: String,
        pub published: String,
        pub published_stale: String,
        pub unverified: String,
        pub lead_emergencies: String,
        pub emergencies_unverified: String,
        pub ground: GroundWords,
    }
}

told! {
    /// What is said around grounding.
    #[allow(
        missing_docs,
        reason = "each name is its key in care.toml, where the words explain themselves"
    )]
    pub struct GroundWords {
        pub title: String,
        pub go_on: String,
        pub go_on_to: String,
        pub back: String,
        pub stop: String,
        pub before: String,
        pub count: String,
        pub at_a_pace: Vec<String>,
        pub next: Vec<String>,
        pub enough: String,
        pub again: String,
        pub other: String,
        pub to_breath: String,
        pub which: String,
        pub breath: Vec<String>,
        pub rate: String,
        pub leave_out: String,
        pub end: Vec<String>,
        pub stopped: Vec<String>,
        pub too_much: Vec<String>,
        pub numbers: String,
        pub once_more: String,
        pub close: String,
        pub first: String,
        pub no_such: String,
        pub not_here: String,
    }
}
