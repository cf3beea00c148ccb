//! Time as the session sees it: moments that are handed in, countdowns that are a deadline or a remainder.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::text::sort::Arrange;
use crate::time::date::Date;

/// One look at the clocks. Made only in `clock.rs`, or by a test.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Moment {
    /// Time since some fixed start, which never runs backwards and may stop while the machine sleeps.
    #[serde(with = "millis")]
    pub mono: Duration,
    /// What the wall clock shows, in milliseconds since 1970 UTC.
    pub wall: i64,
    /// Seconds east of UTC at this moment.
    pub offset: i32,
    /// When the clocks here are put forward or back next, where that is within a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// Clocks are put forward or back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// When, in milliseconds since 1970 UTC.
    pub(crate) at: i64,
    /// Seconds east of UTC from then on.
    pub(crate) offset: i32,
}

/// Milliseconds of a day without a change of the clocks.
const DAY_MS: i64 = 86_400_000;

impl Moment {
    /// The day on the calendar of the place where people are.
    #[must_use]
    pub fn day(self) -> Date {
        Date::at(self.wall, self.offset)
    }

    /// How long it is until the next day begins here.
    #[must_use]
    pub(crate) fn until_midnight(self) -> Duration {
        let rest = DAY_MS - local(self.wall, self.offset).rem_euclid(DAY_MS);
        let later = self.offset_at(self.wall.saturating_add(rest)) - self.offset;
        // The moment after, where midnight itself is left out.
        millis((rest - i64::from(later) * 1000).max(1))
    }

    /// The moment `by` later, on both clocks.
    #[must_use]
    pub fn later(self, by: Duration) -> Self {
        let wall = self.wall.saturating_add(signed_ms(by));
        Self {
            mono: self.mono.saturating_add(by),
            wall,
            offset: self.offset_at(wall),
            change: self.change.filter(|change| change.at > wall),
        }
    }

    /// Seconds east of UTC here at a moment of the day that begins with this one; before it, as it is now.
    #[must_use]
    pub(crate) fn offset_at(self, wall: i64) -> i32 {
        let changed = self.change.filter(|change| wall >= change.at);
        changed.map_or(self.offset, |change| change.offset)
    }

    /// What the wall clock of this place shows at `wall`, to the nearest minute.
    #[must_use]
    pub(crate) fn time_at(self, wall: i64) -> TimeOfDay {
        // What is rounded up to the change is shown as after it.
        TimeOfDay::at(wall, self.offset_at(wall.saturating_add(30_000)))
    }

    /// What the wall clock of this place will show `by` after this moment.
    #[must_use]
    pub(crate) fn time_of_day(self, by: Duration) -> TimeOfDay {
        self.time_at(self.wall.saturating_add(signed_ms(by)))
    }

    /// The moments at which the clocks here show this time of day, so many days from today: one on most days, none in
    /// the hour that is left out when they are put forward, and two in the hour that comes twice.
    #[must_use]
    pub(crate) fn walls_at(self, time: TimeOfDay, days: i64) -> Vec<i64> {
        let here = local(self.wall, self.offset);
        let midnight = here.saturating_sub(here.rem_euclid(DAY_MS));
        let shown = midnight
            .saturating_add(days.saturating_mul(DAY_MS))
            .saturating_add(time.minute_of_day().saturating_mul(60_000));
        let after = self.change.map_or(self.offset, |change| change.offset);
        shown_at(shown, [self.offset, after], |wall| self.offset_at(wall))
    }
}

/// What clocks show, as milliseconds: as if they were in UTC.
fn local(wall: i64, offset: i32) -> i64 {
    wall.saturating_add(i64::from(offset).saturating_mul(1000))
}

/// The moments at which clocks show `shown` (see [`local`]), earliest first, where they have one of these offsets then.
pub(crate) fn shown_at(shown: i64, offsets: [i32; 2], offset_at: impl Fn(i64) -> i32) -> Vec<i64> {
    let at = |offset: i32| (local(shown, -offset), offset);
    let fits = |(wall, offset): &(i64, i32)| offset_at(*wall) == *offset;
    let walls = offsets.map(at).into_iter().filter(fits);
    let mut walls: Vec<i64> = walls.map(|(wall, _)| wall).collect();
    walls.arrange();
    walls.dedup();
    walls
}

