//! A script that is always valid: what the session walks. Made only by [`super::check`].

use std::fmt;
use std::ops::Deref;
use std::panic::UnwindSafe;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Ask;
use super::head::{FirstClock, Head, Pack, People, Written};
use super::word::word_enum;
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// A person of the session, as an index into the people in the order they were entered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Who(pub u8);

impl Who {
    /// The index.
    #[must_use]
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The person at an index; sessions have at most [`super::MOST_PEOPLE`].
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(u8::try_from(index).unwrap_or(u8::MAX))
    }
}

word_enum! {
    /// How the witness accompanies, chosen per turn by the processor (content.md T2.3).
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Rung {
        /// Be quiet, breathe, be there.
        Silent = "silent",
        /// Some of their words back.
        SayBack = "say-back",
        /// Read a prompt when asked, offer a choice.
        Guide = "guide",
    }
}

impl Rung {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::ALL.len();

    /// The usual word for it.
    pub(crate) fn said(self) -> &'static str {
        let w = &words().session;
        match self {
            Self::Silent => w.rung_silent,
            Self::SayBack => w.rung_say_back,
            Self::Guide => w.rung_guide,
        }
    }

    /// The word with what it means.
    pub(crate) fn explained(self) -> &'static str {
        let w = &words().session;
        match self {
            Self::Silent => w.rung_silent_says,
            Self::SayBack => w.rung_say_back_says,
            Self::Guide => w.rung_guide_says,
        }
    }
}

word_enum! {
    /// Who is next in a stage, where it is not the order that people chose for all of them.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) enum TurnOrder {
        /// Whoever is ready.
        Ready = "ready",
        /// As the lot falls.
        Lot = "lot",
        /// Who speaks chooses who listens, and who listened is next.
        Chosen = "chosen",
        /// In groups: the first of each stays, and the others move on to another group.
        Ring = "ring",
    }
}

word_enum! {
    /// How far a turn may go (content.md T2.2). There is nothing beyond `Know`.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub(crate) enum Depth {
        /// Find it, notice it.
        Notice = "notice",
        /// Meet it: notice how you feel toward it.
        Meet = "meet",
        /// Know it: its job, its fears.
        Know = "know",
    }
}

impl Depth {
    /// One step less deep; `Notice` stays.
    #[must_use]
    pub(crate) fn lower(self) -> Self {
        match self {
            Self::Notice | Self::Meet => Self::Notice,
            Self::Know => Self::Meet,
        }
    }
}

/// One kind of session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// The name it is called by: its file's name without the ending.
    pub name: String,
    /// A hash of its text and of every module it uses, so that a log knows its script.
    pub(crate) hash: String,
    /// Its text and those of its own modules, each under its name; none where it comes with the program.
    pub(crate) texts: Vec<(String, String)>,
    /// Its file, where it is neither shipped nor among people's own: so that a session of it can be gone on with.
    pub(crate) file: Option<String>,
    /// What people call it.
    pub title: SafeText,
    /// For whom, how long.
    pub summary: SafeText,
    /// The language of its words, as a BCP 47 tag.
    pub(crate) language: String,
    /// What people may need when they choose it, from [`NEEDS`].
    pub needs: Vec<&'static str>,
    /// How many people it is for.
    pub people: People,
    /// The word for who works, then those for who accompanies; the last is for everybody else.
    pub(crate) roles: Vec<String>,
    /// The whole length as written.
    pub minutes: u16,
    /// How far a turn may go.
    pub(crate) ceiling: Depth,
    /// Slack that belongs to nobody.
    pub(crate) buffer: Duration,
    /// How the clock is shown at first.
    pub(crate) clock: FirstClock,
    /// Why only the first person has turns, in a session in which that is so.
    pub(crate) one_sided: Option<SafeText>,
    /// Its own words for the kinds of company, in the order of [`Rung::ALL`].
    pub(crate) rungs: [Option<SafeText>; Rung::COUNT],
    /// What the program says beside it, in its own words; empty where it says nothing.
    pub(crate) sentences: Sentences,
    /// The packs of words to choose from; none when it speaks in one way.
    pub(crate) packs: Vec<Pack>,
    /// What people can write for later texts to say again.
    pub(crate) written: Vec<Written>,
    /// The stages, in order; the last is the closing.
    pub(crate) stages: Vec<Stage>,
    /// What can be stepped into from a stage that names it.
    pub(crate) asides: Vec<Aside>,
    /// The neutral screen and what leads on from it.
    pub(crate) stop: OwnSteps,
    /// The short closing of a stopped session.
    pub(crate) mini_close: OwnSteps,
    /// What to follow instead when there is less time or strength.
    pub(crate) shorter: Option<Arc<Script>>,
    /// The same practice in the file's other lengths, and for one person beside several.
    pub(crate) others: Vec<Arc<Script>>,
}

