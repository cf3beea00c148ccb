//! What stays when a session has closed, and what people change of it between sessions.

use super::Program;
use crate::clock::Clock;
use crate::people::{self, Memory};
use crate::session::begin::Known;
use crate::session::intent::{Kept, Outline};
use crate::shown::Shown;

impl Program {
    /// Changes what is remembered; what goes wrong stands as a notice and stops nobody.
    pub(super) fn remember(&mut self, change: impl Fn(&mut Memory) + 'static) {
        self.trouble = self.people.change(change).err();
    }

    pub(super) fn remember_place(&mut self, name: &str, region: &str) {
        let (name, region) = (name.to_owned(), region.to_owned());
        self.remember(move |memory| memory.remember_place(&name, &region));
    }

    /// The agreement of these people, and what else a session of theirs begins with.
    pub(super) fn known(&self, names: &[String]) -> (Vec<String>, Known) {
        let now = self.clock.now();
        let circle = self.people.circle(names);
        let agreement = circle.map(|circle| circle.agreement.clone());
        let known = self.people.known(names, now.wall, now.day());
        (agreement.unwrap_or_default(), known)
    }

    /// Keeps what the people chose. The sentence is what went wrong.
    pub(super) fn keep(&mut self, outline: &Outline, minutes: u16) -> Option<Shown> {
        let told = outline.clone();
        match outline.kept {
            Kept::Nothing => None,
            Kept::Forget => {
                let forgotten = self
                    .people
                    .change(move |memory| memory.forget(&told.people));
                let path = self.home.record();
                let forgotten = forgotten.err();
                forgotten.or(people::forget(&path, &outline.people).err())
            }
            Kept::Outline => {
                // Names are remembered only now: who keeps nothing of today is not known tomorrow.
                let remembered = self.people.change(move |memory| {
                    memory.remember_begin(&told.people, &told.script, minutes);
                    memory.remember_outline(&told);
                });
                let recorded = match people::keep(&self.home.record(), outline) {
                    Ok(notices) => notices.into_iter().next(),
                    Err(sentence) => Some(sentence),
                };
                remembered.err().or(recorded)
            }
        }
    }
}
