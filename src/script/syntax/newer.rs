//! What only a reader of TOML 1.1 takes: this program reads it, and most editors and tools still read 1.0.

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Offset;

use crate::script::problem::Problems;
use crate::script::source::{Source, Span};
use crate::text::sort::Arrange;
use crate::text::words::words;

/// Says of the first braces, the first text and the first time that need a newer reader that they do.
pub(super) fn tell(source: &Source, root: &DeTable<'_>, problems: &mut Problems) {
    let mut looks = Looks {
        text: &source.text,
        braces: None,
        escape: None,
        time: None,
    };
    looks.look_at_all(root);
    let w = &words().script.sentence;
    let found = [
        (looks.braces, &w.newer_braces),
        (looks.escape, &w.newer_escape),
        (looks.time, &w.newer_time),
    ];
    for (span, sentence) in found {
        if let Some(span) = span {
            problems.warning(&span, sentence, &[]);
        }
    }
}

struct Looks<'t> {
    text: &'t str,
    braces: Option<Span>,
    escape: Option<Span>,
    time: Option<Span>,
}

impl Looks<'_> {
    fn look_at_all(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            self.look_at_text(key.span());
            self.look(value);
        }
    }

    fn look_at_text(&mut self, span: Span) {
        let typed = self.text.get(span.clone()).unwrap_or_default();
        if self.escape.is_none() && has_newer_escape(typed) {
            self.escape = Some(span);
        }
    }

    fn look(&mut self, value: &Spanned<DeValue<'_>>) {
        let span = value.span();
        let typed = self.text.get(span.clone()).unwrap_or_default();
        match value.get_ref() {
            DeValue::String(_) => self.look_at_text(span),
            DeValue::Datetime(at) => {
                let seconds = typed.matches(':').count();
                let zone = usize::from(matches!(at.offset, Some(Offset::Custom { .. })));
                if at.time.is_some() && seconds < 2 + zone {
                    self.time.get_or_insert(span);
                }
            }
            DeValue::Array(list) => list.iter().for_each(|value| self.look(value)),
            DeValue::Table(table) => {
                if self.braces.is_none() && typed.starts_with('{') && self.is_newer(&span, table) {
                    self.braces = Some(span.start..span.start + 1);
                }
                self.look_at_all(table);
            }
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {}
        }
    }

    /// Whether a line ends within these braces other than inside of a value, or a comma comes last.
    fn is_newer(&self, span: &Span, table: &DeTable<'_>) -> bool {
        let mut values: Vec<Span> = table.values().map(Spanned::span).collect();
        values.arrange_by_key(|value| value.start);
        let mut at = span.start;
        let mut last = "";
        values.push(span.end..span.end);
        for value in values {
            last = self.text.get(at..value.start).unwrap_or_default();
            if last.contains('\n') {
                return true;
            }
            at = value.end.max(at);
        }
        last.trim_start().starts_with(',')
    }
}

/// Whether a text in double quotes has one of the characters behind a `\` that came with 1.1.
fn has_newer_escape(typed: &str) -> bool {
    let mut rest = typed.strip_prefix('"').unwrap_or_default();
    while let Some((_, escaped)) = rest.split_once('\\') {
        if escaped.starts_with(['e', 'x']) {
            return true;
        }
        // A `\` that was escaped escapes nothing.
        let mut letters = escaped.chars();
        letters.next();
        rest = letters.as_str();
    }
    false
}
