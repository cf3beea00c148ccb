//! What is said around the program.

told! {
    /// See `cli.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in cli.toml, where the words explain themselves"
    )]
    pub struct CliWords {
        pub card: String,
        pub home: String,
        pub leave_open: String,
        pub leave_rehearsal: String,
        pub left_open: String,
        pub bell_on: String,
        pub bell_off: String,
        pub jumped: String,
        pub closed_rehearsal: String,
        pub closed_undone: String,
        pub closed_next: String,
        pub rung_at: String,
        pub rung_for: String,
        pub rehearsal: String,
        pub unknown_script: String,
        pub unknown_name_near: String,
        pub unknown_script_near: String,
        pub own_script_problem: String,
        pub own_script_shadowed: String,
        pub too_short: String,
        pub nothing_to_resume: String,
        pub no_such_session: String,
        pub other_script: String,
        pub other_file: String,
        pub does_not_fit: String,
        pub script_line: String,
        pub alone: String,
        pub people: String,
        pub unfinished_line: String,
        pub unfinished_damaged: String,
        pub none_unfinished: String,
        pub checked_clean: String,
        pub checked_sum: String,
        pub checked_more: String,
        pub nothing_to_check: String,
        pub unreadable: String,
        pub not_utf8: String,
        pub not_plain: String,
        pub no_such_file: String,
        pub no_such_file_near: String,
        pub bad_time: String,
        pub bad_minutes: String,
        pub no_terminal: String,
        pub no_home: String,
        pub broken_screen: String,
        pub fault: String,
        pub locked: String,
        pub notebook_sealed: String,
        pub notebook_plain: String,
        pub no_notebook: String,
        pub you: String,
        pub crisis_all: String,
        pub crisis_how: String,
        pub crisis_line: String,
        pub crisis_unknown: String,
        pub crisis_unknown_near: String,
        pub not_so_many: String,
        pub author: AuthorWords,
        pub help: HelpWords,
    }
}

told! {
    /// The sentences of `--help`.
    #[allow(
        missing_docs,
        reason = "each name is its key in cli.toml, where the words explain themselves"
    )]
    pub struct HelpWords {
        pub about: String,
        pub first: Vec<String>,
        pub after: String,
        pub help: String,
        pub help_command: String,
        pub completions: String,
        pub shell: String,
        pub plain: String,
        pub start: String,
        pub resume: String,
        pub rehearse: String,
        pub scripts: String,
        pub now: String,
        pub notebook: String,
        pub notebook_list: String,
        pub notebook_read: String,
        pub notebook_write: String,
        pub notebook_passphrase: String,
        pub notebook_lock: String,
        pub parts: String,
        pub promises: String,
        pub export: String,
        pub ground: String,
        pub crisis: String,
        pub region: String,
        pub settings: String,
        pub history: String,
        pub forget: String,
        pub paths: String,
        pub doctor: String,
        pub settings_sample: String,
        pub script_or_file: String,
        pub minutes: String,
        pub until: String,
        pub resume_list: String,
        pub seed: String,
        pub rehearse_people: String,
        pub speed: String,
        pub scripts_list: String,
        pub scripts_modules: String,
        pub script_or_module: String,
        pub map_stop: String,
        pub scripts_show: String,
        pub scripts_new: String,
        pub scripts_map: String,
        pub scripts_schema: String,
        pub show_toml: String,
        pub new_name: String,
        pub new_from: String,
        pub map_mermaid: String,
        pub scripts_reference: String,
        pub scripts_check: String,
        pub check_format: String,
        pub check_paths: String,
    }
}

told! {
    /// Looking at scripts, and beginning one.
    #[allow(
        missing_docs,
        reason = "each name is its key in cli.toml, where the words explain themselves"
    )]
    pub struct AuthorWords {
        pub for_what: String = "for",
        pub own: String,
        pub shipped: String,
        pub head: String,
        pub minutes: String,
        pub minutes_range: String,
        pub stage: String,
        pub stage_each: String,
        pub stage_times: String,
        pub stage_again: String,
        pub part_before: String,
        pub part_after: String,
        pub part_between: String,
        pub with_floor: String,
        pub asked: String,
        pub answers: String,
        pub new_made: String,
        pub new_next: String,
        pub new_walk: String,
        pub new_learn: String,
        pub new_exists: String,
        pub new_bad: String,
        pub new_taken: String,
        pub from_unknown: String,
        pub module: ModuleWords,
        pub ask: AskWords,
        pub way: WayWords,
    }
}

told! {
    /// What is told of modules.
    #[allow(
        missing_docs,
        reason = "each name is its key in cli.toml, where the words explain themselves"
    )]
    pub struct ModuleWords {
        pub line: String,
        pub head: String,
        pub fits: String,
        pub offer: String,
        pub exits: String,
        pub no_exits: String,
        pub stage: String,
        pub turn: String,
        pub closing: String,
        pub aside: String,
        pub everywhere: String,
        pub alone: String,
        pub together: String,
        pub step: String,
        pub broken: String,
    }
}

told! {
    /// What a step asks.
    #[allow(
        missing_docs,
        reason = "each name is its key in cli.toml, where the words explain themselves"
    )]
    pub struct AskWords {
        pub round: String,
        pub rating: String,
        pub consent: String,
        pub gate: String,
        pub agreement: String,
        pub order: String,
        pub support: String,
        pub write: String,
        pub note: String,
        pub promise: String,
        pub rest: String,
        pub keep: String,
        pub unseen: String,
    }
}

told! {
    /// Ways that lead on.
    #[allow(
        missing_docs,
        reason = "each name is its key in cli.toml, where the words explain themselves"
    )]
    pub struct WayWords {
        pub on_to: String,
        pub says: String,
        pub all: String,
        pub next: String,
        pub done: String,
        pub land: String,
        pub close: String,
        pub end: String,
        pub stop: String,
        pub back: String,
        pub shorter: String,
        pub stage: String,
        pub rating: String,
        pub without: String,
        pub short: String,
        pub not_today: String,
        pub unsigned: String,
        pub visits: String,
        pub beyond: String,
        pub lands: String,
        pub aside: String,
        pub stop_title: String,
        pub end_title: String,
        pub again: String,
        pub again_times: String,
        pub again_alone: String,
        pub stop_left_out: String,
    }
}
