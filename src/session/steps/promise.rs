//! A promise: how it is made for one's own notebook, and how it is looked at again.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use super::own_notes::{CheckBack, MOST_CUE, OwnEntry, sealed};
use super::private_answers::as_told;
use super::read::ReadStep;
use super::{StepAnswered, StepHere, StepKind, put_go_on};
use crate::script::{PromiseAnswer, Who};
use crate::session::intent::{Effect, Intent, PrivateText, Refused};
use crate::session::scene::{Scene, SceneChoice};
use crate::session::state::StepState;
use crate::session::{Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// The most letters of the name of the one that a promise is for.
const MOST_CALLED: usize = 40;

/// What became of a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PromiseOutcome {
    /// It was kept.
    Kept,
    /// It was not kept, or nobody said so.
    Missed,
    /// It is done, or no longer wanted.
    Released,
}

/// A promise as somebody makes it in a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewPromise {
    /// What is promised.
    pub(crate) words: PrivateText,
    /// When it is looked at again.
    pub(crate) again: CheckBack,
    /// To whom, as they are called; may be empty.
    pub(crate) called: PrivateText,
    /// A hint for the first page that only its owner understands; may be empty.
    pub(crate) cue: PrivateText,
}

/// A promise in the making. The words come last, so that all of it is kept at once or nothing of it is; after a crash
/// before that it is asked anew from the day on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::session) enum PromiseQuestion {
    /// When is it looked at again?
    When,
    /// Whom is it for?
    For { again: CheckBack },
    /// Which hint is there for the first page?
    Cue {
        again: CheckBack,
        called: PrivateText,
    },
    /// What is promised?
    Words {
        again: CheckBack,
        called: PrivateText,
        cue: PrivateText,
    },
}

impl PromiseQuestion {
    /// The question after this one, with what was typed; nothing where there is none.
    pub(in crate::session) fn next(self, typed: PrivateText) -> Option<Self> {
        match self {
            Self::When | Self::Words { .. } => None,
            // Nobody is reminded without a day, so there is no hint to give.
            Self::For {
                again: CheckBack::Never,
            } => Some(Self::Words {
                again: CheckBack::Never,
                called: typed,
                cue: PrivateText::from(""),
            }),
            Self::For { again } => Some(Self::Cue {
                again,
                called: typed,
            }),
            Self::Cue { again, called } => Some(Self::Words {
                again,
                called,
                cue: typed,
            }),
        }
    }

    /// The first question after the day, with nothing typed: where a log that is told again stands.
    pub(in crate::session) fn anew(&self) -> Option<Self> {
        match self {
            Self::When => None,
            Self::For { again } | Self::Cue { again, .. } | Self::Words { again, .. } => {
                Some(Self::For { again: *again })
            }
        }
    }

    /// The question before this one.
    pub(in crate::session) fn before(&self) -> Option<Self> {
        match self {
            Self::When => None,
            Self::For { .. } => Some(Self::When),
            Self::Cue { again, .. } => Some(Self::For { again: *again }),
            Self::Words { again, called, .. } if *again != CheckBack::Never => Some(Self::Cue {
                again: *again,
                called: called.clone(),
            }),
            Self::Words { again, .. } => Some(Self::For { again: *again }),
        }
    }

    /// What the log holds of an intent here: what is typed before the words is not in it, so that a log that is told
    /// again stands at the first of these questions.
    pub(in crate::session) fn to_log(&self, intent: &Intent) -> Option<Intent> {
        match (self, intent) {
            (Self::For { .. } | Self::Cue { .. }, Intent::Write { .. } | Intent::GoOn)
            | (Self::Cue { .. } | Self::Words { .. }, Intent::Back) => None,
            (Self::Words { .. }, Intent::Write { .. }) => Some(Intent::Sealed),
            (Self::Words { .. }, Intent::GoOn) => Some(Intent::Unsure),
            (_, intent) => Some(intent.clone()),
        }
    }
}

/// A promise in the making, for somebody's own notebook.
pub(in crate::session) struct PromiseStep;

impl StepKind for PromiseStep {
    /// Without a notebook it is words to read.
    fn enter(&self, session: &mut Session, here: StepHere<'_>) -> StepState {
        match session.has_notebook(here.holder) {
            true => StepState::Promising(PromiseQuestion::When),
            false => StepState::Reading,
        }
    }

