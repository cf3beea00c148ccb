//! Which of two connections to the same peer is kept, and when the next one is tried.

use std::time::Duration;

/// How long a greeting, or a try to reach a peer, may take.
pub const TRY: Duration = Duration::from_secs(7);
/// The same for the first tries: the other side may only just have noticed, and answers the next one.
const SHORT: Duration = Duration::from_millis(2500);
/// No packet for so long: the line is away. Gaps of 15 to 17 s are normal when a relay steps in.
pub const SILENCE: Duration = Duration::from_secs(20);
/// How long a guest tries before it was in once.
pub const FIRST: Duration = Duration::from_secs(30);

/// What is known of a connection on both of its sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Which run of the other program it leads to.
    pub run: u64,
    /// The number of the try; both sides count on from the highest that they have seen.
    pub number: u64,
    /// Whether the guest dialled.
    pub by_guest: bool,
}

/// Whether a new connection takes the place of the one that is held. Both sides come to the same answer: a later try
/// wins, and of two that crossed the guest's. A program that was started anew has no older connection.
pub fn takes(held: Option<&Claim>, new: &Claim) -> bool {
    held.is_none_or(|held| {
        held.run != new.run || (new.number, new.by_guest) > (held.number, held.by_guest)
    })
}

/// How long a try to reach a peer may take, after so many that failed.
pub fn limit(failed: u32) -> Duration {
    if failed < 2 { SHORT } else { TRY }
}

/// How long to wait before another try, after so many that failed.
pub fn pause(failed: u32) -> Duration {
    Duration::from_millis(match failed {
        0 => 0,
        1 => 300,
        2 => 1000,
        3 => 2000,
        _ => 4000,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(number: u64, by_guest: bool) -> Claim {
        Claim {
            run: 1,
            number,
            by_guest,
        }
    }

    #[test]
    fn the_first_is_taken() {
        assert!(takes(None, &claim(1, false)));
    }

    #[test]
    fn in_whatever_order_two_come_the_same_one_stays() {
        let all = [claim(2, false), claim(2, true), claim(3, false)];
        for one in &all {
            for other in &all {
                let stays = |first: &Claim, second: &Claim| {
                    if takes(Some(first), second) {
                        *second
                    } else {
                        *first
                    }
                };
                assert_eq!(stays(one, other), stays(other, one));
            }
        }
        assert!(takes(Some(&claim(2, false)), &claim(2, true)));
        assert!(!takes(Some(&claim(2, true)), &claim(2, false)));
        assert!(takes(Some(&claim(2, true)), &claim(3, false)));
    }

    #[test]
    fn a_program_started_anew_begins_at_one_and_is_taken() {
        let anew = Claim {
            run: 2,
            ..claim(1, true)
        };
        assert!(takes(Some(&claim(9, true)), &anew));
    }

    #[test]
    fn pauses_grow_and_stay_short() {
        let pauses: Vec<_> = (0..50).map(pause).collect();
        assert!(pauses.is_sorted());
        assert!(pauses.iter().all(|pause| *pause <= Duration::from_secs(4)));
    }
}
