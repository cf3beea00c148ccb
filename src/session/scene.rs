//! What may be seen and asked now, as plain data. A face draws this and knows nothing else.

use std::fmt;

use crate::session::intent::Intent;
use crate::session::length_words;
use crate::text::safe_text::SafeText;
use crate::time::moment::TimeOfDay;

/// One screen's worth of session.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scene {
    /// What kind of screen this is, for the composition and the palette.
    pub(crate) mood: SceneMood,
    /// The stages, in order. Empty outside a session.
    pub(crate) way: Vec<WaySegment>,
    /// When the session ends, as it looks now.
    pub(crate) ends: Option<PlannedEnd>,
    /// The people, always in the order they were entered.
    pub(crate) people: Vec<PersonSeat>,
    /// Where we are, in a few words.
    pub title: SafeText,
    /// To whom the prompt speaks, as places in `people`; none means everybody.
    pub(crate) to: Vec<usize>,
    /// The question or the words: one paragraph each, the first is the largest.
    pub prompt: Vec<SafeText>,
    /// What only few screens have.
    pub(crate) rare: RareParts,
    /// A list that belongs to the prompt (the agreement's lines, the gate's questions, the plan).
    pub list: Vec<ListItem>,
    /// Rows above the list that are drawn as they stand where they have room (a month as a grid). The list says the
    /// same for whoever listens.
    pub(crate) grid: Vec<SafeText>,
    /// The same as the list in a picture, line by line, at several widths, the widest first. A face draws the first
    /// that has room; where none has, and where nothing is drawn, the list says it.
    pub(crate) pictures: Vec<Vec<SafeText>>,
    /// Quiet words for those who are not the ones spoken to.
    pub whispers: Vec<WitnessLine>,
    /// What can be chosen by number, counted from 1 on the screen.
    pub choices: Vec<SceneChoice>,
    /// Something to type, when there is.
    pub field: Option<InputField>,
    /// Whether one person answers alone here: what they press is not to be seen by the others.
    pub(crate) private: bool,
    /// The clock, when one runs or stands here.
    pub clock: Option<ClockFace>,
    /// A pace for the breath, when somebody chose one.
    pub(crate) pacer: Option<BreathPace>,
    /// What else can be done now, by key or by word.
    pub offers: Vec<Offer>,
    /// The word that these people agreed on for stopping at once; empty where there is none, or nothing to stop.
    pub(crate) stop_word: SafeText,
    /// What the session has to say beside the prompt (a warning, a cost).
    pub notice: Option<SafeText>,
    /// What running over costs. It creeps while nobody does anything, and gives way to a notice.
    pub(crate) costs: Option<SafeText>,
}

impl Scene {
    /// Adds what can be done now beside the choices.
    pub(crate) fn add_offer(&mut self, verb: Verb, says: &str) {
        self.offers.push(Offer::new(verb, says));
    }

    /// What leads on without an answer: going on where nothing is asked, passing where something is.
    pub(crate) fn leads_on(&self) -> Option<&Offer> {
        let mut offers = self.offers.iter();
        offers.find(|offer| matches!(offer.verb, Verb::GoOn | Verb::Pass))
    }

    /// Whether something is answered or gone on from here.
    pub(crate) fn waits_for_a_key(&self) -> bool {
        let goes_on = |offer: &Offer| offer.verb == Verb::GoOn;
        self.field.is_some() || !self.choices.is_empty() || self.offers.iter().any(goes_on)
    }

    /// Adds a choice that is not switched on or off.
    pub(crate) fn add_choice(&mut self, says: SafeText, intent: Intent) {
        self.choices.push(SceneChoice::new(says, intent));
    }
}

