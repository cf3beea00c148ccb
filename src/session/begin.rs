//! What a session begins with. The first line of its log holds this.

use serde::{Deserialize, Serialize};

use crate::script::Who;
use crate::session::time::Moment;

/// Everything that a session has to know before its first step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Begin {
    /// The name of the script.
    pub script: String,
    /// The hash of the script's text and its modules.
    pub hash: String,
    /// The names, in the order they were entered.
    pub people: Vec<String>,
    /// How long.
    pub length: Length,
    /// Who is proposed to go first.
    pub first: Who,
    /// The agreement's lines from last time; empty when there was none.
    pub agreement: Vec<String>,
    /// Which of the script's packs of words, by its name; the first when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// Who has a notebook here, in the order of `people`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notebooks: Vec<bool>,
    /// What chance is made from (the coin), so that a replay tosses the same.
    pub seed: u64,
    /// When it begins.
    pub at: Moment,
}

/// How long a session may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Length {
    /// This many minutes from the beginning; the end may move when everybody says yes.
    Minutes(u16),
    /// Until the wall shows this (milliseconds since 1970 UTC): then the call ends, and nothing may go past it unasked.
    Until(i64),
}
