//! The line to one other program.
//!
//! What carries it promises order within one connection and nothing else. So every message has a number and is kept
//! until the other program, which has put it on its disk or shown it, says so; after a break both say how much they have, and
//! the rest is said again. And whether anybody is there is known only by what is heard: each says something every few
//! seconds, and both judge silence by the same rule.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::message::{MOST_BYTES, Message};

/// After so long without a word of its own, a program says that it is there.
pub(crate) const BEAT: Duration = Duration::from_secs(5);
/// After so long without a word from the other, a quiet sign tells.
pub(crate) const QUIET: Duration = Duration::from_secs(8);
/// After so long the line counts as dropped, on both sides.
pub(crate) const DROPPED: Duration = Duration::from_secs(20);
/// What says nothing but that somebody is there.
const HERE: &str = ".";
/// The most messages that wait for an acknowledgement.
const MOST_KEPT: usize = 4_096;
/// Where nothing is to be said, nobody has to wake for it.
const A_DAY: Duration = Duration::from_secs(86_400);
/// A program that was killed comes anew; not more often than this.
const ANEW: Duration = Duration::from_secs(1);
/// The most that is heard in a row that makes no sense, before the line is given up.
const MOST_STRANGE: u32 = 64;

/// Whether the other program is heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Hearing {
    /// It is.
    #[default]
    Clear,
    /// Not for a while; nobody has to do anything yet.
    Quiet,
    /// Not for so long that nobody's time is to go by. Since this moment of the monotonic clock.
    Dropped {
        /// When it was last heard.
        since: Duration,
    },
}

/// The line can't be used any more: what came over it is no conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct LineBroken;

/// One line of it.
#[derive(Serialize, Deserialize, Default, Debug)]
#[serde(deny_unknown_fields)]
struct Frame {
    /// The number of the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<u64>,
    /// The message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    m: Option<Message>,
    /// Up to which number the other's messages have been taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    a: Option<u64>,
    /// Wants to hear again what is behind that number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    again: bool,
    /// The other has not been heard for too long.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    deaf: bool,
    /// The program there knows of no line before this one, which it calls by this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    new: Option<u64>,
    /// The answer to that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    met: Option<u64>,
}

/// The line to one other program.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The number of the last message that was said here.
    sent: u64,
    /// What the other has not acknowledged, with its number.
    kept: VecDeque<(u64, Message)>,
    /// From which number on it is to be said, or said again. However often that is asked for, it stands here once.
    unsaid: u64,
    /// Up to which number the other's messages were taken here.
    had: u64,
    /// Up to which number that was said.
    told: u64,
    heard: Duration,
    said: Duration,
    /// What waited when the last beat was due.
    waited: u64,
    /// What is said next.
    out: VecDeque<String>,
    hearing: Hearing,
    /// Whether nobody is there any more to whom anything could be said.
    gone: bool,
    /// Whether the other says that it does not hear us.
    unheard: bool,
    strange: u32,
    /// What was had when what is missing was asked for; once for each gap, until the next beat.
    asked: Option<u64>,
    /// By which number the program here begins anew, until the other has met it: it had a line before, of which it knows
    /// nothing.
    new: Option<u64>,
    /// By which number the other began anew last, and when.
    met: Option<(u64, Duration)>,
    /// Whether the other began anew and nobody has looked.
    anew: bool,
}

impl Line {
    /// A line to a program that is there now.
    #[must_use]
    pub(crate) fn new(now: Duration) -> Self {
        Self {
            sent: 0,
            kept: VecDeque::new(),
            unsaid: 0,
            had: 0,
            told: 0,
            heard: now,
            said: now,
            waited: 0,
            out: VecDeque::new(),
            hearing: Hearing::Clear,
            gone: false,
            unheard: false,
            strange: 0,
            asked: None,
            new: None,
            met: None,
            anew: false,
        }
    }

    /// A line to a program that had one to an earlier run of this program. `run` is a number of this run alone. What is
    /// said waits until the other has met it.
    #[must_use]
    pub(crate) fn anew(now: Duration, run: u64) -> Self {
        let mut line = Self::new(now);
        (line.new, line.hearing) = (Some(run), Hearing::Dropped { since: now });
        line.ask_again();
        line
    }

    /// Whether the other began anew since this was asked last: it knows nothing of what was said before.
    pub(crate) fn take_anew(&mut self) -> bool {
        std::mem::take(&mut self.anew)
    }

    /// Says a message; it is kept until the other has it.
    pub(crate) fn say(&mut self, message: Message) {
        self.sent += 1;
        self.kept.push_back((self.sent, message));
    }

    /// Whether a message waits to be said. Until the other has met this run, none is.
    fn has_unsaid(&self) -> bool {
        let last = self.kept.back();
        self.new.is_none() && last.is_some_and(|(n, _)| *n >= self.unsaid)
    }

