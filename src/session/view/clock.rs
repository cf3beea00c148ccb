//! The clock, the map and the end of the session, as they look now; and when they will look different.

use std::time::Duration;

use crate::script::StageKind;
use crate::session::Session;
use crate::session::plan::{self, Act, ActKind};
use crate::session::scene::{ClockFace, ClockShows, PlannedEnd, SegmentState, WaySegment};
use crate::session::setup::ClockMode;
use crate::session::state::{MoreTime, Notice, State, StepState};
use crate::session::steps::rest::PACE_READ_MS;
use crate::text::safe_text::SafeText;
use crate::text::words::words;
use crate::time::moment::millis;
use crate::time::moment::{Moment, signed_ms};

/// In how many pieces a bar shows what is left.
const BAR: i64 = 40;
/// In how many pieces the map shows how much of a stage has gone.
const LEG: i64 = 20;
/// The end is told to the nearest minute: milliseconds.
const HALF_MINUTE: i64 = 30_000;
/// From here on one minute is left until nothing is: milliseconds.
const LAST_MINUTE: i64 = 89_000;
/// How long it is said whose turn it is, and how long: milliseconds.
pub(in crate::session) const TURN_IS_MS: i64 = 60_000;
/// A stage of shares of which some are done and none is walked is shown half gone.
const LEG_HALF: u8 = 10;

/// What belongs together on the map.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LegKey {
    /// This act alone.
    Own(usize),
    /// The shares of a stage.
    Shares(usize),
    /// A turn with what comes before and after it.
    Turn(usize, usize),
    /// All turns of a stage that has several for each person.
    Cycles(usize),
}

impl Session {
    /// What is left of what is walked, in milliseconds; nothing where it is over and the next has not begun.
    pub(in crate::session) fn left_here(&self, now: Moment) -> i64 {
        match &self.state {
            State::Same { .. } | State::WhoNext { .. } => 0,
            State::Walking
            | State::Asides
            | State::Aside { .. }
            | State::More(_)
            | State::Skipping { .. }
            | State::Held { .. }
            | State::Stopped { .. }
            | State::MiniClose { .. }
            | State::Closed(_) => self.walk.clock.left(now).max(0),
        }
    }

    /// When the session ends if everything from here takes what is planned, on the wall clock: with what others will be
    /// offered of what the turn here has more, so that it is the same end before their yes and after it.
    fn projected(&self, now: Moment) -> i64 {
        let left = self.left_here(now);
        let rest = self.ahead(now);
        let rest: i64 = rest.iter().map(|act| signed_ms(act.length)).sum();
        let owed = signed_ms(self.owed_ahead(now));
        let in_all = left.saturating_add(rest).saturating_add(owed);
        now.wall.saturating_add(in_all)
    }

    /// What comes after what is walked, as long as it will be: before the first turn, what is overrun is taken from the
    /// turns.
    pub(in crate::session) fn ahead(&self, now: Moment) -> Vec<Act> {
        let mut rest = self
            .acts
            .get(self.walk.act + 1..)
            .unwrap_or_default()
            .to_vec();
        if self.before_turns(self.walk.act + 1) {
            let until = self.target_now(now).saturating_sub(now.wall);
            plan::shrink(&mut rest, millis(until.saturating_sub(self.left_here(now))));
        }
        rest
    }

    /// Whether no turn comes before this act, so that turns can become shorter.
    pub(in crate::session) fn before_turns(&self, act: usize) -> bool {
        let mut before = self.acts.iter().take(act);
        self.is_timed() && !before.any(|act| matches!(act.what, ActKind::Turn { .. }))
    }

    /// The buffer that is still there.
    #[must_use]
    pub(crate) fn slack(&self, now: Moment) -> Duration {
        millis(self.target_now(now).saturating_sub(self.projected(now)))
    }

