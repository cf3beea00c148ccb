//! How the screen looks, as the surroundings ask for it.

use crate::session::scene::{ClockShows, Scene};
use crate::text::safe_text::SafeText;

/// How the screen looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Appearance {
    /// Which colours it has.
    pub(crate) theme: Theme,
    /// Whether the terminal is asked if its ground is dark or light, and the theme follows its answer.
    pub(crate) asks: bool,
    /// Whether the terminal may be asked anything without harm.
    pub(crate) answers: bool,
    /// How many colours there are.
    pub(crate) colour: Colour,
    /// Whether only ASCII may be drawn.
    pub(crate) ascii: bool,
    /// Whether somebody listens to the screen.
    pub(crate) heard: bool,
    /// Whether nothing moves: a clock changes with the minutes, and nothing breathes.
    pub(crate) still: bool,
    /// Whether the mouse's wheel turns pages.
    pub(crate) mouse: bool,
    /// Whether the screen thins out after a while without a key.
    pub(crate) thins: bool,
    /// Whether it does so soon.
    pub(crate) fades: bool,
}

/// The themes; `themes.toml` holds their colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// Light words on blue-black.
    Night,
    /// Light words on a warm dark ground.
    Ember,
    /// Dark words on a cool light ground.
    Day,
    /// Dark words on the ground of paper.
    Paper,
    /// White and yellow on black.
    Contrast,
    /// The terminal's own two colours: weight, underline and reverse tell everything.
    Plain,
}

impl Theme {
    /// All of them, in the order in which a key goes round.
    pub(crate) const ALL: [Self; 6] = [
        Self::Night,
        Self::Ember,
        Self::Day,
        Self::Paper,
        Self::Contrast,
        Self::Plain,
    ];

    /// The names of all themes; the first one is found by looking at the terminal.
    pub(crate) const NAMES: [&str; 7] = [
        "auto", "night", "ember", "day", "paper", "contrast", "plain",
    ];

    /// The theme of this name; `None` for the one that is found by looking at the terminal.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        let at = Self::NAMES.iter().position(|known| *known == name)?;
        Self::ALL.get(at.checked_sub(1)?).copied()
    }

    /// The theme for a ground that is light, or dark.
    #[must_use]
    pub(crate) fn on(ground: TerminalBackground) -> Self {
        match ground {
            TerminalBackground::Dark => Self::Night,
            TerminalBackground::Light => Self::Day,
        }
    }

    /// The next one, round and round.
    #[must_use]
    pub(crate) fn next(self) -> Self {
        let here = Self::ALL.iter().position(|theme| *theme == self);
        let next = here.map_or(0, |n| (n + 1) % Self::ALL.len());
        Self::ALL.get(next).copied().unwrap_or(self)
    }
}

/// What a terminal's own ground is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TerminalBackground {
    /// Light words belong on it.
    Dark,
    /// Dark words belong on it.
    Light,
}

/// How many colours a terminal has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Colour {
    /// All of them.
    True,
    /// 256.
    Ansi256,
    /// The first 16.
    Ansi16,
    /// None: weight, underline and reverse tell everything.
    None,
}

impl Default for Appearance {
    fn default() -> Self {
        Self::USUAL
    }
}

impl Appearance {
    /// A terminal with all colours and a dark ground that is asked nothing.
    pub(crate) const USUAL: Self = Self {
        theme: Theme::Night,
        asks: false,
        answers: false,
        colour: Colour::True,
        ascii: false,
        heard: false,
        still: false,
        mouse: false,
        thins: true,
        fades: false,
    };

    /// The same in a theme that somebody chose: the terminal's ground is not asked for.
    #[must_use]
    pub fn in_theme(self, theme: Theme) -> Self {
        Self {
            theme,
            asks: false,
            ..self
        }
    }

