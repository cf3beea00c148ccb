//! What every page outside of a session says.

told! {
    /// See `pages.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in pages.toml, where the words explain themselves"
    )]
    pub struct PagesWords {
        pub card: String,
        pub leave: String,
        pub keep: String,
        pub back: String,
        pub more: String,
        pub anew: String,
        pub no_such: String,
        pub first: String,
        pub nothing: String,
        pub not_here: String,
        pub not_begun: String,
        pub too_long: String,
        pub paste_long: String,
        pub name_empty: String,
        pub name_number: String,
        pub file_preview: String,
        pub file_yes: String,
        pub file_where: String,
        pub file_hint: String,
        pub file_is: String,
        pub file_none: String,
        pub file_done: String,
    }
}
