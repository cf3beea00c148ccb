//! Every colour of every theme, by the numbers.

use super::*;
use crate::tui::samples;
use crate::tui::view::drawn_everywhere;

const PAINTED: [Theme; 5] = [
    Theme::Night,
    Theme::Ember,
    Theme::Day,
    Theme::Paper,
    Theme::Contrast,
];
/// What common terminals ship as the 16 colours: black, red, green, yellow, blue, magenta, cyan, white, then the
/// bright ones. xterm: `XTerm-col.ad` of its source; Linux: `default_red`, `default_grn` and `default_blu` in
/// `drivers/tty/vt/vt.c`, which are VGA's; Windows: "Campbell" in the `defaults.json` of Windows Terminal; Mac: the
/// profile "Basic" of Terminal.app, as the table "3-bit and 4-bit" of Wikipedia's "ANSI escape code" has it.
const SHIPPED: [(&str, [u32; 16]); 4] = [
    (
        "xterm",
        [
            0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
            0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
        ],
    ),
    (
        "Linux",
        [
            0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa,
            0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
        ],
    ),
    (
        "Windows",
        [
            0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc,
            0x76_7676, 0xe7_4856, 0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2,
        ],
    ),
    (
        "Mac",
        [
            0x00_0000, 0xc2_3621, 0x25_bc24, 0xad_ad27, 0x49_2ee1, 0xd3_38d3, 0x33_bbc8, 0xcb_cccd,
            0x81_8383, 0xfc_391f, 0x31_e722, 0xea_ec23, 0x58_33ff, 0xf9_35f8, 0x14_f0f0, 0xe9_ebeb,
        ],
    ),
];

/// What one of the 16 is on a terminal.
fn on(shipped: &[u32; 16], color: Color) -> Color {
    const ORDER: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let at = ORDER.iter().position(|known| *known == color);
    let [_, red, green, blue] = shipped[at.expect("one of the 16")].to_be_bytes();
    Color::Rgb(red, green, blue)
}

/// The depths whose colours have the same value on every terminal.
const FIXED: [Colour; 2] = [Colour::True, Colour::Ansi256];

fn look(theme: Theme, colour: Colour) -> Appearance {
    Appearance {
        theme,
        colour,
        ..Appearance::USUAL
    }
}

fn fixed() -> impl Iterator<Item = (String, Appearance)> {
    PAINTED.into_iter().flat_map(|theme| {
        FIXED.map(|colour| (format!("{theme:?} {colour:?}"), look(theme, colour)))
    })
}

