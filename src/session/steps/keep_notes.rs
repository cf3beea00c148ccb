//! What stays of what somebody wrote for themselves, and for how long: asked of each at the closing (design.md 4,
//! "Records"). It knows how much there is, and no word of it.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use serde::{Deserialize, Serialize};

use super::own_notes::OwnEntry;
use crate::script::{Step, Who};
use crate::session::intent::{Effect, Intent, Refused};
use crate::session::scene::{Scene, Verb};
use crate::session::state::{Path, StepState};
use crate::session::view::{choice, offer};
use crate::session::{Session, StepList, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, fill_lines, words};
use crate::time::moment::Moment;

/// How much somebody keeps of what they wrote for themselves in this session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptNotes {
    /// All of it.
    All,
    /// The promises alone.
    Promises,
    /// The notes alone.
    Notes,
    /// Nothing.
    Nothing,
}

/// How long a note stays in somebody's notebook.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotesLifetime {
    /// Until its owner deletes it.
    #[default]
    Always,
    /// For a month.
    Month,
    /// For three months.
    ThreeMonths,
    /// For a year.
    Year,
}

impl NotesLifetime {
    /// All of them, as they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::Always, Self::Month, Self::ThreeMonths, Self::Year];

    /// For how many days; `None`: without an end.
    #[must_use]
    pub(crate) const fn days(self) -> Option<u32> {
        match self {
            Self::Always => None,
            Self::Month => Some(30),
            Self::ThreeMonths => Some(91),
            Self::Year => Some(365),
        }
    }

    /// How it is said.
    #[must_use]
    pub(crate) fn says(self) -> &'static str {
        let w = &words().session;
        match self {
            Self::Always => &w.stay_always,
            Self::Month => &w.stay_month,
            Self::ThreeMonths => &w.stay_three_months,
            Self::Year => &w.stay_year,
        }
    }
}

impl Session {
    /// The first person from `from` on who wrote something and has not said yet what of it stays.
    pub(in crate::session) fn keeps_own(&self, from: usize) -> Option<StepState> {
        let wrote = self.wrote.iter().enumerate().skip(from);
        let (who, _) = wrote.into_iter().find(|(_, wrote)| wrote.something())?;
        Some(StepState::KeepingOwn {
            who: Who::at(who),
            stay: NotesLifetime::default(),
        })
    }

    /// Somebody says what stays of what they wrote.
    pub(in crate::session) fn keeping_own(
        &mut self,
        track: StepList,
        mut path: Path,
        step: &Step,
        (who, stay): (Who, NotesLifetime),
        intent: &Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let what = match intent {
            Intent::GoOn => KeptNotes::All,
            Intent::KeepOwn { what } => *what,
            Intent::HowLong if !self.written_own(who).notes.is_empty() => {
                path.doing = StepState::Staying { who, stay };
                self.put(track, path);
                return Ok(Vec::new());
            }
            _ => return no(&words().session.not_here),
        };
        self.let_go.retain(|one| *one != who);
        if what == KeptNotes::Nothing {
            self.let_go.push(who);
        }
        let own = Effect::Own {
            who,
            what: OwnEntry::Keep { what, stay },
        };
        let mut effects = vec![own];
        match self.keeps_own(who.index() + 1) {
            Some(next) => {
                path.doing = next;
                self.put(track, path);
            }
            None => effects.extend(self.go(track, path, step.to, now)?),
        }
        Ok(effects)
    }

    /// Whether something that somebody wrote for themselves stays.
    pub(in crate::session) fn own_words_stay(&self) -> bool {
        let mut wrote = self.wrote.iter().enumerate();
        wrote.any(|(who, wrote)| wrote.something() && !self.let_go.contains(&Who::at(who)))
    }

    /// Somebody says how long their notes stay, and is asked again what stays.
    pub(in crate::session) fn staying(
        &mut self,
        track: StepList,
        mut path: Path,
        (who, stay): (Who, NotesLifetime),
        intent: &Intent,
    ) -> Result<Vec<Effect>, Refused> {
        let stay = match intent {
            Intent::GoOn => stay,
            Intent::Stay { stay } => *stay,
            _ => return no(&words().session.not_here),
        };
        path.doing = StepState::KeepingOwn { who, stay };
        self.put(track, path);
        Ok(Vec::new())
    }

    pub(in crate::session) fn put_keep_own(
        &self,
        scene: &mut Scene,
        who: Who,
        stay: NotesLifetime,
    ) {
        let w = &words().session;
        let ask = if self.begin.people.len() > 1 {
            w.keep_own
        } else {
            w.keep_own_alone.into()
        };
        scene.prompt = vec![fill(&ask, &[("name", self.name(who).as_str())])];
        scene.to = vec![who.index()];
        let wrote = self.written_own(who);
        let mut add = |says: &str, what| {
            let intent = Intent::KeepOwn { what };
            scene.choices.push(choice(SafeText::new(says), intent));
        };
        add(&w.keep_own_all, KeptNotes::All);
        if !wrote.notes.is_empty() && !wrote.promises.is_empty() {
            add(&w.keep_own_promises, KeptNotes::Promises);
            add(&w.keep_own_notes, KeptNotes::Notes);
        }
        add(&w.keep_own_nothing, KeptNotes::Nothing);
        if !wrote.notes.is_empty() {
            let says = fill(&w.keep_own_stay, &[("long", stay.says())]);
            scene.choices.push(choice(says, Intent::HowLong));
        }
        let on = offer(Verb::GoOn, &w.keep_own_go_on, Intent::GoOn);
        scene.offers.push(on);
    }

    pub(in crate::session) fn put_staying(&self, scene: &mut Scene, who: Who, stay: NotesLifetime) {
        let w = &words().session;
        let ask = if self.begin.people.len() > 1 {
            w.stay_ask
        } else {
            w.stay_ask_alone.into()
        };
        let values = [("name", self.name(who))];
        let values = values.each_ref().map(|(key, name)| (*key, name.as_str()));
        scene.prompt = fill_lines(&ask, &values);
        scene.to = vec![who.index()];
        for stay in NotesLifetime::ALL {
            let intent = Intent::Stay { stay };
            scene
                .choices
                .push(choice(SafeText::new(stay.says()), intent));
        }
        let on = offer(Verb::GoOn, stay.says(), Intent::GoOn);
        scene.offers.push(on);
    }
}
