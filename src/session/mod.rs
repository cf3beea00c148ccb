//! The session: a pure value that is told what people ask and what time it is.
//!
//! Owns: the states, the plan of the minutes, the rules of turns, agreement, stop and closing.
//! Never does: IO, reading a clock, chance of its own, knowing a sentence of any script.
//! May see: script, text, time.
//!
//! `apply` says what follows from an intent, `next_wake` when to look again,
//! `scene` what may be seen and asked. A session that is told the same intents
//! at the same moments is the same session: recovery, rehearsal and tests are
//! all that replay.
//!
//! ```text
//! steps/   one file for each kind of thing that can be asked: entered, answered, gone back in, shown, logged
//! flow/    from step to step and from act to act; turns, pauses, stepping aside, STOP, the closing
//! view/    the screens that are no step of a script, the clock, what is said beside
//! plan     how minutes are shared           roles      who has which role
//! state    what a session can be doing      own_entry  what somebody writes for their own notebook
//! ```

mod consents;
pub mod intent;
mod known_card;
mod length_words;
pub(crate) mod next_session;
pub(crate) mod own_entry;
mod participant;
pub(crate) mod plan;
mod position;
mod private_text;
mod roles;
pub mod scene;
pub(crate) mod seat;
pub mod setup;
mod state;
mod view;

use std::sync::Arc;
use std::time::Duration;

use crate::script::{Depth, FirstClock, Script, Text, Who};
use crate::text::safe_text::{SafeText, paragraphs};
use crate::text::words::words;

use crate::time::moment::{Countdown, Moment, signed_ms};
use consents::Consents;
use intent::{Effect, Intent, KeepChoice, Outline, Partnership, Refused};
use own_entry::PromiseOutcome;
use participant::Participant;
use plan::{Act, ActKind, PlannedActs, TooShort};
pub(crate) use position::VisitedSteps;
use scene::Verb;
use setup::{Begin, ClockMode, Length};
use state::{ActLeft, Notice, PassedAs, Path, ReturnPoint, RungBells, State, StepState, Walk};

/// A session from its first step to its end.
///
/// `apply` works on a copy. What seldom changes is shared between the copies, so that one is cheap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    script: Arc<Script>,
    begin: Arc<Begin>,
    /// Everybody, in the order in which they were entered.
    people: Arc<Vec<Participant>>,
    acts: Arc<Vec<Act>>,
    buffer: Duration,
    /// When it is to end, on the wall clock, in milliseconds. Pauses move it unless the call ends at a fixed time.
    target: i64,
    /// Who goes when.
    order: Arc<Vec<Who>>,
    /// Whether there is no order, and whoever is ready goes next.
    any_order: bool,
    /// What was written by everybody together, for each of the script's names.
    written: Arc<Vec<Option<SafeText>>>,
    /// Which pack of words.
    pack: usize,
    /// Whether a one-sided session counts as a loan after all.
    loan: bool,
    /// Whether everybody has forgiven what was lent before today.
    forgiven: bool,
    /// What everybody said yes to about meeting again.
    partnership: Option<Partnership>,
    /// The agreement's lines as they stand.
    lines: Arc<Vec<SafeText>>,
    /// The stage and the step whose lines they are, where they are for this session alone.
    lines_of: Option<(usize, usize)>,
    /// The line that was added to the agreement.
    added: Option<SafeText>,
    /// Whether everybody said yes to them.
    signed: bool,
    /// Who had said yes to them when they were looked at once more.
    stood: Option<Consents>,
    ceiling: Depth,
    /// How many of the planned turns came to their end.
    turns_ended: usize,
    /// How often each step was visited that led back to an earlier stage, by its stage and its place there.
    returns: Arc<Vec<(usize, usize, u8)>>,
    /// Who passed for now where only those have a turn who want one, and in which round: the act that it began with.
    passed: Arc<Vec<(usize, Who)>>,
    /// Who began the first turn.
    went_first: Option<Who>,
    kept: KeepChoice,
    /// Whether somebody said at a gate: not today. Nobody is asked for more than they want to give after that.
    not_today: bool,
    /// What was said about the promise that this session comes back to.
    became: Option<PromiseOutcome>,
    /// Whether that was noted already.
    looked: bool,
    /// How the clock is shown where nobody has a way of their own.
    clock_mode: ClockMode,
    notice: Option<Notice>,
    /// Whether it was told that a yes of everybody can be said aloud.
    yes_told_aloud: bool,
    walk: Walk,
    state: State,
    /// What an ending was begun from, as long as it can be gone back to.
    left: Option<Arc<ReturnPoint>>,
    /// What the key left that led from one act to the next, as long as that was a slip that can be taken back.
    act_left: Option<ActLeft>,
}