    /// The end as it was set, moved by a standstill that is going on.
    fn target_now(&self, now: Moment) -> i64 {
        let moves = matches!(self.begin.length, crate::session::setup::Length::Minutes(_));
        match &self.state {
            State::Held { since, .. } | State::Stopped { since, .. } if moves => self
                .target
                .saturating_add(now.wall.saturating_sub(*since).max(0)),
            State::Held { .. }
            | State::Stopped { .. }
            | State::Walking
            | State::Asides
            | State::Aside { .. }
            | State::More(_)
            | State::Same { .. }
            | State::WhoNext { .. }
            | State::Skipping { .. }
            | State::MiniClose { .. }
            | State::Closed(_) => self.target,
        }
    }

    /// When it ends, as it looks now.
    #[must_use]
    pub(crate) fn ends(&self, now: Moment) -> PlannedEnd {
        // Once nobody has a turn any more, nothing takes the time that was saved: it ends when the rest is done, with
        // what was planned to spare.
        let (at, target) = (self.projected(now), self.target_now(now));
        let at = match self.has_turns_left() {
            true => at.max(target),
            false => at.max(target.min(at.saturating_add(signed_ms(self.buffer)))),
        };
        let set = match self.begin.length {
            crate::session::setup::Length::Minutes(n) => {
                self.begin.at.wall.saturating_add(i64::from(n) * 60_000)
            }
            crate::session::setup::Length::Until(wall) => wall,
        };
        // Between the two minutes that are read, so that they add up.
        let minute = |wall: i64| wall.saturating_add(HALF_MINUTE).div_euclid(60_000);
        let later = minute(at).saturating_sub(minute(set)).max(0);
        PlannedEnd {
            at: now.time_at(at),
            later: u32::try_from(later).unwrap_or(u32::MAX),
        }
    }

    /// Whether somebody's turn or share is here or still to come; where there are none at all, all of it is one.
    fn has_turns_left(&self) -> bool {
        let is_own =
            |act: &Act| !matches!(act.what, ActKind::Whole { .. } | ActKind::Between { .. });
        let (before, rest) = self.acts.split_at(self.walk.act.min(self.acts.len()));
        rest.iter().any(is_own) || !before.iter().any(is_own)
    }

    /// The map: each stage once, shares and turns by their own names.
    #[must_use]
    pub(crate) fn way(&self, now: Moment) -> Vec<WaySegment> {
        let left = self.left_here(now);
        let mut wall = now.wall.saturating_add(left);
        let mut ahead = self.ahead(now).into_iter();
        let mut legs: Vec<(WaySegment, LegKey)> = Vec::new();
        for (at, act) in self.acts.iter().enumerate() {
            let mut length = act.length;
            let begins = match at.cmp(&self.walk.act) {
                std::cmp::Ordering::Less => self.begin.at.wall,
                std::cmp::Ordering::Equal => now.wall,
                std::cmp::Ordering::Greater => {
                    let begins = wall;
                    length = ahead.next().map_or(length, |act| act.length);
                    wall = wall.saturating_add(signed_ms(length));
                    begins
                }
            };
            let state = match at.cmp(&self.walk.act) {
                std::cmp::Ordering::Less => SegmentState::Done,
                std::cmp::Ordering::Equal => SegmentState::Here(self.gone(act.length, now)),
                std::cmp::Ordering::Greater => SegmentState::Ahead,
            };
            let seconds = u32::try_from(length.as_secs()).unwrap_or(u32::MAX);
            let key = self.leg_key(at);
            // The shares of one stage, and a turn with what belongs to it, are one leg: a map of twelve pieces is no map.
            if let Some((leg, before)) = legs.last_mut()
                && *before == key
            {
                leg.seconds = leg.seconds.saturating_add(seconds);
                leg.state = match (leg.state, state) {
                    (SegmentState::Done, SegmentState::Ahead) => SegmentState::Here(LEG_HALF),
                    (SegmentState::Done, state) => state,
                    (before, _) => before,
                };
                if act.what.is_turn() && !matches!(key, LegKey::Cycles(_)) {
                    leg.title = self.act_title(at);
                }
                continue;
            }
            let title = match key {
                LegKey::Cycles(_) => SafeText::new(words().session.turns),
                LegKey::Own(_) | LegKey::Shares(_) | LegKey::Turn(..) => self.act_title(at),
            };
            let leg = WaySegment {
                title,
                seconds,
                at: match state {
                    SegmentState::Done => self.begin.at.time_at(begins),
                    SegmentState::Here(_) | SegmentState::Ahead => now.time_at(begins),
                },
                state,
            };
            legs.push((leg, key));
        }
        legs.into_iter().map(|(leg, _)| leg).collect()
    }

