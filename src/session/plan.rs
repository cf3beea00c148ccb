//! How the minutes are shared: the way as acts with lengths, closing and landing untouchable, turns equal, all of it in
//! whole and half minutes.

use std::time::Duration;

use crate::script::{Script, Stage, StageKind};

/// Planned lengths are so many of these: what does not divide goes into what is to spare.
const HALF_MINUTE: Duration = Duration::from_secs(30);

/// A length in whole and half minutes, without what is left over.
pub(crate) fn in_half_minutes(length: Duration) -> Duration {
    let whole = length.as_secs() / HALF_MINUTE.as_secs();
    Duration::from_secs(whole * HALF_MINUTE.as_secs())
}

/// The same, with what is left over as half a minute more.
fn up_to_half_minutes(length: Duration) -> Duration {
    let whole = length.as_secs().div_ceil(HALF_MINUTE.as_secs());
    Duration::from_secs(whole * HALF_MINUTE.as_secs())
}

/// One piece of the way, as it is walked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Act {
    /// What it is.
    pub(crate) what: ActKind,
    /// How long it is planned to be.
    pub(crate) length: Duration,
    /// The least that still makes sense.
    pub(crate) at_least: Duration,
}

/// What an act is. `nth` counts people in the order of the turns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ActKind {
    /// A stage for everybody, the closing among them.
    Whole {
        /// Which stage.
        stage: usize,
    },
    /// One person's share of a stage.
    Share {
        /// Which stage.
        stage: usize,
        /// Whose.
        nth: usize,
    },
    /// One person's turn.
    Turn {
        /// Which stage.
        stage: usize,
        /// Whose.
        nth: usize,
        /// Whether it is the minutes another one had more, given after everybody's turn.
        extra: bool,
    },
    /// Between two turns; `nth` comes next.
    Between {
        /// Which stage.
        stage: usize,
        /// Who comes next.
        nth: usize,
    },
    /// What comes before somebody's turn.
    Before {
        /// Which stage.
        stage: usize,
        /// Whose turn it comes before.
        nth: usize,
        /// Which of its parts.
        part: usize,
    },
    /// What comes after somebody's turn.
    After {
        /// Which stage.
        stage: usize,
        /// Whose turn it comes after.
        nth: usize,
        /// Which of its parts.
        part: usize,
    },
}

impl ActKind {
    /// The stage that it belongs to.
    #[must_use]
    pub(crate) fn stage(self) -> usize {
        match self {
            Self::Whole { stage }
            | Self::Share { stage, .. }
            | Self::Turn { stage, .. }
            | Self::Between { stage, .. }
            | Self::Before { stage, .. }
            | Self::After { stage, .. } => stage,
        }
    }

    /// Whose it is, when it is somebody's.
    #[must_use]
    pub(crate) fn nth(self) -> Option<usize> {
        match self {
            Self::Whole { .. } => None,
            Self::Share { nth, .. }
            | Self::Turn { nth, .. }
            | Self::Between { nth, .. }
            | Self::Before { nth, .. }
            | Self::After { nth, .. } => Some(nth),
        }
    }

    /// Whether it is somebody's turn.
    #[must_use]
    pub(crate) fn is_turn(self) -> bool {
        matches!(self, Self::Turn { .. })
    }

    /// Whether it is the same of a stage, for whomever.
    fn alike(self, other: Self) -> bool {
        let part = |what| match what {
            Self::Before { part, .. } | Self::After { part, .. } => part,
            Self::Whole { .. } | Self::Share { .. } | Self::Turn { .. } | Self::Between { .. } => 0,
        };
        let same = std::mem::discriminant(&self) == std::mem::discriminant(&other);
        same && (self.stage(), part(self)) == (other.stage(), part(other))
    }
}

impl Act {
    /// The least that still makes sense as long as it is not left out.
    fn floor(&self) -> Duration {
        match self.at_least {
            Duration::ZERO => in_half_minutes(self.length / 2),
            least => least,
        }
    }
}

/// A laid-out way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PlannedActs {
    /// The acts, in order.
    pub(crate) acts: Vec<Act>,
    /// Slack that belongs to nobody.
    pub(crate) buffer: Duration,
}

/// Less time than the script needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooShort {
    /// The least it needs, in whole minutes.
    pub(crate) shortest: u16,
}

