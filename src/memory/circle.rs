//! People who sit together: how, since when, with what agreement, and what was lent.

use serde::{Deserialize, Serialize};

use crate::script::Who;
use crate::session::intent::{Outline, Partnership};
use crate::session::next_session::NextSession;
use crate::text::words::words;
use crate::time::date::Date;

/// How many days a loan is remembered: what nobody asked for in a quarter of a year is nobody's any more.
pub(crate) const LOAN_DAYS: i64 = 90;
/// How many sessions a trial has (content.md S1).
pub(crate) const TRIAL: u32 = 3;
/// How many days after everybody's yes the agreement is read aloud again, unless people choose another day.
const REVIEW_DAYS: u32 = 180;
/// How many earlier versions of an agreement are kept.
const MOST_VERSIONS: usize = 20;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// People who sit together, in the order in which their names were entered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Circle {
    /// The names.
    pub(crate) names: Vec<String>,
    /// The script of the last time.
    pub(crate) script: String,
    /// The minutes of the last time.
    pub(crate) minutes: u16,
    /// The pack of words that they chose last, where a script had several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) wording: Option<String>,
    /// Whether each sat at a screen of their own the last time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) apart: bool,
    /// When the last session that was kept began (milliseconds since 1970 UTC), so that it is lent for once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_began: Option<i64>,
    /// Who went first the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_first: Option<Who>,
    /// The day of the first session that was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<Date>,
    /// How many sessions were kept since then.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) sessions: u32,
    /// A trial: with so many sessions counted, people ask each other again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) trial: Option<u32>,
    /// The day on which they stopped meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended: Option<Date>,
    /// When they meet again, where they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<NextSession>,
    /// The lines of the agreement that everybody said yes to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) agreement: Vec<String>,
    /// The day on which they said yes to these lines for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) agreed: Option<Date>,
    /// The day from which on the agreement is read aloud again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) review: Option<Date>,
    /// How many milliseconds of turn time more each one had than the one who had least.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) loan: Vec<i64>,
    /// The agreement as it was before, the latest version first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) before: Vec<AgreementVersion>,
}

/// An agreement as it once was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct AgreementVersion {
    /// The day on which everybody said yes to it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) agreed: Option<Date>,
    /// Its lines.
    pub(crate) lines: Vec<String>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

impl Circle {
    /// Takes over the order of `names`; what belongs to a person goes along.
    pub(super) fn seat(&mut self, names: &[String]) {
        if self.names == names {
            return;
        }
        let old_place = |name: &String| self.names.iter().position(|old| old == name);
        let loan_at = |old: Option<usize>| old.and_then(|old| self.loan.get(old)).copied();
        let loan: Vec<i64> = names
            .iter()
            .map(|name| loan_at(old_place(name)).unwrap_or(0))
            .collect();
        let first = self.last_first.and_then(|who| self.names.get(who.index()));
        let first = first.and_then(|name| names.iter().position(|new| new == name));
        self.last_first = first.map(Who::at);
        self.loan = if self.loan.is_empty() {
            Vec::new()
        } else {
            loan
        };
        self.names = names.to_vec();
    }

    /// Takes over how a session went. It may be told the same session twice, as after a crash.
    pub(super) fn went(&mut self, outline: &Outline) {
        outline.script.clone_into(&mut self.script);
        if outline.first.is_some() {
            self.last_first = outline.first;
        }
        let day = outline.day();
        self.agree(&outline.agreement, day);
        if self.last_began == Some(outline.began) {
            return;
        }
        if outline.forgiven || self.loan_is_old(outline.began) {
            self.loan.clear();
        }
        self.lend(outline);
        self.last_began = Some(outline.began);
        self.since = self.since.or(Some(day));
        self.sessions = self.sessions.saturating_add(1);
        // One that ended before anybody had a turn is none of a trial's three.
        if !outline.whole && outline.turns.iter().all(|turn| *turn == 0) {
            self.trial = self.trial.map(|until| until.saturating_add(1));
        }
        self.ended = None;
        // What was agreed on before is over with this session, unless it is for a later day.
        let later = |next: &NextSession| next.day > day || next.reserve > Some(day);
        self.next = outline.next.or(self.next.filter(later));
        match outline.partnership {
            Some(Partnership::Trial) => self.trial = Some(self.sessions.saturating_add(TRIAL)),
            Some(Partnership::Goodbye) => self.end(day),
            None => {}
        }
    }

    /// They stop meeting. What they said yes to, what is open between them and what was to come go with that, and nothing
    /// is asked of them any more.
    pub(crate) fn end(&mut self, day: Date) {
        *self = Self {
            names: std::mem::take(&mut self.names),
            script: std::mem::take(&mut self.script),
            minutes: self.minutes,
            last_began: self.last_began,
            last_first: self.last_first,
            since: self.since,
            sessions: self.sessions,
            ended: Some(day),
            ..Self::default()
        };
    }

