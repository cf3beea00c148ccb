//! Presses told apart from the repeats of a key that is held down, by when they arrived, where the terminal does not
//! say it.
//!
//! A held key comes once, then nothing for a fifth of a second to two, then 11 to 40 times a second until it is let
//! go (macOS has 90 ms between two, most others about 30). What tells it is that it goes on. So a second press of the
//! same key, after about as long as the first repeat would come, waits a moment to see whether it does.

use std::time::Duration;

use super::key::{Key, Press, PressKind};
use super::key_table::{Action, Context, table};

/// Keys that come as near to each other as this came together: after a stall, or in one write.
const TOGETHER: Duration = Duration::from_millis(8);
/// The longest time between two repeats, with some unrest of the line.
const REPEATS: Duration = Duration::from_millis(110);
/// The shortest and the longest time until the first repeat.
const FIRST: (Duration, Duration) = (Duration::from_millis(180), Duration::from_secs(2));
/// How long something waits to see whether it goes on.
const DOUBT: Duration = Duration::from_millis(120);

fn may_be_first(gap: Duration) -> bool {
    (FIRST.0..=FIRST.1).contains(&gap)
}

/// What a press does wherever it has a meaning that protects people.
pub(crate) fn protects(press: Press, contexts: &[Context]) -> Option<(Action, Key)> {
    let meanings = press.meanings();
    let found =
        meanings.flat_map(|key| contexts.iter().map(move |at| (table().find(key, *at), key)));
    found
        .filter_map(|(does, key)| Some((does?, key)))
        .find(|(does, _)| {
            matches!(
                does,
                Action::Stop | Action::Card | Action::QuickExit | Action::Interrupt
            )
        })
}

/// All keys but the quick exit's: no repeat goes on, answers, passes or ends.
#[derive(Debug, Default)]
pub(crate) struct Holds {
    last: Option<(Key, Duration)>,
    /// A press that may be a first repeat.
    doubt: Option<(Press, Duration)>,
}

impl Holds {
    /// A key came at this moment; answers what is known now.
    pub(crate) fn take(&mut self, press: Press, at: Duration) -> Vec<Press> {
        let before = self.last.replace((press.key, at));
        let gap = before
            .filter(|(key, _)| *key == press.key)
            .map(|(_, then)| at.saturating_sub(then));
        let protects = protects(press, &[Context::Keys, Context::Typing]).map(|(does, _)| does);
        match (press.kind, gap) {
            // Who leaves in a stall pressed it twice.
            (PressKind::Untold, Some(gap))
                if gap <= TOGETHER && protects == Some(Action::Interrupt) =>
            {
                self.all(press)
            }
            (PressKind::Untold, Some(gap)) if gap <= REPEATS => {
                let first = self.doubt.take().map(|(first, _)| first.again());
                first.into_iter().chain([press.again()]).collect()
            }
            // What stops, or shows the numbers, waits for nothing.
            (PressKind::Untold, Some(gap))
                if may_be_first(gap) && matches!(protects, None | Some(Action::Interrupt)) =>
            {
                let before = self.settle();
                self.doubt = Some((press, at));
                before
            }
            (_, _) => self.all(press),
        }
    }

    fn all(&mut self, press: Press) -> Vec<Press> {
        let mut all = self.settle();
        all.push(press);
        all
    }

    /// How much longer something is in doubt.
    pub(crate) fn patience(&self, now: Duration) -> Option<Duration> {
        let (_, since) = self.doubt.as_ref()?;
        Some(DOUBT.saturating_sub(now.saturating_sub(*since)))
    }

    /// What was in doubt was pressed.
    pub(crate) fn settle(&mut self) -> Vec<Press> {
        self.doubt
            .take()
            .map(|(press, _)| press)
            .into_iter()
            .collect()
    }
}

/// How many strokes the quick exit takes, and within what time (content.md 4.7).
const STROKES: usize = 3;
const WITHIN: Duration = Duration::from_secs(5);
/// After so many repeats a key is held; fewer count, because to stay costs more than to leave by accident.
const GOES_ON: usize = 3;

/// The strokes of the quick exit: three within five seconds, so that nobody is gone by accident.
#[derive(Debug, Default)]
pub(crate) struct Strokes {
    counted: Vec<Duration>,
    last: Option<Duration>,
    /// Whether the last one that counted may have been a first repeat.
    may_repeat: bool,
    /// What may be repeats.
    doubt: Vec<Duration>,
    /// Whether the key is held down.
    held: bool,
}

impl Strokes {
    /// One more at this moment; answers how many are still needed, where that is known.
    pub(crate) fn take(&mut self, kind: PressKind, at: Duration) -> Option<u8> {
        let gap = self.last.replace(at).map(|then| at.saturating_sub(then));
        let gap = match kind {
            PressKind::Again => return None,
            PressKind::Press => None,
            PressKind::Untold => gap,
        };
        match gap {
            Some(gap) if gap <= REPEATS && self.held => None,
            Some(gap) if gap <= REPEATS && gap > TOGETHER && self.may_repeat => {
                self.doubt.push(at);
                if self.doubt.len() < GOES_ON {
                    return None;
                }
                // It goes on: what seemed to be a stroke of its own was the first repeat.
                self.doubt.clear();
                self.held = true;
                self.counted.pop();
                Some(self.left())
            }
            gap => {
                self.settle();
                if gap.is_none_or(|gap| gap > REPEATS) {
                    self.held = false;
                    self.may_repeat = gap.is_some_and(may_be_first);
                }
                self.count(at);
                Some(self.left())
            }
        }
    }

    fn count(&mut self, at: Duration) {
        self.counted
            .retain(|then| at.saturating_sub(*then) <= WITHIN);
        self.counted.push(at);
    }

    fn left(&self) -> u8 {
        u8::try_from(STROKES.saturating_sub(self.counted.len())).unwrap_or(0)
    }

    /// How much longer something is in doubt.
    pub(crate) fn patience(&self, now: Duration) -> Option<Duration> {
        let since = self.doubt.last()?;
        Some(DOUBT.saturating_sub(now.saturating_sub(*since)))
    }

    /// What was in doubt did not go on: it counts.
    pub(crate) fn settle(&mut self) -> Option<u8> {
        if self.doubt.is_empty() {
            return None;
        }
        for at in std::mem::take(&mut self.doubt) {
            self.count(at);
        }
        Some(self.left())
    }
}

#[cfg(test)]
#[path = "held_tests.rs"]
mod tests;