/// What only few screens have.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct RareParts {
    /// The question of a turn that the prompt lies over: it stays where it was, and the prompt stands below it.
    pub(crate) beneath: Option<QuestionBeneath>,
    /// One word that is drawn large above the prompt, which says it too.
    pub(crate) banner: Option<SafeText>,
    /// What was agreed for the turn that begins here, in one line.
    pub(crate) agreed: Option<SafeText>,
    /// What whoever has the turn wishes for in a long silence: it stays when the screen thins out.
    pub(crate) in_silence: Option<SafeText>,
    /// What each entry of the list has left, by a clock of its own. It creeps, and is said to whoever asks for the time.
    pub(crate) left: Vec<SafeText>,
    /// Whether whoever is here alone would see where they left off. A session knows no word of it.
    pub(crate) left_off: bool,
    /// Whether what is said beside gives way to what running over costs: it stood there before.
    pub(crate) gives_way: bool,
    /// Whether the numbers stand here at which people can be rung. A session knows none of them.
    pub(crate) numbers: bool,
    /// Whether it is whoever sits at this terminal who is spoken to, and nobody else.
    pub(crate) yours: bool,
    /// Who answers what is asked here, at another terminal, in words. They stand below what is said beside, and are the
    /// answer to a key that was meant for the question; where lines are heard they come behind it.
    pub(crate) elsewhere: Option<SafeText>,
    /// Whether each sits at a terminal of their own: a key may have been meant for a screen that went by another's.
    pub(crate) apart: bool,
    /// Whether something is said of the line: once nothing is any more, it is back.
    pub(crate) line_sign: bool,
    /// Whether what stands in the list was said aloud a moment ago: it is there to be seen, and said again only to whoever
    /// asks.
    pub(crate) list_heard: bool,
    /// Whether what is said beside says who has said yes.
    pub(crate) yes_told: bool,
    /// Whether this screen came a moment ago by somebody else's key: one that is none here was meant for the one before.
    pub(crate) replaced: bool,
    /// Which page about safety it is, where it is one.
    pub(crate) safety: Option<SafetyPage>,
    /// Whether what is asked says itself how much time is left.
    pub(crate) says_left: bool,
}

/// A page outside of a session on which a yes may be about somebody's life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SafetyPage {
    /// For whom it is not.
    NotFor,
    /// The crisis card.
    Card,
}

/// A question that is not answered now, and stays in sight.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct QuestionBeneath {
    /// To whom it speaks, as places in the people.
    pub(crate) to: Vec<usize>,
    /// Its words.
    pub(crate) prompt: Vec<SafeText>,
}

/// What kind of screen this is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum SceneMood {
    /// Before and between sessions: home, setting up, cards.
    #[default]
    Home,
    /// Walking through a stage.
    Walking,
    /// Standing still: a pause, a hole in time.
    Held,
    /// After STOP: neutral, nothing of the session on it.
    Neutral,
    /// Saying goodbye, after STOP or at the end.
    Closing,
    /// It is over.
    Closed,
}

/// One stage on the map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct WaySegment {
    /// Its name.
    pub(crate) title: SafeText,
    /// Its planned length in whole seconds, for the width of its piece of the bar.
    pub(crate) seconds: u32,
    /// When it begins, as it looks now.
    pub(crate) at: TimeOfDay,
    /// Where it stands.
    pub(crate) state: SegmentState,
}

/// Where a stage stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SegmentState {
    /// It is behind us.
    Done,
    /// We are in it; this many twentieths of its time have gone.
    Here(u8),
    /// It is ahead.
    Ahead,
}

/// When the session ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PlannedEnd {
    /// The time on the wall.
    pub(crate) at: TimeOfDay,
    /// How many whole minutes that is past the time the people set; 0 when it is not.
    pub(crate) later: u32,
}

impl PlannedEnd {
    /// How much later it is than people set, as they read it.
    #[must_use]
    pub(crate) fn later_words(self) -> SafeText {
        length_words::later_words(self.later)
    }
}

/// A person's place on the screen: always the same one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PersonSeat {
    /// The name.
    pub(crate) name: SafeText,
    /// The role in words, empty while nobody has one.
    pub(crate) role: SafeText,
    /// The rung, when this person witnesses, in words.
    pub(crate) rung: SafeText,
    /// Whether this person has the floor.
    pub(crate) floor: bool,
    /// `Some` while everybody's yes is being gathered: whether this person has said it.
    pub(crate) yes: Option<bool>,
}

/// Quiet words for those who have the same role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WitnessLine {
    /// For whom, as places in `people`; none means for everybody.
    pub to: Vec<usize>,
    /// The words.
    pub words: SafeText,
}

/// One entry of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListItem {
    /// What stands before it (a time, a number, a name); often empty.
    pub lead: SafeText,
    /// The words.
    pub words: SafeText,
    /// Whether it is the one spoken about now.
    pub(crate) now: bool,
}

