//! What a session can be doing: enums that carry their data, no flags beside them.

use std::sync::Arc;
use std::time::Duration;

use crate::script::{Depth, Pacer, Rung, Who};
use crate::session::consents::Consents;
use crate::session::intent::{GateWord, KeepChoice, Outline, Partnership};
use crate::session::own_entry::{NotesLifetime, PromiseQuestion};
use crate::session::setup::WitnessCard;
use crate::text::safe_text::SafeText;
use crate::time::moment::{Countdown, GapKind, Moment};

/// What is on the screen now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// On the way, at [`super::Session::walk`].
    Walking,
    /// Choosing among what can be stepped into.
    Asides,
    /// Stepped into an aside.
    Aside {
        /// Which of the script's.
        aside: usize,
        path: Path,
    },
    /// More time is asked for.
    More(MoreTime),
    /// The other one is offered what somebody had more.
    Same {
        /// To whom, counted in the order of the turns.
        nth: usize,
        more: Duration,
    },
    /// Whoever is ready goes next: who is it?
    WhoNext {
        /// Whose place it is, counted in the order of the turns.
        nth: usize,
        /// The act that waits for it.
        act: usize,
    },
    /// Skipping this stage, if everybody says yes.
    Skipping { yes: Consents },
    /// Everything is paused.
    Held {
        why: Hold,
        /// Since when, on the wall clock, in milliseconds.
        since: i64,
        from: Arc<State>,
        /// The agreement, while it is open again.
        reopened: Option<Box<ReopenedAgreement>>,
    },
    /// The neutral screen.
    Stopped {
        path: Path,
        since: i64,
        from: Arc<State>,
    },
    /// The short closing of a stopped session.
    MiniClose { path: Path },
    /// It is over.
    Closed(Outline),
}

/// What was left for an ending, so that people can find that they are not finished.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct ReturnPoint {
    pub(crate) walk: Walk,
    pub(crate) state: State,
    pub(crate) turns: Vec<TurnsHad>,
    /// When, on the wall clock, in milliseconds.
    pub(crate) since: i64,
}

/// An act that was left by a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct ActLeft {
    /// The act that it led to.
    pub(crate) act: usize,
    /// The step there.
    pub(crate) step: usize,
    /// When the session was to end as it came there.
    pub(crate) target: i64,
    /// The session before.
    pub(crate) was: Arc<crate::session::Session>,
}

/// Why everything stands still.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Hold {
    /// Somebody asked.
    Asked,
    /// There was a hole in time of this kind and this many milliseconds on the wall.
    Gap { kind: GapKind, away: i64 },
}

/// More time, in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum MoreTime {
    /// How much?
    HowMuch,
    /// This much, if everybody says yes.
    Asked { minutes: u8, yes: Consents },
}

/// Where the session stands on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Walk {
    /// Which act.
    pub(crate) act: usize,
    pub(crate) path: Path,
    pub(crate) clock: Countdown,
    /// How far the bells of this act have come.
    pub(crate) bells: RungBells,
    /// The turn, when it is one.
    pub(crate) turn: Option<Turn>,
}

/// Which bells have rung in this act.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct RungBells {
    /// The last warning that rang, in minutes before the end; earlier ones have rung too.
    pub(crate) warned: Option<u8>,
    /// That the time is over.
    pub(crate) over: bool,
}

/// What a turn knows beside its steps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Turn {
    /// Whose, in the order of the turns.
    pub(crate) nth: usize,
    /// The minutes given to it, extensions and all.
    pub(crate) length: Duration,
    /// What of it is their even share, without what they took of what another one had more.
    pub(crate) share: Duration,
    /// What was left of it, in milliseconds, when the screen came that is asked now.
    pub(crate) quiet_from: i64,
    /// What of it is kept for the landing.
    pub(crate) landing: Duration,
    /// Where the landing began from, once it did.
    pub(crate) landed_from: Option<usize>,
    /// Whether the landing has begun and waits for the answer to what was asked then.
    pub(crate) landing_waits: bool,
    /// How far this turn may go; it starts at today's ceiling and only ever sinks.
    pub(crate) ceiling: Depth,
    /// Whether what comes half way has come.
    pub(crate) half_way: bool,
}

