//! What the session has to say beside its step: what just happened, and what running over costs.

use crate::script::{Depth, Text, Who};
use crate::session::Session;
use crate::session::length_words::{clock_words, later_words, minutes_word};
use crate::session::plan::ActKind;
use crate::session::scene::Scene;
use crate::session::state::{Notice, PassedAs};
use crate::session::view::clock::{TURN_IS_MS, past_from};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::{Moment, signed_ms};

impl Session {
    /// What is said beside a scene that has nothing to say itself.
    pub(in crate::session) fn said_beside(&self, scene: &Scene, now: Moment) -> Option<SafeText> {
        // Beside quiet words for the others there is no room to say that nothing was chosen.
        let bare = self.notice == Some(Notice::Passed(PassedAs::Nothing));
        let notice = self
            .notice(now)
            .filter(|_| !bare || scene.whispers.is_empty());
        let long = self.long_silence(now);
        // On the first screen of a turn what is wished for in a silence stands there already.
        let said = |words: &SafeText| scene.whispers.iter().any(|line| line.words == *words);
        let notice = long.filter(|words| !said(words)).or(notice);
        let notice = notice.or_else(|| self.landing_waits());
        notice.or_else(|| self.aloud_words(scene))
    }

    /// The landing has begun, and what was asked before stays until it is answered.
    fn landing_waits(&self) -> Option<SafeText> {
        let turn = self.walk.turn.as_ref()?;
        let own = &self.script.sentences.landing;
        let says = self.own_or(own, words().session.landing_begins);
        says.filter(|_| turn.landing_waits)
    }

    /// A sentence in the script's words, where it has some; nothing where it leaves it out.
    fn own_or(&self, own: &Option<Text>, usual: &str) -> Option<SafeText> {
        let Some(own) = own else {
            return Some(SafeText::new(usual));
        };
        (!own.is_empty()).then(|| self.render(own, self.holder_here()))
    }

    pub(in crate::session) fn notice(&self, now: Moment) -> Option<SafeText> {
        let w = &words().session;
        let notice = self.notice.as_ref()?;
        let holder = self.holder_here().unwrap_or(Who(0));
        let alone = self.is_alone();
        let others = self.others(holder);
        let own = &self.script.sentences;
        Some(match notice {
            // Its minute is over: another number stands on the clock.
            Notice::Warning { minutes } if self.is_past(*minutes, now) => return None,
            Notice::Warning { minutes } => {
                let left = minutes_word(u64::from(*minutes));
                // In time that is everybody's, and in groups, nobody has the others to tell it to.
                let shared = self.holder_here().is_none() || !self.groups_here().is_empty();
                let words = match alone || shared {
                    true => &w.warning_alone,
                    false => &w.warning,
                };
                fill(
                    words,
                    &[("minutes", left.as_str()), ("other", others.as_str())],
                )
            }
            Notice::Landing => return self.own_or(&own.landing, w.landing_begins),
            Notice::RestOver => SafeText::new(w.rest_over),
            Notice::OpenSign => return self.own_or(&own.sign, w.open_sign),
            Notice::Over if alone => return self.own_or(&own.over, w.over_alone),
            Notice::Over => return self.own_or(&own.over, w.over),
            Notice::Passed(passed) => self.passed_words(*passed),
            Notice::HighNumber => SafeText::new(w.high_number),
            Notice::Shorter => fill(
                &w.follows_shorter,
                &[
                    ("title", self.script.title.as_str()),
                    ("time", &self.ends(now).at.to_string()),
                ],
            ),
            Notice::NoMore => SafeText::new(w.no_more),
            Notice::Groups { groups, minutes } => return self.groups_notice(groups, *minutes, now),
            Notice::Added { minutes } => {
                let added = minutes_word(u64::from(*minutes));
                fill(&w.added, &[("minutes", added.as_str())])
            }
            Notice::Tossed { who } => fill(&w.tossed, &[("name", self.name(*who).as_str())]),
            Notice::Drawn { who } => fill(&w.drawn, &[("name", self.name(*who).as_str())]),
            Notice::LineChanged if self.is_alone() => SafeText::new(w.line_changed_alone),
            Notice::LineChanged => SafeText::new(w.line_changed),
            Notice::TurnsNow { length } => {
                fill(&w.turns_now, &[("time", clock_words(*length).as_str())])
            }
            // It is for the beginning: after a quiet minute what is still to be said has the room.
            Notice::TurnIs { length, .. }
                if self.walk.clock.left(now) <= signed_ms(*length) - TURN_IS_MS =>
            {
                return None;
            }
            Notice::TurnIs { who, length, same } => {
                let time = clock_words(*length);
                let (name, others) = (self.name(*who), self.others(*who));
                let words = match (alone, self.one_sided() || !same) {
                    (true, _) => &w.turn_is_alone,
                    (false, true) => &w.turn_is_one,
                    (false, false) => &w.turn_is,
                };
                fill(
                    words,
                    &[
                        ("name", name.as_str()),
                        ("time", time.as_str()),
                        ("other", others.as_str()),
                    ],
                )
            }
        })
    }

