//! What this is and is not: shown at the first run, with `--version`, on everything that is exported.

use crate::shown::Shown;
use crate::words::{fill, words};

/// The first page of a first run, one paragraph each. `folder` is where a session's working log lies, `exit` the key of
/// the quick exit: that is explained before anybody needs it (content.md 4.7).
#[must_use]
pub fn first_run(folder: &Shown, exit: &str) -> Vec<Shown> {
    let says = &words().care;
    let mut paragraphs: Vec<Shown> = says.first_run.iter().map(|text| Shown::new(text)).collect();
    paragraphs.push(fill(&says.quick_exit, &[("key", exit)]));
    paragraphs.push(fill(&says.kept, &[("folder", folder.as_str())]));
    paragraphs
}

/// For whom this is not the right thing (content.md 4.1), one entry each.
#[must_use]
pub fn not_for() -> Vec<Shown> {
    words()
        .care
        .not_for
        .iter()
        .map(|text| Shown::new(text))
        .collect()
}

/// The short form for `--version`, help and exported files.
#[must_use]
pub fn about() -> Vec<Shown> {
    words()
        .care
        .about
        .iter()
        .map(|text| Shown::new(text))
        .collect()
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

    fn joined(lines: &[Shown]) -> String {
        let lines: Vec<&str> = lines.iter().map(Shown::as_str).collect();
        lines.join(" ")
    }

    #[test]
    fn both_forms_say_all_that_has_to_be_said() {
        for text in [
            joined(&first_run(&Shown::new("/x"), "Ctrl-X")),
            joined(&about()),
        ] {
            for demanded in DEMANDED {
                let found = text.to_lowercase().contains(&demanded.to_lowercase());
                assert!(found, "{demanded} is missing in: {text}");
            }
        }
        let page = joined(&first_run(&Shown::new("/x/y"), "Ctrl-Y"));
        assert!(
            page.contains("/x/y") && page.contains("Ctrl-Y three times"),
            "{page}"
        );
    }
}
