//! What is wrong with a script: every problem, at its place, with what to write instead.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::source::{Position, Source, Span};
use crate::text::safe_text::{MOST_LINE, SafeText};
use crate::text::words::{ScriptSentence, fill, words};

/// How much a problem matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Severity {
    /// It can't run.
    Error,
    /// It can run, and should not be said so.
    Warning,
    /// It can run, and is worth knowing: no check fails by it.
    Note,
}

impl Severity {
    /// Its word, for editors and at the beginning of a message.
    #[must_use]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// A name for what is wrong that stays the same when the words change: the key of its sentence.
    pub code: &'static str,
    /// In which text.
    pub source: Arc<Source>,
    /// Where in it, in bytes.
    pub span: Span,
    /// What is wrong: one sentence without a full stop.
    pub message: SafeText,
    /// What to write instead.
    pub help: Option<SafeText>,
}

/// What stands in a sentence for its names in braces.
type Values<'v> = &'v [(&'v str, &'v str)];

/// A line in an excerpt has at most so many columns, beside its number.
const WIDTH: usize = 92;
/// How far around a place an excerpt looks, in bytes.
const NEARBY: usize = 600;
/// What is told beside a path of any length, in bytes.
const FEWEST: usize = 80;
/// How many problems are kept. A megabyte of noise would make hundreds of thousands, and nobody reads them.
const MOST_KEPT: usize = 500;

impl Problem {
    /// A problem at this place. What was probably meant stands in place of what to write instead.
    fn new(
        severity: Severity,
        (source, span): (&Arc<Source>, &Span),
        (sentence, values): (&'static ScriptSentence, Values<'_>),
        near: Option<&str>,
    ) -> Self {
        let next = match near {
            Some(near) => fill(&words().script.did_you_mean, &[("near", near)]),
            None => fill(&sentence.next, values),
        };
        Self {
            severity,
            code: sentence.key,
            source: Arc::clone(source),
            span: source.whole_letters(span.clone()),
            message: bounded(fill(&sentence.is, values).as_str(), 200),
            help: Some(bounded(next.as_str(), MOST_LINE)),
        }
    }

    /// An error of a whole text.
    pub(super) fn error(
        source: Source,
        sentence: &'static ScriptSentence,
        values: Values<'_>,
    ) -> Self {
        let (source, said) = (Arc::new(source), (sentence, values));
        Self::new(Severity::Error, (&source, &(0..1)), said, None)
    }

    /// Whether it says the same of the same place as another one: a file is read once for each of its lengths.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let same_place = self.span == other.span && self.source.name == other.source.name;
        same_place && self.code == other.code
    }

    /// Where it begins, as people count.
    #[must_use]
    pub fn position(&self) -> Position {
        self.source.position(self.span.start)
    }

    /// Behind its last letter, as people count.
    #[must_use]
    pub(crate) fn end(&self) -> Position {
        self.source.position(self.span.end)
    }

    /// `file:line:column: error: message`, for editors. The file is whole, so that it can be opened.
    #[must_use]
    pub fn short(&self) -> String {
        let Position { line, column } = self.position();
        let (level, name) = (self.severity.word(), &self.source.name);
        let begins = format!("{name}:{line}:{column}: {level}: ");
        let says = SafeText::of_bytes(self.message.as_str(), room(begins.len()));
        format!("{begins}{says}")
    }

    /// The message, the place, the line with a caret, then what to write instead.
    #[must_use]
    pub fn long(&self) -> String {
        let Position { line, column } = self.position();
        let level = self.severity.word();
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let Excerpt {
            text,
            before,
            under,
        } = self.excerpt();
        let (before, under) = (" ".repeat(before), "^".repeat(under));
        let mut told = format!(
            "{level}: {}\n{margin}--> {}:{line}:{column}\n{margin} |\n{number} | {text}\n{margin} | {before}{under}",
            self.message,
            place(self.source.name.as_str())
        );
        if let Some(help) = &self.help {
            told.push_str(&format!("\n{margin} |\n{margin} = help: {help}"));
        }
        told
    }

    /// Only the line where it begins: whoever reads has to look at one place, not at a whole text.
    /// Of a line of a megabyte only what is around that place is ever looked at.
    fn excerpt(&self) -> Excerpt {
        let line = self.source.line_around(self.span.start);
        let start = self.span.start.min(line.end);
        let end = self.span.end.clamp(start, line.end);
        let piece = |from: usize, to: usize| {
            let span = self.source.whole_letters(from..to);
            SafeText::new(self.source.text.get(span).unwrap_or_default())
        };
        let (near, far) = (
            start.saturating_sub(NEARBY).max(line.start),
            (start + NEARBY).min(line.end),
        );
        let mut before = piece(near, start).as_str().to_owned();
        let under = piece(start, end.min(far));
        let after = piece(end.min(far), far);
        let whole = before.width() + under.as_str().width() + after.as_str().width();
        let long = before.len() > MOST_LINE / 2;
        if near > line.start || long || (whole > WIDTH && before.width() > WIDTH / 2) {
            let kept = last_columns(&before, WIDTH / 4, MOST_LINE / 2);
            before = format!("…{kept}");
        }
        let room = WIDTH.saturating_sub(before.width());
        let all = format!("{under}{after}");
        let rest = first_columns(&all, room, MOST_LINE / 2).to_owned();
        let cut = far < line.end || rest.len() < all.len();
        Excerpt {
            text: format!("{before}{rest}{}", if cut { "…" } else { "" })
                .trim_end()
                .to_owned(),
            under: under.as_str().width().clamp(1, room.max(1)),
            before: before.width(),
        }
    }
}

