//! Lines that everybody may see.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use super::agreement::STOP_WORD;
use super::step_kind::{GoingOn, StepAnswered, StepHere, StepKind, put_pass};
use crate::script::{CardLine, Step, Who, Write};
use crate::session::intent::{Intent, Refused};
use crate::session::roles::LIST_MARK;
use crate::session::scene::{InputField, Scene};
use crate::session::setup::WitnessCard;
use crate::session::state::{Notice, StepState};
use crate::session::{Applied, Session, no};
use crate::text::safe_text::{SafeText, letters};
use crate::text::words::{fill, too_long, words};

/// The most letters of a line that is said again on later screens.
const MOST_LETTERS: usize = 100;
/// The most lines of a list that people fill together: as many as a screen holds.
const MOST_LINES: usize = 12;

impl StepKind for Write {
    fn enter(&self, _session: &mut Session, _here: StepHere<'_>) -> StepState {
        StepState::Writing
    }

    /// Takes a line, or one that was suggested. Passing writes nothing, and what was written before stays.
    fn apply(&self, session: &mut Session, here: StepAnswered<'_>, intent: Intent) -> Applied {
        let holder = session.holder(here.track, here.step, &here.path);
        let to = here.step.to;
        let line = match &intent {
            Intent::Toss if self.lot => {
                let who = self.drawn(session, holder);
                session.notice = Some(Notice::Drawn { who });
                session.name(who)
            }
            Intent::Pass | Intent::Unsure => return here.go(session, to),
            Intent::Answer { n } => match self
                .to_choose(session, here.step, holder)
                .into_iter()
                .nth(*n)
            {
                Some(line) => line,
                None => return no(words().session.no_such_answer),
            },
            Intent::Write { words: typed } => SafeText::new(typed.trim()),
            _ => return no(words().session.not_here),
        };
        if line.is_empty() {
            return no(words().session.empty_line);
        }
        if let Some(sentence) = too_long(MOST_LETTERS, letters(line.as_str())) {
            return Err(Refused(sentence));
        }
        let name = session.script.written.get(self.name);
        let is_word = line.as_str().contains(char::is_alphabetic);
        if name.is_some_and(|written| written.name == STOP_WORD) && !is_word {
            return no(words().session.stop_word_letters);
        }
        let typed = matches!(intent, Intent::Write { .. });
        if typed && self.card == Some(CardLine::Sign) && !WitnessCard::is_sign(line.as_str()) {
            return no(words().session.sign_in_minutes);
        }
        if let (Some(on), Some(who)) = (self.card, holder) {
            session.write_on_card(who, on, &line);
        }
        let place = match holder {
            Some(who) => session.person_mut(who).map(|person| &mut person.written),
            None => Some(Arc::make_mut(&mut session.written)),
        };
        let Some(place) = place.and_then(|written| written.get_mut(self.name)) else {
            return here.go(session, to);
        };
        if !self.list {
            *place = Some(line);
            return here.go(session, to);
        }
        // One line more, and the list stays open until people go on.
        let lines = place.iter().flat_map(|all| all.as_str().split(LIST_MARK));
        let mut lines: Vec<&str> = lines.collect();
        if lines.len() >= MOST_LINES {
            return no(words().session.list_full);
        }
        lines.push(line.as_str());
        *place = Some(SafeText::new(&lines.join(LIST_MARK)));
        here.ask(session, StepState::Writing)
    }

    fn show(&self, session: &Session, scene: &mut Scene, here: StepHere<'_>) {
        let w = &words().session;
        let to_choose = self.to_choose(session, here.step, here.holder);
        let written = match here.holder {
            Some(who) => session.person(who).map(|person| &person.written),
            None => Some(&*session.written),
        };
        let written = written.and_then(|written| written.get(self.name)?.as_ref());
        if self.lot {
            scene.add_choice(SafeText::new(w.draw_lots), Intent::Toss);
            for (n, says) in to_choose.into_iter().enumerate() {
                scene.add_choice(says, Intent::Answer { n });
            }
            // Whoever comes back to it finds whom it is now.
            let so_far = written.map(|name| fill(&w.drawn_before, &[("name", name.as_str())]));
            scene.notice = so_far.or(scene.notice.take());
            put_pass(scene, w.pass);
            return;
        }
        let shown = here.step.shows.contains(&self.name);
        if self.list && written.is_some() && !shown {
            session.put_written(scene, (self.name, "·"), here.holder);
        }
        // Whoever comes back to it finds what they wrote; what was suggested is chosen by number again.
        let initial = written.filter(|line| !self.list && !to_choose.contains(line));
        let initial = initial.map_or_else(String::new, |line| line.as_str().to_owned());
        for (n, says) in to_choose.into_iter().enumerate() {
            scene.add_choice(says, Intent::Answer { n });
        }
        scene.field = Some(InputField::line(initial, w.write_hint, MOST_LETTERS));
        let filled = self.list && written.is_some();
        put_pass(scene, if filled { w.list_done } else { w.pass });
    }

    fn going_on(&self, step: &Step, _doing: &StepState) -> GoingOn {
        if self.list {
            return GoingOn::Next;
        }
        GoingOn::PassTo(step.to)
    }
}

impl Write {
    /// Whom chance says. Where each draws, nobody draws themselves, and nobody is drawn twice; else somebody who was not
    /// drawn or chosen in another such line, as long as there is one.
    fn drawn(&self, session: &Session, holder: Option<Who>) -> Who {
        if let Some(holder) = holder {
            let mut circle: Vec<Who> = session.everybody().collect();
            for left in (2..=circle.len()).rev() {
                circle.swap(left - 1, session.drawn_of(left, 4_096 + self.name));
            }
            let at = circle.iter().position(|who| *who == holder).unwrap_or(0);
            let next = circle.get((at + 1) % circle.len().max(1));
            return next.copied().unwrap_or(holder);
        }
        let others = || {
            let lines = session.written.iter().enumerate();
            lines.filter(|(at, _)| *at != self.name)
        };
        let free = |who: &Who| others().all(|(_, line)| line.as_ref() != Some(&session.name(*who)));
        let mut among: Vec<Who> = session.everybody().filter(free).collect();
        if among.is_empty() {
            among = session.everybody().collect();
        }
        let drawn = session.drawn_of(among.len(), 4_096 + self.name);
        among.get(drawn).copied().unwrap_or(Who(0))
    }

    /// Whether a line is chosen from what the step shows: from another list, that stands there alone. Who is asked for a
    /// name chooses a name.
    pub(in crate::session) fn chooses(&self, step: &Step) -> bool {
        let names = self.lot || self.people;
        !step.only_shows && !names && !step.shows.contains(&self.name)
    }

    /// The lines that numbers choose: everybody's name, where one of them is asked for, what is suggested, and the lines of
    /// another list that the step shows.
    fn to_choose(&self, session: &Session, step: &Step, holder: Option<Who>) -> Vec<SafeText> {
        let names = session.everybody().filter(|_| self.people);
        let names = names.map(|who| session.name(who).clone());
        let suggested = self.suggestions.iter();
        let suggested = suggested.map(|text| session.render(text, holder));
        let shown = step.shows.iter().filter(|_| self.chooses(step));
        let shown = shown.flat_map(|name| session.lines_of_list(*name, holder));
        names.chain(suggested).chain(shown).collect()
    }
}
