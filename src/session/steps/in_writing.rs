//! A question that somebody who sits here alone answers in writing, for their own notebook. The way never needs it: the
//! page lies over what is asked, and when it is left the same is asked as before.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_pass};
use crate::script::{Ask, Step, Who};
use crate::session::intent::{Effect, Intent, PrivateText};
use crate::session::own_entry::OwnEntry;
use crate::session::scene::{InputField, Scene};
use crate::session::state::{Path, State, StepState};
use crate::session::{Applied, Session, StepList, no};
use crate::text::safe_text::SafeText;
use crate::text::words::words;

/// The page on which a question is answered.
pub(in crate::session) struct InWritingPage;

impl StepKind for InWritingPage {
    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        let StepState::InWriting { before } = here.path.doing.clone() else {
            return no(words().session.not_here);
        };
        let effects = match intent {
            Intent::Pass | Intent::InWriting => Vec::new(),
            Intent::Write { words: typed } if typed.trim().is_empty() => {
                return no(words().session.empty_line);
            }
            Intent::Write { words: typed } => {
                let asked = session.question_in_words(here.step, &here.path);
                let what = OwnEntry::Answer {
                    asked,
                    words: in_two_voices(typed),
                };
                session.has_answered_in_writing();
                vec![Effect::Own { who: Who(0), what }]
            }
            // Told again from a log, which never had the words.
            Intent::Sealed => {
                session.has_answered_in_writing();
                Vec::new()
            }
            _ => return no(words().session.not_here),
        };
        here.ask(session, *before)?;
        Ok(effects)
    }

    fn back(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        before(doing)
    }

    fn again(&self, left: &StepState) -> Option<StepState> {
        before(left)
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        put_pass(scene, words().session.in_writing_pass);
        session.put_own_field(scene, here.holder, None);
        if let Some(InputField::Page { hint, .. }) = &mut scene.field {
            *hint = SafeText::new(words().session.in_writing_hint);
        }
    }

    fn going_on(&self, _step: &Step, _doing: &StepState) -> GoingOn {
        GoingOn::Next
    }

    /// The words are in somebody's notebook, and nowhere else.
    fn to_log(&self, _session: &Session, _doing: &StepState, intent: &Intent) -> Option<Intent> {
        match intent {
            Intent::Write { .. } => Some(Intent::Sealed),
            intent => Some(intent.as_logged()),
        }
    }
}

/// What a part says in this line, if it is a line of its own.
fn of_it(line: &str) -> Option<&str> {
    let (who, said) = line.split_once(':')?;
    let it = words().session.voice_it;
    who.trim().eq_ignore_ascii_case(it).then(|| said.trim())
}

/// Where a part speaks, too, in lines that begin with `it:`, each line says whose it is.
fn in_two_voices(typed: PrivateText) -> PrivateText {
    let (me, it) = (words().export.me, words().session.voice_it);
    if !typed.lines().any(|line| of_it(line).is_some()) {
        return typed;
    }
    // With its room from the beginning it is never moved, and nothing of it stays behind.
    let lines = typed.lines().filter(|line| !line.trim().is_empty());
    let room = lines
        .clone()
        .map(|line| line.len() + me.len().max(it.len()) + 3);
    let mut all = String::with_capacity(room.sum());
    for line in lines {
        let (who, words) = of_it(line).map_or((me, line.trim()), |words| (it, words));
        for piece in [if all.is_empty() { "" } else { "\n" }, who, ": ", words] {
            all.push_str(piece);
        }
    }
    all.into()
}

/// What was asked before the page lay over it.
fn before(doing: &StepState) -> Option<StepState> {
    match doing {
        StepState::InWriting { before } => Some(StepState::clone(before)),
        _ => None,
    }
}

impl Session {
    /// Whether what is asked now can be answered in writing: by one person alone who has a notebook, where a question
    /// stands that is not about their safety.
    pub(in crate::session) fn takes_writing(&self) -> bool {
        let path = &self.walk.path;
        let Some(step) = self.step_at(StepList::Act(self.walk.act), path) else {
            return false;
        };
        let asks = matches!(step.ask, Ask::Question(_) | Ask::Read);
        let open = matches!(
            path.doing,
            StepState::Reading | StepState::Choosing | StepState::ChoosingSeveral { .. }
        );
        self.state == State::Walking
            && self.is_alone()
            && self.has_notebook(Some(Who(0)))
            && (asks && open && !step.still)
            && self.question_in_words(step, path).as_str().contains('?')
    }

    /// The question as it stands on the screen: the first line of it that is one.
    fn question_in_words(&self, step: &Step, path: &Path) -> SafeText {
        let mut asked = Scene::default();
        let track = StepList::Act(self.walk.act);
        let named = self.named_at(track, step, self.holder(track, step, path));
        self.put_step_words(&mut asked, step, path, named);
        let mut lines = asked.prompt.into_iter();
        lines
            .find(|line| line.as_str().contains('?'))
            .unwrap_or_default()
    }

    /// The page lies over what is asked now.
    pub(in crate::session) fn begin_writing(&mut self) -> Applied {
        if let Some(person) = self.person_mut(Who(0)) {
            person.wrote.pages += 1;
        }
        let doing = &mut self.walk.path.doing;
        let before = Box::new(std::mem::replace(doing, StepState::Reading));
        *doing = StepState::InWriting { before };
        Ok(Vec::new())
    }

    /// After the program was cut off, what was asked is asked again: what stood on the page is in the notebook.
    pub(in crate::session) fn leave_page(&mut self) {
        if let Some(before) = before(&self.walk.path.doing) {
            self.walk.path.doing = before;
        }
    }

    fn has_answered_in_writing(&mut self) {
        if let Some(person) = self.person_mut(Who(0)) {
            person.wrote.answered = true;
        }
    }

    /// The question that is answered in writing now, also while that waits: after a STOP it does not.
    #[must_use]
    pub(crate) fn in_writing(&self) -> Option<SafeText> {
        let waits = !matches!(
            self.state,
            State::Stopped { .. } | State::MiniClose { .. } | State::Closed(_)
        );
        let path = &self.walk.path;
        let page = waits && matches!(path.doing, StepState::InWriting { .. });
        let step = self.step_at(StepList::Act(self.walk.act), path)?;
        page.then(|| self.question_in_words(step, path))
    }
}
