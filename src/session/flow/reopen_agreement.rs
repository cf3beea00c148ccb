//! The agreement, opened again in a pause: a line is changed, and everybody says yes anew (content.md B10).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use crate::session::intent::Intent;
use crate::session::scene::{Scene, SceneMood, Verb};
use crate::session::state::{AgreementStage, Notice, ReopenedAgreement, State};
use crate::session::steps::agreement::clean_line;
use crate::session::{Applied, Session, no};
use crate::text::safe_text::SafeText;
use crate::text::words::words;

impl Session {
    /// Whether there is an agreement that could be opened again.
    pub(in crate::session) fn can_reopen(&self) -> bool {
        self.signed && !self.lines.is_empty()
    }

    /// Opens it: which line is to change?
    pub(in crate::session) fn reopen(&mut self) -> Applied {
        if !self.can_reopen() {
            return no(words().session.held_go_on);
        }
        self.stood = None;
        let lines = self.lines.clone();
        self.put_reopened(Some(ReopenedAgreement {
            agreeing: AgreementStage::Picking,
            lines,
            written: None,
        }));
        Ok(Vec::new())
    }

    /// What stood before stays, until everybody has said yes to what is new.
    pub(in crate::session) fn reopened(
        &mut self,
        mut reopened: ReopenedAgreement,
        intent: &Intent,
    ) -> Applied {
        reopened.agreeing = match (reopened.agreeing, intent) {
            (AgreementStage::Picking, Intent::PickLine { line })
                if *line < reopened.lines.len() =>
            {
                AgreementStage::Writing {
                    line: *line,
                    reading: false,
                }
            }
            (AgreementStage::Writing { line, .. }, Intent::Write { words }) => {
                let clean = clean_line(words)?;
                if let Some(place) = Arc::make_mut(&mut reopened.lines).get_mut(line) {
                    *place = clean;
                    reopened.written = Some(line);
                }
                self.notice = Some(Notice::LineChanged);
                self.unsigned_yet()
            }
            // Only one line is asked about, so that is the one to change.
            (AgreementStage::Signing { .. }, Intent::ChangeLine) if reopened.written.is_some() => {
                AgreementStage::Writing {
                    line: reopened.written.unwrap_or(0),
                    reading: false,
                }
            }
            (AgreementStage::Writing { .. }, Intent::Pass | Intent::Back)
            | (AgreementStage::Signing { .. }, Intent::ChangeLine | Intent::Back) => {
                AgreementStage::Picking
            }
            (AgreementStage::Signing { mut yes }, Intent::Yes { who }) => {
                if yes.toggle(*who)? {
                    self.lines = reopened.lines;
                    self.put_reopened(None);
                    return Ok(Vec::new());
                }
                AgreementStage::Signing { yes }
            }
            (AgreementStage::Picking, Intent::Pass | Intent::Back)
            | (AgreementStage::Signing { .. }, Intent::Pass) => {
                self.put_reopened(None);
                return Ok(Vec::new());
            }
            (_, _) => return no(words().session.not_here),
        };
        self.put_reopened(Some(reopened));
        Ok(Vec::new())
    }

    fn put_reopened(&mut self, with: Option<ReopenedAgreement>) {
        if let State::Held { reopened, .. } = &mut self.state {
            *reopened = with.map(Box::new);
        }
    }

    pub(in crate::session) fn reopened_scene(&self, reopened: &ReopenedAgreement) -> Scene {
        let w = &words().session;
        let mut scene = self.base_scene(SafeText::new(w.reopened_title), None);
        scene.mood = SceneMood::Held;
        let words = self.by_number(&w.reopened_alone, &w.reopened);
        scene.prompt = SafeText::lines(words);
        self.put_agreement(&mut scene, &reopened.agreeing, &reopened.lines);
        if matches!(reopened.agreeing, AgreementStage::Signing { .. }) {
            // Only what is new is asked about; all the other lines stand as they were.
            let written = reopened.written.and_then(|line| reopened.lines.get(line));
            let is_new = |words: &SafeText| Some(words) == written || !self.lines.contains(words);
            scene.list.retain(|item| is_new(&item.words));
        }
        for offer in &mut scene.offers {
            if offer.verb == Verb::ChangeLine && reopened.written.is_some() {
                offer.says = SafeText::new(w.change_this);
            }
            let leaves = matches!(
                reopened.agreeing,
                AgreementStage::Signing { .. } | AgreementStage::Picking
            );
            if offer.verb == Verb::Pass && leaves {
                offer.says = SafeText::new(w.reopened_leave);
            }
        }
        // Nothing is read aloud here: everything stands still, and only one line is spoken about.
        scene.offers.retain(|offer| offer.verb != Verb::ReadAloud);
        scene.add_offer(Verb::Back, w.back);
        scene
    }
}