/// Steps that every script has without naming them. They are made ready when somebody comes to them.
#[derive(Clone)]
pub(crate) struct OwnSteps(Arc<LazyLock<Vec<Step>, MakeSteps>>);

type MakeSteps = Box<dyn FnOnce() -> Vec<Step> + Send + UnwindSafe>;

impl OwnSteps {
    /// What this makes, when it is wanted: the same whenever that is.
    pub(crate) fn later(make: impl FnOnce() -> Vec<Step> + Send + UnwindSafe + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }
}

impl From<Vec<Step>> for OwnSteps {
    fn from(steps: Vec<Step>) -> Self {
        Self::later(move || steps)
    }
}

impl Deref for OwnSteps {
    type Target = [Step];

    fn deref(&self) -> &[Step] {
        &self.0
    }
}

impl PartialEq for OwnSteps {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for OwnSteps {}

impl fmt::Debug for OwnSteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Sentences of the program that a script says in its own words, or leaves out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Sentences {
    /// To whoever listens, in a long silence.
    pub(crate) silence: Option<Text>,
    /// When the landing begins by the clock.
    pub(crate) landing: Option<Text>,
    /// When the time is over.
    pub(crate) over: Option<Text>,
    /// At a bell that is no end.
    pub(crate) sign: Option<Text>,
    /// When it is asked who is next.
    pub(crate) next: Option<Text>,
}

impl From<&Script> for Head {
    fn from(script: &Script) -> Self {
        Self {
            name: script.name.clone(),
            title: script.title.clone(),
            summary: script.summary.clone(),
            language: script.language.clone(),
            needs: script.needs.clone(),
            people: script.people,
            minutes: script.minutes,
            lengths: script.lengths_beside(),
            packs: script.packs.clone(),
            one_sided: script.one_sided.clone(),
        }
    }
}

impl Script {
    /// The lines of its agreements, as far as nobody is named in them.
    pub(crate) fn agreement_lines(&self) -> impl Iterator<Item = &SafeText> {
        let steps = self.stages.iter().flat_map(|stage| &stage.steps);
        let lines = steps.flat_map(|step| {
            let Ask::Agreement(agreement) = &step.ask else {
                return &[][..];
            };
            &agreement.lines[..]
        });
        lines.filter_map(|line| match &line.0[..] {
            [paragraph] => match &paragraph[..] {
                [Piece::Words(words)] => Some(words),
                _ => None,
            },
            _ => None,
        })
    }

    /// Whether anything in it depends on how deep a turn may go.
    pub(crate) fn knows_depth(&self) -> bool {
        let steps = self.stages.iter().flat_map(|stage| &stage.steps);
        let lets = |answer: &super::Answer| answer.ceiling.is_some();
        let mut steps = steps.chain(self.asides.iter().flat_map(|aside| &aside.steps));
        steps.any(|step| step.depth.is_some() || step.ask.answers().iter().any(lets))
    }

    /// Whether this is written in a turn of this stage, or around it, by the one whose turn it is.
    pub(crate) fn is_written_in_turn(&self, stage: usize, name: usize) -> bool {
        let stage = self.stages.get(stage);
        let turns = stage.filter(|stage| matches!(stage.kind, StageKind::Turns { .. }));
        turns.is_some_and(|stage| stage.writes(name).any(|step| !step.round))
    }

    /// Whether each writes this in a round.
    pub(crate) fn is_written_in_round(&self, name: usize) -> bool {
        let mut writes = self.stages.iter().flat_map(|stage| stage.writes(name));
        writes.any(|step| step.round)
    }

    /// Whether only one person can have written this, because only one has a turn.
    pub(crate) fn is_written_by_one(&self, name: usize) -> bool {
        let one = |stage: &Stage| {
            let turns = matches!(stage.kind, StageKind::Turns { .. });
            stage.some == Some(1) || turns && self.one_sided.is_some()
        };
        let mut stages = self.stages.iter().filter(|stage| one(stage));
        stages.any(|stage| stage.writes(name).any(|step| !step.round))
    }

