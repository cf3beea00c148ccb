//! What words of the format mean, and what is said of those that mean nothing.

use crate::script::format::reader::Located;
use crate::script::head::People;
use crate::script::problem::Problems;
use crate::script::word::Word;
use crate::text::words::{ScriptSentence, words};

/// Whether something marked `only` is there in this session.
pub(crate) fn is_for(
    only: Option<&Located<String>>,
    people: People,
    problems: &mut Problems,
) -> bool {
    match only.map(|at| (at.it.as_str(), at)) {
        None => true,
        Some(("alone", _)) => people.to == 1,
        Some(("together", _)) => people.to > 1,
        Some((_, at)) => {
            problems.error(&at.span, &words().script.sentence.only_word, &[]);
            true
        }
    }
}

/// One of these roles, by its word.
pub(crate) fn role(
    at: &Located<String>,
    roles: &[String],
    problems: &mut Problems,
) -> Option<usize> {
    let found = roles.iter().position(|role| *role == at.it);
    if found.is_none() {
        let known: Vec<&str> = roles.iter().map(String::as_str).collect();
        problems.unknown(
            &at.span,
            &words().script.sentence.unknown_role,
            &at.it,
            &known,
        );
    }
    found
}

/// What a word of the format means, or `wrong` where it means nothing.
pub(crate) fn word<W: Word>(
    at: &Located<String>,
    wrong: &'static ScriptSentence,
    problems: &mut Problems,
) -> Option<W> {
    let found = meant(&at.it);
    if found.is_none() {
        let known: Vec<&str> = W::BY_WORD.iter().map(|(word, _)| *word).collect();
        problems.unknown(&at.span, wrong, &at.it, &known);
    }
    found
}

pub(crate) fn meant<W: Word>(word: &str) -> Option<W> {
    let found = W::BY_WORD.iter().find(|(known, _)| *known == word);
    found.map(|(_, it)| *it)
}
