//! When the soft bell sounds: its strokes one after the other, and once more where nobody seems to have heard the end.
//!
//! A value that is told bells, keys and the time; it makes no sound itself.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use crate::app::bell_program;
use crate::session::intent::BellRing;
use crate::settings::{self, Settings};
use crate::storage::Cause;
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

/// From stroke to stroke. Terminals take bells that follow each other faster for one.
const PAUSE: Duration = Duration::from_millis(700);
/// How long nobody presses a key before the end of something is rung a second time, and never a third.
const AGAIN: Duration = Duration::from_secs(30);

/// What a bell is heard as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tone {
    /// Something to know: a warning, or a rest that is over.
    Warning,
    /// The last one, which is another: it is time to land, or the time is over.
    End,
}

impl Tone {
    fn of(bell: BellRing) -> Self {
        match bell {
            BellRing::Warning | BellRing::Rest => Self::Warning,
            BellRing::Landing | BellRing::Over => Self::End,
        }
    }
}

/// The strokes that are still to come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct BellSchedule {
    on: bool,
    /// How many strokes a warning has; the end has one more. A program that was chosen is begun once.
    strokes: u8,
    rings_once: bool,
    due: VecDeque<(Duration, Tone)>,
    again: Option<Duration>,
}

impl BellSchedule {
    /// As it was set.
    pub(super) fn new(bell: &settings::BellSound) -> Self {
        let (strokes, rings_once) = match bell {
            settings::BellSound::Off | settings::BellSound::Terminal => (1, false),
            settings::BellSound::Double => (2, false),
            settings::BellSound::Command { .. } => (1, true),
        };
        Self {
            on: *bell != settings::BellSound::Off,
            strokes,
            rings_once,
            due: VecDeque::new(),
            again: None,
        }
    }

    /// Switches it off or on; answers whether it is on now.
    pub(super) fn switch(&mut self) -> bool {
        self.on = !self.on;
        self.silence();
        self.on
    }

    /// A bell rings at `now`, by the monotonic clock.
    pub(super) fn ring(&mut self, bell: BellRing, now: Duration) {
        let tone = Tone::of(bell);
        self.again = (tone == Tone::End).then(|| now + AGAIN);
        self.begin(tone, now);
    }

    fn begin(&mut self, tone: Tone, now: Duration) {
        let strokes = match tone {
            _ if self.rings_once => 1,
            Tone::Warning => self.strokes,
            Tone::End => self.strokes.saturating_add(1),
        };
        // One thing is told at a time: what rang before is not finished after it.
        self.due = (0..u32::from(strokes))
            .map(|nth| (now + PAUSE * nth, tone))
            .collect();
        if !self.on {
            self.silence();
        }
    }

    /// Somebody pressed a key: they are there, and need no second bell.
    pub(super) fn touched(&mut self) {
        self.again = None;
    }

    /// Nothing more is heard of what rang.
    pub(super) fn silence(&mut self) {
        self.due.clear();
        self.again = None;
    }

    /// The stroke that is to be heard now. `quiet`: what is on the screen is to be left in peace.
    pub(super) fn take(&mut self, now: Duration, quiet: bool) -> Option<Tone> {
        if self.again.is_some_and(|at| at <= now) {
            self.again = None;
            if !quiet {
                self.begin(Tone::End, now);
            }
        }
        let mut heard = None;
        // Strokes that are late are one.
        while let Some((at, tone)) = self.due.front().copied()
            && at <= now
        {
            heard = Some(tone);
            self.due.pop_front();
        }
        heard
    }

    /// How long until there is something to hear.
    pub(super) fn next(&self, now: Duration) -> Option<Duration> {
        let due = self.due.front().map(|(at, _)| *at);
        let next = due.into_iter().chain(self.again).min();
        next.map(|at| at.saturating_sub(now))
    }
}