    /// What the environment asks for; `get` looks a variable up.
    #[must_use]
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| get(name).filter(|value| !value.is_empty());
        let asked = |name: &str| get(name).is_some_and(|value| value != "0");
        let ground = ground(get("COLORFGBG").as_deref());
        let term = get("TERM").unwrap_or_default();
        let colour = colour(
            get("NO_COLOR").is_some(),
            &get("COLORTERM").unwrap_or_default(),
            &term,
        );
        let through = Through {
            screen: get("STY").is_some(),
            tmux: get("TMUX").is_some(),
            ssh: get("SSH_CONNECTION").is_some() || get("SSH_TTY").is_some(),
        };
        let look = Self {
            theme: Theme::on(ground.unwrap_or(TerminalBackground::Dark)),
            asks: ground.is_none() && tells_ground(&term, colour, &through),
            answers: cfg!(unix) && !prints(&term),
            colour,
            ascii: asked("ALONGSIDE_ASCII")
                || ascii(
                    get("LC_ALL")
                        .or_else(|| get("LC_CTYPE"))
                        .or_else(|| get("LANG"))
                        .as_deref(),
                ),
            still: asked("ALONGSIDE_REDUCED_MOTION"),
            ..Self::USUAL
        };
        match is_heard(&get) {
            true => look.to_be_heard(),
            false => look,
        }
    }

    /// For somebody who listens to the screen: nothing is asked of the terminal, which would be heard, and nothing that
    /// has to be read is a picture.
    #[must_use]
    pub(crate) fn to_be_heard(self) -> Self {
        Self {
            asks: false,
            answers: false,
            heard: true,
            ..self
        }
    }

    /// A scene as it is looked at: without what moves, where nothing is to move.
    #[must_use]
    pub(crate) fn calm(self, mut scene: Scene) -> Scene {
        if !self.still {
            return scene;
        }
        if let Some(pace) = &mut scene.pacer {
            // Of no seconds: what is left of it is its pattern.
            pace.says = SafeText::default();
            (pace.second, pace.of) = (0, 0);
        }
        if let Some(clock) = &mut scene.clock
            && let ClockShows::Full { seconds, over } = clock.shows
        {
            clock.shows = ClockShows::in_minutes(seconds, over);
        }
        scene
    }
}

/// `COLORFGBG` is `foreground;background` as numbers of the 16 colours; 7 and 9 to 15 are light.
fn ground(fgbg: Option<&str>) -> Option<TerminalBackground> {
    let number = fgbg?.rsplit(';').next()?.parse::<u8>().ok()?;
    Some(match number {
        7 | 9..=15 => TerminalBackground::Light,
        _ => TerminalBackground::Dark,
    })
}

/// Whether a screen reader is known to be there, by what it or its desktop sets.
fn is_heard(get: &impl Fn(&str) -> Option<String>) -> bool {
    const SET: [&str; 3] = ["ACCESSIBLE", "EMACSPEAK_DIR", "DTK_PROGRAM"];
    const ON: [&str; 2] = ["ACCESSIBILITY_ENABLED", "GNOME_ACCESSIBILITY"];
    let is = |name: &&str| get(name).is_some();
    let is_on = |name: &&str| get(name).is_some_and(|value| value != "0");
    SET.iter().any(is) || ON.iter().any(is_on)
}

/// What lies between the program and the terminal.
struct Through {
    screen: bool,
    tmux: bool,
    ssh: bool,
}

/// Whether the simplest terminals, that would print a question, may be meant by this name.
fn prints(term: &str) -> bool {
    const PRINTS: [&str; 3] = ["dumb", "eterm", "vt"];
    term.is_empty() || PRINTS.iter().any(|name| term.starts_with(name))
}

