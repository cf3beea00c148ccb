//! Packs of words: the same script in several ways of speaking, each of them complete.

use crate::script::format::tables::RawPack;
use crate::script::head::Pack;
use crate::script::problem::{Problems, short};
use crate::script::word::is_id;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// The packs and their words by name, each in the order of the packs.
///
/// `wanted` are the packs of the script that uses this module: the module has the same ones, or none.
pub(crate) fn packs(
    raw: &[RawPack],
    wanted: Option<&[String]>,
    problems: &mut Problems,
) -> (Vec<Pack>, Vec<(String, Vec<SafeText>)>) {
    let w = &words().script.sentence;
    let Some(first) = raw.first() else {
        return (Vec::new(), Vec::new());
    };
    let mut order: Vec<&RawPack> = Vec::new();
    for pack in raw {
        let Some(name) = &pack.name else { continue };
        let values = [("name", &*short(&name.it))];
        let same = |other: &&RawPack| other.name.as_ref().is_some_and(|at| at.it == name.it);
        if !is_id(&name.it) {
            problems.error(&name.span, &w.bad_id, &values);
        } else if order.iter().any(same) {
            problems.error(&name.span, &w.id_twice, &values);
        }
        complete(pack, first, problems);
        order.push(pack);
    }
    if let Some(wanted) = wanted {
        // A script that speaks in one way takes the first; one with packs needs all of its own.
        let found: Option<Vec<&RawPack>> = wanted
            .iter()
            .map(|name| {
                let mut packs = order.iter();
                let by_name = |pack: &&&RawPack| {
                    let at = pack.name.as_ref();
                    at.is_some_and(|at| at.it == *name)
                };
                packs.find(by_name).copied()
            })
            .collect();
        match found {
            Some(found) if !found.is_empty() => order = found,
            Some(_) => order.truncate(1),
            None => problems.error(&first.span, &w.other_packs, &[]),
        }
    }
    let a_part = |pack: &RawPack| {
        let mut words = pack.words.iter();
        let word = words.find(|(name, _)| name.it == "a-part");
        word.map(|(_, word)| SafeText::short(&word.it, 60))
    };
    let packs = order.iter().map(|pack| Pack {
        a_part: a_part(pack),
        name: pack.name.as_ref().map_or("", |at| &at.it).to_owned(),
        title: SafeText::short(
            pack.title
                .as_ref()
                .or(pack.name.as_ref())
                .map_or("", |at| &at.it),
            60,
        ),
    });
    let said = |pack: &RawPack, name: &str| {
        let word = pack.words.iter().find(|(known, _)| known.it == name);
        SafeText::new(word.map_or("", |(_, word)| &word.it))
    };
    let by_name = first.words.iter().map(|(name, _)| {
        let words = order.iter().map(|pack| said(pack, &name.it)).collect();
        (name.it.clone(), words)
    });
    (packs.collect(), by_name.collect())
}

/// Every pack has the words of the first one, and no others.
fn complete(pack: &RawPack, first: &RawPack, problems: &mut Problems) {
    let w = &words().script.sentence;
    for (name, _) in first.words.iter() {
        if !pack.words.iter().any(|(known, _)| known.it == name.it) {
            problems.named(&pack.span, &w.word_missing, &name.it);
        }
    }
    for (name, _) in pack.words.iter() {
        let values = [("name", &*short(&name.it))];
        if !is_id(&name.it) {
            problems.error(&name.span, &w.bad_id, &values);
        }
        if !first.words.iter().any(|(known, _)| known.it == name.it) {
            problems.error(&name.span, &w.word_too_many, &values);
        }
    }
}