impl ListItem {
    pub(in crate::session) fn new(lead: &str, words: SafeText, now: bool) -> Self {
        let lead = SafeText::new(lead);
        Self { lead, words, now }
    }

    /// Somebody in a list of what each said, before they said anything.
    pub(in crate::session) fn unsaid(name: SafeText, now: bool) -> Self {
        Self {
            lead: name,
            words: SafeText::default(),
            now,
        }
    }
}

/// Something to choose by number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SceneChoice {
    /// The words.
    pub says: SafeText,
    /// Whether it is switched on, where choices are switches; `None` where they are not.
    pub on: Option<bool>,
    /// What choosing it asks.
    pub intent: Intent,
}

impl SceneChoice {
    /// A choice that is not switched on or off.
    pub(in crate::session) fn new(says: SafeText, intent: Intent) -> Self {
        let on = None;
        Self { says, on, intent }
    }
}

/// Something to type. `Debug` tells nothing of what stands in it.
#[derive(Clone, PartialEq, Eq)]
pub enum InputField {
    /// A number from 0 to 10; entering it asks [`Intent::Rate`].
    Rating,
    /// One line of words; entering it asks [`Intent::Write`].
    Line {
        /// What stands in it at first.
        initial: String,
        /// What is expected, in a few words.
        hint: SafeText,
        /// How many letters it takes.
        most: usize,
        /// Whether what is typed is never drawn, only how many letters there are: a passphrase, or what nobody
        /// else who sees this screen may read.
        hidden: bool,
    },
    /// Several lines of words; entering them asks [`Intent::Write`].
    Page {
        /// What stands in it at first.
        initial: String,
        /// What is expected, in a few words.
        hint: SafeText,
        /// How many letters it takes, line ends counted.
        most: usize,
        /// Whether what is typed is never drawn, only how many words there are.
        hidden: bool,
    },
}

impl InputField {
    /// One line of words that everybody may see.
    #[must_use]
    pub(crate) fn line(initial: String, hint: &str, most: usize) -> Self {
        Self::Line {
            initial,
            hint: SafeText::new(hint),
            most,
            hidden: false,
        }
    }

    /// What stands in it at first, where words are asked for.
    #[must_use]
    pub(crate) fn initial(&self) -> Option<&str> {
        match self {
            Self::Line { initial, .. } | Self::Page { initial, .. } => Some(initial),
            Self::Rating => None,
        }
    }

    /// Whether it asks for the same in the same way, whatever stands in it.
    #[must_use]
    pub(crate) fn asks_as(&self, other: &Self) -> bool {
        let asked = |field: &Self| match field {
            Self::Rating => None,
            Self::Line { hint, .. } => Some((false, hint.clone())),
            Self::Page { hint, .. } => Some((true, hint.clone())),
        };
        asked(self) == asked(other)
    }

    /// Whether what is typed must not be seen.
    #[must_use]
    pub(crate) fn is_hidden(&self) -> bool {
        match self {
            Self::Line { hidden, .. } | Self::Page { hidden, .. } => *hidden,
            Self::Rating => false,
        }
    }
}

impl fmt::Debug for InputField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Rating => return f.write_str("Rating"),
            Self::Line { .. } => "Line",
            Self::Page { .. } => "Page",
        };
        let bytes = self.initial().map_or(0, str::len);
        let hidden = self.is_hidden();
        write!(f, "{name} {{ {bytes} bytes, hidden: {hidden} }}")
    }
}

/// A clock as it is shown now: it holds nothing finer than what is shown, so
/// that two scenes are equal exactly when they look the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClockFace {
    /// What it shows.
    pub(crate) shows: ClockShows,
    /// Whether it is a turn's clock, to be read across a room, or a small one.
    pub large: bool,
    /// Whether it stands still.
    pub(crate) held: bool,
    /// What it counts towards, in words ("until the landing").
    pub(crate) label: SafeText,
}

impl ClockFace {
    /// Whether it says that the time is over.
    pub(crate) fn is_over(&self) -> bool {
        match self.shows {
            ClockShows::Full { over, .. } | ClockShows::Minutes { over, .. } => over,
            ClockShows::Bar { left } => left == 0,
            ClockShows::Hidden => false,
        }
    }
}