/// The 256 colours as xterm has them; the first 16 are the terminal's own.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "only these have a fixed value"
)]
fn linear(color: Color) -> [f64; 3] {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let rgb = match color {
        Color::Rgb(r, g, b) => [r, g, b],
        Color::Indexed(n) if n >= 232 => [8 + (n - 232) * 10; 3],
        Color::Indexed(n) if n >= 16 => {
            let n = usize::from(n - 16);
            [STEPS[n / 36], STEPS[n / 6 % 6], STEPS[n % 6]]
        }
        other => panic!("{other} has no fixed value"),
    };
    rgb.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(a: Color, b: Color) -> f64 {
    let luminance = |color| {
        let [r, g, b] = linear(color);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b): (f64, f64) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Whether a cell holds something that is read, and not only a sign or a piece of a bar.
fn is_read(symbol: &str) -> bool {
    symbol
        .chars()
        .any(|c| c.is_alphanumeric() || c.is_ascii_punctuation() || "–…·".contains(c))
}

/// Every pair of an ink and its ground that is drawn anywhere, and whether it is read.
fn drawn_pairs(look: Appearance) -> Vec<(bool, Color, Color)> {
    let mut pairs: Vec<(bool, Color, Color)> = Vec::new();
    for (_, scene) in samples::all() {
        for buffer in drawn_everywhere(&scene, look) {
            for cell in &buffer.content {
                let symbol = cell.symbol();
                if symbol.trim().is_empty() {
                    continue;
                }
                let pair = (is_read(symbol), cell.fg, cell.bg);
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
    }
    pairs
}

#[test]
fn everything_that_can_be_drawn_stands_far_enough_from_its_ground() {
    for (name, look) in fixed() {
        let pairs = drawn_pairs(look);
        // Ink, quiet, accent, two people, words typed, a bar's rest: a walk that saw less has not looked.
        assert!(pairs.len() >= 8, "{name}: only {} pairs", pairs.len());
        for (read, ink, ground) in pairs {
            let least = if read { 7.0 } else { 3.0 };
            let ratio = contrast(ink, ground);
            assert!(ratio >= least, "{name}: {ink} on {ground} is {ratio:.2}");
        }
    }
}

/// With 16 colours it holds on each of the terminals that most people have.
#[test]
fn with_16_colours_too_everything_stands_far_enough_from_its_ground_as_terminals_ship_them() {
    for theme in PAINTED {
        let look = look(theme, Colour::Ansi16);
        let pairs = drawn_pairs(look);
        assert!(pairs.len() >= 3, "{theme:?}: only {} pairs", pairs.len());
        let p = Palette::of(look);
        let field = (true, p.ink, p.field);
        for (terminal, shipped) in &SHIPPED {
            for (read, ink, ground) in pairs.iter().chain([&field]) {
                let least = match (read, *terminal, ink) {
                    (false, _, _) => 3.0,
                    // The Mac's blue is bright, and no other hue is better on white there. It says whose name it is,
                    // which the sign and the word beside it say too; and that terminal tells of 256 colours.
                    (true, "Mac", Color::Blue) => 6.0,
                    (true, _, _) => 7.0,
                };
                let ratio = contrast(on(shipped, *ink), on(shipped, *ground));
                let pair = format!("{ink} on {ground}");
                assert!(
                    ratio >= least,
                    "{theme:?}, {terminal}: {pair} is {ratio:.2}"
                );
            }
        }
        // A bar's rest has a sign of its own there, and so has every person beside their name.
        assert!(p.signs());
    }
}

#[test]
fn every_ink_of_the_table_stands_seven_to_one_and_a_bar_three_to_one() {
    for (name, look) in fixed() {
        let p = Palette::of(look);
        for (what, ink, ground, least) in [
            ("ink", p.ink, p.ground, 7.0),
            ("quiet", p.quiet, p.ground, 7.0),
            ("accent", p.accent, p.ground, 7.0),
            ("first", p.first, p.ground, 7.0),
            ("second", p.second, p.ground, 7.0),
            ("ink in a field", p.ink, p.field, 7.0),
            ("track", p.track, p.ground, 3.0),
            ("what has gone of a bar", p.accent, p.track, 3.0),
        ] {
            let ratio = contrast(ink, ground);
            assert!(ratio >= least, "{name} {what}: {ratio:.2}");
        }
    }
}

#[test]
fn two_themes_are_dark_two_light_and_one_is_the_farthest_apart() {
    for colour in FIXED {
        let palette = |theme| Palette::of(look(theme, colour));
        let black = |theme| contrast(palette(theme).ground, Color::Rgb(0, 0, 0));
        let text = |theme| contrast(palette(theme).ink, palette(theme).ground);
        for dark in [Theme::Night, Theme::Ember, Theme::Contrast] {
            assert!(black(dark) < 1.5, "{dark:?}");
        }
        for light in [Theme::Day, Theme::Paper] {
            assert!(black(light) > 15.0, "{light:?}");
        }
        assert!(text(Theme::Contrast) > 20.0);
    }
}

/// What somebody sees who lacks one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1), in OKLab.
fn seen(color: Color, by: [[f64; 3]; 3]) -> [f64; 3] {
    let linear = linear(color);
    let [r, g, b] = by.map(|row| {
        let sum: f64 = row.iter().zip(linear).map(|(a, c)| a * c).sum();
        sum.clamp(0.0, 1.0)
    });
    let l = (0.412_221 * r + 0.536_333 * g + 0.051_446 * b).cbrt();
    let m = (0.211_903 * r + 0.680_700 * g + 0.107_397 * b).cbrt();
    let s = (0.088_302 * r + 0.281_719 * g + 0.629_979 * b).cbrt();
    [
        0.210_454 * l + 0.793_618 * m - 0.004_072 * s,
        1.977_998 * l - 2.428_592 * m + 0.450_594 * s,
        0.025_904 * l + 0.782_772 * m - 0.808_676 * s,
    ]
}

#[test]
fn two_people_are_told_apart_by_every_eye_and_by_lightness_alone() {
    const EYES: [(&str, [[f64; 3]; 3]); 4] = [
        ("all", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "without red",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "without green",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "without blue",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];
    for (name, look) in fixed() {
        let p = Palette::of(look);
        let lightness = contrast(p.first, p.second);
        assert!(lightness >= 1.5, "{name}: {lightness:.2}");
        for (eye, by) in EYES {
            let (a, b) = (seen(p.first, by), seen(p.second, by));
            let apart: f64 = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum();
            // Measured on OKLab times 100; 10 is plainly different.
            let apart = apart.sqrt() * 100.0;
            assert!(apart >= 10.0, "{name}, {eye}: {apart:.1}");
        }
    }
}

#[test]
fn with_16_colours_nothing_that_is_read_has_the_colour_of_its_ground() {
    for theme in PAINTED {
        let p = Palette::of(look(theme, Colour::Ansi16));
        for ink in [p.ink, p.quiet, p.accent, p.first, p.second, p.track] {
            assert_ne!(ink, p.ground, "{theme:?}");
        }
        assert_ne!(p.ink, p.field, "{theme:?}");
        assert_ne!(p.first, p.second, "{theme:?}");
        assert_ne!(p.accent, p.track, "{theme:?}");
    }
}

#[test]
fn without_colour_weight_and_reverse_remain() {
    for look in [
        look(Theme::Night, Colour::None),
        look(Theme::Plain, Colour::True),
    ] {
        let p = Palette::of(look);
        for style in [
            p.ink(),
            p.strong(),
            p.quiet(),
            p.accent(),
            p.marked(),
            p.person(1),
            p.field(),
        ] {
            assert_eq!(style.fg, Some(Color::Reset));
            assert_eq!(style.bg, Some(Color::Reset));
        }
        assert!(p.strong().add_modifier.contains(Modifier::BOLD));
        assert!(p.marked().add_modifier.contains(Modifier::REVERSED));
        assert!(p.field().add_modifier.contains(Modifier::UNDERLINED));
    }
}