    /// The lengths of the acts that each stage of the map is made of: what the clock shows when they begin.
    #[must_use]
    pub(crate) fn pieces(&self) -> Vec<Vec<Duration>> {
        let mut legs: Vec<(LegKey, Vec<Duration>)> = Vec::new();
        for (at, act) in self.acts.iter().enumerate() {
            let key = self.leg_key(at);
            // Where nothing is timed, no clock ever shows them.
            let length = self.is_timed().then_some(act.length);
            match legs.last_mut() {
                Some((before, pieces)) if *before == key => pieces.extend(length),
                Some(_) | None => legs.push((key, length.into_iter().collect())),
            }
        }
        legs.into_iter().map(|(_, pieces)| pieces).collect()
    }

    /// What an act is a piece of on the map.
    fn leg_key(&self, at: usize) -> LegKey {
        let Some(what) = self.act_kind(at) else {
            return LegKey::Own(at);
        };
        let stage = what.stage();
        let times = match self.script.stages.get(stage).map(|stage| &stage.kind) {
            Some(StageKind::Turns { times, .. }) => *times,
            Some(StageKind::Together | StageKind::Each | StageKind::Closing) | None => 1,
        };
        let shared = self
            .script
            .stages
            .get(stage)
            .is_some_and(|stage| stage.shared);
        match what {
            _ if times > 1 || shared => LegKey::Cycles(stage),
            ActKind::Share { .. } => LegKey::Shares(stage),
            ActKind::Turn {
                nth, extra: false, ..
            }
            | ActKind::Before { nth, .. }
            | ActKind::After { nth, .. } => LegKey::Turn(stage, nth),
            ActKind::Turn { .. } | ActKind::Whole { .. } | ActKind::Between { .. } => {
                LegKey::Own(at)
            }
        }
    }

    /// How many twentieths of this act have gone.
    fn gone(&self, length: Duration, now: Moment) -> u8 {
        if self.clock_mode() == ClockMode::Hidden {
            return 0;
        }
        let length = self
            .walk
            .turn
            .as_ref()
            .map_or(length, |turn| turn.length)
            .max(Duration::from_secs(1));
        let left = self.walk.clock.left(now).clamp(0, signed_ms(length));
        let gone = LEG - left.saturating_mul(LEG) / signed_ms(length).max(1);
        u8::try_from(gone.clamp(0, LEG)).unwrap_or(0)
    }

    /// How the clock is shown: in somebody's turn as they chose it, now or before.
    pub(in crate::session) fn clock_mode(&self) -> ClockMode {
        let turn = self.walk.turn.as_ref();
        let whose = turn.and_then(|turn| self.person(self.who(turn.nth)));
        whose
            .and_then(|person| person.card.clock)
            .unwrap_or(self.clock_mode)
    }

    /// The clock of what is walked, as it is shown.
    pub(in crate::session) fn clock_face(&self, now: Moment) -> Option<ClockFace> {
        if !self.is_timed() || self.is_open() {
            return None;
        }
        let left = self.walk.clock.left(now);
        let over = left < 0;
        let seconds = if over {
            left.unsigned_abs() / 1000
        } else {
            left.unsigned_abs().div_ceil(1000)
        };
        let w = &words().session;
        let turn = self.walk.turn.as_ref();
        let large = self
            .act_kind(self.walk.act)
            .is_some_and(|what| !matches!(what, ActKind::Whole { .. } | ActKind::Between { .. }));
        let label = match turn {
            _ if over => &w.clock_over,
            Some(turn) if turn.landed_from.is_some() && left <= signed_ms(turn.landing) => {
                &w.clock_landing
            }
            Some(_)
                if self
                    .act_stage(self.walk.act)
                    .is_some_and(|stage| stage.shared) =>
            {
                &w.clock_shared
            }
            Some(_) => &w.clock_turn,
            None if large => &w.clock_share,
            None => &w.clock_stage,
        };
        let length = self.counted();
        Some(ClockFace {
            shows: match self.clock_mode() {
                ClockMode::Full => ClockShows::Full { seconds, over },
                ClockMode::Minutes => ClockShows::in_minutes(seconds, over),
                ClockMode::Bar => ClockShows::Bar {
                    left: bar(left, length),
                },
                ClockMode::Hidden => ClockShows::Hidden,
            },
            large,
            held: !self.walk.clock.runs(),
            label: SafeText::new(label),
        })
    }

