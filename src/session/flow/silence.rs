//! A long silence in a turn: whoever listens is told once that it may be so, without a clock of it anywhere
//! (content.md T2.3).

use crate::script::{CardLine, Rung, Who};
use crate::session::Session;
use crate::session::state::{Notice, State};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

/// After so much of a turn on one screen, in milliseconds.
const LONG: i64 = 180_000;

impl Session {
    /// Notes that a screen of a turn has just come.
    pub(in crate::session) fn note_quiet(&mut self, now: Moment) {
        let left = self.walk.clock.left(now);
        if let Some(turn) = &mut self.walk.turn {
            turn.quiet_from = left;
        }
    }

    /// What is left of a turn when a silence on this screen is long; `None` where nobody listens, where a bell
    /// changes over by itself, or where what a bell has just said stands there.
    pub(in crate::session) fn long_at(&self) -> Option<i64> {
        let turn = self.walk.turn.as_ref()?;
        let listened = self.state == State::Walking && !self.is_alone() && !self.moves_on();
        let free = matches!(
            self.notice,
            None | Some(Notice::TurnIs { .. } | Notice::Added { .. } | Notice::NoMore)
        );
        let at = turn.quiet_from.saturating_sub(LONG);
        (listened && free && at > 0).then_some(at)
    }

    /// The words for whoever listens in a long silence.
    pub(in crate::session) fn long_silence(&self, now: Moment) -> Option<SafeText> {
        let at = self.long_at()?;
        let left = self.walk.clock.left(now);
        if left > at || left <= 0 || !self.clock_runs() {
            return None;
        }
        if let Some(own) = &self.script.sentences.silence {
            return (!own.is_empty()).then(|| self.render(own, self.holder_here()));
        }
        let holder = self.holder_here().unwrap_or(Who(0));
        // What somebody wishes for in a silence holds, and nothing else is said about it.
        if let Some(wish) = self.card_says(holder, CardLine::Silence) {
            return Some(wish);
        }
        let silent = self.rung_of(holder) == Rung::Silent;
        let w = &words().session;
        let text = if silent {
            &w.long_silence
        } else {
            &w.long_silence_speak
        };
        let others = self.others(holder);
        Some(fill(text, &[("other", others.as_str())]))
    }
}
