//! What is said about what is remembered.

use serde::Deserialize;

/// See `people.toml`.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "each name is its key in people.toml, where the words explain themselves"
)]
pub struct PeopleWords {
    pub head: String,
    pub newer: String,
    pub damaged: String,
    pub at_line: String,
    pub unread: String,
    pub record_newer: String,
    pub record_foreign: String,
    pub record_aside: String,
    pub record_part: String,
    pub record_torn: String,
}
