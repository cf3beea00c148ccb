//! From text to TOML. What the parser says is told in words of ours: it speaks to programmers, and a
//! missing quote makes it say ten things.

use toml::Spanned;
use toml::de::{DeTable, Error};

use super::format::spec::ValueKind;
use super::format::tables::kind_of;
use super::problem::{Problems, short};
use super::source::{MOST_BYTES, Source, Span};
use crate::text::safe_text::first_forbidden;
use crate::text::sort::Arrange;
use crate::text::words::{ScriptSentence, ScriptSentenceWords, words};

mod newer;

/// Begins and ends a text of several lines.
const TRIPLE: &str = "\"\"\"";

/// How a file of a word processor begins, where it is text at all.
const RTF: &str = "{\\rtf";

/// The largest file of which more than one syntax error is told, in bytes.
const MOST_RECOVERED: usize = 128 * 1024;

/// Parses a text, or says why it can't be.
pub(crate) fn parse<'i>(
    source: &'i Source,
    problems: &mut Problems,
) -> Option<Spanned<DeTable<'i>>> {
    let w = &words().script.sentence;
    if source.text.len() > MOST_BYTES {
        problems.error(&(0..1), &w.too_large, &[]);
        return None;
    }
    if source.text.starts_with(RTF) {
        problems.error(&(0..RTF.len()), &w.word_processor, &[]);
        return None;
    }
    if let Some((span, c, why)) = first_forbidden(&source.text) {
        let code = format!("U+{:04X}", u32::from(c));
        problems.error(&span, &w.hidden_character, &[("why", why), ("code", &code)]);
        return None;
    }
    let mut errors = match DeTable::parse(&source.text) {
        Ok(root) => {
            if problems.warns {
                newer::tell(source, root.get_ref(), problems);
            }
            return Some(root);
        }
        // Noise of a megabyte holds as many errors as bytes; of a large file the first one will do.
        Err(error) if source.text.len() > MOST_RECOVERED => vec![error],
        Err(_) => DeTable::parse_recoverable(&source.text).1,
    };
    errors.arrange_by_key(|error| error.span().map(|span| span.start));
    let mut told: Option<usize> = None;
    let mut headings = false;
    let (mut line, mut counted) = (1, 0);
    for error in &errors {
        let span = source.whole_letters(error.span().unwrap_or(0..1));
        // Counted on from one error to the next: there can be hundreds of thousands.
        let passed = source.text.get(counted..span.start).unwrap_or_default();
        line += passed.matches('\n').count();
        counted = counted.max(span.start);
        // What goes wrong on the same line or right below follows from what was told already.
        if told.is_some_and(|told| line <= told + 1) {
            told = told.map(|told| told.max(line));
            continue;
        }
        // To find the heading behind a problem with headings, all that stands above is read: once is enough.
        if headings && is_heading(&source.text, &span) {
            continue;
        }
        let fault = fault(&source.text, error, &span, w);
        if fault.heading && headings {
            continue;
        }
        headings |= fault.heading;
        told = Some(line);
        problems.error(
            &fault.span,
            fault.sentence,
            &[
                ("name", &fault.name),
                ("example", example(&fault.name)),
                ("says", first_line(error)),
            ],
        );
        if fault.to_the_end {
            break;
        }
    }
    None
}

/// What is wrong, and where a writer would mend it.
struct SyntaxFault {
    span: Span,
    sentence: &'static ScriptSentence,
    name: String,
    /// Whether all that follows may only be wrong because of it.
    to_the_end: bool,
    /// Whether it is about a heading: one of them makes every other one of its name wrong.
    heading: bool,
}

impl SyntaxFault {
    fn at(span: Span, sentence: &'static ScriptSentence) -> Self {
        Self {
            span,
            sentence,
            name: String::new(),
            to_the_end: false,
            heading: false,
        }
    }

    fn open(self) -> Self {
        Self {
            to_the_end: true,
            ..self
        }
    }

