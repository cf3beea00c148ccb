//! What is said about what is remembered.

told! {
    /// See `people.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in people.toml, where the words explain themselves"
    )]
    pub struct PeopleWords {
        pub head: String,
        pub newer: String,
        pub damaged: String,
        pub at_line: String,
        pub unread: String,
        pub record_newer: String,
        pub record_foreign: String,
        pub record_aside: String,
        pub record_part: String,
        pub record_empty: String,
        pub record_full: String,
        pub record_torn: String,
    }
}
