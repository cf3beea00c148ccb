//! Texts of a script: paragraphs, roles in braces, and what should not be said (content.md T2.6).

use std::sync::LazyLock;

use super::model::{Piece, Text};
use super::problem::{Problems, nearest};
use super::reader::{At, short};
use crate::shown::Shown;
use crate::words::{ScriptPush, words};

/// The longest line of a prompt, in letters (content.md T2.6).
const LONG_LINE: usize = 140;

/// What may stand in braces.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The words for the roles.
    pub roles: Vec<String>,
    /// How many of them somebody has.
    pub held: usize,
    /// What people write at some step up to here.
    pub written: Vec<String>,
    /// The words of the packs, each in the order of the script's packs.
    pub packed: Vec<(String, Vec<Shown>)>,
}

impl Names {
    /// What a name in braces stands for.
    fn piece(&self, name: &str) -> Option<Piece> {
        let role = self.roles.iter().position(|role| role == name);
        let written = || self.written.iter().position(|known| known == name);
        let packed = || self.packed.iter().find(|(known, _)| known == name);
        role.map(Piece::Role)
            .or_else(|| written().map(Piece::Written))
            .or_else(|| packed().map(|(_, words)| Piece::Packed(words.clone())))
    }

    /// Every name there is.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let packed = self.packed.iter().map(|(name, _)| name);
        let names = self.roles.iter().chain(&self.written).chain(packed);
        names.map(String::as_str)
    }
}

/// Reads a text; `names` may stand in braces.
pub fn text(at: &At<String>, names: &Names, problems: &mut Problems) -> Text {
    let paragraphs: Vec<Vec<Piece>> = at
        .it
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| pieces(line, at, names, problems))
        .collect();
    if paragraphs.is_empty() {
        problems.error(at.span.clone(), &words().script.sentence.empty_text, &[]);
    }
    Text(paragraphs)
}

/// How closely it is looked at how texts are said (content.md T2.6).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lint {
    /// Not at all: nobody reads what would be told.
    Nothing,
    /// At what is so in every language.
    Any,
    /// At the words that push, too, which are English ones.
    English,
}

impl Lint {
    /// The same for this language.
    pub fn of(self, language: &str) -> Self {
        let english = language == "en" || language.starts_with("en-");
        if self == Self::English && !english {
            return Self::Any;
        }
        self
    }
}

/// Like [`text`], and looks at how it is said.
pub fn prompt(at: &At<String>, names: &Names, lint: Lint, problems: &mut Problems) -> Text {
    look_at(at, lint, problems);
    text(at, names, problems)
}

fn pieces(line: &str, at: &At<String>, names: &Names, problems: &mut Problems) -> Vec<Piece> {
    let w = &words().script.sentence;
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((before, tail)) = rest.split_once('{') {
        let Some((name, after)) = tail.split_once('}') else {
            problems.error(problems.within(&at.span, line), &w.open_brace, &[]);
            break;
        };
        if !before.is_empty() {
            found.push(Piece::Words(Shown::new(before)));
        }
        rest = after;
        let piece = names.piece(name);
        let nobody = matches!(piece, Some(Piece::Role(role)) if role >= names.held);
        if let (Some(piece), false) = (piece, nobody) {
            found.push(piece);
            continue;
        }
        let known: Vec<&str> = names.all().collect();
        let values = [("name", &*short(name)), ("known", &*known.join(", "))];
        let span = problems.within(&at.span, &format!("{{{name}}}"));
        if nobody {
            problems.error(span, &w.brace_nobody, &values);
        } else {
            let near = nearest(name, known.iter().copied());
            problems.error_near(span, &w.brace_unknown, &values, near);
        }
    }
    if !rest.is_empty() {
        found.push(Piece::Words(Shown::new(rest)));
    }
    found
}