/// Milliseconds of a duration, saturating.
#[must_use]
pub(crate) fn signed_ms(d: Duration) -> i64 {
    i64::try_from(d.as_millis()).unwrap_or(i64::MAX)
}

/// Milliseconds as a duration; none below zero.
#[must_use]
pub(crate) fn millis(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}

/// Whole minutes as a duration.
#[must_use]
pub fn minutes(n: u64) -> Duration {
    Duration::from_secs(n.saturating_mul(60))
}

/// Hours and minutes on somebody's wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub(crate) struct TimeOfDay {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl TimeOfDay {
    /// How many minutes after midnight, on a day like any other.
    #[must_use]
    pub(crate) fn minute_of_day(self) -> i64 {
        i64::from(self.hour) * 60 + i64::from(self.minute)
    }

    /// The time of day at `wall` (milliseconds since 1970 UTC), `offset` seconds east of UTC, to the nearest minute.
    #[must_use]
    pub(crate) fn at(wall: i64, offset: i32) -> Self {
        let local = wall
            .saturating_add(i64::from(offset).saturating_mul(1000))
            .saturating_add(30_000);
        let minute_of_day = local.div_euclid(60_000).rem_euclid(24 * 60);
        Self {
            hour: u8::try_from(minute_of_day / 60).unwrap_or(0),
            minute: u8::try_from(minute_of_day % 60).unwrap_or(0),
        }
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Of two zeros some voices say nothing at all (`findings/speech-midnight.sh`).
        let width = if self.hour == 0 { 1 } else { 2 };
        write!(f, "{:0width$}:{:02}", self.hour, self.minute)
    }
}

/// A countdown: running towards a deadline on the monotonic clock, or held with a remainder.
///
/// Never a counter, so it cannot drift. A remainder below zero is time over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Countdown {
    /// It runs, and reaches zero at `ends` (milliseconds on the monotonic clock).
    Running {
        /// The deadline, in milliseconds on the monotonic clock.
        ends: i64,
    },
    /// It stands still with this much left (milliseconds, below zero when over).
    Held {
        /// The remainder in milliseconds.
        left: i64,
    },
}

impl Countdown {
    /// A running countdown of `length` from `now`.
    #[must_use]
    pub(crate) fn of(length: Duration, now: Moment) -> Self {
        Self::Running {
            ends: signed_ms(now.mono).saturating_add(signed_ms(length)),
        }
    }

    /// Milliseconds left at `now`; below zero when over.
    #[must_use]
    pub(crate) fn left(self, now: Moment) -> i64 {
        match self {
            Self::Running { ends } => ends.saturating_sub(signed_ms(now.mono)),
            Self::Held { left } => left,
        }
    }

    /// The same countdown, standing still.
    #[must_use]
    pub(crate) fn held(self, now: Moment) -> Self {
        Self::Held {
            left: self.left(now),
        }
    }

    /// The same countdown, running from `now`.
    #[must_use]
    pub(crate) fn running(self, now: Moment) -> Self {
        Self::Running {
            ends: signed_ms(now.mono).saturating_add(self.left(now)),
        }
    }

    /// The same countdown with `more` added.
    #[must_use]
    pub(crate) fn with(self, more: Duration) -> Self {
        let more = signed_ms(more);
        match self {
            Self::Running { ends } => Self::Running {
                ends: ends.saturating_add(more),
            },
            Self::Held { left } => Self::Held {
                left: left.saturating_add(more),
            },
        }
    }

    /// The same countdown with `less` taken away.
    #[must_use]
    pub(crate) fn less(self, less: Duration) -> Self {
        let less = signed_ms(less);
        match self {
            Self::Running { ends } => Self::Running {
                ends: ends.saturating_sub(less),
            },
            Self::Held { left } => Self::Held {
                left: left.saturating_sub(less),
            },
        }
    }

    /// Whether it runs.
    #[must_use]
    pub(crate) fn runs(self) -> bool {
        matches!(self, Self::Running { .. })
    }
}

/// Why the clocks disagree with what was expected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum GapKind {
    /// The machine slept.
    Slept,
    /// The wall clock was set, forward or back.
    ClockSet,
    /// The program stood still (stopped, starved) while both clocks ran.
    Stopped,
    /// The program ended without closing the session, and was started again.
    Crashed,
    /// Somebody at another terminal was not heard any more.
    Dropped,
}

