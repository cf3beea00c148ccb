//! What should not be said in a prompt (content.md T2.6).

use std::borrow::Cow;
use std::sync::LazyLock;

use super::text::{Names, senses, text};
use crate::script::format::reader::Located;
use crate::script::model::Text;
use crate::script::problem::Problems;
use crate::text::words::{ScriptAvoid, ScriptPush, words};

/// The longest line of a prompt, in letters (content.md T2.6).
const LONG_LINE: usize = 140;
/// How many letters English has.
const LETTERS: usize = 26;

/// How closely it is looked at how texts are said (content.md T2.6).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lint {
    /// Not at all: nobody reads what would be told.
    Nothing,
    /// At what is so in every language.
    Any,
    /// At the words that push, too, which are English ones.
    English,
}

impl Lint {
    /// The same for this language.
    pub(crate) fn of(self, language: &str) -> Self {
        let english = language == "en" || language.starts_with("en-");
        if self == Self::English && !english {
            return Self::Any;
        }
        self
    }
}

/// What a text does to whoever reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Said {
    /// It asks somebody: what pushes, pushes them.
    Prompt,
    /// It asks everybody, in its first line and in each with a question; the others are quieter, and say who does what.
    Everybody,
    /// It says what to do beside that: a rule may be as firm as it likes.
    Instruction,
}

/// Like [`text`], and looks at how it is said.
pub(crate) fn prompt(
    at: &Located<String>,
    said: Said,
    (names, lint): (&Names, Lint),
    problems: &mut Problems,
) -> Text {
    match lint {
        Lint::Nothing => {}
        // What everybody hears alike, which is nearly all of it, is looked at where it is.
        Lint::Any | Lint::English if !at.it.contains('|') => look_at(at, said, lint, problems),
        Lint::Any | Lint::English => {
            for it in senses(&at.it) {
                let span = at.span.clone();
                look_at(&Located { it, span }, said, lint, problems);
            }
        }
    }
    text(at, names, problems)
}

fn look_at(at: &Located<String>, said: Said, lint: Lint, problems: &mut Problems) {
    let w = &words().script;
    for line in at.it.lines().filter(|line| line.len() > LONG_LINE) {
        let letters = line.trim().chars().count();
        if letters > LONG_LINE {
            let values = [
                ("letters", &*letters.to_string()),
                ("most", &*LONG_LINE.to_string()),
            ];
            let span = problems.within(&at.span, line.trim());
            problems.warning(&span, &w.sentence.long_line, &values);
        }
    }
    let asks = said != Said::Instruction;
    if let (true, Some(line)) = (asks, second_question(&at.it)) {
        let span = problems.within(&at.span, line.trim());
        problems.warning(&span, &w.sentence.two_questions, &[]);
    }
    if lint != Lint::English {
        return;
    }
    // What stands in quotes is somebody's words, and pushes nobody; its places stay the same.
    let own = without_quotes(&at.it);
    let Found { pushes, avoided } = sought_in(&own, said);
    for (start, push) in pushes {
        let unless = push.unless.as_ref();
        if unless.is_some_and(|word| has_word(&at.it, word)) {
            continue;
        }
        let typed = at.it.get(start..start + push.word.len());
        let span = problems.within(&at.span, typed.unwrap_or_default());
        let values = [("word", push.word), ("next", push.next)];
        problems.warning(&span, &w.sentence.pushing, &values);
    }
    for (start, word, avoid) in avoided {
        let typed = at.it.get(start..start + word.len());
        let span = problems.within(&at.span, typed.unwrap_or_default());
        let values = [("word", word), ("about", avoid.about), ("next", avoid.next)];
        problems.warning(&span, &w.sentence.avoided, &values);
    }
}

/// What is looked for among the words that begin with the same two letters.
#[derive(Default)]
struct Sought {
    push: Vec<&'static ScriptPush>,
    avoid: Vec<(&'static str, &'static ScriptAvoid)>,
}

/// By their first two letters, because a script is full of words, and few of them begin like one that is looked for.
static SOUGHT: LazyLock<Vec<Sought>> = LazyLock::new(|| {
    let mut all: Vec<Sought> = Vec::new();
    all.resize_with(LETTERS * (LETTERS + 1), Sought::default);
    for push in words().script.push {
        if let Some(sought) = first_two(push.word).and_then(|at| all.get_mut(at)) {
            sought.push.push(push);
        }
    }
    for avoid in words().script.avoid {
        for &word in avoid.words {
            if let Some(sought) = first_two(word).and_then(|at| all.get_mut(at)) {
                sought.avoid.push((word, avoid));
            }
        }
    }
    all
});

