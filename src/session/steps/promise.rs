//! A promise: how it is made for one's own notebook, and how it is looked at again.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use super::own_notes::{MOST_CUE, sealed};
use super::read::ReadStep;
use super::step_kind::{StepAnswered, StepHere, StepKind, put_go_on, put_pass};
use crate::script::{PromiseAnswer, Who};
use crate::session::intent::{Effect, Intent, PrivateText};
use crate::session::own_entry::{CheckBack, NewPromise, OwnEntry, PromiseOutcome, PromiseQuestion};
use crate::session::scene::Scene;
use crate::session::state::StepState;
use crate::session::{Applied, Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// The most letters of the name of the one that a promise is for.
const MOST_CALLED: usize = 40;

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
    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        let StepState::Promising(asked) = here.path.doing.clone() else {
            return ReadStep.apply(session, here, intent);
        };
        let to = here.step.to;
        let Some(who) = session.holder(here.track, here.step, &here.path) else {
            return no(words().session.not_here);
        };
        let own = match (asked, intent) {
            (PromiseQuestion::When, Intent::Again { when }) => {
                let next = PromiseQuestion::For { again: when };
                return here.ask(session, StepState::Promising(next));
            }
            (
                asked @ (PromiseQuestion::For { .. } | PromiseQuestion::Cue { .. }),
                intent @ (Intent::Pass | Intent::Write { .. }),
            ) => {
                return match asked.next(line_of(&intent)) {
                    Some(next) => here.ask(session, StepState::Promising(next)),
                    None => Ok(Vec::new()),
                };
            }
            (_, Intent::Pass | Intent::Unsure) => return here.go(session, to),
            (PromiseQuestion::Words { .. }, Intent::Write { words: typed })
                if typed.trim().is_empty() =>
            {
                return no(words().session.empty_line);
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
            (_, _) => return no(words().session.not_here),
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
                put_pass(scene, w.own_pass);
                return put_when(scene);
            }
            PromiseQuestion::For { .. } => {
                scene.prompt = SafeText::lines(w.promise_for);
                Some((w.promise_for_hint, MOST_CALLED))
            }
            PromiseQuestion::Cue { .. } => {
                scene.prompt = SafeText::lines(w.promise_cue);
                Some((w.promise_cue_hint, MOST_CUE))
            }
            PromiseQuestion::Words { .. } => {
                scene.prompt = SafeText::lines(w.promise_words);
                None
            }
        };
        put_pass(scene, if line.is_some() { w.pass } else { w.own_pass });
        session.put_own_field(scene, here.holder, line);
    }

    fn to_log(&self, _session: &Session, doing: &StepState, intent: &Intent) -> Option<Intent> {
        match doing {
            StepState::Promising(asked) => promise_to_log(asked, intent),
            _ => Some(intent.as_logged()),
        }
    }

    fn forgotten(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        match doing {
            StepState::Promising(asked) => asked.anew().map(StepState::Promising),
            _ => None,
        }
    }
}

/// What the log holds of an intent here: what is typed before the words is not in it, so that a log that is told
/// again stands at the first of these questions.
fn promise_to_log(asked: &PromiseQuestion, intent: &Intent) -> Option<Intent> {
    match (asked, intent) {
        (
            PromiseQuestion::For { .. } | PromiseQuestion::Cue { .. },
            Intent::Write { .. } | Intent::Pass,
        )
        | (PromiseQuestion::Cue { .. } | PromiseQuestion::Words { .. }, Intent::Back) => None,
        (PromiseQuestion::Words { .. }, Intent::Write { .. }) => Some(Intent::Sealed),
        (PromiseQuestion::Words { .. }, Intent::Pass) => Some(Intent::Unsure),
        (_, intent) => Some(intent.clone()),
    }
}

/// When it is looked at again: behind the script's own question, which says whom it is for, and that none is fine.
fn put_when(scene: &mut Scene) {
    let w = &words().session;
    scene.prompt.push(SafeText::new(w.promise_when));
    for (says, when) in [
        (&w.promise_usual, CheckBack::Usual),
        (&w.promise_tomorrow, CheckBack::Tomorrow),
        (&w.promise_week, CheckBack::Week),
        (&w.promise_professional, CheckBack::Professional),
        (&w.promise_never, CheckBack::Never),
    ] {
        let intent = Intent::Again { when };
        scene.add_choice(SafeText::new(says), intent);
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

    /// Whether it comes back to a promise that stands in somebody's notebook.
    pub(in crate::session) fn comes_back(&self) -> bool {
        self.begin.known.promise.is_some()
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
            PromiseAnswer::TwoWeeks => Some(14),
            PromiseAnswer::ThreeWeeks => Some(21),
            PromiseAnswer::SameDays | PromiseAnswer::OtherDay => None,
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

    pub(in crate::session) fn looked(&mut self, after: Option<u32>) -> Option<Effect> {
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
