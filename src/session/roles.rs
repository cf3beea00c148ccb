//! Who has which role, and what texts say of it.

use super::plan::ActKind;
use super::state::Path;
use super::{Session, StepList};
use crate::script::{
    Piece, RoleSays, RoundGoes, Rung, StageKind, Step, Text, Who, Whom, group_sizes,
};
use crate::text::safe_text::SafeText;
use crate::text::sort::Arrange;
use crate::text::words::words;

/// What stands between the lines of a list that people fill.
pub(super) const LIST_MARK: &str = " · ";

/// Whose names stand in a text.
#[derive(Clone, Copy)]
pub(super) struct Named {
    /// Who is spoken of, and whose own lines are said.
    pub(super) holder: Option<Who>,
    /// Who has the first role.
    pub(super) first: Option<Who>,
    /// In which act.
    pub(super) act: usize,
    /// The only ones of whom it speaks, where it speaks to one group.
    pub(super) group: Option<usize>,
}

/// How people work at the same time.
#[derive(Clone, Copy)]
enum Grouping {
    /// In groups of so many, of which each has a turn at once.
    Turns(usize),
    /// In groups of about so many, each with a role of its own.
    Whole(usize),
}

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
        if self.people.len() == 2 {
            w.all_two
        } else {
            w.all_many
        }
    }

    /// Whose turn, share or go it is on a path: who has the first role.
    pub(super) fn holder(&self, track: StepList, step: &Step, path: &Path) -> Option<Who> {
        if self.is_alone() {
            return Some(Who(0));
        }
        if step.round {
            return self.goes(track, step).get(path.go).copied();
        }
        match (path.doing.nth_asked(), track) {
            (Some(nth), _) => Some(self.who(nth)),
            (None, StepList::Act(_) | StepList::Aside(_)) => self.holder_here(),
            (None, StepList::Stop | StepList::MiniClose) => None,
        }
    }

    /// Who has a go in a round, as the step has it: without some, or with some before or after the others.
    pub(super) fn goes(&self, track: StepList, step: &Step) -> Vec<Who> {
        let all = self.goes_in_order(track, step);
        let RoundGoes {
            without,
            first,
            last,
        } = &step.goes;
        let mut goes: Vec<Who> = all
            .iter()
            .copied()
            .filter(|who| !self.is_one_of(without, *who))
            .collect();
        if !(first.is_empty() && last.is_empty()) {
            let place = |who: &Who| {
                let late = self.is_one_of(last, *who);
                (late, !self.is_one_of(first, *who))
            };
            goes.arrange_by_key(place);
        }
        // Where that leaves nobody, nothing is left out.
        if goes.is_empty() { all } else { goes }
    }

    /// Whether somebody is named by a script, by their role or by what was written.
    pub(super) fn is_one_of(&self, whom: &[Whom], who: Who) -> bool {
        let turn = self.holder_here();
        let name = self.name(who);
        let is = |whom: &Whom| match whom {
            Whom::Role(role) => {
                let first = turn.unwrap_or_else(|| self.who(0));
                self.role_of(who, first) == *role
            }
            Whom::Written(at) => {
                let all = self.written_by(*at, turn);
                let mut lines = all.iter().flat_map(|all| all.as_str().split(LIST_MARK));
                lines.any(|line| line.eq_ignore_ascii_case(name.as_str()))
            }
        };
        whom.iter().any(is)
    }

    /// Everybody who has a go in a round: the first in the order of the turns, then the others. Where a role other than
    /// the first has the floor, whoever has it is first, and where the words are for that role, nobody else has a go.
    fn goes_in_order(&self, track: StepList, step: &Step) -> Vec<Who> {
        let holder = self.holder_here();
        let here = matches!(track, StepList::Act(_));
        if here && speaks_to(step, self.floor_of(step)) {
            let first = holder.unwrap_or_else(|| self.who(0));
            return self.having(self.floor_of(step), first);
        }
        let floor = self.act_stage(self.walk.act).map_or(0, |stage| stage.floor);
        let here = here && floor != 0;
        let first = here.then(|| self.speaker(holder)).flatten();
        let from = self.order.iter().position(|who| Some(*who) == first);
        let people = self.order.len();
        let go = |go| self.who((from.unwrap_or(0) + go) % people.max(1));
        (0..people).map(go).collect()
    }

    /// The role whose words are the prompt of a step.
    pub(super) fn floor_of(&self, step: &Step) -> usize {
        let stage = self.act_stage(self.walk.act);
        let floor = stage.map_or(0, |stage| stage.floor);
        step.floor.unwrap_or(floor)
    }

    /// Whose names stand in the texts of a step. In a round around somebody's turn it stays theirs, unless the words are
    /// for the first role: whoever has a go has that.
    pub(super) fn named_at(&self, track: StepList, step: &Step, holder: Option<Who>) -> Named {
        let around = step.round
            && matches!(track, StepList::Act(_))
            && (self.floor_of(step) != 0 || !says_to(step, 0));
        // Where nobody has a turn, whoever will have the first one, or had it.
        let alone = speaks_to(step, self.floor_of(step)).then(|| self.who(0));
        let turn = self.holder_here().or(alone).filter(|_| around);
        Named {
            first: turn.or(holder),
            ..self.named(holder)
        }
    }

    /// The same for a text that is spoken to whoever has the first role.
    pub(super) fn named(&self, holder: Option<Who>) -> Named {
        Named {
            holder,
            first: holder,
            act: self.walk.act,
            group: None,
        }
    }

    /// How people work at the same time in an act; not at all in most of them.
    fn grouping(&self, act: usize) -> Option<Grouping> {
        let what = self.act_kind(act)?;
        let stage = self.script.stages.get(what.stage())?;
        let size = stage.groups?.of(self.order.len());
        let alone = self.is_alone() || matches!(what, ActKind::Between { .. });
        match &stage.kind {
            _ if alone => None,
            StageKind::Turns { .. } => Some(Grouping::Turns(size)),
            StageKind::Together | StageKind::Each | StageKind::Closing => {
                Some(Grouping::Whole(size))
            }
        }
    }

    /// The groups that work at the same time in the act that is walked; none where everybody is together.
    pub(super) fn groups_here(&self) -> Vec<Vec<Who>> {
        let Some(Grouping::Turns(size) | Grouping::Whole(size)) = self.grouping(self.walk.act)
        else {
            return Vec::new();
        };
        let mut rest = &self.order[..];
        let mut groups = Vec::new();
        for size in group_sizes(self.order.len(), size) {
            let (group, behind) = rest.split_at(size.min(rest.len()));
            groups.push(group.to_vec());
            rest = behind;
        }
        groups
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
        self.role_in(self.walk.act, who, holder)
    }

    /// The same in an act: in groups, that of each by itself.
    fn role_in(&self, act: usize, who: Who, holder: Who) -> usize {
        let place = |who: Who| self.order.iter().position(|other| *other == who);
        let (Some(at), Some(from)) = (place(who), place(holder)) else {
            return 0;
        };
        let after = |circle: usize| (at % circle + circle - from % circle) % circle;
        let role = match self.grouping(act) {
            Some(Grouping::Whole(size)) => {
                let mut ends = 0;
                let sizes = group_sizes(self.order.len(), size);
                let mut behind = sizes.into_iter().take_while(|size| {
                    ends += size;
                    ends <= at
                });
                behind.by_ref().count()
            }
            Some(Grouping::Turns(size)) => {
                let size = size.max(1);
                self.role_apart(act, at, size)
                    .unwrap_or_else(|| after(size))
            }
            None => after(self.order.len().max(1)),
        };
        role.min(self.script.roles.len().saturating_sub(1))
    }

    /// Who has a role while `holder` has the first one, in the order of the turns after theirs.
    pub(super) fn having(&self, role: usize, holder: Who) -> Vec<Who> {
        self.having_in(self.walk.act, role, holder)
    }

    fn having_in(&self, act: usize, role: usize, holder: Who) -> Vec<Who> {
        let people = self.order.len();
        let from = self.order.iter().position(|who| *who == holder);
        (0..people)
            .map(|after| self.who((from.unwrap_or(0) + after) % people.max(1)))
            .filter(|who| self.role_in(act, *who, holder) == role)
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
    pub(super) fn paragraphs(&self, text: &Text, named: Named) -> Vec<SafeText> {
        self.paragraphs_for(text, named, self.by_ear(self.everybody()))
    }

    /// Whether one of these people has words by ear and touch.
    pub(super) fn by_ear(&self, who: impl IntoIterator<Item = Who>) -> bool {
        let by_ear = &self.begin.known.by_ear;
        let mut who = who.into_iter();
        who.any(|who| by_ear.get(who.index()) == Some(&true))
    }

    /// The same, for people some of whom have words by ear and touch.
    pub(super) fn paragraphs_for(&self, text: &Text, named: Named, by_ear: bool) -> Vec<SafeText> {
        let first = named.first.unwrap_or_else(|| self.who(0));
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Role(role) => {
                let mut having = self.having_in(named.act, *role, first);
                having.retain(|who| named.group.is_none_or(|group| self.group_of(*who) == group));
                self.names(&having)
            }
            Piece::Written(name) => self.wrote(*name, named.holder),
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

    /// What was written under a name: by this person, or else by everybody together; where nobody has the floor, what each
    /// wrote, name by name. What one of them wrote in their turn is theirs for whoever has a go beside it.
    pub(super) fn written_by(&self, name: usize, holder: Option<Who>) -> Option<SafeText> {
        let by = |who: Who| self.person(who)?.written.get(name)?.clone();
        let all = || self.written.get(name)?.clone();
        let of_one = || {
            let one = self.holder_here().is_none() && self.script.is_written_by_one(name);
            let mut order = self.order.iter().filter(|_| one);
            order.find_map(|who| by(*who))
        };
        let Some(holder) = holder else {
            let together = all().or_else(of_one);
            return together.or_else(|| self.everybodys_lines(name));
        };
        let turn = self.holder_here().filter(|turn| *turn != holder);
        let here = self.act_kind(self.walk.act).map(ActKind::stage);
        let by_turn = |at: &usize| self.script.is_written_in_turn(*at, name);
        if let (Some(turn), Some(_)) = (turn, here.filter(by_turn)) {
            return by(turn).or_else(all);
        }
        let of_turn = || turn.filter(|_| !self.script.is_written_in_round(name));
        let own = by(holder).or_else(all);
        own.or_else(|| by(of_turn()?)).or_else(of_one)
    }

    /// What each has written under a name, in the order of the turns.
    fn everybodys_lines(&self, name: usize) -> Option<SafeText> {
        let mut lines = Vec::new();
        for who in self.order.iter() {
            let own = self
                .person(*who)
                .and_then(|person| person.written.get(name));
            let own = own.into_iter().flatten();
            for line in own.flat_map(|own| own.as_str().split(LIST_MARK)) {
                lines.push(format!("{}: {line}", self.name(*who)));
            }
        }
        (!lines.is_empty()).then(|| SafeText::new(&lines.join(LIST_MARK)))
    }

    /// The same, or what stands there when nothing was written.
    pub(super) fn wrote(&self, name: usize, holder: Option<Who>) -> SafeText {
        let otherwise = || {
            let written = self.script.written.get(name);
            written.map(|written| written.otherwise.clone())
        };
        let written = self.written_by(name, holder);
        written.or_else(otherwise).unwrap_or_default()
    }
}

/// Whether a step has words for a role, on any rung.
fn says_to(step: &Step, role: usize) -> bool {
    let says = step.says.roles.get(role);
    let spoken = |says: &RoleSays| Rung::ALL.iter().any(|rung| !says.on(*rung).is_empty());
    says.is_some_and(spoken)
}

/// Whether a step speaks to a role other than the first one, which has the floor.
fn speaks_to(step: &Step, floor: usize) -> bool {
    floor != 0 && says_to(step, floor)
}

/// Paragraphs as one.
pub(super) fn join(lines: &[SafeText]) -> SafeText {
    if let [line] = lines {
        return line.clone();
    }
    let lines: Vec<&str> = lines.iter().map(SafeText::as_str).collect();
    SafeText::new(&lines.join(" "))
}