    /// The length of what the clock counts down.
    fn counted(&self) -> Duration {
        let act = self.acts.get(self.walk.act).map(|act| act.length);
        let turn = self.walk.turn.as_ref().map(|turn| turn.length);
        turn.or(act).unwrap_or_default()
    }

    /// How long until something that is shown changes by itself; `None` when nothing will.
    #[must_use]
    pub(crate) fn next_wake(&self, now: Moment) -> Option<Duration> {
        let event = self.next_event(now);
        let event = match (event, self.next_breath(now)) {
            (Some(event), Some(breath)) => Some(event.min(breath)),
            (event, breath) => event.or(breath),
        };
        let waits = match &self.state {
            State::Same { .. } | State::WhoNext { .. } => self.is_timed(),
            // Where everything stands still, no end is told: nothing moves until somebody goes on.
            State::Held { .. }
            | State::Walking
            | State::Asides
            | State::Aside { .. }
            | State::More(_)
            | State::Skipping { .. }
            | State::Stopped { .. }
            | State::MiniClose { .. }
            | State::Closed(_) => false,
        };
        if waits {
            // No clock runs, but the end moves with the wall: the one that is told, and the one after a yes.
            let after_yes = if let State::Same { nth, .. } = self.state {
                self.after_yes(self.who(nth), now)
            } else {
                None
            };
            let ends = [
                Some(self.projected(now)),
                after_yes.map(|then| then.projected(now)),
            ];
            let next = ends.into_iter().flatten();
            return next
                .map(|at| 60_000 - (at + HALF_MINUTE).rem_euclid(60_000))
                .min()
                .map(soon);
        }
        if !self.clock_runs() {
            return event;
        }
        let left = self.walk.clock.left(now);
        let tick = match self.clock_mode() {
            ClockMode::Full => to_boundary(left, 1_000),
            // What is left is told to the nearest minute of begun seconds, and what is over in whole ones.
            ClockMode::Minutes if left > LAST_MINUTE => {
                to_boundary(left - HALF_MINUTE + 1_000, 60_000)
            }
            ClockMode::Minutes if left >= 0 => left,
            ClockMode::Minutes => to_boundary(left, 60_000),
            ClockMode::Bar => to_boundary(left, 5_000),
            // The map and the end may be behind until somebody asks something: whoever hid the clock looks at neither.
            ClockMode::Hidden => return event.into_iter().chain(self.next_beside(left)).min(),
        };
        let said = self.next_said_end(left, now);
        let past = self.notice_past(left).filter(|ms| *ms > 0).map(soon);
        // What each group has left is told to the nearest minute.
        let groups = self.groups_left(now).into_iter();
        let groups = groups.map(|left| soon(to_boundary(left - HALF_MINUTE + 1_000, 60_000)));
        [event, past, said, Some(soon(tick))]
            .into_iter()
            .flatten()
            .chain(groups)
            .min()
    }

    /// How long until the end is another one that is said to those who are asked for more time: where a turn runs over, what
    /// others will be offered grows.
    fn next_said_end(&self, left: i64, now: Moment) -> Option<Duration> {
        let State::More(MoreTime::Asked { minutes, .. }) = self.state else {
            return None;
        };
        let ends = |ms: u64| {
            let mut then = self.clone();
            then.add_minutes(minutes, now.later(Duration::from_millis(ms)));
            then.ends(now.later(Duration::from_millis(ms)))
        };
        let said = ends(0);
        let mut seconds = (1..=60).map(|second| second * 1_000);
        let mut after = seconds.find(|ms| left < 0 && ends(*ms) != said)?;
        let mut before = after - 1_000;
        while after - before > 1 {
            let middle = before.midpoint(after);
            if ends(middle) == said {
                before = middle;
            } else {
                after = middle;
            }
        }
        Some(Duration::from_millis(after + 1))
    }

