//! Who has which role, and what texts say of it.

use super::plan::ActKind;
use super::state::Path;
use super::{Session, StepList};
use crate::script::{Piece, Step, Text, Who};
use crate::text::safe_text::SafeText;
use crate::text::words::words;

impl Session {
    /// Whether one person is here by themselves.
    pub(super) fn is_alone(&self) -> bool {
        self.people.len() == 1
    }

    /// The words for one person, or those for several.
    pub(super) fn by_number<T>(&self, alone: T, together: T) -> T {
        if self.is_alone() { alone } else { together }
    }

    /// How everybody is called in "when you are all ready".
    pub(super) fn all_word(&self) -> &'static str {
        let w = &words().session;
        if self.people.len() == 2 { w.all_two } else { w.all_many }
    }

    /// Whose turn, share or go it is on a path: who has the first role.
    pub(super) fn holder(&self, track: StepList, step: &Step, path: &Path) -> Option<Who> {
        if self.is_alone() {
            return Some(Who(0));
        }
        if step.round {
            return Some(self.at_go(track, path.go));
        }
        match (path.doing.nth_asked(), track) {
            (Some(nth), _) => Some(self.who(nth)),
            (None, StepList::Act(_) | StepList::Aside(_)) => self.holder_here(),
            (None, StepList::Stop | StepList::MiniClose) => None,
        }
    }

    /// Whose go it is in a round: the first in the order of the turns, then the others. Where a role other than the
    /// first has the floor, whoever has it is first.
    pub(super) fn at_go(&self, track: StepList, go: usize) -> Who {
        let floor = self.act_stage(self.walk.act).map_or(0, |stage| stage.floor);
        let here = matches!(track, StepList::Act(_)) && floor != 0;
        let first = here.then(|| self.speaker(self.holder_here())).flatten();
        let from = self.order.iter().position(|who| Some(*who) == first);
        self.who((from.unwrap_or(0) + go) % self.order.len().max(1))
    }

    /// Whose the act is that is walked, when it is somebody's.
    pub(super) fn holder_here(&self) -> Option<Who> {
        let nth = self.act_kind(self.walk.act).and_then(ActKind::nth)?;
        Some(self.who(nth))
    }

    /// Whose words are the prompt, when `holder` has the first role: a part around a turn may give the floor on.
    pub(super) fn speaker(&self, holder: Option<Who>) -> Option<Who> {
        let floor = self.act_stage(self.walk.act).map_or(0, |stage| stage.floor);
        if floor == 0 {
            return holder;
        }
        holder.and_then(|holder| self.having(floor, holder).first().copied())
    }

    /// Which role a person has while `holder` has the first one.
    pub(super) fn role_of(&self, who: Who, holder: Who) -> usize {
        let people = self.order.len().max(1);
        let place = |who: Who| self.order.iter().position(|other| *other == who);
        let (Some(at), Some(from)) = (place(who), place(holder)) else {
            return 0;
        };
        let last = self.script.roles.len().saturating_sub(1);
        ((at + people - from) % people).min(last)
    }

    /// Who has a role while `holder` has the first one, in the order of the turns after theirs.
    pub(super) fn having(&self, role: usize, holder: Who) -> Vec<Who> {
        let people = self.order.len();
        let from = self.order.iter().position(|who| *who == holder);
        (0..people)
            .map(|after| self.who((from.unwrap_or(0) + after) % people.max(1)))
            .filter(|who| self.role_of(*who, holder) == role)
            .collect()
    }

    /// Several names as one reads them.
    pub(super) fn names(&self, who: &[Who]) -> SafeText {
        let names: Vec<SafeText> = who.iter().map(|who| self.name(*who)).collect();
        let names: Vec<&str> = names.iter().map(SafeText::as_str).collect();
        match names.split_last() {
            None => SafeText::default(),
            Some((last, [])) => SafeText::new(last),
            Some((last, before)) => SafeText::new(&format!(
                "{} {} {last}",
                before.join(", "),
                words().session.and
            )),
        }
    }

    /// Everybody but this person.
    pub(super) fn others(&self, who: Who) -> SafeText {
        let others = self.everybody();
        let others: Vec<Who> = others.filter(|other| *other != who).collect();
        self.names(&others)
    }

    /// A text as paragraphs, with what its braces stand for; `holder` has the first role.
    pub(super) fn paragraphs(&self, text: &Text, holder: Option<Who>) -> Vec<SafeText> {
        self.paragraphs_for(text, holder, self.by_ear(self.everybody()))
    }

    /// Whether one of these people has words by ear and touch.
    pub(super) fn by_ear(&self, who: impl IntoIterator<Item = Who>) -> bool {
        let by_ear = &self.begin.known.by_ear;
        let mut who = who.into_iter();
        who.any(|who| by_ear.get(who.index()) == Some(&true))
    }

    /// The same, for people some of whom have words by ear and touch.
    pub(super) fn paragraphs_for(
        &self,
        text: &Text,
        holder: Option<Who>,
        by_ear: bool,
    ) -> Vec<SafeText> {
        let first = holder.unwrap_or_else(|| self.who(0));
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Role(role) => self.names(&self.having(*role, first)),
            Piece::Written(name) => self.wrote(*name, holder),
            Piece::Packed(words) => words.get(self.pack).cloned().unwrap_or_default(),
            Piece::BySense(both) => both[usize::from(by_ear)].clone(),
        };
        let line = |pieces: &Vec<Piece>| {
            if let [only] = &pieces[..] {
                return piece(only);
            }
            let said: Vec<SafeText> = pieces.iter().map(piece).collect();
            let said: Vec<&str> = said.iter().map(SafeText::as_str).collect();
            SafeText::new(&said.concat())
        };
        text.0.iter().map(line).collect()
    }

    /// What was written under a name: by this person, or else by everybody, or else what stands there then.
    pub(super) fn wrote(&self, name: usize, holder: Option<Who>) -> SafeText {
        let own = holder.and_then(|who| self.person(who)?.written.get(name)?.clone());
        let all = || self.written.get(name)?.clone();
        let otherwise = || {
            let written = self.script.written.get(name);
            written.map(|written| written.otherwise.clone())
        };
        own.or_else(all).or_else(otherwise).unwrap_or_default()
    }
}

/// Paragraphs as one.
pub(super) fn join(lines: &[SafeText]) -> SafeText {
    if let [line] = lines {
        return line.clone();
    }
    let lines: Vec<&str> = lines.iter().map(SafeText::as_str).collect();
    SafeText::new(&lines.join(" "))
}