    /// Whether this is a list, or a line of each: several lines.
    pub(crate) fn is_several_lines(&self, name: usize) -> bool {
        self.stages.iter().any(|stage| {
            let own = !matches!(stage.kind, StageKind::Together | StageKind::Closing);
            let lists = |step: &Step| matches!(&step.ask, Ask::Write(write) if write.list);
            let several = |step: &Step| own || step.round || lists(step);
            stage.writes(name).any(several)
        })
    }

    /// Whether a listener's words follow the company that is on a card: nobody is asked for it in this session's stages, and
    /// there are other words for each.
    pub(crate) fn follows_cards(&self) -> bool {
        let steps = || self.stages.iter().flat_map(|stage| &stage.steps);
        let asks = steps().any(|step| !step.ask.rungs().is_empty());
        let mut says = steps().flat_map(|step| &step.says.roles);
        !asks && says.any(|says| matches!(says, RoleSays::ByRung(_)))
    }

    /// Its other lengths for as many people.
    fn lengths_beside(&self) -> Vec<u16> {
        let alone = |script: &Self| script.people.to == 1;
        let others = self.others.iter();
        let others = others.filter(|other| alone(other) == alone(self));
        others.map(|other| other.minutes).collect()
    }

    /// The index of the closing.
    #[must_use]
    pub(crate) fn closing(&self) -> usize {
        self.stages.len().saturating_sub(1)
    }
}

/// One stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Stage {
    /// What kind it is.
    pub(crate) kind: StageKind,
    /// Its name, with roles in braces.
    pub(crate) title: Text,
    /// Its length: for everybody, or for each person in [`StageKind::Each`] and [`StageKind::Turns`].
    pub(crate) length: Duration,
    /// Whether its length is what the others leave; [`Script::with_people`] gives it one.
    pub(crate) rest: bool,
    /// The least length that still makes sense.
    pub(crate) at_least: Duration,
    /// Its steps.
    pub(crate) steps: Vec<Step>,
    /// Indices into [`Script::asides`].
    pub(crate) asides: Vec<usize>,
    /// The words for the roles on the screen here, as many as the script has roles.
    pub(crate) roles: Vec<SafeText>,
    /// The role whose words are the prompt and who answers.
    pub(crate) floor: usize,
    /// Whether the next one begins by itself when the time is over.
    pub(crate) moves_on: bool,
    /// Whether a bell rings when the time is over.
    pub(crate) rings: bool,
    /// How many minutes before the end a soft bell rings, whoever chose it or not.
    pub(crate) warnings: Vec<u8>,
    /// Whether it takes the time that it takes: its length is only a guess for the map, and a bell is no end.
    pub(crate) open: bool,
    /// Whether no key ends it before its time is over.
    pub(crate) hold: bool,
    /// Who is next in it, where it says so itself.
    pub(crate) order: Option<TurnOrder>,
    /// Whose name was written that comes first in it (an index into [`Script::written`]).
    pub(crate) begins: Option<usize>,
    /// Whether only those have a turn who want one.
    pub(crate) some: Option<u8>,
    /// Whether one clock is for all of its turns.
    pub(crate) shared: bool,
    /// Of how many people the groups are that work at the same time; everybody is together where there are none.
    pub(crate) groups: Option<GroupSize>,
    /// Whether everybody's yes skips it.
    pub(crate) may_skip: bool,
}

impl Stage {
    /// The steps in it, and around its turns, at which this is written.
    fn writes(&self, name: usize) -> impl Iterator<Item = &Step> {
        let parts = match &self.kind {
            StageKind::Turns {
                before,
                after,
                between,
                ..
            } => [
                &before[..],
                after,
                between.as_deref().map_or(&[], std::slice::from_ref),
            ],
            StageKind::Together | StageKind::Each | StageKind::Closing => [&[][..]; 3],
        };
        let around = parts.into_iter().flatten().flat_map(|part| &part.steps);
        let steps = self.steps.iter().chain(around);
        steps.filter(move |step| matches!(&step.ask, Ask::Write(write) if write.name == name))
    }

    /// Whether its turns are to come to the same for everybody, so that whoever had less is offered the difference.
    #[must_use]
    pub(crate) fn is_even(&self) -> bool {
        !(self.open || self.some.is_some() || self.shared || self.groups.is_some())
    }

    /// Whether its groups go each at its own pace, with a clock of its own.
    pub(crate) fn goes_apart(&self) -> bool {
        self.groups.is_some() && self.order == Some(TurnOrder::Ready)
    }

