//! The terminal's own ground: what its answer says.

use super::appearance::TerminalBackground;

/// Dark or light, from `rgb:R/G/B` or `rgba:R/G/B/A` with one to four digits each (X11's `XParseColor`), or `#RRGGBB`.
pub(super) fn ground(colour: &str) -> Option<TerminalBackground> {
    let parts: Vec<&str> = match colour.strip_prefix('#') {
        Some(digits) if digits.len().is_multiple_of(3) => {
            let each = digits.len() / 3;
            (0..3)
                .filter_map(|n| digits.get(n * each..(n + 1) * each))
                .collect()
        }
        Some(_) => return None,
        None => colour
            .strip_prefix("rgb:")
            .or(colour.strip_prefix("rgba:"))?
            .split('/')
            .collect(),
    };
    let [red, green, blue] = [0, 1, 2].map(|n| parts.get(n).and_then(|part| thousandths(part)));
    // As bright as an eye finds it (Rec. 601), near enough to tell dark from light.
    let bright = (299 * red? + 587 * green? + 114 * blue?) / 1000;
    Some(if bright >= 500 {
        TerminalBackground::Light
    } else {
        TerminalBackground::Dark
    })
}

/// A number of one to four hexadecimal digits as thousandths of the largest of its length.
fn thousandths(digits: &str) -> Option<u32> {
    let value = u32::from_str_radix(digits, 16).ok()?;
    let most = match digits.len() {
        1 => 0xf,
        2 => 0xff,
        3 => 0xfff,
        4 => 0xffff,
        _ => return None,
    };
    Some(value * 1000 / most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_tells_the_ground() {
        for (answer, told) in [
            ("rgb:1818/1818/2020", Some(TerminalBackground::Dark)),
            ("rgb:ffff/ffff/ffff", Some(TerminalBackground::Light)),
            ("rgb:fa/f8/f3", Some(TerminalBackground::Light)),
            ("rgb:0/0/0", Some(TerminalBackground::Dark)),
            ("rgba:0000/0000/0000/ffff", Some(TerminalBackground::Dark)),
            ("#fafafa", Some(TerminalBackground::Light)),
            ("#12345", None),
            ("rgb:1/2", None),
            ("nonsense", None),
            ("", None),
        ] {
            assert_eq!(ground(answer), told, "{answer:?}");
        }
    }
}
