//! The way through steps: can each be reached, does each circle have a bound.

use crate::script::model::{Depth, Step, Target};

/// Every way that leads on from a step.
fn ways(step: &Step) -> impl Iterator<Item = Target> {
    let asked = step.ask.ways().into_iter().map(|(_, to)| to);
    [step.to].into_iter().chain(asked).chain(leads_out(step))
}

/// The same, to be changed.
pub(crate) fn ways_mut(step: &mut Step) -> Vec<&mut Target> {
    let mut targets = vec![&mut step.to];
    targets.extend(step.ask.targets_mut());
    targets.extend(step.depth.as_mut().map(|(_, beyond)| beyond));
    targets.extend(step.at_most.as_mut().map(|(_, then)| then));
    targets
}

/// Where a step can lead, as steps of the same list; leaving it is not among them.
fn leads(steps: &[Step], at: usize) -> Vec<usize> {
    let ways = steps.get(at).map(ways).into_iter().flatten();
    ways.filter_map(|target| inside(steps, at, target))
        .collect()
}

/// Where a step leads when it is not visited.
fn leads_out(step: &Step) -> impl Iterator<Item = Target> {
    let beyond = step.depth.map(|(_, beyond)| beyond);
    beyond.into_iter().chain(step.at_most.map(|(_, then)| then))
}

/// Whether the way from the first step leads to one that is there, however deep the turn may go.
pub(crate) fn begins(steps: &[Step], ceiling: Depth) -> bool {
    let mut at = 0;
    // Whoever was passed over once is passed over again: so many steps are enough to see it.
    for _ in 0..=steps.len() {
        match steps.get(at).map(|step| step.depth) {
            Some(Some((depth, beyond))) if depth > ceiling => match inside(steps, at, beyond) {
                Some(step) => at = step,
                None => return false,
            },
            Some(_) => return true,
            None => return false,
        }
    }
    false
}

fn inside(steps: &[Step], at: usize, target: Target) -> Option<usize> {
    match target {
        Target::Next => Some(at + 1).filter(|next| *next < steps.len()),
        Target::Step(step) => Some(step),
        Target::Done
        | Target::NextPerson
        | Target::Land
        | Target::Close
        | Target::End
        | Target::Stop
        | Target::Back
        | Target::Shorter
        | Target::Stage(_)
        | Target::Exit(_) => None,
    }
}

/// The steps that no way leads to, from the first one and from `entries`.
pub(crate) fn unreached(steps: &[Step], entries: &[usize]) -> Vec<usize> {
    let open = entries.iter().copied().chain([0]).collect();
    reached(steps, open)
        .iter()
        .enumerate()
        .filter(|(_, seen)| !**seen)
        .map(|(at, _)| at)
        .collect()
}

/// Whether a way leads from this step to what comes after its stage.
pub(crate) fn goes_on(steps: &[Step], at: usize) -> bool {
    let seen = reached(steps, vec![at]);
    let mut here = steps
        .iter()
        .zip(&seen)
        .enumerate()
        .filter(|(_, (_, seen))| **seen);
    here.any(|(at, (step, _))| {
        ways(step).any(|target| match target {
            Target::Done | Target::NextPerson | Target::Land | Target::Stage(_) | Target::Back => {
                true
            }
            Target::Next => at + 1 == steps.len(),
            // The end of a module that stands last is a step behind the last one.
            Target::Step(next) => next >= steps.len(),
            Target::Close | Target::End | Target::Stop | Target::Shorter | Target::Exit(_) => false,
        })
    })
}

/// For each step, whether a way leads to it from one of `open`.
pub(crate) fn reached(steps: &[Step], mut open: Vec<usize>) -> Vec<bool> {
    let mut seen = vec![false; steps.len()];
    while let Some(at) = open.pop() {
        if let Some(mark) = seen.get_mut(at)
            && !*mark
        {
            *mark = true;
            open.extend(leads(steps, at));
        }
    }
    seen
}

/// A step on a circle without a bound, if there is one.
///
/// A step with a bound can be passed through as often as one likes only by
/// its ways out: `then`, and `beyond`, which is taken without a visit. So they
/// are all that counts of it here.
pub(crate) fn endless(steps: &[Step]) -> Option<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let next: Vec<Vec<usize>> = (0..steps.len())
        .map(
            |at| match steps.get(at).filter(|step| step.at_most.is_some()) {
                Some(step) => leads_out(step)
                    .filter_map(|target| inside(steps, at, target))
                    .collect(),
                None => leads(steps, at),
            },
        )
        .collect();
    let mut marks = vec![Mark::New; steps.len()];
    for start in 0..steps.len() {
        // A path on the heap: a script may have two thousand steps in a row.
        let mut path = vec![(start, 0_usize)];
        while let Some((at, way)) = path.pop() {
            if way == 0 {
                if marks.get(at) != Some(&Mark::New) {
                    continue;
                }
                marks[at] = Mark::Open;
            }
            let Some(&to) = next.get(at).and_then(|ways| ways.get(way)) else {
                marks[at] = Mark::Done;
                continue;
            };
            path.push((at, way + 1));
            match marks.get(to) {
                Some(Mark::Open) => return Some(to),
                Some(Mark::New) => path.push((to, 0)),
                Some(Mark::Done) | None => {}
            }
        }
    }
    None
}