/// What is wrong with the programs that were set for the bell; none of them is run for that.
#[must_use]
pub(crate) fn bell_problems(settings: &Settings) -> Vec<SafeText> {
    let settings::BellSound::Command { warning, end } = &settings.bell else {
        return Vec::new();
    };
    let both = [warning, end];
    let different = both
        .iter()
        .take(if warning.first() == end.first() { 1 } else { 2 });
    let named = different.filter_map(|command| Some((command, command.first()?)));
    let tried = named.filter_map(|(command, program)| {
        let why = bell_program::can_run(program).err()?;
        Some(not_run(command, &why))
    });
    tried.collect()
}

/// That a bell's program can't be run, and what is heard instead.
pub(super) fn not_run(command: &[String], why: &io::Error) -> SafeText {
    let name = SafeText::short(command.first().map_or("", String::as_str), 60);
    let cause = Cause::of(why);
    let (cause, next) = (cause.is(), cause.next());
    let values = [
        ("name", name.as_str()),
        ("cause", cause.as_str()),
        ("next", next.as_str()),
    ];
    fill(&words().settings.bell_not_run, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(100_000);

    /// What is heard from now on, and when, where nobody does anything.
    fn heard(bells: &mut BellSchedule, mut now: Duration, quiet: bool) -> Vec<(u128, Tone)> {
        let mut heard = Vec::new();
        while let Some(wait) = bells.next(now) {
            now += wait;
            heard.extend(bells.take(now, quiet).map(|tone| (now.as_millis(), tone)));
            assert!(now < LONG && heard.len() < 20, "it rings for ever");
        }
        heard
    }

    fn of(bell: &settings::BellSound, rings: BellRing) -> Vec<(u128, Tone)> {
        let mut bells = BellSchedule::new(bell);
        bells.ring(rings, Duration::ZERO);
        heard(&mut bells, Duration::ZERO, false)
    }

    #[test]
    fn a_warning_is_heard_once_and_the_end_is_another_tone_that_comes_once_more() {
        use Tone::{End, Warning};
        for warning in [BellRing::Warning, BellRing::Rest] {
            assert_eq!(of(&settings::BellSound::Terminal, warning), [(0, Warning)]);
            let double = of(&settings::BellSound::Double, warning);
            assert_eq!(double, [(0, Warning), (700, Warning)]);
        }
        let end = of(&settings::BellSound::Terminal, BellRing::Over);
        assert_eq!(
            end,
            [(0, End), (700, End), (30_000, End), (30_700, End)],
            "and never a third time"
        );
        assert_eq!(of(&settings::BellSound::Double, BellRing::Landing).len(), 6);
        let command = settings::BellSound::command(vec!["play".to_owned()]);
        assert_eq!(of(&command, BellRing::Warning), [(0, Warning)]);
        assert_eq!(of(&command, BellRing::Over), [(0, End), (30_000, End)]);
        for bell in [
            BellRing::Warning,
            BellRing::Landing,
            BellRing::Over,
            BellRing::Rest,
        ] {
            assert_eq!(of(&settings::BellSound::Off, bell), []);
        }
    }

    #[test]
    fn a_key_or_a_quiet_screen_keeps_the_second_time_away() {
        let second = Duration::from_secs(1);
        for quiet in [false, true] {
            let mut bells = BellSchedule::new(&settings::BellSound::Terminal);
            bells.ring(BellRing::Over, Duration::ZERO);
            assert_eq!(bells.take(second, quiet), Some(Tone::End));
            if !quiet {
                bells.touched();
            }
            assert_eq!(heard(&mut bells, second, quiet), []);
        }
    }

    #[test]
    fn switched_off_it_is_silent_at_once_and_what_was_missed_is_not_rung_later() {
        let mut bells = BellSchedule::new(&settings::BellSound::Double);
        bells.ring(BellRing::Over, Duration::ZERO);
        assert!(!bells.switch());
        bells.ring(BellRing::Warning, Duration::ZERO);
        assert!(bells.switch());
        assert_eq!(heard(&mut bells, Duration::ZERO, false), []);
        let mut off = BellSchedule::new(&settings::BellSound::Off);
        assert!(off.switch());
        off.ring(BellRing::Warning, Duration::ZERO);
        assert_eq!(heard(&mut off, Duration::ZERO, false).len(), 1);
    }
}