    /// How often its length follows itself on the way of each of its groups.
    pub(crate) fn rounds_apart(&self, people: usize) -> u32 {
        let StageKind::Turns { times, .. } = &self.kind else {
            return 1;
        };
        let size = self.groups.map_or(1, |size| size.of(people));
        u32::from(*times) * u32::try_from(size).unwrap_or(1)
    }

    /// How many times its length counts, for so many people.
    #[must_use]
    pub(crate) fn shares(&self, people: usize, one_sided: bool) -> u32 {
        let people = u32::try_from(people).unwrap_or(1);
        match &self.kind {
            StageKind::Together | StageKind::Closing => 1,
            StageKind::Each => self.turners(usize::try_from(people).unwrap_or(1)),
            StageKind::Turns { .. } if self.shared => 1,
            StageKind::Turns { times, .. } => {
                let turners = self.turners(usize::try_from(people).unwrap_or(1));
                u32::from(*times) * if one_sided { 1 } else { turners }
            }
        }
    }
}

impl Stage {
    /// How many turns there are after each other until everybody has had one: in groups, as many as one of them has people,
    /// and of those who want one no more than the script has.
    pub(crate) fn turners(&self, people: usize) -> u32 {
        let turners = self.groups.map_or(people, |size| size.of(people));
        let most = self.some.map_or(turners, usize::from);
        u32::try_from(turners.min(most)).unwrap_or(1)
    }
}

/// Of how many people the groups are that work at the same time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum GroupSize {
    /// Of so many.
    Of(u8),
    /// Half of all.
    Halves,
}

impl GroupSize {
    /// How many that is, of so many people.
    #[must_use]
    pub(crate) fn of(self, people: usize) -> usize {
        let size = match self {
            Self::Of(size) => usize::from(size),
            Self::Halves => people.div_ceil(2),
        };
        size.clamp(1, people.max(1))
    }
}

/// How many people are in each group, where groups of `size` do not come out even: one more or one fewer.
#[must_use]
pub(crate) fn group_sizes(people: usize, size: usize) -> Vec<usize> {
    let size = size.max(1);
    let more = people.div_ceil(size).max(1);
    let least = (size - 1).max(2);
    let groups = match people / more < least.min(people) {
        true => (people / size).max(1),
        false => more,
    };
    let (each, left) = (people / groups, people % groups);
    (0..groups)
        .map(|group| each + usize::from(group < left))
        .collect()
}

/// The kinds of stages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum StageKind {
    /// Everybody at once.
    Together,
    /// The whole stage once for each person.
    Each,
    /// A protected turn for each person.
    Turns {
        /// How much of a turn is kept for the landing; nothing in a short one.
        landing: Duration,
        /// The step at which the landing begins.
        lands_at: Option<usize>,
        /// For each step, whether it belongs to the landing: whether the way leads to it from there.
        lands: Vec<bool>,
        /// How often each person has one.
        times: u8,
        /// What comes before each turn, for the same person.
        before: Vec<Stage>,
        /// What comes after each turn, for the same person.
        after: Vec<Stage>,
        /// What happens between two turns.
        between: Option<Box<Stage>>,
        /// The aside that is stepped into by itself when half of a turn has gone.
        half_way: Option<usize>,
    },
    /// The end.
    Closing,
}

/// Something that can be stepped into and out of again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Aside {
    /// What the choice says.
    pub(crate) offer: SafeText,
    /// Whether the clock is paused meanwhile.
    pub(crate) holds: bool,
    /// Its steps.
    pub(crate) steps: Vec<Step>,
}

