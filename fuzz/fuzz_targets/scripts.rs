//! Any bytes as a file that a stranger gave away: checked, told, and rehearsed if they can run.
//! How to run it: `docs/releasing.md`.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/common/through.rs"]
mod through;

fuzz_target!(|bytes: &[u8]| {
    // The same bytes are always rehearsed with the same pretend answers.
    let seed = bytes.iter().fold(0u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
    });
    through::bytes(bytes, seed % 2_000);
});