    fn heading(self) -> Self {
        Self {
            heading: true,
            ..self
        }
    }
}

/// Whether this place is in the brackets of a heading.
fn is_heading(text: &str, span: &Span) -> bool {
    let above = text.get(..span.start).unwrap_or_default();
    let line = above.rsplit('\n').next().unwrap_or_default().trim();
    !line.is_empty() && line.bytes().all(|byte| byte == b'[')
}

/// How a number is typed behind this key.
fn example(name: &str) -> &str {
    let example = words().script.example.get(name);
    example.map_or("5", |example| {
        example.split_once("= ").map_or(example, |(_, value)| value)
    })
}

fn first_line(error: &Error) -> &str {
    error.message().lines().next().unwrap_or_default()
}

fn fault(text: &str, error: &Error, span: &Span, w: &'static ScriptSentenceWords) -> SyntaxFault {
    let says = first_line(error);
    let has = |part: &str| says.contains(part);
    let at = span.clone();
    let rest = text.get(span.start..).unwrap_or_default();
    if has("multi-line") && has("string") {
        let open = text.get(..span.start).and_then(|text| text.rfind(TRIPLE));
        let open = open.map_or(at, |open| open..open + TRIPLE.len());
        return SyntaxFault::at(open, &w.long_text_open).open();
    }
    if has("key with no value") || has("invalid unquoted key") {
        return not_a_line(text, span, w);
    }
    if has("array table") || has("unclosed table") || has("table open") {
        return SyntaxFault::at(at, &w.heading_open).heading();
    }
    if has("duplicate key") {
        return twice(text, span, w);
    }
    if has("string values must be quoted")
        || has("invalid float")
        || has("invalid boolean")
        || has("missing value")
    {
        return not_a_value(text, span, w);
    }
    if has("basic string") || has("literal string") {
        return single_quotes(text, span, w).unwrap_or(SyntaxFault::at(at, &w.text_open));
    }
    if has("recurs") {
        return SyntaxFault::at(at, &w.too_deep_brackets).open();
    }
    if has("missing comma") && !ends_here(text, span) {
        return comma(text, span, w);
    }
    if has("array") {
        return SyntaxFault::at(before(text, span), &w.list_open).open();
    }
    if has("inline table") || has("between key-value pairs") {
        return SyntaxFault::at(before(text, span), &w.table_open).open();
    }
    if has("escaped value") || has("unicode value") {
        return SyntaxFault::at(at, &w.backslash);
    }
    if has("carriage return") {
        return SyntaxFault::at(at, &w.lone_return).open();
    }
    if has("leading zero") {
        return SyntaxFault::at(at, &w.leading_zero);
    }
    if has("integer")
        || has("digits")
        || has("sign")
        || has("radix")
        || has("exponent")
        || has("mantissa")
        || has("fraction")
        || has("date-time")
    {
        return SyntaxFault::at(at, &w.not_a_number);
    }
    if has("unexpected key or value") {
        if let Some(behind) = rest.strip_prefix(',') {
            // In many languages seven and a half is written with a comma.
            let half = behind.starts_with(|c: char| c.is_ascii_digit());
            return SyntaxFault::at(at, if half { &w.comma_half } else { &w.comma_behind });
        }
        return single_quotes(text, span, w).unwrap_or(SyntaxFault::at(at, &w.more_behind));
    }
    SyntaxFault::at(at, &w.not_readable)
}

/// Whether a line begins here that belongs to no list and to no braces: then it is their end that is missing.
fn ends_here(text: &str, span: &Span) -> bool {
    let line = text.get(span.start..).and_then(|rest| rest.lines().next());
    let line = line.unwrap_or_default();
    let key = line.split_once('=').map(|(key, _)| key.trim());
    let in_key = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_key = key.is_some_and(|key| !key.is_empty() && key.chars().all(in_key));
    before(text, span) != *span && (is_key || line.starts_with("[["))
}

