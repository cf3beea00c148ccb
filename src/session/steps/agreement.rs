//! The agreement: read aloud by turns, changed line by line, and everybody's yes.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that the agreement does not ask for is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_go_on, put_pass};
use crate::script::{Agreement, Ask, Step};
use crate::session::consents::Consents;
use crate::session::intent::{Intent, Refused};
use crate::session::next_session::NextSession;
use crate::session::scene::{InputField, ListItem, Scene, SceneChoice, Verb};
use crate::session::state::{AgreementStage, Notice, StepState};
use crate::session::{Applied, Session, StepList, no};
use crate::text::safe_text::{SafeText, letters, paragraphs};
use crate::text::words::{fill, fill_lines, too_long, words};

/// The most letters of a line, so that it can be read aloud in one breath.
pub(in crate::session) const MOST_LETTERS: usize = 140;

/// The letters of a line of the agreement where one is picked among many.
const PICKED_LETTERS: usize = 56;

/// The most lines that are read and agreed to on one screen.
const ON_ONE_SCREEN: usize = 12;

/// The name under which a script asks what stays out today: it stands at the start of each turn, and is never kept.
pub(super) const OFF_LIMITS: &str = "off-limits";

/// The name under which a script asks when people meet again: the last page says it once more.
const NEXT_DATE: &str = "next-date";
/// The line that people write to stand in their agreement, once everybody said yes to it.
const NEW_LINE: &str = "new-line";

/// The name under which a script asks for the word that stops everything.
pub(in crate::session) const STOP_WORD: &str = "stop-word";

/// A line as it was typed, cleaned and short enough.
pub(in crate::session) fn clean_line(typed: &str) -> Result<SafeText, Refused> {
    let clean = SafeText::new(typed.trim());
    if clean.is_empty() {
        return no(words().session.empty_line);
    }
    match too_long(MOST_LETTERS, letters(clean.as_str())) {
        Some(sentence) => Err(Refused(sentence)),
        None => Ok(clean),
    }
}

impl StepKind for Agreement {
    fn enter(&self, session: &mut Session, here: StepHere<'_>) -> StepState {
        let place = (session.walk.act, here.path.step);
        StepState::Agreeing(session.first_agreeing(self, place))
    }

    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        let StepState::Agreeing(agreeing) = here.path.doing.clone() else {
            return no(words().session.not_here);
        };
        let next = match (agreeing, intent) {
            (AgreementStage::Reading { line }, Intent::GoOn) if line + 1 < session.lines.len() => {
                AgreementStage::Reading { line: line + 1 }
            }
            (AgreementStage::Writing { line, reading }, Intent::Pass) => {
                session.after_writing(line, reading)
            }
            (AgreementStage::Reading { .. }, Intent::GoOn)
            | (AgreementStage::Picking, Intent::Pass) => session.unsigned_yet(),
            (AgreementStage::Signing { .. }, Intent::Pass) => {
                return here.go(session, self.unsigned);
            }
            (AgreementStage::Signing { mut yes }, Intent::Yes { who }) => {
                if yes.toggle(who)? {
                    session.signed = true;
                    let to = here.step.to;
                    return here.go(session, to);
                }
                AgreementStage::Signing { yes }
            }
            // Who has said yes has said it, unless a line is changed.
            (AgreementStage::Signing { yes }, Intent::ReadAloud) => {
                session.stood = Some(yes);
                AgreementStage::Reading { line: 0 }
            }
            (AgreementStage::Signing { yes }, Intent::ChangeLine) => {
                session.stood = Some(yes);
                AgreementStage::Picking
            }
            (AgreementStage::Reading { line }, Intent::ChangeLine) => AgreementStage::Writing {
                line,
                reading: true,
            },
            (AgreementStage::Picking, Intent::PickLine { line }) if line < session.lines.len() => {
                AgreementStage::Writing {
                    line,
                    reading: false,
                }
            }
            (AgreementStage::Writing { line, reading }, Intent::Write { words }) => {
                session.rewrite_line(line, &words)?;
                session.after_writing(line, reading)
            }
            (_, _) => return no(words().session.not_here),
        };
        here.ask(session, StepState::Agreeing(next))
    }

    fn back(&self, session: &Session, doing: &StepState) -> Option<StepState> {
        let StepState::Agreeing(agreeing) = doing else {
            return None;
        };
        let before = match agreeing {
            AgreementStage::Reading { line: 0 } if session.stood.is_some() => {
                session.unsigned_yet()
            }
            AgreementStage::Reading { line } => AgreementStage::Reading {
                line: line.checked_sub(1)?,
            },
            AgreementStage::Signing { .. } => return None,
            AgreementStage::Picking => session.unsigned_yet(),
            AgreementStage::Writing { line, reading } => session.after_writing(*line, *reading),
        };
        Some(StepState::Agreeing(before))
    }

    fn again(&self, left: &StepState) -> Option<StepState> {
        let signing = matches!(left, StepState::Agreeing(AgreementStage::Signing { .. }));
        signing.then(|| left.clone())
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        if let StepState::Agreeing(agreeing) = &here.path.doing {
            session.put_agreement(scene, agreeing, &session.lines);
        }
    }

    fn going_on(&self, _step: &Step, doing: &StepState) -> GoingOn {
        match doing {
            StepState::Agreeing(AgreementStage::Signing { .. }) => GoingOn::NotYetTo(self.unsigned),
            _ => GoingOn::Next,
        }
    }
}