    /// Takes words for a notebook. Going on without writes nothing.
    fn apply(
        &self,
        session: &mut Session,
        here: StepAnswered<'_>,
        intent: Intent,
    ) -> Result<Vec<Effect>, Refused> {
        let StepState::Promising(asked) = here.path.doing.clone() else {
            return ReadStep.apply(session, here, intent);
        };
        let to = here.step.to;
        let Some(who) = session.holder(here.track, here.step, &here.path) else {
            return no(&words().session.not_here);
        };
        let own = match (asked, intent) {
            (PromiseQuestion::When, Intent::Again { when }) => {
                let next = PromiseQuestion::For { again: when };
                return here.ask(session, StepState::Promising(next));
            }
            (
                asked @ (PromiseQuestion::For { .. } | PromiseQuestion::Cue { .. }),
                intent @ (Intent::GoOn | Intent::Write { .. }),
            ) => {
                return match asked.next(line_of(&intent)) {
                    Some(next) => here.ask(session, StepState::Promising(next)),
                    None => Ok(Vec::new()),
                };
            }
            (_, Intent::GoOn | Intent::Unsure) => return here.go(session, to),
            (PromiseQuestion::Words { .. }, Intent::Write { words: typed })
                if typed.trim().is_empty() =>
            {
                return no(&words().session.empty_line);
            }
            (PromiseQuestion::Words { again, called, cue }, Intent::Write { words }) => {
                Some(OwnEntry::Promise(NewPromise {
                    words,
                    again,
                    called,
                    cue,
                }))
            }
            // Told again from a log, which never had the words.
            (
                PromiseQuestion::For { .. }
                | PromiseQuestion::Cue { .. }
                | PromiseQuestion::Words { .. },
                Intent::Sealed,
            ) => None,
            (_, _) => return no(&words().session.not_here),
        };
        session.wrote_own(who, here.now, |wrote| &mut wrote.promises);
        sealed(session, here, who, own)
    }

    fn back(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        match doing {
            StepState::Promising(asked) => asked.before().map(StepState::Promising),
            _ => None,
        }
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        let w = &words().session;
        let StepState::Promising(asked) = &here.path.doing else {
            scene.notice = Some(SafeText::new(w.promise));
            put_go_on(scene, w.go_on);
            return;
        };
        let line = match asked {
            PromiseQuestion::When => {
                put_go_on(scene, w.own_pass);
                return put_when(scene);
            }
            PromiseQuestion::For { .. } => {
                scene.prompt = SafeText::lines(&w.promise_for);
                Some((w.promise_for_hint, MOST_CALLED))
            }
            PromiseQuestion::Cue { .. } => {
                scene.prompt = SafeText::lines(&w.promise_cue);
                Some((w.promise_cue_hint, MOST_CUE))
            }
            PromiseQuestion::Words { .. } => {
                scene.prompt = SafeText::lines(&w.promise_words);
                None
            }
        };
        put_go_on(scene, if line.is_some() { w.pass } else { w.own_pass });
        session.put_own_field(scene, here.holder, line);
    }

    fn to_log(&self, _session: &Session, doing: &StepState, intent: &Intent) -> Option<Intent> {
        match doing {
            StepState::Promising(asked) => asked.to_log(intent),
            _ => Some(as_told(intent)),
        }
    }

    fn forgotten(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        match doing {
            StepState::Promising(asked) => asked.anew().map(StepState::Promising),
            _ => None,
        }
    }
}

/// When it is looked at again: behind the script's own question, which says whom it is for, and that none is fine.
fn put_when(scene: &mut Scene) {
    let w = &words().session;
    scene.prompt.push(SafeText::new(&w.promise_when));
    for (says, when) in [
        (&w.promise_usual, CheckBack::Usual),
        (&w.promise_tomorrow, CheckBack::Tomorrow),
        (&w.promise_week, CheckBack::Week),
        (&w.promise_never, CheckBack::Never),
    ] {
        let intent = Intent::Again { when };
        let choice = SceneChoice::new(SafeText::new(says), intent);
        scene.choices.push(choice);
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
    /// Whether a line is asked that belongs to a promise, before its words.
    pub(in crate::session) fn is_beside_promise(&self) -> bool {
        matches!(
            self.asked_alone().map(|(_, path)| &path.doing),
            Some(StepState::Promising(
                PromiseQuestion::For { .. } | PromiseQuestion::Cue { .. }
            ))
        )
    }

    /// What an answer says about the promise that this session comes back to.
    pub(in crate::session) fn look_at_promise(&mut self, look: PromiseAnswer) -> Option<Effect> {
        let after = match look {
            PromiseAnswer::Kept => {
                self.became = Some(PromiseOutcome::Kept);
                return None;
            }
            PromiseAnswer::Missed => {
                self.became = Some(PromiseOutcome::Missed);
                return None;
            }
            PromiseAnswer::Tomorrow => Some(1),
            PromiseAnswer::ThreeDays => Some(3),
            PromiseAnswer::Week => Some(7),
            PromiseAnswer::SameDays => None,
            PromiseAnswer::Released => {
                self.became = Some(PromiseOutcome::Released);
                None
            }
        };
        self.looked(after)
    }

    /// At the end of a session: whoever said what became of the promise, and of no day to look at it again, has looked
    /// at it all the same.
    pub(in crate::session) fn looked_without_a_day(&mut self) -> Option<Effect> {
        let is_open = self.became.is_some() && !self.looked;
        is_open.then(|| self.looked(None)).flatten()
    }

    fn looked(&mut self, after: Option<u32>) -> Option<Effect> {
        let promise = self.begin.known.promise.clone()?;
        self.looked = true;
        let what = OwnEntry::Looked {
            promise,
            became: self.became.unwrap_or(PromiseOutcome::Missed),
            after,
        };
        Some(Effect::Own { who: Who(0), what })
    }
}