/// A comma that is missing between two things in a list or in braces. What stands on the next line shows it only
/// there, and the line in front of it is the one to mend.
fn comma(text: &str, span: &Span, w: &'static ScriptSentenceWords) -> SyntaxFault {
    let at = before(text, span);
    let passed = text.get(..at.start).unwrap_or_default();
    let line = passed.matches('\n').count() + 1;
    let sentence = if at == *span {
        &w.comma_here
    } else {
        &w.comma_missing
    };
    SyntaxFault {
        name: line.to_string(),
        ..SyntaxFault::at(at, sentence).open()
    }
}

/// A text in single quotes that its own apostrophe ends.
fn single_quotes(text: &str, span: &Span, w: &'static ScriptSentenceWords) -> Option<SyntaxFault> {
    let before = text.get(..span.start)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.get(start..)?;
    let (open, _) = line.match_indices('\'').next()?;
    let opens = line.get(..open)?.trim_end().ends_with(['=', '[', ',']);
    let ends = line.get(open + 1..)?.find('\'')?;
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let inside = line.get(..open + 1 + ends)?.chars().next_back();
    let behind = text.get(start + open + 2 + ends..)?.chars().next();
    // Two letters with a quote between them: an apostrophe, and not the end that was meant.
    let end = start + open + 1 + ends;
    let close = inside.is_some_and(|c| !c.is_whitespace());
    (opens && close && letter(behind)).then(|| SyntaxFault::at(end..end + 1, &w.single_quote))
}

/// A line that is no `key = value`.
fn not_a_line(text: &str, span: &Span, w: &'static ScriptSentenceWords) -> SyntaxFault {
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text
        .get(start..)
        .and_then(|text| text.lines().next())
        .unwrap_or_default();
    let above = text.get(..start).unwrap_or_default().trim_end();
    let begins = start + (line.len() - line.trim_start().len());
    let whole = begins..start + line.trim_end().len();
    // The words of a text, because an end that is missing further up turned inside and outside round.
    if above.ends_with(TRIPLE)
        && let Some(open) = above
            .strip_suffix(TRIPLE)
            .and_then(|text| text.rfind(TRIPLE))
    {
        return SyntaxFault::at(open..open + TRIPLE.len(), &w.long_text_open).open();
    }
    if line.trim_start().starts_with("//") {
        return SyntaxFault::at(begins..begins + 2, &w.slashes);
    }
    if text
        .get(span.start..)
        .is_some_and(|rest| rest.starts_with(':'))
    {
        return SyntaxFault::at(span.start..span.start + 1, &w.colon);
    }
    if line.contains('=') {
        return SyntaxFault::at(span.clone(), &w.not_a_key);
    }
    SyntaxFault::at(whole, &w.no_equals)
}

/// A key that stands there twice, or a heading with one bracket among those with two.
fn twice(text: &str, span: &Span, w: &'static ScriptSentenceWords) -> SyntaxFault {
    let name = text.get(span.clone()).unwrap_or_default();
    // A heading of several words, such as `[[stage.step]]`, holds its last one behind a point.
    let in_heading = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let in_brackets = text.get(..span.start).is_some_and(|text| {
        let line = text.rsplit('\n').next().unwrap_or_default();
        line.trim_end_matches(in_heading).ends_with('[')
    });
    let single = |line: &str| {
        let heading = line.trim_start();
        heading.starts_with('[')
            && !heading.starts_with("[[")
            && heading
                .trim_matches(['[', ']', ' ', '\r', '\n'])
                .ends_with(name)
    };
    let one_of_several = matches!(kind_of(name), Some(ValueKind::List(_)));
    if in_brackets && !one_of_several {
        // There is only one of it: the second one is too many, however many brackets it has.
        return SyntaxFault {
            name: short(name),
            ..SyntaxFault::at(span.clone(), &w.table_twice)
        };
    }
    if in_brackets && !name.is_empty() {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if single(line) {
                let start = at + (line.len() - line.trim_start().len());
                let path = line.trim().trim_matches(['[', ']']);
                return SyntaxFault {
                    name: short(path),
                    ..SyntaxFault::at(start..at + line.trim_end().len(), &w.heading_single)
                        .heading()
                };
            }
            at += line.len();
        }
        // A list after `=` above holds all of them already.
        let twice = SyntaxFault {
            name: short(name),
            ..SyntaxFault::at(span.clone(), &w.list_twice)
        };
        return above(text, span, name, w).unwrap_or(twice.heading());
    }
    SyntaxFault::at(span.clone(), &w.twice)
}

