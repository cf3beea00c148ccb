//! What is said about the file of settings.

told! {
    /// See `settings.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in settings.toml, where the words explain themselves"
    )]
    pub struct SettingsWords {
        pub problem: String,
        pub unread: String,
        pub stopped: String,
        pub ignored: String,
        pub syntax: String,
        pub unknown: String,
        pub unknown_near: String,
        pub wants_text: String,
        pub wants_word: String,
        pub wants_yes_no: String,
        pub wants_bell: String,
        pub wants_table: String,
        pub wants_people: String,
        pub wants_name: String,
        pub wants_list: String,
        pub too_long: String,
        pub too_many: String,
        pub name_twice: String,
        pub hidden: String,
        pub bell_not_run: String,
        pub no_region: String,
        pub no_region_near: String,
        pub no_theme: String,
        pub no_theme_near: String,
        pub no_does: String,
        pub no_does_near: String,
        pub no_key: String,
        pub key_clash: String,
        pub key_needed: String,
        pub key_places: String,
        pub key_chord: String,
        pub head_file: String,
        pub head_none: String,
    }
}