impl Session {
    /// The agreement is read aloud where there was none before, and where that of this script says more than any before
    /// it: a short session agrees on little, and a long one needs the whole. Otherwise everybody is asked whether it
    /// still holds. One that is for this session alone is read aloud each time.
    pub(in crate::session) fn first_agreeing(
        &mut self,
        agreement: &Agreement,
        place: (usize, usize),
    ) -> AgreementStage {
        self.signed = false;
        self.stood = None;
        let rendered = |session: &Self| -> Vec<SafeText> {
            let lines = agreement.lines.iter();
            lines.map(|line| session.render(line, None)).collect()
        };
        if agreement.for_today {
            // Whoever comes back to it finds what they changed.
            if self.lines_of != Some(place) {
                self.lines = Arc::new(rendered(self));
                self.lines_of = Some(place);
            }
            return self.read_aloud();
        }
        if self.lines_of.take().is_some() {
            self.lines = Arc::new(paragraphs(&self.begin.agreement));
        }
        let last = self.begin.agreement.len();
        let says_more = agreement.lines.len() > last && self.lines.len() == last;
        if says_more {
            let own = self.begin.known.own_lines.iter();
            let own = own.map(|line| SafeText::new(line));
            self.lines = Arc::new(rendered(self).into_iter().chain(own).collect());
            return self.read_aloud();
        }
        if self.begin.known.reread {
            return AgreementStage::Reading { line: 0 };
        }
        self.unsigned_yet()
    }

    /// Lines that have room on a screen are read there, where everybody says yes to them; longer ones line by line.
    fn read_aloud(&self) -> AgreementStage {
        if self.lines.len() > ON_ONE_SCREEN {
            return AgreementStage::Reading { line: 0 };
        }
        self.unsigned_yet()
    }

    /// What stands between these people beyond this session: the lines that everybody said yes to, unless they are for
    /// this session alone.
    pub(in crate::session) fn agreed(&self) -> Vec<String> {
        if !self.signed {
            return Vec::new();
        }
        if self.lines_of.is_none() {
            let lines = self.lines.iter();
            return lines.map(|line| line.as_str().to_owned()).collect();
        }
        // Lines for today leave what stands as it is, but for a line that was made to stand.
        let added = self
            .added
            .iter()
            .filter(|_| !self.begin.agreement.is_empty());
        let mut added = added.map(|line| line.as_str().to_owned()).peekable();
        match added.peek() {
            Some(_) => self.begin.agreement.iter().cloned().chain(added).collect(),
            None => Vec::new(),
        }
    }

    /// What everybody wrote as a new line, and said yes to, stands with the others. A line that was only said aloud is
    /// theirs to remember.
    pub(in crate::session) fn add_line(&mut self) {
        let Some(line) = self.written_as(NEW_LINE).cloned() else {
            return;
        };
        Arc::make_mut(&mut self.lines).push(line.clone());
        self.added = Some(line);
    }

    /// Gathering everybody's yes: from none, or from those that stood when something else was looked at.
    pub(in crate::session) fn unsigned_yet(&self) -> AgreementStage {
        AgreementStage::Signing {
            yes: (self.stood.clone()).unwrap_or_else(|| Consents::of(self.everybody())),
        }
    }

