//! What a step asks, as it is typed.

use toml::Spanned;
use toml::de::DeValue;

use super::keys::{self, Keys};
use super::problem::Problems;
use super::raw_step::{RawAnswer, RawAsk, RawPacer, what};
use super::reader::{At, Reader, kind_problem, number, table, text};
use crate::words::words;

/// Reads what is asked under this key.
pub fn ask(key: &str, value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> Option<RawAsk> {
    match key {
        "answers" => list(value, problems).map(|values| {
            RawAsk::Answers(
                values
                    .iter()
                    .filter_map(|value| answer(value, problems))
                    .collect(),
            )
        }),
        "rating" => rating(value, problems),
        "consent" => {
            let reader = inner(value, &what().consent, &keys::CONSENT, problems)?;
            let of = if reader.get("of").is_some() {
                texts(&reader, "of", problems)
            } else {
                Vec::new()
            };
            Some(RawAsk::Consent {
                of,
                without: reader.text("without", problems),
                means: reader.text("means", problems),
            })
        }
        "gate" => {
            let reader = inner(value, &what().gate, &keys::GATE, problems)?;
            Some(RawAsk::Gate {
                questions: texts(&reader, "questions", problems),
                short: reader.needed_text("short", problems),
                not_today: reader.needed_text("not-today", problems),
            })
        }
        "agreement" => {
            let reader = inner(value, &what().agreement, &keys::AGREEMENT, problems)?;
            Some(RawAsk::Agreement {
                lines: texts(&reader, "lines", problems),
                unsigned: reader.needed_text("unsigned", problems),
                for_today: reader.flag("for-today", problems),
            })
        }
        "support" => support(value, problems),
        "write" => {
            let reader = inner(value, &what().write, &keys::WRITE, problems)?;
            let suggestions = reader.list("suggestions", problems).iter();
            let suggestions = suggestions.filter_map(|value| text(value, problems));
            Some(RawAsk::Write {
                suggestions: suggestions.collect(),
                name: reader.needed_text("as", problems),
                otherwise: reader.needed_text("otherwise", problems),
                card: reader.text("card", problems),
            })
        }
        "note" => yes(value, problems).then_some(RawAsk::Note),
        "promise" => yes(value, problems).then_some(RawAsk::Promise),
        "rest" => rest(key, value, problems),
        "order" => yes(value, problems).then_some(RawAsk::Order),
        "keep" => yes(value, problems).then_some(RawAsk::Keep),
        _ => None,
    }
}

/// Seconds of quiet, or seconds with a pacer.
fn rest(key: &str, value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> Option<RawAsk> {
    if !value.get_ref().is_table() {
        let seconds = number(value, keys::STEP.range(key), problems)?.it;
        return Some(RawAsk::Rest {
            seconds,
            pacer: None,
        });
    }
    let reader = inner(value, &what().rest, &keys::REST, problems)?;
    let mut breath = |key: &str| reader.needed_number(key, problems);
    let (breath_in, breath_out) = (breath("in"), breath("out"));
    let hold = reader.number("hold", problems);
    let seconds = reader.needed_number("seconds", problems)?.it;
    let small = |at: At<i64>| u8::try_from(at.it).ok();
    Some(RawAsk::Rest {
        seconds,
        pacer: Some(RawPacer {
            breath_in: breath_in.and_then(small)?,
            breath_out: breath_out.and_then(small)?,
            hold: hold.and_then(small).unwrap_or(0),
        }),
    })
}

fn yes(value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> bool {
    let said = value.get_ref().as_bool() == Some(true);
    if !said {
        problems.error(value.span(), &words().script.sentence.not_true, &[]);
    }
    said
}

fn inner<'a, 'i>(
    value: &'a Spanned<DeValue<'i>>,
    what: &'static str,
    keys: &'static Keys,
    problems: &mut Problems,
) -> Option<Reader<'a, 'i>> {
    let (table, span) = table(value, problems)?;
    Some(Reader::new(table, span, what, keys, problems))
}

/// The answers, which are the only list that a step asks with.
fn list<'a, 'i>(
    value: &'a Spanned<DeValue<'i>>,
    problems: &mut Problems,
) -> Option<&'a [Spanned<DeValue<'i>>]> {
    let found = value.get_ref().as_array();
    if found.is_none() {
        let w = &words().script;
        let example = w.example.get("answers").unwrap_or(&w.kind.list.example);
        kind_problem(value, &w.kind.list, example, problems);
    }
    found.map(|array| &array[..])
}

fn texts(reader: &Reader<'_, '_>, key: &str, problems: &mut Problems) -> Vec<At<String>> {
    let values = reader.list(key, problems);
    if values.is_empty() {
        problems.error(
            reader.key_span(key),
            &words().script.sentence.empty_list,
            &[("key", key)],
        );
    }
    values
        .iter()
        .filter_map(|value| text(value, problems))
        .collect()
}

fn answer(value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> Option<RawAnswer> {
    let reader = inner(value, &what().answer, &keys::ANSWER, problems)?;
    Some(RawAnswer {
        says: reader.needed_text("says", problems),
        to: reader.text("to", problems),
        rung: reader.text("rung", problems),
        ceiling: reader.text("ceiling", problems),
        promise: reader.text("promise", problems),
        only: reader.text("only", problems),
    })
}

fn rating(value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> Option<RawAsk> {
    let (table, _) = table(value, problems)?;
    let mut bounds = Vec::new();
    for (key, value) in table {
        let bound = key.get_ref().parse::<u8>().ok().filter(|n| *n <= 10);
        let Some(bound) = bound else {
            problems.error(key.span(), &words().script.sentence.rating_bound, &[]);
            continue;
        };
        if let Some(target) = text(value, problems) {
            bounds.push((bound, target));
        }
    }
    bounds.sort_by_key(|(bound, _)| std::cmp::Reverse(*bound));
    Some(RawAsk::Rating(bounds))
}

fn support(value: &Spanned<DeValue<'_>>, problems: &mut Problems) -> Option<RawAsk> {
    let reader = inner(value, &what().support, &keys::SUPPORT, problems)?;
    let numbers = |key: &str, problems: &mut Problems| {
        reader
            .list(key, problems)
            .iter()
            .filter_map(|value| number(value, reader.range(key), problems))
            .collect()
    };
    let warnings = numbers("warnings", problems);
    let usual = numbers("usual", problems);
    Some(RawAsk::Support {
        rungs: reader
            .list("rungs", problems)
            .iter()
            .filter_map(|value| text(value, problems))
            .collect(),
        warnings,
        usual,
    })
}
