//! The clocks.
//!
//! Owns: every look at the system's clocks; nothing else in the house makes a [`Moment`] from them.
//! Never does: sleeping, waiting, deciding what a hole in time means.
//! May see: session (its `Moment`).

#![allow(
    clippy::disallowed_methods,
    reason = "this is the one file that reads the system's clocks"
)]

use std::cell::Cell;
#[cfg(test)]
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, Local, Offset, TimeZone};

use crate::time::moment::{Change, Moment, shown_at, signed_ms};

/// Something that can be asked for the time.
pub(crate) trait TimeSource: std::fmt::Debug {
    /// The moment that it is now.
    fn now(&self) -> Moment;

    /// The clock of a session that begins now; the wall shows the same on both.
    fn anew(&self) -> Box<dyn TimeSource>;

    /// The same clock for another thread, where it can be read there.
    fn elsewhere(&self) -> Option<Box<dyn Fn() -> Moment + Send>> {
        None
    }

    /// How long the machine has slept since this clock began; `None` where that can't be known.
    fn asleep(&self) -> Option<Duration> {
        None
    }

    /// How long somebody outside has to wait until this clock has gone on by `time`.
    fn real(&self, time: Duration) -> Duration {
        time
    }
}

/// The system's clocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock {
    start: Instant,
    /// What the monotonic clock showed at the start.
    from: Duration,
    /// What the clock that runs while the machine sleeps showed then.
    sleepless: Option<Duration>,
}

impl SystemClock {
    /// A clock whose monotonic time begins now.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
            from: Duration::ZERO,
            sleepless: sleepless(),
        }
    }

    /// Only the monotonic clock.
    #[must_use]
    pub(crate) fn mono(&self) -> Duration {
        whole_ms(self.from.saturating_add(self.start.elapsed()))
    }

    /// A clock whose monotonic time goes on from the last moment of a session that was cut off.
    #[must_use]
    pub(crate) fn after(last: Moment) -> Self {
        Self {
            from: last.mono,
            ..Self::new()
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl TimeSource for SystemClock {
    fn now(&self) -> Moment {
        let wall = wall();
        let zone = zone_at(wall);
        Moment {
            mono: self.mono(),
            wall,
            offset: zone.offset,
            change: zone.change,
        }
    }

    fn anew(&self) -> Box<dyn TimeSource> {
        Box::new(Self::new())
    }

    fn asleep(&self) -> Option<Duration> {
        let passed = sleepless()?.saturating_sub(self.sleepless?);
        Some(passed.saturating_sub(self.start.elapsed()))
    }

    fn elsewhere(&self) -> Option<Box<dyn Fn() -> Moment + Send>> {
        let clock = *self;
        Some(Box::new(move || clock.now()))
    }
}

/// A clock for rehearsals: time passes `speed` times as fast, on both clocks alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FastClock {
    start: Instant,
    at: Moment,
    speed: u32,
}

impl FastClock {
    /// A clock that starts now, this many times as fast.
    #[must_use]
    pub(crate) fn new(speed: u32) -> Self {
        let system = SystemClock::new();
        Self {
            start: system.start,
            at: system.now(),
            speed,
        }
    }
}

impl TimeSource for FastClock {
    fn now(&self) -> Moment {
        let passed = self.start.elapsed().saturating_mul(self.speed);
        self.at.later(whole_ms(passed))
    }

    fn anew(&self) -> Box<dyn TimeSource> {
        Box::new(*self)
    }

    fn real(&self, time: Duration) -> Duration {
        time / self.speed.max(1)
    }
}

#[cfg(test)]
/// A clock that stands still until somebody moves it. Its clones are the same clock.
#[derive(Clone, Debug)]
pub(crate) struct TestClock(Rc<Cell<Moment>>);

#[cfg(test)]
impl TestClock {
    /// A clock that shows `at`.
    #[must_use]
    pub(crate) fn new(at: Moment) -> Self {
        Self(Rc::new(Cell::new(at)))
    }

    /// Shows `at` from now on.
    pub(crate) fn set(&self, at: Moment) {
        self.0.set(at);
    }

    /// Moves both clocks on.
    pub(crate) fn pass(&self, by: Duration) {
        self.0.set(self.0.get().later(by));
    }
}

#[cfg(test)]
impl TimeSource for TestClock {
    fn now(&self) -> Moment {
        self.0.get()
    }

    fn anew(&self) -> Box<dyn TimeSource> {
        Box::new(self.clone())
    }
}

/// The log holds whole milliseconds; a moment that is finer would replay to another state than it lived.
fn whole_ms(duration: Duration) -> Duration {
    Duration::from_millis(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}

/// A clock that runs on while the machine sleeps, which an `Instant` does not; where there is one.
fn sleepless() -> Option<Duration> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let clock = Some(rustix::time::ClockId::Boottime);
    #[cfg(target_vendor = "apple")]
    let clock = Some(rustix::time::ClockId::Monotonic);
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    return clock.and_then(|clock| rustix::time::clock_gettime(clock).try_into().ok());
    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    None
}

fn wall() -> i64 {
    wall_of(SystemTime::now())
}

/// Milliseconds since 1970 UTC, below zero before that.
fn wall_of(time: SystemTime) -> i64 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => signed_ms(since),
        Err(before) => signed_ms(before.duration()).saturating_neg(),
    }
}

