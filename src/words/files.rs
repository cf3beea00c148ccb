//! What can be wrong with a place on the disk.

told! {
    /// See `files.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in files.toml, where the words explain themselves"
    )]
    pub struct FilesWords {
        pub why: String,
        pub sentence: String,
        pub no_home: String,
        pub home_relative: String,
        pub open_to_others: String,
        pub no_locks: String,
        pub synced: String,
        pub doing: DoingWords,
        pub cause: CauseWords,
    }
}

told! {
    /// What was attempted.
    #[allow(
        missing_docs,
        reason = "each name is its key in files.toml, where the words explain themselves"
    )]
    pub struct DoingWords {
        pub read: String,
        pub write: String,
        pub folder: String,
        pub list: String,
        pub set_aside: String,
        pub remove: String,
        pub lock: String,
    }
}

told! {
    /// Why it was not possible.
    #[allow(
        missing_docs,
        reason = "each name is its key in files.toml, where the words explain themselves"
    )]
    pub struct CauseWords {
        pub full: OneCause,
        pub quota: OneCause,
        pub read_only: OneCause,
        pub forbidden: OneCause,
        pub missing: OneCause,
        pub exists: OneCause,
        pub link: OneCause,
        pub not_a_file: OneCause,
        pub not_a_folder: OneCause,
        pub too_large: OneCause,
        pub device: OneCause,
        pub too_many_open: OneCause,
        pub other: OneCause,
    }
}

told! {
    /// A cause in plain words, and what to do about it.
    pub struct OneCause {
        /// The cause.
        pub is: String,
        /// The next step.
        pub next: String,
    }
}
