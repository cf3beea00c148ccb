//! Texts of a script: paragraphs, roles in braces, and what should not be said (content.md T2.6).

use super::model::{Piece, Text};
use super::problem::{Problems, nearest};
use super::reader::{At, short};
use crate::shown::Shown;

/// The longest line of a prompt, in letters (content.md T2.6).
const LONG_LINE: usize = 140;

/// Words that push, and what to do instead (content.md T2.6).
const PUSHING: [(&str, &str); 5] = [
    ("why", "ask what, how or where: a why asks for reasons"),
    ("always", "say it of this moment only"),
    ("never", "say it of this moment only"),
    ("remember when", "the way is with what is here now"),
    (
        "close your eyes",
        "offer another way in the same breath: eyes open, or resting on one thing",
    ),
];

/// Reads a text; `roles` are the words that may stand in braces, `people` how many of them somebody has.
pub fn text(at: &At<String>, roles: &[String], people: usize, problems: &mut Problems) -> Text {
    let paragraphs: Vec<Vec<Piece>> = at
        .it
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| pieces(line, at, roles, people, problems))
        .collect();
    if paragraphs.is_empty() {
        problems.error(
            at.span.clone(),
            "this text is empty",
            "write what is said, or leave the key out",
        );
    }
    Text(paragraphs)
}

/// Like [`text`], and looks at how it is said.
pub fn prompt(at: &At<String>, roles: &[String], people: usize, problems: &mut Problems) -> Text {
    lint(at, problems);
    text(at, roles, people, problems)
}

fn pieces(
    line: &str,
    at: &At<String>,
    roles: &[String],
    people: usize,
    problems: &mut Problems,
) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((before, tail)) = rest.split_once('{') {
        let Some((name, after)) = tail.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            found.push(Piece::Words(Shown::new(before)));
        }
        rest = after;
        match roles.iter().position(|role| role == name) {
            Some(role) if role < people => found.push(Piece::Role(role)),
            Some(_) => problems.error(
                at.span.clone(),
                &format!("`{{{name}}}` names a role that nobody has in a session alone"),
                "say it without the name, or give the step `only = \"together\"`",
            ),
            None => {
                let help = match nearest(name, roles.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{{{near}}}`?"),
                    None => format!("the roles here are: {}", roles.join(", ")),
                };
                problems.error(
                    at.span.clone(),
                    &format!("`{{{}}}` is not a role", short(name)),
                    &help,
                );
            }
        }
    }
    if !rest.is_empty() {
        found.push(Piece::Words(Shown::new(rest)));
    }
    found
}

fn lint(at: &At<String>, problems: &mut Problems) {
    for line in at.it.lines() {
        let letters = line.trim().chars().count();
        if letters > LONG_LINE {
            problems.warning(
                at.span.clone(),
                &format!("a line here has {letters} letters"),
                &format!("keep to {LONG_LINE}: it is read aloud, by somebody who is moved"),
            );
        }
    }
    if at.it.matches('?').count() > 1 {
        problems.warning(
            at.span.clone(),
            "more than one question at once",
            "ask one; make a step of each",
        );
    }
    let lower = at.it.to_lowercase();
    for (word, help) in PUSHING {
        if has_word(&lower, word) {
            problems.warning(at.span.clone(), &format!("`{word}` pushes"), help);
        }
    }
}

/// Whether `word` stands in `text` with no letter beside it.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(start, _)| {
        let before = text.get(..start).and_then(|t| t.chars().next_back());
        let after = text
            .get(start + word.len()..)
            .and_then(|t| t.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::script::source::Source;

    fn problems_of(words: &str) -> Vec<String> {
        let source = Arc::new(Source::new("x.toml", words));
        let mut problems = Problems::of(source);
        let at = At {
            it: words.to_owned(),
            span: 0..words.len(),
        };
        prompt(
            &at,
            &["processor".into(), "witness".into()],
            2,
            &mut problems,
        );
        problems
            .all
            .iter()
            .map(|problem| problem.message.to_string())
            .collect()
    }

    #[test]
    fn names_stand_where_the_braces_are() {
        let at = At {
            it: "{processor} speaks,\n{witness} listens.".to_owned(),
            span: 0..1,
        };
        let mut problems = Problems::of(Arc::new(Source::new("x", "x")));
        let text = text(
            &at,
            &["processor".into(), "witness".into()],
            2,
            &mut problems,
        );
        assert_eq!(text.0.len(), 2);
        assert_eq!(text.0[0][0], Piece::Role(0));
        assert_eq!(
            text.0[1],
            [Piece::Role(1), Piece::Words(Shown::new(" listens."))]
        );
        assert!(problems.all.is_empty());
    }

    #[test]
    fn what_pushes_is_warned_of() {
        assert_eq!(problems_of("Why is that? And how?").len(), 2);
        assert!(problems_of("Whyever nevermore").is_empty());
        assert_eq!(
            problems_of("{procesor} is here."),
            ["`{procesor}` is not a role"]
        );
        assert_eq!(problems_of(&"a ".repeat(100)).len(), 1);
    }
}
