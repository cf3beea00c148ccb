//! Lines between two rows of a map: where each begins and ends, and the track on which it runs across.

use super::layers::MapSpot;
use crate::text::sort::Arrange;

/// The two ends of a net in the space below a row.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) net: usize,
    pub(super) tops: Vec<(usize, MapSpot)>,
    pub(super) bottoms: Vec<(usize, MapSpot)>,
    pub(super) track: Option<usize>,
}

impl Run {
    fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.tops.iter().chain(&self.bottoms).map(|(x, _)| *x)
    }

    pub(super) fn span(&self) -> (usize, usize) {
        let (least, most) = (self.columns().min(), self.columns().max());
        (least.unwrap_or_default(), most.unwrap_or_default())
    }
}

/// Gives every line that is not straight a track, so that none lies on another. Answers how many there are.
pub(super) fn tracks(runs: &mut [Run]) -> usize {
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut order: Vec<usize> = (0..runs.len()).collect();
    // Who comes from above in a column in which another one goes on below turns off first.
    let before = |one: &Run, other: &Run| {
        let comes = |x: usize| one.tops.iter().any(|(top, _)| *top == x);
        other.bottoms.iter().any(|(bottom, _)| comes(*bottom))
    };
    order.arrange_by_key(|at| {
        let run = runs.get(*at);
        let others = runs.iter();
        run.map_or(0, |run| {
            others
                .filter(|other| other.net != run.net && before(other, run))
                .count()
        })
    });
    for at in order {
        let others: Vec<Run> = runs.to_vec();
        let Some(run) = runs.get_mut(at) else {
            continue;
        };
        let (from, to) = run.span();
        if from == to {
            continue;
        }
        let earlier = others
            .iter()
            .filter(|other| other.net != run.net && before(other, run));
        let least = earlier.filter_map(|other| other.track).max();
        let mut track = least.map_or(0, |track| track.saturating_add(1));
        let free =
            |all: &Vec<(usize, usize)>| all.iter().all(|(a, b)| *b + 1 < from || to + 1 < *a);
        while taken.get(track).is_some_and(|all| !free(all)) {
            track = track.saturating_add(1);
        }
        while taken.len() <= track {
            taken.push(Vec::new());
        }
        if let Some(all) = taken.get_mut(track) {
            all.push((from, to));
        }
        run.track = Some(track);
    }
    taken.len()
}
