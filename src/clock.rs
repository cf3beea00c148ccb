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
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, Local, Offset, TimeZone};

use crate::session::time::{Moment, signed_ms};

/// Something that can be asked for the time.
pub trait Clock: std::fmt::Debug {
    /// The moment that it is now.
    fn now(&self) -> Moment;

    /// The clock of a session that begins now; the wall shows the same on both.
    fn anew(&self) -> Box<dyn Clock>;

    /// How long somebody outside has to wait until this clock has gone on by `time`.
    fn real(&self, time: Duration) -> Duration {
        time
    }
}

/// The system's clocks.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    start: Instant,
    /// What the monotonic clock showed at the start.
    from: Duration,
}

impl SystemClock {
    /// A clock whose monotonic time begins now.
    #[must_use]
    pub fn new() -> Self {
        Self {
            start: Instant::now(),
            from: Duration::ZERO,
        }
    }

    /// A clock whose monotonic time goes on from the last moment of a session that was cut off.
    #[must_use]
    pub fn after(last: Moment) -> Self {
        Self {
            start: Instant::now(),
            from: last.mono,
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let wall = wall();
        Moment {
            mono: whole_ms(self.from.saturating_add(self.start.elapsed())),
            wall,
            offset: offset_at(wall),
        }
    }

    fn anew(&self) -> Box<dyn Clock> {
        Box::new(Self::new())
    }
}

/// A clock for rehearsals: time passes `speed` times as fast, on both clocks alike.
#[derive(Clone, Copy, Debug)]
pub struct FastClock {
    start: Instant,
    at: Moment,
    speed: u32,
}

impl FastClock {
    /// A clock that starts now, this many times as fast.
    #[must_use]
    pub fn new(speed: u32) -> Self {
        let system = SystemClock::new();
        Self {
            start: system.start,
            at: system.now(),
            speed,
        }
    }
}

impl Clock for FastClock {
    fn now(&self) -> Moment {
        let passed = self.start.elapsed().saturating_mul(self.speed);
        self.at.later(whole_ms(passed))
    }

    fn anew(&self) -> Box<dyn Clock> {
        Box::new(*self)
    }

    fn real(&self, time: Duration) -> Duration {
        time / self.speed.max(1)
    }
}

/// A clock that stands still until somebody moves it. Its clones are the same clock.
#[derive(Clone, Debug)]
pub struct TestClock(Rc<Cell<Moment>>);

impl TestClock {
    /// A clock that shows `at`.
    #[must_use]
    pub fn new(at: Moment) -> Self {
        Self(Rc::new(Cell::new(at)))
    }

    /// Shows `at` from now on.
    pub fn set(&self, at: Moment) {
        self.0.set(at);
    }

    /// Moves both clocks on.
    pub fn pass(&self, by: Duration) {
        self.0.set(self.0.get().later(by));
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        self.0.get()
    }

    fn anew(&self) -> Box<dyn Clock> {
        Box::new(self.clone())
    }
}

/// The log holds whole milliseconds; a moment that is finer would replay to another state than it lived.
fn whole_ms(duration: Duration) -> Duration {
    Duration::from_millis(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
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

/// The moment at which clocks here show this day and time, in milliseconds since 1970 UTC; `local` is what they would
/// show in UTC. In the hour in which clocks are put forward or back it is one of the two moments that can be meant.
#[must_use]
pub fn wall_of_local(local: i64) -> i64 {
    let back = |at: i64| local.saturating_sub(i64::from(offset_at(at)).saturating_mul(1000));
    // The offset of that day, and not of today, is what counts: twice, as the first guess may lie on the other side.
    let guess = back(local);
    back(guess)
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
    };

    #[test]
    fn a_time_of_another_day_is_told_with_the_offset_of_that_day() {
        // Every six hours of a year, and the ends of what there is.
        let year = (0..1_460).map(|n| 1_767_225_600_000 + n * 21_600_000);
        let (mut off, mut all) = (0, 0);
        for local in year {
            let wall = wall_of_local(local);
            off += i32::from(wall + i64::from(offset_at(wall)) * 1000 != local);
            all += 1;
        }
        // Only an hour that a day does not have can't be had.
        assert!(off <= 1 && all == 1_460, "{off}");
        for end in [i64::MIN, 0, i64::MAX] {
            let _ = wall_of_local(end);
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
