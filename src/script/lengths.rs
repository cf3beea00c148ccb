//! What minutes become for so many people: one stage may get what the others leave.

use std::sync::Arc;
use std::time::Duration;

use super::head::People;
use super::model::{Script, Stage, StageKind};

/// The whole length of stages for this many people, without a buffer.
#[must_use]
pub(crate) fn length(stages: &[Stage], people: usize, one_sided: bool) -> Duration {
    let with_parts = |stage: &Stage| {
        let shares = stage.shares(people, one_sided);
        let own = stage.length.saturating_mul(shares);
        let StageKind::Turns {
            before,
            after,
            between,
            ..
        } = &stage.kind
        else {
            return own;
        };
        let parts: Duration = before.iter().chain(after).map(|part| part.length).sum();
        let between = between.as_ref().map_or(Duration::ZERO, |part| part.length);
        own + parts * shares + between * shares.saturating_sub(1)
    };
    stages.iter().map(with_parts).sum()
}

/// The least that still makes sense when a script does not say it.
pub(crate) fn usual_least(kind: &StageKind, length: Duration) -> Duration {
    match kind {
        StageKind::Closing => length,
        StageKind::Together | StageKind::Each => length / 2,
        StageKind::Turns { landing, .. } => (length / 2).max(*landing * 2).min(length),
    }
}

/// The lengths of a script for a number of people.
pub(crate) struct Lengths {
    /// The stage that gets the rest, if there is one.
    pub(crate) rest: Option<RestLength>,
    /// All stages together.
    pub(crate) stages: Duration,
    /// What is left for nobody.
    pub(crate) buffer: Duration,
}

/// What the stage that gets the rest comes to.
pub(crate) struct RestLength {
    /// Which stage.
    pub(crate) at: usize,
    /// Its length.
    pub(crate) length: Duration,
    /// The least that still makes sense.
    pub(crate) at_least: Duration,
}

impl Lengths {
    /// The length of one of the stages.
    pub(crate) fn of(&self, at: usize, stage: &Stage) -> Duration {
        let rest = self.rest.as_ref().filter(|rest| rest.at == at);
        rest.map_or(stage.length, |rest| rest.length)
    }
}

impl Script {
    /// Its lengths for this many people. Slack that whole minutes leave beside the rest becomes buffer.
    pub(super) fn lengths(&self, people: u8) -> Lengths {
        let people = usize::from(people.clamp(self.people.from, self.people.to));
        let one_sided = self.one_sided.is_some();
        let others = length(&self.stages, people, one_sided);
        let rest = self.stages.iter().enumerate().find(|(_, stage)| stage.rest);
        let Some((at, stage)) = rest else {
            let (stages, buffer) = (others, self.buffer);
            let rest = None;
            return Lengths {
                rest,
                stages,
                buffer,
            };
        };
        let whole = Duration::from_secs(u64::from(self.minutes) * 60);
        let room = whole.saturating_sub(others + self.buffer);
        let shares = stage.shares(people, one_sided).max(1);
        let length = Duration::from_secs(room.as_secs() / 60 / u64::from(shares) * 60);
        let at_least = match stage.at_least {
            Duration::ZERO => usual_least(&stage.kind, length),
            said => said.min(length),
        };
        // Until it gets the rest it has no length of its own.
        let stages = others + length * shares;
        Lengths {
            rest: Some(RestLength {
                at,
                length,
                at_least,
            }),
            stages,
            buffer: whole.saturating_sub(stages),
        }
    }

    /// Every length in which so many people can follow it, as it is written: itself first.
    pub(crate) fn for_so_many(&self, people: u8) -> impl Iterator<Item = &Self> {
        let alone = people == 1 && self.people.to > 1 && self.people.from == 1;
        let all = [self]
            .into_iter()
            .chain(self.others.iter().map(|other| &**other));
        all.filter(move |script| (script.people.to == 1) == alone || self.people.to == 1)
    }

    /// The one of them that is written for so many minutes, or else the longest one that fits in, or the shortest.
    fn of_length(self: &Arc<Self>, people: u8, minutes: u64) -> Arc<Self> {
        let fits = |script: &&Self| u64::from(script.minutes) <= minutes;
        let longest = self.for_so_many(people).filter(fits);
        let longest = longest.max_by_key(|script| script.minutes);
        let shortest = || self.for_so_many(people).min_by_key(|script| script.minutes);
        let found = longest.or_else(shortest);
        let others = self.others.iter();
        let other = found.and_then(|found| others.clone().find(|one| std::ptr::eq(&***one, found)));
        Arc::clone(other.unwrap_or(self))
    }

    /// [`Script::with_people`], in the length that fits so many minutes, and the very same script where that changes
    /// nothing.
    #[must_use]
    pub(crate) fn for_people(self: &Arc<Self>, people: u8, minutes: u64) -> Arc<Self> {
        if !self.others.is_empty() {
            let one = self.of_length(people, minutes);
            return Arc::new(Self {
                name: self.name.clone(),
                file: self.file.clone(),
                others: Vec::new(),
                ..one.with_people(people)
            });
        }
        let fixed = self.people.from == self.people.to;
        if fixed && !self.stages.iter().any(|stage| stage.rest) {
            return Arc::clone(self);
        }
        Arc::new(self.with_people(people))
    }

    /// The same practice for one person, in each of its lengths, where it is for several, too.
    fn alone(&self) -> Option<Self> {
        let mut alone = self.others.iter().filter(|other| other.people.to == 1);
        let first = alone.next().filter(|_| self.people.to > 1)?;
        Some(Self {
            name: self.name.clone(),
            file: self.file.clone(),
            others: alone.cloned().collect(),
            ..Self::clone(first)
        })
    }

    /// The same script for exactly this many people: the stage that gets the rest has its minutes.
    #[must_use]
    pub(crate) fn with_people(&self, people: u8) -> Self {
        let people = people.clamp(self.people.from, self.people.to);
        if people == 1
            && let Some(alone) = self.alone()
        {
            return alone;
        }
        let lengths = self.lengths(people);
        let mut script = self.clone();
        script.people = People {
            from: people,
            to: people,
        };
        script.buffer = lengths.buffer;
        if let Some(rest) = lengths.rest
            && let Some(stage) = script.stages.get_mut(rest.at)
        {
            stage.length = rest.length;
            stage.at_least = rest.at_least;
            stage.rest = false;
        }
        script
    }
}

/// A length in minutes as one would type it: in whole and half ones, and rather more than less.
pub(crate) fn in_minutes(length: Duration) -> String {
    let halves = length.as_secs().div_ceil(30);
    let half = if halves % 2 == 1 { ".5" } else { "" };
    format!("{}{half}", halves / 2)
}
