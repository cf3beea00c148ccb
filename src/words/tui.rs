//! The few words that the full screen says of its own.

told! {
    /// See `tui.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in tui.toml, where the words explain themselves"
    )]
    pub struct TuiWords {
        pub ends: String,
        pub ends_later: String,
        pub held: String,
        pub minutes: String,
        pub theme_night: String,
        pub theme_ember: String,
        pub theme_day: String,
        pub theme_paper: String,
        pub theme_contrast: String,
        pub theme_plain: String,
        pub theme_none: String,
        pub thin_key: String,
        pub thin_word: String,
        pub strokes: Vec<String>,
        pub more_below: String,
        pub more_above: String,
        pub still: String,
        pub not_here: String,
        pub no_key: String,
        pub no_key_stop: String,
        pub not_utf8: String,
        pub not_a_number: String,
        pub no_paste: String,
        pub page_aside: String,
        pub page_again: String,
        pub hidden_none: String,
        pub hidden_one: String,
        pub hidden_words: String,
        pub help_title: String,
        pub help_close: String,
        pub leave_question: String,
        pub leave_anyway: String,
        pub leave_detail: String,
        pub too_small: String,
        pub too_small_columns: String,
        pub too_small_rows: String,
        pub too_small_both: String,
        pub too_small_next: String,
        pub no_terminal: String,
        pub gone: String,
        pub no_signals: String,
        pub fault: String,
    }
}
