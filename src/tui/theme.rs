//! The colours. A theme paints its own ground, so that its contrast is the same on every terminal.

use ratatui_core::style::{Color, Modifier, Style};

use super::appearance::{Appearance, Colour, Theme};

/// The colours of one look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Palette {
    ground: Color,
    ink: Color,
    quiet: Color,
    accent: Color,
    first: Color,
    second: Color,
    track: Color,
    field: Color,
    /// Whether what is left of a bar needs a sign of its own, as its colour may be too near to the rest of it.
    signs: bool,
}

const NONE: Palette = Palette {
    ground: Color::Reset,
    ink: Color::Reset,
    quiet: Color::Reset,
    accent: Color::Reset,
    first: Color::Reset,
    second: Color::Reset,
    track: Color::Reset,
    field: Color::Reset,
    signs: true,
};

/// `themes.toml`: every theme, every colour in every depth.
struct Themes {
    night: Shades,
    ember: Shades,
    day: Shades,
    paper: Shades,
    contrast: Shades,
}

/// One theme in all depths.
struct Shades {
    ground: Shade,
    ink: Shade,
    quiet: Shade,
    accent: Shade,
    first: Shade,
    second: Shade,
    track: Shade,
    field: Shade,
}

/// One colour in all depths.
struct Shade {
    all: Color,
    of_256: Color,
    of_16: Color,
}

include!(concat!(env!("OUT_DIR"), "/themes.rs"));

impl Shades {
    fn palette(&self, of: impl Fn(&Shade) -> Color) -> Palette {
        Palette {
            ground: of(&self.ground),
            ink: of(&self.ink),
            quiet: of(&self.quiet),
            accent: of(&self.accent),
            first: of(&self.first),
            second: of(&self.second),
            track: of(&self.track),
            field: of(&self.field),
            signs: false,
        }
    }
}

impl Palette {
    /// The colours for a look.
    #[must_use]
    pub(crate) fn of(look: Appearance) -> Self {
        let themes = &MADE;
        let shades = match look.theme {
            Theme::Night => &themes.night,
            Theme::Ember => &themes.ember,
            Theme::Day => &themes.day,
            Theme::Paper => &themes.paper,
            Theme::Contrast => &themes.contrast,
            Theme::Plain => return NONE,
        };
        match look.colour {
            Colour::True => shades.palette(|shade| shade.all),
            Colour::Ansi256 => shades.palette(|shade| shade.of_256),
            // What the 16 look like is the terminal's own choice.
            Colour::Ansi16 => Palette {
                signs: true,
                ..shades.palette(|shade| shade.of_16)
            },
            Colour::None => NONE,
        }
    }

    /// Whether a sign has to say what is left of a bar: there is no colour, or only one of the 16.
    #[must_use]
    pub(crate) fn signs(self) -> bool {
        self.signs
    }

    fn of_ink(self, ink: Color) -> Style {
        Style::new().fg(ink).bg(self.ground)
    }

    /// Ordinary words.
    #[must_use]
    pub(crate) fn ink(self) -> Style {
        self.of_ink(self.ink)
    }

    /// The question, a name of a key, whatever is read first.
    #[must_use]
    pub(crate) fn strong(self) -> Style {
        self.ink().add_modifier(Modifier::BOLD)
    }

    /// Words beside the matter.
    #[must_use]
    pub(crate) fn quiet(self) -> Style {
        self.of_ink(self.quiet)
    }

    /// The clock, the place on the way.
    #[must_use]
    pub(crate) fn accent(self) -> Style {
        self.of_ink(self.accent).add_modifier(Modifier::BOLD)
    }

    /// The choice that Enter takes.
    #[must_use]
    pub(crate) fn marked(self) -> Style {
        if self.accent == self.ink {
            self.strong().add_modifier(Modifier::REVERSED)
        } else {
            self.accent()
        }
    }

    /// A person, by their index. There are two colours and ink, never more: more would not be told apart by everybody.
    #[must_use]
    pub(crate) fn person(self, index: usize) -> Style {
        let ink = match index {
            0 => self.first,
            1 => self.second,
            _ => self.ink,
        };
        self.of_ink(ink).add_modifier(Modifier::BOLD)
    }

    /// The part of a bar that is not filled.
    #[must_use]
    pub(crate) fn track(self) -> Style {
        self.of_ink(self.track)
    }

    /// Where words are typed.
    #[must_use]
    pub(crate) fn field(self) -> Style {
        if self.field == self.ground {
            self.ink().add_modifier(Modifier::UNDERLINED)
        } else {
            Style::new().fg(self.ink).bg(self.field)
        }
    }
}

#[cfg(test)]
#[path = "theme_tests.rs"]
mod tests;