/// Which list of steps a path is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum StepList {
    /// The act at this index.
    Act(usize),
    /// The script's aside at this index.
    Aside(usize),
    /// The neutral screen.
    Stop,
    /// The short closing.
    MiniClose,
}

/// What follows from what somebody asked: what the program has to do, or one kind sentence that says why nothing changed.
type Applied = Result<Vec<Effect>, Refused>;

/// Refuses with a sentence.
fn no<T>(sentence: &str) -> Result<T, Refused> {
    Err(Refused(SafeText::new(sentence)))
}

impl Session {
    /// Begins a session.
    ///
    /// # Errors
    /// [`TooShort`] when the script does not fit the time; the plan page says so before.
    pub fn begin(script: &Arc<Script>, begin: Begin) -> Result<Self, TooShort> {
        let now = begin.at;
        let time = match begin.length {
            Length::Minutes(n) => crate::time::moment::minutes(u64::from(n)),
            Length::Until(wall) => {
                Duration::from_millis(u64::try_from(wall.saturating_sub(now.wall)).unwrap_or(0))
            }
        };
        let people = begin.people.len();
        let so_many = u8::try_from(people).unwrap_or(u8::MAX);
        let script = script.for_people(so_many, time.as_secs() / 60);
        let PlannedActs { acts, buffer } = plan::lay(&script, time)?;
        let length = acts.first().map_or(Duration::ZERO, |act| act.length);
        let mut session = Self {
            order: Arc::new(order(begin.first, people)),
            any_order: false,
            written: Arc::new(vec![None; script.written.len()]),
            people: Arc::new(Participant::all(&begin, &script)),
            pack: pack(&script, begin.wording.as_deref()),
            loan: false,
            forgiven: false,
            partnership: None,
            lines: Arc::new(paragraphs(&begin.agreement)),
            lines_of: None,
            added: None,
            target: now.wall.saturating_add(signed_ms(time)),
            signed: false,
            stood: None,
            ceiling: match begin.known.only_greets {
                true => Depth::Notice,
                false => script.ceiling,
            },
            turns_ended: 0,
            returns: Arc::default(),
            passed: Arc::default(),
            went_first: None,
            kept: KeepChoice::default(),
            not_today: false,
            became: None,
            looked: false,
            clock_mode: first_clock(script.clock),
            notice: None,
            yes_told_aloud: false,
            walk: Walk {
                act: 0,
                path: Path {
                    step: 0,
                    go: 0,
                    given: Vec::new(),
                    visits: Vec::new(),
                    trail: Vec::new(),
                    anew: None,
                    closed: false,
                    doing: StepState::Reading,
                },
                clock: Countdown::of(length, now),
                bells: RungBells::default(),
                turn: None,
            },
            state: State::Walking,
            left: None,
            act_left: None,
            begin: Arc::new(begin),
            acts: Arc::new(acts),
            buffer,
            script,
        };
        session.begin_first_act(now);
        Ok(session)
    }

