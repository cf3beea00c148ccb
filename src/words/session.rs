//! What the session says beside its script.

use serde::Deserialize;

/// See `session.toml`.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs, reason = "each name is its key in session.toml, where the words explain themselves")]
pub struct SessionWords {
    pub go_on: String,
}
