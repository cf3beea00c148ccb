//! Lines that everybody may see.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "an intent that is not asked for here is refused with a sentence, never ignored"
)]

use std::sync::Arc;

use super::agreement::{OFF_LIMITS, STOP_WORD};
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
/// How many letters of a line stand in what passing says.
const STAYS: usize = 24;
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
            Intent::PickLine { .. } if self.is_there(session, holder) => {
                self.take_out(session, holder);
                return here.ask(session, StepState::Writing);
            }
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
        let (meant, bare) = (&words().line_ui.meant, line.as_str().to_lowercase());
        let bare = bare.trim_end_matches('.');
        let (yes, nothing) = (meant.yes.contains(&bare), meant.no.contains(&bare));
        match name.map(|written| &*written.name) {
            Some(STOP_WORD) if !is_word => return no(words().session.stop_word_letters),
            // It would stop at each yes.
            Some(STOP_WORD) if yes || nothing => return no(words().session.stop_word_yes),
            // A yes says that there is something, and not what; a no says that there is nothing.
            Some(OFF_LIMITS) if yes => return no(words().session.off_limits_what),
            Some(OFF_LIMITS) if nothing => return here.go(session, to),
            _ => {}
        }
        let typed = matches!(intent, Intent::Write { .. });
        if typed && self.card == Some(CardLine::Sign) && !WitnessCard::is_sign(line.as_str()) {
            return no(words().session.sign_in_minutes);
        }
        if let (Some(on), Some(who)) = (self.card, holder) {
            if let Some(longest) = session.too_early(who, on, &line) {
                let values = [("minutes", longest.as_str())];
                return Err(Refused(fill(&words().session.sign_too_early, &values)));
            }
            session.write_on_card(who, on, &line);
        }
        let Some(place) = self.place(session, holder) else {
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
        let written = self.written(session, here.holder);
        // What going on without a word does: nothing is written, or what was written stays.
        let passes = match written {
            None => SafeText::new(w.pass),
            // The others may still have lines of their own.
            Some(_) if self.list && here.step.round => SafeText::new(w.list_done_own),
            Some(_) if self.list => SafeText::new(w.list_done),
            Some(line) => {
                let line = SafeText::short(line.as_str(), STAYS);
                fill(&w.write_stays, &[("line", line.as_str())])
            }
        };
        let take_out = || match self.list {
            true => w.list_take_out,
            false => w.write_take_out,
        };
        let take_out = written.map(|_| SafeText::new(take_out()));
        let take_out = take_out.map(|says| (says, Intent::PickLine { line: 0 }));
        if self.lot {
            scene.add_choice(SafeText::new(w.draw_lots), Intent::Toss);
            for (n, says) in to_choose.into_iter().enumerate() {
                scene.add_choice(says, Intent::Answer { n });
            }
            // Whoever comes back to it finds whom it is now.
            let so_far = written.map(|name| fill(&w.drawn_before, &[("name", name.as_str())]));
            scene.notice = so_far.or(scene.notice.take());
            if let Some((says, intent)) = take_out {
                scene.add_choice(says, intent);
            }
            put_pass(scene, passes.as_str());
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
        if let Some((says, intent)) = take_out {
            scene.add_choice(says, intent);
        }
        scene.field = Some(InputField::line(initial, w.write_hint, MOST_LETTERS));
        put_pass(scene, passes.as_str());
    }

    fn going_on(&self, step: &Step, _doing: &StepState) -> GoingOn {
        if self.list {
            return GoingOn::Next;
        }
        GoingOn::PassTo(step.to)
    }
}

impl Write {
    /// Where it stands that is written here: with whoever has the floor, or with everybody.
    fn place<'s>(
        &self,
        session: &'s mut Session,
        holder: Option<Who>,
    ) -> Option<&'s mut Option<SafeText>> {
        let written = match holder {
            Some(who) => &mut session.person_mut(who)?.written,
            None => Arc::make_mut(&mut session.written),
        };
        written.get_mut(self.name)
    }

    /// What stands there.
    fn written<'s>(&self, session: &'s Session, holder: Option<Who>) -> Option<&'s SafeText> {
        let written = match holder {
            Some(who) => &session.person(who)?.written,
            None => &*session.written,
        };
        written.get(self.name)?.as_ref()
    }

    fn is_there(&self, session: &Session, holder: Option<Who>) -> bool {
        self.written(session, holder).is_some()
    }

    /// Takes it away: of a list the last line.
    fn take_out(&self, session: &mut Session, holder: Option<Who>) {
        let Some(place) = self.place(session, holder) else {
            return;
        };
        let rest = place.as_ref().and_then(|all| {
            let rest = all.as_str().rsplit_once(LIST_MARK)?;
            Some(SafeText::new(rest.0))
        });
        *place = rest.filter(|_| self.list);
    }

    /// Whether this one can be chosen and drawn.
    fn takes(&self, session: &Session, who: Who) -> bool {
        !session.is_one_of(&self.without, who)
    }

    /// Whom chance says. Where each draws, nobody draws themselves, and nobody is drawn twice; else somebody who was not
    /// drawn or chosen in another such line, as long as there is one.
    fn drawn(&self, session: &Session, holder: Option<Who>) -> Who {
        if let Some(holder) = holder {
            let mut circle: Vec<Who> = session.everybody().collect();
            for left in (2..=circle.len()).rev() {
                circle.swap(left - 1, session.drawn_of(left, 4_096 + self.name));
            }
            let at = circle.iter().position(|who| *who == holder).unwrap_or(0);
            let next = (1..=circle.len()).filter_map(|on| circle.get((at + on) % circle.len()));
            let next = next.copied().find(|who| self.takes(session, *who));
            return next.unwrap_or(holder);
        }
        let others = || {
            let lines = session.written.iter().enumerate();
            lines.filter(|(at, _)| *at != self.name)
        };
        let free = |who: &Who| others().all(|(_, line)| line.as_ref() != Some(&session.name(*who)));
        let takes = |who: &Who| self.takes(session, *who);
        let mut among: Vec<Who> = session.everybody().filter(takes).filter(free).collect();
        if among.is_empty() {
            among = session.everybody().filter(takes).collect();
        }
        let drawn = session.drawn_of(among.len(), 4_096 + self.name);
        among.get(drawn).copied().unwrap_or(Who(0))
    }

    /// Whether a line is chosen from what the step shows: from another list, that stands there alone. Who is asked for a
    /// name chooses a name, and of one line nothing is chosen.
    pub(in crate::session) fn chooses(&self, session: &Session, step: &Step) -> bool {
        let names = self.lot || self.people;
        let several = |name: &usize| session.script.is_several_lines(*name);
        let own = names || step.shows.contains(&self.name);
        !step.only_shows && !own && step.shows.iter().any(several)
    }

    /// The lines that numbers choose: everybody's name, where one of them is asked for, what is suggested, and the lines of
    /// another list that the step shows.
    fn to_choose(&self, session: &Session, step: &Step, holder: Option<Who>) -> Vec<SafeText> {
        let takes = |who: &Who| self.people && self.takes(session, *who);
        let names = session.everybody().filter(takes);
        let names = names.map(|who| session.name(who).clone());
        let suggested = self.suggestions.iter();
        let suggested = suggested.map(|text| session.render(text, holder));
        let shown = step.shows.iter().filter(|_| self.chooses(session, step));
        let shown = shown.flat_map(|name| session.lines_of_list(*name, holder));
        names.chain(suggested).chain(shown).collect()
    }
}