/// One screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Step {
    /// Its name, when others go to it.
    pub(crate) id: Option<String>,
    /// What is said, and to whom.
    pub(crate) says: Says,
    /// What is asked of whoever has the floor when people come here once more; the same as before, where it is empty.
    pub(crate) again: Text,
    /// What is asked.
    pub(crate) ask: Ask,
    /// Where it goes on.
    pub(crate) to: Target,
    /// The role whose words are the prompt here, where it is another one than in the whole stage.
    pub(crate) floor: Option<usize>,
    /// What was written that stays on the screen here (indices into [`Script::written`]).
    pub(crate) shows: Vec<usize>,
    /// Whether it is only shown, and none of its lines is chosen.
    pub(crate) only_shows: bool,
    /// Whether the next step comes by itself when a quiet while is over.
    pub(crate) moves_on: bool,
    /// Whether each person has a go, one after the other.
    pub(crate) round: bool,
    /// Who has none in it, and who has theirs before or after the others.
    pub(crate) goes: RoundGoes,
    /// Whether everybody's go is on one screen, one answer below the other.
    pub(crate) together: bool,
    /// How deep it is, and where the way goes when that is too deep today.
    pub(crate) depth: Option<(Depth, Target)>,
    /// How often it may be visited, and where the way goes then.
    pub(crate) at_most: Option<(u8, Target)>,
    /// Whether the visits of other steps are counted from zero again from here.
    pub(crate) fresh: bool,
    /// Whether the clock is paused here, and nothing is on the screen but this.
    pub(crate) still: bool,
    /// Whether the crisis card opens by itself when people come here (content.md B2, B4).
    pub(crate) crisis_card: bool,
    /// Whether somebody who is here alone sees where they left off, when their notebook was open.
    pub(crate) left_off: bool,
    /// Whether the numbers stand here at which people can be rung, where they gave them for this.
    pub(crate) numbers: bool,
    /// Whether a number that is given here says how much somebody can carry, and not how stirred they are.
    pub(crate) carry: bool,
    /// Whether it asks only whether everything is as on everybody's card, and is passed over where there is none.
    pub(crate) recall: bool,
    /// How many seconds each person needs to say aloud what is asked; nothing where that is not said.
    pub(crate) aloud: u64,
}

/// Somebody whom a script names: by their role, or by what was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Whom {
    /// Those in this role.
    Role(usize),
    /// Whoever has the name that was written (an index into [`Script::written`]).
    Written(usize),
}

/// Who has a go in a round, beside everybody in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct RoundGoes {
    /// Those who have none.
    pub(crate) without: Vec<Whom>,
    /// Those who have theirs before the others.
    pub(crate) first: Vec<Whom>,
    /// Those who have theirs after the others.
    pub(crate) last: Vec<Whom>,
}

/// The name of a step, or else its number. A module that stands here twice brings the same names twice; those have
/// their numbers behind them.
#[must_use]
pub(crate) fn step_label(steps: &[Step], at: usize) -> String {
    let Some(id) = steps.get(at).and_then(|step| step.id.as_ref()) else {
        return (at + 1).to_string();
    };
    let same = steps.iter().filter(|step| step.id.as_ref() == Some(id));
    match same.count() {
        0 | 1 => id.clone(),
        _ => format!("{id}·{}", at + 1),
    }
}

/// What a step says, and to whom.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Says {
    /// Words for everybody.
    pub(crate) all: Text,
    /// Words for each role, in the order of the script's roles.
    pub(crate) roles: Vec<RoleSays>,
}

/// What one role is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum RoleSays {
    /// The same words always; often none.
    Same(Text),
    /// Other words on each rung, in the order of [`Rung::ALL`].
    ByRung([Text; Rung::COUNT]),
}

impl RoleSays {
    /// The words on this rung.
    #[must_use]
    pub(crate) fn on(&self, rung: Rung) -> &Text {
        match self {
            Self::Same(text) => text,
            Self::ByRung(texts) => &texts[rung as usize],
        }
    }
}

/// Text as a script has it: paragraphs, with roles in braces.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Text(pub(crate) Vec<Vec<Piece>>);

impl Text {
    /// Whether there is nothing in it.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A piece of a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Piece {
    /// Words as they stand.
    Words(SafeText),
    /// The name of the person in this role (an index into [`Script::roles`]).
    Role(usize),
    /// What was written (an index into [`Script::written`]).
    Written(usize),
    /// The words of each pack, in the order of [`Script::packs`].
    Packed(Vec<SafeText>),
    /// The usual words, and those for somebody who hears and touches rather than looks.
    BySense([SafeText; 2]),
}

/// Where the way goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Target {
    /// The next step.
    Next,
    /// This step of the same stage or module.
    Step(usize),
    /// This later stage.
    Stage(usize),
    /// This way out of a module; there is none left in a [`Script`].
    Exit(usize),
    /// The end of this stage, share or turn.
    Done,
    /// The next person, without what comes after this one's turn.
    NextPerson,
    /// The landing of this turn.
    Land,
    /// The closing of the session.
    Close,
    /// The short closing of a stopped session.
    End,
    /// The neutral screen.
    Stop,
    /// Back to where an aside was stepped out of.
    Back,
    /// The shorter script.
    Shorter,
}

impl Target {
    /// The same where each step has another place.
    pub(crate) fn moved(self, place: impl Fn(usize) -> usize) -> Self {
        if let Self::Step(step) = self {
            return Self::Step(place(step));
        }
        self
    }
}
