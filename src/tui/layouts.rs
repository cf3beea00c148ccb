//! Keyboards that write other letters than Latin ones.

/// The keys that protect people, and the letters that stand in their place on common keyboards: Russian and Ukrainian,
/// Bulgarian (BDS), Serbian where it is no other's letter, Greek, Hebrew, Arabic, Persian, Georgian, Armenian, Thai,
/// Korean, Japanese kana, Bopomofo, Devanagari. Cyrillic `с` is the key of `c` for most people, and of `s` on Serbian,
/// Macedonian and phonetic Bulgarian keyboards: there it opens the card, on which STOP is.
const PLACES: [(char, &str); 3] = [
    ('s', "ыіяσדسსսหㄴとﾄㄋे"),
    ('c', "сцъψבؤزცցแㅊそｿㄏम"),
    ('x', "чџχסءطხխปㅌさｻㄌं"),
];

/// The key of a Latin keyboard that stands in the place of this letter, where it is one that protects people.
pub(crate) fn same_place(letter: char) -> Option<char> {
    let has = |(_, letters): &&(char, &str)| letters.contains(letter);
    PLACES.iter().find(has).map(|(key, _)| *key)
}

/// The ordinary form of a full-width letter, digit or sign, and of the digits that Arabic, Persian and Indian
/// keyboards write.
pub(crate) fn narrow(c: char) -> char {
    let moved = |from: char, to: char| {
        let distance = u32::from(c).checked_sub(u32::from(from))?;
        char::from_u32(u32::from(to) + distance)
    };
    match c {
        '\u{ff01}'..='\u{ff5e}' => moved('\u{ff01}', '!'),
        '\u{3000}' => Some(' '),
        '\u{660}'..='\u{669}' => moved('\u{660}', '0'),
        '\u{6f0}'..='\u{6f9}' => moved('\u{6f0}', '0'),
        '\u{966}'..='\u{96f}' => moved('\u{966}', '0'),
        '\u{61f}' => Some('?'),
        _ => None,
    }
    .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_stands_in_two_places_and_none_is_latin() {
        let all: Vec<char> = PLACES
            .iter()
            .flat_map(|(_, letters)| letters.chars())
            .collect();
        for (n, letter) in all.iter().enumerate() {
            assert!(!all[..n].contains(letter), "{letter}");
            assert!(!letter.is_ascii());
        }
    }

    #[test]
    fn wide_letters_and_other_digits_are_narrow() {
        let folded: String = "ｓＣ１９？　٣۳३؟sé".chars().map(narrow).collect();
        assert_eq!(folded, "sC19? 333?sé");
    }
}