/// A heading such as `[[stage.step]]` above the first `[[stage]]`.
fn above(
    text: &str,
    span: &Span,
    name: &str,
    w: &'static ScriptSentenceWords,
) -> Option<SyntaxFault> {
    let mut at = 0;
    for line in text.get(..span.start)?.split_inclusive('\n') {
        let heading = line.trim().trim_start_matches('[');
        let inner = heading.strip_prefix(name);
        if line.trim().starts_with("[[") && inner.is_some_and(|inner| inner.starts_with('.')) {
            let start = at + (line.len() - line.trim_start().len());
            return Some(SyntaxFault {
                name: short(name),
                ..SyntaxFault::at(start..at + line.trim_end().len(), &w.heading_above).heading()
            });
        }
        at += line.len();
    }
    None
}

/// The key whose value begins at this place.
fn key_of(text: &str, span: &Span) -> String {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let before = before.strip_suffix('=').unwrap_or_default().trim_end();
    let in_key = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let start = before.trim_end_matches(in_key).len();
    short(before.get(start..).unwrap_or_default())
}

/// Something that is neither a text in quotes nor a number nor `true`.
fn not_a_value(text: &str, span: &Span, w: &'static ScriptSentenceWords) -> SyntaxFault {
    let rest = text.get(span.start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let word: String = line.chars().take_while(|c| c.is_alphanumeric()).collect();
    let first = line.chars().next();
    let at = span.clone();
    let truths = ["true", "false", "yes", "no", "on", "off"];
    match first {
        None | Some('#') => SyntaxFault::at(at, &w.no_value),
        Some(c) if "“”„‟«»‘’‚".contains(c) => SyntaxFault::at(at, &w.curly_quotes),
        Some(_) if truths.contains(&word.to_lowercase().as_str()) => {
            if word == "true" || word == "false" {
                return SyntaxFault::at(at, &w.more_behind);
            }
            SyntaxFault {
                name: short(&word),
                ..SyntaxFault::at(at, &w.not_a_truth)
            }
        }
        Some(c) if c.is_ascii_digit() => SyntaxFault::at(at, &w.not_a_number),
        Some(_) => {
            let key = key_of(text, span);
            let plain = line.trim_end_matches([']', '}', ',', ' ']);
            let in_word = |c: char| c.is_alphanumeric() || c == '-';
            let typed = match plain.chars().all(in_word) {
                true => short(plain),
                false => "…".to_owned(),
            };
            let sentence = match kind_of(&key) {
                _ if key == "people" => &w.people_kind,
                Some(ValueKind::Number(..) | ValueKind::Minutes(..)) => &w.no_number,
                Some(ValueKind::Truth | ValueKind::True) => {
                    return SyntaxFault {
                        name: short(&word),
                        ..SyntaxFault::at(at, &w.not_a_truth)
                    };
                }
                Some(_) | None => {
                    return SyntaxFault {
                        name: typed,
                        ..SyntaxFault::at(at, &w.no_quotes)
                    };
                }
            };
            SyntaxFault {
                name: key,
                ..SyntaxFault::at(at, sentence)
            }
        }
    }
}

/// Where something open ends: the last thing before a place that begins a line.
fn before(text: &str, span: &Span) -> Span {
    let before = text.get(..span.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let begins = before
        .get(line..)
        .is_some_and(|start| start.trim().is_empty());
    let end = before.trim_end().len();
    if begins && end > 0 {
        end - 1..end
    } else {
        span.clone()
    }
}
