//! How the screen looks, as the surroundings ask for it.

/// How the screen looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// Dark or light.
    pub theme: Theme,
    /// How many colours there are.
    pub colour: Colour,
    /// Whether only ASCII may be drawn.
    pub ascii: bool,
    /// Whether bells ring.
    pub bell: bool,
    /// Whether the mouse's wheel turns pages.
    pub mouse: bool,
}

/// Dark or light.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// Light words on a dark ground.
    Dark,
    /// Dark words on a light ground.
    Light,
}

impl Theme {
    /// The names of all themes; the first one is found by looking at the terminal.
    pub const NAMES: [&str; 3] = ["auto", "dark", "light"];

    /// The theme of this name; `None` for the one that is found by looking at the terminal.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "dark" => Some(Self::Dark),
            "light" => Some(Self::Light),
            _ => None,
        }
    }
}

/// How many colours a terminal has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// All of them.
    True,
    /// 256.
    Ansi256,
    /// The first 16.
    Ansi16,
    /// None: weight, underline and reverse tell everything.
    None,
}

impl Look {
    /// What the environment asks for; `get` looks a variable up.
    #[must_use]
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| get(name).filter(|value| !value.is_empty());
        Self {
            theme: theme(get("COLORFGBG").as_deref()),
            colour: colour(
                get("NO_COLOR").is_some(),
                &get("COLORTERM").unwrap_or_default(),
                &get("TERM").unwrap_or_default(),
            ),
            ascii: ascii(
                get("LC_ALL")
                    .or_else(|| get("LC_CTYPE"))
                    .or_else(|| get("LANG"))
                    .as_deref(),
            ),
            bell: true,
            mouse: false,
        }
    }
}

/// `COLORFGBG` is `foreground;background` as numbers of the 16 colours; 7 and 9 to 15 are light.
fn theme(fgbg: Option<&str>) -> Theme {
    let ground = fgbg
        .and_then(|pair| pair.rsplit(';').next())
        .and_then(|number| number.parse::<u8>().ok());
    match ground {
        Some(7 | 9..=15) => Theme::Light,
        Some(_) | None => Theme::Dark,
    }
}

fn colour(none: bool, colorterm: &str, term: &str) -> Colour {
    const TRUE: [&str; 6] = ["direct", "kitty", "ghostty", "alacritty", "wezterm", "foot"];
    const FEW: [&str; 6] = ["linux", "vt100", "vt220", "ansi", "cons25", "cygwin"];
    if none {
        Colour::None
    } else if matches!(colorterm, "truecolor" | "24bit") || TRUE.iter().any(|t| term.contains(t)) {
        Colour::True
    } else if FEW.contains(&term) {
        Colour::Ansi16
    } else {
        Colour::Ansi256
    }
}

/// Without any word about it a Unix terminal is in the C locale; a Windows one is not.
fn ascii(locale: Option<&str>) -> bool {
    match locale {
        Some(locale) => {
            let locale = locale.to_ascii_lowercase();
            !(locale.contains("utf-8") || locale.contains("utf8"))
        }
        None => cfg!(unix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(vars: &[(&str, &str)]) -> Look {
        Look::from_env(|name| {
            vars.iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn colours_follow_what_the_terminal_says() {
        assert_eq!(look(&[("COLORTERM", "truecolor")]).colour, Colour::True);
        assert_eq!(look(&[("TERM", "xterm-kitty")]).colour, Colour::True);
        assert_eq!(look(&[("TERM", "xterm-256color")]).colour, Colour::Ansi256);
        assert_eq!(look(&[("TERM", "linux")]).colour, Colour::Ansi16);
        let none = [("NO_COLOR", "1"), ("COLORTERM", "truecolor")];
        assert_eq!(look(&none).colour, Colour::None);
        let empty = [("NO_COLOR", ""), ("COLORTERM", "24bit")];
        assert_eq!(look(&empty).colour, Colour::True);
    }

    #[test]
    fn the_first_locale_that_is_set_decides() {
        assert!(look(&[("LANG", "C")]).ascii);
        assert!(look(&[("LC_ALL", "POSIX"), ("LANG", "de_DE.UTF-8")]).ascii);
        assert!(!look(&[("LC_ALL", ""), ("LANG", "de_DE.utf8")]).ascii);
        assert!(!look(&[("LC_CTYPE", "C.UTF-8"), ("LANG", "C")]).ascii);
    }

    #[test]
    fn the_ground_of_the_terminal_chooses_the_theme() {
        assert_eq!(look(&[("COLORFGBG", "0;15")]).theme, Theme::Light);
        assert_eq!(look(&[("COLORFGBG", "0;default;7")]).theme, Theme::Light);
        assert_eq!(look(&[("COLORFGBG", "15;8")]).theme, Theme::Dark);
        assert_eq!(look(&[("COLORFGBG", "nonsense")]).theme, Theme::Dark);
        assert_eq!(look(&[]).theme, Theme::Dark);
    }
}