/// A hole in time that nobody in the session lived through together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gap {
    /// The last moment before the hole.
    pub(crate) before: Moment,
    /// What made it.
    pub(crate) kind: GapKind,
}

/// A difference between clocks below this is ordinary adjustment.
const TOLERANCE_MS: i64 = 2_000;
/// A wake-up this much later than asked for means that the program stood still (reliability.md 5).
const LATE: Duration = Duration::from_secs(5);

/// Looks for a hole between two moments.
///
/// `asked` is how long after `before` the session wanted to look again; `None`
/// means nothing was due, and then standing still costs nobody anything. `slept` is how long the machine slept between
/// them; where that can't be known, a wall clock that ran ahead is taken for sleep.
#[must_use]
pub(crate) fn gap(
    before: Moment,
    now: Moment,
    asked: Option<Duration>,
    slept: Option<Duration>,
) -> Option<Gap> {
    let mono = signed_ms(now.mono.saturating_sub(before.mono));
    let wall = now.wall.saturating_sub(before.wall);
    let ahead = wall.saturating_sub(mono);
    let kind = if ahead > TOLERANCE_MS {
        match slept {
            // Most of it is nobody's sleep.
            Some(slept) if signed_ms(slept) < ahead / 2 => GapKind::ClockSet,
            Some(_) | None => GapKind::Slept,
        }
    } else if mono.saturating_sub(wall) > TOLERANCE_MS {
        GapKind::ClockSet
    } else if asked
        .is_some_and(|asked| now.mono.saturating_sub(before.mono) > asked.saturating_add(LATE))
    {
        GapKind::Stopped
    } else {
        return None;
    };
    Some(Gap { before, kind })
}

/// Durations as whole milliseconds in the log.
mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(d: &Duration, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_u64(u64::try_from(d.as_millis()).unwrap_or(u64::MAX))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Duration, D::Error> {
        u64::deserialize(d).map(Duration::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Moment = Moment {
        mono: Duration::from_secs(100),
        wall: 1_800_000_000_000,
        offset: 3600,
        change: None,
    };

    #[test]
    fn a_countdown_is_exact_through_holding_and_running() {
        let clock = Countdown::of(minutes(18), START);
        let later = START.later(minutes(5));
        let held = clock.held(later);
        assert_eq!(held.left(START.later(minutes(50))), 13 * 60_000);
        let again = held.running(START.later(minutes(50)));
        assert_eq!(again.left(START.later(minutes(64))), -60_000);
    }

    #[test]
    fn gaps_are_told_apart() {
        let second = Duration::from_secs(1);
        let slept = Moment {
            wall: START.wall + 720_000,
            ..START.later(second)
        };
        let set_back = Moment {
            wall: START.wall - 3_600_000,
            ..START.later(second)
        };
        let kind = |now, asked| gap(START, now, asked, None).map(|gap| gap.kind);
        assert_eq!(kind(slept, Some(second)), Some(GapKind::Slept));
        // The same, and the machine knows whether it slept.
        let known = |asleep| gap(START, slept, Some(second), Some(asleep)).map(|gap| gap.kind);
        assert_eq!(known(minutes(12)), Some(GapKind::Slept));
        assert_eq!(known(Duration::ZERO), Some(GapKind::ClockSet));
        assert_eq!(kind(set_back, Some(second)), Some(GapKind::ClockSet));
        assert_eq!(
            kind(START.later(minutes(3)), Some(second)),
            Some(GapKind::Stopped)
        );
        assert_eq!(kind(START.later(minutes(3)), None), None);
        assert_eq!(kind(START.later(second), Some(second)), None);
    }

    #[test]
    fn the_time_of_day_knows_midnight_and_the_offset() {
        assert_eq!(TimeOfDay::at(0, 0).to_string(), "0:00");
        assert_eq!(TimeOfDay::at(0, -60).to_string(), "23:59");
        assert_eq!(TimeOfDay::at(29_999, 5400).to_string(), "01:30");
        assert_eq!(
            TimeOfDay::at(i64::MIN, i32::MIN).minute,
            TimeOfDay::at(i64::MIN, i32::MIN).minute
        );
    }
}
