//! What the working log says.

told! {
    /// See `journal.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in journal.toml, where the words explain themselves"
    )]
    pub struct JournalWords {
        pub standing: String,
        pub torn: String,
        pub changed: String,
        pub busy: String,
        pub busy_unnamed: String,
        pub damage: DamageWords,
    }
}

told! {
    /// Why a log can't be gone on with.
    #[allow(
        missing_docs,
        reason = "each name is its key in journal.toml, where the words explain themselves"
    )]
    pub struct DamageWords {
        pub newer: String,
        pub foreign: String,
        pub empty: String,
        pub line: String,
    }
}