/// A line, and which of its columns are meant.
struct Excerpt {
    text: String,
    before: usize,
    under: usize,
}

/// How many bytes a line has left behind its beginning; always some words, and however long a path is.
#[must_use]
pub(crate) fn room(begins: usize) -> usize {
    MOST_LINE.saturating_sub(begins).max(FEWEST)
}

/// A text of at most so many letters, and of so many bytes: a letter may be joined from thousands.
fn bounded(text: &str, letters: usize) -> SafeText {
    SafeText::line(SafeText::short(text, letters).as_str())
}

/// How a file is called where a line has to hold it: the end of a long path, which says most.
fn place(name: &str) -> String {
    let kept = last_columns(name, MOST_LINE, MOST_LINE);
    match kept.len() < name.len() {
        true => format!("…{kept}"),
        false => name.to_owned(),
    }
}

/// The beginning of a text, up to so many columns and so many bytes.
fn first_columns(text: &str, most: usize, bytes: usize) -> &str {
    let mut columns = 0;
    for (at, letter) in text.grapheme_indices(true) {
        columns += letter.width();
        if columns > most || at + letter.len() > bytes {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

fn last_columns(text: &str, most: usize, bytes: usize) -> &str {
    let mut columns = 0;
    for (at, letter) in text.grapheme_indices(true).rev() {
        columns += letter.width();
        if columns > most || text.len() - at > bytes {
            return text.get(at + letter.len()..).unwrap_or_default();
        }
    }
    text
}

/// Collects problems while a text is read.
#[derive(Clone, Debug)]
pub(crate) struct Problems {
    source: Arc<Source>,
    /// Everything found so far.
    pub(crate) all: Vec<Problem>,
    /// Whether somebody reads the warnings, too, so that they are looked for.
    pub(crate) warns: bool,
}

impl Problems {
    /// None yet, in this text.
    #[must_use]
    pub(crate) fn of(source: Arc<Source>) -> Self {
        Self {
            source,
            all: Vec::new(),
            warns: true,
        }
    }

    /// The text that is read.
    #[must_use]
    pub(crate) fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Something that can't run.
    pub(crate) fn error(
        &mut self,
        at: &Span,
        sentence: &'static ScriptSentence,
        values: Values<'_>,
    ) {
        self.add(Severity::Error, at, (sentence, values), None);
    }

    /// Something that should not be said so.
    pub(crate) fn warning(
        &mut self,
        at: &Span,
        sentence: &'static ScriptSentence,
        values: Values<'_>,
    ) {
        self.add(Severity::Warning, at, (sentence, values), None);
    }

    /// Something that is worth knowing.
    pub(crate) fn note(
        &mut self,
        at: &Span,
        sentence: &'static ScriptSentence,
        values: Values<'_>,
    ) {
        self.add(Severity::Note, at, (sentence, values), None);
    }

    /// Something that can't run, and what was probably meant.
    pub(crate) fn error_near(
        &mut self,
        at: &Span,
        sentence: &'static ScriptSentence,
        values: Values<'_>,
        near: Option<&str>,
    ) {
        self.add(Severity::Error, at, (sentence, values), near);
    }

    /// Something that can't run, and how it is called.
    pub(crate) fn named(&mut self, at: &Span, sentence: &'static ScriptSentence, name: &str) {
        self.error(at, sentence, &[("name", &*short(name))]);
    }

    /// Something that can't run, where `name` is no word that is known here.
    pub(crate) fn unknown(
        &mut self,
        at: &Span,
        sentence: &'static ScriptSentence,
        name: &str,
        known: &[&str],
    ) {
        let (wrong, list) = (short(name), known.join(", "));
        let values = [("name", &*wrong), ("known", &*list), ("roles", &*list)];
        let near = nearest(name, known.iter().copied());
        self.error_near(at, sentence, &values, near);
    }

    /// A key is missing from what is read here.
    pub(crate) fn missing_key(&mut self, at: &Span, key: &str, what: &str) {
        let w = &words().script;
        let dots = format!("{key} = …");
        let example = w.example.get(key).unwrap_or(&dots);
        let values = [("key", key), ("what", what), ("example", example)];
        self.error(at, &w.sentence.missing_key, &values);
    }

    fn add(
        &mut self,
        severity: Severity,
        at: &Span,
        said: (&'static ScriptSentence, Values<'_>),
        near: Option<&str>,
    ) {
        if !self.is_full() {
            let problem = Problem::new(severity, (&self.source, at), said, near);
            self.all.push(problem);
        }
    }

    /// Whether no more problems are kept, so that nobody has to look for them.
    #[must_use]
    pub(crate) fn is_full(&self) -> bool {
        self.all.len() >= MOST_KEPT
    }

    /// Whether a value is typed as a heading with lines of its own below it.
    pub(crate) fn is_heading(&self, span: &Span) -> bool {
        let typed = self.source.text.get(span.clone()).unwrap_or_default();
        // A list begins with a bracket, too, and nothing of it is a word without quotes.
        let path = typed.trim_matches(['[', ']']);
        let in_path = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
        typed.starts_with('[')
            && path.starts_with(|c: char| c.is_ascii_alphabetic())
            && path.chars().all(in_path)
    }

    /// Whether this is the first word in a heading of several, such as `stage` in `[[stage.step]]`.
    pub(crate) fn begins_path(&self, span: &Span) -> bool {
        let text = &self.source.text;
        let (above, behind) = (text.get(..span.start), text.get(span.end..));
        above.is_some_and(|above| above.ends_with('['))
            && behind.is_some_and(|behind| behind.starts_with('.'))
    }

    /// A heading with one bracket on each side, where each of them begins one of several, or with two where there
    /// is only one.
    pub(crate) fn heading(&mut self, span: Span) {
        let typed = self.source.text.get(span.clone()).unwrap_or_default();
        let name = SafeText::short(typed.trim_matches(['[', ']']), 40);
        let w = &words().script.sentence;
        let sentence = match typed.starts_with("[[") {
            true => &w.heading_double,
            false => &w.heading_single,
        };
        self.error(&span, sentence, &[("name", name.as_str())]);
    }

    /// The errors that were found within a part of the text.
    fn errors_in(&self, part: &Span) -> impl Iterator<Item = &Problem> {
        let within = |problem: &&Problem| part.contains(&problem.span.start);
        let errors = self.all.iter().filter(within);
        errors.filter(|problem| problem.severity == Severity::Error)
    }

    /// Whether an error was found within a part of the text.
    #[must_use]
    pub(crate) fn touch(&self, part: &Span) -> bool {
        self.errors_in(part).next().is_some()
    }

    /// Whether an error was found within a part of the text that may change where its steps lead. What is wrong with
    /// words or minutes changes no way, so ways can be looked at beside it.
    #[must_use]
    pub(crate) fn touch_ways(&self, part: &Span) -> bool {
        let w = &words().script.sentence;
        let harmless = [
            &w.at_least_closing,
            &w.at_least_landing,
            &w.at_least_large,
            &w.at_least_turn,
            &w.brace_nobody,
            &w.brace_unknown,
            &w.by_company_first,
            &w.empty_text,
            &w.landing_length,
            &w.long_stage_title,
            &w.no_landing,
            &w.not_a_rung,
            &w.not_a_rung_here,
            &w.open_brace,
            &w.says_nothing,
            &w.unknown_role,
            &w.usual_warning,
            &w.wrong_length,
        ];
        let mut errors = self.errors_in(part);
        !errors.all(|problem| harmless.iter().any(|harmless| harmless.key == problem.code))
    }

    /// Where `part` stands within a value: a text of several lines is a poor place to point at.
    #[must_use]
    pub(crate) fn within(&self, span: &Span, part: &str) -> Span {
        let raw = self.source.text.get(span.clone()).unwrap_or_default();
        match raw.find(part) {
            Some(at) if !part.is_empty() => span.start + at..span.start + at + part.len(),
            Some(_) | None => span.clone(),
        }
    }
}

/// The known name nearest to a misspelt one, if one is near.
#[must_use]
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A distance is quadratic in the lengths, and a stranger's key may be a megabyte long.
    if word.len() > 64 {
        return None;
    }
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 4)
        .min_by(|(one, near), (other, far)| {
            // Among equally near ones, the one that begins alike.
            let alike = |name: &str| strsim::jaro_winkler(word, name);
            one.cmp(other).then(alike(far).total_cmp(&alike(near)))
        })
        .map(|(_, name)| name)
}

/// A name as it is told in a message: never a whole screen of it.
pub(crate) fn short(name: &str) -> String {
    SafeText::short(name, 40).as_str().to_owned()
}
