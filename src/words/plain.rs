//! What the line face says and understands.

told! {
    /// See `plain.toml`.
    pub struct PlainWords {
        /// The words of each kind of offer.
        pub verbs: VerbWords,
        /// The words that the line face itself understands.
        pub here: HereWords,
        /// What it says.
        pub says: PlainSays,
    }
}

told! {
    /// The words of each kind of offer.
    #[allow(
        missing_docs,
        reason = "each name is its key in plain.toml, where the words explain themselves"
    )]
    pub struct VerbWords {
        pub go_on: Vec<String>,
        pub back: Vec<String>,
        pub unsure: Vec<String>,
        pub pause: Vec<String>,
        pub stop: Vec<String>,
        pub more: Vec<String>,
        pub land: Vec<String>,
        pub asides: Vec<String>,
        pub change_line: Vec<String>,
        pub read_aloud: Vec<String>,
        pub skip: Vec<String>,
        pub clock: Vec<String>,
        pub card: Vec<String>,
        pub leave: Vec<String>,
    }
}

told! {
    /// The words that the line face itself understands.
    #[allow(
        missing_docs,
        reason = "each name is its key in plain.toml, where the words explain themselves"
    )]
    pub struct HereWords {
        pub time: Vec<String>,
        pub again: Vec<String>,
        pub map: Vec<String>,
        pub bell: Vec<String>,
        pub help: Vec<String>,
        pub keep: Vec<String>,
        pub rate: Vec<String>,
        pub yes: Vec<String>,
        pub no: Vec<String>,
        pub gone: Vec<String>,
        pub undo: Vec<String>,
    }
}

told! {
    /// What the line face says.
    #[allow(
        missing_docs,
        reason = "each name is its key in plain.toml, where the words explain themselves"
    )]
    pub struct PlainSays {
        pub comma: String,
        pub stage: String,
        pub stage_until: String,
        pub ends: String,
        pub ends_later: String,
        pub both: String,
        pub all: String,
        pub to: String,
        pub whisper: String,
        pub says_yes: String,
        pub takes_back: String,
        pub now: String,
        pub choice: String,
        pub choice_on: String,
        pub choice_off: String,
        pub rating: String,
        pub line: String,
        pub line_now: String,
        pub line_keep: String,
        pub page: String,
        pub page_now: String,
        pub page_undone: String,
        pub page_undone_hidden: String,
        pub page_no_undo: String,
        pub page_too_long: String,
        pub page_waits: String,
        pub hidden: String,
        pub hidden_now: String,
        pub line_commands: String,
        pub line_stop: String,
        pub line_gone: String,
        pub unseen_stop: String,
        pub unseen_gone: String,
        pub enter: String,
        pub type_all: String,
        pub type_also: String,
        pub bell: String,
        pub bell_notice: String,
        pub standing: String,
        pub standing_gone: String,
        pub taken: String,
        pub clock: String,
        pub clock_none: String,
        pub clock_hidden: String,
        pub clock_held: String,
        pub seconds: String,
        pub minutes: String,
        pub minutes_seconds: String,
        pub minute: String,
        pub minute_seconds: String,
        pub over: String,
        pub bar: Vec<String>,
        pub leg_done: String,
        pub leg_here: String,
        pub leg_ahead: String,
        pub no_map: String,
        pub unclear: String,
        pub unclear_number: String,
        pub not_offered: String,
        pub not_a_rating: String,
        pub not_text: String,
        pub long_line: String,
        pub nothing_on: String,
        pub numbers: String,
        pub enter_word: String,
        pub leave_ask: String,
        pub leave_not: String,
        pub ended: String,
        pub ended_kept: String,
        pub help_choice: String,
        pub help_enter: String,
        pub help_word: String,
        pub help_same: String,
        pub help_rating: String,
        pub help_line: String,
        pub help_time: String,
        pub help_again: String,
        pub help_map: String,
        pub help_bell: String,
        pub help_help: String,
        pub help_agreed: String,
        pub help_gone: String,
    }
}
