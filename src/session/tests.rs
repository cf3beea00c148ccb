//! Seeded random walks over every shipped script, and single walks of what matters most.

use super::*;
use crate::rehearse::Play;
use crate::script::shipped;

#[test]
fn every_shipped_script_is_there() {
    assert_eq!(shipped().len(), 3);
}

#[test]
fn every_walk_closes() {
    for script in shipped() {
        for seed in 0..100 {
            let mut play = Play::new(script, script.minutes, seed).expect("fits");
            while play.step().is_some() {}
            assert!(play.session.is_closed(), "{} seed {seed}", script.name);
        }
    }
}