    /// A line that was changed while it was read aloud is read again, and the reading goes on from there.
    fn after_writing(&self, line: usize, reading: bool) -> AgreementStage {
        if reading {
            AgreementStage::Reading { line }
        } else {
            self.unsigned_yet()
        }
    }

    /// Whether a line was changed since the last time, or the last time that something was changed.
    pub(in crate::session) fn is_new(&self, line: &SafeText) -> bool {
        let (last, before) = (&self.begin.agreement, &self.begin.known.before);
        if last.is_empty() || self.lines_of.is_some() {
            return false;
        }
        let stands_in = |lines: &[String]| lines.iter().any(|known| known == line.as_str());
        !stands_in(last) || (!before.is_empty() && !stands_in(before))
    }

    /// The question of every later time: is it still true?
    pub(in crate::session) fn still_true(&self, lines: &[SafeText]) -> Option<SafeText> {
        let w = &words().session;
        if self.begin.agreement.is_empty() || self.lines_of.is_some() {
            return None;
        }
        let text = if lines.iter().any(|line| self.is_new(line)) {
            &w.still_true_new
        } else {
            &w.still_true
        };
        let since = self.begin.known.agreed;
        let today = self.begin.at.day();
        let since = since.map(|day| fill(&w.stands_since, &[("date", day.said(today).as_str())]));
        let since = since.unwrap_or_default();
        Some(fill(text, &[("since", since.as_str())]))
    }

    /// The word that these people agreed on for stopping at once: what they wrote today, or what stands in the agreement.
    /// While it is asked for, it is only a word.
    pub(in crate::session) fn stop_word(&self) -> Option<SafeText> {
        let mut names = self.script.written.iter();
        let at = names.position(|written| written.name == STOP_WORD);
        if let (Some(at), Some(step)) = (
            at,
            self.step_at(StepList::Act(self.walk.act), &self.walk.path),
        ) && matches!(&step.ask, Ask::Write(write) if write.name == at)
        {
            return None;
        }
        let written = at.and_then(|at| self.written.get(at)?.clone());
        written.or_else(|| {
            let (before, behind) = words().session.stop_word_in_line.around("word")?;
            let known = &self.begin.known.own_lines;
            let older = self.begin.agreement.iter().chain(known).map(String::as_str);
            let mut lines = self.lines.iter().map(SafeText::as_str).chain(older);
            lines.find_map(|line| {
                let (_, rest) = line.split_once(before)?;
                let word = rest.split(behind).next()?.trim();
                (!word.is_empty()).then(|| SafeText::new(word))
            })
        })
    }

    /// What stays out today, where somebody named it. The answer that a script proposes says that nobody did.
    pub(in crate::session) fn off_limits(&self) -> Option<SafeText> {
        let mut names = self.script.written.iter();
        let at = names.position(|written| written.name == OFF_LIMITS)?;
        let own = self.people.iter().map(|person| &person.written);
        let all = [&*self.written].into_iter().chain(own);
        let all = all.filter_map(|written| written.get(at)?.as_ref());
        let steps = self.script.stages.iter().flat_map(|stage| &stage.steps);
        let nothing = steps.filter_map(|step| match &step.ask {
            Ask::Write(write) if self.script.written.get(write.name)?.name == OFF_LIMITS => {
                Some(&write.suggestions)
            }
            _ => None,
        });
        let nothing = nothing.flatten().map(|says| self.render(says, None));
        let nothing: Vec<SafeText> = nothing.collect();
        // Whoever said nothing is not named beside what the other one said.
        let named = all.filter(|line| !nothing.contains(line));
        let named: Vec<&str> = named
            .map(|line| line.as_str().trim_end_matches('.'))
            .collect();
        let values = [("words", &*named.join("; "))];
        (!named.is_empty()).then(|| fill(&words().session.off_limits, &values))
    }

    /// When these people meet again, where they wrote it.
    pub(crate) fn next_date(&self) -> Option<SafeText> {
        let written = self.written_as(NEXT_DATE)?;
        // Where a day was understood, that is said, so that nobody finds another one at home.
        let said = match self.next_session() {
            Some(next) if next.at.is_some() => next.said_whole(),
            Some(next) => SafeText::new(&format!("{written} ({})", next.said_whole())),
            None => written.clone(),
        };
        let values = [("words", said.as_str())];
        Some(fill(&words().session.next_date, &values))
    }

