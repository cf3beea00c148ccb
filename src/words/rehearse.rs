//! What a rehearsal says.

told! {
    /// See `rehearse.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in rehearse.toml, where the words explain themselves"
    )]
    pub struct RehearseWords {
        pub names: Vec<String>,
        pub stage: String,
        pub everybody: String,
        pub says: String,
        pub rates: String,
        pub writes: String,
        pub bell_warning: String,
        pub bell_landing: String,
        pub bell_over: String,
        pub bell_rest: String,
        pub pretend_line: String,
        pub closed: String,
        pub whole: String,
        pub stopped: String,
        pub turn_time: String,
        pub loan: String,
        pub too_short: String,
    }
}
