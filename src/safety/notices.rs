//! What this is and is not: shown at the first run, with `--version`, on everything that is exported.

use crate::text::safe_text::{SafeText, paragraphs};
use crate::text::words::{fill, words};

/// The first page of a first run, one paragraph each. `exit` is the key of the quick exit: that is explained before
/// anybody needs it (content.md 4.7).
#[must_use]
pub(crate) fn first_run(exit: &str) -> Vec<SafeText> {
    let says = &words().safety;
    let mut first_run = paragraphs(says.first_run);
    first_run.push(fill(&says.first_run_exit, &[("key", exit)]));
    first_run
}

/// What is one key behind it. `folder` is where a session's working log lies.
#[must_use]
pub(crate) fn first_run_rest(folder: &SafeText, exit: &str) -> Vec<SafeText> {
    let says = &words().safety;
    let mut rest = paragraphs(says.first_run_rest);
    rest.push(fill(&says.quick_exit, &[("key", exit)]));
    rest.push(fill(&says.kept, &[("folder", folder.as_str())]));
    rest
}

/// For whom this is not the right thing (content.md 4.1), one entry each.
#[must_use]
pub(crate) fn not_for() -> Vec<SafeText> {
    paragraphs(words().safety.not_for)
}

/// The same in a few words.
#[must_use]
pub(crate) fn not_for_short() -> Vec<SafeText> {
    paragraphs(words().safety.not_for_short)
}

/// The short form for `--version`, help and exported files.
#[must_use]
pub(crate) fn about() -> Vec<SafeText> {
    paragraphs(words().safety.about)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What content.md 4.8 demands, in words that have to be there.
    const DEMANDED: [&str; 8] = [
        "not therapy",
        "not medical",
        "not a crisis service",
        "trained",
        "adults",
        "strong feelings",
        "stop at any",
        "IFS Institute",
    ];

    fn joined(lines: &[SafeText]) -> String {
        let lines: Vec<&str> = lines.iter().map(SafeText::as_str).collect();
        lines.join(" ")
    }

    /// The first page and what is one key behind it.
    fn whole(folder: &str, exit: &str) -> String {
        let rest = first_run_rest(&SafeText::new(folder), exit);
        joined(&[first_run(exit), rest].concat())
    }

    #[test]
    fn first_pages_have_sixty_words_at_most() {
        let count = |text: &str| text.split_whitespace().count();
        let first = count(&joined(&first_run("Ctrl-X")));
        let short = count(&joined(&not_for_short())) + count(words().safety.not_for_short_intro);
        assert!(first <= 60 && short <= 60, "{first} {short}");
    }

    #[test]
    fn both_forms_say_all_that_has_to_be_said() {
        for text in [whole("/x", "Ctrl-X"), joined(&about())] {
            for demanded in DEMANDED {
                let found = text.to_lowercase().contains(&demanded.to_lowercase());
                assert!(found, "{demanded} is missing in: {text}");
            }
        }
        let page = whole("/x/y", "Ctrl-Y");
        assert!(
            page.contains("/x/y") && page.contains("Ctrl-Y three times"),
            "{page}"
        );
    }
}
