//! What the keys of the format are, in words.

use std::collections::BTreeMap;

told! {
    /// See `format.toml`. The tables and their keys are those of `script/format/tables.rs`, held by a test there.
    pub struct FormatWords {
        /// What the name of a role means as a key.
        pub role: String,
        /// What people may need, by its word in a script.
        pub needs: BTreeMap<String, String>,
        /// What each table is.
        pub about: BTreeMap<String, String>,
        /// What each key is, by table.
        pub keys: BTreeMap<String, BTreeMap<String, String>>,
    }
}