impl Turn {
    /// Whether the steps of the landing are walked.
    pub(super) fn lands(&self) -> bool {
        self.landed_from.is_some() && !self.landing_waits
    }
}

/// A place in a list of steps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Path {
    pub(crate) step: usize,
    /// Whose go it is in a round, in the order of the turns.
    pub(crate) go: usize,
    /// Of the numbers that were given on this step, each by one person, the least that leads the same way.
    pub(crate) given: Vec<Option<u8>>,
    /// How often each step was visited.
    pub(crate) visits: Vec<u8>,
    /// The steps before, for going back.
    pub(crate) trail: Vec<StepLeft>,
    /// The step that asks one person for an answer anew, and is come back to.
    pub(crate) anew: Option<usize>,
    /// Whether something was said about somebody's safety, so that nothing leads back past it.
    pub(crate) closed: bool,
    pub(crate) doing: StepState,
}

/// A step that was left, for going back to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct StepLeft {
    pub(super) step: usize,
    pub(super) go: usize,
    /// As in the path.
    pub(super) anew: Option<usize>,
    /// What is asked there again, where it is not asked from its beginning, and what had been set when it was answered.
    pub(super) before: Option<Arc<(Option<StepState>, AnswersSet)>>,
}

impl StepLeft {
    /// A step left without an answer that set anything.
    pub(super) fn bare(path: &Path) -> Self {
        Self {
            step: path.step,
            go: path.go,
            anew: path.anew,
            before: None,
        }
    }
}

/// What answers have set so far, as far as going back may take it back. Minutes that went by, and words that are in a
/// notebook already, are no part of it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct AnswersSet {
    pub(super) ceiling: Depth,
    pub(super) in_turn: Option<Depth>,
    pub(super) signed: bool,
    pub(super) lines: Arc<Vec<SafeText>>,
    pub(super) lines_of: Option<(usize, usize)>,
    pub(super) added: Option<SafeText>,
    pub(super) order: Arc<Vec<Who>>,
    pub(super) any_order: bool,
    pub(super) loan: bool,
    pub(super) partnership: Option<Partnership>,
    pub(super) kept: KeepChoice,
    pub(super) people: Vec<PersonSet>,
}

/// Without what stays, which each chooses for themselves: a session's sum is over this, and the same on every terminal.
impl std::fmt::Debug for AnswersSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            ceiling,
            in_turn,
            signed,
            lines,
            lines_of,
            added,
            order,
            any_order,
            loan,
            partnership,
            kept: _,
            people,
        } = self;
        let first = (ceiling, in_turn, signed, lines, lines_of, added);
        let then = (order, any_order, loan, partnership, people);
        write!(f, "{first:?}{then:?}")
    }
}

/// The same of one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PersonSet {
    pub(super) chosen: TurnChoices,
    pub(super) card: WitnessCard,
}

/// What a step is asking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum StepState {
    Reading,
    Choosing,
    /// Choosing several: these so far, ascending.
    ChoosingSeveral {
        on: Vec<usize>,
    },
    /// This answer asks for more company than there was: can it be given?
    Accepting {
        answer: usize,
        asked: Rung,
    },
    /// This answer names a day to come back to a promise: which?
    TypingDay {
        answer: usize,
    },
    Rating,
    Keeping,
    Ordering,
    /// Forgiving what was lent before.
    Forgiving {
        yes: Consents,
    },
    Consenting {
        yes: Consents,
    },
    /// Each answers while the others look away; `None` for who passed.
    Unseen {
        said: Vec<Option<usize>>,
    },
    /// Everybody has answered, and it is shown.
    Seen {
        said: Vec<Option<usize>>,
    },
    Writing,
    /// Something for one's own notebook.
    Noting,
    /// What is asked is answered in writing, for one's own notebook; then it stands as it was.
    InWriting {
        /// What was asked before.
        before: Box<Self>,
    },
    /// A promise for one's own notebook.
    Promising(PromiseQuestion),
    /// Somebody says what stays of what they wrote for themselves.
    KeepingOwn {
        who: Who,
        /// How long notes stay.
        stay: NotesLifetime,
    },
    /// Somebody says how long their notes stay.
    Staying {
        who: Who,
        stay: NotesLifetime,
    },
    Gating {
        said: Vec<GateWord>,
        /// Whether the questions are on the screen, because only the one who answers sees it now.
        open: bool,
    },
    Agreeing(AgreementStage),
    Supporting(TurnSetup),
    Resting {
        clock: Countdown,
        length: Duration,
        rung: bool,
        pacer: Option<Pacer>,
    },
    /// Each group is on a way of its own.
    Apart {
        groups: Vec<GroupWalk>,
        /// The group that was moved on last, and where it was before.
        before: Option<(usize, GroupWalk)>,
    },
}