/// With which letter of English a word begins, and which follows, if one does, as one number.
fn first_two(word: &str) -> Option<usize> {
    let letter = |at: usize| {
        let letter = word.as_bytes().get(at)?.to_ascii_lowercase();
        letter
            .is_ascii_lowercase()
            .then(|| usize::from(letter - b'a'))
    };
    Some(letter(0)? * (LETTERS + 1) + letter(1).unwrap_or(LETTERS))
}

/// What was found, each where it first stands.
#[derive(Default)]
struct Found {
    /// The words that push.
    pushes: Vec<(usize, &'static ScriptPush)>,
    /// What a prompt leaves to the person whose part it is: one word of each kind.
    avoided: Vec<(usize, &'static str, &'static ScriptAvoid)>,
}

fn sought_in(text: &str, said: Said) -> Found {
    let mut found = Found::default();
    for start in word_starts(text) {
        let rest = text.get(start..).unwrap_or_default();
        let Some(sought) = first_two(rest).and_then(|at| SOUGHT.get(at)) else {
            continue;
        };
        let pushes = sought.push.iter();
        for push in pushes.filter(|_| said != Said::Instruction) {
            let known = |(_, known): &(usize, &ScriptPush)| known.word == push.word;
            let stands = stands_at(text, start, push.word);
            let stands = stands && (said == Said::Prompt || asks_at(text, start));
            if stands && !found.pushes.iter().any(known) {
                found.pushes.push((start, push));
            }
        }
        for (word, avoid) in &sought.avoid {
            let known = |(_, _, known): &(usize, &str, &ScriptAvoid)| known.about == avoid.about;
            if stands_at(text, start, word) && !found.avoided.iter().any(known) {
                found.avoided.push((start, word, avoid));
            }
        }
    }
    found
}

/// Whether the line around this place asks: the first one, and each with a question in it.
fn asks_at(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_start();
    let behind = text.get(at..).unwrap_or_default();
    let own = before.rsplit('\n').next().unwrap_or_default();
    let rest = behind.split('\n').next().unwrap_or_default();
    own.len() == before.len() || own.contains('?') || rest.contains('?')
}

/// The line in which a second question is asked. What stands in quotes is somebody's words, and asks nothing.
fn second_question(text: &str) -> Option<&str> {
    text.matches('?').nth(1)?;
    let own = without_quotes(text);
    let (second, _) = own.match_indices('?').nth(1)?;
    let start = text.get(..second)?.rfind('\n').map_or(0, |line| line + 1);
    text.get(start..)?.lines().next()
}

/// The same text with blanks in place of what stands in quotes, byte for byte.
fn without_quotes(text: &str) -> Cow<'_, str> {
    let mut own = String::new();
    let mut copied = 0;
    for (at, letter) in text.char_indices() {
        let Some(end) = quote_end(letter).filter(|_| at >= copied) else {
            continue;
        };
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        if before.is_some_and(char::is_alphanumeric) {
            continue;
        }
        // A quote without an end is an apostrophe, or a slip: it hides nothing.
        let Some(behind) = end_of_quote(text, at + letter.len_utf8(), end) else {
            continue;
        };
        own.push_str(text.get(copied..at).unwrap_or_default());
        own.extend(std::iter::repeat_n(' ', behind - at));
        copied = behind;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    own.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(own)
}

/// Behind the end of a quote. An apostrophe looks like one, and has a letter behind it.
fn end_of_quote(text: &str, inside: usize, end: char) -> Option<usize> {
    let ends = text.get(inside..)?.match_indices(end);
    let mut ends = ends.map(|(at, end)| inside + at + end.len());
    ends.find(|behind| {
        let next = text.get(*behind..).and_then(|rest| rest.chars().next());
        !next.is_some_and(char::is_alphanumeric)
    })
}

/// What ends a quote that begins so.
fn quote_end(letter: char) -> Option<char> {
    match letter {
        '"' | '\'' => Some(letter),
        '“' => Some('”'),
        '‘' => Some('’'),
        '„' => Some('“'),
        '«' => Some('»'),
        '»' => Some('«'),
        '「' => Some('」'),
        _ => None,
    }
}

/// Whether a word stands in a text, in small or large letters, with no letter beside it.
fn has_word(text: &str, word: &str) -> bool {
    word_starts(text).any(|start| stands_at(text, start, word))
}

/// Where an English word may begin: at a letter with none before it.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let before = std::mem::replace(&mut inside, byte.is_ascii_alphanumeric());
        (byte.is_ascii_alphabetic() && !before).then_some(at)
    })
}