fn look_at(at: &At<String>, lint: Lint, problems: &mut Problems) {
    if lint == Lint::Nothing {
        return;
    }
    let w = &words().script;
    let may_be_long = at.it.len() > LONG_LINE;
    let lines = may_be_long.then(|| at.it.lines()).into_iter().flatten();
    for line in lines.filter(|line| line.len() > LONG_LINE) {
        let letters = line.trim().chars().count();
        if letters > LONG_LINE {
            let values = [
                ("letters", &*letters.to_string()),
                ("most", &*LONG_LINE.to_string()),
            ];
            let span = problems.within(&at.span, line.trim());
            problems.warning(span, &w.sentence.long_line, &values);
        }
    }
    if let Some(line) = second_question(&at.it) {
        let span = problems.within(&at.span, line.trim());
        problems.warning(span, &w.sentence.two_questions, &[]);
    }
    if lint != Lint::English {
        return;
    }
    for (start, push) in pushing(&at.it) {
        let unless = push.unless.as_ref();
        if unless.is_some_and(|word| has_word(&at.it, word)) {
            continue;
        }
        let typed = at.it.get(start..start + push.word.len());
        let span = problems.within(&at.span, typed.unwrap_or_default());
        let values = [("word", push.word), ("next", push.next)];
        problems.warning(span, &w.sentence.pushing, &values);
    }
}

/// The words that push, by their first letter: a script is full of words, and hardly one of them pushes.
static PUSHES: LazyLock<[Vec<&'static ScriptPush>; 26]> = LazyLock::new(|| {
    let begins =
        |letter: u8| move |push: &&ScriptPush| letter_of(push.word.as_bytes()) == Some(letter);
    std::array::from_fn(|at| {
        let letter = u8::try_from(at).unwrap_or_default();
        words().script.push.iter().filter(begins(letter)).collect()
    })
});

/// Which letter of the alphabet a word begins with, counted from 0.
fn letter_of(word: &[u8]) -> Option<u8> {
    let first = word.first()?.to_ascii_lowercase();
    first.is_ascii_lowercase().then(|| first - b'a')
}

/// The words that push, each where it first stands.
fn pushing(text: &str) -> Vec<(usize, &'static ScriptPush)> {
    let pushes = &*PUSHES;
    let mut found: Vec<(usize, &ScriptPush)> = Vec::new();
    for start in word_starts(text) {
        let letter = text.as_bytes().get(start..).and_then(letter_of);
        let pushes = letter.and_then(|letter| pushes.get(usize::from(letter)));
        for push in pushes.into_iter().flatten() {
            let known = || found.iter().any(|(_, known)| known.word == push.word);
            if stands_at(text, start, &push.word) && !known() {
                found.push((start, push));
            }
        }
    }
    found
}

/// The line in which a second question is asked. What stands in quotes is somebody's words, and asks nothing.
fn second_question(text: &str) -> Option<&str> {
    text.matches('?').nth(1)?;
    let mut asked = 0;
    let mut quoted = 0;
    for (at, letter) in text.char_indices() {
        if at < quoted {
            continue;
        }
        if letter == '?' {
            asked += 1;
            if asked == 2 {
                let start = text.get(..at)?.rfind('\n').map_or(0, |line| line + 1);
                return text.get(start..)?.lines().next();
            }
        } else {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let opens = !before.is_some_and(char::is_alphanumeric);
            let inside = at + letter.len_utf8();
            // A quote without an end is an apostrophe, or a slip: it hides nothing.
            if let Some(end) = quote_end(letter).filter(|_| opens) {
                quoted = end_of_quote(text, inside, end).unwrap_or(0);
            }
        }
    }
    None
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
    let same = bytes.get(start..end).is_some_and(|typed| {
        typed.first().map(u8::to_ascii_lowercase) == word.bytes().next()
            && typed.eq_ignore_ascii_case(word.as_bytes())
    });
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
        let at = At {
            it: words.to_owned(),
            span: 0..words.len(),
        };
        prompt(&at, &names(), Lint::English, &mut problems);
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
        let text = text(&at, &names(), &mut problems);
        assert_eq!(text.0.len(), 2);
        assert_eq!(text.0[0][0], Piece::Role(0));
        assert_eq!(
            text.0[1],
            [Piece::Role(1), Piece::Words(Shown::new(" listens."))]
        );
        assert!(problems.all.is_empty());
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