    /// What a pass did, in half a line.
    fn passed_words(&self, passed: PassedAs) -> SafeText {
        let w = &words().session;
        match passed {
            PassedAs::Nothing | PassedAs::Ceiling(Depth::Know) => SafeText::new(w.passed),
            PassedAs::Ceiling(Depth::Notice) => SafeText::new(w.passed_notice),
            PassedAs::Ceiling(Depth::Meet) => SafeText::new(w.passed_meet),
            PassedAs::Company(rung) => {
                let rung = self.rung_word(rung);
                fill(&w.passed_company, &[("rung", rung.as_str())])
            }
            PassedAs::NoSigns => SafeText::new(w.passed_signs),
            PassedAs::First(who) => {
                let name = self.name(who);
                fill(&w.passed_first, &[("name", name.as_str())])
            }
        }
    }

    /// Whether so many minutes were left more than a minute ago.
    fn is_past(&self, minutes: u8, now: Moment) -> bool {
        self.walk.clock.left(now) <= past_from(minutes)
    }

    /// What is said at the beginning of a turn in act `at`.
    pub(in crate::session) fn turn_is(
        &self,
        who: Who,
        length: std::time::Duration,
        at: usize,
    ) -> Notice {
        let same = self.is_same_for_all(at);
        Notice::TurnIs { who, length, same }
    }

    /// Whether everybody will have had the same turn time today, to half a minute, if everything from act `at` on goes
    /// as planned.
    fn is_same_for_all(&self, at: usize) -> bool {
        let in_all = |nth: usize| {
            let had = self.person(self.who(nth)).map(|person| person.turns.had);
            had.unwrap_or(0).saturating_add(self.turns_to_come(nth, at))
        };
        let least = (0..self.order.len()).map(in_all).min().unwrap_or(0);
        let most = (0..self.order.len()).map(in_all).max().unwrap_or(0);
        most.saturating_sub(least) < 30_000
    }

    /// What running over costs, before anybody agrees to it: the turns, or the end.
    pub(in crate::session) fn cost(&self, now: Moment) -> Option<SafeText> {
        let left = self.walk.clock.left(now);
        if left > -10_000 || !self.clock_runs() || self.is_open() {
            return None;
        }
        let w = &words().session;
        let before = first_turn(self.acts.get(self.walk.act + 1..)?);
        let after = first_turn(&self.ahead(now));
        if let Some(after) = after.filter(|_| after < before) {
            let time = clock_words(after);
            return Some(fill(&w.cost_turns, &[("time", time.as_str())]));
        }
        let ends = self.ends(now);
        (ends.later > 0).then(|| {
            fill(
                &w.cost_end,
                &[
                    ("time", &ends.at.to_string()),
                    ("later", later_words(ends.later).as_str()),
                ],
            )
        })
    }
}

/// How long the first turn is.
pub(in crate::session) fn first_turn(acts: &[crate::session::Act]) -> Option<std::time::Duration> {
    acts.iter()
        .find(|act| matches!(act.what, ActKind::Turn { .. }))
        .map(|act| act.length)
}
