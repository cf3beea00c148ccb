//! The agreement, opened again in a pause: a line is changed, and everybody says yes anew (content.md B10).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use super::agreement::clean_line;
use super::intent::{Effect, Intent, Refused};
use super::scene::{Mood, Scene, Verb};
use super::state::{Agreeing, Notice, Reopened, State};
use super::view::offer;
use super::{Session, no};
use crate::shown::Shown;
use crate::words::words;

impl Session {
    /// Whether there is an agreement that could be opened again.
    pub(super) fn can_reopen(&self) -> bool {
        self.signed && !self.lines.is_empty()
    }

    /// Opens it: which line is to change?
    pub(super) fn reopen(&mut self) -> Result<Vec<Effect>, Refused> {
        if !self.can_reopen() {
            return no(&words().session.held_go_on);
        }
        let lines = self.lines.clone();
        self.put_reopened(Some(Reopened {
            agreeing: Agreeing::Picking,
            lines,
            written: None,
        }));
        Ok(Vec::new())
    }

    /// What stood before stays, until everybody has said yes to what is new.
    pub(super) fn reopened(
        &mut self,
        mut reopened: Reopened,
        intent: &Intent,
    ) -> Result<Vec<Effect>, Refused> {
        let nobody = vec![false; self.begin.people.len()];
        reopened.agreeing = match (reopened.agreeing, intent) {
            (Agreeing::Picking, Intent::PickLine { line }) if *line < reopened.lines.len() => {
                Agreeing::Writing {
                    line: *line,
                    reading: false,
                }
            }
            (Agreeing::Writing { line, .. }, Intent::Write { words }) => {
                let clean = clean_line(words)?;
                if let Some(place) = Arc::make_mut(&mut reopened.lines).get_mut(line) {
                    *place = clean;
                    reopened.written = Some(line);
                }
                self.notice = Some(Notice::LineChanged);
                Agreeing::Signing { yes: nobody }
            }
            // Only one line is asked about, so that is the one to change.
            (Agreeing::Signing { .. }, Intent::ChangeLine) if reopened.written.is_some() => {
                Agreeing::Writing {
                    line: reopened.written.unwrap_or(0),
                    reading: false,
                }
            }
            (Agreeing::Writing { .. }, Intent::GoOn | Intent::Back)
            | (Agreeing::Signing { .. }, Intent::ChangeLine | Intent::Back) => Agreeing::Picking,
            (Agreeing::Signing { mut yes }, Intent::Yes { who }) => {
                let Some(said) = yes.get_mut(who.index()) else {
                    return no(&words().session.nobody);
                };
                *said = !*said;
                if yes.iter().all(|said| *said) {
                    self.lines = reopened.lines;
                    self.put_reopened(None);
                    return Ok(Vec::new());
                }
                Agreeing::Signing { yes }
            }
            (Agreeing::Picking, Intent::GoOn | Intent::Back)
            | (Agreeing::Signing { .. }, Intent::GoOn) => {
                self.put_reopened(None);
                return Ok(Vec::new());
            }
            (_, _) => return no(&words().session.not_here),
        };
        self.put_reopened(Some(reopened));
        Ok(Vec::new())
    }

    fn put_reopened(&mut self, with: Option<Reopened>) {
        if let State::Held { reopened, .. } = &mut self.state {
            *reopened = with.map(Box::new);
        }
    }

    pub(super) fn reopened_scene(&self, reopened: &Reopened) -> Scene {
        let w = &words().session;
        let mut scene = self.base_scene(Shown::new(&w.reopened_title), None);
        scene.mood = Mood::Held;
        let words = self.by_number(&w.reopened_alone, &w.reopened);
        scene.prompt = Shown::lines(words);
        self.put_agreement(&mut scene, &reopened.agreeing, &reopened.lines);
        if matches!(reopened.agreeing, Agreeing::Signing { .. }) {
            // Only what is new is asked about; all the other lines stand as they were.
            let written = reopened.written.and_then(|line| reopened.lines.get(line));
            let is_new = |words: &Shown| Some(words) == written || !self.lines.contains(words);
            scene.list.retain(|item| is_new(&item.words));
        }
        for offer in &mut scene.offers {
            if offer.verb == Verb::ChangeLine && reopened.written.is_some() {
                offer.says = Shown::new(&w.change_this);
            }
            let leaves = matches!(
                reopened.agreeing,
                Agreeing::Signing { .. } | Agreeing::Picking
            );
            if offer.verb == Verb::GoOn && leaves {
                offer.says = Shown::new(&w.reopened_leave);
            }
        }
        // Nothing is read aloud here: everything stands still, and only one line is spoken about.
        scene.offers.retain(|offer| offer.verb != Verb::ReadAloud);
        scene.offers.push(offer(Verb::Back, &w.back, Intent::Back));
        scene
    }
}