/// Where a group is on a way of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct GroupWalk {
    /// Which of its turns, from 0; as many as there are once it is done.
    pub(super) turn: usize,
    pub(super) step: usize,
    /// What is left of this turn.
    pub(super) clock: Countdown,
    /// Which bells have rung in it.
    pub(super) bells: RungBells,
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "most of what is asked is asked of everybody, and is no rest"
)]
impl StepState {
    /// Of whom this is asked alone, in the order of the turns.
    pub(super) fn nth_asked(&self) -> Option<usize> {
        match self {
            Self::Gating { said, .. } => Some(said.len()),
            Self::Unseen { said } => Some(said.len()),
            Self::Supporting(supporting) => Some(supporting.nth),
            _ => None,
        }
    }

    /// Whether somebody is asked to answer.
    pub(super) fn waits_for_answer(&self) -> bool {
        !matches!(self, Self::Reading | Self::Resting { .. })
    }

    /// Whether somebody's yes, word or safety is asked for here: no bell moves on past it.
    pub(super) fn protects(&self) -> bool {
        matches!(
            self,
            Self::Gating { .. }
                | Self::Agreeing(_)
                | Self::Consenting { .. }
                | Self::Forgiving { .. }
                | Self::Unseen { .. }
                | Self::Accepting { .. }
                | Self::Supporting(_)
                | Self::Keeping
                | Self::KeepingOwn { .. }
                | Self::Staying { .. }
                | Self::Promising(_)
        )
    }

    /// Whether somebody answers alone here, or for themselves.
    pub(super) fn is_ones_own(&self) -> bool {
        matches!(
            self,
            Self::Gating { .. }
                | Self::Unseen { .. }
                | Self::Seen { .. }
                | Self::Noting
                | Self::Promising(_)
                | Self::Keeping
                | Self::KeepingOwn { .. }
                | Self::Staying { .. }
        )
    }

    /// Whether this is a quiet while that is not over.
    pub(super) fn rests(&self, now: Moment) -> bool {
        matches!(self, Self::Resting { clock, .. } if clock.left(now) > 0)
    }
}

/// The agreement, in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum AgreementStage {
    /// Reading it aloud by turns: this line.
    Reading { line: usize },
    /// Gathering everybody's yes.
    Signing { yes: Consents },
    /// Which line is to change?
    Picking,
    /// How is it to read?
    Writing {
        line: usize,
        /// Whether it was being read aloud, which then goes on with the new words.
        reading: bool,
    },
}

/// The agreement, opened again while everything stands still.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct ReopenedAgreement {
    pub(crate) agreeing: AgreementStage,
    /// The lines as they would be.
    pub(crate) lines: Arc<Vec<SafeText>>,
    /// The line that was written last.
    pub(crate) written: Option<usize>,
}

/// Company and warnings for one person's turn, in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TurnSetup {
    /// Whose, in the order of the turns.
    pub(crate) nth: usize,
    pub(crate) phase: TurnSetupQuestion,
    /// Whether somebody marked something at this question themselves.
    pub(crate) marked: bool,
}

impl TurnSetup {
    /// A question of which nothing is answered yet.
    pub(super) fn asks(nth: usize, phase: TurnSetupQuestion) -> Self {
        Self {
            nth,
            phase,
            marked: false,
        }
    }