    /// What is to be acknowledged with the next word, where that was not said.
    fn ack(&mut self) -> Option<u64> {
        let new = self.told != self.had;
        self.told = self.had;
        new.then_some(self.had)
    }

    fn push(&mut self, frame: Frame) {
        // Whatever is said while nothing is heard says that, too: else the other took it that all is well.
        let deaf = self.is_deaf();
        if let Ok(text) = serde_json::to_string(&Frame { deaf, ..frame }) {
            self.out.push_back(text);
        }
    }

    /// Whether the other is not heard, and may not know.
    fn is_deaf(&self) -> bool {
        let dropped = matches!(self.hearing, Hearing::Dropped { .. });
        dropped && !self.unheard && self.new.is_none()
    }

    /// Takes what came; answers the messages that are new, in their order. Acknowledged they are by the next lines that
    /// are taken from here, and those are to be sent only when what was heard is on the disk.
    ///
    /// # Errors
    /// It was no conversation.
    pub(crate) fn hear(
        &mut self,
        text: &str,
        now: Duration,
    ) -> Result<Option<Message>, LineBroken> {
        if text == HERE {
            if self.new.is_none() {
                self.was_heard(now, false);
            }
            return Ok(None);
        }
        let short = (text.len() <= MOST_BYTES).then_some(text);
        let Some(frame) = short.and_then(|text| serde_json::from_str::<Frame>(text).ok()) else {
            return self.strange().map(|()| None);
        };
        if let Some(run) = frame.new {
            self.meet(run, now);
            return Ok(None);
        }
        if self.is_full() {
            // Whoever takes nothing is not listened to, or what answers them would wait here without an end.
            return Err(LineBroken);
        }
        if self.new.is_some() {
            // Until it has met this run, what it says belongs to another line.
            if frame.met == self.new {
                self.new = None;
                self.was_heard(now, false);
                self.say_again();
            }
            return Ok(None);
        }
        if frame.a.is_some_and(|had| had > self.sent) {
            // Nobody has what was never said.
            return Err(LineBroken);
        }
        self.was_heard(now, frame.deaf);
        if let Some(had) = frame.a {
            self.kept.retain(|(n, _)| *n > had);
        }
        if frame.again {
            self.say_again();
        }
        match (frame.n, frame.m) {
            (Some(n), Some(message)) if n == self.had + 1 => {
                self.had = n;
                self.strange = 0;
                Ok(Some(message))
            }
            (Some(n), Some(_)) if n <= self.had => {
                // It was said twice; the other may not know that it was heard.
                self.told = 0;
                Ok(None)
            }
            (Some(_), Some(_)) => {
                // One before it is missing.
                self.ask_again();
                Ok(None)
            }
            (None, None) => Ok(None),
            (Some(_), None) | (None, Some(_)) => self.strange().map(|()| None),
        }
    }

    /// The other begins anew: so does this end, and what it had not heard is said by whoever knows what it needs now.
    fn meet(&mut self, run: u64, now: Duration) {
        if self.met.is_none_or(|(known, _)| known != run) {
            if (self.met).is_some_and(|(_, at)| now.saturating_sub(at) < ANEW) {
                return;
            }
            self.met = Some((run, now));
            (self.had, self.told, self.anew) = (0, 0, true);
            self.out.clear();
            if self.new.is_some() {
                self.ask_again();
            } else {
                (self.sent, self.unsaid, self.waited, self.asked) = (0, 0, 0, None);
                self.kept.clear();
            }
        }
        if self.new.is_none() {
            self.was_heard(now, false);
        }
        self.push(Frame {
            met: Some(run),
            ..Frame::default()
        });
    }

    /// Something came that makes no sense: what it was to be may be said again.
    fn strange(&mut self) -> Result<(), LineBroken> {
        self.strange += 1;
        if self.strange > MOST_STRANGE {
            return Err(LineBroken);
        }
        if self.new.is_none() {
            self.ask_again();
        }
        Ok(())
    }

    fn ask_again(&mut self) {
        if self.new.is_some() {
            return self.push(Frame {
                new: self.new,
                ..Frame::default()
            });
        }
        if self.asked.replace(self.had) == Some(self.had) {
            return;
        }
        self.told = self.had;
        let frame = Frame {
            a: Some(self.had),
            again: true,
            ..Frame::default()
        };
        self.push(frame);
    }

    /// Everything that the other has not acknowledged, once more.
    fn say_again(&mut self) {
        self.unsaid = 0;
    }