    /// Tells the session what somebody asks. It changes something, or it is refused and nothing has changed.
    ///
    /// # Errors
    /// One kind sentence.
    pub fn apply(&mut self, intent: Intent, now: Moment) -> Result<Vec<Effect>, Refused> {
        // Refusals are found on the way; a copy makes "nothing has changed" true whatever the way was.
        let mut next = self.clone();
        let aloud = next.takes_back_what_it_said(&intent, now);
        let forward = intent != Intent::Back;
        let passes = matches!(intent, Intent::Pass | Intent::Unsure)
            && !self.is_answered_unseen()
            && self.in_writing().is_none();
        let mut effects = match next.told(intent.clone(), now) {
            Err(_) if intent == Intent::GoOn && self.asks(now) => {
                return no(words().session.choose_or_pass);
            }
            told => told?,
        };
        if passes && next.notice.is_none() && !next.is_closed() {
            next.notice = Some(Notice::Passed(PassedAs::Nothing));
        }
        // Of what somebody writes for themselves the log knows only that it was written: it has no effect there.
        let nothing_done = effects.is_empty() && !self.writes_own();
        next.remember_act_left(self, &intent, nothing_done, now);
        next.was_told_aloud(aloud, now);
        effects.extend(next.tick(now));
        effects.extend(next.card_by_itself(self).filter(|_| forward));
        *self = next;
        Ok(effects)
    }

    fn told(&mut self, intent: Intent, now: Moment) -> Applied {
        match (&self.state, intent) {
            (State::Closed(_), _) => no(words().session.has_closed),
            (_, Intent::TimePassed) => Ok(Vec::new()),
            (_, Intent::TimeJumped { gap }) => {
                self.forget_given();
                Ok(self.time_jumped(gap, now))
            }
            (_, Intent::Card | Intent::Leave | Intent::Alone) => no(words().session.not_here),
            (_, Intent::Stop) => {
                self.forget_given();
                Ok(self.stop(now))
            }
            (_, Intent::Clock) => Ok(self.switch_clock()),
            (State::Held { .. }, intent) => self.held(&intent, now),
            (_, Intent::Pause) => {
                self.forget_given();
                self.pause(now)
            }
            (State::Walking, intent) => self.walking(intent, now),
            (State::Asides, intent) => self.asides(&intent, now),
            (State::More(_), intent) => self.more(&intent, now),
            (State::Same { .. }, intent) => self.same(&intent, now),
            (State::WhoNext { .. }, intent) => self.who_next(&intent, now),
            (State::Skipping { .. }, intent) => self.skipping(&intent, now),
            (State::Aside { aside, path }, intent) => {
                let (aside, path) = (*aside, path.clone());
                self.at_step(StepList::Aside(aside), path, intent, now)
            }
            (State::Stopped { path, .. }, intent) => {
                let path = path.clone();
                self.at_step(StepList::Stop, path, intent, now)
            }
            (State::MiniClose { path }, intent) => {
                let path = path.clone();
                self.at_step(StepList::MiniClose, path, intent, now)
            }
        }
    }

    fn walking(&mut self, intent: Intent, now: Moment) -> Applied {
        if matches!(
            intent,
            Intent::Asides | Intent::Skip | Intent::More | Intent::Land
        ) {
            if self.is_still() {
                // About somebody's safety: nothing of the session goes on beside it.
                return no(words().session.not_here);
            }
            self.forget_given();
        }
        if intent == Intent::Asides && !self.asides_here().is_empty() {
            self.state = State::Asides;
            return Ok(Vec::new());
        }
        if intent == Intent::InWriting && self.takes_writing() {
            return self.begin_writing();
        }
        if intent == Intent::Skip {
            return self.ask_skip();
        }
        if self.walk.turn.is_some() {
            if intent == Intent::More {
                return self.ask_more(now);
            }
            if intent == Intent::Land {
                return self.land_now(now);
            }
        }
        let track = StepList::Act(self.walk.act);
        let path = self.walk.path.clone();
        self.at_step(track, path, intent, now)
    }

