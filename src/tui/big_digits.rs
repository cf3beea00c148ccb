//! Large digits out of three block characters, which every font has and a video stream keeps.

/// How large a clock is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Size {
    /// Five rows: to be read across a room.
    Large,
    /// Three rows.
    Small,
}

/// The rows of `text` (digits, colon, plus); anything else is left out.
#[must_use]
pub(crate) fn rows(text: &str, size: Size) -> Vec<String> {
    let height = match size {
        Size::Large => 5,
        Size::Small => 3,
    };
    let mut out = vec![String::new(); height];
    for c in text.chars() {
        let Some(glyph) = glyph(c, size) else {
            continue;
        };
        for (row, piece) in out.iter_mut().zip(glyph) {
            if !row.is_empty() {
                row.push_str(match size {
                    Size::Large => "  ",
                    Size::Small => " ",
                });
            }
            row.push_str(piece);
        }
    }
    out
}

fn glyph(c: char, size: Size) -> Option<&'static [&'static str]> {
    match size {
        Size::Large => large(c).map(|glyph| glyph.as_slice()),
        Size::Small => small(c).map(|glyph| glyph.as_slice()),
    }
}

fn large(c: char) -> Option<&'static [&'static str; 5]> {
    Some(match c {
        '0' => &["▄████▄", "██  ██", "██  ██", "██  ██", "▀████▀"],
        '1' => &[" ▄██  ", "▀▀██  ", "  ██  ", "  ██  ", "▀████▀"],
        '2' => &["▄████▄", "▀▀  ██", " ▄██▀ ", "██▀   ", "██████"],
        '3' => &["▄████▄", "▀▀  ██", "  ███▄", "▄▄  ██", "▀████▀"],
        '4' => &["██  ██", "██  ██", "▀█████", "    ██", "    ██"],
        '5' => &["██████", "██    ", "█████▄", "▄▄  ██", "▀████▀"],
        '6' => &["▄████▄", "██  ▀▀", "█████▄", "██  ██", "▀████▀"],
        '7' => &["██████", "▀▀  ██", "  ▄██▀", "  ██  ", "  ██  "],
        '8' => &["▄████▄", "██  ██", "▄████▄", "██  ██", "▀████▀"],
        '9' => &["▄████▄", "██  ██", "▀█████", "▄▄  ██", "▀████▀"],
        ':' => &["  ", "██", "  ", "██", "  "],
        '+' => &["      ", "  ▄▄  ", "▀▀██▀▀", "  ▀▀  ", "      "],
        _ => return None,
    })
}

fn small(c: char) -> Option<&'static [&'static str; 3]> {
    Some(match c {
        '0' => &["█▀█", "█ █", "▀▀▀"],
        '1' => &["▀█ ", " █ ", "▀▀▀"],
        '2' => &["▀▀█", "█▀▀", "▀▀▀"],
        '3' => &["▀▀█", " ▀█", "▀▀▀"],
        '4' => &["█ █", "▀▀█", "  ▀"],
        '5' => &["█▀▀", "▀▀█", "▀▀▀"],
        '6' => &["█▀▀", "█▀█", "▀▀▀"],
        '7' => &["▀▀█", "  █", "  ▀"],
        '8' => &["█▀█", "█▀█", "▀▀▀"],
        '9' => &["█▀█", "▀▀█", "▀▀▀"],
        ':' => &["▄", "▄", " "],
        '+' => &[" ▄ ", "▀█▀", "   "],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_is_a_full_rectangle_of_three_characters() {
        for size in [Size::Large, Size::Small] {
            for c in "0123456789:+".chars() {
                let rows = rows(&c.to_string(), size);
                let width = rows.first().map_or(0, |row| row.chars().count());
                assert!(width > 0, "{c}");
                assert!(rows.iter().all(|row| row.chars().count() == width), "{c}");
                assert!(
                    rows.iter()
                        .all(|row| row.chars().all(|c| " ▀▄█".contains(c)))
                );
            }
        }
    }

    #[test]
    fn every_digit_differs_from_every_other() {
        for size in [Size::Large, Size::Small] {
            let all: Vec<_> = "0123456789"
                .chars()
                .map(|c| rows(&c.to_string(), size))
                .collect();
            for (n, one) in all.iter().enumerate() {
                assert!(all.iter().skip(n + 1).all(|other| other != one), "{n}");
            }
        }
    }

    #[test]
    fn a_clock_is_as_wide_as_promised() {
        assert_eq!(
            rows("12:47", Size::Large)
                .first()
                .map(|r| r.chars().count()),
            Some(34)
        );
        assert_eq!(
            rows("12:47", Size::Small)
                .first()
                .map(|r| r.chars().count()),
            Some(17)
        );
    }
}