/// The acts of a script as it is written, for exactly as many people as it says.
fn written(script: &Script) -> Vec<Act> {
    let people = usize::from(script.people.to);
    let one = script.one_sided.is_some();
    let mut acts = Vec::new();
    for (at, stage) in script.stages.iter().enumerate() {
        // In groups, one of each has a turn at the same time; and of those who want one there may be a most.
        let turners = usize::try_from(stage.turners(people)).unwrap_or(people);
        match &stage.kind {
            // Each group walks its turns by itself, and everybody is together again when all of them had time for it.
            StageKind::Turns { .. } if stage.goes_apart() && people > 1 => {
                let rounds = stage.rounds_apart(people);
                acts.push(Act {
                    what: ActKind::Whole { stage: at },
                    length: stage.length * rounds,
                    at_least: stage.at_least * rounds,
                });
            }
            StageKind::Together | StageKind::Closing => {
                acts.push(planned(ActKind::Whole { stage: at }, stage))
            }
            StageKind::Each => {
                for nth in 0..turners {
                    acts.push(planned(ActKind::Share { stage: at, nth }, stage));
                }
            }
            StageKind::Turns {
                between,
                before,
                after,
                times,
                ..
            } => {
                let turners = if one { 1 } else { turners };
                // Of a clock for all, the first turn has everything, and hands on what it leaves.
                let turns = match stage.shared {
                    true => 1,
                    false => usize::from(*times) * turners,
                };
                for turn in 0..turns {
                    let nth = turn % turners;
                    let stage_at = at;
                    if let (Some(between), true) = (between, turn > 0) {
                        acts.push(planned(ActKind::Between { stage: at, nth }, between));
                    }
                    for (part, stage) in before.iter().enumerate() {
                        let stage_at = ActKind::Before {
                            stage: stage_at,
                            nth,
                            part,
                        };
                        acts.push(planned(stage_at, stage));
                    }
                    let turn = ActKind::Turn {
                        stage: at,
                        nth,
                        extra: false,
                    };
                    acts.push(planned(turn, stage));
                    for (part, stage) in after.iter().enumerate() {
                        let stage_at = ActKind::After {
                            stage: stage_at,
                            nth,
                            part,
                        };
                        acts.push(planned(stage_at, stage));
                    }
                }
            }
        }
    }
    acts
}

/// An act as it is written.
fn planned(what: ActKind, stage: &Stage) -> Act {
    Act {
        what,
        length: stage.length,
        at_least: stage.at_least,
    }
}

/// Lays a script out over `time`: as written where it fits exactly; with more
/// time the turns grow; with less everything but landing and closing shrinks,
/// and each turn of a stage gets the same. What may be left out is left out last.
/// What then remains is buffer.
///
/// # Errors
/// [`TooShort`] when a turn, or anything else, would be shorter than makes sense.
pub(crate) fn lay(script: &Script, time: Duration) -> Result<PlannedActs, TooShort> {
    let acts = written(script);
    let whole = Duration::from_secs(u64::from(script.minutes) * 60);
    let buffer = script.buffer;
    if time == whole {
        return Ok(PlannedActs { acts, buffer });
    }
    if time > whole {
        let mut acts = acts;
        let left = time.saturating_sub(buffer + others(&acts));
        share(&mut acts, true, left);
        return Ok(rest_to_buffer(acts, time));
    }
    // Before something is left out it is half as long.
    let mut all = acts.clone();
    for act in &mut all {
        act.at_least = act.floor();
    }
    // What has no minutes of its own is never what is left out.
    let mut fewer = acts.clone();
    fewer.retain(|act| act.length.is_zero() || !act.at_least.is_zero());
    let laid = [all, fewer].into_iter();
    let mut laid = laid.filter_map(|wanted| shorter(&wanted, buffer, time, whole));
    laid.next().ok_or_else(|| {
        let least = acts.iter().map(|act| act.at_least).sum::<Duration>() + buffer / 2;
        TooShort {
            shortest: u16::try_from(least.as_secs().div_ceil(60)).unwrap_or(u16::MAX),
        }
    })
}