    /// Whether something is asked that nobody's Enter may answer.
    fn asks(&self, now: Moment) -> bool {
        let scene = self.asked(now);
        scene.offers.iter().any(|offer| offer.verb == Verb::Pass)
    }

    /// Whether the session is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed(_))
    }

    /// What there is to keep, once it is over.
    #[must_use]
    pub fn outline(&self) -> Option<&Outline> {
        match &self.state {
            State::Closed(outline) => Some(outline),
            State::Walking
            | State::Asides
            | State::Aside { .. }
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. }
            | State::Held { .. }
            | State::Stopped { .. }
            | State::MiniClose { .. } => None,
        }
    }

    /// Whether a clock is running, so that a crash would cost somebody's time.
    #[must_use]
    pub(crate) fn clock_runs(&self) -> bool {
        if !self.is_timed() {
            return false;
        }
        match &self.state {
            State::Walking => !self.is_still(),
            State::Asides | State::More(_) | State::Skipping { .. } => true,
            State::Aside { aside, .. } => !self.aside_holds(*aside),
            State::Same { .. }
            | State::WhoNext { .. }
            | State::Held { .. }
            | State::Stopped { .. }
            | State::MiniClose { .. }
            | State::Closed(_) => false,
        }
    }

    /// Whether this kind of session is timed at all.
    fn is_timed(&self) -> bool {
        self.script.clock != FirstClock::None
    }

    /// The script that is followed; a shorter one may have taken the place of the one it began with.
    #[must_use]
    pub(crate) fn script(&self) -> &Script {
        &self.script
    }

    /// What it began with.
    #[must_use]
    pub(crate) fn begun(&self) -> &Begin {
        &self.begin
    }

    #[cfg(test)]
    /// Whether everybody has said yes to the agreement as it stands.
    #[must_use]
    pub(crate) fn is_signed(&self) -> bool {
        self.signed
    }

    #[cfg(test)]
    /// Whose turn it is, while a turn is walked.
    #[must_use]
    pub(crate) fn turn_of(&self) -> Option<Who> {
        let turn = self.walk.turn.as_ref()?;
        self.clock_runs().then(|| self.who(turn.nth))
    }

    #[cfg(test)]
    /// Turn time of each person so far, in milliseconds, in the order they were entered.
    #[must_use]
    pub(crate) fn turns(&self) -> Vec<i64> {
        self.of_each(|person| person.turns.had)
    }

    /// The person at a place in the order of the turns.
    fn who(&self, nth: usize) -> Who {
        self.order.get(nth).copied().unwrap_or(Who(0))
    }

    /// A text with names in place of its roles; the first role is `floor`'s.
    fn render(&self, text: &Text, floor: Option<Who>) -> SafeText {
        roles::join(&self.paragraphs(text, self.named(floor)))
    }

    fn act_kind(&self, act: usize) -> Option<ActKind> {
        self.acts.get(act).map(|act| act.what)
    }
}

fn first_clock(first: FirstClock) -> ClockMode {
    match first {
        FirstClock::Full => ClockMode::Full,
        FirstClock::Minutes => ClockMode::Minutes,
        FirstClock::Bar => ClockMode::Bar,
        FirstClock::Hidden | FirstClock::None => ClockMode::Hidden,
    }
}

/// The pack of this name; the first when there is none.
fn pack(script: &Script, name: Option<&str>) -> usize {
    let packs = script.packs.iter();
    let found = name.and_then(|name| packs.clone().position(|pack| pack.name == name));
    found.unwrap_or(0)
}

/// The order of turns with this person first.
fn order(first: Who, people: usize) -> Vec<Who> {
    (0..people)
        .map(|nth| Who::at((first.index() + nth) % people.max(1)))
        .collect()
}

#[cfg(test)]
#[path = "../test_support/screen_name.rs"]
mod screen_name;
#[cfg(test)]
mod tests;

pub(crate) mod flow;

pub(crate) mod steps;