    /// Where it stands in the order in which everything is asked. What somebody can give instead is asked where it was
    /// asked whether they can.
    pub(super) fn place(&self) -> (TurnSetupQuestion, usize) {
        let phase = match self.phase {
            TurnSetupQuestion::Offer => TurnSetupQuestion::Accept,
            TurnSetupQuestion::Rung => TurnSetupQuestion::Rung,
            TurnSetupQuestion::Accept => TurnSetupQuestion::Accept,
            TurnSetupQuestion::Warnings => TurnSetupQuestion::Warnings,
        };
        (phase, self.nth)
    }
}

/// What is asked about somebody's turn, in the order in which it is asked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum TurnSetupQuestion {
    /// The processor: which rung?
    Rung,
    /// The witness: can you give that?
    Accept,
    /// The witness: what can you give?
    Offer,
    /// The processor: which warnings?
    Warnings,
}

/// Turn time of one person today, in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct TurnsHad {
    /// What they had: as long as their turns ran, pauses left out.
    pub(crate) had: i64,
    /// The same with what they left of their share: that is nobody's debt.
    pub(crate) counted: i64,
    /// Whether a turn of theirs was broken off.
    pub(crate) broken_off: bool,
}

/// What each person chose for their turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TurnChoices {
    pub(crate) rung: Rung,
    /// Whether they were asked for it, so that there is something to show.
    pub(crate) asked: bool,
    /// Warnings in minutes before the end, ascending.
    pub(crate) warnings: Vec<u8>,
}

impl TurnChoices {
    /// Before anybody was asked.
    pub(super) const NOTHING: Self = Self {
        rung: Rung::Silent,
        asked: false,
        warnings: Vec::new(),
    };
}

/// What came of passing a question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PassedAs {
    /// Nothing was chosen, and the way led on.
    Nothing,
    /// It goes no further than this.
    Ceiling(Depth),
    /// The least company that could be asked for.
    Company(Rung),
    /// No signs before the end.
    NoSigns,
    /// This person goes first, as proposed.
    First(Who),
}

/// What the session has to say beside its step, until somebody asks something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Notice {
    /// A warning rang.
    Warning { minutes: u8 },
    /// The landing began.
    Landing,
    /// A rest is over.
    RestOver,
    /// Nobody has to explain: it stays as it was.
    NoMore,
    /// This much was added.
    Added { minutes: u8 },
    /// The time of a turn or a share is over.
    Over,
    /// The bell of a time that is no end.
    OpenSign,
    /// A number was so high that everything stands still.
    HighNumber,
    /// A question was passed, and this came of it.
    Passed(PassedAs),
    /// A shorter script is followed from here.
    Shorter,
    /// Chance has spoken.
    Tossed { who: Who },
    /// Lots were drawn, and fell on this person.
    Drawn { who: Who },
    /// The line reads this now; everybody says yes again.
    LineChanged,
    /// A bell rang for these groups: so many minutes before the end of what they are at, or at its end.
    Groups {
        groups: Vec<usize>,
        minutes: Option<u8>,
    },
    /// Before the first of them, the turns became as long as this.
    TurnsNow { length: Duration },
    /// Whose turn it is, and how long.
    TurnIs {
        who: Who,
        length: Duration,
        /// Whether everybody has as much today.
        same: bool,
        /// Whether chance has just said whose it is.
        tossed: bool,
    },
}

impl Notice {
    /// Whether it tells of a moment, and not of how things stand.
    pub(super) fn is_of_moment(&self) -> bool {
        match self {
            Self::NoMore
            | Self::Added { .. }
            | Self::Passed(_)
            | Self::Tossed { .. }
            | Self::Drawn { .. }
            | Self::TurnsNow { .. }
            | Self::TurnIs { .. } => true,
            Self::Warning { .. }
            | Self::Landing
            | Self::RestOver
            | Self::Over
            | Self::OpenSign
            | Self::HighNumber
            | Self::Shorter
            | Self::LineChanged
            | Self::Groups { .. } => false,
        }
    }
}