/// Whether this word, in small or large letters, stands at `start` with no letter beside it.
fn stands_at(text: &str, start: usize, word: &str) -> bool {
    let end = start + word.len();
    let bytes = text.as_bytes();
    // Letter by letter: nearly every word differs in the second one.
    let alike = |(typed, looked): (&u8, &u8)| typed.eq_ignore_ascii_case(looked);
    let same = bytes
        .get(start..end)
        .is_some_and(|typed| typed.iter().zip(word.as_bytes()).all(alike));
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    same && !letter(
        text.get(..start)
            .and_then(|before| before.chars().next_back()),
    ) && !letter(text.get(end..).and_then(|after| after.chars().next()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::script::source::Source;

    fn names() -> Names {
        Names {
            roles: vec!["processor".into(), "witness".into()],
            held: 2,
            ..Names::default()
        }
    }

    fn problems_of(words: &str) -> Vec<String> {
        let source = Arc::new(Source::new("x.toml", words));
        let mut problems = Problems::of(source);
        let at = Located {
            it: words.to_owned(),
            span: 0..words.len(),
        };
        prompt(&at, Said::Prompt, (&names(), Lint::English), &mut problems);
        problems
            .all
            .iter()
            .map(|problem| problem.message.to_string())
            .collect()
    }

    #[test]
    fn only_what_is_asked_here_counts_as_a_question() {
        for one in [
            "Say slowly: “What is here?” Then: “And now?” What comes?",
            "Say: 'What is here?' or 'What else?'\nWhich one fits?",
            "Ask: \"who are you?\"\nWhat do you hear?",
            "Don't hurry; it's theirs. What's here?",
        ] {
            assert_eq!(problems_of(one).len(), 0, "{one}");
        }
        for two in [
            "What is here? And what else?",
            "“What is here?” What comes?\nAnd then?",
            "'Tis late? Isn't it?",
            "An “open quote? And another?",
        ] {
            assert_eq!(problems_of(two).len(), 1, "{two}");
        }
    }

    /// Each kind of what should not be said, with sentences that must warn and sentences that must not.
    #[derive(serde::Deserialize)]
    struct Rules {
        rule: Vec<Rule>,
    }

    #[derive(serde::Deserialize)]
    struct Rule {
        about: String,
        warns: Vec<String>,
        passes: Vec<String>,
    }

    #[test]
    fn every_kind_of_what_is_not_said_warns_and_ordinary_sentences_do_not() {
        let rules: Rules = toml::from_str(include_str!("lint_sentences.toml")).unwrap();
        let kinds = words().script.avoid.iter().map(|avoid| avoid.about);
        let tried = rules.rule.iter().map(|rule| rule.about.as_str());
        assert_eq!(kinds.collect::<Vec<_>>(), tried.collect::<Vec<_>>());
        for Rule {
            about,
            warns,
            passes,
        } in rules.rule
        {
            assert!(warns.len() >= 3 && passes.len() >= 3, "{about}");
            for sentence in warns {
                let told = problems_of(&sentence);
                let tells = told.iter().any(|told| told.ends_with(&about));
                assert!(tells, "{sentence}: {told:?}");
            }
            for sentence in passes {
                assert!(problems_of(&sentence).is_empty(), "{sentence}");
            }
        }
    }

    #[test]
    fn whatever_is_looked_for_begins_with_a_letter() {
        let pushes = words().script.push.iter().map(|push| push.word);
        let avoid = words().script.avoid.iter().flat_map(|avoid| avoid.words);
        for word in pushes.chain(avoid.copied()) {
            assert!(first_two(word).is_some(), "{word} would never be found");
        }
    }

    #[test]
    fn what_pushes_is_warned_of() {
        assert_eq!(problems_of("Why is that? And how?").len(), 2);
        assert!(problems_of("Whyever nevermore").is_empty());
        assert_eq!(
            problems_of("{procesor} is here."),
            ["nothing is called `procesor`"]
        );
        assert_eq!(problems_of(&"a ".repeat(100)).len(), 1);
    }
}
