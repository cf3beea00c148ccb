//! What stays when a session has closed, and what people change of it between sessions.

use super::{Activity, Program, export_file};
use crate::memory::{self, Circle, Memory, TRIAL};
use crate::menu::page::PageIntent;
use crate::records::{CircleChange, HistoryView, RecordRequest};
use crate::session::intent::{KeepChoice, Outline, Refused};
use crate::session::setup::KnownBefore;
use crate::text::safe_text::SafeText;

impl Program {
    /// Changes what is remembered; what goes wrong stands as a notice and stops nobody.
    pub(super) fn remember(&mut self, change: impl Fn(&mut Memory) + 'static) {
        self.trouble = self.people.change(change).err();
    }

    /// Whether lines were chosen last, or the full screen; `None` before anybody chose.
    pub(crate) fn chose_lines(&self) -> Option<bool> {
        self.people.chose_lines()
    }

    /// Whether somebody here knows the program: had a session that was kept, or has a notebook.
    pub(crate) fn knows_people(&self) -> bool {
        !self.people.circles().is_empty() || self.folders.notebooks().exists()
    }

    /// Remembers that lines were chosen, or the full screen. What goes wrong stands as a notice.
    pub(crate) fn choose_lines(&mut self, lines: bool) {
        let kept = self
            .people
            .change(move |memory| memory.remember_lines(lines));
        self.trouble = kept.err().or_else(|| self.trouble.take());
    }

    pub(super) fn remember_place(&mut self, name: &str, region: &str) {
        let (name, region) = (name.to_owned(), region.to_owned());
        self.remember(move |memory| memory.remember_place(&name, &region));
    }

    /// The agreement of these people, and what else a session of theirs begins with.
    pub(super) fn known(&self, names: &[String]) -> (Vec<String>, KnownBefore) {
        let now = self.clock.now();
        let circle = self.people.circle(names);
        let agreement = circle.map(|circle| circle.agreement.clone());
        let agreement = agreement.unwrap_or_default();
        let mut known = self.people.known(names, now.wall, now.day());
        let own = agreement
            .iter()
            .filter(|line| !self.scripts.has_agreement_line(line));
        known.own_lines = own.cloned().collect();
        (agreement, known)
    }

    /// Keeps what the people chose. The sentence is what went wrong.
    pub(super) fn keep(
        &mut self,
        outline: &Outline,
        minutes: u16,
        wording: Option<String>,
        apart: bool,
    ) -> Option<SafeText> {
        let told = outline.clone();
        match outline.kept {
            KeepChoice::Nothing => None,
            KeepChoice::Forget => {
                let forgotten = self
                    .people
                    .change(move |memory| memory.forget(&told.people));
                let path = self.folders.record();
                let forgotten = forgotten.err();
                forgotten.or(memory::forget(&path, &outline.people).err())
            }
            KeepChoice::Outline => {
                // Names are remembered only now: who keeps nothing of today is not known tomorrow.
                let remembered = self.people.change(move |memory| {
                    memory.remember_begin(&told.people, &told.script, minutes);
                    memory.remember_screens(&told.people, apart);
                    if let Some(wording) = &wording {
                        memory.remember_wording(&told.people, wording);
                    }
                    memory.remember_outline(&told);
                });
                let recorded = match memory::keep(&self.folders.record(), outline) {
                    Ok(notices) => notices.into_iter().next(),
                    Err(sentence) => Some(sentence),
                };
                remembered.err().or(recorded)
            }
        }
    }

    /// Something is asked where people look at what is remembered.
    pub(super) fn ask_records(&mut self, intent: PageIntent) -> Result<(), Refused> {
        if let Activity::Records(records) = &mut self.activity
            && let Some(request) = records.apply(intent, &self.people, self.clock.now())?
        {
            self.serve_records(request)?;
        }
        Ok(())
    }

    /// What goes wrong stands as a notice.
    fn serve_records(&mut self, request: RecordRequest) -> Result<(), Refused> {
        match request {
            RecordRequest::Appointment {
                names,
                what,
                folder,
            } => {
                let says = export_file::appointment(&what, &folder, self.clock.now())?;
                let (theirs, next) = (names.clone(), what.next());
                self.remember(move |memory| {
                    if let Some(circle) = memory.circle_mut(&theirs) {
                        circle.next = Some(next);
                    }
                });
                if let Activity::Records(records) = &mut self.activity
                    && !records.leads_home()
                {
                    records.is_written(names, says);
                } else {
                    self.say_at_home(says);
                }
            }
            RecordRequest::Home => self.go_home(),
            RecordRequest::History => self.read_history(),
            RecordRequest::Line { name, line, words } => {
                self.remember(move |memory| memory.write_line(&name, line, &words));
            }
            RecordRequest::ByEar { name, by_ear } => {
                self.remember(move |memory| memory.choose_by_ear(Some(&name), by_ear));
            }
            RecordRequest::Circle { names, what } => self.remember(move |memory| {
                if let Some(circle) = memory.circle_mut(&names) {
                    change(circle, what);
                }
            }),
            RecordRequest::ForgetPerson { name } => {
                let (gone, path) = (name.clone(), self.folders.record());
                let forgotten = self
                    .people
                    .change(move |memory| memory.forget_person(&gone));
                let recorded = memory::forget_with(&path, &name);
                self.trouble = forgotten.err().or(recorded.err());
                self.read_history();
            }
            RecordRequest::ForgetCircle { names } => {
                let (gone, path) = (names.clone(), self.folders.record());
                let forgotten = self.people.change(move |memory| memory.forget(&gone));
                let recorded = memory::forget(&path, &names);
                self.trouble = forgotten.err().or(recorded.err());
                self.read_history();
            }
        }
        Ok(())
    }

    fn read_history(&mut self) {
        let outlines = match memory::outlines(&self.folders.record()) {
            Ok((outlines, damage)) => {
                self.trouble = self.trouble.take().or(damage);
                outlines
            }
            Err(sentence) => {
                self.trouble = Some(sentence);
                Vec::new()
            }
        };
        let history = HistoryView::new(outlines, self.scripts.titles());
        if let Activity::Records(records) = &mut self.activity {
            records.lay(history);
        }
    }
}

fn change(circle: &mut Circle, what: CircleChange) {
    match what {
        CircleChange::End(day) => circle.end(day),
        CircleChange::MeetAgain => circle.ended = None,
        CircleChange::Review(day) => circle.review = Some(day),
        CircleChange::Trial => circle.trial = Some(circle.sessions.saturating_add(TRIAL)),
        CircleChange::NoTrial => circle.trial = None,
        CircleChange::Forgive => circle.loan.clear(),
        CircleChange::Next(next) => circle.next = next,
    }
}