/// The years 1 to 9999: outside of them a time zone's rules are nobody's to tell, and looking them up may panic.
const RULED: (i64, i64) = (-62_135_596_800_000, 253_402_300_799_000);

/// How far ahead a change of the clocks is looked for: further than any session goes, and no zone has two changes in it.
const DAY_MS: i64 = 86_400_000;

/// The moments at which clocks here show this day and time, in milliseconds since 1970 UTC, the earliest first; `local`
/// is what they would show in UTC. None: they are put forward then, and leave it out. Two: they are put back, and it
/// comes twice.
#[must_use]
pub(crate) fn walls_of_local(local: i64) -> Vec<i64> {
    // The offsets of that time, and not of today, are what counts.
    let around = [-DAY_MS, DAY_MS].map(|by| offset_at(local.saturating_add(by)));
    shown_at(local, around, offset_at)
}

/// When the clocks here are put forward or back next, where that is within a day of this moment.
fn change_after(wall: i64) -> Option<Change> {
    let before = offset_at(wall);
    let (mut last, mut at) = (wall, wall.saturating_add(DAY_MS));
    if offset_at(at) == before {
        return None;
    }
    while at.saturating_sub(last) > 1 {
        let middle = last.midpoint(at);
        if offset_at(middle) == before {
            last = middle;
        } else {
            at = middle;
        }
    }
    Some(Change {
        at,
        offset: offset_at(at),
    })
}

/// What the zone says of a minute.
#[derive(Clone, Copy)]
struct Zone {
    minute: i64,
    offset: i32,
    change: Option<Change>,
}

thread_local! {
    /// What was asked last.
    static ZONE: Cell<Option<Zone>> = const { Cell::new(None) };
}

/// What the zone says at a moment. Zones change at whole minutes, and where the machine itself came into another one,
/// a minute later is soon enough; the clocks are looked at several times for each picture, and asking reads a file.
fn zone_at(wall: i64) -> Zone {
    let minute = wall.div_euclid(60_000);
    let known = ZONE.get().filter(|zone| zone.minute == minute);
    known.unwrap_or_else(|| {
        let zone = Zone {
            minute,
            offset: offset_at(wall),
            change: change_after(wall),
        };
        ZONE.set(Some(zone));
        zone
    })
}

