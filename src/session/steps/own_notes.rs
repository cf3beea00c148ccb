//! What goes into somebody's own notebook: written unseen, and no word of it stays in the session.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub(crate) use super::keep_notes::{KeptNotes, NotesLifetime};
use super::promise::PromiseQuestion;
pub(crate) use super::promise::{NewPromise, PromiseOutcome};
use crate::script::{Ask, Step, Who};
use crate::session::intent::{Effect, Intent, PrivateText, Refused};
use crate::session::scene::{InputField, Scene, Verb};
use crate::session::state::{Path, State, StepState};
use crate::session::view::{choice, offer};
use crate::session::{Session, StepList, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

/// The most letters of what is written for oneself in a session.
pub(crate) const MOST_OWN: usize = 4_000;
/// The most letters of the name of the one that a promise is for.
const MOST_CALLED: usize = 40;
/// The most letters of a hint for the first page.
pub(crate) const MOST_CUE: usize = 30;

/// Something for one person's notebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OwnEntry {
    /// A note.
    Note(PrivateText),
    /// A promise to a part.
    Promise(NewPromise),
    /// The promise that this session came back to was looked at.
    Looked {
        /// What its owner's notebook calls it.
        promise: String,
        /// What became of it.
        became: PromiseOutcome,
        /// After how many days it is looked at again; `None`: on the days that were planned.
        after: Option<u32>,
    },
    /// What this person keeps of what they wrote in this session.
    Keep {
        /// How much.
        what: KeptNotes,
        /// How long the notes stay.
        stay: NotesLifetime,
    },
}

/// When somebody wants to look at a promise again (content.md T2.5, S15).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckBack {
    /// After 1, 3 and 7 days, then weekly until the 21st.
    Usual,
    /// Tomorrow.
    Tomorrow,
    /// In a week.
    Week,
    /// On no day.
    Never,
}

/// What one person wrote for themselves: for each piece, what the wall clock showed then, in milliseconds since 1970.
/// A log that is told again tells the same moments; where it could not be written, a later piece has another one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct NotesWritten {
    /// The notes.
    pub(crate) notes: Vec<i64>,
    /// The promises.
    pub(crate) promises: Vec<i64>,
}

impl NotesWritten {
    pub(in crate::session) fn something(&self) -> bool {
        !self.notes.is_empty() || !self.promises.is_empty()
    }
}

/// A line that was typed, without what can't be shown; empty when it was passed.
fn line_of(intent: &Intent) -> PrivateText {
    match intent {
        Intent::Write { words: typed } => PrivateText::from(SafeText::new(typed.trim()).as_str()),
        _ => PrivateText::from(""),
    }
}

impl Session {
    #[cfg(test)]
    /// Whether what is written now goes into a notebook: then the log gets [`Intent::Sealed`] instead of the words.
    #[must_use]
    pub(crate) fn writes_own(&self) -> bool {
        matches!(
            self.own_here(),
            Some(StepState::Noting | StepState::Promising(_))
        )
    }

    /// What is asked now, where that can be something of one's own.
    pub(in crate::session) fn own_here(&self) -> Option<&StepState> {
        match &self.state {
            State::Walking => Some(&self.walk.path.doing),
            State::Aside { path, .. } => Some(&path.doing),
            _ => None,
        }
    }

    /// What a step that asks for something of one's own begins with: without a notebook it is words to read.
    pub(in crate::session) fn first_own(&self, track: StepList, path: &Path) -> StepState {
        let step = self.step_at(track, path);
        let holder = step.and_then(|step| self.holder(track, step, path));
        let kept = holder.and_then(|who| self.begin.notebooks.get(who.index()));
        match (step.map(|step| &step.ask), kept) {
            (Some(Ask::Note), Some(true)) => StepState::Noting,
            (Some(Ask::Promise), Some(true)) => StepState::Promising(PromiseQuestion::When),
            (_, _) => StepState::Reading,
        }
    }