/// The same acts in less time than the `whole`: the buffer and everything beside the turns in proportion, the turns
/// have what that leaves. Where it leaves them too little they have their least, and the others share what is missing.
/// None where not even the least of everything and half the buffer fit.
fn shorter(
    wanted: &[Act],
    buffer: Duration,
    time: Duration,
    whole: Duration,
) -> Option<PlannedActs> {
    let mut acts = wanted.to_vec();
    let mut kept = in_proportion(buffer, time, whole);
    for act in acts.iter_mut().filter(|act| !act.what.is_turn()) {
        // No more is taken from them than the time is short of: a turn never grows because there is less.
        act.length = up_to_half_minutes(part(act.length, time, whole)).max(act.at_least);
    }
    let most: Duration = turns(&acts).map(|act| act.length).sum();
    let left = time.checked_sub(kept + others(&acts));
    if !left.is_some_and(|left| share(&mut acts, true, left.min(most))) {
        for act in acts.iter_mut().filter(|act| act.what.is_turn()) {
            act.length = act.at_least;
        }
        let least = acts.iter().map(|act| act.at_least).sum();
        let beyond = time.checked_sub(least)?.checked_sub(buffer / 2)?;
        kept = kept.min(buffer / 2 + beyond);
        let turns: Duration = turns(&acts).map(|act| act.length).sum();
        let left = time.saturating_sub(kept + turns).min(others(&acts));
        share(&mut acts, false, left);
    }
    give_back(&mut acts, wanted, time.saturating_sub(kept));
    Some(rest_to_buffer(acts, time))
}

/// What rounding left over, half a minute after the other: each time to what lost most, and to all that are alike.
fn give_back(acts: &mut [Act], wanted: &[Act], time: Duration) {
    loop {
        let sum: Duration = acts.iter().map(|act| act.length).sum();
        let spare = time.saturating_sub(sum);
        let alike = |what: ActKind| {
            let acts = acts.iter().filter(move |act| act.what.alike(what));
            u32::try_from(acts.count()).unwrap_or(u32::MAX)
        };
        let both = acts.iter().zip(wanted);
        let lost = both
            .filter(|(act, wanted)| act.length + HALF_MINUTE <= wanted.length)
            .filter(|(act, _)| HALF_MINUTE * alike(act.what) <= spare);
        let most = lost.min_by_key(|(act, wanted)| {
            act.length.as_millis() * 1_000 / wanted.length.as_millis().max(1)
        });
        let Some(what) = most.map(|(act, _)| act.what) else {
            return;
        };
        for act in acts.iter_mut().filter(|act| act.what.alike(what)) {
            act.length += HALF_MINUTE;
        }
    }
}

/// Gives the turns, or all that is none, what is `left` for them, in proportion to their lengths, so that those of one
/// stage stay equal; false when that is less than makes sense.
fn share(acts: &mut [Act], is_turn: bool, left: Duration) -> bool {
    let those = || acts.iter().filter(|act| act.what.is_turn() == is_turn);
    let whole: Duration = those().map(|act| act.length).sum();
    let least: Duration = those().map(|act| act.at_least).sum();
    let Some(spare) = left.checked_sub(least) else {
        return false;
    };
    for act in acts.iter_mut().filter(|act| act.what.is_turn() == is_turn) {
        act.length = if left >= whole {
            in_proportion(act.length, left, whole)
        } else {
            // Everybody has the least; what is left beyond that is shared by what each would like beyond it.
            let wish = act.length.saturating_sub(act.at_least);
            act.at_least + in_proportion(wish, spare, whole.saturating_sub(least))
        };
    }
    true
}

fn turns(acts: &[Act]) -> impl Iterator<Item = &Act> {
    acts.iter().filter(|act| act.what.is_turn())
}

/// What is not a turn, in all.
fn others(acts: &[Act]) -> Duration {
    let others = acts.iter().filter(|act| !act.what.is_turn());
    others.map(|act| act.length).sum()
}

/// `length` of `whole`, as part of `left`.
fn in_proportion(length: Duration, left: Duration, whole: Duration) -> Duration {
    in_half_minutes(part(length, left, whole))
}

fn part(length: Duration, left: Duration, whole: Duration) -> Duration {
    let seconds = length.as_secs().saturating_mul(left.as_secs());
    Duration::from_secs(seconds / whole.as_secs().max(1))
}

fn rest_to_buffer(acts: Vec<Act>, time: Duration) -> PlannedActs {
    let buffer = time.saturating_sub(acts.iter().map(|act| act.length).sum());
    PlannedActs { acts, buffer }
}

