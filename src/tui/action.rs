//! What keys do, and where they are pressed.

use crate::session::scene::Verb;

/// What a key does: a kind of offer, or something of the screen itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "keys.toml explains each")]
pub(crate) enum Action {
    Choose,
    Rate,
    Enter,
    Done,
    GoOn,
    Pass,
    Back,
    Unsure,
    Pause,
    More,
    Land,
    Asides,
    ChangeLine,
    ReadAloud,
    InWriting,
    Skip,
    Stop,
    QuickExit,
    Card,
    Clock,
    Leave,
    Up,
    Down,
    PageUp,
    PageDown,
    Top,
    Bottom,
    Help,
    Close,
    Sure,
    Stay,
    Interrupt,
    Suspend,
    Repaint,
    Bell,
    Colours,
    Lines,
}

impl Action {
    /// The kind of offer that it takes up, where it is one.
    #[must_use]
    pub(crate) fn verb(self) -> Option<Verb> {
        Some(match self {
            Self::GoOn => Verb::GoOn,
            Self::Pass => Verb::Pass,
            Self::Back => Verb::Back,
            Self::Unsure => Verb::Unsure,
            Self::Pause => Verb::Pause,
            Self::More => Verb::More,
            Self::Land => Verb::Land,
            Self::Asides => Verb::Asides,
            Self::ChangeLine => Verb::ChangeLine,
            Self::ReadAloud => Verb::ReadAloud,
            Self::InWriting => Verb::InWriting,
            Self::Skip => Verb::Skip,
            Self::Stop => Verb::Stop,
            Self::Card => Verb::Card,
            Self::Clock => Verb::Clock,
            Self::Leave => Verb::Leave,
            Self::Choose
            | Self::Rate
            | Self::Enter
            | Self::Done
            | Self::QuickExit
            | Self::Up
            | Self::Down
            | Self::PageUp
            | Self::PageDown
            | Self::Top
            | Self::Bottom
            | Self::Help
            | Self::Close
            | Self::Sure
            | Self::Stay
            | Self::Interrupt
            | Self::Suspend
            | Self::Repaint
            | Self::Bell
            | Self::Colours
            | Self::Lines => return None,
        })
    }
}

/// Where a key is pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Context {
    /// Anywhere but in text.
    Keys,
    /// While a line of words is written: letters are text.
    Typing,
    /// While several lines are written: like [`Context::Typing`], but Enter and the keys that move up and down are
    /// the words' own, and another key enters them.
    Writing,
    /// At the question whether to leave.
    Asking,
    /// While a number is given: like [`Context::Keys`], but the arrows move the number.
    Rating,
}

impl Context {
    /// Which list of an entry's keys counts.
    pub(super) fn slot(self) -> usize {
        match self {
            Self::Keys | Self::Rating => 0,
            Self::Typing | Self::Writing => 1,
            Self::Asking => 2,
        }
    }
}

impl Action {
    /// How many places it has that its keys stand for, one after the other; 0 where each key does the same.
    #[must_use]
    pub(crate) fn places(self) -> usize {
        if self == Self::Choose {
            9
        } else if self == Self::Rate {
            10
        } else {
            0
        }
    }

    /// Whether its key may act again while it is held down.
    pub(super) fn may_repeat(self) -> bool {
        use Action::{Bottom, Down, PageDown, PageUp, Top, Up};
        matches!(self, Up | Down | PageUp | PageDown | Top | Bottom)
    }

    /// Whether it answers what is asked, or leads on or back from it.
    pub(super) fn answers(self) -> bool {
        use Action::{Back, Choose, Enter, GoOn, Pass, Rate, Unsure};
        matches!(self, Choose | Rate | Enter | GoOn | Pass | Unsure | Back)
    }

    /// Whether one key may stand for a place of both: an answer is chosen where no number is typed.
    pub(super) fn shares(self, other: Self) -> bool {
        self != other && self.places() > 0 && other.places() > 0
    }

    /// Whether its keys are keys at all in a context.
    pub(super) fn counts_in(self, context: Context) -> bool {
        let moves = matches!(
            self,
            Self::Enter | Self::Up | Self::Down | Self::PageUp | Self::PageDown
        );
        match context {
            Context::Writing => !moves,
            Context::Typing => self != Self::Done,
            Context::Keys | Context::Asking | Context::Rating => true,
        }
    }
}
