//! A script that came from another machine: checked as any stranger's, and kept nowhere.

use std::sync::Arc;

use crate::script::{self, Library, MOST_BYTES, SHIPPED, Script, Severity, Source, is_id};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// The most modules that may come with a script.
const MOST_MODULES: usize = 64;
/// The most letters that are said of what is wrong in it.
const MOST_PROBLEM: usize = 300;

/// The modules that came with a script, before those that come with the program.
struct SentModules(Vec<(String, String)>);

impl Library for SentModules {
    fn module(&self, name: &str) -> Option<Source> {
        if let Some(known) = SHIPPED.module(name) {
            return Some(known);
        }
        let (name, text) = self.0.iter().find(|(known, _)| known == name)?;
        Some(Source::new(&format!("{name}.toml"), text.as_str()))
    }

    fn modules(&self) -> Vec<&str> {
        let own = self.0.iter().map(|(name, _)| name.as_str());
        SHIPPED.modules().into_iter().chain(own).collect()
    }

    fn script(&self, name: &str) -> Option<Source> {
        SHIPPED.script(name)
    }

    fn scripts(&self) -> Vec<&str> {
        SHIPPED.scripts()
    }
}

/// The script of this name in these texts, where all of it is in order and it is the one that was named.
///
/// # Errors
/// A sentence that says what is wrong.
pub(super) fn checked(name: &str, hash: &str, texts: &str) -> Result<Arc<Script>, SafeText> {
    let w = &words().joined;
    let called = SafeText::short(name, 60);
    let unfit = |why: &str| {
        let why = SafeText::short(why, MOST_PROBLEM);
        let values = [("name", called.as_str()), ("why", why.as_str())];
        fill(&w.sent_wrong, &values)
    };
    let texts: Vec<(String, String)> =
        serde_json::from_str(texts).map_err(|_| unfit(w.sent_torn))?;
    let mut texts = texts.into_iter();
    let (_, text) = texts.next().ok_or_else(|| unfit(w.sent_torn))?;
    let modules: Vec<(String, String)> = texts.collect();
    let large = |text: &String| text.len() > MOST_BYTES;
    let fit = is_id(name)
        && modules
            .iter()
            .all(|(name, text)| is_id(name) && !large(text));
    if !fit || large(&text) || modules.len() > MOST_MODULES {
        return Err(unfit(w.sent_large));
    }
    let source = Source::new(&format!("{name}.toml"), text);
    let checked = script::check(name, source, &SentModules(modules));
    let Some(script) = checked.script else {
        let mut problems = checked.problems.iter();
        let first = problems.find(|problem| problem.severity == Severity::Error);
        return Err(unfit(
            &first.map(script::Problem::short).unwrap_or_default(),
        ));
    };
    match script.hash == hash {
        true => Ok(Arc::new(script)),
        // What it says it is, it is not: modules differ that come with the program.
        false => Err(unfit(w.sent_other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STARTER: &str = include_str!("../../scripts/starter/starter.toml");

    fn sent(texts: &[(&str, &str)]) -> String {
        serde_json::to_string(texts).expect("texts")
    }

    fn of(text: &str) -> Arc<Script> {
        let source = Source::new("a/b/ours.toml", text);
        script::ready("ours", source, &SHIPPED).expect("it is in order")
    }

    #[test]
    fn a_script_of_ones_own_arrives_as_the_same_and_without_its_path() {
        let ours = of(STARTER);
        let texts = serde_json::to_string(&ours.texts).expect("texts");
        assert!(!texts.contains("a/b"));
        let there = checked("ours", &ours.hash, &texts).expect("it is in order");
        assert_eq!(there, ours);
        // Those that come with the program are not sent.
        let shipped = script::shipped_script("standard-pair").expect("shipped");
        assert!(shipped.texts.is_empty());
    }

    #[test]
    fn what_is_no_script_is_refused_with_a_sentence_that_says_why() {
        let hash = of(STARTER).hash.clone();
        let large = "#".repeat(MOST_BYTES + 1);
        let many: Vec<(String, String)> = (0..=MOST_MODULES)
            .map(|n| (format!("m{n}"), String::new()))
            .collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let torn = "[[\"ours\",\"form".to_owned();
        let cases = [
            (torn, words().joined.sent_torn),
            (sent(&[]), words().joined.sent_torn),
            (sent(&[("ours", &large)]), words().joined.sent_large),
            (
                sent(&[&[("ours", STARTER)][..], &many].concat()),
                words().joined.sent_large,
            ),
            (
                sent(&[("ours", STARTER), ("../x", "")]),
                words().joined.sent_large,
            ),
            (sent(&[("ours", "format = 1\n\u{1b}[2J")]), "error:"),
            (
                sent(&[("ours", &format!("{STARTER}\n# more"))]),
                words().joined.sent_other,
            ),
        ];
        for (texts, why) in cases {
            let said = checked("ours", &hash, &texts).expect_err(why);
            assert!(said.as_str().contains(why), "{said}");
            assert!(!said.as_str().contains('\u{1b}'));
        }
        assert!(checked("../ours", &hash, &sent(&[("ours", STARTER)])).is_err());
    }
}