/// Seconds east of UTC here, when the wall clock shows this.
fn offset_at(wall: i64) -> i32 {
    let ruled = wall.clamp(RULED.0, RULED.1);
    // From UTC there is always exactly one local time; only the way back knows two or none.
    DateTime::from_timestamp_millis(ruled).map_or(0, |utc| {
        let local = Local.offset_from_utc_datetime(&utc.naive_utc());
        local.fix().local_minus_utc()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Moment = Moment {
        mono: Duration::from_secs(3_600),
        wall: 1_795_000_000_000,
        offset: 3_600,
        change: None,
    };

    #[test]
    fn a_time_of_another_day_is_told_with_the_offset_of_that_day() {
        // Every six hours of a year, and the ends of what there is.
        let year = (0..1_460).map(|n| 1_767_225_600_000 + n * 21_600_000);
        let (mut none, mut all) = (0, 0);
        for local in year {
            let walls = walls_of_local(local);
            let shows = |wall: &i64| wall + i64::from(offset_at(*wall)) * 1000 == local;
            assert!(walls.iter().all(shows) && walls.len() <= 2, "{local}");
            none += usize::from(walls.is_empty());
            all += 1;
        }
        // Only an hour that a day does not have can't be had.
        assert!(none <= 1 && all == 1_460, "{none}");
        for end in [i64::MIN, 0, i64::MAX] {
            let _ = (walls_of_local(end), change_after(end));
        }
    }

    #[test]
    fn a_change_of_the_clocks_is_known_to_the_millisecond_a_day_before() {
        let hours = (0..8_760).map(|n| 1_767_225_600_000 + n * 3_600_000);
        for wall in hours {
            match change_after(wall) {
                Some(change) => {
                    assert!(change.at > wall && change.at <= wall + DAY_MS);
                    assert_eq!(offset_at(change.at - 1), offset_at(wall));
                    assert_eq!(offset_at(change.at), change.offset);
                    assert_ne!(change.offset, offset_at(wall));
                }
                None => assert_eq!(offset_at(wall), offset_at(wall + DAY_MS)),
            }
        }
    }

    #[test]
    fn the_system_clock_never_runs_backwards_and_counts_whole_milliseconds() {
        let clock = SystemClock::new();
        let mut last = clock.now();
        for _ in 0..10_000 {
            let now = clock.now();
            assert!(now.mono >= last.mono);
            assert_eq!(now.mono.subsec_nanos() % 1_000_000, 0);
            last = now;
        }
    }

    #[test]
    fn after_a_crash_the_monotonic_clock_goes_on() {
        let now = SystemClock::after(AT).now();
        assert!(now.mono >= AT.mono);
        assert!(now.mono < AT.mono + Duration::from_secs(60));
        let end = Moment {
            mono: Duration::MAX,
            ..AT
        };
        assert!(SystemClock::after(end).now().mono > AT.mono);
    }

    #[test]
    fn walls_before_1970_and_far_away_are_no_surprise() {
        let epoch = SystemTime::UNIX_EPOCH;
        assert_eq!(wall_of(epoch), 0);
        assert_eq!(wall_of(epoch - Duration::from_secs(10)), -10_000);
        assert_eq!(wall_of(epoch + Duration::from_secs(10)), 10_000);
        for wall in [i64::MIN, -1, 0, 1, AT.wall, i64::MAX, RULED.0, RULED.1] {
            let offset = offset_at(wall);
            assert!(offset.abs() <= 24 * 3600, "{wall}: {offset}");
        }
    }

    #[test]
    fn a_fast_clock_runs_both_clocks_alike() {
        for speed in [0, 60, u32::MAX] {
            let clock = FastClock::new(speed);
            for _ in 0..100 {
                let now = clock.now();
                let mono = signed_ms(now.mono.saturating_sub(clock.at.mono));
                assert_eq!(now.wall - clock.at.wall, mono);
                assert!(speed != 0 || now == clock.at);
            }
        }
    }

    #[test]
    fn clones_of_a_test_clock_are_one_clock() {
        let clock = TestClock::new(AT);
        let other = clock.clone();
        other.pass(Duration::from_secs(2));
        assert_eq!(clock.now(), AT.later(Duration::from_secs(2)));
        clock.set(AT);
        assert_eq!(other.now(), AT);
    }
}