/// Whether a terminal can be asked for its ground without harm. GNU screen would print the question; tmux at the far
/// end of a line answers so late that the answer may fall into somebody's shell.
fn tells_ground(term: &str, colour: Colour, through: &Through) -> bool {
    let quiet = match colour {
        Colour::True | Colour::Ansi256 => true,
        // Few colours mean an old terminal, and without any there is nothing to choose.
        Colour::Ansi16 | Colour::None => false,
    };
    let is_screen = through.screen || term.starts_with("screen");
    let late = through.tmux && through.ssh;
    cfg!(unix) && quiet && !prints(term) && !is_screen && !late
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

    fn look(vars: &[(&str, &str)]) -> Appearance {
        Appearance::from_env(|name| {
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
    fn nothing_is_asked_where_a_screen_reader_would_speak_it() {
        let seen = [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")];
        assert!(look(&seen).answers && look(&seen).asks);
        for heard in [
            "ACCESSIBLE",
            "EMACSPEAK_DIR",
            "DTK_PROGRAM",
            "ACCESSIBILITY_ENABLED",
        ] {
            let look = look(&[seen[0], seen[1], (heard, "1")]);
            assert!(!look.answers && !look.asks, "{heard}");
        }
        assert!(look(&[seen[0], ("ACCESSIBILITY_ENABLED", "0")]).answers);
    }

    #[test]
    fn the_first_locale_that_is_set_decides() {
        assert!(look(&[("LANG", "C")]).ascii);
        assert!(look(&[("LC_ALL", "POSIX"), ("LANG", "de_DE.UTF-8")]).ascii);
        assert!(!look(&[("LC_ALL", ""), ("LANG", "de_DE.utf8")]).ascii);
        assert!(!look(&[("LC_CTYPE", "C.UTF-8"), ("LANG", "C")]).ascii);
    }

    #[test]
    fn ascii_is_asked_for_whatever_the_locale_is() {
        let utf8 = ("LANG", "de_DE.UTF-8");
        for (value, ascii) in [("1", true), ("yes", true), ("0", false), ("", false)] {
            assert_eq!(look(&[utf8, ("ALONGSIDE_ASCII", value)]).ascii, ascii);
        }
    }

    #[test]
    fn the_ground_of_the_terminal_chooses_the_theme() {
        assert_eq!(look(&[("COLORFGBG", "0;15")]).theme, Theme::Day);
        assert_eq!(look(&[("COLORFGBG", "0;default;7")]).theme, Theme::Day);
        assert_eq!(look(&[("COLORFGBG", "15;8")]).theme, Theme::Night);
        assert_eq!(look(&[("COLORFGBG", "nonsense")]).theme, Theme::Night);
        assert_eq!(look(&[]).theme, Theme::Night);
    }

    #[test]
    #[cfg(unix)]
    fn a_terminal_is_only_asked_where_it_answers_in_time() {
        let xterm = ("TERM", "xterm-256color");
        assert!(look(&[xterm]).asks);
        assert!(look(&[xterm, ("SSH_TTY", "/dev/pts/3")]).asks);
        assert!(look(&[("TERM", "tmux-256color"), ("TMUX", "socket")]).asks);
        for vars in [
            &[][..],
            &[("TERM", "dumb")],
            &[("TERM", "linux")],
            &[("TERM", "vt220")],
            &[("TERM", "eterm-color")],
            &[("TERM", "screen-256color"), ("TMUX", "socket")],
            &[xterm, ("STY", "1234.pts-0")],
            &[xterm, ("TMUX", "socket"), ("SSH_CONNECTION", "a b c d")],
            &[xterm, ("COLORFGBG", "15;0")],
            &[xterm, ("NO_COLOR", "1")],
        ] {
            assert!(!look(vars).asks, "{vars:?}");
        }
    }

    #[test]
    fn a_key_goes_round_all_themes() {
        let mut theme = Theme::Night;
        for expected in Theme::ALL.into_iter().skip(1).chain([Theme::Night]) {
            theme = theme.next();
            assert_eq!(theme, expected);
        }
    }

    #[test]
    fn each_theme_has_its_name() {
        assert_eq!(Theme::named("auto"), None);
        assert_eq!(Theme::named("nigth"), None);
        for (name, theme) in Theme::NAMES.into_iter().skip(1).zip(Theme::ALL) {
            assert_eq!(Theme::named(name), Some(theme));
            assert_eq!(name, format!("{theme:?}").to_lowercase());
        }
    }

    #[test]
    fn a_still_clock_changes_with_the_minutes_and_not_before() {
        let still = look(&[("ALONGSIDE_REDUCED_MOTION", "1")]);
        let shown = |look: Appearance, seconds, over| {
            let mut scene = crate::tui::samples::turn();
            if let Some(clock) = &mut scene.clock {
                clock.shows = ClockShows::Full { seconds, over };
            }
            look.calm(scene).clock.map(|clock| clock.shows)
        };
        let minutes = |minutes, over| Some(ClockShows::Minutes { minutes, over });
        assert_eq!(shown(still, 750, false), minutes(13, false));
        assert_eq!(shown(still, 749, false), minutes(12, false));
        assert_eq!(shown(still, 690, false), minutes(12, false));
        assert_eq!(shown(still, 59, true), minutes(0, true));
        let over = false;
        assert_eq!(
            shown(look(&[]), 59, over),
            Some(ClockShows::Full { seconds: 59, over })
        );
    }

    #[test]
    fn a_still_breath_is_its_pattern_and_the_same_in_every_second() {
        let still = look(&[("ALONGSIDE_REDUCED_MOTION", "1")]);
        let at = |second| {
            let mut scene = crate::tui::samples::breath();
            if let Some(pace) = &mut scene.pacer {
                pace.second = second;
            }
            scene
        };
        assert_eq!(still.calm(at(1)), still.calm(at(2)));
        assert_ne!(look(&[]).calm(at(1)), look(&[]).calm(at(2)));
        let pace = still.calm(at(1)).pacer.expect("a pace");
        assert!(!pace.pattern.is_empty() && pace.says.is_empty() && pace.of == 0);
    }

    #[test]
    fn stillness_is_asked_for_with_anything_but_nothing_or_0() {
        for (value, still) in [("1", true), ("yes", true), ("0", false), ("", false)] {
            assert_eq!(look(&[("ALONGSIDE_REDUCED_MOTION", value)]).still, still);
        }
    }
}
