//! What goes into somebody's own notebook: written unseen, and no word of it stays in the session.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use super::read::ReadStep;
use super::step_kind::{StepAnswered, StepHere, StepKind, put_go_on, put_pass};
use crate::script::Who;
use crate::session::intent::{Effect, Intent};
use crate::session::own_entry::OwnEntry;
use crate::session::scene::{InputField, Scene};
use crate::session::state::StepState;
use crate::session::{Applied, Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

/// The most letters of what is written for oneself in a session.
pub(crate) const MOST_OWN: usize = 4_000;
/// The most letters of a hint for the first page.
pub(crate) const MOST_CUE: usize = 30;

/// What one person wrote for themselves: for each piece, what the wall clock showed then, in milliseconds since 1970.
/// A log that is told again tells the same moments; where it could not be written, a later piece has another one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct NotesWritten {
    /// The notes.
    pub(crate) notes: Vec<i64>,
    /// The promises.
    pub(crate) promises: Vec<i64>,
    /// How often a page was begun on which a question is answered in writing.
    pub(crate) pages: usize,
    /// Whether something stands on one of them.
    pub(crate) answered: bool,
}

impl NotesWritten {
    pub(in crate::session) fn something(&self) -> bool {
        self.has_notes() || !self.promises.is_empty()
    }

    /// Whether there is a note, or a page of answers, which is kept as one.
    pub(in crate::session) fn has_notes(&self) -> bool {
        !self.notes.is_empty() || self.answered
    }
}

/// A moment to write for oneself.
pub(in crate::session) struct NoteStep;

impl StepKind for NoteStep {
    /// Without a notebook it is words to read.
    fn enter(&self, session: &mut Session, here: StepHere<'_>) -> StepState {
        match session.has_notebook(here.holder) {
            true => StepState::Noting,
            false => StepState::Reading,
        }
    }

    /// Takes words for a notebook. Going on without writes nothing.
    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        let to = here.step.to;
        if here.path.doing == StepState::Reading {
            return ReadStep.apply(session, here, intent);
        }
        let Some(who) = session.holder(here.track, here.step, &here.path) else {
            return no(words().session.not_here);
        };
        let own = match intent {
            Intent::Pass | Intent::Unsure => return here.go(session, to),
            Intent::Write { words: typed } if typed.trim().is_empty() => {
                return no(words().session.empty_line);
            }
            Intent::Write { words: typed } => Some(OwnEntry::Note(typed)),
            // Told again from a log, which never had the words.
            Intent::Sealed => None,
            _ => return no(words().session.not_here),
        };
        session.wrote_own(who, here.now, |wrote| &mut wrote.notes);
        sealed(session, here, who, own)
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        let w = &words().session;
        if here.path.doing == StepState::Reading {
            scene.notice = Some(SafeText::new(w.note));
            put_go_on(scene, w.go_on);
            return;
        }
        put_pass(scene, w.own_pass);
        session.put_own_field(scene, here.holder, None);
    }

    /// The words are in somebody's notebook, and nowhere else.
    fn to_log(&self, _session: &Session, doing: &StepState, intent: &Intent) -> Option<Intent> {
        match (doing, intent) {
            (StepState::Noting, Intent::Write { .. }) => Some(Intent::Sealed),
            (_, intent) => Some(intent.as_logged()),
        }
    }
}

/// It goes into somebody's notebook, and the way leads on.
pub(in crate::session) fn sealed(
    session: &mut Session,
    here: StepAnswered<'_>,
    who: Who,
    own: Option<OwnEntry>,
) -> Applied {
    let to = here.step.to;
    let own = own.map(|what| Effect::Own { who, what });
    let mut effects: Vec<Effect> = own.into_iter().collect();
    effects.extend(here.go(session, to)?);
    Ok(effects)
}

impl Session {
    /// Whether what is written now goes into a notebook: then the log gets [`Intent::Sealed`] instead of the words.
    #[must_use]
    pub(crate) fn writes_own(&self) -> bool {
        matches!(
            self.asked_alone().map(|(_, path)| &path.doing),
            Some(StepState::Noting | StepState::Promising(_))
        )
    }

    /// How much this person wrote for themselves up to now, whether before a crash or after it.
    #[must_use]
    pub(crate) fn written_own(&self, who: Who) -> NotesWritten {
        let person = self.person(who);
        person
            .map(|person| person.wrote.clone())
            .unwrap_or_default()
    }

    pub(in crate::session) fn wrote_own(
        &mut self,
        who: Who,
        now: Moment,
        list: impl Fn(&mut NotesWritten) -> &mut Vec<i64>,
    ) {
        if let Some(person) = self.person_mut(who) {
            list(&mut person.wrote).push(now.wall);
        }
    }

    /// Whether somebody's own words can be kept in a notebook of theirs.
    pub(in crate::session) fn has_notebook(&self, who: Option<Who>) -> bool {
        let person = who.and_then(|who| self.person(who));
        person.is_some_and(|person| person.has_notebook)
    }

    /// The field for something of one's own: this line, or else a page.
    pub(in crate::session) fn put_own_field(
        &self,
        scene: &mut Scene,
        holder: Option<Who>,
        line: Option<(&str, usize)>,
    ) {
        let w = &words().session;
        let hidden = !self.is_alone();
        let name = holder.map(|who| self.name(who)).unwrap_or_default();
        let key = if hidden {
            w.own_shared
        } else {
            w.own_alone.into()
        };
        scene.notice = Some(fill(&key, &[("name", name.as_str())]));
        let initial = String::new();
        scene.field = Some(match line {
            Some((hint, most)) => InputField::Line {
                initial,
                hint: SafeText::new(hint),
                most,
                hidden,
            },
            None => InputField::Page {
                initial,
                hint: SafeText::new(w.own_hint),
                most: MOST_OWN,
                hidden,
            },
        });
    }
}