impl ClockShows {
    /// Seconds in whole minutes: what is left to the nearest, as it is on the plan, and what is over as far as it is whole.
    pub(crate) fn in_minutes(seconds: u64, over: bool) -> Self {
        let minutes = match over {
            true => seconds / 60,
            false => Self::minutes_left(seconds),
        };
        Self::Minutes { minutes, over }
    }

    /// What is left in whole minutes; the last one until nothing is.
    pub(crate) fn minutes_left(seconds: u64) -> u64 {
        ((seconds + 30) / 60).max(1)
    }
}

/// A pace for the breath as it is now. It changes once a second and no oftener.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct BreathPace {
    /// What to do now, in a word.
    pub(crate) says: SafeText,
    /// Which second of it this is, from 1.
    pub(crate) second: u8,
    /// Of how many; 0 where only the pattern is told: before it begins, and where a face has made it stand still.
    pub(crate) of: u8,
    /// The whole pattern in words, for a face in which nothing moves.
    pub(crate) pattern: SafeText,
}

/// The ways to show a clock. Switched with one key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ClockShows {
    /// Minutes and seconds.
    Full {
        /// Whole seconds left, or over.
        seconds: u64,
        /// Whether the time is over and counts up.
        over: bool,
    },
    /// Whole minutes: what is left to the nearest, and what is over as far as it is whole.
    Minutes {
        /// Minutes left, or over.
        minutes: u64,
        /// Whether the time is over and counts up.
        over: bool,
    },
    /// A bar without numbers.
    Bar {
        /// Fortieths of the time that are left; 0 when it is over.
        left: u8,
    },
    /// Nothing.
    Hidden,
}

/// What can be done now beside the numbered choices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// The kind of thing it is: a face finds its key and its word by this.
    pub verb: Verb,
    /// What it does here, in a few words.
    pub says: SafeText,
}

impl Offer {
    /// What can be done here, and how it is said.
    pub(crate) fn new(verb: Verb, says: &str) -> Self {
        let says = SafeText::new(says);
        Self { verb, says }
    }

    /// What it asks.
    #[must_use]
    pub fn intent(&self) -> Intent {
        match self.verb {
            Verb::GoOn => Intent::GoOn,
            Verb::Pass => Intent::Pass,
            Verb::Back => Intent::Back,
            Verb::Unsure => Intent::Unsure,
            Verb::Pause => Intent::Pause,
            Verb::Stop => Intent::Stop,
            Verb::More => Intent::More,
            Verb::Land => Intent::Land,
            Verb::Asides => Intent::Asides,
            Verb::ChangeLine => Intent::ChangeLine,
            Verb::ReadAloud => Intent::ReadAloud,
            Verb::InWriting => Intent::InWriting,
            Verb::Skip => Intent::Skip,
            Verb::Clock => Intent::Clock,
            Verb::Card => Intent::Card,
            Verb::Leave => Intent::Leave,
        }
    }
}

/// The kinds of offers. Each has one key on the screen and one word in the line face.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Verb {
    /// Go on, where there is nothing to answer.
    GoOn,
    /// Pass what is asked.
    Pass,
    /// Back.
    Back,
    /// I don't know.
    Unsure,
    /// Pause.
    Pause,
    /// STOP.
    Stop,
    /// More time.
    More,
    /// Land now.
    Land,
    /// What the witness can do.
    Asides,
    /// Change a line.
    ChangeLine,
    /// Read aloud.
    ReadAloud,
    /// Answer in writing.
    InWriting,
    /// Skip this stage.
    Skip,
    /// Switch the clock's face.
    Clock,
    /// The crisis card.
    Card,
    /// Leave for now.
    Leave,
}

impl Verb {
    /// Every kind, in the order in which a footer shows them.
    pub(crate) const ALL: [Self; 16] = [
        Self::GoOn,
        Self::Pass,
        Self::Back,
        Self::Unsure,
        Self::Pause,
        Self::Stop,
        Self::More,
        Self::Land,
        Self::Asides,
        Self::ChangeLine,
        Self::ReadAloud,
        Self::InWriting,
        Self::Skip,
        Self::Clock,
        Self::Card,
        Self::Leave,
    ];
}
