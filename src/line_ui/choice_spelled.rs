//! How people say a choice: its number in words, yes and no, its first words, or a word that only it has.

use unicode_normalization::UnicodeNormalization;

use crate::session::scene::SceneChoice;
use crate::text::words::words;

/// Shorter words than this are found at the beginning of a choice alone.
const LONG_ENOUGH: usize = 3;

/// The digits of a number as people type it: `7`, `seven`, `number 7`, `#7`.
pub(super) fn digits(word: &str) -> Option<String> {
    let meant = &words().line_ui.meant;
    let bare = meant.number.iter().find_map(|lead| word.strip_prefix(lead));
    let bare = bare.unwrap_or(word).trim();
    if !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit()) {
        return Some(bare.to_owned());
    }
    let n = meant.numbers.iter().position(|number| *number == bare)?;
    Some(n.to_string())
}

/// The one choice that a word means; `None` where it means several, or none.
pub(super) fn meant<'a>(word: &str, choices: &'a [SceneChoice]) -> Option<&'a SceneChoice> {
    if word.is_empty() {
        return None;
    }
    let meant = &words().line_ui.meant;
    let only = |is: &dyn Fn(&str) -> bool| {
        let mut found = choices
            .iter()
            .filter(|choice| is(&plain_word(choice.says.as_str())));
        found.next().filter(|_| found.next().is_none())
    };
    let first = |says: &str, word: &str| tokens(says).next().is_some_and(|first| first == word);
    for known in [meant.yes, meant.no] {
        if known.contains(&word) {
            return only(&|says| known.first().is_some_and(|word| first(says, word)));
        }
    }
    let begins = |says: &str| begins(says, word);
    let has = |says: &str, word: &str| {
        word.len() >= LONG_ENOUGH && tokens(says).any(|token| token == word)
    };
    let same = || {
        let pairs = meant.same.iter().filter_map(|pair| pair.split_once(' '));
        let mut others = pairs.filter(|(typed, _)| *typed == word);
        others.find_map(|(_, other)| only(&|says| has(says, other)))
    };
    // Who reads "Where you left off" says where they did.
    let own = format!(" {word} ")
        .replace(" i ", " you ")
        .replace(" my ", " your ");
    only(&begins)
        .or_else(same)
        .or_else(|| only(&|says| has(says, word)))
        .or_else(|| only(&|says| self::begins(says, own.trim())))
}

/// Whether these words begin with what was typed.
pub(super) fn begins(says: &str, word: &str) -> bool {
    let rest = says.strip_prefix(word);
    !word.is_empty() && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The one choice that begins with this word, which is no digits.
pub(super) fn begun_by<'a>(word: &str, choices: &'a [SceneChoice]) -> Option<&'a SceneChoice> {
    let mut found = choices
        .iter()
        .filter(|choice| begins(&plain_word(choice.says.as_str()), word));
    let only = found.next().filter(|_| found.next().is_none());
    only.filter(|_| word.chars().all(char::is_alphabetic))
}

/// The words of a choice, without their signs.
fn tokens(says: &str) -> impl Iterator<Item = &str> {
    let parts = says.split(|c: char| !c.is_alphanumeric() && c != '\'');
    parts.filter(|part| !part.is_empty())
}

/// A line as it is compared with words: small letters of the usual width, single spaces, no quotation marks.
pub(super) fn folded(line: &str) -> String {
    let line: String = line.nfkc().flat_map(char::to_lowercase).collect();
    let line = line.replace(['\u{2019}', '\u{2018}'], "'");
    let parts: Vec<&str> = line.split_whitespace().collect();
    let quotes = [
        '\'', '"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}', '`',
    ];
    parts.join(" ").trim_matches(quotes).trim().to_owned()
}

/// The same without a full stop.
pub(super) fn plain_word(line: &str) -> String {
    let line = folded(line);
    let bare = line.trim_end_matches(['.', '!', ',', ')']);
    folded(bare)
}
