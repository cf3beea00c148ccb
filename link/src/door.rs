//! Who may come in: by the ticket's secret and their key, never by how many connections they make.

use std::collections::{BTreeMap, BTreeSet};

use crate::talk::Why;
use crate::ticket::{Id, Secret};

/// More guests than any script has people.
pub const MOST_GUESTS: u32 = 16;

/// The door of a host; that of a guest knows one host and is shut.
#[derive(Debug)]
pub struct Door {
    secret: Secret,
    /// How many more strangers may come in.
    left: u32,
    known: BTreeMap<Id, u32>,
    /// Strangers in the middle of their greeting: their place is kept for that long.
    greeting: BTreeSet<Id>,
    refused: BTreeSet<Id>,
    next: u32,
}

/// What the door says to somebody who knocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Somebody who was in before.
    Known(u32),
    /// A guest with the ticket, and there is a place.
    Stranger,
    /// No.
    Out(Why),
}

impl Door {
    /// A door for guests with the ticket.
    pub fn host(secret: Secret, guests: u32) -> Self {
        Self {
            secret,
            left: guests.min(MOST_GUESTS),
            known: BTreeMap::new(),
            greeting: BTreeSet::new(),
            refused: BTreeSet::new(),
            next: 1,
        }
    }

    /// What is said to somebody; nothing changes.
    pub fn ask(&self, id: &Id, secret: &[u8]) -> Answer {
        if self.refused.contains(id) {
            return Answer::Out(Why::Refused);
        }
        if !same(&self.secret, secret) {
            return Answer::Out(Why::Secret);
        }
        if let Some(number) = self.known.get(id) {
            return Answer::Known(*number);
        }
        let others = self.greeting.iter().filter(|other| *other != id).count();
        if others < usize::try_from(self.left).unwrap_or_default() {
            Answer::Stranger
        } else {
            Answer::Out(Why::Used)
        }
    }

    /// Keeps a place for a stranger who is being greeted.
    pub fn greet(&mut self, id: Id) {
        self.greeting.insert(id);
    }

    /// The greeting came to nothing.
    pub fn let_go(&mut self, id: &Id) {
        self.greeting.remove(id);
    }

    /// Takes somebody in and gives them their number.
    pub fn let_in(&mut self, id: Id) -> u32 {
        if let Some(number) = self.known.get(&id) {
            return *number;
        }
        self.greeting.remove(&id);
        let number = self.next;
        self.know(id, number);
        self.left = self.left.saturating_sub(1);
        number
    }

    /// Somebody who was in before this program was started again.
    pub fn know(&mut self, id: Id, number: u32) {
        self.next = self.next.max(number.saturating_add(1));
        self.known.insert(id, number);
    }

    /// Puts somebody out for good.
    pub fn refuse(&mut self, id: Id) {
        self.known.remove(&id);
        self.refused.insert(id);
    }

    /// No more strangers.
    pub fn shut(&mut self) {
        self.left = 0;
    }

    /// One more stranger may come in, and no more than the most.
    pub fn open(&mut self) {
        self.left = self.left.saturating_add(1).min(MOST_GUESTS);
    }

    /// How many more strangers may come in.
    pub fn left(&self) -> u32 {
        self.left
    }
}

/// Compares in the same time wherever the difference is.
fn same(ours: &[u8], theirs: &[u8]) -> bool {
    ours.len() == theirs.len()
        && ours
            .iter()
            .zip(theirs)
            .fold(0, |seen, (one, other)| seen | (one ^ other))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Secret = [3; 16];
    const ANNA: Id = [1; 32];
    const BEN: Id = [2; 32];

    #[test]
    fn one_place_is_for_one_guest_who_may_come_back() {
        let mut door = Door::host(SECRET, 1);
        assert_eq!(door.ask(&ANNA, &SECRET), Answer::Stranger);
        assert_eq!(door.let_in(ANNA), 1);
        assert_eq!(door.ask(&BEN, &SECRET), Answer::Out(Why::Used));
        assert_eq!(door.ask(&ANNA, &SECRET), Answer::Known(1));
        assert_eq!(door.let_in(ANNA), 1);
    }

    #[test]
    fn a_place_is_kept_during_a_greeting_for_this_one_alone() {
        let mut door = Door::host(SECRET, 1);
        door.greet(ANNA);
        assert_eq!(door.ask(&BEN, &SECRET), Answer::Out(Why::Used));
        assert_eq!(door.ask(&ANNA, &SECRET), Answer::Stranger);
        door.let_go(&ANNA);
        assert_eq!(door.ask(&BEN, &SECRET), Answer::Stranger);
    }

    #[test]
    fn without_the_secret_nobody_is_in() {
        let mut door = Door::host(SECRET, 2);
        for wrong in [&[][..], &[3; 15], &[3; 17], &[4; 16]] {
            assert_eq!(door.ask(&ANNA, wrong), Answer::Out(Why::Secret));
        }
        door.let_in(ANNA);
        assert_eq!(door.ask(&ANNA, &[4; 16]), Answer::Out(Why::Secret));
    }

    #[test]
    fn who_was_put_out_stays_out_though_the_door_opens() {
        let mut door = Door::host(SECRET, 2);
        door.let_in(ANNA);
        door.refuse(ANNA);
        door.open();
        assert_eq!(door.ask(&ANNA, &SECRET), Answer::Out(Why::Refused));
    }

    #[test]
    fn shut_and_open() {
        let mut door = Door::host(SECRET, 5);
        door.shut();
        assert_eq!(door.ask(&ANNA, &SECRET), Answer::Out(Why::Used));
        door.open();
        assert_eq!(door.ask(&ANNA, &SECRET), Answer::Stranger);
        assert_eq!(door.let_in(ANNA), 1);
        assert_eq!(door.ask(&BEN, &SECRET), Answer::Out(Why::Used));
    }

    #[test]
    fn numbers_go_on_after_a_restart() {
        let mut door = Door::host(SECRET, 5);
        door.know(ANNA, 4);
        assert_eq!(door.ask(&ANNA, &SECRET), Answer::Known(4));
        assert_eq!(door.let_in(BEN), 5);
    }

    #[test]
    fn a_guest_opens_to_the_host_alone() {
        let mut door = Door::host(SECRET, 1);
        door.let_in(ANNA);
        door.shut();
        assert_eq!(door.ask(&ANNA, &SECRET), Answer::Known(1));
        assert_eq!(door.ask(&BEN, &SECRET), Answer::Out(Why::Used));
    }
}