    /// The day on which these people meet again, where they wrote one that is understood.
    pub(in crate::session) fn next_session(&self) -> Option<NextSession> {
        let written = self.written_as(NEXT_DATE)?;
        NextSession::written(written.as_str(), self.begin.at, self.begin.known.time)
    }

    /// What everybody together wrote under a name.
    fn written_as(&self, name: &str) -> Option<&SafeText> {
        let mut names = self.script.written.iter();
        let at = names.position(|written| written.name == name)?;
        self.written.get(at)?.as_ref()
    }

    fn rewrite_line(&mut self, line: usize, typed: &str) -> Result<(), Refused> {
        let clean = clean_line(typed)?;
        if let Some(place) = Arc::make_mut(&mut self.lines).get_mut(line) {
            *place = clean;
        }
        self.signed = false;
        self.stood = None;
        self.notice = Some(Notice::LineChanged);
        Ok(())
    }

    /// The lines as a list, those that are new marked. Without numbers: those are for what can be chosen.
    fn agreement_list(&self, lines: &[SafeText], current: Option<usize>) -> Vec<ListItem> {
        let entry = |(at, line): (usize, &SafeText)| {
            let lead = if self.is_new(line) {
                words().session.line_new
            } else {
                ""
            };
            ListItem::new(lead, line.clone(), current == Some(at))
        };
        lines.iter().enumerate().map(entry).collect()
    }

    pub(in crate::session) fn put_agreement(
        &self,
        scene: &mut Scene,
        agreeing: &AgreementStage,
        lines: &[SafeText],
    ) {
        let w = &words().session;
        let list = |current| self.agreement_list(lines, current);
        match agreeing {
            AgreementStage::Reading { line } => {
                let reader = self.who(line % self.people.len().max(1));
                let name = self.name(reader);
                scene.list = list(Some(*line));
                scene.to = vec![reader.index()];
                let key = if !self.is_alone() {
                    w.read_line
                } else {
                    w.read_alone.into()
                };
                scene.notice = Some(fill(&key, &[("name", name.as_str())]));
                let on = if line + 1 < lines.len() {
                    &w.next_line
                } else {
                    &w.to_yes
                };
                put_go_on(scene, on);
                scene.add_offer(Verb::ChangeLine, w.change_this);
            }
            AgreementStage::Signing { yes } => {
                scene.list = list(None);
                // That something else was passed is no news beside this question.
                let passed = matches!(self.notice, None | Some(Notice::Passed(_)));
                if passed {
                    scene.notice = self.still_true(lines);
                }
                self.put_yes(scene, yes);
                put_pass(scene, w.leave_unsigned);
                scene.add_offer(Verb::ChangeLine, w.change_line);
                scene.add_offer(Verb::ReadAloud, w.read_aloud);
            }
            AgreementStage::Picking => {
                scene.prompt = SafeText::lines(w.which_line);
                scene.choices = lines
                    .iter()
                    .enumerate()
                    .map(|(line, words)| {
                        // One row each, so that many lines can be seen at once; whoever picks one sees it whole.
                        SceneChoice::new(picked(words), Intent::PickLine { line })
                    })
                    .collect();
                put_pass(scene, w.leave_as_is);
            }
            AgreementStage::Writing { line, .. } => {
                let initial = lines.get(*line).map_or("", SafeText::as_str).to_owned();
                let words = self.by_number(w.new_line_alone.into(), w.new_line);
                scene.prompt = fill_lines(&words, &[("all", self.all_word())]);
                scene.field = Some(InputField::line(initial, w.new_line_hint, MOST_LETTERS));
                put_pass(scene, w.leave_as_is);
            }
        }
    }
}

/// A line as it stands in the list to pick from, cut behind a word.
fn picked(words: &SafeText) -> SafeText {
    let short = SafeText::short(words.as_str(), PICKED_LETTERS);
    let cut = short.as_str().rsplit_once(' ').filter(|_| short != *words);
    let cut = cut.map(|(whole, _)| SafeText::new(&format!("{whole} …")));
    cut.unwrap_or(short)
}