    /// How many milliseconds until what was said beside the clock is past.
    fn notice_past(&self, left: i64) -> Option<i64> {
        match self.notice {
            Some(Notice::Warning { minutes }) => Some(left - past_from(minutes)),
            Some(Notice::TurnIs { length, .. }) => Some(left - signed_ms(length) + TURN_IS_MS),
            Some(_) | None => None,
        }
    }

    /// How long until what is said beside the question comes or goes: what a warning said is past a minute later, the
    /// time is over a moment after its end, and what running over costs is told ten seconds later.
    fn next_beside(&self, left: i64) -> Option<Duration> {
        let due = [self.notice_past(left), Some(left + 1), Some(left + 10_000)];
        let due = due.into_iter().flatten();
        due.filter(|ms| *ms > 0).min().map(soon)
    }

    /// How long until the clock brings something about (a bell, the landing, the end), however it is shown.
    #[must_use]
    pub fn next_event(&self, now: Moment) -> Option<Duration> {
        let mut due: Vec<i64> = self.resting_left(now).into_iter().collect();
        if self.clock_runs() {
            let left = self.walk.clock.left(now);
            due.push(left);
            if let Some(turn) = &self.walk.turn {
                due.push(left - signed_ms(turn.landing));
                due.extend(self.long_at().map(|at| left - at));
                if !turn.half_way && self.half_way_aside().is_some() {
                    due.push(left - signed_ms(turn.length) / 2);
                }
            }
            due.extend(self.groups_due(now));
            let warnings = self.warnings_here().into_iter();
            due.extend(warnings.map(|warning| left - i64::from(warning) * 60_000));
        }
        due.into_iter().filter(|ms| *ms > 0).min().map(soon)
    }

    /// What is left of a quiet time that runs.
    pub(crate) fn quiet_left(&self, now: Moment) -> Option<Duration> {
        let doing = &self.path_here()?.doing;
        let runs = matches!(doing, StepState::Resting { clock, .. } if clock.runs());
        self.resting_left(now).filter(|_| runs).map(soon)
    }

    fn resting_left(&self, now: Moment) -> Option<i64> {
        if let StepState::Resting {
            clock, rung: false, ..
        } = &self.path_here()?.doing
        {
            return Some(clock.left(now));
        }
        None
    }

    /// When the pace for the breath looks different: when it begins, and then once a second.
    fn next_breath(&self, now: Moment) -> Option<Duration> {
        let StepState::Resting {
            clock,
            length,
            pacer: Some(_),
            ..
        } = &self.path_here()?.doing
        else {
            return None;
        };
        let left = clock.left(now);
        let unbegun = left - (signed_ms(*length) - PACE_READ_MS);
        let until = if unbegun > 0 {
            unbegun
        } else {
            to_boundary(left, 1_000)
        };
        clock.runs().then(|| soon(until))
    }
}

/// When so many minutes are no longer left by the clock, in milliseconds before the end.
pub(in crate::session) fn past_from(minutes: u8) -> i64 {
    i64::from(minutes) * 60_000 - HALF_MINUTE
}

/// Milliseconds until a remainder crosses the next multiple of `unit`, counting down through zero.
fn to_boundary(left: i64, unit: i64) -> i64 {
    match left.rem_euclid(unit) {
        // The very end: in a moment it is over.
        0 if left == 0 => 0,
        0 => unit,
        rest => rest,
    }
}

/// A wake-up a moment after the boundary, so that it is surely crossed.
fn soon(ms: i64) -> Duration {
    millis(ms.max(0).saturating_add(1))
}

fn bar(left: i64, length: Duration) -> u8 {
    let length = signed_ms(length).max(1);
    let pieces = (left.max(0).saturating_mul(BAR).saturating_add(length - 1)) / length;
    u8::try_from(pieces.clamp(0, BAR)).unwrap_or(0)
}