    /// Takes words for a notebook. Going on without writes nothing.
    pub(in crate::session) fn own(
        &mut self,
        track: StepList,
        mut path: Path,
        step: &Step,
        intent: Intent,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let Some(who) = self.holder(track, step, &path) else {
            return no(&words().session.not_here);
        };
        let doing = path.doing.clone();
        match (doing, intent) {
            (StepState::Promising(PromiseQuestion::When), Intent::Again { when }) => {
                path.doing = StepState::Promising(PromiseQuestion::For { again: when });
                self.put(track, path);
                Ok(Vec::new())
            }
            (
                StepState::Promising(
                    asked @ (PromiseQuestion::For { .. } | PromiseQuestion::Cue { .. }),
                ),
                intent @ (Intent::GoOn | Intent::Write { .. }),
            ) => {
                if let Some(next) = asked.next(line_of(&intent)) {
                    path.doing = StepState::Promising(next);
                    self.put(track, path);
                }
                Ok(Vec::new())
            }
            (StepState::Noting | StepState::Promising(_), Intent::GoOn | Intent::Unsure) => {
                self.go(track, path, step.to, now)
            }
            (
                StepState::Noting | StepState::Promising(PromiseQuestion::Words { .. }),
                Intent::Write { words: typed },
            ) if typed.trim().is_empty() => no(&words().session.empty_line),
            (StepState::Noting, Intent::Write { words: typed }) => {
                self.wrote_own(who, now, |wrote| &mut wrote.notes);
                let own = OwnEntry::Note(typed);
                self.sealed(track, path, step, Some((who, own)), now)
            }
            (
                StepState::Promising(PromiseQuestion::Words { again, called, cue }),
                Intent::Write { words: typed },
            ) => {
                self.wrote_own(who, now, |wrote| &mut wrote.promises);
                let own = OwnEntry::Promise(NewPromise {
                    words: typed,
                    again,
                    called,
                    cue,
                });
                self.sealed(track, path, step, Some((who, own)), now)
            }
            // Told again from a log, which never had the words.
            (StepState::Noting, Intent::Sealed) => {
                self.wrote_own(who, now, |wrote| &mut wrote.notes);
                self.sealed(track, path, step, None, now)
            }
            (
                StepState::Promising(
                    PromiseQuestion::For { .. }
                    | PromiseQuestion::Cue { .. }
                    | PromiseQuestion::Words { .. },
                ),
                Intent::Sealed,
            ) => {
                self.wrote_own(who, now, |wrote| &mut wrote.promises);
                self.sealed(track, path, step, None, now)
            }
            (_, _) => no(&words().session.not_here),
        }
    }

    /// How much this person wrote for themselves up to now, whether before a crash or after it.
    #[must_use]
    pub(crate) fn written_own(&self, who: Who) -> NotesWritten {
        self.wrote.get(who.index()).cloned().unwrap_or_default()
    }

    fn wrote_own(
        &mut self,
        who: Who,
        now: Moment,
        list: impl Fn(&mut NotesWritten) -> &mut Vec<i64>,
    ) {
        if let Some(wrote) = Arc::make_mut(&mut self.wrote).get_mut(who.index()) {
            list(wrote).push(now.wall);
        }
    }

    fn sealed(
        &mut self,
        track: StepList,
        path: Path,
        step: &Step,
        own: Option<(Who, OwnEntry)>,
        now: Moment,
    ) -> Result<Vec<Effect>, Refused> {
        let own = own.map(|(who, what)| Effect::Own { who, what });
        let mut effects: Vec<Effect> = own.into_iter().collect();
        effects.extend(self.go(track, path, step.to, now)?);
        Ok(effects)
    }

    /// The screens of something of one's own.
    pub(in crate::session) fn put_own(
        &self,
        scene: &mut Scene,
        doing: &StepState,
        holder: Option<Who>,
    ) {
        let w = &words().session;
        let shared = self.begin.people.len() > 1;
        scene
            .offers
            .push(offer(Verb::GoOn, &w.own_pass, Intent::GoOn));
        if let StepState::Promising(PromiseQuestion::When) = doing {
            // Behind the script's own question, which says whom it is for, and that none is fine.
            scene.prompt.push(SafeText::new(&w.promise_when));
            for (says, when) in [
                (&w.promise_usual, CheckBack::Usual),
                (&w.promise_tomorrow, CheckBack::Tomorrow),
                (&w.promise_week, CheckBack::Week),
                (&w.promise_never, CheckBack::Never),
            ] {
                let intent = Intent::Again { when };
                scene.choices.push(choice(SafeText::new(says), intent));
            }
            return;
        }
        let asked = match doing {
            StepState::Promising(asked) => Some(asked),
            _ => None,
        };
        let one_line = |hint: &str, most| InputField::Line {
            initial: String::new(),
            hint: SafeText::new(hint),
            most,
            hidden: shared,
        };
        let mut line = None;
        match asked {
            None | Some(PromiseQuestion::When) => {}
            Some(PromiseQuestion::For { .. }) => {
                scene.prompt = SafeText::lines(&w.promise_for);
                line = Some(one_line(&w.promise_for_hint, MOST_CALLED));
            }
            Some(PromiseQuestion::Cue { .. }) => {
                scene.prompt = SafeText::lines(&w.promise_cue);
                line = Some(one_line(&w.promise_cue_hint, MOST_CUE));
            }
            Some(PromiseQuestion::Words { .. }) => scene.prompt = SafeText::lines(&w.promise_words),
        }
        if line.is_some() {
            for offer in &mut scene.offers {
                if offer.verb == Verb::GoOn {
                    offer.says = SafeText::new(&w.pass);
                }
            }
        }
        let name = holder.map(|who| self.name(who)).unwrap_or_default();
        let key = if shared {
            w.own_shared
        } else {
            w.own_alone.into()
        };
        scene.notice = Some(fill(&key, &[("name", name.as_str())]));
        scene.field = Some(line.unwrap_or_else(|| InputField::Page {
            initial: String::new(),
            hint: SafeText::new(&w.own_hint),
            most: MOST_OWN,
            hidden: shared,
        }));
    }
}
