//! What is wrong with a script: every problem, at its place, with what to write instead.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::source::{Position, Source};
use crate::shown::Shown;

/// How much a problem matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Severity {
    /// It can't run.
    Error,
    /// It can run, and should not be said so.
    Warning,
}

/// One problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// In which text.
    pub source: Arc<Source>,
    /// Where in it, in bytes.
    pub span: Range<usize>,
    /// What is wrong: one sentence without a full stop.
    pub message: Shown,
    /// What to write instead.
    pub help: Option<Shown>,
}

/// A line in an excerpt longer than this is cut by the renderer.
const WIDTH: usize = 100;

impl Problem {
    /// Where it begins, as people count.
    #[must_use]
    pub fn position(&self) -> Position {
        self.source.position(self.span.start)
    }

    /// `file:line:column: error: message`, for editors.
    #[must_use]
    pub fn short(&self) -> String {
        let Position { line, column } = self.position();
        let level = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        format!(
            "{}:{line}:{column}: {level}: {}",
            self.source.name, self.message
        )
    }

    /// The short form, then the line with a caret, then what to write instead.
    #[must_use]
    pub fn long(&self) -> String {
        let text = self.source.harmless();
        let end = text.len();
        let start = self.span.start.min(end);
        let span = start..self.span.end.clamp(start, end);
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = level.primary_title(self.message.as_str()).element(
            Snippet::source(text)
                .path(self.source.name.as_str())
                .annotation(AnnotationKind::Primary.span(span)),
        );
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        Renderer::plain().term_width(WIDTH).render(&[group])
    }
}

/// Collects problems while a text is read.
#[derive(Debug)]
pub struct Problems {
    source: Arc<Source>,
    /// Everything found so far, in this text and in others.
    pub all: Vec<Problem>,
}

impl Problems {
    /// None yet, in this text.
    #[must_use]
    pub fn of(source: Arc<Source>) -> Self {
        Self {
            source,
            all: Vec::new(),
        }
    }

    /// The text that is read.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Something that can't run.
    pub fn error(&mut self, span: Range<usize>, message: &str, help: &str) {
        self.add(Severity::Error, span, message, help);
    }

    /// Something that should not be said so.
    pub fn warning(&mut self, span: Range<usize>, message: &str, help: &str) {
        self.add(Severity::Warning, span, message, help);
    }

    fn add(&mut self, severity: Severity, span: Range<usize>, message: &str, help: &str) {
        self.all.push(Problem {
            severity,
            source: Arc::clone(&self.source),
            span,
            message: Shown::short(message, 200),
            help: (!help.is_empty()).then(|| Shown::short(help, 300)),
        });
    }
}

/// The known name nearest to a misspelt one, if one is near.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A distance is quadratic in the lengths, and a stranger's key may be a megabyte long.
    if word.len() > 64 {
        return None;
    }
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
