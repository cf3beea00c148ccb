//! What this is and is not: shown at the first run, with `--version`, on everything that is exported.

use crate::text::safe_text::{SafeText, paragraphs};
use crate::text::words::{fill, words};

/// The first page of a first run, one paragraph each. `folder` is where a session's working log lies, `exit` the key of
/// the quick exit: that is explained before anybody needs it (content.md 4.7).
#[must_use]
pub(crate) fn first_run(folder: &SafeText, exit: &str) -> Vec<SafeText> {
    let says = &words().safety;
    let mut first_run = paragraphs(says.first_run);
    first_run.push(fill(&says.quick_exit, &[("key", exit)]));
    first_run.push(fill(&says.kept, &[("folder", folder.as_str())]));
    first_run
}

/// For whom this is not the right thing (content.md 4.1), one entry each.
#[must_use]
pub(crate) fn not_for() -> Vec<SafeText> {
    paragraphs(words().safety.not_for)
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

    #[test]
    fn both_forms_say_all_that_has_to_be_said() {
        for text in [
            joined(&first_run(&SafeText::new("/x"), "Ctrl-X")),
            joined(&about()),
        ] {
            for demanded in DEMANDED {
                let found = text.to_lowercase().contains(&demanded.to_lowercase());
                assert!(found, "{demanded} is missing in: {text}");
            }
        }
        let page = joined(&first_run(&SafeText::new("/x/y"), "Ctrl-Y"));
        assert!(
            page.contains("/x/y") && page.contains("Ctrl-Y three times"),
            "{page}"
        );
    }
}
