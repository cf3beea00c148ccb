//! Sorting whose work one function does for all types. The library's own is made anew for each, four kilobytes every
//! time: a twentieth of the program.

use std::cmp::Ordering;

/// What can be put in order; what is equal stays in the order that it has.
pub(crate) trait Arrange<T> {
    /// By comparing two.
    fn arrange_by(&mut self, order: impl FnMut(&T, &T) -> Ordering);

    /// By what each is compared by.
    fn arrange_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange_by(|one, other| {
            let one = key(one);
            one.cmp(&key(other))
        });
    }

    /// From the smallest to the largest.
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }
}

impl<T> Arrange<T> for [T] {
    fn arrange_by(&mut self, mut order: impl FnMut(&T, &T) -> Ordering) {
        let mut from = sources(self.len(), &mut |one, other| {
            order(&self[one], &self[other])
        });
        // Round each circle of those that take each other's places.
        for start in 0..from.len() {
            let mut at = start;
            while from[at] != start {
                let next = std::mem::replace(&mut from[at], at);
                self.swap(at, next);
                at = next;
            }
            from[at] = at;
        }
    }
}

/// For each place, where what belongs there stands.
fn sources(count: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| order(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_arranged_is_what_the_library_sorts() {
        let mut random = fastrand::Rng::with_seed(7);
        for count in (0..60).chain([1_000]) {
            let all: Vec<(u8, usize)> = (0..count).map(|at| (random.u8(0..9), at)).collect();
            let (mut ours, mut theirs) = (all.clone(), all.clone());
            ours.arrange_by_key(|one| one.0);
            theirs.sort_by_key(|one| one.0);
            assert_eq!(ours, theirs);
            let (mut ours, mut theirs) = (all.clone(), all);
            ours.arrange_by(|one, other| other.cmp(one));
            theirs.sort_by(|one, other| other.cmp(one));
            assert_eq!(ours, theirs);
            ours.arrange();
            theirs.sort();
            assert_eq!(ours, theirs);
        }
    }
}
