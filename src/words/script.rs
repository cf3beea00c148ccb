//! What the checker says of a script.

use std::collections::BTreeMap;

use serde::Deserialize;

/// See `script.toml`.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "each name is its key in script.toml, where the words explain themselves"
)]
pub struct ScriptWords {
    pub did_you_mean: String,
    pub whole_step: String,
    pub step: String,
    pub example: BTreeMap<String, String>,
    pub what: WhatWords,
    pub kind: KindWords,
    #[serde(rename = "where")]
    pub wheres: BTreeMap<String, String>,
    pub pushes: Vec<Push>,
    pub sentence: ProblemWords,
}

/// What is wrong, and what to write instead.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// What is wrong.
    pub is: String,
    /// What to write instead.
    pub next: String,
}

/// A word that pushes.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// The word, in small letters.
    pub word: String,
    /// A word that makes it an offer again.
    pub unless: Option<String>,
    /// What to say instead.
    pub next: String,
}

/// A kind of value.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct OneKind {
    /// When it stands there.
    pub found: String,
    /// When it should.
    pub wanted: String,
    /// As one would type it.
    pub example: String,
}

/// The kinds of values.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each name is its key in script.toml")]
pub struct KindWords {
    pub text: OneKind,
    pub number: OneKind,
    pub point: OneKind,
    pub truth: OneKind,
    pub date: OneKind,
    pub list: OneKind,
    pub table: OneKind,
}

/// What is read, in words.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs, reason = "each name is its key in script.toml")]
pub struct WhatWords {
    pub script: String,
    pub module: String,
    pub stage: String,
    pub part: String,
    pub people: String,
    pub pack: String,
    pub write: String,
    pub rest: String,
    pub step: String,
    pub bound: String,
    pub by_rung: String,
    pub answer: String,
    pub consent: String,
    pub gate: String,
    pub agreement: String,
    pub support: String,
}

/// Every problem that there can be.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs, reason = "each name is its key in script.toml")]
pub struct ProblemWords {
    pub too_large: Sentence,
    pub hidden_character: Sentence,
    pub lone_return: Sentence,
    pub text_open: Sentence,
    pub long_text_open: Sentence,
    pub no_quotes: Sentence,
    pub curly_quotes: Sentence,
    pub no_value: Sentence,
    pub not_a_number: Sentence,
    pub not_a_truth: Sentence,
    pub more_behind: Sentence,
    pub comma_behind: Sentence,
    pub colon: Sentence,
    pub slashes: Sentence,
    pub not_a_key: Sentence,
    pub no_equals: Sentence,
    pub heading_open: Sentence,
    pub heading_single: Sentence,
    pub backslash: Sentence,
    pub twice: Sentence,
    pub leading_zero: Sentence,
    pub list_open: Sentence,
    pub table_open: Sentence,
    pub too_deep_brackets: Sentence,
    pub not_readable: Sentence,
    pub unknown_key: Sentence,
    pub missing_key: Sentence,
    pub wrong_kind: Sentence,
    pub not_true: Sentence,
    pub out_of_range: Sentence,
    pub bad_character: Sentence,
    pub long_text: Sentence,
    pub empty_text: Sentence,
    pub empty_list: Sentence,
    pub other_format: Sentence,
    pub is_a_module: Sentence,
    pub no_stages: Sentence,
    pub wrong_length: Sentence,
    pub roles_together: Sentence,
    pub roles_many: Sentence,
    pub people_range: Sentence,
    pub bad_language: Sentence,
    pub unknown_need: Sentence,
    pub unknown_clock: Sentence,
    pub two_rests: Sentence,
    pub no_rest: Sentence,
    pub minutes_sum_many: Sentence,
    pub word_missing: Sentence,
    pub word_too_many: Sentence,
    pub other_packs: Sentence,
    pub roles_alone: Sentence,
    pub bad_role: Sentence,
    pub role_twice: Sentence,
    pub unknown_shorter: Sentence,
    pub shorter_itself: Sentence,
    pub shorter_people: Sentence,
    pub shorter_broken: Sentence,
    pub too_many_steps: Sentence,
    pub minutes_sum: Sentence,
    pub no_agreement: Sentence,
    pub no_gate: Sentence,
    pub no_keep: Sentence,
    pub small_closing: Sentence,
    pub small_buffer: Sentence,
    pub no_kind: Sentence,
    pub unknown_kind: Sentence,
    pub early_closing: Sentence,
    pub no_closing: Sentence,
    pub only_in_turns: Sentence,
    pub no_landing: Sentence,
    pub no_landing_minutes: Sentence,
    pub moves_on_outside: Sentence,
    pub may_skip_outside: Sentence,
    pub closing_minutes: Sentence,
    pub part_minutes: Sentence,
    pub at_least_turn: Sentence,
    pub landing_length: Sentence,
    pub no_landing_step: Sentence,
    pub two_landing_steps: Sentence,
    pub long_stage_title: Sentence,
    pub at_least_large: Sentence,
    pub at_least_landing: Sentence,
    pub at_least_closing: Sentence,
    pub unknown_role: Sentence,
    pub module_and_steps: Sentence,
    pub no_steps: Sentence,
    pub no_such_step: Sentence,
    pub no_bound: Sentence,
    pub no_larger_bound: Sentence,
    pub unknown_module: Sentence,
    pub no_offer: Sentence,
    pub no_clock: Sentence,
    pub module_misfit: Sentence,
    pub two_asks: Sentence,
    pub unseen_without: Sentence,
    pub unknown_meaning: Sentence,
    pub use_and_more: Sentence,
    pub exits_without_use: Sentence,
    pub exits_outside: Sentence,
    pub unknown_exit: Sentence,
    pub missing_exit: Sentence,
    pub bad_written: Sentence,
    pub bad_module: Sentence,
    pub module_in_itself: Sentence,
    pub modules_deep: Sentence,
    pub modules_many: Sentence,
    pub says_nothing: Sentence,
    pub by_company_first: Sentence,
    pub only_word: Sentence,
    pub reserved_id: Sentence,
    pub bad_id: Sentence,
    pub id_twice: Sentence,
    pub beyond_without_depth: Sentence,
    pub depth_outside: Sentence,
    pub depth_landing: Sentence,
    pub first_too_deep: Sentence,
    pub landing_outside: Sentence,
    pub rung_outside: Sentence,
    pub fresh_without: Sentence,
    pub rating_bound: Sentence,
    pub no_answers: Sentence,
    pub many_answers: Sentence,
    pub above_ceiling: Sentence,
    pub usual_warning: Sentence,
    pub unknown_target: Sentence,
    pub left_out_target: Sentence,
    pub nowhere_target: Sentence,
    pub not_a_depth: Sentence,
    pub not_a_rung: Sentence,
    pub unreached: Sentence,
    pub endless: Sentence,
    pub open_brace: Sentence,
    pub brace_unknown: Sentence,
    pub brace_nobody: Sentence,
    pub long_line: Sentence,
    pub two_questions: Sentence,
    pub pushing: Sentence,
}
