//! Large letters, so that a word is seen by eyes that are half closed: five rows of whole blocks, which stay what they
//! are in ASCII too.

/// How many rows a large letter has.
pub(crate) const ROWS: usize = 5;

/// The rows of a word; `None` where it has a letter that is only there small.
#[must_use]
pub(crate) fn rows(word: &str) -> Option<[String; ROWS]> {
    let mut out: [String; ROWS] = Default::default();
    for c in word.to_uppercase().chars() {
        for (row, dots) in out.iter_mut().zip(glyph(c)?.split('/')) {
            if !row.is_empty() {
                row.push_str("  ");
            }
            // A cell is about twice as high as it is wide.
            row.extend(dots.chars().map(|dot| if dot == '#' { "██" } else { "  " }));
        }
    }
    (!word.is_empty()).then_some(out)
}

/// The five rows of a letter, one after the other.
fn glyph(c: char) -> Option<&'static str> {
    Some(match c {
        'A' => "###/# #/###/# #/# #",
        'B' => "## /# #/## /# #/## ",
        'C' => "###/#  /#  /#  /###",
        'D' => "## /# #/# #/# #/## ",
        'E' => "###/#  /## /#  /###",
        'F' => "###/#  /## /#  /#  ",
        'G' => "####/#   /# ##/#  #/####",
        'H' => "# #/# #/###/# #/# #",
        'I' => "###/ # / # / # /###",
        'J' => "  #/  #/  #/# #/###",
        'K' => "#  #/# # /##  /# # /#  #",
        'L' => "#  /#  /#  /#  /###",
        'M' => "#   #/## ##/# # #/#   #/#   #",
        'N' => "#  #/## #/# ##/#  #/#  #",
        'O' => "###/# #/# #/# #/###",
        'P' => "###/# #/###/#  /#  ",
        'Q' => "####/#  #/#  #/# ##/####",
        'R' => "### /#  #/### /# # /#  #",
        'S' => "###/#  /###/  #/###",
        'T' => "###/ # / # / # / # ",
        'U' => "# #/# #/# #/# #/###",
        'V' => "# #/# #/# #/# #/ # ",
        'W' => "#   #/#   #/# # #/## ##/#   #",
        'X' => "# #/# #/ # /# #/# #",
        'Y' => "# #/# #/ # / # / # ",
        'Z' => "###/  #/ # /#  /###",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    #[test]
    fn every_letter_is_a_rectangle_of_its_own() {
        let all: Vec<_> = ('A'..='Z').filter_map(glyph).collect();
        assert_eq!(all.len(), 26);
        for (n, one) in all.iter().enumerate() {
            let widths: Vec<_> = one.split('/').map(str::len).collect();
            assert_eq!(widths.len(), ROWS, "{one}");
            assert!(widths.iter().all(|width| *width == widths[0]), "{one}");
            assert!(all[n + 1..].iter().all(|other| other != one), "{one}");
        }
    }

    #[test]
    fn the_words_of_a_breath_are_there_large_and_no_wider_than_a_narrow_page() {
        let say = &words().session;
        for word in [&say.pace_in, &say.pace_hold, &say.pace_out] {
            let rows = rows(word).expect("large letters");
            assert!(rows.iter().all(|row| row.chars().count() <= 36), "{word}");
        }
        assert!(rows("élan").is_none() && rows("").is_none());
    }
}