    /// Whether the day has come on which they wanted to look at their agreement anew.
    #[must_use]
    pub(crate) fn is_review_due(&self, today: Date) -> bool {
        self.review.is_some_and(|review| review <= today)
    }

    /// Everybody said yes to these lines. Where they are other lines than before, that is a new version.
    fn agree(&mut self, lines: &[String], day: Date) {
        if lines.is_empty() {
            return;
        }
        let due = self.is_review_due(day);
        if lines != self.agreement {
            let agreed = self.agreed.replace(day);
            let lines = std::mem::replace(&mut self.agreement, lines.to_vec());
            if !lines.is_empty() {
                self.before.insert(0, AgreementVersion { agreed, lines });
                self.before.truncate(MOST_VERSIONS);
            }
        }
        if due || self.review.is_none() {
            self.review = Some(day.after(REVIEW_DAYS));
        }
    }

    /// Adds what this session's turns differed by. What everybody had alike is no loan.
    fn lend(&mut self, outline: &Outline) {
        let mut loan: Vec<i64> = (0..self.names.len())
            .map(|who| {
                let before = self.loan.get(who).copied().unwrap_or(0);
                before.saturating_add(outline.loan_of(who))
            })
            .collect();
        let least = loan.iter().copied().min().unwrap_or(0);
        for each in &mut loan {
            *each = each.saturating_sub(least);
        }
        self.loan = if loan.iter().all(|each| *each == 0) {
            Vec::new()
        } else {
            loan
        };
    }

    /// Whether the last session is so long ago that its loan is forgotten; `now` in milliseconds since 1970 UTC.
    fn loan_is_old(&self, now: i64) -> bool {
        let age = |began| now.saturating_sub(began);
        self.last_began
            .is_some_and(|began| age(began) > LOAN_DAYS * DAY_MS)
    }

    /// How many milliseconds more each had than the one who had least, by person; empty when nobody had more, or when
    /// it is so long ago that it is forgotten.
    #[must_use]
    pub(crate) fn loan_at(&self, now: i64) -> Vec<i64> {
        if self.loan_is_old(now) {
            return Vec::new();
        }
        self.loan.clone()
    }

    /// How many milliseconds more this person had than the one who had least.
    #[must_use]
    pub(crate) fn loan_of(&self, who: Who) -> i64 {
        self.loan.get(who.index()).copied().unwrap_or(0)
    }

    /// Within how many days they answer each other: what a line of the agreement says about answers, in a number of
    /// days or weeks.
    #[must_use]
    pub(crate) fn reply_days(&self) -> Option<u32> {
        let w = &words().records;
        let names = |line: &str| w.reply_words.iter().any(|word| line.contains(word));
        let mut lines = self.agreement.iter().map(|line| line.to_lowercase());
        lines.find_map(|line| names(&line).then(|| days_in(&line))?)
    }

    /// Whether the sessions of a trial are over, so that people ask each other again.
    #[must_use]
    pub(crate) fn trial_is_over(&self) -> bool {
        self.trial.is_some_and(|until| self.sessions >= until)
    }

    /// How many sessions of a trial have been, of how many.
    #[must_use]
    pub(crate) fn trial_so_far(&self) -> Option<(u32, u32)> {
        let left = self.trial?.saturating_sub(self.sessions).min(TRIAL);
        Some((TRIAL - left, TRIAL))
    }
}

/// The first length of time in a line, in days: `two days`, `a week`, `3 days`.
fn days_in(line: &str) -> Option<u32> {
    let w = &words().records;
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let said: Vec<String> = line.split_whitespace().map(bare).collect();
    let number = |word: &str| {
        let mut numbers = words().line_ui.meant.numbers.iter();
        let one = w.reply_one.contains(&word).then_some(1);
        let named = numbers.position(|number| *number == word);
        let named = named.and_then(|at| u32::try_from(at).ok());
        one.or(named).or_else(|| word.parse().ok())
    };
    said.windows(2).find_map(|pair| {
        let [many, unit] = pair else { return None };
        let days = if w.reply_days.contains(&unit.as_str()) {
            1
        } else if w.reply_weeks.contains(&unit.as_str()) {
            7
        } else {
            return None;
        };
        number(many)?.checked_mul(days).filter(|days| *days <= 366)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agreement_says_within_how_many_days_there_is_an_answer() {
        for (line, days) in [
            (
                "Between sessions we text only about when to meet. An answer may take two days.",
                Some(2),
            ),
            ("We answer within a week.", Some(7)),
            ("Replies: 3 days, no pressure.", Some(3)),
            ("The answer may be late, or: not today.", None),
            ("We meet every two weeks.", None),
        ] {
            let circle = Circle {
                agreement: vec!["We are adults.".to_owned(), line.to_owned()],
                ..Circle::default()
            };
            assert_eq!(circle.reply_days(), days, "{line}");
        }
    }
}
