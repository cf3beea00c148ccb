//! What the checker says of a script.

use std::collections::BTreeMap;

use toml::Value;

use super::told::{Keys, Misfit, Told};

told! {
    /// See `script.toml`.
    #[allow(
        missing_docs,
        reason = "each name is its key in script.toml, where the words explain themselves"
    )]
    pub struct ScriptWords {
        pub did_you_mean: String,
        pub whole_step: String,
        pub step: String,
        pub way_to: String,
        pub way_to_nameless: String,
        pub add: String,
        pub write: String,
        pub also_minutes: String,
        pub also_fewer: String,
        pub example: BTreeMap<String, String>,
        pub what: WhatWords,
        pub kind: KindWords,
        pub wheres: BTreeMap<String, String> = "where",
        pub pushes: Vec<Push>,
        pub sentence: ProblemWords,
    }
}

/// What is wrong, and what to write instead.
#[derive(Debug, Default)]
pub struct Sentence {
    /// What is wrong.
    pub is: String,
    /// What to write instead.
    pub next: String,
    /// Its key: a name for the problem that stays the same when the words change.
    pub code: String,
}

impl Told for Sentence {
    fn told(value: Value) -> Result<Self, Misfit> {
        let mut keys = Keys::of(value)?;
        let mut told = Self::default();
        keys.fill(&mut told.is, "is");
        keys.fill(&mut told.next, "next");
        keys.done(told)
    }
}

told! {
    /// A word that pushes.
    pub struct Push {
        /// The word, in small letters.
        pub word: String,
        /// A word that makes it an offer again.
        pub unless: Option<String>,
        /// What to say instead.
        pub next: String,
    }
}

told! {
    /// A kind of value.
    pub struct OneKind {
        /// When it stands there.
        pub found: String,
        /// When it should.
        pub wanted: String,
        /// As one would type it.
        pub example: String,
    }
}

told! {
    /// The kinds of values.
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
}

told! {
    /// What is read, in words.
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
}

/// Makes a struct of sentences, each of which knows its own key.
macro_rules! sentences {
    ($($name:ident),* $(,)?) => {
        /// Every problem that there can be.
        #[derive(Debug, Default)]
        #[allow(missing_docs, reason = "each name is its key in script.toml")]
        pub struct ProblemWords {
            $(pub $name: Sentence),*
        }

        impl Told for ProblemWords {
            fn told(value: Value) -> Result<Self, Misfit> {
                let mut keys = Keys::of(value)?;
                let mut told = Self::default();
                $(
                    keys.fill(&mut told.$name, stringify!($name));
                    told.$name.code = stringify!($name).replace('_', "-");
                )*
                keys.done(told)
            }
        }
    };
}

sentences! {
    too_large,
    hidden_character,
    word_processor,
    lone_return,
    text_open,
    long_text_open,
    no_quotes,
    no_number,
    people_kind,
    single_quote,
    curly_quotes,
    no_value,
    not_a_number,
    not_a_truth,
    more_behind,
    comma_behind,
    colon,
    slashes,
    not_a_key,
    no_equals,
    heading_open,
    heading_above,
    heading_double,
    heading_single,
    backslash,
    twice,
    leading_zero,
    comma_missing,
    comma_here,
    list_open,
    table_open,
    too_deep_brackets,
    not_readable,
    unknown_key,
    not_a_role,
    missing_key,
    wrong_kind,
    not_true,
    out_of_range,
    bad_character,
    long_text,
    empty_text,
    empty_list,
    other_format,
    no_module_steps,
    is_a_module,
    no_stages,
    wrong_length,
    roles_together,
    roles_many,
    people_range,
    bad_language,
    unknown_need,
    unknown_clock,
    two_rests,
    no_rest,
    minutes_sum_many,
    word_missing,
    word_too_many,
    other_packs,
    roles_alone,
    bad_role,
    role_twice,
    unknown_shorter,
    shorter_itself,
    shorter_people,
    shorter_broken,
    too_many_stages,
    too_many_steps,
    minutes_sum,
    no_agreement,
    no_gate,
    no_keep,
    small_closing,
    small_buffer,
    no_kind,
    unknown_kind,
    early_closing,
    no_closing,
    only_in_turns,
    no_landing,
    no_landing_minutes,
    moves_on_outside,
    may_skip_outside,
    closing_minutes,
    part_minutes,
    at_least_turn,
    landing_length,
    no_landing_step,
    two_landing_steps,
    long_stage_title,
    at_least_large,
    at_least_landing,
    at_least_closing,
    unknown_role,
    module_and_steps,
    no_steps,
    no_part_steps,
    no_such_step,
    no_bound,
    no_larger_bound,
    unknown_module,
    no_offer,
    no_clock,
    module_misfit,
    module_shadows,
    module_shadowed,
    module_unreadable,
    two_asks,
    carry_without,
    unseen_without,
    unknown_meaning,
    unknown_look,
    unknown_card_line,
    use_and_more,
    exits_without_use,
    exits_outside,
    no_exits,
    unknown_exit,
    missing_exit,
    bad_written,
    bad_module,
    module_in_itself,
    modules_deep,
    modules_many,
    says_nothing,
    by_company_first,
    only_word,
    reserved_id,
    bad_id,
    id_twice,
    beyond_without_depth,
    depth_outside,
    depth_landing,
    first_too_deep,
    landing_outside,
    falls_through,
    rung_outside,
    fresh_without,
    rating_bound,
    no_answers,
    many_answers,
    above_ceiling,
    usual_warning,
    long_warning,
    no_company,
    company_outside,
    rung_without_words,
    unknown_target,
    no_target,
    closing_target,
    later_step_target,
    title_target,
    earlier_step_target,
    earlier_target,
    left_out_target,
    nowhere_target,
    not_a_depth,
    not_a_rung_here,
    not_a_rung,
    unreached,
    endless,
    skips_landing,
    open_brace,
    brace_unknown,
    brace_nobody,
    long_line,
    two_questions,
    pushing,
}
