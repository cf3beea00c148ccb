//! What goes out of a notebook.

told! {
    /// See `export.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in export.toml, where the words explain themselves"
    )]
    pub struct ExportWords {
        pub therapist_title: String,
        pub everything_title: String,
        pub note_title: String,
        pub written: String,
        pub private: String,
        pub parts: String,
        pub notes: String,
        pub promises: String,
        pub check_ins: String,
        pub sittings: String,
        pub nameless: String,
        pub shows: String,
        pub job: String,
        pub fears: String,
        pub wants: String,
        pub protects: String,
        pub against: String,
        pub from: String,
        pub channel: String,
        pub met: String,
        pub met_by: String,
        pub about: String,
        pub to: String,
        pub session: String,
        pub until: String,
        pub on: String,
        pub done: String,
        pub with_therapist: String,
        pub looked: String,
        pub stirred: String,
        pub resourced: String,
        pub sitting: String,
        pub sitting_with: String,
        pub before: String,
        pub after: String,
        pub resourced_before: String,
        pub resourced_after: String,
        pub channels: ExportChannels,
        pub how: ExportHow,
        pub map: ExportMap,
    }
}

told! {
    /// See `[channels]` in `export.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in export.toml, where the words explain themselves"
    )]
    pub struct ExportChannels {
        pub image: String,
        pub body: String,
        pub voice: String,
        pub feeling: String,
        pub other: String,
    }
}

told! {
    /// See `[how]` in `export.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in export.toml, where the words explain themselves"
    )]
    pub struct ExportHow {
        pub kept: String,
        pub missed: String,
        pub released: String,
    }
}

told! {
    /// See `[map]` in `export.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in export.toml, where the words explain themselves"
    )]
    pub struct ExportMap {
        pub protects: String,
        pub against: String,
        pub both: String,
        pub odds: String,
        pub more: String,
        pub alone: String,
    }
}