/// Makes the turns of `acts` fit `left` again, equally, as long as none of them has begun. Never makes one longer.
pub(crate) fn shrink(acts: &mut [Act], left: Duration) {
    let need: Duration = acts.iter().map(|act| act.length).sum();
    if need <= left {
        return;
    }
    let whole: Duration = turns(acts).map(|act| act.length).sum();
    let room = left.saturating_sub(others(acts));
    for act in acts.iter_mut().filter(|act| act.what.is_turn()) {
        let length = in_proportion(act.length, room, whole);
        act.length = length.max(act.at_least).min(act.length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::shipped;
    use crate::time::moment::minutes;

    /// Every shipped script for each number of people that it takes.
    fn for_each_number() -> Vec<Script> {
        let numbers = |script: &Script| script.people.from..=script.people.to;
        shipped()
            .iter()
            .flat_map(|script| numbers(script).map(|people| script.with_people(people)))
            .collect()
    }

    fn script(name: &str) -> &'static Script {
        shipped()
            .iter()
            .find(|script| script.name == name)
            .expect("it is shipped")
    }

    #[test]
    fn a_script_at_its_own_length_is_as_written() {
        for script in &for_each_number() {
            let laid = lay(script, minutes(u64::from(script.minutes))).expect("fits");
            let sum: Duration = laid.acts.iter().map(|act| act.length).sum();
            assert_eq!(sum + laid.buffer, minutes(u64::from(script.minutes)));
            assert_eq!(laid.buffer, script.buffer);
        }
    }

    #[test]
    fn any_length_that_fits_is_shared_in_whole_and_half_minutes() {
        for script in &for_each_number() {
            // Until a time of the wall it is any number of seconds.
            for (m, odd) in (10..=180).flat_map(|m| [(m, 0), (m, 17)]) {
                let time = minutes(m) + Duration::from_secs(odd);
                match lay(script, time) {
                    Ok(laid) => {
                        let sum: Duration = laid.acts.iter().map(|act| act.length).sum();
                        assert_eq!(sum + laid.buffer, time, "{} at {m}", script.name);
                        for stage in 0..script.stages.len() {
                            let mut turns = laid
                                .acts
                                .iter()
                                .filter(|act| act.what.is_turn() && act.what.stage() == stage)
                                .map(|act| act.length);
                            let first = turns.next();
                            assert!(turns.all(|turn| Some(turn) == first));
                        }
                        let closing = script.stages[script.closing()].length;
                        assert_eq!(laid.acts.last().map(|act| act.length), Some(closing));
                        assert!(laid.acts.iter().all(|act| act.length >= act.at_least));
                        let whole = |act: &Act| act.length.as_secs().is_multiple_of(30);
                        assert!(laid.acts.iter().all(whole), "{} at {m}", script.name);
                    }
                    Err(short) => {
                        assert!(u64::from(short.shortest) > m, "{} at {m}", script.name);
                        assert!(lay(script, minutes(u64::from(short.shortest))).is_ok());
                    }
                }
            }
        }
    }

    /// With 59 minutes in the place of 60 everything else was once shortened by half a minute, and the turns got it.
    #[test]
    fn no_turn_is_longer_because_there_is_less_time() {
        for script in &for_each_number() {
            let turn = |laid: &PlannedActs| turns(&laid.acts).map(|act| act.length).max();
            let whole = minutes(u64::from(script.minutes));
            let written = turn(&lay(script, whole).expect("fits"));
            for (m, odd) in (10..u64::from(script.minutes)).flat_map(|m| [(m, 0), (m, 17)]) {
                let Ok(laid) = lay(script, minutes(m) + Duration::from_secs(odd)) else {
                    continue;
                };
                assert!(turn(&laid) <= written, "{} at {m}", script.name);
            }
        }
    }

    #[test]
    fn more_time_goes_to_the_turns() {
        let laid = lay(script("standard-pair"), minutes(90)).expect("fits");
        let turn = laid.acts.iter().find(|act| act.what.is_turn());
        assert_eq!(turn.map(|act| act.length), Some(minutes(33)));
    }

    #[test]
    fn what_was_overrun_is_taken_from_all_turns_alike() {
        let laid = lay(script("standard-pair"), minutes(60)).expect("fits");
        let mut acts = laid.acts;
        let need: Duration = acts.iter().map(|act| act.length).sum();
        shrink(&mut acts, need);
        assert_eq!(acts.iter().map(|act| act.length).sum::<Duration>(), need);
        shrink(&mut acts, need - minutes(3));
        let turns: Vec<_> = acts.iter().filter(|act| act.what.is_turn()).collect();
        assert!(
            turns
                .iter()
                .all(|act| act.length == Duration::from_secs(16 * 60 + 30))
        );
        shrink(&mut acts, minutes(1));
        assert!(acts.iter().all(|act| act.length >= act.at_least));
    }
}
