//! What stays of what somebody wrote for themselves, and for how long: asked of each at the closing (design.md 4,
//! "Records"). It knows how much there is, and no word of it.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_pass};
use crate::script::{Step, Who};
use crate::session::intent::{Effect, Intent, KeepChoice};
use crate::session::own_entry::{KeptNotes, NotesLifetime, OwnEntry};
use crate::session::scene::Scene;
use crate::session::state::StepState;
use crate::session::{Applied, Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, fill_lines, words};

/// What stays of the session, and then of what each wrote for themselves.
pub(in crate::session) struct KeepStep;

impl StepKind for KeepStep {
    fn enter(&self, _session: &mut Session, _here: StepHere<'_>) -> StepState {
        StepState::Keeping
    }

    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        match here.path.doing {
            StepState::KeepingOwn { who, stay } => keep_own(session, here, (who, stay), &intent),
            StepState::Staying { who, stay } => {
                // Asked again then what stays.
                let stay = match intent {
                    Intent::Pass => stay,
                    Intent::Stay { stay } => stay,
                    _ => return no(words().session.not_here),
                };
                here.ask(session, StepState::KeepingOwn { who, stay })
            }
            _ => {
                match intent {
                    // Nothing is kept uninvited.
                    Intent::Pass => session.kept = KeepChoice::Nothing,
                    Intent::Keep { what } => session.kept = what,
                    _ => return no(words().session.not_here),
                }
                keep_next(session, here, 0)
            }
        }
    }

    fn back(&self, _session: &Session, doing: &StepState) -> Option<StepState> {
        match *doing {
            StepState::KeepingOwn { .. } => Some(StepState::Keeping),
            StepState::Staying { who, stay } => Some(StepState::KeepingOwn { who, stay }),
            _ => None,
        }
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        match here.path.doing {
            StepState::KeepingOwn { who, stay } => session.put_keep_own(scene, who, stay),
            StepState::Staying { who, stay } => session.put_staying(scene, who, stay),
            _ => put_keep(scene),
        }
    }

    fn going_on(&self, _step: &Step, _doing: &StepState) -> GoingOn {
        GoingOn::Next
    }
}

/// Whoever wrote into a notebook, from this person on, says what of that stays; after the last the way leads on.
fn keep_next(session: &mut Session, here: StepAnswered<'_>, from: usize) -> Applied {
    let to = here.step.to;
    match session.keeps_own(from) {
        Some(next) => here.ask(session, next),
        None => here.go(session, to),
    }
}

/// Somebody says what stays of what they wrote.
fn keep_own(
    session: &mut Session,
    here: StepAnswered<'_>,
    (who, stay): (Who, NotesLifetime),
    intent: &Intent,
) -> Applied {
    let what = match intent {
        // They are in a notebook already, by their own hand: a pass throws nothing away.
        Intent::Pass => KeptNotes::All,
        Intent::KeepOwn { what } => *what,
        Intent::HowLong if session.written_own(who).has_notes() => {
            return here.ask(session, StepState::Staying { who, stay });
        }
        _ => return no(words().session.not_here),
    };
    if let Some(person) = session.person_mut(who) {
        person.let_go = what == KeptNotes::Nothing;
    }
    let own = Effect::Own {
        who,
        what: OwnEntry::Keep { what, stay },
    };
    let mut effects = vec![own];
    effects.extend(keep_next(session, here, who.index() + 1)?);
    Ok(effects)
}

fn put_keep(scene: &mut Scene) {
    let w = &words().session;
    let (outline, nothing) = (&w.keep_outline, &w.keep_nothing);
    for (says, what) in [
        (outline, KeepChoice::Outline),
        (nothing, KeepChoice::Nothing),
    ] {
        let says = SafeText::new(says);
        scene.add_choice(says, Intent::Keep { what });
    }
    put_pass(scene, w.keep_go_on);
}

impl Session {
    /// The first person from `from` on who wrote something and has not said yet what of it stays.
    pub(in crate::session) fn keeps_own(&self, from: usize) -> Option<StepState> {
        let mut people = self.everybody().skip(from);
        let who = people.find(|who| self.written_own(*who).something())?;
        let stay = NotesLifetime::default();
        Some(StepState::KeepingOwn { who, stay })
    }

    /// Whether something that somebody wrote for themselves stays.
    pub(in crate::session) fn own_words_stay(&self) -> bool {
        let mut people = self.people.iter();
        people.any(|person| person.wrote.something() && !person.let_go)
    }

    pub(in crate::session) fn put_keep_own(
        &self,
        scene: &mut Scene,
        who: Who,
        stay: NotesLifetime,
    ) {
        let w = &words().session;
        let ask = if !self.is_alone() {
            w.keep_own
        } else {
            w.keep_own_alone.into()
        };
        scene.prompt = vec![fill(&ask, &[("name", self.name(who).as_str())])];
        scene.to = vec![who.index()];
        let wrote = self.written_own(who);
        let mut add = |says: &str, what| {
            let intent = Intent::KeepOwn { what };
            scene.add_choice(SafeText::new(says), intent);
        };
        add(w.keep_own_all, KeptNotes::All);
        if wrote.has_notes() && !wrote.promises.is_empty() {
            add(w.keep_own_promises, KeptNotes::Promises);
            add(w.keep_own_notes, KeptNotes::Notes);
        }
        add(w.keep_own_nothing, KeptNotes::Nothing);
        if wrote.has_notes() {
            let says = fill(&w.keep_own_stay, &[("long", stay.says())]);
            scene.add_choice(says, Intent::HowLong);
        }
        put_pass(scene, w.keep_own_go_on);
    }

    pub(in crate::session) fn put_staying(&self, scene: &mut Scene, who: Who, stay: NotesLifetime) {
        let w = &words().session;
        let ask = if !self.is_alone() {
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
            scene.add_choice(SafeText::new(stay.says()), intent);
        }
        put_pass(scene, stay.says());
    }
}
