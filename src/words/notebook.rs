//! What is said about private notebooks.

told! {
    /// See `notebook.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in notebook.toml, where the words explain themselves"
    )]
    pub struct NotebookWords {
        pub head: String,
        pub due: String,
        pub wrong_passphrase: String,
        pub empty_passphrase: String,
        pub damaged: String,
        pub key_changed: String,
        pub newer: String,
        pub foreign: String,
        pub due_damaged: String,
        pub set_aside: String,
        pub busy: String,
        pub busy_unnamed: String,
        pub there_already: String,
        pub too_large: String,
        pub book_full: String,
        pub taken_in: String,
        pub cannot_seal: String,
        pub sealed: String,
        pub plain: String,
        pub covers: String,
        pub erased: String,
    }
}