    fn was_heard(&mut self, now: Duration, deaf: bool) {
        self.gone = false;
        self.unheard = deaf;
        if deaf {
            // It does not hear us: for both of us the line has dropped, and both try.
            if !matches!(self.hearing, Hearing::Dropped { .. }) {
                self.hearing = Hearing::Dropped { since: self.heard };
            }
            self.heard = now;
            self.ask_again();
            return;
        }
        self.heard = now;
        self.hearing = Hearing::Clear;
    }

    /// The way under the line is there again, or is a new one: both say how much they have.
    pub(crate) fn is_back(&mut self) {
        self.gone = false;
        self.out.clear();
        self.asked = None;
        self.ask_again();
        self.say_again();
    }

    /// Whether so much waits for the other that nothing more can.
    fn is_full(&self) -> bool {
        self.kept.len() > MOST_KEPT || self.out.len() > MOST_KEPT
    }

    /// Looks at the clock.
    ///
    /// # Errors
    /// The other takes nothing for so long that nothing more can wait for it.
    pub(crate) fn look(&mut self, now: Duration) -> Result<(), LineBroken> {
        if self.is_full() {
            return Err(LineBroken);
        }
        let silent = now.saturating_sub(self.heard);
        self.hearing = match self.hearing {
            Hearing::Dropped { since } => Hearing::Dropped { since },
            Hearing::Clear | Hearing::Quiet if silent >= DROPPED => {
                Hearing::Dropped { since: self.heard }
            }
            Hearing::Clear | Hearing::Quiet if silent >= QUIET => Hearing::Quiet,
            Hearing::Clear | Hearing::Quiet => Hearing::Clear,
        };
        if now.saturating_sub(self.said) >= BEAT && self.out.is_empty() && !self.has_unsaid() {
            self.beat();
        }
        Ok(())
    }

    /// Says that somebody is here; where something waits since the last time, it asks what has come of it.
    fn beat(&mut self) {
        self.asked = None;
        if self.new.is_some() {
            return self.ask_again();
        }
        let deaf = self.is_deaf();
        let oldest = self.kept.front().map_or(0, |(n, _)| *n);
        let waits = oldest != 0 && oldest == self.waited;
        self.waited = oldest;
        if !deaf && !waits && self.told == self.had {
            self.out.push_back(HERE.to_owned());
            return;
        }
        self.told = self.had;
        let frame = Frame {
            a: Some(self.had),
            again: deaf || waits,
            ..Frame::default()
        };
        self.push(frame);
        if waits || deaf {
            self.say_again();
        }
    }

    /// The lines that are to be sent now.
    pub(crate) fn take(&mut self, now: Duration) -> Vec<String> {
        if self.gone {
            // Whoever comes by the same number knows nothing of this line.
            self.out.clear();
            self.unsaid = self.sent + 1;
            return Vec::new();
        }
        if self.has_unsaid() {
            let first = std::mem::replace(&mut self.unsaid, self.sent + 1);
            let unsaid = self.kept.iter().skip_while(|(n, _)| *n < first);
            let unsaid: Vec<(u64, Message)> = unsaid.cloned().collect();
            for (n, message) in unsaid {
                let a = self.ack();
                self.push(Frame {
                    n: Some(n),
                    a,
                    m: Some(message),
                    ..Frame::default()
                });
            }
        }
        if let Some(a) = self.ack() {
            let frame = Frame {
                a: Some(a),
                ..Frame::default()
            };
            self.push(frame);
        }
        if !self.out.is_empty() {
            self.said = now;
        }
        self.out.drain(..).collect()
    }

    /// The other is not there any more: nobody waits until that is noticed.
    pub(crate) fn give_up(&mut self) {
        self.gone = true;
        if !matches!(self.hearing, Hearing::Dropped { .. }) {
            self.hearing = Hearing::Dropped { since: self.heard };
        }
    }

    /// From now on another clock counts, which shows this.
    pub(crate) fn at(&mut self, now: Duration) {
        (self.heard, self.said) = (now, now);
    }

    /// Whether the other is heard.
    #[must_use]
    pub(crate) fn hearing(&self) -> Hearing {
        self.hearing
    }

    #[cfg(test)]
    /// Whether the other has taken all that was said.
    #[must_use]
    pub(crate) fn is_told(&self) -> bool {
        self.kept.is_empty()
    }

    /// How long until something is to be said or told.
    #[must_use]
    pub(crate) fn next_wake(&self, now: Duration) -> Duration {
        if self.gone {
            return A_DAY;
        }
        if !self.out.is_empty() || self.has_unsaid() {
            return Duration::ZERO;
        }
        let sign = match self.hearing {
            Hearing::Clear => self.heard + QUIET,
            Hearing::Quiet => self.heard + DROPPED,
            Hearing::Dropped { .. } => Duration::MAX,
        };
        (self.said + BEAT).min(sign).saturating_sub(now)
    }
}

#[cfg(test)]
#[path = "tests/line.rs"]
mod tests;
