//! What the program says about itself, its limits, and whom to reach.

use serde::Deserialize;

/// See `care.toml`.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "each name is its key in care.toml, where the words explain themselves"
)]
pub struct CareWords {
    pub first_run_title: String,
    pub first_run: Vec<String>,
    pub kept: String,
    pub not_for_title: String,
    pub not_for_intro: String,
    pub not_for: Vec<String>,
    pub not_for_after: String,
    pub about: Vec<String>,
    pub card_title: String,
    pub card_intro: Vec<String>,
    pub card_which: String,
    pub card_region: String,
    pub card_place: String,
    pub card_more: String,
    pub card_close: String,
    pub card_other_region: String,
    pub card_only: String,
    pub card_no_such: String,
    pub or: String,
    pub call: String,
    pub text: String,
    pub chat: String,
    pub lead_danger: String,
    pub lead_talk: String,
    pub lead_write: String,
    pub lead_abuse: String,
    pub lead_directory: String,
    pub lead_own: String,
    pub own: String,
    pub lead_expect: String,
    pub expect: String,
    pub verified: String,
    pub verified_stale: String,
    pub published: String,
    pub published_stale: String,
    pub unverified: String,
    pub emergencies_unverified: String,
}
