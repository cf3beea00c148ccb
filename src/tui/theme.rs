//! The colours. A theme paints its own ground, so that its contrast is the same on every terminal.

use ratatui::style::{Color, Modifier, Style};

use super::look::{Colour, Look, Theme};

/// The colours of one look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Palette {
    ground: Color,
    ink: Color,
    quiet: Color,
    accent: Color,
    first: Color,
    second: Color,
    track: Color,
}

const DARK: Palette = Palette {
    ground: Color::Rgb(0x18, 0x18, 0x20),
    ink: Color::Rgb(0xec, 0xec, 0xf0),
    quiet: Color::Rgb(0xa4, 0xa8, 0xb8),
    accent: Color::Rgb(0x7e, 0xd6, 0xc9),
    first: Color::Rgb(0x7d, 0xb8, 0xff),
    second: Color::Rgb(0xff, 0xc8, 0x57),
    track: Color::Rgb(0x3c, 0x3c, 0x4a),
};

const LIGHT: Palette = Palette {
    ground: Color::Rgb(0xfa, 0xf8, 0xf3),
    ink: Color::Rgb(0x1e, 0x20, 0x28),
    quiet: Color::Rgb(0x50, 0x53, 0x5d),
    accent: Color::Rgb(0x00, 0x5c, 0x62),
    first: Color::Rgb(0x00, 0x3a, 0xad),
    second: Color::Rgb(0x8f, 0x30, 0x00),
    track: Color::Rgb(0xd2, 0xce, 0xc4),
};

const DARK_256: Palette = Palette {
    ground: Color::Indexed(234),
    ink: Color::Indexed(255),
    quiet: Color::Indexed(249),
    accent: Color::Indexed(116),
    first: Color::Indexed(111),
    second: Color::Indexed(221),
    track: Color::Indexed(239),
};

const LIGHT_256: Palette = Palette {
    ground: Color::Indexed(231),
    ink: Color::Indexed(234),
    quiet: Color::Indexed(238),
    accent: Color::Indexed(23),
    first: Color::Indexed(19),
    second: Color::Indexed(88),
    track: Color::Indexed(251),
};

/// What the 16 are is the terminal's choice, so only the pairs that are far apart everywhere are used.
const DARK_16: Palette = Palette {
    ground: Color::Black,
    ink: Color::White,
    quiet: Color::Gray,
    accent: Color::LightGreen,
    first: Color::LightCyan,
    second: Color::LightYellow,
    track: Color::DarkGray,
};

const LIGHT_16: Palette = Palette {
    ground: Color::White,
    ink: Color::Black,
    quiet: Color::Black,
    accent: Color::Blue,
    first: Color::Blue,
    second: Color::Magenta,
    track: Color::Gray,
};

const NONE: Palette = Palette {
    ground: Color::Reset,
    ink: Color::Reset,
    quiet: Color::Reset,
    accent: Color::Reset,
    first: Color::Reset,
    second: Color::Reset,
    track: Color::Reset,
};

impl Palette {
    /// The colours for a look.
    #[must_use]
    pub fn of(look: Look) -> Self {
        match (look.colour, look.theme) {
            (Colour::True, Theme::Dark) => DARK,
            (Colour::True, Theme::Light) => LIGHT,
            (Colour::Ansi256, Theme::Dark) => DARK_256,
            (Colour::Ansi256, Theme::Light) => LIGHT_256,
            (Colour::Ansi16, Theme::Dark) => DARK_16,
            (Colour::Ansi16, Theme::Light) => LIGHT_16,
            (Colour::None, _) => NONE,
        }
    }

    /// Whether there is no colour at all, so that a sign has to say what a colour would.
    #[must_use]
    pub fn is_plain(self) -> bool {
        self == NONE
    }

    fn of_ink(self, ink: Color) -> Style {
        Style::new().fg(ink).bg(self.ground)
    }

    /// Ordinary words.
    #[must_use]
    pub fn ink(self) -> Style {
        self.of_ink(self.ink)
    }

    /// The question, a name of a key, whatever is read first.
    #[must_use]
    pub fn strong(self) -> Style {
        self.ink().add_modifier(Modifier::BOLD)
    }

    /// Words beside the matter.
    #[must_use]
    pub fn quiet(self) -> Style {
        self.of_ink(self.quiet)
    }

    /// The clock, the place on the way.
    #[must_use]
    pub fn accent(self) -> Style {
        self.of_ink(self.accent).add_modifier(Modifier::BOLD)
    }

    /// The choice that Enter takes.
    #[must_use]
    pub fn marked(self) -> Style {
        if self.is_plain() {
            self.strong().add_modifier(Modifier::REVERSED)
        } else {
            self.accent()
        }
    }

    /// A person, by their index. There are two colours and ink, never more: more would not be told apart by everybody.
    #[must_use]
    pub fn person(self, index: usize) -> Style {
        let ink = match index {
            0 => self.first,
            1 => self.second,
            _ => self.ink,
        };
        self.of_ink(ink).add_modifier(Modifier::BOLD)
    }

    /// The part of a bar that is not filled.
    #[must_use]
    pub fn track(self) -> Style {
        self.of_ink(self.track)
    }

    /// Where words are typed.
    #[must_use]
    pub fn field(self) -> Style {
        if self.is_plain() {
            self.ink().add_modifier(Modifier::UNDERLINED)
        } else {
            Style::new().fg(self.ink).bg(self.track)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 256 colours as xterm has them; the first 16 are the terminal's own.
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "only these have a fixed value"
    )]
    fn rgb(color: Color) -> [u8; 3] {
        const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        match color {
            Color::Rgb(r, g, b) => [r, g, b],
            Color::Indexed(n) if n >= 232 => [8 + (n - 232) * 10; 3],
            Color::Indexed(n) if n >= 16 => {
                let n = usize::from(n - 16);
                [STEPS[n / 36], STEPS[n / 6 % 6], STEPS[n % 6]]
            }
            other => panic!("{other} has no fixed value"),
        }
    }

    fn luminance(color: Color) -> f64 {
        let [r, g, b] = rgb(color).map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn everything_that_is_read_stands_seven_to_one() {
        for (name, p) in [
            ("dark", DARK),
            ("light", LIGHT),
            ("dark 256", DARK_256),
            ("light 256", LIGHT_256),
        ] {
            for (what, ink) in [
                ("ink", p.ink),
                ("quiet", p.quiet),
                ("accent", p.accent),
                ("first", p.first),
                ("second", p.second),
            ] {
                let ratio = contrast(ink, p.ground);
                assert!(ratio >= 7.0, "{name} {what}: {ratio:.2}");
            }
            let typed = contrast(p.ink, p.track);
            assert!(typed >= 7.0, "{name} field: {typed:.2}");
        }
    }

    #[test]
    fn without_colour_weight_and_reverse_remain() {
        let look = Look {
            theme: Theme::Dark,
            colour: Colour::None,
            ascii: false,
            bell: false,
            mouse: false,
        };
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
